//! Reads pages that are only pictures.
//!
//! A page of tones becomes characters and ruling lines ([`page`]), as the pages of other formats are; tables, lines and paragraphs
//! are then made of them by the same code. Whoever has pictures of pages, a PDF file or a picture file, gives them to [`Scans`].
//! Invariant: nothing is read without a model that the user has named; a digit that is not sure is none.

mod alike;
mod among;
mod beside;
mod border;
mod codes;
mod composed;
mod decide;
mod depthwise;
mod file;
mod glyphs;
mod graph;
mod inside;
mod labels;
mod looks;
mod mask;
mod model;
mod network;
mod page;
mod pen;
mod pieces;
mod pitch;
mod places;
mod pointwise;
mod rare;
mod recognise;
mod rules;
mod seal;
mod shrink;
mod size;
mod skew;
mod specks;
mod strip;
mod tiff;
mod tone;
mod unread;
mod upright;

use std::mem;
use std::path::PathBuf;
use std::sync::Arc;

use crate::diagnostic::Diagnostic;
use crate::document::{Block, Origin};
use crate::read::page::chars::UNKNOWN;
use crate::read::page::{Content, Glyph, Reading};
use crate::read::recognition::{ADVICE, Recognition, When};
use alike::Alike;
use page::{Shared, Shown};
use places::Sheet;
use recognise::Recogniser;

pub use codes::CODES;
pub(crate) use composed::{composed, is_large};
pub(crate) use file::{may_be_page, read};
pub(crate) use inside::{insert, may_hold_table};
pub(crate) use page::{Picture, Wanted};
pub(crate) use tone::tone;

/// Most readings that are named as doubtful one by one.
const NAMED: usize = 200;
/// Pixels of the model's input that a document may take; see the limit of time of a worker.
const WORK: usize = 200_000_000;

/// Most pages that are kept for another look.
const KEPT: usize = 8;

/// A page of which a number is doubtful.
struct Kept {
    number: u32,
    picture: Picture,
    /// Its size in points.
    size: (f64, f64),
    doubtful: usize,
    known: usize,
}

/// The pages of a document that are read from pictures.
pub(crate) struct Scans {
    when: When,
    /// File of the model, where pictures are to be read.
    model: Option<PathBuf>,
    sheets: Vec<(u32, Sheet)>,
    shared: Shared,
    doubts: Vec<Diagnostic>,
    kept: Vec<Kept>,
}

impl Scans {
    /// None yet. The model is loaded with the first page that is read, for most documents have none.
    pub(crate) fn new(recognition: &Recognition) -> Self {
        Scans {
            when: recognition.when,
            model: recognition.model.clone().filter(|_| recognition.when != When::Never),
            sheets: Vec::new(),
            shared: Shared {
                work: WORK,
                shapes: None,
            },
            doubts: Vec::new(),
            kept: Vec::new(),
        }
    }

    /// The model to read pictures with, if one is named.
    ///
    /// # Errors
    /// Where it cannot be used.
    pub(crate) fn recogniser(&self) -> Result<Option<Arc<Recogniser>>, String> {
        self.model.as_deref().map(model::load).transpose()
    }

    /// Makes sure that the model can be used.
    ///
    /// # Errors
    /// Where it cannot be used.
    pub(crate) fn load(&self) -> Result<(), String> {
        self.recogniser().map(|_| ())
    }

    /// Whether a page that draws this is read from its picture.
    pub(crate) fn wants(&self, content: &Content) -> bool {
        let is_picture = content.images > 0 && content.glyphs.iter().all(|glyph| glyph.character.is_whitespace());
        self.model.is_some() && (self.when == When::Always || is_picture)
    }

    /// Reads a page of a size in points; its number counts from 1.
    ///
    /// # Errors
    /// Why it is not read, as the end of a sentence about the page.
    pub(crate) fn page(&mut self, number: u32, picture: Picture, size: (f64, f64)) -> Result<Content, String> {
        let recogniser = self.recogniser()?.ok_or("was not read without a model")?;
        let picture = page::reduced(picture);
        let shown = page::read(picture.clone(), Wanted::All, &recogniser, &mut self.shared)
            .map_err(|refused| refused.to_string())?;
        // On a poor page faint signs are overlooked: what shapes confirm there may lack its minus.
        if shown.doubtful > 0 && !shown.poor && self.kept.len() < KEPT {
            self.kept.push(Kept {
                number,
                picture,
                size,
                doubtful: shown.doubtful,
                known: shown.known,
            });
        }
        Ok(self.take(number, shown, size))
    }

    /// Looks again at the pages with doubtful numbers, where a later page has shown more digits than was known then how the document
    /// prints; what is better read than at first stands in the place of it.
    pub(crate) fn again(&mut self, reading: &mut Reading) {
        let Ok(Some(recogniser)) = self.recogniser() else {
            return;
        };
        for kept in mem::take(&mut self.kept) {
            let known = Alike::known(self.shared.shapes.as_ref());
            if known <= kept.known {
                continue;
            }
            let shown = page::read(kept.picture, Wanted::All, &recogniser, &mut self.shared);
            let Some(shown) = shown.ok().filter(|shown| shown.doubtful < kept.doubtful) else {
                continue;
            };
            self.sheets.retain(|(number, _)| *number != kept.number);
            self.doubts.retain(|noticed| !is_on(noticed, kept.number));
            let content = self.take(kept.number, shown, kept.size);
            reading.replace(kept.number as usize - 1, content, kept.size);
        }
        self.sheets.sort_by_key(|(number, _)| *number);
    }

    /// Tells of a page with a picture that was not read.
    pub(crate) fn not_read(&mut self, number: u32, size: (f64, f64), why: &str) {
        let place = Origin::page(number, [0.0, 0.0, size.0, size.1]);
        let is_told = self.doubts.iter().any(|noticed| noticed.message.contains(ADVICE));
        let advice = if self.model.is_none() && !is_told {
            format!("; {ADVICE}")
        } else {
            String::new()
        };
        self.doubts
            .push(codes::PICTURE_UNREAD.at(place, format!("page {number} {why}{advice}")));
    }

    /// Reads what is wanted of the pictures on a page with text, and adds what they say to it. The page has a number and a size in points.
    pub(crate) fn add(
        &mut self,
        (number, size): (u32, (f64, f64)),
        picture: Picture,
        wanted: Wanted,
        content: &mut Content,
    ) {
        let Ok(Some(recogniser)) = self.recogniser() else {
            return;
        };
        let Ok(shown) = page::read(picture, wanted, &recogniser, &mut self.shared) else {
            return;
        };
        let read = self.take(number, shown, size);
        let order = content.glyphs.iter().map(|glyph| glyph.order + 1).max().unwrap_or(0);
        let run = content.glyphs.iter().map(|glyph| glyph.run + 1).max().unwrap_or(0);
        content.glyphs.extend(read.glyphs.into_iter().map(|glyph| Glyph {
            order: glyph.order + order,
            run: glyph.run + run,
            ..glyph
        }));
        content.lines.extend(read.lines);
    }

    /// Takes over what a page of a size shows, with what is doubtful on it.
    fn take(&mut self, number: u32, shown: Shown, size: (f64, f64)) -> Content {
        let sheet = Sheet::new(&shown, size);
        if shown.poor {
            self.doubts.push(codes::POOR.at(
                Origin::recognised(number, [0.0, 0.0, size.0, size.1], None),
                "more than a quarter of the numbers of the page is doubtful, and none was read",
            ));
        }
        self.doubts.extend(doubts(&shown, &sheet, number));
        self.sheets.push((number, sheet));
        shown.content
    }

    /// Leads the places of the blocks back to the pages as displayed, and tells what was noticed.
    pub(crate) fn finish(self, blocks: &mut [Block], diagnostics: &mut Vec<Diagnostic>) {
        places::lead_back(blocks, &self.sheets);
        if !self.sheets.is_empty() {
            let pages: Vec<String> = self.sheets.iter().map(|(number, _)| number.to_string()).collect();
            let dark: usize = self.sheets.iter().map(|(_, sheet)| sheet.unread()).sum();
            let message = format!(
                "read from pictures: page {}; {dark} pieces of ink gave no text",
                pages.join(", ")
            );
            diagnostics.push(codes::RECOGNISED.at(None, message));
        }
        let more = self.doubts.len().saturating_sub(NAMED);
        diagnostics.extend(self.doubts.into_iter().take(NAMED));
        if more > 0 {
            diagnostics.push(codes::DOUBTFUL.at(None, format!("{more} more readings are doubtful")));
        }
    }
}

/// Whether something was noticed on a page.
fn is_on(noticed: &Diagnostic, number: u32) -> bool {
    matches!(&noticed.origin, Some(Origin::Page { page, .. }) if *page == number)
}

/// The readings of a page that are not sure, and the texts in which a character was not read.
fn doubts(shown: &Shown, sheet: &Sheet, number: u32) -> Vec<Diagnostic> {
    let diagnostic = shown.seen.iter().filter_map(|seen| {
        let likely = f64::from(seen.decision.likely);
        let origin = || Origin::recognised(number, sheet.displayed(seen.bbox), Some(likely));
        if let Some([free, digits]) = &seen.decision.doubt {
            let message = format!("read as {free:?}, and as a number {digits:?}");
            return Some(codes::DOUBTFUL.at(origin(), message));
        }
        let text: String = seen.decision.text.iter().collect();
        let unread = text.contains(UNKNOWN);
        unread.then(|| codes::UNREAD.at(origin(), format!("a character was not read: {text}")))
    });
    diagnostic.collect()
}
