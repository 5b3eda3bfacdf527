//! What stands for the reading of pictures in a build without it: no page is read from its picture.

use crate::diagnostic::Diagnostic;
use crate::document::{Block, Document};
use crate::error::Error;
use crate::read::Files;
use crate::read::page::{Content, Reading};
use crate::read::recognition::Recognition;

/// The pages of a document that are read from pictures: none.
pub(crate) struct Scans;

impl Scans {
    /// Nothing to read pictures with.
    pub(crate) fn new(_: &Recognition) -> Self {
        Scans
    }

    /// Nothing is loaded.
    ///
    /// # Errors
    /// Never.
    pub(crate) fn load(&self) -> Result<(), String> {
        Ok(())
    }

    /// Whether a page is read from its picture.
    pub(crate) fn wants(&self, _: &Content) -> bool {
        false
    }

    /// No page was looked at.
    pub(crate) fn again(&mut self, _: &mut Reading) {}

    /// There is nothing to tell.
    pub(crate) fn finish(self, _: &mut [Block], _: &mut Vec<Diagnostic>) {}
}

/// Pictures among the text of a document are named by its reader, and not read.
///
/// # Errors
/// Never.
pub(crate) fn insert(_: &mut Document, _: &Recognition, _: &Files) -> Result<(), Error> {
    Ok(())
}

/// Whether a picture file may show a table: none is read.
pub(crate) fn may_hold_table(_: &[u8]) -> bool {
    false
}

/// Whether a picture file is as large as a page that can be read: none can.
pub(crate) fn may_be_page(_: &[u8]) -> bool {
    false
}
