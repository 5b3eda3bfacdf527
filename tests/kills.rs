//! Runs and workers that are killed and stopped at random: the dataset is always the same.
#![cfg(target_os = "linux")]
#![allow(missing_docs, clippy::unwrap_used)]

mod batch_support;

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

use batch_support::Scene;
use rustix::process::{Pid, Signal, kill_process, kill_process_group};

/// Numbers that look random, the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6364136223846793005)
            .wrapping_add(1442695040888963407);
        (self.0 >> 33) % most
    }

    fn rest(&mut self, most: u64) {
        sleep(Duration::from_millis(1 + self.below(most)));
    }
}

/// A corpus, and the dataset that comes of it when nobody disturbs.
fn scene() -> (Scene, BTreeMap<String, Vec<u8>>) {
    let scene = Scene::new();
    scene.write_reports("in", 0..24);
    scene.write("in/none.html", "<p>政府信息公开年度报告 nothing</p>");
    scene.expect(0, &["in", "--out", "whole", "--jobs", "2", "--formats", "csv,jsonl"]);
    let whole = scene.files("whole");
    (scene, whole)
}

fn start(scene: &Scene, dataset: &str) -> Child {
    command(scene, dataset).spawn().unwrap()
}

fn command(scene: &Scene, dataset: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_nianbao"));
    command
        .env("LC_ALL", "C")
        .args(["batch", "in", "--out", dataset, "--jobs", "2", "--formats", "csv,jsonl"])
        .current_dir(scene.path("."))
        .process_group(0)
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    command
}

fn pid(child: &Child) -> Pid {
    Pid::from_raw(child.id().cast_signed()).unwrap()
}

/// The processes that a run has started.
fn workers(run: &Child) -> Vec<Pid> {
    let Ok(threads) = fs::read_dir(format!("/proc/{}/task", run.id())) else {
        return Vec::new();
    };
    threads
        .filter_map(|thread| fs::read_to_string(thread.ok()?.path().join("children")).ok())
        .flat_map(|list| list.split_whitespace().map(str::to_owned).collect::<Vec<_>>())
        .filter_map(|number| Pid::from_raw(number.parse().ok()?))
        .collect()
}

fn kill_workers(times: u64) {
    let (scene, whole) = scene();
    let mut dice = Dice(7);
    let (mut kills, mut runs) = (0, 0);
    while kills < times {
        runs += 1;
        let dataset = format!("set{runs}");
        let mut run = start(&scene, &dataset);
        while run.try_wait().unwrap().is_none() {
            dice.rest(600);
            let workers = workers(&run);
            if !workers.is_empty() {
                let victim = workers[dice.below(workers.len() as u64) as usize];
                kills += u64::from(kill_process(victim, Signal::KILL).is_ok());
            }
        }
        assert!(run.wait().unwrap().success(), "run {runs}");
        assert!(scene.files(&dataset) == whole, "run {runs}, after {kills} kills");
    }
}

fn kill_runs(times: u64) {
    let (scene, whole) = scene();
    let mut dice = Dice(11);
    let mut kills = 0;
    while kills < times {
        let _ = fs::remove_dir_all(scene.path("set"));
        for _ in 0..10 {
            let mut run = start(&scene, "set");
            dice.rest(700);
            kills += u64::from(kill_process(pid(&run), Signal::KILL).is_ok());
            run.wait().unwrap();
        }
        assert!(start(&scene, "set").wait().unwrap().success());
        assert!(scene.files("set") == whole, "after {kills} kills");
    }
}

#[test]
fn killed_workers_change_nothing() {
    kill_workers(12);
}

#[test]
fn killed_runs_change_nothing() {
    kill_runs(10);
}

#[test]
#[ignore = "takes minutes"]
fn two_hundred_killed_workers_and_a_hundred_killed_runs_change_nothing() {
    kill_workers(200);
    kill_runs(100);
}

#[test]
fn ctrl_c_says_that_the_same_command_goes_on_and_it_does() {
    let (scene, whole) = scene();
    for wait in [50, 300, 600] {
        let dataset = format!("set{wait}");
        let mut run = command(&scene, &dataset).stderr(Stdio::piped()).spawn().unwrap();
        while !scene.path(&format!("{dataset}/.journal/lock")).exists() {
            assert!(run.try_wait().unwrap().is_none());
            sleep(Duration::from_millis(5));
        }
        sleep(Duration::from_millis(wait));
        let _ = kill_process_group(pid(&run), Signal::INT);
        let output = run.wait_with_output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        if output.status.code() != Some(0) {
            assert_eq!(output.status.code(), Some(130), "{said}");
            assert!(said.contains("the same command continues from there"), "{said}");
            assert!(!scene.path(&format!("{dataset}/csv")).exists());
        }
        start(&scene, &dataset).wait().unwrap();
        assert!(scene.files(&dataset) == whole, "stopped after {wait} ms");
    }
}

#[test]
fn a_run_that_is_stopped_and_goes_on_changes_nothing() {
    let (scene, whole) = scene();
    let mut run = start(&scene, "set");
    for _ in 0..3 {
        sleep(Duration::from_millis(150));
        let _ = kill_process_group(pid(&run), Signal::STOP);
        sleep(Duration::from_millis(400));
        let _ = kill_process_group(pid(&run), Signal::CONT);
    }
    assert!(run.wait().unwrap().success());
    assert!(scene.files("set") == whole);
}
