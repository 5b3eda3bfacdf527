//! Files opened to the documents in them: zip, tar, gzip, zstd, WARC and ARC, one in another.
//!
//! Streamed and never unpacked to disk; only a zip inside another archive is held in memory, up to the size of a document.
//! Invariants: members come in the order of the archive; what cannot be had of an archive is an item too, with the reason.

use std::cell::Cell;
use std::fs::File;
use std::io::{self, Cursor, Read, Seek};
use std::path::Path;
use std::rc::Rc;

use rawzip::{ReaderAt, ZipArchive};

use super::beside::{self, InArchive, Pages};
use super::document::{Fate, Item, Place, Verdict};
use super::gzip::{self, Members};
use super::http;
use super::mark::whole;
use super::name;
use super::pages;
use super::regular;
use super::sift;
use super::tape::{self, Blocks};
use super::walk::Filter;
use super::warc::{Kind, Record, Records, is_web_archive};
use super::zipped;
use super::{LARGEST, LARGEST_MEMBER};
use crate::read::{Beside, Recognition, is_page_picture};

/// Archives in archives are opened down to here.
const DEEPEST: u32 = 6;
/// Bytes that tell the format.
const HEAD: usize = 512;

/// Opens files and hands over what is in them.
pub struct Opener<'a> {
    /// Which documents are taken.
    pub filter: &'a Filter,
    /// Takes an item; false ends the run.
    pub visit: &'a mut dyn FnMut(Item) -> bool,
    /// Told of the bytes that were read from files.
    pub progress: &'a dyn Fn(u64),
    /// How pictures are read; those beside a page go with it.
    pub recognition: &'a Recognition,
    /// Which pages show which pictures, in folders.
    pub shown: Pages,
    /// The same in the present archive.
    pub members: InArchive,
    /// What may still be unpacked out of the present file.
    pub left: Left,
    /// Whether the files beside the present one may be further pages of its report.
    pub beside: bool,
}

/// Bytes that may still be unpacked.
#[derive(Clone, Default)]
pub struct Left(Rc<Cell<u64>>);

impl Left {
    /// What may be unpacked out of a file of a size; nothing is known of a pipe.
    fn set(&self, size: u64) {
        let most = UNPACKED.saturating_add(size.saturating_mul(SWOLLEN));
        self.0.set(if size == 0 { u64::MAX } else { most });
    }
}

/// The run is to end.
struct Ended;

type Step = Result<(), Ended>;

/// How the members of a tar end.
enum End {
    Whole,
    Damaged(io::Error),
    /// With the head of a member that the length of the one before runs over.
    Hidden(Vec<u8>),
}

/// Bytes that may be unpacked out of one file, besides those in proportion to its size.
const UNPACKED: u64 = 1 << 30;
/// How many times its size a file may be unpacked to, all levels of archives in archives together; pages shrink to a tenth or so.
const SWOLLEN: u64 = 200;

impl Opener<'_> {
    /// Opens one file; false when the run is to end. With `beside`, a report that was cut into several files of its folder is read whole;
    /// a file that was asked for by its name stands for itself.
    pub fn open(&mut self, path: &Path, beside: bool) -> bool {
        let name = name::of_path(path);
        if self.filter.excludes(&name) {
            return true;
        }
        let place = Place {
            name,
            file: whole(path),
            ..Place::default()
        };
        self.beside = beside;
        match regular::open(path) {
            Ok((file, meta)) => self.file(place, file, meta.len()).is_ok(),
            Err(error) => self.lose(place, None, of_io(&error)).is_ok(),
        }
    }

    fn file(&mut self, place: Place, mut file: File, size: u64) -> Step {
        self.left.set(size);
        let mut head = [0; HEAD];
        let read = read_full(&mut file, &mut head).and_then(|count| file.rewind().map(|()| count));
        let head = match read {
            Ok(count) => &head[..count],
            Err(error) => return self.lose(place, Some(size), of_io(&error)),
        };
        let progress = self.progress;
        let mut counted = Counted {
            inner: &file,
            count: progress,
        };
        if zipped::is_zip(head) {
            match zipped::of_file(&file) {
                Ok(archive) if !zipped::is_document(&archive) => {
                    let step = self.zip(place, &archive, 1);
                    progress(size);
                    return step;
                }
                Ok(_) => {}
                Err(verdict) => return self.lose(place, Some(size), verdict),
            }
            if let Err(error) = (&file).rewind() {
                return self.lose(place, Some(size), of_io(&error));
            }
        }
        self.stream(place, &mut counted, Some(size), 0)
    }

    /// A document or an archive, from a stream.
    fn stream(&mut self, place: Place, stream: &mut dyn Read, size: Option<u64>, depth: u32) -> Step {
        // What stands in the file itself is not unpacked.
        let left = (depth > 0).then(|| self.left.clone());
        let mut stream = Unpacked { inner: stream, left };
        let mut head = [0; HEAD];
        let head = match read_full(&mut stream, &mut head) {
            Ok(count) => &head[..count],
            Err(error) => return self.lose(place, size, of_io(&error)),
        };
        let mut whole = Cursor::new(head).chain(stream);
        let inner = depth + 1;
        if is_container(head) && depth >= DEEPEST {
            return self.lose(place, size, too_deep());
        }
        if is_web_archive(head) {
            self.web_archive(&place, &mut whole, inner)
        } else if head.get(257..262) == Some(b"ustar") {
            self.tar(&place, &mut whole, inner)
        } else if head.starts_with(&[0x1f, 0x8b, 0x08]) {
            let place = unpacked(place, &[".gz", ".gzip", ".tgz"]);
            self.stream(place, &mut Members::new(whole), None, inner)
        } else if head.starts_with(&[0x28, 0xb5, 0x2f, 0xfd]) {
            match zstd::stream::read::Decoder::new(whole) {
                Ok(mut decoder) => self.stream(unpacked(place, &[".zst", ".zstd"]), &mut decoder, None, inner),
                Err(error) => self.lose(place, size, of_io(&error)),
            }
        } else {
            self.document(place, &mut whole, size, depth)
        }
    }

    /// Bytes to the end: a document, or a zip that must be held in memory to be opened.
    fn document(&mut self, place: Place, stream: &mut dyn Read, size: Option<u64>, depth: u32) -> Step {
        let largest = if depth == 0 { LARGEST } else { LARGEST_MEMBER };
        if size.is_some_and(|size| size > largest) {
            return self.lose(place, size, too_large(largest));
        }
        let mut bytes = Vec::with_capacity(size.map_or(0, |size| size as usize + 1));
        match stream.take(largest + 1).read_to_end(&mut bytes) {
            Ok(_) => {}
            // Behind the last member nothing belongs to the document.
            Err(error) if gzip::is_trailing(&error) => {}
            Err(error) => return self.lose(place, size, of_io(&error)),
        }
        if bytes.len() as u64 > largest {
            return self.lose(place, None, too_large(largest));
        }
        if size.is_some_and(|size| (bytes.len() as u64) < size) {
            return self.lose(place, size, of_io(&io::ErrorKind::UnexpectedEof.into()));
        }
        let may_hide_zip = zipped::ends_as_zip(&bytes) && sift::sift(&bytes).is_some();
        if depth > 0 && zipped::is_zip(&bytes) || may_hide_zip {
            match zipped::of_bytes(&bytes) {
                Ok(archive) if zipped::is_document(&archive) => {}
                Ok(_) if depth >= DEEPEST => return self.lose(place, size, too_deep()),
                Ok(archive) => return self.zip(place, &archive, depth + 1),
                Err(verdict) => return self.lose(place, size, verdict),
            }
        }
        if !self.filter.takes(&place.name) {
            return Ok(());
        }
        if depth == 0 && self.beside {
            return self.page(place, bytes);
        }
        let member = place.name.rsplit('!').next().unwrap_or_default();
        let beside = match (depth, self.members.page(member)) {
            (0, _) => self.pictures(&place, &bytes),
            (_, Some(page)) => {
                let verdict = of_page(page);
                return self.lose(place, Some(bytes.len() as u64), verdict);
            }
            _ => self.members.pictures(member, &bytes),
        };
        self.give(Item::Document(place, bytes, beside))
    }

    /// The pictures beside a file of its own.
    fn pictures(&self, place: &Place, bytes: &[u8]) -> Beside {
        if self.recognition.is_on() {
            beside::pictures(Path::new(&place.file), bytes, self.recognition)
        } else {
            Beside::default()
        }
    }

    /// A file of its own, with the further pages of its report; a further page is told with its first one.
    fn page(&mut self, mut place: Place, mut bytes: Vec<u8>) -> Step {
        let path = Path::new(&place.file);
        let folder = place.name.rfind('/').map_or("", |at| &place.name[..=at]);
        let around = folder.trim_end_matches('/').rfind('/').map_or("", |at| &folder[..=at]);
        // As the place is named, so that the dataset does not say where on this machine its files were.
        let named = |page: &Path| {
            let file = page.file_name().map(Path::new).map(name::of_path);
            let folder = if page.parent() == path.parent() { folder } else { around };
            format!("{folder}{}", file.unwrap_or_default())
        };
        let takes = |page: &Path| self.filter.takes(&named(page));
        if let Some((first, number)) = pages::first_of(path, &takes) {
            let detail = format!("page {number} of {}, read with it", named(&first));
            let verdict = Verdict::new(Fate::NotAReport, "further_page", detail);
            return self.lose(place, Some(bytes.len() as u64), verdict);
        }
        if is_page_picture(&bytes, self.recognition)
            && let Some(page) = self.shown.of(path, &takes)
        {
            return self.lose(place, Some(bytes.len() as u64), of_page(&page));
        }
        let beside = self.pictures(&place, &bytes);
        let further = pages::further(path, &bytes, &takes);
        place.pages = further.len() as u32;
        for (_, page) in further {
            bytes.extend(page);
        }
        if bytes.len() as u64 > LARGEST {
            return self.lose(place, None, too_large(LARGEST));
        }
        self.give(Item::Document(place, bytes, beside))
    }

    fn zip<R: ReaderAt>(&mut self, archive_place: Place, archive: &ZipArchive<R>, depth: u32) -> Step {
        let inside = self.members_of(archive);
        let outer = std::mem::replace(&mut self.members, inside);
        let step = self.zip_members(archive_place, archive, depth);
        self.members = outer;
        step
    }

    /// The pictures of an archive that its pages show, where pictures are read.
    fn members_of<R: ReaderAt>(&self, archive: &ZipArchive<R>) -> InArchive {
        if !self.recognition.is_on() {
            return InArchive::default();
        }
        InArchive::of(&|look| {
            let each = zipped::each(archive, |member| {
                let mut content = member.content.ok();
                let mut read = |most: usize| {
                    let mut content = content.take().filter(|content| content.size <= most as u64)?;
                    let mut bytes = Vec::new();
                    let end = (&mut content.reader).take(most as u64 + 1).read_to_end(&mut bytes);
                    end.ok().filter(|size| *size <= most).map(|_| bytes)
                };
                look(&decode_name(&member.name), &mut read);
                Ok::<(), ()>(())
            });
            // What is damaged is told where the members are read.
            drop(each);
        })
    }

    fn zip_members<R: ReaderAt>(&mut self, archive_place: Place, archive: &ZipArchive<R>, depth: u32) -> Step {
        let mut empty = true;
        let end = zipped::each(archive, |member| {
            empty = false;
            let place = member_place(&archive_place, &decode_name(&member.name));
            match member.content {
                Ok(mut content) => {
                    let mut reader = UntilError(Some(&mut content.reader));
                    self.stream(place, &mut reader, Some(content.size), depth)
                }
                Err(verdict) => self.lose(place, None, verdict),
            }
        });
        match end {
            Ok(step) => step?,
            Err(verdict) => return self.lose(archive_place, None, verdict),
        }
        self.close(archive_place, empty)
    }

    fn tar(&mut self, archive_place: &Place, stream: &mut dyn Read, depth: u32) -> Step {
        let mut blocks = Blocks::new(stream);
        let mut head = Cursor::new(Vec::new());
        let mut empty = true;
        loop {
            let mut archive = tar::Archive::new(head.chain(blocks.by_ref()));
            // Archives that were put one behind another have an end mark between them.
            archive.set_ignore_zeros(true);
            let error = match self.members(archive_place, &mut archive, depth, &mut empty)? {
                End::Whole => return self.close(archive_place.clone(), empty),
                End::Hidden(next) => {
                    let detail = "a member's length runs over those behind it; the archive is read on with them";
                    self.lose(archive_place.clone(), None, Verdict::unreadable("damaged", detail))?;
                    head = Cursor::new(next);
                    continue;
                }
                End::Damaged(error) => error,
            };
            empty = false;
            let mut verdict = match error.kind() {
                io::ErrorKind::Other => Verdict::unreadable("damaged", error.to_string()),
                _ => of_io(&error),
            };
            let next = blocks.next_head();
            if matches!(next, Ok(Some(_))) {
                verdict.detail = Some("a part of the archive is damaged; it is read on behind".into());
            }
            self.lose(archive_place.clone(), None, verdict)?;
            match next {
                Ok(Some(next)) => head = next,
                Ok(None) => return Ok(()),
                Err(error) => return self.lose(archive_place.clone(), None, of_io(&error)),
            }
        }
    }

    /// The members of a tar, up to its end or the first damage.
    fn members(
        &mut self,
        archive_place: &Place,
        archive: &mut tar::Archive<impl Read>,
        depth: u32,
        empty: &mut bool,
    ) -> Result<End, Ended> {
        let entries = match archive.entries() {
            Ok(entries) => entries,
            Err(error) => return Ok(End::Damaged(error)),
        };
        for entry in entries {
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) => return Ok(End::Damaged(error)),
            };
            let kind = entry.header().entry_type();
            if tape::is_of_the_archive(kind) {
                continue;
            }
            *empty = false;
            let place = member_place(archive_place, &decode_name(&entry.path_bytes()));
            if let Some(what) = tape::not_a_file(kind) {
                let verdict = Verdict::new(Fate::NotAReport, "not_a_file", format!("{what}, not a file"));
                self.lose(place, None, verdict)?;
                continue;
            }
            let size = entry.size();
            let mut content = tape::Content::new(entry);
            self.stream(place, &mut content, Some(size), depth)?;
            match content.hidden() {
                Ok(None) => {}
                Ok(Some(next)) => return Ok(End::Hidden(next)),
                Err(error) => return Ok(End::Damaged(error)),
            }
        }
        Ok(End::Whole)
    }

    fn web_archive(&mut self, archive_place: &Place, stream: &mut dyn Read, depth: u32) -> Step {
        let mut records = Records::new(stream);
        let mut empty = true;
        loop {
            let next = records.next_record();
            if let Some(gap) = records.take_gap() {
                empty = false;
                self.lose(archive_place.clone(), None, Verdict::unreadable("damaged", gap))?;
            }
            match next {
                Ok(None) => return self.close(archive_place.clone(), empty),
                Ok(Some(record)) => {
                    empty = false;
                    self.record(archive_place, record, depth)?;
                }
                Err(error) => return self.lose(archive_place.clone(), None, of_io(&error)),
            }
        }
    }

    fn record(&mut self, archive_place: &Place, record: Record, depth: u32) -> Step {
        let mut place = Place {
            url: Some(record.url.clone()),
            fetched: record.date,
            digest: record.digest,
            truncated: record.truncated,
            ..member_place(archive_place, &name::of_text(&record.url))
        };
        if record.too_large {
            return self.lose(place, None, too_large(LARGEST_MEMBER));
        }
        if record.kind == Kind::Revisit {
            return self.give(Item::Revisit(Place {
                refers_to: record.refers_to,
                ..place
            }));
        }
        let response = match record.kind {
            Kind::Response => http::parse(record.block),
            _ => http::Response {
                status: 200,
                charset: record.content_type.as_deref().and_then(http::charset),
                body: record.block,
                truncated: false,
            },
        };
        place.truncated |= response.truncated;
        place.http_encoding = response.charset;
        let size = response.body.len() as u64;
        if !(200..300).contains(&response.status) {
            let detail = format!("the server answered {}", response.status);
            return self.lose(place, Some(size), Verdict::new(Fate::NotAReport, "http_status", detail));
        }
        self.stream(place, &mut &response.body[..], Some(size), depth)
    }

    /// The end of an archive. One without a document in it is told, since nothing else of it is.
    fn close(&mut self, archive: Place, empty: bool) -> Step {
        if !empty {
            return Ok(());
        }
        let verdict = Verdict::new(Fate::NotAReport, "empty_archive", "no document is in the archive");
        self.lose(archive, None, verdict)
    }

    fn lose(&mut self, place: Place, size: Option<u64>, verdict: Verdict) -> Step {
        if !self.filter.takes(&place.name) && verdict.reason.as_deref() == Some("http_status") {
            return Ok(());
        }
        self.give(Item::Lost(place, size, verdict))
    }

    fn give(&mut self, item: Item) -> Step {
        if (self.visit)(item) { Ok(()) } else { Err(Ended) }
    }
}

/// Counts what is read.
struct Counted<'a, R> {
    inner: R,
    count: &'a dyn Fn(u64),
}

impl<R: Read> Read for Counted<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        (self.count)(count as u64);
        Ok(count)
    }
}

/// Counts what is unpacked, and ends where that is too much.
struct Unpacked<'a> {
    inner: &'a mut dyn Read,
    left: Option<Left>,
}

impl Read for Unpacked<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        if let Some(Left(left)) = &self.left {
            left.set(left.get().saturating_sub(count as u64));
            if left.get() == 0 && count > 0 {
                return Err(io::ErrorKind::FileTooLarge.into());
            }
        }
        Ok(count)
    }
}

/// A stream that ends with its first error. A member whose checksum does not hold gives that error again and again, and who reads on
/// behind damage would never come to an end.
struct UntilError<R>(Option<R>);

impl<R: Read> Read for UntilError<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let Some(inner) = &mut self.0 else { return Ok(0) };
        let result = inner.read(buffer);
        if result
            .as_ref()
            .is_err_and(|error| error.kind() != io::ErrorKind::Interrupted)
        {
            self.0 = None;
        }
        result
    }
}

fn read_full(stream: &mut dyn Read, buffer: &mut [u8]) -> io::Result<usize> {
    let mut filled = 0;
    while filled < buffer.len() {
        match stream.read(&mut buffer[filled..]) {
            Ok(0) => break,
            Ok(count) => filled += count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(filled)
}

fn is_container(head: &[u8]) -> bool {
    is_web_archive(head)
        || head.get(257..262) == Some(b"ustar")
        || head.starts_with(&[0x1f, 0x8b, 0x08])
        || head.starts_with(&[0x28, 0xb5, 0x2f, 0xfd])
}

fn member_place(archive: &Place, member: &str) -> Place {
    Place {
        name: format!("{}!{member}", archive.name),
        ..archive.clone()
    }
}

/// The place of what is in a compressed file: the archive's own name where that is a `.tar.gz`, else the name less its ending.
fn unpacked(place: Place, endings: &[&str]) -> Place {
    let ending = endings
        .iter()
        .find(|ending| place.name.to_ascii_lowercase().ends_with(**ending));
    let stem = match ending {
        Some(ending) => &place.name[..place.name.len() - ending.len()],
        None => return place,
    };
    let file = stem.rsplit(['/', '!']).next().unwrap_or(stem);
    let is_archive =
        [".tar", ".warc", ".arc"].iter().any(|end| file.ends_with(end)) || *ending.unwrap_or(&"") == ".tgz";
    if is_archive { place } else { member_place(&place, file) }
}

/// Names are UTF-8 or, from older Chinese programs, GBK.
fn decode_name(raw: &[u8]) -> String {
    match std::str::from_utf8(raw) {
        Ok(text) => name::of_text(text),
        Err(_) => match encoding_rs::GB18030.decode_without_bom_handling_and_without_replacement(raw) {
            Some(text) => name::of_text(&text),
            None => name::of_bytes(raw),
        },
    }
}

/// What a picture is that a page shows.
fn of_page(page: &str) -> Verdict {
    let detail = format!("a picture of {page}, read with it");
    Verdict::new(Fate::NotAReport, "picture_of_page", detail)
}

fn too_deep() -> Verdict {
    let detail = format!("archives in archives are opened {DEEPEST} deep");
    Verdict::unreadable("nested_too_deep", detail)
}

fn too_large(largest: u64) -> Verdict {
    Verdict::unreadable("too_large", format!("larger than {largest} bytes"))
}

pub(super) fn of_io(error: &io::Error) -> Verdict {
    let reason = match error.kind() {
        io::ErrorKind::NotFound => "not_found",
        io::ErrorKind::PermissionDenied => "permission_denied",
        io::ErrorKind::Unsupported => "not_a_file",
        io::ErrorKind::FileTooLarge => "too_large",
        io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput | io::ErrorKind::UnexpectedEof => "damaged",
        _ => "io",
    };
    if error.kind() == io::ErrorKind::Unsupported {
        return Verdict::new(Fate::NotAReport, reason, error.to_string());
    }
    let detail = match error.kind() {
        // The operating system's number of an error differs from machine to machine.
        io::ErrorKind::NotFound => "no such file".to_owned(),
        io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        io::ErrorKind::FileTooLarge => "the archive unpacks to more than may be unpacked out of one file".to_owned(),
        io::ErrorKind::UnexpectedEof => "it ends early".to_owned(),
        _ => error.to_string(),
    };
    Verdict::unreadable(reason, detail)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_that_is_unpacked_out_of_one_file_counts_together() {
        let left = Left::default();
        left.0.set(25);
        let read = |mut bytes: &[u8], left: Option<&Left>| {
            let left = left.cloned();
            let mut unpacked = Unpacked {
                inner: &mut bytes,
                left,
            };
            unpacked.read_to_end(&mut Vec::new()).map_err(|error| error.kind())
        };
        assert_eq!(read(&[0; 10], Some(&left)), Ok(10));
        assert_eq!(read(&[0; 10], Some(&left)), Ok(10));
        assert_eq!(read(&[0; 10], Some(&left)), Err(io::ErrorKind::FileTooLarge));
        assert_eq!(read(&[0; 10], Some(&left)), Err(io::ErrorKind::FileTooLarge));
        assert_eq!(read(&[0; 10], None), Ok(10));
        left.set(0);
        assert_eq!(read(&[0; 10], Some(&left)), Ok(10));
    }
}
