//! Apache Parquet: typed columns, zstd, exact decimals, schema version and generator in the file's metadata.
//!
//! Decimals are `DECIMAL(38, 10)`, the widest that readers know, as big-endian bytes. Invariant: a decimal that does not fit exactly
//! is null here and never rounded; the table of figures carries its text beside it.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use parquet::basic::{Compression, LogicalType, Repetition, Type as Physical, ZstdLevel};
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, FixedLenByteArray, FixedLenByteArrayType, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::schema::types::Type as Node;
use rust_decimal::Decimal;

use super::aside::{AsideFile, Finished};
use super::table::{Block, Column, Table, Type, Value};
use super::{Sink, WriteError};
use crate::report::SCHEMA_VERSION;

/// Digits of a decimal.
pub const PRECISION: u8 = 38;
/// Digits of a decimal after its point.
pub const SCALE: i8 = 10;
/// Bytes of a decimal.
const WIDTH: usize = 16;
/// A row group ends when it holds this many values, or this many bytes of text: both bound memory.
const GROUP_VALUES: usize = 500_000;
const GROUP_BYTES: usize = 16 << 20;

/// The values of one column of the row group being filled.
enum Buffer {
    Integers(Vec<i64>),
    Decimals(Vec<FixedLenByteArray>),
    Booleans(Vec<bool>),
    Texts(Vec<ByteArray>),
}

/// One table as Parquet.
pub struct ParquetSink {
    table: usize,
    path: PathBuf,
    kinds: Vec<Type>,
    /// For each column which rows have a value, as Parquet's definition levels.
    levels: Vec<Vec<i16>>,
    buffers: Vec<Buffer>,
    bytes: usize,
    out: SerializedFileWriter<AsideFile>,
}

impl ParquetSink {
    /// Opens the file.
    ///
    /// # Errors
    /// Where the file cannot be made.
    pub fn create(path: &Path, index: usize, table: &Table) -> Result<Self, WriteError> {
        let file = AsideFile::create(path)?;
        let open = || -> Result<_, ParquetError> {
            let columns = table.columns.iter().map(node).collect::<Result<_, _>>()?;
            let schema = Node::group_type_builder(table.name).with_fields(columns).build()?;
            let pair = |key: &str, value: String| KeyValue::new(key.into(), value);
            let properties = WriterProperties::builder()
                .set_compression(Compression::ZSTD(ZstdLevel::try_new(3)?))
                .set_created_by(format!("nianbao version {}", env!("CARGO_PKG_VERSION")))
                .set_key_value_metadata(Some(vec![
                    pair("schema_version", SCHEMA_VERSION.to_string()),
                    pair("generator", format!("nianbao {}", env!("CARGO_PKG_VERSION"))),
                    pair("description", table.description.into()),
                ]))
                .build();
            SerializedFileWriter::new(file, Arc::new(schema), Arc::new(properties))
        };
        let kinds: Vec<Type> = table.columns.iter().map(|column| column.kind).collect();
        Ok(ParquetSink {
            table: index,
            path: path.to_owned(),
            levels: vec![Vec::new(); kinds.len()],
            buffers: kinds.iter().map(|kind| buffer(*kind)).collect(),
            kinds,
            bytes: 0,
            out: open().map_err(WriteError::format(path))?,
        })
    }

    fn flush(&mut self) -> Result<(), ParquetError> {
        if self.levels.first().is_none_or(Vec::is_empty) {
            return Ok(());
        }
        let mut group = self.out.next_row_group()?;
        for (position, kind) in self.kinds.iter().enumerate() {
            let levels = std::mem::take(&mut self.levels[position]);
            let values = std::mem::replace(&mut self.buffers[position], buffer(*kind));
            if let Some(column) = group.next_column()? {
                write_column(column, &levels, &values)?;
            }
        }
        group.close()?;
        self.bytes = 0;
        Ok(())
    }
}

impl Sink for ParquetSink {
    fn write(&mut self, block: &Block) -> Result<(), WriteError> {
        for row in &block.rows[self.table] {
            for (position, value) in row.iter().enumerate() {
                let there = match (&mut self.buffers[position], value) {
                    (Buffer::Integers(numbers), Value::Integer(number)) => {
                        numbers.push(*number);
                        true
                    }
                    (Buffer::Decimals(numbers), Value::Decimal(number)) => {
                        let number = scaled(*number);
                        numbers.extend(number.map(|number| ByteArray::from(number.to_be_bytes().to_vec()).into()));
                        number.is_some()
                    }
                    (Buffer::Booleans(truths), Value::Boolean(truth)) => {
                        truths.push(*truth);
                        true
                    }
                    (Buffer::Texts(texts), Value::Text(text)) => {
                        self.bytes += text.len();
                        texts.push((&**text).into());
                        true
                    }
                    _ => false,
                };
                self.levels[position].push(there.into());
            }
            let rows = self.levels.first().map_or(0, Vec::len);
            if rows * self.kinds.len() >= GROUP_VALUES || self.bytes >= GROUP_BYTES {
                self.flush().map_err(WriteError::format(&self.path))?;
            }
        }
        Ok(())
    }

    fn finish(mut self: Box<Self>) -> Result<Finished, WriteError> {
        self.flush().map_err(WriteError::format(&self.path))?;
        self.out.into_inner().map_err(WriteError::format(&self.path))?.finish()
    }
}

fn buffer(kind: Type) -> Buffer {
    match kind {
        Type::Integer => Buffer::Integers(Vec::new()),
        Type::Decimal => Buffer::Decimals(Vec::new()),
        Type::Boolean => Buffer::Booleans(Vec::new()),
        Type::Text => Buffer::Texts(Vec::new()),
    }
}

fn node(column: &Column) -> Result<Arc<Node>, ParquetError> {
    let physical = match column.kind {
        Type::Integer => Physical::INT64,
        Type::Decimal => Physical::FIXED_LEN_BYTE_ARRAY,
        Type::Boolean => Physical::BOOLEAN,
        Type::Text => Physical::BYTE_ARRAY,
    };
    let logical = match column.kind {
        Type::Text => Some(LogicalType::String),
        Type::Decimal => Some(LogicalType::decimal(SCALE.into(), PRECISION.into())),
        Type::Integer | Type::Boolean => None,
    };
    // Every column is optional, also those that never are null: one way of writing, and readers do not care.
    let mut builder = Node::primitive_type_builder(&column.name, physical)
        .with_repetition(Repetition::OPTIONAL)
        .with_logical_type(logical);
    if column.kind == Type::Decimal {
        builder = builder
            .with_length(WIDTH as i32)
            .with_precision(PRECISION.into())
            .with_scale(SCALE.into());
    }
    Ok(Arc::new(builder.build()?))
}

fn write_column(mut column: SerializedColumnWriter<'_>, levels: &[i16], values: &Buffer) -> Result<(), ParquetError> {
    match values {
        Buffer::Integers(values) => column.typed::<Int64Type>().write_batch(values, Some(levels), None)?,
        Buffer::Decimals(values) => column
            .typed::<FixedLenByteArrayType>()
            .write_batch(values, Some(levels), None)?,
        Buffer::Booleans(values) => column.typed::<BoolType>().write_batch(values, Some(levels), None)?,
        Buffer::Texts(values) => column
            .typed::<ByteArrayType>()
            .write_batch(values, Some(levels), None)?,
    };
    column.close()
}

/// The decimal in units of its last place, if it has no more places and digits than fit.
pub fn scaled(number: Decimal) -> Option<i128> {
    let number = number.normalize();
    let missing = u32::from(SCALE.unsigned_abs()).checked_sub(number.scale())?;
    let scaled = number.mantissa().checked_mul(10i128.pow(missing))?;
    (scaled.unsigned_abs() < 10u128.pow(PRECISION.into())).then_some(scaled)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_decimal_is_kept_exactly_or_not_at_all() {
        let scaled = |text: &str| scaled(text.parse().unwrap());
        assert_eq!(scaled("4068.2080"), Some(40_682_080_000_000));
        assert_eq!(scaled("-3"), Some(-30_000_000_000));
        assert_eq!(scaled("0.0000000001"), Some(1));
        assert_eq!(scaled("0.00000000001"), None);
        let largest = 9_999_999_999_999_999_999_999_999_999_i128;
        assert_eq!(scaled(&largest.to_string()), Some(largest * 10_i128.pow(10)));
    }
}
