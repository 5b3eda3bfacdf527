//! Words of a list, found where a text has them.

use std::ops::Range;

/// A list of words. It is made faster than an automaton and takes less memory, which counts where a process reads one document.
pub(crate) struct WordList {
    /// In the order of their bytes, each with its place in the list.
    sorted: Vec<(String, usize)>,
    /// The characters that words begin with, in order, each with the part of `sorted` that begins with it: most places of a text are
    /// passed by at the cost of a search for a character.
    firsts: Vec<(char, Range<usize>)>,
}

impl WordList {
    pub fn new(words: impl IntoIterator<Item = String>) -> Self {
        let mut sorted: Vec<(String, usize)> = words.into_iter().zip(0..).collect();
        sorted.sort_unstable();
        sorted.dedup_by(|next, first| next.0 == first.0);
        let mut firsts: Vec<(char, Range<usize>)> = Vec::new();
        for (at, (word, _)) in sorted.iter().enumerate() {
            let Some(first) = word.chars().next() else { continue };
            match firsts.last_mut() {
                Some((last, range)) if *last == first => range.end = at + 1,
                _ => firsts.push((first, at..at + 1)),
            }
        }
        WordList { sorted, firsts }
    }

    /// The words that a text begins with, the shortest first: their places in the list and their lengths in bytes.
    pub fn beginning<'a>(&'a self, text: &'a str) -> impl Iterator<Item = (usize, usize)> + 'a {
        let first = text.chars().next();
        let found = first.and_then(|first| self.firsts.binary_search_by_key(&first, |(c, _)| *c).ok());
        let mut within = found.map_or(&[][..], |found| &self.sorted[self.firsts[found].1.clone()]);
        let lengths = text.char_indices().map(|(at, c)| at + c.len_utf8());
        let found = lengths.map_while(move |length| {
            let begun = &text[..length];
            let first = within.partition_point(|(word, _)| word.as_str() < begun);
            let count = within[first..].partition_point(|(word, _)| word.starts_with(begun));
            within = &within[first..first + count];
            let (word, place) = within.first()?;
            Some((word.len() == length).then_some((*place, length)))
        });
        found.flatten()
    }

    /// The longest word that a text begins with: its place in the list and its length in bytes.
    pub fn longest(&self, text: &str) -> Option<(usize, usize)> {
        self.beginning(text).last()
    }

    /// Where words stand in a text, the longest first where several begin, none over another.
    pub fn find<'a>(&'a self, text: &'a str) -> impl Iterator<Item = Range<usize>> + 'a {
        let mut behind = 0;
        text.char_indices().filter_map(move |(at, _)| {
            let (_, length) = (at >= behind).then(|| self.longest(&text[at..])).flatten()?;
            behind = at + length;
            Some(at..behind)
        })
    }

    /// The places in the list of all words that a text holds, within others too, in no order.
    pub fn held<'a>(&'a self, text: &'a str) -> impl Iterator<Item = usize> + 'a {
        let each = text.char_indices().flat_map(|(at, _)| self.beginning(&text[at..]));
        each.map(|(place, _)| place)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words() -> WordList {
        WordList::new(["行政处罚", "行政", "处罚", "罚没", "行政", "处罚决定书"].map(String::from))
    }

    #[test]
    fn a_word_is_found_by_what_a_text_begins_with() {
        for (text, found) in [
            ("行政处罚12件", Some((0, 12))),
            ("行政处", Some((1, 6))),
            ("处罚决定", Some((2, 6))),
            ("处罚决定书", Some((5, 15))),
            ("行", None),
            ("被处罚", None),
            ("", None),
        ] {
            assert_eq!(words().longest(text), found, "{text}");
        }
    }

    #[test]
    fn words_in_a_text_are_the_longest_and_none_over_another() {
        let text = "本年行政处罚没收";
        let found: Vec<&str> = words().find(text).map(|range| &text[range]).collect();
        assert_eq!(found, ["行政处罚"]);
        let mut held: Vec<usize> = words().held(text).collect();
        held.sort_unstable();
        assert_eq!(held, [0, 1, 2, 3]);
    }
}
