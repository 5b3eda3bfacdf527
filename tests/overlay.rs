//! Corrections that people keep beside a dataset: taken where they are asked for, marked, and never in the figures themselves.
#![allow(missing_docs, clippy::unwrap_used)]

mod batch_support;

use std::process::Command;

use batch_support::Scene;
use serde_json::{Value, json};

fn sample_of(year: &str) -> String {
    include_str!("../samples/county-2024-lines.txt").replace("2024", year)
}

/// Reports of two years of one county, of which the second has carried over 1344 where the first carried forward 1479.
fn scene() -> Scene {
    let scene = Scene::new();
    scene.write("in/2021.txt", sample_of("2021"));
    scene.write("in/2022.txt", sample_of("2022"));
    scene.expect(0, &["in", "--out", "set", "--formats", "jsonl"]);
    scene
}

fn correction(scene: &Scene, old: &str, new: Option<&str>) -> Value {
    let reports = scene.rows("set", "documents");
    let later = reports.iter().find(|report| report["report"]["year"] == 2022).unwrap();
    json!({
        "who": "某人",
        "when": "2024-05-06T07:08:09Z",
        "report": later["source"]["sha256"],
        "name": "2022.txt",
        "kind": "correction",
        "key": "/tables/applications/values/carried_over/total",
        "old": old,
        "new": new,
        "why": "",
    })
}

fn series(scene: &Scene, arguments: &[&str]) -> (i32, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_nianbao"))
        .env("LC_ALL", "C")
        .arg("series")
        .args(arguments)
        .arg("set")
        .current_dir(scene.path("."))
        .output()
        .unwrap();
    let said = [output.stdout, output.stderr].concat();
    (output.status.code().unwrap(), String::from_utf8(said).unwrap())
}

const TOTAL: &str = "(applications.carried_over.total, 2022)";

#[test]
fn a_correction_is_taken_where_it_is_asked_for_and_marked() {
    let scene = scene();
    scene.write(
        "set.overlay.jsonl",
        correction(&scene, "1344", Some("1480")).to_string() + "\n",
    );
    let before = scene.files("set");
    let line = |text: &str| text.lines().find(|line| line.contains(TOTAL)).unwrap().to_owned();
    let plain = line(&series(&scene, &[]).1);
    assert!(
        plain.contains("should be 1344") && !plain.contains("corrected"),
        "{plain}"
    );
    let with = ["--with-overlay", "set.overlay.jsonl"];
    let text = series(&scene, &with).1;
    let corrected = line(&text);
    assert!(
        corrected.contains("should be 1480") && corrected.ends_with("(with a corrected figure)"),
        "{corrected}"
    );
    assert_eq!(text.matches("corrected figure").count(), 1, "{text}");

    let rows = |arguments: &[&str]| -> Vec<Vec<String>> {
        let text = series(&scene, arguments).1;
        let mut csv = csv::Reader::from_reader(text.as_bytes());
        let records = csv
            .records()
            .map(|record| record.unwrap().iter().map(Into::into).collect());
        records.collect()
    };
    let (read, taken) = (rows(&["--harmonised"]), rows(&["--harmonised", with[0], with[1]]));
    let changed: Vec<_> = read.iter().zip(&taken).filter(|(one, other)| one != other).collect();
    assert_eq!((read.len(), changed.len()), (taken.len(), 1), "{changed:?}");
    let (one, other) = changed[0];
    // Value and the mark; the rest of the row is the same.
    assert_eq!((&*one[4], &*one[12]), ("1344", "false"));
    assert_eq!((&*other[4], &*other[12]), ("1480", "true"));
    assert!(scene.files("set") == before, "the dataset was changed");
}

#[test]
fn a_correction_of_what_was_not_read_is_left_out_and_one_to_nothing_makes_it_null() {
    let scene = scene();
    scene.write("other.jsonl", correction(&scene, "1345", Some("1480")).to_string());
    assert_eq!(series(&scene, &["--with-overlay", "other.jsonl"]), series(&scene, &[]));
    scene.write("nothing.jsonl", correction(&scene, "1344", None).to_string());
    let text = series(&scene, &["--with-overlay", "nothing.jsonl"]).1;
    assert!(!text.contains(TOTAL), "what lacks a figure does not fail: {text}");
}

#[test]
fn an_overlay_that_is_not_there_is_wrong_use() {
    let (status, said) = series(&scene(), &["--with-overlay", "none.jsonl"]);
    assert!(status == 2 && said.contains("none.jsonl"), "{said}");
}
