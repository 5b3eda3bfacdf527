//! The response of a web server as a web archive keeps it: status, charset, and the body with its encodings undone.
//!
//! Crawlers store what they like: bodies that are already unchunked or uncompressed under headers that say otherwise, and bodies
//! that end early. Invariant: what can be decoded is kept, and a body that does not fit its headers is taken as it is.

use std::io::Read;

use flate2::read::{DeflateDecoder, GzDecoder, ZlibDecoder};

use super::LARGEST_MEMBER;

/// Bytes of a head that are looked at.
const LONGEST_HEAD: usize = 1 << 16;
/// Encodings of a body, one on another, that are undone.
const MOST_ENCODINGS: usize = 3;

/// A response.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Response {
    /// Status code; 200 where there is no status line.
    pub status: u16,
    /// `charset` of the `Content-Type`.
    pub charset: Option<String>,
    /// The body, decoded.
    pub body: Vec<u8>,
    /// Whether the body ends early.
    pub truncated: bool,
}

/// Takes a response apart. Bytes without a status line are a body.
pub fn parse(mut bytes: Vec<u8>) -> Response {
    if !bytes.starts_with(b"HTTP/") {
        return Response {
            status: 200,
            charset: None,
            body: bytes,
            truncated: false,
        };
    }
    let head = Head::of(&bytes);
    bytes.drain(..head.length);
    let (mut body, mut truncated) = (bytes, false);
    if head.chunked
        && let Some((whole, cut)) = unchunk(&body)
    {
        (body, truncated) = (whole, cut);
    }
    // The encodings stand in the order in which they were applied.
    for encoding in head.encodings.rsplit(',').take(MOST_ENCODINGS) {
        if let Some((decoded, cut)) = decode(&body, encoding.trim()) {
            body = decoded;
            truncated |= cut;
        }
    }
    Response {
        status: head.status.unwrap_or(200),
        charset: head.charset,
        body,
        truncated,
    }
}

/// Where a response ends by its own word; nothing where it does not say.
pub fn declared_end(bytes: &[u8]) -> Option<usize> {
    if !bytes.starts_with(b"HTTP/") {
        return None;
    }
    let head = Head::of(bytes);
    head.length.checked_add(head.body?)
}

/// What the head of a response says.
#[derive(Default)]
struct Head {
    /// Bytes of the head with the empty line behind it.
    length: usize,
    status: Option<u16>,
    charset: Option<String>,
    encodings: String,
    chunked: bool,
    /// Bytes of the body.
    body: Option<usize>,
}

impl Head {
    fn of(bytes: &[u8]) -> Self {
        let (head, length) = split(bytes);
        // Nothing that matters stands behind so much; what follows would only cost memory.
        let text = String::from_utf8_lossy(&head[..head.len().min(LONGEST_HEAD)]);
        let mut lines = text.lines();
        let status = lines.next().unwrap_or_default();
        let mut head = Head {
            length,
            status: status.split_whitespace().nth(1).and_then(|number| number.parse().ok()),
            ..Head::default()
        };
        for (name, value) in lines.filter_map(|line| line.split_once(':')) {
            head.take(name.trim(), value.trim());
        }
        head
    }

    fn take(&mut self, name: &str, value: &str) {
        let is = |other: &str| name.eq_ignore_ascii_case(other);
        if is("content-type") {
            self.charset = self.charset.take().or_else(|| charset(value));
        } else if is("content-encoding") && self.encodings.is_empty() {
            self.encodings = value.to_owned();
        } else if is("transfer-encoding") {
            self.chunked |= value.to_ascii_lowercase().contains("chunked");
        } else if is("content-length") {
            self.body = self.body.or_else(|| value.parse().ok());
        }
    }
}

/// The `charset` of a content type.
pub fn charset(content_type: &str) -> Option<String> {
    content_type.split(';').skip(1).find_map(|part| {
        let (name, value) = part.split_once('=')?;
        let value = value.trim().trim_matches(['"', '\'']);
        (name.trim().eq_ignore_ascii_case("charset") && !value.is_empty()).then(|| value.to_owned())
    })
}

/// The head, and where the body begins.
fn split(bytes: &[u8]) -> (&[u8], usize) {
    let find = |mark: &[u8]| memchr::memmem::find(bytes, mark).map(|place| (place, place + mark.len()));
    let ends = [find(b"\r\n\r\n"), find(b"\n\n")];
    match ends.into_iter().flatten().min() {
        Some((head, body)) => (&bytes[..head], body),
        None => (bytes, bytes.len()),
    }
}

/// The chunks joined, and whether the last one is missing; nothing where the body is not chunked.
fn unchunk(mut rest: &[u8]) -> Option<(Vec<u8>, bool)> {
    let mut body = Vec::new();
    loop {
        let line_end = memchr::memchr(b'\n', rest.get(..rest.len().min(1024))?);
        let size = line_end.and_then(|end| {
            let line = std::str::from_utf8(&rest[..end]).ok()?;
            usize::from_str_radix(line.split(';').next()?.trim(), 16).ok()
        });
        let (Some(end), Some(size)) = (line_end, size) else {
            // Never a chunk: not chunked. A chunk before: cut off.
            return if body.is_empty() { None } else { Some((body, true)) };
        };
        if size == 0 {
            return Some((body, false));
        }
        let data = &rest[end + 1..];
        if data.len() < size {
            body.extend_from_slice(data);
            return Some((body, true));
        }
        body.extend_from_slice(&data[..size]);
        rest = &data[size..];
        rest = rest
            .strip_prefix(b"\r\n")
            .or_else(|| rest.strip_prefix(b"\n"))
            .unwrap_or(rest);
    }
}

/// The body decoded, and whether it ends early; nothing where it is not so encoded.
fn decode(body: &[u8], encoding: &str) -> Option<(Vec<u8>, bool)> {
    match encoding.to_ascii_lowercase().as_str() {
        "gzip" | "x-gzip" if body.starts_with(&[0x1f, 0x8b]) => read_what_there_is(GzDecoder::new(body)),
        "deflate" => {
            read_what_there_is(ZlibDecoder::new(body)).or_else(|| read_what_there_is(DeflateDecoder::new(body)))
        }
        "br" => read_what_there_is(brotli_decompressor::Decompressor::new(body, 1 << 14)),
        "zstd" => read_what_there_is(zstd::stream::read::Decoder::new(body).ok()?),
        _ => None,
    }
}

fn read_what_there_is(reader: impl Read) -> Option<(Vec<u8>, bool)> {
    let mut body = Vec::new();
    let result = reader.take(LARGEST_MEMBER + 1).read_to_end(&mut body);
    (result.is_ok() || !body.is_empty()).then_some((body, result.is_err()))
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn gzip(text: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        encoder.write_all(text).unwrap();
        encoder.finish().unwrap()
    }

    fn response(headers: &str, body: &[u8]) -> Response {
        parse([format!("HTTP/1.1 200 OK\r\n{headers}\r\n\r\n").as_bytes(), body].concat())
    }

    #[test]
    fn chunks_are_joined_and_then_decompressed() {
        let body = gzip(b"annual report");
        let (one, two) = body.split_at(9);
        let chunked = [
            b"9\r\n",
            one,
            format!("\r\n{:x};x=y\r\n", two.len()).as_bytes(),
            two,
            b"\r\n0\r\n\r\n",
        ]
        .concat();
        let headers =
            "Transfer-Encoding: chunked\r\nContent-Encoding: gzip\r\nContent-Type: text/html; charset=\"GBK\"";
        let read = response(headers, &chunked);
        assert_eq!((read.body.as_slice(), read.truncated), (&b"annual report"[..], false));
        assert_eq!(read.charset.as_deref(), Some("GBK"));
    }

    #[test]
    fn a_body_that_does_not_fit_its_headers_is_taken_as_it_is() {
        let headers = "Transfer-Encoding: chunked\r\nContent-Encoding: gzip";
        assert_eq!(response(headers, b"<html>already plain").body, b"<html>already plain");
        assert_eq!(parse(b"HTTP/1.0 404 Not Found\n\nno".to_vec()).status, 404);
        assert_eq!(parse(b"<html>".to_vec()).body, b"<html>");
    }

    #[test]
    fn a_body_that_ends_early_gives_what_is_there() {
        let read = response("Transfer-Encoding: chunked", b"5\r\nhello\r\n10\r\nwor");
        assert_eq!((read.body.as_slice(), read.truncated), (&b"hellowor"[..], true));
        let body = gzip(&b"some text that is longer than its compressed form ".repeat(99));
        let read = response("Content-Encoding: gzip", &body[..body.len() - 12]);
        assert!(read.truncated && read.body.starts_with(b"some text"));
    }
}
