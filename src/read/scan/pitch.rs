//! Digits that a recognition model overlooked, and points that it invented, found by the width of the ink.
//!
//! Digits of one font stand equally far apart, so that the ink of a number tells how many it has. Invariant: a number whose ink is
//! wider or narrower than its characters is none.

use super::decide::{Decision, unsure};
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

/// Doubts the numbers whose ink is wider than what was read of it, 117 as 17, or narrower, 117 as 11.7. `numbers` are the pieces of a page that may be numbers.
pub(super) fn overlooked(inks: &[Area], numbers: &[usize], sights: &[Sight], decisions: &mut [Decision]) {
    let sure = numbers.iter().filter(|index| decisions[**index].doubt.is_none());
    let read: Vec<(Area, usize)> = sure.map(|index| (inks[*index], decisions[*index].text.len())).collect();
    let Some(pitch) = pitch(&read) else {
        return;
    };
    for index in numbers {
        let decision = &decisions[*index];
        if decision.doubt.is_none() && !fits(&decision.text, width(&inks[*index]) / pitch) {
            decisions[*index] = unsure(&sights[*index]);
        }
    }
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
fn pitch(numbers: &[(Area, usize)]) -> Option<f64> {
    let long = numbers.iter().filter(|(_, length)| *length > 1);
    let measured = median(long.map(|(ink, length)| width(ink) / *length as f64).collect());
    measured.or_else(|| Some(NARROW * median(numbers.iter().map(|(ink, _)| ink.height() as f64).collect())?))
}

fn median(mut values: Vec<f64>) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::page::chars::UNKNOWN;

    /// Whether each of the numbers stands, of digits 20 high, by the width of its ink.
    fn stand(numbers: &[(&str, usize)]) -> Vec<bool> {
        let ink = |width: usize| Area {
            x0: 10,
            y0: 10,
            x1: 10 + width,
            y1: 30,
        };
        let inks: Vec<Area> = numbers.iter().map(|(_, width)| ink(*width)).collect();
        let decision = |text: &str| Decision {
            text: text.chars().collect(),
            likely: 0.99,
            doubt: None,
        };
        let mut decisions: Vec<Decision> = numbers.iter().map(|(text, _)| decision(text)).collect();
        let all: Vec<usize> = (0..numbers.len()).collect();
        overlooked(&inks, &all, &vec![Sight::default(); numbers.len()], &mut decisions);
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
    fn a_page_of_single_digits_is_measured_by_their_height() {
        assert_eq!(stand(&[("3", 12), ("8", 13), ("1", 22)]), [true, true, false]);
    }
}
