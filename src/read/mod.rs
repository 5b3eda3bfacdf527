//! The front door: looks at the bytes, and hands them to the reader of their format.
//!
//! Invariant: the format is told from the bytes, not from the file name; a name only decides between text formats.

use crate::document::Document;
use crate::error::Error;

/// What the caller knows about the bytes.
#[derive(Clone, Debug, Default)]
pub struct Hints {
    /// File or member name.
    pub name: Option<String>,
    /// Address that the file was fetched from.
    pub url: Option<String>,
    /// Encoding that holds whatever the file itself says, as a WHATWG label (`--encoding`).
    pub encoding: Option<String>,
    /// Encoding that the server named (`Content-Type`), which the file's own declaration overrides.
    pub http_encoding: Option<String>,
    /// User password of an encrypted file.
    pub password: Option<String>,
}

/// Reads a file of any known format.
///
/// # Errors
/// Where the container itself cannot be read: see [`Error`].
pub fn read(bytes: &[u8], hints: &Hints) -> Result<Document, Error> {
    let _ = hints;
    if bytes.is_empty() {
        return Err(Error::Empty);
    }
    Err(Error::UnknownFormat("unknown".into()))
}
