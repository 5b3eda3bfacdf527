//! HTML tables inside text, as converters write them into Markdown, which has no merged cells.
//!
//! Invariant: only what stands between a `<table>` and its end is read as markup; a table without an end stays text, and that is said.

use std::borrow::Cow;
use std::sync::LazyLock;

use regex::Regex;

use crate::document::{Block, Document, Origin};
use crate::read::html;

/// Tables in one text; those behind them stay text.
const MOST_TABLES: usize = 200;

/// The ends of tables and of what Markdown comments out.
#[allow(clippy::unwrap_used)]
static EDGES: LazyLock<Regex> = LazyLock::new(|| {
    // Impossible in a released program: a test reads tables.
    Regex::new(r"(?i)<table[\s>]|</table\s*>|<!--|-->").unwrap()
});
#[allow(clippy::unwrap_used)]
static CELL: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"(?i)<t[dh][\s/>]").unwrap());
/// Tags of elements that converters put around tables, titles and words.
#[allow(clippy::unwrap_used)]
static WRAPPER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)</?(?:html|body|div|p|center|span|font|section|article|h[1-6]|b|strong)(?:\s[^<>]*)?>").unwrap()
});

/// A part of a text, with the line and the column where it begins, both from 1.
#[derive(Debug, PartialEq)]
pub(super) struct Part<'a> {
    pub line: u32,
    pub column: u32,
    pub text: &'a str,
    pub is_table: bool,
}

/// The parts of a text: its tables in HTML, and what stands between them.
pub(super) fn parts(text: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let (mut line, mut column) = (1, 1);
    let mut add = |text, is_table| {
        parts.push(Part {
            line,
            column,
            text,
            is_table,
        });
        (line, column) = behind(text, line, column);
    };
    let mut end = 0;
    for (start, close) in tables(text).0 {
        add(&text[end..start], false);
        add(&text[start..close], true);
        end = close;
    }
    add(&text[end..], false);
    parts.retain(|part| !part.text.is_empty());
    parts
}

/// Where the first table without an end begins, outside of those that have one.
pub(super) fn unclosed(text: &str) -> Option<Origin> {
    let (_, open) = tables(text);
    let before = &text[..open?];
    let (line, column) = behind(before, 1, 1);
    Some(Origin::text(line, column))
}

/// Where the tables of a text begin and end, those inside others and inside comments left out, and where the first without an end begins.
fn tables(text: &str) -> (Vec<(usize, usize)>, Option<usize>) {
    let last_comment = text.rfind("-->").unwrap_or(0);
    let mut tables: Vec<(usize, usize)> = Vec::new();
    let (mut open, mut is_comment) = (Vec::new(), false);
    for edge in EDGES.find_iter(text) {
        match edge.as_str() {
            "<!--" => is_comment = edge.end() <= last_comment,
            "-->" => is_comment = false,
            _ if is_comment => {}
            tag if !tag.starts_with("</") => open.push(edge.start()),
            _ => {
                let Some(start) = open.pop() else { continue };
                let inside = tables.iter().rposition(|(inner, _)| *inner < start);
                tables.truncate(inside.map_or(0, |before| before + 1));
                tables.push((start, edge.end()));
            }
        }
    }
    tables.truncate(MOST_TABLES);
    (tables, open.first().copied())
}

/// The line and the column behind a text.
fn behind(text: &str, line: u32, column: u32) -> (u32, u32) {
    let breaks = text.matches('\n').count() as u32;
    let last = text.rsplit('\n').next().unwrap_or_default().chars().count() as u32;
    (line + breaks, if breaks > 0 { last + 1 } else { column + last })
}

/// Reads a table, each cell with its place in the text.
pub(super) fn read(table: &Part, document: &mut Document) {
    let start = Origin::text(table.line, table.column);
    let (mut blocks, diagnostics) = html::table(table.text);
    let mut places = places(table);
    let count: usize = blocks.iter().map(cells).sum();
    if count != places.len() {
        places.clear();
    }
    let mut places = places.into_iter();
    for block in &mut blocks {
        match block {
            Block::Paragraph(paragraph) => paragraph.origin = start.clone(),
            Block::Grid(grid) => {
                let mut origins = grid.origins_mut();
                origins.next().into_iter().for_each(|whole| *whole = start.clone());
                origins.for_each(|cell| *cell = places.next().unwrap_or_else(|| start.clone()));
            }
        }
    }
    document.blocks.append(&mut blocks);
    document.diagnostics.extend(diagnostics);
}

fn cells(block: &Block) -> usize {
    match block {
        Block::Paragraph(_) => 0,
        Block::Grid(grid) => grid.cells().len(),
    }
}

/// Where the cells of a table begin.
fn places(table: &Part) -> Vec<Origin> {
    let (mut line, mut column, mut end) = (table.line, table.column, 0);
    let cells = CELL.find_iter(table.text).map(|cell| {
        (line, column) = behind(&table.text[end..cell.start()], line, column);
        end = cell.start();
        Origin::text(line, column)
    });
    cells.collect()
}

/// A line without the tags that converters put around words.
pub(super) fn without_wrappers(line: &str) -> Cow<'_, str> {
    if line.contains('<') {
        WRAPPER.replace_all(line, "")
    } else {
        line.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<(u32, u32, &str, bool)> {
        let parts = parts(text).into_iter();
        parts
            .map(|part| (part.line, part.column, part.text, part.is_table))
            .collect()
    }

    #[test]
    fn a_table_is_cut_out_with_those_inside_it() {
        assert_eq!(
            cut("甲\n乙<TABLE\nid=1><tr><td><table></table></td></tr></table >丙\n丁"),
            [
                (1, 1, "甲\n乙", false),
                (2, 2, "<TABLE\nid=1><tr><td><table></table></td></tr></table >", true),
                (3, 48, "丙\n丁", false)
            ]
        );
    }

    #[test]
    fn what_has_no_end_or_is_commented_out_is_no_table() {
        for text in [
            "<table><tr>",
            "</table>",
            "<tablet></table>",
            "<!-- <table></table> -->",
        ] {
            assert_eq!(cut(text), [(1, 1, text, false)]);
        }
        assert_eq!(unclosed("甲\n 乙<table><tr><table></table>"), Some(Origin::text(2, 3)));
        assert_eq!(unclosed("<!-- <table> --><table></table>"), None);
        let tables = |text| cut(text).into_iter().filter(|part| part.3).count();
        assert_eq!(tables("<table> <table></table> <table></table>"), 2);
        assert_eq!(tables("<!-- <table></table>"), 1);
    }

    #[test]
    fn every_cell_knows_its_line_and_column() {
        let mut document = Document::default();
        let text =
            "甲<table><tr><td>规章</td><td colspan=2>3</td></tr>\n<tr><th>许可</th><td></td><td>5</td></tr></table>";
        for part in parts(text).iter().filter(|part| part.is_table) {
            read(part, &mut document);
        }
        let [Block::Grid(grid)] = &document.blocks[..] else {
            panic!("{:?}", document.blocks)
        };
        let cells: Vec<(&str, Origin)> = grid
            .cells()
            .iter()
            .map(|cell| (cell.text.as_str(), cell.origin.clone()))
            .collect();
        assert_eq!(
            cells,
            [
                ("规章", Origin::text(1, 13)),
                ("3", Origin::text(1, 24)),
                ("许可", Origin::text(2, 5)),
                ("", Origin::text(2, 16)),
                ("5", Origin::text(2, 25)),
            ]
        );
        assert_eq!(*grid.origin(), Origin::text(1, 2));
    }

    #[test]
    fn tags_around_words_are_dropped_and_others_kept() {
        for (line, plain) in [
            ("<div style=\"text-align: center;\">年报</div>", "年报"),
            ("</body></html>", ""),
            ("<h1>甲</h1><br>a < b", "甲<br>a < b"),
            ("《甲》<p", "《甲》<p"),
        ] {
            assert_eq!(without_wrappers(line), plain, "{line}");
        }
    }
}
