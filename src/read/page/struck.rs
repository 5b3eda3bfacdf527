//! Characters with a line through them: deleted text.
//!
//! Invariant: only a line that ends where the characters end strikes them out; a rule that runs through text leaves it. Digits leave
//! a mark in their place, for beside a gap two numbers would stand where one does.

use super::glyph::Glyph;
use super::segment::Segment;

/// Where the line stands in the height of a character, from the top: lower it underlines.
const MIDDLE: std::ops::Range<f64> = 0.3..0.75;
/// How far, in em, the ends of the line may be from those of the characters.
const ENDS: f64 = 0.2;
/// Stands for a digit that is struck out: what stands beside it is no number.
const MARK: char = '…';
/// Most lines of a page that are looked at.
const LINES: usize = 2_000;

/// Takes struck out characters off a page, and the lines through them.
pub(super) fn remove(glyphs: &mut Vec<Glyph>, lines: &mut Vec<Segment>) {
    let mut sorted: Vec<usize> = (0..glyphs.len()).filter(|index| is_level(&glyphs[*index])).collect();
    sorted.sort_unstable_by(|a, b| glyphs[*a].y().total_cmp(&glyphs[*b].y()));
    let tallest = sorted
        .iter()
        .map(|index| glyphs[*index].bbox.height())
        .fold(0.0, f64::max);
    let mut gone = vec![false; glyphs.len()];
    let mut looked = 0;
    lines.retain(|line| {
        looked += usize::from(line.horizontal);
        if !line.horizontal || looked > LINES {
            return true;
        }
        let first = sorted.partition_point(|index| glyphs[*index].y() < line.at - tallest);
        let near = sorted[first..]
            .iter()
            .take_while(|index| glyphs[**index].y() < line.at + tallest);
        let struck: Vec<usize> = near.copied().filter(|index| crosses(line, &glyphs[*index])).collect();
        let is_strike = ends_with(line, struck.iter().map(|index| &glyphs[*index]));
        if is_strike {
            for index in struck {
                // A line may be drawn as a thin box, of which both long sides are lines.
                match &mut glyphs[index].character {
                    digit if digit.is_numeric() => *digit = MARK,
                    character => gone[index] = *character != MARK,
                }
            }
        }
        !is_strike
    });
    let mut index = 0;
    glyphs.retain(|_| {
        index += 1;
        !gone[index - 1]
    });
}

fn is_level(glyph: &Glyph) -> bool {
    glyph.turn == 0 && !glyph.vertical && !glyph.character.is_whitespace()
}

/// Whether a line runs through the middle of a character.
fn crosses(line: &Segment, glyph: &Glyph) -> bool {
    let bbox = glyph.bbox;
    let height = (line.at - bbox.y0) / bbox.height();
    MIDDLE.contains(&height) && line.from < glyph.x() && glyph.x() < line.to
}

/// Whether a line ends where the characters that it crosses end.
fn ends_with<'g>(line: &Segment, struck: impl Iterator<Item = &'g Glyph>) -> bool {
    let ends = struck.map(|glyph| (glyph.bbox.x0, glyph.bbox.x1, ENDS * glyph.size));
    let around = ends.reduce(|(x0, x1, reach), (from, to, other)| (x0.min(from), x1.max(to), reach.max(other)));
    around.is_some_and(|(x0, x1, reach)| (line.from - x0).abs() < reach && (line.to - x1).abs() < reach)
}

#[cfg(test)]
mod tests {
    use kurbo::Rect;

    use super::*;

    /// Characters of 10 pt side by side, their boxes from 100 to 110 from the top.
    fn text(text: &str) -> Vec<Glyph> {
        let glyphs = text.chars().zip(0u32..).map(|(character, place)| {
            let x = f64::from(place) * 10.0;
            Glyph {
                character,
                bbox: Rect::new(x, 100.0, x + 10.0, 110.0),
                size: 10.0,
                turn: 0,
                vertical: false,
                bold: false,
                order: place,
                run: 0,
                beyond: false,
            }
        });
        glyphs.collect()
    }

    fn left(written: &str, line: Segment) -> (String, usize) {
        let (mut glyphs, mut lines) = (text(written), vec![line]);
        remove(&mut glyphs, &mut lines);
        (glyphs.iter().map(|glyph| glyph.character).collect(), lines.len())
    }

    /// What is left of a text, and how many lines, where a line runs through it at a height, from a place to another.
    fn struck(written: &str, at: f64, from: f64, to: f64) -> (String, usize) {
        left(written, Segment::horizontal(at, from, to))
    }

    #[test]
    fn characters_with_a_line_through_them_are_gone_and_the_line_too() {
        assert_eq!(struck("现行有效", 105.0, 0.0, 20.0), ("有效".into(), 0));
        assert_eq!(struck("现行有效", 106.0, 9.5, 40.5), ("现".into(), 0));
    }

    #[test]
    fn digits_with_a_line_through_them_leave_a_mark_that_no_number_has() {
        assert_eq!(struck("33475", 105.0, 0.0, 20.0), ("……475".into(), 0));
        assert_eq!(struck("3年475", 105.0, 10.0, 40.0), ("3……5".into(), 0));
    }

    #[test]
    fn what_is_underlined_or_lies_on_a_rule_stays() {
        for (at, from, to) in [(109.0, 0.0, 20.0), (105.0, -60.0, 200.0), (105.0, 0.0, 90.0)] {
            assert_eq!(struck("33475", at, from, to), ("33475".into(), 1));
        }
        assert_eq!(left("33475", Segment::vertical(10.0, 90.0, 120.0)), ("33475".into(), 1));
    }
}
