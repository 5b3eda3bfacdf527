//! Limits that keep a hostile or broken file from hanging the program or eating its memory.
//!
//! A PDF is a program. Three guards stand around it: streams are measured before anything inflates them, the interpretation runs
//! on its own thread with a large stack, and every drawing callback looks at the clock. Invariant: [`isolated`] returns within
//! its limit whatever the file does, and a stop by the clock never reaches the panic hook.

use std::any::Any;
use std::io::Read;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use flate2::read::ZlibDecoder;

use crate::error::Error;

/// Time for one document.
pub(super) const TIME: Duration = Duration::from_secs(8);
/// Time that a callback-less stretch of work may add before the thread is given up.
const GRACE: Duration = Duration::from_millis(1200);
/// Stack of the reading thread; hayro allows 50 nested forms and objects nested 512 deep.
const STACK: usize = 64 << 20;
/// Most bytes that one stream may inflate to; a full Chinese font has about 20 MB.
const STREAM: u64 = 64 << 20;
/// Most bytes that all large streams together may inflate to.
const STREAMS: u64 = 256 << 20;
/// A compressed stream below this size is not looked at: deflate expands at most 1032-fold.
const SMALL: usize = 16 << 10;
/// Highest factor of deflated bytes of which most values occur: a match of 258 bytes then costs at least five bits.
const WORST: u64 = 412;
/// Factor that such bytes do not reach outside of attacks.
const USUAL: u64 = 16;
/// Most bytes of decoded page content that a document may hold.
pub(super) const CONTENT: usize = 192 << 20;

/// Why the interpretation of a page was stopped from inside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stop(pub &'static str);

/// The moment at which reading has to end.
#[derive(Clone, Copy, Debug)]
pub(super) struct Deadline(Instant);

impl Deadline {
    /// A deadline that lies `time` ahead.
    pub(super) fn after(time: Duration) -> Self {
        Deadline(Instant::now() + time)
    }

    /// Whether the time is over.
    pub(super) fn over(&self) -> bool {
        Instant::now() >= self.0
    }

    /// Leaves the interpretation when the time is over.
    pub(super) fn check(&self) {
        if self.over() {
            stop("time");
        }
    }
}

/// Leaves the interpretation. The drawing callbacks of hayro cannot return an error, so this unwinds, past the panic hook.
pub(super) fn stop(reason: &'static str) -> ! {
    resume_unwind(Box::new(Stop(reason)))
}

/// Runs a part that may panic; the error is what it was stopped by, or `None` for a panic.
pub(super) fn caught<T>(work: impl FnOnce() -> T) -> Result<T, Option<Stop>> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|cause: Box<dyn Any + Send>| cause.downcast_ref::<Stop>().copied())
}

/// Runs the reading of a document on a thread of its own. When the thread does not come back in time it is left behind: a thread
/// cannot be ended from outside, and the caller matters more.
pub(super) fn isolated<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Error> + Send + 'static,
) -> Result<T, Error> {
    let (sender, receiver) = mpsc::channel();
    let body = move || {
        let result = caught(work).unwrap_or_else(|stop| match stop {
            Some(Stop(reason)) => Err(Error::Limit(reason)),
            None => Err(Error::Damaged("its structure cannot be followed".into())),
        });
        // The receiver is gone only when the time was over; then nobody waits for the result.
        let _ = sender.send(result);
    };
    std::thread::Builder::new()
        .name("pdf".into())
        .stack_size(STACK)
        .spawn(body)
        .map_err(|_| Error::Limit("threads"))?;
    match receiver.recv_timeout(TIME + GRACE) {
        Ok(result) => result,
        Err(mpsc::RecvTimeoutError::Timeout) => Err(Error::Limit("time")),
        Err(mpsc::RecvTimeoutError::Disconnected) => Err(Error::Damaged("its structure cannot be followed".into())),
    }
}

/// Looks at every large compressed stream before it is used. Pictures are left out: their pixels are never decoded.
///
/// Inflating everything a second time would cost a fifth of the reading, so a bound by the look of the compressed bytes comes
/// first, and only a file that passes it is measured.
pub(super) fn screen(bytes: &[u8]) -> Result<(), Error> {
    let streams = streams(bytes);
    let bounds: Vec<u64> = streams.iter().map(|(_, data)| bound(data, WORST)).collect();
    // A long document has many fonts: all together are judged by what deflate usually does.
    let all_suspicious = streams.iter().map(|(_, data)| bound(data, USUAL)).sum::<u64>() > STREAMS;
    let mut total = 0;
    for ((head, data), bound) in streams.into_iter().zip(bounds) {
        if all_suspicious || bound > STREAM || count(head, b"Decode") > 1 {
            total += measure(head, data)?;
        }
    }
    if total > STREAMS {
        Err(Error::Limit("decompressed size"))
    } else {
        Ok(())
    }
}

/// Dictionary and data of every stream that is large enough to matter and no picture.
fn streams(bytes: &[u8]) -> Vec<(&[u8], &[u8])> {
    let mut streams = Vec::new();
    let mut from = 0;
    while let Some(at) = find(&bytes[from..], b"stream") {
        let keyword = from + at;
        from = keyword + b"stream".len();
        if bytes[..keyword].ends_with(b"end") {
            continue;
        }
        let data = match bytes[from..] {
            [b'\r', b'\n', ..] => &bytes[from + 2..],
            [b'\n' | b'\r', ..] => &bytes[from + 1..],
            _ => continue,
        };
        let length = find(data, b"endstream").unwrap_or(data.len());
        from = bytes.len() - data.len() + length;
        let head = head(&bytes[..keyword]);
        if length >= SMALL && find(head, b"/Image").is_none() {
            streams.push((head, &data[..length]));
        }
    }
    streams
}

/// An upper bound of what deflated bytes inflate to. The 1032-fold of a bomb needs codes of one or two bits, the same ones again
/// and again, so that few byte values occur; where most values occur, `varied` is the factor.
fn bound(data: &[u8], varied: u64) -> u64 {
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
    data.chunks(1024).map(|block| block.len() as u64 * factor(block)).sum()
}

/// The dictionary in front of a stream, as far as it is needed.
fn head(before: &[u8]) -> &[u8] {
    let head = &before[before.len().saturating_sub(1024)..];
    let start = rfind(head, b" obj").unwrap_or(0);
    &head[start..]
}

/// Number of bytes that a stream inflates to.
fn measure(head: &[u8], data: &[u8]) -> Result<u64, Error> {
    let limit = Error::Limit("decompressed size");
    let inflating = count(head, b"/FlateDecode") + count(head, b"/Fl ");
    if count(head, b"LZW") > 0 && data.len() > 8 * SMALL {
        // LZW expands up to 1300-fold, and nothing that matters here is both LZW and large.
        return Err(limit);
    }
    let size = match inflating {
        0 => data.len() as u64,
        1 => inflated(ZlibDecoder::new(data)),
        2 => inflated(ZlibDecoder::new(ZlibDecoder::new(data))),
        _ => return Err(limit),
    };
    if size > STREAM { Err(limit) } else { Ok(size) }
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

fn count(haystack: &[u8], needle: &[u8]) -> usize {
    haystack
        .windows(needle.len())
        .filter(|window| *window == needle)
        .count()
}

/// Position of a short needle. A scan for the first byte keeps this near the speed of memory.
fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    let mut from = 0;
    while let Some(at) = haystack.get(from..)?.iter().position(|byte| *byte == needle[0]) {
        if haystack[from + at..].starts_with(needle) {
            return Some(from + at);
        }
        from += at + 1;
    }
    None
}

fn rfind(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    haystack.windows(needle.len()).rposition(|window| window == needle)
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::Compression;
    use flate2::write::ZlibEncoder;
    use std::io::Write;

    fn stream(dict: &str, data: &[u8]) -> Vec<u8> {
        let mut encoder = ZlibEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(data).unwrap();
        let mut file = format!("%PDF-1.5\n4 0 obj\n<<{dict}/Filter/FlateDecode>>stream\n").into_bytes();
        file.extend(encoder.finish().unwrap());
        file.extend(b"\nendstream\nendobj\n");
        file
    }

    #[test]
    fn a_stream_that_inflates_beyond_the_limit_is_refused() {
        let bomb = stream("", &vec![b' '; STREAM as usize + (1 << 20)]);
        assert_eq!(screen(&bomb), Err(Error::Limit("decompressed size")));
    }

    #[test]
    fn a_bomb_is_told_from_a_font_by_its_bytes() {
        assert_eq!(bound(&[0; 4096], WORST), 4096 * 1032);
        let mut state = 1u32;
        let mut random = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 24) as u8
        };
        let font: Vec<u8> = (0..4096).map(|_| random()).collect();
        assert_eq!(bound(&font, WORST), 4096 * WORST);
    }

    #[test]
    fn a_picture_is_not_measured_since_its_pixels_are_never_decoded() {
        let picture = stream("/Subtype/Image", &vec![0; STREAM as usize + (1 << 20)]);
        assert_eq!(screen(&picture), Ok(()));
    }

    #[test]
    fn a_panic_or_a_stop_inside_ends_as_an_error() {
        assert_eq!(isolated(|| Ok(1)), Ok(1));
        assert_eq!(isolated::<()>(|| stop("time")), Err(Error::Limit("time")));
        assert!(matches!(
            isolated::<()>(|| resume_unwind(Box::new("broken"))),
            Err(Error::Damaged(_))
        ));
    }
}
