//! Reads binary Word documents: DOC of Word 97 and later, and WPS Writer's files, which are the same.
//!
//! Main stream → [`fib`] → [`text`] (pieces in their order) with [`runs`] of properties, [`styles`] and [`lists`] → [`flow`] → items
//! → blocks. Source: [MS-DOC]. Invariant: the text is that of the finished document, with tracked changes accepted.

mod drawing;
mod fib;
mod flow;
mod lists;
mod properties;
mod runs;
mod sprm;
mod styles;
mod summary;
mod table;
mod text;

use std::borrow::Cow;
use std::cell::Cell;
use std::collections::{HashMap, HashSet};

use super::PART_UNREADABLE;
use super::binary::{size_at, slice, u16_at, u32_at, wide};
use super::body::{self, Item};
use crate::document::{Document, Origin, Property};
use crate::error::Error;
use crate::read::container::compound::Compound;
use crate::read::container::damaged;
use drawing::Drawing;
use fib::{Fib, MAIN, Part, Story};
use flow::Flow;
use lists::Lists;
use properties::Look;
use runs::Runs;
use styles::{OfParagraph, Styles};
use text::Characters;

const MEDIA_TYPE: &str = "application/msword";
/// Most bytes of properties that paragraphs keep elsewhere, all reads together.
const ELSEWHERE: usize = 64 << 20;

/// Reads a document.
///
/// # Errors
/// Where it is encrypted, of Word 95 or older, or its text is damaged.
pub(in crate::read) fn read(compound: &Compound) -> Result<Document, Error> {
    let stream = |name: &str| {
        let found = compound.stream(name)?;
        found.ok_or_else(|| damaged(name, "the stream is missing"))
    };
    let main = stream(MAIN)?;
    let fib = Fib::read(&main)?;
    let table = stream(fib.table_stream())?;
    let mut document = Document {
        media_type: MEDIA_TYPE.into(),
        ..Document::default()
    };
    let mut kept = |found: Result<Option<Vec<u8>>, Error>| {
        let noticed = |error: Error| document.diagnostics.push(PART_UNREADABLE.at(None, error.to_string()));
        found.map_err(noticed).ok().flatten().unwrap_or_default()
    };
    let data = kept(compound.stream("Data"));
    document.title = summary::title(&kept(compound.stream(summary::STREAM)));
    let file = File::open(&fib, &main, &table, &data, &mut document)?;
    let lists = Lists::of(
        &table,
        fib.place(Part::ListDefinitions),
        file.aside(Part::Lists, &mut document),
    );
    let boxes = file.boxes(&mut document);
    let mut flow = Flow::new(&file, lists, boxes);
    let mut items = flow.items(fib.story(Story::Main))?;
    items.extend(flow.other_boxes()?);
    for (references, texts, story, name) in [
        (Part::FootnoteReferences, Part::Footnotes, Story::Footnotes, "footnote"),
        (Part::EndnoteReferences, Part::Endnotes, Story::Endnotes, "endnote"),
    ] {
        let references = file.aside(references, &mut document);
        let ranges = ranges(file.aside(texts, &mut document), 0, fib.story(story));
        for (at, range) in ranges.into_iter().enumerate() {
            if size_at(references, at * 4).is_some_and(|place| flow.refers_at(place)) {
                items.extend(note(flow.items(range)?, &format!("/{name}[{}]", at + 1)));
            }
        }
    }
    let heads = ranges(file.aside(Part::Headers, &mut document), 0, fib.story(Story::Headers));
    document.properties = properties(&mut flow, &heads)?;
    body::fill(&mut document, items);
    Ok(document)
}

/// A note stands at a place of its own.
fn note(items: Vec<Item>, place: &str) -> impl Iterator<Item = Item> {
    items.into_iter().map(|mut item| {
        if let Item::Paragraph(text) = &mut item {
            text.place = Some(Origin::Path(place.into()));
        }
        item
    })
}

/// Headers and footers, each text once: they are no part of the text.
fn properties(flow: &mut Flow, ranges: &[(usize, usize)]) -> Result<Vec<Property>, Error> {
    let mut properties: Vec<Property> = Vec::new();
    // The first six are lines above notes; then six for each section: headers and footers of even, odd and first pages.
    for (at, range) in ranges.iter().enumerate().skip(6) {
        let name = match at % 6 {
            0 | 1 | 4 => "header",
            _ => "footer",
        };
        let value = body::words(&flow.items(*range)?);
        let is_known = |property: &Property| property.name == name && property.value == value;
        if !value.is_empty() && !properties.iter().any(is_known) {
            properties.push(Property {
                name: name.into(),
                value,
                origin: Origin::Path(format!("/{name}")),
            });
        }
    }
    Ok(properties)
}

/// The parts of a story whose first characters an array gives, with so many bytes for each behind the array. Parts that overlap are
/// left out, so that nothing is read twice.
fn ranges(array: &[u8], size: usize, (story, end): (usize, usize)) -> Vec<(usize, usize)> {
    let count = array.len().saturating_sub(4) / (4 + size);
    let mut last = 0;
    let mut out = Vec::new();
    for at in 0..count {
        let (Some(first), Some(next)) = (size_at(array, at * 4), size_at(array, at * 4 + 4)) else {
            break;
        };
        let is_inside = first >= last && next > first && story.saturating_add(next) <= end;
        out.push(if is_inside {
            (story + first, story + next)
        } else {
            (end, end)
        });
        last = if is_inside { next } else { last };
    }
    out
}

/// What the stories of a document share.
struct File<'a> {
    fib: &'a Fib<'a>,
    table: &'a [u8],
    data: &'a [u8],
    characters: Characters<'a>,
    looks: Runs<'a>,
    paragraphs: Runs<'a>,
    styles: Styles<'a>,
    fonts: Vec<String>,
    /// First characters of sections but the first, and the end of the last.
    sections: HashSet<usize>,
    drawings: Vec<Drawing>,
    /// Shapes by the character that they are anchored at.
    anchors: HashMap<usize, u32>,
    /// Bytes of properties that may still be read elsewhere.
    left: Cell<usize>,
}

impl<'a> File<'a> {
    fn open(
        fib: &'a Fib<'a>,
        main: &'a [u8],
        table: &'a [u8],
        data: &'a [u8],
        document: &mut Document,
    ) -> Result<Self, Error> {
        let pieces = fib.part(table, Part::Pieces)?;
        let characters = Characters::read(main, pieces, fib.is_simplified_chinese())?;
        if characters.len() < fib.story(Story::Main).1 {
            return Err(damaged("piece table", "the end of the text is missing"));
        }
        let looks = Runs::of_characters(main, fib.part(table, Part::Characters)?)?;
        let paragraphs = Runs::of_paragraphs(main, fib.part(table, Part::Paragraphs)?)?;
        let mut file = File {
            fib,
            table,
            data,
            characters,
            looks,
            paragraphs,
            styles: Styles::default(),
            fonts: Vec::new(),
            sections: HashSet::new(),
            drawings: Vec::new(),
            anchors: HashMap::new(),
            left: Cell::new(ELSEWHERE),
        };
        file.styles = Styles::of(file.aside(Part::Styles, document));
        file.fonts = fonts(file.aside(Part::Fonts, document)).unwrap_or_default();
        file.drawings = drawing::read(file.aside(Part::Drawings, document));
        let sections = file.aside(Part::Sections, document);
        file.sections = (1..=sections.len().saturating_sub(4) / 16)
            .filter_map(|at| size_at(sections, at * 4))
            .collect();
        let anchors = file.aside(Part::Anchors, document);
        let count = anchors.len().saturating_sub(4) / 30;
        file.anchors = (0..count)
            .filter_map(|at| Some((size_at(anchors, at * 4)?, u32_at(anchors, (count + 1) * 4 + at * 26)?)))
            .collect();
        Ok(file)
    }

    /// A part beside the text: one that is damaged costs a diagnostic.
    fn aside(&self, part: Part, document: &mut Document) -> &'a [u8] {
        self.fib.part(self.table, part).unwrap_or_else(|error| {
            document.diagnostics.push(PART_UNREADABLE.at(None, error.to_string()));
            &[]
        })
    }

    /// The text of each box by the number of its shape.
    fn boxes(&self, document: &mut Document) -> HashMap<u32, (usize, usize)> {
        let array = self.aside(Part::Boxes, document);
        let ranges = ranges(array, 22, self.fib.story(Story::Boxes));
        let records = (ranges.len() + 1) * 4;
        let shape = |at: usize| u32_at(array, records + at * 22 + 14);
        let numbered = ranges.into_iter().enumerate();
        // The last stands for the end of the story.
        numbered
            .filter_map(|(at, range)| Some((shape(at)?, range)))
            .filter(|(shape, (first, end))| *shape != 0 && first < end)
            .collect()
    }

    /// The style of the paragraph that a mark ends.
    fn style(&self, mark: usize) -> (u16, OfParagraph) {
        let Some(piece) = self.characters.piece_of(mark) else {
            return (0, OfParagraph::default());
        };
        let run = self.paragraphs.at(piece.place(mark));
        let style = u16_at(run.properties, 0).unwrap_or(0);
        (style, self.styles.paragraph(style))
    }

    /// Hands on the lists of properties of the paragraph that a mark ends.
    fn paragraph(&self, mark: usize, mut take: impl FnMut(&[u8])) -> Result<(), Error> {
        if let Some(piece) = self.characters.piece_of(mark) {
            let run = self.paragraphs.at(piece.place(mark));
            take(run.properties.get(2..).unwrap_or_default());
            take(&self.of_piece(piece.properties));
        }
        Ok(())
    }

    /// A list of properties in the stream `Data`.
    fn elsewhere(&self, place: usize) -> Result<&'a [u8], Error> {
        let length = u16_at(self.data, place).map(usize::from);
        let list = length.and_then(|length| slice(self.data, place + 2, length));
        let list = list.ok_or_else(|| damaged("Data", "properties of a paragraph are cut off"))?;
        let left = self.left.get().checked_sub(list.len());
        self.left.set(left.ok_or(Error::Limit("properties of paragraphs"))?);
        Ok(list)
    }

    /// The look of a character in a paragraph whose style gives another, and the first character behind it that may look otherwise.
    fn look(&self, at: usize, base: &Look) -> (Look, usize) {
        let Some(piece) = self.characters.piece_of(at) else {
            return (*base, at + 1);
        };
        let run = self.looks.at(piece.place(at));
        let mut look = *base;
        look.apply(run.properties, base, Some(&self.styles));
        look.apply(&self.of_piece(piece.properties), base, Some(&self.styles));
        (look, piece.at(run.end).min(piece.end))
    }

    /// The properties that hold for a piece of the text: one short one, or a list by its number.
    fn of_piece(&self, properties: u16) -> Cow<'a, [u8]> {
        if properties & 1 != 0 {
            return Cow::Borrowed(self.characters.shared(usize::from(properties >> 1)));
        }
        let [low, value] = properties.to_le_bytes();
        match sprm::short(u16::from(low >> 1)) {
            Some(code) => Cow::Owned([&code.to_le_bytes()[..], &[value]].concat()),
            None => Cow::Borrowed(&[]),
        }
    }
}

/// Names of fonts by their numbers.
fn fonts(table: &[u8]) -> Option<Vec<String>> {
    let count = u16_at(table, 0)?;
    let mut at = 4;
    let mut fonts = Vec::new();
    for _ in 0..count {
        let length = usize::from(*table.get(at)?);
        let name = slice(table, at + 40, (length + 1).checked_sub(40)?)?;
        fonts.push(wide(name).split('\0').next().unwrap_or_default().to_owned());
        at += length + 1;
    }
    Some(fonts)
}
