//! Any lines, marked and claimed at will: the sections stand in the order of the text, each one level below its parent.
#![no_main]

use libfuzzer_sys::fuzz_target;
use nianbao::document::{Block, Document, Origin, Paragraph};
use nianbao::tables::is_row_label;
use nianbao::outline::outline;
use nianbao::report::Section;

/// `#` marks a heading, `*` strong print and `|` a line that belongs to a table.
fn paragraph(index: usize, line: &str) -> (Block, bool) {
    let text = line.trim_start_matches('#');
    let level = (line.len() - text.len()).min(6) as u8;
    let (strong, claimed) = (text.starts_with('*'), text.starts_with('|'));
    let paragraph = Paragraph {
        text: text.trim_start_matches(['*', '|']).trim().into(),
        heading: (level > 0).then_some(level),
        strong,
        origin: Origin::text(index as u32 + 1, 1),
    };
    (Block::Paragraph(paragraph), claimed)
}

fn walk(sections: &[Section], level: u8, last: &mut u32, size: &mut usize) {
    for section in sections {
        assert_eq!(section.level, level);
        let Origin::Text { line, .. } = section.origin else {
            panic!("an origin that no paragraph had: {:?}", section.origin);
        };
        assert!(line > *last, "{} stands before what is above it", section.heading);
        *last = line;
        *size += section.heading.len() + section.text.lines().map(str::len).sum::<usize>();
        walk(&section.children, level + 1, last, size);
    }
}

fuzz_target!(|text: &str| {
    let (blocks, claimed): (Vec<Block>, Vec<bool>) = text
        .lines()
        .enumerate()
        .map(|(index, line)| paragraph(index, line))
        .unzip();
    let document = Document {
        blocks,
        ..Document::default()
    };
    let found = outline(&document, &claimed, &is_row_label);
    assert_eq!(found, outline(&document, &claimed, &is_row_label));
    let (mut last, mut size) = (0, 0);
    walk(&found.sections, 1, &mut last, &mut size);
    assert!(size <= text.len(), "the sections say more than the text");
});
