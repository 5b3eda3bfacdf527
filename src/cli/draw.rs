//! Draws a grid with lines, so that a person sees which cells are merged.
//!
//! Widths are those of a terminal: a Chinese character takes two columns. Invariant: every line of a drawing is equally wide.

use nianbao::document::{Cell, Grid};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// The widest that one column gets before the texts in it are broken.
const WIDEST: usize = 20;
/// Rows drawn at most: a drawing is for people.
const MOST_ROWS: usize = 500;
/// Lines drawn of one cell at most.
const MOST_LINES: usize = 30;

/// The drawing, without a line break at its end.
pub fn draw(grid: &Grid) -> String {
    if grid.rows() == 0 || grid.columns() == 0 {
        return "(empty)".into();
    }
    let canvas = Canvas::lay_out(grid);
    let mut lines = Vec::new();
    for row in 0..canvas.heights.len() {
        lines.push(canvas.rule(row));
        for line in 0..canvas.heights[row] {
            lines.push(canvas.text_line(row, line));
        }
    }
    lines.push(canvas.rule(canvas.heights.len()));
    if canvas.heights.len() < grid.rows() {
        lines.push(format!("… {} more rows", grid.rows() - canvas.heights.len()));
    }
    lines.join("\n")
}

/// A grid with the width of each column and the height of each row, in characters.
struct Canvas<'a> {
    grid: &'a Grid,
    widths: Vec<usize>,
    heights: Vec<usize>,
}

impl<'a> Canvas<'a> {
    fn lay_out(grid: &'a Grid) -> Self {
        let mut canvas = Canvas {
            grid,
            widths: vec![1; grid.columns()],
            heights: vec![1; grid.rows().min(MOST_ROWS)],
        };
        for cell in grid.cells().iter().filter(|cell| cell.column_span == 1) {
            let width = cell.text.lines().map(UnicodeWidthStr::width).max().unwrap_or(0);
            let column = &mut canvas.widths[cell.column];
            *column = (*column).max(width.min(WIDEST));
        }
        // A label over many narrow columns would break into single characters: widen its last column.
        for cell in grid.cells().iter().filter(|cell| cell.column_span > 1) {
            let width = cell.text.lines().map(UnicodeWidthStr::width).max().unwrap_or(0);
            let missing = width.min(WIDEST).saturating_sub(canvas.width(cell, cell.column));
            canvas.widths[cell.column + cell.column_span - 1] += missing;
        }
        for cell in grid.cells().iter().filter(|cell| cell.row < MOST_ROWS) {
            let last = (cell.row + cell.row_span).min(canvas.heights.len()) - 1;
            // A rule between the rows of a merged cell is room for a line of its text.
            let room = canvas.heights[cell.row..=last].iter().sum::<usize>() + last - cell.row;
            canvas.heights[last] += wrap(&cell.text, canvas.width(cell, cell.column))
                .len()
                .saturating_sub(room);
        }
        canvas
    }

    /// Characters inside a cell from a column of it on, between the spaces beside its borders.
    fn width(&self, cell: &Cell, from: usize) -> usize {
        let columns = &self.widths[from..cell.column + cell.column_span];
        columns.iter().sum::<usize>() + 3 * (columns.len() - 1)
    }

    /// Whether one cell covers both slots.
    fn joined(&self, a: (usize, usize), b: (usize, usize)) -> bool {
        match (self.grid.at(a.0, a.1), self.grid.at(b.0, b.1)) {
            (Some(a), Some(b)) => std::ptr::eq(a, b),
            _ => false,
        }
    }

    /// Whether a line runs left of a slot.
    fn wall(&self, row: usize, column: usize) -> bool {
        column == 0 || column == self.widths.len() || !self.joined((row, column - 1), (row, column))
    }

    /// Whether a line runs above a slot.
    fn ceiling(&self, row: usize, column: usize) -> bool {
        row == 0 || row == self.heights.len() || !self.joined((row - 1, column), (row, column))
    }

    /// The rule above a row; where a merged cell goes through it, the cell's text goes on.
    fn rule(&self, row: usize) -> String {
        let columns = self.widths.len();
        let mut line = String::new();
        let mut column = 0;
        loop {
            let up = row > 0 && self.wall(row - 1, column);
            let down = row < self.heights.len() && self.wall(row, column);
            let left = column > 0 && self.ceiling(row, column - 1);
            let right = column < columns && self.ceiling(row, column);
            line.push(corner(up, down, left, right));
            if column == columns {
                return line;
            }
            match self.grid.at(row, column) {
                Some(cell) if !self.ceiling(row, column) => {
                    let height: usize = self.heights[cell.row..row].iter().sum::<usize>() + row - cell.row - 1;
                    self.text(cell, column, height, &mut line);
                    column = cell.column + cell.column_span;
                }
                _ => {
                    line.push_str(&"─".repeat(self.widths[column] + 2));
                    column += 1;
                }
            }
        }
    }

    /// One line of text of a row.
    fn text_line(&self, row: usize, line_of_row: usize) -> String {
        let mut line = String::from("│");
        let mut column = 0;
        while column < self.widths.len() {
            match self.grid.at(row, column) {
                Some(cell) => {
                    let above: usize = self.heights[cell.row..row].iter().sum::<usize>() + row - cell.row;
                    self.text(cell, column, above + line_of_row, &mut line);
                    column = cell.column + cell.column_span;
                }
                None => {
                    line.push_str(&"·".repeat(self.widths[column] + 2));
                    column += 1;
                }
            }
            line.push('│');
        }
        line
    }

    /// The n-th line of a cell's text, padded to its width; a cell whose first columns another one claimed begins later.
    fn text(&self, cell: &Cell, from: usize, index: usize, line: &mut String) {
        let width = self.width(cell, from);
        let lines = wrap(&cell.text, width);
        let text = lines.get(index).map_or("", String::as_str);
        line.push(' ');
        line.push_str(text);
        line.extend(std::iter::repeat_n(' ', (width + 1).saturating_sub(text.width())));
    }
}

/// The box-drawing character for a crossing with these arms.
fn corner(up: bool, down: bool, left: bool, right: bool) -> char {
    match (up, down, left, right) {
        (false, true, false, true) => '┌',
        (false, true, true, false) => '┐',
        (true, false, false, true) => '└',
        (true, false, true, false) => '┘',
        (true, true, false, true) => '├',
        (true, true, true, false) => '┤',
        (false, true, true, true) => '┬',
        (true, false, true, true) => '┴',
        (true, true, true, true) => '┼',
        (_, _, false, false) => '│',
        (false, false, _, _) => '─',
    }
}

/// Breaks a text into lines of a width; Chinese may break anywhere. What is too long ends in `…`.
fn wrap(text: &str, width: usize) -> Vec<String> {
    // No character is wider than 2; a narrower column would never hold one.
    let width = width.max(2);
    let mut lines = Vec::new();
    for source in text.lines() {
        let mut line = String::new();
        let mut used = 0;
        for c in source.chars().map(|c| if c.is_control() { ' ' } else { c }) {
            let w = c.width().unwrap_or(0);
            if used + w > width {
                lines.push(std::mem::take(&mut line));
                used = 0;
                if lines.len() == MOST_LINES {
                    break;
                }
            }
            line.push(c);
            used += w;
        }
        lines.push(line);
        if lines.len() > MOST_LINES {
            lines.truncate(MOST_LINES);
            lines.push("…".into());
            break;
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use nianbao::document::{GridBuilder, GridKind, Origin};

    use super::*;

    fn grid(cells: &[(usize, usize, usize, usize, &str)]) -> Grid {
        let mut builder = GridBuilder::new(GridKind::Ruled, Origin::text(1, 1));
        for &(row, column, row_span, column_span, text) in cells {
            builder.cell(Cell {
                row,
                column,
                row_span,
                column_span,
                text: text.into(),
                origin: Origin::text(1, 1),
            });
        }
        builder.build().0
    }

    #[test]
    fn merged_cells_are_drawn_as_one_and_chinese_takes_two_columns() {
        let drawing = draw(&grid(&[
            (0, 0, 2, 1, "规章"),
            (0, 1, 1, 2, "数量"),
            (1, 1, 1, 1, "3"),
            (1, 2, 1, 1, "12"),
        ]));
        let expected = "\
┌──────┬────────┐
│ 规章 │ 数量   │
│      ├───┬────┤
│      │ 3 │ 12 │
└──────┴───┴────┘";
        assert_eq!(drawing, expected);
    }

    #[test]
    fn every_line_is_equally_wide_even_where_cells_are_missing_or_long() {
        let drawing = draw(&grid(&[
            (0, 0, 3, 1, "三、本年度办理结果\n（一）"),
            (
                0,
                1,
                1,
                1,
                "申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
            ),
            (1, 2, 1, 1, "1"),
            (2, 1, 1, 2, "\u{200b}0"),
        ]));
        let widths: Vec<_> = drawing.lines().map(UnicodeWidthStr::width).collect();
        assert!(widths.iter().all(|width| *width == widths[0]), "{drawing}");
    }
}
