//! Scraped text with tabs between cells; merged label cells leave an empty field or none.

use super::text::{self, Marks};
use super::{Container, Family};
use crate::encode;
use crate::faults::{Fault, Faults};
use crate::layout;
use crate::paper::Paper;
use crate::rng::Rng;

/// The container.
pub static CONTAINER: Container = Container {
    name: "text-tabs",
    family: Family::Tabs,
    extension: "txt",
    lossy: false,
    counts: false,
    render,
};

fn render(paper: &Paper, faults: &Faults, rng: &mut Rng) -> anyhow::Result<Vec<u8>> {
    let marks = *rng.pick(&[Marks::None, Marks::Markdown, Marks::Bold]);
    let page = text::page(paper, marks, "\n\n", &|sheet| {
        let grid = layout::whole(sheet, faults);
        let rows = if faults.has(Fault::CollapsedMerges) {
            text::begun(&grid)
        } else {
            text::slots(&grid)
        };
        rows.iter().map(|row| row.join("\t")).collect::<Vec<_>>().join("\n")
    });
    Ok(encode::plain(&page, faults, rng))
}
