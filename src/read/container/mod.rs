//! What several file formats are kept in: zip packages, compound files and XML, all within limits.
//!
//! Invariant: what a hostile file may cost is bounded here, before any reader of a format sees it, and an error names the part.

pub(super) mod compound;
pub(super) mod package;
pub(super) mod xml;

use super::charset;
use crate::error::Error;

/// The error of a part that is damaged or larger than a document needs.
pub(super) fn damaged(part: &str, what: impl std::fmt::Display) -> Error {
    Error::Damaged(format!("{part}: {what}"))
}
