//! Tables without borders, whose columns a rule of dashes tells, `----- ---`, as converters write them.
//!
//! Invariant: a line that does not keep to the columns, however characters are counted, ends the table or keeps it from being one.

use super::Line;
use super::plane::{self, Shown, WIDTHS, Width};
use crate::document::{Cell, Grid, GridBuilder, GridKind, Origin};
use crate::read::page::SLOTS;

/// A rule has at least so many dashes for each column; fewer stand for a figure that is not there.
const FEWEST_DASHES: usize = 3;
/// Most lines of a header above its rule.
const HEADER: usize = 8;
/// Most lines of a table.
const LINES: usize = 2_000;

/// The table that begins with the first line, and how many lines it takes.
pub(super) fn table(lines: &[Line]) -> Option<(Grid, usize)> {
    if is_blank(lines.first()?) {
        return None;
    }
    let above = lines.iter().take(HEADER).take_while(|line| !is_blank(line));
    let rule = above.clone().position(|line| is_rule(line, 2))?;
    WIDTHS.iter().find_map(|width| of_columns(lines, rule, *width))
}

/// Whether a line is made of dashes for at least so many columns.
fn is_rule(line: &Line, columns: usize) -> bool {
    let parts = line.text.split_whitespace();
    let is_part = |part: &str| {
        part.len() >= FEWEST_DASHES && (part.bytes().all(|b| b == b'-') || part.bytes().all(|b| b == b'='))
    };
    parts.clone().all(is_part) && parts.count() >= columns
}

fn is_blank(line: &Line) -> bool {
    line.text.trim().is_empty()
}

/// The table whose columns a line tells, if the lines around it keep to them.
fn of_columns(lines: &[Line], rule: usize, width: Width) -> Option<(Grid, usize)> {
    let columns = columns(&Shown::of(&lines[rule], width));
    let whole = [(columns.first()?.0, columns.last()?.1)];
    let is_border = |line: &Line| {
        let drawn = self::columns(&Shown::of(line, width));
        is_rule(line, 1) && (drawn == columns || drawn == whole)
    };
    let keeps = |line: &&Line| match is_rule(line, 1) {
        true => is_border(line),
        false => keeps_to(&Shown::of(line, width), &columns),
    };
    if !lines[..rule].iter().all(|line| keeps(&line)) {
        return None;
    }
    let body = &lines[rule + 1..];
    if is_rule(body.first()?, 1) {
        return None;
    }
    let most = LINES.min(SLOTS / columns.len());
    let body = &body[..body.iter().take(most).take_while(keeps).count()];
    let blank = body.iter().position(is_blank).unwrap_or(body.len());
    // A table that a rule opens is closed by one, and blank lines part its rows; another ends at a blank line.
    let (length, is_parted) = if is_border(&lines[0]) {
        let length = closing(body, is_border)?;
        (length, blank < length)
    } else {
        (blank, false)
    };
    let end = rule + 1 + length;
    let mut rows: Vec<&[Line]> = lines[..rule].split(|line| is_rule(line, 1)).collect();
    let body = lines[rule + 1..end].split(|line| is_rule(line, 1));
    rows.extend(body.flat_map(|part| {
        let rows = part.split(is_blank);
        rows.flat_map(|row| row.chunks(if is_parted { row.len().max(1) } else { 1 }))
    }));
    rows.retain(|row| !row.is_empty());
    if rows.len() < 2 {
        return None;
    }
    let mut builder = GridBuilder::new(GridKind::Ruled, Origin::text(lines[0].number, 1));
    for (row, lines) in rows.into_iter().enumerate() {
        let shown: Vec<Shown> = lines.iter().map(|line| Shown::of(line, width)).collect();
        for (column, (from, to)) in columns.iter().enumerate() {
            let (text, origin) = plane::cell(&shown, *from, *to);
            builder.cell(Cell {
                row,
                column,
                row_span: 1,
                column_span: 1,
                text,
                origin,
            });
        }
    }
    Some((builder.build().0, end))
}

/// How many lines a table has that is closed by a border: by the last one before a blank line, or by the first one behind it.
fn closing(body: &[Line], is_border: impl Fn(&Line) -> bool) -> Option<usize> {
    let first = body.iter().position(&is_border)? + 1;
    let more = body[first..].iter().take_while(|line| !is_blank(line));
    Some(
        first
            + more
                .enumerate()
                .filter(|(_, line)| is_border(line))
                .last()
                .map_or(0, |(index, _)| index + 1),
    )
}

/// Where the columns begin and end.
fn columns(rule: &Shown) -> Vec<(usize, usize)> {
    let mut columns: Vec<(usize, usize)> = Vec::new();
    for (column, c) in rule.between(0, usize::MAX) {
        match columns.last_mut() {
            _ if c.is_whitespace() => {}
            Some((_, end)) if *end == *column => *end += 1,
            _ => columns.push((*column, column + 1)),
        }
    }
    columns
}

/// Whether nothing stands outside of the columns.
fn keeps_to(line: &Shown, columns: &[(usize, usize)]) -> bool {
    let is_free = |from, to| line.between(from, to).iter().all(|(_, c)| c.is_whitespace());
    let ends = columns.iter().map(|(_, end)| *end);
    let begins = columns.iter().skip(1).map(|(begin, _)| *begin).chain([usize::MAX]);
    is_free(0, columns.first().map_or(0, |(begin, _)| *begin))
        && ends.zip(begins).all(|(end, begin)| is_free(end, begin))
}

#[cfg(test)]
mod tests {
    use super::super::plane::tests::{cells, lines};
    use super::*;

    fn read(text: &str) -> Option<(Vec<String>, usize)> {
        table(&lines(text)).map(|(grid, count)| (cells(&grid), count))
    }

    #[test]
    fn a_line_is_a_row_and_a_blank_line_ends_the_table() {
        let (cells, count) = read("  项目  数量\n  ----  ----\n  许可     3\n\n  正文  1").unwrap();
        assert_eq!(
            cells,
            [
                "0,0 1x1 1:3 项目",
                "0,1 1x1 1:7 数量",
                "1,0 1x1 3:3 许可",
                "1,1 1x1 3:10 3"
            ]
        );
        assert_eq!(count, 3);
    }

    #[test]
    fn a_rule_that_opens_a_table_has_one_that_closes_it() {
        let (cells, count) = read("---- ---\n许可 1\n处罚\n---- ---\n后文").unwrap();
        assert_eq!(
            cells,
            ["0,0 1x1 2:1 许可", "0,1 1x1 2:4 1", "1,0 1x1 3:1 处罚", "1,1 1x1 3:3 "]
        );
        assert_eq!(count, 4);
        assert_eq!(read("---- ---\n许可 1\n处罚 2"), None);
        assert_eq!(
            read("==== ===\n项目 数\n==== ===\n许可 1\n处罚 2\n==== ===").unwrap().1,
            6
        );
    }

    #[test]
    fn blank_lines_part_rows_of_several_lines() {
        let (cells, count) =
            read("--------\n项目 数\n     量\n---- ---\n许可 1\n\n处罚 11\n     4\n--------\n").unwrap();
        assert_eq!(
            cells,
            [
                "0,0 1x1 2:1 项目",
                "0,1 1x1 2:4 数\n量",
                "1,0 1x1 5:1 许可",
                "1,1 1x1 5:4 1",
                "2,0 1x1 7:1 处罚",
                "2,1 1x1 7:4 11\n4"
            ]
        );
        assert_eq!(count, 9);
    }

    #[test]
    fn what_does_not_keep_to_the_columns_is_no_table() {
        for text in [
            "---- ----\n许可证 1\n---- ----",
            "正文的一句话\n---- ---\n许可 1",
            "--- ---",
            "-- --\n许 1\n-- --",
            "--------\n许可 1\n--------",
            "许可 --- ---\n处罚 1 2",
            "---- ---\n---- ---\n许可 1\n---- ---",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
        // Two tables of the same columns.
        assert_eq!(
            read("项目 数\n---- ---\n许可 1\n\n项目 数\n---- ---\n处罚 2")
                .unwrap()
                .1,
            3
        );
    }

    #[test]
    fn rules_alone_are_passed_over_at_once() {
        let text = "--- ---\n".repeat(50_000);
        let lines = lines(&text);
        assert!((0..lines.len()).all(|at| table(&lines[at..]).is_none()));
    }
}
