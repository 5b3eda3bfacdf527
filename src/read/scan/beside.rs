//! Ink beside a number that is no part of it: a sign or a thin digit so faint, or so small, that it was taken for dirt.
//!
//! Invariant: what is looked at are the tones, for ink that is left in black and white is seen already.

use image::GrayImage;

use super::mask::Area;

/// How far from a number it is looked for, in its heights.
const REACH: f64 = 0.7;
/// Shortest stroke, in the same, from left to right and from top to bottom.
const SHORTEST: (f64, f64) = (0.25, 0.5);
/// Rows that a sign stands in, in the same, from the top: lower ones hold the hook of a broken 3.
const SIGN: (f64, f64) = (0.25, 0.8);
/// How dark such a stroke is at least, of 1 for the ink of the number and 0 for its paper.
const DARK: f64 = 0.4;

/// Whether a stroke stands before or behind a number of a `cell`.
pub(super) fn stroke(gray: &GrayImage, number: &Area, cell: &Area) -> bool {
    let reach = (REACH * number.height() as f64) as usize;
    let before = Area {
        x0: number.x0.saturating_sub(reach).max(cell.x0),
        x1: number.x0,
        ..*number
    };
    let behind = Area {
        x0: number.x1,
        x1: (number.x1 + reach).min(cell.x1).min(gray.width() as usize),
        ..*number
    };
    let (ink, paper) = tones(gray, number);
    let dark =
        |x: usize, y: usize| (paper - f64::from(gray.get_pixel(x as u32, y as u32).0[0])) / (paper - ink).max(1.0);
    is_sign(&before, dark) || [before, behind].iter().any(|side| is_upright(side, dark))
}

/// Tones of the ink and the paper of a number.
fn tones(gray: &GrayImage, number: &Area) -> (f64, f64) {
    let pixels = (number.y0..number.y1).flat_map(|y| (number.x0..number.x1).map(move |x| (x as u32, y as u32)));
    let mut tones: Vec<u8> = pixels.map(|(x, y)| gray.get_pixel(x, y).0[0]).collect();
    tones.sort_unstable();
    let tone = |part: usize| tones.get(tones.len() * part / 100).copied().map_or(0.0, f64::from);
    (tone(5), tone(90))
}

fn is_sign(side: &Area, dark: impl Fn(usize, usize) -> f64) -> bool {
    let height = side.height() as f64;
    let length = ((SHORTEST.0 * height) as usize).max(2);
    let rows = side.y0 + (SIGN.0 * height) as usize..side.y0 + (SIGN.1 * height) as usize;
    rows.into_iter()
        .any(|y| holds(side.x0..side.x1, length, |x| dark(x, y)))
}

fn is_upright(side: &Area, dark: impl Fn(usize, usize) -> f64) -> bool {
    let length = ((SHORTEST.1 * side.height() as f64) as usize).max(2);
    (side.x0..side.x1).any(|x| holds(side.y0..side.y1, length, |y| dark(x, y)))
}

/// Whether places in a row, as many as a stroke is long, are dark on average.
fn holds(places: std::ops::Range<usize>, length: usize, dark: impl Fn(usize) -> f64) -> bool {
    let tones: Vec<f64> = places.map(|place| dark(place).clamp(0.0, 1.0)).collect();
    let mut windows = tones.windows(length);
    windows.any(|window| window.iter().sum::<f64>() >= DARK * length as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn area(x0: usize, y0: usize, x1: usize, y1: usize) -> Area {
        Area { x0, y0, x1, y1 }
    }

    /// Whether a stroke is seen beside a digit 20 high, with something of a tone beside it.
    fn seen(what: Area, tone: u8) -> bool {
        let (number, cell) = (area(60, 20, 72, 40), area(30, 10, 90, 50));
        let is_ink = |x, y| number.x0 + 2 < x && x < number.x1 && (number.y0..number.y1).contains(&y) && x % 3 == 0;
        let gray = GrayImage::from_fn(120, 60, |x, y| {
            let (x, y) = (x as usize, y as usize);
            let inside = (what.x0..what.x1).contains(&x) && (what.y0..what.y1).contains(&y);
            image::Luma([match () {
                () if is_ink(x, y) => 40,
                () if inside => tone,
                () => 220,
            }])
        });
        stroke(&gray, &number, &cell)
    }

    #[test]
    fn a_faint_sign_and_a_faint_digit_are_seen() {
        assert!(seen(area(49, 30, 56, 32), 120) && seen(area(55, 20, 57, 40), 120) && seen(area(75, 20, 77, 40), 120));
    }

    #[test]
    fn specks_the_next_cell_and_paper_are_none() {
        let none = [
            area(52, 30, 54, 32),
            area(52, 20, 54, 24),
            area(54, 36, 59, 39),
            area(20, 20, 29, 40),
            area(0, 0, 0, 0),
        ];
        assert!(!none.into_iter().any(|what| seen(what, 60)));
        assert!(!seen(area(40, 10, 58, 50), 190));
    }
}
