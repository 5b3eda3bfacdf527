//! Columns and rows of another year beside those of the report's year: 本年 | 上年 below each name, 2023年 and 2022年 beside each label.
//!
//! Invariant: what is of another year is left out only where the same thing of the report's year stands beside it.

use std::collections::BTreeSet;

use super::lexicon::word;
use super::meaning::{is_of_other_time, is_without_meaning};
use super::rows::{Row, RowCell, Source};
use crate::text::label::Label;
use crate::text::year;

/// Words of the report's own year, the longest first.
const OWN: [&str; 5] = ["本年度", "本年", "今年", "当年", "本报告期"];
/// Words of the year before, the longest first.
const BEFORE: [&str; 8] = [
    "上一年度",
    "上年同期",
    "去年同期",
    "上年度",
    "上一年",
    "上年",
    "去年",
    "前年",
];
/// A longer text is no name of a column.
const LONGEST: usize = 16;

/// The year that a column or row is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Time {
    Own,
    Other,
}

/// The name of a column without the report's year, or words for it, before or behind it: 自然人 for 2023年自然人.
pub(super) fn without_own_year(text: &str, year: Option<i32>) -> Option<String> {
    let (time, rest) = of(text, year)?;
    (time == Time::Own && !rest.is_empty() && !word(text).is_column).then_some(rest)
}

/// The time that a text names, and the name of a column beside it; empty where there is none.
fn of(text: &str, year: Option<i32>) -> Option<(Time, String)> {
    if !text.contains(['年', '期']) || text.chars().nth(LONGEST).is_some() {
        return None;
    }
    let name = year::squeeze(&Label::parse(text).full);
    let own = year.map(|year| format!("{year}年"));
    let other = year::named(&name).first().map(|named| format!("{named}年"));
    let own_year = own.iter().flat_map(|own| [format!("{own}度"), own.clone()]);
    let other_year = other.iter().flat_map(|other| [format!("{other}度"), other.clone()]);
    let words = OWN
        .into_iter()
        .map(String::from)
        .chain(own_year)
        .map(|word| (Time::Own, word));
    let others = BEFORE
        .into_iter()
        .map(String::from)
        .chain(other_year.filter(|_| own.is_some()));
    let mut words = words.chain(others.map(|word| (Time::Other, word)));
    let (time, rest) = words.find_map(|(time, word)| {
        let rest = name.strip_prefix(&word).or_else(|| name.strip_suffix(&word))?;
        Some((time, rest.to_owned()))
    })?;
    let is_column = |name: &str| word(name).is_column;
    let is_of_form = |time: &str| is_column(&format!("{time}{rest}"));
    if is_of_other_time(&rest) {
        None
    } else if is_column(&rest) && !["上年", "上一年"].into_iter().any(is_of_form) {
        Some((time, rest))
    } else {
        is_without_meaning(&rest).then(|| (time, String::new()))
    }
}

/// Leaves out of all grids the columns and rows of other years than the report's.
pub(super) fn leave_out_others(rows: Vec<Row<'_>>, year: Option<i32>) -> Vec<Row<'_>> {
    let mut out = Vec::with_capacity(rows.len());
    let mut rows = rows.into_iter().peekable();
    while let Some(first) = rows.next() {
        let source = first.source;
        let mut grid = vec![first];
        while let Some(next) = rows.next_if(|next| source != Source::Stream && next.source == source) {
            grid.push(next);
        }
        if source != Source::Stream {
            leave_out_columns(&mut grid, year);
            leave_out_rows(&mut grid, year);
        }
        out.append(&mut grid);
    }
    out
}

/// A header cell of a time.
struct Named {
    row: usize,
    cell: usize,
    time: Time,
    rest: String,
}

/// Leaves out the columns that a header says are of another year, where one of the report's year stands in the same row.
fn leave_out_columns(rows: &mut Vec<Row>, year: Option<i32>) {
    let headers = rows
        .iter()
        .enumerate()
        .filter(|(_, row)| !row.cells.iter().any(RowCell::is_filled_value));
    let named: Vec<Named> = headers
        .flat_map(|(row, header)| {
            let cells = header
                .cells
                .iter()
                .enumerate()
                .filter(|(_, cell)| cell.own && cell.is_text());
            cells.filter_map(move |(cell, text)| {
                let (time, rest) = of(text.text, year)?;
                let is_form = time == Time::Other && word(text.text).is_column && !rest.is_empty();
                (!is_form).then_some(Named { row, cell, time, rest })
            })
        })
        .collect();
    let is_twin = |one: &Named, other: &Named| (one.row, &one.rest) == (other.row, &other.rest);
    let beside = |one: &&Named, time: Time| named.iter().any(|other| other.time == time && is_twin(one, other));
    let slots = |named: &Named| {
        let cell = &rows[named.row].cells[named.cell];
        cell.start..cell.start + cell.span
    };
    let others = named
        .iter()
        .filter(|one| one.time == Time::Other && beside(one, Time::Own));
    let out: BTreeSet<usize> = others.flat_map(slots).collect();
    if out.is_empty() {
        return;
    }
    // Below the name of a column the words for the year have done their work.
    let is_below_name = |one: &Named| {
        let own = slots(one);
        let mut above = rows[..one.row].iter().flat_map(|row| &row.cells);
        above.any(|cell| cell.start <= own.start && own.end <= cell.start + cell.span && word(cell.text).is_column)
    };
    let done: Vec<(usize, usize)> = named
        .iter()
        .filter(|one| one.time == Time::Own && one.rest.is_empty() && is_below_name(one))
        .map(|one| (one.row, one.cell))
        .collect();
    for (at, row) in rows.iter_mut().enumerate() {
        let mut place = 0..;
        row.cells
            .retain(|_| place.next().is_none_or(|cell| !done.contains(&(at, cell))));
        row.cells.retain_mut(|cell| {
            let inside = out.range(cell.start..cell.start + cell.span).count();
            let before = out.range(..cell.start).count();
            cell.span -= inside;
            cell.start -= before;
            cell.span > 0
        });
    }
    let is_over = |row: &Row| row.cells.iter().all(|cell| !cell.own);
    for at in (0..rows.len()).rev().filter(|at| done.iter().any(|(row, _)| row == at)) {
        if is_over(&rows[at]) {
            take_out(rows, at);
        }
    }
}

/// Leaves out the rows that are labelled with another year, where the same label stands beside the report's year.
fn leave_out_rows<'a>(rows: &mut Vec<Row<'a>>, year: Option<i32>) {
    let label = |row: &Row<'a>| {
        let end = row.cells.iter().position(RowCell::is_filled_value)?;
        let own = row.cells[..end].iter().rposition(RowCell::is_text)?;
        let (time, rest) = of(row.cells[own].text, year)?;
        let before = row.cells[..own].iter().rfind(|cell| cell.is_text());
        let before = before.map_or("", |cell| cell.text.trim());
        rest.is_empty().then_some((time, own, before))
    };
    let named: Vec<Option<(Time, usize, &'a str)>> = rows.iter().map(label).collect();
    let labels = |time: Time| -> BTreeSet<&str> {
        let of_time = named.iter().flatten().filter(|(own, ..)| *own == time);
        of_time.map(|(_, _, before)| *before).collect()
    };
    let (own, other) = (labels(Time::Own), labels(Time::Other));
    let doubled: BTreeSet<&str> = own.intersection(&other).copied().collect();
    let places: Vec<(usize, Time, usize)> = named
        .iter()
        .enumerate()
        .filter_map(|(at, named)| named.map(|(time, cell, before)| (at, time, cell, before)))
        .filter(|(.., before)| doubled.contains(before))
        .map(|(at, time, cell, _)| (at, time, cell))
        .collect();
    for (at, time, cell) in places.into_iter().rev() {
        match time {
            Time::Own => drop(rows[at].cells.remove(cell)),
            Time::Other => take_out(rows, at),
        }
    }
}

/// Takes a row out of its grid; merged cells that reach over it become shorter.
fn take_out(rows: &mut Vec<Row>, at: usize) {
    let gone = rows.remove(at);
    for cell in gone.cells.iter().filter(|cell| cell.rows > 1) {
        let is_same = |other: &RowCell| std::ptr::eq(other.origin, cell.origin) && other.start == cell.start;
        for row in &mut *rows {
            row.cells
                .iter_mut()
                .filter(|other| is_same(other))
                .for_each(|other| other.rows -= 1);
        }
        let next = rows.get_mut(at).filter(|_| cell.own);
        let begins = next
            .into_iter()
            .flat_map(|row| &mut row.cells)
            .filter(|other| is_same(other));
        begins.for_each(|other| other.own = true);
    }
}
