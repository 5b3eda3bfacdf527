//! What the PDF reader promises, on files written here; the public bodies in them are invented.

#![allow(clippy::unwrap_used)]

mod pdf_support;

use nianbao::document::{Block, Document, Grid, GridKind, Origin};
use nianbao::error::Error;
use nianbao::read::{Hints, read};
use pdf_support::crypt::Key;
use pdf_support::{Font, Page, file, write};

fn document(bytes: &[u8]) -> Document {
    read(bytes, &Hints::default()).unwrap()
}

fn paragraphs(document: &Document) -> Vec<&str> {
    document
        .blocks
        .iter()
        .filter_map(|block| match block {
            Block::Paragraph(paragraph) => Some(paragraph.text.as_str()),
            Block::Grid(_) => None,
        })
        .collect()
}

fn grids(document: &Document) -> Vec<&Grid> {
    document
        .blocks
        .iter()
        .filter_map(|block| match block {
            Block::Grid(grid) => Some(grid),
            Block::Paragraph(_) => None,
        })
        .collect()
}

/// The texts of a grid's cells, row by row; a cell that reaches into a row from above is left out of it.
fn rows(grid: &Grid) -> Vec<Vec<&str>> {
    let begins = |row: usize| grid.row(row).filter(move |cell| cell.row == row);
    (0..grid.rows())
        .map(|row| begins(row).map(|cell| cell.text.as_str()).collect())
        .collect()
}

fn codes(document: &Document) -> Vec<&str> {
    document
        .diagnostics
        .iter()
        .map(|diagnostic| diagnostic.code.as_str())
        .collect()
}

const XS: [f64; 4] = [60.0, 220.0, 320.0, 420.0];

#[test]
fn chinese_text_is_read_from_fonts_that_are_not_in_the_file() {
    let page = Page::new()
        .set(Font::Gbk, 16.0, 100.0, 60.0, "青禾县2023年年报（一）")
        .set(Font::Unicode, 12.0, 100.0, 120.0, "收到申请12件，“三安全一稳定”")
        .set(Font::Latin, 12.0, 100.0, 180.0, "qinghe.example");
    let read = document(&file(&[page]));
    let expected = [
        "青禾县2023年年报（一）",
        "收到申请12件，“三安全一稳定”",
        "qinghe.example",
    ];
    assert_eq!(paragraphs(&read), expected);
    assert_eq!(read.pages, Some(1));
    assert_eq!(codes(&read), [""; 0]);
}

#[test]
fn lines_that_a_wide_gap_parts_are_rows_and_never_one_paragraph() {
    let mut page = Page::new();
    for line in 0..4 {
        page = page.text(60.0, 40.0 + 14.0 * f64::from(line), &"正文".repeat(24));
    }
    let page = page
        .text(70.0, 110.0, "信息内容")
        .text(430.0, 110.0, "本年收费金额（万元）")
        .text(70.0, 124.0, "行政事业性收费")
        .text(430.0, 124.0, "4847.85");
    let read = document(&file(&[page]));
    let paragraphs = paragraphs(&read);
    assert_eq!(
        paragraphs[paragraphs.len() - 2..],
        ["信息内容 本年收费金额（万元）", "行政事业性收费 4847.85"]
    );
}

#[test]
fn a_ruled_table_has_its_cells_with_page_and_box() {
    let page = Page::new().table(100.0, &XS, &[&["信息内容", "制发", "废止"], &["规章", "12", "0"]]);
    let read = document(&file(&[page]));
    let grid = grids(&read)[0];
    assert_eq!(grid.kind(), GridKind::Ruled);
    assert_eq!(rows(grid), [["信息内容", "制发", "废止"], ["规章", "12", "0"]]);
    let expected = Origin::page(1, [220.0, 120.0, 320.0, 140.0]);
    assert_eq!(grid.at(1, 1).unwrap().origin, expected);
}

#[test]
fn thin_filled_rectangles_are_lines_and_white_ones_are_not() {
    let mut page = Page::new();
    for y in [100.0, 120.0, 140.0] {
        page = page.bar(60.0, y, 260.5, 0.5);
    }
    for x in [60.0, 220.0, 320.0] {
        page = page.bar(x, 100.0, 0.5, 40.5);
    }
    page = page.raw("1 g").bar(60.0, 130.0, 260.0, 0.5).raw("0 g");
    page = page
        .text(65.0, 104.0, "规章")
        .text(225.0, 104.0, "7")
        .text(65.0, 124.0, "文件")
        .text(225.0, 124.0, "8");
    assert_eq!(
        rows(grids(&document(&file(&[page])))[0]),
        [["规章", "7"], ["文件", "8"]]
    );
}

#[test]
fn a_label_over_several_rows_set_downwards_is_one_cell() {
    let mut page = Page::new()
        .line(60.0, 100.0, 320.0, 100.0)
        .line(80.0, 130.0, 320.0, 130.0)
        .line(60.0, 160.0, 320.0, 160.0);
    for x in [60.0, 80.0, 220.0, 320.0] {
        page = page.line(x, 100.0, x, 160.0);
    }
    for (index, character) in ["办", "理", "结", "果"].iter().enumerate() {
        page = page.text(65.0, 102.0 + 13.0 * index as f64, character);
    }
    page = page
        .text(85.0, 108.0, "予以公开")
        .text(225.0, 108.0, "3")
        .text(85.0, 138.0, "部分公开")
        .text(225.0, 138.0, "4");
    let read = document(&file(&[page]));
    let grid = grids(&read)[0];
    assert_eq!(rows(grid), [vec!["办理结果", "予以公开", "3"], vec!["部分公开", "4"]]);
    assert_eq!(grid.at(1, 0).unwrap().row_span, 2);
}

#[test]
fn a_table_cut_by_a_page_break_in_the_middle_of_a_row_is_whole_again() {
    let first = Page::new()
        .text(60.0, 700.0, "三、收到和处理政府信息公开申请情况")
        .table(
            720.0,
            &XS,
            &[
                &["信息内容", "自然人", "总计"],
                &["予以公开", "21", "21"],
                &["没有现成信息需要另行制作的各", "3", "3"],
            ],
        )
        .text(280.0, 800.0, "— 1 —");
    let second = Page::new()
        .table(
            60.0,
            &XS,
            &[
                &["信息内容", "自然人", "总计"],
                &["种情形", "", ""],
                &["（七）总计", "24", "24"],
            ],
        )
        .text(280.0, 800.0, "— 2 —");
    let read = document(&file(&[first, second]));
    assert_eq!(paragraphs(&read), ["三、收到和处理政府信息公开申请情况"]);
    assert_eq!(grids(&read).len(), 1);
    assert_eq!(
        rows(grids(&read)[0]),
        [
            ["信息内容", "自然人", "总计"],
            ["予以公开", "21", "21"],
            ["没有现成信息需要另行制作的各\n种情形", "3", "3"],
            ["（七）总计", "24", "24"]
        ]
    );
    assert!(matches!(
        grids(&read)[0].at(3, 1).unwrap().origin,
        Origin::Page { page: 2, .. }
    ));
    assert!(codes(&read).contains(&"pdf.table_joined"));
}

#[test]
fn a_heading_between_two_tables_keeps_them_apart() {
    let table = |page: Page, y| page.table(y, &XS, &[&["规章", "1", "2"], &["文件", "3", "4"]]);
    let first = table(Page::new(), 760.0);
    let second = table(Page::new().text(60.0, 50.0, "四、行政复议情况"), 80.0);
    let read = document(&file(&[first, second]));
    assert_eq!(paragraphs(&read), ["四、行政复议情况"]);
    assert_eq!(grids(&read).len(), 2);
}

#[test]
fn a_turned_page_reads_as_it_is_displayed() {
    // The content is turned against /Rotate, so that the page shows upright text.
    let page = Page::new()
        .raw("0 1 -1 0 842 0 cm")
        .table(100.0, &XS, &[&["信息内容", "制发", "废止"], &["规章", "12", "0"]])
        .with("/Rotate 90/MediaBox[0 0 842 595]");
    let read = document(&file(&[page]));
    assert_eq!(
        rows(grids(&read)[0]),
        [["信息内容", "制发", "废止"], ["规章", "12", "0"]]
    );
}

#[test]
fn a_table_set_sideways_on_an_upright_page_reads_in_its_own_direction() {
    let page = Page::new()
        .raw("0 1 -1 0 842 0 cm")
        .table(100.0, &XS, &[&["信息内容", "制发", "废止"], &["规章", "12", "0"]])
        .with("/MediaBox[0 0 842 595]");
    let read = document(&file(&[page]));
    assert_eq!(
        rows(grids(&read)[0]),
        [["信息内容", "制发", "废止"], ["规章", "12", "0"]]
    );
}

#[test]
fn a_crop_box_moves_the_origin_and_hides_what_lies_outside() {
    let page = Page::new()
        .text(100.0, 100.0, "看得见")
        .text(5.0, 5.0, "看不见")
        .with("/CropBox[50 0 595 800]");
    let read = document(&file(&[page]));
    assert_eq!(paragraphs(&read), ["看得见"]);
    let Block::Paragraph(paragraph) = &read.blocks[0] else {
        panic!("no paragraph");
    };
    let Origin::Page { bbox, .. } = paragraph.origin else {
        panic!("no page");
    };
    assert!((bbox[0] - 50.0).abs() < 0.1 && (bbox[1] - 59.0).abs() < 1.5, "{bbox:?}");
}

#[test]
fn a_number_that_the_edge_of_the_page_cuts_is_no_number() {
    let page = Page::new()
        .table(
            100.0,
            &[100.0, 300.0, 560.0, 620.0],
            &[&["规章", "12", ""], &["文件", "34", ""]],
        )
        .text(580.0, 107.0, "1222885")
        .text(565.0, 127.0, "7");
    let read = document(&file(&[page]));
    let rows = rows(grids(&read)[0]);
    assert_eq!(rows[0][..2], ["规章", "12"]);
    assert!(rows[0][2].ends_with('…') && rows[0][2].starts_with("12"), "{rows:?}");
    assert_eq!(rows[1], ["文件", "34", "7"]);
    assert_eq!(codes(&read), ["pdf.cut_by_edge"]);
}

#[test]
fn a_number_that_ends_at_the_margin_behind_which_nothing_is_shown_is_no_number() {
    let page = Page::new().raw("20 20 555 802 re W n").table(
        100.0,
        &[100.0, 300.0, 550.0, 620.0],
        &[&["规章", "12", ""], &["文件", "34", ""]],
    );
    let page = page.text(560.0, 107.0, "123").text(555.0, 127.0, "7");
    let read = document(&file(&[page]));
    let rows = rows(grids(&read)[0]);
    assert_eq!(rows[0], ["规章", "12", "123…"]);
    assert_eq!(rows[1], ["文件", "34", "7"]);
    assert_eq!(codes(&read), ["pdf.cut_by_edge"]);
}

#[test]
fn text_drawn_twice_for_boldness_is_read_once() {
    let both = Page::new().raw("2 Tr").text(100.0, 100.0, "加粗12");
    assert_eq!(paragraphs(&document(&file(&[both]))), ["加粗12"]);
    let shifted = Page::new()
        .text(100.0, 100.0, "加粗1122")
        .text(100.4, 100.0, "加粗1122");
    assert_eq!(paragraphs(&document(&file(&[shifted]))), ["加粗1122"]);
}

#[test]
fn white_text_is_read_only_on_what_is_painted() {
    let on_paper = Page::new()
        .text(100.0, 100.0, "规章31件")
        .raw("1 g")
        .text(100.0, 140.0, "47")
        .raw("0 g");
    assert_eq!(paragraphs(&document(&file(&[on_paper]))), ["规章31件"]);
    let on_a_bar = Page::new()
        .text(100.0, 100.0, "规章31件")
        .bar(90.0, 135.0, 100.0, 30.0)
        .raw("1 g")
        .text(100.0, 140.0, "47")
        .raw("0 g");
    assert_eq!(paragraphs(&document(&file(&[on_a_bar]))), ["规章31件", "47"]);
}

#[test]
fn invisible_text_is_read_only_where_nothing_else_is_shown_and_is_marked() {
    let mixed = Page::new()
        .text(100.0, 100.0, "正文")
        .raw("3 Tr")
        .text(100.0, 200.0, "隐藏");
    assert_eq!(paragraphs(&document(&file(&[mixed]))), ["正文"]);
    let behind = document(&file(&[Page::new().raw("3 Tr").text(100.0, 200.0, "识别文字")]));
    assert_eq!(paragraphs(&behind), ["识别文字"]);
    assert_eq!(codes(&behind), ["pdf.hidden_text"]);
}

#[test]
fn a_page_that_is_a_picture_is_said_to_be_a_scan() {
    let picture = "q 595 0 0 842 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \u{0} EI Q";
    let read = document(&file(&[Page::new().raw(picture)]));
    assert!(read.blocks.is_empty());
    assert_eq!(codes(&read), ["pdf.scanned"]);
}

#[test]
fn lines_become_paragraphs_without_spaces_and_headings_stay_apart() {
    let page = Page::new()
        .text(80.0, 100.0, "一、总体情况")
        .text(80.0, 120.0, "本年度青禾县人民政府认真贯彻落实条例要求不断完善信")
        .text(60.0, 140.0, "息公开制度建立健全保障机制始终将政务公开工作摆在重要")
        .text(60.0, 160.0, "位置，共公开信息1136条，全部按时办结并且推进工作规范")
        .text(60.0, 180.0, "有序发展。")
        .text(80.0, 200.0, "（一）主动公开情况。")
        .text(80.0, 220.0, "二、主动公开政府信息情况");
    assert_eq!(
        paragraphs(&document(&file(&[page]))),
        [
            "一、总体情况",
            "本年度青禾县人民政府认真贯彻落实条例要求不断完善信息公开制度建立健全保障机制始终将政务公开工作摆在重要位置，共公开信息1136条，全部按时办结并且推进工作规范有序发展。",
            "（一）主动公开情况。",
            "二、主动公开政府信息情况"
        ]
    );
}

#[test]
fn heads_feet_and_page_numbers_are_left_out_and_paragraphs_go_on_over_the_page() {
    let line = "本年度青禾县人民政府认真贯彻落实条例要求不断完善信息";
    let page = |number: u32, first: &str, last: &str| {
        let mut page = Page::new().text(240.0, 30.0, "青禾县年报").text(60.0, 100.0, first);
        for row in 1..4 {
            page = page.text(60.0, 100.0 + 20.0 * f64::from(row), line);
        }
        page.text(60.0, 180.0, last)
            .text(280.0, 800.0, &format!("- {number} -"))
    };
    let pages = [
        page(1, line, &format!("{}第一", &line[..72])),
        page(2, "页到第二页仍然是同一段话。", "结束。"),
        page(3, "三、其他", "完。"),
    ];
    let read = document(&file(&pages));
    let text = paragraphs(&read).join("|");
    assert!(text.contains("第一页到第二页仍然是同一段话。"), "{text}");
    assert!(!text.contains("青禾县年报") && !text.contains("- 2 -"), "{text}");
    assert!(text.contains("|三、其他|"), "{text}");
}

#[test]
fn pages_that_end_their_lines_alike_are_told_apart_in_the_same_way_every_time() {
    let line = "本年度青禾县人民政府认真贯彻落实条例要求不断完善信息";
    let lines = |x: f64, text: &str, count: u32| {
        (0..count).fold(Page::new(), |page, row| {
            page.text(x, 100.0 + 20.0 * f64::from(row), text)
        })
    };
    // The third page has too few lines to show where they begin, and takes that from one of the others.
    let narrow = &line[30..];
    let bytes = file(&[lines(60.0, line, 4), lines(160.0, narrow, 4), lines(160.0, narrow, 2)]);
    let first = document(&bytes);
    for _ in 0..20 {
        assert_eq!(document(&bytes).blocks, first.blocks);
    }
}

#[test]
fn two_columns_are_read_one_after_the_other() {
    let mut page = Page::new();
    for row in 0..12 {
        let y = 100.0 + 18.0 * f64::from(row);
        page = page.text(60.0, y, &format!("左栏第{row:02}行文字内容较长一些")).text(
            320.0,
            y,
            &format!("右栏第{row:02}行文字内容较长一些"),
        );
    }
    let read = document(&file(&[page]));
    let text = paragraphs(&read).concat();
    assert!(text.find("左栏第11行") < text.find("右栏第00行"), "{text}");
}

#[test]
fn a_number_that_its_cell_broke_is_whole_and_two_numbers_stay_two() {
    let page = Page::new()
        .grid(&[60.0, 160.0, 196.0, 300.0], &[100.0, 130.0])
        .text(65.0, 108.0, "行政处罚")
        .raw("BT /F1 10 Tf 14 TL 1 0 0 1 165 728 Tm (51764) Tj T* (5) Tj ET")
        .text(205.0, 108.0, "12")
        .text(235.0, 108.0, "34");
    assert_eq!(
        rows(grids(&document(&file(&[page])))[0]),
        [["行政处罚", "517645", "12  34"]]
    );
}

#[test]
fn a_title_in_the_information_dictionary_is_the_documents_title() {
    let bytes = write(
        &[Page::new().text(60.0, 60.0, "文")],
        "/Title<FEFF5E7462A5>/Author(\\304\\352)",
        None,
    );
    let read = document(&bytes);
    assert_eq!(read.title.as_deref(), Some("年报"));
    assert_eq!(read.properties[0].value, "年");
}

#[test]
fn an_owner_password_does_not_hinder_reading_and_a_user_password_is_asked_for() {
    let page = [Page::new().text(100.0, 100.0, "加密的年报")];
    let owner = write(&page, "", Some(&Key::new("", "owner")));
    assert_eq!(paragraphs(&document(&owner)), ["加密的年报"]);

    let locked = write(&page, "", Some(&Key::new("user", "owner")));
    assert_eq!(read(&locked, &Hints::default()).unwrap_err(), Error::Encrypted);
    let with = |password: &str| {
        let hints = Hints {
            password: Some(password.into()),
            ..Hints::default()
        };
        read(&locked, &hints)
    };
    assert_eq!(with("wrong").unwrap_err(), Error::WrongPassword);
    assert_eq!(paragraphs(&with("user").unwrap()), ["加密的年报"]);

    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("locked.pdf"), &locked).unwrap();
    let batch = |password: &[&str]| {
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_nianbao"))
            .args(["batch", "locked.pdf", "--out", "set", "--formats", "csv"])
            .args(password)
            .env("LC_ALL", "C")
            .current_dir(folder.path())
            .output()
            .unwrap();
        (output.status.code(), String::from_utf8(output.stderr).unwrap())
    };
    let (status, said) = batch(&[]);
    assert!(
        status == Some(3) && said.contains("give its password with --password"),
        "{said}"
    );
    let (status, said) = batch(&["--password", "wrong"]);
    assert!(
        status == Some(3) && said.contains("the password that was given does not open the file"),
        "{said}"
    );
    let (status, said) = batch(&["--password", "user"]);
    assert!(status == Some(0) && said.contains("1 not_a_report"), "{said}");
}

#[test]
fn a_file_without_pages_is_damaged_and_one_with_a_broken_table_of_objects_is_read() {
    assert!(matches!(read(&file(&[]), &Hints::default()), Err(Error::Damaged(_))));
    assert!(matches!(
        read(b"%PDF-1.4\nnothing", &Hints::default()),
        Err(Error::Damaged(_))
    ));
    let whole = file(&[Page::new().text(100.0, 100.0, "断尾")]);
    let cut = &whole[..whole.len() - 60];
    assert_eq!(paragraphs(&document(cut)), ["断尾"]);
    let ends_early = |bytes: &[u8]| {
        document(bytes)
            .diagnostics
            .iter()
            .any(|found| found.code == "pdf.end_missing")
    };
    assert!(ends_early(cut) && !ends_early(&whole));
    let padded = [&whole[..], &[0; 4000]].concat();
    assert!(!ends_early(&padded));
}

#[test]
fn forms_that_call_themselves_end() {
    let content = b"<</Length 5>>stream\n/X Do\nendstream".to_vec();
    let form = b"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 5 0 R>>>>/Length 11>>stream\n/X Do /X Do\nendstream";
    let objects = [
        b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>".to_vec(),
        b"<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</XObject<</X 5 0 R>>>>>>".to_vec(),
        content,
        form.to_vec(),
        b"<<>>".to_vec(),
    ];
    let bytes = pdf_support::assemble(&objects, "");
    let begun = std::time::Instant::now();
    let _ = read(&bytes, &Hints::default());
    assert!(begun.elapsed().as_secs() < 10);
}

#[test]
fn damaged_files_end_in_a_document_or_an_error_and_never_in_a_panic() {
    std::panic::set_hook(Box::new(|_| {}));
    let page = Page::new().text(60.0, 60.0, "一、总体情况").table(
        100.0,
        &XS,
        &[&["信息内容", "制发", "废止"], &["规章", "12", "0"]],
    );
    let whole = file(&[page.clone(), page]);
    let mut state = 0x9E37_79B9_7F4A_7C15u64;
    let mut random = move |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state % below as u64) as usize
    };
    for _ in 0..200 {
        let mut bytes = whole.clone();
        for _ in 0..1 + random(8) {
            let at = random(bytes.len());
            match random(4) {
                0 => bytes[at] = random(256) as u8,
                1 => bytes.truncate(at.max(16)),
                2 => drop(bytes.drain(at..(at + random(40)).min(bytes.len()))),
                _ => bytes[at] = bytes[at].wrapping_add(1),
            }
            if bytes.len() < 16 {
                break;
            }
        }
        let _ = read(&bytes, &Hints::default());
    }
}

/// A file of one page with the given entries, whose content is a stream of the given size, and more objects from the seventh on.
fn hostile(entries: &str, size: usize, more: &[&str]) -> Vec<u8> {
    let page = format!("<</Type/Page/Parent 2 0 R/Resources<</Font<</F1 5 0 R>>>>{entries}>>");
    let mut content = format!("<</Length {size}>>stream\n").into_bytes();
    content.extend(std::iter::repeat_n(b' ', size));
    content.extend(b"\nendstream");
    let mut objects = vec![
        b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>".to_vec(),
        page.into_bytes(),
        content,
        b"<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/GBK-EUC-H/DescendantFonts[7 0 R]>>".to_vec(),
        b"<<>>".to_vec(),
    ];
    objects.extend(more.iter().map(|object| object.as_bytes().to_vec()));
    pdf_support::assemble(&objects, "")
}

#[test]
fn numbers_that_a_file_states_are_looked_at_before_anything_counts_up_to_them() {
    let paper = "/MediaBox[0 0 595 842]";
    let names = |count: usize| format!("{paper}/Contents[{}]", "4 0 R ".repeat(count));
    let widths = |widths: &str| format!("<</Type/Font/Subtype/CIDFontType2/BaseFont/X/W[{widths}]/DW 1000>>");
    for (name, bytes, limit) in [
        (
            "a page of 10^14 points",
            hostile("/MediaBox[0 0 100000000000000 842]/Contents 4 0 R", 10, &[]),
            "size of a page",
        ),
        (
            "content named 200 times",
            hostile(&names(200), 1 << 20, &[]),
            "decompressed size",
        ),
    ] {
        let read = document(&bytes);
        let given_up = read
            .diagnostics
            .iter()
            .find(|noticed| noticed.code == "pdf.page_unreadable");
        assert!(
            given_up.is_some_and(|noticed| noticed.message.contains(limit)),
            "{name}: {:?}",
            read.diagnostics
        );
    }
    let ranges: String = (0..500)
        .map(|n| format!("{n} {n} 500 {} {} 600 ", 20_000 + n, 20_000 + n))
        .collect();
    let usual = hostile(&names(20), 1 << 10, &[&widths(&format!("{ranges} 200 [500 600]"))]);
    assert!(
        !document(&usual)
            .diagnostics
            .iter()
            .any(|noticed| noticed.code == "pdf.page_unreadable")
    );
    for stated in ["0 2000000000 500", "0 600000 500 0 600000 500"] {
        let read = read(&hostile(paper, 10, &[&widths(stated)]), &Hints::default());
        assert!(matches!(read, Err(Error::Limit("widths of a font"))), "{stated}");
    }
}
