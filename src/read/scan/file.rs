//! Reads picture files: PNG, JPEG, TIFF of one or more pages, BMP, WebP.
//!
//! A picture says little of its size on paper; its shorter side is taken for that of a sheet of A4. Invariant: a picture is measured
//! before it is unpacked.

use std::io::Cursor;

use image::{DynamicImage, GrayImage, ImageDecoder, ImageFormat, ImageReader, Limits};

use super::{Picture, Scans, codes};
use crate::document::Document;
use crate::error::Error;
use crate::read::Hints;
use crate::read::page::{Content, Reading};

/// Most pixels of a picture: a sheet of A3 in 600 dots an inch.
pub(crate) const PIXELS: u64 = 72_000_000;
/// Most bytes for unpacking one.
const UNPACKED: u64 = 320 << 20;
/// Shorter side of a page in points.
const SIDE: f64 = 595.0;
/// Longest side of a picture, in its shorter one: longer ones are banners or rulers.
const LONGEST: f64 = 12.0;

/// Reads a picture file.
///
/// # Errors
/// [`Error::Picture`] without a model, [`Error::Model`] where it cannot be used, [`Error::Limit`] where the picture is too large, [`Error::Damaged`].
pub(crate) fn read(bytes: &[u8], format: ImageFormat, hints: &Hints) -> Result<Document, Error> {
    let media_type = format.to_mime_type();
    let mut scans = Scans::new(&hints.recognition);
    if scans.recogniser().map_err(Error::Model)?.is_none() {
        return Err(Error::Picture(media_type.into()));
    }
    let gray = decoded(bytes, format)?;
    let (width, height) = (f64::from(gray.width()), f64::from(gray.height()));
    let dpi = width.min(height) / SIDE * 72.0;
    let size = (width / dpi * 72.0, height / dpi * 72.0);
    let mut diagnostics = Vec::new();
    let mut reading = Reading::new(&codes::PAGES, &mut diagnostics);
    let shown = if width.max(height) > LONGEST * width.min(height) {
        Err("is too long".to_owned())
    } else {
        scans.page(1, Picture { gray, dpi }, size)
    };
    let (content, broken) = match shown {
        Ok(content) => (content, None),
        Err(why) => (Content::default(), Some(why)),
    };
    reading.page(content, size, broken);
    let mut blocks = reading.finish();
    scans.finish(&mut blocks, &mut diagnostics);
    Ok(Document {
        media_type: media_type.into(),
        blocks,
        diagnostics,
        pages: Some(1),
        ..Document::default()
    })
}

/// The tones of a picture.
fn decoded(bytes: &[u8], format: ImageFormat) -> Result<GrayImage, Error> {
    let damaged = |error: image::ImageError| Error::Damaged(error.to_string());
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    let mut limits = Limits::default();
    limits.max_alloc = Some(UNPACKED);
    reader.limits(limits);
    let decoder = reader.into_decoder().map_err(damaged)?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > PIXELS || width == 0 || height == 0 {
        return Err(Error::Limit("pixels of a picture"));
    }
    let picture = DynamicImage::from_decoder(decoder).map_err(damaged)?;
    Ok(on_paper(picture))
}

/// Tones on white paper; what is transparent shows the paper.
fn on_paper(picture: DynamicImage) -> GrayImage {
    if !picture.color().has_alpha() {
        return picture.into_luma8();
    }
    let toned = picture.into_luma_alpha8();
    GrayImage::from_fn(toned.width(), toned.height(), |x, y| {
        let [tone, alpha] = toned.get_pixel(x, y).0.map(u32::from);
        image::Luma([((tone * alpha + 255 * (255 - alpha)) / 255) as u8])
    })
}
