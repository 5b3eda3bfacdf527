//! Styles of a Word document: what paragraphs and characters have of them.
//!
//! Source: [MS-DOC] 2.9.271 and after. Invariant: each style is worked out once, from the one that it is based on, and a style that
//! is based on itself, however far round, ends.

use crate::read::office::binary::{slice, u16_at};

use super::properties::{Look, Paragraph};

/// How far a style's ancestors are followed.
const ANCESTORS: usize = 24;
/// Number that means no style.
const NONE: u16 = 0x0FFF;
/// Kinds of styles.
const PARAGRAPH: u16 = 1;
const CHARACTERS: u16 = 2;
/// Numbers of the built-in styles of tables that have no ground of a colour.
const PLAIN_TABLES: [u16; 2] = [105, 154];

#[derive(Default)]
struct Style<'t> {
    /// Number of a style that the program knows.
    built_in: u16,
    kind: u16,
    based_on: u16,
    /// Properties of its paragraphs and characters.
    paragraph: &'t [u8],
    characters: &'t [u8],
}

/// What a paragraph has of its style.
#[derive(Clone, Default)]
pub(super) struct OfParagraph {
    /// Look of its characters.
    pub look: Look,
    /// Properties.
    pub paragraph: Paragraph,
    /// Whether it is a line of a table of contents.
    pub of_contents: bool,
}

/// All styles.
#[derive(Default)]
pub(super) struct Styles<'t> {
    styles: Vec<Style<'t>>,
    paragraphs: Vec<Option<OfParagraph>>,
}

impl<'t> Styles<'t> {
    /// Reads the style sheet.
    pub(super) fn of(sheet: &'t [u8]) -> Self {
        let mut all = Styles {
            styles: read(sheet).unwrap_or_default(),
            paragraphs: Vec::new(),
        };
        all.paragraphs.resize(all.styles.len(), None);
        for number in 0..all.styles.len() {
            all.work_out(number);
        }
        all
    }

    /// Works out a style and those that it is based on.
    fn work_out(&mut self, number: usize) {
        let mut chain = vec![number];
        let mut has = OfParagraph::default();
        while let Some(style) = chain.last().and_then(|number| self.styles.get(*number)) {
            let base = usize::from(style.based_on);
            if let Some(Some(known)) = self.paragraphs.get(base) {
                has = known.clone();
                break;
            }
            if style.based_on == NONE || chain.len() >= ANCESTORS {
                break;
            }
            chain.push(base);
        }
        for number in chain.into_iter().rev() {
            let Some(style) = self.styles.get(number) else { continue };
            let base = has.look;
            has.look.apply(style.characters, &base, None);
            match style.built_in {
                level @ 1..=9 => has.paragraph.outline = Some(level as u8 - 1),
                19..=27 => has.of_contents = true,
                _ => {}
            }
            has.paragraph.apply(style.paragraph);
            self.paragraphs[number] = Some(has.clone());
        }
    }

    /// What a paragraph of a style has.
    pub(super) fn paragraph(&self, number: u16) -> OfParagraph {
        let number = usize::from(number);
        let is_paragraph = self.styles.get(number).is_some_and(|style| style.kind == PARAGRAPH);
        let has = self.paragraphs.get(number).filter(|_| is_paragraph);
        has.cloned().flatten().unwrap_or_default()
    }

    /// Whether a table of a style has no ground but paper: of the two plain built-in styles.
    pub(super) fn is_plain_table(&self, number: u16) -> bool {
        let style = self.styles.get(usize::from(number));
        style.is_none_or(|style| PLAIN_TABLES.contains(&style.built_in))
    }

    /// The properties that a style gives to characters.
    pub(super) fn characters(&self, number: u16) -> &'t [u8] {
        let style = self.styles.get(usize::from(number));
        style
            .filter(|style| style.kind == CHARACTERS)
            .map_or(&[], |style| style.characters)
    }
}

/// The styles by their numbers; `None` where the sheet has no head. Styles behind a damaged one are lost.
fn read(sheet: &[u8]) -> Option<Vec<Style<'_>>> {
    let head = usize::from(u16_at(sheet, 0)?);
    let fixed = usize::from(u16_at(sheet, 4)?);
    let mut at = 2 + head;
    let mut styles = Vec::new();
    while let Some(length) = u16_at(sheet, at).map(usize::from) {
        let Some(bytes) = slice(sheet, at + 2, length) else {
            break;
        };
        styles.push(style(bytes, fixed).unwrap_or(Style {
            based_on: NONE,
            ..Style::default()
        }));
        at += 2 + length + length % 2;
    }
    Some(styles)
}

fn style(bytes: &[u8], fixed: usize) -> Option<Style<'_>> {
    let name = usize::from(u16_at(bytes, fixed)?);
    let kind_and_base = u16_at(bytes, 2)?;
    let mut style = Style {
        built_in: u16_at(bytes, 0)? & 0x0FFF,
        kind: kind_and_base & 0x000F,
        based_on: kind_and_base >> 4,
        ..Style::default()
    };
    // Behind the name and its zero.
    let mut at = fixed + 2 + name * 2 + 2;
    let mut next = || {
        let length = usize::from(u16_at(bytes, at)?);
        let list = slice(bytes, at + 2, length)?;
        at += 2 + length + length % 2;
        Some(list)
    };
    match style.kind {
        PARAGRAPH => {
            // Behind the number of the style itself.
            style.paragraph = next().and_then(|list| list.get(2..)).unwrap_or_default();
            style.characters = next().unwrap_or_default();
        }
        CHARACTERS => style.characters = next().unwrap_or_default(),
        _ => {}
    }
    Some(style)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A style with properties of its paragraphs and characters.
    fn style(built_in: u16, based_on: u16, paragraph: &[u8], characters: &[u8]) -> Vec<u8> {
        let mut out = Vec::new();
        for word in [built_in, based_on << 4 | PARAGRAPH, 2, 0, 0, 1, u16::from(b'x'), 0] {
            out.extend(word.to_le_bytes());
        }
        let with_number: Vec<u8> = [0, 0].iter().chain(paragraph).copied().collect();
        for list in [&with_number[..], characters] {
            out.extend((list.len() as u16).to_le_bytes());
            out.extend(list);
            out.resize(out.len().next_multiple_of(2), 0);
        }
        out
    }

    fn sheet(styles: &[Vec<u8>]) -> Vec<u8> {
        let mut out = vec![4, 0, styles.len() as u8, 0, 10, 0];
        for style in styles {
            out.extend((style.len() as u16).to_le_bytes());
            out.extend(style);
        }
        out
    }

    #[test]
    fn a_style_has_what_those_before_it_have() {
        let sheet = sheet(&[
            style(0, NONE, &[0x0B, 0x46, 3, 0], &[0x35, 0x08, 1]),
            style(2, 0, &[], &[]),
            style(0x0FFE, 1, &[0x0A, 0x26, 1], &[0x35, 0x08, 0x81]),
            style(19, 3, &[], &[]),
        ]);
        let styles = Styles::of(&sheet);
        let last = styles.paragraph(2);
        assert_eq!(last.paragraph.heading(), Some(2));
        assert_eq!((last.paragraph.list, last.paragraph.level), (Some(3), Some(1)));
        assert!(styles.paragraph(1).look.bold && !last.look.bold);
        assert!(styles.paragraph(3).of_contents);
    }
}
