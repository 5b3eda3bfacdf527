//! What others do with the body and what it disclosed, and what it does in the name of others.

use super::*;

/// The figures that a bureau has as its own of the year, below the heading of what it disclosed.
fn own(text: &str) -> Vec<String> {
    let (figures, _) = below("二、主动公开政府信息情况", text, "云岫县财政局", 2012);
    let own: Vec<_> = figures.into_iter().filter(NarrativeFigure::is_of_the_report).collect();
    in_words(&own)
}

#[test]
fn what_another_body_does_with_the_one_that_reports_is_not_its_own() {
    for text in [
        "全年县政府要求我局主动公开政府信息84条。",
        "上级部门采用我局主动公开信息84条。",
        "县政府考核我局主动公开信息84条。",
        "县政府办抽查我局主动公开信息84条。",
        "县政府授权我局主动公开政府信息84条。",
        "新闻媒体报道我局主动公开信息84条。",
        "群众浏览我局主动公开信息84条。",
        "推送信息84条。",
        "主动公开政府信息84条的目标已提前完成。",
        "主动公开政府信息84条的为县教育局。",
        "我局代表县政府答复政府信息公开申请84件。",
        "受县政府委托，办理政府信息公开申请84件。",
    ] {
        assert_eq!(own(text), [""; 0], "{text}");
    }
    for text in [
        "按照县政府要求我局主动公开政府信息84条。",
        "据统计我局主动公开政府信息84条。",
    ] {
        assert_eq!(own(text), ["disclosure.total 84 whole year"], "{text}");
    }
}

#[test]
fn applications_that_something_unknown_was_done_with_were_not_received() {
    for text in [
        "审核政府信息公开申请31件。",
        "清理历史政府信息公开申请31件。",
        "申请人撤回政府信息公开申请31件。",
        "指导乡镇规范政府信息公开申请31件。",
    ] {
        let (figures, _) = below("一、总体情况", text, "云岫县财政局", 2012);
        assert_eq!(in_words(&figures), [""; 0], "{text}");
    }
    let (figures, diagnostics) = below("一、总体情况", "审核政府信息公开申请31件。", "云岫县财政局", 2012);
    assert!(figures.is_empty() && diagnostics[0].code == DOUBTFUL.code);
    let text = "收到政府信息公开申请31件，代下属单位答复申请4件。";
    assert_eq!(own(text)[0], "applications.new 31 whole year");
}
