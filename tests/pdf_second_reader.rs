//! The text of our PDF reader held against that of an independent one, on every sample that it can read.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::fs;
use std::panic::{self, AssertUnwindSafe};
use std::path::Path;

use nianbao::{Block, Document, Hints};

/// How often each Chinese character and each digit occurs.
fn characters(text: &str) -> BTreeMap<char, usize> {
    let mut counts = BTreeMap::new();
    let written = |c: &char| c.is_ascii_digit() || ('\u{4e00}'..='\u{9fff}').contains(c);
    for c in text.chars().filter(written) {
        *counts.entry(c).or_default() += 1;
    }
    counts
}

/// What one text has and the other has not, character by character.
fn beyond(one: &BTreeMap<char, usize>, other: &BTreeMap<char, usize>) -> String {
    let more = one.iter().map(|(c, count)| {
        let known = other.get(c).copied().unwrap_or(0);
        c.to_string().repeat(count.saturating_sub(known))
    });
    more.collect()
}

fn text(document: &Document) -> String {
    let block = |block: &Block| match block {
        Block::Paragraph(paragraph) => paragraph.text.clone(),
        Block::Grid(grid) => grid.cells().iter().map(|cell| cell.text.as_str()).collect(),
    };
    document.blocks.iter().map(block).collect()
}

/// What the other reader makes of a file; nothing where it fails.
fn second(bytes: &[u8]) -> Option<String> {
    let read = AssertUnwindSafe(|| pdf_extract::extract_text_from_mem(bytes));
    panic::catch_unwind(read).ok()?.ok()
}

#[test]
fn a_second_reader_finds_the_same_characters() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut compared = Vec::new();
    for path in files.filter(|path| path.extension().is_some_and(|end| end == "pdf")) {
        let bytes = fs::read(&path).unwrap();
        let Some(other) = second(&bytes) else { continue };
        let own = characters(&text(&nianbao::read(&bytes, &Hints::default()).unwrap()));
        let other = characters(&other);
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        assert_eq!(beyond(&own, &other), "", "{name}: read by us alone");
        // What a page repeats is left out: its number, the header of a table that goes on.
        let unknown: String = other.keys().filter(|c| !own.contains_key(c)).collect();
        assert_eq!(unknown, "", "{name}: left out by us");
        compared.push(name);
    }
    assert!(compared.len() >= 2, "read by both: {compared:?}");
}
