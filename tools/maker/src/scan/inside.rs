//! Reports whose tables are pictures inside a file that holds all else as text, and pages that are pictures inside an OFD file.
//!
//! Invariant: the picture of a table stands where the table stood, and nothing of the table is left as text.

use std::io::{Cursor, Write};

use anyhow::{Result, ensure};
use image::codecs::jpeg::JpegEncoder;
use image::{GrayImage, ImageFormat};
use zip::write::{SimpleFileOptions, ZipWriter};

use super::{Font, Wear, draw, short_report};
use crate::Made;
use crate::containers::{Container, Family, html_clean, mhtml, ofd, paged, pdf};
use crate::faults::Faults;
use crate::paper::{Block, Paper, heading_lines};
use crate::rng::Rng;

/// What holds the pictures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holder {
    /// A page with the pictures written into their addresses.
    Html,
    /// A page whose pictures stand beside it: the files follow in [`Inside::beside`].
    Saved,
    /// A web archive.
    Mhtml,
    /// A Word package.
    Docx,
    /// Fixed pages with text and pictures.
    Ofd,
    /// Fixed pages that are pictures.
    OfdPages,
    /// Pages of a PDF file with text and pictures.
    Pdf,
    /// Pages of a PDF file that are pictures with a line of text below.
    PdfPages,
}

impl Holder {
    /// All of them.
    pub const ALL: [Holder; 8] = [
        Holder::Html,
        Holder::Saved,
        Holder::Mhtml,
        Holder::Docx,
        Holder::Ofd,
        Holder::OfdPages,
        Holder::Pdf,
        Holder::PdfPages,
    ];

    /// Its name and the ending of its files.
    pub fn name(self) -> (&'static str, &'static str) {
        match self {
            Holder::Html => ("html", "html"),
            Holder::Saved => ("saved", "html"),
            Holder::Mhtml => ("mhtml", "mht"),
            Holder::Docx => ("docx", "docx"),
            Holder::Ofd => ("ofd", "ofd"),
            Holder::OfdPages => ("ofd-pages", "ofd"),
            Holder::Pdf => ("pdf", "pdf"),
            Holder::PdfPages => ("pdf-pages", "pdf"),
        }
    }
}

/// A made file and those beside it.
pub struct Inside {
    /// The file.
    pub made: Made,
    /// Name and bytes of each picture beside it.
    pub beside: Vec<(String, Vec<u8>)>,
}

static INSIDE: Container = Container {
    name: "tables-as-pictures",
    family: Family::Pdf,
    extension: "html",
    lossy: true,
    counts: false,
    render: |_, _, _| anyhow::bail!("pictures need a font"),
};

/// Makes the report of a seed with its tables as pictures in dots an inch.
///
/// # Errors
/// Where the font lacks a character, or the file cannot be written.
pub fn inside(seed: u64, font: &Font, (dpi, wear): (f64, Wear), holder: Holder) -> Result<Inside> {
    let mut rng = Rng::new(seed);
    let faults = Faults {
        list: Vec::new(),
        variant: 0,
    };
    let (mut paper, truth) = short_report(&faults, &mut rng);
    let mut beside = Vec::new();
    let bytes = match holder {
        Holder::Ofd | Holder::OfdPages | Holder::Pdf | Holder::PdfPages => {
            let pages = paged::pages(&paper, &faults, &mut rng.fork());
            let is_whole = matches!(holder, Holder::OfdPages | Holder::PdfPages);
            let pages: Vec<_> = pages.into_iter().map(|page| cut(page, is_whole)).collect();
            let mut shown = Vec::new();
            for (text, cuts) in pages {
                let mut pictures = Vec::new();
                for cut in cuts {
                    pictures.push((cut.bounds, picture(&cut, font, (dpi, wear), &mut rng)?));
                }
                shown.push((text, pictures));
            }
            match holder {
                Holder::Pdf | Holder::PdfPages => pdf(shown, is_whole)?,
                _ => ofd::with_pictures(&paper, &shown)?,
            }
        }
        _ => {
            let mut pictures = Vec::new();
            for block in &mut paper.blocks {
                let Block::Table(_) = block else { continue };
                let from = pictures.len();
                let alone = Paper {
                    title: Vec::new(),
                    blocks: vec![block.clone()],
                    ..empty()
                };
                for page in paged::pages(&alone, &faults, &mut rng.fork()) {
                    for cut in cut(page, false).1 {
                        pictures.push(picture(&cut, font, (dpi, wear), &mut rng)?);
                    }
                }
                let marks: Vec<String> = (from..pictures.len()).map(mark).collect();
                *block = Block::Paragraph(marks.join(""));
            }
            let names: Vec<String> = (1..=pictures.len())
                .map(|number| format!("image{number}.png"))
                .collect();
            if holder == Holder::Saved {
                beside = names
                    .iter()
                    .map(|name| format!("a.files/{name}"))
                    .zip(pictures.clone())
                    .collect();
            }
            match holder {
                Holder::Docx => docx(&paper, &pictures)?,
                _ => page(&paper, &faults, &mut rng, &pictures, holder)?,
            }
        }
    };
    let (name, ending) = holder.name();
    let made = Made {
        file_name: format!("inside-{name}-{}-{seed}.{ending}", wear.name()),
        bytes,
        truth,
        faults: Vec::new(),
        container: &INSIDE,
        lossy: true,
    };
    Ok(Inside { made, beside })
}

fn empty() -> Paper {
    Paper {
        title: Vec::new(),
        agency: String::new(),
        year: 0,
        published: String::new(),
        index_number: String::new(),
        site: String::new(),
        blocks: Vec::new(),
        traditional: false,
    }
}

/// What stands for a picture until the file is written.
fn mark(number: usize) -> String {
    format!("[[PICTURE-{number}]]")
}

/// A part of a page that becomes a picture, in points.
struct Cut {
    bounds: (f64, f64, f64, f64),
    marks: paged::Page,
}

/// Points of paper around a table.
const AROUND: f64 = 4.0;

/// Takes the tables out of a page, or the page as a whole.
fn cut(page: paged::Page, is_whole: bool) -> (paged::Page, Vec<Cut>) {
    if is_whole {
        let bounds = (0.0, 0.0, paged::WIDTH, paged::HEIGHT);
        return (Vec::new(), vec![Cut { bounds, marks: page }]);
    }
    let mut cuts: Vec<Cut> = Vec::new();
    let mut rules: Vec<_> = page.iter().filter_map(extent).collect();
    rules.sort_by(|a, b| a.1.total_cmp(&b.1));
    for (x0, y0, x1, y1) in rules {
        let (x0, y0, x1, y1) = (x0 - AROUND, y0 - AROUND, x1 + AROUND, y1 + AROUND);
        match cuts.last_mut().filter(|last| y0 <= last.bounds.3) {
            Some(Cut { bounds, .. }) => {
                *bounds = (bounds.0.min(x0), bounds.1, bounds.2.max(x1), bounds.3.max(y1));
            }
            None => cuts.push(Cut {
                bounds: (x0, y0, x1, y1),
                marks: Vec::new(),
            }),
        }
    }
    let mut text = Vec::new();
    for mark in page {
        let y = match &mark {
            paged::Mark::Text { y, .. } => *y,
            paged::Mark::Rule { from, .. } => from.1,
        };
        match cuts.iter_mut().find(|cut| (cut.bounds.1..=cut.bounds.3).contains(&y)) {
            Some(cut) => cut.marks.push(mark),
            None => text.push(mark),
        }
    }
    (text, cuts)
}

fn extent(mark: &paged::Mark) -> Option<(f64, f64, f64, f64)> {
    match mark {
        paged::Mark::Rule { from, to } => Some((from.0, from.1, to.0, to.1)),
        paged::Mark::Text { .. } => None,
    }
}

/// The picture of a part of a page as a file.
fn picture(cut: &Cut, font: &Font, (dpi, wear): (f64, Wear), rng: &mut Rng) -> Result<Vec<u8>> {
    let page = draw(&cut.marks, font, dpi)?;
    let pixels = |points: f64| (points * dpi / 72.0).round().max(0.0) as u32;
    let (x0, y0, x1, y1) = cut.bounds;
    let shown = image::imageops::crop_imm(&page, pixels(x0), pixels(y0), pixels(x1 - x0), pixels(y1 - y0));
    stored(&wear.apply(shown.to_image(), dpi, rng), wear)
}

/// A picture as a file: with loss where that is its wear, else as it is.
fn stored(picture: &GrayImage, wear: Wear) -> Result<Vec<u8>> {
    let mut file = Cursor::new(Vec::new());
    if wear == Wear::Coarse {
        JpegEncoder::new_with_quality(&mut file, wear.quality()).encode_image(picture)?;
    } else {
        picture.write_to(&mut file, ImageFormat::Png)?;
    }
    Ok(file.into_inner())
}

/// A saved page with its pictures.
fn page(paper: &Paper, faults: &Faults, rng: &mut Rng, pictures: &[Vec<u8>], holder: Holder) -> Result<Vec<u8>> {
    let mut page = (html_clean::CONTAINER.render)(paper, faults, rng)?;
    for (number, picture) in pictures.iter().enumerate() {
        let address = match holder {
            Holder::Html => format!("data:image/png;base64,{}", mhtml::base64(picture).replace("\r\n", "")),
            _ => format!("a.files/image{}.png", number + 1),
        };
        page = replaced(page, &mark(number), &format!("<img src=\"{address}\">"))?;
    }
    if holder != Holder::Mhtml {
        return Ok(page);
    }
    let mut parts = vec![("text/html", "http://www.example.cn/a.html".to_owned(), page.as_slice())];
    for (number, picture) in pictures.iter().enumerate() {
        let place = format!("http://www.example.cn/a.files/image{}.png", number + 1);
        parts.push(("image/png", place, picture));
    }
    let mut file =
        "MIME-Version: 1.0\r\nContent-Type: multipart/related; type=\"text/html\"; boundary=\"b--7\"\r\n\r\n"
            .to_owned();
    for (kind, place, bytes) in parts {
        let packed = mhtml::base64(bytes);
        file += &format!(
            "--b--7\r\nContent-Type: {kind}\r\nContent-Transfer-Encoding: base64\r\nContent-Location: {place}\r\n\r\n{packed}\r\n"
        );
    }
    Ok((file + "--b--7--\r\n").into_bytes())
}

/// What a program for scans writes below each page.
const BELOW: &str = "由手机扫描生成";

/// A PDF file of pages with text and pictures.
fn pdf(shown: Vec<(paged::Page, Vec<ofd::Picture>)>, is_whole: bool) -> Result<Vec<u8>> {
    let mut pages = Vec::new();
    for (mut text, files) in shown {
        if is_whole {
            text.push(paged::Mark::Text {
                x: 400.0,
                y: paged::HEIGHT - 20.0,
                size: 9.0,
                text: BELOW.to_owned(),
            });
        }
        let mut pictures = Vec::new();
        for (bounds, file) in files {
            pictures.push((bounds, image::load_from_memory(&file)?.into_luma8()));
        }
        pages.push((text, pictures));
    }
    pdf::with_pictures(&pages)
}

fn replaced(bytes: Vec<u8>, mark: &str, by: &str) -> Result<Vec<u8>> {
    let at = bytes.windows(mark.len()).position(|window| window == mark.as_bytes());
    ensure!(at.is_some(), "{mark} is not in the file");
    let at = at.unwrap_or_default();
    Ok([&bytes[..at], by.as_bytes(), &bytes[at + mark.len()..]].concat())
}

const DECLARATION: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#;
const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// A Word package with its pictures.
fn docx(paper: &Paper, pictures: &[Vec<u8>]) -> Result<Vec<u8>> {
    let mut body: String = paper.title.iter().map(|line| paragraph(line)).collect();
    for block in &paper.blocks {
        match block {
            Block::Title(lines) => body.extend(lines.iter().map(|line| paragraph(line))),
            Block::Heading {
                number,
                text,
                broken_at,
                ..
            } => body.extend(
                heading_lines(number, text, *broken_at)
                    .iter()
                    .map(|line| paragraph(line)),
            ),
            Block::RunIn { head, rest } => body += &paragraph(&format!("{head}{rest}")),
            Block::Paragraph(text) | Block::Closing(text) => body += &paragraph(text),
            Block::Table(_) => anyhow::bail!("a table that is no picture"),
        }
    }
    let mut relations = String::new();
    for number in 0..pictures.len() {
        let drawing = format!(
            r#"</w:t></w:r><w:r><w:drawing><wp:inline><wp:extent cx="5400000" cy="2700000"/><wp:docPr id="{number}" name="{number}"/><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:blipFill><a:blip r:embed="p{number}"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r><w:r><w:t>"#
        );
        body = String::from_utf8(replaced(body.into_bytes(), &mark(number), &drawing)?)?;
        relations += &format!(
            r#"<Relationship Id="p{number}" Type="{RELATIONS}/image" Target="media/image{}.png"/>"#,
            number + 1
        );
    }
    let document = format!(
        r#"{DECLARATION}<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="{RELATIONS}" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><w:body>{body}</w:body></w:document>"#
    );
    let space = "http://schemas.openxmlformats.org/package/2006";
    let types = format!(
        r#"{DECLARATION}<Types xmlns="{space}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="png" ContentType="image/png"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"#
    );
    let package = format!(
        r#"{DECLARATION}<Relationships xmlns="{space}/relationships"><Relationship Id="d" Type="{RELATIONS}/officeDocument" Target="word/document.xml"/></Relationships>"#
    );
    let relations = format!(r#"{DECLARATION}<Relationships xmlns="{space}/relationships">{relations}</Relationships>"#);
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let mut add = |name: &str, content: &[u8]| -> Result<()> {
        zip.start_file(name, SimpleFileOptions::default())?;
        Ok(zip.write_all(content)?)
    };
    add("[Content_Types].xml", types.as_bytes())?;
    add("_rels/.rels", package.as_bytes())?;
    add("word/document.xml", document.as_bytes())?;
    add("word/_rels/document.xml.rels", relations.as_bytes())?;
    for (number, picture) in pictures.iter().enumerate() {
        add(&format!("word/media/image{}.png", number + 1), picture)?;
    }
    Ok(zip.finish()?.into_inner())
}

fn paragraph(text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;");
    format!(r#"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"#)
}
