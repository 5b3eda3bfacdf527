//! The kinds of files, one a file here.
//!
//! A new kind is one more file and one more line in [`ALL`]. Invariant: a container writes what the paper says, in order, and
//! leaves nothing out.

pub mod binary;
mod html;
mod html_bands;
pub(crate) mod html_clean;
mod html_divs;
mod html_excel;
mod html_fragment;
mod html_old;
mod html_sections;
mod html_split;
mod html_textarea;
mod html_thead;
mod html_word;
mod html_xhtml;
pub(crate) mod mhtml;
pub(crate) mod ofd;
mod opendocument;
pub(crate) mod paged;
pub(crate) mod pdf;
mod rtf;
mod text;
mod text_drawn;
mod text_lines;
mod text_lines_piped;
mod text_markup;
mod text_paged;
mod text_pipes;
mod text_pipes_broken;
mod text_rows;
mod text_run_on;
mod text_spaces;
mod text_tabs;
mod text_torn;
mod word;
mod xlsx;

use crate::faults::Faults;
use crate::paper::Paper;
use crate::rng::Rng;

/// How a container keeps a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Family {
    /// Cells with spans.
    Html,
    /// Text with a mark between cells.
    Pipes,
    /// Text with tabs between cells.
    Tabs,
    /// Text with one cell a line.
    Lines,
    /// Text with a small table for each row.
    Rows,
    /// Text with spaces between cells.
    Spaces,
    /// Drawn cells.
    Pdf,
    /// Documents of office programs, with cells on a grid.
    Word,
}

impl Family {
    /// Whether merged cells can vanish from the rows below.
    pub fn merges_collapse(self) -> bool {
        matches!(self, Family::Tabs | Family::Pipes)
    }

    /// Whether cells have spans that can be wrong.
    pub fn has_spans(self) -> bool {
        matches!(self, Family::Html | Family::Pdf | Family::Word)
    }

    /// Whether a line can break inside a cell.
    pub fn breaks_in_cells(self) -> bool {
        matches!(self, Family::Html | Family::Pdf | Family::Word | Family::Lines)
    }
}

/// Writes a paper.
pub type Render = fn(&Paper, &Faults, &mut Rng) -> anyhow::Result<Vec<u8>>;

/// A kind of file.
#[derive(Debug)]
pub struct Container {
    /// Name for the command line and the floors of the gate.
    pub name: &'static str,
    /// How it keeps tables.
    pub family: Family,
    /// Extension of its files.
    pub extension: &'static str,
    /// Whether figures are lost even without a fault.
    pub lossy: bool,
    /// Whether only the count of numbers tells the columns apart, so that a blank destroys its row.
    pub counts: bool,
    /// Writes it.
    pub render: Render,
}

/// All of them.
pub static ALL: &[&Container] = &[
    &html_clean::CONTAINER,
    &html_word::CONTAINER,
    &html_old::CONTAINER,
    &html_bands::CONTAINER,
    &html_sections::CONTAINER,
    &html_thead::CONTAINER,
    &html_fragment::CONTAINER,
    &html_textarea::CONTAINER,
    &html_divs::ROLES,
    &html_divs::STYLES,
    &html_split::CONTAINER,
    &html_excel::CONTAINER,
    &html_xhtml::CONTAINER,
    &text_pipes::CONTAINER,
    &text_pipes_broken::CONTAINER,
    &text_tabs::CONTAINER,
    &text_lines::CONTAINER,
    &text_lines_piped::CONTAINER,
    &text_rows::CONTAINER,
    &text_run_on::SPACED,
    &text_run_on::GLUED,
    &text_spaces::CONTAINER,
    &text_torn::CONTAINER,
    &text_paged::CONTAINER,
    &pdf::GBK,
    &pdf::UCS2,
    &pdf::SIMPLE,
    &binary::DOC,
    &binary::WPS,
    &binary::XLS,
    &word::DOCX,
    &word::FLAT,
    &rtf::CONTAINER,
    &opendocument::ODT,
    &opendocument::FLAT,
    &opendocument::ODS,
    &mhtml::CONTAINER,
    &xlsx::CONTAINER,
    &ofd::PLAIN,
    &ofd::PRINTED,
    &text_markup::CONTAINER,
    &text_drawn::CONTAINER,
];

/// Those that a seed chooses from where the kind of file is left open. Files of office programs, web archives, OFD, and text with
/// tables in HTML or drawn with characters are made only when they are asked for, so that what a seed gives stays the same when a format
/// is added.
pub fn drawn() -> Vec<&'static Container> {
    let is_asked_for = |container: &Container| {
        container.family == Family::Word
            || matches!(container.extension, "mht" | "ofd")
            || [text_markup::CONTAINER.name, text_drawn::CONTAINER.name].contains(&container.name)
    };
    ALL.iter()
        .copied()
        .filter(|container| !is_asked_for(container))
        .collect()
}

/// A container by its name.
pub fn named(name: &str) -> Option<&'static Container> {
    ALL.iter().copied().find(|container| container.name == name)
}
