//! Lines put together to the paragraphs that sentences run through.
//!
//! A text that was wrapped at a width has each line as a paragraph of its own, so that a sentence loses its year, its body or half a
//! number with the line before. Invariant: lines are joined only where the first one ends within a sentence: it ends with a comma, the next
//! begins with one or with the measure word of its number, or the document has a width at which its lines break and it reaches that. Where
//! a line may end within a sentence and nothing shows that it does, the next one is marked.

use crate::document::{Block, Document, Origin, Paragraph};
use crate::text::label::split_ordinal;
use crate::text::normalize::fold;

/// Narrowest and widest line of a wrapped text, in columns; a Chinese character has two.
const WIDTHS: std::ops::RangeInclusive<usize> = 40..=160;
/// How much shorter a full line may be: punctuation and numbers move to the next one whole.
const SLACK: usize = 8;
/// How much longer a first line may be than those below it, which hang.
const HANGING: usize = 16;
/// Lines that break at one width before it is that of the text.
const ENOUGH: usize = 3;

/// Longest number of a heading, with what stands behind it.
const LONGEST_ORDINAL: usize = 8;
/// What a line never begins with that begins a sentence.
const WITHIN: &[&str] = &[
    "，", "。", "；", "、", "：", "）", ",", ";", ")", "以上", "以下", "左右", "余", "多条", "多件", "被", "的",
];
/// Measure words behind the digits of a number, and those of dates.
const MEASURES: [char; 10] = ['件', '条', '份', '宗', '起', '例', '次', '年', '月', '日'];
/// How headings, titles and names end that stand above a text.
const ABOVE: &[&str] = &[
    "情况", "概述", "概况", "措施", "事项", "问题", "打算", "安排", "数量", "方式", "形式", "类别", "申请", "公开",
    "处理", "诉讼", "投诉", "内容", "报告", "年报", "目录", "附件", "总结", "改进", "工作", "导航", "首页", "前言",
];

/// A paragraph as sentences run through it.
pub(super) struct Running<'a> {
    pub text: String,
    /// Whether it is set as a heading.
    pub marked: bool,
    /// Whether its first sentence may have begun on the line before, with words that say of what time and whose it is.
    pub broken: bool,
    /// The place of its first line, and those of the others with the bytes at which they begin.
    first: &'a Origin,
    others: Vec<(usize, &'a Origin)>,
}

impl<'a> Running<'a> {
    fn new(paragraph: &'a Paragraph, broken: bool) -> Self {
        Running {
            text: paragraph.text.clone(),
            marked: is_marked(paragraph),
            broken,
            first: &paragraph.origin,
            others: Vec::new(),
        }
    }

    fn add(&mut self, paragraph: &'a Paragraph) {
        self.others.push((self.text.len(), &paragraph.origin));
        self.text.push_str(&paragraph.text);
    }

    /// The place of the line in which a byte stands.
    pub fn origin(&self, byte: usize) -> &'a Origin {
        let before = self.others.iter().rev().find(|(start, _)| *start <= byte);
        before.map_or(self.first, |(_, origin)| *origin)
    }
}

/// The paragraphs of a document that belong to no table, wrapped lines joined.
pub(super) fn running<'a>(document: &'a Document, claimed: &[bool]) -> Vec<Running<'a>> {
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
        let place = before.map_or(Line::Begins, |before| line_behind(before, paragraph, width));
        match found.last_mut().filter(|_| place == Line::Continues) {
            Some(running) => running.add(paragraph),
            None => found.push(Running::new(paragraph, place == Line::MayContinue)),
        }
        before = Some(paragraph);
    }
    found
}

/// What a line is to the one before it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Line {
    Begins,
    MayContinue,
    Continues,
}

fn line_behind(before: &Paragraph, line: &Paragraph, width: Option<usize>) -> Line {
    if is_marked(before) || !may_follow(line) {
        return Line::Begins;
    }
    let full = width.is_some_and(|width| is_full(before, width));
    let stops_within = before.text.ends_with(['，', ',', '、', '（', '(']);
    let prose = breaks_off(before) && before.text.contains('，');
    match () {
        () if full || stops_within || prose || begins_within(&before.text, &line.text) => Line::Continues,
        () if breaks_off(before) => Line::MayContinue,
        () => Line::Begins,
    }
}

/// Whether a line begins with what stands within a sentence: a comma, the measure word or the rest of a number, a number that is counted.
fn begins_within(before: &str, line: &str) -> bool {
    let digit = |c: char| c.is_ascii_digit() || ('０'..='９').contains(&c);
    let numeral = |c: char| digit(c) || "一二两三四五六七八九十百千".contains(c);
    let rest = line.trim_start_matches(digit);
    let date = |text: &str| text.ends_with(['年', '月']);
    match () {
        () if WITHIN.iter().any(|word| line.starts_with(word)) => true,
        () if rest.len() == line.len() => before.ends_with(numeral) && line.starts_with(MEASURES),
        () if before.ends_with(digit) => date(before.trim_end_matches(digit)) && rest.starts_with(MEASURES),
        () => before.ends_with(is_word) && rest.starts_with(&MEASURES[..7]),
    }
}

/// Whether a line has no end of a sentence and is neither a heading nor a title: 全县各乡镇.
fn breaks_off(line: &Paragraph) -> bool {
    let text = line.text.as_str();
    let label = text.contains(['：', ':', '|', '>', '】']);
    is_open(line)
        && !is_numbered(line)
        && !label
        && text.ends_with(is_word)
        && !text.ends_with(&MEASURES[..7])
        && !is_date(text)
        && !ABOVE.iter().any(|end| text.ends_with(end))
}

/// Whether a line is a year or a day alone.
fn is_date(line: &str) -> bool {
    line.chars()
        .all(|c| c.is_numeric() || c.is_whitespace() || "年月日度一二三四五六七八九十〇零○".contains(c))
}

/// Whether a character is one of a Chinese word.
fn is_word(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c)
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

fn may_follow(paragraph: &Paragraph) -> bool {
    !is_marked(paragraph) && !is_numbered(paragraph)
}

fn is_numbered(paragraph: &Paragraph) -> bool {
    let begin: String = paragraph.text.chars().take(LONGEST_ORDINAL).collect();
    split_ordinal(&fold(&begin)).0.is_some()
}

fn is_marked(paragraph: &Paragraph) -> bool {
    paragraph.strong || paragraph.heading.is_some()
}

/// The columns that a text takes.
fn columns(text: &str) -> usize {
    text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum()
}
