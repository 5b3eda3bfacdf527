//! Zip archives, member by member in the order of their directory.
//!
//! Invariant: what the directory names is given, also two members of one name, of which most programs see the last only.

use std::fs::File;
use std::io::{self, Cursor, Read};

use flate2::read::DeflateDecoder;
use rawzip::{CompressionMethod, FileReader, MAX_CENTRAL_DIRECTORY_RECORD_SIZE, ReaderAt, ZipArchive, ZipLocator};

use super::archive::of_io;
use super::document::{Fate, Verdict};

/// A zip on the disk.
///
/// # Errors
/// Where it has no directory.
pub fn of_file(file: &File) -> Result<ZipArchive<FileReader>, Verdict> {
    let file = file.try_clone().map_err(|error| of_io(&error))?;
    ZipArchive::from_file(file, &mut buffer()).map_err(|error| damaged(&error))
}

/// A zip in memory.
///
/// # Errors
/// Where it has no directory.
pub fn of_bytes(bytes: &[u8]) -> Result<ZipArchive<Cursor<&[u8]>>, Verdict> {
    let end = bytes.len() as u64;
    let located = ZipLocator::new().locate_in_reader(Cursor::new(bytes), &mut buffer(), end);
    located.map_err(|(_, error)| damaged(&error))
}

/// Whether bytes begin as a zip does.
pub fn is_zip(head: &[u8]) -> bool {
    head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06")
}

/// Whether bytes end as a zip does, whatever they begin with: archives that unpack themselves have a program in front.
pub fn ends_as_zip(bytes: &[u8]) -> bool {
    const LONGEST_END: usize = 22 + 65_535;
    let end = &bytes[bytes.len().saturating_sub(LONGEST_END)..];
    memchr::memmem::rfind(end, b"PK\x05\x06").is_some()
}

/// Parts that packages of documents have at their top.
const MAIN_PARTS: [&str; 3] = ["[Content_Types].xml", "mimetype", "OFD.xml"];

/// Whether a member is one of the [`MAIN_PARTS`]: programs write them in any case, or with a slash in front.
fn is_main_part(path: &[u8]) -> bool {
    let slashes = path.iter().take_while(|byte| matches!(byte, b'/' | b'\\')).count();
    let name = &path[slashes..];
    MAIN_PARTS.iter().any(|part| name.eq_ignore_ascii_case(part.as_bytes()))
}

/// Whether a zip is one document: Office Open XML, OpenDocument, OFD.
pub fn is_document<R: ReaderAt>(archive: &ZipArchive<R>) -> bool {
    let mut buffer = buffer();
    let mut entries = archive.entries(&mut buffer);
    while let Ok(Some(entry)) = entries.next_entry() {
        if is_main_part(entry.file_path().as_bytes()) {
            return true;
        }
    }
    false
}

/// A member of a zip.
pub struct Member<'a> {
    /// Its name, in whatever encoding.
    pub name: Vec<u8>,
    /// Its bytes, or why they cannot be had.
    pub content: Result<Content<'a>, Verdict>,
}

/// The bytes of a member.
pub struct Content<'a> {
    /// How many the directory says that there are.
    pub size: u64,
    /// They themselves; the last read fails where size or checksum are wrong.
    pub reader: Box<dyn Read + 'a>,
}

/// Hands over every member that is no folder, until `take` says no; gives that answer.
///
/// # Errors
/// Where the directory is damaged: what stands behind cannot be had.
pub fn each<R: ReaderAt, E>(
    archive: &ZipArchive<R>,
    mut take: impl FnMut(Member<'_>) -> Result<(), E>,
) -> Result<Result<(), E>, Verdict> {
    let mut buffer = buffer();
    let mut entries = archive.entries(&mut buffer);
    while let Some(entry) = entries.next_entry().map_err(|error| damaged(&error))? {
        if entry.is_dir() {
            continue;
        }
        let name = entry.file_path().as_bytes().to_vec();
        let content = if entry.flags().is_encrypted() {
            Err(Verdict::unreadable(
                "encrypted",
                "the member of the archive is encrypted",
            ))
        } else if entry.mode().is_symlink() {
            Err(Verdict::new(Fate::NotAReport, "not_a_file", "a link, not a file"))
        } else {
            let size = entry.uncompressed_size_hint();
            let checksum = entry.crc32();
            let method = entry.compression_method();
            let found = archive.get_entry(entry.wayfinder()).map_err(|error| damaged(&error));
            found.and_then(|found| {
                let reader: Box<dyn Read + '_> = match method {
                    CompressionMethod::STORE => Box::new(Checked::new(found.reader(), size, checksum)),
                    CompressionMethod::DEFLATE => {
                        Box::new(Checked::new(DeflateDecoder::new(found.reader()), size, checksum))
                    }
                    other => return Err(unknown(other)),
                };
                Ok(Content { size, reader })
            })
        };
        if let Err(end) = take(Member { name, content }) {
            return Ok(Err(end));
        }
    }
    Ok(Ok(()))
}

/// A stream whose end is an error where size or checksum are wrong; all that comes before is given, for a member may be an archive.
struct Checked<R> {
    inner: R,
    left: u64,
    checksum: u32,
    hash: crc32fast::Hasher,
}

impl<R: Read> Checked<R> {
    fn new(inner: R, size: u64, checksum: u32) -> Self {
        Checked {
            inner,
            left: size,
            checksum,
            hash: crc32fast::Hasher::new(),
        }
    }
}

impl<R: Read> Read for Checked<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if buffer.is_empty() {
            return Ok(0);
        }
        let count = self.inner.read(buffer)?;
        self.hash.update(&buffer[..count]);
        let wrong = |what: &str| io::Error::new(io::ErrorKind::InvalidData, format!("the {what} of a member is wrong"));
        self.left = self.left.checked_sub(count as u64).ok_or_else(|| wrong("size"))?;
        if count == 0 && self.left > 0 {
            return Err(wrong("size"));
        }
        if count == 0 && self.hash.clone().finalize() != self.checksum {
            return Err(wrong("checksum"));
        }
        Ok(count)
    }
}

fn unknown(method: CompressionMethod) -> Verdict {
    let name = method.name().unwrap_or("an unknown method");
    Verdict::new(
        Fate::NoReader,
        "compression",
        format!("compressed with {name}: no reader for it"),
    )
}

fn damaged(error: &rawzip::Error) -> Verdict {
    Verdict::unreadable("damaged", error.to_string())
}

/// Room for the longest entry of a directory.
fn buffer() -> Vec<u8> {
    vec![0; MAX_CENTRAL_DIRECTORY_RECORD_SIZE]
}
