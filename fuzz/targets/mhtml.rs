//! A web archive of one page, cut, torn and nested at will.
#![no_main]

use libfuzzer_sys::fuzz_target;
use nianbao_fuzz::{named, read_twice};

fuzz_target!(|bytes: &[u8]| {
    let file = [b"MIME-Version: 1.0\r\nContent-Type: ", bytes].concat();
    read_twice(&file, &named("report.mht"));
});
