//! Grids that a program for data frames wrote: a column that counts the rows before all others, a row that counts the columns above all
//! others, and names that stand twice in the first row told apart by numbers.
//!
//! Invariant: no figure of a report is left out. Numbers go only where they count every row, or every column, of the grid.

use std::collections::BTreeMap;

use super::rows::{Row, RowCell, Source};
use crate::report::State;

/// Fewer rows than this are not told to be counted.
const FEWEST_ROWS: usize = 3;
/// Fewer columns than this are not told to be counted.
const FEWEST_COLUMNS: usize = 3;
/// So many rows of names at most stand above the first row that is counted.
const HEADER_ROWS: usize = 3;
/// What stands in place of a name that a column does not have.
const UNNAMED: &str = "Unnamed:";

/// Takes the counts out, and the numbers behind names.
pub(super) fn leave_out(rows: &mut Vec<Row>) {
    if rows.iter().any(|row| row.source == Source::Stream) {
        return;
    }
    let is_counted = counts_rows(rows);
    if is_counted {
        for row in rows.iter_mut() {
            row.cells.retain(|cell| cell.start > 0);
            row.cells.iter_mut().for_each(|cell| cell.start -= 1);
        }
    }
    let is_above_names = is_counted
        || rows
            .get(1)
            .is_some_and(|below| below.cells.iter().all(RowCell::is_text));
    match rows.first_mut() {
        Some(first) if is_above_names && counts_columns(first) => drop(rows.remove(0)),
        Some(first) => name_again(first),
        None => {}
    }
}

/// Whether the first column counts the rows from 0 on, below nothing or the blank corner of a header.
fn counts_rows(rows: &[Row]) -> bool {
    let firsts: Option<Vec<&RowCell>> = rows
        .iter()
        .map(|row| {
            row.cells
                .first()
                .filter(|cell| (cell.start, cell.span, cell.own) == (0, 1, true))
        })
        .collect();
    let Some(firsts) = firsts else { return false };
    let is_corner = |cell: &RowCell| cell.reading.state == State::Blank || cell.text.trim().starts_with(UNNAMED);
    let header = firsts.iter().take_while(|cell| is_corner(cell)).count();
    let counted = &firsts[header..];
    header <= HEADER_ROWS
        && counted.len() >= FEWEST_ROWS
        && count(counted.iter().copied())
        && rows.iter().any(|row| row.cells.iter().any(RowCell::is_text))
}

/// Whether a row counts the columns from 0 on, and nothing else.
fn counts_columns(row: &Row) -> bool {
    let cells = row.cells.iter().skip_while(|cell| cell.reading.state == State::Blank);
    let counted: Vec<&RowCell> = cells.collect();
    counted.len() >= FEWEST_COLUMNS && row.cells.len() <= counted.len() + 1 && count(counted.into_iter())
}

/// Whether cells hold 0, 1, 2, … and nothing else.
fn count<'a>(cells: impl Iterator<Item = &'a RowCell<'a>>) -> bool {
    (0u32..)
        .zip(cells)
        .all(|(next, cell)| cell.text.trim() == next.to_string())
}

/// Takes the numbers off that tell a name apart from the same name before it: 行政复议 and 行政复议.1.
fn name_again(row: &mut Row) {
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    for cell in row.cells.iter_mut().filter(|cell| cell.is_text()) {
        let text = cell.text.trim();
        let numbered = text
            .rsplit_once('.')
            .and_then(|(name, number)| Some((name, number.parse().ok()?)));
        match numbered.filter(|(name, number): &(&str, usize)| seen.get(name) == Some(number)) {
            Some((name, number)) => {
                cell.text = name;
                seen.insert(name, number + 1);
            }
            None => _ = seen.insert(text, 1),
        }
    }
}
