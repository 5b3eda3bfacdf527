//! Lines as a terminal shows them: every character in a column of the screen, of which a Chinese one takes two.
//!
//! Who drew a table with characters has counted their widths in one of a few ways. Invariant: a character keeps its place in the file.

use unicode_width::UnicodeWidthChar;

use super::{Line, cell_text};
use crate::document::Origin;

/// How many columns a character takes.
pub(super) type Width = fn(char) -> usize;

/// The ways to count: as terminals do, as those of Chinese systems do, and every character alike.
pub(super) const WIDTHS: [Width; 3] = [|c| c.width().unwrap_or(0), |c| c.width_cjk().unwrap_or(0), |_| 1];

/// A line on the screen.
#[derive(Debug)]
pub(super) struct Shown {
    number: u32,
    /// Each character with the column that it begins in.
    chars: Vec<(usize, char)>,
    extent: (usize, usize),
}

impl Shown {
    /// Puts the characters of a line into columns.
    pub(super) fn of(line: &Line, width: Width) -> Self {
        let mut end = 0;
        let place = |c| {
            let begin = end;
            end += width(c);
            (begin, c)
        };
        let chars: Vec<(usize, char)> = line.text.trim_end().chars().map(place).collect();
        let begin = chars.iter().find(|(_, c)| !c.is_whitespace());
        Shown {
            number: line.number,
            extent: (begin.map_or(0, |(column, _)| *column), end),
            chars,
        }
    }

    /// The columns of the first character that is no space and behind the last one.
    pub(super) fn extent(&self) -> (usize, usize) {
        self.extent
    }

    /// What begins in a column.
    pub(super) fn at(&self, column: usize) -> Option<char> {
        let index = self.chars.binary_search_by_key(&column, |(begin, _)| *begin).ok()?;
        Some(self.chars[index].1)
    }

    /// The characters that begin in some columns, each with its column.
    pub(super) fn between(&self, from: usize, to: usize) -> &[(usize, char)] {
        let index = |column| self.chars.partition_point(|(begin, _)| *begin < column);
        &self.chars[index(from)..index(to).max(index(from))]
    }

    /// Where a column stands in the file.
    fn place(&self, column: usize) -> Origin {
        let before = self.chars.partition_point(|(begin, _)| *begin < column);
        Origin::text(self.number, before as u32 + 1)
    }
}

/// What stands in some columns of some lines that follow each other, with its place; of what is blank the place where it begins.
pub(super) fn cell(lines: &[Shown], from: usize, to: usize) -> (String, Origin) {
    let mut text = String::new();
    let mut origin = None;
    for line in lines {
        let chars = line.between(from, to);
        let part: String = chars.iter().map(|(_, c)| c).collect();
        // A backslash is Markdown's mark for a line's end that was meant.
        text = text + part.trim().trim_end_matches('\\') + "\n";
        let first = chars.iter().find(|(_, c)| !c.is_whitespace());
        origin = origin.or(first.map(|(column, _)| line.place(*column)));
    }
    let origin = origin.or_else(|| lines.first().map(|line| line.place(from)));
    (cell_text(&text), origin.unwrap_or(Origin::text(1, 1)))
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::document::Grid;

    /// The lines of a text with their numbers.
    pub fn lines(text: &str) -> Vec<Line<'_>> {
        let lines = (1..).zip(text.lines());
        lines.map(|(number, text)| Line { number, text }).collect()
    }

    /// The cells of a grid: `row,column rows x columns line:column text`.
    pub fn cells(grid: &Grid) -> Vec<String> {
        let cells = grid.cells().iter();
        cells
            .map(|cell| {
                let Origin::Text { line, column } = cell.origin else {
                    panic!("{:?}", cell.origin)
                };
                let (rows, columns) = (cell.row_span, cell.column_span);
                format!(
                    "{},{} {rows}x{columns} {line}:{column} {}",
                    cell.row, cell.column, cell.text
                )
            })
            .collect()
    }
}
