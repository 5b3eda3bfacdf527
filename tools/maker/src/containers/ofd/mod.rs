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

/// A picture of a part of a page: its box in points, and its file as PNG.
pub(crate) type Picture = ((f64, f64, f64, f64), Vec<u8>);

/// Pages of text with pictures on them.
///
/// # Errors
/// Where the file cannot be packed.
pub(crate) fn with_pictures(paper: &Paper, pages: &[(paged::Page, Vec<Picture>)]) -> Result<Vec<u8>> {
    let texts: Vec<paged::Page> = pages.iter().map(|(text, _)| text.clone()).collect();
    let mut parts: Vec<(String, Vec<u8>)> = plain::parts(paper, &texts)
        .into_iter()
        .map(|(name, content)| (name, content.into_bytes()))
        .collect();
    let mut listed = String::new();
    let mut files = Vec::new();
    for (at, (_, pictures)) in pages.iter().enumerate() {
        let mut objects = String::new();
        for ((x0, y0, x1, y1), file) in pictures {
            let number = 100 + files.len();
            let (across, down) = (mm(x1 - x0), mm(y1 - y0));
            objects += &format!(
                r#"<ofd:ImageObject ID="{}" Boundary="{} {} {across} {down}" CTM="{across} 0 0 {down} 0 0" ResourceID="{number}"/>"#,
                number + 500,
                mm(*x0),
                mm(*y0)
            );
            listed += &format!(
                r#"<ofd:MultiMedia ID="{number}" Type="Image" Format="PNG"><ofd:MediaFile>image{number}.png</ofd:MediaFile></ofd:MultiMedia>"#
            );
            files.push((format!("Doc_0/Res/image{number}.png"), file.clone()));
        }
        let name = format!("Doc_0/Pages/Page_{at}/Content.xml");
        add(&mut parts, &name, "</ofd:Layer>", &objects);
    }
    let listed = format!("<ofd:MultiMedias>{listed}</ofd:MultiMedias>");
    add(&mut parts, "Doc_0/PublicRes.xml", "</ofd:Res>", &listed);
    parts.extend(files);
    pack(&parts)
}

/// Puts something in front of the end of an element of a part.
fn add(parts: &mut [(String, Vec<u8>)], name: &str, end: &str, what: &str) {
    for (_, content) in parts.iter_mut().filter(|(other, _)| other == name) {
        let text = String::from_utf8_lossy(content);
        *content = text.replacen(end, &format!("{what}{end}"), 1).into_bytes();
    }
}

fn printed(paper: &Paper, faults: &Faults, rng: &mut Rng) -> Result<Vec<u8>> {
    let pages = paged::pages(paper, faults, rng);
    pack(&printed::parts(paper, &pages, rng))
}

/// Name and content of a part.
type Part = (String, String);

fn pack(parts: &[(String, impl AsRef<[u8]>)]) -> Result<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        zip.start_file(name.as_str(), SimpleFileOptions::default())?;
        zip.write_all(content.as_ref())?;
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
