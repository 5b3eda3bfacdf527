//! What a made document says, for those who score a reader.
//!
//! Invariant: truth is what is printed. A wrong sum stays wrong, a blank stays blank; a row that the document does not have has
//! blank cells here, so that a number read there counts as invented.

use serde_json::{Map, Value, json};

use crate::paper::{Block, Paper};
use crate::sheet::{Cell, Row, Sheet, Which};

/// One cell of a table of the form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TruthCell {
    /// Dotted key: table, row, column.
    pub key: String,
    /// Key of the table in a truth file.
    pub table: &'static str,
    /// Official labels of the row, joined with `/`.
    pub row: String,
    /// Official label of the column.
    pub column: String,
    /// What is printed.
    pub printed: String,
    /// The number in plain digits; none where the cell is blank or holds no figure.
    pub value: Option<String>,
    /// Whether nobody can tell what the cell means; then another number may be read only where something says so.
    pub unclear: bool,
}

/// All that is known of one document.
#[derive(Clone, Debug)]
pub struct Truth {
    /// Title on one line.
    pub title: String,
    /// The body that reports.
    pub agency: String,
    /// The year reported on.
    pub year: i32,
    /// Day of publication; not every container prints it.
    pub published: String,
    /// 索引号; not every container prints it.
    pub index_number: String,
    /// GB/T 2260 code of its region, where it has one.
    pub region: Option<&'static str>,
    /// Its level of government, where its name says it.
    pub level: Option<&'static str>,
    /// Main headings in order, with their numbers.
    pub headings: Vec<String>,
    /// Cells of the tables.
    pub cells: Vec<TruthCell>,
    /// Names of the faults.
    pub faults: Vec<&'static str>,
}

impl Truth {
    /// The truth of the first report of a paper.
    pub fn of(paper: &Paper, cells: Vec<TruthCell>, faults: Vec<&'static str>) -> Self {
        let first = paper
            .blocks
            .iter()
            .take_while(|block| !matches!(block, Block::Title(_)));
        Truth {
            title: paper.title_line(),
            agency: paper.agency.clone(),
            year: paper.year,
            published: paper.published.clone(),
            index_number: paper.index_number.clone(),
            region: None,
            level: None,
            headings: first
                .filter_map(|block| match block {
                    Block::Heading {
                        level: 1, number, text, ..
                    } => Some(format!("{number}{text}")),
                    _ => None,
                })
                .collect(),
            cells,
            faults,
        }
    }

    /// The truth file.
    pub fn json(&self) -> Value {
        let mut tables = Map::new();
        for cell in &self.cells {
            let table = tables.entry(cell.table).or_insert_with(|| json!({}));
            let rows = table.as_object_mut();
            if let Some(row) = rows.and_then(|rows| {
                rows.entry(cell.row.clone())
                    .or_insert_with(|| json!({}))
                    .as_object_mut()
            }) {
                row.insert(cell.column.clone(), Value::String(cell.readable()));
            }
        }
        json!({
            "title": self.title,
            "agency": self.agency,
            "year": self.year,
            "headings": self.headings,
            "tables": tables,
            "derived_cells": [],
            "faults": self.faults,
        })
    }
}

impl TruthCell {
    /// What goes into a truth file: the print, or plain digits where the print is more than a scorer can be asked to read.
    fn readable(&self) -> String {
        match &self.value {
            Some(value) => value.clone(),
            None => self.printed.clone(),
        }
    }
}

/// The cells that a sheet states.
pub fn cells(sheets: &[Sheet]) -> Vec<TruthCell> {
    sheets
        .iter()
        .flat_map(|sheet| {
            sheet.bands.iter().flat_map(move |band| {
                band.rows
                    .iter()
                    .filter_map(|row| Some((row, row.key?)))
                    .flat_map(move |(row, key)| {
                        band.columns.iter().zip(&row.cells).map(move |(column, cell)| {
                            truth_cell(sheet.which, row, key, column.key, column.label, cell)
                        })
                    })
            })
        })
        .collect()
}

fn truth_cell(which: Which, row: &Row, key: &str, column_key: &str, column: &str, cell: &Cell) -> TruthCell {
    let organisations = which == Which::Applications && !matches!(column_key, "natural_person" | "total");
    TruthCell {
        key: format!("{}.{key}.{column_key}", which.key()),
        table: which.truth_key(),
        row: row
            .path
            .iter()
            .copied()
            .chain([row.label])
            .collect::<Vec<_>>()
            .join("/"),
        column: if organisations {
            format!("法人或其他组织/{column}")
        } else {
            column.to_owned()
        },
        printed: cell.printed.clone(),
        value: cell.value.clone(),
        unclear: false,
    }
}
