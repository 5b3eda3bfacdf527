//! The codebook: every figure of every form with its names, unit and legal source, taken from the forms themselves.
//!
//! Invariant: a figure that a report can hold has a line here, and the wide table has a column of the same key.

use std::sync::LazyLock;

use crate::forms::{self, CellSpec, Form, TableSpec};
use crate::narrative;
use crate::series::crosswalk::crosswalk;

use super::csv::guard;

/// One figure of one form.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// Key of the figure: table, row and column, joined by dots (`applications.new.total`).
    pub key: String,
    /// Key of its table.
    pub table: &'static str,
    /// Key of its row within the table.
    pub row: &'static str,
    /// Key of its column; empty where the row alone is the key of the figure.
    pub column: &'static str,
    /// Form: `2014`, `2019`, `2021`, `local-fujian-2014`.
    pub form: &'static str,
    /// Chinese name: table, the merged cells around it, row and column as in the form.
    pub chinese: String,
    /// English name.
    pub english: String,
    /// Unit.
    pub unit: &'static str,
    /// The document that prescribes the form.
    pub legal_source: &'static str,
    /// Whether the form was read on a filled or official copy: `yes` or `no`.
    pub verified: &'static str,
}

impl Line {
    /// Whether the figure counts things, and is no amount of money.
    pub fn counts(&self) -> bool {
        !self.unit.ends_with('元')
    }
}

static LINES: LazyLock<Vec<Line>> = LazyLock::new(|| {
    let of_table =
        |form: &'static Form, table: &'static TableSpec| table.cells().map(move |cell| line(form, table, cell));
    forms::forms()
        .iter()
        .flat_map(|form| form.tables.iter().flat_map(move |table| of_table(form, table)))
        .collect()
});

/// Column names of the codebook as a table.
pub const COLUMNS: [&str; 8] = [
    "key",
    "table",
    "form",
    "chinese",
    "english",
    "unit",
    "legal_source",
    "verified",
];

/// Every figure of every form, oldest form first, in the order of the form.
pub fn lines() -> &'static [Line] {
    &LINES
}

/// Every figure of every form, then those that sentences state and those that can be followed over the forms, as tables `narrative` and
/// `harmonised` have them.
pub fn all_lines() -> impl Iterator<Item = &'static Line> {
    lines().iter().chain(OTHER_LINES.iter())
}

static OTHER_LINES: LazyLock<Vec<Line>> = LazyLock::new(|| {
    let other = |table: &'static str, key: &'static str, [chinese, english, unit]: [&'static str; 3]| Line {
        key: key.to_owned(),
        table,
        row: key,
        column: "",
        form: table,
        chinese: chinese.to_owned(),
        english: english.to_owned(),
        unit,
        legal_source: "",
        verified: "",
    };
    let stated = narrative::stated_figures().iter();
    let stated = stated.map(|figure| {
        other(
            "narrative",
            &figure.key,
            [&figure.chinese, &figure.english, figure.unit()],
        )
    });
    let followed = crosswalk().indicators.iter();
    let followed = followed.map(|indicator| {
        let names = [&indicator.chinese, &indicator.english, &indicator.unit];
        other("harmonised", &indicator.key, names.map(String::as_str))
    });
    stated.chain(followed).collect()
});

fn line(form: &'static Form, table: &'static TableSpec, cell: CellSpec<'static>) -> Line {
    let above: Vec<&str> = cell.row.path.iter().map(String::as_str).collect();
    let chinese: Vec<&str> = std::iter::once(table.label.as_str())
        .chain(above)
        .chain([cell.row.label.as_str(), cell.column.label.as_str()])
        .collect();
    Line {
        key: format!("{}.{}", table.key, cell.key()),
        table: &table.key,
        row: &cell.row.key,
        column: &cell.column.key,
        form: &form.id,
        chinese: chinese.join(" / "),
        english: format!("{}: {}, {}", table.english, cell.row.english, cell.column.english),
        unit: cell.unit(),
        legal_source: &form.legal_source,
        verified: if form.unverified { "no" } else { "yes" },
    }
}

impl Line {
    /// The fields in the order of [`COLUMNS`].
    pub fn fields(&self) -> [&str; 8] {
        [
            &self.key,
            self.table,
            self.form,
            &self.chinese,
            &self.english,
            self.unit,
            self.legal_source,
            self.verified,
        ]
    }
}

/// The codebook as CSV.
pub fn to_csv() -> String {
    let mut text = COLUMNS.join(",") + "\n";
    for line in all_lines() {
        let fields: Vec<String> = line.fields().iter().map(|field| quote(&guard(field))).collect();
        text += &fields.join(",");
        text.push('\n');
    }
    text
}

fn quote(field: &str) -> String {
    if field.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", field.replace('"', "\"\""))
    } else {
        field.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_sentences_state_and_what_is_followed_over_the_forms_has_a_line() {
        let has = |form: &str, key: &str| all_lines().any(|line| (line.form, line.key.as_str()) == (form, key));
        assert!(has("narrative", "fees.processing_fee_charged_yuan") && has("harmonised", "applications.received"));
        let mut keys: Vec<_> = all_lines().map(|line| (&line.key, line.form)).collect();
        let all = keys.len();
        keys.sort_unstable();
        keys.dedup();
        assert_eq!(keys.len(), all);
    }

    #[test]
    fn every_figure_has_one_line_with_both_names_and_a_unit() {
        assert!(lines().len() > 400);
        for line in lines() {
            assert!(line.fields().iter().all(|field| !field.is_empty()), "{line:?}");
        }
        let new = lines()
            .iter()
            .find(|line| line.key == "applications.new.total")
            .unwrap();
        assert_eq!((new.form, new.unit), ("2019", "件"));
        assert!(
            new.chinese.contains("本年新收政府信息公开申请数量 / 总计"),
            "{}",
            new.chinese
        );
    }
}
