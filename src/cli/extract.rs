//! `nianbao extract`: reports as JSON, JSON Lines or a table of figures.
//!
//! Invariant: outputs stand in the order of the inputs, and each is complete before the next input is read.

use std::io::Write;

use clap::ValueEnum;
use nianbao::report::{Report, Status as CheckStatus};

use super::figures::Figures;
use super::input::{InputArgs, Inputs};
use super::{Session, Status, Stop};

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
    fail_on_check: bool,
}

impl Args {
    /// Makes sure of the inputs.
    pub fn validate(self) -> Result<Options, Stop> {
        Ok(Options {
            inputs: self.inputs.validate()?,
            format: self.format,
            fail_on_check: self.fail_on_check,
        })
    }
}

/// Reads each input and prints it.
pub fn run(options: &Options, session: &mut Session) -> Result<Status, Stop> {
    let several = options.inputs.list.len() > 1;
    let mut printer = Printer::new(options.format, several, session)?;
    let mut status = Status::Good;
    for input in &options.inputs.list {
        match options.inputs.report(input) {
            Ok(report) => {
                session.messages.findings(input, &report);
                if options.fail_on_check && report.checks.iter().any(|check| check.status == CheckStatus::Fail) {
                    status.worsen(Status::CheckFailed);
                }
                printer.print(&report, session)?;
            }
            Err(error) => {
                session.messages.error(input, error);
                status.worsen(Status::Unreadable);
            }
        }
    }
    printer.finish(session)?;
    Ok(status)
}

/// The output as far as it is written.
enum Printer {
    /// Documents one after another.
    Documents { pretty: bool },
    /// An array, with the number of its elements so far.
    Array { written: usize },
    /// A table of figures.
    Figures(Figures),
}

impl Printer {
    fn new(format: Option<Format>, several: bool, session: &mut Session) -> Result<Self, Stop> {
        Ok(match (format, several) {
            (Some(Format::Csv), _) => Printer::Figures(Figures::begin(&mut session.out)?),
            (Some(Format::Jsonl), _) | (None, true) => Printer::Documents { pretty: false },
            (Some(Format::Json), false) => Printer::Documents { pretty: true },
            (Some(Format::Json), true) => Printer::Array { written: 0 },
            (None, false) => Printer::Documents {
                pretty: session.out.is_terminal(),
            },
        })
    }

    fn print(&mut self, report: &Report, session: &mut Session) -> Result<(), Stop> {
        let out = &mut session.out;
        match self {
            Printer::Documents { pretty } => out.json(report, *pretty)?,
            Printer::Array { written } => {
                out.write_all(if *written == 0 { b"[\n" } else { b",\n" })?;
                serde_json::to_writer_pretty(&mut *out, report)?;
                *written += 1;
            }
            Printer::Figures(figures) => figures.report(report, out)?,
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
