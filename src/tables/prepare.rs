//! Rows with their labels taken apart once, for all forms.
//!
//! Invariant: everything here depends on one row and on the text before it alone, not on any form.

use std::collections::HashMap;
use std::rc::Rc;

use super::align::{Candidate, Candidates};
use super::lexicon::{EXACT, Match, TableAxes, Word, word};
use super::rows::{Row, RowCell, Source};
use super::run_on;
use crate::document::{Block, Document, GridKind};
use crate::forms;
use crate::text::label::split_ordinal;
use crate::text::normalize::fold;
use crate::text::year;

/// A paragraph of this many characters between two rows parts them.
const LONG_PROSE: usize = 120;
/// An ordinal with its brackets and its mark has no more characters.
const LONGEST_ORDINAL: usize = 8;
/// A label in a stream is broken over at most this many lines.
const LABEL_LINES: usize = 6;
/// A label belongs to at most this many groups, whose labels stand left of it; forms have two.
const GROUPS: usize = 8;

/// A text that can be the label of its row.
#[derive(Debug)]
pub(super) struct RowLabel {
    /// The cell that it ends with.
    pub cell: usize,
    /// The first cell that it is made of.
    pub first: usize,
    /// The text, classified.
    pub word: Rc<Word>,
    /// How many cells of the next row are the rest of it, which stands below the values.
    pub below: usize,
    /// Whether words before it in its cell were left out, which may be those of the group that it belongs to.
    pub inner: bool,
}

/// A row with its possible labels.
#[derive(Debug)]
pub(super) struct Prepared<'a> {
    /// The row.
    pub row: &'a Row<'a>,
    /// Every text that can be its label, from left to right.
    pub labels: Vec<RowLabel>,
    /// Whether long prose or the heading of a main section parts it from the row before.
    pub gap: bool,
    /// The first slot of its grid in which a value stands.
    values_from: usize,
}

/// Takes the labels of all rows apart.
pub(super) fn prepare<'a>(document: &Document, rows: &'a [Row<'a>]) -> Vec<Prepared<'a>> {
    let parts = |block: &Block| match block {
        Block::Paragraph(paragraph) => paragraph.text.chars().count() > LONG_PROSE || is_heading(&paragraph.text),
        Block::Grid(_) => false,
    };
    let parted: Vec<bool> = document.blocks.iter().map(parts).collect();
    let mut last = 0;
    let first_values = first_values(rows);
    rows.iter()
        .enumerate()
        .map(|(index, row)| {
            let blocks = row.blocks();
            let gap = parted
                .get(last..blocks.end)
                .is_some_and(|between| between.contains(&true));
            last = blocks.end.max(last);
            Prepared {
                row,
                labels: labels(row, rows.get(index + 1)),
                gap,
                values_from: row.source.grid().map_or(0, |grid| first_values[&grid]),
            }
        })
        .collect()
}

/// The first slot of each grid in which a value stands; 0 where none does.
fn first_values(rows: &[Row]) -> HashMap<(usize, usize), usize> {
    let mut first: HashMap<(usize, usize), usize> = HashMap::new();
    for row in rows {
        let Some(grid) = row.source.grid() else { continue };
        let slots = row
            .cells
            .iter()
            .filter(|cell| cell.is_filled_value())
            .map(|cell| cell.start);
        let known = first.entry(grid).or_insert(usize::MAX);
        *known = slots.min().unwrap_or(usize::MAX).min(*known);
    }
    first
        .values_mut()
        .filter(|slot| **slot == usize::MAX)
        .for_each(|slot| *slot = 0);
    first
}

fn labels(row: &Row, next: Option<&Row>) -> Vec<RowLabel> {
    let is_name = |cell: &RowCell| word(cell.text).is_column;
    let single = |(cell, c): (usize, &RowCell)| RowLabel {
        cell,
        first: cell,
        word: word(c.text),
        below: 0,
        inner: false,
    };
    let inner = |cell: usize| {
        Some(RowLabel {
            cell,
            first: cell,
            word: word(behind_group(row.cells[cell].text)?),
            below: 0,
            inner: true,
        })
    };
    let words = row.cells.iter().enumerate().filter(|(_, cell)| cell.is_text());
    if let Source::Grid { kind, .. } = row.source {
        let guessed = kind == GridKind::Aligned;
        let both = |word: (usize, _)| [Some(single(word)), guessed.then(|| inner(word.0)).flatten()];
        return words.flat_map(both).flatten().collect();
    }
    // In a stream the label is what stands right before the values and their unit, over as many lines as it takes, but not beyond an
    // ordinal.
    let can_end = |cell: &RowCell| cell.is_text() && !run_on::is_unit(cell.text);
    let Some(last) = row.cells.iter().rposition(can_end) else {
        return Vec::new();
    };
    let mut labels: Vec<RowLabel> = Vec::new();
    let mut text = String::new();
    for first in (0..=last).rev().take(LABEL_LINES) {
        text.insert_str(0, row.cells[first].text);
        let word = word(&text);
        let begins = word.label.ordinal.is_some();
        let is_header = first == last && first > 0 && is_name(&row.cells[first]) && is_name(&row.cells[first - 1]);
        if is_header || first > 0 && is_ordinal(row.cells[first - 1].text) {
            continue;
        }
        labels.insert(
            0,
            RowLabel {
                cell: last,
                first,
                word,
                below: 0,
                inner: false,
            },
        );
        if begins {
            break;
        }
    }
    let longer: Vec<RowLabel> = labels
        .iter()
        .flat_map(|label| next.into_iter().flat_map(|next| with_words_below(row, label, next)))
        .collect();
    let beside = beside_group(&row.cells[..=last]).map(|(first, word)| RowLabel {
        cell: last,
        first,
        word,
        below: 0,
        inner: true,
    });
    longer
        .into_iter()
        .chain(labels)
        .chain(inner(last))
        .chain(beside)
        .collect()
}

/// The label of a row that is set over two lines beside the name of its group, which is so too: `（四）无法 2.没有现成信息需要另行制`
/// above `提供 作`. With the first of its cells.
fn beside_group(cells: &[RowCell]) -> Option<(usize, Rc<Word>)> {
    let [above @ .., group, rest] = cells else { return None };
    let upper = above
        .last()
        .filter(|upper| upper.line < group.line && group.line == rest.line)?;
    let begins = word(upper.text).label.ordinal.is_some()
        && above.iter().rev().nth(1).is_some_and(|left| left.line == upper.line);
    let label = behind_group(upper.text).or(begins.then_some(upper.text))?;
    Some((above.len() - 1, word(&format!("{label}{}", rest.text))))
}

/// What stands behind the name of a group in one cell with it, as where nothing but a little space parts two columns of labels: the text
/// from its last ordinal on, `4.保护第三方合法权益` of `（三）不 4.保护第三方合法权益`.
fn behind_group(text: &str) -> Option<&str> {
    let may_begin = |c: char| c.is_ascii_digit() || matches!(c, '（' | '(');
    let begins = |(at, c): &(usize, char)| {
        let before = text[..*at].chars().next_back();
        let head = || text[*at..].chars().take(LONGEST_ORDINAL).collect::<String>();
        may_begin(*c)
            && before.is_some_and(|before| !before.is_ascii_digit())
            && split_ordinal(&fold(&head())).0.is_some()
    };
    if text.chars().nth(LONG_PROSE).is_some() {
        return None;
    }
    let (at, _) = text.char_indices().rfind(begins)?;
    Some(&text[at..])
}

/// A label with the words that stand below its values, as where the text of a page has a line for each line of a cell.
fn with_words_below(row: &Row, label: &RowLabel, next: &Row) -> Vec<RowLabel> {
    let text: String = row.cells[label.first..=label.cell]
        .iter()
        .map(|cell| cell.text)
        .collect();
    let below = next.cells.iter().take_while(|cell| cell.is_text());
    let below = below.take_while(|cell| word(cell.text).label.ordinal.is_none());
    let stream = next.source == Source::Stream;
    let below = below.filter(|_| stream).take(LABEL_LINES).enumerate();
    let longer = below.scan(text, |text, (index, cell)| {
        text.push_str(cell.text);
        Some(RowLabel {
            cell: label.cell,
            first: label.first,
            word: word(text),
            below: index + 1,
            inner: false,
        })
    });
    longer.collect()
}

/// Whether a label names another year than the report's: 行政许可（2022年）.
fn is_of_other_year(word: &Word, year: Option<i32>) -> bool {
    let named = year::named(&word.label.full);
    year.is_some_and(|own| named.iter().any(|year| *year != own))
}

/// Whether a line holds an ordinal and nothing else, so that the label goes on in the next line.
fn is_ordinal(text: &str) -> bool {
    let label = &word(text).label;
    label.ordinal.is_some() && label.full.is_empty()
}

impl Prepared<'_> {
    /// The row's own label, if a character of it was not read; the name of its group before it is that of other rows, too.
    fn unread_label(&self) -> Option<usize> {
        let mut labels = self.row.cells.iter().enumerate();
        let (own, cell) = labels.rfind(|(_, cell)| cell.is_text() && cell.start < self.values_from)?;
        cell.text.contains(char::REPLACEMENT_CHARACTER).then_some(own)
    }

    /// What the row can be in a table of a report of a year.
    pub fn candidates(&self, axes: &TableAxes, year: Option<i32>) -> Candidates {
        if self.is_header(axes) || self.is_rest() {
            return Candidates {
                matches: Vec::new(),
                source: self.row.source,
                gap: self.gap,
            };
        }
        let mut matches: Vec<Candidate> = Vec::new();
        let mut continues = false;
        let unread = self.unread_label();
        for (index, candidate) in self.labels.iter().enumerate() {
            if unread.is_some_and(|own| candidate.cell < own) {
                continue;
            }
            let left: Vec<Rc<Word>> = if self.row.source == Source::Stream {
                let cells = &self.row.cells[candidate.first.saturating_sub(2)..candidate.first];
                cells.iter().map(|cell| word(cell.text)).collect()
            } else {
                let groups = &self.labels[index.saturating_sub(GROUPS)..index];
                groups.iter().map(|group| group.word.clone()).collect()
            };
            let cell = candidate.cell;
            let has_values = self.row.cells[cell + 1..].iter().any(|cell| cell.reading.is_value());
            let mut found = axes.rows.matches(&candidate.word, &left);
            found
                .retain(|found| !is_of_other_year(&candidate.word, year) && !self.is_of_other_time(&left, found, axes));
            if candidate.inner {
                found.retain(|found| found.score > EXACT);
            } else if candidate.below > 0 {
                found.retain(|found| found.score >= EXACT);
                continues |= !found.is_empty();
            } else if continues {
                continue;
            }
            if self.row.source == Source::Stream && candidate.first < cell {
                found.retain(|found| found.score >= EXACT || !self.names_two(candidate, found.target, axes));
            }
            matches.extend(found.into_iter().map(|found| Candidate {
                found,
                cell,
                has_values,
            }));
        }
        // A numbered text behind a label is the label of another row, to which the values belong.
        let numbered = |cell: &RowCell| cell.is_text() && word(cell.text).label.ordinal.is_some();
        matches.retain(|m| !self.row.cells[m.cell + 1..].iter().any(numbered));
        // The label is the innermost text that names a row; what stands left of it are the groups that it belongs to.
        if let Some(innermost) = matches.iter().filter(|m| m.has_values).map(|m| m.cell).max() {
            matches.retain(|m| m.cell == innermost);
        }
        Candidates {
            matches,
            source: self.row.source,
            gap: self.gap,
        }
    }

    /// Whether a group that the row stands in is of another time than those of a row of the form: 三、上年度办理结果.
    fn is_of_other_time(&self, left: &[Rc<Word>], found: &Match, axes: &TableAxes) -> bool {
        self.row.source != Source::Stream && left.iter().any(|group| axes.rows.is_of_other_time(group, found.target))
    }

    /// Whether words over several lines are a row's whole label and then something else, which is the label of a row of its own;
    /// behind a bracket is an explanation.
    fn names_two(&self, candidate: &RowLabel, target: usize, axes: &TableAxes) -> bool {
        let (label, next) = (&self.row.cells[candidate.first], &self.row.cells[candidate.first + 1]);
        let count = |brackets: [char; 2]| label.text.matches(brackets).count();
        let open = count(['（', '(']) > count(['）', ')']);
        let explains = open || next.text.trim_start().starts_with(['（', '(']);
        let first = axes.rows.matches(&word(label.text), &[]);
        !explains && first.iter().any(|m| m.target == target && m.score >= EXACT)
    }

    /// Whether the words before the values of the next row are the rest of this row's label.
    pub fn takes_label_of(&self, next: &Prepared, axes: &TableAxes) -> bool {
        let line = next.row.cells.last().map(|cell| cell.line);
        let beside = |label: &&RowLabel| label.below > 0 && Some(next.row.cells[label.below - 1].line) == line;
        let is_known = |label: &RowLabel| axes.rows.matches(&label.word, &[]).iter().any(|m| m.score >= EXACT);
        self.labels.iter().filter(beside).any(is_known)
    }

    /// Whether no word stands on the line of the row's values in a text.
    pub fn is_unlabelled(&self) -> bool {
        let line = self.row.cells.last().map(|cell| cell.line);
        let mut on_line = self.row.cells.iter().filter(|cell| Some(cell.line) == line);
        self.row.source == Source::Stream && on_line.all(|cell| !cell.is_text() || cell.text.is_empty())
    }

    /// Whether the row only holds the rest of cells that begin above it, as below a page break.
    fn is_rest(&self) -> bool {
        let says = |cell: &RowCell| cell.is_text() || cell.is_filled_value();
        let mut saying = self.row.cells.iter().filter(|cell| says(cell)).peekable();
        saying.peek().is_some() && saying.all(|cell| !cell.own)
    }

    /// Whether the row of a grid names columns: two or more of them, and no value.
    fn is_header(&self, axes: &TableAxes) -> bool {
        let names = |word: &Word| axes.columns.iter().any(|band| band.best(word).is_some());
        self.row.source != Source::Stream
            && !self.row.cells.iter().any(RowCell::is_filled_value)
            && self.labels.iter().filter(|label| names(&label.word)).count() > 1
    }

    /// The blocks that belong to the table if the row does: all of a grid; in a stream the values, the label and the header
    /// words right before it, up to a heading or a sentence.
    pub fn claimed(&self, label: usize) -> Vec<usize> {
        let mut blocks: Vec<usize> = self.row.cells[label..].iter().map(|cell| cell.block).collect();
        for cell in self.row.cells[..label].iter().rev() {
            if self.row.source == Source::Stream && is_outside(cell.text) {
                break;
            }
            blocks.push(cell.block);
        }
        blocks
    }
}

/// A heading of a main section, or a sentence.
fn is_outside(text: &str) -> bool {
    text.trim_end().ends_with(['。', '；', ';']) || text.chars().count() > 60 || is_heading(text)
}

/// A heading of a main section that does not head a block of rows in a table too: 三、依申请公开情况.
pub(super) fn is_heading(text: &str) -> bool {
    forms::is_section_heading(text) && !word(text).is_parent
}
