//! From aligned rows to figures with their evidence.
//!
//! Invariant: a figure is what the cell prints, converted only where its unit says so; a cell that cannot be told apart stays null,
//! with a diagnostic.

use std::collections::{BTreeSet, HashMap};

use indexmap::{IndexMap, IndexSet};

use super::align::{self, Candidates};
use super::blocks;
use super::columns::{self, Header, Placed, Placement, Words};
use super::copies::{self, Instance, Year};
use super::lexicon::{EXACT, STRONG, TableAxes, Word, word};
use super::loose;
use super::prepare::Prepared;
use super::rests::{self, Taken};
use super::rows::{Row, RowCell, Source};
use super::shape::Shape;
use super::spaced::{Spaced, Verdicts, borne_out};
use super::unparted::{self, Unparted};
use super::{
    COLUMN_MISSING, COLUMNS_BY_COUNT, FIGURES_UNPARTED, Input, ROW_BY_POSITION, ROW_UNCLEAR, ROW_UNRECOGNIZED,
    ROWS_CONFLICT, TABLE_REPEATED, UNIT_ASSUMED, VALUE_NOT_A_NUMBER,
};
use crate::diagnostic::Diagnostic;
use crate::document::Origin;
use crate::forms::{ColumnSpec, RowSpec, TableSpec};
use crate::report::{Evidence, ExtraRow, Number, State, Table, Values};
use crate::text::normalize::fold;
use crate::text::numeral::{self, Reading, Unit};
use crate::text::year;

/// A table as it was read under one form.
#[derive(Debug)]
pub(super) struct Filled {
    /// The figures.
    pub table: Table,
    /// What was printed, by dotted key.
    pub evidence: IndexMap<String, Evidence>,
    /// What was noticed.
    pub diagnostics: Vec<Diagnostic>,
    /// Blocks that belong to the table.
    pub blocks: BTreeSet<usize>,
    /// Blocks of further copies of the table.
    pub copies: BTreeSet<usize>,
    /// How well the form fits.
    pub fit: Fit,
    /// Rows of the form with cells that were placed, by key.
    pub rows: IndexMap<String, RowPlaced>,
    /// Rows whose values are ambiguous, by key.
    pub unclear: Vec<(String, Diagnostic)>,
    /// Numbers with a space inside that the sums of the table bear out as one number.
    pub one: Vec<Spaced>,
    /// Numbers with a space inside of which no sum says anything.
    pub undecided: Vec<Spaced>,
}

/// How well a form fits a table; the greatest fits best.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Fit {
    /// Cells that were placed by a header.
    by_header: usize,
    /// Cells that were placed.
    placed: usize,
    /// Those of rows that the form always has.
    required: usize,
}

/// How many cells of a row were placed.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct RowPlaced {
    /// All of them.
    pub cells: usize,
    /// Those placed by a header.
    pub by_header: usize,
}

/// So many characters of a label tell that it is cut.
const FEWEST_OF_LABEL: usize = 2;

/// Collects figures under the keys of a table.
pub(super) struct Filler<'a> {
    spec: &'a TableSpec,
    values: Values,
    evidence: IndexMap<String, Evidence>,
    pub diagnostics: Vec<Diagnostic>,
    unclear: Vec<(String, Diagnostic)>,
    fit: Fit,
    rows: IndexMap<String, RowPlaced>,
    spaced: Vec<Spaced>,
    /// Digits without borders between the numbers: where they stand, and what to say if they stay null.
    unparted: Vec<(Unparted, RowCell<'a>, Diagnostic)>,
}

impl<'a> Filler<'a> {
    /// A table with every figure absent.
    pub fn new(spec: &'a TableSpec) -> Self {
        let mut filler = Filler {
            spec,
            values: Values::default(),
            evidence: IndexMap::new(),
            diagnostics: Vec::new(),
            unclear: Vec::new(),
            fit: Fit::default(),
            rows: IndexMap::new(),
            spaced: Vec::new(),
            unparted: Vec::new(),
        };
        for cell in spec.cells().filter(|cell| !cell.row.optional) {
            filler.values.0.insert(cell.key(), None);
            filler.evidence.insert(
                cell.key(),
                Evidence {
                    raw: None,
                    state: State::Absent,
                    origin: None,
                },
            );
        }
        filler
    }

    /// Puts one cell under its key.
    pub fn set(&mut self, row: &RowSpec, column: &ColumnSpec, cell: &RowCell, header: Option<Unit>, how: Placement) {
        let key = column.key_in(&row.key);
        let (mut value, mut state) = self.value(row.unit.as_deref().unwrap_or(&column.unit), cell, header);
        self.spaced.retain(|spaced| spaced.key != key);
        if numeral::may_be_two(cell.text)
            && let Some(number) = value.take()
        {
            state = State::Text;
            self.spaced.push(Spaced {
                key: key.clone(),
                number: Some(number),
                text: cell.text.trim().to_string(),
                origin: cell.origin.clone(),
                first: None,
                likely: true,
            });
        }
        self.values.0.insert(key.clone(), value);
        let evidence = Evidence {
            raw: Some(cell.text.trim().to_string()),
            state,
            origin: Some(cell.origin.clone()),
        };
        self.evidence.insert(key, evidence);
        let by_header = usize::from(how == Placement::Header);
        self.fit.placed += 1;
        self.fit.required += usize::from(!row.optional);
        self.fit.by_header += by_header;
        let placed = self.rows.entry(row.key.clone()).or_default();
        placed.cells += 1;
        placed.by_header += by_header;
    }

    /// Takes back a figure: digits stand below it that may be the rest of it, or of a number beside it. Where that is not `likely`, it
    /// takes a sum to speak against the figure.
    pub fn doubt(&mut self, key: String, cell: &RowCell, rest: Option<&str>, likely: bool) {
        let text = cell.text.trim();
        let Some(first) = self.values.get(&key) else { return };
        self.values.0.insert(key.clone(), None);
        if let Some(evidence) = self.evidence.get_mut(&key) {
            evidence.state = State::Text;
        }
        self.spaced.push(Spaced {
            key,
            number: rest.and_then(|rest| Reading::of(&[text, rest].concat()).value),
            text: [text, rest.unwrap_or_default()].join(" ").trim().to_string(),
            origin: cell.origin.clone(),
            first: Some(first),
            likely,
        });
    }

    /// The figure that a cell states in the unit of its column.
    fn value(&mut self, unit: &str, cell: &RowCell, header: Option<Unit>) -> (Option<Number>, State) {
        let Reading {
            state,
            value,
            unit: written,
        } = cell.reading;
        let Some(number) = value else {
            if state == State::Text {
                self.diagnostics.push(not_a_number(cell));
            }
            return (None, state);
        };
        let value = if unit == "万元" {
            let stated = written.or(header);
            if stated.is_none() && state == State::Number {
                self.diagnostics
                    .push(UNIT_ASSUMED.at(cell.origin.clone(), format!("{:?} read as 万元", cell.text)));
            }
            stated.unwrap_or(Unit::Wanyuan).to_wanyuan(number)
        } else if unit == "元" {
            Some(number).filter(|_| matches!(written.or(header), None | Some(Unit::Yuan)))
        } else {
            Some(number).filter(|_| matches!(written, None | Some(Unit::Count)))
        };
        if value.is_none() {
            let message = format!("{:?} has a unit that a figure in {unit} cannot have", cell.text);
            self.diagnostics
                .push(VALUE_NOT_A_NUMBER.at(cell.origin.clone(), message));
        }
        (value, if value.is_some() { state } else { State::Text })
    }

    /// Takes up digits without borders between the numbers: `row` names the figures' row, `unclear` is said if they stay null.
    pub fn set_unparted(&mut self, unparted: Unparted, cell: RowCell<'a>, unclear: Diagnostic) {
        self.unparted.push((unparted, cell, unclear));
    }

    /// Parts the digits that only one way adds up; the others stay null and are named. The number of rows that were read.
    pub fn part(&mut self) -> usize {
        let rows: Vec<Unparted> = self.unparted.iter().map(|(row, ..)| row.clone()).collect();
        let found = unparted::part(self.spec, &self.values, &rows);
        let parted = found.iter().flatten().count();
        for ((row, cell, unclear), numbers) in std::mem::take(&mut self.unparted).into_iter().zip(found) {
            match numbers {
                Some(numbers) => self.infer(&row, &cell, &numbers),
                None => self.unclear.push((row.row.clone(), unclear)),
            }
        }
        parted
    }

    fn infer(&mut self, row: &Unparted, cell: &RowCell, numbers: &[u64]) {
        let raw = row.tokens.join(" ");
        for (key, number) in row.keys.iter().zip(numbers) {
            self.values.0.insert(key.clone(), Some(Number((*number).into())));
            let evidence = Evidence {
                raw: Some(raw.clone()),
                state: State::Inferred,
                origin: Some(cell.origin.clone()),
            };
            self.evidence.insert(key.clone(), evidence);
        }
        self.fit.placed += numbers.len();
        self.rows.entry(row.row.clone()).or_default().cells += numbers.len();
        let message = format!("{raw:?} read as {numbers:?}");
        self.diagnostics.push(FIGURES_UNPARTED.at(cell.origin.clone(), message));
    }

    /// The label of a column that no row has, where rows have all others.
    fn missing_column(&self) -> Option<&'a str> {
        let has = |row: &RowSpec, column: &ColumnSpec| {
            let key = column.key_in(&row.key);
            self.evidence
                .get(&key)
                .is_some_and(|evidence| evidence.state != State::Absent)
        };
        self.spec.bands.iter().find_map(|band| {
            let mut missing = band
                .columns
                .iter()
                .filter(|column| !band.rows.iter().any(|row| has(row, column)));
            let first = missing.next()?;
            (missing.next().is_none() && band.columns.len() >= columns::WIDE).then_some(first.label.as_str())
        })
    }

    fn is_optional(&self, key: &str) -> bool {
        self.spec.rows().any(|row| row.optional && row.key == key)
    }

    /// The finished table. Keys of optional rows take their place in the form's order.
    pub fn finish(mut self, form: &str, origin: Origin, extra_rows: Vec<ExtraRow>) -> Filled {
        if self.rows.keys().any(|row| self.is_optional(row)) {
            let order: IndexSet<String> = self.spec.cells().map(|cell| cell.key()).collect();
            self.values.0.sort_by_cached_key(|key, _| order.get_index_of(key));
            self.evidence.sort_by_cached_key(|key, _| order.get_index_of(key));
        }
        let Verdicts { one, first, undecided } = borne_out(self.spec, &self.values, self.spaced, &mut self.diagnostics);
        for spaced in first {
            if let Some(evidence) = self.evidence.get_mut(&spaced.key) {
                let zero = spaced.first.is_some_and(|number| number.0.is_zero());
                evidence.state = if zero { State::Zero } else { State::Number };
            }
            self.values.0.insert(spaced.key, spaced.first);
        }
        Filled {
            table: Table {
                form: Some(form.into()),
                values: self.values,
                extra_rows,
                origin,
            },
            evidence: self.evidence,
            diagnostics: self.diagnostics,
            blocks: BTreeSet::new(),
            copies: BTreeSet::new(),
            fit: self.fit,
            rows: self.rows,
            unclear: self.unclear,
            one,
            undecided,
        }
    }
}

/// Reads a table whose rows have labels (tables 2 and 3), under one form. `None` where the document has no such table.
/// `is_foreign` tells the name of a column that only the same table of another form has.
pub(super) fn read_rows(
    input: &Input,
    form: &str,
    spec: &TableSpec,
    axes: &TableAxes,
    is_foreign: &dyn Fn(&Word) -> bool,
) -> Option<Filled> {
    let prepared = input.rows;
    let mut candidates: Vec<Candidates> = prepared.iter().map(|row| row.candidates(axes)).collect();
    for (index, pair) in prepared.windows(2).enumerate() {
        if pair[0].takes_label_of(&pair[1], axes) {
            candidates[index + 1].matches.clear();
        }
    }
    blocks::within_blocks(&mut candidates, &axes.blocks);
    let instances = copies::instances(&candidates);
    let strong = |copy: &Instance| (copy.start..copy.end).filter(|row| candidates[*row].strong().is_some());
    let has_figures =
        |copy: &Instance| strong(copy).any(|row| prepared[row].row.cells.iter().any(RowCell::is_filled_value));
    let caption_unit = |copy: &Instance| {
        let first = strong(copy).next().unwrap_or(copy.start);
        copies::captions(input, copy.start, first).find_map(unit_of_caption)
    };
    let year_of = |copy: &Instance| {
        let first = strong(copy).next().unwrap_or(copy.start);
        let label = candidates[first].matches.first().map_or(0, |label| label.cell);
        copies::year_above(input, copy.start, first, label)
    };
    let last = instances.last().and_then(|copy| strong(copy).next_back())?;
    let years = copies::years(input, instances.iter().map(year_of).collect(), last);
    let main = copies::main_instance(&instances, has_figures, &years)?;
    let instance = instances[main].clone();
    let other_year = years[main] == Year::Other;
    let rows = &prepared[instance.start..instance.end];
    let mut aligned = align::align(&candidates[instance.start..instance.end], axes.rows.len());
    let mut filler = Filler::new(spec);
    let targets: Vec<(usize, &RowSpec)> = spec
        .bands
        .iter()
        .enumerate()
        .flat_map(|(band, b)| b.rows.iter().map(move |row| (band, row)))
        .collect();
    out_of_order(rows, &candidates[instance.start..instance.end], &mut aligned);
    let widths = targets
        .iter()
        .map(|(band, row)| (spec.bands[*band].columns.len(), *row));
    let widths: Vec<loose::Target> = widths.collect();
    let settled = loose::settle(rows, prepared.get(instance.end), axes, &widths, &mut aligned);
    let by_lines = settled.is_some();
    filler.diagnostics.extend(settled.into_iter().flatten());
    by_position(rows, axes, by_lines, &mut aligned, &mut filler);
    let conflicts = conflicts(rows, &candidates[instance.start..instance.end], &aligned, axes);
    filler
        .diagnostics
        .extend(conflicts.iter().map(|(_, conflict)| conflict.clone()));
    // A column of another year (2015年度) is none of the form's.
    let is_of_other_year = |word: &Word| {
        let years = year::named(&word.label.full);
        input.year.is_some_and(|own| years.iter().any(|year| *year != own))
    };
    let names = |word: &Word| {
        // A column has no number: （六）其他 is a group of rows.
        word.label.ordinal.is_none()
            && !is_of_other_year(word)
            && axes.columns.iter().any(|band| {
                band.best(word)
                    .is_some_and(|m| m.score >= STRONG || word.label.full.chars().count() > 4)
            })
    };
    let is_part = |word: &Word| axes.columns.iter().any(|band| band.has_part(word));
    let read = |text: &str| match input.year {
        Some(year) => word(&columns::with_this_year(text, year)),
        None => word(text),
    };
    let words = Words {
        word: &read,
        is_name: &names,
        is_part: &is_part,
        is_foreign: &|word| word.label.ordinal.is_none() && !names(word) && is_foreign(word),
    };
    let caption = caption_unit(&instance);
    let shapes: Vec<Shape> = (0..spec.bands.len())
        .map(|band| {
            let places = rows
                .iter()
                .zip(&aligned)
                .filter_map(|(row, place)| Some((row.row, (*place)?)));
            let of_band = places.filter(|(_, (target, _))| targets[*target].0 == band);
            Shape::of(of_band.map(|(row, (_, label))| (row, label)))
        })
        .collect();
    let mut header = Header::default();
    let mut header_above = false;
    let mut blocks = BTreeSet::new();
    let mut spare = Vec::new();
    let mut origin = None;
    let mut by_count = None;
    let (mut placed_rows, mut named_rows, mut numbered_rows) = (0, 0, 0);
    for (index, row) in rows.iter().enumerate() {
        let Some((target, label)) = aligned[index] else {
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
        blocks.extend(row.claimed(label));
        let values = &row.row.cells[label + 1..];
        if !values.iter().any(|cell| cell.reading.is_value()) {
            filler.diagnostics.extend(values.first().map(not_a_number));
            continue;
        }
        origin.get_or_insert_with(|| row.row.cells[0].origin.clone());
        if conflicts.iter().any(|(of, _)| *of == target) {
            continue;
        }
        let (band, row_spec) = targets[target];
        match header.place(row.row, label, &axes.columns[band], shapes[band]) {
            Some(mut placed) => {
                // A label or the cell behind it names the unit of its row; the caption that of the table.
                let words = row.row.cells[label..].iter().take_while(|cell| !cell.is_filled_value());
                let own = words.filter_map(|cell| word(cell.text).unit).last();
                for unit in &mut placed.units {
                    *unit = match (*unit, own) {
                        (Some(above), Some(own)) if above != own => Some(Unit::OtherYuan),
                        (above, own) => own.or(above).or(caption),
                    };
                }
                placed_rows += 1;
                let found = candidates[instance.start + index].matches.iter();
                numbered_rows += usize::from(
                    found
                        .filter(|m| m.found.target == target)
                        .any(|m| m.found.score > EXACT),
                );
                named_rows += usize::from(placed.how == Placement::Header);
                if placed.how == Placement::Count {
                    by_count.get_or_insert((row.row.cells[label].origin.clone(), row.row.cells[label].text));
                }
                let columns = &spec.bands[band].columns;
                place(&mut filler, row.row, row_spec, columns, &placed);
                if !loose::is_loose(row.row, label) {
                    let taken = Taken {
                        row: row.row,
                        figures: figures(&placed, columns)
                            .map(|(cell, column)| (cell, column.key_in(&row_spec.key)))
                            .collect(),
                        texts: rests::wordings(row_spec),
                    };
                    let places = aligned[index + 1..].iter().copied().chain(std::iter::repeat(None));
                    let behind = prepared[instance.start + index + 1..].iter().zip(places);
                    let behind = behind.map(|(next, place)| (next, place.is_some()));
                    rests::doubt(taken, behind, &mut filler);
                }
            }
            None => {
                let columns = &spec.bands[band].columns;
                let unclear = unclear(row.row, label, columns.len());
                let keys = columns.iter().map(|column| column.key_in(&row_spec.key)).collect();
                let numbered = columns.iter().any(|column| column.numbers_rows);
                let tokens = unparted::tokens(&row.row.cells[label + 1..], columns.len()).filter(|_| !numbered);
                match tokens {
                    Some(tokens) => {
                        let row_key = row_spec.key.clone();
                        let unparted = Unparted {
                            row: row_key,
                            keys,
                            tokens,
                        };
                        filler.set_unparted(unparted, row.row.cells[label + 1].clone(), unclear)
                    }
                    None => filler.unclear.push((row_spec.key.clone(), unclear)),
                }
            }
        }
    }
    placed_rows += filler.part();
    // Two labels alone also stand in tables about something else, but not with the ordinals of the form.
    if placed_rows < 3 && named_rows < 2 && numbered_rows < 2 {
        return None;
    }
    if let Some((origin, label)) = by_count {
        let message = format!("no header fits; columns from {label:?} on were told by their number");
        filler.diagnostics.push(COLUMNS_BY_COUNT.at(origin, message));
    }

    let missing = filler.missing_column();
    filler
        .diagnostics
        .extend(origin.as_ref().zip(missing).map(|(origin, column)| {
            COLUMN_MISSING.at(
                origin.clone(),
                format!("no row of {} has a cell for {column}", spec.label),
            )
        }));

    let extra = extra_rows(rows, &spare, &aligned, &blocks, &targets);
    let unrecognized = extra
        .iter()
        .filter_map(|(index, row)| unrecognized(row, *index, named(&rows[*index], axes), &aligned, &targets));
    filler.diagnostics.extend(unrecognized);
    let extra_rows = extra.into_iter().map(|(_, row)| row).collect();
    let mut copies = BTreeSet::new();
    for copy in instances.iter().filter(|copy| **copy != instance && copy.strong >= 2) {
        let strong = (copy.start..copy.end).filter(|row| !candidates[*row].matches.is_empty());
        copies.extend(strong.flat_map(|row| prepared[row].row.blocks()));
        let first = prepared[copy.start].row.cells.first().map(|cell| cell.origin.clone());
        filler
            .diagnostics
            .push(TABLE_REPEATED.at(first, format!("another copy of {} was left out", spec.label)));
    }
    let origin = origin?;
    if other_year {
        filler.diagnostics.push(copies::of_other_year(&origin, spec));
    }
    let mut filled = filler.finish(form, origin, extra_rows);
    filled.copies = copies.difference(&blocks).copied().collect();
    filled.blocks = blocks;
    Some(filled)
}

/// The unit that a caption gives the amounts below it: `单位：件、万元`.
fn unit_of_caption(text: &str) -> Option<Unit> {
    Unit::in_header(&fold(text)).filter(|_| text.contains("单位") || text.contains("單位"))
}

fn place(filler: &mut Filler, row: &Row, row_spec: &RowSpec, columns: &[ColumnSpec], placed: &Placed) {
    for (column, cell) in placed.cells.iter().enumerate() {
        if let Some(cell) = cell.filter(|_| !columns[column].numbers_rows) {
            filler.set(
                row_spec,
                &columns[column],
                &row.cells[cell],
                placed.units[column],
                placed.how,
            );
        }
    }
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
    aligned: &[Option<(usize, usize)>],
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
    let best = axes.rows.best(&row.labels.last()?.word)?;
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

/// A row whose label cannot be read takes the one place left between its neighbours, if everything else fits.
fn by_position(
    rows: &[Prepared],
    axes: &TableAxes,
    by_lines: bool,
    aligned: &mut [Option<(usize, usize)>],
    filler: &mut Filler,
) {
    for index in 1..rows.len().saturating_sub(1) {
        let (Some((before, _)), None, Some((after, _))) = (aligned[index - 1], aligned[index], aligned[index + 1])
        else {
            continue;
        };
        let Some(label) = rows[index].labels.last() else {
            continue;
        };
        if by_lines && loose::is_loose(rows[index].row, label.cell) {
            continue;
        }
        let values = rows[index].row.cells.len() - label.cell - 1;
        let neighbour = aligned[index - 1].map_or(0, |(_, cell)| rows[index - 1].row.cells.len() - cell - 1);
        if after == before + 2
            && values > 0
            && values == neighbour
            && axes.rows.resemblance(&label.word, before + 1) >= 0.4
        {
            aligned[index] = Some((before + 1, label.cell));
            let cell = &rows[index].row.cells[label.cell];
            let message = format!("{:?} was placed between its neighbours", cell.text);
            filler
                .diagnostics
                .push(ROW_BY_POSITION.at(cell.origin.clone(), message));
        }
    }
}

fn not_a_number(cell: &RowCell) -> Diagnostic {
    VALUE_NOT_A_NUMBER.at(cell.origin.clone(), format!("{:?} is not one number", cell.text))
}

fn unclear(row: &Row, label: usize, columns: usize) -> Diagnostic {
    let cell = &row.cells[label];
    let values: Vec<&str> = row.cells[label + 1..].iter().map(|cell| cell.text.trim()).collect();
    let message = format!(
        "{:?} has {} values {values:?} for {columns} columns",
        cell.text,
        values.len()
    );
    ROW_UNCLEAR.at(cell.origin.clone(), message)
}

/// What to say of a row in a place where rows of the form are missing, or with the name of a missing one: it may be one of them.
fn unrecognized(
    row: &ExtraRow,
    index: usize,
    named: Option<usize>,
    aligned: &[Option<(usize, usize)>],
    targets: &[(usize, &RowSpec)],
) -> Option<Diagnostic> {
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
    let message = format!(
        "{:?} is no row of the form here, which lacks {}",
        row.label,
        missing.join("、")
    );
    (!missing.is_empty()).then(|| ROW_UNRECOGNIZED.at(row.origin.clone(), message))
}

/// Rows inside the table that the form does not have: in its grids, and in a stream between the first and the last of its rows, or
/// right behind the last where the row begins with a part of the label of a row that is still to come. Each with its index.
fn extra_rows(
    rows: &[Prepared],
    spare: &[usize],
    aligned: &[Option<(usize, usize)>],
    blocks: &BTreeSet<usize>,
    targets: &[(usize, &RowSpec)],
) -> Vec<(usize, ExtraRow)> {
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
