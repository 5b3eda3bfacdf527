//! A page as a picture, for reading what only a picture shows.
//!
//! Invariant: a picture has as many pixels as its text needs, whatever the file says; a page that would take more is refused before
//! anything is unpacked.

use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{PixmapSettings, RenderCache, RenderSettings, render};
use hayro_interpret::InterpreterSettings;
use hayro_interpret::kurbo::Affine;
use hayro_syntax::page::Page;
use image::GrayImage;

use super::guard::caught;
use crate::read::scan::Picture;

/// Dots an inch at least: below, the strokes of small characters run together.
const COARSEST: f64 = 150.0;
/// Dots an inch at most: more shows nothing more of the text.
const FINEST: f64 = 300.0;
/// Dots an inch of a page that holds no picture of its own.
const USUAL: f64 = 200.0;
/// Most pixels of a page: A3 at the finest resolution.
const PIXELS: f64 = 18_000_000.0;
/// Most pixels of a picture in the file, which is unpacked as a whole.
const UNPACKED: u64 = 72_000_000;

/// Width in points from which a picture is as large as a part of the text.
const LARGE: f64 = 150.0;

/// What is known of the pictures that a page draws.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Pictures {
    /// Dots an inch of the finest one that is as large as a part of the text.
    pub finest: f64,
    /// Pixels of all together.
    pub pixels: u64,
}

impl Pictures {
    /// Adds one of so many pixels, drawn by a transform of them to the page.
    pub(super) fn add(&mut self, (width, height): (u32, u32), transform: Affine) {
        let [a, b, c, d, ..] = transform.as_coeffs();
        // Points that a pixel takes on the page.
        let (across, down) = (a.hypot(b), c.hypot(d));
        let is_large = across * f64::from(width) > LARGE && down * f64::from(height) > LARGE / 2.0;
        if is_large {
            self.finest = self.finest.max(72.0 / across.min(down).max(0.01));
        }
        self.pixels = self.pixels.saturating_add(u64::from(width) * u64::from(height));
    }
}

/// Draws a page.
///
/// # Errors
/// Why it is not drawn, as the end of a sentence about the page.
pub(super) fn draw(page: &Page<'_>, settings: &InterpreterSettings, pictures: Pictures) -> Result<Picture, String> {
    if pictures.pixels > UNPACKED {
        return Err("exceeds the limit of pixels of a picture".into());
    }
    let (width, height) = page.render_dimensions();
    let inches = f64::from(width) / 72.0 * f64::from(height) / 72.0;
    let wanted = if pictures.finest > 0.0 { pictures.finest } else { USUAL };
    let dpi = wanted.clamp(COARSEST, FINEST).min((PIXELS / inches.max(0.01)).sqrt());
    let scale = (dpi / 72.0) as f32;
    let drawn = caught(|| {
        let pixels = PixmapSettings {
            x_scale: scale,
            y_scale: scale,
            bg_color: WHITE,
        };
        render(page, &RenderCache::new(), settings, &RenderSettings::default(), &pixels)
    });
    let pixmap = drawn.map_err(|_| "cannot be drawn")?;
    let (width, height) = (u32::from(pixmap.width()), u32::from(pixmap.height()));
    let tones = pixmap
        .data()
        .iter()
        .map(|pixel| luma(pixel.r, pixel.g, pixel.b))
        .collect();
    let gray = GrayImage::from_raw(width, height, tones).ok_or("cannot be drawn")?;
    Ok(Picture { gray, dpi })
}

/// Tone of a colour, as the eye sees it.
fn luma(red: u8, green: u8, blue: u8) -> u8 {
    ((u32::from(red) * 77 + u32::from(green) * 150 + u32::from(blue) * 29) >> 8) as u8
}
