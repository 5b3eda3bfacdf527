//! One page, interpreted.

use std::sync::Arc;

use hayro_interpret::kurbo::Rect;
use hayro_interpret::{Context, InterpreterCache, InterpreterSettings, TransformExt, interpret_page};
use hayro_syntax::Pdf;
use hayro_syntax::page::Page;

use super::device::Collector;
use super::fonts::Bridges;
use super::guard::{self, Budget, Stop, caught};
#[cfg(feature = "ocr")]
use super::picture::{self, Pictures, Read};
use crate::read::page::Content;
#[cfg(feature = "ocr")]
use crate::read::scan::{Picture, Wanted};

/// Pages after which fonts are forgotten: merged files bring their own fonts for each part, and nothing else ends their stay.
const CACHED: usize = 64;

/// Work for a page with nothing on it.
const PAGE: u64 = 200;

/// What all pages of a document share while they are read.
pub(super) struct Reader<'a> {
    pdf: &'a Pdf,
    cache: InterpreterCache<'a>,
    settings: InterpreterSettings,
    bridges: Bridges,
    /// What may still be done for the document.
    pub(super) budget: Budget,
    /// Pictures of the last page.
    #[cfg(feature = "ocr")]
    pictures: Pictures,
}

impl<'a> Reader<'a> {
    /// A reader for the pages of a file.
    pub(super) fn new(pdf: &'a Pdf) -> Self {
        let settings = InterpreterSettings {
            warning_sink: Arc::new(|_| {}),
            ..InterpreterSettings::default()
        };
        Reader {
            pdf,
            cache: InterpreterCache::new(),
            settings,
            bridges: Bridges::default(),
            budget: Budget::new(),
            #[cfg(feature = "ocr")]
            pictures: Pictures::default(),
        }
    }

    /// What one page draws, its bounds, and why that is not all.
    pub(super) fn content(&mut self, page: &Page<'a>, number: usize) -> (Content, Rect, Option<Option<Stop>>) {
        if number > 0 && number.is_multiple_of(CACHED) {
            self.cache = InterpreterCache::new();
        }
        let (width, height) = page.render_dimensions();
        let bounds = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
        let mut collector = Collector::new(page, bounds, &mut self.bridges, &self.budget);
        let interpreted = caught(|| {
            if width.max(height) > guard::SIDE {
                guard::stop("size of a page");
            }
            self.budget.spend(PAGE);
            self.budget.spend_content(page);
            let transform = page.initial_transform(true).to_kurbo();
            let mut context = Context::new(transform, bounds, &self.cache, self.pdf.xref(), self.settings.clone());
            interpret_page(page, &mut context, &mut collector);
        });
        #[cfg(feature = "ocr")]
        {
            self.pictures = std::mem::take(&mut collector.pictures);
        }
        let broken = interpreted.err();
        let content = if broken.is_some() {
            Content::default()
        } else {
            collector.finish()
        };
        (content, bounds, broken)
    }

    /// Whether the page whose content was asked for last shows pictures as large as a table among its text.
    #[cfg(feature = "ocr")]
    pub(super) fn shows_picture(&self, content: &Content) -> bool {
        !content.hidden && !content.glyphs.is_empty() && self.pictures.large().next().is_some()
    }

    /// No picture is looked at.
    #[cfg(not(feature = "ocr"))]
    pub(super) fn shows_picture(&self, _: &Content) -> bool {
        false
    }

    /// The pictures among the text of the page whose content was asked for last, and what of them is wanted.
    ///
    /// # Errors
    /// Why they cannot be drawn, as the end of a sentence about the page.
    #[cfg(feature = "ocr")]
    pub(super) fn among_text(&self, page: &Page<'a>, content: &Content) -> Result<(Picture, Wanted), String> {
        picture::among_text(page, &self.settings, &self.pictures, content)
    }

    /// The page whose content was asked for last, as a picture.
    ///
    /// # Errors
    /// Why it cannot be drawn, as the end of a sentence about the page.
    #[cfg(feature = "ocr")]
    pub(super) fn picture(&self, page: &Page<'a>, content: &Content) -> Result<Picture, String> {
        let is_picture = content.glyphs.iter().all(|glyph| glyph.character.is_whitespace());
        let read = if is_picture { Read::Pictures } else { Read::All };
        picture::draw(page, &self.settings, &self.pictures, read)
    }
}
