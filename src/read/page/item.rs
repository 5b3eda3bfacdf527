//! What a page holds in reading order: lines of running text, and tables between them.

use kurbo::Rect;

use super::table::Table;

/// A line or a table.
#[derive(Clone, Debug)]
pub(crate) enum Item {
    /// A line of running text.
    Line(Line),
    /// A table.
    Table(Table),
}

/// A line of running text.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    /// What it says.
    pub text: String,
    /// Page that it stands on, from 0.
    pub page: usize,
    /// Box on that page.
    pub bbox: Rect,
    /// Font size of most characters.
    pub size: f64,
    /// Whether every character is bold.
    pub bold: bool,
    /// Printed characters.
    pub count: usize,
    /// Width of what cannot be parted at the begin of the line: a square character, or a word.
    pub head: f64,
    /// Whether a gap parts it as the cells of a row are parted.
    pub parted: bool,
    /// Which column of the page: 0 where there is only one or the line runs over all.
    pub column: u8,
}
