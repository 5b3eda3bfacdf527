//! Binary Word documents and workbooks, shape by shape: what programs write, and what they show of it.

#![allow(clippy::unwrap_used)]

use nianbao::batch::document::Fate;
use nianbao::batch::kind::verdict;
use nianbao::document::{Block, Document as Read, Grid, Origin};
use nianbao::error::Error;
use nianbao::read::{Hints, read};
use nianbao_maker::containers::binary::compound;
use nianbao_maker::containers::binary::word::{Characters, Document, Paragraph, special};

const IN_TABLE: &[u8] = &[0x16, 0x24, 1];
const ENDS_ROW: &[u8] = &[0x17, 0x24, 1];
const ENDS_INNER_CELL: &[u8] = &[0x4B, 0x24, 1];
const ENDS_INNER_ROW: &[u8] = &[0x4C, 0x24, 1];
const DELETED: &[u8] = &[0x00, 0x08, 1];

fn run(text: &str, properties: &[u8]) -> Characters {
    Characters {
        text: text.into(),
        properties: properties.into(),
    }
}

fn nested(depth: u8) -> Vec<u8> {
    [IN_TABLE, &[0x49, 0x66, depth, 0, 0, 0]].concat()
}

/// A paragraph that ends a cell of a table at a depth.
fn cell(text: &str, depth: u8) -> Paragraph {
    let mut paragraph = Paragraph::plain(text);
    paragraph.properties = nested(depth);
    match depth {
        1 => paragraph.mark = '\u{7}',
        _ => paragraph.properties.extend(ENDS_INNER_CELL),
    }
    paragraph
}

/// The mark of a row, with the right edges of its cells and their marks.
fn row(depth: u8, edges: &[(i16, u16)]) -> Paragraph {
    let mut definition = vec![edges.len() as u8, 0, 0];
    definition.extend(edges.iter().flat_map(|(edge, _)| edge.to_le_bytes()));
    for (_, marks) in edges {
        definition.extend(marks.to_le_bytes());
        definition.extend([0; 18]);
    }
    let mut paragraph = Paragraph::plain("");
    paragraph.properties = nested(depth);
    match depth {
        1 => {
            paragraph.mark = '\u{7}';
            paragraph.properties.extend(ENDS_ROW);
        }
        _ => paragraph.properties.extend(ENDS_INNER_ROW),
    }
    paragraph.properties.extend([0x08, 0xD6]);
    paragraph.properties.extend((definition.len() as u16 + 1).to_le_bytes());
    paragraph.properties.extend(definition);
    paragraph
}

fn document(paragraphs: Vec<Paragraph>) -> Document {
    Document {
        paragraphs,
        ..Document::default()
    }
}

fn read_file(bytes: &[u8]) -> Result<Read, Error> {
    read(bytes, &Hints::default())
}

fn read_made(document: &Document) -> Read {
    read_file(&document.file()).unwrap()
}

fn paragraphs(read: &Read) -> Vec<&str> {
    let texts = read.blocks.iter().filter_map(|block| match block {
        Block::Paragraph(paragraph) => Some(paragraph.text.as_str()),
        Block::Grid(_) => None,
    });
    texts.collect()
}

fn grids(read: &Read) -> Vec<&Grid> {
    let grids = read.blocks.iter().filter_map(|block| match block {
        Block::Grid(grid) => Some(grid),
        Block::Paragraph(_) => None,
    });
    grids.collect()
}

/// Text, row, column and spans of each cell.
fn cells(grid: &Grid) -> Vec<(&str, usize, usize, usize, usize)> {
    let cells = grid.cells().iter();
    cells
        .map(|cell| {
            (
                cell.text.as_str(),
                cell.row,
                cell.column,
                cell.row_span,
                cell.column_span,
            )
        })
        .collect()
}

#[test]
fn cells_merged_over_rows_and_columns_are_one() {
    let read = read_made(&document(vec![
        cell("a", 1),
        cell("b", 1),
        cell("", 1),
        row(1, &[(1000, 0x60), (2000, 1), (3000, 2)]),
        cell("x", 1),
        cell("c", 1),
        cell("d", 1),
        row(1, &[(1010, 0x20), (2000, 0), (2990, 0)]),
        Paragraph::plain("end"),
    ]));
    assert_eq!(
        cells(grids(&read)[0]),
        [
            ("a", 0, 0, 2, 1),
            ("b", 0, 1, 1, 2),
            ("c", 1, 1, 1, 1),
            ("d", 1, 2, 1, 1)
        ]
    );
    assert_eq!(grids(&read)[0].at(1, 2).unwrap().origin, Origin::table_cell(1, 2, 3));
    assert_eq!(paragraphs(&read), ["end"]);
}

#[test]
fn a_table_in_a_cell_is_a_table_of_its_own() {
    let edges = [(1000, 0), (2000, 0)];
    let read = read_made(&document(vec![
        cell("label", 1),
        cell("1", 2),
        cell("2", 2),
        row(2, &edges),
        cell("outer", 1),
        row(1, &edges),
        Paragraph::plain(""),
    ]));
    let texts: Vec<Vec<&str>> = grids(&read)
        .iter()
        .map(|grid| grid.cells().iter().map(|cell| cell.text.as_str()).collect())
        .collect();
    assert_eq!(texts, [vec!["label", "outer"], vec!["1", "2"]]);
}

#[test]
fn a_paragraph_whose_mark_was_deleted_runs_into_the_next() {
    let mut first = Paragraph::plain("一、总体");
    first.of_mark = DELETED.into();
    let second = Paragraph::new(vec![run("旧", DELETED), run("情况", &[])]);
    let read = read_made(&document(vec![first, second]));
    assert_eq!(paragraphs(&read), ["一、总体情况"]);
}

#[test]
fn fields_show_their_results_and_symbols_their_characters() {
    let field = vec![
        special('\u{13}', &[]),
        run("IF 1 ", &[]),
        special('\u{13}', &[]),
        run("PAGE", &[]),
        special('\u{14}', &[]),
        run("9", &[]),
        special('\u{15}', &[]),
        special('\u{14}', &[]),
        run("30", &[]),
        special('\u{15}', &[]),
        run("件", &[]),
        special('(', &[0x09, 0x6A, 1, 0, 0xFE, 0xF0]),
    ];
    let made = Document {
        fonts: vec!["宋体".into(), "Wingdings".into()],
        ..document(vec![Paragraph::new(field)])
    };
    assert_eq!(paragraphs(&read_made(&made)), ["30件☑"]);
}

#[test]
fn notes_stand_behind_the_text_and_headers_apart() {
    let made = Document {
        header: "某县人民政府".into(),
        footnotes: vec!["见附表".into(), "删去".into()],
        ..document(vec![Paragraph::new(vec![
            run("申请3件", &[]),
            special('\u{2}', &[]),
            special('\u{2}', DELETED),
        ])])
    };
    let read = read_made(&made);
    assert_eq!(paragraphs(&read), ["申请3件", "见附表"]);
    let Block::Paragraph(note) = &read.blocks[1] else {
        panic!()
    };
    assert_eq!(note.origin, Origin::Path("/footnote[1]".into()));
    let [header] = &read.properties[..] else {
        panic!("{:?}", read.properties)
    };
    assert_eq!(
        (header.name.as_str(), header.value.as_str()),
        ("header", "某县人民政府")
    );
}

#[test]
fn the_text_of_a_box_stands_at_its_anchor() {
    let made = Document {
        boxes: vec![(1026, "盒中".into())],
        ..document(vec![
            Paragraph::new(vec![run("前", &[]), special('\u{8}', &[])]),
            Paragraph::plain("后"),
        ])
    };
    assert_eq!(paragraphs(&read_made(&made)), ["前", "盒中", "后"]);
}

#[test]
fn lists_count_and_begin_again_where_they_say() {
    let counted = |list: u8, text: &str| {
        let mut paragraph = Paragraph::plain(text);
        paragraph.properties = vec![0x0B, 0x46, list, 0];
        paragraph
    };
    let made = Document {
        definitions: vec![("\0、".into(), 39), ("（\0）".into(), 35)],
        lists: vec![(0, 9), (1, 1)],
        ..document(vec![
            counted(1, "九"),
            counted(1, "十"),
            counted(2, "甲"),
            counted(0, "无"),
        ])
    };
    assert_eq!(paragraphs(&read_made(&made)), ["九、九", "十、十", "（一）甲", "无"]);
}

#[test]
fn headings_are_known_by_their_styles() {
    let mut heading = Paragraph::plain("一、总体情况");
    heading.style = 2;
    let read = read_made(&document(vec![heading]));
    let Block::Paragraph(paragraph) = &read.blocks[0] else {
        panic!()
    };
    assert_eq!((paragraph.heading, paragraph.strong), (Some(2), true));
}

#[test]
fn properties_kept_elsewhere_hold() {
    let definition = row(1, &[(1000, 0), (2000, 0)]).properties;
    let mut mark = Paragraph::plain("");
    mark.mark = '\u{7}';
    mark.properties = vec![0x46, 0x66, 4, 0, 0, 0];
    let mut data = vec![0; 4];
    data.extend((definition.len() as u16).to_le_bytes());
    data.extend(&definition);
    let made = Document {
        data,
        ..document(vec![cell("a", 1), cell("b", 1), mark, Paragraph::plain("")])
    };
    assert_eq!(
        cells(grids(&read_made(&made))[0]),
        [("a", 0, 0, 1, 1), ("b", 0, 1, 1, 1)]
    );
}

#[test]
fn a_file_of_pictures_is_a_scan() {
    let picture = |place: u8| Paragraph::new(vec![special('\u{1}', &[0x03, 0x6A, place, 0, 0, 0])]);
    let bytes = document(vec![picture(0), picture(9)]).file();
    let read = read_file(&bytes).unwrap();
    let targets: Vec<&str> = read.links.iter().map(|link| link.target.as_str()).collect();
    assert_eq!(targets, ["Data@0", "Data@9"]);
    let report = nianbao::extract(&bytes, &Hints::default()).unwrap();
    let codes: Vec<&str> = report.diagnostics.iter().map(|noticed| noticed.code.as_ref()).collect();
    assert!(codes.contains(&"office.only_pictures"), "{codes:?}");
    assert_eq!(verdict(&report, &bytes).fate, Fate::Scan);
}

#[test]
fn compound_files_are_told_by_their_streams() {
    let named = |stream: &str| {
        read_file(&compound::file(&[(stream, Vec::new())]))
            .unwrap_err()
            .to_string()
    };
    for (stream, what) in [
        ("PowerPoint Document", "PowerPoint"),
        ("Book", "Excel 95"),
        ("EncryptedPackage", "encrypted"),
        ("VisioDocument", "Visio"),
        ("CONTENTS", "Works"),
        ("other", "without a document"),
        ("WordDocument", "WordDocument"),
        ("Workbook", "Workbook"),
    ] {
        assert!(named(stream).contains(what), "{stream}: {}", named(stream));
    }
    let mut installer = compound::file(&[("a", Vec::new())]);
    installer[1024 + 80..1024 + 96].copy_from_slice(&[0x84, 0x10, 0x0C, 0, 0, 0, 0, 0, 0xC0, 0, 0, 0, 0, 0, 0, 0x46]);
    assert!(
        read_file(&installer)
            .unwrap_err()
            .to_string()
            .contains("Windows Installer")
    );
}

#[test]
fn old_and_encrypted_files_are_clear_errors() {
    let bytes = document(vec![Paragraph::plain("a")]).file();
    let at = bytes
        .windows(4)
        .position(|window| window == [0xEC, 0xA5, 0xC1, 0])
        .unwrap();
    let mut old = bytes.clone();
    old[at + 2] = 0x68;
    assert!(read_file(&old).unwrap_err().to_string().contains("Word 95"));
    let mut encrypted = bytes.clone();
    encrypted[at + 11] |= 1;
    assert_eq!(read_file(&encrypted).unwrap_err(), Error::Locked);
    let mut older = bytes;
    older[at..at + 2].copy_from_slice(&[0xDC, 0xA5]);
    let way_on = read_file(&older).unwrap_err().to_string();
    assert!(
        way_on.contains("Word 95") && way_on.contains("save it as DOCX"),
        "{way_on}"
    );
}

#[test]
fn what_is_said_of_sectors_behind_the_end_of_the_file_is_nothing() {
    let mut bytes = document(vec![Paragraph::plain("一、总体情况")]).file();
    let sectors = bytes.len() / 512 - 1;
    let end = 0xFFFF_FFFEu32.to_le_bytes();
    bytes[512 + sectors * 4..512 + sectors * 4 + 4].copy_from_slice(&end);
    bytes[512 + 127 * 4..512 + 128 * 4].copy_from_slice(&end);
    assert_eq!(paragraphs(&read_file(&bytes).unwrap()), ["一、总体情况"]);
}

#[test]
fn sectors_that_go_in_a_circle_are_an_error() {
    let mut bytes = document(vec![Paragraph::plain("a")]).file();
    // The chain of the first stream behind table and directory goes back to its second sector.
    let entry = 512 + 4 * 4;
    bytes[entry..entry + 4].copy_from_slice(&3u32.to_le_bytes());
    let error = read_file(&bytes).unwrap_err().to_string();
    assert!(error.contains("compound file"), "{error}");
}

#[test]
fn a_deleted_row_is_one_whose_cells_are_deleted() {
    let edges = [(1000, 0), (2000, 0)];
    let deleted = |mut paragraph: Paragraph| {
        paragraph.of_mark = DELETED.into();
        paragraph
    };
    let text_deleted = |mut paragraph: Paragraph| {
        paragraph
            .runs
            .iter_mut()
            .for_each(|run| run.properties = DELETED.into());
        paragraph
    };
    let rows = |of_first: Paragraph, [label, value]: [Paragraph; 2], of_second: Paragraph| {
        let read = read_made(&document(vec![
            cell("一", 1),
            cell("1", 1),
            of_first,
            label,
            value,
            of_second,
            cell("三", 1),
            cell("3", 1),
            row(1, &edges),
            Paragraph::plain("end"),
        ]));
        let texts = grids(&read)[0].cells().iter();
        texts.map(|cell| cell.text.clone()).collect::<Vec<String>>()
    };
    let texts = ["二", "2"].map(|text| text_deleted(cell(text, 1)));
    let by_word = rows(row(1, &edges), texts.clone().map(deleted), deleted(row(1, &edges)));
    assert_eq!(by_word, ["一", "1", "三", "3"]);
    // The end of the row alone.
    let by_mark = rows(
        row(1, &edges),
        ["二", "2"].map(|text| cell(text, 1)),
        deleted(row(1, &edges)),
    );
    assert_eq!(by_mark, ["一", "1", "三", "3"]);
    // The end of the row above, and the texts: the row is blank.
    let by_libreoffice = rows(deleted(row(1, &edges)), texts, row(1, &edges));
    assert_eq!(by_libreoffice, ["一", "1", "", "", "三", "3"]);
}

#[test]
fn white_and_tiny_text_is_not_seen_on_paper() {
    const WHITE: &[u8] = &[0x70, 0x68, 255, 255, 255, 0];
    const WHITE_OF_FEW: &[u8] = &[0x42, 0x2A, 8];
    const TINY: &[u8] = &[0x43, 0x4A, 2, 0];
    const BLUE_GROUND: &[u8] = &[0x71, 0xCA, 10, 0, 0, 0, 255, 0x1F, 0x4E, 0x79, 0, 0, 0];
    const PLAIN_GROUND: &[u8] = &[0x71, 0xCA, 10, 0, 0, 0, 255, 0, 0, 0, 255, 0, 0];
    let line = |looks: &[&[u8]]| {
        let runs = vec![run("47", &looks.concat()), run("31", &[])];
        paragraphs(&read_made(&document(vec![Paragraph::new(runs)])))[0].to_owned()
    };
    for unseen in [WHITE, WHITE_OF_FEW, TINY] {
        assert_eq!(line(&[unseen]), "31", "{unseen:?}");
        assert_eq!(line(&[unseen, PLAIN_GROUND]), "31", "{unseen:?}");
    }
    assert_eq!(line(&[WHITE, BLUE_GROUND]), "4731");
    assert_eq!(line(&[TINY, BLUE_GROUND]), "31");
    let in_table = |of_row: &[u8]| {
        let mut first = cell("", 1);
        first.runs = vec![run("47", WHITE), run("31", &[])];
        let mut row = row(1, &[(1000, 0), (2000, 0)]);
        row.properties.extend(of_row);
        let read = read_made(&document(vec![first, cell("a", 1), row, Paragraph::plain("end")]));
        grids(&read)[0].cells()[0].text.clone()
    };
    assert_eq!(in_table(&[]), "31");
    let blue = [0x12, 0xD6, 10, 0, 0, 0, 255, 0x1F, 0x4E, 0x79, 0, 0, 0];
    assert_eq!(in_table(&blue), "4731");
}
