//! The angle that a page was laid on the scanner with, and the page turned straight.
//!
//! Lines of text and ruling lines of a straight page fill few rows of pixels and leave the others empty. The angle is the one at
//! which they do so most. Invariant: a page is turned only where that is clearly better than leaving it.

use image::{GrayImage, Luma};

use super::mask::Mask;

/// Widest angle looked for, in degrees.
const WIDEST: f64 = 5.0;
/// Smallest angle that is worth turning a page for, in degrees: two pixels over a page of 300 dots an inch.
const LEAST: f64 = 0.04;
/// How much better than the page as it is, in parts of its score, the turned page has to be.
const BETTER: f64 = 1.02;
/// Most edge pixels looked at.
const PIXELS: usize = 150_000;
/// Parts of a pixel that strips of the page begin at.
const PARTS: usize = 4;

/// Degrees by which the content of a page runs downwards to the right; 0 where it is straight or has no direction.
pub(super) fn angle(mask: &Mask, dpi: f64) -> f64 {
    let edges = edges(mask, dpi);
    if edges.is_empty() {
        return 0.0;
    }
    let mut best = 0.0;
    for (step, span) in [(0.25, WIDEST), (0.05, 0.3), (0.01, 0.06)] {
        best = plateau(&edges, best, step, span);
    }
    let better = score(&edges, best) as f64 > BETTER * score(&edges, 0.0) as f64;
    if better && best.abs() >= LEAST { best } else { 0.0 }
}

/// Upper edges of ink in one column of pixels of every hundredth of an inch, as places from the middle of the page.
fn edges(mask: &Mask, dpi: f64) -> Vec<(f64, f64)> {
    let every = ((dpi / 100.0) as usize).max(1);
    let middle = mask.width() as f64 / 2.0;
    let mut edges = Vec::new();
    for y in 1..mask.height() {
        let (above, here) = (mask.row(y - 1), mask.row(y));
        let new = (0..mask.width()).step_by(every).filter(|x| here[*x] && !above[*x]);
        edges.extend(new.map(|x| (x as f64 - middle, y as f64)));
    }
    let every = edges.len().div_ceil(PIXELS).max(1);
    edges.into_iter().step_by(every).collect()
}

/// The middle of the angles around one whose score is the best.
fn plateau(edges: &[(f64, f64)], around: f64, step: f64, span: f64) -> f64 {
    let count = (span / step).round() as i32;
    let angles: Vec<f64> = (-count..=count).map(|k| around + f64::from(k) * step).collect();
    let scores: Vec<u64> = angles.iter().map(|angle| score(edges, *angle)).collect();
    let best = scores.iter().copied().max().unwrap_or(0) as f64;
    let good = angles
        .iter()
        .zip(&scores)
        .filter(|(_, score)| **score as f64 >= 0.999 * best);
    let (sum, count) = good.fold((0.0, 0.0), |(sum, count), (angle, _)| (sum + angle, count + 1.0));
    sum / f64::max(count, 1.0)
}

/// Sum of the squares of the edge pixels in each strip of the page one pixel high, the page turned by an angle.
///
/// Strips begin at every part of a pixel: whether the steps of a slanted line fall into one row or two is chance.
fn score(edges: &[(f64, f64)], degrees: f64) -> u64 {
    let slope = degrees.to_radians().tan();
    let part = |(x, y): &(f64, f64)| ((y - slope * x) * PARTS as f64).round() as i64;
    let (first, last) = edges
        .iter()
        .map(part)
        .fold((i64::MAX, i64::MIN), |(first, last), part| {
            (first.min(part), last.max(part))
        });
    let mut parts = vec![0u64; (last - first + 1).max(0) as usize + 2 * PARTS];
    edges
        .iter()
        .for_each(|edge| parts[PARTS + (part(edge) - first) as usize] += 1);
    parts.windows(PARTS).map(|strip| strip.iter().sum::<u64>().pow(2)).sum()
}

/// The page turned about its middle so that content that runs downwards to the right by these degrees is straight.
pub(super) fn turned(gray: &GrayImage, degrees: f64) -> GrayImage {
    let (sin, cos) = degrees.to_radians().sin_cos();
    let (middle_x, middle_y) = (f64::from(gray.width()) / 2.0, f64::from(gray.height()) / 2.0);
    GrayImage::from_fn(gray.width(), gray.height(), |x, y| {
        let (dx, dy) = (f64::from(x) - middle_x, f64::from(y) - middle_y);
        let (from_x, from_y) = (middle_x + dx * cos - dy * sin, middle_y + dx * sin + dy * cos);
        Luma([sample(gray, from_x, from_y)])
    })
}

/// The tone between four pixels; white outside of the page.
fn sample(gray: &GrayImage, x: f64, y: f64) -> u8 {
    let (width, height) = (f64::from(gray.width()), f64::from(gray.height()));
    if x < 0.0 || y < 0.0 || x >= width - 1.0 || y >= height - 1.0 {
        return 255;
    }
    let (left, top, row) = (x as usize, y as usize, gray.width() as usize);
    let (part_x, part_y) = ((x.fract() * 256.0) as u32, (y.fract() * 256.0) as u32);
    let at = |offset: usize| u32::from(gray.as_raw()[top * row + left + offset]);
    let upper = at(0) * (256 - part_x) + at(1) * part_x;
    let lower = at(row) * (256 - part_x) + at(row + 1) * part_x;
    ((upper * (256 - part_y) + lower * part_y + (1 << 15)) >> 16) as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Lines of text, as short strokes in rows that run down to the right by an angle.
    fn page(degrees: f64) -> Mask {
        let gray = GrayImage::from_fn(1200, 1000, |x, y| {
            let y = f64::from(y) - degrees.to_radians().tan() * (f64::from(x) - 600.0);
            let ink = y.rem_euclid(40.0) < 20.0 && x % 22 < 15 && x > 60 && x < 1140;
            Luma([if ink { 0 } else { 255 }])
        });
        Mask::adaptive(&gray, 31, 22)
    }

    #[test]
    fn the_angle_of_a_page_is_found() {
        for degrees in [-4.0, -0.7, 0.3, 1.5] {
            let found = angle(&page(degrees), 200.0);
            assert!((found - degrees).abs() < 0.06, "{degrees} was found as {found}");
        }
    }

    #[test]
    fn a_straight_or_empty_page_is_left_alone() {
        assert_eq!(angle(&page(0.0), 200.0), 0.0);
        assert_eq!(angle(&Mask::blank(800, 1000), 100.0), 0.0);
    }

    #[test]
    fn a_turned_page_is_straight() {
        let slanted = GrayImage::from_fn(400, 400, |x, y| {
            let y = f64::from(y) - 2f64.to_radians().tan() * (f64::from(x) - 200.0);
            Luma([if (y - 200.0).abs() < 2.0 { 0 } else { 255 }])
        });
        let straight = turned(&slanted, 2.0);
        assert!((20..380).all(|x| straight.get_pixel(x, 200).0[0] < 100));
        assert!((20..380).all(|x| straight.get_pixel(x, 208).0[0] > 200));
    }
}
