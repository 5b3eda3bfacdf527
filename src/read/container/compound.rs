//! A compound file, which binary Office documents are kept in: streams by their names.
//!
//! The directory and all chains of sectors are checked when the file is opened, so that a cycle is an error. Invariant: no stream
//! takes more memory than the file has bytes, whatever sizes it claims.

use std::cell::RefCell;
use std::io::{Cursor, Read};

use cfb::CompoundFile;

use super::damaged;
use crate::error::Error;

/// Most bytes of one stream.
const STREAM: u64 = 256 << 20;

/// An opened compound file.
pub(in crate::read) struct Compound<'a> {
    file: RefCell<CompoundFile<Cursor<&'a [u8]>>>,
}

impl<'a> Compound<'a> {
    /// Opens a file.
    ///
    /// # Errors
    /// Where its header, directory or chains of sectors are damaged.
    pub(in crate::read) fn open(bytes: &'a [u8]) -> Result<Self, Error> {
        let file = CompoundFile::open(Cursor::new(bytes)).map_err(|error| damaged("compound file", error))?;
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
