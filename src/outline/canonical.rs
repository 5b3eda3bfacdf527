//! Which canonical main section a heading names.
//!
//! The wordings come from `schema/sections.toml`: an exact wording first, then a long wording that the heading ends with
//! (本局主动公开政府信息情况), then a small edit distance. Invariant: a heading that is equally near to two sections names none.

use std::sync::LazyLock;

use crate::forms::{self, SectionSpec};
use crate::text::normalize::fold;

/// Shortest wording that may stand at the end of a longer heading.
const SHORTEST_SUFFIX: usize = 7;
/// Most characters that may stand before such a wording.
const LONGEST_PREFIX: usize = 14;

struct Wording {
    text: String,
    chars: Vec<char>,
    section: &'static SectionSpec,
}

static WORDINGS: LazyLock<Vec<Wording>> = LazyLock::new(|| {
    forms::sections()
        .iter()
        .flat_map(|section| {
            std::iter::once(&section.heading)
                .chain(&section.aliases)
                .map(move |text| (text, section))
        })
        .map(|(text, section)| {
            let text = wording(text);
            Wording {
                chars: text.chars().collect(),
                text,
                section,
            }
        })
        .collect()
});

/// A heading as it is compared: folded, letters and digits only.
pub(super) fn wording(heading: &str) -> String {
    fold(heading).chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Key of the section whose wording the heading is, to the letter.
pub(super) fn exact(heading: &str) -> Option<&'static str> {
    exact_wording(&wording(heading))
}

fn exact_wording(text: &str) -> Option<&'static str> {
    WORDINGS
        .iter()
        .find(|wording| wording.text == text)
        .map(|wording| wording.section.key.as_str())
}

/// Key of the section that the heading names, small slips forgiven.
pub(super) fn lenient(heading: &str) -> Option<&'static str> {
    let text = wording(heading);
    if let Some(key) = exact_wording(&text) {
        return Some(key);
    }
    let chars: Vec<char> = text.chars().collect();
    suffix(&text, chars.len()).or_else(|| nearest(&chars))
}

/// Key of the section that a numbered heading is about: its wording, the first of several sections that it names, or what is nearest.
pub(super) fn section(heading: &str) -> Option<&'static str> {
    let named = || named(heading);
    let first_of_several = || named().first().copied().filter(|_| named().len() > 1);
    exact(heading)
        .or_else(first_of_several)
        .or_else(|| lenient(heading))
        .or_else(|| named().first().copied())
}

/// Whether a text ends as headings do.
pub(super) fn ends_like_heading(text: &str) -> bool {
    ENDS.iter().any(|end| text.ends_with(end))
}

/// How headings end that are told by the words in them.
const ENDS: [&str; 24] = [
    "情况",
    "情形",
    "概述",
    "概况",
    "引言",
    "措施",
    "打算",
    "安排",
    "事项",
    "问题",
    "公开",
    "申请",
    "复议",
    "诉讼",
    "申诉",
    "投诉",
    "举报",
    "经费",
    "人员",
    "减免",
    "培训",
    "工作",
    "附表",
    "统计表",
];
/// Most characters of such a heading.
const LONGEST_NAMED: usize = 45;

static NAMES: LazyLock<Vec<(&'static str, &'static str)>> = LazyLock::new(|| {
    let mut names: Vec<_> = forms::sections()
        .iter()
        .flat_map(|section| section.names.iter().map(|name| (name.as_str(), section.key.as_str())))
        .collect();
    names.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
    names
});

/// Keys of all sections that the words of a numbered heading name, in the order of the heading.
pub(super) fn named(heading: &str) -> Vec<&'static str> {
    let text = wording(heading);
    let mut keys = Vec::new();
    if text.chars().count() > LONGEST_NAMED || !ends_like_heading(&text) {
        return keys;
    }
    let mut rest = text.as_str();
    while let Some(c) = rest.chars().next() {
        // The longest name is the first.
        let found = NAMES.iter().find(|(name, _)| rest.starts_with(name));
        if let Some((_, key)) = found.filter(|(_, key)| !keys.contains(key)) {
            keys.push(key);
        }
        rest = &rest[found.map_or(c.len_utf8(), |(name, _)| name.len())..];
    }
    keys
}

fn suffix(text: &str, length: usize) -> Option<&'static str> {
    WORDINGS
        .iter()
        .filter(|wording| {
            let own = wording.chars.len();
            own >= SHORTEST_SUFFIX && length > own && length <= own + LONGEST_PREFIX && text.ends_with(&wording.text)
        })
        .max_by_key(|wording| wording.chars.len())
        .map(|wording| wording.section.key.as_str())
}

fn nearest(chars: &[char]) -> Option<&'static str> {
    let mut best: Option<(usize, &'static str)> = None;
    let mut tied = false;
    for wording in WORDINGS.iter() {
        let own = wording.chars.len();
        let allowed = match own.min(chars.len()) {
            0..5 => 0,
            5..9 => 1,
            _ => 2,
        };
        if allowed == 0 || own.abs_diff(chars.len()) > allowed {
            continue;
        }
        // Most wordings share few characters with the heading; counting those is cheaper than an edit distance.
        let shared = wording.chars.iter().filter(|c| chars.contains(c)).count();
        if shared + allowed < own {
            continue;
        }
        let distance = strsim::generic_levenshtein(&wording.chars, &chars.to_vec());
        if distance > allowed {
            continue;
        }
        let key = wording.section.key.as_str();
        match best {
            Some((least, _)) if distance > least => {}
            Some((least, other)) if distance == least => tied |= other != key,
            _ => (best, tied) = (Some((distance, key)), false),
        }
    }
    best.filter(|_| !tied).map(|(_, key)| key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_slips_are_forgiven_and_other_headings_are_not_forced() {
        for (heading, key) in [
            ("总体情况", Some("overview")),
            ("主动公开政府信息情況", Some("proactive_disclosure")),
            ("政府信息公开行政复议、 行政诉讼情况", Some("review_litigation")),
            ("收到和处理政府信息公开申情况", Some("applications")),
            ("本局收到和处理政府信息公开申请情况", Some("applications")),
            ("存在的主要问题及改进情况", Some("problems")),
            ("其他需要报告的事项", Some("other_matters")),
            ("政府信息公开咨询处理情况", Some("consultation")),
            ("总体目标", None),
            ("下一步工作打算", None),
        ] {
            assert_eq!(lenient(heading), key, "{heading}");
        }
    }

    #[test]
    fn a_heading_names_every_section_that_it_is_about() {
        for (heading, keys) in [
            ("依申请公开政府信息和不予公开政府信息的情况", &["applications"][..]),
            ("主动公开及依申请公开情况", &["proactive_disclosure", "applications"]),
            ("政府信息公开收费和复议诉讼情况", &["fees", "review_litigation"]),
            ("因政府信息公开申请行政复议、提起行政诉讼的情况", &["review_litigation"]),
            ("咨询和投诉情况", &["consultation", "complaints"]),
            ("政府信息公开的人员、收费及减免情况", &["institution", "fees"]),
            ("存在的主要问题和下步工作打算", &["problems"]),
            ("三级目录中主动公开栏目的更新", &[]),
        ] {
            assert_eq!(named(heading), keys, "{heading}");
        }
    }

    #[test]
    fn the_first_of_several_sections_is_the_one_of_a_heading() {
        for (heading, key) in [
            ("主动公开及依申请公开情况", Some("proactive_disclosure")),
            ("收到和处理政府信息公开申情况", Some("applications")),
            ("依申请信息公开收费情况", Some("fees")),
            ("总体目标", None),
        ] {
            assert_eq!(section(heading), key, "{heading}");
        }
        assert_eq!(named("依申请信息公开收费情况"), ["fees"]);
    }

    #[test]
    fn no_wording_belongs_to_two_sections() {
        for (index, a) in WORDINGS.iter().enumerate() {
            for b in &WORDINGS[index + 1..] {
                assert_ne!(a.text, b.text, "{} and {}", a.section.key, b.section.key);
            }
        }
    }
}
