//! Saved text with pipes, where each cell stands on lines of its own and empty slots run together at the end of the row.

use super::text::{self, Marks};
use super::{Container, Family};
use crate::encode;
use crate::faults::Faults;
use crate::layout;
use crate::paper::Paper;
use crate::rng::Rng;

/// The container.
pub static CONTAINER: Container = Container {
    name: "text-pipes-broken",
    family: Family::Pipes,
    extension: "txt",
    lossy: false,
    counts: false,
    render,
};

fn render(paper: &Paper, faults: &Faults, rng: &mut Rng) -> anyhow::Result<Vec<u8>> {
    let page = text::page(paper, Marks::None, "\n", &|sheet| {
        let grid = layout::whole(sheet, faults);
        let mut out = String::new();
        for row in text::begun(&grid) {
            out.push('|');
            for cell in &row {
                out += &format!(" \n {cell}  |");
            }
            // Spans to the right leave bars without cells.
            let spare = grid.columns.saturating_sub(row.len());
            if spare > 0 {
                out += &format!(" {}", "|".repeat(spare));
            }
            out.push('\n');
        }
        out.trim_end().to_owned()
    });
    Ok(encode::plain(&page, faults, rng))
}
