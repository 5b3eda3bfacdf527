//! One series over all forms: each indicator of the crosswalk in each report of a body, with where it comes from.
//!
//! Invariant: a break is marked and never smoothed. Only figures of the year enter: no cumulative figure, no part of the year, no
//! rounded one, none of another body; and no sum in which a figure is missing.

use rust_decimal::Decimal;
use serde::Serialize;

use super::crosswalk::{Crosswalk, Indicator, Kind, Link};
use super::{Key, key_of};
use crate::overlay::Corrected;
use crate::report::{Number, Report};
use crate::write::rows::report_id;

/// One value of a harmonised series.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Point {
    /// What the reports of the body share.
    #[serde(skip)]
    key: Key,
    /// The agency as its report prints it.
    #[serde(skip)]
    pub agency: String,
    /// The body that reports, one name for all spellings: the same as in the table of reports.
    pub body: String,
    /// GB/T 2260 code of its region, where it is known.
    pub region_code: Option<String>,
    /// The year reported on.
    pub year: i32,
    /// Key of the indicator.
    pub indicator: String,
    /// The value.
    pub value: Number,
    /// Its unit.
    pub unit: String,
    /// `table` or `prose`.
    pub source: &'static str,
    /// The form of the table; null for prose.
    pub form: Option<String>,
    /// The time that the value covers: always `year`.
    pub basis: &'static str,
    /// How near the figure is to the indicator: `=`, `≈`, `Σ`, `Σ≈`.
    pub link: &'static str,
    /// What changed against the value before it in the series: `2014 ≈ → 2019 =`, `2012 → 2015`; null where nothing did.
    #[serde(rename = "break")]
    pub broken: Option<String>,
    /// The report.
    pub report: String,
    /// Whether the value is not the one that was read, but comes of a correction.
    pub corrected: bool,
    /// The report of the same body and year that stands for this one, which is another copy or version of it: the one that says that
    /// it is corrected, or else the first.
    pub same_report_as: Option<String>,
}

impl Point {
    /// Whether two values are of one body: of two that share their name, in two regions, they are not.
    pub fn is_of_the_body_of(&self, other: &Point) -> bool {
        self.key == other.key
    }
}

/// The values of a report, breaks not yet marked. A report without agency or year has none.
pub fn of_report(report: &Report, crosswalk: &Crosswalk) -> Vec<Point> {
    let (Some(agency), Some(year)) = (&report.report.agency, report.report.year) else {
        return Vec::new();
    };
    let values = crosswalk
        .indicators
        .iter()
        .filter_map(|indicator| Some((indicator, value(report, indicator)?)));
    values
        .map(|(indicator, (value, link, form))| Point {
            key: key_of(report, agency),
            agency: agency.clone(),
            body: report.report.body.as_ref().map_or(agency, |body| &body.name).clone(),
            region_code: report.report.region_code.clone(),
            year,
            indicator: indicator.key.clone(),
            value,
            unit: indicator.unit.clone(),
            source: if form.is_some() { "table" } else { "prose" },
            form,
            basis: "year",
            link: link.kind.sign(),
            broken: None,
            report: report_id(&report.source.sha256),
            corrected: false,
            same_report_as: None,
        })
        .collect()
}

/// The same with the corrections that people made, each value that they change marked.
pub fn of_corrected(report: &Report, corrected: Option<&Corrected>, crosswalk: &Crosswalk) -> Vec<Point> {
    let read = of_report(report, crosswalk);
    let Some(corrected) = corrected else {
        return read;
    };
    let mut points = of_report(&corrected.report, crosswalk);
    for point in &mut points {
        let before = read.iter().find(|other| other.indicator == point.indicator);
        point.corrected = before.is_none_or(|before| before.value != point.value);
    }
    points
}

/// The first link of an indicator for which the report has all figures.
fn value<'a>(report: &Report, indicator: &'a Indicator) -> Option<(Number, &'a Link, Option<String>)> {
    indicator.links.iter().find_map(|link| match &link.prose {
        Some(key) => Some((stated(report, key)?, link, None)),
        None => {
            let table = report.tables.get(&link.table)?;
            let form = table.form.clone().filter(|form| link.forms.contains(form))?;
            let mut sum = Decimal::ZERO;
            for key in &link.keys {
                sum = sum.checked_add(table.values.get(key)?.0)?;
            }
            Some((Number(sum), link, Some(form)))
        }
    })
}

/// The figure that the sentences of a report state; none where they disagree.
pub fn stated(report: &Report, key: &str) -> Option<Number> {
    let figures = report.narrative_figures.iter();
    let mut values = figures
        .filter(|figure| figure.key == key && figure.is_of_the_report())
        .map(|figure| figure.value);
    let first = values.next()?;
    values.all(|value| value == first).then_some(first)
}

/// Orders the values of many reports by body, indicator and year, and marks each break.
pub fn series(points: impl IntoIterator<Item = Point>) -> Vec<Point> {
    let mut points: Vec<Point> = points.into_iter().collect();
    let order = |point: &Point| {
        (
            point.key.clone(),
            point.indicator.clone(),
            point.year,
            point.report.clone(),
        )
    };
    points.sort_by_cached_key(order);
    points.dedup_by_key(|point| order(point));
    for index in 1..points.len() {
        let (before, rest) = points.split_at_mut(index);
        rest[0].broken = broken(&before[index - 1], &rest[0]);
    }
    points
}

/// What changed between two values, if they are of one series. Two figures that are the same thing in two forms are no break.
fn broken(before: &Point, point: &Point) -> Option<String> {
    let same_series = before.key == point.key && before.indicator == point.indicator;
    let same = Kind::Same.sign();
    let kind = |point: &Point| format!("{} {}", point.form.as_deref().unwrap_or(point.source), point.link);
    let is_break = kind(before) != kind(point) && (before.link, point.link) != (same, same);
    match same_series {
        true if is_break => Some(format!("{} → {}", kind(before), kind(point))),
        true if point.year > before.year + 1 => Some(format!("{} → {}", before.year, point.year)),
        _ => None,
    }
}
