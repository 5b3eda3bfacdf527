//! What styles say that matters for reading: what is hidden, struck out or raised, what breaks a line, what is a table, what is bold.
//!
//! Invariant: what a style hides is marked so; what it may hide, as far as the file tells, is marked as unsure.

use std::borrow::Cow;

use super::colour::{self, Colour, Said};
use super::length::{self, Left, pixels};
use super::look::Look;
use super::sites::Marks;
use super::tree::{Node, Tag};

/// How text is drawn, as far as elements have it from those that they stand in.
#[derive(Clone, Copy)]
pub(super) struct Drawn {
    /// Size of type in pixels.
    pub(super) size: f32,
    /// Colour of text; nothing where the file does not tell.
    pub(super) ink: Option<Colour>,
    /// Colour behind the text; nothing where the file does not tell, or where it is a picture.
    pub(super) paper: Option<Colour>,
    /// Whether text is so small that it cannot be seen.
    pub(super) tiny: bool,
    /// Whether text cannot be told from what is behind it.
    pub(super) pale: bool,
}

impl Default for Drawn {
    fn default() -> Drawn {
        Drawn {
            size: length::TYPE,
            ink: Some(colour::INK),
            paper: Some(colour::PAPER),
            tiny: false,
            pale: false,
        }
    }
}

/// Type of so many pixels is a row of dots.
const TINY: f32 = 2.01;
/// Opacity below this cannot be seen.
const FAINT: f32 = 0.05;
/// What is zoomed to less of its size cannot be seen.
const LEAST_ZOOM: f32 = 0.15;
/// Nothing that stands so many pixels to the left or above is on the page.
const OUTSIDE: f32 = -500.0;
/// An element of so few pixels holds no text.
const FLAT: f32 = 2.0;
/// Letters that are set closer by so many pixels lie upon each other.
const TOO_CLOSE: f32 = -4.0;
/// Text that stands by more of its size above or below the line is off it.
const OFF_LINE: f32 = 0.25;
/// What is blurred by so many pixels cannot be read.
const BLURRED: f32 = 3.0;

/// Declarations in small letters, without comments and escapes.
pub(super) fn folded(style: &str) -> String {
    plain(style).to_ascii_lowercase()
}

/// The declarations of a style that matter, each with whether it is `!important`.
pub(super) fn declarations(style: &str) -> impl Iterator<Item = (&str, &str, bool)> {
    style.split(';').filter_map(|declaration| {
        let (property, value) = declaration.split_once(':')?;
        let property = property.trim_ascii();
        let (value, mark) = value.split_once('!').unwrap_or((value, ""));
        matters(property).then(|| (property, value.trim_ascii(), mark.contains("important")))
    })
}

/// The properties that have to do with what is shown, in order.
const PROPERTIES: [&str; 62] = [
    "-ms-transform",
    "-webkit-background-clip",
    "-webkit-filter",
    "-webkit-mask",
    "-webkit-mask-image",
    "-webkit-text-fill-color",
    "-webkit-text-security",
    "-webkit-transform",
    "animation",
    "background",
    "background-clip",
    "background-color",
    "background-image",
    "bottom",
    "clip",
    "clip-path",
    "color",
    "content-visibility",
    "display",
    "filter",
    "flex-direction",
    "float",
    "font",
    "font-size",
    "font-weight",
    "height",
    "inset",
    "left",
    "letter-spacing",
    "line-height",
    "margin",
    "margin-bottom",
    "margin-left",
    "margin-right",
    "margin-top",
    "mask",
    "mask-image",
    "max-height",
    "max-width",
    "mso-hide",
    "mso-text-raise",
    "opacity",
    "order",
    "overflow",
    "overflow-x",
    "overflow-y",
    "position",
    "right",
    "rotate",
    "scale",
    "text-decoration",
    "text-decoration-line",
    "text-indent",
    "top",
    "transform",
    "translate",
    "unicode-bidi",
    "vertical-align",
    "visibility",
    "white-space",
    "width",
    "zoom",
];

/// Whether a property has to do with what is shown.
fn matters(property: &str) -> bool {
    PROPERTIES.binary_search(&property).is_ok()
}

/// Whether declarations may make a part of an element unseen; a quick look.
pub(super) fn may_hide(declarations: &str) -> bool {
    const WORDS: [&str; 12] = [
        "display",
        "visibility",
        "opacity",
        "transform",
        "clip",
        "filter",
        "transparent",
        "white",
        "#f",
        "var(",
        "font-size:0",
        "font-size:1px",
    ];
    WORDS.iter().any(|word| declarations.contains(word))
}

/// Applies a declaration with its variables filled in, over those that were applied before.
pub(super) fn apply(property: &str, value: &str, node: &mut Node<'_>) {
    let on = |node: &mut Node<'_>, mark: Look, on: bool| node.look.set(mark, on);
    match property {
        "display" => display(value, node),
        "font-size" => size(value, node),
        "font" => {
            let sizes = value
                .split([' ', '/'])
                .find(|part| pixels(part, node.drawn.size).is_some());
            if let Some(part) = sizes {
                size(part, node);
            }
        }
        "font-weight" => node.bold = Some(is_bold(value)),
        "white-space" if value.starts_with("pre") && node.tag == Tag::Block => node.tag = Tag::Preformatted,
        "vertical-align" => align(value, node),
        "mso-text-raise" => {
            on(node, Look::RAISED, !value.starts_with(['-', '0']));
            on(node, Look::LOWERED, value.starts_with('-'));
        }
        "text-decoration" | "text-decoration-line" => on(node, Look::STRUCK, value.contains("line-through")),
        "visibility" => on(node, Look::UNSEEN, value == "hidden" || value == "collapse"),
        "unicode-bidi" => on(node, Look::ODD, value.contains("override")),
        "flex-direction" => on(node, Look::ODD, value.contains("reverse")),
        "-webkit-text-security" => on(node, Look::ODD, value != "none"),
        "mso-hide" => on(node, Look::LEFT_OUT, value == "all"),
        "position" if value != "static" => on(node, Look::UNSURE, true),
        "float" | "animation" if value != "none" => on(node, Look::UNSURE, true),
        "order" => on(node, Look::UNSURE, true),
        _ => {
            ink(property, value, node);
            place(property, value, node);
            shrink(property, value, node);
        }
    }
}

/// Marks an element whose style has a variable that the file does not set.
pub(super) fn leave_open(property: &str, node: &mut Node<'_>) {
    match property {
        "color" | "-webkit-text-fill-color" => node.drawn.ink = None,
        "background" | "background-color" | "background-image" => node.drawn.paper = None,
        _ => return node.look.set(Look::UNSURE, true),
    }
    node.look.set(Look::INKED, true);
}

/// Properties of colour.
fn ink(property: &str, value: &str, node: &mut Node<'_>) {
    match property {
        "color" | "-webkit-text-fill-color" => match colour::parse(value) {
            Said::Colour(colour) => node.drawn.ink = Some(colour),
            Said::Unknown => node.drawn.ink = None,
            Said::Current | Said::Nothing => return,
        },
        "background" => node.drawn.paper = colour::painted(value, node.drawn.ink, node.outer.paper),
        "background-color" if node.drawn.paper.is_some() => {
            node.drawn.paper = colour::painted(value, node.drawn.ink, node.outer.paper);
        }
        "background-image" if value != "none" => {
            node.drawn.paper = colour::painted(value, node.drawn.ink, node.drawn.paper);
        }
        "background-clip" | "-webkit-background-clip" if value == "text" => node.drawn.paper = None,
        _ => return,
    }
    node.look.set(Look::INKED, true);
}

/// Properties that move text.
fn place(property: &str, value: &str, node: &mut Node<'_>) {
    let size = node.drawn.size;
    let out = |value: &str| pixels(value, size).is_some_and(|place| place <= OUTSIDE);
    match property {
        "text-indent" if pixels(value, length::SCREEN.0).is_some_and(|indent| indent >= length::SCREEN.0) => {
            node.look.set(Look::OUTSIDE, true);
        }
        "left" | "right" | "top" | "bottom" | "inset" | "text-indent" | "margin" | "margin-left" | "margin-right"
        | "margin-top" | "margin-bottom"
            if value.split(' ').any(out) =>
        {
            node.look.set(Look::AWAY, true);
        }
        "transform" | "-webkit-transform" | "-ms-transform" => left(length::transformed(value), node),
        "translate" | "scale" | "rotate" if value != "none" => {
            let arguments: Vec<&str> = value.split_ascii_whitespace().collect();
            left(length::by(property, &arguments), node);
        }
        "letter-spacing" => {
            let close = pixels(value, size).is_some_and(|space| space <= TOO_CLOSE);
            node.look.set(Look::ODD, node.look.has(Look::ODD) || close);
        }
        _ => {}
    }
}

fn left(left: Left, node: &mut Node<'_>) {
    node.look.set(Look::BENT_AWAY, left == Left::Nothing);
    node.look.set(Look::ODD, node.look.has(Look::ODD) || left == Left::Odd);
}

/// Properties that make text fainter or smaller, or cut it off.
fn shrink(property: &str, value: &str, node: &mut Node<'_>) {
    let number = share(value);
    let flat = pixels(value, length::SCREEN.0).is_some_and(|side| side <= FLAT);
    let look = &mut node.look;
    match property {
        "opacity" => look.set(Look::FAINT, number.is_some_and(|opacity| opacity < FAINT)),
        "zoom" => {
            look.set(
                Look::ZOOMED_AWAY,
                number.is_some_and(|zoom| zoom > 0.0 && zoom < LEAST_ZOOM),
            );
            look.set(Look::UNSURE, look.has(Look::UNSURE) || number == Some(0.0));
        }
        "filter" | "-webkit-filter" => filter(value, look),
        "mask" | "mask-image" | "-webkit-mask" | "-webkit-mask-image" if value != "none" => {
            look.set(Look::UNSURE, true)
        }
        "content-visibility" => look.set(Look::NOT_DRAWN, value == "hidden"),
        "clip" | "clip-path" => clip(value, look),
        "overflow" | "overflow-x" | "overflow-y" => {
            look.set(Look::CLIPPED, value.starts_with("hidden") || value.starts_with("clip"));
        }
        "width" | "max-width" => look.set(Look::NARROW, flat),
        "height" | "max-height" => look.set(Look::LOW, flat),
        "line-height" => look.set(Look::OUTSIDE, flat || number == Some(0.0)),
        _ => {}
    }
}

/// A number or a percentage.
fn share(value: &str) -> Option<f32> {
    match value.strip_suffix('%') {
        Some(percent) => percent.parse::<f32>().ok().map(|percent| percent / 100.0),
        None => value.parse().ok(),
    }
}

fn filter(value: &str, look: &mut Look) {
    for function in value.split(')') {
        let Some((name, amount)) = function.trim_ascii().split_once('(') else {
            continue;
        };
        match name {
            "opacity" => look.set(Look::BLURRED, share(amount).is_some_and(|opacity| opacity < FAINT)),
            "blur" => look.set(Look::BLURRED, pixels(amount, 0.0).is_some_and(|blur| blur >= BLURRED)),
            "contrast" | "brightness" | "invert" | "url" => look.set(Look::UNSURE, true),
            _ => {}
        }
    }
}

fn clip(value: &str, look: &mut Look) {
    let value: String = value.split_whitespace().collect();
    const NOTHING: [&str; 8] = [
        "rect(0",
        "rect(1px",
        "inset(50%",
        "inset(100%",
        "circle(0",
        "ellipse(0",
        "polygon(00,00",
        "polygon(0px0px,0px0px",
    ];
    let nothing = NOTHING.iter().any(|word| value.starts_with(word));
    look.set(Look::CUT, nothing);
    let all = matches!(value.as_str(), "auto" | "none" | "inherit" | "initial" | "unset");
    look.set(Look::UNSURE, look.has(Look::UNSURE) || !nothing && !all);
}

/// The size of type.
fn size(value: &str, node: &mut Node<'_>) {
    let size = match pixels(value, node.outer.size) {
        Some(size) => size,
        None if value.contains('(') => return node.look.set(Look::UNSURE, true),
        None if value == "inherit" || value == "unset" => node.outer.size,
        None if value == "smaller" => node.outer.size / 1.2,
        None if value == "larger" => node.outer.size * 1.2,
        None if value.starts_with(|c: char| c.is_ascii_alphabetic()) => length::TYPE,
        None => return,
    };
    node.drawn.size = size;
    node.look.set(Look::SIZED, true);
}

/// Whether type of a size cannot be seen.
pub(super) fn is_tiny(size: f32) -> bool {
    size <= TINY
}

/// Declarations without comments and escapes.
fn plain(style: &str) -> Cow<'_, str> {
    if !style.bytes().any(|byte| matches!(byte, b'*' | b'\\')) {
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

fn align(value: &str, node: &mut Node<'_>) {
    if matches!(node.tag, Tag::Inline | Tag::Link) {
        let moved = pixels(value, node.drawn.size).unwrap_or_default();
        let far = node.drawn.size * OFF_LINE;
        node.look.set(Look::RAISED, value == "super" || moved >= far);
        node.look.set(Look::LOWERED, value == "sub" || moved <= -far);
    }
}

fn display(value: &str, node: &mut Node<'_>) {
    let plain = matches!(node.tag, Tag::Block | Tag::Inline | Tag::Link);
    node.look.set(Look::GONE, value == "none");
    match value {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn properties_are_in_the_order_that_they_are_looked_up_in() {
        assert!(PROPERTIES.is_sorted());
    }
}
