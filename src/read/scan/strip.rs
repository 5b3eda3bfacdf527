//! Pictures of pieces of text as the model takes them: of one height, and in batches of one width.
//!
//! Invariant: a strip shows one piece. Numbers that stand side by side are misread alike.

use image::GrayImage;
use image::imageops::{FilterType, resize};

/// Height of the pictures that the model takes.
pub(super) const HEIGHT: u32 = 48;
/// Pixels that the model gives one step of its output for.
pub(super) const STEP: u32 = 8;
/// Least width, in pixels, that the model reads well; a narrower picture gets middle grey on its right, as in its training.
pub(super) const NARROWEST: u32 = 80;
/// Greatest width of one piece: a line of a page, set small, with room.
pub(super) const WIDEST: u32 = 3200;
/// Widths are multiples of it, so that many strips have the same.
const GRID: u32 = 8;
/// Width from which on a piece is drawn narrower, by a factor: it is a line of words, for no number is as long, and the model reads
/// words as well then.
const LINE: (u32, f64) = (200, 0.7);
/// Width of the strips that the model reads at one time.
const FULL: u32 = 640;

/// A piece as the model takes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Strip {
    /// Which piece it shows.
    pub piece: usize,
    /// Width of its picture in pixels.
    pub shown: u32,
}

impl Strip {
    /// The strip of a picture.
    fn new(piece: usize, picture: &GrayImage) -> Self {
        let width = scaled(picture.width() as usize, picture.height() as usize) as u32;
        let (long, factor) = LINE;
        let shown = if width > long {
            long.max((f64::from(width) * factor) as u32)
        } else {
            width
        };
        Strip { piece, shown }
    }

    /// Pixels from left to right.
    pub(super) fn width(self) -> u32 {
        self.shown.max(NARROWEST).next_multiple_of(GRID)
    }

    /// Values that the model takes: three equal colours from -1 (black) to 1 (white).
    pub(super) fn values(self, pictures: &[GrayImage]) -> Vec<f32> {
        let width = self.width() as usize;
        let mut values = vec![0.0; width * HEIGHT as usize];
        let small = resize(&pictures[self.piece], self.shown, HEIGHT, FilterType::Triangle);
        for (row, tones) in values.chunks_exact_mut(width).zip(small.rows()) {
            row.iter_mut()
                .zip(tones)
                .for_each(|(value, tone)| *value = f32::from(tone.0[0]) / 127.5 - 1.0);
        }
        values.repeat(3)
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
    HEIGHT as usize * scaled(width, height).max(NARROWEST as usize)
}

/// The strips of some pictures, those that the model reads at one time together.
pub(super) fn batches(pictures: &[GrayImage]) -> Vec<Vec<Strip>> {
    let strips = pictures.iter().enumerate();
    let mut strips: Vec<Strip> = strips.map(|(piece, picture)| Strip::new(piece, picture)).collect();
    strips.sort_by_key(|strip| strip.width());
    let alike = strips.chunk_by(|one, other| one.width() == other.width());
    let batches = alike.flat_map(|alike| alike.chunks((FULL / alike[0].width()).max(1) as usize));
    batches.map(<[Strip]>::to_vec).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strips_of_one_width_are_read_together_and_lines_are_drawn_narrower() {
        let widths = [40, 600, 72, 30, 210, 200];
        let pictures: Vec<GrayImage> = widths.iter().map(|width| GrayImage::new(*width, HEIGHT)).collect();
        let batches: Vec<Vec<(usize, u32)>> = batches(&pictures)
            .iter()
            .map(|batch| batch.iter().map(|strip| (strip.piece, strip.shown)).collect())
            .collect();
        let expected = [
            vec![(0, 40), (2, 72), (3, 30)],
            vec![(4, 200), (5, 200)],
            vec![(1, 420)],
        ];
        assert_eq!(batches, expected);
    }

    #[test]
    fn no_more_strips_are_read_together_than_fill_the_model() {
        let pictures = vec![GrayImage::new(30, HEIGHT); 40];
        let counts: Vec<usize> = batches(&pictures).iter().map(Vec::len).collect();
        assert_eq!(counts, [8; 5]);
    }

    #[test]
    fn a_strip_is_grey_behind_its_picture() {
        let strip = Strip { piece: 0, shown: 40 };
        let values = strip.values(&[GrayImage::new(40, HEIGHT)]);
        assert_eq!(values.len(), 3 * 80 * 48);
        assert_eq!([values[0], values[39], values[40], values[79]], [-1.0, -1.0, 0.0, 0.0]);
    }
}
