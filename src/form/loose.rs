//! Rows of running text whose values stand on another line than their label.
//!
//! Text taken from a page line by line has most rows on one line each, but where a label was set over two lines its values stand
//! above, below or between them. Invariant: such values are placed only where the lines around them leave no choice: as many rows
//! are open between two rows of one line as there are labels and lines of values, all in the form's order.

use super::ROW_BY_POSITION;
use super::labels::TableMatcher;
use super::prepare::Prepared;
use super::rows::{RowCell, Source};
use super::spec::RowSpec;
use crate::diagnostic::Diagnostic;
use crate::text::label::Label;

/// A row of the form with the number of its columns.
pub(super) type Target<'a> = (usize, &'a RowSpec);

/// Takes back the rows whose label and values stand on different lines, where most rows are lines, and places those that have
/// only one place.
pub(super) fn settle(
    rows: &[Prepared],
    matcher: &TableMatcher,
    targets: &[Target],
    aligned: &mut [Option<(usize, usize)>],
) -> Vec<Diagnostic> {
    let on_one_line = |index: usize, label: usize| {
        let cells = &rows[index].row.cells;
        cells.get(label + 1).map(|value| value.block) == Some(cells[label].block)
    };
    let is_stream = |index: &usize| rows[*index].row.source == Source::Stream;
    let placed = |index: &usize| aligned[*index].map(|(_, label)| (*index, label));
    let (lines, loose): (Vec<_>, Vec<_>) = (0..rows.len())
        .filter(is_stream)
        .filter_map(|index| placed(&index))
        .partition(|(index, label)| on_one_line(*index, *label));
    if lines.len() <= loose.len() {
        return Vec::new();
    }
    for (index, _) in loose {
        aligned[index] = None;
    }
    let mut diagnostics = Vec::new();
    for pair in lines.windows(2) {
        let (above, below) = (pair[0].0, pair[1].0);
        let (Some((first, _)), Some((last, label))) = (aligned[above], aligned[below]) else {
            continue;
        };
        let open: Vec<usize> = (first + 1..last)
            .filter(|target| !targets[*target].1.optional)
            .collect();
        let values: Vec<usize> = (above + 1..below).filter(|index| is_stream(index)).collect();
        let between = rows[above + 1..below].iter().flat_map(|row| &row.row.cells);
        let texts = between
            .chain(&rows[below].row.cells[..label])
            .filter(|cell| cell.is_text());
        if values.len() != open.len() || labels(texts, matcher, &open) != open {
            continue;
        }
        for (index, target) in values.into_iter().zip(open) {
            let cells = &rows[index].row.cells;
            let Some(before) = cells.iter().rposition(RowCell::is_text) else {
                continue;
            };
            if cells.len() - before - 1 == targets[target].0 {
                aligned[index] = Some((target, before));
                let message = format!("the values of {:?} stand on another line", targets[target].1.label);
                diagnostics.push(ROW_BY_POSITION.at(cells[before].origin.clone(), message));
            }
        }
    }
    diagnostics
}

/// The rows of the form that texts name, in order.
fn labels<'a>(texts: impl Iterator<Item = &'a RowCell<'a>>, matcher: &TableMatcher, open: &[usize]) -> Vec<usize> {
    let mut named: Vec<usize> = Vec::new();
    for cell in texts {
        let behind = |target: usize| open.contains(&target) && named.last().is_none_or(|last| *last < target);
        let matches = matcher.rows.matches(&Label::parse(cell.text), &[]);
        let best = matches
            .iter()
            .filter(|m| behind(m.target))
            .max_by(|a, b| a.score.total_cmp(&b.score));
        named.extend(best.map(|m| m.target));
    }
    named
}
