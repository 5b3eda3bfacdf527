//! Lengths of styles in pixels of the screen, and what a transformation leaves of an element.

/// The screen that pages are taken to be shown on: width and height in pixels.
pub(super) const SCREEN: (f32, f32) = (1280.0, 720.0);
/// Size of type where no style sets one, in pixels.
pub(super) const TYPE: f32 = 16.0;

/// A length in pixels; `whole` is what 100 % and `em` measure. Nothing where it has no unit that is known and is not 0.
pub(super) fn pixels(value: &str, whole: f32) -> Option<f32> {
    let number = value.trim_end_matches(|c: char| c.is_ascii_alphabetic() || c == '%');
    let unit = &value[number.len()..];
    let number: f32 = number.parse().ok()?;
    let one = match unit {
        "px" => 1.0,
        "pt" => 96.0 / 72.0,
        "pc" => 16.0,
        "in" => 96.0,
        "cm" => 96.0 / 2.54,
        "mm" => 96.0 / 25.4,
        "q" => 96.0 / 101.6,
        "em" => whole,
        "%" => whole / 100.0,
        "ex" | "ch" => whole / 2.0,
        "rem" => TYPE,
        "vw" | "vi" | "vmax" | "svw" | "lvw" | "dvw" => SCREEN.0 / 100.0,
        "vh" | "vb" | "vmin" | "svh" | "lvh" | "dvh" => SCREEN.1 / 100.0,
        "" if number == 0.0 => 0.0,
        _ => return None,
    };
    Some(number * one)
}

/// What is left of an element that was transformed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Left {
    /// It can be read.
    All,
    /// It cannot be seen.
    Nothing,
    /// It looks otherwise: mirrored, turned or bent.
    Odd,
}

/// What is scaled to less of its size is no longer seen.
const LEAST_SCALE: f32 = 0.15;
/// Nothing that is moved so far to the left or above is on the page.
const FAR: f32 = -500.0;
/// Turns of more degrees cannot be read without turning the head.
const TURN: f32 = 45.0;

/// Reads the functions of a `transform`.
pub(super) fn transformed(value: &str) -> Left {
    let mut left = Left::All;
    for function in value.split(')').filter(|text| text.contains('(')) {
        let (name, arguments) = function.split_once('(').unwrap_or_default();
        let arguments: Vec<&str> = arguments
            .split([',', ' '])
            .map(str::trim)
            .filter(|a| !a.is_empty())
            .collect();
        match by(name.trim(), &arguments) {
            Left::Nothing => return Left::Nothing,
            Left::Odd => left = Left::Odd,
            Left::All => {}
        }
    }
    left
}

/// What one function leaves.
pub(super) fn by(name: &str, arguments: &[&str]) -> Left {
    let numbers: Option<Vec<f32>> = arguments
        .iter()
        .map(|argument| {
            argument
                .trim_end_matches(|c: char| c.is_ascii_alphabetic() || c == '%')
                .parse()
                .ok()
        })
        .collect();
    let Some(numbers) = numbers else { return Left::Odd };
    match name {
        "translate" | "translatex" | "translatey" | "translate3d" => {
            let far = |argument: &&str| pixels(argument, 100.0).is_some_and(|pixels| pixels <= FAR);
            if arguments.iter().any(far) {
                Left::Nothing
            } else {
                Left::All
            }
        }
        "scale" | "scalex" | "scaley" | "scale3d" => {
            let percent = |at: usize| arguments[at].ends_with('%');
            let scaled = numbers
                .iter()
                .enumerate()
                .map(|(at, n)| if percent(at) { n / 100.0 } else { *n });
            scaled.map(scale).fold(Left::All, worse)
        }
        "rotate" | "rotatez" | "skew" | "skewx" | "skewy" => turned(arguments, &numbers),
        "matrix" if numbers.len() == 6 => worse(scale(numbers[0]), scale(numbers[3])),
        "translatez" | "perspective" | "scalez" => Left::All,
        _ if numbers.iter().all(|number| *number == 0.0) => Left::All,
        _ => Left::Odd,
    }
}

fn scale(factor: f32) -> Left {
    match factor {
        _ if factor.abs() < LEAST_SCALE => Left::Nothing,
        _ if factor < 0.0 => Left::Odd,
        _ => Left::All,
    }
}

fn turned(arguments: &[&str], numbers: &[f32]) -> Left {
    let degrees = arguments.iter().zip(numbers).map(|(text, number)| match text {
        _ if text.ends_with("turn") => number * 360.0,
        _ if text.ends_with("grad") => number * 0.9,
        _ if text.ends_with("rad") => number.to_degrees(),
        _ => *number,
    });
    let upright = degrees
        .map(|d| (d + 180.0).rem_euclid(360.0) - 180.0)
        .all(|d| d.abs() <= TURN);
    if upright { Left::All } else { Left::Odd }
}

fn worse(one: Left, other: Left) -> Left {
    match (one, other) {
        (Left::Nothing, _) | (_, Left::Nothing) => Left::Nothing,
        (Left::Odd, _) | (_, Left::Odd) => Left::Odd,
        _ => Left::All,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_pixels_whatever_their_unit() {
        for (value, expected) in [
            ("1px", Some(1.0)),
            ("0", Some(0.0)),
            ("12", None),
            ("1.5pt", Some(2.0)),
            ("50%", Some(8.0)),
            (".1em", Some(1.6)),
            ("0.1rem", Some(1.6)),
            ("small", None),
            ("-9999px", Some(-9999.0)),
        ] {
            assert_eq!(pixels(value, TYPE), expected, "{value}");
        }
    }

    #[test]
    fn a_transformation_leaves_all_or_nothing_or_something_odd() {
        for (value, left) in [
            ("scale(0.01)", Left::Nothing),
            ("scale(1, 0)", Left::Nothing),
            ("scalex(-1)", Left::Odd),
            ("rotate(180deg)", Left::Odd),
            ("rotate(.5turn)", Left::Odd),
            ("rotate(360deg) scale(1.2)", Left::All),
            ("rotatey(90deg)", Left::Odd),
            ("translate(-9999px, 0)", Left::Nothing),
            ("translate(-50%, -50%)", Left::All),
            ("translatez(0)", Left::All),
            ("matrix(1, 0, 0, 1, 5, 5)", Left::All),
            ("matrix(0, 0, 0, 0, 5, 5)", Left::Nothing),
            ("none", Left::All),
        ] {
            assert_eq!(transformed(value), left, "{value}");
        }
    }
}
