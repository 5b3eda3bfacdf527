//! From bytes to a report: the whole way, stage by stage.
//!
//! Invariant: each stage sees only what the stage before it made; nothing here decides what a figure is.

use sha2::{Digest, Sha256};

use crate::document::Document;
use crate::error::Error;
use crate::form;
use crate::outline;
use crate::read::{self, Hints};
use crate::report::{Generator, Report, SCHEMA_VERSION, Source};

/// Reads a file of any known format into a report.
///
/// # Errors
/// Where the container itself cannot be read: see [`Error`]. Whatever stands inside a readable container ends in a report with
/// diagnostics.
pub fn extract(bytes: &[u8], hints: &Hints) -> Result<Report, Error> {
    let document = read::read(bytes, hints)?;
    Ok(report(&document, source(bytes, &document, hints)))
}

/// What is known of the file itself.
fn source(bytes: &[u8], document: &Document, hints: &Hints) -> Source {
    let url = document.properties.iter().find(|property| property.name == "url");
    Source {
        name: hints.name.clone(),
        media_type: document.media_type.clone(),
        bytes: bytes.len() as u64,
        sha256: Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect(),
        encoding: document.encoding.clone(),
        pages: document.pages,
        url: hints.url.clone().or_else(|| url.map(|property| property.value.clone())),
        ..Source::default()
    }
}

/// Makes the report of a document that was read.
fn report(document: &Document, source: Source) -> Report {
    let found = form::find(document, None);
    let outline = outline::outline(document, &found.claimed, &form::is_row_label);
    let mut diagnostics = document.diagnostics.clone();
    diagnostics.extend(found.diagnostics);
    diagnostics.extend(outline.diagnostics);
    Report {
        schema_version: SCHEMA_VERSION,
        generator: Generator {
            name: env!("CARGO_PKG_NAME").into(),
            version: env!("CARGO_PKG_VERSION").into(),
        },
        source,
        report: Default::default(),
        sections: outline.sections,
        tables: found.tables,
        narrative_figures: Vec::new(),
        other_tables: found.other_tables,
        evidence: found.evidence,
        checks: Vec::new(),
        diagnostics,
    }
}
