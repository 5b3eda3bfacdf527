//! Content that stands in the page as text: in a `textarea`, a template script, `noscript`, escaped, or as a string of a script.
//!
//! Invariant: what is shown goes first; such text is read where it stands inside the article, or where the page shows no article.

use super::sites::{Marks, SITES};
use super::tree::{Page, Tag};

/// Least characters of Chinese that make text worth reading.
const LEAST: usize = 60;

/// Whether text holds markup.
pub(super) fn is_markup(text: &str) -> bool {
    const TAGS: &[&str] = &[
        "<p",
        "</p>",
        "<table",
        "<td",
        "<div",
        "<br",
        "<span",
        "&lt;p",
        "&lt;table",
        "&lt;div",
    ];
    let window = &text[..text.floor_char_boundary(1 << 20)];
    if memchr::memchr2(b'<', b'&', window.as_bytes()).is_none() {
        return false;
    }
    let found = TAGS
        .iter()
        .filter(|tag| window.contains(*tag) || window.contains(tag.to_ascii_uppercase().as_str()));
    found.take(2).count() == 2
}

/// The markup that stands as text in an element of the article, if it is worth reading.
pub(super) fn inside(page: &Page<'_>, index: u32) -> Option<String> {
    let text = page.raw_text(index);
    let name = page.nodes[index as usize]
        .element()
        .map_or("", |element| element.name());
    let worth = match name {
        // Notices for browsers without scripts.
        "noscript" => is_markup(&text) && chinese(&text) >= 100,
        "script" => is_markup(&text) && (SITES.evidence(&text) >= 1 || chinese(&text) >= 200),
        _ => chinese(&text) >= 20 || SITES.evidence(&text) >= 1,
    };
    worth.then(|| if is_markup(&text) { text } else { lines(&text) })
}

/// The element anywhere in the page whose text holds most, for a page that shows nothing itself.
pub(super) fn largest(page: &Page<'_>) -> Option<(u32, String)> {
    let mut best: Option<(usize, u32, String)> = None;
    for &index in &page.embedded {
        let raw = page.raw_text(index);
        let text = if page.nodes[index as usize].tag == Tag::Script {
            longest_string(&raw)
        } else {
            Some(raw)
        };
        let Some(text) = text.filter(|text| is_markup(text)) else {
            continue;
        };
        let weight = chinese(&text);
        if weight >= LEAST && best.as_ref().is_none_or(|(most, _, _)| weight > *most) {
            best = Some((weight, index, text));
        }
    }
    best.map(|(_, index, text)| (index, text))
}

/// The text of the article, where most of it is markup that was escaped once too often.
pub(super) fn escaped(page: &Page<'_>, root: u32, size: &[u32]) -> Option<String> {
    let mut escaped = 0;
    let mut next = root;
    while next < page.nodes[root as usize].end {
        let node = &page.nodes[next as usize];
        let text = size[next as usize];
        match node.tag {
            Tag::Embedded | Tag::Script | Tag::Skipped if next != root => {
                next = node.end;
                continue;
            }
            Tag::Text if text > 100 && is_markup(node.text()) => escaped += text,
            _ => {}
        }
        next += 1;
    }
    (escaped > 0 && escaped >= size[root as usize] / 2).then(|| page.raw_text(root))
}

/// Whether the container of an article stands in an element.
pub(super) fn has_article(page: &Page<'_>, index: u32) -> bool {
    let node = &page.nodes[index as usize];
    page.nodes[index as usize..node.end as usize]
        .iter()
        .any(|node| node.marks.has(Marks::CERTAIN))
}

/// Plain text as markup, a line a paragraph.
fn lines(text: &str) -> String {
    let escaped = text.replace('&', "&amp;").replace('<', "&lt;");
    escaped.lines().map(|line| format!("<p>{line}</p>")).collect()
}

/// Chinese characters, up to where no more are needed.
fn chinese(text: &str) -> usize {
    text.chars()
        .filter(|c| ('\u{4E00}'..='\u{9FFF}').contains(c))
        .take(100_000)
        .count()
}

/// The longest string literal of a script that looks like markup.
fn longest_string(script: &str) -> Option<String> {
    let bytes = script.as_bytes();
    let mut best: Option<&str> = None;
    let mut at = 0;
    while let Some(offset) = bytes[at..].iter().position(|b| matches!(b, b'"' | b'\'' | b'`')) {
        let start = at + offset + 1;
        let quote = bytes[start - 1];
        let mut end = start;
        while end < bytes.len() && bytes[end] != quote {
            // A string ends with its line, except between backquotes: an apostrophe in a comment opens nothing.
            if bytes[end] == b'\n' && quote != b'`' {
                break;
            }
            end += if bytes[end] == b'\\' { 2 } else { 1 };
        }
        let end = end.min(bytes.len());
        if bytes.get(end) == Some(&quote)
            && let Some(literal) = script.get(start..end)
            && best.is_none_or(|best| literal.len() > best.len())
        {
            best = Some(literal);
        }
        at = (end + 1).min(bytes.len());
    }
    best.filter(|literal| literal.len() >= 200).map(unescape)
}

/// A string literal of a script as text.
fn unescape(literal: &str) -> String {
    let mut text = String::with_capacity(literal.len());
    let mut chars = literal.chars();
    while let Some(c) = chars.next() {
        if c != '\\' {
            text.push(c);
            continue;
        }
        match chars.next() {
            Some('n' | 'r') => text.push('\n'),
            Some('t') => text.push('\t'),
            Some('u') => {
                let code: String = chars.by_ref().take(4).collect();
                text.push(
                    u32::from_str_radix(&code, 16)
                        .ok()
                        .and_then(char::from_u32)
                        .unwrap_or('\u{FFFD}'),
                );
            }
            Some(other) => text.push(other),
            None => {}
        }
    }
    text
}
