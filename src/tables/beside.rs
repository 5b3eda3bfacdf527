//! Tables that stand side by side in one grid: two years, two bodies, two halves of one table.
//!
//! Invariant: each is a grid of its own, so that no label or header of one is taken for that of figures of another.

use super::rows::{Row, RowCell, Source};

/// In fewer rows a label behind values may be a remark.
const FEWEST: usize = 2;

/// The rows of a grid, those of the left table first, where labels of the forms stand once more behind values.
pub(super) fn apart(mut rows: Vec<Row<'_>>) -> Vec<Row<'_>> {
    let mut apart = Vec::new();
    while let Some(at) = second_labels(&rows) {
        let right = rows.iter_mut().map(|row| cut(row, at)).collect();
        apart.append(&mut rows);
        rows = right;
    }
    apart.append(&mut rows);
    apart.retain(|row| !row.cells.is_empty());
    apart
}

/// The first slot of the labels that stand behind values, in most rows with values.
fn second_labels(rows: &[Row]) -> Option<usize> {
    let with_values: Vec<&Row> = rows
        .iter()
        .filter(|row| row.source != Source::Stream && row.cells.iter().any(RowCell::is_filled_value))
        .collect();
    let places: Vec<usize> = with_values.iter().filter_map(|row| behind_values(row)).collect();
    let at = *places.iter().min()?;
    let agree = places.iter().filter(|place| **place == at).count();
    (agree >= FEWEST && agree * 2 >= with_values.len()).then_some(at)
}

/// The slot of the first words behind values that are, or stand before, a label of the forms with values of its own.
fn behind_values(row: &Row) -> Option<usize> {
    let first = row.cells.iter().position(RowCell::is_filled_value)?;
    let words = first + row.cells[first..].iter().position(RowCell::is_text)?;
    let behind = &row.cells[words..];
    let label = behind
        .iter()
        .position(|cell| cell.is_text() && super::is_known_label(cell.text))?;
    let own = behind[label + 1..].iter().any(RowCell::is_filled_value);
    (own && behind[..label].iter().all(RowCell::is_text)).then(|| row.cells[words].start)
}

/// Takes the cells from a slot on off a row; they count from that slot.
fn cut<'a>(row: &mut Row<'a>, at: usize) -> Row<'a> {
    let end = row
        .cells
        .iter()
        .position(|cell| cell.start >= at)
        .unwrap_or(row.cells.len());
    let mut right = Row {
        source: next(row.source),
        cells: row.cells.split_off(end),
        surplus: false,
    };
    for cell in &mut right.cells {
        cell.start -= at;
    }
    right
}

fn next(source: Source) -> Source {
    match source {
        Source::Grid { block, half, kind } => Source::Grid {
            block,
            half: half + 1,
            kind,
        },
        Source::Stream => Source::Stream,
    }
}
