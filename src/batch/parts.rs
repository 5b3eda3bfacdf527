//! A run in parts, on as many machines as see the same files: [`plan`] lists the files and cuts the list, [`read`] reads one part
//! anywhere, and [`join`] makes of all parts what one run would have made.
//!
//! Whoever calls this decides what runs where. Invariants: a part is there whole or not at all, however often and by how many it is
//! read at once; the dataset is the one that [`run`](super::run()) writes, byte for byte.

use std::collections::{HashMap, HashSet};
use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::BatchError;
use super::archive::of_io;
use super::document::{Key, Verdict};
use super::journal::Journal;
use super::manifest::{self, Entry, EntryState, ManifestWriter};
use super::mark::{Inputs, claim};
use super::progress::Progress;
use super::reading::decode;
use super::run::{NO_FILE, Options, Summary, Visit, inputs, read_all, write_all};
use super::seen::{Seen, unhex};
use super::walk::{Filter, walk};
use crate::write::WriteError;
use crate::write::aside::hex;

/// Name of the list of inputs in the folder of a part.
const MANIFEST: &str = "inputs.jsonl";

/// Files that are read by one worker, one after another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// Names the part by all that its results depend on: files with size and time, options, the build of the program.
    pub id: String,
    /// Size of the files together.
    pub bytes: u64,
    files: Vec<Listed>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Listed {
    path: OsString,
    /// Why no document can be had of it.
    lost: Option<Verdict>,
}

/// How large a part is at most; a file that is larger is a part of its own.
#[derive(Clone, Copy, Debug)]
pub struct Size {
    /// Bytes of files.
    pub bytes: u64,
    /// Number of files.
    pub files: usize,
}

/// The parts of a run, in the order of its inputs.
///
/// # Errors
/// Where there is nothing to read, or the dataset was made from other inputs.
pub fn plan(options: &Options, size: Size) -> Result<Vec<Part>, BatchError> {
    Filter::new(&options.include, &options.exclude)?;
    claim(&options.dataset)?;
    let journal = options.dataset.join(".journal");
    fs::create_dir_all(&journal).map_err(WriteError::io(&journal))?;
    let inputs = inputs(options, &journal)?;
    if Inputs::read(&journal)?.is_none() {
        inputs.write(&journal)?;
    }
    let mut plan = Plan::new(options, size);
    walk(&options.inputs, &options.dataset, &mut |path, error| {
        plan.add(path, error.as_ref().map(of_io));
        true
    });
    plan.cut();
    if plan.parts.is_empty() {
        return Err(BatchError::Usage(NO_FILE.into()));
    }
    Ok(plan.parts)
}

struct Plan {
    size: Size,
    parts: Vec<Part>,
    files: Vec<Listed>,
    bytes: u64,
    /// What names the next part, and with what every name begins.
    name: Sha256,
    options: Sha256,
}

impl Plan {
    fn new(options: &Options, size: Size) -> Self {
        let mut name = Sha256::new();
        let of_options = format!(
            "{} {:?} {:?} {:?} {:?} {:?}",
            env!("NIANBAO_BUILD"),
            options.include,
            options.exclude,
            options.encoding,
            options.password,
            options.isolation.limits(),
        );
        name.update(of_options);
        Plan {
            size,
            parts: Vec::new(),
            files: Vec::new(),
            bytes: 0,
            options: name.clone(),
            name,
        }
    }

    fn add(&mut self, path: PathBuf, lost: Option<Verdict>) {
        let meta = fs::metadata(&path).ok();
        let bytes = meta.as_ref().map_or(0, fs::Metadata::len);
        if self.files.len() >= self.size.files || self.bytes + bytes > self.size.bytes {
            self.cut();
        }
        let changed = meta.and_then(|meta| meta.modified().ok()?.duration_since(UNIX_EPOCH).ok());
        self.name.update(path.as_os_str().as_encoded_bytes());
        self.name.update(format!("\0{bytes} {changed:?}\0"));
        self.bytes += bytes;
        self.files.push(Listed {
            path: path.into_os_string(),
            lost,
        });
    }

    fn cut(&mut self) {
        let name = std::mem::replace(&mut self.name, self.options.clone());
        let files = std::mem::take(&mut self.files);
        let bytes = std::mem::take(&mut self.bytes);
        if !files.is_empty() {
            let id = hex(&name.finalize()[..16]);
            self.parts.push(Part { id, bytes, files });
        }
    }
}

/// Reads a part, unless that was done; gives the number of documents that were read now.
///
/// # Errors
/// Where it cannot be written, or no worker be started.
pub fn read(options: &Options, part: &Part, progress: &Progress) -> Result<u64, BatchError> {
    let home = home(&options.dataset, &part.id);
    if home.exists() {
        return Ok(0);
    }
    // Nobody else writes here, whoever else may be at the same part.
    let attempt = home.with_extension(attempt());
    let filter = Filter::new(&options.include, &options.exclude)?;
    let files = |visit: &mut Visit| {
        let mut files = part.files.iter();
        files.all(|file| visit(PathBuf::from(&file.path), file.lost.clone()));
    };
    let journal = Journal::open(&attempt)?;
    let manifest = attempt.join(MANIFEST);
    let (summary, _) = read_all(options, &files, &filter, &journal, &manifest, progress)?;
    keep_passing(&journal, &manifest)?;
    journal.finish()?;
    drop(journal);
    publish(&attempt, &home)?;
    Ok(summary.read)
}

/// The folder of a part.
fn home(dataset: &Path, id: &str) -> PathBuf {
    dataset.join(".journal").join("parts").join(id)
}

/// A name that no other attempt has.
fn attempt() -> String {
    let now = UNIX_EPOCH.elapsed().unwrap_or_default().as_nanos();
    format!("{}-{now}", std::process::id())
}

/// Puts what befell a document for this once into the manifest, for the journal is for what would be the same another time.
fn keep_passing(journal: &Journal, path: &Path) -> Result<(), BatchError> {
    let entries: Vec<Entry> = manifest::read(path)?.collect::<Result<_, _>>()?;
    let mut writer = ManifestWriter::create(path)?;
    for mut entry in entries {
        if let EntryState::Read(key) = &entry.state
            && let Some(payload) = journal.passing(key)
        {
            let outcome = decode(&payload).map_err(|_| BatchError::Damaged(path.to_owned()))?;
            entry.state = EntryState::Known(outcome.verdict);
        }
        writer.push(&entry)?;
    }
    writer.finish()
}

/// Moves a part to its place, unless another was faster.
fn publish(attempt: &Path, home: &Path) -> Result<(), BatchError> {
    match fs::rename(attempt, home) {
        Err(_) if home.exists() => Ok(fs::remove_dir_all(attempt).map_err(WriteError::io(attempt))?),
        moved => Ok(moved.map_err(WriteError::io(home))?),
    }
}

/// Writes the dataset from its parts, which must all have been read, and in the order of the plan.
///
/// # Errors
/// Where one is missing or damaged, or the dataset cannot be written.
pub fn join(options: &Options, parts: &[String], progress: &Progress) -> Result<Summary, BatchError> {
    claim(&options.dataset)?;
    let journal = Journal::open(&options.dataset.join(".journal"))?;
    let path = journal.folder().join(MANIFEST);
    let mut writer = ManifestWriter::create(&path)?;
    let mut joined = Joined::default();
    for part in parts {
        let home = home(&options.dataset, part);
        journal.adopt(&home)?;
        if !joined.add(&home, &journal, &mut writer)? {
            // So that it is read again.
            fs::remove_dir_all(&home).map_err(WriteError::io(&home))?;
            return Err(BatchError::Damaged(home));
        }
        progress.input();
    }
    writer.finish()?;
    journal.finish()?;
    tidy(&options.dataset, parts)?;
    let summary = Summary {
        known: joined.known,
        ..Summary::default()
    };
    let summary = write_all(options, &journal, &path, progress, summary)?;
    inputs(options, journal.folder())?.write(journal.folder())?;
    Ok(summary)
}

/// Leaves of the parts their manifests, by which the same plan finds them again; what the journal has taken over goes, and so do parts
/// of other plans.
fn tidy(dataset: &Path, parts: &[String]) -> Result<(), BatchError> {
    let folder = home(dataset, "");
    let ours: HashSet<&str> = parts.iter().map(String::as_str).collect();
    for entry in fs::read_dir(&folder).map_err(WriteError::io(&folder))? {
        let path = entry.map_err(WriteError::io(&folder))?.path();
        let is_ours = path
            .file_name()
            .and_then(|name| name.to_str())
            .is_some_and(|name| ours.contains(name));
        let removed = if is_ours {
            remove_segments(&path)
        } else {
            fs::remove_dir_all(&path)
        };
        removed.map_err(WriteError::io(&path))?;
    }
    Ok(())
}

fn remove_segments(home: &Path) -> io::Result<()> {
    for entry in fs::read_dir(home)? {
        let path = entry?.path();
        if path.extension().is_some_and(|ending| ending == "seg") {
            fs::remove_file(path)?;
        }
    }
    Ok(())
}

/// The inputs of all parts under one count.
#[derive(Default)]
struct Joined {
    seen: Seen,
    number: u32,
    /// Documents that were read, in several parts also the same.
    known: u64,
}

impl Joined {
    /// Adds a part; false where the journal lacks one of its results.
    fn add(&mut self, home: &Path, journal: &Journal, writer: &mut ManifestWriter) -> Result<bool, BatchError> {
        // Numbers in the part to those of the first inputs with the same bytes.
        let mut firsts = HashMap::new();
        for (number, entry) in (1..).zip(manifest::read(&home.join(MANIFEST))?) {
            let entry = self.take(entry?, &firsts);
            let first = match entry.state {
                EntryState::SameAs(first, _) => first,
                _ => self.number,
            };
            firsts.insert(number, first);
            if matches!(&entry.state, EntryState::Read(key) if !journal.has(key)) {
                return Ok(false);
            }
            writer.push(&entry)?;
        }
        Ok(true)
    }

    fn take(&mut self, entry: Entry, firsts: &HashMap<u32, u32>) -> Entry {
        self.number += 1;
        if entry.place.refers_to.is_some() {
            let state = self.seen.revisit(&entry.place);
            return Entry { state, ..entry };
        }
        let hash = entry.sha256.as_deref().and_then(unhex).unwrap_or_default();
        let state = match entry.state {
            EntryState::Read(key) => self.read(key, &hash),
            EntryState::SameAs(first, hash) => match firsts.get(&first) {
                Some(first) => EntryState::SameAs(*first, hash),
                None => EntryState::SameAs(first, hash),
            },
            known => known,
        };
        self.seen.name(&entry.place, &state, self.number, &hash);
        Entry { state, ..entry }
    }

    fn read(&mut self, key: Key, hash: &[u8]) -> EntryState {
        self.known += 1;
        if let Some(first) = self.seen.first(hash) {
            return EntryState::SameAs(first, hex(hash));
        }
        self.seen.add(hash, self.number);
        EntryState::Read(key)
    }
}
