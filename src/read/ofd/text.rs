//! Text objects: where each character stands.
//!
//! A text object holds pieces of text, each with a starting point and steps from one character to the next. Steps may be missing,
//! too few, or counted by the glyphs that characters are drawn with. Invariant: the text is that of the pieces, every character
//! once, whatever glyphs are named beside it.

use kurbo::{Point, Vec2};

use super::values::{attribute, local, number, steps};
use crate::read::container::xml::Element;
use crate::read::page::chars;

/// What stands in one place.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Cell {
    /// Characters drawn as one; none for what only takes room.
    pub characters: Vec<char>,
    /// Where its base line begins, in the object.
    pub at: Point,
    /// Width that it takes, in the object.
    pub width: f64,
}

/// A piece of text drawn in one go.
#[derive(Debug, PartialEq)]
pub(super) struct Run {
    /// What it draws, in order.
    pub cells: Vec<Cell>,
    /// Whether its characters stand one below the other.
    pub vertical: bool,
}

/// How a text object is set.
#[derive(Clone, Copy, Debug)]
pub(super) struct Setting {
    /// Size of the font in millimetres.
    pub size: f64,
    /// Width of the characters against their usual one.
    pub stretch: f64,
    /// Clockwise turn of each character, in degrees.
    pub turn: f64,
    /// The direction from one character to the next, as a clockwise turn from left to right in degrees.
    reading: f64,
}

impl Setting {
    /// The setting of a text object; none without a readable size.
    pub(super) fn of(object: Element) -> Option<Setting> {
        let given = |name: &str, otherwise: f64| attribute(object, name).and_then(number).unwrap_or(otherwise);
        let size = attribute(object, "Size").and_then(number)?;
        let stretch = given("HScale", 1.0);
        Some(Setting {
            size,
            stretch: if stretch > 0.0 { stretch } else { 1.0 },
            turn: given("CharDirection", 0.0),
            reading: given("ReadDirection", 0.0),
        })
    }

    fn direction(degrees: f64) -> Vec2 {
        Vec2::from_angle(degrees.to_radians())
    }

    /// Whether characters stand upright one below the other where no step says so.
    fn is_vertical(&self) -> bool {
        Self::direction(self.reading).dot(Self::direction(self.turn)).abs() < 0.5
    }

    /// Width of characters in this setting: as fonts usually have it, and the widest that any has.
    fn widths(&self, characters: &[char]) -> (f64, f64) {
        let em = self.size * self.stretch;
        let each = characters.iter().map(|character| match *character {
            character if chars::is_wide(character) => (em, em),
            character if chars::is_numeric(character) => (0.5 * em, 0.6 * em),
            _ => (0.5 * em, em),
        });
        each.fold((0.0, 0.0), |sum, width| (sum.0 + width.0, sum.1 + width.1))
    }

    /// The step behind characters where the text does not give it.
    fn usual_step(&self, characters: &[char]) -> Vec2 {
        let length = if self.is_vertical() {
            self.size
        } else {
            self.widths(characters).0
        };
        Self::direction(self.reading) * length
    }
}

/// The pieces of text of an object; none where one of them stands nowhere.
pub(super) fn runs(object: Element, setting: &Setting) -> Option<Vec<Run>> {
    let (mut runs, mut glyphs) = (Vec::new(), Vec::new());
    let mut start = Point::ORIGIN;
    for part in object.children() {
        match local(part) {
            "CGTransform" => glyphs.extend(Glyphs::of(part)),
            "TextCode" => {
                let place = |name: &str, before: f64| attribute(part, name).map_or(Some(before), number);
                start = Point::new(place("X", start.x)?, place("Y", start.y)?);
                runs.push(run(part, start, setting, &glyphs));
                glyphs.clear();
            }
            _ => {}
        }
    }
    Some(runs)
}

/// How many glyphs some characters are drawn with.
#[derive(Clone, Copy, Debug)]
struct Glyphs {
    from: usize,
    characters: usize,
    glyphs: usize,
}

impl Glyphs {
    /// Most glyphs that stand for some characters.
    const MOST: usize = 64;

    fn of(transform: Element) -> Option<Glyphs> {
        let count = |name: &str| attribute(transform, name).map_or(Some(1), |count| count.parse().ok());
        Some(Glyphs {
            from: attribute(transform, "CodePosition")?.parse().ok()?,
            characters: count("CodeCount")?,
            glyphs: count("GlyphCount")?,
        })
    }
}

/// One piece of text.
fn run(code: Element, start: Point, setting: &Setting, glyphs: &[Glyphs]) -> Run {
    let text = code.text();
    let most = text.chars().count() + Glyphs::MOST;
    let list = |name: &str| attribute(code, name).map_or(Vec::new(), |list| steps(list, most));
    let (across, down) = (list("DeltaX"), list("DeltaY"));
    let cells = cells(&text, across.len().max(down.len()), glyphs);
    let steps: Vec<Vec2> = cells
        .iter()
        .enumerate()
        .map(|(at, characters)| match (across.get(at), down.get(at)) {
            (None, None) => setting.usual_step(characters),
            (x, y) => Vec2::new(x.copied().unwrap_or(0.0), y.copied().unwrap_or(0.0)),
        })
        .collect();
    let given = &steps[..cells.len().saturating_sub(1).min(across.len().max(down.len()))];
    let vertical = is_vertical(given, setting);
    let mut at = start;
    let last = cells.len().saturating_sub(1);
    let placed = cells
        .into_iter()
        .zip(steps)
        .enumerate()
        .map(|(index, (characters, step))| {
            let room = if vertical || index == last {
                0.0
            } else {
                step.dot(Setting::direction(setting.turn))
            };
            let (usual, widest) = setting.widths(&characters);
            let cell = Cell {
                width: if room > 0.0 { room.min(widest) } else { usual },
                characters,
                at,
            };
            at += step;
            cell
        });
    Run {
        cells: placed.collect(),
        vertical,
    }
}

/// Whether most steps go down from one upright character to the next.
fn is_vertical(given: &[Vec2], setting: &Setting) -> bool {
    if given.is_empty() {
        return setting.is_vertical();
    }
    let along = Setting::direction(setting.turn);
    let goes_down = |step: &&Vec2| step.cross(along).abs() > step.dot(along).abs();
    given.iter().filter(goes_down).count() * 2 > given.len()
}

/// What stands in each place of a text. Steps are counted by characters or by glyphs, line breaks of the file counted or not: the
/// count that fits tells.
fn cells(text: &str, steps: usize, glyphs: &[Glyphs]) -> Vec<Vec<char>> {
    let is_broken = text.contains(['\n', '\r']);
    let printed: Vec<char> = if is_broken {
        text.lines().flat_map(|line| line.trim().chars()).collect()
    } else {
        text.chars().collect()
    };
    let printed: Vec<char> = printed
        .into_iter()
        .filter(|character| !character.is_control())
        .collect();
    let single = |characters: &[char]| -> Vec<Vec<char>> {
        characters
            .iter()
            .map(|character| Vec::from_iter((!character.is_control()).then_some(*character)))
            .collect()
    };
    let by_glyph = by_glyph(&printed, glyphs);
    if by_glyph.len() == steps + 1 {
        return by_glyph;
    }
    let all: Vec<char> = text.chars().collect();
    if printed.len() != steps + 1 && all.len() == steps + 1 {
        return single(&all);
    }
    if printed.len() == steps + 1 {
        single(&printed)
    } else {
        by_glyph
    }
}

/// Characters put together as they are drawn.
fn by_glyph(characters: &[char], glyphs: &[Glyphs]) -> Vec<Vec<char>> {
    let mut cells: Vec<Vec<char>> = Vec::with_capacity(characters.len());
    let mut at = 0;
    while at < characters.len() {
        let rest = &characters[at..];
        let drawn = glyphs.iter().find(|glyphs| glyphs.from == at && glyphs.characters > 0);
        let (taken, count) = match drawn {
            Some(drawn) => (drawn.characters.min(rest.len()), drawn.glyphs.min(Glyphs::MOST)),
            None => (1, 1),
        };
        // Where glyphs are fewer, the first of them draws the characters too many; where they are more, the last draw none.
        let together = if count < taken { taken + 1 - count.max(1) } else { 1 };
        cells.push(rest[..together].to_vec());
        cells.extend(rest[together..taken].iter().map(|character| vec![*character]));
        if drawn.is_some_and(|drawn| drawn.characters == taken) {
            cells.extend(std::iter::repeat_n(Vec::new(), count.saturating_sub(taken)));
        }
        at += taken;
    }
    cells
}
