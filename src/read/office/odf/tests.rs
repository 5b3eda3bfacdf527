//! Shapes that LibreOffice and others write.

use super::{read, read_xml};
use crate::document::{Block, Document, Grid, Origin};
use crate::error::Error;

const SPACES: &str = r#"xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" xmlns:loext="urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0""#;

fn flat(styles: &str, body: &str) -> Document {
    let file = format!(
        r#"<?xml version="1.0"?><office:document {SPACES}><office:automatic-styles>{styles}</office:automatic-styles><office:body>{body}</office:body></office:document>"#
    );
    read_xml(file.as_bytes()).unwrap()
}

fn text(styles: &str, body: &str) -> Document {
    flat(styles, &format!("<office:text>{body}</office:text>"))
}

fn lines(document: &Document) -> Vec<&str> {
    let paragraphs = document.blocks.iter().filter_map(|block| match block {
        Block::Paragraph(paragraph) => Some(paragraph.text.as_str()),
        Block::Grid(_) => None,
    });
    paragraphs.collect()
}

fn grid(document: &Document) -> &Grid {
    let grids = document.blocks.iter().find_map(|block| match block {
        Block::Grid(grid) => Some(grid),
        Block::Paragraph(_) => None,
    });
    grids.unwrap()
}

fn cells(grid: &Grid) -> Vec<(usize, usize, usize, usize, &str)> {
    grid.cells()
        .iter()
        .map(|cell| {
            (
                cell.row,
                cell.column,
                cell.row_span,
                cell.column_span,
                cell.text.as_str(),
            )
        })
        .collect()
}

#[test]
fn white_space_is_one_space_unless_the_file_says_more() {
    let body = "<text:p>\n  a\n  b<text:s text:c=\"2\"/>c<text:tab/>d<text:line-break/> e</text:p>";
    assert_eq!(lines(&text("", body)), ["a b  c d", "e"]);
}

#[test]
fn hidden_struck_out_and_deleted_text_is_left_out() {
    let styles = r#"<style:style style:name="h" style:family="text"><style:text-properties text:display="none"/></style:style><style:style style:name="s" style:family="text" style:parent-style-name="s"><style:text-properties style:text-line-through-style="solid"/></style:style><style:style style:name="t" style:family="text"><style:text-properties style:text-line-through-type="single"/></style:style><style:style style:name="n" style:family="text"><style:text-properties style:text-line-through-style="none" style:text-line-through-type="none"/></style:style>"#;
    let body = r#"<text:tracked-changes><text:changed-region><text:deletion><text:p>9</text:p></text:deletion></text:changed-region></text:tracked-changes><text:p>a<text:change text:change-id="1"/><text:span text:style-name="h">1</text:span><text:span text:style-name="s">2</text:span><text:span text:style-name="t">2</text:span><text:span text:style-name="n">3</text:span><office:annotation><text:p>4</text:p></office:annotation><text:ruby><text:ruby-base>公</text:ruby-base><text:ruby-text>gong</text:ruby-text></text:ruby></text:p><text:section text:display="none"><text:p>5</text:p></text:section><text:table-of-content><text:index-body><text:p>6</text:p></text:index-body></text:table-of-content>"#;
    assert_eq!(lines(&text(styles, body)), ["a3公"]);
}

#[test]
fn raised_digits_behind_a_number_do_not_join_it() {
    for (position, expected) in [
        ("super 58%", "收到31¹件"),
        ("33% 66%", "收到31¹件"),
        ("3% 100%", "收到311件"),
        ("sub 58%", "收到311件"),
    ] {
        let styles = format!(
            r#"<style:style style:name="s" style:family="text"><style:text-properties style:text-position="{position}"/></style:style>"#
        );
        let body = r#"<text:p>收到31<text:span text:style-name="s">1</text:span>件</text:p>"#;
        assert_eq!(lines(&text(&styles, body)), [expected], "{position}");
    }
}

#[test]
fn deleted_text_that_stands_in_its_place_is_left_out() {
    let body = r#"<text:tracked-changes><text:changed-region xml:id="d"><text:deletion/></text:changed-region><text:changed-region xml:id="i"><text:insertion/></text:changed-region></text:tracked-changes><text:p>612<text:change-start text:change-id="d"/>9<text:span>9</text:span><text:change-end text:change-id="d"/></text:p><text:p>1<text:change-start text:change-id="i"/>2<text:change-end text:change-id="i"/>3</text:p>"#;
    assert_eq!(lines(&text("", body)), ["612", "123"]);
}

#[test]
fn numbers_that_the_program_counts_are_printed() {
    let styles = r#"<text:list-style style:name="L"><text:list-level-style-number text:level="1" style:num-format="一, 二, 三, ..." style:num-suffix="、"><style:list-level-properties><style:list-level-label-alignment text:label-followed-by="nothing"/></style:list-level-properties></text:list-level-style-number><text:list-level-style-number text:level="2" style:num-format="1" loext:num-list-format="（%2%）"/><text:list-level-style-number text:level="3" style:num-format="1" style:num-suffix="." text:display-levels="2"/></text:list-style>"#;
    let item = |text: &str| format!("<text:list-item><text:p>{text}</text:p></text:list-item>");
    let inner = |content: &str| format!("<text:list-item><text:list>{content}</text:list></text:list-item>");
    let body = [
        r#"<text:list xml:id="x" text:style-name="L">"#,
        &item("a"),
        &inner(&(item("b") + &item("c") + &inner(&item("d")))),
        r#"</text:list><text:list text:continue-list="x" text:style-name="L">"#,
        &item("e"),
        "<text:list-header><text:p>f</text:p></text:list-header>",
        &inner(&item("g")),
        r#"</text:list><text:list text:style-name="L">"#,
        &item("h"),
        r#"<text:list-item text:start-value="5"><text:p>i</text:p><text:p>j</text:p></text:list-item></text:list>"#,
    ]
    .concat();
    let printed = [
        "一、a", "（1）b", "（2）c", "2.1. d", "二、e", "f", "（1）g", "一、h", "五、i", "j",
    ];
    assert_eq!(lines(&text(styles, &body)), printed);
}

#[test]
fn merged_cells_cover_their_slots_and_covered_ones_are_none() {
    let body = r#"<table:table><table:table-column table:number-columns-repeated="3"/><table:table-header-rows><table:table-row><table:table-cell table:number-rows-spanned="2"><text:p>a</text:p></table:table-cell><table:table-cell table:number-columns-spanned="2"><text:p>b</text:p></table:table-cell><table:covered-table-cell/></table:table-row></table:table-header-rows><table:table-row><table:covered-table-cell><text:p>9</text:p></table:covered-table-cell><table:table-cell><text:p>1</text:p><text:p>x</text:p></table:table-cell><table:table-cell><text:p>2</text:p></table:table-cell></table:table-row></table:table>"#;
    let document = text("", body);
    assert_eq!(
        cells(grid(&document)),
        [
            (0, 0, 2, 1, "a"),
            (0, 1, 1, 2, "b"),
            (1, 1, 1, 1, "1\nx"),
            (1, 2, 1, 1, "2")
        ]
    );
    assert_eq!(grid(&document).at(1, 1).unwrap().origin, Origin::table_cell(1, 2, 2));
}

#[test]
fn without_covered_cells_each_takes_the_next_free_slot() {
    let cell =
        |spans: &str, text: &str| format!("<table:table-cell {spans}><text:p>{text}</text:p></table:table-cell>");
    let row = |cells: [String; 3]| format!("<table:table-row>{}</table:table-row>", cells.concat());
    let body = [
        "<table:table>",
        &row([
            cell(r#"table:number-columns-spanned="2" table:number-rows-spanned="2""#, "a"),
            cell("", "b"),
            cell("", "c"),
        ]),
        &row([cell("", "d"), cell("", "e"), String::new()]),
        &row([cell("", "f"), cell("", "g"), cell("", "h")]),
        "</table:table>",
    ];
    let document = text("", &body.concat());
    let places = [
        (0, 0, 2, 2, "a"),
        (0, 2, 1, 1, "b"),
        (0, 3, 1, 1, "c"),
        (1, 2, 1, 1, "d"),
        (1, 3, 1, 1, "e"),
        (2, 0, 1, 1, "f"),
        (2, 1, 1, 1, "g"),
        (2, 2, 1, 1, "h"),
    ];
    assert_eq!(cells(grid(&document)), places);
    let endless = body
        .concat()
        .replace(r#"rows-spanned="2""#, &format!(r#"rows-spanned="{}""#, usize::MAX));
    assert_eq!(cells(grid(&text("", &endless))).len(), places.len());
}

#[test]
fn sheets_show_what_is_printed_at_its_address() {
    let cell = |text: &str| format!(r#"<table:table-cell office:value="9"><text:p>{text}</text:p></table:table-cell>"#);
    let body = [
        r#"<office:spreadsheet><table:table table:name="表"><table:table-column table:number-columns-repeated="2"/><table:table-column table:visibility="collapse"/><table:table-column table:number-columns-repeated="16381"/><table:table-row table:number-rows-repeated="5"><table:table-cell table:number-columns-repeated="16384"/></table:table-row><table:table-row>"#,
        &cell("规章"),
        &cell("12%"),
        &cell("8"),
        &cell("1,200"),
        r#"</table:table-row><table:table-row table:visibility="filter">"#,
        &cell("7"),
        &cell("7"),
        r#"</table:table-row><table:table-row table:number-rows-repeated="1048570"><table:table-cell table:number-columns-repeated="16384"/></table:table-row></table:table></office:spreadsheet>"#,
    ]
    .concat();
    let document = flat("", &body);
    assert_eq!(
        cells(grid(&document)),
        [(0, 0, 1, 1, "规章"), (0, 1, 1, 1, "12%"), (0, 2, 1, 1, "1,200")]
    );
    assert_eq!(grid(&document).at(0, 2).unwrap().origin, Origin::sheet_cell("表", 5, 3));
}

#[test]
fn cells_of_a_sheet_that_are_struck_out_are_empty() {
    let styles = r#"<style:style style:name="s" style:family="table-cell"><style:text-properties style:text-line-through-type="single"/></style:style><style:style style:name="plain" style:family="table-cell"/>"#;
    let sheet = |columns: &str, row: &str| {
        format!(r#"<office:spreadsheet><table:table table:name="表">{columns}{row}</table:table></office:spreadsheet>"#)
    };
    let three = |styles: [&str; 3]| {
        let cell = |(style, text)| format!("<table:table-cell {style}><text:p>{text}</text:p></table:table-cell>");
        styles.into_iter().zip(1..).map(cell).collect::<String>()
    };
    let style = |name: &str| format!(r#"table:style-name="{name}""#);
    let (struck, plain) = (style("s"), style("plain"));
    let of_columns = r#"<table:table-column/><table:table-column table:number-columns-repeated="2" table:default-cell-style-name="s"/>"#;
    let rows = [
        sheet(
            "",
            &format!("<table:table-row>{}</table:table-row>", three(["", &struck, ""])),
        ),
        sheet(
            of_columns,
            &format!("<table:table-row>{}</table:table-row>", three(["", "", &plain])),
        ),
        sheet(
            "",
            &format!(
                r#"<table:table-row table:default-cell-style-name="s">{}</table:table-row>"#,
                three([&plain, "", &plain])
            ),
        ),
    ];
    for body in rows {
        let document = flat(styles, &body);
        let texts: Vec<&str> = cells(grid(&document)).into_iter().map(|cell| cell.4).collect();
        assert_eq!(texts, ["1", "3"], "{body}");
    }
}

#[test]
fn an_encrypted_package_says_so() {
    use std::io::Write;
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, content) in [
        ("mimetype", "application/vnd.oasis.opendocument.text"),
        ("content.xml", "…"),
        (
            "META-INF/manifest.xml",
            r#"<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><m:file-entry><m:encryption-data/></m:file-entry></m:manifest>"#,
        ),
    ] {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(content.as_bytes()).unwrap();
    }
    assert_eq!(read(&zip.finish().unwrap().into_inner()).err(), Some(Error::Locked));
}

#[test]
fn white_and_tiny_text_is_not_seen_on_paper() {
    let style = |family: &str, name: &str, properties: &str| {
        format!(r#"<style:style style:name="{name}" style:family="{family}">{properties}</style:style>"#)
    };
    let styles = [
        style("text", "w", r##"<style:text-properties fo:color="#ffffff"/>"##),
        style("text", "t", r#"<style:text-properties fo:font-size="1pt"/>"#),
        style(
            "text",
            "g",
            r##"<style:text-properties fo:color="#ffffff" fo:background-color="#1f4e79"/>"##,
        ),
        style(
            "paragraph",
            "p",
            r##"<style:paragraph-properties fo:background-color="#1f4e79"/>"##,
        ),
        style(
            "table-cell",
            "c",
            r##"<style:table-cell-properties fo:background-color="#1f4e79"/>"##,
        ),
        style(
            "table-cell",
            "n",
            r#"<style:table-cell-properties fo:background-color="transparent"/>"#,
        ),
    ]
    .concat();
    let line = |paragraph: &str, span: &str| {
        format!(
            r#"<text:p text:style-name="{paragraph}"><text:span text:style-name="{span}">47</text:span>31</text:p>"#
        )
    };
    for (paragraph, span, seen) in [
        ("", "w", "31"),
        ("", "t", "31"),
        ("", "g", "4731"),
        ("p", "w", "4731"),
        ("p", "t", "31"),
    ] {
        assert_eq!(
            lines(&text(&styles, &line(paragraph, span))),
            [seen],
            "{paragraph} {span}"
        );
    }
    for (cell, seen) in [("c", "4731"), ("n", "31"), ("", "31")] {
        let table = format!(
            r#"<table:table><table:table-row><table:table-cell table:style-name="{cell}">{}</table:table-cell><table:table-cell><text:p>a</text:p></table:table-cell></table:table-row></table:table>"#,
            line("", "w")
        );
        assert_eq!(grid(&text(&styles, &table)).cells()[0].text, seen, "{cell}");
    }
}
