//! The gate for scans: made reports as pictures, worn in every way, read with the model that is installed or named.
//!
//! `NIANBAO_OCR_MODEL` names the model; without one nothing is read here, and the test says so. `NIANBAO_SCANS` says which reports are
//! read, by the numbers of the first and the one after the last, as `0..112`; one of each wear without it. With it, a model has to be
//! there. `NIANBAO_OFFICE_SCANS` says the same of those with the wear of offices. Invariant: no figure is wrong or invented.

#![cfg(feature = "ocr")]
#![allow(clippy::unwrap_used, missing_docs)]

mod scan_support;
#[path = "accuracy/score.rs"]
#[allow(dead_code)]
mod score;

use std::env;
use std::ops::Range;
use std::path::PathBuf;

use image::ImageFormat;
use nianbao::document::Origin;
use nianbao::ocr_model;
use nianbao::read::{Beside, Hints, Recognition, When};
use nianbao::report::{Report, State};
use nianbao_maker::faults::Fault;
use nianbao_maker::scan::{Font, Holder, Laid, Wear, inside, make, make_with};

/// Dots an inch of the scans.
const DPI: [f64; 3] = [200.0, 150.0, 300.0];
/// Seed of a report of two pages.
const TWO_PAGES: u64 = 89;
/// Right figures of ten thousand, at least; what is not right is null and named.
const RIGHT: usize = 9_950;

fn hints(model: std::path::PathBuf) -> Hints {
    Hints {
        recognition: Recognition {
            when: When::Auto,
            model: Some(model),
        },
        ..Hints::default()
    }
}

/// Numbers of the reports to be read; `wanted` names two, as `0..28`.
fn numbers(wanted: Option<&str>) -> Range<usize> {
    let Some(wanted) = wanted else {
        return 0..Wear::ALL.len();
    };
    let (from, to) = wanted.split_once("..").unwrap();
    from.parse().unwrap()..to.parse().unwrap()
}

/// The model and a font, where both are there; with `NIANBAO_SCANS` they have to be.
fn tools() -> Option<(PathBuf, Font)> {
    match (ocr_model::find(None), Font::of_system()) {
        (Some(model), Ok(font)) => Some((model, font)),
        (model, font) => {
            let why = font.err().map(|error| error.to_string());
            assert_eq!(env::var("NIANBAO_SCANS").ok(), None, "model: {model:?}, font: {why:?}");
            eprintln!("no scan is read: model {model:?}, font {why:?}");
            None
        }
    }
}

fn codes(report: &Report) -> Vec<&str> {
    report.diagnostics.iter().map(|noticed| noticed.code.as_str()).collect()
}

/// How many figures the tables hold.
fn figures(report: &Report) -> usize {
    let tables = report.tables.present();
    tables.map(|(_, table)| table.values.0.values().flatten().count()).sum()
}

#[test]
fn what_is_no_report_has_no_figure() {
    let Some((model, _)) = tools() else {
        return;
    };
    let hints = hints(model);
    let pages = [
        ("a blank page", scan_support::blank()),
        ("a photograph", scan_support::photo()),
        ("handwriting", scan_support::handwriting(false)),
        ("handwriting in a table", scan_support::handwriting(true)),
    ];
    for (what, page) in pages {
        let report = nianbao::extract(&scan_support::encoded(&page, ImageFormat::Png), &hints).unwrap();
        let codes = codes(&report);
        assert_eq!(figures(&report), 0, "{what}");
        assert_eq!((&report.report.title, report.report.year), (&None, None), "{what}");
        assert!(
            codes.contains(&"scan.recognised") && codes.contains(&"metadata.not_a_report"),
            "{what}: {codes:?}"
        );
        assert!(what != "a blank page" || codes.contains(&"scan.no_text"), "{codes:?}");
    }
}

/// The program with the model on a file, in 600 MB; the time of a worker is limited anyway.
#[cfg(feature = "cli")]
fn said(model: &std::path::Path, name: &str, bytes: &[u8]) -> (Option<i32>, String) {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join(name), bytes).unwrap();
    let run = std::process::Command::new(env!("CARGO_BIN_EXE_nianbao"))
        .args(["extract", "--max-memory", "600M", "-v", "--ocr-model"])
        .arg(model)
        .arg(name)
        .current_dir(folder.path())
        .output()
        .unwrap();
    (run.status.code(), String::from_utf8(run.stderr).unwrap())
}

#[cfg(feature = "cli")]
#[test]
fn pictures_of_too_many_pixels_are_refused_before_they_are_unpacked() {
    let Some((model, _)) = tools() else {
        return;
    };
    let bombs = [
        ("bomb.png", scan_support::large_png(20_000)),
        ("bomb.jpg", scan_support::large_jpeg(20_000)),
        ("bomb.tif", scan_support::large_tiff(20_000)),
        ("bomb.pdf", scan_support::large_pdf(20_000)),
    ];
    for (name, bytes) in bombs {
        let (code, said) = said(&model, name, &bytes);
        assert_eq!(code, Some(3), "{said}");
        assert!(said.contains("exceeds the limit of pixels of a picture"), "{said}");
    }
    let (code, said) = said(
        &model,
        "bomb.docx",
        &scan_support::docx(&scan_support::large_png(20_000)),
    );
    assert_eq!(code, Some(3), "{said}");
    assert!(said.contains("the pages are pictures"), "{said}");
}

#[cfg(all(feature = "cli", unix))]
#[test]
fn what_the_engine_prints_reaches_no_answer() {
    let Some((model, _)) = tools() else {
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let page = scan_support::encoded(&scan_support::handwriting(true), ImageFormat::Png);
    std::fs::write(folder.path().join("page.png"), page).unwrap();
    let read = |timing: &[(&str, &str)]| {
        let run = std::process::Command::new(env!("CARGO_BIN_EXE_nianbao"))
            .args(["extract", "page.png", "--ocr-model"])
            .arg(&model)
            .envs(timing.iter().copied())
            .current_dir(folder.path())
            .output();
        run.unwrap().stdout
    };
    let plain = read(&[]);
    assert!(serde_json::from_slice::<Report>(&plain).is_ok());
    assert_eq!(read(&[("RTEN_TIMING", "1")]), plain);
}

#[cfg(feature = "cli")]
#[test]
fn a_batch_reads_pictures_that_are_as_large_as_a_page() {
    let Some((model, _)) = tools() else {
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let logo = image::GrayImage::from_pixel(300, 90, image::Luma([200]));
    for (name, picture) in [("logo.png", logo), ("page.png", scan_support::blank())] {
        std::fs::write(
            folder.path().join(name),
            scan_support::encoded(&picture, ImageFormat::Png),
        )
        .unwrap();
    }
    let run = std::process::Command::new(env!("CARGO_BIN_EXE_nianbao"))
        .args(["batch", ".", "--out", "out", "--formats", "jsonl", "--ocr-model"])
        .arg(&model)
        .current_dir(folder.path())
        .output()
        .unwrap();
    let inputs = std::fs::read_to_string(folder.path().join("out/jsonl/inputs.jsonl"));
    let inputs = inputs.unwrap_or_else(|error| panic!("{error}: {run:?}"));
    let by_format = |name: &str| {
        let line = inputs.lines().find(|line| line.contains(name)).unwrap();
        line.contains("a format without text")
    };
    assert!(by_format("logo.png") && !by_format("page.png"), "{inputs}");
}

#[cfg(feature = "cli")]
#[test]
fn pictures_of_as_many_pixels_as_may_be_are_read_in_600_megabytes() {
    let Some((model, _)) = tools() else {
        return;
    };
    for (name, bytes) in [
        ("large.png", scan_support::large_png(8_400)),
        ("large.tif", scan_support::large_tiff(8_400)),
        ("large.pdf", scan_support::large_pdf(8_400)),
    ] {
        let (code, said) = said(&model, name, &bytes);
        assert_eq!(code, Some(3), "{said}");
        assert!(said.contains("read from pictures: page 1; 0 pieces"), "{said}");
    }
}

/// What was read of made scans.
#[derive(Default)]
struct Read {
    cells: usize,
    right: usize,
    /// Wrong or invented.
    wrong: usize,
    /// Found, and all.
    headings: (usize, usize),
}

/// Reads the scans of some numbers, whose seeds are so much greater, each with one of the wears in turn.
fn read_scans(numbers: Range<usize>, ahead: u64, wears: &[Wear], (model, font): (PathBuf, Font)) -> Read {
    let hints = hints(model);
    let mut read = Read::default();
    for number in numbers {
        let dpi = DPI[number % DPI.len()];
        let made = make(number as u64 + ahead, &font, dpi, wears[number % wears.len()]).unwrap();
        let report = nianbao::extract(&made.bytes, &hints).unwrap();
        let score = score::compare(&report, &made);
        eprintln!(
            "{} at {dpi}: {} of {} figures, {:?}",
            made.file_name, score.right, score.cells, score.problems
        );
        read.cells += score.cells;
        read.right += score.right;
        read.wrong += score.wrong + score.invented;
        read.headings.0 += score.headings.0;
        read.headings.1 += score.headings.1;
    }
    let Read {
        cells,
        right,
        wrong,
        headings,
    } = &read;
    eprintln!(
        "{right} of {cells} figures, {wrong} wrong, {} of {} headings",
        headings.0, headings.1
    );
    read
}

#[test]
fn scans_are_read_without_a_wrong_figure() {
    let wanted = env::var("NIANBAO_SCANS").ok();
    let Some(tools) = tools() else {
        return;
    };
    let Read {
        cells,
        right,
        wrong,
        headings,
    } = read_scans(numbers(wanted.as_deref()), 1, &Wear::ALL, tools);
    assert_eq!(wrong, 0);
    assert!(right * 10_000 >= cells * RIGHT, "{right} of {cells} figures");
    assert!(headings.0 * 100 >= headings.1 * 97, "{headings:?} headings");
}

#[test]
fn scans_of_offices_are_read_without_a_wrong_figure() {
    let wanted = env::var("NIANBAO_OFFICE_SCANS").ok();
    let Some(tools) = tools() else {
        return;
    };
    let wanted = numbers(Some(wanted.as_deref().unwrap_or("0..11")));
    let Read {
        cells, right, wrong, ..
    } = read_scans(wanted, 1_001, &Wear::OFFICE, tools);
    assert_eq!(wrong, 0);
    assert!(right * 100 >= cells * 90, "{right} of {cells} figures");
}

/// The figures of made reports whose tables are pictures: right, all, and those that are wrong or invented.
fn inside_of(model: PathBuf, font: &Font, setting: (f64, Wear), holder: Holder, seed: u64) -> (usize, usize, usize) {
    let made = inside(seed, font, setting, holder).unwrap();
    let hints = Hints {
        beside: Beside::new(made.beside),
        ..hints(model)
    };
    let report = nianbao::extract(&made.made.bytes, &hints).unwrap();
    let score = score::compare(&report, &made.made);
    eprintln!(
        "{} at {}: {} of {} figures, {:?}",
        made.made.file_name, setting.0, score.right, score.cells, score.problems
    );
    let is_on_picture = |origin: &Option<Origin>| match origin {
        Some(Origin::Picture { confidence, .. } | Origin::Page { confidence, .. }) => confidence.is_some(),
        _ => false,
    };
    let figures = report.evidence.iter().filter(|(key, _)| key.starts_with("/tables/"));
    let mut numbers = figures.filter(|(_, evidence)| evidence.state == State::Number);
    assert!(
        numbers.all(|(_, evidence)| is_on_picture(&evidence.origin)),
        "{holder:?}"
    );
    (score.right, score.cells, score.wrong + score.invented)
}

#[test]
fn tables_that_are_pictures_inside_of_a_file_are_read_without_a_wrong_figure() {
    let Some((model, font)) = tools() else {
        return;
    };
    let settings = [
        (110.0, Wear::Clean),
        (150.0, Wear::Coarse),
        (96.0, Wear::Clean),
        (200.0, Wear::Noisy),
    ];
    let (mut right, mut cells) = (0, 0);
    for (number, holder) in Holder::ALL.into_iter().enumerate() {
        let setting = settings[number % settings.len()];
        let (well, all, wrong) = inside_of(model.clone(), &font, setting, holder, 200 + number as u64);
        assert_eq!(wrong, 0, "{holder:?}");
        (right, cells) = (right + well, cells + all);
    }
    eprintln!("{right} of {cells} figures");
    assert!(right * 100 >= cells * 97, "{right} of {cells} figures");
}

#[test]
fn photographs_and_logos_among_text_give_nothing_but_a_diagnostic() {
    let Some((model, _)) = tools() else {
        return;
    };
    let logo = image::GrayImage::from_pixel(200, 60, image::Luma([200]));
    let pictures = [scan_support::photo(), scan_support::handwriting(true), logo];
    let names = ["photo.png", "notes.png", "logo.png"];
    let files = names.iter().zip(&pictures).map(|(name, picture)| {
        let bytes = scan_support::encoded(picture, ImageFormat::Png);
        ((*name).to_owned(), bytes)
    });
    let hints = Hints {
        beside: Beside::new(files),
        ..hints(model)
    };
    let text = "我局召开信息公开工作会议，部署全年工作，各科室负责人参加会议并发言。".repeat(20);
    let page = |pictures: &str| {
        format!(
            "<h1>霁川县水利局2022年政府信息公开工作年度报告</h1><div><p>一、总体情况</p><p>{text}</p>{pictures}</div>"
        )
    };
    let with: String = names.iter().map(|name| format!("<p><img src={name}></p>")).collect();
    let [plain, shown] = [page(""), page(&with)].map(|page| nianbao::extract(page.as_bytes(), &hints).unwrap());
    assert_eq!((&plain.sections, &plain.tables), (&shown.sections, &shown.tables));
    assert_eq!((figures(&shown), shown.other_tables.len()), (0, 0));
    let left: Vec<&str> = shown
        .diagnostics
        .iter()
        .filter(|noticed| noticed.code == "picture.left")
        .map(|noticed| noticed.message.as_str())
        .collect();
    assert_eq!(left.len(), 2, "{:?}", shown.diagnostics);
    assert!(
        left[0].contains("photo.png") && left[1].contains("notes.png"),
        "{left:?}"
    );
}

#[test]
fn pictures_beyond_what_is_looked_at_are_named() {
    let Some((model, _)) = tools() else {
        return;
    };
    let white = scan_support::large_png(4_000);
    let files = (0..12).map(|number| (format!("{number}.png"), [white.clone(), vec![number]].concat()));
    let hints = Hints {
        beside: Beside::new(files),
        ..hints(model)
    };
    let shown: String = (0..12).map(|number| format!("<p><img src={number}.png></p>")).collect();
    let page = format!("<h1>霁川县水利局2022年政府信息公开工作年度报告</h1><p>一、总体情况</p>{shown}");
    let report = nianbao::extract(page.as_bytes(), &hints).unwrap();
    let of = |code: &str| report.diagnostics.iter().filter(|noticed| noticed.code == code).count();
    assert_eq!(
        (of("picture.left"), of("picture.unread")),
        (7, 5),
        "{:?}",
        report.diagnostics
    );
}

#[test]
fn a_table_in_the_text_is_not_looked_for_in_pictures() {
    let Some((model, font)) = tools() else {
        return;
    };
    let made = inside(205, &font, (150.0, Wear::Clean), Holder::Saved).unwrap();
    let text = std::fs::read("samples/city-2022-split.html").unwrap();
    // The page is in GB 2312.
    let at = text.windows(6).position(|tag| tag == b"<table").unwrap();
    let page = [&text[..at], b"<p><img src=\"a.files/image1.png\"></p>", &text[at..]].concat();
    let hints = Hints {
        beside: Beside::new(made.beside),
        ..hints(model)
    };
    let report = nianbao::extract(&page, &hints).unwrap();
    assert!(report.tables.get("applications").is_some());
    assert!(!codes(&report).contains(&"scan.recognised"), "{:?}", codes(&report));
}

#[cfg(feature = "cli")]
#[test]
fn pictures_beside_a_page_are_read_with_it_and_not_alone() {
    let Some((model, font)) = tools() else {
        return;
    };
    let made = inside(206, &font, (150.0, Wear::Clean), Holder::Saved).unwrap();
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir_all(folder.path().join("in/a.files")).unwrap();
    std::fs::write(folder.path().join("in/a.html"), &made.made.bytes).unwrap();
    for (name, bytes) in &made.beside {
        std::fs::write(folder.path().join("in").join(name), bytes).unwrap();
    }
    let run = |arguments: &[&str]| {
        let run = std::process::Command::new(env!("CARGO_BIN_EXE_nianbao"))
            .args(arguments)
            .arg("--ocr-model")
            .arg(&model)
            .current_dir(folder.path())
            .output();
        run.unwrap()
    };
    let batch = run(&["batch", "in", "--out", "out", "--formats", "jsonl"]);
    let lines = |name: &str| std::fs::read_to_string(folder.path().join("out/jsonl").join(name)).unwrap();
    let inputs = lines("inputs.jsonl");
    assert_eq!(inputs.matches("\"annual_report\"").count(), 1, "{inputs} {batch:?}");
    let pictures = inputs
        .lines()
        .filter(|line| line.contains("a picture of a.html, read with it"))
        .count();
    let large = made.beside.len() - inputs.matches("a format without text").count();
    assert!(pictures == large && pictures > 0, "{inputs}");
    assert!(lines("figures.jsonl").contains("\"picture\":\"a.files/image1.png\""));
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let page = ("in/a.html".to_owned(), made.made.bytes.clone());
    let pictures = made
        .beside
        .iter()
        .map(|(name, bytes)| (format!("in/{name}"), bytes.clone()));
    for (name, bytes) in pictures.chain([page]) {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        std::io::Write::write_all(&mut zip, &bytes).unwrap();
    }
    std::fs::write(folder.path().join("in.zip"), zip.finish().unwrap().into_inner()).unwrap();
    let batch = run(&["batch", "in.zip", "--out", "zipped", "--formats", "jsonl"]);
    let zipped = std::fs::read_to_string(folder.path().join("zipped/jsonl/inputs.jsonl")).unwrap();
    assert_eq!(zipped.matches("\"annual_report\"").count(), 1, "{zipped} {batch:?}");
    assert_eq!(
        zipped.matches("a picture of in/a.html").count(),
        made.beside.len(),
        "{zipped}"
    );
    let report: Report = serde_json::from_slice(&run(&["extract", "in/a.html"]).stdout).unwrap();
    assert!(codes(&report).contains(&"scan.recognised"));
}

#[test]
fn a_picture_of_a_table_without_a_model_says_how_to_get_one() {
    let Ok(font) = Font::of_system() else {
        eprintln!("there is no font to draw a table with");
        return;
    };
    for holder in Holder::ALL {
        let made = inside(5, &font, (100.0, Wear::Clean), holder).unwrap();
        let hints = Hints {
            beside: Beside::new(made.beside),
            ..Hints::default()
        };
        let report = nianbao::extract(&made.made.bytes, &hints).unwrap();
        let told = report.diagnostics.iter().filter(|noticed| {
            nianbao::read::IN_PICTURES.contains(&noticed.code.as_str())
                && noticed.message.contains("pip download")
                && noticed.message.contains("ocr-model install")
        });
        assert_eq!(told.count(), 1, "{holder:?}: {:?}", report.diagnostics);
    }
}

/// Reads a scan of two pages that lie in some way, and holds it against its truth.
fn laid(turns: &[u8], told: bool) {
    let Some((model, font)) = tools() else {
        return;
    };
    let setting = (200.0, Wear::Skewed);
    let made = make_with(TWO_PAGES, &font, setting, &[], Laid { turns, told }).unwrap();
    let report = nianbao::extract(&made.bytes, &hints(model)).unwrap();
    let score = score::compare(&report, &made);
    assert_eq!((score.wrong, score.invented), (0, 0), "{:?}", score.problems);
    assert!(
        score.right * 100 >= score.cells * 99,
        "{} of {}",
        score.right,
        score.cells
    );
    let place = report.evidence.values().find_map(|evidence| match &evidence.origin {
        Some(Origin::Page { page: 1, bbox, .. }) => Some(*bbox),
        _ => None,
    });
    let [x0, y0, x1, y1] = place.unwrap();
    let (width, height) = (x1 - x0, y1 - y0);
    let upright = told || turns[0].is_multiple_of(2);
    assert_eq!(
        width > height,
        upright,
        "the title stands in a box of {width} by {height}"
    );
}

#[test]
fn pages_upside_down_are_turned() {
    laid(&[2], false);
}

#[test]
fn pages_that_lie_on_their_left_or_right_side_are_turned_each_by_itself() {
    laid(&[1, 3], false);
}

#[test]
fn a_page_upside_down_beside_an_upright_one_is_turned() {
    laid(&[2, 0], false);
}

#[test]
fn pages_that_the_file_turns_are_read_as_shown() {
    laid(&[3, 1], true);
}

#[test]
fn blank_cells_are_blank_and_no_number_stands_in_them() {
    let Some((model, font)) = tools() else {
        return;
    };
    let made = make_with(
        TWO_PAGES,
        &font,
        (200.0, Wear::Noisy),
        &[Fault::BlankCells],
        Laid::default(),
    )
    .unwrap();
    let report = nianbao::extract(&made.bytes, &hints(model)).unwrap();
    let score = score::compare(&report, &made);
    assert_eq!((score.wrong, score.invented), (0, 0), "{:?}", score.problems);
    let blank: Vec<&str> = made
        .truth
        .cells
        .iter()
        .filter(|cell| cell.value.is_none())
        .map(|cell| cell.key.as_str())
        .collect();
    assert!(blank.len() > 20, "{blank:?}");
    for key in blank {
        let (table, cell) = key.split_once('.').unwrap();
        let pointer = format!("/tables/{table}/values/{}", cell.replace('.', "/"));
        let evidence = report.evidence.get(&pointer);
        assert_eq!(
            evidence.map(|evidence| evidence.state),
            Some(State::Blank),
            "{pointer}: {evidence:?}"
        );
    }
}

#[test]
fn a_scan_without_a_model_says_how_to_get_one() {
    let Ok(font) = Font::of_system() else {
        eprintln!("there is no font to draw a scan with");
        return;
    };
    let made = make(1, &font, 100.0, Wear::Clean).unwrap();
    let report = nianbao::extract(&made.bytes, &Hints::default()).unwrap();
    let scanned = report
        .diagnostics
        .iter()
        .find(|noticed| noticed.code == "pdf.scanned")
        .unwrap();
    assert!(scanned.message.contains("pip download") && scanned.message.contains("ocr-model install"));
}
