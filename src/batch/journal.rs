//! The journal of a dataset: every result that a run has reached, so that nothing is read twice.
//!
//! Segment files of checked frames, only ever appended to; each run writes a new one. Invariants: a frame is whole or is not
//! there; damage costs the frames that it is in and no other; memory holds a key and a place for each result.

use std::collections::HashMap;
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufReader, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::BatchError;
use super::document::Key;

/// Length, checksum of the payload, key, checksum of the three.
const HEAD: usize = 4 + 4 + 16 + 4;
/// The payload of one result; more is damage.
const LARGEST_PAYLOAD: u32 = 1 << 30;
/// A result is on the disk at the latest after this time, also if the power fails.
const SYNC_EVERY: Duration = Duration::from_secs(1);

#[derive(Clone, Copy)]
struct Location {
    segment: u32,
    length: u32,
    offset: u64,
}

/// The results of earlier runs and of this one.
pub struct Journal {
    folder: PathBuf,
    index: Mutex<HashMap<Key, Location>>,
    /// Results that hold for this run only.
    passing: Mutex<HashMap<Key, Vec<u8>>>,
    damaged: AtomicU64,
    segments: Vec<(PathBuf, Mutex<File>)>,
    writer: Mutex<Writer>,
    _lock: File,
}

struct Writer {
    path: PathBuf,
    file: File,
    offset: u64,
    synced: Instant,
}

impl Journal {
    /// Opens the journal in a folder, makes it if there is none, and repairs what a run that died has left.
    ///
    /// # Errors
    /// Where another run has it open, or the folder cannot be read and written.
    pub fn open(folder: &Path) -> Result<Self, BatchError> {
        fs::create_dir_all(folder).map_err(at(folder))?;
        let lock_path = folder.join("lock");
        let lock = File::create(&lock_path).map_err(at(&lock_path))?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(fs::TryLockError::WouldBlock) => return Err(BatchError::Busy(folder.to_owned())),
            // A file system without locks: then the user must take care.
            Err(fs::TryLockError::Error(_)) => {}
        }
        let mut segments = Vec::new();
        let mut index = HashMap::new();
        let mut damaged = 0;
        for (name, open) in list(folder)? {
            let path = folder.join(format!("{name:06}.seg"));
            if open {
                let open_path = folder.join(format!("{name:06}.open"));
                if !repair(&open_path).map_err(at(&open_path))? {
                    continue;
                }
                fs::rename(&open_path, &path).map_err(at(&path))?;
            }
            let file = File::open(&path).map_err(at(&path))?;
            let segment = segments.len() as u32;
            let size = file.metadata().map_err(at(&path))?.len();
            let scanned = scan(&file, false, |key, offset, length| {
                index.insert(
                    key,
                    Location {
                        segment,
                        length,
                        offset,
                    },
                );
            })
            .map_err(at(&path))?;
            damaged += scanned.gaps + u64::from(scanned.end < size);
            segments.push((path, Mutex::new(file)));
        }
        let next = list(folder)?.last().map_or(1, |(name, _)| name + 1);
        let path = folder.join(format!("{next:06}.open"));
        let file = OpenOptions::new()
            .read(true)
            .append(true)
            .create_new(true)
            .open(&path)
            .map_err(at(&path))?;
        let reader = file.try_clone().map_err(at(&path))?;
        segments.push((path.clone(), Mutex::new(reader)));
        Ok(Journal {
            folder: folder.to_owned(),
            index: Mutex::new(index),
            passing: Mutex::default(),
            damaged: AtomicU64::new(damaged),
            segments,
            writer: Mutex::new(Writer {
                path,
                file,
                offset: 0,
                synced: Instant::now(),
            }),
            _lock: lock,
        })
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Whether there is a whole result for a key; one that is damaged is forgotten.
    pub fn has(&self, key: &Key) -> bool {
        let known = lock(&self.index).contains_key(key);
        let is_whole = known && self.load(key).is_ok();
        if known && !is_whole {
            lock(&self.index).remove(key);
            self.damaged.fetch_add(1, Ordering::Relaxed);
        }
        is_whole
    }

    /// Damaged records that were found so far.
    pub fn damaged(&self) -> u64 {
        self.damaged.load(Ordering::Relaxed)
    }

    /// Adds a result. When this returns, a killed program does not lose it.
    ///
    /// # Errors
    /// Where the disk does not take it.
    pub fn append(&self, key: Key, payload: &[u8]) -> Result<(), BatchError> {
        let frame = frame(&key, payload);
        let mut writer = lock(&self.writer);
        let path = writer.path.clone();
        let offset = writer.offset;
        if let Err(error) = writer.file.write_all(&frame) {
            // A half-written frame would hide everything behind it.
            let _ = writer.file.set_len(offset);
            return Err(at(&path)(error));
        }
        writer.offset += frame.len() as u64;
        if writer.synced.elapsed() >= SYNC_EVERY {
            writer.file.sync_data().map_err(at(&path))?;
            writer.synced = Instant::now();
        }
        let location = Location {
            segment: self.segments.len() as u32 - 1,
            length: payload.len() as u32,
            offset: offset + HEAD as u64,
        };
        lock(&self.index).insert(key, location);
        Ok(())
    }

    /// Takes over the results of another journal that it has not, and leaves that as it is.
    ///
    /// # Errors
    /// Where one cannot be read, or the other not be written.
    pub fn adopt(&self, folder: &Path) -> Result<(), BatchError> {
        for (name, _) in list(folder)? {
            let path = folder.join(format!("{name:06}.seg"));
            let mut file = File::open(&path).map_err(at(&path))?;
            let mut frames = Vec::new();
            scan(&file, true, |key, offset, length| frames.push((key, offset, length))).map_err(at(&path))?;
            for (key, offset, length) in frames {
                if !self.has(&key) {
                    self.append(key, &payload(&mut file, offset, length).map_err(at(&path))?)?;
                }
            }
        }
        Ok(())
    }

    /// A result that holds for this run only.
    pub fn passing(&self, key: &Key) -> Option<Vec<u8>> {
        lock(&self.passing).get(key).cloned()
    }

    /// Keeps a result for this run only: what happened was not the document's doing, and the next run tries again.
    pub fn note(&self, key: Key, payload: Vec<u8>) {
        lock(&self.passing).insert(key, payload);
    }

    /// The first bytes of the result of a key, unchecked; none where there is no result.
    ///
    /// # Errors
    /// Where the disk does not give them.
    pub fn beginning(&self, key: &Key, bytes: usize) -> Result<Vec<u8>, BatchError> {
        let Some(location) = lock(&self.index).get(key).copied() else {
            return Ok(Vec::new());
        };
        let (path, file) = &self.segments[location.segment as usize];
        let mut file = lock(file);
        file.seek(SeekFrom::Start(location.offset)).map_err(at(path))?;
        let mut beginning = vec![0; bytes.min(location.length as usize)];
        file.read_exact(&mut beginning).map_err(at(path))?;
        Ok(beginning)
    }

    /// The result of a key.
    ///
    /// # Errors
    /// Where the disk has lost it.
    pub fn load(&self, key: &Key) -> Result<Option<Vec<u8>>, BatchError> {
        let Some(location) = lock(&self.index).get(key).copied() else {
            return Ok(lock(&self.passing).get(key).cloned());
        };
        let (path, file) = &self.segments[location.segment as usize];
        let mut frame = vec![0; HEAD + location.length as usize];
        {
            let mut file = lock(file);
            file.seek(SeekFrom::Start(location.offset - HEAD as u64))
                .map_err(at(path))?;
            file.read_exact(&mut frame).map_err(at(path))?;
        }
        let payload = frame.split_off(HEAD);
        match head(&frame) {
            Some((_, checksum, found)) if found == *key && checksum == crc32fast::hash(&payload) => Ok(Some(payload)),
            _ => Err(BatchError::Damaged(path.clone())),
        }
    }

    /// Brings all results to the disk and ends the segment.
    ///
    /// # Errors
    /// Where the disk does not take it.
    pub fn finish(&self) -> Result<(), BatchError> {
        let writer = lock(&self.writer);
        writer.file.sync_all().map_err(at(&writer.path))?;
        if writer.offset == 0 {
            fs::remove_file(&writer.path).map_err(at(&writer.path))
        } else {
            fs::rename(&writer.path, writer.path.with_extension("seg")).map_err(at(&writer.path))
        }
    }
}

fn payload(file: &mut File, offset: u64, length: u32) -> io::Result<Vec<u8>> {
    let mut payload = vec![0; length as usize];
    file.seek(SeekFrom::Start(offset))?;
    file.read_exact(&mut payload)?;
    Ok(payload)
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    // No code that holds one of these locks leaves things half done.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn at(path: &Path) -> impl FnOnce(io::Error) -> BatchError {
    move |source| BatchError::Journal {
        path: path.to_owned(),
        source,
    }
}

/// Numbers of the segments in order, and whether each is still open.
fn list(folder: &Path) -> Result<Vec<(u32, bool)>, BatchError> {
    let mut list = Vec::new();
    for entry in fs::read_dir(folder).map_err(at(folder))? {
        let path = entry.map_err(at(folder))?.path();
        let number = path.file_stem().and_then(|stem| stem.to_str()?.parse().ok());
        match (number, path.extension().and_then(|ending| ending.to_str())) {
            (Some(number), Some("seg")) => list.push((number, false)),
            (Some(number), Some("open")) => list.push((number, true)),
            _ => {}
        }
    }
    list.sort_unstable();
    Ok(list)
}

fn frame(key: &Key, payload: &[u8]) -> Vec<u8> {
    let mut frame = Vec::with_capacity(HEAD + payload.len());
    frame.extend((payload.len() as u32).to_le_bytes());
    frame.extend(crc32fast::hash(payload).to_le_bytes());
    frame.extend(key);
    frame.extend(crc32fast::hash(&frame).to_le_bytes());
    frame.extend(payload);
    frame
}

/// Length, checksum and key; nothing where the head is damaged.
fn head(bytes: &[u8]) -> Option<(u32, u32, Key)> {
    let word = |at: usize| Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?));
    let (length, checksum, key) = (word(0)?, word(4)?, bytes.get(8..24)?.try_into().ok()?);
    (word(24)? == crc32fast::hash(&bytes[..24]) && length <= LARGEST_PAYLOAD).then_some((length, checksum, key))
}

/// What a segment holds.
#[derive(Default)]
struct Scanned {
    /// Where its last good frame ends.
    end: u64,
    /// Places at which something else than a frame stands before a good one.
    gaps: u64,
}

/// Goes through the frames of a segment, over what is damaged. Payloads are checked only on demand, because a long journal is
/// scanned at every start.
fn scan(file: &File, payloads: bool, mut found: impl FnMut(Key, u64, u32)) -> io::Result<Scanned> {
    let size = file.metadata()?.len();
    let mut reader = BufReader::with_capacity(1 << 16, file);
    let mut scanned = Scanned::default();
    let mut at = 0;
    while let Some(frame) = next_frame(&mut reader, at, size)? {
        let begin = frame.at + HEAD as u64;
        let end = begin + u64::from(frame.length);
        let is_whole = end <= size && (!payloads || holds(&mut reader, begin, &frame)?);
        if !is_whole {
            // The head may be a part of something else.
            at = frame.at + 1;
            continue;
        }
        scanned.gaps += u64::from(frame.at > scanned.end);
        found(frame.key, begin, frame.length);
        scanned.end = end;
        at = end;
    }
    Ok(scanned)
}

struct Frame {
    at: u64,
    length: u32,
    checksum: u32,
    key: Key,
}

/// The next good head from a place on.
fn next_frame(reader: &mut BufReader<&File>, from: u64, size: u64) -> io::Result<Option<Frame>> {
    let mut at = from;
    let mut window = Vec::new();
    reader.seek_relative_to(at)?;
    while at + HEAD as u64 <= size {
        // One head where all is well; more only behind damage.
        let wanted = if at == from { HEAD } else { 1 << 20 };
        reader
            .take((wanted - window.len().min(wanted)) as u64)
            .read_to_end(&mut window)?;
        for place in 0..(window.len() + 1).saturating_sub(HEAD) {
            if let Some((length, checksum, key)) = head(&window[place..]) {
                return Ok(Some(Frame {
                    at: at + place as u64,
                    length,
                    checksum,
                    key,
                }));
            }
        }
        let done = (window.len() + 1).saturating_sub(HEAD).max(1);
        window.drain(..done.min(window.len()));
        at += done as u64;
    }
    Ok(None)
}

/// Whether the payload of a frame is whole.
fn holds(reader: &mut BufReader<&File>, begin: u64, frame: &Frame) -> io::Result<bool> {
    reader.seek_relative_to(begin)?;
    let mut payload = Vec::new();
    reader.take(frame.length.into()).read_to_end(&mut payload)?;
    Ok(crc32fast::hash(&payload) == frame.checksum)
}

/// Goes to a place, without reading again what is in the buffer.
trait SeekRelativeTo {
    fn seek_relative_to(&mut self, place: u64) -> io::Result<()>;
}

impl SeekRelativeTo for BufReader<&File> {
    fn seek_relative_to(&mut self, place: u64) -> io::Result<()> {
        let here = self.stream_position()?;
        self.seek_relative(place.cast_signed() - here.cast_signed())
    }
}

/// Cuts a segment behind its last good frame; false where nothing is left, and the segment is removed.
fn repair(path: &Path) -> io::Result<bool> {
    let file = OpenOptions::new().read(true).write(true).open(path)?;
    let end = scan(&file, true, |_, _, _| {})?.end;
    if end == 0 {
        fs::remove_file(path)?;
        return Ok(false);
    }
    file.set_len(end)?;
    file.sync_all()?;
    Ok(true)
}
