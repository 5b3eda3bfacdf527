//! gzip, member by member, going on behind a damaged one.
//!
//! A compressed web archive is one gzip member a record. Invariant: damage in a member, and bytes between two members or behind the
//! last that belong to none, are reported once, as an error of kind `InvalidData`, and the next call of `read` gives the bytes of
//! the next member that can be found.

use std::fmt;
use std::io::{self, BufRead, Read};

use flate2::bufread::GzDecoder;

/// The two bytes of a gzip member and its only method.
const MAGIC: [u8; 3] = [0x1f, 0x8b, 0x08];

/// The bytes of all members, one after another.
pub struct Members<R> {
    state: State<R>,
}

enum State<R> {
    /// Inside a member.
    Inside(Box<GzDecoder<Source<R>>>),
    /// Between members.
    Between(Source<R>),
    /// Behind the last.
    Done,
}

impl<R: Read> Members<R> {
    /// The members of a stream that begins with one.
    pub fn new(inner: R) -> Self {
        Members {
            state: State::Between(Source {
                inner,
                buffer: vec![0; 1 << 16],
                start: 0,
                end: 0,
                member: 0,
                at_member: false,
                told: false,
            }),
        }
    }
}

impl<R: Read> Read for Members<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if buffer.is_empty() {
            return Ok(0);
        }
        loop {
            match std::mem::replace(&mut self.state, State::Done) {
                State::Done => return Ok(0),
                State::Between(mut source) => {
                    let strange = source.seek_member()?;
                    let found = source.at_member;
                    if found {
                        self.state = match strange {
                            true => State::Between(source),
                            false => State::Inside(Box::new(GzDecoder::new(source))),
                        };
                    }
                    if strange {
                        return Err(io::Error::new(
                            io::ErrorKind::InvalidData,
                            Strange { is_trailing: !found },
                        ));
                    }
                }
                State::Inside(mut decoder) => match decoder.read(buffer) {
                    Ok(0) => self.state = State::Between(decoder.into_inner()),
                    Ok(count) => {
                        self.state = State::Inside(decoder);
                        return Ok(count);
                    }
                    Err(error) => {
                        let mut source = decoder.into_inner();
                        source.rewind();
                        self.state = State::Between(source);
                        return Err(match error.kind() {
                            io::ErrorKind::InvalidInput | io::ErrorKind::UnexpectedEof => {
                                io::Error::new(io::ErrorKind::InvalidData, "damaged gzip member")
                            }
                            _ => error,
                        });
                    }
                },
            }
        }
    }
}

/// A buffer that can go back: the decoder of a cut-off member has already taken the head of the next one for its own.
struct Source<R> {
    inner: R,
    buffer: Vec<u8>,
    start: usize,
    end: usize,
    /// Where in the buffer the present member begins; the start of the buffer if that is gone.
    member: usize,
    /// Whether a member was found here.
    at_member: bool,
    /// Whether what comes now is the rest of a member whose damage was reported.
    told: bool,
}

/// Bytes that belong to no member.
#[derive(Debug)]
struct Strange {
    is_trailing: bool,
}

impl fmt::Display for Strange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.is_trailing {
            "bytes behind the last gzip member that are none"
        } else {
            "bytes between two gzip members that are none"
        })
    }
}

impl std::error::Error for Strange {}

/// Whether an error only says that something stands behind the last member.
pub fn is_trailing(error: &io::Error) -> bool {
    let inner = error.get_ref().and_then(|inner| inner.downcast_ref::<Strange>());
    inner.is_some_and(|strange| strange.is_trailing)
}

impl<R: Read> Source<R> {
    /// Moves to the next place that looks like the head of a member, if there is one. Gives whether something stands before it that
    /// is more than padding and was not reported yet.
    fn seek_member(&mut self) -> io::Result<bool> {
        let mut strange = false;
        self.at_member = false;
        loop {
            let unread = &self.buffer[self.start..self.end];
            if let Some(place) = unread.windows(MAGIC.len()).position(|window| window == MAGIC) {
                strange |= unread[..place].iter().any(|byte| *byte != 0);
                self.start += place;
                self.member = self.start;
                self.at_member = true;
                return Ok(!std::mem::take(&mut self.told) && strange);
            }
            // The last bytes may be the first of a head.
            let kept = unread.len().min(MAGIC.len() - 1);
            strange |= unread[..unread.len() - kept].iter().any(|byte| *byte != 0);
            self.buffer.copy_within(self.end - kept..self.end, 0);
            self.start = 0;
            let count = self.inner.read(&mut self.buffer[kept..])?;
            self.end = kept + count;
            if count == 0 {
                strange |= self.buffer[..kept].iter().any(|byte| *byte != 0);
                return Ok(!std::mem::take(&mut self.told) && strange);
            }
        }
    }

    /// Goes back to just behind the head of the present member, or as far as the buffer reaches.
    fn rewind(&mut self) {
        self.start = (self.member + 1).min(self.end);
        self.told = true;
    }
}

impl<R: Read> Read for Source<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.fill_buf()?.read(buffer)?;
        self.consume(count);
        Ok(count)
    }
}

impl<R: Read> BufRead for Source<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.start == self.end {
            let count = self.inner.read(&mut self.buffer)?;
            // At the end of the stream the old bytes stay, so that going back is still possible.
            if count == 0 {
                return Ok(&[]);
            }
            (self.start, self.end, self.member) = (0, count, 0);
        }
        Ok(&self.buffer[self.start..self.end])
    }

    fn consume(&mut self, count: usize) {
        self.start += count;
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::GzEncoder;

    use super::*;

    fn member(text: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(text).unwrap();
        encoder.finish().unwrap()
    }

    #[test]
    fn members_are_read_as_one_stream() {
        let bytes = [member(b"one "), member(b"two")].concat();
        let mut text = String::new();
        Members::new(&bytes[..]).read_to_string(&mut text).unwrap();
        assert_eq!(text, "one two");
    }

    #[test]
    fn a_damaged_member_is_reported_and_the_next_one_is_read() {
        let mut bad = member(&b"noise that is long enough to be damaged in the middle ".repeat(20));
        let middle = bad.len() / 2;
        bad.truncate(middle);
        let bytes = [bad, member(b"good")].concat();
        let mut reader = Members::new(&bytes[..]);
        let (mut text, mut errors) = (Vec::new(), 0);
        while errors < 10 {
            match reader.read_to_end(&mut text) {
                Ok(_) => break,
                Err(error) => {
                    assert_eq!(error.kind(), io::ErrorKind::InvalidData);
                    errors += 1;
                }
            }
        }
        assert_eq!(errors, 1);
        assert!(text.ends_with(b"good"), "{}", String::from_utf8_lossy(&text));
    }
}
