//! Reads tables whose rows have labels (tables 2 and 3) under one form: which rows of the document are the form's, and which of their
//! cells stand below which column.
//!
//! Invariant: a row whose cells cannot be told apart places no figure, and is named.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::align::{self, Candidates};
use super::blocks;
use super::columns::{self, Header, Misfit, Placed, Placement, Words};
use super::copies::{self, Instance, Said};
use super::fill::{Filled, Filler, not_a_number};
use super::lexicon::{EXACT, STRONG, TableAxes, Word, word};
use super::loose;
use super::order;
use super::prepare::Prepared;
use super::rests::{self, Taken};
use super::rows::{Row, RowCell, Source};
use super::shape::Shape;
use super::shifted;
use super::times;
use super::unparted::{self, Unparted};
use super::{
    COLUMN_MISSING, COLUMNS_BY_COUNT, FEWEST_LABELS, Input, ROW_BY_POSITION, ROW_UNCLEAR, ROW_UNRECOGNIZED,
    ROWS_CONFLICT, TABLE_REPEATED, UNIT_ASSUMED,
};
use crate::diagnostic::Diagnostic;
use crate::document::Origin;
use crate::forms::{ColumnSpec, Each, RowSpec, TableSpec};
use crate::report::{ExtraRow, State};
use crate::text::normalize::fold;
use crate::text::numeral::Unit;
use crate::text::year;

/// So many characters of a label tell that it is cut.
const FEWEST_OF_LABEL: usize = 2;

/// Most rows one below the other of which none was read that take the places between their neighbours.
const UNREAD: usize = 3;

/// For each row of the document the row of the form that it is, and the cell of its label.
type Aligned = [Option<(usize, usize)>];

/// Reads a table whose rows have labels (tables 2 and 3), under one form. Where the document has no such table, what to say of rows that
/// may be its own.
/// `is_foreign` tells the name of a column that only the same table of another form has.
pub(super) fn read_rows(
    input: &Input,
    form: &str,
    spec: &TableSpec,
    axes: &TableAxes,
    is_foreign: &dyn Fn(&Word) -> bool,
) -> Result<Filled, Option<Box<Diagnostic>>> {
    let copies = Copies::find(input, axes).ok_or(None)?;
    let read = |copy: usize| read_copy(input, form, spec, axes, is_foreign, (&copies, copy));
    let (first, rivals) = copies.main.split_first().ok_or(None)?;
    let mut filled = match read(*first) {
        Ok(filled) => filled,
        Err(reason) => {
            let mut second = rivals
                .iter()
                .find_map(|rival| read(*rival).ok())
                .ok_or(reason.clone())?;
            second.is_second = Some(reason);
            return Ok(second);
        }
    };
    for rival in rivals.iter().filter_map(|rival| read(*rival).ok()) {
        filled.contradict(&rival, &spec.label);
    }
    let last = copies::last_row(&copies.all[*first], &copies.candidates);
    let mut notes = copies::notes_below(input, last);
    let said = copies.said[*first];
    if said == Said::Disputed || notes.any(|note| copies::is_of_other_year(note, &input.reporter)) {
        filled
            .diagnostics
            .push(copies::of_other_year(&filled.table.origin, spec));
    }
    filled.refused = copies::refusal(said, &filled.table.origin, spec);
    let others = copies.others(input, spec, &mut filled.diagnostics);
    filled.copies = others.difference(&filled.blocks).copied().collect();
    Ok(filled)
}

/// So many rows apart stand the rows of parts and of all of them.
const NEAR: usize = 8;

/// Reads one copy of a table.
fn read_copy(
    input: &Input,
    form: &str,
    spec: &TableSpec,
    axes: &TableAxes,
    is_foreign: &dyn Fn(&Word) -> bool,
    (copies, copy): (&Copies, usize),
) -> Result<Filled, Option<Box<Diagnostic>>> {
    let reader = Reader::new(input, spec, axes, copies, copy);
    let mut filler = Filler::new(spec);
    let aligned = reader.align(&mut filler);
    let (mut laid, spare) = reader.lay(&aligned, is_foreign);
    leave_out_slipped(&mut laid);
    let read = reader.fill(&laid, &aligned, &mut filler);
    let placed = read.placed + filler.part();
    // Two labels alone also stand in tables about something else, but not with the ordinals of the form.
    if placed < 3 && read.named < 2 && read.numbered < 2 {
        return Err(all_unclear(spec, std::mem::take(&mut filler.unclear)));
    }
    let origin = read.origin.ok_or(None)?;
    if let Some((origin, label)) = read.by_count {
        let message = format!("no header fits; columns from {label:?} on were told by their number");
        filler.diagnostics.push(COLUMNS_BY_COUNT.at(origin, message));
    }
    let missing = filler.missing_columns().join("、");
    if !missing.is_empty() {
        let message = format!("no row of {} has a cell for {missing}", spec.label);
        filler.diagnostics.push(COLUMN_MISSING.at(origin.clone(), message));
    }
    let extra = reader.extra_rows(&spare, &aligned, &read.blocks);
    let unrecognized = extra
        .iter()
        .filter_map(|(index, row)| reader.unrecognized(row, *index, &aligned));
    filler.diagnostics.extend(unrecognized);
    let mut filled = filler.finish(form, origin, extra.into_iter().map(|(_, row)| row).collect());
    filled.blocks = read.blocks;
    let is_said =
        |diagnostic: &Diagnostic| diagnostic.code != UNIT_ASSUMED.code && diagnostic.code != COLUMNS_BY_COUNT.code;
    if filled.unclear.is_empty() && !filled.diagnostics.iter().any(is_said) {
        filled.unclear = reader.labels_without_figures(&filled);
    }
    Ok(filled)
}

/// What to say of a table of which no row could be read, if several have values.
fn all_unclear(spec: &TableSpec, unclear: Vec<(String, Diagnostic)>) -> Option<Box<Diagnostic>> {
    let rows = unclear.len();
    let (_, first) = unclear.into_iter().next().filter(|_| rows >= FEWEST_LABELS)?;
    let message = format!(
        "the columns of {rows} rows of {} cannot be told: {}",
        spec.label, first.message
    );
    Some(Box::new(Diagnostic { message, ..first }))
}

/// The copies of the table in the document.
struct Copies {
    candidates: Vec<Candidates>,
    all: Vec<Instance>,
    /// What is said of each.
    said: Vec<Said>,
    /// Those that can hold the report's own figures.
    main: Vec<usize>,
}

impl Copies {
    fn find(input: &Input, axes: &TableAxes) -> Option<Self> {
        let prepared = input.rows;
        let mut candidates: Vec<Candidates> = prepared
            .iter()
            .map(|row| row.candidates(axes, input.reporter.year))
            .collect();
        for (index, pair) in prepared.windows(2).enumerate() {
            if pair[0].takes_label_of(&pair[1], axes) {
                candidates[index + 1].matches.clear();
            }
        }
        leave_out_parts(&mut candidates, prepared, axes);
        leave_out_sums(&mut candidates, prepared);
        blocks::within_blocks(&mut candidates, &axes.blocks);
        copies::part_at_captions(input, &mut candidates);
        let all = copies::instances(&candidates);
        let strong = |copy: &Instance| (copy.start..copy.end).filter(|row| candidates[*row].strong().is_some());
        let has_figures =
            |copy: &Instance| strong(copy).any(|row| prepared[row].row.cells.iter().any(RowCell::is_filled_value));
        let said_of = |copy: &Instance| {
            let first = strong(copy).next().unwrap_or(copy.start);
            let label = candidates[first].matches.first().map_or(0, |label| label.cell);
            copies::said_above(input, copy.start, first, label)
        };
        let last = all.last().and_then(|copy| strong(copy).next_back())?;
        let said = copies::said_of_each(input, all.iter().map(said_of).collect(), last);
        Some(Copies {
            main: copies::main_instances(&all, has_figures, &said),
            said,
            all,
            candidates,
        })
    }

    /// The blocks of the other copies, each of which is noticed.
    fn others(&self, input: &Input, spec: &TableSpec, diagnostics: &mut Vec<Diagnostic>) -> BTreeSet<usize> {
        let mut blocks = BTreeSet::new();
        let others = self
            .all
            .iter()
            .enumerate()
            .filter(|(index, copy)| self.main.first() != Some(index) && copy.strong >= 2);
        for (_, copy) in others {
            let rows = self.candidates[copy.start..copy.end]
                .iter()
                .zip(&input.rows[copy.start..]);
            let labelled = rows.filter_map(|(candidates, row)| Some((row, candidates.matches.first()?.cell)));
            blocks.extend(labelled.flat_map(|(row, label)| row.claimed(label)));
            let first = input.rows[copy.start].row.cells.first().map(|cell| cell.origin.clone());
            let message = format!("another copy of {} was left out", spec.label);
            diagnostics.push(TABLE_REPEATED.at(first, message));
        }
        blocks
    }
}

/// Takes from rows what they can be where a row near by says that it is of all together: 规章（部门） beside 规章（合计）.
fn leave_out_parts(candidates: &mut [Candidates], rows: &[Prepared], axes: &TableAxes) {
    let labels = |row: usize| rows[row].labels.iter();
    for (row, candidates) in candidates.iter_mut().enumerate() {
        let near = row.saturating_sub(NEAR)..(row + NEAR + 1).min(rows.len());
        candidates.matches.retain(|candidate| {
            let target = candidate.found.target;
            let own = || labels(row).filter(|label| label.cell == candidate.cell);
            let mut others = near.clone().filter(|other| *other != row).flat_map(labels);
            !others.any(|other| own().all(|own| axes.rows.is_part_beside(&own.word, target, &other.word)))
        });
    }
}

/// Takes from rows of a grid what they can be where another row has the form's ordinal for it too, and they are named for nothing but a
/// sum: 合计 below the applications of the year, beside （七）总计.
fn leave_out_sums(candidates: &mut [Candidates], rows: &[Prepared]) {
    let numbered: BTreeSet<((usize, usize), usize)> = candidates
        .iter()
        .filter_map(|row| Some((row.source.grid()?, row)))
        .flat_map(|(grid, row)| {
            let sure = row.matches.iter().filter(|m| m.found.score > EXACT);
            sure.map(move |m| (grid, m.found.target))
        })
        .collect();
    for (row, candidates) in rows.iter().zip(candidates) {
        let Some(grid) = candidates.source.grid() else { continue };
        let names = |cell: usize| row.labels.iter().filter(move |label| label.cell == cell);
        let is_sum = |cell: usize| names(cell).any(|label| label.word.label.ordinal.is_none() && is_sum(&label.word));
        candidates
            .matches
            .retain(|m| m.found.score > EXACT || !numbered.contains(&(grid, m.found.target)) || !is_sum(m.cell));
    }
}

/// Whether a label is a word for a sum and nothing else.
pub(super) fn is_sum(word: &Word) -> bool {
    ["总计", "合计", "总数", "小计", "共计"].contains(&word.label.full.as_str())
}

/// A row of the form as it stands in the document.
struct Laid {
    /// Index of the row in the copy.
    index: usize,
    /// The row of the form.
    target: usize,
    /// The cell of the label.
    label: usize,
    /// The part of the table, and the grid, that it stands in; none in a text.
    part: Option<(usize, (usize, usize))>,
    /// Its cells in the columns of the form. A row without a value has none.
    placed: Option<Result<Placed, Misfit>>,
}

/// Takes back the rows that a header placed in a grid where its names do not stand above the values of more rows: it has slipped aside,
/// and blank cells hide that in the few.
fn leave_out_slipped(laid: &mut [Laid]) {
    let mut votes: BTreeMap<(usize, (usize, usize)), (usize, usize)> = BTreeMap::new();
    for row in laid.iter() {
        let Some(part) = row.part else { continue };
        let (fits, slipped) = votes.entry(part).or_default();
        match &row.placed {
            Some(Ok(placed)) => *fits += usize::from(placed.how == Placement::Header),
            Some(Err(Misfit::Names)) => *slipped += 1,
            _ => {}
        }
    }
    for row in laid.iter_mut() {
        let by_header = matches!(&row.placed, Some(Ok(placed)) if placed.how == Placement::Header);
        let votes = row.part.and_then(|part| votes.get(&part));
        if by_header && votes.is_some_and(|(fits, slipped)| slipped > fits) {
            row.placed = Some(Err(Misfit::Names));
        }
    }
}

/// What was found while the figures were taken.
#[derive(Default)]
struct Read<'a> {
    /// Rows with cells that were placed.
    placed: usize,
    /// Those placed by a header.
    named: usize,
    /// Those placed whose label has the form's ordinal.
    numbered: usize,
    blocks: BTreeSet<usize>,
    /// Where the first row stands.
    origin: Option<Origin>,
    /// The first row whose columns were told by their number.
    by_count: Option<(Origin, &'a str)>,
}

/// One copy of a table, with the form that it is read under.
struct Reader<'a> {
    input: &'a Input<'a>,
    spec: &'a TableSpec,
    axes: &'a TableAxes,
    /// The rows of the form, each with its band.
    targets: Vec<(usize, &'a RowSpec)>,
    /// The rows of the copy.
    rows: &'a [Prepared<'a>],
    /// Those behind it.
    behind: &'a [Prepared<'a>],
    candidates: &'a [Candidates],
    /// The unit that the caption of the table names.
    caption: Option<Unit>,
    /// The unit that a note below the table names.
    note: Option<Unit>,
}

impl<'a> Reader<'a> {
    fn new(input: &'a Input<'a>, spec: &'a TableSpec, axes: &'a TableAxes, found: &'a Copies, copy: usize) -> Self {
        let copy = &found.all[copy];
        let candidates = &found.candidates[copy.start..copy.end];
        let first = candidates.iter().position(|row| row.strong().is_some()).unwrap_or(0);
        let label = candidates
            .get(first)
            .and_then(|row| row.matches.first())
            .map_or(0, |label| label.cell);
        let mut captions = copies::captions(input, copy.start, (copy.start + first, label));
        let mut notes = copies::notes_below(input, copies::last_row(copy, &found.candidates));
        let bands = spec.bands.iter().enumerate();
        Reader {
            input,
            spec,
            axes,
            targets: bands
                .flat_map(|(band, b)| b.rows.iter().map(move |row| (band, row)))
                .collect(),
            rows: &input.rows[copy.start..copy.end],
            behind: &input.rows[copy.end..],
            candidates,
            caption: captions.find_map(unit_of_caption),
            note: notes.find_map(unit_of_caption),
        }
    }

    /// Which row of the form each row of the copy is.
    fn align(&self, filler: &mut Filler) -> Vec<Option<(usize, usize)>> {
        let mut aligned = align::align(self.candidates, self.axes.rows.len());
        out_of_order(self.rows, self.candidates, &mut aligned);
        let width = |(band, row): &(usize, &'a RowSpec)| (self.spec.bands[*band].columns.len(), *row);
        let widths: Vec<loose::Target> = self.targets.iter().map(width).collect();
        let next = self.behind.first();
        let noticed = loose::place(self.rows, next, self.axes, &widths, &mut aligned);
        let by_lines = noticed.is_some();
        filler.diagnostics.extend(noticed.into_iter().flatten());
        by_position(self.rows, self.axes, by_lines, &mut aligned, filler);
        loose::leave_out_between(self.rows, next, self.axes, &widths, &mut aligned);
        self.leave_out_stand_in(&mut aligned);
        aligned
    }

    /// Takes back a row that stands for the parts of a group where the first part is not there but another is: figures behind the name
    /// of the group may be those of the first part.
    fn leave_out_stand_in(&self, aligned: &mut [Option<(usize, usize)>]) {
        let is_there = |target: usize| aligned.iter().flatten().any(|(there, _)| *there == target);
        let lacks_first = |target: usize| {
            let Some(group) = &self.targets[target].1.stands_for else {
                return false;
            };
            let is_part = |(part, (_, row)): &(usize, &(usize, &RowSpec))| {
                *part != target
                    && row
                        .key
                        .strip_prefix(group.as_str())
                        .is_some_and(|rest| rest.starts_with('.'))
            };
            let mut parts = self.targets.iter().enumerate().filter(is_part).map(|(part, _)| part);
            parts.next().is_some_and(|first| !is_there(first)) && parts.any(is_there)
        };
        let doubtful = aligned
            .iter()
            .position(|place| place.is_some_and(|(target, _)| lacks_first(target)));
        if let Some(index) = doubtful {
            aligned[index] = None;
        }
    }

    /// The shape of the rows of each band.
    fn shapes(&self, aligned: &Aligned) -> Vec<Shape> {
        let places = self.rows.iter().zip(aligned);
        let places = places.filter_map(|(row, place)| Some((row.row, (*place)?)));
        (0..self.spec.bands.len())
            .map(|band| {
                let of_band = places
                    .clone()
                    .filter(|(_, (target, _))| self.targets[*target].0 == band);
                Shape::of(
                    of_band.map(|(row, (_, label))| (row, label)),
                    self.axes.columns[band].len(),
                )
            })
            .collect()
    }

    /// Lays the columns of the form on the rows. The second list holds the rows that are none of the form's.
    fn lay(&self, aligned: &Aligned, is_foreign: &dyn Fn(&Word) -> bool) -> (Vec<Laid>, Vec<usize>) {
        // A column of another year (2015年度) is none of the form's.
        let is_of_other_year = |word: &Word| {
            let years = year::named(&word.label.full);
            self.input
                .reporter
                .year
                .is_some_and(|own| years.iter().any(|year| *year != own))
        };
        let names = |word: &Word| {
            // A column has no number: （六）其他 is a group of rows.
            word.label.ordinal.is_none()
                && !is_of_other_year(word)
                && self.axes.columns.iter().any(|band| {
                    band.best(word)
                        .is_some_and(|m| m.score >= STRONG || word.label.full.chars().count() > 4)
                })
        };
        let is_whole_name = |word: &Word| {
            let mut bands = self.axes.columns.iter();
            names(word) && bands.any(|band| band.best(word).is_some_and(|m| m.score >= STRONG))
        };
        let words = Words {
            word: &|text: &str| {
                let year = self.input.reporter.year;
                match (times::without_own_year(text, year), year) {
                    (Some(name), _) => word(&name),
                    (None, Some(year)) => word(&columns::with_this_year(text, year)),
                    (None, None) => word(text),
                }
            },
            is_name: &names,
            is_whole_name: &is_whole_name,
            is_part: &|word| self.axes.columns.iter().any(|band| band.has_part(word)),
            is_foreign: &|word| word.label.ordinal.is_none() && !names(word) && is_foreign(word),
            is_among: &|word| order::stands_among_names(word, &self.axes.columns),
        };
        let shapes = self.shapes(aligned);
        let mut header = Header::default();
        let mut header_above = false;
        let (mut laid, mut spare) = (Vec::new(), Vec::new());
        for (index, (row, place)) in self.rows.iter().zip(aligned).enumerate() {
            let Some((target, label)) = *place else {
                header.pass(row.row, &words);
                let is_header = header.update(row.row, &words, header_above);
                header_above = is_header || (header_above && !row.row.cells.iter().any(RowCell::is_filled_value));
                if !is_header {
                    spare.push(index);
                }
                continue;
            };
            header_above = false;
            if row.row.source == Source::Stream {
                header.update_from_words(&row.row.cells[..label], &words);
            }
            let band = self.targets[target].0;
            let has_values = row.row.cells[label + 1..].iter().any(|cell| cell.reading.is_value());
            laid.push(Laid {
                index,
                target,
                label,
                part: row.row.source.grid().map(|grid| (band, grid)),
                placed: has_values.then(|| header.place(row.row, label, &self.axes.columns[band], shapes[band])),
            });
        }
        (laid, spare)
    }

    /// Takes the figures of the rows.
    fn fill(&self, laid: &[Laid], aligned: &Aligned, filler: &mut Filler<'a>) -> Read<'a> {
        let conflicts = conflicts(self.rows, self.candidates, aligned, self.axes);
        let noticed = conflicts.iter().map(|(_, conflict)| conflict.clone());
        filler.diagnostics.extend(noticed);
        let mut read = Read::default();
        for one in laid {
            let row = &self.rows[one.index];
            let cells = &row.row.cells;
            read.blocks.extend(row.claimed(one.label));
            let Some(placed) = &one.placed else {
                filler.diagnostics.extend(cells.get(one.label + 1).map(not_a_number));
                let (band, row_spec) = self.targets[one.target];
                let columns = &self.spec.bands[band].columns;
                if cells.len() - one.label - 1 == columns.len() {
                    let columns = columns.iter().zip(&cells[one.label + 1..]);
                    columns.for_each(|(column, cell)| filler.keep_text(&column.key_in(&row_spec.key), cell));
                }
                continue;
            };
            read.origin.get_or_insert_with(|| cells[0].origin.clone());
            if conflicts.iter().any(|(of, _)| *of == one.target) {
                continue;
            }
            match placed {
                Ok(placed) => {
                    if let Some(slipped) = self.slipped(one, placed, laid) {
                        filler.unclear.push((self.targets[one.target].1.key.clone(), slipped));
                        continue;
                    }
                    let mut matches = self.candidates[one.index].matches.iter();
                    let has_ordinal = matches.any(|m| m.found.target == one.target && m.found.score > EXACT);
                    read.placed += 1;
                    read.numbered += usize::from(has_ordinal);
                    match placed.how {
                        Placement::Header => read.named += 1,
                        Placement::Count => {
                            let label = &cells[one.label];
                            read.by_count.get_or_insert((label.origin.clone(), label.text));
                        }
                    }
                    self.place(one, placed, filler);
                    self.doubt_rests(one, placed, aligned, filler);
                }
                Err(misfit) => self.keep_unclear(one, *misfit, filler),
            }
        }
        read
    }

    /// What to say of a row whose figures have slipped aside. Where no row of its band has a total, they stand elsewhere.
    fn slipped(&self, one: &Laid, placed: &Placed, laid: &[Laid]) -> Option<Diagnostic> {
        let band = self.targets[one.target].0;
        let columns = &self.spec.bands[band].columns;
        let cell = |one: &Laid, cell: Option<usize>| self.rows[one.index].row.cells.get(cell?);
        let of_columns: Vec<Option<&RowCell>> = placed.cells.iter().map(|index| cell(one, *index)).collect();
        if let Some(column) = shifted::change_elsewhere(columns, &of_columns) {
            let label = &self.rows[one.index].row.cells[one.label];
            let message = format!(
                "{:?} has a change with its sign under {}: its cells have moved",
                label.text, columns[column].label
            );
            return Some(ROW_UNCLEAR.at(label.origin.clone(), message));
        }
        let total = shifted::blank_total(self.spec, Each::Row, columns, &of_columns)?;
        let has_total = |other: &Laid| {
            let placed = other.placed.as_ref().and_then(|placed| placed.as_ref().ok());
            let of_total = placed.and_then(|placed| cell(other, placed.cells[total]));
            self.targets[other.target].0 == band && of_total.is_some_and(RowCell::is_filled_value)
        };
        if !laid.iter().any(has_total) {
            return None;
        }
        let label = &self.rows[one.index].row.cells[one.label];
        let message = format!(
            "{:?} has nothing under {}, and its last number is the sum of those before it: its cells have moved",
            label.text, columns[total].label
        );
        Some(ROW_UNCLEAR.at(label.origin.clone(), message))
    }

    /// Puts the cells of a row under their keys.
    fn place(&self, one: &Laid, placed: &Placed, filler: &mut Filler) {
        let (band, row_spec) = self.targets[one.target];
        let cells = &self.rows[one.index].row.cells;
        // A label or the cell behind it names the unit of its row; the caption that of the table.
        let words = cells[one.label..].iter().take_while(|cell| !cell.is_filled_value());
        let own = words.filter_map(|cell| word(cell.text).unit).last();
        let unit = |above: Option<Unit>| match (above, own) {
            (Some(Unit::OtherCount), _) | (_, Some(Unit::OtherCount)) => Some(Unit::OtherCount),
            (Some(above), Some(own)) if above != own => Some(Unit::OtherYuan),
            // What the form prints is 万元; who writes 千元 above the table means it.
            (Some(Unit::Wanyuan), _) if self.caption == Some(Unit::OtherYuan) => Some(Unit::OtherYuan),
            (above, own) => match (own.or(above).or(self.caption), self.note) {
                (Some(named), Some(note)) if named != note => Some(Unit::OtherYuan),
                (named, note) => named.or(note),
            },
        };
        let columns = &self.spec.bands[band].columns;
        for (column, cell) in placed.cells.iter().enumerate() {
            if let Some(cell) = cell.filter(|_| !columns[column].numbers_rows) {
                let unit = unit(placed.units[column]);
                filler.set(row_spec, &columns[column], &cells[cell], unit, placed.how);
            }
        }
    }

    /// Doubts figures whose rests may stand below their row.
    fn doubt_rests(&self, one: &Laid, placed: &Placed, aligned: &Aligned, filler: &mut Filler) {
        let row = self.rows[one.index].row;
        if loose::is_loose(row, one.label) {
            return;
        }
        let (band, row_spec) = self.targets[one.target];
        let figures = figures(placed, &self.spec.bands[band].columns);
        let taken = Taken {
            row,
            figures: figures
                .map(|(cell, column)| (cell, column.key_in(&row_spec.key)))
                .collect(),
            texts: rests::wordings(row_spec),
        };
        let places = aligned[one.index + 1..].iter().copied().chain(std::iter::repeat(None));
        let behind = self.rows[one.index + 1..].iter().chain(self.behind).zip(places);
        rests::doubt(taken, behind.map(|(next, place)| (next, place.is_some())), filler);
    }

    /// Keeps a row whose values are ambiguous: sums may tell its digits apart.
    fn keep_unclear(&self, one: &Laid, misfit: Misfit, filler: &mut Filler<'a>) {
        let (band, row_spec) = self.targets[one.target];
        let row = self.rows[one.index].row;
        let columns = &self.spec.bands[band].columns;
        let unclear = unclear(row, one.label, misfit, columns.len());
        let numbered = columns.iter().any(|column| column.numbers_rows);
        let values = &row.cells[one.label + 1..];
        match unparted::tokens(values, columns.len()).filter(|_| !numbered) {
            Some(tokens) => {
                let unparted = Unparted {
                    row: row_spec.key.clone(),
                    keys: columns.iter().map(|column| column.key_in(&row_spec.key)).collect(),
                    tokens,
                };
                filler.set_unparted(unparted, values[0].clone(), unclear);
            }
            None => filler.unclear.push((row_spec.key.clone(), unclear)),
        }
    }

    /// What to say of a row in a place where rows of the form are missing, or with the name of a missing one: it may be one of them.
    fn unrecognized(&self, row: &ExtraRow, index: usize, aligned: &Aligned) -> Option<Diagnostic> {
        let targets = &self.targets;
        let named = named(&self.rows[index], self.axes);
        let above = aligned[..index].iter().rev().flatten().next();
        let below = aligned[index..].iter().flatten().next();
        let between = above.map_or(0, |(target, _)| target + 1)..below.map_or(targets.len(), |(target, _)| *target);
        let is_read = |target: &usize| aligned.iter().flatten().any(|(read, _)| read == target);
        let elsewhere = named.filter(|target| !between.contains(target) && !is_read(target));
        // Rows whose order is not that of the form leave nothing between them.
        let missing: Vec<&str> = targets
            .get(between)
            .unwrap_or_default()
            .iter()
            .filter(|(_, missing)| !missing.optional)
            .chain(elsewhere.and_then(|target| targets.get(target)))
            .map(|(_, missing)| missing.label.as_str())
            .collect();
        let is_missing = named
            .and_then(|target| targets.get(target))
            .is_some_and(|(_, row)| missing.contains(&row.label.as_str()));
        let message = match is_missing {
            true => format!(
                "{:?} has the name of a row that is missing here, but stands beside another group or out of order",
                row.label
            ),
            false => format!(
                "{:?} is no row of the form here, which lacks {}",
                row.label,
                missing.join("、")
            ),
        };
        (!missing.is_empty()).then(|| ROW_UNRECOGNIZED.at(row.origin.clone(), message))
    }

    /// What to say of the rows of the form of which nothing was found but their labels.
    fn labels_without_figures(&self, filled: &Filled) -> Vec<(String, Diagnostic)> {
        let has_cells = |row: &RowSpec| {
            let columns = self.spec.bands.iter().flat_map(|band| &band.columns);
            let mut evidence = columns.filter_map(|column| filled.evidence.get(&column.key_in(&row.key)));
            evidence.any(|evidence| evidence.state != State::Absent)
        };
        let cells = self
            .rows
            .iter()
            .flat_map(|row| &row.row.cells)
            .filter(|cell| cell.is_text());
        let mut named: BTreeMap<usize, &RowCell> = BTreeMap::new();
        for cell in cells {
            // Where nothing behind a label is a number, they are one text.
            let words = [Some(cell.text), cell.text.split_whitespace().next()];
            let words = words.into_iter().flatten().map(word).filter(|word| !word.is_column);
            let best = words.filter_map(|word| self.axes.rows.best(&word));
            for best in best.filter(|best| best.score >= EXACT) {
                named.entry(best.target).or_insert(cell);
            }
        }
        named.retain(|target, _| {
            let (_, row) = self.targets[*target];
            !row.optional && !has_cells(row)
        });
        let without = named.into_iter().map(|(target, cell)| {
            let (_, row) = self.targets[target];
            let message = format!(
                "the label of row {:?} is here, but no figure was found beside it",
                row.label
            );
            (row.key.clone(), ROW_UNCLEAR.at(cell.origin.clone(), message))
        });
        without.collect()
    }

    /// Rows inside the table that the form does not have: in its grids, and in a stream between the first and the last of its rows, or
    /// right behind the last where the row begins with a part of the label of a row that is still to come. Each with its index.
    fn extra_rows(&self, spare: &[usize], aligned: &Aligned, blocks: &BTreeSet<usize>) -> Vec<(usize, ExtraRow)> {
        let (rows, targets) = (self.rows, &self.targets);
        let first = aligned.iter().position(Option::is_some).unwrap_or_default();
        let last = aligned.iter().rposition(Option::is_some).unwrap_or_default();
        let to_come = aligned.get(last).and_then(|place| targets.get(place.as_ref()?.0 + 1..));
        let begins_one = |row: &Prepared| {
            let label = row.labels.last().map(|label| &label.word.label.full);
            let label = label.filter(|label| label.chars().count() >= FEWEST_OF_LABEL);
            let mut wordings = to_come.into_iter().flatten().flat_map(|(_, row)| rests::wordings(row));
            !row.gap && label.is_some_and(|label| wordings.any(|wording| wording.starts_with(label.as_str())))
        };
        spare
            .iter()
            .filter(|index| match rows[**index].row.source {
                Source::Grid { block, .. } => blocks.contains(&block),
                Source::Stream => (first..last).contains(*index) || **index == last + 1 && begins_one(&rows[**index]),
            })
            .map(|index| (*index, &rows[*index].row.cells))
            .filter(|(_, cells)| cells.iter().any(RowCell::is_filled_value))
            .filter_map(|(index, cells)| {
                let words: Vec<&RowCell> = cells.iter().filter(|cell| cell.is_text()).collect();
                let label = words.last()?;
                let behind = cells.iter().skip_while(|cell| cell.start <= label.start);
                let extra = ExtraRow {
                    label: words
                        .iter()
                        .filter(|cell| cell.own)
                        .map(|cell| cell.text.trim())
                        .collect::<Vec<_>>()
                        .join(" / "),
                    cells: behind.map(|cell| cell.text.trim().to_string()).collect(),
                    origin: label.origin.clone(),
                };
                Some((index, extra))
            })
            .collect()
    }
}

/// The unit that a caption gives the amounts below it: `单位：件、万元`.
pub(super) fn unit_of_caption(text: &str) -> Option<Unit> {
    let folded = fold(text.trim_end_matches(['。', '；']));
    let is_share = folded.contains('%') || folded.contains("百分");
    let named = if is_share {
        Some(Unit::OtherCount)
    } else {
        Unit::in_header(&folded)
    };
    named.filter(|_| text.contains("单位") || text.contains("單位"))
}

/// The cells of a row that are figures, with their columns.
fn figures<'a>(placed: &Placed, columns: &'a [ColumnSpec]) -> impl Iterator<Item = (usize, &'a ColumnSpec)> {
    let cells = placed.cells.iter().zip(columns);
    cells.filter_map(|(cell, column)| Some(((*cell)?, column)).filter(|_| !column.numbers_rows))
}

/// Rows of the form that two rows of the document surely are, with different values: which of them is meant is ambiguous. The second
/// may be a label alone behind its values.
fn conflicts(
    rows: &[Prepared],
    candidates: &[Candidates],
    aligned: &Aligned,
    axes: &TableAxes,
) -> Vec<(usize, Diagnostic)> {
    let values = |row: &Prepared| -> Vec<String> {
        let cells = row.row.cells.iter().filter(|cell| cell.is_filled_value());
        cells.map(|cell| cell.text.trim().to_string()).collect()
    };
    let doubled = (0..rows.len()).filter(|index| aligned[*index].is_none());
    let labelled = doubled
        .clone()
        .filter_map(|index| Some((candidates[index].strong().or_else(|| named(&rows[index], axes))?, index)));
    let labelled_behind = doubled.filter(|index| rows[*index].is_unlabelled()).flat_map(|index| {
        let below = rows.get(index + 1).zip(aligned.get(index + 1));
        let named = below.map(|(below, place)| loose::stray_labels(below, *place, axes));
        named.into_iter().flatten().map(move |target| (target, index))
    });
    let rival = labelled.chain(labelled_behind).filter_map(|(target, index)| {
        let (first, label) = aligned.iter().enumerate().find_map(|(first, place)| {
            let (placed, label) = (*place)?;
            (placed == target).then_some((first, label))
        })?;
        let (one, other) = (values(&rows[first]), values(&rows[index]));
        let place = &rows[first].row.cells[label];
        let message = format!("{:?} stands twice, with {one:?} and {other:?}", place.text);
        let differ = one != other && !other.is_empty();
        differ.then(|| (target, ROWS_CONFLICT.at(place.origin.clone(), message)))
    });
    rival.collect()
}

/// The row of the form that a row names by its own label: what group it stands in is not sure below a page break.
fn named(row: &Prepared, axes: &TableAxes) -> Option<usize> {
    let own = row.labels.last().filter(|own| !is_sum(&own.word))?;
    let best = axes.rows.best(&own.word)?;
    (best.score >= EXACT).then_some(best.target)
}

/// A row whose label is exactly that of one row of the form has its place wherever it stands in the table, if no other row has it.
fn out_of_order(rows: &[Prepared], candidates: &[Candidates], aligned: &mut [Option<(usize, usize)>]) {
    let mut bearers: HashMap<usize, usize> = HashMap::new();
    for target in candidates.iter().filter_map(Candidates::strong) {
        *bearers.entry(target).or_default() += 1;
    }
    let mut taken: BTreeSet<usize> = aligned.iter().flatten().map(|(target, _)| *target).collect();
    for index in 1..rows.len().saturating_sub(1) {
        let exact = || {
            let target = candidates[index]
                .strong()
                .filter(|target| bearers[target] == 1 && !taken.contains(target))?;
            let mut matches = candidates[index].matches.iter();
            let found = matches.find(|m| m.found.target == target && m.found.score >= EXACT)?;
            // A sum may be that of the rows above it, wherever it stands.
            let mut labels = rows[index].labels.iter().filter(|label| label.cell == found.cell);
            if found.found.score <= EXACT && labels.any(|label| is_sum(&label.word)) {
                return None;
            }
            Some((target, found.cell))
        };
        let beside = |place: usize| aligned[place].is_some() && rows[place].row.source == rows[index].row.source;
        if aligned[index].is_none()
            && (beside(index - 1) || beside(index + 1))
            && let Some((target, cell)) = exact()
        {
            taken.insert(target);
            aligned[index] = Some((target, cell));
        }
    }
}

/// Rows whose labels cannot be read take the places left between their neighbours, if they are as many and everything else fits.
fn by_position(
    rows: &[Prepared],
    axes: &TableAxes,
    by_lines: bool,
    aligned: &mut [Option<(usize, usize)>],
    filler: &mut Filler,
) {
    let mut index = 1;
    while index < rows.len() {
        let count = aligned[index..].iter().take_while(|place| place.is_none()).count();
        let run = index..index + count;
        index = run.end + 1;
        let (Some((before, cell)), Some(Some((after, _)))) = (aligned[run.start - 1], aligned.get(run.end)) else {
            continue;
        };
        if run.is_empty() || run.len() > UNREAD || *after != before + run.len() + 1 {
            continue;
        }
        let neighbour = rows[run.start - 1].row.cells.len() - cell - 1;
        let labels = run.clone().zip(before + 1..).map(|(index, target)| {
            let label = rows[index].labels.last()?;
            let cells = &rows[index].row.cells;
            let values = cells.len() - label.cell - 1;
            let is_loose = by_lines && loose::is_loose(rows[index].row, label.cell);
            let is_read = !cells[label.cell].origin.is_unsure();
            let fits = !is_read || run.len() == 1 && axes.rows.resemblance(&label.word, target) >= 0.4;
            (!is_loose && values > 0 && values == neighbour && fits).then_some((target, label.cell))
        });
        let Some(labels) = labels.collect::<Option<Vec<_>>>() else {
            continue;
        };
        for (index, (target, label)) in run.zip(labels) {
            aligned[index] = Some((target, label));
            let cell = &rows[index].row.cells[label];
            let message = format!("{:?} was placed between its neighbours", cell.text);
            filler
                .diagnostics
                .push(ROW_BY_POSITION.at(cell.origin.clone(), message));
        }
    }
}

fn unclear(row: &Row, label: usize, misfit: Misfit, columns: usize) -> Diagnostic {
    let cell = &row.cells[label];
    let values: Vec<&str> = row.cells[label + 1..].iter().map(|cell| cell.text.trim()).collect();
    // As many values as columns is no reason.
    let misfit = match misfit {
        Misfit::Number if values.len() == columns => Misfit::OtherNames,
        misfit => misfit,
    };
    let message = format!(
        "{:?} has {} values {values:?} {}",
        cell.text,
        values.len(),
        misfit.reason(columns)
    );
    ROW_UNCLEAR.at(cell.origin.clone(), message)
}
