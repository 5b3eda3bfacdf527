//! Figures with their evidence, under the keys of a table.
//!
//! Invariant: a figure is what the cell prints, converted only where its unit says so; a cell that cannot be told apart stays null,
//! with a diagnostic.

use std::collections::BTreeSet;

use indexmap::IndexSet;

use super::columns::{self, Placement};
use super::rows::RowCell;
use super::spaced::{Spaced, Verdicts, borne_out};
use super::unparted::{self, Unparted};
use super::{COPIES_CONFLICT, FIGURES_UNPARTED, UNIT_ASSUMED, VALUE_NOT_A_NUMBER};
use crate::diagnostic::Diagnostic;
use crate::document::Origin;
use crate::forms::{ColumnSpec, RowSpec, TableSpec};
use crate::report::{ByKey, Evidence, ExtraRow, Number, State, Table, Values};
use crate::text::numeral::{self, Reading, Unit};

/// A table as it was read under one form.
#[derive(Debug)]
pub(super) struct Filled {
    /// The figures.
    pub table: Table,
    /// What was printed, by dotted key.
    pub evidence: ByKey<Evidence>,
    /// What was noticed.
    pub diagnostics: Vec<Diagnostic>,
    /// Blocks that belong to the table.
    pub blocks: BTreeSet<usize>,
    /// Blocks of further copies of the table.
    pub copies: BTreeSet<usize>,
    /// How well the form fits.
    pub fit: Fit,
    /// Rows of the form with cells that were placed, by key.
    pub rows: ByKey<RowPlaced>,
    /// Rows whose values are ambiguous, by key.
    pub unclear: Vec<(String, Diagnostic)>,
    /// Numbers with a space inside that the sums of the table bear out as one number.
    pub one: Vec<Spaced>,
    /// Numbers with a space inside of which no sum says anything.
    pub undecided: Vec<Spaced>,
    /// Why the figures are not those of the report's body.
    pub refused: Option<Diagnostic>,
    /// The figures that another copy states differently, with what this one stated, and what was said of it.
    pub contradicted: Vec<(String, Number, Diagnostic)>,
    /// Whether another copy stands before this one that the form could not read, and why: it may be of another form.
    pub is_second: Option<Unread>,
}

/// What to say of a table that could not be read, if anything.
pub(super) type Unread = Option<Box<Diagnostic>>;

impl Filled {
    /// Takes back the figures that another copy of the table, which may be the report's as well, states differently, and with them those in
    /// whose place it prints no number that could be read, or nothing. `label` names the table.
    pub fn contradict(&mut self, other: &Filled, label: &str) {
        let both = |key: &String| {
            let (own, other) = (self.stated(key)?, other.stated(key)?);
            (own != other).then(|| (key.clone(), own, other))
        };
        let differ: Vec<(String, Number, Number)> = self.table.values.0.keys().filter_map(both).collect();
        let Some((key, own, others)) = differ.first() else {
            return;
        };
        let message = format!(
            "{} figures of {label} differ from another copy's: {key} is {own} and {others}",
            differ.len()
        );
        let conflict = COPIES_CONFLICT.at(other.table.origin.clone(), message);
        self.diagnostics.push(conflict.clone());
        let stated = differ.iter().map(|(key, own, _)| (key.clone(), *own, conflict.clone()));
        self.contradicted.extend(stated);
        let shows = |key: &String| {
            other
                .evidence
                .get(key)
                .is_some_and(|evidence| evidence.state != State::Absent)
        };
        let is_borne_out = |key: &String| !shows(key) || self.stated(key) == other.stated(key);
        let taken_back = self
            .table
            .values
            .0
            .keys()
            .filter(|key| self.stated(key).is_some() && !is_borne_out(key));
        for key in taken_back.cloned().collect::<Vec<String>>() {
            self.take_back(&key);
        }
    }

    /// Takes back the figures of which a reading under another form found that another copy states them differently: there the other copy
    /// follows that form.
    pub fn contradict_as(&mut self, other: &Filled) {
        for (key, stated, conflict) in &other.contradicted {
            if self.stated(key) == Some(*stated) {
                self.take_back(key);
                if !self.diagnostics.contains(conflict) {
                    self.diagnostics.push(conflict.clone());
                }
            }
        }
    }

    fn take_back(&mut self, key: &str) {
        self.one.retain(|spaced| spaced.key != key);
        self.undecided.retain(|spaced| spaced.key != key);
        if let Some(evidence) = self.evidence.get_mut(key) {
            evidence.state = State::Text;
        }
        self.table.values.0.insert(key.to_owned(), None);
    }

    /// The figure of a key, or what it is if the digits with a space between them are one number.
    fn stated(&self, key: &str) -> Option<Number> {
        let spaced = || self.one.iter().chain(&self.undecided).find(|spaced| spaced.key == key);
        self.table.values.get(key).or_else(|| spaced()?.number)
    }
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

/// Collects figures under the keys of a table.
pub(super) struct Filler<'a> {
    spec: &'a TableSpec,
    values: Values,
    evidence: ByKey<Evidence>,
    pub diagnostics: Vec<Diagnostic>,
    /// Rows whose values are ambiguous, by key.
    pub unclear: Vec<(String, Diagnostic)>,
    fit: Fit,
    rows: ByKey<RowPlaced>,
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
            evidence: ByKey::default(),
            diagnostics: Vec::new(),
            unclear: Vec::new(),
            fit: Fit::default(),
            rows: ByKey::default(),
            spaced: Vec::new(),
            unparted: Vec::new(),
        };
        for cell in spec.cells().filter(|cell| !cell.row.optional) {
            let key = cell.key();
            filler.values.0.insert(key.clone(), None);
            filler.evidence.insert(
                key,
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

    /// Keeps what stands in place of a figure.
    pub fn keep_text(&mut self, key: &str, cell: &RowCell) {
        if let Some(evidence) = self
            .evidence
            .get_mut(key)
            .filter(|evidence| evidence.state == State::Absent)
        {
            evidence.raw = Some(cell.text.trim().to_owned());
            evidence.state = cell.reading.state;
            evidence.origin = Some(cell.origin.clone());
        }
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
            let is_one = header != Some(Unit::OtherCount) || number.0.is_zero();
            Some(number).filter(|_| is_one && matches!(written, None | Some(Unit::Count)))
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

    /// The labels of the columns of a wide table that no row has, where rows have others.
    pub fn missing_columns(&self) -> Vec<&'a str> {
        let has = |row: &RowSpec, column: &ColumnSpec| {
            let key = column.key_in(&row.key);
            self.evidence
                .get(&key)
                .is_some_and(|evidence| evidence.state != State::Absent)
        };
        let wide = self
            .spec
            .bands
            .iter()
            .filter(|band| band.columns.len() >= columns::WIDE);
        let missing = wide.flat_map(|band| {
            let lacks = move |column: &&ColumnSpec| !band.rows.iter().any(|row| has(row, column));
            let missing: Vec<&str> = band
                .columns
                .iter()
                .filter(lacks)
                .map(|column| column.label.as_str())
                .collect();
            Some(missing).filter(|missing| missing.len() < band.columns.len())
        });
        missing.flatten().collect()
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
            refused: None,
            contradicted: Vec::new(),
            is_second: None,
        }
    }
}

/// What to say of a cell that is filled and is no number.
pub(super) fn not_a_number(cell: &RowCell) -> Diagnostic {
    VALUE_NOT_A_NUMBER.at(cell.origin.clone(), format!("{:?} is not one number", cell.text))
}
