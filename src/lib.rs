//! nianbao reads published 政府信息公开工作年度报告 (annual reports on government information disclosure) and writes what they
//! say as data.
//!
//! One direction, no way back: [`read()`] turns bytes into a [`Document`]; its tables, sections and sentences become a [`Report`];
//! [`check()`] looks at the report and never changes a figure. [`extract()`] goes the whole way.
//!
//! Invariant: the library does no I/O, but where datasets are made. Bytes and hints go in, a report comes out; `Err` means that
//! the container itself cannot be read, everything else is a report with diagnostics.

// The command line uses the library as any other program does, by its names.
#[cfg(feature = "cli")]
extern crate self as nianbao;

// The names that hold: what a user of the library needs.
pub use check::check;
pub use diagnostic::{Diagnostic, Severity};
pub use document::{Block, Cell, Document, Grid, Origin, Paragraph};
pub use error::Error;
pub use explain::explain;
pub use extract::extract;
pub use read::{Hints, read};
pub use report::{Check, Evidence, Metadata, NarrativeFigure, Number, Report, Section, State, Status, Table, schema};

// The rooms of the house: the program, the tests and the benches go in and out; their names may change.
#[doc(hidden)]
pub mod batch;
#[doc(hidden)]
pub mod body;
#[doc(hidden)]
pub mod check;
#[cfg(feature = "cli")]
#[doc(hidden)]
pub mod cli;
#[doc(hidden)]
pub mod diagnostic;
#[doc(hidden)]
pub mod document;
#[doc(hidden)]
pub mod error;
#[doc(hidden)]
pub mod explain;
mod extract;
#[doc(hidden)]
pub mod forms;
#[doc(hidden)]
pub mod isolate;
#[doc(hidden)]
pub mod metadata;
#[doc(hidden)]
pub mod narrative;
#[cfg(feature = "ocr")]
#[doc(hidden)]
pub mod ocr_model;
#[doc(hidden)]
pub mod outline;
#[doc(hidden)]
pub mod overlay;
#[doc(hidden)]
pub mod read;
#[doc(hidden)]
pub mod report;
#[cfg(feature = "review")]
#[doc(hidden)]
pub mod review;
#[doc(hidden)]
pub mod series;
#[doc(hidden)]
pub mod tables;
#[doc(hidden)]
pub mod task;
#[doc(hidden)]
pub mod text;
#[doc(hidden)]
pub mod write;

#[doc(hidden)]
pub use extract::warm_up;
