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

/// A result as it stands in the journal: a byte for its fate, which is wanted most often, then all of it, compressed.
///
/// # Errors
/// Where it cannot be written as JSON.
pub fn encode(outcome: &Outcome) -> io::Result<Vec<u8>> {
    let mut payload = vec![outcome.verdict.fate as u8];
    payload.extend(zstd::bulk::compress(&serde_json::to_vec(outcome)?, 3)?);
    Ok(payload)
}

/// A result from the journal.
///
/// # Errors
/// Where it is none.
pub fn decode(payload: &[u8]) -> io::Result<Outcome> {
    let (_, rest) = payload.split_first().ok_or(io::ErrorKind::UnexpectedEof)?;
    Ok(serde_json::from_slice(&zstd::stream::decode_all(rest)?)?)
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
        Error::Encrypted => Verdict::unreadable("encrypted", "the file is encrypted and needs a password"),
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
