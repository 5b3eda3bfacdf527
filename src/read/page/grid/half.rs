//! Tables of which only the labels are framed: the borders that lack around their figures follow from those that are drawn, and from
//! where the figures stand.
//!
//! Invariant: a border is added only where numbers and nothing else stand on its sides, one at most in each cell that it makes.

use super::super::chars;
use super::super::glyph::Glyph;
use super::super::table::Slots;
use super::super::text;
use super::aligned;
use super::lattice::Lattice;

/// Numbers of a row, at least, that stand where no cell is drawn for them.
const FIGURES: usize = 3;
/// How far below a frame, in em, a row of figures may stand that belongs to it.
const BELOW: f64 = 1.0;
/// How far, in em, a number may reach over a border.
const OVER: f64 = 0.2;

/// A row of numbers: their stretches, and how high it stands.
struct Row {
    stretches: Vec<(f64, f64)>,
    bottom: f64,
    middle: f64,
    size: f64,
}

/// The lattice with borders around the figures for which none are drawn; none where it lacks none. `contents` are the characters of
/// its cells, `free` those in none.
pub(super) fn completed<'g>(
    lattice: &Lattice,
    contents: &[Vec<&'g Glyph>],
    free: impl Iterator<Item = &'g Glyph>,
) -> Option<Lattice> {
    let outline = lattice.outline();
    let upright = free.filter(|glyph| glyph.turn == 0 && !glyph.vertical && glyph.y() > outline.y0);
    let (mut right, mut below) = (Vec::new(), Vec::new());
    for glyph in upright {
        let (x, y) = (glyph.x(), glyph.y());
        if y > outline.y1 && y < outline.y1 + BELOW * glyph.size {
            below.push(glyph);
        } else if y < outline.y1 && x > outline.x1 {
            right.push(glyph);
        }
    }
    let mut lattice = lattice.clone();
    let parted = part(&mut lattice, contents);
    let widened = widen(&mut lattice, &right);
    let lengthened = lengthen(&mut lattice, &below);
    (parted || widened || lengthened).then(|| {
        lattice.cells.sort();
        lattice
    })
}

/// Parts the cells over several columns that hold numbers of several slots.
fn part(lattice: &mut Lattice, contents: &[Vec<&Glyph>]) -> bool {
    let is_parted = |slots: &Slots, glyphs: &[&Glyph]| {
        slots.columns > 1
            && rows(glyphs).is_some_and(|rows| {
                let numbers: usize = rows.iter().map(|row| row.stretches.len()).sum();
                numbers > 1 && stand_apart(&rows, lattice)
            })
    };
    let parted: Vec<Slots> = (lattice.cells.iter().zip(contents))
        .filter(|(slots, glyphs)| is_parted(slots, glyphs))
        .map(|(slots, _)| *slots)
        .collect();
    lattice.cells.retain(|slots| !parted.contains(slots));
    for slots in &parted {
        let columns = slots.column..slots.column + slots.columns;
        lattice.cells.extend(single(slots.row..slots.row + slots.rows, columns));
    }
    !parted.is_empty()
}

/// Adds columns for the numbers that stand beside a frame.
fn widen(lattice: &mut Lattice, beside: &[&Glyph]) -> bool {
    let Some(rows) = rows(beside).filter(|rows| rows.iter().any(|row| row.stretches.len() >= FIGURES)) else {
        return false;
    };
    let size = rows[0].size;
    let columns = aligned::clusters(rows.iter().flat_map(|row| row.stretches.iter().copied()), size);
    let mut wider = lattice.clone();
    let borders = columns.windows(2).map(|pair| (pair[0].1 + pair[1].0) / 2.0);
    wider.xs.extend(borders.chain(columns.last().map(|last| last.1 + size)));
    let added = single(0..wider.ys.len() - 1, lattice.xs.len() - 1..wider.xs.len() - 1);
    wider.cells.extend(added);
    let is_whole = stand_apart(&rows, &wider);
    if is_whole {
        *lattice = wider;
    }
    is_whole
}

/// Adds a row for the numbers that stand just below a frame.
fn lengthen(lattice: &mut Lattice, below: &[&Glyph]) -> bool {
    let Some(rows) = rows(below).filter(|rows| rows.len() == 1 && rows[0].stretches.len() >= FIGURES) else {
        return false;
    };
    let mut longer = lattice.clone();
    longer.ys.push(rows[0].bottom + OVER * rows[0].size);
    longer
        .cells
        .extend(single(lattice.ys.len() - 1..lattice.ys.len(), 0..lattice.xs.len() - 1));
    let is_whole = stand_apart(&rows, &longer);
    if is_whole {
        *lattice = longer;
    }
    is_whole
}

/// The slots of some rows and columns, each a cell.
fn single(rows: std::ops::Range<usize>, columns: std::ops::Range<usize>) -> impl Iterator<Item = Slots> {
    rows.flat_map(move |row| {
        columns.clone().map(move |column| Slots {
            row,
            column,
            rows: 1,
            columns: 1,
        })
    })
}

/// The rows of characters that are numbers and nothing else.
fn rows(glyphs: &[&Glyph]) -> Option<Vec<Row>> {
    let is_figure = |glyph: &&Glyph| glyph.character.is_whitespace() || chars::is_numeric(glyph.character);
    if !glyphs.iter().all(is_figure) {
        return None;
    }
    let rows = text::rows(glyphs.iter().copied());
    let row = |row: &text::Row<'_>| {
        let printed: Vec<&Glyph> = row.printed().collect();
        let numbers = printed.chunk_by(|before, after| text::gap(before, after) == text::Gap::None);
        Row {
            stretches: numbers
                .map(|number| (number[0].bbox.x0, number[number.len() - 1].bbox.x1))
                .collect(),
            bottom: row.bbox.y1,
            middle: row.bbox.center().y,
            size: row.size(),
        }
    };
    Some(rows.iter().map(row).collect())
}

/// Whether each number stands inside a slot, and no two in one.
fn stand_apart(rows: &[Row], lattice: &Lattice) -> bool {
    let slot = |borders: &[f64], at: f64| borders.partition_point(|border| *border <= at).checked_sub(1);
    let mut taken = std::collections::BTreeSet::new();
    rows.iter().all(|row| {
        let over = OVER * row.size;
        row.stretches.iter().all(|(from, to)| {
            let place = (slot(&lattice.ys, row.middle), slot(&lattice.xs, from + over));
            place.0.is_some_and(|row| row + 1 < lattice.ys.len())
                && place.1.is_some_and(|column| column + 1 < lattice.xs.len())
                && place.1 == slot(&lattice.xs, to - over)
                && taken.insert(place)
        })
    })
}

#[cfg(test)]
mod tests {
    use super::super::aligned::tests::glyphs;
    use super::*;

    /// Labels in rows of 16 pt between 0 and 40, and a header over the columns that end at `xs`.
    fn labels(xs: &[f64]) -> Lattice {
        let cells = single(0..1, 0..xs.len()).chain(single(1..3, 0..1));
        let open = Slots {
            row: 1,
            column: 1,
            rows: 2,
            columns: xs.len() - 1,
        };
        Lattice {
            xs: [0.0].iter().chain(xs).copied().collect(),
            ys: vec![0.0, 16.0, 32.0, 48.0],
            cells: cells.chain((xs.len() > 1).then_some(open)).collect(),
        }
    }

    /// The texts of the cells of the completed lattice, from the second row on.
    fn texts(lattice: &Lattice, rows: &[&[(&str, f64)]]) -> Option<Vec<String>> {
        let glyphs = glyphs(rows);
        let inside = |slots: &Slots, lattice: &Lattice| -> Vec<&Glyph> {
            let bbox = lattice.bbox(*slots);
            glyphs
                .iter()
                .filter(|glyph| bbox.contains(glyph.bbox.center()))
                .collect()
        };
        let contents: Vec<Vec<&Glyph>> = lattice.cells.iter().map(|slots| inside(slots, lattice)).collect();
        let free = glyphs
            .iter()
            .filter(|glyph| !lattice.outline().contains(glyph.bbox.center()));
        let completed = completed(lattice, &contents, free)?;
        let text = |slots: &Slots| text::cell(inside(slots, &completed), completed.bbox(*slots).width()).text;
        let below = completed.cells.iter().filter(|slots| slots.row > 0);
        Some(below.map(text).collect())
    }

    #[test]
    fn figures_in_one_cell_below_the_columns_of_a_header_get_cells() {
        let header: &[(&str, f64)] = &[("内容", 5.0), ("制发", 45.0), ("废止", 85.0)];
        let rows: [&[(&str, f64)]; 3] = [
            header,
            &[("规章", 5.0), ("12", 45.0), ("3", 85.0)],
            &[("文件", 5.0), ("7", 45.0)],
        ];
        let lattice = labels(&[40.0, 80.0, 120.0]);
        assert_eq!(texts(&lattice, &rows).unwrap(), ["规章", "12", "3", "文件", "7", ""]);
    }

    #[test]
    fn figures_beside_framed_labels_get_cells() {
        let rows: [&[(&str, f64)]; 3] = [
            &[("内容", 5.0)],
            &[("规章", 5.0), ("12", 45.0), ("3", 85.0), ("9", 105.0)],
            &[("文件", 5.0), ("7", 45.0), ("1", 105.0)],
        ];
        let found = texts(&labels(&[40.0]), &rows).unwrap();
        assert_eq!(found, ["规章", "12", "3", "9", "文件", "7", "", "1"]);
    }

    #[test]
    fn a_row_of_figures_just_below_a_framed_header_is_a_row_of_it() {
        let header: &[(&str, f64)] = &[("维持", 5.0), ("纠正", 45.0), ("其他", 85.0)];
        let rows: [&[(&str, f64)]; 2] = [header, &[("12", 5.0), ("3", 45.0), ("9", 85.0)]];
        let lattice = Lattice {
            xs: vec![0.0, 40.0, 80.0, 120.0],
            ys: vec![0.0, 16.0],
            cells: single(0..1, 0..3).collect(),
        };
        assert_eq!(texts(&lattice, &rows).unwrap(), ["12", "3", "9"]);
    }

    #[test]
    fn two_numbers_of_one_slot_stay_in_their_cell_and_so_do_words() {
        let header: &[(&str, f64)] = &[("内容", 5.0), ("制发", 45.0), ("废止", 85.0)];
        let lattice = labels(&[40.0, 80.0, 120.0]);
        let two: &[(&str, f64)] = &[("规章", 5.0), ("12", 45.0), ("3", 62.0), ("4", 85.0)];
        assert_eq!(texts(&lattice, &[header, two]), None);
        let words: &[(&str, f64)] = &[("规章", 5.0), ("12", 45.0), ("件", 62.0), ("4", 85.0)];
        assert_eq!(texts(&lattice, &[header, words]), None);
        let beside: &[(&str, f64)] = &[("规章", 5.0), ("12", 45.0), ("见附注", 65.0), ("4", 105.0)];
        assert_eq!(texts(&labels(&[40.0]), &[&[("内容", 5.0)], beside]), None);
    }
}
