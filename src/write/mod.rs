//! From reports to the files of a dataset: one definition of the tables, one small writer for each format.
//!
//! Nothing here computes a figure. Invariants: a writer knows types, never columns; the same rows give the same bytes, so no
//! file holds a time, a path of this machine or an order of threads; a file stands under its own name only when it is whole.

pub mod aside;
pub mod codebook;
pub mod csv;
pub mod jsonl;
pub mod package;
#[cfg(feature = "parquet")]
pub mod parquet;
pub mod readme;
mod reasons;
pub mod rows;
#[cfg(feature = "sqlite")]
pub mod sqlite;
pub mod table;
pub mod tables;
pub mod totals;
#[cfg(feature = "xlsx")]
pub mod xlsx;

use std::path::{Path, PathBuf};

use thiserror::Error;

use aside::Finished;
use table::Block;

/// Why a file of the dataset could not be written.
#[derive(Debug, Error)]
pub enum WriteError {
    /// The file system said no.
    #[error("{path}: {source}")]
    Io {
        /// The file.
        path: PathBuf,
        /// What it said.
        source: std::io::Error,
    },
    /// The library of the format said no.
    #[error("{path}: {message}")]
    Format {
        /// The file.
        path: PathBuf,
        /// What it said.
        message: String,
    },
}

impl WriteError {
    /// An error of the file system at a path.
    pub fn io(path: impl AsRef<Path>) -> impl FnOnce(std::io::Error) -> Self {
        move |source| WriteError::Io {
            path: path.as_ref().to_owned(),
            source,
        }
    }

    /// An error of a format's library at a path.
    pub fn format<E: std::fmt::Display>(path: impl AsRef<Path>) -> impl FnOnce(E) -> Self {
        move |error| WriteError::Format {
            path: path.as_ref().to_owned(),
            message: error.to_string(),
        }
    }
}

/// A file that takes rows in order.
pub trait Sink: Send {
    /// Takes the rows of a block that belong to this sink.
    ///
    /// # Errors
    /// Where the file cannot be written.
    fn write(&mut self, block: &Block) -> Result<(), WriteError>;

    /// Ends the file and brings it to the disk, still under its name aside.
    ///
    /// # Errors
    /// Where the file cannot be written.
    fn finish(self: Box<Self>) -> Result<Finished, WriteError>;
}

/// A file format that a dataset can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Format {
    /// Comma-separated values, one file a table.
    Csv,
    /// JSON Lines, one file a table, and every report whole.
    Jsonl,
    /// Apache Parquet, one file a table.
    Parquet,
    /// One SQLite database.
    Sqlite,
    /// One workbook with the wide table and the codebook.
    Xlsx,
}

impl Format {
    /// Those that this build can write.
    pub const ALL: &[Format] = &[
        Format::Csv,
        Format::Jsonl,
        #[cfg(feature = "parquet")]
        Format::Parquet,
        #[cfg(feature = "sqlite")]
        Format::Sqlite,
        #[cfg(feature = "xlsx")]
        Format::Xlsx,
    ];

    /// Its name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Format::Csv => "csv",
            Format::Jsonl => "jsonl",
            Format::Parquet => "parquet",
            Format::Sqlite => "sqlite",
            Format::Xlsx => "xlsx",
        }
    }

    /// The format of a name, if this build can write it.
    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|format| format.name() == name)
    }

    /// The file, below the dataset, that holds a table in this format.
    pub fn file(self, table: &str) -> String {
        match self {
            Format::Csv => format!("csv/{table}.csv"),
            Format::Jsonl => format!("jsonl/{table}.jsonl"),
            Format::Parquet => format!("parquet/{table}.parquet"),
            Format::Sqlite => "dataset.sqlite".into(),
            Format::Xlsx => "dataset.xlsx".into(),
        }
    }
}
