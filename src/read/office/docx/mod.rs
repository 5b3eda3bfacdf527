//! Reads Word documents: DOCX and DOCM, Flat OPC, and the XML of Word 2003.
//!
//! Main part → [`flow`] (paragraphs, fields, tracked changes, boxes) with [`styles`] and [`lists`] (numbers that Word counts) →
//! items → blocks. Invariant: the text is that of the finished document, with tracked changes accepted.

mod flow;
mod lists;
mod parts;
mod styles;
mod table;
#[cfg(test)]
mod tests;

use flow::Flow;
use lists::Lists;
use parts::{Part, Parts};
use styles::Styles;

use super::PART_UNREADABLE;
use super::body::{self, Item};
use crate::diagnostic::Diagnostic;
use crate::document::{Document, Origin, Property};
use crate::error::Error;
use crate::read::container::package::Package;
use crate::read::container::xml::Element;

const MEDIA_TYPE: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

/// Reads a zip package.
///
/// # Errors
/// Where the package or its main part cannot be read.
pub(in crate::read) fn read(bytes: &[u8]) -> Result<Document, Error> {
    let parts = Parts::Zip(Package::open(bytes)?);
    let main = parts.main()?;
    document(&parts, &main, MEDIA_TYPE)
}

/// Reads a document in one XML file: Flat OPC or Word 2003.
///
/// # Errors
/// Where the XML is damaged or holds no document.
pub(in crate::read) fn read_xml(bytes: &[u8]) -> Result<Document, Error> {
    let tree = parts::tree(bytes, "XML document")?;
    if tree.root().name() == "pkg:package" {
        let parts = Parts::flat(tree);
        let main = parts.main()?;
        return document(&parts, &main, "application/xml");
    }
    let main = Part::whole("XML document", tree);
    document(&Parts::flat(parts::tree(b"<none/>", "")?), &main, "application/xml")
}

fn document(parts: &Parts, main: &Part, media_type: &str) -> Result<Document, Error> {
    let mut aside = Aside::default();
    let relations = aside.kept(parts.relations(&main.name)).unwrap_or_default();
    let mut related = |kind: &str| {
        let relation = relations.iter().find(|relation| relation.kind == kind)?;
        aside.kept(parts.part(&relation.target)).flatten()
    };
    let root = main.root();
    let styles = match related("styles") {
        Some(part) => Styles::of(part.root()),
        None => root.child("w:styles").map(Styles::of).unwrap_or_default(),
    };
    let lists = match related("numbering") {
        Some(part) => Lists::of(part.root()),
        None => root.child("w:lists").map(Lists::of).unwrap_or_default(),
    };
    let notes = [related("footnotes"), related("endnotes")];
    let Some(text) = root.child("w:body") else {
        return Err(Error::Damaged(format!("{}: no text of a Word document", main.name)));
    };
    let mut flow = Flow::new(parts, &relations, styles, lists);
    let mut items = flow.items(text);
    for part in notes.iter().flatten() {
        items.extend(notes_of(&mut flow, part));
    }
    let mut document = Document {
        media_type: media_type.into(),
        title: title(parts, &mut aside),
        properties: heads(&mut flow, parts, &relations, text, &mut aside),
        diagnostics: flow.diagnostics,
        ..Document::default()
    };
    document.diagnostics.extend(aside.diagnostics);
    body::fill(&mut document, items);
    Ok(document)
}

/// Parts beside the text: one that is damaged costs a diagnostic.
#[derive(Default)]
struct Aside {
    diagnostics: Vec<Diagnostic>,
}

impl Aside {
    fn kept<T>(&mut self, part: Result<T, Error>) -> Option<T> {
        part.map_err(|error| self.diagnostics.push(PART_UNREADABLE.at(None, error.to_string())))
            .ok()
    }
}

/// The title that the package carries.
fn title(parts: &Parts, aside: &mut Aside) -> Option<String> {
    let relations = aside.kept(parts.relations(""))?;
    let core = relations.iter().find(|relation| relation.kind == "core-properties")?;
    let part = aside.kept(parts.part(&core.target)).flatten()?;
    let title = part.root().child("dc:title")?.text();
    Some(title.trim().to_owned()).filter(|title| !title.is_empty())
}

/// Footnotes or endnotes that the text refers to, in the order of their part.
fn notes_of(flow: &mut Flow, part: &Part) -> Vec<Item> {
    let mut items = Vec::new();
    for (at, note) in part.root().children().enumerate() {
        let id = note.attribute("w:id").unwrap_or_default();
        if !flow.refers_to(note.name(), id) {
            continue;
        }
        let place = Origin::Path(format!("/{}/{}[{}]", part.root().name(), note.name(), at + 1));
        for mut item in flow.items(note) {
            if let Item::Paragraph(text) = &mut item {
                text.place = Some(place.clone());
            }
            items.push(item);
        }
    }
    items
}

/// Headers and footers, each part once, as properties: they are no part of the text.
fn heads(
    flow: &mut Flow,
    parts: &Parts,
    relations: &[parts::Relation],
    text: Element,
    aside: &mut Aside,
) -> Vec<Property> {
    let mut seen: Vec<&str> = Vec::new();
    let mut properties = Vec::new();
    for reference in text.descendants() {
        let name = match reference.name() {
            "w:headerReference" => "header",
            "w:footerReference" => "footer",
            _ => continue,
        };
        let id = reference.attribute("r:id").unwrap_or_default();
        let Some(relation) = relations.iter().find(|relation| relation.id == id) else {
            continue;
        };
        if seen.contains(&relation.target.as_str()) {
            continue;
        }
        seen.push(&relation.target);
        let Some(part) = aside.kept(parts.part(&relation.target)).flatten() else {
            continue;
        };
        let value = body::words(&flow.items(part.root()));
        if !value.is_empty() {
            properties.push(Property {
                name: name.into(),
                value,
                origin: Origin::Path(format!("/{}", relation.target)),
            });
        }
    }
    properties
}

/// What stands for an element: of `mc:AlternateContent` the first branch, which is the newest; else the element itself.
fn branch(element: Element<'_>) -> impl Iterator<Item = Element<'_>> {
    let is_choice = element.name() == "mc:AlternateContent";
    let inside = is_choice.then(|| chosen(element)).flatten();
    let own = (!is_choice).then_some(element);
    own.into_iter().chain(inside.into_iter().flat_map(Element::children))
}

fn chosen(element: Element) -> Option<Element> {
    element.child("mc:Choice").or_else(|| element.child("mc:Fallback"))
}

/// Elements of a name inside another, also in wrappers that show nothing of their own (content controls, custom XML, insertions).
fn wrapped<'a>(element: Element<'a>, name: &'static str) -> impl Iterator<Item = Element<'a>> {
    let mut found = Vec::new();
    collect(element, name, &mut found);
    found.into_iter()
}

fn collect<'a>(element: Element<'a>, name: &str, found: &mut Vec<Element<'a>>) {
    for child in element.children() {
        if child.name() == name {
            found.push(child);
        } else if is_wrapper(child) {
            collect(child, name, found);
        } else if child.name() == "mc:AlternateContent" {
            chosen(child)
                .into_iter()
                .for_each(|inside| collect(inside, name, found));
        }
    }
}

/// Whether an element only wraps what is shown. What was deleted is not shown.
fn is_wrapper(element: Element) -> bool {
    match element.name() {
        "w:sdt" | "w:sdtContent" | "w:customXml" | "w:smartTag" | "w:ins" | "w:moveTo" | "w:dir" | "w:bdo"
        | "w:fldSimple" | "w:hyperlink" | "w:hlink" | "wx:sect" | "wx:sub-section" | "wx:pBdrGroup" | "aml:content"
        | "w:cfChunk" => true,
        "aml:annotation" => element.attribute("w:type") != Some("Word.Deletion"),
        // Word 2003 wraps with elements of the user's own schema.
        name => name.starts_with("?:") && element.children().any(|child| child.name().starts_with("w:")),
    }
}
