//! Tables of one page.
//!
//! A chain of small steps, each a pure function: edges → snap → join → frames → lattice → cells → text. Invariant: a character
//! belongs to one cell at most, and what no table takes is left for the running text.

mod aligned;
mod edges;
mod half;
mod lattice;
mod rules;

#[cfg(feature = "ocr")]
use kurbo::Rect;

use super::chars;
use super::glyph::Glyph;
use super::segment::Segment;
use super::table::{Cell, Table};
use super::text;
use crate::document::GridKind;
use edges::Frame;
use lattice::Lattice;
pub(crate) use lattice::{SLOTS, united};

/// How far, in em, two digits of one number may be apart.
const TOUCH: f64 = 0.08;

/// Finds the tables of a page from top to bottom, and marks the characters that they take.
pub(super) fn tables(glyphs: &[Glyph], segments: &[Segment], page: usize, taken: &mut [bool]) -> Vec<Table> {
    let (horizontal, vertical) = edges::join(segments);
    let mut tables = ruled(
        glyphs,
        edges::frames(&horizontal, &vertical),
        GridKind::Ruled,
        page,
        taken,
    );
    let rules = free_rules(&horizontal, &tables);
    if !rules.is_empty() {
        let frames = rules::frames(&aligned::lines(free_rows(glyphs, taken)), &rules);
        tables.extend(ruled(glyphs, frames, GridKind::Aligned, page, taken));
    }
    let rules = free_rules(&rules, &tables);
    let lines = if rules.is_empty() {
        Vec::new()
    } else {
        aligned::lines(free_rows(glyphs, taken))
    };
    for (table, orders) in aligned::find(&lines, &rules, page) {
        for order in orders {
            // Glyphs are kept in drawing order.
            if let Ok(index) = glyphs.binary_search_by_key(&order, |glyph| glyph.order) {
                taken[index] = true;
            }
        }
        tables.push(table);
    }
    tables.sort_by(|a, b| a.bbox.y0.total_cmp(&b.bbox.y0).then(a.bbox.x0.total_cmp(&b.bbox.x0)));
    tables
}

/// The cells that ruling lines make, whether anything stands in them, a table a list. A table inside a cell of another comes first.
#[cfg(feature = "ocr")]
pub(crate) fn cells(segments: &[Segment]) -> Vec<Vec<Rect>> {
    let (horizontal, vertical) = edges::join(segments);
    let boxes = |lattice: &Lattice| lattice.cells.iter().map(|cell| lattice.bbox(*cell)).collect();
    lattices(edges::frames(&horizontal, &vertical))
        .iter()
        .map(boxes)
        .collect()
}

/// The lattices of frames, those inside a cell of another first.
fn lattices(frames: Vec<Frame>) -> Vec<Lattice> {
    let frames = frames.into_iter().map(edges::close);
    let mut lattices: Vec<Lattice> = frames.filter_map(|frame| Lattice::of(&frame)).collect();
    lattices.sort_by(|a, b| a.outline().area().total_cmp(&b.outline().area()));
    lattices
}

/// Horizontal lines that belong to no table.
fn free_rules(horizontal: &[Segment], tables: &[Table]) -> Vec<Segment> {
    let framed = |line: &Segment| {
        let y = |table: &Table| line.at > table.bbox.y0 - 2.0 && line.at < table.bbox.y1 + 2.0;
        tables
            .iter()
            .any(|table| y(table) && line.to > table.bbox.x0 && line.from < table.bbox.x1)
    };
    horizontal.iter().filter(|line| !framed(line)).copied().collect()
}

/// The rows of upright characters that no table took.
fn free_rows<'g>(glyphs: &'g [Glyph], taken: &[bool]) -> Vec<text::Row<'g>> {
    let free = glyphs
        .iter()
        .zip(taken)
        .filter(|(glyph, taken)| !**taken && glyph.turn == 0 && !glyph.vertical);
    text::rows(free.map(|(glyph, _)| glyph))
}

/// The tables in frames of lines.
fn ruled(glyphs: &[Glyph], frames: Vec<Frame>, kind: GridKind, page: usize, taken: &mut [bool]) -> Vec<Table> {
    // A table inside a cell of another is read first, so that its text is its own.
    let mut tables: Vec<Table> = lattices(frames)
        .iter()
        .filter_map(|lattice| fill(lattice, glyphs, kind, page, taken))
        .collect();
    tables.sort_by(|a, b| a.bbox.y0.total_cmp(&b.bbox.y0).then(a.bbox.x0.total_cmp(&b.bbox.x0)));
    tables
}

/// Puts the characters into the cells of a lattice. A frame without any text is decoration.
fn fill(lattice: &Lattice, glyphs: &[Glyph], kind: GridKind, page: usize, taken: &mut [bool]) -> Option<Table> {
    let free = taken.to_vec();
    let framed = contents(lattice, glyphs, &free, taken);
    if !framed.iter().flatten().any(|glyph| !glyph.character.is_whitespace()) {
        taken.copy_from_slice(&free);
        return None;
    }
    let beside = glyphs.iter().zip(&*taken).filter(|(_, taken)| !**taken);
    let completed = half::completed(lattice, &framed, beside.map(|(glyph, _)| glyph));
    let (lattice, contents) = match &completed {
        Some(completed) => (completed, contents(completed, glyphs, &free, taken)),
        None => (lattice, framed),
    };
    let cells = lattice.cells.iter().zip(contents).map(|(slots, glyphs)| {
        let bbox = lattice.bbox(*slots);
        let text::CellText { text, full, tight } = text::cell(glyphs, bbox.width());
        Cell {
            slots: *slots,
            full,
            tight,
            text,
            page,
            bbox,
        }
    });
    Some(Table {
        kind,
        page,
        bbox: lattice.outline(),
        xs: lattice.xs.clone(),
        rows: lattice.ys.len() - 1,
        cells: cells.collect(),
    })
}

/// The characters in each cell of a lattice but those that tables had `before`, and marks which have one now.
fn contents<'g>(lattice: &Lattice, glyphs: &'g [Glyph], before: &[bool], taken: &mut [bool]) -> Vec<Vec<&'g Glyph>> {
    let owners = lattice.owners();
    let columns = lattice.xs.len() - 1;
    let outline = lattice.outline();
    let owner = |x: f64, y: f64| {
        let column = lattice.xs.partition_point(|border| *border <= x).checked_sub(1)?;
        let row = lattice.ys.partition_point(|border| *border <= y).checked_sub(1)?;
        (column < columns && row < lattice.ys.len() - 1).then(|| owners[row * columns + column])
    };
    let mut contents: Vec<Vec<&Glyph>> = vec![Vec::new(); lattice.cells.len()];
    let mut index = 0;
    while index < glyphs.len() {
        let token = number_at(&glyphs[index..], &lattice.xs);
        let number = &glyphs[index..index + token];
        let whole = number.iter().any(|glyph| glyph.beyond)
            || token > 1
                && number.iter().any(|glyph| outline.contains(glyph.bbox.center()))
                && is_cut(number, &lattice.xs);
        // The edge of a page may cut both a table and a number in it, and then the mark of the cut belongs to the cell.
        let mut middle = number[0].bbox.union(number[token - 1].bbox).center();
        middle.x = middle.x.clamp(outline.x0, outline.x1 - 0.1);
        for index in index..index + token {
            let glyph = &glyphs[index];
            let place = if whole { middle } else { glyph.bbox.center() };
            if !before[index]
                && let Some(cell) = owner(place.x, place.y)
            {
                taken[index] = true;
                contents[cell].push(glyph);
            }
        }
        index += token;
    }
    contents
}

/// Number of characters, at least one, that begin here and form one number drawn in one go, a single space inside included.
/// The digits have to touch: in a tight table the numbers of two cells stand a point or two apart. Where a number fills its cell
/// they do touch, and then the border between two runs parts them.
fn number_at(glyphs: &[Glyph], borders: &[f64]) -> usize {
    let parted = |before: &Glyph, after: &Glyph| {
        let slack = 0.25 * after.bbox.width();
        let (from, to) = (before.bbox.x1 - slack, after.bbox.x0 + slack);
        before.run != after.run && borders.iter().any(|border| *border > from && *border < to)
    };
    let belongs = |pair: &[Glyph]| {
        let (before, after) = (&pair[0], &pair[1]);
        let size = before.size.max(after.size);
        let kind = chars::is_numeric(after.character) || after.character == ' ' && before.character != ' ';
        kind && after.turn == 0
            && after.order == before.order + 1
            && !parted(before, after)
            && (after.bbox.x0 - before.bbox.x1).abs() < TOUCH * size
            && (after.y() - before.y()).abs() < TOUCH * size
    };
    if glyphs[0].turn != 0 || !chars::is_numeric(glyphs[0].character) {
        return 1;
    }
    1 + glyphs.windows(2).take_while(|pair| belongs(pair)).count()
}

/// Whether a column border runs through a number: then it overflows its cell, and goes by its middle as a whole.
fn is_cut(number: &[Glyph], borders: &[f64]) -> bool {
    let digits = || number.iter().filter(|glyph| glyph.character != ' ');
    let (Some(first), Some(last)) = (digits().next(), digits().next_back()) else {
        return false;
    };
    let margin = 0.2 * first.bbox.width();
    let (from, to) = (first.bbox.x0 + margin, last.bbox.x1 - margin);
    borders.iter().any(|border| *border > from && *border < to)
}

#[cfg(test)]
pub(super) mod tests {
    pub use super::aligned::tests::glyphs;
    use super::*;
    use kurbo::Rect;

    fn number(text: &str, x: f64, y: f64) -> Vec<Glyph> {
        let glyph = |(index, character): (usize, char)| Glyph {
            character,
            bbox: Rect::new(x + 5.0 * index as f64, y, x + 5.0 * index as f64 + 5.0, y + 10.0),
            size: 10.0,
            turn: 0,
            vertical: false,
            bold: false,
            order: index as u32,
            run: 0,
            beyond: false,
        };
        text.chars().enumerate().map(glyph).collect()
    }

    fn ruling(xs: &[f64], ys: &[f64]) -> Vec<Segment> {
        let (left, right) = (xs[0], xs[xs.len() - 1]);
        let (top, bottom) = (ys[0], ys[ys.len() - 1]);
        let rows = ys.iter().map(|y| Segment::horizontal(*y, left, right));
        let columns = xs.iter().map(|x| Segment::vertical(*x, top, bottom));
        rows.chain(columns).collect()
    }

    fn texts(glyphs: &[Glyph], lines: &[Segment]) -> Vec<String> {
        let mut taken = vec![false; glyphs.len()];
        let tables = tables(glyphs, lines, 0, &mut taken);
        tables[0].cells.iter().map(|cell| cell.text.clone()).collect()
    }

    #[test]
    fn numbers_go_to_the_cell_they_stand_in() {
        let mut glyphs = number("12", 5.0, 5.0);
        glyphs.extend(number("345", 45.0, 5.0));
        let lines = ruling(&[0.0, 40.0, 80.0], &[0.0, 20.0]);
        assert_eq!(texts(&glyphs, &lines), ["12", "345"]);
    }

    #[test]
    fn a_number_wider_than_its_cell_is_not_torn_in_two() {
        let glyphs = number("28860", 1.0, 5.0);
        let lines = ruling(&[0.0, 22.5, 60.0], &[0.0, 20.0]);
        assert_eq!(
            texts(&glyphs, &lines),
            ["", "28860"].map(String::from).into_iter().rev().collect::<Vec<_>>()
        );
    }

    #[test]
    fn numbers_of_two_tight_cells_stay_two() {
        let mut glyphs = number("123", 0.5, 5.0);
        let more = number("456", 17.0, 5.0);
        glyphs.extend(more.into_iter().map(|glyph| Glyph {
            order: glyph.order + 3,
            ..glyph
        }));
        let lines = ruling(&[0.0, 16.0, 32.5], &[0.0, 20.0]);
        assert_eq!(texts(&glyphs, &lines), ["123", "456"]);
    }

    #[test]
    fn numbers_that_touch_over_a_border_are_two_where_they_were_drawn_apart() {
        let mut glyphs = number("210285", 2.0, 5.0);
        let more = number("1224204", 32.4, 5.0);
        glyphs.extend(more.into_iter().map(|glyph| Glyph {
            order: glyph.order + 6,
            run: 1,
            ..glyph
        }));
        let lines = ruling(&[0.0, 32.0, 70.0], &[0.0, 20.0]);
        assert_eq!(texts(&glyphs, &lines), ["210285", "1224204"]);
    }

    #[test]
    fn an_empty_frame_is_no_table() {
        assert!(tables(&[], &ruling(&[0.0, 40.0, 80.0], &[0.0, 20.0]), 0, &mut []).is_empty());
    }
}
