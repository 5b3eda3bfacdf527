//! The parts of a package, by whatever reference they are named.

use crate::error::Error;
use crate::read::container::damaged;
use crate::read::container::package::{Package, resolve};
use crate::read::container::xml::Tree;

/// The parts of one file.
pub(super) struct Parts<'a>(Package<'a>);

impl<'a> Parts<'a> {
    /// Opens a package.
    ///
    /// # Errors
    /// Where its list of parts is damaged.
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, Error> {
        Ok(Parts(Package::open(bytes)?))
    }

    /// Whether there is a part of this name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.0.has(name)
    }

    /// The name of the part that a reference in the part `base` means. References are relative to the folder of the part or begin
    /// with a slash; some programs leave the slash out, or mean the folder of the document, whose root is the part `root`.
    pub(super) fn find(&self, base: &str, root: &str, reference: &str) -> Option<String> {
        let reference = reference.trim();
        let absolute = reference.trim_start_matches(['/', '\\']);
        let whole = resolve("", absolute);
        let relative = if absolute.len() < reference.len() {
            whole.clone()
        } else {
            resolve(base, reference)
        };
        [relative, whole, resolve(root, absolute)]
            .into_iter()
            .find(|name| self.has(name))
    }

    /// The bytes of a part; `None` where there is none of this name or it cannot be unpacked.
    pub(super) fn bytes(&self, name: &str) -> Option<Vec<u8>> {
        self.0.part(name).ok().flatten()
    }

    /// A part as a tree; `None` where there is none of this name.
    ///
    /// # Errors
    /// Where it cannot be unpacked or is no XML.
    pub(super) fn tree(&self, name: &str) -> Result<Option<Tree>, Error> {
        match self.0.part(name)? {
            Some(bytes) => Tree::parse(&bytes, name, &[]).map(Some),
            None => Ok(None),
        }
    }

    /// The tree of the part that a reference in the part `base` means, with its name.
    ///
    /// # Errors
    /// Where it is missing, cannot be unpacked or is no XML.
    pub(super) fn referenced(&self, base: &str, root: &str, reference: &str) -> Result<(String, Tree), Error> {
        let missing = || damaged(base, format_args!("refers to {reference}, which is missing"));
        let name = self.find(base, root, reference).ok_or_else(missing)?;
        let tree = self.tree(&name)?.ok_or_else(missing)?;
        Ok((name, tree))
    }
}
