//! The worker's side: requests in, answers out, and a watch beside.
//!
//! Invariant: a busy request cannot keep the worker from ending itself, because another thread looks at the time. Nothing but answers
//! reaches the parent as one, whatever a library prints.

use std::io::{self, ErrorKind, Read, Write};
use std::process::exit;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::Duration;

use super::frame;
use super::limits::{Limits, hold_memory, used_time};

/// Exit status of a worker whose request took too long.
pub(super) const EXIT_TIME: i32 = 70;
/// How often the watch looks.
const TICK: Duration = Duration::from_millis(50);

/// The standard output of this process, for answers alone: what is printed from now on goes where messages go.
///
/// # Errors
/// Where it is closed.
#[cfg(unix)]
pub fn answers() -> io::Result<impl Write> {
    use std::os::fd::AsFd;
    let output = io::stdout().as_fd().try_clone_to_owned()?;
    rustix::stdio::dup2_stdout(io::stderr())?;
    Ok(std::fs::File::from(output))
}

/// The standard output of this process, for answers. This system has no safe way to keep it for them alone.
///
/// # Errors
/// None here.
#[cfg(not(unix))]
pub fn answers() -> io::Result<impl Write> {
    Ok(io::stdout())
}

/// The life of a worker process: takes its limits, then requests with their bytes from `input`, and writes what `perform` makes of
/// them to `output`, until the input ends.
///
/// # Errors
/// Where the limits cannot be taken or the other side is gone.
pub fn serve(
    limits: Limits,
    mut input: impl Read,
    mut output: impl Write,
    mut perform: impl FnMut(&[u8], &[u8]) -> io::Result<Vec<u8>>,
) -> io::Result<()> {
    hold_memory(limits.memory)?;
    let watch = Watch::start(limits.time)?;
    while let Some(request) = frame::read(&mut input)? {
        let bytes = frame::read(&mut input)?.ok_or(ErrorKind::UnexpectedEof)?;
        watch.begin();
        let answer = perform(&request, &bytes)?;
        watch.end();
        frame::write(&mut output, &answer)?;
        output.flush()?;
    }
    Ok(())
}

/// The thread that ends the process.
struct Watch {
    /// Processor time in milliseconds at which the present request has to be done; nothing between requests.
    due: Arc<AtomicU64>,
    time: u64,
}

/// Processor time in milliseconds that the present request has been granted beyond the limit.
static GRANTED: AtomicU64 = AtomicU64::new(0);

/// Grants the present request more processor time, for work that is counted and takes long on any document, as the recognition of
/// characters does.
#[cfg(feature = "ocr")]
pub fn grant(time: Duration) {
    let time = u64::try_from(time.as_millis()).unwrap_or(0);
    GRANTED.fetch_add(time, Ordering::Relaxed);
}

/// No request.
const NEVER: u64 = u64::MAX;

impl Watch {
    fn start(time: Duration) -> io::Result<Self> {
        let due = Arc::new(AtomicU64::new(NEVER));
        let seen = Arc::clone(&due);
        thread::Builder::new().name("watch".into()).spawn(move || {
            loop {
                thread::sleep(TICK);
                if used()
                    > seen
                        .load(Ordering::Relaxed)
                        .saturating_add(GRANTED.load(Ordering::Relaxed))
                {
                    exit(EXIT_TIME);
                }
            }
        })?;
        let time = u64::try_from(time.as_millis()).unwrap_or(NEVER);
        Ok(Watch { due, time })
    }

    fn begin(&self) {
        GRANTED.store(0, Ordering::Relaxed);
        self.due.store(used().saturating_add(self.time), Ordering::Relaxed);
    }

    fn end(&self) {
        self.due.store(NEVER, Ordering::Relaxed);
    }
}

fn used() -> u64 {
    u64::try_from(used_time().as_millis()).unwrap_or(0)
}
