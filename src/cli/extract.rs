//! `nianbao extract`: reports as JSON, JSON Lines or a table of figures.
//!
//! One input is read in this process, several in workers. Invariant: outputs stand in the order of the inputs, each whole or not
//! at all.

use std::ffi::OsString;
use std::io::Write;
use std::num::NonZeroUsize;
use std::thread;

use clap::ValueEnum;
use nianbao::report::{Report, Status as CheckStatus};

use super::input::{Input, InputArgs, Inputs};
use super::workers::{Answer, Program, Workers};
use super::{Session, Status, Stop};
use super::{figures, guard};

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
    /// Answer with one line for each input: its report, or nothing
    #[arg(long, hide = true)]
    worker: bool,
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
    workers: Workforce,
    fail_on_check: bool,
}

/// Who reads.
enum Workforce {
    /// This process, for itself.
    This,
    /// This process, as a worker of another.
    ThisForAnother,
    /// So many workers.
    Others(usize),
}

impl Args {
    /// Makes sure of the inputs.
    pub fn validate(self) -> Result<Options, Stop> {
        let mut inputs = self.inputs.validate()?;
        // Who started a worker looks at the clock, and can start another.
        inputs.watched = !self.worker;
        let workers = match inputs.list.len() {
            _ if self.worker => Workforce::ThisForAnother,
            1 => Workforce::This,
            _ => Workforce::Others(match self.jobs {
                Some(jobs) => jobs.get(),
                None => thread::available_parallelism().map_or(1, NonZeroUsize::get),
            }),
        };
        Ok(Options {
            inputs,
            format: self.format,
            workers,
            fail_on_check: self.fail_on_check,
        })
    }
}

fn is_pdf(input: &Input) -> bool {
    let Input::File(path) = input else { return false };
    path.extension()
        .is_some_and(|extension| extension.eq_ignore_ascii_case("pdf"))
}

/// Reads each input and prints it.
pub fn run(options: &Options, session: &mut Session) -> Result<Status, Stop> {
    if let Workforce::Others(count) = options.workers {
        return distribute(options, count, session);
    }
    if options.inputs.list.first().is_some_and(is_pdf) {
        // Its pages take longer than the forms; without the thread the first report takes a little longer.
        drop(thread::Builder::new().spawn(nianbao::warm_up));
    }
    let worker = matches!(options.workers, Workforce::ThisForAnother);
    let mut printer = match worker {
        true => Printer::Documents { pretty: false },
        false => Printer::new(options.format, false, session)?,
    };
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
                if worker {
                    writeln!(session.out)?;
                    session.out.flush()?;
                }
            }
        }
    }
    printer.finish(session)?;
    Ok(status)
}

/// Lets workers read the inputs, and prints what they answer.
fn distribute(options: &Options, count: usize, session: &mut Session) -> Result<Status, Stop> {
    let mut arguments: Vec<OsString> = vec!["extract".into(), "--worker".into()];
    arguments.extend(session.messages.arguments().iter().map(Into::into));
    arguments.extend(options.inputs.arguments());
    if options.fail_on_check {
        arguments.push("--fail-on-check".into());
    }
    let program = Program {
        path: std::env::current_exe()?,
        arguments,
        longest: guard::LONGEST,
    };
    let mut workers = Workers::new(program, &options.inputs.list, count);
    let mut printer = Printer::new(options.format, true, session)?;
    while let Some((input, answer)) = workers.next()? {
        match answer {
            Answer::Line(line) => printer.print_line(&line, session)?,
            Answer::Nothing => {}
            Answer::Died(how) => session.messages.error(input, how),
        }
    }
    printer.finish(session)?;
    Ok(workers.status())
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

    fn print(&mut self, report: &Report, session: &mut Session) -> Result<(), Stop> {
        let out = &mut session.out;
        match self {
            Printer::Documents { pretty } => out.json(report, *pretty)?,
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

    /// Prints a report that a worker wrote as one line.
    fn print_line(&mut self, line: &[u8], session: &mut Session) -> Result<(), Stop> {
        if let Printer::Documents { pretty: false } = self {
            session.out.write_all(line)?;
            session.out.write_all(b"\n")?;
            session.out.flush()?;
            return Ok(());
        }
        self.print(&serde_json::from_slice(line)?, session)
    }

    fn finish(self, session: &mut Session) -> Result<(), Stop> {
        if let Printer::Array { written } = self {
            session.out.write_all(if written == 0 { b"[]\n" } else { b"\n]\n" })?;
        }
        Ok(())
    }
}
