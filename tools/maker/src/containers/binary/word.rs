//! Files of Word 97 and later: text in pieces, properties by the places of characters, styles, lists, stories.
//!
//! Source: [MS-DOC]. Invariant: what is given comes out as it is given; nothing is left out and nothing added but what a file must
//! have.

use super::compound;
use super::pages::{self, Kind, Run};

/// Where the text begins.
const TEXT: usize = 2048;

/// Characters with one list of properties.
#[derive(Clone, Debug, Default)]
pub struct Characters {
    /// The characters.
    pub text: String,
    /// The properties.
    pub properties: Vec<u8>,
}

/// A paragraph.
#[derive(Clone, Debug)]
pub struct Paragraph {
    /// What it holds, without its mark.
    pub runs: Vec<Characters>,
    /// The mark that ends it.
    pub mark: char,
    /// Properties of the mark.
    pub of_mark: Vec<u8>,
    /// Style.
    pub style: u16,
    /// Properties.
    pub properties: Vec<u8>,
}

impl Paragraph {
    /// A paragraph with these runs.
    pub fn new(runs: Vec<Characters>) -> Self {
        Paragraph {
            runs,
            mark: '\r',
            of_mark: Vec::new(),
            style: 0,
            properties: Vec::new(),
        }
    }

    /// Number of its characters, with its mark.
    pub fn length(&self) -> usize {
        1 + self
            .runs
            .iter()
            .map(|run| run.text.encode_utf16().count())
            .sum::<usize>()
    }

    /// A paragraph of plain text.
    pub fn plain(text: &str) -> Self {
        let runs = vec![Characters {
            text: text.into(),
            properties: Vec::new(),
        }];
        Paragraph::new(runs)
    }
}

/// A list: its definition, from 0, and where it begins to count.
pub type List = (usize, i32);

/// A definition of a list with one level: text with `\0` for the number, and the code of the number's format.
pub type Definition = (String, u8);

/// A document.
#[derive(Clone, Debug, Default)]
pub struct Document {
    /// The text.
    pub paragraphs: Vec<Paragraph>,
    /// Text of the header.
    pub header: String,
    /// Texts of footnotes; the text refers to each by U+0002 with the property for special characters.
    pub footnotes: Vec<String>,
    /// Boxes: number of the shape and text; the text anchors each by U+0008.
    pub boxes: Vec<(u32, String)>,
    /// Properties of character style 15.
    pub character_style: Vec<u8>,
    /// Definitions of lists.
    pub definitions: Vec<Definition>,
    /// Lists by their numbers from 1.
    pub lists: Vec<List>,
    /// Places where the text is cut into pieces, ascending; the pieces stand in the file in the order of [`Document::order`].
    pub cuts: Vec<usize>,
    /// Order of the pieces; as in the text where it is empty.
    pub order: Vec<usize>,
    /// Pieces whose properties mark them as deleted.
    pub deleted: Vec<usize>,
    /// Whether pieces of ASCII have one byte a character.
    pub narrow: bool,
    /// Names of fonts.
    pub fonts: Vec<String>,
    /// Pictures and properties beside the text.
    pub data: Vec<u8>,
}

/// A character with what holds for it.
#[derive(Clone)]
struct Unit {
    code: u16,
    characters: Vec<u8>,
    /// Number of the paragraph.
    paragraph: usize,
}

/// Parts of the table stream by their numbers.
#[derive(Default)]
struct Table {
    bytes: Vec<u8>,
    places: Vec<(usize, u32, u32)>,
}

impl Table {
    fn add(&mut self, number: usize, part: &[u8]) {
        self.places.push((number, self.bytes.len() as u32, part.len() as u32));
        self.bytes.extend(part);
    }
}

impl Document {
    /// The bytes of the file.
    pub fn file(&self) -> Vec<u8> {
        let stories = self.stories();
        let lengths: Vec<usize> = stories.iter().map(|story| units(story).len()).collect();
        let mut all: Vec<Paragraph> = stories.into_iter().flatten().collect();
        if lengths[1..].iter().any(|length| *length > 0) {
            all.push(Paragraph::plain(""));
        }
        let units = units(&all);
        let mut main = vec![0; TEXT];
        let mut table = Table::default();
        table.add(1, &self.styles());
        let (pieces, looks, paragraphs) = self.pieces(&units, &all, &mut main);
        table.add(33, &pieces);
        let characters = pages::write(Kind::Characters, &looks, &mut main);
        table.add(12, &characters);
        let paragraphs = pages::write(Kind::Paragraphs, &paragraphs, &mut main);
        table.add(13, &paragraphs);
        self.beside(&lengths, &units, &mut table);
        let mut block = block(&lengths, &table, main.len());
        block.resize(TEXT, 0);
        main[..TEXT].copy_from_slice(&block);
        let mut streams = vec![("WordDocument", main), ("1Table", table.bytes)];
        if !self.data.is_empty() {
            streams.push(("Data", self.data.clone()));
        }
        compound::file(&streams)
    }

    /// Main text, footnotes, headers, boxes, as paragraphs.
    fn stories(&self) -> [Vec<Paragraph>; 4] {
        let notes = self.footnotes.iter().map(|text| {
            let mut note = Paragraph::plain(text);
            note.runs.insert(0, special('\u{2}', &[]));
            note
        });
        let header = (!self.header.is_empty()).then(|| Paragraph::plain(&self.header));
        let boxes = self.boxes.iter().map(|(_, text)| Paragraph::plain(text));
        let mut stories = [
            self.paragraphs.clone(),
            notes.collect(),
            header.into_iter().collect(),
            boxes.collect(),
        ];
        for story in stories[1..].iter_mut().filter(|story| !story.is_empty()) {
            story.push(Paragraph::plain(""));
        }
        stories
    }

    /// The piece table, and the runs of characters and paragraphs by their places in the main stream.
    fn pieces(&self, units: &[Unit], all: &[Paragraph], main: &mut Vec<u8>) -> (Vec<u8>, Vec<Run>, Vec<Run>) {
        let mut bounds = vec![0];
        bounds.extend(self.cuts.iter().copied().filter(|cut| (1..units.len()).contains(cut)));
        bounds.push(units.len());
        bounds.dedup();
        let count = bounds.len() - 1;
        let order: Vec<usize> = match self.order.is_empty() {
            true => (0..count).collect(),
            false => self.order.iter().copied().filter(|piece| *piece < count).collect(),
        };
        let mut places = vec![0u32; count];
        let (mut looks, mut paragraphs): (Vec<Run>, Vec<Run>) = (Vec::new(), Vec::new());
        for piece in order {
            let inside = &units[bounds[piece]..bounds[piece + 1]];
            let narrow = self.narrow && inside.iter().all(|unit| unit.code < 0x80);
            let width = if narrow { 1 } else { 2 };
            let first = main.len() as u32;
            places[piece] = if narrow { (first * 2) | 0x4000_0000 } else { first };
            for (at, unit) in (0u32..).zip(inside) {
                main.extend(&unit.code.to_le_bytes()[..width as usize]);
                let (place, end) = (first + at * width, first + (at + 1) * width);
                grow(&mut looks, place, end, &unit.characters);
                let paragraph = &all[unit.paragraph];
                let is_mark = is_last(units, bounds[piece] + at as usize);
                let mut properties = paragraph.style.to_le_bytes().to_vec();
                properties.extend(&paragraph.properties);
                paragraph_run(&mut paragraphs, place, end, properties, is_mark);
            }
            close(&mut paragraphs);
            main.resize(main.len().next_multiple_of(2), 0);
        }
        let mut array: Vec<u8> = bounds.iter().flat_map(|at| (*at as u32).to_le_bytes()).collect();
        for (piece, place) in places.iter().enumerate() {
            array.extend([0, 0]);
            array.extend(place.to_le_bytes());
            // The first shared list.
            array.extend(u16::from(self.deleted.contains(&piece)).to_le_bytes());
        }
        let mut out = vec![1, 3, 0, 0x00, 0x08, 1, 2];
        out.extend((array.len() as u32).to_le_bytes());
        out.extend(array);
        (out, looks, paragraphs)
    }

    fn styles(&self) -> Vec<u8> {
        let mut out = 18u16.to_le_bytes().to_vec();
        for word in [16u16, 10, 1, 0x5B, 15, 0, 0, 0, 0] {
            out.extend(word.to_le_bytes());
        }
        for number in 0..16u16 {
            let style = match number {
                0 => style(0, "Normal", 1, 0x0FFF, &[]),
                1 | 2 => style(number, &format!("heading {number}"), 1, 0, &[0x35, 0x08, 1]),
                10 => style(65, "Default Paragraph Font", 2, 0x0FFF, &[]),
                15 => style(0x0FFE, "secret", 2, 10, &self.character_style),
                _ => Vec::new(),
            };
            out.extend((style.len() as u16).to_le_bytes());
            out.extend(style);
        }
        out
    }

    /// Parts beside text and properties.
    fn beside(&self, lengths: &[usize], units: &[Unit], table: &mut Table) {
        let main = lengths[0] as u32;
        let mut sections: Vec<u8> = [0, main].iter().flat_map(|at: &u32| at.to_le_bytes()).collect();
        sections.extend([0, 0, 0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF]);
        table.add(6, &sections);
        table.add(31, &[0; 500]);
        table.add(15, &self.font_table());
        let codes = |code: u16| {
            let found = units[..lengths[0]].iter().enumerate();
            found
                .filter(move |(_, unit)| unit.code == code)
                .map(|(at, _)| at as u32)
        };
        if !self.footnotes.is_empty() {
            let mut references: Vec<u8> = codes(2).chain([main]).flat_map(u32::to_le_bytes).collect();
            references.extend(self.footnotes.iter().flat_map(|_| 1u16.to_le_bytes()));
            table.add(2, &references);
            let lengths = self.footnotes.iter().map(|text| text.encode_utf16().count() + 2);
            table.add(3, &array(lengths.chain([1])));
        }
        if !self.header.is_empty() {
            let header = self.header.encode_utf16().count() + 1;
            table.add(11, &array([0, 0, 0, 0, 0, 0, 0, header, 0, 0, 0, 0, 1].into_iter()));
        }
        if !self.boxes.is_empty() {
            let mut boxes = array(
                self.boxes
                    .iter()
                    .map(|(_, text)| text.encode_utf16().count() + 1)
                    .chain([1]),
            );
            let mut anchors: Vec<u8> = codes(8).chain([main]).flat_map(u32::to_le_bytes).collect();
            for number in self.boxes.iter().map(|(number, _)| *number).chain([0]) {
                boxes.extend([0; 14]);
                boxes.extend(number.to_le_bytes());
                boxes.extend([0; 4]);
            }
            for (number, _) in &self.boxes {
                anchors.extend(number.to_le_bytes());
                anchors.extend([0; 22]);
            }
            table.add(56, &boxes);
            table.add(40, &anchors);
        }
        if !self.lists.is_empty() {
            self.add_lists(table);
        }
    }

    fn font_table(&self) -> Vec<u8> {
        let mut out = (self.fonts.len() as u16).to_le_bytes().to_vec();
        out.extend([0, 0]);
        for name in &self.fonts {
            let name: Vec<u8> = name.encode_utf16().chain([0]).flat_map(u16::to_le_bytes).collect();
            out.push((39 + name.len()) as u8);
            out.extend([0; 39]);
            out.extend(name);
        }
        out
    }

    fn add_lists(&self, table: &mut Table) {
        let mut definitions = (self.definitions.len() as u16).to_le_bytes().to_vec();
        let mut levels = Vec::new();
        for (at, (text, format)) in self.definitions.iter().enumerate() {
            definitions.extend((at as i32 + 1).to_le_bytes());
            definitions.extend([0; 4]);
            definitions.extend([0xFF, 0x0F].repeat(9));
            definitions.extend([1, 0]);
            levels.extend(level(text, *format));
        }
        table.add(73, &definitions);
        // The levels stand behind their part and are not counted in its length.
        table.bytes.extend(levels);
        let mut lists = (self.lists.len() as u32).to_le_bytes().to_vec();
        let mut changes = Vec::new();
        for (definition, start) in &self.lists {
            lists.extend((*definition as i32 + 1).to_le_bytes());
            lists.extend([0; 8]);
            lists.extend([1, 0, 0, 0]);
            changes.extend([0xFF; 4]);
            changes.extend(start.to_le_bytes());
            changes.extend([0x10, 0, 0, 0]);
        }
        lists.extend(changes);
        table.add(74, &lists);
    }
}

/// A special character with further properties.
pub fn special(character: char, properties: &[u8]) -> Characters {
    Characters {
        text: character.into(),
        properties: [&[0x55, 0x08, 1], properties].concat(),
    }
}

fn units(paragraphs: &[Paragraph]) -> Vec<Unit> {
    let mut out = Vec::new();
    for (number, paragraph) in paragraphs.iter().enumerate() {
        let mark = Characters {
            text: paragraph.mark.into(),
            properties: paragraph.of_mark.clone(),
        };
        for run in paragraph.runs.iter().chain([&mark]) {
            out.extend(run.text.encode_utf16().map(|code| Unit {
                code,
                characters: run.properties.clone(),
                paragraph: number,
            }));
        }
    }
    out
}

/// Whether a character is the last of its paragraph.
fn is_last(units: &[Unit], at: usize) -> bool {
    units
        .get(at + 1)
        .is_none_or(|next| next.paragraph != units[at].paragraph)
}

fn grow(runs: &mut Vec<Run>, place: u32, end: u32, properties: &[u8]) {
    match runs.last_mut().filter(|run| run.1 == place && run.2 == properties) {
        Some(run) => run.1 = end,
        None => runs.push((place, end, properties.to_vec())),
    }
}

/// Adds a character to the run of its paragraph, which ends with its mark. What stands in another piece than the mark has no
/// properties of its own: those at the mark hold.
fn paragraph_run(runs: &mut Vec<Run>, place: u32, end: u32, properties: Vec<u8>, is_mark: bool) {
    match runs.last_mut().filter(|run| run.1 == place && run.2.is_empty()) {
        Some(run) => run.1 = end,
        None => runs.push((place, end, Vec::new())),
    }
    if is_mark && let Some(run) = runs.last_mut() {
        run.2 = properties;
    }
}

/// Ends the run of a paragraph that goes on in another piece.
fn close(runs: &mut [Run]) {
    if let Some(run) = runs.last_mut().filter(|run| run.2.is_empty()) {
        run.2 = vec![0, 0];
    }
}

/// Places that follow each other in these steps, from 0.
fn array(steps: impl Iterator<Item = usize>) -> Vec<u8> {
    let mut at = 0u32;
    let mut out = at.to_le_bytes().to_vec();
    for step in steps {
        at += step as u32;
        out.extend(at.to_le_bytes());
    }
    out
}

/// A style of paragraphs (1) or characters (2) with properties of its characters.
fn style(built_in: u16, name: &str, kind: u16, based_on: u16, characters: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    for word in [built_in, kind | (based_on << 4), 3 - kind, 0, 0] {
        out.extend(word.to_le_bytes());
    }
    let name: Vec<u16> = name.encode_utf16().collect();
    out.extend((name.len() as u16).to_le_bytes());
    out.extend(name.into_iter().chain([0]).flat_map(u16::to_le_bytes));
    if kind == 1 {
        out.extend([2, 0]);
        out.extend(built_in.to_le_bytes());
    }
    out.extend((characters.len() as u16).to_le_bytes());
    out.extend(characters);
    out.resize(out.len().next_multiple_of(2), 0);
    out
}

/// A level whose number is followed by nothing.
fn level(text: &str, format: u8) -> Vec<u8> {
    let mut out = 1i32.to_le_bytes().to_vec();
    out.extend([format, 0]);
    let text: Vec<u16> = text.encode_utf16().collect();
    let number = text.iter().position(|unit| *unit == 0).map_or(0, |at| at as u8 + 1);
    out.push(number);
    out.extend([0; 8]);
    out.push(2);
    out.resize(28, 0);
    out.extend((text.len() as u16).to_le_bytes());
    out.extend(text.into_iter().flat_map(u16::to_le_bytes));
    out
}

/// The file information block.
fn block(lengths: &[usize], table: &Table, end: usize) -> Vec<u8> {
    const PARTS: usize = 0x5D;
    let mut out = Vec::new();
    for word in [0xA5EC, 0x00C1, 0, 0x0804, 0, 0x1200, 0x00BF, 0, 0, 0, 0, 0] {
        out.extend(u16::to_le_bytes(word));
    }
    out.extend((TEXT as u32).to_le_bytes());
    out.extend((end as u32).to_le_bytes());
    out.extend(14u16.to_le_bytes());
    out.extend([0; 26]);
    out.extend(0x0804u16.to_le_bytes());
    out.extend(22u16.to_le_bytes());
    let [text, notes, headers, boxes] = [0, 1, 2, 3].map(|at| lengths[at] as u32);
    let counts = [end as u32, 0, 0, text, notes, headers, 0, 0, 0, boxes, 0];
    out.extend(counts.iter().flat_map(|count| count.to_le_bytes()));
    out.extend([0; 44]);
    out.extend((PARTS as u16).to_le_bytes());
    for number in 0..PARTS {
        let place = table.places.iter().find(|(known, ..)| *known == number);
        let (_, at, length) = place.copied().unwrap_or_default();
        out.extend(at.to_le_bytes());
        out.extend(length.to_le_bytes());
    }
    out.extend([0, 0]);
    out
}
