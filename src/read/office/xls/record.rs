//! Records of a workbook, and texts in them that go on in the next record.
//!
//! Source: [MS-XLS] 2.1.4, 2.5.293, 2.5.294. Invariant: a record that is cut off ends the stream.

use crate::read::office::binary::{slice, u16_at, u32_at, wide};

/// A record that continues the one before it.
const CONTINUE: u16 = 0x003C;

/// A record with those that continue it.
pub(super) struct Record<'a> {
    /// What it is.
    pub kind: u16,
    /// Its bytes, and those of each record that continues it.
    parts: Vec<&'a [u8]>,
}

impl<'a> Record<'a> {
    /// The bytes of the record itself.
    pub(super) fn bytes(&self) -> &'a [u8] {
        self.parts.first().copied().unwrap_or_default()
    }

    /// Reads on from a place of the record.
    pub(super) fn reader(&self, at: usize) -> Reader<'_, 'a> {
        Reader {
            parts: &self.parts,
            part: 0,
            at,
        }
    }
}

/// The records of a stream from a place on.
pub(super) struct Records<'a> {
    stream: &'a [u8],
    at: usize,
}

impl<'a> Records<'a> {
    /// Records from a place on.
    pub(super) fn new(stream: &'a [u8], at: usize) -> Self {
        Records { stream, at }
    }

    fn one(&mut self) -> Option<(u16, &'a [u8])> {
        let kind = u16_at(self.stream, self.at)?;
        let length = usize::from(u16_at(self.stream, self.at + 2)?);
        let bytes = slice(self.stream, self.at + 4, length)?;
        self.at += 4 + length;
        Some((kind, bytes))
    }
}

impl<'a> Iterator for Records<'a> {
    type Item = Record<'a>;

    fn next(&mut self) -> Option<Record<'a>> {
        let (kind, bytes) = self.one()?;
        let mut parts = vec![bytes];
        while u16_at(self.stream, self.at) == Some(CONTINUE) {
            parts.push(self.one()?.1);
        }
        Some(Record { kind, parts })
    }
}

/// A text with the fonts that its parts have.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Rich {
    /// The text.
    pub text: String,
    /// First character, in units of UTF-16, and number of the font of each part but the first.
    pub fonts: Vec<(u16, u16)>,
}

/// Reads a record and those that continue it.
pub(super) struct Reader<'r, 'a> {
    parts: &'r [&'a [u8]],
    part: usize,
    at: usize,
}

impl Reader<'_, '_> {
    /// Goes to the next part where one is at its end.
    fn advance(&mut self) -> Option<&[u8]> {
        while self.at >= self.parts.get(self.part)?.len() {
            self.at -= self.parts[self.part].len();
            self.part += 1;
        }
        self.parts[self.part].get(self.at..)
    }

    fn skip(&mut self, length: usize) {
        self.at = self.at.saturating_add(length);
    }

    fn byte(&mut self) -> Option<u8> {
        let byte = *self.advance()?.first()?;
        self.skip(1);
        Some(byte)
    }

    fn word(&mut self) -> Option<u16> {
        Some(u16::from_le_bytes([self.byte()?, self.byte()?]))
    }

    /// A text whose length has two bytes, with fonts where it has them.
    pub(super) fn rich(&mut self) -> Option<Rich> {
        let length = usize::from(self.word()?);
        let flags = self.byte()?;
        let runs = if flags & 0x08 != 0 { self.word()? } else { 0 };
        let further = if flags & 0x04 != 0 {
            let bytes = [self.byte()?, self.byte()?, self.byte()?, self.byte()?];
            usize::try_from(u32_at(&bytes, 0)?).ok()?
        } else {
            0
        };
        let text = self.characters(length, flags & 1 != 0)?;
        let fonts = (0..runs)
            .map(|_| Some((self.word()?, self.word()?)))
            .collect::<Option<Vec<_>>>()?;
        self.skip(further);
        Some(Rich { text, fonts })
    }

    /// Characters of one or two bytes. Where they go on in the next record, its first byte says again how many.
    fn characters(&mut self, length: usize, is_wide: bool) -> Option<String> {
        let mut text = String::new();
        let (mut left, mut is_wide) = (length, is_wide);
        while left > 0 {
            let part = self.parts.get(self.part)?;
            let rest = part.get(self.at..).unwrap_or_default();
            let width = if is_wide { 2 } else { 1 };
            let count = left.min(rest.len() / width);
            let bytes = &rest[..count * width];
            text += &if is_wide { wide(bytes) } else { narrow(bytes) };
            left -= count;
            self.at += count * width;
            if left > 0 {
                self.part += 1;
                self.at = 1;
                is_wide = self.parts.get(self.part)?.first()? & 1 != 0;
            }
        }
        Some(text)
    }
}

/// A text whose length has one byte.
pub(super) fn short(bytes: &[u8]) -> Option<String> {
    let length = usize::from(*bytes.first()?);
    let is_wide = bytes.get(1)? & 1 != 0;
    let characters = slice(bytes, 2, if is_wide { length * 2 } else { length })?;
    Some(if is_wide { wide(characters) } else { narrow(characters) })
}

/// UTF-16 without the high bytes, which all are zero.
fn narrow(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| char::from(*byte)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_goes_on_in_the_next_record_with_characters_of_another_size() {
        let stream = [
            &[0xFC, 0, 9, 0, 4, 0, 0x09, 1, 0, 0x00, 0x4E, 0x8C, 0x4E][..],
            &[0x3C, 0, 9, 0, 0, b'a', b'b', 1, 0, 2, 0, 1, 0],
            &[0x3C, 0, 2, 0, 0, b'x'],
        ]
        .concat();
        let record = Records::new(&stream, 0).next().unwrap();
        let mut reader = record.reader(0);
        let rich = reader.rich().unwrap();
        assert_eq!(rich.text, "一二ab");
        assert_eq!(rich.fonts, [(1, 2)]);
        assert_eq!(reader.rich().map(|rich| rich.text), Some("x".into()));
    }
}
