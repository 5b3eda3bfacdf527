//! Tables and pages that stand as pictures among the text of a document.
//!
//! Each picture that is large enough is looked at; one that shows a ruled table is read, and what it says stands in its place among the
//! blocks. In a document that is hardly more than pictures each of them is read, for they are its pages. Pictures that follow each other
//! are read as pages that do. Invariant: a picture that shows no table, or hardly a word, gives nothing but a diagnostic.

use std::collections::HashSet;
use std::io::Cursor;
use std::mem;
use std::time::Duration;

use image::{ImageFormat, ImageReader};
use mail_parser::decoders::base64::base64_decode;

use super::file::decoded;
use super::page::{Refused, Shown as PageShown, Wanted};
use super::recognise::Recogniser;
use super::upright::report_words;
use super::{NAMED, Scans, codes, page, places, size};
use crate::diagnostic::Diagnostic;
use crate::document::{Block, Document, Link, Origin, Shown};
use crate::error::Error;
use crate::isolate::grant;
use crate::read::page::{Content, Reading};
use crate::read::recognition::{ADVICE, Recognition};
use crate::read::{Files, beside};

/// Width and height in pixels that a picture of a table has at least.
const SMALLEST: (u32, u32) = (300, 40);
/// Longest side of one, in its shorter one: the last rows of a table are a strip.
const LONGEST: f64 = 30.0;
/// Most pixels of the pictures of a document that are looked at.
const LOOKED_AT: u64 = 120_000_000;
/// Processor time in nanoseconds that a pixel may take to be looked at, on a slow machine.
const LOOK: u64 = 250;
/// A document with fewer characters than this for each of its pictures is hardly more than pictures.
const SPARSE: usize = 100;
/// Fewest words of reports that a picture with text shows, each in a piece as likely as that.
const WORDS: (usize, f32) = (2, 0.8);
/// Most pictures that are named one by one.
const MOST_NAMED: usize = 20;
/// Code of a picture of a table, as the reader of pages names it.
const TABLE_IS_PICTURE: &str = "html.table_is_picture";
/// Code of a document of pictures, as the readers of office formats name it.
const ONLY_PICTURES: &str = "office.only_pictures";

/// Reads the pictures of a document that may show tables, and puts what they say in their places.
///
/// # Errors
/// [`Error::Model`] where the model cannot be used.
pub(crate) fn insert(document: &mut Document, recognition: &Recognition, files: &Files) -> Result<(), Error> {
    let scans = Scans::new(recognition);
    let recogniser = scans.recogniser().map_err(Error::Model)?;
    let pictures = mem::take(&mut document.pictures);
    let is_sparse = characters(&document.blocks) < SPARSE * pictures.len();
    let mut inside = Inside {
        scans,
        wanted: if is_sparse { Wanted::All } else { Wanted::Table },
        looked_at: LOOKED_AT,
        run: Vec::new(),
        read: Vec::new(),
        dark: 0,
        unread: Vec::new(),
        left: Vec::new(),
        noticed: Vec::new(),
    };
    let mut known = HashSet::new();
    let mut added = Vec::new();
    let mut place = 0;
    for shown in pictures {
        let Some(link) = document.links.get(shown.link) else {
            continue;
        };
        let Some(bytes) = file(&shown, link, files).filter(|_| known.insert(name(&shown, link))) else {
            continue;
        };
        if shown.before != place {
            added.extend(inside.end_run().map(|blocks| (place, blocks)));
            place = shown.before;
        }
        inside.look(&bytes, link, recogniser.as_deref());
    }
    added.extend(inside.end_run().map(|blocks| (place, blocks)));
    for (place, blocks) in added.into_iter().rev() {
        let place = place.min(document.blocks.len());
        document.blocks.splice(place..place, blocks);
    }
    inside.tell(document, recogniser.is_some());
    Ok(())
}

/// Characters of text.
fn characters(blocks: &[Block]) -> usize {
    let count = |text: &str| text.chars().filter(|c| !c.is_whitespace()).count();
    let of_block = |block: &Block| match block {
        Block::Paragraph(paragraph) => count(&paragraph.text),
        Block::Grid(grid) => grid.cells().iter().map(|cell| count(&cell.text)).sum(),
    };
    blocks.iter().map(of_block).sum()
}

/// What tells a picture from others.
fn name(shown: &Shown, link: &Link) -> String {
    shown.data.clone().unwrap_or_else(|| link.target.clone())
}

/// The file of a picture, from its address or by it.
fn file(shown: &Shown, link: &Link, files: &Files) -> Option<Vec<u8>> {
    match &shown.data {
        Some(data) => {
            let (head, packed) = data.split_once(',')?;
            let packed = beside::unescaped(packed)?;
            if head.ends_with(";base64") {
                base64_decode(packed.as_bytes())
            } else {
                Some(packed.into_bytes())
            }
        }
        None => files(&link.target),
    }
}

/// A picture that was read, as a page among those that follow each other.
struct Page {
    content: Content,
    /// Width and height in points.
    size: (f64, f64),
    /// Pixels a point.
    scale: f64,
    name: String,
    place: Origin,
}

/// Why nothing is taken from a picture.
enum Why {
    /// It shows no table, or no words.
    NoTable,
    /// It may show one.
    Unread(String),
}

struct Inside {
    scans: Scans,
    wanted: Wanted,
    /// Pixels that may still be looked at.
    looked_at: u64,
    /// Pictures that follow each other.
    run: Vec<Page>,
    /// Names and places of those that were read.
    read: Vec<(String, Origin)>,
    /// Pieces of ink that gave no text.
    dark: usize,
    /// Names, places and reasons of those that were not.
    unread: Vec<(String, Origin, String)>,
    left: Vec<(String, Origin)>,
    noticed: Vec<Diagnostic>,
}

impl Inside {
    /// Looks at a picture, and reads it where it shows what is wanted.
    fn look(&mut self, bytes: &[u8], link: &Link, recogniser: Option<&Recogniser>) {
        let Some((format, (width, height))) = measured(bytes) else {
            return;
        };
        let named = || (link.target.clone(), link.origin.clone());
        let Some(recogniser) = recogniser else {
            let (name, place) = named();
            return self.unread.push((name, place, "was not read".into()));
        };
        match self.page(bytes, format, (width, height), recogniser) {
            Ok((shown, size)) => {
                let number = self.run.len() as u32 + 1;
                let content = self.scans.take(number, shown, size);
                let (name, place) = named();
                self.read.push((name.clone(), place.clone()));
                self.run.push(Page {
                    content,
                    size,
                    scale: f64::from(width) / size.0,
                    name,
                    place,
                });
            }
            Err(Why::NoTable) => self.left.push(named()),
            Err(Why::Unread(why)) => {
                let (name, place) = named();
                self.unread.push((name, place, why));
            }
        }
    }

    /// What a picture shows, and its size in points.
    fn page(
        &mut self,
        bytes: &[u8],
        format: ImageFormat,
        (width, height): (u32, u32),
        recogniser: &Recogniser,
    ) -> Result<(PageShown, (f64, f64)), Why> {
        let pixels = u64::from(width) * u64::from(height);
        let unread = |why: &str| Why::Unread(why.to_owned());
        self.looked_at = self
            .looked_at
            .checked_sub(pixels)
            .ok_or_else(|| unread("was not read: the pictures of the document have more pixels than are looked at"))?;
        grant(Duration::from_nanos(LOOK * pixels));
        let gray =
            decoded(bytes, format, &mut { pixels }).map_err(|error| Why::Unread(format!("was not read: {error}")))?;
        let picture = size::sized(gray).ok_or(Why::NoTable)?;
        let points = |pixels: u32| f64::from(pixels) / picture.dpi * 72.0;
        let size = (points(picture.gray.width()), points(picture.gray.height()));
        let shown =
            page::read(picture, self.wanted, recogniser, &mut self.scans.shared).map_err(|refused| match refused {
                Refused::NoTable | Refused::TooMuch => Why::NoTable,
                Refused::Model(_) => Why::Unread(refused.to_string()),
            })?;
        if words(&shown) < WORDS.0 {
            return Err(Why::NoTable);
        }
        Ok((shown, size))
    }

    /// The blocks of the pictures that follow each other.
    fn end_run(&mut self) -> Option<Vec<Block>> {
        let pages = mem::take(&mut self.run);
        if pages.is_empty() {
            return None;
        }
        let sheets = mem::take(&mut self.scans.sheets);
        let mut noticed = Vec::new();
        let mut reading = Reading::new(&codes::PAGES, &mut noticed);
        let mut places = Vec::new();
        for page in pages {
            reading.page(page.content, page.size, None);
            places.push((page.name, page.place, page.scale));
        }
        let mut blocks = reading.finish();
        places::lead_back(&mut blocks, &sheets);
        noticed.append(&mut self.scans.doubts);
        let on_picture = |origin: &mut Origin| {
            if let Origin::Page { page, bbox, confidence } = origin
                && let Some((name, place, scale)) = places.get(*page as usize - 1)
            {
                *origin = Origin::on_picture(name, bbox.map(|point| point * scale), *confidence, place);
            }
        };
        for block in &mut blocks {
            places::each(block, on_picture);
        }
        noticed
            .iter_mut()
            .filter_map(|noticed| noticed.origin.as_mut())
            .for_each(on_picture);
        self.noticed.append(&mut noticed);
        self.dark += sheets.iter().map(|(_, sheet)| sheet.unread()).sum::<usize>();
        Some(blocks)
    }

    /// Tells what became of the pictures; what their readers said of those that are read now is void.
    fn tell(self, document: &mut Document, has_model: bool) {
        let is_read = |noticed: &Diagnostic| {
            let place = noticed.origin.as_ref();
            let of_table = noticed.code == TABLE_IS_PICTURE && self.read.iter().any(|(_, read)| Some(read) == place);
            of_table || noticed.code == ONLY_PICTURES && !self.read.is_empty()
        };
        document.diagnostics.retain(|noticed| !is_read(noticed));
        let is_told = |place: &Origin| {
            let mut told = document.diagnostics.iter();
            told.any(|noticed| noticed.code == TABLE_IS_PICTURE && noticed.origin.as_ref() == Some(place))
        };
        let mut unread: Vec<Diagnostic> = self
            .unread
            .iter()
            .filter(|(_, place, _)| has_model || !is_told(place))
            .map(|(name, place, why)| codes::PICTURE_UNREAD.at(place.clone(), format!("picture {name} {why}")))
            .collect();
        if !has_model && !self.unread.is_empty() {
            let is_of_pictures = |code: &str| code == TABLE_IS_PICTURE || code == ONLY_PICTURES;
            let told = document.diagnostics.iter_mut();
            let told = told.filter(|noticed| is_of_pictures(&noticed.code));
            told.chain(&mut unread)
                .take(1)
                .for_each(|noticed| noticed.message += &format!("; {ADVICE}"));
        }
        if !self.read.is_empty() {
            let names: Vec<&str> = self.read.iter().map(|(name, _)| name.as_str()).collect();
            let dark = self.dark;
            let message = format!(
                "read from pictures: {}; {dark} pieces of ink gave no text",
                names.join(", ")
            );
            document.diagnostics.push(codes::RECOGNISED.at(None, message));
        }
        document.diagnostics.extend(limited(unread, MOST_NAMED));
        let left = self.left.iter().map(|(name, place)| {
            let message = format!("picture {name} shows no ruled table or hardly a word of reports");
            codes::PICTURE_LEFT.at(place.clone(), message)
        });
        document.diagnostics.extend(limited(left.collect(), MOST_NAMED));
        document.diagnostics.extend(limited(self.noticed, NAMED));
    }
}

/// So many of some diagnostics, the last of which says how many more there are.
fn limited(mut diagnostics: Vec<Diagnostic>, most: usize) -> Vec<Diagnostic> {
    let more = diagnostics.len().saturating_sub(most);
    diagnostics.truncate(most);
    if let Some(last) = diagnostics.last_mut().filter(|_| more > 0) {
        last.message += &format!("; and {more} more");
    }
    diagnostics
}

/// Format and size of a picture that may show a table, by its head.
fn measured(bytes: &[u8]) -> Option<(ImageFormat, (u32, u32))> {
    let reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format().ok()?;
    let format = reader.format()?;
    let (width, height) = reader.into_dimensions().ok()?;
    let (long, short) = (f64::from(width.max(height)), f64::from(width.min(height)));
    let is_large = width >= SMALLEST.0 && height >= SMALLEST.1 && long <= LONGEST * short;
    is_large.then_some((format, (width, height)))
}

/// Whether a picture file may show a table.
pub(crate) fn may_hold_table(bytes: &[u8]) -> bool {
    measured(bytes).is_some()
}

/// Different words of reports that stand in pieces that are likely. Characters alone tell nothing, for a model reads some in any strokes.
fn words(shown: &PageShown) -> usize {
    let sure = shown.seen.iter().filter(|seen| seen.decision.likely >= WORDS.1);
    let texts: Vec<String> = sure.map(|seen| seen.decision.text.iter().collect()).collect();
    let known = report_words();
    known
        .filter(|word| texts.iter().any(|text| text.contains(word)))
        .count()
}
