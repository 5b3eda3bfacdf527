//! Tables with nothing but horizontal rules (三线表), which show their columns by alignment alone.
//!
//! Invariant: a column is a stretch that a gap parts from its neighbours in every row; where rows do not agree on the gaps there
//! is no table, and the text stays running text. So does a table without any line: its rows are lines.

use std::collections::BTreeSet;

use kurbo::Rect;

use super::super::chars;
use super::super::glyph::Glyph;
use super::super::segment::Segment;
use super::super::table::{Cell, Slots, Table};
use super::super::text::{self, Row};
use crate::document::GridKind;

/// How far the ends of two rules of one table may differ.
const RULES: f64 = 8.0;
/// Gap, in em, that parts two columns in a row.
const GAP: f64 = 0.9;

/// A stretch of a row without a wide gap.
pub(super) struct Part<'g> {
    pub from: f64,
    pub to: f64,
    pub glyphs: Vec<&'g Glyph>,
}

/// A row as its parts.
pub(super) struct Line<'g> {
    pub bbox: Rect,
    pub size: f64,
    pub parts: Vec<Part<'g>>,
}

impl<'g> Line<'g> {
    /// What it says.
    pub fn text(&self) -> String {
        let glyphs = self.parts.iter().flat_map(|part| &part.glyphs);
        glyphs.map(|glyph| glyph.character).collect()
    }
}

/// Takes rows apart.
pub(super) fn lines(rows: Vec<Row<'_>>) -> Vec<Line<'_>> {
    rows.into_iter().map(split).collect()
}

/// Finds tables among the rows that no ruled table took. `rules` are the horizontal lines that frame no cell.
pub(super) fn find(lines: &[Line<'_>], rules: &[Segment], page: usize) -> Vec<(Table, Vec<u32>)> {
    let mut used = vec![false; lines.len()];
    let mut tables = Vec::new();
    for band in bands(rules) {
        let inside: Vec<usize> = (0..lines.len())
            .filter(|index| !used[*index] && band.contains(lines[*index].bbox.center()))
            .collect();
        if let Some(table) = between_rules(lines, &inside, rules, band, page) {
            inside.iter().for_each(|index| used[*index] = true);
            tables.push(table);
        }
    }
    tables
}

fn split(row: Row<'_>) -> Line<'_> {
    let mut parts: Vec<Part<'_>> = Vec::new();
    for glyph in row.printed_refs() {
        match parts.last_mut() {
            Some(part) if glyph.bbox.x0 - part.to < GAP * glyph.size && !parts_numbers(part, glyph) => {
                part.to = part.to.max(glyph.bbox.x1);
                part.glyphs.push(glyph);
            }
            _ => parts.push(Part {
                from: glyph.bbox.x0,
                to: glyph.bbox.x1,
                glyphs: vec![glyph],
            }),
        }
    }
    Line {
        bbox: row.bbox,
        size: row.size(),
        parts,
    }
}

/// Whether the gap before a glyph parts two numbers.
fn parts_numbers(part: &Part<'_>, glyph: &Glyph) -> bool {
    let Some(last) = part.glyphs.last() else {
        return false;
    };
    chars::is_digit(last.character) && chars::is_digit(glyph.character) && text::gap(last, glyph) == text::Gap::Apart
}

/// Boxes between the first and the last of rules that stand below each other, equally long.
pub(super) fn bands(rules: &[Segment]) -> Vec<Rect> {
    let mut sorted: Vec<&Segment> = rules.iter().filter(|rule| rule.length() > 60.0).collect();
    sorted.sort_by(|a, b| a.at.total_cmp(&b.at));
    let mut bands: Vec<Rect> = Vec::new();
    let same = |a: f64, b: f64| (a - b).abs() < RULES;
    for rule in sorted {
        match bands
            .iter_mut()
            .find(|band| same(band.x0, rule.from) && same(band.x1, rule.to))
        {
            Some(band) => band.y1 = rule.at,
            None => bands.push(Rect::new(rule.from, rule.at, rule.to, rule.at)),
        }
    }
    bands.retain(|band| band.height() > 10.0);
    bands
}

/// The table between rules: at least three of them, or the figures of a table without lines.
fn between_rules(
    lines: &[Line<'_>],
    inside: &[usize],
    rules: &[Segment],
    band: Rect,
    page: usize,
) -> Option<(Table, Vec<u32>)> {
    let own: Vec<&Segment> = rules
        .iter()
        .filter(|rule| rule.at >= band.y0 - 1.0 && rule.at <= band.y1 + 1.0 && (rule.from - band.x0).abs() < RULES)
        .collect();
    if inside.len() < 2 || own.len() < 3 {
        return None;
    }
    let head = own
        .iter()
        .map(|rule| rule.at)
        .filter(|y| *y > band.y0 + 3.0)
        .fold(f64::MAX, f64::min);
    let body: Vec<&Line<'_>> = inside
        .iter()
        .map(|index| &lines[*index])
        .filter(|line| line.bbox.center().y > head)
        .collect();
    let all: Vec<&Line<'_>> = inside.iter().map(|index| &lines[*index]).collect();
    let columns = columns(if body.is_empty() { &all } else { &body });
    let rows = rows(&all, &columns, &own, head);
    // Lines of form fields and rules around a paragraph have text that fills the line or stands in one place.
    let parted = body.iter().filter(|line| line.parts.len() > 1).count();
    (columns.len() > 1 && parted * 2 > body.len()).then(|| table(&rows, &columns, band, page))
}

/// Stretches of x that are parted by a gap in all of the lines.
fn columns(lines: &[&Line<'_>]) -> Vec<(f64, f64)> {
    let parts = lines.iter().flat_map(|line| &line.parts);
    let size = lines.iter().map(|line| line.size).fold(f64::MAX, f64::min);
    clusters(parts.map(|part| (part.from, part.to)), size)
}

/// The lines of each row: the lines between two rules below the header where they may be one, else each line is a row.
fn rows<'l, 'g>(
    lines: &[&'l Line<'g>],
    columns: &[(f64, f64)],
    rules: &[&Segment],
    head: f64,
) -> Vec<Vec<&'l Line<'g>>> {
    let stretch = |line: &Line<'_>| rules.iter().filter(|rule| rule.at < line.bbox.center().y).count();
    let is_row = |of: &[&Line<'_>]| of[0].bbox.center().y > head && is_row(of, columns);
    let stretches = lines.chunk_by(|one, next| stretch(one) == stretch(next));
    stretches
        .flat_map(|of| match is_row(of) {
            true => vec![of.to_vec()],
            false => of.iter().map(|line| vec![*line]).collect(),
        })
        .collect()
}

/// Whether lines have words in front and no column with two figures.
fn is_row(lines: &[&Line<'_>], columns: &[(f64, f64)]) -> bool {
    let mut has_label = false;
    let mut with_digits = BTreeSet::new();
    for part in lines.iter().flat_map(|line| &line.parts) {
        let Some((column, _)) = covered(part, columns) else {
            continue;
        };
        let has_digit = part.glyphs.iter().any(|glyph| chars::is_digit(glyph.character));
        if column == 0 && is_figure(part) || has_digit && !with_digits.insert(column) {
            return false;
        }
        has_label |= column == 0;
    }
    has_label && !with_digits.is_empty()
}

/// Joins stretches that overlap, or nearly so for characters of a size.
pub(super) fn clusters(found: impl Iterator<Item = (f64, f64)>, size: f64) -> Vec<(f64, f64)> {
    let mut stretches: Vec<(f64, f64)> = found.collect();
    stretches.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut clusters: Vec<(f64, f64)> = Vec::new();
    for (from, to) in stretches {
        match clusters.last_mut() {
            Some(cluster) if from < cluster.1 + 0.3 * size => cluster.1 = cluster.1.max(to),
            _ => clusters.push((from, to)),
        }
    }
    clusters
}

/// Whether a stretch is one number, or a mark that stands for one.
pub(super) fn is_figure(part: &Part<'_>) -> bool {
    part.glyphs.iter().any(|glyph| chars::is_digit(glyph.character))
        && part
            .glyphs
            .iter()
            .all(|glyph| chars::is_numeric(glyph.character) || "-+—－".contains(glyph.character))
}

/// First and last column that a part reaches into.
fn covered(part: &Part<'_>, columns: &[(f64, f64)]) -> Option<(usize, usize)> {
    let touched = |column: &(f64, f64)| part.to > column.0 && part.from < column.1;
    let first = columns.iter().position(touched)?;
    let last = columns.iter().rposition(touched)?;
    Some((first, last))
}

/// A table of rows, each with its lines, in a box.
fn table(rows: &[Vec<&Line<'_>>], columns: &[(f64, f64)], bbox: Rect, page: usize) -> (Table, Vec<u32>) {
    let mut xs = vec![bbox.x0.min(columns[0].0)];
    xs.extend(columns.windows(2).map(|pair| (pair[0].1 + pair[1].0) / 2.0));
    xs.push(bbox.x1.max(columns[columns.len() - 1].1));
    let mut cells = Vec::new();
    let mut taken = Vec::new();
    for (row, lines) in rows.iter().enumerate() {
        let mut filled: Vec<(usize, usize, Vec<&Glyph>)> = Vec::new();
        let mut parts: Vec<&Part<'_>> = lines.iter().flat_map(|line| &line.parts).collect();
        parts.sort_by(|one, other| one.from.total_cmp(&other.from));
        let (top, bottom) = (lines[0].bbox.y0, lines[lines.len() - 1].bbox.y1);
        for part in parts {
            let middle = (part.from + part.to) / 2.0;
            let nearest = xs[1..xs.len() - 1].partition_point(|x| *x < middle);
            let (first, last) = covered(part, columns).unwrap_or((nearest, nearest));
            taken.extend(part.glyphs.iter().map(|glyph| glyph.order));
            match filled.last_mut() {
                Some(before) if before.1 >= first => {
                    before.1 = before.1.max(last);
                    before.2.extend(&part.glyphs);
                }
                _ => filled.push((first, last, part.glyphs.clone())),
            }
        }
        for column in 0..columns.len() {
            let (first, last, glyphs) = match filled.iter().find(|cell| cell.0 <= column && column <= cell.1) {
                Some(cell) if cell.0 == column => (cell.0, cell.1, cell.2.as_slice()),
                Some(_) => continue,
                None => (column, column, [].as_slice()),
            };
            let bbox = Rect::new(xs[first], top, xs[last + 1], bottom);
            cells.push(Cell {
                slots: Slots {
                    row,
                    column: first,
                    rows: 1,
                    columns: last + 1 - first,
                },
                text: text::cell(glyphs.iter().copied(), bbox.width()).text,
                full: false,
                tight: false,
                page,
                bbox,
            });
        }
    }
    let table = Table {
        kind: GridKind::Aligned,
        page,
        bbox,
        xs,
        rows: rows.len(),
        cells,
    };
    (table, taken)
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// Rows of words, each at its x, 10 pt high, 16 pt apart.
    pub fn glyphs(rows: &[&[(&str, f64)]]) -> Vec<Glyph> {
        let mut glyphs = Vec::new();
        for (index, row) in rows.iter().enumerate() {
            for (word, x) in *row {
                let mut at = *x;
                for character in word.chars() {
                    let width = if chars::is_wide(character) { 10.0 } else { 5.0 };
                    let y = 16.0 * index as f64 + 3.0;
                    glyphs.push(Glyph {
                        character,
                        bbox: Rect::new(at, y, at + width, y + 10.0),
                        size: 10.0,
                        turn: 0,
                        vertical: false,
                        bold: false,
                        order: glyphs.len() as u32,
                        run: 0,
                        beyond: false,
                    });
                    at += width;
                }
            }
        }
        glyphs
    }

    fn texts(glyphs: &[Glyph], rules: &[Segment]) -> Vec<Vec<String>> {
        let tables = find(&lines(text::rows(glyphs)), rules, 0);
        let Some((table, _)) = tables.first() else {
            return Vec::new();
        };
        let row = |row| {
            table
                .cells
                .iter()
                .filter(|cell| cell.slots.row == row)
                .map(|cell| cell.text.clone())
                .collect()
        };
        (0..table.rows).map(row).collect()
    }

    #[test]
    fn a_table_with_three_rules_has_its_columns_by_alignment() {
        let glyphs = glyphs(&[
            &[("内容", 0.0), ("件数", 60.0), ("备注", 120.0)],
            &[("规章", 0.0), ("12", 65.0), ("无", 125.0)],
            &[("文件", 0.0), ("3", 68.0)],
        ]);
        let rules: Vec<Segment> = [0.0, 16.0, 50.0]
            .iter()
            .map(|y| Segment::horizontal(*y, 0.0, 150.0))
            .collect();
        assert_eq!(
            texts(&glyphs, &rules),
            [["内容", "件数", "备注"], ["规章", "12", "无"], ["文件", "3", ""]]
        );
    }

    #[test]
    fn lines_between_two_rules_are_one_row_where_no_column_has_two_figures() {
        let glyphs = glyphs(&[
            &[("内容", 0.0), ("件数", 60.0), ("备注", 120.0)],
            &[("12（修", 65.0)],
            &[("规章", 0.0), ("无", 125.0)],
            &[("订）", 65.0)],
            &[("文件", 0.0), ("3", 68.0)],
            &[("许可", 0.0), ("4", 68.0)],
        ]);
        let rules: Vec<Segment> = [0.0, 16.0, 64.0, 98.0]
            .iter()
            .map(|y| Segment::horizontal(*y, 0.0, 150.0))
            .collect();
        assert_eq!(
            texts(&glyphs, &rules),
            [
                ["内容", "件数", "备注"],
                ["规章", "12（修\n订）", "无"],
                ["文件", "3", ""],
                ["许可", "4", ""]
            ]
        );
    }
}
