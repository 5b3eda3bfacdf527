//! Numbers that count a share, one of many, or nothing exactly.

use super::*;

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
        ("收到政府信息公开申请50件（左右）。", "applications.new 50 whole year ~"),
        ("收到政府信息公开申请50件有余。", "applications.new 50 whole year ~"),
        ("收到政府信息公开申请50件以内。", "applications.new 50 whole year ~"),
    ] {
        assert_eq!(described(text), [expected], "{text}");
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
fn one_number_of_several_is_not_that_of_all_together() {
    for text in [
        "因政府信息公开引发的行政复议、行政诉讼分别为3件。",
        "依申请公开答复中，予以公开和部分公开12件、3件。",
    ] {
        assert_eq!(described(text), [""; 0], "{text}");
    }
    for text in [
        "因政府信息公开引发的行政复议、行政诉讼分别为3件、5件。",
        "政府信息公开行政复议及行政诉讼案件数分别是3件及5件。",
        "政府信息公开行政复议、行政诉讼分别为3件、5件.",
    ] {
        let expected = [
            "review_litigation.review 3 whole year",
            "review_litigation.litigation 5 whole year",
        ];
        assert_eq!(described(text), expected, "{text}");
    }
    let opened = under("二、主动公开政府信息情况", "主动公开政府信息231件5231条。");
    assert_eq!(opened, [""; 0]);
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
fn a_channel_that_is_spoken_of_may_have_what_follows() {
    let text = "官方微博粉丝31万人，公开信息2310条。";
    assert_eq!(under("二、主动公开政府信息情况", text), [""; 0]);
}

#[test]
fn what_is_done_with_some_applications_says_nothing_of_all() {
    for (text, expected) in [
        (
            "对收到的政府信息公开申请4件进行了电话沟通。",
            "applications.new 4 open year",
        ),
        (
            "对2012年收到的政府信息公开申请4件进行了抽查，均已答复。",
            "applications.new 4 open year",
        ),
        (
            "对收到的52件政府信息公开申请，均按时答复。",
            "applications.new 52 whole year",
        ),
        (
            "对受理的政府信息公开申请52件逐一进行答复。",
            "applications.new 52 whole year",
        ),
    ] {
        assert_eq!(described(text), [expected], "{text}");
    }
}

#[test]
fn what_is_planned_demanded_or_a_mean_is_no_count() {
    let heading = "二、主动公开政府信息情况";
    for text in [
        "计划主动公开政府信息60条。",
        "我局计划全年主动公开政府信息60条。",
        "目标是主动公开政府信息60条。",
        "日均主动公开政府信息60条。",
        "我局拟主动公开政府信息60条。",
        "要求各单位主动公开政府信息60条。",
        "预计收到政府信息公开申请60件。",
        "我局净增政府信息公开申请60件。",
    ] {
        assert_eq!(under(heading, text), [""; 0], "{text}");
    }
    for (text, expected) in [
        (
            "要求各单位每月主动公开政府信息5条，全年主动公开政府信息60条。",
            "disclosure.total 60 open year",
        ),
        (
            "要求各单位加强公开，我局主动公开政府信息60条。",
            "disclosure.total 60 whole year",
        ),
        ("按计划主动公开政府信息60条。", "disclosure.total 60 whole year"),
        (
            "做到应公开尽公开，主动公开政府信息60条。",
            "disclosure.total 60 whole year",
        ),
    ] {
        assert_eq!(under(heading, text), [expected], "{text}");
    }
}
