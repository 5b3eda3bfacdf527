//! What the texts have in common: blocks in order, a grid slot by slot.

use crate::layout::{Grid, Slot};
use crate::paper::{Block, Paper, heading_lines};
use crate::sheet::Sheet;

/// How one style writes its headings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Marks {
    /// `#` before headings, `##` …
    Markdown,
    /// `**bold**` headings.
    Bold,
    /// Nothing.
    None,
}

/// The whole text; `table` writes one table.
pub fn page(paper: &Paper, marks: Marks, between: &str, table: &dyn Fn(&Sheet) -> String) -> String {
    let mut parts: Vec<String> = vec![mark(marks, 1, &paper.title.join("\n"))];
    for block in &paper.blocks {
        parts.push(match block {
            Block::Title(lines) => mark(marks, 1, &lines.join("\n")),
            Block::Heading {
                level,
                number,
                text,
                broken_at,
            } => mark(
                marks,
                level + 1,
                &heading_lines(number, text, *broken_at).join(
                    "
",
                ),
            ),
            Block::RunIn { head, rest } => format!("{head}{rest}"),
            Block::Paragraph(text) | Block::Closing(text) => text.clone(),
            Block::Table(sheet) => table(sheet),
        });
    }
    parts.join(between) + "\n"
}

fn mark(marks: Marks, level: u8, text: &str) -> String {
    let each = |line: &str| match marks {
        Marks::Markdown => format!("{} {line}", "#".repeat(level.into())),
        Marks::Bold => format!("**{line}**"),
        Marks::None => line.to_owned(),
    };
    text.split('\n').map(each).collect::<Vec<_>>().join("\n")
}

/// The texts of a grid slot by slot; a spanning cell stands in its first slot and the others are empty.
pub fn slots(grid: &Grid) -> Vec<Vec<String>> {
    grid.slots()
        .into_iter()
        .map(|row| {
            row.into_iter()
                .map(|slot| match slot {
                    Slot::Begin(r, c) => grid.rows[r][c].text.clone(),
                    _ => String::new(),
                })
                .collect()
        })
        .collect()
}

/// The texts of the cells that begin in each row.
pub fn begun(grid: &Grid) -> Vec<Vec<String>> {
    grid.rows
        .iter()
        .map(|row| row.iter().map(|cell| cell.text.clone()).collect())
        .collect()
}
