//! Reads binary workbooks (XLS of Excel 97 and later, WPS ET) as they are shown: formulas by their results, numbers by their formats.
//!
//! Ours and not a library's: libraries give neither the formats of numbers nor what is hidden or struck out. Source: [MS-XLS].
//! Invariant: hidden sheets, rows and columns are left out, and a cell keeps the address that the program shows.

mod record;

use std::collections::{HashMap, HashSet};

use super::binary::{size_at, u16_at, u32_at};
use super::body;
use super::format::{self, Format};
use super::sheet::{self, SheetCell};
use crate::document::Document;
use crate::error::Error;
use crate::read::container::compound::Compound;
use crate::read::container::damaged;
use crate::read::raised::Last;
use record::{Record, Records, Rich};

const MEDIA_TYPE: &str = "application/vnd.ms-excel";
/// Name of the stream.
const STREAM: &str = "Workbook";
/// Version of the format that Excel 97 brought.
const EXCEL_97: u16 = 0x0600;

/// Most characters of all cells together: a shared text may be named by every cell.
const CHARACTERS: usize = 32 << 20;
/// Most cells of a workbook.
const CELLS: usize = 1_000_000;

/// Most groups of hidden columns of a sheet.
const HIDDEN: usize = 256;

/// Kinds of records.
const BEGIN: u16 = 0x0809;
const END: u16 = 0x000A;
const PASSWORD: u16 = 0x002F;
const SHEET: u16 = 0x0085;
const COUNT_OF_1904: u16 = 0x0022;
const FORMAT: u16 = 0x041E;
const FONT: u16 = 0x0031;
const STYLE: u16 = 0x00E0;
const TEXTS: u16 = 0x00FC;
const ROW: u16 = 0x0208;
const COLUMNS: u16 = 0x007D;
const MERGED: u16 = 0x00E5;
const FORMULA: u16 = 0x0006;
const FORMULA_TEXT: u16 = 0x0207;

/// Reads a workbook.
///
/// # Errors
/// Where it is encrypted, of Excel 95 or older, damaged at its beginning, or larger than any report.
pub(in crate::read) fn read(compound: &Compound) -> Result<Document, Error> {
    let stream = compound.stream(STREAM)?;
    let stream = stream.ok_or_else(|| damaged(STREAM, "the stream is missing"))?;
    let mut book = Book::read(&stream)?;
    let mut items = Vec::new();
    for (name, at) in std::mem::take(&mut book.sheets) {
        let cells = book.cells(&stream, at)?;
        items.extend(sheet::items(&name, cells));
    }
    let mut document = Document {
        media_type: MEDIA_TYPE.into(),
        ..Document::default()
    };
    body::fill(&mut document, items);
    Ok(document)
}

/// A font, as far as it says what is shown.
#[derive(Clone, Copy, Default)]
struct Font {
    strong: bool,
    struck: bool,
    raised: bool,
}

/// How cells of a style look.
struct Style {
    format: Format,
    font: Font,
}

/// A text of a cell without what is struck out in it.
#[derive(Clone, Debug, Default, PartialEq)]
struct Text {
    /// What has the font of the cell.
    own: String,
    /// What stands behind it in fonts of its own.
    rest: String,
}

impl From<String> for Text {
    fn from(own: String) -> Self {
        Text {
            own,
            rest: String::new(),
        }
    }
}

/// What all sheets of a workbook share.
struct Book {
    /// Name and place of each sheet that is shown.
    sheets: Vec<(String, usize)>,
    texts: Vec<Text>,
    fonts: Vec<Font>,
    styles: Vec<Style>,
    /// Characters, cells and bytes of sheets that may still be read.
    characters: usize,
    left: usize,
    bytes: usize,
}

impl Book {
    fn read(stream: &[u8]) -> Result<Self, Error> {
        let mut book = Book {
            sheets: Vec::new(),
            texts: Vec::new(),
            fonts: Vec::new(),
            styles: Vec::new(),
            characters: CHARACTERS,
            left: CELLS,
            bytes: stream.len(),
        };
        let mut records = Records::new(stream, 0);
        let begin = records.next().filter(|record| record.kind == BEGIN);
        let version = begin.and_then(|record| u16_at(record.bytes(), 0));
        match version {
            Some(EXCEL_97) => {}
            Some(_) => {
                return Err(Error::UnknownFormat(
                    "Excel workbook of Excel 95 or older (save it as XLSX with Excel, WPS or LibreOffice)".into(),
                ));
            }
            None => return Err(damaged(STREAM, "it begins with no workbook")),
        }
        let mut formats: HashMap<u16, String> = HashMap::new();
        let mut styles: Vec<(u16, u16)> = Vec::new();
        let mut is_1904 = false;
        let mut texts = Vec::new();
        for record in records.take_while(|record| record.kind != END) {
            let bytes = record.bytes();
            match record.kind {
                PASSWORD => return Err(Error::Locked),
                SHEET => book.sheets.extend(shown_sheet(bytes)),
                COUNT_OF_1904 => is_1904 = u16_at(bytes, 0) == Some(1),
                FORMAT => {
                    let code = record.reader(2).rich();
                    formats.extend(u16_at(bytes, 0).zip(code.map(|code| code.text)));
                }
                FONT => book.fonts.push(font(bytes)),
                STYLE => styles.extend(u16_at(bytes, 0).zip(u16_at(bytes, 2))),
                TEXTS => texts = rich_texts(&record),
                _ => {}
            }
        }
        book.texts = texts.into_iter().map(|text| book.shown(text)).collect();
        book.styles = styles
            .into_iter()
            .map(|(font, id)| {
                let code = formats.get(&id).map(String::as_str);
                Style {
                    format: Format::new(code.unwrap_or_else(|| format::built_in(u32::from(id))), is_1904),
                    font: book.font(font),
                }
            })
            .collect();
        Ok(book)
    }

    /// A font by its number; the number 4 is left out in counting.
    fn font(&self, number: u16) -> Font {
        let at = usize::from(number) - usize::from(number > 4);
        self.fonts.get(at).copied().unwrap_or_default()
    }

    /// The cells of a sheet that are shown.
    fn cells(&mut self, stream: &[u8], at: usize) -> Result<Vec<SheetCell>, Error> {
        let mut sheet = Sheet::default();
        // Charts in the sheet begin and end inside of it.
        let mut depth = 0;
        let mut formula: Option<(usize, usize, u16)> = None;
        for record in Records::new(stream, at) {
            match record.kind {
                BEGIN => depth += 1,
                END => depth -= 1,
                _ if depth != 1 => {}
                FORMULA_TEXT => {
                    let text = record.reader(0).rich().map(|rich| rich.text).unwrap_or_default();
                    if let Some((row, column, style)) = formula.take() {
                        self.add(&mut sheet, row, column, style, text)?;
                    }
                }
                FORMULA => formula = self.formula(record.bytes(), &mut sheet)?,
                _ => self.record(&record, &mut sheet)?,
            }
            // Sheets stand one behind the other; none is read twice.
            let left = self.bytes.checked_sub(4 + record.bytes().len());
            self.bytes = left.ok_or(Error::Limit("sheets of a workbook"))?;
            if depth <= 0 {
                break;
            }
        }
        Ok(sheet.shown())
    }

    fn record(&mut self, record: &Record, sheet: &mut Sheet) -> Result<(), Error> {
        let bytes = record.bytes();
        match record.kind {
            ROW => sheet.row(bytes),
            COLUMNS => sheet.columns(bytes),
            MERGED => sheet.merge(bytes),
            _ => {}
        }
        let Some((row, column, style)) = place(bytes) else {
            return Ok(());
        };
        let text: Option<Text> = match record.kind {
            0x00FD => size_at(bytes, 6).map(|at| self.shared(at)),
            0x0203 => double(bytes, 6).map(|number| self.number(style, number).into()),
            0x027E => u32_at(bytes, 6).map(|number| self.number(style, short_number(number)).into()),
            0x0204 | 0x00D6 => record.reader(6).rich().map(|rich| rich.text.into()),
            0x0205 => truth(bytes.get(6..8).unwrap_or_default()).map(Text::from),
            0x00BD => return self.numbers(bytes, row, column, sheet),
            _ => return Ok(()),
        };
        self.add(sheet, row, column, style, text.unwrap_or_default())
    }

    /// Several numbers of a row.
    fn numbers(&mut self, bytes: &[u8], row: usize, first: usize, sheet: &mut Sheet) -> Result<(), Error> {
        for (at, cell) in bytes.get(4..).unwrap_or_default().as_chunks::<6>().0.iter().enumerate() {
            if let (Some(style), Some(number)) = (u16_at(cell, 0), u32_at(cell, 2)) {
                let text = self.number(style, short_number(number));
                self.add(sheet, row, first + at, style, text)?;
            }
        }
        Ok(())
    }

    /// A formula by its result; the place of one whose result is a text, which stands in a record behind it.
    fn formula(&mut self, bytes: &[u8], sheet: &mut Sheet) -> Result<Option<(usize, usize, u16)>, Error> {
        let Some((row, column, style)) = place(bytes) else {
            return Ok(None);
        };
        let is_number = u16_at(bytes, 12) != Some(0xFFFF);
        let text = match bytes.get(6) {
            _ if is_number => double(bytes, 6).map(|number| self.number(style, number)),
            Some(0) => return Ok(Some((row, column, style))),
            Some(kind @ (1 | 2)) => truth(&[bytes.get(8).copied().unwrap_or(0), kind - 1]),
            _ => None,
        };
        self.add(sheet, row, column, style, text.unwrap_or_default())?;
        Ok(None)
    }

    /// A shared text.
    fn shared(&self, at: usize) -> Text {
        let text = self.texts.get(at).cloned();
        text.unwrap_or_else(|| String::from(char::REPLACEMENT_CHARACTER).into())
    }

    fn shown(&self, rich: Rich) -> Text {
        let mut fonts = rich.fonts.into_iter().peekable();
        let (mut out, mut unit) = (Text::default(), 0usize);
        let mut font: Option<Font> = None;
        let (mut drawn, mut last) = (String::new(), Last::default());
        for character in rich.text.chars() {
            while let Some((_, number)) = fonts.next_if(|(first, _)| usize::from(*first) <= unit) {
                font = Some(self.font(number));
            }
            let text = match font {
                None => Some(&mut out.own),
                Some(font) => Some(&mut out.rest).filter(|_| !font.struck),
            };
            if let Some(text) = text {
                let is_raised = font.is_some_and(|font| font.raised);
                last.push(&mut drawn, character.encode_utf8(&mut [0; 4]), is_raised);
                text.extend(drawn.chars().next_back());
            }
            unit += character.len_utf16();
        }
        out
    }

    fn number(&self, style: u16, number: f64) -> String {
        let stored = number.to_string();
        match self.styles.get(usize::from(style)) {
            Some(style) => style.format.cell_text(&stored),
            None => Format::general().show(&stored),
        }
    }

    fn add(
        &mut self,
        sheet: &mut Sheet,
        row: usize,
        column: usize,
        style: u16,
        text: impl Into<Text>,
    ) -> Result<(), Error> {
        let font = self
            .styles
            .get(usize::from(style))
            .map(|style| style.font)
            .unwrap_or_default();
        let Text { own, rest } = text.into();
        let text = if font.struck { rest } else { own + &rest };
        let text = text.replace('\r', "");
        self.characters = self
            .characters
            .checked_sub(text.len())
            .ok_or(Error::Limit("text of a workbook"))?;
        self.left = self.left.checked_sub(1).ok_or(Error::Limit("cells of a workbook"))?;
        sheet.cells.push(SheetCell {
            row,
            column,
            rows: 1,
            columns: 1,
            text,
            strong: font.strong,
        });
        Ok(())
    }
}

/// A sheet as its records say.
#[derive(Default)]
struct Sheet {
    cells: Vec<SheetCell>,
    hidden_rows: HashSet<usize>,
    /// First and last of hidden columns.
    hidden_columns: Vec<(usize, usize)>,
    /// Rows and columns of merged cells, by the first.
    merges: HashMap<(usize, usize), (usize, usize)>,
}

impl Sheet {
    fn row(&mut self, bytes: &[u8]) {
        let is_hidden = u16_at(bytes, 12).is_some_and(|flags| flags & 0x20 != 0);
        self.hidden_rows
            .extend(u16_at(bytes, 0).filter(|_| is_hidden).map(usize::from));
    }

    fn columns(&mut self, bytes: &[u8]) {
        let is_hidden = u16_at(bytes, 8).is_some_and(|flags| flags & 1 != 0);
        let columns = u16_at(bytes, 0).zip(u16_at(bytes, 2)).filter(|_| is_hidden);
        let columns = columns.filter(|_| self.hidden_columns.len() < HIDDEN);
        self.hidden_columns
            .extend(columns.map(|(first, last)| (usize::from(first), usize::from(last))));
    }

    fn merge(&mut self, bytes: &[u8]) {
        for range in bytes.get(2..).unwrap_or_default().as_chunks::<8>().0 {
            let number = |at: usize| u16_at(range, at).map_or(0, usize::from);
            let (row, last_row, column, last_column) = (number(0), number(2), number(4), number(6));
            if last_row >= row && last_column >= column {
                self.merges
                    .insert((row, column), (last_row - row + 1, last_column - column + 1));
            }
        }
    }

    /// What is shown: cells with something in them, and merged ones.
    fn shown(mut self) -> Vec<SheetCell> {
        let is_hidden = |column: usize| {
            let mut hidden = self.hidden_columns.iter();
            hidden.any(|(first, last)| (*first..=*last).contains(&column))
        };
        let mut held: HashSet<(usize, usize)> = HashSet::new();
        let mut out = Vec::new();
        for mut cell in self.cells {
            (cell.rows, cell.columns) = self.merges.remove(&(cell.row, cell.column)).unwrap_or((1, 1));
            let is_merged = cell.rows > 1 || cell.columns > 1;
            let is_shown = !self.hidden_rows.contains(&cell.row) && !is_hidden(cell.column);
            if is_shown && (is_merged || !cell.text.is_empty()) && held.insert((cell.row, cell.column)) {
                out.push(cell);
            }
        }
        let blank = self
            .merges
            .into_iter()
            .map(|((row, column), (rows, columns))| SheetCell {
                row,
                column,
                rows,
                columns,
                text: String::new(),
                strong: false,
            });
        out.extend(blank.filter(|cell| !self.hidden_rows.contains(&cell.row) && !is_hidden(cell.column)));
        out
    }
}

/// Name and place of a sheet of cells that is not hidden.
fn shown_sheet(bytes: &[u8]) -> Option<(String, usize)> {
    let is_shown = bytes.get(4)? & 3 == 0 && *bytes.get(5)? == 0;
    Some((record::short(bytes.get(6..)?)?, size_at(bytes, 0)?)).filter(|_| is_shown)
}

fn font(bytes: &[u8]) -> Font {
    Font {
        strong: u16_at(bytes, 6).is_some_and(|weight| weight >= 600),
        struck: u16_at(bytes, 2).is_some_and(|flags| flags & 0x08 != 0),
        raised: u16_at(bytes, 8) == Some(1),
    }
}

/// The texts that cells name by number. Those behind a damaged one are lost, and show as such where they are named.
fn rich_texts(record: &Record) -> Vec<Rich> {
    let mut reader = record.reader(8);
    let count = size_at(record.bytes(), 4).unwrap_or(0);
    (0..count).map_while(|_| reader.rich()).collect()
}

/// Row, column and style of a cell.
fn place(bytes: &[u8]) -> Option<(usize, usize, u16)> {
    Some((
        usize::from(u16_at(bytes, 0)?),
        usize::from(u16_at(bytes, 2)?),
        u16_at(bytes, 4)?,
    ))
}

fn double(bytes: &[u8], at: usize) -> Option<f64> {
    Some(f64::from_le_bytes(bytes.get(at..)?.first_chunk().copied()?))
}

/// A number in four bytes: 30 bits of a whole number or of the upper half of a float, perhaps of its hundredfold.
fn short_number(bits: u32) -> f64 {
    let number = match bits & 2 {
        0 => f64::from_bits(u64::from(bits & !3) << 32),
        _ => f64::from(bits.cast_signed() >> 2),
    };
    if bits & 1 != 0 { number / 100.0 } else { number }
}

/// A truth value or an error, by its code and whether it is an error.
fn truth(value: &[u8]) -> Option<String> {
    let text = match value {
        [0, 0] => "FALSE",
        [_, 0] => "TRUE",
        [0x00, _] => "#NULL!",
        [0x07, _] => "#DIV/0!",
        [0x0F, _] => "#VALUE!",
        [0x17, _] => "#REF!",
        [0x1D, _] => "#NAME?",
        [0x24, _] => "#NUM!",
        [_, _] => "#N/A",
        _ => return None,
    };
    Some(text.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn empty_book() -> Book {
        Book {
            sheets: Vec::new(),
            texts: Vec::new(),
            fonts: Vec::new(),
            styles: Vec::new(),
            characters: 0,
            left: 0,
            bytes: 0,
        }
    }

    #[test]
    fn what_is_struck_out_goes_by_the_font_of_its_part() {
        let book = Book {
            fonts: [8, 0, 0, 0, 8].map(|flags| font(&[0, 0, flags, 0, 0, 0, 0, 0])).into(),
            ..empty_book()
        };
        let text = book.shown(Rich {
            text: "1494𠀀33件".into(),
            fonts: vec![(4, 1), (6, 5), (8, 2)],
        });
        assert_eq!((text.own.as_str(), text.rest.as_str()), ("1494", "𠀀件"));
    }

    #[test]
    fn a_raised_digit_behind_a_number_does_not_join_it() {
        let book = Book {
            fonts: [0, 1]
                .map(|position| font(&[0, 0, 0, 0, 0, 0, 0, 0, position, 0]))
                .into(),
            ..empty_book()
        };
        let text = book.shown(Rich {
            text: "3112".into(),
            fonts: vec![(2, 1)],
        });
        assert_eq!((text.own.as_str(), text.rest.as_str()), ("31", "¹²"));
    }

    #[test]
    fn short_numbers_are_whole_or_float_or_hundredths() {
        for (bits, number) in [
            (0x0000_001E, 7.0),
            (0xFFFF_FFFE, -1.0),
            (0x0000_04D3, 3.08),
            (0x3FF0_0000, 1.0),
            (0x4059_0001, 1.0),
        ] {
            assert_eq!(short_number(bits), number, "{bits:#x}");
        }
    }
}
