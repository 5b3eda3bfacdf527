//! Reports as OFD files of our own writing (GB/T 33190).
//!
//! Two kinds: plain files as office programs export them, and files as printer drivers write them. Invariant: lengths are
//! millimetres with four decimals, and what is not shown holds other figures than the report, so that reading it shows.

mod plain;
mod printed;

use std::io::{Cursor, Write};

use anyhow::Result;
use zip::write::{SimpleFileOptions, ZipWriter};

use super::{Container, Family, paged};
use crate::faults::Faults;
use crate::paper::Paper;
use crate::rng::Rng;

/// Text objects and lines in the order of reading, every step given.
pub static PLAIN: Container = Container {
    name: "ofd",
    family: Family::Pdf,
    extension: "ofd",
    lossy: false,
    counts: false,
    render: |paper, faults, rng| {
        let pages = paged::pages(paper, faults, rng);
        pack(&plain::parts(paper, &pages))
    },
};

/// Scaled objects in any order, rules as thin areas or in composite objects, templates, layers, notes and seals.
pub static PRINTED: Container = Container {
    name: "ofd-printed",
    family: Family::Pdf,
    extension: "ofd",
    lossy: false,
    counts: false,
    render: printed,
};

fn printed(paper: &Paper, faults: &Faults, rng: &mut Rng) -> Result<Vec<u8>> {
    let pages = paged::pages(paper, faults, rng);
    pack(&printed::parts(paper, &pages, rng))
}

/// Name and content of a part.
type Part = (String, String);

fn pack(parts: &[Part]) -> Result<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        zip.start_file(name.as_str(), SimpleFileOptions::default())?;
        zip.write_all(content.as_bytes())?;
    }
    Ok(zip.finish()?.into_inner())
}

/// A length of so many points, in millimetres.
fn mm(points: f64) -> String {
    let text = format!("{:.4}", points * 25.4 / 72.0);
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".into() } else { text.into() }
}

/// Widths of the characters of a line in points: ASCII is half as wide as all else.
fn widths(text: &str, size: f64) -> Vec<f64> {
    text.chars()
        .map(|character| paged::width(character.encode_utf8(&mut [0; 4]), size))
        .collect()
}

/// Text of XML.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
