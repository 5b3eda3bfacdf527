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
/// Place in the header of the number of the sector that the list goes on in.
const FURTHER: usize = 68;
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
    for (number, table) in tables(bytes, size, sectors).into_iter().enumerate() {
        let place = place(table, size);
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

/// The tables of sectors: those that the header names, then those that a chain of sectors names, each of which ends with the number
/// of the next.
fn tables(bytes: &[u8], size: usize, sectors: usize) -> Vec<[u8; 4]> {
    let numbers = |from: usize, to: usize| bytes.get(from..to).unwrap_or_default().as_chunks::<4>().0;
    let mut tables = numbers(TABLES, TABLES + NAMED * 4).to_vec();
    let mut next = numbers(FURTHER, FURTHER + 4).first().copied();
    // A chain that goes in a circle names no more than the file can have.
    while let Some(sector) = next.filter(|_| tables.len() <= NAMED + sectors * 4 / size) {
        let place = place(sector, size);
        let (last, named) = numbers(place, place.saturating_add(size))
            .split_last()
            .map_or((None, &[][..]), |(last, named)| (Some(*last), named));
        tables.extend(named);
        next = last;
    }
    tables
}

/// Where a sector begins.
fn place(sector: [u8; 4], size: usize) -> usize {
    (u32::from_le_bytes(sector) as usize + 1).saturating_mul(size)
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use cfb::Version;

    use super::*;

    const SIZE: usize = 512;

    /// A file whose tables are more than its header can name.
    fn large(stream: &[u8]) -> Vec<u8> {
        let mut file = CompoundFile::create_with_version(Version::V3, Cursor::new(Vec::new())).unwrap();
        file.create_stream("a").unwrap().write_all(stream).unwrap();
        file.flush().unwrap();
        file.into_inner().into_inner()
    }

    fn number(bytes: &[u8], at: usize) -> [u8; 4] {
        bytes[at..at + 4].try_into().unwrap()
    }

    #[test]
    fn what_the_last_of_many_tables_says_of_sectors_behind_the_end_is_nothing() {
        let stream: Vec<u8> = (0..8_000_000_u32).map(|at| (at % 251) as u8).collect();
        let mut bytes = large(&stream);
        let list = place(number(&bytes, FURTHER), SIZE);
        let is_named = |at: &usize| number(&bytes, *at) != FREE;
        let last = (list..list + SIZE - 4).step_by(4).take_while(is_named).last().unwrap();
        let table = place(number(&bytes, last), SIZE);
        assert_eq!(number(&bytes, table + SIZE - 4), FREE);
        bytes[table + SIZE - 4..table + SIZE].copy_from_slice(&[1, 0, 0, 0]);
        assert!(CompoundFile::open(Cursor::new(&bytes[..])).is_err());
        assert_eq!(Compound::open(&bytes).unwrap().stream("a").unwrap(), Some(stream));
    }

    #[test]
    fn a_list_of_tables_that_goes_in_a_circle_is_an_error() {
        let mut bytes = large(&vec![7; 8_000_000]);
        let first = number(&bytes, FURTHER);
        let end = place(first, SIZE) + SIZE;
        bytes[end - 4..end].copy_from_slice(&first);
        assert!(matches!(Compound::open(&bytes), Err(Error::Damaged(_))));
    }
}
