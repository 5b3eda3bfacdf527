//! What the pages draw, before anything is made of it: characters and ruling lines, for a look at what was read.
//!
//! Invariant: the same characters and lines that the tables and paragraphs are made of, on the page as displayed.

use hayro_syntax::Pdf;

use super::device::Content;
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
        pages.push(marks(content, bounds.width(), bounds.height()));
    }
    Ok(pages)
}

fn marks(content: Content, width: f64, height: f64) -> PageMarks {
    let glyphs = content.glyphs.iter().map(|glyph| {
        let bbox = glyph.bbox;
        (glyph.character, [bbox.x0, bbox.y0, bbox.x1, bbox.y1])
    });
    let lines = content.lines.iter().map(|line| match line.horizontal {
        true => [line.from, line.at, line.to, line.at],
        false => [line.at, line.from, line.at, line.to],
    });
    PageMarks {
        width,
        height,
        glyphs: glyphs.collect(),
        lines: lines.collect(),
    }
}
