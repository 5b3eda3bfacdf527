//! What the pieces of a page say: words by one look or the clearer of two, what may be a number by two that agree.
//!
//! Invariant: of a page on which more than a quarter of the numbers is doubtful none is read, for those that are left are right by luck.

use std::collections::HashSet;
use std::ops::Range;

use image::GrayImage;
use image::imageops::{FilterType, crop_imm, resize, unsharpen};

use super::alike::{Alike, Number, Says};
use super::among;
use super::beside;
use super::decide::{Decision, HALF_SURE, SURE, decide, is_han, is_number, number, plain, seen, unsure, without_ticks};
use super::labels::is_compared;
use super::mask::Area;
use super::page::Sheet;
use super::pitch::overlooked;
use super::recognise::{Decoded, Recogniser, Sight};
use super::unread::{lost, marked};
use crate::read::page::chars::UNKNOWN;

/// Paper above and beside a piece, in parts of its height.
const NEAR: (f64, f64) = (0.14, 0.2);
/// The same for a second look.
const WIDE: (f64, f64) = (0.2, 0.2);
/// Most characters of a number that was seen as letters.
const SHORT: usize = 4;
/// How far the light border of a stroke reaches beyond its ink, in heights of the piece.
const RIM: f64 = 0.06;
/// How much wider a number is drawn for it.
const WIDER: f64 = 1.25;
/// How far blur reaches that is taken off a number, in its heights.
const BLUR: f64 = 0.1;
/// Shares of the pixels of a crop that are darker than its ink, and than its paper.
const INK: f64 = 0.02;
const PAPER: f64 = 0.7;
/// Least difference between the two; less is no ink.
const LEAST_RANGE: i32 = 40;
/// How far inside of the ink of a number the stroke of a pen has to lie that may be read through, in heights of the number.
const INSIDE: f64 = 0.3;
/// How likely a digit that is seen alone has to be.
const POSSIBLE: f32 = 0.05;
/// Fewest numbers that tell how well a page can be read.
const FEW: usize = 8;
/// One of how many numbers may be doubtful. On pages so poor that a third was, digits were also misread that both looks were sure of.
const DOUBTED: usize = 4;

/// A piece of text to be read.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    /// Where its ink lies.
    pub area: Area,
    /// The cell of a table that it stands in.
    pub cell: Option<Area>,
    /// Which table that is, of those of the page.
    pub table: Option<usize>,
    /// Whether its ink begins with a dash.
    pub dash: bool,
    /// Columns in which the stroke of a pen may have changed its ink.
    pub crossed: Option<Range<usize>>,
}

/// What a page says.
#[derive(Debug)]
pub(super) struct Read {
    /// Each piece, in their order.
    pub decisions: Vec<Decision>,
    /// Whether so many numbers are doubtful that none is read.
    pub poor: bool,
    /// How many numbers are doubtful.
    pub doubtful: usize,
    /// How many digits it was known how the page prints.
    pub known: usize,
}

/// The first look at the pieces of a page.
pub(super) struct Look {
    crops: Vec<GrayImage>,
    /// What the model sees of each piece, in their order.
    pub sights: Vec<Sight>,
}

/// Looks at all pieces of a page.
///
/// # Errors
/// Where the model cannot be run.
pub(super) fn look(sheet: &Sheet, recogniser: &Recogniser) -> Result<Look, String> {
    let pieces = sheet.pieces.iter();
    let crops: Vec<GrayImage> = pieces.map(|piece| crop(&sheet.gray, piece, sheet.em, NEAR)).collect();
    let sights = recogniser.read(&crops)?;
    Ok(Look { crops, sights })
}

/// Reads the pieces of a page after a first look. What may be a number is drawn wider for the second one, for the model overlooks one
/// of two equal digits that stand close together. Words of a cell that are not clear are seen once more with the paper around them as
/// it is. `earlier` are the shapes of digits of a page before, and then those of this one, where it shows as many.
///
/// # Errors
/// Where the model cannot be run.
pub(super) fn read(
    sheet: &Sheet,
    look: &Look,
    recogniser: &Recogniser,
    earlier: &mut Option<Alike>,
) -> Result<Read, String> {
    let Sheet { gray, pieces, em, .. } = sheet;
    let (Look { crops, sights }, em) = (look, *em);
    let looked = sights.iter().zip(pieces).zip(crops);
    let mut decisions: Vec<Decision> = looked
        .map(|((sight, piece), crop)| words(sight, piece, crop, recogniser))
        .collect();
    let in_cells = || (0..pieces.len()).filter(|index| pieces[*index].cell.is_some());
    let mut is_number: Vec<bool> = (0..pieces.len())
        .map(|index| pieces[index].cell.is_some() && is_number(&sights[index]))
        .collect();
    for index in among::misread(pieces, sights, &is_number) {
        is_number[index] = true;
    }
    let (numbers, others): (Vec<usize>, Vec<usize>) = in_cells().partition(|index| is_number[*index]);
    let unclear: Vec<usize> = others
        .iter()
        .copied()
        .filter(|index| sights[*index].free.iter().any(Decoded::is_unclear))
        .collect();
    // Painted over, the paper around blurred words makes letters of them.
    let bare = |index: &usize| Piece {
        cell: None,
        ..pieces[*index].clone()
    };
    let natural = |index: &usize| crop(gray, &bare(index), em, WIDE);
    let natural: Vec<GrayImage> = unclear.iter().map(natural).collect();
    let again = recogniser.read(&natural.iter().map(widened).collect::<Vec<_>>())?;
    let mut readings: Vec<&[Decoded]> = sights.iter().map(|sight| seen(sight, true)).collect();
    for ((index, again), crop) in unclear.iter().zip(&again).zip(&natural) {
        let other = words(again, &pieces[*index], crop, recogniser);
        if is_clearer((&sights[*index], &decisions[*index]), (again, &other)) {
            decisions[*index] = other;
            readings[*index] = seen(again, true);
        }
    }
    whole_labels(pieces, &is_number, &readings, recogniser, &mut decisions);
    let printed = Printed::new(gray, pieces, &numbers, sights, earlier.clone());
    let doubtful: Vec<usize> = numbers
        .iter()
        .copied()
        .filter(|index| match printed.confirmed(*index, &sights[*index].free, SURE) {
            Some(decision) => {
                decisions[*index] = decision;
                false
            }
            None => true,
        })
        .collect();
    let wide = |index: &usize| widened(&crop(gray, &pieces[*index], em, WIDE));
    let wide: Vec<GrayImage> = doubtful.iter().map(wide).collect();
    let second = recogniser.read(&wide)?;
    let mut through = HashSet::new();
    for (index, second) in doubtful.iter().zip(&second) {
        let agreed = number(&sights[*index], second, pieces[*index].dash);
        if printed.more(*index) && printed.stands_through(*index, &agreed) {
            through.insert(*index);
        }
        decisions[*index] = match printed.more(*index) && !through.contains(index) {
            true => unsure(&sights[*index]),
            false => agreed,
        };
    }
    for index in (0..pieces.len()).filter(|index| !through.contains(index)) {
        doubt_crossed(&pieces[index], &sights[index], &mut decisions[index].text);
    }
    overlooked(pieces, (&numbers, &doubtful), sights, &mut decisions);
    for (index, second) in doubtful.iter().zip(&second) {
        let looks = [&sights[*index], second];
        if decisions[*index].doubt.is_none() {
            if printed.denied(*index, &looks[0].free) {
                decisions[*index] = unsure(looks[0]);
            }
        } else if let Some(decision) = looks.iter().find_map(|look| printed.either(*index, look)) {
            decisions[*index] = decision;
        } else if let Some(decision) = printed.agreed(*index, looks) {
            decisions[*index] = decision;
        }
    }
    third_look(gray, pieces, (em, &doubtful), recogniser, (&printed, &mut decisions))?;
    let looks: Vec<(usize, [&Sight; 2])> = doubtful
        .iter()
        .zip(&second)
        .map(|(index, second)| (*index, [&sights[*index], second]))
        .collect();
    one_by_one((sheet, &looks), recogniser, (&printed, &mut decisions))?;
    // A blurred digit is seen as a letter.
    let short = |index: &&usize| sights[**index].free.len() <= SHORT;
    for index in others.iter().filter(short) {
        if let Some(decision) = printed.either(*index, &sights[*index]) {
            decisions[*index] = decision;
        }
    }
    let texts = decisions.iter().map(|decision| decision.text.as_slice());
    let areas = pieces.iter().map(|piece| piece.area);
    for index in lost(&areas.zip(texts).collect::<Vec<_>>(), em) {
        decisions[index].text = vec![UNKNOWN];
    }
    let poor = doubt_all(&numbers, sights, &mut decisions);
    let is_doubtful = |index: &&usize| decisions[**index].doubt.is_some();
    let left = numbers.iter().filter(is_doubtful).count();
    let known = Alike::known(printed.shapes.as_ref());
    if !poor {
        *earlier = printed.shapes;
    }
    Ok(Read {
        decisions,
        poor,
        doubtful: left,
        known,
    })
}

/// Looks once more at the numbers that are doubtful, their blur taken off; what is seen then stands where the shapes confirm it.
fn third_look(
    gray: &GrayImage,
    pieces: &[Piece],
    (em, doubtful): (f64, &[usize]),
    recogniser: &Recogniser,
    (printed, decisions): (&Printed, &mut [Decision]),
) -> Result<(), String> {
    let may_be = |index: &&usize| decisions[**index].doubt.is_some() && !printed.more(**index);
    let left: Vec<usize> = doubtful.iter().filter(may_be).copied().collect();
    if printed.shapes.is_none() {
        return Ok(());
    }
    let sharp = |index: &usize| sharpened(&crop(gray, &pieces[*index], em, WIDE), &pieces[*index].area);
    let third = recogniser.read(&left.iter().map(sharp).collect::<Vec<_>>())?;
    for (index, third) in left.iter().zip(&third) {
        if let Some(decision) = printed.either(*index, third) {
            decisions[*index] = decision;
        }
    }
    Ok(())
}

/// Looks at the digits of the numbers that are doubtful one by one, where their shapes say which they are: blurred digits that stand
/// close together are seen as other ones or as a letter. Each is seen as it is and with its blur taken off. What two looks were sure of
/// stays doubtful.
fn one_by_one(
    (sheet, looks): (&Sheet, &[(usize, [&Sight; 2])]),
    recogniser: &Recogniser,
    (printed, decisions): (&Printed, &mut [Decision]),
) -> Result<(), String> {
    let left = looks.iter().filter(|(index, _)| decisions[*index].doubt.is_some());
    let parted: Vec<(usize, Vec<Area>)> = left
        .filter_map(|(index, looks)| Some((*index, printed.parted(*index, looks)?)))
        .collect();
    let digit = |(index, area): (usize, &Area)| {
        let piece = Piece {
            area: *area,
            ..sheet.pieces[index].clone()
        };
        let shown = crop(&sheet.gray, &piece, sheet.em, WIDE);
        let clear = sharpened(&shown, area);
        [shown, clear]
    };
    let digits = parted
        .iter()
        .flat_map(|(index, areas)| areas.iter().map(|area| (*index, area)));
    let seen = recogniser.read(&digits.flat_map(digit).collect::<Vec<_>>())?;
    let mut seen = seen.chunks_exact(2).map(|looks| one_digit(&looks[0], &looks[1]));
    for (index, areas) in &parted {
        let digits: Vec<Option<Decoded>> = seen.by_ref().take(areas.len()).collect();
        let reading: Option<Vec<Decoded>> = digits.into_iter().collect();
        if let Some(decision) = reading.and_then(|reading| printed.confirmed(*index, &reading, POSSIBLE)) {
            decisions[*index] = decision;
        }
    }
    Ok(())
}

/// The digit that one of two looks at a digit saw, if the other saw no other one.
fn one_digit(first: &Sight, second: &Sight) -> Option<Decoded> {
    match [lone_digit(first), lone_digit(second)] {
        [Some(one), Some(other)] => (one.character == other.character).then_some(one),
        [Some(one), None] => (!sees_other(second, one)).then_some(one),
        [None, Some(other)] => (!sees_other(first, other)).then_some(other),
        [None, None] => None,
    }
}

/// Whether a look saw a digit besides one.
fn sees_other(sight: &Sight, digit: Decoded) -> bool {
    let is_other = |seen: &Decoded| seen.character.is_ascii_digit() && seen.character != digit.character;
    sight.free.iter().any(is_other)
}

/// The digit that a look at one digit saw, also where a letter is more likely.
fn lone_digit(sight: &Sight) -> Option<Decoded> {
    let [digit] = sight.number[..] else {
        return None;
    };
    let is_one = sight.free.len() <= 1 && digit.character.is_ascii_digit();
    (is_one && digit.likely >= POSSIBLE && !sees_other(sight, digit)).then_some(digit)
}

/// Reads cells whose lines together are a label of the forms as that label, where the model is not sure of the others of their characters.
fn whole_labels(
    pieces: &[Piece],
    is_number: &[bool],
    readings: &[&[Decoded]],
    recogniser: &Recogniser,
    decisions: &mut [Decision],
) {
    let all: Vec<usize> = (0..pieces.len()).collect();
    let place = |index: usize| (pieces[index].table, pieces[index].cell);
    for cell in all.chunk_by(|one, other| place(*one) == place(*other)) {
        if cell
            .iter()
            .any(|index| is_number[*index] || pieces[*index].cell.is_none())
        {
            continue;
        }
        let whole: Vec<Decoded> = cell.iter().flat_map(|index| readings[*index]).copied().collect();
        let Some(label) = recogniser.whole_label(&whole) else {
            continue;
        };
        let mut label = label.into_iter();
        for index in cell {
            let read = readings[*index].iter().map(|decoded| decoded.character);
            let text = read.map(|read| match is_compared(read) {
                true => label.next().unwrap_or(read),
                false => read,
            });
            decisions[*index].text = text.collect();
            decisions[*index].doubt = None;
        }
    }
}

/// Makes the digits of a text that a pen crossed unknown. Those of a label of a table are its ordinal.
fn doubt_crossed(piece: &Piece, sight: &Sight, text: &mut [char]) {
    let Some(crossed) = &piece.crossed else {
        return;
    };
    if piece.cell.is_some() && text.iter().filter(|character| is_han(**character)).count() > 1 {
        return;
    }
    let is_known = text.len() == sight.free.len();
    let (width, height) = (piece.area.width() as f64, piece.area.height() as f64);
    for (index, character) in text
        .iter_mut()
        .enumerate()
        .filter(|(_, character)| character.is_ascii_digit())
    {
        let place = sight.free.get(index).map_or(0.0, |decoded| f64::from(decoded.place));
        let x = piece.area.x0 as f64 + place * width;
        if !is_known || x + height > crossed.start as f64 && x < crossed.end as f64 + height {
            *character = UNKNOWN;
        }
    }
}

/// What the shapes of the digits of a page say of its numbers.
struct Printed<'a> {
    gray: &'a GrayImage,
    pieces: &'a [Piece],
    shapes: Option<Alike>,
    /// The numbers whose ink is not as the page has it: a stroke stands beside them, or a pen crossed them.
    more: HashSet<usize>,
}

impl<'a> Printed<'a> {
    /// Learns from the numbers of which one look is sure, or takes over what an `earlier` page showed if that was more.
    fn new(
        gray: &'a GrayImage,
        pieces: &'a [Piece],
        numbers: &[usize],
        sights: &[Sight],
        earlier: Option<Alike>,
    ) -> Self {
        let has_more = |piece: &Piece| {
            piece.crossed.is_some() || piece.cell.is_some_and(|cell| beside::stroke(gray, &piece.area, &cell))
        };
        let more: HashSet<usize> = (0..pieces.len())
            .filter(|index| pieces[*index].cell.is_some() && has_more(&pieces[*index]))
            .collect();
        let whole = numbers.iter().filter(|index| !more.contains(index));
        let known = whole.filter_map(|index| {
            let area = pieces[*index].area;
            let digits = digits(&sights[*index].free, SURE)?;
            Some(Number { area, digits })
        });
        let own = Alike::new(gray, &known.collect::<Vec<_>>());
        Printed {
            gray,
            pieces,
            shapes: Alike::fuller(own, earlier),
            more,
        }
    }

    fn more(&self, index: usize) -> bool {
        self.more.contains(&index)
    }

    fn says(&self, index: usize, digits: Vec<u8>) -> Says {
        let area = self.pieces[index].area;
        let shapes = self.shapes.as_ref();
        shapes.map_or(Says::Nothing, |shapes| shapes.says(self.gray, &Number { area, digits }))
    }

    /// The number that was read, if its digits are at least so likely and their shapes are those of the page.
    fn confirmed(&self, index: usize, reading: &[Decoded], likely: f32) -> Option<Decision> {
        let digits = digits(reading, likely).filter(|_| !self.more(index))?;
        (self.says(index, digits) == Says::Same).then(|| plain(reading))
    }

    /// The same for what a look saw freely, or as a number.
    fn either(&self, index: usize, sight: &Sight) -> Option<Decision> {
        let readings = [&sight.free, &sight.number];
        readings.iter().find_map(|reading| self.confirmed(index, reading, 0.0))
    }

    /// The number that two looks saw alike, though none was sure of it, if its shapes are more those of the page than any others.
    fn agreed(&self, index: usize, looks: [&Sight; 2]) -> Option<Decision> {
        let readings = looks.map(|look| digits(&look.free, HALF_SURE));
        let [Some(first), Some(second)] = readings else {
            return None;
        };
        let is_seen = first == second && !self.more(index) && self.says(index, first) == Says::Nearly;
        is_seen.then(|| plain(&looks[0].free))
    }

    /// Where each digit of a number stands, if their shapes say which they are, and the looks at it are not both sure of others.
    fn parted(&self, index: usize, looks: &[&Sight; 2]) -> Option<Vec<Area>> {
        let shapes = self.shapes.as_ref().filter(|_| !self.more(index))?;
        let (shown, areas): (Vec<u8>, Vec<Area>) =
            shapes.parted(self.gray, &self.pieces[index].area)?.into_iter().unzip();
        let is_sure_of_other = |look: &&Sight| {
            let mut read = look.free.iter().zip(&shown);
            look.free.len() == shown.len()
                && read.any(|(decoded, digit)| {
                    decoded.likely >= SURE && decoded.character.to_digit(10).is_some_and(|read| read as u8 != *digit)
                })
        };
        let is_other = looks.iter().all(is_sure_of_other);
        (!is_other).then_some(areas)
    }

    /// Whether a number on which two looks agreed has the shapes of the page, though a pen ran through it: where the stroke lies well
    /// inside of its ink, it hides no sign and no digit beside it.
    fn stands_through(&self, index: usize, agreed: &Decision) -> bool {
        let Piece {
            area, cell, crossed, ..
        } = &self.pieces[index];
        let paper = (INSIDE * area.height() as f64) as usize;
        let is_inside = crossed
            .as_ref()
            .is_some_and(|crossed| crossed.start >= area.x0 + paper && crossed.end + paper <= area.x1);
        let is_all = || cell.is_some_and(|cell| !beside::stroke(self.gray, area, &cell));
        let digits: Option<Vec<u8>> = agreed
            .text
            .iter()
            .map(|digit| Some(digit.to_digit(10)? as u8))
            .collect();
        agreed.doubt.is_none()
            && is_inside
            && is_all()
            && digits.is_some_and(|digits| self.says(index, digits) == Says::Same)
    }

    /// Whether the shapes are those of other digits than were read.
    fn denied(&self, index: usize, reading: &[Decoded]) -> bool {
        digits(reading, 0.0).is_some_and(|digits| self.says(index, digits) == Says::Other)
    }
}

/// The digits of a reading of nothing else, each at least so likely.
fn digits(reading: &[Decoded], likely: f32) -> Option<Vec<u8>> {
    let digit = |decoded: &Decoded| Some(decoded.character.to_digit(10).filter(|_| decoded.likely >= likely)? as u8);
    let digits: Option<Vec<u8>> = reading.iter().map(digit).collect();
    digits.filter(|digits| !digits.is_empty())
}

/// What is made of a look at a piece that is no number.
fn words(sight: &Sight, piece: &Piece, crop: &GrayImage, recogniser: &Recogniser) -> Decision {
    let decision = decide(sight, piece.cell.is_some(), recogniser.rare());
    let free = seen(sight, piece.cell.is_some());
    let text = marked(&decision.text, free, crop, piece.area.height() as f64);
    let text = if piece.cell.is_some() {
        text
    } else {
        without_ticks(text, free)
    };
    Decision { text, ..decision }
}

/// Whether the second of two looks at words is the better one: what is a label of the forms, or else what is more likely. No digit is
/// taken from it that the first one lacks.
fn is_clearer(first: (&Sight, &Decision), second: (&Sight, &Decision)) -> bool {
    let digits = |sight: &Sight| -> String {
        let read = sight.free.iter().map(|decoded| decoded.character);
        read.filter(char::is_ascii_digit).collect()
    };
    let is_better = match [first, second].map(|(sight, _)| sight.label.is_some()) {
        [false, true] => true,
        [true, false] => false,
        _ => second.1.likely > first.1.likely,
    };
    is_better && !is_number(second.0) && digits(first.0) == digits(second.0)
}

/// Doubts all numbers of a page on which many are doubtful; tells whether it is such a page.
fn doubt_all(numbers: &[usize], sights: &[Sight], decisions: &mut [Decision]) -> bool {
    let doubtful = numbers
        .iter()
        .filter(|index| decisions[**index].doubt.is_some())
        .count();
    let poor = numbers.len() >= FEW && doubtful * DOUBTED > numbers.len();
    if poor {
        numbers
            .iter()
            .for_each(|index| decisions[*index] = unsure(&sights[*index]));
    }
    poor
}

/// A picture drawn wider.
fn widened(picture: &GrayImage) -> GrayImage {
    let width = (f64::from(picture.width()) * WIDER) as u32;
    resize(picture, width.max(1), picture.height(), FilterType::Triangle)
}

/// A picture of an area drawn wider, its blur taken off.
fn sharpened(picture: &GrayImage, area: &Area) -> GrayImage {
    widened(&unsharpen(picture, (BLUR * area.height() as f64) as f32, 0))
}

/// The tones of a piece with some paper around it; a low one, such as a dash, is not made larger than its neighbours. In a cell nothing
/// but the ink of the piece stands on it: specks beside a number would be points.
fn crop(gray: &GrayImage, piece: &Piece, em: f64, (above, beside): (f64, f64)) -> GrayImage {
    let area = &piece.area;
    let height = (area.height() as f64).max(0.8 * em);
    let (above, beside) = (above * height + (height - area.height() as f64) / 2.0, beside * height);
    let x0 = (area.x0 as f64 - beside).max(0.0) as u32;
    let y0 = (area.y0 as f64 - above).max(0.0) as u32;
    let x1 = (area.x1 as f64 + beside).min(f64::from(gray.width())) as u32;
    let y1 = (area.y1 as f64 + above).min(f64::from(gray.height())) as u32;
    let mut tones = crop_imm(gray, x0, y0, x1 - x0, y1 - y0).to_image();
    if piece.cell.is_some() {
        let rim = ((RIM * height) as u32).max(1);
        let inner = Area {
            x0: (area.x0 as u32).saturating_sub(x0 + rim) as usize,
            y0: (area.y0 as u32).saturating_sub(y0 + rim) as usize,
            x1: (area.x1 as u32 + rim).saturating_sub(x0) as usize,
            y1: (area.y1 as u32 + rim).saturating_sub(y0) as usize,
        };
        whiten_outside(&mut tones, &inner);
    }
    stretched(tones)
}

/// Paints what stands outside of an area over with the tone of the paper.
fn whiten_outside(gray: &mut GrayImage, inner: &Area) {
    let mut tones = gray.as_raw().clone();
    tones.sort_unstable();
    let paper = tones
        .get((tones.len() as f64 * PAPER) as usize)
        .copied()
        .unwrap_or(u8::MAX);
    for (x, y, tone) in gray.enumerate_pixels_mut() {
        let inside = (inner.x0..inner.x1).contains(&(x as usize)) && (inner.y0..inner.y1).contains(&(y as usize));
        if !inside {
            tone.0[0] = tone.0[0].max(paper);
        }
    }
}

/// The tones from those of the ink to that of the paper spread over all tones, which is how the model knows them.
fn stretched(mut gray: GrayImage) -> GrayImage {
    let mut tones = gray.as_raw().clone();
    tones.sort_unstable();
    let tone = |part: f64| {
        tones
            .get((tones.len() as f64 * part) as usize)
            .copied()
            .map_or(0, i32::from)
    };
    let (ink, paper) = (tone(INK), tone(PAPER));
    let range = (paper - ink).max(LEAST_RANGE);
    gray.iter_mut()
        .for_each(|tone| *tone = ((i32::from(*tone) - ink) * 255 / range).clamp(0, 255) as u8);
    gray
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::scan::rare::Rare;

    /// Whether the page is poor, and how many numbers are left, where so many of ten are doubtful.
    fn left(doubtful: usize) -> (bool, usize) {
        let sights = vec![Sight::default(); 10];
        let sure = Decision {
            text: vec!['7'],
            likely: 0.99,
            doubt: None,
        };
        let mut decisions = vec![sure; 10];
        decisions
            .iter_mut()
            .take(doubtful)
            .for_each(|decision| *decision = unsure(&sights[0]));
        let poor = doubt_all(&(0..10).collect::<Vec<_>>(), &sights, &mut decisions);
        (
            poor,
            decisions.iter().filter(|decision| decision.doubt.is_none()).count(),
        )
    }

    #[test]
    fn the_clearer_look_at_words_stands_if_it_has_no_other_digit() {
        let look = |text: &str, likely: f32| {
            let decoded = |character| Decoded {
                character,
                likely,
                rival: ('\0', 0.0),
                place: 0.0,
            };
            let free: Vec<Decoded> = text.chars().map(decoded).collect();
            let sight = Sight {
                number: free.clone(),
                free,
                label: None,
            };
            let decision = decide(&sight, true, &Rare::default());
            (sight, decision)
        };
        let clearer = |first: (&str, f32), second: (&str, f32)| {
            let (one, other) = (look(first.0, first.1), look(second.0, second.1));
            is_clearer((&one.0, &one.1), (&other.0, &other.1))
        };
        assert!(clearer(("et", 0.4), ("总计", 0.9)) && clearer(("1.审诘", 0.4), ("1.审结", 0.9)));
        assert!(!clearer(("总计", 0.6), ("et", 0.5)) && !clearer(("件2", 0.6), ("件7", 0.9)));
        assert!(!clearer(("et", 0.4), ("27", 0.9)) && !clearer(("et", 0.4), ("2件", 0.9)));
    }

    #[test]
    fn digits_that_a_pen_crossed_are_unknown_except_the_ordinal_of_a_label() {
        let doubted = |text: &str, in_cell: bool, crossed: Range<usize>| {
            let mut text: Vec<char> = text.chars().collect();
            let decoded = |(index, character): (usize, &char)| Decoded {
                character: *character,
                likely: 0.99,
                rival: ('\0', 0.0),
                place: (index as f32 + 0.5) / text.len() as f32,
            };
            let free: Vec<Decoded> = text.iter().enumerate().map(decoded).collect();
            let area = Area {
                x0: 100,
                y0: 10,
                x1: 100 + 20 * text.len(),
                y1: 30,
            };
            let piece = Piece {
                area,
                cell: in_cell.then_some(area),
                table: None,
                dash: false,
                crossed: Some(crossed),
            };
            let sight = Sight {
                number: free.clone(),
                free,
                label: None,
            };
            doubt_crossed(&piece, &sight, &mut text);
            text.into_iter().collect::<String>()
        };
        assert_eq!(
            doubted("收到1件，答复件数为2", false, 130..170),
            "收到\u{FFFD}件，答复件数为2"
        );
        assert_eq!(doubted("12件", true, 100..160), "\u{FFFD}\u{FFFD}件");
        assert_eq!(doubted("2.重复申请", true, 100..160), "2.重复申请");
    }

    #[test]
    fn faint_ink_on_grey_paper_becomes_black_on_white() {
        let faint = GrayImage::from_fn(20, 10, |x, _| image::Luma([if x < 5 { 140 } else { 200 }]));
        let tones = stretched(faint);
        assert_eq!([tones.get_pixel(2, 5).0[0], tones.get_pixel(15, 5).0[0]], [0, 255]);
        let paper = stretched(GrayImage::from_pixel(20, 10, image::Luma([200])));
        assert!(paper.pixels().all(|tone| tone.0[0] == paper.get_pixel(0, 0).0[0]));
    }

    #[test]
    fn a_speck_beside_the_ink_of_a_cell_is_not_shown_to_the_model() {
        let gray = GrayImage::from_fn(60, 40, |x, y| {
            let ink = (20..32).contains(&x) && (10..30).contains(&y) || (34..36).contains(&x) && (28..30).contains(&y);
            image::Luma([if ink { 0 } else { 255 }])
        });
        let area = Area {
            x0: 20,
            y0: 10,
            x1: 32,
            y1: 30,
        };
        let dark = |cell| {
            let shown = crop(
                &gray,
                &Piece {
                    area,
                    cell,
                    table: None,
                    dash: false,
                    crossed: None,
                },
                20.0,
                WIDE,
            );
            shown.pixels().filter(|tone| tone.0[0] < 128).count()
        };
        assert_eq!([dark(None), dark(Some(area))], [244, 240]);
    }

    #[test]
    fn a_digit_seen_alone_may_be_seen_as_a_letter_and_not_as_another_digit() {
        let decoded = |(character, likely): &(char, f32)| Decoded {
            character: *character,
            likely: *likely,
            rival: ('\0', 0.0),
            place: 0.0,
        };
        let digit = |free: &[(char, f32)], number: &[(char, f32)]| {
            let sight = Sight {
                free: free.iter().map(decoded).collect(),
                number: number.iter().map(decoded).collect(),
                label: None,
            };
            lone_digit(&sight).map(|digit| digit.character)
        };
        assert_eq!(digit(&[('2', 0.9)], &[('2', 0.9)]), Some('2'));
        assert_eq!(digit(&[('Z', 0.6)], &[('2', 0.2)]), Some('2'));
        assert_eq!(digit(&[('7', 0.6)], &[('2', 0.2)]), None);
        assert_eq!(digit(&[('1', 0.6), ('1', 0.5)], &[('1', 0.6), ('1', 0.5)]), None);
        assert_eq!([digit(&[('a', 0.6)], &[]), digit(&[], &[('-', 0.3)])], [None, None]);
    }

    #[test]
    fn a_digit_that_one_of_two_looks_saw_is_none_where_the_other_saw_another_one() {
        let look = |text: &str| {
            let decoded = |character: char| Decoded {
                character,
                likely: 0.6,
                rival: ('\0', 0.0),
                place: 0.0,
            };
            let free: Vec<Decoded> = text.chars().map(decoded).collect();
            let number = free
                .iter()
                .copied()
                .filter(|decoded| decoded.character.is_ascii_digit());
            Sight {
                number: number.collect(),
                free,
                label: None,
            }
        };
        let digit = |one: &str, other: &str| one_digit(&look(one), &look(other)).map(|digit| digit.character);
        assert_eq!([digit("4", "4"), digit("4", "a"), digit("a", "4")], [Some('4'); 3]);
        assert_eq!([digit("4", "9"), digit("4", "99"), digit("a", "b")], [None; 3]);
    }

    #[test]
    fn a_page_of_which_more_than_a_quarter_of_the_numbers_is_doubtful_has_none() {
        assert_eq!(left(2), (false, 8));
        assert_eq!(left(3), (true, 0));
    }
}
