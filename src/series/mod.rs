//! Reports of one agency over the years: gaps, duplicates, and what one year must say of the next.
//!
//! Reads the reports of a dataset one by one and keeps a few figures of each. Invariant: only spellings
//! of one body in one region are one series; other names that look like one are listed for the user to decide.

pub mod chart;
pub mod compare;
pub mod crosswalk;
pub mod harmonised;

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::sync::LazyLock;

use rust_decimal::Decimal;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use self::crosswalk::Crosswalk;
use self::harmonised::Point;
use crate::batch::BatchError;
use crate::body;
use crate::check::CheckCode;
use crate::forms::{self, SeriesRule, Sum};
use crate::overlay::Overlay;
use crate::report::{Check, Number, Report, Status, pointer};
use crate::text::normalize::fold;
use crate::write::rows::report_id;

/// The rules between years.
pub fn codes() -> impl Iterator<Item = CheckCode> {
    forms::series_rules().iter().map(|rule| CheckCode {
        code: &rule.code,
        english: &rule.english,
        chinese: &rule.chinese,
    })
}

/// A rule between years, for each row or column that it is repeated over.
struct Repeated {
    rule: &'static SeriesRule,
    sums: Vec<Sum>,
}

static RULES: LazyLock<Vec<Repeated>> = LazyLock::new(|| {
    let rules = forms::series_rules().iter();
    rules
        .map(|rule| Repeated {
            rule,
            sums: rule.sums(forms::forms().iter()),
        })
        .collect()
});

/// Agencies whose names are at least so alike are listed: one is no difference.
const ALIKE: f64 = 0.8;

/// Versions of one year that are held against those of the next at most: more are not of one body, and each would be held against each.
const MOST_VERSIONS: usize = 8;

/// What a dataset says over the years.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Series {
    /// Each body with its reports, by name.
    pub agencies: Vec<Agency>,
    /// Agencies that look like one.
    pub similar: Vec<Similar>,
    /// Reports without agency or year, which stand in no series.
    pub unplaced: Vec<String>,
}

/// One agency.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Agency {
    /// Its name as in its first report.
    pub agency: String,
    /// Its other spellings.
    pub variants: Vec<String>,
    /// GB/T 2260 code of its region today.
    pub region_code: Option<String>,
    /// Whether these may be several bodies: the name is that of many, and neither region nor site is known.
    pub may_be_several: bool,
    /// Its reports, by year.
    pub reports: Vec<Entry>,
    /// Years between the first and the last without a report.
    pub gaps: Vec<i32>,
    /// Years with more than one report.
    pub duplicates: Vec<i32>,
    /// The rules between neighbouring years.
    pub checks: Vec<Between>,
}

/// A report in a series.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Entry {
    /// Year.
    pub year: i32,
    /// Report.
    pub report_id: String,
    /// Its file.
    pub name: Option<String>,
}

/// A rule between two years.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Between {
    /// The later year; the other is the one before.
    pub year: i32,
    /// The report of the year before, and that of the later year.
    pub reports: [String; 2],
    /// Whether a figure of it is not the one that was read, but a correction.
    pub corrected: bool,
    /// The outcome. Its cells point into the earlier report, then into the later.
    #[serde(flatten)]
    pub check: Check,
}

/// Two agencies that look like one.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Similar {
    /// One.
    pub a: String,
    /// The other.
    pub b: String,
    /// Why: `contained` in the other's name, `abbreviated`, or `alike` in spelling.
    pub reason: &'static str,
    /// Years of which both have a report: a sign that they are two.
    pub common_years: Vec<i32>,
}

/// A figure: its table and its dotted key.
type Name = (&'static str, &'static str);

/// The few figures that the rules between years need; one that the report's form does not have is not among them.
struct Kept {
    entry: Entry,
    figures: BTreeMap<Name, Option<Number>>,
    /// Pointers of the figures that were corrected.
    corrected: Vec<String>,
}

/// What tells bodies apart: a name without its region, and the code of that region today.
pub(crate) type Key = (String, Option<String>);

/// The reports of one body.
#[derive(Default)]
struct Gathered {
    /// How they spell its name, the first report's first.
    spellings: Vec<String>,
    kept: Vec<Kept>,
    /// Whether its reports may be those of several bodies of one name.
    may_be_several: bool,
}

/// Collects the series of reports that come one by one.
#[derive(Default)]
pub struct Collector {
    bodies: BTreeMap<Key, Gathered>,
    unplaced: Vec<String>,
}

/// The series of a dataset that `batch` has written.
///
/// # Errors
/// Where the dataset has no `jsonl/documents.jsonl`, or it cannot be read.
pub fn of_dataset(dataset: &Path, overlay: Option<&Overlay>) -> Result<Series, BatchError> {
    let mut collector = Collector::default();
    each_report(dataset, |report| collector.add(&report, overlay))?;
    Ok(collector.finish())
}

/// Every indicator of a crosswalk over all reports of a dataset, breaks marked.
///
/// # Errors
/// As [`of_dataset`].
pub fn harmonised_of_dataset(
    dataset: &Path,
    crosswalk: &Crosswalk,
    overlay: Option<&Overlay>,
) -> Result<Vec<Point>, BatchError> {
    let mut points: Vec<Point> = Vec::new();
    each_report(dataset, |report| {
        let corrected = overlay.and_then(|overlay| overlay.corrected(&report));
        points.extend(harmonised::of_corrected(&report, corrected.as_ref(), crosswalk));
    })?;
    let stands_for = versions(dataset)?;
    for point in &mut points {
        point.same_report_as = stands_for.get(&point.report).cloned();
    }
    Ok(harmonised::series(points))
}

/// A row of the table of reports, as far as it says which report is another copy or version of an earlier one.
#[derive(Deserialize)]
struct Version {
    report_id: String,
    same_report_as: Option<String>,
    #[serde(default)]
    says_corrected: Option<bool>,
}

/// For each report of a dataset of which another is a copy or version, the one that stands for all of them: the last that says of itself
/// that it is corrected, or the first.
fn versions(dataset: &Path) -> Result<BTreeMap<String, String>, BatchError> {
    let mut groups: BTreeMap<String, Vec<(String, bool)>> = BTreeMap::new();
    each_line(&dataset.join("jsonl/reports.jsonl"), |version: Version| {
        let first = version.same_report_as.unwrap_or_else(|| version.report_id.clone());
        let is_corrected = version.says_corrected.unwrap_or_default();
        groups.entry(first).or_default().push((version.report_id, is_corrected));
    })?;
    let mut stands_for = BTreeMap::new();
    for (first, group) in groups {
        let best = group
            .iter()
            .rfind(|(_, is_corrected)| *is_corrected)
            .map_or(&first, |(id, _)| id);
        let others = group.iter().map(|(id, _)| id).filter(|id| *id != best);
        stands_for.extend(others.map(|id| (id.clone(), best.clone())));
    }
    Ok(stands_for)
}

/// Reads the reports of a dataset one by one.
fn each_report(dataset: &Path, take: impl FnMut(Report)) -> Result<(), BatchError> {
    each_line(&dataset.join("jsonl/documents.jsonl"), take)
}

/// Reads what the lines of a file of a dataset hold.
fn each_line<T: DeserializeOwned>(path: &Path, mut take: impl FnMut(T)) -> Result<(), BatchError> {
    let cannot = |error: &dyn std::fmt::Display| BatchError::Usage(format!("{}: {error}", path.display()));
    let file = File::open(path).map_err(|error| {
        let hint = "series reads this file of a dataset, which `batch` writes with jsonl among its formats";
        BatchError::Usage(format!("{}: {error}; {hint}", path.display()))
    })?;
    for line in BufReader::new(file).lines() {
        let line = line.map_err(|error| cannot(&error))?;
        take(serde_json::from_str(&line).map_err(|error| cannot(&error))?);
    }
    Ok(())
}

/// What the reports of one body share. A name that many bodies bear is one body only on one site.
pub(crate) fn key_of(report: &Report, agency: &str) -> Key {
    match &report.report.body {
        Some(body) if body::is_shared(body) => {
            let site = site_of(report).unwrap_or_default();
            (format!("{} {site}", body.name), None)
        }
        Some(body) => body::key(body),
        None => (fold(agency), report.report.region_code.clone()),
    }
}

/// Whether a report may be that of several bodies of one name: it names no place, and its site is not known.
pub(crate) fn may_be_of_several(report: &Report) -> bool {
    report.report.body.as_ref().is_some_and(body::is_shared) && site_of(report).is_none()
}

/// The site that a report comes from: the region of its code, its domain, its address or its name.
fn site_of(report: &Report) -> Option<String> {
    let (site, url) = (&report.source.site, report.source.url.as_deref());
    let host = url.and_then(|url| url.split_once("://")?.1.split(['/', ':', '?', '#']).next());
    let region = report.report.region_code.as_deref();
    let said = region.or(site.domain.as_deref()).or(host).or(site.name.as_deref());
    said.map(str::to_owned)
}

impl Collector {
    /// Takes a report, with the corrections of an overlay.
    pub fn add(&mut self, report: &Report, overlay: Option<&Overlay>) {
        match overlay.and_then(|overlay| overlay.corrected(report)) {
            Some(corrected) => self.keep(&corrected.report, corrected.pointers()),
            None => self.keep(report, Vec::new()),
        }
    }

    /// Takes a report of which the figures under these pointers were corrected.
    fn keep(&mut self, report: &Report, corrected: Vec<String>) {
        let id = report_id(&report.source.sha256);
        let (Some(agency), Some(year)) = (&report.report.agency, report.report.year) else {
            self.unplaced.push(id);
            return;
        };
        let series = self.bodies.entry(key_of(report, agency)).or_default();
        series.may_be_several |= may_be_of_several(report);
        if !series.spellings.contains(agency) {
            series.spellings.push(agency.clone());
        }
        series.kept.push(Kept {
            entry: Entry {
                year,
                report_id: id,
                name: report.source.name.clone(),
            },
            figures: figures(report),
            corrected,
        });
    }

    /// Holds the years against each other.
    pub fn finish(self) -> Series {
        let mut agencies = Vec::new();
        for ((_, region_code), mut series) in self.bodies {
            series.kept.sort_by_key(|kept| kept.entry.year);
            let mut agency = of_agency(series.spellings, region_code, series.kept);
            agency.may_be_several = series.may_be_several && agency.reports.len() > 1;
            agencies.push(agency);
        }
        agencies.sort_by(|a, b| (&a.agency, &a.region_code).cmp(&(&b.agency, &b.region_code)));
        Series {
            similar: similar(&agencies),
            agencies,
            unplaced: self.unplaced,
        }
    }
}

fn figures(report: &Report) -> BTreeMap<Name, Option<Number>> {
    let mut figures = BTreeMap::new();
    for Repeated { rule, sums } in RULES.iter() {
        let Some(table) = report.tables.get(&rule.table) else {
            continue;
        };
        for key in sums.iter().flat_map(Sum::keys) {
            if let Some(figure) = table.values.0.get(key) {
                figures.insert((rule.table.as_str(), key), *figure);
            }
        }
    }
    figures
}

fn of_agency(mut spellings: Vec<String>, region_code: Option<String>, kept: Vec<Kept>) -> Agency {
    let mut years: Vec<i32> = kept.iter().map(|kept| kept.entry.year).collect();
    let mut duplicates: Vec<i32> = years
        .windows(2)
        .filter(|pair| pair[0] == pair[1])
        .map(|pair| pair[0])
        .collect();
    duplicates.dedup();
    years.dedup();
    let gaps = match (years.first(), years.last()) {
        (Some(first), Some(last)) => (*first..*last).filter(|year| !years.contains(year)).collect(),
        _ => Vec::new(),
    };
    let mut checks = Vec::new();
    // Of several versions of a year each is held against each of the year before: the user sees which fits. A copy with the same
    // figures says nothing new.
    let mut versions: Vec<&Kept> = Vec::new();
    for report in &kept {
        let is_copy = |other: &&Kept| other.entry.year == report.entry.year && other.figures == report.figures;
        if !versions.iter().any(is_copy) {
            versions.push(report);
        }
    }
    let years_of_few: Vec<&[&Kept]> = versions
        .chunk_by(|one, other| one.entry.year == other.entry.year)
        .filter(|year| year.len() <= MOST_VERSIONS)
        .collect();
    for pair in years_of_few
        .windows(2)
        .filter(|pair| pair[0][0].entry.year + 1 == pair[1][0].entry.year)
    {
        for later in pair[1] {
            for earlier in pair[0] {
                between(earlier, later, &mut checks);
            }
        }
    }
    let variants = spellings.split_off(spellings.len().min(1));
    Agency {
        agency: spellings.pop().unwrap_or_default(),
        variants,
        region_code,
        may_be_several: false,
        reports: kept.into_iter().map(|kept| kept.entry).collect(),
        gaps,
        duplicates,
        checks,
    }
}

fn between(earlier: &Kept, later: &Kept, checks: &mut Vec<Between>) {
    for Repeated { rule, sums } in RULES.iter() {
        let found = sums.iter().filter_map(|sum| compare_years(rule, sum, earlier, later));
        checks.extend(found.map(|check| Between {
            year: later.entry.year,
            reports: [earlier.entry.report_id.clone(), later.entry.report_id.clone()],
            corrected: has_corrected(&check, earlier, later),
            check,
        }));
    }
}

/// Whether a corrected figure takes part. A key of both years counts where either was corrected.
fn has_corrected(check: &Check, earlier: &Kept, later: &Kept) -> bool {
    let is_corrected = |cell: &String| earlier.corrected.contains(cell) || later.corrected.contains(cell);
    check.cells.iter().any(is_corrected)
}

/// The sum of figures of the earlier and the later year against one of the later; nothing where a report does not have one of them.
fn compare_years(rule: &'static SeriesRule, of: &'static Sum, earlier: &Kept, later: &Kept) -> Option<Check> {
    let table = rule.table.as_str();
    let before = of.before.iter().map(|key| (earlier, key, "+", Decimal::ONE));
    let added = of.added.iter().map(|key| (later, key, "+", Decimal::ONE));
    let removed = of.removed.iter().map(|key| (later, key, "-", Decimal::NEGATIVE_ONE));
    let mut cells = Vec::new();
    let mut sum = Some(Decimal::ZERO);
    let mut words = Vec::new();
    for (kept, key, sign, factor) in before.chain(added).chain(removed) {
        let figure = *kept.figures.get(&(table, key))?;
        words.push(format!("{sign} {} ({table}.{key}, {})", shown(figure), kept.entry.year));
        cells.push(pointer::figure(table, key));
        sum = sum
            .zip(figure)
            .and_then(|(sum, figure)| sum.checked_add(figure.0.checked_mul(factor)?));
    }
    let right = *later.figures.get(&(table, of.now.as_str()))?;
    cells.push(pointer::figure(table, &of.now));
    let difference = sum.zip(right).and_then(|(left, right)| left.checked_sub(right.0));
    let status = match difference {
        None => Status::Unknown,
        Some(difference) if difference.is_zero() => Status::Pass,
        Some(_) => Status::Fail,
    };
    let left = words.join(" ");
    let left = left.strip_prefix("+ ").unwrap_or(&left);
    Some(Check {
        code: rule.code.clone(),
        status,
        message: format!(
            "{left} should be {} ({table}.{}, {})",
            shown(right),
            of.now,
            later.entry.year
        ),
        left: sum.map(Number),
        right,
        difference: difference.map(Number),
        cells,
    })
}

fn shown(figure: Option<Number>) -> String {
    figure.map_or("nothing".into(), |figure| figure.to_string())
}

/// Pairs of agencies that look like one: those with a common beginning are compared, which keeps a large dataset possible.
fn similar(agencies: &[Agency]) -> Vec<Similar> {
    let mut blocks: BTreeMap<String, Vec<&Agency>> = BTreeMap::new();
    for agency in agencies {
        let name = fold(&agency.agency);
        blocks.entry(name.chars().take(2).collect()).or_default().push(agency);
        // A name that lost its province or city begins elsewhere.
        if let Some((_, rest)) = name
            .split_once(['省', '市'])
            .filter(|(_, rest)| rest.chars().count() > 2)
        {
            blocks.entry(rest.chars().take(2).collect()).or_default().push(agency);
        }
    }
    let mut pairs: BTreeMap<(String, String), Similar> = BTreeMap::new();
    for block in blocks.values() {
        for (index, a) in block.iter().enumerate() {
            for b in &block[index + 1..] {
                if let Some(pair) = look_like_one(a, b) {
                    pairs.insert((pair.a.clone(), pair.b.clone()), pair);
                }
            }
        }
    }
    pairs.into_values().collect()
}

fn look_like_one(a: &Agency, b: &Agency) -> Option<Similar> {
    let (one, two) = (fold(&a.agency), fold(&b.agency));
    let regions_differ = a.region_code.is_some() && b.region_code.is_some() && a.region_code != b.region_code;
    if std::ptr::eq(a, b) || regions_differ {
        return None;
    }
    let (short, long) = if one.len() <= two.len() {
        (&one, &two)
    } else {
        (&two, &one)
    };
    let reason = if long.ends_with(short.as_str()) {
        "contained"
    } else if is_abbreviation(short, long) {
        "abbreviated"
    } else if strsim::normalized_levenshtein(&one, &two) >= ALIKE && same_place(&one, &two) {
        "alike"
    } else {
        return None;
    };
    let years = |agency: &Agency| agency.reports.iter().map(|entry| entry.year).collect::<Vec<_>>();
    let mut common_years = years(a);
    common_years.retain(|year| years(b).contains(year));
    common_years.dedup();
    Some(Similar {
        a: a.agency.clone(),
        b: b.agency.clone(),
        reason,
        common_years,
    })
}

/// Whether the characters of the short name stand in the long one in order, with the same first two and the same last.
fn is_abbreviation(short: &str, long: &str) -> bool {
    let begin = |name: &str| name.chars().take(2).collect::<String>();
    if begin(short) != begin(long) || short.chars().last() != long.chars().last() || short.chars().count() < 4 {
        return false;
    }
    let mut rest = long.chars();
    short.chars().all(|c| rest.any(|other| other == c))
}

/// Whether both begin with the same place, up to its last 省, 市, 区 or 县: two towns with like offices are not one agency.
fn same_place(one: &str, two: &str) -> bool {
    let place = |name: &str| {
        name.rfind(['省', '市', '区', '县', '镇', '乡'])
            .map(|end| name[..end].to_owned())
    };
    place(one) == place(two)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn agency(name: &str) -> Agency {
        of_agency(vec![name.into()], None, Vec::new())
    }

    #[test]
    fn a_name_that_stands_for_many_bodies_is_not_held_against_itself() {
        let checks = |versions: usize| {
            let kept = |year: i32, number: usize| Kept {
                entry: Entry {
                    year,
                    report_id: number.to_string(),
                    name: None,
                },
                figures: RULES
                    .iter()
                    .flat_map(|Repeated { rule, sums }| {
                        sums.iter().flat_map(Sum::keys).map(|key| (rule.table.as_str(), key))
                    })
                    .map(|name| (name, Some(Number(number.into()))))
                    .collect(),
                corrected: Vec::new(),
            };
            let earlier = (0..versions).map(|number| kept(2022, number));
            let all = earlier.chain([kept(2023, 0)]).collect();
            of_agency(vec!["某市教育局".into()], None, all).checks.len()
        };
        let one = checks(1);
        assert!(one > 0);
        assert_eq!(checks(MOST_VERSIONS), one * MOST_VERSIONS);
        assert_eq!(checks(MOST_VERSIONS + 1), 0);
    }

    #[test]
    fn renamed_and_abbreviated_agencies_are_listed_and_neighbours_are_not() {
        let reason = |a: &str, b: &str| look_like_one(&agency(a), &agency(b)).map(|pair| pair.reason);
        assert_eq!(
            reason("江苏省淮安市洪泽区人民政府", "洪泽区人民政府"),
            Some("contained")
        );
        assert_eq!(reason("某市发展和改革委员会", "某市发改委员会"), Some("abbreviated"));
        assert_eq!(reason("某市规划和自然资源局", "某市规划与自然资源局"), Some("alike"));
        assert_eq!(reason("某县东门镇人民政府", "某县西门镇人民政府"), None);
        assert_eq!(reason("某市教育局", "某市财政局"), None);
    }

    /// The series of reports that are only a title with its year.
    fn of_titles(titles: &[&str]) -> Series {
        let mut collector = Collector::default();
        for title in titles {
            let text = format!("{title}政府信息公开工作年度报告\n一、总体情况\n平稳。\n");
            let report = crate::extract(text.as_bytes(), &crate::read::Hints::default());
            collector.add(&report.expect("text is always read"), None);
        }
        collector.finish()
    }

    #[test]
    fn spellings_of_one_body_are_one_series_and_bodies_of_one_name_are_two() {
        let office = of_titles(&[
            "府谷县政府办2021年",
            "府谷县人民政府办公室2022年",
            "榆林市府谷县政府办公室2023年",
        ]);
        assert_eq!(office.agencies.len(), 1);
        assert_eq!(office.agencies[0].agency, "府谷县政府办");
        assert_eq!(
            office.agencies[0].variants,
            ["府谷县人民政府办公室", "榆林市府谷县政府办公室"]
        );
        assert_eq!(office.agencies[0].reports.len(), 3);
        let two = of_titles(&["南京市鼓楼区潮汐局2021年", "徐州市鼓楼区潮汐局2022年"]);
        assert_eq!(two.agencies.len(), 2);
        assert_eq!(two.similar, []);
        // Neither report says of which county its town is.
        let unknown = of_titles(&["城关镇人民政府2021年", "城关镇人民政府2022年"]);
        assert!(unknown.agencies[0].may_be_several);
        assert!(!office.agencies[0].may_be_several);
        let renamed = of_titles(&["沙县潮汐局2019年", "沙县区潮汐局2022年"]);
        assert_eq!(renamed.agencies.len(), 1);
        assert_eq!(renamed.agencies[0].region_code.as_deref(), Some("350405"));
    }
}
