//! What the pages have in common: escaping, tables from grids, blocks in order.
//!
//! Invariant: each style decides on tags and attributes; the text and the spans are the same in all.

use crate::faults::Faults;
use crate::layout::{Grid, GridCell, Role};
use crate::paper::{Block, Paper, heading_lines};
use crate::sheet::Sheet;

/// What a line of text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line {
    /// A line of a title.
    Title,
    /// A heading of a level.
    Heading(u8),
    /// A paragraph.
    Text,
    /// Signature or date.
    Closing,
}

/// How one style writes.
pub struct Look<'a> {
    /// A line; the text is escaped already.
    pub line: &'a dyn Fn(Line, &str) -> String,
    /// The heading at the start of a paragraph.
    pub run_in: &'a dyn Fn(&str) -> String,
    /// A table.
    pub table: &'a dyn Fn(&Sheet) -> String,
}

/// Text for HTML.
pub fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// The blocks of a paper, without its title.
pub fn blocks(paper: &Paper, look: &Look) -> String {
    let mut out = String::new();
    for block in &paper.blocks {
        out += &match block {
            Block::Title(lines) => lines
                .iter()
                .map(|line| (look.line)(Line::Title, &escape(line)))
                .collect(),
            Block::Heading {
                level,
                number,
                text,
                broken_at,
            } => {
                let lines = heading_lines(number, text, *broken_at);
                let lines: Vec<String> = lines.iter().map(|line| escape(line)).collect();
                (look.line)(Line::Heading(*level), &lines.join("<br>"))
            }
            Block::RunIn { head, rest } => {
                (look.line)(Line::Text, &format!("{}{}", (look.run_in)(&escape(head)), escape(rest)))
            }
            Block::Paragraph(text) => (look.line)(Line::Text, &escape(text)),
            Block::Closing(text) => (look.line)(Line::Closing, &escape(text)),
            Block::Table(sheet) => (look.table)(sheet),
        };
        out.push('\n');
    }
    out
}

/// How a style writes its tables.
pub struct TableStyle<'a> {
    /// The opening tag.
    pub open: &'a str,
    /// Attributes of a cell, with a leading space.
    pub attributes: &'a dyn Fn(&GridCell) -> String,
    /// Content of a cell from its escaped lines.
    pub content: &'a dyn Fn(&GridCell, &[String]) -> String,
    /// Whether header rows stand in `<thead>` with `<th>`.
    pub thead: bool,
    /// Whether cells and rows are closed.
    pub closed: bool,
}

/// A grid as a table.
pub fn table(grid: &Grid, style: &TableStyle) -> String {
    let mut out = format!("{}\n", style.open);
    let head = if style.thead { grid.head } else { 0 };
    if head > 0 {
        out += "<thead>\n";
    } else {
        out += if style.closed { "<tbody>\n" } else { "" };
    }
    for (at, row) in grid.rows.iter().enumerate() {
        if head > 0 && at == head {
            out += "</thead>\n<tbody>\n";
        }
        out += "<tr>";
        for cell in row {
            let tag = if style.thead && cell.role == Role::Header {
                "th"
            } else {
                "td"
            };
            let rows = if cell.rows > 1 {
                format!(" rowspan=\"{}\"", cell.rows)
            } else {
                String::new()
            };
            let columns = if cell.columns > 1 {
                format!(" colspan=\"{}\"", cell.columns)
            } else {
                String::new()
            };
            let lines: Vec<String> = cell.text.split('\n').map(escape).collect();
            let content = (style.content)(cell, &lines);
            let attributes = (style.attributes)(cell);
            let close = if style.closed {
                format!("</{tag}>")
            } else {
                String::new()
            };
            out += &format!("<{tag}{rows}{columns}{attributes}>{content}{close}");
        }
        out += if style.closed { "</tr>\n" } else { "\n" };
    }
    out + if style.closed { "</tbody></table>" } else { "</table>" }
}

/// Lines of a cell parted by `<br>`.
pub fn broken(lines: &[String]) -> String {
    lines.join("<br>")
}

/// Small furniture that stands around every page of a site: it must not become part of the report.
pub fn navigation(faults: &Faults) -> String {
    ["首页", "政务公开", "政务服务", "互动交流", "走进我们"]
        .iter()
        .map(|word| format!("<li><a href=\"#\">{}</a></li>", faults.word(word)))
        .collect()
}
