//! The files of a dataset, from the journal: once at the end of a run, in the order of the inputs.
//!
//! Inputs are taken in blocks: results are loaded by all threads, reports of the same agency and year are linked by one, rows are
//! made by all, and each file is written by one. Invariant: rows stand in the order of the inputs, and a file appears when the
//! whole dataset is done.

use std::collections::{BTreeSet, HashMap};
use std::fs;
use std::path::Path;
use std::sync::Arc;

use rayon::prelude::*;

use super::BatchError;
use super::document::{Fate, Key, Outcome, Verdict};
use super::files;
use super::journal::Journal;
use super::manifest::{self, Entry, EntryState};
use super::progress::Progress;
use super::reading::{PAYLOAD_HEAD, decode, length};
use super::run::Options;
use super::years::Years;
use crate::body;
use crate::diagnostic::{Code, Severity};
use crate::metadata::is_corrected_version;
use crate::overlay::Overlay;
use crate::report::{Number, Report, Status};
use crate::series::harmonised::stated;
use crate::series::{key_of, may_be_of_several};
use crate::write::aside::Finished;
use crate::write::readme::{Corrections, Counts, MOST_NAMED};
use crate::write::rows::{self, InputLine, Links, report_id};
use crate::write::table::{Block, Row, Table};
use crate::write::tables::{CORRECTIONS, SERIES_FINDINGS, tables};
use crate::write::{Sink, WriteError};

/// Inputs that are taken at once.
const BLOCK: usize = 64;
/// Bytes of JSON of the results that are taken at once, if that is more than one: bounds memory, as several blocks are under way.
const BLOCK_BYTES: usize = 4 << 20;

/// Two versions of one report.
pub static VERSIONS_DISAGREE: Code = Code {
    code: "batch.versions_disagree",
    severity: Severity::Warning,
    english: "Another report of the same agency and year has other figures; `same_report_as` names it, and the message the figures. \
              One may be a corrected version, or one of the two was read wrongly, or two agencies have the same name.",
    chinese: "同一机关同一年度的另一份报告数字不同（same_report_as 指出是哪一份，提示中列出了不同的数字）。可能其中一份是更正版，\
              可能其中一份读取有误，也可能是两个机关同名。",
};

/// A record of a web archive that ends early.
pub static RECORD_CUT: Code = Code {
    code: "batch.record_cut",
    severity: Severity::Warning,
    english: "The web archive holds only the beginning of this file; what stands behind is missing.",
    chinese: "网页存档中该文件不完整，后面的内容缺失。",
};

/// All codes of a batch.
pub const CODES: &[Code] = &[VERSIONS_DISAGREE, RECORD_CUT];

/// An input with what became of it.
struct Resolved {
    entry: Entry,
    verdict: Verdict,
    report: Option<Arc<Report>>,
    same_as: Option<u32>,
    /// The first report of the same agency and year, if that is another one.
    first: Option<First>,
    links: Links,
}

/// Writes the dataset and counts what is in it.
///
/// # Errors
/// Where a file cannot be written, or the journal has lost a result.
pub fn write(options: &Options, journal: &Journal, manifest: &Path, progress: &Progress) -> Result<Counts, BatchError> {
    let aside = options.dataset.join(".aside");
    // What is left of a run that died.
    if aside.exists() {
        fs::remove_dir_all(&aside).map_err(WriteError::io(&aside))?;
    }
    let tables = tables();
    let mut sinks = files::open(&aside, options, tables)?;
    let mut writer = Writer {
        journal,
        overlay: options.overlay.as_deref(),
        corrected: HashMap::new(),
        fates: Vec::new(),
        series: HashMap::new(),
        counts: Counts::default(),
        waiting: None,
        years: Years::default(),
    };
    let mut entries = manifest::read(manifest)?;
    let mut made = writer.next_block(&mut entries, tables)?;
    let mut done = None;
    while let Some(block) = made {
        if progress.is_stopped() {
            return Err(BatchError::Stopped);
        }
        // While a block is written the next one is made, and the one before let go, which takes its time too.
        let write = || sinks.iter_mut().par_bridge().try_for_each(|sink| sink.write(&block));
        let make = || writer.next_block(&mut entries, tables);
        let ((written, next), ()) = rayon::join(|| rayon::join(write, make), || drop(done.take()));
        written?;
        made = next?;
        done = Some(block);
        progress.writing(writer.fates.len() as u64);
    }
    write_findings(&mut sinks, &mut writer, progress)?;
    write_corrections(&mut sinks, &mut writer)?;
    let finished: Result<Vec<Finished>, WriteError> = sinks.into_iter().par_bridge().map(Sink::finish).collect();
    files::publish(&aside, options, tables, &writer.counts, finished?)?;
    Ok(writer.counts)
}

/// Writes what the years say of each other, which is known when all reports are.
fn write_findings(sinks: &mut [Box<dyn Sink>], writer: &mut Writer, progress: &Progress) -> Result<(), BatchError> {
    let mut count = 0;
    let years = std::mem::take(&mut writer.years);
    years.each(writer.journal, writer.overlay, |findings| {
        if progress.is_stopped() {
            return Err(BatchError::Stopped);
        }
        count += findings.len() as u64;
        Ok(write_rows(sinks, SERIES_FINDINGS, findings)?)
    })?;
    writer.counts.rows.insert(tables()[SERIES_FINDINGS].name.into(), count);
    Ok(())
}

/// Writes the corrections of the overlay, in its order, with what became of them.
fn write_corrections(sinks: &mut [Box<dyn Sink>], writer: &mut Writer) -> Result<(), BatchError> {
    let Some(overlay) = writer.overlay else { return Ok(()) };
    let mut rows = Vec::new();
    let mut counts = Corrections::default();
    let corrections = overlay.all().into_iter().filter(|entry| entry.corrects().is_some());
    for (number, entry) in (1..).zip(corrections) {
        let taken = writer.corrected.get(&entry.report);
        let applies = taken.is_some_and(|entries| entries.contains(&entry));
        let id = taken.map(|_| report_id(&entry.report));
        rows::add_correction(&mut rows, number, &entry, id.as_deref(), applies);
        *(if applies { &mut counts.taken } else { &mut counts.left }) += 1;
    }
    writer
        .counts
        .rows
        .insert(tables()[CORRECTIONS].name.into(), rows.len() as u64);
    writer.counts.corrections = Some(counts);
    Ok(write_rows(sinks, CORRECTIONS, rows)?)
}

/// Writes rows of one table.
fn write_rows(sinks: &mut [Box<dyn Sink>], table: usize, rows: Vec<Row>) -> Result<(), WriteError> {
    let mut block = Block {
        rows: rows::empty(),
        reports: Vec::new(),
    };
    block.rows[table] = rows;
    sinks.iter_mut().par_bridge().try_for_each(|sink| sink.write(&block))
}

struct Writer<'a> {
    journal: &'a Journal,
    overlay: Option<&'a Overlay>,
    /// For each report that the overlay speaks of, by the SHA-256 of its file, the corrections that were taken.
    corrected: HashMap<String, Vec<crate::overlay::Entry>>,
    /// What became of each input so far, and whether its report is in the dataset.
    fates: Vec<Fate>,
    /// For each agency and year, the first report: hash of both to the region and the key in the journal.
    series: HashMap<u64, Vec<First>>,
    counts: Counts,
    /// An input that was too large for the last block.
    waiting: Option<Entry>,
    /// Where the reports of each body are.
    years: Years,
}

#[derive(Clone)]
struct First {
    region: Option<u32>,
    key: Key,
    id: String,
}

impl Writer<'_> {
    /// The rows of the next inputs; nothing when there are none.
    fn next_block(
        &mut self,
        entries: &mut (impl Iterator<Item = Result<Entry, BatchError>> + Send),
        tables: &[Table],
    ) -> Result<Option<Block>, BatchError> {
        let mut taken = Vec::new();
        let mut bytes = 0;
        while taken.len() < BLOCK && bytes < BLOCK_BYTES {
            let Some(entry) = self.waiting.take().map(Ok).or_else(|| entries.next()) else {
                break;
            };
            let entry = entry?;
            let size = size(self.journal, &entry)?;
            if !taken.is_empty() && bytes + size > BLOCK_BYTES {
                self.waiting = Some(entry);
                break;
            }
            bytes += size;
            taken.push(entry);
        }
        if taken.is_empty() {
            return Ok(None);
        }
        self.block(taken, tables).map(Some)
    }

    fn block(&mut self, entries: Vec<Entry>, tables: &[Table]) -> Result<Block, BatchError> {
        let (journal, overlay) = (self.journal, self.overlay);
        let resolved: Result<Vec<Resolved>, BatchError> =
            entries.into_par_iter().map(|entry| resolve(journal, entry)).collect();
        let mut resolved = resolved?;
        for input in &mut resolved {
            self.find_first(input);
        }
        resolved.par_iter_mut().try_for_each(|input| {
            let report = input.report.as_ref();
            input.links.corrected = report.and_then(|report| overlay?.corrected(report));
            link(journal, input)
        })?;
        let first = self.fates.len() - resolved.len();
        let parts: Vec<_> = resolved
            .par_iter()
            .map(|input| {
                let mut part = rows::empty();
                if let Some(report) = &input.report {
                    rows::add_report(&mut part, report, &input.links);
                }
                part
            })
            .collect();
        let mut block = Block {
            rows: rows::empty(),
            reports: Vec::new(),
        };
        for (number, (input, part)) in (first as i64 + 1..).zip(resolved.into_iter().zip(parts)) {
            let line = self.line(number, &input);
            self.count(&line, &input);
            rows::add_input(&mut block.rows, &line);
            for (all, mut own) in block.rows.iter_mut().zip(part) {
                all.append(&mut own);
            }
            block.reports.extend(input.report);
        }
        for (table, rows) in tables.iter().zip(&block.rows) {
            *self.counts.rows.entry(table.name.into()).or_default() += rows.len() as u64;
        }
        Ok(block)
    }

    /// Notes the fate of an input, and finds the first report of its agency and year.
    fn find_first(&mut self, input: &mut Resolved) {
        self.fates.push(input.verdict.fate);
        let (Some(report), EntryState::Read(key)) = (&input.report, &input.entry.state) else {
            return;
        };
        self.years.add(report, *key);
        let Some(name) = series_name(report) else { return };
        let region = report
            .report
            .body
            .as_ref()
            .and_then(|body| body::key(body).1?.parse().ok());
        let firsts = self.series.entry(name).or_default();
        let same = |first: &&First| first.region == region;
        input.first = firsts.iter().find(same).cloned();
        if input.first.is_none() {
            let id = report_id(&report.source.sha256);
            firsts.push(First { region, key: *key, id });
        }
    }

    fn line(&self, number: i64, input: &Resolved) -> InputLine {
        let entry = &input.entry;
        let own_report = input.report.as_ref().map(|report| report_id(&report.source.sha256));
        let (report_id, detail) = match (input.same_as, &entry.state) {
            (Some(first), EntryState::SameAs(_, sha256)) => {
                let is_report = self.fates.get(first as usize - 1) == Some(&Fate::AnnualReport);
                (
                    is_report.then(|| report_id(sha256)),
                    Some(format!("the same as input {first}")),
                )
            }
            _ => (own_report, input.verdict.detail.clone()),
        };
        InputLine {
            number,
            name: entry.place.name.clone(),
            url: entry.place.url.clone(),
            fetched: entry.place.fetched.clone(),
            bytes: entry.bytes.and_then(|bytes| i64::try_from(bytes).ok()),
            sha256: entry.sha256.clone(),
            fate: input.verdict.fate.name(),
            reason: input.verdict.reason.clone(),
            detail,
            report_id,
        }
    }

    fn count(&mut self, line: &InputLine, input: &Resolved) {
        *self.counts.fates.entry(line.fate.into()).or_default() += 1;
        if line.report_id.is_none() {
            let reason = line.reason.clone().unwrap_or_default();
            if matches!(line.fate, "unreadable" | "no_reader") && self.counts.unread.len() < MOST_NAMED {
                let why = line.detail.clone().unwrap_or_else(|| reason.clone());
                self.counts.unread.push((line.name.clone(), why));
            }
            *self.counts.reasons.entry((line.fate.into(), reason)).or_default() += 1;
        }
        let Some(report) = &input.report else { return };
        if self.overlay.is_some_and(|overlay| overlay.speaks_of(report)) {
            let taken = input.links.corrected.as_ref();
            let entries = taken.map(|corrected| corrected.entries.clone()).unwrap_or_default();
            self.corrected.insert(report.source.sha256.clone(), entries);
        }
        match input.links.agrees {
            Some(true) => self.counts.agreeing += 1,
            Some(false) => self.counts.disagreeing += 1,
            None if input.links.same_report_as.is_some() => self.counts.apart += 1,
            None => {}
        }
        *self.counts.years.entry(report.report.year).or_default() += 1;
        for check in &report.checks {
            let status = match check.status {
                Status::Pass => "pass",
                Status::Fail => "fail",
                Status::Unknown => "unknown",
            };
            *self.counts.checks.entry(status).or_default() += 1;
        }
    }
}

/// Bytes of the result of an input.
fn size(journal: &Journal, entry: &Entry) -> Result<usize, BatchError> {
    match &entry.state {
        EntryState::Read(key) => Ok(length(&journal.beginning(key, PAYLOAD_HEAD)?)),
        _ => Ok(0),
    }
}

pub(super) fn load(journal: &Journal, key: &Key) -> Result<Outcome, BatchError> {
    let damaged = || BatchError::Damaged(journal.folder().to_owned());
    let payload = journal.load(key)?.ok_or_else(damaged)?;
    decode(&payload).map_err(|_| damaged())
}

/// Finds what became of an input, and puts its own place into its report.
fn resolve(journal: &Journal, entry: Entry) -> Result<Resolved, BatchError> {
    let (verdict, report, same_as) = match &entry.state {
        EntryState::Known(verdict) => (verdict.clone(), None, None),
        EntryState::SameAs(first, _) => {
            let reason = if entry.sha256.is_some() {
                "same_bytes"
            } else {
                "revisit"
            };
            (Verdict::new(Fate::Duplicate, reason, ""), None, Some(*first))
        }
        EntryState::Read(key) => {
            let outcome = load(journal, key)?;
            (outcome.verdict, outcome.report, None)
        }
    };
    let report = report.map(|mut report| {
        report.source.name = Some(entry.place.name.clone());
        report.source.url = entry.place.url.clone().or(report.source.url);
        Arc::new(report)
    });
    Ok(Resolved {
        entry,
        verdict,
        report,
        same_as,
        first: None,
        links: Links::default(),
    })
}

/// Says how a report stands to its record and to the first of its agency and year.
fn link(journal: &Journal, input: &mut Resolved) -> Result<(), BatchError> {
    let Some(report) = &input.report else { return Ok(()) };
    if input.entry.place.truncated {
        let message = "the record of the web archive ends early";
        input.links.diagnostics.push(RECORD_CUT.at(None, message));
    }
    let Some(first) = input.first.take() else { return Ok(()) };
    let Some(other) = load(journal, &first.key)?.report else {
        return Ok(());
    };
    let differences = differences(report, &other);
    // Two towns of one name have each its own figures.
    if differences.as_ref().is_some_and(|found| !found.is_empty()) && may_be_of_several(report) {
        return Ok(());
    }
    // Where they have no figure in common nothing can agree.
    input.links.agrees = differences.as_ref().map(Vec::is_empty);
    let differences = differences.unwrap_or_default();
    if !differences.is_empty() {
        let mut message = disagreement(&first.id, &differences);
        message += match (
            is_corrected_version(&report.report),
            is_corrected_version(&other.report),
        ) {
            (true, false) => "; the title of this one says that it puts another right",
            (false, true) => "; the title of the other says that it puts another right",
            _ => "",
        };
        input.links.diagnostics.push(VERSIONS_DISAGREE.at(None, message));
    }
    input.links.same_report_as = Some(first.id);
    Ok(())
}

/// What the reports of one body and year have in common, whatever the spelling of its name.
fn series_name(report: &Report) -> Option<u64> {
    let (body, year) = (report.report.body.as_ref()?, report.report.year?);
    let name = match body::is_shared(body) {
        true => key_of(report, &body.name).0,
        false => body.name.clone(),
    };
    Some(super::seen::name_hash(&format!("{year} {name}")))
}

/// Keys of the figures of tables and sentences that both have and that are not the same, with both; nothing where both have none.
fn differences(report: &Report, other: &Report) -> Option<Vec<String>> {
    let (mut list, mut compared) = (Vec::new(), 0);
    let mut compare = |key: String, one: Number, two: Number| {
        compared += 1;
        if one.0 != two.0 {
            list.push(format!("{key} {one} / {two}"));
        }
    };
    let others: HashMap<&str, _> = other.tables.present().collect();
    for (name, table) in report.tables.present() {
        let Some(other) = others.get(name) else { continue };
        for (key, number) in &table.values.0 {
            if let (Some(one), Some(two)) = (number, other.values.get(key)) {
                compare(format!("{name}.{key}"), *one, two);
            }
        }
    }
    let own = report
        .narrative_figures
        .iter()
        .filter(|figure| figure.is_of_the_report());
    let keys: BTreeSet<&str> = own.map(|figure| figure.key.as_str()).collect();
    for key in keys {
        if let (Some(one), Some(two)) = (stated(report, key), stated(other, key)) {
            compare(format!("narrative_figures {key}"), one, two);
        }
    }
    (compared > 0).then_some(list)
}

fn disagreement(id: &str, differences: &[String]) -> String {
    const SHOWN: usize = 10;
    let shown = differences[..differences.len().min(SHOWN)].join("; ");
    let more = match differences.len().checked_sub(SHOWN) {
        Some(more) if more > 0 => format!("; and {more} more"),
        _ => String::new(),
    };
    format!(
        "{} figures are not those of report {id} (here / there): {shown}{more}",
        differences.len()
    )
}
