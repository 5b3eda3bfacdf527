//! Decides which paragraphs are headings: the main headings of the report, headings below them, table captions, or text.
//!
//! A paragraph is judged with its neighbours: the style that numbers the canonical headings numbers the main ones, whatever
//! stands between two parts of a table is its caption, and a numbering that starts again inside a section and is followed by
//! the section's successor was nested. Invariant: every block gets exactly one role.

use super::canonical;
use super::heading::{self, Head, Style};
use crate::document::{Block, Document, Origin, Paragraph};

/// What a block is to the outline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// Part of a table: a claimed block, a grid, a row label, a caption.
    Table,
    /// Running text.
    Text,
    /// The second line of a heading, already taken into the first.
    Joined,
    /// A heading below the main ones.
    Child,
    /// A main heading.
    Main,
}

/// One block.
pub(super) struct Line<'a> {
    pub role: Role,
    pub text: &'a str,
    pub origin: &'a Origin,
    pub head: Option<Head<'a>>,
    /// Heading over two lines, joined.
    pub joined: Option<String>,
    /// Canonical section that the heading names.
    pub key: Option<&'static str>,
    /// Heading level of the format.
    pub markup: Option<u8>,
    marked: bool,
    claimed: bool,
}

impl Line<'_> {
    /// The heading without its number.
    pub fn heading(&self) -> &str {
        self.joined
            .as_deref()
            .or(self.head.as_ref().map(|head| head.heading))
            .unwrap_or("")
    }

    /// Value of the heading's number.
    pub fn value(&self) -> Option<u32> {
        self.head.as_ref()?.value
    }

    pub fn style(&self) -> Option<Style> {
        self.head.as_ref().map(|head| head.style)
    }
}

/// All blocks with their roles, and the style that numbers the main headings.
pub(super) fn classify<'a>(
    document: &'a Document,
    claimed: &[bool],
    is_row_label: &dyn Fn(&str) -> bool,
) -> (Vec<Line<'a>>, Option<Style>) {
    let mut lines: Vec<Line> = document
        .blocks
        .iter()
        .enumerate()
        .map(|(index, block)| {
            let claimed = claimed.get(index).copied().unwrap_or(false);
            match block {
                Block::Paragraph(paragraph) if !claimed => read(paragraph, is_row_label),
                Block::Paragraph(Paragraph { origin, .. }) => table(origin, claimed),
                Block::Grid(grid) => table(grid.origin(), claimed),
            }
        })
        .collect();
    join_split_headings(&mut lines);
    let style = main_style(&lines);
    mark_main(&mut lines, style);
    mark_unnumbered_canonical(&mut lines);
    mark_captions(&mut lines);
    demote_nested(&mut lines, style);
    mark_plain(&mut lines, style);
    (lines, style)
}

fn table(origin: &Origin, claimed: bool) -> Line<'_> {
    Line {
        role: Role::Table,
        text: "",
        origin,
        head: None,
        joined: None,
        key: None,
        markup: None,
        marked: false,
        claimed,
    }
}

fn read<'a>(paragraph: &'a Paragraph, is_row_label: &dyn Fn(&str) -> bool) -> Line<'a> {
    let text = paragraph.text.trim();
    let marked = paragraph.heading.is_some() || paragraph.strong;
    let mut line = Line {
        role: Role::Text,
        text,
        origin: &paragraph.origin,
        head: heading::parse(text, marked),
        joined: None,
        key: None,
        markup: paragraph.heading,
        marked,
        claimed: false,
    };
    let Some(head) = &line.head else { return line };
    if head.rest.is_empty() && is_row_label(text) {
        line.role = Role::Table;
        line.head = None;
        return line;
    }
    line.key = match head.style {
        // A line without number must be the wording itself: anything nearer to prose is prose.
        Style::Plain if head.rest.is_empty() => canonical::exact(head.heading),
        Style::Plain => None,
        Style::Part | Style::Han => canonical::section(head.heading),
        Style::Digit => canonical::lenient(head.heading),
        _ => canonical::exact(head.heading),
    };
    let dropped = match head.style {
        Style::Plain => line.key.is_none() && (!marked || is_title(head.heading)),
        Style::Han => head.slip && line.key.is_none(),
        Style::Part => line.key.is_none() && is_title(head.heading),
        _ => false,
    };
    if dropped {
        line.head = None;
    }
    line
}

/// The title of a report, which is not one of its sections.
pub(super) fn is_title(text: &str) -> bool {
    let text = text.trim_end_matches(['》', '）', ')', ' ']);
    text.ends_with("报告") || text.ends_with("年报") || text.ends_with("報告") || text.ends_with("年報")
}

/// A number alone takes the next line; a heading that with the next line becomes a canonical one takes it too.
fn join_split_headings(lines: &mut [Line]) {
    for index in 0..lines.len().saturating_sub(1) {
        let (before, after) = lines.split_at_mut(index + 1);
        let (Some(line), Some(next)) = (before.last_mut(), after.first_mut()) else {
            continue;
        };
        let Some(head) = &line.head else { continue };
        let numbered_next = next.head.as_ref().is_some_and(|head| head.style != Style::Plain);
        let short = !next.text.is_empty() && next.text.chars().count() <= 30;
        if !head.rest.is_empty() || line.role != Role::Text || next.role != Role::Text || numbered_next || !short {
            if head.heading.is_empty() {
                line.head = None;
            }
            continue;
        }
        let alone = head.heading.is_empty();
        let joined = format!("{}{}", head.heading, next.text.trim_end_matches(['。', '：', ':']));
        let key = canonical::exact(&joined).or_else(|| canonical::lenient(&joined).filter(|_| alone));
        let completes = key.is_some() && line.key.is_none_or(|_| canonical::exact(head.heading).is_none());
        if completes || (alone && heading::parse(next.text, true).is_some_and(|head| head.rest.is_empty())) {
            line.joined = Some(joined);
            line.key = key;
            next.role = Role::Joined;
            next.head = None;
        } else if alone {
            line.head = None;
        }
    }
    if let Some(line) = lines.last_mut() {
        line.head
            .take_if(|head| head.heading.is_empty() && line.joined.is_none());
    }
}

/// The style that numbers the main headings: the outermost one that numbers canonical headings more than by chance. None where
/// the main headings have no numbers.
fn main_style(lines: &[Line]) -> Option<Style> {
    let styles = [
        Style::Part,
        Style::Han,
        Style::HanBracketed,
        Style::Digit,
        Style::DigitBracketed,
    ];
    let counts = styles.map(|style| {
        let heads = lines.iter().filter(|line| line.style() == Some(style));
        let (all, keyed) = heads.fold((0, 0), |(all, keyed), line| {
            (all + 1, keyed + usize::from(line.key.is_some()))
        });
        (style, all, keyed)
    });
    let sure = counts
        .iter()
        .find(|(style, all, keyed)| *keyed >= 2 || (*keyed == 1 && (*all >= 3 || encloses(lines, *style))));
    let likely = || counts.iter().find(|(_, _, keyed)| *keyed >= 1);
    let guessed = || counts.iter().take(2).find(|(_, all, _)| *all >= 2);
    let (style, _, keyed) = sure.or_else(likely).or_else(guessed)?;
    // Where more canonical headings stand without a number than with one, the numbers belong to the level below.
    let mut plain: Vec<&str> = Vec::new();
    for line in lines.iter().filter(|line| line.style() == Some(Style::Plain)) {
        plain.extend(
            line.key
                .filter(|key| line.heading().chars().count() >= 4 && !plain.contains(key)),
        );
    }
    (plain.len() < 3 || plain.len() <= *keyed).then_some(*style)
}

/// Whether the first heading of a style is canonical and numbered one, and stands right before the first of the next level:
/// 一、概述 and then （一）主动公开情况.
fn encloses(lines: &[Line], style: Style) -> bool {
    let mut heads = lines
        .iter()
        .filter(|line| line.style().is_some_and(|style| style != Style::Plain));
    let first = heads.next();
    first.is_some_and(|line| line.style() == Some(style) && line.key.is_some() && line.value() == Some(1))
        && heads
            .next()
            .is_some_and(|line| line.style() != Some(style) && line.value() == Some(1))
}

/// Main headings by number: the canonical ones, and those that go on where the last one stopped.
fn mark_main(lines: &mut [Line], style: Option<Style>) {
    let mut last = 0;
    for line in lines.iter_mut() {
        let Some(head) = &line.head else { continue };
        let outer = head.style == Style::Part || Some(head.style) == style;
        line.role = if !outer || line.role != Role::Text {
            continue;
        } else if line.key.is_some() || (head.value == Some(last + 1) && !head.slip && is_standing(head)) {
            last = head.value.unwrap_or(last);
            Role::Main
        } else {
            Role::Text
        };
    }
}

/// A heading on its own line, or one whose run-in form is short.
fn is_standing(head: &Head) -> bool {
    head.rest.is_empty() && !head.closed || head.heading.chars().count() <= 12
}

/// Between the first and the last block of a table, and before its first block, unnumbered headings are captions.
fn mark_captions(lines: &mut [Line]) {
    let mut start = 0;
    while start < lines.len() {
        let end = (start + 1..lines.len())
            .find(|&i| lines[i].role == Role::Main)
            .unwrap_or(lines.len());
        let segment = &mut lines[start..end];
        let first = segment.iter().position(|line| line.claimed);
        let last = segment.iter().rposition(|line| line.claimed);
        if let (Some(first), Some(last)) = (first, last) {
            for line in &mut segment[first..=last] {
                // A sentence between two tables is text all the same.
                if line.role == Role::Text && !line.text.ends_with('。') {
                    line.role = Role::Table;
                }
                line.head = line.head.take().filter(|_| line.role == Role::Main);
            }
            for line in segment[..first].iter_mut().rev() {
                let plain = line.style().is_none_or(|style| style == Style::Plain);
                let caption =
                    line.role == Role::Text && plain && line.text.chars().count() <= 40 && !line.text.ends_with('。');
                if !caption {
                    break;
                }
                line.role = Role::Table;
                line.head = None;
            }
        }
        start = end;
    }
}

/// A numbering that starts again and is followed by the successor of the last main heading was nested below that heading;
/// otherwise it is the report's own restart.
fn demote_nested(lines: &mut [Line], style: Option<Style>) {
    // The highest number of a main heading from each line on.
    let mut highest = vec![None; lines.len() + 1];
    for (index, line) in lines.iter().enumerate().rev() {
        let own = line.value().filter(|_| line.role == Role::Main);
        highest[index] = highest[index + 1].max(own);
    }
    let mut last = 0;
    for index in 0..lines.len() {
        let Some(head) = &lines[index].head else { continue };
        let value = head.value.unwrap_or(0);
        if lines[index].role == Role::Main {
            last = value;
            continue;
        }
        if lines[index].role != Role::Text || Some(head.style) != style {
            continue;
        }
        let resumes = highest[index + 1] > Some(last);
        let goes_on = value > last;
        lines[index].role = if !is_standing(head) || head.slip || (resumes && !goes_on) || last == 0 {
            if head.slip { Role::Text } else { Role::Child }
        } else {
            last = value;
            Role::Main
        };
    }
}

/// Canonical headings without a number are main ones, unless a number marks another heading of that section.
fn mark_unnumbered_canonical(lines: &mut [Line]) {
    let mut numbered: Vec<&str> = Vec::new();
    for key in lines
        .iter()
        .filter(|line| line.role == Role::Main)
        .filter_map(|line| line.key)
    {
        if !numbered.contains(&key) {
            numbered.push(key);
        }
    }
    for line in lines.iter_mut() {
        let (Some(Style::Plain), Some(key), Role::Text) = (line.style(), line.key, line.role) else {
            continue;
        };
        // 概述 or 附件 on a line of its own says too little.
        let telling = line.marked || line.heading().chars().count() >= 4;
        if telling && !numbered.contains(&key) {
            line.role = Role::Main;
        }
    }
}

/// All other headings: without a number, main where the format marks them like the main ones; else below.
fn mark_plain(lines: &mut [Line], style: Option<Style>) {
    let levels: Vec<u8> = lines
        .iter()
        .filter(|line| line.role == Role::Main)
        .filter_map(|line| line.markup)
        .collect();
    let common = levels
        .first()
        .copied()
        .filter(|level| levels.len() >= 3 && levels.iter().all(|other| other == level));
    let mut inside = false;
    for line in lines.iter_mut() {
        inside |= line.role == Role::Main;
        let (Some(own), Role::Text) = (line.style(), line.role) else {
            continue;
        };
        let like_main = inside && common.is_some() && line.markup.is_some() && line.markup <= common;
        line.role = match own {
            Style::Plain if like_main && style.is_some() => Role::Main,
            Style::Plain if !inside || !line.marked => Role::Text,
            _ => Role::Child,
        };
    }
}
