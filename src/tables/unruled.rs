//! Grids whose columns were not seen: several figures stand in one cell, with wide gaps between them, because no line is drawn there.
//!
//! Such a grid is read as the lines of a text. Invariant: pieces keep their order, but for the words of a label below the line of its
//! figures; figures are never joined.

use super::rows::{is_damaged_number, is_drawn};
use crate::document::{Cell, Grid, GridKind, Origin};
use crate::text::numeral::Reading;

/// Two spaces stand for a wide gap.
const GAP: &str = "  ";

/// A piece of a cell with its place.
pub(super) type Piece<'a> = (&'a str, &'a Origin);

/// A line of words with figures behind them.
#[derive(Debug, Default)]
pub(super) struct Line<'a> {
    /// The words.
    pub words: Vec<Piece<'a>>,
    /// The figures.
    pub values: Vec<Piece<'a>>,
}

/// The lines of a grid, if its columns were not seen.
pub(super) fn lines(grid: &Grid) -> Option<Vec<Line<'_>>> {
    if !is_drawn(grid.origin()) {
        return None;
    }
    if grid.columns() == 1 {
        let has_gap = grid.cells().iter().any(|cell| holds_several(&cell.text));
        return has_gap.then(|| grid.cells().iter().flat_map(of_cell).collect());
    }
    if grid.kind() != GridKind::Aligned {
        return None;
    }
    let has = |row: usize, is: &dyn Fn(&Cell) -> bool| grid.row(row).any(|cell| cell.row == row && is(cell));
    let several = |cell: &Cell| holds_several(&cell.text);
    let with_several = (0..grid.rows()).filter(|row| has(*row, &several)).count();
    let with_values = (0..grid.rows())
        .filter(|row| has(*row, &|cell| several(cell) || is_figure(&cell.text)))
        .count();
    let of_row = |row: usize| of_pieces(grid.row(row).filter(|cell| cell.row == row).flat_map(pieces).collect());
    (with_several > 0 && with_several * 2 >= with_values).then(|| (0..grid.rows()).map(of_row).collect())
}

/// Whether a line of a text holds several figures, and not as digits that a gap inside parts.
fn holds_several(text: &str) -> bool {
    text.lines()
        .any(|line| line.split(GAP).filter(|piece| is_figure(piece)).count() > 1)
}

fn is_figure(piece: &str) -> bool {
    !piece.trim().is_empty() && Reading::of(piece).is_value()
}

fn pieces(cell: &Cell) -> impl Iterator<Item = Piece<'_>> {
    cell.text.lines().flat_map(|line| of_line(line, &cell.origin))
}

fn of_line<'a>(line: &'a str, origin: &'a Origin) -> impl Iterator<Item = Piece<'a>> {
    let pieces = line.split(GAP).map(str::trim).filter(|piece| !piece.is_empty());
    pieces.map(move |piece| (piece, origin))
}

/// Words and the figures behind them, with the rests of figures that a gap has cut: 20 07.
fn of_pieces(mut words: Vec<Piece<'_>>) -> Line<'_> {
    let last = words
        .iter()
        .rposition(|(piece, _)| !is_figure(piece) && !is_damaged_number(piece));
    let values = words.split_off(last.map_or(0, |last| last + 1));
    Line { words, values }
}

/// The lines of a cell between two rulings: one, whose words may stand around its figures, or one for each line of the cell with figures.
fn of_cell(cell: &Cell) -> Vec<Line<'_>> {
    let lines: Vec<Line> = cell
        .text
        .lines()
        .map(|line| of_pieces(of_line(line, &cell.origin).collect()))
        .collect();
    let mut with_values = lines
        .iter()
        .enumerate()
        .filter(|(_, line)| !line.values.is_empty())
        .map(|(at, _)| at);
    let (Some(at), None) = (with_values.next(), with_values.next()) else {
        return lines;
    };
    let names = |of: &[Line<'_>]| {
        let words: String = of.iter().flat_map(|line| &line.words).map(|(word, _)| *word).collect();
        super::is_row_label(&words)
    };
    let count = lines.len();
    let mut around = (0..=at).flat_map(|start| (at + 1..=count).rev().map(move |end| start..end));
    let label = around.find(|part| names(&lines[part.clone()])).unwrap_or(0..count);
    let mut row = Line::default();
    let (mut own, mut others) = (Vec::new(), Vec::new());
    for (index, line) in lines.into_iter().enumerate() {
        row.values.extend(line.values);
        if label.contains(&index) { &mut own } else { &mut others }.extend(line.words);
    }
    row.words = others;
    row.words.append(&mut own);
    vec![row]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::GridBuilder;

    fn read(kind: GridKind, rows: &[&[&str]]) -> Option<Vec<String>> {
        let origin = Origin::page(1, [0.0; 4]);
        let mut builder = GridBuilder::new(kind, origin.clone());
        for row in rows {
            builder.row(row.iter().map(|text| (*text, origin.clone())));
        }
        let (grid, _) = builder.build();
        let text = |pieces: &[Piece]| pieces.iter().map(|(piece, _)| *piece).collect::<Vec<&str>>().join(" ");
        let lines = lines(&grid)?;
        Some(
            lines
                .iter()
                .map(|line| format!("{}|{}", text(&line.words), text(&line.values)))
                .collect(),
        )
    }

    #[test]
    fn rows_between_rulings_without_columns_are_lines() {
        assert_eq!(
            read(
                GridKind::Ruled,
                &[
                    &["行政处罚  7"],
                    &["（四）无\n2.没有现成信息需要另行\n制作  1  2  3\n法提供"],
                    &["2.重复  0  1\n申请"],
                    &["规章  0  1\n规范性文件  2  3"]
                ]
            ),
            Some(vec![
                "行政处罚|7".into(),
                "（四）无 法提供 2.没有现成信息需要另行 制作|1 2 3".into(),
                "2.重复 申请|0 1".into(),
                "规章|0 1".into(),
                "规范性文件|2 3".into()
            ])
        );
        assert_eq!(read(GridKind::Ruled, &[&["规章"], &["3"]]), None);
    }

    #[test]
    fn aligned_rows_with_several_figures_in_a_cell_are_lines() {
        let rows: &[&[&str]] = &[
            &["规章", "1", "0  2  0"],
            &["（二）部分", "", ""],
            &["公开", "3", "4  5"],
            &["结转", "3", "20", "07"],
        ];
        let lines = ["规章|1 0 2 0", "（二）部分|", "公开|3 4 5", "结转|3 20 07"].map(String::from);
        assert_eq!(read(GridKind::Aligned, rows), Some(lines.to_vec()));
        assert_eq!(
            read(GridKind::Aligned, &[&["规章", "1", "2"], &["许可", "3", "4"]]),
            None
        );
        assert_eq!(read(GridKind::Ruled, rows), None);
    }
}
