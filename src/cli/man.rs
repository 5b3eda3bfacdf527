//! `nianbao man`: the manual pages.

use std::io::Write;

use clap::CommandFactory;
use clap_mangen::Man;

use super::{Session, Status, Stop};

/// Print the manual page of the program or of one of its commands
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  nianbao man | man -l -
  nianbao man batch > nianbao-batch.1")]
pub struct Args {
    /// The command; without it, the program
    command: Option<String>,
}

/// Prints it.
pub fn run(args: &Args, session: &mut Session) -> Result<Status, Stop> {
    let mut program = super::Args::command();
    program.build();
    let page = match &args.command {
        None => program,
        Some(name) => {
            let known = program.find_subcommand(name).filter(|command| !command.is_hide_set());
            known
                .cloned()
                .ok_or_else(|| Stop::Usage(format!("{name}: no such command")))?
        }
    };
    let mut text = Vec::new();
    Man::new(page).render(&mut text)?;
    session.out.write_all(&text)?;
    Ok(Status::Good)
}
