//! Definitions of lists and the lists that count by them.
//!
//! Source: [MS-DOC] 2.9.131 to 2.9.150. Invariant: a definition that is cut off loses what stands behind it, and nothing else.

use std::collections::HashMap;

use crate::read::office::binary::{i32_at, size_at, slice, u16_at, wide};
use crate::read::office::numbering::{LEVELS, Level, List, Numbering};
use crate::read::office::ordinal;

/// Size of a definition without its levels, of a list, of a level's fixed part.
const DEFINITION: usize = 28;
const LIST: usize = 16;
const LEVEL: usize = 28;

/// The lists of a document, by their numbers from 1, and the level that a definition has for a style.
pub(super) struct Lists {
    numbering: Numbering,
    styles: HashMap<(i64, u16), usize>,
}

impl Lists {
    /// Reads definitions, whose levels stand behind them in the stream, and lists.
    pub(super) fn of(table: &[u8], definitions: (usize, usize), lists: &[u8]) -> Self {
        let mut all = Lists {
            numbering: Numbering::default(),
            styles: HashMap::new(),
        };
        all.define(table, definitions);
        all.add(lists);
        all
    }

    fn define(&mut self, table: &[u8], (at, length): (usize, usize)) -> Option<()> {
        if length == 0 {
            return None;
        }
        let records = slice(table, at, length)?;
        let mut levels = Levels(table.get(at + length..)?);
        for number in 0..usize::from(u16_at(records, 0)?) {
            let record = slice(records, 2 + number * DEFINITION, DEFINITION)?;
            let id = i64::from(i32_at(record, 0)?);
            for level in 0..LEVELS {
                if let Some(style) = u16_at(record, 8 + level * 2).filter(|style| *style != 0x0FFF) {
                    self.styles.entry((id, style)).or_insert(level);
                }
            }
            let is_simple = record[26] & 1 != 0;
            let held: Option<Vec<Level>> = (0..if is_simple { 1 } else { LEVELS }).map(|_| levels.next()).collect();
            self.numbering.define(id, held?);
        }
        Some(())
    }

    fn add(&mut self, lists: &[u8]) -> Option<()> {
        let count = size_at(lists, 0)?;
        let mut rest = Levels(lists.get(4usize.checked_add(count.checked_mul(LIST)?)?..)?);
        for number in 0..count {
            let record = slice(lists, 4 + number * LIST, LIST)?;
            let mut list = List {
                definition: i64::from(i32_at(record, 0)?),
                ..List::default()
            };
            // Behind a number that is not used.
            rest.skip(4)?;
            for _ in 0..record[12] {
                rest.change(&mut list)?;
            }
            self.numbering.add(number as i64 + 1, list);
        }
        Some(())
    }

    /// Counts a paragraph and gives the number that is printed in front of it.
    pub(super) fn count(&mut self, list: i64, level: Option<usize>, style: u16) -> Option<String> {
        let definition = self.numbering.definition(list)?;
        let level = level.or_else(|| self.styles.get(&(definition, style)).copied());
        self.numbering.count(list, definition, level.unwrap_or(0))
    }
}

/// Levels that follow each other.
struct Levels<'a>(&'a [u8]);

impl Levels<'_> {
    fn skip(&mut self, length: usize) -> Option<()> {
        self.0 = self.0.get(length..)?;
        Some(())
    }

    fn next(&mut self) -> Option<Level> {
        let bytes = self.0;
        let properties = usize::from(*bytes.get(24)?) + usize::from(*bytes.get(25)?);
        let text = LEVEL + properties;
        let length = usize::from(u16_at(bytes, text)?) * 2;
        let level = level(bytes, slice(bytes, text + 2, length)?);
        self.skip(text + 2 + length)?;
        level
    }

    /// A level that a list has otherwise than its definition.
    fn change(&mut self, list: &mut List) -> Option<()> {
        let start = i32_at(self.0, 0)?;
        let flags = u16_at(self.0, 4)?;
        self.skip(8)?;
        let at = usize::from(flags & 0x0F);
        if flags & 0x20 != 0 {
            let level = self.next()?;
            if flags & 0x10 != 0 {
                list.starts.insert(at, level.start.unwrap_or(0));
            }
            list.levels.insert(at, level);
        } else if flags & 0x10 != 0 {
            list.starts.insert(at, i64::from(start));
        }
        Some(())
    }
}

fn level(bytes: &[u8], text: &[u8]) -> Option<Level> {
    let flags = *bytes.get(5)?;
    Some(Level {
        start: i32_at(bytes, 0).map(i64::from),
        format: ordinal::of_code(u32::from(*bytes.get(4)?)).into(),
        text: wide(text).chars().map(counter).collect(),
        gap: *bytes.get(15)? != 2,
        legal: flags & 0x04 != 0,
        restart: (flags & 0x08 != 0).then(|| usize::from(bytes[26])),
        style: None,
    })
}

/// A counter stands as a character of the level's number, from 0.
fn counter(character: char) -> String {
    match u32::from(character) {
        level if level < LEVELS as u32 => format!("%{}", level + 1),
        _ => character.into(),
    }
}
