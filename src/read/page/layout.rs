//! The running text of one page: characters to lines in reading order, with the tables between them.
//!
//! Invariant: every character that no table took stands in exactly one line.

use super::chars;
use super::glyph::Glyph;
use super::item::{Item, Line};
use super::table::Table;
use super::text::{self, Row};
use crate::forms::is_section_heading;

/// Fewest lines of a page that is searched for columns.
const LINES: usize = 10;

/// Gap, in em, that running text does not have.
const CELLS: f64 = 3.0;

/// Rows of labels, at most, between two rows of figures of one table.
const LABELS: usize = 12;

/// Lines and tables of a page in reading order.
pub(super) fn items<'g>(
    glyphs: impl Iterator<Item = &'g Glyph>,
    tables: Vec<Table>,
    page: usize,
    width: f64,
) -> Vec<Item> {
    let (upright, other): (Vec<&Glyph>, Vec<&Glyph>) = glyphs.partition(|glyph| glyph.turn == 0 && !glyph.vertical);
    let rows = text::rows(upright);
    let tabular = tabular(&rows);
    let free = rows.iter().zip(&tabular).filter(|(_, is_tabular)| !**is_tabular);
    let mut lines: Vec<Line> = match gutter(&free.map(|(row, _)| row).collect::<Vec<_>>(), width) {
        Some(x) => columns(rows, &tabular, x, page),
        None => whole(rows.iter().zip(tabular), page).collect(),
    };
    lines.extend(text::rows(other).iter().map(|row| line(row, page, 0)));
    merge(lines, tables)
}

/// Which rows are those of a table that no line is drawn for: figures that stand apart at the end of some, labels between them.
fn tabular(rows: &[Row<'_>]) -> Vec<bool> {
    let mut tabular = vec![false; rows.len()];
    let mut last: Option<usize> = None;
    for (index, row) in rows.iter().enumerate() {
        if is_section_heading(&row.text(" ")) {
            last = None;
        } else if row.figures_at_end() > 1 {
            let heads = rows[..index]
                .iter()
                .rev()
                .take(LABELS)
                .take_while(|row| is_head(row))
                .count();
            let from = last.filter(|last| index - last <= LABELS).unwrap_or(index - heads);
            tabular[from..=index].fill(true);
            last = Some(index);
        }
    }
    tabular
}

/// Whether a row may be one of the names of columns.
fn is_head(row: &Row<'_>) -> bool {
    let cells = row.cells();
    cells.contains(' ') && !cells.contains(['，', '。', '；'])
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

/// Rows that run over the whole page, each with whether it is that of a table.
fn whole<'r>(rows: impl Iterator<Item = (&'r Row<'r>, bool)>, page: usize) -> impl Iterator<Item = Line> {
    rows.map(move |(row, is_tabular)| {
        let line = line(row, page, 0);
        if !is_tabular {
            return line;
        }
        Line {
            text: row.cells(),
            parted: true,
            ..line
        }
    })
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
fn gutter(rows: &[&Row<'_>], width: f64) -> Option<f64> {
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
        .map(|row| sides(row))
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
fn columns(rows: Vec<Row<'_>>, tabular: &[bool], x: f64, page: usize) -> Vec<Line> {
    let mut lines = Vec::new();
    let (mut left, mut right) = (Vec::new(), Vec::new());
    for (row, is_tabular) in rows.into_iter().zip(tabular) {
        if *is_tabular || parts(&row).iter().any(|part| part.0 < x && part.1 > x) {
            lines.append(&mut left);
            lines.append(&mut right);
            lines.extend(whole([(&row, *is_tabular)].into_iter(), page));
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

#[cfg(test)]
mod tests {
    use super::super::grid::tests::glyphs;
    use super::*;

    fn texts(rows: &[&[(&str, f64)]]) -> Vec<(String, bool)> {
        let glyphs = glyphs(rows);
        let items = items(glyphs.iter(), Vec::new(), 0, 200.0);
        let lines = items.into_iter().filter_map(|item| match item {
            Item::Line(line) => Some((line.text, line.parted)),
            Item::Table(_) => None,
        });
        lines.collect()
    }

    #[test]
    fn the_rows_of_a_table_without_lines_stand_for_themselves_with_their_labels_apart() {
        let rows: &[&[(&str, f64)]] = &[
            &[("具体情况见下表，", 0.0), ("另见附件。", 84.0)],
            &[("予以公开", 0.0), ("12", 110.0), ("3", 126.0)],
            &[("无法", 0.0), ("本机关不掌", 24.0)],
            &[("提供", 0.0), ("握信息", 24.0), ("12", 110.0), ("3", 126.0)],
            &[("以上为本年", 0.0), ("情况。", 54.0)],
        ];
        let found = texts(rows);
        assert_eq!(found[0], ("具体情况见下表，另见附件。".into(), false));
        assert_eq!(found[1], ("予以公开 12 3".into(), true));
        assert_eq!(found[2], ("无法 本机关不掌".into(), true));
        assert_eq!(found[3], ("提供 握信息 12 3".into(), true));
        assert_eq!(found[4], ("以上为本年情况。".into(), false));
    }

    #[test]
    fn letters_pulled_apart_evenly_stay_one_word() {
        let spread: Vec<(&str, f64)> = vec![
            ("本", 0.0),
            ("年", 14.0),
            ("新", 28.0),
            ("收", 42.0),
            ("1", 110.0),
            ("2", 126.0),
        ];
        assert_eq!(texts(&[&spread])[0].0, "本年新收 1 2");
    }

    #[test]
    fn the_gaps_of_a_table_do_not_make_two_columns_of_text() {
        let row: &[(&str, f64)] = &[
            ("要求提供公开出版", 0.0),
            ("120", 105.0),
            ("345", 130.0),
            ("678", 155.0),
        ];
        let found = texts(&vec![row; 14]);
        assert!(
            found.iter().all(|(text, _)| text == "要求提供公开出版 120 345 678"),
            "{found:?}"
        );
    }
}
