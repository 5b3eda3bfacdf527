//! How many cells the rows of a band have, where their number alone tells the columns of their values.
//!
//! Invariant: a row that is short of the rows around it has no blank cell before a number. Where a border or a number was lost, a blank
//! cell of the label or of the padding makes the count right again, and the numbers stand beside their columns.

use std::collections::BTreeMap;

use super::rows::Row;

/// Fewer rows have no usual shape.
const FEWEST: usize = 5;

/// What nearly all rows of a band have in common, if anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// So many cells: the label's are padded.
    Cells(usize),
    /// So many cells behind the label: merged cells before it have left no trace.
    Behind(usize),
    /// Nothing.
    Any,
}

impl Shape {
    /// The shape of rows, each with the cell of its label.
    pub fn of<'r>(rows: impl Iterator<Item = (&'r Row<'r>, usize)> + Clone) -> Shape {
        let count = rows.clone().count();
        let (width, wide) = most_frequent(rows.clone().map(|(row, _)| row.cells.len()));
        let (behind, deep) = most_frequent(rows.map(|(row, label)| row.cells.len() - label - 1));
        match wide.max(deep) {
            most if count < FEWEST || most * 3 < count * 2 => Shape::Any,
            most if most == deep => Shape::Behind(behind),
            _ => Shape::Cells(width),
        }
    }

    /// Whether a row with its label in the given cell has fewer cells than this shape.
    pub fn exceeds(self, row: &Row, label: usize) -> bool {
        match self {
            Shape::Cells(count) => row.cells.len() < count,
            Shape::Behind(count) => row.cells.len() - label - 1 < count,
            Shape::Any => false,
        }
    }
}

/// The most frequent of some numbers, the least of equals, and how often it comes.
fn most_frequent(numbers: impl Iterator<Item = usize>) -> (usize, usize) {
    let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
    numbers.for_each(|number| *counts.entry(number).or_default() += 1);
    counts
        .into_iter()
        .rev()
        .max_by_key(|(_, count)| *count)
        .unwrap_or_default()
}
