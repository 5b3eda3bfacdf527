//! A release: what the workflow packs is what `cargo binstall` looks for.
#![allow(missing_docs, clippy::unwrap_used)]

use std::path::{Path, PathBuf};
use std::process::Command;

use sha2::{Digest, Sha256};
use toml::Table;

fn read(file: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(file)).unwrap()
}

/// The targets that programs are made for.
fn targets() -> Vec<String> {
    let workflow = read(".github/workflows/release.yml");
    let programs = workflow
        .split("\n  program:")
        .nth(1)
        .unwrap()
        .split("\n  wheel:")
        .next()
        .unwrap();
    let lines = programs
        .lines()
        .filter_map(|line| line.trim().strip_prefix("- { target: "));
    lines.map(|line| line.split(',').next().unwrap().to_owned()).collect()
}

/// File of the release and path of the program in it, as `cargo binstall` finds them.
fn sought(target: &str) -> (String, String) {
    let manifest: Table = read("Cargo.toml").parse().unwrap();
    let package = manifest["package"].as_table().unwrap();
    let binstall = &package["metadata"]["binstall"];
    let own = binstall
        .get("overrides")
        .and_then(|overrides| overrides.get(target)?.get("pkg-fmt"));
    let format = own.unwrap_or(&binstall["pkg-fmt"]).as_str().unwrap();
    let program = if target.contains("windows") { ".exe" } else { "" };
    let fill = |template: &str| {
        [
            ("{ name }", "nianbao"),
            ("{ bin }", "nianbao"),
            ("{ version }", package["version"].as_str().unwrap()),
            ("{ target }", target),
            ("{ archive-suffix }", &format!(".{format}")),
            ("{ binary-ext }", program),
        ]
        .iter()
        .fold(template.to_owned(), |text, (name, value)| text.replace(name, value))
    };
    let url = fill(binstall["pkg-url"].as_str().unwrap());
    let tag = format!("{{ repo }}/releases/download/v{}/", env!("CARGO_PKG_VERSION"));
    let file = url.strip_prefix(&tag).unwrap().to_owned();
    (file, fill(binstall["bin-dir"].as_str().unwrap()))
}

fn pack(target: &str, folder: &Path) -> PathBuf {
    let packer = Path::new(env!("CARGO_MANIFEST_DIR")).join("tools/release/pack.py");
    let output = Command::new("python3")
        .arg(packer)
        .args([target, env!("CARGO_BIN_EXE_nianbao")])
        .arg(folder)
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap().trim().into()
}

#[test]
fn every_archive_is_the_one_that_cargo_binstall_looks_for() {
    let folder = tempfile::tempdir().unwrap();
    let targets = targets();
    assert_eq!(targets.len(), 7, "{targets:?}");
    // One of each format; the others differ in the target only.
    for target in ["x86_64-unknown-linux-musl", "x86_64-pc-windows-msvc"] {
        assert!(targets.iter().any(|other| other == target));
        let (file, program) = sought(target);
        let archive = pack(target, folder.path());
        assert_eq!(archive.file_name().unwrap().to_str(), Some(&*file));
        let members = members(&archive);
        assert!(members.contains(&program), "{program} is not among {members:?}");
        let sum = std::fs::read_to_string(folder.path().join(format!("{file}.sha256"))).unwrap();
        assert_eq!(sum, format!("{}  {file}\n", sha256(&archive)));
    }
}

fn members(archive: &Path) -> Vec<String> {
    let file = std::fs::File::open(archive).unwrap();
    if archive.extension().unwrap() == "zip" {
        let zip = zip::ZipArchive::new(file).unwrap();
        return zip.file_names().map(|name| name.unwrap().into_owned()).collect();
    }
    let mut tar = tar::Archive::new(flate2::read::GzDecoder::new(file));
    let entries = tar.entries().unwrap();
    entries
        .map(|entry| entry.unwrap().path().unwrap().to_str().unwrap().to_owned())
        .collect()
}

fn sha256(file: &Path) -> String {
    let digest = Sha256::digest(std::fs::read(file).unwrap());
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[test]
fn the_trial_of_the_workflow_succeeds() {
    let workflow = read(".github/workflows/release.yml");
    let trial = workflow.lines().find(|line| line.contains("| cmp -")).unwrap();
    let trial = trial.replace("../$program", env!("CARGO_BIN_EXE_nianbao"));
    let mut shell = Command::new("bash");
    let status = shell.args(["-e", "-o", "pipefail", "-c", trial.trim()]);
    assert!(
        status
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .status()
            .unwrap()
            .success()
    );
}
