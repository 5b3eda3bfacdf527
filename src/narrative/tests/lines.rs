//! Sentences that run over lines.

use super::*;

/// The figures of the lines of a report of a town, below a heading.
fn lines(lines: &[&str]) -> Vec<String> {
    let paragraph = |text: &&str| {
        Block::Paragraph(Paragraph {
            text: (*text).into(),
            heading: None,
            strong: false,
            origin: Origin::text(1, 1),
        })
    };
    let heading = "二、主动公开和依申请公开政府信息情况";
    let document = Document {
        blocks: [heading].iter().chain(lines).map(paragraph).collect(),
        ..Document::default()
    };
    let metadata = Metadata {
        agency: Some("石桥镇人民政府".into()),
        year: Some(2012),
        ..Metadata::default()
    };
    in_words(&narrative_figures(&document, &vec![false; document.blocks.len()], &metadata).0)
}

#[test]
fn a_line_behind_a_comma_is_of_the_sentence_before() {
    for (first, second, expected) in [
        (
            "截至2012年12月31日，",
            "我镇已主动公开政府信息2380条。",
            "disclosure.total 2380 whole open",
        ),
        (
            "截至2012年12月31日",
            "，我镇已主动公开政府信息2380条。",
            "disclosure.total 2380 whole open",
        ),
        (
            "自2008年《条例》施行以来，",
            "我镇主动公开政府信息3100条。",
            "disclosure.total 3100 whole cumulative",
        ),
        (
            "上半年，",
            "我镇主动公开政府信息110条。",
            "disclosure.total 110 whole part_of_year",
        ),
        (
            "2012年，我镇",
            "收到政府信息公开申请5件。",
            "applications.new 5 whole year",
        ),
        (
            "2012年我镇主动公开政府信息240条",
            "以上。",
            "disclosure.total 240 whole year ~",
        ),
        (
            "截至2012年12月3",
            "1日，我镇已主动公开政府信息2380条。",
            "disclosure.total 2380 whole open",
        ),
        (
            "2012年收到政府信息公开申请",
            "16件，均已答复。",
            "applications.new 16 whole year",
        ),
        (
            "2012年收到政府信息公开申请十八",
            "件。",
            "applications.new 18 whole year",
        ),
    ] {
        assert_eq!(lines(&[first, second]), [expected], "{first}⏎{second}");
    }
    assert_eq!(
        lines(&["下一步工作计划。", "一是加大力度，", "主动公开政府信息300条。"]),
        [""; 0]
    );
}

#[test]
fn where_a_sentence_may_have_begun_on_the_line_before_it_is_open_whose_its_figures_are() {
    for (first, second) in [
        ("全县各乡镇", "主动公开政府信息8600条。"),
        ("县政府网站", "全年主动公开政府信息6800条。"),
        ("我镇撤下", "主动公开政府信息12条。"),
        ("力争2013年", "主动公开政府信息达到500条。"),
    ] {
        let figures = lines(&[first, second]);
        assert!(
            figures.iter().all(|figure| figure.contains("open")),
            "{first}: {figures:?}"
        );
    }
    for first in [
        "主动公开情况",
        "石桥镇2012年政府信息公开年度报告",
        "2013年1月20日",
        "来源：石桥镇",
    ] {
        let expected = ["disclosure.total 45 whole year"];
        assert_eq!(lines(&[first, "我镇主动公开政府信息45条。"]), expected, "{first}");
    }
}
