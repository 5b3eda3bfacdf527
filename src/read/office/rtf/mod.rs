//! Reads RTF as Word, WPS, LibreOffice and older programs write it.
//!
//! Tokens → a stack of groups with their properties → paragraphs, and rows by the edges of their cells. Numbers that the program
//! counts stand in the file as text (`\listtext`). Invariant: what a group says holds until its end and no further.

mod letters;
mod state;
#[cfg(test)]
mod tests;
mod token;

use super::body;
use crate::document::Document;
use crate::error::Error;

/// Reads a file.
///
/// # Errors
/// Where groups are nested deeper than any program writes them.
pub(in crate::read) fn read(bytes: &[u8]) -> Result<Document, Error> {
    let mut reader = state::Reader::new();
    for token in token::Tokens::new(bytes) {
        reader.token(token)?;
    }
    let read = reader.finish();
    let mut document = Document {
        media_type: "application/rtf".into(),
        title: read.title,
        properties: read.properties,
        ..Document::default()
    };
    body::fill(&mut document, read.items);
    Ok(document)
}
