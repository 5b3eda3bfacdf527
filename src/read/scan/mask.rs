//! Pictures in black and white: which pixels of a page are ink.
//!
//! Invariant: a pixel outside of the picture is paper.

use image::GrayImage;

/// A box of pixels: `x0` and `y0` belong to it, `x1` and `y1` do not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Area {
    /// Left.
    pub x0: usize,
    /// Top.
    pub y0: usize,
    /// Right.
    pub x1: usize,
    /// Bottom.
    pub y1: usize,
}

impl Area {
    /// Pixels from left to right.
    pub(super) fn width(&self) -> usize {
        self.x1.saturating_sub(self.x0)
    }

    /// Pixels from top to bottom.
    pub(super) fn height(&self) -> usize {
        self.y1.saturating_sub(self.y0)
    }

    /// The box and so many pixels around it, as far as there are any before it.
    pub(super) fn grown(&self, by: usize) -> Area {
        Area {
            x0: self.x0.saturating_sub(by),
            y0: self.y0.saturating_sub(by),
            x1: self.x1 + by,
            y1: self.y1 + by,
        }
    }

    /// The smallest box around two.
    pub(super) fn union(&self, other: &Area) -> Area {
        Area {
            x0: self.x0.min(other.x0),
            y0: self.y0.min(other.y0),
            x1: self.x1.max(other.x1),
            y1: self.y1.max(other.y1),
        }
    }
}

/// Ink of a picture.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Mask {
    width: usize,
    height: usize,
    ink: Vec<bool>,
}

impl Mask {
    /// A picture without ink.
    pub(super) fn blank(width: usize, height: usize) -> Self {
        Mask {
            width,
            height,
            ink: vec![false; width * height],
        }
    }

    /// Ink by the light around it: what is darker than the mean of a square of `window` pixels by `offset` steps of 255. The light of
    /// a page may change over it, as under the lid of a scanner.
    pub(super) fn adaptive(gray: &GrayImage, window: usize, offset: u32) -> Self {
        let (width, height) = (gray.width() as usize, gray.height() as usize);
        let half = (window / 2).max(1);
        let pixels = gray.as_raw();
        let row = |y: usize| &pixels[y * width..(y + 1) * width];
        let mut mask = Mask::blank(width, height);
        let mut columns = vec![0u32; width];
        let (mut top, mut bottom) = (0, 0);
        for y in 0..height {
            while bottom < height && bottom <= y + half {
                columns
                    .iter_mut()
                    .zip(row(bottom))
                    .for_each(|(sum, v)| *sum += u32::from(*v));
                bottom += 1;
            }
            while top + half < y {
                columns
                    .iter_mut()
                    .zip(row(top))
                    .for_each(|(sum, v)| *sum -= u32::from(*v));
                top += 1;
            }
            darker(
                row(y),
                &columns,
                (bottom - top, half, offset),
                &mut mask.ink[y * width..(y + 1) * width],
            );
        }
        mask
    }

    /// Width in pixels.
    pub(super) fn width(&self) -> usize {
        self.width
    }

    /// Height in pixels.
    pub(super) fn height(&self) -> usize {
        self.height
    }

    /// The box of all its pixels.
    pub(super) fn whole(&self) -> Area {
        Area {
            x0: 0,
            y0: 0,
            x1: self.width,
            y1: self.height,
        }
    }

    /// The pixels of one row.
    pub(super) fn row(&self, y: usize) -> &[bool] {
        &self.ink[y * self.width..(y + 1) * self.width]
    }

    /// The pixels of one row, to be changed.
    pub(super) fn row_mut(&mut self, y: usize) -> &mut [bool] {
        &mut self.ink[y * self.width..(y + 1) * self.width]
    }

    /// The picture without specks: ink with fewer than two of the eight pixels around it.
    pub(super) fn without_specks(&self) -> Mask {
        let mut clean = Mask::blank(self.width, self.height);
        let nothing = vec![false; self.width];
        let row = |y: Option<usize>| y.filter(|y| *y < self.height).map_or(&nothing[..], |y| self.row(y));
        for y in 0..self.height {
            let rows = [row(y.checked_sub(1)), self.row(y), row(Some(y + 1))];
            for x in (0..self.width).filter(|x| rows[1][*x]) {
                let columns = x.saturating_sub(1)..(x + 2).min(self.width);
                let around: usize = rows
                    .iter()
                    .map(|row| row[columns.clone()].iter().filter(|ink| **ink).count())
                    .sum();
                clean.row_mut(y)[x] = around > 2;
            }
        }
        clean
    }

    /// The ink of which a condition on its place holds.
    pub(super) fn filtered(&self, holds: impl Fn(usize, usize) -> bool) -> Mask {
        let mut filtered = Mask::blank(self.width, self.height);
        for y in 0..self.height {
            for x in (0..self.width).filter(|x| self.row(y)[*x]) {
                filtered.ink[y * self.width + x] = holds(x, y);
            }
        }
        filtered
    }

    /// Makes a box paper, as far as it lies in the picture.
    pub(super) fn erase(&mut self, area: &Area) {
        let (x0, x1) = (area.x0.min(self.width), area.x1.min(self.width));
        for y in area.y0..area.y1.min(self.height) {
            self.row_mut(y)[x0..x1].fill(false);
        }
    }

    /// The ink and all within so many pixels of it to the sides.
    pub(super) fn grown(&self, by: usize) -> Mask {
        let widened = |mask: &Mask| {
            let mut wide = Mask::blank(mask.width, mask.height);
            for y in 0..mask.height {
                let inked = (0..mask.width).filter(|x| mask.row(y)[*x]);
                let spans: Vec<usize> = inked.collect();
                for x in spans {
                    wide.row_mut(y)[x.saturating_sub(by)..(x + by + 1).min(mask.width)].fill(true);
                }
            }
            wide
        };
        widened(&widened(self).transposed()).transposed()
    }

    /// The ink that is thicker than twice so many pixels.
    pub(super) fn opened(&self, by: usize) -> Mask {
        let mut paper = self.clone();
        paper.ink.iter_mut().for_each(|ink| *ink = !*ink);
        let mut inner = paper.grown(by);
        inner.ink.iter_mut().for_each(|ink| *ink = !*ink);
        inner.grown(by)
    }

    /// Rows become columns.
    pub(super) fn transposed(&self) -> Mask {
        let mut turned = Mask::blank(self.height, self.width);
        for y in 0..self.height {
            for (x, ink) in self.row(y).iter().enumerate() {
                turned.ink[x * self.height + y] = *ink;
            }
        }
        turned
    }
}

/// The pixels of a row that are darker than the mean of their window; `columns` are sums of as many rows as the first number says.
fn darker(row: &[u8], columns: &[u32], (rows, half, offset): (usize, usize, u32), ink: &mut [bool]) {
    let width = row.len();
    let (mut left, mut right, mut sum) = (0, 0, 0u64);
    for x in 0..width {
        while right < width && right <= x + half {
            sum += u64::from(columns[right]);
            right += 1;
        }
        while left + half < x {
            sum -= u64::from(columns[left]);
            left += 1;
        }
        let count = (rows * (right - left)) as u64;
        ink[x] = (u64::from(row[x]) + u64::from(offset)) * count < sum;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ink_is_what_is_darker_than_the_paper_around_it_also_in_shadow() {
        // The right half of the page lies in shadow, and its paper is darker than the ink of the left half.
        let gray = GrayImage::from_fn(80, 20, |x, y| {
            let paper: u8 = if x < 40 { 240 } else { 120 };
            let ink = y == 10 && (x == 10 || x == 70);
            image::Luma([if ink { paper - 90 } else { paper }])
        });
        let mask = Mask::adaptive(&gray, 15, 22);
        assert!(mask.row(10)[10] && mask.row(10)[70]);
        assert!(!mask.row(5)[10] && !mask.row(5)[70]);
    }

    #[test]
    fn thick_ink_is_left_of_an_opened_picture_and_does_not_grow() {
        let mut mask = Mask::blank(40, 20);
        (3..17).for_each(|y| mask.row_mut(y)[10..16].fill(true));
        (8..10).for_each(|y| mask.row_mut(y)[2..30].fill(true));
        let opened = mask.opened(2);
        let inked = |y: usize| (0..40).filter(|x| opened.row(y)[*x]).collect::<Vec<_>>();
        assert_eq!([inked(4), inked(8)], [(10..16).collect::<Vec<_>>(), (10..16).collect()]);
        assert_eq!((0..20).filter(|y| opened.row(*y)[12]).count(), 14);
    }

    #[test]
    fn an_even_page_has_no_ink() {
        for tone in [0, 128, 255] {
            let gray = GrayImage::from_pixel(30, 30, image::Luma([tone]));
            assert_eq!(Mask::adaptive(&gray, 9, 22), Mask::blank(30, 30));
        }
    }

    #[test]
    fn a_speck_is_taken_off_and_a_line_of_a_pixel_stays() {
        let mut mask = Mask::blank(20, 20);
        mask.row_mut(3)[3] = true;
        mask.row_mut(4)[4] = true;
        mask.row_mut(19)[19] = true;
        mask.row_mut(10)[2..18].fill(true);
        let clean = mask.without_specks();
        let left = (0..20).flat_map(|y| clean.row(y).to_vec()).filter(|ink| *ink).count();
        assert_eq!(left, 14);
        assert!(clean.row(10)[3..17].iter().all(|ink| *ink));
    }
}
