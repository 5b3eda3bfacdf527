//! Chance, damage, and reading what is damaged.

// Each test file uses what it needs.
#![allow(dead_code)]

use std::time::Duration;

use nianbao::isolate::used_time;
use nianbao::read::Hints;

/// SplitMix64: small, fixed, good enough to choose where to break a file.
pub struct Random(pub u64);

impl Random {
    /// The next number.
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below another.
    pub fn below(&mut self, end: usize) -> usize {
        (self.next() % end.max(1) as u64) as usize
    }
}

/// Reads a file, and tells how much processor time went by meanwhile; that does not depend on what else the machine does.
pub fn read(bytes: &[u8], name: &str) -> Duration {
    timed(used_time, bytes, name)
}

/// The same for formats that are read in the calling thread: what other tests of this process do meanwhile does not count either.
pub fn read_here(bytes: &[u8], name: &str) -> Duration {
    timed(thread_time, bytes, name)
}

fn timed(clock: fn() -> Duration, bytes: &[u8], name: &str) -> Duration {
    let start = clock();
    let hints = Hints {
        name: Some(name.into()),
        ..Hints::default()
    };
    if let Ok(report) = nianbao::extract(bytes, &hints) {
        // What was read can be written.
        assert!(serde_json::to_vec(&report).is_ok(), "{name}");
    }
    clock() - start
}

#[cfg(unix)]
fn thread_time() -> Duration {
    use rustix::time::{ClockId, clock_gettime};
    let used = clock_gettime(ClockId::ThreadCPUTime);
    Duration::new(used.tv_sec.unsigned_abs(), used.tv_nsec as u32)
}

#[cfg(not(unix))]
fn thread_time() -> Duration {
    used_time()
}

/// Replaces every occurrence of `from`, as bytes.
pub fn replace(bytes: &[u8], from: &[u8], to: &[u8]) -> Vec<u8> {
    let mut replaced = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        if bytes[at..].starts_with(from) {
            replaced.extend_from_slice(to);
            at += from.len();
        } else {
            replaced.push(bytes[at]);
            at += 1;
        }
    }
    replaced
}

/// One of eight kinds of damage.
pub fn mutate(random: &mut Random, bytes: &[u8], other: &[u8]) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    match random.below(8) {
        0 => bytes.truncate(random.below(bytes.len())),
        1 => {
            let (at, from) = (random.below(bytes.len()), random.below(other.len()));
            bytes.truncate(at);
            bytes.extend_from_slice(&other[from..]);
        }
        2 => {
            for _ in 0..1 + random.below(64) {
                let at = random.below(bytes.len());
                bytes[at] ^= 1 << random.below(8);
            }
        }
        3 => bytes = replace(&bytes, b"<t", b"<t><t"),
        4 => bytes = replace(&bytes, b"<td", b"<td rowspan=1000000000 colspan=1000000000"),
        5 => bytes = replace(&bytes, b"</", b"<"),
        6 => {
            let (a, b) = (random.below(bytes.len()), random.below(bytes.len()));
            let piece = bytes[a.min(b)..a.max(b)].to_vec();
            let at = random.below(bytes.len());
            bytes.splice(at..at, piece);
        }
        _ => {
            let at = random.below(bytes.len());
            let size = 1 + random.below(2000);
            let noise: Vec<u8> = (0..size).map(|_| random.next() as u8).collect();
            bytes.splice(at..at, noise);
        }
    }
    bytes
}
