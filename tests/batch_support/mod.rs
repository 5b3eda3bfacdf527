//! A folder for one test, the program run in it, and made reports.
#![allow(dead_code, missing_docs, clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use nianbao_maker::{Made, Spec, make};
use tempfile::TempDir;

pub struct Scene {
    folder: TempDir,
}

impl Scene {
    pub fn new() -> Self {
        Scene {
            folder: TempDir::new().unwrap(),
        }
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn write(&self, name: &str, bytes: impl AsRef<[u8]>) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    /// A folder that says that it is a dataset.
    pub fn write_mark(&self, dataset: &str) {
        self.write(
            &format!("{dataset}/.nianbao"),
            "{\"format\":\"nianbao dataset\",\"version\":1}\n",
        );
    }

    /// Made reports without faults, one a seed.
    pub fn write_reports(&self, folder: &str, seeds: std::ops::Range<u64>) {
        for seed in seeds {
            let made = report(seed);
            self.write(&format!("{folder}/{seed:03}-{}", made.file_name), made.bytes);
        }
    }

    pub fn batch(&self, arguments: &[&str]) -> Output {
        self.run(&[&["batch"], arguments].concat())
    }

    /// Runs any command.
    pub fn run(&self, arguments: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_nianbao"))
            .env("LC_ALL", "C")
            // No model of whoever runs the tests.
            .env_remove("NIANBAO_OCR_MODEL")
            .env("XDG_DATA_HOME", self.path("no-data"))
            .args(arguments)
            .current_dir(self.folder.path())
            .output()
            .unwrap()
    }

    /// Runs and expects this exit status; gives what was said.
    pub fn expect(&self, status: i32, arguments: &[&str]) -> String {
        let output = self.batch(arguments);
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(status), "{said}");
        assert!(output.stdout.is_empty());
        said
    }

    /// Every file of a dataset but the journal.
    pub fn files(&self, dataset: &str) -> BTreeMap<String, Vec<u8>> {
        let mut files = BTreeMap::new();
        collect(&self.path(dataset), "", &mut files);
        files
    }

    /// The rows of a table, as its JSON Lines have them.
    pub fn rows(&self, dataset: &str, table: &str) -> Vec<serde_json::Value> {
        let text = fs::read_to_string(self.path(&format!("{dataset}/jsonl/{table}.jsonl"))).unwrap();
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    /// For each input its name and fate, and the reason where it is no report.
    pub fn fates(&self, dataset: &str) -> Vec<(String, String)> {
        let word = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
        let fate = |row: &serde_json::Value| match word(&row["fate"]).as_str() {
            "annual_report" => "annual_report".to_owned(),
            other => format!("{other} {}", word(&row["reason"])),
        };
        self.rows(dataset, "inputs")
            .iter()
            .map(|row| (word(&row["name"]), fate(row)))
            .collect()
    }
}

fn collect(folder: &Path, prefix: &str, files: &mut BTreeMap<String, Vec<u8>>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = format!("{prefix}{}", path.file_name().unwrap().to_str().unwrap());
        if path.is_dir() {
            if name != ".journal" {
                collect(&path, &format!("{name}/"), files);
            }
        } else {
            files.insert(name, fs::read(&path).unwrap());
        }
    }
}

pub fn report(seed: u64) -> Made {
    let spec = Spec {
        faults: Some(Vec::new()),
        ..Spec::default()
    };
    make(seed, &spec).unwrap()
}

pub fn gzip(bytes: &[u8]) -> Vec<u8> {
    use std::io::Write;
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

pub fn zip(members: &[(&str, &[u8])]) -> Vec<u8> {
    use std::io::Write;
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in members {
        writer
            .start_file(*name, zip::write::SimpleFileOptions::default())
            .unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

pub fn tar(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut builder = tar::Builder::new(Vec::new());
    for (name, bytes) in members {
        let mut header = tar::Header::new_ustar();
        header.set_size(bytes.len() as u64);
        header.set_mode(0o644);
        builder.append_data(&mut header, name, *bytes).unwrap();
    }
    builder.into_inner().unwrap()
}
