//! Sets of characters that are looked up once a character, for every character of a document.
//!
//! Invariant: a set is made when the program is compiled; a look-up is one step, however many characters the set has.

/// A set of characters of the basic plane.
pub struct CharSet([u64; 1024]);

impl CharSet {
    /// The characters of a text. Those beyond the basic plane are left out: no list of this program has any.
    pub const fn new(characters: &str) -> Self {
        let mut set = CharSet([0; 1024]);
        let mut at = 0;
        while at < characters.len() {
            at += set.add(characters.as_bytes(), at);
        }
        set
    }

    /// The characters that words begin with.
    pub const fn of_firsts(words: &[&str]) -> Self {
        let mut set = CharSet([0; 1024]);
        let mut at = 0;
        while at < words.len() {
            set.add(words[at].as_bytes(), 0);
            at += 1;
        }
        set
    }

    /// Adds the character at a place of a text, and gives its length.
    const fn add(&mut self, bytes: &[u8], at: usize) -> usize {
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
            self.0[code / 64] |= 1 << (code % 64);
        }
        length
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

    #[test]
    fn the_first_characters_of_words_are_a_set() {
        static SET: CharSet = CharSet::of_firsts(&["年报", "a", "年", "é月"]);
        let all: String = ('\0'..=char::MAX).filter(|c| SET.has(*c)).collect();
        assert_eq!(all, "aé年");
    }
}
