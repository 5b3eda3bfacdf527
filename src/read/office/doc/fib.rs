//! The file information block: where each part of a Word document stands, and how long the text is.
//!
//! Source: [MS-DOC] 2.5. Invariant: a file of an older Word or one that is encrypted is an error here, before anything is made of it.

use crate::error::Error;
use crate::read::container::damaged;
use crate::read::office::binary::{size_at, slice, u16_at};

/// Name of the main stream.
pub(super) const MAIN: &str = "WordDocument";
/// First version of the format that Word 97 brought; older ones keep text and properties otherwise.
const WORD_97: u16 = 0x00C0;
/// Place of the first counted array.
const ARRAYS: usize = 32;

/// A part of the document that the block gives the place of, by its number among them.
#[derive(Clone, Copy)]
pub(super) enum Part {
    /// Styles.
    Styles = 1,
    /// Footnote references, and the texts of the footnotes.
    FootnoteReferences = 2,
    /// Where the text of each footnote begins.
    Footnotes = 3,
    /// Sections.
    Sections = 6,
    /// Where each header and footer begins.
    Headers = 11,
    /// Properties of characters.
    Characters = 12,
    /// Properties of paragraphs.
    Paragraphs = 13,
    /// Fonts.
    Fonts = 15,
    /// Pieces of the text.
    Pieces = 33,
    /// Where drawings are anchored in the main text.
    Anchors = 40,
    /// Endnote references.
    EndnoteReferences = 46,
    /// Where the text of each endnote begins.
    Endnotes = 47,
    /// Drawings.
    Drawings = 50,
    /// Where the text of each box begins.
    Boxes = 56,
    /// Definitions of lists.
    ListDefinitions = 73,
    /// Lists.
    Lists = 74,
}

/// A story: the main text and what stands apart from it follow each other in one row of characters.
#[derive(Clone, Copy)]
pub(super) enum Story {
    /// The text.
    Main = 3,
    /// Footnotes.
    Footnotes = 4,
    /// Headers and footers.
    Headers = 5,
    /// Macros; not used any more.
    Macros = 6,
    /// Comments.
    Comments = 7,
    /// Endnotes.
    Endnotes = 8,
    /// Boxes of the main text.
    Boxes = 9,
    /// Boxes of headers.
    HeaderBoxes = 10,
}

/// All stories in their order.
const STORIES: [Story; 8] = [
    Story::Main,
    Story::Footnotes,
    Story::Headers,
    Story::Macros,
    Story::Comments,
    Story::Endnotes,
    Story::Boxes,
    Story::HeaderBoxes,
];

/// The block of a document.
pub(super) struct Fib<'a> {
    main: &'a [u8],
    /// Places of the counted arrays: counts of characters, and places of parts.
    counts: usize,
    places: usize,
    /// Number of parts that the block knows.
    parts: usize,
}

impl<'a> Fib<'a> {
    /// Reads the block at the beginning of the main stream.
    ///
    /// # Errors
    /// Where it is damaged, of Word 95 or older, or says that the text is encrypted.
    pub(super) fn read(main: &'a [u8]) -> Result<Self, Error> {
        let short = || damaged(MAIN, "the file information block is too short");
        let magic = u16_at(main, 0).ok_or_else(short)?;
        let version = u16_at(main, 2).ok_or_else(short)?;
        if magic != 0xA5EC || version < WORD_97 {
            let is_word = matches!(magic, 0xA5EC | 0xA5DC | 0xA5DB | 0xA5DA | 0xA59B | 0xA59C);
            return Err(match is_word {
                true => Error::UnknownFormat(
                    "Word document of Word 95 or older (save it as DOCX with Word, WPS or LibreOffice)".into(),
                ),
                false => damaged(MAIN, "it begins with no file information block"),
            });
        }
        if u16_at(main, 10).ok_or_else(short)? & 0x0100 != 0 {
            return Err(Error::Locked);
        }
        let words = usize::from(u16_at(main, ARRAYS).ok_or_else(short)?);
        let counts = ARRAYS + 2 + words * 2;
        let longs = usize::from(u16_at(main, counts).ok_or_else(short)?);
        let places = counts + 2 + longs * 4;
        let parts = usize::from(u16_at(main, places).ok_or_else(short)?);
        Ok(Fib {
            main,
            counts: counts + 2,
            places: places + 2,
            parts,
        })
    }

    /// Name of the stream that holds the parts.
    pub(super) fn table_stream(&self) -> &'static str {
        let flags = u16_at(self.main, 10).unwrap_or(0);
        if flags & 0x0200 != 0 { "1Table" } else { "0Table" }
    }

    /// Whether the text is Chinese by the language of the program that made it.
    pub(super) fn is_simplified_chinese(&self) -> bool {
        let east = u16_at(self.main, ARRAYS + 2 + 26);
        u16_at(self.main, 6) == Some(0x0804) || east == Some(0x0804)
    }

    /// The first character of a story and the first one after it.
    pub(super) fn story(&self, story: Story) -> (usize, usize) {
        let count = |story: Story| size_at(self.main, self.counts + story as usize * 4).unwrap_or(0);
        let before = STORIES.iter().take_while(|known| **known as usize != story as usize);
        let first = before.fold(0usize, |sum, story| sum.saturating_add(count(*story)));
        (first, first.saturating_add(count(story)))
    }

    /// A part in the stream that holds the parts; empty where there is none.
    ///
    /// # Errors
    /// Where it reaches beyond the end of the stream.
    pub(super) fn part<'t>(&self, table: &'t [u8], part: Part) -> Result<&'t [u8], Error> {
        let (at, length) = self.place(part);
        let name = || damaged(self.table_stream(), format_args!("part {} is cut off", part as usize));
        if length == 0 {
            return Ok(&[]);
        }
        slice(table, at, length).ok_or_else(name)
    }

    /// Where a part begins in its stream, and its length.
    pub(super) fn place(&self, part: Part) -> (usize, usize) {
        let number = |at: usize| size_at(self.main, self.places + part as usize * 8 + at).unwrap_or(0);
        if part as usize >= self.parts {
            return (0, 0);
        }
        (number(0), number(4))
    }
}
