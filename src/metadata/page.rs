//! A document as lines of text, each with its place: what stands at the front, and where the body of the report begins.

use std::ops::Range;

use super::grammar;
use super::lines;
use crate::document::{Block, Document, GridKind, Origin};
use crate::forms;
use crate::outline::{self, Running};
use crate::text::label::{Label, OrdinalStyle, split_ordinal};

/// Lines at the start that may hold title, dates and numbers.
const FRONT: usize = 40;
/// Characters that a sentence of the preface has at least.
const SENTENCE: usize = 20;
/// Longest line that is looked at, in bytes: no sentence about a report is longer.
const LONGEST: usize = 16_000;

/// A line of text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line<'a> {
    /// As printed, trimmed.
    pub text: &'a str,
    /// Where it stands.
    pub origin: &'a Origin,
    /// Index of its block in the document.
    pub block: usize,
}

/// The lines of a document.
pub(super) struct Page<'a> {
    pub document: &'a Document,
    pub lines: Vec<Line<'a>>,
    /// How many of the lines are the front.
    front: usize,
    /// How many of them stand before the first heading.
    pub before_heading: usize,
    /// How many of those stand before the first sentence on the report.
    pub before_sentence: usize,
}

impl<'a> Page<'a> {
    pub fn new(document: &'a Document) -> Self {
        let lines: Vec<Line<'a>> = document
            .blocks
            .iter()
            .enumerate()
            .flat_map(|(block, content)| lines_of(block, content))
            .filter(|line| line.text.len() <= LONGEST)
            .collect();
        let front = lines.len().min(FRONT);
        let heading = lines[..front].iter().position(|line| is_first_heading(line.text));
        let before_heading = heading.unwrap_or(front);
        let sentence = lines[..before_heading].iter().position(|line| is_sentence(line.text));
        Page {
            document,
            front,
            before_heading,
            before_sentence: sentence.unwrap_or(before_heading),
            lines,
        }
    }

    /// The lines at the start.
    pub fn front(&self) -> &[Line<'a>] {
        &self.lines[..self.front]
    }

    /// The lines at the start, those that the width of the text broke put together; what `begins` with is set apart.
    pub fn front_running(&self, begins: impl Fn(&str) -> bool) -> Vec<(String, &'a Origin)> {
        let set_apart = |line: &str| {
            if begins(line) {
                format!(" {line}")
            } else {
                line.to_owned()
            }
        };
        self.running_lines(
            0..self.front,
            |_| false,
            |running| running.lines().map(set_apart).collect(),
        )
    }

    /// The texts of lines as sentences run through them, without those that are `left_out`.
    pub fn running(&self, lines: Range<usize>, left_out: impl Fn(usize) -> bool) -> Vec<(String, &'a Origin)> {
        self.running_lines(lines, left_out, |running| running.text.clone())
    }

    fn running_lines(
        &self,
        lines: Range<usize>,
        left_out: impl Fn(usize) -> bool,
        text: impl Fn(&Running) -> String,
    ) -> Vec<(String, &'a Origin)> {
        let mut claimed = vec![true; self.document.blocks.len()];
        let mut found = Vec::new();
        for at in lines.filter(|at| !left_out(*at)) {
            let line = self.lines[at];
            match self.document.blocks[line.block] {
                Block::Paragraph(_) => claimed[line.block] = false,
                Block::Grid(_) => found.push((line.block, line.text.to_owned(), line.origin)),
            }
        }
        let running = outline::running(self.document, &claimed).into_iter();
        found.extend(running.map(|running| (running.block, text(&running).trim().to_owned(), running.origin(0))));
        found.sort_by_key(|(block, ..)| *block);
        found.into_iter().map(|(_, text, origin)| (text, origin)).collect()
    }

    /// The last lines, as many as that.
    pub fn back(&self, count: usize) -> &[Line<'a>] {
        &self.lines[self.lines.len().saturating_sub(count)..]
    }

    /// Whether a table of a form stands before a line.
    pub fn has_table_before(&self, line: usize) -> bool {
        let block = |line: usize| self.lines.get(line).map_or(0, |line| line.block);
        let between = self.document.blocks.get(block(self.before_heading)..block(line));
        between.is_some_and(|blocks| blocks.iter().any(is_of_form))
    }

    /// The blocks before the body of the report that are tables of something else.
    pub fn front_blocks(&self) -> &'a [Block] {
        let end = self.lines.get(self.before_heading).map(|line| line.block);
        let end = end.unwrap_or(self.document.blocks.len());
        let blocks = &self.document.blocks[..end];
        &blocks[..blocks.iter().position(is_of_form).unwrap_or(end).min(FRONT)]
    }
}

/// The block where another report begins in the same file: a full title behind the first heading that `differs` from the report's own,
/// and a report behind it. Links to reports of other years stand between sections, and below the text.
pub(super) fn other_title(document: &Document, differs: impl Fn(&grammar::Title) -> bool) -> Option<usize> {
    let text = |index: usize| match document.blocks.get(index) {
        Some(Block::Paragraph(paragraph)) => paragraph.text.as_str(),
        _ => "",
    };
    let start = (0..document.blocks.len()).find(|index| is_first_heading(text(*index)))?;
    let mut titles = (start..document.blocks.len())
        .filter(|index| {
            let title = lines::at(text(*index), text(index + 1)).filter(grammar::Title::is_full);
            title.is_some_and(|title| differs(&title))
        })
        .peekable();
    titles.peek()?;
    let numbers: Vec<(usize, u32)> = (start..document.blocks.len())
        .filter_map(|index| Some((index, main_number(text(index))?)))
        .collect();
    let last = document.blocks.iter().rposition(is_of_report)?;
    titles.find(|title| {
        let behind = numbers.partition_point(|(index, _)| index <= title);
        let before = behind.checked_sub(1).map(|before| numbers[before].1);
        match numbers.get(behind) {
            Some((_, next)) => before.is_none_or(|before| *next != before + 1),
            None => *title < last,
        }
    })
}

/// The number of a main heading: 二、….
fn main_number(line: &str) -> Option<u32> {
    let ordinal = split_ordinal(line).0?;
    (ordinal.style == OrdinalStyle::Han).then_some(ordinal.value)
}

/// Whether a block is a table of a form, a heading of a main section or a sentence on what was made public.
fn is_of_report(block: &Block) -> bool {
    match block {
        Block::Paragraph(paragraph) => forms::is_section_heading(&paragraph.text) || is_sentence(&paragraph.text),
        Block::Grid(_) => is_of_form(block),
    }
}

/// `一、…`, the first main heading of most reports, or the heading of a main section without a number.
fn is_first_heading(line: &str) -> bool {
    main_number(line) == Some(1) || forms::is_section_heading(line)
}

/// A sentence of the preface, which stands behind the title.
fn is_sentence(line: &str) -> bool {
    line.contains('。') && line.contains("公开") && line.chars().nth(SENTENCE).is_some()
}

/// The lines of a block: a paragraph, or what stands alone in a row of text, as the title does where a page's layout became a table.
fn lines_of(block: usize, content: &Block) -> Vec<Line<'_>> {
    match content {
        Block::Paragraph(paragraph) => vec![Line {
            text: paragraph.text.trim(),
            origin: &paragraph.origin,
            block,
        }],
        Block::Grid(grid) if grid.kind() == GridKind::Delimited => {
            let alone = |row: usize| {
                let mut cells = grid.row(row).filter(|cell| !cell.text.trim().is_empty());
                let only = cells.next().filter(|_| cells.next().is_none())?;
                Some(Line {
                    text: only.text.trim(),
                    origin: &only.origin,
                    block,
                })
            };
            (0..grid.rows()).filter_map(alone).collect()
        }
        Block::Grid(_) => Vec::new(),
    }
}

/// Whether a block is a table of the form; the one with the index number often stands before a title.
fn is_of_form(block: &Block) -> bool {
    let Block::Grid(grid) = block else { return false };
    grid.cells()
        .iter()
        .any(|cell| forms::is_column(&Label::parse(&cell.text)))
}
