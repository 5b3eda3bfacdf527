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
            ("政府信息公开咨询处理情况", None),
            ("总体目标", None),
            ("下一步工作打算", None),
        ] {
            assert_eq!(lenient(heading), key, "{heading}");
        }
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
