//! The official forms as data: what every other part knows of tables, keys, labels and rules.
//!
//! Invariant: nothing in here depends on a file format or on a report; everything that names a table or a key asks here.

mod spec;

pub use spec::*;
