//! In which order values follow the names of columns that were read one after the other, without slots.
//!
//! Merged cells make two orders of a header: 自然人, 法人或其他组织, 总计, and below the second of them 商业企业 and the others. Invariant:
//! names in another order than the form's place values only where what was read together stood together.

use super::columns::HeaderCell;
use super::labelled::is_sum;
use super::lexicon::{Axis, Word};
use super::rows::RowCell;

/// What a word of a header is to the values below it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    /// A column of the form.
    Column(usize),
    /// The name above several columns.
    Group,
    /// A column of the page's own, with the sum of those beside it: 小计.
    Sum,
}

/// Whether a word that is no name of a column belongs to the order of those that are.
pub(super) fn stands_among_names(word: &Word, bands: &[Axis]) -> bool {
    is_sum(word) || bands.iter().any(|band| band.is_group(word))
}

/// The words of a header, from its first line to its last, that decide which value stands in which column.
pub(super) struct Order<'a> {
    parts: Vec<(Part, &'a HeaderCell)>,
    band: &'a Axis,
}

impl<'a> Order<'a> {
    /// The order of names, each with its column if it is one of the band's, and of the words among them.
    pub fn of(names: &'a [HeaderCell], columns: &[Option<usize>], among: &'a [HeaderCell], band: &'a Axis) -> Self {
        let named = names.iter().zip(columns);
        let named = named.filter_map(|(name, column)| Some((Part::Column((*column)?), name)));
        let among = among.iter().filter_map(|word| match band.is_group(&word.word) {
            true => Some((Part::Group, word)),
            false => is_sum(&word.word).then_some((Part::Sum, word)),
        });
        let mut parts: Vec<(Part, &HeaderCell)> = named.chain(among).collect();
        parts.sort_by_key(|(_, word)| (word.line, word.start));
        Order { parts, band }
    }

    /// How many columns of its own the page has.
    pub fn sums(&self) -> usize {
        self.parts.iter().filter(|(part, _)| *part == Part::Sum).count()
    }

    /// Whether the columns stand in the order of the form, as far as lines tell.
    pub fn is_that_of_form(&self) -> bool {
        self.follows_form(&self.outside_groups(), false)
    }

    /// The column of each value from left to right; none for a sum of the page's own. `values` are those of a row.
    pub fn columns(&self, values: &[RowCell]) -> Option<Vec<Option<usize>>> {
        let high = self.outside_groups();
        let low: Vec<usize> = (0..self.parts.len()).filter(|at| self.is_in_group(*at)).collect();
        let is_together = self.is_one_to_a_line(values) || self.is_on_one_line(&high) && self.is_on_one_line(&low);
        let follows_form = self.follows_form(&high, is_together);
        if follows_form && self.sums() == 0 {
            return Some((0..self.band.len()).map(Some).collect());
        }
        let is_column = |at: &usize| self.column(*at).is_some();
        let (above, others): (Vec<usize>, Vec<usize>) = high.iter().partition(|at| is_column(at));
        let below: Vec<Option<usize>> = low.iter().map(|at| self.column(*at)).collect();
        let mut above: Vec<usize> = above.into_iter().filter_map(|at| self.column(at)).collect();
        let place = if follows_form {
            above.sort_unstable();
            let first = below.iter().flatten().min()?;
            above.partition_point(|column| column < first)
        } else if below.is_empty() {
            0
        } else {
            high.iter().position(|at| Some(at) == others.first())?
        };
        let is_whole = above.len() + below.iter().flatten().count() == self.band.len();
        let is_known = others.len() <= 1 && others.iter().all(|at| self.parts[*at].0 == Part::Group);
        let mut columns: Vec<Option<usize>> = above.into_iter().map(Some).collect();
        columns.splice(place..place, below);
        (is_whole && is_known && (follows_form || is_together)).then_some(columns)
    }

    /// The parts that stand below no name of a group.
    fn outside_groups(&self) -> Vec<usize> {
        (0..self.parts.len()).filter(|at| !self.is_in_group(*at)).collect()
    }

    fn column(&self, at: usize) -> Option<usize> {
        match self.parts.get(at)?.0 {
            Part::Column(column) => Some(column),
            _ => None,
        }
    }

    /// Whether a part stands below the name of a group: a column that does in the form, or a sum beside one.
    fn is_in_group(&self, at: usize) -> bool {
        let is_column = |at: usize| self.column(at).is_some_and(|column| self.band.is_in_group(column));
        match self.parts[at].0 {
            Part::Sum => is_column(at + 1) || at > 0 && is_column(at - 1),
            _ => is_column(at),
        }
    }

    /// Whether the columns follow the form. The last of them, the total, is a tall cell where others stand below the name of a group: it is
    /// read before those, and in a text whose lines were torn at any place.
    fn follows_form(&self, high: &[usize], is_together: bool) -> bool {
        let last = self.band.len() - 1;
        let columns = || (0..self.parts.len()).filter_map(|at| self.column(at));
        let is_early = || {
            let tall = high.iter().filter(|at| self.column(**at).is_some());
            let (first, line) = tall
                .map(|at| (self.column(*at), self.parts[*at].1.line))
                .unzip::<_, _, Vec<_>, Vec<_>>();
            !first.is_sorted() && (is_together || line.first() == line.get(1))
        };
        let is_flat = high.len() == self.parts.len();
        let is_in_order = columns().filter(|column| is_flat || *column != last).is_sorted() && !is_early();
        is_in_order && !self.has_group_aside(high, is_together)
    }

    /// Whether the name of a group does not stand between the tall cells before and behind its columns, but on a line with them.
    fn has_group_aside(&self, high: &[usize], is_together: bool) -> bool {
        let first = (0..self.band.len()).find(|column| self.band.is_in_group(*column));
        let Some(first) = first else { return false };
        let mut groups = high.iter().filter(|at| self.parts[**at].0 == Part::Group);
        groups.any(|group| {
            let is_beside = |at: usize| is_together || self.parts[at].1.line == self.parts[*group].1.line;
            let mut tall = high.iter().filter_map(|at| Some((*at, self.column(*at)?)));
            tall.any(|(at, column)| is_beside(at) && (at < *group) != (column < first))
        })
    }

    fn is_on_one_line(&self, parts: &[usize]) -> bool {
        parts
            .windows(2)
            .all(|pair| self.parts[pair[0]].1.line == self.parts[pair[1]].1.line)
    }

    /// Whether each word of the header and each value stands on a line of its own.
    fn is_one_to_a_line(&self, values: &[RowCell]) -> bool {
        let is_alone = |pair: &[(Part, &HeaderCell)]| pair[0].1.line != pair[1].1.line;
        self.parts.windows(2).all(is_alone) && values.windows(2).all(|pair| pair[0].line != pair[1].line)
    }
}
