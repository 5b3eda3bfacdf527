//! Figures as a table: one figure a row, for spreadsheets and statistics programs.
//!
//! The columns are those of the table `figures` of a dataset, after what the report is. Invariant: every key of every table that a
//! report has is a row, whether it holds a number or not, so that a missing row always means a missing table.

use std::io::{self, Write};

use nianbao::report::Report;
use nianbao::write::csv::write_row;
use nianbao::write::rows;
use nianbao::write::table::{Row, Value};
use nianbao::write::tables::{FIGURES, tables};

/// Columns before those of the dataset.
const HEAD: [&str; 3] = ["source", "agency", "year"];

/// Writes the header.
pub fn write_header(out: &mut impl Write) -> io::Result<()> {
    let table = &tables()[FIGURES];
    let names = HEAD.into_iter().chain(table.columns.iter().map(|column| &*column.name));
    let mut csv = csv::Writer::from_writer(out);
    csv.write_record(names)?;
    csv.flush()
}

/// Writes a row for each figure of a report.
pub fn write_report(report: &Report, out: &mut impl Write) -> io::Result<()> {
    let mut rows = rows::empty();
    rows::add_report(&mut rows, report, &rows::Links::default());
    let head: [Value; HEAD.len()] = [
        (&report.source.name).into(),
        (&report.report.agency).into(),
        report.report.year.into(),
    ];
    let mut csv = csv::Writer::from_writer(out);
    for figure in rows.swap_remove(FIGURES) {
        let row: Row = head.iter().cloned().chain(figure).collect();
        write_row(&mut csv, &row)?;
    }
    csv.flush()
}
