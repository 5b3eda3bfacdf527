//! `nianbao batch`: folders, archives and web archives in, a dataset out.
//!
//! Invariant: what is printed is for people and goes to standard error; the data is in the dataset.

use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::thread;

use nianbao::batch::pool::Isolation;
use nianbao::batch::{self, BatchError, Onto, Summary};
use nianbao::write::Format;
use nianbao::write::readme::Corrections;

use super::fates::fate_word;
use super::language::say;
use super::overlay::OverlayArgs;
use super::progress;
use super::reading::LimitArgs;
use super::recognition::RecognitionArgs;
use super::{Session, Status, Stop};

/// Read folders, archives and web archives into a dataset
///
/// Takes files, folders, zip, tar, gzip, zstd, WARC and ARC, also one in
/// another, and writes every report in them as tables: CSV, JSON Lines,
/// Parquet, SQLite and a workbook, with a codebook and a description. A run
/// that was stopped, by whatever, goes on where it was with the same command;
/// later runs read only what is new or has changed.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  nianbao batch reports/ --out dataset
  nianbao batch crawl.warc.gz --out dataset --formats parquet,sqlite
  nianbao batch . --out ../dataset --include '*.html' --exclude '*/old/*'
  find . -name '*2023*' | nianbao batch --files-from - --out dataset

The table `inputs` of the dataset tells for every input what became of it.
Patterns are matched against whole paths, also those inside archives; * matches
across folders. Hidden files and what .gitignore names are left out.

Datasets of earlier runs below a folder are left out too. A file of more than
256 MiB, or a member of an archive of more than 64 MiB, is not read.

Exit status: 2 for wrong use, 3 if some inputs could not be read or the dataset
not written, 130 if it was stopped by Ctrl-C, 0 otherwise.")]
pub struct Args {
    /// Files and folders
    #[arg(value_name = "IN", required_unless_present = "files_from")]
    inputs: Vec<PathBuf>,
    /// Folder of the dataset; made if it is not there
    #[arg(short, long, value_name = "DATASET")]
    out: PathBuf,
    /// Read also the files that FILE lists, one a line; - is standard input
    #[arg(long, value_name = "FILE")]
    files_from: Option<PathBuf>,
    /// Take only documents whose path matches; can be given several times
    #[arg(long, value_name = "GLOB")]
    include: Vec<String>,
    /// Leave out files and documents whose path matches
    #[arg(long, value_name = "GLOB")]
    exclude: Vec<String>,
    /// Encoding of all files, whatever they say themselves
    #[arg(long, value_name = "LABEL")]
    encoding: Option<String>,
    /// Password of encrypted PDF files
    #[arg(long, value_name = "WORD")]
    password: Option<String>,
    /// Keep what is in the dataset, and add the files named now
    #[arg(long, conflicts_with = "replace")]
    add: bool,
    /// Let the files named now take the place of all that is in the dataset
    #[arg(long)]
    replace: bool,
    /// Number of documents read at once; without it, one a processor
    #[arg(short, long, value_name = "N")]
    jobs: Option<usize>,
    /// Formats to write, separated by commas; without it, all
    #[arg(long, value_name = "LIST", value_delimiter = ',')]
    formats: Vec<String>,
    /// Begin CSV files with a byte order mark, for old spreadsheets
    #[arg(long)]
    csv_bom: bool,
    #[command(flatten)]
    overlay: OverlayArgs,
    #[command(flatten)]
    recognition: RecognitionArgs,
    #[command(flatten)]
    limits: LimitArgs,
}

impl Args {
    /// Makes sure of formats and encoding, and reads the list of files.
    pub fn validate(self) -> Result<batch::Options, Stop> {
        if let Some(label) = &self.encoding
            && encoding_rs::Encoding::for_label(label.as_bytes()).is_none()
        {
            let error = nianbao::error::Error::UnknownEncoding(label.clone());
            return Err(Stop::Usage(error.to_string()));
        }
        let mut inputs = self.inputs;
        if let Some(list) = &self.files_from {
            inputs.extend(batch::walk::read_list(list).map_err(stop)?);
        }
        // One that is missing costs only itself; if all are, the command was meant otherwise.
        if let Some(missing) = inputs.first().filter(|_| !inputs.iter().any(|path| path.exists())) {
            return Err(Stop::Usage(format!(
                "{}: {}",
                missing.display(),
                say("no such file or folder", "没有这个文件或文件夹")
            )));
        }
        Ok(batch::Options {
            inputs,
            dataset: self.out,
            include: self.include,
            exclude: self.exclude,
            encoding: self.encoding,
            password: self.password,
            recognition: self.recognition.recognition(),
            onto: match (self.add, self.replace) {
                (true, _) => Onto::Add,
                (_, true) => Onto::Replace,
                _ => Onto::Same,
            },
            jobs: jobs(self.jobs)?,
            formats: formats(&self.formats)?,
            csv_bom: self.csv_bom,
            overlay: self.overlay.open()?.map(Arc::new),
            isolation: Isolation::Processes(self.limits.program()?),
        })
    }
}

fn jobs(jobs: Option<usize>) -> Result<usize, Stop> {
    match jobs {
        Some(0) => Err(Stop::Usage(say("--jobs must be at least 1", "--jobs 至少为 1").into())),
        Some(jobs) => Ok(jobs),
        None => Ok(thread::available_parallelism().map_or(1, Into::into)),
    }
}

fn formats(names: &[String]) -> Result<Vec<Format>, Stop> {
    if names.is_empty() {
        return Ok(Format::ALL.to_vec());
    }
    let mut formats = Vec::new();
    for name in names {
        let known = Format::ALL.iter().map(|format| format.name()).collect::<Vec<_>>();
        let why = say("no such format; there are", "没有这种格式；可用的有");
        let unknown = || Stop::Usage(format!("{name}: {why} {}", known.join(", ")));
        formats.push(Format::of_name(name.trim()).ok_or_else(unknown)?);
    }
    formats.sort_unstable();
    formats.dedup();
    Ok(formats)
}

fn stop(error: BatchError) -> Stop {
    match error {
        BatchError::Usage(message) => Stop::Usage(message),
        other => Stop::Output(io::Error::other(other)),
    }
}

/// Reads the inputs and writes the dataset.
pub fn run(options: &batch::Options, session: &mut Session) -> Result<Status, Stop> {
    match progress::watched(options, |progress| batch::run(options, progress)) {
        Ok(summary) => {
            summarise(options, &summary, session);
            Ok(if summary.counts.unread() > 0 {
                Status::Unreadable
            } else {
                Status::Good
            })
        }
        Err(BatchError::Usage(message)) => Err(Stop::Usage(message)),
        Err(BatchError::Stopped) => {
            let message = say(
                "stopped; what was read is kept, and the same command continues from there",
                "已停止；已读取的内容均已保留，再次运行同一命令即可从中断处继续",
            );
            session.messages.error(options.dataset.display(), message);
            Ok(Status::Stopped)
        }
        Err(error) => {
            session.messages.error(options.dataset.display(), &error);
            // Without a folder to write in, nothing was read.
            if !matches!(error, BatchError::Busy(_)) && options.dataset.join(".journal").is_dir() {
                let advice = say(
                    "what was read is kept; the same command continues from there",
                    "已读取的内容均已保留；再次运行同一命令即可继续",
                );
                session.messages.error(options.dataset.display(), advice);
            }
            Ok(Status::Unreadable)
        }
    }
}

fn summarise(options: &batch::Options, summary: &Summary, session: &mut Session) {
    let counts = &summary.counts;
    let dataset = options.dataset.display();
    for (name, why) in &counts.unread {
        session
            .messages
            .error(name, say(why.clone(), format!("无法读取（{why}）")));
    }
    let unnamed = counts.unread() - counts.unread.len() as u64;
    if unnamed > 0 {
        let message = say(
            format!("{unnamed} more could not be read; the table inputs names them"),
            format!("另有 {unnamed} 个输入无法读取，见 inputs 表"),
        );
        session.messages.error(&dataset, message);
    }
    let known = match summary.known {
        0 => String::new(),
        known => say(
            format!(" ({known} known from earlier runs)"),
            format!("（其中 {known} 个此前已读取）"),
        ),
    };
    let (inputs, reports) = (counts.inputs(), counts.fate("annual_report"));
    let message = say(
        format!("{inputs} inputs, {reports} reports{known}"),
        format!("{inputs} 个输入，{reports} 份报告{known}"),
    );
    session.messages.note(&dataset, message);
    if summary.damaged > 0 {
        let places = summary.damaged;
        let message = say(
            format!("{places} places of the journal were damaged; what they held was read again, and all else kept"),
            format!("运行日志有 {places} 处损坏；这些部分已重新读取，其余均保留"),
        );
        session.messages.note(&dataset, message);
    }
    for ((fate, reason), count) in &counts.reasons {
        let message = say(
            format!("{count} {fate}: {reason}"),
            format!("{count} 个{}（{fate}: {reason}）", fate_word(fate)),
        );
        session.messages.note(&dataset, message);
    }
    if let Some(Corrections { taken, left }) = counts.corrections {
        let message = say(
            format!("{taken} corrections taken, {left} no longer apply"),
            format!("采用 {taken} 处更正，{left} 处已不再适用"),
        );
        session.messages.note(&dataset, message);
    }
    if counts.disagreeing > 0 {
        let reports = counts.disagreeing;
        let message = say(
            format!("{reports} reports differ from another of the same agency and year"),
            format!("{reports} 份报告与同一机关同一年度的另一份报告数字不同"),
        );
        session.messages.note(&dataset, message);
    }
}
