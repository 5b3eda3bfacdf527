//! An OpenDocument file in one XML file, cut, torn and nested at will.
#![no_main]

use libfuzzer_sys::fuzz_target;
use nianbao_fuzz::{named, read_twice};

fuzz_target!(|bytes: &[u8]| {
    read_twice(bytes, &named("report.fodt"));
});
