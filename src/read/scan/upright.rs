//! How a page lies: upright, sideways or upside down.
//!
//! The page is read as it lies. Where words of reports stand in most of its lines it is upright, and nothing more is done; else some
//! lines are read in all four ways. How likely characters are does not tell it, for the model knows those that lie on their
//! side too, and reads a column of them as a line. Invariant: a page of which no way gives words stays as it is.

use image::GrayImage;
use image::imageops::{crop_imm, rotate90, rotate180, rotate270};

use super::decide::WORDS;
use super::looks::Piece;
use super::page::{Sheet, sheet};
use super::recognise::{Decoded, Recogniser, Sight};

/// Most lines that are read in all four ways.
const LINES: usize = 24;
/// How likely each character of a word has to be.
const SURE: f32 = 0.8;
/// Least and greatest length of such a line in em.
const LENGTH: std::ops::Range<f64> = 3.0..16.0;
/// Height of one in em.
const HEIGHT: std::ops::Range<f64> = 0.6..2.0;
/// Fewest pieces of text of a page that is looked at.
const FEW: usize = 3;
/// Paper around a line, in its heights.
const AROUND: f64 = 0.15;
/// Fewest lines with words of a page that is upright as it lies, or that is turned.
const LEAST: usize = 3;
/// Words of the forms besides those of the prose.
const LABELS: &[&str] = &[
    "信息",
    "公开",
    "许可",
    "处罚",
    "强制",
    "收费",
    "规章",
    "秘密",
    "法律",
    "法规",
    "禁止",
    "权益",
    "不予",
    "提供",
    "商业",
    "科研",
    "社会",
    "自然人",
    "法人",
    "结果",
    "维持",
    "纠正",
    "审结",
    "新收",
    "结转",
    "数量",
    "答复",
    "办理",
    "文件",
    "内容",
    "总计",
    "费用",
    "事业",
];

/// Words of reports: of their prose, and of their forms.
pub(super) fn report_words() -> impl Iterator<Item = &'static str> {
    WORDS.iter().chain(LABELS).copied()
}

/// So many times the words that are read as the page lies have to be read after a turn: labels are set from top to bottom, too.
const CLEAR: usize = 2;

/// Whether a page is upright by what was read of its pieces as they lie: words of reports stand in most of its lines. On a page that
/// lies on its side some labels are read that are set from top to bottom.
pub(super) fn is_upright(pieces: &[Piece], sights: &[Sight], em: f64) -> bool {
    let lines = pieces.iter().zip(sights).filter(|(piece, _)| {
        let [width, height] = [piece.area.width(), piece.area.height()].map(|side| side as f64 / em);
        width >= LENGTH.start && HEIGHT.contains(&height)
    });
    let holds: Vec<bool> = lines.map(|(_, sight)| holds_words(sight)).collect();
    let words = holds.iter().filter(|holds| **holds).count();
    pieces.len() < FEW || words >= LEAST && 2 * words > holds.len()
}

/// Quarter turns to the right after which a page is upright, from 0 to 3; `here` is what was found on it as it lies.
///
/// # Errors
/// Where the model cannot be run.
pub(super) fn turn(page: &GrayImage, here: &Sheet, dpi: f64, recogniser: &Recogniser) -> Result<u8, String> {
    let lying = lines(here, LINES);
    let beside = lines(&sheet(&rotate90(page), dpi), LINES);
    let over = |lines: &[GrayImage]| lines.iter().map(rotate180).collect::<Vec<_>>();
    let upright = with_words(&lying, recogniser)?;
    let mut found = Vec::new();
    for (turn, lines) in [(1, &beside), (3, &over(&beside)), (2, &over(&lying))] {
        found.push((turn, with_words(lines, recogniser)?));
    }
    Ok(clearest(upright, &found))
}

/// The turn after which by far the most lines hold words, given how many do as the page lies and after each turn.
fn clearest(upright: usize, found: &[(u8, usize)]) -> u8 {
    let clear = found
        .iter()
        .filter(|(_, words)| *words >= LEAST && *words > CLEAR * upright);
    clear.max_by_key(|(_, words)| *words).map_or(0, |(turn, _)| *turn)
}

/// A page turned by quarters to the right.
pub(super) fn turned(page: &GrayImage, turn: u8) -> GrayImage {
    match turn {
        1 => rotate90(page),
        2 => rotate180(page),
        _ => rotate270(page),
    }
}

/// Some lines of a page that may be text, at most so many, from all over it.
fn lines(page: &Sheet, most: usize) -> Vec<GrayImage> {
    let is_line = |width: usize, height: usize| {
        LENGTH.contains(&(width as f64 / page.em)) && HEIGHT.contains(&(height as f64 / page.em))
    };
    let areas = page.pieces.iter().map(|piece| piece.area);
    let areas: Vec<_> = areas.filter(|area| is_line(area.width(), area.height())).collect();
    let every = areas.len().div_ceil(most).max(1);
    let shown = areas.into_iter().step_by(every).map(|area| {
        let around = (AROUND * area.height() as f64) as usize;
        let (x0, y0) = (area.x0.saturating_sub(around), area.y0.saturating_sub(around));
        let x1 = (area.x1 + around).min(page.gray.width() as usize);
        let y1 = (area.y1 + around).min(page.gray.height() as usize);
        crop_imm(&page.gray, x0 as u32, y0 as u32, (x1 - x0) as u32, (y1 - y0) as u32).to_image()
    });
    shown.collect()
}

/// How many of some lines hold a word of reports that the model is sure of.
fn with_words(lines: &[GrayImage], recogniser: &Recogniser) -> Result<usize, String> {
    let sights = recogniser.read(lines)?;
    Ok(sights.iter().filter(|sight| holds_words(sight)).count())
}

/// Whether a word of reports was read of which the model is sure.
fn holds_words(sight: &Sight) -> bool {
    let sure = |decoded: &Decoded| {
        if decoded.likely >= SURE {
            decoded.character
        } else {
            '\0'
        }
    };
    let text: String = sight.free.iter().map(sure).collect();
    report_words().any(|word| text.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::scan::mask::Area;

    /// Whether a page is upright on which such lines and so many numbers were read.
    fn upright(lines: &[&str], numbers: usize) -> bool {
        let texts = lines.iter().copied().chain(std::iter::repeat_n("7", numbers));
        let decoded = |character| Decoded {
            character,
            likely: 0.9,
            rival: ('\0', 0.0),
            place: 0.0,
        };
        let read = texts.map(|text| {
            let area = Area {
                x0: 0,
                y0: 0,
                x1: 20 * text.chars().count(),
                y1: 20,
            };
            let piece = Piece {
                area,
                cell: None,
                table: None,
                dash: false,
                crossed: None,
            };
            let free = text.chars().map(decoded).collect();
            (
                piece,
                Sight {
                    free,
                    ..Sight::default()
                },
            )
        });
        let (pieces, sights): (Vec<Piece>, Vec<Sight>) = read.unzip();
        is_upright(&pieces, &sights, 20.0)
    }

    #[test]
    fn a_page_is_upright_where_most_of_its_lines_hold_words() {
        let words = ["一、总体情况", "政府信息公开指南", "本年新收申请数量"];
        assert!(upright(&words, 40));
        assert!(upright(&[&words[..], &["山川湖海", "风花雪月"]].concat(), 0));
        assert!(!upright(
            &[&words[..], &["山川湖海", "风花雪月", "松竹梅兰"]].concat(),
            0
        ));
        assert!(!upright(&words[..2], 5) && upright(&[], 2));
    }

    #[test]
    fn a_page_is_turned_only_for_far_more_words() {
        assert_eq!(clearest(2, &[(1, 12), (3, 0), (2, 0)]), 1);
        assert_eq!(clearest(0, &[(1, 0), (3, 4), (2, 3)]), 3);
        // Two labels that are set from top to bottom on a page with little text.
        assert_eq!(clearest(0, &[(1, 0), (3, 2), (2, 0)]), 0);
        assert_eq!(clearest(3, &[(1, 5), (3, 0), (2, 0)]), 0);
    }
}
