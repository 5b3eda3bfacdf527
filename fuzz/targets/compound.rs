//! A document or workbook in a compound file: sectors, streams, properties and records as they come.
#![no_main]

use libfuzzer_sys::fuzz_target;
use nianbao_fuzz::{named, read_twice};

fuzz_target!(|bytes: &[u8]| {
    const MAGIC: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";
    let file = [MAGIC, bytes.strip_prefix(MAGIC).unwrap_or(bytes)].concat();
    read_twice(&file, &named("report.doc"));
});
