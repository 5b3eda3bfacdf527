//! Tables in the markup of wikis (`{|` … `|-` … `|}`) and of AsciiDoc (`|===`), whose lines hold a cell or several, and no rows.
//!
//! Invariant: a row ends where a mark says so, or where as many cells as the table has columns stand behind each other; no blank cell is
//! lost.

use std::sync::LazyLock;

use regex::Regex;

use super::{Line, cell_text};
use crate::document::{Cell, Grid, GridBuilder, GridKind, Origin};
use crate::forms;

/// No table of a report has so many columns.
const MOST_COLUMNS: usize = 100;

#[allow(clippy::unwrap_used)]
static SPAN: LazyLock<Regex> = LazyLock::new(|| {
    // Impossible in a released program: a test reads spans.
    Regex::new(r#"(?i)\b(col|row)span\s*=\s*["']?\s*(\d{1,3})"#).unwrap()
});
/// What stands in AsciiDoc before the bar of a cell that covers several slots: `2+`, `.3+`, `2.3+`.
#[allow(clippy::unwrap_used)]
static COVERS: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"(?:^|\s)(\d{1,2})?(?:\.(\d{1,3}))?\+$").unwrap());

/// A cell before it has its slot.
struct Open {
    text: String,
    origin: Origin,
    columns: usize,
    rows: usize,
}

impl Open {
    fn push(&mut self, more: &str) {
        if !more.is_empty() {
            self.text += if self.text.is_empty() { "" } else { "\n" };
            self.text += more;
        }
    }
}

/// The table that begins with the first line, and how many lines it takes.
pub(super) fn table(lines: &[Line]) -> Option<(Grid, usize)> {
    let first = lines.first()?;
    let below = || lines.get(1).is_some_and(|line| line.text.trim() == "|===");
    match first.text.trim() {
        text if text.starts_with("{|") => of_wiki(lines),
        "|===" => of_asciidoc(lines, None),
        text if text.starts_with("[") && below() => {
            let (grid, count) = of_asciidoc(&lines[1..], columns(text))?;
            Some((grid, count + 1))
        }
        _ => None,
    }
}

/// A table that `|}`, the end of the text or the heading of a section ends.
fn of_wiki(lines: &[Line]) -> Option<(Grid, usize)> {
    let mut rows: Vec<Vec<Open>> = vec![Vec::new()];
    let mut count = 1;
    for line in &lines[1..] {
        let text = line.text.trim();
        if text.starts_with("{|") {
            return None;
        }
        if forms::is_section_heading(text) {
            break;
        }
        count += 1;
        if text.starts_with("|}") {
            break;
        }
        let last = rows.last_mut()?;
        match (text.strip_prefix(['|', '!']), text.starts_with('!')) {
            (Some(rest), _) if rest.starts_with('-') => rows.push(Vec::new()),
            (Some(caption), _) if caption.starts_with('+') => {
                last.push(of_markup(&caption[1..], *line));
                rows.push(Vec::new());
            }
            (Some(rest), true) => last.extend(rest.split("!!").map(|cell| of_markup(cell, *line))),
            (Some(rest), false) => last.extend(rest.split("||").map(|cell| of_markup(cell, *line))),
            (None, _) => last.iter_mut().last().into_iter().for_each(|cell| cell.push(text)),
        }
    }
    rows.retain(|row| !row.is_empty());
    Some((lay(rows, None, lines[0].number)?, count))
}

/// A cell of a wiki, before whose text its attributes may stand: `colspan="3" | 规章`.
fn of_markup(cell: &str, line: Line) -> Open {
    let (attributes, text) = match cell.split_once('|') {
        Some((attributes, text)) if attributes.contains('=') => (attributes, text),
        _ => ("", cell),
    };
    let mut open = Open {
        text: text.trim().into(),
        origin: Origin::text(line.number, 1),
        columns: 1,
        rows: 1,
    };
    for span in SPAN.captures_iter(attributes) {
        let slots = span[2].parse().unwrap_or(1);
        match span[1].to_ascii_lowercase().as_str() {
            "col" => open.columns = slots,
            _ => open.rows = slots,
        }
    }
    open
}

/// A table between two lines `|===`, with its columns where a line above says how many they are.
fn of_asciidoc(lines: &[Line], columns: Option<usize>) -> Option<(Grid, usize)> {
    let end = 1 + lines[1..].iter().position(|line| line.text.trim() == "|===")?;
    let mut cells: Vec<Open> = Vec::new();
    let mut width = columns;
    for line in lines[1..end].iter().filter(|line| !line.text.trim().is_empty()) {
        let mut covers = (1, 1);
        let mut pieces = line.text.split('|').enumerate().peekable();
        while let Some((at, piece)) = pieces.next() {
            let (text, next) = match pieces.peek() {
                Some(_) => without_covers(piece),
                None => (piece, (1, 1)),
            };
            match at {
                0 => cells
                    .iter_mut()
                    .last()
                    .into_iter()
                    .for_each(|cell| cell.push(text.trim())),
                _ => cells.push(Open {
                    text: text.trim().into(),
                    origin: Origin::text(line.number, 1),
                    columns: covers.0,
                    rows: covers.1,
                }),
            }
            covers = next;
        }
        width = width.or(Some(cells.iter().map(|cell| cell.columns).sum()));
    }
    Some((lay(vec![cells], width, lines[0].number)?, end + 1))
}

/// The text of a cell without what stands in it before the next bar, and how many slots that says the next cell covers.
fn without_covers(piece: &str) -> (&str, (usize, usize)) {
    let Some(found) = COVERS.captures(piece) else {
        return (piece, (1, 1));
    };
    let slots = |at: usize| found.get(at).and_then(|slots| slots.as_str().parse().ok()).unwrap_or(1);
    let end = found.get(0).map_or(piece.len(), |all| all.start());
    (&piece[..end], (slots(1), slots(2)))
}

/// How many columns the attributes of a table in AsciiDoc give it: `[cols="1,2,3*"]`.
fn columns(attributes: &str) -> Option<usize> {
    let list = attributes.split_once("cols=\"")?.1.split('"').next()?;
    let count = |item: &str| {
        item.split_once('*')
            .map_or(Some(1), |(times, _)| times.trim().parse().ok())
    };
    list.split([',', ';']).map(count).sum()
}

/// Puts cells into their slots, with a new row where the columns are full, if their number is known.
fn lay(rows: Vec<Vec<Open>>, columns: Option<usize>, line: u32) -> Option<Grid> {
    let has_spans = rows.iter().flatten().any(|cell| (cell.columns, cell.rows) != (1, 1));
    let kind = if has_spans {
        GridKind::Ruled
    } else {
        GridKind::Delimited
    };
    let mut builder = GridBuilder::new(kind, Origin::text(line, 1));
    // For each column the first row that no cell above reaches.
    let mut reach = [0; MOST_COLUMNS];
    let most = columns.filter(|columns| *columns > 0).unwrap_or(MOST_COLUMNS);
    let mut row = 0;
    for cells in rows {
        let mut column = 0;
        for cell in cells {
            column += reach.get(column..)?.iter().take_while(|end| **end > row).count();
            if column >= most {
                (row, column) = (row + 1, 0);
                column += reach.iter().take_while(|end| **end > row).count();
            }
            reach.get_mut(column..column + cell.columns)?.fill(row + cell.rows);
            builder.cell(Cell {
                row,
                column,
                row_span: cell.rows,
                column_span: cell.columns,
                text: cell_text(&cell.text),
                origin: cell.origin,
            });
            column += cell.columns;
        }
        row += 1;
    }
    Some(builder.build().0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<(Vec<String>, usize)> {
        let lines: Vec<Line> = (1..)
            .zip(text.lines())
            .map(|(number, text)| Line { number, text })
            .collect();
        let (grid, count) = table(&lines)?;
        let row = |row: usize| {
            grid.row(row)
                .map(|cell| cell.text.as_str())
                .collect::<Vec<&str>>()
                .join("/")
        };
        Some(((0..grid.rows()).map(row).collect(), count))
    }

    fn rows(text: &str) -> Vec<String> {
        read(text).map(|(rows, _)| rows).unwrap_or_default()
    }

    #[test]
    fn a_row_of_a_wiki_has_the_cells_up_to_its_mark_and_keeps_blank_ones() {
        let text = "{| class=\"wikitable\"\n|+ 表一\n|-\n! 信息内容 !! 制发\n! 废止\n|-\n| 规章\n|\n| 3\n|-\n| colspan=\"2\" | 行政许可 || 5\n续\n|}\n后文";
        let wanted = ["表一", "信息内容/制发/废止", "规章//3", "行政许可/5\n续"].map(String::from);
        assert_eq!(read(text), Some((wanted.to_vec(), 13)));
    }

    #[test]
    fn a_table_of_a_wiki_without_its_end_stops_at_a_heading() {
        let text = "{|\n| 规章\n|\n|-\n| 许可\n| 5\n三、收到和处理政府信息公开申请情况";
        assert_eq!(read(text).map(|(rows, count)| (rows.len(), count)), Some((2, 6)));
        assert_eq!(read("{|\n| 规章\n{|\n|}"), None);
    }

    #[test]
    fn rows_of_asciidoc_are_as_wide_as_the_table() {
        let rows_of = |columns: &str| {
            rows(&format!(
                "{columns}|===\n|项目 |甲 |乙\n\n|规章 |\n|2\n\n2+|许可\n类 .2+|5\n|处罚 |6\n|==="
            ))
        };
        let wanted = ["项目/甲/乙", "规章//2", "许可\n类/5", "处罚/6/5"];
        assert_eq!(rows_of("[cols=\",2*\"]\n"), wanted);
        assert_eq!(rows_of(""), wanted);
        assert!(rows("|===\n|规章 |1").is_empty());
    }
}
