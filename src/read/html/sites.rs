//! `schema/sites.toml`, compiled to look-ups by id, class and tag.
//!
//! Invariant: one look-up an id or class token, so that the list may grow without slowing the walk.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use serde::Deserialize;

/// What an element is known as. One element may be several.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Marks(u16);

impl Marks {
    pub(super) const CERTAIN: Marks = Marks(1);
    pub(super) const LIKELY: Marks = Marks(2);
    pub(super) const TITLE: Marks = Marks(4);
    pub(super) const FURNITURE: Marks = Marks(8);
    pub(super) const TABLE: Marks = Marks(16);
    pub(super) const ROW: Marks = Marks(32);
    pub(super) const CELL: Marks = Marks(64);

    /// Whether any mark of the other set is among these.
    pub(super) fn has(self, other: Marks) -> bool {
        self.0 & other.0 != 0
    }

    /// Adds the marks of the other set.
    pub(super) fn add(&mut self, other: Marks) {
        self.0 |= other.0;
    }
}

/// The compiled lists.
#[derive(Default)]
pub(super) struct Sites {
    ids: HashMap<String, Marks>,
    classes: HashMap<String, Marks>,
    tags: HashMap<String, Marks>,
    lines: HashSet<String>,
    line_starts: Vec<String>,
    line_parts: Vec<String>,
    names: HashSet<String>,
    words: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    containers: Containers,
    titles: Selectors,
    furniture: Furniture,
    div_tables: DivTables,
    properties: Names,
    evidence: Words,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Containers {
    certain: Vec<String>,
    likely: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Selectors {
    selectors: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Furniture {
    selectors: Vec<String>,
    lines: Vec<String>,
    line_starts: Vec<String>,
    line_parts: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DivTables {
    tables: Vec<String>,
    rows: Vec<String>,
    cells: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Names {
    names: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    words: Vec<String>,
}

/// The lists that the program was built with. A file that does not parse fails the test below, not a user's run.
pub(super) static SITES: LazyLock<Sites> = LazyLock::new(|| {
    toml::from_str(include_str!("../../../schema/sites.toml"))
        .map(Sites::compile)
        .unwrap_or_default()
});

impl Sites {
    fn compile(file: File) -> Sites {
        let mut sites = Sites {
            lines: file.furniture.lines.iter().map(|line| bare(line)).collect(),
            line_starts: file.furniture.line_starts,
            line_parts: file.furniture.line_parts,
            names: file.properties.names.into_iter().collect(),
            words: file.evidence.words,
            ..Sites::default()
        };
        for (selectors, marks) in [
            (file.containers.certain, Marks::CERTAIN),
            (file.containers.likely, Marks::LIKELY),
            (file.titles.selectors, Marks::TITLE),
            (file.furniture.selectors, Marks::FURNITURE),
            (file.div_tables.tables, Marks::TABLE),
            (file.div_tables.rows, Marks::ROW),
            (file.div_tables.cells, Marks::CELL),
        ] {
            for selector in selectors {
                let selector = selector.to_ascii_lowercase();
                let (map, name) = match selector.split_at_checked(1) {
                    Some(("#", id)) => (&mut sites.ids, id),
                    Some((".", class)) => (&mut sites.classes, class),
                    _ => (&mut sites.tags, selector.as_str()),
                };
                map.entry(name.to_string()).or_default().add(marks);
            }
        }
        sites
    }

    /// What a tag name says of an element.
    pub(super) fn tag(&self, name: &str) -> Marks {
        self.tags.get(name).copied().unwrap_or_default()
    }

    /// What an `id` says of an element.
    pub(super) fn id(&self, id: &str) -> Marks {
        look_up(&self.ids, id.trim())
    }

    /// What a `class` attribute says of an element.
    pub(super) fn class(&self, value: &str) -> Marks {
        let mut marks = Marks::default();
        for token in value.split_ascii_whitespace() {
            marks.add(look_up(&self.classes, token));
        }
        marks
    }

    /// Whether a line of text is page furniture. Inside the container of a known content system only the whole line tells.
    pub(super) fn is_furniture_line(&self, text: &str, contained: bool) -> bool {
        if text.chars().nth(80).is_some() {
            return false;
        }
        let starts = || self.line_starts.iter().any(|start| text.starts_with(start.as_str()));
        let holds = || self.line_parts.iter().any(|part| text.contains(part.as_str()));
        (!contained && (starts() || holds())) || self.lines.contains(&bare(text))
    }

    /// Whether this is the name of a metadata field, spaces and colon aside.
    pub(super) fn is_property_name(&self, name: &str) -> bool {
        name.len() <= 64
            && self.names.contains(
                name.trim_end_matches([':', '：'])
                    .replace(char::is_whitespace, "")
                    .as_str(),
            )
    }

    /// How many of the words that report tables have stand in a text, up to two.
    pub(super) fn evidence(&self, text: &str) -> usize {
        self.words
            .iter()
            .filter(|word| text.contains(word.as_str()))
            .take(2)
            .count()
    }
}

/// A line without white space, brackets and bars.
fn bare(line: &str) -> String {
    line.chars()
        .filter(|c| !c.is_whitespace() && !"【】[]［］()（）|｜/·".contains(*c))
        .collect()
}

fn look_up(map: &HashMap<String, Marks>, key: &str) -> Marks {
    // Most ids and classes are lower case already; those need no copy.
    match map.get(key) {
        Some(marks) => *marks,
        None if key.len() <= 64 && key.bytes().any(|b| b.is_ascii_uppercase()) => {
            map.get(&key.to_ascii_lowercase()).copied().unwrap_or_default()
        }
        None => Marks::default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_parse_and_are_found_whatever_the_case() {
        let file: File = toml::from_str(include_str!("../../../schema/sites.toml")).unwrap();
        assert!(file.containers.certain.len() > 50);
        assert!(SITES.class("view TRS_UEDITOR trs_word").has(Marks::CERTAIN));
        assert!(SITES.id("UCAP-CONTENT").has(Marks::CERTAIN));
        assert!(SITES.tag("nav").has(Marks::FURNITURE));
        assert_eq!(SITES.class("unknown"), Marks::default());
    }

    #[test]
    fn a_line_of_furniture_is_known_and_a_sentence_is_not() {
        for line in [
            "【打印本页】 【关闭窗口】",
            "上一篇：关于放假的通知",
            "[ 大 中 小 ]",
            "当前位置：首页 > 政务公开",
        ] {
            assert!(SITES.is_furniture_line(line, false), "{line}");
        }
        assert!(!SITES.is_furniture_line("打印机采购情况：全年采购打印机三台。", false));
        assert!(!SITES.is_furniture_line("主办单位：青禾县司法局", true));
        assert!(SITES.is_property_name("索 引 号："));
    }
}
