//! Text and tables of pages, for whatever format puts characters and lines on a page.
//!
//! A reader of pages gives the characters and the ruling lines of each page to [`arrange`], and all pages together to [`blocks`].
//! Invariant: nothing in here knows a file format, or what a report is.

mod arrange;
mod blocks;
pub(crate) mod chars;
mod furniture;
mod glyph;
mod grid;
mod item;
mod join;
mod layout;
mod ordinal;
mod paragraph;
pub(crate) mod segment;
mod table;
mod text;
mod turned;

pub(crate) use arrange::{Page, arrange};
pub(crate) use blocks::blocks;
pub(crate) use glyph::{Frame, Glyph, drop_duplicates};
pub(crate) use segment::Segment;
