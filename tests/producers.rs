//! Files that other programs wrote of our samples read as the samples do.
//!
//! `producers/libreoffice-*` were saved by LibreOffice 7.4 from `samples/township-2019.odt` and `samples/district-2024.ods`
//! (`soffice --convert-to doc:"MS Word 97"` and so on; the `.ods` from the `.xlsx`), `producers/python-docx-*` by `producers/python_docx.py`. The figures of the
//! samples themselves are held by the JSON beside them.

#![allow(missing_docs, clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use nianbao::read::Hints;
use serde_json::{Value, json};

fn read(folder: &str, name: &str) -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder).join(name);
    let hints = Hints {
        name: Some(name.into()),
        ..Hints::default()
    };
    serde_json::to_value(nianbao::extract(&fs::read(path).unwrap(), &hints).unwrap()).unwrap()
}

/// What was printed for each figure and what it was read as, and the form of each table.
fn figures(report: &Value) -> BTreeMap<String, Value> {
    let mut figures = BTreeMap::new();
    for (name, table) in report["tables"].as_object().unwrap() {
        figures.insert(name.clone(), table["form"].clone());
    }
    for (place, evidence) in report["evidence"].as_object().unwrap() {
        if let Some(path) = place.strip_prefix("/tables/") {
            let value = report.pointer(place);
            figures.insert(path.to_owned(), json!([evidence["raw"], evidence["state"], value]));
        }
    }
    figures
}

/// The first figure that two reports tell otherwise.
fn difference(one: &Value, other: &Value) -> Option<String> {
    let (one, other) = (figures(one), figures(other));
    let mut keys = one.keys().chain(other.keys());
    let key = keys.find(|key| one.get(*key) != other.get(*key))?;
    Some(format!("{key}: {:?}, {:?}", one.get(key), other.get(key)))
}

/// Number, heading and text of each section.
fn sections(report: &Value) -> Vec<Value> {
    let sections = report["sections"].as_array().unwrap();
    sections
        .iter()
        .map(|section| json!([section["number"], section["heading"], section["text"]]))
        .collect()
}

fn checks(report: &Value) -> Vec<Value> {
    let checks = report["checks"].as_array().unwrap();
    checks
        .iter()
        .map(|check| json!([check["code"], check["status"], check["cells"]]))
        .collect()
}

#[test]
fn files_that_libreoffice_saved_read_as_what_they_were_made_of() {
    let texts = ["docx", "doc", "rtf", "odt", "fodt"].map(|ending| ("township-2019", "odt", ending));
    let workbooks = ["xlsx", "xls", "ods", "fods"].map(|ending| ("district-2024", "ods", ending));
    for (name, original, ending) in texts.into_iter().chain(workbooks) {
        let first = read("samples", &format!("{name}.{original}"));
        let other = read("tests/producers", &format!("libreoffice-{name}.{ending}"));
        assert_eq!(first["report"], other["report"], "{ending}");
        assert_eq!(difference(&first, &other), None, "{ending}");
        assert_eq!(sections(&first), sections(&other), "{ending}");
        assert_eq!(checks(&first), checks(&other), "{ending}");
    }
}

#[test]
fn a_file_that_python_docx_wrote_reads_as_the_page_it_was_made_of() {
    let page = read("samples", "bureau-2023-gbk.html");
    let file = read("tests/producers", "python-docx-bureau-2023.docx");
    for part in ["agency", "year"] {
        assert_eq!(page["report"][part], file["report"][part], "{part}");
    }
    assert_eq!(difference(&page, &file), None);
    assert_eq!(checks(&page), checks(&file));
}
