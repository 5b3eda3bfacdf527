//! `nianbao review`: the source of a report beside its figures, in a browser.
//!
//! Invariant: the server is for this machine only, and its address is the only way in.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;

use nianbao::review::{Ask, Fetch, Item, Server, Shelf, single_file};

use super::input::{InputArgs, Inputs};
use super::{Session, Status, Stop};

/// Look at reports in a browser: the source beside its figures
///
/// Serves a page on this machine only and prints its address. A click on a
/// figure marks its place in the source, a click on the source its figure.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  nianbao review report.pdf                  print an address to open
  nianbao review --open *.html               open the browser
  nianbao review report.pdf --out review.html

The address holds a token: who does not know it gets no page. Nothing is
fetched from the network. Ctrl-C ends the server.")]
pub struct Args {
    #[command(flatten)]
    inputs: InputArgs,
    /// Port to listen on; 0 is any that is free
    #[arg(long, value_name = "PORT", default_value_t = 0)]
    port: u16,
    /// Open the page in the browser
    #[arg(long)]
    open: bool,
    /// Write the page of one report as a file that needs no server
    #[arg(long, value_name = "FILE", conflicts_with_all = ["port", "open"])]
    out: Option<PathBuf>,
}

/// What to do.
pub struct Options {
    inputs: Inputs,
    port: u16,
    open: bool,
    out: Option<PathBuf>,
}

impl Args {
    /// Makes sure of the inputs.
    pub fn validate(self) -> Result<Options, Stop> {
        let inputs = self.inputs.validate()?;
        if self.out.is_some() && inputs.list.len() > 1 {
            return Err(Stop::Usage("--out takes one report".into()));
        }
        if inputs.list.contains(&super::input::Input::Stdin) {
            return Err(Stop::Usage("review takes files, not standard input".into()));
        }
        Ok(Options {
            inputs,
            port: self.port,
            open: self.open,
            out: self.out,
        })
    }
}

/// Files named on the command line; their keys are their numbers.
struct Files(Arc<Inputs>);

impl Fetch for Files {
    fn keys(&self) -> Vec<(String, String)> {
        let names = self.0.list.iter().map(ToString::to_string);
        (1..).map(|number: usize| number.to_string()).zip(names).collect()
    }

    fn fetch(&self, key: &str) -> Result<Item, String> {
        let index = key.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
        let input = index.and_then(|index| self.0.list.get(index)).ok_or("no such report")?;
        Ok(Item {
            bytes: input.bytes().map_err(|error| format!("{error:#}"))?,
            hints: self.0.hints(input),
        })
    }
}

/// Serves or writes the page.
pub fn run(options: Options, session: &mut Session) -> Result<Status, Stop> {
    let inputs = Arc::new(options.inputs);
    let readers = inputs.clone();
    let ask: Ask = Box::new(move |task, bytes| readers.readers.ask(task, bytes).map_err(|error| format!("{error:#}")));
    let shelf = Shelf::new(Box::new(Files(inputs.clone())), ask);
    if let Some(out) = &options.out {
        return write(&shelf, &inputs, out, session);
    }
    let server = match Server::bind(options.port, shelf) {
        Ok(server) => server,
        Err(error) => {
            session.messages.error(format_args!("port {}", options.port), error);
            return Ok(Status::Unreadable);
        }
    };
    let address = server.address();
    writeln!(session.out, "{address}")?;
    session.out.flush()?;
    if options.open {
        open(&address, session);
    }
    server.run()?;
    Ok(Status::Good)
}

fn write(shelf: &Shelf, inputs: &Inputs, out: &Path, session: &mut Session) -> Result<Status, Stop> {
    let page = match single_file(shelf, "1") {
        Ok(page) => page,
        Err(why) => {
            session.messages.error(&inputs.list[0], why);
            return Ok(Status::Unreadable);
        }
    };
    if let Err(error) = fs::write(out, page) {
        session.messages.error(out.display(), error);
        return Ok(Status::Unreadable);
    }
    Ok(Status::Good)
}

/// Hands the address to the program that opens addresses on this system.
fn open(address: &str, session: &mut Session) {
    let program = match std::env::consts::OS {
        "macos" => "open",
        "windows" => "explorer",
        _ => "xdg-open",
    };
    let started = Command::new(program)
        .arg(address)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    if let Err(error) = started {
        session.messages.error(program, error);
    }
}
