//! How far a run is, for whoever watches it.
//!
//! Invariant: nothing of it reaches the dataset.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

/// Counts of a run, shared by its threads. Another thread may read them at any time.
#[derive(Debug, Default)]
pub struct Progress {
    bytes: AtomicU64,
    inputs: AtomicU64,
    reports: AtomicU64,
    failures: AtomicU64,
    written: AtomicU64,
    stop: AtomicBool,
}

/// What a run has done so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Done {
    /// Bytes of input files that were read.
    pub bytes: u64,
    /// Documents that were found.
    pub inputs: u64,
    /// Reports among those that were read.
    pub reports: u64,
    /// Documents that could not be read.
    pub failures: u64,
    /// Inputs that are in the files of the dataset; more than none once all are read.
    pub written: u64,
}

impl Progress {
    /// What was done so far.
    pub fn done(&self) -> Done {
        let get = |count: &AtomicU64| count.load(Ordering::Relaxed);
        Done {
            bytes: get(&self.bytes),
            inputs: get(&self.inputs),
            reports: get(&self.reports),
            failures: get(&self.failures),
            written: get(&self.written),
        }
    }

    /// Asks the run to end soon, and tells whether it was asked before. What was read is kept, and the same call continues from there.
    pub fn stop(&self) -> bool {
        self.stop.swap(true, Ordering::Relaxed)
    }

    /// Whether the run is to end.
    pub(super) fn is_stopped(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }

    /// So many bytes of files were read.
    pub(super) fn bytes(&self, count: u64) {
        self.bytes.fetch_add(count, Ordering::Relaxed);
    }

    /// An input was found.
    pub(super) fn input(&self) {
        self.inputs.fetch_add(1, Ordering::Relaxed);
    }

    /// A document was read.
    pub(super) fn document(&self, is_report: bool, is_failure: bool) {
        self.reports.fetch_add(is_report.into(), Ordering::Relaxed);
        self.failures.fetch_add(is_failure.into(), Ordering::Relaxed);
    }

    /// So many inputs are in the files of the dataset.
    pub(super) fn writing(&self, written: u64) {
        self.written.store(written, Ordering::Relaxed);
    }
}
