//! Files that appear whole or not at all.
//!
//! A dataset is written into a folder aside, each file is brought to the disk, and only then renamed to its place. Invariants: at
//! no moment does a half-written file stand under its own name; a dataset that has its description is whole.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::WriteError;

/// A file being written under a name aside.
pub struct AsideFile {
    path: PathBuf,
    out: BufWriter<Hashed<File>>,
}

/// A file that is whole and on the disk.
pub struct Finished {
    /// Where it stands, still aside.
    pub path: PathBuf,
    /// Its size.
    pub bytes: u64,
    /// SHA-256 in lower-case hexadecimal.
    pub sha256: String,
}

/// Hashes what is written, so that a file of gigabytes need not be read again.
struct Hashed<W> {
    out: W,
    hash: Sha256,
    bytes: u64,
}

impl<W> Hashed<W> {
    fn new(out: W) -> Self {
        Hashed {
            out,
            hash: Sha256::new(),
            bytes: 0,
        }
    }
}

impl<W: Write> Write for Hashed<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let count = self.out.write(bytes)?;
        self.hash.update(&bytes[..count]);
        self.bytes += count as u64;
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
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
            out: BufWriter::with_capacity(1 << 16, Hashed::new(file)),
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
    pub fn finish(self) -> Result<Finished, WriteError> {
        let path = self.path;
        let Hashed { out, hash, bytes } = self.out.into_inner().map_err(|error| WriteError::Io {
            path: path.clone(),
            source: error.into_error(),
        })?;
        out.sync_all().map_err(WriteError::io(&path))?;
        let sha256 = hex(&hash.finalize());
        Ok(Finished { path, bytes, sha256 })
    }
}

impl Finished {
    /// A file that a library has written: brings it to the disk and reads it for its hash.
    ///
    /// # Errors
    /// Where the disk does not take it, or it cannot be read.
    pub fn of_library(path: PathBuf) -> Result<Self, WriteError> {
        let measure = || {
            let mut file = File::open(&path)?;
            let disk = file.try_clone()?;
            let hash = || {
                let mut hashed = Hashed::new(io::sink());
                io::copy(&mut file, &mut hashed).map(|_| hashed)
            };
            let (hashed, synced) = rayon::join(hash, || disk.sync_all());
            synced?;
            let hashed = hashed?;
            Ok((hashed.bytes, hex(&hashed.hash.finalize())))
        };
        let (bytes, sha256) = measure().map_err(WriteError::io(&path))?;
        Ok(Finished { path, bytes, sha256 })
    }
}

/// Lower-case hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
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
pub fn write_whole(path: &Path, bytes: &[u8]) -> Result<Finished, WriteError> {
    let mut file = AsideFile::create(path)?;
    file.write_all(bytes).map_err(WriteError::io(path))?;
    file.finish()
}

/// Moves finished files from the folder aside to their places, then removes the folder.
///
/// The last file describes the others: it goes first and comes last, so a dataset that has it is whole. What stood in a place is
/// only moved out of the way until all is there, because deleting gigabytes takes time in which a run could be killed.
///
/// # Errors
/// Where a file cannot be moved.
pub fn publish(aside: &Path, dataset: &Path, files: &[String]) -> Result<(), WriteError> {
    let old = aside.join("old");
    let in_folder = |name: &str, base: &Path| {
        let path = base.join(name);
        let folder = path.parent().unwrap_or(base);
        fs::create_dir_all(folder).map_err(WriteError::io(folder))?;
        Ok(path)
    };
    for name in files.iter().rev() {
        let (place, aside) = (in_folder(name, dataset)?, in_folder(name, &old)?);
        match fs::rename(&place, aside) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(WriteError::io(&place)(error)),
            _ => {}
        }
    }
    for name in files {
        let place = dataset.join(name);
        fs::rename(aside.join(name), &place).map_err(WriteError::io(&place))?;
    }
    let mut folders: Vec<PathBuf> = files
        .iter()
        .filter_map(|name| Some(dataset.join(name).parent()?.to_owned()))
        .collect();
    folders.dedup();
    folders.iter().for_each(|folder| sync_folder(folder));
    fs::remove_dir_all(aside).map_err(WriteError::io(aside))
}

/// Brings the names in a folder to the disk. Not every file system can, and then there is nothing better to do.
fn sync_folder(folder: &Path) {
    if let Ok(folder) = File::open(folder) {
        let _ = folder.sync_all();
    }
}
