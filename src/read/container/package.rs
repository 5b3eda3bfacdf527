//! A zip archive that is one document: parts by their names, unpacked one by one within limits.
//!
//! Packages are written by many programs: names differ in case, begin with a slash, or part folders by backslashes. Invariant: no
//! part and no number of parts takes more memory than [`PART`] and [`TOTAL`] say, whatever sizes the archive claims.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use super::damaged;
use crate::error::Error;

/// Most bytes of one part; the text of the largest reports is below 10 MB.
const PART: u64 = 64 << 20;
/// Most bytes of all parts that are unpacked for one document.
const TOTAL: u64 = 128 << 20;
/// Most bytes that are set aside for a part because it says that it has so many.
const CLAIMED: u64 = 1 << 20;
/// Most parts of a package.
const PARTS: usize = 20_000;

/// An opened package.
pub(in crate::read) struct Package<'a> {
    archive: RefCell<ZipArchive<Cursor<&'a [u8]>>>,
    /// Place in the archive by folded name; of parts with one name the first holds.
    parts: HashMap<String, usize>,
    /// Names as written, in the order of the archive.
    names: Vec<String>,
    left: Cell<u64>,
}

impl<'a> Package<'a> {
    /// Opens a package and looks at its list of parts.
    ///
    /// # Errors
    /// Where the list of the archive is damaged or too long.
    pub(in crate::read) fn open(bytes: &'a [u8]) -> Result<Self, Error> {
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged("zip archive", error))?;
        if archive.len() > PARTS {
            return Err(damaged("zip archive", format_args!("more than {PARTS} parts")));
        }
        let names: Vec<String> = (0..archive.len()).map(|index| name_of(&archive, index)).collect();
        let mut parts = HashMap::new();
        for (index, name) in names.iter().enumerate() {
            parts.entry(folded(name)).or_insert(index);
        }
        Ok(Package {
            archive: RefCell::new(archive),
            parts,
            names,
            left: Cell::new(TOTAL),
        })
    }

    /// Names of all parts but folders, as written, in the order of the archive.
    pub(in crate::read) fn names(&self) -> impl Iterator<Item = &str> {
        self.names
            .iter()
            .map(String::as_str)
            .filter(|name| !name.ends_with(['/', '\\']))
    }

    /// Whether there is a part of this name.
    pub(in crate::read) fn has(&self, name: &str) -> bool {
        self.parts.contains_key(&folded(name))
    }

    /// The bytes of a part; `None` where there is none of this name.
    ///
    /// # Errors
    /// Where the part is damaged, encrypted or too large.
    pub(in crate::read) fn part(&self, name: &str) -> Result<Option<Vec<u8>>, Error> {
        let Some(index) = self.parts.get(&folded(name)) else {
            return Ok(None);
        };
        let mut archive = self.archive.borrow_mut();
        let member = archive.by_index(*index).map_err(|error| of_zip(name, error))?;
        let most = PART.min(self.left.get());
        let mut bytes = Vec::with_capacity(member.size().min(most).min(CLAIMED) as usize);
        member
            .take(most + 1)
            .read_to_end(&mut bytes)
            .map_err(|error| damaged(name, error))?;
        let size = bytes.len() as u64;
        if size > most {
            return Err(damaged(name, format_args!("unpacks to more than {most} bytes")));
        }
        self.left.set(self.left.get() - size);
        Ok(Some(bytes))
    }
}

fn of_zip(part: &str, error: ZipError) -> Error {
    match error {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) | ZipError::InvalidPassword => Error::Locked,
        error => damaged(part, error),
    }
}

/// Names are UTF-8 or, from older Chinese programs, GBK.
fn name_of(archive: &ZipArchive<Cursor<&[u8]>>, index: usize) -> String {
    match archive.name_for_index(index) {
        Some(Ok(name)) => name.into_owned(),
        _ => String::new(),
    }
}

/// A name as it is compared: lower case, slashes forward, none in front.
fn folded(name: &str) -> String {
    name.trim_start_matches(['/', '\\'])
        .replace('\\', "/")
        .to_ascii_lowercase()
}

/// A reference of one part to another, such as `../media/image1.png`, as the name of a part.
pub(in crate::read) fn resolve(base: &str, target: &str) -> String {
    if target.starts_with(['/', '\\']) {
        return target.trim_start_matches(['/', '\\']).into();
    }
    let folder = base.rsplit_once(['/', '\\']).map_or("", |(folder, _)| folder);
    let mut path: Vec<&str> = Vec::new();
    for step in folder.split(['/', '\\']).chain(target.split(['/', '\\'])) {
        match step {
            "" | "." => {}
            ".." => {
                path.pop();
            }
            step => path.push(step),
        }
    }
    path.join("/")
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use zip::write::{SimpleFileOptions, ZipWriter};

    use super::*;

    fn packed(parts: &[(&str, &[u8])]) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in parts {
            writer.start_file(*name, SimpleFileOptions::default()).unwrap();
            writer.write_all(bytes).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    #[test]
    fn a_part_is_found_however_its_name_is_written() {
        let bytes = packed(&[("Word\\Document.xml", b"a"), ("b.xml", b"b")]);
        let package = Package::open(&bytes).unwrap();
        assert_eq!(package.part("/word/document.xml").unwrap().as_deref(), Some(&b"a"[..]));
        assert_eq!(package.part("c.xml"), Ok(None));
    }

    #[test]
    fn references_are_resolved_against_the_part_that_holds_them() {
        assert_eq!(resolve("word/document.xml", "media/a.png"), "word/media/a.png");
        assert_eq!(resolve("word/document.xml", "../x.xml"), "x.xml");
        assert_eq!(resolve("word/document.xml", "/word/./a.xml"), "word/./a.xml");
        assert_eq!(resolve("Doc_0/Document.xml", "../../../a.xml"), "a.xml");
    }

    #[test]
    fn a_part_that_unpacks_without_end_is_an_error_that_names_it() {
        let bytes = packed(&[("word/document.xml", &vec![0; PART as usize + 1])]);
        assert!(bytes.len() < 1 << 20);
        let error = Package::open(&bytes).unwrap().part("word/document.xml").unwrap_err();
        assert!(error.to_string().contains("word/document.xml"), "{error}");
    }

    #[test]
    fn parts_share_one_budget() {
        let zeros = vec![0; PART as usize];
        let bytes = packed(&[("a", &zeros), ("b", &zeros), ("c", b"x")]);
        let package = Package::open(&bytes).unwrap();
        assert!(package.part("a").is_ok() && package.part("b").is_ok());
        assert!(package.part("c").unwrap_err().to_string().contains("c: unpacks"));
    }
}
