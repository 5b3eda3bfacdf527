//! Compound files with streams in the root storage.
//!
//! Invariant: a stream keeps its bytes; short ones are filled with zeros to the size from which streams have sectors of their own.

const SECTOR: usize = 512;
/// Streams below this size would stand in another kind of sector.
const LEAST: usize = 4096;
const END: u32 = 0xFFFF_FFFE;
const FREE: u32 = 0xFFFF_FFFF;
const TABLE: u32 = 0xFFFF_FFFD;
/// Places of table sectors that fit into the header.
const IN_HEADER: usize = 109;

/// A file with these streams, at most of 6 MB together.
pub fn file(streams: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let mut named: Vec<(&str, Vec<u8>)> = streams.to_vec();
    named.sort_by_key(|(name, _)| (name.chars().count(), name.to_uppercase()));
    for (_, bytes) in &mut named {
        bytes.resize(bytes.len().max(LEAST), 0);
    }
    let entries = named.len() + 1;
    let directory = (entries * 128).div_ceil(SECTOR);
    let content: usize = named.iter().map(|(_, bytes)| bytes.len().div_ceil(SECTOR)).sum();
    let mut tables = 1;
    while tables * (SECTOR / 4) < tables + directory + content {
        tables += 1;
    }
    let mut chain: Vec<u32> = vec![TABLE; tables];
    let mut link = |count: usize| {
        let first = chain.len() as u32;
        chain.extend((1..count as u32).map(|next| first + next));
        chain.push(END);
        first
    };
    let directory_at = link(directory);
    let firsts: Vec<u32> = named
        .iter()
        .map(|(_, bytes)| link(bytes.len().div_ceil(SECTOR)))
        .collect();
    chain.resize(tables * (SECTOR / 4), FREE);

    let mut out = header(tables, directory_at);
    out.extend(chain.iter().flat_map(|sector| sector.to_le_bytes()));
    out.extend(entry("Root Entry", 5, (entries > 1).then_some(1), None, END, 0));
    for (at, ((name, bytes), first)) in named.iter().zip(firsts).enumerate() {
        let next = (at + 2 < entries).then_some(at as u32 + 2);
        out.extend(entry(name, 2, None, next, first, bytes.len() as u32));
    }
    for (_, bytes) in [("", Vec::new())].iter().chain(&named) {
        out.extend(bytes);
        out.resize(out.len().next_multiple_of(SECTOR), 0);
    }
    out
}

fn header(tables: usize, directory: u32) -> Vec<u8> {
    let mut out = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
    out.resize(24, 0);
    for word in [0x3E_u16, 3, 0xFFFE, 9, 6, 0, 0, 0] {
        out.extend(word.to_le_bytes());
    }
    for long in [0, tables as u32, directory, 0, LEAST as u32, END, 0, END, 0] {
        out.extend(long.to_le_bytes());
    }
    for at in 0..IN_HEADER {
        let sector = if at < tables { at as u32 } else { FREE };
        out.extend(sector.to_le_bytes());
    }
    out
}

/// An entry of the directory: kind, first of its streams, the one behind it in order, first sector and size.
fn entry(name: &str, kind: u8, child: Option<u32>, right: Option<u32>, first: u32, size: u32) -> Vec<u8> {
    let mut out: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let length = out.len() as u16 + 2;
    out.resize(64, 0);
    out.extend(length.to_le_bytes());
    out.extend([kind, 1]);
    for long in [FREE, right.unwrap_or(FREE), child.unwrap_or(FREE)] {
        out.extend(long.to_le_bytes());
    }
    out.resize(116, 0);
    out.extend(first.to_le_bytes());
    out.extend(size.to_le_bytes());
    out.resize(128, 0);
    out
}
