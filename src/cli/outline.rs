//! `nianbao outline`: the headings of a report as a tree.

use std::io::Write;

use nianbao::report::Section;

use super::input::{InputArgs, Inputs};
use super::{Session, Status, Stop};

/// Print the headings of reports as a tree
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  nianbao outline report.html
  nianbao outline --json report.html

Each line shows a heading with its number as printed, the key of a main
section in brackets, and the place in the file.")]
pub struct Args {
    #[command(flatten)]
    inputs: InputArgs,
    /// Print the sections as JSON, one line a report
    #[arg(long)]
    json: bool,
}

/// What to do.
pub struct Options {
    inputs: Inputs,
    json: bool,
}

impl Args {
    /// Makes sure of the inputs.
    pub fn validate(self) -> Result<Options, Stop> {
        Ok(Options {
            inputs: self.inputs.validate()?,
            json: self.json,
        })
    }
}

/// Prints the tree of each input.
pub fn run(options: &Options, session: &mut Session) -> Result<Status, Stop> {
    let mut status = Status::Good;
    for input in &options.inputs.list {
        let report = match options.inputs.report(input) {
            Ok(reading) => {
                if let Some(why_not) = reading.why_not() {
                    session.messages.error(input, why_not);
                    status.worsen(Status::Unreadable);
                }
                Ok(reading.report)
            }
            Err(error) => Err(error),
        };
        match report {
            Ok(report) if options.json => session.out.json(&report.sections, false)?,
            Ok(report) => {
                let title = report.report.title.as_deref().unwrap_or("no title");
                let mut out = session.out.people();
                writeln!(out, "{input}: {title}")?;
                tree(&report.sections, 1, &mut out)?;
            }
            Err(error) => {
                session.messages.error(input, error);
                status.worsen(Status::Unreadable);
            }
        }
    }
    Ok(status)
}

fn tree(sections: &[Section], depth: usize, out: &mut impl Write) -> std::io::Result<()> {
    for section in sections {
        write!(out, "{:1$}", "", 2 * depth)?;
        if let Some(number) = &section.number {
            write!(out, "{number} ")?;
        }
        write!(out, "{}", section.heading)?;
        if let Some(key) = &section.key {
            write!(out, " [{key}]")?;
        }
        writeln!(out, "  {}", section.origin)?;
        tree(&section.children, depth + 1, out)?;
    }
    Ok(())
}
