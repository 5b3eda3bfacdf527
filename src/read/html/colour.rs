//! Colours of text and of what is behind it.

use csscolorparser::Color;

/// Channels of a colour: red, green, blue and how far it covers what is behind it.
pub(super) type Colour = [u8; 4];

/// Of text that no style speaks of.
pub(super) const INK: Colour = [0, 0, 0, 255];
/// Of a page that no style speaks of.
pub(super) const PAPER: Colour = [255, 255, 255, 255];

/// Colours whose channels differ by no more cannot be told apart.
const ALIKE: u8 = 16;
/// What covers less of its background cannot be seen.
const CLEAR: u8 = 12;

/// What a value says of a colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Said {
    Colour(Colour),
    /// That of the text.
    Current,
    /// A colour that the file does not tell.
    Unknown,
    /// Nothing: browsers pass over the value.
    Nothing,
}

/// Reads a value in small letters.
pub(super) fn parse(value: &str) -> Said {
    match value {
        "currentcolor" => Said::Current,
        "windowtext" | "canvastext" | "initial" | "black" => Said::Colour(INK),
        "window" | "canvas" => Said::Colour(PAPER),
        "inherit" | "unset" | "revert" | "auto" | "none" => Said::Nothing,
        _ => match csscolorparser::parse(value) {
            Ok(colour) => Said::Colour(Color::to_rgba8(&colour)),
            Err(_) if value.contains('(') => Said::Unknown,
            Err(_) => Said::Nothing,
        },
    }
}

/// What is behind text after something was painted over a paper, by the value of a `background`.
pub(super) fn painted(value: &str, ink: Option<Colour>, paper: Option<Colour>) -> Option<Colour> {
    let mut under = paper;
    for part in parts(value) {
        if part.starts_with("url(") || part.contains("gradient(") || part.contains("image") || part.contains("var(") {
            return None;
        }
        match parse(part) {
            Said::Colour(colour) => under = over(colour, under),
            Said::Current => under = ink,
            Said::Unknown => return None,
            Said::Nothing => {}
        }
    }
    under
}

/// The parts of a value between white space that stands in no bracket.
fn parts(value: &str) -> impl Iterator<Item = &str> {
    let mut depth = 0usize;
    value
        .split(move |c: char| {
            match c {
                '(' => depth += 1,
                ')' => depth = depth.saturating_sub(1),
                _ => {}
            }
            c.is_ascii_whitespace() && depth == 0
        })
        .filter(|part| !part.is_empty())
}

/// A colour laid over a paper.
fn over(colour: Colour, paper: Option<Colour>) -> Option<Colour> {
    let alpha = u16::from(colour[3]);
    match (alpha, paper) {
        (255, _) => Some(colour),
        (0, paper) => paper,
        (_, None) => None,
        (_, Some(paper)) => {
            let mix = |at: usize| ((u16::from(colour[at]) * alpha + u16::from(paper[at]) * (255 - alpha)) / 255) as u8;
            Some([mix(0), mix(1), mix(2), 255])
        }
    }
}

/// Whether text can be seen on its paper; nothing where the file does not tell.
pub(super) fn is_seen(ink: Option<Colour>, paper: Option<Colour>) -> Option<bool> {
    let ink = ink?;
    let paper = paper?;
    let drawn = over(ink, Some(paper))?;
    let differs = (0..3).any(|at| drawn[at].abs_diff(paper[at]) > ALIKE);
    Some(ink[3] >= CLEAR && differs)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_seen_where_it_differs_from_what_is_behind_it() {
        for (ink, paper, seen) in [
            ("#000", "#fff", Some(true)),
            ("#fefefe", "white", Some(false)),
            ("transparent", "navy", Some(false)),
            ("rgba(0,0,0,.03)", "white", Some(false)),
            ("rgb(0 51 102 / 100%)", "#036 no-repeat", Some(false)),
            ("#fff", "url(a.png) #036", None),
            ("hsl(0, 0%, 100%)", "rgba(255,0,0,.5)", Some(true)),
            ("color-mix(in srgb, red, blue)", "white", None),
            ("white", "linear-gradient(red, blue)", None),
        ] {
            let colour = match parse(ink) {
                Said::Colour(colour) => Some(colour),
                _ => None,
            };
            assert_eq!(
                is_seen(colour, painted(paper, Some(INK), Some(PAPER))),
                seen,
                "{ink} on {paper}"
            );
        }
    }

    #[test]
    fn values_that_browsers_pass_over_say_nothing() {
        for value in ["auto", "inherit", "no colour", ""] {
            assert_eq!(parse(value), Said::Nothing, "{value}");
        }
        assert_eq!(parse("windowtext"), Said::Colour(INK));
    }
}
