//! RTF, cut, torn and nested at will.
#![no_main]

use libfuzzer_sys::fuzz_target;
use nianbao_fuzz::{named, read_twice};

fuzz_target!(|bytes: &[u8]| {
    let file = [b"{\\rtf1", bytes].concat();
    read_twice(&file, &named("report.rtf"));
});
