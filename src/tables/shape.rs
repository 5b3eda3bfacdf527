//! How many cells the rows of a band have, where their number alone tells the columns of their values.
//!
//! Invariant: a row that is short of the rows around it has no blank cell before a number. Where a border or a number was lost, a blank
//! cell of the label or of the padding makes the count right again, and the numbers stand beside their columns. Likewise no blank cell of a
//! row is left out where the rows around it, as long, have none to leave out.

use std::collections::BTreeMap;

use super::columns::trim;
use super::rows::{Row, RowCell};

/// Fewer rows have no usual shape.
const FEWEST: usize = 5;

/// How many cells nearly all rows of a band have, if anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Usual {
    /// So many cells: the label's are padded.
    Cells(usize),
    /// So many cells behind the label: merged cells before it have left no trace.
    Behind(usize),
    /// Nothing.
    Any,
}

/// What the rows of a band have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Shape {
    usual: Usual,
    /// Whether there are rows of more cells than columns, and half of them or more have figures at both ends.
    is_overfull: bool,
}

impl Shape {
    /// The shape of rows, each with the cell of its label, below so many columns.
    pub fn of<'r>(rows: impl Iterator<Item = (&'r Row<'r>, usize)> + Clone, columns: usize) -> Shape {
        let count = rows.clone().count();
        let (width, wide) = most_frequent(rows.clone().map(|(row, _)| row.cells.len()));
        let (behind, deep) = most_frequent(rows.clone().map(|(row, label)| row.cells.len() - label - 1));
        let usual = match wide.max(deep) {
            most if count < FEWEST || most * 3 < count * 2 => Usual::Any,
            most if most == deep => Usual::Behind(behind),
            _ => Usual::Cells(width),
        };
        let values = rows.map(|(row, label)| {
            let behind = &row.cells[label + 1..];
            &behind[behind.iter().take_while(|cell| cell.is_text()).count()..]
        });
        let wider = values.filter(|values| values.len() > columns);
        let (whole, trimmed): (Vec<&[RowCell]>, Vec<_>) = wider.partition(|values| trim(values, columns).is_none());
        let is_overfull = !whole.is_empty() && whole.len() >= trimmed.len();
        Shape { usual, is_overfull }
    }

    /// Whether a row with its label in the given cell has fewer cells than this shape.
    pub fn exceeds(self, row: &Row, label: usize) -> bool {
        match self.usual {
            Usual::Cells(count) => row.cells.len() < count,
            Usual::Behind(count) => row.cells.len() - label - 1 < count,
            Usual::Any => false,
        }
    }

    /// Whether a blank cell that is left out to make the number of a row's cells right may be that of a column: the rows around it have
    /// none to leave out.
    pub fn doubts_trimming(self) -> bool {
        self.is_overfull
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
