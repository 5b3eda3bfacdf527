//! The blocks that a document is made of.
//!
//! Invariant: a paragraph holds one line of meaning and no line break; a reader splits at `<br>`, and joins lines that only the
//! page width broke.

use serde::{Deserialize, Serialize};

use super::{Grid, Origin};

/// One piece of content.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Block {
    /// Running text or a heading.
    Paragraph(Paragraph),
    /// A table, whatever it was drawn with.
    Grid(Grid),
}

/// A paragraph, heading or single line of text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Paragraph {
    /// The text, trimmed, without line breaks, otherwise as printed.
    pub text: String,
    /// Heading level where the format marks one (`h1`–`h6`, Markdown `#`, a Word heading style), from 1.
    pub heading: Option<u8>,
    /// Whether the whole paragraph is set in bold.
    pub strong: bool,
    /// Where it stands.
    pub origin: Origin,
}

/// A name and value pair that the file carries about itself.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Property {
    /// The name as printed, trimmed and without a trailing colon.
    pub name: String,
    /// The value as printed, trimmed.
    pub value: String,
    /// Where it stands.
    pub origin: Origin,
}

/// A reference inside the content to something that is not part of the file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Link {
    /// What kind of thing it leads to.
    pub kind: LinkKind,
    /// The visible text, or the alternative text of a picture.
    pub text: String,
    /// The target as written in the file.
    pub target: String,
    /// Where it stands.
    pub origin: Origin,
}

/// A picture of the content among its blocks.
#[derive(Clone, Debug)]
pub(crate) struct Shown {
    /// Its place among the links of the document.
    pub link: usize,
    /// How many blocks stand before it.
    pub before: usize,
    /// The address that holds the picture itself, of one that is written into the document.
    #[cfg_attr(not(feature = "ocr"), allow(dead_code))]
    pub data: Option<String>,
}

/// What a [`Link`] leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum LinkKind {
    /// A file to download: PDF, Word, WPS, spreadsheet, archive.
    Attachment,
    /// A picture shown in the content.
    Picture,
    /// Another page.
    Page,
}
