//! Paragraphs that were saved line by line, as old editors, mail programs, terminal browsers and `pdftotext` break them.
//!
//! Lines broken at one width show it: nearly none is wider, and most of those that are about as wide end in the middle of a sentence.
//! Invariant: where a document does not show such a width nothing is joined, and joining adds or drops no printed character.

use unicode_width::UnicodeWidthChar;

use crate::document::{Block, Paragraph};
use crate::forms;
use crate::text::label::split_ordinal;
use crate::text::normalize::fold;

/// The narrowest and the widest page on which lines of running text are broken, in columns of a screen, of which a Chinese character
/// takes two. Narrower lines are also those of lists.
const NARROWEST: usize = 50;
const WIDEST: usize = 160;
/// How much of the width a full line has: programs break by characters, by columns, or by the widths of a font.
const FULL: f64 = 0.86;
/// Fewest full lines that show a width.
const LINES: usize = 3;
/// An ordinal with its brackets and its mark has no more characters.
const LONGEST_ORDINAL: usize = 8;

/// Joins the lines of each paragraph of a document that was saved line by line.
pub(super) fn join(blocks: &mut Vec<Block>) {
    let Some(widest) = width_of_lines(blocks) else { return };
    let mut joined: Vec<Block> = Vec::with_capacity(blocks.len());
    // How wide the last line of the last paragraph is.
    let mut last = 0;
    for block in blocks.drain(..) {
        let width = match &block {
            Block::Paragraph(line) => width(&line.text),
            Block::Grid(_) => 0,
        };
        match (joined.last_mut(), block) {
            (Some(Block::Paragraph(before)), Block::Paragraph(line)) if continues(before, last, &line, widest) => {
                let is_letter = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphabetic());
                if is_letter(before.text.chars().next_back()) && is_letter(line.text.chars().next()) {
                    before.text.push(' ');
                }
                before.text.push_str(&line.text);
            }
            (_, block) => joined.push(block),
        }
        last = width;
    }
    *blocks = joined;
}

/// The width at which the lines of a document were broken, if it shows one.
fn width_of_lines(blocks: &[Block]) -> Option<usize> {
    let mut lines: Vec<Vec<&str>> = vec![Vec::new(); WIDEST + 1];
    let mut longer = 0;
    for block in blocks {
        let Block::Paragraph(Paragraph {
            text, heading: None, ..
        }) = block
        else {
            continue;
        };
        if is_row(text) {
            continue;
        }
        match lines.get_mut(width(text)) {
            Some(lines) => lines.push(text),
            None => longer += 1,
        }
    }
    let full = |width: usize| lines[least(width)..=width].iter().flatten();
    let widths = (NARROWEST..=WIDEST).filter(|width| !lines[*width].is_empty());
    let widest = widths.max_by_key(|width| (full(*width).count(), *width))?;
    let count = full(widest).count();
    let wider = lines[widest + 1..].iter().flatten().count() + longer;
    let open = full(widest).filter(|line| !is_ended(line)).count();
    let prose = full(widest)
        .filter(|line| line.contains(['，', '、', '。', '；']))
        .count();
    (count >= LINES && wider * 4 <= count && open * 2 >= count && prose * 2 >= count).then_some(widest)
}

/// The width from which a line is full.
fn least(widest: usize) -> usize {
    (FULL * widest as f64) as usize
}

/// Whether a line goes on with the paragraph whose last line is so wide.
fn continues(before: &Paragraph, last: usize, line: &Paragraph, widest: usize) -> bool {
    let text = line.text.as_str();
    let head: String = text.chars().take(LONGEST_ORDINAL).collect();
    let begins = split_ordinal(&fold(&head)).0.is_some() || forms::is_section_heading(text);
    let is_heading = before.text.len() <= WIDEST * 3 && forms::is_section_heading(&before.text);
    let is_plain = before.heading.is_none() && line.heading.is_none() && before.strong == line.strong;
    is_plain
        && (least(widest)..=widest).contains(&last)
        && !is_ended(&before.text)
        && !is_row(text)
        && !begins
        && !is_heading
        && text.contains(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
}

/// Whether a line has the gaps of a table's row, which running text has not.
fn is_row(text: &str) -> bool {
    text.split_whitespace().nth(3).is_some()
}

/// Whether a line ends a sentence, or is a bracket from its begin to its end.
fn is_ended(text: &str) -> bool {
    let is_bracket = text.starts_with(['（', '(']) && text.ends_with(['）', ')']);
    is_bracket || text.ends_with(['。', '！', '？', '；', '：', '.', '!', '?', ';', ':'])
}

fn width(text: &str) -> usize {
    text.chars().map(columns).sum()
}

/// Columns of a screen as Chinese systems count them.
fn columns(c: char) -> usize {
    c.width_cjk().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Origin;

    fn joined(lines: &[&str]) -> Vec<String> {
        let paragraph = |text: &&str| {
            Block::Paragraph(Paragraph {
                text: (*text).into(),
                heading: None,
                strong: false,
                origin: Origin::text(1, 1),
            })
        };
        let mut blocks: Vec<Block> = lines.iter().map(paragraph).collect();
        join(&mut blocks);
        let texts = blocks.into_iter().map(|block| match block {
            Block::Paragraph(paragraph) => paragraph.text,
            Block::Grid(_) => String::new(),
        });
        texts.collect()
    }

    const PARAGRAPHS: [&str; 4] = [
        "一、总体情况",
        "2023年，我县坚持以人民为中心，持续推进政府信息公开各项工作。与之相比，上一年度即2022年，全县各级行政机关主动公开政府信息3200条，收到政府信息公开申请48件，予以公开30件，办结44件。2024年，我县将继续加大工作力度，力争主动公开政府信息5000条。",
        "自2008年5月1日条例施行以来，全县累计主动公开政府信息23120条，收到政府信息公开申请1203件。",
        "据统计，全县各乡镇人民政府和县政府各工作部门，包括县财政局、县教育局、县公安局等单位，共收到政府信息公开申请48件，其中县财政局收到政府信息公开申请12件，县教育局主动公开政府信息902条。",
    ];

    /// A paragraph in lines of some columns; a mark that would begin a line takes a character with it.
    fn wrap(text: &str, columns: usize) -> Vec<String> {
        let mut lines = vec![String::new()];
        for c in text.chars() {
            let full = |line: &String| width(line) + super::columns(c) > columns;
            let line = lines.last_mut().unwrap();
            if full(line) {
                let taken = if "，。、".contains(c) { line.pop() } else { None };
                lines.push(taken.into_iter().collect());
            }
            lines.last_mut().unwrap().push(c);
        }
        lines
    }

    #[test]
    fn lines_broken_at_one_width_are_the_paragraphs_that_they_were() {
        for columns in [72, 90] {
            let lines: Vec<String> = PARAGRAPHS.iter().flat_map(|text| wrap(text, columns)).collect();
            let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
            assert!(lines.len() > PARAGRAPHS.len() + 3);
            assert_eq!(joined(&lines), PARAGRAPHS, "{columns}");
        }
    }

    #[test]
    fn paragraphs_of_any_length_headings_and_rows_stay_what_they_are() {
        assert_eq!(joined(&PARAGRAPHS), PARAGRAPHS);
        let titles = ["青禾县人民政府办公室关于公布2023年政府信息公开工作年度报告的通知"; 5];
        assert_eq!(joined(&titles), titles);
        let lines: Vec<String> = PARAGRAPHS.iter().flat_map(|text| wrap(text, 72)).collect();
        let mut lines: Vec<&str> = lines.iter().map(String::as_str).collect();
        lines.insert(2, "12 3 5");
        lines.insert(4, "（二）予以公开");
        lines.insert(
            6,
            "一、本年新收政府信息公开申请数量，      12     3     5    8     9    2   39",
        );
        let found = joined(&lines);
        for line in ["12 3 5", "（二）予以公开", "一、本年"] {
            assert!(found.iter().any(|text| text.starts_with(line)), "{found:#?}");
        }
    }
}
