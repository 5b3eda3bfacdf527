//! A table as rows, columns and cells with spans.
//!
//! Invariant: every slot of a grid belongs to at most one cell, every cell lies inside the grid, and cells are kept in reading
//! order (by row, then column).

use serde::{Deserialize, Serialize};

use super::Origin;

/// The most slots (rows × columns) that one grid may have; a larger one is cut by the reader, with a diagnostic.
pub const MAX_GRID_SLOTS: usize = 1 << 20;

/// How a grid was found, which says how far its columns can be trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum GridKind {
    /// Rows and columns come from markup or ruling lines: slots line up.
    Ruled,
    /// Rows come from separators in text (tabs, pipes): merged cells have collapsed, and a row may be shorter or shifted.
    Delimited,
    /// Columns come from the alignment of text without any line.
    Aligned,
}

/// One cell of a grid.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Cell {
    /// First row, from 0.
    pub row: usize,
    /// First column, from 0.
    pub column: usize,
    /// Rows covered, at least 1.
    pub row_span: usize,
    /// Columns covered, at least 1.
    pub column_span: usize,
    /// The text as printed; `\n` where the source breaks a line inside the cell.
    pub text: String,
    /// Where it stands.
    pub origin: Origin,
}

/// A table.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Grid {
    rows: usize,
    columns: usize,
    kind: GridKind,
    origin: Origin,
    cells: Vec<Cell>,
    /// Index into `cells` for each slot, row by row; `u32::MAX` where no cell lies.
    slots: Vec<u32>,
}

const EMPTY: u32 = u32::MAX;

impl Grid {
    /// Number of rows.
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// Number of columns.
    pub fn columns(&self) -> usize {
        self.columns
    }

    /// How the grid was found.
    pub fn kind(&self) -> GridKind {
        self.kind
    }

    /// Where the grid stands.
    pub fn origin(&self) -> &Origin {
        &self.origin
    }

    /// What its cells say, to be changed.
    pub(crate) fn texts_mut(&mut self) -> impl Iterator<Item = &mut String> {
        self.cells.iter_mut().map(|cell| &mut cell.text)
    }

    /// Where the grid and its cells stand, to be changed.
    pub(crate) fn origins_mut(&mut self) -> impl Iterator<Item = &mut Origin> {
        std::iter::once(&mut self.origin).chain(self.cells.iter_mut().map(|cell| &mut cell.origin))
    }

    /// All cells in reading order.
    pub fn cells(&self) -> &[Cell] {
        &self.cells
    }

    /// The cell that covers a slot, whether it begins there or reaches it by a span.
    pub fn at(&self, row: usize, column: usize) -> Option<&Cell> {
        if row >= self.rows || column >= self.columns {
            return None;
        }
        self.cells.get(self.slots[row * self.columns + column] as usize)
    }

    /// The cells that touch a row, each once, from left to right: those that begin in it and those that reach into it.
    pub fn row(&self, row: usize) -> impl Iterator<Item = &Cell> {
        let mut column = 0;
        std::iter::from_fn(move || {
            while column < self.columns {
                match self.at(row, column) {
                    Some(cell) => {
                        column = cell.column + cell.column_span;
                        return Some(cell);
                    }
                    None => column += 1,
                }
            }
            None
        })
    }
}

/// Collects cells into a [`Grid`].
#[derive(Debug)]
pub struct GridBuilder {
    kind: GridKind,
    origin: Origin,
    cells: Vec<Cell>,
}

impl GridBuilder {
    /// An empty grid of a kind, standing at a place.
    pub fn new(kind: GridKind, origin: Origin) -> Self {
        GridBuilder {
            kind,
            origin,
            cells: Vec::new(),
        }
    }

    /// Adds a cell at a known slot. Spans below 1 count as 1.
    pub fn cell(&mut self, mut cell: Cell) -> &mut Self {
        cell.row_span = cell.row_span.max(1);
        cell.column_span = cell.column_span.max(1);
        self.cells.push(cell);
        self
    }

    /// Adds a row of plain cells below the rows so far.
    pub fn row<S: Into<String>>(&mut self, cells: impl IntoIterator<Item = (S, Origin)>) -> &mut Self {
        let row = self.cells.last().map_or(0, |cell| cell.row + 1);
        for (column, (text, origin)) in cells.into_iter().enumerate() {
            self.cell(Cell {
                row,
                column,
                row_span: 1,
                column_span: 1,
                text: text.into(),
                origin,
            });
        }
        self
    }

    /// The finished grid. Where two cells claim a slot, the one that comes first in reading order keeps it; a grid of more
    /// than [`MAX_GRID_SLOTS`] slots loses its last rows, which the second value tells.
    pub fn build(mut self) -> (Grid, bool) {
        self.cells.sort_by_key(|cell| (cell.row, cell.column));
        let columns = self
            .cells
            .iter()
            .map(|cell| cell.column.saturating_add(cell.column_span))
            .max()
            .unwrap_or(0);
        let columns = columns.min(MAX_GRID_SLOTS);
        let rows = self
            .cells
            .iter()
            .map(|cell| cell.row.saturating_add(cell.row_span))
            .max()
            .unwrap_or(0);
        let kept = rows.min(MAX_GRID_SLOTS.checked_div(columns).unwrap_or(0));
        let mut cut = kept < rows;
        self.cells.retain(|cell| {
            let inside = cell.row < kept && cell.column < columns;
            cut |= !inside;
            inside
        });
        let mut slots = vec![EMPTY; kept * columns];
        for (index, cell) in self.cells.iter_mut().enumerate() {
            cell.row_span = cell.row_span.min(kept - cell.row);
            cell.column_span = cell.column_span.min(columns - cell.column);
            for row in cell.row..cell.row + cell.row_span {
                for slot in &mut slots[row * columns + cell.column..row * columns + cell.column + cell.column_span] {
                    if *slot == EMPTY {
                        *slot = index as u32;
                    }
                }
            }
        }
        let grid = Grid {
            rows: kept,
            columns,
            kind: self.kind,
            origin: self.origin,
            cells: self.cells,
            slots,
        };
        (grid, cut)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(row: usize, column: usize, row_span: usize, column_span: usize, text: &str) -> Cell {
        Cell {
            row,
            column,
            row_span,
            column_span,
            text: text.into(),
            origin: Origin::text(1, 1),
        }
    }

    fn build(cells: impl IntoIterator<Item = Cell>) -> (Grid, bool) {
        let mut builder = GridBuilder::new(GridKind::Ruled, Origin::text(1, 1));
        for cell in cells {
            builder.cell(cell);
        }
        builder.build()
    }

    #[test]
    fn a_spanning_cell_is_found_at_every_slot_it_covers() {
        let (grid, cut) = build([
            cell(0, 0, 2, 1, "label"),
            cell(0, 1, 1, 2, "head"),
            cell(1, 1, 1, 1, "1"),
            cell(1, 2, 1, 1, "2"),
        ]);
        assert!(!cut);
        assert_eq!((grid.rows(), grid.columns()), (2, 3));
        assert_eq!(grid.at(1, 0).unwrap().text, "label");
        assert_eq!(grid.at(0, 2).unwrap().text, "head");
        let second: Vec<_> = grid.row(1).map(|cell| cell.text.as_str()).collect();
        assert_eq!(second, ["label", "1", "2"]);
    }

    #[test]
    fn an_enormous_span_is_cut_and_said_so() {
        let (grid, cut) = build([cell(0, 0, usize::MAX, 3, "a"), cell(0, 3, 1, 1, "b")]);
        assert!(cut);
        assert!(grid.rows() * grid.columns() <= MAX_GRID_SLOTS);
        assert_eq!(grid.at(0, 3).unwrap().text, "b");
    }
}
