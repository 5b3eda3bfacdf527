//! Files that appear whole or not at all.
//!
//! A dataset is written into a folder aside, each file is brought to the disk, and only then renamed to its place. Invariant: at
//! no moment does a half-written file stand under its own name.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use super::WriteError;

/// A file being written under a name aside.
pub struct AsideFile {
    path: PathBuf,
    out: BufWriter<File>,
}

impl AsideFile {
    /// Opens a file, making the folders above it.
    ///
    /// # Errors
    /// Where it cannot be made.
    pub fn create(path: &Path) -> Result<Self, WriteError> {
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(WriteError::io(folder))?;
        }
        let file = File::create(path).map_err(WriteError::io(path))?;
        Ok(AsideFile {
            path: path.to_owned(),
            out: BufWriter::with_capacity(1 << 16, file),
        })
    }

    /// The path of the file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Brings everything to the disk.
    ///
    /// # Errors
    /// Where the disk does not take it.
    pub fn finish(self) -> Result<(), WriteError> {
        let file = self.out.into_inner().map_err(|error| WriteError::Io {
            path: self.path.clone(),
            source: error.into_error(),
        })?;
        file.sync_all().map_err(WriteError::io(&self.path))
    }
}

impl Write for AsideFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.out.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// Writes a small file whole.
///
/// # Errors
/// Where the disk does not take it.
pub fn write_whole(path: &Path, bytes: &[u8]) -> Result<(), WriteError> {
    let mut file = AsideFile::create(path)?;
    file.write_all(bytes).map_err(WriteError::io(path))?;
    file.finish()
}

/// Moves finished files from the folder aside to their places, in the order given, then removes the folder.
///
/// # Errors
/// Where a file cannot be moved.
pub fn publish(aside: &Path, dataset: &Path, files: &[String]) -> Result<(), WriteError> {
    for name in files {
        let target = dataset.join(name);
        if let Some(folder) = target.parent() {
            fs::create_dir_all(folder).map_err(WriteError::io(folder))?;
        }
        fs::rename(aside.join(name), &target).map_err(WriteError::io(&target))?;
        sync_folder(target.parent().unwrap_or(dataset));
    }
    sync_folder(dataset);
    fs::remove_dir_all(aside).map_err(WriteError::io(aside))
}

/// Brings the names in a folder to the disk. Not every file system can, and then there is nothing better to do.
fn sync_folder(folder: &Path) {
    if let Ok(folder) = File::open(folder) {
        let _ = folder.sync_all();
    }
}
