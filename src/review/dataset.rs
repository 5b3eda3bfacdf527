//! A dataset as the page lists it: rows of its SQLite file, and the files that its reports were read from.
//!
//! What the list searches and sorts is put into a table of its own in memory when the page begins, a row an input, so that no question
//! reads more than that. Invariant: the dataset is opened for reading only, and of files only those that its own run has read are
//! opened.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rusqlite::types::Value;
use rusqlite::{Connection, OpenFlags, params, params_from_iter};
use rust_decimal::Decimal;
use serde::Deserialize;
use sha2::{Digest, Sha256};

use super::shelf::{Fetch, Item};
use crate::batch::archive::{Left, Opener};
use crate::batch::beside::{InArchive, Pages};
use crate::batch::document::{Item as Found, Place, Request};
use crate::batch::manifest;
use crate::batch::walk::Filter;
use crate::overlay::{Entry, Subject};
use crate::read::{Beside, Hints, Recognition};
use crate::report::pointer;
use crate::write::aside::hex;

/// Rows of one page of the list.
pub(super) const ROWS: usize = 50;

/// The table of the list. `text` is what a search looks in.
const LIST: &str = r#"
PRAGMA temp_store = MEMORY;
CREATE TABLE temp.failed AS SELECT report_id, code FROM checks WHERE status = 'fail' GROUP BY report_id, code;
CREATE INDEX temp.failed_by_code ON failed (code, report_id);
CREATE TABLE temp.items AS
SELECT i.input, i.name, i.fate, i.detail, i.report_id, r.title, r.agency, r.year, r.province, r.region_name, r.level, r.media_type,
  coalesce(r.form_applications, r.form_statistics, r.form_proactive_disclosure) AS form,
  r.checks_failed AS failed, r.body, r.region_code,
  lower(coalesce(r.agency, '') || ' ' || coalesce(r.body, '')) AS names,
  coalesce(r.region_name, '') || ' ' || coalesce(r.province, '') AS regions,
  lower(coalesce(r.agency, '') || ' ' || coalesce(r.title, '') || ' ' || coalesce(r.body, '') || ' ' || coalesce(r.region_name, '') || ' ' ||
    coalesce(r.year, '') || ' ' || i.name) AS text
FROM inputs i LEFT JOIN reports r ON r.report_id = i.report_id AND i.fate = 'annual_report';
"#;

/// What of the list is wanted; empty is everything.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Wanted {
    /// Words that all occur in agency, title, region, year or name.
    pub(super) q: String,
    /// Words that all occur in the agency or the name that its spellings share.
    pub(super) agency: String,
    /// The beginning of a region's code, or words that all occur in its name or its province's.
    pub(super) region: String,
    pub(super) check: String,
    pub(super) province: String,
    pub(super) year: String,
    pub(super) level: String,
    pub(super) form: String,
    pub(super) format: String,
    pub(super) fate: String,
    pub(super) sort: String,
    /// From 1.
    pub(super) page: usize,
}

/// A row of the list.
#[derive(Debug, Default)]
pub(super) struct Row {
    pub(super) report_id: Option<String>,
    pub(super) name: String,
    pub(super) fate: String,
    pub(super) detail: Option<String>,
    pub(super) agency: Option<String>,
    pub(super) year: Option<i64>,
    pub(super) region: Option<String>,
    pub(super) format: Option<String>,
    pub(super) form: Option<String>,
    pub(super) failed: Option<i64>,
}

/// A page of the list.
pub(super) struct Listed {
    pub(super) rows: Vec<Row>,
    pub(super) total: usize,
}

/// What can be chosen of each column, with how many inputs have it.
pub(super) type Choices = Vec<(&'static str, Vec<(String, i64)>)>;

/// An open dataset.
pub struct Dataset {
    database: Mutex<Connection>,
    sources: HashMap<String, Place>,
    pub(super) choices: Choices,
    /// The program that wrote it, with its version.
    made_by: String,
}

/// The columns by which the list is filtered, by the name of the field.
const FILTERS: [(&str, &str); 6] = [
    ("province", "province"),
    ("year", "year"),
    ("level", "level"),
    ("form", "form"),
    ("format", "media_type"),
    ("fate", "fate"),
];

/// How the list can be sorted.
const ORDERS: [(&str, &str); 5] = [
    ("agency", "agency IS NULL, agency, year, input"),
    ("year", "year DESC, agency, input"),
    ("region", "province IS NULL, province, region_name, agency, year, input"),
    ("failed", "failed DESC, input"),
    ("name", "name, input"),
];

impl Dataset {
    /// Opens the dataset in a folder.
    ///
    /// # Errors
    /// In words, where it has no SQLite file, or that is none of a dataset.
    pub fn open(folder: &Path) -> Result<Self, String> {
        let path = folder.join("dataset.sqlite");
        if !path.is_file() {
            return Err(format!(
                "{}: no such file; the page of a dataset is made from it: run `nianbao batch` with sqlite among its formats",
                path.display()
            ));
        }
        let cannot = |error: rusqlite::Error| format!("{}: {error}", path.display());
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(&path, flags).map_err(cannot)?;
        connection.execute_batch(LIST).map_err(cannot)?;
        let choices = choices(&connection).map_err(cannot)?;
        let made_by = "SELECT value FROM metadata WHERE key = 'generator'";
        let made_by = connection.query_row(made_by, [], |row| row.get(0)).map_err(cannot)?;
        Ok(Dataset {
            database: Mutex::new(connection),
            sources: sources(folder),
            choices,
            made_by,
        })
    }

    /// The program that wrote it, where that is another one than this.
    pub(super) fn made_by_another(&self) -> Option<&str> {
        let own = concat!("nianbao ", env!("CARGO_PKG_VERSION"));
        (self.made_by != own).then_some(&self.made_by)
    }

    fn database(&self) -> MutexGuard<'_, Connection> {
        self.database.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A page of the inputs that fit.
    pub(super) fn list(&self, wanted: &Wanted) -> rusqlite::Result<Listed> {
        let (condition, values) = condition(wanted);
        let database = self.database();
        let count = format!("SELECT count(*) FROM temp.items WHERE {condition}");
        let total: i64 = database
            .prepare_cached(&count)?
            .query_row(params_from_iter(&values), |row| row.get(0))?;
        let order = ORDERS
            .iter()
            .find(|(name, _)| *name == wanted.sort)
            .map_or("input", |(_, order)| order);
        let skipped = wanted
            .page
            .saturating_sub(1)
            .saturating_mul(ROWS)
            .min(i64::MAX as usize);
        let rows = format!(
            "SELECT report_id, name, fate, detail, agency, year, coalesce(region_name, province), media_type, form, failed \
             FROM temp.items WHERE {condition} ORDER BY {order} LIMIT {ROWS} OFFSET {skipped}"
        );
        let mut rows = database.prepare_cached(&rows)?;
        let rows = rows.query_map(params_from_iter(&values), |row| {
            Ok(Row {
                report_id: row.get(0)?,
                name: row.get(1)?,
                fate: row.get(2)?,
                detail: row.get(3)?,
                agency: row.get(4)?,
                year: row.get(5)?,
                region: row.get(6)?,
                format: row.get(7)?,
                form: row.get(8)?,
                failed: row.get(9)?,
            })
        })?;
        Ok(Listed {
            rows: rows.collect::<rusqlite::Result<_>>()?,
            total: usize::try_from(total).unwrap_or(0),
        })
    }

    /// The other reports of the agency of a report, by year: identity, year.
    pub(super) fn years(&self, report: &str) -> rusqlite::Result<Vec<(String, Option<i64>)>> {
        let database = self.database();
        let mut query = database.prepare_cached(
            "SELECT o.report_id, o.year FROM temp.items o JOIN temp.items r ON r.report_id = ?1 AND r.fate = 'annual_report' \
             WHERE o.fate = 'annual_report' AND coalesce(o.body, o.agency) = coalesce(r.body, r.agency) AND o.region_code IS r.region_code \
             ORDER BY o.year, o.input",
        )?;
        let rows = query.query_map(params![report], |row| Ok((row.get(0)?, row.get(1)?)))?;
        rows.collect()
    }
}

/// What can be chosen.
fn choices(connection: &Connection) -> rusqlite::Result<Choices> {
    let pairs = |sql: &str| -> rusqlite::Result<Vec<(String, i64)>> {
        let mut query = connection.prepare(sql)?;
        let rows = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        rows.collect()
    };
    let mut choices = vec![(
        "check",
        pairs("SELECT code, count(*) FROM temp.failed GROUP BY code ORDER BY 2 DESC, 1")?,
    )];
    for (field, column) in FILTERS {
        let sql = format!(
            "SELECT CAST({column} AS TEXT), count(*) FROM temp.items WHERE {column} IS NOT NULL GROUP BY 1 ORDER BY 1"
        );
        choices.push((field, pairs(&sql)?));
    }
    Ok(choices)
}

/// What is wanted as a condition, and its values.
fn condition(wanted: &Wanted) -> (String, Vec<String>) {
    let mut parts = vec!["1".to_owned()];
    let mut values = Vec::new();
    for (typed, column) in [
        (&wanted.q, "text"),
        (&wanted.agency, "names"),
        (&wanted.region, "regions"),
    ] {
        for word in typed.to_lowercase().split_whitespace() {
            let is_code = column == "regions" && word.bytes().all(|byte| byte.is_ascii_digit());
            parts.push(if is_code {
                "region_code LIKE ? || '%'".into()
            } else {
                format!("instr({column}, ?) > 0")
            });
            values.push(word.to_owned());
        }
    }
    if !wanted.check.is_empty() {
        parts.push("report_id IN (SELECT report_id FROM temp.failed WHERE code = ?) AND fate = 'annual_report'".into());
        values.push(wanted.check.clone());
    }
    let fields = [
        &wanted.province,
        &wanted.year,
        &wanted.level,
        &wanted.form,
        &wanted.format,
        &wanted.fate,
    ];
    for ((_, column), value) in FILTERS.iter().zip(fields).filter(|(_, value)| !value.is_empty()) {
        parts.push(format!("CAST({column} AS TEXT) = ?"));
        values.push(value.clone());
    }
    (parts.join(" AND "), values)
}

/// The places of the reports, by identity; empty where the dataset was moved without its journal.
fn sources(folder: &Path) -> HashMap<String, Place> {
    let mut sources = HashMap::new();
    let path = folder.join(".journal/inputs.jsonl");
    let Ok(entries) = manifest::read(&path) else {
        return sources;
    };
    for entry in entries.flatten() {
        if let Some(id) = entry.sha256.as_deref().and_then(|sha256| sha256.get(..16)) {
            sources.entry(id.to_owned()).or_insert(entry.place);
        }
    }
    sources
}

impl Fetch for Arc<Dataset> {
    fn keys(&self) -> Vec<(String, String)> {
        Vec::new()
    }

    fn fetch(&self, key: &str) -> Result<Item, String> {
        let place = self
            .sources
            .get(key)
            .ok_or("the dataset does not say which file this report was read from")?;
        let recognition = Recognition::installed();
        let (bytes, beside) = bytes(place, &recognition)?;
        if !hex(&Sha256::digest(&bytes)).starts_with(key) {
            return Err(format!(
                "{}: was changed since the dataset was made; run the same batch again to see its figures",
                place.name
            ));
        }
        Ok(Item {
            bytes,
            hints: Hints {
                beside,
                ..Request::of(place, None, None, &recognition).hints()
            },
        })
    }
}

/// The bytes of a document that a run has read, of its file or of the archive that it is a member of, and the pictures beside it.
fn bytes(place: &Place, recognition: &Recognition) -> Result<(Vec<u8>, Beside), String> {
    let filter = Filter::new(&[], &[]).map_err(|error| error.to_string())?;
    let mut bytes = None;
    // The names below a file are those that the run saw, whatever folder it was started in.
    let member = |name: &str| name.split_once('!').map(|(_, member)| member.to_owned());
    let wanted = member(&place.name);
    let mut opener = Opener {
        filter: &filter,
        visit: &mut |item| {
            if let Found::Document(found, content, beside) = item
                && member(&found.name) == wanted
                && found.url == place.url
            {
                bytes = Some((content, beside));
            }
            bytes.is_none()
        },
        progress: &|_| {},
        recognition,
        shown: Pages::default(),
        members: InArchive::default(),
        left: Left::default(),
        beside: false,
    };
    opener.open(&PathBuf::from(&place.file), place.pages > 0);
    bytes.ok_or_else(|| format!("{}: cannot be read, or no longer holds this document", place.file))
}

impl Dataset {
    /// Whether an entry still holds for what the dataset says; nothing where its report is not in it.
    pub(super) fn holds(&self, entry: &Entry) -> rusqlite::Result<Option<bool>> {
        let id = entry.report.get(..16).unwrap_or_default();
        let database = self.database();
        let known = "SELECT EXISTS (SELECT 1 FROM reports WHERE report_id = ?)";
        if !database.prepare_cached(known)?.query_row([id], |row| row.get(0))? {
            return Ok(None);
        }
        match &entry.subject {
            Subject::Verdict {
                code,
                cells,
                left,
                right,
                ..
            } => {
                let sql = r#"SELECT "left", "right" FROM checks WHERE report_id = ? AND code = ? AND status = 'fail' AND cells = ?"#;
                let mut query = database.prepare_cached(sql)?;
                let rows = query.query_map(params![id, code, cells.join(" ")], |row| Ok((row.get(0)?, row.get(1)?)))?;
                let sides: Vec<(Value, Value)> = rows.collect::<rusqlite::Result<_>>()?;
                Ok(Some(
                    sides
                        .iter()
                        .any(|(l, r)| same(l, left.as_deref()) && same(r, right.as_deref())),
                ))
            }
            Subject::Correction { key, old, .. } => {
                let key = pointer::figure_of(key)
                    .map(|(table, key)| format!("{table}.{key}"))
                    .unwrap_or_default();
                let mut query = database.prepare_cached("SELECT value FROM figures WHERE report_id = ? AND key = ?")?;
                let mut rows = query.query_map(params![id, key], |row| row.get(0))?;
                let value: Option<Value> = rows.next().transpose()?;
                Ok(Some(value.is_some_and(|value| same(&value, old.as_deref()))))
            }
        }
    }

    /// The agency of a report.
    pub(super) fn agency(&self, report: &str) -> rusqlite::Result<Option<String>> {
        let database = self.database();
        let sql =
            "SELECT coalesce(body, agency, title, name) FROM temp.items WHERE report_id = ? AND fate = 'annual_report'";
        let mut query = database.prepare_cached(sql)?;
        let mut rows = query.query_map([report], |row| row.get(0))?;
        rows.next().transpose()
    }

    /// The indicators of all reports of an agency, by year: indicator, unit, year, value, identity of the report.
    pub(super) fn indicators(&self, reports: &[String]) -> rusqlite::Result<Vec<Point>> {
        let database = self.database();
        let mut query = database.prepare_cached(
            "SELECT indicator, unit, year, value_text, form, source, corrected FROM harmonised WHERE report_id = ? ORDER BY indicator",
        )?;
        let mut points = Vec::new();
        for report in reports {
            let rows = query.query_map([report], |row| {
                Ok(Point {
                    indicator: row.get(0)?,
                    unit: row.get(1)?,
                    year: row.get(2)?,
                    value: row.get(3)?,
                    form: row.get(4)?,
                    source: row.get(5)?,
                    corrected: row.get(6)?,
                    report: report.clone(),
                })
            })?;
            for point in rows {
                points.push(point?);
            }
        }
        Ok(points)
    }

    /// Counts of the whole dataset: of two columns together, or of one.
    pub(super) fn counts(&self, sql: &str) -> rusqlite::Result<Vec<(String, String, i64)>> {
        let database = self.database();
        let mut query = database.prepare_cached(sql)?;
        let rows = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        rows.collect()
    }
}

/// An indicator of a report.
pub(super) struct Point {
    pub(super) indicator: String,
    pub(super) unit: String,
    pub(super) year: i64,
    pub(super) value: String,
    pub(super) form: Option<String>,
    pub(super) source: String,
    /// Whether a correction made it what it is.
    pub(super) corrected: bool,
    pub(super) report: String,
}

/// Whether a number of the database is one that was written down.
fn same(value: &Value, text: Option<&str>) -> bool {
    let decimal = |text: &str| text.parse::<Decimal>().ok();
    let stored = match value {
        Value::Integer(number) => Some(Decimal::from(*number)),
        Value::Real(number) => decimal(&number.to_string()),
        Value::Text(text) => decimal(text),
        _ => None,
    };
    stored == text.and_then(decimal)
}
