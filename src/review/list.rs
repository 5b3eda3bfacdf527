//! The list of a dataset's reports: search, filters, order, pages of rows.
//!
//! Invariant: what is chosen stands in the address, so a list can be kept and sent on; the page is made of one page of rows, whatever
//! the number of reports.

use maud::{Markup, html};

use super::dataset::{Dataset, Listed, ROWS, Row, Wanted};
use super::labels::{both, chinese};

/// What is typed, beside what all is searched for: field, Chinese, English.
const TYPED: [(&str, &str, &str); 2] = [
    ("agency", "机关", "Agency"),
    ("region", "地区（名称或代码）", "Region (name or code)"),
];

/// What a choice is called: field, Chinese, English.
const NAMES: [(&str, &str, &str); 7] = [
    ("check", "未通过的校验", "Failing check"),
    ("province", "省份", "Province"),
    ("year", "年度", "Year"),
    ("level", "层级", "Level"),
    ("form", "表式", "Form"),
    ("format", "格式", "Format"),
    ("fate", "去向", "Fate"),
];

/// The columns: name to sort by, Chinese, English.
const COLUMNS: [(&str, &str, &str); 5] = [
    ("agency", "机关", "Agency"),
    ("year", "年度", "Year"),
    ("region", "地区", "Region"),
    ("failed", "未通过", "Failed"),
    ("name", "文件", "File"),
];

/// The body of the page.
pub(super) fn draw(dataset: &Dataset, wanted: &Wanted, found: &Listed) -> Markup {
    let page = wanted.page.max(1);
    let pages = found.total.div_ceil(ROWS).max(1);
    html! {
        header.top {
            h1 { (both("年报", "Reports")) }
            span.count { (found.total) " " (both("个输入", "inputs found")) }
            nav { a href="/overview" { (both("数据集概览", "Overview")) } }
        }
        main {
            (made_by_another(dataset))
            (form(dataset, wanted))
            div.scroll { table.list {
                thead { tr {
                    @for (field, chinese, english) in COLUMNS {
                        th scope="col" aria-sort=[(wanted.sort == field).then_some("other")] { a href=(address(wanted, field, 1)) { (both(chinese, english)) } }
                    }
                    th scope="col" { (both("表式", "Form")) }
                    th scope="col" { (both("格式", "Format")) }
                } }
                tbody { @for row in &found.rows { (line(row)) } }
            } }
            nav.pages aria-label="分页 Pages" {
                @if page > 1 { a rel="prev" href=(address(wanted, &wanted.sort, page - 1)) { "← " (both("上一页", "Previous")) } }
                span { " " (page) " / " (pages) " " }
                @if page < pages { a rel="next" href=(address(wanted, &wanted.sort, page + 1)) { (both("下一页", "Next")) " →" } }
            }
            p.note { (both("键盘：/ 搜索，j 与 k 移动，Enter 打开。", "Keys: / searches, j and k move, Enter opens.")) }
        }
    }
}

/// What is to be known where another version wrote the dataset: the sources are read by this one.
pub(super) fn made_by_another(dataset: &Dataset) -> Markup {
    html! {
        @if let Some(other) = dataset.made_by_another() {
            p.warning role="note" {
                "⚠ " (both(
                    "本数据集由另一版本写成，而此页用当前版本重新读取源文件，两者的数字可能不同；再次运行同一 batch 命令即可一致：",
                    "Another version wrote this dataset, and this page reads the sources anew: figures may differ. The same batch command makes them one: ",
                )) (other)
            }
        }
    }
}

fn line(row: &Row) -> Markup {
    let name = row.agency.as_deref().unwrap_or("—");
    let report = row.report_id.as_deref().filter(|_| row.fate == "annual_report");
    html! {
        tr {
            td {
                @match report {
                    Some(id) => a.report href=(format!("/r/{id}")) { (name) },
                    None => { em { (both(chinese(&row.fate), &row.fate)) } @if let Some(detail) = &row.detail { small { (detail) } } },
                }
            }
            td.year { @if let Some(year) = row.year { (year) } }
            td { (row.region.as_deref().unwrap_or("")) }
            td.year { @match row.failed { Some(0) => "✓", Some(count) => span.bad { "▲ " (count) }, None => "" } }
            td.name { (row.name) }
            td { (row.form.as_deref().unwrap_or("")) }
            td.name { (row.format.as_deref().unwrap_or("")) }
        }
    }
}

fn form(dataset: &Dataset, wanted: &Wanted) -> Markup {
    html! {
        form.filters method="get" action="/" role="search" {
            label { (both("搜索", "Search")) " " input type="search" name="q" value=(wanted.q); }
            @for (field, name, english) in TYPED {
                label { (both(name, english)) " " input name=(field) value=(chosen(wanted, field)); }
            }
            @for (field, choices) in &dataset.choices {
                @let (_, name, english) = NAMES.iter().find(|(key, _, _)| key == field).copied().unwrap_or(("", "", ""));
                label {
                    (both(name, english)) " "
                    select name=(field) {
                        option value="" { "—" }
                        @for (value, count) in choices {
                            option value=(value) selected[chosen(wanted, field) == value] {
                                @let named = chinese(value);
                                (named) " " @if named != value { (value) " " } "(" (count) ")"
                            }
                        }
                    }
                }
            }
            input type="hidden" name="sort" value=(wanted.sort);
            button { (both("筛选", "Filter")) }
            " " a href="/" { (both("清除", "Clear")) }
        }
    }
}

fn chosen<'a>(wanted: &'a Wanted, field: &str) -> &'a str {
    match field {
        "agency" => &wanted.agency,
        "region" => &wanted.region,
        "check" => &wanted.check,
        "province" => &wanted.province,
        "year" => &wanted.year,
        "level" => &wanted.level,
        "form" => &wanted.form,
        "format" => &wanted.format,
        "fate" => &wanted.fate,
        _ => "",
    }
}

/// The same list in another order or on another page.
fn address(wanted: &Wanted, sort: &str, page: usize) -> String {
    let mut parts = Vec::new();
    if !wanted.q.is_empty() {
        parts.push(format!("q={}", encoded(&wanted.q)));
    }
    for (field, _, _) in TYPED.iter().chain(&NAMES) {
        let value = chosen(wanted, field);
        if !value.is_empty() {
            parts.push(format!("{field}={}", encoded(value)));
        }
    }
    parts.push(format!("sort={sort}&page={page}"));
    format!("/?{}", parts.join("&"))
}

/// Text as part of a query.
pub(super) fn encoded(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte);
    text.bytes()
        .map(|byte| {
            if plain(byte) {
                char::from(byte).to_string()
            } else {
                format!("%{byte:02X}")
            }
        })
        .collect()
}
