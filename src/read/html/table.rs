//! From `table` elements to grids: spans as browsers resolve them, and tables that only lay out the page told apart.
//!
//! Follows "forming a table" of the HTML standard, with row spans cut at the end of their row group as browsers draw them. Invariant:
//! no cell is invented (a slot that no cell covers stays empty), and the work is bounded by [`MAX_GRID_SLOTS`] whatever the spans say.

use super::sites::Marks;
use super::tree::{Node, Page, Tag};
use crate::document::{Cell, Grid, GridBuilder, GridKind, MAX_GRID_SLOTS, Origin};

/// Most columns that one cell covers, by the standard.
const MAX_COLUMN_SPAN: usize = 1000;
/// Most rows that one cell covers, by the standard.
const MAX_ROW_SPAN: usize = 65534;

/// The rows of a table, by row group, each with its cells.
pub(super) struct Rows {
    groups: Vec<Vec<(u32, Vec<u32>)>>,
    pub(super) captions: Vec<u32>,
}

impl Rows {
    /// The visible rows and cells that belong to a `table` element itself.
    pub(super) fn of_table(page: &Page<'_>, table: u32) -> Rows {
        let mut rows = Rows {
            groups: Vec::new(),
            captions: Vec::new(),
        };
        let mut feet = Vec::new();
        let mut loose = Vec::new();
        for child in page.children(table) {
            let node = &page.nodes[child as usize];
            if node.hidden {
                continue;
            }
            match node.tag {
                Tag::Group => rows.groups.push(group(page, child)),
                // A foot is drawn last, wherever it is written.
                Tag::Foot => feet.push(group(page, child)),
                Tag::Row => loose.push(row(page, child)),
                Tag::Caption => rows.captions.push(child),
                _ => {}
            }
        }
        if !loose.is_empty() {
            rows.groups.push(loose);
        }
        rows.groups.append(&mut feet);
        rows
    }

    /// The rows of a table made of other elements: what is marked a row inside it, and what is marked a cell inside that. None if
    /// that is not the shape of a table.
    pub(super) fn of_marked(page: &Page<'_>, table: u32) -> Option<Rows> {
        let end = page.nodes[table as usize].end;
        let mut group = Vec::new();
        let mut next = table + 1;
        let mut loose_text = false;
        while next < end {
            let node = &page.nodes[next as usize];
            if node.hidden {
                next = node.end;
            } else if node.marks.has(Marks::ROW) {
                let cells = marked_cells(page, next);
                if cells.is_empty() {
                    return None;
                }
                group.push((next, cells));
                next = node.end;
            } else if matches!(node.tag, Tag::Table) {
                return None;
            } else {
                loose_text |= node.text().chars().any(|c| !c.is_whitespace());
                next += 1;
            }
        }
        let wide = group.iter().filter(|(_, cells)| cells.len() > 1).count();
        (group.len() >= 2 && wide >= 2 && !loose_text).then(|| Rows {
            groups: vec![group],
            captions: Vec::new(),
        })
    }

    /// All cells.
    pub(super) fn cells(&self) -> impl Iterator<Item = u32> + '_ {
        self.groups
            .iter()
            .flatten()
            .flat_map(|(_, cells)| cells.iter().copied())
    }

    /// The most cells of a row.
    fn widest(&self) -> usize {
        self.groups
            .iter()
            .flatten()
            .map(|(_, cells)| cells.len())
            .max()
            .unwrap_or(0)
    }

    /// The grid that the cells make, and whether it had to be cut. `text` gives the text of a cell.
    pub(super) fn grid(&self, page: &Page<'_>, table: u32, mut text: impl FnMut(u32) -> String) -> (Grid, bool) {
        let path = page.path(table);
        let mut builder = GridBuilder::new(GridKind::Ruled, Origin::Path(path));
        let mut slots = Slots::default();
        let mut cut = false;
        'groups: for group in &self.groups {
            slots.busy_until.clear();
            let group_end = slots.row + group.len();
            for (row, cells) in group {
                let row_path = page.path(*row);
                let mut column = 0;
                for &cell in cells {
                    let Some(place) = slots.place(page, cell, &mut column, group_end) else {
                        cut = true;
                        break 'groups;
                    };
                    let mut path = String::with_capacity(row_path.len() + "/td[00]".len());
                    path.push_str(&row_path);
                    if page.nodes[cell as usize].parent == *row {
                        page.step(cell, &mut path);
                    } else {
                        path = page.path(cell);
                    }
                    builder.cell(Cell {
                        text: text(cell),
                        origin: Origin::Path(path),
                        ..place
                    });
                }
                slots.row += 1;
            }
        }
        let (grid, too_large) = builder.build();
        (grid, cut || too_large)
    }
}

fn group(page: &Page<'_>, group: u32) -> Vec<(u32, Vec<u32>)> {
    let rows = page.children(group).filter(|&child| {
        let node = &page.nodes[child as usize];
        node.tag == Tag::Row && !node.hidden
    });
    rows.map(|child| row(page, child)).collect()
}

fn row(page: &Page<'_>, row: u32) -> (u32, Vec<u32>) {
    let cells = page.children(row).filter(|&child| {
        let node = &page.nodes[child as usize];
        node.tag == Tag::Cell && !node.hidden
    });
    (row, cells.collect())
}

fn marked_cells(page: &Page<'_>, row: u32) -> Vec<u32> {
    let end = page.nodes[row as usize].end;
    let mut cells = Vec::new();
    let mut next = row + 1;
    while next < end {
        let node = &page.nodes[next as usize];
        if node.hidden {
            next = node.end;
        } else if node.marks.has(Marks::CELL) {
            cells.push(next);
            next = node.end;
        } else {
            next += 1;
        }
    }
    cells
}

/// Which columns are taken by cells from above.
#[derive(Default)]
struct Slots {
    row: usize,
    /// For each column, the row from which it is free again.
    busy_until: Vec<usize>,
    width: usize,
}

impl Slots {
    /// Where the next cell of the current row goes; nothing once the grid is too large.
    fn place(&mut self, page: &Page<'_>, cell: u32, column: &mut usize, group_end: usize) -> Option<Cell> {
        let (columns, rows) = spans(&page.nodes[cell as usize]);
        let column_span = columns.filter(|n| *n > 0).unwrap_or(1).min(MAX_COLUMN_SPAN);
        let row_span = rows.unwrap_or(1).min(MAX_ROW_SPAN);
        // Zero reaches down to the end of the row group; nothing reaches further.
        let left = group_end - self.row;
        let row_span = if row_span == 0 { left } else { row_span.min(left) };
        while self.busy_until.get(*column).is_some_and(|until| *until > self.row) {
            *column += 1;
        }
        let end = *column + column_span;
        self.width = self.width.max(end);
        if (self.row + 1).saturating_mul(self.width) > MAX_GRID_SLOTS {
            return None;
        }
        if self.busy_until.len() < end {
            self.busy_until.resize(end, 0);
        }
        for until in &mut self.busy_until[*column..end] {
            *until = (*until).max(self.row + row_span);
        }
        let place = Cell {
            row: self.row,
            column: *column,
            row_span,
            column_span,
            text: String::new(),
            origin: Origin::Path(String::new()),
        };
        *column = end;
        Some(place)
    }
}

/// The column span and the row span that a cell asks for, in one look at its attributes.
fn spans(cell: &Node<'_>) -> (Option<usize>, Option<usize>) {
    let (mut columns, mut rows) = (None, None);
    for (name, value) in cell.element().map_or(&[][..], |element| &element.attrs) {
        match &*name.local {
            "colspan" | "aria-colspan" => columns = columns.or_else(|| leading_number(value)),
            "rowspan" | "aria-rowspan" => rows = rows.or_else(|| leading_number(value)),
            _ => {}
        }
    }
    (columns, rows)
}

/// The number at the beginning of an attribute, by the standard's rules: `2;` is 2, `-1` and `x` are none.
fn leading_number(value: &str) -> Option<usize> {
    let value = value.trim_start();
    let value = value.strip_prefix('+').unwrap_or(value);
    let digits = &value[..value.bytes().take_while(u8::is_ascii_digit).count()];
    let number = digits.bytes().fold(0usize, |n, d| {
        n.saturating_mul(10).saturating_add(usize::from(d - b'0'))
    });
    (!digits.is_empty()).then_some(number)
}

/// Whether a table only lays out the page: its cells hold the content, they are not the content.
pub(super) fn is_layout(page: &Page<'_>, table: u32, rows: &Rows, size: &[u32]) -> bool {
    let node = &page.nodes[table as usize];
    if node.presentation || rows.widest() <= 1 {
        return true;
    }
    let total = size[table as usize];
    let (mut filled, mut largest, mut inner) = (0, 0u32, 0u32);
    let mut holds_table = false;
    for cell in rows.cells() {
        let text = size[cell as usize];
        filled += usize::from(text > 0);
        if text > largest {
            largest = text;
        }
        let end = page.nodes[cell as usize].end;
        let mut next = cell + 1;
        while next < end {
            let node = &page.nodes[next as usize];
            if node.tag == Tag::Table {
                holds_table = true;
                inner += size[next as usize];
                next = node.end;
            } else {
                next += 1;
            }
        }
    }
    if holds_table && inner * 2 >= total {
        return true;
    }
    // One cell that holds an article, beside a few that hold a menu.
    filled <= 8 && largest > 300 && largest * 2 > total && {
        let article = rows
            .cells()
            .find(|cell| size[*cell as usize] == largest)
            .unwrap_or(table);
        blocks_inside(page, article) >= 4
    }
}

fn blocks_inside(page: &Page<'_>, cell: u32) -> usize {
    let inside = &page.nodes[cell as usize + 1..page.nodes[cell as usize].end as usize];
    inside
        .iter()
        .filter(|node| node.block || node.tag == Tag::Break)
        .take(4)
        .count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn span_attributes_are_read_as_browsers_read_them() {
        for (value, number) in [
            ("2;", Some(2)),
            (" 3px", Some(3)),
            ("+4", Some(4)),
            ("-1", None),
            ("", None),
            ("x2", None),
            ("0", Some(0)),
        ] {
            assert_eq!(leading_number(value), number, "{value:?}");
        }
        assert_eq!(leading_number(&"9".repeat(400)), Some(usize::MAX));
    }
}
