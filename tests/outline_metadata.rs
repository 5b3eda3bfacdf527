//! What a report says of itself is found wherever it stands, and is null where it is not said.

#![allow(clippy::expect_used, clippy::unwrap_used)]

use nianbao::document::{Block, Document, Origin, Paragraph, Property};
use nianbao::metadata::{Identity, identify};
use nianbao::read::Hints;
use nianbao::report::{Metadata, Site};

fn document(lines: &[&str], properties: &[(&str, &str)]) -> Document {
    let origin = || Origin::text(1, 1);
    let paragraph = |text: &&str| {
        Block::Paragraph(Paragraph {
            text: text.to_string(),
            heading: None,
            strong: false,
            origin: origin(),
        })
    };
    let property = |(name, value): &(&str, &str)| Property {
        name: name.to_string(),
        value: value.to_string(),
        origin: origin(),
    };
    let mut document = Document::default();
    document.blocks = lines.iter().map(paragraph).collect();
    document.properties = properties.iter().map(property).collect();
    document
}

fn read(document: &Document, name: &str) -> (Metadata, Site, Vec<String>) {
    let hints = Hints {
        name: (!name.is_empty()).then(|| name.into()),
        ..Hints::default()
    };
    let Identity {
        metadata,
        site,
        diagnostics,
        ..
    } = identify(document, &hints);
    (
        metadata,
        site,
        diagnostics.into_iter().map(|diagnostic| diagnostic.code).collect(),
    )
}

#[test]
fn a_report_with_everything_in_its_text_is_read_from_it() {
    let document = document(
        &[
            "索 引 号：QH04/2023-0017  发布机构：青禾县水务局",
            "青禾县水务局2022年政府信息公开工作年度报告",
            "发布日期：2023-01-18 来源：青禾县水务局",
            "青水办〔2023〕3号",
            "本报告根据国办公开办函〔2021〕30号编制，统计期限自2022年1月1日起至2022年12月31日止。",
            "一、总体情况",
        ],
        &[],
    );
    let (found, _, diagnostics) = read(&document, "");
    assert_eq!(
        found.title.as_deref(),
        Some("青禾县水务局2022年政府信息公开工作年度报告")
    );
    assert_eq!(found.agency.as_deref(), Some("青禾县水务局"));
    assert_eq!(found.year, Some(2022));
    let period = found.period.expect("a period");
    assert_eq!(
        (period.start.as_str(), period.end.as_str()),
        ("2022-01-01", "2022-12-31")
    );
    assert_eq!(found.published.as_deref(), Some("2023-01-18"));
    assert_eq!(found.index_number.as_deref(), Some("QH04/2023-0017"));
    assert_eq!(found.document_number.as_deref(), Some("青水办〔2023〕3号"));
    // The county is invented, and the register does not have it.
    assert_eq!(diagnostics, ["body.region_missing"]);
}

#[test]
fn the_metadata_of_a_page_fills_in_what_the_text_does_not_say() {
    let document = document(
        &["一、总体情况", "全年工作平稳。"],
        &[
            ("ArticleTitle", "石桥镇人民政府2021年政府信息公开工作年度报告"),
            ("PubDate", "2022-01-24 09:30"),
            ("SiteName", "临澜市人民政府"),
            ("SiteDomain", "www.linlan.example"),
            ("SiteIDCode", "3301100001"),
            ("索 引 号：", "SQ01-2022-0005"),
            ("文    号", "无"),
        ],
    );
    let (found, site, diagnostics) = read(&document, "");
    assert_eq!(found.agency.as_deref(), Some("石桥镇人民政府"));
    assert_eq!(found.year, Some(2021));
    assert_eq!(found.published.as_deref(), Some("2022-01-24"));
    assert_eq!(found.region_code.as_deref(), Some("330110"));
    assert_eq!(found.index_number.as_deref(), Some("SQ01-2022-0005"));
    assert_eq!(found.document_number, None);
    assert_eq!(site.name.as_deref(), Some("临澜市人民政府"));
    assert_eq!(site.id_code.as_deref(), Some("3301100001"));
    assert_eq!(diagnostics, ["metadata.title_elsewhere", "body.region_from_page"]);
    assert_eq!(
        found.body.map(|body| body.name).as_deref(),
        Some("余杭区石桥镇人民政府")
    );
}

#[test]
fn a_title_with_a_character_that_was_not_read_is_none_and_told() {
    let title = "\u{FFFD}陵市教育局2021年政府信息公开工作年度报告";
    let (found, _, codes) = read(&document(&[title, "一、总体情况"], &[]), "");
    assert_eq!((found.title, found.agency, found.year), (None, None, Some(2021)));
    assert!(codes.iter().any(|code| *code == "metadata.title_missing"));
}

#[test]
fn the_title_may_stand_only_in_the_page_title_or_the_file_name() {
    let mut page = document(&["一、总体情况"], &[]);
    page.title = Some("青禾县水务局2020年政府信息公开工作年度报告_青禾县人民政府网".into());
    let (found, _, _) = read(&page, "");
    assert_eq!(
        found.title.as_deref(),
        Some("青禾县水务局2020年政府信息公开工作年度报告")
    );
    assert_eq!(found.agency.as_deref(), Some("青禾县水务局"));

    let bare = document(&["一、总体情况"], &[]);
    let (found, _, _) = read(&bare, "2021/03-石桥镇2020年政府信息公开工作年度报告.docx");
    assert_eq!(found.title.as_deref(), Some("石桥镇2020年政府信息公开工作年度报告"));
    assert_eq!((found.agency.as_deref(), found.year), (Some("石桥镇"), Some(2020)));
}

#[test]
fn the_agency_is_found_where_the_title_does_not_name_it() {
    for (lines, properties) in [
        (
            &["2022年政府信息公开工作年度报告", "青禾县水务局", "一、总体情况"][..],
            &[][..],
        ),
        (
            &[
                "2022年政府信息公开工作年度报告",
                "一、总体情况",
                "无。",
                "青禾县水务局",
                "2023年1月9日",
            ],
            &[],
        ),
        (&["2022年政府信息公开工作年度报告"], &[("发布机构", "青禾县水务局")]),
        (
            &["2022年政府信息公开工作年度报告"],
            &[("ContentSource", "青禾县水务局")],
        ),
        (&["现公布青禾县水务局2022年政府信息公开工作年度报告。"], &[]),
    ] {
        let (found, _, diagnostics) = read(&document(lines, properties), "");
        assert_eq!(found.agency.as_deref(), Some("青禾县水务局"), "{lines:?}");
        assert_eq!(found.year, Some(2022));
        assert!(diagnostics.contains(&"metadata.agency_elsewhere".into()), "{lines:?}");
    }
}

#[test]
fn the_year_is_that_of_the_report_and_not_of_publication() {
    for (lines, year, code) in [
        (
            &[
                "青禾县水务局政府信息公开工作年度报告",
                "统计期限自二〇二〇年一月一日至二〇二〇年十二月三十一日止。",
            ][..],
            Some(2020),
            "",
        ),
        (
            &["2022年，我局工作平稳。", "2022年共公开信息。", "2023年将继续。"],
            Some(2022),
            "metadata.year_from_text",
        ),
        (
            &[
                "青禾县水务局2021年政府信息公开工作年度报告",
                "统计期限自2020年1月1日起至2020年12月31日止。",
            ],
            None,
            "metadata.year_contradiction",
        ),
        (
            &["青禾县水务局政府信息公开工作年度报告", "2023年1月9日", "2022年平稳。"],
            None,
            "metadata.year_missing",
        ),
        (
            // Reports of two years beside each other.
            &[
                "2021年平稳。",
                "2022年平稳。",
                "2021年公开10条。",
                "2022年公开9条。",
                "2022年没有收费。",
            ],
            None,
            "metadata.year_missing",
        ),
    ] {
        let (found, _, diagnostics) = read(&document(lines, &[("PubDate", "2024-01-31")]), "");
        assert_eq!(found.year, year, "{lines:?}");
        assert!(
            code.is_empty() || diagnostics.contains(&code.into()),
            "{lines:?} {diagnostics:?}"
        );
    }
}

#[test]
fn a_report_published_before_its_year_was_over_is_doubted() {
    let title = "青禾县水务局2022年政府信息公开工作年度报告";
    let early = [("PubDate", "2022-01-20")];
    let (found, _, diagnostics) = read(&document(&[title, "2021年，我局工作平稳。"], &early), "");
    assert_eq!(found.year, None);
    assert!(
        diagnostics.contains(&"metadata.year_contradiction".into()),
        "{diagnostics:?}"
    );
    let (found, _, diagnostics) = read(&document(&[title, "我局工作平稳。"], &early), "");
    assert_eq!(found.year, Some(2022));
    assert!(
        diagnostics.contains(&"metadata.published_too_early".into()),
        "{diagnostics:?}"
    );
}

#[test]
fn a_title_that_begins_in_a_field_of_the_page_is_whole() {
    let lines = ["2022年政府信息公开工作年度报告", "一、总体情况"];
    let (found, _, _) = read(&document(&lines, &[("标题", "青禾县水务局")]), "");
    assert_eq!(
        found.title.as_deref(),
        Some("青禾县水务局2022年政府信息公开工作年度报告")
    );
    assert_eq!(found.agency.as_deref(), Some("青禾县水务局"));
}

#[test]
fn a_date_under_the_title_or_the_signature_is_that_of_publication() {
    for lines in [
        &[
            "青禾县水务局2022年政府信息公开工作年度报告",
            "青禾县水务局",
            "（2023年1月9日）",
            "一、总体情况",
        ][..],
        &[
            "青禾县水务局2022年政府信息公开工作年度报告",
            "一、总体情况",
            "好。",
            "二〇二三年一月九日",
        ],
    ] {
        let (found, _, _) = read(&document(lines, &[]), "");
        assert_eq!(found.published.as_deref(), Some("2023-01-09"), "{lines:?}");
    }
}

#[test]
fn what_is_not_stated_stays_null() {
    let lines = [
        "本报告根据国办公开办函〔2021〕30号编制。",
        "成文日期：",
        "索引号： 文号：",
    ];
    let (found, _, diagnostics) = read(&document(&lines, &[("SiteIDCode", "京-01")]), "report.html");
    assert_eq!(found, Metadata::default());
    assert_eq!(
        diagnostics,
        [
            "metadata.published_missing",
            "metadata.year_missing",
            "metadata.agency_missing",
            "metadata.title_missing"
        ]
    );
}

#[test]
fn a_title_broken_inside_a_word_is_one_title() {
    let lines = [
        "泠陵县桐岫镇人民政府2019年政府",
        "信息公开工作年度报告",
        "发布日期：2020-01-20",
    ];
    let (found, _, _) = read(&document(&lines, &[]), "");
    assert_eq!(
        found.title.as_deref(),
        Some("泠陵县桐岫镇人民政府2019年政府信息公开工作年度报告")
    );
    assert_eq!(found.agency.as_deref(), Some("泠陵县桐岫镇人民政府"));
}

#[test]
fn the_title_of_a_second_report_in_the_file_is_not_taken() {
    let lines = [
        "一、总体情况",
        "好。",
        "麓屏省人民政府2018年政府信息公开工作年度报告",
        "一、总体情况",
    ];
    let (found, _, _) = read(
        &document(
            &lines,
            &[("ArticleTitle", "翎川市档案局2019年政府信息公开工作年度报告")],
        ),
        "",
    );
    assert_eq!(
        (found.agency.as_deref(), found.year),
        (Some("翎川市档案局"), Some(2019))
    );
}

#[test]
fn a_table_about_the_page_before_a_title_leaves_it_the_title_of_the_report() {
    let page = "一、政府信息公开指南\n\n索引号|QH04\n发布机构|青禾县水务局\n\n青禾县水务局2022年政府信息公开工作年度报告\n\n一、总体情况\n";
    let report = nianbao::extract(page.as_bytes(), &Hints::default()).unwrap();
    assert_eq!(report.report.agency.as_deref(), Some("青禾县水务局"));
    assert_eq!(report.report.year, Some(2022));
}

/// A Word file that was made of another, whose title still stands among its properties.
fn copied(lines: &[&str], title: &str) -> Document {
    let mut copied = document(lines, &[]);
    copied.media_type = "application/vnd.openxmlformats-officedocument.wordprocessingml.document".into();
    copied.title = Some(title.into());
    copied
}

const SIGNED: &[&str] = &[
    "2023年政府信息公开工作年度报告",
    "一、总体情况",
    "2023年，我局工作平稳。",
    "青禾县水务局",
    "2024年1月20日",
];

#[test]
fn a_stale_title_among_the_properties_or_in_the_file_name_does_not_name_who_signs_another() {
    let stale = "青禾县教育局2022年政府信息公开工作年度报告";
    let (found, _, diagnostics) = read(&copied(SIGNED, stale), "");
    assert_eq!(
        (found.agency.as_deref(), found.year),
        (Some("青禾县水务局"), Some(2023))
    );
    assert!(diagnostics.contains(&"metadata.agency_outweighed".into()));
    let (found, _, diagnostics) = read(&document(SIGNED, &[]), &format!("{stale}.docx"));
    assert_eq!(found.agency.as_deref(), Some("青禾县水务局"));
    assert!(diagnostics.contains(&"metadata.agency_outweighed".into()));
    let mut page = document(SIGNED, &[]);
    page.title = Some("青禾县教育局2023年政府信息公开工作年度报告".into());
    let (found, _, diagnostics) = read(&page, "");
    assert_eq!(found.agency, None);
    assert!(diagnostics.contains(&"metadata.agency_contradiction".into()));
    // The office signs for its government, and a short name is no other.
    for (title, signature) in [
        ("青禾县人民政府", "青禾县人民政府办公室"),
        ("青禾县发改委", "青禾县发展和改革委员会"),
    ] {
        let mut page = document(&[SIGNED[0], SIGNED[1], SIGNED[2], signature, SIGNED[4]], &[]);
        page.title = Some(format!("{title}2023年政府信息公开工作年度报告"));
        assert_eq!(read(&page, "").0.agency.as_deref(), Some(title));
    }
}

#[test]
fn a_title_that_stands_only_among_the_properties_says_nothing_of_the_report() {
    let lines = ["政府信息公开工作年度报告", "一、总体情况", "我局工作平稳。"];
    let (found, _, diagnostics) = read(&copied(&lines, "青禾县教育局2019年政府信息公开工作年度报告"), "");
    assert_eq!((found.title, found.agency, found.year), (None, None, None));
    for code in [
        "metadata.title_missing",
        "metadata.agency_missing",
        "metadata.year_missing",
    ] {
        assert!(diagnostics.contains(&code.into()), "{diagnostics:?}");
    }
}

#[test]
fn a_report_signed_by_two_bodies_is_of_neither_alone() {
    let lines = [
        SIGNED[0],
        SIGNED[1],
        SIGNED[2],
        "青禾县财政局",
        "青禾县国库支付中心",
        SIGNED[4],
    ];
    let (found, _, diagnostics) = read(&document(&lines, &[]), "");
    assert_eq!(found.agency, None);
    assert!(diagnostics.contains(&"metadata.agency_contradiction".into()));
}

#[test]
fn a_year_of_the_signature_of_plans_or_of_laws_is_not_that_of_the_report() {
    let title = "青禾县水务局政府信息公开工作年度报告";
    for lines in [
        &[title, "我局公开信息12条。", "青禾县水务局", "2024年1月"][..],
        &[title, "我局公开信息12条。", "青禾县水务局2024年1月18日"],
        &[title, "根据2019年4月3日修订、2019年5月15日施行的《条例》，编制本报告。"],
        &[title, "我局公开信息12条，较2022年增加3条。"],
        &[title, "2024年，我局将进一步加强公开。", "三、2024年工作计划"],
    ] {
        let (found, _, diagnostics) = read(&document(lines, &[]), "");
        assert_eq!(found.year, None, "{lines:?}");
        assert!(diagnostics.contains(&"metadata.year_missing".into()), "{diagnostics:?}");
    }
}

#[test]
fn a_report_on_several_years_has_none() {
    let period = "统计期限自2021年1月1日至2023年12月31日。";
    for lines in [
        &["青禾县水务局2021—2023年政府信息公开工作报告", period, "一、总体情况"][..],
        &["青禾县水务局政府信息公开工作报告", period, "一、总体情况"],
        &[
            "青禾县水务局2021-2022年度政府信息公开工作年度报告",
            "一、总体情况",
            "2022年，工作平稳。",
            "2023年1月20日",
        ],
    ] {
        let (found, _, diagnostics) = read(&document(lines, &[]), "");
        assert_eq!(found.year, None, "{lines:?}");
        assert!(diagnostics.contains(&"metadata.year_missing".into()), "{diagnostics:?}");
    }
    let school = [
        "青禾学院2022—2023学年信息公开工作年度报告",
        "统计时间为2022年9月1日至2023年8月31日。",
    ];
    assert_eq!(read(&document(&school, &[]), "").0.year, Some(2022));
}

#[test]
fn a_title_whose_last_character_stands_alone_is_one_title() {
    let lines = ["青禾县水务局2023年政府信息公开工作年度报", "告", "一、总体情况"];
    let (found, _, _) = read(&document(&lines, &[]), "");
    assert_eq!(
        (found.agency.as_deref(), found.year),
        (Some("青禾县水务局"), Some(2023))
    );
}

/// A page with a table about it, and a title that names nobody.
fn page_with_table(rows: &str) -> Metadata {
    let page = format!(
        "<h1>2022年政府信息公开工作年度报告</h1><table>{rows}</table><p>根据《中华人民共和国政府信息公开条例》，编制本报告。</p>\
         <h2>一、总体情况</h2><p>2022年，我单位共收到政府信息公开申请5件。</p>"
    );
    nianbao::extract(page.as_bytes(), &Hints::default()).unwrap().report
}

#[test]
fn a_cell_with_a_name_of_its_own_is_not_the_value_of_the_empty_field_before_it() {
    let found = page_with_table(
        "<tr><td>索引号：<td>发布机构：青禾县财政局<tr><td>文号：<td>发布日期：2023-01-05<tr><td>成文日期：<td>废止日期：2025-01-05",
    );
    assert_eq!((&found.index_number, &found.document_number), (&None, &None));
    assert_eq!(found.agency.as_deref(), Some("青禾县财政局"));
    assert_eq!(found.published.as_deref(), Some("2023-01-05"));
    let found = page_with_table("<tr><td>发布日期：<td>废止日期：2025-01-05");
    assert_eq!(found.published, None);
}

#[test]
fn a_field_in_the_row_of_names_is_not_the_value_of_the_field_beside_it() {
    let found = page_with_table(
        "<tr><td>索引号<td>发布机构<td>承办处所<td>发布日期<tr><td>014000/2023-12<td>青禾县财政局<td>办公室<td>2023-01-05",
    );
    assert_eq!(found.agency.as_deref(), Some("青禾县财政局"));
    assert_eq!(found.published.as_deref(), Some("2023-01-05"));
    let found = page_with_table("<tr><td>索引号<td>QH01<tr><td>发布机构<td>审核部门");
    assert_eq!(found.agency, None);
}

#[test]
fn who_gave_a_page_its_text_is_who_reports_only_where_it_writes_for_itself() {
    for (source, agency) in [
        ("青禾县财政局", Some("青禾县财政局")),
        ("青禾县融媒体中心", None),
        ("青禾日报社", None),
        ("青禾县委宣传部", None),
        ("青禾县大数据中心", None),
    ] {
        let line = format!("来源：{source}");
        let (found, _, _) = read(&document(&["2022年政府信息公开工作年度报告", &line], &[]), "");
        assert_eq!(found.agency.as_deref(), agency, "{source}");
    }
}

#[test]
fn a_number_whose_parts_stand_apart_is_read_whole() {
    for (field, value, number) in [
        ("文号", "青财〔2023〕 12号", "青财〔2023〕12号"),
        ("文号", "青财 〔2023〕 12号 有效", "青财〔2023〕12号"),
        ("索引号", "K00001 - 0401 - 2023 - 0012", "K00001 - 0401 - 2023 - 0012"),
        ("索引号", "QH 014000/2023-00012", "QH 014000/2023-00012"),
        ("索引号", "014000/2023-00012 2023-01-05", "014000/2023-00012"),
    ] {
        let (found, _, _) = read(&document(&[], &[(field, value)]), "");
        let found = found.document_number.or(found.index_number);
        assert_eq!(found.as_deref(), Some(number), "{value}");
    }
}

#[test]
fn a_value_that_the_width_of_the_text_broke_is_read_whole() {
    let report = |lines: &str| {
        let text = format!(
            "2022年政府信息公开工作年度报告\n\n{lines}\n\n根据《中华人民共和国政府信息公开条例》编制本报告，现予以公\n布。\n\n一、总体情况\n\n\
             2022年，我单位认真贯彻落实《条例》，扎实推进政府信息公\n开工作，各项工作有序开展，制度不断健全，队伍不断加强。\n"
        );
        nianbao::extract(text.as_bytes(), &Hints::default()).unwrap().report
    };
    let found = report(
        "发布时间：2023-01-15 10:20　来源：本站　发布机构：青禾县住\n房和城乡建设局　索引号：014000/2023-00012　文号：　浏览次\n数：123次",
    );
    assert_eq!(found.agency.as_deref(), Some("青禾县住房和城乡建设局"));
    assert_eq!(found.document_number, None);
    let found = report(
        "来源：本站　浏览次数：123次　字体：大中小　索引号：014000/\n2023-00012　发布机构：青禾县财政局　发布日期：2023-01-15",
    );
    assert_eq!(found.index_number.as_deref(), Some("014000/2023-00012"));
    assert_eq!(found.agency.as_deref(), Some("青禾县财政局"));
    // Where no other line is as long, the fields behind the rest say it.
    let page = "2022年政府信息公开工作年度报告\n索引号：014000/\n2023-00012 公开日期：2023-01-15 文号：发布机\n构：青禾县住房和\n城乡建设局 公开方式：主动公开\n\n一、总体情况\n";
    let found = nianbao::extract(page.as_bytes(), &Hints::default()).unwrap().report;
    assert_eq!(found.index_number.as_deref(), Some("014000/2023-00012"));
    assert_eq!(found.agency.as_deref(), Some("青禾县住房和城乡建设局"));
    assert_eq!(found.document_number, None);
    // A line of its own is no rest.
    let page = "2022年政府信息公开工作年度报告\n发布机构：青禾县财政局\n2023-01-15 10:20 来源：本站\n\n一、总体情况\n";
    let found = nianbao::extract(page.as_bytes(), &Hints::default()).unwrap().report;
    assert_eq!(found.agency.as_deref(), Some("青禾县财政局"));
}

#[test]
fn a_publisher_that_is_no_body_or_does_not_say_which_is_not_the_agency() {
    for (publisher, agency) in [
        ("青禾县扶贫办", Some("青禾县扶贫办")),
        ("石桥镇", Some("石桥镇")),
        ("系统管理员", None),
        ("admin", None),
        ("互联网", None),
        ("政策法规科", None),
        ("局办公室", None),
        ("党政办", None),
        ("信息中心", None),
        ("乡镇街道", None),
    ] {
        let found = page_with_table(&format!("<tr><td>索引号<td>QH01<tr><td>发布机构<td>{publisher}"));
        assert_eq!(found.agency.as_deref(), agency, "{publisher}");
    }
}

#[test]
fn what_has_no_digit_is_no_document_number() {
    for (printed, number) in [
        ("青政办〔2023〕5号", Some("青政办〔2023〕5号")),
        ("〔〕号", None),
        ("undefined", None),
    ] {
        let found = page_with_table(&format!("<tr><td>文号<td>{printed}<tr><td>发布机构<td>青禾县财政局"));
        assert_eq!(found.document_number.as_deref(), number, "{printed}");
    }
}

#[test]
fn a_list_of_fields_without_colons_is_read() {
    let page = "<html><body><dl><dt>索引号<dd>QH01/2023<dt>文号<dd><dt>公开日期<dd>2023年1月5日</dl><h1>青禾县财政局2022年政府信息公开工作年度报告</h1><p>一、总体情况</p><p>按照条例公开。</p></body></html>";
    let found = nianbao::extract(page.as_bytes(), &Hints::default()).unwrap().report;
    assert_eq!(found.index_number.as_deref(), Some("QH01/2023"));
    assert_eq!(found.document_number, None);
    assert_eq!(found.published.as_deref(), Some("2023-01-05"));
}
