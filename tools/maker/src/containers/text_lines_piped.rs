//! Scraped text with one cell a line, each closed by ` |`; spans to the right leave bars at the end of the row's last line.

use super::text::{self, Marks};
use super::{Container, Family};
use crate::encode;
use crate::faults::Faults;
use crate::layout;
use crate::paper::Paper;
use crate::rng::Rng;

/// The container.
pub static CONTAINER: Container = Container {
    name: "text-lines-piped",
    family: Family::Lines,
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
            for cell in &row {
                out += &if cell.is_empty() {
                    "|\n".to_owned()
                } else {
                    format!("{cell} |\n")
                };
            }
            let spare = grid.columns.saturating_sub(row.len());
            if spare > 0 {
                out += &format!("{}\n", "|".repeat(spare));
            }
        }
        out.trim_end().to_owned()
    });
    Ok(encode::plain(&page, faults, rng))
}
