//! The tables of a report as their forms lay them out, with what was read in each cell.
//!
//! Invariant: rows, columns and labels come from the forms; a figure is shown as the report has it, and how its cell was understood is
//! told by a sign and a word, never by colour alone.

use std::collections::{BTreeMap, HashSet};

use maud::{Markup, html};

use super::labels::{STATES, both, state};
use super::places::Places;
use crate::forms::{Band, CellSpec, ColumnSpec, RowSpec, TableSpec, figure, form_of};
use crate::report::{Evidence, Report, State, Status, Table, pointer};

/// A report and what its cells are drawn with.
pub(super) struct Sheet<'a> {
    pub(super) report: &'a Report,
    pub(super) places: &'a Places,
    /// The failing checks that each figure takes part in, by their numbers among all checks.
    failing: BTreeMap<&'a str, Vec<usize>>,
}

impl<'a> Sheet<'a> {
    pub(super) fn new(report: &'a Report, places: &'a Places) -> Self {
        let mut failing: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (index, check) in report
            .checks
            .iter()
            .enumerate()
            .filter(|(_, check)| check.status == Status::Fail)
        {
            for cell in &check.cells {
                failing.entry(cell).or_default().push(index);
            }
        }
        Sheet {
            report,
            places,
            failing,
        }
    }

    /// All tables that the report has.
    pub(super) fn draw(&self) -> Markup {
        html! {
            (legend())
            @for (key, table) in self.report.tables.present() { (self.table(key, table)) }
        }
    }

    fn table(&self, key: &str, table: &Table) -> Markup {
        let keys = table.values.0.keys().map(String::as_str);
        let Some((_, spec)) = form_of(key, table.form.as_deref(), keys.clone()) else {
            return html! {};
        };
        let of_form: HashSet<String> = spec.cells().map(|cell| cell.key()).collect();
        let others: Vec<&str> = keys.filter(|key| !of_form.contains(*key)).collect();
        html! {
            section.form id=(key) {
                h2 { (spec.label) " " small lang="en" { (spec.english) } }
                @if let Some(form) = &table.form { p.note { (both("表式", "Form")) " " (form) } }
                @for band in &spec.bands { (self.band(key, table, spec, band)) }
                @if !others.is_empty() { (self.others(key, table, &others)) }
                @for row in &table.extra_rows {
                    p.extra { (both("表式之外的行", "Row outside of the form")) "： " (row.label) " · " (row.cells.join(" | ")) }
                }
            }
        }
    }

    fn band(&self, key: &str, table: &Table, spec: &TableSpec, band: &Band) -> Markup {
        let columns: Vec<&ColumnSpec> = band.figure_columns().collect();
        let has = |row: &RowSpec| {
            columns
                .iter()
                .any(|column| table.values.0.contains_key(&column.key_in(&row.key)))
        };
        let rows: Vec<&RowSpec> = band.rows_or_groups().filter(|row| has(row)).collect();
        let depth = rows.iter().map(|row| row.path.len()).max().unwrap_or(0);
        html! {
            div.scroll {
                table {
                    caption { (band.label.as_deref().unwrap_or(&spec.label)) }
                    thead { tr {
                        th colspan=(depth + 1) scope="col" { (both("项目", "Item")) }
                        @for column in &columns { th scope="col" { (column.label) small lang="en" { (column.english) } } }
                    } }
                    tbody { @for (index, row) in rows.iter().enumerate() { tr {
                        @for (level, name) in row.path.iter().enumerate() {
                            @if begins(&rows, index, level) { th.path rowspan=(run(&rows, index, level)) scope="rowgroup" { (name) } }
                        }
                        th colspan=(depth + 1 - row.path.len()) scope="row" { (row.label) small lang="en" { (row.english) } }
                        @for column in &columns { (self.cell(key, table, &column.key_in(&row.key), Some(CellSpec { row, column }))) }
                    } } }
                }
            }
        }
    }

    /// Figures under keys of another form than that of the table.
    fn others(&self, key: &str, table: &Table, others: &[&str]) -> Markup {
        html! {
            div.scroll { table {
                caption { (both("其他表式的指标", "Figures of another form")) }
                tbody { @for other in others { tr {
                    @match figure(key, table.form.as_deref(), other) {
                        Some((_, cell)) => th scope="row" { (cell.row.label) " · " (cell.column.label) small lang="en" { (cell.row.english) " · " (cell.column.english) } },
                        None => th scope="row" { (other) },
                    }
                    (self.cell(key, table, other, None))
                } } }
            } }
        }
    }

    fn cell(&self, table_key: &str, table: &Table, key: &str, spec: Option<CellSpec<'_>>) -> Markup {
        let pointer = pointer::figure(table_key, key);
        let Some(value) = table.values.0.get(key) else {
            return html! { td.none {} };
        };
        let evidence = self.report.evidence.get(&pointer);
        let understood = evidence.map_or(State::Absent, |evidence| evidence.state);
        let (class, chinese, english) = state(understood);
        let failing = self.failing.get(pointer.as_str());
        let unit = spec.map_or("", |spec| spec.unit());
        let title = format!("{key} · {chinese} {english} · {unit}");
        let shown = match value {
            Some(value) => value.to_string(),
            None => sign(understood, evidence),
        };
        html! {
            td class=(format!("s-{class}{}", if failing.is_some() { " fail" } else { "" })) data-key=(pointer) {
                @match self.places.number(&pointer) {
                    Some(place) => a.fig #(self.anchor(&pointer, place)) href=(format!("#p{place}")) data-p=(place) title=(title) { (shown) },
                    None => span.fig title=(title) { (shown) },
                }
                @for check in failing.into_iter().flatten() {
                    a.flag href=(format!("#check-{check}")) title=(self.report.checks[*check].code) { "▲" (check + 1) }
                }
            }
        }
    }

    /// What a place leads to: its first figure; the others have names of their own.
    pub(super) fn anchor(&self, pointer: &str, place: usize) -> String {
        let first = self
            .places
            .iter()
            .nth(place - 1)
            .and_then(|(_, place)| place.pointers.first());
        match first.is_some_and(|first| first == pointer) {
            true => format!("f{place}"),
            false => format!("f{place}-{}", pointer.replace('/', "-")),
        }
    }
}

/// What stands in a cell without a number.
fn sign(understood: State, evidence: Option<&Evidence>) -> String {
    let raw = evidence
        .and_then(|evidence| evidence.raw.as_deref())
        .unwrap_or_default();
    match understood {
        State::Absent => "×".into(),
        State::Blank => "□".into(),
        _ if raw.is_empty() => "?".into(),
        _ => raw.into(),
    }
}

/// Whether a cell of the path begins in this row.
fn begins(rows: &[&RowSpec], index: usize, level: usize) -> bool {
    index == 0 || rows[index - 1].path.get(..=level) != rows[index].path.get(..=level)
}

/// How many rows from this one on share the path down to a level.
fn run(rows: &[&RowSpec], index: usize, level: usize) -> usize {
    let path = rows[index].path.get(..=level);
    rows[index..]
        .iter()
        .take_while(|row| row.path.get(..=level) == path)
        .count()
}

/// What the signs of the cells mean.
fn legend() -> Markup {
    html! {
        ul.legend aria-label="图例 Legend" {
            @for understood in STATES {
                @let (class, chinese, english) = state(understood);
                li { span class=(format!("key s-{class}")) { span.fig { (example(understood)) } } " " (both(chinese, english)) }
            }
            li { span.key.fail { span.fig { "5" } span.flag { "▲1" } } " " (both("未通过的校验", "failing check")) }
        }
    }
}

fn example(understood: State) -> &'static str {
    match understood {
        State::Number | State::Inferred => "12",
        State::Zero => "0",
        State::Blank => "□",
        State::Placeholder => "/",
        State::Text => "约3",
        State::Absent => "×",
    }
}
