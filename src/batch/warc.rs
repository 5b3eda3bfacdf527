//! Web archives: WARC and the older ARC, record by record.
//!
//! Only what a server answered is of interest: `response`, `resource` and `conversion` records, and `revisit` as a pointer to
//! one of them. Invariants: damage costs the record that it is in; a record that is cut off is given as far as it goes and
//! marked; memory holds one record.

use std::io::{self, BufRead, BufReader, Read};

use memchr::memmem;

use super::{LARGEST_MEMBER, http};

/// The longest header line that is believed.
const LONGEST_LINE: u64 = 1 << 16;
/// The longest head of a record that is believed.
const LONGEST_HEAD: usize = 1 << 18;
/// Bytes that are left out at once.
const SKIPPED_AT_ONCE: usize = 1 << 20;
/// What stands where a record begins behind another.
const NEXT: &[u8] = b"\r\n\r\nWARC/1.";
/// Bytes of the longest first line of a head: `WARC/0.18`.
const LONGEST_VERSION: usize = 10;
/// The headers that matter.
const HEADERS: &[&str] = &[
    "warc-type",
    "warc-target-uri",
    "warc-date",
    "warc-payload-digest",
    "warc-refers-to-target-uri",
    "warc-truncated",
    "content-type",
    "content-length",
];

/// What a record is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A server's response, with its HTTP head.
    Response,
    /// A bare file.
    Resource,
    /// The same as an earlier record.
    Revisit,
}

/// One record of interest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// What it is.
    pub kind: Kind,
    /// Address.
    pub url: String,
    /// When it was fetched, ISO 8601.
    pub date: Option<String>,
    /// `Content-Type` of the record.
    pub content_type: Option<String>,
    /// `WARC-Payload-Digest`.
    pub digest: Option<String>,
    /// For a revisit: the address of the earlier record, its own if there is no other.
    pub refers_to: Option<String>,
    /// The block of the record.
    pub block: Vec<u8>,
    /// Whether the block ends early.
    pub truncated: bool,
    /// Whether the block is longer than any document may be; then it is empty.
    pub too_large: bool,
}

/// Whether a stream that begins so is a web archive.
pub fn is_web_archive(head: &[u8]) -> bool {
    head.starts_with(b"WARC/") || head.starts_with(b"filedesc://")
}

/// Reads records.
pub struct Records<R> {
    /// Bytes that were read ahead, of which the first `taken` are done with.
    ahead: Vec<u8>,
    taken: usize,
    inner: BufReader<R>,
    /// What was passed over since the last record.
    gap: Gap,
    /// Address of the last record.
    last: Option<String>,
    /// Address of the record before the gap.
    before_gap: Option<String>,
}

/// A part of the archive that is no record.
#[derive(Default)]
struct Gap {
    bytes: u64,
    damaged: bool,
}

struct Head {
    kind: Option<Kind>,
    length: u64,
    record: Record,
}

impl<R: Read> Records<R> {
    /// The records of a web archive.
    pub fn new(inner: R) -> Self {
        Records {
            ahead: Vec::new(),
            taken: 0,
            inner: BufReader::with_capacity(1 << 16, inner),
            gap: Gap::default(),
            last: None,
            before_gap: None,
        }
    }

    /// What stood before the record that was given last and is none: a part of the archive that is lost. It is given once.
    pub fn take_gap(&mut self) -> Option<String> {
        let gap = std::mem::take(&mut self.gap);
        let behind = match &self.before_gap {
            Some(url) => format!("behind {url}"),
            None => "at the beginning".to_owned(),
        };
        match gap {
            Gap { damaged: true, .. } => Some(format!(
                "a part of the web archive {behind} is damaged; what it held is lost"
            )),
            Gap { bytes: 0, .. } => None,
            Gap { bytes, .. } => Some(format!(
                "{bytes} bytes {behind} belong to no record; what they held is lost"
            )),
        }
    }

    /// The next record of interest; nothing at the end.
    ///
    /// # Errors
    /// Where the stream below cannot be read; damage within it is no error.
    pub fn next_record(&mut self) -> io::Result<Option<Record>> {
        self.before_gap = self.last.take().or(self.before_gap.take());
        loop {
            let Some(head) = self.next_head()? else {
                return Ok(None);
            };
            let mut record = head.record;
            let wanted = head.kind.is_some();
            self.block(head.length, &mut record)?;
            if wanted {
                self.last = Some(record.url.clone());
                return Ok(Some(record));
            }
        }
    }

    /// Takes the block of a record. A record may be shorter than it says; then its block would hold the beginning of the next one,
    /// which stays where it is.
    fn block(&mut self, length: u64, record: &mut Record) -> io::Result<()> {
        self.read_ahead(length.min(LARGEST_MEMBER) as usize + 1)?;
        let waiting = &self.ahead[self.taken..];
        let all = usize::try_from(length).unwrap_or(usize::MAX);
        let mut end = waiting.len().min(all).min(LARGEST_MEMBER as usize);
        record.truncated |= waiting.len() < all && end < LARGEST_MEMBER as usize;
        let ends_well = waiting.get(all).is_none_or(|next| matches!(next, b'\r' | b'\n'));
        if let Some(place) = memmem::find(&waiting[..end], NEXT)
            && (record.truncated || !ends_well || length > LARGEST_MEMBER || is_over(&waiting[..end], place))
        {
            end = place;
            record.truncated = true;
        } else if length > LARGEST_MEMBER && end == LARGEST_MEMBER as usize {
            record.too_large = true;
            record.truncated |= self.skip(length)?;
            return Ok(());
        }
        record.block = self.take_ahead(end);
        Ok(())
    }

    /// Takes so many of the bytes that were read ahead.
    fn take_ahead(&mut self, count: usize) -> Vec<u8> {
        let waiting = self.ahead.len() - self.taken;
        if waiting - count > count {
            let block = self.ahead[self.taken..self.taken + count].to_vec();
            self.taken += count;
            return block;
        }
        // A large block is moved, not copied.
        let rest = self.ahead.split_off(self.taken + count);
        let mut block = std::mem::replace(&mut self.ahead, rest);
        block.drain(..self.taken);
        self.taken = 0;
        block
    }

    /// Leaves out so many bytes, or those up to the next record; gives whether there were fewer than that.
    fn skip(&mut self, mut left: u64) -> io::Result<bool> {
        while left > 0 {
            self.read_ahead(SKIPPED_AT_ONCE)?;
            let waiting = &self.ahead[self.taken..];
            let here = usize::try_from(left).unwrap_or(usize::MAX).min(waiting.len());
            if here == 0 {
                return Ok(true);
            }
            if let Some(place) = memmem::find(&waiting[..here], NEXT) {
                self.taken += place;
                return Ok(true);
            }
            // The beginning of the next record may stand at the end of what waits.
            let done = if here < waiting.len() {
                here
            } else {
                (here + 1).saturating_sub(NEXT.len()).max(1)
            };
            self.taken += done;
            left -= done as u64;
        }
        Ok(false)
    }

    /// Reads until `count` bytes wait, or fewer at the end of the stream or before damage in it.
    fn read_ahead(&mut self, count: usize) -> io::Result<()> {
        let waiting = self.ahead.len() - self.taken;
        // Only when more is done with than waits: records that lie about their length would else move the rest again and again.
        if self.taken > waiting {
            self.ahead.drain(..self.taken);
            self.taken = 0;
        }
        let missing = count.saturating_sub(waiting) as u64;
        damage_is_end((&mut self.inner).take(missing).read_to_end(&mut self.ahead))?;
        Ok(())
    }

    /// The next head of a record. What stands before it and is neither a head nor an empty line is noted as a gap.
    fn next_head(&mut self) -> io::Result<Option<Head>> {
        let mut before: Vec<u8> = Vec::new();
        loop {
            let Some(line) = self.line()? else { return Ok(None) };
            let Some(line) = damage_is_end(line)? else {
                self.gap.damaged = true;
                before.clear();
                continue;
            };
            if line.is_empty() {
                before.clear();
                continue;
            }
            let may_be_arc = line.contains(&b' ') && line.last().is_some_and(u8::is_ascii_digit);
            if may_be_arc && let Some(head) = arc_head(&String::from_utf8_lossy(&line)) {
                return Ok(Some(head));
            }
            // What is no text may end in a head, which may stand on both sides of the longest line.
            before.extend_from_slice(&line);
            let Some(version) = version(&before) else {
                self.gap.bytes += line.len() as u64;
                before.drain(..before.len().saturating_sub(LONGEST_VERSION));
                continue;
            };
            self.gap.bytes += line.len().saturating_sub(before.len() - version) as u64;
            if let Some(head) = self.warc_head()? {
                return Ok(Some(head));
            }
            before.clear();
        }
    }

    fn warc_head(&mut self) -> io::Result<Option<Head>> {
        let mut headers: Vec<(String, String)> = Vec::new();
        let mut room = LONGEST_HEAD;
        while let Some(line) = self.line()? {
            let Some(line) = damage_is_end(line)? else {
                self.gap.damaged = true;
                return Ok(None);
            };
            if line.is_empty() {
                break;
            }
            room = room.saturating_sub(line.len() + 1);
            if room == 0 {
                self.gap.bytes += LONGEST_HEAD as u64;
                return Ok(None);
            }
            let line = String::from_utf8_lossy(&line);
            match line.split_once(':') {
                // A line that begins with a space goes on with the one before.
                Some((name, value)) if !line.starts_with([' ', '\t']) => {
                    let name = name.trim();
                    if HEADERS.iter().any(|header| header.eq_ignore_ascii_case(name)) {
                        headers.push((name.to_ascii_lowercase(), value.trim().to_owned()));
                    }
                }
                _ => {
                    if let Some((_, value)) = headers.last_mut() {
                        value.push_str(line.trim());
                    }
                }
            }
        }
        let get = |name: &str| {
            headers
                .iter()
                .find(|(other, _)| other == name)
                .map(|(_, value)| value.clone())
        };
        let address = |name: &str| get(name).map(|url| url.trim_matches(['<', '>']).to_owned());
        let kind = match get("warc-type").as_deref() {
            Some("response") => Some(Kind::Response),
            Some("resource" | "conversion") => Some(Kind::Resource),
            Some("revisit") => Some(Kind::Revisit),
            _ => None,
        };
        let url = address("warc-target-uri").unwrap_or_default();
        // Answers of a name server are no documents.
        let kind = kind.filter(|_| !url.starts_with("dns:"));
        Ok(Some(Head {
            length: get("content-length")
                .and_then(|length| length.parse().ok())
                .unwrap_or(0),
            record: Record {
                kind: kind.unwrap_or(Kind::Resource),
                date: get("warc-date").map(|date| iso_date(&date).unwrap_or(date)),
                content_type: get("content-type"),
                digest: get("warc-payload-digest"),
                refers_to: address("warc-refers-to-target-uri").or_else(|| Some(url.clone())),
                block: Vec::new(),
                truncated: get("warc-truncated").is_some(),
                too_large: false,
                url,
            },
            kind,
        }))
    }

    /// The next line without its end; nothing at the end of the stream, damage in the stream inside.
    #[allow(clippy::type_complexity)]
    fn line(&mut self) -> io::Result<Option<io::Result<Vec<u8>>>> {
        let mut bytes = Vec::new();
        match (&mut *self).take(LONGEST_LINE).read_until(b'\n', &mut bytes) {
            Ok(0) => Ok(None),
            Ok(_) => {
                while bytes.last().is_some_and(|byte| matches!(byte, b'\r' | b'\n')) {
                    bytes.pop();
                }
                Ok(Some(Ok(bytes)))
            }
            Err(error) if error.kind() == io::ErrorKind::InvalidData => Ok(Some(Err(error))),
            Err(error) => Err(error),
        }
    }
}

/// Whether the answer in a block is over, by its own word, before another record seems to begin in it.
fn is_over(block: &[u8], next: usize) -> bool {
    http::declared_end(block).is_some_and(|end| end <= next)
}

/// Where the first line of a head begins, `WARC/1.0` or of another version, if the bytes end with one.
fn version(bytes: &[u8]) -> Option<usize> {
    let end = &bytes[bytes.len().saturating_sub(LONGEST_VERSION)..];
    let place = memmem::rfind(end, b"WARC/")?;
    let number = &end[place + 5..];
    let is_number = !number.is_empty() && number.iter().all(|byte| byte.is_ascii_digit() || *byte == b'.');
    is_number.then(|| bytes.len() - (end.len() - place))
}

/// Damage in the stream below is the end of a record, not of the archive.
fn damage_is_end<T>(result: io::Result<T>) -> io::Result<Option<T>> {
    match result {
        Ok(value) => Ok(Some(value)),
        Err(error) if error.kind() == io::ErrorKind::InvalidData => Ok(None),
        Err(error) => Err(error),
    }
}

/// The ISO 8601 form of a date of 14 digits, as ARC files and some crawlers write it.
fn iso_date(digits: &str) -> Option<String> {
    let part = |from: usize, to: usize| digits.get(from..to);
    if digits.len() != 14 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let (date, time) = (
        format!("{}-{}-{}", part(0, 4)?, part(4, 6)?, part(6, 8)?),
        format!("{}:{}:{}", part(8, 10)?, part(10, 12)?, part(12, 14)?),
    );
    Some(format!("{date}T{time}Z"))
}

/// The head of an ARC record: address, IP, date, media type, and in version 2 more, then the length.
fn arc_head(line: &str) -> Option<Head> {
    let fields: Vec<&str> = line.split(' ').collect();
    let is_date = |field: &&str| iso_date(field).is_some();
    let length = fields.last()?.parse().ok()?;
    // Addresses with spaces in them exist, so the fields are counted from the end.
    let date_at = fields
        .len()
        .checked_sub(3)
        .filter(|at| fields.get(*at).is_some_and(is_date));
    let date_at = date_at.or_else(|| {
        fields
            .len()
            .checked_sub(8)
            .filter(|at| fields.get(*at).is_some_and(is_date))
    })?;
    let url = fields.get(..date_at.checked_sub(1)?)?.join(" ");
    if !url.contains(':') {
        return None;
    }
    let kind = if url.starts_with("filedesc:") || url.starts_with("dns:") {
        None
    } else {
        Some(Kind::Response)
    };
    let date = fields[date_at];
    Some(Head {
        kind,
        length,
        record: Record {
            kind: Kind::Response,
            date: iso_date(date),
            content_type: fields.get(date_at + 1).map(|field| (*field).to_owned()),
            digest: None,
            refers_to: None,
            block: Vec::new(),
            truncated: false,
            too_large: false,
            url,
        },
    })
}

impl<R: Read> Read for Records<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.fill_buf()?.read(buffer)?;
        self.consume(count);
        Ok(count)
    }
}

impl<R: Read> BufRead for Records<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.taken < self.ahead.len() {
            return Ok(&self.ahead[self.taken..]);
        }
        self.inner.fill_buf()
    }

    fn consume(&mut self, count: usize) {
        if self.taken < self.ahead.len() {
            self.taken += count;
        } else {
            self.inner.consume(count);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn warc(kind: &str, url: &str, length: usize, block: &str) -> String {
        format!(
            "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2024-01-02T03:04:05Z\r\n\
             Content-Length: {length}\r\n\r\n{block}\r\n\r\n"
        )
    }

    fn read(text: &str) -> Vec<(String, String, bool)> {
        let mut records = Records::new(text.as_bytes());
        let mut list = Vec::new();
        while let Some(record) = records.next_record().unwrap() {
            let block = String::from_utf8(record.block).unwrap();
            list.push((record.url, block, record.truncated));
        }
        list
    }

    #[test]
    fn only_answers_of_servers_are_given() {
        let text =
            warc("warcinfo", "", 4, "info") + &warc("request", "a:r", 3, "GET") + &warc("response", "a:b", 4, "HTTP");
        assert_eq!(read(&text), [("a:b".into(), "HTTP".into(), false)]);
    }

    #[test]
    fn a_record_that_is_shorter_than_it_says_does_not_swallow_the_next() {
        let text = warc("response", "a:1", 30, "short") + &warc("response", "a:2", 4, "good");
        let records = read(&text);
        assert_eq!(records.len(), 2, "{records:?}");
        assert_eq!(records[0], ("a:1".into(), "short".into(), true));
        assert_eq!(records[1], ("a:2".into(), "good".into(), false));
    }

    #[test]
    fn a_record_at_the_end_is_given_as_far_as_it_goes() {
        let text = warc("response", "a:1", 100, "begin");
        assert_eq!(read(text.trim_end()), [("a:1".into(), "begin".into(), true)]);
    }

    #[test]
    fn arc_records_of_both_versions_are_read() {
        let text = "filedesc://x.arc 0.0.0.0 20010101000000 text/plain 4\n1 0\n\n\
                    http://a/b c 1.2.3.4 20010203040506 text/html 5\nhello\n\
                    http://a/2 1.2.3.4 20010203040507 text/html 200 sum - 0 x.arc 3\nbye\n";
        let records = read(text);
        assert_eq!(records[0], ("http://a/b c".into(), "hello".into(), false));
        assert_eq!(records[1], ("http://a/2".into(), "bye".into(), false));
    }
}
