//! Text copied out of a viewer: a row a line, one space between what were cells.

use super::text::{self, Marks};
use super::{Container, Family};
use crate::encode;
use crate::faults::Faults;
use crate::layout;
use crate::paper::Paper;
use crate::rng::Rng;

/// The container.
pub static CONTAINER: Container = Container {
    name: "text-spaces",
    family: Family::Spaces,
    extension: "txt",
    lossy: false,
    counts: true,
    render,
};

fn render(paper: &Paper, faults: &Faults, rng: &mut Rng) -> anyhow::Result<Vec<u8>> {
    let page = text::page(paper, Marks::None, "\n", &|sheet| {
        let rows = text::begun(&layout::whole(sheet, faults));
        let line = |row: Vec<String>| {
            row.into_iter()
                .filter(|cell| !cell.is_empty())
                .collect::<Vec<_>>()
                .join(" ")
        };
        rows.into_iter().map(line).collect::<Vec<_>>().join("\n")
    });
    Ok(encode::plain(&page, faults, rng))
}
