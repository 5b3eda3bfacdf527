//! Figures as a table: one figure a row, for spreadsheets and statistics programs.
//!
//! Invariant: every key of every table that a report has is a row, whether it holds a number or not, so that a missing row
//! always means a missing table.

use std::io::{self, Write};

use nianbao::document::Origin;
use nianbao::form::spec;
use nianbao::report::{Report, State};

/// Names of the columns; a place fills `page` and `box`, or `path`, or `line` and `column`.
const HEADER: [&str; 16] = [
    "source", "title", "agency", "year", "table", "form", "key", "value", "unit", "state", "raw", "page", "box",
    "path", "line", "column",
];

/// Writes the rows.
pub struct Figures(());

impl Figures {
    /// Writes the header.
    pub fn begin(out: &mut impl Write) -> io::Result<Self> {
        write_row(out, HEADER)?;
        Ok(Figures(()))
    }

    /// Writes a row for each figure of a report.
    pub fn report(&mut self, report: &Report, out: &mut impl Write) -> io::Result<()> {
        let text = |part: &Option<String>| part.clone().unwrap_or_default();
        let year = report.report.year.map(|year| year.to_string()).unwrap_or_default();
        for (table_key, table) in report.tables.present() {
            let units = units(&table.form, table_key);
            for (key, value) in &table.values.0 {
                let evidence = report.evidence.get(&pointer(table_key, key));
                let unit = units.iter().find(|(name, _)| name == key).map_or("", |(_, unit)| unit);
                let [page, bbox, path, line, column] = place(evidence.and_then(|evidence| evidence.origin.as_ref()));
                write_row(
                    out,
                    [
                        text(&report.source.name),
                        text(&report.report.title),
                        text(&report.report.agency),
                        year.clone(),
                        table_key.into(),
                        table.form.clone(),
                        key.clone(),
                        value.map(|value| value.to_string()).unwrap_or_default(),
                        unit.into(),
                        evidence.map_or("absent", |evidence| state_name(evidence.state)).into(),
                        evidence.and_then(|evidence| evidence.raw.clone()).unwrap_or_default(),
                        page,
                        bbox,
                        path,
                        line,
                        column,
                    ],
                )?;
            }
        }
        Ok(())
    }
}

fn write_row<T: AsRef<[u8]>>(out: &mut impl Write, fields: impl IntoIterator<Item = T>) -> io::Result<()> {
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(Vec::new());
    writer.write_record(fields)?;
    out.write_all(&writer.into_inner().map_err(|error| error.into_error())?)
}

/// Key of a figure in `evidence`.
fn pointer(table: &str, key: &str) -> String {
    format!("/tables/{table}/values/{}", key.replace('.', "/"))
}

/// Unit of each key of a table.
fn units(form: &str, table: &str) -> Vec<(String, &'static str)> {
    let spec = spec::forms()
        .iter()
        .find(|spec| spec.id == form)
        .and_then(|form| form.table(table));
    spec.into_iter()
        .flat_map(spec::TableSpec::cells)
        .map(|cell| (cell.key(), cell.row.unit.as_deref().unwrap_or(&cell.column.unit)))
        .collect()
}

fn place(origin: Option<&Origin>) -> [String; 5] {
    let mut fields: [String; 5] = Default::default();
    match origin {
        Some(Origin::Page { page, bbox }) => {
            fields[0] = page.to_string();
            fields[1] = bbox.map(|corner| corner.to_string()).join(" ");
        }
        Some(Origin::Path(path)) => fields[2].clone_from(path),
        Some(Origin::Text { line, column }) => {
            fields[3] = line.to_string();
            fields[4] = column.to_string();
        }
        None => {}
    }
    fields
}

/// The word for a state, as in the JSON.
fn state_name(state: State) -> &'static str {
    match state {
        State::Number => "number",
        State::Zero => "zero",
        State::Blank => "blank",
        State::Placeholder => "placeholder",
        State::Text => "text",
        State::Inferred => "inferred",
        State::Absent => "absent",
    }
}
