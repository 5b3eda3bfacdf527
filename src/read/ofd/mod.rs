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

use crate::document::Document;
use crate::error::Error;
use crate::read::PageMarks;
use crate::read::page::{Content, Reading};
use crate::read::recognition::{Pictures, Recognition};
#[cfg(feature = "ocr")]
use crate::read::scan;
use crate::read::scan::Scans;

pub use codes::CODES;
use document::Page;
use entry::{Find, Package};

/// IANA media type of the format.
pub(crate) const MEDIA_TYPE: &str = "application/ofd";

/// Most characters and lines of one document where all are kept for a look.
const MARKS: usize = 8_000_000;

/// Reads an OFD file.
///
/// # Errors
/// [`Error::Model`] where the model cannot be used, [`Error::Locked`], [`Error::Damaged`] where no document or no page of it can be found or none can be read, [`Error::Limit`]
/// where the first page would already take too long or too much memory.
pub(crate) fn read(bytes: &[u8], recognition: &Recognition, pictures: Pictures) -> Result<Document, Error> {
    let mut package = Package::open(bytes)?;
    let mut diagnostics = Vec::new();
    let (mut whole, mut first) = (0, None);
    let mut reading = Reading::new(&codes::PAGES, &mut diagnostics);
    let mut scans = Scans::new(recognition);
    let unread = package.pages(|find, mut page| {
        let broken = page.broken.take().map(|error| {
            let told = codes::of_page(&error);
            first.get_or_insert(error);
            told
        });
        let number = reading.count() as u32 + 1;
        let broken = match broken {
            None => recognise(&mut scans, &mut page, (number, pictures), find)?,
            broken => broken,
        };
        whole += usize::from(broken.is_none());
        reading.page(page.content, page.size, broken);
        Ok(())
    })?;
    if let Some(error) = first.filter(|_| whole == 0) {
        return Err(error);
    }
    let pages = u32::try_from(reading.count()).ok();
    scans.again(&mut reading);
    let mut blocks = reading.finish();
    scans.finish(&mut blocks, &mut diagnostics);
    diagnostics.extend(package.notices());
    diagnostics.extend(unread.map(|message| codes::PAGE_UNREADABLE.at(None, message)));
    Ok(Document {
        media_type: MEDIA_TYPE.into(),
        blocks,
        diagnostics,
        pages,
        title: package.title(),
        properties: package.properties(),
        ..Document::default()
    })
}

/// Reads what the pictures of a page show, where that is wanted; why the page is not read, as the end of a sentence about it.
///
/// # Errors
/// Where the model cannot be used.
#[cfg(feature = "ocr")]
fn recognise(
    scans: &mut Scans,
    page: &mut Page,
    (number, pictures): (u32, Pictures),
    find: &Find,
) -> Result<Option<String>, Error> {
    let is_picture = page.content.glyphs.is_empty();
    let is_wanted = if is_picture {
        scans.wants(&page.content)
    } else {
        pictures == Pictures::All
    };
    page.pictures.retain(|drawn| is_picture || scan::is_large(&drawn.place));
    if !is_wanted || page.pictures.is_empty() {
        return Ok(None);
    }
    if scans.recogniser().map_err(Error::Model)?.is_none() {
        scans.not_read(number, page.size, "shows a picture, which was not read");
        return Ok(None);
    }
    let drawn = page.pictures.iter().map(|drawn| (drawn.place, find(&drawn.media)));
    let picture = scan::composed(page.size, drawn);
    if !is_picture {
        match picture {
            Ok(picture) => scans.add((number, page.size), picture, scan::Wanted::Table, &mut page.content),
            Err(why) => scans.not_read(number, page.size, &why),
        }
        return Ok(None);
    }
    match picture.and_then(|picture| scans.page(number, picture, page.size)) {
        Ok(shown) => page.content = shown,
        Err(why) => return Ok(Some(why)),
    }
    Ok(None)
}

/// No page is read from its picture.
///
/// # Errors
/// Never.
#[cfg(not(feature = "ocr"))]
fn recognise(_: &mut Scans, _: &mut Page, _: (u32, Pictures), _: &Find) -> Result<Option<String>, Error> {
    Ok(None)
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
