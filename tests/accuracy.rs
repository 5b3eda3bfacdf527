//! The gate: reads made reports whose truth is known, and fails where a reading is worse than it was.
//!
//! `cargo test --test accuracy` makes the pinned corpus in memory. `NIANBAO_ACCURACY_COUNT` and `NIANBAO_ACCURACY_SEED` make
//! another, which is held to the absolute rules alone; `NIANBAO_ACCURACY_KEEP=DIR` writes the documents that were not read
//! exactly, with their truth; `NIANBAO_ACCURACY_BLESS=1` raises the floors in `accuracy.toml`, and `=lower` may lower them.
//! `NIANBAO_ACCURACY_OFFICE=200` reads so many documents of each format of office programs.
//!
//! Invariant: no figure may be wrong or invented, in any container, under any fault. A figure may be missed only in a document
//! whose maker says that figures are lost in it, and then the report must carry a diagnostic.

// The gate is a test through and through: what cannot be unwrapped here is a fault of the gate.
#![allow(clippy::unwrap_used, missing_docs)]

#[path = "accuracy/floors.rs"]
mod floors;
#[path = "accuracy/identity.rs"]
mod identity;
#[path = "accuracy/score.rs"]
mod score;

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::{env, fs};

use nianbao::read::Hints;
use nianbao_maker::containers::{self, Container};
use nianbao_maker::edits::Edit;
use nianbao_maker::faults::Fault;
use nianbao_maker::identity::Hard;
use nianbao_maker::{Made, Spec, make};

use floors::Floors;
use score::{Score, Tally};

/// Documents without a fault, of each container.
const PLAIN: u64 = 8;

/// Documents with one kind of edit, of each container that can carry it; each has one in each of its three tables.
const EDITED: u64 = 3;

/// Documents with one fault alone, at least; a fault that few containers carry is made several times in each.
const FAULTY: u64 = 8;

/// What each document of a corpus is to be: every container without a fault and with each that fits it. Each with what is added to
/// the seed of the corpus, which a further container or fault leaves as it is.
fn plan() -> Vec<(u64, Spec)> {
    let mut plan = Vec::new();
    let mut add = |container: &'static Container, faults: Vec<Fault>, nth: u64| {
        let name = faults
            .iter()
            .map(|fault| fault.name())
            .fold(container.name.to_owned(), |name, fault| name + " " + fault);
        let spec = Spec {
            container: Some(container),
            faults: Some(faults),
            ..Spec::default()
        };
        plan.push((offset(&name) + nth, spec));
    };
    for container in containers::ALL.iter().copied() {
        (0..PLAIN).for_each(|nth| add(container, Vec::new(), nth));
    }
    for fault in Fault::ALL.iter().copied() {
        let carriers: Vec<_> = containers::ALL
            .iter()
            .copied()
            .filter(|container| fault.fits(container.family))
            .collect();
        for nth in 0..FAULTY.div_ceil(carriers.len() as u64) {
            carriers.iter().for_each(|container| add(container, vec![fault], nth));
        }
    }
    plan
}

/// Documents with edits: every kind in every container that can carry it.
fn edited() -> Vec<(u64, Spec)> {
    let each = Edit::ALL.iter().flat_map(|edit| {
        let carriers = containers::ALL.iter().copied().filter(|container| edit.fits(container));
        carriers.flat_map(move |container| (0..EDITED).map(move |nth| (edit, container, nth)))
    });
    each.map(|(edit, container, nth)| {
        let spec = Spec {
            container: Some(container),
            faults: Some(Vec::new()),
            edit: Some(*edit),
            ..Spec::default()
        };
        (offset(&format!("{} {}", container.name, edit.name())) + nth, spec)
    })
    .collect()
}

/// A number below a million for a name, with room for some documents behind it.
fn offset(name: &str) -> u64 {
    let hash = name
        .bytes()
        .fold(0u64, |hash, byte| (hash * 31 + u64::from(byte)) % 31_250);
    hash * 32
}

/// Reads one document and holds it against its truth.
fn judge(made: &Made) -> Score {
    let hints = Hints {
        name: Some(made.file_name.clone()),
        ..Hints::default()
    };
    match catch_unwind(AssertUnwindSafe(|| nianbao::extract(&made.bytes, &hints))) {
        Ok(Ok(report)) => score::compare(&report, made),
        Ok(Err(error)) => Score::unread(made, error.to_string()),
        Err(_) => Score::unread(made, "panic".to_owned()),
    }
}

/// Reads a corpus on two threads: what the plan says, then whatever the seeds give.
fn read_corpus(seed: u64, count: u64, plan: &[(u64, Spec)]) -> Vec<Score> {
    let keep = env::var_os("NIANBAO_ACCURACY_KEEP").map(PathBuf::from);
    let next = AtomicU64::new(0);
    let work = || {
        let mut scores = Vec::new();
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            if at >= count {
                return scores;
            }
            let planned = usize::try_from(at).ok().and_then(|at| plan.get(at)).cloned();
            let (offset, spec) = planned.unwrap_or_else(|| (at, Spec::default()));
            let made = make(seed + offset, &spec).unwrap();
            let score = judge(&made);
            if let Some(folder) = keep.as_ref().filter(|_| !score.exact()) {
                keep_document(folder, &made, &score);
            }
            scores.push((at, score));
        }
    };
    let mut scores: Vec<(u64, Score)> = std::thread::scope(|scope| {
        let other = scope.spawn(work);
        let mut scores = work();
        scores.extend(other.join().unwrap());
        scores
    });
    scores.sort_by_key(|(at, _)| *at);
    scores.into_iter().map(|(_, score)| score).collect()
}

fn keep_document(folder: &std::path::Path, made: &Made, score: &Score) {
    let path = folder.join(&made.file_name);
    fs::create_dir_all(folder.join("truth")).unwrap();
    fs::write(&path, &made.bytes).unwrap();
    let truth = folder
        .join("truth")
        .join(path.file_stem().unwrap())
        .with_extension("json");
    fs::write(truth, serde_json::to_string_pretty(&made.truth.json()).unwrap()).unwrap();
    fs::write(path.with_extension("problems"), score.problems.join("\n")).unwrap();
}

/// Tallies by container and by fault.
fn tally(scores: &[Score]) -> (BTreeMap<String, Tally>, BTreeMap<String, Tally>) {
    let (mut by_container, mut by_fault): (BTreeMap<String, Tally>, BTreeMap<String, Tally>) = Default::default();
    for score in scores {
        let faults = if score.faults.is_empty() {
            &vec!["none"]
        } else {
            &score.faults
        };
        by_container.entry(score.container.to_owned()).or_default().add(score);
        // Where a container loses figures by itself, a fault's share tells nothing.
        let lossy = containers::named(score.container).is_some_and(|container| container.lossy);
        for fault in faults.iter().filter(|_| !lossy) {
            by_fault.entry((*fault).to_owned()).or_default().add(score);
        }
    }
    (by_container, by_fault)
}

fn number(name: &str, otherwise: u64) -> u64 {
    env::var(name).ok().map_or(otherwise, |text| text.parse().unwrap())
}

#[test]
fn made_reports_are_read_no_worse_than_before_and_never_wrongly() {
    let mut floors = Floors::load();
    let plan = plan();
    let seed = number("NIANBAO_ACCURACY_SEED", floors.seed);
    let count = number("NIANBAO_ACCURACY_COUNT", plan.len() as u64);
    let pinned = (seed, count) == (floors.seed, plan.len() as u64);
    let scores = read_corpus(seed, count, &plan);
    let (by_container, by_fault) = tally(&scores);
    println!("{}", score::table(&by_container, &by_fault));

    let mut failures: Vec<String> = scores
        .iter()
        .flat_map(|score| {
            score
                .forbidden()
                .map(|problem| format!("{}: {problem}", score.file_name))
        })
        .collect();
    let total = failures.len();
    failures.truncate(60);
    if pinned {
        if let Some(bless) = env::var_os("NIANBAO_ACCURACY_BLESS") {
            floors.bless(&by_container, &by_fault, bless == "lower");
        }
        failures.extend(floors.breaches(&by_container, &by_fault));
    }
    assert!(
        failures.is_empty(),
        "{} breaches ({total} figures); NIANBAO_ACCURACY_KEEP=DIR keeps the documents:\n{}",
        failures.len(),
        failures.join("\n")
    );
}

/// Documents with whatever faults the seeds give, of each format that no seed chooses by itself, unless a count is given.
const OFFICE: u64 = 8;

#[test]
fn files_of_office_programs_are_never_read_wrongly() {
    let drawn: Vec<&str> = containers::drawn().iter().map(|container| container.name).collect();
    let asked_for = containers::ALL
        .iter()
        .copied()
        .filter(|container| !drawn.contains(&container.name));
    let count = number("NIANBAO_ACCURACY_OFFICE", OFFICE);
    let planned = asked_for.flat_map(|container| {
        let spec = Spec {
            container: Some(container),
            ..Spec::default()
        };
        (0..count).map(move |nth| (offset(container.name) + nth, spec.clone()))
    });
    let plan: Vec<(u64, Spec)> = planned.collect();
    let seed = number("NIANBAO_ACCURACY_SEED", Floors::load().seed) + 1_000_000;
    let scores = read_corpus(seed, plan.len() as u64, &plan);
    let (by_container, by_fault) = tally(&scores);
    println!("{}", score::table(&by_container, &by_fault));
    let wrong: Vec<String> = scores
        .iter()
        .flat_map(|score| {
            score
                .forbidden()
                .map(|problem| format!("{}: {problem}", score.file_name))
        })
        .collect();
    assert!(wrong.is_empty(), "{} figures:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn no_edit_of_a_sound_report_is_read_wrongly() {
    let plan = edited();
    let seed = number("NIANBAO_ACCURACY_SEED", Floors::load().seed);
    let scores = read_corpus(seed, plan.len() as u64, &plan);
    let sum = |count: fn(&Score) -> usize| scores.iter().map(count).sum::<usize>();
    println!(
        "{} edits in {} documents: {} of {} cells as they should be, {} missed, {} wrong, {} invented",
        3 * plan.len(),
        plan.len(),
        sum(|score| score.right),
        sum(|score| score.cells),
        sum(|score| score.missed),
        sum(|score| score.wrong),
        sum(|score| score.invented),
    );
    let problems = scores.iter().flat_map(|score| {
        let figures = score.forbidden();
        figures.map(|problem| format!("{}: {problem}", score.file_name))
    });
    let mut problems: Vec<String> = problems.collect();
    let total = problems.len();
    problems.truncate(number("NIANBAO_ACCURACY_SHOW", 60) as usize);
    assert!(problems.is_empty(), "{total} figures:\n{}", problems.join("\n"));
}

#[test]
fn the_gate_sees_a_shifted_row_a_dropped_column_and_a_blank_read_as_zero() {
    let made = |fault: Option<Fault>| {
        let spec = Spec {
            container: containers::named("html-clean"),
            faults: Some(fault.into_iter().collect()),
            ..Spec::default()
        };
        make(7, &spec).unwrap()
    };
    let read = |made: &Made| nianbao::extract(&made.bytes, &Hints::default()).unwrap();
    let plain = made(None);
    let report = read(&plain);

    let mut shifted = report.clone();
    let values = &mut shifted.tables.applications.as_mut().unwrap().values.0;
    let below: Vec<_> = values
        .values()
        .skip(7)
        .chain(values.values().take(7))
        .copied()
        .collect();
    values.values_mut().zip(below).for_each(|(value, below)| *value = below);
    assert!(score::compare(&shifted, &plain).wrong > 100);

    let mut dropped = report.clone();
    let values = &mut dropped.tables.applications.as_mut().unwrap().values.0;
    values
        .iter_mut()
        .filter(|(key, _)| key.ends_with(".total"))
        .for_each(|(_, value)| *value = None);
    assert!(score::compare(&dropped, &plain).missed > score::compare(&report, &plain).missed);

    let blanks = made(Some(Fault::BlankCells));
    let mut filled = read(&blanks);
    let values = &mut filled.tables.applications.as_mut().unwrap().values.0;
    values.values_mut().for_each(|value| *value = value.or(Some(0.into())));
    assert!(score::compare(&filled, &blanks).invented > 0);
}

/// Documents of each hard identity in each container, unless a count is given.
const HARD: u64 = 2;

/// Makes documents of every hard identity in every container, and reads who reports.
#[test]
fn who_reports_is_right_or_null_however_hard_it_is_to_tell() {
    let number = |name: &str| env::var(name).ok().map(|value| value.parse::<u64>().unwrap());
    let pinned = number("NIANBAO_ACCURACY_SEED").is_none() && number("NIANBAO_ACCURACY_COUNT").is_none();
    let seed = number("NIANBAO_ACCURACY_SEED").unwrap_or(20260114);
    // Where a page says who and when; files of office programs have none around them, and are held to the gate above.
    let drawn = containers::drawn();
    let kinds = drawn.len() * Hard::ALL.len();
    let count = number("NIANBAO_ACCURACY_COUNT").unwrap_or(HARD * kinds as u64);
    let mut tallies: BTreeMap<Hard, identity::Tally> = BTreeMap::new();
    for at in 0..count {
        let place = usize::try_from(at).unwrap();
        let hard = Hard::ALL[place % Hard::ALL.len()];
        let spec = Spec {
            container: Some(drawn[place / Hard::ALL.len() % drawn.len()]),
            faults: Some(Vec::new()),
            hard: Some(hard),
            ..Spec::default()
        };
        let made = make(seed + at, &spec).unwrap();
        let report = nianbao::extract(&made.bytes, &Hints::default()).unwrap();
        tallies
            .entry(hard)
            .or_default()
            .add(&made.file_name, &report, &made.truth);
    }
    println!("{}", identity::table(&tallies));
    let mut breaches = identity::breaches(&tallies, pinned);
    let total = breaches.len();
    breaches.truncate(60);
    assert!(breaches.is_empty(), "{total} breaches:\n{}", breaches.join("\n"));
}
