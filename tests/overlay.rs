//! Corrections that people keep beside a dataset: taken where they are asked for, marked, and never in the figures themselves.
#![allow(missing_docs, clippy::unwrap_used)]

mod batch_support;

use std::process::Command;

use batch_support::Scene;
use serde_json::{Value, json};

fn sample_of(year: &str) -> String {
    include_str!("../samples/county-2024-lines.txt").replace("2024", year)
}

/// What is read with these files, all tables in every format.
const BATCH: [&str; 3] = ["in", "--out", "set"];

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

fn one<'a>(rows: &'a [Value], column: &str, value: &str) -> &'a Value {
    let mut found = rows.iter().filter(|row| row[column] == value);
    let (first, more) = (found.next().unwrap(), found.next());
    assert!(more.is_none(), "{column} {value}");
    first
}

#[test]
fn a_dataset_takes_corrections_in_the_tables_to_compute_with_and_says_so_in_each_row() {
    let scene = scene();
    let id = |year: i64| {
        let reports = scene.rows("set", "reports");
        let report = reports.iter().find(|report| report["year"] == year).unwrap();
        report["report_id"].as_str().unwrap().to_owned()
    };
    let (earlier, later) = (id(2021), id(2022));
    let mut other = correction(&scene, "7", Some("8"));
    other["key"] = "/tables/applications/values/new/total".into();
    let mut gone = correction(&scene, "1344", Some("5"));
    gone["report"] = "0".repeat(64).into();
    let mut back = correction(&scene, "1344", Some("1344"));
    back["key"] = "/tables/applications/values/granted/total".into();
    let entries = [correction(&scene, "1344", Some("1480")), other, gone, back];
    scene.write("set.overlay.jsonl", entries.map(|entry| entry.to_string()).join("\n"));

    let tables = [
        "figures",
        "checks",
        "documents",
        "wide",
        "harmonised",
        "series_findings",
    ];
    let read = tables.map(|table| scene.rows("set", table));
    assert_eq!(scene.rows("set", "corrections"), [Value::Null; 0]);
    let with = [&BATCH[..], &["--with-overlay", "set.overlay.jsonl"]].concat();
    let said = scene.expect(0, &with);
    assert!(said.contains("1 corrections taken, 2 no longer apply"), "{said}");
    let taken = tables.map(|table| scene.rows("set", table));
    assert!(read[..3] == taken[..3], "what was read has changed");

    let wide = |rows: &[Value], id: &str| {
        let row = one(rows, "report_id", id);
        let [carried, mark] = ["applications.carried_over.total", "corrected"].map(|column| row[column].clone());
        (carried.to_string(), mark)
    };
    assert_eq!(wide(&read[3], &later), ("1344".into(), Value::Null));
    let mark = "applications.carried_over.total";
    assert_eq!(wide(&taken[3], &later), ("1480".into(), mark.into()));
    assert_eq!(wide(&read[3], &earlier), wide(&taken[3], &earlier));

    let differing = |at: usize| -> Vec<(&Value, &Value)> {
        assert_eq!(read[at].len(), taken[at].len());
        read[at]
            .iter()
            .zip(&taken[at])
            .filter(|(one, other)| one != other)
            .collect()
    };
    let [(before, after)] = differing(4)[..] else {
        panic!("{:?}", differing(4))
    };
    assert_eq!(
        (before["value_text"].as_str(), &before["corrected"]),
        (Some("1344"), &json!(false))
    );
    assert_eq!(
        (after["value_text"].as_str(), &after["corrected"]),
        (Some("1480"), &json!(true))
    );
    let [(before, after)] = differing(5)[..] else {
        panic!("{:?}", differing(5))
    };
    assert_eq!(
        (before["right"].as_i64(), &before["corrected"]),
        (Some(1344), &json!(false))
    );
    assert_eq!(
        (after["right"].as_i64(), &after["corrected"]),
        (Some(1480), &json!(true))
    );

    let corrections = scene.rows("set", "corrections");
    let row = |row: &Value| ["report_id", "key", "old", "new", "applies"].map(|column| row[column].clone());
    let rows: Vec<_> = corrections.iter().map(row).collect();
    let key = json!("applications.carried_over.total");
    assert_eq!(
        rows[0],
        [json!(later), key.clone(), json!(1344), json!(1480), json!(true)]
    );
    assert_eq!(
        rows[1],
        [
            json!(later),
            json!("applications.new.total"),
            json!(7),
            json!(8),
            json!(false)
        ]
    );
    assert_eq!(rows[2], [Value::Null, key, json!(1344), json!(5), json!(false)]);
    assert_eq!(rows.len(), 3, "one that was taken back is none");
    assert_eq!(corrections[0]["who"], "某人");
}

#[test]
fn the_same_overlay_gives_the_same_dataset_and_none_gives_what_was_read() {
    let scene = Scene::new();
    scene.write("in/2022.txt", sample_of("2022"));
    scene.expect(0, &BATCH);
    let plain = scene.files("set");
    scene.write("o.jsonl", correction(&scene, "1344", Some("1480")).to_string());
    let with = [&BATCH[..], &["--with-overlay", "o.jsonl"]].concat();
    scene.expect(0, &with);
    let corrected = scene.files("set");
    scene.expect(0, &[&with[..], &["--jobs", "1"]].concat());
    assert!(scene.files("set") == corrected);
    let changed: Vec<&str> = plain
        .iter()
        .filter(|(name, bytes)| corrected[*name] != **bytes)
        .map(|(name, _)| name.as_str())
        .filter(|name| name.starts_with("csv/"))
        .collect();
    assert_eq!(changed, ["csv/corrections.csv", "csv/harmonised.csv", "csv/wide.csv"]);
    let readme = String::from_utf8(corrected["README.md"].clone()).unwrap();
    assert!(readme.contains("1 corrections that people made"), "{readme}");
    scene.expect(0, &BATCH);
    assert!(scene.files("set") == plain);
}

#[test]
fn a_dataset_is_not_begun_with_an_overlay_that_cannot_be_taken() {
    let scene = scene();
    let before = scene.files("set");
    let said = scene.expect(2, &[&BATCH[..], &["--with-overlay", "none.jsonl"]].concat());
    assert!(said.contains("none.jsonl"), "{said}");
    scene.write("bad.jsonl", correction(&scene, "1344", Some("many")).to_string());
    let said = scene.expect(2, &[&BATCH[..], &["--with-overlay", "bad.jsonl"]].concat());
    assert!(said.contains("bad.jsonl: line 1"), "{said}");
    assert!(scene.files("set") == before);
}
