//! Workbooks as Excel 97 and later and WPS ET write them in binary: shared texts over several records, numbers in four bytes, in
//! eight and as results of formulas, merged cells.
//!
//! Invariant: hidden rows, columns and sheets hold other figures than the report, so that reading them shows.

use super::super::{Container, Family};
use super::compound;
use crate::faults::Faults;
use crate::layout;
use crate::paper::{Block, Paper, heading_lines};
use crate::rng::Rng;
use crate::sheet::Sheet;
use crate::slots::{self, Slot};

/// The container.
pub static CONTAINER: Container = Container {
    name: "xls",
    family: Family::Word,
    extension: "xls",
    lossy: false,
    counts: false,
    render,
};

/// Styles of cells: plain, whole numbers only, bold, struck out.
const PLAIN: u16 = 0;
const WHOLE: u16 = 1;
const BOLD: u16 = 2;
const STRUCK: u16 = 3;

/// Column that is hidden.
const HIDDEN_COLUMN: u16 = 30;

struct Book {
    rng: Rng,
    texts: Vec<String>,
    cells: Vec<u8>,
    merges: Vec<[u16; 4]>,
    /// Rows so far.
    count: u16,
    /// Rows that are hidden.
    hidden: Vec<u16>,
}

fn render(paper: &Paper, faults: &Faults, rng: &mut Rng) -> anyhow::Result<Vec<u8>> {
    let mut book = Book {
        rng: rng.fork(),
        texts: Vec::new(),
        cells: Vec::new(),
        merges: Vec::new(),
        count: 0,
        hidden: Vec::new(),
    };
    paper.title.iter().for_each(|line| book.line(line, PLAIN));
    for block in &paper.blocks {
        match block {
            Block::Title(lines) => lines.iter().for_each(|line| book.line(line, PLAIN)),
            Block::Heading {
                number,
                text,
                broken_at,
                ..
            } => {
                book.line(
                    &heading_lines(number, text, *broken_at).join(
                        "
",
                    ),
                    BOLD,
                );
            }
            Block::RunIn { head, rest } => book.line(&format!("{head}{rest}"), PLAIN),
            Block::Paragraph(text) | Block::Closing(text) => book.line(text, PLAIN),
            Block::Table(sheet) => book.table(sheet, faults),
        }
    }
    Ok(book.file())
}

fn record(kind: u16, bytes: &[u8]) -> Vec<u8> {
    let mut out = kind.to_le_bytes().to_vec();
    out.extend((bytes.len() as u16).to_le_bytes());
    out.extend(bytes);
    out
}

fn words(words: &[u16]) -> Vec<u8> {
    words.iter().flat_map(|word| word.to_le_bytes()).collect()
}

/// A number of 30 bits, or a hundredth of it.
fn short(number: i32, hundredth: bool) -> [u8; 4] {
    ((number << 2) | 2 | i32::from(hundredth)).to_le_bytes()
}

/// The flag and characters of a text: of one byte where all of them fit.
fn characters(text: &str) -> (u8, Vec<Vec<u8>>) {
    let units: Vec<u16> = text.encode_utf16().collect();
    match units.iter().all(|unit| *unit < 0x100) {
        true => (0, units.iter().map(|unit| vec![*unit as u8]).collect()),
        false => (1, units.iter().map(|unit| unit.to_le_bytes().to_vec()).collect()),
    }
}

impl Book {
    fn line(&mut self, text: &str, style: u16) {
        self.text(0, text, style);
        self.count += 1;
    }

    fn table(&mut self, sheet: &Sheet, faults: &Faults) {
        let grid = layout::whole(sheet, faults);
        let rows = slots::rows(&grid);
        // Rows of the sheet by those of the table.
        let mut places = Vec::with_capacity(rows.len());
        let mut next = self.count;
        for _ in &rows {
            places.push(next);
            next += 1 + u16::from(self.rng.chance(4));
        }
        for (at, row) in rows.into_iter().enumerate() {
            self.count = places[at];
            let mut column = 0u16;
            for slot in row {
                let cell = slot.cell();
                let columns = cell.columns as u16;
                if let Slot::Begins(cell) = slot {
                    self.cell(column, &cell.text);
                    if cell.rows > 1 || columns > 1 {
                        let last = places[(at + cell.rows - 1).min(places.len() - 1)];
                        self.merges.push([self.count, last, column, column + columns - 1]);
                    }
                }
                column += columns;
            }
            if self.rng.chance(10) {
                self.add(0x00FD, HIDDEN_COLUMN, PLAIN, &[0; 4]);
            }
            if self.rng.chance(6) {
                self.add(0x0203, column, STRUCK, &33f64.to_le_bytes());
            }
            for hidden in places[at] + 1..places.get(at + 1).copied().unwrap_or(next) {
                self.count = hidden;
                self.hidden.push(hidden);
                self.add(0x027E, 0, PLAIN, &short(77, false));
                self.add(0x027E, 1, PLAIN, &short(77, false));
            }
        }
        self.count = next;
    }

    fn add(&mut self, kind: u16, column: u16, style: u16, value: &[u8]) {
        let place = words(&[self.count, column, style]);
        self.cells.extend(record(kind, &[&place, value].concat()));
    }

    /// A cell; a plain number is stored as one, with noise in its last digits that its format hides.
    fn cell(&mut self, column: u16, text: &str) {
        let digits = text.len() < 9 && text.bytes().all(|byte| byte.is_ascii_digit());
        let plain = digits && !text.is_empty() && (text == "0" || !text.starts_with('0'));
        let number: i32 = match text.parse() {
            Ok(number) if plain => number,
            _ => return self.text(column, text, PLAIN),
        };
        let noisy = if number > 0 && text.len() < 6 { 1e-10 } else { 0.0 };
        match self.rng.below(7) {
            0 => self.add(0x027E, column, PLAIN, &short(number, false)),
            1 if text.len() < 6 => self.add(0x027E, column, WHOLE, &short(number * 100 + 25, true)),
            2 => self.add(0x0203, column, PLAIN, &(f64::from(number) + noisy * 1e-3).to_le_bytes()),
            3 => self.add(0x0203, column, WHOLE, &(f64::from(number) + 0.25).to_le_bytes()),
            4 => {
                // Several numbers in one record, of which this table has but one.
                let several = [
                    &words(&[self.count, column, PLAIN])[..],
                    &short(number, false),
                    &words(&[column]),
                ];
                self.cells.extend(record(0x00BD, &several.concat()));
            }
            5 => {
                let result = [&f64::from(number).to_le_bytes()[..], &[0; 8]].concat();
                self.add(0x0006, column, PLAIN, &result);
            }
            _ => {
                // A formula whose result is a text.
                self.add(
                    0x0006,
                    column,
                    PLAIN,
                    &[0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 0, 0, 0, 0, 0, 0, 0, 0],
                );
                let (flag, units) = characters(text);
                let text = [&words(&[units.len() as u16])[..], &[flag], &units.concat()].concat();
                self.cells.extend(record(0x0207, &text));
            }
        }
    }

    fn text(&mut self, column: u16, text: &str, style: u16) {
        if text.is_empty() {
            return self.add(0x0201, column, style, &[]);
        }
        let number = self.texts.len() as u32;
        self.texts.push(text.into());
        self.add(0x00FD, column, style, &number.to_le_bytes());
    }

    fn file(mut self) -> Vec<u8> {
        let begin = |kind: u16| record(0x0809, &words(&[0x0600, kind, 0x0DBB, 0x07CC, 0, 0, 6, 0]));
        let end = record(0x000A, &[]);
        let sheet = [begin(0x10), self.sheet(), end.clone()].concat();
        let secret = record(0x027E, &[&words(&[0, 0, PLAIN])[..], &short(88, false)].concat());
        let hidden = [begin(0x10), secret, end.clone()].concat();
        let shared = self.shared();
        let globals = |places: [u32; 2]| {
            let mut out = begin(5);
            out.extend(record(0x0042, &words(&[1200])));
            out.extend(styles());
            for ((name, state), place) in [("年报", 0), ("b", 1)].iter().zip(places) {
                let (flag, units) = characters(name);
                let head = [
                    &place.to_le_bytes()[..],
                    &[*state, 0, units.len() as u8, flag],
                    &units.concat(),
                ]
                .concat();
                out.extend(record(0x0085, &head));
            }
            out.extend(&shared);
            out.extend(&end);
            out
        };
        let first = globals([0, 0]).len() as u32;
        let mut out = globals([first, first + sheet.len() as u32]);
        out.extend(sheet);
        out.extend(hidden);
        compound::file(&[("Workbook", out)])
    }

    fn sheet(&self) -> Vec<u8> {
        let mut out = record(0x007D, &words(&[HIDDEN_COLUMN, HIDDEN_COLUMN, 2000, PLAIN, 1, 0]));
        for row in &self.hidden {
            out.extend(record(0x0208, &words(&[*row, 0, 2, 255, 0, 0, 0x0120, 0])));
        }
        out.extend(&self.cells);
        for merges in self.merges.chunks(1000) {
            let ranges: Vec<u8> = merges.iter().flat_map(|range| words(range)).collect();
            out.extend(record(0x00E5, &[words(&[merges.len() as u16]), ranges].concat()));
        }
        out
    }

    /// The shared texts: records end anywhere in a text, which the next one continues.
    fn shared(&mut self) -> Vec<u8> {
        let count = (self.texts.len() as u32).to_le_bytes();
        let mut parts: Vec<Vec<u8>> = vec![[count, count].concat()];
        let most = 64 + self.rng.below(8000);
        for text in &self.texts {
            let (flag, units) = characters(text);
            if parts.last().is_some_and(|part| part.len() + 5 > most) {
                parts.push(Vec::new());
            }
            let head = [&words(&[units.len() as u16])[..], &[flag]].concat();
            parts.last_mut().into_iter().for_each(|part| part.extend(&head));
            for unit in units {
                if parts.last().is_some_and(|part| part.len() + unit.len() > most) {
                    parts.push(vec![flag]);
                }
                parts.last_mut().into_iter().for_each(|part| part.extend(&unit));
            }
        }
        let kinds = std::iter::once(0x00FC).chain(std::iter::repeat(0x003C));
        kinds.zip(&parts).flat_map(|(kind, part)| record(kind, part)).collect()
    }
}

/// Fonts and styles of cells. The fonts are counted without a fourth one, which no file has.
fn styles() -> Vec<u8> {
    let mut out = Vec::new();
    for (flags, weight) in [(0, 400), (0, 400), (0, 400), (0, 400), (0, 700), (8, 400)] {
        let font = [words(&[200, flags, 0x7FFF, weight, 0, 0, 0]), vec![1, 0, b'A']].concat();
        out.extend(record(0x0031, &font));
    }
    for (font, format) in [(0, 0), (0, 1), (5, 0), (6, 0)] {
        out.extend(record(0x00E0, &[words(&[font, format, 1]), vec![0; 14]].concat()));
    }
    out
}
