//! Drawings of a Word document: which hold a picture, and which boxes of text.
//!
//! Source: [MS-ODRAW] 2.2, [MS-DOC] 2.9.172. Invariant: records are read no deeper than programs nest them.

use crate::read::office::binary::{size_at, slice, u16_at, u32_at, wide};

/// Deepest nesting of records.
const DEPTH: usize = 16;

/// Kinds of records.
const DRAWING: u16 = 0xF002;
const GROUP: u16 = 0xF003;
const SHAPE: u16 = 0xF004;
const IDENTITY: u16 = 0xF00A;
const OPTIONS: u16 = 0xF00B;

/// Options of a shape: the picture that it shows, and text drawn as a picture.
const PICTURE: u16 = 0x0104;
const WORDS: u16 = 0x00C0;

/// A shape, or a group of them, as anchored in the text.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Drawing {
    /// Numbers of its shapes, that of the group first.
    pub shapes: Vec<u32>,
    /// Whether it shows a picture.
    pub has_picture: bool,
    /// Text that is drawn as a picture (WordArt).
    pub words: Vec<String>,
}

/// All drawings.
pub(super) fn read(content: &[u8]) -> Vec<Drawing> {
    let mut out = Vec::new();
    let Some((_, first, _)) = record(content) else {
        return out;
    };
    // What all drawings share; behind it each drawing, with one byte in front that says whether it is one of the text.
    let mut rest = content.get(8 + first.len()..).unwrap_or_default();
    while let Some((DRAWING, inside, _)) = rest.get(1..).and_then(record) {
        for (_, inside, _) in records(inside).filter(|(kind, ..)| *kind == GROUP) {
            // The first of the group stands for the page.
            out.extend(records(inside).skip(1).map(|(kind, inside, _)| {
                let mut drawing = Drawing::default();
                drawing.add(kind, inside, 0);
                drawing
            }));
        }
        rest = rest.get(9 + inside.len()..).unwrap_or_default();
    }
    out
}

impl Drawing {
    fn add(&mut self, kind: u16, inside: &[u8], depth: usize) {
        match kind {
            GROUP if depth < DEPTH => {
                records(inside).for_each(|(kind, inside, _)| self.add(kind, inside, depth + 1));
            }
            SHAPE => records(inside).for_each(|(kind, inside, count)| match kind {
                IDENTITY => self.shapes.extend(u32_at(inside, 0)),
                OPTIONS => self.options(inside, usize::from(count)),
                _ => {}
            }),
            _ => {}
        }
    }

    /// Options of 6 bytes, and behind them the long values of some in the same order.
    fn options(&mut self, bytes: &[u8], count: usize) {
        let mut long = count * 6;
        for at in 0..count {
            let (Some(option), Some(value)) = (u16_at(bytes, at * 6), size_at(bytes, at * 6 + 2)) else {
                return;
            };
            let is_long = option & 0x8000 != 0;
            match option & 0x3FFF {
                PICTURE => self.has_picture |= value != 0,
                WORDS if is_long => {
                    let words = slice(bytes, long, value).map(wide).unwrap_or_default();
                    self.words.push(words.trim_end_matches('\0').replace('\r', "\n"));
                }
                _ => {}
            }
            if is_long {
                long = long.saturating_add(value);
            }
        }
    }
}

/// Kind, content and number of a record.
fn record(bytes: &[u8]) -> Option<(u16, &[u8], u16)> {
    let inside = slice(bytes, 8, size_at(bytes, 4)?)?;
    Some((u16_at(bytes, 2)?, inside, u16_at(bytes, 0)? >> 4))
}

/// Records that follow each other.
fn records(bytes: &[u8]) -> impl Iterator<Item = (u16, &[u8], u16)> {
    let mut rest = bytes;
    std::iter::from_fn(move || {
        let next = record(rest)?;
        rest = &rest[8 + next.1.len()..];
        Some(next)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made(kind: u16, number: u16, inside: &[u8]) -> Vec<u8> {
        let mut out = (number << 4).to_le_bytes().to_vec();
        out.extend(kind.to_le_bytes());
        out.extend((inside.len() as u32).to_le_bytes());
        out.extend(inside);
        out
    }

    fn shape(number: u32, options: &[u8], count: u16) -> Vec<u8> {
        let identity = made(IDENTITY, 0, &[number.to_le_bytes(), [0; 4]].concat());
        made(SHAPE, 0, &[identity, made(OPTIONS, count, options)].concat())
    }

    #[test]
    fn shapes_say_what_they_hold() {
        let words = [&[0xC0, 0x80, 4, 0, 0, 0][..], &[0x2A, 0x67, 0, 0]].concat();
        let group = made(
            GROUP,
            0,
            &[shape(2, &[], 0), shape(3, &[0x04, 0x41, 1, 0, 0, 0], 1)].concat(),
        );
        let page = made(GROUP, 0, &[shape(1, &[], 0), group, shape(4, &words, 1)].concat());
        let content = [made(0xF000, 0, &[]), vec![0], made(DRAWING, 0, &page)].concat();
        let read = read(&content);
        assert_eq!(read.len(), 2);
        assert_eq!((&read[0].shapes[..], read[0].has_picture), (&[2, 3][..], true));
        assert_eq!(
            (&read[1].shapes[..], &read[1].words[..]),
            (&[4][..], &["未".to_owned()][..])
        );
    }
}
