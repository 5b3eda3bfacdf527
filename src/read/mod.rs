//! The front door: looks at the bytes, and hands them to the reader of their format.
//!
//! Invariant: the format is told from the bytes, not from the file name; a name only decides between text formats.

pub(crate) mod beside;
pub(crate) mod charset;
mod container;
mod html;
mod mhtml;
mod ofd;
mod office;
mod page;
mod pdf;
mod raised;
mod recognition;
#[cfg_attr(not(feature = "ocr"), path = "no_scan.rs")]
mod scan;
#[cfg(feature = "review")]
pub(crate) mod shown;
mod sniff;
mod text;

use serde::{Deserialize, Serialize};

use crate::diagnostic::Code;
use crate::document::Document;
use crate::error::Error;
use crate::text::radical;
pub use beside::Beside;
use container::compound::Compound;
use container::package::Package;
pub(crate) use recognition::{ADVICE, Pictures};
pub use recognition::{Recognition, When};
use sniff::Format;

/// Codes of the findings that tables or whole pages are pictures.
pub const IN_PICTURES: [&str; 5] = [
    "picture.unread",
    "pdf.scanned",
    "ofd.scanned",
    "office.only_pictures",
    "html.table_is_picture",
];

/// What the caller knows about the bytes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hints {
    /// File or member name.
    pub name: Option<String>,
    /// Address that the file was fetched from.
    pub url: Option<String>,
    /// Encoding that holds whatever the file itself says, as a WHATWG label (`--encoding`).
    pub encoding: Option<String>,
    /// Encoding that the server named (`Content-Type`), which the file's own declaration overrides.
    pub http_encoding: Option<String>,
    /// User password of an encrypted file.
    pub password: Option<String>,
    /// How pages that are only pictures are read.
    #[serde(default)]
    pub recognition: Recognition,
    /// Pictures that stand beside a saved page, by its links.
    #[serde(default)]
    pub beside: Beside,
}

/// Reads a file of any known format. Pages that are only pictures are read as the hints say; pictures among text are only named.
///
/// # Errors
/// Where the container itself cannot be read: see [`Error`].
pub fn read(bytes: &[u8], hints: &Hints) -> Result<Document, Error> {
    opened(bytes, hints, |format, bytes| read_as(format, bytes, hints))
}

/// Whether a file is a picture that is read as a page.
pub(crate) fn is_read_picture(bytes: &[u8], recognition: &Recognition) -> bool {
    recognition.is_on() && is_picture(bytes)
}

/// Whether a file is a picture that is read and as large as a page; among many files most pictures are none.
pub(crate) fn is_page_picture(bytes: &[u8], recognition: &Recognition) -> bool {
    is_read_picture(bytes, recognition) && scan::may_be_page(bytes)
}

#[cfg(feature = "ocr")]
fn is_picture(bytes: &[u8]) -> bool {
    matches!(sniff::format(bytes, None), Ok(Format::Picture(_)))
}

/// No picture has a reader.
#[cfg(not(feature = "ocr"))]
fn is_picture(_: &[u8]) -> bool {
    false
}

/// Hands a file to the reader of its format, unpacked where one file is packed.
fn opened<T>(bytes: &[u8], hints: &Hints, read: impl Fn(Format, &[u8]) -> Result<T, Error>) -> Result<T, Error> {
    match sniff::format(bytes, hints.name.as_deref())? {
        Format::Packed(packed) => {
            let inside = packed.unpack(bytes)?;
            match sniff::format(&inside, packed.name())? {
                Format::Packed(_) => Err(Error::UnknownFormat("an archive in an archive".into())),
                format => read(format, &inside),
            }
        }
        format => read(format, bytes),
    }
}

fn read_as(format: Format, bytes: &[u8], hints: &Hints) -> Result<Document, Error> {
    let mut document = read_in(format, bytes, hints)?;
    document.texts_mut().for_each(radical::replace);
    Ok(document)
}

fn read_in(format: Format, bytes: &[u8], hints: &Hints) -> Result<Document, Error> {
    match format {
        Format::Html => html::read(bytes, hints),
        Format::Pdf => pdf::read(bytes, hints, Pictures::Pages),
        Format::Text => text::read(bytes, hints),
        Format::Word => office::docx::read(bytes),
        Format::WordBinary => office::doc::read(&Compound::open(bytes)?),
        Format::WordXml => office::docx::read_xml(bytes),
        Format::OpenDocument => office::odf::read(bytes),
        Format::OpenDocumentXml => office::odf::read_xml(bytes),
        Format::Rtf => office::rtf::read(bytes),
        Format::Workbook => office::xlsx::read(bytes),
        Format::WorkbookBinary => office::xls::read(&Compound::open(bytes)?),
        Format::Ofd => ofd::read(bytes, &hints.recognition, Pictures::Pages),
        Format::WebArchive => mhtml::read(bytes, hints),
        #[cfg(feature = "ocr")]
        Format::Picture(format) => scan::read(bytes, format, hints),
        Format::Packed(_) => Err(Error::UnknownFormat("an archive".into())),
    }
}

/// Reads a file that a document holds and shows as its own text. Only formats that hold no further one are read, so that nothing
/// nests without end.
fn inner(bytes: &[u8], name: &str) -> Result<Document, Error> {
    let hints = Hints::default();
    match sniff::format(bytes, Some(name))? {
        format @ (Format::Html | Format::Text | Format::WebArchive) => read_as(format, bytes, &hints),
        _ => Err(Error::UnknownFormat(format!("{name}: a document in a document"))),
    }
}

/// What one page draws, before tables and paragraphs are made of it, in PDF points from the top left of the page as displayed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PageMarks {
    /// Width of the page.
    pub width: f64,
    /// Height of the page.
    pub height: f64,
    /// Each character with its box `[x0, y0, x1, y1]`.
    pub glyphs: Vec<(char, [f64; 4])>,
    /// Each ruling line from `[x0, y0` to `x1, y1]`.
    pub lines: Vec<[f64; 4]>,
}

/// What the pages of a file draw; `None` for a format without pages. A tool for looking at what was read.
///
/// # Errors
/// As for [`read`].
pub fn marks(bytes: &[u8], hints: &Hints) -> Result<Option<Vec<PageMarks>>, Error> {
    match sniff::format(bytes, hints.name.as_deref())? {
        Format::Pdf => pdf::marks(bytes, hints).map(Some),
        Format::Ofd => ofd::marks(bytes).map(Some),
        _ => Ok(None),
    }
}

/// Whether a picture file is so large that it may show a table, by its head.
pub(crate) fn may_hold_table(bytes: &[u8]) -> bool {
    scan::may_hold_table(bytes)
}

/// Finds files by what a document calls them.
pub(crate) type Files<'a> = dyn Fn(&str) -> Option<Vec<u8>> + 'a;

/// Whether a document shows pictures that may hold tables, and whether they may be read.
pub(crate) fn may_show_tables(document: &Document, recognition: &Recognition) -> bool {
    recognition.when != When::Never
        && (!document.pictures.is_empty() || document.pictured || document.media_type == ofd::MEDIA_TYPE)
}

/// Reads a file, and the tables and pages that stand as pictures among its text.
///
/// # Errors
/// As for [`read`], and [`Error::Model`] where the model cannot be used.
pub(crate) fn read_with_pictures(bytes: &[u8], hints: &Hints) -> Result<Document, Error> {
    opened(bytes, hints, |format, bytes| {
        match format {
            Format::Ofd => return ofd::read(bytes, &hints.recognition, Pictures::All),
            Format::Pdf => return pdf::read(bytes, hints, Pictures::All),
            _ => {}
        }
        let mut document = read_as(format.clone(), bytes, hints)?;
        let mut insert = |files: &Files| scan::insert(&mut document, &hints.recognition, files);
        match format {
            Format::Word | Format::OpenDocument => {
                let package = Package::open(bytes)?;
                insert(&|name| package.part(name).ok().flatten())?;
            }
            Format::WebArchive => mhtml::with_files(bytes, insert)?,
            _ => insert(&|name| hints.beside.find(name))?,
        }
        Ok(document)
    })
}

/// What the readers may notice: the codes of all of them.
pub(crate) fn codes() -> impl Iterator<Item = &'static Code> {
    #[cfg(feature = "ocr")]
    let scan = scan::CODES;
    #[cfg(not(feature = "ocr"))]
    let scan: &[&Code] = &[];
    charset::CODES
        .iter()
        .copied()
        .chain(html::CODES.iter().copied())
        .chain(text::CODES)
        .chain(pdf::CODES.iter().copied())
        .chain(ofd::CODES.iter().copied())
        .chain(office::CODES.iter().copied())
        .chain(scan.iter().copied())
}
