//! The response of a web server: a body is never larger than the largest document.
#![no_main]

use libfuzzer_sys::fuzz_target;
use nianbao::batch::{LARGEST, http};

fuzz_target!(|bytes: &[u8]| {
    let response = http::parse(bytes.to_vec());
    assert!(response.body.len() as u64 <= LARGEST + 1);
    assert_eq!(response, http::parse(bytes.to_vec()));
});
