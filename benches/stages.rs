//! How long each stage takes on the samples, and parsing alone beside it: `cargo bench --bench stages`.
//!
//! The whole extraction of a page is meant to stay within twice, better 1.5 times, of what `scraper` needs to parse the same bytes:
//! `extract` against `parse alone` of each page.

#![allow(missing_docs, clippy::expect_used)]

use std::hint::black_box;
use std::path::Path;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use nianbao::read::Hints;

// As in the program; the allocator of the system gives memory back and faults it in again at each run.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn sample(name: &str) -> Vec<u8> {
    std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("samples").join(name)).expect("sample")
}

fn pages(criterion: &mut Criterion) {
    for name in ["bureau-2023-gbk.html", "city-2022-split.html"] {
        let bytes = sample(name);
        let text = match std::str::from_utf8(&bytes) {
            Ok(text) => text.to_owned(),
            Err(_) => encoding_rs::GB18030.decode(&bytes).0.into_owned(),
        };
        let mut group = criterion.benchmark_group(name);
        group.throughput(Throughput::Bytes(bytes.len() as u64));
        group.bench_function("parse alone", |b| {
            b.iter(|| scraper::Html::parse_document(black_box(&text)))
        });
        stages(&mut group, &bytes, name);
        group.finish();
    }
}

fn other_formats(criterion: &mut Criterion) {
    for name in [
        "township-2020-tabs.txt",
        "county-2024-lines.txt",
        "district-2021-gbk.pdf",
    ] {
        let bytes = sample(name);
        let mut group = criterion.benchmark_group(name);
        group.throughput(Throughput::Bytes(bytes.len() as u64));
        stages(&mut group, &bytes, name);
        group.finish();
    }
}

fn stages(group: &mut criterion::BenchmarkGroup<'_, criterion::measurement::WallTime>, bytes: &[u8], name: &str) {
    let hints = Hints {
        name: Some(name.into()),
        ..Hints::default()
    };
    let document = nianbao::read::read(bytes, &hints).expect("readable");
    let report = nianbao::extract(bytes, &hints).expect("readable");
    let claimed = nianbao::tables::find(&document, &report.report, usize::MAX).claimed;
    group.bench_function("read", |b| b.iter(|| nianbao::read::read(black_box(bytes), &hints)));
    group.bench_function("tables", |b| {
        b.iter(|| nianbao::tables::find(black_box(&document), &report.report, usize::MAX))
    });
    group.bench_function("outline", |b| {
        b.iter(|| nianbao::outline::outline(black_box(&document), &claimed, &nianbao::tables::is_row_label));
    });
    group.bench_function("metadata", |b| {
        b.iter(|| nianbao::metadata::identify(black_box(&document), &hints));
    });
    group.bench_function("narrative", |b| {
        b.iter(|| nianbao::narrative::narrative_figures(black_box(&document), &claimed, &report.report));
    });
    group.bench_function("checks", |b| b.iter(|| nianbao::check::check(black_box(&report))));
    group.bench_function("extract", |b| b.iter(|| nianbao::extract(black_box(bytes), &hints)));
}

criterion_group!(benches, pages, other_formats);
criterion_main!(benches);
