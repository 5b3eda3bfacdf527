//! Reads picture files: PNG, JPEG, TIFF of one or more pages, BMP, WebP.
//!
//! A picture says little of its size on paper; its shorter side is taken for that of a sheet of A4. Invariant: a picture is measured
//! before it is unpacked.

use std::io::Cursor;

use image::error::ImageError;
use image::{DynamicImage, GrayImage, ImageDecoder, ImageFormat, ImageReader, Limits};

use super::tone::tones;
use super::{Picture, Scans, codes, tiff};
use crate::document::Document;
use crate::error::Error;
use crate::read::Hints;
use crate::read::page::{Content, Reading};

/// Most pixels of a picture: a sheet of A3 in 600 dots an inch.
pub(crate) const PIXELS: u64 = 72_000_000;
/// Most pixels of all pages of a file that are unpacked.
const ALL_PIXELS: u64 = 12 * PIXELS;
/// Most bytes for unpacking one.
const UNPACKED: u64 = 320 << 20;
/// Shorter side of a page in points.
const SIDE: f64 = 595.0;
/// Longest side of a picture, in its shorter one: longer ones are banners or rulers.
const LONGEST: f64 = 12.0;
/// Shorter side, in pixels, of a picture that may be a page: the characters of smaller ones cannot be told.
const SMALLEST: u32 = 600;

/// Reads a picture file.
///
/// # Errors
/// [`Error::Picture`] without a model, [`Error::Model`] where it cannot be used; where its only page cannot be read, [`Error::Limit`] for
/// one that is too large, [`Error::Damaged`].
pub(crate) fn read(bytes: &[u8], format: ImageFormat, hints: &Hints) -> Result<Document, Error> {
    let media_type = format.to_mime_type();
    let mut scans = Scans::new(&hints.recognition);
    if scans.recogniser().map_err(Error::Model)?.is_none() {
        return Err(Error::Picture(media_type.into()));
    }
    let places = if format == ImageFormat::Tiff {
        tiff::pages(bytes)
    } else {
        vec![0]
    };
    let mut left = ALL_PIXELS;
    let mut file = if places.len() > 1 { bytes.to_vec() } else { Vec::new() };
    let mut diagnostics = Vec::new();
    let mut reading = Reading::new(&codes::PAGES, &mut diagnostics);
    for (page, place) in (1..).zip(&places) {
        let gray = if places.len() > 1 {
            tiff::turn_to(&mut file, *place);
            decoded(&file, format, &mut left)
        } else {
            Ok(decoded(bytes, format, &mut left)?)
        };
        let (content, size, broken) = match gray.map(|gray| on_sheet(&mut scans, page, gray)) {
            Ok((Ok(content), size)) => (content, size, None),
            Ok((Err(why), size)) => (Content::default(), size, Some(why)),
            Err(Error::Limit(limit)) => (
                Content::default(),
                (SIDE, SIDE),
                Some(format!("exceeds the limit of {limit}")),
            ),
            Err(_) => (Content::default(), (SIDE, SIDE), Some("is damaged".into())),
        };
        reading.page(content, size, broken);
    }
    scans.again(&mut reading);
    let mut blocks = reading.finish();
    scans.finish(&mut blocks, &mut diagnostics);
    Ok(Document {
        media_type: media_type.into(),
        blocks,
        diagnostics,
        pages: u32::try_from(places.len()).ok(),
        ..Document::default()
    })
}

/// What a picture shows on a sheet, or why it is not read, and the size of the sheet in points.
fn on_sheet(scans: &mut Scans, page: u32, gray: GrayImage) -> (Result<Content, String>, (f64, f64)) {
    let (width, height) = (f64::from(gray.width()), f64::from(gray.height()));
    let dpi = width.min(height) / SIDE * 72.0;
    let size = (width / dpi * 72.0, height / dpi * 72.0);
    if width.max(height) > LONGEST * width.min(height) {
        return (Err("is too long".into()), size);
    }
    (scans.page(page, Picture { gray, dpi }, size), size)
}

/// Whether a picture file is as large as a page that can be read, by its head.
pub(crate) fn may_be_page(bytes: &[u8]) -> bool {
    let reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format();
    let size = reader.ok().and_then(|reader| reader.into_dimensions().ok());
    size.is_some_and(|(width, height)| width.min(height) >= SMALLEST)
}

/// The tones of a picture, upright as the file says; its pixels are taken from `left`.
pub(super) fn decoded(bytes: &[u8], format: ImageFormat, left: &mut u64) -> Result<GrayImage, Error> {
    let failed = |error: ImageError| match error {
        ImageError::Limits(_) => Error::Limit("memory of a picture"),
        error => Error::Damaged(error.to_string()),
    };
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    let mut limits = Limits::default();
    limits.max_alloc = Some(UNPACKED);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(failed)?;
    let (width, height) = decoder.dimensions();
    let pixels = u64::from(width) * u64::from(height);
    if pixels > PIXELS || pixels > *left || pixels == 0 {
        return Err(Error::Limit("pixels of a picture"));
    }
    *left -= pixels;
    // A picture that does not say how it is held is upright.
    let orientation = decoder.orientation().ok();
    let picture = DynamicImage::from_decoder(decoder).map_err(failed)?;
    let mut toned = DynamicImage::ImageLuma8(tones(picture));
    orientation
        .into_iter()
        .for_each(|orientation| toned.apply_orientation(orientation));
    Ok(toned.into_luma8())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A JPEG file of four pixels in a row, the first of them black, that says how it was held.
    fn held(orientation: u8) -> Vec<u8> {
        let gray = GrayImage::from_fn(32, 8, |x, _| image::Luma([if x < 8 { 0 } else { 255 }]));
        let mut file = Cursor::new(Vec::new());
        gray.write_to(&mut file, ImageFormat::Jpeg).unwrap();
        let mut file = file.into_inner();
        // One entry of the Exif part: the orientation, as a short number.
        let mut exif = b"\xff\xe1\0\x22Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0".to_vec();
        exif.extend([orientation, 0, 0, 0, 0, 0, 0, 0]);
        file.splice(2..2, exif);
        file
    }

    #[test]
    fn a_picture_is_turned_as_its_file_says() {
        let shown = |orientation| {
            let gray = decoded(&held(orientation), ImageFormat::Jpeg, &mut ALL_PIXELS.clone()).unwrap();
            let dark = |x: u32, y: u32| gray.get_pixel(x, y).0[0] < 128;
            let (x, y) = (gray.width() - 1, gray.height() - 1);
            (gray.dimensions(), [dark(0, 0), dark(x, y)])
        };
        assert_eq!(shown(1), ((32, 8), [true, false]));
        assert_eq!(shown(3), ((32, 8), [false, true]));
        assert_eq!(shown(6), ((8, 32), [true, false]));
        assert_eq!(shown(8), ((8, 32), [false, true]));
    }

    #[test]
    fn pages_of_a_file_may_have_so_many_pixels_together() {
        let mut left = 32 * 8;
        assert!(decoded(&held(1), ImageFormat::Jpeg, &mut left).is_ok());
        assert_eq!(
            decoded(&held(1), ImageFormat::Jpeg, &mut left),
            Err(Error::Limit("pixels of a picture"))
        );
    }
}
