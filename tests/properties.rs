//! What must hold for every input of a kind, not for chosen ones.

#![allow(clippy::expect_used, clippy::unwrap_used)]

use nianbao::document::{Block, Grid};
use nianbao::read::{Hints, read};
use nianbao::report::State;
use nianbao::text::numeral::Reading;
use proptest::prelude::*;

/// A cell of a drawn table: row, column, row span, column span.
type Tile = (usize, usize, usize, usize);

/// Fills a table of a size with cells of random spans, in reading order.
fn tiling(rows: usize, columns: usize, mut choices: impl Iterator<Item = (usize, usize)>) -> Vec<Tile> {
    let mut taken = vec![vec![false; columns]; rows];
    let mut tiles = Vec::new();
    for row in 0..rows {
        for column in 0..columns {
            if taken[row][column] {
                continue;
            }
            let (down, right) = choices.next().unwrap_or((1, 1));
            let free = (column..columns).take_while(|c| !taken[row][*c]).count();
            let (down, right) = (down.min(rows - row), right.min(free));
            for line in taken.iter_mut().skip(row).take(down) {
                line[column..column + right].fill(true);
            }
            tiles.push((row, column, down, right));
        }
    }
    tiles
}

fn html(rows: usize, tiles: &[Tile]) -> String {
    let mut html = String::from("<html><body><p>下表</p><table border=1>");
    for row in 0..rows {
        html += "<tr>";
        for (index, (_, _, down, right)) in tiles.iter().enumerate().filter(|(_, tile)| tile.0 == row) {
            html += &format!("<td rowspan={down} colspan={right}>格{index}</td>");
        }
        html += "</tr>";
    }
    html + "</table></body></html>"
}

fn grid(html: &str) -> Grid {
    let document = read(html.as_bytes(), &Hints::default()).unwrap();
    let grids = document.blocks.into_iter().filter_map(|block| match block {
        Block::Grid(grid) => Some(grid),
        Block::Paragraph(_) => None,
    });
    let grids: Vec<Grid> = grids.collect();
    assert_eq!(grids.len(), 1, "{html}");
    grids.into_iter().next().unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn a_table_written_with_any_spans_reads_back_the_same(
        rows in 2usize..7,
        columns in 2usize..8,
        choices in prop::collection::vec((1usize..3, 1usize..4), 0..40),
    ) {
        let tiles = tiling(rows, columns, choices.into_iter());
        // A row without a cell of its own has no height for a browser to show; pages have none such.
        prop_assume!((0..rows).all(|row| tiles.iter().any(|tile| tile.0 == row)));
        // A table of one column is a frame around text, and is read as text.
        let wide = (0..rows).filter(|row| tiles.iter().filter(|tile| tile.0 == *row).count() > 1).count();
        prop_assume!(wide > 1);
        let grid = grid(&html(rows, &tiles));
        let read: Vec<Tile> = grid.cells().iter().map(|c| (c.row, c.column, c.row_span, c.column_span)).collect();
        prop_assert_eq!(read, tiles);
        for (index, cell) in grid.cells().iter().enumerate() {
            prop_assert_eq!(&cell.text, &format!("格{index}"));
        }
    }

    #[test]
    fn a_number_reads_back_however_it_is_written(value in 0u64..100_000_000, decimals in 0u32..5, style in 0usize..6) {
        let digits = value.to_string();
        let plain = match decimals {
            0 => digits.clone(),
            n => format!("{digits}.{:0width$}", value % 10u64.pow(n), width = n as usize),
        };
        let grouped = {
            let (whole, rest) = plain.split_at(digits.len());
            let groups: Vec<&str> = whole.as_bytes().rchunks(3).rev().map(|g| std::str::from_utf8(g).unwrap()).collect();
            groups.join(",") + rest
        };
        let wide: String = plain.chars().map(|c| char::from_u32(c as u32 + 0xfee0).unwrap()).collect();
        let (written, negative) = match style {
            0 => (plain.clone(), false),
            1 => (grouped, false),
            2 => (wide, false),
            3 => (format!("\u{a0}{plain}\u{200b} "), false),
            4 => (format!("减{plain}"), true),
            _ => (format!("{plain}（其中{value}件）"), false),
        };
        let reading = Reading::of(&written);
        let expected = if negative && value + decimals as u64 > 0 && !plain.trim_matches(['0', '.']).is_empty() { format!("-{plain}") } else { plain };
        prop_assert_eq!(reading.value.map(|v| v.to_string()), Some(expected), "{}", written);
    }

    #[test]
    fn words_are_never_a_number(text in "[\u{4e00}-\u{9fa5}]{1,8}") {
        let reading = Reading::of(&text);
        prop_assert!(matches!(reading.state, State::Text | State::Placeholder) || text == "零", "{}", text);
    }

    #[test]
    fn reading_never_depends_on_prose_between_the_tables(sentences in prop::collection::vec("[\u{4e00}-\u{9fa5}]{4,30}。", 0..4)) {
        let table = "一、本年新收政府信息公开申请数量\t1\t2\t3\t4\t5\t6\t21\n二、上年结转政府信息公开申请数量\t7\t0\t0\t0\t0\t8\t15\n（一）予以公开\t2\t0\t0\t0\t0\t9\t11\n";
        let other = "信息内容\t本年制发件数\t本年废止件数\t现行有效件数\n规章\t3\t1\t9\n行政规范性文件\t8\t2\t40\n";
        let read = |text: String| nianbao::extract(text.as_bytes(), &Hints::default()).unwrap().tables;
        let prose = sentences.join("\n");
        let (plain, mixed) = (read(format!("{other}\n{table}")), read(format!("{prose}\n\n{other}\n{prose}\n\n{table}\n{prose}\n")));
        let values = |t: &nianbao::report::Tables| t.present().map(|(key, table)| (key, table.values.clone())).collect::<Vec<_>>();
        prop_assert_eq!(values(&plain), values(&mixed));
    }
}
