//! Verdicts and corrections of people, kept in a file of their own.
//!
//! The file is JSON Lines, only ever added to; a later line of the same subject overrules the earlier one. A verdict belongs to the bytes of a
//! report, the code of a check and the values that it compared, a correction to the bytes, the key of a figure and what was read there. So a run that
//! reads the same again loses none, and one that reads otherwise leaves them standing as no longer applying. Invariants: no figure of a report is
//! changed; no line is ever rewritten.

use std::collections::HashMap;
use std::fmt::Display;
use std::fs::{self, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use serde::{Deserialize, Serialize};

use crate::report::{Check, Number, Report, Status, pointer};

/// What a person found about a failing check.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Finding {
    /// The report is wrong in itself: it prints these figures.
    AsPrinted,
    /// The figures were read wrongly.
    Misread,
    /// The rule does not fit this report.
    RuleDoesNotFit,
    /// Nothing is decided; takes back an earlier one.
    Open,
}

impl Finding {
    /// All, with their words in Chinese and English.
    pub const ALL: [(Finding, &'static str, &'static str, &'static str); 4] = [
        (Finding::AsPrinted, "as_printed", "原文如此", "printed so"),
        (Finding::Misread, "misread", "读取有误", "misread"),
        (
            Finding::RuleDoesNotFit,
            "rule_does_not_fit",
            "规则不适用",
            "the rule does not fit",
        ),
        (Finding::Open, "open", "未定", "open"),
    ];

    /// The finding of a word.
    pub fn of_word(word: &str) -> Option<Self> {
        Finding::ALL
            .iter()
            .find(|(_, name, _, _)| *name == word)
            .map(|(finding, _, _, _)| *finding)
    }

    /// Its words in Chinese and English.
    pub fn words(self) -> (&'static str, &'static str) {
        let found = Finding::ALL.iter().find(|(finding, _, _, _)| *finding == self);
        found.map_or(("", ""), |(_, _, chinese, english)| (chinese, english))
    }
}

/// What an entry is about.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Subject {
    /// A check that failed, with what it compared.
    Verdict {
        /// Code of the check.
        code: String,
        /// JSON Pointers of its cells.
        cells: Vec<String>,
        /// Left side.
        left: Option<String>,
        /// Right side.
        right: Option<String>,
        /// What was found.
        finding: Finding,
    },
    /// A figure.
    Correction {
        /// JSON Pointer of the figure.
        key: String,
        /// What was read; null where there was no number.
        old: Option<String>,
        /// What it should be; null where there is no number.
        new: Option<String>,
    },
}

/// One line of the file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// Who says so.
    pub who: String,
    /// When, ISO 8601.
    pub when: String,
    /// SHA-256 of the report's file.
    pub report: String,
    /// Name of that file.
    pub name: Option<String>,
    /// What it is about.
    #[serde(flatten)]
    pub subject: Subject,
    /// Why.
    pub why: String,
}

impl Entry {
    /// The pointer of the figure that it wants changed; nothing for a verdict, and for a correction that was taken back.
    pub fn corrects(&self) -> Option<&str> {
        match &self.subject {
            Subject::Correction { key, old, new } if old != new => Some(key),
            _ => None,
        }
    }

    /// The number that a correction puts in place of the old one; an error where it is none.
    fn number(&self) -> Result<Option<Number>, rust_decimal::Error> {
        match &self.subject {
            Subject::Correction { new: Some(digits), .. } => Ok(Some(Number(digits.parse()?))),
            _ => Ok(None),
        }
    }
}

impl Subject {
    /// What two entries about the same share: everything but what was decided.
    fn key(&self) -> String {
        match self {
            Subject::Verdict {
                code,
                cells,
                left,
                right,
                ..
            } => format!("{code} {cells:?} {left:?} {right:?}"),
            Subject::Correction { key, old, .. } => format!("{key} {old:?}"),
        }
    }

    /// A verdict on a check.
    pub fn on(check: &Check, finding: Finding) -> Self {
        Subject::Verdict {
            code: check.code.clone(),
            cells: check.cells.clone(),
            left: text(check.left),
            right: text(check.right),
            finding,
        }
    }

    /// Whether it is a verdict on a check.
    pub fn is_on(&self, check: &Check) -> bool {
        *self == Subject::on(check, self.finding().unwrap_or(Finding::Open))
    }

    fn finding(&self) -> Option<Finding> {
        match self {
            Subject::Verdict { finding, .. } => Some(*finding),
            Subject::Correction { .. } => None,
        }
    }

    /// Whether it still holds for a report that was read of the same bytes.
    pub fn holds(&self, report: &Report) -> bool {
        match self {
            Subject::Verdict { .. } => {
                let mut failing = report.checks.iter().filter(|check| check.status == Status::Fail);
                failing.any(|check| self.is_on(check))
            }
            Subject::Correction { key, old, .. } => figure(report, key).map(text) == Some(old.clone()),
        }
    }
}

/// A number with the digits that were printed: as text, for no program that reads the file may round it.
pub fn text(number: Option<Number>) -> Option<String> {
    number.map(|number| number.to_string())
}

/// The figure under a pointer; nothing where the report has no such key.
pub fn figure(report: &Report, pointer: &str) -> Option<Option<Number>> {
    let (table, key) = pointer::figure_of(pointer)?;
    report.tables.get(table)?.values.0.get(&key).copied()
}

fn figure_mut<'a>(report: &'a mut Report, pointer: &str) -> Option<&'a mut Option<Number>> {
    let (table, key) = pointer::figure_of(pointer)?;
    let (_, table) = report.tables.present_mut().find(|(name, _)| *name == table)?;
    table.values.0.get_mut(&key)
}

/// A copy of a report with the corrections that hold.
#[derive(Clone, Debug)]
pub struct Corrected {
    /// The copy.
    pub report: Report,
    /// The corrections that were made in it.
    pub entries: Vec<Entry>,
}

impl Corrected {
    /// Pointers of the figures that were corrected.
    pub fn pointers(&self) -> Vec<String> {
        self.entries
            .iter()
            .filter_map(Entry::corrects)
            .map(Into::into)
            .collect()
    }
}

/// The entries of a file, the last of each subject.
#[derive(Debug, Default)]
struct Entries {
    list: Vec<Entry>,
    last: HashMap<(String, String), usize>,
    of_report: HashMap<String, Vec<usize>>,
}

impl Entries {
    fn push(&mut self, entry: Entry) {
        let key = (entry.report.clone(), entry.subject.key());
        match self.last.get(&key) {
            Some(index) => self.list[*index] = entry,
            None => {
                self.of_report
                    .entry(entry.report.clone())
                    .or_default()
                    .push(self.list.len());
                self.last.insert(key, self.list.len());
                self.list.push(entry);
            }
        }
    }
}

/// An overlay file.
#[derive(Debug)]
pub struct Overlay {
    path: PathBuf,
    entries: Mutex<Entries>,
}

impl Overlay {
    /// Reads a file; one that does not exist yet is empty.
    ///
    /// # Errors
    /// Where it cannot be read, or a line of it is no entry.
    pub fn open(path: &Path) -> io::Result<Self> {
        let text = match fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) if error.kind() == ErrorKind::NotFound => String::new(),
            Err(error) => return Err(error),
        };
        let mut entries = Entries::default();
        for (number, line) in (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty()) {
            let wrong = |error: &dyn Display| io::Error::other(format!("line {number}: {error}"));
            let entry: Entry = serde_json::from_str(line).map_err(|error| wrong(&error))?;
            entry.number().map_err(|error| wrong(&error))?;
            entries.push(entry);
        }
        Ok(Overlay {
            path: path.to_owned(),
            entries: Mutex::new(entries),
        })
    }

    /// Its path.
    pub fn path(&self) -> &Path {
        &self.path
    }

    fn entries(&self) -> MutexGuard<'_, Entries> {
        self.entries.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Adds an entry, to the file first.
    ///
    /// # Errors
    /// Where the file does not take it.
    pub fn add(&self, entry: Entry) -> io::Result<()> {
        let mut line = serde_json::to_vec(&entry)?;
        line.push(b'\n');
        let mut entries = self.entries();
        let mut file = OpenOptions::new().create(true).append(true).open(&self.path)?;
        file.write_all(&line)?;
        file.sync_data()?;
        entries.push(entry);
        Ok(())
    }

    /// What was said about a report and still holds, and what no longer does.
    pub fn of(&self, report: &Report) -> (Vec<Entry>, Vec<Entry>) {
        let entries = self.entries();
        let own = entries.of_report.get(&report.source.sha256).into_iter().flatten();
        let own = own.map(|index| entries.list[*index].clone());
        own.partition(|entry| entry.subject.holds(report))
    }

    /// Whether anything was said about a report.
    pub fn speaks_of(&self, report: &Report) -> bool {
        self.entries().of_report.contains_key(&report.source.sha256)
    }

    /// A copy of a report with the corrections that hold; nothing where there is none.
    pub fn corrected(&self, report: &Report) -> Option<Corrected> {
        let (mut entries, _) = self.of(report);
        entries.retain(|entry| entry.corrects().is_some());
        if entries.is_empty() {
            return None;
        }
        let mut report = report.clone();
        for entry in &entries {
            let figure = entry.corrects().and_then(|pointer| figure_mut(&mut report, pointer));
            if let (Some(figure), Ok(number)) = (figure, entry.number()) {
                *figure = number;
            }
        }
        Some(Corrected { report, entries })
    }

    /// All entries.
    pub fn all(&self) -> Vec<Entry> {
        self.entries().list.clone()
    }
}
