//! Sets of characters that are looked up once a character, for every character of a document.
//!
//! Invariant: a set is made when the program is compiled; a look-up is one step, however many characters the set has.

/// A set of characters of the basic plane.
pub struct CharSet([u64; 1024]);

impl CharSet {
    /// The characters of a text. Those beyond the basic plane are left out: no list of this program has any.
    pub const fn new(characters: &str) -> Self {
        let bytes = characters.as_bytes();
        let mut words = [0u64; 1024];
        let mut at = 0;
        while at < bytes.len() {
            let byte = bytes[at] as usize;
            let (mut code, length) = match byte {
                0..0x80 => (byte, 1),
                0x80..0xe0 => (byte & 0x1f, 2),
                0xe0..0xf0 => (byte & 0x0f, 3),
                _ => (0, 4),
            };
            let mut next = at + 1;
            while next < at + length && length < 4 {
                code = code << 6 | (bytes[next] & 0x3f) as usize;
                next += 1;
            }
            if length < 4 {
                words[code / 64] |= 1 << (code % 64);
            }
            at += length;
        }
        CharSet(words)
    }

    /// Whether a character is in the set.
    pub const fn has(&self, c: char) -> bool {
        let code = c as usize;
        code < 0x1_0000 && self.0[code / 64] >> (code % 64) & 1 == 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_has_the_characters_that_it_was_made_of_and_no_other() {
        static SET: CharSet = CharSet::new("aé年𠀀\u{ffff}");
        let all: String = ('\0'..=char::MAX).filter(|c| SET.has(*c)).collect();
        assert_eq!(all, "aé年\u{ffff}");
    }
}
