//! Paths in the short form of OFD: `M 0 0 L 10 0 C`.

use kurbo::{BezPath, Point};

use super::values::number;
use crate::read::page::Full;

/// Most steps of one path.
const STEPS: usize = 200_000;

/// A path from its short form. What cannot be read ends it, as it ends for a viewer.
///
/// # Errors
/// Where it has too many steps.
pub(super) fn parse(text: &str) -> Result<BezPath, Full> {
    let mut path = BezPath::new();
    let mut words = Words(text);
    while let Some(command) = words.command() {
        if path.elements().len() >= STEPS {
            return Err(Full("steps of a path"));
        }
        if step(&mut path, command, &mut words).is_none() {
            break;
        }
    }
    Ok(path)
}

/// Appends one step; none where it cannot be read.
fn step(path: &mut BezPath, command: char, words: &mut Words) -> Option<()> {
    match command {
        'M' | 'S' => path.move_to(words.point()?),
        _ if path.elements().is_empty() => return None,
        'L' => path.line_to(words.point()?),
        'Q' => path.quad_to(words.point()?, words.point()?),
        'B' => path.curve_to(words.point()?, words.point()?, words.point()?),
        'A' => {
            // An arc is never a ruling line: where it ends is all that matters.
            (0..5).try_for_each(|_| words.number().map(drop))?;
            let end = words.point()?;
            path.quad_to(end, end);
        }
        'C' => path.close_path(),
        _ => return None,
    }
    Some(())
}

/// What is left of a path.
struct Words<'a>(&'a str);

impl Words<'_> {
    fn skip(&mut self) {
        self.0 = self.0.trim_start_matches(|c: char| c.is_whitespace() || c == ',');
    }

    fn command(&mut self) -> Option<char> {
        self.skip();
        let command = self.0.chars().next()?;
        self.0 = &self.0[command.len_utf8()..];
        Some(command)
    }

    fn number(&mut self) -> Option<f64> {
        self.skip();
        let is_part = |c: char| c.is_ascii_digit() || matches!(c, '+' | '-' | '.' | 'e' | 'E');
        let end = self.0.find(|c: char| !is_part(c)).unwrap_or(self.0.len());
        let (word, rest) = self.0.split_at(end);
        self.0 = rest;
        number(word)
    }

    fn point(&mut self) -> Option<Point> {
        Some(Point::new(self.number()?, self.number()?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn svg(text: &str) -> String {
        parse(text).unwrap().to_svg()
    }

    #[test]
    fn each_step_of_the_short_form_is_read() {
        assert_eq!(svg("M 0 0.2 L 73 0.2"), "M0,0.2 L73,0.2");
        assert_eq!(svg("S 1 2 M1 2L3,4 C"), "M1,2 M1,2 L3,4 Z");
        assert_eq!(svg("M 0 0 Q 1 1 2 0 B 1 1 2 2 3 3"), "M0,0 Q1,1 2,0 C1,1 2,2 3,3");
        assert_eq!(svg("M 0 0 A 5 5 0 1 0 9 1e1"), "M0,0 Q9,10 9,10");
    }

    #[test]
    fn what_cannot_be_read_ends_a_path() {
        assert_eq!(svg("L 1 1"), "");
        assert_eq!(svg("M 0 0 L 1 1 X 2 2 L 3 3"), "M0,0 L1,1");
        assert_eq!(svg("M 0 0 L 1 NaN L 3 3"), "M0,0");
        assert!(parse(&("M 0 0".to_owned() + &"L 1 1".repeat(STEPS))).is_err());
    }
}
