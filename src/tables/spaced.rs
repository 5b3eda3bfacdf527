//! Numbers with a space inside: one number, or two that stand in one cell?
//!
//! The digits say nothing: `524 524` is a number of 524 thousands or a number that was set twice. The sums of the table do, and where
//! they have shown that a document has spaces inside its numbers, that holds for the numbers that no sum knows of. Invariant: such a
//! number is one that something else bears out, or null with a diagnostic.

use std::collections::HashMap;

use super::fill::Filled;
use super::{NUMBER_AMBIGUOUS, NUMBER_PARTED};
use crate::diagnostic::Diagnostic;
use crate::document::Origin;
use crate::forms::{Band, Each, SumRule, TableSpec};
use crate::report::{Number, State, Values};

/// From this many numbers on that sums bear out, a document has spaces inside its numbers.
const HABIT: usize = 3;

/// A number with a space inside.
#[derive(Clone, Debug)]
pub(super) struct Spaced {
    /// Dotted key of its figure.
    pub key: String,
    /// The number that it is, if it is one; nothing where it is not known which digits belong to it.
    pub number: Option<Number>,
    /// Text as printed.
    pub text: String,
    /// Where it stands.
    pub origin: Origin,
    /// The number without the digits that stand below it on a line of their own, if that is what is doubtful.
    pub first: Option<Number>,
    /// Whether it is doubtful as long as no sum bears it out; otherwise it takes a sum to speak against it.
    pub likely: bool,
}

/// What the sums of a table say of its numbers that may be one or two.
#[derive(Debug, Default)]
pub(super) struct Verdicts {
    /// Those that are one number.
    pub one: Vec<Spaced>,
    /// Those whose first part is the number.
    pub first: Vec<Spaced>,
    /// Those that no sum knows of.
    pub undecided: Vec<Spaced>,
}

/// Holds numbers that may be one or two against the sums. What a sum speaks against is named at once.
pub(super) fn borne_out(
    spec: &TableSpec,
    values: &Values,
    spaced: Vec<Spaced>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Verdicts {
    let mut verdicts = Verdicts::default();
    if spaced.is_empty() {
        return verdicts;
    }
    let whole = spaced
        .iter()
        .filter_map(|one| Some((one.key.as_str(), one.number.or(one.first)?)))
        .collect();
    let first = spaced
        .iter()
        .filter_map(|one| Some((one.key.as_str(), one.first?)))
        .collect();
    let (whole, first) = (adds_up(spec, values, &whole), adds_up(spec, values, &first));
    for spaced in spaced {
        match (whole.get(&spaced.key), first.get(&spaced.key)) {
            (Some(true), _) | (_, Some(true)) if spaced.number.is_none() => verdicts.first.push(spaced),
            (Some(true), None | Some(false)) => verdicts.one.push(spaced),
            (None | Some(false), Some(true)) => verdicts.first.push(spaced),
            (None, None) if spaced.first.is_none() => verdicts.undecided.push(spaced),
            (None, None) if !spaced.likely => verdicts.first.push(spaced),
            _ => diagnostics.push(ambiguous(&spaced)),
        }
    }
    verdicts
}

/// For each of some numbers whether a sum that knows of it comes out right with it.
fn adds_up(spec: &TableSpec, values: &Values, numbers: &HashMap<&str, Number>) -> HashMap<String, bool> {
    let mut verdicts: HashMap<String, bool> = HashMap::new();
    let rules = spec
        .bands
        .iter()
        .flat_map(|band| spec.rules.iter().map(move |rule| (band, rule)));
    for (left, right) in rules.flat_map(|(band, rule)| instances(band, rule)) {
        let sum = |keys: &[String]| {
            keys.iter().try_fold(rust_decimal::Decimal::ZERO, |sum, key| {
                let number = values.get(key).or_else(|| numbers.get(key.as_str()).copied())?;
                sum.checked_add(number.0)
            })
        };
        let (Some(a), Some(b)) = (sum(&left), sum(&right)) else {
            continue;
        };
        for key in left
            .into_iter()
            .chain(right)
            .filter(|key| numbers.contains_key(key.as_str()))
        {
            *verdicts.entry(key).or_default() |= a == b;
        }
    }
    verdicts
}

/// The keys on both sides of a rule, once for each row, group or column that it is repeated over.
pub(super) fn instances(band: &Band, rule: &SumRule) -> Vec<(Vec<String>, Vec<String>)> {
    let columns = || band.columns.iter().map(|column| column.key.as_str());
    let in_column = |row: &str, key: &String| {
        let column = band.columns.iter().find(|column| column.key == *key);
        column.map_or_else(String::new, |column| column.key_in(row))
    };
    let rows = || band.rows.iter().chain(&band.groups).map(|row| row.key.as_str());
    let sides =
        |of: &dyn Fn(&String) -> String| (rule.left.iter().map(of).collect(), rule.right.iter().map(of).collect());
    let has = |known: &mut dyn Iterator<Item = &str>| {
        let known: Vec<&str> = known.collect();
        rule.left
            .iter()
            .chain(&rule.right)
            .all(|key| known.contains(&key.as_str()))
    };
    match rule.each {
        Each::Column if has(&mut rows()) => band
            .columns
            .iter()
            .map(|column| sides(&|row| column.key_in(row)))
            .collect(),
        Each::Row | Each::Group if has(&mut columns()) => {
            rows().map(|row| sides(&|column| in_column(row, column))).collect()
        }
        _ => Vec::new(),
    }
}

/// Takes what is one number as that number; the rest stays null and is named.
pub(super) fn decide<'f>(tables: impl IntoIterator<Item = &'f mut Filled>) {
    let mut tables: Vec<&mut Filled> = tables.into_iter().collect();
    let habit = tables.iter().map(|table| table.one.len()).sum::<usize>() >= HABIT;
    for table in &mut tables {
        let undecided = std::mem::take(&mut table.undecided);
        let (more, ambiguous) = if habit {
            (undecided, Vec::new())
        } else {
            (Vec::new(), undecided)
        };
        for one in std::mem::take(&mut table.one).into_iter().chain(more) {
            if let Some(evidence) = table.evidence.get_mut(&one.key) {
                evidence.state = State::Inferred;
            }
            let message = format!("{:?} read as {}", one.text, shown(one.number));
            table.diagnostics.push(NUMBER_PARTED.at(one.origin, message));
            table.table.values.0.insert(one.key, one.number);
        }
        table.diagnostics.extend(ambiguous.iter().map(self::ambiguous));
    }
}

fn ambiguous(spaced: &Spaced) -> Diagnostic {
    let message = match (spaced.first, spaced.number) {
        (Some(first), Some(number)) => format!(
            "{:?} is {first} or, with the digits on the next line, {number}",
            spaced.text
        ),
        (Some(first), None) => {
            format!("{first} may continue in the lines below, whose digits have no label of their own")
        }
        (None, number) => format!("{:?} is {} or two numbers", spaced.text, shown(number)),
    };
    NUMBER_AMBIGUOUS.at(spaced.origin.clone(), message)
}

fn shown(number: Option<Number>) -> String {
    number.map_or_else(String::new, |number| number.to_string())
}
