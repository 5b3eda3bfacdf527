//! Web archives, with lengths that lie: no record is larger than the archive.
#![no_main]

use libfuzzer_sys::fuzz_target;
use nianbao::batch::warc::{Record, Records};

fn records(bytes: &[u8]) -> Vec<Record> {
    let mut records = Records::new(bytes);
    std::iter::from_fn(|| records.next_record().expect("bytes in memory can be read")).collect()
}

fuzz_target!(|bytes: &[u8]| {
    let found = records(bytes);
    assert!(found.iter().map(|record| record.block.len()).sum::<usize>() <= bytes.len());
    assert_eq!(found, records(bytes));
});
