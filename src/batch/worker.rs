//! Reading one document, and the process that does nothing else.
//!
//! Invariant: a worker that takes too long or too much memory ends itself, with an exit status that says which; a busy reader
//! cannot stop it from doing so, because another thread watches.

use std::any::Any;
use std::io::{self, Read, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, LazyLock};
use std::thread;
use std::time::{Duration, Instant};

use super::document::{Fate, Outcome, Request, Verdict};
use super::kind;
use crate::error::Error;

/// The longest that one document may take.
pub const LONGEST: Duration = Duration::from_secs(30);
/// The memory that reading one document may need.
pub const MOST_MEMORY: u64 = 1 << 30;
/// Exit status of a worker that took too long.
pub const EXIT_TIME: i32 = 70;
/// Exit status of a worker that needed too much memory.
pub const EXIT_MEMORY: i32 = 71;
/// How often the watch looks.
const TICK: Duration = Duration::from_millis(50);

/// Reads one document; a fault of the program becomes a verdict.
pub fn read_document(bytes: &[u8], request: &Request) -> Outcome {
    let read = AssertUnwindSafe(|| match crate::extract(bytes, &request.hints()) {
        Ok(report) => kind::tell(report, bytes),
        Err(error) => Outcome {
            verdict: of_error(&error),
            report: None,
        },
    });
    catch_unwind(read).unwrap_or_else(|payload| Outcome {
        verdict: Verdict::unreadable("fault", format!("internal fault: {}", message(payload.as_ref()))),
        report: None,
    })
}

/// A result as it stands in the journal: a byte for its fate, which is wanted most often, then all of it, compressed.
pub fn encode(outcome: &Outcome) -> io::Result<Vec<u8>> {
    let mut payload = vec![outcome.verdict.fate as u8];
    payload.extend(zstd::bulk::compress(&serde_json::to_vec(outcome)?, 3)?);
    Ok(payload)
}

/// A result from the journal.
pub fn decode(payload: &[u8]) -> io::Result<Outcome> {
    let (_, rest) = payload.split_first().ok_or(io::ErrorKind::UnexpectedEof)?;
    Ok(serde_json::from_slice(&zstd::stream::decode_all(rest)?)?)
}

/// Whether the fate of a result is this one, told without reading all of it.
pub fn has_fate(payload: &[u8], fate: Fate) -> bool {
    payload.first() == Some(&(fate as u8))
}

fn of_error(error: &Error) -> Verdict {
    let detail = error.to_string();
    match error {
        Error::UnknownFormat(_) => Verdict::new(Fate::NoReader, "format", detail),
        Error::Empty => Verdict::unreadable("empty", detail),
        Error::Encrypted => Verdict::unreadable("encrypted", "the file is encrypted and needs a password"),
        Error::Limit(_) => Verdict::unreadable("limit", detail),
        _ => Verdict::unreadable("damaged", detail),
    }
}

fn message(payload: &(dyn Any + Send)) -> &str {
    let text = payload.downcast_ref::<&str>().copied();
    text.or_else(|| payload.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("no message")
}

/// The life of a worker process: documents from `input`, results to `output`, until the input ends.
///
/// # Errors
/// Where the other side is gone.
pub fn serve(mut input: impl Read, mut output: impl Write) -> io::Result<()> {
    let watch = Watch::start();
    while let Some((request, bytes)) = receive(&mut input)? {
        watch.begin();
        let payload = encode(&read_document(&bytes, &request))?;
        watch.end();
        output.write_all(&(payload.len() as u32).to_le_bytes())?;
        output.write_all(&payload)?;
        output.flush()?;
    }
    Ok(())
}

/// Sends a document to a worker.
///
/// # Errors
/// Where the worker is gone.
pub fn send(output: &mut impl Write, request: &Request, bytes: &[u8]) -> io::Result<()> {
    let request = serde_json::to_vec(request)?;
    output.write_all(&(request.len() as u32).to_le_bytes())?;
    output.write_all(&request)?;
    output.write_all(&(bytes.len() as u32).to_le_bytes())?;
    output.write_all(bytes)?;
    output.flush()
}

/// Takes a result from a worker.
///
/// # Errors
/// Where the worker is gone.
pub fn answer(input: &mut impl Read) -> io::Result<Vec<u8>> {
    block(input)?.ok_or_else(|| io::ErrorKind::UnexpectedEof.into())
}

fn receive(input: &mut impl Read) -> io::Result<Option<(Request, Vec<u8>)>> {
    let Some(request) = block(input)? else { return Ok(None) };
    let bytes = block(input)?.ok_or(io::ErrorKind::UnexpectedEof)?;
    Ok(Some((serde_json::from_slice(&request)?, bytes)))
}

/// A length and so many bytes; nothing at the end of the stream.
fn block(input: &mut impl Read) -> io::Result<Option<Vec<u8>>> {
    let mut length = [0; 4];
    match input.read_exact(&mut length) {
        Ok(()) => {}
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
        Err(error) => return Err(error),
    }
    let mut bytes = vec![0; u32::from_le_bytes(length) as usize];
    input.read_exact(&mut bytes)?;
    Ok(Some(bytes))
}

static START: LazyLock<Instant> = LazyLock::new(Instant::now);

/// The thread that ends the process.
struct Watch {
    /// When the present document was begun, in milliseconds from the start, plus one; zero between documents.
    begun: Arc<AtomicU64>,
}

impl Watch {
    fn start() -> Self {
        let begun = Arc::new(AtomicU64::new(0));
        let seen = Arc::clone(&begun);
        LazyLock::force(&START);
        thread::spawn(move || {
            loop {
                thread::sleep(TICK);
                let begun = seen.load(Ordering::Relaxed);
                if begun == 0 {
                    continue;
                }
                if now().saturating_sub(begun) > LONGEST.as_millis() as u64 {
                    std::process::exit(EXIT_TIME);
                }
                if memory().is_some_and(|memory| memory > MOST_MEMORY) {
                    std::process::exit(EXIT_MEMORY);
                }
            }
        });
        Watch { begun }
    }

    fn begin(&self) {
        self.begun.store(now(), Ordering::Relaxed);
    }

    fn end(&self) {
        self.begun.store(0, Ordering::Relaxed);
    }
}

fn now() -> u64 {
    START.elapsed().as_millis() as u64 + 1
}

/// Memory of this process that is in use, where the system tells.
fn memory() -> Option<u64> {
    let pages: u64 = std::fs::read_to_string("/proc/self/statm")
        .ok()?
        .split(' ')
        .nth(1)?
        .parse()
        .ok()?;
    Some(pages * 4096)
}
