//! A compound file, which binary Office documents are kept in: streams by their names.
//!
//! The directory and all chains of sectors are checked when the file is opened, so that a cycle is an error. Invariant: no stream
//! takes more memory than the file has bytes, whatever sizes it claims.

use std::borrow::Cow;
use std::cell::RefCell;
use std::io::{Cursor, Read};

use cfb::CompoundFile;

use super::damaged;
use crate::error::Error;

/// Most bytes of one stream.
const STREAM: u64 = 256 << 20;

/// An opened compound file.
pub(in crate::read) struct Compound<'a> {
    file: RefCell<CompoundFile<Cursor<Cow<'a, [u8]>>>>,
}

impl<'a> Compound<'a> {
    /// Opens a file.
    ///
    /// # Errors
    /// Where its header, directory or chains of sectors are damaged.
    pub(in crate::read) fn open(bytes: &'a [u8]) -> Result<Self, Error> {
        let file = CompoundFile::open(Cursor::new(within(bytes))).map_err(|error| damaged("compound file", error))?;
        Ok(Compound {
            file: RefCell::new(file),
        })
    }

    /// Whether there is a stream or storage of this name.
    pub(in crate::read) fn has(&self, name: &str) -> bool {
        self.file.borrow().exists(name)
    }

    /// The class of the program that made the file, in its usual form with hyphens.
    pub(in crate::read) fn class(&self) -> String {
        self.file.borrow().root_entry().clsid().to_string()
    }

    /// The bytes of a stream; `None` where there is none of this name.
    ///
    /// # Errors
    /// Where the stream is shorter than the directory says, or too large.
    pub(in crate::read) fn stream(&self, name: &str) -> Result<Option<Vec<u8>>, Error> {
        let mut file = self.file.borrow_mut();
        if !file.is_stream(name) {
            return Ok(None);
        }
        let mut stream = file.open_stream(name).map_err(|error| damaged(name, error))?;
        if stream.len() > STREAM {
            return Err(damaged(name, format_args!("more than {STREAM} bytes")));
        }
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).map_err(|error| damaged(name, error))?;
        Ok(Some(bytes))
    }
}

/// Place of the list of tables in the header, and how many it can name.
const TABLES: usize = 76;
const NAMED: usize = 109;
/// Mark of a sector that is not used.
const FREE: [u8; 4] = [0xFF; 4];

/// The file with nothing in its tables of sectors about sectors behind its end, where some programs leave what stood there before.
/// A chain that leads to one of them stays an error.
fn within(bytes: &[u8]) -> Cow<'_, [u8]> {
    let mut bounded = Cow::Borrowed(bytes);
    let size = match bytes.get(30..32) {
        Some([12, 0]) => 4096,
        _ => 512,
    };
    let sectors = bytes.len().div_ceil(size).saturating_sub(1);
    let tables = bytes.get(TABLES..TABLES + NAMED * 4).unwrap_or_default();
    for (number, table) in tables.as_chunks::<4>().0.iter().enumerate() {
        let place = (u32::from_le_bytes(*table) as usize + 1).saturating_mul(size);
        let behind = sectors.saturating_sub(number * size / 4).min(size / 4);
        let rest = place.saturating_add(behind * 4)..place.saturating_add(size);
        let is_left = |entry: &[u8]| entry != FREE;
        if bytes
            .get(rest.clone())
            .is_some_and(|entries| entries.chunks(4).any(is_left))
            && let Some(entries) = bounded.to_mut().get_mut(rest)
        {
            entries.fill(0xFF);
        }
    }
    bounded
}
