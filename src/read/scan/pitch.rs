//! Digits that a recognition model overlooked, and points that it invented, found by the width of the ink.
//!
//! Digits of one font stand equally far apart, so that the ink of a number tells how many it has. Invariant: a number whose ink is
//! wider or narrower than its characters is none.

use super::decide::{Decision, unsure};
use super::looks::Piece;
use super::mask::Area;
use super::recognise::Sight;

/// Distance of digits of a page without a number of two digits, in parts of their height: that of narrow fonts.
const NARROW: f64 = 0.7;
/// Width of the ink beyond its characters, in digits, from which one more stands there: even two narrow ones, as in 11, pass it.
const BETWEEN: f64 = 0.3;

/// Paper before and behind the ink of a number, in parts of its height: the distance of digits takes it in.
const BESIDE: f64 = 0.07;
/// Width that a point, comma or sign takes at least besides its digits, in digits.
const POINT: f64 = 0.2;

/// Fewest other numbers of a table that tell the distance of its digits.
const AGREE: usize = 2;
/// Most paper beside the first and the last digit of a number together, in digits: a 1 fills half of its place.
const EDGES: f64 = 0.45;

/// Doubts the numbers whose ink is wider than what was read of it, 117 as 17, or narrower, 117 as 11.7. `numbers` are the pieces of a page
/// that may be numbers, `looked_at` those of them whose shapes did not confirm them. The tables of a page may be set in several fonts.
pub(super) fn overlooked(
    pieces: &[Piece],
    (numbers, looked_at): (&[usize], &[usize]),
    sights: &[Sight],
    decisions: &mut [Decision],
) {
    let sure = numbers.iter().filter(|index| decisions[**index].doubt.is_none());
    let read: Vec<Read> = sure
        .map(|index| Read {
            piece: *index,
            table: pieces[*index].table,
            ink: pieces[*index].area,
            length: decisions[*index].text.len(),
            is_plain: decisions[*index].text.iter().all(char::is_ascii_digit),
        })
        .collect();
    let Some(page) = pitch(&read) else {
        return;
    };
    for number in read.iter().filter(|number| looked_at.contains(&number.piece)) {
        let pitch = of_table(number, &read).unwrap_or(page);
        if !fits(&decisions[number.piece].text, width(&number.ink) / pitch) {
            decisions[number.piece] = unsure(&sights[number.piece]);
        }
    }
}

/// A number that was read.
struct Read {
    piece: usize,
    table: Option<usize>,
    ink: Area,
    /// How many characters it has.
    length: usize,
    /// Whether they are digits.
    is_plain: bool,
}

/// Whether characters fill ink of a width in digits.
fn fits(text: &[char], width: f64) -> bool {
    let marks = text.iter().filter(|character| ".,，-".contains(**character)).count();
    let least = (text.len() - marks) as f64 + POINT;
    width <= text.len() as f64 + BETWEEN && (marks == 0 || width >= least)
}

/// Width of a number with the paper that belongs to its digits.
fn width(ink: &Area) -> f64 {
    ink.width() as f64 + BESIDE * ink.height() as f64
}

/// How far apart the digits of a page stand, in pixels, by the ink and the lengths of its numbers.
fn pitch(numbers: &[Read]) -> Option<f64> {
    let long = numbers.iter().filter(|number| number.length > 1);
    let measured = median(long.map(|number| width(&number.ink) / number.length as f64).collect());
    measured.or_else(|| Some(NARROW * median(numbers.iter().map(|number| number.ink.height() as f64).collect())?))
}

/// The same for the table of a number, where there is a distance that its other numbers may have.
fn of_table(number: &Read, numbers: &[Read]) -> Option<f64> {
    let others = numbers
        .iter()
        .filter(|other| other.piece != number.piece && other.table == number.table && other.table.is_some());
    let long: Vec<&Read> = others.filter(|other| other.is_plain && other.length > 1).collect();
    let of_ink = |edges: f64| {
        long.iter()
            .map(move |other| other.ink.width() as f64 / (other.length as f64 - edges))
    };
    let least = of_ink(0.0).fold(0.0, f64::max);
    let most = of_ink(EDGES).fold(f64::INFINITY, f64::min);
    if long.len() < AGREE || least > most {
        return None;
    }
    median(
        long.iter()
            .map(|other| width(&other.ink) / other.length as f64)
            .collect(),
    )
}

fn median(mut values: Vec<f64>) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::page::chars::UNKNOWN;

    /// Whether each of the numbers of a table stands, of digits 20 high, by the width of its ink.
    fn stand(numbers: &[(&str, usize)]) -> Vec<bool> {
        stand_in(&numbers.iter().map(|number| (0, *number)).collect::<Vec<_>>())
    }

    /// The same for numbers of several tables.
    fn stand_in(numbers: &[(usize, (&str, usize))]) -> Vec<bool> {
        let ink = |width: usize| Area {
            x0: 10,
            y0: 10,
            x1: 10 + width,
            y1: 30,
        };
        let piece = |(table, (_, width)): &(usize, (&str, usize))| Piece {
            area: ink(*width),
            cell: None,
            table: Some(*table),
            dash: false,
            crossed: None,
        };
        let pieces: Vec<Piece> = numbers.iter().map(piece).collect();
        let decision = |text: &str| Decision {
            text: text.chars().collect(),
            likely: 0.99,
            doubt: None,
        };
        let mut decisions: Vec<Decision> = numbers.iter().map(|(_, (text, _))| decision(text)).collect();
        let all: Vec<usize> = (0..numbers.len()).collect();
        overlooked(
            &pieces,
            (&all, &all),
            &vec![Sight::default(); numbers.len()],
            &mut decisions,
        );
        decisions
            .iter()
            .map(|decision| !decision.text.contains(&UNKNOWN))
            .collect()
    }

    #[test]
    fn ink_that_is_too_wide_for_its_digits_has_one_more() {
        // Digits 14 apart; 17 is 117, 2 is 12, 1 is 11.
        let numbers = [
            ("25", 27),
            ("304", 41),
            ("17", 40),
            ("2", 23),
            ("1", 20),
            ("1", 7),
            ("8", 14),
            ("1207", 54),
        ];
        assert_eq!(stand(&numbers), [true, true, false, false, false, true, true, true]);
    }

    #[test]
    fn ink_that_is_too_narrow_for_a_point_has_none() {
        assert_eq!(
            stand(&[("25", 27), ("304", 41), ("11.7", 41), ("30.4", 49)]),
            [true, true, false, true]
        );
    }

    #[test]
    fn an_amount_of_many_digits_is_as_wide_as_the_distance_of_digits_times_their_number() {
        let short: Vec<(&str, usize)> = vec![
            ("64", 24),
            ("161", 32),
            ("206", 37),
            ("865", 37),
            ("54", 24),
            ("2164", 50),
        ];
        let numbers = [short, vec![("440.5213", 100), ("6860.6960", 113)]].concat();
        assert_eq!(stand(&numbers), [true; 8]);
    }

    #[test]
    fn the_digits_of_a_table_in_another_font_are_measured_by_its_own_numbers() {
        // As printed: an amount in a table whose digits stand 12 apart, on a page where most stand 14 apart.
        let narrow = [("4119", 47), ("195", 35), ("7730.28", 77)].map(|number| (0, number));
        let wide = [("21", 27), ("21", 27), ("10", 27), ("304", 41), ("117", 41), ("25", 27)].map(|number| (1, number));
        assert_eq!(stand_in(&[&narrow[..], &wide[..]].concat()), [true; 9]);
        // And 117 of each table is told from 11.7.
        let misread = [(0, ("11.7", 35)), (1, ("11.7", 41))];
        assert_eq!(
            stand_in(&[&narrow[..2], &wide[..], &misread[..]].concat())[8..],
            [false; 2]
        );
    }

    #[test]
    fn digits_whose_blurred_edges_differ_agree_on_their_distance() {
        // As printed and blurred: 195 is narrower by the paper beside its 1.
        let narrow = [("4119", 50), ("195", 33), ("7730.28", 79)].map(|number| (0, number));
        let wide = [("21", 25), ("21", 26), ("10", 26), ("21", 26)].map(|number| (1, number));
        assert_eq!(stand_in(&[&narrow[..], &wide[..]].concat()), [true; 7]);
        let misread = [(0, ("11.7", 35))];
        assert_eq!(
            stand_in(&[&narrow[..2], &wide[..], &misread[..]].concat())[6..],
            [false]
        );
    }

    #[test]
    fn a_number_that_its_shapes_confirmed_is_not_measured() {
        let ink = |width: usize| Area {
            x0: 10,
            y0: 10,
            x1: 10 + width,
            y1: 30,
        };
        let piece = |width: usize| Piece {
            area: ink(width),
            cell: None,
            table: Some(0),
            dash: false,
            crossed: None,
        };
        let pieces: Vec<Piece> = [20, 20, 20, 29, 29].map(piece).to_vec();
        let decision = |text: &str| Decision {
            text: text.chars().collect(),
            likely: 0.99,
            doubt: None,
        };
        let mut decisions = ["11", "12", "11", "40", "40"].map(decision);
        let sights = vec![Sight::default(); 5];
        overlooked(&pieces, (&[0, 1, 2, 3, 4], &[0, 1, 2, 3]), &sights, &mut decisions);
        assert_eq!(
            decisions.map(|decision| decision.doubt.is_some()),
            [false, false, false, true, false]
        );
    }

    #[test]
    fn a_page_of_single_digits_is_measured_by_their_height() {
        assert_eq!(stand(&[("3", 12), ("8", 13), ("1", 22)]), [true, true, false]);
    }
}
