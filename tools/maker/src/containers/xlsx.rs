//! Workbooks as Excel and WPS write them: shared texts, stored binary numbers that their formats round, merged cells.
//!
//! Invariant: hidden rows and sheets hold other figures than the report, so that reading them shows.

use std::io::{Cursor, Write};

use zip::write::{SimpleFileOptions, ZipWriter};

use super::{Container, Family};
use crate::faults::Faults;
use crate::layout;
use crate::paper::{Block, Paper, heading_lines};
use crate::rng::Rng;
use crate::sheet::Sheet;
use crate::slots::{self, Slot};

/// The container.
pub static CONTAINER: Container = Container {
    name: "xlsx",
    family: Family::Word,
    extension: "xlsx",
    lossy: false,
    counts: false,
    render,
};

const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

struct Book {
    rng: Rng,
    texts: Vec<String>,
    rows: String,
    merges: String,
    /// Rows so far.
    count: usize,
}

fn render(paper: &Paper, faults: &Faults, rng: &mut Rng) -> anyhow::Result<Vec<u8>> {
    let mut book = Book {
        rng: rng.fork(),
        texts: Vec::new(),
        rows: String::new(),
        merges: String::new(),
        count: 0,
    };
    paper.title.iter().for_each(|line| book.line(line));
    for block in &paper.blocks {
        match block {
            Block::Title(lines) => lines.iter().for_each(|line| book.line(line)),
            Block::Heading {
                number,
                text,
                broken_at,
                ..
            } => {
                book.bold(&heading_lines(number, text, *broken_at).join(
                    "
",
                ));
            }
            Block::RunIn { head, rest } => book.line(&format!("{head}{rest}")),
            Block::Paragraph(text) | Block::Closing(text) => book.line(text),
            Block::Table(sheet) => book.table(sheet, faults),
        }
    }
    book.pack()
}

impl Book {
    fn line(&mut self, text: &str) {
        self.count += 1;
        let cell = self.text(0, text);
        self.rows += &format!(r#"<row r="{}">{cell}</row>"#, self.count);
    }

    fn bold(&mut self, text: &str) {
        self.count += 1;
        let cell = self.text(0, text).replacen("<c ", r#"<c s="2" "#, 1);
        self.rows += &format!(r#"<row r="{}">{cell}</row>"#, self.count);
    }

    fn table(&mut self, sheet: &Sheet, faults: &Faults) {
        let grid = layout::whole(sheet, faults);
        for row in slots::rows(&grid) {
            self.count += 1;
            let mut column = 0;
            let mut cells = String::new();
            for slot in row {
                let cell = slot.cell();
                match slot {
                    Slot::Begins(cell) => {
                        cells += &self.cell(column, &cell.text);
                        if cell.rows > 1 || cell.columns > 1 {
                            let last = address(self.count + cell.rows - 1, column + cell.columns - 1);
                            self.merges += &format!(r#"<mergeCell ref="{}:{last}"/>"#, address(self.count, column));
                        }
                    }
                    Slot::Continues(_) => cells += &format!(r#"<c r="{}"/>"#, address(self.count, column)),
                }
                column += cell.columns;
            }
            self.rows += &format!(r#"<row r="{}">{cells}</row>"#, self.count);
            if self.rng.chance(4) {
                self.count += 1;
                self.rows += &format!(
                    r#"<row r="{0}" hidden="1"><c r="A{0}"><v>77</v></c><c r="B{0}"><v>77</v></c></row>"#,
                    self.count
                );
            }
        }
    }

    /// A cell; a plain number is stored as one, with noise in its last digits that its format hides.
    fn cell(&mut self, column: usize, text: &str) -> String {
        let digits = text.len() < 10 && text.bytes().all(|byte| byte.is_ascii_digit());
        let plain = digits && !text.is_empty() && (text == "0" || !text.starts_with('0'));
        if !plain {
            return self.text(column, text);
        }
        let at = address(self.count, column);
        match self.rng.below(4) {
            0 => format!(r#"<c r="{at}"><f>SUM(A1:A9)</f><v>{text}</v></c>"#),
            1 if text != "0" && text.len() < 6 => format!(r#"<c r="{at}"><v>{text}.0000000000001</v></c>"#),
            2 => format!(r#"<c r="{at}" s="1"><v>{text}.25</v></c>"#),
            _ => self.text(column, text),
        }
    }

    fn text(&mut self, column: usize, text: &str) -> String {
        if text.is_empty() {
            return format!(r#"<c r="{}"/>"#, address(self.count, column));
        }
        let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        self.texts
            .push(format!(r#"<si><t xml:space="preserve">{text}</t></si>"#));
        format!(
            r#"<c r="{}" t="s"><v>{}</v></c>"#,
            address(self.count, column),
            self.texts.len() - 1
        )
    }

    fn pack(self) -> anyhow::Result<Vec<u8>> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        let merges = if self.merges.is_empty() {
            String::new()
        } else {
            format!("<mergeCells>{}</mergeCells>", self.merges)
        };
        let relation = |id: &str, kind: &str, target: &str| {
            format!(r#"<Relationship Id="{id}" Type="{RELATIONS}/{kind}" Target="{target}"/>"#)
        };
        let relations = |all: String| {
            format!(
                r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{all}</Relationships>"#
            )
        };
        for (name, content) in [
            ("[Content_Types].xml", r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>"#.to_owned()),
            ("_rels/.rels", relations(relation("a", "officeDocument", "xl/workbook.xml"))),
            ("xl/workbook.xml", format!(r#"<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets><sheet name="年报" sheetId="1" r:id="a"/><sheet name="b" sheetId="2" state="hidden" r:id="a"/></sheets></workbook>"#)),
            ("xl/_rels/workbook.xml.rels", relations(relation("a", "worksheet", "worksheets/sheet1.xml") + &relation("b", "sharedStrings", "sharedStrings.xml") + &relation("c", "styles", "styles.xml"))),
            ("xl/styles.xml", format!(r#"<styleSheet xmlns="{MAIN}"><fonts><font/><font><b/></font></fonts><cellXfs><xf numFmtId="0"/><xf numFmtId="1"/><xf numFmtId="0" fontId="1"/></cellXfs></styleSheet>"#)),
            ("xl/sharedStrings.xml", format!(r#"<sst xmlns="{MAIN}">{}</sst>"#, self.texts.concat())),
            ("xl/worksheets/sheet1.xml", format!(r#"<worksheet xmlns="{MAIN}"><sheetData>{}</sheetData>{merges}</worksheet>"#, self.rows)),
        ] {
            zip.start_file(name, SimpleFileOptions::default())?;
            zip.write_all(content.as_bytes())?;
        }
        Ok(zip.finish()?.into_inner())
    }
}

/// `B7`; row from 1, column from 0, of a narrow sheet.
fn address(row: usize, column: usize) -> String {
    format!("{}{row}", char::from(b'A' + (column % 26) as u8))
}
