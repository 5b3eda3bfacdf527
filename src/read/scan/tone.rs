//! Tones of colours, for characters are read from tones.
//!
//! Invariant: a bright colour is lighter than black ink and darker than paper, so that a red seal can be taken off black text, and red
//! text be read.

use image::{DynamicImage, GrayImage};

/// The tone of a colour: halfway from how bright the eye sees it to the brightest of its parts, which is that of the paper in colours of
/// seals and pens.
pub(crate) fn tone([red, green, blue]: [u8; 3]) -> u8 {
    let seen = (u32::from(red) * 77 + u32::from(green) * 150 + u32::from(blue) * 29) >> 8;
    let brightest = u32::from(red.max(green).max(blue));
    ((seen + brightest) / 2) as u8
}

/// Tones on white paper; what is transparent shows the paper.
pub(super) fn tones(picture: DynamicImage) -> GrayImage {
    let color = picture.color();
    match (color.has_color(), color.has_alpha()) {
        (false, false) => picture.into_luma8(),
        (false, true) => {
            let toned = picture.into_luma_alpha8();
            GrayImage::from_fn(toned.width(), toned.height(), |x, y| {
                let [tone, alpha] = toned.get_pixel(x, y).0;
                image::Luma([on_paper(tone, alpha)])
            })
        }
        (true, false) => {
            let colored = picture.into_rgb8();
            GrayImage::from_fn(colored.width(), colored.height(), |x, y| {
                image::Luma([tone(colored.get_pixel(x, y).0)])
            })
        }
        (true, true) => {
            let colored = picture.into_rgba8();
            GrayImage::from_fn(colored.width(), colored.height(), |x, y| {
                let [red, green, blue, alpha] = colored.get_pixel(x, y).0;
                image::Luma([on_paper(tone([red, green, blue]), alpha)])
            })
        }
    }
}

fn on_paper(tone: u8, alpha: u8) -> u8 {
    let [tone, alpha] = [tone, alpha].map(u32::from);
    ((tone * alpha + 255 * (255 - alpha)) / 255) as u8
}

#[cfg(test)]
mod tests {
    use image::{Rgb, RgbImage};

    use super::*;
    use crate::read::scan::mask::Mask;
    use crate::read::scan::seal;

    #[test]
    fn tones_without_a_colour_stay_and_bright_colours_lie_between_ink_and_paper() {
        assert_eq!([tone([0; 3]), tone([90; 3]), tone([255; 3])], [0, 90, 255]);
        for color in [[200, 30, 30], [255, 0, 0], [230, 60, 70]] {
            assert!((130..190).contains(&tone(color)), "{color:?}: {}", tone(color));
        }
        assert!(tone([40, 10, 10]) < 40);
    }

    #[test]
    fn what_is_transparent_is_paper() {
        let clear = image::RgbaImage::from_pixel(2, 2, image::Rgba([0, 0, 0, 0]));
        assert_eq!(tones(clear.into()).as_raw(), &[255; 4]);
        let clear = image::GrayAlphaImage::from_pixel(2, 2, image::LumaA([0, 0]));
        assert_eq!(tones(clear.into()).as_raw(), &[255; 4]);
    }

    #[test]
    fn a_red_seal_is_taken_off_black_text() {
        let page = |is_sealed: bool| {
            let page = RgbImage::from_fn(400, 300, |x, y| {
                let distance = (f64::from(x) - 200.0).hypot(f64::from(y) - 150.0);
                let text = (145..155).contains(&y) && x % 6 < 2 && (20..380).contains(&x);
                let seal = is_sealed && (distance - 80.0).abs() < 3.0;
                Rgb(match (text, seal) {
                    (true, true) => [25, 5, 5],
                    (true, false) => [20, 20, 20],
                    (false, true) => [215, 45, 40],
                    (false, false) => [250, 250, 250],
                })
            });
            tones(page.into())
        };
        let mut gray = page(true);
        let mut mask = Mask::adaptive(&gray, 17, 22);
        seal::erase(&mut gray, &mut mask, &[], 100.0);
        let bare = page(false);
        let off = gray.pixels().zip(bare.pixels());
        let far = off.filter(|(one, other)| one.0[0].abs_diff(other.0[0]) > 40).count();
        assert!(far < 40, "{far}");
    }
}
