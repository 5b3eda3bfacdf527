//! Figures that sentences state against the figures of the tables.
//!
//! A sentence may mean more than one thing: 受理749件 may be what came in this year, or that with what was carried over. Every
//! such reading is tried, and the message says which one agrees. Invariant: every mention gets its own check.

use super::CheckCode;
use super::figure::{Figure, Sheet, difference, missing, reasons, sheets, sum, terms};
use crate::report::{Check, NarrativeFigure, Number, Report, Status};

/// Rows whose totals a reading adds.
enum Part {
    /// One row or column group.
    Row(&'static str),
    /// All rows below a name. Where a report has one row for all of them (`x.overall`), that row.
    Below(&'static str),
}

use Part::{Below, Row};

/// What a stated figure is held against.
struct Rule {
    /// Key of the stated figure; the code of the check is `text.` and this key.
    key: &'static str,
    code: CheckCode,
    table: &'static str,
    /// The readings, the likeliest first.
    readings: &'static [&'static [Part]],
}

macro_rules! rule {
    ($key:literal, $table:literal, $readings:expr, $english:literal, $chinese:literal) => {
        Rule {
            key: $key,
            code: CheckCode {
                code: concat!("text.", $key),
                english: $english,
                chinese: $chinese,
            },
            table: $table,
            readings: $readings,
        }
    };
}

static RULES: &[Rule] = &[
    rule!(
        "applications.new",
        "applications",
        &[
            &[Row("new")],
            &[Row("new"), Row("carried_over")],
            &[Row("results_total")]
        ],
        "Applications that the text says were received or accepted, against table 3: received this year, or with those carried over, or the total of results. The message says which reading agrees.",
        "正文所述收到（受理、新收）申请件数与表三核对：本年新收，或本年新收＋上年结转，或办理结果总计；信息中说明哪一种相符。"
    ),
    rule!(
        "applications.carried_over",
        "applications",
        &[&[Row("carried_over")]],
        "Applications that the text says were carried over from last year, against table 3.",
        "正文所述上年结转件数与表三“上年结转”核对。"
    ),
    rule!(
        "applications.results_total",
        "applications",
        &[&[Row("results_total")], &[Row("new")]],
        "Applications that the text says were answered or closed, against the total of results in table 3, or against those received this year.",
        "正文所述办结（答复、办理）件数与表三“（七）总计”或本年新收核对。"
    ),
    rule!(
        "applications.granted",
        "applications",
        &[&[Row("granted")]],
        "Applications that the text says were granted, against table 3.",
        "正文所述予以公开件数与表三核对。"
    ),
    rule!(
        "applications.partially_granted",
        "applications",
        &[&[Row("partially_granted")]],
        "Applications that the text says were partially granted, against table 3.",
        "正文所述部分公开件数与表三核对。"
    ),
    rule!(
        "applications.granted_or_partially_granted",
        "applications",
        &[&[Row("granted"), Row("partially_granted")]],
        "Applications that the text says were granted or partially granted, against the sum of both rows of table 3.",
        "正文所述予以公开及部分公开件数与表三两行之和核对。"
    ),
    rule!(
        "applications.denied",
        "applications",
        &[&[Below("denied")]],
        "Applications that the text says were denied, against the sum of the eight reasons in table 3.",
        "正文所述不予公开件数与表三（三）各项之和核对。"
    ),
    rule!(
        "applications.unavailable",
        "applications",
        &[&[Below("unavailable")]],
        "Applications that the text says could not be met, against the sum of the three reasons in table 3.",
        "正文所述无法提供件数与表三（四）各项之和核对。"
    ),
    rule!(
        "applications.not_processed",
        "applications",
        &[&[Below("not_processed")]],
        "Applications that the text says were not processed, against the sum of the five reasons in table 3.",
        "正文所述不予处理件数与表三（五）各项之和核对。"
    ),
    rule!(
        "applications.other_handling",
        "applications",
        &[&[Below("other_handling")]],
        "Applications that the text says were handled otherwise, against table 3.",
        "正文所述其他处理件数与表三（六）核对。"
    ),
    rule!(
        "applications.carried_forward",
        "applications",
        &[&[Row("carried_forward")]],
        "Applications that the text says were carried forward to next year, against table 3.",
        "正文所述结转下年度件数与表三核对。"
    ),
    rule!(
        "review_litigation.review",
        "review_litigation",
        &[&[Row("review")]],
        "Administrative reviews that the text names, against table 4.",
        "正文所述行政复议件数与表四核对。"
    ),
    rule!(
        "review_litigation.litigation",
        "review_litigation",
        &[&[Row("litigation_direct"), Row("litigation_after_review")]],
        "Lawsuits that the text names, against the sum of both kinds in table 4.",
        "正文所述行政诉讼件数与表四两类诉讼之和核对。"
    ),
    rule!(
        "review_litigation.review_and_litigation",
        "review_litigation",
        &[&[Row("review"), Row("litigation_direct"), Row("litigation_after_review")]],
        "Reviews and lawsuits that the text names in one number, against the sum of the three groups of table 4.",
        "正文合并所述行政复议、行政诉讼件数与表四三组之和核对。"
    ),
];

/// The codes of this group.
pub(super) fn codes() -> impl Iterator<Item = &'static CheckCode> {
    RULES.iter().map(|rule| &rule.code)
}

/// Holds every stated figure against the tables.
pub(super) fn check(report: &Report, checks: &mut Vec<Check>) {
    for (index, stated) in report.narrative_figures.iter().enumerate() {
        let Some(rule) = RULES.iter().find(|rule| rule.key == stated.key) else {
            continue;
        };
        let place = format!("/narrative_figures/{index}");
        checks.push(match sheets(report).find(|sheet| sheet.key == rule.table) {
            Some(sheet) => compare(rule, stated, place, &sheet),
            None => Check {
                code: rule.code.code.into(),
                status: Status::Unknown,
                message: format!("{}, but the report has no such table", says(stated)),
                left: Some(stated.value),
                right: None,
                difference: None,
                cells: vec![format!("/tables/{}", rule.table)],
            },
        });
    }
}

fn says(stated: &NarrativeFigure) -> String {
    format!("the text says {}{}", stated.value, stated.unit.as_deref().unwrap_or(""))
}

fn compare(rule: &Rule, stated: &NarrativeFigure, place: String, sheet: &Sheet) -> Check {
    let readings: Vec<(Vec<Figure>, Option<Number>)> = rule
        .readings
        .iter()
        .map(|parts| {
            let figures: Vec<Figure> = parts.iter().flat_map(|part| figures(part, sheet)).collect();
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
        code: rule.code.code.into(),
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

/// The totals of the rows that a part of a reading means.
fn figures<'a>(part: &Part, sheet: &Sheet<'a>) -> Vec<Figure<'a>> {
    let total = |row: &'a str| sheet.figure(sheet.row_label(row), &format!("{row}.total"));
    match part {
        Row(row) => vec![total(row)],
        Below(name) => {
            let below = |key: &str| key.strip_prefix(name).is_some_and(|rest| rest.starts_with('.'));
            let rows: Vec<&'static str> = sheet
                .rows()
                .map(|row| row.key.as_str())
                .filter(|key| below(key))
                .collect();
            let overall = rows.iter().find(|row| row.ends_with(".overall")).copied();
            match overall {
                Some(row) if rows.len() == 1 || sheet.has_row(row) => vec![total(row)],
                _ => rows
                    .into_iter()
                    .filter(|row| !row.ends_with(".overall"))
                    .map(total)
                    .collect(),
            }
        }
    }
}
