//! What a public body is, by how its name ends: the words stand in `schema/bodies.toml`.
//!
//! Invariant: the longest ending decides, so that a 人民政府办公室 is an office and no government.

use std::collections::HashMap;
use std::sync::LazyLock;

use serde::Deserialize;

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    kinds: Vec<Kind>,
    zones: Zones,
    central: Central,
    full: HashMap<String, String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Kind {
    key: String,
    endings: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Zones {
    words: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Central {
    names: Vec<String>,
    branches: Vec<String>,
}

static FILE: LazyLock<File> =
    LazyLock::new(|| toml::from_str(include_str!("../../schema/bodies.toml")).unwrap_or_default());

/// The kind of a name and the ending that tells it.
pub(super) fn of(name: &str) -> Option<(&'static str, &'static str)> {
    let all = FILE
        .kinds
        .iter()
        .flat_map(|kind| kind.endings.iter().map(move |ending| (kind, ending)));
    all.filter(|(_, ending)| name.ends_with(ending.as_str()))
        .max_by_key(|(_, ending)| ending.len())
        .map(|(kind, ending)| (kind.key.as_str(), ending.as_str()))
}

/// Where the name of a functional zone ends; none where the words name no zone.
pub(super) fn zone_end(name: &str) -> Option<usize> {
    let ends = FILE
        .zones
        .words
        .iter()
        .filter_map(|word| name.find(word.as_str()).map(|at| at + word.len()));
    ends.max()
}

/// Whether a name is that of a body of the whole country.
pub(super) fn is_central(name: &str) -> bool {
    let plain = name.strip_prefix("中华人民共和国").unwrap_or(name);
    FILE.central
        .names
        .iter()
        .any(|central| central == plain || central == name)
}

/// Whether a text begins with the name of a body of the whole country, and what follows it is no place.
pub(super) fn begins_central(text: &str) -> bool {
    let mut rests = FILE
        .central
        .names
        .iter()
        .filter_map(|name| text.strip_prefix(name.as_str()));
    rests.any(|rest| !super::regions::begin(rest))
}

/// What stands behind the name of a system that has branches in every region, with that name.
pub(super) fn branch(name: &str) -> Option<(&'static str, &str)> {
    let branches = FILE.central.branches.iter().chain(&FILE.central.names);
    let found = branches.filter_map(|system| Some((system.as_str(), name.strip_prefix(system.as_str())?)));
    // 财政部监督评价局 is a part of the ministry; that of a place is a branch.
    let is_part = |system: &str, rest: &str| {
        let has_branches = FILE.central.branches.iter().any(|branch| branch == system);
        !has_branches && !rest.starts_with('驻') && !super::regions::begin(rest)
    };
    found
        .max_by_key(|(system, _)| system.len())
        .filter(|(system, rest)| !rest.is_empty() && !is_part(system, rest))
}

/// A name in its full form: 发改委 is 发展和改革委员会.
pub(super) fn full(name: &str) -> String {
    FILE.full.get(name).cloned().unwrap_or_else(|| name.to_owned())
}

/// Whether a name is a full form that short ones stand for: 发展和改革委员会.
pub(super) fn is_full(name: &str) -> bool {
    FILE.full.values().any(|full| full == name)
}

/// A name whose end is in its full form: 青禾县发改委 is 青禾县发展和改革委员会.
pub(crate) fn ended_in_full(name: &str) -> String {
    let shorts = FILE.full.iter();
    let ending = shorts
        .filter(|(short, _)| name.ends_with(short.as_str()))
        .max_by_key(|(short, _)| short.len());
    match ending {
        Some((short, full)) => format!("{}{full}", &name[..name.len() - short.len()]),
        None => name.to_owned(),
    }
}

/// The keys of all kinds.
pub fn keys() -> impl Iterator<Item = &'static str> {
    FILE.kinds
        .iter()
        .map(|kind| kind.key.as_str())
        .chain(["town", "township"])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_ending_decides() {
        assert!(!FILE.kinds.is_empty(), "schema/bodies.toml is not readable");
        for (name, kind) in [
            ("人民政府", "government"),
            ("人民政府办公室", "general_office"),
            ("发展和改革委员会", "commission"),
            ("高新区管委会", "zone_committee"),
            ("教育局", "bureau"),
            ("街道办事处", "subdistrict"),
            ("人民法院", "court"),
            ("水务集团有限公司", "enterprise"),
        ] {
            assert_eq!(of(name).map(|(kind, _)| kind), Some(kind), "{name}");
        }
        assert_eq!(of("某某"), None);
    }
}
