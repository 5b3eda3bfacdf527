//! Numbers that an OpenDocument program counts: the 一、 of a heading stands in no text, only in the style of its list.
//!
//! Invariant: a number depends on the paragraphs before it and on nothing else.

use std::collections::HashMap;

use crate::read::container::xml::Element;
use crate::read::office::ordinal;

/// Levels of a list.
const LEVELS: usize = 10;

#[derive(Clone, Default)]
struct Level {
    format: &'static str,
    prefix: String,
    suffix: String,
    /// Text with `%1%` for the counters, of newer programs.
    pattern: Option<String>,
    /// How many levels the number shows.
    shown: usize,
    start: i64,
    /// Whether a gap follows the number.
    gap: bool,
}

type Counters = [Option<i64>; LEVELS];

/// All list styles, and how far lists have been counted.
#[derive(Default)]
pub(super) struct Lists {
    styles: HashMap<String, Vec<Option<Level>>>,
    counters: Vec<Counters>,
    of_style: HashMap<String, usize>,
    of_name: HashMap<String, usize>,
}

/// The list that a paragraph stands in.
#[derive(Clone, Debug, Default)]
pub(super) struct Place {
    /// Its style, where it names one.
    style: Option<String>,
    /// Level, from 0.
    level: usize,
    /// Which counters it counts with.
    counters: Option<usize>,
}

impl Place {
    /// The place of a heading that stands in no list, in the numbering of chapters; level from 1.
    pub(super) fn of_heading(level: u8) -> Place {
        Place {
            style: Some(OUTLINE.into()),
            level: usize::from(level.saturating_sub(1)),
            counters: None,
        }
    }
}

/// Style name that the numbers of headings are kept under; no list can have it.
const OUTLINE: &str = "\0outline";

impl Lists {
    /// Reads the list styles of the parts that have some.
    pub(super) fn of(roots: &[Element]) -> Lists {
        let mut all = Lists::default();
        for holder in roots.iter().flat_map(|root| root.children()) {
            for style in holder.children() {
                let name = match style.name() {
                    "text:list-style" => style.attribute("style:name"),
                    "text:outline-style" => Some(OUTLINE),
                    _ => continue,
                };
                if let Some(name) = name {
                    all.styles.insert(name.into(), levels(style));
                }
            }
        }
        all
    }

    /// Goes into a list: the outermost of a new list, or one in an item of another.
    pub(super) fn enter(&mut self, list: Element, outer: Option<&Place>) -> Place {
        let style = list.attribute("text:style-name").map(str::to_owned);
        if let Some(outer) = outer {
            return Place {
                style: style.or_else(|| outer.style.clone()),
                level: outer.level + 1,
                counters: outer.counters,
            };
        }
        let continued = list
            .attribute("text:continue-list")
            .and_then(|name| self.of_name.get(name).copied());
        let goes_on = list.attribute("text:continue-numbering") == Some("true");
        let of_style = style
            .as_ref()
            .filter(|_| goes_on)
            .and_then(|style| self.of_style.get(style).copied());
        let counters = continued.or(of_style).unwrap_or_else(|| {
            self.counters.push([None; LEVELS]);
            self.counters.len() - 1
        });
        if let Some(style) = &style {
            self.of_style.insert(style.clone(), counters);
        }
        if let Some(name) = list.attribute("xml:id").or_else(|| list.attribute("text:id")) {
            self.of_name.insert(name.into(), counters);
        }
        Place {
            style,
            level: 0,
            counters: Some(counters),
        }
    }

    /// Counts a paragraph and gives the number that is printed in front of it. `start` is where the item says that counting begins.
    pub(super) fn count(&mut self, place: &Place, style: Option<&str>, start: Option<i64>) -> Option<String> {
        let style = place.style.as_deref().or(style)?;
        let levels = self.styles.get(style)?;
        let at = place.level.min(LEVELS - 1);
        let this = levels.get(at)?.as_ref()?;
        let place = match place.counters {
            Some(place) => place,
            None => *self.of_style.entry(style.to_owned()).or_insert_with(|| {
                self.counters.push([None; LEVELS]);
                self.counters.len() - 1
            }),
        };
        let counters = self.counters.get_mut(place)?;
        let next = counters[at].map_or(this.start, |count| count.saturating_add(1));
        counters[at] = Some(start.unwrap_or(next));
        counters[at + 1..].fill(None);
        let number = |at: usize| {
            let level = levels.get(at).and_then(Option::as_ref);
            let count = counters[at].or(level.map(|level| level.start)).unwrap_or(1);
            level.map_or_else(String::new, |level| ordinal::write(level.format, count))
        };
        let mut printed = match &this.pattern {
            Some(pattern) => filled(pattern, &number),
            None if this.format == "bullet" => this.prefix.clone(),
            None => {
                let shown: Vec<String> = (at + 1 - this.shown.clamp(1, at + 1)..=at).map(number).collect();
                let shown: Vec<String> = shown.into_iter().filter(|number| !number.is_empty()).collect();
                let empty = shown.is_empty();
                let text = format!("{}{}{}", this.prefix, shown.join("."), this.suffix);
                if empty { String::new() } else { text }
            }
        };
        if this.gap && printed.ends_with(|last: char| last.is_alphanumeric() || last == '.' || last == '•') {
            printed.push(' ');
        }
        Some(printed)
    }
}

/// A pattern such as `（%2%）` with the counters filled in.
fn filled(pattern: &str, number: &dyn Fn(usize) -> String) -> String {
    let mut out = String::new();
    for (at, piece) in pattern.split('%').enumerate() {
        match piece.parse::<usize>() {
            Ok(level) if at % 2 == 1 && (1..=LEVELS).contains(&level) => out += &number(level - 1),
            _ => out += piece,
        }
    }
    out
}

fn levels(style: Element) -> Vec<Option<Level>> {
    let mut levels = vec![None; LEVELS];
    for element in style.children() {
        let at: Option<usize> = element
            .attribute("text:level")
            .and_then(|level| level.trim().parse().ok());
        let Some(slot) = at.and_then(|at| at.checked_sub(1)).and_then(|at| levels.get_mut(at)) else {
            continue;
        };
        let of = |name: &str| element.attribute(name).unwrap_or_default().to_owned();
        let follows = element.child("style:list-level-properties").and_then(|properties| {
            let alignment = properties.child("style:list-level-label-alignment")?;
            alignment.attribute("text:label-followed-by")
        });
        let is_bullet = element.name() == "text:list-level-style-bullet";
        let is_number = matches!(
            element.name(),
            "text:list-level-style-number" | "text:outline-level-style"
        );
        if !is_bullet && !is_number {
            continue;
        }
        *slot = Some(Level {
            format: if is_bullet {
                "bullet"
            } else {
                format(element.attribute("style:num-format").unwrap_or_default())
            },
            prefix: if is_bullet {
                "•".into()
            } else {
                of("style:num-prefix")
            },
            suffix: of("style:num-suffix"),
            pattern: element
                .attribute("loext:num-list-format")
                .filter(|_| is_number && !of("style:num-format").is_empty())
                .map(str::to_owned),
            shown: element
                .attribute("text:display-levels")
                .and_then(|n| n.parse().ok())
                .unwrap_or(1),
            start: element
                .attribute("text:start-value")
                .and_then(|n| n.parse().ok())
                .unwrap_or(1),
            gap: follows != Some("nothing"),
        });
    }
    levels
}

/// The format that an example such as `一, 二, 三, ...` shows.
fn format(example: &str) -> &'static str {
    let mut characters = example.chars();
    match (characters.next(), characters.next()) {
        (None, _) => "none",
        (Some('一'), _) => "chineseCounting",
        (Some('壹'), _) => {
            if example.contains('貳') {
                "ideographLegalTraditional"
            } else {
                "chineseLegalSimplified"
            }
        }
        (Some('甲'), _) => "ideographTraditional",
        (Some('子'), _) => "ideographZodiac",
        (Some('①'), _) => "decimalEnclosedCircle",
        (Some('１'), _) => "decimalFullWidth",
        (Some('0'), Some('1')) => "decimalZero",
        (Some('I'), _) => "upperRoman",
        (Some('i'), _) => "lowerRoman",
        (Some('A'), _) => "upperLetter",
        (Some('a'), _) => "lowerLetter",
        _ => "decimal",
    }
}
