//! Colour on standard output, for people: what `--color` asks for, else a terminal and no `NO_COLOR`.
//!
//! Invariant: nothing that a program reads is coloured.

use std::ffi::OsString;
use std::io;
use std::sync::OnceLock;

use anstream::{AutoStream, ColorChoice};
use clap::ValueEnum;

use super::language::early;

/// When to colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Colour {
    /// On a terminal, unless NO_COLOR is set
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// Whether standard output is coloured in this run.
static COLOURED: OnceLock<bool> = OnceLock::new();

/// Chooses for this run; gives the choice for clap's own messages.
pub fn choose(arguments: &[OsString]) -> clap::ColorChoice {
    let asked = early(arguments, "--color").unwrap_or(Colour::Auto);
    let coloured = match asked {
        Colour::Auto => AutoStream::choice(&io::stdout()) != ColorChoice::Never,
        asked => asked == Colour::Always,
    };
    COLOURED.get_or_init(|| coloured);
    match asked {
        Colour::Auto => clap::ColorChoice::Auto,
        Colour::Always => clap::ColorChoice::Always,
        Colour::Never => clap::ColorChoice::Never,
    }
}

/// What stands before and behind a word that must be seen.
pub fn red() -> (&'static str, &'static str) {
    match COLOURED.get() {
        Some(true) => ("\x1b[1;31m", "\x1b[0m"),
        _ => ("", ""),
    }
}
