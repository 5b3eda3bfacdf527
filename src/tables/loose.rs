//! Rows of running text whose values stand on another line than their label.
//!
//! Text taken from a page line by line has most rows on one line each, but where a label was set over two lines its values stand
//! above, below or between them. Invariant: such values are placed only where the lines around them leave no choice: as many rows
//! are open between two rows of one line as there are labels and lines of values, all in the form's order.

use super::ROW_BY_POSITION;
use super::lexicon::{EXACT, TableAxes, word};
use super::prepare::{Prepared, is_heading};
use super::rows::{Row, RowCell, Source};
use crate::diagnostic::Diagnostic;
use crate::forms::RowSpec;

/// A row of the form with the number of its columns.
pub(super) type Target<'a> = (usize, &'a RowSpec);

/// Takes back the rows whose label and values stand on different lines, where other rows are lines, and places those that have
/// only one place. Nothing where no row is a line and each label stands before its values. `next` is the row behind the table.
pub(super) fn place(
    rows: &[Prepared],
    next: Option<&Prepared>,
    axes: &TableAxes,
    targets: &[Target],
    aligned: &mut [Option<(usize, usize)>],
) -> Option<Vec<Diagnostic>> {
    let place = |index: usize| aligned[index].filter(|_| rows[index].row.source == Source::Stream);
    let (lines, loose): (Vec<usize>, Vec<usize>) = (0..rows.len())
        .filter(|index| place(*index).is_some())
        .partition(|index| place(*index).is_some_and(|(_, label)| !is_loose(rows[*index].row, label)));
    let behind = || rows.iter().zip(aligned.iter()).chain(next.map(|row| (row, &None)));
    let apart = rows.iter().any(has_line_of_values) && behind().any(|(row, own)| has_stray_label(row, *own, axes));
    if lines.is_empty() && !apart && !begins_with_values(rows, targets, aligned) {
        return None;
    }
    for index in loose {
        aligned[index] = None;
    }
    // From each line to the next, and from the ends of the table to the first and the last of them.
    let above = std::iter::once(None).chain(lines.iter().copied().map(Some));
    let below = lines.iter().copied().map(Some).chain([None]);
    let mut diagnostics = Vec::new();
    for (above, below) in above.zip(below) {
        let first = above
            .and_then(|index| aligned[index])
            .map_or(0, |(target, _)| target + 1);
        let (last, label) = below.and_then(|index| aligned[index]).unwrap_or((targets.len(), 0));
        let open: Vec<usize> = (first..last).filter(|target| !targets[*target].1.optional).collect();
        let Some((width, _)) = open.first().map(|target| targets[*target]) else {
            continue;
        };
        let end = below.unwrap_or(rows.len());
        // The first row of a table follows those of the table above, which has other columns.
        let foreign = |index: &usize| values(&rows[*index]).is_some_and(|values| values != width);
        let start = above.map_or_else(
            || (0..end).rev().find(foreign).map_or(0, |index| index + 1),
            |index| index + 1,
        );
        let range = start..end;
        let words_below = below.map_or(&[][..], |index| &rows[index].row.cells[..label]);
        let between = rows[range.clone()].iter().flat_map(|row| &row.row.cells);
        let texts = between.chain(words_below).filter(|cell| cell.is_text());
        let found: Vec<usize> = range.filter(|index| values(&rows[*index]).is_some()).collect();
        // The lines of a row of several tell nothing of the order of its values.
        let fits = |(index, target): (&usize, &usize)| {
            let (cells, width) = (&rows[*index].row.cells, targets[*target].0);
            let line = |cell: &RowCell| cells.last().is_some_and(|last| last.line == cell.line);
            values(&rows[*index]) == Some(width) && cells.iter().rev().take(width).all(line)
        };
        if found.len() != open.len()
            || !found.iter().zip(&open).all(fits)
            || labels(texts, axes, &open) != open
            || found.iter().any(|index| has_foreign_label(&rows[*index], axes))
        {
            continue;
        }
        for (index, target) in found.into_iter().zip(open) {
            let cells = &rows[index].row.cells;
            let width = targets[target].0;
            if cells.len() > width && aligned[index].is_none() {
                let before = cells.len() - width - 1;
                aligned[index] = Some((target, before));
                let message = format!("the values of {:?} stand on another line", targets[target].1.label);
                diagnostics.push(ROW_BY_POSITION.at(cells[before].origin.clone(), message));
            }
        }
    }
    Some(diagnostics)
}

/// Takes back a row of one line between a line of values without a label and a label without values: each line of values may be that of
/// the label below it.
pub(super) fn leave_out_between(
    rows: &[Prepared],
    next: Option<&Prepared>,
    axes: &TableAxes,
    targets: &[Target],
    aligned: &mut [Option<(usize, usize)>],
) {
    for index in 1..rows.len() {
        let Some((target, _)) = aligned[index] else { continue };
        let above = &rows[index - 1];
        let is_open = aligned[index - 1].is_none() && above.is_unlabelled() && values(above) == Some(targets[target].0);
        let place = aligned.get(index + 1).copied().flatten();
        let below = rows.get(index + 1).or(next);
        if is_open && below.is_some_and(|below| has_stray_label(below, place, axes)) {
            aligned[index] = None;
        }
    }
}

/// Whether the values of a row of text stand on another line than its label.
pub(super) fn is_loose(row: &Row, label: usize) -> bool {
    let line = |cell: &RowCell| cell.line;
    row.source == Source::Stream && row.cells.get(label).map(line) != row.cells.get(label + 1).map(line)
}

/// Whether a row of text has values side by side on one line.
fn has_line_of_values(row: &Prepared) -> bool {
    let side_by_side =
        |pair: &[RowCell]| pair[0].line == pair[1].line && pair.iter().all(|cell| cell.reading.is_value());
    row.row.source == Source::Stream && row.row.cells.windows(2).any(side_by_side)
}

/// Whether a row of values without a label stands before the first row: then values stand above their labels, and what stands behind
/// a label is the values of the next one.
fn begins_with_values(rows: &[Prepared], targets: &[Target], aligned: &[Option<(usize, usize)>]) -> bool {
    let first = aligned
        .iter()
        .enumerate()
        .find_map(|(index, place)| Some((index, (*place)?.0)));
    let Some((before, target)) = first.and_then(|(index, target)| Some((rows.get(index.checked_sub(1)?)?, target)))
    else {
        return false;
    };
    // A damaged label still has its number.
    let is_label = |cell: &RowCell| word(cell.text).label.ordinal.is_some() && !is_heading(cell.text);
    let word = before.row.cells.iter().rfind(|cell| cell.is_text());
    before.row.source == Source::Stream && values(before) == Some(targets[target].0) && !word.is_some_and(is_label)
}

/// Whether the label of another row stands before that of a row: its values are not behind it.
fn has_stray_label(row: &Prepared, place: Option<(usize, usize)>, axes: &TableAxes) -> bool {
    stray_labels(row, place, axes).next().is_some()
}

/// The rows of the form whose labels stand alone before that of a row of text, its own if it stands there too.
pub(super) fn stray_labels(
    row: &Prepared,
    place: Option<(usize, usize)>,
    axes: &TableAxes,
) -> impl Iterator<Item = usize> {
    let named = |cell: &RowCell| {
        let word = word(cell.text);
        let is_other = word.is_parent || word.is_column;
        let best = axes.rows.best(&word).filter(|m| m.score >= EXACT && !is_other)?;
        Some(best.target)
    };
    let texts = row.row.cells.iter().filter(|cell| cell.is_text());
    let in_text = (row.row.source == Source::Stream).then_some(texts);
    let mut own = place.map(|(target, _)| target);
    let named = in_text.into_iter().flatten().rev().filter_map(named);
    // The last text that names the row itself is its label.
    named.filter(move |target| own.take_if(|own| own == target).is_none())
}

/// How many values a row ends with, if any.
fn values(row: &Prepared) -> Option<usize> {
    let values = row
        .row
        .cells
        .iter()
        .rev()
        .take_while(|cell| cell.reading.is_value())
        .count();
    (values > 0).then_some(values)
}

/// Whether a numbered text on the line of the values names a row that the form does not have.
fn has_foreign_label(row: &Prepared, axes: &TableAxes) -> bool {
    let line = row.row.cells.last().map(|cell| cell.line);
    let words = row
        .row
        .cells
        .iter()
        .filter(|cell| cell.is_text() && Some(cell.line) == line);
    words.map(|cell| word(cell.text)).any(|word| {
        word.label.ordinal.is_some() && !axes.rows.begins(&word) && axes.rows.matches(&word, &[]).is_empty()
    })
}

/// The rows of the form that texts name, in order.
fn labels<'a>(texts: impl Iterator<Item = &'a RowCell<'a>>, axes: &TableAxes, open: &[usize]) -> Vec<usize> {
    let mut named: Vec<usize> = Vec::new();
    for cell in texts {
        let behind = |target: usize| open.contains(&target) && named.last().is_none_or(|last| *last < target);
        let matches = axes.rows.matches(&word(cell.text), &[]);
        let best = matches
            .iter()
            .filter(|m| behind(m.target))
            .max_by(|a, b| a.score.total_cmp(&b.score));
        named.extend(best.map(|m| m.target));
    }
    named
}
