//! Statistics tables of invented bodies as pages and text.
#![allow(dead_code, unused_imports)]

pub use nianbao_maker::legacy::{FORM_2014, FUJIAN, FUJIAN_2009, Row, SHANGHAI};

/// A report of a year with a table at its end, as a page.
pub fn html(year: i32, header: &[&str], rows: &[Row]) -> String {
    let line = |cells: Vec<&str>| format!("<tr><td>{}</td></tr>", cells.join("</td><td>"));
    let table: String = rows.iter().map(|row| line(cells(row))).collect();
    let prose: String = prose(year).iter().map(|text| format!("<p>{text}</p>")).collect();
    format!(
        "<html><body>{prose}<table>{}{table}</table></body></html>",
        line(header.to_vec())
    )
}

/// The same as text, cells parted by tabs.
pub fn tabs(year: i32, header: &[&str], rows: &[Row]) -> String {
    let lines = rows.iter().map(|row| cells(row).join("\t"));
    let lines: Vec<String> = std::iter::once(header.join("\t")).chain(lines).collect();
    format!("{}\n{}\n", prose(year).join("\n"), lines.join("\n"))
}

/// The same with the whole table in one line; `mark` stands between its texts.
pub fn one_line(year: i32, header: &[&str], rows: &[Row], mark: &str) -> String {
    let texts = rows.iter().flat_map(cells).filter(|text| !text.is_empty());
    let texts: Vec<&str> = header.iter().copied().chain(texts).collect();
    format!("{}\n{}\n", prose(year).join("\n"), texts.join(mark))
}

fn cells<'a>(row: &Row<'a>) -> Vec<&'a str> {
    [row.1, row.2].into_iter().chain(row.3.iter().copied()).collect()
}

fn prose(year: i32) -> [String; 5] {
    [
        format!("青禾县人民政府{year}年政府信息公开工作年度报告"),
        format!("本报告所列数据的统计期限自{year}年1月1日起至{year}年12月31日止。"),
        "一、概述".to_owned(),
        "全县政府信息公开工作有序推进。".to_owned(),
        "附表：政府信息公开情况统计表".to_owned(),
    ]
}
