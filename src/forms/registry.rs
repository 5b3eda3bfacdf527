//! The one registry of forms, sections and rules, and the questions that others ask it.
//!
//! Invariant: the data are part of the program, so reading them cannot fail at run time; a test loads them.

use std::sync::OnceLock;

use super::load::Registry;
use super::rules::{SeriesRule, TextRule};
use super::spec::{CellSpec, Form, SectionSpec, SumRule, TableSpec};

/// Name and text of each file of `schema/forms/`.
const FILES: &[(&str, &str)] = &include!(concat!(env!("OUT_DIR"), "/forms.rs"));
const SECTIONS: &str = include_str!("../../schema/sections.toml");
const RULES: &str = include_str!("../../schema/rules.toml");

static REGISTRY: OnceLock<Registry> = OnceLock::new();

fn load(more: &[(&str, &str)]) -> Result<Registry, String> {
    Registry::load(FILES.iter().chain(more).copied(), SECTIONS, RULES)
}

#[allow(clippy::panic)]
fn registry() -> &'static Registry {
    // Impossible in a released program: a test loads what it carries.
    REGISTRY.get_or_init(|| load(&[]).unwrap_or_else(|error| panic!("embedded data: {error}")))
}

/// Adds forms, each with the name and text that its file would have: for tests, which show so that nothing but the file is needed.
///
/// # Errors
/// Where a form is not sound, or the forms have been used before.
#[doc(hidden)]
pub fn add(files: &[(&str, &str)]) -> Result<(), String> {
    let registry = load(files)?;
    REGISTRY.set(registry).map_err(|_| "the forms are in use".into())
}

/// All forms, oldest first.
pub fn forms() -> &'static [Form] {
    &registry().forms
}

/// The main sections in the order of the form.
pub fn sections() -> &'static [SectionSpec] {
    &registry().sections
}

/// The rules that hold figures of the text against the tables.
pub fn text_rules() -> &'static [TextRule] {
    &registry().rules.text
}

/// The rules between years.
pub fn series_rules() -> &'static [SeriesRule] {
    &registry().rules.series
}

/// Each sum rule where it is explained: one for each code.
pub fn sum_rules() -> impl Iterator<Item = &'static SumRule> {
    let tables = forms().iter().flat_map(|form| &form.tables);
    tables
        .flat_map(|table| &table.rules)
        .filter(|rule| rule.english.is_some())
}

/// The forms that were made for a year, newest first.
pub fn holding_in(year: i32) -> impl Iterator<Item = &'static Form> {
    forms().iter().rev().filter(move |form| form.years_from(year) == 0)
}

/// Whether some form demands a table.
pub fn is_demanded(table: &str) -> bool {
    with_table(table).any(|(_, spec)| !spec.optional)
}

/// The forms that have a table, newest first.
fn with_table(table: &str) -> impl Iterator<Item = (&'static Form, &'static TableSpec)> {
    forms()
        .iter()
        .rev()
        .filter_map(move |form| Some((form, form.table(table)?)))
}

/// The form of a table in a year: the one that was made for it, else the one of the nearest years; of several the newest.
pub fn form_in(table: &str, year: i32) -> Option<&'static Form> {
    let forms = with_table(table).map(|(form, _)| form);
    forms.min_by_key(|form| form.years_from(year))
}

/// The form that a table of a report follows: the one that it names, or else the one with most of its keys, and of several such the
/// newest. `None` where no form has such a table.
pub fn form_of<'a>(
    table: &str,
    form: Option<&str>,
    keys: impl Iterator<Item = &'a str> + Clone,
) -> Option<(&'static Form, &'static TableSpec)> {
    if let Some(named) = form {
        return with_table(table).find(|(form, _)| form.id == named);
    }
    let missing = |spec: &TableSpec| keys.clone().filter(|key| spec.cell(key).is_none()).count();
    with_table(table).min_by_key(|(_, spec)| missing(spec))
}

/// The figure of a dotted key: of the form that its table follows if that form has the key, else of the newest form whose same table
/// has it. A report may follow one form in one band and another in the next.
pub fn figure(table: &str, form: Option<&str>, key: &str) -> Option<(&'static Form, CellSpec<'static>)> {
    let mut having = with_table(table).filter_map(|(form, spec)| Some((form, spec.cell(key)?)));
    let newest = having.next()?;
    if form.is_none_or(|form| newest.0.id == form) {
        return Some(newest);
    }
    Some(having.find(|(other, _)| form == Some(&other.id)).unwrap_or(newest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_forms_have_the_cells_that_the_official_documents_prescribe() {
        let count = |form: &Form, table: &str| {
            let cells = form.table(table).unwrap().cells();
            cells.filter(|cell| !cell.row.optional).count()
        };
        let form = |id: &str| forms().iter().find(|form| form.id == id).unwrap();
        let (f2019, f2021) = (form("2019"), form("2021"));
        assert_eq!(count(f2019, "proactive_disclosure"), 2 * 3 + 2 * 3 + 2 * 3 + 2 + 2);
        assert_eq!(count(f2021, "proactive_disclosure"), 2 * 3 + 1 + 2 + 1);
        assert_eq!(count(f2019, "applications"), 23 * 7);
        assert_eq!(count(f2021, "applications"), 25 * 7);
        assert_eq!(count(f2021, "review_litigation"), 15);
        assert_eq!(sections().len(), 13);
    }

    #[test]
    fn a_year_has_the_form_that_was_made_for_it_or_the_nearest() {
        let id = |year| form_in("applications", year).map(|form| form.id.as_str());
        for (year, form) in [
            (2012, "2019"),
            (2019, "2019"),
            (2020, "2019"),
            (2021, "2021"),
            (2040, "2021"),
        ] {
            assert_eq!(id(year), Some(form), "{year}");
        }
        assert_eq!(form_in("surprise", 2020), None);
        assert!(holding_in(2012).all(|form| form.table("applications").is_none()));
    }

    #[test]
    fn a_figure_is_of_its_own_form_and_else_of_the_newest_that_has_it() {
        let form = |own: Option<&str>, key: &str| figure("proactive_disclosure", own, key).map(|(form, _)| &*form.id);
        assert_eq!(form(Some("2019"), "administrative_licenses.decisions"), Some("2019"));
        assert_eq!(form(Some("2021"), "administrative_licenses.decisions"), Some("2021"));
        assert_eq!(form(Some("2021"), "regulations.made"), Some("2019"));
        assert_eq!(form(None, "administrative_licenses.decisions"), Some("2021"));
        assert_eq!(form(None, "regulations.made"), Some("2019"));
        assert_eq!(form(Some("2021"), "regulations.invented"), None);
        assert_eq!(form(Some("2021"), "regulations"), None);
    }

    #[test]
    fn without_a_form_a_table_is_taken_for_the_one_with_most_of_its_keys() {
        let form =
            |keys: &[&str]| form_of("proactive_disclosure", None, keys.iter().copied()).map(|(form, _)| &*form.id);
        assert_eq!(form(&["regulations.made", "regulations.newly_disclosed"]), Some("2019"));
        assert_eq!(form(&["administrative_licenses.decisions"]), Some("2021"));
    }

    #[test]
    fn a_form_cannot_be_added_once_the_forms_are_in_use() {
        assert!(!forms().is_empty());
        assert!(add(&[]).is_err());
    }
}
