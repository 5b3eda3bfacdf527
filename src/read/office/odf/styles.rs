//! Styles of OpenDocument: whether text is hidden, struck out, raised or bold, and which list it is counted in.
//!
//! Invariant: a style that is based on itself, however far round, ends.

use std::collections::HashMap;

use crate::read::container::xml::Element;
use crate::read::office::ink::{Ink, is_tiny, is_white};

/// How far a style's ancestors are followed.
const ANCESTORS: usize = 24;
/// How far above its line a text stands that is raised, as a share of its size in percent.
const RAISED_FROM: f32 = 15.0;

/// What a style says of characters; `None` where it says nothing.
#[derive(Clone, Copy, Default)]
pub(super) struct Look {
    /// Bold.
    pub bold: Option<bool>,
    /// Hidden or struck out.
    pub gone: Option<bool>,
    /// Above the line, as the mark of a footnote is.
    pub raised: Option<bool>,
    /// Whether it can be seen.
    pub ink: Ink,
}

impl Look {
    /// What holds where this says nothing.
    pub(super) fn or(self, outer: Look) -> Look {
        Look {
            bold: self.bold.or(outer.bold),
            gone: self.gone.or(outer.gone),
            raised: self.raised.or(outer.raised),
            ink: self.ink.or(outer.ink),
        }
    }
}

#[derive(Default)]
struct Style {
    parent: Option<String>,
    look: Look,
    list: Option<String>,
    hidden: bool,
}

/// Whether a position is so far above the line that it makes up for no height of a font: `super 58%`, `33% 66%`.
fn is_raised(position: &str) -> bool {
    let height = position.split_whitespace().next().unwrap_or_default();
    let share = height.strip_suffix('%').and_then(|share| share.parse().ok());
    height == "super" || share.is_some_and(|share: f32| share >= RAISED_FROM)
}

/// The half points of a size in points.
fn half_points(size: &str) -> Option<f32> {
    size.strip_suffix("pt")?.parse().ok().map(|points: f32| points * 2.0)
}

/// Whether a style gives a ground of a colour to its characters, paragraph, cell, row or table; `None` where it says nothing.
fn ground(style: Element) -> Option<bool> {
    let grounds = style
        .children()
        .filter_map(|properties| properties.attribute("fo:background-color"));
    grounds
        .map(|colour| colour != "transparent" && !is_white(colour))
        .reduce(|one, other| one || other)
}

/// All styles, by family and name.
#[derive(Default)]
pub(super) struct Styles {
    styles: HashMap<(String, String), Style>,
}

impl Styles {
    /// Reads the common and the automatic styles of the parts that have some.
    pub(super) fn of(roots: &[Element]) -> Styles {
        let mut all = Styles::default();
        let elements = roots.iter().flat_map(|root| root.children());
        for holder in elements.filter(|element| matches!(element.name(), "office:styles" | "office:automatic-styles")) {
            for element in holder.children().filter(|child| child.name() == "style:style") {
                all.add(element);
            }
        }
        all
    }

    fn add(&mut self, element: Element) {
        let of = |name: &str| element.attribute(name).map(str::to_owned);
        let (Some(family), Some(name)) = (of("style:family"), of("style:name")) else {
            return;
        };
        let text = element.child("style:text-properties");
        let says = |name: &str| text.and_then(|text| text.attribute(name));
        let shown = says("text:display").map(|display| display == "none");
        // LibreOffice writes the one or the other, or both.
        let struck = match ["style", "type"].map(|part| says(&format!("style:text-line-through-{part}"))) {
            [None, None] => None,
            lines => Some(lines.iter().all(|line| *line != Some("none"))),
        };
        let style = Style {
            parent: of("style:parent-style-name"),
            look: Look {
                bold: says("fo:font-weight")
                    .map(|weight| weight == "bold" || weight.parse().is_ok_and(|w: u32| w >= 600)),
                gone: match (shown, struck) {
                    (None, None) => None,
                    (shown, struck) => Some(shown == Some(true) || struck == Some(true)),
                },
                raised: says("style:text-position").map(is_raised),
                ink: Ink {
                    white: says("fo:color").map(is_white),
                    tiny: says("fo:font-size").and_then(half_points).map(is_tiny),
                    shaded: ground(element),
                },
            },
            list: of("style:list-style-name").filter(|name| !name.is_empty()),
            hidden: element
                .child("style:section-properties")
                .is_some_and(|section| section.attribute("text:display") == Some("none")),
        };
        self.styles.insert((family, name), style);
    }

    fn chain(&self, family: &str, name: Option<&str>) -> impl Iterator<Item = &Style> {
        let family = family.to_owned();
        let find = move |name: &str| self.styles.get(&(family.clone(), name.to_owned()));
        let first = name.and_then(&find);
        std::iter::successors(first, move |style| find(style.parent.as_deref()?)).take(ANCESTORS)
    }

    /// The look of characters of a style.
    pub(super) fn look(&self, family: &str, name: Option<&str>) -> Look {
        self.chain(family, name)
            .fold(Look::default(), |look, style| look.or(style.look))
    }

    /// The list that paragraphs of a style are counted in.
    pub(super) fn list(&self, name: Option<&str>) -> Option<&str> {
        self.chain("paragraph", name).find_map(|style| style.list.as_deref())
    }

    /// Whether a section of a style is hidden.
    pub(super) fn is_hidden(&self, name: Option<&str>) -> bool {
        self.chain("section", name).any(|style| style.hidden)
    }
}
