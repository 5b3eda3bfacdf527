//! Paragraphs, tables and sheets of OpenDocument as they are shown.
//!
//! Invariant: a table's columns count covered cells too, so that every cell stands at its own.

use std::collections::HashSet;

use crate::read::container::xml::{Element, Inside};
use crate::read::office::body::{COLUMNS, Item, Table, TableCell, Text};
use crate::read::office::sheet::{self, SheetCell};

use super::lists::{Lists, Place};
use super::styles::{Look, Styles};

/// Most rows that one row may stand for; a row of figures is never repeated so often.
const REPEATED: usize = 1_000;

/// Reads the flow of a document.
pub(super) struct Flow {
    styles: Styles,
    lists: Lists,
    notes: Vec<Item>,
    /// Names of the changes that deleted text which still stands in its place.
    deletions: HashSet<String>,
    /// How many of them have begun and not ended.
    deleting: usize,
    /// What the style of the cell of a sheet says that is being read.
    cell: Look,
    /// Whether the cell or box that is being read may have a ground of a colour.
    on_ground: bool,
}

/// A paragraph that is being read.
struct Paragraph {
    text: Text,
    plain: bool,
    /// Whether it may stand on a ground of a colour.
    on_ground: bool,
    /// Whether the last character was white space that the file need not mean.
    space: bool,
}

impl Paragraph {
    fn is_gone(&self, look: Look) -> bool {
        look.gone == Some(true) || look.ink.is_unseen(self.on_ground)
    }

    fn push(&mut self, text: &str, look: Look) {
        if self.is_gone(look) {
            return;
        }
        self.text.push(text, look.raised == Some(true));
        self.plain |= look.bold != Some(true) && !text.trim().is_empty();
        self.space = false;
    }

    /// Characters of the file, where any white space is one space.
    fn characters(&mut self, text: &str, look: Look) {
        if self.is_gone(look) {
            return;
        }
        for character in text.chars() {
            let is_space = matches!(character, ' ' | '\t' | '\r' | '\n');
            match (is_space, self.space) {
                (true, true) => {}
                (true, false) => {
                    self.text.push(" ", look.raised == Some(true));
                    self.space = true;
                }
                (false, _) => {
                    self.text
                        .push(character.encode_utf8(&mut [0; 4]), look.raised == Some(true));
                    self.space = false;
                    self.plain |= look.bold != Some(true);
                }
            }
        }
    }
}

impl Flow {
    /// A flow that has read nothing yet.
    pub(super) fn new(styles: Styles, lists: Lists) -> Self {
        Flow {
            styles,
            lists,
            notes: Vec::new(),
            deletions: HashSet::new(),
            deleting: 0,
            cell: Look::default(),
            on_ground: false,
        }
    }

    /// Paragraphs and tables of a text, with its notes at the end.
    pub(super) fn text(&mut self, holder: Element) -> Vec<Item> {
        self.deletions.extend(deletions(holder));
        let mut items = Vec::new();
        self.blocks(holder, None, &mut items);
        items.append(&mut self.notes);
        items
    }

    fn blocks(&mut self, parent: Element, list: Option<&Place>, out: &mut Vec<Item>) {
        for element in parent.children() {
            self.block(element, list, out);
        }
    }

    fn block(&mut self, element: Element, list: Option<&Place>, out: &mut Vec<Item>) {
        let style = |name: &str| element.attribute(name);
        match element.name() {
            "text:p" | "text:h" => {
                let item = self.paragraph(element, None);
                out.push(item);
            }
            "text:list" => {
                let place = self.lists.enter(element, list);
                self.list(element, &place, out);
            }
            "table:table" => {
                let table = self.table(element);
                out.push(Item::Table(table));
            }
            "text:section" => {
                let is_hidden =
                    style("text:display") == Some("none") || self.styles.is_hidden(style("text:style-name"));
                if !is_hidden {
                    self.blocks(element, list, out);
                }
            }
            "draw:frame" | "draw:custom-shape" | "draw:rect" => {
                let mut paragraph = Text::default();
                self.drawing(element, &mut paragraph);
                out.push(Item::Paragraph(paragraph));
            }
            "text:index-body" | "text:numbered-paragraph" | "office:text" | "draw:g" | "draw:a" => {
                self.blocks(element, list, out);
            }
            _ => {}
        }
    }

    fn list(&mut self, list: Element, place: &Place, out: &mut Vec<Item>) {
        for item in list.children() {
            let mut counts = item.name() == "text:list-item";
            let start = item.attribute("text:start-value").and_then(|start| start.parse().ok());
            for element in item.children() {
                if matches!(element.name(), "text:p" | "text:h") {
                    let counted = counts && element.attribute("text:is-list-header") != Some("true");
                    let item = self.paragraph(element, counted.then_some((place, start)));
                    out.push(item);
                    counts = false;
                } else {
                    self.block(element, Some(place), out);
                }
            }
        }
    }

    fn paragraph(&mut self, element: Element, list: Option<(&Place, Option<i64>)>) -> Item {
        let style = element.attribute("text:style-name");
        let look = self.styles.look("paragraph", style).or(self.cell);
        let mut paragraph = Paragraph {
            text: Text::default(),
            plain: false,
            on_ground: self.on_ground,
            space: true,
        };
        if element.attribute("text:is-hidden") != Some("true") {
            self.inline(element, look, &mut paragraph);
        }
        let mut text = paragraph.text;
        text.strong = !paragraph.plain && !text.text.trim().is_empty();
        let level: Option<u8> = match element.name() {
            "text:h" => element
                .attribute("text:outline-level")
                .and_then(|level| level.parse().ok())
                .or(Some(1)),
            _ => None,
        };
        text.heading = level.filter(|level| (1..=9).contains(level));
        let number = match (list, level) {
            (Some((place, start)), _) => {
                let of_style = self.styles.list(style).map(str::to_owned);
                self.lists.count(place, of_style.as_deref(), start)
            }
            (None, Some(level)) if !text.text.trim().is_empty() => {
                let place = Place::of_heading(level);
                self.lists.count(&place, None, None)
            }
            _ => None,
        };
        text.text.insert_str(0, &number.unwrap_or_default());
        Item::Paragraph(text)
    }

    fn inline(&mut self, parent: Element, look: Look, paragraph: &mut Paragraph) {
        for inside in parent.inside() {
            let look = match self.deleting {
                0 => look,
                _ => Look {
                    gone: Some(true),
                    ..look
                },
            };
            let element = match inside {
                Inside::Text(text) => {
                    paragraph.characters(text, look);
                    continue;
                }
                Inside::Element(element) => element,
            };
            match element.name() {
                "text:span" => {
                    let own = self.styles.look("text", element.attribute("text:style-name"));
                    self.inline(element, own.or(look), paragraph);
                }
                "text:s" => {
                    let count = element
                        .attribute("text:c")
                        .and_then(|count| count.parse().ok())
                        .unwrap_or(1);
                    paragraph.push(&" ".repeat(usize::min(count, 200)), look);
                }
                "text:change-start" => self.deleting += usize::from(self.deletes(element)),
                "text:change-end" => self.deleting = self.deleting.saturating_sub(usize::from(self.deletes(element))),
                "text:tab" => paragraph.push("\t", look),
                "text:line-break" => {
                    paragraph.push("\n", look);
                    paragraph.space = true;
                }
                "text:ruby" => {
                    let base = element.child("text:ruby-base");
                    base.into_iter().for_each(|base| self.inline(base, look, paragraph));
                }
                "text:note" => {
                    if let Some(body) = element.child("text:note-body") {
                        let mut notes = Vec::new();
                        self.blocks(body, None, &mut notes);
                        self.notes.extend(notes);
                    }
                }
                "draw:frame" | "draw:custom-shape" | "draw:rect" | "draw:g" | "draw:a" => {
                    self.drawing(element, &mut paragraph.text);
                }
                "text:hidden-text" if element.attribute("text:is-hidden") == Some("true") => {}
                "office:annotation" | "office:annotation-end" | "text:ruby-text" | "text:tracked-changes" => {}
                _ => self.inline(element, look, paragraph),
            }
        }
    }

    /// Whether a mark belongs to a change that deleted text.
    fn deletes(&self, mark: Element) -> bool {
        let change = mark.attribute("text:change-id");
        change.is_some_and(|change| self.deletions.contains(change))
    }

    /// Boxes of text and pictures in a drawing.
    fn drawing(&mut self, element: Element, text: &mut Text) {
        // What a box is filled with is not looked into.
        let around = std::mem::replace(&mut self.on_ground, true);
        for inside in element.children() {
            match inside.name() {
                "draw:text-box" => self.blocks(inside, None, &mut text.boxes),
                "text:p" | "text:list" => self.block(inside, None, &mut text.boxes),
                "draw:image" => {
                    let words = element.child("svg:desc").map(Element::text).unwrap_or_default();
                    let target = inside.attribute("xlink:href").unwrap_or_default();
                    text.pictures.push((words, target.into()));
                }
                "draw:frame" | "draw:custom-shape" | "draw:g" | "draw:a" => self.drawing(inside, text),
                _ => {}
            }
        }
        self.on_ground = around;
    }

    /// Whether a table, row or cell is shaded.
    fn is_shaded(&self, element: Element, family: &str) -> bool {
        let look = self.styles.look(family, element.attribute("table:style-name"));
        look.ink.shaded == Some(true)
    }

    fn table(&mut self, element: Element) -> Table {
        let mut rows = Vec::new();
        // pandoc lists no covered cells: their places are found as in HTML. `reach` has for each column the first row that no cell
        // above reaches.
        let lists_covered = element
            .descendants()
            .any(|cell| cell.name() == "table:covered-table-cell");
        let mut reach = [0; COLUMNS];
        let around = self.on_ground;
        let of_table = around || self.is_shaded(element, "table");
        self.rows(element, &mut |flow, row| {
            let of_row = of_table || flow.is_shaded(row, "table-row");
            let mut cells = Vec::new();
            let mut column = 0;
            for (at, cell) in row.children().filter(|cell| is_cell(*cell)).enumerate() {
                let repeated = count(cell, "table:number-columns-repeated").min(COLUMNS);
                for _ in 0..repeated {
                    let columns = count(cell, "table:number-columns-spanned").min(COLUMNS);
                    let down = count(cell, "table:number-rows-spanned");
                    if !lists_covered {
                        let covered = reach.iter().skip(column).take_while(|end| **end > rows.len());
                        column += covered.count();
                    }
                    if column + columns > COLUMNS {
                        break;
                    }
                    if cell.name() == "table:table-cell" {
                        let mut items = Vec::new();
                        flow.on_ground = of_row || flow.is_shaded(cell, "table-cell");
                        flow.blocks(cell, None, &mut items);
                        cells.push(TableCell {
                            column,
                            columns,
                            rows: down,
                            number: at as u32 + 1,
                            items,
                        });
                        reach[column..column + columns].fill(rows.len().saturating_add(down));
                    }
                    column += if lists_covered { 1 } else { columns };
                }
            }
            rows.push(cells);
        });
        self.on_ground = around;
        Table { rows, sheet: None }
    }

    /// Visits the rows of a table that are shown, in order.
    fn rows(&mut self, parent: Element, visit: &mut dyn FnMut(&mut Flow, Element)) {
        for element in parent.children() {
            match element.name() {
                "table:table-row" if !is_hidden(element) => visit(self, element),
                "table:table-rows" | "table:table-header-rows" | "table:table-row-group" => self.rows(element, visit),
                _ => {}
            }
        }
    }

    /// The sheets of a workbook.
    pub(super) fn sheets(&mut self, holder: Element) -> Vec<Item> {
        let mut items = Vec::new();
        for table in holder.children().filter(|child| child.name() == "table:table") {
            let name = table.attribute("table:name").unwrap_or_default();
            let mut columns = Vec::new();
            sheet_columns(table, &mut columns);
            let mut cells = Vec::new();
            let mut row = 0;
            self.sheet_rows(table, &columns, &mut row, &mut cells);
            items.extend(sheet::items(name, cells));
        }
        items
    }

    fn sheet_rows(&mut self, parent: Element, columns: &[Column], row: &mut usize, cells: &mut Vec<SheetCell>) {
        for element in parent.children() {
            match element.name() {
                "table:table-row" => {
                    let repeated = count(element, "table:number-rows-repeated");
                    let before = cells.len();
                    if !is_hidden(element) {
                        self.sheet_row(element, columns, *row, cells);
                    }
                    let first: Vec<SheetCell> = cells[before..].to_vec();
                    if !first.is_empty() {
                        for again in 1..repeated.min(REPEATED) {
                            cells.extend(first.iter().cloned().map(|cell| SheetCell {
                                row: cell.row + again,
                                ..cell
                            }));
                        }
                    }
                    *row = row.saturating_add(repeated);
                }
                "table:table-rows" | "table:table-header-rows" | "table:table-row-group" => {
                    self.sheet_rows(element, columns, row, cells);
                }
                _ => {}
            }
        }
    }

    fn sheet_row(&mut self, element: Element, columns: &[Column], row: usize, cells: &mut Vec<SheetCell>) {
        let of_row = element.attribute("table:default-cell-style-name");
        let mut column = 0;
        for cell in element.children().filter(|cell| is_cell(*cell)) {
            let repeated = count(cell, "table:number-columns-repeated");
            let of_column = columns.get(column).and_then(|column| column.style.as_deref());
            let style = cell.attribute("table:style-name").or(of_row).or(of_column);
            let mut lines = Vec::new();
            if cell.name() == "table:table-cell" {
                self.cell = self.styles.look("table-cell", style);
                self.blocks(cell, None, &mut lines);
                self.cell = Look::default();
            }
            let (text, strong) = sheet::lines(&lines);
            let (rows, wide) = (
                count(cell, "table:number-rows-spanned"),
                count(cell, "table:number-columns-spanned"),
            );
            let means_something = !text.is_empty() || rows > 1 || wide > 1;
            for at in column..column + repeated.min(COLUMNS) {
                let is_shown = columns.get(at).is_none_or(|column| !column.hidden);
                if means_something && at < COLUMNS && is_shown {
                    cells.push(SheetCell {
                        row,
                        column: at,
                        rows,
                        columns: wide,
                        text: text.clone(),
                        strong,
                    });
                }
            }
            column = column.saturating_add(repeated);
        }
    }
}

/// The changes that deleted text.
fn deletions(holder: Element) -> impl Iterator<Item = String> {
    let regions = holder
        .descendants()
        .filter(|element| element.name() == "text:changed-region");
    regions
        .filter(|region| region.child("text:deletion").is_some())
        .flat_map(|region| [region.attribute("xml:id"), region.attribute("text:id")])
        .flatten()
        .map(str::to_owned)
}

fn is_cell(element: Element) -> bool {
    matches!(element.name(), "table:table-cell" | "table:covered-table-cell")
}

fn is_hidden(element: Element) -> bool {
    matches!(element.attribute("table:visibility"), Some("collapse" | "filter"))
}

/// A count of at least 1.
fn count(element: Element, name: &str) -> usize {
    element
        .attribute(name)
        .and_then(|count| count.trim().parse().ok())
        .unwrap_or(1)
        .max(1)
}

/// A column of a sheet.
#[derive(Clone)]
struct Column {
    hidden: bool,
    /// The style of cells that name none, in rows that name none.
    style: Option<String>,
}

/// The columns of a sheet, as far as it speaks of them.
fn sheet_columns(parent: Element, out: &mut Vec<Column>) {
    for element in parent.children() {
        match element.name() {
            "table:table-column" => {
                let repeated = count(element, "table:number-columns-repeated").min(COLUMNS);
                let column = Column {
                    hidden: is_hidden(element),
                    style: element.attribute("table:default-cell-style-name").map(str::to_owned),
                };
                out.extend(std::iter::repeat_n(column, repeated));
                out.truncate(COLUMNS);
            }
            "table:table-columns" | "table:table-header-columns" | "table:table-column-group" => {
                sheet_columns(element, out)
            }
            _ => {}
        }
    }
}
