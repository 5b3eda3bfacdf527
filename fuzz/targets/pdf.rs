//! The bytes of a PDF file, from its cross-reference table to its tables.
#![no_main]

use libfuzzer_sys::fuzz_target;
use nianbao_fuzz::{extract_twice, named};

fuzz_target!(init: nianbao_fuzz::leave_panics_of_others(), |bytes: &[u8]| {
    if bytes.starts_with(b"%PDF-") {
        extract_twice(bytes, &named("report.pdf"));
    }
});
