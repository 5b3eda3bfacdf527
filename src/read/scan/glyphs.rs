//! Recognised text as characters with boxes, as other formats draw them.
//!
//! Invariant: the characters of a piece touch each other and fill its box from left to right, so that a number stays one.

use kurbo::Rect;

use super::page::Seen;
use crate::read::page::{Glyph, chars};

/// Height of the digits of a font, in em.
const DIGITS: f64 = 0.72;

/// The characters of all pieces; `em` is the size of characters of the page in points.
pub(super) fn glyphs(seen: &[Seen], em: f64) -> Vec<Glyph> {
    let mut glyphs = Vec::new();
    for (run, piece) in seen.iter().enumerate() {
        spread(piece, em, run as u32, &mut glyphs);
    }
    glyphs
}

/// Spreads the characters of a piece over its box: a wide one takes twice the room of another.
fn spread(piece: &Seen, em: f64, run: u32, glyphs: &mut Vec<Glyph>) {
    let text = &piece.decision.text;
    let units = |character: char| if chars::is_wide(character) { 2.0 } else { 1.0 };
    let all: f64 = text.iter().map(|character| units(*character)).sum();
    let unit = piece.bbox.width() / all.max(1.0);
    let size = size(piece, em, unit);
    let middle = piece.bbox.center().y;
    let mut x = piece.bbox.x0;
    for &character in text {
        let width = unit * units(character);
        glyphs.push(Glyph {
            character,
            bbox: Rect::new(x, middle - size / 2.0, x + width, middle + size / 2.0),
            size,
            turn: 0,
            vertical: false,
            bold: false,
            order: glyphs.len() as u32 + 1,
            run,
            beyond: false,
        });
        x += width;
    }
}

/// Font size of a piece, from its width where characters are square, else from its height.
fn size(piece: &Seen, em: f64, unit: f64) -> f64 {
    let wide = piece.decision.text.iter().any(|character| chars::is_wide(*character));
    if wide && piece.decision.text.len() > 1 {
        (2.0 * unit).clamp(0.8 * em, 4.0 * em)
    } else if wide {
        piece.bbox.height().max(piece.bbox.width()).max(0.8 * em)
    } else {
        (piece.bbox.height() / DIGITS).clamp(0.8 * em, 4.0 * em)
    }
}
