//! Text as Chinese reports write it: normalisation for matching, and numerals.
