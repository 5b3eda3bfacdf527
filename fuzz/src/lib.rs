//! What must hold for every input, told to all targets in one place.

use std::time::{Duration, Instant};

use nianbao::document::{Block, Document, MAX_GRID_SLOTS};
use nianbao::read::{Hints, read};
use nianbao::report::{Report, State};
use serde_json::Value;

/// Past this a reader may be stopped by its own clock, and where it is stopped may differ.
const UNHURRIED: Duration = Duration::from_secs(2);

/// Hints with nothing but a name, whose ending tells text formats apart.
pub fn named(name: &str) -> Hints {
    Hints {
        name: Some(name.into()),
        ..Hints::default()
    }
}

/// Reads a file twice; the same bytes give the same document. `None` where there is no way in.
pub fn read_twice(bytes: &[u8], hints: &Hints) -> Option<Document> {
    let start = Instant::now();
    let once = read(bytes, hints);
    if start.elapsed() < UNHURRIED {
        assert_eq!(format!("{once:?}"), format!("{:?}", read(bytes, hints)));
    }
    let document = once.ok()?;
    for block in &document.blocks {
        if let Block::Grid(grid) = block {
            assert!(grid.rows() * grid.columns() <= MAX_GRID_SLOTS);
        }
    }
    Some(document)
}

/// Extracts a file twice; the JSON is the same and says all that the report says, and every figure is borne out by its evidence.
pub fn extract_twice(bytes: &[u8], hints: &Hints) {
    let start = Instant::now();
    let Ok(report) = nianbao::extract(bytes, hints) else {
        return;
    };
    let unhurried = start.elapsed() < UNHURRIED;
    let json = serde_json::to_string(&report).expect("a report can be written");
    if unhurried {
        let again = nianbao::extract(bytes, hints).expect("what was read once is read again");
        assert_eq!(json, serde_json::to_string(&again).expect("a report can be written"));
    }
    let back: Report = serde_json::from_str(&json).expect("a report can be read back");
    assert_eq!(report, back);
    figures_have_evidence(&report, &json);
}

fn figures_have_evidence(report: &Report, json: &str) {
    let value: Value = serde_json::from_str(json).expect("JSON");
    for (table, found) in report.tables.present() {
        for (key, figure) in &found.values.0 {
            let pointer = format!("/tables/{table}/values/{}", key.replace('.', "/"));
            let evidence = &report.evidence[&pointer];
            let printed = matches!(evidence.state, State::Number | State::Zero | State::Inferred);
            assert_eq!(figure.is_some(), printed, "{pointer}: {evidence:?}");
            assert_eq!(figure.is_some(), value.pointer(&pointer).is_some_and(Value::is_number));
        }
    }
}

/// Lets the panics of dependencies pass that the reader has a guard around. A panic of our own ends the run though the guard would
/// catch it.
pub fn leave_panics_of_others() {
    let end = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| match panic.location() {
        Some(place) if place.file().contains("/registry/") => eprintln!("left to the guard: {panic}"),
        _ => end(panic),
    }));
}
