//! Differences that change what a label means, and so are never a typing slip.
//!
//! 不属于行政执法案卷 is not 属于行政执法案卷, and 上年新收 is not 本年新收, though one character alone differs. The words are data:
//! `schema/opposites.toml`. Invariant: a text that adds
//! such a word to a wording, or that has more or fewer negations, is never a slip of it.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::text::label::Label;
use crate::text::numeral::Unit;

/// Words that turn a label into another one.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Opposites {
    /// Negations: with one too many or too few, a label means its opposite.
    negations: Vec<String>,
    /// Words that make another label where they are added. One of them may have lost a character in print.
    words: Vec<String>,
    /// In a bracket behind a label: 规章（上年）.
    remarks: Vec<String>,
    /// Of another time than the year of the report.
    times: Vec<String>,
    /// Before or behind a wording: of all together.
    wholes: Vec<String>,
    /// Words that add nothing to a label.
    neutral: Vec<String>,
}

/// So many characters in a row are a word; one may be a slip.
const WORD: usize = 2;
/// A remark in brackets of more characters explains.
const LONGEST_REMARK: usize = 6;

#[allow(clippy::panic)]
static OPPOSITES: LazyLock<Opposites> = LazyLock::new(|| {
    // Impossible in a released program: a test reads the file.
    toml::from_str(include_str!("../../schema/opposites.toml")).unwrap_or_else(|error| panic!("embedded data: {error}"))
});

/// Whether a printed text differs from a wording in a word that changes the meaning. Both are folded.
pub(super) fn differs(printed: &str, wording: &str) -> bool {
    let counts = |word: &String| {
        (
            printed.matches(word.as_str()).count(),
            wording.matches(word.as_str()).count(),
        )
    };
    let adds = |(printed, wording)| printed > wording;
    let turns = |(printed, wording)| printed != wording;
    OPPOSITES.words.iter().map(counts).any(adds) || OPPOSITES.negations.iter().map(counts).any(turns)
}

/// Whether what stands in a label's brackets only explains it: not so （上年）, （其中）, （减）.
pub(super) fn adds_nothing(label: &Label) -> bool {
    label.bare.len() == label.full.len()
        || !label.bare.is_empty()
            && !OPPOSITES.remarks.iter().any(|word| {
                let count = |text: &str| text.matches(word.as_str()).count();
                count(&label.full) > count(&label.bare)
            })
            && !has_remark(label)
}

/// Whether a label has a short remark in brackets that is another thing: （征求意见稿）, （乡镇）.
fn has_remark(label: &Label) -> bool {
    // What is in no bracket stands before and behind the remark.
    let before = label
        .full
        .chars()
        .zip(label.bare.chars())
        .take_while(|(a, b)| a == b)
        .count();
    let length = label.full.chars().count() - label.bare.chars().count();
    let remark = han(label.full.chars().skip(before).take(length));
    Unit::in_header(&label.full).is_none()
        && (WORD..=LONGEST_REMARK).contains(&remark.len())
        && !is_neutral(&remark)
        && !explains(&remark)
}

/// Whether a remark says what is counted with the rest.
fn explains(remark: &[char]) -> bool {
    matches!(remark, ['含' | '见' | '注' | '附', ..])
}

/// Whether a text has words of its own that a wording has not, so that it is no slip of it: 行政许可变更, 党委规范性文件.
pub(super) fn adds_words(printed: &str, wording: &str) -> bool {
    let (printed, wording): (Vec<char>, Vec<char>) = (printed.chars().collect(), wording.chars().collect());
    added(&printed, &wording)
        .split(|c| *c == BREAK)
        .any(|own| own.len() >= WORD && !is_neutral(own))
}

/// They number rows.
const NUMERALS: &str = "一二三四五六七八九十";

/// Stands for characters that two texts share.
const BREAK: char = '\0';

/// The Chinese characters of a text that another has not, with a break for those that they share, in order.
fn added(one: &[char], other: &[char]) -> Vec<char> {
    let width = other.len() + 1;
    let mut longest = vec![0u16; (one.len() + 1) * width];
    for (i, a) in one.iter().enumerate().rev() {
        for (j, b) in other.iter().enumerate().rev() {
            longest[i * width + j] = match a == b {
                true => longest[(i + 1) * width + j + 1] + 1,
                false => longest[(i + 1) * width + j].max(longest[i * width + j + 1]),
            };
        }
    }
    let (mut i, mut j, mut out) = (0, 0, Vec::new());
    while i < one.len() {
        let rest = longest[i * width + j];
        if j < other.len() && one[i] == other[j] {
            out.push(BREAK);
            (i, j) = (i + 1, j + 1);
        } else if j < other.len() && rest == longest[i * width + j + 1] {
            j += 1;
        } else {
            out.extend(Some(one[i]).filter(|c| is_han(*c) && !NUMERALS.contains(*c)));
            i += 1;
        }
    }
    out
}

/// Whether words add nothing to a label.
pub(super) fn is_without_meaning(words: &str) -> bool {
    is_neutral(&han(words.chars()))
}

fn han(text: impl Iterator<Item = char>) -> Vec<char> {
    text.filter(|c| is_han(*c)).collect()
}

fn is_han(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c)
}

/// Whether characters are a row of words that add nothing.
fn is_neutral(text: &[char]) -> bool {
    let mut ends = vec![false; text.len() + 1];
    ends[0] = true;
    for at in 0..text.len() {
        if !ends[at] {
            continue;
        }
        for word in &OPPOSITES.neutral {
            let length = word.chars().count();
            if text
                .get(at..at + length)
                .is_some_and(|here| here.iter().copied().eq(word.chars()))
            {
                ends[at + length] = true;
            }
        }
    }
    ends[text.len()]
}

/// Whether a text is of another time than the year of the report.
pub(super) fn is_of_other_time(text: &str) -> bool {
    OPPOSITES.times.iter().any(|word| text.contains(word.as_str()))
}

/// What a label says is of all together: 规章 for 规章（合计） and for 合计-规章.
pub(super) fn of_whole(label: &Label) -> impl Iterator<Item = &str> {
    let stripped = |whole: &String| {
        let full = label.full.as_str();
        [full.strip_prefix(whole.as_str()), full.strip_suffix(whole.as_str())]
    };
    OPPOSITES.wholes.iter().flat_map(stripped).flatten()
}
