//! Text of a page that lost its line ends: each table on one line, with a space between cells or with nothing at all.

use super::text::{self, Marks};
use super::{Container, Family};
use crate::encode;
use crate::faults::Faults;
use crate::layout;
use crate::paper::Paper;
use crate::rng::Rng;

/// Cells with a space between them.
pub static SPACED: Container = Container {
    name: "text-run-on",
    family: Family::Spaces,
    extension: "txt",
    lossy: false,
    // A blank cell leaves nothing.
    counts: true,
    render: |paper, faults, rng| render(" ", paper, faults, rng),
};

/// Cells without anything between them: only sums show where a number ends.
pub static GLUED: Container = Container {
    name: "text-glued",
    family: Family::Spaces,
    extension: "txt",
    lossy: true,
    counts: true,
    render: |paper, faults, rng| render("", paper, faults, rng),
};

fn render(between: &str, paper: &Paper, faults: &Faults, rng: &mut Rng) -> anyhow::Result<Vec<u8>> {
    let page = text::page(paper, Marks::None, "\n", &|sheet| {
        let cells: Vec<String> = text::begun(&layout::whole(sheet, faults))
            .into_iter()
            .flatten()
            .filter(|cell| !cell.is_empty())
            .map(|cell| cell.replace('\n', between))
            .collect();
        cells.join(between)
    });
    Ok(encode::plain(&page, faults, rng))
}
