//! `nianbao extract`: reports as JSON, JSON Lines or a table of figures.
//!
//! Invariant: outputs stand in the order of the inputs, each whole or not at all.

use std::io::Write;
use std::num::NonZeroUsize;
use std::thread;

use clap::ValueEnum;
use nianbao::report::Status as CheckStatus;

use super::input::{Input, InputArgs, Inputs};
use super::reading::Reading;
use super::{Session, Status, Stop, figures};

/// Read reports and print them as JSON
///
/// One input gives one JSON document, several give JSON Lines. On a terminal
/// a single document is laid out over several lines.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  nianbao extract report.html
  nianbao extract --format json report.txt > report.json
  nianbao extract *.html > reports.jsonl
  nianbao extract --format csv *.html > figures.csv
  curl -s https://example.gov.cn/nb.html | nianbao extract -
  nianbao extract --encoding gb18030 old.txt

A figure in the JSON is a number exactly as printed, or null; `evidence` tells
for each what stood in the cell and where, `checks` what does not add up, and
`diagnostics` what was noticed. `nianbao schema` prints the JSON Schema.")]
pub struct Args {
    #[command(flatten)]
    inputs: InputArgs,
    /// Form of the output; without it: json for one input, jsonl for several
    #[arg(long, value_enum)]
    format: Option<Format>,
    /// Number of files read at once; without it, one a processor
    #[arg(short, long, value_name = "N")]
    jobs: Option<NonZeroUsize>,
    /// Exit with status 1 if a check of any report fails
    #[arg(long)]
    fail_on_check: bool,
}

/// Form of the output.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Laid out over lines; several inputs make an array
    Json,
    /// One report a line
    Jsonl,
    /// One figure of the tables a row
    Csv,
}

/// What to do.
pub struct Options {
    inputs: Inputs,
    format: Option<Format>,
    jobs: usize,
    fail_on_check: bool,
}

impl Args {
    /// Makes sure of the inputs.
    pub fn validate(self) -> Result<Options, Stop> {
        Ok(Options {
            inputs: self.inputs.validate()?,
            format: self.format,
            jobs: match self.jobs {
                Some(jobs) => jobs.get(),
                None => thread::available_parallelism().map_or(1, NonZeroUsize::get),
            },
            fail_on_check: self.fail_on_check,
        })
    }
}

/// Reads each input and prints it.
pub fn run(options: &Options, session: &mut Session) -> Result<Status, Stop> {
    let mut printer = Printer::new(options.format, options.inputs.list.len() > 1, session)?;
    let mut status = Status::Good;
    options
        .inputs
        .readers
        .each(&options.inputs, options.jobs, |input, reading| match reading {
            Ok(reading) => {
                status.worsen(judge(options, input, &reading, session));
                printer.print(&reading, session)
            }
            Err(error) => {
                session.messages.error(input, error);
                status.worsen(Status::Unreadable);
                Ok(())
            }
        })?;
    printer.finish(session)?;
    Ok(status)
}

/// Says what was noticed in a report, and what that means for the exit status.
fn judge(options: &Options, input: &Input, reading: &Reading, session: &Session) -> Status {
    let report = &reading.report;
    session.messages.findings(input, report);
    if let Some(why_not) = reading.why_not() {
        session.messages.error(input, why_not);
        return Status::Unreadable;
    }
    let fails = report.checks.iter().any(|check| check.status == CheckStatus::Fail);
    match options.fail_on_check && fails {
        true => Status::CheckFailed,
        false => Status::Good,
    }
}

/// The output as far as it is written.
enum Printer {
    /// Documents one after another.
    Documents { pretty: bool },
    /// An array, with the number of its elements so far.
    Array { written: usize },
    /// A table of figures.
    Figures,
}

impl Printer {
    fn new(format: Option<Format>, several: bool, session: &mut Session) -> Result<Self, Stop> {
        Ok(match (format, several) {
            (Some(Format::Csv), _) => {
                figures::write_header(&mut session.out)?;
                Printer::Figures
            }
            (Some(Format::Jsonl), _) | (None, true) => Printer::Documents { pretty: false },
            (Some(Format::Json), false) => Printer::Documents { pretty: true },
            (Some(Format::Json), true) => Printer::Array { written: 0 },
            (None, false) => Printer::Documents {
                pretty: session.out.is_terminal(),
            },
        })
    }

    fn print(&mut self, reading: &Reading, session: &mut Session) -> Result<(), Stop> {
        let (report, out) = (&reading.report, &mut session.out);
        match self {
            Printer::Documents { pretty: true } => out.json(report, true)?,
            Printer::Documents { pretty: false } => {
                out.write_all(&reading.json)?;
                out.write_all(b"\n")?;
            }
            Printer::Array { written } => {
                out.write_all(if *written == 0 { b"[\n" } else { b",\n" })?;
                serde_json::to_writer_pretty(&mut *out, report)?;
                *written += 1;
            }
            Printer::Figures => figures::write_report(report, out)?,
        }
        // So that a reader at the other end of a pipe has each report as soon as it is there.
        out.flush()?;
        Ok(())
    }

    fn finish(self, session: &mut Session) -> Result<(), Stop> {
        if let Printer::Array { written } = self {
            session.out.write_all(if written == 0 { b"[]\n" } else { b"\n]\n" })?;
        }
        Ok(())
    }
}
