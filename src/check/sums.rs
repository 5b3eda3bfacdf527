//! The sums that the figures of a table must obey (勾稽关系), as the forms state them.
//!
//! Invariant: the rules come from the forms alone; nothing here knows a row or a column by name.

use super::CheckCode;
use super::figure::{Figure, Sheet, difference, is_in_row, missing, reasons, sheets, short, sum, terms};
use crate::forms::{self, Band, Each, RowSpec, SumRule};
use crate::report::{Check, Report, Status};

/// The codes of this group, as the forms explain them.
pub(super) fn codes() -> impl Iterator<Item = CheckCode> {
    forms::sum_rules().filter_map(|rule| {
        Some(CheckCode {
            code: &rule.code,
            english: rule.english.as_deref()?,
            chinese: rule.chinese.as_deref()?,
        })
    })
}

/// Holds every sum rule against every table.
pub(super) fn check(report: &Report, checks: &mut Vec<Check>) {
    for sheet in sheets(report) {
        for rule in &sheet.spec.rules {
            for band in &sheet.spec.bands {
                match rule.each {
                    Each::Column => by_column(&sheet, rule, band, checks),
                    Each::Row => by_row(&sheet, rule, band, &band.rows, checks),
                    Each::Group => by_row(&sheet, rule, band, &band.groups, checks),
                }
            }
        }
    }
}

fn by_column(sheet: &Sheet, rule: &SumRule, band: &Band, checks: &mut Vec<Check>) {
    let here = |key: &String| band.rows.iter().any(|row| row.key == *key);
    if !rule.left.iter().chain(&rule.right).all(here) {
        return;
    }
    let left = rows_in_use(sheet, &rule.left);
    let right = rows_in_use(sheet, &rule.right);
    for column in band.figure_columns() {
        let figures = |rows: &[&'static str]| -> Vec<Figure> {
            rows.iter()
                .map(|row| sheet.figure(sheet.row_label(row), &column.key_in(row)))
                .collect()
        };
        checks.push(compare(&rule.code, &column.label, &figures(&left), &figures(&right)));
    }
}

/// The rows of one side of a rule. Where a report has one row in place of several (form 2019 in place of the parts that form 2021
/// has), that row stands for them.
fn rows_in_use(sheet: &Sheet, rows: &[String]) -> Vec<&'static str> {
    let specs: Vec<&'static RowSpec> = rows.iter().filter_map(|key| sheet.row(key)).collect();
    let mut used: Vec<&'static str> = Vec::new();
    for row in &specs {
        let stand_in = sheet.spec.stand_in(row).filter(|stand_in| {
            let replaced = |other: &&RowSpec| sheet.spec.stand_in(other) == Some(*stand_in);
            sheet.has_row(&stand_in.key)
                && !specs
                    .iter()
                    .copied()
                    .filter(replaced)
                    .any(|part| sheet.has_row(&part.key))
        });
        let key = stand_in.map_or(row.key.as_str(), |row| row.key.as_str());
        if !used.contains(&key) {
            used.push(key);
        }
    }
    used
}

fn by_row(sheet: &Sheet, rule: &SumRule, band: &Band, rows: &[RowSpec], checks: &mut Vec<Check>) {
    let column = |key: &str| band.columns.iter().find(|column| column.key == key);
    if !rule.left.iter().chain(&rule.right).all(|key| column(key).is_some()) {
        return;
    }
    for row in rows {
        let stated = || sheet.table.values.0.keys().any(|key| is_in_row(key, &row.key));
        if row.optional && !stated() || sheet.is_replaced(row) {
            continue;
        }
        let figures = |keys: &[String]| -> Vec<Figure> {
            let columns = keys.iter().filter_map(|key| column(key));
            columns
                .map(|column| sheet.figure(short(&column.label), &column.key_in(&row.key)))
                .collect()
        };
        let scope = match row.path.last() {
            Some(path) => format!("{} {}", short(path), short(&row.label)),
            None => short(&row.label).to_owned(),
        };
        checks.push(compare(&rule.code, &scope, &figures(&rule.left), &figures(&rule.right)));
    }
}

fn compare(code: &str, scope: &str, left: &[Figure], right: &[Figure]) -> Check {
    let (sum_left, sum_right) = (sum(left), sum(right));
    let difference = difference(sum_left, sum_right);
    let side = |figures: &[Figure], sum: Option<_>| match (figures, sum) {
        ([_], _) | (_, None) => terms(figures),
        (_, Some(sum)) => format!("{} = {sum}", terms(figures)),
    };
    let (status, message) = match difference {
        None => {
            let missing = [reasons(left), reasons(right)];
            let missing: Vec<_> = missing.into_iter().filter(|reason| !reason.is_empty()).collect();
            (Status::Unknown, format!("{scope}: {}", missing.join(", ")))
        }
        Some(difference) => {
            let equal = difference.0.is_zero();
            let word = if equal { "agrees with" } else { "but" };
            let message = format!("{scope}: {} {word} {}", side(left, sum_left), side(right, sum_right));
            (if equal { Status::Pass } else { Status::Fail }, message)
        }
    };
    let cells = match status {
        Status::Unknown => [missing(left), missing(right)].concat(),
        _ => left.iter().chain(right).map(|figure| figure.pointer.clone()).collect(),
    };
    Check {
        code: code.into(),
        status,
        message,
        left: sum_left,
        right: sum_right,
        difference,
        cells,
    }
}
