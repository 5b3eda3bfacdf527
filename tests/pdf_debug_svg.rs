//! `nianbao tables --debug-svg`: what was read, drawn over the page, stands where it was read.

#![allow(clippy::unwrap_used)]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// An empty folder of its own for one test.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

fn tables(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_nianbao"))
        .env("LC_ALL", "C")
        .arg("tables")
        .args(args)
        .current_dir(root())
        .output()
        .unwrap()
}

/// The number of an attribute.
fn number(element: &str, attribute: &str) -> f64 {
    let (_, rest) = element.split_once(&format!(" {attribute}=\"")).unwrap();
    rest.split('"').next().unwrap().parse().unwrap()
}

#[test]
fn the_key_of_a_figure_stands_inside_its_cell() {
    let folder = folder("debug-svg");
    let pages = folder.join("pages");
    let output = tables(&["samples/district-2021-gbk.pdf", "--debug-svg", pages.to_str().unwrap()]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));

    let report: Value =
        serde_json::from_slice(&std::fs::read(root().join("samples/district-2021-gbk.json")).unwrap()).unwrap();
    let written = String::from_utf8(output.stdout).unwrap();
    assert_eq!(
        written.lines().count() as u64,
        report["source"]["pages"].as_u64().unwrap()
    );
    let origin = &report["evidence"]["/tables/applications/values/new/total"]["origin"];
    let cell: Vec<f64> = (0..4).map(|index| origin["box"][index].as_f64().unwrap()).collect();

    let svg = std::fs::read_to_string(pages.join(format!("page-{}.svg", origin["page"]))).unwrap();
    let key = svg.lines().find(|line| line.ends_with(">new.total</text>")).unwrap();
    assert!(key.starts_with("<text class=\"key\""), "{key}");
    let (x, y, size) = (number(key, "x"), number(key, "y"), number(key, "font-size"));
    assert!(
        x >= cell[0] && x + size * 0.5 * 9.0 <= cell[2],
        "{key} is not in {cell:?}"
    );
    assert!(y - size >= cell[1] && y <= cell[3], "{key} is not in {cell:?}");
    let drawn = svg
        .lines()
        .filter(|line| line.starts_with("<rect class=\"cell\""))
        .any(|line| {
            let (left, top) = (number(line, "x"), number(line, "y"));
            let found = [left, top, left + number(line, "width"), top + number(line, "height")];
            found.iter().zip(&cell).all(|(a, b)| (a - b).abs() < 0.02)
        });
    assert!(drawn, "the cell of the key is not drawn");
}

#[test]
fn a_file_without_pages_is_wrong_use_and_a_folder_that_cannot_be_made_is_named() {
    let folder = folder("debug-svg-none");
    let output = tables(&[
        "samples/bureau-2023-gbk.html",
        "--debug-svg",
        folder.join("pages").to_str().unwrap(),
    ]);
    let message = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{message}");
    assert!(message.contains("bureau-2023-gbk.html: has no pages"), "{message}");
    assert!(!folder.join("pages").exists());

    std::fs::write(folder.join("file"), "").unwrap();
    let inside = folder.join("file/pages");
    let output = tables(&["samples/district-2021-gbk.pdf", "--debug-svg", inside.to_str().unwrap()]);
    let message = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(3), "{message}");
    assert!(message.contains(inside.to_str().unwrap()), "{message}");
}

#[test]
fn the_pages_of_an_ofd_file_are_drawn_too() {
    let folder = folder("debug-svg-ofd");
    let pages = folder.join("pages");
    let sample = "samples/province-bureau-2023.ofd";
    let output = tables(&[sample, "--debug-svg", pages.to_str().unwrap()]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let drawn: String = String::from_utf8(output.stdout)
        .unwrap()
        .lines()
        .map(|path| std::fs::read_to_string(root().join(path)).unwrap())
        .collect();
    assert!(drawn.contains(">new.total</text>"));
}
