//! CSV: UTF-8, one file a table, safe to open in a spreadsheet.
//!
//! Invariant: no text field begins a formula. What a page says is untrusted, and a spreadsheet runs `=…` on opening; such a text
//! gets an apostrophe in front. Numbers, also negative ones, stay as they are.

use std::borrow::Cow;
use std::io::Write;
use std::path::Path;

use super::aside::{AsideFile, Finished};
use super::table::{Block, Row, Table, Value};
use super::{Sink, WriteError};

/// One table as CSV.
pub struct CsvSink {
    table: usize,
    path: std::path::PathBuf,
    out: csv::Writer<AsideFile>,
}

impl CsvSink {
    /// Opens the file and writes the header; `bom` puts a byte order mark in front, which old spreadsheets need.
    ///
    /// # Errors
    /// Where the file cannot be written.
    pub fn create(path: &Path, index: usize, table: &Table, bom: bool) -> Result<Self, WriteError> {
        let mut file = AsideFile::create(path)?;
        if bom {
            file.write_all("\u{feff}".as_bytes()).map_err(WriteError::io(path))?;
        }
        let mut out = csv::WriterBuilder::new().from_writer(file);
        out.write_record(table.columns.iter().map(|column| column.name.as_bytes()))
            .map_err(WriteError::format(path))?;
        Ok(CsvSink {
            table: index,
            path: path.to_owned(),
            out,
        })
    }
}

/// Writes one row.
///
/// # Errors
/// Where the output takes no more.
pub fn write_row<W: Write>(out: &mut csv::Writer<W>, row: &Row) -> Result<(), csv::Error> {
    for value in row {
        match value {
            Value::Null => out.write_field("")?,
            Value::Text(text) => out.write_field(guard(text).as_bytes())?,
            Value::Integer(number) => out.write_field(number.to_string())?,
            Value::Decimal(number) => out.write_field(number.to_string())?,
            Value::Boolean(truth) => out.write_field(if *truth { "true" } else { "false" })?,
        }
    }
    out.write_record(None::<&[u8]>)
}

impl Sink for CsvSink {
    fn write(&mut self, block: &Block) -> Result<(), WriteError> {
        for row in &block.rows[self.table] {
            write_row(&mut self.out, row).map_err(WriteError::format(&self.path))?;
        }
        Ok(())
    }

    fn finish(self: Box<Self>) -> Result<Finished, WriteError> {
        let file = self.out.into_inner().map_err(|error| WriteError::Format {
            path: self.path.clone(),
            message: error.to_string(),
        })?;
        file.finish()
    }
}

/// The text with an apostrophe in front where a spreadsheet would take it for a formula.
///
/// A sign before nothing but digits is a number or a dash and does no harm, so `-8`, `+1036` and `-` stay, and so does `=` alone.
pub fn guard(text: &str) -> Cow<'_, str> {
    let mut rest = text.chars();
    let dangerous = match rest.next() {
        Some('=' | '＝') => rest.next().is_some(),
        Some('@' | '\t' | '\r' | '\n' | '＠') => true,
        Some('+' | '-' | '＋' | '－') => !rest.all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | '-')),
        _ => false,
    };
    if dangerous {
        format!("'{text}").into()
    } else {
        text.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_begins_a_formula_is_guarded_and_a_number_is_not() {
        for text in [
            "=1+1",
            "@SUM(A1)",
            "+cmd|' /C calc'!A0",
            "-2+3",
            "\t=1",
            "＝1+1",
            "－A1",
        ] {
            assert_eq!(guard(text), format!("'{text}"));
        }
        for text in ["", "-8", "+1036", "-", "--", "减3", "规章", "1=1", "="] {
            assert_eq!(guard(text), text);
        }
    }
}
