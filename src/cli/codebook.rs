//! `nianbao codebook`: every figure that a report can hold, with its names, unit and source.

use std::io::Write;

use super::{Session, Status, Stop};

/// Print the codebook: what every figure is, in Chinese and English, as CSV
#[derive(clap::Args)]
#[command(after_help = "\
Example:
  nianbao codebook > codebook.csv

One figure of one form a row: key, table, form, Chinese and English name, unit
and the document that prescribes it.")]
pub struct Args {}

/// Prints it.
pub fn run(_: &Args, session: &mut Session) -> Result<Status, Stop> {
    session.out.write_all(nianbao::write::codebook::to_csv().as_bytes())?;
    Ok(Status::Good)
}
