//! How far a run is, for a person at a terminal.
//!
//! Invariant: nothing of it reaches the dataset, and without a terminal nothing is printed.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

/// Counts of a run, shared by its threads.
pub struct Progress {
    bar: ProgressBar,
    inputs: AtomicU64,
    reports: AtomicU64,
    failures: AtomicU64,
}

impl Progress {
    /// Progress that nobody sees.
    pub fn hidden() -> Self {
        Progress {
            bar: ProgressBar::hidden(),
            inputs: AtomicU64::new(0),
            reports: AtomicU64::new(0),
            failures: AtomicU64::new(0),
        }
    }

    /// A bar on standard error, if that is a terminal; `bytes` is the size of all input files, for the time left.
    pub fn shown(bytes: u64) -> Self {
        let bar = ProgressBar::new(bytes);
        let style = "{bar:30} {bytes}/{total_bytes} {bytes_per_sec}, {eta} left, {msg}";
        if let Ok(style) = ProgressStyle::with_template(style) {
            bar.set_style(style);
        }
        bar.enable_steady_tick(Duration::from_millis(200));
        Progress { bar, ..Self::hidden() }
    }

    /// So many bytes of files were read.
    pub fn bytes(&self, count: u64) {
        self.bar.inc(count);
    }

    /// An input was found.
    pub fn input(&self) {
        let inputs = self.inputs.fetch_add(1, Ordering::Relaxed) + 1;
        if inputs.is_multiple_of(16) {
            self.say();
        }
    }

    /// A document was read.
    pub fn document(&self, is_report: bool, is_failure: bool) {
        self.reports.fetch_add(is_report.into(), Ordering::Relaxed);
        self.failures.fetch_add(is_failure.into(), Ordering::Relaxed);
    }

    /// The files of the dataset are being written: so many inputs of so many are in them.
    pub fn writing(&self, done: u64, all: u64) {
        self.bar
            .set_message(format!("writing the dataset, {done} of {all} inputs"));
    }

    /// All is done.
    pub fn finish(&self) {
        self.bar.finish_and_clear();
    }

    fn say(&self) {
        let get = |count: &AtomicU64| count.load(Ordering::Relaxed);
        let (inputs, reports, failures) = (get(&self.inputs), get(&self.reports), get(&self.failures));
        self.bar
            .set_message(format!("{inputs} inputs, {reports} reports, {failures} failures"));
    }
}
