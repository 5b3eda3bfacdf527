//! The title that a compound file carries in its summary.
//!
//! Source: [MS-OLEPS] 2. Invariant: a title whose encoding is not known is none.

use encoding_rs::{BIG5, Encoding, GBK, UTF_8, WINDOWS_1252};

use crate::read::office::binary::{size_at, slice, u16_at, u32_at, wide};

/// Name of the stream.
pub(super) const STREAM: &str = "\u{5}SummaryInformation";

const CODE_PAGE: u32 = 1;
const TITLE: u32 = 2;
/// Kinds of values: text in the code page, and in UTF-16.
const NARROW: u32 = 0x1E;
const WIDE: u32 = 0x1F;

/// The title.
pub(super) fn title(stream: &[u8]) -> Option<String> {
    // Behind the head, the class of the only set of properties and its place.
    let set = stream.get(size_at(stream, 44)?..)?;
    let at = place(set, TITLE)?;
    let length = size_at(set, at + 4)?;
    let text = match u32_at(set, at)? {
        NARROW => {
            let page = place(set, CODE_PAGE).and_then(|at| u16_at(set, at + 4))?;
            let bytes = slice(set, at + 8, length)?;
            if page == 1200 {
                wide(bytes)
            } else {
                encoding(page)?.decode_without_bom_handling(bytes).0.into_owned()
            }
        }
        WIDE => wide(slice(set, at + 8, length.checked_mul(2)?)?),
        _ => return None,
    };
    let title = text.split('\0').next().unwrap_or_default().trim();
    Some(title.to_owned()).filter(|title| !title.is_empty())
}

/// Where a property begins.
fn place(set: &[u8], property: u32) -> Option<usize> {
    let count = size_at(set, 4)?;
    let listed = (0..count).map_while(|index| Some((u32_at(set, 8 + index * 8)?, size_at(set, 12 + index * 8)?)));
    listed
        .into_iter()
        .find(|(known, _)| *known == property)
        .map(|(_, at)| at)
}

fn encoding(page: u16) -> Option<&'static Encoding> {
    Some(match page {
        936 | 54936 => GBK,
        950 => BIG5,
        1252 => WINDOWS_1252,
        65001 => UTF_8,
        _ => return None,
    })
}
