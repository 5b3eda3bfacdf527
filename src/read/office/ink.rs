//! Whether text that stands on paper can be seen there: neither white nor too small for an eye.
//!
//! Invariant: what may stand on a ground of a colour is seen in white, too.

/// Text of fewer half points cannot be read.
const SMALLEST: f32 = 4.0;

/// What a style or a run says of its ink; `None` where it says nothing.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Ink {
    /// White.
    pub white: Option<bool>,
    /// Too small to be read.
    pub tiny: Option<bool>,
    /// On a ground of a colour.
    pub shaded: Option<bool>,
}

impl Ink {
    /// What holds where this says nothing.
    pub(super) fn or(self, outer: Ink) -> Ink {
        Ink {
            white: self.white.or(outer.white),
            tiny: self.tiny.or(outer.tiny),
            shaded: self.shaded.or(outer.shaded),
        }
    }

    /// Whether text is there and cannot be seen; `on_ground` says whether what it stands in may have a ground of a colour.
    pub(super) fn is_unseen(self, on_ground: bool) -> bool {
        let is_white = self.white == Some(true) && self.shaded != Some(true) && !on_ground;
        is_white || self.tiny == Some(true)
    }
}

/// Whether text of so many half points cannot be read.
pub(super) fn is_tiny(half_points: f32) -> bool {
    half_points < SMALLEST
}

/// Whether a colour of six or eight hexadecimal digits, with or without `#`, is white.
pub(super) fn is_white(colour: &str) -> bool {
    let digits = colour.trim_start_matches('#');
    let colour = match digits.len() {
        8 => digits.get(2..),
        6 => Some(digits),
        _ => None,
    };
    digits.eq_ignore_ascii_case("white") || colour.is_some_and(|colour| colour.eq_ignore_ascii_case("FFFFFF"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_is_seen_on_a_ground_and_tiny_text_nowhere() {
        let ink = |white, tiny, shaded| Ink {
            white: Some(white),
            tiny: Some(tiny),
            shaded: Some(shaded),
        };
        for (ink, on_ground, unseen) in [
            (ink(true, false, false), false, true),
            (ink(true, false, true), false, false),
            (ink(true, false, false), true, false),
            (ink(false, true, true), true, true),
            (Ink::default(), false, false),
        ] {
            assert_eq!(ink.is_unseen(on_ground), unseen, "{ink:?} {on_ground}");
        }
    }

    #[test]
    fn white_is_written_in_several_ways() {
        for (colour, white) in [
            ("FFFFFF", true),
            ("#ffffff", true),
            ("FFFFFFFF", true),
            ("white", true),
            ("auto", false),
            ("FFFFFE", false),
            ("", false),
            ("白白白", false),
        ] {
            assert_eq!(is_white(colour), white, "{colour}");
        }
    }
}
