//! Shapes that Word, WPS and converters write.

use super::*;
use crate::document::{Block, Grid};

const W: &str = r#"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:schemas-microsoft-com:vml" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math""#;

/// A document in one file with a body, styles and lists.
fn read_parts(body: &str, styles: &str, lists: &str) -> Document {
    let relation = |id: u8, kind: &str, target: &str| {
        format!(
            r#"<Relationship Id="r{id}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" Target="{target}"/>"#
        )
    };
    let relations = |all: String| {
        format!(
            r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{all}</Relationships>"#
        )
    };
    let part = |name: &str, content: String| {
        format!(r#"<pkg:part pkg:name="/{name}"><pkg:xmlData>{content}</pkg:xmlData></pkg:part>"#)
    };
    let parts = [
        part("_rels/.rels", relations(relation(1, "officeDocument", "a/text.xml"))),
        part(
            "a/_rels/text.xml.rels",
            relations(
                relation(1, "styles", "styles.xml")
                    + &relation(2, "numbering", "../lists.xml")
                    + &relation(3, "image", "media/1.png"),
            ),
        ),
        part(
            "a/text.xml",
            format!("<w:document {W}><w:body>{body}</w:body></w:document>"),
        ),
        part("a/styles.xml", format!("<w:styles {W}>{styles}</w:styles>")),
        part("lists.xml", format!("<w:numbering {W}>{lists}</w:numbering>")),
    ]
    .concat();
    let file = format!(
        r#"<?xml version="1.0"?><pkg:package xmlns:pkg="http://schemas.microsoft.com/office/2006/xmlPackage">{parts}</pkg:package>"#
    );
    read_xml(file.as_bytes()).unwrap()
}

fn read_body(body: &str) -> Document {
    read_parts(body, "", "")
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

/// Row, column, rows, columns and text of each cell.
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

fn p(text: &str) -> String {
    format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")
}

fn tc(properties: &str, text: &str) -> String {
    format!("<w:tc><w:tcPr>{properties}</w:tcPr>{}</w:tc>", p(text))
}

#[test]
fn merged_cells_cover_their_rows_and_columns_and_hide_what_they_cover() {
    let body = [
        "<w:tbl><w:tr>",
        &tc(r#"<w:vMerge w:val="restart"/>"#, "label"),
        &tc(r#"<w:gridSpan w:val="2"/>"#, "head"),
        "</w:tr><w:tr>",
        &tc("<w:vMerge/>", "99"),
        &tc("", "1"),
        &tc("", "2"),
        "</w:tr><w:tr><w:trPr><w:gridBefore w:val=\"1\"/></w:trPr>",
        &tc("", "3"),
        &tc("", "4"),
        "</w:tr></w:tbl>",
    ]
    .concat();
    let document = read_body(&body);
    assert_eq!(
        cells(grid(&document)),
        [
            (0, 0, 2, 1, "label"),
            (0, 1, 1, 2, "head"),
            (1, 1, 1, 1, "1"),
            (1, 2, 1, 1, "2"),
            (2, 1, 1, 1, "3"),
            (2, 2, 1, 1, "4")
        ]
    );
    // The place of a cell counts the cells that the file lists, merged ones too.
    assert_eq!(grid(&document).at(1, 1).unwrap().origin, Origin::table_cell(1, 2, 2));
}

#[test]
fn deleted_hidden_and_struck_out_text_is_left_out_and_inserted_text_is_read() {
    let body = r#"<w:p><w:r><w:t>收到</w:t></w:r><w:del><w:r><w:delText>1</w:delText><w:t>1</w:t></w:r></w:del><w:ins><w:r><w:t>2</w:t></w:r></w:ins><w:moveFrom><w:r><w:t>3</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t>4</w:t></w:r></w:moveTo><w:r><w:rPr><w:vanish/></w:rPr><w:t>5</w:t></w:r><w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>6</w:t></w:r><w:r><w:rPr><w:strike/></w:rPr><w:t>7</w:t></w:r><w:r><w:t>件</w:t></w:r></w:p>
    <w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>前</w:t></w:r></w:p><w:p><w:r><w:t>后</w:t></w:r></w:p>"#;
    assert_eq!(lines(&read_body(body)), ["收到246件", "前后"]);
}

#[test]
fn fields_show_their_results() {
    let body = r#"<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> IF </w:instrText></w:r><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:t>x</w:t></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>9</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>12</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r><w:fldSimple w:instr="PAGE"><w:r><w:t>3</w:t></w:r></w:fldSimple></w:p><w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:t>never closed</w:t></w:r></w:p><w:p><w:r><w:t>after</w:t></w:r></w:p>"#;
    assert_eq!(lines(&read_body(body)), ["123", "after"]);
}

#[test]
fn one_branch_of_alternate_content_is_read_and_boxes_follow_their_paragraph() {
    let inside = |text: &str| format!("<w:txbxContent>{}</w:txbxContent>", p(text));
    let body = format!(
        r#"<w:p><w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>{}</w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r><w:r><w:t>text</w:t></w:r></w:p>"#,
        inside("box"),
        inside("box again")
    );
    assert_eq!(lines(&read_body(&body)), ["text", "box"]);
}

#[test]
fn symbols_tabs_breaks_formulas_and_custom_markup_are_text() {
    let body = r#"<w:customXml><w:p><w:smartTag><w:r><w:t xml:space="preserve">a </w:t><w:tab/><w:t> b </w:t><w:br/><w:sym w:font="Wingdings" w:char="F0FE"/><w:noBreakHyphen/></w:r></w:smartTag><m:oMath><m:r><m:t>5</m:t></m:r></m:oMath></w:p></w:customXml>"#;
    assert_eq!(lines(&read_body(body)), ["a  b", "☑-5"]);
}

fn counted(list: u8, level: u8, text: &str) -> String {
    format!(
        r#"<w:p><w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list}"/></w:numPr></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"#
    )
}

fn level(at: u8, format: &str, text: &str) -> String {
    format!(
        r#"<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{format}"/><w:suff w:val="nothing"/><w:lvlText w:val="{text}"/></w:lvl>"#
    )
}

#[test]
fn numbers_that_word_counts_are_printed() {
    let lists = [
        r#"<w:abstractNum w:abstractNumId="0">"#,
        &level(0, "chineseCountingThousand", "%1、"),
        &level(1, "chineseCounting", "（%2）"),
        &level(2, "decimal", "%3."),
        &level(3, "decimal", "%1.%3.%4 "),
        r#"</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>"#,
        r#"<w:num w:numId="2"><w:abstractNumId w:val="0"/></w:num>"#,
        r#"<w:num w:numId="3"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>"#,
    ]
    .concat();
    let body = [
        counted(1, 0, "a"),
        counted(1, 1, "b"),
        counted(1, 2, "c"),
        counted(1, 2, "d"),
        counted(2, 1, "e"),
        counted(1, 2, "f"),
        counted(2, 0, "g"),
        counted(1, 1, "h"),
        counted(3, 0, "i"),
        counted(3, 0, "j"),
        counted(1, 3, "k"),
        counted(0, 0, "l"),
    ]
    .concat();
    let document = read_parts(&body, "", &lists);
    let printed = [
        "一、a",
        "（一）b",
        "1.c",
        "2.d",
        "（二）e",
        "1.f",
        "二、g",
        "（一）h",
        "五、i",
        "六、j",
        "六.1.1 k",
        "l",
    ];
    assert_eq!(lines(&document), printed);
}

#[test]
fn styles_give_headings_numbers_and_hidden_text() {
    let styles = r#"<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style><w:style w:type="paragraph" w:styleId="2"><w:name w:val="x"/><w:basedOn w:val="1"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style><w:style w:type="paragraph" w:styleId="3"><w:name w:val="toc 1"/></w:style><w:style w:type="character" w:styleId="4"><w:basedOn w:val="5"/></w:style><w:style w:type="character" w:styleId="5"><w:basedOn w:val="4"/><w:rPr><w:vanish/></w:rPr></w:style>"#;
    let lists = format!(
        r#"<w:abstractNum w:abstractNumId="0">{}<w:lvl w:ilvl="1"><w:pStyle w:val="2"/><w:numFmt w:val="decimal"/><w:start w:val="1"/><w:lvlText w:val="%2."/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>"#,
        level(0, "chineseCounting", "%1、")
    );
    let styled = |style: u8, text: &str| {
        format!(
            r#"<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:t>{text}</w:t></w:r><w:r><w:rPr><w:rStyle w:val="4"/></w:rPr><w:t>no</w:t></w:r></w:p>"#
        )
    };
    let body = styled(3, "一、a 1") + &styled(1, "a") + &styled(1, "b");
    let document = read_parts(&body, styles, &lists);
    assert_eq!(lines(&document), ["一、a", "二、b"]);
    assert!(matches!(&document.blocks[0], Block::Paragraph(paragraph) if paragraph.heading == Some(1)));
}

#[test]
fn a_table_in_a_cell_is_a_table_of_its_own_and_a_frame_around_all_is_none() {
    let inner = format!("<w:tbl><w:tr>{}{}</w:tr></w:tbl>", tc("", "1"), tc("", "2"));
    let frame = format!("<w:tbl><w:tr><w:tc>{}{inner}<w:p/></w:tc></w:tr></w:tbl>", p("前"));
    let document = read_body(&frame);
    assert_eq!(lines(&document), ["前"]);
    assert_eq!(cells(grid(&document)), [(0, 0, 1, 1, "1"), (0, 1, 1, 1, "2")]);
    assert_eq!(*grid(&document).origin(), Origin::table(2));
}

#[test]
fn rows_and_cells_in_content_controls_are_read_and_deleted_ones_are_not() {
    let body = format!(
        r#"<w:tbl><w:sdt><w:sdtContent><w:tr><w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>{}</w:tr></w:sdtContent></w:sdt><w:tr><w:trPr><w:del/></w:trPr>{}{}</w:tr><w:ins><w:tr>{}{}</w:tr></w:ins></w:tbl>"#,
        tc("", "1"),
        tc("", "2"),
        tc("", "9"),
        tc("", "9"),
        tc("", "3"),
        tc("", "4")
    );
    let document = read_body(&body);
    let texts: Vec<&str> = grid(&document).cells().iter().map(|cell| cell.text.as_str()).collect();
    assert_eq!(texts, ["1", "2", "3", "4"]);
}

#[test]
fn the_xml_of_word_2003_is_read() {
    let file = r#"<?xml version="1.0"?><?mso-application progid="Word.Document"?>
    <w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml" xmlns:wx="http://schemas.microsoft.com/office/word/2003/auxHint" xmlns:aml="http://schemas.microsoft.com/aml/2001/core">
    <w:lists><w:listDef w:listDefId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:nfc w:val="37"/><w:suff w:val="Nothing"/><w:lvlText w:val="%1、"/></w:lvl></w:listDef><w:list w:ilfo="1"><w:ilst w:val="0"/></w:list></w:lists>
    <w:body><wx:sect><wx:sub-section><w:p><w:pPr><w:listPr><w:ilvl w:val="0"/><w:ilfo w:val="1"/></w:listPr></w:pPr><w:r><w:t>总体情况</w:t></w:r></w:p></wx:sub-section>
    <w:tbl><w:tr><w:tc><w:tcPr><w:vmerge w:val="restart"/></w:tcPr><w:p/></w:tc><w:tc><w:p><aml:annotation w:type="Word.Deletion"><aml:content><w:r><w:t>9</w:t></w:r></aml:content></aml:annotation><aml:annotation w:type="Word.Insertion"><aml:content><w:r><w:t>5</w:t></w:r></aml:content></aml:annotation></w:p></w:tc></w:tr><w:tr><w:tc><w:tcPr><w:vmerge/></w:tcPr><w:p/></w:tc><w:tc><w:p/></w:tc></w:tr></w:tbl></wx:sect></w:body></w:wordDocument>"#;
    let document = read_xml(file.as_bytes()).unwrap();
    assert_eq!(lines(&document), ["一、总体情况"]);
    assert_eq!(
        cells(grid(&document)),
        [(0, 0, 2, 1, ""), (0, 1, 1, 1, "5"), (1, 1, 1, 1, "")]
    );
}

#[test]
fn pictures_are_links_to_their_parts() {
    let body = r#"<w:p><w:r><w:drawing><x descr="盖章"/><y xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:blip r:embed="r3"/></y></w:drawing></w:r></w:p>"#;
    let document = read_body(body);
    assert_eq!(document.links[0].target, "a/media/1.png");
    assert!(
        document
            .diagnostics
            .iter()
            .any(|noticed| noticed.code == "office.only_pictures")
    );
}

#[test]
fn a_damaged_part_beside_the_text_costs_a_diagnostic_and_the_main_part_an_error() {
    let bytes = |text: &str, styles: &str| {
        use std::io::Write;
        let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        let relations = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="a" Type="x/styles" Target="styles.xml"/></Relationships>"#;
        for (name, content) in [
            ("word/document.xml", text),
            ("word/_rels/document.xml.rels", relations),
            ("word/styles.xml", styles),
        ] {
            zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
            zip.write_all(content.as_bytes()).unwrap();
        }
        zip.finish().unwrap().into_inner()
    };
    let text = format!("<w:document {W}><w:body>{}</w:body></w:document>", p("a"));
    let document = read(&bytes(&text, "<w:styles")).unwrap();
    assert_eq!(lines(&document), ["a"]);
    assert!(
        document.diagnostics[0].message.contains("word/styles.xml"),
        "{:?}",
        document.diagnostics
    );
    let error = read(&bytes("<w:document><w:body>", "<a/>")).unwrap_err().to_string();
    assert!(error.contains("word/document.xml"), "{error}");
}

#[test]
fn raised_digits_behind_a_number_do_not_join_it() {
    let run = |look: &str, text: &str| format!("<w:r><w:rPr>{look}</w:rPr><w:t>{text}</w:t></w:r>");
    let superscript = r#"<w:vertAlign w:val="superscript"/>"#;
    for (look, first, text) in [
        (superscript, "", "收到31¹件"),
        (r#"<w:position w:val="8"/>"#, "", "收到31¹件"),
        (r#"<w:position w:val="2"/>"#, "", "收到311件"),
        (r#"<w:position w:val="8"/>"#, r#"<w:position w:val="8"/>"#, "收到311件"),
    ] {
        let body = format!(
            "<w:p>{}{}{}{}</w:p>",
            run("", "收到"),
            run(first, "31"),
            run(look, "1"),
            run("", "件")
        );
        assert_eq!(lines(&read_body(&body)), [text], "{look}");
    }
}

#[test]
fn white_text_is_shown_only_on_a_ground_of_a_colour() {
    let white = r#"<w:color w:val="FFFFFF"/>"#;
    let run = |look: &str| format!("<w:p><w:r><w:rPr>{look}</w:rPr><w:t>47</w:t></w:r><w:r><w:t>31</w:t></w:r></w:p>");
    let shade = r#"<w:shd w:val="clear" w:fill="1F4E79"/>"#;
    let paper = r#"<w:shd w:val="clear" w:color="auto" w:fill="auto"/>"#;
    assert_eq!(lines(&read_body(&run(white))), ["31"]);
    assert_eq!(lines(&read_body(&run(&format!("{white}{paper}")))), ["31"]);
    assert_eq!(lines(&read_body(&run(&format!(r#"{shade}<w:sz w:val="2"/>"#)))), ["31"]);
    assert_eq!(lines(&read_body(&run(&format!("{white}{shade}")))), ["4731"]);
    let table = |table: &str, cell: &str| {
        let body = format!(
            "<w:tbl><w:tblPr>{table}</w:tblPr><w:tr><w:tc><w:tcPr>{cell}</w:tcPr>{}</w:tc><w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc></w:tr></w:tbl>",
            run(white)
        );
        let document = read_body(&body);
        let Some(Block::Grid(grid)) = document.blocks.first() else {
            panic!("{:?}", document.blocks);
        };
        grid.cells()[0].text.clone()
    };
    assert_eq!(table("", ""), "31");
    assert_eq!(table("", shade), "4731");
    assert_eq!(table(shade, ""), "4731");
    // What a style paints is not looked into.
    assert_eq!(table(r#"<w:tblStyle w:val="GridTable4"/>"#, ""), "4731");
}
