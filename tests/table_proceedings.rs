//! Table 4 as it is set in other ways than the form's: outcomes in another order, further columns, on its side.

#![allow(missing_docs, clippy::expect_used)]

#[allow(dead_code)]
mod table_support;

use nianbao::report::Report;
use table_support::{codes, extract, page, row};

const GROUPS: [&str; 3] = ["review", "litigation_direct", "litigation_after_review"];
const OUTCOMES: [&str; 5] = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"];

/// The figures of the three groups; nothing where there is no table.
fn figures(report: &Report) -> String {
    let table = report.tables.review_litigation.as_ref();
    let rows = table.map(|table| GROUPS.map(|group| row(table, group)));
    rows.map(|rows| rows.join(" | ")).unwrap_or_default()
}

/// The table with so many outcomes in each group, in the given order, whose figures are 10, 12, 14 …
fn proceedings(outcomes: &[&str]) -> Report {
    let wide = outcomes.len();
    let names = |rows: usize| -> String {
        let names = outcomes.iter().map(|name| format!("<td rowspan={rows}>{name}"));
        names.collect()
    };
    let figures: String = (5..5 + 3 * wide).map(|figure| format!("<td>{}", figure * 2)).collect();
    page(&format!(
        "<table><tr><td colspan={wide}>行政复议<td colspan={}>行政诉讼<tr>{}<td colspan={wide}>未经复议直接起诉\
         <td colspan={wide}>复议后起诉<tr>{}{}<tr>{figures}</table>",
        wide * 2,
        names(2),
        names(1),
        names(1)
    ))
}

#[test]
fn outcomes_in_another_order_are_read_by_their_names() {
    let [upheld, corrected, other, pending, total] = OUTCOMES;
    assert_eq!(
        figures(&proceedings(&[corrected, upheld, other, pending, total])),
        "12 10 14 16 18 | 22 20 24 26 28 | 32 30 34 36 38"
    );
    assert_eq!(
        figures(&proceedings(&[total, upheld, corrected, other, pending])),
        "12 14 16 18 10 | 22 24 26 28 20 | 32 34 36 38 30"
    );
}

#[test]
fn an_outcome_without_a_column_is_null_and_the_others_are_read() {
    let [upheld, corrected, other, _, total] = OUTCOMES;
    let report = proceedings(&[upheld, corrected, other, total]);
    assert_eq!(figures(&report), "10 12 14 · 16 | 18 20 22 · 24 | 26 28 30 · 32");
    assert_eq!(codes(&report), ["form.column_missing"]);
}

#[test]
fn a_column_that_the_form_has_not_is_passed_over() {
    let [upheld, corrected, other, pending, total] = OUTCOMES;
    assert_eq!(
        figures(&proceedings(&[upheld, corrected, other, pending, "申请人撤回", total])),
        "10 12 14 16 20 | 22 24 26 28 32 | 34 36 38 40 44"
    );
}

/// The table whose third row of names has one more cell in the row above it.
fn with_head(second: &str) -> Report {
    let names = |rows: usize| OUTCOMES.map(|name| format!("<td rowspan={rows}>{name}")).concat();
    let figures: String = (1..=15).map(|figure| format!("<td>{}", figure * 3)).collect();
    page(&format!(
        "<table><tr><td colspan=5>行政复议<td colspan=10>行政诉讼<tr>{}{second}<tr>{}{}<tr>{figures}</table>",
        names(2),
        names(1),
        names(1)
    ))
}

#[test]
fn a_head_that_is_drawn_one_cell_too_wide_hides_no_figure() {
    for second in [
        "<td colspan=5>未经复议直接起诉<td colspan=5>复议后起诉<td>",
        "<td colspan=5>未经复议直接起诉<td><td colspan=5>复议后起诉",
        "<td colspan=5>未经复议直接起诉<td colspan=6>复议后起诉",
    ] {
        assert_eq!(
            figures(&with_head(second)),
            "3 6 9 12 15 | 18 21 24 27 30 | 33 36 39 42 45",
            "{second}"
        );
    }
}

#[test]
fn names_repeated_over_merged_cells_are_no_second_names() {
    let wide = |name: &str| [name; 5].join("|");
    let outcomes = OUTCOMES.join("|");
    let table = format!(
        "|{}|{}|{}|\n|{}|\n|{outcomes}|{}|{}|\n|{}|\n|{}|\n",
        wide("行政复议"),
        wide("行政诉讼"),
        wide("行政诉讼"),
        ["---"; 15].join("|"),
        wide("未经复议直接起诉"),
        wide("复议后起诉"),
        [outcomes.as_str(); 3].join("|"),
        (1..=15)
            .map(|figure| (figure * 3).to_string())
            .collect::<Vec<_>>()
            .join("|"),
    );
    let report = extract(&format!("青禾县水务局2022年政府信息公开工作年度报告\n\n{table}"));
    assert_eq!(figures(&report), "3 6 9 12 15 | 18 21 24 27 30 | 33 36 39 42 45");
}

#[test]
fn names_of_groups_and_outcomes_in_one_cell_are_both_read() {
    let names = ["行政复议", "未经复议直接起诉", "复议后起诉"]
        .iter()
        .flat_map(|group| OUTCOMES.map(|outcome| format!("<td>{group}{outcome}")));
    let figures_of: String = (1..=15).map(|figure| format!("<td>{}", figure * 3)).collect();
    let report = page(&format!(
        "<table><tr>{}<tr>{figures_of}</table>",
        names.collect::<String>()
    ));
    assert_eq!(figures(&report), "3 6 9 12 15 | 18 21 24 27 30 | 33 36 39 42 45");
}

#[test]
fn a_further_block_or_total_is_not_one_of_the_groups() {
    let names = |rows: usize| OUTCOMES.map(|name| format!("<td rowspan={rows}>{name}")).concat();
    let table = |first: &str, second: &str, third: &str, count: usize| {
        let figures: String = (1..=count).map(|figure| format!("<td>{}", figure * 3)).collect();
        page(&format!(
            "<table><tr>{first}<tr>{}{second}<tr>{third}<tr>{figures}</table>",
            names(2)
        ))
    };
    let read = "3 6 9 12 15 | 18 21 24 27 30 | 33 36 39 42 45";
    let groups = "<td colspan=5>未经复议直接起诉<td colspan=5>复议后起诉";
    let block = table(
        "<td colspan=5>行政复议<td colspan=15>行政诉讼",
        &format!("{groups}<td colspan=5>合计"),
        &names(1).repeat(3),
        20,
    );
    assert_eq!(figures(&block), read);
    let total = table(
        "<td colspan=5>行政复议<td colspan=10>行政诉讼<td rowspan=3>合计",
        groups,
        &names(1).repeat(2),
        16,
    );
    assert_eq!(figures(&total), read);
}

#[test]
fn a_table_on_its_side_is_set_upright() {
    let rows = OUTCOMES.iter().zip(1..).map(|(name, figure)| {
        let cells = [figure, figure + 10, figure + 20].map(|figure| format!("<td>{}", figure * 2));
        format!("<tr><td>{name}{}", cells.concat())
    });
    let report = page(&format!(
        "<table><tr><td>结果<td>行政复议<td>未经复议直接起诉<td>复议后起诉{}</table>",
        rows.collect::<String>()
    ));
    assert_eq!(figures(&report), "2 4 6 8 10 | 22 24 26 28 30 | 42 44 46 48 50");
}

const ORDERS: [[&str; 5]; 3] = [
    ["结果纠正", "总计", "尚未审结", "其他结果", "结果维持"],
    ["结果维持", "总计", "其他结果", "尚未审结", "结果纠正"],
    ["其他结果", "结果纠正", "结果维持", "尚未审结", "总计"],
];

#[test]
fn each_proceeding_may_have_an_order_of_its_own() {
    let wanted = "5 1 4 3 12 | 1 5 3 4 13 | 3 2 1 4 10";
    let figures_of = [[1, 12, 3, 4, 5], [1, 13, 3, 4, 5], [1, 2, 3, 4, 10]];
    let td = |names: &[&str], rows: usize| -> String {
        let cells = names.iter().map(|name| format!("<td rowspan={rows}>{name}"));
        cells.collect()
    };
    let values: String = figures_of
        .concat()
        .iter()
        .map(|figure| format!("<td>{figure}"))
        .collect();
    let report = page(&format!(
        "<table><tr><td colspan=5>行政复议<td colspan=10>行政诉讼<tr>{}<td colspan=5>未经复议直接起诉<td colspan=5>复议后起诉<tr>{}{}<tr>{values}</table>",
        td(&ORDERS[0], 2),
        td(&ORDERS[1], 1),
        td(&ORDERS[2], 1)
    ));
    assert_eq!(figures(&report), wanted);
    let values: Vec<String> = figures_of.concat().iter().map(ToString::to_string).collect();
    let text = format!(
        "青禾县水务局2023年政府信息公开工作年度报告\n\n行政复议\n行政诉讼\n{}\n未经复议直接起诉\n复议后起诉\n{}\n{}\n{}\n",
        ORDERS[0].join("\n"),
        ORDERS[1].join("\n"),
        ORDERS[2].join("\n"),
        values.join("\n")
    );
    assert_eq!(figures(&extract(&text)), wanted);
}

#[test]
fn a_table_of_one_figure_a_row_is_read_by_the_groups_beside_its_rows() {
    let rows = |group: &str, first: u32| -> String {
        let rows = (first..)
            .zip(OUTCOMES)
            .map(|(figure, outcome)| format!("<td>{outcome}<td>{figure}"));
        format!("<tr>{group}{}", rows.collect::<Vec<_>>().join("<tr>"))
    };
    let report = page(&format!(
        "<table>{}{}{}</table>",
        rows("<td colspan=2 rowspan=5>行政复议", 11),
        rows("<td rowspan=10>行政诉讼<td rowspan=5>未经复议直接起诉", 22),
        rows("<td rowspan=5>复议后起诉", 33)
    ));
    assert_eq!(figures(&report), "11 12 13 14 15 | 22 23 24 25 26 | 33 34 35 36 37");
}

#[test]
fn proceedings_below_each_other_in_one_table_are_read_by_the_names_above_each() {
    let cells = |cells: &[String], span: usize| -> String {
        let cells = cells.iter().map(|cell| format!("<td colspan={span}>{cell}"));
        cells.collect()
    };
    let names = OUTCOMES.map(String::from);
    let values = |from: u32, count: u32| -> Vec<String> { (0..count).map(|at| (from + at * 2).to_string()).collect() };
    let report = |groups: &str| {
        page(&format!(
            "<table><tr><td colspan=10>行政复议<tr>{}<tr>{}<tr><td colspan=10>行政诉讼<tr>{groups}<tr>{}{}<tr>{}</table>",
            cells(&names, 2),
            cells(&values(10, 5), 2),
            cells(&names, 1),
            cells(&names, 1),
            cells(&values(30, 10), 1)
        ))
    };
    let whole = report("<td colspan=5>未经复议直接起诉<td colspan=5>复议后起诉");
    assert_eq!(figures(&whole), "10 12 14 16 18 | 30 32 34 36 38 | 40 42 44 46 48");
    let nameless = report("<td colspan=5>甲<td colspan=5>乙");
    assert_eq!(figures(&nameless), "10 12 14 16 18 | · · · · · | · · · · ·");
    assert_eq!(codes(&nameless), ["form.row_unclear"]);
}
