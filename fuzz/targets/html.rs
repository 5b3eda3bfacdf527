//! A saved page, cut, torn and nested at will.
#![no_main]

use libfuzzer_sys::fuzz_target;
use nianbao_fuzz::{named, read_twice};

fuzz_target!(|bytes: &[u8]| {
    let page = [b"<html>", bytes].concat();
    read_twice(&page, &named("page.html"));
});
