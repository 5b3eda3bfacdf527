//! What must hold for every input of a kind, not for chosen ones.

#![allow(clippy::expect_used, clippy::unwrap_used)]

use nianbao::document::{Block, Grid};
use nianbao::read::{Hints, read};
use nianbao::report::{Section, State};
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

/// A heading as it is to be read: number, wording, the text below it, and what stands under it.
#[derive(Clone, Debug, PartialEq)]
struct Node {
    number: String,
    heading: String,
    text: String,
    children: Vec<Node>,
}

const WORDS: [&str; 8] = ["公文", "平台", "队伍", "监督", "解读", "目录", "档案", "培训"];
const TOPICS: [&str; 5] = ["管理工作", "建设情况", "保障措施", "运行维护", "推进方面"];
const HAN: [&str; 6] = ["一", "二", "三", "四", "五", "六"];

/// Numbers a tree as reports do: every level in a style of its own, outermost first, some styles left out.
fn numbered(shape: &Shape, style: usize, number: usize, lines: &mut String) -> Node {
    let han = HAN[number];
    let digit = (number + 1).to_string();
    let circled = ["①", "②", "③", "④", "⑤", "⑥"][number];
    let (printed, number) = match style {
        0 => (format!("{han}、"), han.to_owned()),
        1 => (format!("（{han}）"), han.to_owned()),
        2 => (format!("{digit}."), digit),
        3 => (format!("（{digit}）"), digit),
        _ => (circled.to_owned(), circled.to_owned()),
    };
    let heading = format!("{}{}", WORDS[shape.word], TOPICS[shape.topic]);
    *lines += &format!("{printed}{heading}\n");
    let text = [
        "",
        "各项任务按期完成，没有遗留问题。",
        "全年运行平稳。\n明年将继续改进。",
    ][shape.text];
    *lines += &format!("{text}\n");
    let style = style + 1 + shape.skip;
    let children = shape.children.iter().enumerate().filter(|_| style < 5);
    let children = children
        .map(|(index, child)| numbered(child, style, index, lines))
        .collect();
    Node {
        number,
        heading,
        text: text.into(),
        children,
    }
}

/// What is chosen at random of a heading.
#[derive(Clone, Debug)]
struct Shape {
    word: usize,
    topic: usize,
    text: usize,
    skip: usize,
    children: Vec<Shape>,
}

fn shape() -> impl Strategy<Value = Shape> {
    let own = || (0..WORDS.len(), 0..TOPICS.len(), 0..3usize, 0..2usize);
    let made = |((word, topic, text, skip), children)| Shape {
        word,
        topic,
        text,
        skip,
        children,
    };
    let leaf = own().prop_map(move |own| made((own, Vec::new())));
    leaf.prop_recursive(5, 40, 4, move |inner| {
        (own(), prop::collection::vec(inner, 0..5)).prop_map(made)
    })
}

fn nodes(sections: &[Section]) -> Vec<Node> {
    let node = |section: &Section| Node {
        number: section.number.clone().unwrap_or_default(),
        heading: section.heading.clone(),
        text: section.text.clone(),
        children: nodes(&section.children),
    };
    sections.iter().map(node).collect()
}

/// Tables 2, 3 and 4 as text with tabs, filled with figures one after another.
fn tables(figures: &[u32]) -> [String; 3] {
    let mut figures = figures.iter();
    let mut row = |label: &str, count: usize| {
        let cells: Vec<String> = figures.by_ref().take(count).map(u32::to_string).collect();
        let label = if label.is_empty() {
            String::new()
        } else {
            format!("{label}\t")
        };
        format!("{label}{}\n", cells.join("\t"))
    };
    let disclosure = format!(
        "信息内容\t本年制发件数\t本年废止件数\t现行有效件数\n{}{}信息内容\t本年处理决定数量\n{}\
         信息内容\t本年处理决定数量\n{}{}信息内容\t本年收费金额（单位：万元）\n{}",
        row("规章", 3),
        row("行政规范性文件", 3),
        row("行政许可", 1),
        row("行政处罚", 1),
        row("行政强制", 1),
        row("行政事业性收费", 1),
    );
    let applications = format!(
        "项目\t自然人\t商业企业\t科研机构\t社会公益组织\t法律服务机构\t其他\t总计\n{}{}{}{}",
        row("一、本年新收政府信息公开申请数量", 7),
        row("二、上年结转政府信息公开申请数量", 7),
        row("（一）予以公开", 7),
        row("四、结转下年度继续办理", 7),
    );
    let outcomes = "结果维持\t结果纠正\t其他结果\t尚未审结\t总计";
    let review = format!(
        "行政复议\t行政诉讼\n未经复议直接起诉\t复议后起诉\n{outcomes}\t{outcomes}\t{outcomes}\n{}",
        row("", 15)
    );
    [disclosure, applications, review]
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

    #[test]
    fn a_tree_of_numbered_headings_written_as_text_reads_back_the_same(shapes in prop::collection::vec(shape(), 2..7)) {
        let mut text = String::new();
        let written: Vec<Node> =
            shapes.iter().enumerate().map(|(index, shape)| numbered(shape, 0, index, &mut text)).collect();
        let report = nianbao::extract(text.as_bytes(), &Hints::default()).unwrap();
        prop_assert_eq!(nodes(&report.sections), written, "{}", text);
    }

    #[test]
    fn the_order_of_the_tables_changes_no_figure(
        figures in prop::collection::vec(0u32..10_000, 53),
        order in Just([0usize, 1, 2]).prop_shuffle(),
    ) {
        let tables = tables(&figures);
        let headings = ["主动公开政府信息情况", "收到和处理政府信息公开申请情况", "政府信息公开行政复议、行政诉讼情况"];
        let text: String = order
            .iter()
            .zip(HAN)
            .map(|(table, number)| format!("{number}、{}\n\n{}\n", headings[*table], tables[*table]))
            .collect();
        let report = nianbao::extract(text.as_bytes(), &Hints::default()).unwrap();
        let read: Vec<String> = report
            .tables
            .present()
            .flat_map(|(_, table)| table.values.0.values().flatten().map(|figure| figure.to_string()))
            .collect();
        let written: Vec<String> = figures.iter().map(u32::to_string).collect();
        prop_assert_eq!(read, written, "{}", text);
    }
}
