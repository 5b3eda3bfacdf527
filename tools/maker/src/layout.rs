//! Sheets laid out on a grid of cells with spans, as the official forms draw them.
//!
//! Invariant: a row lists the cells that begin in it, from left to right; spans never overlap unless a fault draws them wrong.

use crate::faults::{Fault, Faults};
use crate::sheet::{Band, Sheet, Which};

/// What a cell is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// A line or a header above columns.
    Header,
    /// A label to the left of figures.
    Label,
    /// A figure.
    Data,
}

/// One cell.
#[derive(Clone, Debug)]
pub struct GridCell {
    /// Text; `\n` where a line breaks inside the cell.
    pub text: String,
    /// Rows that it covers.
    pub rows: usize,
    /// Columns that it covers.
    pub columns: usize,
    /// What it is for.
    pub role: Role,
}

/// A table on a grid.
#[derive(Clone, Debug)]
pub struct Grid {
    /// Which table, or part of it.
    pub which: Which,
    /// The cells that begin in each row.
    pub rows: Vec<Vec<GridCell>>,
    /// Number of columns.
    pub columns: usize,
    /// How many rows at the top are headers.
    pub head: usize,
}

/// The note in the corner of table 3.
pub const NOTE: &str = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）";

fn cell(text: &str, rows: usize, columns: usize, role: Role) -> GridCell {
    GridCell {
        text: text.to_owned(),
        rows,
        columns,
        role,
    }
}

/// A sheet as one grid.
pub fn whole(sheet: &Sheet, faults: &Faults) -> Grid {
    let mut grid = match sheet.which {
        Which::Disclosure => disclosure(&sheet.bands, faults),
        Which::Applications => applications(sheet, faults),
        Which::Review => review(sheet, faults),
        Which::Statistics => statistics(&sheet.bands),
    };
    if faults.has(Fault::LostRowspans) {
        grid = without_rowspans(&grid);
    }
    grid
}

/// A sheet as small grids: table 2 one a band, the others whole.
pub fn by_band(sheet: &Sheet, faults: &Faults) -> Vec<Grid> {
    if sheet.which != Which::Disclosure {
        return vec![whole(sheet, faults)];
    }
    sheet
        .bands
        .iter()
        .map(|band| disclosure(std::slice::from_ref(band), faults))
        .collect()
}

fn disclosure(bands: &[Band], faults: &Faults) -> Grid {
    let widest = bands.iter().map(|band| band.columns.len()).max().unwrap_or(1);
    // A column nobody sees, so that header and data can part it differently.
    let off = faults.has(Fault::HeaderOffGrid) && widest == 3;
    let columns = 1 + widest + usize::from(off);
    let mut rows = Vec::new();
    for band in bands {
        if let Some(line) = &band.shown {
            rows.push(vec![cell(line, 1, columns, Role::Header)]);
        }
        let n = band.columns.len();
        let mut spans = vec![1; n];
        spans[n - 1] += widest - n;
        let (mut first_header, mut first_data) = (1, 1);
        let mut header_spans = spans.clone();
        if off && n == widest {
            first_data = 2;
            header_spans[0] = 2;
        } else if off {
            first_header = 2;
            first_data = 2;
        }
        let mut header = vec![cell(&faults.word("信息内容"), 1, first_header, Role::Header)];
        for (column, span) in band.columns.iter().zip(&header_spans) {
            header.push(cell(&column.shown, 1, *span, Role::Header));
        }
        rows.push(header);
        for row in &band.rows {
            let mut line = vec![cell(&row.shown, 1, first_data, Role::Label)];
            for (figure, span) in row.cells.iter().zip(&spans) {
                line.push(cell(&figure.printed, 1, *span, Role::Data));
            }
            rows.push(line);
        }
    }
    Grid {
        which: Which::Disclosure,
        rows,
        columns,
        head: 0,
    }
}

/// Label, unit and counts, a row a line.
fn statistics(bands: &[Band]) -> Grid {
    let mut rows = Vec::new();
    for band in bands {
        let names = band.columns.iter().map(|column| column.shown.as_str());
        let header = std::iter::once("指标名称").chain(names);
        rows.push(header.map(|name| cell(name, 1, 1, Role::Header)).collect());
        for row in &band.rows {
            let figures = row.cells.iter().map(|figure| cell(&figure.printed, 1, 1, Role::Data));
            rows.push(
                std::iter::once(cell(&row.shown, 1, 1, Role::Label))
                    .chain(figures)
                    .collect(),
            );
        }
    }
    Grid {
        which: Which::Statistics,
        columns: rows.first().map_or(0, Vec::len),
        rows,
        head: 1,
    }
}

fn applications(sheet: &Sheet, faults: &Faults) -> Grid {
    let mut rows = Vec::new();
    for band in &sheet.bands {
        let n = band.columns.len();
        let top_span = if faults.has(Fault::HeaderOffGrid) { n - 1 } else { n };
        let applicants = band.shown.as_deref().unwrap_or_default();
        let mut top = vec![
            cell(&faults.word(NOTE), 3, 3, Role::Header),
            cell(applicants, 1, top_span, Role::Header),
        ];
        if top_span < n {
            top.push(cell("", 1, 1, Role::Header));
        }
        rows.push(top);
        rows.push(vec![
            cell(&band.columns[0].shown, 2, 1, Role::Header),
            cell(&faults.word("法人或其他组织"), 1, n - 2, Role::Header),
            cell(&band.columns[n - 1].shown, 2, 1, Role::Header),
        ]);
        rows.push(
            band.columns[1..n - 1]
                .iter()
                .map(|column| cell(&column.shown, 1, 1, Role::Header))
                .collect(),
        );
        for (at, row) in band.rows.iter().enumerate() {
            let mut line = Vec::new();
            for (depth, official) in row.path.iter().enumerate() {
                let same = |other: usize| {
                    band.rows
                        .get(other)
                        .is_some_and(|o| o.path.get(depth) == Some(official))
                };
                if at == 0 || !same(at - 1) {
                    let height = (at..band.rows.len()).take_while(|&other| same(other)).count();
                    line.push(cell(&row.shown_path[depth], height, 1, Role::Label));
                }
            }
            line.push(cell(&row.shown, 1, 3 - row.path.len(), Role::Label));
            for figure in &row.cells {
                line.push(cell(&figure.printed, 1, 1, Role::Data));
            }
            rows.push(line);
        }
    }
    Grid {
        which: Which::Applications,
        rows,
        columns: 3 + sheet.bands[0].columns.len(),
        head: 3,
    }
}

fn review(sheet: &Sheet, faults: &Faults) -> Grid {
    let band = &sheet.bands[0];
    let n = band.columns.len();
    let header = |text: &str, rows, columns| cell(text, rows, columns, Role::Header);
    let litigation = band.rows[1].shown_path.first().map_or("行政诉讼", String::as_str);
    let off = usize::from(faults.has(Fault::HeaderOffGrid)) * 3;
    let mut top = vec![header(&band.rows[0].shown, 1 + usize::from(off > 0), n + off)];
    top.push(header(litigation, 1, 2 * n - off));
    let labels = |range: std::ops::Range<usize>, rows: usize| {
        range
            .flat_map(|_| band.columns.iter())
            .map(move |column| cell(&column.shown, rows, 1, Role::Header))
            .collect::<Vec<_>>()
    };
    let groups: Vec<GridCell> = band.rows[1..].iter().map(|row| header(&row.shown, 1, n)).collect();
    let mut rows = Vec::new();
    if off > 0 {
        top[0].rows = 1;
        rows.push(top);
        rows.push(labels(0..1, 2).into_iter().chain(groups).collect());
        rows.push(labels(1..3, 1));
    } else if faults.has(Fault::EmptyHeaderCell) {
        // An empty ruled cell inside the header of 行政诉讼.
        top[1].columns -= 1;
        top.push(header("", 1, 1));
        rows.push(top);
        rows.push(labels(0..1, 2).into_iter().chain(groups).collect());
        rows.push(labels(1..3, 1));
    } else if faults.variant.is_multiple_of(2) {
        rows.push(top);
        rows.push(labels(0..1, 2).into_iter().chain(groups).collect());
        rows.push(labels(1..3, 1));
    } else {
        top[0].rows = 2;
        rows.push(top);
        rows.push(groups);
        rows.push(labels(0..3, 1));
    }
    rows.push(
        band.rows
            .iter()
            .flat_map(|row| &row.cells)
            .map(|figure| cell(&figure.printed, 1, 1, Role::Data))
            .collect(),
    );
    Grid {
        which: Which::Review,
        rows,
        columns: 3 * n,
        head: 3,
    }
}

/// Empty cells where a row span should be.
fn without_rowspans(grid: &Grid) -> Grid {
    let mut rows: Vec<Vec<GridCell>> = Vec::new();
    for line in grid.slots() {
        let mut cells = Vec::new();
        for slot in line {
            if let Slot::Begin(r, c) = slot {
                cells.push(GridCell {
                    rows: 1,
                    ..grid.rows[r][c].clone()
                });
            } else if let Slot::Below(r, c) = slot {
                cells.push(cell("", 1, grid.rows[r][c].columns, Role::Label));
            }
        }
        rows.push(cells);
    }
    Grid {
        rows,
        which: grid.which,
        ..*grid
    }
}

/// What stands in one slot of the grid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slot {
    /// A cell begins here: its row, and its place in the list of that row.
    Begin(usize, usize),
    /// A cell that began to the left, in this row.
    Right,
    /// The first slot, in a lower row, of a cell that began above: its row and place there.
    Below(usize, usize),
    /// A further slot of such a cell.
    BelowRight,
    /// Nothing: the row is short.
    Empty,
}

impl Grid {
    /// The grid slot by slot.
    pub fn slots(&self) -> Vec<Vec<Slot>> {
        let mut slots = vec![vec![Slot::Empty; self.columns]; self.rows.len()];
        for (r, line) in self.rows.iter().enumerate() {
            let mut at = 0;
            for (c, cell) in line.iter().enumerate() {
                while at < self.columns && slots[r][at] != Slot::Empty {
                    at += 1;
                }
                let right = (at + cell.columns).min(self.columns);
                for (down, lower) in slots.iter_mut().enumerate().skip(r).take(cell.rows) {
                    for (across, slot) in lower.iter_mut().enumerate().take(right).skip(at) {
                        *slot = match (down == r, across == at) {
                            (true, true) => Slot::Begin(r, c),
                            (true, false) => Slot::Right,
                            (false, true) => Slot::Below(r, c),
                            (false, false) => Slot::BelowRight,
                        };
                    }
                }
                at = right;
            }
        }
        slots
    }
}
