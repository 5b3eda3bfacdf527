//! Which forms are worth laying on a document's rows.
//!
//! A form that knows no text of the document better than another form does, and misses a wording that the other has, cannot fit
//! better. Invariant: a form is left out only where another takes its place in every text of the document.

use std::rc::Rc;

use super::Candidate;
use super::lexicon::{Axis, EXACT, STRONG, TableAxes, Word, word};
use super::prepare::Prepared;
use super::rows::RowCell;

/// The distinct texts of a document, classified.
pub(super) fn words(rows: &[Prepared]) -> Vec<Rc<Word>> {
    let cells = rows
        .iter()
        .flat_map(|row| &row.row.cells)
        .filter(|cell| RowCell::is_text(cell));
    let labels = rows.iter().flat_map(|row| &row.labels);
    let mut words: Vec<Rc<Word>> = cells
        .map(|cell| word(cell.text))
        .chain(labels.map(|label| label.word.clone()))
        .filter(|word| word.means_something())
        .collect();
    words.sort_unstable_by_key(Rc::as_ptr);
    words.dedup_by(|a, b| Rc::ptr_eq(a, b));
    words
}

/// The tables of one key that no other form knows better. Of equal ones the form of the report's year stays, which is `expected`, else
/// the one that the report's other tables follow, else the last.
pub(super) fn contenders<'c>(
    words: &[Rc<Word>],
    tables: Vec<&'c Candidate>,
    expected: Option<&str>,
    usual: Option<&str>,
) -> Vec<&'c Candidate> {
    let known: Vec<Vec<Known>> = tables
        .iter()
        .map(|table| words.iter().map(|word| Known::of(table.axes, word)).collect())
        .collect();
    let rank = |index: usize| {
        let form = Some(tables[index].form.id.as_str());
        (form == expected, form == usual, index)
    };
    let replaces = |one: usize, other: usize| {
        let pairs = || known[one].iter().zip(&known[other]);
        let equal = || tables[one].spec.bands == tables[other].spec.bands && rank(one) > rank(other);
        pairs().all(|(one, other)| one.covers(other)) && (pairs().any(|(one, other)| one.tells_from(other)) || equal())
    };
    (0..tables.len())
        .filter(|other| !(0..tables.len()).any(|one| one != *other && replaces(one, *other)))
        .map(|index| tables[index])
        .collect()
}

/// How well a table knows a text.
struct Known {
    /// As the label of a row.
    row: f32,
    /// As the name of a column.
    column: f32,
    /// Whether it is a part of such a name.
    part: bool,
}

impl Known {
    fn of(axes: &TableAxes, word: &Word) -> Self {
        let columns = || axes.columns.iter();
        Known {
            row: axes.rows.known(word),
            column: columns().map(|axis| axis.known(word)).fold(0.0, f32::max),
            part: columns().any(|axis| Axis::has_part(axis, word)),
        }
    }

    fn covers(&self, other: &Known) -> bool {
        self.row >= other.row && self.column >= other.column && self.part >= other.part
    }

    fn tells_from(&self, other: &Known) -> bool {
        let tells = |own: f32, other: f32| own >= EXACT && other < STRONG;
        tells(self.row, other.row) || tells(self.column, other.column)
    }
}
