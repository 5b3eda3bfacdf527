//! Ruled tables that run over page ends.
//!
//! Invariant: every cell is drawn on the grid's column edges; a cell that a page end cuts has its text in one of its parts, unless
//! the fault asks for the label itself to be cut.

use super::flow::{BOTTOM, Flow, MARGIN, TEXT_WIDTH, width, wrap};
use crate::faults::{Fault, Faults};
use crate::layout::{Grid, GridCell, Role, Slot};
use crate::sheet::Which;

const SIZE: f64 = 9.0;
const LEAD: f64 = 12.0;
const PAD: f64 = 3.0;

/// A cell with its place.
struct Placed<'a> {
    cell: &'a GridCell,
    top: usize,
    left: usize,
    lines: Vec<String>,
    size: f64,
}

/// Draws a grid from the flow's place on.
pub fn draw(flow: &mut Flow, grid: &Grid, faults: &Faults) {
    let edges = column_edges(grid);
    let placed = place(grid, &edges);
    let heights = row_heights(grid, &placed);
    flow.y += 8.0;
    let mut first = 0;
    while first < grid.rows.len() {
        let mut y = flow.y;
        let mut tops = vec![y];
        let mut last = first;
        while last < grid.rows.len() && y + heights[last] <= BOTTOM {
            y += heights[last];
            tops.push(y);
            last += 1;
        }
        if last == first {
            flow.turn();
            continue;
        }
        segment(flow, grid, &placed, &edges, (first, last), &tops, faults);
        flow.y = y;
        first = last;
        if first < grid.rows.len() {
            flow.turn();
        }
    }
    flow.y += 6.0;
}

fn column_edges(grid: &Grid) -> Vec<f64> {
    let shares: Vec<f64> = match grid.which {
        Which::Applications => {
            let mut shares = vec![20.0, 48.0, 103.0];
            shares.resize(grid.columns, 40.0);
            shares
        }
        Which::Disclosure => {
            let mut shares = vec![160.0];
            shares.resize(grid.columns, 96.0);
            shares
        }
        Which::Review => vec![30.0; grid.columns],
        Which::Statistics => {
            let mut shares = vec![300.0];
            shares.resize(grid.columns, 60.0);
            shares
        }
    };
    let total: f64 = shares.iter().sum();
    let mut x = MARGIN;
    let mut edges = vec![x];
    for share in shares {
        x += share / total * TEXT_WIDTH;
        edges.push(x);
    }
    edges
}

fn place<'a>(grid: &'a Grid, edges: &[f64]) -> Vec<Placed<'a>> {
    let mut placed = Vec::new();
    for (top, row) in grid.slots().iter().enumerate() {
        for (left, slot) in row.iter().enumerate() {
            let Slot::Begin(r, c) = *slot else { continue };
            let cell = &grid.rows[r][c];
            let right = (left + cell.columns).min(grid.columns);
            let room = edges[right] - edges[left] - 2.0 * PAD;
            let mut size = SIZE;
            // A figure is never broken over lines: it is set smaller, as office programs do.
            let plain = cell.text.chars().all(|c| !c.is_alphabetic());
            while cell.role == Role::Data && plain && size > 5.0 && width(&cell.text, size) > room {
                size -= 0.5;
            }
            placed.push(Placed {
                cell,
                top,
                left,
                lines: wrap(&cell.text, room.max(SIZE), size),
                size,
            });
        }
    }
    placed
}

fn row_heights(grid: &Grid, placed: &[Placed]) -> Vec<f64> {
    let need = |cell: &Placed| cell.lines.len() as f64 * LEAD + 2.0 * PAD;
    let mut heights = vec![LEAD + 2.0 * PAD; grid.rows.len()];
    for cell in placed.iter().filter(|cell| cell.cell.rows == 1) {
        heights[cell.top] = heights[cell.top].max(need(cell));
    }
    for cell in placed.iter().filter(|cell| cell.cell.rows > 1) {
        let bottom = (cell.top + cell.cell.rows).min(grid.rows.len());
        let have: f64 = heights[cell.top..bottom].iter().sum();
        heights[bottom - 1] += (need(cell) - have).max(0.0);
    }
    heights
}

/// The rows of one page.
fn segment(
    flow: &mut Flow,
    grid: &Grid,
    placed: &[Placed],
    edges: &[f64],
    (first, last): (usize, usize),
    tops: &[f64],
    faults: &Faults,
) {
    let open = faults.has(Fault::OpenBorders);
    let mut rules: Vec<((f64, f64), (f64, f64))> = Vec::new();
    for cell in placed {
        let bottom = (cell.top + cell.cell.rows).min(grid.rows.len());
        let (from, to) = (cell.top.max(first), bottom.min(last));
        if from >= to {
            continue;
        }
        let (y0, y1) = (tops[from - first], tops[to - first]);
        let (x0, x1) = (
            edges[cell.left],
            edges[(cell.left + cell.cell.columns).min(grid.columns)],
        );
        if !(open && from == first && first > 0) {
            rules.push(((x0, y0), (x1, y0)));
        }
        if !(open && to == last && last < grid.rows.len()) {
            rules.push(((x0, y1), (x1, y1)));
        }
        if !faults.has(Fault::NoVerticals) {
            rules.push(((x0, y0), (x0, y1)));
            rules.push(((x1, y0), (x1, y1)));
        }
        let cut = CutCell {
            before: cell.top < first,
            after: bottom > last,
            rows_before: from - cell.top,
        };
        let lines = cut.lines(cell, y1 - y0, faults.has(Fault::BreakInLabel));
        write_lines(flow, cell, &lines, (x0, y0), (x1, y1));
    }
    rules.sort_by(|a, b| a.partial_cmp(b).unwrap_or(std::cmp::Ordering::Equal));
    rules.dedup();
    for (from, to) in rules {
        flow.rule(from, to);
    }
}

/// The part of a cell that stands on one page.
struct CutCell {
    before: bool,
    after: bool,
    rows_before: usize,
}

impl CutCell {
    /// The lines that this part shows.
    fn lines(&self, cell: &Placed, height: f64, cut_label: bool) -> Vec<String> {
        if !self.before && !self.after {
            return cell.lines.clone();
        }
        let text: Vec<char> = cell.lines.concat().chars().collect();
        if cut_label && text.len() > 3 {
            let at = text.len() * 4 / 7;
            let part: String = if self.before {
                text[at..].iter().collect()
            } else {
                text[..at].iter().collect()
            };
            let room = if cell.lines.len() > 3 { 9.0 } else { 42.0 };
            return wrap(&part, room, cell.size);
        }
        let fits = cell.lines.len() as f64 * LEAD <= height;
        let here = if self.before { !self.fitted_before(cell) } else { fits };
        if here { cell.lines.clone() } else { Vec::new() }
    }

    /// Whether the part on the page before had room for the whole text.
    fn fitted_before(&self, cell: &Placed) -> bool {
        let height = self.rows_before as f64 * (LEAD + 2.0 * PAD);
        cell.lines.len() as f64 * LEAD <= height
    }
}

fn write_lines(flow: &mut Flow, cell: &Placed, lines: &[String], (x0, y0): (f64, f64), (x1, y1): (f64, f64)) {
    let block = lines.len() as f64 * LEAD;
    let mut y = y0 + ((y1 - y0 - block) / 2.0).max(0.0);
    for line in lines {
        y += LEAD;
        let free = x1 - x0 - width(line, cell.size);
        let x = match cell.cell.role {
            Role::Label if free > 2.0 * PAD => x0 + PAD,
            _ => x0 + (free / 2.0).max(0.0),
        };
        flow.text(x, y - 3.0, cell.size, line);
    }
}
