//! A run: one thread finds documents in order, some read them, and then the dataset is written.
//!
//! Invariant: everything that depends on order (numbers, what is a duplicate of what) is decided by the one thread that walks, so
//! the number of jobs and the speed of the workers change nothing.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread;

use crossbeam_channel::{Receiver, Sender, bounded};
use sha2::{Digest, Sha256};

use super::BatchError;
use super::archive::{Left, Opener, of_io};
use super::beside::{InArchive, Pages};
use super::dataset;
use super::document::{Fate, Item, Key, Place, Request, Verdict};
use super::journal::Journal;
use super::manifest::{self, Entry, EntryState, ManifestWriter};
use super::mark::{Inputs, Onto, claim, whole};
use super::name;
use super::pool::{Isolation, Reader, Reading};
use super::progress::Progress;
use super::reading::has_fate;
use super::seen::{Seen, unhex};
use super::sift::sift;
use super::walk::{Filter, walk};
use crate::isolate::Room;
use crate::overlay::Overlay;
use crate::read::{Beside, Recognition, is_page_picture};
use crate::write::Format;
use crate::write::aside::hex;
use crate::write::readme::Counts;

/// Bytes of documents that wait or are being read: bounds memory.
const BYTES_IN_FLIGHT: usize = 64 << 20;

/// What to do.
#[derive(Clone, Debug)]
pub struct Options {
    /// Files and folders.
    pub inputs: Vec<PathBuf>,
    /// The folder of the dataset.
    pub dataset: PathBuf,
    /// Patterns of names to take; empty for all.
    pub include: Vec<String>,
    /// Patterns of names to leave out.
    pub exclude: Vec<String>,
    /// Encoding of the files, whatever they say themselves.
    pub encoding: Option<String>,
    /// Password of encrypted PDF files.
    pub password: Option<String>,
    /// How pages that are only pictures are read.
    pub recognition: Recognition,
    /// Number of workers.
    pub jobs: usize,
    /// Formats to write.
    pub formats: Vec<Format>,
    /// Whether CSV files begin with a byte order mark.
    pub csv_bom: bool,
    /// Corrections to take in the tables that hold values to compute with, each marked.
    pub overlay: Option<Arc<Overlay>>,
    /// How the inputs stand to those that the dataset was made from.
    pub onto: Onto,
    /// How documents are kept from each other.
    pub isolation: Isolation,
}

/// What a run has done.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// What is in the dataset.
    pub counts: Counts,
    /// Documents that were read in this run.
    pub read: u64,
    /// Documents whose result was there from an earlier run.
    pub known: u64,
    /// Damaged records of the journal.
    pub damaged: u64,
}

/// What is said where nothing is found.
pub(super) const NO_FILE: &str = "no file to read; hidden files and what .gitignore names are left out, as the patterns say. \
                                  Nothing was written";

/// Takes a file, or one of which no document can be had and why; false when the run is to end.
pub(super) type Visit<'a> = dyn FnMut(PathBuf, Option<Verdict>) -> bool + 'a;

struct Task {
    key: Key,
    request: Request,
    bytes: Vec<u8>,
}

/// Reads the inputs and writes the dataset. `progress` tells a watcher how far it is.
///
/// # Errors
/// Where the dataset cannot be written; what was read is in the journal, and the same call continues from there.
pub fn run(options: &Options, progress: &Progress) -> Result<Summary, BatchError> {
    let filter = Filter::new(&options.include, &options.exclude)?;
    claim(&options.dataset)?;
    let folder = options.dataset.join(".journal");
    let inputs = inputs(options, &folder)?;
    let journal = Journal::open(&folder)?;
    let manifest = journal.folder().join("inputs.jsonl");
    if Inputs::read(&folder)?.is_none() {
        inputs.write(&folder)?;
    }
    let files = |visit: &mut Visit| {
        walk(&options.inputs, &options.dataset, &mut |path, error| {
            visit(path, error.as_ref().map(of_io))
        });
    };
    let (summary, count) = read_all(options, &files, &filter, &journal, &manifest, progress)?;
    if count == 0 {
        return Err(BatchError::Usage(NO_FILE.into()));
    }
    journal.finish()?;
    let summary = write_all(options, &journal, &manifest, progress, summary)?;
    inputs.write(&folder)?;
    Ok(summary)
}

/// Writes the dataset from a journal that has every result, with as many threads as there are workers.
///
/// # Errors
/// Where a file cannot be written.
pub(super) fn write_all(
    options: &Options,
    journal: &Journal,
    manifest: &Path,
    progress: &Progress,
    summary: Summary,
) -> Result<Summary, BatchError> {
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(options.jobs)
        .build()
        .map_err(|error| BatchError::Worker(std::io::Error::other(error)))?;
    Ok(Summary {
        counts: pool.install(|| dataset::write(options, journal, manifest, progress))?,
        damaged: journal.damaged(),
        ..summary
    })
}

/// What the dataset is made from with this run.
pub(super) fn inputs(options: &Options, journal: &Path) -> Result<Inputs, BatchError> {
    let inputs = Inputs::of(&options.inputs);
    let Some(earlier) = Inputs::read(journal)? else {
        return Ok(inputs);
    };
    match options.onto {
        Onto::Same => inputs.keep(&earlier, &options.dataset).map(|()| inputs),
        Onto::Add => Ok(inputs.with(&earlier)),
        Onto::Replace => Ok(inputs),
    }
}

/// The size of all input files.
pub fn total_bytes(options: &Options) -> u64 {
    let mut total = 0;
    walk(&options.inputs, &options.dataset, &mut |path, error| {
        if error.is_none() {
            total += std::fs::metadata(path).map_or(0, |meta| meta.len());
        }
        true
    });
    total
}

/// Reads what of the files is not yet in the journal, and writes the manifest. Gives the number of inputs too.
pub(super) fn read_all(
    options: &Options,
    files: &dyn Fn(&mut Visit),
    filter: &Filter,
    journal: &Journal,
    manifest: &Path,
    progress: &Progress,
) -> Result<(Summary, u32), BatchError> {
    let budget = Budget::default();
    let room = Room::default();
    let failure = Mutex::new(None);
    let (sender, receiver) = bounded::<Task>(options.jobs.max(1) * 4);
    let fail = |error: BatchError| {
        failure
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .get_or_insert(error);
        budget.close();
    };
    let summary = thread::scope(|scope| {
        for _ in 0..options.jobs.max(1) {
            let receiver = receiver.clone();
            let (budget, fail, room) = (&budget, &fail, &room);
            scope.spawn(move || {
                if let Err(error) = work(
                    &receiver,
                    Reader::new(&options.isolation, room),
                    journal,
                    budget,
                    progress,
                ) {
                    fail(error);
                }
            });
        }
        // When every worker has stopped, nobody receives and the walk ends too.
        drop(receiver);
        let mut walker = Walker::new(
            options,
            journal,
            sender,
            &budget,
            progress,
            ManifestWriter::create(manifest)?,
        );
        if options.onto == Onto::Add {
            walker.keep_others(manifest)?;
        }
        let mut opener = Opener {
            filter,
            visit: &mut |item| walker.take(item),
            progress: &|count| progress.bytes(count),
            recognition: &options.recognition,
            shown: Pages::default(),
            members: InArchive::default(),
            left: Left::default(),
            beside: false,
        };
        files(&mut |path, lost| match lost {
            None => opener.open(&path, !options.inputs.contains(&path)),
            Some(verdict) => {
                let place = Place {
                    name: name::of_path(&path),
                    file: whole(&path),
                    ..Place::default()
                };
                (opener.visit)(Item::Lost(place, None, verdict))
            }
        });
        walker.finish()
    });
    match failure.into_inner().unwrap_or_else(PoisonError::into_inner) {
        Some(error) => Err(error),
        None => summary,
    }
}

fn work(
    tasks: &Receiver<Task>,
    mut reader: Reader,
    journal: &Journal,
    budget: &Budget,
    progress: &Progress,
) -> Result<(), BatchError> {
    for task in tasks {
        let Reading { payload, is_lasting } = reader.read(&task.bytes, &task.request)?;
        if is_lasting {
            journal.append(task.key, &payload)?;
        } else {
            journal.note(task.key, payload.clone());
        }
        budget.give_back(task.bytes.len() + task.request.beside.size());
        let has = |fate| has_fate(&payload, fate);
        progress.document(has(Fate::AnnualReport), has(Fate::Unreadable) || has(Fate::NoReader));
    }
    Ok(())
}

/// The thread that decides what is what.
struct Walker<'a> {
    options: &'a Options,
    journal: &'a Journal,
    tasks: Sender<Task>,
    budget: &'a Budget,
    progress: &'a Progress,
    manifest: ManifestWriter,
    /// Fingerprint of how pictures are read.
    recognition: String,
    seen: Seen,
    number: u32,
    summary: Summary,
    error: Option<BatchError>,
}

impl<'a> Walker<'a> {
    fn new(
        options: &'a Options,
        journal: &'a Journal,
        tasks: Sender<Task>,
        budget: &'a Budget,
        progress: &'a Progress,
        manifest: ManifestWriter,
    ) -> Self {
        Walker {
            options,
            journal,
            tasks,
            budget,
            progress,
            manifest,
            recognition: options.recognition.fingerprint(),
            seen: Seen::default(),
            number: 0,
            summary: Summary::default(),
            error: None,
        }
    }

    /// Takes an item; false when the run is to end.
    fn take(&mut self, item: Item) -> bool {
        if self.progress.is_stopped() {
            self.error = Some(BatchError::Stopped);
            return false;
        }
        self.number += 1;
        self.progress.input();
        let entry = match item {
            Item::Document(place, bytes, beside) => match self.document(place, bytes, beside) {
                Some(entry) => entry,
                None => return false,
            },
            Item::Revisit(place) => Entry {
                state: self.seen.revisit(&place),
                place,
                bytes: None,
                sha256: None,
            },
            Item::Lost(place, bytes, verdict) => Entry {
                place,
                bytes,
                sha256: None,
                state: EntryState::Known(verdict),
            },
        };
        if let Err(error) = self.manifest.push(&entry) {
            self.error = Some(error);
            return false;
        }
        true
    }

    fn document(&mut self, place: Place, bytes: Vec<u8>, beside: Beside) -> Option<Entry> {
        let hash: [u8; 32] = Sha256::digest(&bytes).into();
        let size = bytes.len() as u64;
        // The pictures of a crawl belong to its pages.
        let is_page = || place.url.is_none() && is_page_picture(&bytes, &self.options.recognition);
        let state = if let Some(verdict) = sift(&bytes).filter(|_| !is_page()) {
            EntryState::Known(verdict)
        } else if let Some(first) = self.seen.first(&content(&hash, &beside)) {
            EntryState::SameAs(first, hex(&hash))
        } else {
            self.seen.add(&content(&hash, &beside), self.number);
            let request = Request {
                beside,
                ..Request::of(
                    &place,
                    self.options.encoding.as_deref(),
                    self.options.password.as_deref(),
                    &self.options.recognition,
                )
            };
            let key = request.key(&hash, self.options.isolation.limits(), &self.recognition);
            if self.journal.has(&key) {
                self.summary.known += 1;
            } else {
                self.summary.read += 1;
                self.budget.take(bytes.len() + request.beside.size());
                // Fails when no worker is left, and then the error is theirs.
                self.tasks.send(Task { key, request, bytes }).ok()?;
            }
            EntryState::Read(key)
        };
        self.seen.name(&place, &state, self.number, &hash);
        Some(Entry {
            place,
            bytes: Some(size),
            sha256: Some(hex(&hash)),
            state,
        })
    }

    /// Takes over what an earlier run found in files that are not among the inputs now.
    fn keep_others(&mut self, manifest: &Path) -> Result<(), BatchError> {
        if !manifest.exists() {
            return Ok(());
        }
        let inputs = Inputs::of(&self.options.inputs);
        let mut earlier = Earlier::default();
        for (number, entry) in (1..).zip(manifest::read(manifest)?) {
            let entry = entry?;
            if inputs.cover(&entry.place.file) {
                earlier.leave(number, &entry);
                continue;
            }
            self.number += 1;
            self.progress.input();
            let entry = self.keep(number, entry, &mut earlier);
            self.manifest.push(&entry)?;
        }
        Ok(())
    }

    fn keep(&mut self, number: u32, entry: Entry, earlier: &mut Earlier) -> Entry {
        let state = match entry.state {
            EntryState::SameAs(first, hash) => match (earlier.kept.get(&first), earlier.left.get(&first)) {
                (Some(now), _) => EntryState::SameAs(*now, hash),
                // Its bytes were those of a file that is read anew, or is gone.
                (None, Some(key)) if entry.sha256.is_some() => {
                    earlier.kept.insert(first, self.number);
                    EntryState::Read(*key)
                }
                _ => EntryState::Known(Verdict::new(
                    Fate::NotAReport,
                    "revisit",
                    "the same as a record that is gone",
                )),
            },
            state => state,
        };
        let state = match state {
            EntryState::Read(key) if !self.journal.has(&key) => {
                let detail =
                    "its result was lost with a damaged part of the journal; name the file again to read it again";
                EntryState::Known(Verdict::unreadable("lost", detail))
            }
            state => state,
        };
        let hash = entry.sha256.as_deref().and_then(unhex).unwrap_or_default();
        if let EntryState::Read(_) = &state {
            self.seen.add(&hash, self.number);
            earlier.kept.insert(number, self.number);
            self.summary.known += 1;
        }
        self.seen.name(&entry.place, &state, self.number, &hash);
        Entry { state, ..entry }
    }

    fn finish(self) -> Result<(Summary, u32), BatchError> {
        if let Some(error) = self.error {
            return Err(error);
        }
        self.manifest.finish()?;
        Ok((self.summary, self.number))
    }
}

/// The hash of a document together with the pictures beside it, which may differ where the pages do not.
fn content(hash: &[u8; 32], beside: &Beside) -> [u8; 32] {
    if beside.is_empty() {
        return *hash;
    }
    let mut all = Sha256::new_with_prefix(hash);
    beside.iter().for_each(|(_, bytes)| all.update(Sha256::digest(bytes)));
    all.finalize().into()
}

/// What became of the inputs of an earlier run: the numbers that they have now, or the key of a result that nobody has now.
#[derive(Default)]
struct Earlier {
    kept: HashMap<u32, u32>,
    left: HashMap<u32, Key>,
}

impl Earlier {
    fn leave(&mut self, number: u32, entry: &Entry) {
        if let EntryState::Read(key) = entry.state {
            self.left.insert(number, key);
        }
    }
}

/// How many bytes of documents may be in memory at once.
#[derive(Default)]
struct Budget {
    state: Mutex<(usize, bool)>,
    changed: Condvar,
}

impl Budget {
    /// Waits until there is room; a document larger than all room waits until it is alone.
    fn take(&self, bytes: usize) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        while state.0 > 0 && state.0 + bytes > BYTES_IN_FLIGHT && !state.1 {
            state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        state.0 += bytes;
    }

    fn give_back(&self, bytes: usize) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.0 = state.0.saturating_sub(bytes);
        self.changed.notify_all();
    }

    /// Lets everybody through, because the run ends.
    fn close(&self) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.1 = true;
        self.changed.notify_all();
    }
}
