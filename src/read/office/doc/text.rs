//! The characters of a Word document: pieces of the main stream, put together in their order.
//!
//! A file that was saved fast has its text in pieces that stand anywhere; pieces of Latin letters have one byte a character. Source:
//! [MS-DOC] 2.8.35, 2.9.38. Invariant: together the pieces have no more characters than the stream has bytes.

use encoding_rs::{GBK, WINDOWS_1252};

use crate::error::Error;
use crate::read::container::damaged;
use crate::read::office::binary::{size_at, slice, u16_at, u32_at};

/// A piece of the text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Piece {
    /// First character in the text.
    pub first: usize,
    /// First character behind the piece.
    pub end: usize,
    /// Place of the first character in the main stream.
    place: usize,
    /// Bytes of a character.
    width: usize,
    /// Properties that hold for all of it.
    pub properties: u16,
}

impl Piece {
    /// Place of a character in the main stream.
    pub(super) fn place(&self, at: usize) -> usize {
        self.place + (at - self.first) * self.width
    }

    /// The character at a place of the stream, or the first behind it.
    pub(super) fn at(&self, place: usize) -> usize {
        let behind = place.saturating_sub(self.place).div_ceil(self.width);
        self.first.saturating_add(behind)
    }
}

/// All characters with the pieces that they stand in.
pub(super) struct Characters<'t> {
    units: Vec<u16>,
    pieces: Vec<Piece>,
    /// Properties that pieces name by number.
    shared: Vec<&'t [u8]>,
}

impl<'t> Characters<'t> {
    /// Reads the piece table.
    ///
    /// # Errors
    /// Where it is damaged, or a piece reaches beyond the end of the main stream.
    pub(super) fn read(main: &[u8], table: &'t [u8], is_chinese: bool) -> Result<Self, Error> {
        let (shared, pieces) = split(table).ok_or_else(|| damaged("piece table", "it is cut off"))?;
        let mut all = Characters {
            units: Vec::new(),
            pieces: Vec::new(),
            shared,
        };
        // An array of n + 1 places and n pieces of 8 bytes.
        let count = pieces.len().saturating_sub(4) / 12;
        for index in 0..count {
            all.piece(main, pieces, index, count, is_chinese)?;
        }
        Ok(all)
    }

    fn piece(&mut self, main: &[u8], pieces: &[u8], index: usize, count: usize, is_chinese: bool) -> Result<(), Error> {
        let wrong = |what: &str| damaged("piece table", format_args!("piece {}: {what}", index + 1));
        let cut = || wrong("it is cut off");
        let first = size_at(pieces, index * 4).ok_or_else(cut)?;
        let end = size_at(pieces, index * 4 + 4).ok_or_else(cut)?;
        let record = (count + 1) * 4 + index * 8;
        let place = u32_at(pieces, record + 2).ok_or_else(cut)?;
        let properties = u16_at(pieces, record + 6).ok_or_else(cut)?;
        let length = end
            .checked_sub(first)
            .ok_or_else(|| wrong("it ends before it begins"))?;
        if first != self.units.len() {
            return Err(wrong("it does not follow the one before"));
        }
        if self.units.len() + length > main.len() {
            return Err(wrong("there are more characters than bytes"));
        }
        let is_narrow = place & 0x4000_0000 != 0;
        let place = (place & 0x3FFF_FFFF) as usize;
        let (place, width) = if is_narrow { (place / 2, 1) } else { (place, 2) };
        let bytes = slice(main, place, length * width).ok_or_else(|| wrong("it reaches beyond the end of the text"))?;
        match width {
            1 => self.narrow(bytes, is_chinese),
            _ => self
                .units
                .extend(bytes.as_chunks::<2>().0.iter().map(|unit| u16::from_le_bytes(*unit))),
        }
        self.pieces.push(Piece {
            first,
            end,
            place,
            width,
            properties,
        });
        Ok(())
    }

    /// Characters of one byte: Latin by the format, but programs of Chinese Windows have written their own bytes there. Every byte
    /// stays one unit, so that places count on; the second byte of a Chinese character is left as zero, which shows nothing.
    fn narrow(&mut self, bytes: &[u8], is_chinese: bool) {
        if is_chinese && is_gbk(bytes) {
            let mut at = 0;
            while let Some(byte) = bytes.get(at) {
                let length = if byte.is_ascii() { 1 } else { 2 };
                let (text, _) = GBK.decode_without_bom_handling(&bytes[at..bytes.len().min(at + length)]);
                self.units.push(text.encode_utf16().next().unwrap_or(0));
                self.units.extend(std::iter::repeat_n(0, length - 1));
                at += length;
            }
        } else {
            let (text, _) = WINDOWS_1252.decode_without_bom_handling(bytes);
            self.units.extend(text.encode_utf16());
        }
    }

    /// Number of characters.
    pub(super) fn len(&self) -> usize {
        self.units.len()
    }

    /// Characters from one to before another.
    pub(super) fn units(&self, first: usize, end: usize) -> &[u16] {
        let end = end.min(self.units.len());
        self.units.get(first..end).unwrap_or_default()
    }

    /// The piece that a character stands in.
    pub(super) fn piece_of(&self, at: usize) -> Option<&Piece> {
        let index = self.pieces.partition_point(|piece| piece.end <= at);
        self.pieces.get(index)
    }

    /// Properties that a piece names by number.
    pub(super) fn shared(&self, number: usize) -> &'t [u8] {
        self.shared.get(number).copied().unwrap_or_default()
    }
}

/// Whether bytes beyond ASCII are Chinese in GB 2312: all of them in pairs, and not one pair of the same byte only, which two Latin
/// signs are (`××`).
fn is_gbk(bytes: &[u8]) -> bool {
    let mut pairs = 0;
    let mut rest = bytes;
    while let Some(at) = rest.iter().position(|byte| !byte.is_ascii()) {
        let [lead, trail] = match rest.get(at..at + 2) {
            Some(&[lead, trail]) => [lead, trail],
            _ => return false,
        };
        let is_lead = matches!(lead, 0xA1..=0xA9 | 0xB0..=0xF7);
        if !is_lead || trail < 0xA1 || trail == 0xFF {
            return false;
        }
        pairs += usize::from(lead != trail);
        rest = &rest[at + 2..];
    }
    pairs > 0
}

/// Shared properties, and the array of pieces behind them.
fn split(table: &[u8]) -> Option<(Vec<&[u8]>, &[u8])> {
    let mut shared = Vec::new();
    let mut at = 0;
    while *table.get(at)? == 1 {
        let length = usize::from(u16_at(table, at + 1)?);
        shared.push(slice(table, at + 3, length)?);
        at += 3 + length;
    }
    if *table.get(at)? != 2 {
        return None;
    }
    let length = size_at(table, at + 1)?;
    Some((shared, slice(table, at + 5, length)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(pieces: &[(u32, u32)]) -> Vec<u8> {
        let mut places = vec![0u32];
        let mut records = Vec::new();
        for (length, place) in pieces {
            places.push(places.last().unwrap() + length);
            records.extend([0, 0]);
            records.extend(place.to_le_bytes());
            records.extend([0, 0]);
        }
        let mut array: Vec<u8> = places.iter().flat_map(|place| place.to_le_bytes()).collect();
        array.extend(records);
        let mut out = vec![2];
        out.extend((array.len() as u32).to_le_bytes());
        out.extend(array);
        out
    }

    fn text(main: &[u8], pieces: &[(u32, u32)], is_chinese: bool) -> Result<String, Error> {
        let table = table(pieces);
        let read = Characters::read(main, &table, is_chinese)?;
        Ok(String::from_utf16_lossy(read.units(0, read.len())).replace('\0', ""))
    }

    #[test]
    fn pieces_are_put_together_in_their_order() {
        let main = b"b\xd74\x00\x4e\x8c\x4e";
        let narrow = |place: u32| 0x4000_0000 | (place * 2);
        let main_bytes: Vec<u8> = main[..3].iter().copied().chain([0x00, 0x4e, 0x8c, 0x4e]).collect();
        let read = text(&main_bytes, &[(2, 3), (3, narrow(0))], false);
        assert_eq!(read.as_deref(), Ok("一二b×4"));
    }

    #[test]
    fn bytes_are_chinese_only_where_all_of_them_are() {
        let narrow = |place: u32| 0x4000_0000 | (place * 2);
        let (gbk, _, _) = GBK.encode("共3件");
        assert_eq!(text(&gbk, &[(5, narrow(0))], true).as_deref(), Ok("共3件"));
        assert_eq!(text(b"\x93a\x94", &[(3, narrow(0))], true).as_deref(), Ok("“a”"));
        assert_eq!(text(b"\xd7\xd7", &[(2, narrow(0))], true).as_deref(), Ok("××"));
    }

    #[test]
    fn properties_without_end_reach_beyond_every_piece() {
        let main = b"abcdef";
        let table = table(&[(4, 0x4000_0000 | (2 * 2)), (2, 0x4000_0000)]);
        let read = Characters::read(main, &table, false).unwrap();
        let last = read.piece_of(5).unwrap();
        assert_eq!((last.place(5), last.at(1), last.at(usize::MAX)), (1, 5, usize::MAX));
    }

    #[test]
    fn a_piece_that_is_not_in_the_file_is_an_error() {
        for pieces in [&[(3u32, 0u32)][..], &[(1, 9)], &[(4, 0x4000_0000), (4, 0x4000_0000)]] {
            let error = text(b"abcd", pieces, false).unwrap_err().to_string();
            assert!(error.contains("piece table"), "{error}");
        }
    }
}
