//! JSON Lines: one object a row with every column, and the reports whole.
//!
//! Invariant: a decimal is written as a JSON number with the digits that were printed.

use std::io::Write;
use std::path::Path;

use serde::ser::{SerializeMap, Serializer};

use super::aside::{AsideFile, Finished};
use super::table::{Block, Column, Row, Table, Value};
use super::{Sink, WriteError};
use crate::report::Number;

/// Where the rows of a [`JsonlSink`] come from.
enum Content {
    Table(usize, Vec<Column>),
    Reports,
}

/// One table, or the reports, as JSON Lines.
pub struct JsonlSink {
    content: Content,
    out: AsideFile,
}

impl JsonlSink {
    /// Opens the file of a table.
    ///
    /// # Errors
    /// Where the file cannot be made.
    pub fn create(path: &Path, index: usize, table: &Table) -> Result<Self, WriteError> {
        Ok(JsonlSink {
            content: Content::Table(index, table.columns.clone()),
            out: AsideFile::create(path)?,
        })
    }

    /// Opens the file that holds the reports whole, as `nianbao extract` writes them.
    ///
    /// # Errors
    /// Where the file cannot be made.
    pub fn reports(path: &Path) -> Result<Self, WriteError> {
        Ok(JsonlSink {
            content: Content::Reports,
            out: AsideFile::create(path)?,
        })
    }
}

struct Line<'a>(&'a [Column], &'a Row);

impl serde::Serialize for Line<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.1.len()))?;
        for (column, value) in self.0.iter().zip(self.1) {
            match value {
                Value::Null => map.serialize_entry(&column.name, &())?,
                Value::Text(text) => map.serialize_entry(&column.name, &**text)?,
                Value::Integer(number) => map.serialize_entry(&column.name, number)?,
                Value::Decimal(number) => map.serialize_entry(&column.name, &Number(*number))?,
                Value::Boolean(truth) => map.serialize_entry(&column.name, truth)?,
            }
        }
        map.end()
    }
}

fn line(out: &mut AsideFile, value: &impl serde::Serialize) -> Result<(), WriteError> {
    let path = out.path().to_owned();
    serde_json::to_writer(&mut *out, value).map_err(WriteError::format(&path))?;
    out.write_all(b"\n").map_err(WriteError::io(&path))
}

impl Sink for JsonlSink {
    fn write(&mut self, block: &Block) -> Result<(), WriteError> {
        match &self.content {
            Content::Table(index, columns) => block.rows[*index]
                .iter()
                .try_for_each(|row| line(&mut self.out, &Line(columns, row))),
            Content::Reports => block
                .reports
                .iter()
                .try_for_each(|report| line(&mut self.out, report.as_ref())),
        }
    }

    fn finish(self: Box<Self>) -> Result<Finished, WriteError> {
        self.out.finish()
    }
}
