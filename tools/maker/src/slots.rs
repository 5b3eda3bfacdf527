//! A grid with each cell at its slots, for files that list what a cell above reaches into.
//!
//! Invariant: every row lists its columns from left to right, each once.

use crate::layout::{Grid, GridCell};

/// What stands in a row.
#[derive(Clone, Copy, Debug)]
pub enum Slot<'a> {
    /// A cell that begins here.
    Begins(&'a GridCell),
    /// A cell of a row above that reaches down to here.
    Continues(&'a GridCell),
}

impl<'a> Slot<'a> {
    /// The cell.
    pub fn cell(self) -> &'a GridCell {
        match self {
            Slot::Begins(cell) | Slot::Continues(cell) => cell,
        }
    }

    /// Whether the cell reaches into the next row.
    pub fn is_tall(self) -> bool {
        self.cell().rows > 1
    }
}

/// The rows of a grid; a row that ends early ends early here too.
pub fn rows(grid: &Grid) -> Vec<Vec<Slot<'_>>> {
    // Rows that a cell still covers, by its first column.
    let mut reaching: Vec<(usize, usize, &GridCell)> = Vec::new();
    grid.rows
        .iter()
        .map(|row| {
            let mut out = Vec::new();
            let mut begun = Vec::new();
            let mut column = 0;
            let mut cells = row.iter();
            loop {
                if let Some((_, _, cell)) = reaching.iter().find(|(at, ..)| *at == column) {
                    out.push(Slot::Continues(cell));
                    column += cell.columns;
                } else if let Some(cell) = cells.next() {
                    out.push(Slot::Begins(cell));
                    begun.push((column, cell.rows, cell));
                    column += cell.columns;
                } else if reaching.iter().any(|(at, ..)| *at > column) {
                    column += 1;
                } else {
                    break;
                }
            }
            reaching.extend(begun);
            reaching.retain_mut(|(_, left, _)| {
                *left -= 1;
                *left > 0
            });
            out
        })
        .collect()
}
