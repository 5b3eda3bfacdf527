//! nianbao reads published 政府信息公开工作年度报告 (annual reports on government information disclosure) and writes what they
//! say as data.
//!
//! One direction, no way back: [`read`] turns bytes into a [`document::Document`]; [`tables`] and [`outline`] turn that into a
//! [`report::Report`]; [`check`] looks at the report and never changes a figure.
//!
//! Invariant: the library does no I/O, but for [`batch`] and [`write`]. Bytes and hints go in, a report comes out; `Err` means that
//! the container itself cannot be read, everything else is a report with diagnostics.

pub mod batch;
pub mod body;
pub mod check;
pub mod diagnostic;
pub mod document;
pub mod error;
pub mod explain;
mod extract;
pub mod forms;
pub mod isolate;
pub mod metadata;
pub mod narrative;
pub mod outline;
pub mod read;
pub mod report;
pub mod series;
pub mod tables;
pub mod task;
pub mod text;
pub mod write;

pub use extract::{extract, warm_up};
