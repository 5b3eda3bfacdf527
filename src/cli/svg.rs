//! A page as an SVG picture of what was read from it: characters, lines, paragraphs, cells, and the keys of the figures.
//!
//! Colours: grey what the page draws, orange paragraphs, blue cells with the text that was read, green the key of a figure (red
//! where the cell holds no number). Invariant: everything drawn lies where its origin says, in PDF points.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::Write;

use nianbao::document::{Block, Document, Grid, Origin};
use nianbao::read::PageMarks;
use nianbao::report::{Evidence, Report, State};
use unicode_width::UnicodeWidthChar;

/// A box: left, top, right, bottom.
type Bbox = [f64; 4];

/// Largest text of a cell or paragraph.
const TEXT: f64 = 4.0;
/// Largest text of a key.
const KEY: f64 = 6.0;
/// Width of a character of half width, in parts of its size.
const HALF: f64 = 0.55;

const STYLE: &str = "\
text{font-family:sans-serif;white-space:pre}\
.glyph{fill:#bbb}.glyphs{fill:none;stroke:#ddd;stroke-width:.2}.lines{fill:none;stroke:#888;stroke-width:.8}\
.paragraph{fill:none;stroke:#e08000;stroke-width:.4}.paragraph-text{fill:#a05000}\
.grid{fill:none;stroke:#0050d0;stroke-width:1.2;stroke-dasharray:4 2}\
.cell{fill:#0050d0;fill-opacity:.05;stroke:#0050d0;stroke-width:.4}.cell-text{fill:#0050d0}\
.key{fill:#007000}.key.none{fill:#d00000}";

/// The pages of a document, each as an SVG file.
pub fn pages(marks: &[PageMarks], document: &Document, report: &Report) -> Vec<String> {
    let mut pages: Vec<Picture> = marks.iter().map(Picture::new).collect();
    for block in &document.blocks {
        match block {
            Block::Paragraph(paragraph) => on(&mut pages, &paragraph.origin, |page, bbox| {
                page.boxed("paragraph", bbox, &paragraph.text, &paragraph.text);
            }),
            Block::Grid(grid) => draw_grid(&mut pages, grid),
        }
    }
    for (pointer, evidence) in &report.evidence {
        if let Some(origin) = &evidence.origin {
            on(&mut pages, origin, |page, bbox| page.key(bbox, pointer, evidence));
        }
    }
    pages.into_iter().map(Picture::finish).collect()
}

/// Does something at a place, if it is one on a page.
fn on(pages: &mut [Picture], origin: &Origin, draw: impl FnOnce(&mut Picture, Bbox)) {
    if let Origin::Page { page, bbox, .. } = origin
        && let Some(picture) = (*page as usize).checked_sub(1).and_then(|index| pages.get_mut(index))
    {
        draw(picture, *bbox);
    }
}

/// The cells, and on each page the outline of those that stand on it.
fn draw_grid(pages: &mut [Picture], grid: &Grid) {
    let mut outlines: BTreeMap<u32, Bbox> = BTreeMap::new();
    for cell in grid.cells() {
        let Origin::Page { page, bbox, .. } = &cell.origin else {
            continue;
        };
        outlines
            .entry(*page)
            .and_modify(|outline| *outline = union(*outline, *bbox))
            .or_insert(*bbox);
        let title = format!(
            "row {}, column {}, {} × {}: {}",
            cell.row, cell.column, cell.row_span, cell.column_span, cell.text
        );
        on(pages, &cell.origin, |page, bbox| {
            page.boxed("cell", bbox, &title, &cell.text);
        });
    }
    for (page, bbox) in outlines {
        on(pages, &Origin::page(page, bbox), |page, bbox| {
            page.rect("grid", bbox, None);
        });
    }
}

fn union(a: Bbox, b: Bbox) -> Bbox {
    [a[0].min(b[0]), a[1].min(b[1]), a[2].max(b[2]), a[3].max(b[3])]
}

/// One page being drawn.
struct Picture {
    svg: String,
}

impl Picture {
    /// A white page with what the file draws on it.
    fn new(marks: &PageMarks) -> Self {
        let (width, height) = (Points(marks.width), Points(marks.height));
        let mut picture = Picture {
            svg: format!(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}pt\" height=\"{height}pt\" \
                 viewBox=\"0 0 {width} {height}\">\n<style>{STYLE}</style>\n\
                 <rect width=\"{width}\" height=\"{height}\" fill=\"#fff\"/>\n"
            ),
        };
        picture.path("glyphs", marks.glyphs.iter().map(|(_, bbox)| *bbox), |path, bbox| {
            let [left, top, right, bottom] = bbox.map(Points);
            path.put(format_args!("M{left} {top}H{right}V{bottom}H{left}z"));
        });
        for (character, bbox) in &marks.glyphs {
            let size = (bbox[3] - bbox[1]).min((bbox[2] - bbox[0]) * 2.0);
            let baseline = bbox[1] + 0.88 * (bbox[3] - bbox[1]);
            if !character.is_whitespace() {
                picture.text("glyph", bbox[0], baseline, size, character.encode_utf8(&mut [0; 4]));
            }
        }
        picture.path("lines", marks.lines.iter().copied(), |path, line| {
            let [x0, y0, x1, y1] = line.map(Points);
            path.put(format_args!("M{x0} {y0}L{x1} {y1}"));
        });
        picture
    }

    fn finish(mut self) -> String {
        self.svg += "</svg>\n";
        self.svg
    }

    /// Writing into a string cannot fail.
    fn put(&mut self, text: std::fmt::Arguments<'_>) {
        let _ = self.svg.write_fmt(text);
    }

    /// Many shapes as one path.
    fn path(&mut self, class: &str, shapes: impl Iterator<Item = Bbox>, mut draw: impl FnMut(&mut Picture, Bbox)) {
        self.put(format_args!("<path class=\"{class}\" d=\""));
        shapes.for_each(|shape| draw(self, shape));
        self.svg += "\"/>\n";
    }

    fn rect(&mut self, class: &str, bbox: Bbox, title: Option<&str>) {
        let (left, top) = (Points(bbox[0]), Points(bbox[1]));
        let (width, height) = (Points(bbox[2] - bbox[0]), Points(bbox[3] - bbox[1]));
        self.put(format_args!(
            "<rect class=\"{class}\" x=\"{left}\" y=\"{top}\" width=\"{width}\" height=\"{height}\""
        ));
        match title {
            Some(title) => self.put(format_args!("><title>{}</title></rect>\n", escaped(title))),
            None => self.svg += "/>\n",
        }
    }

    fn text(&mut self, class: &str, x: f64, y: f64, size: f64, text: &str) {
        let (x, y, size) = (Points(x), Points(y), Points(size));
        self.put(format_args!(
            "<text class=\"{class}\" x=\"{x}\" y=\"{y}\" font-size=\"{size}\">{}</text>\n",
            escaped(text)
        ));
    }

    /// A box with text in it, as large as fits.
    fn boxed(&mut self, class: &str, bbox: Bbox, title: &str, text: &str) {
        self.rect(class, bbox, Some(title));
        let (width, height) = (bbox[2] - bbox[0] - 1.0, bbox[3] - bbox[1] - 1.0);
        let mut size = TEXT;
        let mut lines = wrapped(text, width / size);
        while size > 1.0 && lines.len() as f64 * size > height {
            size *= 0.8;
            lines = wrapped(text, width / size);
        }
        let class = format!("{class}-text");
        for (index, line) in lines.iter().enumerate() {
            self.text(
                &class,
                bbox[0] + 0.5,
                bbox[1] + size * (index as f64 + 0.9) + 0.5,
                size,
                line,
            );
        }
    }

    /// The key of a figure at the bottom of its cell.
    fn key(&mut self, bbox: Bbox, pointer: &str, evidence: &Evidence) {
        let key = dotted(pointer);
        let width = (bbox[2] - bbox[0] - 1.0).max(1.0);
        let size = (width / (HALF * key.chars().count().max(1) as f64)).min(KEY);
        let class = match evidence.state {
            State::Number | State::Zero => "key",
            _ => "key none",
        };
        self.text(class, bbox[0] + 0.5, bbox[3] - 1.5, size, &key);
    }
}

/// `/tables/applications/values/new/total` as `new.total`.
fn dotted(pointer: &str) -> String {
    let key = pointer.split_once("/values/").map_or(pointer, |(_, key)| key);
    key.replace('/', ".").replace("~1", "/").replace("~0", "~")
}

/// Text in lines of at most a width, in parts of its size.
fn wrapped(text: &str, width: f64) -> Vec<String> {
    let mut lines = Vec::new();
    for line in text.lines() {
        let (mut part, mut used) = (String::new(), 0.0);
        for character in line.chars() {
            let wide = HALF * character.width().unwrap_or(0) as f64;
            if used + wide > width && !part.is_empty() {
                lines.push(std::mem::take(&mut part));
                used = 0.0;
            }
            part.push(character);
            used += wide;
        }
        lines.push(part);
    }
    lines
}

/// A length to 0.01 pt, as an origin has it.
struct Points(f64);

impl std::fmt::Display for Points {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", (self.0 * 100.0).round() / 100.0)
    }
}

/// Text for XML; characters that XML cannot hold become U+FFFD.
fn escaped(text: &str) -> Cow<'_, str> {
    let special = |c: char| matches!(c, '&' | '<' | '>' | '"') || unfit(c);
    if !text.contains(special) {
        return Cow::Borrowed(text);
    }
    let mut escaped = String::with_capacity(text.len() + 16);
    for character in text.chars() {
        match character {
            '&' => escaped += "&amp;",
            '<' => escaped += "&lt;",
            '>' => escaped += "&gt;",
            '"' => escaped += "&quot;",
            c if unfit(c) => escaped.push('\u{FFFD}'),
            c => escaped.push(c),
        }
    }
    Cow::Owned(escaped)
}

fn unfit(character: char) -> bool {
    matches!(character, '\0'..='\u{8}' | '\u{B}' | '\u{C}' | '\u{E}'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_fit_for_xml() {
        assert_eq!(escaped("a<b & \"c\">\u{1}"), "a&lt;b &amp; &quot;c&quot;&gt;\u{FFFD}");
    }

    #[test]
    fn text_is_wrapped_by_its_width() {
        assert_eq!(wrapped("公开12\n年", 2.3), ["公开", "12", "年"]);
        assert_eq!(wrapped("公", 0.1), ["公"]);
    }

    #[test]
    fn a_pointer_becomes_the_key_of_the_form() {
        assert_eq!(dotted("/tables/applications/values/new/total"), "new.total");
    }
}
