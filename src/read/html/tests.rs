//! What the reader promises, on pages of invented agencies.

use super::*;
use crate::document::{Grid, LinkKind, Origin};

fn page(markup: &str) -> Document {
    read(markup.as_bytes(), &Hints::default()).unwrap()
}

fn texts(document: &Document) -> Vec<&str> {
    let paragraphs = document.blocks.iter().filter_map(|block| match block {
        Block::Paragraph(p) => Some(p.text.as_str()),
        Block::Grid(_) => None,
    });
    paragraphs.collect()
}

fn grids(document: &Document) -> Vec<&Grid> {
    let grids = document.blocks.iter().filter_map(|block| match block {
        Block::Grid(grid) => Some(grid),
        Block::Paragraph(_) => None,
    });
    grids.collect()
}

/// The rows of a grid as text, spanned slots repeated and uncovered slots as `·`.
fn drawn(grid: &Grid) -> Vec<String> {
    let row = |row| {
        let slots = (0..grid.columns()).map(move |column| grid.at(row, column).map_or("·", |cell| cell.text.as_str()));
        slots.collect::<Vec<_>>().join("|")
    };
    (0..grid.rows()).map(row).collect()
}

/// The only grid of a page that is nothing but a table.
fn table(rows: &str) -> Vec<String> {
    let document = page(&format!("<p>青禾县统计如下。</p><table>{rows}</table>"));
    let grids = grids(&document);
    assert_eq!(grids.len(), 1, "{:?}", document.blocks);
    drawn(grids[0])
}

fn properties(document: &Document) -> Vec<(&str, &str)> {
    document
        .properties
        .iter()
        .map(|p| (p.name.as_str(), p.value.as_str()))
        .collect()
}

fn codes(document: &Document) -> Vec<&str> {
    document.diagnostics.iter().map(|d| d.code.as_str()).collect()
}

#[test]
fn spans_are_resolved_as_browsers_do() {
    for (name, rows, expected) in [
        (
            "spans make the next cells step aside",
            "<tr><td rowspan=2>a<td colspan=2>b<tr><td>c<td>d",
            vec!["a|b|b", "a|c|d"],
        ),
        (
            "a row span of zero reaches the end of the row group",
            "<tbody><tr><td rowspan=0>a<td>b<tr><td>c<tbody><tr><td>d<td>e",
            vec!["a|b", "a|c", "d|e"],
        ),
        (
            "a row span is cut at the end of the row group",
            "<thead><tr><td rowspan=5>a<td>b</thead><tbody><tr><td>c<td>d",
            vec!["a|b", "c|d"],
        ),
        (
            "of overlapping cells the first keeps the slot",
            "<tr><td>a<td rowspan=2>b<td>c<tr><td colspan=3>d",
            vec!["a|b|c", "d|b|d"],
        ),
        (
            "a missing cell leaves its slot uncovered",
            "<tr><td>a<td>b<td>c<tr><td>d",
            vec!["a|b|c", "d|·|·"],
        ),
        (
            "attributes are numbers with anything behind them",
            "<TR><TD COLSPAN='2;'>a<TD colspan=-3>b<TR><TD>c<TD colspan=x>d<TD colspan=0>e",
            vec!["a|a|b", "c|d|e"],
        ),
        (
            "the foot is drawn last",
            "<tfoot><tr><td>总计<td>3</tfoot><tbody><tr><td>a<td>1<tr><td>b<td>2",
            vec!["a|1", "b|2", "总计|3"],
        ),
        (
            "hidden rows and cells are not there",
            "<tr style='display: none'><td>x<td>y<tr><td>a<td hidden>h<td>b<tr><td>c<td>d",
            vec!["a|b", "c|d"],
        ),
    ] {
        assert_eq!(table(rows), expected, "{name}");
    }
}

#[test]
fn spans_of_any_size_end_in_a_bounded_grid() {
    let document = page(
        "<p>见下表。</p><table><tr><td colspan=1000000000 rowspan=1000000000>a<td>b<tr><td>c<td rowspan=99999999999999999999>d</table>",
    );
    let grid = grids(&document)[0];
    assert_eq!((grid.rows(), grid.columns()), (2, 1002));
    assert_eq!(grid.at(0, 1000).unwrap().text, "b");
}
