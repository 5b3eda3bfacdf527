//! Reads PDF files: text, ruled tables, tables over page breaks, Chinese fonts.
//!
//! Built on hayro, which interprets the pages; everything above single glyphs is ours. Pages are read one after the other, and
//! only lines and tables of a page are kept. Invariant: whatever the bytes are, reading ends in time with a document or a clear
//! error; a page that cannot be read is named in a diagnostic and costs no other page.

mod device;
mod document;
mod fonts;
mod guard;
mod info;
mod marks;
mod page;
#[cfg(feature = "ocr")]
mod picture;
mod streams;

use std::sync::Arc;

use hayro_syntax::{DecryptionError, LoadPdfError, Pdf};

use crate::document::Document;
use crate::error::Error;
use crate::read::{Hints, PageMarks, Pictures};

pub use document::CODES;

/// Reads a PDF file.
///
/// # Errors
/// [`Error::Encrypted`] without a password and [`Error::WrongPassword`] with a wrong one, [`Error::Damaged`] where no page can be found, [`Error::Limit`] where reading
/// would take too long or too much memory.
pub(crate) fn read(bytes: &[u8], hints: &Hints, pictures: Pictures) -> Result<Document, Error> {
    let recognition = hints.recognition.clone();
    guarded(bytes, hints, move |pdf| document::read(pdf, &recognition, pictures))
}

/// What the pages draw, before anything is made of it.
///
/// # Errors
/// As for [`read`].
pub(crate) fn marks(bytes: &[u8], hints: &Hints) -> Result<Vec<PageMarks>, Error> {
    guarded(bytes, hints, marks::read)
}

/// Opens a file and hands it over, with all guards around.
pub(crate) fn guarded<T: Send + 'static>(
    bytes: &[u8],
    hints: &Hints,
    work: impl FnOnce(&Pdf) -> Result<T, Error> + Send + 'static,
) -> Result<T, Error> {
    if bytes.is_empty() {
        return Err(Error::Empty);
    }
    streams::screen(bytes)?;
    let bytes = Arc::new(streams::without_meshes(bytes));
    let password = hints.password.clone();
    guard::isolated(move || {
        let pdf = open(bytes, password.as_deref())?;
        guard::check_numbers(&pdf)?;
        work(&pdf)
    })
}

/// Opens a file. The empty password is what a file with only an owner password takes.
fn open(bytes: Arc<Vec<u8>>, password: Option<&str>) -> Result<Pdf, Error> {
    let first = Pdf::new_with_password(bytes.clone(), "");
    let opened = match (first, password) {
        (Err(LoadPdfError::Decryption(DecryptionError::PasswordProtected)), Some(password)) => {
            Pdf::new_with_password(bytes, password)
        }
        (first, _) => first,
    };
    opened.map_err(|cause| match cause {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) if password.is_some() => Error::WrongPassword,
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => Error::Encrypted,
        LoadPdfError::Decryption(_) => Error::Damaged("its encryption is of an unknown kind".into()),
        LoadPdfError::Invalid => Error::Damaged("no page can be found".into()),
    })
}
