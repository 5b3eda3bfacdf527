//! One page: set upright, its tables found, the rest of its characters put into lines.
//!
//! Invariant: every character stands in one table or one line, and none is kept after this.

use super::glyph::Glyph;
use super::item::Item;
use super::segment::Segment;
use super::turned::Turned;
use super::{grid, layout};

/// What one page holds.
#[derive(Debug)]
pub(crate) struct Page {
    /// Lines and tables in reading order, in coordinates of the upright page.
    pub items: Vec<Item>,
    /// How the coordinates lead back to the page as displayed.
    pub turned: Turned,
}

impl Page {
    /// A page of a size that shows nothing.
    pub(crate) fn blank(size: (f64, f64)) -> Page {
        Page {
            items: Vec::new(),
            turned: Turned::of(&[], size.0, size.1),
        }
    }
}

/// Tables and lines of what a page shows; `size` is its width and height as displayed, and `number` counts from 0.
pub(crate) fn arrange(mut glyphs: Vec<Glyph>, mut lines: Vec<Segment>, size: (f64, f64), number: usize) -> Page {
    let turned = Turned::of(&glyphs, size.0, size.1);
    turned.set_upright(&mut glyphs, &mut lines);
    let mut taken = vec![false; glyphs.len()];
    let tables = grid::tables(&glyphs, &lines, number, &mut taken);
    let free = glyphs.iter().zip(&taken).filter(|(_, taken)| !**taken);
    let items = layout::items(free.map(|(glyph, _)| glyph), tables, number, turned.width());
    Page { items, turned }
}
