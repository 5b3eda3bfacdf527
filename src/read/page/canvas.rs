//! What one page shows, as a reader draws it: characters and ruling lines, each clipped to what can be seen.
//!
//! Invariant: each visible character comes out once, in the order of drawing, with coordinates from the top left of the page as
//! displayed; a number of which a part lies beyond the edge of the page never passes for a whole one.

use kurbo::{Affine, BezPath, Point, Rect, Shape};

use super::chars;
use super::glyph::{Frame, Glyph, drop_duplicates};
use super::segment::{self, Painted, Segment};
use super::{marks, struck};
use crate::read::PageMarks;

/// Most characters of one page.
const GLYPHS: usize = 300_000;
/// Most lines of one page.
const LINES: usize = 200_000;
/// Deepest clip stack.
const CLIPS: usize = 10_000;
/// Stands for the digits of a number that lie beyond the edge of the page: what can be seen is not the number.
const CUT: char = '…';
/// How far from the margin, in em, a number may end of which further digits would lie behind the margin.
const AT_MARGIN: f64 = 0.1;
/// Sides from which what is painted may lie behind a character, in points.
const PAINTED: f64 = 3.0;
/// Most painted places that are looked at; on a page of more anything may be painted.
const PLACES: usize = 2_000;
/// Most digits of a number that lie outside of what can be seen.
const LONGEST_NUMBER: usize = 32;

/// What a page shows.
#[derive(Debug, Default)]
pub(crate) struct Content {
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

impl Content {
    /// Characters and lines of a page of a size, for a look at what was read.
    pub(crate) fn marks(&self, width: f64, height: f64) -> PageMarks {
        let glyphs = self.glyphs.iter().map(|glyph| {
            let bbox = glyph.bbox;
            (glyph.character, [bbox.x0, bbox.y0, bbox.x1, bbox.y1])
        });
        let lines = self.lines.iter().map(|line| match line.horizontal {
            true => [line.from, line.at, line.to, line.at],
            false => [line.at, line.from, line.at, line.to],
        });
        PageMarks {
            width,
            height,
            glyphs: glyphs.collect(),
            lines: lines.collect(),
        }
    }
}

/// The limit that a page has reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Full(pub &'static str);

/// How a character is set.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Style {
    /// By vertical writing.
    pub vertical: bool,
    /// In a bold font.
    pub bold: bool,
    /// So that it can be seen.
    pub shown: bool,
    /// In white, which is seen only on what is painted.
    pub white: bool,
}

/// Collects what a page draws.
pub(crate) struct Canvas {
    /// What has been drawn. The reader counts pictures and what it cannot name.
    pub content: Content,
    clips: Vec<Rect>,
    order: u32,
    run: u32,
    /// Digits that cannot be seen, until it shows whether the number goes on where it can.
    cut: Vec<Glyph>,
    hidden: Vec<Glyph>,
    /// Where something other than white is painted.
    painted: Vec<Rect>,
}

impl Canvas {
    /// The canvas of one page of a size.
    pub(crate) fn new(bounds: Rect) -> Self {
        Canvas {
            content: Content::default(),
            clips: vec![bounds],
            order: 0,
            run: 0,
            cut: Vec::new(),
            hidden: Vec::new(),
            painted: Vec::new(),
        }
    }

    /// What was collected, duplicates dropped.
    pub(crate) fn finish(mut self) -> Content {
        if self.content.glyphs.is_empty() && !self.hidden.is_empty() {
            self.content.glyphs = self.hidden;
            self.content.hidden = true;
        }
        drop_duplicates(&mut self.content.glyphs);
        struck::remove(&mut self.content.glyphs, &mut self.content.lines);
        marks::draw(&mut self.content.glyphs);
        self.content
    }

    fn visible(&self) -> Rect {
        self.clips.last().copied().unwrap_or(Rect::ZERO)
    }

    /// Narrows what can be seen, until [`Canvas::pop_clip`].
    pub(crate) fn push_clip(&mut self, clip: Rect) -> Result<(), Full> {
        if self.clips.len() >= CLIPS {
            return Err(Full("nested clips"));
        }
        let visible = self.visible();
        self.clips.push(visible.intersect(clip));
        Ok(())
    }

    /// Takes the last clip back.
    pub(crate) fn pop_clip(&mut self) {
        if self.clips.len() > 1 {
            self.clips.pop();
        }
    }

    /// The lines that a painted path shows.
    pub(crate) fn path(&mut self, path: &BezPath, transform: Affine, painted: Painted) -> Result<(), Full> {
        let visible = self.visible();
        if painted.filled {
            self.paint((transform * path).bounding_box());
        }
        segment::from_path(path, transform, painted, visible, &mut self.content.lines);
        if self.content.lines.len() > LINES {
            return Err(Full("lines on a page"));
        }
        Ok(())
    }

    /// A picture in a box.
    pub(crate) fn picture(&mut self, bbox: Rect) {
        self.content.images += 1;
        self.paint(bbox);
    }

    fn paint(&mut self, bbox: Rect) {
        let seen = bbox.intersect(self.visible());
        if seen.width() >= PAINTED && seen.height() >= PAINTED && self.painted.len() <= PLACES {
            self.painted.push(seen);
        }
    }

    /// Whether something other than white is painted at a place.
    fn is_painted(&self, place: Point) -> bool {
        self.painted.len() > PLACES || self.painted.iter().any(|painted| painted.contains(place))
    }

    /// Begins a piece of text that is drawn in one go.
    pub(crate) fn begin_run(&mut self) {
        self.run += 1;
    }

    /// Ends a piece of text whose last character is part of a number and stands in this frame. A number that ends where what can be
    /// seen of the page ends is marked: some producers leave out the digits that no one would see.
    pub(crate) fn end_run_in_number(&mut self, frame: &Frame, bold: bool) {
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

    /// Places characters that share the box of one frame.
    pub(crate) fn place(&mut self, frame: &Frame, characters: &[char], style: Style) -> Result<(), Full> {
        let share = frame.width / characters.len() as f64;
        for (index, &character) in characters.iter().enumerate() {
            self.order += 1;
            let bbox = frame.part(share * index as f64, share);
            let shown = style.shown && (!style.white || self.is_painted(bbox.center()));
            self.put(
                Glyph {
                    character,
                    bbox,
                    size: frame.size,
                    turn: frame.turn,
                    vertical: style.vertical,
                    bold: style.bold,
                    order: self.order,
                    run: self.run,
                    beyond: false,
                },
                shown,
            )?;
        }
        Ok(())
    }

    /// One character, where it can be seen, or as the part of a number that it is. Part of a number would be another number.
    fn put(&mut self, mut glyph: Glyph, shown: bool) -> Result<(), Full> {
        let seen = self.visible().contains(glyph.bbox.center());
        let on_page = self.clips[0].contains(glyph.bbox.center());
        let list = if shown {
            &mut self.content.glyphs
        } else {
            &mut self.hidden
        };
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
                return Ok(());
            }
            if !on_page {
                (glyph.character, glyph.beyond) = (CUT, true);
                self.content.cut += 1;
            }
        } else {
            if !self.cut.last().is_some_and(|last| continues(last, &glyph)) {
                self.cut.clear();
            }
            if !on_page && chars::is_numeric(glyph.character) {
                self.cut.clear();
                (glyph.character, glyph.beyond) = (CUT, true);
            }
            if glyph.beyond || chars::is_numeric(glyph.character) && self.cut.len() < LONGEST_NUMBER {
                self.cut.push(glyph);
            }
            return Ok(());
        }
        if list.len() >= GLYPHS {
            return Err(Full("characters on a page"));
        }
        list.push(glyph);
        Ok(())
    }
}

/// Whether two characters follow each other in one number drawn in one go.
fn continues(before: &Glyph, after: &Glyph) -> bool {
    after.run == before.run
        && after.order == before.order + 1
        && (chars::is_numeric(before.character) || before.beyond && after.bbox.x0 > before.bbox.x0)
        && chars::is_numeric(after.character)
}
