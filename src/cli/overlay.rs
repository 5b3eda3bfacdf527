//! `--with-overlay`: the corrections that a command is to take.

use std::io;
use std::path::PathBuf;

use nianbao::overlay::Overlay;

use super::Stop;

/// The option of every command that takes corrections.
#[derive(clap::Args)]
pub struct OverlayArgs {
    /// Take the corrections of this file, which `review` keeps, in place of
    /// the figures that were read, and mark what they change
    #[arg(long, value_name = "FILE")]
    with_overlay: Option<PathBuf>,
}

impl OverlayArgs {
    /// The overlay that was asked for. One that is not there was meant otherwise.
    pub fn open(&self) -> Result<Option<Overlay>, Stop> {
        let Some(path) = &self.with_overlay else {
            return Ok(None);
        };
        let wrong = |error: io::Error| Stop::Usage(format!("{}: {error}", path.display()));
        path.metadata().map_err(wrong)?;
        Overlay::open(path).map(Some).map_err(wrong)
    }
}
