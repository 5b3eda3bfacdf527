//! Data on standard output.
//!
//! Invariant: every write can fail, and the failure reaches the exit status; what is written for a program does not depend on
//! the terminal.

use std::io::{self, BufWriter, IsTerminal, Stdout, Write};

use nianbao::batch::name;
use serde::Serialize;

use super::colour;

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

/// Text for people, in which nothing steers their terminal.
pub struct People<'a>(&'a mut BufWriter<Stdout>);

impl Output {
    /// For text that a person reads.
    pub fn people(&mut self) -> People<'_> {
        People(&mut self.inner)
    }
}

impl People<'_> {
    /// A word of the program that must be seen.
    pub fn alarm(&mut self, word: &str) -> io::Result<()> {
        let (on, off) = colour::red();
        write!(self.0, "{on}{word}{off}")
    }
}

impl Write for People<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let text = String::from_utf8_lossy(bytes);
        for line in text.split_inclusive('\n') {
            let words = line.strip_suffix('\n').unwrap_or(line);
            self.0.write_all(name::safe(words).as_bytes())?;
            self.0.write_all(&line.as_bytes()[words.len()..])?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
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
