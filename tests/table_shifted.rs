//! Rows whose figures stand beside the columns that they belong to.

#![allow(missing_docs, clippy::expect_used)]

#[allow(dead_code)]
mod table_support;

use nianbao::report::Report;
use table_support::{APPLICANTS, codes, extract, row};

/// Table 3 in Markdown, with the cells of its first three rows and of its last two.
fn applications(rows: [&str; 5]) -> Report {
    let labels = [
        "一、本年新收政府信息公开申请数量",
        "二、上年结转政府信息公开申请数量",
        "（一）予以公开",
        "（七）总计",
        "四、结转下年度继续办理",
    ];
    let lines = labels
        .iter()
        .zip(rows)
        .map(|(label, row)| format!("| {label} | {row} |\n"));
    extract(&format!(
        "青禾县水务局2023年政府信息公开工作年度报告\n\n三、收到和处理政府信息公开申请情况\n\n| 申请人情况 | {} |\n|{}\n{}",
        APPLICANTS.join(" | "),
        "---|".repeat(8),
        lines.collect::<String>()
    ))
}

fn read(report: &Report, key: &str) -> String {
    row(report.tables.applications.as_ref().expect("table 3"), key)
}

#[test]
fn a_row_whose_total_is_blank_behind_its_own_sum_has_moved() {
    let report = applications([
        "6 | 3 | 0 | 1 | 2 | 12 | ",
        "1 | 0 | 2 | 0 | 0 | 0 | 3",
        "5 | | | | 5 | | ",
        "1 | 1 | 2 | 3 | 4 | 5 | 16",
        "1 | 0 | 1 | 0 | 1 | 0 | 3",
    ]);
    assert_eq!(read(&report, "new"), "· · · · · · ·");
    assert_eq!(read(&report, "carried_over"), "1 0 2 0 0 0 3");
    assert_eq!(read(&report, "granted"), "· · · · · · ·");
    let unclear = codes(&report)
        .iter()
        .filter(|code| **code == "form.row_unclear")
        .count();
    assert_eq!(unclear, 2);
}

#[test]
fn a_blank_total_alone_moves_nothing() {
    let report = applications([
        "6 | 3 | 0 | 1 | 2 | 4 | ",
        "0 | 0 | 0 | 0 | 0 | 0 | ",
        "| | | | | | 7",
        "1 | 1 | 2 | 3 | 4 | 5 | 16",
        "1 | 0 | 1 | 0 | 1 | 0 | 3",
    ]);
    assert_eq!(read(&report, "new"), "6 3 0 1 2 4 ·");
    assert_eq!(read(&report, "carried_over"), "0 0 0 0 0 0 ·");
    assert_eq!(read(&report, "granted"), "· · · · · · 7");
}

#[test]
fn where_no_row_has_a_total_a_sum_says_nothing() {
    let report = applications([
        "5 | 0 | 0 | 0 | 5 | 0 | ",
        "1 | 0 | 2 | 0 | 0 | 0 | ",
        "0 | 0 | 0 | 0 | 0 | 0 | ",
        "1 | 1 | 2 | 3 | 4 | 5 | ",
        "1 | 0 | 1 | 0 | 1 | 0 | ",
    ]);
    assert_eq!(read(&report, "new"), "5 0 0 0 5 0 ·");
}

#[test]
fn blank_cells_below_names_are_not_left_out_to_make_the_number_of_columns() {
    // Merged cells written into each of their slots, and a label that reaches below the first name.
    let report = extract(
        "青禾县水务局2023年政府信息公开工作年度报告\n\n二、主动公开政府信息情况\n\n\
         | 信息内容 | 信息内容 | 本年制发件数 | 本年制发件数 | 本年废止件数 | 本年废止件数 | 本年废止件数 | 现行有效件数 |\n|---|---|---|---|---|---|---|---|\n\
         | 规章 | 规章 | 规章 | | | 8 | 8 | 7 |\n| 行政规范性文件 | 行政规范性文件 | 1 | 1 | 29 | 29 | | |\n\
         | 信息内容 | 信息内容 | 本年处理决定数量 | 本年处理决定数量 | 本年处理决定数量 | 本年处理决定数量 | 本年处理决定数量 | 本年处理决定数量 |\n\
         | 行政许可 | 行政许可 | 12 | 12 | 12 | 12 | 12 | 12 |\n| 行政处罚 | 行政处罚 | 51 | 51 | 51 | 51 | 51 | 51 |\n\
         | 行政强制 | 行政强制 | 4 | 4 | 4 | 4 | 4 | 4 |\n",
    );
    let table = report.tables.proactive_disclosure.as_ref().expect("table 2");
    assert_eq!(row(table, "regulations"), "· · ·");
    assert_eq!(row(table, "normative_documents"), "· · ·");
    assert_eq!(row(table, "administrative_penalties"), "51");
}

#[test]
fn figures_of_proceedings_are_not_counted_off_where_other_cells_stand_between_their_names() {
    let report = extract(
        "青禾县水务局2023年政府信息公开工作年度报告\n\n四、政府信息公开行政复议、行政诉讼情况\n\n\
         | 行政复议 | | | | | 行政诉讼 | | | | | | | | | | | | | | |\n|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|\n\
         | 结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计 | 未经复议直接起诉 | | | | | | 复议后起诉 | | | | | | | | |\n\
         | | | | | | 结果维持 | 结果纠正 | | 其他结果 | 尚未审结 | 总计 | | 结果维持 | | 结果纠正 | | 其他结果 | 尚未审结 | | 总计 |\n\
         | | | | | | | | 6 | | | 6 | 1 | | | | 6 | | | 7 | |\n",
    );
    let table = report.tables.review_litigation.as_ref().expect("table 4");
    assert!(table.values.0.values().all(Option::is_none));
    assert!(codes(&report).contains(&"form.row_unclear"));
}
