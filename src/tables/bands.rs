//! Which form a table follows, and its bands one by one.
//!
//! Every form reads the table by itself. The reading that fits best names the form; a band that another form's header names, and
//! this form's does not, is taken from that reading, for reports mix the forms. Invariant: a row is taken whole from one
//! reading, and only by its header; what one reading has read is no second row in another.

use std::cmp::Ordering;

use super::fill::{Filled, Fit};
use super::spaced::Spaced;
use super::{FORM_UNDECIDED, FORMS_MIXED};
use crate::document::Origin;
use crate::forms::is_in_row;
use crate::report::State;

/// A table as one form reads it.
pub(super) struct Reading {
    /// Name of the form.
    pub form: &'static str,
    /// Whether it is the form of the report's year.
    pub expected: bool,
    /// What it read.
    pub filled: Filled,
}

impl Reading {
    fn rank(&self) -> (Fit, bool) {
        (self.filled.fit, self.expected)
    }
}

/// The reading that fits best, completed by the bands of others. `usual` is the form of the report's other tables; it decides
/// between forms that fit equally well where the year does not.
pub(super) fn choose(mut readings: Vec<Reading>, usual: Option<&str>) -> Option<Filled> {
    let order = |a: &Reading, b: &Reading| match a.rank().cmp(&b.rank()) {
        Ordering::Equal => (Some(a.form) == usual).cmp(&(Some(b.form) == usual)),
        decided => decided,
    };
    let best = (0..readings.len()).max_by(|a, b| order(&readings[*a], &readings[*b]))?;
    let best = readings.swap_remove(best);
    // Forms that have the same table are not undecided: any of them names it.
    let differ = |other: &Reading| !other.filled.evidence.keys().eq(best.filled.evidence.keys());
    let tied = readings
        .iter()
        .any(|other| order(other, &best) == Ordering::Equal && differ(other));
    let mut filled = best.filled;
    for other in &readings {
        filled.contradict_as(&other.filled);
    }
    for other in readings {
        add_bands(&mut filled, other);
    }
    if tied {
        filled.table.form = None;
        filled.evidence.retain(|_, evidence| evidence.state != State::Absent);
        let present = &filled.evidence;
        filled.table.values.0.retain(|key, _| present.contains_key(key));
        let message = "nothing decides which form the table follows".to_string();
        filled
            .diagnostics
            .push(FORM_UNDECIDED.at(filled.table.origin.clone(), message));
    }
    Some(filled)
}

/// Whether the cells of a row are those of another row already.
fn is_read(filled: &Filled, other: &Filled, row: &str) -> bool {
    let printed = |of: &Filled, row: &str| -> Vec<(Option<String>, Option<Origin>)> {
        let cells = of.evidence.iter().filter(|(key, _)| is_in_row(key, row));
        let printed = cells.filter(|(_, evidence)| evidence.state != State::Absent);
        printed
            .map(|(_, cell)| (cell.raw.clone(), cell.origin.clone()))
            .collect()
    };
    let cells = printed(other, row);
    filled.rows.keys().any(|own| printed(filled, own) == cells)
}

/// Takes the rows that only the other form's header names.
fn add_bands(filled: &mut Filled, other: Reading) {
    let mut taken = Vec::new();
    for (row, placed) in &other.filled.rows {
        let missing = filled.rows.get(row).is_none_or(|own| own.cells == 0) && !is_read(filled, &other.filled, row);
        if placed.by_header == 0 || placed.by_header < placed.cells || !missing {
            continue;
        }
        for (key, evidence) in other.filled.evidence.iter().filter(|(key, _)| is_in_row(key, row)) {
            if evidence.state != State::Absent {
                let value = other.filled.table.values.0.get(key).copied().flatten();
                filled.table.values.0.insert(key.clone(), value);
                filled.evidence.insert(key.clone(), evidence.clone());
            }
        }
        filled.unclear.retain(|(unclear, _)| unclear != row);
        filled.rows.insert(row.clone(), *placed);
        taken.push(row.as_str());
    }
    let of_taken = |spaced: &Spaced| taken.iter().any(|row| is_in_row(&spaced.key, row));
    filled
        .one
        .extend(other.filled.one.iter().filter(|spaced| of_taken(spaced)).cloned());
    filled
        .undecided
        .extend(other.filled.undecided.iter().filter(|spaced| of_taken(spaced)).cloned());
    if !taken.is_empty() {
        filled.blocks.extend(&other.filled.blocks);
        let message = format!("{} follow form {}", taken.join(", "), other.form);
        filled
            .diagnostics
            .push(FORMS_MIXED.at(filled.table.origin.clone(), message));
    }
}
