//! Pictures made smaller: each pixel is the mean of those that it stands for.
//!
//! Invariant: besides the two pictures a few rows are in memory, however large the first one is.

use image::{GrayImage, Luma};

/// A picture of at most as many pixels from left to right and from top to bottom.
pub(super) fn shrunk(gray: &GrayImage, width: u32, height: u32) -> GrayImage {
    let (width, height) = (width.clamp(1, gray.width()), height.clamp(1, gray.height()));
    let columns = shares(gray.width(), width);
    let mut small = GrayImage::new(width, height);
    let mut sums = vec![0f32; gray.width() as usize];
    for (y, (first, rows)) in shares(gray.height(), height).into_iter().enumerate() {
        sums.fill(0.0);
        for (row, share) in (first..).zip(&rows) {
            let from = row * gray.width() as usize;
            let tones = &gray.as_raw()[from..from + sums.len()];
            sums.iter_mut()
                .zip(tones)
                .for_each(|(sum, tone)| *sum += share * f32::from(*tone));
        }
        let all: f32 = rows.iter().sum();
        for (x, (first, parts)) in columns.iter().enumerate() {
            let tones = sums[*first..].iter().zip(parts);
            let (sum, part) = tones.fold((0.0, 0.0), |(sum, all), (tone, part)| (sum + tone * part, all + part));
            small.put_pixel(x as u32, y as u32, Luma([(sum / (part * all)).round() as u8]));
        }
    }
    small
}

/// For each of `to` pixels the first of `from` pixels that it stands for, and the shares of that and the following ones.
fn shares(from: u32, to: u32) -> Vec<(usize, Vec<f32>)> {
    let step = f64::from(from) / f64::from(to);
    let of = |at: u32| {
        let (start, end) = (f64::from(at) * step, (f64::from(at + 1) * step).min(f64::from(from)));
        let pixels = start as usize..(end.ceil() as usize).min(from as usize);
        let share = |pixel: usize| (end.min(pixel as f64 + 1.0) - start.max(pixel as f64)).max(0.0) as f32;
        (pixels.start, pixels.map(share).collect())
    };
    (0..to).map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_pixel_is_the_mean_of_those_that_it_stands_for() {
        let gray = GrayImage::from_raw(3, 2, vec![0, 90, 240, 0, 90, 240]).unwrap();
        assert_eq!(shrunk(&gray, 1, 1).as_raw(), &[110]);
        // One and a half pixels each: 0 and half of 90, half of 90 and 240.
        assert_eq!(shrunk(&gray, 2, 1).as_raw(), &[30, 190]);
        assert_eq!(shrunk(&gray, 9, 9), gray);
    }
}
