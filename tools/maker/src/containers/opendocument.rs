//! OpenDocument as LibreOffice writes it: texts as packages or in one file, workbooks with covered cells and endless empty rows.
//!
//! Invariant: what is hidden or deleted holds other figures than the report, so that reading it shows.

use std::io::{Cursor, Write};

use zip::CompressionMethod;
use zip::write::{SimpleFileOptions, ZipWriter};

use super::{Container, Family};
use crate::faults::Faults;
use crate::layout;
use crate::paper::{Block, Paper, heading_lines};
use crate::rng::Rng;
use crate::sheet::Sheet;
use crate::slots::{self, Slot};

/// A text.
pub static ODT: Container = Container {
    name: "odt",
    family: Family::Word,
    extension: "odt",
    lossy: false,
    counts: false,
    render: text,
};

/// A text in one XML file.
pub static FLAT: Container = Container {
    name: "odt-flat",
    family: Family::Word,
    extension: "fodt",
    lossy: false,
    counts: false,
    render: flat,
};

/// A workbook with the whole report on one sheet.
pub static ODS: Container = Container {
    name: "ods",
    family: Family::Word,
    extension: "ods",
    lossy: false,
    counts: false,
    render: workbook,
};

const SPACES: &str = r#"xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" office:version="1.3""#;
const STYLES: &str = r#"<style:style style:name="B" style:family="paragraph"><style:text-properties fo:font-weight="bold"/></style:style><style:style style:name="H" style:family="text"><style:text-properties text:display="none"/></style:style><style:style style:name="S" style:family="text"><style:text-properties style:text-line-through-style="solid"/></style:style><text:list-style style:name="L1"><text:list-level-style-number text:level="1" style:num-format="一, 二, 三, ..." style:num-suffix="、"><style:list-level-properties text:list-level-position-and-space-mode="label-alignment"><style:list-level-label-alignment text:label-followed-by="nothing"/></style:list-level-properties></text:list-level-style-number></text:list-style>"#;
const NUMERALS: [&str; 11] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九", "十"];

fn text(paper: &Paper, faults: &Faults, rng: &mut Rng) -> anyhow::Result<Vec<u8>> {
    package("text", &content("text", paper, faults, rng))
}

fn workbook(paper: &Paper, faults: &Faults, rng: &mut Rng) -> anyhow::Result<Vec<u8>> {
    package("spreadsheet", &content("spreadsheet", paper, faults, rng))
}

fn flat(paper: &Paper, faults: &Faults, rng: &mut Rng) -> anyhow::Result<Vec<u8>> {
    let body = content("text", paper, faults, rng);
    Ok(format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<office:document {SPACES} office:mimetype="application/vnd.oasis.opendocument.text">{body}</office:document>"#
    )
    .into_bytes())
}

fn package(kind: &str, body: &str) -> anyhow::Result<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let declaration = r#"<?xml version="1.0" encoding="UTF-8"?>"#;
    let media_type = format!("application/vnd.oasis.opendocument.{kind}");
    let part = |name: &str, content: &str| format!("{declaration}<office:{name} {SPACES}>{content}</office:{name}>");
    let manifest = format!(
        r#"{declaration}<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry manifest:full-path="/" manifest:media-type="{media_type}"/><manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/><manifest:file-entry manifest:full-path="styles.xml" manifest:media-type="text/xml"/></manifest:manifest>"#
    );
    // Programs look for the media type at a fixed place, so that it is not compressed.
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    zip.start_file("mimetype", stored)?;
    zip.write_all(media_type.as_bytes())?;
    for (name, content) in [
        ("content.xml", part("document-content", body)),
        ("styles.xml", part("document-styles", "<office:styles/>")),
        ("META-INF/manifest.xml", manifest),
    ] {
        zip.start_file(name, SimpleFileOptions::default())?;
        zip.write_all(content.as_bytes())?;
    }
    Ok(zip.finish()?.into_inner())
}

fn content(kind: &str, paper: &Paper, faults: &Faults, rng: &mut Rng) -> String {
    let mut writer = Writer {
        rng: rng.fork(),
        counted: !faults.variant.is_multiple_of(3),
        is_text: kind == "text",
        last: 0,
    };
    let mut body = String::new();
    let title = |lines: &[String], writer: &mut Writer, body: &mut String| {
        lines.iter().for_each(|line| *body += &writer.line("text:p", line));
    };
    title(&paper.title, &mut writer, &mut body);
    for block in &paper.blocks {
        match block {
            Block::Title(lines) => title(lines, &mut writer, &mut body),
            Block::Heading {
                level,
                number,
                text,
                broken_at,
            } => body += &writer.heading(*level, number, text, *broken_at),
            Block::RunIn { head, rest } => body += &writer.line("text:p", &format!("{head}{rest}")),
            Block::Paragraph(text) | Block::Closing(text) => body += &writer.line("text:p", text),
            Block::Table(sheet) => body += &writer.table(sheet, faults),
        }
    }
    if kind == "spreadsheet" {
        const EMPTY: &str = r#"<table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>"#;
        body = format!(
            r#"<table:table table:name="Sheet1"><table:table-column table:number-columns-repeated="16384"/>{body}{EMPTY}</table:table>"#
        );
    }
    format!(
        "<office:automatic-styles>{STYLES}</office:automatic-styles><office:body><office:{kind}>{body}</office:{kind}></office:body>"
    )
}

struct Writer {
    rng: Rng,
    counted: bool,
    is_text: bool,
    /// Last number that the list of headings printed.
    last: usize,
}

impl Writer {
    /// A paragraph, or in a workbook a row with one cell.
    fn line(&mut self, tag: &str, text: &str) -> String {
        let text = self.text(text);
        let paragraph = if tag == "text:h" && !self.is_text {
            format!(r#"<text:p text:style-name="B">{text}</text:p>"#)
        } else if tag == "text:h" {
            format!(r#"<text:h text:style-name="B" text:outline-level="1">{text}</text:h>"#)
        } else {
            format!("<text:p>{text}</text:p>")
        };
        if self.is_text {
            return paragraph;
        }
        format!("<table:table-row><table:table-cell>{paragraph}</table:table-cell></table:table-row>")
    }

    fn heading(&mut self, level: u8, number: &str, text: &str, broken_at: Option<usize>) -> String {
        let value = number
            .strip_suffix('、')
            .and_then(|number| NUMERALS.iter().position(|numeral| *numeral == number))
            .filter(|value| *value > 0 && self.counted && self.is_text && broken_at.is_none());
        if let Some(value) = value {
            let start = if value == self.last + 1 {
                String::new()
            } else {
                format!(r#" text:start-value="{value}""#)
            };
            let goes_on = if self.last > 0 {
                r#" text:continue-numbering="true""#
            } else {
                ""
            };
            self.last = value;
            let heading = self.line("text:h", text);
            return format!(
                r#"<text:list text:style-name="L1"{goes_on}><text:list-item{start}>{heading}</text:list-item></text:list>"#
            );
        }
        let lines = heading_lines(number, text, broken_at).join(
            "
",
        );
        self.line(if level == 1 { "text:h" } else { "text:p" }, &lines)
    }

    fn table(&mut self, sheet: &Sheet, faults: &Faults) -> String {
        let grid = layout::whole(sheet, faults);
        let mut out = String::new();
        if self.is_text {
            out += &format!(
                r#"<table:table><table:table-column table:number-columns-repeated="{}"/>"#,
                grid.columns
            );
        }
        for row in slots::rows(&grid) {
            out += "<table:table-row>";
            for slot in row {
                let cell = slot.cell();
                let covered = |count: usize| "<table:covered-table-cell/>".repeat(count);
                let Slot::Begins(_) = slot else {
                    out += &covered(cell.columns);
                    continue;
                };
                let span = |name: &str, count: usize| {
                    if count > 1 {
                        format!(r#" table:number-{name}-spanned="{count}""#)
                    } else {
                        String::new()
                    }
                };
                let spans = span("rows", cell.rows) + &span("columns", cell.columns);
                let lines: String = cell
                    .text
                    .split('\n')
                    .map(|line| format!("<text:p>{}</text:p>", self.text(line)))
                    .collect();
                out += &format!(
                    "<table:table-cell{spans}>{lines}</table:table-cell>{}",
                    covered(cell.columns - 1)
                );
            }
            out += "</table:table-row>";
        }
        if self.is_text {
            out + "</table:table><text:p/>"
        } else {
            out
        }
    }

    /// Text with what is not shown between its halves.
    fn text(&mut self, text: &str) -> String {
        let characters: Vec<char> = text.chars().collect();
        let cut = self.rng.below(characters.len() + 1);
        let noise = match self.rng.below(16) {
            0 if self.is_text => r#"<text:span text:style-name="H">55</text:span>"#,
            1 => r#"<text:span text:style-name="S">33</text:span>"#,
            2 => "<office:annotation><text:p>99</text:p></office:annotation>",
            3 => r#"<text:bookmark text:name="b"/><text:soft-page-break/>"#,
            _ => "",
        };
        let half = |part: &[char]| {
            let text: String = part.iter().collect();
            let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
            let text = text
                .replace("  ", r#"<text:s text:c="2"/>"#)
                .replace('\n', "<text:line-break/>");
            if text.is_empty() {
                text
            } else {
                format!("<text:span>{text}</text:span>")
            }
        };
        format!("{}{noise}{}", half(&characters[..cut]), half(&characters[cut..]))
    }
}
