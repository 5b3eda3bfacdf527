//! Tables of a dataset as Arrow, handed over through the PyCapsule interface.
//!
//! The rows are those of the datasets. Invariant: a number that does not fit its column exactly is null, never rounded.

use std::sync::Arc;

use arrow_array::builder::{BooleanBuilder, Decimal128Builder, Float32Builder, Int64Builder, StringBuilder};
use arrow_array::ffi_stream::FFI_ArrowArrayStream;
use arrow_array::{ArrayRef, RecordBatch, RecordBatchIterator};
use arrow_schema::ffi::FFI_ArrowSchema;
use arrow_schema::{ArrowError, DataType, Field, Schema};
use nianbao::Report;
use nianbao::write::rows;
use nianbao::write::table::{Column, PRECISION, Row, SCALE, Type, Value};
use nianbao::write::tables::tables;
use pyo3::exceptions::{PyKeyError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::PyCapsule;

/// One table of one report.
#[pyclass(frozen, module = "nianbao")]
pub struct ArrowTable {
    batch: RecordBatch,
}

#[pymethods]
impl ArrowTable {
    /// The table with this name, made from the JSON of a report.
    #[new]
    fn new(py: Python<'_>, name: &str, json: &[u8]) -> PyResult<Self> {
        let position = tables().iter().position(|table| table.name == name);
        let position = position.ok_or_else(|| PyKeyError::new_err(name.to_owned()))?;
        let batch = py.detach(|| {
            let report: Report = serde_json::from_slice(json).map_err(|error| error.to_string())?;
            let mut rows = rows::empty();
            rows::add_report(&mut rows, &report, &rows::Links::default());
            batch(&tables()[position].columns, &rows.swap_remove(position)).map_err(|error| error.to_string())
        });
        Ok(ArrowTable {
            batch: batch.map_err(PyValueError::new_err)?,
        })
    }

    fn __repr__(&self) -> String {
        format!(
            "ArrowTable({} rows, {} columns)",
            self.batch.num_rows(),
            self.batch.num_columns()
        )
    }

    fn __len__(&self) -> usize {
        self.batch.num_rows()
    }

    /// The names of the columns.
    #[getter]
    fn column_names(&self) -> Vec<String> {
        let schema = self.batch.schema();
        schema.fields().iter().map(|field| field.name().clone()).collect()
    }

    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        let schema = FFI_ArrowSchema::try_from(self.batch.schema().as_ref());
        PyCapsule::new_with_value(py, schema.map_err(failed)?, c"arrow_schema")
    }

    /// The rows; a schema that is asked for is not heeded, as the interface allows.
    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        drop(requested_schema);
        let reader = RecordBatchIterator::new([Ok(self.batch.clone())], self.batch.schema());
        PyCapsule::new_with_value(py, FFI_ArrowArrayStream::new(Box::new(reader)), c"arrow_array_stream")
    }
}

fn failed(error: ArrowError) -> PyErr {
    PyValueError::new_err(error.to_string())
}

fn batch(columns: &[Column], rows: &[Row]) -> Result<RecordBatch, ArrowError> {
    let fields: Vec<Field> = columns.iter().map(field).collect();
    let arrays = columns.iter().enumerate().map(|(position, column)| {
        let values = rows.iter().map(|row| &row[position]);
        array(column.kind, values)
    });
    RecordBatch::try_new(Arc::new(Schema::new(fields)), arrays.collect::<Result<_, _>>()?)
}

fn field(column: &Column) -> Field {
    let kind = match column.kind {
        Type::Text => DataType::Utf8,
        Type::Integer | Type::Count => DataType::Int64,
        Type::Decimal => DataType::Decimal128(PRECISION, SCALE),
        Type::Edge => DataType::Float32,
        Type::Boolean => DataType::Boolean,
    };
    // As in Parquet: every column is optional, so that no report can have a table that is refused.
    Field::new(&*column.name, kind, true)
}

fn array<'a>(kind: Type, values: impl Iterator<Item = &'a Value>) -> Result<ArrayRef, ArrowError> {
    Ok(match kind {
        Type::Text => {
            let mut texts = StringBuilder::new();
            values.for_each(|value| texts.append_option(value.text()));
            Arc::new(texts.finish())
        }
        Type::Integer | Type::Count => {
            let mut numbers = Int64Builder::new();
            values.for_each(|value| numbers.append_option(value.whole()));
            Arc::new(numbers.finish())
        }
        Type::Decimal => {
            let mut numbers = Decimal128Builder::new().with_precision_and_scale(PRECISION, SCALE)?;
            values.for_each(|value| numbers.append_option(value.scaled().map(i128::from)));
            Arc::new(numbers.finish())
        }
        Type::Edge => {
            let mut edges = Float32Builder::new();
            values.for_each(|value| edges.append_option(value.edge()));
            Arc::new(edges.finish())
        }
        Type::Boolean => {
            let mut truths = BooleanBuilder::new();
            values.for_each(|value| truths.append_option(value.truth()));
            Arc::new(truths.finish())
        }
    })
}
