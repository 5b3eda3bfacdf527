//! Whose a figure is.

use super::*;

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
fn reasons_and_inquiries_name_no_other_body() {
    assert_eq!(
        described("（二）申请处理情况 因未发生政府信息公开申请，故不存在答复。"),
        ["applications.new 0 whole year"]
    );
    let text = "2012年我局共接受社会公众关于政府信息公开方面的咨询30多人次。";
    assert_eq!(described(text), ["consultation.total 30 whole year ~"]);
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

#[test]
fn an_unknown_word_between_the_body_and_what_it_did_leaves_open_what_the_number_is() {
    for (text, expected) in [
        (
            "我局围绕征地收到政府信息公开申请31件。",
            "applications.new 31 open year",
        ),
        ("我局清理主动公开政府信息451条。", "disclosure.total 451 open year"),
        (
            "我局化解政府信息公开行政复议12件。",
            "review_litigation.review 12 open year",
        ),
        ("我局依法受理政府信息公开申请7件。", "applications.new 7 whole year"),
        (
            "因本机关不掌握等原因无法提供265件。",
            "applications.unavailable 265 whole year",
        ),
    ] {
        assert_eq!(described(text), [expected], "{text}");
    }
}

#[test]
fn applications_that_came_one_way_are_not_all() {
    for (way, scope) in [
        ("通过政府网站", "open"),
        ("通过网络", "open"),
        ("通过网络、信函等方式", "whole"),
        ("通过各种渠道", "whole"),
    ] {
        let text = format!("我局{way}收到政府信息公开申请34件。");
        assert_eq!(
            described(&text),
            [format!("applications.new 34 {scope} year")],
            "{text}"
        );
    }
}

#[test]
fn our_county_is_more_than_one_of_its_bureaus() {
    for (agency, name, scope) in [
        ("砚浦县财政局", "我县", "several"),
        ("砚浦县财政局", "我市", "several"),
        ("砚浦县财政局", "我局", "whole"),
        ("砚浦县石桥镇人民政府", "我镇", "whole"),
        ("砚浦县石桥镇中心小学", "我镇", "several"),
        ("砚浦县人民政府", "我县", "whole"),
        ("砚浦县人民政府", "我县财政局", "part"),
        ("砚浦县人民政府", "我县指导乡镇", "part"),
        ("砚浦县人民政府", "我县行政机关", "whole"),
        ("砚浦县人民政府", "我县于2012年", "whole"),
        ("砚浦县财政局", "我县财政局", "whole"),
        ("砚浦县财政局", "砚浦县财政局于2012年", "whole"),
        ("砚浦县人民政府办公室", "本县", "several"),
        ("砚浦县人民政府办公室", "全县", "several"),
        ("砚浦县人民政府办公室", "我办", "whole"),
        ("砚浦县人民政府办公室", "县政府办", "whole"),
        ("砚浦县人民政府办公室", "县政府", "part"),
        ("砚浦县人民政府", "我县纪委监委", "part"),
        ("砚浦县人民政府", "我县人民法院", "part"),
        ("砚浦县人民政府", "我县供电公司", "part"),
        ("砚浦县人民政府", "我县政府", "whole"),
        ("砚浦县人民政府", "全县公安机关", "part"),
        ("砚浦县人民政府", "全县各乡镇", "whole"),
        ("砚浦县人民政府", "我县政府信息公开办公室", "whole"),
        ("砚浦县石桥镇人民政府", "我镇民政办", "part"),
        ("石桥镇", "我镇政府", "whole"),
        ("石桥镇", "石桥镇", "whole"),
        ("石桥街道", "我街道办", "whole"),
        ("砚浦县石桥镇人民政府", "我镇红旗村", "part"),
        ("砚浦县石桥街道办事处", "我街道办", "whole"),
        ("砚浦县石桥街道办事处", "砚浦县", "part"),
        ("砚浦县财政局", "我局监察大队", "part"),
        ("砚浦县财政局", "我局办公室", "whole"),
        ("砚浦县财政局", "我局机关", "whole"),
        ("砚浦县发展和改革委员会", "我县发改委", "whole"),
        ("砚浦县经济开发区管理委员会", "管委会", "whole"),
        ("砚浦县经济开发区管理委员会", "我区", "whole"),
    ] {
        let text = format!("{name}收到政府信息公开申请8件。");
        let expected = [format!("applications.new 8 {scope} year")];
        assert_eq!(described_of(agency, &text), expected, "{agency}: {name}");
    }
}

#[test]
fn what_is_done_for_another_body_or_handed_over_is_not_the_own() {
    for text in [
        "县政府办转交我局办理政府信息公开申请6件。",
        "我局代理县政府行政诉讼案件3件。",
        "我局办理以县政府为被申请人的行政复议案件3件。",
        "我局协助县政府收到政府信息公开申请6件。",
        "县政府作为复议机关，共受理政府信息公开行政复议案件12件。",
    ] {
        let whole: Vec<_> = described(text)
            .into_iter()
            .filter(|figure| figure.contains("whole"))
            .collect();
        assert_eq!(whole, [""; 0], "{text}");
    }
    let text = "2012年，县政府受理政府信息公开行政复议案件36件，县政府被申请行政复议3件。";
    let expected = [
        "review_litigation.review 36 open year",
        "review_litigation.review 3 whole year",
    ];
    assert_eq!(described_of("砚浦县人民政府", text), expected);
}

#[test]
fn several_bodies_that_are_counted_are_not_the_one_that_reports() {
    let text = "在全区12个街道共收到政府信息公开申请36件。";
    assert_eq!(
        described_of("砚浦市云溪区石桥街道办事处", text),
        ["applications.new 36 several year"]
    );
}

#[test]
fn a_heading_that_names_a_unit_or_other_bodies_says_whose_figures_are() {
    for heading in ["（二）局属单位", "1.水政监察大队。", "2.防汛办"] {
        let (figures, _) = below(heading, "主动公开政府信息80条。", "砚浦县水务局", 2012);
        assert_eq!(in_words(&figures), ["disclosure.total 80 part year"], "{heading}");
    }
}

#[test]
fn a_body_above_or_before_the_agency_is_another() {
    for (agency, name) in [
        ("砚浦市云溪区财政局", "砚浦市财政局"),
        ("国家税务总局砚浦县税务局", "国家税务总局"),
        ("砚浦县水务局", "原砚浦县水务局"),
    ] {
        let text = format!("{name}收到政府信息公开申请8件。");
        assert_eq!(
            described_of(agency, &text),
            ["applications.new 8 part year"],
            "{agency}: {name}"
        );
    }
}

#[test]
fn a_bracket_in_the_name_of_other_bodies_leaves_it_theirs() {
    for name in [
        "各县（市、区）财政局",
        "市（县、区）财政局",
        "各市（州）财政局",
        "其他县（市、区）财政局",
        "砚浦市各县（市、区）财政局",
        "10个县（市、区）财政局",
        "云溪区（含高新区）",
    ] {
        let text = format!("{name}收到政府信息公开申请34件。");
        let figures = described_of("砚浦市财政局", &text);
        assert!(
            figures.iter().all(|figure| !figure.contains("whole")),
            "{text}: {figures:?}"
        );
    }
}

#[test]
fn a_body_that_a_clause_begins_with_is_who_the_next_ones_speak_of() {
    for (agency, name) in [
        ("砚浦县人民政府", "我县各乡镇"),
        ("砚浦县人民政府", "县人民法院"),
        ("砚浦县人民政府", "县第一人民医院"),
        ("砚浦县人民政府", "砚浦市人民政府"),
        ("石桥镇人民政府", "我镇各村（社区）"),
        ("石桥镇人民政府", "我镇15个村"),
        ("石桥镇人民政府", "红旗村"),
        ("石桥镇人民政府", "镇便民服务中心"),
        ("石桥镇人民政府", "我镇供电所"),
        ("石桥镇人民政府", "辖区企业"),
        ("石桥镇人民政府", "石桥中学"),
        ("石桥镇人民政府", "县政府"),
        ("砚浦市财政局", "我局国库支付中心"),
        ("砚浦市财政局", "我局各科室"),
        ("砚浦市财政局", "局属各单位（含二级机构）"),
        ("砚浦市财政局", "全市财政系统"),
        ("砚浦市财政局", "兄弟地市财政局"),
        ("砚浦市财政局", "云溪区财政局、白沙区财政局"),
    ] {
        for does in ["认真落实政务公开要求", "高度重视政务公开工作", "承办"] {
            let text = format!("2012年，{name}{does}，收到政府信息公开申请34件。");
            let figures = described_of(agency, &text);
            assert!(
                figures.iter().all(|figure| !figure.contains("whole")),
                "{text}: {figures:?}"
            );
        }
    }
}

#[test]
fn who_leads_a_body_or_keeps_its_records_speaks_for_it() {
    for (agency, name) in [
        ("石桥镇人民政府", "镇党委、政府"),
        ("石桥镇人民政府", "我镇党委政府"),
        ("石桥镇人民政府", "镇政府"),
        ("砚浦市财政局", "局党组"),
        ("砚浦市财政局", "局办公室"),
        ("砚浦市财政局", "我局政务公开办公室"),
        ("砚浦市财政局", "市财政局"),
        ("砚浦市财政局", "根据上级部门要求，我局"),
        ("砚浦县人民政府", "县委、县政府"),
        ("砚浦县人民政府办公室", "县政府办公室"),
    ] {
        let text = format!("2012年，{name}高度重视政务公开工作，收到政府信息公开申请34件。");
        assert_eq!(
            described_of(agency, &text),
            ["applications.new 34 whole year"],
            "{text}"
        );
    }
}

#[test]
fn beside_a_body_above_it_the_reporting_body_is_whole() {
    for text in [
        "砚浦市收到政府信息公开申请450件，我局收到政府信息公开申请45件。",
        "砚浦市收到政府信息公开申请450件，其中我局收到45件申请。",
    ] {
        let figures = described_of("砚浦市云溪区财政局", text);
        assert_eq!(
            figures,
            ["applications.new 450 part year", "applications.new 45 whole year"],
            "{text}"
        );
    }
}

#[test]
fn another_body_is_heard_however_it_is_named() {
    for text in [
        "以县财政局为例，收到政府信息公开申请34件。",
        "如县财政局，收到政府信息公开申请34件。",
        "在县财政局，收到政府信息公开申请34件。",
        "（县财政局）收到政府信息公开申请34件。",
        "收到政府信息公开申请34件，为县财政局办理。",
        "收到政府信息公开申请34件，由县财政局完成。",
    ] {
        let figures = described_of("砚浦县水务局", text);
        assert!(
            figures.iter().all(|figure| !figure.contains("whole")),
            "{text}: {figures:?}"
        );
    }
}

#[test]
fn a_described_body_speaks_for_itself_too() {
    for subject in [
        "对口支援的石花镇",
        "原市国资委",
        "洪山区",
        "保康县",
        "市、县两级财政部门",
        "县档案馆",
        "第三方机构",
    ] {
        let text = format!("{subject}认真落实要求，收到政府信息公开申请12件。");
        let expected = ["applications.new 12 open year"];
        assert_eq!(described_of("砚浦市财政局", &text), expected, "{text}");
    }
}

#[test]
fn of_exact_numbers_that_disagree_only_the_sum_is_of_all() {
    for (text, expected) in [
        (
            "我局共主动公开政府信息527条。全年主动公开政府信息431条。",
            ["disclosure.total 527 whole year", "disclosure.total 431 open year"],
        ),
        (
            "我局主动公开政府信息527条。全年主动公开政府信息431条。",
            ["disclosure.total 527 whole year", "disclosure.total 431 whole year"],
        ),
        (
            "我局主动公开政府信息527条。全年主动公开政府信息527条。",
            ["disclosure.total 527 whole year", "disclosure.total 527 whole year"],
        ),
    ] {
        assert_eq!(described(text), expected, "{text}");
    }
}

#[test]
fn figures_of_what_is_only_a_part_are_parts_too() {
    for (text, expected) in [
        (
            "网络申请101件，其中同意公开65件，不予公开36件；信函申请64件。",
            &[
                "requests.online 101 whole year",
                "applications.granted 65 open year",
                "applications.denied 36 open year",
                "requests.by_letter 64 whole year",
            ][..],
        ),
        (
            "上年结转5件，其中予以公开3件；本年新收9件。",
            &[
                "applications.carried_over 5 whole year",
                "applications.granted 3 open open",
            ],
        ),
        (
            "收到政府信息公开申请31件（其中电话咨询3件），办结30件。",
            &[
                "applications.new 31 whole year",
                "applications.results_total 30 whole year",
            ],
        ),
        (
            "县政府办公室：收到政府信息公开申请27件。",
            &["applications.new 27 part year"],
        ),
        (
            "全县共收到政府信息公开申请147件。其中，县政府收到政府信息公开申请27件，同意公开3件。",
            &[
                "applications.new 147 whole year",
                "applications.new 27 part year",
                "applications.granted 3 open year",
            ],
        ),
    ] {
        let text = format!("三、依申请公开情况。{text}");
        assert_eq!(described_of("砚浦县人民政府", &text), expected, "{text}");
    }
}

#[test]
fn a_unit_in_a_bracket_and_who_did_it_behind_the_number_are_who_is_counted() {
    for (text, scope) in [
        ("我局（综合科）收到政府信息公开申请25件。", "part"),
        ("我局（办公室）收到政府信息公开申请25件。", "whole"),
        ("我局（含下属单位）收到政府信息公开申请25件。", "several"),
        ("收到政府信息公开申请25件，由某科完成。", "open"),
        ("全国共收到政府信息公开申请25件。", "several"),
        ("财政部认真落实，收到政府信息公开申请25件。", "open"),
        ("该县高度重视，收到政府信息公开申请25件。", "open"),
        ("督促石花镇财政所认真落实，收到政府信息公开申请25件。", "open"),
        ("督促各科室认真落实，收到政府信息公开申请25件。", "whole"),
        ("我局帮扶的石花镇高度重视，收到政府信息公开申请25件。", "open"),
    ] {
        assert_eq!(described(text), [format!("applications.new 25 {scope} year")], "{text}");
    }
}

#[test]
fn what_else_the_sentence_of_a_rival_counts_is_not_of_all_either() {
    let text = "全县共收到政府信息公开申请347件。县政府收到政府信息公开申请33件，答复13件。";
    let expected = [
        "applications.new 347 whole year",
        "applications.new 33 open year",
        "applications.results_total 13 open year",
    ];
    assert_eq!(described_of("砚浦县人民政府", text), expected);
}
