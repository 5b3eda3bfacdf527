//! The samples: each reads as the JSON beside it, which was read by eye against the source, twice the same and by the schema.
//!
//! After a change that is meant, `NIANBAO_BLESS=1 cargo test --test samples` writes them again; read the difference.

#![allow(clippy::expect_used)]

use std::path::{Path, PathBuf};

use nianbao::read::Hints;
use serde_json::Value;

fn samples() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
        .expect("samples/")
        .map(|entry| entry.expect("entry").path())
        .filter(|path| {
            path.extension().is_some_and(|ending| {
                [
                    "html", "txt", "pdf", "docx", "doc", "rtf", "odt", "ods", "xlsx", "xls", "mht", "ofd",
                ]
                .iter()
                .any(|known| ending == *known)
            })
        })
        .collect();
    files.sort();
    files
}

fn extract(path: &Path) -> String {
    let bytes = std::fs::read(path).expect("sample");
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
    let report = nianbao::extract(
        &bytes,
        &Hints {
            name,
            ..Hints::default()
        },
    )
    .expect("a sample is readable");
    serde_json::to_string_pretty(&report).expect("JSON") + "\n"
}

#[test]
fn every_sample_reads_as_the_json_beside_it() {
    let samples = samples();
    assert!(samples.len() >= 6, "{samples:?}");
    for path in samples {
        let (json, beside) = (extract(&path), path.with_extension("json"));
        if std::env::var_os("NIANBAO_BLESS").is_some() {
            std::fs::write(&beside, &json).expect("written");
        }
        let expected = std::fs::read_to_string(&beside).unwrap_or_default();
        let first = json.lines().zip(expected.lines()).position(|(got, want)| got != want);
        assert!(
            json == expected,
            "{}: line {:?} differs",
            beside.display(),
            first.map(|line| line + 1)
        );
    }
}

#[test]
fn reading_twice_gives_the_same_bytes() {
    for path in samples() {
        assert_eq!(extract(&path), extract(&path), "{}", path.display());
    }
}

#[test]
fn every_sample_is_valid_by_the_committed_schema() {
    let schema: Value = serde_json::from_str(include_str!("../schema/report.schema.json")).expect("schema");
    let validator = jsonschema::validator_for(&schema).expect("a valid schema");
    for path in samples() {
        let report: Value = serde_json::from_str(&extract(&path)).expect("JSON");
        let errors: Vec<String> = validator.iter_errors(&report).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{}: {errors:?}", path.display());
    }
}
