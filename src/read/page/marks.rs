//! Raised digits behind numbers: the marks of footnotes.

use super::chars;
use super::glyph::{DESCENT, Glyph};
use crate::read::raised::raised;

/// A mark is smaller than so much of the digits before it,
const SMALLER: f64 = 0.9;
/// stands at least so far above their line, in em,
const RAISED_FROM: f64 = 0.15;
/// and no further away than this.
const NEAR: f64 = 0.6;

/// Writes small digits above the line behind a number as they look, so that they never join it.
pub(super) fn draw(glyphs: &mut [Glyph]) {
    let mut number: Option<Glyph> = None;
    let mut end = 0.0;
    for glyph in glyphs.iter_mut().filter(|glyph| !glyph.character.is_whitespace()) {
        if !chars::is_digit(glyph.character) {
            number = None;
            continue;
        }
        match &number {
            Some(last) if is_mark(last, glyph, end) => glyph.character = raised(glyph.character),
            _ => number = Some(glyph.clone()),
        }
        end = glyph.bbox.x1;
    }
}

/// Whether a digit is a mark behind the last digit of a number; `end` is where what stands before it ends.
fn is_mark(last: &Glyph, glyph: &Glyph, end: f64) -> bool {
    let is_level = |glyph: &Glyph| glyph.turn == 0 && !glyph.vertical;
    let line = |glyph: &Glyph| glyph.bbox.y1 - DESCENT * glyph.size;
    is_level(last)
        && is_level(glyph)
        && glyph.size < SMALLER * last.size
        && (RAISED_FROM * last.size..last.size).contains(&(line(last) - line(glyph)))
        && (glyph.bbox.x0 - end).abs() < NEAR * last.size
}

#[cfg(test)]
mod tests {
    use kurbo::Rect;

    use super::*;

    /// A character at a place, of a size, so far above the line.
    fn glyph(character: char, x: f64, size: f64, height: f64) -> Glyph {
        let line = 100.0 - height;
        Glyph {
            character,
            bbox: Rect::new(x, line - (1.0 - DESCENT) * size, x + size / 2.0, line + DESCENT * size),
            size,
            turn: 0,
            vertical: false,
            bold: false,
            order: 0,
            run: 0,
            beyond: false,
        }
    }

    #[test]
    fn small_digits_above_the_line_are_marks_behind_a_number_alone() {
        for (first, size, height, expected) in [
            ('1', 6.5, 3.5, "1²³"),
            // Smaller on the line, as large above it, behind a word.
            ('1', 6.5, 0.0, "123"),
            ('1', 10.0, 3.5, "123"),
            ('件', 6.5, 3.5, "件23"),
        ] {
            let mut glyphs = [
                glyph(first, 0.0, 10.0, 0.0),
                glyph('2', 5.0, size, height),
                glyph('3', 5.0 + size / 2.0, size, height),
            ];
            draw(&mut glyphs);
            let text: String = glyphs.iter().map(|glyph| glyph.character).collect();
            assert_eq!(text, expected, "{first} {size} {height}");
        }
    }

    #[test]
    fn a_mark_stands_close_to_its_number() {
        let mut glyphs = [glyph('1', 0.0, 10.0, 0.0), glyph('2', 40.0, 6.5, 3.5)];
        draw(&mut glyphs);
        assert_eq!(glyphs[1].character, '2');
    }
}
