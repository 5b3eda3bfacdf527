//! Names of rows, columns and groups that say that the figures are of another time, or of another thing, than those of the form.

#![allow(missing_docs, clippy::expect_used)]

#[allow(dead_code)]
mod table_support;

use nianbao::report::Report;
use table_support::{codes, page, row};

/// What is read of the decisions on permits below a name of their column.
fn permits(label: &str, name: &str) -> String {
    let report = page(&format!(
        "<table><tr><td>信息内容</td><td>{name}</td></tr><tr><td>{label}</td><td>774</td></tr>\
         <tr><td>行政处罚</td><td>682</td></tr><tr><td>行政强制</td><td>573</td></tr></table>"
    ));
    let table = report.tables.proactive_disclosure.as_ref();
    table
        .map(|table| row(table, "administrative_licenses"))
        .unwrap_or_default()
}

#[test]
fn a_column_that_counts_another_thing_is_not_read_for_the_only_one_of_the_form() {
    for name in ["本年处理决定数量", "处理决定数", "数量", "本年办理数量"] {
        assert_eq!(permits("行政许可", name), "774", "{name}");
    }
    for name in ["本年受理数量", "本年公示数量", "上年处理决定数量"] {
        assert!(!permits("行政许可", name).contains("774"), "{name}");
    }
}

#[test]
fn a_label_that_names_another_year_is_no_row_of_the_form() {
    assert_eq!(permits("行政许可（2023年）", "处理决定数量"), "774");
    assert!(!permits("行政许可（2022年）", "处理决定数量").contains("774"));
}

#[test]
fn a_budgeted_amount_is_not_the_amount_that_was_charged() {
    let fees = |name: &str| {
        let report = page(&format!(
            "<table><tr><td>行政处罚</td><td>682</td></tr><tr><td>行政强制</td><td>573</td></tr>\
             <tr><td>信息内容</td><td>{name}</td></tr><tr><td>行政事业性收费</td><td>998.73</td></tr></table>"
        ));
        let table = report.tables.proactive_disclosure.as_ref();
        table.map(|table| row(table, "administrative_fees")).unwrap_or_default()
    };
    assert_eq!(fees("本年收费金额（单位：万元）"), "998.73");
    for name in ["本年预算收费金额（万元）", "应收费金额（万元）"] {
        assert!(!fees(name).contains("998"), "{name}");
    }
}

#[test]
fn rows_in_a_group_of_another_time_are_not_those_of_the_form() {
    let granted = |group: &str| {
        let names: String = [
            "自然人",
            "商业企业",
            "科研机构",
            "社会公益组织",
            "法律服务机构",
            "其他",
            "总计",
        ]
        .iter()
        .map(|name| format!("<td>{name}</td>"))
        .collect();
        let cells = |figures: [u32; 7]| figures.iter().map(|f| format!("<td>{f}</td>")).collect::<String>();
        let report = page(&format!(
            "<table><tr><td colspan=3>（本列数据的勾稽关系）</td>{names}</tr>\
             <tr><td colspan=3>一、本年新收政府信息公开申请数量</td>{}</tr>\
             <tr><td colspan=3>二、上年结转政府信息公开申请数量</td>{}</tr>\
             <tr><td rowspan=2>{group}</td><td colspan=2>（一）予以公开</td>{}</tr>\
             <tr><td colspan=2>（二）部分公开</td>{}</tr></table>",
            cells([11, 1, 2, 3, 4, 5, 26]),
            cells([6, 0, 0, 0, 0, 7, 13]),
            cells([8, 1, 0, 0, 0, 0, 9]),
            cells([2, 0, 0, 0, 0, 1, 3]),
        ));
        let table = report.tables.applications.expect("the first rows are there");
        assert_eq!(row(&table, "carried_over"), "6 0 0 0 0 7 13");
        row(&table, "granted")
    };
    assert_eq!(granted("三、本年度办理结果"), "8 1 0 0 0 0 9");
    assert_eq!(granted("三、上年度办理结果"), "· · · · · · ·");
}

/// Table 4 with the names of its groups.
fn proceedings(groups: [&str; 4]) -> Report {
    let [review, litigation, direct, after] = groups;
    let outcomes: String = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
        .iter()
        .map(|name| format!("<td>{name}</td>"))
        .collect();
    let figures: String = (1..=15).map(|f| format!("<td>{}</td>", f * 3)).collect();
    page(&format!(
        "<table><tr><td colspan=5>{review}</td><td colspan=10>{litigation}</td></tr>\
         <tr>{outcomes}<td colspan=5>{direct}</td><td colspan=5>{after}</td></tr>\
         <tr>{outcomes}{outcomes}</tr><tr>{figures}</tr></table>"
    ))
}

#[test]
fn reviews_of_another_year_are_said_to_be_so() {
    let own = proceedings(["行政复议", "行政诉讼", "未经复议直接起诉", "复议后起诉"]);
    assert_eq!(codes(&own), [""; 0]);
    for groups in [
        ["上年行政复议", "上年行政诉讼", "未经复议直接起诉", "复议后起诉"],
        ["行政复议", "行政诉讼", "未经复议直接起诉（上年）", "复议后起诉（上年）"],
    ] {
        assert_eq!(codes(&proceedings(groups)), ["form.other_year"], "{groups:?}");
    }
}
