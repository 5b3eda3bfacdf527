//! Text whose tables are drawn with characters, as terminals and converters print them: in boxes with merged cells, or in columns below
//! a rule of dashes.

use super::text::{self, Marks};
use super::{Container, Family};
use crate::encode;
use crate::faults::Faults;
use crate::layout::{self, Grid, Slot};
use crate::paper::Paper;
use crate::rng::Rng;

/// The container.
pub static CONTAINER: Container = Container {
    name: "text-drawn",
    family: Family::Html,
    extension: "md",
    lossy: false,
    counts: false,
    render,
};

/// Dash, bar and corner.
const LOOKS: [[char; 3]; 3] = [['-', '|', '+'], ['─', '│', '┼'], ['═', '║', '╬']];

fn render(paper: &Paper, faults: &Faults, rng: &mut Rng) -> anyhow::Result<Vec<u8>> {
    let look = *rng.pick(&LOOKS);
    let is_boxed = rng.chance(60);
    let page = text::page(paper, Marks::Markdown, "\n\n", &|sheet| {
        let grid = layout::whole(sheet, faults);
        if is_boxed { boxed(&grid, look) } else { dashed(&grid) }
    });
    Ok(encode::plain(&page, faults, rng))
}

/// How many columns of a terminal a character takes.
fn width(c: char) -> usize {
    match c {
        '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' => 0,
        '\u{2e80}'.. => 2,
        _ => 1,
    }
}

fn width_of(text: &str) -> usize {
    text.chars().map(width).sum()
}

fn padded(text: &str, to: usize) -> String {
    format!("{text}{}", " ".repeat(to.saturating_sub(width_of(text))))
}

/// Rows of lines between columns below rules of dashes; where a row has several lines, blank lines part all rows.
fn dashed(grid: &Grid) -> String {
    let rows: Vec<Vec<Vec<String>>> = text::slots(grid)
        .into_iter()
        .map(|row| {
            row.iter()
                .map(|cell| cell.split('\n').map(str::to_owned).collect())
                .collect()
        })
        .collect();
    let widest = |column: usize| {
        let lines = rows.iter().filter_map(|row| row.get(column)).flatten();
        lines.map(|line| width_of(line)).max().unwrap_or(0).max(3)
    };
    let widths: Vec<usize> = (0..grid.columns).map(widest).collect();
    let height = |row: &Vec<Vec<String>>| row.iter().map(Vec::len).max().unwrap_or(1);
    let gap = if rows.iter().any(|row| height(row) > 1) {
        "\n\n"
    } else {
        "\n"
    };
    let line = |row: &Vec<Vec<String>>, line: usize| {
        let part = |(cell, width): (&Vec<String>, &usize)| padded(cell.get(line).map_or("", String::as_str), *width);
        format!("  {}", row.iter().zip(&widths).map(part).collect::<Vec<_>>().join(" "))
    };
    let lines = |row: &Vec<Vec<String>>| (0..height(row)).map(|at| line(row, at)).collect::<Vec<_>>().join("\n");
    let dashes: Vec<String> = widths.iter().map(|width| "-".repeat(*width)).collect();
    let rule = format!("  {}", dashes.join(" "));
    let body: Vec<String> = rows.iter().map(lines).collect();
    format!("{rule}\n{}\n{rule}", body.join(gap))
}

/// Borders around the cells, none inside of merged ones.
fn boxed(grid: &Grid, [dash, bar, corner]: [char; 3]) -> String {
    let slots = grid.slots();
    let mut widths = vec![2; grid.columns];
    let mut heights = vec![1; slots.len()];
    // Cells over one row or column first: what they leave is added for the others at their ends.
    for spanning in [false, true] {
        for (row, column, cell) in begun(grid, &slots) {
            let (columns, rows) = (
                cell.columns.min(grid.columns - column),
                cell.rows.min(slots.len() - row),
            );
            let lines: Vec<&str> = cell.text.split('\n').collect();
            let needed = lines.iter().map(|line| width_of(line)).max().unwrap_or(0) + 2;
            if (columns > 1) == spanning {
                let there = widths[column..column + columns].iter().sum::<usize>() + columns - 1;
                widths[column + columns - 1] += needed.saturating_sub(there);
            }
            if (rows > 1) == spanning {
                let there = heights[row..row + rows].iter().sum::<usize>() + rows - 1;
                heights[row + rows - 1] += lines.len().saturating_sub(there);
            }
        }
    }
    let ends = |sizes: &[usize]| {
        let mut at = 0;
        let step = |size: &usize| {
            at += size + 1;
            at
        };
        std::iter::once(0).chain(sizes.iter().map(step)).collect::<Vec<usize>>()
    };
    let (xs, ys) = (ends(&widths), ends(&heights));
    let (right, below) = (xs[grid.columns], ys[slots.len()]);
    let mut canvas = vec![vec![' '; right + 1]; below + 1];
    for (row, column, cell) in begun(grid, &slots) {
        let (x0, x1) = (xs[column], xs[(column + cell.columns).min(grid.columns)]);
        let (y0, y1) = (ys[row], ys[(row + cell.rows).min(slots.len())]);
        for y in [y0, y1] {
            canvas[y][x0 + 1..x1]
                .iter_mut()
                .filter(|c| **c != corner)
                .for_each(|c| *c = dash);
        }
        for line in &mut canvas[y0 + 1..y1] {
            for x in [x0, x1] {
                if line[x] != corner {
                    line[x] = bar;
                }
            }
        }
        for (x, y) in [(x0, y0), (x0, y1), (x1, y0), (x1, y1)] {
            canvas[y][x] = corner;
        }
        for (line, text) in canvas[y0 + 1..].iter_mut().zip(cell.text.split('\n')) {
            let mut x = x0 + 2;
            for c in text.chars().filter(|c| width(*c) > 0) {
                line[x] = c;
                // The other half of a wide character.
                if width(c) == 2 {
                    line[x + 1] = '\0';
                }
                x += width(c);
            }
        }
    }
    let lines = canvas
        .into_iter()
        .map(|line| line.into_iter().filter(|c| *c != '\0').collect());
    lines.collect::<Vec<String>>().join("\n")
}

/// The cells with the row and the column that they begin in.
fn begun<'a>(grid: &'a Grid, slots: &'a [Vec<Slot>]) -> impl Iterator<Item = (usize, usize, &'a layout::GridCell)> {
    slots.iter().enumerate().flat_map(move |(row, slots)| {
        slots.iter().enumerate().filter_map(move |(column, slot)| match slot {
            Slot::Begin(r, c) => Some((row, column, &grid.rows[*r][*c])),
            _ => None,
        })
    })
}
