//! What one page draws: layers and blocks walked, each object put on the canvas with what holds for it.
//!
//! Invariant: objects that contain each other in a circle, or without end, reach a limit.

use kurbo::{Affine, Rect, Shape};

use super::path;
use super::resources::{Ink, Media, Scope, alpha};
use super::text::{self, Cell, Setting};
use super::values::{attribute, child, children, flag, local, matrix, number, rect};
use crate::read::container::xml::Element;
use crate::read::page::{Canvas, Content, Frame, Full, Painted, Style, chars};

/// Points in a millimetre.
pub(super) const POINTS: f64 = 72.0 / 25.4;
/// Deepest nesting of blocks and composite objects.
const DEPTH: usize = 64;
/// How far, in millimetres, an object may reach over its box: boxes are often a little too small.
const OVER_EDGE: f64 = 1.0;
/// How far, in em, the middle of a character may lie outside of the box: some programs draw boxes around what is printed of a
/// comma, and not around its square.
const OVER_EDGE_TEXT: f64 = 0.5;
/// Work of one object, beside its characters and steps.
const OBJECT: usize = 10;
/// Most pictures of one page; a page of more is no scan.
const PICTURES: usize = 256;
/// Alpha, of 255, below which a line is not seen.
const FAINT_LINE: f64 = 16.0;
/// Alpha, of 255, below which text is not seen.
const FAINT_TEXT: f64 = 8.0;

/// What holds for an object from what it stands in.
#[derive(Clone, Copy)]
struct State<'a> {
    scope: Scope<'a>,
    /// From here to the page, in points.
    transform: Affine,
    /// Draw parameter of the layer.
    param: Option<&'a str>,
    /// How much is seen, of 255.
    alpha: f64,
    shown: bool,
    depth: usize,
}

/// Draws one page.
pub(super) struct Painter<'w> {
    canvas: Canvas,
    /// Work that is left for the document.
    work: &'w mut usize,
    /// Pictures drawn.
    pictures: Vec<Drawn>,
    /// Objects that could not be drawn.
    lost: usize,
    to_points: Affine,
}

/// A picture on a page.
pub(super) struct Drawn {
    /// Where its file is.
    #[cfg_attr(not(feature = "ocr"), allow(dead_code))]
    pub media: Media,
    /// Where it stands on the page, in points.
    #[cfg_attr(not(feature = "ocr"), allow(dead_code))]
    pub place: Rect,
}

impl<'w> Painter<'w> {
    /// A painter for a page that shows a box of its coordinates, in millimetres.
    pub(super) fn new(shown: Rect, work: &'w mut usize) -> Self {
        let to_points = Affine::scale(POINTS) * Affine::translate(-shown.origin().to_vec2());
        let bounds = Rect::new(0.0, 0.0, shown.width() * POINTS, shown.height() * POINTS);
        Painter {
            canvas: Canvas::new(bounds),
            work,
            pictures: Vec::new(),
            lost: 0,
            to_points,
        }
    }

    /// What was drawn, the pictures among it, and how many objects could not be.
    pub(super) fn finish(self) -> (Content, Vec<Drawn>, usize) {
        (self.canvas.finish(), self.pictures, self.lost)
    }

    /// Draws a layer.
    ///
    /// # Errors
    /// Where a limit is reached.
    pub(super) fn layer(&mut self, layer: Element<'_>, scope: Scope<'_>) -> Result<(), Full> {
        let state = State {
            scope,
            transform: self.to_points,
            param: attribute(layer, "DrawParam"),
            alpha: 255.0,
            shown: true,
            depth: 0,
        };
        self.block(layer, state)
    }

    fn spend(&mut self, work: usize) -> Result<(), Full> {
        let left = self.work.checked_sub(work);
        *self.work = left.unwrap_or(0);
        left.map(drop).ok_or(Full("drawing operations"))
    }

    fn block<'a>(&mut self, block: Element<'a>, state: State<'a>) -> Result<(), Full> {
        if state.depth > DEPTH {
            return Err(Full("nested blocks"));
        }
        for object in block.children() {
            self.spend(OBJECT)?;
            match local(object) {
                "PageBlock" | "Layer" => {
                    let state = State {
                        depth: state.depth + 1,
                        ..state
                    };
                    self.block(object, state)?;
                }
                "TextObject" | "PathObject" | "ImageObject" | "CompositeObject" => self.object(object, state)?,
                _ => {}
            }
        }
        Ok(())
    }

    fn object<'a>(&mut self, object: Element<'a>, around: State<'a>) -> Result<(), Full> {
        let Some((bounds, state)) = placed(object, around) else {
            self.lost += 1;
            return Ok(());
        };
        let over = OVER_EDGE + OVER_EDGE_TEXT * em(object);
        let seen = around.transform.transform_rect_bbox(bounds.inflate(over, over));
        let clips = self.clip(object, bounds, seen, (around.transform, state.transform))?;
        let drawn = match local(object) {
            "TextObject" => self.text(object, state),
            "PathObject" => self.path(object, state),
            "CompositeObject" => self.composite(object, state),
            _ => {
                self.picture(object, state, around.transform.transform_rect_bbox(bounds));
                Ok(())
            }
        };
        (0..clips).for_each(|_| self.canvas.pop_clip());
        drawn
    }

    /// Narrows what is seen to the box of an object, which is `seen` on the page, and to its clips; how many there are.
    fn clip(
        &mut self,
        object: Element,
        bounds: Rect,
        seen: Rect,
        (around, inside): (Affine, Affine),
    ) -> Result<usize, Full> {
        let mut count = 0;
        if bounds.width() > 0.0 || bounds.height() > 0.0 {
            self.canvas.push_clip(seen)?;
            count += 1;
        }
        let Some(clips) = child(object, "Clips") else {
            return Ok(count);
        };
        let base = if flag(clips, "TransFlag", true) {
            inside
        } else {
            around * Affine::translate(bounds.origin().to_vec2())
        };
        for clip in children(clips, "Clip") {
            self.spend(OBJECT)?;
            if let Some(seen) = self.seen(clip, base)? {
                self.canvas.push_clip(seen)?;
                count += 1;
            }
        }
        Ok(count)
    }

    /// The box around the areas of a clip; none where one of them is no path.
    fn seen(&mut self, clip: Element, base: Affine) -> Result<Option<Rect>, Full> {
        let mut seen: Option<Rect> = None;
        for area in children(clip, "Area") {
            let Some(outline) = child(area, "Path") else {
                return Ok(None);
            };
            let Some(place) = place(outline) else {
                return Ok(None);
            };
            let shape = path::parse(&child(outline, "AbbreviatedData").map_or(String::new(), Element::text))?;
            self.spend(shape.elements().len() + 1)?;
            let turned = attribute(area, "CTM").and_then(matrix).unwrap_or_default();
            let bounds = (base * turned * place.inside * shape).bounding_box();
            seen = Some(seen.map_or(bounds, |seen| seen.union(bounds)));
        }
        Ok(seen)
    }

    fn path<'a>(&mut self, object: Element<'a>, state: State<'a>) -> Result<(), Full> {
        let data = child(object, "AbbreviatedData").map_or(String::new(), Element::text);
        let path = path::parse(&data)?;
        self.spend(path.elements().len())?;
        let is_seen = |name| state.scope.ink(object, state.param, name) == Ink::Seen;
        let painted = Painted {
            filled: flag(object, "Fill", false) && is_seen("FillColor"),
            stroked: flag(object, "Stroke", true) && is_seen("StrokeColor"),
        };
        if !state.shown || state.alpha < FAINT_LINE {
            return Ok(());
        }
        self.canvas.path(&path, state.transform, painted)
    }

    fn picture(&mut self, object: Element, state: State, place: Rect) {
        if !state.shown || state.alpha < FAINT_TEXT {
            return;
        }
        self.canvas.picture(place);
        let media = attribute(object, "ResourceID").and_then(|id| state.scope.media(id));
        if let Some(media) = media.filter(|_| self.pictures.len() < PICTURES).cloned() {
            self.pictures.push(Drawn { media, place });
        }
    }

    fn composite<'a>(&mut self, object: Element<'a>, state: State<'a>) -> Result<(), Full> {
        let unit = attribute(object, "ResourceID").and_then(|id| state.scope.unit(id));
        let Some(unit) = unit else {
            self.lost += 1;
            return Ok(());
        };
        let depth = state.depth + 1;
        self.block(unit, State { depth, ..state })
    }

    fn text<'a>(&mut self, object: Element<'a>, state: State<'a>) -> Result<(), Full> {
        let runs = Setting::of(object).and_then(|setting| Some((setting, text::runs(object, &setting)?)));
        let Some((setting, runs)) = runs else {
            self.lost += 1;
            return Ok(());
        };
        let is_drawn = |paint: &str, otherwise: bool, colour| {
            flag(object, paint, otherwise) && state.scope.ink(object, state.param, colour) != Ink::Clear
        };
        let inked = is_drawn("Fill", true, "FillColor") || is_drawn("Stroke", false, "StrokeColor");
        let white = state.scope.ink(object, state.param, "FillColor") == Ink::White && !flag(object, "Stroke", false);
        let weight = attribute(object, "Weight").and_then(|weight| weight.parse().ok());
        let font = attribute(object, "Font").unwrap_or_default();
        let bold = weight.unwrap_or(400) >= 600 || state.scope.is_bold(font);
        for run in runs {
            let style = Style {
                vertical: run.vertical,
                bold,
                shown: state.shown && inked && state.alpha >= FAINT_TEXT,
                white,
            };
            self.run(&run.cells, &setting, state.transform, style)?;
        }
        Ok(())
    }

    fn run(&mut self, cells: &[Cell], setting: &Setting, transform: Affine, style: Style) -> Result<(), Full> {
        self.spend(cells.len())?;
        self.canvas.begin_run();
        let (mut characters, mut last) = (Vec::new(), None);
        for cell in cells.iter().filter(|cell| !cell.characters.is_empty()) {
            let mut aslant = false;
            let frame = frame(cell, setting, transform, &mut aslant);
            self.canvas.content.aslant += usize::from(aslant && style.shown);
            let Some(frame) = frame else { continue };
            characters.clear();
            for character in &cell.characters {
                if chars::is_meaningless(*character) {
                    self.canvas.content.unknown += 1;
                    characters.push(chars::UNKNOWN);
                } else {
                    chars::fold(*character, &mut characters);
                }
            }
            self.canvas.place(&frame, &characters, style)?;
            last = characters.last().map(|last| (frame, chars::is_numeric(*last)));
        }
        if let Some((frame, true)) = last.filter(|_| style.shown) {
            self.canvas.end_run_in_number(&frame, style.bold);
        }
        Ok(())
    }
}

/// The frame of what stands in one place.
fn frame(cell: &Cell, setting: &Setting, transform: Affine, aslant: &mut bool) -> Option<Frame> {
    let turned = transform * Affine::translate(cell.at.to_vec2()) * Affine::rotate(setting.turn.to_radians());
    let em = turned * Affine::scale_non_uniform(setting.size * setting.stretch, setting.size);
    let [a, b, c, d, ..] = turned.as_coeffs();
    let height = setting.size * c.hypot(d);
    let width = cell.width * a.hypot(b);
    Frame::new(em * Affine::scale(0.001), width / height * 1000.0, aslant)
}

/// Where an object stands: its box in what it stands in, and the way from its own coordinates.
struct Place {
    bounds: Rect,
    inside: Affine,
}

/// The place of an object or of the outline of a clip; none where its box or matrix cannot be read.
fn place(object: Element) -> Option<Place> {
    let bounds = attribute(object, "Boundary").map_or(Some(Rect::ZERO), rect)?;
    let turned = attribute(object, "CTM").map_or(Some(Affine::IDENTITY), matrix)?;
    let inside = Affine::translate(bounds.origin().to_vec2()) * turned;
    Some(Place { bounds, inside })
}

/// The size of the characters of an object in what it stands in; 0 where it is no text.
fn em(object: Element) -> f64 {
    let turned = attribute(object, "CTM").and_then(matrix).unwrap_or_default();
    let size = attribute(object, "Size").and_then(number).unwrap_or(0.0);
    size.abs() * turned.determinant().abs().sqrt()
}

/// The box of an object and what holds inside of it.
fn placed<'a>(object: Element<'a>, around: State<'a>) -> Option<(Rect, State<'a>)> {
    let Place { bounds, inside } = place(object)?;
    let state = State {
        transform: around.transform * inside,
        param: attribute(object, "DrawParam").or(around.param),
        alpha: around.alpha * alpha(object) / 255.0,
        shown: around.shown && flag(object, "Visible", true),
        ..around
    };
    Some((bounds, state))
}
