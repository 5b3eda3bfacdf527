//! Shapes that programs write.

use super::read;
use crate::document::{Block, Document, Grid, Origin};

fn lines(document: &Document) -> Vec<&str> {
    let paragraphs = document.blocks.iter().filter_map(|block| match block {
        Block::Paragraph(paragraph) => Some(paragraph.text.as_str()),
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

fn rtf(body: &str) -> Document {
    read(
        format!(
            "{{\\rtf1\\ansi\\ansicpg936{{\\fonttbl{{\\f0\\fcharset0 Times;}}{{\\f1\\fcharset136 \\'b2\\'d3;}}}}{body}}}"
        )
        .as_bytes(),
    )
    .unwrap()
}

#[test]
fn text_is_decoded_by_font_page_and_unicode() {
    let body = r"\pard \f0\'d2\'bb\'a1\'a2{\f1\'a4\'40}\uc1\u24180?\uc2\u25253\'b1\'a8\uc0\u20214 A\'81@\par";
    assert_eq!(lines(&rtf(body)), ["一、一年报件A丂"]);
}

#[test]
fn what_is_not_shown_is_left_out_and_counted_numbers_are_printed() {
    let body = r"{\*\generator x}{\info{\title t}}{\header h\par}{\listtext\pard\plain\'d2\'bb\'a1\'a2\tab}a{\v 1}{\deleted 2}{\strike 3}{\*\bkmkstart b}{\field{\*\fldinst PAGE}{\fldrslt 4}}{\*\unknown 5}{\upr{6}{\*\ud{\u23383?}}}\v 7\plain b\par";
    let document = rtf(body);
    assert_eq!(lines(&document), ["一、a4字b"]);
    assert_eq!(document.title.as_deref(), Some("t"));
    assert_eq!(document.properties[0].value, "h");
}

#[test]
fn raised_digits_behind_a_number_do_not_join_it() {
    for (run, expected) in [
        (r"{\super 12}", "31¹²m"),
        (r"{\up8 1}", "31¹m"),
        (r"{\up2 1}", "311m"),
        (r"{\super\nosupersub 1}", "311m"),
        (r"{\super\plain 1}", "311m"),
    ] {
        assert_eq!(lines(&rtf(&format!(r"31{run}m\par"))), [expected], "{run}");
    }
}

#[test]
fn merged_cells_cover_their_slots() {
    let body = r"\trowd\trleft-108\clvmgf\cellx1000\clmgf\cellx2000\clmrg\cellx3000\pard\intbl a\cell b\cell\cell\row
\trowd\trleft-108\clvmrg\cellx1005\cellx2000\cellx3000\pard\intbl x\cell 1\cell 2\cell\row
\trowd\trleft-108\cellx1000\cellx3000\pard\intbl c\cell d\par e\cell\row\pard after\par";
    let document = rtf(body);
    let cells: Vec<_> = grids(&document)[0]
        .cells()
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
        .collect();
    assert_eq!(
        cells,
        [
            (0, 0, 2, 1, "a"),
            (0, 1, 1, 2, "b"),
            (1, 1, 1, 1, "1"),
            (1, 2, 1, 1, "2"),
            (2, 0, 1, 1, "c"),
            (2, 1, 1, 2, "d\ne")
        ]
    );
    assert_eq!(
        grids(&document)[0].at(1, 2).unwrap().origin,
        Origin::table_cell(1, 2, 3)
    );
    assert_eq!(lines(&document), ["after"]);
}

#[test]
fn a_table_in_a_cell_is_a_table_of_its_own() {
    let body = r"\pard\intbl\itap1 o\par\pard\intbl\itap2 1\nestcell 2\nestcell{\*\nesttableprops\trowd\cellx500\cellx900\nestrow}{\nonesttables\par}\pard\intbl\itap1\cell p\cell\trowd\cellx1000\cellx2000\row\pard\par";
    let document = rtf(body);
    let texts: Vec<Vec<&str>> = grids(&document)
        .iter()
        .map(|grid| grid.cells().iter().map(|cell| cell.text.as_str()).collect())
        .collect();
    assert_eq!(texts, [vec!["o", "p"], vec!["1", "2"]]);
}

#[test]
fn a_box_of_text_follows_its_paragraph() {
    let body = r"a{\shp{\*\shpinst{\sp{\sn x}{\sv 1}}{\shptxt \pard in the box\par}}}b\par";
    assert_eq!(lines(&rtf(body)), ["ab", "in the box"]);
}

#[test]
fn groups_without_end_are_an_error_that_says_so() {
    let error = read("{\\rtf1".repeat(100_000).as_bytes()).unwrap_err();
    assert!(error.to_string().contains("nested"), "{error}");
    assert!(read(b"{\\rtf1 a}}}}\\row\\cell\\nestrow}").is_ok());
}

#[test]
fn white_and_tiny_text_is_not_seen_on_paper() {
    let colours = r"{\colortbl;\red255\green255\blue255;\red31\green78\blue121;}";
    for (body, seen) in [
        (r"{\cf1 47}31\par", "31"),
        (r"{\cf0 47}31\par", "4731"),
        (r"{\cf2 47}31\par", "4731"),
        (r"{\cf1\chcbpat2 47}31\par", "4731"),
        (r"{\cf1\highlight1 47}31\par", "31"),
        (r"\pard\cbpat2{\cf1 47}31\par", "4731"),
        (r"\pard\cbpat2 a\par\pard{\cf1 47}31\par", "a|31"),
        (r"{\fs2 47}31\par", "31"),
        (r"{\fs2 47\plain 5}31\par", "531"),
    ] {
        assert_eq!(lines(&rtf(&format!("{colours}{body}"))).join("|"), seen, "{body}");
    }
    let in_table = |ground: &str| {
        let body = format!(
            r"{colours}\trowd{ground}\cellx1000\cellx2000\pard\intbl{{\cf1 47}}31\cell a\cell\row\pard b{{\cf1 5}}\par"
        );
        let document = rtf(&body);
        format!("{} {}", grids(&document)[0].cells()[0].text, lines(&document)[0])
    };
    assert_eq!(in_table(""), "31 b");
    assert_eq!(in_table(r"\clcbpat2"), "4731 b");
}
