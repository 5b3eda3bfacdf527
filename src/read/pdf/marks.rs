//! What the pages draw, before anything is made of it: characters and ruling lines, for a look at what was read.
//!
//! Invariant: the same characters and lines that the tables and paragraphs are made of, on the page as displayed.

use hayro_syntax::Pdf;

use super::page;
use crate::error::Error;
use crate::read::PageMarks;

/// Most marks of one document; they are all kept, unlike in reading.
const MARKS: usize = 8_000_000;

/// The marks of all pages of an open file.
pub(super) fn read(pdf: &Pdf) -> Result<Vec<PageMarks>, Error> {
    let mut reader = page::Reader::new(pdf);
    let mut pages = Vec::new();
    let mut count = 0;
    for (number, page) in pdf.pages().iter().enumerate() {
        if reader.budget.is_spent() {
            return Err(Error::Limit("time"));
        }
        let (content, bounds, _) = reader.content(page, number);
        count += content.glyphs.len() + content.lines.len();
        if count > MARKS {
            return Err(Error::Limit("marks on the pages"));
        }
        pages.push(content.marks(bounds.width(), bounds.height()));
    }
    Ok(pages)
}
