//! What inline styles say that matters for reading: what is hidden, what breaks a line, what is a table, what is bold.
//!
//! Invariant: styles are split once, at their semicolons; nothing else of CSS is looked at.

use super::sites::Marks;
use super::tree::{Node, Tag};

/// Applies a `style` attribute to its node.
pub(super) fn apply(style: &str, node: &mut Node<'_>) {
    for declaration in style.split(';') {
        // By first letter, then by length: styles that Word wrote have dozens of properties.
        let declaration = declaration.trim_ascii_start();
        if !declaration.starts_with(['d', 'f', 'w', 'D', 'F', 'W']) {
            continue;
        }
        let Some((property, value)) = declaration.split_once(':') else {
            continue;
        };
        let property = property.trim();
        let value = value.trim();
        match property.len() {
            7 if property.eq_ignore_ascii_case("display") => display(value, node),
            11 if property.eq_ignore_ascii_case("font-weight") => node.bold = Some(is_bold(value)),
            11 if property.eq_ignore_ascii_case("white-space")
                && value.starts_with("pre")
                && node.tag == Tag::Block =>
            {
                node.tag = Tag::Preformatted;
            }
            _ => {}
        }
    }
}

fn display(value: &str, node: &mut Node<'_>) {
    let value = value.split('!').next().unwrap_or(value).trim_end();
    let plain = matches!(node.tag, Tag::Block | Tag::Inline | Tag::Link);
    match value.to_ascii_lowercase().as_str() {
        "none" => node.hidden = true,
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
