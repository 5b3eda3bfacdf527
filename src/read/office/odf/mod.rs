//! Reads OpenDocument: texts (ODT) and workbooks (ODS), as packages or flat in one XML file.
//!
//! `content.xml` → [`flow`] with [`styles`] and [`lists`] → items → blocks. Invariant: the text is that of the finished document:
//! what was deleted under change tracking and what is hidden is left out.

mod flow;
mod lists;
mod styles;
#[cfg(test)]
mod tests;

use super::body;
use crate::document::{Document, Origin, Property};
use crate::error::Error;
use crate::read::container::package::Package;
use crate::read::container::xml::{Element, Space, Tree};

use flow::Flow;
use lists::Lists;
use styles::Styles;

const TEXT: &str = "application/vnd.oasis.opendocument.text";
const SHEET: &str = "application/vnd.oasis.opendocument.spreadsheet";

/// Name spaces of OpenDocument, with the prefixes that their names get here.
const SPACES: &[Space] = &[
    ("urn:oasis:names:tc:opendocument:xmlns:office:1.0", "office"),
    ("urn:oasis:names:tc:opendocument:xmlns:text:1.0", "text"),
    ("urn:oasis:names:tc:opendocument:xmlns:table:1.0", "table"),
    ("urn:oasis:names:tc:opendocument:xmlns:style:1.0", "style"),
    ("urn:oasis:names:tc:opendocument:xmlns:drawing:1.0", "draw"),
    ("urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0", "fo"),
    ("urn:oasis:names:tc:opendocument:xmlns:manifest:1.0", "manifest"),
    (
        "urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0",
        "loext",
    ),
    ("http://purl.org/dc/elements/1.1/", "dc"),
    ("http://www.w3.org/1999/xlink", "xlink"),
    ("urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0", "svg"),
];

/// Reads a package.
///
/// # Errors
/// Where the package or its content cannot be read, or is encrypted.
pub(in crate::read) fn read(bytes: &[u8]) -> Result<Document, Error> {
    let package = Package::open(bytes)?;
    let tree = |name: &str| match package.part(name)? {
        Some(bytes) => Tree::parse(&bytes, name, SPACES).map(Some),
        None => Ok(None),
    };
    if let Ok(Some(manifest)) = tree("META-INF/manifest.xml") {
        let encrypted = |element: Element| element.name() == "manifest:encryption-data";
        if manifest.root().descendants().any(encrypted) {
            return Err(Error::Locked);
        }
    }
    let content = tree("content.xml")?.ok_or_else(|| Error::Damaged("content.xml: the part is missing".into()))?;
    let mut diagnostics = Vec::new();
    let mut aside = |name: &str| {
        tree(name).unwrap_or_else(|error| {
            diagnostics.push(super::PART_UNREADABLE.at(None, error.to_string()));
            None
        })
    };
    let (styles, meta) = (aside("styles.xml"), aside("meta.xml"));
    let mut document = document(
        content.root(),
        styles.as_ref().map(Tree::root),
        meta.as_ref().map(Tree::root),
    )?;
    document.diagnostics.splice(0..0, diagnostics);
    Ok(document)
}

/// Reads a document in one XML file.
///
/// # Errors
/// Where the XML is damaged or holds no text and no workbook.
pub(in crate::read) fn read_xml(bytes: &[u8]) -> Result<Document, Error> {
    let tree = Tree::parse(bytes, "XML document", SPACES)?;
    let root = tree.root();
    document(root, Some(root), Some(root))
}

fn document(content: Element, common: Option<Element>, meta: Option<Element>) -> Result<Document, Error> {
    let body = content.child("office:body");
    let text = body.and_then(|body| body.child("office:text"));
    let sheets = body.and_then(|body| body.child("office:spreadsheet"));
    let (media_type, holder) = match (text, sheets) {
        (Some(text), _) => (TEXT, text),
        (None, Some(sheets)) => (SHEET, sheets),
        (None, None) => {
            let message = "content.xml: neither a text nor a workbook of OpenDocument";
            return Err(Error::UnknownFormat(message.into()));
        }
    };
    let mut roots: Vec<Element> = common.into_iter().collect();
    if common.is_none_or(|common| common.name() != content.name()) {
        roots.push(content);
    }
    let mut flow = Flow::new(Styles::of(&roots), Lists::of(&roots));
    let items = match media_type {
        TEXT => flow.text(holder),
        _ => flow.sheets(holder),
    };
    let mut document = Document {
        media_type: media_type.into(),
        title: title(meta),
        properties: heads(&mut flow, common),
        ..Document::default()
    };
    body::fill(&mut document, items);
    Ok(document)
}

fn title(meta: Option<Element>) -> Option<String> {
    let title = meta?.descendants().find(|element| element.name() == "dc:title")?.text();
    Some(title.trim().to_owned()).filter(|title| !title.is_empty())
}

/// Headers and footers of the page styles, as properties: they are no part of the text.
fn heads(flow: &mut Flow, common: Option<Element>) -> Vec<Property> {
    let mut properties: Vec<Property> = Vec::new();
    let inside = common.into_iter().flat_map(Element::descendants);
    for element in inside {
        let name = match element.name() {
            "style:header" | "style:header-first" | "style:header-left" => "header",
            "style:footer" | "style:footer-first" | "style:footer-left" => "footer",
            _ => continue,
        };
        let value = body::words(&flow.text(element));
        if !value.is_empty() && properties.iter().all(|known| known.value != value) {
            properties.push(Property {
                name: name.into(),
                value,
                origin: Origin::Path(format!("/{}", element.name())),
            });
        }
    }
    properties
}
