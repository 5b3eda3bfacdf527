//! The floors in `accuracy.toml`: shares that may only rise.
//!
//! Invariant: blessing raises floors and never lowers one, unless that is asked for and the file gives a `reason`; the reason then
//! stands in the history beside the lower number.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::PathBuf;

use serde::Deserialize;

use crate::score::Tally;

type Group = BTreeMap<String, BTreeMap<String, f64>>;

/// The pinned corpus and how well it must be read.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Floors {
    pub seed: u64,
    /// Why floors may be lowered this once.
    #[serde(default)]
    pub reason: Option<String>,
    #[serde(default)]
    containers: Group,
    #[serde(default)]
    faults: Group,
}

const HEAD: &str = "\
# How well the made reports must be read: see tests/accuracy.rs. Made by
#     NIANBAO_ACCURACY_BLESS=1 cargo test --test accuracy
# which raises floors and lowers none; BLESS=lower does, and needs `reason = \"…\"` here. Shares of 1: `right` cells as the truth; `kept` the same,
# but for cells that the document itself lost; `exact` documents with nothing amiss; `headings`; `metadata` title, agency, year.
# Wrong and invented figures have no floor: there are none.
";

fn path() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/accuracy.toml")
}

/// Shares are kept to four places, rounded down, so that a floor is never above what was measured.
fn rounded(share: f64) -> f64 {
    (share * 10_000.0).floor() / 10_000.0
}

impl Floors {
    pub fn load() -> Self {
        toml::from_str(&fs::read_to_string(path()).unwrap()).unwrap()
    }

    /// Raises the floors to what was measured, or with `lower` sets them to it, and writes the file.
    pub fn bless(&mut self, by_container: &BTreeMap<String, Tally>, by_fault: &BTreeMap<String, Tally>, lower: bool) {
        assert!(
            !lower || self.reason.is_some(),
            "lowering floors needs a reason in tests/accuracy.toml"
        );
        raise(&mut self.containers, by_container, lower);
        raise(&mut self.faults, by_fault, lower);
        let mut text = format!("{HEAD}seed = {}\n", self.seed);
        if let Some(reason) = &self.reason {
            let _ = writeln!(text, "reason = {reason:?}");
        }
        for (section, group) in [("containers", &self.containers), ("faults", &self.faults)] {
            let _ = writeln!(text, "\n[{section}]");
            for (name, shares) in group {
                let shares: Vec<String> = shares
                    .iter()
                    .map(|(name, share)| format!("{name} = {share:?}"))
                    .collect();
                let _ = writeln!(text, "{name} = {{ {} }}", shares.join(", "));
            }
        }
        fs::write(path(), text).unwrap();
    }

    /// Where the reading is below its floor, or has none.
    pub fn breaches(&self, by_container: &BTreeMap<String, Tally>, by_fault: &BTreeMap<String, Tally>) -> Vec<String> {
        let mut breaches = Vec::new();
        for (what, floors, tallies) in [
            ("container", &self.containers, by_container),
            ("fault", &self.faults, by_fault),
        ] {
            for (name, tally) in tallies {
                let Some(floor) = floors.get(name) else {
                    breaches.push(format!("{what} {name} has no floor in tests/accuracy.toml: bless it"));
                    continue;
                };
                for (share, value) in tally.shares() {
                    let least = floor.get(share).copied().unwrap_or(0.0);
                    if rounded(value) < least {
                        breaches.push(format!("{what} {name}: {share} is {value:.4}, below its floor {least}"));
                    }
                }
            }
        }
        breaches
    }
}

fn raise(floors: &mut Group, tallies: &BTreeMap<String, Tally>, lower: bool) {
    for (name, tally) in tallies {
        let floor = floors.entry(name.clone()).or_default();
        for (share, value) in tally.shares() {
            let value = rounded(value);
            let old = floor.entry(share.to_owned()).or_insert(value);
            if lower || value > *old {
                *old = value;
            }
        }
    }
}
