//! The official forms, read from `schema/forms/*.toml`.
//!
//! Everything that knows a key, a label or a rule gets it from here: matching, checks, JSON Schema and codebook.
//! Invariant: the forms are part of the program, so reading them cannot fail at run time; a test reads them all.

use std::collections::HashSet;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::text::label::Label;
use crate::text::normalize::fold;

/// An official form of the annual report.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Form {
    /// Name: the year of the document that prescribes it.
    pub id: String,
    /// Report years that it was made for.
    pub years: String,
    /// The document that prescribes it.
    pub legal_source: String,
    /// Its tables in order.
    pub tables: Vec<TableSpec>,
}

/// One table of a form.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TableSpec {
    /// Key: the field of `tables` in the JSON.
    pub key: String,
    /// Chinese name.
    pub label: String,
    /// English name.
    pub english: String,
    /// Its bands from top to bottom.
    pub bands: Vec<Band>,
    /// Sums that the figures must obey (勾稽关系).
    #[serde(default)]
    pub rules: Vec<SumRule>,
}

/// A block of rows under one column header. A table without row labels has column `groups` instead.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Band {
    /// The line above the band, if it has one.
    #[serde(default)]
    pub label: Option<String>,
    /// Column groups, each with all of `columns` below it; then there are no `rows`.
    #[serde(default)]
    pub groups: Vec<RowSpec>,
    /// Columns from left to right.
    pub columns: Vec<ColumnSpec>,
    /// Rows from top to bottom.
    #[serde(default)]
    pub rows: Vec<RowSpec>,
}

/// A row, or a group of columns.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RowSpec {
    /// Dotted key.
    pub key: String,
    /// Label as in the form, with its ordinal.
    pub label: String,
    /// English label.
    pub english: String,
    /// Labels of the merged cells to its left, outermost first.
    #[serde(default)]
    pub path: Vec<String>,
    /// Other wordings.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// Whether the key is written only where a report has the row.
    #[serde(default)]
    pub optional: bool,
    /// Unit of the row's figures where the form gives one a row (form 2014); otherwise the column's unit holds.
    #[serde(default)]
    pub unit: Option<String>,
}

/// A column.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ColumnSpec {
    /// Key.
    pub key: String,
    /// Label as in the form.
    pub label: String,
    /// English label.
    pub english: String,
    /// Unit: 件, 项, 万元.
    pub unit: String,
    /// Other wordings.
    #[serde(default)]
    pub aliases: Vec<String>,
}

/// Sum of `left` = sum of `right`, once for each column, row or group.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SumRule {
    /// Code of the check.
    pub code: String,
    /// What the rule is repeated over.
    pub each: Each,
    /// Keys (of rows where `each` is a column, else of columns) whose figures are added on the left.
    pub left: Vec<String>,
    /// The same for the right.
    pub right: Vec<String>,
}

/// What a rule is repeated over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Each {
    /// Every column: the keys are rows.
    Column,
    /// Every row: the keys are columns.
    Row,
    /// Every group of columns: the keys are columns.
    Group,
}

/// A main section of a report.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SectionSpec {
    /// Key.
    pub key: String,
    /// Canonical heading without its number.
    pub heading: String,
    /// English name.
    pub english: String,
    /// Other wordings.
    #[serde(default)]
    pub aliases: Vec<String>,
}

#[derive(Deserialize)]
struct Sections {
    sections: Vec<SectionSpec>,
}

static FORMS: LazyLock<Vec<Form>> = LazyLock::new(|| {
    [
        include_str!("../../schema/forms/2019.toml"),
        include_str!("../../schema/forms/2021.toml"),
    ]
    .into_iter()
    .map(embedded)
    .collect()
});

static SECTIONS: LazyLock<Vec<SectionSpec>> =
    LazyLock::new(|| embedded::<Sections>(include_str!("../../schema/forms/sections.toml")).sections);

/// Parses data that was compiled into the program.
#[allow(clippy::panic)]
fn embedded<T: serde::de::DeserializeOwned>(text: &str) -> T {
    // Impossible in a released program: a test reads every embedded file.
    toml::from_str(text).unwrap_or_else(|error| panic!("embedded data: {error}"))
}

/// All forms, oldest first.
pub fn forms() -> &'static [Form] {
    &FORMS
}

/// The main sections in the order of the form.
pub fn sections() -> &'static [SectionSpec] {
    &SECTIONS
}

impl Form {
    /// The table of a key.
    pub fn table(&self, key: &str) -> Option<&TableSpec> {
        self.tables.iter().find(|table| table.key == key)
    }
}

/// One cell of a form's table.
#[derive(Clone, Copy, Debug)]
pub struct CellSpec<'a> {
    /// The row, or the column group.
    pub row: &'a RowSpec,
    /// The column.
    pub column: &'a ColumnSpec,
}

impl CellSpec<'_> {
    /// Dotted key inside `values`: row key, then column key.
    pub fn key(&self) -> String {
        format!("{}.{}", self.row.key, self.column.key)
    }

    /// Unit of the figure.
    pub fn unit(&self) -> &str {
        self.row.unit.as_deref().unwrap_or(&self.column.unit)
    }
}

impl TableSpec {
    /// Every cell of the table, row by row in the order of the form.
    pub fn cells(&self) -> impl Iterator<Item = CellSpec<'_>> {
        self.bands.iter().flat_map(|band| {
            band.rows
                .iter()
                .chain(&band.groups)
                .flat_map(move |row| band.columns.iter().map(move |column| CellSpec { row, column }))
        })
    }
}

/// The heading of a main section, in one of the wordings that are known.
pub(crate) fn is_section_heading(text: &str) -> bool {
    static HEADINGS: LazyLock<HashSet<String>> = LazyLock::new(|| {
        let wordings = sections()
            .iter()
            .flat_map(|section| std::iter::once(&section.heading).chain(&section.aliases));
        wordings.map(|wording| Label::parse(wording).full).collect()
    });
    text.len() < 200 && HEADINGS.contains(&Label::from_folded(&fold(text)).full)
}

/// The name of a column in some form, in one of the wordings that are known. A column has no number: （六）其他 is a group of rows.
pub(crate) fn is_column(label: &Label) -> bool {
    static NAMES: LazyLock<HashSet<String>> = LazyLock::new(|| {
        let bands = forms()
            .iter()
            .flat_map(|form| &form.tables)
            .flat_map(|table| &table.bands);
        let columns = bands.flat_map(|band| &band.columns);
        let wordings = columns.flat_map(|column| std::iter::once(&column.label).chain(&column.aliases));
        wordings.map(|wording| Label::parse(wording).full).collect()
    });
    label.ordinal.is_none() && NAMES.contains(&label.full)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_forms_have_the_cells_that_the_official_documents_prescribe() {
        let count = |form: &Form, table: &str| {
            form.table(table)
                .unwrap()
                .cells()
                .filter(|cell| !cell.row.optional)
                .count()
        };
        let [f2019, f2021] = forms() else { panic!("two forms") };
        assert_eq!(count(f2019, "proactive_disclosure"), 2 * 3 + 2 * 3 + 2 * 3 + 2 + 2);
        assert_eq!(count(f2021, "proactive_disclosure"), 2 * 3 + 1 + 2 + 1);
        assert_eq!(count(f2019, "applications"), 23 * 7);
        assert_eq!(count(f2021, "applications"), 25 * 7);
        assert_eq!(count(f2021, "review_litigation"), 15);
        assert_eq!(sections().len(), 9);
    }

    #[test]
    fn no_key_stands_twice_in_a_table() {
        for form in forms() {
            for table in &form.tables {
                let mut keys: Vec<_> = table.cells().map(|cell| cell.key()).collect();
                keys.sort();
                assert!(
                    keys.windows(2).all(|pair| pair[0] != pair[1]),
                    "{} {}",
                    form.id,
                    table.key
                );
            }
        }
    }
}
