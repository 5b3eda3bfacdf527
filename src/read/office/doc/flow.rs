//! Paragraphs and tables of a Word document as they are shown.
//!
//! Paragraphs end with their marks, and what holds for them stands at the mark. Fields by their results, tracked changes as
//! accepted, hidden and struck-out text left out, numbers that Word counts in front. Invariant: what is left out is left out whole.

use std::collections::{HashMap, HashSet};

use crate::error::Error;
use crate::read::office::body::{Item, Text};
use crate::read::office::levels::Levels;
use crate::read::office::symbol;

use super::File;
use super::lists::Lists;
use super::properties::{Look, Paragraph};
use super::table::Row;

/// Marks that end a paragraph, and a cell or row.
const PARAGRAPH: u16 = 0x0D;
const CELL: u16 = 0x07;
/// The end of a page, and of a section, which is also that of a paragraph.
const PAGE: u16 = 0x0C;

/// Part of a field that is being read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Field {
    /// Its instruction, which is not shown.
    Instruction,
    /// Its result.
    Result,
}

/// Reads the stories of a document.
pub(super) struct Flow<'a> {
    file: &'a File<'a>,
    lists: Lists,
    fields: Vec<Field>,
    /// Places of the notes that the text refers to.
    notes: HashSet<usize>,
    /// Text of each box by the number of its shape; those that were read are taken out.
    boxes: HashMap<u32, (usize, usize)>,
    /// The mark of the row that is being read, and whether the row may have a ground of a colour.
    row: (usize, bool),
    /// Whether what is being read may stand on a ground of a colour.
    on_ground: bool,
}

/// A paragraph that is being read.
#[derive(Default)]
struct Open {
    text: Text,
    plain: bool,
}

impl Open {
    fn push(&mut self, text: &str, look: &Look) {
        self.text.push(text, look.raised);
        self.plain |= !look.bold && !text.trim().is_empty();
    }
}

impl<'a> Flow<'a> {
    /// A flow that has read nothing yet.
    pub(super) fn new(file: &'a File<'a>, lists: Lists, boxes: HashMap<u32, (usize, usize)>) -> Self {
        Flow {
            file,
            lists,
            fields: Vec::new(),
            notes: HashSet::new(),
            boxes,
            row: (0, false),
            on_ground: false,
        }
    }

    /// Whether the text refers to a note at this place.
    pub(super) fn refers_at(&self, at: usize) -> bool {
        self.notes.contains(&at)
    }

    /// Boxes that are anchored nowhere in the text, in the order of the file.
    pub(super) fn other_boxes(&mut self) -> Result<Vec<Item>, Error> {
        let mut left: Vec<(usize, usize)> = self.boxes.drain().map(|(_, range)| range).collect();
        left.sort_unstable();
        let mut out = Vec::new();
        for range in left {
            out.extend(self.items(range)?);
        }
        Ok(out)
    }

    /// Paragraphs and tables from one character to before another.
    ///
    /// # Errors
    /// Where the properties of paragraphs together are larger than any document's.
    pub(super) fn items(&mut self, (first, end): (usize, usize)) -> Result<Vec<Item>, Error> {
        let outside = std::mem::take(&mut self.fields);
        let row_outside = std::mem::take(&mut self.row);
        let mut levels = Levels::default();
        let mut open = Open::default();
        let end = end.min(self.file.characters.len());
        let mut at = first;
        while at < end {
            let mark = self.mark(at, end);
            open = self.paragraph(at, mark, open, &mut levels)?;
            at = mark + 1;
        }
        levels.reach(0);
        if !open.text.text.trim().is_empty() {
            levels.push(Item::Paragraph(open.text));
        }
        self.fields = outside;
        self.row = row_outside;
        Ok(levels.finish())
    }

    /// The mark that ends the paragraph at a character; the last character where none does.
    fn mark(&self, first: usize, end: usize) -> usize {
        let units = self.file.characters.units(first, end);
        let ends = |(at, unit): (usize, &u16)| match *unit {
            PARAGRAPH | CELL => true,
            PAGE => self.file.sections.contains(&(first + at + 1)),
            _ => false,
        };
        let found = units.iter().enumerate().position(ends);
        first + found.unwrap_or(units.len().saturating_sub(1))
    }

    /// Reads a paragraph up to its mark, with the text of those before it whose marks are not shown. Gives back text that runs into
    /// the next one.
    fn paragraph(&mut self, first: usize, mark: usize, mut open: Open, levels: &mut Levels) -> Result<Open, Error> {
        let file = self.file;
        let (style, of_style) = file.style(mark);
        let mut has = of_style.paragraph;
        file.paragraph(mark, |properties| has.apply(properties))?;
        if let Some(place) = has.elsewhere {
            has.apply(file.elsewhere(place)?);
        }
        let ended = file.characters.units(mark, mark + 1).first().copied().unwrap_or(0);
        let depth = has.depth();
        let around = self.on_ground;
        self.on_ground = around || has.shaded || depth > 0 && self.is_in_shaded_row(mark)?;
        let is_mark = matches!(ended, PARAGRAPH | CELL | PAGE);
        let end = if is_mark { mark } else { mark + 1 };
        self.text(first, end, &of_style.look, &mut open)?;
        self.on_ground = around;
        self.fields.retain(|field| *field == Field::Result);
        let look = file.look(mark, &of_style.look).0;
        levels.reach(depth);
        if depth > 0 && (has.ends_row || has.ends_inner_row) {
            let (left, edges) = self.row(mark, &has)?.edges();
            // Hidden marks say nothing of the row: its cells are shown or hidden by themselves.
            levels.end_row(
                left,
                edges,
                !(look.deleted && self.ends_deleted_row(mark, &of_style.look)),
            );
            return Ok(open);
        }
        let ends_cell = depth > 0 && (ended == CELL || has.ends_inner_cell);
        if !ends_cell && (look.hidden || look.deleted) {
            return Ok(open);
        }
        if !of_style.of_contents || ends_cell {
            levels.push(self.closed(open, &has, style));
        }
        if ends_cell {
            levels.end_cell();
        }
        Ok(Open::default())
    }

    /// Whether a mark that was deleted ends a row that was. LibreOffice begins the deletion of a row at the mark of the row above it, whose
    /// cells stand.
    fn ends_deleted_row(&self, mark: usize, base: &Look) -> bool {
        let is_deleted = |at: usize| self.file.look(at, base).0.deleted;
        is_deleted(mark.saturating_sub(1)) || !is_deleted(mark + 1)
    }

    /// The row that a mark ends.
    fn row(&self, mark: usize, has: &Paragraph) -> Result<Row, Error> {
        let mut row = Row::default();
        self.file.paragraph(mark, |properties| row.apply(properties))?;
        if let Some(place) = has.elsewhere {
            row.apply(self.file.elsewhere(place)?);
        }
        Ok(row)
    }

    /// Whether the row of the outermost table that a paragraph stands in may have a ground of a colour. It is said at the row's end, which is
    /// looked for once.
    fn is_in_shaded_row(&mut self, first: usize) -> Result<bool, Error> {
        let file = self.file;
        if self.row.0 < first {
            let end = file.characters.len();
            let (mut mark, mut is_shaded) = (first, false);
            loop {
                let mut has = file.style(mark).1.paragraph;
                file.paragraph(mark, |properties| has.apply(properties))?;
                if has.ends_row || has.ends_inner_row {
                    let row = self.row(mark, &has)?;
                    is_shaded |= row.shaded || row.style.is_some_and(|style| !file.styles.is_plain_table(style));
                }
                if has.ends_row || !has.in_table || mark + 1 >= end {
                    break;
                }
                mark = self.mark(mark + 1, end);
            }
            self.row = (mark, is_shaded);
        }
        Ok(self.row.1)
    }

    fn closed(&mut self, open: Open, has: &Paragraph, style: u16) -> Item {
        let mut text = open.text;
        text.heading = has.heading();
        text.strong = !open.plain && !text.text.trim().is_empty();
        let number = has.list.filter(|list| *list != 0);
        if let Some(number) = number.and_then(|list| self.lists.count(list, has.level, style)) {
            text.text.insert_str(0, &number);
        }
        Item::Paragraph(text)
    }

    /// Characters from one to before another.
    fn text(&mut self, first: usize, end: usize, base: &Look, open: &mut Open) -> Result<(), Error> {
        let mut at = first;
        while at < end {
            let (look, run_end) = self.file.look(at, base);
            let run_end = run_end.min(end).max(at + 1);
            self.run(at, run_end, &look, open)?;
            at = run_end;
        }
        Ok(())
    }

    fn run(&mut self, first: usize, end: usize, look: &Look, open: &mut Open) -> Result<(), Error> {
        let units = self.file.characters.units(first, end);
        let mut shown: Vec<u16> = Vec::with_capacity(units.len());
        for (at, unit) in (first..).zip(units) {
            if matches!(*unit, 0x13..=0x15) {
                self.field(*unit);
                continue;
            }
            if look.is_gone() || look.ink.is_unseen(self.on_ground) || self.fields.contains(&Field::Instruction) {
                continue;
            }
            match *unit {
                0x09 => shown.push(0x09),
                0x0B | 0x0C | 0x0E => shown.push(0x0A),
                0x1E => shown.push(0x2D),
                0x01 | 0x08 | 0x28 if look.special => {
                    open.push(&String::from_utf16_lossy(&shown), look);
                    shown.clear();
                    self.special(at, *unit, look, open)?;
                }
                0x02 if look.special => {
                    self.notes.insert(at);
                }
                0x3C | 0x3E if look.special => {}
                0..0x20 => {}
                unit => shown.push(unit),
            }
        }
        open.push(&String::from_utf16_lossy(&shown), look);
        Ok(())
    }

    fn field(&mut self, unit: u16) {
        match unit {
            0x13 => self.fields.push(Field::Instruction),
            0x14 => {
                if let Some(field) = self.fields.last_mut() {
                    *field = Field::Result;
                }
            }
            _ => {
                self.fields.pop();
            }
        }
    }

    /// A picture, a drawing or a symbol.
    fn special(&mut self, at: usize, unit: u16, look: &Look, open: &mut Open) -> Result<(), Error> {
        match unit {
            0x01 => {
                let picture = look.picture().map(|place| (String::new(), format!("Data@{place}")));
                open.text.pictures.extend(picture);
            }
            0x08 => self.drawing(at, open)?,
            _ => {
                if let Some((font, code)) = look.symbol {
                    let font = self.file.fonts.get(usize::from(font)).map_or("", String::as_str);
                    let character = symbol::character(font, u32::from(code));
                    open.push(character.encode_utf8(&mut [0; 4]), look);
                }
            }
        }
        Ok(())
    }

    /// Boxes of text and pictures in a drawing.
    fn drawing(&mut self, at: usize, open: &mut Open) -> Result<(), Error> {
        let Some(anchored) = self.file.anchors.get(&at) else {
            return Ok(());
        };
        let drawing = self
            .file
            .drawings
            .iter()
            .find(|drawing| drawing.shapes.contains(anchored));
        let shapes = drawing.map_or(std::slice::from_ref(anchored), |drawing| &drawing.shapes);
        for shape in shapes {
            if let Some(range) = self.boxes.remove(shape) {
                // What a box is filled with is not looked into.
                let around = std::mem::replace(&mut self.on_ground, true);
                let inside = self.items(range);
                self.on_ground = around;
                let inside = inside?;
                open.text.boxes.extend(inside);
            }
        }
        let Some(drawing) = drawing else { return Ok(()) };
        open.text.boxes.extend(drawing.words.iter().map(|words| {
            Item::Paragraph(Text {
                text: words.clone(),
                ..Text::default()
            })
        }));
        if drawing.has_picture {
            open.text.pictures.push((String::new(), format!("shape {anchored}")));
        }
        Ok(())
    }
}
