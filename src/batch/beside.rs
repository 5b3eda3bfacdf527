//! Pictures of tables that stand beside a saved page, in its folder or below it, where the page shows them by a relative link.
//!
//! They are handed over with the page, and in a folder that is read as a whole they are no documents of their own. Invariant: what belongs
//! to a page depends on its own links only.

use std::collections::HashMap;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use regex::Regex;

use super::{name, regular};
use crate::read::beside::name_of;
use crate::read::{Beside, Hints, Recognition, When, charset, may_hold_table};

/// Endings of web pages.
const ENDINGS: [&str; 4] = ["htm", "html", "shtml", "xhtml"];
/// Bytes of a page at most that is looked at for pictures.
const LARGEST_PAGE: u64 = 16 << 20;
/// Bytes of a picture at most, and of all of a page.
const LARGEST: (usize, usize) = (16 << 20, 48 << 20);
/// Most pictures of a page that are looked for.
const MOST: usize = 200;

/// A picture in a page, with its address.
static PICTURE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r#"(?is)<img\s[^>]*?\b(?:src|data-src|data-original|_src)\s*=\s*(?:"([^"]+)"|'([^']+)'|([^\s"'>]+))"#)
        .ok()
});

/// The pictures that a page on the disk shows and that are as large as a table.
pub fn pictures(path: &Path, page: &[u8], recognition: &Recognition) -> Beside {
    if recognition.when == When::Never || !is_page(path) {
        return Beside::default();
    }
    let folder = path.parent().unwrap_or(Path::new(""));
    found(page, |name| read(&folder.join(name), LARGEST.0).ok())
}

/// The pictures that a page shows and that are as large as a table; `open` gives the file of a name below the folder of the page.
fn found(page: &[u8], open: impl Fn(&str) -> Option<Vec<u8>>) -> Beside {
    let mut left = LARGEST.1;
    let mut files = Vec::new();
    for name in links(page) {
        let Some(bytes) = open(&name).filter(|bytes| bytes.len() <= left && may_hold_table(bytes)) else {
            continue;
        };
        left -= bytes.len();
        files.push((name, bytes));
    }
    Beside::new(files)
}

/// The pictures of an archive that its pages show.
#[derive(Debug, Default)]
pub struct InArchive {
    /// Pictures that are as large as a table, by their names.
    pictures: HashMap<String, Vec<u8>>,
    /// The page that shows a picture, by the name of the picture.
    pages: HashMap<String, String>,
}

/// Bytes of the pictures of one archive at most, and of the pages that are looked through for them.
const OF_ARCHIVE: (usize, usize) = (64 << 20, 256 << 20);

impl InArchive {
    /// Looks through an archive. `each` hands over the members: their names, and what gives the bytes of one, at most so many.
    pub fn of(each: &dyn Fn(&mut Look)) -> Self {
        let (mut pages, mut pictures) = (0, 0);
        each(&mut |name, _| {
            pages += usize::from(is_page(Path::new(name)));
            pictures += usize::from(is_picture(name));
        });
        let mut members = InArchive::default();
        if pages == 0 || pictures == 0 {
            return members;
        }
        let mut left = OF_ARCHIVE;
        each(&mut |name, read| {
            if is_picture(name) {
                let bytes = read(LARGEST.0.min(left.0)).filter(|bytes| may_hold_table(bytes));
                if let Some(bytes) = bytes {
                    left.0 -= bytes.len();
                    members.pictures.insert(name.to_owned(), bytes);
                }
            } else if is_page(Path::new(name)) {
                let page = read((LARGEST_PAGE as usize).min(left.1)).unwrap_or_default();
                left.1 -= page.len();
                for link in links(&page) {
                    let shown = members.pages.entry(below(name, &link));
                    shown.or_insert_with(|| name.to_owned());
                }
            }
        });
        members
            .pages
            .retain(|picture, _| members.pictures.contains_key(picture));
        members
    }

    /// The pictures that a page of the archive shows.
    pub fn pictures(&self, name: &str, page: &[u8]) -> Beside {
        if self.pictures.is_empty() || !is_page(Path::new(name)) {
            return Beside::default();
        }
        found(page, |link| self.pictures.get(&below(name, link)).cloned())
    }

    /// The page that shows a picture of the archive.
    pub fn page(&self, picture: &str) -> Option<&str> {
        self.pages.get(picture).map(String::as_str)
    }
}

/// Is handed the name of a member, and what gives its bytes if they are no more than so many.
pub type Look<'a> = dyn FnMut(&str, &mut dyn FnMut(usize) -> Option<Vec<u8>>) + 'a;

/// The name of a member by a link of another.
fn below(page: &str, link: &str) -> String {
    let folder = page.rfind('/').map_or("", |at| &page[..=at]);
    format!("{folder}{link}")
}

/// Whether a member has the name of a picture.
fn is_picture(name: &str) -> bool {
    const PICTURES: [&str; 7] = ["png", "jpg", "jpeg", "bmp", "webp", "tif", "tiff"];
    let ending = name.rsplit_once('.').map(|(_, ending)| ending);
    ending.is_some_and(|ending| PICTURES.iter().any(|known| known.eq_ignore_ascii_case(ending)))
}

/// Whether a file has the name of a web page.
fn is_page(path: &Path) -> bool {
    let ending = path.extension().and_then(|ending| ending.to_str());
    ending.is_some_and(|ending| ENDINGS.iter().any(|known| known.eq_ignore_ascii_case(ending)))
}

/// Names below the folder of a page that it shows pictures by.
fn links(page: &[u8]) -> Vec<String> {
    let Some(picture) = PICTURE.as_ref().filter(|_| page.len() as u64 <= LARGEST_PAGE) else {
        return Vec::new();
    };
    let Ok(decoded) = charset::decode(page, &Hints::default(), charset::declaration(page).as_deref()) else {
        return Vec::new();
    };
    let mut names: Vec<String> = Vec::new();
    for found in picture.captures_iter(&decoded.text) {
        let link = found.iter().skip(1).flatten().next().map(|link| link.as_str());
        let name = link.and_then(|link| name_of(&link.replace("&amp;", "&")));
        if let Some(name) = name.filter(|name| !names.contains(name)) {
            names.push(name);
        }
        if names.len() >= MOST {
            break;
        }
    }
    names
}

/// A regular file of so many bytes at most.
fn read(path: &Path, most: usize) -> std::io::Result<Vec<u8>> {
    let (file, meta) = regular::open(path)?;
    if meta.len() > most as u64 {
        return Err(std::io::ErrorKind::FileTooLarge.into());
    }
    let mut bytes = Vec::with_capacity(meta.len() as usize);
    file.take(most as u64).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// The pages of the folders that were asked for last, by the pictures that they show.
#[derive(Debug, Default)]
pub struct Pages {
    folders: Vec<(PathBuf, HashMap<PathBuf, String>)>,
}

/// Folders that are kept: that of a picture, and those around it.
const KEPT: usize = 3;

impl Pages {
    /// Name of the page that shows a picture, in the folder of the picture or in the one around; `takes` says which files are asked for.
    pub fn of(&mut self, picture: &Path, takes: &dyn Fn(&Path) -> bool) -> Option<String> {
        let mut around = picture
            .ancestors()
            .skip(1)
            .take(2)
            .filter(|folder| folder.file_name().is_some());
        around.find_map(|folder| self.folder(folder, takes).get(picture).cloned())
    }

    fn folder(&mut self, folder: &Path, takes: &dyn Fn(&Path) -> bool) -> &HashMap<PathBuf, String> {
        let at = self.folders.iter().position(|(known, _)| known == folder);
        let at = at.unwrap_or_else(|| {
            if self.folders.len() >= KEPT {
                self.folders.remove(0);
            }
            self.folders.push((folder.to_owned(), shown_in(folder, takes)));
            self.folders.len() - 1
        });
        &self.folders[at].1
    }
}

/// The pictures that the pages of a folder show, each with its page.
fn shown_in(folder: &Path, takes: &dyn Fn(&Path) -> bool) -> HashMap<PathBuf, String> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut pages: Vec<PathBuf> = entries.map(|entry| entry.path()).filter(|path| is_page(path)).collect();
    pages.sort();
    let mut shown = HashMap::new();
    for page in pages.into_iter().filter(|page| takes(page)) {
        let Ok(bytes) = read(&page, LARGEST_PAGE as usize) else {
            continue;
        };
        for name in links(&bytes) {
            let file = page.file_name().map(Path::new).map(name::of_path);
            shown.entry(folder.join(name)).or_insert(file.unwrap_or_default());
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pictures_of_a_page_are_found_however_its_links_are_written() {
        let page = "<IMG alt=a SRC='a.files/1.png'><img\nwidth=3 src=./2.png?x><img src=\"http://a.cn/3.png\"><img src=\"../4.png\">\
                    <img data-src=\"%E8%A1%A8.png\"><img src=a.files/1.png>";
        assert_eq!(links(page.as_bytes()), ["a.files/1.png", "2.png", "表.png"]);
    }
}
