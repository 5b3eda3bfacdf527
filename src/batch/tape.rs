//! Tar archives, with a way on behind damage.
//!
//! Invariant: members stand at multiples of 512 bytes, so that behind a damaged head the next sound one can be found.

use std::io::{self, Cursor, Read};

use tar::{EntryType, Header};

/// Everything in a tar stands at a multiple of this.
const BLOCK: usize = 512;

/// A stream that knows how far it was read.
pub struct Blocks<'a> {
    inner: &'a mut dyn Read,
    position: u64,
}

impl<'a> Blocks<'a> {
    /// The blocks of a tar from its beginning.
    pub fn new(inner: &'a mut dyn Read) -> Self {
        Blocks { inner, position: 0 }
    }

    /// Goes to the next block that is the head of a member, and gives it; nothing where there is none.
    ///
    /// # Errors
    /// Where the stream below cannot be read.
    pub fn next_head(&mut self) -> io::Result<Option<Cursor<Vec<u8>>>> {
        let beside = self.position % BLOCK as u64;
        let mut block = vec![0; BLOCK];
        if beside > 0 {
            let rest = BLOCK as u64 - beside;
            io::copy(&mut self.by_ref().take(rest), &mut io::sink())?;
        }
        loop {
            match self.read_exact(&mut block) {
                Ok(()) if is_head(&block) => return Ok(Some(Cursor::new(block))),
                Ok(()) => {}
                Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
                Err(error) => return Err(error),
            }
        }
    }
}

impl Read for Blocks<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        self.position += count as u64;
        Ok(count)
    }
}

/// The content of a member, up to a block that is the head of another. A length that is too large would hide what stands behind.
pub struct Content<R> {
    inner: R,
    block: Vec<u8>,
    /// How far the block was given out.
    given: usize,
    /// Whether a block was read before, and whether that was a head, as in a tar within the tar.
    begun: Option<bool>,
    hidden: bool,
}

impl<R: Read> Content<R> {
    /// The content of a member.
    pub fn new(inner: R) -> Self {
        Content {
            inner,
            block: Vec::new(),
            given: 0,
            begun: None,
            hidden: false,
        }
    }

    /// Reads what is left, and gives the head of the member that the length runs over, if it does.
    ///
    /// # Errors
    /// Where the stream below cannot be read.
    pub fn hidden(mut self) -> io::Result<Option<Vec<u8>>> {
        io::copy(&mut self, &mut io::sink())?;
        Ok(self.hidden.then_some(self.block))
    }

    fn next_block(&mut self) -> io::Result<()> {
        self.block.clear();
        self.given = 0;
        self.inner.by_ref().take(BLOCK as u64).read_to_end(&mut self.block)?;
        let head = self.block.len() == BLOCK && is_head(&self.block);
        self.hidden = head && self.begun == Some(false);
        self.begun.get_or_insert(head);
        Ok(())
    }
}

impl<R: Read> Read for Content<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.given == self.block.len() && !self.hidden {
            self.next_block()?;
        }
        if self.hidden {
            return Ok(0);
        }
        let rest = &self.block[self.given..];
        let count = rest.len().min(buffer.len());
        buffer[..count].copy_from_slice(&rest[..count]);
        self.given += count;
        Ok(count)
    }
}

/// Whether a block says that it is a head, and its checksum holds.
fn is_head(block: &[u8]) -> bool {
    let Some(magic) = block.get(257..262) else { return false };
    let plain = block[..148].iter().chain(&block[156..]).map(|byte| u32::from(*byte));
    let sum = plain.sum::<u32>() + 8 * u32::from(b' ');
    magic == b"ustar" && Header::from_byte_slice(block).cksum().is_ok_and(|said| said == sum)
}

/// What a member is, where it is not a file to be read; nothing where it is.
pub fn not_a_file(kind: EntryType) -> Option<&'static str> {
    Some(match kind {
        EntryType::Link => "a link to another member",
        EntryType::Symlink => "a link",
        EntryType::Char | EntryType::Block => "a device",
        EntryType::Fifo => "a named pipe",
        // A kind that nobody knows is a file, as the standard says.
        _ => return None,
    })
}

/// Whether something is a part of the archive itself and no member that could be read.
pub fn is_of_the_archive(kind: EntryType) -> bool {
    kind.is_dir() || kind.is_pax_global_extensions() || matches!(kind.as_byte(), b'V' | b'D')
}
