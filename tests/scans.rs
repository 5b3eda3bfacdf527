//! The gate for scans: made reports as pictures, worn in every way, read with the model that is installed or named.
//!
//! `NIANBAO_OCR_MODEL` names the model; without one nothing is read here, and the test says so. `NIANBAO_SCANS` says which reports are
//! read, by the numbers of the first and the one after the last, as `0..112`; one of each wear without it. With it, a model has to be
//! there. Invariant: no figure is wrong or invented.

#![cfg(feature = "ocr")]
#![allow(clippy::unwrap_used, missing_docs)]

#[path = "accuracy/score.rs"]
#[allow(dead_code)]
mod score;

use std::env;

use nianbao::ocr_model;
use nianbao::read::{Hints, Recognition, When};
use nianbao_maker::scan::{Font, Wear, make};

/// Dots an inch of the scans.
const DPI: [f64; 3] = [200.0, 150.0, 300.0];
/// Right figures of ten thousand, at least; what is not right is null and named.
const RIGHT: usize = 9_600;

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
fn numbers(wanted: Option<&str>) -> std::ops::Range<usize> {
    let Some(wanted) = wanted else {
        return 0..Wear::ALL.len();
    };
    let (from, to) = wanted.split_once("..").unwrap();
    from.parse().unwrap()..to.parse().unwrap()
}

#[test]
fn scans_are_read_without_a_wrong_figure() {
    let wanted = env::var("NIANBAO_SCANS").ok();
    let (model, font) = match (ocr_model::find(None), Font::of_system()) {
        (Some(model), Ok(font)) => (model, font),
        (model, font) => {
            let why = font.err().map(|error| error.to_string());
            assert_eq!(wanted, None, "model: {model:?}, font: {why:?}");
            eprintln!("no scan is read: model {model:?}, font {why:?}");
            return;
        }
    };
    let hints = hints(model);
    let (mut cells, mut right, mut wrong, mut headings) = (0, 0, 0, (0, 0));
    for number in numbers(wanted.as_deref()) {
        let wear = Wear::ALL[number % Wear::ALL.len()];
        let dpi = DPI[number % DPI.len()];
        let made = make(number as u64 + 1, &font, dpi, wear).unwrap();
        let report = nianbao::extract(&made.bytes, &hints).unwrap();
        let score = score::compare(&report, &made);
        eprintln!(
            "{} at {dpi}: {} of {} figures, {:?}",
            made.file_name, score.right, score.cells, score.problems
        );
        (cells, right) = (cells + score.cells, right + score.right);
        headings = (headings.0 + score.headings.0, headings.1 + score.headings.1);
        wrong += score.wrong + score.invented;
    }
    eprintln!(
        "{right} of {cells} figures, {wrong} wrong, {} of {} headings",
        headings.0, headings.1
    );
    assert_eq!(wrong, 0);
    assert!(right * 10_000 >= cells * RIGHT, "{right} of {cells} figures");
    assert!(headings.0 * 100 >= headings.1 * 93, "{headings:?} headings");
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
