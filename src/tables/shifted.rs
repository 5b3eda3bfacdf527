//! Rows whose figures have slipped aside: where a converter drops a blank cell, or pads a row at its end, all that stands behind it moves,
//! and a row of as many cells as the form has columns does not show it.
//!
//! Invariant: figures are doubted here, never moved.

use rust_decimal::Decimal;

use super::rows::RowCell;
use crate::forms::{ColumnSpec, Each, TableSpec};
use crate::report::State;

/// The column whose cell is blank while the last number of those that it adds up is the sum of the others before it: that number is the
/// total, one place or more aside. `cells` has for each column its cell, if there is one.
pub(super) fn blank_total(
    spec: &TableSpec,
    each: Each,
    columns: &[ColumnSpec],
    cells: &[Option<&RowCell>],
) -> Option<usize> {
    let cell = |key: &String| {
        let column = columns.iter().position(|column| column.key == *key)?;
        Some((column, *cells.get(column)?))
    };
    let mut rules = spec.rules.iter().filter(|rule| rule.each == each);
    rules.find_map(|rule| {
        let [total] = rule.left.as_slice() else { return None };
        let (column, total) = cell(total)?;
        let is_blank = total.is_none_or(|cell| cell.reading.state == State::Blank);
        let parts = rule
            .right
            .iter()
            .map(|key| Some(cell(key)?.1))
            .collect::<Option<Vec<_>>>()?;
        (is_blank && ends_with_sum(parts.into_iter().flatten())).then_some(column)
    })
}

/// The column of counts whose cell is a change, `+26`, while the column of the changes has none with a sign.
pub(super) fn change_elsewhere(columns: &[ColumnSpec], cells: &[Option<&RowCell>]) -> Option<usize> {
    let has_sign = |cell: &RowCell| cell.text.trim().starts_with(['+', '＋']) && cell.is_filled_value();
    let with_sign = |column: &usize| cells.get(*column).copied().flatten().is_some_and(has_sign);
    let (changes, counts): (Vec<usize>, Vec<usize>) = (0..columns.len()).partition(|column| columns[*column].signed);
    if changes.is_empty() || changes.iter().any(with_sign) {
        return None;
    }
    counts.into_iter().find(with_sign)
}

/// Whether the last of some numbers is the sum of those before it, and not 0.
fn ends_with_sum<'a>(cells: impl Iterator<Item = &'a RowCell<'a>>) -> bool {
    let numbers: Vec<Decimal> = cells.filter_map(|cell| Some(cell.reading.value?.0)).collect();
    let Some((last, before)) = numbers.split_last() else {
        return false;
    };
    let sum = before
        .iter()
        .try_fold(Decimal::ZERO, |sum, number| sum.checked_add(*number));
    !last.is_zero() && sum == Some(*last)
}
