//! Which value of a row stands in which column.
//!
//! A header decides where it lines up with the values, slot by slot or one by one. Without a header that fits, the number of
//! values must be the number of columns. Invariant: where neither tells, no value is placed.

use std::rc::Rc;

use rust_decimal::Decimal;

use super::lexicon::{Axis, Match, STRONG, Word, word};
use super::meaning::is_without_meaning;
use super::order::Order;
use super::rows::{Row, RowCell, Source};
use super::run_on;
use super::shape::Shape;
use super::torn::Torn;
use crate::document::GridKind;
use crate::report::State;
use crate::text::numeral::{Reading, Unit};
use crate::text::year;

/// From so many columns on a table without one of them is still that table.
pub(super) const WIDE: usize = 5;

/// A name is broken over at most so many lines.
const NAME_LINES: usize = 3;

/// A cell of a header that names a column of some band.
#[derive(Clone, Debug)]
pub(super) struct HeaderCell {
    /// First slot.
    pub start: usize,
    /// Slots covered.
    pub span: usize,
    /// What it says.
    pub word: Rc<Word>,
    /// The unit that it names.
    pub unit: Option<Unit>,
    /// The row or line that it stands in; those of one header differ.
    pub line: usize,
    /// Slots of the row that it stands in; a row of text whose merged cells collapsed has fewer.
    width: usize,
}

/// The header that holds for the rows below it: the lowest column name over each slot.
#[derive(Clone, Debug, Default)]
pub(super) struct Header {
    /// The lowest name over each slot, from left to right.
    pub cells: Vec<HeaderCell>,
    /// All names row by row, for rows of text whose slots do not line up.
    sequence: Vec<HeaderCell>,
    /// The words that stand among the names and are none: the name above several columns, a sum of the page's own.
    among: Vec<HeaderCell>,
    /// All words of its lowest row.
    lowest: Vec<HeaderCell>,
    /// Names that are no columns of the form.
    foreign: Vec<HeaderCell>,
    /// The words of a stream that stand where the names of columns do, each of which may be a part of a name.
    torn: Torn,
    /// The words of the lowest row without figures that name no column, in the block that they stand in.
    unnamed: (Option<(usize, usize)>, Vec<HeaderCell>),
    /// Whether its rows are of different widths, or a border stands inside a name.
    ragged: bool,
    /// Whether it names a column of another form, so that counting columns would tell nothing.
    of_other_form: bool,
    /// The grid whose slots they count in; `None` for a stream.
    pub grid: Option<(usize, usize)>,
}

/// What words of a header can be.
pub(super) struct Words<'a> {
    /// What a text of a header says; the year of the report in front of it is 本年.
    pub word: &'a dyn Fn(&str) -> Rc<Word>,
    /// The name of a column of some band.
    pub is_name: &'a dyn Fn(&Word) -> bool,
    /// Such a name in one of its wordings.
    pub is_whole_name: &'a dyn Fn(&Word) -> bool,
    /// A part of such a name.
    pub is_part: &'a dyn Fn(&Word) -> bool,
    /// The name of a column that only another form has.
    pub is_foreign: &'a dyn Fn(&Word) -> bool,
    /// A word that is no name and belongs to the order of the names.
    pub is_among: &'a dyn Fn(&Word) -> bool,
}

/// How the values of a row found their columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Placement {
    /// By the header.
    Header,
    /// By their number alone.
    Count,
}

/// The values of a row by column: index of the cell for each column.
#[derive(Clone, Debug)]
pub(super) struct Placed {
    /// For each column of the band the index of the row's cell.
    pub cells: Vec<Option<usize>>,
    /// How they were placed.
    pub how: Placement,
    /// For each column the unit that its header names.
    pub units: Vec<Option<Unit>>,
}

/// Why the values of a row have no columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Misfit {
    /// They are too many or too few.
    Number,
    /// The label or a value is a merged cell that reaches over other rows.
    Merged,
    /// Nothing parts the digits from the label.
    Glued,
    /// The row sticks out of its grid by a cell.
    Surplus,
    /// The columns have names, at most one of them none, but these do not stand above its values.
    Names,
    /// The names above the values are not, or not all, those of the form's columns.
    OtherNames,
    /// A blank cell may stand for one that the row lacks.
    Blank,
    /// The total does not stand where the form has it.
    Total,
}

impl Misfit {
    /// What is said of a row with so many values.
    pub fn reason(self, columns: usize) -> String {
        match self {
            Misfit::Number => format!("for {columns} columns"),
            Misfit::Merged => "and a merged cell that reaches over other rows".into(),
            Misfit::Glued => "which nothing parts from the label".into(),
            Misfit::Surplus => "and sticks out of its grid by a cell".into(),
            Misfit::Names => "which do not stand below the names of the columns".into(),
            Misfit::OtherNames => "below names that are not those of the form's columns".into(),
            Misfit::Blank => "of which a blank one may stand for another".into(),
            Misfit::Total => "whose total does not stand where the form has it".into(),
        }
    }
}

impl Header {
    /// Takes up a row of a grid if it names columns.
    pub fn update(&mut self, row: &Row, words: &Words, continues: bool) -> bool {
        let Some(grid) = row.source.grid() else {
            return false;
        };
        if row.cells.iter().any(|cell| cell.is_filled_value()) {
            return false;
        }
        if continues && self.grid == Some(grid) && self.goes_on(row, words) {
            return true;
        }
        let width = width(row);
        let line = self.sequence.last().map_or(0, |above| above.line + 1);
        let lowest: Vec<HeaderCell> = row
            .cells
            .iter()
            .filter(|cell| cell.is_text())
            .map(|cell| {
                let word = (words.word)(cell.text);
                HeaderCell {
                    start: cell.start,
                    span: cell.span,
                    unit: word.unit,
                    word,
                    line,
                    width,
                }
            })
            .collect();
        let (cells, foreign): (Vec<HeaderCell>, Vec<HeaderCell>) =
            lowest.iter().cloned().partition(|cell| (words.is_name)(&cell.word));
        let of_other_form = foreign.iter().any(|cell| (words.is_foreign)(&cell.word));
        let unnamed = foreign.iter().filter(|cell| !(words.is_part)(&cell.word));
        let unnamed = (Some(grid), unnamed.cloned().collect());
        if cells.is_empty() && !of_other_form {
            self.unnamed = unnamed;
            return false;
        }
        if self.grid != Some(grid) || !continues {
            *self = Header {
                grid: Some(grid),
                ..Header::default()
            };
        }
        self.unnamed = unnamed;
        self.of_other_form |= of_other_form;
        self.ragged |= self.sequence.last().is_some_and(|above| above.width != width);
        self.ragged |= row.cells.iter().any(|cell| closes_more(cell.text));
        let among = foreign.iter().filter(|cell| (words.is_among)(&cell.word));
        let among = among.filter(|cell| !holds(&self.among, cell, row)).cloned();
        let among: Vec<HeaderCell> = among.collect();
        self.among.extend(among);
        self.foreign.extend(foreign);
        let new = cells.iter().filter(|cell| !holds(&self.sequence, cell, row)).cloned();
        let new: Vec<HeaderCell> = new.collect();
        self.sequence.extend(new);
        self.lowest = lowest;
        self.cover(cells);
        true
    }

    /// Takes up the words of a stream's line that is no row of the form, up to its first value, if one of them is a column's. A line that
    /// was not cut into words may hold that of another form.
    pub fn pass(&mut self, row: &Row, words: &Words) {
        if row.source != Source::Stream {
            return;
        }
        let end = row.cells.iter().position(RowCell::is_filled_value);
        let before = &row.cells[..end.unwrap_or(row.cells.len())];
        let is_column = |word: &Word| (words.is_name)(word) || numbers_rows(word);
        let mut parts = before.iter().flat_map(|cell| cell.text.split_whitespace());
        if before.iter().any(|cell| is_column(&(words.word)(cell.text))) {
            self.update_from_words(before, words);
        } else if parts.any(|part| (words.is_foreign)(&(words.word)(part))) {
            *self = Header {
                of_other_form: true,
                ..Header::default()
            };
        }
    }

    /// Puts names over their slots, in place of what stood over them.
    fn cover(&mut self, names: Vec<HeaderCell>) {
        for name in names {
            self.cells
                .retain(|old| old.start + old.span <= name.start || name.start + name.span <= old.start);
            self.cells.push(name);
        }
        self.cells.sort_by_key(|name| name.start);
    }

    /// Takes up a row of text that holds nothing but the second lines of names: 企业 and 机构 below 商业 and 科研.
    fn goes_on(&mut self, row: &Row, words: &Words) -> bool {
        let mut whole = Vec::new();
        let mut above = self.lowest.iter();
        for second in row.cells.iter().filter(|cell| cell.is_text()) {
            let joined = above.by_ref().find_map(|first| {
                let whole = word(&format!("{}{}", first.word.label.full, second.text));
                let unit = first.unit.or(word(second.text).unit);
                (words.is_name)(&whole).then(|| HeaderCell {
                    word: whole,
                    unit,
                    ..first.clone()
                })
            });
            let Some(joined) = joined else { return false };
            whole.push(joined);
        }
        let is_whole = |cell: &HeaderCell| {
            whole
                .iter()
                .any(|name| (name.line, name.start) == (cell.line, cell.start))
        };
        let is_open = |cell: &HeaderCell| (words.is_part)(&cell.word) && !(words.is_name)(&cell.word);
        if whole.is_empty() || self.lowest.iter().any(|cell| is_open(cell) && !is_whole(cell)) {
            return false;
        }
        self.foreign.retain(|cell| {
            !whole
                .iter()
                .any(|name| (name.start, name.span) == (cell.start, cell.span))
        });
        self.sequence.retain(|cell| !is_whole(cell));
        self.sequence.extend(whole.iter().cloned());
        self.sequence.sort_by_key(|name| (name.line, name.start));
        self.lowest.clear();
        self.cover(whole);
        true
    }

    /// Takes up the words in front of a label in a stream if they name columns, in order. Where a word is part of a name whose
    /// other part stands elsewhere, the names were torn and their order tells nothing.
    pub fn update_from_words(&mut self, before: &[RowCell], words: &Words) {
        let is_first = self.sequence.is_empty() && self.torn.is_empty();
        if let Some(torn) = Torn::of(before, words, is_first) {
            self.torn = torn;
        }
        let (mut cells, mut among) = (Vec::new(), Vec::new());
        let (mut torn, mut of_other_form) = (false, false);
        let mut at = 0;
        while at < before.len() {
            // What stands in brackets as a whole is a caption, and begins no name: （2018年度）.
            if is_in_brackets(before[at].text) {
                at += 1;
                continue;
            }
            match name_from(&before[at..], words) {
                Some((count, name)) => {
                    cells.push(HeaderCell {
                        start: at,
                        span: count,
                        unit: name.unit,
                        word: name,
                        line: before[at].line,
                        width: 0,
                    });
                    at += count;
                }
                None => {
                    let word = (words.word)(before[at].text);
                    torn |= (words.is_part)(&word);
                    of_other_form |= (words.is_foreign)(&word) || numbers_rows(&word);
                    if (words.is_among)(&word) {
                        among.push(HeaderCell {
                            start: at,
                            span: 1,
                            unit: None,
                            word,
                            line: before[at].line,
                            width: 0,
                        });
                    }
                    at += 1;
                }
            }
        }
        if torn {
            cells.clear();
        }
        if torn || of_other_form || !cells.is_empty() {
            *self = Header {
                sequence: cells,
                among,
                of_other_form,
                torn: std::mem::take(&mut self.torn),
                ..Header::default()
            };
        }
    }

    /// The columns of a band that the header names, from left to right; `None` where a name is not of this band.
    fn columns(&self, cells: &[HeaderCell], band: &Axis) -> Vec<Option<usize>> {
        let is_sure = |cell: &HeaderCell, found: &Match| {
            let all = cells.iter().chain(&self.foreign);
            (found.score >= STRONG || cell.word.label.full.chars().count() > 4)
                && !all
                    .filter(|other| other.start != cell.start)
                    .any(|other| band.is_part_beside(&cell.word, found.target, &other.word))
        };
        let mut columns: Vec<Option<usize>> = cells
            .iter()
            .map(|cell| band.best(&cell.word).filter(|found| is_sure(cell, found)))
            .map(|found| found.map(|found| found.target))
            .collect();
        // A name that stands twice names nothing.
        for index in 0..columns.len() {
            if columns[index].is_some() && columns.iter().filter(|c| **c == columns[index]).count() > 1 {
                let twice = columns[index];
                columns.iter_mut().filter(|c| **c == twice).for_each(|c| *c = None);
            }
        }
        columns
    }

    /// Places the values behind the label of a row; `shape` is that of the band's rows.
    pub fn place(&self, row: &Row, label: usize, band: &Axis, shape: Shape) -> Result<Placed, Misfit> {
        let values = &row.cells[label + 1..];
        // A label that spans rows with values of their own, or a value that spans rows with labels of their own, tells nothing.
        let tall = |cell: &RowCell| !cell.own || cell.rows != row.cells[label].rows;
        if row.surplus && !adds_up(values, band.len()) {
            return Err(Misfit::Surplus);
        }
        if tall(&row.cells[label]) || values.iter().any(tall) {
            return Err(Misfit::Merged);
        }
        if values.iter().any(|cell| cell.glued) {
            return Err(Misfit::Glued);
        }
        self.placed(row, label, band, shape).map_err(|misfit| {
            let named = self.columns(&self.cells, band).iter().flatten().count();
            if self.shares_slots(row) && named + 1 >= band.len() {
                Misfit::Names
            } else {
                misfit
            }
        })
    }

    fn placed(&self, row: &Row, label: usize, band: &Axis, shape: Shape) -> Result<Placed, Misfit> {
        let slots = self.shares_slots(row);
        let names = self.names_over(row);
        let columns = self.columns(names, band);
        let named = columns.iter().flatten().count();
        if slots && self.is_doubtful(row, band) || band.by_name && named < band.len() {
            return Err(Misfit::OtherNames);
        }
        if slots && named == band.len() {
            if self.may_have_slipped(row, label) {
                return Err(Misfit::Names);
            }
            let placed = self.by_slot(row, label, &columns, band.len());
            if let Some(placed) = placed.or_else(|| self.by_only_name(row, label, &columns, band.len())) {
                return Ok(placed);
            }
        }
        if self.of_other_form {
            return Err(Misfit::OtherNames);
        }
        if let Some(placed) = self.with_columns_missing(row, label, band, &columns).filter(|_| slots) {
            return Ok(placed);
        }
        let order = Order::of(names, &columns, if slots { &[] } else { &self.among }, band);
        let count = band.len() + order.sums();
        let cells: Vec<usize> = counted(row, label, count).ok_or(Misfit::Number)?;
        let values = row.cells[label + 1..].iter().filter(|cell| cell.reading.is_value());
        let is_trimmed = cells.len() < values.count();
        // Where merged names were written into each of their slots, all slots line up, and a blank one is a value's.
        let is_delimited = matches!(
            row.source,
            Source::Grid {
                kind: GridKind::Delimited,
                ..
            }
        );
        let is_written_out = is_delimited && names.iter().any(|name| name.span > 1);
        let is_ambiguous = shape.doubts_trimming() || slots && is_written_out;
        if is_filled_up(row, label, &cells, shape) || is_trimmed && is_ambiguous {
            return Err(Misfit::Blank);
        }
        if named < band.len() {
            if total_comes_early(row, &cells) || total_comes_first(row, &cells) {
                return Err(Misfit::Total);
            }
            let is_torn_otherwise = row.source == Source::Stream && self.torn.says_otherwise(band);
            if is_torn_otherwise
                || self.says_otherwise(row, &cells, band)
                || slots && self.contradicts(row, cells[0], &columns)
            {
                return Err(Misfit::OtherNames);
            }
        }
        let units = units(names, &columns, band.len());
        // Names over the label have slipped from their columns, and may have passed a name that has not.
        let behind = row.cells[label].start + row.cells[label].span;
        let beside = names.iter().all(|name| name.start >= behind);
        let order: Vec<Option<usize>> = if slots && named == band.len() && beside {
            columns
        } else {
            let values = &row.cells[label + 1..];
            order.columns(values).ok_or(Misfit::OtherNames)?
        };
        let mut placed = Placed {
            cells: vec![None; band.len()],
            how: if named < band.len() || self.is_broken() {
                Placement::Count
            } else {
                Placement::Header
            },
            units,
        };
        for (cell, column) in cells.into_iter().zip(order) {
            if let Some(column) = column {
                placed.cells[column] = Some(cell);
            }
        }
        Ok(placed)
    }

    /// Each value below its name where a wide table lacks columns of the form: one of them, or more where nothing but such names stands above
    /// the values.
    fn with_columns_missing(&self, row: &Row, label: usize, band: &Axis, columns: &[Option<usize>]) -> Option<Placed> {
        let named = columns.iter().flatten().count();
        if band.len() < WIDE || named == 0 || named >= band.len() {
            return None;
        }
        let placed = self.by_slot(row, label, columns, band.len())?;
        // What stands below a name that is none of the form's is that of the column that lacks, or of another one.
        let passes = |cell: &RowCell| {
            let mut words = self.foreign.iter();
            let above = words.find(|word| (word.start, word.span) == (cell.start, cell.span));
            above.is_some_and(|word| {
                let name = &word.word.label.bare;
                is_han(name) && (named + 1 == band.len() || is_without_meaning(name)) || band.is_group(&word.word)
            })
        };
        let below = |cell: usize| {
            let value = &row.cells[cell];
            placed.cells.contains(&Some(cell)) || !value.is_filled_value() || passes(value)
        };
        (label + 1..row.cells.len()).all(below).then_some(placed)
    }

    /// Whether words above the values of a row of a grid say that they are others than the columns of the band: one of them means something
    /// else, or resembles none.
    fn says_otherwise(&self, row: &Row, cells: &[usize], band: &Axis) -> bool {
        let is_here = self.unnamed.0.is_some() && self.unnamed.0 == row.source.grid();
        if !is_here || is_aligned(row) {
            return false;
        }
        let above = |cell: &usize| {
            let value = &row.cells[*cell];
            let mut words = self.unnamed.1.iter();
            words.find(|word| (word.start..word.start + word.span).contains(&value.start))
        };
        let words: Vec<&Word> = cells.iter().filter_map(above).map(|cell| &*cell.word).collect();
        // Names of rows above the values of rows are a mistake, and say nothing.
        if words
            .iter()
            .filter(|word| super::is_row_label(&word.label.full))
            .count()
            > 1
        {
            return false;
        }
        let is_strange =
            |word: &&Word| is_han(&word.label.bare) && !is_without_meaning(&word.label.bare) && !band.resembles(word);
        words.iter().any(|word| band.means_otherwise(word) || is_strange(word))
    }

    /// The names that hold for a row: slot by slot where slots line up, else one after the other.
    pub fn names_over(&self, row: &Row) -> &[HeaderCell] {
        if self.shares_slots(row) {
            &self.cells
        } else {
            &self.sequence
        }
    }

    /// Whether a slot of the header is the same place as that slot of the row.
    pub fn shares_slots(&self, row: &Row) -> bool {
        match row.source {
            Source::Grid { .. } if self.grid != row.source.grid() || self.is_broken() => false,
            Source::Grid {
                kind: GridKind::Delimited,
                ..
            } => {
                // A name over the label has slipped: merged cells in front of it are lost, whatever was padded behind.
                let in_place = |cell: &HeaderCell| cell.width == width(row) && cell.start > 0;
                self.cells.iter().all(in_place)
            }
            Source::Grid { .. } => true,
            Source::Stream => false,
        }
    }

    /// Whether a value stands below the name of a column that is none of the form's and can be read: 申请人撤回.
    pub fn names_another(&self, value: &RowCell) -> bool {
        let mut words = self.foreign.iter();
        words.any(|word| (word.start, word.span) == (value.start, value.span) && is_han(&word.word.label.bare))
    }

    /// Whether other slots stand between the names above a row as wide as they: counting its values from one end passes over some.
    pub fn stands_apart_over(&self, row: &Row) -> bool {
        let mut names: Vec<&HeaderCell> = self.sequence.iter().filter(|name| name.width == width(row)).collect();
        names.sort_by_key(|name| name.start);
        let is_gap = |pair: &[&HeaderCell]| pair[1].start > pair[0].start + pair[0].span;
        self.grid.is_some() && self.grid == row.source.grid() && names.windows(2).any(is_gap)
    }

    /// Whether the header's row has more slots than a row of the same grid.
    pub fn is_wider(&self, row: &Row) -> bool {
        let is_below = self.grid.is_some() && self.grid == row.source.grid();
        is_below && self.cells.iter().any(|cell| cell.width > width(row))
    }

    /// Whether merged cells of the header are not as wide as what stands below them, so that its names have slipped sideways.
    fn is_broken(&self) -> bool {
        let named = |slot: usize, line: usize| {
            let covers = |cell: &HeaderCell| (cell.start..cell.start + cell.span).contains(&slot);
            // A name of the page's own below a merged cell is one of its columns: 小计.
            let is_own = |cell: &HeaderCell| cell.line > line && cell.span == 1 && is_han(&cell.word.label.bare);
            self.cells.iter().any(covers) || self.foreign.iter().any(|cell| covers(cell) && is_own(cell))
        };
        let below = |cell: &HeaderCell| {
            let slots = cell.start..cell.start + cell.span;
            slots.filter(|slot| named(*slot, cell.line)).count()
        };
        self.ragged || self.foreign.iter().any(|cell| (1..cell.span).contains(&below(cell)))
    }

    /// Whether the names of a header without merged cells, which may have slipped, follow the form row by row but not slot by slot.
    fn is_doubtful(&self, row: &Row, band: &Axis) -> bool {
        let padded = matches!(
            row.source,
            Source::Grid {
                kind: GridKind::Delimited,
                ..
            }
        );
        let lines = self.sequence.windows(2).any(|pair| pair[0].line != pair[1].line);
        if !padded || !lines {
            return false;
        }
        let slots = self.columns(&self.cells, band);
        let rows = self.columns(&self.sequence, band);
        !slots.iter().flatten().is_sorted() && Order::of(&self.sequence, &rows, &[], band).is_that_of_form()
    }

    /// Whether the names may stand beside their columns: between the label and the first of them a value has the head of another column, and
    /// one of them has a blank cell below it.
    fn may_have_slipped(&self, row: &Row, label: usize) -> bool {
        let Some(first) = self.cells.first().map(|name| name.start) else {
            return false;
        };
        let values = &row.cells[label + 1..];
        let below =
            |start: usize, is: &dyn Fn(&RowCell) -> bool| values.iter().any(|cell| cell.start == start && is(cell));
        let is_blank = |cell: &RowCell| cell.reading.state == State::Blank;
        let mut before = self.foreign.iter().filter(|cell| cell.start < first);
        before.any(|name| below(name.start, &|cell| cell.is_filled_value()))
            && self.cells.iter().any(|name| below(name.start, &is_blank))
    }

    /// Whether a name stands above another value than the one that its column would get by counting from `first`.
    fn contradicts(&self, row: &Row, first: usize, columns: &[Option<usize>]) -> bool {
        self.cells.iter().zip(columns).any(|(header, column)| {
            let below = row.cells.iter().position(|cell| cell.start == header.start);
            matches!((column, below), (Some(column), Some(below)) if below != first + column)
        })
    }

    /// Each value exactly below its name. Only a slot that the label itself covers may be without a value.
    fn by_slot(&self, row: &Row, label: usize, columns: &[Option<usize>], count: usize) -> Option<Placed> {
        let mut cells = vec![None; count];
        let mut covered = false;
        for (header, column) in self.cells.iter().zip(columns) {
            let Some(column) = column else { continue };
            let overlaps =
                |cell: &RowCell| cell.start < header.start + header.span && header.start < cell.start + cell.span;
            let index = row.cells.iter().position(overlaps)?;
            let cell = &row.cells[index];
            if index <= label {
                // A figure before the label is that of another one.
                if cell.is_filled_value() {
                    return None;
                }
                covered = true;
                continue;
            }
            if (cell.start, cell.span) != (header.start, header.span) {
                return None;
            }
            cells[*column] = Some(index);
        }
        // A value below a name of the page's own (备注) is passed over; a value below no name is one too many. So is a blank cell where the
        // label stands below a name: the row has slipped sideways.
        let unplaced = |index: &usize| {
            let cell = &row.cells[*index];
            let blank = cell.reading.state == State::Blank;
            let is_foreign = self
                .foreign
                .iter()
                .any(|name| (name.start, name.span) == (cell.start, cell.span));
            (!blank || covered) && !cells.contains(&Some(*index)) && !is_foreign
        };
        if (label + 1..row.cells.len()).any(|index| unplaced(&index)) {
            return None;
        }
        Some(Placed {
            cells,
            how: Placement::Header,
            units: units(&self.cells, columns, count),
        })
    }

    /// Places the only figure of a row below the only name, where columns were seen by alignment alone: rows of other tables on the page
    /// have parted the place below the name.
    fn by_only_name(&self, row: &Row, label: usize, columns: &[Option<usize>], count: usize) -> Option<Placed> {
        let is_aligned = matches!(
            row.source,
            Source::Grid {
                kind: GridKind::Aligned,
                ..
            }
        );
        let others = self.lowest.iter().filter(|name| name.start > row.cells[label].start);
        let is_only_name = count == 1 && columns.len() == 1 && others.count() == 1;
        let mut figures = (label + 1..row.cells.len()).filter(|cell| row.cells[*cell].reading.state != State::Blank);
        let (Some(figure), None) = (figures.next(), figures.next()) else {
            return None;
        };
        (is_aligned && is_only_name && row.cells[figure].is_filled_value()).then(|| Placed {
            cells: vec![Some(figure)],
            how: Placement::Header,
            units: units(&self.cells, columns, count),
        })
    }
}

/// Whether a name of a row is that of a row above: a merged cell that reaches down into it, or that a converter wrote into each of its
/// slots. In rows of other widths merged cells have collapsed, and equal slots are other places.
fn holds(above: &[HeaderCell], name: &HeaderCell, row: &Row) -> bool {
    let mut cells = row.cells.iter();
    let reaches_down = cells.any(|cell| cell.start == name.start && !cell.own);
    let is_same = |above: &HeaderCell| {
        (above.start, above.span) == (name.start, name.span)
            && above.word.label.full == name.word.label.full
            && (reaches_down || above.width == name.width)
    };
    above.iter().any(is_same)
}

/// The name that words begin with, and how many of them it is made of: it may be broken over up to three lines. What is a name already may
/// be the beginning of a longer one: 社会公益 above 组织.
fn name_from(words_from: &[RowCell], words: &Words) -> Option<(usize, Rc<Word>)> {
    let begins = (words.word)(words_from.first()?.text);
    let is_part = (words.is_name)(&begins) || (words.is_part)(&begins);
    let counts = 1..=if is_part { NAME_LINES.min(words_from.len()) } else { 1 };
    let name = |count: usize| {
        let text: String = words_from[..count].iter().map(|word| word.text).collect();
        (count, (words.word)(&text))
    };
    let whole = counts
        .clone()
        .rev()
        .map(name)
        .find(|(_, name)| (words.is_whole_name)(name));
    whole.or_else(|| counts.map(name).find(|(_, name)| (words.is_name)(name)))
}

/// The name of a column with 本年 for the report's own year: 2016年统计数 is 本年统计数, and 2016年累计 is not the sum of all years.
pub(super) fn with_this_year(name: &str, year: i32) -> String {
    let squeezed = year::squeeze(name);
    match squeezed.strip_prefix(&format!("{year}年")) {
        Some("") => "本年度".to_owned(),
        Some(rest) => format!("本年{rest}"),
        None => name.to_owned(),
    }
}

/// Whether a text stands in one kind of brackets from its first character to its last.
fn is_in_brackets(text: &str) -> bool {
    text.trim().starts_with(['（', '(', '【', '[']) && text.trim().ends_with(['）', ')', '】', ']'])
}

/// Whether a text closes a bracket that it does not open: the other part of a name stands in another cell.
fn closes_more(text: &str) -> bool {
    let count = |brackets: [char; 2]| text.matches(brackets).count();
    count(['）', ')']) > count(['（', '('])
}

/// The unit that each column's name gives.
fn units(names: &[HeaderCell], columns: &[Option<usize>], count: usize) -> Vec<Option<Unit>> {
    let mut units = vec![None; count];
    for (cell, column) in names.iter().zip(columns) {
        if let Some(column) = column {
            units[*column] = cell.unit;
        }
    }
    units
}

fn width(row: &Row) -> usize {
    row.cells.last().map_or(0, |cell| cell.start + cell.span)
}

/// The run of cells that can be the row's values: as many as there are columns, once empty cells at one end are left out. Where a
/// cell holds two numbers, a border between columns was lost, and the number of cells tells nothing.
pub(super) fn trim(values: &[RowCell], count: usize) -> Option<std::ops::Range<usize>> {
    if values.iter().any(holds_several) {
        return None;
    }
    let surplus = values.len().checked_sub(count)?;
    if surplus == 0 {
        return Some(0..count);
    }
    let blank = |cells: &[RowCell]| cells.iter().all(|cell| cell.reading.state == State::Blank);
    let behind = blank(&values[count..]);
    let before = blank(&values[..surplus]);
    match (before, behind) {
        (false, true) => Some(0..count),
        (true, false) => Some(surplus..values.len()),
        // Nothing is printed at all: wherever the row begins, its cells are empty.
        (true, true) if blank(values) => Some(0..count),
        _ => None,
    }
}

/// The cells that are the row's values by their number. Words between the label and them are the rest of the label. Where borders are
/// guessed an empty cell may be none, so that there must be a figure for each column.
fn counted(row: &Row, label: usize, count: usize) -> Option<Vec<usize>> {
    let values = &row.cells[label + 1..];
    if is_aligned(row) {
        let filled = (label + 1..row.cells.len()).filter(|cell| row.cells[*cell].is_filled_value());
        let filled: Vec<usize> = filled.collect();
        return (filled.len() == count && !values.iter().any(RowCell::is_text)).then_some(filled);
    }
    let units = values.iter().take_while(|cell| run_on::is_unit(cell.text)).count();
    let words = match values.len() > count {
        true => values.iter().take_while(|cell| is_words_alone(cell)).count(),
        false => 0,
    };
    let words = words.max(units);
    let range = trim(&values[words..], count)?;
    Some(range.map(|cell| label + 1 + words + cell).collect())
}

/// Whether a cell is words without digits. What has digits but is no number (`12406?`) can be a damaged value.
fn is_words_alone(cell: &RowCell) -> bool {
    let label = &word(cell.text).label;
    cell.is_text() && !label.is_empty() && !label.full.contains(|c: char| c.is_ascii_digit())
}

/// Whether a blank cell may make up for a number that is not there: it stands before others in a row that is short of those around it, or
/// anywhere in a row whose label ends with a number.
fn is_filled_up(row: &Row, label: usize, cells: &[usize], shape: Shape) -> bool {
    let blank = |cell: &usize| row.cells[*cell].reading.state == State::Blank;
    let before_number = cells.iter().rev().skip_while(|cell| blank(cell)).any(blank);
    let is_digit = |c: char| matches!(c, '0'..='9' | '０'..='９');
    let in_label = || row.cells[label].text.trim_end().ends_with(is_digit);
    before_number && shape.exceeds(row, label) || cells.iter().any(blank) && in_label()
}

/// Whether the last number of a row is the sum of those before it and only blanks stand behind: a column is not there, and every number
/// from it on stands one place too far to the left.
fn total_comes_early(row: &Row, cells: &[usize]) -> bool {
    let filled = cells.iter().rposition(|cell| row.cells[*cell].is_filled_value());
    let Some(last) = filled.filter(|last| *last >= 2 && last + 1 < cells.len()) else {
        return false;
    };
    let number = |cell: &usize| row.cells[*cell].reading.value.map_or(Decimal::ZERO, |number| number.0);
    let sum: Decimal = cells[..last].iter().map(number).sum();
    sum == number(&cells[last]) && cells[..last].iter().filter(|cell| !number(cell).is_zero()).count() > 1
}

/// Whether cells are as many numbers as a wide table has columns, the last of them the sum of the others.
fn adds_up(values: &[RowCell], count: usize) -> bool {
    let numbers = values.iter().map(|cell| cell.reading.value.map(|number| number.0));
    let numbers: Option<Vec<Decimal>> = numbers.collect();
    let sums = |numbers: Vec<Decimal>| {
        let (last, before) = numbers.split_last()?;
        Some(before.iter().sum::<Decimal>() == *last)
    };
    count >= WIDE && values.len() == count && numbers.and_then(sums) == Some(true)
}

/// Whether the first of many numbers is the sum of those behind it, and the last is not that of those before it.
fn total_comes_first(row: &Row, cells: &[usize]) -> bool {
    let number = |cell: &usize| row.cells[*cell].reading.value.map_or(Decimal::ZERO, |number| number.0);
    let (Some((first, behind)), Some((last, before))) = (cells.split_first(), cells.split_last()) else {
        return false;
    };
    let sum = |cells: &[usize]| cells.iter().map(number).sum::<Decimal>();
    cells.len() >= WIDE && !number(first).is_zero() && number(first) == sum(behind) && number(last) != sum(before)
}

/// Whether a text is two or more Chinese characters and nothing else.
fn is_han(text: &str) -> bool {
    text.chars().count() > 1 && text.chars().all(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
}

/// Whether the borders of a row's cells are guessed, so that an empty cell may be none.
fn is_aligned(row: &Row) -> bool {
    matches!(
        row.source,
        Source::Grid {
            kind: GridKind::Aligned,
            ..
        }
    )
}

/// The name of a column that numbers the rows: in a stream its numbers cannot be told from figures.
fn numbers_rows(word: &Word) -> bool {
    ["序号", "代码", "编号", "行次"].contains(&word.label.full.as_str())
}

fn holds_several(cell: &RowCell) -> bool {
    let mut words = cell.text.split_whitespace();
    cell.reading.state == State::Text
        && words.clone().count() > 1
        && words.all(|word| Reading::of(word).state == State::Number)
}
