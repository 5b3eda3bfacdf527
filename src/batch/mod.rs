//! A folder, an archive or a web archive in, a dataset out.
//!
//! The way of a run: [`walk`] and [`archive`] list the documents in a stable order; [`sift`] drops what cannot be a report;
//! [`pool`] reads the others, each in a process that may die ([`crate::isolate`]); [`journal`] keeps every result; [`dataset`] writes the files from
//! the journal when all is read. [`parts`] does the same on several machines. This is the one part of the library that does I/O.
//!
//! Invariants: memory does not grow with the documents but for some dozens of bytes each; a run that is killed loses no finished
//! document; the same inputs and version give the same files, whatever the number of jobs.

pub mod archive;
pub mod beside;
pub mod dataset;
pub mod document;
pub mod files;
pub mod gzip;
pub mod http;
pub mod journal;
pub mod kind;
pub mod manifest;
pub mod mark;
pub mod name;
pub mod no_report;
pub mod pages;
pub mod parts;
pub mod pool;
mod progress;
pub mod reading;
pub mod regular;
pub mod run;
mod seen;
pub mod sift;
pub mod tape;
pub mod walk;
pub mod warc;
mod years;
pub mod zipped;

use std::path::PathBuf;

use thiserror::Error;

use crate::write::WriteError;

pub use mark::Onto;
pub use progress::{Done, Progress};
pub use run::{Options, Summary, run, total_bytes};

/// The largest file that is read, as large as for the other commands; a report has some megabytes at most.
pub const LARGEST: u64 = 256 << 20;
/// The largest document inside an archive, which may hold any number of them.
pub const LARGEST_MEMBER: u64 = 64 << 20;

/// Why a run ended early. What was finished is in the journal, and the same command continues from there.
#[derive(Debug, Error)]
pub enum BatchError {
    /// An input that was named does not exist, or a pattern is not one.
    #[error("{0}")]
    Usage(String),
    /// The one who watches it asked for its end.
    #[error("stopped; what was read is kept, and the same call continues from there")]
    Stopped,
    /// Another run is writing the same dataset.
    #[error("{0}: another run is writing this dataset")]
    Busy(PathBuf),
    /// The journal cannot be read or written.
    #[error("{path}: {source}")]
    Journal {
        /// The file.
        path: PathBuf,
        /// What the file system said.
        source: std::io::Error,
    },
    /// A record of the journal is damaged.
    #[error("{0}: a record of this part of the journal is damaged; run again, and what it held is read again")]
    Damaged(PathBuf),
    /// The worker program cannot be started.
    #[error("cannot start a worker: {0}")]
    Worker(std::io::Error),
    /// A file of the dataset cannot be written.
    #[error(transparent)]
    Write(#[from] WriteError),
}
