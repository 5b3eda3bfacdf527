//! What the mark of a row says of its cells: edges and merged cells.
//!
//! Source: [MS-DOC] 2.6.3, 2.9.315. Invariant: properties are taken in their order; each changes what those before it have made.

use crate::read::office::binary::{i16_at, u16_at};
use crate::read::office::body::Merge;
use crate::read::office::edges::Edge;
use crate::read::office::levels::CELLS;

use super::properties::{is_shade, is_short_shade};
use super::sprm::{Sprms, TABLE_DEFINITION};

/// Size of a cell's definition.
const CELL: usize = 20;
/// Size of the ground of a cell.
const SHADE: usize = 10;
/// Flags of a cell: merged over columns, and over rows.
const ACROSS: u16 = 0x0003;
const DOWN: u16 = 0x0060;
const DOWN_SHIFT: u16 = 5;

#[derive(Clone, Copy, Default)]
struct Cell {
    width: i32,
    flags: u16,
}

/// A row as its mark defines it.
#[derive(Default)]
pub(super) struct Row {
    left: i32,
    /// Half of the space between cells, which the left edge of a row is given without.
    gap: i32,
    cells: Vec<Cell>,
    /// Whether some cell of it has a ground of a colour.
    pub shaded: bool,
    /// Number of the style of its table.
    pub style: Option<u16>,
}

impl Row {
    /// Takes a list of properties.
    pub(super) fn apply(&mut self, properties: &[u8]) {
        for (code, value) in Sprms(properties) {
            let taken = match code {
                TABLE_DEFINITION => self.define(value),
                0x9601 => i16_at(value, 0).map(|left| self.left = i32::from(left) - self.gap),
                0x9602 => i16_at(value, 0).map(|gap| {
                    self.left += self.gap - i32::from(gap);
                    self.gap = i32::from(gap);
                }),
                0x7621 => self.insert(value),
                0x5622 => self.delete(value),
                0x7623 => self.set_width(value),
                0x5624 => self.each(value, |at, cell| {
                    cell.flags = cell.flags & !ACROSS | if at == 0 { 1 } else { 2 }
                }),
                0x5625 => self.each(value, |_, cell| cell.flags &= !ACROSS),
                0xD62B => self.merge_down(value),
                0xD609 => self.shade(value.chunks(2).any(is_short_shade)),
                0xD60C | 0xD612 | 0xD616 | 0xD670..=0xD672 => self.shade(value.chunks(SHADE).any(is_shade)),
                0xD660 => self.shade(is_shade(value)),
                0xD62D | 0xD62E => self.shade(value.get(2..).is_some_and(is_shade)),
                0x563A => u16_at(value, 0).map(|style| self.style = Some(style)),
                _ => None,
            };
            // A value that is cut off changes nothing.
            taken.unwrap_or_default();
        }
    }

    fn shade(&mut self, is_shaded: bool) -> Option<()> {
        self.shaded |= is_shaded;
        Some(())
    }

    fn define(&mut self, value: &[u8]) -> Option<()> {
        let count = usize::from(*value.first()?);
        let edge = |at: usize| i16_at(value, 1 + at * 2).map(i32::from);
        let mut cells = Vec::with_capacity(count);
        for at in 0..count {
            let flags = u16_at(value, 1 + (count + 1) * 2 + at * CELL);
            cells.push(Cell {
                width: (edge(at + 1)? - edge(at)?).max(0),
                flags: flags.unwrap_or(0),
            });
        }
        self.left = edge(0)?;
        self.cells = cells;
        Some(())
    }

    fn insert(&mut self, value: &[u8]) -> Option<()> {
        let (at, count) = (usize::from(*value.first()?), usize::from(*value.get(1)?));
        let width = i32::from(i16_at(value, 2)?).max(0);
        let at = at.min(self.cells.len());
        if self.cells.len() + count <= CELLS {
            let new = Cell { width, flags: 0 };
            self.cells.splice(at..at, std::iter::repeat_n(new, count));
        }
        Some(())
    }

    fn delete(&mut self, value: &[u8]) -> Option<()> {
        let range = self.range(value)?;
        self.cells.drain(range);
        Some(())
    }

    fn set_width(&mut self, value: &[u8]) -> Option<()> {
        let width = i32::from(i16_at(value, 2)?).max(0);
        self.each(value, |_, cell| cell.width = width)
    }

    fn merge_down(&mut self, value: &[u8]) -> Option<()> {
        let flags = u16::from(*value.get(1)?) << DOWN_SHIFT & DOWN;
        let cell = self.cells.get_mut(usize::from(*value.first()?))?;
        cell.flags = cell.flags & !DOWN | flags;
        Some(())
    }

    /// First cell and the one behind the last that a property names.
    fn range(&self, value: &[u8]) -> Option<std::ops::Range<usize>> {
        let (first, end) = (usize::from(*value.first()?), usize::from(*value.get(1)?));
        let end = end.min(self.cells.len());
        (first < end).then_some(first..end)
    }

    fn each(&mut self, value: &[u8], change: impl Fn(usize, &mut Cell)) -> Option<()> {
        let range = self.range(value)?;
        for (at, cell) in self.cells[range].iter_mut().enumerate() {
            change(at, cell);
        }
        Some(())
    }

    /// Left edge and cells.
    pub(super) fn edges(&self) -> (i32, Vec<Edge>) {
        let mut right = self.left;
        // Which of the two marks begins the cells that are merged over columns: programs and descriptions differ in it.
        let mut begin = None;
        let edges = self.cells.iter().map(|cell| {
            right = right.saturating_add(cell.width);
            let across = cell.flags & ACROSS;
            let mark = (across != 0).then_some(across & 2 != 0);
            let continues_left = mark.is_some() && begin.is_some() && mark != begin;
            if !continues_left {
                begin = mark;
            }
            Edge {
                right,
                down: down(cell.flags),
                continues_left,
            }
        });
        (self.left, edges.collect())
    }
}

fn down(flags: u16) -> Merge {
    match (flags & DOWN) >> DOWN_SHIFT {
        0 => Merge::None,
        1 => Merge::Continues,
        _ => Merge::Begins,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A definition of cells by width and flags.
    fn definition(cells: &[(i16, u16)]) -> Vec<u8> {
        let mut value = vec![cells.len() as u8];
        let mut edge: i16 = -100;
        value.extend(edge.to_le_bytes());
        for (width, _) in cells {
            edge += width;
            value.extend(edge.to_le_bytes());
        }
        for (_, flags) in cells {
            value.extend(flags.to_le_bytes());
            value.extend([0; 18]);
        }
        let mut out = TABLE_DEFINITION.to_le_bytes().to_vec();
        out.extend((value.len() as u16 + 1).to_le_bytes());
        out.extend(value);
        out
    }

    fn row(properties: &[u8]) -> Vec<(i32, Merge, bool)> {
        let mut row = Row::default();
        row.apply(properties);
        let edges = row.edges().1;
        edges
            .iter()
            .map(|edge| (edge.right, edge.down, edge.continues_left))
            .collect()
    }

    #[test]
    fn a_row_is_as_it_is_defined_and_then_changed() {
        let mut properties = definition(&[(100, 0x60), (100, 0x20), (100, 0)]);
        properties.extend([0x2B, 0xD6, 2, 1, 0x03]);
        properties.extend([0x24, 0x56, 1, 3]);
        assert_eq!(
            row(&properties),
            [
                (0, Merge::Begins, false),
                (100, Merge::Begins, false),
                (200, Merge::None, true)
            ]
        );
    }

    #[test]
    fn either_mark_may_begin_merged_columns() {
        for marks in [[1, 2, 0, 1, 2], [2, 1, 0, 2, 1]] {
            let cells: Vec<(i16, u16)> = marks.iter().map(|mark| (10, *mark)).collect();
            let continued: Vec<bool> = row(&definition(&cells)).iter().map(|edge| edge.2).collect();
            assert_eq!(continued, [false, true, false, false, true]);
        }
    }
}
