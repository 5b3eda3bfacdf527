//! Word documents in binary, as Word and WPS Writer write them: saved fast in pieces, tracked changes, cells by their edges, numbers
//! that the program counts.
//!
//! Invariant: what is deleted, hidden or an instruction holds other figures than the report, so that reading it shows.

use super::super::{Container, Family};
use super::word::{Characters, Definition, Document, Paragraph, special};
use crate::containers::word::Lists;
use crate::faults::Faults;
use crate::layout::{self, Role};
use crate::paper::{Block, Paper, heading_lines};
use crate::rng::Rng;
use crate::sheet::Sheet;
use crate::slots::{self, Slot};

/// Of Word.
pub static DOC: Container = Container {
    name: "doc",
    family: Family::Word,
    extension: "doc",
    lossy: false,
    counts: false,
    render: |paper, faults, rng| Ok(render(paper, faults, rng, true)),
};

/// Of WPS Writer, which does not save in pieces.
pub static WPS: Container = Container {
    name: "wps",
    family: Family::Word,
    extension: "wps",
    lossy: false,
    counts: false,
    render: |paper, faults, rng| Ok(render(paper, faults, rng, false)),
};

/// Properties of characters.
const DELETED: &[u8] = &[0x00, 0x08, 1];
const STRUCK: &[u8] = &[0x37, 0x08, 1];
const HIDDEN: &[u8] = &[0x3C, 0x08, 1];
const SECRET: &[u8] = &[0x30, 0x4A, 15, 0];
const SLANTED: &[u8] = &[0x36, 0x08, 1];

/// Properties of paragraphs in cells, and of the mark that ends a row.
const IN_TABLE: &[u8] = &[0x16, 0x24, 1, 0x49, 0x66, 1, 0, 0, 0];
const ENDS_ROW: &[u8] = &[0x17, 0x24, 1];

/// Width of a column in twentieths of a point.
const WIDTH: i16 = 700;
/// Marks of cells merged over rows: the first and those that continue it.
const BEGINS: u16 = 0x0060;
const CONTINUES: u16 = 0x0020;

/// Codes of number formats by their names.
const FORMATS: [(&str, u8); 3] = [("chineseCountingThousand", 39), ("chineseCounting", 37), ("decimal", 0)];

struct Writer {
    rng: Rng,
    lists: Lists,
    /// Whether numbers are counted by the program.
    counted: bool,
    /// Whether columns that a cell covers are cells of their own, merged by marks.
    by_marks: bool,
    paragraphs: Vec<Paragraph>,
}

fn render(paper: &Paper, faults: &Faults, rng: &mut Rng, in_pieces: bool) -> Vec<u8> {
    let mut writer = Writer {
        rng: rng.fork(),
        lists: Lists::default(),
        counted: !faults.variant.is_multiple_of(3),
        by_marks: faults.variant.is_multiple_of(4),
        paragraphs: Vec::new(),
    };
    paper.title.iter().for_each(|line| writer.paragraph(line, 0, false));
    for block in &paper.blocks {
        match block {
            Block::Title(lines) => lines.iter().for_each(|line| writer.paragraph(line, 0, false)),
            Block::Heading {
                level,
                number,
                text,
                broken_at,
            } => {
                let lines = heading_lines(number, text, *broken_at).join(
                    "
",
                );
                let style = (*level).min(2) as u16;
                writer.paragraph(&lines, style, broken_at.is_none());
            }
            Block::RunIn { head, rest } => writer.paragraph(&format!("{head}{rest}"), 0, false),
            Block::Paragraph(text) | Block::Closing(text) => writer.paragraph(text, 0, false),
            Block::Table(sheet) => writer.table(sheet, faults),
        }
    }
    let mut document = Document {
        header: paper.site.clone(),
        character_style: HIDDEN.into(),
        definitions: definitions(),
        lists: writer
            .lists
            .all()
            .map(|(pattern, first)| (pattern, first as i32))
            .collect(),
        narrow: faults.variant.is_multiple_of(2),
        fonts: vec!["Times New Roman".into(), "宋体".into()],
        paragraphs: writer.paragraphs,
        ..Document::default()
    };
    if in_pieces {
        cut(&mut document, rng);
    }
    document.file()
}

/// The patterns of numbers as definitions of lists.
fn definitions() -> Vec<Definition> {
    let code = |name: &str| {
        FORMATS
            .iter()
            .find(|(known, _)| *known == name)
            .map_or(0, |(_, code)| *code)
    };
    Lists::patterns()
        .map(|(before, after, format)| (format!("{before}\0{after}"), code(format)))
        .collect()
}

/// Cuts the text into pieces that stand in the file in another order, and puts a paragraph that was deleted as a piece before the
/// last one.
fn cut(document: &mut Document, rng: &mut Rng) {
    let length: usize = document.paragraphs.iter().map(Paragraph::length).sum();
    let last = document.paragraphs.last().map_or(0, Paragraph::length);
    let mut cuts: Vec<usize> = (0..rng.below(12)).map(|_| 1 + rng.below(length - last)).collect();
    let gone = Paragraph::plain("七、其他需要报告的事项66");
    cuts.extend([length - last, length - last + gone.length()]);
    cuts.sort_unstable();
    cuts.dedup();
    cuts.retain(|at| *at > 0);
    let at = document.paragraphs.len().saturating_sub(1);
    let deleted = cuts.iter().position(|cut| *cut == length - last + gone.length());
    document.paragraphs.insert(at, gone);
    document.deleted = deleted.into_iter().collect();
    document.order = (0..=cuts.len()).collect();
    rng.shuffle(&mut document.order);
    document.cuts = cuts;
}

impl Writer {
    fn paragraph(&mut self, text: &str, style: u16, numbered: bool) {
        let mut paragraph = self.numbered(text, numbered);
        paragraph.style = style;
        self.paragraphs.push(paragraph);
    }

    /// A paragraph whose number may be one that the program counts.
    fn numbered(&mut self, text: &str, numbered: bool) -> Paragraph {
        let list = match numbered && self.counted {
            true => self.lists.take(text),
            false => None,
        };
        let (properties, text) = match list {
            Some((list, rest)) => ([&[0x0B, 0x46][..], &(list as u16).to_le_bytes()].concat(), rest),
            None => (Vec::new(), text),
        };
        let mut paragraph = Paragraph::new(self.runs(text));
        paragraph.properties = properties;
        paragraph
    }

    /// Text in runs, cut anywhere, with what is not shown between them.
    fn runs(&mut self, text: &str) -> Vec<Characters> {
        let characters: Vec<char> = text.replace('\n', "\u{b}").chars().collect();
        let cut = self.rng.below(characters.len() + 1);
        let mut out = Vec::new();
        for half in [&characters[..cut], &characters[cut..]] {
            let half: String = half.iter().collect();
            out.extend(self.run(&half));
            out.extend(self.noise());
        }
        out
    }

    fn run(&mut self, text: &str) -> Vec<Characters> {
        let run = |text: &str, properties: &[u8]| Characters {
            text: text.into(),
            properties: properties.into(),
        };
        match self.rng.below(14) {
            0 => vec![
                special('\u{13}', &[]),
                run(" =SUM(B2:B9) ", &[]),
                special('\u{14}', &[]),
                run(text, SLANTED),
                special('\u{15}', &[]),
            ],
            1 => vec![run(text, &[0x01, 0x08, 1])],
            _ => vec![run(text, &[])],
        }
    }

    /// What is not shown.
    fn noise(&mut self) -> Option<Characters> {
        let (text, properties) = match self.rng.below(20) {
            0 => ("99", DELETED),
            1 => ("55", HIDDEN),
            2 => ("44", SECRET),
            3 => ("33", STRUCK),
            _ => return None,
        };
        Some(Characters {
            text: text.into(),
            properties: properties.into(),
        })
    }

    fn table(&mut self, sheet: &Sheet, faults: &Faults) {
        let grid = layout::whole(sheet, faults);
        for row in slots::rows(&grid) {
            let mut cells: Vec<(i16, u16)> = Vec::new();
            for slot in row {
                self.cell(slot, &mut cells);
            }
            self.end_row(&cells, &[]);
            if self.rng.chance(4) {
                let gone: Vec<(i16, u16)> = vec![(WIDTH, 0); grid.columns];
                gone.iter().for_each(|_| self.in_cell(Paragraph::plain("77"), '\u{7}'));
                self.end_row(&gone, DELETED);
            }
        }
        self.paragraphs.push(Paragraph::plain(""));
    }

    /// The paragraphs of a cell, and its width and marks.
    fn cell(&mut self, slot: Slot, cells: &mut Vec<(i16, u16)>) {
        let cell = slot.cell();
        let (lines, down): (Vec<String>, u16) = match slot {
            Slot::Begins(cell) if self.rng.chance(50) => (
                cell.text.split('\n').map(str::to_owned).collect(),
                if slot.is_tall() { BEGINS } else { 0 },
            ),
            Slot::Begins(cell) => (vec![cell.text.clone()], if slot.is_tall() { BEGINS } else { 0 }),
            Slot::Continues(_) => (vec![String::new()], CONTINUES),
        };
        let is_label = matches!(slot, Slot::Begins(cell) if cell.role == Role::Label);
        let last = lines.len() - 1;
        for (at, line) in lines.iter().enumerate() {
            let paragraph = self.numbered(line, is_label && at == 0);
            self.in_cell(paragraph, if at == last { '\u{7}' } else { '\r' });
        }
        if !self.by_marks {
            return cells.push((cell.columns as i16 * WIDTH, down));
        }
        let across = |at: usize| if cell.columns < 2 { 0 } else { 1 + u16::from(at > 0) };
        cells.extend((0..cell.columns).map(|at| (WIDTH, down | across(at))));
        (1..cell.columns).for_each(|_| self.in_cell(Paragraph::plain(""), '\u{7}'));
    }

    fn in_cell(&mut self, mut paragraph: Paragraph, mark: char) {
        paragraph.mark = mark;
        paragraph.properties.splice(0..0, IN_TABLE.iter().copied());
        self.paragraphs.push(paragraph);
    }

    /// The mark of a row with the definition of its cells. Programs round edges, and not each row alike.
    fn end_row(&mut self, cells: &[(i16, u16)], of_mark: &[u8]) {
        let mut mark = Paragraph::new(Vec::new());
        mark.mark = '\u{7}';
        mark.of_mark = of_mark.into();
        let shift = self.rng.below(9) as i16;
        mark.properties = [IN_TABLE, ENDS_ROW, &definition(shift, cells)].concat();
        self.paragraphs.push(mark);
    }
}

/// The definition of a row's cells by width and marks.
fn definition(left: i16, cells: &[(i16, u16)]) -> Vec<u8> {
    let mut value = vec![cells.len() as u8];
    let mut edge = left;
    value.extend(edge.to_le_bytes());
    for (width, _) in cells {
        edge += width;
        value.extend(edge.to_le_bytes());
    }
    for (width, marks) in cells {
        value.extend(marks.to_le_bytes());
        value.extend(width.to_le_bytes());
        value.extend([0; 16]);
    }
    let mut out = vec![0x08, 0xD6];
    out.extend((value.len() as u16 + 1).to_le_bytes());
    out.extend(value);
    out
}
