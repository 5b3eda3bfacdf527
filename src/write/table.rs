//! What a table is: columns with type and description, and rows of typed values.
//!
//! Invariant: a number is an exact decimal or an integer; there is no binary floating point in a row.

use std::borrow::Cow;
use std::ops::Deref;
use std::sync::Arc;

use rust_decimal::Decimal;

use crate::report::Report;

/// The type of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Type {
    /// Text.
    Text,
    /// A whole number of 64 bits.
    Integer,
    /// An exact decimal.
    Decimal,
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
