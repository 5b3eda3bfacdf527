//! The rows of a table between tabs or pipes, a line each but where a number was broken over two.
//!
//! Invariant: lines are one row only where both together are as wide as nearly all rows of the table, and the first ends inside a number.

use std::collections::BTreeMap;

use super::{Line, cell_text};
use crate::document::Origin;

/// The cells of a row, each with its place.
pub(super) type Row = Vec<(String, Origin)>;

/// The rows of lines with tabs.
pub(super) fn of_tabs(lines: &[Line]) -> Vec<Row> {
    let with_tabs = lines.iter().filter(|line| line.text.contains('\t'));
    whole(with_tabs.map(|line| fields(*line, '\t')).collect())
}

/// The rows of lines with pipes. Where every row of the table begins with a pipe, that pipe opens no cell, and likewise at the end; in
/// other tables an empty cell stands there.
pub(super) fn of_pipes(lines: &[Line]) -> Vec<Row> {
    let lines: Vec<Line> = lines.iter().filter(|line| !is_rule(line.text)).copied().collect();
    // A line that is not closed goes together with one that is not opened.
    let continues = |above: Option<&Line>, below: Option<&Line>| {
        above.is_some_and(|above| !is_closed(above)) && below.is_some_and(|below| !is_opened(below))
    };
    let above = |index: usize| index.checked_sub(1).map(|above| &lines[above]);
    // A text that was cut off ends inside a row.
    let whole_lines = if lines.len() > 3 { lines.len() - 1 } else { lines.len() };
    let opened = (0..lines.len()).all(|index| is_opened(&lines[index]) || continues(above(index), lines.get(index)));
    let closed =
        (0..whole_lines).all(|index| is_closed(&lines[index]) || continues(lines.get(index), lines.get(index + 1)));
    let is_filled = is_filled_up(&lines);
    let cells = |line: &Line| {
        let text = without_filling(line.text, is_filled);
        let mut cells = fields(Line { text, ..*line }, '|');
        if opened && is_opened(line) && cells.len() > 1 {
            cells.remove(0);
        }
        if closed && is_closed(line) && cells.len() > 1 {
            cells.pop();
        }
        cells
    };
    whole(lines.iter().map(cells).collect())
}

/// The row of dashes below a Markdown header.
pub(super) fn is_rule(line: &str) -> bool {
    line.contains("--") && line.chars().all(|c| c.is_whitespace() || "|-:+".contains(c))
}

fn is_opened(line: &Line) -> bool {
    line.text.trim().starts_with('|')
}

fn is_closed(line: &Line) -> bool {
    line.text.trim().ends_with('|')
}

/// A row without the pipes behind a number at its end that only fill it up to the width of the table, as a converter writes what a merged
/// cell covers: `规章 | 0 | |||`. An empty cell has a space between its pipes; a single pipe fills a row only where it does so `in_all`
/// rows of the table.
fn without_filling(line: &str, in_all: bool) -> &str {
    let line = line.trim_end();
    let (row, filling) = filling(line);
    let last = row.trim_end().strip_suffix('|').map(str::trim_end);
    let is_filled = row.ends_with(char::is_whitespace) && last.is_some_and(|last| last.ends_with(char::is_numeric));
    if is_filled && (filling > 1 || in_all) {
        row
    } else {
        line
    }
}

/// Whether a converter that leaves out empty cells filled the rows up with pipes: some end in several, and none has an empty cell before
/// a filled one.
fn is_filled_up(lines: &[Line]) -> bool {
    let is_left_filled = |line: &Line| {
        let cells = line.text.trim().trim_matches('|').split('|');
        let filled: Vec<bool> = cells.map(|cell| !cell.trim().is_empty()).collect();
        filled.iter().rev().skip_while(|filled| !**filled).all(|filled| *filled)
    };
    lines.iter().any(|line| filling(line.text.trim_end()).1 > 1)
        && lines.iter().all(|line| !is_opened(line) && is_left_filled(line))
}

/// A row without the pipes at its end that stand close together, and how many these are.
fn filling(line: &str) -> (&str, usize) {
    let row = line.trim_end_matches('|');
    (row, line.len() - row.len())
}

fn fields(line: Line, separator: char) -> Row {
    line.fields(separator)
        .map(|(text, origin)| (cell_text(text), origin))
        .collect()
}

/// The rows with those put together that a line's end has cut inside a number.
fn whole(rows: Vec<Row>) -> Vec<Row> {
    let mut widths: BTreeMap<usize, usize> = BTreeMap::new();
    rows.iter().for_each(|row| *widths.entry(row.len()).or_default() += 1);
    let (width, count) = widths.into_iter().max_by_key(|(_, count)| *count).unwrap_or_default();
    if count * 3 < rows.len() * 2 {
        return rows;
    }
    let mut whole: Vec<Row> = Vec::with_capacity(rows.len());
    for mut row in rows {
        let above = whole.last_mut().filter(|above| above.len() + row.len() == width + 1);
        match above.and_then(|above| above.last_mut().filter(|(first, _)| is_inside_number(first, &row[0].0))) {
            Some((first, _)) => {
                *first += &format!("\n{}", row.remove(0).0);
                whole.last_mut().into_iter().for_each(|above| above.append(&mut row));
            }
            None => whole.push(row),
        }
    }
    whole
}

fn is_inside_number(above: &str, below: &str) -> bool {
    above.ends_with(|c: char| c.is_numeric()) && below.starts_with(|c: char| c.is_numeric())
}
