//! Lines put together to the paragraphs that sentences run through.
//!
//! A text that was wrapped at a width has each line as a paragraph of its own, so that a sentence loses its year, its body or half a
//! number with the line before. Invariant: lines are joined only behind one without the end of a sentence that is no heading, and only
//! where the document has a width which that line reaches, or the break itself says so: behind a comma, before a number, inside prose.

use crate::document::{Block, Document, Origin, Paragraph};
use crate::text::label::split_ordinal;
use crate::text::normalize::fold;
use crate::text::quantity::quantity_at;

/// Marks before the items of a list.
pub const BULLETS: &[char] = &[
    '-', '—', '–', '•', '·', '●', '○', '■', '□', '◆', '◇', '▲', '►', '★', '☆', '*',
];

/// Narrowest and widest line of a wrapped text, in columns; a Chinese character has two.
const WIDTHS: std::ops::RangeInclusive<usize> = 40..=160;
/// How much shorter a full line may be: punctuation and numbers move to the next one whole.
const SLACK: usize = 8;
/// How much longer a first line may be than those below it, which hang.
const HANGING: usize = 16;
/// Lines that break at one width before it is that of the text.
const ENOUGH: usize = 3;

/// A paragraph as sentences run through it.
pub struct Running<'a> {
    pub text: String,
    /// Whether it is set as a heading.
    pub marked: bool,
    /// Whether it may be the rest of the one before it, which has no end.
    pub may_continue: bool,
    /// The block of its first line.
    pub block: usize,
    /// The place of its first line, and those of the others with the bytes at which they begin.
    first: &'a Origin,
    others: Vec<(usize, &'a Origin)>,
}

impl<'a> Running<'a> {
    fn new(paragraph: &'a Paragraph, block: usize, may_continue: bool) -> Self {
        Running {
            may_continue,
            block,
            text: paragraph.text.clone(),
            marked: is_marked(paragraph),
            first: &paragraph.origin,
            others: Vec::new(),
        }
    }

    fn add(&mut self, paragraph: &'a Paragraph) {
        self.others.push((self.text.len(), &paragraph.origin));
        self.text.push_str(&paragraph.text);
    }

    /// Its lines.
    pub fn lines(&self) -> impl Iterator<Item = &str> {
        let starts = std::iter::once(0).chain(self.others.iter().map(|(start, _)| *start));
        let ends = self.others.iter().map(|(start, _)| *start).chain([self.text.len()]);
        starts.zip(ends).map(|(start, end)| &self.text[start..end])
    }

    /// The place of the line in which a byte stands.
    pub fn origin(&self, byte: usize) -> &'a Origin {
        let before = self.others.iter().rev().find(|(start, _)| *start <= byte);
        before.map_or(self.first, |(_, origin)| *origin)
    }
}

/// The paragraphs of a document that belong to no table, wrapped lines joined.
pub fn running<'a>(document: &'a Document, claimed: &[bool]) -> Vec<Running<'a>> {
    let width = width(document, claimed);
    let mut found: Vec<Running> = Vec::new();
    let mut before: Option<&Paragraph> = None;
    for (index, block) in document.blocks.iter().enumerate() {
        let Block::Paragraph(paragraph) = block else {
            before = None;
            continue;
        };
        if is_claimed(claimed, index) {
            before = None;
            continue;
        }
        let open = before.filter(|before| is_open(before) && may_follow(paragraph));
        match found.last_mut() {
            Some(running) if open.is_some_and(|before| continues(before, paragraph, width)) => running.add(paragraph),
            _ => found.push(Running::new(paragraph, index, open.is_some())),
        }
        before = Some(paragraph);
    }
    found
}

/// Whether a paragraph is the rest of the open one before it: the text has a width and that one reaches it, breaks behind a comma or
/// before a number, or both are prose or pieces of one paragraph.
fn continues(before: &Paragraph, paragraph: &Paragraph, width: Option<usize>) -> bool {
    let is_prose = |paragraph: &Paragraph| paragraph.text.contains(['，', '。']);
    // Pieces of one paragraph have one place in the tree.
    let one_place = matches!(before.origin, Origin::Path(_)) && before.origin == paragraph.origin;
    width.is_some_and(|width| is_full(before, width))
        || before.text.trim_end().ends_with(['，', ',', '、'])
        || paragraph
            .text
            .trim_start()
            .starts_with(['，', '、', '；', '。', '）', '”', '》'])
        || is_prose(before) && is_prose(paragraph)
        || one_place
        || is_cut_before_number(before, paragraph)
}

fn is_claimed(claimed: &[bool], index: usize) -> bool {
    claimed.get(index).copied().unwrap_or(false)
}

/// The width at which the lines of a document break, if it has one.
fn width(document: &Document, claimed: &[bool]) -> Option<usize> {
    let lines = || {
        let blocks = document.blocks.iter().enumerate();
        blocks.filter_map(|(index, block)| match block {
            Block::Paragraph(paragraph) if !is_claimed(claimed, index) => Some(paragraph),
            _ => None,
        })
    };
    let open = lines().filter(|line| is_open(line)).map(|line| columns(&line.text));
    let mut open: Vec<usize> = open.filter(|width| WIDTHS.contains(width)).collect();
    open.sort_unstable();
    let up_to = |width: usize| open.partition_point(|other| *other <= width);
    let reaching = |width: usize| up_to(width) - up_to(width - SLACK - 1);
    let (count, width) = open.iter().map(|&width| (reaching(width), width)).max()?;
    let longer = lines().filter(|line| columns(&line.text) > width + HANGING && line.text.contains('。'));
    (count >= ENOUGH && longer.count() < count).then_some(width)
}

fn is_full(paragraph: &Paragraph, width: usize) -> bool {
    is_open(paragraph) && (width - SLACK..=width + HANGING).contains(&columns(&paragraph.text))
}

/// Whether a paragraph is no heading and has no end of a sentence.
fn is_open(paragraph: &Paragraph) -> bool {
    let ended = ['。', '！', '？', '；', '：', ';', ':', '!', '?', '…', '”', '|'];
    let heading = is_numbered(paragraph) && !paragraph.text.contains(['，', '。', '；', '：']);
    !is_marked(paragraph) && !heading && !paragraph.text.ends_with(ended)
}

/// Whether a paragraph begins with a number and its measure word, as no sentence does, behind running text without an end:
/// `2022年，我局主动公开政府信息` and `412条，其中…`. Labels and numbers on lines of their own have no comma.
fn is_cut_before_number(before: &Paragraph, paragraph: &Paragraph) -> bool {
    let text = paragraph.text.trim_start();
    let is_number = text.starts_with(|c: char| c.is_numeric() || matches!(c, '０'..='９'));
    is_number && before.text.contains(['，', '。', '年']) && quantity_at(&fold(text), 0).is_some()
}

fn may_follow(paragraph: &Paragraph) -> bool {
    !is_marked(paragraph) && !is_numbered(paragraph) && !paragraph.text.trim_start().starts_with(BULLETS)
}

fn is_numbered(paragraph: &Paragraph) -> bool {
    split_ordinal(&paragraph.text).0.is_some()
}

fn is_marked(paragraph: &Paragraph) -> bool {
    paragraph.strong || paragraph.heading.is_some()
}

/// The columns that a text takes.
fn columns(text: &str) -> usize {
    text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum()
}
