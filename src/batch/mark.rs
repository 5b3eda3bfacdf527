//! What makes a folder a dataset, and what it was made from.
//!
//! The mark is a file that says so and in which version; it is the first thing in the folder and never leaves it. The inputs are kept
//! beside the journal, because they are paths of this machine. Invariants: a folder with other things in it and no mark is left
//! alone; an input that a dataset was made from never leaves it without a word.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::{BatchError, name};
use crate::write::WriteError;

/// Name of the mark.
const MARK: &str = ".nianbao";
/// What the mark says.
const FORMAT: &str = "nianbao dataset";
/// The version of what stands in the folder and is read again: journal, manifest and inputs.
const VERSION: u32 = 1;

/// Whether a folder is a dataset of an earlier run, by its mark.
pub(super) fn is_dataset(folder: &Path) -> bool {
    folder.join(MARK).is_file()
}

#[derive(Serialize, Deserialize)]
struct Mark {
    format: String,
    version: u32,
}

/// How the inputs of a run stand to those that the dataset was made from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Onto {
    /// They are the same, or more.
    #[default]
    Same,
    /// They come to what is there.
    Add,
    /// They take the place of what is there.
    Replace,
}

/// Makes the folder of the dataset. One with other files in it is refused: they would be overwritten, or read as inputs.
///
/// # Errors
/// Where it is no dataset, or one of a later version, or cannot be written.
pub fn claim(dataset: &Path) -> Result<(), BatchError> {
    fs::create_dir_all(dataset).map_err(WriteError::io(dataset))?;
    let mark = dataset.join(MARK);
    match fs::read(&mark) {
        // What a power cut leaves of the mark is empty.
        Ok(bytes) if bytes.is_empty() => write(&mark),
        Ok(bytes) => known(dataset, &bytes),
        Err(error) if error.kind() == ErrorKind::NotFound => {
            let mut entries = fs::read_dir(dataset).map_err(WriteError::io(dataset))?;
            if entries.next().is_some() {
                let message = "there are other files in this folder; a dataset needs its own";
                return Err(usage(dataset, message));
            }
            write(&mark)
        }
        Err(error) => Err(WriteError::io(&mark)(error).into()),
    }
}

fn known(dataset: &Path, bytes: &[u8]) -> Result<(), BatchError> {
    match serde_json::from_slice::<Mark>(bytes) {
        Ok(mark) if mark.format == FORMAT && mark.version <= VERSION => Ok(()),
        Ok(mark) if mark.format == FORMAT => {
            let message = "a later version of nianbao has made this dataset; use that, or another folder";
            Err(usage(dataset, message))
        }
        _ => Err(usage(
            dataset,
            "the file .nianbao in it does not say that it is a dataset",
        )),
    }
}

fn write(mark: &Path) -> Result<(), BatchError> {
    let text = serde_json::to_string(&Mark {
        format: FORMAT.into(),
        version: VERSION,
    });
    let text = text.map_err(WriteError::format(mark))? + "\n";
    Ok(fs::write(mark, text).map_err(WriteError::io(mark))?)
}

fn usage(dataset: &Path, message: &str) -> BatchError {
    BatchError::Usage(format!("{}: {message}", name::of_path(dataset)))
}

/// The inputs of a dataset, as whole paths.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Inputs(Vec<String>);

impl Inputs {
    /// What a run is given.
    pub fn of(inputs: &[PathBuf]) -> Self {
        Inputs(inputs.iter().map(|input| whole(input)).collect())
    }

    /// What the dataset was made from; nothing where no run has begun.
    ///
    /// # Errors
    /// Where that cannot be read.
    pub fn read(journal: &Path) -> Result<Option<Self>, BatchError> {
        let path = path(journal);
        match fs::read(&path) {
            Ok(bytes) => {
                let inputs = serde_json::from_slice(&bytes).map_err(WriteError::format(&path))?;
                Ok(Some(Inputs(inputs)))
            }
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(WriteError::io(&path)(error).into()),
        }
    }

    /// Keeps them.
    ///
    /// # Errors
    /// Where the disk does not take it.
    pub fn write(&self, journal: &Path) -> Result<(), BatchError> {
        let path = path(journal);
        let aside = path.with_extension("part");
        let text = serde_json::to_vec(&self.0).map_err(WriteError::format(&path))?;
        fs::write(&aside, text).map_err(WriteError::io(&aside))?;
        Ok(fs::rename(&aside, &path).map_err(WriteError::io(&path))?)
    }

    /// Whether a file, by its whole path, is one of them or below one.
    pub fn cover(&self, file: &str) -> bool {
        self.0.iter().any(|input| Path::new(file).starts_with(input))
    }

    /// These and those of the others that they do not cover.
    pub fn with(&self, others: &Inputs) -> Inputs {
        let left = others.0.iter().filter(|other| !self.cover(other));
        Inputs(left.chain(&self.0).cloned().collect())
    }

    /// Makes sure that nothing of what the dataset was made from gets lost without a word.
    ///
    /// # Errors
    /// Where an earlier input is not among these.
    pub fn keep(&self, earlier: &Inputs, dataset: &Path) -> Result<(), BatchError> {
        const SHOWN: usize = 3;
        let mut lost: Vec<&str> = earlier
            .0
            .iter()
            .map(String::as_str)
            .filter(|one| !self.cover(one))
            .collect();
        if lost.is_empty() {
            return Ok(());
        }
        let more = lost.len().saturating_sub(SHOWN);
        lost.truncate(SHOWN);
        let more = if more > 0 {
            format!(" and {more} more")
        } else {
            String::new()
        };
        let message = format!(
            "this dataset was made from other inputs: {}{more}. --add keeps what is there and adds what is named now, \
             --replace leaves only what is named now",
            lost.join(", ")
        );
        Err(usage(dataset, &message))
    }
}

fn path(journal: &Path) -> PathBuf {
    journal.join("inputs.json")
}

/// The whole path of a file or folder, as text.
pub fn whole(path: &Path) -> String {
    name::of_path(&std::path::absolute(path).unwrap_or_else(|_| path.to_owned()))
}
