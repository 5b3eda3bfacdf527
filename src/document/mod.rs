//! What every reader makes: paragraphs and grids in reading order, each with the place that it came from.
//!
//! Invariant: nothing here knows what a report is, and nothing after here knows which file format it was.

mod block;
mod grid;
mod origin;

pub(crate) use block::Shown;
pub use block::{Block, Link, LinkKind, Paragraph, Property};
pub use grid::{Cell, Grid, GridBuilder, GridKind, MAX_GRID_SLOTS};
pub use origin::Origin;

use serde::{Deserialize, Serialize};

use crate::diagnostic::Diagnostic;

/// A file as its reader saw it: content in reading order, and what the file says of itself.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Document {
    /// IANA media type of the container that was read, such as `text/html`.
    pub media_type: String,
    /// WHATWG name of the character encoding that was used (`gb18030`, `UTF-8`, …); `None` for formats that fix their own.
    pub encoding: Option<String>,
    /// Number of pages, for paged formats.
    pub pages: Option<u32>,
    /// Title that the container itself carries (HTML `<title>`, PDF `Info/Title`), as printed there.
    pub title: Option<String>,
    /// Name and value pairs that the file carries about itself, names as printed: meta tags (`ArticleTitle`, `SiteIDCode`) and
    /// the rows of metadata tables (`索引号`, `发布机构`), in file order.
    pub properties: Vec<Property>,
    /// Paragraphs and grids in reading order.
    pub blocks: Vec<Block>,
    /// Attachments and pictures inside the content, in reading order.
    pub links: Vec<Link>,
    /// Those of the links that are pictures, and where among the blocks they stand.
    #[serde(skip)]
    pub(crate) pictures: Vec<Shown>,
    /// Whether a page with text shows a picture as large as a table.
    #[serde(skip)]
    pub(crate) pictured: bool,
    /// What the reader noticed.
    pub diagnostics: Vec<Diagnostic>,
}

impl Document {
    /// What it says: its title, the values of its properties, its paragraphs and the cells of its grids.
    pub(crate) fn texts_mut(&mut self) -> impl Iterator<Item = &mut String> {
        let values = self.properties.iter_mut().map(|property| &mut property.value);
        let blocks = self.blocks.iter_mut().flat_map(|block| {
            let (paragraph, grid) = match block {
                Block::Paragraph(paragraph) => (Some(&mut paragraph.text), None),
                Block::Grid(grid) => (None, Some(grid.texts_mut())),
            };
            paragraph.into_iter().chain(grid.into_iter().flatten())
        });
        self.title.iter_mut().chain(values).chain(blocks)
    }
}
