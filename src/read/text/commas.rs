//! Tables whose cells are parted by commas (CSV), as spreadsheets and data frames are saved, also among the lines of a text.
//!
//! Commas stand in prose and inside numbers as well. Invariant: lines are a table only where they begin with a row of names, have the same
//! number of cells, and some cell is a number.

use super::{Line, cell_text, is_cell_line};
use crate::document::{Grid, GridBuilder, GridKind, Origin};
use crate::forms;
use crate::text::numeral::Reading;

/// A table has at least so many columns, or its commas are those of prose.
const FEWEST_COLUMNS: usize = 3;
/// A table has at least so many rows.
const FEWEST_ROWS: usize = 3;
/// A cell in quotes runs over at most so many lines.
const CELL_LINES: usize = 8;

/// The cells of a row, each with its place.
type Row = Vec<(String, Origin)>;

/// The table that begins with the first line, and how many lines it takes.
pub(super) fn table(lines: &[Line]) -> Option<(Grid, usize)> {
    let (first, mut count) = row(lines)?;
    let width = first.len();
    if width < FEWEST_COLUMNS || !is_header(&first) || is_alone(&first) {
        return None;
    }
    let mut rows = vec![first];
    while let Some(line) = lines.get(count) {
        if !line.text.contains(',') {
            // A merged cell over all columns that was saved without the blank ones behind it.
            let below = lines.get(count + 1..).and_then(row);
            let is_merged = !line.text.trim().is_empty() && is_cell_line(line.text);
            if !is_merged || below.is_none_or(|(below, _)| below.len() != width) {
                break;
            }
            rows.push(vec![(cell_text(line.text), Origin::text(line.number, 1))]);
            count += 1;
            continue;
        }
        let Some((next, taken)) = row(&lines[count..]).filter(|(next, _)| next.len() == width && !is_alone(next))
        else {
            break;
        };
        rows.push(next);
        count += taken;
    }
    let is_number = |(text, _): &(String, Origin)| !text.is_empty() && Reading::of(text).is_value();
    if rows.len() < FEWEST_ROWS || !rows.iter().skip(1).flatten().any(is_number) {
        return None;
    }
    let mut builder = GridBuilder::new(GridKind::Delimited, Origin::text(lines[0].number, 1));
    rows.into_iter().for_each(|row| _ = builder.row(row));
    Some((builder.build().0, count))
}

/// The text of a line that is a row of a sheet with nothing but one text in its first cell.
pub(super) fn alone(line: Line) -> Option<String> {
    let (row, _) = row(&[line]).filter(|(row, _)| row.len() >= FEWEST_COLUMNS && is_one_text(row))?;
    row.into_iter().next().map(|(text, _)| text)
}

/// Whether a row is a heading or a sentence, and no row of a table.
fn is_alone(row: &Row) -> bool {
    let is_prose = |text: &str| forms::is_section_heading(text) || !is_cell_line(text);
    is_one_text(row) && is_prose(&row[0].0)
}

/// Whether only the first cell of a row is filled.
fn is_one_text(row: &Row) -> bool {
    !row[0].0.is_empty() && row[1..].iter().all(|(text, _)| text.is_empty())
}

/// Whether a row holds names and no numbers, or counts the columns: `,0,1,2,3`.
fn is_header(row: &Row) -> bool {
    let filled: Vec<&str> = row
        .iter()
        .map(|(text, _)| text.as_str())
        .filter(|text| !text.is_empty())
        .collect();
    let are_names = filled.iter().all(|text| !Reading::of(text).is_value());
    // Digits behind a space are those of a number with commas: `规章 1,234 2,345 件`.
    let has_number = |text: &&str| {
        text.split_whitespace()
            .skip(1)
            .any(|word| word.starts_with(|c: char| c.is_ascii_digit()))
    };
    let is_count = (0u32..).zip(&filled).all(|(next, text)| **text == next.to_string());
    !filled.is_empty() && (are_names && !filled.iter().any(has_number) || is_count && filled.len() + 1 >= row.len())
}

/// The cells of the row that begins with the first line, if it has a comma, and how many lines it takes.
fn row(lines: &[Line]) -> Option<(Row, usize)> {
    let first = lines.first()?;
    if !first.text.contains(',') || super::separator(first.text).is_some() {
        return None;
    }
    let mut text = first.text.to_owned();
    let mut count = 1;
    while text.matches('"').count() % 2 == 1 {
        let next = lines.get(count).filter(|_| count < CELL_LINES)?;
        text.push('\n');
        text.push_str(next.text);
        count += 1;
    }
    Some((cells(&text, first.number), count))
}

/// The cells of a row. A cell in quotes may hold commas, and quotes that are doubled.
fn cells(text: &str, line: u32) -> Row {
    let mut cells = Vec::new();
    let mut cell = String::new();
    let (mut is_quoted, mut begin) = (false, 1);
    let mut chars = (1u32..).zip(text.chars()).peekable();
    while let Some((column, c)) = chars.next() {
        match c {
            '"' if is_quoted && chars.peek().is_some_and(|(_, next)| *next == '"') => {
                chars.next();
                cell.push('"');
            }
            '"' if is_quoted || cell.trim().is_empty() => is_quoted = !is_quoted,
            ',' if !is_quoted => {
                cells.push((cell_text(cell.trim()), Origin::text(line, begin)));
                cell.clear();
                begin = column + 1;
            }
            c => cell.push(c),
        }
    }
    cells.push((cell_text(cell.trim()), Origin::text(line, begin)));
    cells
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<(Vec<Vec<String>>, usize)> {
        let lines: Vec<Line> = (1..)
            .zip(text.lines())
            .map(|(number, text)| Line { number, text })
            .collect();
        let (grid, count) = table(&lines)?;
        let rows = (0..grid.rows()).map(|row| grid.row(row).map(|cell| cell.text.clone()).collect());
        Some((rows.collect(), count))
    }

    #[test]
    fn rows_of_names_and_numbers_are_a_table() {
        let text = "第二十条第（一）项,,,\n信息内容,制发,废止,现行\n规章,\"1,234\",,\"5\n\"\n\n后文";
        let rows = [
            vec!["第二十条第（一）项", "", "", ""],
            vec!["信息内容", "制发", "废止", "现行"],
            vec!["规章", "1,234", "", "5"],
        ];
        let rows = rows
            .map(|row| row.into_iter().map(str::to_owned).collect::<Vec<String>>())
            .to_vec();
        assert_eq!(read(text), Some((rows, 4)));
        assert!(read(",0,1,2\n0,信息内容,制发,废止\n1,规章,1,2").is_some());
        assert_eq!(
            read("项目,甲,乙\n规章,1,2\n第五项\n许可,3,4").map(|(rows, _)| rows.len()),
            Some(4)
        );
    }

    #[test]
    fn prose_and_thousands_are_none() {
        assert_eq!(read("一是,二是,三是\n四是,五是,六是\n七是,八是,九是"), None);
        assert_eq!(read("规章 1,234 2,345\n许可 3,456 4,567\n处罚 5,678 6,789"), None);
        assert_eq!(read("1,234,567\n2,345,678\n3,456,789"), None);
        assert_eq!(
            read("项目,甲,乙\n规章,1,2\n三、收到和处理政府信息公开申请情况,,\n许可,3,4"),
            None
        );
    }

    #[test]
    fn a_sentence_in_the_first_cell_of_a_sheet_is_a_paragraph() {
        let alone = |text| alone(Line { number: 1, text });
        assert_eq!(
            alone("三、收到和处理政府信息公开申请情况,,,").as_deref(),
            Some("三、收到和处理政府信息公开申请情况")
        );
        assert_eq!(alone("甲,乙,"), None);
        assert_eq!(alone("甲,"), None);
    }
}
