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
use crate::read::page::segment::{self, Painted};
use crate::read::page::{Frame, Glyph, Segment, chars, drop_duplicates};

/// Most characters of one page.
const GLYPHS: usize = 300_000;
/// Most lines of one page.
const LINES: usize = 200_000;
/// Deepest clip stack.
const CLIPS: usize = 10_000;
/// Work for a drawing operation.
const CALL: u64 = 3;
/// Work for a clip or a group, which a form begins with.
const FORM: u64 = 12;
/// Work for a character, until it is in its line.
const CHARACTER: u64 = 4;
/// Work for a line, until it is in its table.
const LINE: u64 = 6;
/// Stands for the digits of a number that lie beyond the edge of the page: what can be seen is not the number.
const CUT: char = '…';
/// How far from the margin, in em, a number may end of which further digits would lie behind the margin.
const AT_MARGIN: f64 = 0.1;
/// Most digits of a number that lie outside of what can be seen.
const LONGEST_NUMBER: usize = 32;

/// What a page shows.
#[derive(Debug, Default)]
pub(super) struct Content {
    /// Characters that can be seen, or the invisible ones of a page that shows none.
    pub glyphs: Vec<Glyph>,
    /// Ruling lines.
    pub lines: Vec<Segment>,
    /// Whether `glyphs` are the invisible text that lies behind a scan.
    pub hidden: bool,
    /// Pictures drawn.
    pub images: usize,
    /// Characters that no table names.
    pub unknown: usize,
    /// Characters set aslant: a watermark.
    pub aslant: usize,
    /// Numbers that the edge of the page cuts.
    pub cut: usize,
}

/// Collects what a page draws.
pub(super) struct Collector<'d, 'a> {
    page: &'d Page<'a>,
    bridges: &'d mut Bridges,
    learned: bool,
    budget: &'d Budget,
    clips: Vec<Rect>,
    order: u32,
    run: u32,
    scratch: Vec<char>,
    /// Digits that cannot be seen, until it shows whether the number goes on where it can.
    cut: Vec<Glyph>,
    hidden: Vec<Glyph>,
    content: Content,
}

impl<'d, 'a> Collector<'d, 'a> {
    /// A collector for one page of a size.
    pub(super) fn new(page: &'d Page<'a>, bounds: Rect, bridges: &'d mut Bridges, budget: &'d Budget) -> Self {
        Collector {
            page,
            bridges,
            learned: false,
            budget,
            clips: vec![bounds],
            order: 0,
            run: 0,
            scratch: Vec::new(),
            cut: Vec::new(),
            hidden: Vec::new(),
            content: Content::default(),
        }
    }

    /// What was collected, duplicates dropped.
    pub(super) fn finish(mut self) -> Content {
        if self.content.glyphs.is_empty() && !self.hidden.is_empty() {
            self.content.glyphs = self.hidden;
            self.content.hidden = true;
        }
        drop_duplicates(&mut self.content.glyphs);
        self.content
    }

    fn visible(&self) -> Rect {
        self.clips.last().copied().unwrap_or(Rect::ZERO)
    }

    fn push(&mut self, clip: Rect) {
        self.budget.spend(FORM);
        if self.clips.len() >= CLIPS {
            stop("nested clips");
        }
        let visible = self.visible();
        self.clips.push(visible.intersect(clip));
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
                self.content.unknown += 1;
                self.scratch.push(chars::UNKNOWN);
            }
        }
    }

    /// Marks a number that ends where what can be seen of the page ends: some producers leave out the digits that no one would see.
    fn end_at_margin(&mut self, frame: &Frame, bold: bool) {
        let (page, seen) = (self.clips[0], self.visible());
        let whole_page = seen.width() > 0.6 * page.width() && seen.height() > 0.5 * page.height();
        let bbox = frame.part(0.0, frame.width);
        if frame.turn != 0 || !whole_page || bbox.x0 >= seen.x1 || bbox.x1 < seen.x1 - AT_MARGIN * frame.size {
            return;
        }
        self.order += 1;
        self.content.cut += 1;
        self.content.glyphs.push(Glyph {
            character: CUT,
            bbox,
            size: frame.size,
            turn: frame.turn,
            vertical: false,
            bold,
            order: self.order,
            run: self.run,
            beyond: true,
        });
    }

    /// Places the characters in `scratch`, sharing the box of their glyph.
    fn place(&mut self, frame: &Frame, vertical: bool, bold: bool, shown: bool) {
        let share = frame.width / self.scratch.len() as f64;
        for index in 0..self.scratch.len() {
            let character = self.scratch[index];
            let bbox = frame.part(share * index as f64, share);
            self.order += 1;
            let mut glyph = Glyph {
                character,
                bbox,
                size: frame.size,
                turn: frame.turn,
                vertical,
                bold,
                order: self.order,
                run: self.run,
                beyond: false,
            };
            let seen = self.visible().contains(bbox.center());
            let on_page = self.clips[0].contains(bbox.center());
            let list = if shown {
                &mut self.content.glyphs
            } else {
                &mut self.hidden
            };
            // Part of a number would be another number.
            if seen {
                match self.cut.last() {
                    Some(last) if continues(last, &glyph) => {
                        self.content.cut += usize::from(self.cut[0].beyond);
                        list.append(&mut self.cut);
                    }
                    _ => self.cut.clear(),
                }
            } else if list.last().is_some_and(|last| continues(last, &glyph)) {
                if list.last().is_some_and(|last| last.beyond) {
                    continue;
                }
                if !on_page {
                    (glyph.character, glyph.beyond) = (CUT, true);
                    self.content.cut += 1;
                }
            } else {
                if !self.cut.last().is_some_and(|last| continues(last, &glyph)) {
                    self.cut.clear();
                }
                if !on_page && chars::is_numeric(character) {
                    self.cut.clear();
                    (glyph.character, glyph.beyond) = (CUT, true);
                }
                if glyph.beyond || chars::is_numeric(character) && self.cut.len() < LONGEST_NUMBER {
                    self.cut.push(glyph);
                }
                continue;
            }
            if list.len() >= GLYPHS {
                stop("characters on a page");
            }
            list.push(glyph);
        }
    }
}

/// Whether two characters follow each other in one number drawn in one go.
fn continues(before: &Glyph, after: &Glyph) -> bool {
    after.run == before.run
        && after.order == before.order + 1
        && (chars::is_numeric(before.character) || before.beyond && after.bbox.x0 > before.bbox.x0)
        && chars::is_numeric(after.character)
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
        let visible = self.visible();
        let before = self.content.lines.len();
        segment::from_path(path, props.transform, painted, visible, &mut self.content.lines);
        self.budget.spend(LINE * (self.content.lines.len() - before) as u64);
        if self.content.lines.len() > LINES {
            stop("lines on a page");
        }
    }

    fn push_clip_path(&mut self, clip: &ClipPath) {
        self.push(clip.path.bounding_box());
    }

    fn push_clip_rect(&mut self, clip: &Rect) {
        self.push(*clip);
    }

    fn pop_clip(&mut self) {
        if self.clips.len() > 1 {
            self.clips.pop();
        }
    }

    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {
        self.budget.spend(FORM);
    }

    fn pop_transparency_group(&mut self) {}

    fn begin_marked_content(&mut self, _: &[u8], _: Option<&Dict<'_>>) {
        self.budget.spend(CALL);
    }

    fn draw_image(&mut self, _: Image<'a, '_>, _: ImageDrawProps<'a>) {
        self.budget.spend(CALL);
        self.content.images += 1;
    }

    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, mode: &DrawMode) {
        self.budget.spend(CALL + CHARACTER * run.glyphs().len() as u64);
        let vertical = run.writing_mode() == WritingMode::Vertical;
        let shown = !matches!(mode, DrawMode::Invisible) && !is_transparent(&props.paint);
        let bold = run.glyphs().first().is_some_and(|glyph| is_bold(glyph));
        let gbk = fonts::gbk(run);
        self.run += 1;
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
            self.content.aslant += usize::from(aslant);
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
            self.place(&frame, vertical, bold, shown);
            last = Some(frame);
        }
        if let Some(frame) = last.filter(|_| shown && self.scratch.last().is_some_and(|last| chars::is_numeric(*last)))
        {
            self.end_at_margin(&frame, bold);
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
