//! The pages of a TIFF file, which stand in a chain.
//!
//! The decoder reads the page that the head of the file names; each page is read by naming it there. Invariant: a chain that runs in a
//! circle or out of the file ends.

/// Most pages of a file.
const MOST: usize = 500;
/// Bytes of an entry of a page.
const ENTRY: usize = 12;
/// Where the head names the first page.
const FIRST: std::ops::Range<usize> = 4..8;

/// Where the pages stand, in their order; one where the chain cannot be followed, as in files of more than 4 GB.
pub(super) fn pages(bytes: &[u8]) -> Vec<u32> {
    let is_plain = bytes.get(2..4).is_some_and(|magic| number(bytes, magic) == 42);
    let mut pages = Vec::new();
    let mut next = bytes.get(FIRST).map_or(0, |place| number(bytes, place));
    while is_plain && next != 0 && pages.len() < MOST && !pages.contains(&next) {
        pages.push(next);
        next = after(bytes, next as usize).unwrap_or(0);
    }
    if pages.is_empty() {
        pages.push(next);
    }
    pages
}

/// Where the page after one stands; 0 behind the last.
fn after(bytes: &[u8], page: usize) -> Option<u32> {
    let entries = number(bytes, bytes.get(page..page.checked_add(2)?)?) as usize;
    let end = page + 2 + entries * ENTRY;
    Some(number(bytes, bytes.get(end..end + 4)?))
}

/// Names a page in the head of the file.
pub(super) fn turn_to(bytes: &mut [u8], page: u32) {
    let place = if bytes.starts_with(b"II") {
        page.to_le_bytes()
    } else {
        page.to_be_bytes()
    };
    if let Some(head) = bytes.get_mut(FIRST) {
        head.copy_from_slice(&place);
    }
}

/// A number of two or four bytes in the order of the file.
fn number(file: &[u8], bytes: &[u8]) -> u32 {
    let add = |sum: u32, byte: &u8| sum << 8 | u32::from(*byte);
    if file.starts_with(b"II") {
        bytes.iter().rev().fold(0, add)
    } else {
        bytes.iter().fold(0, add)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A file with pages without entries at places, each followed by the next.
    fn file(places: &[u32]) -> Vec<u8> {
        let mut bytes = vec![0; 64];
        bytes[..4].copy_from_slice(b"II*\0");
        turn_to(&mut bytes, places[0]);
        for pair in places.windows(2) {
            let from = pair[0] as usize + 2;
            bytes[from..from + 4].copy_from_slice(&pair[1].to_le_bytes());
        }
        bytes
    }

    #[test]
    fn pages_are_found_in_their_order() {
        assert_eq!(pages(&file(&[20, 40, 8])), [20, 40, 8]);
    }

    #[test]
    fn a_chain_in_a_circle_or_out_of_the_file_ends() {
        assert_eq!(pages(&file(&[20, 40, 20])), [20, 40]);
        assert_eq!(pages(&file(&[20, 4000])), [20, 4000]);
        assert_eq!(pages(b"II*\0"), [0]);
    }
}
