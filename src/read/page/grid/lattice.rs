//! From a frame of lines to cells: positions snapped, slots between them, slots without a line between them united.
//!
//! Invariant: the cells tile the lattice: every slot belongs to exactly one cell, and every cell is a rectangle of slots.

use kurbo::Rect;

use super::super::segment::Segment;
use super::super::table::Slots;
use super::edges::{Frame, Groups};

/// Lines nearer than this are one border: double lines, and cells that each draw their own.
const SNAP: f64 = 3.0;
/// Share of a border that has to be drawn for it to part two cells.
const DRAWN: f64 = 0.6;
/// Most slots of one table on one page.
pub(crate) const SLOTS: usize = 40_000;

/// Rows and columns of a table, and the cells on them.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Lattice {
    /// Column borders from left to right.
    pub xs: Vec<f64>,
    /// Row borders from top to bottom.
    pub ys: Vec<f64>,
    /// Cells in reading order.
    pub cells: Vec<Slots>,
}

impl Lattice {
    /// The lattice of a frame, if it has at least two cells.
    pub(super) fn of(frame: &Frame) -> Option<Self> {
        let (xs, vertical) = snap(&frame.vertical);
        let (ys, horizontal) = snap(&frame.horizontal);
        if xs.len() < 2 || ys.len() < 2 || (xs.len() - 1) * (ys.len() - 1) > SLOTS {
            return None;
        }
        let (rows, columns) = (ys.len() - 1, xs.len() - 1);
        let right = |row: usize, column: usize| drawn(&vertical[column + 1], ys[row], ys[row + 1]);
        let below = |row: usize, column: usize| drawn(&horizontal[row + 1], xs[column], xs[column + 1]);
        // One list for each border between two columns, and between two rows.
        let parted_right: Vec<Vec<bool>> = (0..columns - 1)
            .map(|column| {
                let is_met = |row: usize| below(row - 1, column) || below(row - 1, column + 1);
                parted(rows, is_met, |from, to| drawn(&vertical[column + 1], ys[from], ys[to]))
            })
            .collect();
        let parted_below: Vec<Vec<bool>> = (0..rows - 1)
            .map(|row| {
                let is_met = |column: usize| right(row, column - 1) || right(row + 1, column - 1);
                parted(columns, is_met, |from, to| {
                    drawn(&horizontal[row + 1], xs[from], xs[to])
                })
            })
            .collect();
        let cells = united(
            rows,
            columns,
            |row, column| parted_right[column][row],
            |row, column| parted_below[row][column],
        );
        (cells.len() > 1).then_some(Lattice { xs, ys, cells })
    }

    /// The box of a cell.
    pub(super) fn bbox(&self, cell: Slots) -> Rect {
        Rect::new(
            self.xs[cell.column],
            self.ys[cell.row],
            self.xs[cell.column + cell.columns],
            self.ys[cell.row + cell.rows],
        )
    }

    /// The box of the whole table.
    pub(super) fn outline(&self) -> Rect {
        Rect::new(
            self.xs[0],
            self.ys[0],
            self.xs[self.xs.len() - 1],
            self.ys[self.ys.len() - 1],
        )
    }

    /// For each slot, row by row, the index of its cell.
    pub(super) fn owners(&self) -> Vec<usize> {
        let columns = self.xs.len() - 1;
        let mut owners = vec![0; columns * (self.ys.len() - 1)];
        for (index, cell) in self.cells.iter().enumerate() {
            for row in cell.row..cell.row + cell.rows {
                owners[row * columns + cell.column..row * columns + cell.column + cell.columns].fill(index);
            }
        }
        owners
    }
}

/// Positions of lines, those nearer than [`SNAP`] as one (weighted by length), with the lines that lie on each.
fn snap(lines: &[Segment]) -> (Vec<f64>, Vec<Vec<Segment>>) {
    let mut sorted = lines.to_vec();
    sorted.sort_by(|a, b| a.at.total_cmp(&b.at));
    let mut groups: Vec<Vec<Segment>> = Vec::new();
    for line in sorted {
        match groups.last_mut() {
            Some(group) if line.at - group[0].at <= SNAP => group.push(line),
            _ => groups.push(vec![line]),
        }
    }
    let position = |group: &Vec<Segment>| {
        let length: f64 = group.iter().map(Segment::length).sum();
        group.iter().map(|line| line.at * line.length()).sum::<f64>() / length
    };
    (groups.iter().map(position).collect(), groups)
}

/// Whether enough of a border is drawn between two places.
fn drawn(lines: &[Segment], from: f64, to: f64) -> bool {
    let covered: f64 = lines
        .iter()
        .map(|line| (line.to.min(to) - line.from.max(from)).max(0.0))
        .sum();
    covered >= DRAWN * (to - from)
}

/// For each slot along a border whether the border parts it from the slot on the other side. Slots between which no other border meets
/// this one, on neither side, are parted all or none: a line with a gap, where a cell of the page before ended, is a line.
/// `is_met`: whether one does in front of a slot; `is_drawn`: whether the border is, from a slot to another.
fn parted(slots: usize, is_met: impl Fn(usize) -> bool, is_drawn: impl Fn(usize, usize) -> bool) -> Vec<bool> {
    let mut parted = Vec::with_capacity(slots);
    while parted.len() < slots {
        let from = parted.len();
        let to = (from + 1..slots).find(|slot| is_met(*slot)).unwrap_or(slots);
        parted.resize(to, is_drawn(from, to));
    }
    parted
}

/// The cells of a table of which is known whether a border parts a slot, given by row and column, from the next one to the right, and
/// from the one below.
pub(crate) fn united(
    rows: usize,
    columns: usize,
    is_parted_right: impl Fn(usize, usize) -> bool,
    is_parted_below: impl Fn(usize, usize) -> bool,
) -> Vec<Slots> {
    let mut groups = Groups::new(rows * columns);
    for row in 0..rows {
        for column in 0..columns {
            let slot = row * columns + column;
            if column + 1 < columns && !is_parted_right(row, column) {
                groups.unite(slot, slot + 1);
            }
            if row + 1 < rows && !is_parted_below(row, column) {
                groups.unite(slot, slot + columns);
            }
        }
    }
    let roots: Vec<usize> = (0..rows * columns).map(|slot| groups.root(slot)).collect();
    rectangles(&roots, rows, columns)
}

/// Rectangles of slots of one group, from the top left. A group of another shape, where a border is drawn wrong, falls into
/// several cells: better a cell too many than a number in the wrong one.
fn rectangles(groups: &[usize], rows: usize, columns: usize) -> Vec<Slots> {
    let mut taken = vec![false; rows * columns];
    let mut cells = Vec::new();
    for slot in 0..rows * columns {
        if taken[slot] {
            continue;
        }
        let (row, column) = (slot / columns, slot % columns);
        let free = |row: usize, column: usize, taken: &[bool]| {
            groups[row * columns + column] == groups[slot] && !taken[row * columns + column]
        };
        let width = (column..columns)
            .take_while(|column| free(row, *column, &taken))
            .count();
        let height = (row..rows)
            .take_while(|row| (column..column + width).all(|column| free(*row, column, &taken)))
            .count();
        for row in row..row + height {
            taken[row * columns + column..row * columns + column + width].fill(true);
        }
        cells.push(Slots {
            row,
            column,
            rows: height,
            columns: width,
        });
    }
    cells
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frame(horizontal: &[(f64, f64, f64)], vertical: &[(f64, f64, f64)]) -> Frame {
        Frame {
            horizontal: horizontal
                .iter()
                .map(|(at, from, to)| Segment::horizontal(*at, *from, *to))
                .collect(),
            vertical: vertical
                .iter()
                .map(|(at, from, to)| Segment::vertical(*at, *from, *to))
                .collect(),
            ..Frame::default()
        }
    }

    #[test]
    fn a_label_over_two_rows_is_one_cell_with_a_span() {
        let rows = [(0.0, 0.0, 90.0), (20.0, 30.0, 90.0), (40.0, 0.0, 90.0)];
        let columns = [
            (0.0, 0.0, 40.0),
            (30.0, 0.0, 40.0),
            (60.0, 0.0, 40.0),
            (90.0, 0.0, 40.0),
        ];
        let lattice = Lattice::of(&frame(&rows, &columns)).unwrap();
        assert_eq!(lattice.cells.len(), 5);
        let label = Slots {
            row: 0,
            column: 0,
            rows: 2,
            columns: 1,
        };
        assert_eq!(lattice.cells[0], label);
        assert_eq!(lattice.bbox(label), Rect::new(0.0, 0.0, 30.0, 40.0));
    }

    #[test]
    fn a_line_with_a_gap_parts_two_labels_that_are_one_cell_of_several_columns_each() {
        // A narrow column ends above the two rows, and the line between them begins where it ended.
        let rows = [
            (0.0, 0.0, 90.0),
            (20.0, 0.0, 90.0),
            (40.0, 20.0, 90.0),
            (60.0, 0.0, 90.0),
        ];
        let columns = [
            (0.0, 0.0, 60.0),
            (20.0, 0.0, 20.0),
            (60.0, 0.0, 60.0),
            (90.0, 0.0, 60.0),
        ];
        let lattice = Lattice::of(&frame(&rows, &columns)).unwrap();
        let label = |row| Slots {
            row,
            column: 0,
            rows: 1,
            columns: 2,
        };
        assert_eq!((lattice.cells[3], lattice.cells[5]), (label(1), label(2)));
    }

    #[test]
    fn double_lines_are_one_border() {
        let rows = [(0.0, 0.0, 60.0), (2.0, 0.0, 60.0), (20.0, 0.0, 60.0), (22.0, 0.0, 60.0)];
        let columns = [(0.0, 0.0, 22.0), (2.0, 0.0, 22.0), (30.0, 0.0, 22.0), (60.0, 0.0, 22.0)];
        let lattice = Lattice::of(&frame(&rows, &columns)).unwrap();
        assert_eq!((lattice.xs.len(), lattice.ys.len()), (3, 2));
    }

    #[test]
    fn a_box_around_text_is_no_table() {
        let lines = frame(
            &[(0.0, 0.0, 60.0), (30.0, 0.0, 60.0)],
            &[(0.0, 0.0, 30.0), (60.0, 0.0, 30.0)],
        );
        assert_eq!(Lattice::of(&lines), None);
    }

    #[test]
    fn slots_that_form_no_rectangle_fall_into_several_cells() {
        let cells = rectangles(&[0, 0, 0, 1], 2, 2);
        assert_eq!(cells.len(), 3);
        assert_eq!(cells.iter().map(|cell| cell.rows * cell.columns).sum::<usize>(), 4);
    }
}
