//! What a number is about.

use super::*;

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
fn a_number_that_may_count_something_else_is_noticed() {
    let (figures, diagnostics) = below("一、概述", "2012年，窗口共受理申请8312件。", "砚浦县人民政府", 2012);
    assert!(figures.is_empty());
    assert_eq!(diagnostics.len(), 1);
    assert_eq!(diagnostics[0].code, DOUBTFUL.code);
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
fn training_counts_only_where_it_is_about_disclosure() {
    assert_eq!(
        under("一、概述", "举办政府信息公开培训班2期，举办业务培训班5期。"),
        ["training.courses 2 whole year"]
    );
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
fn what_is_carried_over_or_answered_is_of_what_was_counted_before() {
    for (text, expected) in [
        (
            "因政府信息公开被申请行政复议12件（含上年结转2件），行政诉讼9件。",
            &[
                "review_litigation.review 12 whole year",
                "review_litigation.litigation 9 whole year",
            ][..],
        ),
        ("被提起行政诉讼9件，上年结转3件，结转下年2件。", &[]),
        ("办理行政复议案件14件，其中上年结转3件。", &[]),
        ("办理行政复议案件14件。其中上年结转3件。", &[]),
        ("举报投诉5件，上年结转1件，结转下年2件。", &[]),
        ("行政复议12件，其中不予受理2件，不予公开2件。", &[]),
        ("12345平台转办事项312件，其中不予处理14件，其他处理3件。", &[]),
        ("档案开放审核中，予以公开120件，部分公开15件。", &[]),
        (
            "收到政府信息公开申请3件，网上咨询120件，答复120件。",
            &["applications.new 3 whole year"],
        ),
        (
            "收到政府信息公开申请3件，行政复议2件，办结2件。",
            &["applications.new 3 whole year", "review_litigation.review 2 whole year"],
        ),
        (
            "接受咨询120件。新收申请3件，上年结转申请1件，予以公开2件。",
            &[
                "applications.new 3 whole year",
                "applications.carried_over 1 whole year",
                "applications.granted 2 whole year",
            ],
        ),
        (
            "收到政府信息公开申请31件（其中电话咨询3件），办结30件。",
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
fn figures_are_read_behind_labels_stops_and_commas_of_every_kind() {
    for (text, expected) in [
        (
            "对8件政府信息公开申请的答复情况为：同意公开5件，不予公开1件。",
            &["applications.granted 5 whole year", "applications.denied 1 whole year"][..],
        ),
        (
            "收到政府信息公开申请１，２３４件。",
            &["applications.new 1234 whole year"],
        ),
        (
            "收到政府信息公开申请12件.因政府信息公开被申请行政复议1件.",
            &[
                "applications.new 12 whole year",
                "review_litigation.review 1 whole year",
            ],
        ),
        ("主动公开政府信息二百一十五条。", &["disclosure.total 215 whole year"]),
        ("2012年共发布主动公开信息412条。", &["disclosure.total 412 whole year"]),
        ("收到政府信息公开申请和投诉举报15件。", &[]),
        (
            "收到依申请公开6件，均按时答复。未发生行政复议和行政诉讼。",
            &[
                "applications.new 6 whole year",
                "review_litigation.review 0 whole year",
                "review_litigation.litigation 0 whole year",
            ],
        ),
        (
            "政府信息公开行政复议1件，与上年持平；行政诉讼0件。",
            &[
                "review_litigation.review 1 whole year",
                "review_litigation.litigation 0 whole year",
            ],
        ),
    ] {
        let heading = if text.starts_with('对') {
            "三、依申请公开情况"
        } else {
            "一、总体情况"
        };
        let (figures, _) = below(heading, text, "砚浦县民政局", 2012);
        assert_eq!(in_words(&figures), expected, "{text}");
    }
}

#[test]
fn all_disputes_of_a_body_are_not_those_on_disclosure() {
    let heading = "四、因政府信息公开申请行政复议、提起行政诉讼情况";
    for (text, expected) in [
        (
            "行政复议3件，行政诉讼1件。",
            &[
                "review_litigation.review 3 whole year",
                "review_litigation.litigation 1 whole year",
            ][..],
        ),
        ("行政复议3件，均维持。", &["review_litigation.review 3 whole year"]),
        (
            "行政复议3件，均为政府信息公开案件。",
            &["review_litigation.review 3 whole year"],
        ),
        ("行政复议案件3件，涉及政府信息公开1件。", &[]),
        ("行政诉讼5件，属于政府信息公开的2件。", &[]),
        ("行政复议3件（信息公开1件）。", &[]),
        ("行政复议3件，均非信息公开案件。", &[]),
        ("行政复议3件（均为工伤认定）。", &[]),
        ("行政诉讼5件，主要涉及征地拆迁。", &[]),
    ] {
        let (figures, _) = below(heading, text, "砚浦县民政局", 2012);
        assert_eq!(in_words(&figures), expected, "{text}");
    }
}

#[test]
fn what_was_carried_into_the_year_is_neither_new_nor_carried_forward() {
    for text in [
        "结转至2012年的政府信息公开申请2件。",
        "顺延至本年度办理的政府信息公开申请2件。",
        "收到政府信息公开申请34件（其中结转2件）。",
        "收到政府信息公开申请25件，其中2件为上年结转。",
        "连同上年结转2件，共收到政府信息公开申请25件。",
    ] {
        let (figures, _) = below("三、依申请公开情况", text, "砚浦县民政局", 2012);
        let wrong = |figure: &String| {
            figure.starts_with("applications.new") || figure.starts_with("applications.carried_forward")
        };
        assert!(
            !in_words(&figures).iter().any(wrong),
            "{text}: {:?}",
            in_words(&figures)
        );
    }
    let (figures, _) = below(
        "三、依申请公开情况",
        "收到政府信息公开申请34件，结转下年2件。",
        "砚浦县民政局",
        2012,
    );
    let expected = [
        "applications.new 34 whole year",
        "applications.carried_forward 2 whole year",
    ];
    assert_eq!(in_words(&figures), expected);
}
