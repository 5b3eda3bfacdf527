//! Reads OFD files (GB/T 33190), the national fixed-layout format: text and ruled tables of pages, as from PDF.
//!
//! `OFD.xml` → [`entry`] → documents with their lists of pages ([`document`]) → what each page draws ([`painter`], with [`text`]
//! and [`path`]) → the page model. Invariant: whatever the bytes are, reading ends after a bounded amount of work with a document
//! or a clear error; a page that cannot be read is named in a diagnostic and costs no other page.

mod codes;
mod document;
mod entry;
mod info;
mod painter;
mod parts;
mod path;
mod resources;
#[cfg(test)]
mod tests;
mod text;
mod values;

use std::collections::HashSet;

use crate::document::{Document, Origin};
use crate::error::Error;
use crate::read::page::{Content, Reading};
use crate::read::{PageMarks, Picture};

pub use codes::CODES;
use entry::Package;
use painter::Drawn;

/// Most characters and lines of one document where all are kept for a look.
const MARKS: usize = 8_000_000;

/// Reads an OFD file.
///
/// # Errors
/// [`Error::Locked`], [`Error::Damaged`] where no document or no page of it can be found or none can be read, [`Error::Limit`]
/// where the first page would already take too long or too much memory.
pub(crate) fn read(bytes: &[u8]) -> Result<Document, Error> {
    let mut package = Package::open(bytes)?;
    let mut diagnostics = Vec::new();
    let (mut whole, mut first) = (0, None);
    let mut reading = Reading::new(&codes::PAGES, &mut diagnostics);
    let unread = package.pages(|_, page| {
        let broken = page.broken.map(|error| {
            let told = codes::of_page(&error);
            first.get_or_insert(error);
            told
        });
        whole += usize::from(broken.is_none());
        reading.page(page.content, page.size, broken);
        Ok(())
    })?;
    if let Some(error) = first.filter(|_| whole == 0) {
        return Err(error);
    }
    let pages = u32::try_from(reading.count()).ok();
    let blocks = reading.finish();
    diagnostics.extend(package.notices());
    diagnostics.extend(unread.map(|message| codes::PAGE_UNREADABLE.at(None, message)));
    Ok(Document {
        media_type: "application/ofd".into(),
        blocks,
        diagnostics,
        pages,
        title: package.title(),
        properties: package.properties(),
        ..Document::default()
    })
}

/// What the pages draw, before anything is made of it.
///
/// # Errors
/// As for [`read`], and [`Error::Limit`] where the pages hold too much to be kept.
pub(crate) fn marks(bytes: &[u8]) -> Result<Vec<PageMarks>, Error> {
    let (mut pages, mut count) = (Vec::new(), 0);
    Package::open(bytes)?.pages(|_, page| {
        let Content { glyphs, lines, .. } = &page.content;
        count += glyphs.len() + lines.len();
        pages.push(page.content.marks(page.size.0, page.size.1));
        if count > MARKS {
            return Err(Error::Limit("marks on the pages"));
        }
        Ok(())
    })?;
    Ok(pages)
}

/// The pictures that the pages show, in the order of the pages, each file once.
///
/// # Errors
/// As for [`read`].
pub(crate) fn pictures(bytes: &[u8]) -> Result<Vec<Picture>, Error> {
    let mut package = Package::open(bytes)?;
    let (mut seen, mut shown, mut number) = (HashSet::new(), Vec::new(), 0);
    package.pages(|root, page| {
        number += 1;
        for Drawn { media, place } in page.pictures {
            if seen.insert((media.base.clone(), media.reference.clone())) {
                let origin = Origin::page(number, [place.x0, place.y0, place.x1, place.y1]);
                shown.push((root.to_owned(), media, origin));
            }
        }
        Ok(())
    })?;
    let found = shown.into_iter().filter_map(|(root, media, origin)| {
        let (name, bytes) = package.picture(&root, &media)?;
        Some(Picture { name, bytes, origin })
    });
    Ok(found.collect())
}
