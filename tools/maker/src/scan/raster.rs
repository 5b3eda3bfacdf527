//! A page as tones: characters from the outlines of a font, rules as dark bars.

use ab_glyph::{Font as _, FontVec, PxScale, point};
use anyhow::{Context, Result};
use image::GrayImage;

use crate::containers::paged::{HEIGHT, Mark, Page, WIDTH, width};

/// Where systems keep fonts with Chinese characters.
const PLACES: [&str; 6] = [
    "/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc",
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/noto-cjk/NotoSerifCJK-Regular.ttc",
    "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc",
    "/System/Library/Fonts/Supplemental/Songti.ttc",
    "C:\\Windows\\Fonts\\simsun.ttc",
];
/// Width of a rule in points.
const RULE: f64 = 0.6;

/// A font with Chinese characters.
pub struct Font(FontVec);

impl Font {
    /// A font of this machine; the place is told where there is none.
    ///
    /// # Errors
    /// Where there is none, with the places that were looked at.
    pub fn of_system() -> Result<Font> {
        let found = PLACES.iter().find_map(|place| std::fs::read(place).ok());
        let bytes = found.with_context(|| format!("no font with Chinese characters in {}", PLACES.join(", ")))?;
        // Collections of the Noto fonts hold Japanese, Korean, then simplified Chinese shapes.
        let font = FontVec::try_from_vec_and_index(bytes.clone(), 2).or_else(|_| FontVec::try_from_vec(bytes))?;
        Ok(Font(font))
    }
}

/// Draws a page in dots an inch.
///
/// # Errors
/// Where the font has no outline for a character.
pub fn draw(page: &Page, font: &Font, dpi: f64) -> Result<GrayImage> {
    let scale = dpi / 72.0;
    let pixels = |points: f64| (points * scale).round() as u32;
    let mut picture = GrayImage::from_pixel(pixels(WIDTH), pixels(HEIGHT), image::Luma([255]));
    for mark in page {
        match mark {
            Mark::Text { x, y, size, text } => {
                let mut at = *x;
                for character in text.chars() {
                    glyph(&mut picture, font, character, (at * scale, y * scale), size * scale)?;
                    at += width(&character.to_string(), *size);
                }
            }
            Mark::Rule { from, to } => bar(&mut picture, *from, *to, scale),
        }
    }
    Ok(picture)
}

fn glyph(picture: &mut GrayImage, font: &Font, character: char, at: (f64, f64), em: f64) -> Result<()> {
    let font = &font.0;
    if character.is_whitespace() {
        return Ok(());
    }
    let per_em = font.units_per_em().unwrap_or(1000.0);
    let scale = PxScale::from(em as f32 * font.height_unscaled() / per_em);
    let id = font.glyph_id(character);
    anyhow::ensure!(id.0 != 0, "the font has no {character:?}");
    let placed = id.with_scale_and_position(scale, point(at.0 as f32, at.1 as f32));
    let Some(outline) = font.outline_glyph(placed) else {
        return Ok(());
    };
    let bounds = outline.px_bounds();
    outline.draw(|x, y, coverage| {
        let (x, y) = (x as f32 + bounds.min.x, y as f32 + bounds.min.y);
        darken(picture, x as i64, y as i64, coverage);
    });
    Ok(())
}

fn bar(picture: &mut GrayImage, from: (f64, f64), to: (f64, f64), scale: f64) {
    let half = RULE / 2.0;
    let (x0, y0) = ((from.0 - half) * scale, (from.1 - half) * scale);
    let (x1, y1) = ((to.0 + half) * scale, (to.1 + half) * scale);
    // How much of a pixel from `at` lies between two ends.
    let part = |at: i64, from: f64, to: f64| ((at as f64 + 1.0).min(to) - (at as f64).max(from)).clamp(0.0, 1.0);
    for y in y0 as i64..=y1 as i64 {
        for x in x0 as i64..=x1 as i64 {
            darken(picture, x, y, (part(x, x0, x1) * part(y, y0, y1)) as f32);
        }
    }
}

fn darken(picture: &mut GrayImage, x: i64, y: i64, coverage: f32) {
    let (Ok(x), Ok(y)) = (u32::try_from(x), u32::try_from(y)) else {
        return;
    };
    if let Some(pixel) = picture.get_pixel_mut_checked(x, y) {
        pixel.0[0] = (f32::from(pixel.0[0]) * (1.0 - coverage.clamp(0.0, 1.0))) as u8;
    }
}
