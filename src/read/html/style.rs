//! What styles say that matters for reading: what is hidden, struck out or raised, what breaks a line, what is a table, what is bold.
//!
//! Invariant: styles are split once, at their semicolons; nothing else of CSS is looked at.

use std::borrow::Cow;

use super::sites::Marks;
use super::tree::{Node, Tag};

/// What of an element is not plainly shown.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Look(u16);

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
    /// White or without colour: not seen where nothing is painted behind it.
    pub(super) const PALE: Look = Look(64);
    /// With a colour or picture behind it.
    pub(super) const PAINTED: Look = Look(128);
    /// Out of the page, or cut off.
    const AWAY: Look = Look(256);
    /// Of no width or height.
    const FLAT: Look = Look(512);
    /// What is larger than it is cut off.
    const CLIPPED: Look = Look(1024);
    /// Shown otherwise than it is written: backwards, or with characters that a style sheet adds.
    pub(super) const ODD: Look = Look(2048);

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
        let flat = self.has(Look::FLAT) && self.has(Look::CLIPPED);
        flat || self.0 & (Look::GONE.0 | Look::UNSEEN.0 | Look::TINY.0 | Look::STRUCK.0 | Look::AWAY.0) != 0
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
    const WORDS: [&str; 13] = [
        "display",
        "visibility",
        "line-through",
        "vertical-align",
        "font-size",
        "opacity",
        "clip",
        "indent",
        "mso-hide",
        "transform",
        "bidi",
        "overflow",
        "content",
    ];
    WORDS.iter().any(|word| declarations.contains(word))
        || declarations.contains("left") && declarations.contains(":-")
        || may_be_pale(declarations)
}

/// Whether declarations may give text the colour of paper; a quick look.
pub(super) fn may_be_pale(declarations: &str) -> bool {
    ["#f", "#F", "white", "transparent", "rgb", "hsl"]
        .iter()
        .any(|word| declarations.contains(word))
}

/// Applies declarations to a node, over those that were applied before.
pub(super) fn apply(style: &str, node: &mut Node<'_>) {
    let style = plain(style);
    for declaration in style.split(';') {
        // By first letter, then by length: styles that Word wrote have dozens of properties.
        let declaration = declaration.trim_ascii_start();
        let first = declaration.as_bytes().first().map(u8::to_ascii_lowercase);
        if !first.is_some_and(|first| b"bcdfhlmortuvw".contains(&first)) {
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
            _ => unseen(&property.to_ascii_lowercase(), &value.to_ascii_lowercase(), node),
        }
    }
}

/// Properties by which a page hides text without saying so.
fn unseen(property: &str, value: &str, node: &mut Node<'_>) {
    let number = || {
        value
            .trim_end_matches(|c: char| c.is_ascii_alphabetic() || c == '%')
            .parse::<f32>()
            .ok()
    };
    let look = &mut node.look;
    match property {
        "color" => look.set(Look::PALE, is_pale(value)),
        "background" | "background-color" | "background-image" => {
            let nothing = ["none", "inherit", "initial", "unset"]
                .iter()
                .any(|word| value.starts_with(word));
            look.set(Look::PAINTED, look.has(Look::PAINTED) || !nothing && !is_pale(value));
        }
        "opacity" => look.set(Look::AWAY, number().is_some_and(|opacity| opacity < FAINT)),
        "left" | "right" | "top" | "text-indent" | "margin-left" | "margin-top" => {
            look.set(
                Look::AWAY,
                look.has(Look::AWAY) || number().is_some_and(|place| place <= OUTSIDE),
            );
        }
        "clip" | "clip-path" | "transform" => {
            let value: String = value.split_whitespace().collect();
            let nothing = [
                "rect(0",
                "rect(1px",
                "inset(50%",
                "inset(100%",
                "circle(0",
                "scale(0)",
                "scale(0,",
                "translate(-9",
            ];
            look.set(
                Look::AWAY,
                look.has(Look::AWAY) || nothing.iter().any(|word| value.contains(word)),
            );
        }
        "mso-hide" => look.set(Look::AWAY, value == "all"),
        "overflow" | "overflow-x" | "overflow-y" => look.set(Look::CLIPPED, value == "hidden" || value == "clip"),
        "width" | "height" | "max-width" | "max-height" => look.set(Look::FLAT, number() == Some(0.0)),
        "unicode-bidi" => look.set(Look::ODD, value.contains("override")),
        _ => {}
    }
}

/// Opacity below this cannot be seen.
const FAINT: f32 = 0.05;
/// Nothing that stands so far to the left or above, in any unit, is on the page.
const OUTSIDE: f32 = -500.0;

/// Whether a colour is that of paper, or none.
pub(super) fn is_pale(colour: &str) -> bool {
    let colour: String = colour.to_ascii_lowercase().split_whitespace().collect();
    if let Some(hex) = colour.strip_prefix('#') {
        let channel = |at: usize| match hex.len() {
            3 | 4 => hex.get(at..at + 1).map(|digit| digit.repeat(2)),
            _ => hex.get(at * 2..at * 2 + 2).map(str::to_owned),
        };
        let value = |at: usize| channel(at).and_then(|text| u8::from_str_radix(&text, 16).ok());
        return value(3) == Some(0) || (0..3).all(|at| value(at).is_some_and(|value| value >= PAPER));
    }
    let inside = colour
        .split_once('(')
        .map_or("", |(_, inside)| inside.trim_end_matches(')'));
    let numbers: Vec<f32> = inside
        .split([',', '/'])
        .filter_map(|part| part.trim_end_matches('%').parse().ok())
        .collect();
    let clear = numbers.len() == 4 && numbers[3] < FAINT;
    let white =
        colour.starts_with("rgb") && numbers.len() >= 3 && numbers[..3].iter().all(|value| *value >= f32::from(PAPER));
    clear
        || white
        || matches!(
            colour.as_str(),
            "white" | "transparent" | "snow" | "ivory" | "floralwhite" | "ghostwhite"
        )
}

/// A channel of a colour from here on is that of paper.
const PAPER: u8 = 0xf6;

/// Declarations without comments and escapes.
fn plain(style: &str) -> Cow<'_, str> {
    if !style.contains("/*") && !style.contains('\\') {
        return Cow::Borrowed(style);
    }
    let mut plain = String::with_capacity(style.len());
    let mut rest = style;
    while let Some(at) = rest.find(['/', '\\']) {
        plain.push_str(&rest[..at]);
        rest = &rest[at..];
        if let Some(comment) = rest.strip_prefix("/*") {
            rest = comment.split_once("*/").map_or("", |(_, behind)| behind);
        } else if let Some(escape) = rest.strip_prefix('\\') {
            let digits = escape.bytes().take(6).take_while(u8::is_ascii_hexdigit).count();
            plain.extend(u32::from_str_radix(&escape[..digits], 16).ok().and_then(char::from_u32));
            rest = &escape[digits..];
            if digits > 0 {
                rest = rest.strip_prefix(' ').unwrap_or(rest);
            }
        } else {
            plain.push('/');
            rest = &rest[1..];
        }
    }
    plain.push_str(rest);
    Cow::Owned(plain)
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
