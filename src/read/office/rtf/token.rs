//! RTF as tokens: groups, control words, and bytes of text.
//!
//! Invariant: every byte is looked at once; whatever stands in the file, there is a next token or the end.

/// A token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// `{`
    Open,
    /// `}`
    Close,
    /// A control word such as `\cellx1200`, with its number.
    Word(&'a [u8], Option<i32>),
    /// A control symbol such as `\~`.
    Symbol(u8),
    /// A byte of text, as it is or as `\'hh`.
    Byte(u8),
}

/// Parts a file into tokens.
pub(super) struct Tokens<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Tokens<'a> {
    /// The tokens of a file.
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Tokens { bytes, at: 0 }
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn take_while(&mut self, is_wanted: impl Fn(u8) -> bool) -> &'a [u8] {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let length = rest.iter().position(|byte| !is_wanted(*byte)).unwrap_or(rest.len());
        self.at += length;
        &rest[..length]
    }

    fn control(&mut self) -> Option<Token<'a>> {
        let word = self.take_while(|byte| byte.is_ascii_alphabetic());
        if word.is_empty() {
            let symbol = self.peek()?;
            self.at += 1;
            return Some(match symbol {
                b'\'' => self.hex(),
                b'\r' | b'\n' => Token::Word(b"par", None),
                b'\\' | b'{' | b'}' => Token::Byte(symbol),
                symbol => Token::Symbol(symbol),
            });
        }
        let sign = usize::from(self.peek() == Some(b'-'));
        let start = self.at;
        self.at += sign;
        let digits = self.take_while(|byte| byte.is_ascii_digit());
        if digits.is_empty() {
            self.at = start;
        }
        let number = std::str::from_utf8(&self.bytes[start..self.at])
            .ok()
            .and_then(|text| text.parse().ok());
        if self.peek() == Some(b' ') {
            self.at += 1;
        }
        if word == b"bin" {
            let length = number.unwrap_or(0).max(0) as usize;
            self.at = self.at.saturating_add(length).min(self.bytes.len());
        }
        Some(Token::Word(word, number))
    }

    fn hex(&mut self) -> Token<'a> {
        let digit = |at: usize| self.bytes.get(at).and_then(|byte| char::from(*byte).to_digit(16));
        match (digit(self.at), digit(self.at + 1)) {
            (Some(high), Some(low)) => {
                self.at += 2;
                Token::Byte((high * 16 + low) as u8)
            }
            _ => Token::Symbol(b'\''),
        }
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        loop {
            let byte = self.peek()?;
            self.at += 1;
            return match byte {
                b'{' => Some(Token::Open),
                b'}' => Some(Token::Close),
                b'\\' => self.control(),
                b'\r' | b'\n' | 0 => continue,
                byte => Some(Token::Byte(byte)),
            };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_numbers_symbols_and_bytes_are_told_apart() {
        let tokens: Vec<Token> = Tokens::new(b"{\\cellx-12 a\\'d2\\~\\bin2 {}b\\u20-\\'zz}\r\n").collect();
        assert_eq!(
            tokens,
            [
                Token::Open,
                Token::Word(b"cellx", Some(-12)),
                Token::Byte(b'a'),
                Token::Byte(0xd2),
                Token::Symbol(b'~'),
                Token::Word(b"bin", Some(2)),
                Token::Byte(b'b'),
                Token::Word(b"u", Some(20)),
                Token::Byte(b'-'),
                Token::Symbol(b'\''),
                Token::Byte(b'z'),
                Token::Byte(b'z'),
                Token::Close,
            ]
        );
    }
}
