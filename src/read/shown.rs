//! What a person sees who opens a file, for showing a source beside its figures.
//!
//! Invariant: the same bytes are taken for the same format, encoding and markup as by the readers, so that a place that a reader
//! names is found again.

use std::borrow::Cow;

use hayro_syntax::Pdf;

use super::sniff::{self, Format};
use super::{Hints, PageMarks, charset, html, mhtml, ofd, pdf};
use crate::error::Error;

pub(crate) use super::html::place;

/// A file by what there is to look at.
pub(crate) enum Shown<'a> {
    /// A PDF file, unpacked.
    Pdf(Cow<'a, [u8]>),
    /// What the pages of an OFD file draw.
    Drawn(Vec<PageMarks>),
    /// The markup of pages and of frames as it is parsed, behind what its paths begin with.
    Markup(Vec<(String, String)>),
    /// Plain text.
    Text(String),
    /// A document that only its reader can lay out.
    Laid,
}

/// Looks what there is to see of a file.
///
/// # Errors
/// As for [`super::read`].
pub(crate) fn shown<'a>(bytes: &'a [u8], hints: &Hints) -> Result<Shown<'a>, Error> {
    match sniff::format(bytes, hints.name.as_deref())? {
        Format::Packed(packed) => {
            let inside = packed.unpack(bytes)?;
            let format = sniff::format(&inside, packed.name())?;
            of_format(format, inside.into(), hints)
        }
        format => of_format(format, bytes.into(), hints),
    }
}

fn of_format<'a>(format: Format, bytes: Cow<'a, [u8]>, hints: &Hints) -> Result<Shown<'a>, Error> {
    Ok(match format {
        Format::Pdf => Shown::Pdf(bytes),
        Format::Ofd => Shown::Drawn(ofd::marks(&bytes)?),
        Format::Html => Shown::Markup(html::markup(&bytes, hints)?),
        Format::WebArchive => Shown::Markup(mhtml::markup(&bytes, hints)?),
        Format::Text => Shown::Text(charset::decode(&bytes, hints, None)?.text),
        _ => Shown::Laid,
    })
}

/// Does something with an open PDF file, under the guards of its reader.
///
/// # Errors
/// As for [`super::read`].
pub(crate) fn with_pdf<T: Send + 'static>(
    bytes: &[u8],
    hints: &Hints,
    work: impl FnOnce(&Pdf) -> Result<T, Error> + Send + 'static,
) -> Result<T, Error> {
    pdf::guarded(bytes, hints, work)
}
