//! Reports on pages: where each line and rule stands, for whatever file holds pages.
//!
//! The seed chooses where the first page begins, so that the page ends cut the tables everywhere.

mod flow;
mod table;

pub use self::flow::{HEIGHT, MARGIN, Mark, Page, WIDTH, width};

use self::flow::{Align, BOTTOM, Flow, TEXT_WIDTH};
use crate::faults::Faults;
use crate::layout;
use crate::paper::{Block, Paper, heading_lines};
use crate::rng::Rng;

/// The pages of a paper.
pub fn pages(paper: &Paper, faults: &Faults, rng: &mut Rng) -> Vec<Page> {
    let mut flow = Flow::new(MARGIN + rng.range(0, 200) as f64);
    paper
        .title
        .iter()
        .for_each(|line| flow.paragraph(line, 18.0, Align::Centre));
    flow.y += 12.0;
    paper.blocks.iter().for_each(|block| block_on(&mut flow, block, faults));
    number_pages(&mut flow, rng.pick::<&str>(&["— {} —", "-{}-", "{}", "第{}页"]));
    flow.pages
}

fn block_on(flow: &mut Flow, block: &Block, faults: &Faults) {
    match block {
        Block::Title(lines) => {
            flow.turn();
            lines.iter().for_each(|line| flow.paragraph(line, 18.0, Align::Centre));
        }
        Block::Heading {
            number,
            text,
            broken_at,
            ..
        } => {
            for line in heading_lines(number, text, *broken_at) {
                flow.paragraph(&line, 12.0, Align::Left);
            }
        }
        Block::RunIn { head, rest } => flow.paragraph(&format!("{head}{rest}"), 12.0, Align::Left),
        Block::Paragraph(text) => flow.paragraph(text, 12.0, Align::Left),
        Block::Closing(text) => flow.paragraph(text, 12.0, Align::Right),
        Block::Table(sheet) => table::draw(flow, &layout::whole(sheet, faults), faults),
    }
}

fn number_pages(flow: &mut Flow, pattern: &str) {
    let pages = std::mem::take(&mut flow.pages);
    for (at, page) in pages.into_iter().enumerate() {
        flow.pages.push(page);
        let text = pattern.replace("{}", &(at + 1).to_string());
        let x = MARGIN + (TEXT_WIDTH - width(&text, 9.0)) / 2.0;
        flow.text(x, BOTTOM + 36.0, 9.0, &text);
    }
}
