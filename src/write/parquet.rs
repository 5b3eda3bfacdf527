//! Apache Parquet: typed columns, zstd, exact decimals, schema version and generator in the file's metadata.
//!
//! Counts are `INT64`, decimals `DECIMAL(18, 6)` in 64 bits, edges `FLOAT`: what data frames and spreadsheets compute with at once.
//! Invariant: a number that does not fit exactly is null here and never rounded; the table of figures carries its text beside it.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use parquet::basic::{Compression, LogicalType, Repetition, Type as Physical, ZstdLevel};
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, FloatType, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::schema::types::Type as Node;

use super::aside::{AsideFile, Finished};
use super::table::{Block, Column, PRECISION, SCALE, Table, Type, Value};
use super::{Sink, WriteError};
use crate::report::SCHEMA_VERSION;

/// A row group ends when it holds this many values, or this many bytes of text: both bound memory.
const GROUP_VALUES: usize = 500_000;
const GROUP_BYTES: usize = 16 << 20;

/// The values of one column of the row group being filled.
enum Buffer {
    Integers(Vec<i64>),
    Floats(Vec<f32>),
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
            buffers: kinds.iter().map(|kind| Buffer::of(*kind)).collect(),
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
            let values = std::mem::replace(&mut self.buffers[position], Buffer::of(*kind));
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
                let there = self.buffers[position].push(self.kinds[position], value);
                self.bytes += value.text().map_or(0, str::len);
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

impl Buffer {
    fn of(kind: Type) -> Self {
        match kind {
            Type::Integer | Type::Count | Type::Decimal => Buffer::Integers(Vec::new()),
            Type::Edge => Buffer::Floats(Vec::new()),
            Type::Boolean => Buffer::Booleans(Vec::new()),
            Type::Text => Buffer::Texts(Vec::new()),
        }
    }

    /// Adds a value; says whether there is one.
    fn push(&mut self, kind: Type, value: &Value) -> bool {
        match self {
            Buffer::Integers(numbers) if kind == Type::Decimal => push(numbers, value.scaled()),
            Buffer::Integers(numbers) => push(numbers, value.whole()),
            Buffer::Floats(numbers) => push(numbers, value.edge()),
            Buffer::Booleans(truths) => push(truths, value.truth()),
            Buffer::Texts(texts) => push(texts, value.text().map(ByteArray::from)),
        }
    }
}

fn push<T>(values: &mut Vec<T>, value: Option<T>) -> bool {
    let before = values.len();
    values.extend(value);
    values.len() > before
}

fn node(column: &Column) -> Result<Arc<Node>, ParquetError> {
    let (physical, logical) = match column.kind {
        Type::Integer | Type::Count => (Physical::INT64, None),
        Type::Decimal => (
            Physical::INT64,
            Some(LogicalType::decimal(SCALE.into(), PRECISION.into())),
        ),
        Type::Edge => (Physical::FLOAT, None),
        Type::Boolean => (Physical::BOOLEAN, None),
        Type::Text => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
    };
    // Every column is optional, also those that never are null: one way of writing, and readers do not care.
    let mut builder = Node::primitive_type_builder(&column.name, physical)
        .with_repetition(Repetition::OPTIONAL)
        .with_logical_type(logical);
    if column.kind == Type::Decimal {
        builder = builder.with_precision(PRECISION.into()).with_scale(SCALE.into());
    }
    Ok(Arc::new(builder.build()?))
}

fn write_column(mut column: SerializedColumnWriter<'_>, levels: &[i16], values: &Buffer) -> Result<(), ParquetError> {
    match values {
        Buffer::Integers(values) => column.typed::<Int64Type>().write_batch(values, Some(levels), None)?,
        Buffer::Floats(values) => column.typed::<FloatType>().write_batch(values, Some(levels), None)?,
        Buffer::Booleans(values) => column.typed::<BoolType>().write_batch(values, Some(levels), None)?,
        Buffer::Texts(values) => column
            .typed::<ByteArrayType>()
            .write_batch(values, Some(levels), None)?,
    };
    column.close()
}
