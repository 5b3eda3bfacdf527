//! Tells the format of a file from its first bytes.
//!
//! Invariant: a format without a reader is named as what it is, never read as something else.

use std::io::Read;

use flate2::read::MultiGzDecoder;
use serde::de::IgnoredAny;

use super::container::compound::Compound;
use super::container::package::Package;
use crate::error::Error;

/// A format that has a reader.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Format {
    /// HTML in any encoding, also a fragment.
    Html,
    /// PDF.
    Pdf,
    /// Plain text or Markdown in any encoding.
    Text,
    /// Word document in a zip package (DOCX, DOCM).
    Word,
    /// Word document in a compound file (DOC, WPS).
    WordBinary,
    /// Word document in one XML file (Flat OPC, Word 2003).
    WordXml,
    /// OpenDocument text or workbook in a zip package (ODT, ODS).
    OpenDocument,
    /// OpenDocument in one XML file.
    OpenDocumentXml,
    /// RTF.
    Rtf,
    /// Workbook in a zip package (XLSX, XLSM).
    Workbook,
    /// Workbook in a compound file (XLS, ET).
    WorkbookBinary,
    /// Fixed pages in a zip package (OFD).
    Ofd,
    /// Web archive of one page (MHTML).
    WebArchive,
    /// One picture, or a TIFF file of several.
    #[cfg(feature = "ocr")]
    Picture(image::ImageFormat),
    /// One file, compressed.
    Packed(Packed),
}

/// How one file is compressed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Packed {
    /// By gzip.
    Gzip,
    /// As the only member of a zip archive, with its name.
    Member(String),
}

impl Packed {
    /// Name of the file inside, where the archive has one.
    pub(super) fn name(&self) -> Option<&str> {
        match self {
            Packed::Gzip => None,
            Packed::Member(name) => Some(name),
        }
    }

    /// The file inside.
    pub(super) fn unpack(&self, bytes: &[u8]) -> Result<Vec<u8>, Error> {
        match self {
            Packed::Gzip => {
                let mut inside = Vec::new();
                let read = MultiGzDecoder::new(bytes).take(UNPACKED + 1).read_to_end(&mut inside);
                match read {
                    Ok(size) if size as u64 > UNPACKED => Err(Error::Limit("decompressed size")),
                    Ok(_) => Ok(inside),
                    Err(error) => Err(Error::Damaged(format!("gzip: {error}"))),
                }
            }
            Packed::Member(name) => {
                let inside = Package::open(bytes)?.part(name)?;
                inside.ok_or_else(|| Error::Damaged(format!("{name}: missing in the zip archive")))
            }
        }
    }
}

/// Most bytes that a file may have once it is unpacked.
const UNPACKED: u64 = 64 << 20;

/// How much of a file is looked at.
const HEAD: usize = 64 * 1024;

/// First bytes of a compound file, which binary Office documents and encrypted ones are.
const COMPOUND: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";
/// Streams and storages that only compound files of one format have.
const COMPOUND_FOREIGN: &[(&str, &str)] = &[
    ("PowerPoint Document", "PowerPoint presentation (PPT)"),
    (
        "Book",
        "Excel workbook of Excel 95 or older (save it as XLSX with Excel, WPS or LibreOffice)",
    ),
    ("VisioDocument", "Visio drawing"),
    ("__properties_version1.0", "Outlook message"),
    ("CONTENTS", "Microsoft Works document"),
    ("MatOST", "Microsoft Works document"),
    ("BodyText", "HWP document"),
    ("Quill", "Publisher document"),
];
/// Class of Windows Installer packages.
const INSTALLER: &str = "000c1084-0000-0000-c000-000000000046";

/// First bytes of formats without a reader.
const FOREIGN: &[(&[u8], &str)] = &[
    (b"\x89PNG", "PNG image"),
    (b"\xff\xd8\xff", "JPEG image"),
    (b"GIF8", "GIF image"),
    (b"II*\0", "TIFF image"),
    (b"MM\0*", "TIFF image"),
    (b"BM", "BMP image"),
    (b"Rar!", "RAR archive"),
    (b"7z\xbc\xaf", "7-Zip archive"),
    (b"SQLite format 3", "SQLite database"),
    (b"PAR1", "Parquet file"),
    (b"\x7fELF", "program"),
    (b"MZ", "program"),
];

/// Tags that make a file HTML, wherever they stand in its head.
const TAGS: [&str; 12] = [
    "<html",
    "<!doctype html",
    "<body",
    "<head",
    "<table",
    "<div",
    "<p>",
    "<p ",
    "<tbody",
    "<tr",
    "<section",
    "<meta",
];

/// The format of a picture.
#[cfg(feature = "ocr")]
fn picture(head: &[u8]) -> Option<image::ImageFormat> {
    use image::ImageFormat::{Bmp, Jpeg, Png, Tiff, WebP};
    let webp = head.starts_with(b"RIFF") && head.get(8..12) == Some(b"WEBP");
    let bmp = head.starts_with(b"BM") && head[..head.len().min(64)].contains(&0);
    let known: [(&[u8], _); 4] = [
        (b"\x89PNG", Png),
        (b"\xff\xd8\xff", Jpeg),
        (b"II*\0", Tiff),
        (b"MM\0*", Tiff),
    ];
    let by_magic = known.into_iter().find(|(magic, _)| head.starts_with(magic));
    by_magic
        .map(|(_, format)| format)
        .or(webp.then_some(WebP))
        .or(bmp.then_some(Bmp))
}

/// The format of a file.
///
/// # Errors
/// [`Error::Empty`], or [`Error::UnknownFormat`] with the name of the format where it is known.
pub(super) fn format(bytes: &[u8], name: Option<&str>) -> Result<Format, Error> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(Error::Empty);
    }
    let head = &bytes[..bytes.len().min(HEAD)];
    // The header of a PDF may stand behind other bytes.
    if head[..head.len().min(1024)].windows(5).any(|window| window == b"%PDF-") {
        return Ok(Format::Pdf);
    }
    if head.starts_with(b"PK\x03\x04") {
        return package(bytes);
    }
    if head.starts_with(b"\x1f\x8b") {
        return Ok(Format::Packed(Packed::Gzip));
    }
    if head.starts_with(COMPOUND) {
        return compound(&Compound::open(bytes)?);
    }
    #[cfg(feature = "ocr")]
    if let Some(format) = picture(head) {
        return Ok(Format::Picture(format));
    }
    if let Some((magic, format)) = FOREIGN.iter().find(|(magic, _)| head.starts_with(magic)) {
        // "BM" and "MZ" are also words; the formats have zero bytes right behind them.
        if magic.len() > 2 || head[..head.len().min(64)].contains(&0) {
            return Err(Error::UnknownFormat((*format).into()));
        }
    }
    let wide = is_utf16(head);
    let narrowed: Vec<u8>;
    let text = if wide {
        narrowed = head.iter().copied().filter(|byte| *byte != 0).collect();
        narrowed.as_slice()
    } else {
        head
    };
    if text.trim_ascii_start().starts_with(b"{\\rtf") {
        return Ok(Format::Rtf);
    }
    if is_web_archive(text) {
        return Ok(Format::WebArchive);
    }
    if let Some(format) = xml(text) {
        return Ok(format);
    }
    if has_tag(text) && !is_text_with_tags(name, text) {
        return Ok(Format::Html);
    }
    if let Some(json) = json(bytes) {
        return Err(Error::UnknownFormat(json.into()));
    }
    let controls = head
        .iter()
        .filter(|byte| **byte < 9 || (14..27).contains(*byte))
        .count();
    if !wide && controls * 50 > head.len() {
        return Err(Error::UnknownFormat("binary data".into()));
    }
    Ok(Format::Text)
}

/// Whether a file with tags is a text: scraped text may quote tags, and Markdown has its tables in HTML. Where it begins with a tag, it
/// must be named as Markdown and have a heading of it; where it does not, the name will do, or the heading where it is not named as a page.
fn is_text_with_tags(name: Option<&str>, text: &[u8]) -> bool {
    let name = name.map(str::to_ascii_lowercase).unwrap_or_default();
    let named = |endings: &[&str]| endings.iter().any(|ending| name.ends_with(ending));
    let begins_with_tag = text.iter().find(|byte| byte.is_ascii_graphic()) == Some(&b'<');
    let has_heading = || {
        let mut lines = text.split(|byte| *byte == b'\n');
        lines.any(|line| line.starts_with(b"# ") || line.starts_with(b"## "))
    };
    match begins_with_tag {
        true => named(&[".md", ".markdown"]) && has_heading(),
        false => named(&[".md", ".markdown", ".txt"]) || !named(&["html", ".htm"]) && has_heading(),
    }
}

/// A zip archive: a document of several parts, or one packed file.
fn package(bytes: &[u8]) -> Result<Format, Error> {
    let package = Package::open(bytes)?;
    if package.has("[Content_Types].xml") {
        let has = |folder: &str| {
            package
                .names()
                .any(|name| name.to_ascii_lowercase().starts_with(folder))
        };
        return match (has("xl/"), has("ppt/"), has("visio/")) {
            (true, ..) if package.has("xl/workbook.bin") => {
                Err(Error::UnknownFormat("binary Excel workbook (XLSB)".into()))
            }
            (true, ..) => Ok(Format::Workbook),
            (_, true, _) => Err(Error::UnknownFormat("PowerPoint presentation (PPTX)".into())),
            (.., true) => Err(Error::UnknownFormat("Visio drawing".into())),
            _ => Ok(Format::Word),
        };
    }
    if package.has("OFD.xml") || package.has("Encryptions.xml") {
        return Ok(Format::Ofd);
    }
    if package.has("mimetype") && package.has("content.xml") {
        return Ok(Format::OpenDocument);
    }
    let mut names = package.names();
    match (names.next(), names.next()) {
        (Some(name), None) => Ok(Format::Packed(Packed::Member(name.into()))),
        _ => Err(Error::UnknownFormat(
            "ZIP archive of several files (nianbao batch opens it)".into(),
        )),
    }
}

/// A compound file: what it holds is told from its streams.
fn compound(file: &Compound) -> Result<Format, Error> {
    if file.has("EncryptedPackage") {
        return Err(Error::Locked);
    }
    if file.has("WordDocument") {
        return Ok(Format::WordBinary);
    }
    if file.has("Workbook") {
        return Ok(Format::WorkbookBinary);
    }
    let foreign = COMPOUND_FOREIGN.iter().find(|(stream, _)| file.has(stream));
    let name = match foreign {
        Some((_, name)) => *name,
        None if file.class() == INSTALLER => "Windows Installer package",
        None => "compound file without a document",
    };
    Err(Error::UnknownFormat(name.into()))
}

/// A mail, which web archives are: lines `Name: value` from the first on, and among them how it is made.
fn is_web_archive(text: &[u8]) -> bool {
    let head = &text[..text.len().min(4096)];
    let name = head.split(|byte| *byte == b':').next().unwrap_or_default();
    let is_header = !name.is_empty() && name.iter().all(|byte| byte.is_ascii_alphanumeric() || *byte == b'-');
    let lower = head.to_ascii_lowercase();
    let has = |words: &[u8]| memchr::memmem::find(&lower, words).is_some();
    is_header && has(b"mime-version:") && has(b"content-type:")
}

/// XML of office programs, by the name space of its outermost element.
fn xml(text: &[u8]) -> Option<Format> {
    let text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text).trim_ascii_start();
    let text = text
        .strip_prefix(b"\xff\xfe")
        .or(text.strip_prefix(b"\xfe\xff"))
        .unwrap_or(text);
    if !text.starts_with(b"<?xml") && !text.starts_with(b"<pkg:package") && !text.starts_with(b"<w:wordDocument") {
        return None;
    }
    let has = |words: &[u8]| memchr::memmem::find(text, words).is_some();
    let is_word = has(b"http://schemas.microsoft.com/office/2006/xmlPackage")
        || has(b"http://schemas.microsoft.com/office/word/2003/wordml");
    let is_open = has(b"urn:oasis:names:tc:opendocument:xmlns:office:1.0") && has(b"<office:document");
    match (is_word, is_open) {
        (true, _) => Some(Format::WordXml),
        (_, true) => Some(Format::OpenDocumentXml),
        _ => None,
    }
}

/// JSON: one value that is the whole file, or objects one after the other. A text may begin with a bracket.
fn json(bytes: &[u8]) -> Option<&'static str> {
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii();
    let is_whole = || serde_json::from_slice::<IgnoredAny>(text).is_ok();
    let first = || {
        serde_json::Deserializer::from_slice(text)
            .into_iter::<IgnoredAny>()
            .next()
    };
    let is_json = match text.first() {
        Some(b'{') => matches!(first(), Some(Ok(_))),
        Some(b'[') => is_whole(),
        _ => false,
    };
    let is_own = text.starts_with(br#"{"schema_version":"#);
    is_json.then_some(if is_own { "JSON that nianbao wrote" } else { "JSON" })
}

/// Whether one of the [`TAGS`] stands in a text, in upper or lower case.
fn has_tag(text: &[u8]) -> bool {
    memchr::memchr_iter(b'<', text).any(|at| {
        let begins = |tag: &str| {
            text[at..]
                .get(..tag.len())
                .is_some_and(|head| head.eq_ignore_ascii_case(tag.as_bytes()))
        };
        TAGS.iter().any(|tag| begins(tag))
    })
}

/// UTF-16, by its mark or by the zero bytes of its ASCII characters, all on one side.
fn is_utf16(head: &[u8]) -> bool {
    if head.starts_with(b"\xff\xfe") || head.starts_with(b"\xfe\xff") {
        return true;
    }
    let zeros = |offset: usize| head.iter().skip(offset).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    even.min(odd) * 20 < even.max(odd) && even.max(odd) * 50 > head.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_is_no_text() {
        let found = |text: &str| format(text.as_bytes(), None);
        let json = |name: &str| Err(Error::UnknownFormat(name.into()));
        assert_eq!(found("{\"title\": \"2023年度报告\"}\n"), json("JSON"));
        assert_eq!(found("{\"a\": 1}\n{\"a\": 2}\n"), json("JSON"));
        assert_eq!(found("\u{feff}[{\"a\": 1}]"), json("JSON"));
        assert_eq!(
            found("{\"schema_version\":1,\"generator\":{}}"),
            json("JSON that nianbao wrote")
        );
        for text in ["[2023]12号\n一、总体情况", "{附件}一、总体情况", "[大 中 小]"] {
            assert_eq!(found(text), Ok(Format::Text), "{text}");
        }
    }

    #[test]
    fn formats_are_told_from_bytes() {
        for (bytes, name, format) in [
            (&b"junk\n%PDF-1.4"[..], None, Format::Pdf),
            (b"{\\rtf1 a}", Some("a.doc"), Format::Rtf),
            (
                b"<html xmlns:w='urn:schemas-microsoft-com:office:word'>",
                Some("a.doc"),
                Format::Html,
            ),
            (b"<table><tr><td>1</table>", Some("a.xls"), Format::Html),
            (b"text\n\n<table><tr><td>1</table>", Some("a.txt"), Format::Text),
            (b"text\n\n<table><tr><td>1</table>", None, Format::Html),
            (b"# text\n\n<table><tr><td>1</table>", None, Format::Text),
            (b"<div>text</div>\n\n## text\n\n<table>", Some("a.md"), Format::Text),
            (b"<div>text</div>\n\n<table>", Some("a.md"), Format::Html),
            (b"text\n# text\n<table>", Some("a.shtml"), Format::Html),
            (
                b"From: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related",
                Some("a.doc"),
                Format::WebArchive,
            ),
            (b"<P>\xd2\xbb</P>", None, Format::Html),
            (b"<\0h\0t\0m\0l\0>\0", None, Format::Html),
            ("一、总体情况".as_bytes(), None, Format::Text),
            (b"BMW 3", None, Format::Text),
            (b"# title\n<table>", Some("a.md"), Format::Text),
            (b"<table><tr>", Some("a.md"), Format::Html),
        ] {
            assert_eq!(
                super::format(bytes, name),
                Ok(format),
                "{:?}",
                String::from_utf8_lossy(bytes)
            );
        }
    }

    #[test]
    fn a_format_without_reader_is_named() {
        assert_eq!(format(b" \n", None), Err(Error::Empty));
        let named = |bytes: &[u8]| format(bytes, None).unwrap_err().to_string();
        assert!(named(b"PK\x03\x04....").contains("zip archive"));
        assert!(named(b"GIF89a\x01").contains("GIF"));
        assert!(named(&[0, 1, 2, 3, 200, 0, 5, 1, 0, 3, 3, 9]).contains("binary"));
    }
}
