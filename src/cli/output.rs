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
pub struct People<'a, W: Write = BufWriter<Stdout>> {
    inner: &'a mut W,
    /// The beginning of a character whose other bytes come with the next write.
    begun: Vec<u8>,
}

impl Output {
    /// For text that a person reads.
    pub fn people(&mut self) -> People<'_> {
        People::new(&mut self.inner)
    }
}

impl<'a, W: Write> People<'a, W> {
    fn new(inner: &'a mut W) -> Self {
        People {
            inner,
            begun: Vec::new(),
        }
    }

    /// A word of the program that must be seen.
    pub fn alarm(&mut self, word: &str) -> io::Result<()> {
        let (on, off) = colour::red();
        write!(self.inner, "{on}{word}{off}")
    }

    fn text(&mut self, bytes: &[u8]) -> io::Result<()> {
        let text = String::from_utf8_lossy(bytes);
        for line in text.split_inclusive('\n') {
            let words = line.strip_suffix('\n').unwrap_or(line);
            self.inner.write_all(name::safe(words).as_bytes())?;
            self.inner.write_all(&line.as_bytes()[words.len()..])?;
        }
        Ok(())
    }
}

/// Bytes before a character that is not whole yet.
fn whole(bytes: &[u8]) -> usize {
    let tail = bytes.len().saturating_sub(3);
    let begin = bytes[tail..].iter().rposition(|byte| *byte >= 0xc0).map(|at| tail + at);
    match begin {
        Some(begin) => match std::str::from_utf8(&bytes[begin..]) {
            Err(error) if error.error_len().is_none() => begin,
            _ => bytes.len(),
        },
        None => bytes.len(),
    }
}

impl<W: Write> Write for People<'_, W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut all = std::mem::take(&mut self.begun);
        all.extend(bytes);
        self.begun = all.split_off(whole(&all));
        self.text(&all)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        let begun = std::mem::take(&mut self.begun);
        self.text(&begun)?;
        self.inner.flush()
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_character_that_is_written_in_two_parts_is_whole() {
        let text = "檀屏县\n a😀b\u{7f}";
        for step in 1..6 {
            let mut out = Vec::new();
            let mut people = People::new(&mut out);
            for part in text.as_bytes().chunks(step) {
                people.write_all(part).unwrap();
            }
            people.flush().unwrap();
            assert_eq!(
                String::from_utf8(out).unwrap(),
                format!("檀屏县\n a😀b{}", name::safe("\u{7f}")),
                "{step}"
            );
        }
        let mut out = Vec::new();
        let mut people = People::new(&mut out);
        people.write_all(b"a\xe6\xaa").unwrap();
        people.flush().unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), "a\u{fffd}");
    }
}
