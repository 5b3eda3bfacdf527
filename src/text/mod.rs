//! Text as Chinese reports write it: folding for comparison, ordinals, and numerals.

pub mod label;
pub mod normalize;
pub mod numeral;
