//! Specks of one pixel on blurred pages: they are sharper than anything that was printed there.
//!
//! Turned straight, such a speck is as large as a point, and beside a digit makes its ink wider. Invariant: nothing is taken off a page
//! whose own strokes are sharp, for a point may be as small as a pixel there.

use image::GrayImage;

/// How much darker than its paper ink is at least.
const INK: u8 = 40;
/// Share of the steps from pixel to pixel in ink that are lower than the sharpest that was printed.
const STEPS: f64 = 0.98;
/// How high that step is at most on a blurred page.
const BLURRED: u8 = 80;
/// Least step that is none of the grain of the paper.
const GRAIN: u8 = 30;

/// Gives each speck of a blurred page the mean tone of the pixels around it.
pub(super) fn erase(gray: &mut GrayImage) {
    let step = sharpest(gray);
    if step > BLURRED {
        return;
    }
    let step = step.max(GRAIN);
    let width = gray.width() as usize;
    let tones = gray.as_raw();
    let mut specks = Vec::new();
    for y in 1..(gray.height() as usize).saturating_sub(1) {
        for x in 1..width.saturating_sub(1) {
            let at = y * width + x;
            let Some(lighter) = tones[at].checked_add(step) else {
                continue;
            };
            if tones[at - 1] > lighter && tones[at + 1] > lighter {
                let around = [
                    at - width - 1,
                    at - width,
                    at - width + 1,
                    at - 1,
                    at + 1,
                    at + width - 1,
                    at + width,
                    at + width + 1,
                ];
                if around.iter().all(|other| tones[*other] > lighter) {
                    let sum: usize = around.iter().map(|other| usize::from(tones[*other])).sum();
                    specks.push((x as u32, y as u32, (sum / around.len()) as u8));
                }
            }
        }
    }
    specks
        .into_iter()
        .for_each(|(x, y, tone)| gray.get_pixel_mut(x, y).0[0] = tone);
}

/// The step from pixel to pixel than which few are higher in the ink of a page.
fn sharpest(gray: &GrayImage) -> u8 {
    let mut tones = [0usize; 256];
    gray.as_raw().iter().for_each(|tone| tones[usize::from(*tone)] += 1);
    let paper = reached(&tones, 0.5);
    let dark = paper.saturating_sub(INK);
    let mut steps = [0usize; 256];
    for row in gray.as_raw().chunks_exact((gray.width() as usize).max(1)) {
        for pair in row.windows(2).filter(|pair| pair[0] < dark || pair[1] < dark) {
            steps[usize::from(pair[0].abs_diff(pair[1]))] += 1;
        }
    }
    reached(&steps, STEPS)
}

/// The value up to which a share of all values lies.
fn reached(counts: &[usize; 256], share: f64) -> u8 {
    let wanted = counts.iter().sum::<usize>() as f64 * share;
    let mut sum = 0;
    let found = counts.iter().position(|count| {
        sum += count;
        sum as f64 >= wanted
    });
    found.map_or(u8::MAX, |value| value as u8)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A page of upright strokes with soft or sharp sides, a speck beside them and a point.
    fn page(soft: bool) -> GrayImage {
        let mut gray = GrayImage::from_fn(300, 100, |x, y| {
            let off = f64::from(x % 12) - 5.5;
            let dark = if soft {
                (1.0 - (off.abs() - 1.0).max(0.0) / 4.0).max(0.0)
            } else {
                f64::from(off.abs() < 2.0)
            };
            let in_line = (20..40).contains(&(y % 50));
            image::Luma([(230.0 - if in_line { 160.0 * dark } else { 0.0 }) as u8])
        });
        gray.put_pixel(72, 45, image::Luma([20]));
        gray
    }

    #[test]
    fn a_pixel_that_is_sharper_than_the_strokes_of_a_blurred_page_is_taken_off() {
        let mut gray = page(true);
        erase(&mut gray);
        assert_eq!(gray.get_pixel(72, 45).0[0], 230);
        let mut without = page(true);
        without.put_pixel(72, 45, image::Luma([230]));
        assert_eq!(gray, without);
    }

    #[test]
    fn nothing_is_taken_off_a_sharp_page_and_a_blank_one() {
        for mut gray in [
            page(false),
            GrayImage::from_pixel(30, 30, image::Luma([255])),
            GrayImage::new(0, 0),
        ] {
            let before = gray.clone();
            erase(&mut gray);
            assert_eq!(gray, before);
        }
    }
}
