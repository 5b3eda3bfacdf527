//! Styles of a Word document: what paragraphs and runs have of them.
//!
//! Invariant: a style that is based on itself, however far round, ends.

use std::collections::HashMap;

use crate::read::container::xml::Element;
use crate::read::office::ink::{Ink, is_tiny, is_white};

/// How far a style's ancestors are followed.
const ANCESTORS: usize = 24;
/// Level that means running text, from 0.
const BODY: u8 = 9;

/// How many half points above its line a text stands that is raised; what is less makes up for the height of a font.
const RAISED_FROM: i32 = 6;

/// What a run or a style says of characters; `None` where it says nothing.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Look {
    /// Bold.
    pub bold: Option<bool>,
    /// Hidden.
    pub hidden: Option<bool>,
    /// Struck out.
    pub struck: Option<bool>,
    /// Above the line, as the mark of a footnote is.
    pub raised: Option<bool>,
    /// Whether it can be seen.
    pub ink: Ink,
}

impl Look {
    /// What `w:rPr` says.
    pub(super) fn of(properties: Option<Element>) -> Look {
        let mut look = Look::default();
        for property in properties.into_iter().flat_map(Element::children) {
            match property.name() {
                "w:b" => look.bold = Some(is_on(property)),
                "w:vanish" => look.hidden = Some(is_on(property)),
                "w:color" => look.ink.white = value(property).map(is_white),
                "w:sz" => look.ink.tiny = number(Some(property)).map(is_tiny),
                "w:shd" | "w:highlight" => {
                    look.ink.shaded = Some(is_shade(property) || look.ink.shaded == Some(true));
                }
                "w:strike" | "w:dstrike" => look.struck = Some(is_on(property) || look.struck == Some(true)),
                "w:vertAlign" => look.raised = Some(value(property) == Some("superscript")),
                "w:position" if look.raised.is_none() => {
                    look.raised = number::<i32>(Some(property)).map(|height| height >= RAISED_FROM);
                }
                _ => {}
            }
        }
        look
    }

    /// What holds where this says nothing.
    pub(super) fn or(self, outer: Look) -> Look {
        Look {
            bold: self.bold.or(outer.bold),
            hidden: self.hidden.or(outer.hidden),
            struck: self.struck.or(outer.struck),
            raised: self.raised.or(outer.raised),
            ink: self.ink.or(outer.ink),
        }
    }
}

/// Whether `w:shd` or `w:highlight` gives a ground that is not white.
pub(super) fn is_shade(property: Element) -> bool {
    let fill = property
        .attribute("w:fill")
        .is_some_and(|fill| fill != "auto" && !is_white(fill));
    let pattern =
        value(property).is_some_and(|pattern| !matches!(pattern, "clear" | "nil" | "none") && !is_white(pattern));
    fill || pattern
}

/// A property that is on unless it says that it is off.
pub(super) fn is_on(property: Element) -> bool {
    !matches!(value(property), Some("0" | "false" | "off"))
}

/// `w:val` of a property.
pub(super) fn value(property: Element<'_>) -> Option<&str> {
    property.attribute("w:val")
}

/// `w:val` of a property as a number.
pub(super) fn number<N: std::str::FromStr>(property: Option<Element>) -> Option<N> {
    value(property?)?.trim().parse().ok()
}

/// List and level that a paragraph is counted in.
#[derive(Clone, Debug, Default)]
pub(super) struct Counted {
    /// List; 0 takes a paragraph out of the list of its style.
    pub list: Option<i64>,
    /// Level, from 0.
    pub level: Option<usize>,
}

impl Counted {
    /// What `w:pPr` says.
    pub(super) fn of(properties: Option<Element>) -> Counted {
        let in_list = properties.and_then(|p| p.child("w:numPr").or_else(|| p.child("w:listPr")));
        let part = |name: &str| in_list.and_then(|list| list.child(name));
        Counted {
            list: number(part("w:numId").or_else(|| part("w:ilfo"))),
            level: number(part("w:ilvl")),
        }
    }
}

#[derive(Default)]
struct Style {
    name: String,
    based_on: Option<String>,
    look: Look,
    outline: Option<u8>,
    counted: Counted,
}

/// What a paragraph has of its style.
#[derive(Clone, Default)]
pub(super) struct OfParagraph {
    /// Look of its characters.
    pub look: Look,
    /// Level of a heading, from 1.
    pub heading: Option<u8>,
    /// List and level.
    pub counted: Counted,
    /// Style that names the list.
    pub counted_by: Option<String>,
    /// Whether it is a line of a table of contents.
    pub of_contents: bool,
}

/// All styles.
#[derive(Default)]
pub(super) struct Styles {
    styles: HashMap<String, Style>,
    default_look: Look,
    default_paragraph: Option<String>,
}

impl Styles {
    /// Reads `w:styles`.
    pub(super) fn of(root: Element) -> Styles {
        let mut all = Styles::default();
        for element in root.children() {
            match element.name() {
                "w:docDefaults" => {
                    let run = element.child("w:rPrDefault").and_then(|run| run.child("w:rPr"));
                    all.default_look = Look::of(run);
                }
                "w:style" => all.add(element),
                _ => {}
            }
        }
        all
    }

    fn add(&mut self, element: Element) {
        let Some(id) = element.attribute("w:styleId") else {
            return;
        };
        let is_default = matches!(element.attribute("w:default"), Some("1" | "true" | "on"));
        if is_default && element.attribute("w:type") == Some("paragraph") {
            self.default_paragraph = Some(id.into());
        }
        let of = |name: &str| element.child(name).and_then(value).map(str::to_owned);
        let paragraph = element.child("w:pPr");
        let style = Style {
            name: of("w:name").unwrap_or_default().to_ascii_lowercase(),
            based_on: of("w:basedOn"),
            look: Look::of(element.child("w:rPr")),
            outline: number(paragraph.and_then(|p| p.child("w:outlineLvl"))),
            counted: Counted::of(paragraph),
        };
        self.styles.insert(id.into(), style);
    }

    /// A style and those that it is based on.
    fn chain(&self, id: Option<&str>) -> impl Iterator<Item = (&str, &Style)> {
        let entry = |id: &str| self.styles.get_key_value(id).map(|(id, style)| (id.as_str(), style));
        let first = id.and_then(entry);
        std::iter::successors(first, move |(_, style)| entry(style.based_on.as_deref()?)).take(ANCESTORS)
    }

    /// What a paragraph of a style has; of the default style where it names none.
    pub(super) fn paragraph(&self, id: Option<&str>) -> OfParagraph {
        let id = id.or(self.default_paragraph.as_deref());
        let mut has = OfParagraph::default();
        let mut outline = None;
        for (id, style) in self.chain(id) {
            has.look = has.look.or(style.look);
            outline = outline.or(style.outline).or(heading_of_name(&style.name));
            has.of_contents |= is_contents(&style.name);
            has.counted.level = has.counted.level.or(style.counted.level);
            if has.counted.list.is_none() && style.counted.list.is_some() {
                has.counted.list = style.counted.list;
                has.counted_by = Some(id.into());
            }
        }
        has.look = has.look.or(self.default_look);
        has.heading = outline.and_then(heading);
        has
    }

    /// Whether a table of a style has no ground but paper: of the two plain built-in styles.
    pub(super) fn is_plain_table(&self, id: Option<&str>) -> bool {
        let name = |id: &str| self.styles.get(id).map_or("", |style| style.name.as_str());
        id.is_none_or(|id| matches!(name(id), "table grid" | "normal table"))
    }

    /// The look of a character style.
    pub(super) fn characters(&self, id: Option<&str>) -> Look {
        self.chain(id)
            .fold(Look::default(), |look, (_, style)| look.or(style.look))
    }

    /// The list of a style, for lists that name one.
    pub(super) fn list(&self, id: &str) -> Option<i64> {
        self.chain(Some(id)).find_map(|(_, style)| style.counted.list)
    }
}

/// Level of a heading from an outline level.
pub(super) fn heading(outline: u8) -> Option<u8> {
    (outline < BODY).then_some(outline + 1)
}

/// Outline level, from 0, of the built-in styles `heading 1` to `heading 9`.
fn heading_of_name(name: &str) -> Option<u8> {
    let level: u8 = name.strip_prefix("heading ")?.parse().ok()?;
    level.checked_sub(1).filter(|level| *level < BODY)
}

/// The built-in styles `toc 1` to `toc 9`.
fn is_contents(name: &str) -> bool {
    name.strip_prefix("toc ")
        .is_some_and(|level| level.parse::<u8>().is_ok())
}
