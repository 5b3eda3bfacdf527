//! From bytes to a report: the whole way, stage by stage.
//!
//! Invariant: each stage sees only what the stage before it made; nothing here decides what a figure is.

use sha2::{Digest, Sha256};

use crate::check;
use crate::document::{Block, Document};
use crate::error::Error;
use crate::forms::{self, TABLES};
use crate::metadata::{self, Identity, OTHER_REPORT, identify, other_report};
use crate::narrative::narrative_figures;
use crate::outline;
use crate::read::{self, Hints, When};
use crate::report::{Basis, DocumentKind, Generator, Report, SCHEMA_VERSION, Source};
use crate::tables;

/// Reads a file of any known format into a report.
///
/// # Errors
/// Where the container itself cannot be read: see [`Error`]. Whatever stands inside a readable container ends in a report with
/// diagnostics.
pub fn extract(bytes: &[u8], hints: &Hints) -> Result<Report, Error> {
    let document = document(bytes, hints)?;
    let source = source(bytes, &document, hints);
    Ok(of_document(document, source, hints))
}

/// Reads a file of any known format into blocks. Where its text lacks a table that a report has, the pictures that stand among the text
/// are read too; where nothing is lacking they are not, for a copy of a table says nothing new.
///
/// # Errors
/// As for [`extract`].
pub fn document(bytes: &[u8], hints: &Hints) -> Result<Document, Error> {
    let document = read::read(bytes, hints)?;
    let always = hints.recognition.when == When::Always;
    if read::may_show_tables(&document, &hints.recognition) && (always || lacks_table(&document, hints)) {
        return read::read_with_pictures(bytes, hints);
    }
    Ok(document)
}

/// Whether a document that may be a report lacks a table that the forms of its year have.
fn lacks_table(document: &Document, hints: &Hints) -> bool {
    let report = of_document(document.clone(), Source::default(), hints);
    let is_other = |kind: DocumentKind| !matches!(kind, DocumentKind::AnnualReport | DocumentKind::Other);
    if report.report.kind.is_some_and(is_other) {
        return false;
    }
    let is_there = |key: &str| report.tables.get(key).is_some();
    let is_known = |key: &str| match report.report.year {
        Some(year) => forms::holding_in(year).any(|form| form.table(key).is_some()),
        None => forms::is_demanded(key),
    };
    TABLES.iter().any(|key| is_known(key) && !is_there(key))
}

/// Makes the report of a document as it was read.
fn of_document(mut document: Document, source: Source, hints: &Hints) -> Report {
    outline::unroll(&mut document);
    let mut identity = identify(&document, hints);
    let other = other_report(&document, &identity.metadata);
    if let Some(other) = other {
        // The other report's signature and day are not this one's.
        let behind = document.blocks.split_off(other);
        identity = identify(&document, hints);
        document.blocks.extend(behind);
    }
    report(document, source, identity, other)
}

/// Makes ready what the first extraction would have to make: the forms, their labels, the patterns of metadata. A program that reads
/// a single file saves time by doing so in another thread while the file is read.
pub fn warm_up() {
    let text = "青禾县水务局2022年政府信息公开工作年度报告\n2022年1月1日起至2022年12月31日止\n二、主动公开政府信息情况\n规章 1 2 3\n";
    let read = extract(text.as_bytes(), &Hints::default());
    debug_assert!(read.is_ok(), "text is always read");
}

/// What is known of the file itself.
fn source(bytes: &[u8], document: &Document, hints: &Hints) -> Source {
    Source {
        name: hints.name.clone(),
        media_type: document.media_type.clone(),
        bytes: bytes.len() as u64,
        sha256: Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect(),
        encoding: document.encoding.clone(),
        pages: document.pages,
        url: metadata::address(document, hints).map(Into::into),
        ..Source::default()
    }
}

/// Makes the report of a document that was read. `other`: the block where another report begins.
fn report(document: Document, source: Source, identity: Identity, other: Option<usize>) -> Report {
    let (metadata, begins) = (identity.metadata, identity.begins);
    let end = other.unwrap_or(document.blocks.len());
    let found = tables::find(&document, &metadata, end);
    let mut not_prose = found.claimed.clone();
    not_prose.iter_mut().skip(end).for_each(|block| *block = true);
    not_prose.iter_mut().take(begins).for_each(|block| *block = true);
    let (mut narrative_figures, doubtful) = narrative_figures(&document, &not_prose, &metadata);
    if let Some(basis) = metadata::basis(&metadata) {
        let of_year = narrative_figures
            .iter_mut()
            .filter(|figure| figure.basis == Some(Basis::Year));
        of_year.for_each(|figure| figure.basis = Some(basis));
    }
    let outline = outline::outline(&document, &found.claimed, &tables::is_row_label);
    let mut diagnostics = document.diagnostics.clone();
    if let Some(Block::Paragraph(title)) = other.and_then(|index| document.blocks.get(index)) {
        diagnostics.push(OTHER_REPORT.at(title.origin.clone(), format!("{:?} begins another report", title.text)));
    }
    diagnostics.extend(identity.diagnostics);
    diagnostics.extend(outline.diagnostics);
    diagnostics.extend(found.diagnostics);
    diagnostics.extend(doubtful);
    let mut evidence = identity.evidence;
    evidence.extend(found.evidence);
    let mut report = Report {
        schema_version: SCHEMA_VERSION,
        generator: Generator {
            name: env!("CARGO_PKG_NAME").into(),
            version: env!("CARGO_PKG_VERSION").into(),
        },
        source: Source {
            site: identity.site,
            ..source
        },
        report: metadata,
        sections: outline
            .preface
            .into_iter()
            .chain(outline.sections)
            .chain(outline.closing)
            .collect(),
        tables: found.tables,
        narrative_figures,
        other_tables: found.other_tables,
        evidence,
        checks: Vec::new(),
        diagnostics,
    };
    let (kind, why) = metadata::kind(&document, &report);
    report.report.kind = kind;
    report.diagnostics.extend(why);
    report.checks = check::check(&report);
    report
}
