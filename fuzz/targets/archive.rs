//! A file with files in it: zip, tar, gzip, zstd, WARC and ARC, one in another.
#![no_main]

use std::path::Path;

use libfuzzer_sys::fuzz_target;
use nianbao::batch::LARGEST;
use nianbao::batch::archive::{Left, Opener};
use nianbao::batch::document::Item;
use nianbao::batch::walk::Filter;

/// More members than this are not looked at: a small file can name the same bytes a million times.
const MEMBERS: usize = 64;

fn members(path: &Path) -> Vec<String> {
    let filter = Filter::new(&[], &[]).expect("no pattern");
    let mut found = Vec::new();
    Opener {
        filter: &filter,
        visit: &mut |item| {
            if let Item::Document(_, bytes) = &item {
                assert!(bytes.len() as u64 <= LARGEST);
            }
            found.push(format!("{item:?}"));
            found.len() < MEMBERS
        },
        progress: &|_| {},
        left: Left::default(),
    }
    .open(path);
    found
}

fuzz_target!(|bytes: &[u8]| {
    let path = std::env::temp_dir().join(format!("nianbao-fuzz-{}", std::process::id()));
    std::fs::write(&path, bytes).expect("a file for the archive");
    let found = members(&path);
    assert!(!found.is_empty() || bytes.len() > 20, "a file of which nothing is told");
    assert_eq!(found, members(&path));
});
