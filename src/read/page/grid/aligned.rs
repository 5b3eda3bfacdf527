//! Tables that show their columns by alignment alone: with nothing but horizontal rules (三线表), or with no line at all.
//!
//! Invariant: a column is a stretch that a gap parts from its neighbours in every row; where rows do not agree on the gaps there
//! is no table, and the text stays running text.

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
/// Gap, in em, that parts two columns of numbers.
const CLOSE: f64 = 0.2;
/// Fewest rows of a table without any line.
const ROWS: usize = 3;
/// Share of the cells right of the labels that have to hold figures where no line is drawn.
const FIGURES: f64 = 0.6;

/// A stretch of a row without a wide gap.
#[derive(Clone)]
pub(super) struct Part<'g> {
    pub from: f64,
    pub to: f64,
    pub glyphs: Vec<&'g Glyph>,
}

impl<'g> Part<'g> {
    fn of(glyphs: Vec<&'g Glyph>) -> Self {
        Part {
            from: glyphs.first().map_or(0.0, |glyph| glyph.bbox.x0),
            to: glyphs.iter().map(|glyph| glyph.bbox.x1).fold(0.0, f64::max),
            glyphs,
        }
    }
}

/// A row as its parts.
#[derive(Clone)]
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

    /// The line with its numbers parted where no more than a space stands between them, too.
    fn finer(&self) -> Line<'g> {
        let is_one = |before: &&Glyph, after: &&Glyph| {
            let digits = chars::is_digit(before.character) && chars::is_digit(after.character);
            !digits || text::gap(before, after) == text::Gap::None
        };
        let parts = self.parts.iter().flat_map(|part| match is_figure(part) {
            true => part
                .glyphs
                .chunk_by(is_one)
                .map(|glyphs| Part::of(glyphs.to_vec()))
                .collect(),
            false => vec![part.clone()],
        });
        Line {
            parts: parts.collect(),
            ..*self
        }
    }

    /// The line with those of its parts as one that stand in one column.
    fn on(&self, columns: &[(f64, f64)]) -> Line<'g> {
        let place = |part: &Part<'_>| covered(part, columns);
        let parts = self.parts.chunk_by(|one, next| place(one) == place(next));
        let joined = parts.map(|parts| Part::of(parts.iter().flat_map(|part| part.glyphs.iter().copied()).collect()));
        Line {
            parts: joined.collect(),
            ..*self
        }
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
    tables.extend(unruled(lines, &used, page));
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
    // Lines of form fields and rules around a paragraph have text that fills the line or stands in one place.
    let parted = body.iter().filter(|line| line.parts.len() > 1).count();
    (columns.len() > 1 && parted * 2 > body.len()).then(|| table(&all, &columns, Some(band), page))
}

/// Stretches of x that are parted by a gap in all of the lines.
fn columns(lines: &[&Line<'_>]) -> Vec<(f64, f64)> {
    let parts = lines.iter().flat_map(|line| &line.parts);
    let size = lines.iter().map(|line| line.size).fold(f64::MAX, f64::min);
    clusters(parts.map(|part| (part.from, part.to)), size)
}

/// The same where numbers stand no more than a space apart. Two stretches are one column where few lines say that they are two, or where
/// the digits behind the space may be the thousands of a number in every line.
fn finer_columns(lines: &[Line<'_>]) -> Vec<(f64, f64)> {
    let parts = || lines.iter().flat_map(|line| &line.parts);
    let size = lines.iter().map(|line| line.size).fold(f64::MAX, f64::min);
    let mut found = stretches(parts().map(|part| (part.from, part.to)), CLOSE * size);
    let mut at = 1;
    while at < found.len() {
        let inside = |column: (f64, f64)| parts().filter(move |part| part.from < column.1 && part.to > column.0);
        let (before, column) = (found[at - 1], found[at]);
        let is_near = column.0 - before.1 < GAP * size;
        let are_few = inside(before).count() < ROWS || inside(column).count() < ROWS;
        let are_thousands = || inside(column).all(|part| part.glyphs.len() == 3 && is_figure(part));
        if is_near && (are_few || are_thousands()) {
            found[at - 1].1 = column.1.max(before.1);
            found.remove(at);
        } else {
            at += 1;
        }
    }
    found
}

/// Joins stretches that overlap, or nearly so for characters of a size.
pub(super) fn clusters(found: impl Iterator<Item = (f64, f64)>, size: f64) -> Vec<(f64, f64)> {
    stretches(found, 0.3 * size)
}

/// Joins stretches between which there is less than a gap.
fn stretches(found: impl Iterator<Item = (f64, f64)>, gap: f64) -> Vec<(f64, f64)> {
    let mut stretches: Vec<(f64, f64)> = found.collect();
    stretches.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut clusters: Vec<(f64, f64)> = Vec::new();
    for (from, to) in stretches {
        match clusters.last_mut() {
            Some(cluster) if from < cluster.1 + gap => cluster.1 = cluster.1.max(to),
            _ => clusters.push((from, to)),
        }
    }
    clusters
}

/// Runs of rows whose figures stand below each other.
fn unruled(lines: &[Line<'_>], used: &[bool], page: usize) -> Vec<(Table, Vec<u32>)> {
    let finer: Vec<Line<'_>> = lines.iter().map(Line::finer).collect();
    let tabular =
        |index: usize| !used[index] && finer[index].parts.len() > 1 && finer[index].parts[1..].iter().any(is_figure);
    let mut tables = Vec::new();
    let mut start = 0;
    while start < lines.len() {
        let near =
            |index: usize| index == start || lines[index].bbox.y0 - lines[index - 1].bbox.y1 < 2.0 * lines[index].size;
        let end = (start..lines.len())
            .take_while(|index| tabular(*index) && near(*index))
            .count()
            + start;
        if end - start >= ROWS {
            // Headers have no figures: they are taken along where they keep to the columns.
            let columns = finer_columns(&finer[start..end]);
            let body: Vec<Line<'_>> = finer[start..end].iter().map(|line| line.on(&columns)).collect();
            let keeps = |line: &Line<'_>| {
                line.parts.len() > 1 && line.parts.iter().all(|part| covered(part, &columns).is_some())
            };
            let above = (0..start)
                .rev()
                .take_while(|index| {
                    !used[*index]
                        && keeps(&lines[*index])
                        && lines[*index + 1].bbox.y0 - lines[*index].bbox.y1 < 2.0 * lines[*index].size
                })
                .count();
            let figures = body
                .iter()
                .flat_map(|line| &line.parts[1..])
                .filter(|part| is_figure(part))
                .count() as f64;
            let cells = body.iter().map(|line| line.parts.len() - 1).sum::<usize>() as f64;
            let enough = columns.len() > 2 || columns.len() == 2 && end - start > ROWS;
            if enough && figures >= FIGURES * cells {
                let all: Vec<&Line<'_>> = lines[start - above..start].iter().chain(&body).collect();
                tables.push(table(&all, &columns, None, page));
            }
        }
        start = end.max(start + 1);
    }
    tables
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

/// A table of the lines as rows.
fn table(lines: &[&Line<'_>], columns: &[(f64, f64)], outline: Option<Rect>, page: usize) -> (Table, Vec<u32>) {
    let text_box = lines
        .iter()
        .map(|line| line.bbox)
        .reduce(|a, b| a.union(b))
        .unwrap_or_default();
    let bbox = outline.unwrap_or(text_box);
    let mut xs = vec![bbox.x0.min(columns[0].0)];
    xs.extend(columns.windows(2).map(|pair| (pair[0].1 + pair[1].0) / 2.0));
    xs.push(bbox.x1.max(columns[columns.len() - 1].1));
    let mut cells = Vec::new();
    let mut taken = Vec::new();
    for (row, line) in lines.iter().enumerate() {
        let mut filled: Vec<(usize, usize, Vec<&Glyph>)> = Vec::new();
        for part in &line.parts {
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
            let bbox = Rect::new(xs[first], line.bbox.y0, xs[last + 1], line.bbox.y1);
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
        rows: lines.len(),
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
    fn figures_below_each_other_are_a_table_without_any_line() {
        let glyphs = glyphs(&[
            &[("内容", 0.0), ("制发", 60.0), ("废止", 100.0)],
            &[("规章", 0.0), ("12", 65.0), ("0", 105.0)],
            &[("文件", 0.0), ("3", 65.0), ("1", 105.0)],
            &[("其他", 0.0), ("7", 65.0), ("2", 105.0)],
        ]);
        assert_eq!(texts(&glyphs, &[])[0], ["内容", "制发", "废止"]);
        assert_eq!(texts(&glyphs, &[])[3], ["其他", "7", "2"]);
    }

    #[test]
    fn columns_of_numbers_a_space_apart_are_two_but_not_where_thousands_may_stand_behind_the_space() {
        let rows = |last: [&'static str; 3]| {
            let rows = [("规章", "1931"), ("文件", "2569"), ("其他", "3088")]
                .into_iter()
                .zip(last);
            let rows: Vec<[(&str, f64); 3]> = rows
                .map(|((label, first), last)| [(label, 0.0), (first, 60.0), (last, 83.0)])
                .collect();
            let rows: Vec<&[(&str, f64)]> = rows.iter().map(|row| &row[..]).collect();
            texts(&glyphs(&rows), &[])
        };
        assert_eq!(rows(["14714", "26", "813"])[0], ["规章", "1931", "14714"]);
        assert!(rows(["714", "260", "813"]).is_empty());
    }

    #[test]
    fn running_text_with_numbers_is_no_table() {
        let line: &[(&str, f64)] = &[("收到申请12件，办结12件，", 0.0), ("结转0件。", 150.0)];
        assert!(texts(&glyphs(&[line, line, line]), &[]).is_empty());
    }
}
