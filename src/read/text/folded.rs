//! Rows between pipes that a program folded at a width, as mail and some editors do: the rest of a row stands on the next lines.
//!
//! Folded rows look like rows that lack cells. Invariant: lines are joined only where all lines of a table then have the same number of
//! pipes, and break nowhere but inside a row.

use std::ops::Range;

use super::Line;

/// No table has more pipes in a row.
const MOST_PIPES: usize = 40;
/// A row is folded over at most so many lines.
const MOST_LINES: usize = 12;
/// Fewer rows can have the same number of pipes by chance.
const FEWEST_ROWS: usize = 3;
/// One row alone may be broken otherwise; a width folds several.
const FEWEST_FOLDED: usize = 2;

/// The rows of a table, each with the number of its first line; nothing where none is folded.
pub(super) fn rows(lines: &[Line]) -> Option<Vec<(u32, String)>> {
    let pipes: Vec<usize> = lines.iter().map(|line| line.text.matches('|').count()).collect();
    let most = pipes.iter().copied().max().filter(|most| *most <= MOST_PIPES)?;
    let opened = |at: usize| lines[at].text.trim_start().starts_with('|');
    let closed = |at: usize| lines[at].text.trim_end().ends_with('|');
    let is_closed = lines.iter().any(|line| line.text.trim_end().ends_with('|'));
    let is_row = |row: &Range<usize>| opened(row.start) && (!is_closed || closed(row.end - 1));
    let parted = (most..=MOST_PIPES).find_map(|count| {
        let parts = partition(&pipes, count)?;
        parts.iter().all(is_row).then_some(parts)
    })?;
    // Where no line is closed, or a pipe stands on both sides of every break, rows that lack cells could look the same.
    let shows = |at: usize| !lines[at - 1].text.ends_with('|') || !lines[at].text.starts_with('|');
    let is_shown = |row: &Range<usize>| (row.start + 1..row.end).any(shows);
    let whole = parted.iter().filter(|row| row.len() == 1).count();
    let folded = parted.len() - whole;
    let is_folded = match is_closed {
        true => folded >= FEWEST_FOLDED && parted.iter().filter(|row| is_shown(row)).count() * 2 >= folded,
        false => whole < parted.len() && whole * 3 >= parted.len() * 2,
    };
    if !is_folded || parted.len() < FEWEST_ROWS {
        return None;
    }
    let join = |row: Range<usize>| (lines[row.start].number, joined(&lines[row]));
    Some(parted.into_iter().map(join).collect())
}

/// The lines of one row. Digits at both sides of a break may be one number or two, and keep it.
fn joined(lines: &[Line]) -> String {
    let mut row = String::new();
    for line in lines {
        let is_inside = row.ends_with(char::is_numeric) && line.text.starts_with(char::is_numeric);
        row.push_str(if is_inside { "\n" } else { "" });
        row.push_str(line.text);
    }
    row
}

/// The runs of numbers of which each has the given sum; nothing where they cannot be parted so.
fn partition(numbers: &[usize], sum: usize) -> Option<Vec<Range<usize>>> {
    let mut parts = Vec::new();
    let (mut start, mut so_far) = (0, 0);
    for (at, number) in numbers.iter().enumerate() {
        so_far += number;
        if so_far > sum || at - start >= MOST_LINES {
            return None;
        }
        // Lines without a pipe behind a full row are the rest of its last cell.
        let goes_on = numbers.get(at + 1) == Some(&0);
        if so_far == sum && !goes_on {
            parts.push(start..at + 1);
            (start, so_far) = (at + 1, 0);
        }
    }
    (start == numbers.len()).then_some(parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<Vec<String>> {
        let lines: Vec<Line> = (1..)
            .zip(text.lines())
            .map(|(number, text)| Line { number, text })
            .collect();
        Some(rows(&lines)?.into_iter().map(|(_, row)| row).collect())
    }

    #[test]
    fn folded_rows_are_whole_again() {
        let folded = "| 项目 | 甲 |\n 乙 |\n| 规章 | 1 | 2\n3 |\n| 许可 | 4 | 5 |";
        assert_eq!(
            read(folded),
            Some(vec![
                "| 项目 | 甲 | 乙 |".into(),
                "| 规章 | 1 | 2\n3 |".into(),
                "| 许可 | 4 | 5 |".into()
            ])
        );
        let open = "|项目 |甲 |乙\n|规章 |1 |2\n|许可 |3\n|4\n|处罚 |5 |6";
        assert_eq!(read(open).map(|rows| rows[2].clone()), Some("|许可 |3|4".into()));
    }

    #[test]
    fn rows_that_lack_cells_stay_as_they_are() {
        assert_eq!(read("| 项目 | 甲 | 乙 |\n| 规章 | 1 | 2 |\n| 许可 | 3 | 4 |"), None);
        assert_eq!(
            read("| 第一项 |\n| 项目 | 甲 | 乙 |\n| 规章 | 1 | 2 |\n| 第二项 |"),
            None
        );
        assert_eq!(read("| 项目 | 甲 |\n| 规章 | 1 |\n| 许可 |\n| 3 |"), None);
        // Two tables of an even number of rows with a line of words between them.
        let row = "| 规章 | 1 | 2 |\n";
        assert_eq!(read(&format!("{row}{row}{row}按申请人分类：\n{row}{row}{row}")), None);
    }
}
