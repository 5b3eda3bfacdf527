//! The inputs of a command: files and standard input, with what the user knows about them.
//!
//! Invariant: a file is refused by its size before it is read, and no input is read twice.

use std::fmt;
use std::io::{self, Read};
use std::path::PathBuf;

use anyhow::{Context, bail};
use nianbao::batch::{beside, name, regular};
use nianbao::document::Document;
use nianbao::read::{Beside, Hints, Recognition};
use nianbao::task::{Pages, Task, answer};

use super::Stop;
use super::language::say;
use super::reading::{LimitArgs, Readers, Reading, judged};
use super::recognition::RecognitionArgs;

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
    /// Password of encrypted PDF files
    #[arg(long, value_name = "TEXT")]
    password: Option<String>,
    #[command(flatten)]
    recognition: RecognitionArgs,
    #[command(flatten)]
    limits: LimitArgs,
}

/// The same, made sure of.
#[derive(Debug)]
pub struct Inputs {
    /// What to read, in order.
    pub list: Vec<Input>,
    /// Who reads.
    pub readers: Readers,
    encoding: Option<String>,
    password: Option<String>,
    recognition: Recognition,
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
            recognition: RecognitionArgs::default(),
            limits: LimitArgs::default(),
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
            readers: Readers::new(self.limits.program()?),
            encoding: self.encoding,
            password: self.password,
            recognition: self.recognition.recognition(),
        })
    }
}

impl Inputs {
    /// What the reader is told about one of the inputs, whose bytes these are.
    pub fn hints(&self, input: &Input, bytes: &[u8]) -> Hints {
        Hints {
            beside: match input {
                Input::Stdin => Beside::default(),
                Input::File(path) => beside::pictures(path, bytes, &self.recognition),
            },
            name: match input {
                Input::Stdin => None,
                Input::File(path) => Some(name::of_path(path)),
            },
            encoding: self.encoding.clone(),
            password: self.password.clone(),
            recognition: self.recognition.clone(),
            ..Hints::default()
        }
    }

    /// One input as a report.
    pub fn report(&self, input: &Input) -> anyhow::Result<Reading> {
        self.report_of(&input.bytes()?, input)
    }

    /// The bytes of one input as a report.
    pub fn report_of(&self, bytes: &[u8], input: &Input) -> anyhow::Result<Reading> {
        judged(&self.readers.ask(&Task::Report(self.hints(input, bytes)), bytes)?)
    }

    /// One input as a document: what the reader of its format saw.
    pub fn document(&self, input: &Input) -> anyhow::Result<Document> {
        let bytes = input.bytes()?;
        let document = self.readers.ask(&Task::Document(self.hints(input, &bytes)), &bytes)?;
        Ok(answer(&document)?)
    }

    /// One input as the pages that it draws, or `None` where its format has no pages; its document, and its report.
    pub fn pages(&self, input: &Input) -> anyhow::Result<Option<Pages>> {
        let bytes = input.bytes()?;
        let pages = self.readers.ask(&Task::Pages(self.hints(input, &bytes)), &bytes)?;
        Ok(answer(&pages)?)
    }
}

impl fmt::Display for Input {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Input::Stdin => f.write_str(say("standard input", "标准输入")),
            Input::File(path) => f.write_str(&name::of_path(path)),
        }
    }
}

impl Input {
    /// All bytes of the input.
    pub fn bytes(&self) -> anyhow::Result<Vec<u8>> {
        match self {
            Input::Stdin => limited(io::stdin().lock(), 0),
            Input::File(path) => {
                if path.is_dir() {
                    let path = path.display();
                    bail!(say(
                        format!("is a folder; `nianbao batch {path}` reads whole folders"),
                        format!("是文件夹；读取整个文件夹请用 nianbao batch {path}"),
                    ));
                }
                let (file, meta) = regular::open(path).map_err(plain)?;
                if meta.len() > LARGEST {
                    let bytes = meta.len();
                    bail!(say(
                        format!("{bytes} bytes; the limit is {LARGEST}"),
                        format!("有 {bytes} 字节；上限为 {LARGEST}"),
                    ));
                }
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
        .context(say("cannot be read", "无法读取"))?;
    if bytes.len() as u64 > LARGEST {
        bail!(say(
            format!("more than {LARGEST} bytes, which is the limit"),
            format!("超过上限 {LARGEST} 字节"),
        ));
    }
    Ok(bytes)
}

/// The operating system's words without its error number.
fn plain(error: io::Error) -> anyhow::Error {
    match error.kind() {
        io::ErrorKind::NotFound => anyhow::anyhow!(say("no such file", "没有这个文件")),
        io::ErrorKind::PermissionDenied => anyhow::anyhow!(say("permission denied", "没有权限")),
        io::ErrorKind::Unsupported => {
            anyhow::anyhow!(say(
                format!("is {error}; what a pipe gives can be read from standard input (-)"),
                format!("不是普通文件（{error}）；管道的内容可从标准输入（-）读取"),
            ))
        }
        _ => anyhow::Error::new(error),
    }
}
