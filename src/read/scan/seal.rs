//! Seals over text, in a tone between that of ink and paper, as red ink has in a scan without colours.
//!
//! Invariant: only strokes that are thicker than those of text and lighter than its ink are taken off, so that what stands below a seal
//! stays.

use image::GrayImage;

use super::mask::{Area, Mask};
use super::pieces::boxes;
use super::rules::Rule;

/// Sides of a seal, in inches.
const SIDES: std::ops::Range<f64> = 0.4..2.6;
/// Half of the thickness that its strokes have at least, in inches.
const HALF: f64 = 0.012;
/// How much lighter than the ink of the page they are, where 1 is the paper.
const LIGHTER: f64 = 0.4;
/// Share of the ink of a page that is darker than its ink tone.
const DARKEST: usize = 10;
/// Every how many pixels the tones of a page are looked at.
const EVERY: usize = 7;
/// Squares as wide as the widest gap around what is seen of a seal: where its ring turns, it may be taken for a ruling line.
const TURN: usize = 2;
/// Least area of the strokes of a seal, in square inches.
const LEAST: f64 = 0.02;
/// Tone below which a pixel under a seal is ink, where 0 is the ink and 1 is the paper.
const INKED: f64 = 0.65;
/// Widest gap in its strokes, in inches: a line of text or a ruling line over it.
const BRIDGED: f64 = 0.06;

/// Takes the seals off a page with ruling lines; tells their boxes.
pub(super) fn erase(gray: &mut GrayImage, mask: &mut Mask, rules: &[Rule], dpi: f64) -> Vec<Area> {
    let Some((ink, limit, paper)) = tones(gray, mask) else {
        return Vec::new();
    };
    let width = gray.width() as usize;
    let mut light = mask.filtered(|x, y| gray.as_raw()[y * width + x] > limit);
    // A blurred line is as light as a seal.
    rules.iter().for_each(|rule| light.erase(&rule.area.grown(1)));
    let half = ((HALF * dpi) as usize).max(1);
    let cores = cores(&light, half);
    let side = ((BRIDGED * dpi) as usize).max(1);
    let mut coarse = Mask::blank(mask.width() / side + 3, mask.height() / side + 3);
    for (x, y) in &cores {
        (y / side..y / side + 3).for_each(|row| coarse.row_mut(row)[x / side..x / side + 3].fill(true));
    }
    let is_seal = |area: &Area| {
        let sides = [area.width(), area.height()].map(|count| count.saturating_sub(2) as f64 * side as f64 / dpi);
        let inside = cores.iter().filter(|core| holds(area, core, side)).count();
        sides.iter().all(|side| SIDES.contains(side)) && inside as f64 > LEAST * dpi * dpi
    };
    let seals: Vec<Area> = boxes(&coarse)
        .into_iter()
        .map(|(area, _)| area)
        .filter(is_seal)
        .map(|area| area.grown(TURN))
        .collect();
    let near = |x: usize, y: usize| seals.iter().any(|area| holds(area, &(x, y), side));
    let of_seals: Vec<&(usize, usize)> = cores.iter().filter(|(x, y)| near(*x, *y)).collect();
    let mut light: Vec<u8> = of_seals.iter().map(|(x, y)| gray.as_raw()[y * width + x]).collect();
    light.sort_unstable();
    if let Some(tone) = light.get(light.len() / 4) {
        let covered = spread(near, half + 1, (ink, *tone, paper), gray, mask);
        take_off(&of_seals, half + 1, (limit, paper), &covered, gray, mask);
    }
    seals
}

/// Makes the strokes of seals paper by their middles, and their borders, which are lighter still, as far as half of their thickness; what
/// is `covered` is done already.
fn take_off(
    middles: &[&(usize, usize)],
    half: usize,
    (limit, paper): (u8, u8),
    covered: &Mask,
    gray: &mut GrayImage,
    mask: &mut Mask,
) {
    for (x, y) in middles {
        for y in y.saturating_sub(half)..(y + half + 1).min(mask.height()) {
            for x in x.saturating_sub(half)..(x + half + 1).min(mask.width()) {
                let tone = gray.get_pixel_mut(x as u32, y as u32);
                if tone.0[0] > limit && !covered.row(y)[x] {
                    tone.0[0] = tone.0[0].max(paper);
                    mask.row_mut(y)[x] = false;
                }
            }
        }
    }
}

/// Whether a pixel lies in an area of squares with sides of so many pixels, the first of which lies before the page.
fn holds(area: &Area, (x, y): &(usize, usize), side: usize) -> bool {
    let (column, row) = (x / side + 1, y / side + 1);
    (area.x0..area.x1).contains(&column) && (area.y0..area.y1).contains(&row)
}

/// The tone of the ink of a page, the one above which ink is light, and that of the paper.
fn tones(gray: &GrayImage, mask: &Mask) -> Option<(u8, u8, u8)> {
    let (mut ink, mut paper) = (Vec::new(), Vec::new());
    for y in (0..mask.height()).step_by(EVERY) {
        for (x, is_ink) in mask.row(y).iter().enumerate() {
            let tone = gray.as_raw()[y * gray.width() as usize + x];
            if *is_ink {
                ink.push(tone);
            } else if x % EVERY == 0 {
                paper.push(tone);
            }
        }
    }
    ink.sort_unstable();
    paper.sort_unstable();
    let (ink, paper) = (*ink.get(ink.len() / DARKEST)?, *paper.get(paper.len() / 2)?);
    let limit = f64::from(ink) + LIGHTER * f64::from(paper.saturating_sub(ink));
    Some((ink, limit as u8, paper))
}

/// Spreads the tones from that of the ink to that of the seals over those up to the paper, so that seals become paper and what is
/// printed below them stands as beside them; tells where. It is done `near` seals, where all is darker than paper as far as their strokes are thick,
/// `half` of that in pixels.
fn spread(
    near: impl Fn(usize, usize) -> bool,
    half: usize,
    (ink, seal, paper): (u8, u8, u8),
    gray: &mut GrayImage,
    mask: &mut Mask,
) -> Mask {
    let width = mask.width();
    let [ink, seal, paper] = [ink, seal.max(ink.saturating_add(1)), paper].map(i32::from);
    let mut dark = Mask::blank(width, mask.height());
    for y in 0..mask.height() {
        let tones = &gray.as_raw()[y * width..(y + 1) * width];
        let row = dark.row_mut(y).iter_mut().zip(tones);
        row.for_each(|(dark, tone)| *dark = 2 * i32::from(*tone) < seal + paper);
    }
    let inked = ink + (f64::from(paper - ink) * INKED) as i32;
    let covered = dark.filtered(near).opened(half).grown(1);
    for y in 0..mask.height() {
        for x in (0..width).filter(|x| covered.row(y)[*x]) {
            let pixel = &mut gray.get_pixel_mut(x as u32, y as u32).0[0];
            let spread = ink + (i32::from(*pixel) - ink) * (paper - ink) / (seal - ink);
            *pixel = (*pixel).max(spread.clamp(0, paper) as u8);
            mask.row_mut(y)[x] &= i32::from(*pixel) < inked;
        }
    }
    covered
}

/// Pixels with ink all around them, as far as half of a thick stroke.
fn cores(light: &Mask, half: usize) -> Vec<(usize, usize)> {
    let mut cores = Vec::new();
    for y in half..light.height().saturating_sub(half) {
        let rows = [light.row(y - half), light.row(y), light.row(y + half)];
        let is_core = |x: &usize| rows[1][*x] && rows[1][x - half] && rows[1][x + half] && rows[0][*x] && rows[2][*x];
        cores.extend(
            (half..light.width().saturating_sub(half))
                .filter(is_core)
                .map(|x| (x, y)),
        );
    }
    cores
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::scan::rules::rules;

    /// A page in 100 dots an inch with a line of strokes, and a ring of a tone over it.
    fn sealed(tone: u8) -> GrayImage {
        GrayImage::from_fn(400, 300, |x, y| {
            let distance = (f64::from(x) - 200.0).hypot(f64::from(y) - 150.0);
            let text = (145..155).contains(&y) && x % 6 < 2 && (20..380).contains(&x);
            image::Luma([match () {
                () if text => 20,
                () if (distance - 80.0).abs() < 3.0 => tone,
                () => 250,
            }])
        })
    }

    /// How many dark pixels and how many others than paper are left.
    fn left(tone: u8) -> (usize, usize) {
        let mut gray = sealed(tone);
        let mut mask = Mask::adaptive(&gray, 17, 22);
        erase(&mut gray, &mut mask, &[], 100.0);
        let count = |is: fn(u8) -> bool| gray.as_raw().iter().filter(|tone| is(**tone)).count();
        (count(|tone| tone < 60), count(|tone| tone < 240))
    }

    #[test]
    fn a_seal_is_taken_off_and_the_text_below_it_stays() {
        let text = sealed(250).as_raw().iter().filter(|tone| **tone < 60).count();
        let (dark, inked) = left(150);
        // What is left stands between strokes of text, narrower than the ring.
        assert_eq!(dark, text);
        assert!(inked < text + 40, "{inked}");
    }

    #[test]
    fn text_so_dense_that_no_middle_of_a_stroke_is_seen_between_it_stands_under_a_seal_as_beside_it() {
        // Strokes two pixels wide and two apart, with a border half as dark.
        let page = |tone: u8| {
            GrayImage::from_fn(400, 300, |x, y| {
                let distance = (f64::from(x) - 200.0).hypot(f64::from(y) - 150.0);
                let text: u8 = match x % 5 {
                    _ if !(140..160).contains(&y) || !(20..380).contains(&x) => 250,
                    0 | 1 => 20,
                    2 => 135,
                    _ => 250,
                };
                let seal: u8 = if (distance - 80.0).abs() < 5.0 { tone } else { 250 };
                image::Luma([(u32::from(text) * u32::from(seal) / 250) as u8])
            })
        };
        let mut gray = page(150);
        let mut mask = Mask::adaptive(&gray, 17, 22);
        erase(&mut gray, &mut mask, &[], 100.0);
        let bare = page(250);
        let off = gray.pixels().zip(bare.pixels());
        let far = off.filter(|(one, other)| one.0[0].abs_diff(other.0[0]) > 40).count();
        assert!(far < 150, "{far}");
    }

    #[test]
    fn light_ruling_lines_are_no_seal() {
        let grid = |x: u32, y: u32| x % 50 < 3 && (20..180).contains(&y) || y % 40 < 3 && (20..180).contains(&x);
        let text = |x: u32, y: u32| (200..320).contains(&y) && y % 3 < 1 && x % 6 < 2;
        let page = GrayImage::from_fn(400, 400, |x, y| {
            image::Luma([match () {
                () if text(x, y) => 20,
                () if grid(x, y) => 150,
                () => 250,
            }])
        });
        let mut gray = page.clone();
        let mut mask = Mask::adaptive(&gray, 17, 22);
        let rules = rules(&mask, 100.0);
        assert!(rules.len() > 5, "{rules:?}");
        assert_eq!(erase(&mut gray, &mut mask, &rules, 100.0), []);
        assert_eq!(gray, page);
    }

    #[test]
    fn a_ring_as_dark_as_the_text_stays() {
        let (dark, _) = left(20);
        assert_eq!(dark, sealed(20).as_raw().iter().filter(|tone| **tone < 60).count());
    }
}
