//! Figures of invented sentences.

mod acted;
mod fees;
mod frame;
mod limit;
mod pieces;
mod share;
mod time;
mod topic;
mod whose;

use super::*;
use crate::document::{Block, Paragraph};
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
fn what_is_done_with_applications_says_what_their_number_counts() {
    for (text, expected) in [
        (
            "收到政府信息公开申请56件，办结政府信息公开申请52件。",
            &[
                "applications.new 56 whole year",
                "applications.results_total 52 whole year",
            ][..],
        ),
        (
            "我局共答复政府信息公开申请52件，其中予以公开31件。",
            &[
                "applications.results_total 52 whole year",
                "applications.granted 31 whole year",
            ],
        ),
        (
            "全年共答复52件政府信息公开申请。",
            &["applications.results_total 52 whole year"],
        ),
        (
            "我局按时办结政府信息公开申请52件。",
            &["requests.closed_on_time 52 whole year"],
        ),
        ("受理并答复政府信息公开申请52件。", &["applications.new 52 whole year"]),
        ("政府信息公开申请受理52件。", &["applications.new 52 whole year"]),
        ("补正政府信息公开申请7件。", &["replies.asked_to_amend 7 whole year"]),
        ("延期答复政府信息公开申请3件。", &[]),
        ("正在办理的政府信息公开申请3件。", &[]),
        ("对政府信息公开申请7件进行了抽查。", &[]),
        ("我局抽查政府信息公开申请7件。", &[]),
        ("我局会商疑难政府信息公开申请5件。", &[]),
        ("我局收到自然人政府信息公开申请48件。", &[]),
        (
            "收到政府信息公开申请9件，答复网络申请4件。",
            &["applications.new 9 whole year"],
        ),
        (
            "收到政府信息公开申请9件，办结上年结转申请2件。",
            &["applications.new 9 whole year"],
        ),
        ("结转行政复议和行政诉讼2件。", &[]),
    ] {
        assert_eq!(described(text), expected, "{text}");
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
fn how_answers_were_given_is_no_way_of_applying_and_what_was_open_already_no_disclosure() {
    assert_eq!(
        described("三、依申请公开情况 答复方式：邮寄33件，电子邮件17件，当面领取23件。"),
        [""; 0]
    );
    let text = "2012年共收到政府信息公开申请41件，其中主动公开5件，同意公开13件，不予公开20件。";
    let expected = [
        "applications.new 41 whole year",
        "applications.granted 13 whole year",
        "applications.denied 20 whole year",
    ];
    assert_eq!(described(text), expected);
}

#[test]
fn a_number_beside_words_that_only_begin_like_those_of_a_sum_is_no_sum() {
    let text =
        "二、主动公开情况 2012年，我局主动公开政府信息700条。2012年，我局依托公共资源交易，主动公开政府信息900条。";
    assert_eq!(
        described(text),
        ["disclosure.total 700 whole year", "disclosure.total 900 whole year"]
    );
    let text = "二、主动公开情况。2012年，我局共主动公开政府信息900条。2012年，我局主动公开政府信息700条。";
    assert_eq!(
        described(text),
        ["disclosure.total 900 whole year", "disclosure.total 700 open year"]
    );
}

#[test]
fn figures_are_read_in_usual_words() {
    for (text, expected) in [
        (
            "三、依申请公开情况。政府信息公开申请数量56件。",
            "applications.new 56 whole year",
        ),
        (
            "三、依申请公开情况。依申请公开受理量56件。",
            "applications.new 56 whole year",
        ),
        (
            "三、依申请公开情况。受理、答复政府信息公开申请56件。",
            "applications.new 56 whole year",
        ),
        (
            "二、主动公开情况。主动公开政府信息12类1326条。",
            "disclosure.total 1326 whole year",
        ),
        (
            "二、主动公开情况。全年共发布政府信息1326条。",
            "disclosure.total 1326 whole year",
        ),
        (
            "二、主动公开情况。信息公开总量1326条。",
            "disclosure.total 1326 whole year",
        ),
    ] {
        assert_eq!(described(text), [expected], "{text}");
    }
    let text = "截至2012年底，累计主动公开政府信息8326条，其中2012年新增1326条。";
    let expected = [
        "disclosure.total 8326 whole cumulative",
        "disclosure.total 1326 whole year",
    ];
    assert_eq!(described(text), expected);
    let text = "因政府信息公开引起的行政复议、行政诉讼均为0件。";
    let expected = [
        "review_litigation.review_and_litigation 0 whole year",
        "review_litigation.review 0 whole year",
        "review_litigation.litigation 0 whole year",
    ];
    assert_eq!(described(text), expected);
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
