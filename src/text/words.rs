//! Words of a list, found where a text has them.

use std::ops::{Deref, Range};

use serde::Deserialize;

/// Words of one kind, of which a text may begin with, end in or hold one. The tree is made for texts that are asked often: most have none.
#[derive(Deserialize)]
#[serde(from = "Vec<String>")]
pub(crate) struct WordSet {
    words: Vec<String>,
    tree: WordList,
    /// The characters that they end in, in order.
    last: Vec<char>,
}

impl From<Vec<String>> for WordSet {
    fn from(words: Vec<String>) -> Self {
        let mut last: Vec<char> = words.iter().filter_map(|word| word.chars().next_back()).collect();
        last.sort_unstable();
        last.dedup();
        WordSet {
            tree: WordList::new(words.iter().cloned()),
            words,
            last,
        }
    }
}

impl Deref for WordSet {
    type Target = [String];

    fn deref(&self) -> &[String] {
        &self.words
    }
}

impl<'a> IntoIterator for &'a WordSet {
    type Item = &'a String;
    type IntoIter = std::slice::Iter<'a, String>;

    fn into_iter(self) -> Self::IntoIter {
        self.words.iter()
    }
}

impl WordSet {
    /// Whether a text begins with one of the words.
    pub fn begin(&self, text: &str) -> bool {
        self.tree.beginning(text).next().is_some()
    }

    /// The lengths in bytes of the words that a text begins with, the shortest first.
    pub fn lengths<'a>(&'a self, text: &'a str) -> impl Iterator<Item = usize> + 'a {
        self.tree.beginning(text).map(|(_, length)| length)
    }

    /// Whether a text ends in one of the words.
    pub fn end(&self, text: &str) -> bool {
        let last = text.chars().next_back();
        last.is_some_and(|last| self.last.binary_search(&last).is_ok())
            && self.words.iter().any(|word| text.ends_with(word.as_str()))
    }

    /// Whether one of the words stands in a text.
    pub fn are_in(&self, text: &str) -> bool {
        self.tree.held(text).next().is_some()
    }
}

/// A list of words, as a tree of their characters. It is made faster than an automaton and takes less memory, which counts where a
/// process reads one document.
pub(crate) struct WordList {
    /// The characters that follow what was read so far, those of one node side by side and in order; those of the root come last.
    edges: Vec<(char, Node)>,
    root: Node,
}

/// What a text may have begun with.
#[derive(Clone, Copy, Default)]
struct Node {
    /// Its part of the edges.
    first: u32,
    end: u32,
    /// The place in the list of the word that ends here.
    word: Option<u32>,
}

impl WordList {
    pub fn new(words: impl IntoIterator<Item = String>) -> Self {
        let mut sorted: Vec<(String, u32)> = words.into_iter().zip(0..).collect();
        sorted.sort_unstable();
        sorted.dedup_by(|next, first| next.0 == first.0);
        let mut edges = Vec::new();
        let root = grow(&sorted, 0, &mut edges);
        WordList { edges, root }
    }

    /// The words that a text begins with, the shortest first: their places in the list and their lengths in bytes.
    pub fn beginning<'a>(&'a self, text: &'a str) -> impl Iterator<Item = (usize, usize)> + 'a {
        let mut node = self.root;
        let found = text.char_indices().map_while(move |(at, c)| {
            let next = &self.edges[node.first as usize..node.end as usize];
            node = next[next.binary_search_by_key(&c, |(c, _)| *c).ok()?].1;
            Some(node.word.map(|place| (place as usize, at + c.len_utf8())))
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

/// The node of sorted words that share so many bytes, its edges put behind those of the nodes that they lead to.
fn grow(mut words: &[(String, u32)], shared: usize, edges: &mut Vec<(char, Node)>) -> Node {
    let mut word = None;
    if let Some(((_, place), longer)) = words.split_first().filter(|((word, _), _)| word.len() == shared) {
        word = Some(*place);
        words = longer;
    }
    let next = |(word, _): &(String, u32)| word[shared..].chars().next();
    let mut own = Vec::new();
    for group in words.chunk_by(|one, other| next(one) == next(other)) {
        let Some(c) = next(&group[0]) else { continue };
        own.push((c, grow(group, shared + c.len_utf8(), edges)));
    }
    let place = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    let first = place(edges.len());
    edges.append(&mut own);
    Node {
        first,
        end: place(edges.len()),
        word,
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
    fn a_text_begins_ends_with_or_holds_a_word() {
        let words = WordSet::from(["财政局", "局", "镇"].map(String::from).to_vec());
        for (text, asked) in [
            ("局党委", [true, false, true]),
            ("县财政局", [false, true, true]),
            ("城关镇政府", [false, false, true]),
            ("县政府", [false, false, false]),
            ("", [false, false, false]),
        ] {
            assert_eq!(
                [words.begin(text), words.end(text), words.are_in(text)],
                asked,
                "{text}"
            );
        }
        assert_eq!(words.lengths("财政局").collect::<Vec<_>>(), [9]);
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
