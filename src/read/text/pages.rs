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
    let ahead = |page: usize, number: i64| number - page as i64;
    let mut offsets = feet
        .iter()
        .enumerate()
        .filter_map(|(page, foot)| Some(ahead(page, (*foot)?.1)));
    let first = offsets.next();
    let alike = offsets.clone().count() + 1;
    if alike < LEAST || offsets.any(|offset| Some(offset) != first) {
        return Cow::Borrowed(text);
    }
    let cut = pages.iter().zip(feet).map(|(page, foot)| match foot {
        Some((at, _)) => {
            let line = page[at..].trim_end();
            [&page[..at], &page[at + line.len()..]].concat()
        }
        None => (*page).to_owned(),
    });
    let cut: Vec<String> = cut.collect();
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
            // One alone, and others than those of pages, may be figures.
            ("a\n1\n\u{c}b\n", "a\n1\n\u{c}b\n"),
            ("a\n1\n\u{c}b\n7\n\u{c}c\n3\n", "a\n1\n\u{c}b\n7\n\u{c}c\n3\n"),
            ("a\n1\nb\n2\n", "a\n1\nb\n2\n"),
        ] {
            assert_eq!(without_numbers(text), expected, "{text:?}");
        }
    }
}
