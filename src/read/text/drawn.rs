//! Tables whose borders are drawn with characters, `+---+` and `|` or those for boxes, as terminals and converters print them.
//!
//! Invariant: where the lines of a table are not equally wide, however characters are counted, they stay text.

use super::Line;
use super::plane::{self, Shown, WIDTHS, Width};
use crate::document::{Cell, Grid, GridBuilder, GridKind, Origin};
use crate::read::page::{SLOTS, united};

/// A table with so few rules has none between its rows: above it, below its header, and below it.
const FEW_RULES: usize = 3;

/// The table that begins with a line, and how many lines it takes.
pub(super) fn table(lines: &[Line], at: usize) -> Option<(Grid, usize)> {
    let is_inside = |above: usize| is_framed(lines[above].text) && !is_rule(lines[above].text);
    if !is_rule(lines[at].text) || at.checked_sub(1).is_some_and(is_inside) {
        return None;
    }
    let lines = &lines[at..];
    // Where a rule follows a rule, one table stands below another.
    let is_last = |pair: &[Line]| !is_framed(pair[1].text) || pair.iter().all(|line| is_rule(line.text));
    let framed = lines.windows(2).position(is_last).map_or(lines.len(), |last| last + 1);
    let end = lines[..framed].iter().rposition(|line| is_rule(line.text))? + 1;
    let cells = WIDTHS.iter().find_map(|width| cells(&lines[..end], *width))?;
    let mut builder = GridBuilder::new(GridKind::Ruled, Origin::text(lines[0].number, 1));
    cells.into_iter().for_each(|cell| _ = builder.cell(cell));
    Some((builder.build().0, end))
}

/// Whether a line begins and ends with a border.
fn is_framed(line: &str) -> bool {
    let is_border = |c: char| is_bar(c) || is_corner(c);
    let line = line.trim();
    line.starts_with(is_border) && line.ends_with(is_border) && line.chars().count() > 2
}

/// Whether a line is a border from the left to the right end of a table.
fn is_rule(line: &str) -> bool {
    let line = line.trim();
    line.starts_with(is_corner)
        && line.ends_with(is_corner)
        && line.contains(is_dash)
        && line.chars().all(|c| is_corner(c) || is_dash(c) || c == ':')
}

fn is_bar(c: char) -> bool {
    "|│┃┆┇┊┋╎╏║".contains(c)
}

fn is_dash(c: char) -> bool {
    "-=─━┄┅┈┉╌╍═".contains(c)
}

fn is_corner(c: char) -> bool {
    c == '+' || (matches!(c, '\u{250c}'..='\u{2570}') && !is_bar(c) && !is_dash(c))
}

/// A row of a table: its lines, and the line of the border below it, if one is drawn.
struct Row {
    from: usize,
    to: usize,
    rule: Option<usize>,
}

/// The cells of a table, if its lines are equally wide and there are several.
fn cells(lines: &[Line], width: Width) -> Option<Vec<Cell>> {
    let extent = Shown::of(lines.first()?, width).extent();
    let shown = lines.iter().map(|line| Shown::of(line, width));
    let shown: Vec<Shown> = shown
        .map(|line| (line.extent() == extent).then_some(line))
        .collect::<Option<_>>()?;
    let xs = borders(&shown);
    if xs.len() * shown.len() > SLOTS {
        return None;
    }
    let rows = rows(&shown, &xs);
    let columns = xs.len().checked_sub(1)?;
    let is_parted_right = |row: usize, column: usize| {
        let Row { from, to, .. } = rows[row];
        let mut borders = shown[from..to].iter().map(|line| line.at(xs[column + 1]));
        borders.all(|c| c.is_some_and(|c| is_bar(c) || is_corner(c)))
    };
    let is_parted_below = |row: usize, column: usize| {
        let rule = rows[row].rule.map(|line| &shown[line]);
        rule.is_none_or(|line| is_border(line, xs[column], xs[column + 1]))
    };
    let slots = united(rows.len(), columns, is_parted_right, is_parted_below);
    let cells = slots.into_iter().map(|slots| {
        let (from, to) = (rows[slots.row].from, rows[slots.row + slots.rows - 1].to);
        let (left, right) = (xs[slots.column], xs[slots.column + slots.columns]);
        let (text, origin) = plane::cell(&shown[from..to], left + width('|'), right);
        Cell {
            row: slots.row,
            column: slots.column,
            row_span: slots.rows,
            column_span: slots.columns,
            text,
            origin,
        }
    });
    Some(cells.collect()).filter(|cells: &Vec<Cell>| cells.len() > 1)
}

/// The columns of the borders between cells side by side: where a rule has a corner.
fn borders(shown: &[Shown]) -> Vec<usize> {
    let mut borders = Vec::new();
    for line in shown {
        let mut before = ' ';
        let mut chars = line.between(0, usize::MAX).iter().peekable();
        while let Some((column, c)) = chars.next() {
            let next = chars.peek().map_or(' ', |(_, next)| *next);
            if is_corner(*c) && (is_dash(before) || is_dash(next)) {
                borders.push(*column);
            }
            before = *c;
        }
    }
    borders.sort_unstable();
    borders.dedup();
    borders
}

/// Whether a border is drawn from one column to another.
fn is_border(line: &Shown, from: usize, to: usize) -> bool {
    let is_part = |c: char| is_corner(c) || is_dash(c);
    let is_end = |column| line.at(column).is_some_and(is_part);
    let inside = line.between(from, to).get(1..).unwrap_or_default();
    is_end(from) && is_end(to) && !inside.is_empty() && inside.iter().all(|(_, c)| is_dash(*c) || *c == ':')
}

/// The rows between rules. Where there are hardly any, each line is a row.
fn rows(shown: &[Shown], xs: &[usize]) -> Vec<Row> {
    let has_border = |line: &Shown| xs.windows(2).any(|pair| is_border(line, pair[0], pair[1]));
    let rules: Vec<usize> = (0..shown.len()).filter(|line| has_border(&shown[*line])).collect();
    let mut rows = Vec::new();
    for pair in rules.windows(2) {
        let (from, to) = (pair[0] + 1, pair[1]);
        if rules.len() <= FEW_RULES && are_rows(&shown[from..to], xs) {
            rows.extend((from..to).map(|line| Row {
                from: line,
                to: line + 1,
                rule: None,
            }));
        } else if from < to {
            rows.push(Row {
                from,
                to,
                rule: Some(to),
            });
        }
    }
    rows
}

/// Whether lines without a rule between them are rows of their own rather than the lines of one: all begin with a text, and have more.
fn are_rows(lines: &[Shown], xs: &[usize]) -> bool {
    let filled = |line: &Shown, pair: &[usize]| {
        let inside = line.between(pair[0] + 1, pair[1]);
        inside.iter().any(|(_, c)| !c.is_whitespace())
    };
    let is_row = |line: &Shown| {
        let mut cells = xs.windows(2).map(|pair| filled(line, pair));
        cells.next() == Some(true) && cells.any(|filled| filled)
    };
    lines.len() > 2 && lines.iter().all(is_row)
}

#[cfg(test)]
mod tests {
    use super::super::plane::tests::{cells, lines};
    use super::*;

    fn read(text: &str) -> Option<(Vec<String>, usize)> {
        table(&lines(text), 0).map(|(grid, count)| (cells(&grid), count))
    }

    #[test]
    fn merged_cells_and_lines_inside_cells_are_read() {
        let text = "\
            ┌──────────┬───────────┐\n\
            │三、本年度│申请人情况 │\n\
            │          ├──────┬────┤\n\
            │办理结果  │自然人│总计│\n\
            ├──────────┼──────┼────┤\n\
            │予以公开  │ 3    │    │\n\
            └──────────┴──────┴────┘\n正文";
        let read = read(text).unwrap();
        assert_eq!(
            read.0,
            [
                "0,0 2x1 2:2 三、本年度\n\n办理结果",
                "0,1 1x2 2:8 申请人情况",
                "1,1 1x1 4:9 自然人",
                "1,2 1x1 4:13 总计",
                "2,0 1x1 6:2 予以公开",
                "2,1 1x1 6:10 3",
                "2,2 1x1 6:16 ",
            ]
        );
        assert_eq!(read.1, 7);
    }

    #[test]
    fn lines_without_rules_between_them_are_rows_where_each_begins_with_a_label() {
        let texts = |text: &str| read(text).unwrap().0;
        let drawn = |body: &str| format!("+----+---+\n|项目|数 |\n+====+===+\n{body}+----+---+");
        assert_eq!(
            texts(&drawn("|许可|1  |\n|处罚|2  |\n|强制|3  |\n"))[2..],
            [
                "1,0 1x1 4:2 许可",
                "1,1 1x1 4:5 1",
                "2,0 1x1 5:2 处罚",
                "2,1 1x1 5:5 2",
                "3,0 1x1 6:2 强制",
                "3,1 1x1 6:5 3"
            ]
        );
        let row = ["1,0 1x1 4:2 许可\n证", "1,1 1x1 4:5 11\n4934"];
        assert_eq!(
            texts(&drawn("|许可|11 |\n|证  |   |\n|    |4934|\n").replace("4934|", "493|"))[2],
            row[0]
        );
        assert_eq!(
            texts(&drawn("|许可|11 |\n|证  |493|\n"))[2..],
            [row[0], "1,1 1x1 4:5 11\n493"]
        );
    }

    #[test]
    fn who_drew_a_table_counts_marks_as_wide_or_not() {
        for text in [
            "+--------+-+\n|“甲乙”  |1|\n+--------+-+\n|丙      |2|\n+--------+-+",
            "+--------+-+\n|“甲乙”|1|\n+--------+-+\n|丙      |2|\n+--------+-+",
            "+----+-+\n|“甲乙”|1|\n+----+-+\n|丙   |2|\n+----+-+",
        ] {
            let texts: Vec<String> = read(text).unwrap().0;
            let texts: Vec<&str> = texts.iter().map(|cell| cell.split(' ').nth(3).unwrap()).collect();
            assert_eq!(texts, ["“甲乙”", "1", "丙", "2"], "{text}");
        }
    }

    #[test]
    fn a_table_below_another_is_one_of_its_own() {
        let one = "+--+-+\n|甲|1|\n+--+-+";
        assert_eq!(read(&format!("{one}\n{one}")).unwrap().1, 3);
        assert!(table(&lines(&format!("{one}\n{one}")), 3).is_some());
    }

    #[test]
    fn what_does_not_line_up_or_has_one_cell_is_no_table() {
        for text in [
            "+--+-+\n|甲 |1|\n+--+-+\n|乙|2|\n+--+-+",
            "+----+\n|年报|\n+----+",
            "+--+-+\n|甲|1|",
            "+--+-+",
            "++\n||\n++",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
        let text = lines("+--+-+\n|甲|1|\n|乙 |1|\n+--+-+\n|丙|2|\n+--+-+");
        assert!(table(&text, 3).is_none(), "the rest of a table that does not line up");
    }
}
