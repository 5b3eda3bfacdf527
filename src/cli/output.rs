//! Data on standard output.
//!
//! Invariant: every write can fail, and the failure reaches the exit status; what is written for a program does not depend on
//! the terminal.

use std::io::{self, BufWriter, IsTerminal, Stdout, Write};

use serde::Serialize;

/// Standard output, buffered.
pub struct Output {
    inner: BufWriter<Stdout>,
}

impl Output {
    /// Standard output of the program.
    pub fn new() -> Self {
        Output {
            inner: BufWriter::with_capacity(1 << 16, io::stdout()),
        }
    }

    /// Whether a person is looking.
    pub fn is_terminal(&self) -> bool {
        io::stdout().is_terminal()
    }

    /// One JSON value and a line break; over several lines where `pretty`.
    pub fn json(&mut self, value: &impl Serialize, pretty: bool) -> io::Result<()> {
        if pretty {
            serde_json::to_writer_pretty(&mut self.inner, value)?;
        } else {
            serde_json::to_writer(&mut self.inner, value)?;
        }
        self.inner.write_all(b"\n")
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.inner.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}
