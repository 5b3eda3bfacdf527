//! A length and so many bytes, which is all that passes between parent and worker.

use std::io::{self, ErrorKind, Read, Write};

/// Writes one block.
///
/// # Errors
/// Where the other side is gone, or the block is longer than its length can say.
pub fn write(output: &mut impl Write, bytes: &[u8]) -> io::Result<()> {
    let length = u32::try_from(bytes.len()).map_err(io::Error::other)?;
    output.write_all(&length.to_le_bytes())?;
    output.write_all(bytes)
}

/// Reads one block; nothing at the end of the stream.
///
/// # Errors
/// Where the other side is gone in the middle of a block.
pub fn read(input: &mut impl Read) -> io::Result<Option<Vec<u8>>> {
    let mut length = [0; 4];
    match input.read_exact(&mut length) {
        Ok(()) => {}
        Err(error) if error.kind() == ErrorKind::UnexpectedEof => return Ok(None),
        Err(error) => return Err(error),
    }
    let mut bytes = vec![0; u32::from_le_bytes(length) as usize];
    input.read_exact(&mut bytes)?;
    Ok(Some(bytes))
}
