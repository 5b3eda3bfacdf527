//! Whether a report has the parts that its form prescribes, and speaks of its own year.
//!
//! Invariant: what the report never had fails here; what could not be read is unknown elsewhere.

use super::CheckCode;
use super::figure::{Sheet, is_in_row, plain, pointer, sheets, short};
use crate::forms;
use crate::report::{Check, Report, Section, State, Status};
use crate::text::normalize::fold;

const TABLE: &str = "structure.table_present";
const SECTION: &str = "structure.section_present";
const ROWS: &str = "structure.rows_present";
const CONTENT: &str = "structure.section_has_content";
const YEAR: &str = "structure.year_in_text";
const PERIOD: &str = "structure.period_in_year";

/// The codes of this group.
pub(super) const CODES: &[CheckCode] = &[
    CheckCode {
        code: TABLE,
        english: "A report has the tables that the form of its year prescribes: three from 2019 on, one for 2014 to 2018. A table may also be missing because it is a picture or an attachment: see the diagnostics.",
        chinese: "报告应有当年格式规定的表格：2019年起三张，2014至2018年一张。表格也可能是图片或附件，见诊断信息。",
    },
    CheckCode {
        code: SECTION,
        english: "A report from 2019 on has the six main sections that the form prescribes.",
        chinese: "2019年起的报告应有格式规定的六个部分。",
    },
    CheckCode {
        code: ROWS,
        english: "A table has all rows of its form.",
        chinese: "表格应包含格式规定的全部行。",
    },
    CheckCode {
        code: CONTENT,
        english: "A section that the form wants in words says more than 无. In 其他需要报告的事项 the fees for information must be reported since 2021.",
        chinese: "应以文字说明的部分不应只写“无”；2021年起“其他需要报告的事项”应报告信息处理费收取情况。",
    },
    CheckCode {
        code: YEAR,
        english: "The overview speaks of the year of the report. Where it only names other years, text of an earlier report may have been copied.",
        chinese: "“总体情况”应提及报告年度；只提及其他年份时，可能沿用了往年文字。",
    },
    CheckCode {
        code: PERIOD,
        english: "The period that the figures cover lies in the year of the report.",
        chinese: "数据统计期限应在报告年度之内。",
    },
];

/// Sections that consist of words.
const IN_WORDS: &[&str] = &["overview", "problems", "other_matters"];

/// Holds the structure of a report against its form.
pub(super) fn check(report: &Report, checks: &mut Vec<Check>) {
    let modern = is_modern(report);
    tables(report, modern, checks);
    if modern == Some(true) {
        sections(report, checks);
    }
    for sheet in sheets(report) {
        checks.push(rows(&sheet));
    }
    content(report, checks);
    years(report, checks);
}

/// Whether the six-section form of 2019 holds, by the year or else by the tables; nothing where neither tells.
fn is_modern(report: &Report) -> Option<bool> {
    match report.report.year {
        Some(year) if year >= 2019 => Some(true),
        Some(_) => Some(false),
        None => report.tables.present().next().map(|(key, _)| key != "statistics"),
    }
}

fn tables(report: &Report, modern: Option<bool>, checks: &mut Vec<Check>) {
    let tables = &report.tables;
    let expected: &[(&str, bool)] = match (modern, report.report.year) {
        (Some(true), _) => &[
            ("proactive_disclosure", tables.proactive_disclosure.is_some()),
            ("applications", tables.applications.is_some()),
            ("review_litigation", tables.review_litigation.is_some()),
        ],
        (Some(false), Some(2014..)) => &[("statistics", tables.statistics.is_some())],
        _ => return,
    };
    for (key, present) in expected {
        let label = forms::forms()
            .iter()
            .rev()
            .find_map(|form| form.table(key))
            .map_or(*key, |table| table.label.as_str());
        let (status, word) = if *present {
            (Status::Pass, "is there")
        } else {
            (Status::Fail, "is missing")
        };
        checks.push(plain(
            TABLE,
            status,
            format!("table {label} {word}"),
            vec![format!("/tables/{key}")],
        ));
    }
}

fn sections(report: &Report, checks: &mut Vec<Check>) {
    let six = forms::sections().iter().take(6);
    for section in six {
        let found = report
            .sections
            .iter()
            .position(|found| found.key.as_deref() == Some(&section.key));
        let (status, word) = if found.is_some() {
            (Status::Pass, "is there")
        } else {
            (Status::Fail, "is missing")
        };
        let cells = found
            .map(|index| vec![format!("/sections/{index}")])
            .unwrap_or_default();
        checks.push(plain(
            SECTION,
            status,
            format!("section {} {word}", section.heading),
            cells,
        ));
    }
}

fn rows(sheet: &Sheet) -> Check {
    let stands_in = |row: &str| {
        let group = row.rsplit_once('.').map(|(group, _)| format!("{group}.overall"));
        group.is_some_and(|overall| overall != row && sheet.has_row(&overall))
    };
    let absent = |row: &str| {
        let keys = sheet.table.values.0.iter().filter(|(key, _)| is_in_row(key, row));
        let mut states = keys.map(|(key, value)| {
            let evidence = sheet.report.evidence.get(&pointer(sheet.key, key));
            value.is_none() && evidence.is_none_or(|evidence| evidence.state == State::Absent)
        });
        states.all(|absent| absent)
    };
    let missing: Vec<_> = sheet
        .rows()
        .filter(|row| !row.optional && absent(&row.key) && !stands_in(&row.key))
        .collect();
    let name = &sheet.spec.label;
    if missing.is_empty() {
        return plain(ROWS, Status::Pass, format!("{name}: all rows are there"), Vec::new());
    }
    let labels: Vec<_> = missing.iter().map(|row| short(&row.label)).collect();
    let cells = missing.iter().map(|row| pointer(sheet.key, &row.key)).collect();
    plain(
        ROWS,
        Status::Fail,
        format!("{name}: missing: {}", labels.join(", ")),
        cells,
    )
}

fn content(report: &Report, checks: &mut Vec<Check>) {
    let fees_reported = report.report.year.is_none_or(|year| year >= 2021);
    for (index, section) in report.sections.iter().enumerate() {
        let Some(key) = section.key.as_deref().filter(|key| IN_WORDS.contains(key)) else {
            continue;
        };
        let (status, word) = match () {
            () if says_none(section) && (fees_reported || key != "other_matters") => (Status::Fail, "says only 无"),
            () if section.text.is_empty() && section.children.is_empty() => (Status::Fail, "is empty"),
            () => (Status::Pass, "has content"),
        };
        let message = format!("section {} {word}", section.heading);
        checks.push(plain(CONTENT, status, message, vec![format!("/sections/{index}/text")]));
    }
}

/// Whether a section says 无 and nothing else but a signature.
fn says_none(section: &Section) -> bool {
    let mut lines = section.text.lines();
    let first: String = fold(lines.next().unwrap_or(""))
        .chars()
        .filter(|c| c.is_alphanumeric())
        .collect();
    let signature = |line: &str| line.chars().count() <= 30 && !line.contains(['。', '，']);
    section.children.is_empty() && ["无", "暂无", "没有"].contains(&first.as_str()) && lines.all(signature)
}

fn years(report: &Report, checks: &mut Vec<Check>) {
    let Some(year) = report.report.year else { return };
    if let Some(period) = &report.report.period {
        let own = year.to_string();
        let inside = period.start.starts_with(&own) && period.end.starts_with(&own);
        let message = format!(
            "the figures cover {} to {}, the report is for {year}",
            period.start, period.end
        );
        let cells = vec!["/report/period".into(), "/report/year".into()];
        checks.push(plain(
            PERIOD,
            if inside { Status::Pass } else { Status::Fail },
            message,
            cells,
        ));
    }
    let overview = report
        .sections
        .iter()
        .position(|section| section.key.as_deref() == Some("overview"));
    let Some(index) = overview else { return };
    let mut named = Vec::new();
    years_named(&report.sections[index], &mut named);
    let Some(first) = named.first() else { return };
    let cells = vec![format!("/sections/{index}"), "/report/year".into()];
    checks.push(if named.contains(&year) {
        plain(YEAR, Status::Pass, format!("the overview names {year}"), cells)
    } else {
        plain(
            YEAR,
            Status::Fail,
            format!("the overview names {first} and never {year}"),
            cells,
        )
    });
}

/// Years that a section and those below it name, in order.
fn years_named(section: &Section, named: &mut Vec<i32>) {
    for text in [&section.heading, &section.text] {
        named.extend(crate::text::year::named(text));
    }
    for child in &section.children {
        years_named(child, named);
    }
}
