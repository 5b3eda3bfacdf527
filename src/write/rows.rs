//! From a report to the rows of the tables.
//!
//! Invariant: every row has a value, or null, for each column of its table, in the order of [`super::tables`].

use std::collections::HashMap;
use std::sync::LazyLock;

use rust_decimal::Decimal;
use serde::Serialize;

use super::codebook;
use super::table::{Row, Value};
use super::tables::{CHECKS, DIAGNOSTICS, FIGURES, INPUTS, NARRATIVE, REPORTS, SECTIONS, WIDE, WIDE_HEAD, tables};
use crate::diagnostic::Diagnostic;
use crate::document::Origin;
use crate::report::{Report, Section, Status};

/// One line of the table of inputs.
#[derive(Clone, Debug)]
pub struct InputLine {
    /// Number, from 1.
    pub number: i64,
    /// Path and member.
    pub name: String,
    /// Address.
    pub url: Option<String>,
    /// When it was fetched.
    pub fetched: Option<String>,
    /// Size.
    pub bytes: Option<i64>,
    /// SHA-256.
    pub sha256: Option<String>,
    /// What became of it.
    pub fate: &'static str,
    /// Why, as a word.
    pub reason: Option<String>,
    /// Why, in words.
    pub detail: Option<String>,
    /// The report.
    pub report_id: Option<String>,
}

/// How a report stands to the others of the dataset.
#[derive(Clone, Debug, Default)]
pub struct Links {
    /// An earlier report of the same agency and year.
    pub same_report_as: Option<String>,
    /// Whether all figures that both have are the same.
    pub agrees: Option<bool>,
    /// Findings about the two.
    pub diagnostics: Vec<Diagnostic>,
}

/// Positions and units of the figures, by key.
struct Index {
    units: HashMap<(&'static str, &'static str), &'static str>,
    wide: HashMap<&'static str, usize>,
    wide_columns: usize,
}

static INDEX: LazyLock<Index> = LazyLock::new(|| {
    let lines = codebook::lines();
    let mut wide = HashMap::new();
    for line in lines {
        let next = WIDE_HEAD + wide.len();
        wide.entry(line.key.as_str()).or_insert(next);
    }
    Index {
        units: lines
            .iter()
            .map(|line| ((line.form, line.key.as_str()), line.unit))
            .collect(),
        wide_columns: WIDE_HEAD + wide.len(),
        wide,
    }
});

/// The identity of a report: the first digits of the SHA-256 of its file.
pub fn report_id(sha256: &str) -> String {
    sha256.chars().take(16).collect()
}

/// No rows of any table.
pub fn empty() -> Vec<Vec<Row>> {
    vec![Vec::new(); tables().len()]
}

/// Adds the row of an input.
pub fn add_input(rows: &mut [Vec<Row>], input: &InputLine) {
    rows[INPUTS].push(vec![
        input.number.into(),
        input.name.as_str().into(),
        (&input.url).into(),
        (&input.fetched).into(),
        input.bytes.into(),
        (&input.sha256).into(),
        input.fate.into(),
        (&input.reason).into(),
        (&input.detail).into(),
        (&input.report_id).into(),
    ]);
}

/// Adds the rows of a report.
pub fn add_report(rows: &mut [Vec<Row>], report: &Report, links: &Links) {
    let id = report_id(&report.source.sha256);
    rows[REPORTS].push(report_row(&id, report, links));
    add_figures(rows, &id, report);
    let mut number = 0;
    for section in &report.sections {
        add_section(&mut rows[SECTIONS], &id, section, None, &mut number);
    }
    for (number, check) in (1i64..).zip(&report.checks) {
        rows[CHECKS].push(vec![
            id.as_str().into(),
            number.into(),
            check.code.as_str().into(),
            word(&check.status),
            check.message.as_str().into(),
            check.left.map(|number| number.0).into(),
            check.right.map(|number| number.0).into(),
            check.difference.map(|number| number.0).into(),
            check.cells.join(" ").into(),
        ]);
    }
    for (number, finding) in (1i64..).zip(report.diagnostics.iter().chain(&links.diagnostics)) {
        let mut row: Row = vec![
            id.as_str().into(),
            number.into(),
            finding.code.as_str().into(),
            word(&finding.severity),
            finding.message.as_str().into(),
        ];
        push_origin(&mut row, finding.origin.as_ref());
        rows[DIAGNOSTICS].push(row);
    }
    for (number, figure) in (1i64..).zip(&report.narrative_figures) {
        let mut row: Row = vec![
            id.as_str().into(),
            number.into(),
            figure.key.as_str().into(),
            figure.value.0.into(),
            figure.value.to_string().into(),
            (&figure.unit).into(),
            figure.text.as_str().into(),
        ];
        push_origin(&mut row, Some(&figure.origin));
        rows[NARRATIVE].push(row);
    }
}

fn report_row(id: &str, report: &Report, links: &Links) -> Row {
    let (source, said) = (&report.source, &report.report);
    let form = |key: &str| {
        report
            .tables
            .present()
            .find(|(name, _)| *name == key)
            .map(|(_, table)| table.form.as_str())
    };
    let count = |status: Status| report.checks.iter().filter(|check| check.status == status).count() as i64;
    vec![
        id.into(),
        (&source.name).into(),
        (&source.url).into(),
        source.media_type.as_str().into(),
        (&source.encoding).into(),
        source.pages.into(),
        (&said.title).into(),
        (&said.agency).into(),
        (&said.region_code).into(),
        said.year.into(),
        said.period.as_ref().map(|period| period.start.as_str()).into(),
        said.period.as_ref().map(|period| period.end.as_str()).into(),
        (&said.published).into(),
        (&said.index_number).into(),
        (&said.document_number).into(),
        (&source.site.name).into(),
        (&source.site.domain).into(),
        (&source.site.id_code).into(),
        form("proactive_disclosure").into(),
        form("applications").into(),
        form("review_litigation").into(),
        form("statistics").into(),
        count(Status::Pass).into(),
        count(Status::Fail).into(),
        count(Status::Unknown).into(),
        (&links.same_report_as).into(),
        links.agrees.into(),
    ]
}

fn add_figures(rows: &mut [Vec<Row>], id: &str, report: &Report) {
    let said = &report.report;
    let mut wide: Row = vec![Value::Null; INDEX.wide_columns];
    let head: [Value; WIDE_HEAD] = [
        id.into(),
        (&said.agency).into(),
        (&said.region_code).into(),
        said.year.into(),
        (&said.title).into(),
        (&report.source.name).into(),
    ];
    wide[..WIDE_HEAD].clone_from_slice(&head);
    for (name, table) in report.tables.present() {
        for (cell, number) in &table.values.0 {
            let key = format!("{name}.{cell}");
            let (row_key, column_key) = cell.rsplit_once('.').unwrap_or((cell, ""));
            let evidence = report
                .evidence
                .get(&format!("/tables/{name}/values/{}", cell.replace('.', "/")));
            if let (Some(position), Some(number)) = (INDEX.wide.get(key.as_str()), number) {
                wide[*position] = number.0.into();
            }
            let mut row: Row = vec![
                id.into(),
                key.as_str().into(),
                table.form.as_str().into(),
                name.into(),
                row_key.into(),
                column_key.into(),
                number.map(|number| number.0).into(),
                number.map(|number| number.to_string()).into(),
                INDEX.units.get(&(table.form.as_str(), key.as_str())).copied().into(),
                evidence.map_or(Value::Null, |evidence| word(&evidence.state)),
                evidence.and_then(|evidence| evidence.raw.as_deref()).into(),
            ];
            push_origin(&mut row, evidence.and_then(|evidence| evidence.origin.as_ref()));
            rows[FIGURES].push(row);
        }
    }
    rows[WIDE].push(wide);
}

fn add_section(rows: &mut Vec<Row>, id: &str, section: &Section, parent: Option<i64>, number: &mut i64) {
    *number += 1;
    let own = *number;
    let mut row: Row = vec![
        id.into(),
        own.into(),
        parent.into(),
        i64::from(section.level).into(),
        (&section.key).into(),
        (&section.number).into(),
        section.heading.as_str().into(),
        section.text.as_str().into(),
    ];
    push_origin(&mut row, Some(&section.origin));
    rows.push(row);
    for child in &section.children {
        add_section(rows, id, child, Some(own), number);
    }
}

/// The word that the JSON has for a value of an enumeration.
fn word(value: &impl Serialize) -> Value {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => Value::Text(word),
        _ => Value::Null,
    }
}

/// The eight columns of an origin.
fn push_origin(row: &mut Row, origin: Option<&Origin>) {
    let begin = row.len();
    row.resize(begin + 8, Value::Null);
    match origin {
        Some(Origin::Page { page, bbox }) => {
            row[begin] = (*page).into();
            for (place, edge) in row[begin + 1..].iter_mut().zip(bbox) {
                // Rounded to hundredths when it was made; this only takes the noise of the double away.
                *place = Decimal::try_from(*edge)
                    .ok()
                    .map(|edge| edge.round_dp(2).normalize())
                    .into();
            }
        }
        Some(Origin::Path(path)) => row[begin + 5] = path.as_str().into(),
        Some(Origin::Text { line, column }) => {
            row[begin + 6] = (*line).into();
            row[begin + 7] = (*column).into();
        }
        None => {}
    }
}
