//! `nianbao completions`: what a shell completes.

use std::io::Write;

use clap::CommandFactory;
use clap_complete::Shell;

use super::{Session, Status, Stop};

/// Print the completions for a shell
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  nianbao completions bash > ~/.local/share/bash-completion/completions/nianbao
  nianbao completions zsh > ~/.zfunc/_nianbao
  nianbao completions fish > ~/.config/fish/completions/nianbao.fish
  nianbao completions powershell >> $PROFILE")]
pub struct Args {
    /// The shell
    shell: Shell,
}

/// Prints them.
pub fn run(args: &Args, session: &mut Session) -> Result<Status, Stop> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut super::Args::command(), "nianbao", &mut script);
    session.out.write_all(&script)?;
    Ok(Status::Good)
}
