//! gzip members, whole and damaged: what comes out does not depend on how much is asked for at once.
#![no_main]

use std::io::{ErrorKind, Read};

use libfuzzer_sys::fuzz_target;
use nianbao::batch::gzip::Members;

/// A thousandfold of the longest input.
const MOST: usize = 64 << 20;

/// All bytes, and the number of damaged members among them.
fn inflate(bytes: &[u8], step: usize) -> (Vec<u8>, usize) {
    let mut members = Members::new(bytes);
    let (mut out, mut damaged, mut buffer) = (Vec::new(), 0, vec![0; step]);
    while out.len() < MOST {
        match members.read(&mut buffer) {
            Ok(0) => break,
            Ok(count) => out.extend_from_slice(&buffer[..count]),
            Err(error) => {
                assert_eq!(error.kind(), ErrorKind::InvalidData);
                damaged += 1;
                assert!(damaged <= bytes.len(), "the same damage again and again");
            }
        }
    }
    (out, damaged)
}

fuzz_target!(|bytes: &[u8]| {
    let (out, damaged) = inflate(bytes, 1 << 16);
    if out.len() < 1 << 20 {
        let (small, small_damaged) = inflate(bytes, 61);
        // How far a damaged member gets before the damage shows is the decoder's own affair.
        assert_eq!(damaged, small_damaged);
        assert!(damaged > 0 || out == small);
    }
});
