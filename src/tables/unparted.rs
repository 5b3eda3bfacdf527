//! Rows whose digits stand without borders between the numbers, or with too many: what the sums of the form leave.
//!
//! `435934495353291` is 43, 59, 34, 49, 53, 53 and 291, because no other way to part it adds up. Invariant: digits are parted only where
//! exactly one way satisfies the form's sums, those over the rows of the table included where the form has such; a number that stands
//! by itself is never changed.

use std::ops::Range;

use rust_decimal::prelude::ToPrimitive;

use super::rows::RowCell;
use super::spaced::instances;
use crate::forms::TableSpec;
use crate::report::{Number, Values};
use crate::text::normalize::fold;

/// Steps of the search for the ways to part the digits of one row; beyond them the row is given up.
const STEPS: usize = 50_000;
/// Ways to combine the rows of one sum that are tried.
const COMBINATIONS: usize = 100_000;
/// Digits of the longest number.
const LONGEST: usize = 9;

/// Digits that belong to several figures.
#[derive(Clone, Debug)]
pub(super) struct Unparted {
    /// The key of the row that the figures are in.
    pub row: String,
    /// Dotted keys of the figures, in the form's order.
    pub keys: Vec<String>,
    /// The digits between the borders that are printed.
    pub tokens: Vec<String>,
}

/// A sum over figures: dotted keys on the left and on the right.
type Sum = (Vec<String>, Vec<String>);

/// For each row the only numbers that its digits can be, in the order of its keys. `values` holds the figures of the other rows.
pub(super) fn part(spec: &TableSpec, values: &Values, rows: &[Unparted]) -> Vec<Option<Vec<u64>>> {
    let rules = spec
        .bands
        .iter()
        .flat_map(|band| spec.rules.iter().map(move |rule| instances(band, rule)));
    let rules: Vec<Vec<Sum>> = rules.filter(|sums| !sums.is_empty()).collect();
    let mut ways: Vec<Vec<Vec<u64>>> = rows.iter().map(|row| row.ways(&rules)).collect();
    let across: Vec<&Vec<Sum>> = rules
        .iter()
        .filter(|sums| !rows.iter().any(|row| row.holds(&sums[0])))
        .collect();
    let mut borne_out = vec![false; rows.len()];
    // Each pass can only leave fewer ways, so that this ends.
    loop {
        let before: usize = ways.iter().map(Vec::len).sum();
        for sums in &across {
            for row in satisfy(sums, values, rows, &mut ways) {
                borne_out[row] = true;
            }
        }
        if ways.iter().map(Vec::len).sum::<usize>() == before {
            break;
        }
    }
    let needs = |row: &Unparted| across.iter().any(|sums| sums.iter().any(|sum| row.takes_part(sum)));
    let only = |(index, row): (usize, &Unparted)| {
        let found = &ways[index];
        // A single sum may be printed wrong: without one over the rows only digits that are each a number are sure.
        let sure = borne_out[index] || !needs(row) && row.tokens.concat().len() == row.keys.len();
        (found.len() == 1 && sure).then(|| found[0].clone())
    };
    rows.iter().enumerate().map(only).collect()
}

/// Leaves only the ways that satisfy all the sums of a rule at once. The rows that it bears out; none where figures are missing, or
/// where no way satisfies it.
fn satisfy(sums: &[Sum], values: &Values, rows: &[Unparted], ways: &mut [Vec<Vec<u64>>]) -> Vec<usize> {
    let part: Vec<usize> = (0..rows.len())
        .filter(|row| sums.iter().any(|sum| rows[*row].takes_part(sum)))
        .collect();
    let combinations = part
        .iter()
        .try_fold(1usize, |product, row| product.checked_mul(ways[*row].len()));
    if part.is_empty() || !combinations.is_some_and(|count| (1..=COMBINATIONS).contains(&count)) {
        return Vec::new();
    }
    let Some(fixed) = sums
        .iter()
        .map(|sum| fixed(sum, values, rows, &part))
        .collect::<Option<Vec<i64>>>()
    else {
        return Vec::new();
    };
    // What each way of each row adds to the differences between left and right.
    let adds: Vec<Vec<Vec<i64>>> = part
        .iter()
        .map(|row| {
            let weights: Vec<Vec<(usize, i64)>> = sums.iter().map(|sum| rows[*row].weights(sum)).collect();
            let add = |way: &Vec<u64>| {
                weights
                    .iter()
                    .map(|keys| keys.iter().map(|(key, sign)| sign * way[*key] as i64).sum())
                    .collect()
            };
            ways[*row].iter().map(add).collect()
        })
        .collect();
    let mut possible: Vec<Vec<bool>> = part.iter().map(|row| vec![false; ways[*row].len()]).collect();
    combine(&adds, &mut Vec::new(), fixed, &mut possible);
    if !possible[0].contains(&true) {
        return Vec::new();
    }
    for (row, possible) in part.iter().zip(possible) {
        let mut possible = possible.into_iter();
        ways[*row].retain(|_| possible.next().unwrap_or_default());
    }
    part
}

/// Marks the ways of every combination that leaves no difference.
fn combine(adds: &[Vec<Vec<i64>>], chosen: &mut Vec<usize>, difference: Vec<i64>, possible: &mut [Vec<bool>]) {
    let Some(ways) = adds.get(chosen.len()) else {
        if difference.iter().all(|d| *d == 0) {
            for (row, way) in chosen.iter().enumerate() {
                possible[row][*way] = true;
            }
        }
        return;
    };
    for (way, add) in ways.iter().enumerate() {
        chosen.push(way);
        let next = difference.iter().zip(add).map(|(d, add)| d + add).collect();
        combine(adds, chosen, next, possible);
        chosen.pop();
    }
}

/// What the figures that stand by themselves add to the difference between left and right; `None` where one is missing.
fn fixed(sum: &Sum, values: &Values, rows: &[Unparted], part: &[usize]) -> Option<i64> {
    let of = |keys: &[String]| {
        let others = keys
            .iter()
            .filter(|key| !part.iter().any(|row| rows[*row].keys.contains(key)));
        others.map(|key| whole(values.get(key)?)).sum::<Option<i64>>()
    };
    Some(of(&sum.0)? - of(&sum.1)?)
}

fn whole(number: Number) -> Option<i64> {
    number.0.to_i64().filter(|_| number.0.fract().is_zero())
}

/// The digits of a row's values where borders are missing or too many: alone behind their label, or more numbers than columns.
pub(super) fn tokens(values: &[RowCell], columns: usize) -> Option<Vec<String>> {
    let digits = |cell: &RowCell| -> Vec<String> { cell.text.split_whitespace().map(fold).collect() };
    let tokens: Vec<String> = values.iter().flat_map(digits).collect();
    let plain = tokens
        .iter()
        .all(|token| token.bytes().all(|b| b.is_ascii_digit()) && token.len() <= LONGEST * columns);
    let glued = values.len() == 1 && values[0].glued;
    (plain && (glued || tokens.len() > columns)).then_some(tokens)
}

impl Unparted {
    fn holds(&self, sum: &Sum) -> bool {
        sum.0.iter().chain(&sum.1).all(|key| self.keys.contains(key))
    }

    fn takes_part(&self, sum: &Sum) -> bool {
        sum.0.iter().chain(&sum.1).any(|key| self.keys.contains(key))
    }

    /// The keys of this row in a sum, by index, with their sign.
    fn weights(&self, sum: &Sum) -> Vec<(usize, i64)> {
        let of = |keys: &[String], sign: i64| -> Vec<(usize, i64)> {
            let own = keys
                .iter()
                .filter_map(|key| self.keys.iter().position(|own| own == key));
            own.map(|key| (key, sign)).collect()
        };
        [of(&sum.0, 1), of(&sum.1, -1)].concat()
    }

    /// Every way to part the digits that satisfies the sums within the row. None where the figures are not all parts and their total,
    /// or where there are too many ways to try.
    fn ways(&self, rules: &[Vec<Sum>]) -> Vec<Vec<u64>> {
        let mut blocks = Vec::new();
        for sum in rules.iter().flatten().filter(|sum| self.holds(sum)) {
            let from = blocks.iter().sum::<usize>() + blocks.len();
            let own = &self.keys[from.min(self.keys.len())..];
            let (parts, total) = own.split_at(sum.1.len().min(own.len()));
            if parts != sum.1 || total.first() != sum.0.first() || sum.0.len() != 1 {
                return Vec::new();
            }
            blocks.push(parts.len());
        }
        if blocks.iter().sum::<usize>() + blocks.len() != self.keys.len() {
            return Vec::new();
        }
        let mut search = Search {
            digits: self.tokens.concat().into_bytes(),
            borders: self.borders(),
            blocks,
            join: self.tokens.len() > self.keys.len(),
            found: Vec::new(),
            steps: 0,
        };
        search.block(0, 0, &mut Vec::new());
        if search.steps > STEPS { Vec::new() } else { search.found }
    }

    fn borders(&self) -> Vec<usize> {
        let ends = self.tokens.iter().scan(0, |end, token| {
            *end += token.len();
            Some(*end)
        });
        ends.collect()
    }
}

/// A search for the ways to part digits into blocks of numbers, each with its total behind it.
struct Search {
    digits: Vec<u8>,
    /// Where borders are printed.
    borders: Vec<usize>,
    /// Numbers of each block before its total.
    blocks: Vec<usize>,
    /// Whether there are too many borders, so that numbers end only there; else every border ends a number.
    join: bool,
    found: Vec<Vec<u64>>,
    steps: usize,
}

impl Search {
    /// Parts the digits from `from` on into the blocks from `block` on. The total is chosen first: it leaves few ways for its parts.
    fn block(&mut self, block: usize, from: usize, numbers: &mut Vec<u64>) {
        let Some(count) = self.blocks.get(block).copied() else {
            if from == self.digits.len() {
                self.found.push(numbers.clone());
            }
            return;
        };
        let longest = self.digits.len().min(from + (count + 1) * LONGEST);
        let first = if block + 1 == self.blocks.len() {
            self.digits.len()
        } else {
            from + count + 1
        };
        for end in first..=longest {
            for start in (from + count).max(end.saturating_sub(LONGEST))..end {
                if let Some(total) = self.number(start, end) {
                    self.parts(block, from..start, count, total, end, numbers);
                }
            }
        }
    }

    /// Parts a range of digits into `count` numbers that add up to `rest`; then `total` and the blocks behind it follow.
    fn parts(
        &mut self,
        block: usize,
        range: Range<usize>,
        count: usize,
        rest: u64,
        end: usize,
        numbers: &mut Vec<u64>,
    ) {
        self.steps += 1;
        if count == 0 {
            if range.is_empty() && rest == 0 {
                let total = numbers[numbers.len() - self.blocks[block]..].iter().sum();
                numbers.push(total);
                self.block(block + 1, end, numbers);
                numbers.pop();
            }
            return;
        }
        let last = if range.len() < count {
            range.start
        } else {
            range.end - (count - 1)
        };
        let first = if count == 1 { last } else { range.start + 1 };
        for cut in first..=last.min(range.start + LONGEST) {
            if self.steps > STEPS {
                return;
            }
            if let Some(number) = self.number(range.start, cut).filter(|number| *number <= rest) {
                numbers.push(number);
                self.parts(block, cut..range.end, count - 1, rest - number, end, numbers);
                numbers.pop();
            }
        }
    }

    /// The number that a range of digits is, if borders and zeros allow it.
    fn number(&self, from: usize, to: usize) -> Option<u64> {
        let digits = self
            .digits
            .get(from..to)
            .filter(|digits| !digits.is_empty() && digits.len() <= LONGEST)?;
        let fits = match self.join {
            true => self.borders.contains(&to),
            false => !self.borders.iter().any(|border| (from + 1..to).contains(border)),
        };
        let plain = fits && (digits.len() == 1 || digits[0] != b'0');
        plain.then(|| {
            digits
                .iter()
                .fold(0, |number, digit| number * 10 + u64::from(digit - b'0'))
        })
    }
}
