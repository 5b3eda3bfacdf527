//! `datapackage.json`: the dataset described for machines (Data Package, version 2), with the hash of every file.
//!
//! Invariant: written last, so a package whose hashes fit is whole.

use std::borrow::Cow;

use serde_json::{Value, json};

use super::aside::Finished;
use super::table::{Column, Table, Type};
use super::{Format, codebook};
use crate::report::SCHEMA_VERSION;

/// What an empty field of the CSV files means.
const MISSING: &str = "no value; for a figure its state tells why";

/// The format of Parquet files. Not `parquet`, and no type `table`: the usual validator would read them by way of binary floating
/// point, in which a missing integer is no integer, and call them invalid. Their schema is given all the same.
const APACHE_PARQUET: &str = "apache-parquet";

/// Describes a dataset; `finished` are its files.
pub fn describe(finished: &[Finished], tables: &[Table], formats: &[Format]) -> Value {
    let mut files: Vec<File> = Vec::new();
    for format in formats {
        match format {
            Format::Csv | Format::Jsonl | Format::Parquet => {
                files.extend(tables.iter().map(|table| File::of_table(table, *format)));
            }
            Format::Sqlite => files.push(SQLITE),
            Format::Xlsx => files.push(XLSX),
        }
        if *format == Format::Jsonl {
            files.push(DOCUMENTS);
        }
    }
    files.push(CODEBOOK);
    let resources: Vec<Value> = files.iter().map(|file| file.describe(finished)).collect();
    json!({
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "government-information-annual-reports",
        "title": "政府信息公开工作年度报告 (annual reports on government information disclosure)",
        "description": "Made by nianbao; README.md tells how. A figure is the number printed in the report, or null.",
        "version": format!("{SCHEMA_VERSION}.0.0"),
        "keywords": ["政府信息公开", "government information disclosure", "China"],
        "generator": format!("nianbao {}", env!("CARGO_PKG_VERSION")),
        "resources": resources,
    })
}

/// A file of the dataset, as the package names it.
struct File<'a> {
    path: Cow<'static, str>,
    name: Cow<'a, str>,
    text: &'static str,
    format: &'static str,
    media_type: &'static str,
    table: Option<(&'a Table, &'static str)>,
}

const DOCUMENTS: File<'static> = File {
    path: Cow::Borrowed("jsonl/documents.jsonl"),
    name: Cow::Borrowed("documents"),
    text: "The reports whole, one JSON document a line",
    format: "jsonl",
    media_type: "application/jsonl",
    table: None,
};

const SQLITE: File<'static> = File {
    path: Cow::Borrowed("dataset.sqlite"),
    name: Cow::Borrowed("sqlite"),
    text: "All tables, views and the codebook as one SQLite database",
    format: "sqlite",
    media_type: "application/vnd.sqlite3",
    table: None,
};

const XLSX: File<'static> = File {
    path: Cow::Borrowed("dataset.xlsx"),
    name: Cow::Borrowed("xlsx"),
    text: "The wide table and the codebook as a workbook",
    format: "xlsx",
    media_type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    table: None,
};

const CODEBOOK: File<'static> = File {
    path: Cow::Borrowed("codebook.csv"),
    name: Cow::Borrowed("codebook"),
    text: "Every figure of every form with its Chinese and English name, unit and legal source",
    format: "csv",
    media_type: "text/csv",
    table: None,
};

impl<'a> File<'a> {
    fn of_table(table: &'a Table, format: Format) -> Self {
        let (suffix, format_name, media_type) = match format {
            Format::Csv => ("", "csv", "text/csv"),
            Format::Jsonl => ("-jsonl", "jsonl", "application/jsonl"),
            _ => ("-parquet", APACHE_PARQUET, "application/vnd.apache.parquet"),
        };
        File {
            path: format.file(table.name).into(),
            name: format!("{}{suffix}", table.name).into(),
            text: table.description,
            format: format_name,
            media_type,
            table: Some((table, suffix)),
        }
    }

    fn describe(&self, finished: &[Finished]) -> Value {
        let mut resource = json!({
            "name": self.name,
            "path": self.path,
            "description": self.text,
            "format": self.format,
            "mediatype": self.media_type,
        });
        if let Some(own) = finished.iter().find(|file| file.path.ends_with(&*self.path)) {
            resource["bytes"] = own.bytes.into();
            resource["hash"] = format!("sha256:{}", own.sha256).into();
        }
        if self.format == "csv" {
            resource["encoding"] = "utf-8".into();
        }
        let schema = match self.table {
            Some((table, suffix)) => schema(table, suffix),
            None if self.path == CODEBOOK.path => codebook_schema(),
            None => return resource,
        };
        if self.format != APACHE_PARQUET {
            resource["type"] = "table".into();
        }
        resource["schema"] = schema;
        resource
    }
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
        Type::Count | Type::Decimal | Type::Edge => "number",
        Type::Boolean => "boolean",
    };
    let mut field = json!({ "name": column.name, "type": kind, "description": column.description });
    if column.required && column.kind != Type::Text {
        field["constraints"] = json!({ "required": true });
    }
    field
}

fn codebook_schema() -> Value {
    let fields: Vec<Value> = codebook::COLUMNS
        .iter()
        .map(|name| json!({ "name": name, "type": "string" }))
        .collect();
    json!({ "fields": fields, "primaryKey": ["key", "form"] })
}
