//! A sheet of a workbook as paragraphs and tables.
//!
//! Workbooks hold whole reports too: a row with one cell in it is a line of text above, between or below tables. Invariant: a cell
//! keeps the address that the program shows, whatever was hidden or left out around it.

use crate::document::Origin;
use crate::forms;
use crate::read::office::body::{COLUMNS, Item, Table, TableCell, Text};

/// Most slots of a table in which blank cells are kept; the tables of a report have some hundreds.
const FILLED: usize = 100_000;

/// A cell with something in it, or merged of several.
#[derive(Clone, Debug)]
pub(super) struct SheetCell {
    /// Row, from 0.
    pub row: usize,
    /// Column, from 0.
    pub column: usize,
    /// Rows covered.
    pub rows: usize,
    /// Columns covered.
    pub columns: usize,
    /// The text as shown, with line breaks.
    pub text: String,
    /// Whether it is bold.
    pub strong: bool,
}

/// Where the rows and columns of a table stand in its sheet.
#[derive(Clone, Debug, Default)]
pub(in crate::read) struct Sheet {
    /// Name of the sheet.
    pub name: String,
    /// Row of the sheet for each row of the table.
    rows: Vec<usize>,
    /// Column of the sheet for each column of the table.
    columns: Vec<usize>,
}

impl Sheet {
    /// The place of a cell by its row and column in the table.
    pub(in crate::read) fn place(&self, row: usize, column: usize) -> Origin {
        let of = |list: &[usize], at: usize| list.get(at).copied().unwrap_or(at);
        Origin::sheet_cell(&self.name, of(&self.rows, row), of(&self.columns, column))
    }
}

/// The lines of a cell, and whether all of them are bold.
pub(super) fn lines(items: &[Item]) -> (String, bool) {
    let texts = items.iter().filter_map(|item| match item {
        Item::Paragraph(text) => Some(text),
        _ => None,
    });
    let (mut out, mut strong) = (Vec::new(), true);
    for text in texts {
        strong &= text.strong || text.text.trim().is_empty();
        out.push(text.text.trim());
    }
    let text = out.join("\n").trim().to_owned();
    let strong = strong && !text.is_empty();
    (text, strong)
}

/// The items of a sheet, from its cells in any order.
pub(super) fn items(name: &str, mut cells: Vec<SheetCell>) -> Vec<Item> {
    cells.retain(|cell| cell.column < COLUMNS);
    cells.sort_by_key(|cell| (cell.row, cell.column));
    let mut rows: Vec<(usize, Vec<SheetCell>)> = Vec::new();
    for cell in cells {
        match rows.last_mut().filter(|(row, _)| *row == cell.row) {
            Some((_, cells)) => cells.push(cell),
            None => rows.push((cell.row, vec![cell])),
        }
    }
    let first = rows.iter().position(|(_, cells)| !is_line(cells)).unwrap_or(rows.len());
    let last = rows.iter().rposition(|(_, cells)| !is_line(cells)).unwrap_or(0);
    let mut out = Vec::new();
    let mut table: Vec<(usize, Vec<SheetCell>)> = Vec::new();
    // Last row that a cell of the table reaches.
    let mut reach = 0;
    for (at, (row, cells)) in rows.into_iter().enumerate() {
        let line = only_text(&cells);
        let is_prose = |cell: &SheetCell| cell.text.contains('。') || forms::is_section_heading(&cell.text);
        let ends_table = |cell: &SheetCell| is_prose(cell) || at < first || at > last;
        match line.filter(|cell| (table.is_empty() || row > reach) && ends_table(cell)) {
            Some(cell) => {
                finish(name, &mut table, &mut out);
                out.push(line_of(name, cell));
            }
            None => {
                let end = cells.iter().map(|cell| cell.row + cell.rows - 1).max();
                reach = reach.max(end.unwrap_or(row));
                table.push((row, cells));
            }
        }
    }
    finish(name, &mut table, &mut out);
    out
}

fn line_of(name: &str, cell: &SheetCell) -> Item {
    Item::Paragraph(Text {
        text: cell.text.clone(),
        strong: cell.strong,
        place: Some(Origin::sheet_cell(name, cell.row, cell.column)),
        ..Text::default()
    })
}

/// Whether a row has one text, or none.
fn is_line(cells: &[SheetCell]) -> bool {
    cells.iter().filter(|cell| !cell.text.is_empty()).count() <= 1
}

/// The cell of a row that holds all of its text, if no other has any.
fn only_text(cells: &[SheetCell]) -> Option<&SheetCell> {
    let mut filled = cells.iter().filter(|cell| !cell.text.is_empty());
    filled.next().filter(|_| filled.next().is_none())
}

/// Ends a table. Rows of one text each are lines. Rows and columns in which no cell begins are left out of a table; every other slot has
/// a cell, blank as the program shows it.
fn finish(name: &str, table: &mut Vec<(usize, Vec<SheetCell>)>, out: &mut Vec<Item>) {
    if table.iter().all(|(_, cells)| is_line(cells)) {
        let lines = table.iter().filter_map(|(_, cells)| only_text(cells));
        out.extend(lines.map(|cell| line_of(name, cell)));
        table.clear();
        return;
    }
    let cells = || table.iter().flat_map(|(_, cells)| cells);
    let mut columns: Vec<usize> = cells().map(|cell| cell.column).collect();
    columns.sort_unstable();
    columns.dedup();
    let sheet = Sheet {
        name: name.into(),
        rows: table.iter().map(|(row, _)| *row).collect(),
        columns,
    };
    let inside = |list: &[usize], from: usize, count: usize| {
        let begin = list.partition_point(|number| *number < from);
        (
            begin,
            list.partition_point(|number| *number < from.saturating_add(count)) - begin,
        )
    };
    let mut rows: Vec<Vec<TableCell>> = Vec::new();
    for (_, cells) in table.drain(..) {
        let laid = cells.into_iter().map(|cell| {
            let (column, columns) = inside(&sheet.columns, cell.column, cell.columns);
            let (_, down) = inside(&sheet.rows, cell.row, cell.rows);
            table_cell(column, columns, down, cell.text)
        });
        rows.push(laid.collect());
    }
    if rows.len().saturating_mul(sheet.columns.len()) <= FILLED {
        fill(&mut rows, sheet.columns.len());
    }
    if !rows.is_empty() {
        out.push(Item::Table(Table {
            rows,
            sheet: Some(sheet),
        }));
    }
}

fn table_cell(column: usize, columns: usize, rows: usize, text: String) -> TableCell {
    TableCell {
        column,
        columns,
        rows,
        number: column as u32 + 1,
        items: vec![Item::Paragraph(Text {
            text,
            ..Text::default()
        })],
    }
}

/// Adds a blank cell at every slot that none covers.
fn fill(rows: &mut [Vec<TableCell>], columns: usize) {
    // Rows that a cell still reaches, by column.
    let mut reaching = vec![0usize; columns];
    for row in rows {
        for cell in row.iter() {
            let covered = reaching.iter_mut().skip(cell.column).take(cell.columns);
            covered.for_each(|reach| *reach = (*reach).max(cell.rows));
        }
        let blank = reaching.iter().enumerate().filter(|(_, reach)| **reach == 0);
        row.extend(blank.map(|(column, _)| table_cell(column, 1, 1, String::new())));
        row.sort_by_key(|cell| cell.column);
        reaching.iter_mut().for_each(|reach| *reach = reach.saturating_sub(1));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_around_tables_are_text_and_cells_keep_their_addresses() {
        let cell = |row: usize, column: usize, rows: usize, text: &str| SheetCell {
            row,
            column,
            rows,
            columns: 1,
            text: text.into(),
            strong: false,
        };
        let items = items(
            "表",
            vec![
                cell(0, 0, 1, "标题"),
                cell(2, 0, 3, "规章"),
                cell(2, 1, 1, "1"),
                cell(4, 1, 1, "2"),
                cell(4, 3, 1, "x"),
                cell(5, 0, 1, "二、主动公开政府信息情况"),
                cell(6, 1, 1, "第二份报告"),
                cell(7, 1, 1, "的标题"),
                cell(8, 0, 1, "一、总体情况"),
                cell(9, 1, 1, "3"),
                cell(9, 2, 1, "4"),
            ],
        );
        let [
            Item::Paragraph(title),
            Item::Table(first),
            Item::Paragraph(_),
            Item::Paragraph(second_title),
            Item::Paragraph(_),
            Item::Paragraph(_),
            Item::Table(second),
        ] = &items[..]
        else {
            panic!("{items:?}");
        };
        assert_eq!(title.place, Some(Origin::sheet_cell("表", 0, 0)));
        assert_eq!(second_title.place, Some(Origin::sheet_cell("表", 6, 1)));
        assert_eq!(first.rows[0][0].rows, 2);
        let blank = first.rows[0]
            .iter()
            .map(|cell| (cell.column, cell.rows))
            .collect::<Vec<_>>();
        assert_eq!(blank, [(0, 2), (1, 1), (2, 1)]);
        assert_eq!(
            first.sheet.as_ref().unwrap().place(1, 1),
            Origin::sheet_cell("表", 4, 1)
        );
        assert_eq!(
            second.sheet.as_ref().unwrap().place(0, 2),
            Origin::sheet_cell("表", 9, 2)
        );
    }
}
