//! The inputs of a command: files and standard input, with what the user knows about them.
//!
//! Invariant: a file is refused by its size before it is read, and no input is read twice.

use std::ffi::OsString;
use std::fmt;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::PathBuf;

use anyhow::{Context, bail};
use nianbao::document::Document;
use nianbao::read::{Hints, PageMarks, marks, read};
use nianbao::report::Report;

use super::{Stop, guard};

/// The largest file that is read: a report is a few megabytes at most, and a whole archive is for `batch`.
const LARGEST: u64 = 256 << 20;

/// Files and what is known about them.
#[derive(clap::Args)]
pub struct InputArgs {
    /// Files to read; - is standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Encoding of the files, whatever they say themselves (gb18030, utf-8, big5)
    #[arg(long, value_name = "LABEL")]
    encoding: Option<String>,
    /// Password of encrypted files
    #[arg(long, value_name = "TEXT")]
    password: Option<String>,
}

/// The same, made sure of.
#[derive(Debug)]
pub struct Inputs {
    /// What to read, in order.
    pub list: Vec<Input>,
    /// Whether an input that takes too long ends the program.
    pub watched: bool,
    encoding: Option<String>,
    password: Option<String>,
}

/// One input.
#[derive(Debug, PartialEq, Eq)]
pub enum Input {
    /// Standard input.
    Stdin,
    /// A file.
    File(PathBuf),
}

impl InputArgs {
    /// Files of a command that names them itself, without further options.
    pub fn of_files(files: Vec<PathBuf>) -> Self {
        InputArgs {
            files,
            encoding: None,
            password: None,
        }
    }

    /// Makes sure that the encoding exists and that standard input is named once.
    pub fn validate(self) -> Result<Inputs, Stop> {
        let list: Vec<Input> = self
            .files
            .into_iter()
            .map(|path| {
                if path.as_os_str() == "-" {
                    Input::Stdin
                } else {
                    Input::File(path)
                }
            })
            .collect();
        if list.iter().filter(|input| **input == Input::Stdin).count() > 1 {
            return Err(Stop::Usage("standard input (-) is given twice".into()));
        }
        if let Some(label) = &self.encoding
            && encoding_rs::Encoding::for_label(label.as_bytes()).is_none()
        {
            return Err(Stop::Usage(
                nianbao::error::Error::UnknownEncoding(label.clone()).to_string(),
            ));
        }
        Ok(Inputs {
            list,
            watched: true,
            encoding: self.encoding,
            password: self.password,
        })
    }
}

impl Inputs {
    /// What the reader is told about one of the inputs.
    pub fn hints(&self, input: &Input) -> Hints {
        Hints {
            name: match input {
                Input::Stdin => None,
                Input::File(path) => Some(path.to_string_lossy().into_owned()),
            },
            encoding: self.encoding.clone(),
            password: self.password.clone(),
            ..Hints::default()
        }
    }

    /// The options that tell a worker the same.
    pub fn arguments(&self) -> Vec<OsString> {
        let options = [("--encoding", &self.encoding), ("--password", &self.password)];
        options
            .into_iter()
            .filter_map(|(name, value)| Some(format!("{name}={}", value.as_ref()?).into()))
            .collect()
    }

    /// One input as a report.
    pub fn report(&self, input: &Input) -> anyhow::Result<Report> {
        self.report_of(&input.bytes()?, input)
    }

    /// The bytes of one input as a report.
    pub fn report_of(&self, bytes: &[u8], input: &Input) -> anyhow::Result<Report> {
        Ok(self.guarded(input, || nianbao::extract(bytes, &self.hints(input)))??)
    }

    /// One input as a document: what the reader of its format saw.
    pub fn document(&self, input: &Input) -> anyhow::Result<Document> {
        let bytes = input.bytes()?;
        Ok(self.guarded(input, || read(&bytes, &self.hints(input)))??)
    }

    /// One input as the pages that it draws, or `None` where its format has no pages; its document, and its report.
    pub fn pages(&self, input: &Input) -> anyhow::Result<Option<(Vec<PageMarks>, Document, Report)>> {
        let bytes = input.bytes()?;
        let hints = self.hints(input);
        self.guarded(input, || {
            let Some(marks) = marks(&bytes, &hints)? else {
                return Ok(None);
            };
            Ok(Some((marks, read(&bytes, &hints)?, nianbao::extract(&bytes, &hints)?)))
        })?
    }

    fn guarded<T>(&self, input: &Input, work: impl FnOnce() -> T) -> Result<T, guard::Fault> {
        match self.watched {
            true => guard::in_time(input, || guard::quietly(work)),
            false => guard::quietly(work),
        }
    }
}

impl fmt::Display for Input {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Input::Stdin => f.write_str("standard input"),
            Input::File(path) => path.display().fmt(f),
        }
    }
}

impl Input {
    /// All bytes of the input.
    pub fn bytes(&self) -> anyhow::Result<Vec<u8>> {
        match self {
            Input::Stdin => limited(io::stdin().lock(), 0),
            Input::File(path) => {
                let meta = fs::metadata(path).map_err(plain)?;
                if meta.is_dir() {
                    bail!("is a folder; `nianbao batch {}` reads whole folders", path.display());
                }
                if meta.len() > LARGEST {
                    bail!("{} bytes; the limit is {LARGEST}", meta.len());
                }
                let file = File::open(path).map_err(plain)?;
                limited(file, meta.len())
            }
        }
    }
}

/// Reads to the end, but never more than the limit: a pipe or a device does not tell its size.
fn limited(source: impl Read, expected: u64) -> anyhow::Result<Vec<u8>> {
    let mut bytes = Vec::with_capacity(usize::try_from(expected.min(LARGEST)).unwrap_or(0));
    source
        .take(LARGEST + 1)
        .read_to_end(&mut bytes)
        .context("cannot be read")?;
    if bytes.len() as u64 > LARGEST {
        bail!("more than {LARGEST} bytes, which is the limit");
    }
    Ok(bytes)
}

/// The operating system's words without its error number.
fn plain(error: io::Error) -> anyhow::Error {
    match error.kind() {
        io::ErrorKind::NotFound => anyhow::anyhow!("no such file"),
        io::ErrorKind::PermissionDenied => anyhow::anyhow!("permission denied"),
        _ => anyhow::Error::new(error),
    }
}
