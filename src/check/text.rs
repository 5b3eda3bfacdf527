//! Figures that sentences state against the figures of the tables.
//!
//! A sentence may mean more than one thing: 受理749件 may be what came in this year, or that with what was carried over. Every
//! such reading is tried, and the message says which one agrees. The readings are data: `schema/rules.toml`. Invariant: every mention
//! gets its own check; what a sentence rounds, or says of a part, of other bodies or of another time, is held against nothing.

use super::CheckCode;
use super::figure::{Figure, Sheet, difference, missing, reasons, sheets, short, sum, terms};
use crate::forms::{self, Against, RowSpec, is_below};
use crate::report::{Check, NarrativeFigure, Number, Report, Status, pointer};

/// The codes of this group.
pub(super) fn codes() -> impl Iterator<Item = CheckCode> {
    forms::text_rules().iter().map(|rule| CheckCode {
        code: &rule.code,
        english: &rule.english,
        chinese: &rule.chinese,
    })
}

/// Holds every stated figure against the tables.
pub(super) fn check(report: &Report, checks: &mut Vec<Check>) {
    let stated = report.narrative_figures.iter().enumerate();
    for (index, stated) in stated.filter(|(_, stated)| stated.is_of_the_report()) {
        let Some(rule) = forms::text_rules().iter().find(|rule| rule.key() == stated.key) else {
            continue;
        };
        let place = pointer::narrative_figure(index);
        let mut held = rule.against.iter();
        let found = held.find_map(|against| Some((against, sheets(report).find(|sheet| sheet.key == against.table)?)));
        // A table that no form demands is no loss.
        if found.is_none() && !rule.against.iter().any(|against| forms::is_demanded(&against.table)) {
            continue;
        }
        checks.push(match found {
            Some((against, sheet)) => compare(&rule.code, against, stated, place, &sheet),
            None => Check {
                code: rule.code.clone(),
                status: Status::Unknown,
                message: format!("{}, but the report has no such table", says(stated)),
                left: Some(stated.value),
                right: None,
                difference: None,
                cells: rule
                    .against
                    .iter()
                    .map(|against| pointer::table(&against.table))
                    .collect(),
            },
        });
    }
}

fn says(stated: &NarrativeFigure) -> String {
    format!("the text says {}{}", stated.value, stated.unit.as_deref().unwrap_or(""))
}

fn compare(code: &str, against: &'static Against, stated: &NarrativeFigure, place: String, sheet: &Sheet) -> Check {
    let readings: Vec<(Vec<Figure>, Option<Number>)> = against
        .readings
        .iter()
        .map(|patterns| {
            let figures: Vec<Figure> = patterns.iter().flat_map(|pattern| figures(pattern, sheet)).collect();
            let total = sum(&figures).filter(|_| !figures.is_empty());
            (figures, total)
        })
        .collect();
    let shown = |(figures, total): &(Vec<Figure>, Option<Number>)| match (figures.len(), total) {
        (1, _) => terms(figures),
        (_, Some(total)) => format!("{} = {total}", terms(figures)),
        (_, None) => reasons(figures),
    };
    let agreeing = readings.iter().find(|(_, total)| *total == Some(stated.value));
    let said = says(stated);
    let (status, message, right, cells) = if let Some(reading) = agreeing {
        (
            Status::Pass,
            format!("{said}; {} agrees", shown(reading)),
            reading.1,
            pointers(&reading.0),
        )
    } else if readings.iter().all(|(_, total)| total.is_some()) {
        let tried: Vec<_> = readings.iter().map(shown).collect();
        let cells = readings.iter().flat_map(|(figures, _)| pointers(figures)).collect();
        (
            Status::Fail,
            format!("{said}, but the table has {}", tried.join("; ")),
            readings[0].1,
            cells,
        )
    } else {
        let without: Vec<_> = readings.iter().filter(|(_, total)| total.is_none()).collect();
        let reason: Vec<_> = without.iter().map(|(figures, _)| reasons(figures)).collect();
        let cells = without.iter().flat_map(|(figures, _)| missing(figures)).collect();
        (
            Status::Unknown,
            format!("{said}; {}", reason.join("; ")),
            readings[0].1,
            cells,
        )
    };
    let mut cells: Vec<String> = cells;
    if status != Status::Unknown {
        cells.insert(0, place);
    }
    let mut seen = Vec::new();
    cells.retain(|cell| {
        !seen.contains(cell) && {
            seen.push(cell.clone());
            true
        }
    });
    Check {
        code: code.into(),
        status,
        message,
        left: Some(stated.value),
        right,
        difference: difference(Some(stated.value), right),
        cells,
    }
}

fn pointers(figures: &[Figure]) -> Vec<String> {
    figures.iter().map(|figure| figure.pointer.clone()).collect()
}

/// The figures that a pattern of a reading means. Where a report has one row in place of several, that row alone.
fn figures<'a>(pattern: &'static str, sheet: &Sheet<'a>) -> Vec<Figure<'a>> {
    let figure = |row: &'static str, column: &str| sheet.figure(sheet.row_label(row), &format!("{row}.{column}"));
    let Some((above, column)) = pattern.split_once(".*.") else {
        let label = sheet.spec.cell(pattern).map_or(pattern, |cell| short(&cell.row.label));
        return vec![sheet.figure(label, pattern)];
    };
    let rows: Vec<&'static RowSpec> = sheet.spec.rows().filter(|row| is_below(&row.key, above)).collect();
    let stand_in = rows.iter().find(|row| row.stands_for.as_deref() == Some(above));
    match stand_in {
        Some(row) if rows.len() == 1 || sheet.has_row(&row.key) => vec![figure(&row.key, column)],
        _ => {
            let parts = rows.iter().filter(|row| row.stands_for.is_none());
            parts.map(|row| figure(&row.key, column)).collect()
        }
    }
}
