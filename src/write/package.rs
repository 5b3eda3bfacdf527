//! `datapackage.json`: the dataset described for machines (Data Package, version 2), with the hash of every file.
//!
//! Invariant: written last, so a package whose hashes fit is whole.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::codebook;
use super::table::{Column, Table, Type};
use super::{Format, WriteError};
use crate::report::SCHEMA_VERSION;

/// What an empty field of the CSV files means.
const MISSING: &str = "no value; for a figure its state tells why";

/// Describes the files of a dataset that stand below `folder`.
///
/// # Errors
/// Where a file cannot be read back.
pub fn describe(folder: &Path, tables: &[Table], formats: &[Format]) -> Result<Value, WriteError> {
    let mut resources = Vec::new();
    for format in formats {
        match format {
            Format::Csv | Format::Jsonl | Format::Parquet => {
                for table in tables {
                    resources.push(table_resource(folder, table, *format)?);
                }
                if *format == Format::Jsonl {
                    let path = "jsonl/documents.jsonl";
                    let text = "The reports whole, one JSON document a line";
                    resources.push(file_resource(
                        folder,
                        path,
                        "documents",
                        text,
                        "jsonl",
                        "application/jsonl",
                    )?);
                }
            }
            Format::Sqlite => {
                let text = "All tables, views and the codebook as one SQLite database";
                let media = "application/vnd.sqlite3";
                resources.push(file_resource(
                    folder,
                    "dataset.sqlite",
                    "sqlite",
                    text,
                    "sqlite",
                    media,
                )?);
            }
            Format::Xlsx => {
                let text = "The wide table and the codebook as a workbook";
                let media = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
                resources.push(file_resource(folder, "dataset.xlsx", "xlsx", text, "xlsx", media)?);
            }
        }
    }
    resources.push(codebook_resource(folder)?);
    Ok(json!({
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "government-information-annual-reports",
        "title": "政府信息公开工作年度报告 (annual reports on government information disclosure)",
        "description": "Made by nianbao; README.md tells how. A figure is the number printed in the report, or null.",
        "version": format!("{SCHEMA_VERSION}.0.0"),
        "keywords": ["政府信息公开", "government information disclosure", "China"],
        "generator": format!("nianbao {}", env!("CARGO_PKG_VERSION")),
        "resources": resources,
    }))
}

fn table_resource(folder: &Path, table: &Table, format: Format) -> Result<Value, WriteError> {
    let path = format.file(table.name);
    let (name, kind, media) = match format {
        Format::Csv => (table.name.to_owned(), "csv", "text/csv"),
        Format::Jsonl => (format!("{}-jsonl", table.name), "jsonl", "application/jsonl"),
        _ => (
            format!("{}-parquet", table.name),
            "parquet",
            "application/vnd.apache.parquet",
        ),
    };
    let mut resource = file_resource(folder, &path, &name, table.description, kind, media)?;
    resource["type"] = "table".into();
    if format == Format::Csv {
        resource["encoding"] = "utf-8".into();
    }
    resource["schema"] = schema(table, &name[table.name.len()..]);
    Ok(resource)
}

fn schema(table: &Table, suffix: &str) -> Value {
    let foreign: Vec<Value> = table
        .foreign_keys
        .iter()
        .map(|key| {
            // A reference to the table itself has no resource name.
            let resource = if key.table == table.name {
                String::new()
            } else {
                format!("{}{suffix}", key.table)
            };
            json!({ "fields": [key.column], "reference": { "resource": resource, "fields": [key.target] } })
        })
        .collect();
    let mut schema = json!({
        "$schema": "https://datapackage.org/profiles/2.0/tableschema.json",
        "fields": table.columns.iter().map(field).collect::<Vec<_>>(),
        "missingValues": [{ "value": "", "label": MISSING }],
        "primaryKey": table.primary_key,
    });
    if !foreign.is_empty() {
        schema["foreignKeys"] = foreign.into();
    }
    schema
}

fn field(column: &Column) -> Value {
    let kind = match column.kind {
        Type::Text => "string",
        Type::Integer => "integer",
        Type::Decimal => "number",
        Type::Boolean => "boolean",
    };
    let mut field = json!({ "name": column.name, "type": kind, "description": column.description });
    if column.required && column.kind != Type::Text {
        field["constraints"] = json!({ "required": true });
    }
    field
}

fn codebook_resource(folder: &Path) -> Result<Value, WriteError> {
    let text = "Every figure of every form with its Chinese and English name, unit and legal source";
    let mut resource = file_resource(folder, "codebook.csv", "codebook", text, "csv", "text/csv")?;
    resource["type"] = "table".into();
    resource["encoding"] = "utf-8".into();
    let fields: Vec<Value> = codebook::COLUMNS
        .iter()
        .map(|name| json!({ "name": name, "type": "string" }))
        .collect();
    resource["schema"] = json!({ "fields": fields, "primaryKey": ["key", "form"] });
    Ok(resource)
}

fn file_resource(
    folder: &Path,
    path: &str,
    name: &str,
    text: &str,
    kind: &str,
    media: &str,
) -> Result<Value, WriteError> {
    let full = folder.join(path);
    let (bytes, hash) = measure(&full).map_err(WriteError::io(&full))?;
    Ok(json!({
        "name": name,
        "path": path,
        "description": text,
        "format": kind,
        "mediatype": media,
        "bytes": bytes,
        "hash": format!("sha256:{hash}"),
    }))
}

fn measure(path: &Path) -> io::Result<(u64, String)> {
    let mut file = File::open(path)?;
    let (mut hash, mut bytes, mut buffer) = (Sha256::new(), 0, vec![0; 1 << 16]);
    loop {
        match file.read(&mut buffer)? {
            0 => return Ok((bytes, hex(&hash.finalize()))),
            count => {
                hash.update(&buffer[..count]);
                bytes += count as u64;
            }
        }
    }
}

/// Lower-case hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
