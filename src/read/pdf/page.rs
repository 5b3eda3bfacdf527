//! One page: interpreted, set upright, its tables and lines read. After this no glyph is kept.

use std::sync::Arc;

use hayro_interpret::kurbo::Rect;
use hayro_interpret::{Context, InterpreterCache, InterpreterSettings, TransformExt, interpret_page};
use hayro_syntax::Pdf;
use hayro_syntax::page::Page;

use super::device::{Collector, Content};
use super::fonts::Bridges;
use super::glyph::Glyph;
use super::grid;
use super::guard::{Deadline, Stop, caught};
use super::layout::{self, Item};
use super::lines::Segment;

/// Pages after which fonts are forgotten: merged files bring their own fonts for each part, and nothing else ends their stay.
const CACHED: usize = 64;

/// What was read from one page.
#[derive(Debug)]
pub(super) struct Read {
    /// Lines and tables in reading order, in coordinates of the upright page.
    pub items: Vec<Item>,
    /// How the coordinates lead back to the page as displayed.
    pub turned: Turned,
    /// Printed characters.
    pub characters: usize,
    /// Those among them that no table names.
    pub unknown: usize,
    /// Characters of a watermark, left out.
    pub aslant: usize,
    /// Numbers that the edge of the page cuts.
    pub cut: usize,
    /// Pictures drawn.
    pub images: usize,
    /// Whether the text is the invisible one behind a scan.
    pub hidden: bool,
    /// Why reading stopped before the end of the page.
    pub broken: Option<Option<Stop>>,
}

/// A page whose text runs sideways, set upright.
#[derive(Clone, Copy, Debug)]
pub(super) struct Turned {
    turn: u8,
    width: f64,
    height: f64,
}

impl Turned {
    /// Height of the upright page.
    pub(super) fn height(&self) -> f64 {
        if self.turn.is_multiple_of(2) {
            self.height
        } else {
            self.width
        }
    }

    /// Width of the upright page.
    pub(super) fn width(&self) -> f64 {
        if self.turn.is_multiple_of(2) {
            self.width
        } else {
            self.height
        }
    }

    fn upright(&self, x: f64, y: f64) -> (f64, f64) {
        match self.turn {
            0 => (x, y),
            1 => (y, self.width - x),
            2 => (self.width - x, self.height - y),
            _ => (self.height - y, x),
        }
    }

    fn displayed(&self, x: f64, y: f64) -> (f64, f64) {
        match self.turn {
            0 => (x, y),
            1 => (self.width - y, x),
            2 => (self.width - x, self.height - y),
            _ => (y, self.height - x),
        }
    }

    fn upright_rect(&self, rect: Rect) -> Rect {
        Rect::from_points(self.upright(rect.x0, rect.y0), self.upright(rect.x1, rect.y1))
    }

    /// A box of the upright page on the page as displayed.
    pub(super) fn back(&self, rect: Rect) -> Rect {
        Rect::from_points(self.displayed(rect.x0, rect.y0), self.displayed(rect.x1, rect.y1))
    }

    fn set_upright(&self, content: &mut Content) {
        for glyph in &mut content.glyphs {
            glyph.bbox = self.upright_rect(glyph.bbox);
            glyph.turn = (glyph.turn + 4 - self.turn) % 4;
        }
        for line in &mut content.lines {
            let (from, to) = if line.horizontal {
                (self.upright(line.from, line.at), self.upright(line.to, line.at))
            } else {
                (self.upright(line.at, line.from), self.upright(line.at, line.to))
            };
            let rect = Rect::from_points(from, to);
            *line = if line.horizontal == (self.turn.is_multiple_of(2)) {
                Segment::horizontal(rect.y0, rect.x0, rect.x1)
            } else {
                Segment::vertical(rect.x0, rect.y0, rect.y1)
            };
        }
    }
}

/// The direction that most text of a page runs in, in quarter turns.
fn main_turn(glyphs: &[Glyph]) -> u8 {
    let mut counts = [0; 4];
    glyphs.iter().for_each(|glyph| counts[usize::from(glyph.turn)] += 1);
    (1..4)
        .find(|turn| counts[usize::from(*turn)] * 10 > glyphs.len() * 6)
        .unwrap_or(0)
}

/// What all pages of a document share while they are read.
pub(super) struct Reader<'a> {
    pdf: &'a Pdf,
    cache: InterpreterCache<'a>,
    settings: InterpreterSettings,
    bridges: Bridges,
    deadline: Deadline,
}

impl<'a> Reader<'a> {
    /// A reader for the pages of a file.
    pub(super) fn new(pdf: &'a Pdf, deadline: Deadline) -> Self {
        let settings = InterpreterSettings {
            warning_sink: Arc::new(|_| {}),
            ..InterpreterSettings::default()
        };
        Reader {
            pdf,
            cache: InterpreterCache::new(),
            settings,
            bridges: Bridges::default(),
            deadline,
        }
    }

    /// Reads one page; `number` counts from 0.
    pub(super) fn read(&mut self, page: &Page<'a>, number: usize) -> Read {
        let (content, bounds, broken) = self.content(page, number);
        arrange(content, bounds, number, broken)
    }

    /// What one page draws, its bounds, and why that is not all.
    pub(super) fn content(&mut self, page: &Page<'a>, number: usize) -> (Content, Rect, Option<Option<Stop>>) {
        if number > 0 && number.is_multiple_of(CACHED) {
            self.cache = InterpreterCache::new();
        }
        let (width, height) = page.render_dimensions();
        let bounds = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
        let mut collector = Collector::new(page, bounds, &mut self.bridges, self.deadline);
        let interpreted = caught(|| {
            let transform = page.initial_transform(true).to_kurbo();
            let mut context = Context::new(transform, bounds, &self.cache, self.pdf.xref(), self.settings.clone());
            interpret_page(page, &mut context, &mut collector);
        });
        (collector.finish(), bounds, interpreted.err())
    }
}

/// Tables and lines of what a page shows.
fn arrange(mut content: Content, bounds: Rect, number: usize, broken: Option<Option<Stop>>) -> Read {
    let turned = Turned {
        turn: main_turn(&content.glyphs),
        width: bounds.width(),
        height: bounds.height(),
    };
    if turned.turn != 0 {
        turned.set_upright(&mut content);
    }
    let mut taken = vec![false; content.glyphs.len()];
    let tables = grid::tables(&content.glyphs, &content.lines, number, &mut taken);
    let free = content
        .glyphs
        .iter()
        .zip(&taken)
        .filter(|(_, taken)| !**taken)
        .map(|(glyph, _)| glyph);
    let items = layout::items(free, tables, number, turned.width());
    Read {
        items,
        turned,
        characters: content
            .glyphs
            .iter()
            .filter(|glyph| !glyph.character.is_whitespace())
            .count(),
        unknown: content.unknown,
        aslant: content.aslant,
        cut: content.cut,
        images: content.images,
        hidden: content.hidden,
        broken,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_box_turned_upright_and_back_is_the_same_box() {
        for turn in 0..4 {
            let turned = Turned {
                turn,
                width: 600.0,
                height: 800.0,
            };
            let rect = Rect::new(10.0, 20.0, 30.0, 50.0);
            assert_eq!(turned.back(turned.upright_rect(rect)), rect);
        }
    }
}
