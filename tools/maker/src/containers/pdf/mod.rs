//! Reports as PDF files of our own writing.
//!
//! The containers differ in how the text is coded; the seed chooses how the lines are drawn.

mod draw;
mod file;

use anyhow::Result;

use self::draw::Rule;
use self::file::Coding;
use super::{Container, Family, paged};
use crate::faults::Faults;
use crate::paper::Paper;
use crate::rng::Rng;

/// Text in GBK, font not embedded.
pub static GBK: Container = Container {
    name: "pdf-gbk",
    family: Family::Pdf,
    extension: "pdf",
    lossy: false,
    counts: false,
    render: |paper, faults, rng| render(paper, faults, rng, Coding::Gbk),
};

/// Text in UTF-16, font not embedded.
pub static UCS2: Container = Container {
    name: "pdf-ucs2",
    family: Family::Pdf,
    extension: "pdf",
    lossy: false,
    counts: false,
    render: |paper, faults, rng| render(paper, faults, rng, Coding::Ucs2),
};

/// Text in GBK, in a simple TrueType font that is not embedded.
pub static SIMPLE: Container = Container {
    name: "pdf-simple-gbk",
    family: Family::Pdf,
    extension: "pdf",
    lossy: false,
    counts: false,
    render: |paper, faults, rng| render(paper, faults, rng, Coding::Simple),
};

fn render(paper: &Paper, faults: &Faults, rng: &mut Rng, coding: Coding) -> Result<Vec<u8>> {
    let rule = *rng.pick(&[Rule::Stroke, Rule::Filled, Rule::Double]);
    let pages = paged::pages(paper, faults, rng);
    let pages: Vec<String> = pages
        .iter()
        .map(|page| draw::page(page, coding, rule))
        .collect::<Result<_>>()?;
    let font = rng.pick(&["SimSun", "FangSong_GB2312", "STSong-Light"]);
    Ok(file::write(&pages, coding, font))
}
