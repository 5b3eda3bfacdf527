//! Scraped text with one cell a line and, in most, an empty line after each.

use super::text::{self, Marks};
use super::{Container, Family};
use crate::encode;
use crate::faults::Faults;
use crate::layout;
use crate::paper::Paper;
use crate::rng::Rng;

/// The container.
pub static CONTAINER: Container = Container {
    name: "text-lines",
    family: Family::Lines,
    extension: "txt",
    lossy: false,
    // A blank cell leaves no line.
    counts: true,
    render,
};

fn render(paper: &Paper, faults: &Faults, rng: &mut Rng) -> anyhow::Result<Vec<u8>> {
    let between = if rng.chance(70) { "\n\n" } else { "\n" };
    let page = text::page(paper, Marks::None, between, &|sheet| {
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
