//! A whole report, as text or as a page, to the figures of its tables.
#![no_main]

use libfuzzer_sys::fuzz_target;
use nianbao_fuzz::{extract_twice, named};

fuzz_target!(|bytes: &[u8]| extract_twice(bytes, &named("report")));
