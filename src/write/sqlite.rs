//! SQLite: one database with foreign keys, views and the codebook, ready for Datasette.
//!
//! SQLite has no decimals. Invariant: a decimal of at most 15 digits is stored as INTEGER or REAL, which gives the same digits
//! back, any other as TEXT; nothing is rounded.
//!
//! Identities of reports are hashes, in no order. So the keys of long tables are made as indexes when all rows are there, by
//! sorting, instead of row by row at random places of a growing tree.

use std::path::{Path, PathBuf};

use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, ToSql};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::aside::{AsideFile, Finished};
use super::codebook;
use super::table::{Block, Table, Type, Value};
use super::{Sink, WriteError};
use crate::report::SCHEMA_VERSION;

/// What people ask for most: the figures with the name of who reported them.
const VIEWS: &str = r#"
CREATE VIEW figures_by_agency AS
SELECT r.agency, r.body, r.level, r.body_kind, r.region_code, r.region_name, r.province, r.year, f."table", f.row, f."column", f.value, f.unit, f.state, f.raw, r.report_id
FROM figures f JOIN reports r USING (report_id);
CREATE VIEW failed_checks AS
SELECT r.agency, r.year, r.name, c.code, c.message, c."left", c."right", c.difference, c.cells, r.report_id
FROM checks c JOIN reports r USING (report_id) WHERE c.status = 'fail';
CREATE VIEW inputs_not_in_the_dataset AS
SELECT name, fate, reason, detail FROM inputs WHERE report_id IS NULL;
CREATE VIEW applications_by_year AS
SELECT r.year, count(*) AS reports, sum(w."applications.new.total") AS new, sum(w."applications.granted.total") AS granted,
  sum(w."applications.carried_forward.total") AS carried_forward
FROM wide w JOIN reports r USING (report_id) WHERE r.same_report_as IS NULL GROUP BY r.year;
"#;

/// All tables as one database.
pub struct SqliteSink {
    path: PathBuf,
    connection: Connection,
    inserts: Vec<String>,
    indexes: Vec<String>,
}

impl SqliteSink {
    /// Makes the database and its tables.
    ///
    /// # Errors
    /// Where the file cannot be made.
    pub fn create(path: &Path, tables: &[Table]) -> Result<Self, WriteError> {
        // Made empty first, so that nothing of a run that died stays in it.
        AsideFile::create(path)?.finish()?;
        let connection = Connection::open(path).map_err(WriteError::format(path))?;
        let sink = SqliteSink {
            path: path.to_owned(),
            connection,
            inserts: tables.iter().map(insert).collect(),
            indexes: tables.iter().flat_map(indexes).collect(),
        };
        sink.prepare(tables).map_err(WriteError::format(path))?;
        Ok(sink)
    }

    fn prepare(&self, tables: &[Table]) -> rusqlite::Result<()> {
        // The file is thrown away when the run dies, so its own journal would only cost time. Foreign keys are declared for
        // readers and not checked row by row, because a row may come before the one that it points to. Pages larger than the
        // usual 4 KiB: many texts are long, and the file gets smaller.
        self.connection.execute_batch(&format!(
            "PRAGMA page_size = 16384; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA foreign_keys = OFF;
             PRAGMA cache_size = -32000; PRAGMA user_version = {SCHEMA_VERSION}; BEGIN;"
        ))?;
        for table in tables {
            self.connection.execute_batch(&create(table))?;
        }
        let columns: Vec<String> = codebook::COLUMNS
            .iter()
            .map(|name| format!("{} TEXT", quote(name)))
            .collect();
        self.connection.execute_batch(&format!(
            "CREATE TABLE codebook ({}, PRIMARY KEY (key, form));
             CREATE TABLE metadata (key TEXT PRIMARY KEY, value TEXT);
             INSERT INTO metadata VALUES ('schema_version', '{SCHEMA_VERSION}'), ('generator', 'nianbao {}');",
            columns.join(", "),
            env!("CARGO_PKG_VERSION")
        ))?;
        let mut insert = self
            .connection
            .prepare("INSERT INTO codebook VALUES (?, ?, ?, ?, ?, ?, ?, ?)")?;
        for line in codebook::all_lines() {
            insert.execute(line.fields())?;
        }
        Ok(())
    }

    fn insert_rows(&self, block: &Block) -> rusqlite::Result<()> {
        for (sql, rows) in self.inserts.iter().zip(&block.rows) {
            let mut insert = self.connection.prepare_cached(sql)?;
            for row in rows {
                insert.execute(rusqlite::params_from_iter(row))?;
            }
        }
        Ok(())
    }
}

impl Sink for SqliteSink {
    fn write(&mut self, block: &Block) -> Result<(), WriteError> {
        self.insert_rows(block).map_err(WriteError::format(&self.path))
    }

    fn finish(self: Box<Self>) -> Result<Finished, WriteError> {
        let SqliteSink {
            path,
            connection,
            indexes,
            ..
        } = *self;
        connection
            .execute_batch(&format!(
                "{} CREATE INDEX reports_by_agency ON reports (agency, year); {VIEWS} COMMIT;",
                indexes.join(" ")
            ))
            .map_err(WriteError::format(&path))?;
        connection
            .close()
            .map_err(|(_, error)| error)
            .map_err(WriteError::format(&path))?;
        Finished::of_library(path)
    }
}

impl ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(match self {
            Value::Null => ToSqlOutput::Borrowed(ValueRef::Null),
            Value::Text(text) => ToSqlOutput::Borrowed(ValueRef::Text(text.as_bytes())),
            Value::Integer(number) => ToSqlOutput::from(*number),
            Value::Decimal(number) => decimal(*number),
            Value::Boolean(truth) => ToSqlOutput::from(*truth),
        })
    }
}

fn decimal(number: Decimal) -> ToSqlOutput<'static> {
    let number = number.normalize();
    match (number.scale(), number.to_i64()) {
        (0, Some(whole)) => ToSqlOutput::from(whole),
        // A binary double keeps any 15 decimal digits.
        _ if number.mantissa().unsigned_abs() < 10u128.pow(15) => match number.to_string().parse::<f64>() {
            Ok(double) => ToSqlOutput::from(double),
            Err(_) => ToSqlOutput::from(number.to_string()),
        },
        _ => ToSqlOutput::from(number.to_string()),
    }
}

fn quote(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

fn insert(table: &Table) -> String {
    let marks = vec!["?"; table.columns.len()].join(", ");
    format!("INSERT INTO {} VALUES ({marks})", quote(table.name))
}

fn create(table: &Table) -> String {
    let mut parts: Vec<String> = Vec::new();
    for column in &table.columns {
        let kind = match column.kind {
            Type::Text => "TEXT",
            Type::Integer | Type::Boolean => "INTEGER",
            // No affinity: what was bound stays as it is, so a long decimal bound as text is not turned into a double.
            Type::Count | Type::Decimal | Type::Edge => "",
        };
        let required = if column.required { " NOT NULL" } else { "" };
        parts.push(format!("{} {kind}{required}", quote(&column.name)));
    }
    if let [key] = table.primary_key {
        parts.push(format!("PRIMARY KEY ({})", quote(key)));
    }
    for key in table.foreign_keys {
        let (column, table, target) = (quote(key.column), quote(key.table), quote(key.target));
        parts.push(format!("FOREIGN KEY ({column}) REFERENCES {table} ({target})"));
    }
    format!("CREATE TABLE {} ({});", quote(table.name), parts.join(", "))
}

/// The key of a table of several rows a report, and its foreign keys. A key that ends in a name is asked for by name, so the name
/// comes first; one that ends in a number is only ever asked for by its report, and so serves as the foreign key too.
fn indexes(table: &Table) -> Vec<String> {
    let mut list = Vec::new();
    let mut key: Vec<&str> = table.primary_key.to_vec();
    if let [_, last] = *key {
        let named = table
            .columns
            .iter()
            .any(|column| column.name == last && column.kind == Type::Text);
        if named {
            key.reverse();
        }
        let columns: Vec<String> = key.iter().map(|name| quote(name)).collect();
        let name = quote(&format!("{}_key", table.name));
        list.push(format!(
            "CREATE UNIQUE INDEX {name} ON {} ({});",
            quote(table.name),
            columns.join(", ")
        ));
    }
    for foreign in table.foreign_keys {
        if key.first() == Some(&foreign.column) {
            continue;
        }
        let name = quote(&format!("{}_by_{}", table.name, foreign.column));
        list.push(format!(
            "CREATE INDEX {name} ON {} ({});",
            quote(table.name),
            quote(foreign.column)
        ));
    }
    list
}
