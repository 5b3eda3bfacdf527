//! Single properties: a code that says how long its value is.
//!
//! Source: [MS-DOC] 2.2.5, 2.6. Invariant: a list of properties that is cut off ends where it is cut.

use crate::read::office::binary::{slice, u16_at};

/// Definition of a table row, whose length has two bytes.
pub(super) const TABLE_DEFINITION: u16 = 0xD608;
const TABLE_DEFINITION_OLD: u16 = 0xD606;
const CHANGE_TABS: u16 = 0xC615;

/// The properties of a list: code and value of each.
pub(super) struct Sprms<'a>(pub &'a [u8]);

impl<'a> Iterator for Sprms<'a> {
    type Item = (u16, &'a [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        let code = u16_at(self.0, 0)?;
        let (head, length) = length(code, self.0)?;
        let value = slice(self.0, head, length)?;
        self.0 = &self.0[head + length..];
        Some((code, value))
    }
}

/// Where the value of a property begins, and its length.
fn length(code: u16, bytes: &[u8]) -> Option<(usize, usize)> {
    Some(match (code, code >> 13) {
        (TABLE_DEFINITION | TABLE_DEFINITION_OLD, _) => (4, usize::from(u16_at(bytes, 2)?).checked_sub(1)?),
        (CHANGE_TABS, _) if *bytes.get(2)? == 255 => {
            let deleted = usize::from(*bytes.get(3)?) * 4;
            let added = usize::from(*bytes.get(4 + deleted)?) * 3;
            (3, 2 + deleted + added)
        }
        (_, 0 | 1) => (2, 1),
        (_, 2 | 4 | 5) => (2, 2),
        (_, 3) => (2, 4),
        (_, 7) => (2, 3),
        _ => (3, usize::from(*bytes.get(2)?)),
    })
}

/// The property of a piece that has but one, by its short number and value; `None` for those that change nothing here.
pub(super) fn short(number: u16) -> Option<u16> {
    Some(match number {
        0x0C => 0x260A,
        0x18 => 0x2416,
        0x19 => 0x2417,
        0x41 => 0x0800,
        0x53 => 0x2A33,
        0x55 => 0x0835,
        0x57 => 0x0837,
        0x5C => 0x083C,
        0x73 => 0x2A53,
        0x75 => 0x0855,
        0x78 => 0x2640,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_as_long_as_their_codes_say() {
        let bytes = [
            0x35, 0x08, 1, 0x0B, 0x46, 2, 0, 0x49, 0x66, 1, 0, 0, 0, 0x15, 0xC6, 2, 0, 0, 0x08, 0xD6, 3, 0, 1, 9, 0x16,
            0x24,
        ];
        let read: Vec<(u16, &[u8])> = Sprms(&bytes).collect();
        let expected: [(u16, &[u8]); 5] = [
            (0x0835, &[1]),
            (0x460B, &[2, 0]),
            (0x6649, &[1, 0, 0, 0]),
            (0xC615, &[0, 0]),
            (0xD608, &[1, 9]),
        ];
        assert_eq!(read, expected);
    }
}
