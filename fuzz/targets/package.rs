//! A document in a zip archive, whichever it is.
#![no_main]

use libfuzzer_sys::fuzz_target;
use nianbao_fuzz::{named, read_twice};

fuzz_target!(|bytes: &[u8]| {
    let file = [b"PK\x03\x04", bytes.strip_prefix(b"PK\x03\x04").unwrap_or(bytes)].concat();
    read_twice(&file, &named("report.docx"));
});
