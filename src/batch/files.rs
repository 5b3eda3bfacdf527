//! Which files a dataset has: opens each aside, and moves them all to their places.

use std::fs;
use std::path::Path;

use super::BatchError;
use super::run::Options;
use crate::write::aside::{self, Finished, write_whole};
use crate::write::csv::CsvSink;
use crate::write::jsonl::JsonlSink;
#[cfg(feature = "parquet")]
use crate::write::parquet::ParquetSink;
use crate::write::readme::{self, Counts};
#[cfg(feature = "sqlite")]
use crate::write::sqlite::SqliteSink;
use crate::write::table::Table;
use crate::write::tables::{CHECKS, FIGURES, WIDE};
#[cfg(feature = "xlsx")]
use crate::write::xlsx::XlsxSink;
use crate::write::{Format, Sink, WriteError, codebook, package};

/// Opens every file of the dataset in the folder aside.
///
/// What takes longest comes first: begun last, it would be waited for while other threads are idle.
///
/// # Errors
/// Where a file cannot be made.
pub fn open(folder: &Path, options: &Options, tables: &[Table]) -> Result<Vec<Box<dyn Sink>>, WriteError> {
    let mut sinks: Vec<Box<dyn Sink>> = Vec::new();
    #[cfg(feature = "sqlite")]
    if options.formats.contains(&Format::Sqlite) {
        sinks.push(Box::new(SqliteSink::create(&folder.join("dataset.sqlite"), tables)?));
    }
    if options.formats.contains(&Format::Jsonl) {
        sinks.push(Box::new(JsonlSink::reports(&folder.join("jsonl/documents.jsonl"))?));
    }
    let long = [FIGURES, CHECKS, WIDE];
    let short = (0..tables.len()).filter(|index| !long.contains(index));
    for index in long.into_iter().chain(short) {
        let table = &tables[index];
        for format in &options.formats {
            let file = folder.join(format.file(table.name));
            match format {
                Format::Csv => sinks.push(Box::new(CsvSink::create(&file, index, table, options.csv_bom)?)),
                Format::Jsonl => sinks.push(Box::new(JsonlSink::create(&file, index, table)?)),
                #[cfg(feature = "parquet")]
                Format::Parquet => sinks.push(Box::new(ParquetSink::create(&file, index, table)?)),
                #[cfg(feature = "xlsx")]
                Format::Xlsx if index == WIDE => sinks.push(Box::new(XlsxSink::create(&file, index, table)?)),
                _ => {}
            }
        }
    }
    Ok(sinks)
}

/// Writes what describes the dataset, and moves everything to its place.
///
/// # Errors
/// Where a file cannot be written or moved.
pub fn publish(
    folder: &Path,
    options: &Options,
    tables: &[Table],
    counts: &Counts,
    mut finished: Vec<Finished>,
) -> Result<(), BatchError> {
    finished.push(write_whole(
        &folder.join("codebook.csv"),
        codebook::to_csv().as_bytes(),
    )?);
    write_whole(
        &folder.join("README.md"),
        readme::text(counts, tables, &options.formats)?.as_bytes(),
    )?;
    let package = package::describe(&finished, tables, &options.formats);
    let text = serde_json::to_string_pretty(&package).map_err(WriteError::format("datapackage.json"))?;
    write_whole(&folder.join("datapackage.json"), (text + "\n").as_bytes())?;
    let files = |formats: &[Format]| -> Vec<String> {
        let mut files: Vec<String> = Vec::new();
        for format in formats {
            files.extend(tables.iter().map(|table| format.file(table.name)));
            if *format == Format::Jsonl {
                files.push("jsonl/documents.jsonl".into());
            }
        }
        files.dedup();
        files
    };
    let mut names = files(&options.formats);
    names.extend(["codebook.csv", "README.md", "datapackage.json"].map(Into::into));
    aside::publish(folder, &options.dataset, &names)?;
    // Files of an earlier run in a format that was not asked for now would contradict the others.
    for name in files(Format::ALL).iter().filter(|name| !names.contains(name)) {
        let path = options.dataset.join(name);
        if path.exists() {
            fs::remove_file(&path).map_err(WriteError::io(&path))?;
        }
        // Only where nothing is left in it.
        if let Some(folder) = path.parent().filter(|folder| *folder != options.dataset) {
            let _ = fs::remove_dir(folder);
        }
    }
    Ok(())
}
