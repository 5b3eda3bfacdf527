//! Markdown with pipe tables, every slot of the grid a cell.

use super::text::{self, Marks};
use super::{Container, Family};
use crate::encode;
use crate::faults::{Fault, Faults};
use crate::layout;
use crate::paper::Paper;
use crate::rng::Rng;

/// The container.
pub static CONTAINER: Container = Container {
    name: "text-pipes",
    family: Family::Pipes,
    extension: "md",
    lossy: false,
    counts: false,
    render,
};

fn render(paper: &Paper, faults: &Faults, rng: &mut Rng) -> anyhow::Result<Vec<u8>> {
    let page = text::page(paper, Marks::Markdown, "\n\n", &|sheet| {
        let grid = layout::whole(sheet, faults);
        let rows = if faults.has(Fault::CollapsedMerges) {
            text::begun(&grid)
        } else {
            text::slots(&grid)
        };
        let mut lines: Vec<String> = rows.iter().map(|row| format!("| {} |", row.join(" | "))).collect();
        lines.insert(1, format!("|{}", "---|".repeat(grid.columns)));
        lines.join("\n")
    });
    Ok(encode::plain(&page, faults, rng))
}
