//! The walk that turns the page into blocks, properties and links.
//!
//! Inside the article every line becomes a paragraph and every data table a grid. Before it, only its heading and name and value
//! pairs are taken. Invariant: inside the article nothing visible is passed over but marked furniture.

use super::look::Look;
use super::properties::{self, property};
use super::select::Choice;
use super::sites::{Marks, SITES};
use super::table::Rows;
use super::text::{Finished, Line, Seam};
use super::tree::{Page, Tag};
use super::{embedded, links};
use crate::document::{Block, Grid, Link, Origin, Paragraph, Property, Shown};

/// Most blocks that a page may have.
const MAX_BLOCKS: usize = 200_000;
/// How many lines at the beginning of the article may be metadata.
const HEAD_LINES: usize = 12;

/// What a walk yields.
#[derive(Default)]
pub(super) struct Output {
    pub(super) blocks: Vec<Block>,
    pub(super) properties: Vec<Property>,
    pub(super) links: Vec<Link>,
    /// The pictures of the article.
    pub(super) pictures: Vec<Shown>,
    /// Frames in the article: their address and place.
    pub(super) frames: Vec<(String, Origin)>,
    /// Elements in the article whose text is markup.
    pub(super) embedded: Vec<(u32, usize)>,
    /// Grids that had to be cut.
    pub(super) cut: Vec<Origin>,
    /// Whether blocks were left out because there were too many.
    pub(super) overflow: bool,
}

/// Walks the page.
pub(super) fn run(page: &Page<'_>, choice: &Choice) -> Output {
    let mut flow = Flow {
        page,
        choice,
        out: Output::default(),
        line: Line::default(),
        frames: Vec::new(),
        state: State::default(),
        place: Place::Outside,
        path: (u32::MAX, String::new()),
        pending: None,
        head: true,
    };
    flow.walk();
    flow.out
}

/// Where the walk is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Outside,
    Title,
    Inside,
}

/// What holds for the text of an element, unless an element inside changes it.
#[derive(Clone, Copy, Default)]
struct State {
    bold: bool,
    heading: Option<u8>,
    preformatted: bool,
    /// Above or below the line.
    look: Look,
}

/// An open element.
struct Frame {
    end: u32,
    block: bool,
    /// Whether it is doubtful that, or where, its text is seen.
    unsure: bool,
    outer: State,
    place: Place,
}

struct Flow<'p, 'a> {
    page: &'p Page<'a>,
    choice: &'p Choice,
    out: Output,
    line: Line,
    frames: Vec<Frame>,
    state: State,
    place: Place,
    /// The last path that was asked for; lines of one block share it.
    path: (u32, String),
    /// A field name that stood alone on its line.
    pending: Option<String>,
    /// Whether no content has come yet, so that metadata lines may.
    head: bool,
}

impl Flow<'_, '_> {
    fn walk(&mut self) {
        let page = self.page;
        let mut next = page.body();
        while (next as usize) < page.nodes.len() && !self.out.overflow {
            self.leave(next);
            let node = &page.nodes[next as usize];
            let place = self.enter(next);
            let skipped = matches!(node.tag, Tag::Skipped | Tag::Script) || node.hidden || node.furniture;
            if skipped || (self.place == Place::Inside && self.is_link_list(next)) {
                self.place = place;
                if node.block {
                    self.end_line();
                } else {
                    self.unread(next);
                }
                next = node.end;
                continue;
            }
            let mut jump = false;
            match node.tag {
                Tag::Text if self.state.preformatted => self.preformatted(next),
                Tag::Text => {
                    let text = self.state.look.draw(node.text());
                    self.line.push(&text, next, self.state.bold);
                }
                Tag::Break => self.end_line(),
                Tag::Embedded => {
                    self.end_line();
                    if self.place == Place::Inside {
                        self.out.embedded.push((next, self.out.blocks.len()));
                    }
                    jump = true;
                }
                Tag::Image | Tag::Frame | Tag::Link if self.place != Place::Title => self.reference(next),
                Tag::Table if !self.choice.layout[next as usize] => {
                    self.end_line();
                    self.table(next, Rows::of_table(page, next));
                    jump = true;
                }
                _ if node.marks.has(Marks::TABLE) && node.tag != Tag::Table => {
                    if let Some(rows) = Rows::of_marked(page, next) {
                        self.end_line();
                        self.table(next, rows);
                        jump = true;
                    }
                }
                _ => {}
            }
            if jump {
                self.place = place;
                next = node.end;
                continue;
            }
            if node.tag != Tag::Text {
                self.open(next, place);
            }
            next += 1;
        }
        self.leave(u32::MAX);
        self.end_line();
    }

    /// Notes where an element stands; gives the place that was before.
    fn enter(&mut self, index: u32) -> Place {
        let before = self.place;
        if index == self.choice.root {
            self.end_line();
            self.place = Place::Inside;
        } else if Some(index) == self.choice.title {
            self.end_line();
            self.place = Place::Title;
        }
        before
    }

    fn open(&mut self, index: u32, place: Place) {
        let node = &self.page.nodes[index as usize];
        if node.block {
            self.end_line();
        }
        let unsure = node.look.has(Look::UNSURE) || node.look.has(Look::ODD);
        if unsure {
            self.line.seam(seam_of(node.look));
        }
        if node.tag == Tag::Image {
            self.unread(index);
        }
        self.frames.push(Frame {
            end: node.end,
            unsure,
            block: node.block,
            outer: self.state,
            place,
        });
        self.state.bold = node.bold.unwrap_or(self.state.bold);
        if node.look.is_off_line() {
            self.state.look = node.look;
        }
        match node.tag {
            Tag::Heading(level) => self.state.heading = Some(level),
            Tag::Preformatted => self.state.preformatted = true,
            _ => {}
        }
    }

    /// Parts the line at an element that is not read; a picture at its beginning is an ornament.
    fn unread(&mut self, index: u32) {
        if !self.line.is_empty() {
            unread(&mut self.line, self.page, index);
        }
    }

    /// Closes the elements that end before a node.
    fn leave(&mut self, next: u32) {
        while let Some(frame) = self.frames.pop_if(|frame| frame.end <= next) {
            if frame.block || frame.place != self.place {
                self.end_line();
            } else if frame.unsure {
                self.line.seam(Seam::Unsure);
            }
            self.state = frame.outer;
            self.place = frame.place;
        }
    }

    fn preformatted(&mut self, index: u32) {
        for (number, part) in self.page.nodes[index as usize].text().split('\n').enumerate() {
            if number > 0 {
                self.end_line();
            }
            self.line.push(part, index, self.state.bold);
        }
    }

    fn end_line(&mut self) {
        if self.line.is_empty() {
            self.line = Line::default();
            return;
        }
        let Some(line) = self.line.finish() else { return };
        if SITES.is_furniture_line(&line.text, self.place == Place::Inside && self.choice.certain) {
            return;
        }
        if self.place != Place::Inside || (self.head && self.out.blocks.len() < HEAD_LINES) {
            if self.field(&line) {
                return;
            }
            if self.place == Place::Outside {
                return;
            }
        }
        let heading = match self.place {
            Place::Title => Some(self.state.heading.unwrap_or(1)),
            _ => self.state.heading,
        };
        if line.text.contains('。') {
            self.head = false;
        }
        let origin = self.origin(line.start);
        self.push(Block::Paragraph(Paragraph {
            text: line.text,
            heading,
            strong: line.strong,
            origin,
        }));
    }

    /// Takes a line of metadata; false if it is none. After the article has begun, a page has no more of it.
    fn field(&mut self, line: &Finished) -> bool {
        if self.place == Place::Outside && self.choice.root < line.start {
            return false;
        }
        if let Some(name) = self.pending.take()
            && !SITES.is_property_name(&line.text)
            && properties::pairs(&line.text).is_none()
        {
            let origin = self.origin(line.start);
            self.out.properties.push(property(&name, &line.text, origin));
            return true;
        }
        let Some(pairs) = properties::pairs(&line.text) else {
            return false;
        };
        let origin = self.origin(line.start);
        for (name, value) in &pairs {
            if !value.is_empty() {
                self.out.properties.push(property(name, value, origin.clone()));
            } else if self.place == Place::Outside && pairs.len() == 1 {
                self.pending = Some((*name).to_string());
            }
        }
        true
    }

    /// The place of a line: the innermost block that its first character stands in.
    fn origin(&mut self, text: u32) -> Origin {
        let block = self.page.ancestors(text).find(|&i| self.page.nodes[i as usize].block);
        let block = block.unwrap_or(text);
        if self.path.0 != block {
            self.path = (block, self.page.path(block));
        }
        Origin::Path(self.path.1.clone())
    }

    fn push(&mut self, block: Block) {
        if self.out.blocks.len() >= MAX_BLOCKS {
            self.out.overflow = true;
            return;
        }
        self.out.blocks.push(block);
    }

    fn table(&mut self, index: u32, rows: Rows) {
        if self.place == Place::Outside && self.choice.root < index {
            return;
        }
        for &caption in &rows.captions {
            if self.place == Place::Inside {
                self.caption(caption);
            }
        }
        let mut pictures = Vec::new();
        let (grid, cut) = rows.grid(self.page, index, |cell| cell_text(self.page, cell, &mut pictures));
        if let Some(properties) = properties::of_grid(&grid) {
            self.out.properties.extend(properties);
            return;
        }
        if self.place != Place::Inside {
            return;
        }
        if cut {
            self.out.cut.push(grid.origin().clone());
        }
        for reference in pictures {
            self.reference(reference);
        }
        if has_text(&grid) {
            self.push(Block::Grid(grid));
        }
    }

    fn caption(&mut self, index: u32) {
        let text = cell_text(self.page, index, &mut Vec::new());
        for line in text.split('\n').filter(|line| !line.is_empty()) {
            self.push(Block::Paragraph(Paragraph {
                text: line.to_string(),
                heading: None,
                strong: false,
                origin: Origin::Path(self.page.path(index)),
            }));
        }
    }

    /// Notes a picture, a frame or a link to a file.
    fn reference(&mut self, index: u32) {
        let inside = self.place == Place::Inside;
        let Some(reference) = links::reference(self.page, index) else {
            return;
        };
        match reference {
            links::Reference::File(link) => self.out.links.push(link),
            links::Reference::Picture(link) if inside => {
                self.out.pictures.push(Shown {
                    link: self.out.links.len(),
                    before: self.out.blocks.len(),
                    data: links::data(self.page, index),
                });
                self.out.links.push(link);
            }
            links::Reference::Frame(address, origin) if inside => self.out.frames.push((address, origin)),
            _ => {}
        }
    }

    /// Whether an element is a menu: links and hardly anything else. Inside a known container nothing is one.
    fn is_link_list(&self, index: u32) -> bool {
        let node = &self.page.nodes[index as usize];
        if self.choice.certain
            || !node.block
            || index == self.choice.root
            || matches!(node.tag, Tag::Table | Tag::Heading(_))
        {
            return false;
        }
        let (size, prose) = (self.choice.size[index as usize], self.choice.prose[index as usize]);
        if size < 8 || prose * 6 > size || embedded::has_article(self.page, index) {
            return false;
        }
        let inside = || &self.page.nodes[index as usize..node.end as usize];
        inside().iter().filter(|node| node.tag == Tag::Link).take(4).count() == 4
            && !inside()
                .iter()
                .any(|node| node.tag == Tag::Link && node.attr("href").is_some_and(links::is_file))
    }
}

fn has_text(grid: &Grid) -> bool {
    grid.cells()
        .iter()
        .any(|cell| !cell.text.is_empty() && !cell.text.starts_with('〔'))
}

/// The text of a cell, one line for each line that a browser would break. References inside are noted.
fn cell_text(page: &Page<'_>, cell: u32, references: &mut Vec<u32>) -> String {
    let mut text = String::new();
    let mut line = Line::default();
    let (mut ends, mut seams): (Vec<u32>, Vec<u32>) = (Vec::new(), Vec::new());
    let mut odd = page.nodes[cell as usize].look.has(Look::ODD);
    let (mut look, mut look_end) = (Look::default(), cell);
    let mut other: Option<String> = None;
    let mut end_line = |line: &mut Line| {
        if let Some(finished) = line.finish() {
            if text.is_empty() {
                text = finished.text;
            } else {
                text.push('\n');
                text.push_str(&finished.text);
            }
        }
    };
    let end = page.nodes[cell as usize].end;
    let mut next = cell + 1;
    while next < end {
        while ends.pop_if(|end| *end <= next).is_some() {
            end_line(&mut line);
        }
        let node = &page.nodes[next as usize];
        while seams.pop_if(|end| *end <= next).is_some() {
            line.seam(Seam::Unsure);
        }
        other = other.or_else(|| shown_otherwise(page, next));
        if node.hidden || matches!(node.tag, Tag::Script | Tag::Skipped) {
            unread(&mut line, page, next);
            next = node.end;
            continue;
        }
        odd |= node.look.has(Look::ODD);
        if node.look.has(Look::UNSURE) {
            line.seam(Seam::Unsure);
            seams.push(node.end);
        }
        if next >= look_end {
            look = Look::default();
        }
        if node.look.is_off_line() {
            (look, look_end) = (node.look, node.end);
        }
        match node.tag {
            Tag::Text => line.push(&look.draw(node.text()), next, false),
            Tag::Break => end_line(&mut line),
            Tag::Image => {
                references.push(next);
                unread(&mut line, page, next);
            }
            Tag::Link => references.push(next),
            // A form that was saved with its figures in it.
            Tag::Input => {
                line.space();
                line.push(node.attr("value").unwrap_or_default(), next, false);
                line.space();
            }
            _ => {}
        }
        if node.block {
            end_line(&mut line);
            ends.push(node.end);
        }
        next += 1;
    }
    end_line(&mut line);
    if odd && (text.is_empty() || text.contains(char::is_numeric)) {
        text.insert_str(0, ODD);
    }
    if text.is_empty() {
        other.unwrap_or_default()
    } else {
        text
    }
}

/// Parts a line where an element stands that is not read as text: by a gap where it takes room unseen, by a mark where it shows something
/// else.
fn unread(line: &mut Line, page: &Page<'_>, index: u32) {
    let node = &page.nodes[index as usize];
    let is_text = node.tag == Tag::Text;
    if node.hidden && (is_text || node.look.hides() && !node.look.has(Look::GONE)) {
        line.space();
    } else if !node.hidden && shown_otherwise(page, index).is_some() {
        line.seam(Seam::Other);
    }
}

/// What an element does to a number that it is a part of.
fn seam_of(look: Look) -> Seam {
    if look.has(Look::ODD) { Seam::Other } else { Seam::Unsure }
}

/// Stands before text that a browser shows otherwise than it is written.
const ODD: &str = "〔样式〕";
/// A picture of so few pixels only keeps room.
const SPACER: u32 = 4;

/// What an element shows that is no text of the page: a picture, a formula, a choice, something struck out. A cell with nothing else in
/// it is not blank.
fn shown_otherwise(page: &Page<'_>, index: u32) -> Option<String> {
    let node = &page.nodes[index as usize];
    let name = node.element()?.name();
    let side = |name: &str| {
        node.attr(name)
            .and_then(|size| size.trim_end_matches("px").parse::<u32>().ok())
    };
    let spacer = ["width", "height"]
        .iter()
        .any(|name| side(name).is_some_and(|size| size < SPACER));
    let what = match name {
        "img" if !spacer => "〔图片〕",
        "math" | "svg" | "canvas" => "〔公式或图形〕",
        "select" => "〔选项〕",
        "button" | "marquee" => "〔控件〕",
        _ if node.look.has(Look::STRUCK) => "〔删除线〕",
        _ => return None,
    };
    let text = node.attr("alt").map_or_else(|| page.raw_text(index), str::to_owned);
    Some(format!(
        "{what}{}",
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    ))
}
