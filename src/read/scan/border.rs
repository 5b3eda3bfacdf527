//! The dark border around a page that is smaller than the glass, or was laid on it aslant.
//!
//! Its edges are as straight as ruling lines, and with them the page would be one cell of a table. Invariant: a line of ink is no
//! border, also where it runs along the edge of the picture.

use image::GrayImage;

/// How dark a border is at most, in parts of the tone of the paper.
const DARK: f64 = 0.4;
/// How deep it is at least and at most, in inches: a ruling line at the edge of a picture is thinner.
const DEPTH: (f64, f64) = (0.05, 0.6);
/// Share of an edge that is dark where it has a border.
const MOST: f64 = 0.5;
/// Width of the blurred rim of a border, in inches.
const RIM: f64 = 0.02;

/// Paints the dark border of a page over with the tone of its paper, and tells whether it has one.
pub(super) fn erase(gray: &mut GrayImage, dpi: f64) -> bool {
    let paper = paper(gray);
    let dark = (f64::from(paper) * DARK) as u8;
    let sides = [Side::Left, Side::Right, Side::Top, Side::Bottom];
    let depths = sides.map(|side| depths(gray, side, dark, dpi));
    for (side, depths) in sides.iter().zip(&depths) {
        for (line, depth) in depths.iter().enumerate() {
            for step in 0..*depth {
                let (x, y) = side.place(gray, line as u32, step);
                gray.get_pixel_mut(x, y).0[0] = paper;
            }
        }
    }
    depths.iter().any(|depths| !depths.is_empty())
}

/// A side of a page.
#[derive(Clone, Copy)]
enum Side {
    Left,
    Right,
    Top,
    Bottom,
}

impl Side {
    /// How many lines of pixels lead from it into the page, and how long they are.
    fn size(self, gray: &GrayImage) -> (u32, u32) {
        match self {
            Side::Left | Side::Right => (gray.height(), gray.width()),
            Side::Top | Side::Bottom => (gray.width(), gray.height()),
        }
    }

    /// The pixel that is so many steps from the side on one of those lines.
    fn place(self, gray: &GrayImage, line: u32, step: u32) -> (u32, u32) {
        match self {
            Side::Left => (step, line),
            Side::Right => (gray.width() - 1 - step, line),
            Side::Top => (line, step),
            Side::Bottom => (line, gray.height() - 1 - step),
        }
    }
}

/// How deep the border is on each line of pixels from a side, with its rim; none where the side has no border.
fn depths(gray: &GrayImage, side: Side, dark: u8, dpi: f64) -> Vec<u32> {
    let (lines, length) = side.size(gray);
    let [least, most, rim] = [DEPTH.0, DEPTH.1, RIM].map(|inches| (inches * dpi).ceil() as u32);
    let is_dark = |line: u32, step: u32| {
        let (x, y) = side.place(gray, line, step);
        gray.get_pixel(x, y).0[0] <= dark
    };
    // A ruling line or a border of another side that is met does not end within the depth of one.
    let run = |line: u32| {
        (0..length)
            .take_while(|step| is_dark(line, *step))
            .take(most as usize + 1)
            .count() as u32
    };
    let runs: Vec<u32> = (0..lines).map(run).collect();
    let mut deep: Vec<u32> = runs.iter().copied().filter(|run| *run >= least).collect();
    if (deep.len() as f64) < MOST * f64::from(lines) {
        return Vec::new();
    }
    deep.sort_unstable();
    let common = deep[deep.len() / 2];
    if common > most {
        return Vec::new();
    }
    let depth = |run: &u32| if *run > most { common } else { *run };
    let with_rim = |depth: u32| if depth == 0 { 0 } else { (depth + rim).min(length) };
    runs.iter().map(|run| with_rim(depth(run))).collect()
}

/// The tone that most of a page has.
fn paper(gray: &GrayImage) -> u8 {
    let mut counts = [0usize; 256];
    gray.as_raw().iter().for_each(|tone| counts[usize::from(*tone)] += 1);
    let half = gray.as_raw().len() / 2;
    let mut seen = 0;
    let median = counts.iter().position(|count| {
        seen += count;
        seen > half
    });
    median.map_or(u8::MAX, |tone| tone as u8)
}

#[cfg(test)]
mod tests {
    use image::Luma;

    use super::*;

    /// How many pixels are dark of a page of 100 dots an inch with something dark, before and after.
    fn dark(is_dark: impl Fn(u32, u32) -> bool) -> (usize, usize) {
        let mut gray = GrayImage::from_fn(800, 1100, |x, y| Luma([if is_dark(x, y) { 25 } else { 230 }]));
        let count = |gray: &GrayImage| gray.pixels().filter(|tone| tone.0[0] < 100).count();
        let before = count(&gray);
        erase(&mut gray, 100.0);
        (before, count(&gray))
    }

    #[test]
    fn the_dark_border_of_a_page_becomes_paper_and_a_line_that_touches_it_stays() {
        // Deeper at the foot of the page, which lies aslant.
        let border = |x: u32, y: u32| x < 15 + y / 100 || y + 15 > 1100 || x + 8 > 800;
        let line = |x: u32, y: u32| (500..503).contains(&y) && (10..700).contains(&x);
        assert_eq!(dark(border).1, 0);
        let (before, after) = dark(|x, y| border(x, y) || line(x, y));
        assert!(before > 20_000 && (1_900..=3 * 700).contains(&after), "{after}");
    }

    #[test]
    fn ruling_lines_at_the_edge_of_a_picture_and_pages_that_are_dark_stay() {
        let frame = |x: u32, y: u32| x < 3 || y < 3 || x > 796 || y > 1096;
        let (before, after) = dark(frame);
        assert_eq!(before, after);
        let (before, after) = dark(|x, _| x < 300);
        assert_eq!(before, after);
    }
}
