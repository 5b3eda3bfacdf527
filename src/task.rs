//! What a worker process can be asked for, and its answers.
//!
//! A task and the bytes of a document go one way, the answer comes back, both as JSON in the frames of [`crate::isolate`]. Invariant: a
//! fault of the program in one document is an answer that names it, not the end of the worker.

use std::io;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::batch::document::{Fate, Request, Verdict};
use crate::batch::reading::{encode, of_error, read_document};
use crate::batch::sift::sift;
use crate::batch::{kind, no_report};
use crate::document::Document;
use crate::extract::document;
use crate::isolate::quietly;
use crate::read::{Hints, PageMarks, is_read_picture, marks};
use crate::report::Report;
#[cfg(feature = "review")]
use crate::review;

/// What is wanted of a document.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Task {
    /// Its result as the journal of a batch keeps it.
    Outcome(Request),
    /// What it is, and its report, whatever it is: a line each.
    Report(Hints),
    /// What its reader sees: a [`Result`] with a [`Document`].
    Document(Hints),
    /// Its pages, if it has any: a [`Result`] with [`Pages`].
    Pages(Hints),
    /// What there is to see of it, with marks that lead to an address: a [`Result`] with a [`review::View`].
    #[cfg(feature = "review")]
    View(Hints, review::Places, Option<String>),
    /// One of its pages as PNG; where there is none, a [`Result`] with the reason.
    #[cfg(feature = "review")]
    Picture(Hints, review::Picture),
}

/// What the pages of a document draw, and what was read of them.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Pages {
    /// What each page draws.
    pub marks: Vec<PageMarks>,
    /// What the reader made of it.
    pub document: Document,
    /// What came of that.
    pub report: Report,
}

/// What a document is, and its report where it can be read, whatever it is.
#[derive(Clone, Debug)]
pub struct Judged {
    /// What it is.
    pub verdict: Verdict,
    /// Its report, with a diagnostic where it is no annual report.
    pub report: Option<Report>,
    /// The report as JSON in one line; empty where there is none.
    pub json: Vec<u8>,
}

impl Task {
    /// A task of a batch as a request.
    ///
    /// # Errors
    /// Never, in practice: where it cannot be written as JSON.
    pub fn outcome(request: &Request) -> io::Result<Vec<u8>> {
        Task::Outcome(request.clone()).to_request()
    }

    /// The task as a request.
    ///
    /// # Errors
    /// Where it cannot be written as JSON.
    pub fn to_request(&self) -> io::Result<Vec<u8>> {
        Ok(serde_json::to_vec(self)?)
    }
}

/// Does what a request asks for; for [`crate::isolate::serve`].
///
/// # Errors
/// Where the request is none, or the answer cannot be written as JSON.
pub fn perform(request: &[u8], bytes: &[u8]) -> io::Result<Vec<u8>> {
    match serde_json::from_slice(request)? {
        Task::Outcome(request) => encode(&read_document(bytes, &request)),
        Task::Report(hints) => judge(bytes, &hints)?.to_answer(),
        Task::Document(hints) => result(|| document(bytes, &hints).map_err(|error| error.to_string())),
        Task::Pages(hints) => result(|| pages(bytes, &hints).map_err(|error| error.to_string())),
        #[cfg(feature = "review")]
        Task::View(hints, places, link) => {
            result(|| review::view(bytes, &hints, &places, link.as_deref()).map_err(|error| error.to_string()))
        }
        #[cfg(feature = "review")]
        Task::Picture(hints, wanted) => picture(bytes, &hints, wanted),
    }
}

/// An answer that is a [`Result`].
///
/// # Errors
/// Where the answer is none, or says why there is nothing.
pub fn answer<T: DeserializeOwned>(answer: &[u8]) -> io::Result<T> {
    serde_json::from_slice::<Result<T, String>>(answer)?.map_err(io::Error::other)
}

fn result<T: Serialize>(work: impl FnOnce() -> Result<T, String>) -> io::Result<Vec<u8>> {
    let result = quietly(work).unwrap_or_else(|fault| Err(fault.to_string()));
    Ok(serde_json::to_vec(&result)?)
}

#[cfg(feature = "review")]
fn picture(bytes: &[u8], hints: &Hints, wanted: review::Picture) -> io::Result<Vec<u8>> {
    let drawn = quietly(|| review::picture(bytes, hints, wanted).map_err(|error| error.to_string()));
    match drawn.unwrap_or_else(|fault| Err(fault.to_string())) {
        Ok(png) => Ok(png),
        Err(why) => result(|| Err::<(), _>(why)),
    }
}

fn pages(bytes: &[u8], hints: &Hints) -> Result<Option<Pages>, crate::error::Error> {
    let Some(marks) = marks(bytes, hints)? else {
        return Ok(None);
    };
    Ok(Some(Pages {
        marks,
        document: document(bytes, hints)?,
        report: crate::extract(bytes, hints)?,
    }))
}

/// Reads a document and says what it is.
///
/// # Errors
/// Never, in practice: where the report cannot be written as JSON.
pub fn judge(bytes: &[u8], hints: &Hints) -> io::Result<Judged> {
    // A picture that is read is more than its format.
    let sifted = || sift(bytes).filter(|_| !is_read_picture(bytes, &hints.recognition));
    let read = quietly(|| match crate::extract(bytes, hints) {
        Ok(report) => (kind::verdict(&report, bytes), Some(report)),
        // Of an archive there is more to say than that it has no reader, and of a picture how it can be read.
        Err(error) => {
            let mut verdict = sifted().unwrap_or_else(|| with_advice(&error));
            if let crate::Error::Picture(_) = error {
                verdict.detail = Some(error.to_string());
            }
            (verdict, None)
        }
    });
    let (mut verdict, mut report) =
        read.unwrap_or_else(|fault| (Verdict::unreadable("fault", fault.to_string()), None));
    if let Some(report) = &mut report
        && verdict.fate != Fate::AnnualReport
    {
        verdict = sifted().unwrap_or(verdict);
        report.diagnostics.extend(no_report::diagnostic(&verdict));
    }
    let json = report.as_ref().map(serde_json::to_vec).transpose()?.unwrap_or_default();
    Ok(Judged { verdict, report, json })
}

/// The verdict in words for a person at a command line.
fn with_advice(error: &crate::error::Error) -> Verdict {
    Verdict {
        detail: Some(error.to_string()),
        ..of_error(error)
    }
}

impl Judged {
    fn to_answer(&self) -> io::Result<Vec<u8>> {
        let mut answer = serde_json::to_vec(&self.verdict)?;
        answer.push(b'\n');
        answer.extend_from_slice(&self.json);
        Ok(answer)
    }

    /// What a worker answered.
    ///
    /// # Errors
    /// Where that is no such answer.
    pub fn of_answer(answer: &[u8]) -> io::Result<Self> {
        let (verdict, json) = Judged::parts(answer)?;
        Ok(Judged {
            verdict,
            report: (!json.is_empty()).then(|| serde_json::from_slice(json)).transpose()?,
            json: json.to_vec(),
        })
    }

    /// The verdict of an answer, and the JSON as it is.
    ///
    /// # Errors
    /// Where that is no such answer.
    pub fn parts(answer: &[u8]) -> io::Result<(Verdict, &[u8])> {
        let end = memchr::memchr(b'\n', answer).ok_or(io::ErrorKind::InvalidData)?;
        Ok((serde_json::from_slice(&answer[..end])?, &answer[end + 1..]))
    }
}
