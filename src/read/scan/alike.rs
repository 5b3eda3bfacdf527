//! Digits compared with those of the same page: one page prints each digit alike, also where the model is not sure of it.
//!
//! The numbers of which the model is sure give the mean shape of each digit as this page prints it, blurred and worn as all of them
//! are. Invariant: no digit is read by its shape alone. Shapes confirm all of what the model read, or they make a doubt.

use std::cmp::Reverse;

use image::GrayImage;

use super::mask::Area;

/// Columns and rows of a shape.
const COLUMNS: usize = 16;
const ROWS: usize = 18;
/// How far a shape reaches above and below the ink of a digit, in its heights.
const ABOVE: f64 = 0.12;
/// How far a number may lie from where its ink says, in columns and rows of a shape.
const REACH: (usize, usize) = (6, 2);
/// Columns before and behind that: ink there is not explained.
const ROOM: usize = 12;
/// How far digits other than those that were read are looked for from where those lie.
const NEAR: usize = 1;
/// Fewest numbers that tell how a page prints its digits, and fewest examples of one digit.
const FEW: (usize, usize) = (10, 4);
/// How much the height of a number may differ from that of the others.
const OTHER: f64 = 0.2;
/// How often examples are laid over each other anew.
const ROUNDS: usize = 3;
/// Digits of the longest numbers by which their distance is measured, and how far it may lie from what their widths say.
const LONGEST: usize = 7;
const OFF: f64 = 0.15;
/// How many steps the distance of digits may lie from what their widths say, and how wide a step is, in parts of it: shapes that lie
/// beside each other at the end of a number are those of no digit.
const NEARLY: (i32, f64) = (5, 0.01);
/// How many numbers, the longest, tell which distance it is.
const TRIED: usize = 40;
/// Paper before and behind the ink of a number, in parts of its height.
const BESIDE: f64 = 0.07;
/// How much less any other digit is like the ink, in parts of the ink of a digit, where shapes confirm one.
const MARGIN: f32 = 0.05;
/// The same where shapes and two looks say one thing, and where shapes deny what was read.
const NARROW: f32 = 0.03;
/// Most ink that the digits do not explain, in parts of it: a digit more or less, or a digit of another font, is a fifth.
const REST: f32 = 0.13;

/// How much wider and narrower ink may be than whole digits, in digits: a 1 at both ends leaves paper there.
const WHOLE: (f64, f64) = (0.3, 0.4);
/// Most columns of ink before and behind the digits: a dash is wider.
const OUTSIDE: usize = 4;

/// How a page prints its digits.
#[derive(Clone, Debug)]
pub(super) struct Alike {
    /// Distance of digits and their height, in pixels.
    size: (f64, f64),
    /// The shapes of the digits that are known.
    shapes: [Option<Shape>; 10],
}

/// The ink of a digit, row by row.
type Shape = [[f32; COLUMNS]; ROWS];

/// What shapes say of a reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Says {
    /// They are those of the reading, and no other digits are nearly as like.
    Same,
    /// They are those of the reading more than of any other.
    Nearly,
    /// They are clearly those of other digits.
    Other,
    /// Neither.
    Nothing,
}

/// A number with its digits.
pub(super) struct Number {
    /// Where its ink lies.
    pub area: Area,
    /// What it says.
    pub digits: Vec<u8>,
}

impl Alike {
    /// Learns the shapes from numbers; none where they are too few.
    pub(super) fn new(gray: &GrayImage, numbers: &[Number]) -> Option<Alike> {
        let height = median(numbers.iter().map(|number| number.area.height() as f64))?;
        let fits = |number: &&Number| (number.area.height() as f64 / height - 1.0).abs() <= OTHER;
        let examples: Vec<&Number> = numbers.iter().filter(fits).collect();
        let pitch = pitch(&examples, height)?;
        if examples.len() < FEW.0 {
            return None;
        }
        let mut long = examples.clone();
        long.sort_by_key(|number| Reverse(number.digits.len()));
        long.truncate(TRIED);
        let tried =
            (-NEARLY.0..=NEARLY.0).map(|step| Alike::of_size((pitch * (1.0 + NEARLY.1 * f64::from(step)), height)));
        let rests = tried.map(|mut alike| (alike.learn(gray, &long), alike.size.0));
        let (_, pitch) = rests.min_by(|one, other| one.0.total_cmp(&other.0))?;
        let mut alike = Alike::of_size((pitch, height));
        alike.learn(gray, &examples);
        Some(alike)
    }

    /// The shapes of a page, or those of an earlier one where that shows more digits.
    pub(super) fn fuller(own: Option<Alike>, earlier: Option<Alike>) -> Option<Alike> {
        let known = |alike: &Option<Alike>| Alike::known(alike.as_ref());
        if known(&own) < known(&earlier) { earlier } else { own }
    }

    /// How many digits are known.
    pub(super) fn known(alike: Option<&Alike>) -> usize {
        alike.map_or(0, |alike| alike.shapes.iter().flatten().count())
    }

    /// Of a distance and height of digits; no digit is known yet.
    fn of_size(size: (f64, f64)) -> Alike {
        Alike {
            size,
            shapes: [None; 10],
        }
    }

    /// Learns the shapes from examples; how much of their ink differs from them.
    fn learn(&mut self, gray: &GrayImage, examples: &[&Number]) -> f32 {
        let strips: Vec<Strip> = examples
            .iter()
            .map(|number| self.strip(gray, &number.area, number.digits.len()))
            .collect();
        let mut places = vec![REACH; strips.len()];
        for round in 0..ROUNDS {
            if round > 0 {
                let found = examples.iter().zip(&strips);
                places = found.map(|(number, strip)| self.place(strip, &number.digits)).collect();
            }
            self.shapes = means(examples, &strips, &places);
        }
        let known = examples.iter().zip(&strips).zip(&places);
        let (off, ink) = known.fold((0.0, 0.0), |(off, ink), ((number, strip), place)| {
            let unlike = self.off(strip, &number.digits, *place) + strip.beside(*place);
            (off + unlike, ink + strip.ink(*place))
        });
        off / f32::max(ink, f32::EPSILON)
    }

    /// What the shapes say of a number as it was read.
    pub(super) fn says(&self, gray: &GrayImage, number: &Number) -> Says {
        let is_known = number
            .digits
            .iter()
            .all(|digit| self.shapes[usize::from(*digit)].is_some());
        if number.digits.is_empty() || !is_known || (number.area.height() as f64 / self.size.1 - 1.0).abs() > OTHER {
            return Says::Nothing;
        }
        let strip = self.strip(gray, &number.area, number.digits.len());
        let place = self.place(&strip, &number.digits);
        let near = |at: usize, reach: usize| at.saturating_sub(NEAR)..=(at + NEAR).min(2 * reach);
        let places = near(place.1, REACH.1).flat_map(|row| near(place.0, REACH.0).map(move |column| (column, row)));
        let found = places.map(|place| self.likeness(&strip, place));
        let Some(likeness) = found.min_by(|one, other| one.rest.total_cmp(&other.rest)) else {
            return Says::Nothing;
        };
        let is_read = likeness.digits == number.digits;
        match likeness.margin {
            _ if likeness.rest > REST => Says::Nothing,
            MARGIN.. if is_read => Says::Same,
            NARROW.. if is_read => Says::Nearly,
            NARROW.. => Says::Other,
            _ => Says::Nothing,
        }
    }

    /// The digits that ink is the most like by its width and shapes, each with its place; none where it may be others.
    pub(super) fn parted(&self, gray: &GrayImage, area: &Area) -> Option<Vec<(u8, Area)>> {
        let (pitch, height) = self.size;
        let digits = (area.width() as f64 + BESIDE * area.height() as f64) / pitch;
        let count = (digits + WHOLE.1) as usize;
        let is_as_high = (area.height() as f64 / height - 1.0).abs() <= OTHER;
        if !(1..=LONGEST).contains(&count) || !is_as_high || digits - count as f64 > WHOLE.0 {
            return None;
        }
        let strip = self.strip(gray, area, count);
        let places = (0..=2 * REACH.1).flat_map(|row| (0..=2 * REACH.0).map(move |column| (column, row)));
        let found = places.map(|place| (self.likeness(&strip, place), place));
        let (likeness, (column, _)) = found.min_by(|one, other| one.0.rest.total_cmp(&other.0.rest))?;
        if likeness.rest > REST || likeness.margin < MARGIN {
            return None;
        }
        let at = |index: usize| strip.left + pitch * ((ROOM + column) as f64 / COLUMNS as f64 + index as f64);
        let place = |index: usize| Area {
            x0: at(index).max(0.0) as usize,
            x1: at(index + 1).ceil().max(0.0) as usize,
            ..*area
        };
        Some(
            (0..)
                .map(place)
                .zip(likeness.digits)
                .map(|(place, digit)| (digit, place))
                .collect(),
        )
    }

    /// The tones of a number of so many digits, drawn so that they are as large as shapes.
    fn strip(&self, gray: &GrayImage, area: &Area, count: usize) -> Strip {
        let (pitch, height) = self.size;
        let tones = Tones::new(gray, area);
        let middle = |from: usize, to: usize| (from + to) as f64 / 2.0;
        let step = pitch / COLUMNS as f64;
        let left = middle(area.x0, area.x1) - step * Strip::columns(count) as f64 / 2.0;
        let row_step = height * (1.0 + 2.0 * ABOVE) / ROWS as f64;
        let rows = ROWS + 2 * REACH.1;
        let top = middle(area.y0, area.y1) - row_step * rows as f64 / 2.0;
        let ink = |row: usize, column: usize| {
            tones.ink(left + (column as f64 + 0.5) * step, top + (row as f64 + 0.5) * row_step)
        };
        let row = |row: usize| (0..Strip::columns(count)).map(move |column| ink(row, column)).collect();
        let column = |x: usize| ((x as f64 - left) / step).max(0.0) as usize;
        Strip {
            count,
            left,
            rows: (0..rows).map(row).collect(),
            inked: column(area.x0)..column(area.x1).min(Strip::columns(count)),
        }
    }

    /// The place at which digits are the most like the ink.
    fn place(&self, strip: &Strip, digits: &[u8]) -> (usize, usize) {
        let places = (0..=2 * REACH.1).flat_map(|row| (0..=2 * REACH.0).map(move |column| (column, row)));
        let found = places.map(|place| (self.off(strip, digits, place), place));
        let best = found.min_by(|one, other| one.0.total_cmp(&other.0));
        best.map_or(REACH, |(_, place)| place)
    }

    /// How much the ink at a place differs from the shapes of digits, as far as they are known.
    fn off(&self, strip: &Strip, digits: &[u8], place: (usize, usize)) -> f32 {
        let shapes = digits.iter().map(|digit| &self.shapes[usize::from(*digit)]);
        let known = shapes
            .enumerate()
            .filter_map(|(index, shape)| Some((index, shape.as_ref()?)));
        known.map(|(index, shape)| strip.distance(index, place, shape)).sum()
    }

    /// The digits that are the most like the ink at a place.
    fn likeness(&self, strip: &Strip, place: (usize, usize)) -> Likeness {
        let mut likeness = Likeness {
            digits: Vec::new(),
            margin: f32::INFINITY,
            rest: match strip.outside(place).count() <= OUTSIDE {
                true => strip.beside(place),
                false => f32::INFINITY,
            },
        };
        for index in 0..strip.count {
            let [best, next] = self.nearest(strip, index, place);
            likeness.digits.push(best.1);
            likeness.margin = likeness.margin.min(next.0 - best.0);
            likeness.rest += best.0;
        }
        let ink = strip.ink(place).max(f32::EPSILON);
        likeness.margin *= strip.count as f32 / ink;
        likeness.rest /= ink;
        likeness
    }

    /// The two digits whose shapes are the nearest to the ink of one.
    fn nearest(&self, strip: &Strip, index: usize, place: (usize, usize)) -> [(f32, u8); 2] {
        let mut nearest = [(f32::INFINITY, 0); 2];
        for (digit, shape) in (0..).zip(&self.shapes) {
            let Some(shape) = shape else { continue };
            let off = strip.distance(index, place, shape);
            if off < nearest[0].0 {
                nearest = [(off, digit), nearest[0]];
            } else if off < nearest[1].0 {
                nearest[1] = (off, digit);
            }
        }
        nearest
    }
}

/// The distance of digits to within a few hundredths: by how much longer numbers are wider, or by their widths where all are as long.
fn pitch(examples: &[&Number], height: f64) -> Option<f64> {
    let width = |number: &Number| number.area.width() as f64;
    let long = examples.iter().filter(|number| number.digits.len() > 1);
    let roughly = median(long.map(|number| (width(number) + BESIDE * height) / number.digits.len() as f64))?;
    let of_length = |length: usize| {
        let alike = examples.iter().filter(|number| number.digits.len() == length);
        let widths: Vec<f64> = alike.map(|number| width(number)).collect();
        (widths.len() >= FEW.1).then(|| median(widths.into_iter()).map(|width| (length as f64, width)))?
    };
    let lengths: Vec<(f64, f64)> = (1..=LONGEST).filter_map(of_length).collect();
    let [(short, narrow), .., (long, wide)] = lengths[..] else {
        return Some(roughly);
    };
    let pitch = (wide - narrow) / (long - short);
    Some(if (pitch / roughly - 1.0).abs() <= OFF {
        pitch
    } else {
        roughly
    })
}

/// How like the shapes of some digits the ink of a number is.
struct Likeness {
    digits: Vec<u8>,
    /// How much less the next likely digit is like it, where that is the least, in parts of the ink of a digit.
    margin: f32,
    /// How much of the ink is not explained, in parts of it.
    rest: f32,
}

/// The mean shapes of the digits of examples that lie at some places of their strips.
fn means(examples: &[&Number], strips: &[Strip], places: &[(usize, usize)]) -> [Option<Shape>; 10] {
    let mut sums = [(0usize, [[0.0; COLUMNS]; ROWS]); 10];
    for ((number, strip), place) in examples.iter().zip(strips).zip(places) {
        for (index, digit) in number.digits.iter().enumerate() {
            let (count, sum) = &mut sums[usize::from(*digit)];
            *count += 1;
            for (sum, ink) in sum.iter_mut().zip(strip.cell(index, *place)) {
                sum.iter_mut().zip(ink).for_each(|(sum, ink)| *sum += ink);
            }
        }
    }
    sums.map(|(count, sum)| (count >= FEW.1).then(|| sum.map(|row| row.map(|sum| sum / count as f32))))
}

/// A number as ink, with room around its digits.
struct Strip {
    /// How many digits it has.
    count: usize,
    /// Where it begins, in pixels.
    left: f64,
    rows: Vec<Vec<f32>>,
    /// Columns in which its ink lies.
    inked: std::ops::Range<usize>,
}

impl Strip {
    /// Columns of a strip with so many digits.
    fn columns(count: usize) -> usize {
        COLUMNS * count + 2 * (REACH.0 + ROOM)
    }

    /// The ink of a digit, row by row, where the number lies at a place.
    fn cell(&self, index: usize, (column, row): (usize, usize)) -> impl Iterator<Item = &[f32]> {
        let from = ROOM + column + index * COLUMNS;
        self.rows[row..row + ROWS]
            .iter()
            .map(move |row| &row[from..from + COLUMNS])
    }

    fn distance(&self, index: usize, place: (usize, usize), shape: &Shape) -> f32 {
        let mut sums = [0.0f32; COLUMNS];
        for (ink, shape) in self.cell(index, place).zip(shape) {
            let pairs = sums.iter_mut().zip(ink.iter().zip(shape));
            pairs.for_each(|(sum, (ink, shape))| *sum += (ink - shape) * (ink - shape));
        }
        sums.iter().sum()
    }

    /// The ink of all digits at a place, and that before and behind them.
    fn ink(&self, place: (usize, usize)) -> f32 {
        let digits = (0..self.count).flat_map(|index| self.cell(index, place).flatten());
        digits.map(|ink| ink * ink).sum::<f32>() + self.beside(place)
    }

    /// The ink of the number before and behind its digits.
    fn beside(&self, place: (usize, usize)) -> f32 {
        let rows = &self.rows[place.1..place.1 + ROWS];
        let ink = |column: usize| rows.iter().map(move |row| row[column] * row[column]);
        self.outside(place).flat_map(ink).sum()
    }

    /// The columns with ink of the number before and behind its digits.
    fn outside(&self, (column, _): (usize, usize)) -> impl Iterator<Item = usize> {
        let digits = ROOM + column..ROOM + column + self.count * COLUMNS;
        self.inked.clone().filter(move |column| !digits.contains(column))
    }
}

/// Tones around a number as parts of its ink.
struct Tones<'a> {
    gray: &'a GrayImage,
    paper: f32,
    range: f32,
}

impl<'a> Tones<'a> {
    fn new(gray: &'a GrayImage, area: &Area) -> Self {
        let (width, around) = (gray.width() as usize, area.grown(area.height() / 4));
        let (x1, y1) = (around.x1.min(width), around.y1.min(gray.height() as usize));
        let rows = gray.as_raw().chunks_exact(width.max(1)).take(y1).skip(around.y0);
        let mut tones: Vec<u8> = rows
            .flat_map(|row| row[around.x0.min(x1)..x1].iter().copied())
            .collect();
        tones.sort_unstable();
        let tone = |part: usize| tones.get(tones.len() * part / 100).copied().map_or(0.0, f32::from);
        let (ink, paper) = (tone(4), tone(80));
        Tones {
            gray,
            paper,
            range: (paper - ink).max(40.0),
        }
    }

    /// How dark a place is, of 1 for ink, by the four pixels around it.
    fn ink(&self, x: f64, y: f64) -> f32 {
        let (width, height) = (self.gray.width() as usize, self.gray.height() as usize);
        let within = |at: f64, size: usize| (at - 0.5).clamp(0.0, size.saturating_sub(2) as f64);
        let (x, y) = (within(x, width), within(y, height));
        let (left, top) = (x as usize, y as usize);
        let (right, lower) = (x.fract() as f32, y.fract() as f32);
        let tone = |x: usize, y: usize| {
            self.gray
                .as_raw()
                .get(y * width + x)
                .copied()
                .map_or(self.paper, f32::from)
        };
        let in_row = |y: usize| tone(left, y) * (1.0 - right) + tone(left + 1, y) * right;
        (self.paper - (in_row(top) * (1.0 - lower) + in_row(top + 1) * lower)) / self.range
    }
}

fn median(values: impl Iterator<Item = f64>) -> Option<f64> {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Digits of five columns and seven rows, a row in five bits.
    const DIGITS: [[u8; 7]; 10] = [
        [14, 17, 19, 21, 25, 17, 14],
        [4, 12, 4, 4, 4, 4, 14],
        [14, 17, 1, 2, 4, 8, 31],
        [31, 2, 4, 2, 1, 17, 14],
        [2, 6, 10, 18, 31, 2, 2],
        [31, 16, 30, 1, 1, 17, 14],
        [6, 8, 16, 30, 17, 17, 14],
        [31, 1, 2, 4, 8, 8, 8],
        [14, 17, 17, 14, 17, 17, 14],
        [14, 17, 17, 15, 1, 2, 12],
    ];
    /// Pixels of a side of one of their squares, and columns from digit to digit.
    const DOT: usize = 3;
    const PITCH: usize = 6;
    /// Where the first digit's columns begin, in pixels.
    const LEFT: usize = 20;

    /// A page with numbers one below the other, their ink greyer the noisier the page is, and where they lie.
    fn page(numbers: &[&str], noise: u32) -> (GrayImage, Vec<Number>) {
        let mut gray = GrayImage::from_pixel(200, 40 * numbers.len() as u32 + 40, image::Luma([230]));
        let mut listed = Vec::new();
        for (line, text) in numbers.iter().enumerate() {
            let digits: Vec<u8> = text.bytes().map(|digit| digit - b'0').collect();
            let mut area: Option<Area> = None;
            for (index, digit) in digits.iter().enumerate() {
                for (row, column) in (0..7).flat_map(|row| (0..5).map(move |column| (row, column))) {
                    if DIGITS[usize::from(*digit)][row] >> (4 - column) & 1 == 1 {
                        let (x0, y0) = (LEFT + (index * PITCH + column) * DOT, 20 + line * 40 + row * DOT);
                        let (x1, y1) = (x0 + DOT, y0 + DOT);
                        let dot = Area { x0, y0, x1, y1 };
                        (y0..y1)
                            .for_each(|y| (x0..x1).for_each(|x| gray.put_pixel(x as u32, y as u32, image::Luma([60]))));
                        area = Some(area.map_or(dot, |area| area.union(&dot)));
                    }
                }
            }
            listed.extend(area.map(|area| Number { area, digits }));
        }
        let mut chance = 7u32;
        for tone in gray.iter_mut() {
            chance = chance.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let off = (chance >> 16) % (2 * noise + 1);
            *tone = (u32::from(*tone) + off).saturating_sub(noise).min(255) as u8;
        }
        (gray, listed)
    }

    /// Numbers in which each digit stands often enough.
    const KNOWN: [&str; 12] = [
        "1902", "348", "57", "6013", "295", "784", "1660", "39", "2478", "51", "8059", "623",
    ];

    /// What the shapes of a page say of a number on it that was read as another one.
    fn says(printed: &str, read: &str, noise: u32) -> Says {
        let numbers = [&KNOWN[..], &KNOWN[..], &[printed]].concat();
        let (gray, mut listed) = page(&numbers, noise);
        let area = listed.pop().unwrap().area;
        let alike = Alike::new(&gray, &listed).unwrap();
        let digits = read.bytes().map(|digit| digit - b'0').collect();
        alike.says(&gray, &Number { area, digits })
    }

    #[test]
    fn digits_of_a_page_confirm_what_was_read_of_another_number_on_it() {
        for noise in [0, 25] {
            for number in ["7", "40", "386", "1111", "90527"] {
                assert_eq!(says(number, number, noise), Says::Same, "{number} {noise}");
            }
        }
    }

    #[test]
    fn another_digit_is_denied_also_on_a_noisy_page() {
        for noise in [0, 25] {
            for (printed, read) in [("386", "388"), ("50", "90"), ("2776", "2770"), ("8", "3")] {
                assert_eq!(says(printed, read, noise), Says::Other, "{printed} {read} {noise}");
            }
        }
    }

    #[test]
    fn a_digit_too_many_or_too_few_is_never_confirmed() {
        let wrong = [
            ("117", "17"),
            ("229", "29"),
            ("229", "22"),
            ("11", "1"),
            ("29", "229"),
            ("147", "1407"),
            ("1000", "10"),
        ];
        for (printed, read) in wrong {
            assert_ne!(says(printed, read, 0), Says::Same, "{printed} {read}");
        }
    }

    #[test]
    fn a_page_with_few_numbers_is_compared_with_an_earlier_one_and_not_one_in_another_size() {
        let (gray, listed) = page(&[&KNOWN[..], &KNOWN[..]].concat(), 0);
        let earlier = Alike::new(&gray, &listed);
        let (few, numbers) = page(&["386", "50"], 0);
        let alike = Alike::fuller(Alike::new(&few, &numbers), earlier).unwrap();
        assert_eq!(alike.says(&few, &numbers[0]), Says::Same);
        let larger = image::imageops::resize(&few, 280, 168, image::imageops::FilterType::Triangle);
        let [x0, y0, x1, y1] = [
            numbers[0].area.x0,
            numbers[0].area.y0,
            numbers[0].area.x1,
            numbers[0].area.y1,
        ]
        .map(|side| side * 7 / 5);
        let number = Number {
            area: Area { x0, y0, x1, y1 },
            digits: vec![3, 8, 6],
        };
        assert_eq!(alike.says(&larger, &number), Says::Nothing);
    }

    #[test]
    fn the_width_and_the_shapes_of_ink_say_which_digits_stand_where() {
        let parted = |printed: &str, wider: usize| {
            let (gray, mut listed) = page(&[&KNOWN[..], &KNOWN[..], &[printed]].concat(), 25);
            let area = listed.pop().unwrap().area;
            let ink = Area {
                x1: area.x1 + wider,
                ..area
            };
            let alike = Alike::new(&gray, &listed).unwrap();
            let parted = alike.parted(&gray, &ink)?;
            let text: String = parted.iter().map(|(digit, _)| char::from(b'0' + digit)).collect();
            let places = parted.windows(2).all(|pair| pair[0].1.x0 + PITCH * DOT == pair[1].1.x0);
            assert!(places && parted[0].1.x0.abs_diff(LEFT) <= DOT, "{parted:?}");
            Some(text)
        };
        for number in ["7", "22", "170", "243", "90527"] {
            assert_eq!(parted(number, 0).as_deref(), Some(number));
        }
        // The ones at both ends leave paper, and blur is ink.
        assert_eq!(parted("111", 1).as_deref(), Some("111"));
        // Ink that is no whole number of digits wide, and ink behind the digits.
        assert_eq!([parted("22", PITCH * DOT / 2), parted("22", PITCH * DOT)], [None, None]);
    }

    #[test]
    fn a_number_with_a_dash_before_it_is_not_confirmed_without() {
        let (mut gray, mut listed) = page(&[&KNOWN[..], &KNOWN[..], &["73"]].concat(), 0);
        let Number { area, digits } = listed.pop().unwrap();
        let alike = Alike::new(&gray, &listed).unwrap();
        let y = (area.y0 + area.y1) as u32 / 2;
        (y..y + 2).for_each(|y| (9..16).for_each(|x| gray.put_pixel(x, y, image::Luma([60]))));
        assert_eq!(
            alike.says(
                &gray,
                &Number {
                    area,
                    digits: digits.clone()
                }
            ),
            Says::Same
        );
        let area = Area { x0: 9, ..area };
        assert_eq!(alike.says(&gray, &Number { area, digits }), Says::Nothing);
    }

    #[test]
    fn a_digit_that_the_page_shows_too_seldom_and_one_of_another_size_are_not_known() {
        let known: Vec<&str> = ["12", "21", "112", "221", "22", "11"]
            .into_iter()
            .cycle()
            .take(12)
            .collect();
        let (gray, mut listed) = page(&[&known[..], &["17"]].concat(), 0);
        let area = listed.pop().unwrap().area;
        let alike = Alike::new(&gray, &listed).unwrap();
        assert_eq!(
            alike.says(
                &gray,
                &Number {
                    area,
                    digits: vec![1, 7]
                }
            ),
            Says::Nothing
        );
        assert_ne!(
            alike.says(
                &gray,
                &Number {
                    area,
                    digits: vec![1, 2]
                }
            ),
            Says::Same
        );
        let tall = Area {
            y1: area.y1 + 12,
            ..area
        };
        assert_eq!(
            alike.says(
                &gray,
                &Number {
                    area: tall,
                    digits: vec![1, 2]
                }
            ),
            Says::Nothing
        );
        assert!(Alike::new(&gray, &listed[..FEW.0 - 1]).is_none());
    }
}
