//! Reports as PDF files of our own writing.
//!
//! The containers differ in how the text is coded; the seed chooses how the lines are drawn and where the first page begins, so
//! that the page ends cut the tables everywhere.

mod file;
mod flow;
mod table;

use anyhow::Result;

use self::file::Coding;
use self::flow::{Align, BOTTOM, Flow, MARGIN, Rule, TEXT_WIDTH, width};
use super::{Container, Family};
use crate::faults::Faults;
use crate::layout;
use crate::paper::{Block, Paper};
use crate::rng::Rng;

/// Text in GBK, font not embedded.
pub static GBK: Container = Container {
    name: "pdf-gbk",
    family: Family::Pdf,
    extension: "pdf",
    lossy: false,
    counts: false,
    render: |paper, faults, rng| render(paper, faults, rng, Coding::Gbk),
};

/// Text in UTF-16, font not embedded.
pub static UCS2: Container = Container {
    name: "pdf-ucs2",
    family: Family::Pdf,
    extension: "pdf",
    lossy: false,
    counts: false,
    render: |paper, faults, rng| render(paper, faults, rng, Coding::Ucs2),
};

/// Text in GBK, in a simple TrueType font that is not embedded.
pub static SIMPLE: Container = Container {
    name: "pdf-simple-gbk",
    family: Family::Pdf,
    extension: "pdf",
    lossy: false,
    counts: false,
    render: |paper, faults, rng| render(paper, faults, rng, Coding::Simple),
};

fn render(paper: &Paper, faults: &Faults, rng: &mut Rng, coding: Coding) -> Result<Vec<u8>> {
    let rule = *rng.pick(&[Rule::Stroke, Rule::Filled, Rule::Double]);
    let mut flow = Flow::new(coding, rule, MARGIN + rng.range(0, 200) as f64);
    for line in &paper.title {
        flow.paragraph(line, 18.0, Align::Centre)?;
    }
    flow.y += 12.0;
    for block in &paper.blocks {
        block_on(&mut flow, block, faults)?;
    }
    number_pages(&mut flow, rng.pick::<&str>(&["— {} —", "-{}-", "{}", "第{}页"]))?;
    let font = rng.pick(&["SimSun", "FangSong_GB2312", "STSong-Light"]);
    Ok(file::write(&flow.pages, coding, font))
}

fn block_on(flow: &mut Flow, block: &Block, faults: &Faults) -> Result<()> {
    match block {
        Block::Title(lines) => {
            flow.turn();
            lines
                .iter()
                .try_for_each(|line| flow.paragraph(line, 18.0, Align::Centre))
        }
        Block::Heading {
            number,
            text,
            broken_at,
            ..
        } => {
            let whole: Vec<char> = number.chars().chain(text.chars()).collect();
            let at = broken_at.unwrap_or(whole.len());
            flow.paragraph(&whole[..at].iter().collect::<String>(), 12.0, Align::Left)?;
            if at < whole.len() {
                flow.paragraph(&whole[at..].iter().collect::<String>(), 12.0, Align::Left)?;
            }
            Ok(())
        }
        Block::RunIn { head, rest } => flow.paragraph(&format!("{head}{rest}"), 12.0, Align::Left),
        Block::Paragraph(text) => flow.paragraph(text, 12.0, Align::Left),
        Block::Closing(text) => flow.paragraph(text, 12.0, Align::Right),
        Block::Table(sheet) => table::draw(flow, &layout::whole(sheet, faults), faults),
    }
}

fn number_pages(flow: &mut Flow, pattern: &str) -> Result<()> {
    let pages = std::mem::take(&mut flow.pages);
    for (at, page) in pages.into_iter().enumerate() {
        flow.pages.push(page);
        let text = pattern.replace("{}", &(at + 1).to_string());
        let x = MARGIN + (TEXT_WIDTH - width(&text, 9.0)) / 2.0;
        flow.text(x, BOTTOM + 36.0, 9.0, &text)?;
    }
    Ok(())
}
