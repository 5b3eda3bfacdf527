//! Numbers that Word counts: the 一、 of a heading stands in no text, only the list and level of its paragraph.
//!
//! Lists (`w:num`) share the counters of their definition (`w:abstractNum`) unless they say where to begin again. Invariant: a
//! number depends on the paragraphs before it and on nothing else.

use std::collections::HashMap;

use crate::read::container::xml::Element;
use crate::read::office::numbering::{LEVELS, Level, List, Numbering};
use crate::read::office::ordinal;

use super::branch;
use super::styles::{Styles, is_on, number, value};

/// All lists of a document and how far they have been counted.
#[derive(Default)]
pub(super) struct Lists {
    numbering: Numbering,
    /// Style whose list holds the levels, by definition.
    links: HashMap<i64, String>,
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
        if let Some(style) = element.child("w:numStyleLink").and_then(value) {
            self.links.insert(id, style.into());
        }
        let mut levels = Vec::new();
        for element in element.children().filter(|child| child.name() == "w:lvl") {
            if let Some(at) = level_number(element) {
                levels.resize(levels.len().max(at + 1), Level::default());
                levels[at] = level(element);
            }
        }
        self.numbering.define(id, levels);
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
        self.numbering.add(id, list);
    }

    /// The definition that a list counts by, through the style that it may name.
    fn definition(&self, list: i64, styles: &Styles) -> Option<i64> {
        let own = self.numbering.definition(list)?;
        let linked = self.links.get(&own).and_then(|style| styles.list(style));
        Some(linked.and_then(|list| self.numbering.definition(list)).unwrap_or(own))
    }

    /// The level that belongs to a paragraph style.
    pub(super) fn level_of_style(&self, list: i64, style: &str, styles: &Styles) -> Option<usize> {
        let levels = self.numbering.levels(self.definition(list, styles)?)?;
        levels.iter().position(|level| level.style.as_deref() == Some(style))
    }

    /// Counts a paragraph and gives the number that is printed in front of it.
    pub(super) fn count(&mut self, list: i64, at: usize, styles: &Styles) -> Option<String> {
        let definition = self.definition(list, styles)?;
        self.numbering.count(list, definition, at)
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
            "w:nfc" => level.format = ordinal::of_code(number(Some(property)).unwrap_or(0)).into(),
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
