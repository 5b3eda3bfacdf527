//! Words that end a table or head one, for those who cut text into tables before any form is laid on it.
//!
//! Invariant: only the wordings of the forms and sections are known here, matched whole, after folding.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::{forms, sections};
use crate::text::label::Label;
use crate::text::normalize::fold;

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

/// What stands above the rows of a band in some form (第二十条第（一）项).
pub(crate) fn is_band(text: &str) -> bool {
    static BANDS: LazyLock<HashSet<String>> = LazyLock::new(|| {
        let tables = forms().iter().flat_map(|form| &form.tables);
        let labels = tables
            .flat_map(|table| &table.bands)
            .filter_map(|band| band.label.as_ref());
        labels.map(|label| Label::parse(label).full).collect()
    });
    text.len() < 200 && BANDS.contains(&Label::from_folded(&fold(text)).full)
}

/// What stands in the cells of the forms' tables besides figures: bands, groups, rows and columns in all their wordings, as printed.
#[cfg(feature = "ocr")]
pub(crate) fn labels() -> impl Iterator<Item = &'static str> {
    let tables = forms().iter().flat_map(|form| &form.tables);
    tables.flat_map(|table| &table.bands).flat_map(|band| {
        let rows = band.groups.iter().chain(&band.rows);
        let rows = rows.flat_map(|row| row.path.iter().chain([&row.label]).chain(&row.aliases));
        let columns = band.columns.iter();
        let columns = columns.flat_map(|column| std::iter::once(&column.label).chain(&column.aliases));
        band.label.iter().chain(rows).chain(columns).map(String::as_str)
    })
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
