//! Pages whose text runs sideways, set upright for reading and turned back for where things stand.
//!
//! Invariant: a box set upright and turned back is the same box.

use kurbo::Rect;

use super::glyph::Glyph;
use super::segment::Segment;

/// A page whose text runs sideways, set upright.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Turned {
    turn: u8,
    width: f64,
    height: f64,
}

impl Turned {
    /// How a page of a size is turned that shows these characters.
    pub(super) fn of(glyphs: &[Glyph], width: f64, height: f64) -> Self {
        Turned {
            turn: main_turn(glyphs),
            width,
            height,
        }
    }

    /// A page of a size, turned by so many quarters.
    #[cfg(feature = "ocr")]
    pub(crate) fn by(turn: u8, width: f64, height: f64) -> Self {
        Turned { turn, width, height }
    }

    /// Height of the upright page.
    pub(crate) fn height(&self) -> f64 {
        if self.turn.is_multiple_of(2) {
            self.height
        } else {
            self.width
        }
    }

    /// Width of the upright page.
    pub(crate) fn width(&self) -> f64 {
        if self.turn.is_multiple_of(2) {
            self.width
        } else {
            self.height
        }
    }

    fn upright(&self, x: f64, y: f64) -> (f64, f64) {
        match self.turn {
            0 => (x, y),
            1 => (y, self.width - x),
            2 => (self.width - x, self.height - y),
            _ => (self.height - y, x),
        }
    }

    fn displayed(&self, x: f64, y: f64) -> (f64, f64) {
        match self.turn {
            0 => (x, y),
            1 => (self.width - y, x),
            2 => (self.width - x, self.height - y),
            _ => (y, self.height - x),
        }
    }

    /// A box of the page as displayed on the upright page.
    pub(crate) fn upright_rect(&self, rect: Rect) -> Rect {
        Rect::from_points(self.upright(rect.x0, rect.y0), self.upright(rect.x1, rect.y1))
    }

    /// A box of the upright page on the page as displayed.
    pub(crate) fn back(&self, rect: Rect) -> Rect {
        Rect::from_points(self.displayed(rect.x0, rect.y0), self.displayed(rect.x1, rect.y1))
    }

    /// Brings characters and lines of the page as displayed to the upright page.
    pub(crate) fn set_upright(&self, glyphs: &mut [Glyph], lines: &mut [Segment]) {
        if self.turn == 0 {
            return;
        }
        for glyph in glyphs {
            glyph.bbox = self.upright_rect(glyph.bbox);
            glyph.turn = (glyph.turn + 4 - self.turn) % 4;
        }
        for line in lines {
            let (from, to) = if line.horizontal {
                (self.upright(line.from, line.at), self.upright(line.to, line.at))
            } else {
                (self.upright(line.at, line.from), self.upright(line.at, line.to))
            };
            let rect = Rect::from_points(from, to);
            *line = if line.horizontal == (self.turn.is_multiple_of(2)) {
                Segment::horizontal(rect.y0, rect.x0, rect.x1)
            } else {
                Segment::vertical(rect.x0, rect.y0, rect.y1)
            };
        }
    }
}

/// The direction that most text of a page runs in, in quarter turns.
fn main_turn(glyphs: &[Glyph]) -> u8 {
    let mut counts = [0; 4];
    glyphs.iter().for_each(|glyph| counts[usize::from(glyph.turn)] += 1);
    (1..4)
        .find(|turn| counts[usize::from(*turn)] * 10 > glyphs.len() * 6)
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_box_turned_upright_and_back_is_the_same_box() {
        for turn in 0..4 {
            let turned = Turned {
                turn,
                width: 600.0,
                height: 800.0,
            };
            let rect = Rect::new(10.0, 20.0, 30.0, 50.0);
            assert_eq!(turned.back(turned.upright_rect(rect)), rect);
        }
    }
}
