//! The command line: one file a command, each in two steps as in ripgrep: what was typed (`Args`), then what it means
//! (`Options`), so that no command runs on options that contradict each other.
//!
//! Invariant: an input that cannot be read costs that input only; a closed pipe is not an error; nothing panics to the user.

mod batch;
mod check;
mod codebook;
mod colour;
mod compare;
mod completions;
mod draw;
mod explain;
mod extract;
mod fates;
mod figures;
mod help;
mod input;
mod language;
mod man;
mod messages;
#[cfg(feature = "ocr")]
mod ocr_model;
mod outline;
mod output;
mod overlay;
mod progress;
mod reading;
#[cfg_attr(not(feature = "ocr"), path = "no_recognition.rs")]
mod recognition;
#[cfg(feature = "review")]
mod review;
mod schema;
mod series;
mod svg;
mod tables;
mod usage;

use std::ffi::OsString;
use std::io::{self, Write};

use clap::{FromArgMatches, Parser, Subcommand};

use nianbao::isolate::{self, Call};

use messages::{Messages, MessagesArgs};
use output::Output;

/// Reads Chinese government information disclosure annual reports
/// (政府信息公开工作年度报告) into JSON, and checks them against their own
/// arithmetic.
///
/// A figure is the number printed in the report, or null with a reason, or a
/// failing check points at it. Nothing is guessed, corrected or sent anywhere.
#[derive(Parser)]
#[command(name = "nianbao", version, max_term_width = 80, after_help = EXAMPLES)]
struct Args {
    #[command(flatten)]
    messages: MessagesArgs,
    #[command(subcommand)]
    command: Command,
}

const EXAMPLES: &str = "\
Examples:
  nianbao extract report.html                the report as JSON
  nianbao extract *.html > reports.jsonl     one JSON document a line
  nianbao check report.html                  what does not add up
  nianbao explain applications.balance       what a code means

Exit status:
  0  all inputs were read
  1  a check failed, and --fail-on-check was given
  2  wrong use
  3  some inputs could not be read, or the output not written
  130  stopped by Ctrl-C";

#[derive(Subcommand)]
enum Command {
    Extract(extract::Args),
    Batch(batch::Args),
    Series(series::Args),
    Compare(compare::Args),
    #[cfg(feature = "review")]
    Review(review::Args),
    Check(check::Args),
    Outline(outline::Args),
    Tables(tables::Args),
    Schema(schema::Args),
    Codebook(codebook::Args),
    Explain(explain::Args),
    #[cfg(feature = "ocr")]
    OcrModel(ocr_model::Args),
    Completions(completions::Args),
    Man(man::Args),
    /// Reads documents for another process
    #[command(hide = true, name = isolate::WORKER)]
    Worker(reading::WorkerArgs),
}

/// How a run ended, worst last; its number is the exit status.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Status {
    /// All inputs were read.
    Good = 0,
    /// A check failed, and `--fail-on-check` was given.
    CheckFailed = 1,
    /// Wrong use.
    Usage = 2,
    /// Some inputs could not be read, or the output could not be written.
    Unreadable = 3,
    /// Ctrl-C; the number is that of shells.
    Stopped = 130,
}

impl Status {
    /// Remembers the worse of two.
    fn worsen(&mut self, other: Status) {
        *self = (*self).max(other);
    }
}

/// Why a command ended early.
enum Stop {
    /// The options contradict each other; nothing was read.
    Usage(String),
    /// The output could not be written.
    Output(io::Error),
}

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Self {
        Stop::Output(error)
    }
}

impl From<serde_json::Error> for Stop {
    fn from(error: serde_json::Error) -> Self {
        Stop::Output(error.into())
    }
}

/// Where a command writes: data to standard output, messages to standard error.
struct Session {
    out: Output,
    messages: Messages,
}

/// Runs the program with these arguments, its name first, and gives its exit status. Its workers are started by `call`, or by this executable.
pub fn main(arguments: impl IntoIterator<Item = OsString>, call: Option<Call>) -> u8 {
    isolate::install_hook();
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    let mut command = help::command(language::choose(&arguments)).color(colour::choose(&arguments));
    if let Some(call) = call {
        reading::CALL.get_or_init(|| call);
    }
    let parsed = command.try_get_matches_from_mut(arguments);
    match parsed
        .and_then(|mut matches| Args::from_arg_matches_mut(&mut matches).map_err(|error| error.format(&mut command)))
    {
        Ok(args) => run(args) as u8,
        Err(error) => {
            // A closed pipe is no reason to complain about help that nobody reads any more.
            let _ = usage::print(&error);
            u8::try_from(error.exit_code()).unwrap_or(Status::Usage as u8)
        }
    }
}

fn run(args: Args) -> Status {
    let mut session = Session {
        out: Output::new(),
        messages: Messages::new(&args.messages),
    };
    let result = isolate::quietly(|| {
        let status = dispatch(args.command, &mut session)?;
        session.out.flush()?;
        Ok(status)
    });
    match result {
        Ok(Ok(status)) => status,
        Ok(Err(Stop::Output(error))) if error.kind() == io::ErrorKind::BrokenPipe => Status::Good,
        Ok(Err(Stop::Output(error))) => {
            session.messages.error("standard output", error);
            Status::Unreadable
        }
        Ok(Err(Stop::Usage(message))) => {
            let _ = usage::print_message(&message);
            Status::Usage
        }
        Err(fault) => {
            session.messages.error("nianbao", fault);
            Status::Unreadable
        }
    }
}

fn dispatch(command: Command, session: &mut Session) -> Result<Status, Stop> {
    match command {
        Command::Extract(args) => extract::run(&args.validate()?, session),
        Command::Batch(args) => batch::run(&args.validate()?, session),
        Command::Series(args) => series::run(&args, session),
        Command::Compare(args) => compare::run(&args.validate()?, session),
        #[cfg(feature = "review")]
        Command::Review(args) => review::run(args.validate()?, session),
        Command::Worker(args) => reading::worker(&args),
        Command::Check(args) => check::run(&args.validate()?, session),
        Command::Outline(args) => outline::run(&args.validate()?, session),
        Command::Tables(args) => tables::run(&args.validate()?, session),
        Command::Schema(args) => schema::run(&args, session),
        Command::Codebook(args) => codebook::run(&args, session),
        Command::Explain(args) => explain::run(&args, session),
        #[cfg(feature = "ocr")]
        Command::OcrModel(args) => ocr_model::run(&args, session),
        Command::Completions(args) => completions::run(&args, session),
        Command::Man(args) => man::run(&args, session),
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_command_line_is_well_formed() {
        Args::command().debug_assert();
    }
}
