//! One character on the page: where it stands, and whether it was drawn twice.
//!
//! Invariant: a box reaches from descent to ascent of the em square, whatever the shape drawn, so that boxes of one line agree.

use kurbo::{Affine, Point, Rect};

/// How far, in em, the box of a character reaches below its line.
pub(super) const DESCENT: f64 = 0.12;
/// Most times that one character can stand in one line.
const SAME_IN_LINE: usize = 1000;

/// A character on the page.
#[derive(Clone, Debug)]
pub(crate) struct Glyph {
    /// The character, folded.
    pub character: char,
    /// The square or column that it is set in, from descent to ascent.
    pub bbox: Rect,
    /// Font size in points.
    pub size: f64,
    /// Quarter turns clockwise that the text direction is away from left to right.
    pub turn: u8,
    /// Set by a font with vertical writing.
    pub vertical: bool,
    /// Set in a bold font.
    pub bold: bool,
    /// Number in drawing order.
    pub order: u32,
    /// Number of the run that it was drawn in.
    pub run: u32,
    /// Stands for digits that lie beyond the edge of the page.
    pub beyond: bool,
}

impl Glyph {
    /// Middle of the box, from left.
    pub(crate) fn x(&self) -> f64 {
        self.bbox.center().x
    }

    /// Middle of the box, from top.
    pub(crate) fn y(&self) -> f64 {
        self.bbox.center().y
    }
}

/// Where a glyph stands: origin, direction of reading, and size.
pub(crate) struct Frame {
    pub origin: Point,
    pub direction: (f64, f64),
    pub width: f64,
    pub size: f64,
    pub turn: u8,
}

impl Frame {
    /// The frame of a glyph, or nothing where it is too small, too large or aslant (then the flag is set).
    pub(crate) fn new(transform: Affine, advance: f64, aslant: &mut bool) -> Option<Self> {
        let [a, b, c, d, ..] = transform.as_coeffs();
        let size = c.hypot(d) * 1000.0;
        let length = a.hypot(b);
        let origin = transform * Point::ORIGIN;
        if !(0.5..2000.0).contains(&size) || length <= 0.0 || !origin.x.is_finite() || !origin.y.is_finite() {
            return None;
        }
        let (x, y) = (a / length, b / length);
        let turn = match (x, y) {
            _ if x > 0.98 => 0,
            _ if y > 0.98 => 1,
            _ if x < -0.98 => 2,
            _ if y < -0.98 => 3,
            _ => {
                *aslant = true;
                return None;
            }
        };
        Some(Frame {
            origin,
            direction: [(1.0, 0.0), (0.0, 1.0), (-1.0, 0.0), (0.0, -1.0)][usize::from(turn)],
            width: (advance.clamp(0.0, 4000.0) / 1000.0 * size).max(0.05 * size),
            size,
            turn,
        })
    }

    /// The box of a part of the glyph, from descent to ascent of the em square.
    pub(crate) fn part(&self, from: f64, width: f64) -> Rect {
        let (x, y) = self.direction;
        let (up_x, up_y) = (y, -x);
        let at = |along: f64, up: f64| {
            Point::new(
                self.origin.x + x * along + up_x * up,
                self.origin.y + y * along + up_y * up,
            )
        };
        Rect::from_points(
            at(from, -DESCENT * self.size),
            at(from + width, (1.0 - DESCENT) * self.size),
        )
    }
}

/// Drops characters drawn again within 0.15 em of the same character: fill and stroke in two passes, fake bold, shadows.
pub(crate) fn drop_duplicates(glyphs: &mut Vec<Glyph>) {
    let mut sorted: Vec<u32> = (0..glyphs.len() as u32).collect();
    let glyph = |index: u32| &glyphs[index as usize];
    sorted.sort_unstable_by(|a, b| {
        let (a, b) = (glyph(*a), glyph(*b));
        a.character
            .cmp(&b.character)
            .then(a.y().total_cmp(&b.y()))
            .then(a.order.cmp(&b.order))
    });
    let mut doubled = vec![false; glyphs.len()];
    for (place, &first) in sorted.iter().enumerate() {
        if doubled[first as usize] {
            continue;
        }
        let kept = glyph(first);
        let reach = 0.15 * kept.size;
        // Sorted by height: no more than the same character in one line has to be looked at.
        for &other in sorted[place + 1..].iter().take(SAME_IN_LINE) {
            let candidate = glyph(other);
            if candidate.character != kept.character || candidate.y() - kept.y() > reach {
                break;
            }
            if (candidate.x() - kept.x()).abs() < reach {
                doubled[other as usize] = true;
            }
        }
    }
    let mut index = 0;
    glyphs.retain(|_| {
        index += 1;
        !doubled[index - 1]
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn glyph(character: char, x: f64, y: f64) -> Glyph {
        Glyph {
            character,
            bbox: Rect::new(x, y, x + 10.0, y + 10.0),
            size: 10.0,
            turn: 0,
            vertical: false,
            bold: false,
            order: 0,
            run: 0,
            beyond: false,
        }
    }

    #[test]
    fn a_character_drawn_twice_for_boldness_counts_once() {
        let mut glyphs = vec![glyph('公', 0.0, 0.0), glyph('公', 0.4, 0.0), glyph('开', 10.0, 0.0)];
        drop_duplicates(&mut glyphs);
        assert_eq!(glyphs.iter().map(|g| g.character).collect::<String>(), "公开");
    }

    #[test]
    fn the_same_digit_in_the_next_row_or_place_stays() {
        let mut glyphs = vec![glyph('0', 0.0, 0.0), glyph('0', 0.0, 12.0), glyph('0', 5.0, 0.0)];
        drop_duplicates(&mut glyphs);
        assert_eq!(glyphs.len(), 3);
    }

    #[test]
    fn text_that_runs_upwards_has_its_box_to_the_left_of_its_baseline() {
        let upwards = Affine::new([0.0, -0.01, -0.01, 0.0, 100.0, 200.0]);
        let frame = Frame::new(upwards, 500.0, &mut false).unwrap();
        assert_eq!(frame.turn, 3);
        let bbox = frame.part(0.0, frame.width);
        assert!((bbox.x0 - 91.2).abs() < 1e-9 && (bbox.y0 - 195.0).abs() < 1e-9 && (bbox.y1 - 200.0).abs() < 1e-9);
    }
}
