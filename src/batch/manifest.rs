//! The inputs of a run in order, on disk: what the walk found, and by which key the journal has the result.
//!
//! Written by one thread while it walks, read when the dataset is written, and again by a run that adds to it. Invariant: it stands
//! under its name only when it is whole; a run that died leaves nothing that another uses.

use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::BatchError;
use super::document::{Key, Place, Verdict};

/// One input.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Where it comes from.
    pub place: Place,
    /// Its size, if known.
    pub bytes: Option<u64>,
    /// SHA-256 of its bytes, in hexadecimal.
    pub sha256: Option<String>,
    /// What is to be said of it.
    pub state: EntryState,
}

/// Where to find what became of an input.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EntryState {
    /// In the journal.
    Read(Key),
    /// Known without reading.
    Known(Verdict),
    /// With an earlier input, by its number: the same bytes, or a revisit record.
    SameAs(u32, String),
}

/// The manifest being written.
pub struct ManifestWriter {
    path: PathBuf,
    aside: PathBuf,
    out: BufWriter<File>,
}

impl ManifestWriter {
    /// Begins a new one.
    ///
    /// # Errors
    /// Where it cannot be made.
    pub fn create(path: &Path) -> Result<Self, BatchError> {
        let aside = path.with_extension("part");
        let file = File::create(&aside).map_err(at(&aside))?;
        Ok(ManifestWriter {
            path: path.to_owned(),
            aside,
            out: BufWriter::with_capacity(1 << 16, file),
        })
    }

    /// Adds an input.
    ///
    /// # Errors
    /// Where the disk does not take it.
    pub fn push(&mut self, entry: &Entry) -> Result<(), BatchError> {
        let mut line = serde_json::to_vec(entry).map_err(|error| at(&self.path)(error.into()))?;
        line.push(b'\n');
        self.out.write_all(&line).map_err(at(&self.path))
    }

    /// Ends it.
    ///
    /// # Errors
    /// Where the disk does not take it.
    pub fn finish(mut self) -> Result<(), BatchError> {
        self.out.flush().map_err(at(&self.aside))?;
        fs::rename(&self.aside, &self.path).map_err(at(&self.path))
    }
}

/// Reads the inputs in order.
///
/// # Errors
/// Where the manifest cannot be read.
pub fn read(path: &Path) -> Result<impl Iterator<Item = Result<Entry, BatchError>>, BatchError> {
    let file = File::open(path).map_err(at(path))?;
    let path = path.to_owned();
    Ok(BufReader::with_capacity(1 << 16, file).lines().map(move |line| {
        let entry = line.and_then(|line| serde_json::from_str(&line).map_err(io::Error::from));
        entry.map_err(at(&path))
    }))
}

fn at(path: &Path) -> impl FnOnce(io::Error) -> BatchError {
    move |source| BatchError::Journal {
        path: path.to_owned(),
        source,
    }
}
