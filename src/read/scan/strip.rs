//! Pictures of pieces of text put side by side, so that the model reads many of them at one time.
//!
//! The model takes a least width, and most of it would be empty beside a number of one digit. Invariant: a strip tells for each of its
//! pieces which part of it is theirs, and no two parts overlap.

use std::ops::Range;

use image::GrayImage;
use image::imageops::{FilterType, resize};

/// Height of the pictures that the model takes.
pub(super) const HEIGHT: u32 = 48;
/// Pixels that the model gives one step of its output for.
pub(super) const STEP: u32 = 8;
/// Least width, in pixels, that the model reads well; a narrower strip gets middle grey on its right, as in its training.
pub(super) const NARROWEST: u32 = 160;
/// Greatest width of one piece: a line of a page, set small, with room.
pub(super) const WIDEST: u32 = 3200;
/// Width from which on a strip takes no further piece.
const FULL: u32 = 1280;
/// Paper between two pieces: wider than the gap between two words.
const BETWEEN: u32 = 4 * STEP;

/// A part of a strip.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Part {
    /// Which piece it shows.
    pub piece: usize,
    /// Its pixels from left to right.
    pub pixels: Range<u32>,
}

/// Pieces side by side.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Strip {
    /// Them from left to right.
    pub parts: Vec<Part>,
}

impl Strip {
    /// Pixels from left to right.
    pub(super) fn width(&self) -> u32 {
        self.parts.last().map_or(0, |part| part.pixels.end).max(NARROWEST)
    }

    /// Values that the model takes: three equal colours from -1 (black) to 1 (white).
    pub(super) fn values(&self, pictures: &[GrayImage]) -> Vec<f32> {
        let (width, end) = (
            self.width() as usize,
            self.parts.last().map_or(0, |part| part.pixels.end),
        );
        let mut values = vec![0.0; width * HEIGHT as usize];
        for row in values.chunks_exact_mut(width) {
            row[..end as usize].fill(1.0);
        }
        for part in &self.parts {
            let small = resize(
                &pictures[part.piece],
                part.pixels.len() as u32,
                HEIGHT,
                FilterType::Triangle,
            );
            for (row, tones) in values.chunks_exact_mut(width).zip(small.rows()) {
                let places = row[part.pixels.start as usize..].iter_mut();
                places
                    .zip(tones)
                    .for_each(|(value, tone)| *value = f32::from(tone.0[0]) / 127.5 - 1.0);
            }
        }
        values.repeat(3)
    }

    /// The steps of the model's output that belong to each part: up to the middle of the paper beside it.
    pub(super) fn steps(&self, all: usize) -> Vec<Range<usize>> {
        let ends = self
            .parts
            .windows(2)
            .map(|pair| (pair[0].pixels.end + pair[1].pixels.start) / 2);
        let ends: Vec<usize> = ends.map(|end| ((end / STEP) as usize).min(all)).chain([all]).collect();
        let starts = [0].into_iter().chain(ends.iter().copied());
        starts.zip(&ends).map(|(start, end)| start..*end).collect()
    }
}

/// Width of a picture when it is as high as the model takes it.
pub(super) fn scaled(width: usize, height: usize) -> usize {
    (width * HEIGHT as usize)
        .div_ceil(height.max(1))
        .clamp(1, WIDEST as usize)
}

/// Pixels of the model's input for a piece of text of a size.
pub(super) fn pixels(width: usize, height: usize) -> usize {
    HEIGHT as usize * (scaled(width, height) + BETWEEN as usize)
}

/// Each picture by itself. Numbers that stand side by side in both looks at them are misread alike.
pub(super) fn alone(pictures: &[GrayImage]) -> Vec<Strip> {
    let widths = widths(pictures);
    let all = 0..pictures.len();
    all.flat_map(|piece| filled(&[piece], &widths)).collect()
}

/// All pictures side by side, in their order.
pub(super) fn together(pictures: &[GrayImage]) -> Vec<Strip> {
    let pieces: Vec<usize> = (0..pictures.len()).collect();
    filled(&pieces, &widths(pictures))
}

fn widths(pictures: &[GrayImage]) -> Vec<u32> {
    let width = |picture: &GrayImage| scaled(picture.width() as usize, picture.height() as usize) as u32;
    pictures.iter().map(width).collect()
}

fn filled(pieces: &[usize], widths: &[u32]) -> Vec<Strip> {
    let mut strips: Vec<Strip> = Vec::new();
    for &piece in pieces {
        let end = strips
            .last()
            .and_then(|strip| strip.parts.last())
            .map(|part| part.pixels.end);
        let start = end.map_or(0, |end| (end + BETWEEN).next_multiple_of(STEP));
        let pixels = start..start + widths[piece];
        match strips.last_mut() {
            Some(strip) if pixels.end <= FULL => strip.parts.push(Part { piece, pixels }),
            _ => strips.push(Strip {
                parts: vec![Part {
                    piece,
                    pixels: 0..widths[piece],
                }],
            }),
        }
    }
    strips
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(widths: &[u32]) -> Vec<Strip> {
        let pictures: Vec<GrayImage> = widths.iter().map(|width| GrayImage::new(*width, HEIGHT)).collect();
        together(&pictures)
    }

    #[test]
    fn pieces_stand_side_by_side_with_paper_between_them() {
        let strips = of(&[40, 30, 2000, 600, 650]);
        let parts: Vec<Vec<(usize, u32)>> = strips
            .iter()
            .map(|strip| strip.parts.iter().map(|part| (part.piece, part.pixels.start)).collect())
            .collect();
        assert_eq!(parts, [vec![(0, 0), (1, 72)], vec![(2, 0)], vec![(3, 0)], vec![(4, 0)]]);
        assert_eq!(strips[0].width(), NARROWEST);
    }

    #[test]
    fn each_step_belongs_to_one_piece() {
        assert_eq!(of(&[40, 30])[0].steps(20), [0..7, 7..20]);
        assert_eq!(of(&[40])[0].steps(20), vec![Range { start: 0, end: 20 }]);
    }

    #[test]
    fn a_strip_is_white_between_its_pieces_and_grey_behind_them() {
        let values = of(&[40, 30])[0].values(&[GrayImage::new(40, HEIGHT), GrayImage::new(30, HEIGHT)]);
        assert_eq!(values.len(), 3 * 160 * 48);
        assert_eq!([values[0], values[50], values[80], values[120]], [-1.0, 1.0, -1.0, 0.0]);
    }
}
