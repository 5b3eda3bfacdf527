//! What the words above the rows of a text say of the order of its columns where they are no whole names: the parts that names were torn
//! into, or the names of other columns.
//!
//! Words on one line stand side by side, and where each word has a line of its own, cells were read one after the other. Invariant: words
//! in another order than the form's never let values be counted; in which order words of different lines stand is not known.

use std::rc::Rc;

use super::columns::Words;
use super::lexicon::{Axis, STRONG, Word, word};
use super::rows::RowCell;

/// A longer word is no part of a name.
const LONGEST: usize = 12;
/// A longer word is no line of names that nothing parts.
const LONGEST_LINE: usize = 40;
/// So many names are in an order, and a word with parts of as many is such a line.
const SEVERAL: usize = 3;
/// A cell has at most so many lines.
const MOST_LINES: usize = 6;
/// So many words on one line above a label, or below each other, may be the heads of columns, whatever they say.
const HEADS: usize = 4;

/// The words, those of each line together.
#[derive(Clone, Debug, Default)]
pub(super) struct Torn {
    lines: Vec<Vec<Rc<Word>>>,
}

impl Torn {
    /// The words in front of a label in a stream, if they can be parts of the names of columns. Before the first row of a table such words may
    /// name none of its columns.
    pub fn of(before: &[RowCell], words: &Words, is_first: bool) -> Option<Torn> {
        let of_line = |line: &[RowCell]| -> Vec<Rc<Word>> {
            let parts = line.iter().flat_map(|cell| cell.text.split_whitespace());
            parts.map(words.word).collect()
        };
        let lines = before.chunk_by(|one, next| one.line == next.line);
        let lines: Vec<Vec<Rc<Word>>> = lines.map(of_line).collect();
        let parts = lines
            .iter()
            .flatten()
            .filter(|word| (words.is_part)(word) || (words.is_name)(word));
        let is_alone = |line: &&Vec<Rc<Word>>| line.len() == 1 && is_short(&line[0]);
        let is_head = parts.count() > 1
            || lines.iter().any(|line| line.len() >= HEADS)
            || is_first && lines.iter().rev().take_while(is_alone).count() >= HEADS;
        is_head.then_some(Torn { lines })
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// Whether the parts of names stand in another order than the columns of a band, or half of the words that stand side by side are no
    /// part of any.
    pub fn says_otherwise(&self, band: &Axis) -> bool {
        let mut runs = self.lines.chunk_by(|one, next| one.len() == 1 && next.len() == 1);
        runs.any(|run| {
            let words: Vec<&Rc<Word>> = run.iter().flatten().collect();
            let is_in_order = match run.len() {
                1 => words.iter().flat_map(|word| places(word, band)).is_sorted(),
                _ => are_in_order(&whole_names(&words, band), band),
            };
            let nearest = words.len().saturating_sub(band.len());
            !is_in_order || is_strange(&words[nearest..], band)
        })
    }
}

/// The columns of whose names a word holds parts: one, or several whose names nothing parts.
fn places(word: &Word, band: &Axis) -> Vec<usize> {
    if word.label.ordinal.is_some() || word.label.full.chars().count() > LONGEST_LINE {
        return Vec::new();
    }
    let one = band.column_of_part(word).filter(|_| is_short(word));
    let several = || Some(band.columns_in(&word.label.full)).filter(|columns| columns.len() >= SEVERAL);
    one.map(|one| vec![one]).or_else(several).unwrap_or_default()
}

fn is_short(word: &Word) -> bool {
    word.label.full.chars().count() <= LONGEST && word.label.ordinal.is_none()
}

/// The columns that words name which stand below each other, one on a line, where each name has its words together: else they are the parts
/// of cells side by side, in the order of their height.
fn whole_names(words: &[&Rc<Word>], band: &Axis) -> Vec<usize> {
    let mut names = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let counts = (1..=MOST_LINES.min(words.len() - at)).rev();
        let name = counts.clone().find_map(|count| {
            let text: String = words[at..at + count]
                .iter()
                .map(|word| word.label.full.as_str())
                .collect();
            let best = band.best(&word(&text)).filter(|best| best.score >= STRONG)?;
            Some((best.target, count))
        });
        names.extend(name.map(|(target, _)| target));
        at += name.map_or(1, |(_, count)| count);
    }
    names
}

/// Whether cells that were read one after the other name columns in the order of the form. Cells that are taller than those of a group
/// come before them.
fn are_in_order(places: &[usize], band: &Axis) -> bool {
    let (low, high): (Vec<usize>, Vec<usize>) = places.iter().partition(|place| band.is_in_group(**place));
    places.len() < SEVERAL || low.is_sorted() && high.is_sorted()
}

/// Whether half of as many words as a wide band has columns are no part of a name.
fn is_strange(words: &[&Rc<Word>], band: &Axis) -> bool {
    let is_strange = |word: &&&Rc<Word>| {
        let is_word = word.label.bare.chars().all(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
        is_word && is_short(word) && !word.label.is_empty() && !band.holds_text(word) && !band.resembles(word)
    };
    let strange = words.iter().filter(is_strange).count();
    band.len() >= super::columns::WIDE && words.len() >= band.len() && strange * 2 >= words.len()
}
