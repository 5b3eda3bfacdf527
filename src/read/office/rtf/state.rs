//! What holds at a place of an RTF file: the group's destination and properties, the paragraph, the tables that are open.
//!
//! Invariant: text is shown unless its group is a destination that programs do not show, or its characters are hidden or deleted.

use crate::document::{Origin, Property};
use crate::error::Error;
use crate::read::office::body::{Item, Merge, Text};
use crate::read::office::edges::Edge;
use crate::read::office::ink::{Ink, is_tiny};
use crate::read::office::levels::{CELLS, Levels, TABLES};

use super::letters::{self, Letters};
use super::token::Token;

/// How many half points above its line a text stands that is raised; it is what `\up` without a number means too.
const RAISED_FROM: i32 = 6;
/// Deepest nesting of groups.
const DEPTH: usize = 600;

/// Where the text of a group goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    /// Shown.
    Text,
    /// Nowhere.
    Nowhere,
    /// The list of fonts.
    Fonts,
    /// The list of colours.
    Colours,
    /// The number in front of a paragraph.
    Number,
    /// The title in the information of the file.
    Title,
    /// A header or footer.
    Head(&'static str),
}

/// Properties of a group.
#[derive(Clone)]
struct Group {
    place: Place,
    /// After `\*`: an unknown destination is left out.
    optional: bool,
    font: i32,
    hidden: bool,
    deleted: bool,
    struck: bool,
    raised: bool,
    bold: bool,
    ink: Ink,
    /// Whether the paragraph has a ground of a colour.
    on_ground: bool,
    /// Characters that stand for a Unicode one.
    fallback: usize,
    in_table: bool,
    /// Nesting of the table, from 1; 0 where it is not said.
    nesting: usize,
    outline: Option<u8>,
    /// Whether text outside waits for this group to end.
    is_apart: bool,
}

/// A flow of text: the body, a box, a note.
#[derive(Default)]
struct Flow {
    paragraph: Text,
    plain: bool,
    levels: Levels,
    row: RowDefinition,
}

#[derive(Clone, Default)]
struct RowDefinition {
    left: i32,
    edges: Vec<Edge>,
    down: Option<Merge>,
    continues_left: bool,
    /// Whether some cell of it has a ground of a colour.
    is_shaded: bool,
}

/// The colours of a file.
#[derive(Default)]
struct Colours {
    /// Whether each of them is white; none for the one that the program chooses.
    white: Vec<Option<bool>>,
    /// Those of the red, green and blue parts of the last that are full, and how many parts it has.
    full: usize,
    parts: usize,
}

impl Colours {
    fn part(&mut self, light: i32) {
        self.parts += 1;
        self.full += usize::from(light >= 255);
    }

    /// Takes the text of the list, in which a semicolon ends each colour.
    fn text(&mut self, text: &str) {
        for _ in text.matches(';') {
            self.white.push((self.parts > 0).then_some(self.full == 3));
            (self.full, self.parts) = (0, 0);
        }
    }

    fn is_light(&self, number: Option<i32>) -> Option<bool> {
        let number = usize::try_from(number.unwrap_or(0)).ok()?;
        self.white.get(number).copied().flatten()
    }

    fn is_white(&self, number: Option<i32>) -> bool {
        self.is_light(number) == Some(true)
    }

    fn is_shade(&self, number: Option<i32>) -> bool {
        self.is_light(number) == Some(false)
    }
}

/// What a file holds.
pub(super) struct Read {
    /// The text.
    pub items: Vec<Item>,
    /// The title in its information.
    pub title: Option<String>,
    /// Headers and footers.
    pub properties: Vec<Property>,
}

/// Reads tokens.
pub(super) struct Reader {
    groups: Vec<Group>,
    group: Group,
    letters: Letters,
    /// Characters to leave out after a Unicode one.
    skip: usize,
    flow: Flow,
    /// Flows that wait while a box or note is read, and whether that is a note.
    waiting: Vec<(Flow, bool)>,
    notes: Vec<Item>,
    number: String,
    title: String,
    heads: Vec<(&'static str, String)>,
    font: i32,
    colours: Colours,
}

impl Reader {
    /// A reader at the beginning of a file.
    pub(super) fn new() -> Self {
        Reader {
            groups: Vec::new(),
            group: Group {
                place: Place::Text,
                optional: false,
                font: -1,
                hidden: false,
                deleted: false,
                struck: false,
                raised: false,
                bold: false,
                ink: Ink::default(),
                on_ground: false,
                fallback: 1,
                in_table: false,
                nesting: 0,
                outline: None,
                is_apart: false,
            },
            letters: Letters::new(),
            skip: 0,
            flow: Flow::default(),
            waiting: Vec::new(),
            notes: Vec::new(),
            number: String::new(),
            title: String::new(),
            heads: Vec::new(),
            font: 0,
            colours: Colours::default(),
        }
    }

    /// Takes the next token.
    pub(super) fn token(&mut self, token: Token) -> Result<(), Error> {
        match token {
            Token::Byte(byte) => self.byte(byte),
            Token::Open => {
                self.flush();
                if self.groups.len() >= DEPTH {
                    return Err(Error::Damaged(format!("RTF: groups nested more than {DEPTH} deep")));
                }
                self.groups.push(self.group.clone());
                self.group.is_apart = false;
                self.group.optional = false;
            }
            Token::Close => {
                self.flush();
                self.close();
            }
            Token::Symbol(symbol) => self.symbol(symbol),
            Token::Word(b"u", number) => self.unicode(number.unwrap_or(0)),
            Token::Word(word, number) => {
                self.flush();
                self.skip = 0;
                self.word(word, number);
            }
        }
        Ok(())
    }

    fn byte(&mut self, byte: u8) {
        if self.skip > 0 {
            self.skip -= 1;
        } else if self.group.place != Place::Nowhere
            && let Some(text) = self.letters.byte(byte, self.group.font)
        {
            self.show(&text);
        }
    }

    fn unicode(&mut self, number: i32) {
        self.skip = self.group.fallback;
        if self.group.place != Place::Nowhere
            && let Some(text) = self.letters.unit(number)
        {
            self.show(&text);
        }
    }

    fn symbol(&mut self, symbol: u8) {
        self.flush();
        match symbol {
            b'*' => self.group.optional = true,
            b'~' => self.show(" "),
            b'_' => self.show("-"),
            _ => {}
        }
    }

    fn flush(&mut self) {
        let text = self.letters.flush();
        if !text.is_empty() {
            self.show(&text);
        }
    }

    fn show(&mut self, text: &str) {
        let group = &self.group;
        // What a box is filled with is not looked into.
        let in_shaded_row = (group.in_table || group.nesting > 0) && self.flow.row.is_shaded;
        let on_ground = group.on_ground || in_shaded_row || !self.waiting.is_empty();
        let is_unseen = group.ink.is_unseen(on_ground);
        if group.hidden || group.deleted || group.struck || group.place == Place::Text && is_unseen {
            return;
        }
        match group.place {
            Place::Text => {
                self.flow.paragraph.push(text, group.raised);
                self.flow.plain |= !group.bold && !text.trim().is_empty();
            }
            Place::Number => self.number += text,
            Place::Title => self.title += text,
            Place::Head(name) => match self.heads.last_mut().filter(|(last, _)| *last == name) {
                Some((_, words)) => *words += text,
                None => self.heads.push((name, text.into())),
            },
            Place::Colours => self.colours.text(text),
            Place::Fonts | Place::Nowhere => {}
        }
    }

    /// Ends a group.
    fn close(&mut self) {
        self.skip = 0;
        if self.group.is_apart
            && let Some((outside, is_note)) = self.waiting.pop()
        {
            let items = std::mem::replace(&mut self.flow, outside).finish();
            if is_note {
                self.notes.extend(items);
            } else {
                self.flow.paragraph.boxes.extend(items);
            }
        }
        if let Some(group) = self.groups.pop() {
            self.group = group;
        }
    }

    /// Begins text that stands apart from the one around it.
    fn apart(&mut self, is_note: bool) {
        if self.waiting.len() >= TABLES {
            self.group.place = Place::Nowhere;
            return;
        }
        self.waiting.push((std::mem::take(&mut self.flow), is_note));
        self.group.is_apart = true;
        self.group.place = Place::Text;
        self.group.in_table = false;
        self.group.nesting = 0;
    }

    fn word(&mut self, word: &[u8], number: Option<i32>) {
        if self.destination(word) || self.group.place == Place::Nowhere {
            return;
        }
        if let Some(text) = letters::named(word) {
            return self.show(text);
        }
        let is_on = number != Some(0);
        let group = &mut self.group;
        match word {
            b"ansicpg" => self.letters.set_page(number.unwrap_or(0)),
            b"f" if group.place == Place::Fonts => self.font = number.unwrap_or(0),
            b"fcharset" => self.letters.set_font(self.font, number.unwrap_or(0)),
            b"f" => group.font = number.unwrap_or(0),
            b"red" | b"green" | b"blue" => self.colours.part(number.unwrap_or(0)),
            b"cf" => group.ink.white = Some(self.colours.is_white(number)),
            b"cb" | b"chcbpat" | b"highlight" => group.ink.shaded = Some(self.colours.is_shade(number)),
            b"cbpat" => group.on_ground = self.colours.is_shade(number),
            b"clcbpat" | b"clcfpat" | b"trcbpat" | b"trcfpat" if self.colours.is_shade(number) => {
                self.flow.row.is_shaded = true
            }
            b"fs" => group.ink.tiny = number.map(|size| is_tiny(size as f32)),
            b"uc" => group.fallback = number.unwrap_or(1).clamp(0, 16) as usize,
            b"plain" => {
                (group.hidden, group.deleted, group.struck, group.bold) = (false, false, false, false);
                (group.raised, group.ink) = (false, Ink::default());
            }
            b"v" => group.hidden = is_on,
            b"deleted" | b"mvf" => group.deleted = is_on,
            b"strike" | b"striked" => group.struck = is_on,
            b"super" => group.raised = is_on,
            b"sub" | b"nosupersub" | b"dn" => group.raised = false,
            b"up" => group.raised = number.unwrap_or(RAISED_FROM) >= RAISED_FROM,
            b"b" => group.bold = is_on,
            b"pard" => {
                (group.in_table, group.nesting, group.outline) = (false, 0, None);
                group.on_ground = false;
            }
            b"intbl" => group.in_table = true,
            b"itap" => group.nesting = number.unwrap_or(0).clamp(0, TABLES as i32) as usize,
            b"outlinelevel" => {
                group.outline = number
                    .and_then(|level| u8::try_from(level).ok())
                    .filter(|level| *level < 9)
            }
            b"par" | b"sect" => self.paragraph(),
            b"cell" => self.cell(1),
            b"nestcell" => self.cell(self.group.nesting.max(2)),
            b"row" => self.row(1),
            b"nestrow" => self.row(self.group.nesting.max(2)),
            _ => self.flow.row.word(word, number.unwrap_or(0)),
        }
    }

    /// Takes a word that says where the text of its group goes; false where it does not.
    fn destination(&mut self, word: &[u8]) -> bool {
        let place = match word {
            b"fonttbl" => Place::Fonts,
            b"colortbl" => Place::Colours,
            b"listtext" | b"pntext" if self.group.place == Place::Text => Place::Number,
            b"title" if self.group.optional || self.is_in_info() => Place::Title,
            b"header" | b"headerl" | b"headerr" | b"headerf" => Place::Head("header"),
            b"footer" | b"footerl" | b"footerr" | b"footerf" => Place::Head("footer"),
            b"shptxt" | b"dptxbxtext" => {
                if self.group.place == Place::Nowhere && !self.is_in_shape() {
                    return true;
                }
                self.apart(false);
                return true;
            }
            b"footnote" if self.group.place == Place::Text => {
                self.apart(true);
                return true;
            }
            b"ud" => {
                // The Unicode form of what stands before it in bytes.
                self.group.place = self.groups.iter().rev().nth(1).map_or(Place::Text, |group| group.place);
                return true;
            }
            b"pict" if self.group.place == Place::Text => {
                let number = self.flow.paragraph.pictures.len() + 1;
                self.flow
                    .paragraph
                    .pictures
                    .push((String::new(), format!("pict {number}")));
                Place::Nowhere
            }
            b"stylesheet" | b"listtable" | b"listoverridetable" | b"revtbl" | b"info" | b"pict" | b"fldinst"
            | b"objdata" | b"objclass" | b"nonshppict" | b"nonesttables" | b"annotation" | b"atnid" | b"atnauthor"
            | b"bkmkstart" | b"bkmkend" | b"sp" | b"upr" | b"pnseclvl" | b"pn" | b"tc" | b"xe" | b"filetbl"
            | b"template" | b"listname" | b"footnotesep" | b"xmlopen" | b"xmlclose" | b"fchars" | b"lchars" => {
                Place::Nowhere
            }
            // Shown though optional.
            b"nesttableprops" | b"shpinst" | b"shppict" | b"fldrslt" | b"do" => {
                self.group.optional = false;
                return true;
            }
            _ if self.group.optional => Place::Nowhere,
            _ => return false,
        };
        self.group.optional = false;
        if self.group.place != Place::Nowhere || place == Place::Title {
            self.group.place = place;
        }
        true
    }

    fn is_in_info(&self) -> bool {
        self.groups.last().is_some_and(|outer| outer.place == Place::Nowhere) && self.groups.len() == 3
    }

    /// Whether the text around is shown, so that a box in it is too: `\sp` groups of a shape are not text.
    fn is_in_shape(&self) -> bool {
        self.groups.iter().rev().take(3).any(|group| group.place == Place::Text)
    }

    fn paragraph(&mut self) {
        match self.group.place {
            Place::Text => {}
            Place::Head(_) => return self.show(" "),
            _ => return,
        }
        let level = match (self.group.in_table, self.group.nesting) {
            (_, nesting) if nesting > 0 => nesting,
            (in_table, _) => usize::from(in_table),
        };
        self.flow.levels.reach(level);
        let item = self.take_paragraph();
        self.flow.levels.push(item);
    }

    fn take_paragraph(&mut self) -> Item {
        let mut text = std::mem::take(&mut self.flow.paragraph);
        text.strong = !std::mem::take(&mut self.flow.plain) && !text.text.trim().is_empty();
        text.heading = self.group.outline.map(|level| level + 1);
        let number = std::mem::take(&mut self.number);
        let number = match number.strip_suffix('\t') {
            Some(bare) if bare.ends_with(|last: char| last.is_alphanumeric() || last == '.') => format!("{bare} "),
            Some(bare) => bare.to_owned(),
            None => number,
        };
        text.text.insert_str(0, &number);
        Item::Paragraph(text)
    }

    fn cell(&mut self, level: usize) {
        if self.group.place != Place::Text {
            return;
        }
        self.flow.levels.reach(level);
        let item = self.take_paragraph();
        self.flow.levels.push(item);
        self.flow.levels.end_cell();
    }

    fn row(&mut self, level: usize) {
        if self.group.place != Place::Text {
            return;
        }
        self.flow.levels.reach(level);
        let definition = self.flow.row.clone();
        self.flow
            .levels
            .end_row(definition.left, definition.edges, !self.group.deleted);
    }

    /// What was read.
    pub(super) fn finish(mut self) -> Read {
        self.flush();
        while let Some((outside, _)) = self.waiting.pop() {
            let items = std::mem::replace(&mut self.flow, outside).finish();
            self.flow.paragraph.boxes.extend(items);
        }
        if !self.flow.paragraph.text.trim().is_empty() {
            self.group.place = Place::Text;
            self.paragraph();
        }
        let mut items = self.flow.finish();
        for (at, note) in self.notes.into_iter().enumerate() {
            items.push(match note {
                Item::Paragraph(mut text) => {
                    text.place = Some(Origin::Path(format!("/footnote[{}]", at + 1)));
                    Item::Paragraph(text)
                }
                other => other,
            });
        }
        let property = |(name, words): (&str, String)| Property {
            name: name.into(),
            value: words.trim().into(),
            origin: Origin::Path(format!("/{name}")),
        };
        Read {
            items,
            title: Some(self.title.trim().to_owned()).filter(|title| !title.is_empty()),
            properties: self
                .heads
                .into_iter()
                .map(property)
                .filter(|head| !head.value.is_empty())
                .collect(),
        }
    }
}

impl Flow {
    fn finish(mut self) -> Vec<Item> {
        self.levels.reach(0);
        if !self.paragraph.text.is_empty() || !self.paragraph.boxes.is_empty() {
            let rest = std::mem::take(&mut self.paragraph);
            self.levels.push(Item::Paragraph(rest));
        }
        self.levels.finish()
    }
}

impl RowDefinition {
    /// Takes a word that defines a row.
    fn word(&mut self, word: &[u8], number: i32) {
        match word {
            b"trowd" => *self = RowDefinition::default(),
            b"trleft" => self.left = number,
            b"clvmgf" => self.down = Some(Merge::Begins),
            b"clvmrg" => self.down = Some(Merge::Continues),
            b"clmrg" => self.continues_left = true,
            b"cellx" if self.edges.len() < CELLS => {
                self.edges.push(Edge {
                    right: number,
                    down: self.down.take().unwrap_or(Merge::None),
                    continues_left: std::mem::take(&mut self.continues_left),
                });
            }
            _ => {}
        }
    }
}
