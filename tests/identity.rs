//! Who reports and on which year: what the report says of itself is heard wherever it stands, what it cites is not, and sources that
//! contradict each other give null.

#![allow(clippy::expect_used, clippy::unwrap_used)]

use nianbao::read::Hints;
use nianbao::report::{Basis, DocumentKind, Report, State};

fn read(text: &str) -> Report {
    nianbao::extract(text.as_bytes(), &Hints::default()).unwrap()
}

fn agency(report: &Report) -> Option<&str> {
    report.report.agency.as_deref()
}

fn title(report: &Report) -> Option<&str> {
    report.report.title.as_deref()
}

fn noticed(report: &Report, code: &str) -> bool {
    report.diagnostics.iter().any(|diagnostic| diagnostic.code == code)
}

const BODY: &str = "一、总体情况\n政府信息公开工作平稳。\n二、主动公开政府信息情况\n无。\n";

#[test]
fn the_year_of_a_report_that_the_text_cites_is_not_its_own() {
    let text = "根据《条例》有关规定，编制本报告。\n一、总体情况\n2023年，霁川省粮食储备局落实部署。\n\
                一是做好主动公开。公开发布《霁川省粮食储备局2022年政府信息公开工作年度报告》，通过网站公开信息。\n";
    let report = read(text);
    assert_eq!(report.report.year, Some(2023));
    assert!(noticed(&report, "metadata.year_from_text"));
    let told = read("一、总体情况\n2023年工作平稳，按时发布2022年政府信息公开工作年度报告。\n");
    assert_eq!(told.report.year, None);
}

#[test]
fn the_title_of_a_notice_names_no_agency() {
    let report = read(&format!(
        "根据《霁川省人民政府办公厅关于编制公布2021年政府信息公开工作年度报告有关事项的通知》等文件要求，我区编制完成了本报告。\
         本报告所列数据的统计期限自2021年1月1日起至2021年12月31日止。\n{BODY}"
    ));
    assert_eq!((agency(&report), report.report.year), (None, Some(2021)));
    assert!(noticed(&report, "metadata.agency_missing"));
}

#[test]
fn who_compiles_the_report_is_its_agency_and_what_it_does_is_not() {
    let report = read(&format!(
        "栖岚县财政局根据《条例》，编制发布2022年政府信息公开工作年度报告。\n{BODY}"
    ));
    assert_eq!(
        (agency(&report), report.report.year),
        (Some("栖岚县财政局"), Some(2022))
    );
    let evidence = &report.evidence["/report/agency"];
    assert_eq!(evidence.state, State::Inferred);
    assert!(evidence.raw.as_ref().unwrap().starts_with("栖岚县财政局根据"));
}

#[test]
fn a_title_behind_a_label_or_before_a_sentence_is_clean() {
    let clean = "栖岚县财政局2022年政府信息公开工作年度报告";
    for line in [
        format!("索引号 bgs01/2023-00077 发文字号\n标   题 {clean}\n发布机构 栖岚县人民政府 公文时效 有效\n{clean}"),
        format!("【字体：大 中 小】 {clean}"),
        format!("信息名称：{clean}"),
        format!("{clean}根据《中华人民共和国政府信息公开条例》编制并向社会公布。"),
        "2022年栖岚县财政局\n政府信息公开工作年度报告".to_owned(),
    ] {
        let report = read(&format!("{line}\n{BODY}"));
        assert_eq!(
            title(&report).map(|title| title.chars().count()),
            Some(clean.chars().count()),
            "{line}"
        );
        assert_eq!(
            (agency(&report), report.report.year),
            (Some("栖岚县财政局"), Some(2022)),
            "{line}"
        );
        assert_eq!(report.evidence["/report/title"].state, State::Text, "{line}");
    }
}

#[test]
fn a_title_over_lines_behind_a_label_is_one_and_the_value_of_another_field_is_no_part_of_it() {
    let lines = "信息名称：栖岚县财政局\n2022年政府信息公开工作年度报告";
    assert_eq!(title(&read(lines)), Some("栖岚县财政局2022年政府信息公开工作年度报告"));
    let issuer = "发布机构：栖岚县财政局\n2022年政府信息公开工作年度报告";
    assert_eq!(title(&read(issuer)), Some("2022年政府信息公开工作年度报告"));
}

#[test]
fn a_government_whose_name_runs_into_the_information_is_named_in_full() {
    let report = read(&format!("2008年泠陵镇人民政府信息公开工作年度报告\n{BODY}"));
    assert_eq!(agency(&report), Some("泠陵镇人民政府"));
}

#[test]
fn a_metadata_grid_gives_numbers_and_date_and_not_what_stands_in_empty_cells() {
    let grid = "栖岚县人民政府办公室2025年政府信息公开工作年度报告\n\n\
        | 索 引 号 | K45800000/2026-00221 | 主题分类 | |\n| --- | --- | --- | --- |\n\
        | 发布机构 | 栖岚县人民政府 | 发布日期 | 2026-01-19 20:34 |\n| 名 称 | | | |\n\
        | 文 号 | 栖政办发〔2026〕7号 | 有 效 性 | |\n\n";
    let report = read(&format!("{grid}{BODY}"));
    let said = &report.report;
    assert_eq!(said.published.as_deref(), Some("2026-01-19"));
    assert_eq!(said.index_number.as_deref(), Some("K45800000/2026-00221"));
    assert_eq!(said.document_number.as_deref(), Some("栖政办发〔2026〕7号"));
    assert_eq!(agency(&report), Some("栖岚县人民政府办公室"));
    let evidence = &report.evidence["/report/published"];
    assert_eq!(
        (evidence.raw.as_deref(), evidence.state),
        (Some("2026-01-19 20:34"), State::Text)
    );
    assert!(evidence.origin.is_some());
    assert_eq!(
        report.evidence["/report/index_number"].raw.as_deref(),
        Some("K45800000/2026-00221")
    );
}

#[test]
fn a_metadata_table_with_names_above_values_is_read_downwards() {
    let grid = "索引号 | 公开方式 | 发布机构 |\n11622/2009-00021 | 主动公开 | 栖岚区泠陵镇人民政府 |\n\n2008年泠陵镇人民政府政府信息公开工作年度报告\n\n";
    let report = read(&format!("{grid}{BODY}"));
    assert_eq!(report.report.index_number.as_deref(), Some("11622/2009-00021"));
    assert_eq!(agency(&report), Some("泠陵镇人民政府"));
}

#[test]
fn dates_and_numbers_are_found_in_a_line_without_colons() {
    let report = read(&format!(
        "栖岚街道2021年政府信息公开工作年度报告\n2022年01月18日来源:1\n索引号 bgs01/2022-00011 发文字号\n成文日期 2022-01-17 发布日期 2022-01-18\n{BODY}"
    ));
    assert_eq!(report.report.published.as_deref(), Some("2022-01-18"));
    assert_eq!(report.report.index_number.as_deref(), Some("bgs01/2022-00011"));
    assert_eq!(report.report.document_number, None);
}

#[test]
fn a_page_that_gives_two_dates_of_publication_gives_none() {
    let report = read(&format!(
        "发布日期：2022-01-18\n公开日期：2022-03-02\n栖岚街道2021年政府信息公开工作年度报告\n{BODY}"
    ));
    assert_eq!(report.report.published, None);
    assert!(noticed(&report, "metadata.field_contradiction"));
    assert_eq!(report.evidence["/report/published"].state, State::Absent);
}

#[test]
fn a_date_that_is_only_signed_says_so() {
    let report = read(&format!(
        "栖岚街道2021年政府信息公开工作年度报告\n{BODY}栖岚街道办事处\n2022年1月18日\n"
    ));
    assert_eq!(report.report.published.as_deref(), Some("2022-01-18"));
    assert_eq!(report.evidence["/report/published"].state, State::Inferred);
    assert!(noticed(&report, "metadata.published_elsewhere"));
}

#[test]
fn titles_that_name_two_bodies_give_no_agency() {
    let page = |body: &str| {
        format!(
            "<html><head><title>霁川县水利局2022年政府信息公开工作年度报告</title></head><body><h1>栖岚县财政局2022年政府信息公开工作年度报告</h1><p>一、总体情况</p><p>工作平稳。</p>{body}</body></html>"
        )
    };
    let report = read(&page(""));
    assert_eq!(agency(&report), None);
    assert!(noticed(&report, "metadata.agency_contradiction"));
    let signed = read(&page("<p>栖岚县财政局</p><p>2023年1月12日</p>"));
    assert_eq!(agency(&signed), Some("栖岚县财政局"));
}

#[test]
fn a_period_of_another_year_is_outweighed_where_the_whole_page_says_so() {
    let stale = "栖岚县财政局2022年政府信息公开工作年度报告\n本报告统计期限自2021年1月1日起至2021年12月31日止。\n";
    let alone = read(stale);
    assert_eq!(alone.report.year, None);
    assert!(noticed(&alone, "metadata.year_contradiction"));
    let supported = read(&format!("{stale}发布日期：2023-01-18\n{BODY}"));
    assert_eq!(supported.report.year, Some(2022));
    assert!(noticed(&supported, "metadata.year_conflict"));
}

#[test]
fn the_signature_of_another_body_leaves_the_title_its_agency() {
    let report = read(&format!(
        "栖岚县人民政府2022年政府信息公开工作年度报告\n{BODY}栖岚县人民政府办公室\n2023年1月12日\n"
    ));
    assert_eq!(agency(&report), Some("栖岚县人民政府"));
}

#[test]
fn a_government_that_is_only_the_source_of_a_page_is_not_its_agency() {
    let page = |source: &str, more: &str| {
        read(&format!(
            "2022年度政府信息公开工作年度报告\n发布时间：2023-01-18 来源：{source} 浏览次数：120次\n{more}\n{BODY}"
        ))
    };
    for source in ["青禾县人民政府办公室", "青禾县人民政府"] {
        let report = page(source, "");
        assert_eq!(agency(&report), None, "{source}");
        assert!(noticed(&report, "metadata.agency_missing"), "{source}");
    }
    assert_eq!(agency(&page("青禾县水务局", "")), Some("青禾县水务局"));
    // The sentence says who reports; that the office is the source contradicts it by half as much.
    let said = "本报告由青禾县水务局按照《中华人民共和国政府信息公开条例》要求编制。";
    assert_eq!(agency(&page("青禾县人民政府办公室", said)), Some("青禾县水务局"));
}

#[test]
fn links_to_other_reports_between_sections_or_below_the_text_begin_none() {
    let own = "栖岚县财政局2022年政府信息公开工作年度报告\n一、总体情况\n2022年，我局主动公开政府信息45条。";
    let link = "栖岚县财政局2021年政府信息公开工作年度报告";
    let table = "二、主动公开政府信息情况\n信息内容\t本年制发件数\t本年废止件数\t现行有效件数\n\
                 规章\t1\t2\t3\n行政规范性文件\t4\t5\t6";
    for text in [
        format!("{own}\n{table}\n上一篇：{link}\n下一篇：{link}\n发布时间：2023-01-05"),
        format!("{own}\n{link}\n{table}\n发布时间：2023-01-05"),
    ] {
        let report = read(&text);
        assert!(!noticed(&report, "metadata.other_report"), "{text}");
        assert_eq!(report.report.published.as_deref(), Some("2023-01-05"), "{text}");
        let rules = &report
            .tables
            .proactive_disclosure
            .as_ref()
            .expect("the table is read")
            .values;
        assert_eq!(rules.get("regulations.repealed"), Some(2.into()), "{text}");
    }
}

#[test]
fn links_to_other_reports_above_the_title_are_not_the_report() {
    let own = "栖岚县财政局2022年政府信息公开工作年度报告";
    let links = "栖岚县财政局2021年政府信息公开工作年度报告\n青禾县水务局2022年政府信息公开工作年度报告\n\
                 栖岚县财政局2020年政府信息公开工作年度报告";
    let preface = "本报告由栖岚县财政局编制，所列数据的统计期限自2022年1月1日起至2022年12月31日止。";
    let report = read(&format!("{links}\n{own}\n发布时间：2023-01-18\n{preface}\n{BODY}"));
    assert_eq!(title(&report), Some(own));
    assert_eq!(
        (agency(&report), report.report.year),
        (Some("栖岚县财政局"), Some(2022))
    );

    // Nothing but its place tells which of the titles is that of the report.
    let link = "青禾县水务局2021年政府信息公开工作年度报告";
    let report = read(&format!("{link}\n{own}\n{BODY}"));
    assert_eq!(
        (title(&report), agency(&report), report.report.year),
        (None, None, None)
    );
    assert!(noticed(&report, "metadata.title_contradiction"));

    // The title of the report names neither body nor year.
    let report = read(&format!(
        "{links}\n政府信息公开工作年度报告\n发布时间：2023-01-18\n{BODY}"
    ));
    assert_eq!((title(&report), report.report.year), (None, None));

    // It names no body, and links of its year are those of several.
    let dated = "政府信息公开工作年度报告（2022年）";
    let report = read(&format!("{links}\n{dated}\n发布时间：2023-01-18\n{BODY}"));
    assert_eq!((title(&report), agency(&report)), (Some(dated), None));

    let report = read(&format!("{link}\n{dated}\n发布时间：2023-01-18\n{preface}\n{BODY}"));
    // What the link says of the body contradicts the sentence.
    assert_eq!((title(&report), report.report.year), (Some(dated), Some(2022)));
    assert!(noticed(&report, "metadata.agency_contradiction"));
}

#[test]
fn a_date_between_the_title_of_the_page_and_that_of_the_report_is_not_the_day_of_publication() {
    let own = "栖岚县财政局2022年政府信息公开工作年度报告";
    let page = |below: &str| read(&format!("{own}_栖岚县人民政府\n2019-07-17\n首页\n{own}\n{below}{BODY}"));
    assert_eq!(page("").report.published, None);
    assert_eq!(page("2023-01-18\n").report.published.as_deref(), Some("2023-01-18"));
}

#[test]
fn a_link_that_is_the_only_title_is_doubted_where_text_and_publication_name_another_year() {
    let text = format!(
        "理川县商务局2021年政府信息公开工作年度报告 2018-12-18\n政府信息公开工作年度报告\n发布时间：2023-01-01\n\
         一、总体情况\n2022年工作平稳。2022年公开信息三条。\n{BODY}"
    );
    let report = read(&text);
    assert_eq!(report.report.year, None);
    assert!(noticed(&report, "metadata.year_contradiction"));
}

#[test]
fn sources_that_differ_leave_no_agency() {
    let html = "<html><head><meta name=\"ContentSource\" content=\"青禾县水务局\"></head><body><h1>2022年度政府信息公开工作年度报告\
                </h1><p>发布时间：2023-01-18 信息来源：栖岚县财政局</p><p>一、总体情况</p><p>工作平稳。</p></body></html>";
    let report = read(html);
    assert_eq!(agency(&report), None);
    assert!(noticed(&report, "metadata.agency_contradiction"));
}

#[test]
fn a_signature_above_a_month_names_the_agency() {
    let text = format!("2022年度政府信息公开工作年度报告\n{BODY}青禾县水务局\n2023年1月\n");
    assert_eq!(agency(&read(&text)), Some("青禾县水务局"));
}

#[test]
fn papers_about_reports_are_told_from_reports() {
    let kind = |text: &str| read(text).report.kind;
    let notice = "<html><head><title>栖岚市人民政府办公室关于做好2025年政府信息公开工作年度报告编制和发布工作的通知</title></head><body>\
        <p>栖岚市人民政府办公室</p><p>关于做好2025年政府信息公开工作年度报告</p><p>编制和发布工作的通知</p>\
        <p>各县、区人民政府：</p><p>现就有关事项通知如下：</p><p>一、规范年报内容。要撰写总体情况。</p>\
        <p>二、确保数据准确。填写规章、行政规范性文件的本年制发件数、本年废止件数、现行有效件数。</p></body></html>";
    assert_eq!(kind(notice), Some(DocumentKind::Notice));
    let report = read(notice);
    assert_eq!((agency(&report), title(&report)), (None, None));
    assert!(noticed(&report, "metadata.not_a_report"));
    assert_eq!(
        kind("栖岚县政府信息公开指南\n一、公开范围\n申请公开按本指南办理。\n"),
        Some(DocumentKind::Guide)
    );
    assert_eq!(
        kind(
            "霁川县水利局2022年政府信息公开工作年度报告\n栖岚县财政局2022年政府信息公开工作年度报告\n泠陵县统计局2022年政府信息公开工作年度报告\n"
        ),
        Some(DocumentKind::IndexPage)
    );
}

#[test]
fn a_report_cut_short_is_a_report() {
    let stated = "栖岚县财政局根据《条例》，编制发布2022年政府信息公开工作年度报告。\n一、总体情况\n2022年，推进政府信息公开工作。\n";
    assert_eq!(read(stated).report.kind, Some(DocumentKind::AnnualReport));
    let short = "栖岚县2022年政府信息公开工作年度报告\n本报告所列数据统计期限为2022年1月1日至2022年12月31日。\n一、总体情况\n2022年，栖岚县推进公开。\n";
    assert_eq!(read(short).report.kind, Some(DocumentKind::AnnualReport));
    assert_eq!(read("栖岚县2022年政府信息公开工作年度报告\n").report.kind, None);
}

#[test]
fn what_stands_before_the_first_heading_and_behind_the_last_section_is_kept() {
    let report = read(&format!(
        "栖岚街道2021年政府信息公开工作年度报告\n如有疑问，请与本街道联系。\n{BODY}附件：统计表\n栖岚街道办事处\n2022年1月18日\n"
    ));
    let ends: Vec<(&str, &str)> = report
        .sections
        .iter()
        .filter_map(|section| Some((section.key.as_deref()?, section.text.as_str())))
        .collect();
    assert_eq!(ends.first(), Some(&("preface", "如有疑问，请与本街道联系。")));
    assert_eq!(
        ends.last(),
        Some(&("closing", "附件：统计表\n栖岚街道办事处\n2022年1月18日"))
    );
    assert!(!report.sections[2].text.contains("栖岚街道办事处"));
}

#[test]
fn a_body_is_known_by_its_region_and_a_shared_name_by_its_page() {
    let body = |text: &str| read(text).report.body;
    let office = body(&format!("府谷县政府办2022年政府信息公开工作年度报告\n{BODY}")).unwrap();
    assert_eq!(office.name, "府谷县人民政府办公室");
    assert_eq!(office.region.map(|region| region.code).as_deref(), Some("610822"));
    assert_eq!(office.parent.as_deref(), Some("府谷县人民政府"));
    let shared = read(&format!("鼓楼区潮汐局2022年政府信息公开工作年度报告\n{BODY}"));
    assert_eq!(shared.report.region_code, None);
    assert!(noticed(&shared, "body.region_ambiguous"));
    let told = read(&format!(
        "鼓楼区潮汐局2022年政府信息公开工作年度报告\n来源：徐州市鼓楼区人民政府\n{BODY}"
    ));
    assert_eq!(told.report.region_code.as_deref(), Some("320302"));
    assert_eq!(told.evidence["/report/body/region"].state, State::Inferred);
}

#[test]
fn a_report_on_half_a_year_is_no_annual_report_and_its_figures_are_not_of_the_year() {
    for part in ["上半年", "半年度", "前三季度", "1-6月"] {
        let report = read(&format!(
            "栖岚县财政局2023年{part}政府信息公开工作报告\n一、总体情况\n我局收到政府信息公开申请24件。\n{BODY}"
        ));
        assert_eq!(report.report.kind, Some(DocumentKind::Other), "{part}");
        assert!(noticed(&report, "metadata.not_a_report"), "{part}");
        let figures = &report.narrative_figures;
        assert_eq!(figures.len(), 1, "{part}");
        // A title that says 上半年 leaves the sentence below it without a basis.
        assert!(matches!(figures[0].basis, None | Some(Basis::PartOfYear)), "{part}");
    }
}

#[test]
fn the_figures_of_a_report_on_several_years_are_of_its_period() {
    let report = read(
        "栖岚县财政局2021—2023年政府信息公开工作报告\n统计期限自2021年1月1日至2023年12月31日。\n一、总体情况\n\
         我局收到政府信息公开申请124件。\n",
    );
    assert_eq!(report.report.year, None);
    assert!(
        report
            .narrative_figures
            .iter()
            .all(|figure| figure.basis != Some(Basis::Year))
    );
}

#[test]
fn a_seal_stands_between_signature_and_date() {
    let report = read(&format!(
        "2023年政府信息公开工作年度报告\n{BODY}栖岚镇人民政府\n（盖章）\n2024年1月20日\n"
    ));
    assert_eq!(agency(&report), Some("栖岚镇人民政府"));
}

#[test]
fn two_bodies_in_one_title_are_two_and_a_blank_is_none() {
    let report = read(&format!(
        "霁川市财政局 霁川市税务局2023年政府信息公开工作年度报告\n{BODY}"
    ));
    assert_eq!(agency(&report), Some("霁川市财政局、霁川市税务局"));
    let report = read(&format!("霁川市 财政局2023年政府信息公开工作年度报告\n{BODY}"));
    assert_eq!(agency(&report), Some("霁川市财政局"));
    let report = read(&format!("霁川市XX局2023年政府信息公开工作年度报告\n{BODY}"));
    assert_eq!(agency(&report), None);
}

#[test]
fn a_body_behind_a_dash_and_a_plan_behind_the_report_are_of_the_title() {
    for line in [
        "政府信息公开工作年度报告——霁川市财政局（2023年）",
        "2023年度政府信息公开工作年度报告（2024年发布）——霁川市财政局",
        "霁川市财政局2023年政府信息公开工作总结和2024年工作计划",
        "霁川市财政局2023年政府信息公开工作情况及2024年工作安排",
    ] {
        let report = read(&format!("{line}\n{BODY}"));
        assert_eq!(
            (title(&report), agency(&report), report.report.year),
            (Some(line), Some("霁川市财政局"), Some(2023)),
            "{line}"
        );
        assert_eq!(report.report.kind, Some(DocumentKind::AnnualReport), "{line}");
    }
}

#[test]
fn figures_are_of_the_time_that_the_report_states() {
    for (period, basis) in [
        ("2017年1月1日起至2017年12月31日", Basis::Year),
        ("2017年1月1日起至2017年11月30日", Basis::PartOfYear),
        ("2016年12月1日起至2017年11月30日", Basis::Period),
    ] {
        let report = read(&format!(
            "栖岚镇2017年政府信息公开工作年度报告\n本报告所列数据的统计期限自{period}止。\n一、总体情况\n\
             工作平稳。\n二、主动公开政府信息情况\n主动公开政府信息245条。\n"
        ));
        let found: Vec<_> = report.narrative_figures.iter().map(|figure| figure.basis).collect();
        assert_eq!(found, [Some(basis)], "{period}");
    }
}

#[test]
fn who_reports_is_read_from_a_sentence_over_wrapped_lines() {
    let report = read(
        "本报告是根据《中华人民共和国政府信息公开条例》要求,由栖岚市桐石街道\n\
         办事处编制的2018年度政府信息公开工作年度报告。全文包括概述,主动\n\
         公开政府信息的情况,依申请公开政府信息情况,政府信息公开的收费及减免\n\
         情况,因政府信息公开申请行政复议、提起行政诉讼的情况等。\n一、概述\n\
         2018年工作平稳。\n二、主动公开政府信息情况\n桐石街道2018年主动公开政府信息41条。\n",
    );
    assert_eq!(
        (agency(&report), report.report.year),
        (Some("栖岚市桐石街道办事处"), Some(2018))
    );
}

#[test]
fn the_body_is_named_as_fully_as_its_signature_names_it() {
    let report = read(&format!(
        "市财政局2023年政府信息公开工作年度报告\n{BODY}襄阳市财政局\n2024年1月15日\n"
    ));
    assert_eq!(agency(&report), Some("市财政局"));
    assert_eq!(report.report.body.unwrap().name, "襄阳市财政局");
    assert_eq!(
        report.evidence["/report/body/region"].raw.as_deref(),
        Some("襄阳市财政局")
    );
}

#[test]
fn what_stands_above_the_title_is_of_the_page() {
    let report = read(&format!(
        "2017年，主动公开政府信息860条。\n栖岚镇2017年政府信息公开工作年度报告\n{BODY}2017年，我镇主动公开政府信息245条。\n"
    ));
    let values: Vec<_> = report
        .narrative_figures
        .iter()
        .map(|figure| figure.value.to_string())
        .collect();
    assert_eq!(values, ["245"]);
}

#[test]
fn a_signature_may_stand_on_the_line_of_its_day_or_before_a_seal() {
    for signed in [
        "霁川市财政局 2024年1月15日",
        "霁川市财政局　2024年1月15日",
        "霁川市财政局（盖章） 2024年1月15日",
        "霁川市财政局（公章）\n2024年1月15日",
    ] {
        let report = read(&format!("2023年政府信息公开工作年度报告\n{BODY}{signed}\n"));
        assert_eq!(
            (agency(&report), report.report.published.as_deref()),
            (Some("霁川市财政局"), Some("2024-01-15")),
            "{signed}"
        );
    }
}

#[test]
fn two_bodies_on_lines_above_the_year_report_together() {
    let report = read(&format!(
        "霁川市财政局\n霁川市审计局\n2023年政府信息公开工作年度报告\n{BODY}"
    ));
    assert_eq!(agency(&report), Some("霁川市财政局、霁川市审计局"));
}

#[test]
fn a_byline_below_the_title_names_who_and_when() {
    let report = read(&format!(
        "2022年政府信息公开工作年度报告\n霁川市水利局  2023-01-08  阅读：22\n{BODY}"
    ));
    assert_eq!(
        (agency(&report), report.report.published.as_deref()),
        (Some("霁川市水利局"), Some("2023-01-08"))
    );
}

#[test]
fn a_body_on_the_line_above_a_title_with_a_name_of_its_own_is_not_of_it() {
    let title_line = "霁川市水利局2023年政府信息公开工作年度报告";
    for above in [
        "霁川市水利局",
        "霁川市人民政府",
        "霁川市民政局",
        "霁川市教育局\n霁川市民政局",
        "霁川市发展和改革局霁川市教育局霁川市民政局",
    ] {
        let report = read(&format!("{above}\n{title_line}\n{BODY}"));
        assert_eq!(
            (title(&report), agency(&report)),
            (Some(title_line), Some("霁川市水利局")),
            "{above}"
        );
    }
}

#[test]
fn names_of_a_menu_above_a_title_without_one_are_not_of_it() {
    for (menu, expected) in [
        ("霁川市教育局\n霁川市财政局\n霁川市民政局", Some("霁川市水利局")),
        ("霁川市发展和改革局霁川市教育局霁川市民政局", Some("霁川市水利局")),
    ] {
        let page = format!("{menu}\n2023年政府信息公开工作年度报告\n{BODY}霁川市水利局\n2024年1月15日\n");
        assert_eq!(agency(&read(&page)), expected, "{menu}");
    }
}

#[test]
fn yearly_papers_on_other_matters_are_no_reports() {
    let body = "2023年，霁川市水利局扎实推进工作，现将有关情况报告如下：\n一、2023年工作情况\n全面推进政务公开，全年主动公开政府信息621条，收到政府信息公开申请63件。\n二、存在的主要问题\n短板仍在。\n三、2024年工作安排\n持续发力。\n霁川市水利局\n2024年1月7日\n";
    for headline in [
        "霁川市水利局2023年法治政府建设年度报告",
        "霁川市水利局关于2023年依法行政工作情况的报告",
        "霁川市水利局2023年安全生产工作总结",
        "霁川市水利局2023年政务公开第三方评估报告",
        "霁川市水利局关于2023年政务公开工作自查情况的报告",
        "图解：霁川市水利局2023年政府信息公开工作年度报告",
    ] {
        let report = read(&format!("{headline}\n{body}"));
        assert_eq!(report.report.kind, Some(DocumentKind::Other), "{headline}");
    }
    for headline in [
        "霁川市考核办公室2023年政府信息公开工作年度报告",
        "霁川市水利局政府信息公开\n2023年度工作报告",
        "霁川市水利局关于2023年贯彻落实《政府信息公开条例》情况的报告",
    ] {
        let report = read(&format!("{headline}\n{body}"));
        assert_eq!(report.report.kind, Some(DocumentKind::AnnualReport), "{headline}");
    }
    let template = "XX（单位）2023年政府信息公开工作年度报告（模板）\n一、总体情况\n二、主动公开政府信息情况\n三、收到和处理政府信息公开申请情况\n";
    assert_eq!(read(template).report.kind, Some(DocumentKind::BlankForm));
    let within = "霁川市水利局关于政府信息公开工作情况的汇报\n一、主动公开情况\n今年以来，公开199条。\n二、依申请公开情况\n收到63件。\n三、下半年打算\n霁川市水利局\n2023年7月5日\n";
    assert_eq!(read(within).report.kind, Some(DocumentKind::Other));
    let news = "霁川市水利局发布2023年政府信息公开工作年度报告\n近日，霁川市水利局发布2023年政府信息公开工作年度报告。报告显示，主动公开政府信息623条。（记者 王明）\n";
    assert_eq!(read(news).report.kind, Some(DocumentKind::Other));
}
