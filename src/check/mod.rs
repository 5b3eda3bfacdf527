//! Holds a finished report against its own arithmetic and text.
//!
//! One file a group of rules, each with its codes beside it. Invariant: a check looks and never changes a figure; where a figure
//! that a rule needs is null the outcome is unknown, never a pass.

mod counts;
mod figure;
mod structure;
mod sums;
mod text;

use crate::forms;
use crate::report::{Check, Report, pointer};

/// The definition of a check: its code and what it means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CheckCode {
    /// Stable name in `snake_case` with the group or table in front: `applications.balance`.
    pub code: &'static str,
    /// The rule and what a failure means, in English.
    pub english: &'static str,
    /// The same in Chinese.
    pub chinese: &'static str,
}

/// Every check that a report can carry.
pub fn registry() -> impl Iterator<Item = CheckCode> {
    let own = [counts::CODES, structure::CODES].into_iter().flatten().copied();
    sums::codes().chain(own).chain(text::codes())
}

/// Holds every rule against a report, table by table, then the text, then the structure.
pub fn check(report: &Report) -> Vec<Check> {
    let mut checks = Vec::new();
    sums::check(report, &mut checks);
    counts::check(report, &mut checks);
    text::check(report, &mut checks);
    structure::check(report, &mut checks);
    for check in &mut checks {
        name_what_is_there(&mut check.cells, report);
    }
    checks
}

/// Names the table in place of each figure, or row of figures, that it does not have, so that every cell of a check points at something.
fn name_what_is_there(cells: &mut Vec<String>, report: &Report) {
    let mut named: Vec<String> = Vec::new();
    for cell in cells.drain(..) {
        let lacking = pointer::figure_of(&cell).filter(|(table, key)| !holds(report, table, key));
        let cell = lacking.map(|(table, _)| pointer::table(table)).unwrap_or(cell);
        if !named.contains(&cell) {
            named.push(cell);
        }
    }
    *cells = named;
}

/// Whether a table has a figure, or figures in a row.
fn holds(report: &Report, table: &str, key: &str) -> bool {
    let Some(table) = report.tables.get(table) else {
        return false;
    };
    let values = &table.values.0;
    values.contains_key(key) || values.keys().any(|other| forms::is_below(other, key))
}
