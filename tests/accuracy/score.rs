//! One report against its truth, and the sums of many.
//!
//! Invariant: the same kinds as in every score we print. Right: as the truth, also where both are blank. Wrong: another number.
//! Missed: null where the truth has a number. Invented: a number where the truth has none, or in a row or table that it lacks.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use nianbao::diagnostic::Severity;
use nianbao::report::{Report, Status};
use nianbao_maker::Made;
use rust_decimal::Decimal;
use unicode_normalization::UnicodeNormalization;

/// How one document was read.
#[derive(Clone, Debug, Default)]
pub struct Score {
    pub file_name: String,
    pub container: &'static str,
    pub faults: Vec<&'static str>,
    pub lossy: bool,
    pub cells: usize,
    pub right: usize,
    pub wrong: usize,
    pub missed: usize,
    pub invented: usize,
    pub headings: (usize, usize),
    pub extra_headings: usize,
    pub title: bool,
    pub agency: bool,
    pub year: bool,
    pub diagnosed: bool,
    /// A line each.
    pub problems: Vec<String>,
}

impl Score {
    fn of(made: &Made) -> Self {
        Score {
            file_name: made.file_name.clone(),
            container: made.container.name,
            faults: made.faults.iter().map(|fault| fault.name()).collect(),
            lossy: made.lossy,
            headings: (0, made.truth.headings.len()),
            ..Score::default()
        }
    }

    /// The score of a document that could not be read at all.
    pub fn unread(made: &Made, why: String) -> Self {
        let cells = made.truth.cells.len();
        Score {
            cells,
            missed: cells,
            problems: vec![format!("not read: {why}")],
            ..Score::of(made)
        }
    }

    /// Whether everything was read.
    pub fn exact(&self) -> bool {
        self.right == self.cells
            && self.invented == 0
            && self.headings.0 == self.headings.1
            && self.title
            && self.agency
            && self.year
    }

    /// Problems that no container and no fault excuses.
    pub fn forbidden(&self) -> impl Iterator<Item = &String> {
        let silent = self.missed > 0 && !self.diagnosed;
        self.problems.iter().filter(move |problem| {
            problem.starts_with("wrong")
                || problem.starts_with("invented")
                || problem.starts_with("not read")
                || (silent && problem.starts_with("missed"))
        })
    }
}

/// Holds a report against the truth of its document.
pub fn compare(report: &Report, made: &Made) -> Score {
    let mut score = Score::of(made);
    let parse = |value: &String| value.parse::<Decimal>().unwrap();
    let truth: BTreeMap<&str, Option<Decimal>> = made
        .truth
        .cells
        .iter()
        .map(|cell| (cell.key.as_str(), cell.value.as_ref().map(parse)))
        .collect();
    let got: BTreeMap<String, Decimal> = report
        .tables
        .present()
        .flat_map(|(key, table)| {
            table
                .values
                .0
                .iter()
                .map(move |(cell, value)| (format!("{key}.{cell}"), value))
        })
        .filter_map(|(key, value)| Some((key, value.as_ref()?.0)))
        .collect();
    let keys: BTreeSet<&str> = truth.keys().copied().chain(got.keys().map(String::as_str)).collect();
    score.cells = truth.len();
    let unclear: BTreeSet<&str> = made
        .truth
        .cells
        .iter()
        .filter(|cell| cell.unclear)
        .map(|cell| cell.key.as_str())
        .collect();
    let flagged = flagged(report);
    for key in keys {
        if unclear.contains(key) {
            let other = got
                .get(key)
                .is_some_and(|got| truth.get(key).copied().flatten() != Some(*got));
            if other && !flagged(key) {
                score.invented += 1;
                score.problems.push(format!(
                    "invented: {key}: nobody can tell it, got {} without a word",
                    got[key]
                ));
            } else {
                score.right += 1;
            }
            continue;
        }
        let (expected, found) = (truth.get(key).copied().flatten(), got.get(key).copied());
        let kind = match (expected, found) {
            (Some(a), Some(b)) if a != b => "wrong",
            (Some(_), None) => "missed",
            (None, Some(_)) => "invented",
            _ => {
                score.right += 1;
                continue;
            }
        };
        match kind {
            "wrong" => score.wrong += 1,
            "missed" => score.missed += 1,
            _ => score.invented += 1,
        }
        let show = |number: Option<Decimal>| number.map_or("blank".to_owned(), |number| number.to_string());
        score
            .problems
            .push(format!("{kind}: {key}: truth {}, got {}", show(expected), show(found)));
    }
    words(&mut score, report, made);
    // Who reports and where is no excuse for a figure that is missed.
    let of_figures = |code: &str| !code.starts_with("metadata.") && !code.starts_with("body.");
    score.diagnosed = report.diagnostics.iter().any(|noticed| of_figures(&noticed.code));
    score
}

/// Tells whether a failing check points at a figure or at one beside it, or a diagnostic at its table.
fn flagged(report: &Report) -> impl Fn(&str) -> bool {
    let failing: Vec<String> = report
        .checks
        .iter()
        .filter(|check| check.status == Status::Fail)
        .flat_map(|check| check.cells.iter())
        .filter_map(|cell| {
            cell.strip_prefix("/tables/")
                .map(|cell| cell.replacen("/values/", ".", 1).replace('/', "."))
        })
        .collect();
    let doubtful = report
        .diagnostics
        .iter()
        .any(|noticed| noticed.code.starts_with("form.") && noticed.severity != Severity::Info);
    move |key: &str| doubtful || failing.iter().any(|cell| cell == key)
}

/// Headings and metadata.
fn words(score: &mut Score, report: &Report, made: &Made) {
    let found: Vec<String> = report
        .sections
        .iter()
        .filter(|section| !matches!(section.key.as_deref(), Some("preface" | "closing")))
        .map(|section| {
            squash(&format!(
                "{}{}",
                section.number.as_deref().unwrap_or_default(),
                section.heading
            ))
        })
        .collect();
    for heading in &made.truth.headings {
        if found.contains(&squash(heading)) {
            score.headings.0 += 1;
        } else {
            score.problems.push(format!("heading: {heading}, got {found:?}"));
        }
    }
    score.extra_headings = found.len().saturating_sub(made.truth.headings.len());
    let (truth, got) = (&made.truth, &report.report);
    let same = |a: &str, b: &Option<String>| squash(a) == squash(b.as_deref().unwrap_or_default());
    score.title = same(&truth.title, &got.title);
    score.agency = same(&truth.agency, &got.agency);
    score.year = got.year == Some(truth.year);
    if !score.title {
        score
            .problems
            .push(format!("title: {}, got {:?}", truth.title, got.title));
    }
    if !score.agency {
        score
            .problems
            .push(format!("agency: {}, got {:?}", truth.agency, got.agency));
    }
    if !score.year {
        score.problems.push(format!("year: {}, got {:?}", truth.year, got.year));
    }
}

/// A text without spaces and marks, as `score.py` compares them.
fn squash(text: &str) -> String {
    text.nfkc()
        .filter(|c| !c.is_whitespace() && !"、.．，,:：()（）".contains(*c))
        .collect()
}

/// Many scores.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    pub documents: usize,
    pub exact: usize,
    pub cells: usize,
    pub right: usize,
    pub wrong: usize,
    pub missed: usize,
    /// Missed in documents where nothing is lost.
    pub unexcused: usize,
    pub invented: usize,
    pub headings: (usize, usize),
    pub extra_headings: usize,
    pub metadata: (usize, usize),
}

impl Tally {
    pub fn add(&mut self, score: &Score) {
        self.documents += 1;
        self.exact += usize::from(score.exact());
        self.cells += score.cells;
        self.right += score.right;
        self.wrong += score.wrong;
        self.missed += score.missed;
        self.unexcused += if score.lossy { 0 } else { score.missed };
        self.invented += score.invented;
        self.headings.0 += score.headings.0;
        self.headings.1 += score.headings.1;
        self.extra_headings += score.extra_headings;
        self.metadata.0 += usize::from(score.title) + usize::from(score.agency) + usize::from(score.year);
        self.metadata.1 += 3;
    }

    /// Shares that have floors, by name.
    pub fn shares(&self) -> [(&'static str, f64); 5] {
        let share = |part: usize, whole: usize| if whole == 0 { 1.0 } else { part as f64 / whole as f64 };
        [
            ("right", share(self.right, self.cells)),
            ("kept", share(self.cells - self.unexcused, self.cells)),
            ("exact", share(self.exact, self.documents)),
            ("headings", share(self.headings.0, self.headings.1)),
            ("metadata", share(self.metadata.0, self.metadata.1)),
        ]
    }
}

/// The table that the gate prints.
pub fn table(by_container: &BTreeMap<String, Tally>, by_fault: &BTreeMap<String, Tally>) -> String {
    let mut out = String::new();
    for (name, group) in [("container", by_container), ("fault", by_fault)] {
        let _ = writeln!(
            out,
            "{name:22} docs exact   cells   right wrong missed (unexcused) invented headings  +more metadata"
        );
        for (name, t) in group {
            let _ = writeln!(
                out,
                "{name:22} {:4} {:5} {:7} {:6.2}% {:5} {:6} {:11} {:8} {:7.1}% {:6} {:7.1}%",
                t.documents,
                t.exact,
                t.cells,
                100.0 * t.shares()[0].1,
                t.wrong,
                t.missed,
                t.unexcused,
                t.invented,
                100.0 * t.shares()[3].1,
                t.extra_headings,
                100.0 * t.shares()[4].1,
            );
        }
        out.push('\n');
    }
    out
}
