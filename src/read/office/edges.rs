//! Rows whose cells are given by the place of their right edge, as RTF and the binary Word format keep them, laid on columns.
//!
//! Invariant: edges that a person sees as one line are one: programs round them differently from row to row.

use super::body::{COLUMNS, Item, Merge, Table, TableCell, merged};

/// Edges closer than this are one, in twentieths of a point: 2 points, far less than any column and more than rounding makes.
const SAME: i32 = 40;
/// Width that a cell without an edge gets.
const NOMINAL: i32 = 1_000;

/// A cell as its row defines it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Edge {
    /// Right edge, in twentieths of a point.
    pub right: i32,
    /// How it is merged with the cell above.
    pub down: Merge,
    /// Whether it continues the cell to its left.
    pub continues_left: bool,
}

/// A row with what its cells hold.
#[derive(Debug)]
pub(super) struct Row {
    /// Left edge of the first cell.
    pub left: i32,
    /// The cells as defined.
    pub edges: Vec<Edge>,
    /// What they hold, in order; there may be more or fewer than were defined.
    pub cells: Vec<Vec<Item>>,
}

/// A table of rows.
pub(super) fn table(rows: Vec<Row>) -> Table {
    let mut rows = rows;
    rows.iter_mut().for_each(complete);
    let lines = lines(&rows);
    let column = |edge: i32| lines.partition_point(|line| *line + SAME < edge);
    let laid = rows
        .into_iter()
        .map(|row| {
            let mut out: Vec<(Merge, TableCell)> = Vec::new();
            let mut left = column(row.left);
            for (at, (edge, items)) in row.edges.iter().zip(row.cells).enumerate() {
                let right = column(edge.right);
                let columns = right.saturating_sub(left);
                if columns == 0 || right > COLUMNS {
                    continue;
                }
                match out.last_mut().filter(|_| edge.continues_left) {
                    Some((_, before)) => before.columns += columns,
                    None => out.push((
                        edge.down,
                        TableCell {
                            column: left,
                            columns,
                            rows: 1,
                            number: at as u32 + 1,
                            items,
                        },
                    )),
                }
                left = right;
            }
            out
        })
        .collect();
    Table {
        rows: merged(laid),
        sheet: None,
    }
}

/// Gives every cell an edge, and makes edges go from left to right.
fn complete(row: &mut Row) {
    let mut last = row.left;
    for edge in &mut row.edges {
        edge.right = edge.right.max(last);
        last = edge.right;
    }
    while row.edges.len() < row.cells.len() {
        last = last.saturating_add(NOMINAL);
        row.edges.push(Edge {
            right: last,
            down: Merge::None,
            continues_left: false,
        });
    }
    row.cells.resize_with(row.edges.len(), Vec::new);
}

/// The upright lines of a table, from left to right.
fn lines(rows: &[Row]) -> Vec<i32> {
    let mut edges: Vec<i32> = rows
        .iter()
        .flat_map(|row| std::iter::once(row.left).chain(row.edges.iter().map(|edge| edge.right)))
        .collect();
    edges.sort_unstable();
    edges.dedup_by(|edge, kept| edge.abs_diff(*kept) <= SAME as u32);
    edges
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(left: i32, rights: &[i32]) -> Row {
        Row {
            left,
            edges: rights
                .iter()
                .map(|right| Edge {
                    right: *right,
                    down: Merge::None,
                    continues_left: false,
                })
                .collect(),
            cells: rights.iter().map(|_| Vec::new()).collect(),
        }
    }

    #[test]
    fn cells_lie_on_columns_though_rows_round_their_edges() {
        let table = table(vec![
            row(-108, &[1000, 3000]),
            row(-100, &[990, 2010, 3012]),
            row(1005, &[2000]),
        ]);
        let spans: Vec<Vec<(usize, usize)>> = table
            .rows
            .iter()
            .map(|row| row.iter().map(|cell| (cell.column, cell.columns)).collect())
            .collect();
        assert_eq!(
            spans,
            [vec![(0, 1), (1, 2)], vec![(0, 1), (1, 1), (2, 1)], vec![(1, 1)]]
        );
    }
}
