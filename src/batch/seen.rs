//! What was seen so far, in the order of the inputs: which bytes, and by which names a revisit record can mean them.
//!
//! Invariant: memory holds some dozens of bytes for each document, never its name.

use std::collections::HashMap;

use sha2::{Digest, Sha256};

use super::document::{Fate, Place, Verdict};
use super::manifest::EntryState;
use crate::write::aside::hex;

/// The documents seen so far. Inputs are numbered from 1.
#[derive(Default)]
pub(super) struct Seen {
    /// Numbers of the inputs by the first half of their SHA-256.
    bytes: HashMap<u128, u32>,
    /// What a revisit record can name: hashes of payload digest and address.
    named: HashMap<u64, Named>,
}

/// What a revisit record can stand for: the first input with these bytes, and the beginning of their SHA-256, which names the
/// report.
struct Named {
    number: u32,
    hash: [u8; 8],
}

impl Seen {
    /// The first input with these bytes, by their SHA-256.
    pub(super) fn first(&self, hash: &[u8]) -> Option<u32> {
        self.bytes.get(&short(hash)?).copied()
    }

    /// Notes the first input with these bytes.
    pub(super) fn add(&mut self, hash: &[u8], number: u32) {
        if let Some(short) = short(hash) {
            self.bytes.insert(short, number);
        }
    }

    /// Notes by which names a revisit record can mean an input.
    pub(super) fn name(&mut self, place: &Place, state: &EntryState, number: u32, hash: &[u8]) {
        let number = match state {
            EntryState::SameAs(first, _) => *first,
            EntryState::Read(_) => number,
            EntryState::Known(_) => return,
        };
        let Some(hash) = hash.first_chunk() else { return };
        for name in [&place.digest, &place.url].into_iter().flatten() {
            self.named.insert(name_hash(name), Named { number, hash: *hash });
        }
    }

    /// What a revisit record stands for.
    pub(super) fn revisit(&self, place: &Place) -> EntryState {
        let earlier = [&place.digest, &place.refers_to]
            .into_iter()
            .flatten()
            .find_map(|name| self.named.get(&name_hash(name)));
        match earlier {
            Some(earlier) => EntryState::SameAs(earlier.number, hex(&earlier.hash)),
            None => {
                let other = place.refers_to.as_deref().unwrap_or_default();
                let detail = format!("the same as an earlier record of {other}");
                EntryState::Known(Verdict::new(Fate::NotAReport, "revisit", detail))
            }
        }
    }
}

fn short(hash: &[u8]) -> Option<u128> {
    hash.first_chunk().map(|half| u128::from_le_bytes(*half))
}

/// The beginning of the SHA-256 of a name.
pub(super) fn name_hash(name: &str) -> u64 {
    let hash = Sha256::digest(name.as_bytes());
    hash.iter().take(8).fold(0, |sum, byte| sum << 8 | u64::from(*byte))
}

/// Bytes from hexadecimal.
pub(super) fn unhex(digits: &str) -> Option<Vec<u8>> {
    let pairs = (0..digits.len()).step_by(2);
    pairs
        .map(|at| u8::from_str_radix(digits.get(at..at + 2)?, 16).ok())
        .collect()
}
