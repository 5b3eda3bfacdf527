//! Differences that change what a label means, and so are never a typing slip.
//!
//! 不属于行政执法案卷 is not 属于行政执法案卷, and 上年新收 is not 本年新收, though one character alone differs. The words are data:
//! `schema/opposites.toml`. Invariant: of two texts of which one has such a word more often than the other, neither is a slip of the other.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::text::label::Label;

/// Words that turn a label into another one.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Opposites {
    /// Anywhere in a label.
    words: Vec<String>,
    /// In a bracket behind a label: 规章（上年）.
    remarks: Vec<String>,
}

#[allow(clippy::panic)]
static OPPOSITES: LazyLock<Opposites> = LazyLock::new(|| {
    // Impossible in a released program: a test reads the file.
    toml::from_str(include_str!("../../schema/opposites.toml")).unwrap_or_else(|error| panic!("embedded data: {error}"))
});

/// Whether two folded wordings differ in a word that changes the meaning.
pub(super) fn differs(a: &str, b: &str) -> bool {
    let count = |text: &str, word: &str| text.matches(word).count();
    let words = OPPOSITES.words.iter();
    words.map(String::as_str).any(|word| count(a, word) != count(b, word))
}

/// Whether what stands in a label's brackets only explains it: not so （上年）, （其中）, （减）.
pub(super) fn adds_nothing(label: &Label) -> bool {
    label.bare.len() == label.full.len()
        || !label.bare.is_empty() && !OPPOSITES.remarks.iter().any(|word| {
            let count = |text: &str| text.matches(word.as_str()).count();
            count(&label.full) > count(&label.bare)
        })
}
