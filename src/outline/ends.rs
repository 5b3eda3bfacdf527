//! What stands before the first main heading and behind the last section: the preface, the signature and the list of attachments.
//!
//! Invariant: no line of text is lost; one that belongs to no section is in the preface or in the closing.

use super::lines::{Line, Role, is_title};
use crate::report::Section;
use crate::text::year::is_day;

/// Longest name above a date, in characters.
const LONGEST_NAME: usize = 40;

/// The text before the first main heading, titles left out; all of it where there is no heading.
pub(super) fn preface(lines: &[Line], skip: &[bool]) -> Option<Section> {
    let first = (0..lines.len()).find(|&at| lines[at].role == Role::Main && !skip[at]);
    let before = &lines[..first.unwrap_or(lines.len())];
    section(
        "preface",
        before.iter().filter(|line| is_words(line) && !is_title(line.text)),
    )
}

/// The section of the closing lines.
pub(super) fn closing(lines: &[Line]) -> Option<Section> {
    section("closing", lines.iter().filter(|line| is_words(line)))
}

/// Where the closing begins: the signature, its date and the attachments at the very end.
pub(super) fn closing_start(lines: &[Line]) -> usize {
    let Some(heading) = lines.iter().rposition(|line| line.role == Role::Main) else {
        return lines.len();
    };
    let mut start = lines.len();
    for at in (heading + 1..lines.len()).rev() {
        let below = lines.get(start);
        let signs = below.is_some_and(|below| is_day(below.text)) && is_name(lines[at].text);
        let line = &lines[at];
        if line.role != Role::Text || !(signs || is_day(line.text) || is_attachment(line.text)) {
            break;
        }
        start = at;
    }
    start
}

fn section<'a>(key: &str, mut lines: impl Iterator<Item = &'a Line<'a>>) -> Option<Section> {
    let first = lines.next()?;
    let text: Vec<&str> = std::iter::once(first).chain(lines).map(|line| line.text).collect();
    Some(Section {
        key: Some(key.to_owned()),
        also: Vec::new(),
        number: None,
        heading: String::new(),
        level: 1,
        text: text.join("\n"),
        children: Vec::new(),
        origin: first.origin.clone(),
    })
}

/// Whether a line is text of the report: no part of a table, and not empty.
fn is_words(line: &Line) -> bool {
    matches!(line.role, Role::Text | Role::Child) && !line.text.is_empty()
}

fn is_name(text: &str) -> bool {
    text.chars().count() <= LONGEST_NAME && !text.contains(['。', '，', '；', '：'])
}

fn is_attachment(text: &str) -> bool {
    text.starts_with("附件") && text.chars().count() <= 2 * LONGEST_NAME && !text.contains('。')
}
