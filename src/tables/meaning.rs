//! Differences that change what a label means, and so are never a typing slip.
//!
//! 不属于行政执法案卷 is not 属于行政执法案卷, and 上年新收 is not 本年新收, though one character alone differs. The words are data:
//! `schema/opposites.toml`. Invariant: a text that adds
//! such a word to a wording, or that has more or fewer negations, is never a slip of it.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::text::label::Label;

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
}

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
