//! Numbers that office programs count: the 一、 of a heading stands in no text, only the list and level of its paragraph.
//!
//! Lists share the counters of their definition unless they say where to begin again. Invariant: a number depends on the paragraphs
//! before it and on nothing else.

use std::collections::{HashMap, HashSet};

use super::ordinal;

/// Levels of a list.
pub(super) const LEVELS: usize = 9;

/// How a level of a list is numbered.
#[derive(Clone, Default)]
pub(super) struct Level {
    /// First number.
    pub start: Option<i64>,
    /// Name of the format of its numbers, as [`ordinal::write`] knows it.
    pub format: String,
    /// Text with `%1` to `%9` for the counters.
    pub text: String,
    /// Whether something stands between number and text.
    pub gap: bool,
    /// All counters in Arabic digits.
    pub legal: bool,
    /// The level, from 1, behind which counting begins again; 0 for never.
    pub restart: Option<usize>,
    /// Paragraph style that this level belongs to.
    pub style: Option<String>,
}

/// A list, which counts by a definition.
#[derive(Default)]
pub(super) struct List {
    /// The definition.
    pub definition: i64,
    /// Levels that stand for those of the definition.
    pub levels: HashMap<usize, Level>,
    /// Where counting begins, by level.
    pub starts: HashMap<usize, i64>,
}

/// All lists of a document and how far they have been counted.
#[derive(Default)]
pub(super) struct Numbering {
    definitions: HashMap<i64, Vec<Level>>,
    lists: HashMap<i64, List>,
    counters: HashMap<i64, [Option<i64>; LEVELS]>,
    begun: HashSet<(i64, usize)>,
}

impl Numbering {
    /// Takes the levels of a definition.
    pub(super) fn define(&mut self, id: i64, levels: Vec<Level>) {
        self.definitions.insert(id, levels);
    }

    /// Takes a list.
    pub(super) fn add(&mut self, id: i64, list: List) {
        self.lists.insert(id, list);
    }

    /// The definition that a list names.
    pub(super) fn definition(&self, id: i64) -> Option<i64> {
        self.lists.get(&id).map(|list| list.definition)
    }

    /// The levels of a definition.
    pub(super) fn levels(&self, definition: i64) -> Option<&[Level]> {
        self.definitions.get(&definition).map(Vec::as_slice)
    }

    /// Counts a paragraph of a list by the levels of a definition and gives the number that is printed in front of it.
    pub(super) fn count(&mut self, id: i64, definition: i64, at: usize) -> Option<String> {
        let list = self.lists.get(&id)?;
        let levels = self.definitions.get(&definition)?;
        let level = |at: usize| list.levels.get(&at).or_else(|| levels.get(at));
        let this = level(at).filter(|_| at < LEVELS)?;
        let start = |at: usize| {
            let start = list.starts.get(&at).copied();
            start.or_else(|| level(at)?.start).unwrap_or(0)
        };
        let counters = self.counters.entry(definition).or_default();
        let begins = list.starts.contains_key(&at) && self.begun.insert((id, at));
        counters[at] = Some(match counters[at] {
            Some(count) if !begins => count.saturating_add(1),
            _ => start(at),
        });
        for (deeper, counter) in counters.iter_mut().enumerate().skip(at + 1) {
            let restarts = level(deeper)
                .and_then(|level| level.restart)
                .is_none_or(|behind| at < behind);
            if restarts {
                *counter = None;
            }
        }
        let mut printed = String::new();
        let mut text = this.text.chars().peekable();
        while let Some(character) = text.next() {
            let shown = (character == '%')
                .then(|| text.peek().and_then(|digit| digit.to_digit(10)))
                .flatten();
            match shown
                .and_then(|shown| (shown as usize).checked_sub(1))
                .filter(|shown| *shown < LEVELS)
            {
                Some(shown) => {
                    text.next();
                    let format = level(shown).map_or("", |level| level.format.as_str());
                    let format = if this.legal { "decimal" } else { format };
                    printed += &ordinal::write(format, counters[shown].unwrap_or_else(|| start(shown)));
                }
                None => printed.push(character),
            }
        }
        if this.format == "bullet" && !printed.is_empty() {
            printed = "•".into();
        }
        if this.gap && printed.ends_with(|last: char| last.is_alphanumeric() || last == '.' || last == '•') {
            printed.push(' ');
        }
        Some(printed)
    }
}
