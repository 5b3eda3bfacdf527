//! Tables as programs for data, mail and crawling write them into texts.

#![allow(missing_docs, clippy::expect_used)]

#[allow(dead_code)]
mod table_support;

use nianbao::report::Report;
use table_support::{codes, extract, row};

const TITLE: &str = "青禾县水务局2020年政府信息公开工作年度报告\n\n二、主动公开政府信息情况\n\n";

/// Table 2 of the form of 2019, its cells parted by bars.
const ROWS: [&str; 9] = [
    "第二十条第（一）项|第二十条第（一）项|第二十条第（一）项|第二十条第（一）项",
    "信息内容|本年新制作数量|本年新公开数量|对外公开总数量",
    "规章|3|5|9",
    "规范性文件|2|1|4",
    "第二十条第（五）项|第二十条第（五）项|第二十条第（五）项|第二十条第（五）项",
    "信息内容|上一年项目数量|本年增/减|处理决定数量",
    "行政许可|1|2|55",
    "信息内容|上一年项目数量|本年增/减|本年增/减",
    "行政事业性收费||3|3",
];

fn read(report: &Report, key: &str) -> String {
    row(report.tables.proactive_disclosure.as_ref().expect("table 2"), key)
}

#[test]
fn the_counts_that_a_data_frame_adds_are_no_figures() {
    let rows = ROWS.iter().enumerate();
    let lines: String = rows
        .map(|(at, row)| format!("| {at} | {} |\n", row.replace('|', " | ")))
        .collect();
    let report = extract(&format!("{TITLE}|  | 0 | 1 | 2 | 3 |\n|---|---|---|---|---|\n{lines}"));
    assert_eq!(read(&report, "regulations"), "3 5 9");
    assert_eq!(read(&report, "administrative_licenses"), "1 2 55");
    assert_eq!(read(&report, "administrative_fees"), "· 3");
}

#[test]
fn commas_and_lists_part_cells() {
    let sheet: String = ROWS.iter().map(|row| format!("{}\n", row.replace('|', ","))).collect();
    let list: String = ROWS
        .iter()
        .map(|row| format!("{:?}\n", row.split('|').collect::<Vec<&str>>()))
        .collect();
    for table in [sheet, list] {
        let report = extract(&format!("{TITLE}{table}"));
        assert_eq!(read(&report, "regulations"), "3 5 9", "{table}");
        assert_eq!(read(&report, "administrative_fees"), "· 3", "{table}");
    }
}

#[test]
fn a_change_below_the_count_of_last_year_has_moved() {
    let report = extract(&format!(
        "{TITLE}| 信息内容 | 上一年项目数量 | 本年增/减 | 处理决定数量 |\n|---|---|---|---|\n| 行政许可 | 1 | 2 | 55 |\n\
         | 其他对外管理服务事项 | +26 | 4 | |\n| 行政处罚 | 6 | +3 | 7 |\n| 行政强制 | 1 | -1 | 0 |\n"
    ));
    assert_eq!(read(&report, "other_external_services"), "· · ·");
    assert_eq!(read(&report, "administrative_penalties"), "6 3 7");
    assert!(codes(&report).contains(&"form.row_unclear"));
}

#[test]
fn pipes_that_only_fill_a_row_up_are_no_blank_cell() {
    let report = extract(&format!(
        "{TITLE}第二十条第（五）项 | |||\n信息内容 | 上一年项目数量 | 本年增/减 | 处理决定数量 | \n行政许可 | 1 | 23 | 55 | \n\
         其他对外管理服务事项 | 26 | 4 | |\n第二十条第（六）项 | |||\n信息内容 | 上一年项目数量 | 本年增/减 | 处理决定数量 | \n\
         行政处罚 | 66 | -37 | 770 | \n行政强制 | 6 | 0 | 75 | \n"
    ));
    assert_eq!(read(&report, "other_external_services"), "· · ·");
    assert_eq!(read(&report, "administrative_compulsory_measures"), "6 0 75");
}

#[test]
fn a_page_on_one_line_is_read_whatever_joins_its_pieces() {
    let page = "青禾县水务局2022年政府信息公开工作年度报告|一、总体情况|2022年公开信息3条。|二、主动公开政府信息情况|信息内容|本年制发件数|\
                本年废止件数|现行有效件数|规章|0|4|0|行政规范性文件|53|8|0|信息内容|本年处理决定数量|行政许可|825|行政处罚|7|行政强制|79";
    for joint in ["|", "\t", ";"] {
        let report = extract(&page.replace('|', joint));
        assert_eq!(read(&report, "normative_documents"), "53 8 0", "{joint}");
        assert_eq!(report.report.year, Some(2022), "{joint}");
    }
}

#[test]
fn words_for_nothing_below_each_other_are_cells_of_their_own() {
    let report = extract(&format!(
        "{TITLE}信息内容\n本年新制作数量\n本年新公开数量\n对外公开总数量\n规章\n无\n9\n6\n规范性文件\n无\n无\n41\n"
    ));
    assert_eq!(read(&report, "regulations"), "· 9 6");
    assert_eq!(read(&report, "normative_documents"), "· · 41");
}

#[test]
fn copies_of_table_2_in_two_forms_contradict_each_other_in_either_order() {
    let older = "| 信息内容 | 上一年项目数量 | 本年增/减 | 处理决定数量 |\n|---|---|---|---|\n| 行政许可 | 1 | 2 | 55 |\n\
                 | 行政处罚 | 6 | 3 | 7 |\n| 行政强制 | 1 | 1 | 8 |\n";
    let newer = "| 信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |\n|---|---|---|---|\n| 规章 | 1 | 2 | 3 |\n\
                 | 信息内容 | 本年处理决定数量 | | |\n| 行政许可 | 77 | | |\n| 行政处罚 | 78 | | |\n| 行政强制 | 79 | | |\n";
    for (one, other) in [(older, newer), (newer, older)] {
        let report = extract(&format!("{TITLE}{one}\n\n{other}"));
        let table = report.tables.proactive_disclosure.as_ref().expect("table 2");
        let decisions = table.values.get("administrative_penalties.decisions");
        assert_eq!(decisions, None, "{one}");
        assert!(codes(&report).contains(&"form.copies_conflict"), "{one}");
    }
}

/// Table 4 with its header broken before the last group.
#[test]
fn groups_on_broken_lines_are_told_by_no_order() {
    let outcomes = "结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计";
    let text = |line: &str| {
        format!(
            "青禾县水务局2022年政府信息公开工作年度报告\n\n四、政府信息公开行政复议、行政诉讼情况\n\n\
             | 行政复议 |  |  |  |  | 行政诉讼 |  |  |  |  |  |  |  |  |  |\n{line}\
             |  |  |  |  |  | {outcomes} | 结果维持\n | 结果纠正 | 其他结果 | 尚未审结 | 总计 |\n| 0 | 3 | 0 | 2 | 5 | 0 | 0 | 0 | 0 | 0 | 1 | 0 | 2 | 2 | 5 |\n"
        )
    };
    let read = |text: &str, key: &str| {
        let report = extract(text);
        row(report.tables.review_litigation.as_ref().expect("table 4"), key)
    };
    let folded = text(&format!(
        "| {outcomes} | 未经复议直接起诉 |  |  \n|  |  | 复议后起诉 |  |  |  |  |\n"
    ));
    assert_eq!(read(&folded, "litigation_direct"), "0 0 0 0 0");
    assert_eq!(read(&folded, "litigation_after_review"), "1 0 2 2 5");
    let torn = text(&format!("| {outcomes} | 未经复议直接起诉 |\n| 复议后起诉 |  |  |  |\n"));
    assert_ne!(read(&torn, "litigation_direct"), "1 0 2 2 5");
}

#[test]
fn rows_whose_cells_other_marks_part_are_said_to_be_there() {
    for mark in ["：", "、", "；"] {
        let report = extract(&format!("{TITLE}{}\n", ROWS.join("\n").replace('|', mark)));
        assert_eq!(report.tables.proactive_disclosure, None, "{mark}");
        assert_eq!(codes(&report), ["form.figures_missing"], "{mark}");
    }
}
