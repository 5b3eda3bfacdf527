//! Reads made-up reports for the tests of tables, and shows their figures.

use nianbao::read::Hints;
use nianbao::report::{Report, Table};

/// Reads a text.
pub fn extract(text: &str) -> Report {
    nianbao::extract(
        text.as_bytes(),
        &Hints {
            name: Some("report.md".into()),
            ..Hints::default()
        },
    )
    .expect("text is always read")
}

/// Figures of one row of a table as text, `·` for null, in the form's order.
pub fn row(table: &Table, key: &str) -> String {
    let prefix = format!("{key}.");
    let figures = table.values.0.iter().filter(|(k, _)| k.starts_with(&prefix));
    figures
        .map(|(_, figure)| figure.map_or("·".into(), |f| f.to_string()))
        .collect::<Vec<_>>()
        .join(" ")
}

/// The codes of what is said of tables.
pub fn codes(report: &Report) -> Vec<&str> {
    report
        .diagnostics
        .iter()
        .map(|d| d.code.as_str())
        .filter(|code| code.starts_with("form."))
        .collect()
}

/// The title of a text.
pub const TITLE: &str = "青禾县水务局2022年政府信息公开工作年度报告\n\n";

/// The names of the outcomes of reviews.
pub const OUTCOMES: &str = "结果维持\t结果纠正\t其他结果\t尚未审结\t总计";

/// Reads a saved page of 2023 with the given tables.
pub fn page(tables: &str) -> Report {
    let html = format!("<html><body><h1>青禾县水务局2023年政府信息公开工作年度报告</h1>{tables}</body></html>");
    nianbao::extract(html.as_bytes(), &Hints::default()).expect("a page is always read")
}

/// A report of 2023 with the given text where its applications are.
pub fn report_of_2023(body: &str) -> Report {
    let page = format!(
        "<h1>青禾县司法局2023年政府信息公开工作年度报告</h1><p>一、总体情况</p><p>全年公开政府信息3条。</p>\
         <p>三、收到和处理政府信息公开申请情况</p>{body}"
    );
    nianbao::extract(page.as_bytes(), &Hints::default()).expect("a page is always read")
}

/// The names of the columns of table 3.
pub const APPLICANTS: [&str; 7] = [
    "自然人",
    "商业企业",
    "科研机构",
    "社会公益组织",
    "法律服务机构",
    "其他",
    "总计",
];

/// The header of table 3 as text with tabs.
pub const HEADER: &str = "项目\t自然人\t商业企业\t科研机构\t社会公益组织\t法律服务机构\t其他\t总计\n";

/// A report with the given rows in table 3, and that table.
pub fn applications(rows: &str) -> (Report, Table) {
    let report = extract(&format!("{TITLE}三、收到和处理政府信息公开申请情况\n\n{HEADER}{rows}"));
    let table = report.tables.applications.clone().expect("the table is there");
    (report, table)
}
