//! Tables that a page break cut, put together again.
//!
//! Two tables are joined when nothing stands between them, the one ends low on its page and the other begins high on the next,
//! and their column borders agree. Invariant: no cell's text is dropped except a header row repeated word for word, and no number
//! is ever appended to another.

use super::chars;
use super::item::Item;
use super::ordinal::begins_with_ordinal;
use super::table::{Cell, Slots, Table};

/// How far two borders may differ and still be one column.
const SAME: f64 = 4.0;
/// How far a page may be shifted sideways against the one before, as by mirrored margins.
const SHIFT: f64 = 60.0;
/// Most header rows that are looked for.
const HEADER: usize = 6;

/// Joins the tables in a document's items; `heights` are those of the pages. Returns how many joins were made.
pub(super) fn tables(items: Vec<Item>, heights: &[f64]) -> (Vec<Item>, usize) {
    let mut joined: Vec<Item> = Vec::with_capacity(items.len());
    let mut joins = 0;
    for item in items {
        let follows = match (joined.last(), &item) {
            (Some(Item::Table(above)), Item::Table(below)) => follows(above, below, heights),
            _ => None,
        };
        match (follows, joined.last_mut(), item) {
            (Some(xs), Some(Item::Table(above)), Item::Table(below)) => {
                append(above, below, xs);
                joins += 1;
            }
            (_, _, item) => joined.push(item),
        }
    }
    (joined, joins)
}

/// The common column borders, if the second table goes on with the first.
fn follows(above: &Table, below: &Table, heights: &[f64]) -> Option<Vec<f64>> {
    let last = above.cells.iter().map(|cell| cell.page).max()?;
    let bottom = above
        .cells
        .iter()
        .filter(|cell| cell.page == last)
        .map(|cell| cell.bbox.y1)
        .fold(f64::MIN, f64::max);
    let low = bottom > 0.55 * heights.get(last)?;
    let high = below.bbox.y0 < 0.35 * heights.get(below.page)?;
    // A header alone goes with the table on the next page, wherever it stands: its program did not want to part the row below.
    let header_alone = !has_figures(above) && has_figures(below);
    if below.page != last + 1 || !(low || header_alone) || !high || above.kind != below.kind {
        return None;
    }
    unite(&above.xs, &below.xs)
}

fn has_figures(table: &Table) -> bool {
    table.cells.iter().any(|cell| is_figure(&cell.text))
}

/// Column borders of both tables. The outer ones have to agree, and one table's have to contain the other's.
fn unite(above: &[f64], below: &[f64]) -> Option<Vec<f64>> {
    let (width, other) = (above.last()? - above.first()?, below.last()? - below.first()?);
    let shift = below.first()? - above.first()?;
    if (width - other).abs() > SAME || shift.abs() > SHIFT {
        return None;
    }
    let below: Vec<f64> = below.iter().map(|x| x - shift).collect();
    let within = |some: &[f64], all: &[f64]| some.iter().all(|x| all.iter().any(|y| (x - y).abs() <= SAME));
    if within(&below, above) {
        Some(above.to_vec())
    } else if within(above, &below) {
        Some(below)
    } else {
        None
    }
}

/// Moves cells from their own column borders to common ones.
fn rebase(cells: &mut [Cell], from: &[f64], to: &[f64]) {
    let shift = from[0] - to[0];
    let place = |border: usize| {
        let x = from[border] - shift;
        let distance = |candidate: &usize| (to[*candidate] - x).abs();
        (0..to.len())
            .min_by(|a, b| distance(a).total_cmp(&distance(b)))
            .unwrap_or(0)
    };
    for cell in cells {
        let (first, last) = (place(cell.slots.column), place(cell.slots.column + cell.slots.columns));
        cell.slots.column = first;
        cell.slots.columns = (last - first).max(1);
    }
}

fn append(above: &mut Table, mut below: Table, xs: Vec<f64>) {
    rebase(&mut above.cells, &above.xs, &xs);
    rebase(&mut below.cells, &below.xs, &xs);
    above.xs = xs;
    let repeated = repeated_header(above, &below);
    drop_rows(&mut below, repeated);
    // Above a first row of figures stands a header, which is whole.
    if below.rows > 0 && has_figures(above) {
        mend(above, &mut below);
    } else if below.rows > 1 {
        mend_header(above, &mut below);
    }
    let base = above.rows;
    for mut cell in below.cells {
        cell.slots.row += base;
        above.cells.push(cell);
    }
    above.rows += below.rows;
    above.cells.sort_by_key(|cell| cell.slots);
}

/// Rows at the top of the second table that repeat the first one's header.
fn repeated_header(above: &Table, below: &Table) -> usize {
    let row = |table: &Table, row: usize| -> Vec<(Slots, String)> {
        let cells = table.cells.iter().filter(|cell| cell.slots.row == row);
        cells
            .map(|cell| (cell.slots, cell.text.split_whitespace().collect()))
            .collect()
    };
    let is_header = |cells: &[(Slots, String)]| {
        cells.iter().any(|(_, text)| !text.is_empty()) && !cells.iter().any(|(_, text)| is_figure(text))
    };
    let same = (0..HEADER.min(above.rows).min(below.rows))
        .take_while(|index| {
            let cells = row(below, *index);
            (is_header(&cells) || cells.is_empty()) && cells == row(above, *index)
        })
        .count();
    // A row is dropped only together with all rows that its cells reach into.
    (0..=same)
        .rev()
        .find(|rows| {
            below
                .cells
                .iter()
                .all(|cell| cell.slots.row >= *rows || cell.slots.row + cell.slots.rows <= *rows)
        })
        .unwrap_or(0)
}

fn drop_rows(table: &mut Table, rows: usize) {
    table.cells.retain(|cell| cell.slots.row >= rows);
    table.cells.iter_mut().for_each(|cell| cell.slots.row -= rows);
    table.rows -= rows;
}

/// A number, or what stands in its place.
fn is_figure(text: &str) -> bool {
    let text = text.trim();
    let plain = text
        .chars()
        .all(|character| chars::is_numeric(character) || "-—–－+/／ ".contains(character));
    (!text.is_empty() && plain) || text == "无"
}

/// Whether a text is one of its own, and not the rest of a number or a remark on it.
fn begins_with_word(text: &str) -> bool {
    text.chars().next().is_some_and(char::is_alphabetic)
}

/// The first column that holds figures; before it are labels.
fn first_figures(table: &Table) -> usize {
    let columns = table.xs.len() - 1;
    let is_figures = |column: usize| {
        let texts = table
            .cells
            .iter()
            .filter(|cell| cell.slots.column == column && cell.slots.columns == 1 && !cell.text.trim().is_empty());
        let (figures, all) = texts.fold((0, 0), |(figures, all), cell| {
            (figures + usize::from(is_figure(&cell.text)), all + 1)
        });
        figures > 0 && figures * 2 >= all
    };
    (0..columns).find(|column| is_figures(*column)).unwrap_or(columns)
}

/// Cells of the first table's last row and of the second one's first row that stand in the same columns.
fn partners(above: &Table, below: &Table) -> Vec<(usize, usize)> {
    let mut partners = Vec::new();
    for (index, cell) in below.cells.iter().enumerate().filter(|(_, cell)| cell.slots.row == 0) {
        let partner = above.cells.iter().position(|upper| {
            upper.slots.row + upper.slots.rows == above.rows
                && upper.slots.column == cell.slots.column
                && upper.slots.columns == cell.slots.columns
        });
        partners.extend(partner.map(|partner| (partner, index)));
    }
    partners
}

/// Puts together the cells of a header that the break cut: 结果 above it, 维持 below.
fn mend_header(above: &mut Table, below: &mut Table) {
    let first = || below.cells.iter().filter(|cell| cell.slots.row == 0);
    let partners = partners(above, below);
    let header = first().any(|cell| !cell.text.is_empty()) && !first().any(|cell| is_figure(&cell.text));
    // A row that begins on the next page has words of its own below a word that was finished.
    let goes_on = |upper: &Cell, lower: &Cell| {
        !upper.text.is_empty() && (lower.text.is_empty() || upper.full && !begins_with_ordinal(&lower.text))
    };
    let all = partners
        .iter()
        .all(|(upper, lower)| goes_on(&above.cells[*upper], &below.cells[*lower]));
    if !header || !all || partners.is_empty() {
        return;
    }
    for (upper, lower) in &partners {
        let (upper, lower) = (&mut above.cells[*upper], &below.cells[*lower]);
        if !lower.text.is_empty() {
            upper.text.push('\n');
            upper.text.push_str(&lower.text);
        }
        upper.slots.rows += lower.slots.rows;
    }
    let mut index = 0;
    below.cells.retain(|_| {
        index += 1;
        !partners.iter().any(|(_, lower)| *lower == index - 1)
    });
}

/// Puts together what the break cut: a label that spans rows on both pages, and a row whose label goes on.
fn mend(above: &mut Table, below: &mut Table) {
    let labels = first_figures(above).min(first_figures(below));
    let partners = partners(above, below);
    let top = below.cells.iter().filter(|cell| cell.slots.row == 0).count();
    let is_label = |cell: &Cell| cell.slots.column + cell.slots.columns <= labels;
    let goes_on = |upper: &Cell, lower: &Cell| {
        is_label(lower)
            && upper.full
            && !upper.text.is_empty()
            && !lower.text.is_empty()
            && !is_figure(&lower.text)
            && !begins_with_ordinal(&lower.text)
    };
    // The figures of a row that was cut stand on one side of the break, all of them; else these are two rows.
    let pairs = || {
        partners
            .iter()
            .map(|(upper, lower)| (&above.cells[*upper], &below.cells[*lower]))
    };
    let figures = || pairs().filter(|(_, lower)| !is_label(lower));
    let above_only =
        figures().any(|(upper, _)| is_figure(&upper.text)) && figures().all(|(_, lower)| lower.text.is_empty());
    let below_only =
        figures().any(|(_, lower)| is_figure(&lower.text)) && figures().all(|(upper, _)| upper.text.is_empty());
    // A row without a word below the break is the empty rest of the row above it.
    let rest = above_only && pairs().all(|(_, lower)| lower.text.is_empty());
    // Or its narrow cells broke the numbers, and the page came between: then both sides have digits.
    let broken = |upper: &Cell, lower: &Cell| {
        let digits = |cell: &Cell| cell.text.chars().filter(|character| !character.is_whitespace()).count();
        upper.tight && lower.text.chars().all(chars::is_digit) && digits(lower) <= digits(upper)
    };
    // Between two numbered rows, a row without a number belongs to the first, however its line ended.
    let numbered = |cell: &Cell| {
        let next = below
            .cells
            .iter()
            .find(|next| next.slots.row == cell.slots.rows && next.slots.column == cell.slots.column);
        next.is_some_and(|next| begins_with_ordinal(&next.text))
    };
    let fills = |upper: &Cell, lower: &Cell| {
        goes_on(upper, lower)
            || is_label(lower)
                && begins_with_ordinal(&upper.text)
                && numbered(lower)
                && !begins_with_ordinal(&lower.text)
                && !lower.text.is_empty()
                && !is_figure(&lower.text)
    };
    let labels_below = || pairs().filter(|(_, lower)| is_label(lower));
    // A row of figures without a label is no row of its own.
    let unlabelled = labels_below().next().is_some()
        && labels_below().all(|(upper, lower)| !upper.text.is_empty() && lower.text.is_empty());
    let rest_of_numbers = figures().any(|(_, lower)| !lower.text.is_empty())
        && figures().all(|(upper, lower)| {
            lower.text.is_empty()
                || broken(upper, lower)
                || unlabelled && is_figure(&upper.text) && !begins_with_word(&lower.text)
        })
        && (unlabelled || pairs().any(|(upper, lower)| goes_on(upper, lower)));
    let cut = partners.len() == top
        && (above_only || below_only || rest_of_numbers)
        && (rest || rest_of_numbers || pairs().any(|(upper, lower)| fills(upper, lower)))
        && pairs().all(|(upper, lower)| !is_label(lower) || lower.text.is_empty() || fills(upper, lower));
    // Where both sides have words or figures of their own they are two rows, and so are the labels right before the figures.
    let both = figures().any(|(upper, _)| !upper.text.is_empty()) && figures().any(|(_, lower)| is_figure(&lower.text))
        || figures().any(|(upper, lower)| is_figure(&upper.text) && begins_with_word(&lower.text));
    let mut gone = Vec::new();
    for (upper, lower) in partners {
        let lower_cell = &below.cells[lower];
        let continues =
            is_label(lower_cell) && (lower_cell.text.is_empty() || goes_on(&above.cells[upper], lower_cell));
        let innermost = lower_cell.slots.column + lower_cell.slots.columns == labels;
        if !cut && (!continues || (both && innermost)) {
            continue;
        }
        let upper = &mut above.cells[upper];
        if upper.text.is_empty() {
            (upper.page, upper.bbox) = (lower_cell.page, lower_cell.bbox);
            upper.text.push_str(&lower_cell.text);
        } else if !lower_cell.text.is_empty() {
            upper.text.push('\n');
            upper.text.push_str(&lower_cell.text);
            upper.full = lower_cell.full;
        }
        upper.slots.rows += lower_cell.slots.rows - usize::from(cut);
        gone.push(lower);
    }
    let mut index = 0;
    below.cells.retain(|_| {
        index += 1;
        !gone.contains(&(index - 1))
    });
    if cut {
        below.cells.iter_mut().for_each(|cell| cell.slots.row -= 1);
        below.rows -= 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::GridKind;
    use kurbo::Rect;

    /// A table on a page from rows of texts, one column of labels and the rest figures; `~` ends a cell that is full.
    fn table(page: usize, top: f64, rows: &[&[&str]]) -> Table {
        let columns = rows[0].len();
        let xs: Vec<f64> = (0..=columns).map(|column| 100.0 * column as f64).collect();
        let mut cells = Vec::new();
        for (row, texts) in rows.iter().enumerate() {
            for (column, text) in texts.iter().enumerate() {
                let y = top + 20.0 * row as f64;
                cells.push(Cell {
                    slots: Slots {
                        row,
                        column,
                        rows: 1,
                        columns: 1,
                    },
                    text: text.trim_end_matches('~').into(),
                    full: text.ends_with('~'),
                    tight: text.ends_with('~') && is_figure(text.trim_end_matches('~')),
                    page,
                    bbox: Rect::new(xs[column], y, xs[column + 1], y + 20.0),
                });
            }
        }
        Table {
            kind: GridKind::Ruled,
            page,
            bbox: Rect::new(0.0, top, xs[columns], top + 20.0 * rows.len() as f64),
            xs,
            rows: rows.len(),
            cells,
        }
    }

    fn joined(above: Table, below: Table) -> Vec<Vec<String>> {
        let (items, _) = tables(vec![Item::Table(above), Item::Table(below)], &[800.0, 800.0]);
        let Some(Item::Table(table)) = items.first() else {
            panic!("no table");
        };
        assert_eq!(items.len(), 1);
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
    fn a_row_cut_by_the_break_is_one_row_again() {
        let above = table(0, 700.0, &[&["1.属于国家秘密", "1", "0"], &["2.没有现成信~", "3", "0"]]);
        let below = table(1, 80.0, &[&["息需要另行制作", "", ""], &["3.补正后", "0", "0"]]);
        assert_eq!(
            joined(above, below),
            [
                ["1.属于国家秘密", "1", "0"],
                ["2.没有现成信\n息需要另行制作", "3", "0"],
                ["3.补正后", "0", "0"]
            ]
        );
    }

    #[test]
    fn a_row_without_number_between_numbered_ones_is_the_rest_of_the_first() {
        let above = table(0, 700.0, &[&["2.其他", "1", "0"], &["3.危及", "3", "0"]]);
        let below = table(1, 80.0, &[&["“三安全一稳定”", "", ""], &["4.第三方", "0", "0"]]);
        assert_eq!(joined(above, below)[1], ["3.危及\n“三安全一稳定”", "3", "0"]);
    }

    #[test]
    fn the_figures_of_a_cut_row_may_stand_below_the_break() {
        let above = table(0, 700.0, &[&["1.属于国家秘密", "1", "0"], &["2.没有现成信~", "", ""]]);
        let below = table(1, 80.0, &[&["息需要另行制作", "3", "4"], &["3.补正后", "0", "0"]]);
        let rows = joined(above, below);
        assert_eq!(rows[1], ["2.没有现成信\n息需要另行制作", "3", "4"]);
        assert_eq!(rows.len(), 3);
    }

    #[test]
    fn two_rows_with_figures_of_their_own_are_never_joined() {
        let above = table(0, 700.0, &[&["规章（设区的市~", "67", "46"]]);
        let below = table(1, 80.0, &[&["行政规范性文件", "81", "98"], &["行政许可", "0", "0"]]);
        assert_eq!(
            joined(above, below),
            [
                ["规章（设区的市", "67", "46"],
                ["行政规范性文件", "81", "98"],
                ["行政许可", "0", "0"]
            ]
        );
    }

    #[test]
    fn words_in_the_middle_of_a_table_are_no_rest_of_the_figure_above_them() {
        let above = table(0, 700.0, &[&["信息内容", "本年处理决定数量"], &["行政许可", "7"]]);
        let below = table(1, 80.0, &[&["", "第二十条第（六）项"], &["行政处罚", "31"]]);
        let rows = joined(above, below);
        assert_eq!(
            rows[1..],
            [["行政许可", "7"], ["", "第二十条第（六）项"], ["行政处罚", "31"]]
        );
    }

    #[test]
    fn a_row_of_blanks_with_its_own_label_stays_a_row() {
        let above = table(0, 700.0, &[&["1.属于国家秘密", "1", "0"], &["规章", "3", "0"]]);
        let below = table(1, 80.0, &[&["规范性文件", "", ""], &["3.补正后", "0", "0"]]);
        assert_eq!(joined(above, below).len(), 4);
    }

    #[test]
    fn numbers_that_the_break_cut_are_not_two_rows_of_numbers() {
        let above = table(0, 700.0, &[&["规章", "428378", "79"], &["行政~", "45379~", "96211~"]]);
        let below = table(1, 80.0, &[&["规范性文件", "3", "6"], &["行政许可", "0", "0"]]);
        let rows = joined(above, below);
        assert_eq!(rows[1], ["行政\n规范性文件", "45379\n3", "96211\n6"]);
        assert_eq!(rows.len(), 3);
        let above = table(0, 700.0, &[&["规章", "428378", "79"], &["行政许可", "4537", "96"]]);
        let below = table(1, 80.0, &[&["", "3", ""], &["行政处罚", "0", "0"]]);
        assert_eq!(
            joined(above, below)[1..],
            [["行政许可", "4537\n3", "96"], ["行政处罚", "0", "0"]]
        );
    }

    #[test]
    fn a_header_that_ends_a_page_keeps_its_words() {
        let above = table(0, 700.0, &[&["规章", "1", "2"], &["信息内容~", "件数~", "总数~"]]);
        let below = table(1, 80.0, &[&["行政许可", "3", "6"], &["行政处罚", "0", "0"]]);
        assert_eq!(
            joined(above, below)[1..3],
            [["信息内容", "件数", "总数"], ["行政许可", "3", "6"]]
        );
    }

    #[test]
    fn an_empty_rest_of_a_row_is_no_row() {
        let above = table(0, 700.0, &[&["规章", "1", "0"], &["规范性文件", "3", "4"]]);
        let below = table(1, 80.0, &[&["", "", ""], &["行政许可", "0", "0"]]);
        assert_eq!(
            joined(above, below),
            [["规章", "1", "0"], ["规范性文件", "3", "4"], ["行政许可", "0", "0"]]
        );
    }

    #[test]
    fn a_header_cut_in_the_middle_of_its_words_is_whole_again() {
        let above = table(0, 700.0, &[&["结果~", "结果~", "总计"]]);
        let below = table(1, 80.0, &[&["维持", "纠正", ""], &["1", "2", "3"]]);
        let rows = joined(above, below);
        assert_eq!(rows[0], ["结果\n维持", "结果\n纠正", "总计"]);
        assert_eq!(rows[2], ["1", "2", "3"]);
        // A row of blanks below a finished header stays what it is.
        let above = table(0, 700.0, &[&["信息内容", "件数~", "总计"]]);
        let below = table(1, 80.0, &[&["规章", "", ""], &["规范性文件", "2", "3"]]);
        assert_eq!(joined(above, below)[1], ["规章", "", ""]);
    }

    #[test]
    fn a_repeated_header_is_dropped_and_repeated_figures_are_not() {
        let above = table(0, 700.0, &[&["内容", "件数"], &["规章", "0"]]);
        let below = table(1, 80.0, &[&["内容", "件数"], &["规章", "0"]]);
        assert_eq!(joined(above, below), [["内容", "件数"], ["规章", "0"], ["规章", "0"]]);
    }

    #[test]
    fn a_header_alone_goes_with_the_next_page_and_takes_no_figure_in() {
        let above = table(0, 80.0, &[&["信息内容~", "自然人~", "总计~"]]);
        let below = table(1, 40.0, &[&["予以公开", "9", "9"], &["部分公开", "0", "0"]]);
        assert_eq!(
            joined(above, below),
            [
                ["信息内容", "自然人", "总计"],
                ["予以公开", "9", "9"],
                ["部分公开", "0", "0"]
            ]
        );
    }

    #[test]
    fn tables_of_other_columns_stay_apart() {
        let above = table(0, 700.0, &[&["a", "1"], &["b", "2"]]);
        let below = table(1, 80.0, &[&["a", "1", "2", "3"], &["b", "2", "3", "4"]]);
        let (items, joins) = tables(vec![Item::Table(above), Item::Table(below)], &[800.0, 800.0]);
        assert_eq!((items.len(), joins), (2, 0));
    }

    #[test]
    fn a_table_that_ends_high_on_its_page_is_complete() {
        let above = table(0, 100.0, &[&["a", "1"], &["b", "2"]]);
        let below = table(1, 80.0, &[&["a", "1"], &["b", "2"]]);
        assert_eq!(
            tables(vec![Item::Table(above), Item::Table(below)], &[800.0, 800.0]).1,
            0
        );
    }

    #[test]
    fn fewer_columns_after_the_break_become_spans() {
        assert_eq!(
            unite(&[0.0, 50.0, 100.0, 150.0], &[1.0, 51.0, 151.0]),
            Some(vec![0.0, 50.0, 100.0, 150.0])
        );
        assert_eq!(unite(&[0.0, 50.0, 150.0], &[0.0, 70.0, 150.0]), None);
    }
}
