//! The way into a file: `OFD.xml` and the documents that it lists.
//!
//! Invariant: no more pages, and no more work on them, than a document may have.

use super::codes::{DOCUMENT_UNREADABLE, LEFT_OUT, VERSION_UNREADABLE};
use super::document::{Document, Page};
use super::info;
use super::parts::Parts;
use super::resources::Media;
use super::values::{attribute, child, children, entry, flag};
use crate::diagnostic::Diagnostic;
use crate::document::Property;
use crate::error::Error;
use crate::read::container::damaged;
use crate::read::container::xml::{Element, Tree};

/// The part that all begins with.
const ENTRY: &str = "OFD.xml";
/// The part that says how an encrypted file is to be opened (GM/T 0099).
const ENCRYPTION: &str = "Encryptions.xml";
/// Most pages of a file.
const PAGES: usize = 10_000;
/// Most work of drawing the pages of a file, counted in characters; a page of text and tables has some thousand.
const WORK: usize = 4_000_000;

/// Finds the file of a picture; `None` where it is missing or damaged.
pub(super) type Find<'f> = dyn Fn(&Media) -> Option<Vec<u8>> + 'f;

/// An opened file.
pub(super) struct Package<'a> {
    parts: Parts<'a>,
    entry: Tree,
    notices: Vec<Diagnostic>,
}

impl<'a> Package<'a> {
    /// Opens a file.
    ///
    /// # Errors
    /// Where it is encrypted, or its list of documents is missing or damaged.
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, Error> {
        let parts = Parts::open(bytes)?;
        if parts.has(ENCRYPTION) {
            return Err(Error::Locked);
        }
        let entry = parts
            .tree(ENTRY)?
            .ok_or_else(|| damaged(ENTRY, "the part is missing"))?;
        Ok(Package {
            parts,
            entry,
            notices: Vec::new(),
        })
    }

    fn bodies(&self) -> impl Iterator<Item = Element<'_>> {
        children(self.entry.root(), "DocBody")
    }

    /// The title of the first document that has one.
    pub(super) fn title(&self) -> Option<String> {
        self.bodies().find_map(info::title)
    }

    /// What the documents say of themselves.
    pub(super) fn properties(&self) -> Vec<Property> {
        self.bodies().flat_map(info::properties).collect()
    }

    /// What was noticed so far, apart from the pages.
    pub(super) fn notices(&mut self) -> Vec<Diagnostic> {
        std::mem::take(&mut self.notices)
    }

    /// Hands over every page of every document, in order, with what finds the files of its pictures; what it gives back tells of pages that were not read.
    ///
    /// # Errors
    /// Where no document can be opened, none has a page, or the file is encrypted; and those of `take`.
    pub(super) fn pages(
        &mut self,
        mut take: impl FnMut(&Find, Page) -> Result<(), Error>,
    ) -> Result<Option<String>, Error> {
        let mut notices = Vec::new();
        let (mut count, mut work, mut first) = (0, WORK, None);
        let (mut seals, mut annotated) = (0, 0);
        let mut unread = None;
        for body in self.bodies() {
            seals += self.seals(body);
            let mut document = match self.document(body, &mut notices) {
                Ok(document) => document,
                Err(Error::Locked) => return Err(Error::Locked),
                Err(error) => {
                    notices.push(DOCUMENT_UNREADABLE.at(None, error.to_string()));
                    first.get_or_insert(error);
                    continue;
                }
            };
            document.load(&mut notices);
            annotated += document.annotated();
            for reference in document.pages() {
                if count >= PAGES || work == 0 {
                    unread.get_or_insert(count + 1);
                    continue;
                }
                count += 1;
                let page = document.page(reference.as_deref(), count, &mut work, &mut notices)?;
                let root = document.root();
                take(&|media| self.picture(root, media), page)?;
            }
        }
        if count == 0 {
            return Err(first.unwrap_or_else(|| damaged(ENTRY, "no page can be found")));
        }
        notices.extend(left_out(seals, annotated));
        self.notices = notices;
        Ok(unread.map(|from| format!("pages from {from} on were not read: the limit for one file is reached")))
    }

    /// Opens a document as its current version has it; as itself where none of its versions is the current one.
    fn document(&self, body: Element, notices: &mut Vec<Diagnostic>) -> Result<Document<'_, 'a>, Error> {
        let mut versions = child(body, "Versions")
            .into_iter()
            .flat_map(|list| children(list, "Version"));
        if let Some(version) = versions.find(|version| flag(*version, "Current", false)) {
            match self.version(version) {
                Err(Error::Damaged(error)) => notices.push(VERSION_UNREADABLE.at(None, error)),
                document => return document,
            }
        }
        let reference = entry(body, "DocRoot").ok_or_else(|| damaged(ENTRY, "a document without a main part"))?;
        Document::open(&self.parts, ENTRY, &reference)
    }

    /// Opens a document by the description of one of its versions.
    fn version(&self, version: Element) -> Result<Document<'_, 'a>, Error> {
        let missing = || damaged(ENTRY, "a version that names no part");
        let reference = attribute(version, "BaseLoc").ok_or_else(missing)?;
        let (name, tree) = self.parts.referenced(ENTRY, ENTRY, reference)?;
        let missing = || damaged(&name, "a version without a main part");
        Document::open(&self.parts, &name, &entry(tree.root(), "DocRoot").ok_or_else(missing)?)
    }

    /// The file of a picture; `None` where it is missing or damaged.
    fn picture(&self, root: &str, media: &Media) -> Option<Vec<u8>> {
        self.parts.bytes(&self.parts.find(&media.base, root, &media.reference)?)
    }

    /// How many seals lie on the pages of a document, as far as the list of them can be read.
    fn seals(&self, body: Element) -> usize {
        let list = child(body, "Signatures").map(Element::text);
        let list = list.and_then(|list| self.parts.referenced(ENTRY, ENTRY, &list).ok());
        list.map_or(0, |(_, tree)| children(tree.root(), "Signature").count())
    }
}

fn left_out(seals: usize, annotated: usize) -> Option<Diagnostic> {
    let message = match (seals, annotated) {
        (0, 0) => return None,
        (seals, 0) => format!("{seals} seals were left out"),
        (0, pages) => format!("the annotations of {pages} pages were left out"),
        (seals, pages) => format!("{seals} seals and the annotations of {pages} pages were left out"),
    };
    Some(LEFT_OUT.at(None, message))
}
