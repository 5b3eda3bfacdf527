//! From grids to figures: the official forms as data, and the matching of a document's grids to them.

pub mod spec;
