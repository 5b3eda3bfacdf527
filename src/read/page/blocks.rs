//! The pages of a document to its blocks: furniture out, tables over page breaks joined, lines to paragraphs.
//!
//! Invariant: blocks are in reading order, each with page and box on the page as displayed.

use kurbo::Rect;

use super::arrange::Page;
use super::item::{Item, Line};
use super::paragraph::{Measure, Text};
use super::table::Table;
use super::turned::Turned;
use super::{furniture, join};
use crate::document::{Block, Cell, Grid, GridBuilder, Origin, Paragraph};

/// What all pages of a document hold.
#[derive(Debug, Default)]
pub(crate) struct Blocks {
    /// Paragraphs and grids in reading order.
    pub blocks: Vec<Block>,
    /// How many page breaks inside tables were joined.
    pub joins: usize,
    /// Where tables begin that have more cells than a grid may have, and lost their last rows.
    pub cut: Vec<Origin>,
}

/// Blocks of all pages.
pub(crate) fn blocks(mut pages: Vec<Page>) -> Blocks {
    furniture::strip(&mut pages);
    let turned: Vec<Turned> = pages.iter().map(|page| page.turned).collect();
    let heights: Vec<f64> = turned.iter().map(Turned::height).collect();
    let items: Vec<Item> = pages.into_iter().flat_map(|page| page.items).collect();
    let (items, joins) = join::tables(items, &heights);
    let measure = Measure::of(items.iter().filter_map(|item| match item {
        Item::Line(line) => Some(line),
        Item::Table(_) => None,
    }));
    let (mut blocks, mut cut) = (Vec::new(), Vec::new());
    let mut open: Option<(Text, Line)> = None;
    let paragraph = |text: Text| {
        let origin = origin(&turned[text.page], text.page, text.bbox);
        let trimmed = text.text.trim();
        (!trimmed.is_empty()).then(|| {
            Block::Paragraph(Paragraph {
                text: trimmed.into(),
                heading: None,
                strong: text.bold,
                origin,
            })
        })
    };
    for item in items {
        match item {
            Item::Line(line) => match &mut open {
                Some((text, last)) if measure.continues(last, &line) => {
                    text.push(&line);
                    *last = line;
                }
                _ => {
                    let begun = Some((Text::new(&line), line));
                    blocks.extend(std::mem::replace(&mut open, begun).and_then(|(text, _)| paragraph(text)));
                }
            },
            Item::Table(table) => {
                blocks.extend(open.take().and_then(|(text, _)| paragraph(text)));
                let (grid, is_cut) = grid_of(table, &turned);
                cut.extend(is_cut.then(|| grid.origin().clone()));
                blocks.push(Block::Grid(grid));
            }
        }
    }
    blocks.extend(open.take().and_then(|(text, _)| paragraph(text)));
    Blocks { blocks, joins, cut }
}

fn grid_of(table: Table, turned: &[Turned]) -> (Grid, bool) {
    let mut builder = GridBuilder::new(table.kind, origin(&turned[table.page], table.page, table.bbox));
    for cell in table.cells {
        builder.cell(Cell {
            row: cell.slots.row,
            column: cell.slots.column,
            row_span: cell.slots.rows,
            column_span: cell.slots.columns,
            text: cell.text,
            origin: origin(&turned[cell.page], cell.page, cell.bbox),
        });
    }
    builder.build()
}

fn origin(turned: &Turned, page: usize, bbox: Rect) -> Origin {
    let bbox = turned.back(bbox);
    Origin::page(page as u32 + 1, [bbox.x0, bbox.y0, bbox.x1, bbox.y1])
}
