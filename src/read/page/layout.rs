//! The running text of one page: characters to lines in reading order, with the tables between them.
//!
//! Invariant: every character that no table took stands in exactly one line.

use super::chars;
use super::glyph::Glyph;
use super::item::{Item, Line};
use super::table::Table;
use super::text::{self, Row};

/// Fewest lines of a page that is searched for columns.
const LINES: usize = 10;

/// Gap, in em, that running text does not have.
const CELLS: f64 = 3.0;

/// Lines and tables of a page in reading order.
pub(super) fn items<'g>(
    glyphs: impl Iterator<Item = &'g Glyph>,
    tables: Vec<Table>,
    page: usize,
    width: f64,
) -> Vec<Item> {
    let (upright, other): (Vec<&Glyph>, Vec<&Glyph>) = glyphs.partition(|glyph| glyph.turn == 0 && !glyph.vertical);
    let rows = text::rows(upright);
    let mut lines: Vec<Line> = match gutter(&rows, width) {
        Some(x) => columns(rows, x, page),
        None => rows.iter().map(|row| line(row, page, 0)).collect(),
    };
    lines.extend(text::rows(other).iter().map(|row| line(row, page, 0)));
    merge(lines, tables)
}

/// Puts each table before the first line below its top.
fn merge(lines: Vec<Line>, tables: Vec<Table>) -> Vec<Item> {
    let mut items = Vec::with_capacity(lines.len() + tables.len());
    let mut tables = tables.into_iter().peekable();
    for line in lines {
        while let Some(table) = tables.next_if(|table| table.bbox.y0 < line.bbox.center().y) {
            items.push(Item::Table(table));
        }
        items.push(Item::Line(line));
    }
    items.extend(tables.map(Item::Table));
    items
}

fn line(row: &Row<'_>, page: usize, column: u8) -> Line {
    let size = row.size();
    Line {
        text: row.text(" "),
        page,
        bbox: row.bbox,
        size,
        bold: row.printed().all(|glyph| glyph.bold),
        count: row.printed().count(),
        head: head(row, size),
        parted: row
            .printed()
            .zip(row.printed().skip(1))
            .any(|(a, b)| b.bbox.x0 - a.bbox.x1 > CELLS * size),
        column,
    }
}

/// Width of the first character, or of the word that begins the line, with the marks that cannot begin a line themselves.
fn head(row: &Row<'_>, size: f64) -> f64 {
    let mut printed = row.printed();
    let Some(first) = printed.next() else {
        return 0.0;
    };
    let mut end = first.bbox.x1;
    let mut last = first;
    for glyph in printed {
        let word = !chars::is_wide(last.character)
            && !chars::is_wide(glyph.character)
            && text::gap(last, glyph) == text::Gap::None;
        if !word && !"，。、；：！？）》”’,.;:!?)%".contains(glyph.character) {
            break;
        }
        end = glyph.bbox.x1;
        last = glyph;
    }
    (end - first.bbox.x0).min(20.0 * size)
}

/// The x between two columns of text, if the page has two.
fn gutter(rows: &[Row<'_>], width: f64) -> Option<f64> {
    if rows.len() < LINES {
        return None;
    }
    let bins = (width / 2.0).ceil() as usize;
    let mut covered = vec![0usize; bins];
    for row in rows {
        for part in parts(row) {
            let (from, to) = ((part.0 / 2.0) as usize, (part.1 / 2.0) as usize);
            covered.iter_mut().take(to + 1).skip(from).for_each(|count| *count += 1);
        }
    }
    let (best, crossing) = (bins * 3 / 10..bins * 7 / 10)
        .map(|bin| (bin, covered[bin]))
        .min_by_key(|(_, count)| *count)?;
    // The middle of the widest stretch with as little text.
    let end = (best..bins).take_while(|bin| covered[*bin] == crossing).last()?;
    let x = (best + end + 1) as f64;
    let sides = |row: &Row<'_>| {
        let left = row.printed().filter(|glyph| glyph.x() < x).count();
        (left, row.printed().count() - left)
    };
    let both: Vec<(usize, usize)> = rows
        .iter()
        .map(sides)
        .filter(|(left, right)| *left > 7 && *right > 7)
        .collect();
    let only = rows
        .iter()
        .filter(|row| parts(row).iter().all(|part| part.1 < x || part.0 > x))
        .count();
    let (left, right) = both.iter().fold((0, 0), |sum, side| (sum.0 + side.0, sum.1 + side.1));
    (crossing * 5 <= rows.len()
        && only * 5 >= rows.len() * 4
        && both.len() * 2 >= rows.len()
        && left < right * 3
        && right < left * 3)
        .then_some(x)
}

/// Stretches of a line without a wide gap, as begin and end.
fn parts(row: &Row<'_>) -> Vec<(f64, f64)> {
    let mut parts: Vec<(f64, f64)> = Vec::new();
    for glyph in row.printed() {
        match parts.last_mut() {
            Some(part) if glyph.bbox.x0 - part.1 < 0.9 * glyph.size => part.1 = part.1.max(glyph.bbox.x1),
            _ => parts.push((glyph.bbox.x0, glyph.bbox.x1)),
        }
    }
    parts
}

/// Lines of a page with two columns: above and below each line that runs over both, first the left column, then the right.
fn columns(rows: Vec<Row<'_>>, x: f64, page: usize) -> Vec<Line> {
    let mut lines = Vec::new();
    let (mut left, mut right) = (Vec::new(), Vec::new());
    for row in rows {
        if parts(&row).iter().any(|part| part.0 < x && part.1 > x) {
            lines.append(&mut left);
            lines.append(&mut right);
            lines.push(line(&row, page, 0));
            continue;
        }
        let (before, after): (Vec<&Glyph>, Vec<&Glyph>) = row.glyphs.into_iter().partition(|glyph| glyph.x() < x);
        left.extend(text::row(before).map(|row| line(&row, page, 1)));
        right.extend(text::row(after).map(|row| line(&row, page, 2)));
    }
    lines.append(&mut left);
    lines.append(&mut right);
    lines
}
