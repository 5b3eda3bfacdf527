//! Whether a report has the parts that its form prescribes, and speaks of its own year.
//!
//! Invariant: what the report never had fails here; what could not be read is unknown elsewhere.

use super::CheckCode;
use super::figure::{Sheet, is_in_row, plain, sheets, short};
use crate::forms::{self, Content, Form, Prescribed, TABLES};
use crate::report::{Check, Report, Section, State, Status, pointer};
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
        english: "A report has the tables that the form of its year prescribes: three from 2019 on. A table may also be missing because it is a picture or an attachment: see the diagnostics. For years whose form obliges nobody to print a table there is no such check.",
        chinese: "报告应有当年格式规定的表格：2019年起三张。表格也可能是图片或附件，见诊断信息。当年格式未要求必须刊登表格的，不作此项检查。",
    },
    CheckCode {
        code: SECTION,
        english: "A report from 2019 on has the six main sections that the form prescribes.",
        chinese: "2019年起的报告应有格式规定的六个部分。",
    },
    CheckCode {
        code: ROWS,
        english: "A table has all rows of its form; unknown where the form cannot be decided.",
        chinese: "表格应包含格式规定的全部行；无法判断所用格式时为 unknown。",
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
        english: "The period that the figures cover lies in the year of the report; that of a school year ends in the next.",
        chinese: "数据统计期限应在报告年度之内；学年报告的期限止于次年。",
    },
];

/// Holds the structure of a report against its form.
pub(super) fn check(report: &Report, checks: &mut Vec<Check>) {
    let forms = prescribing(report);
    tables(report, &forms, checks);
    let prescribed = forms
        .iter()
        .map(|form| &*form.sections)
        .find(|sections| !sections.is_empty());
    let prescribed = prescribed.unwrap_or_default();
    sections(report, prescribed, checks);
    for sheet in sheets(report) {
        checks.push(rows(&sheet));
    }
    content(report, prescribed, checks);
    years(report, checks);
}

/// The forms that say what a report must have, newest first: those of its year, or else that of its first table; none where neither
/// is known.
fn prescribing(report: &Report) -> Vec<&'static Form> {
    match report.report.year {
        Some(year) => forms::holding_in(year).collect(),
        None => {
            let mut tables = report.tables.present();
            let form = tables.find_map(|(key, table)| {
                let keys = table.values.0.keys().map(String::as_str);
                forms::form_of(key, table.form.as_deref(), keys)
            });
            form.into_iter().map(|(form, _)| form).collect()
        }
    }
}

fn tables(report: &Report, forms: &[&Form], checks: &mut Vec<Check>) {
    for key in TABLES {
        let mut specs = forms.iter().filter_map(|form| form.table(key));
        let Some(spec) = specs.find(|spec| !spec.optional) else {
            continue;
        };
        let (status, word) = presence(report.tables.get(key).is_some());
        let message = format!("table {} {word}", spec.label);
        checks.push(plain(TABLE, status, message, vec![pointer::table(key)]));
    }
}

fn presence(is_there: bool) -> (Status, &'static str) {
    if is_there {
        (Status::Pass, "is there")
    } else {
        (Status::Fail, "is missing")
    }
}

fn sections(report: &Report, prescribed: &[Prescribed], checks: &mut Vec<Check>) {
    for section in prescribed {
        let found = place_of(report, &section.key);
        let (status, word) = presence(found.is_some());
        let known = forms::sections().iter().find(|known| known.key == section.key);
        let heading = known.map_or(&section.key, |known| &known.heading);
        let cells = found.map(pointer::section).into_iter().collect();
        checks.push(plain(SECTION, status, format!("section {heading} {word}"), cells));
    }
}

/// The place of a main section.
fn place_of(report: &Report, key: &str) -> Option<usize> {
    let mut sections = report.sections.iter();
    sections.position(|section| section.key.as_deref() == Some(key))
}

fn rows(sheet: &Sheet) -> Check {
    if sheet.table.form.is_none() {
        let message = format!("{}: which form it follows cannot be decided", sheet.spec.label);
        let cells = vec![format!("{}/form", pointer::table(sheet.key))];
        return plain(ROWS, Status::Unknown, message, cells);
    }
    let absent = |row: &str| {
        let keys = sheet.table.values.0.iter().filter(|(key, _)| is_in_row(key, row));
        let mut states = keys.map(|(key, value)| {
            let evidence = sheet.report.evidence.get(&pointer::figure(sheet.key, key));
            value.is_none() && evidence.is_none_or(|evidence| evidence.state == State::Absent)
        });
        states.all(|absent| absent)
    };
    let missing: Vec<_> = sheet
        .spec
        .rows()
        .filter(|row| !row.optional && absent(&row.key) && !sheet.is_replaced(row))
        .collect();
    let name = &sheet.spec.label;
    if missing.is_empty() {
        return plain(ROWS, Status::Pass, format!("{name}: all rows are there"), Vec::new());
    }
    let labels: Vec<_> = missing.iter().map(|row| short(&row.label)).collect();
    let cells = missing.iter().map(|row| pointer::figure(sheet.key, &row.key)).collect();
    plain(
        ROWS,
        Status::Fail,
        format!("{name}: missing: {}", labels.join(", ")),
        cells,
    )
}

fn content(report: &Report, prescribed: &[Prescribed], checks: &mut Vec<Check>) {
    for (index, section) in report.sections.iter().enumerate() {
        let key = section.key.as_deref();
        let wanted = prescribed.iter().find(|wanted| key == Some(&wanted.key));
        let wanted = wanted.map_or(Content::Open, |wanted| wanted.content);
        if wanted == Content::Open {
            continue;
        }
        let (status, word) = match () {
            () if wanted == Content::Words && says_none(section) => (Status::Fail, "says only 无"),
            () if section.text.is_empty() && section.children.is_empty() => (Status::Fail, "is empty"),
            () => (Status::Pass, "has content"),
        };
        let message = format!("section {} {word}", section.heading);
        let cells = vec![format!("{}/text", pointer::section(index))];
        checks.push(plain(CONTENT, status, message, cells));
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
        let title = report.report.title.as_deref().unwrap_or_default();
        let last = if title.contains("学年") { year + 1 } else { year };
        let inside = period.start.starts_with(&year.to_string()) && period.end.starts_with(&last.to_string());
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
    let mut naming = forms::sections().iter().filter(|section| section.names_year);
    let Some(index) = naming.find_map(|section| place_of(report, &section.key)) else {
        return;
    };
    let mut named = Vec::new();
    years_named(&report.sections[index], &mut named);
    let Some(first) = named.first() else { return };
    let cells = vec![pointer::section(index), "/report/year".into()];
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
