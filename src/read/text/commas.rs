//! Tables whose cells are parted by commas or semicolons (CSV), as spreadsheets and data frames are saved, or that a program printed as
//! lists, `['规章', '0', '3']`, also among the lines of a text.
//!
//! Commas stand in prose and inside numbers as well. Invariant: lines are a table only where they begin with a row of names, are as wide as
//! that or a label with numbers behind it, and some cell is a number.

use super::{Line, cell_text, is_cell_line};
use crate::document::{Grid, GridBuilder, GridKind, Origin};
use crate::forms;
use crate::text::numeral::Reading;
use crate::text::quantity::holds_quantity;

/// What parts cells.
const SEPARATORS: [char; 2] = [',', ';'];
/// A sheet has at least so many columns, or the commas of its rows are those of prose.
const FEWEST_COLUMNS: usize = 3;
/// A table has at least so many rows.
const FEWEST_ROWS: usize = 3;
/// A cell in quotes runs over at most so many lines.
const CELL_LINES: usize = 8;
/// A name in a row that is not as wide as the first has at most so many characters.
const LONGEST_NAME: usize = 20;

/// The cells of a row, each with its place.
type Row = Vec<(String, Origin)>;

/// The table that begins with the first line, and how many lines it takes.
pub(super) fn table(lines: &[Line]) -> Option<(Grid, usize)> {
    let first = lines.first()?;
    let found = match is_list(first.text) {
        true => lists(lines),
        false => SEPARATORS.iter().find_map(|separator| sheet(lines, *separator)),
    };
    let (rows, count) = found?;
    let is_number = |(text, _): &(String, Origin)| !text.is_empty() && Reading::of(text).is_value();
    if rows.len() < FEWEST_ROWS || !rows.iter().skip(1).flatten().any(is_number) {
        return None;
    }
    let mut builder = GridBuilder::new(GridKind::Delimited, Origin::text(first.number, 1));
    rows.into_iter().for_each(|row| _ = builder.row(row));
    Some((builder.build().0, count))
}

/// The rows of a sheet that begins with the first line, and how many lines they take.
fn sheet(lines: &[Line], separator: char) -> Option<(Vec<Row>, usize)> {
    let row = |lines: &[Line]| row(lines, separator);
    let (first, mut count) = row(lines)?;
    let width = first.len();
    if !is_header(&first) || is_prose(&first) {
        return None;
    }
    let fits = |row: &Row| !is_prose(row) && (row.len() == width && width >= FEWEST_COLUMNS || is_short(row));
    let mut rows = vec![first];
    while let Some(line) = lines.get(count) {
        if !line.text.contains(separator) {
            // A merged cell over all columns that was saved without the blank ones behind it.
            let below = lines.get(count + 1..).and_then(row);
            let is_merged = !line.text.trim().is_empty() && is_cell_line(line.text);
            if !is_merged || below.is_none_or(|(below, _)| !fits(&below)) {
                break;
            }
            rows.push(vec![(cell_text(line.text), Origin::text(line.number, 1))]);
            count += 1;
            continue;
        }
        let Some((next, taken)) = row(&lines[count..]).filter(|(next, _)| fits(next)) else {
            break;
        };
        rows.push(next);
        count += taken;
    }
    Some((rows, count))
}

/// Whether a line is a list as programs print it.
fn is_list(text: &str) -> bool {
    let text = text.trim().trim_end_matches(',');
    let inside = text.strip_prefix('[').and_then(|text| text.strip_suffix(']'));
    inside.is_some_and(|inside| inside.starts_with(['\'', '"']) && !inside.contains(['[', ']']))
}

/// The rows that the first lines are as lists, and how many these are.
fn lists(lines: &[Line]) -> Option<(Vec<Row>, usize)> {
    let row = |line: &Line| {
        let text = line
            .text
            .trim()
            .trim_end_matches(',')
            .trim_start_matches('[')
            .trim_end_matches(']');
        let mut row = cells(text, ',', line.number);
        row.iter_mut()
            .filter(|(text, _)| text == "None")
            .for_each(|(text, _)| text.clear());
        row
    };
    let rows: Vec<Row> = lines.iter().take_while(|line| is_list(line.text)).map(row).collect();
    let count = rows.len();
    Some((rows, count))
}

/// The text of a line that is a row of a sheet with nothing but one text in its first cell.
pub(super) fn alone(line: Line) -> Option<String> {
    let (row, _) = row(&[line], ',').filter(|(row, _)| row.len() >= FEWEST_COLUMNS && is_one_text(row))?;
    row.into_iter().next().map(|(text, _)| text)
}

/// Whether a row is a heading or a sentence, and no row of a table: its words count something, 主动公开信息700条.
fn is_prose(row: &Row) -> bool {
    let is_alone = |text: &str| forms::is_section_heading(text) || !is_cell_line(text);
    let counts = |(text, _): &(String, Origin)| !Reading::of(text).is_value() && holds_quantity(text);
    is_one_text(row) && is_alone(&row[0].0) || row.iter().any(counts)
}

/// Whether only the first cell of a row is filled.
fn is_one_text(row: &Row) -> bool {
    !row[0].0.is_empty() && row[1..].iter().all(|(text, _)| text.is_empty())
}

/// Whether a row holds names and no numbers, or counts the columns: `,0,1,2,3`.
fn is_header(row: &Row) -> bool {
    let texts = row.iter().map(|(text, _)| text.as_str());
    let filled: Vec<&str> = texts.filter(|text| !text.is_empty()).collect();
    let are_names = filled
        .iter()
        .all(|text| !Reading::of(text).is_value() && !has_number(text));
    let is_count = (0u32..).zip(&filled).all(|(next, text)| **text == next.to_string());
    !filled.is_empty() && (are_names || is_count && filled.len() + 1 >= row.len())
}

/// Whether a text is a label with the first digits of a number behind it, whose commas part thousands: `规章 1,234 2,345`.
fn has_number(text: &str) -> bool {
    let is_digit = |c: char| c.is_ascii_digit();
    // A program for data frames numbers equal names: `行政复议.1`.
    let is_numbered = text
        .rsplit_once('.')
        .is_some_and(|(name, number)| !name.ends_with(is_digit) && number.chars().all(is_digit));
    text.split_whitespace().skip(1).any(|word| word.starts_with(is_digit)) || text.ends_with(is_digit) && !is_numbered
}

/// Whether a row that is not as wide as the first is one of the table, too: short names, or labels with numbers behind them.
fn is_short(row: &Row) -> bool {
    let is_value = |text: &str| Reading::of(text).is_value();
    let labels = row
        .iter()
        .take_while(|(text, _)| text.is_empty() || !is_value(text))
        .count();
    let (labels, values) = row.split_at(labels);
    let names = labels.iter().all(|(text, _)| !has_number(text));
    let are_short = labels.iter().all(|(text, _)| text.chars().count() <= LONGEST_NAME);
    !labels.is_empty() && names && (are_short || !values.is_empty()) && values.iter().all(|(text, _)| is_value(text))
}

/// The cells of the row that begins with the first line, if it is parted, and how many lines it takes.
fn row(lines: &[Line], separator: char) -> Option<(Row, usize)> {
    let first = lines.first()?;
    if !first.text.contains(separator) || super::separator(first.text).is_some() {
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
    Some((cells(&text, separator, first.number), count))
}

/// The cells of a row. A cell in quotes may hold separators, and quotes that are doubled.
fn cells(text: &str, separator: char, line: u32) -> Row {
    let mut cells = Vec::new();
    let mut cell = String::new();
    let (mut quote, mut begin) = (None, 1);
    let mut chars = (1u32..).zip(text.chars()).peekable();
    while let Some((column, c)) = chars.next() {
        match c {
            c if Some(c) == quote && chars.peek().is_some_and(|(_, next)| *next == c) => {
                chars.next();
                cell.push(c);
            }
            c if Some(c) == quote => quote = None,
            '"' | '\'' if quote.is_none() && cell.trim().is_empty() => quote = Some(c),
            c if c == separator && quote.is_none() => {
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
    fn rows_of_other_widths_and_lists_are_one_table() {
        let rows = |text: &str| read(text).map(|(rows, _)| rows);
        let text = "信息内容;制发;废止;现行\n规章;1;;3\n第五项\n信息内容;数量\n行政许可;77";
        assert_eq!(rows(text).map(|rows| rows.len()), Some(5));
        let text = "['第一项']\n['信息内容', '制发', '废止']\n['规章', '1,234', None],\n后文";
        let wanted = [
            vec!["第一项"],
            vec!["信息内容", "制发", "废止"],
            vec!["规章", "1,234", ""],
        ];
        let wanted = wanted.map(|row| row.into_iter().map(str::to_owned).collect::<Vec<String>>());
        assert_eq!(rows(text), Some(wanted.to_vec()));
        assert_eq!(rows("[1]\n[2]\n[3]"), None);
    }

    #[test]
    fn prose_and_thousands_are_none() {
        assert_eq!(read("一是,二是,三是\n四是,五是,六是\n七是,八是,九是"), None);
        assert_eq!(read("规章 1,234 2,345\n许可 3,456 4,567\n处罚 5,678 6,789"), None);
        assert_eq!(read("行政许可 1,234\n行政处罚 2,345\n行政强制 3,456"), None);
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

    #[test]
    fn sentences_with_plain_commas_are_no_rows() {
        let prose = "根据条例要求,结合我局实际,认真编制\n2016年,我局主动公开政府信息700条,收到申请12件\n其中网络申请,7,件\n予以公开9件,不予公开3件";
        assert_eq!(read(prose), None);
        let above = "2016年,我局主动公开政府信息700条,收到申请12件\n信息内容,制发,废止\n规章,1,2\n许可,3,4";
        assert_eq!(read(above), None);
        let below = "信息内容,制发,废止\n规章,1,2\n许可,3,4\n2016年,我局主动公开政府信息700条";
        assert_eq!(read(below).map(|(rows, _)| rows.len()), Some(3));
    }
}
