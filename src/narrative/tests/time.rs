//! Of what time a figure is.

use super::*;

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
            "三年来，我局共收到政府信息公开申请405件。",
            &["applications.new 405 whole period"],
        ),
        (
            "多年来，我局共收到政府信息公开申请406件。",
            &["applications.new 406 whole period"],
        ),
        (
            "五年间，我局共收到政府信息公开申请407件。",
            &["applications.new 407 whole period"],
        ),
        (
            "本届政府任期内，我局共收到政府信息公开申请408件。",
            &["applications.new 408 whole period"],
        ),
        (
            "国庆期间，我局收到政府信息公开申请5件。",
            &["applications.new 5 whole part_of_year"],
        ),
        (
            "“公开日”活动当天，我局收到政府信息公开申请6件。",
            &["applications.new 6 whole part_of_year"],
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
fn a_number_so_far_beside_that_of_the_year_is_not_of_the_year() {
    for (text, expected) in [
        (
            "2012年，我局主动公开政府信息4511条，累计主动公开政府信息23120条。",
            &["disclosure.total 4511 whole year", "disclosure.total 23120 whole open"][..],
        ),
        (
            "2012年，我局主动公开政府信息4511条。累计主动公开政府信息23120条。",
            &["disclosure.total 4511 whole year", "disclosure.total 23120 whole open"],
        ),
        (
            "2012年，收到政府信息公开申请52件，累计收到政府信息公开申请203件。",
            &["applications.new 52 whole year", "applications.new 203 whole open"],
        ),
        (
            "主动公开政府信息320条，全年累计主动公开政府信息4511条。",
            &["disclosure.total 320 open year", "disclosure.total 4511 whole year"],
        ),
        (
            "一季度主动公开政府信息52条，全年累计主动公开政府信息203条。",
            &[
                "disclosure.total 52 whole part_of_year",
                "disclosure.total 203 whole year",
            ],
        ),
        (
            "2012年，我局累计主动公开政府信息4511条。",
            &["disclosure.total 4511 whole year"],
        ),
    ] {
        assert_eq!(described(text), expected, "{text}");
    }
}

#[test]
fn a_day_before_the_end_of_the_year_ends_a_part_of_it() {
    for (text, expected) in [
        ("截止发稿时，我局今年已收到政府信息公开申请12件。", "whole part_of_year"),
        ("截至11月底，我局全年收到政府信息公开申请12件。", "whole part_of_year"),
        ("截至2012年12月31日，我局2012年收到政府信息公开申请12件。", "whole year"),
        ("截至6月底，各项工作成效明显。收到政府信息公开申请12件。", "whole open"),
        (
            "党的二十大以来，各项工作成效明显。收到政府信息公开申请12件。",
            "whole open",
        ),
        ("自查期间，收到政府信息公开申请12件。", "whole part_of_year"),
    ] {
        assert_eq!(described(text), [format!("applications.new 12 {expected}")], "{text}");
    }
    let (figures, _) = below("（1）2011年结转", "收到政府信息公开申请2件。", "砚浦县民政局", 2012);
    assert_eq!(in_words(&figures), [""; 0]);
}

#[test]
fn what_is_said_behind_a_number_says_of_what_it_is() {
    for (behind, expected) in [
        ("", Some("whole year")),
        ("（网络申请）", Some("whole year")),
        ("，均按时答复", Some("whole year")),
        ("（2011年）", None),
        ("（上年同期）", None),
        ("（计划数）", None),
        ("（应为36）", None),
        ("/季度", None),
        ("（上半年）", Some("whole part_of_year")),
        ("（累计）", Some("whole open")),
        ("（2008年以来累计）", Some("whole cumulative")),
        ("（全县合计）", Some("several year")),
        ("（县审计局）", Some("part year")),
        ("，均为县审计局办理", Some("part year")),
        ("。以上数据为全县数据", Some("several year")),
        ("。上述数据均为累计数", Some("whole open")),
    ] {
        let text = format!("收到政府信息公开申请34件{behind}。");
        let expected: Vec<_> = expected
            .iter()
            .map(|words| format!("applications.new 34 {words}"))
            .collect();
        assert_eq!(described(&text), expected, "{text}");
    }
}

#[test]
fn a_day_of_disclosure_and_the_end_of_a_year_are_no_whole_year() {
    for (text, basis) in [
        ("政务公开日当天，我局主动公开政府信息345条。", "part_of_year"),
        ("2012年底前，我局主动公开政府信息345条。", "open"),
    ] {
        assert_eq!(
            described(text),
            [format!("disclosure.total 345 whole {basis}")],
            "{text}"
        );
    }
    let text = "2012年新增主动公开政府信息586条，主动公开政府信息总数达6868条。";
    let expected = ["disclosure.total 586 whole year", "disclosure.total 6868 whole open"];
    assert_eq!(described(text), expected);
}

#[test]
fn a_case_that_may_come_is_no_count_and_an_estimate_is_rounded() {
    for text in [
        "收到政府信息公开申请30件的，须报备。",
        "收到政府信息公开申请30件时，须报备。",
        "收到政府信息公开申请1件计1分。",
        "收到政府信息公开申请30件每月。",
        "收到政府信息公开申请30件×12。",
    ] {
        assert_eq!(described(text), [""; 0], "{text}");
    }
    let text = "《条例》规定，收到政府信息公开申请30件的应当报备。";
    assert_eq!(described(text), [""; 0]);
    let text = "据不完全统计，收到政府信息公开申请30件。";
    assert_eq!(described(text), ["applications.new 30 whole year ~"]);
    let text = "春节前后，收到政府信息公开申请30件。";
    assert_eq!(described(text), ["applications.new 30 whole part_of_year"]);
}

#[test]
fn a_year_that_only_names_a_plan_or_a_report_does_not_make_a_number_of_the_year() {
    for (before, basis) in [
        ("2012年上半年，按照年度计划安排，我局", "part_of_year"),
        ("2012年1—6月，对照全年目标，我局", "part_of_year"),
        ("自2008年5月1日以来，我局严格落实年度报告制度，累计", "cumulative"),
        ("五年来，我局坚持年度考核，共", "period"),
        ("2012年上半年，印发2012年工作要点，我局", "open"),
        ("2012年上半年，我局印发工作要点，2012年，我局", "year"),
        ("上半年收到意见3条，全年，我局", "year"),
    ] {
        let text = format!("{before}主动公开政府信息345条。");
        assert_eq!(
            described(&text),
            [format!("disclosure.total 345 whole {basis}")],
            "{text}"
        );
    }
}

#[test]
fn a_year_right_behind_the_number_of_an_item_is_heard() {
    for number in ["1.", "1．", "1、", "（1）", "①"] {
        let text = format!("{number}2011年，我局收到政府信息公开申请44件。");
        assert_eq!(described(&text), [""; 0], "{text}");
        let (figures, _) = below(
            &format!("{number}2011年情况"),
            "收到政府信息公开申请31件。",
            "砚浦县民政局",
            2012,
        );
        assert_eq!(in_words(&figures), [""; 0], "{number}");
    }
}

#[test]
fn a_school_year_that_does_not_touch_the_year_and_days_around_a_feast_are_another_time() {
    for (text, expected) in [
        ("2020-2021学年，学校主动公开信息314条。", None),
        (
            "2021-2022学年，学校主动公开信息314条。",
            Some(("disclosure.total", 314)),
        ),
        ("2021-22学年，学校主动公开信息314条。", Some(("disclosure.total", 314))),
        ("国庆节前，我局主动公开政府信息31条。", None),
        ("2022年初，我局主动公开政府信息31条。", None),
        ("2022年初步统计，我局主动公开政府信息31条。", None),
        ("2022年，我局主动公开政府信息31条。", Some(("disclosure.total", 31))),
    ] {
        let expected: Vec<_> = expected
            .map(|(key, value)| (key.to_owned(), value))
            .into_iter()
            .collect();
        assert_eq!(figures(text), expected, "{text}");
    }
}
