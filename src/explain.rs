//! What every code means: one list of all diagnostics and checks, gathered from the modules that define them.
//!
//! Invariant: a code that can stand in a report is in this list, with an explanation in English and in Chinese.

use crate::diagnostic::{Code, Severity};

/// What a code stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Something noticed while reading.
    Diagnostic(Severity),
    /// A rule that the figures of a report are held against.
    Check,
}

/// A code and what it means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// The code as it stands in the JSON.
    pub code: &'static str,
    /// What it stands for.
    pub kind: Kind,
    /// What it means and what to do, in English.
    pub english: &'static str,
    /// The same in Chinese.
    pub chinese: &'static str,
}

/// The codes of every module.
fn diagnostics() -> impl Iterator<Item = &'static Code> {
    [
        crate::tables::CODES,
        crate::outline::CODES,
        crate::metadata::CODES,
        crate::narrative::CODES,
        crate::body::CODES,
        crate::batch::dataset::CODES,
        crate::batch::no_report::CODES,
    ]
    .into_iter()
    .flatten()
    .chain(crate::read::codes())
}

/// All codes, sorted.
pub fn explanations() -> Vec<Explanation> {
    let mut all: Vec<_> = diagnostics()
        .map(|code| Explanation {
            code: code.code,
            kind: Kind::Diagnostic(code.severity),
            english: code.english,
            chinese: code.chinese,
        })
        .chain(
            crate::check::registry()
                .chain(crate::series::codes())
                .map(|check| Explanation {
                    code: check.code,
                    kind: Kind::Check,
                    english: check.english,
                    chinese: check.chinese,
                }),
        )
        .collect();
    all.sort_by_key(|explanation| explanation.code);
    all
}

/// The explanation of a code.
pub fn explain(code: &str) -> Option<Explanation> {
    explanations().into_iter().find(|explanation| explanation.code == code)
}

/// Codes that look like a mistyped one, best first.
pub fn similar(code: &str) -> Vec<&'static str> {
    let code = code.trim().to_lowercase().replace('-', "_");
    let mut near: Vec<_> = explanations()
        .into_iter()
        .filter_map(|explanation| {
            let known = explanation.code;
            let distance = strsim::damerau_levenshtein(&code, known);
            // A part of a code (`balance`) is as good a hint as a slip of two or three letters.
            if known.contains(&code) && code.len() > 2 {
                Some((0, known))
            } else {
                (distance <= (known.len() / 4).max(2)).then_some((distance, known))
            }
        })
        .collect();
    near.sort();
    near.into_iter().map(|(_, known)| known).take(5).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_is_defined_once_and_explained_in_both_languages() {
        let all = explanations();
        for pair in all.windows(2) {
            assert_ne!(pair[0].code, pair[1].code);
        }
        for Explanation {
            code, english, chinese, ..
        } in all
        {
            assert!(english.is_ascii() || english.len() > 20, "{code}: English");
            assert!(
                chinese.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c)),
                "{code}: Chinese"
            );
            assert!(
                code.chars()
                    .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || "._".contains(c)),
                "{code}"
            );
        }
    }
}
