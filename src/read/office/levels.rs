//! Tables in the cells of tables, as formats keep them that mark where a cell and a row end: RTF and the binary Word format.
//!
//! Invariant: text that stands in no row that the file ends is kept, behind the table.

use super::body::Item;
use super::edges::{self, Edge, Row};

/// Deepest nesting of tables.
pub(super) const TABLES: usize = 12;
/// Most cells of a row.
pub(super) const CELLS: usize = 1_000;

/// The text, then tables that are open, each in a cell of the one before.
pub(super) struct Levels {
    levels: Vec<Level>,
}

#[derive(Default)]
struct Level {
    items: Vec<Item>,
    cells: Vec<Vec<Item>>,
    rows: Vec<Row>,
}

impl Default for Levels {
    fn default() -> Self {
        Levels {
            levels: vec![Level::default()],
        }
    }
}

impl Levels {
    /// Opens or closes tables until this many are open.
    pub(super) fn reach(&mut self, level: usize) {
        let level = level.min(TABLES);
        while self.levels.len() <= level {
            self.levels.push(Level::default());
        }
        while self.levels.len() > level + 1 {
            self.end_table();
        }
    }

    fn end_table(&mut self) {
        let Some(mut ended) = self.levels.pop() else { return };
        // A row that the file does not end is lost by Word too; its text is kept.
        let rest: Vec<Item> = ended.cells.drain(..).flatten().chain(ended.items).collect();
        if let Some(outer) = self.levels.last_mut() {
            if !ended.rows.is_empty() {
                outer.items.push(Item::Table(edges::table(ended.rows)));
            }
            outer.items.extend(rest);
        }
    }

    /// Adds an item to the cell that is open, or to the text.
    pub(super) fn push(&mut self, item: Item) {
        if let Some(level) = self.levels.last_mut() {
            level.items.push(item);
        }
    }

    /// Ends the cell that is open.
    pub(super) fn end_cell(&mut self) {
        if let Some(level) = self.levels.last_mut() {
            let items = std::mem::take(&mut level.items);
            if level.cells.len() < CELLS {
                level.cells.push(items);
            }
        }
    }

    /// Ends the row that is open, with the left edge of its first cell and the cells as defined. One that is not kept is left out
    /// with all its cells.
    pub(super) fn end_row(&mut self, left: i32, edges: Vec<Edge>, is_kept: bool) {
        if let Some(level) = self.levels.last_mut() {
            let cells = std::mem::take(&mut level.cells);
            if is_kept && !cells.is_empty() {
                level.rows.push(Row { left, edges, cells });
            }
        }
    }

    /// All that was read.
    pub(super) fn finish(mut self) -> Vec<Item> {
        self.reach(0);
        self.levels.pop().map(|level| level.items).unwrap_or_default()
    }
}
