//! One page that is a picture: from tones to characters and ruling lines.
//!
//! Tones → ink → straight page → ruling lines → cells → pieces of text → characters. Invariant: each piece of ink is read in one
//! cell or one line, and a cell without ink stays empty.

use std::fmt;
use std::time::Duration;

use image::GrayImage;
use kurbo::Rect;

use super::alike::Alike;
use super::decide::Decision;
use super::looks::{self, Look, Piece};
use super::mask::{Area, Mask};
use super::pen::Pen;
use super::pieces::{IN_CELL, IN_LINE, begins_with_dash, dust, em, pieces, strays};
use super::recognise::Recogniser;
use super::rules::Rule;
use super::shrink::shrunk;
use super::strip::pixels;
use super::{border, glyphs, pen, rules, seal, skew, specks, upright};
use crate::isolate::grant;
use crate::read::page::{Content, Segment, Turned, ruled_cells};

/// Dots an inch from which a page is made smaller: more shows nothing more of its text.
const FINEST: f64 = 300.0;
/// Points an inch.
const POINTS: f64 = 72.0;
/// Side of the square whose mean decides what is ink, in inches.
const WINDOW: f64 = 0.16;
/// How much darker than that mean ink is, of 255.
pub(super) const DARKER: u32 = 22;
/// How far inside of its borders the text of a cell begins, in points.
const INSET: f64 = 0.8;
/// Longer side, in em, up to which a piece that stands alone is dirt: less than a hyphen.
const DIRT: f64 = 0.32;
/// Shorter side, in em, up to which a piece at the border of its cell is left over from a ruling line.
const THIN: f64 = 0.2;
/// Height, in em, that such a piece beside its cell has and a digit does not.
const TALLER: f64 = 1.1;
/// Fewest cells of a table.
const CELLS: usize = 6;
/// Most pieces of text of one page.
const PIECES: usize = 4_000;

/// Processor time that a page may take without its text.
const PAGE: Duration = Duration::from_secs(4);
/// Processor time in nanoseconds that a pixel of the model's input may take, on a slow machine.
const PIXEL: u64 = 2_500;

/// A page as a picture.
#[derive(Clone, Debug)]
pub(crate) struct Picture {
    /// Its tones, dark ink on light paper.
    pub gray: GrayImage,
    /// Pixels an inch.
    pub dpi: f64,
}

/// A piece of text that was read, in points from the top left of the straight page.
#[derive(Clone, Debug)]
pub(super) struct Seen {
    /// Where it stands.
    pub bbox: Rect,
    /// What was read.
    pub decision: Decision,
}

/// What one page shows.
#[derive(Debug)]
pub(super) struct Shown {
    /// Characters and lines of the straight page.
    pub content: Content,
    /// Each piece of text.
    pub seen: Vec<Seen>,
    /// Degrees by which the page was turned.
    pub angle: f64,
    /// Whether no number of it is read, because many are doubtful.
    pub poor: bool,
    /// How many of its numbers are doubtful.
    pub doubtful: usize,
    /// How many digits it was known how it prints.
    pub known: usize,
}

/// What the pages of a document share.
#[derive(Debug)]
pub(super) struct Shared {
    /// Pixels of the model's input that its pages may still take.
    pub work: usize,
    /// The shapes of the digits of a page that was read.
    pub shapes: Option<Alike>,
}

/// What of a picture is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wanted {
    /// All that it shows.
    All,
    /// All, if it shows a ruled table.
    Table,
}

/// Why a page is not read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Refused {
    /// It shows no ruled table, and only such a page is wanted.
    NoTable,
    /// It is no page of text, or more than a page.
    TooMuch,
    /// The model failed.
    Model(String),
}

/// As the end of a sentence about the page.
impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Refused::NoTable => f.write_str("shows no ruled table"),
            Refused::TooMuch => f.write_str("shows more than pages of text can"),
            Refused::Model(error) => write!(f, "was not read: {error}"),
        }
    }
}

/// A page set straight, its text found and its ruling lines off.
pub(super) struct Sheet {
    /// Its tones.
    pub gray: GrayImage,
    /// Degrees by which it was turned.
    angle: f64,
    lines: Vec<Segment>,
    /// Where its text stands.
    pub pieces: Vec<Piece>,
    /// Size of its characters in pixels.
    pub em: f64,
}

/// Reads a page of a document; what it costs is taken from what is left of its work.
///
/// # Errors
/// Where it shows more than a page of text can, or the model fails.
pub(super) fn read(
    picture: Picture,
    wanted: Wanted,
    recogniser: &Recogniser,
    shared: &mut Shared,
) -> Result<Shown, Refused> {
    let Picture { mut gray, dpi } = reduced(picture);
    border::erase(&mut gray, dpi);
    specks::erase(&mut gray);
    let mut sheet = sheet(&gray, dpi);
    let cells = || ruled_cells(&sheet.lines).iter().map(Vec::len).max();
    if wanted == Wanted::Table && cells().unwrap_or(0) < CELLS {
        return Err(Refused::NoTable);
    }
    grant(PAGE);
    let mut look = first_look(&sheet, recogniser, &mut shared.work)?;
    let turn = match upright::is_upright(&sheet.pieces, &look.sights, sheet.em) {
        true => 0,
        false => upright::turn(&gray, &sheet, dpi, recogniser).map_err(Refused::Model)?,
    };
    if turn != 0 {
        sheet = self::sheet(&upright::turned(&gray, turn), dpi);
        look = first_look(&sheet, recogniser, &mut shared.work)?;
    }
    drop(gray);
    let read = looks::read(&sheet, &look, recogniser, &mut shared.shapes).map_err(Refused::Model)?;
    let scale = POINTS / dpi;
    let seen = sheet.pieces.iter().zip(read.decisions).map(|(piece, decision)| Seen {
        bbox: points(&piece.area, scale),
        decision,
    });
    let shown = Shown {
        seen: seen.collect(),
        content: Content::default(),
        angle: sheet.angle,
        poor: read.poor,
        doubtful: read.doubtful,
        known: read.known,
    };
    Ok(laid_back(shown, &sheet, turn, scale))
}

/// Looks at the pieces of a page, for as much as the looks at them cost.
fn first_look(sheet: &Sheet, recogniser: &Recogniser, left: &mut usize) -> Result<Look, Refused> {
    let work: usize = sheet.pieces.iter().map(work).sum();
    if sheet.pieces.len() > PIECES || work > *left {
        return Err(Refused::TooMuch);
    }
    *left -= work;
    grant(Duration::from_nanos(PIXEL * work as u64));
    looks::look(sheet, recogniser).map_err(Refused::Model)
}

/// What a page shows on it as it lies, its characters and lines with it; `turn` are the quarters to the right that it was turned by.
fn laid_back(mut shown: Shown, sheet: &Sheet, turn: u8, scale: f64) -> Shown {
    let [width, height] = [sheet.gray.width(), sheet.gray.height()].map(|side| f64::from(side) * scale);
    let back = Turned::by(turn, width, height);
    let mut content = Content {
        glyphs: glyphs::glyphs(&shown.seen, sheet.em * scale),
        lines: sheet.lines.clone(),
        ..Content::default()
    };
    back.set_upright(&mut content.glyphs, &mut content.lines);
    shown
        .seen
        .iter_mut()
        .for_each(|seen| seen.bbox = back.upright_rect(seen.bbox));
    Shown { content, ..shown }
}

/// Sets a page straight and finds its text.
pub(super) fn sheet(gray: &GrayImage, dpi: f64) -> Sheet {
    let mut mask = ink(gray, dpi);
    let angle = skew::angle(&mask, dpi);
    let mut gray = if angle == 0.0 {
        gray.clone()
    } else {
        let straight = skew::turned(gray, angle);
        mask = ink(&straight, dpi);
        straight
    };
    let scale = POINTS / dpi;
    let mut rules = rules::rules(&mask, dpi);
    if !seal::erase(&mut gray, &mut mask, &rules, dpi).is_empty() {
        // The ring of a seal ran along the rows where it turned, as a ruling line does.
        rules = rules::rules(&mask, dpi);
    }
    let lines: Vec<Segment> = rules.iter().map(|rule| segment(rule, scale)).collect();
    let tables = ruled_cells(&lines);
    let outlines: Vec<Rect> = tables.iter().filter_map(|cells| outline(cells)).collect();
    let in_pixels: Vec<Rect> = outlines
        .iter()
        .map(|outline| outline.scale_from_origin(1.0 / scale))
        .collect();
    let strokes = pen::strokes(&mask, dpi, &in_pixels);
    erase(&rules, &outlines, scale, &mut gray, &mut mask);
    let pen = pen::erase(&strokes, &mut gray, &mut mask);
    let em = em(&mask, dpi);
    dust(&mut mask, em);
    let pieces = all_pieces(&mut mask, &tables, &pen, em, scale);
    Sheet {
        gray,
        angle,
        lines,
        pieces,
        em,
    }
}

/// The picture with no more pixels than its text needs.
pub(super) fn reduced(picture: Picture) -> Picture {
    if picture.dpi <= FINEST * 1.1 {
        return picture;
    }
    let part = |side: u32| ((f64::from(side) * FINEST / picture.dpi).round() as u32).max(1);
    let (width, height) = (part(picture.gray.width()), part(picture.gray.height()));
    Picture {
        gray: shrunk(&picture.gray, width, height),
        dpi: FINEST,
    }
}

fn ink(gray: &GrayImage, dpi: f64) -> Mask {
    Mask::adaptive(gray, (WINDOW * dpi) as usize | 1, DARKER).without_specks()
}

fn points(area: &Area, scale: f64) -> Rect {
    let [x0, y0, x1, y1] = [area.x0, area.y0, area.x1, area.y1].map(|pixel| pixel as f64 * scale);
    Rect::new(x0, y0, x1, y1)
}

fn pixels_of(bbox: &Rect, scale: f64) -> Area {
    let [x0, y0, x1, y1] = [bbox.x0, bbox.y0, bbox.x1, bbox.y1].map(|point| (point / scale).max(0.0) as usize);
    Area { x0, y0, x1, y1 }
}

fn segment(rule: &Rule, scale: f64) -> Segment {
    let bbox = points(&rule.area, scale);
    if rule.across {
        Segment::horizontal(bbox.center().y, bbox.x0, bbox.x1)
    } else {
        Segment::vertical(bbox.center().x, bbox.y0, bbox.y1)
    }
}

/// Takes the ruling lines of tables off the page. Others may be strokes of large characters.
fn erase(rules: &[Rule], outlines: &[Rect], scale: f64, gray: &mut GrayImage, mask: &mut Mask) {
    for rule in rules {
        let middle = points(&rule.area, scale).center();
        if !outlines
            .iter()
            .any(|outline| outline.inflate(3.0, 3.0).contains(middle))
        {
            continue;
        }
        let wider = rule.area.grown(1);
        mask.erase(&wider);
        whiten(gray, &wider, rule.across);
    }
}

fn outline(cells: &[Rect]) -> Option<Rect> {
    cells.iter().copied().reduce(|a, b| a.union(b))
}

/// Paints a line over with the tone of the paper beside it.
fn whiten(gray: &mut GrayImage, area: &Area, across: bool) {
    let (width, height) = (gray.width() as usize, gray.height() as usize);
    let (x1, y1) = (area.x1.min(width), area.y1.min(height));
    for y in area.y0..y1 {
        for x in area.x0..x1 {
            let beside = if across {
                [(x, area.y0.saturating_sub(2)), (x, (y1 + 1).min(height - 1))]
            } else {
                [(area.x0.saturating_sub(2), y), ((x1 + 1).min(width - 1), y)]
            };
            let tone = beside.map(|(x, y)| gray.get_pixel(x as u32, y as u32).0[0]);
            gray.get_pixel_mut(x as u32, y as u32).0[0] = tone[0].max(tone[1]);
        }
    }
}

/// The pieces of text in the cells of all tables, and then of the rest of the page.
fn all_pieces(mask: &mut Mask, tables: &[Vec<Rect>], pen: &Pen, em: f64, scale: f64) -> Vec<Piece> {
    let mut found = Vec::new();
    let cells = tables.iter().enumerate();
    for (table, cell) in cells.flat_map(|(table, cells)| cells.iter().map(move |cell| (table, cell))) {
        let inside = cell.inset(-INSET);
        let area = pixels_of(&inside, scale);
        strays(mask, &area, em);
        let inside = pieces(mask, &area, em, IN_CELL);
        let kept = inside.into_iter().filter(|piece| !is_trace(piece, &area, em));
        found.extend(kept.map(|piece| Piece {
            area: piece,
            cell: Some(area),
            table: Some(table),
            dash: begins_with_dash(mask, &piece),
            crossed: pen.crossed(&piece, Some(&area)),
        }));
        mask.erase(&area);
    }
    let whole = mask.whole();
    let free = pieces(mask, &whole, em, IN_LINE);
    let kept = free.into_iter().filter(|piece| !is_trace(piece, &whole, em));
    found.extend(kept.map(|area| Piece {
        area,
        cell: None,
        table: None,
        dash: false,
        crossed: pen.crossed(&area, None),
    }));
    found
}

/// Whether a piece is dirt, or what is left of a ruling line, in a cell.
fn is_trace(piece: &Area, cell: &Area, em: f64) -> bool {
    let (width, height) = (piece.width() as f64, piece.height() as f64);
    let near = (0.12 * em) as usize;
    let at_side = piece.x0 <= cell.x0 + near || piece.x1 + near >= cell.x1;
    let at_end = piece.y0 <= cell.y0 + near || piece.y1 + near >= cell.y1;
    width.max(height) < DIRT * em
        || height < THIN * em && at_end
        || width < THIN * em && at_side && height > TALLER * em
}

/// Work for the model: pixels of its input, those of a second look at a piece in a cell with it.
fn work(piece: &Piece) -> usize {
    let look = pixels(piece.area.width(), piece.area.height());
    if piece.cell.is_some() { 3 * look } else { look }
}
