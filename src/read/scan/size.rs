//! How large a picture is on paper, told by the size of its characters: a picture on a screen may show any part of a page.
//!
//! Invariant: what is too small to be told apart is refused, not guessed.

use image::GrayImage;
use image::imageops::{FilterType, resize};

use super::mask::Mask;
use super::page::{DARKER, Picture};
use super::pieces::boxes;

/// Side of the square whose mean decides what is ink, in pixels.
const WINDOW: usize = 31;
/// Heights in pixels that characters of such pictures have.
const HEIGHTS: std::ops::RangeInclusive<usize> = 7..=90;
/// Widest and narrowest part of a character, in its heights.
const SHAPES: std::ops::Range<f64> = 0.15..2.5;
/// Fewest parts that tell the size of characters.
const FEW: usize = 12;
/// Height of the characters of a table in inches.
const CHARACTER: f64 = 0.115;
/// Dots an inch to which a coarser picture is drawn larger, so that lines and characters stand apart.
const FINE: f64 = 200.0;
/// Dots an inch below which characters cannot be told apart.
const COARSEST: f64 = 55.0;

/// A picture with its dots an inch, drawn larger where it is coarse; `None` where it shows no text that could be read.
pub(super) fn sized(gray: GrayImage) -> Option<Picture> {
    let dpi = dots(&gray)?;
    if dpi < COARSEST {
        return None;
    }
    if dpi >= FINE * 0.75 {
        return Some(Picture { gray, dpi });
    }
    let larger = |side: u32| (f64::from(side) * FINE / dpi).round() as u32;
    let (width, height) = (larger(gray.width()), larger(gray.height()));
    Some(Picture {
        gray: resize(&gray, width, height, FilterType::CatmullRom),
        dpi: FINE,
    })
}

/// Dots an inch of a picture, if it shows characters.
fn dots(gray: &GrayImage) -> Option<f64> {
    let mask = Mask::adaptive(gray, WINDOW, DARKER).without_specks();
    let mut heights: Vec<usize> = boxes(&mask)
        .into_iter()
        .map(|(area, _)| (area.width() as f64 / area.height() as f64, area.height()))
        .filter(|(shape, height)| SHAPES.contains(shape) && HEIGHTS.contains(height))
        .map(|(_, height)| height)
        .collect();
    if heights.len() < FEW {
        return None;
    }
    heights.sort_unstable();
    let tall = heights.get(heights.len() * 3 / 4)?;
    Some(*tall as f64 / CHARACTER)
}

#[cfg(test)]
mod tests {
    use nianbao_maker::scan::{Font, Holder, Wear, inside};

    use super::*;

    #[test]
    fn the_characters_of_a_table_tell_its_dots_an_inch() {
        let Ok(font) = Font::of_system() else {
            eprintln!("there is no font to draw a table with");
            return;
        };
        for dpi in [96.0, 130.0, 200.0, 300.0] {
            for wear in [Wear::Clean, Wear::Blurred] {
                let made = inside(3, &font, (dpi, wear), Holder::Saved).unwrap();
                for (name, bytes) in made.beside {
                    let gray = image::load_from_memory(&bytes).unwrap().into_luma8();
                    let told = dots(&gray).unwrap_or(0.0);
                    eprintln!(
                        "{name} {wear:?} at {dpi}: {told:.0} of {} by {}",
                        gray.width(),
                        gray.height()
                    );
                    assert!((0.75..1.3).contains(&(told / dpi)), "{name} {wear:?} at {dpi}: {told}");
                }
            }
        }
    }

    #[test]
    fn a_picture_without_characters_has_no_size() {
        assert_eq!(dots(&GrayImage::from_pixel(400, 300, image::Luma([200]))), None);
    }
}
