//! Text as Chinese reports write it: folding for comparison, ordinals, numerals, and years.

pub mod label;
pub mod normalize;
pub mod numeral;
pub(crate) mod opening;
pub(crate) mod quantity;
pub(crate) mod radical;
pub mod set;
pub(crate) mod words;
pub mod year;
