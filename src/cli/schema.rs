//! `nianbao schema`: the JSON Schema of a report.

use super::{Session, Status, Stop};

/// Print the JSON Schema (draft 2020-12) of a report
#[derive(clap::Args)]
#[command(after_help = "\
Example:
  nianbao schema > report.schema.json

The schema is made from the same form definitions that reports are read with:
every table key with its Chinese and English label and its unit.")]
pub struct Args {}

/// Prints it.
pub fn run(_: &Args, session: &mut Session) -> Result<Status, Stop> {
    session.out.json(&nianbao::report::schema(), true)?;
    Ok(Status::Good)
}
