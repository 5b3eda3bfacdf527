//! The pages of a document to its blocks, and what was noticed on the way.
//!
//! Invariant: a page whose content cannot be trusted gives nothing but a diagnostic.

use super::arrange::{Page, arrange};
use super::blocks::blocks;
use super::canvas::Content;
use crate::diagnostic::{Code, Diagnostic};
use crate::document::{Block, Origin};
use crate::read::ADVICE;

/// Share of unnamed characters from which a page is not worth reading.
const HOPELESS: f64 = 0.5;

/// The codes that a format has for what can be noticed on pages.
#[derive(Debug)]
pub(crate) struct Codes {
    /// Pages that are pictures.
    pub scanned: &'static Code,
    /// No text at all.
    pub no_text: &'static Code,
    /// Text behind a scan.
    pub hidden_text: &'static Code,
    /// Characters without a name.
    pub unmapped_text: &'static Code,
    /// A page that was given up.
    pub page_unreadable: &'static Code,
    /// Text set aslant.
    pub watermark: &'static Code,
    /// A number that is not all on the page.
    pub cut_by_edge: &'static Code,
    /// A table over a page break.
    pub tables_joined: &'static Code,
    /// A table that is too large.
    pub table_cut: &'static Code,
}

/// What was read from one page.
#[derive(Debug)]
struct Read {
    page: Page,
    /// Printed characters.
    characters: usize,
    images: usize,
    broken: bool,
}

/// The pages of a document, one after the other.
#[derive(Debug)]
pub(crate) struct Reading<'d> {
    codes: &'static Codes,
    reads: Vec<Read>,
    diagnostics: &'d mut Vec<Diagnostic>,
}

impl<'d> Reading<'d> {
    /// Begins a document.
    pub(crate) fn new(codes: &'static Codes, diagnostics: &'d mut Vec<Diagnostic>) -> Self {
        Reading {
            codes,
            reads: Vec::new(),
            diagnostics,
        }
    }

    /// How many pages there are so far.
    pub(crate) fn count(&self) -> usize {
        self.reads.len()
    }

    /// Reads the next page of a size from what it shows; `broken` is why that is not all, as the end of a sentence about the page.
    pub(crate) fn page(&mut self, content: Content, size: (f64, f64), broken: Option<String>) {
        let number = self.reads.len();
        let whole = Origin::page(number as u32 + 1, [0.0, 0.0, size.0, size.1]);
        let characters = content.glyphs.iter();
        let characters = characters.filter(|glyph| !glyph.character.is_whitespace()).count();
        let mut read = Read {
            characters,
            images: content.images,
            broken: broken.is_some(),
            page: Page::blank(size),
        };
        if let Some(cause) = broken {
            let message = format!("page {} {cause}", number + 1);
            self.diagnostics.push(self.codes.page_unreadable.at(whole, message));
        } else {
            self.notice(&content, characters, &whole);
            if content.unknown as f64 <= HOPELESS * characters as f64 {
                read.page = arrange(content.glyphs, content.lines, size, number);
            }
        }
        self.reads.push(read);
    }

    /// Puts what another look at a page that was read shows in the place of what the first one did; pages count from 0 here.
    #[cfg(feature = "ocr")]
    pub(crate) fn replace(&mut self, number: usize, content: Content, size: (f64, f64)) {
        if let Some(read) = self.reads.get_mut(number) {
            read.page = arrange(content.glyphs, content.lines, size, number);
        }
    }

    /// Tells what was noticed on a page.
    fn notice(&mut self, content: &Content, characters: usize, whole: &Origin) {
        let place = self.reads.len() + 1;
        let Content {
            unknown, cut, aslant, ..
        } = content;
        let found = [
            (
                *unknown > 0,
                self.codes.unmapped_text,
                format!("{unknown} of {characters} characters on page {place} have no name"),
            ),
            (
                content.hidden && characters > 0,
                self.codes.hidden_text,
                format!("page {place} was read from the invisible text behind its picture"),
            ),
            (
                *cut > 0,
                self.codes.cut_by_edge,
                format!("{cut} numbers on page {place} are cut by its edge"),
            ),
            (
                *aslant > 0,
                self.codes.watermark,
                format!("{aslant} characters set aslant on page {place} were left out"),
            ),
        ];
        let found = found.into_iter().filter(|(is_found, ..)| *is_found);
        self.diagnostics
            .extend(found.map(|(_, code, message)| code.at(whole.clone(), message)));
    }

    /// Tells of pages that show pictures and no text.
    fn notice_pictures(&mut self) {
        let silent = |read: &Read| read.characters == 0 && !read.broken;
        let numbered = self.reads.iter().enumerate();
        let pictures: Vec<String> = numbered
            .filter(|(_, read)| silent(read) && read.images > 0)
            .map(|(number, _)| (number + 1).to_string())
            .collect();
        if !pictures.is_empty() {
            let message = format!(
                "{} of {} pages are pictures: {}; {ADVICE}",
                pictures.len(),
                self.reads.len(),
                pictures.join(", ")
            );
            self.diagnostics.push(self.codes.scanned.at(None, message));
        } else if !self.reads.is_empty() && self.reads.iter().all(silent) {
            let message = "no page shows a character or a picture";
            self.diagnostics.push(self.codes.no_text.at(None, message));
        }
    }

    /// Ends the document: its blocks.
    pub(crate) fn finish(mut self) -> Vec<Block> {
        self.notice_pictures();
        let Reading {
            codes,
            reads,
            diagnostics,
        } = self;
        let blocks = blocks(reads.into_iter().map(|read| read.page).collect());
        if blocks.joins > 0 {
            let message = format!("{} page break(s) inside tables were mended", blocks.joins);
            diagnostics.push(codes.tables_joined.at(None, message));
        }
        let cut = blocks.cut.into_iter();
        diagnostics.extend(cut.map(|origin| codes.table_cut.at(origin, "the table was cut")));
        blocks.blocks
    }
}
