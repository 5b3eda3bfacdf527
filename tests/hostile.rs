//! Input that nobody meant to be read: it ends soon, with a report or a clear error, and never in a panic.
//!
//! `NIANBAO_MUTATIONS=10000 cargo test --release --test hostile` runs more of the same.

#![allow(clippy::expect_used)]

mod hostile_support;

use std::path::Path;
use std::time::Duration;

use nianbao::document::{Block, Origin};
use nianbao::read::Hints;

use hostile_support::{Random, mutate, read};

fn seeds() -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
    let mut seeds: Vec<_> = std::fs::read_dir(folder)
        .expect("samples/")
        .map(|entry| entry.expect("entry").path())
        .filter(|path| {
            path.extension()
                .is_some_and(|ending| ending == "html" || ending == "txt")
        })
        .map(|path| {
            (
                path.file_name().expect("name").to_string_lossy().into_owned(),
                std::fs::read(&path).expect("sample"),
            )
        })
        .collect();
    seeds.sort();
    seeds
}

#[test]
fn mutated_samples_end_in_time() {
    let count = std::env::var("NIANBAO_MUTATIONS")
        .ok()
        .and_then(|count| count.parse().ok())
        .unwrap_or(600);
    let seeds = seeds();
    let mut random = Random(20_260_101);
    let mut slowest = (Duration::ZERO, 0);
    for index in 0..count {
        let (name, seed) = &seeds[random.below(seeds.len())];
        let (_, other) = &seeds[random.below(seeds.len())];
        let bytes = mutate(&mut random, seed, other);
        slowest = slowest.max((read(&bytes, name), index));
    }
    println!("{count} mutations, slowest {slowest:?}");
    assert!(slowest.0 < Duration::from_secs(10), "{slowest:?}");
}

#[test]
fn enormous_and_endless_things_end_in_time() {
    let cases: Vec<(&str, Vec<u8>)> = vec![
        ("nested.html", "<div><table><tr><td>".repeat(100_000).into_bytes()),
        (
            "inline.html",
            ["<p>", &"<b><i><span>".repeat(100_000)].concat().into_bytes(),
        ),
        (
            "cell.html",
            ["<table><tr><td>", &"数".repeat(50_000_000 / 3), "</td></tr></table>"]
                .concat()
                .into_bytes(),
        ),
        (
            "number.html",
            ["<table><tr><td>1", &"数".repeat(50_000_000 / 3), "</td></tr></table>"]
                .concat()
                .into_bytes(),
        ),
        (
            "cells.html",
            ["<table><tr>", &"<td>0".repeat(500_000), "</table>"]
                .concat()
                .into_bytes(),
        ),
        (
            "rows.html",
            ["<table>", &"<tr><td>行政许可<td>0<td>1".repeat(100_000), "</table>"]
                .concat()
                .into_bytes(),
        ),
        (
            "spans.html",
            [
                "<table>",
                &"<tr><td rowspan=65534 colspan=1000>1".repeat(2_000),
                "</table>",
            ]
            .concat()
            .into_bytes(),
        ),
        ("line.txt", "行政许可 1 ".repeat(1_000_000).into_bytes()),
        ("lines.txt", "规章\n1\n2\n3\n".repeat(300_000).into_bytes()),
        ("pipes.txt", "|".repeat(5_000_000).into_bytes()),
        ("wide.txt", "规章\t自然人\t".repeat(200_000).into_bytes()),
        (
            "words.txt",
            ["规章\t自然人\t".repeat(90), "1\n".into()]
                .concat()
                .repeat(2_000)
                .into_bytes(),
        ),
        (
            "groups.html",
            [
                "<table>",
                &"<tr><td rowspan=50>属于国家秘密<td>重复申请<td>1".repeat(10_000),
                "</table>",
            ]
            .concat()
            .into_bytes(),
        ),
        ("piped.txt", "规章 |\n1 |\n".repeat(300_000).into_bytes()),
        ("tabs.txt", "规章\t1\t2\t3\n".repeat(300_000).into_bytes()),
        (
            "headings.txt",
            "一、总体情况\n（一）主动公开\n".repeat(100_000).into_bytes(),
        ),
        ("brackets.txt", "(".repeat(3_000_000).into_bytes()),
    ];
    for (name, bytes) in cases {
        let taken = read(&bytes, name);
        println!("{name}: {taken:?}");
        assert!(taken < Duration::from_secs(30), "{name}: {taken:?}");
    }
}

#[test]
fn places_on_a_deep_page_take_no_more_room_than_on_a_flat_one() {
    let names = ["blockquote".to_owned(), "x".repeat(5_000)];
    for name in names {
        let page = [
            "<html>",
            &format!("<{name}>").repeat(200),
            "<p>",
            &"总体情况<br>".repeat(1_000),
            "<table>",
            &"<tr><td>规章<td>1".repeat(1_000),
            "</table>",
        ]
        .concat();
        let document = nianbao::read::read(page.as_bytes(), &Hints::default()).expect("a page");
        let places = document.blocks.iter().flat_map(|block| match block {
            Block::Paragraph(paragraph) => vec![&paragraph.origin],
            Block::Grid(grid) => grid.cells().iter().map(|cell| &cell.origin).collect(),
        });
        let places: Vec<&Origin> = places.collect();
        assert!(places.len() > 1_000, "{}", places.len());
        for place in places {
            assert!(matches!(place, Origin::Path(path) if path.len() < 600), "{place:?}");
        }
    }
}
