//! What objects of pages refer to by number: fonts, draw parameters, composite units.
//!
//! Invariant: references that lead in a circle end.

use std::collections::HashMap;

use super::values::{attribute, child, children, entry, flag, local, number};
use crate::read::container::xml::{Element, Tree};

/// Most draw parameters that build on each other.
const RELATIVES: usize = 16;
/// Alpha, of 255, below which nothing is seen.
const FAINT: f64 = 16.0;

/// What a colour does on a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ink {
    /// It cannot be seen.
    Clear,
    /// It is white, as the paper is.
    White,
    /// It can be seen.
    Seen,
}

/// A tree and an element of it.
type Place = (usize, usize);

/// Resources of a document or a page.
#[derive(Default)]
pub(super) struct Resources {
    trees: Vec<Tree>,
    /// Whether a font is bold.
    fonts: HashMap<String, bool>,
    params: HashMap<String, Place>,
    units: HashMap<String, Place>,
    media: HashMap<String, Media>,
}

/// Where the file of a picture is.
#[derive(Clone)]
pub(super) struct Media {
    /// Name of the part that lists it.
    pub base: String,
    /// Reference to the file in that part.
    pub reference: String,
}

impl Media {
    fn of(element: Element, list: Element, base: &str) -> Option<Media> {
        let file = entry(element, "MediaFile")?;
        let reference = match attribute(list, "BaseLoc").filter(|folder| !folder.is_empty()) {
            Some(folder) if !file.starts_with('/') => format!("{}/{file}", folder.trim_end_matches('/')),
            _ => file,
        };
        Some(Media {
            base: base.to_owned(),
            reference,
        })
    }
}

impl Resources {
    /// Takes in what the part of a name lists. Of what has one number the first holds.
    pub(super) fn add(&mut self, name: &str, tree: Tree) {
        let at = self.trees.len();
        for element in tree.root().descendants() {
            let Some(id) = attribute(element, "ID") else { continue };
            let place = (at, element.index());
            match local(element) {
                "Font" => {
                    self.fonts.entry(id.into()).or_insert_with(|| is_bold(element));
                }
                "DrawParam" => {
                    self.params.entry(id.into()).or_insert(place);
                }
                "CompositeGraphicUnit" => {
                    self.units.entry(id.into()).or_insert(place);
                }
                "MultiMedia" => {
                    let media = Media::of(element, tree.root(), name);
                    media.map(|media| self.media.entry(id.into()).or_insert(media));
                }
                _ => {}
            }
        }
        self.trees.push(tree);
    }

    /// How many parts were taken in.
    pub(super) fn count(&self) -> usize {
        self.trees.len()
    }

    fn element(&self, place: &Place) -> Element<'_> {
        self.trees[place.0].element(place.1)
    }
}

fn is_bold(font: Element) -> bool {
    let name = attribute(font, "FontName").unwrap_or_default();
    flag(font, "Bold", false) || name.contains("Bold") || name.contains("bold")
}

/// The resources that an object sees: those of its page, then those of the document.
#[derive(Clone, Copy)]
pub(super) struct Scope<'a> {
    /// Of the page or template.
    pub own: &'a Resources,
    /// Of the document.
    pub common: &'a Resources,
}

impl<'a> Scope<'a> {
    fn each(self) -> [&'a Resources; 2] {
        [self.own, self.common]
    }

    /// Whether a font is bold.
    pub(super) fn is_bold(self, font: &str) -> bool {
        self.each()
            .iter()
            .find_map(|resources| resources.fonts.get(font))
            .copied()
            .unwrap_or(false)
    }

    /// What a composite object draws.
    pub(super) fn unit(self, id: &str) -> Option<Element<'a>> {
        let found = |resources: &'a Resources| Some(resources.element(resources.units.get(id)?));
        child(self.each().into_iter().find_map(found)?, "Content")
    }

    /// Where the file of a picture is.
    pub(super) fn media(self, id: &str) -> Option<&'a Media> {
        self.each().into_iter().find_map(|resources| resources.media.get(id))
    }

    fn param(self, id: &str) -> Option<Element<'a>> {
        let found = |resources: &'a Resources| Some(resources.element(resources.params.get(id)?));
        self.each().into_iter().find_map(found)
    }

    /// What the colour of a name (`StrokeColor`, `FillColor`) does for an object: its own, that of its draw parameter, or that of
    /// the draw parameter around it; [`Ink::Seen`] where none is given.
    pub(super) fn ink(self, object: Element<'a>, around: Option<&'a str>, name: &'static str) -> Ink {
        let own = child(object, name);
        let params = [attribute(object, "DrawParam"), around];
        let colour = own.or_else(|| params.into_iter().flatten().find_map(|param| self.colour(param, name)));
        colour.map_or(Ink::Seen, ink)
    }

    fn colour(self, param: &str, name: &'static str) -> Option<Element<'a>> {
        let mut param = self.param(param)?;
        for _ in 0..RELATIVES {
            if let Some(colour) = child(param, name) {
                return Some(colour);
            }
            param = self.param(attribute(param, "Relative")?)?;
        }
        None
    }
}

/// What a colour does. White is told by the number of values: one for grey, three for red, green and blue, four for inks.
fn ink(colour: Element) -> Ink {
    if alpha(colour) < FAINT {
        return Ink::Clear;
    }
    let is_shade = children(colour, "Pattern").next().is_some();
    let values = attribute(colour, "Value").unwrap_or_default();
    let values: Option<Vec<f64>> = values.split_whitespace().map(value).collect();
    let white = match values.as_deref() {
        _ if is_shade => false,
        Some([grey]) => *grey > 250.0,
        Some(light @ [_, _, _]) => light.iter().all(|value| *value > 250.0),
        Some(inks @ [_, _, _, _]) => inks.iter().all(|value| *value < 5.0),
        _ => false,
    };
    if white { Ink::White } else { Ink::Seen }
}

/// A value of a colour: decimal, or hexadecimal behind `#`.
fn value(text: &str) -> Option<f64> {
    match text.strip_prefix('#') {
        Some(hex) => u16::from_str_radix(hex, 16).ok().map(f64::from),
        None => number(text),
    }
}

/// How much of something is seen, of 255.
pub(super) fn alpha(element: Element) -> f64 {
    attribute(element, "Alpha")
        .and_then(number)
        .map_or(255.0, |alpha| alpha.clamp(0.0, 255.0))
}
