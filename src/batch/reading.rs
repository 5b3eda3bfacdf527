//! Reading one document of a run, and its result as bytes.

use std::io;

use super::document::{Fate, Outcome, Request, Verdict};
use super::kind;
use crate::error::Error;
use crate::isolate::{End, quietly};

/// Reads one document; a fault of the program becomes a verdict.
pub fn read_document(bytes: &[u8], request: &Request) -> Outcome {
    let read = || match crate::extract(bytes, &request.hints()) {
        Ok(report) => kind::tell(report, bytes),
        Err(error) => Outcome {
            verdict: of_error(&error),
            report: None,
        },
    };
    quietly(read).unwrap_or_else(|fault| Outcome {
        verdict: Verdict::unreadable("fault", fault.to_string()),
        report: None,
    })
}

/// Bytes of the JSON of a result at most: who writes a dataset holds a few of them at once. A report of a hundred pages has a twentieth.
pub const LARGEST_RESULT: usize = 16 << 20;
/// Bytes that stand before the compressed JSON: the fate, and the length of the JSON.
pub const PAYLOAD_HEAD: usize = 5;

/// A result as it stands in the journal: a byte for its fate, which is wanted most often, the length of its JSON, then that, compressed.
/// One that is larger than a result may be says so instead.
///
/// # Errors
/// Where it cannot be written as JSON.
pub fn encode(outcome: &Outcome) -> io::Result<Vec<u8>> {
    let json = serde_json::to_vec(outcome)?;
    if json.len() > LARGEST_RESULT {
        let detail = Error::Limit("size of a report").to_string();
        return encode(&Outcome {
            verdict: Verdict::unreadable("limit", detail),
            report: None,
        });
    }
    let mut payload = vec![outcome.verdict.fate as u8];
    payload.extend((json.len() as u32).to_le_bytes());
    payload.extend(zstd::bulk::compress(&json, 3)?);
    Ok(payload)
}

/// A result from the journal.
///
/// # Errors
/// Where it is none.
pub fn decode(payload: &[u8]) -> io::Result<Outcome> {
    let rest = payload.get(PAYLOAD_HEAD..).ok_or(io::ErrorKind::UnexpectedEof)?;
    let json = zstd::bulk::decompress(rest, length(payload).min(LARGEST_RESULT))?;
    Ok(serde_json::from_slice(&json)?)
}

/// The length of the JSON of a result, told from the beginning of its payload.
pub fn length(payload: &[u8]) -> usize {
    let digits = payload.get(1..PAYLOAD_HEAD).and_then(|digits| digits.try_into().ok());
    digits.map_or(0, |digits| u32::from_le_bytes(digits) as usize)
}

/// Whether the fate of a result is this one, told without reading all of it.
pub fn has_fate(payload: &[u8], fate: Fate) -> bool {
    payload.first() == Some(&(fate as u8))
}

/// Why a document has no report, where its reader says so.
pub fn of_error(error: &Error) -> Verdict {
    let detail = error.to_string();
    match error {
        Error::UnknownFormat(_) => Verdict::new(Fate::NoReader, "format", detail),
        Error::Empty => Verdict::unreadable("empty", detail),
        Error::WrongPassword => Verdict::unreadable("wrong_password", detail),
        Error::Encrypted | Error::Locked => Verdict::unreadable("encrypted", detail),
        Error::Picture(media_type) => Verdict::unreadable("picture", media_type.clone()),
        Error::Model(why) => Verdict::unreadable("model", why.clone()),
        Error::UnknownEncoding(_) => Verdict::unreadable("encoding", detail),
        Error::Limit(_) => Verdict::unreadable("limit", detail),
        _ => Verdict::unreadable("damaged", detail),
    }
}

/// Why a document has no report, where the process that was reading it ended.
pub fn of_end(end: &End) -> Verdict {
    let reason = match end {
        End::Time(_) => "time",
        End::Memory(_) => "memory",
        End::Crash(_) => "crash",
        End::Stopped(_) => "interrupted",
    };
    Verdict::unreadable(reason, end.to_string())
}
