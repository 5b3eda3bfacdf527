//! Word documents, as Word and WPS write them: runs cut anywhere, tracked changes, content controls, numbers that the program counts.
//!
//! Invariant: what is deleted, hidden or an instruction holds other figures than the report, so that reading it shows.

mod lists;
mod text;

use std::io::{Cursor, Write};

use zip::write::{SimpleFileOptions, ZipWriter};

use super::{Container, Family};
use crate::faults::Faults;
use crate::layout::{self, Role};
use crate::paper::{Block, Paper, heading_lines};
use crate::rng::Rng;
use crate::sheet::Sheet;
use crate::slots::{self, Slot};
pub use lists::Lists;
use text::{Writer, escape};

/// A zip package.
pub static DOCX: Container = Container {
    name: "docx",
    family: Family::Word,
    extension: "docx",
    lossy: false,
    counts: false,
    render: docx,
};

/// All parts in one XML file.
pub static FLAT: Container = Container {
    name: "docx-flat",
    family: Family::Word,
    extension: "xml",
    lossy: false,
    counts: false,
    render: flat,
};

const TRANSITIONAL: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const STRICT: &str = "http://purl.oclc.org/ooxml/wordprocessingml/main";
const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const STYLES: &str = r#"<w:docDefaults/><w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style><w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:basedOn w:val="a"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/></w:rPr></w:style><w:style w:type="paragraph" w:styleId="2"><w:name w:val="heading 2"/><w:basedOn w:val="a"/></w:style><w:style w:type="character" w:styleId="h"><w:name w:val="secret"/><w:rPr><w:vanish/></w:rPr></w:style>"#;

/// A part: name, content type, content.
struct Part(&'static str, &'static str, String);

fn docx(paper: &Paper, faults: &Faults, rng: &mut Rng) -> anyhow::Result<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let mut add = |name: &str, content: &str| -> anyhow::Result<()> {
        zip.start_file(name, SimpleFileOptions::default())?;
        Ok(zip.write_all(content.as_bytes())?)
    };
    let parts = parts(paper, faults, rng);
    let mut types = String::new();
    for Part(name, kind, _) in parts.iter().filter(|part| !part.0.ends_with(".rels")) {
        types += &format!(r#"<Override PartName="/{name}" ContentType="{kind}"/>"#);
    }
    let declaration = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#;
    add(
        "[Content_Types].xml",
        &format!(
            r#"{declaration}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>{types}</Types>"#
        ),
    )?;
    for Part(name, _, content) in &parts {
        add(name, &format!("{declaration}\n{content}"))?;
    }
    Ok(zip.finish()?.into_inner())
}

fn flat(paper: &Paper, faults: &Faults, rng: &mut Rng) -> anyhow::Result<Vec<u8>> {
    let mut out = String::from(
        r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<?mso-application progid="Word.Document"?>
<pkg:package xmlns:pkg="http://schemas.microsoft.com/office/2006/xmlPackage">"#,
    );
    for Part(name, kind, content) in parts(paper, faults, rng) {
        out += &format!(
            r#"<pkg:part pkg:name="/{name}" pkg:contentType="{kind}"><pkg:xmlData>{content}</pkg:xmlData></pkg:part>"#
        );
    }
    Ok((out + "</pkg:package>").into_bytes())
}

fn parts(paper: &Paper, faults: &Faults, rng: &mut Rng) -> Vec<Part> {
    let space = if faults.variant.is_multiple_of(5) {
        STRICT
    } else {
        TRANSITIONAL
    };
    let mut lists = Lists::default();
    let body = body(paper, faults, &mut lists, rng);
    let root = |name: &str, content: &str| {
        format!(
            r#"<w:{name} xmlns:w="{space}" xmlns:r="{RELATIONS}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:v="urn:schemas-microsoft-com:vml">{content}</w:{name}>"#
        )
    };
    let relations = |list: &[(&str, &str)]| {
        let all: String = list
            .iter()
            .enumerate()
            .map(|(at, (kind, target))| {
                format!(
                    r#"<Relationship Id="rId{}" Type="{RELATIONS}/{kind}" Target="{target}"/>"#,
                    at + 1
                )
            })
            .collect();
        format!(
            r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{all}</Relationships>"#
        )
    };
    const MAIN: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";
    const RELS: &str = "application/vnd.openxmlformats-package.relationships+xml";
    const STYLE: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml";
    const NUMBERS: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml";
    const HEADER: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml";
    let header = format!("<w:p><w:r><w:t>{}</w:t></w:r></w:p>", escape(&paper.site));
    vec![
        Part(
            "_rels/.rels",
            RELS,
            relations(&[("officeDocument", "word/document.xml")]),
        ),
        Part(
            "word/document.xml",
            MAIN,
            root("document", &format!("<w:body>{body}</w:body>")),
        ),
        Part(
            "word/_rels/document.xml.rels",
            RELS,
            relations(&[
                ("styles", "styles.xml"),
                ("numbering", "/word/numbering.xml"),
                ("header", "header1.xml"),
            ]),
        ),
        Part("word/styles.xml", STYLE, root("styles", STYLES)),
        Part("word/numbering.xml", NUMBERS, root("numbering", &lists.xml())),
        Part("word/header1.xml", HEADER, root("hdr", &header)),
    ]
}

fn body(paper: &Paper, faults: &Faults, lists: &mut Lists, rng: &mut Rng) -> String {
    let mut writer = Writer {
        rng: rng.fork(),
        lists,
        counted: !faults.variant.is_multiple_of(3),
    };
    let mut out = String::new();
    title(&paper.title, &mut writer, &mut out);
    for block in &paper.blocks {
        match block {
            Block::Title(lines) => title(lines, &mut writer, &mut out),
            Block::Heading {
                level,
                number,
                text,
                broken_at,
            } => {
                let lines = heading_lines(number, text, *broken_at).join(
                    "
",
                );
                let style = format!(r#"<w:pStyle w:val="{}"/>"#, (*level).min(2));
                out += &writer.paragraph(&lines, &style, broken_at.is_none());
            }
            Block::RunIn { head, rest } => out += &writer.paragraph(&format!("{head}{rest}"), "", false),
            Block::Paragraph(text) => out += &writer.paragraph(text, "", false),
            Block::Closing(text) => out += &writer.paragraph(text, r#"<w:jc w:val="right"/>"#, false),
            Block::Table(sheet) => out += &table(sheet, faults, &mut writer),
        }
    }
    out + r#"<w:sectPr><w:headerReference w:type="default" r:id="rId3"/></w:sectPr>"#
}

fn title(lines: &[String], writer: &mut Writer, out: &mut String) {
    for line in lines {
        *out += &writer.paragraph(line, r#"<w:jc w:val="center"/>"#, false);
    }
}

fn table(sheet: &Sheet, faults: &Faults, writer: &mut Writer) -> String {
    let grid = layout::whole(sheet, faults);
    let columns: String = (0..grid.columns).map(|_| r#"<w:gridCol w:w="900"/>"#).collect();
    let mut out = format!("<w:tbl><w:tblPr/><w:tblGrid>{columns}</w:tblGrid>");
    for row in slots::rows(&grid) {
        let covered: usize = row.iter().map(|slot| slot.cell().columns).sum();
        let after = grid.columns.saturating_sub(covered);
        let after = if after > 0 {
            format!(r#"<w:trPr><w:gridAfter w:val="{after}"/></w:trPr>"#)
        } else {
            String::new()
        };
        let cells: String = row.into_iter().map(|slot| cell(slot, writer)).collect();
        let row = format!("<w:tr>{after}{cells}</w:tr>");
        out += &writer.controlled(row);
        out += &writer.deleted_row(grid.columns);
    }
    out + "</w:tbl><w:p/>"
}

fn cell(slot: Slot, writer: &mut Writer) -> String {
    let cell = slot.cell();
    let mut properties = String::new();
    if cell.columns > 1 {
        properties += &format!(r#"<w:gridSpan w:val="{}"/>"#, cell.columns);
    }
    if slot.is_tall() {
        properties += match slot {
            Slot::Begins(_) => r#"<w:vMerge w:val="restart"/>"#,
            Slot::Continues(_) => "<w:vMerge/>",
        };
    }
    let content = match slot {
        Slot::Begins(cell) => writer.cell(&cell.text, cell.role == Role::Label),
        Slot::Continues(_) => "<w:p/>".into(),
    };
    let cell = format!("<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>");
    writer.controlled(cell)
}
