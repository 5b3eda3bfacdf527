//! Who reports and on which year, held against the truth: right, null or wrong for each part of the identity.
//!
//! Invariant: wrong is never. What may be null has a floor of its own for each thing that makes an identity hard.

use std::collections::BTreeMap;
use std::fmt::Write;

use nianbao::report::Report;
use nianbao_maker::identity::Hard;
use nianbao_maker::truth::Truth;
use unicode_normalization::UnicodeNormalization;

/// The parts of an identity.
pub const PARTS: [&str; 8] = ["title", "agency", "year", "date", "index", "number", "region", "level"];

/// The least share of documents, over all containers, in which a part is right; what is not in the table is right in all. A date, an index number
/// and a region may be null because many containers print neither them nor the name of the site.
const FLOORS: &[(Hard, &str, f64)] = &[
    (Hard::CitedReport, "date", 0.55),
    (Hard::CitedNotice, "date", 0.55),
    (Hard::OtherSignature, "date", 1.0),
    (Hard::TitleLabel, "date", 0.55),
    (Hard::TwoLineTitle, "date", 0.55),
    (Hard::StalePeriod, "date", 0.55),
    (Hard::SharedRegion, "date", 0.55),
    (Hard::RenamedRegion, "date", 0.55),
    (Hard::SharedRegion, "region", 0.25),
];

/// The least share of index numbers: one container prints them.
const INDEX_FLOOR: f64 = 0.03;

/// How each part was read.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    pub documents: usize,
    pub right: BTreeMap<&'static str, usize>,
    pub null: BTreeMap<&'static str, usize>,
    /// A line each.
    pub wrong: Vec<String>,
}

impl Tally {
    /// Adds a report.
    pub fn add(&mut self, name: &str, report: &Report, truth: &Truth) {
        self.documents += 1;
        let said = &report.report;
        let level = said
            .body
            .as_ref()
            .and_then(|body| body.level)
            .map(|level| level.word().to_owned());
        let region = said
            .body
            .as_ref()
            .and_then(|body| Some(body.region.as_ref()?.code.clone()));
        let found = [
            said.title.clone(),
            said.agency.clone(),
            said.year.map(|year| year.to_string()),
            said.published.clone(),
            said.index_number.clone(),
            said.document_number.clone(),
            region,
            level,
        ];
        let expected = [
            Some(truth.title.clone()),
            Some(truth.agency.clone()),
            Some(truth.year.to_string()),
            Some(truth.published.clone()),
            Some(truth.index_number.clone()),
            None,
            truth.region.map(str::to_owned),
            truth.level.map(str::to_owned),
        ];
        for ((part, found), expected) in PARTS.into_iter().zip(found).zip(expected) {
            let same = found.as_deref().map(squash) == expected.as_deref().map(squash);
            if same {
                *self.right.entry(part).or_default() += 1;
            } else if found.is_none() {
                *self.null.entry(part).or_default() += 1;
            } else {
                self.wrong
                    .push(format!("{name}: {part}: truth {expected:?}, got {found:?}"));
            }
        }
    }

    fn share(&self, part: &str) -> f64 {
        self.right.get(part).copied().unwrap_or_default() as f64 / self.documents.max(1) as f64
    }
}

/// The table that the gate prints.
pub fn table(tallies: &BTreeMap<Hard, Tally>) -> String {
    let mut out = format!("{:16} docs", "identity");
    for part in PARTS {
        let _ = write!(out, " {part:>14}");
    }
    out.push('\n');
    for (hard, tally) in tallies {
        let _ = write!(out, "{:16} {:4}", hard.name(), tally.documents);
        for part in PARTS {
            let null = tally.null.get(part).copied().unwrap_or_default();
            let _ = write!(out, " {:>6.1}% {null:4} -", 100.0 * tally.share(part));
        }
        let _ = writeln!(out, "  wrong {}", tally.wrong.len());
    }
    out
}

/// Where an identity is wrong, or in the pinned corpus below its floor.
pub fn breaches(tallies: &BTreeMap<Hard, Tally>, pinned: bool) -> Vec<String> {
    let mut breaches = Vec::new();
    for (hard, tally) in tallies {
        breaches.extend(tally.wrong.iter().map(|wrong| format!("{}: {wrong}", hard.name())));
        for part in PARTS.into_iter().filter(|_| pinned) {
            let floor = FLOORS.iter().find(|(of, name, _)| of == hard && *name == part);
            let otherwise = if part == "index" { INDEX_FLOOR } else { 1.0 };
            let least = floor.map_or(otherwise, |(_, _, least)| *least);
            if tally.share(part) < least {
                breaches.push(format!(
                    "{}: {part} is {:.4}, below its floor {least}",
                    hard.name(),
                    tally.share(part)
                ));
            }
        }
    }
    breaches
}

fn squash(text: &str) -> String {
    text.nfkc()
        .filter(|c| !c.is_whitespace() && !"、.．，,:：()（）".contains(*c))
        .collect()
}
