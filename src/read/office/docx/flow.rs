//! Paragraphs of a Word document as they are shown.
//!
//! Runs in their wrappers, fields by their results, tracked changes as accepted, hidden and struck-out text left out, numbers that
//! Word counts in front. Invariant: what is left out is left out whole: no half of a field, no half of a change.

use std::collections::HashSet;

use crate::diagnostic::Diagnostic;
use crate::read::container::xml::{Element, Inside};
use crate::read::office::body::{Item, Text};
use crate::read::office::symbol;

use super::lists::Lists;
use super::parts::{Parts, Relation};
use super::styles::{Counted, Look, Styles, heading, is_shade, number, value};
use super::{PART_UNREADABLE, branch, is_wrapper, table};

/// Part of a field that is being read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Field {
    /// Its instruction, which is not shown.
    Instruction,
    /// Its result.
    Result,
}

/// Reads the flow of a document.
pub(super) struct Flow<'a, 'p> {
    parts: &'a Parts<'p>,
    relations: &'a [Relation],
    styles: Styles,
    lists: Lists,
    fields: Vec<Field>,
    /// Kind and name of the notes that the text refers to.
    notes: HashSet<(&'static str, String)>,
    /// Text of paragraphs whose end was deleted or is hidden: it runs into the next one.
    pending: Option<Paragraph>,
    /// Whether the cell that is being read may have a ground of a colour.
    pub shaded: bool,
    /// What was noticed.
    pub diagnostics: Vec<Diagnostic>,
}

/// A paragraph that is being read.
#[derive(Default)]
struct Paragraph {
    text: Text,
    /// Look that runs have of the paragraph's style.
    look: Look,
    plain: bool,
}

impl Paragraph {
    fn push(&mut self, text: &str, look: Look) {
        self.text.push(text, look.raised == Some(true));
        self.plain |= look.bold != Some(true) && !text.trim().is_empty();
    }
}

impl<'a, 'p> Flow<'a, 'p> {
    /// A flow that has read nothing yet.
    pub(super) fn new(parts: &'a Parts<'p>, relations: &'a [Relation], styles: Styles, lists: Lists) -> Self {
        Flow {
            parts,
            relations,
            styles,
            lists,
            fields: Vec::new(),
            notes: HashSet::new(),
            pending: None,
            shaded: false,
            diagnostics: Vec::new(),
        }
    }

    /// Whether the text refers to a note.
    pub(super) fn refers_to(&self, kind: &str, id: &str) -> bool {
        self.notes
            .iter()
            .any(|(known, note)| kind == format!("w:{known}") && note == id)
    }

    /// Paragraphs and tables of the text, a cell or a box.
    pub(super) fn items(&mut self, parent: Element) -> Vec<Item> {
        let mut out = Vec::new();
        self.blocks(parent, &mut out);
        self.flush(&mut out);
        out
    }

    /// Whether a table of a style has no ground but paper, as far as the style says.
    pub(super) fn is_plain_table(&self, style: Option<&str>) -> bool {
        self.styles.is_plain_table(style)
    }

    /// The same for what stands apart from the paragraphs around it.
    pub(super) fn apart(&mut self, parent: Element) -> Vec<Item> {
        let pending = self.pending.take();
        let items = self.items(parent);
        self.pending = pending;
        items
    }

    fn blocks(&mut self, parent: Element, out: &mut Vec<Item>) {
        for element in parent.children().flat_map(branch) {
            match element.name() {
                "w:p" => self.paragraph(element, out),
                "w:tbl" => {
                    self.flush(out);
                    out.push(Item::Table(table::read(self, element)));
                }
                "w:altChunk" => self.chunk(element, out),
                _ if is_wrapper(element) => self.blocks(element, out),
                _ => {}
            }
        }
    }

    fn flush(&mut self, out: &mut Vec<Item>) {
        if let Some(paragraph) = self.pending.take() {
            out.push(Item::Paragraph(paragraph.text));
        }
    }

    fn paragraph(&mut self, element: Element, out: &mut Vec<Item>) {
        let properties = element.child("w:pPr");
        let style = properties.and_then(|p| p.child("w:pStyle")).and_then(value);
        let has = self.styles.paragraph(style);
        let mut paragraph = self.pending.take().unwrap_or_default();
        paragraph.look = has.look;
        let ground = properties.and_then(|p| p.child("w:shd")).map(is_shade);
        paragraph.look.ink.shaded = ground.or(paragraph.look.ink.shaded);
        self.inline(element, &mut paragraph);
        self.fields.retain(|field| *field == Field::Result);
        if has.of_contents {
            return;
        }
        let mark = properties.and_then(|p| p.child("w:rPr"));
        let is_gone = Look::of(mark).hidden == Some(true)
            || mark.is_some_and(|mark| mark.child("w:del").is_some() || mark.child("w:moveFrom").is_some());
        if is_gone {
            self.pending = Some(paragraph);
            return;
        }
        let own = properties.and_then(|p| p.child("w:outlineLvl"));
        paragraph.text.heading = match number(own) {
            Some(outline) => heading(outline),
            None => has.heading,
        };
        paragraph.text.strong = !paragraph.plain && !paragraph.text.text.trim().is_empty();
        if let Some(number) = self.number(properties, style, &has.counted, has.counted_by.as_deref()) {
            paragraph.text.text.insert_str(0, &number);
        }
        out.push(Item::Paragraph(paragraph.text));
    }

    /// The number that Word prints in front of a paragraph.
    fn number(
        &mut self,
        properties: Option<Element>,
        style: Option<&str>,
        of_style: &Counted,
        by: Option<&str>,
    ) -> Option<String> {
        // Word 2003 keeps the number as it was printed.
        let printed = properties
            .and_then(|p| p.child("w:listPr"))
            .and_then(|list| list.child("wx:t"))
            .and_then(|text| text.attribute("wx:val"));
        if let Some(printed) = printed {
            return Some(printed.into());
        }
        let own = Counted::of(properties);
        let list = own.list.or(of_style.list).filter(|list| *list != 0)?;
        let by_style = || {
            let style = by.or(style)?;
            self.lists.level_of_style(list, style, &self.styles)
        };
        let level = match own.list {
            Some(_) => own.level,
            None => own.level.or_else(by_style).or(of_style.level),
        };
        self.lists.count(list, level.unwrap_or(0), &self.styles)
    }

    /// Runs, and what wraps them.
    fn inline(&mut self, parent: Element, paragraph: &mut Paragraph) {
        for element in parent.children().flat_map(branch) {
            match element.name() {
                "w:r" => self.run(element, paragraph),
                "m:oMath" | "m:oMathPara" => self.math(element, paragraph),
                _ if is_wrapper(element) => self.inline(element, paragraph),
                _ => {}
            }
        }
    }

    fn math(&mut self, element: Element, paragraph: &mut Paragraph) {
        for text in element.descendants().filter(|inside| inside.name() == "m:t") {
            let look = paragraph.look;
            paragraph.push(&text.text(), look);
        }
    }

    fn run(&mut self, run: Element, paragraph: &mut Paragraph) {
        let properties = run.child("w:rPr");
        let style = properties.and_then(|p| p.child("w:rStyle")).and_then(value);
        let look = Look::of(properties)
            .or(self.styles.characters(style))
            .or(paragraph.look);
        self.run_content(run, look, paragraph);
    }

    fn run_content(&mut self, run: Element, look: Look, paragraph: &mut Paragraph) {
        for element in run.children().flat_map(branch) {
            if element.name() == "w:fldChar" {
                self.field(element);
                continue;
            }
            let is_gone = look.hidden == Some(true) || look.struck == Some(true);
            let is_shown = !is_gone && !look.ink.is_unseen(self.shaded);
            if !is_shown || self.fields.contains(&Field::Instruction) {
                continue;
            }
            match element.name() {
                "w:t" => paragraph.push(&text_of(element), look),
                "w:tab" | "w:ptab" => paragraph.push("\t", look),
                "w:br" | "w:cr" => paragraph.push("\n", look),
                "w:noBreakHyphen" => paragraph.push("-", look),
                "w:sym" => paragraph.push(symbol_of(element).encode_utf8(&mut [0; 4]), look),
                "w:ruby" => {
                    let base = element.child("w:rubyBase");
                    base.into_iter().for_each(|base| self.inline(base, paragraph));
                }
                "w:drawing" | "w:pict" | "w:object" => self.drawing(element, paragraph),
                "w:footnoteReference" => self.note("footnote", element),
                "w:endnoteReference" => self.note("endnote", element),
                _ => {}
            }
        }
    }

    fn note(&mut self, kind: &'static str, reference: Element) {
        let id = reference.attribute("w:id").unwrap_or_default();
        self.notes.insert((kind, id.into()));
    }

    fn field(&mut self, element: Element) {
        match element.attribute("w:fldCharType") {
            Some("begin") => self.fields.push(Field::Instruction),
            Some("separate") => {
                if let Some(field) = self.fields.last_mut() {
                    *field = Field::Result;
                }
            }
            Some("end") => {
                self.fields.pop();
            }
            _ => {}
        }
    }

    /// Boxes of text and pictures in a drawing.
    fn drawing(&mut self, element: Element, paragraph: &mut Paragraph) {
        for inside in element.children().flat_map(branch) {
            match inside.name() {
                "w:txbxContent" => {
                    // What a box is filled with is not looked into.
                    let around = std::mem::replace(&mut self.shaded, true);
                    let items = self.apart(inside);
                    self.shaded = around;
                    paragraph.text.boxes.extend(items);
                }
                "a:blip" => self.picture(element, inside.attribute("r:embed"), paragraph),
                "v:imagedata" => self.picture(element, inside.attribute("r:id"), paragraph),
                // Letters drawn as a picture by the program: WordArt.
                "v:textpath" => {
                    let text = Text {
                        text: inside.attribute("string").unwrap_or_default().into(),
                        ..Text::default()
                    };
                    paragraph.text.boxes.push(Item::Paragraph(text));
                }
                _ => self.drawing(inside, paragraph),
            }
        }
    }

    fn picture(&mut self, holder: Element, id: Option<&str>, paragraph: &mut Paragraph) {
        let relation = self.relations.iter().find(|relation| Some(relation.id.as_str()) == id);
        let Some(relation) = relation else { return };
        let words = holder.attribute("descr").or_else(|| holder.attribute("alt"));
        let picture = (words.unwrap_or_default().to_owned(), relation.target.clone());
        paragraph.text.pictures.push(picture);
    }

    /// A file of another format inside the document, which Word shows in its place.
    fn chunk(&mut self, element: Element, out: &mut Vec<Item>) {
        let id = element.attribute("r:id");
        let relation = self.relations.iter().find(|relation| Some(relation.id.as_str()) == id);
        let Some(target) = relation.map(|relation| &relation.target) else {
            return;
        };
        let read = self.parts.bytes(target).and_then(|bytes| match bytes {
            Some(bytes) => crate::read::inner(&bytes, target),
            None => Err(crate::error::Error::Damaged(format!("{target}: the part is missing"))),
        });
        match read {
            Ok(document) => out.push(Item::Blocks(document.blocks)),
            Err(error) => self.diagnostics.push(PART_UNREADABLE.at(None, error.to_string())),
        }
    }
}

/// The text of `w:t`. White space at its ends counts only where it says so.
fn text_of(element: Element) -> String {
    let mut text = String::new();
    for inside in element.inside() {
        if let Inside::Text(piece) = inside {
            text += piece;
        }
    }
    let text = text.replace(['\r', '\n'], " ");
    if element.attribute("xml:space") == Some("preserve") {
        text
    } else {
        text.trim_matches([' ', '\t']).to_owned()
    }
}

fn symbol_of(element: Element) -> char {
    let code = element
        .attribute("w:char")
        .and_then(|code| u32::from_str_radix(code, 16).ok());
    symbol::character(element.attribute("w:font").unwrap_or_default(), code.unwrap_or(0))
}
