//! Characters that the model does not know, found by the ink to which nothing that it read belongs.
//!
//! A rare character of a name gives no text at all, as one of two equal digits may. Invariant: ink as wide as a character that was not
//! read stands as U+FFFD in a text, and so does a number of a row of numbers that gave no text.

use image::GrayImage;

use super::mask::Area;
use super::recognise::Decoded;
use crate::read::page::chars::{self, UNKNOWN};

/// How far the ink of a wide character reaches from where the model sees it, in em, with what the model is off.
const WIDE: f64 = 0.62;
/// The same for another.
const NARROW: f64 = 0.32;
/// Least width of ink that makes a character, in em, and least height.
const LEAST: (f64, f64) = (0.4, 0.35);
/// Least width of a wide character that was read, in em, and of another.
const READ: (f64, f64) = (0.85, 0.25);
/// Distance of two wide characters from which on one between them was skipped, in em, and least width of its ink between them.
const SKIP: f64 = 1.6;
const SKIPPED: f64 = 0.2;
/// Characters up to which a line does not show the distance of its characters.
const FEW: usize = 3;
/// Least ink of one, in square em.
const LEAST_INK: f64 = 0.05;
/// Least width of ink between digits that makes one.
const DIGIT: f64 = 0.3;
/// Tone up to which a pixel is ink.
const INK: u8 = 110;
/// Width and height of a number, in em.
const NUMBER: (std::ops::Range<f64>, std::ops::Range<f64>) = (0.15..4.0, 0.4..1.5);

/// The pieces of ink that gave no text and stand in a row with a number, as a number of a table without ruling lines does: a cell
/// with ink is not blank. Elsewhere such ink is dirt or a picture. `read` are all pieces with their texts, `em` is the size of
/// characters.
pub(super) fn lost(read: &[(Area, &[char])], em: f64) -> Vec<usize> {
    let is_number = |text: &[char]| !text.is_empty() && text.iter().all(|character| character.is_ascii_digit());
    let in_row = |one: &Area, other: &Area| {
        let shared = one.y1.min(other.y1).saturating_sub(one.y0.max(other.y0));
        2 * shared > one.height().min(other.height())
    };
    let is_lost = |(area, text): &(Area, &[char])| {
        let [width, height] = [area.width(), area.height()].map(|side| side as f64 / em);
        text.is_empty()
            && NUMBER.0.contains(&width)
            && NUMBER.1.contains(&height)
            && read.iter().any(|(other, text)| is_number(text) && in_row(area, other))
    };
    (0..read.len()).filter(|index| is_lost(&read[*index])).collect()
}

/// Puts U+FFFD into a text for each place of its picture where ink stands that was not read. The text is what was `read`, character
/// by character; `height` is that of the ink.
pub(super) fn marked(text: &[char], read: &[Decoded], picture: &GrayImage, height: f64) -> Vec<char> {
    if text.len() != read.len() || text.is_empty() {
        return text.to_vec();
    }
    let width = f64::from(picture.width());
    let places: Vec<f64> = read.iter().map(|decoded| f64::from(decoded.place) * width).collect();
    let em = em(read, &places, height);
    let mut room = width_of_ink(picture) - read.iter().map(|decoded| least_of(decoded.character) * em).sum::<f64>();
    let mut marked = Vec::new();
    let (mut from, mut before) = (0.0, None);
    let mut last: Option<f64> = None;
    for ((character, decoded), place) in text.iter().zip(read).zip(&places) {
        let half = half(decoded.character) * em;
        let skips = |last: f64| read.len() > FEW && place - last > SKIP * em;
        let wide = [before, Some(decoded.character)]
            .iter()
            .flatten()
            .all(|character| chars::is_wide(*character));
        let least = if wide && last.is_some_and(skips) {
            SKIPPED
        } else {
            least(before, Some(decoded.character))
        };
        if room >= least * em && holds_character(picture, (from, place - half), least, em.min(height)) {
            marked.push(UNKNOWN);
            room -= least * em;
        }
        marked.push(*character);
        (from, before, last) = (place + half, Some(decoded.character), Some(*place));
    }
    let least = least(before, None);
    if room >= least * em && holds_character(picture, (from, width), least, em.min(height)) {
        marked.push(UNKNOWN);
    }
    marked
}

/// From the first column with ink to the last.
fn width_of_ink(picture: &GrayImage) -> f64 {
    let has_ink = |x: &u32| (0..picture.height()).any(|y| picture.get_pixel(*x, y).0[0] <= INK);
    let first = (0..picture.width()).find(has_ink);
    let last = (0..picture.width()).rfind(has_ink);
    first.zip(last).map_or(0.0, |(first, last)| f64::from(last - first + 1))
}

fn least_of(character: char) -> f64 {
    if chars::is_wide(character) { READ.0 } else { READ.1 }
}

fn half(character: char) -> f64 {
    if chars::is_wide(character) { WIDE } else { NARROW }
}

/// Least width of a character that was not read between two others.
fn least(before: Option<char>, after: Option<char>) -> f64 {
    let is_digit = |character: Option<char>| character.is_some_and(|character| character.is_ascii_digit());
    if is_digit(before) && is_digit(after) {
        DIGIT
    } else {
        LEAST.0
    }
}

/// The distance of the wide characters of a line, or the height of its ink where it has too few of them.
fn em(read: &[Decoded], places: &[f64], height: f64) -> f64 {
    let is_wide = |index: usize| chars::is_wide(read[index].character);
    let pairs = (1..read.len()).filter(|index| is_wide(*index) && is_wide(index - 1));
    let mut distances: Vec<f64> = pairs.map(|index| places[index] - places[index - 1]).collect();
    distances.sort_by(f64::total_cmp);
    match distances.get(distances.len() / 2) {
        Some(distance) if distances.len() > FEW => *distance,
        Some(distance) if distances.len() > 2 => distance.max(0.8 * height),
        _ => height,
    }
}

/// Whether ink as large as a character stands between two places of a picture.
fn holds_character(picture: &GrayImage, (from, to): (f64, f64), least: f64, em: f64) -> bool {
    if to - from < least * em {
        return false;
    }
    let columns = from.max(0.0) as u32..(to.max(0.0) as u32).min(picture.width());
    let pixels = columns.flat_map(|x| (0..picture.height()).map(move |y| (x, y)));
    let ink: Vec<(u32, u32)> = pixels.filter(|(x, y)| picture.get_pixel(*x, *y).0[0] <= INK).collect();
    let extent = |side: fn(&(u32, u32)) -> u32| {
        let sides = ink.iter().map(side);
        sides
            .clone()
            .max()
            .zip(sides.min())
            .map_or(0.0, |(last, first)| f64::from(last - first + 1))
    };
    ink.len() as f64 >= LEAST_INK * em * em && extent(|(x, _)| *x) >= least * em && extent(|(_, y)| *y) >= LEAST.1 * em
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is made of a line of squares 20 wide, one for each character; those that are spaces were not read.
    fn line(text: &str, is_ink: bool) -> String {
        let all: Vec<char> = text.chars().collect();
        let picture = GrayImage::from_fn(20 * all.len() as u32 + 10, 28, |x, y| {
            let (index, within) = ((x.saturating_sub(5) / 20) as usize, x.saturating_sub(5) % 20);
            let stands = all.get(index).is_some_and(|character| is_ink || *character != ' ');
            let ink = x >= 5 && stands && (1..19).contains(&within) && (4..24).contains(&y);
            image::Luma([if ink { 0 } else { 255 }])
        });
        let read = all.iter().enumerate().filter(|(_, character)| **character != ' ');
        let read = read.map(|(index, character)| Decoded {
            character: *character,
            likely: 0.99,
            rival: ('\0', 0.0),
            place: (15.0 + 20.0 * index as f32) / picture.width() as f32,
        });
        let read: Vec<Decoded> = read.collect();
        let text: Vec<char> = read.iter().map(|decoded| decoded.character).collect();
        marked(&text, &read, &picture, 20.0).into_iter().collect()
    }

    #[test]
    fn ink_as_large_as_a_number_that_gave_no_text_is_lost_in_a_row_of_numbers_and_dirt_elsewhere() {
        let area = |x0: usize, y0: usize, width: usize, height: usize| Area {
            x0,
            y0,
            x1: x0 + width,
            y1: y0 + height,
        };
        let number = ['1', '2'];
        let read: [(Area, &[char]); 6] = [
            (area(10, 10, 20, 16), &number),
            (area(80, 12, 10, 16), &[]),
            // A speck, a line, a picture, and ink in a row without a number.
            (area(120, 12, 4, 4), &[]),
            (area(140, 12, 200, 16), &[]),
            (area(400, 0, 30, 60), &[]),
            (area(80, 100, 10, 16), &[]),
        ];
        assert_eq!(lost(&read, 20.0), [1]);
    }

    #[test]
    fn ink_that_was_not_read_stands_as_unknown_wherever_it_is() {
        assert_eq!(
            [line(" 县政府", true), line("罗城 佬族", true), line("本县 ", true)],
            ["\u{FFFD}县政府", "罗城\u{FFFD}佬族", "本县\u{FFFD}"]
        );
    }

    #[test]
    fn what_was_read_and_paper_stand_as_they_are() {
        assert_eq!([line("县政府", true), line("县 政府", false)], ["县政府", "县政府"]);
    }

    #[test]
    fn a_character_that_the_model_sees_at_the_end_of_its_ink_is_all_that_stands_there() {
        let read = [Decoded {
            character: '结',
            likely: 0.99,
            rival: ('\0', 0.0),
            place: 0.9,
        }];
        let picture = GrayImage::from_fn(28, 28, |x, y| {
            let ink = (4..24).contains(&x) && (4..24).contains(&y) && x % 3 != 0;
            image::Luma([if ink { 0 } else { 255 }])
        });
        assert_eq!(marked(&['结'], &read, &picture, 20.0), ['结']);
    }

    #[test]
    fn a_dash_is_no_character_that_was_not_read() {
        let read = [Decoded {
            character: '县',
            likely: 0.99,
            rival: ('\0', 0.0),
            place: 0.2,
        }];
        let dash = GrayImage::from_fn(100, 28, |x, y| {
            image::Luma([if (50..90).contains(&x) && (13..15).contains(&y) {
                0
            } else {
                255
            }])
        });
        assert_eq!(marked(&['县'], &read, &dash, 20.0), ['县']);
    }
}
