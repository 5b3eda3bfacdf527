//! What the streams of a file inflate to, before anything inflates them.
//!
//! Invariant: a file is looked at in one pass, whatever it holds; nothing is kept of what is inflated.

use std::borrow::Cow;
use std::io::Read;

use flate2::read::{DeflateDecoder, ZlibDecoder};
use memchr::memmem;

use crate::error::Error;

/// Most bytes that one stream may inflate to; a full Chinese font has about 20 MB.
pub(super) const STREAM: u64 = 64 << 20;
/// Most bytes that all streams together may inflate to.
const STREAMS: u64 = 256 << 20;
/// Highest factor of deflated bytes of which most values occur: a match of 258 bytes then costs at least five bits.
const WORST: u64 = 412;
/// Factor that such bytes do not reach outside of attacks.
const USUAL: u64 = 16;

/// How a stream is written, as far as it changes its size.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Filter {
    Flate,
    Lzw,
    RunLength,
    /// Digits of base 16.
    Hex,
    /// Digits of base 85.
    Base85,
    /// Pixels: never decoded.
    Picture,
}

/// Names of the filters as they stand in a dictionary, longest first.
const NAMES: [(&str, Filter); 14] = [
    ("/FlateDecode", Filter::Flate),
    ("/LZWDecode", Filter::Lzw),
    ("/RunLengthDecode", Filter::RunLength),
    ("/ASCIIHexDecode", Filter::Hex),
    ("/ASCII85Decode", Filter::Base85),
    ("/DCTDecode", Filter::Picture),
    ("/CCITTFaxDecode", Filter::Picture),
    ("/JBIG2Decode", Filter::Picture),
    ("/JPXDecode", Filter::Picture),
    ("/Fl", Filter::Flate),
    ("/LZW", Filter::Lzw),
    ("/RL", Filter::RunLength),
    ("/AHx", Filter::Hex),
    ("/A85", Filter::Base85),
];

impl From<hayro_syntax::Filter> for Filter {
    fn from(filter: hayro_syntax::Filter) -> Self {
        use hayro_syntax::Filter as Named;
        match filter {
            Named::FlateDecode => Filter::Flate,
            Named::LzwDecode => Filter::Lzw,
            Named::RunLengthDecode => Filter::RunLength,
            Named::AsciiHexDecode => Filter::Hex,
            Named::Ascii85Decode => Filter::Base85,
            _ => Filter::Picture,
        }
    }
}

/// Looks at every stream of a file before it is used. Pictures are left out: their pixels are never decoded.
///
/// Inflating everything a second time would cost a fifth of the reading, so a bound by the look of the compressed bytes comes
/// first, and only a stream that passes it is measured.
///
/// # Errors
/// [`Error::Limit`] where a stream, or all of them, inflate to more than a file may hold.
pub(super) fn screen(bytes: &[u8]) -> Result<(), Error> {
    let streams = streams(bytes);
    // A long document has many fonts: all together are judged by what deflate usually does.
    let all_suspicious = streams.iter().map(|stream| stream.bound(USUAL)).sum::<u64>() > STREAMS;
    let mut total = 0;
    for stream in streams {
        if all_suspicious || stream.filters.len() > 1 || stream.bound(WORST) > STREAM {
            let size = size(&stream.filters, stream.data);
            total += size;
            if size > STREAM || total > STREAMS {
                return Err(Error::Limit("decompressed size"));
            }
        }
    }
    Ok(())
}

/// A stream as it stands in the file.
struct Stored<'a> {
    filters: Vec<Filter>,
    data: &'a [u8],
}

impl Stored<'_> {
    /// An upper bound of what it inflates to. The 1032-fold of a bomb needs codes of one or two bits, the same ones again
    /// and again, so that few byte values occur; where most values occur, `varied` is the factor.
    fn bound(&self, varied: u64) -> u64 {
        let factor = |block: &[u8]| {
            let mut seen = [false; 256];
            block.iter().for_each(|byte| seen[usize::from(*byte)] = true);
            let values = seen.iter().filter(|seen| **seen).count();
            if values > 160 * block.len() / 1024 {
                varied
            } else {
                1032
            }
        };
        if self.filters.is_empty() {
            return self.data.len() as u64;
        }
        self.data
            .chunks(1024)
            .map(|block| block.len() as u64 * factor(block))
            .sum()
    }
}

/// Every stream that is no picture.
fn streams(bytes: &[u8]) -> Vec<Stored<'_>> {
    let mut streams = Vec::new();
    let mut from = 0;
    let mut before = 0;
    while let Some(at) = memmem::find(&bytes[from..], b"stream") {
        let keyword = from + at;
        from = keyword + b"stream".len();
        let data = match bytes[from..] {
            _ if bytes[..keyword].ends_with(b"end") => continue,
            [b'\r', b'\n', ..] => &bytes[from + 2..],
            [b'\n' | b'\r', ..] => &bytes[from + 1..],
            _ => continue,
        };
        let length = memmem::find(data, b"endstream").unwrap_or(data.len());
        let head = head(&bytes[before..keyword]);
        from = bytes.len() - data.len() + length;
        before = from;
        if memmem::find(&head, b"/Image").is_none() || memmem::find(&head, b"/ObjStm").is_some() {
            let filters = filters(&head);
            streams.push(Stored {
                filters,
                data: &data[..length],
            });
        }
    }
    streams
}

/// The dictionary in front of a stream, its names written out.
fn head(before: &[u8]) -> Cow<'_, [u8]> {
    let start = memmem::rfind(before, b" obj").unwrap_or(0);
    let head = &before[start..];
    if !head.contains(&b'#') {
        return Cow::Borrowed(head);
    }
    let mut plain = Vec::with_capacity(head.len());
    let mut at = 0;
    while let Some(byte) = head.get(at) {
        let code = head.get(at + 1..at + 3).and_then(|code| std::str::from_utf8(code).ok());
        match code.and_then(|code| u8::from_str_radix(code, 16).ok()) {
            Some(code) if *byte == b'#' => {
                plain.push(code);
                at += 3;
            }
            _ => {
                plain.push(*byte);
                at += 1;
            }
        }
    }
    Cow::Owned(plain)
}

/// The filters that a dictionary names, in order. Where it names them elsewhere they are taken for what is usual.
fn filters(head: &[u8]) -> Vec<Filter> {
    let mut filters = Vec::new();
    let mut rest = head;
    while let Some(at) = memchr::memchr(b'/', rest) {
        rest = &rest[at..];
        let named = NAMES
            .iter()
            .find(|(name, _)| rest.starts_with(name.as_bytes()) && ends_name(&rest[name.len()..]));
        filters.extend(named.map(|(_, filter)| *filter));
        rest = &rest[1..];
    }
    if filters.is_empty() && memmem::find(head, b"/Filter").is_some() {
        filters.push(Filter::Flate);
    }
    filters
}

fn ends_name(rest: &[u8]) -> bool {
    rest.first()
        .is_none_or(|byte| byte.is_ascii_whitespace() || b"/[]<>()%".contains(byte))
}

/// Number of bytes that a stream inflates to, at any step; past [`STREAM`] it is not counted on.
pub(super) fn size(filters: &[Filter], data: &[u8]) -> u64 {
    let mut data = Cow::Borrowed(data);
    let mut filters = filters;
    while let [first @ (Filter::Hex | Filter::Base85), rest @ ..] = filters {
        data = Cow::Owned(digits(*first, &data));
        filters = rest;
    }
    let data = &*data;
    match filters {
        [] => data.len() as u64,
        [Filter::Flate] => flate(data),
        [Filter::Flate, Filter::Flate] => flate(data).max(inflated(ZlibDecoder::new(ZlibDecoder::new(data)))),
        [Filter::RunLength] => run_length(data),
        [Filter::Lzw] => lzw(data),
        _ if filters.contains(&Filter::Picture) => data.len() as u64,
        // Nothing that matters here is packed so.
        _ => STREAM + 1,
    }
}

/// The bytes of digits; what is no digit is left out.
fn digits(filter: Filter, data: &[u8]) -> Vec<u8> {
    let (base, length, first, bytes) = match filter {
        Filter::Hex => (16, 2, b'0', 1),
        _ => (85, 5, b'!', 4),
    };
    let value = |byte: &u8| match filter {
        Filter::Hex => char::from(*byte).to_digit(16),
        _ => byte.checked_sub(first).filter(|value| *value < 85).map(u32::from),
    };
    let digits: Vec<u32> = data
        .iter()
        .take_while(|byte| !matches!(byte, b'~' | b'>') || base == 85 && **byte == b'>')
        .filter_map(value)
        .collect();
    let whole = digits.chunks_exact(length);
    whole
        .flat_map(|group| {
            let number = group
                .iter()
                .fold(0u32, |number, digit| number.wrapping_mul(base).wrapping_add(*digit));
            number.to_be_bytes().into_iter().skip(4 - bytes)
        })
        .collect()
}

/// Deflate with its frame, or without, as broken files have it.
fn flate(data: &[u8]) -> u64 {
    match inflated(ZlibDecoder::new(data)) {
        0 => inflated(DeflateDecoder::new(data)),
        size => size,
    }
}

/// Counts without keeping, and stops past the limit; what is broken is left to the decoder.
fn inflated(mut decoder: impl Read) -> u64 {
    let mut buffer = [0; 32 << 10];
    let mut size = 0;
    while let Ok(read @ 1..) = decoder.read(&mut buffer) {
        size += read as u64;
        if size > STREAM {
            break;
        }
    }
    size
}

/// A length byte, then so many bytes more than it as they are, or one byte 257 less the length times.
fn run_length(data: &[u8]) -> u64 {
    let (mut at, mut size) = (0, 0);
    while let Some(&length) = data.get(at) {
        let (read, written) = match length {
            128 => break,
            0..128 => (usize::from(length) + 2, u64::from(length) + 1),
            _ => (2, 257 - u64::from(length)),
        };
        at += read;
        size += written;
    }
    size
}

/// Codes of 9 to 12 bits, each of which writes one byte more than the one before it.
fn lzw(data: &[u8]) -> u64 {
    const CLEAR: usize = 256;
    const END: usize = 257;
    let (mut lengths, mut bits, mut filled, mut size) = (Vec::new(), 0u32, 0u32, 0u64);
    let mut last: Option<u64> = None;
    for byte in data {
        bits = bits << 8 | u32::from(*byte);
        filled += 8;
        // The width grows one code early; a stream that does without it comes out a little longer or shorter.
        let width = (lengths.len() as u32 + 259).ilog2().clamp(8, 11) + 1;
        if filled < width {
            continue;
        }
        filled -= width;
        let code = (bits >> filled) as usize & ((1 << width) - 1);
        bits &= (1 << filled) - 1;
        let length = match code {
            CLEAR => {
                lengths.clear();
                last = None;
                continue;
            }
            END => break,
            0..CLEAR => 1,
            _ => lengths
                .get(code - END - 1)
                .copied()
                .or(last.map(|last| last + 1))
                .unwrap_or(1),
        };
        if let Some(last) = last.filter(|_| lengths.len() < 4096) {
            lengths.push(last + 1);
        }
        last = Some(length);
        size += length;
        if size > STREAM {
            break;
        }
    }
    size
}

/// The file with its meshes taken out: they are only painted, and a few kilobytes of one are a million triangles.
pub(super) fn without_meshes(bytes: &[u8]) -> Vec<u8> {
    const MARK: &[u8] = b"/ShadingType";
    let mut plain = bytes.to_vec();
    for at in memmem::find_iter(bytes, MARK) {
        let behind = at + MARK.len();
        let number = bytes[behind..].iter().position(|byte| !byte.is_ascii_whitespace());
        if let Some(byte) = number.and_then(|number| plain.get_mut(behind + number))
            && matches!(byte, b'4'..=b'7')
        {
            *byte = b'0';
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::Compression;
    use flate2::write::ZlibEncoder;
    use std::io::Write;

    fn deflated(data: &[u8]) -> Vec<u8> {
        let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(data).unwrap();
        encoder.finish().unwrap()
    }

    fn file(dict: &str, streams: &[&[u8]]) -> Vec<u8> {
        let mut file = b"%PDF-1.5\n".to_vec();
        for data in streams {
            file.extend(format!("4 0 obj\n<<{dict}>>stream\n").into_bytes());
            file.extend_from_slice(data);
            file.extend(b"\nendstream\nendobj\n");
        }
        file
    }

    fn spaces(mib: usize) -> Vec<u8> {
        vec![b' '; mib << 20]
    }

    #[test]
    fn streams_that_inflate_beyond_the_limit_are_refused() {
        let limit = Err(Error::Limit("decompressed size"));
        let large = deflated(&spaces(65));
        let small = deflated(&spaces(15));
        let twice = deflated(&deflated(&spaces(70)));
        assert!(twice.len() < 4096);
        for (name, dict, streams) in [
            ("one", "/Filter/FlateDecode", vec![&large[..]]),
            ("many small ones", "/Filter/FlateDecode", vec![&small[..]; 20]),
            ("twice", "/Filter[/FlateDecode/FlateDecode]", vec![&twice[..]]),
            (
                "names written otherwise",
                "/Filter[/Fl#61teDecode /Fl]",
                vec![&twice[..]],
            ),
            ("three times", "/Filter[/RL/RL/Fl]", vec![&b"\xff "[..]]),
            (
                "packed objects called a picture",
                "/Type/ObjStm/Subtype/Image/Filter/FlateDecode",
                vec![&large[..]],
            ),
        ] {
            assert_eq!(screen(&file(dict, &streams)), limit, "{name}");
        }
    }

    #[test]
    fn what_a_file_usually_holds_is_let_through() {
        let page = deflated("本年度公开政府信息".repeat(1000).as_bytes());
        let picture = deflated(&spaces(65));
        for (name, dict, data) in [
            ("page", "/Filter/FlateDecode", &page[..]),
            ("picture", "/Subtype/Image/Filter/FlateDecode", &picture[..]),
            ("hex", "/Filter[/ASCIIHexDecode]", b"48656c6c6f>"),
            ("plain", "/Length 5", b"Hello"),
        ] {
            assert_eq!(screen(&file(dict, &[data])), Ok(()), "{name}");
        }
    }

    #[test]
    fn sizes_are_those_of_the_decoded_bytes() {
        for (filters, data, expected) in [
            (&[][..], &b"abc"[..], 3),
            (&[Filter::Hex], b"61 62 63>", 3),
            (&[Filter::Base85], b"87cURD]i,\"Ebo80~>", 12),
            (&[Filter::RunLength], b"\x02abc\xfeX\x80", 6),
            // Clear, 45, 45 45, 45 45, 65, 45 45 45, 66, end: ten bytes, the example of the specification.
            (&[Filter::Lzw], b"\x80\x0b\x60\x50\x22\x0c\x0c\x85\x01", 10),
        ] {
            assert_eq!(size(filters, data), expected, "{filters:?}");
        }
        assert_eq!(size(&[Filter::Flate], &deflated(b"abcdef")), 6);
    }

    #[test]
    fn a_bomb_is_told_from_a_font_by_its_bytes() {
        let bound = |data: &[u8]| {
            let filters = vec![Filter::Flate];
            Stored { filters, data }.bound(WORST)
        };
        assert_eq!(bound(&[0; 4096]), 4096 * 1032);
        let mut state = 1u32;
        let mut random = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 24) as u8
        };
        let font: Vec<u8> = (0..4096).map(|_| random()).collect();
        assert_eq!(bound(&font), 4096 * WORST);
    }

    #[test]
    fn meshes_are_taken_out_and_other_shadings_stay() {
        assert_eq!(
            without_meshes(b"/ShadingType 4 /ShadingType 2/ShadingType\n7"),
            b"/ShadingType 0 /ShadingType 2/ShadingType\n0"
        );
    }
}
