//! What lists of properties say of paragraphs and characters.
//!
//! Source: [MS-DOC] 2.6.1, 2.6.2. Invariant: of several properties of one kind the last holds.

use crate::read::office::binary::{i16_at, i32_at, size_at, u16_at};

use crate::read::office::ink::{Ink, is_tiny};

use super::sprm::Sprms;
use super::styles::Styles;

/// Level that means running text, from 0.
const BODY: u8 = 9;
/// How many half points above its line a text stands that is raised.
const RAISED_FROM: i16 = 6;

/// Number of the colour white.
const WHITE: u8 = 8;
/// A pattern that is none.
const NO_PATTERN: u16 = 0xFFFF;

/// What holds for a paragraph.
#[derive(Clone, Debug, Default)]
pub(super) struct Paragraph {
    /// Whether it stands in a table.
    pub in_table: bool,
    /// Whether its mark ends a row of the outermost table.
    pub ends_row: bool,
    /// Nesting of its table, from 1, where it is said.
    pub nesting: Option<i32>,
    /// Whether its mark ends a cell of an inner table.
    pub ends_inner_cell: bool,
    /// Whether its mark ends a row of an inner table.
    pub ends_inner_row: bool,
    /// Outline level, from 0; 9 for running text.
    pub outline: Option<u8>,
    /// List, by its number from 1; 0 for none.
    pub list: Option<i64>,
    /// Level in the list, from 0.
    pub level: Option<usize>,
    /// Place of further properties in the stream `Data`.
    pub elsewhere: Option<usize>,
    /// Whether it has a ground of a colour.
    pub shaded: bool,
}

impl Paragraph {
    /// Takes a list of properties.
    pub(super) fn apply(&mut self, properties: &[u8]) {
        for (code, value) in Sprms(properties) {
            let is_on = value.first().is_some_and(|byte| *byte != 0);
            match code {
                0x2416 => self.in_table = is_on,
                0x2417 => self.ends_row = is_on,
                0x244B => self.ends_inner_cell = is_on,
                0x244C => self.ends_inner_row = is_on,
                0x6649 => self.nesting = i32_at(value, 0),
                0x664A => self.nesting = i32_at(value, 0).map(|more| self.nesting.unwrap_or(0).saturating_add(more)),
                0x2640 => self.outline = value.first().copied(),
                0x260A => self.level = value.first().map(|level| usize::from(*level)),
                0x460B => self.list = i16_at(value, 0).map(list),
                0x442D => self.shaded = is_short_shade(value),
                0xC64D => self.shaded = is_shade(value),
                0x6646 | 0x6645 | 0x646B => self.elsewhere = size_at(value, 0),
                _ => {}
            }
        }
    }

    /// How many tables are open where it stands.
    pub(super) fn depth(&self) -> usize {
        match self.in_table {
            true => usize::try_from(self.nesting.unwrap_or(1)).unwrap_or(1).max(1),
            false => 0,
        }
    }

    /// Level of a heading, from 1.
    pub(super) fn heading(&self) -> Option<u8> {
        self.outline
            .filter(|outline| *outline < BODY)
            .map(|outline| outline + 1)
    }
}

/// The list of a paragraph. Negative numbers are lists whose paragraphs keep indents of their own; two numbers mean none.
fn list(number: i16) -> i64 {
    match number {
        0x07FF | -0x07FF => 0,
        number => i64::from(number).abs(),
    }
}

/// What holds for characters.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Look {
    /// Bold.
    pub bold: bool,
    /// Hidden.
    pub hidden: bool,
    /// Struck out by one line.
    struck: bool,
    /// Struck out by two lines.
    struck_twice: bool,
    /// Deleted by a tracked change.
    pub deleted: bool,
    /// Above the line, as the mark of a footnote is.
    pub raised: bool,
    /// Whether it can be seen.
    pub ink: Ink,
    /// Whether codes below 32 and some signs stand for something else than characters.
    pub special: bool,
    /// Font and code of a symbol.
    pub symbol: Option<(u16, u16)>,
    /// Place of a picture in the stream `Data`.
    pub picture: Option<u32>,
    /// Whether what is at the picture's place is no picture but the data of a field or an object.
    is_data: bool,
}

impl Look {
    /// What the program shows nothing of.
    pub(super) fn is_gone(&self) -> bool {
        self.hidden || self.deleted || self.struck || self.struck_twice
    }

    /// Whether a picture stands here.
    pub(super) fn picture(&self) -> Option<u32> {
        self.picture.filter(|_| !self.is_data)
    }

    /// Takes a list of properties of characters in a paragraph whose style gives this look.
    pub(super) fn apply(&mut self, properties: &[u8], base: &Look, styles: Option<&Styles>) {
        let mut style = *base;
        for (code, value) in Sprms(properties) {
            let byte = value.first().copied().unwrap_or(0);
            match code {
                0x4A30 => {
                    if let (Some(number), Some(styles)) = (u16_at(value, 0), styles) {
                        style.apply(styles.characters(number), base, None);
                        self.take(&style);
                    }
                }
                0x2A33 => self.take(&style),
                0x0800 => self.deleted = byte != 0,
                0x0835 => self.bold = toggled(byte, style.bold),
                0x0837 => self.struck = toggled(byte, style.struck),
                0x083C | 0x0818 => self.hidden = toggled(byte, style.hidden),
                0x2A53 => self.struck_twice = toggled(byte, style.struck_twice),
                0x2A48 => self.raised = byte == 1,
                0x4A43 => self.ink.tiny = u16_at(value, 0).map(|size| is_tiny(f32::from(size))),
                0x2A42 => self.ink.white = Some(byte == WHITE),
                0x6870 => self.ink.white = Some(colour(value) == Some(true)),
                0x2A0C => self.ink.shaded = Some(!matches!(byte, 0 | WHITE)),
                0x4866 => self.ink.shaded = Some(is_short_shade(value)),
                0xCA71 => self.ink.shaded = Some(is_shade(value)),
                0x4845 => self.raised = i16_at(value, 0).is_some_and(|height| height >= RAISED_FROM),
                0x0855 => self.special = byte != 0,
                0x6A09 => self.symbol = u16_at(value, 0).zip(u16_at(value, 2)),
                0x6A03 => self.picture = crate::read::office::binary::u32_at(value, 0),
                0x0806 | 0x080A | 0x0856 => self.is_data |= byte != 0,
                _ => {}
            }
        }
    }

    fn take(&mut self, style: &Look) {
        self.bold = style.bold;
        self.hidden = style.hidden;
        self.struck = style.struck;
        self.struck_twice = style.struck_twice;
        self.raised = style.raised;
        self.ink = style.ink;
    }
}

/// Whether a colour of four bytes is white; `None` for the one that the program chooses.
fn colour(value: &[u8]) -> Option<bool> {
    let parts = value.get(..4)?;
    (parts[3] == 0).then_some(parts[..3] == [255; 3])
}

/// Whether a ground of two colours and a pattern of them is seen as one of a colour.
pub(super) fn is_shade(value: &[u8]) -> bool {
    let is_coloured = |at: usize| value.get(at..).and_then(colour) == Some(false);
    let pattern = u16_at(value, 8).unwrap_or(0);
    is_coloured(4) || !matches!(pattern, 0 | NO_PATTERN)
}

/// The same for a ground of two bytes: two numbers of colours and one of a pattern.
pub(super) fn is_short_shade(value: &[u8]) -> bool {
    let ground = u16_at(value, 0).unwrap_or(0);
    let (back, pattern) = ((ground >> 5 & 0x1F) as u8, ground >> 10);
    ground != u16::MAX && (!matches!(back, 0 | WHITE) || pattern != 0)
}

/// A property that is on, off, as in the style or against it.
fn toggled(value: u8, style: bool) -> bool {
    match value {
        0x80 => style,
        0x81 => !style,
        value => value != 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn toggles_follow_the_style_or_go_against_it() {
        let bold = Look {
            bold: true,
            ..Look::default()
        };
        for (value, expected) in [(0, false), (1, true), (0x80, true), (0x81, false)] {
            let mut look = bold;
            look.apply(&[0x35, 0x08, value], &bold, None);
            assert_eq!(look.bold, expected, "{value:#x}");
        }
    }

    #[test]
    fn a_text_is_raised_by_its_kind_or_by_its_height() {
        for (properties, raised) in [
            (&[0x48, 0x2A, 1][..], true),
            (&[0x48, 0x2A, 2], false),
            (&[0x45, 0x48, 8, 0], true),
            (&[0x45, 0x48, 2, 0], false),
            (&[0x45, 0x48, 0xF8, 0xFF], false),
        ] {
            let mut look = Look::default();
            look.apply(properties, &Look::default(), None);
            assert_eq!(look.raised, raised, "{properties:?}");
        }
    }

    #[test]
    fn a_paragraph_has_the_last_of_its_properties() {
        let mut paragraph = Paragraph::default();
        paragraph.apply(&[
            0x16, 0x24, 1, 0x49, 0x66, 2, 0, 0, 0, 0x0B, 0x46, 0xFE, 0xFF, 0x40, 0x26, 0,
        ]);
        assert_eq!(paragraph.depth(), 2);
        assert_eq!(paragraph.list, Some(2));
        assert_eq!(paragraph.heading(), Some(1));
        paragraph.apply(&[0x0B, 0x46, 0x01, 0xF8, 0x40, 0x26, 9]);
        assert_eq!((paragraph.list, paragraph.heading()), (Some(0), None));
    }
}
