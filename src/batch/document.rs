//! What passes through a run: documents, what became of them, and the readers' results.
//!
//! Invariant: a result depends on the bytes of a document and of the pictures that it shows, the file name and the encodings only, never
//! on the folder or archive of the document, so a file that was moved need not be read again.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::isolate::Limits;
use crate::read::{Beside, Hints, Recognition};
use crate::report::Report;

/// Where a document comes from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// Path; below it, after `!`, the member of an archive or the address in a web archive.
    pub name: String,
    /// Whole path of the file on the disk.
    #[serde(default)]
    pub file: String,
    /// Address that it was fetched from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// When it was fetched, ISO 8601.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fetched: Option<String>,
    /// Encoding that the server named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub http_encoding: Option<String>,
    /// `WARC-Payload-Digest`, to find what a revisit record stands for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub digest: Option<String>,
    /// Address of the record that a revisit record stands for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refers_to: Option<String>,
    /// Further files beside it that hold the rest of its report.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub pages: u32,
    /// Whether the record of the web archive is cut off.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub truncated: bool,
}

#[allow(clippy::trivially_copy_pass_by_ref)]
fn is_zero(count: &u32) -> bool {
    *count == 0
}

/// What the walk finds.
#[derive(Clone, Debug)]
pub enum Item {
    /// A document, and the pictures beside it that it shows.
    Document(Place, Vec<u8>, Beside),
    /// A record that says: the same as before.
    Revisit(Place),
    /// Something of which no document can be had.
    Lost(Place, Option<u64>, Verdict),
}

/// What became of an input.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fate {
    /// It is an annual report, and in the dataset.
    AnnualReport,
    /// It has the same bytes as an earlier input.
    Duplicate,
    /// Its pages are pictures.
    Scan,
    /// A page that links to reports.
    ListPage,
    /// A page whose report is an attached file.
    AttachmentOnly,
    /// Something else.
    NotAReport,
    /// A format without a reader.
    NoReader,
    /// It cannot be read.
    Unreadable,
}

impl Fate {
    /// Its name in the dataset.
    pub fn name(self) -> &'static str {
        match self {
            Fate::AnnualReport => "annual_report",
            Fate::Duplicate => "duplicate",
            Fate::Scan => "scan",
            Fate::ListPage => "list_page",
            Fate::AttachmentOnly => "attachment_only",
            Fate::NotAReport => "not_a_report",
            Fate::NoReader => "no_reader",
            Fate::Unreadable => "unreadable",
        }
    }
}

impl Fate {
    fn in_words(self) -> &'static str {
        match self {
            Fate::AnnualReport => "an annual report",
            Fate::Duplicate => "the same as an earlier input",
            Fate::Scan => "a scan",
            Fate::ListPage => "a page of links to reports",
            Fate::AttachmentOnly => "a page with an attachment",
            Fate::NotAReport => "not an annual report",
            Fate::NoReader => "no reader",
            Fate::Unreadable => "unreadable",
        }
    }
}

/// What became of an input, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verdict {
    /// What.
    pub fate: Fate,
    /// Why, as a word.
    pub reason: Option<String>,
    /// Why, in words.
    pub detail: Option<String>,
}

impl Verdict {
    /// A fate with its reason and words.
    pub fn new(fate: Fate, reason: &str, detail: impl Into<String>) -> Self {
        Verdict {
            fate,
            reason: Some(reason.into()),
            detail: Some(detail.into()),
        }
    }

    /// What became of it, in words.
    pub fn in_words(&self) -> String {
        let said = [&self.detail, &self.reason]
            .into_iter()
            .flatten()
            .find(|said| !said.is_empty());
        match (self.fate, said) {
            (Fate::Unreadable | Fate::NoReader, Some(said)) => said.clone(),
            (fate, Some(said)) => format!("{}: {said}", fate.in_words()),
            (fate, None) => fate.in_words().to_owned(),
        }
    }

    /// An input that cannot be read.
    pub fn unreadable(reason: &str, detail: impl Into<String>) -> Self {
        Verdict::new(Fate::Unreadable, reason, detail)
    }
}

/// What reading a document gave.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Outcome {
    /// What became of it.
    #[serde(flatten)]
    pub verdict: Verdict,
    /// The report, for an annual report.
    pub report: Option<Report>,
}

/// What a worker is told about a document.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    /// File name: it decides between text formats, and may tell the title.
    pub name: Option<String>,
    /// Encoding that the server named.
    pub http_encoding: Option<String>,
    /// Encoding that holds whatever the file says (`--encoding`).
    pub encoding: Option<String>,
    /// Password of encrypted files.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub password: Option<String>,
    /// How pages that are only pictures are read.
    #[serde(default)]
    pub recognition: Recognition,
    /// Pictures beside the document that it shows.
    #[serde(default, skip_serializing_if = "Beside::is_empty")]
    pub beside: Beside,
}

impl Request {
    /// What matters of a place for reading.
    pub fn of(place: &Place, encoding: Option<&str>, password: Option<&str>, recognition: &Recognition) -> Self {
        // The query of an address is no part of the file name.
        let name = place.name.split(['?', '#']).next().unwrap_or_default();
        let file = name.rsplit(['/', '!', '\\']).next().unwrap_or_default();
        Request {
            name: (!file.is_empty()).then(|| file.to_owned()),
            http_encoding: place.http_encoding.clone(),
            encoding: encoding.map(Into::into),
            password: password.map(Into::into),
            recognition: recognition.clone(),
            beside: Beside::default(),
        }
    }

    /// The hints for the readers.
    pub fn hints(&self) -> Hints {
        Hints {
            name: self.name.clone(),
            encoding: self.encoding.clone(),
            http_encoding: self.http_encoding.clone(),
            password: self.password.clone(),
            recognition: self.recognition.clone(),
            beside: self.beside.clone(),
            ..Hints::default()
        }
    }

    /// The key of the result in the journal: everything that it depends on, the build of the program and its limits too; `recognition` is
    /// the fingerprint of how pictures are read.
    pub fn key(&self, sha256: &[u8; 32], limits: Option<Limits>, recognition: &str) -> Key {
        let mut hash = Sha256::new();
        for part in [
            env!("NIANBAO_BUILD"),
            &limits.map_or_else(String::new, |limits| format!("{} {:?}", limits.memory, limits.time)),
            self.name.as_deref().unwrap_or(""),
            self.http_encoding.as_deref().unwrap_or(""),
            self.encoding.as_deref().unwrap_or(""),
            recognition,
        ]
        .into_iter()
        // Behind what every document has, so that a run without a password knows the results of those before it.
        .chain(self.password.as_deref())
        {
            hash.update(part.as_bytes());
            hash.update([0]);
        }
        hash.update(sha256);
        for (name, bytes) in self.beside.iter() {
            hash.update(name.as_bytes());
            hash.update([0]);
            hash.update(Sha256::digest(bytes));
        }
        let mut key = [0; 16];
        key.copy_from_slice(&hash.finalize()[..16]);
        key
    }
}

/// Key of a result in the journal.
pub type Key = [u8; 16];
