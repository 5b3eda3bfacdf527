//! Tells the format of a file from its first bytes.
//!
//! Invariant: a format without a reader is named as what it is, never read as something else.

use crate::error::Error;

/// A format that has a reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    /// HTML in any encoding, also a fragment.
    Html,
    /// PDF.
    Pdf,
    /// Plain text or Markdown in any encoding.
    Text,
}

/// How much of a file is looked at.
const HEAD: usize = 64 * 1024;

/// First bytes of formats without a reader.
const FOREIGN: &[(&[u8], &str)] = &[
    (b"PK\x03\x04", "ZIP archive or Office document (DOCX, XLSX, OFD)"),
    (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        "binary Office document (DOC, WPS, XLS)",
    ),
    (b"{\\rtf", "RTF document"),
    (b"\x89PNG", "PNG image"),
    (b"\xff\xd8\xff", "JPEG image"),
    (b"GIF8", "GIF image"),
    (b"II*\0", "TIFF image"),
    (b"MM\0*", "TIFF image"),
    (b"BM", "BMP image"),
    (b"\x1f\x8b", "gzip archive"),
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
    let markdown = name.is_some_and(|name| {
        let name = name.to_ascii_lowercase();
        [".md", ".markdown", ".txt"].iter().any(|ending| name.ends_with(ending))
    });
    // Scraped text may quote a tag; a page has its tags early or is named as one.
    let first = text.iter().find(|byte| byte.is_ascii_graphic());
    let is_html = (!markdown || first == Some(&b'<')) && has_tag(text);
    if is_html {
        return Ok(Format::Html);
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
    fn formats_are_told_from_bytes() {
        for (bytes, name, format) in [
            (&b"junk\n%PDF-1.4"[..], None, Format::Pdf),
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
        assert!(named(b"PK\x03\x04....").contains("DOCX"));
        assert!(named(b"\x89PNG\r\n").contains("PNG"));
        assert!(named(&[0, 1, 2, 3, 200, 0, 5, 1, 0, 3, 3, 9]).contains("binary"));
    }
}
