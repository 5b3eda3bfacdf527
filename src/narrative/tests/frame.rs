//! What the text before a sentence says of its time, its body and its purpose.

use super::*;

/// The figures of the paragraphs of a document, in words; a line that begins with `#` is bold.
fn of_lines(agency: &str, title: &str, lines: &[&str]) -> Vec<String> {
    let paragraph = |line: &&str| {
        Block::Paragraph(Paragraph {
            text: line.trim_start_matches('#').into(),
            heading: None,
            strong: line.starts_with('#'),
            origin: Origin::text(1, 1),
        })
    };
    let document = Document {
        blocks: lines.iter().map(paragraph).collect(),
        ..Document::default()
    };
    let metadata = Metadata {
        title: Some(title.into()),
        agency: Some(agency.into()),
        year: Some(2012),
        ..Metadata::default()
    };
    in_words(&narrative_figures(&document, &vec![false; lines.len()], &metadata).0)
}

fn of_county(lines: &[&str]) -> Vec<String> {
    of_lines("砚浦县人民政府", "砚浦县人民政府2012年政府信息公开工作年度报告", lines)
}

const RECEIVED: &str = "收到政府信息公开申请12件。";

#[test]
fn headings_with_and_without_numbers_say_of_what_time_and_whose_figures_are() {
    for (heading, expected) in [
        ("（三）乡镇情况", Some("part year")),
        ("（四）县财政局", Some("part year")),
        ("1.县公安局：", Some("part year")),
        ("#县财政局", Some("part year")),
        ("县教育局：", Some("part year")),
        ("（二）砚浦县人民政府", Some("whole year")),
        ("（二）政务公开新格局", Some("whole year")),
        ("（二）乡镇平台", Some("open year")),
        ("2011年工作回顾：", None),
        ("附：2011年数据", None),
        ("#2010年", None),
        ("上半年情况", Some("whole open")),
        ("2012年工作情况：", Some("whole year")),
        ("二、2013年工作计划", None),
        ("（二）下一步工作打算", None),
        ("工作目标：", None),
        ("（一）目标任务完成情况", Some("whole year")),
        ("五、存在的主要问题及改进情况", Some("whole year")),
    ] {
        let expected: Vec<_> = expected
            .map(|rest| format!("applications.new 12 {rest}"))
            .into_iter()
            .collect();
        assert_eq!(of_county(&[heading, RECEIVED]), expected, "{heading}");
    }
    for (heading, scope) in [("历史数据", "open"), ("典型做法（县教育局）", "part")] {
        let run_in = format!("{heading}{RECEIVED}");
        assert_eq!(
            of_county(&[&run_in]),
            [format!("applications.new 12 {scope} year")],
            "{run_in}"
        );
    }
    let reset = ["#县财政局", "加强公开。", "#总体情况", RECEIVED];
    assert_eq!(of_county(&reset), ["applications.new 12 whole year"]);
    let reset = ["县教育局：", "我县收到政府信息公开申请12件。"];
    assert_eq!(of_county(&reset), ["applications.new 12 whole year"]);
    let label = ["1.县公安局：收到政府信息公开申请12件；"];
    assert_eq!(of_county(&label), ["applications.new 12 part year"]);
}

#[test]
fn a_title_of_half_a_year_leaves_open_what_the_sentences_are_of() {
    let title = "砚浦县财政局2012年上半年政府信息公开工作报告";
    let expected = ["applications.new 12 whole open"];
    assert_eq!(of_lines("砚浦县财政局", title, &[RECEIVED]), expected);
}

#[test]
fn the_sentence_before_says_of_what_time_figures_are() {
    for (before, expected) in [
        ("2008年《条例》施行以来，我县高度重视。", Some("whole open")),
        ("上半年，我县开展了专项检查。", Some("whole open")),
        ("2012年7月，我县开展了专项检查。", Some("whole open")),
        ("近年来，我县高度重视。", Some("whole open")),
        ("今年以来，我县高度重视。", Some("whole year")),
        ("2013年，我县将做好以下工作。", None),
        ("2011年12月20日，我县召开会议。", Some("whole year")),
    ] {
        let text = format!("{before}{RECEIVED}");
        let expected: Vec<_> = expected
            .map(|rest| format!("applications.new 12 {rest}"))
            .into_iter()
            .collect();
        assert_eq!(of_county(&[&text]), expected, "{text}");
    }
    let text = "上半年，我县开展了专项检查。全年收到政府信息公开申请12件。";
    assert_eq!(of_county(&[text]), ["applications.new 12 whole year"]);
    let lines = ["历年累计主动公开政府信息895条。", RECEIVED];
    assert_eq!(of_county(&lines)[1], "applications.new 12 whole open");
    let text = "对比2011年的情况：收到政府信息公开申请12件。";
    assert_eq!(of_county(&[text]), [""; 0]);
    let text = "年度任务：收到政府信息公开申请12件。";
    assert_eq!(of_county(&[text]), [""; 0]);
    let text = "2013年1月，收到政府信息公开申请12件。";
    assert_eq!(of_county(&[text]), [""; 0]);
}

#[test]
fn another_body_is_spoken_of_until_the_reporting_one_is() {
    for (before, scope) in [
        ("黄花镇先行先试，", "open"),
        ("县财政局认真落实公开要求。", "open"),
        ("各乡镇积极行动。", "open"),
        ("以黄花镇为例，", "open"),
        ("据省水利厅通报，", "open"),
        ("全市第一名为城关区，", "open"),
        ("城关区先行先试。", "open"),
        ("石桥社区先行先试。", "open"),
        ("我县新", "whole"),
        ("我县积极稳妥", "whole"),
        ("各乡镇积极行动。全县", "whole"),
        ("黄花镇先行先试，我县", "whole"),
        ("加强乡镇指导，", "whole"),
        ("推进各部门公开，", "whole"),
        ("县委、县政府高度重视，", "whole"),
        ("砚浦县人民政府高度重视，", "whole"),
    ] {
        let text = format!("{before}{RECEIVED}");
        assert_eq!(
            of_county(&[&text]),
            [format!("applications.new 12 {scope} year")],
            "{text}"
        );
    }
    let text = "全县收到政府信息公开申请52件，黄花镇先行先试，收到政府信息公开申请12件。";
    let expected = ["applications.new 52 whole year", "applications.new 12 open year"];
    assert_eq!(of_county(&[text]), expected);
}

#[test]
fn plans_state_nothing_until_something_is_said_to_be_done() {
    for text in [
        "下一步，我县将进一步加大培训力度，全年举办政府信息公开培训班4期。",
        "我县将继续加大力度。设置政府信息公开查阅点20个。",
        "下一步，我县将结合实际，举办政府信息公开培训班4期。",
        "力争全年主动公开政府信息60条，受理政府信息公开申请50件。",
    ] {
        assert_eq!(of_county(&["一、概述", text]), [""; 0], "{text}");
    }
    let text = "下一步，我县将加大力度。2012年收到政府信息公开申请12件。";
    assert_eq!(of_county(&[text]), ["applications.new 12 whole year"]);
    let text = "力争主动公开政府信息60条，实际主动公开政府信息63条。";
    assert_eq!(of_county(&[text]), ["disclosure.total 63 whole year"]);
}

#[test]
fn a_sentence_runs_over_the_lines_of_a_wrapped_text() {
    let lines = [
        "一、总体情况",
        "2012年，我县坚持以人民为中心，持续推进政府信息公开各项工作。与之",
        "相比，上一年度即2011年，全县各级行政机关主动公开政府信息3200条，",
        "收到政府信息公开申请48件，予以公开30件，办结44件。2013年，我县",
        "将继续加大工作力度，力争主动公开政府信息5000条。",
        "据统计，全县共收到政府信息公开申请52件，其中县财政局收到政府信息",
        "公开申请12件。",
    ];
    let expected = ["applications.new 52 whole year", "applications.new 12 part year"];
    assert_eq!(of_county(&lines), expected);
    let heading = "五、因政府信息公开申请行政复议、提起行政诉讼的情况";
    let lines = [heading, heading, heading, "未发生行政复议。"];
    assert_eq!(of_county(&lines), ["review_litigation.review 0 whole year"]);
    let apart = ["我县推进政府信息公开", "收到政府信息公开申请52件", "办结50件"];
    assert_eq!(of_county(&apart), ["applications.new 52 whole year"]);
}

#[test]
fn a_line_that_breaks_inside_a_sentence_takes_nothing_away() {
    let of = |lines: &[&str]| of_county(lines);
    for (lines, expected) in [
        (
            &["截至2012年12月31日，", "我县主动公开政府信息2380条。"][..],
            &["disclosure.total 2380 whole open"][..],
        ),
        (
            &["截至2012年12月31日", "，我县主动公开政府信息2380条。"],
            &["disclosure.total 2380 whole open"],
        ),
        (&["2012年，全县各乡镇财政所", "主动公开政府信息8600条。"], &[]),
        (&["2012年，其中未", "主动公开政府信息12条。"], &[]),
        (
            &["2012年，我县收到政府信息公开申请", "16件，其中当面申请4件。"],
            &["applications.new 16 whole year", "requests.in_person 4 whole year"],
        ),
        (
            &[
                "- 主动公开政府信息：154条",
                "- 政府网站公开：120条",
                "- 政务微信公开：34条",
            ],
            &[
                "disclosure.total 154 whole year",
                "disclosure.channels.website 120 whole year",
                "disclosure.channels.wechat 34 whole year",
            ],
        ),
        (
            &["主动公开政府信息154条", "政府网站公开120条", "政务微信公开34条"],
            &[
                "disclosure.total 154 whole year",
                "disclosure.channels.website 120 whole year",
                "disclosure.channels.wechat 34 whole year",
            ],
        ),
        (
            &["2012年，我县主动公", "开政府信息98条。"],
            &["disclosure.total 98 whole year"],
        ),
        (
            &["2012年主动公开政府信息240条以", "上。"],
            &["disclosure.total 240 whole year ~"],
        ),
    ] {
        assert_eq!(of(lines), expected, "{lines:?}");
    }
}

#[test]
fn a_label_or_the_sentence_before_says_what_is_counted() {
    let heading = "一、总体情况";
    for (text, expected) in [
        (
            "主动公开情况：2012年共公开信息305条。",
            &["disclosure.total 305 whole year"][..],
        ),
        ("依申请公开方面，全年收到申请0件。", &["applications.new 0 whole year"]),
        (
            "2012年共受理依申请公开36件，全部按时办结。其中，予以公开12件，不予公开5件。",
            &[
                "applications.new 36 whole year",
                "applications.granted 12 whole year",
                "applications.denied 5 whole year",
            ],
        ),
        (
            "1.收到政府信息公开申请13件;2.按时办结12件。",
            &[
                "applications.new 13 whole year",
                "requests.closed_on_time 12 whole year",
            ],
        ),
        ("- 主动公开政府信息：154条", &["disclosure.total 154 whole year"]),
        (
            "我县主动公开信息情况如下：全年主动公开政府信息147条。",
            &["disclosure.total 147 whole year"],
        ),
        (
            "收到政府信息公开申请36件，其中上年结转3件，新收33件。",
            &[
                "applications.carried_over 3 whole year",
                "applications.new 33 whole year",
            ],
        ),
        (
            "收到政府信息公开申请36件（含上年结转3件）。",
            &["applications.carried_over 3 whole year"],
        ),
        ("除信息公开外，我县被提起行政诉讼56件。", &[]),
        ("因政府信息公开被申请行政复议2件，均与政府信息公开无关。", &[]),
        ("除收到网上政府信息公开申请2件外，未收到政府信息公开申请。", &[]),
        (
            "先进典型——县教育局。2012年，主动公开政府信息650条。",
            &["disclosure.total 650 open year"],
        ),
    ] {
        assert_eq!(of_county(&[heading, text]), expected, "{text}");
    }
}

#[test]
fn lines_that_say_what_follows_them_is_hold_for_it() {
    for (line, expected) in [
        ("上半年工作开展情况如下。", Some("whole open")),
        ("现将我局上半年情况报告如下：", Some("whole open")),
        ("以下数据为历年累计数。", Some("whole open")),
        ("下列数据截至2012年6月。", Some("whole open")),
        ("以下为全市汇总数据：", Some("several year")),
        ("全系统情况如下。", Some("several year")),
        ("一、全系统情况", Some("several year")),
        ("一、全市政府信息公开总体情况", Some("several year")),
        ("汇总全市各单位数据。", Some("several year")),
        ("所属单位信息公开情况。", Some("part year")),
        ("以下为样例。", Some("open year")),
        ("更正前：", Some("open year")),
        ("原报告数据", Some("open year")),
        ("上年度情况回顾。", None),
        ("现将2012年情况报告如下：", Some("whole year")),
        ("更正后：", Some("whole year")),
    ] {
        let expected: Vec<_> = expected
            .map(|rest| format!("applications.new 12 {rest}"))
            .into_iter()
            .collect();
        let title = "砚浦市财政局2012年政府信息公开工作年度报告";
        assert_eq!(of_lines("砚浦市财政局", title, &[line, RECEIVED]), expected, "{line}");
    }
}
