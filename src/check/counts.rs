//! What kind of number a figure may be: counts are whole, and nothing but a change is below zero.
//!
//! Invariant: one check a table and rule, so that a sound table says so in one line.

use super::CheckCode;
use super::figure::{Sheet, plain, sheets, short};
use crate::forms::{self, CellSpec};
use crate::report::{Check, Number, Report, Status, pointer};

const WHOLE: &str = "counts.whole";
const NOT_NEGATIVE: &str = "counts.not_negative";

/// The codes of this group.
pub(super) const CODES: &[CheckCode] = &[
    CheckCode {
        code: WHOLE,
        english: "Figures that count things are whole numbers; only amounts of money have decimals. A failure is usually a slip of the comma or a figure in the wrong cell.",
        chinese: "计数类指标应为整数，只有金额可有小数。不通过多为小数点笔误或填错栏目。",
    },
    CheckCode {
        code: NOT_NEGATIVE,
        english: "No figure is below zero except a change, such as that of the number of items (本年增/减) in form 2019.",
        chinese: "除增减数（如2019年格式的“本年增/减”）外，各项数据不应为负数。",
    },
];

/// Holds both rules against every table that has a figure.
pub(super) fn check(report: &Report, checks: &mut Vec<Check>) {
    for sheet in sheets(report) {
        let whole = |cell: &CellSpec, value: Number| cell.is_amount() || value.0.is_integer();
        let not_negative = |cell: &CellSpec, value: Number| cell.column.signed || !is_negative(value);
        checks.extend(one(&sheet, WHOLE, ["whole", "not whole"], &whole));
        checks.extend(one(&sheet, NOT_NEGATIVE, ["not negative", "negative"], &not_negative));
    }
}

fn is_negative(value: Number) -> bool {
    value.0.is_sign_negative() && !value.0.is_zero()
}

/// Holds one rule; the words say that all figures keep to it, and that some do not.
fn one(
    sheet: &Sheet,
    code: &str,
    [word, against]: [&str; 2],
    holds: &dyn Fn(&CellSpec, Number) -> bool,
) -> Option<Check> {
    let mut looked_at = 0;
    let mut wrong = Vec::new();
    let mut cells = Vec::new();
    for (key, value) in &sheet.table.values.0 {
        // A table may hold figures of other forms than its own.
        let figure = forms::figure(sheet.key, sheet.table.form.as_deref(), key);
        let (Some(value), Some((_, cell))) = (*value, figure) else {
            continue;
        };
        looked_at += 1;
        if !holds(&cell, value) {
            wrong.push(format!(
                "{} {} {value}",
                short(&cell.row.label),
                short(&cell.column.label)
            ));
            cells.push(pointer::figure(sheet.key, key));
        }
    }
    let name = &sheet.spec.label;
    let (status, message) = match (looked_at, wrong.is_empty()) {
        (0, _) => return None,
        (_, true) => (Status::Pass, format!("{name}: all {looked_at} figures are {word}")),
        (_, false) => (Status::Fail, format!("{name}: {against}: {}", wrong.join(", "))),
    };
    Some(plain(code, status, message, cells))
}
