//! The three tables of one report: rows, columns, and for each cell what is printed and what it means.
//!
//! Invariant: `label` and `path` are the official ones and name the cell in the truth; `shown` is what a document prints, and
//! only faults make the two differ.

use crate::form::{ColumnSpec, Kind, RowSpec};

/// Which table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Which {
    /// Table 2, 主动公开政府信息情况.
    Disclosure,
    /// Table 3, 收到和处理政府信息公开申请情况.
    Applications,
    /// Table 4, 行政复议、行政诉讼情况.
    Review,
    /// The statistics table of a report before 2019.
    Statistics,
}

impl Which {
    /// The three of the forms since 2019 in order.
    pub const ALL: [Which; 3] = [Which::Disclosure, Which::Applications, Which::Review];

    /// Key in the JSON of a report.
    pub fn key(self) -> &'static str {
        match self {
            Which::Disclosure => "proactive_disclosure",
            Which::Applications => "applications",
            Which::Review => "review_litigation",
            Which::Statistics => "statistics",
        }
    }

    /// Key in a truth file.
    pub fn truth_key(self) -> &'static str {
        match self {
            Which::Disclosure => "t2",
            Which::Applications => "t3",
            Which::Review => "t4",
            Which::Statistics => "statistics",
        }
    }
}

/// One figure.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    /// What the document prints.
    pub printed: String,
    /// The number that it states, in plain digits; none for a blank or a placeholder.
    pub value: Option<String>,
}

impl Cell {
    /// A cell that prints a number in plain digits.
    pub fn plain(value: impl ToString) -> Self {
        let value = value.to_string();
        Cell {
            printed: value.clone(),
            value: Some(value),
        }
    }

    /// The number, where it is whole.
    pub fn whole(&self) -> Option<i64> {
        self.value.as_deref()?.parse().ok()
    }
}

/// A column.
#[derive(Clone, Debug)]
pub struct Column {
    /// Key.
    pub key: &'static str,
    /// Official label.
    pub label: &'static str,
    /// Label as printed; `\n` where its line breaks.
    pub shown: String,
    /// What it counts.
    pub kind: Kind,
}

/// A row, or in table 4 a group of columns.
#[derive(Clone, Debug)]
pub struct Row {
    /// Key; none for a row that the form does not have.
    pub key: Option<&'static str>,
    /// Official labels to the left, outermost first.
    pub path: &'static [&'static str],
    /// Those labels as printed.
    pub shown_path: Vec<String>,
    /// Official label.
    pub label: &'static str,
    /// Label as printed; `\n` where its line breaks.
    pub shown: String,
    /// One a column.
    pub cells: Vec<Cell>,
}

impl Row {
    fn of(spec: &RowSpec, cells: Vec<Cell>) -> Self {
        Row {
            key: Some(spec.0),
            path: spec.1,
            shown_path: spec.1.iter().map(ToString::to_string).collect(),
            label: spec.2,
            shown: spec.2.to_owned(),
            cells,
        }
    }
}

/// A block of rows under one header.
#[derive(Clone, Debug)]
pub struct Band {
    /// The line above it, as printed.
    pub shown: Option<String>,
    /// Columns.
    pub columns: Vec<Column>,
    /// Rows.
    pub rows: Vec<Row>,
}

/// One table.
#[derive(Clone, Debug)]
pub struct Sheet {
    /// Which one.
    pub which: Which,
    /// Its bands.
    pub bands: Vec<Band>,
}

impl Sheet {
    /// A band of blank cells.
    pub fn band(shown: Option<&str>, columns: &[ColumnSpec], rows: &[RowSpec]) -> Band {
        Band {
            shown: shown.map(str::to_owned),
            columns: columns
                .iter()
                .map(|&(key, label, kind)| Column {
                    key,
                    label,
                    shown: label.to_owned(),
                    kind,
                })
                .collect(),
            rows: rows
                .iter()
                .map(|row| Row::of(row, vec![Cell::default(); columns.len()]))
                .collect(),
        }
    }

    /// All rows.
    pub fn rows(&self) -> impl Iterator<Item = &Row> {
        self.bands.iter().flat_map(|band| &band.rows)
    }

    /// All rows, to change them.
    pub fn rows_mut(&mut self) -> impl Iterator<Item = &mut Row> {
        self.bands.iter_mut().flat_map(|band| &mut band.rows)
    }

    /// The whole number in a cell.
    pub fn figure(&self, row: &str, column: &str) -> Option<i64> {
        self.bands.iter().find_map(|band| {
            let at = band.columns.iter().position(|c| c.key == column)?;
            band.rows.iter().find(|r| r.key == Some(row))?.cells[at].whole()
        })
    }
}
