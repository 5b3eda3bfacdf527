//! What paper, scanners and fax machines do to a page.

use anyhow::Result;
use image::GrayImage;
use image::imageops::fast_blur;

use super::office;
use super::raster::{Font, draw};
use crate::containers::paged::Page;
use crate::rng::Rng;

/// One way of wear.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wear {
    /// None.
    Clean,
    /// Laid on the glass aslant.
    Skewed,
    /// Out of focus.
    Blurred,
    /// Grain, and less contrast.
    Noisy,
    /// Dark and light specks.
    Speckled,
    /// Darker from one side to the other, as by a page that does not lie flat.
    Shaded,
    /// Black and white alone.
    Bilevel,
    /// Stored with much loss.
    Coarse,
    /// Aslant, blurred, grainy, specked and stored with loss.
    Copied,
    /// Black and white, aslant and specked.
    Faxed,
    /// A round seal over a part of the page.
    Sealed,
    /// Ticks of a pen.
    Ticked,
    /// A dark border where the page ends before the glass does.
    Bordered,
    /// A corner folded over.
    Folded,
    /// Two pages side by side, as of an open booklet.
    Spread,
    /// Seen a little from one side.
    Trapezoid,
    /// On grey paper.
    Grey,
    /// Rules in blue or red.
    Coloured,
    /// Rules as rows of dots.
    Dotted,
    /// Holes for a file.
    Punched,
    /// A staple, its shadow, and the crease of a leaf turned over it.
    Stapled,
    /// A dark stamp over figures.
    Stamped,
    /// Marks of a pen at figures.
    Scrawled,
    /// Stored with more loss than anybody should.
    Lossy,
    /// Black and white, as a fax machine stores it.
    Telefaxed,
}

impl Wear {
    /// All of them.
    pub const ALL: [Wear; 14] = [
        Wear::Clean,
        Wear::Skewed,
        Wear::Blurred,
        Wear::Noisy,
        Wear::Speckled,
        Wear::Shaded,
        Wear::Bilevel,
        Wear::Coarse,
        Wear::Copied,
        Wear::Faxed,
        Wear::Sealed,
        Wear::Ticked,
        Wear::Bordered,
        Wear::Folded,
    ];

    /// What office scanners and the paper on them add to these.
    pub const OFFICE: [Wear; 11] = [
        Wear::Spread,
        Wear::Trapezoid,
        Wear::Grey,
        Wear::Coloured,
        Wear::Dotted,
        Wear::Punched,
        Wear::Stapled,
        Wear::Stamped,
        Wear::Scrawled,
        Wear::Lossy,
        Wear::Telefaxed,
    ];

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Wear::Clean => "clean",
            Wear::Skewed => "skewed",
            Wear::Blurred => "blurred",
            Wear::Noisy => "noisy",
            Wear::Speckled => "speckled",
            Wear::Shaded => "shaded",
            Wear::Bilevel => "bilevel",
            Wear::Coarse => "coarse",
            Wear::Copied => "copied",
            Wear::Faxed => "faxed",
            Wear::Sealed => "sealed",
            Wear::Ticked => "ticked",
            Wear::Bordered => "bordered",
            Wear::Folded => "folded",
            Wear::Spread => "spread",
            Wear::Trapezoid => "trapezoid",
            Wear::Grey => "grey",
            Wear::Coloured => "coloured",
            Wear::Dotted => "dotted",
            Wear::Punched => "punched",
            Wear::Stapled => "stapled",
            Wear::Stamped => "stamped",
            Wear::Scrawled => "scrawled",
            Wear::Lossy => "lossy",
            Wear::Telefaxed => "telefaxed",
        }
    }

    /// Whether pages are black and white.
    pub fn is_bilevel(self) -> bool {
        matches!(self, Wear::Bilevel | Wear::Faxed | Wear::Telefaxed)
    }

    /// Quality of JPEG, of 100.
    pub fn quality(self) -> u8 {
        match self {
            Wear::Coarse | Wear::Copied => 40,
            Wear::Lossy => 30,
            _ => 85,
        }
    }

    /// A page as it is drawn before it is worn.
    pub(super) fn draw(self, page: &Page, font: &Font, dpi: f64) -> Result<GrayImage> {
        let (mut text, rules) = office::parted(page);
        match self {
            Wear::Coloured => Ok(office::coloured(draw(&text, font, dpi)?, &draw(&rules, font, dpi)?)),
            Wear::Dotted => {
                text.extend(office::dotted(&rules));
                draw(&text, font, dpi)
            }
            _ => draw(page, font, dpi),
        }
    }

    /// The page with marks at its figures.
    pub(super) fn marked(self, picture: GrayImage, page: &Page, dpi: f64, rng: &mut Rng) -> GrayImage {
        match self {
            Wear::Stamped => office::stamped(picture, page, dpi, rng),
            Wear::Scrawled => office::scrawled(picture, page, dpi, rng),
            _ => picture,
        }
    }

    /// The pictures of a document, which shows several pages at one time where it is a booklet.
    pub(super) fn bound(self, pages: Vec<GrayImage>, dpi: f64) -> Vec<GrayImage> {
        match self {
            Wear::Spread => pages.chunks(2).map(|pair| office::spread(pair, dpi)).collect(),
            _ => pages,
        }
    }

    /// The page worn.
    pub(super) fn apply(self, page: GrayImage, dpi: f64, rng: &mut Rng) -> GrayImage {
        let degrees = rng.range(30, 150) as f64 / 100.0 * if rng.chance(50) { 1.0 } else { -1.0 };
        let sigma = (0.8 * dpi / 200.0) as f32;
        match self {
            Wear::Clean | Wear::Coarse | Wear::Lossy | Wear::Spread | Wear::Coloured | Wear::Dotted => page,
            Wear::Stamped | Wear::Scrawled => page,
            Wear::Trapezoid => office::trapezoid(&page, rng),
            Wear::Grey => office::grey(page, dpi, rng),
            Wear::Punched => office::punched(page, dpi),
            Wear::Stapled => office::stapled(page, dpi),
            Wear::Skewed => turned(&page, degrees),
            Wear::Blurred => fast_blur(&page, sigma),
            Wear::Noisy => grain(page, rng),
            Wear::Speckled => specks(page, rng),
            Wear::Shaded => shade(page),
            Wear::Bilevel | Wear::Telefaxed => bilevel(page),
            Wear::Copied => specks(grain(fast_blur(&turned(&page, degrees), sigma), rng), rng),
            Wear::Faxed => bilevel(specks(turned(&page, degrees), rng)),
            Wear::Sealed => seal(page, dpi, rng),
            Wear::Ticked => ticks(page, dpi, rng),
            Wear::Bordered => border(turned(&page, degrees / 2.0), dpi),
            Wear::Folded => fold(page, dpi),
        }
    }
}

/// The page turned about its middle.
fn turned(page: &GrayImage, degrees: f64) -> GrayImage {
    let (sin, cos) = degrees.to_radians().sin_cos();
    let (middle_x, middle_y) = (f64::from(page.width()) / 2.0, f64::from(page.height()) / 2.0);
    let tone = |x: i64, y: i64| match (u32::try_from(x), u32::try_from(y)) {
        (Ok(x), Ok(y)) => page
            .get_pixel_checked(x, y)
            .map_or(255.0, |pixel| f64::from(pixel.0[0])),
        _ => 255.0,
    };
    GrayImage::from_fn(page.width(), page.height(), |x, y| {
        let (dx, dy) = (f64::from(x) - middle_x, f64::from(y) - middle_y);
        let (x, y) = (middle_x + dx * cos + dy * sin, middle_y - dx * sin + dy * cos);
        let (left, top) = (x.floor(), y.floor());
        let (a, b) = (x - left, y - top);
        let (left, top) = (left as i64, top as i64);
        let upper = tone(left, top) * (1.0 - a) + tone(left + 1, top) * a;
        let lower = tone(left, top + 1) * (1.0 - a) + tone(left + 1, top + 1) * a;
        image::Luma([(upper * (1.0 - b) + lower * b).round() as u8])
    })
}

fn grain(mut page: GrayImage, rng: &mut Rng) -> GrayImage {
    for pixel in page.pixels_mut() {
        // The sum of some even chances is near a bell curve.
        let noise: i64 = (0..4).map(|_| rng.range(-9, 9)).sum();
        pixel.0[0] = (i64::from(pixel.0[0]) * 82 / 100 + 28 + noise).clamp(0, 255) as u8;
    }
    page
}

fn specks(mut page: GrayImage, rng: &mut Rng) -> GrayImage {
    let (width, height) = page.dimensions();
    for _ in 0..(f64::from(width) * f64::from(height) * 0.0003) as usize {
        let (x, y) = (rng.below(width as usize) as u32, rng.below(height as usize) as u32);
        page.get_pixel_mut(x, y).0[0] = *rng.pick(&[20, 255]);
    }
    page
}

fn shade(mut page: GrayImage) -> GrayImage {
    let width = f64::from(page.width());
    for (x, _, pixel) in page.enumerate_pixels_mut() {
        let light = 1.0 - 0.5 * f64::from(x) / width;
        pixel.0[0] = (f64::from(pixel.0[0]) * light) as u8;
    }
    page
}

fn bilevel(mut page: GrayImage) -> GrayImage {
    page.pixels_mut()
        .for_each(|pixel| pixel.0[0] = if pixel.0[0] > 150 { 255 } else { 0 });
    page
}

/// A ring and a star in the tone that red ink has in a scan without colours.
fn seal(mut page: GrayImage, dpi: f64, rng: &mut Rng) -> GrayImage {
    let (width, height) = page.dimensions();
    let middle = (rng.below(width as usize) as f64, rng.below(height as usize) as f64);
    let (radius, line) = (0.8 * dpi, 0.03 * dpi);
    for (x, y, pixel) in page.enumerate_pixels_mut() {
        let (dx, dy) = (f64::from(x) - middle.0, f64::from(y) - middle.1);
        let distance = dx.hypot(dy);
        let star = distance < 0.25 * dpi * (1.0 + (5.0 * dy.atan2(dx)).cos()) / 2.0;
        if (distance - radius).abs() < line || star {
            pixel.0[0] = pixel.0[0].min(150);
        }
    }
    page
}

fn ticks(mut page: GrayImage, dpi: f64, rng: &mut Rng) -> GrayImage {
    let (width, height) = page.dimensions();
    for _ in 0..6 {
        let (x, y) = (rng.below(width as usize) as f64, rng.below(height as usize) as f64);
        for step in 0..(0.4 * dpi) as usize {
            let step = step as f64;
            let turn = 0.12 * dpi;
            let down = if step < turn { step } else { turn - (step - turn) };
            for thick in 0..(0.015 * dpi) as i64 + 1 {
                let (x, y) = ((x + step) as u32, (y + down) as i64 + thick);
                if let Some(pixel) = u32::try_from(y).ok().and_then(|y| page.get_pixel_mut_checked(x, y)) {
                    pixel.0[0] = 60;
                }
            }
        }
    }
    page
}

fn border(mut page: GrayImage, dpi: f64) -> GrayImage {
    let (width, height) = page.dimensions();
    let edge = (0.15 * dpi) as u32;
    for (x, y, pixel) in page.enumerate_pixels_mut() {
        if x < edge || y + edge > height || x + edge / 2 > width {
            pixel.0[0] = 25;
        }
    }
    page
}

fn fold(mut page: GrayImage, dpi: f64) -> GrayImage {
    let (width, size) = (page.width(), (0.7 * dpi) as u32);
    for (x, y, pixel) in page.enumerate_pixels_mut() {
        if width - x + y < size {
            pixel.0[0] = if width - x + y + 3 > size { 90 } else { 200 };
        }
    }
    page
}
