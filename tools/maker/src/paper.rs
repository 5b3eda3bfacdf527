//! A report before it becomes a file: title, furniture, and blocks in reading order.
//!
//! Invariant: nothing here knows of a file format, and no container knows how a report is invented.

use crate::sheet::Sheet;

/// A report, or several in one file.
#[derive(Clone, Debug)]
pub struct Paper {
    /// Lines of the title.
    pub title: Vec<String>,
    /// The body that reports.
    pub agency: String,
    /// The year reported on.
    pub year: i32,
    /// Day of publication, ISO 8601.
    pub published: String,
    /// 索引号.
    pub index_number: String,
    /// Name of the site.
    pub site: String,
    /// What stands below the title.
    pub blocks: Vec<Block>,
    /// Whether it is written in traditional characters.
    pub traditional: bool,
}

/// One thing in reading order.
#[derive(Clone, Debug)]
pub enum Block {
    /// The title of a further report in the same file.
    Title(Vec<String>),
    /// A heading on a line of its own, or on two.
    Heading {
        /// Depth, from 1.
        level: u8,
        /// Number with its mark, as printed: `一、`.
        number: String,
        /// Heading as printed.
        text: String,
        /// Where it breaks over two lines, in characters of number and text.
        broken_at: Option<usize>,
    },
    /// A heading glued to the paragraph that follows it.
    RunIn {
        /// Heading with its number and closing mark.
        head: String,
        /// The rest of the paragraph.
        rest: String,
    },
    /// A paragraph.
    Paragraph(String),
    /// A table.
    Table(Sheet),
    /// Signature and date at the end.
    Closing(String),
}

impl Paper {
    /// The title on one line.
    pub fn title_line(&self) -> String {
        self.title.concat()
    }

    /// Changes every printed string.
    pub fn map_text(&mut self, change: &dyn Fn(&str) -> String) {
        let apply = |text: &mut String| *text = change(text);
        self.title.iter_mut().for_each(apply);
        [&mut self.agency, &mut self.site].into_iter().for_each(apply);
        for block in &mut self.blocks {
            match block {
                Block::Title(lines) => lines.iter_mut().for_each(apply),
                Block::Heading { text, .. } => apply(text),
                Block::RunIn { head, rest } => [head, rest].into_iter().for_each(apply),
                Block::Paragraph(text) | Block::Closing(text) => apply(text),
                Block::Table(sheet) => map_sheet(sheet, change),
            }
        }
    }
}

fn map_sheet(sheet: &mut Sheet, change: &dyn Fn(&str) -> String) {
    for band in &mut sheet.bands {
        if let Some(shown) = &mut band.shown {
            *shown = change(shown);
        }
        for column in &mut band.columns {
            column.shown = change(&column.shown);
        }
        for row in &mut band.rows {
            row.shown = change(&row.shown);
            for label in &mut row.shown_path {
                *label = change(label);
            }
            for cell in &mut row.cells {
                cell.printed = change(&cell.printed);
            }
        }
    }
}

/// The line or lines of a heading.
pub fn heading_lines(number: &str, text: &str, broken_at: Option<usize>) -> Vec<String> {
    let whole: Vec<char> = number.chars().chain(text.chars()).collect();
    let (first, second) = whole.split_at(broken_at.unwrap_or(whole.len()));
    let halves = [first, second].into_iter().filter(|half| !half.is_empty());
    halves.map(|half| half.iter().collect()).collect()
}
