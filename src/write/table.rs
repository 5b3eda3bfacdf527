//! What a table is: columns with type and description, and rows of typed values.
//!
//! Invariant: a number is an exact decimal or an integer; there is no binary floating point in a row. Formats with types of their own take
//! a value as its column has it, exactly or not at all; only edges on a page become floats.

use std::borrow::Cow;
use std::ops::Deref;
use std::sync::Arc;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::report::Report;

/// The type of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Type {
    /// Text.
    Text,
    /// A whole number of 64 bits.
    Integer,
    /// What counts things: a decimal as printed, which typed formats hold as a whole number.
    Count,
    /// An exact decimal.
    Decimal,
    /// A place on a page in points, which typed formats hold as a float.
    Edge,
    /// True or false.
    Boolean,
}

/// A column of a table.
#[derive(Clone, Debug)]
pub struct Column {
    /// Name, unique in its table.
    pub name: Cow<'static, str>,
    /// Type of its values.
    pub kind: Type,
    /// Whether every row has a value.
    pub required: bool,
    /// What it holds.
    pub description: Cow<'static, str>,
}

/// A column whose values are keys of another table.
#[derive(Clone, Copy, Debug)]
pub struct ForeignKey {
    /// The column here.
    pub column: &'static str,
    /// The other table.
    pub table: &'static str,
    /// The column there.
    pub target: &'static str,
}

/// The definition of a table, from which every format is written.
#[derive(Clone, Debug)]
pub struct Table {
    /// Name.
    pub name: &'static str,
    /// What one row is.
    pub description: &'static str,
    /// Columns in order.
    pub columns: Vec<Column>,
    /// Columns that identify a row.
    pub primary_key: &'static [&'static str],
    /// References to other tables.
    pub foreign_keys: &'static [ForeignKey],
}

impl Table {
    /// The position of a column.
    pub fn position(&self, column: &str) -> Option<usize> {
        self.columns.iter().position(|other| other.name == column)
    }
}

/// A text, without a copy where many rows have the same.
#[derive(Clone, Debug)]
pub enum Text {
    /// Of this row.
    Own(String),
    /// Of the program: keys, units, words.
    Fixed(&'static str),
    /// Of many rows: what names their report.
    Shared(Arc<str>),
}

impl Deref for Text {
    type Target = str;

    fn deref(&self) -> &str {
        match self {
            Text::Own(text) => text,
            Text::Fixed(text) => text,
            Text::Shared(text) => text,
        }
    }
}

impl PartialEq for Text {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

/// One value.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// No value.
    Null,
    /// Text.
    Text(Text),
    /// A whole number.
    Integer(i64),
    /// An exact decimal.
    Decimal(Decimal),
    /// True or false.
    Boolean(bool),
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Value::Text(Text::Own(text.to_owned()))
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Value::Text(Text::Own(text))
    }
}

impl From<&Arc<str>> for Value {
    fn from(text: &Arc<str>) -> Self {
        Value::Text(Text::Shared(Arc::clone(text)))
    }
}

impl Value {
    /// A text of the program.
    pub fn fixed(text: &'static str) -> Self {
        Value::Text(Text::Fixed(text))
    }
}

/// Digits of a decimal in typed formats: as many as 64 bits hold.
pub const PRECISION: u8 = 18;
/// Digits of a decimal after its point in typed formats: 万元 to the fen.
pub const SCALE: i8 = 6;

impl Value {
    /// The value in a column of whole numbers: nothing for a number that is none.
    pub fn whole(&self) -> Option<i64> {
        match self {
            Value::Integer(number) => Some(*number),
            Value::Decimal(number) if number.is_integer() => number.trunc().mantissa().try_into().ok(),
            _ => None,
        }
    }

    /// The value in a column of decimals, in units of their last place: nothing for a number that does not fit exactly.
    pub fn scaled(&self) -> Option<i64> {
        let Value::Decimal(number) = self else { return None };
        let number = number.normalize();
        let missing = u32::from(SCALE.unsigned_abs()).checked_sub(number.scale())?;
        let scaled = number.mantissa().checked_mul(10i128.pow(missing))?;
        let fits = scaled.unsigned_abs() < 10u128.pow(PRECISION.into());
        fits.then(|| scaled.try_into().ok()).flatten()
    }

    /// The value in a column of edges.
    pub fn edge(&self) -> Option<f32> {
        match self {
            Value::Decimal(number) => number.to_f32(),
            _ => None,
        }
    }

    /// The value in a column of text.
    pub fn text(&self) -> Option<&str> {
        match self {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The value in a column of truths.
    pub fn truth(&self) -> Option<bool> {
        match self {
            Value::Boolean(truth) => Some(*truth),
            _ => None,
        }
    }
}

impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Value::Integer(number)
    }
}

impl From<u32> for Value {
    fn from(number: u32) -> Self {
        Value::Integer(number.into())
    }
}

impl From<i32> for Value {
    fn from(number: i32) -> Self {
        Value::Integer(number.into())
    }
}

impl From<bool> for Value {
    fn from(truth: bool) -> Self {
        Value::Boolean(truth)
    }
}

impl From<Decimal> for Value {
    fn from(number: Decimal) -> Self {
        Value::Decimal(number)
    }
}

impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Value::Null, Into::into)
    }
}

impl From<&Option<String>> for Value {
    fn from(text: &Option<String>) -> Self {
        text.as_deref().into()
    }
}

/// One row: a value for each column.
pub type Row = Vec<Value>;

/// Some rows of every table, in order, with the reports that they come from.
#[derive(Default)]
pub struct Block {
    /// For each table of [`super::tables::tables`] its rows.
    pub rows: Vec<Vec<Row>>,
    /// The reports whole.
    pub reports: Vec<Arc<Report>>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decimal(text: &str) -> Value {
        Value::Decimal(text.parse().unwrap())
    }

    #[test]
    fn a_decimal_is_kept_exactly_or_not_at_all() {
        let scaled = |text: &str| decimal(text).scaled();
        assert_eq!(scaled("4068.20800"), Some(4_068_208_000));
        assert_eq!(scaled("-3"), Some(-3_000_000));
        assert_eq!(scaled("0.000001"), Some(1));
        assert_eq!(scaled("0.0000001"), None);
        assert_eq!(scaled("999999999999.999999"), Some(999_999_999_999_999_999));
        assert_eq!(scaled("1000000000000"), None);
        assert_eq!(Value::Null.scaled(), None);
    }

    #[test]
    fn a_whole_number_is_one_however_it_is_printed() {
        let whole = |text: &str| decimal(text).whole();
        assert_eq!(whole("2304"), Some(2304));
        assert_eq!(whole("12.00"), Some(12));
        assert_eq!(whole("-7"), Some(-7));
        assert_eq!(whole("12.5"), None);
        assert_eq!(whole("9223372036854775807"), Some(i64::MAX));
        assert_eq!(whole("9223372036854775808"), None);
        assert_eq!(Value::Integer(3).whole(), Some(3));
    }
}
