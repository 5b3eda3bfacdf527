//! Reports as scans: pages that are only pictures, worn as paper and scanners wear them.
//!
//! Pages are drawn with a font of the machine, worn in a named way, and put into a PDF file. Invariant: one seed, one font and one
//! [`Wear`], one document, byte for byte.

mod file;
mod raster;
mod wear;

use anyhow::Result;

pub use raster::{Font, draw};
pub use wear::Wear;

use crate::containers::{Container, Family, paged};
use crate::faults::Faults;
use crate::paper::Block;
use crate::rng::Rng;
use crate::{Made, Spec, a_year, form::Form, report};

/// Pages as pictures in a PDF file.
static SCAN: Container = Container {
    name: "pdf-scan",
    family: Family::Pdf,
    extension: "pdf",
    lossy: true,
    counts: false,
    render: |_, _, _| anyhow::bail!("a scan needs a font"),
};

/// Most paragraphs of a scan: what is to be shown is in the tables.
const PARAGRAPHS: usize = 3;

/// Makes the scan of a seed, in dots an inch.
///
/// # Errors
/// Where the font lacks a character, or the file cannot be written.
pub fn make(seed: u64, font: &Font, dpi: f64, wear: Wear) -> Result<Made> {
    let mut rng = Rng::new(seed);
    let form = *rng.pick(&Form::ALL);
    let year = a_year(form, &mut rng);
    let faults = Faults {
        list: Vec::new(),
        variant: 0,
    };
    let (mut paper, truth) = report(form, year, &Spec::default(), &faults, &mut rng.fork());
    let mut paragraphs = 0;
    paper.blocks.retain(|block| {
        let is_prose = matches!(block, Block::Paragraph(_));
        paragraphs += usize::from(is_prose);
        !is_prose || paragraphs <= PARAGRAPHS
    });
    let pages = paged::pages(&paper, &faults, &mut rng.fork());
    let mut pictures = Vec::new();
    for page in &pages {
        pictures.push(wear.apply(draw(page, font, dpi)?, dpi, &mut rng.fork()));
    }
    Ok(Made {
        file_name: format!("scan-{}-{seed}.pdf", wear.name()),
        bytes: file::write(&pictures, dpi, wear)?,
        truth,
        faults: Vec::new(),
        container: &SCAN,
        lossy: true,
    })
}
