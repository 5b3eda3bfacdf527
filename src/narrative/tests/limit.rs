//! To what headings and clauses limit what follows them.

use super::*;

#[test]
fn what_is_limited_to_a_field_or_a_sample_is_not_the_whole() {
    for (text, scope) in [
        ("在扶贫领域，主动公开政府信息86条。", "open"),
        ("在乡镇层面，主动公开政府信息300条。", "open"),
        ("专项行动中，主动公开政府信息86条。", "open"),
        ("抽查5个单位，主动公开政府信息860条。", "open"),
        ("涉及征地的，主动公开政府信息2条。", "open"),
        ("部门公开情况。2012年共主动公开政府信息8360条。", "open"),
        ("先进典型——县教育局。2012年，主动公开政府信息650条。", "open"),
        ("主动公开方面，主动公开政府信息86条。", "whole"),
        ("政务公开工作中，主动公开政府信息86条。", "whole"),
    ] {
        let (figures, _) = below("一、概述", text, "砚浦县人民政府", 2012);
        assert_eq!(in_words(&figures).len(), 1, "{text}");
        assert!(
            in_words(&figures)[0].contains(scope),
            "{text}: {:?}",
            in_words(&figures)
        );
    }
}

#[test]
fn a_heading_that_names_a_kind_of_information_limits_what_is_below_it() {
    for (heading, scope) in [
        ("1.财政信息。", "open"),
        ("（三）重点领域信息公开情况", "open"),
        ("（一）主动公开政府信息的情况", "whole"),
        ("二、主动公开信息情况", "whole"),
    ] {
        let (figures, _) = below(heading, "主动公开政府信息80条。", "砚浦县水务局", 2012);
        assert_eq!(
            in_words(&figures),
            [format!("disclosure.total 80 {scope} year")],
            "{heading}"
        );
    }
}

#[test]
fn a_heading_of_other_bodies_of_a_kind_or_of_a_channel_is_not_of_all() {
    for (heading, scope) in [
        ("（一）县政府办公室办理情况", "part"),
        ("（一）各镇（街道、开发区）情况", "part"),
        ("（一）村（社区）公开情况", "part"),
        ("（一）县融媒体中心", "part"),
        ("（一）典型做法（县教育局）", "part"),
        ("（一）省、市情况", "several"),
        ("（一）全省概况", "several"),
        ("（一）学校、医院公开情况", "several"),
        ("（一）政府网站", "open"),
        ("（一）整改情况", "open"),
        ("（一）第三方评估", "open"),
        ("（一）新闻发布", "open"),
        ("（一）局机关", "part"),
        ("（一）强化监督保障", "whole"),
        ("（一）党务公开情况", "open"),
        ("（一）信函申请", "open"),
        ("（一）土地征收类", "open"),
        ("（一）主动公开情况", "whole"),
        ("（一）公开渠道", "whole"),
    ] {
        let text = format!("{heading}。收到政府信息公开申请12件。");
        let expected = [format!("applications.new 12 {scope} year")];
        assert_eq!(described_of("砚浦县人民政府", &text), expected, "{text}");
    }
}

#[test]
fn a_kind_or_a_channel_that_leads_in_limits_what_follows() {
    for (lead, scope) in [
        ("加大财政资金信息公开力度，全年", "open"),
        ("围绕环境保护，", "open"),
        ("在局门户网站上，", "open"),
        ("一是推进征地拆迁信息公开。", "open"),
        ("二是用好微信公众号。", "open"),
        ("如综合科，", "open"),
        ("在我局综合科，", "open"),
        ("在城西新区，", "open"),
        ("以某镇为例，", "open"),
        ("会同市审计局认真落实，", "open"),
        ("每名工作人员积极参与，", "open"),
        ("在县委的领导下，", "whole"),
        ("如期完成各项工作，", "whole"),
        ("每个工作日更新网站，", "whole"),
        ("会同有关部门开展培训，", "whole"),
        ("加大信息公开力度，全年", "whole"),
        ("围绕中心工作，", "whole"),
        ("通过网站、微信等渠道，", "whole"),
    ] {
        let text = format!("二、主动公开情况。{lead}主动公开政府信息345条。");
        assert_eq!(
            described(&text),
            [format!("disclosure.total 345 {scope} year")],
            "{text}"
        );
    }
    let text = "（一）通过网站公开。主动公开政府信息345条。";
    assert_eq!(described(text), ["disclosure.total 345 open year"]);
    let text = "土地征收方面，收到政府信息公开申请38件；城市建设方面，收到政府信息公开申请8件。";
    assert_eq!(
        described(text),
        ["applications.new 38 open year", "applications.new 8 open year"]
    );
    let text = "网上申请，收到政府信息公开申请38件；信函申请，收到政府信息公开申请8件。";
    assert_eq!(
        described(text),
        ["applications.new 38 open year", "applications.new 8 open year"]
    );
    let text = "热点一：土地征收。收到政府信息公开申请38件。";
    assert_eq!(described(text), ["applications.new 38 open year"]);
    let text = "国土所：主动公开政府信息514条。";
    assert_eq!(described(text), ["disclosure.total 514 open year"]);
    let text = "一是土地征收问题，收到政府信息公开申请38件。";
    assert_eq!(described(text), ["applications.new 38 open year"]);
    let text = "土地征收领域政府信息公开行政复议7件，行政诉讼6件。";
    let expected = [
        "review_litigation.review 7 open year",
        "review_litigation.litigation 6 open year",
    ];
    assert_eq!(described(text), expected);
}

#[test]
fn an_activity_or_a_moment_is_not_the_year() {
    for (lead, scope) in [
        ("开展晒权活动，", "open"),
        ("机构改革后，", "open"),
        ("专项整治期间，", "open"),
        ("结合“放管服”改革，", "open"),
        ("收到申请后，", "whole"),
    ] {
        let text = format!("{lead}主动公开政府信息25条。");
        assert_eq!(
            described(&text),
            [format!("disclosure.total 25 {scope} year")],
            "{text}"
        );
    }
}
