//! What is done about a fault of the program in one document: a panic, or no end.
//!
//! Invariant: a panic while a document is read becomes an error that names the document and the line of source; nothing of it
//! is printed besides.

use std::cell::RefCell;
use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind, set_hook};
use std::process::exit;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

use super::Status;
use super::messages::Messages;

/// The longest that one input may take.
pub const LONGEST: Duration = Duration::from_secs(30);

thread_local! {
    /// What the last panic of this thread said, and where.
    static LAST: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// A fault of the program itself, not of the input.
#[derive(Debug)]
pub struct Fault(String);

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "internal fault ({}); please report it with the file", self.0)
    }
}

impl std::error::Error for Fault {}

/// Replaces the default panic message, which names no file, by a note for [`quietly`].
pub fn install_hook() {
    set_hook(Box::new(|info| {
        let message = info.payload_as_str().unwrap_or("no message");
        let note = match info.location() {
            Some(place) => format!("{message} at {}:{}", place.file(), place.line()),
            None => message.to_owned(),
        };
        LAST.with(|last| *last.borrow_mut() = Some(note));
    }));
}

/// Does some work, and ends the program where it takes longer than an input may: nothing else stops a reader that hangs.
pub fn in_time<T>(about: impl fmt::Display, work: impl FnOnce() -> T) -> T {
    let (done, watch) = channel::<()>();
    let about = about.to_string();
    thread::spawn(move || {
        if let Err(RecvTimeoutError::Timeout) = watch.recv_timeout(LONGEST) {
            Messages::default().error(about, format_args!("took longer than {} s", LONGEST.as_secs()));
            exit(Status::Unreadable as i32);
        }
    });
    let result = work();
    drop(done);
    result
}

/// Does some work; a panic in it becomes a [`Fault`].
pub fn quietly<T>(work: impl FnOnce() -> T) -> Result<T, Fault> {
    // What the work leaves behind after a panic is dropped with it, or is a message sink that holds no state of the work.
    catch_unwind(AssertUnwindSafe(work)).map_err(|_| {
        let note = LAST.with(|last| last.borrow_mut().take());
        Fault(note.unwrap_or_else(|| "no message".into()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_becomes_a_fault_that_tells_what_and_where() {
        install_hook();
        let fault = quietly(|| panic!("odd row")).unwrap_err().to_string();
        assert!(fault.contains("odd row at src/cli/guard.rs:"), "{fault}");
    }
}
