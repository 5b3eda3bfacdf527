//! The rules that no single form can hold, from `schema/rules.toml`: figures of the text against the tables, and one year against the
//! next.
//!
//! Invariant: a rule names figures by their keys in the forms; a key that no form has is an error when the rules are loaded.

use serde::Deserialize;

use super::spec::{Each, Form, is_below};

/// Completes the part of a key that a rule names to the key of a figure.
type Whole<'a> = Box<dyn Fn(&String) -> String + 'a>;

/// `schema/rules.toml`.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Rules {
    pub text: Vec<TextRule>,
    pub series: Vec<SeriesRule>,
}

/// A figure that a sentence states, held against the tables.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TextRule {
    /// Code of the check: `text.` and the key of the stated figure.
    pub code: String,
    /// The tables that can hold it; the first that a report has is taken.
    pub against: Vec<Against>,
    /// The rule and what a failure means, in English.
    pub english: String,
    /// The same in Chinese.
    pub chinese: String,
}

/// What a stated figure may mean in one table.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Against {
    /// The table.
    pub table: String,
    /// The readings, the likeliest first, each a list of figures that are added: dotted keys, where `denied.*.total` is the column
    /// `total` in all rows below `denied`.
    pub readings: Vec<Vec<String>>,
}

/// What the figures of one year must say of the next.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SeriesRule {
    /// Code of the check.
    pub code: String,
    /// The table.
    pub table: String,
    /// What the rule is repeated over; the keys below are rows where it is a column, else columns.
    pub each: Each,
    /// Figures of the year before that are added.
    pub before: Vec<String>,
    /// Figures of the later year that are added to them.
    #[serde(default)]
    pub added: Vec<String>,
    /// Figures of the later year that are taken away.
    #[serde(default)]
    pub removed: Vec<String>,
    /// The figure of the later year that must come out.
    pub now: String,
    /// The rule and what a failure means, in English.
    pub english: String,
    /// The same in Chinese.
    pub chinese: String,
}

/// A rule between years for one row or column, its figures by dotted keys.
#[derive(Clone, Debug, PartialEq)]
pub struct Sum {
    /// Figures of the year before that are added.
    pub before: Vec<String>,
    /// Figures of the later year that are added to them.
    pub added: Vec<String>,
    /// Figures of the later year that are taken away.
    pub removed: Vec<String>,
    /// The figure of the later year that must come out.
    pub now: String,
}

impl Sum {
    /// Every figure that takes part.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        let parts = [&self.before, &self.added, &self.removed].into_iter().flatten();
        parts.chain([&self.now]).map(String::as_str)
    }
}

impl TextRule {
    /// Key of the stated figure.
    pub fn key(&self) -> &str {
        self.code.strip_prefix("text.").unwrap_or(&self.code)
    }
}

impl SeriesRule {
    /// The rule for each row or column of the table, in the order of the forms.
    pub fn sums<'a>(&self, forms: impl Iterator<Item = &'a Form>) -> Vec<Sum> {
        let mut sums: Vec<Sum> = Vec::new();
        let tables = forms.filter_map(|form| form.table(&self.table));
        for band in tables.flat_map(|table| &table.bands) {
            let has = |key: &str| match self.each {
                Each::Column => band.rows.iter().any(|row| row.key == key),
                Each::Row | Each::Group => band.columns.iter().any(|column| column.key == key),
            };
            let mut keys = [&self.before, &self.added, &self.removed].into_iter().flatten();
            if !has(&self.now) || !keys.all(|key| has(key)) {
                continue;
            }
            let columns = || band.figure_columns();
            let in_row = |row: &str, key: &String| {
                let column = columns().find(|column| column.key == *key);
                column.map_or_else(|| key.clone(), |column| column.key_in(row))
            };
            let repeated: Vec<Whole> = match self.each {
                Each::Column => columns()
                    .map(|column| Box::new(|key: &String| column.key_in(key)) as Box<_>)
                    .collect(),
                Each::Row | Each::Group => {
                    let rows = if self.each == Each::Row {
                        &band.rows
                    } else {
                        &band.groups
                    };
                    rows.iter()
                        .map(|row| Box::new(move |key: &String| in_row(&row.key, key)) as Box<_>)
                        .collect()
                }
            };
            for cell in repeated {
                let cells = |keys: &[String]| keys.iter().map(&cell).collect();
                let sum = Sum {
                    before: cells(&self.before),
                    added: cells(&self.added),
                    removed: cells(&self.removed),
                    now: cell(&self.now),
                };
                if !sums.contains(&sum) {
                    sums.push(sum);
                }
            }
        }
        sums
    }
}

/// Whether a dotted key is one that a pattern of a reading means: the key itself, or one below `denied` in the column `total` for
/// `denied.*.total`.
pub(super) fn is_meant(key: &str, pattern: &str) -> bool {
    match pattern.split_once(".*.") {
        None => key == pattern,
        Some((above, column)) => key
            .rsplit_once('.')
            .is_some_and(|(row, own)| own == column && is_below(row, above)),
    }
}
