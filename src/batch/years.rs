//! What the reports of a body say over the years, once all reports of a dataset are known.
//!
//! Invariant: memory holds some dozens of bytes for each report; what is compared is loaded again, body by body.

use std::collections::HashMap;

use rayon::prelude::*;

use super::BatchError;
use super::dataset::load;
use super::document::Key;
use super::journal::Journal;
use super::seen::name_hash;
use crate::overlay::Overlay;
use crate::report::{Report, Status};
use crate::series::{Agency, Collector, key_of};
use crate::write::rows::{FindingLine, add_finding};
use crate::write::table::Row;

/// Reports that are taken at once, if those of one body are not more: bounds memory.
const REPORTS: usize = 512;

/// Where the reports are, by body.
#[derive(Default)]
pub(super) struct Years {
    /// Numbers of the bodies by the hashes of their names and regions, in the order of their first reports.
    bodies: HashMap<u64, u32>,
    /// Body, year and place of each report.
    reports: Vec<(u32, i32, Key)>,
}

impl Years {
    /// Notes a report.
    pub(super) fn add(&mut self, report: &Report, key: Key) {
        let (Some(agency), Some(year)) = (&report.report.agency, report.report.year) else {
            return;
        };
        let (name, region) = key_of(report, agency);
        let next = self.bodies.len() as u32;
        let body = name_hash(&format!("{name} {}", region.unwrap_or_default()));
        let body = *self.bodies.entry(body).or_insert(next);
        self.reports.push((body, year, key));
    }

    /// Makes the rows, body after body, a part of them at a time.
    pub(super) fn each(
        mut self,
        journal: &Journal,
        overlay: Option<&Overlay>,
        mut take: impl FnMut(Vec<Row>) -> Result<(), BatchError>,
    ) -> Result<(), BatchError> {
        // Stable: within a year the order of the inputs.
        self.reports.sort_by_key(|(body, year, _)| (*body, *year));
        let mut bodies = self.reports.chunk_by(|one, other| one.0 == other.0).peekable();
        let mut number = 0;
        while bodies.peek().is_some() {
            let mut left = REPORTS;
            let some: Vec<_> = std::iter::from_fn(|| {
                let body = bodies.next_if(|body| left == REPORTS || body.len() <= left)?;
                left = left.saturating_sub(body.len());
                Some(body)
            })
            .collect();
            let agencies: Result<Vec<Option<Agency>>, BatchError> = some
                .par_iter()
                .map(|reports| agency(journal, overlay, reports))
                .collect();
            let mut rows = Vec::new();
            for finding in agencies?.iter().flatten().flat_map(findings) {
                number += 1;
                add_finding(&mut rows, number, &finding);
            }
            take(rows)?;
        }
        Ok(())
    }
}

/// The reports of one body; nothing for a single one, of which there is nothing to say.
fn agency(
    journal: &Journal,
    overlay: Option<&Overlay>,
    reports: &[(u32, i32, Key)],
) -> Result<Option<Agency>, BatchError> {
    if reports.len() < 2 {
        return Ok(None);
    }
    let mut collector = Collector::default();
    for (_, _, key) in reports {
        if let Some(report) = load(journal, key)?.report {
            collector.add(&report, overlay);
        }
    }
    Ok(collector.finish().agencies.pop())
}

fn findings(agency: &Agency) -> Vec<FindingLine<'_>> {
    let of = |year: i32, kind: &'static str| FindingLine {
        agency,
        year,
        kind,
        between: None,
    };
    let gaps = agency.gaps.iter().map(|year| of(*year, "gap"));
    let several = agency.duplicates.iter().map(|year| of(*year, "several"));
    let rules = agency.checks.iter().filter_map(|between| {
        let kind = match between.check.status {
            Status::Pass => return None,
            Status::Fail => "fail",
            Status::Unknown => "unknown",
        };
        Some(FindingLine {
            between: Some(between),
            ..of(between.year, kind)
        })
    });
    let mut all: Vec<_> = gaps.chain(several).chain(rules).collect();
    all.sort_by_key(|finding| finding.year);
    all
}
