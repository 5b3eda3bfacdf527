//! Why a file could not be read at all.
//!
//! Invariant: only the container can fail. Whatever stands inside a readable container ends in a report with diagnostics.

use thiserror::Error;

/// Why a file could not be read at all.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum Error {
    /// There are no bytes.
    #[error("the file is empty")]
    Empty,
    /// The bytes are of a format that has no reader.
    #[error("{0}: no reader for this format")]
    UnknownFormat(String),
    /// The file needs a password that was not given.
    #[error("the file is encrypted; give its password with --password")]
    Encrypted,
    /// The file needs another password than the one that was given.
    #[error("the password that was given does not open the file")]
    WrongPassword,
    /// The file is encrypted in a way that no password given here opens: files of office programs and OFD.
    #[error("the file is encrypted; save it without a password in the program that made it")]
    Locked,
    /// The container is damaged beyond reading.
    #[error("the file is damaged: {0}")]
    Damaged(String),
    /// The file is a picture, or its text is one, and there is no model to read it with.
    #[error("{0}: the file is a picture; {advice}", advice = crate::read::ADVICE)]
    Picture(String),
    /// The recognition model that was named cannot be used.
    #[error("{0}")]
    Model(String),
    /// `--encoding` names no encoding.
    #[error("unknown encoding {0:?}; use a WHATWG label such as gb18030, utf-8 or big5")]
    UnknownEncoding(String),
    /// Reading took longer or needed more memory than a document may.
    #[error("the file exceeds the limit of {0}")]
    Limit(&'static str),
}
