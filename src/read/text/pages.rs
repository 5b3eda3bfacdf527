//! Page numbers in texts that keep the ends of pages, as programs that take text out of PDF files write them.
//!
//! A number at the foot of a page stands behind the last row of a table as a figure would. Invariant: only what counts the pages is taken
//! away, and every line keeps its number.

use std::borrow::Cow;

/// Ends a page.
const FEED: char = '\u{c}';
/// Pages whose last lines count them, at least.
const LEAST: usize = 2;

/// A text without the numbers that its pages end in.
pub(super) fn without_numbers(text: &str) -> Cow<'_, str> {
    if !text.contains(FEED) {
        return Cow::Borrowed(text);
    }
    let pages: Vec<&str> = text.split(FEED).collect();
    let feet: Vec<Option<(usize, i64)>> = pages.iter().map(|page| foot(page)).collect();
    // By how much a number is ahead of its page: the same for all that count pages.
    let ahead = |page: usize| Some(feet[page]?.1 - page as i64);
    let all: Vec<i64> = (0..pages.len()).filter_map(ahead).collect();
    let alike = |one: &i64| all.iter().filter(|other| *other == one).count();
    let most = all.iter().copied().max_by_key(alike);
    let Some(most) = most.filter(|most| alike(most) >= LEAST && 2 * alike(most) > all.len()) else {
        return Cow::Borrowed(text);
    };
    let cut = |page: usize| match feet[page] {
        Some((at, _)) if ahead(page) == Some(most) => {
            let (before, line) = pages[page].split_at(at);
            [before, &line[line.trim_end().len()..]].concat()
        }
        _ => pages[page].to_owned(),
    };
    let cut: Vec<String> = (0..pages.len()).map(cut).collect();
    Cow::Owned(cut.join(&FEED.to_string()))
}

/// Where the last line of a page begins, if it is a bare number, and the number.
fn foot(page: &str) -> Option<(usize, i64)> {
    let body = page.trim_end();
    let start = body.rfind('\n').map_or(0, |at| at + 1);
    let line = body[start..].trim_start();
    let is_short = (1..=3).contains(&line.len()) && line.bytes().all(|byte| byte.is_ascii_digit());
    let number = line.parse().ok().filter(|_| is_short)?;
    Some((body.len() - line.len(), number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_that_count_the_pages_are_taken_away_and_no_line_is_lost() {
        for (text, expected) in [
            ("a\n3\n1\n\u{c}b\n7\n2\n\u{c}", "a\n3\n\n\u{c}b\n7\n\n\u{c}"),
            ("a\n  4\u{c}b\n5\n\u{c}c\n", "a\n  \u{c}b\n\n\u{c}c\n"),
            // A figure among them stays.
            (
                "a\n1\u{c}b\n2\u{c}c\n6\u{c}d\n4\u{c}",
                "a\n\u{c}b\n\u{c}c\n6\u{c}d\n\u{c}",
            ),
            // One alone, and others than those of pages, may be figures.
            ("a\n1\n\u{c}b\n", "a\n1\n\u{c}b\n"),
            ("a\n1\n\u{c}b\n7\n\u{c}c\n", "a\n1\n\u{c}b\n7\n\u{c}c\n"),
            ("a\n1\nb\n2\n", "a\n1\nb\n2\n"),
        ] {
            assert_eq!(without_numbers(text), expected, "{text:?}");
        }
    }
}
