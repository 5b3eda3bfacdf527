//! Figures as the rules see them: a label, a place, and a value or the reason why there is none.
//!
//! Invariant: sums are exact, and a sum too large to hold is no sum.

use std::fmt::Write;

use rust_decimal::Decimal;

pub(super) use crate::forms::is_in_row;
use crate::forms::{self, RowSpec, TableSpec};
use crate::report::{Check, Number, Report, State, Status, Table, pointer};

/// The tables of a report that follow a known form, each with its form; with the nearest where the report leaves it open.
pub(super) fn sheets(report: &Report) -> impl Iterator<Item = Sheet<'_>> {
    report.tables.present().filter_map(move |(key, table)| {
        let keys = table.values.0.keys().map(String::as_str);
        let (_, spec) = forms::form_of(key, table.form.as_deref(), keys)?;
        Some(Sheet {
            report,
            key,
            table,
            spec,
        })
    })
}

/// A table with its form.
#[derive(Clone, Copy)]
pub(super) struct Sheet<'a> {
    pub report: &'a Report,
    pub key: &'static str,
    pub table: &'a Table,
    pub spec: &'static TableSpec,
}

impl<'a> Sheet<'a> {
    /// The figure of a dotted key.
    pub fn figure(&self, label: &'a str, key: &str) -> Figure<'a> {
        let pointer = pointer::figure(self.key, key);
        let value = self.table.values.get(key);
        let evidence = || self.report.evidence.get(&pointer);
        Figure {
            label,
            value,
            // Only asked for where there is no value.
            state: value.map_or_else(|| evidence().map(|evidence| evidence.state), |_| None),
            pointer,
        }
    }

    /// Whether the table has any figure in a row.
    pub fn has_row(&self, row: &str) -> bool {
        self.table
            .values
            .0
            .iter()
            .any(|(key, value)| value.is_some() && is_in_row(key, row))
    }

    /// Whether the report lacks a row because another stands in its place.
    pub fn is_replaced(&self, row: &RowSpec) -> bool {
        let stand_in = self.spec.stand_in(row);
        stand_in.is_some_and(|stand_in| self.has_row(&stand_in.key) && !self.has_row(&row.key))
    }

    /// The row, or column group, of a key.
    pub fn row(&self, key: &str) -> Option<&'static RowSpec> {
        self.spec.rows().find(|row| row.key == key)
    }

    /// Label of a row for messages; the key where the form has none.
    pub fn row_label(&self, row: &'a str) -> &'a str {
        self.row(row).map_or(row, |spec| short(&spec.label))
    }
}

/// A label without the explanation in brackets that some labels end with.
pub(super) fn short(label: &str) -> &str {
    match label.rfind('（') {
        Some(at) if at > 0 && label.ends_with('）') => &label[..at],
        _ => label,
    }
}

/// One figure that a rule needs.
pub(super) struct Figure<'a> {
    pub label: &'a str,
    pub value: Option<Number>,
    /// Why there is no value, if there is none.
    pub state: Option<State>,
    pub pointer: String,
}

impl Figure<'_> {
    /// Why there is no value: `（一）予以公开 is blank`.
    pub fn reason(&self) -> String {
        let why = match self.state {
            Some(State::Blank) => "is blank",
            Some(State::Placeholder) => "holds a mark for no figure",
            Some(State::Text) => "holds words",
            _ => "is missing",
        };
        format!("{} {why}", self.label)
    }
}

/// Sum of figures, where all have a value.
pub(super) fn sum(figures: &[Figure]) -> Option<Number> {
    let total = figures
        .iter()
        .try_fold(Decimal::ZERO, |total, figure| total.checked_add(figure.value?.0))?;
    Some(Number(total.normalize()))
}

/// Left minus right.
pub(super) fn difference(left: Option<Number>, right: Option<Number>) -> Option<Number> {
    Some(Number(left?.0.checked_sub(right?.0)?.normalize()))
}

/// Pointers to the figures without a value.
pub(super) fn missing(figures: &[Figure]) -> Vec<String> {
    figures
        .iter()
        .filter(|figure| figure.value.is_none())
        .map(|figure| figure.pointer.clone())
        .collect()
}

/// The reasons of the figures without a value, at most a few.
pub(super) fn reasons(figures: &[Figure]) -> String {
    const SHOWN: usize = 3;
    let without: Vec<_> = figures.iter().filter(|figure| figure.value.is_none()).collect();
    let shown: Vec<_> = without.iter().take(SHOWN).map(|figure| figure.reason()).collect();
    let more = without.len().saturating_sub(SHOWN);
    let tail = if more > 0 {
        format!(" and {more} more have no figure")
    } else {
        String::new()
    };
    shown.join(", ") + &tail
}

/// Figures with their labels: `新收 713 + 结转 36`. In a long sum the zeros are only counted.
pub(super) fn terms(figures: &[Figure]) -> String {
    let long = figures.len() > 4;
    let zero = |figure: &&Figure| figure.value.is_some_and(|value| value.0.is_zero());
    let mut text = String::new();
    for figure in figures.iter().filter(|figure| !long || !zero(figure)) {
        let and = if text.is_empty() { "" } else { " + " };
        // A string takes whatever is written.
        _ = match figure.value {
            Some(value) => write!(text, "{and}{} {value}", figure.label),
            None => write!(text, "{and}{} ?", figure.label),
        };
    }
    match figures.iter().filter(zero).count() {
        zeros if !long || zeros == 0 => text,
        zeros if text.is_empty() => format!("{zeros} zeros"),
        zeros => format!("{text} + {zeros} zeros"),
    }
}

/// A check without numbers of its own.
pub(super) fn plain(code: &str, status: Status, message: impl Into<String>, cells: Vec<String>) -> Check {
    Check {
        code: code.into(),
        status,
        message: message.into(),
        left: None,
        right: None,
        difference: None,
        cells,
    }
}
