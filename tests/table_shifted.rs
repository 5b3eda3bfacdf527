//! Rows whose figures stand beside the columns that they belong to.

#![allow(missing_docs, clippy::expect_used)]

#[allow(dead_code)]
mod table_support;

use table_support::{APPLICANTS, codes, extract, row};

/// Table 3 in Markdown, with the cells of its first three rows.
fn applications(rows: [&str; 3]) -> nianbao::report::Report {
    let labels = [
        "一、本年新收政府信息公开申请数量",
        "二、上年结转政府信息公开申请数量",
        "（一）予以公开",
    ];
    let lines: String = labels
        .iter()
        .zip(rows)
        .map(|(label, row)| format!("| {label} | {row} |\n"))
        .collect();
    let others =
        "| （七）总计 | 1 | 1 | 2 | 3 | 4 | 5 | 16 |\n| 四、结转下年度继续办理 | 1 | 0 | 1 | 0 | 1 | 0 | 3 |\n";
    extract(&format!(
        "青禾县水务局2023年政府信息公开工作年度报告\n\n三、收到和处理政府信息公开申请情况\n\n| 申请人情况 | {} |\n|{}\n{lines}{others}",
        APPLICANTS.join(" | "),
        "---|".repeat(8)
    ))
}

#[test]
fn a_row_whose_total_is_blank_behind_its_own_sum_has_moved() {
    let report = applications([
        "6 | 3 | 0 | 1 | 2 | 12 | ",
        "1 | 0 | 2 | 0 | 0 | 0 | 3",
        "5 | | | | 5 | | ",
    ]);
    let table = report.tables.applications.as_ref().expect("table 3");
    assert_eq!(row(table, "new"), "· · · · · · ·");
    assert_eq!(row(table, "carried_over"), "1 0 2 0 0 0 3");
    assert_eq!(row(table, "granted"), "· · · · · · ·");
    let unclear = codes(&report)
        .iter()
        .filter(|code| **code == "form.row_unclear")
        .count();
    assert_eq!(unclear, 2);
}

#[test]
fn a_blank_total_alone_moves_nothing() {
    let report = applications(["6 | 3 | 0 | 1 | 2 | 4 | ", "0 | 0 | 0 | 0 | 0 | 0 | ", "| | | | | | 7"]);
    let table = report.tables.applications.as_ref().expect("table 3");
    assert_eq!(row(table, "new"), "6 3 0 1 2 4 ·");
    assert_eq!(row(table, "carried_over"), "0 0 0 0 0 0 ·");
    assert_eq!(row(table, "granted"), "· · · · · · 7");
}
