//! Text and tables of pages, for whatever format puts characters and lines on a page.
//!
//! A reader of pages draws each page on a [`Canvas`], and gives what that holds to a [`Reading`], which makes blocks of all pages.
//! Invariant: nothing in here knows a file format, or what a report is.

mod arrange;
mod blocks;
mod canvas;
pub(crate) mod chars;
mod furniture;
mod glyph;
mod grid;
mod item;
mod join;
mod layout;
mod marks;
mod ordinal;
mod paragraph;
mod reading;
mod segment;
mod struck;
mod table;
mod text;
mod turned;

pub(crate) use canvas::{Canvas, Content, Full, Style};
pub(crate) use glyph::Frame;
#[cfg(feature = "ocr")]
pub(crate) use glyph::Glyph;
#[cfg(feature = "ocr")]
pub(crate) use grid::cells as ruled_cells;
pub(crate) use grid::{SLOTS, united};
pub(crate) use reading::{Codes, Reading};
pub(crate) use segment::Painted;
#[cfg(feature = "ocr")]
pub(crate) use segment::Segment;
#[cfg(feature = "ocr")]
pub(crate) use turned::Turned;
