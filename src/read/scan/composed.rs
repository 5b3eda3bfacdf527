//! Pictures of one page put together as they lie on it.
//!
//! Invariant: a page has as many pixels as its finest picture needs, and no more than a page may have.

use image::imageops::{FilterType, overlay, resize};
use image::{GrayImage, ImageFormat, Luma};
use kurbo::Rect;

use super::file::decoded;
use super::page::Picture;

/// Dots an inch at least and at most.
const DOTS: (f64, f64) = (150.0, 300.0);
/// Most pixels of a page: A3 at the finest resolution.
const PIXELS: f64 = 18_000_000.0;
/// Most pixels of all its pictures.
const UNPACKED: u64 = 72_000_000;
/// Width and height in points that a picture of a table has at least.
const LARGE: (f64, f64) = (150.0, 40.0);

/// Whether a picture on a page is as large as a table.
pub(crate) fn is_large(place: &Rect) -> bool {
    place.width() >= LARGE.0 && place.height() >= LARGE.1
}

/// The page of a size in points that shows these pictures; a file that is missing shows nothing.
///
/// # Errors
/// Why there is none, as the end of a sentence about the page.
pub(crate) fn composed(
    size: (f64, f64),
    drawn: impl Iterator<Item = (Rect, Option<Vec<u8>>)>,
) -> Result<Picture, String> {
    let mut left = UNPACKED;
    let mut pictures = Vec::new();
    for (place, bytes) in drawn {
        let bytes = bytes.ok_or("shows a picture that is missing")?;
        let format = image::guess_format(&bytes).map_err(|_| "shows a picture of an unknown format")?;
        pictures.push((place, tones(&bytes, format, &mut left)?));
    }
    let dots = |(place, gray): &(Rect, GrayImage)| f64::from(gray.width()) / place.width().max(1.0) * 72.0;
    let finest = pictures.iter().map(dots).fold(0.0, f64::max);
    if finest == 0.0 {
        return Err("shows no picture".into());
    }
    let inches = size.0 / 72.0 * size.1 / 72.0;
    let dpi = finest.clamp(DOTS.0, DOTS.1).min((PIXELS / inches.max(0.01)).sqrt());
    let pixels = |points: f64| ((points * dpi / 72.0).round() as u32).max(1);
    let mut page = GrayImage::from_pixel(pixels(size.0), pixels(size.1), Luma([u8::MAX]));
    for (place, gray) in pictures {
        let place = place.intersect(Rect::new(0.0, 0.0, size.0, size.1).inflate(size.0, size.1));
        let (width, height) = (pixels(place.width()), pixels(place.height()));
        let shown = if gray.dimensions() == (width, height) {
            gray
        } else {
            resize(&gray, width, height, FilterType::CatmullRom)
        };
        let at = |points: f64| (points * dpi / 72.0).round() as i64;
        overlay(&mut page, &shown, at(place.x0), at(place.y0));
    }
    Ok(Picture { gray: page, dpi })
}

fn tones(bytes: &[u8], format: ImageFormat, left: &mut u64) -> Result<GrayImage, String> {
    decoded(bytes, format, left).map_err(|error| format!("shows a picture that was not read: {error}"))
}
