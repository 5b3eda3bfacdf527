//! A page as a picture, for reading what only a picture shows.
//!
//! Invariant: a picture has as many pixels as its text needs, whatever the file says; a page that would take more is refused before
//! anything is unpacked.

use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{PixmapSettings, RenderCache, RenderSettings, render};
use hayro_interpret::InterpreterSettings;
use hayro_interpret::kurbo::{Affine, Point, Rect};
use hayro_syntax::page::Page;
use image::GrayImage;
use image::imageops::{FilterType, resize};

use super::guard::caught;
use crate::read::page::Content;
use crate::read::scan::{Picture, Wanted, is_large, tone};

/// Dots an inch at least: below, the strokes of small characters run together.
const COARSEST: f64 = 150.0;
/// Dots an inch at most: more shows nothing more of the text.
const FINEST: f64 = 300.0;
/// Part of the dots an inch that a page is drawn in from which on a picture is not made larger by itself: it would be blurred for nothing.
const ALIKE: f64 = 0.95;
/// Dots an inch at least of a picture that is drawn as it is.
const SCREEN: f64 = 60.0;
/// Dots an inch of a page that holds no picture of its own.
const USUAL: f64 = 200.0;
/// Most pixels of a page: A3 at the finest resolution.
const PIXELS: f64 = 18_000_000.0;
/// Most pixels of a picture in the file, which is unpacked as a whole.
const UNPACKED: u64 = 72_000_000;

/// Width in points from which a picture is as large as a part of the text.
const LARGE: f64 = 150.0;

/// How far strips of one picture may be apart or overlap, in points.
const STRIPS: f64 = 1.5;
/// Most places of pictures of one page.
const PLACES: usize = 500;
/// Most characters over a picture that is read: more are a text on a background, or what was filled into a form.
const OVER: usize = 60;
/// Share of its page from which on a picture is that of a page.
const WHOLE: f64 = 0.5;
/// Paper around a character that is painted over, in points.
const AROUND: f64 = 1.0;

/// What is known of the pictures that a page draws.
#[derive(Clone, Debug, Default)]
pub(super) struct Pictures {
    /// Dots an inch of the finest one that is as large as a part of the text.
    pub finest: f64,
    /// Pixels of all together.
    pub pixels: u64,
    /// Where they stand on the page, in points; strips that follow each other are one.
    places: Vec<Rect>,
}

impl Pictures {
    /// Places of those that may show a table.
    pub(super) fn large(&self) -> impl Iterator<Item = &Rect> {
        self.places.iter().filter(|place| is_large(place))
    }

    fn place(&mut self, place: Rect) {
        let near = |one: f64, other: f64| (one - other).abs() < STRIPS;
        let follows = |before: &Rect| {
            let below = near(before.x0, place.x0) && near(before.x1, place.x1) && near(before.y1, place.y0);
            let beside = near(before.y0, place.y0) && near(before.y1, place.y1) && near(before.x1, place.x0);
            below || beside
        };
        let is_full = self.places.len() >= PLACES;
        match self.places.last_mut().filter(|before| follows(before)) {
            Some(before) => *before = before.union(place),
            None if !is_full => self.places.push(place),
            None => {}
        }
    }

    /// Adds one of so many pixels, drawn by a transform of them to the page.
    pub(super) fn add(&mut self, (width, height): (u32, u32), transform: Affine) {
        let [a, b, c, d, ..] = transform.as_coeffs();
        // Points that a pixel takes on the page.
        let (across, down) = (a.hypot(b), c.hypot(d));
        let is_large = across * f64::from(width) > LARGE && down * f64::from(height) > LARGE / 2.0;
        if is_large {
            self.finest = self.finest.max(72.0 / across.min(down).max(0.01));
        }
        self.place(transform.transform_rect_bbox(Rect::new(0.0, 0.0, f64::from(width), f64::from(height))));
        self.pixels = self.pixels.saturating_add(u64::from(width) * u64::from(height));
    }
}

/// What of a page is to be read from its picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Read {
    /// Its pictures.
    Pictures,
    /// Its text, too.
    All,
}

/// Draws a page. Pictures that are coarser than small characters need are drawn as they are and then made larger, for that is smoother.
///
/// # Errors
/// Why it is not drawn, as the end of a sentence about the page.
pub(super) fn draw(
    page: &Page<'_>,
    settings: &InterpreterSettings,
    pictures: &Pictures,
    read: Read,
) -> Result<Picture, String> {
    if pictures.pixels > UNPACKED {
        return Err("exceeds the limit of pixels of a picture".into());
    }
    let (width, height) = page.render_dimensions();
    let inches = f64::from(width) / 72.0 * f64::from(height) / 72.0;
    let wanted = if pictures.finest > 0.0 { pictures.finest } else { USUAL };
    let dpi = wanted.clamp(COARSEST, FINEST).min((PIXELS / inches.max(0.01)).sqrt());
    let is_coarse = read == Read::Pictures && wanted < ALIKE * dpi;
    let drawn_at = if is_coarse { wanted.max(SCREEN) } else { dpi };
    let scale = (drawn_at / 72.0) as f32;
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
        .map(|pixel| tone([pixel.r, pixel.g, pixel.b]))
        .collect();
    let gray = GrayImage::from_raw(width, height, tones).ok_or("cannot be drawn")?;
    if drawn_at >= dpi {
        return Ok(Picture { gray, dpi });
    }
    let [width, height] = [width, height].map(|side| (f64::from(side) * dpi / drawn_at).round() as u32);
    let gray = resize(&gray, width.max(1), height.max(1), FilterType::CatmullRom);
    Ok(Picture { gray, dpi })
}

/// The pictures of a page with text that may show tables, on white paper and without the text over them; all that they show is wanted
/// where they are most of the page, as those of a scan to which a program has added its name.
///
/// # Errors
/// Why they are not drawn, as the end of a sentence about the page.
pub(super) fn among_text(
    page: &Page<'_>,
    settings: &InterpreterSettings,
    pictures: &Pictures,
    content: &Content,
) -> Result<(Picture, Wanted), String> {
    let over = |place: &&Rect| {
        let inside = content
            .glyphs
            .iter()
            .filter(|glyph| place.contains(glyph.bbox.center()));
        inside.count() <= OVER
    };
    let places: Vec<Rect> = pictures.large().filter(over).copied().collect();
    if places.is_empty() {
        return Err("shows a picture with text over it, which was not read".into());
    }
    let Picture { mut gray, dpi } = draw(page, settings, pictures, Read::Pictures)?;
    let scale = dpi / 72.0;
    let (width, height) = page.render_dimensions();
    let whole = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
    let written = content.glyphs.iter().map(|glyph| glyph.bbox.inflate(AROUND, AROUND));
    let written: Vec<Rect> = written
        .filter(|glyph| places.iter().any(|place| place.overlaps(*glyph)))
        .collect();
    for (x, y, tone) in gray.enumerate_pixels_mut() {
        let at = Point::new((f64::from(x) + 0.5) / scale, (f64::from(y) + 0.5) / scale);
        if !places.iter().any(|place| place.contains(at)) || written.iter().any(|glyph| glyph.contains(at)) {
            tone.0[0] = u8::MAX;
        }
    }
    let shown: f64 = places.iter().map(|place| place.intersect(whole).area()).sum();
    let wanted = if shown > WHOLE * whole.area() {
        Wanted::All
    } else {
        Wanted::Table
    };
    Ok((Picture { gray, dpi }, wanted))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The places of pictures that are as large as a table.
    fn large(places: &[(f64, f64, f64, f64)]) -> Vec<Rect> {
        let mut pictures = Pictures::default();
        for (x0, y0, x1, y1) in places {
            let scale = Affine::translate((*x0, *y0)) * Affine::scale_non_uniform((x1 - x0) / 100.0, (y1 - y0) / 50.0);
            pictures.add((100, 50), scale);
        }
        pictures.large().copied().collect()
    }

    #[test]
    fn strips_that_follow_each_other_are_one_picture() {
        let strips = [
            (50.0, 100.0, 500.0, 130.0),
            (50.0, 130.0, 500.0, 160.5),
            (50.0, 160.0, 500.0, 190.0),
        ];
        assert_eq!(large(&strips), [Rect::new(50.0, 100.0, 500.0, 190.0)]);
    }

    #[test]
    fn logos_and_icons_are_not_as_large_as_a_table() {
        assert_eq!(large(&[(50.0, 100.0, 150.0, 190.0), (300.0, 100.0, 310.0, 110.0)]), []);
    }
}
