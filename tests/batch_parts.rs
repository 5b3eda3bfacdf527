//! A run in parts: the dataset is that of one run, however the files are cut, whatever is read twice or not at all.
#![allow(missing_docs, clippy::unwrap_used)]

mod batch_support;

use std::fs;
use std::path::PathBuf;

use batch_support::{Scene, report};
use nianbao::batch::parts::{self, Part, Size};
use nianbao::batch::pool::Isolation;
use nianbao::batch::{BatchError, Onto, Options, Progress, run};
use nianbao::write::Format;

const SMALL: Size = Size {
    bytes: 1 << 20,
    files: 2,
};

fn options(scene: &Scene, dataset: &str) -> Options {
    Options {
        inputs: vec![scene.path("in")],
        dataset: scene.path(dataset),
        include: Vec::new(),
        exclude: vec!["*.skip".into()],
        encoding: None,
        password: None,
        recognition: nianbao::read::Recognition::default(),
        jobs: 2,
        formats: vec![Format::Csv, Format::Jsonl],
        csv_bom: false,
        overlay: None,
        onto: Onto::Same,
        isolation: Isolation::None,
    }
}

/// Reports, the same bytes twice in one part and again in others, what is no report, a broken link, and two web archives of which the
/// second stands for records of the first.
fn inputs(scene: &Scene) {
    scene.write_reports("in/a", 1..4);
    let twice = report(9).bytes;
    for name in ["in/b/1.html", "in/b/2.html", "in/c/1.html", "in/d.html"] {
        scene.write(name, &twice);
    }
    scene.write("in/c/weather.txt", "天气");
    scene.write("in/c/left.skip", &twice);
    scene.write("in/c/empty.html", "");
    std::os::unix::fs::symlink("nowhere", scene.path("in/c/link.html")).unwrap();
    std::os::unix::fs::symlink("../a", scene.path("in/c/loop")).unwrap();
    let first = [
        record("response", "http://a.gov.cn/1", &report(20).bytes),
        record("response", "http://a.gov.cn/2", &twice),
    ];
    let second = [
        record("revisit", "http://a.gov.cn/2", b""),
        record("revisit", "http://a.gov.cn/gone", b""),
        record("response", "http://a.gov.cn/1", &report(21).bytes),
        record("revisit", "http://a.gov.cn/1", b""),
    ];
    scene.write("in/w1.warc", first.concat());
    scene.write("in/w2.warc", second.concat());
}

fn record(kind: &str, url: &str, body: &[u8]) -> Vec<u8> {
    let answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n";
    let block = if body.is_empty() {
        Vec::new()
    } else {
        [answer, body].concat()
    };
    let head = format!(
        "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nContent-Length: {}\r\n\r\n",
        block.len()
    );
    [head.as_bytes(), &block, b"\r\n\r\n"].concat()
}

fn plan(options: &Options) -> Vec<Part> {
    parts::plan(options, SMALL).unwrap()
}

fn read(options: &Options, parts: &[Part]) -> Vec<u64> {
    let read = |part| parts::read(options, part, &Progress::default()).unwrap();
    parts.iter().map(read).collect()
}

fn join(options: &Options, plan: &[Part]) -> Result<nianbao::batch::Summary, BatchError> {
    let names: Vec<String> = plan.iter().map(|part| part.id.clone()).collect();
    parts::join(options, &names, &Progress::default())
}

#[test]
fn the_dataset_of_parts_is_that_of_one_run() {
    let scene = Scene::new();
    inputs(&scene);
    run(&options(&scene, "whole"), &Progress::default()).unwrap();
    let whole = scene.files("whole");
    let duplicates = scene
        .fates("whole")
        .into_iter()
        .filter(|(_, fate)| fate.starts_with("duplicate"));
    assert_eq!(duplicates.count(), 6, "the inputs are not what this test wants");
    for size in [1, 2, 3, 100] {
        let options = options(&scene, &format!("parts{size}"));
        let plan = parts::plan(&options, Size { files: size, ..SMALL }).unwrap();
        let mut backwards = plan.clone();
        backwards.reverse();
        read(&options, &backwards);
        join(&options, &plan).unwrap();
        assert!(scene.files(&format!("parts{size}")) == whole, "{size} files a part");
    }
}

#[test]
fn what_was_read_is_not_read_again() {
    let scene = Scene::new();
    inputs(&scene);
    run(&options(&scene, "whole"), &Progress::default()).unwrap();
    let options = options(&scene, "out");
    let plan = plan(&options);
    let before: u64 = read(&options, &plan[..3]).iter().sum();
    // What a worker leaves that died.
    let attempt = format!("out/.journal/parts/{}.attempt/000001.open", plan[3].id);
    scene.write(&attempt, "half");
    let again = self::plan(&options);
    assert_eq!(again, plan);
    let read_now = read(&options, &again);
    assert_eq!(read_now[..3], [0, 0, 0]);
    let summary = join(&options, &plan).unwrap();
    assert_eq!(summary.known, before + read_now.iter().sum::<u64>());
    assert!(scene.files("out") == scene.files("whole"));
    assert!(!scene.path(&attempt).exists());
    // The dataset is one like others: the same parts need nothing, and a run that adds goes on with it.
    assert!(read(&options, &plan).iter().all(|read| *read == 0));
    join(&options, &plan).unwrap();
    assert!(scene.files("out") == scene.files("whole"));
    let more = run(&options, &Progress::default()).unwrap();
    assert_eq!(more.read, 0);
    assert!(scene.files("out") == scene.files("whole"));
}

#[test]
fn a_part_is_another_when_a_file_of_it_has_changed() {
    let scene = Scene::new();
    scene.write_reports("in", 1..7);
    let options = options(&scene, "out");
    let before = plan(&options);
    let changed: PathBuf = fs::read_dir(scene.path("in")).unwrap().next().unwrap().unwrap().path();
    fs::write(changed, report(30).bytes).unwrap();
    let after = plan(&options);
    let other = before.iter().zip(&after).filter(|(one, other)| one.id != other.id);
    assert_eq!((other.count(), before.len()), (1, after.len()));
}

#[test]
fn a_part_whose_results_are_lost_is_named_and_read_again() {
    let scene = Scene::new();
    scene.write_reports("in", 1..5);
    let options = options(&scene, "out");
    let plan = plan(&options);
    read(&options, &plan);
    fs::remove_file(scene.path(&format!("out/.journal/parts/{}/000001.seg", plan[1].id))).unwrap();
    assert!(matches!(join(&options, &plan), Err(BatchError::Damaged(_))));
    assert_eq!(read(&options, &plan), [0, 2]);
    assert_eq!(join(&options, &plan).unwrap().counts.fate("annual_report"), 4);
}

#[test]
fn a_part_that_was_not_read_is_an_error() {
    let scene = Scene::new();
    scene.write_reports("in", 1..5);
    let options = options(&scene, "out");
    let plan = plan(&options);
    read(&options, &plan[1..]);
    assert!(join(&options, &plan).is_err());
    assert!(!scene.path("out/csv").exists());
}
