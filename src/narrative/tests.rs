use super::*;
use crate::document::Origin;
use crate::report::{Basis, Scope};

/// The figures of one paragraph below a heading.
fn below(heading: &str, text: &str, agency: &str, year: i32) -> (Vec<NarrativeFigure>, Vec<Diagnostic>) {
    let paragraph = |text: &str| {
        Block::Paragraph(Paragraph {
            text: text.into(),
            heading: None,
            strong: false,
            origin: Origin::text(1, 1),
        })
    };
    let document = Document {
        blocks: vec![paragraph(heading), paragraph(text)],
        ..Document::default()
    };
    let metadata = Metadata {
        agency: Some(agency.into()),
        year: Some(year),
        ..Metadata::default()
    };
    narrative_figures(&document, &[false, false], &metadata)
}

/// Keys and values of the exact figures of the body and the year.
fn figures(text: &str) -> Vec<(String, i64)> {
    let heading = "三、收到和处理政府信息公开申请情况";
    let (figures, _) = below(heading, text, "砚浦县水务局", 2022);
    let own = figures.iter().filter(|figure| figure.is_of_the_report());
    own.map(|figure| (figure.key.clone(), figure.value.0.try_into().unwrap()))
        .collect()
}

/// Every figure in words: key, value, scope, basis, and ~ where it is rounded.
fn described(text: &str) -> Vec<String> {
    described_of("砚浦县民政局", text)
}

fn described_of(agency: &str, text: &str) -> Vec<String> {
    in_words(&below("三、依申请公开政府信息情况", text, agency, 2012).0)
}

fn in_words(figures: &[NarrativeFigure]) -> Vec<String> {
    let words = figures.iter().map(|figure| {
        let scope = figure.scope.map_or("open", |scope| match scope {
            Scope::Whole => "whole",
            Scope::Part => "part",
            Scope::Several => "several",
        });
        let basis = figure.basis.map_or("open", |basis| match basis {
            Basis::Year => "year",
            Basis::Cumulative => "cumulative",
            Basis::PartOfYear => "part_of_year",
            Basis::Period => "period",
        });
        let rounded = if figure.approximate { " ~" } else { "" };
        format!("{} {} {scope} {basis}{rounded}", figure.key, figure.value)
    });
    words.collect()
}

#[test]
fn a_figure_has_the_key_of_what_it_counts() {
    for (text, expected) in [
        ("2022年，我局共收到政府信息公开申请5件。", vec![("applications.new", 5)]),
        ("全年受理政府信息公开申请 749 件", vec![("applications.new", 749)]),
        ("收到１份政府信息公开申请。", vec![("applications.new", 1)]),
        ("收到和处理信息公开申请共计165份", vec![("applications.new", 165)]),
        (
            "收到申请政府信息公开事项12件，已进行行政答复。",
            vec![("applications.new", 12)],
        ),
        ("共收到依申请公开申请三件", vec![("applications.new", 3)]),
        (
            "新收申请13件，上年结转申请2件，答复14件，结转下年度继续办理1件。",
            vec![
                ("applications.new", 13),
                ("applications.carried_over", 2),
                ("applications.results_total", 14),
                ("applications.carried_forward", 1),
            ],
        ),
        (
            "其中予以公开3件，部分公开2件，不予公开4件，无法提供6件，不予处理7件，其他处理0件",
            vec![
                ("applications.granted", 3),
                ("applications.partially_granted", 2),
                ("applications.denied", 4),
                ("applications.unavailable", 6),
                ("applications.not_processed", 7),
                ("applications.other_handling", 0),
            ],
        ),
        (
            "予以公开及部分公开258件",
            vec![("applications.granted_or_partially_granted", 258)],
        ),
        (
            "另有72件申请按照规定顺延到下年度答复",
            vec![("applications.carried_forward", 72)],
        ),
        (
            "信息公开行政复议7件，诉讼9件",
            vec![("review_litigation.review", 7), ("review_litigation.litigation", 9)],
        ),
        (
            "政府信息公开行政复议、行政诉讼和申诉案件2件",
            vec![("review_litigation.review_and_litigation", 2)],
        ),
        ("收到政府信息公开行政复议申请2件", vec![("review_litigation.review", 2)]),
        (
            "受理公民、法人和其他组织向县政府及县政府办公室提出的政府信息公开申请45件，上年转结政府信息公开申请1件，转下一年办理0件。",
            vec![
                ("applications.new", 45),
                ("applications.carried_over", 1),
                ("applications.carried_forward", 0),
            ],
        ),
    ] {
        let expected: Vec<_> = expected
            .into_iter()
            .map(|(key, value)| (key.to_owned(), value))
            .collect();
        assert_eq!(figures(text), expected, "{text}");
    }
}

#[test]
fn a_statement_that_there_was_none_is_a_zero() {
    for (text, keys) in [
        ("2022年未收到依申请公开政府信息申请。", vec!["applications.new"]),
        ("没有接到群众要求公开政府信息的申请", vec!["applications.new"]),
        ("全年未收到依申请公开来信，无意见投诉情况。", vec!["applications.new"]),
        (
            "没有发生针对本单位信息公开事务的行政复议案、行政诉讼案",
            vec!["review_litigation.review", "review_litigation.litigation"],
        ),
        (
            "未发生因政府信息公开申请行政复议的情况",
            vec!["review_litigation.review"],
        ),
        ("未收到申请。", vec!["applications.new"]),
    ] {
        let expected: Vec<_> = keys.into_iter().map(|key| (key.to_owned(), 0)).collect();
        assert_eq!(figures(text), expected, "{text}");
    }
}

#[test]
fn numbers_of_other_things_years_and_bodies_are_not_taken() {
    for text in [
        "公开机构信息1条，政策文件信息3条",
        "收到政府信息公开申请9\u{fffd}5件",
        "办理建议提案23件，答复网民留言40件",
        "受理行政许可申请1200件",
        "2021年，我局收到政府信息公开申请8件。",
        "去年收到政府信息公开申请8件",
        "申请数量较去年增加3件",
        "发出收费通知0件",
        "自然人申请741件，法人申请8件",
        "未收到申请人投诉",
        "对未经行政复议直接起诉的",
        "收到政府信息公开申请100余件",
    ] {
        assert_eq!(figures(text), [], "{text}");
    }
    let parts = "全县收到政府信息公开申请30件，其中，县公安局收到政府信息公开申请20件";
    let (found, _) = below("三、依申请公开情况", parts, "砚浦县人民政府", 2022);
    let own: Vec<_> = found
        .iter()
        .filter(|figure| figure.is_of_the_report())
        .map(|figure| figure.value.to_string())
        .collect();
    assert_eq!(own, ["30"]);
}

#[test]
fn applications_for_anything_but_information_are_no_figure() {
    for text in [
        "2012年，区县两级窗口共受理申请8312件，办结8290件。",
        "行政服务中心全年共受理申请5120件。",
        "网上审批系统累计受理申请9898件。",
        "今年我局共受理法律援助申请120件。",
        "全年受理工伤认定申请98件。",
        "全年受理公租房申请230件，受理护照申请1200件。",
        "收到入学申请56件。",
    ] {
        assert_eq!(described(text), [""; 0], "{text}");
    }
}

#[test]
fn documents_sorted_by_how_they_may_be_had_are_no_replies() {
    for text in [
        "全年新增政府信息210件，其中主动公开150件，依申请公开40件，不予公开20件。",
        "制作公文210件，其中主动公开150件，不予公开20件。",
    ] {
        assert_eq!(described(text), [""; 0], "{text}");
    }
}

#[test]
fn a_figure_says_of_what_time_it_is() {
    for (text, expected) in [
        (
            "历年累计受理政府信息公开申请320件，其中2012年受理21件。",
            &[
                "applications.new 320 whole cumulative",
                "applications.new 21 whole year",
            ][..],
        ),
        (
            "截至2012年底，我局累计收到政府信息公开申请856件。",
            &["applications.new 856 whole cumulative"],
        ),
        (
            "截至2012年底，我局收到政府信息公开申请856件。",
            &["applications.new 856 whole open"],
        ),
        (
            "我局到2012年底累计收到政府信息公开申请857件。",
            &["applications.new 857 whole cumulative"],
        ),
        (
            "至2012年12月31日止，我局累计收到政府信息公开申请858件。",
            &["applications.new 858 whole cumulative"],
        ),
        (
            "我局到年底累计收到政府信息公开申请859件。",
            &["applications.new 859 whole cumulative"],
        ),
        (
            "2012年，我局累计收到政府信息公开申请85件。",
            &["applications.new 85 whole year"],
        ),
        (
            "2010年至2012年累计收到政府信息公开申请400件。",
            &["applications.new 400 whole period"],
        ),
        (
            "2008-2012年，我局共收到政府信息公开申请401件。",
            &["applications.new 401 whole period"],
        ),
        (
            "2010年6月至2012年，我局共收到政府信息公开申请402件。",
            &["applications.new 402 whole period"],
        ),
        (
            "近三年来，我局共收到政府信息公开申请403件。",
            &["applications.new 403 whole period"],
        ),
        (
            "“十二五”期间，我局共收到政府信息公开申请404件。",
            &["applications.new 404 whole period"],
        ),
        (
            "2011-2012学年度，学校共收到信息公开申请7件。",
            &["applications.new 7 whole year"],
        ),
        (
            "2012年1月至11月共收到政府信息公开申请18件。",
            &["applications.new 18 whole part_of_year"],
        ),
        (
            "2012年第四季度收到政府信息公开申请6件。",
            &["applications.new 6 whole part_of_year"],
        ),
        (
            "2012年上半年收到政府信息公开申请9件，下半年收到政府信息公开申请11件。",
            &[
                "applications.new 9 whole part_of_year",
                "applications.new 11 whole part_of_year",
            ],
        ),
        (
            "2012年1月1日至2012年12月31日收到政府信息公开申请6件。",
            &["applications.new 6 whole year"],
        ),
    ] {
        assert_eq!(described(text), expected, "{text}");
    }
}

#[test]
fn a_figure_says_whose_it_is() {
    for (agency, text, expected) in [
        (
            "砚浦县民政局",
            "2012年各乡镇收到政府信息公开申请8件，各部门收到政府信息公开申请12件，全县共计20件。",
            &[
                "applications.new 8 part year",
                "applications.new 12 part year",
                "applications.new 20 whole year",
            ][..],
        ),
        (
            "砚浦县民政局",
            "2012年县政府办公室收到政府信息公开申请8件，县住建局收到政府信息公开申请40件。",
            &["applications.new 8 part year", "applications.new 40 part year"],
        ),
        (
            "云岫县人民政府",
            "2012年，县政府共受理群众依法公开申请25件，各乡镇政府、县政府各部门共受理群众依法公开申请20件。",
            &["applications.new 25 part year", "applications.new 20 several year"],
        ),
        (
            "砚浦县民政局",
            "全县民政系统收到政府信息公开申请90件。",
            &["applications.new 90 several year"],
        ),
        (
            "砚浦县民政局",
            "我局收到政府信息公开申请9件。",
            &["applications.new 9 whole year"],
        ),
    ] {
        assert_eq!(described_of(agency, text), expected, "{text}");
    }
}

#[test]
fn a_rounded_figure_is_approximate() {
    for (text, expected) in [
        (
            "2012年共收到政府信息公开申请30件左右。",
            "applications.new 30 whole year ~",
        ),
        (
            "2012年共收到政府信息公开申请近100件。",
            "applications.new 100 whole year ~",
        ),
        (
            "2012年共收到政府信息公开申请100余件。",
            "applications.new 100 whole year ~",
        ),
    ] {
        assert_eq!(described(text), [expected], "{text}");
    }
}

#[test]
fn what_was_not_accepted_lost_or_paid_for_is_neither_a_figure_nor_a_zero() {
    for text in [
        "2012年未受理政府信息公开申请3件，已告知申请人补正。",
        "2012年，我局未发生与诉讼有关的费用支出。",
        "2012年，我局无因未按时答复而引起的行政诉讼。",
        "2012年未发生行政诉讼败诉案件。",
        "2012年未发生行政复议被撤销、行政诉讼败诉的情况。",
    ] {
        assert_eq!(described(text), [""; 0], "{text}");
    }
}

#[test]
fn a_number_that_may_count_something_else_is_noticed() {
    let (figures, diagnostics) = below("一、概述", "2012年，窗口共受理申请8312件。", "砚浦县人民政府", 2012);
    assert!(figures.is_empty());
    assert_eq!(diagnostics.len(), 1);
    assert_eq!(diagnostics[0].code, DOUBTFUL.code);
}

#[test]
fn old_reports_state_disclosure_ways_replies_and_fees() {
    for (heading, text, expected) in [
        (
            "二、主动公开政府信息情况",
            "2012年，我局主动公开政府信息412条，其中政府网站公开398条，政务微博公开21条，政务微信公开64条，其他方式公开5条。",
            &[
                "disclosure.total 412 whole year",
                "disclosure.channels.website 398 whole year",
                "disclosure.channels.weibo 21 whole year",
                "disclosure.channels.wechat 64 whole year",
                "disclosure.channels.other 5 whole year",
            ][..],
        ),
        (
            "三、依申请公开政府信息和不予公开政府信息的情况",
            "2012年，我局收到政府信息公开申请29件，其中当面申请4件，传真申请1件，网络申请17件，信函申请7件，按时办结28件，申请信息不存在3件。",
            &[
                "applications.new 29 whole year",
                "requests.in_person 4 whole year",
                "requests.by_fax 1 whole year",
                "requests.online 17 whole year",
                "requests.by_letter 7 whole year",
                "requests.closed_on_time 28 whole year",
                "replies.does_not_exist 3 whole year",
            ],
        ),
        (
            "四、政府信息公开的收费及减免情况",
            "未收取任何费用。",
            &["fees.amount_wanyuan 0 whole year"],
        ),
        (
            "五、举报投诉情况",
            "接到举报投诉658件，无申诉。",
            &["complaints.total 658 whole year", "complaints.appeals 0 whole year"],
        ),
        (
            "一、概述",
            "2012年，我局通过门户网站、简报、宣传栏等载体主动公开政府信息43条。",
            &["disclosure.total 43 whole year"],
        ),
        (
            "一、概述",
            "制作政府信息1873条，其中主动公开政府信息425条，依申请公开46条，不予公开1402件。",
            &["disclosure.total 425 whole year"],
        ),
    ] {
        let (figures, _) = below(heading, text, "砚浦县民政局", 2012);
        assert_eq!(in_words(&figures), expected, "{text}");
    }
}

#[test]
fn a_report_on_one_line_has_its_headings() {
    let text = "本报告编制。 三、政府信息依申请公开工作情况 2012年全区未收到有关政府信息公开的申请。四、其他（一）数量2012年全区收到申请3件。";
    let (figures, _) = below("", text, "砚浦综合实验区", 2012);
    assert_eq!(in_words(&figures), ["applications.new 0 whole year"]);
}

/// The figures of a paragraph below a heading, in words.
fn under(heading: &str, text: &str) -> Vec<String> {
    in_words(&below(heading, text, "砚浦县民政局", 2012).0)
}

#[test]
fn the_way_that_is_named_decides_what_a_number_of_disclosures_is() {
    for (text, expected) in [
        (
            "2012年，县民政局通过县政府网站的专栏发布工作动态、在局门户网站主动公开政府信息63条。",
            &["disclosure.channels.website 63 whole year"][..],
        ),
        (
            "截至2012年12月31日，在县政府网站累计公开政府信息84条，其中本年度在县政府网站及本单位门户网站公开21条。",
            &[
                "disclosure.channels.website 84 whole cumulative",
                "disclosure.channels.website 21 whole year",
            ],
        ),
        (
            "2012年，我局通过信息公开平台、政府网站主动公开政府信息17条。",
            &["disclosure.total 17 whole year"],
        ),
        (
            "2012年，我局通过政府网站、政务微博、政务微信等渠道主动公开政府信息120条。",
            &["disclosure.total 120 whole year"],
        ),
        (
            "2012年，我局通过网站主动公开信息100条，通过宣传栏主动公开信息40条。",
            &["disclosure.channels.website 100 whole year"],
        ),
        ("此外，通过微博、微信主动公开政府信息30条。", &[]),
        (
            "2012年，我局面向社会主动公开政府信息42条。",
            &["disclosure.total 42 whole year"],
        ),
        ("2012年，我局公开各类信息35条。", &["disclosure.total 35 whole year"]),
        (
            "我局主动公开信息59条，政府网站公开59条，其中主动公开规范性文件2条。",
            &[
                "disclosure.total 59 whole year",
                "disclosure.channels.website 59 whole year",
                "disclosure.normative_documents 2 whole year",
            ],
        ),
    ] {
        assert_eq!(under("二、主动公开政府信息情况", text), expected, "{text}");
    }
}

#[test]
fn parts_classes_and_repeated_numbers_of_disclosures_are_no_total() {
    for text in [
        "在县民政局网站主动公开的42条政府信息中，机构类信息5条。",
        "我局主动公开工作信息23条，人事信息6条。",
        "机构类公开20条，宣传栏公开12条。",
        "全文公开20条，公开栏8处。",
    ] {
        assert_eq!(under("二、主动公开政府信息情况", text), [""; 0], "{text}");
    }
    assert_eq!(under("一、概述", "我局公开信息35条。"), [""; 0]);
}

#[test]
fn a_heading_that_runs_into_its_text_holds_no_number() {
    let text = "（一）公开的主要内容 2012年新增主动公开政府信息45条。";
    assert_eq!(
        under("二、主动公开政府信息情况", text),
        ["disclosure.total 45 whole year"]
    );
}

#[test]
fn replies_are_counted_as_items_where_they_are_called_replies() {
    let text = "对依申请公开的答复总数7条，其中同意公开答复数4条，同意部分公开答复数2条，否决公开答复数1条。";
    let expected = [
        "applications.results_total 7 whole year",
        "applications.granted 4 whole year",
        "applications.partially_granted 2 whole year",
        "applications.denied 1 whole year",
    ];
    assert_eq!(described(text), expected);
    assert_eq!(described("形成信息30条，其中不予公开3条。"), [""; 0]);
    assert_eq!(described("对依申请公开网上答复3件，延期答复1件。"), [""; 0]);
}

#[test]
fn staff_are_those_of_whom_the_text_says_that_they_are_for_disclosure() {
    for (text, expected) in [
        (
            "自2012年起我局开展政府信息公开工作。为此，配备了6名兼职工作人员，设立了受理点。",
            &["institution.staff_part_time 6 whole year"][..],
        ),
        (
            "全面推进政府信息公开工作，配备了1名专职人员和2名兼职工作人员。",
            &[
                "institution.staff_full_time 1 whole year",
                "institution.staff_part_time 2 whole year",
            ],
        ),
        (
            "安排了3名办公室工作人员兼职负责政务公开的日常工作。",
            &["institution.staff_part_time 3 whole year"],
        ),
        (
            "我局没有从事政府信息公开工作的专职人员，兼职人员1人。",
            &[
                "institution.staff_full_time 0 whole year",
                "institution.staff_part_time 1 whole year",
            ],
        ),
        (
            "配备了2名政府信息公开工作人员，设立政府信息公开查阅点3个。",
            &[
                "institution.staff 2 whole year",
                "institution.reading_points 3 whole year",
            ],
        ),
        ("为做好政府信息公开，在档案管理方面，配备专职人员2名。", &[]),
        ("按照政府信息公开工作要求，我局配备3名工作人员，全职负责舆情监控。", &[]),
        ("推进政府信息公开工作，配备2名专职网格员，1名兼职信息员。", &[]),
        ("对政府信息公开工作人员30人进行培训，涉及人员30人。", &[]),
    ] {
        assert_eq!(under("一、概述", text), expected, "{text}");
    }
}

#[test]
fn training_counts_only_where_it_is_about_disclosure() {
    assert_eq!(
        under("一、概述", "举办政府信息公开培训班2期，举办业务培训班5期。"),
        ["training.courses 2 whole year"]
    );
}

#[test]
fn what_was_responded_to_and_interpreted_is_counted() {
    let heading = "二、回应解读情况";
    assert_eq!(
        under(
            heading,
            "在线访谈6次，发布政策解读稿件18篇，回应公众关注热点3次，举办新闻发布会2场，通过其他方式回应社会关切56条。"
        ),
        [
            "response.online_interviews 6 whole year",
            "response.policy_interpretations 18 whole year",
            "response.hot_topics 3 whole year",
            "response.press_conferences 2 whole year",
            "response.other 56 whole year",
        ]
    );
    assert_eq!(
        under(heading, "主要负责同志参加在线访谈2次，转载政策解读20篇。"),
        [""; 0]
    );
    assert_eq!(under("一、概述", "回应热点3次，在线访谈6次。"), [""; 0]);
}

#[test]
fn that_nothing_was_charged_is_said_in_many_ways() {
    let heading = "四、政府信息公开的收费及减免情况";
    for text in [
        "没有向依申请公开对象收取复印、传真、递送等任何费用，也无减免情况。",
        "依申请公开政府信息不收取任何费用。",
        "依申请提供政府信息暂不收费。",
        "依申请公开政府信息均未收费。",
        "2012年没有产生费用。",
    ] {
        assert_eq!(under(heading, text), ["fees.amount_wanyuan 0 whole year"], "{text}");
    }
    assert_eq!(under("一、概述", "咨询服务不收取任何费用。"), [""; 0]);
}

#[test]
fn reasons_and_inquiries_name_no_other_body() {
    assert_eq!(
        described("（二）申请处理情况 因未发生政府信息公开申请，故不存在答复。"),
        ["applications.new 0 whole year"]
    );
    let text = "2012年我局共接受社会公众关于政府信息公开方面的咨询30多人次。";
    assert_eq!(described(text), ["consultation.total 30 whole year ~"]);
}

#[test]
fn the_fee_for_handling_information_is_reported_since_2021() {
    let heading = "六、其他需要报告的事项";
    let charged = "fees.processing_fee_charged_yuan";
    for text in [
        "2012年，本机关未收取信息处理费。",
        "本年度无收取信息处理费的情况。",
        "我局没有产生政府信息公开信息处理费。",
        "本年度未向申请人收取任何信息处理费。",
        "本机关无信息处理费收费情况。",
        "依申请公开政府信息收取信息处理费0元。",
        "2012年度收取信息处理费总金额为0元。",
    ] {
        assert_eq!(under(heading, text), [format!("{charged} 0 whole year")], "{text}");
    }
    let text = "依据《政府信息公开信息处理费管理办法》规定，2012年实际收取信息处理费共计400元。";
    assert_eq!(under(heading, text), [format!("{charged} 400 whole year")]);
    let text = "我局向2名申请人收取信息公开处理费1,240元。";
    assert_eq!(under(heading, text), [format!("{charged} 1240 whole year")]);
    let text = "2012年发出收费通知的件数为3件，总金额为640元，实际收取的总金额为400元。";
    assert_eq!(
        under(heading, text),
        [
            "fees.processing_fee_notices 3 whole year",
            "fees.processing_fee_notified_yuan 640 whole year",
            "fees.processing_fee_charged_yuan 400 whole year",
        ]
    );
    let text = "本年度未发出收费通知，未收取信息处理费。";
    assert_eq!(
        under(heading, text),
        [
            "fees.processing_fee_notices 0 whole year",
            "fees.processing_fee_charged_yuan 0 whole year",
        ]
    );
}

#[test]
fn a_fee_that_was_waived_spent_or_only_due_was_not_charged() {
    let heading = "六、其他需要报告的事项";
    for text in [
        "减免信息处理费100元。",
        "应收取信息处理费100元。",
        "未按时收取信息处理费100元。",
        "信息公开费用1万元。",
        "未收取信息处理费的申请有3件。",
        "收取诉讼费用300元。",
    ] {
        assert_eq!(under(heading, text), [""; 0], "{text}");
    }
}

#[test]
fn fees_are_stated_in_yuan() {
    let heading = "四、政府信息公开的收费及减免情况";
    for text in [
        "向申请人收取检索、复制、邮寄等费用0元。",
        "收取的费用为0元。",
        "收取费用0元。",
    ] {
        assert_eq!(under(heading, text), ["fees.amount_yuan 0 whole year"], "{text}");
    }
    assert_eq!(under(heading, "支出印刷费用3000元。"), [""; 0]);
}

#[test]
fn what_was_not_done_as_it_should_be_is_no_zero() {
    for text in [
        "未按规定收取信息处理费。",
        "未及时收取信息处理费。",
        "未依法受理政府信息公开申请。",
        "未及时答复政府信息公开申请3件。",
    ] {
        assert_eq!(under("六、其他需要报告的事项", text), [""; 0], "{text}");
    }
}

#[test]
fn outcomes_are_those_of_the_dispute_before_them() {
    for (text, expected) in [
        (
            "因政府信息公开引发行政复议7件，其中维持5件，纠错1件，尚未审结1件。",
            &[
                "review_litigation.review 7 whole year",
                "review_litigation.review_upheld 5 whole year",
                "review_litigation.review_corrected 1 whole year",
                "review_litigation.review_pending 1 whole year",
            ][..],
        ),
        (
            "全年涉及政府信息公开的行政复议4件，结果维持3件，其他结果1件；行政诉讼2件，维持1件，1件尚未审结。",
            &[
                "review_litigation.review 4 whole year",
                "review_litigation.review_upheld 3 whole year",
                "review_litigation.review_other 1 whole year",
                "review_litigation.litigation 2 whole year",
                "review_litigation.litigation_upheld 1 whole year",
                "review_litigation.litigation_pending 1 whole year",
            ],
        ),
        (
            "因政府信息公开引发行政复议7件、行政诉讼3件，其中维持6件。",
            &[
                "review_litigation.review 7 whole year",
                "review_litigation.litigation 3 whole year",
            ],
        ),
        (
            "因政府信息公开引发行政诉讼3件，一审维持2件，二审维持1件。",
            &["review_litigation.litigation 3 whole year"],
        ),
        (
            "因政府信息公开引发行政复议7件，行政处罚案件中维持5件。",
            &["review_litigation.review 7 whole year"],
        ),
        (
            "因政府信息公开引发行政复议7件，其中涉及土地征收2件，维持1件。",
            &["review_litigation.review 7 whole year"],
        ),
        ("收到政府信息公开申请9件，维持5件。", &["applications.new 9 whole year"]),
    ] {
        assert_eq!(described(text), expected, "{text}");
    }
}

#[test]
fn a_number_of_bodies_or_of_a_share_is_no_number_of_applications() {
    for text in [
        "收到政府信息公开申请的12个单位均按期答复。",
        "受理政府信息公开申请的3个部门已答复。",
        "收到的政府信息公开申请中有12件涉及征地。",
    ] {
        assert_eq!(described(text), [""; 0], "{text}");
    }
    let penalties = "主动公开31条行政处罚信息。";
    assert_eq!(under("二、主动公开政府信息情况", penalties), [""; 0]);
    let expected = ["applications.new 3 whole year"];
    assert_eq!(described("收到3个政府信息公开申请。"), expected);
}

#[test]
fn what_is_told_of_another_year_is_not_of_the_year() {
    let (figures, _) = below(
        "（一）2011年办理情况",
        "收到政府信息公开申请31件。",
        "砚浦县民政局",
        2012,
    );
    assert_eq!(in_words(&figures), [""; 0]);
    for text in [
        "（一）2011年办理情况。收到政府信息公开申请31件，答复30件。",
        "回顾2011年，我县信息公开工作取得成效。全年收到政府信息公开申请31件，答复30件。",
        "与上年对比：上年收到政府信息公开申请31件，答复30件，予以公开20件，结转1件。",
        "2010年、2011年、2012年我市分别收到政府信息公开申请211件、305件、412件。",
        "去年和今年收到政府信息公开申请31件和12件。",
    ] {
        assert_eq!(described(text), [""; 0], "{text}");
    }
    for (text, expected) in [
        (
            "去年和今年收到政府信息公开申请43件。",
            "applications.new 43 whole period",
        ),
        (
            "回顾2011年，我县工作取得成效。2012年收到政府信息公开申请31件。",
            "applications.new 31 whole year",
        ),
        (
            "与2011年相比，申请有所增加。全年收到政府信息公开申请31件。",
            "applications.new 31 whole year",
        ),
    ] {
        assert_eq!(described(text), [expected], "{text}");
    }
}

#[test]
fn a_stock_is_not_of_the_year() {
    let open = "二、主动公开政府信息情况";
    for (heading, text, expected) in [
        (
            open,
            "主动公开政府信息5231条，今年新增231条。",
            "disclosure.total 5231 whole open",
        ),
        (
            open,
            "主动公开政府信息5231条，其中2012年231条，2011年5000条。",
            "disclosure.total 5231 whole open",
        ),
        (
            open,
            "网站主动公开政府信息总量达5231条，本年度新增331条。",
            "disclosure.channels.website 5231 whole open",
        ),
        (
            open,
            "政府网站主动公开政府信息5231条，其中本年新增231条。",
            "disclosure.channels.website 5231 whole open",
        ),
        (
            open,
            "主动公开政府信息总数5231条，比上年末增加231条。",
            "disclosure.total 5231 whole open",
        ),
        (
            "三、依申请公开情况",
            "总计收到政府信息公开申请120件，其中今年31件。",
            "applications.new 120 whole open",
        ),
        (
            "三、依申请公开情况",
            "收到政府信息公开申请120件，其中2012年31件、2011年89件。",
            "applications.new 120 whole open",
        ),
        (
            "三、依申请公开情况",
            "系统运行以来，收到政府信息公开申请120件。",
            "applications.new 120 whole cumulative",
        ),
        (
            "三、依申请公开情况",
            "今年以来，收到政府信息公开申请12件，比去年增加3件。",
            "applications.new 12 whole year",
        ),
    ] {
        assert_eq!(under(heading, text), [expected], "{text}");
    }
}

#[test]
fn one_number_of_several_is_not_that_of_all_together() {
    for text in [
        "因政府信息公开引发的行政复议、行政诉讼分别为3件、5件。",
        "政府信息公开行政复议及行政诉讼案件数分别是3件及5件。",
        "依申请公开答复中，予以公开和部分公开12件、3件。",
    ] {
        assert_eq!(described(text), [""; 0], "{text}");
    }
    let opened = under("二、主动公开政府信息情况", "主动公开政府信息231件5231条。");
    assert_eq!(opened, [""; 0]);
}

#[test]
fn reviews_and_lawsuits_that_are_not_on_disclosure_are_no_figures() {
    let heading = "五、因政府信息公开申请行政复议、提起行政诉讼的情况";
    for text in [
        "办理行政复议案件120件，其中涉及政府信息公开的3件。",
        "行政复议案件120件，其中涉及政府信息公开3件。",
        "县政府办理行政复议案件31件，行政应诉案件12件。",
        "配合市政府办理行政复议3件、行政诉讼2件。",
    ] {
        assert_eq!(under(heading, text), [""; 0], "{text}");
    }
    assert_eq!(
        under(
            heading,
            "未因信息公开被提起行政复议。全年我局被提起行政复议12件、行政诉讼15件。"
        ),
        ["review_litigation.review 0 whole year"]
    );
    assert_eq!(
        under(heading, "收到行政复议申请2件。"),
        ["review_litigation.review 2 whole year"]
    );
}

#[test]
fn numbers_of_other_businesses_are_no_figures_and_no_part_of_one() {
    for (text, expected) in [
        (
            "收到信访件120件、政府信息公开申请31件，办结150件。",
            &["applications.new 31 whole year"][..],
        ),
        (
            "收到政府信息公开申请31件；12345热线工单2310件，办结2300件。",
            &["applications.new 31 whole year"],
        ),
        ("建议提案答复31件，其中予以公开20件，不予公开11件。", &[]),
        ("受理申请2310件，其中行政许可2300件。", &[]),
        (
            "受理申请2310件，其中政府信息公开申请10件。",
            &["applications.new 10 part year"],
        ),
        ("全年受理各类申请2310件。", &[]),
        (
            "收到政府信息公开申请31件，其中涉及征地12件，答复30件。",
            &[
                "applications.new 31 whole year",
                "applications.results_total 30 whole year",
            ],
        ),
    ] {
        assert_eq!(described(text), expected, "{text}");
    }
}

#[test]
fn guesses_in_numerals_and_digits_with_raised_marks_are_no_figures() {
    for text in [
        "收到政府信息公开申请三四十件。",
        "收到政府信息公开申请七八件。",
        "收到政府信息公开申请数十件。",
        "收到政府信息公开申请二三一件。",
        "收到政府信息公开申请31¹件。",
    ] {
        assert_eq!(described(text), [""; 0], "{text}");
    }
}

#[test]
fn what_each_of_many_has_is_not_what_all_have() {
    for text in [
        "全县每个乡镇配备政府信息公开专职人员2名，兼职人员3名。",
        "全县每个单位举办政府信息公开培训班1次。",
        "每村（社区）设立政府信息公开查阅点1处。",
        "每月收到政府信息公开申请3件。",
    ] {
        assert_eq!(under("六、组织机构", text), [""; 0], "{text}");
    }
    let text = "对每件申请认真办理，共收到政府信息公开申请12件。";
    assert_eq!(described(text), ["applications.new 12 whole year"]);
}

#[test]
fn a_bracket_parts_no_body_from_its_number() {
    for (text, scope) in [
        ("乡镇（街道）收到政府信息公开申请31件。", "part"),
        ("全县（不含乡镇）收到政府信息公开申请31件。", "part"),
        ("全县（含乡镇）收到政府信息公开申请31件。", "whole"),
    ] {
        let expected = [format!("applications.new 31 {scope} year")];
        assert_eq!(described_of("清源县人民政府", text), expected, "{text}");
    }
}

#[test]
fn a_channel_that_is_spoken_of_may_have_what_follows() {
    let text = "官方微博粉丝31万人，公开信息2310条。";
    assert_eq!(under("二、主动公开政府信息情况", text), [""; 0]);
}

#[test]
fn a_body_speaks_of_itself_by_its_kind_and_shorter() {
    for (agency, name, scope) in [
        ("石桥街道办事处", "街道", "whole"),
        ("砚浦县公安局交通警察支队", "交警支队", "whole"),
        ("砚浦县石桥镇人民政府", "镇机关", "whole"),
        ("砚浦市高新技术产业开发区管委会", "高新区", "whole"),
        ("砚浦市云溪区人民政府", "市政府", "part"),
        ("砚浦县人民政府", "镇机关", "part"),
    ] {
        let text = format!("{name}共收到政府信息公开申请8件。");
        let expected = [format!("applications.new 8 {scope} year")];
        assert_eq!(described_of(agency, &text), expected, "{agency}: {name}");
    }
}
