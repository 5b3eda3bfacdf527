//! The words around a number, and what they are for patterns.

use crate::narrative::token::{Kind, Token};

/// The words around a number: places in the list of tokens.
pub(super) struct Window {
    pub start: usize,
    pub number: usize,
    pub end: usize,
    /// Whether it ends at another number.
    pub shared: bool,
}

/// A window, or a clause, as a text of classes; fillers are left out.
pub(super) struct Classes {
    pub text: String,
    /// Byte in `text` and place in the list of tokens.
    pub places: Vec<(usize, usize)>,
}

impl Classes {
    pub fn new(tokens: &[Token], from: usize, to: usize) -> Self {
        let mut classes = Classes {
            text: String::new(),
            places: Vec::new(),
        };
        for (place, token) in tokens.iter().enumerate().take(to).skip(from) {
            let silent = matches!(&token.kind, Kind::Time(time) if !time.is_beside());
            if token.kind != Kind::Filler && !silent {
                classes.places.push((classes.text.len(), place));
                classes.text.push(token.class);
            }
        }
        classes
    }

    /// The place in the list of tokens of a byte.
    pub fn place(&self, byte: usize) -> Option<usize> {
        self.places.iter().find(|(at, _)| *at == byte).map(|(_, place)| *place)
    }
}

/// The text of some tokens that stand together.
pub(super) fn between<'a>(text: &'a str, tokens: &[Token]) -> &'a str {
    match tokens {
        [] => "",
        [only] => &text[only.start..only.end],
        [first, .., last] => &text[first.start..last.end],
    }
}
