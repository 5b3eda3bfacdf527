//! Packages of a few parts: what is read of them, and how they fail.

use std::io::{Cursor, Write};

use zip::write::{SimpleFileOptions, ZipWriter};

use crate::document::{Block, Document, GridKind};
use crate::error::Error;
use crate::read::PageMarks;
use crate::read::recognition::Recognition;

const SPACE: &str = r#"xmlns:ofd="http://www.ofdspec.org/2016""#;

fn packed(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(content.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn entry(body: &str) -> String {
    format!("<ofd:OFD {SPACE}><ofd:DocBody>{body}</ofd:DocBody></ofd:OFD>")
}

fn main_part(common: &str, pages: &[&str]) -> String {
    let pages: String = pages
        .iter()
        .map(|page| format!(r#"<ofd:Page ID="1" BaseLoc="{page}"/>"#))
        .collect();
    format!(
        "<ofd:Document {SPACE}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 200 100</ofd:PhysicalBox></ofd:PageArea>{common}\
         </ofd:CommonData><ofd:Pages>{pages}</ofd:Pages></ofd:Document>"
    )
}

fn page(inside: &str, objects: &str) -> String {
    format!("<ofd:Page {SPACE}>{inside}<ofd:Content><ofd:Layer>{objects}</ofd:Layer></ofd:Content></ofd:Page>")
}

/// A file of one page of 200 mm by 100 mm, with further parts.
fn file(common: &str, inside: &str, objects: &str, more: &[(&str, &str)]) -> Vec<u8> {
    let (entry, main_part) = (
        entry("<ofd:DocRoot>D/Document.xml</ofd:DocRoot>"),
        main_part(common, &["P.xml"]),
    );
    let page = page(inside, objects);
    let mut parts = vec![
        ("OFD.xml", entry.as_str()),
        ("D/Document.xml", main_part.as_str()),
        ("D/P.xml", page.as_str()),
    ];
    parts.extend(more);
    packed(&parts)
}

fn text(attributes: &str, code: &str, characters: &str) -> String {
    format!("<ofd:TextObject {attributes}><ofd:TextCode {code}>{characters}</ofd:TextCode></ofd:TextObject>")
}

/// Text of 5 mm with its base line from a point.
fn plain(x: f64, y: f64, characters: &str) -> String {
    text(
        &format!(r#"Boundary="{x} {} 100 6" Size="5""#, y - 5.0),
        r#"X="0" Y="5""#,
        characters,
    )
}

fn texts(document: &Document) -> Vec<String> {
    document
        .blocks
        .iter()
        .map(|block| match block {
            Block::Paragraph(paragraph) => paragraph.text.clone(),
            Block::Grid(grid) => grid
                .cells()
                .iter()
                .map(|cell| cell.text.clone())
                .collect::<Vec<_>>()
                .join("|"),
        })
        .collect()
}

fn read_bytes(bytes: &[u8]) -> Result<Document, Error> {
    super::read(bytes, &Recognition::default(), super::Pictures::Pages)
}

fn read(bytes: &[u8]) -> Document {
    read_bytes(bytes).unwrap()
}

fn read_page(objects: &str) -> Vec<String> {
    texts(&read(&file("", "", objects, &[])))
}

fn marks(objects: &str) -> PageMarks {
    super::marks(&file("", "", objects, &[])).unwrap().remove(0)
}

/// Characters with their left ends and base lines, in millimetres.
fn placed(objects: &str) -> Vec<(char, i64, i64)> {
    let millimetres = |points: f64| (points / 72.0 * 25.4).round() as i64;
    marks(objects)
        .glyphs
        .iter()
        .map(|(character, [x0, y0, _, y1])| (*character, millimetres(*x0), millimetres(y0 + 0.88 * (y1 - y0))))
        .collect()
}

fn codes(document: &Document) -> Vec<&str> {
    document
        .diagnostics
        .iter()
        .map(|noticed| noticed.code.as_str())
        .collect()
}

#[test]
fn characters_stand_where_box_matrix_start_and_steps_put_them() {
    let scaled = text(
        r#"Boundary="10 20 100 20" Size="1" CTM="5 0 0 5 1 2""#,
        r#"X="1" Y="2" DeltaX="g 2 2" DeltaY="0 1""#,
        "甲乙丙",
    );
    assert_eq!(placed(&scaled), [('甲', 16, 32), ('乙', 26, 32), ('丙', 36, 37)]);
}

#[test]
fn steps_that_are_missing_are_those_of_the_font() {
    let squeezed = text(
        r#"Boundary="0 0 100 20" Size="10" HScale="0.5""#,
        r#"X="0" Y="10""#,
        "甲12",
    );
    assert_eq!(placed(&squeezed), [('甲', 0, 10), ('1', 5, 10), ('2', 8, 10)]);
    let too_few = text(
        r#"Boundary="0 0 100 20" Size="10""#,
        r#"X="0" Y="10" DeltaX="20""#,
        "甲乙丙",
    );
    assert_eq!(placed(&too_few), [('甲', 0, 10), ('乙', 20, 10), ('丙', 30, 10)]);
}

#[test]
fn a_second_piece_of_text_begins_where_it_says_or_where_the_first_did() {
    let pieces = r#"<ofd:TextObject Boundary="0 0 100 40" Size="10"><ofd:TextCode X="5" Y="10">甲</ofd:TextCode>
        <ofd:TextCode Y="30">乙</ofd:TextCode></ofd:TextObject>"#;
    assert_eq!(placed(pieces), [('甲', 5, 10), ('乙', 5, 30)]);
}

#[test]
fn steps_may_be_counted_by_glyphs_that_draw_several_characters() {
    let ligature = r#"<ofd:TextObject Boundary="0 0 100 20" Size="10"><ofd:CGTransform CodePosition="1" CodeCount="2" GlyphCount="1"/>
        <ofd:TextCode X="0" Y="10" DeltaX="10 10">甲fi乙</ofd:TextCode></ofd:TextObject>"#;
    assert_eq!(
        placed(ligature),
        [('甲', 0, 10), ('f', 10, 10), ('i', 15, 10), ('乙', 20, 10)]
    );
    let by_character = ligature.replace("10 10", "10 5 20");
    assert_eq!(placed(&by_character)[3], ('乙', 35, 10));
}

#[test]
fn line_breaks_of_the_file_are_no_text_and_take_a_step_only_where_they_are_counted() {
    let broken = text(
        r#"Boundary="0 0 100 20" Size="10""#,
        r#"X="0" Y="10" DeltaX="20""#,
        "\n   甲乙\n ",
    );
    assert_eq!(placed(&broken), [('甲', 0, 10), ('乙', 20, 10)]);
    let counted = text(
        r#"Boundary="0 0 100 20" Size="10""#,
        r#"X="0" Y="10" DeltaX="3 20""#,
        "\n甲乙",
    );
    assert_eq!(placed(&counted), [('甲', 3, 10), ('乙', 23, 10)]);
}

#[test]
fn text_is_read_down_the_page_whatever_its_order_in_the_file() {
    let objects = plain(10.0, 60.0, "第二行。") + &plain(10.0, 30.0, "第一行。");
    assert_eq!(read_page(&objects), ["第一行。", "第二行。"]);
}

#[test]
fn characters_one_below_the_other_are_one_line() {
    for code in [
        r#"X="0" Y="5" DeltaY="g 2 6""#,
        r#"X="0" Y="5" DeltaX="0 0" DeltaY="6 6""#,
        r#"X="0" Y="5""#,
    ] {
        let reading = if code.contains("Delta") {
            ""
        } else {
            r#" ReadDirection="90""#
        };
        let vertical = text(&format!(r#"Boundary="50 10 6 60" Size="5"{reading}"#), code, "本年度");
        assert_eq!(read_page(&vertical), ["本年度"], "{code}");
    }
}

#[test]
fn a_page_set_sideways_is_read() {
    let turned = text(
        r#"Boundary="50 10 10 80" Size="5" CTM="0 1 -1 0 10 0""#,
        r#"X="0" Y="5" DeltaX="g 5 5""#,
        "政府信息公开",
    );
    assert_eq!(read_page(&turned), ["政府信息公开"]);
    let by_direction = text(
        r#"Boundary="50 10 10 80" Size="5" ReadDirection="90" CharDirection="90""#,
        r#"X="0" Y="0" DeltaY="g 5 5""#,
        "政府信息公开",
    );
    assert_eq!(read_page(&by_direction), ["政府信息公开"]);
}

#[test]
fn what_cannot_be_seen_is_no_text_where_something_can() {
    let seen = plain(10.0, 20.0, "看得见");
    for hidden in [
        text(
            r#"Boundary="10 40 50 6" Size="5" Visible="false""#,
            r#"X="0" Y="5""#,
            "9",
        ),
        text(r#"Boundary="10 40 50 6" Size="5" Alpha="0""#, r#"X="0" Y="5""#, "9"),
        text(r#"Boundary="10 40 50 6" Size="5" Fill="false""#, r#"X="0" Y="5""#, "9"),
        text(r#"Boundary="10 40 50 6" Size="5""#, r#"X="60" Y="5""#, "9"),
        text(r#"Boundary="10 140 50 6" Size="5""#, r#"X="0" Y="5""#, "甲"),
    ] {
        assert_eq!(read_page(&(seen.clone() + &hidden)), ["看得见"], "{hidden}");
    }
    let clear = r#"<ofd:TextObject Boundary="10 40 50 6" Size="5"><ofd:FillColor Value="0 0 0" Alpha="0"/><ofd:TextCode Y="5">9</ofd:TextCode></ofd:TextObject>"#;
    let document = read(&file("", "", clear, &[]));
    assert_eq!(
        (texts(&document), codes(&document)),
        (vec!["9".to_owned()], vec!["ofd.hidden_text"])
    );
}

#[test]
fn a_clip_hides_what_lies_outside_of_it() {
    let clipped = |clips: &str| {
        format!(
            r#"<ofd:TextObject Boundary="10 10 100 6" Size="5">{clips}<ofd:TextCode X="0" Y="5" DeltaX="20">甲乙</ofd:TextCode></ofd:TextObject>"#
        )
    };
    let area = r#"<ofd:Area><ofd:Path Boundary="0 0 10 6"><ofd:AbbreviatedData>M 0 0 L 10 0 L 10 6 L 0 6 C</ofd:AbbreviatedData></ofd:Path></ofd:Area>"#;
    let one = clipped(&format!("<ofd:Clips><ofd:Clip>{area}</ofd:Clip></ofd:Clips>"));
    assert_eq!(read_page(&one), ["甲"]);
    let by_text = clipped("<ofd:Clips><ofd:Clip><ofd:Area><ofd:Text/></ofd:Area></ofd:Clip></ofd:Clips>");
    assert_eq!(placed(&by_text).len(), 2);
}

#[test]
fn a_box_around_what_is_printed_of_a_character_does_not_hide_it() {
    let comma = text(r#"Boundary="10 28 1 1" Size="8""#, r#"X="0" Y="0""#, "，");
    assert_eq!(placed(&comma), [('，', 10, 28)]);
}

#[test]
fn a_number_that_runs_over_the_edge_of_the_page_is_not_read_as_a_shorter_one() {
    let wide = text(
        r#"Boundary="180 10 60 6" Size="10""#,
        r#"X="0" Y="5" DeltaX="g 5 5""#,
        "123456",
    );
    let document = read(&file("", "", &wide, &[]));
    assert!(codes(&document).contains(&"ofd.cut_by_edge"));
    assert!(texts(&document)[0].ends_with('…'), "{:?}", texts(&document));
}

/// Rules of two rows and two columns from 10, 10 to 110, 50, as steps of a path.
const RULES: &str =
    "M 10 10 L 110 10 M 10 30 L 110 30 M 10 50 L 110 50 M 10 10 L 10 50 M 60 10 L 60 50 M 110 10 L 110 50";

fn cells() -> String {
    [
        (20.0, 22.0, "项目"),
        (70.0, 22.0, "数量"),
        (20.0, 42.0, "合计"),
        (70.0, 42.0, "7"),
    ]
    .map(|(x, y, words)| plain(x, y, words))
    .concat()
}

fn is_table(document: &Document) -> bool {
    let is_ruled = |block: &Block| matches!(block, Block::Grid(grid) if grid.kind() == GridKind::Ruled);
    texts(document) == ["项目|数量|合计|7"] && document.blocks.iter().all(is_ruled)
}

#[test]
fn lines_of_one_path_or_many_make_a_table() {
    let path = format!(
        r#"<ofd:PathObject Boundary="0 0 200 100"><ofd:AbbreviatedData>{RULES}</ofd:AbbreviatedData></ofd:PathObject>"#
    );
    assert!(is_table(&read(&file("", "", &(path + &cells()), &[]))));
    let rule = |place: &str, to: &str| {
        format!(
            r#"<ofd:PathObject Boundary="{place}"><ofd:AbbreviatedData>M 0 0 L {to}</ofd:AbbreviatedData></ofd:PathObject>"#
        )
    };
    let many: String = ["10 10 100 0", "10 30 100 0", "10 50 100 0"]
        .map(|place| rule(place, "100 0"))
        .concat()
        + &["10 10 0 40", "60 10 0 40", "110 10 0 40"]
            .map(|place| rule(place, "0 40"))
            .concat();
    assert!(is_table(&read(&file("", "", &(cells() + &many), &[]))));
}

#[test]
fn white_or_clear_lines_are_none_and_draw_parameters_say_so_too() {
    let params = format!(
        r#"<ofd:Res {SPACE}><ofd:DrawParams><ofd:DrawParam ID="1"><ofd:StrokeColor Value="255 255 255"/></ofd:DrawParam>
        <ofd:DrawParam ID="2" Relative="1"/><ofd:DrawParam ID="3" Relative="4"/><ofd:DrawParam ID="4" Relative="3"/></ofd:DrawParams></ofd:Res>"#
    );
    let lines = |attributes: &str, inside: &str| {
        let path = format!(
            r#"<ofd:PathObject Boundary="0 0 200 100" {attributes}>{inside}<ofd:AbbreviatedData>{RULES}</ofd:AbbreviatedData></ofd:PathObject>"#
        );
        let common = "<ofd:PublicRes>/D/Res.xml</ofd:PublicRes>";
        let bytes = file(common, "", &path, &[("D/Res.xml", &params)]);
        super::marks(&bytes).unwrap()[0].lines.len()
    };
    assert_eq!(lines("", ""), 6);
    assert_eq!(lines("", r#"<ofd:StrokeColor Value="255 255 255"/>"#), 0);
    assert_eq!(lines("", "<ofd:StrokeColor Value='#FF #FF #FF'/>"), 0);
    assert_eq!(lines("", r#"<ofd:StrokeColor Value="0 0 0" Alpha="0"/>"#), 0);
    assert_eq!(lines(r#"Visible="false""#, ""), 0);
    assert_eq!(lines(r#"Stroke="false""#, ""), 0);
    assert_eq!(lines(r#"DrawParam="2""#, ""), 0);
    assert_eq!(lines(r#"DrawParam="2""#, r#"<ofd:StrokeColor Value="0 0 0"/>"#), 6);
    // Parameters that build on each other in a circle say nothing.
    assert_eq!(lines(r#"DrawParam="3""#, ""), 6);
}

#[test]
fn templates_are_a_part_of_the_page() {
    let path = format!(
        r#"<ofd:PathObject Boundary="0 0 200 100"><ofd:AbbreviatedData>{RULES}</ofd:AbbreviatedData></ofd:PathObject>"#
    );
    let template = page("", &path);
    let common = r#"<ofd:TemplatePage ID="7" BaseLoc="T.xml"/>"#;
    let used = r#"<ofd:Template TemplateID="7" ZOrder="Foreground"/>"#;
    assert!(is_table(&read(&file(
        common,
        used,
        &cells(),
        &[("D/T.xml", &template)]
    ))));
    let missing = read(&file(common, used, &cells(), &[]));
    assert_eq!(codes(&missing), ["ofd.part_unreadable"]);
    assert!(missing.diagnostics[0].message.contains("T.xml"));
}

#[test]
fn composite_objects_and_blocks_are_drawn_where_they_stand() {
    let unit = format!(
        r#"<ofd:Res {SPACE}><ofd:CompositeGraphicUnits><ofd:CompositeGraphicUnit ID="5"><ofd:Content><ofd:PageBlock>{}</ofd:PageBlock>
        </ofd:Content></ofd:CompositeGraphicUnit></ofd:CompositeGraphicUnits></ofd:Res>"#,
        text(r#"Boundary="1 1 50 10" Size="5""#, r#"X="0" Y="5""#, "甲")
    );
    let composite = r#"<ofd:PageBlock><ofd:CompositeObject ResourceID="5" Boundary="20 30 100 50" CTM="2 0 0 2 0 0"/></ofd:PageBlock>"#;
    let bytes = file(
        "<ofd:DocumentRes>R.xml</ofd:DocumentRes>",
        "",
        composite,
        &[("D/R.xml", &unit)],
    );
    let [x0, ..] = super::marks(&bytes).unwrap()[0].glyphs[0].1;
    assert_eq!((x0 / 72.0 * 25.4).round(), 22.0);
    let missing = read(&file("", "", &(composite.to_owned() + &plain(0.0, 10.0, "甲")), &[]));
    assert_eq!(codes(&missing), ["ofd.object_unreadable"]);
}

#[test]
fn objects_that_hold_each_other_end_at_a_limit() {
    let inside = r#"<ofd:CompositeObject ResourceID="5" Boundary="0 0 9 9"/>"#.repeat(2);
    let unit = format!(
        r#"<ofd:Res {SPACE}><ofd:CompositeGraphicUnit ID="5"><ofd:Content>{inside}</ofd:Content></ofd:CompositeGraphicUnit></ofd:Res>"#
    );
    let bytes = file(
        "<ofd:PublicRes>R.xml</ofd:PublicRes>",
        "",
        &inside,
        &[("D/R.xml", &unit)],
    );
    assert_eq!(read_bytes(&bytes).unwrap_err(), Error::Limit("nested blocks"));
}

#[test]
fn an_object_without_a_readable_place_is_left_out_and_told_of() {
    let seen = plain(10.0, 20.0, "看得见");
    for lost in [
        text(r#"Boundary="0 NaN 9 9" Size="5""#, r#"X="0" Y="5""#, "9"),
        text(r#"Boundary="0 0 99 99" Size="inf""#, r#"X="0" Y="5""#, "9"),
        text(r#"Boundary="0 0 99 99" Size="5" CTM="1 0""#, r#"X="0" Y="5""#, "9"),
        text(r#"Boundary="0 0 99 99" Size="5""#, r#"X="1e99" Y="5""#, "9"),
    ] {
        let document = read(&file("", "", &(seen.clone() + &lost), &[]));
        assert_eq!(
            (texts(&document), codes(&document)),
            (vec!["看得见".to_owned()], vec!["ofd.object_unreadable"]),
            "{lost}"
        );
    }
}

#[test]
fn pages_come_in_the_order_of_the_list_by_whatever_reference() {
    let entry = entry("<ofd:DocRoot>/Doc_0/Document.xml</ofd:DocRoot>");
    let listed = [
        "Pages/Page_Insert_9/Content.xml",
        r".\pages\b\CONTENT.xml",
        "/Doc_0/Pages/a.xml",
        "Doc_0/../Doc_0/c.xml",
    ];
    let main_part = main_part("", &listed);
    let page = |words: &str| page("", &plain(10.0, 20.0, words));
    let [first, second, third, fourth] = ["第一页。", "第二页。", "第三页。", "第四页。"].map(page);
    let document = read(&packed(&[
        ("OFD.xml", &entry),
        ("doc_0/document.xml", &main_part),
        ("Doc_0/Pages/a.xml", &third),
        ("Doc_0/Pages/b/Content.xml", &second),
        ("Doc_0/c.xml", &fourth),
        ("Doc_0/Pages/Page_Insert_9/Content.xml", &first),
    ]));
    assert_eq!(texts(&document), ["第一页。", "第二页。", "第三页。", "第四页。"]);
    assert_eq!(document.pages, Some(4));
}

#[test]
fn every_document_of_a_file_is_read_and_a_broken_one_costs_no_other() {
    let body = |root: &str| format!("<ofd:DocBody><ofd:DocRoot>{root}</ofd:DocRoot></ofd:DocBody>");
    let entry = format!(
        "<ofd:OFD {SPACE}>{}{}{}</ofd:OFD>",
        body("A/D.xml"),
        body("missing.xml"),
        body("B/D.xml")
    );
    let main_part = main_part("", &["P.xml"]);
    let (first, second) = (
        page("", &plain(10.0, 20.0, "甲。")),
        page("", &plain(10.0, 20.0, "乙。")),
    );
    let document = read(&packed(&[
        ("OFD.xml", &entry),
        ("A/D.xml", &main_part),
        ("A/P.xml", &first),
        ("B/D.xml", &main_part),
        ("B/P.xml", &second),
    ]));
    assert_eq!(texts(&document), ["甲。", "乙。"]);
    assert_eq!(codes(&document), ["ofd.document_unreadable"]);
    assert!(document.diagnostics[0].message.contains("missing.xml"));
}

#[test]
fn a_page_that_cannot_be_read_is_named_and_costs_no_other() {
    let entry = entry("<ofd:DocRoot>D.xml</ofd:DocRoot>");
    let main_part = main_part("", &["gone.xml", "broken.xml", "P.xml"]);
    let page = page("", &plain(10.0, 20.0, "甲。"));
    let parts = [
        ("OFD.xml", entry.as_str()),
        ("D.xml", &main_part),
        ("broken.xml", "<ofd:Page>"),
        ("P.xml", &page),
    ];
    let document = read(&packed(&parts));
    assert_eq!(texts(&document), ["甲。"]);
    assert_eq!(codes(&document), ["ofd.page_unreadable"; 2]);
    let messages: Vec<&str> = document
        .diagnostics
        .iter()
        .map(|noticed| noticed.message.as_str())
        .collect();
    assert!(
        messages[0].contains("gone.xml") && messages[1].contains("broken.xml"),
        "{messages:?}"
    );
    let error = read_bytes(&packed(&parts[..3])).unwrap_err().to_string();
    assert!(error.contains("gone.xml"), "{error}");
}

#[test]
fn names_have_whatever_name_space() {
    let plain = |space: &str, prefix: &str| {
        let parts = [
            ("OFD.xml", entry("<ofd:DocRoot>D/Document.xml</ofd:DocRoot>")),
            ("D/Document.xml", main_part("", &["P.xml"])),
            ("D/P.xml", page("", &plain(10.0, 20.0, "甲。"))),
        ]
        .map(|(name, content)| (name, content.replace(SPACE, space).replace("ofd:", prefix)));
        let parts: Vec<(&str, &str)> = parts.iter().map(|(name, content)| (*name, content.as_str())).collect();
        texts(&read(&packed(&parts)))
    };
    assert_eq!(plain("", ""), ["甲。"]);
    assert_eq!(plain(r#"xmlns="http://www.ofdspec.org""#, ""), ["甲。"]);
    assert_eq!(plain(r#"xmlns:x="urn:other""#, "x:"), ["甲。"]);
    assert_eq!(plain("", "undeclared:"), ["甲。"]);
}

#[test]
fn pictures_alone_are_a_scan() {
    let picture = r#"<ofd:ImageObject Boundary="0 0 200 100" ResourceID="3"/>"#;
    assert_eq!(codes(&read(&file("", "", picture, &[]))), ["ofd.scanned"]);
    assert_eq!(codes(&read(&file("", "", "", &[]))), ["ofd.no_text"]);
    assert!(
        codes(&read(&file(
            "",
            "",
            &(picture.to_owned() + &plain(10.0, 20.0, "甲。")),
            &[]
        )))
        .is_empty()
    );
}

#[test]
fn characters_of_private_numbers_have_no_name() {
    let document = read(&file("", "", &plain(10.0, 20.0, "公开\u{e11e}数"), &[]));
    assert_eq!(texts(&document), ["公开\u{fffd}数"]);
    assert_eq!(codes(&document), ["ofd.unmapped_text"]);
}

#[test]
fn a_file_says_its_title_and_more_of_itself() {
    let info = r#"<ofd:DocInfo><ofd:Title> 年度报告 </ofd:Title><ofd:Author>某局</ofd:Author><ofd:Keywords><ofd:Keyword>甲</ofd:Keyword>
        <ofd:Keyword>乙</ofd:Keyword></ofd:Keywords><ofd:CustomDatas><ofd:CustomData Name="发文字号">一号</ofd:CustomData></ofd:CustomDatas>
        </ofd:DocInfo><ofd:DocRoot>D.xml</ofd:DocRoot><ofd:Signatures>S.xml</ofd:Signatures>"#;
    let main_part = main_part("", &["P.xml"]);
    let seals = format!("<ofd:Signatures {SPACE}><ofd:Signature ID='1'/></ofd:Signatures>");
    let document = read(&packed(&[
        ("OFD.xml", &entry(info)),
        ("D.xml", &main_part),
        ("P.xml", &page("", &plain(10.0, 20.0, "甲。"))),
        ("S.xml", &seals),
    ]));
    assert_eq!(document.title.as_deref(), Some("年度报告"));
    let said: Vec<_> = document
        .properties
        .iter()
        .map(|said| (said.name.as_str(), said.value.as_str()))
        .collect();
    assert_eq!(said, [("Author", "某局"), ("Keywords", "甲; 乙"), ("发文字号", "一号")]);
    assert_eq!(codes(&document), ["ofd.left_out"]);
}

#[test]
fn of_a_document_with_versions_the_current_one_is_read() {
    let versions = |current: &str| {
        format!(
            r#"<ofd:DocRoot>D/Document.xml</ofd:DocRoot><ofd:Versions><ofd:Version ID="1" Index="0" BaseLoc="D/V/1.xml"/>
            <ofd:Version ID="2" Index="1" Current="true" BaseLoc="{current}"/></ofd:Versions>"#
        )
    };
    let version = |root: &str| {
        format!("<ofd:DocVersion {SPACE}><ofd:FileList/><ofd:DocRoot>{root}</ofd:DocRoot></ofd:DocVersion>")
    };
    let read_with = |entry: &str| {
        read(&packed(&[
            ("OFD.xml", entry),
            ("D/Document.xml", &main_part("", &["P.xml"])),
            ("D/P.xml", &page("", &plain(10.0, 20.0, "受理五件。"))),
            ("D/V/1.xml", &version("/D/Document.xml")),
            ("D/V/2.xml", &version("New.xml")),
            ("D/V/New.xml", &main_part("", &["Q.xml"])),
            ("D/V/Q.xml", &page("", &plain(10.0, 20.0, "受理六件。"))),
        ]))
    };
    let current = read_with(&entry(&versions("D/V/2.xml")));
    assert_eq!((texts(&current), codes(&current)), (vec!["受理六件。".into()], vec![]));
    let lost = read_with(&entry(&versions("D/V/3.xml")));
    assert_eq!(texts(&lost), ["受理五件。"]);
    assert_eq!(codes(&lost), ["ofd.version_unreadable"]);
    assert!(
        lost.diagnostics[0].message.contains("D/V/3.xml"),
        "{:?}",
        lost.diagnostics
    );
}

#[test]
fn a_file_without_a_way_in_is_an_error_that_names_the_part() {
    assert_eq!(
        read_bytes(&packed(&[("Encryptions.xml", ""), ("OFD.xml", "")])).unwrap_err(),
        Error::Locked
    );
    for (parts, named) in [
        (vec![("a", "")], "OFD.xml: the part is missing"),
        (vec![("OFD.xml", "<OFD>")], "OFD.xml: the XML ends"),
        (vec![("OFD.xml", "<OFD/>")], "OFD.xml: no page"),
        (
            vec![("OFD.xml", "<OFD><DocBody/></OFD>")],
            "OFD.xml: a document without a main part",
        ),
        (
            vec![
                ("OFD.xml", "<OFD><DocBody><DocRoot>D.xml</DocRoot></DocBody></OFD>"),
                ("D.xml", "<Document/>"),
            ],
            "D.xml: no list",
        ),
    ] {
        let error = read_bytes(&packed(&parts)).unwrap_err().to_string();
        assert!(error.contains(named), "{error}");
    }
}
