//! Reports as scans: pages that are only pictures, worn as paper and scanners wear them.
//!
//! Pages are drawn with a font of the machine, worn in a named way, and put into a PDF file. Invariant: one seed, one font and one
//! [`Wear`], one document, byte for byte.

mod file;
mod inside;
mod office;
mod raster;
mod wear;

use anyhow::Result;

pub use inside::{Holder, Inside, inside};
pub use raster::{Font, draw};
pub use wear::Wear;

use crate::containers::{Container, Family, paged};
use crate::faults::{Fault, Faults};
use crate::paper::{Block, Paper};
use crate::rng::Rng;
use crate::truth::Truth;
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

/// How the pages of a scan lie in its file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Laid<'a> {
    /// Quarter turns to the right of the first pages, then again of the next ones; none for upright pages.
    pub turns: &'a [u8],
    /// Whether the file says so, and is shown upright.
    pub told: bool,
}

/// Makes the scan of a seed, in dots an inch.
///
/// # Errors
/// Where the font lacks a character, or the file cannot be written.
pub fn make(seed: u64, font: &Font, dpi: f64, wear: Wear) -> Result<Made> {
    make_with(seed, font, (dpi, wear), &[], Laid::default())
}

/// A report with few paragraphs: every page is drawn and read.
fn short_report(faults: &Faults, rng: &mut Rng) -> (Paper, Truth) {
    let form = *rng.pick(&Form::ALL);
    let year = a_year(form, rng);
    let (mut paper, truth) = report(form, year, &Spec::default(), faults, &mut rng.fork());
    let mut paragraphs = 0;
    paper.blocks.retain(|block| {
        let is_prose = matches!(block, Block::Paragraph(_));
        paragraphs += usize::from(is_prose);
        !is_prose || paragraphs <= PARAGRAPHS
    });
    (paper, truth)
}

/// Makes the scan of a seed whose tables have faults, and whose pages lie in some way.
///
/// # Errors
/// As for [`make`].
pub fn make_with(seed: u64, font: &Font, (dpi, wear): (f64, Wear), list: &[Fault], laid: Laid) -> Result<Made> {
    let mut rng = Rng::new(seed);
    let faults = Faults {
        list: list.to_vec(),
        variant: 0,
    };
    let (paper, truth) = short_report(&faults, &mut rng);
    let pages = paged::pages(&paper, &faults, &mut rng.fork());
    let mut pictures = Vec::new();
    for page in &pages {
        let mut rng = rng.fork();
        let picture = wear.marked(wear.draw(page, font, dpi)?, page, dpi, &mut rng);
        pictures.push(wear.apply(picture, dpi, &mut rng));
    }
    let pictures = wear.bound(pictures, dpi);
    Ok(Made {
        file_name: format!("scan-{}-{seed}.pdf", wear.name()),
        bytes: file::write(&pictures, dpi, wear, laid)?,
        truth,
        faults: list.to_vec(),
        container: &SCAN,
        lossy: true,
    })
}
