//! Numbers that Word counts: the 一、 of a heading stands in no text, only the list and level of its paragraph.
//!
//! Lists (`w:num`) share the counters of their definition (`w:abstractNum`) unless they say where to begin again. Invariant: a
//! number depends on the paragraphs before it and on nothing else.

use std::collections::{HashMap, HashSet};

use crate::read::container::xml::Element;
use crate::read::office::ordinal;

use super::branch;
use super::styles::{Styles, is_on, number, value};

/// Levels of a list.
const LEVELS: usize = 9;

#[derive(Clone, Default)]
struct Level {
    start: Option<i64>,
    format: String,
    /// Text with `%1` to `%9` for the counters.
    text: String,
    gap: bool,
    /// All counters in Arabic digits.
    legal: bool,
    /// The level, from 1, behind which counting begins again; 0 for never.
    restart: Option<usize>,
    /// Paragraph style that this level belongs to.
    style: Option<String>,
}

#[derive(Clone, Default)]
struct Definition {
    levels: Vec<Level>,
    /// Style whose list holds the levels.
    link: Option<String>,
}

#[derive(Default)]
struct List {
    definition: i64,
    /// Levels that stand for those of the definition.
    levels: HashMap<usize, Level>,
    /// Where counting begins, by level.
    starts: HashMap<usize, i64>,
}

/// All lists of a document and how far they have been counted.
#[derive(Default)]
pub(super) struct Lists {
    definitions: HashMap<i64, Definition>,
    lists: HashMap<i64, List>,
    counters: HashMap<i64, [Option<i64>; LEVELS]>,
    begun: HashSet<(i64, usize)>,
}

impl Lists {
    /// Reads `w:numbering`, or `w:lists` of Word 2003.
    pub(super) fn of(root: Element) -> Lists {
        let mut all = Lists::default();
        for element in root.children() {
            match element.name() {
                "w:abstractNum" | "w:listDef" => all.define(element),
                "w:num" | "w:list" => all.add(element),
                _ => {}
            }
        }
        all
    }

    fn define(&mut self, element: Element) {
        let id = element
            .attribute("w:abstractNumId")
            .or_else(|| element.attribute("w:listDefId"));
        let Some(id) = id.and_then(|id| id.trim().parse().ok()) else {
            return;
        };
        let mut definition = Definition {
            link: element.child("w:numStyleLink").and_then(value).map(str::to_owned),
            ..Definition::default()
        };
        for element in element.children().filter(|child| child.name() == "w:lvl") {
            if let Some(at) = level_number(element) {
                definition
                    .levels
                    .resize(definition.levels.len().max(at + 1), Level::default());
                definition.levels[at] = level(element);
            }
        }
        self.definitions.insert(id, definition);
    }

    fn add(&mut self, element: Element) {
        let id = element.attribute("w:numId").or_else(|| element.attribute("w:ilfo"));
        let definition = number(element.child("w:abstractNumId").or_else(|| element.child("w:ilst")));
        let (Some(id), Some(definition)) = (id.and_then(|id| id.trim().parse().ok()), definition) else {
            return;
        };
        let mut list = List {
            definition,
            ..List::default()
        };
        for change in element.children().filter(|child| child.name() == "w:lvlOverride") {
            let Some(at) = level_number(change) else { continue };
            if let Some(start) = number(change.child("w:startOverride")) {
                list.starts.insert(at, start);
            }
            if let Some(other) = change.child("w:lvl") {
                list.levels.insert(at, level(other));
            }
        }
        self.lists.insert(id, list);
    }

    /// The definition that a list counts by, through the style that it may name.
    fn definition(&self, list: &List, styles: &Styles) -> i64 {
        let link = self.definitions.get(&list.definition).and_then(|it| it.link.as_deref());
        link.and_then(|style| styles.list(style))
            .and_then(|list| self.lists.get(&list))
            .map_or(list.definition, |linked| linked.definition)
    }

    /// The level that belongs to a paragraph style.
    pub(super) fn level_of_style(&self, list: i64, style: &str, styles: &Styles) -> Option<usize> {
        let definition = self.definition(self.lists.get(&list)?, styles);
        let levels = &self.definitions.get(&definition)?.levels;
        levels.iter().position(|level| level.style.as_deref() == Some(style))
    }

    /// Counts a paragraph and gives the number that is printed in front of it.
    pub(super) fn count(&mut self, id: i64, at: usize, styles: &Styles) -> Option<String> {
        let list = self.lists.get(&id)?;
        let definition = self.definition(list, styles);
        let levels = &self.definitions.get(&definition)?.levels;
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

fn level_number(element: Element) -> Option<usize> {
    let at: usize = element.attribute("w:ilvl")?.trim().parse().ok()?;
    (at < LEVELS).then_some(at)
}

fn level(element: Element) -> Level {
    let mut level = Level {
        gap: true,
        ..Level::default()
    };
    for property in element.children().flat_map(branch) {
        match property.name() {
            "w:start" => level.start = number(Some(property)),
            "w:numFmt" => level.format = value(property).unwrap_or_default().into(),
            // Word 2003 has numbers for the formats.
            "w:nfc" => level.format = of_code(number(Some(property)).unwrap_or(0)).into(),
            "w:lvlText" => level.text = value(property).unwrap_or_default().into(),
            "w:suff" => level.gap = !value(property).is_some_and(|gap| gap.eq_ignore_ascii_case("nothing")),
            "w:isLgl" => level.legal = is_on(property),
            "w:lvlRestart" => level.restart = number(Some(property)),
            "w:pStyle" => level.style = value(property).map(str::to_owned),
            _ => {}
        }
    }
    level
}

/// The format of a number code (`nfc`) of the binary format.
fn of_code(code: u32) -> &'static str {
    match code {
        1 => "upperRoman",
        2 => "lowerRoman",
        3 => "upperLetter",
        4 => "lowerLetter",
        10 => "ideographDigital",
        11 => "japaneseCounting",
        14 | 19 => "decimalFullWidth",
        18 => "decimalEnclosedCircle",
        22 => "decimalZero",
        23 => "bullet",
        26 => "decimalEnclosedFullstop",
        27 => "decimalEnclosedParen",
        28 => "decimalEnclosedCircleChinese",
        29 => "ideographEnclosedCircle",
        30 => "ideographTraditional",
        31 => "ideographZodiac",
        33 => "taiwaneseCounting",
        34 => "ideographLegalTraditional",
        37 => "chineseCounting",
        38 => "chineseLegalSimplified",
        39 => "chineseCountingThousand",
        255 => "none",
        _ => "decimal",
    }
}
