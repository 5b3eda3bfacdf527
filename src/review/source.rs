//! A source as a person sees it, with a mark on each place that its report names.
//!
//! A worker process makes the [`View`] of the bytes, for they may be hostile; [`Source`] draws it. Invariant: what is drawn of a
//! source is escaped by `maud` or was sanitised by [`super::markup`]; a mark lies where the origin of its figure says.

use std::collections::HashMap;

use maud::{Markup, html};
use serde::{Deserialize, Serialize};

use super::labels::both;
use super::markup;
use super::places::{Place, Places};
use crate::document::{Block, Document, Grid, Origin};
use crate::error::Error;
use crate::extract::document;
use crate::read::shown::{Shown, shown, with_pdf};
use crate::read::{Hints, PageMarks};

/// Most lines of a text, or paragraphs and rows of a document, that are drawn: more than any report has.
const MOST_LINES: usize = 20_000;
/// Most pages that are drawn.
pub(super) const MOST_PAGES: usize = 500;
/// Widths in pixels in which a browser may ask for a page.
pub(super) const WIDTHS: [u32; 3] = [700, 1100, 1600];

/// What there is to see of a file.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum View {
    /// Pages to be drawn as pictures, each with its width and height in points.
    Pages(Vec<(f64, f64)>),
    /// What each page draws.
    Drawn(Vec<PageMarks>),
    /// Sanitised markup with marks in it, a whole page.
    Markup(String),
    /// Plain text.
    Text(String),
    /// What the reader made of the file.
    Laid(Document),
}

/// Looks at a file. `link` is what the address of a mark begins with, for markup.
///
/// # Errors
/// As for [`read`].
pub fn view(bytes: &[u8], hints: &Hints, places: &Places, link: Option<&str>) -> Result<View, Error> {
    Ok(match shown(bytes, hints)? {
        Shown::Pdf(bytes) => View::Pages(with_pdf(&bytes, hints, |pdf| {
            let pages = pdf.pages().iter().take(MOST_PAGES);
            let sizes = pages.map(|page| page.render_dimensions());
            Ok(sizes.map(|(width, height)| (width.into(), height.into())).collect())
        })?),
        Shown::Drawn(pages) => View::Drawn(pages),
        Shown::Markup(pages) => View::Markup(markup::marked(&pages, places, link)),
        Shown::Text(text) => View::Text(text),
        Shown::Laid => View::Laid(document(bytes, hints)?),
    })
}

/// A view and where the parts come from that are not in the page itself.
pub struct Source<'a> {
    /// What is seen.
    pub view: &'a View,
    /// The places of the report.
    pub places: &'a Places,
    /// Address of a page as a picture, by its number from 1 and its width in pixels.
    pub picture: &'a dyn Fn(usize, u32) -> String,
    /// Address of the sanitised markup.
    pub frame: &'a str,
}

impl Source<'_> {
    /// Draws it.
    pub fn draw(&self) -> Markup {
        match self.view {
            View::Pages(sizes) => html! {
                @for (index, &(width, height)) in sizes.iter().enumerate() { (self.page(index + 1, width, height)) }
            },
            View::Drawn(pages) => html! {
                @for (index, page) in pages.iter().enumerate().take(MOST_PAGES) { (self.drawn(index + 1, page)) }
            },
            View::Markup(_) => html! {
                iframe #frame name="source" sandbox="" src=(self.frame) title="源文件 Source" {}
            },
            View::Text(text) => self.text(text),
            View::Laid(document) => self.laid(document),
        }
    }

    fn page(&self, number: usize, width: f64, height: f64) -> Markup {
        let set: Vec<String> = WIDTHS
            .iter()
            .map(|w| format!("{} {w}w", (self.picture)(number, *w)))
            .collect();
        let alone = set.len() == 1 || set[0].starts_with("data:");
        html! {
            figure.sheet {
                img src=((self.picture)(number, WIDTHS[1])) srcset=[(!alone).then(|| set.join(", "))] sizes="(max-width: 60em) 100vw, 50vw"
                    loading="lazy" width=(width.ceil()) height=(height.ceil()) alt=(format!("第 {number} 页 page {number}"));
                svg viewBox=(format!("0 0 {width} {height}")) role="group" aria-label=(format!("page {number}")) { (self.boxes(number)) }
            }
        }
    }

    /// The marks of a page.
    fn boxes(&self, number: usize) -> Markup {
        html! {
            @for (place, on) in self.places.iter() {
                @if let Origin::Page { page, bbox: [x0, y0, x1, y1], .. } = &on.origin {
                    @if *page as usize == number {
                        a href=(format!("#f{place}")) data-p=(place) {
                            rect #(format!("p{place}")) x=(x0) y=(y0) width=((x1 - x0).max(1.0)) height=((y1 - y0).max(1.0)) {
                                title { (on.pointers.join(" ")) }
                            }
                        }
                    }
                }
            }
        }
    }

    fn drawn(&self, number: usize, page: &PageMarks) -> Markup {
        html! {
            figure.sheet {
                svg.paper viewBox=(format!("0 0 {} {}", page.width, page.height)) role="group" aria-label=(format!("page {number}")) {
                    @for [x0, y0, x1, y1] in &page.lines { line x1=(x0) y1=(y0) x2=(x1) y2=(y1); }
                    @for (character, [x0, y0, x1, y1]) in page.glyphs.iter().filter(|glyph| !glyph.0.is_whitespace()) {
                        text x=(x0) y=(y0 + 0.88 * (y1 - y0)) font-size=((y1 - y0).min((x1 - x0) * 2.0)) { (character) }
                    }
                    (self.boxes(number))
                }
            }
        }
    }

    fn text(&self, text: &str) -> Markup {
        let mut marks: HashMap<u32, Vec<(usize, usize, usize)>> = HashMap::new();
        let lines: Vec<&str> = text.lines().take(MOST_LINES).collect();
        for (number, place) in self.places.iter() {
            if let Origin::Text { line, column, .. } = place.origin
                && let Some(text) = lines.get((line as usize).saturating_sub(1))
            {
                let (begin, end) = extent(text, column as usize, &place.text);
                marks.entry(line).or_default().push((begin, end, number));
            }
        }
        html! {
            ol.lines {
                @for (number, line) in (1u32..).zip(&lines) {
                    li #(format!("l{number}")) { (marked_line(line, marks.remove(&number).unwrap_or_default())) }
                }
            }
            @if text.lines().nth(MOST_LINES).is_some() { p.note { (both("其余行未显示。", "Further lines are not shown.")) } }
        }
    }

    fn laid(&self, document: &Document) -> Markup {
        let by_origin: Vec<(usize, &Place)> = self.places.iter().collect();
        let number = |origin: &Origin| {
            by_origin
                .iter()
                .find(|(_, place)| place.origin == *origin)
                .map(|(number, _)| *number)
        };
        html! {
            div.laid {
                @for block in document.blocks.iter().take(MOST_LINES) {
                    @match block {
                        Block::Paragraph(paragraph) => p { (marked(number(&paragraph.origin), &paragraph.text)) },
                        Block::Grid(grid) => (grid_of(grid, &number)),
                    }
                }
            }
        }
    }
}

/// A grid as a table.
fn grid_of(grid: &Grid, number: &dyn Fn(&Origin) -> Option<usize>) -> Markup {
    let mut rows: Vec<Vec<&crate::document::Cell>> = vec![Vec::new(); grid.rows().min(MOST_LINES)];
    for cell in grid.cells() {
        if let Some(row) = rows.get_mut(cell.row) {
            row.push(cell);
        }
    }
    html! {
        table {
            @for row in rows {
                tr {
                    @for cell in row {
                        td rowspan=[(cell.row_span > 1).then_some(cell.row_span)] colspan=[(cell.column_span > 1).then_some(cell.column_span)] {
                            (marked(number(&cell.origin), &cell.text))
                        }
                    }
                }
            }
        }
    }
}

/// Text as a mark, if it is one.
fn marked(number: Option<usize>, text: &str) -> Markup {
    html! {
        @match number {
            Some(number) => a.mark #(format!("p{number}")) href=(format!("#f{number}")) data-p=(number) { (text) },
            None => (text),
        }
    }
}

/// Where in a line something stands, in bytes: at its column, or, where the line has it elsewhere, there; else the word at the column.
fn extent(line: &str, column: usize, text: &str) -> (usize, usize) {
    let begin = line
        .char_indices()
        .nth(column.saturating_sub(1))
        .map_or(line.len(), |(at, _)| at);
    if text.is_empty() {
        return (begin, begin);
    }
    if line[begin..].starts_with(text) {
        return (begin, begin + text.len());
    }
    if let Some(at) = line.find(text).filter(|_| text.chars().count() > 12) {
        return (at, at + text.len());
    }
    let word = line[begin..].find(|c: char| c.is_whitespace() || c == '|');
    (begin, begin + word.unwrap_or(line.len() - begin))
}

/// A line with its marks; of two that overlap the second is a point.
fn marked_line(line: &str, mut marks: Vec<(usize, usize, usize)>) -> Markup {
    marks.sort_by_key(|&(begin, end, number)| (begin, std::cmp::Reverse(end), number));
    let mut at = 0;
    let mut parts = Vec::new();
    for (begin, end, number) in marks {
        let (begin, end) = if begin < at { (at, at) } else { (begin, end) };
        parts.push((&line[at..begin], &line[begin..end], number));
        at = end;
    }
    html! {
        @for (before, text, number) in parts { (before) (marked(Some(number), text)) }
        (line[at..])
    }
}
