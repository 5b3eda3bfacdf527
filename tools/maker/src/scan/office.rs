//! What office scanners and the paper on them do to whole pages: shapes, colours of rules, holes, marks.

use image::{GrayImage, Luma};

use crate::containers::paged::{Mark, Page};
use crate::rng::Rng;

/// The tone that a rule in blue or red has among tones.
const COLOURED: f64 = 145.0;
/// Tone of grey paper.
const GREY: f64 = 188.0;
/// Light that grey paper sends back, of the light of white paper, and that of its black ink.
const INK: f64 = 30.0;
/// How far the dots of a rule are apart, in points.
const DOTS: f64 = 2.2;

/// A page with rules in blue or red ink: `text` is drawn without them, `rules` alone.
pub(super) fn coloured(mut text: GrayImage, rules: &GrayImage) -> GrayImage {
    for (pixel, rule) in text.pixels_mut().zip(rules.pixels()) {
        let light = COLOURED + (255.0 - COLOURED) * f64::from(rule.0[0]) / 255.0;
        pixel.0[0] = (f64::from(pixel.0[0]) * light / 255.0) as u8;
    }
    text
}

/// The rules of a page as rows of dots.
pub(super) fn dotted(rules: &Page) -> Page {
    let mut dots = Page::new();
    for mark in rules {
        let Mark::Rule { from, to } = mark else { continue };
        let length = (to.0 - from.0).hypot(to.1 - from.1);
        let at = |along: f64| {
            let part = along / length.max(1.0);
            (from.0 + (to.0 - from.0) * part, from.1 + (to.1 - from.1) * part)
        };
        let count = (length / DOTS) as u32;
        dots.extend((0..=count).map(|dot| Mark::Rule {
            from: at(f64::from(dot) * DOTS),
            to: at(f64::from(dot) * DOTS + DOTS / 3.0),
        }));
    }
    dots
}

/// The text of a page and its rules, each alone.
pub(super) fn parted(page: &Page) -> (Page, Page) {
    let is_rule = |mark: &Mark| matches!(mark, Mark::Rule { .. });
    let (rules, text): (Vec<Mark>, Vec<Mark>) = page.iter().cloned().partition(is_rule);
    (text, rules)
}

/// Two pages of an open booklet side by side, dark where they are bound.
pub(super) fn spread(pages: &[GrayImage], dpi: f64) -> GrayImage {
    let (width, height) = pages.first().map_or((1, 1), GrayImage::dimensions);
    let mut both = GrayImage::from_pixel(2 * width, height, Luma([255]));
    for (number, page) in (0..).zip(pages) {
        image::imageops::replace(&mut both, page, i64::from(number * width), 0);
    }
    let reach = 0.35 * dpi;
    for (x, _, pixel) in both.enumerate_pixels_mut() {
        let off = (f64::from(x) - f64::from(width)).abs();
        let light = 1.0 - 0.55 * (1.0 - off / reach).max(0.0).powi(2);
        pixel.0[0] = (f64::from(pixel.0[0]) * light) as u8;
    }
    both
}

/// The page seen a little from one side: narrower at its foot, and one side of its rows a little lower.
pub(super) fn trapezoid(page: &GrayImage, rng: &mut Rng) -> GrayImage {
    let (narrower, lower) = (rng.range(4, 10) as f64 / 1000.0, rng.range(-4, 4) as f64 / 1000.0);
    let (width, height) = (f64::from(page.width()), f64::from(page.height()));
    GrayImage::from_fn(page.width(), page.height(), |x, y| {
        let (across, down) = (f64::from(x) / width - 0.5, f64::from(y) / height);
        let from_x = (0.5 + across * (1.0 + narrower * down)) * width;
        let from_y = (down + lower * across * down) * height;
        Luma([sample(page, from_x, from_y)])
    })
}

fn sample(page: &GrayImage, x: f64, y: f64) -> u8 {
    let tone = |x: f64, y: f64| {
        let inside = x >= 0.0 && y >= 0.0;
        let pixel = inside.then(|| page.get_pixel_checked(x as u32, y as u32)).flatten();
        pixel.map_or(255.0, |pixel| f64::from(pixel.0[0]))
    };
    let (left, top) = (x.floor(), y.floor());
    let (a, b) = (x - left, y - top);
    let upper = tone(left, top) * (1.0 - a) + tone(left + 1.0, top) * a;
    let lower = tone(left, top + 1.0) * (1.0 - a) + tone(left + 1.0, top + 1.0) * a;
    (upper * (1.0 - b) + lower * b).round() as u8
}

/// Recycled paper: grey, with fibres in it.
pub(super) fn grey(mut page: GrayImage, dpi: f64, rng: &mut Rng) -> GrayImage {
    for pixel in page.pixels_mut() {
        let noise: i64 = (0..4).map(|_| rng.range(-5, 5)).sum();
        pixel.0[0] = (INK + f64::from(pixel.0[0]) * (GREY - INK) / 255.0 + noise as f64).clamp(0.0, 255.0) as u8;
    }
    let (width, height) = page.dimensions();
    for _ in 0..120 {
        let (x, y) = (rng.below(width as usize) as f64, rng.below(height as usize) as f64);
        let (turn, length) = (rng.range(0, 628) as f64 / 100.0, rng.range(3, 12) as f64 * dpi / 200.0);
        for step in 0..length as u32 {
            let (x, y) = (x + turn.cos() * f64::from(step), y + turn.sin() * f64::from(step));
            darken(&mut page, x, y, 140);
        }
    }
    page
}

fn darken(page: &mut GrayImage, x: f64, y: f64, tone: u8) {
    if x >= 0.0
        && y >= 0.0
        && let Some(pixel) = page.get_pixel_mut_checked(x as u32, y as u32)
    {
        pixel.0[0] = pixel.0[0].min(tone);
    }
}

/// A disc of a tone.
fn disc(page: &mut GrayImage, middle: (f64, f64), radius: f64, tone: u8) {
    for (x, y, pixel) in page.enumerate_pixels_mut() {
        if (f64::from(x) - middle.0).hypot(f64::from(y) - middle.1) < radius {
            pixel.0[0] = tone;
        }
    }
}

/// Two holes for a file, through which the dark lid is seen.
pub(super) fn punched(mut page: GrayImage, dpi: f64) -> GrayImage {
    let middle = f64::from(page.height()) / 2.0;
    for off in [-1.575, 1.575] {
        disc(&mut page, (0.47 * dpi, middle + off * dpi), 0.118 * dpi, 35);
    }
    page
}

/// A staple in a corner, its shadow, and the crease of the leaf that was turned over it.
pub(super) fn stapled(mut page: GrayImage, dpi: f64) -> GrayImage {
    let length = (0.45 * dpi) as u32;
    for step in 0..length {
        let at = f64::from(step);
        for thick in 0..(0.025 * dpi) as u32 + 1 {
            let (x, y) = (0.35 * dpi + at * 0.7, 0.7 * dpi - at * 0.7 + f64::from(thick));
            darken(&mut page, x, y, 60);
            darken(&mut page, x + 0.04 * dpi, y + 0.05 * dpi, 150);
        }
    }
    let reach = 2.2 * dpi;
    for (x, y, pixel) in page.enumerate_pixels_mut() {
        let off = (f64::from(x + y) - reach).abs();
        let light = 1.0 - 0.3 * (1.0 - off / (0.05 * dpi)).max(0.0);
        pixel.0[0] = (f64::from(pixel.0[0]) * light) as u8;
    }
    page
}

/// Some places of a page at which numbers of its tables stand, in pixels, with the height of their digits.
fn figures(page: &Page, dpi: f64, count: usize, rng: &mut Rng) -> Vec<(f64, f64, f64)> {
    let scale = dpi / 72.0;
    let place = |mark: &Mark| match mark {
        Mark::Text { x, y, size, text } if !text.is_empty() && text.chars().all(|digit| digit.is_ascii_digit()) => {
            let half = text.len() as f64 * size / 4.0;
            Some(((x + half) * scale, (y - size * 0.35) * scale, size * scale))
        }
        _ => None,
    };
    let places: Vec<(f64, f64, f64)> = page.iter().filter_map(place).collect();
    let count = if places.is_empty() { 0 } else { count };
    (0..count).map(|_| *rng.pick(&places)).collect()
}

/// A square date stamp in dark ink over figures: a frame, and two lines of digits of its own.
pub(super) fn stamped(mut picture: GrayImage, page: &Page, dpi: f64, rng: &mut Rng) -> GrayImage {
    for (x, y, _) in figures(page, dpi, 2, rng) {
        let (wide, high, line) = (0.5 * dpi, 0.22 * dpi, 0.02 * dpi);
        let tone = *rng.pick(&[90u8, 120, 150]);
        for (px, py, pixel) in picture.enumerate_pixels_mut() {
            let (dx, dy) = ((f64::from(px) - x).abs(), (f64::from(py) - y).abs());
            let frame = dx < wide && dy < high && (dx > wide - line || dy > high - line);
            let bar = dx < wide * 0.8
                && (dy - high / 2.0).abs() < line
                && !((f64::from(px) / (0.06 * dpi)) as u32).is_multiple_of(3);
            if frame || bar {
                pixel.0[0] = pixel.0[0].min(tone);
            }
        }
    }
    picture
}

/// Marks of a pen at figures: a hook beside it, a ring around it, a line below or through it.
pub(super) fn scrawled(mut picture: GrayImage, page: &Page, dpi: f64, rng: &mut Rng) -> GrayImage {
    for (x, y, em) in figures(page, dpi, 8, rng) {
        let (kind, tone) = (rng.below(4), *rng.pick(&[40u8, 80, 120]));
        let thick = (0.012 * dpi).max(1.0);
        let steps = (0.6 * dpi) as u32;
        let wave = rng.range(1, 6) as f64 / 100.0;
        for step in 0..steps {
            let part = f64::from(step) / f64::from(steps);
            let (dx, dy) = match kind {
                // A hook behind it.
                0 if part < 0.35 => (em * (0.9 + part), em * (part - 0.1)),
                0 => (em * (1.25 + (part - 0.35)), em * (0.25 - 1.2 * (part - 0.35))),
                1 => {
                    let turn = part * std::f64::consts::TAU;
                    (1.5 * em * turn.cos(), 0.8 * em * turn.sin() + wave * em)
                }
                2 => (em * (2.4 * part - 1.2), em * (0.55 + wave * (9.0 * part).sin())),
                _ => (em * (2.4 * part - 1.2), em * (0.3 - 0.6 * part)),
            };
            for (ox, oy) in [
                (0.0, 0.0),
                (thick / 2.0, 0.0),
                (0.0, thick / 2.0),
                (thick / 2.0, thick / 2.0),
            ] {
                darken(&mut picture, x + dx + ox, y + dy + oy, tone);
            }
        }
    }
    picture
}
