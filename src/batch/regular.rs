//! Files that can be read to an end: regular ones, and links to them.
//!
//! A pipe, a device or a socket may wait for ever, give bytes without end, or do something when it is opened. Invariant: none of
//! these is opened for reading, also where one takes the place of a file at the last moment.

use std::fs::{File, FileType, Metadata, OpenOptions};
use std::io;
use std::path::Path;

/// Opens a regular file.
///
/// # Errors
/// Where there is none, or something else stands under its name; then the kind of error is [`io::ErrorKind::Unsupported`].
pub fn open(path: &Path) -> io::Result<(File, Metadata)> {
    made_sure(&path.metadata()?)?;
    let mut options = OpenOptions::new();
    options.read(true);
    without_waiting(&mut options);
    let file = options.open(path)?;
    let meta = file.metadata()?;
    made_sure(&meta)?;
    Ok((file, meta))
}

fn made_sure(meta: &Metadata) -> io::Result<()> {
    if meta.is_file() {
        return Ok(());
    }
    let message = format!("{}, not a file", kind(meta.file_type()));
    Err(io::Error::new(io::ErrorKind::Unsupported, message))
}

/// What something that is no regular file is.
#[cfg(unix)]
pub fn kind(kind: FileType) -> &'static str {
    use std::os::unix::fs::FileTypeExt;
    match kind {
        kind if kind.is_dir() => "a folder",
        kind if kind.is_fifo() => "a named pipe",
        kind if kind.is_socket() => "a socket",
        kind if kind.is_char_device() || kind.is_block_device() => "a device",
        kind if kind.is_symlink() => "a link",
        _ => "something else",
    }
}

/// What something that is no regular file is.
#[cfg(not(unix))]
pub fn kind(kind: FileType) -> &'static str {
    match kind {
        kind if kind.is_dir() => "a folder",
        kind if kind.is_symlink() => "a link",
        _ => "something else",
    }
}

/// A pipe that stands there now would else wait for a writer.
#[cfg(unix)]
fn without_waiting(options: &mut OpenOptions) {
    use std::os::unix::fs::OpenOptionsExt;
    let flags = rustix::fs::OFlags::NONBLOCK.bits();
    options.custom_flags(i32::try_from(flags).unwrap_or(0));
}

#[cfg(not(unix))]
fn without_waiting(_options: &mut OpenOptions) {}
