//! Plain text and Markdown: every Chinese character of the text is somewhere in the document.
#![no_main]

use libfuzzer_sys::fuzz_target;
use nianbao::document::Block;
use nianbao_fuzz::{named, read_twice};

fn chinese(text: &str) -> usize {
    text.chars().filter(|c| ('\u{4e00}'..='\u{9fff}').contains(c)).count()
}

fuzz_target!(|text: &str| {
    // A page or a PDF is not read as text, whatever its name.
    if text.contains('<') || text.contains("%PDF-") {
        return;
    }
    let Some(document) = read_twice(text.as_bytes(), &named("report.md")) else {
        return;
    };
    let blocks = document.blocks.iter().map(|block| match block {
        Block::Paragraph(paragraph) => chinese(&paragraph.text),
        Block::Grid(grid) => grid.cells().iter().map(|cell| chinese(&cell.text)).sum(),
    });
    let properties = document.properties.iter().map(|p| chinese(&p.name) + chinese(&p.value));
    assert!(blocks.chain(properties).sum::<usize>() >= chinese(text));
});
