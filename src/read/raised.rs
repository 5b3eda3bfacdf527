//! Digits above the line, as marks of footnotes have them.
//!
//! Invariant: a raised digit behind a number that is not raised is written as it looks, so that it never joins the number: 31¹, not 311.

const DIGITS: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];

/// A character as it looks above the line; only digits look otherwise there.
pub(super) fn raised(c: char) -> char {
    let digit = c.to_digit(10).and_then(|digit| DIGITS.get(digit as usize));
    digit.copied().unwrap_or(c)
}

/// What stood last in a text that is put together of pieces on and above the line.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Last {
    raised: bool,
    /// Whether it is a mark behind a number.
    mark: bool,
}

impl Last {
    /// Adds a piece to the text that this is the last of.
    pub(super) fn push(&mut self, text: &mut String, piece: &str, is_raised: bool) {
        let joins = !self.raised && text.ends_with(|c: char| c.is_ascii_digit());
        self.mark = is_raised && (self.mark || joins);
        self.raised = is_raised;
        match self.mark {
            true => text.extend(piece.chars().map(raised)),
            false => text.push_str(piece),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_raised_digits_behind_a_number_that_is_not_are_marks() {
        for (pieces, expected) in [
            (&[("31", false), ("1", true), ("2", true), ("件", false)][..], "31¹²件"),
            (&[("31", true), ("1", true)], "311"),
            (&[("万m", false), ("2", true)], "万m2"),
            (&[("31", false), ("1", false)], "311"),
            (&[("31", false), ("1", true), ("2", false)], "31¹2"),
        ] {
            let (mut text, mut last) = (String::new(), Last::default());
            pieces
                .iter()
                .for_each(|(piece, is_raised)| last.push(&mut text, piece, *is_raised));
            assert_eq!(text, expected);
        }
    }
}
