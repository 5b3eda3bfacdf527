//! The parts of a Word document, in a zip package or all in one XML file (Flat OPC).
//!
//! Invariant: the main part is found by the package's own relations, not by its usual name, which programs need not use.

use std::collections::HashMap;
use std::rc::Rc;

use crate::error::Error;
use crate::read::container::package::{Package, resolve};
use crate::read::container::xml::{Element, Space, Tree};

/// Name spaces of Word documents, transitional, strict and of 2003, with the prefixes that their names get here.
const SPACES: &[Space] = &[
    ("http://schemas.openxmlformats.org/wordprocessingml/2006/main", "w"),
    ("http://purl.oclc.org/ooxml/wordprocessingml/main", "w"),
    ("http://schemas.microsoft.com/office/word/2003/wordml", "w"),
    (
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "r",
    ),
    ("http://purl.oclc.org/ooxml/officeDocument/relationships", "r"),
    ("http://schemas.openxmlformats.org/package/2006/relationships", "rel"),
    ("http://schemas.openxmlformats.org/markup-compatibility/2006", "mc"),
    ("http://schemas.openxmlformats.org/drawingml/2006/main", "a"),
    ("http://purl.oclc.org/ooxml/drawingml/main", "a"),
    (
        "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "wp",
    ),
    ("http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing", "wp"),
    ("http://schemas.openxmlformats.org/officeDocument/2006/math", "m"),
    ("http://purl.oclc.org/ooxml/officeDocument/math", "m"),
    ("http://schemas.microsoft.com/office/2006/xmlPackage", "pkg"),
    ("http://schemas.microsoft.com/office/word/2003/auxHint", "wx"),
    ("http://schemas.microsoft.com/aml/2001/core", "aml"),
    ("http://purl.org/dc/elements/1.1/", "dc"),
    ("urn:schemas-microsoft-com:vml", "v"),
    ("urn:schemas-microsoft-com:office:office", "o"),
];

/// Elements that are never asked for, by far the most of a part: how text is set, what a table looks like, who changed what when.
/// Nothing that is shown stands in them.
const UNREAD: &[&str] = &[
    "w:adjustRightInd",
    "w:autoSpaceDE",
    "w:autoSpaceDN",
    "w:bCs",
    "w:bookmarkEnd",
    "w:bookmarkStart",
    "w:delInstrText",
    "w:delText",
    "w:i",
    "w:iCs",
    "w:ind",
    "w:instrText",
    "w:jc",
    "w:keepLines",
    "w:keepNext",
    "w:kern",
    "w:kinsoku",
    "w:lang",
    "w:lastRenderedPageBreak",
    "w:latentStyles",
    "w:link",
    "w:lvlJc",
    "w:next",
    "w:noProof",
    "w:noWrap",
    "w:overflowPunct",
    "w:pBdr",
    "w:pPrChange",
    "w:proofErr",
    "w:qFormat",
    "w:rFonts",
    "w:rPrChange",
    "w:rsid",
    "w:sdtPr",
    "w:sectPrChange",
    "w:semiHidden",
    "w:snapToGrid",
    "w:spacing",
    "w:szCs",
    "w:tabs",
    "w:tblGrid",
    "w:tblPrChange",
    "w:tblPrEx",
    "w:tblStylePr",
    "w:tcBorders",
    "w:tcMar",
    "w:tcPrChange",
    "w:tcW",
    "w:textAlignment",
    "w:topLinePunct",
    "w:trHeight",
    "w:trPrChange",
    "w:u",
    "w:uiPriority",
    "w:unhideWhenUsed",
    "w:vAlign",
    "w:widowControl",
    "w:wordWrap",
];

/// Parses a part.
///
/// # Errors
/// Where it is not well-formed or too large.
pub(super) fn tree(bytes: &[u8], name: &str) -> Result<Tree, Error> {
    Tree::parse_without(bytes, name, SPACES, UNREAD)
}

/// Where parts come from.
pub(super) enum Parts<'a> {
    /// A zip package.
    Zip(Package<'a>),
    /// One XML file: its tree, and the element that each part is.
    Flat(Rc<Tree>, HashMap<String, usize>),
}

/// A parsed part.
pub(super) struct Part {
    /// Its name in the package.
    pub name: String,
    tree: Rc<Tree>,
    root: usize,
}

impl Part {
    /// A whole file as one part.
    pub(super) fn whole(name: &str, tree: Tree) -> Part {
        Part {
            name: name.into(),
            tree: Rc::new(tree),
            root: 0,
        }
    }

    /// Its outermost element.
    pub(super) fn root(&self) -> Element<'_> {
        self.tree.element(self.root)
    }
}

/// A relation of a part to another.
pub(super) struct Relation {
    /// Name that the part uses.
    pub id: String,
    /// Last word of its type: `styles`, `image`.
    pub kind: String,
    /// Name of the other part, or an address outside.
    pub target: String,
}

impl Parts<'_> {
    /// The parts of a Flat OPC file.
    pub(super) fn flat(tree: Tree) -> Parts<'static> {
        let parts = tree
            .root()
            .children()
            .filter_map(|part| {
                let name = part.attribute("pkg:name")?.trim_start_matches('/').to_ascii_lowercase();
                let root = part.child("pkg:xmlData")?.children().next()?;
                Some((name, root.index()))
            })
            .collect();
        Parts::Flat(Rc::new(tree), parts)
    }

    /// A part by its name; `None` where there is none.
    pub(super) fn part(&self, name: &str) -> Result<Option<Part>, Error> {
        let (tree, root) = match self {
            Parts::Zip(package) => match package.part(name)? {
                Some(bytes) => (Rc::new(tree(&bytes, name)?), 0),
                None => return Ok(None),
            },
            Parts::Flat(tree, parts) => match parts.get(&name.trim_start_matches('/').to_ascii_lowercase()) {
                Some(root) => (Rc::clone(tree), *root),
                None => return Ok(None),
            },
        };
        Ok(Some(Part {
            name: name.into(),
            tree,
            root,
        }))
    }

    /// The bytes of a part that is no XML; `None` where there is none.
    pub(super) fn bytes(&self, name: &str) -> Result<Option<Vec<u8>>, Error> {
        match self {
            Parts::Zip(package) => package.part(name),
            Parts::Flat(..) => Ok(None),
        }
    }

    /// The relations of a part; of the package itself for an empty name.
    pub(super) fn relations(&self, part: &str) -> Result<Vec<Relation>, Error> {
        let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
        let name = format!("{folder}{}_rels/{file}.rels", if folder.is_empty() { "" } else { "/" });
        let Some(relations) = self.part(&name)? else {
            return Ok(Vec::new());
        };
        let relation = |element: Element| {
            let target = element.attribute("Target")?;
            let outside = element.attribute("TargetMode") == Some("External");
            Some(Relation {
                id: element.attribute("Id")?.into(),
                kind: element.attribute("Type")?.rsplit('/').next()?.into(),
                target: if outside { target.into() } else { resolve(part, target) },
            })
        };
        Ok(relations.root().children().filter_map(relation).collect())
    }

    /// The part that holds the text.
    pub(super) fn main(&self) -> Result<Part, Error> {
        const USUAL: &str = "word/document.xml";
        let relations = self.relations("")?;
        let named = relations.iter().find(|relation| relation.kind == "officeDocument");
        let name = named.map_or(USUAL, |relation| relation.target.as_str());
        match self.part(name)? {
            Some(part) => Ok(part),
            None => Err(Error::Damaged(format!("{name}: the part with the text is missing"))),
        }
    }
}
