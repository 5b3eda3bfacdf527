//! A fault of the program in one piece of work: a panic.
//!
//! Invariant: a panic becomes an error that tells what and where; nothing of it is printed besides.

use std::cell::RefCell;
use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind, set_hook};

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

/// Does some work; a panic in it becomes a [`Fault`].
///
/// # Errors
/// Where the work panics.
pub fn quietly<T>(work: impl FnOnce() -> T) -> Result<T, Fault> {
    // What the work leaves behind after a panic is dropped with it, or is a message sink that holds no state of the work.
    catch_unwind(AssertUnwindSafe(work)).map_err(|payload| {
        let said = || {
            let text = payload.downcast_ref::<&str>().map(|text| (*text).to_owned());
            text.or_else(|| payload.downcast_ref::<String>().cloned())
        };
        let note = LAST.with(|last| last.borrow_mut().take());
        Fault(note.or_else(said).unwrap_or_else(|| "no message".into()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_becomes_a_fault_that_tells_what_and_where() {
        install_hook();
        let fault = quietly(|| panic!("odd row")).unwrap_err().to_string();
        assert!(fault.contains("odd row at src/isolate/fault.rs:"), "{fault}");
    }
}
