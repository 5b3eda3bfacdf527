//! XLSX: the wide table and the codebook in one workbook: headers of keys and of Chinese names, frozen, with filters and widths.
//!
//! Written row by row to bound memory. Invariants: text is never a formula; a number that a spreadsheet's double cannot hold
//! exactly is written as text; a table longer than a sheet goes on in the next one.

use std::path::{Path, PathBuf};

use rust_decimal::Decimal;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format as Style, Workbook, Worksheet, XlsxError};

use super::aside::{AsideFile, Finished};
use super::codebook;
use super::table::{Block, Row, Table, Value};
use super::tables::{WIDE_HEAD, wide_labels};
use super::{Sink, WriteError};

/// Rows of a sheet, the headers not counted.
const SHEET_ROWS: u32 = 1_048_576 - HEADERS;
/// Rows of headers: keys, then Chinese names.
const HEADERS: u32 = 2;
/// Widths of the columns of the wide table before the figures, in characters, and of all others.
const WIDTHS: [u16; WIDE_HEAD] = [18, 26, 26, 9, 15, 11, 14, 12, 7, 40, 30];
/// See [`WIDTHS`].
const OTHER_WIDTH: u16 = 14;
/// Widths of the columns of the codebook.
const CODEBOOK_WIDTHS: [u16; codebook::COLUMNS.len()] = [52, 20, 16, 70, 70, 8, 50, 9];
/// Chinese names of the columns of the codebook.
const CODEBOOK_LABELS: [&str; codebook::COLUMNS.len()] =
    ["键", "表", "表式", "中文名称", "英文名称", "单位", "依据", "表式已核实"];
/// Characters of a cell.
const CELL_CHARACTERS: usize = 32_767;

/// The wide table and the codebook as a workbook.
pub struct XlsxSink {
    table: usize,
    name: &'static str,
    header: Vec<String>,
    path: PathBuf,
    workbook: Workbook,
    sheets: usize,
    rows: u32,
}

impl XlsxSink {
    /// Begins a workbook for one table.
    ///
    /// # Errors
    /// Where the workbook cannot be begun.
    pub fn create(path: &Path, index: usize, table: &Table) -> Result<Self, WriteError> {
        let mut sink = XlsxSink {
            table: index,
            name: table.name,
            header: table.columns.iter().map(|column| column.name.to_string()).collect(),
            path: path.to_owned(),
            workbook: Workbook::new(),
            sheets: 0,
            rows: 0,
        };
        sink.begin().map_err(WriteError::format(path))?;
        Ok(sink)
    }

    fn begin(&mut self) -> Result<(), XlsxError> {
        // A fixed time: the same dataset gives the same bytes.
        let time = ExcelDateTime::from_ymd(2000, 1, 1)?;
        let properties = DocProperties::new().set_author("nianbao").set_creation_datetime(&time);
        self.workbook.set_properties(&properties);
        self.next_sheet()
    }

    fn add_codebook(&mut self) -> Result<(), XlsxError> {
        let sheet = self.workbook.add_worksheet_with_constant_memory()?;
        begin_sheet(sheet, "codebook", &codebook::COLUMNS, &CODEBOOK_LABELS, 1)?;
        set_widths(sheet, &CODEBOOK_WIDTHS, codebook::COLUMNS.len())?;
        for (row, line) in (HEADERS..).zip(codebook::all_lines()) {
            for (column, field) in (0..).zip(line.fields()) {
                sheet.write_string(row, column, field)?;
            }
        }
        add_filter(sheet, codebook::all_lines().count() as u32, codebook::COLUMNS.len())
    }

    fn row(&mut self, row: &Row) -> Result<(), XlsxError> {
        if self.rows == SHEET_ROWS {
            self.next_sheet()?;
        }
        let at = HEADERS + self.rows;
        self.rows += 1;
        let sheet = self.workbook.worksheet_from_index(self.sheets - 1)?;
        for (column, value) in (0..).zip(row) {
            match value {
                Value::Null => {}
                Value::Text(text) => write_text(sheet, at, column, text)?,
                Value::Integer(number) => write_number(sheet, at, column, (*number).into())?,
                Value::Decimal(number) => write_number(sheet, at, column, *number)?,
                Value::Boolean(truth) => {
                    sheet.write_boolean(at, column, *truth)?;
                }
            }
        }
        Ok(())
    }

    fn next_sheet(&mut self) -> Result<(), XlsxError> {
        self.end_sheet()?;
        self.sheets += 1;
        self.rows = 0;
        let name = match self.sheets {
            1 => self.name.to_owned(),
            number => format!("{} {number}", self.name),
        };
        let header: Vec<&str> = self.header.iter().map(String::as_str).collect();
        let sheet = self.workbook.add_worksheet_with_constant_memory()?;
        begin_sheet(sheet, &name, &header, &wide_labels(), 4)?;
        set_widths(sheet, &WIDTHS, header.len())
    }

    /// Sets the filter of the last sheet, whose rows are known now.
    fn end_sheet(&mut self) -> Result<(), XlsxError> {
        match self.sheets.checked_sub(1) {
            Some(last) => add_filter(self.workbook.worksheet_from_index(last)?, self.rows, self.header.len()),
            None => Ok(()),
        }
    }
}

impl Sink for XlsxSink {
    fn write(&mut self, block: &Block) -> Result<(), WriteError> {
        block.rows[self.table]
            .iter()
            .try_for_each(|row| self.row(row))
            .map_err(WriteError::format(&self.path))
    }

    fn finish(mut self: Box<Self>) -> Result<Finished, WriteError> {
        let mut file = AsideFile::create(&self.path)?;
        self.end_sheet()
            .and_then(|()| self.add_codebook())
            .and_then(|()| self.workbook.save_to_writer(&mut file))
            .map_err(WriteError::format(&self.path))?;
        file.finish()
    }
}

fn begin_sheet(
    sheet: &mut Worksheet,
    name: &str,
    header: &[&str],
    labels: &[&str],
    fixed_columns: u16,
) -> Result<(), XlsxError> {
    sheet.set_name(name)?.set_freeze_panes(HEADERS, fixed_columns)?;
    let style = Style::new().set_bold();
    for (row, titles) in [header, labels].into_iter().enumerate() {
        for (column, title) in (0..).zip(titles) {
            sheet.write_string_with_format(row as u32, column, *title, &style)?;
        }
    }
    Ok(())
}

fn set_widths(sheet: &mut Worksheet, widths: &[u16], columns: usize) -> Result<(), XlsxError> {
    let all = widths.iter().copied().chain(std::iter::repeat(OTHER_WIDTH));
    for (column, width) in (0..).zip(all.take(columns)) {
        sheet.set_column_width(column, width)?;
    }
    Ok(())
}

/// A filter over so many rows, at the header of Chinese names.
fn add_filter(sheet: &mut Worksheet, rows: u32, columns: usize) -> Result<(), XlsxError> {
    let last = u16::try_from(columns.saturating_sub(1)).unwrap_or(u16::MAX);
    sheet.autofilter(HEADERS - 1, 0, HEADERS - 1 + rows, last)?;
    Ok(())
}

fn write_text(sheet: &mut Worksheet, row: u32, column: u16, text: &str) -> Result<(), XlsxError> {
    // The form's own limit; the other formats have the whole text.
    let text: String = text.chars().take(CELL_CHARACTERS).collect();
    sheet.write_string(row, column, text)?;
    Ok(())
}

fn write_number(sheet: &mut Worksheet, row: u32, column: u16, number: Decimal) -> Result<(), XlsxError> {
    let number = number.normalize();
    let exact = number.mantissa().unsigned_abs() < 10u128.pow(15);
    match number.to_string().parse::<f64>() {
        Ok(double) if exact => sheet.write_number(row, column, double)?,
        _ => sheet.write_string(row, column, number.to_string())?,
    };
    Ok(())
}
