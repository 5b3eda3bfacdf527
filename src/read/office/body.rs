//! From what an office program shows to blocks: paragraphs and tables are counted, cells laid on a grid.
//!
//! Invariant: places count what the file holds in its own order, so that a person finds them again with the program that wrote it.

use crate::diagnostic::Diagnostic;
use crate::document::{
    Block, Cell, Document, GridBuilder, GridKind, Link, LinkKind, MAX_GRID_SLOTS, Origin, Paragraph, Shown,
};

use crate::read::raised::Last;

use super::sheet::Sheet;
use super::{ONLY_PICTURES, TABLE_CUT};

/// Most columns of a table, and most columns that one cell may cover. Word allows 63.
pub(in crate::read) const COLUMNS: usize = 256;
/// A file of pictures has fewer characters than this.
const FEW: usize = 100;

/// A piece of the text.
#[derive(Debug)]
pub(in crate::read) enum Item {
    /// A paragraph.
    Paragraph(Text),
    /// A table.
    Table(Table),
    /// Content of another format inside the document.
    Blocks(Vec<Block>),
}

/// A paragraph as shown.
#[derive(Debug, Default)]
pub(in crate::read) struct Text {
    /// What is printed, with the number that the program counts; `\n` where a line breaks.
    pub text: String,
    /// Level of a heading, from 1.
    pub heading: Option<u8>,
    /// Whether all of it is bold.
    pub strong: bool,
    /// Alternative text and part of each picture.
    pub pictures: Vec<(String, String)>,
    /// What stands in boxes that are anchored here.
    pub boxes: Vec<Item>,
    /// Where it stands, if it is not counted among the paragraphs of the text.
    pub place: Option<Origin>,
    /// What was added to it last.
    pub last: Last,
}

impl Text {
    /// Adds what is printed next, on or above the line.
    pub fn push(&mut self, text: &str, is_raised: bool) {
        self.last.push(&mut self.text, text, is_raised);
    }
}

/// A table as shown.
#[derive(Debug, Default)]
pub(in crate::read) struct Table {
    /// Cells by rows. A cell that is merged into the one above it is not listed.
    pub rows: Vec<Vec<TableCell>>,
    /// Where it stands in its sheet, for workbooks.
    pub sheet: Option<Sheet>,
}

/// A cell of a table.
#[derive(Debug)]
pub(in crate::read) struct TableCell {
    /// First column, from 0.
    pub column: usize,
    /// Columns covered.
    pub columns: usize,
    /// Rows covered.
    pub rows: usize,
    /// Number among the cells of the row as the file lists them, from 1.
    pub number: u32,
    /// What it holds.
    pub items: Vec<Item>,
}

/// How a cell is merged with the one above it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::read) enum Merge {
    /// It is not.
    None,
    /// It begins merged cells.
    Begins,
    /// It continues the cell above it and shows nothing of its own.
    Continues,
}

/// Lays rows whose cells say that they continue those above. A cell that continues none of the same columns stands for itself.
pub(in crate::read) fn merged(rows: Vec<Vec<(Merge, TableCell)>>) -> Vec<Vec<TableCell>> {
    let mut out: Vec<Vec<TableCell>> = Vec::with_capacity(rows.len());
    // Row and index of the cell that is open at a column.
    let mut open: Vec<Option<(usize, usize)>> = vec![None; COLUMNS];
    for (at, row) in rows.into_iter().enumerate() {
        let mut kept: Vec<TableCell> = Vec::with_capacity(row.len());
        let mut reached: Vec<Option<(usize, usize)>> = vec![None; COLUMNS];
        for (merge, cell) in row {
            let Some(slot) = reached.get_mut(cell.column) else {
                continue;
            };
            let above = open[cell.column].filter(|(row, index)| out[*row][*index].columns == cell.columns);
            match (merge, above) {
                (Merge::Continues, Some((row, index))) => {
                    out[row][index].rows = at + 1 - row;
                    *slot = above;
                    continue;
                }
                (Merge::Begins, _) => *slot = Some((at, kept.len())),
                _ => {}
            }
            kept.push(cell);
        }
        open = reached;
        out.push(kept);
    }
    out
}

/// All words of items on one line.
pub(super) fn words(items: &[Item]) -> String {
    let mut out: Vec<String> = Vec::new();
    for item in items {
        match item {
            Item::Paragraph(text) => {
                out.push(text.text.replace(['\n', '\t'], " "));
                out.push(words(&text.boxes));
            }
            Item::Table(table) => out.extend(table.rows.iter().flatten().map(|cell| words(&cell.items))),
            Item::Blocks(_) => {}
        }
    }
    let parts: Vec<&str> = out
        .iter()
        .map(|text| text.trim())
        .filter(|text| !text.is_empty())
        .collect();
    parts.join(" ")
}

/// Makes blocks of items and adds them to a document.
pub(in crate::read) fn fill(document: &mut Document, items: Vec<Item>) {
    let mut body = Body {
        slots: MAX_GRID_SLOTS,
        ..Body::default()
    };
    body.items(items, None);
    if body.links.len() > body.characters / FEW {
        let message = format!(
            "{} pictures and {} characters of text",
            body.links.len(),
            body.characters
        );
        body.diagnostics.push(ONLY_PICTURES.at(None, message));
    }
    let (links, blocks) = (document.links.len(), document.blocks.len());
    document.pictures.extend(body.shown.into_iter().map(|shown| Shown {
        link: shown.link + links,
        before: shown.before + blocks,
        ..shown
    }));
    document.blocks.append(&mut body.blocks);
    document.links.append(&mut body.links);
    document.diagnostics.append(&mut body.diagnostics);
}

#[derive(Default)]
struct Body {
    blocks: Vec<Block>,
    links: Vec<Link>,
    shown: Vec<Shown>,
    diagnostics: Vec<Diagnostic>,
    paragraphs: u32,
    tables: u32,
    characters: usize,
    /// Slots of grids that may still be made.
    slots: usize,
}

impl Body {
    /// Adds items as blocks; in a cell that is laid out as text they all stand at its place.
    fn items(&mut self, items: Vec<Item>, place: Option<&Origin>) {
        for item in items {
            match item {
                Item::Paragraph(text) => self.paragraph(text, place),
                Item::Table(table) => self.table(table),
                Item::Blocks(blocks) => self.blocks.extend(blocks),
            }
        }
    }

    fn paragraph(&mut self, text: Text, place: Option<&Origin>) {
        let origin = match text.place.as_ref().or(place) {
            Some(origin) => origin.clone(),
            None => {
                self.paragraphs += 1;
                Origin::paragraph(self.paragraphs)
            }
        };
        self.pictures(&text, &origin);
        for line in text.text.split('\n') {
            let line = line.trim();
            if line.is_empty() {
                continue;
            }
            self.characters += line.chars().count();
            self.blocks.push(Block::Paragraph(Paragraph {
                text: line.replace('\t', " "),
                heading: text.heading,
                strong: text.strong,
                origin: origin.clone(),
            }));
        }
        self.items(text.boxes, Some(&origin));
    }

    fn pictures(&mut self, text: &Text, origin: &Origin) {
        for (text, target) in &text.pictures {
            self.shown.push(Shown {
                link: self.links.len(),
                before: self.blocks.len(),
                data: None,
            });
            self.links.push(Link {
                kind: LinkKind::Picture,
                text: text.clone(),
                target: target.clone(),
                origin: origin.clone(),
            });
        }
    }

    fn table(&mut self, table: Table) {
        self.tables += 1;
        let number = self.tables;
        let columns = table.rows.iter().flatten().map(|cell| cell.column + cell.columns).max();
        if columns == Some(1) && table.sheet.is_none() {
            return self.frame(table, number);
        }
        let slots = columns.unwrap_or(0).saturating_mul(table.rows.len());
        if slots > self.slots {
            self.diagnostics
                .push(TABLE_CUT.at(Origin::table(number), "a table was left out"));
            return;
        }
        self.slots -= slots;
        let at = self.blocks.len();
        let origin = match &table.sheet {
            Some(sheet) => Origin::Sheet {
                sheet: sheet.name.clone(),
                address: None,
            },
            None => Origin::table(number),
        };
        let mut builder = GridBuilder::new(GridKind::Ruled, origin);
        for (row, cells) in table.rows.into_iter().enumerate() {
            for cell in cells {
                let origin = match &table.sheet {
                    Some(sheet) => sheet.place(row, cell.column),
                    None => Origin::table_cell(number, row as u32 + 1, cell.number),
                };
                let text = self.cell_text(cell.items, &origin);
                self.characters += text.chars().count();
                builder.cell(Cell {
                    row,
                    column: cell.column,
                    row_span: cell.rows,
                    column_span: cell.columns,
                    text,
                    origin,
                });
            }
        }
        let (grid, cut) = builder.build();
        if cut {
            self.diagnostics
                .push(TABLE_CUT.at(grid.origin().clone(), "a table was cut"));
        }
        if grid.rows() > 0 {
            // Before the tables that stand in its cells.
            self.blocks.insert(at, Block::Grid(grid));
        }
    }

    /// A table of one column is a frame around text.
    fn frame(&mut self, table: Table, number: u32) {
        for (row, cells) in table.rows.into_iter().enumerate() {
            for cell in cells {
                let place = Origin::table_cell(number, row as u32 + 1, cell.number);
                self.items(cell.items, Some(&place));
            }
        }
    }

    /// The lines of a cell; tables in it become blocks of their own.
    fn cell_text(&mut self, items: Vec<Item>, origin: &Origin) -> String {
        let mut lines: Vec<String> = Vec::new();
        for item in items {
            match item {
                Item::Paragraph(text) => {
                    self.pictures(&text, origin);
                    lines.extend(text.text.split('\n').map(|line| line.trim().replace('\t', " ")));
                    let inside = self.cell_text(text.boxes, origin);
                    lines.extend(inside.split('\n').map(str::to_owned));
                }
                Item::Table(table) => self.table(table),
                Item::Blocks(blocks) => self.blocks.extend(blocks),
            }
        }
        lines.retain(|line| !line.is_empty());
        lines.join("\n")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(merge: Merge, column: usize, columns: usize, text: &str) -> (Merge, TableCell) {
        let text = Text {
            text: text.into(),
            ..Text::default()
        };
        let cell = TableCell {
            column,
            columns,
            rows: 1,
            number: 1,
            items: vec![Item::Paragraph(text)],
        };
        (merge, cell)
    }

    #[test]
    fn a_cell_continues_only_one_of_the_same_columns() {
        let rows = merged(vec![
            vec![cell(Merge::Begins, 0, 1, "a"), cell(Merge::Begins, 1, 2, "b")],
            vec![cell(Merge::Continues, 0, 1, "x"), cell(Merge::Continues, 1, 1, "c")],
            vec![cell(Merge::Continues, 0, 1, "x"), cell(Merge::None, 1, 2, "d")],
        ]);
        assert_eq!(rows[0][0].rows, 3);
        assert_eq!(rows[0][1].rows, 1);
        assert_eq!(rows.iter().map(Vec::len).collect::<Vec<_>>(), [2, 1, 1]);
    }

    #[test]
    fn tables_are_counted_by_their_beginnings_and_paragraphs_outside_of_them() {
        let inner = Table {
            rows: vec![vec![cell(Merge::None, 0, 1, "1").1, cell(Merge::None, 1, 1, "2").1]],
            sheet: None,
        };
        let mut holder = cell(Merge::None, 1, 1, "outer").1;
        holder.items.push(Item::Table(inner));
        let outer = Table {
            rows: vec![vec![cell(Merge::None, 0, 1, "label").1, holder]],
            sheet: None,
        };
        let paragraph = |text: &str| {
            Item::Paragraph(Text {
                text: text.into(),
                ..Text::default()
            })
        };
        let mut document = Document::default();
        fill(
            &mut document,
            vec![paragraph(""), Item::Table(outer), paragraph("after")],
        );
        let places: Vec<&Origin> = document
            .blocks
            .iter()
            .map(|block| match block {
                Block::Paragraph(paragraph) => &paragraph.origin,
                Block::Grid(grid) => grid.origin(),
            })
            .collect();
        assert_eq!(places, [&Origin::table(1), &Origin::table(2), &Origin::paragraph(2)]);
    }
}
