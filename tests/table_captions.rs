//! Tables with captions: of another body, of a sample, below their tables; and tables side by side in one grid.

#![allow(missing_docs, clippy::expect_used)]

#[allow(dead_code)]
mod table_support;

use nianbao::report::Report;
use table_support::{APPLICANTS, codes, page, row};

const ROWS: [&str; 4] = [
    "一、本年新收政府信息公开申请数量",
    "二、上年结转政府信息公开申请数量",
    "（一）予以公开",
    "（二）部分公开",
];

fn cells<T: ToString>(texts: impl IntoIterator<Item = T>) -> String {
    texts
        .into_iter()
        .map(|text| format!("<td>{}</td>", text.to_string()))
        .collect()
}

/// The cells of each row of a small table 3, its header first; its figures are told by the number that they begin with.
fn applications(first: u32) -> Vec<String> {
    let header = cells(std::iter::once("项目").chain(APPLICANTS));
    let rows = (0..).zip(ROWS).map(|(row, label)| {
        let figures = (0..7).map(|column| first + row * 10 + column);
        cells([label]) + &cells(figures)
    });
    std::iter::once(header).chain(rows).collect()
}

fn table(rows: &[String]) -> String {
    let rows: String = rows.iter().map(|row| format!("<tr>{row}</tr>")).collect();
    format!("<table>{rows}</table>")
}

fn new_applications(report: &Report) -> Option<String> {
    report.tables.applications.as_ref().map(|table| row(table, "new"))
}

const OWN: &str = "100 101 102 103 104 105 106";

#[test]
fn a_table_captioned_for_another_body_is_not_the_reports() {
    for caption in [
        "青禾县教育局政府信息公开申请情况",
        "附件：各乡镇政府信息公开申请情况",
        "全县汇总",
    ] {
        let report = page(&format!("<p>{caption}</p>{}", table(&applications(500))));
        assert_eq!(new_applications(&report), None, "{caption}");
        assert_eq!(codes(&report), ["form.other_body"], "{caption}");
        let inside = std::iter::once(format!("<td colspan=8>{caption}</td>")).chain(applications(500));
        let report = page(&table(&inside.collect::<Vec<_>>()));
        assert_eq!(new_applications(&report), None, "{caption} inside");
    }
    let own = page(&format!(
        "<p>青禾县水务局政府信息公开申请情况</p>{}",
        table(&applications(100))
    ));
    assert_eq!(new_applications(&own).as_deref(), Some(OWN));
}

#[test]
fn beside_a_table_of_another_body_the_reports_is_read_wherever_it_stands() {
    let own = format!("<p>三、收到和处理政府信息公开申请情况</p>{}", table(&applications(100)));
    let other = format!(
        "<p>青禾县公安局2023年政府信息公开申请情况</p>{}",
        table(&applications(500))
    );
    for tables in [format!("{own}{other}"), format!("{other}{own}")] {
        assert_eq!(new_applications(&page(&tables)).as_deref(), Some(OWN));
    }
}

#[test]
fn a_table_captioned_for_another_time_is_not_the_reports() {
    for caption in ["截至第三季度", "2022年度数据", "上年度数据", "样表"] {
        let report = page(&format!("<p>{caption}</p>{}", table(&applications(500))));
        assert!(report.tables.applications.is_none(), "{caption}");
        assert_eq!(codes(&report), ["form.other_year"], "{caption}");
    }
}

#[test]
fn a_table_captioned_for_two_times_is_read_and_said_to_be_so() {
    let report = page(&format!(
        "<p>2023年度政府信息公开申请情况</p><p>（2022年度数据）</p>{}",
        table(&applications(100))
    ));
    assert_eq!(new_applications(&report).as_deref(), Some(OWN));
    assert_eq!(codes(&report), ["form.other_year"]);
}

#[test]
fn a_caption_with_the_reports_year_makes_no_other_table_the_reports() {
    let own = format!("<p>三、收到和处理政府信息公开申请情况</p>{}", table(&applications(100)));
    for caption in ["2023年（修订前）", "2023年教育系统情况", "发布日期：2023年1月18日"] {
        let other = format!("<p>{caption}</p>{}", table(&applications(500)));
        let report = page(&format!("{own}{other}"));
        assert_eq!(new_applications(&report).as_deref(), Some("· · · · · · ·"), "{caption}");
        assert!(codes(&report).contains(&"form.copies_conflict"), "{caption}");
    }
}

#[test]
fn numbers_of_rows_beside_blank_cells_are_no_figures() {
    let rows: Vec<String> = ROWS
        .iter()
        .chain(&["1.属于国家秘密", "2.其他法律行政法规禁止公开"])
        .zip(1..)
        .map(|(label, number)| cells([label]) + &cells([number]) + &cells([""; 7]))
        .collect();
    let header = cells(["项目", "行次"].into_iter().chain(APPLICANTS));
    let report = page(&table(&std::iter::once(header).chain(rows).collect::<Vec<_>>()));
    let figures = new_applications(&report).unwrap_or_default();
    assert_eq!(figures.replace([' ', '·'], ""), "");
}

/// Tables side by side, with a blank column between them.
fn beside(left: &[String], right: &[String]) -> String {
    let rows = left
        .iter()
        .zip(right)
        .map(|(left, right)| format!("{left}<td></td>{right}"));
    table(&rows.collect::<Vec<_>>())
}

#[test]
fn of_tables_side_by_side_the_one_of_the_reports_year_is_read() {
    let year = |year: &str, first: u32| -> Vec<String> {
        let title = format!("<td colspan=8>{year}</td>");
        std::iter::once(title).chain(applications(first)).collect()
    };
    let (own, other) = (year("2023年", 100), year("2022年", 500));
    assert_eq!(new_applications(&page(&beside(&own, &other))).as_deref(), Some(OWN));
    assert_eq!(new_applications(&page(&beside(&other, &own))).as_deref(), Some(OWN));
}

#[test]
fn of_tables_side_by_side_without_a_word_of_their_years_none_is_read() {
    let report = page(&beside(&applications(100), &applications(500)));
    assert_eq!(new_applications(&report).as_deref(), Some("· · · · · · ·"));
    assert!(codes(&report).contains(&"form.copies_conflict"));
}

#[test]
fn a_table_set_in_two_halves_side_by_side_is_one() {
    let rows = applications(100);
    let header = rows[0].clone();
    let report = page(&beside(&rows[..3], &[header, rows[3].clone(), rows[4].clone()]));
    let table = report.tables.applications.as_ref().expect("the table is there");
    assert_eq!(row(table, "new"), OWN);
    assert_eq!(row(table, "partially_granted"), "130 131 132 133 134 135 136");
}

const OUTCOMES: [&str; 5] = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"];

/// A table of one proceeding, or of all three.
fn proceedings(figures: Vec<u32>) -> String {
    let names = OUTCOMES.iter().cycle().take(figures.len());
    let groups = match figures.len() {
        5 => String::new(),
        _ => "<td colspan=5>行政复议</td><td colspan=5>未经复议直接起诉</td><td colspan=5>复议后起诉</td>".to_owned(),
    };
    table(&[groups, cells(names), cells(figures.iter().map(|figure| figure * 3))])
}

fn review(report: &Report) -> Option<String> {
    report
        .tables
        .review_litigation
        .as_ref()
        .map(|table| row(table, "review"))
}

#[test]
fn captions_below_their_tables_do_not_name_the_next() {
    let caption =
        |name: &str, figures: std::ops::Range<u32>| format!("{}<p>{name}</p>", proceedings(figures.collect()));
    let report = page(&format!(
        "{}{}{}",
        caption("未经复议直接起诉", 10..15),
        caption("复议后起诉", 20..25),
        caption("行政复议", 30..35)
    ));
    assert_ne!(review(&report).as_deref(), Some("30 33 36 39 42"));
    assert!(review(&report).is_none_or(|row| row == "· · · · ·"));
}

#[test]
fn an_empty_copy_before_the_filled_one_does_not_hide_it() {
    let names = cells(OUTCOMES.iter().cycle().take(15));
    let groups = "<td colspan=5>行政复议</td><td colspan=5>未经复议直接起诉</td><td colspan=5>复议后起诉</td>";
    let empty = table(&[groups.to_owned(), names, cells([""; 15])]);
    let report = page(&format!("{empty}<p>二</p>{}", proceedings((10..25).collect())));
    assert_eq!(review(&report).as_deref(), Some("30 33 36 39 42"));
}

#[test]
fn rows_below_the_name_of_another_year_do_not_complete_the_table() {
    let mut rows = applications(100);
    let last = rows.pop().unwrap_or_default();
    rows.push("<td colspan=8>2022年情况</td>".into());
    rows.push(last);
    let report = page(&table(&rows));
    assert_eq!(new_applications(&report).as_deref(), Some(OWN));
    let partially = report.tables.applications.as_ref();
    let partially = partially.map(|table| row(table, "partially_granted"));
    assert_eq!(partially.as_deref(), Some("· · · · · · ·"));
}

#[test]
fn a_row_beside_its_columns_is_read_where_it_adds_up() {
    let read = |figures: [u32; 7]| {
        let row = |label: &str, tall: &str, figures: [u32; 7]| tall.to_owned() + &cells([label]) + &cells(figures);
        let whole = [1, 2, 3, 4, 5, 6, 21];
        let rows = [
            cells(["组别", "项目"].into_iter().chain(APPLICANTS)),
            row("1.属于国家秘密", "<td rowspan=2>（三）不予公开</td>", whole),
            row("2.其他法律行政法规禁止公开", "", whole),
            row("1.本机关不掌握相关政府信息", "<td rowspan=4>（四）无法提供</td>", whole),
            row("2.没有现成信息需要另行制作", "", whole),
            row("3.补正后申请内容仍不明确", "", whole),
            row("1.信访举报投诉类申请", "<td rowspan=2>（五）不予处理</td>", figures),
            row("2.重复申请", "", whole),
        ];
        let report = page(&table(&rows));
        let table = report.tables.applications.expect("the table is there");
        ["petition_or_complaint", "repeated"].map(|key| super_row(&table, key))
    };
    assert_eq!(read([1, 0, 2, 0, 3, 0, 6]), ["1 0 2 0 3 0 6", "1 2 3 4 5 6 21"]);
    assert_eq!(read([1, 0, 2, 0, 3, 0, 7])[0], "· · · · · · ·");
}

/// Figures of a row of what was not processed.
fn super_row(table: &nianbao::report::Table, key: &str) -> String {
    row(table, &format!("not_processed.{key}"))
}

#[test]
fn what_a_line_says_last_or_outside_brackets_is_what_it_says_of_the_table_below() {
    for (line, code) in [
        ("2022年情况如下（2023年数据正在统计）：", "form.other_year"),
        ("我局无。其中下属单位青禾县水文站情况如下：", "form.other_body"),
    ] {
        let report = page(&format!("<p>{line}</p>{}", table(&applications(500))));
        assert_eq!(new_applications(&report), None, "{line}");
        assert_eq!(codes(&report), [code], "{line}");
    }
    for line in [
        "2023年情况如下（2022年数据见附件）：",
        "2023年我局收到申请3件。与上年相比增加1件，具体情况如下：",
        "本局情况如下。",
    ] {
        let report = page(&format!("<p>{line}</p>{}", table(&applications(100))));
        assert_eq!(new_applications(&report).as_deref(), Some(OWN), "{line}");
    }
}
