//! What styles say that matters for reading: what is hidden, struck out or raised, what breaks a line, what is a table, what is bold.
//!
//! Invariant: styles are split once, at their semicolons; nothing else of CSS is looked at.

use std::borrow::Cow;

use super::sites::Marks;
use super::tree::{Node, Tag};

/// What of an element is not plainly shown.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Look(u8);

impl Look {
    /// Takes no room.
    pub(super) const GONE: Look = Look(1);
    /// Takes room and is not seen.
    pub(super) const UNSEEN: Look = Look(2);
    /// Type of no size.
    const TINY: Look = Look(4);
    /// Struck out: no longer said.
    pub(super) const STRUCK: Look = Look(8);
    /// Above the line, as a mark that points to a footnote is.
    pub(super) const RAISED: Look = Look(16);
    /// Below the line.
    pub(super) const LOWERED: Look = Look(32);

    /// Puts a mark on an element or takes it off.
    pub(super) fn set(&mut self, mark: Look, on: bool) {
        self.0 = if on { self.0 | mark.0 } else { self.0 & !mark.0 };
    }

    /// Whether it bears a mark.
    pub(super) fn has(self, mark: Look) -> bool {
        self.0 & mark.0 != 0
    }

    /// Whether nothing of the element is to be read.
    pub(super) fn hides(self) -> bool {
        self.0 & (Look::GONE.0 | Look::UNSEEN.0 | Look::TINY.0 | Look::STRUCK.0) != 0
    }

    /// Whether the element stands above or below the line.
    pub(super) fn is_off_line(self) -> bool {
        self.has(Look::RAISED) || self.has(Look::LOWERED)
    }

    /// The text of such an element as it looks: digits above or below the line never join the number before them. Only marks, not
    /// words.
    pub(super) fn draw(self, text: &str) -> Cow<'_, str> {
        let digits: [char; 10] = match (self.has(Look::RAISED), self.has(Look::LOWERED)) {
            (true, _) => ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'],
            (_, true) => ['₀', '₁', '₂', '₃', '₄', '₅', '₆', '₇', '₈', '₉'],
            _ => return Cow::Borrowed(text),
        };
        if text.trim().chars().count() > LONGEST_MARK {
            return Cow::Borrowed(text);
        }
        let drawn = |c: char| {
            c.to_digit(10)
                .and_then(|digit| digits.get(digit as usize).copied())
                .unwrap_or(c)
        };
        Cow::Owned(text.chars().map(drawn).collect())
    }
}

/// A longer text above the line is no mark.
const LONGEST_MARK: usize = 5;

/// Whether declarations may change what is shown; a quick look.
pub(super) fn may_hide(declarations: &str) -> bool {
    ["display", "visibility", "line-through", "vertical-align", "font-size"]
        .iter()
        .any(|word| declarations.contains(word))
}

/// Applies declarations to a node, over those that were applied before.
pub(super) fn apply(style: &str, node: &mut Node<'_>) {
    for declaration in style.split(';') {
        // By first letter, then by length: styles that Word wrote have dozens of properties.
        let declaration = declaration.trim_ascii_start();
        if !declaration.starts_with(['d', 'f', 'w', 'v', 't', 'm', 'D', 'F', 'W', 'V', 'T']) {
            continue;
        }
        let Some((property, value)) = declaration.split_once(':') else {
            continue;
        };
        let property = property.trim();
        let value = value.split('!').next().unwrap_or(value).trim();
        match property.len() {
            7 if property.eq_ignore_ascii_case("display") => display(value, node),
            9 if property.eq_ignore_ascii_case("font-size") && node.tag == Tag::Inline => {
                let size = value.trim_end_matches(|c: char| c.is_ascii_alphabetic() || c == '%');
                node.look.set(Look::TINY, size.parse::<f32>() == Ok(0.0));
            }
            10 if property.eq_ignore_ascii_case("visibility") => {
                let unseen = value.eq_ignore_ascii_case("hidden") || value.eq_ignore_ascii_case("collapse");
                node.look.set(Look::UNSEEN, unseen);
            }
            11 if property.eq_ignore_ascii_case("font-weight") => node.bold = Some(is_bold(value)),
            11 if property.eq_ignore_ascii_case("white-space")
                && value.starts_with("pre")
                && node.tag == Tag::Block =>
            {
                node.tag = Tag::Preformatted;
            }
            14 if property.eq_ignore_ascii_case("vertical-align") => align(value, node),
            14 if property == "mso-text-raise" => {
                node.look.set(Look::RAISED, !value.starts_with(['-', '0']));
                node.look.set(Look::LOWERED, value.starts_with('-'));
            }
            15 if property.eq_ignore_ascii_case("text-decoration") => strike(value, node),
            20 if property.eq_ignore_ascii_case("text-decoration-line") => strike(value, node),
            _ => {}
        }
    }
}

fn strike(value: &str, node: &mut Node<'_>) {
    let struck = value.to_ascii_lowercase().contains("line-through");
    node.look.set(Look::STRUCK, struck);
}

fn align(value: &str, node: &mut Node<'_>) {
    if matches!(node.tag, Tag::Inline | Tag::Link) {
        node.look.set(Look::RAISED, value.eq_ignore_ascii_case("super"));
        node.look.set(Look::LOWERED, value.eq_ignore_ascii_case("sub"));
    }
}

fn display(value: &str, node: &mut Node<'_>) {
    let plain = matches!(node.tag, Tag::Block | Tag::Inline | Tag::Link);
    let value = value.to_ascii_lowercase();
    node.look.set(Look::GONE, value == "none");
    match value.as_str() {
        "inline" if node.tag == Tag::Block => node.block = false,
        "block" | "flex" | "grid" | "list-item" if plain => node.block = true,
        "table" if plain => node.marks.add(Marks::TABLE),
        "table-row" if plain => node.marks.add(Marks::ROW),
        "table-cell" if plain => node.marks.add(Marks::CELL),
        _ => {}
    }
}

fn is_bold(value: &str) -> bool {
    value.starts_with("bold")
        || value
            .split_ascii_whitespace()
            .next()
            .and_then(|n| n.parse::<u32>().ok())
            .is_some_and(|n| n >= 600)
}
