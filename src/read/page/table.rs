//! Tables as they stand on pages: column borders, and cells with their text and box.
//!
//! Invariant: a slot belongs to one cell at most.

use kurbo::Rect;

use crate::document::GridKind;

/// A table on one page, or joined from several.
#[derive(Clone, Debug)]
pub(crate) struct Table {
    /// How it was found.
    pub kind: GridKind,
    /// Page that it begins on, from 0.
    pub page: usize,
    /// Box on that page.
    pub bbox: Rect,
    /// Column borders from left to right.
    pub xs: Vec<f64>,
    /// Number of rows.
    pub rows: usize,
    /// Cells in reading order.
    pub cells: Vec<Cell>,
}

/// A cell of a [`Table`].
#[derive(Clone, Debug)]
pub(crate) struct Cell {
    /// Where it lies.
    pub slots: Slots,
    /// What it says.
    pub text: String,
    /// Whether its last line reaches the end of the cell, so that text may go on on the next page.
    pub full: bool,
    /// Whether it is a number that leaves no room for one more digit, so that it may go on on the next page.
    pub tight: bool,
    /// Page that it stands on, from 0.
    pub page: usize,
    /// Box on that page.
    pub bbox: Rect,
}

/// A rectangle of slots.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Slots {
    /// First row.
    pub row: usize,
    /// First column.
    pub column: usize,
    /// Rows covered.
    pub rows: usize,
    /// Columns covered.
    pub columns: usize,
}
