//! Waiting for other threads, as Python programs are used to: others run meanwhile, and Ctrl-C wakes.

use std::time::Duration;

use crossbeam_channel::{Receiver, RecvTimeoutError};
use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;

/// How often the interpreter is asked whether a signal came.
const STEP: Duration = Duration::from_millis(50);

/// The next message.
///
/// # Errors
/// What a signal raised (`KeyboardInterrupt`); where the threads at the other end are gone.
pub fn receive<T: Send>(py: Python<'_>, messages: &Receiver<T>) -> PyResult<T> {
    loop {
        match py.detach(|| messages.recv_timeout(STEP)) {
            Ok(message) => return Ok(message),
            Err(RecvTimeoutError::Timeout) => py.check_signals()?,
            Err(RecvTimeoutError::Disconnected) => {
                return Err(PyRuntimeError::new_err("the threads that were reading are gone"));
            }
        }
    }
}
