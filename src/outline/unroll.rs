//! Reports without line ends: the whole report as one line of text, or inside one cell of the page's layout.
//!
//! A text is cut at its main headings, which are told by their numbers in a row and by the wordings of the sections. Invariant: every
//! character stays, in its order; a text with fewer than three headings, or with sentences below one of them only, is left as it is.

use std::ops::Range;

use super::canonical;
use super::heading::value_of;
use crate::document::{Block, Document, Grid, Origin, Paragraph};
use crate::text::opening::begins_sentence;

/// So many main headings are an outline,
const FEWEST: usize = 3;
/// where sentences stand below so many of them.
const FEWEST_SAYING: usize = 2;
/// So many numbers may be left out between two headings.
const WIDEST_GAP: u32 = 1;
/// Most characters of a heading that goes over into text.
const LONGEST: usize = 40;
/// Most characters of a heading whose wording names no section.
const LONGEST_UNKNOWN: usize = 16;

/// The characters of the number of a heading; the longest is 二十一.
const NUMERALS: &str = "一二三四五六七八九十";
/// Most characters of such a number.
const DIGITS: usize = 3;

/// Cuts the texts of a document that hold several main sections.
pub fn unroll(document: &mut Document) {
    let blocks = std::mem::take(&mut document.blocks);
    document.blocks = blocks.into_iter().flat_map(unrolled).collect();
}

fn unrolled(block: Block) -> Vec<Block> {
    match &block {
        Block::Paragraph(paragraph) => lines(&paragraph.text, &paragraph.origin),
        Block::Grid(grid) => of_layout(grid),
    }
    .unwrap_or_else(|| vec![block])
}

/// The texts of a grid that only lays out a report, of which a cell holds several sections.
fn of_layout(grid: &Grid) -> Option<Vec<Block>> {
    let cut: Vec<_> = grid
        .cells()
        .iter()
        .map(|cell| (cell, lines(&cell.text, &cell.origin)))
        .collect();
    cut.iter().any(|(_, lines)| lines.is_some()).then(|| {
        let blocks = cut.into_iter().filter(|(cell, _)| !cell.text.trim().is_empty());
        blocks
            .flat_map(|(cell, lines)| lines.unwrap_or_else(|| vec![paragraph(cell.text.trim(), cell.origin.clone())]))
            .collect()
    })
}

fn paragraph(text: &str, origin: Origin) -> Block {
    Block::Paragraph(Paragraph {
        text: text.to_owned(),
        heading: None,
        strong: false,
        origin,
    })
}

/// The headings of a text and what stands between them, each as a paragraph.
fn lines(text: &str, origin: &Origin) -> Option<Vec<Block>> {
    let headings = outline(text);
    if headings.is_empty() {
        return None;
    }
    let mut borders: Vec<usize> = headings
        .iter()
        .flat_map(|heading| [heading.start, heading.end])
        .collect();
    borders.insert(0, 0);
    borders.push(text.len());
    let parts = borders.windows(2).map(|ends| (ends[0], &text[ends[0]..ends[1]]));
    let parts = parts.filter(|(_, part)| !part.trim().is_empty());
    Some(
        parts
            .map(|(start, part)| paragraph(part.trim(), place(origin, &text[..start])))
            .collect(),
    )
}

/// The place of a part of a text, behind what stands before it.
fn place(origin: &Origin, before: &str) -> Origin {
    match origin {
        Origin::Text { line, column } => Origin::Text {
            line: *line,
            column: *column + before.chars().count() as u32,
        },
        other => other.clone(),
    }
}

struct Heading {
    value: u32,
    start: usize,
    end: usize,
    /// Whether its wording names a section.
    known: bool,
}

/// The row of headings with the numbers one, two, three that most sentences stand below: neither a list of contents nor a table has any.
fn outline(text: &str) -> Vec<Heading> {
    // Most paragraphs have few numbers or none, which is cheap to see.
    if numbers(text).nth(FEWEST - 1).is_none() {
        return Vec::new();
    }
    let mut rows: Vec<Vec<Heading>> = Vec::new();
    for heading in headings(text) {
        if heading.known
            && let Some(row) = rows.last_mut()
        {
            give_way(row, heading.value);
        }
        match rows.last_mut() {
            Some(row) if goes_on(row, &heading, text) => row.push(heading),
            _ if heading.known && heading.value == 1 => rows.push(vec![heading]),
            _ => {}
        }
    }
    for row in &mut rows {
        let known = row.iter().rposition(|heading| heading.known);
        row.truncate(known.map_or(0, |last| last + 1));
    }
    let says = |row: &Vec<Heading>| {
        let ends = row.iter().skip(1).map(|next| next.start).chain([text.len()]);
        let below = row.iter().zip(ends).map(|(heading, end)| &text[heading.end..end]);
        below.filter(|below| says_something(below)).count()
    };
    let row = rows
        .into_iter()
        .filter(|row| row.len() >= FEWEST && says(row) >= FEWEST_SAYING);
    row.max_by_key(says).unwrap_or_default()
}

/// Headings of unknown wording give way to a known one with their number.
fn give_way(row: &mut Vec<Heading>, value: u32) {
    while row.last().is_some_and(|last| !last.known && last.value >= value) {
        row.pop();
    }
}

/// Whether a heading follows the last one of a row: one of unknown wording has the next number; before a known one a number may be
/// left out, or be printed twice with text between.
fn goes_on(row: &[Heading], heading: &Heading, text: &str) -> bool {
    row.last()
        .is_some_and(|last| match heading.value.checked_sub(last.value) {
            Some(1) => true,
            Some(0) => heading.known && says_something(&text[last.end..heading.start]),
            Some(step) => heading.known && step <= 1 + WIDEST_GAP,
            None => false,
        })
}

/// Whether a sentence stands in a text.
fn says_something(text: &str) -> bool {
    text.trim_start_matches(|c: char| !c.is_alphanumeric()).contains('。')
}

fn headings(text: &str) -> impl Iterator<Item = Heading> {
    numbers(text).filter_map(|(place, number)| {
        let body = &text[place.end..];
        let (length, known) = match wording(body) {
            Some(length) => (length, true),
            None => (unknown_wording(body)?, false),
        };
        Some(Heading {
            value: value_of(number)?,
            start: place.start,
            end: place.end + length,
            known,
        })
    })
}

/// Chinese numbers with a mark behind them, with the place of number, mark and the spaces that follow: `三、 `.
fn numbers(text: &str) -> impl Iterator<Item = (Range<usize>, &str)> {
    text.match_indices(['、', '.', '．']).filter_map(|(mark, sign)| {
        let before = text[..mark].char_indices().rev().take(DIGITS);
        let (start, _) = before.take_while(|(_, c)| NUMERALS.contains(*c)).last()?;
        let behind = text[mark + sign.len()..].trim_start();
        Some((start..text.len() - behind.len(), &text[start..mark]))
    })
}

/// The length of the heading that a text begins with.
fn wording(text: &str) -> Option<usize> {
    let ends = text.char_indices().map(|(at, c)| (at + c.len_utf8(), c)).take(LONGEST);
    let exact = |(end, c): &(usize, char)| c.is_alphanumeric() && canonical::exact(&text[..*end]).is_some();
    let known = ends.filter(exact).map(|(end, _)| end).last();
    let breaks = |c: char| c.is_whitespace() || "。，；：,;:（([".contains(c);
    let word = text.find(breaks).unwrap_or(text.len());
    let word = run_in(&text[..word]).unwrap_or(word);
    let is_named = !canonical::named(&text[..word]).is_empty();
    match known {
        Some(end) if is_named => Some(end.max(word)),
        None if is_named => Some(word),
        known => known,
    }
}

/// Where the heading ends that a text without marks begins with: 依申请公开工作情况2012年全县共收到….
fn run_in(text: &str) -> Option<usize> {
    let ends = text.char_indices().map(|(at, c)| at + c.len_utf8()).take(LONGEST);
    ends.filter(|end| *end < text.len())
        .find(|end| canonical::ends_like_heading(&text[..*end]) && begins_sentence(&text[*end..]))
}

/// The length of a short heading of other wording, such as 审批事项及处理情况, that a space or a mark ends.
fn unknown_wording(text: &str) -> Option<usize> {
    let word = text.find(|c: char| c.is_whitespace() || "。：:（(［[".contains(c))?;
    let short = text[..word].chars().count() <= LONGEST_UNKNOWN;
    let clean = !text[..word].contains(['，', '；', ',', ';']);
    (short && clean && text[..word].ends_with("情况")).then_some(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<String> {
        let origin = Origin::Text { line: 1, column: 1 };
        let texts = lines(text, &origin).unwrap_or_default().into_iter();
        let text = |block| match block {
            Block::Paragraph(paragraph) => paragraph.text,
            Block::Grid(_) => String::new(),
        };
        texts.map(text).collect()
    }

    #[test]
    fn a_report_in_one_line_is_cut_at_its_headings() {
        assert_eq!(
            cut(
                "本报告由以下部分组成。一、 概述 我镇重视公开。二、主动公开政府信息情况（一）数量 公开3条。三、依申请公开政府信息和不予公开政府信息的情况 无。四、概述2018年以来。"
            ),
            [
                "本报告由以下部分组成。",
                "一、 概述",
                "我镇重视公开。",
                "二、主动公开政府信息情况",
                "（一）数量 公开3条。",
                "三、依申请公开政府信息和不予公开政府信息的情况",
                "无。",
                "四、概述",
                "2018年以来。"
            ]
        );
    }

    #[test]
    fn headings_without_marks_of_other_wording_and_with_numbers_left_out_are_cut() {
        assert_eq!(
            cut(
                "一、概述 […] 二、主动公开政府信息情况（一）数量 公开3条。三、依申请公开工作情况2012年全县共收到申请7条，答复3条。四、审批事项及处理情况 […] 六、存在的主要问题及改进措施 无。"
            ),
            [
                "一、概述",
                "[…]",
                "二、主动公开政府信息情况",
                "（一）数量 公开3条。",
                "三、依申请公开工作情况",
                "2012年全县共收到申请7条，答复3条。",
                "四、审批事项及处理情况",
                "[…]",
                "六、存在的主要问题及改进措施",
                "无。"
            ]
        );
    }

    #[test]
    fn a_number_printed_twice_with_text_between_is_a_heading_again() {
        let parts = cut("一、引言 本报告如下。一、概述 我局重视公开。三、主动公开政府信息情况 公开3条。");
        assert_eq!(parts.len(), 6, "{parts:?}");
    }

    #[test]
    fn points_inside_a_section_give_way_to_its_headings() {
        let parts = cut(
            "一、概述 做好三项工作：二、培训情况：好。三、检查情况：好。二、主动公开情况 公开3条。三、依申请公开情况 无。",
        );
        assert!(parts.contains(&"二、主动公开情况".to_owned()), "{parts:?}");
    }

    #[test]
    fn a_list_of_contents_is_no_outline() {
        assert!(cut("一、概述。二、主动公开情况。三、依申请公开情况。").is_empty());
    }

    #[test]
    fn a_text_of_a_section_that_counts_its_points_stays_whole() {
        assert!(cut("主要做了三件事：一、加强领导。二、主动公开更多。三、完善问题台账。").is_empty());
        assert!(cut("一、概述 好。二、主动公开情况 好。").is_empty());
        assert!(cut("一、主动公开情况 —— 二、回应解读情况 —— 三、依申请公开情况 —— （一）收到申请数 件 3").is_empty());
    }
}
