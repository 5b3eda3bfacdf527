//! Names of rows, columns and groups that say that the figures are of another time, or of another thing, than those of the form.

#![allow(missing_docs, clippy::expect_used)]

#[allow(dead_code)]
mod table_support;

use nianbao::report::Report;
use table_support::{APPLICANTS, codes, page, row};

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
    for name in [
        "本年处理决定数量",
        "处理决定数",
        "数量",
        "本年办理数量",
        "本年作出行政处理决定数量",
    ] {
        assert_eq!(permits("行政许可", name), "774", "{name}");
    }
    for name in [
        "本年受理数量",
        "本年公示数量",
        "上年处理决定数量",
        "事项",
        "处理决定数量占比",
        "本年一般程序处理决定数量",
        "县直部门处理决定数量",
    ] {
        assert!(!permits("行政许可", name).contains("774"), "{name}");
    }
}

#[test]
fn a_label_that_names_another_year_is_no_row_of_the_form() {
    assert_eq!(permits("行政许可（2023年）", "处理决定数量"), "774");
    assert!(!permits("行政许可（2022年）", "处理决定数量").contains("774"));
}

#[test]
fn a_label_with_words_of_its_own_is_another_one() {
    for label in ["行政许可（件）", "行政许可数量", "行政许可（含延续）", "行政许可决定"] {
        assert_eq!(permits(label, "处理决定数量"), "774", "{label}");
    }
    for label in [
        "行政许可申请事宜",
        "行政许可变更",
        "行政许可网上办理",
        "行政许可（乡镇）",
    ] {
        assert!(!permits(label, "处理决定数量").contains("774"), "{label}");
    }
}

#[test]
fn rules_of_a_party_and_drafts_are_none_of_the_form() {
    let read = |label: &str| {
        let names = "<td>信息内容</td><td>本年制发件数</td><td>本年废止件数</td><td>现行有效件数</td>";
        let figures = "<td>23</td><td>3</td><td>113</td>";
        let report = page(&format!(
            "<table><tr>{names}</tr><tr><td>规章</td><td>9</td><td>4</td><td>30</td></tr><tr><td>{label}</td>{figures}</tr></table>"
        ));
        let table = report.tables.proactive_disclosure.as_ref();
        table.map(|table| row(table, "normative_documents")).unwrap_or_default()
    };
    assert_eq!(read("行政规范性文件"), "23 3 113");
    assert_eq!(read("规范性文件"), "23 3 113");
    for label in [
        "党委规范性文件",
        "部门规范性文件",
        "规范性文件备案",
        "行政规范性文件（草案）",
    ] {
        assert!(!read(label).contains("113"), "{label}");
    }
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
        let names: String = APPLICANTS.iter().map(|name| format!("<td>{name}</td>")).collect();
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
    let outcomes = |rows: usize| -> String {
        let names = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"];
        names
            .iter()
            .map(|name| format!("<td rowspan={rows}>{name}</td>"))
            .collect()
    };
    let (tall, low) = (outcomes(2), outcomes(1));
    let figures: String = (1..=15).map(|f| format!("<td>{}</td>", f * 3)).collect();
    page(&format!(
        "<table><tr><td colspan=5>{review}</td><td colspan=10>{litigation}</td></tr>\
         <tr>{tall}<td colspan=5>{direct}</td><td colspan=5>{after}</td></tr>\
         <tr>{low}{low}</tr><tr>{figures}</tr></table>"
    ))
}

#[test]
fn outcomes_below_names_of_other_things_are_told_by_no_order() {
    let read = |groups: [&str; 4]| {
        let table = proceedings(groups).tables.review_litigation;
        table.map(|table| row(&table, "review")).unwrap_or_default()
    };
    assert_eq!(
        read(["行政复议", "行政诉讼", "未经复议直接起诉", "复议后起诉"]),
        "3 6 9 12 15"
    );
    assert_eq!(
        read(["一审", "二审", "再审案件", "抗诉案件"]).replace([' ', '·'], ""),
        ""
    );
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

#[test]
fn a_unit_above_the_proceedings_that_is_no_count_leaves_no_figure() {
    let read = |caption: &str| {
        let outcomes = "<td>结果维持</td><td>结果纠正</td><td>其他结果</td><td>尚未审结</td><td>总计</td>";
        let report = page(&format!(
            "<p>{caption}</p><table><tr><td colspan=5>行政复议</td></tr><tr>{outcomes}</tr>\
             <tr><td>3</td><td>6</td><td>9</td><td>12</td><td>30</td></tr></table>"
        ));
        let table = report.tables.review_litigation.as_ref();
        table.map(|table| row(table, "review")).unwrap_or_default()
    };
    assert_eq!(read("单位：件"), "3 6 9 12 30");
    assert_eq!(read("单位：千件"), "· · · · ·");
    assert_eq!(read("单位：%"), "· · · · ·");
}

/// Rows of table 3 without its header, or with it.
fn applications(header: &str, rows: &[(&str, [u32; 7])]) -> Report {
    let cells = |figures: &[u32]| figures.iter().map(|f| format!("<td>{f}</td>")).collect::<String>();
    let rows = rows
        .iter()
        .map(|(label, figures)| format!("<tr><td>{label}</td>{}</tr>", cells(figures)));
    page(&format!("<table>{header}{}</table>", rows.collect::<String>()))
}

#[test]
fn figures_whose_first_is_the_sum_of_the_others_are_not_told_by_their_number() {
    let report = applications(
        "",
        &[
            ("一、本年新收政府信息公开申请数量", [26, 11, 1, 2, 3, 4, 5]),
            ("二、上年结转政府信息公开申请数量", [13, 6, 0, 0, 0, 0, 7]),
            ("（一）予以公开", [9, 8, 1, 0, 0, 0, 0]),
        ],
    );
    let table = report.tables.applications.as_ref();
    assert_eq!(
        table
            .map(|table| row(table, "new"))
            .unwrap_or_default()
            .replace([' ', '·'], ""),
        ""
    );
}

#[test]
fn a_sum_of_the_rows_above_it_is_neither_a_copy_nor_the_total_of_the_results() {
    let rows = [
        ("一、本年新收政府信息公开申请数量", [11, 1, 2, 3, 4, 5, 26]),
        ("二、上年结转政府信息公开申请数量", [6, 0, 0, 0, 0, 7, 13]),
        ("总计", [17, 1, 2, 3, 4, 12, 39]),
        ("（一）予以公开", [8, 1, 0, 0, 0, 0, 9]),
        ("（二）部分公开", [2, 0, 0, 0, 0, 1, 3]),
        ("（七）总计", [10, 1, 0, 0, 0, 1, 12]),
    ];
    for end in [6, 5] {
        let report = applications("", &rows[..end]);
        let table = report.tables.applications.expect("the table is there");
        assert_eq!(row(&table, "new"), "11 1 2 3 4 5 26", "{end}");
        let total = if end == 6 {
            "10 1 0 0 0 1 12"
        } else {
            "· · · · · · ·"
        };
        assert_eq!(row(&table, "results_total"), total, "{end}");
    }
}

/// Rows of table 3 as text, each with 18 columns at most.
const ROWS: [&str; 4] = [
    "一、本年新收政府信息公开申请数量",
    "二、上年结转政府信息公开申请数量",
    "（一）予以公开",
    "（二）部分公开",
];

/// What is read of the new applications in a grid.
fn new(report: &Report) -> String {
    let table = report.tables.applications.as_ref();
    table.map(|table| row(table, "new")).unwrap_or_default()
}

#[test]
fn of_two_columns_below_each_name_the_one_of_the_reports_year_is_read() {
    let read = |[one, other]: [&str; 2]| {
        let names: String = APPLICANTS.iter().map(|name| format!("<td colspan=2>{name}")).collect();
        let years = format!("<td>{one}<td>{other}").repeat(7);
        let rows = ROWS.iter().map(|label| {
            let figures = (1..=7).map(|figure| format!("<td>{figure}<td>{}", figure * 100));
            format!("<tr><td>{label}{}", figures.collect::<String>())
        });
        let rows: String = rows.collect();
        new(&page(&format!(
            "<table><tr><td rowspan=2>项目{names}<tr>{years}{rows}</table>"
        )))
    };
    for years in [
        ["本年", "上年"],
        ["2023年", "2022年"],
        ["本年度", "上年同期"],
        ["本年数", "上年数"],
    ] {
        assert_eq!(read(years), "1 2 3 4 5 6 7", "{years:?}");
        assert_eq!(read([years[1], years[0]]), "100 200 300 400 500 600 700", "{years:?}");
    }
    for years in [["件数", "占比"], ["网上", "书面"], ["2021年", "2022年"]] {
        assert_eq!(read(years).replace([' ', '·'], ""), "", "{years:?}");
    }
}

#[test]
fn of_the_columns_of_two_years_side_by_side_those_of_the_reports_year_are_read() {
    let read = |[one, other]: [&str; 2]| {
        let names = |year: &str| APPLICANTS.map(|name| format!("<td>{year}{name}")).concat();
        let rows = ROWS.iter().map(|label| {
            let figures = [1..=7, 11..=17].map(|figures| figures.map(|f| format!("<td>{f}")).collect::<String>());
            format!("<tr><td>{label}{}", figures.concat())
        });
        let rows: String = rows.collect();
        new(&page(&format!(
            "<table><tr><td>项目{}{}{rows}</table>",
            names(one),
            names(other)
        )))
    };
    assert_eq!(read(["2023年", "2022年"]), "1 2 3 4 5 6 7");
    assert_eq!(read(["上年", "本年"]), "11 12 13 14 15 16 17");
}

#[test]
fn of_two_rows_beside_each_label_the_one_of_the_reports_year_is_read() {
    let read = |times: [&str; 2]| {
        let names = APPLICANTS.map(|name| format!("<td>{name}")).concat();
        let rows = ROWS.iter().map(|label| {
            let figures = [1..=7, 11..=17].map(|figures| figures.map(|f| format!("<td>{f}")).collect::<String>());
            let [one, other] = figures;
            format!(
                "<tr><td rowspan=2>{label}<td>{}{one}<tr><td>{}{other}",
                times[0], times[1]
            )
        });
        let rows: String = rows.collect();
        new(&page(&format!("<table><tr><td>项目<td>年度{names}{rows}</table>")))
    };
    assert_eq!(read(["2023年", "2022年"]), "1 2 3 4 5 6 7");
    assert_eq!(read(["上年", "本年"]), "11 12 13 14 15 16 17");
    assert_eq!(read(["本级", "全县"]).replace([' ', '·'], ""), "");
}

#[test]
fn a_table_with_the_total_alone_has_no_other_figure() {
    let rows = ROWS
        .iter()
        .zip(31..)
        .map(|(label, figure)| format!("<tr><td>{label}<td>{figure}"));
    let rows: String = rows.collect();
    let report = page(&format!("<table><tr><td>项目<td>总计{rows}</table>"));
    assert_eq!(new(&report), "· · · · · · 31");
    assert_eq!(codes(&report), ["form.column_missing"]);
    let report = page(&format!("<table><tr><td>项目<td>数量{rows}</table>"));
    assert_eq!(new(&report).replace([' ', '·'], ""), "");
    assert_eq!(codes(&report), ["form.row_unclear"]);
}
