//! The characters and lines that one page shows, each with its box on the page as displayed.
//!
//! This is the drawing device behind hayro's interpreter. Invariant: each visible character comes out once, in the order of
//! drawing, with coordinates from the top left of the upright page; work on a page stops at a budget.

use hayro_interpret::font::{Glyph as Drawn, GlyphRun};
use hayro_interpret::hayro_cmap::{BfString, WritingMode};
use hayro_interpret::kurbo::{BezPath, Rect, Shape};
use hayro_interpret::{BlendMode, ClipPath, Device, DrawMode, DrawProps, Image, ImageDrawProps, Paint, SoftMask};
use hayro_syntax::object::Dict;
use hayro_syntax::page::Page;

use super::fonts::{self, Bridges};
use super::guard::{Budget, stop};
#[cfg(feature = "ocr")]
use super::picture::Pictures;
use crate::read::page::{Canvas, Content, Frame, Full, Painted, Style, chars};

/// Work for a drawing operation.
const CALL: u64 = 3;
/// Work for a clip or a group, which a form begins with.
const FORM: u64 = 12;
/// Work for a character, until it is in its line.
const CHARACTER: u64 = 4;
/// Work for a line, until it is in its table.
const LINE: u64 = 6;

/// Collects what a page draws.
pub(super) struct Collector<'d, 'a> {
    page: &'d Page<'a>,
    bridges: &'d mut Bridges,
    learned: bool,
    budget: &'d Budget,
    canvas: Canvas,
    scratch: Vec<char>,
    /// The pictures that were drawn.
    #[cfg(feature = "ocr")]
    pub(super) pictures: Pictures,
}

impl<'d, 'a> Collector<'d, 'a> {
    /// A collector for one page of a size.
    pub(super) fn new(page: &'d Page<'a>, bounds: Rect, bridges: &'d mut Bridges, budget: &'d Budget) -> Self {
        Collector {
            page,
            bridges,
            learned: false,
            budget,
            canvas: Canvas::new(bounds),
            scratch: Vec::new(),
            #[cfg(feature = "ocr")]
            pictures: Pictures::default(),
        }
    }

    /// What was collected, duplicates dropped.
    pub(super) fn finish(self) -> Content {
        self.canvas.finish()
    }

    fn push(&mut self, clip: Rect) {
        self.budget.spend(FORM);
        self.canvas.push_clip(clip).unwrap_or_else(|Full(limit)| stop(limit));
    }

    /// The characters of one glyph, into `scratch`.
    fn characters(&mut self, glyph: &Drawn<'_>) {
        self.scratch.clear();
        let mut named = glyph.as_unicode().filter(is_named);
        if named.is_none() {
            if !self.learned {
                self.learned = true;
                self.bridges.learn(self.page);
            }
            named = self.bridges.bridge(glyph).filter(is_named);
        }
        match named {
            Some(BfString::Char(character)) => chars::fold(character, &mut self.scratch),
            Some(BfString::String(text)) => text
                .chars()
                .for_each(|character| chars::fold(character, &mut self.scratch)),
            None => {
                self.canvas.content.unknown += 1;
                self.scratch.push(chars::UNKNOWN);
            }
        }
    }
}

fn is_named(text: &BfString) -> bool {
    match text {
        BfString::Char(character) => !chars::is_meaningless(*character),
        BfString::String(text) => !text.is_empty() && !text.chars().any(chars::is_meaningless),
    }
}

impl<'a> Device<'a> for Collector<'_, 'a> {
    fn draw_path(&mut self, path: &BezPath, props: DrawProps<'a>, mode: &DrawMode) {
        self.budget.spend(CALL + path.elements().len() as u64);
        if is_white(&props.paint) {
            return;
        }
        let painted = Painted {
            filled: matches!(mode, DrawMode::Fill(_) | DrawMode::FillAndStroke(..)),
            stroked: matches!(mode, DrawMode::Stroke(_) | DrawMode::FillAndStroke(..)),
        };
        let before = self.canvas.content.lines.len();
        let drawn = self.canvas.path(path, props.transform, painted);
        self.budget
            .spend(LINE * (self.canvas.content.lines.len() - before) as u64);
        drawn.unwrap_or_else(|Full(limit)| stop(limit));
    }

    fn push_clip_path(&mut self, clip: &ClipPath) {
        self.push(clip.path.bounding_box());
    }

    fn push_clip_rect(&mut self, clip: &Rect) {
        self.push(*clip);
    }

    fn pop_clip(&mut self) {
        self.canvas.pop_clip();
    }

    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {
        self.budget.spend(FORM);
    }

    fn pop_transparency_group(&mut self) {}

    fn begin_marked_content(&mut self, _: &[u8], _: Option<&Dict<'_>>) {
        self.budget.spend(CALL);
    }

    fn draw_image(&mut self, image: Image<'a, '_>, props: ImageDrawProps<'a>) {
        self.budget.spend(CALL);
        #[cfg(feature = "ocr")]
        self.pictures.add((image.width(), image.height()), props.transform);
        let size = Rect::new(0.0, 0.0, f64::from(image.width()), f64::from(image.height()));
        self.canvas.picture(props.transform.transform_rect_bbox(size));
    }

    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, mode: &DrawMode) {
        self.budget.spend(CALL + CHARACTER * run.glyphs().len() as u64);
        let vertical = run.writing_mode() == WritingMode::Vertical;
        let shown = !matches!(mode, DrawMode::Invisible) && !is_transparent(&props.paint);
        let bold = run.glyphs().first().is_some_and(|glyph| is_bold(glyph));
        let style = Style {
            vertical,
            bold,
            shown,
            white: is_white(&props.paint),
        };
        let gbk = fonts::gbk(run);
        self.canvas.begin_run();
        let mut last = None;
        for (index, glyph) in run.glyphs().iter().enumerate() {
            let decoded = gbk.as_ref().and_then(|text| text.get(index));
            if decoded == Some(&None) {
                continue;
            }
            let advance = match &**glyph {
                _ if vertical => Some(1000.0),
                Drawn::Outline(outline) => outline.advance_width(),
                Drawn::Type3(drawn) => drawn.advance_width(),
            };
            let double = if decoded.is_some_and(|c| c.is_some_and(chars::is_wide)) {
                2.0
            } else {
                1.0
            };
            let advance = f64::from(advance.unwrap_or(500.0)) * double;
            let mut aslant = false;
            let frame = Frame::new(props.transform * glyph.transform(), advance, &mut aslant);
            self.canvas.content.aslant += usize::from(aslant);
            let Some(frame) = frame else {
                continue;
            };
            match decoded {
                Some(Some(character)) => {
                    self.scratch.clear();
                    self.scratch.push(*character);
                }
                _ => self.characters(glyph),
            }
            self.canvas
                .place(&frame, &self.scratch, style)
                .unwrap_or_else(|Full(limit)| stop(limit));
            last = Some(frame);
        }
        if let Some(frame) = last.filter(|_| shown && self.scratch.last().is_some_and(|last| chars::is_numeric(*last)))
        {
            self.canvas.end_run_in_number(&frame, bold);
        }
    }
}

fn is_bold(glyph: &Drawn<'_>) -> bool {
    let Drawn::Outline(outline) = glyph else {
        return false;
    };
    outline.font_data().is_some_and(|data| {
        data.postscript_name
            .is_some_and(|name| name.contains("Bold") || name.contains("bold"))
    })
}

fn is_white(paint: &Paint<'_>) -> bool {
    match paint {
        Paint::Color(color) => {
            let [red, green, blue, alpha] = color.to_rgba().to_rgba8();
            alpha < 16 || (red > 250 && green > 250 && blue > 250)
        }
        Paint::Pattern(_) => false,
    }
}

fn is_transparent(paint: &Paint<'_>) -> bool {
    match paint {
        Paint::Color(color) => color.to_rgba().to_rgba8()[3] < 8,
        Paint::Pattern(_) => false,
    }
}
