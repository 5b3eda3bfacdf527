//! One report in files of every format says the same, whatever is wrong with it.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;

use nianbao::read::Hints;
use nianbao_maker::containers::{self, Container};
use nianbao_maker::faults::Fault;
use nianbao_maker::{Spec, make};
use serde_json::{Value, json};

/// Formats that hold a report and nothing around it: all that is said of it must be the same.
const DOCUMENTS: &[&str] = &["docx", "docx-flat", "doc", "wps", "rtf", "odt", "odt-flat"];

/// Formats with a page around the report, or without marks of headings: all must be the same but what the page says.
const OTHERS: &[&str] = &["html-clean", "mhtml", "xlsx", "xls", "ods"];

/// Pages break a cell over lines: a figure there is the same or null.
const PAGED: &[&str] = &["pdf-gbk", "ofd", "ofd-printed"];

/// The faults that files of all these formats can have; no title on two lines, which pages print twice, and no lost heading,
/// which nothing marks in a workbook.
fn faults() -> Vec<Fault> {
    let families: Vec<&Container> = DOCUMENTS
        .iter()
        .chain(OTHERS)
        .chain(PAGED)
        .map(|name| containers::named(name).unwrap())
        .collect();
    Fault::ALL
        .iter()
        .copied()
        .filter(|fault| families.iter().all(|container| fault.fits(container.family)))
        .filter(|fault| !fault.destroys() && !matches!(fault, Fault::UnnumberedHeadings | Fault::BrokenHeadings))
        .collect()
}

/// A report without the places of its parts.
fn read(name: &str, seed: u64, fault: Fault) -> Value {
    let spec = Spec {
        container: containers::named(name),
        faults: Some(vec![fault]),
        ..Spec::default()
    };
    let made = make(seed, &spec).unwrap();
    let hints = Hints {
        name: Some(made.file_name.clone()),
        ..Hints::default()
    };
    let mut value = serde_json::to_value(nianbao::extract(&made.bytes, &hints).unwrap()).unwrap();
    without_places(&mut value);
    value
}

fn without_places(value: &mut Value) {
    match value {
        Value::Object(map) => {
            map.remove("origin");
            map.values_mut().for_each(without_places);
        }
        Value::Array(items) => items.iter_mut().for_each(without_places),
        _ => {}
    }
}

/// Number and heading of each main section.
fn headings(report: &Value) -> Vec<Value> {
    let sections = report["sections"].as_array().unwrap();
    sections
        .iter()
        .map(|section| json!([section["number"], section["heading"]]))
        .collect()
}

/// What the report says of itself, without what only the page around it says.
fn own_words(report: &Value) -> Value {
    let mut said = report["report"].clone();
    for of_page in ["published", "index_number"] {
        said.as_object_mut().unwrap().remove(of_page);
    }
    said
}

#[test]
fn a_report_says_the_same_in_every_format() {
    for (seed, fault) in (1..).zip(faults()) {
        let first = read(DOCUMENTS[0], seed, fault);
        for name in &DOCUMENTS[1..] {
            let other = read(name, seed, fault);
            for part in ["report", "sections", "tables", "checks", "other_tables"] {
                assert_eq!(
                    first[part],
                    other[part],
                    "{name}, seed {seed}, {}: {part}",
                    fault.name()
                );
            }
        }
        for name in OTHERS {
            let other = read(name, seed, fault);
            let place = format!("{name}, seed {seed}, {}", fault.name());
            assert_eq!(own_words(&first), own_words(&other), "{place}");
            for part in ["sections", "tables", "checks", "other_tables"] {
                assert_eq!(first[part], other[part], "{place}: {part}");
            }
        }
    }
}

/// Code and outcome of each check that has one, and the figures of each table that were read.
fn known(report: &Value) -> BTreeMap<String, String> {
    let mut known = BTreeMap::new();
    for (name, table) in report["tables"].as_object().unwrap() {
        leaves(&format!("/{name}"), &table["values"], &mut known);
    }
    known
}

fn leaves(place: &str, value: &Value, into: &mut BTreeMap<String, String>) {
    match value {
        Value::Null => {}
        Value::Object(map) => map
            .iter()
            .for_each(|(key, value)| leaves(&format!("{place}/{key}"), value, into)),
        value => {
            into.insert(place.to_owned(), value.to_string());
        }
    }
}

#[test]
fn pages_say_the_same_or_nothing() {
    let (mut all, mut read_too) = (0, 0);
    let (mut files, mut same) = (0, 0);
    for (seed, fault) in (1..).zip(faults()) {
        let first = read(DOCUMENTS[0], seed, fault);
        let figures = known(&first);
        for name in PAGED {
            let other = read(name, seed, fault);
            let place = format!("{name}, seed {seed}, {}", fault.name());
            assert_eq!(headings(&first), headings(&other), "{place}");
            assert_eq!(first["report"], other["report"], "{place}");
            files += 1;
            same += usize::from(["tables", "checks"].iter().all(|part| first[*part] == other[*part]));
            for (key, value) in known(&other) {
                assert_eq!(figures.get(&key), Some(&value), "{place}: {key}");
                read_too += 1;
            }
            all += figures.len();
        }
    }
    assert!(read_too * 1000 >= all * 999, "{read_too} of {all}");
    assert!(same * 20 >= files * 19, "{same} of {files} files");
}

#[test]
fn there_are_at_least_twenty_reports_with_faults() {
    assert!(faults().len() >= 20, "{}", faults().len());
}
