//! The official forms as data: what every other part knows of tables, keys, labels, rules and years.
//!
//! A form is a file of `schema/forms/`; the main sections are in `schema/sections.toml`, the rules that no single form can hold (text
//! against table, year against year) in `schema/rules.toml`. All are compiled into the program. Invariant: nothing in here depends on
//! a file format or on a report; everything that names a table or a key asks here; what contradicts itself is not loaded.

mod headings;
mod load;
mod registry;
mod rules;
mod spec;

#[cfg(feature = "ocr")]
pub(crate) use headings::labels;
pub(crate) use headings::{is_band, is_column, is_section_heading};
pub use registry::{
    add, figure, form_in, form_of, forms, holding_in, is_demanded, sections, series_rules, sum_rules, text_rules,
};
pub use rules::{Against, SeriesRule, Sum, TextRule};
pub use spec::{
    Band, CellSpec, ColumnSpec, Content, Each, Form, Prescribed, RowSpec, SectionSpec, SumRule, TABLES, TableSpec,
};
pub(crate) use spec::{is_below, is_in_row};
