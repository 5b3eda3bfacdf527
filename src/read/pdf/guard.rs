//! Limits that keep a hostile or broken file from hanging the program or eating its memory.
//!
//! A PDF is a program. Streams are measured before anything inflates them, numbers that the file states are looked at before anything
//! counts up to them, and what is drawn is counted. Invariant: where reading stops depends on the file alone, never on a clock; a stop
//! never reaches the panic hook.

use std::any::Any;
use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

use hayro_syntax::Pdf;
use hayro_syntax::object::{Array, Dict, Object, Stream};
use hayro_syntax::page::Page;

use super::streams::{self, STREAM};
use crate::error::Error;

/// Work that a document may take, in units of about a microsecond.
const WORK: u64 = 12_000_000;
/// Stack of the reading thread; hayro allows 50 nested forms and objects nested 512 deep.
const STACK: usize = 64 << 20;
/// Most bytes of decoded page content that a document may hold.
const CONTENT: u64 = 192 << 20;
/// Longest side of a page, in units of 1/72 inch; the format allows 14,400.
pub(super) const SIDE: f32 = 100_000.0;
/// Most characters of a font whose widths are stated one by one or as a range.
const WIDTHS: i64 = 0x11_0000;

/// Why the interpretation of a page was stopped from inside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stop(pub &'static str);

/// What may still be done for a document.
#[derive(Debug)]
pub(super) struct Budget {
    work: Cell<u64>,
    content: Cell<u64>,
}

impl Budget {
    /// The budget of one document.
    pub(super) fn new() -> Self {
        Budget {
            work: Cell::new(WORK),
            content: Cell::new(CONTENT),
        }
    }

    /// Whether nothing is left.
    pub(super) fn is_spent(&self) -> bool {
        self.work.get() == 0 || self.content.get() == 0
    }

    /// Takes work from what is left, and leaves the interpretation where that is not enough.
    pub(super) fn spend(&self, work: u64) {
        self.work.set(self.work.get().saturating_sub(work));
        if self.work.get() == 0 {
            stop("work");
        }
    }

    /// Takes the decoded content of a page from what is left, before anything decodes it.
    pub(super) fn spend_content(&self, page: &Page<'_>) {
        let size = content_size(page);
        self.content.set(self.content.get().saturating_sub(size));
        if size > STREAM || self.content.get() == 0 {
            stop("decompressed size");
        }
        self.spend(size / BYTES_FOR_A_UNIT);
    }
}

/// Bytes of content that take a unit of work to parse.
const BYTES_FOR_A_UNIT: u64 = 32;

/// Leaves the interpretation. The drawing callbacks of hayro cannot return an error, so this unwinds, past the panic hook.
pub(super) fn stop(reason: &'static str) -> ! {
    resume_unwind(Box::new(Stop(reason)))
}

/// Runs a part that may panic; the error is what it was stopped by, or `None` for a panic.
pub(super) fn caught<T>(work: impl FnOnce() -> T) -> Result<T, Option<Stop>> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|cause: Box<dyn Any + Send>| cause.downcast_ref::<Stop>().copied())
}

/// Runs the reading of a document on a thread with a large stack.
pub(super) fn isolated<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Error> + Send + 'static,
) -> Result<T, Error> {
    let broken = || Error::Damaged("its structure cannot be followed".into());
    let body = move || {
        caught(work).unwrap_or_else(|stop| match stop {
            Some(Stop(reason)) => Err(Error::Limit(reason)),
            None => Err(broken()),
        })
    };
    let thread = std::thread::Builder::new()
        .name("pdf".into())
        .stack_size(STACK)
        .spawn(body);
    let thread = thread.map_err(|_| Error::Limit("threads"))?;
    thread.join().unwrap_or_else(|_| Err(broken()))
}

/// Bytes that the content of a page decodes to. One stream may be named many times.
fn content_size(page: &Page<'_>) -> u64 {
    let Some(array) = page.raw().get::<Array<'_>>("Contents") else {
        return page
            .raw()
            .get::<Stream<'_>>("Contents")
            .map_or(0, |stream| stream_size(&stream));
    };
    let mut known = std::collections::HashMap::new();
    let mut size = 0;
    for stream in array.iter::<Stream<'_>>() {
        size += *known.entry(stream.obj_id()).or_insert_with(|| stream_size(&stream));
        if size > STREAM {
            break;
        }
    }
    size
}

fn stream_size(stream: &Stream<'_>) -> u64 {
    let filters: Vec<streams::Filter> = stream.filters().iter().map(|filter| (*filter).into()).collect();
    streams::size(&filters, &stream.raw_data())
}

/// Looks at the numbers by which a reader of fonts would count.
///
/// # Errors
/// [`Error::Limit`] where a font states widths for more characters than there are.
pub(super) fn check_numbers(pdf: &Pdf) -> Result<(), Error> {
    let fonts = pdf.objects().into_iter().filter_map(|object| match object {
        Object::Dict(dict) => Some(dict),
        _ => None,
    });
    for font in fonts {
        let wide = ["W", "W2"]
            .iter()
            .any(|name| font.get::<Array<'_>>(*name).is_some_and(|widths| is_endless(&widths)));
        if wide || is_wide(&font) {
            return Err(Error::Limit("widths of a font"));
        }
    }
    Ok(())
}

/// Whether widths are stated for more characters than there are: `first last width`, or `first [width …]`.
fn is_endless(widths: &Array<'_>) -> bool {
    let (mut first, mut width_follows) = (None, false);
    let mut all = 0;
    for object in widths.iter::<Object<'_>>() {
        match (object, first) {
            _ if width_follows => width_follows = false,
            (Object::Number(number), None) => first = Some(number.as_i64()),
            (Object::Number(last), Some(from)) => {
                all += last.as_i64().saturating_sub(from).max(0);
                (first, width_follows) = (None, true);
            }
            _ => first = None,
        }
        if all > WIDTHS {
            return true;
        }
    }
    false
}

fn is_wide(font: &Dict<'_>) -> bool {
    let bound = |name: &str| font.get::<i64>(name).unwrap_or(0);
    bound("LastChar").saturating_sub(bound("FirstChar")) > WIDTHS
}

#[cfg(test)]
mod tests {
    use super::*;
    #[test]
    fn a_panic_or_a_stop_inside_ends_as_an_error() {
        assert_eq!(isolated(|| Ok(1)), Ok(1));
        assert_eq!(isolated::<()>(|| stop("work")), Err(Error::Limit("work")));
        assert!(matches!(
            isolated::<()>(|| resume_unwind(Box::new("broken"))),
            Err(Error::Damaged(_))
        ));
    }
}
