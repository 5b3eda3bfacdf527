//! Text from a converter that read column by column: first the labels of a table, then rows of bare numbers.
//!
//! Which number belongs to which label can only be counted, so figures may be missed here; none may be wrong.

use super::text::{self, Marks};
use super::{Container, Family};
use crate::encode;
use crate::faults::Faults;
use crate::layout::{self, Role};
use crate::paper::Paper;
use crate::rng::Rng;

/// The container.
pub static CONTAINER: Container = Container {
    name: "text-torn",
    family: Family::Spaces,
    extension: "txt",
    lossy: true,
    counts: true,
    render,
};

fn render(paper: &Paper, faults: &Faults, rng: &mut Rng) -> anyhow::Result<Vec<u8>> {
    let page = text::page(paper, Marks::None, "\n", &|sheet| {
        let grid = layout::whole(sheet, faults);
        let part = |data: bool| {
            let lines = grid.rows.iter().map(|row| {
                let cells = row
                    .iter()
                    .filter(|cell| (cell.role == Role::Data) == data && !cell.text.is_empty());
                cells
                    .map(|cell| cell.text.clone())
                    .collect::<Vec<_>>()
                    .join(if data { " " } else { "\n" })
            });
            lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
        };
        format!("{}\n{}", part(false), part(true))
    });
    Ok(encode::plain(&page, faults, rng))
}
