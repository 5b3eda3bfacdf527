//! What the death of a worker process says of its document, and what a document may cost.
#![cfg(unix)]
#![allow(missing_docs, clippy::unwrap_used)]

mod batch_support;

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use batch_support::{Scene, report};
use nianbao::isolate::{Answer, End, Limits, Program, Room, Worker};
use tempfile::TempDir;

/// A worker whose life is a script; `$1` names a file of its own.
fn scripted(folder: &Path, script: &str, deaths: u32) -> Worker {
    let program = Program {
        path: "/bin/sh".into(),
        arguments: vec!["-c".into(), script.into(), "sh".into(), folder.join("starts").into()],
        environment: Vec::new(),
        limits: Limits::default(),
    };
    Worker::new(program, Room::default(), deaths)
}

/// What comes of a request to such a worker, and how often it was started.
fn asked(script: &str, deaths: u32) -> (Answer, usize) {
    let folder = TempDir::new().unwrap();
    let script = format!("echo start >> $1; {script}");
    let answer = scripted(folder.path(), &script, deaths).ask(b"{}", b"bytes").unwrap();
    let starts = fs::read_to_string(folder.path().join("starts")).unwrap();
    (answer, starts.lines().count())
}

#[test]
fn a_crash_counts_when_a_fresh_process_alone_has_seen_it_again() {
    let (answer, starts) = asked("kill -SEGV $$", 2);
    assert!(matches!(answer, Answer::Ended(End::Crash(_))), "{answer:?}");
    assert_eq!(starts, 2);
}

#[test]
fn a_crash_that_does_not_come_again_is_none() {
    let (answer, starts) = asked(
        "test $(wc -l < $1) -eq 1 && kill -SEGV $$; printf '\\002\\000\\000\\000ok'; sleep 1",
        2,
    );
    assert!(matches!(answer, Answer::Made(ref made) if made == b"ok"), "{answer:?}");
    assert_eq!(starts, 2);
}

#[test]
fn a_worker_that_is_killed_from_outside_is_never_the_fault_of_its_document() {
    let (answer, starts) = asked(
        "test $(wc -l < $1) -lt 6 && kill -KILL $$; printf '\\002\\000\\000\\000ok'; sleep 1",
        1,
    );
    assert!(matches!(answer, Answer::Made(_)), "{answer:?}");
    assert_eq!(starts, 6);
    let (answer, _) = asked("kill -KILL $$", 1);
    let Answer::Ended(end) = answer else {
        panic!("{answer:?}")
    };
    assert!(matches!(end, End::Stopped(_)) && !end.is_own(), "{end:?}");
}

#[test]
fn time_in_which_a_worker_is_stopped_does_not_count() {
    // It stops itself for longer than its limit, then answers.
    let folder = TempDir::new().unwrap();
    let mut worker = scripted(
        folder.path(),
        "(sleep 1.5; kill -CONT $$) & kill -STOP $$; printf '\\002\\000\\000\\000ok'; sleep 1",
        1,
    );
    assert!(matches!(worker.ask(b"{}", b"").unwrap(), Answer::Made(_)));
    let before = nianbao::isolate::used_time();
    std::thread::sleep(std::time::Duration::from_millis(400));
    let used = nianbao::isolate::used_time() - before;
    assert!(used < std::time::Duration::from_millis(300), "{used:?}");
}

fn nianbao(arguments: &[&str], folder: &Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_nianbao"))
        .env("LC_ALL", "C")
        .args(arguments)
        .current_dir(folder)
        .output()
        .unwrap()
}

/// A page of so many paragraphs that its tree needs many times its bytes.
fn large(path: &Path) {
    let mut page = "<title>信息公开年度报告</title>".as_bytes().to_vec();
    page.extend(b"<p>x</p>".repeat(7 << 20));
    fs::write(path, page).unwrap();
}

#[test]
fn a_document_that_needs_too_much_memory_ends_with_a_clear_word() {
    let scene = Scene::new();
    fs::create_dir(scene.path("in")).unwrap();
    large(&scene.path("in/large.html"));
    scene.write_reports("in", 0..2);
    let output = nianbao(&["extract", "--max-memory", "256M", "in/large.html"], &scene.path("."));
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(3), "{said}");
    assert!(
        said.contains("large.html: the file exceeds the limit of memory (256 MiB)"),
        "{said}"
    );
    assert!(output.stdout.is_empty());

    let said = scene.expect(3, &["in", "--out", "out", "--formats", "jsonl", "--max-memory", "256M"]);
    assert!(said.contains("limit of memory"), "{said}");
    let fates = scene.fates("out");
    let large = fates.iter().find(|(name, _)| name.ends_with("large.html")).unwrap();
    assert_eq!(large.1, "unreadable memory");
    assert_eq!(fates.iter().filter(|(_, fate)| fate == "annual_report").count(), 2);
}

#[test]
fn one_document_too_many_costs_itself_only() {
    let scene = Scene::new();
    scene.write("a.html", report(1).bytes);
    large(&scene.path("b.html"));
    scene.write("c.html", report(2).bytes);
    let arguments = [
        "extract",
        "--max-memory",
        "256M",
        "-j",
        "2",
        "a.html",
        "b.html",
        "c.html",
    ];
    let output = nianbao(&arguments, &scene.path("."));
    assert_eq!(output.status.code(), Some(3));
    let names: Vec<String> = String::from_utf8(output.stdout)
        .unwrap()
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap()["source"]["name"].to_string())
        .collect();
    assert_eq!(names, ["\"a.html\"", "\"c.html\""]);
}
