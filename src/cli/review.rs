//! `nianbao review`: the source of a report beside its figures, in a browser.
//!
//! Invariant: the server is for this machine only, and its address is the only way in.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;

use nianbao::review::{Ask, Dataset, Desk, Fetch, Item, Overlay, Server, Shelf, single_file};

use super::input::{Input, InputArgs, Inputs};
use super::{Session, Status, Stop};

/// Look at reports in a browser: the source beside its figures
///
/// Serves a page on this machine only and prints its address. A click on a
/// figure marks its place in the source, a click on the source its figure.
/// The folder of a dataset, with sqlite among its formats, gives a list of its
/// reports; verdicts and corrections are kept in a file beside it.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  nianbao review report.pdf                  print an address to open
  nianbao review --open *.html               open the browser
  nianbao review report.pdf --out review.html
  nianbao review dataset                     verdicts in dataset.overlay.jsonl

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
    /// Keep verdicts and corrections in this file [default for a dataset:
    /// DATASET.overlay.jsonl]
    #[arg(long, value_name = "FILE")]
    overlay: Option<PathBuf>,
    /// Write the page of one report as a file that needs no server
    #[arg(long, value_name = "FILE", conflicts_with_all = ["port", "open", "overlay"])]
    out: Option<PathBuf>,
}

/// What to do.
pub struct Options {
    inputs: Inputs,
    port: u16,
    open: bool,
    overlay: Option<PathBuf>,
    dataset: Option<PathBuf>,
    out: Option<PathBuf>,
}

impl Args {
    /// Makes sure of the inputs.
    pub fn validate(self) -> Result<Options, Stop> {
        let inputs = self.inputs.validate()?;
        if self.out.is_some() && inputs.list.len() > 1 {
            return Err(Stop::Usage("--out takes one report".into()));
        }
        if inputs.list.contains(&Input::Stdin) {
            return Err(Stop::Usage("review takes files, not standard input".into()));
        }
        let dataset = inputs.list.iter().find_map(|input| match input {
            Input::File(path) if path.is_dir() => Some(path.clone()),
            _ => None,
        });
        if dataset.is_some() && (inputs.list.len() > 1 || self.out.is_some()) {
            return Err(Stop::Usage(
                "the folder of a dataset is reviewed alone, and not as a file".into(),
            ));
        }
        let overlay = self.overlay.or_else(|| dataset.as_deref().map(beside));
        Ok(Options {
            overlay,
            dataset,
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
        let bytes = input.bytes().map_err(|error| format!("{error:#}"))?;
        Ok(Item {
            hints: self.0.hints(input, &bytes),
            bytes,
        })
    }
}

/// Where the verdicts on a dataset are kept: beside it, for a run may replace all that is in it.
fn beside(dataset: &Path) -> PathBuf {
    let whole = fs::canonicalize(dataset).unwrap_or_else(|_| dataset.to_owned());
    let mut name = whole.file_name().unwrap_or_default().to_owned();
    name.push(".overlay.jsonl");
    whole.with_file_name(name)
}

/// Serves or writes the page.
pub fn run(options: Options, session: &mut Session) -> Result<Status, Stop> {
    let inputs = Arc::new(options.inputs);
    let readers = inputs.clone();
    let ask: Ask = Box::new(move |task, bytes| readers.readers.ask(task, bytes).map_err(|error| format!("{error:#}")));
    if let Some(out) = &options.out {
        return write(&Shelf::new(Box::new(Files(inputs.clone())), ask), &inputs, out, session);
    }
    if !any_is_there(&inputs, session) {
        return Ok(Status::Unreadable);
    }
    let dataset = options
        .dataset
        .as_deref()
        .map(Dataset::open)
        .transpose()
        .map_err(Stop::Usage)?
        .map(Arc::new);
    let documents: Box<dyn Fetch> = match &dataset {
        Some(dataset) => Box::new(dataset.clone()),
        None => Box::new(Files(inputs)),
    };
    let overlay = match options.overlay.as_deref().map(|path| (path, Overlay::open(path))) {
        Some((path, Err(error))) => {
            session.messages.error(path.display(), error);
            return Ok(Status::Unreadable);
        }
        Some((_, Ok(overlay))) => Some(overlay),
        None => None,
    };
    let desk = Desk {
        shelf: Shelf::new(documents, ask),
        dataset,
        overlay,
        who: who(),
    };
    let server = match Server::bind(options.port, desk) {
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

/// Names each input that cannot be opened. Whether there is another.
fn any_is_there(inputs: &Inputs, session: &mut Session) -> bool {
    let mut there = 0;
    for input in &inputs.list {
        match input {
            Input::Stdin => there += 1,
            Input::File(path) => match fs::metadata(path) {
                Ok(_) => there += 1,
                Err(error) => session.messages.error(input, error),
            },
        }
    }
    there > 0
}

/// The name of who runs the program, as the system has it.
fn who() -> String {
    let name = ["USER", "USERNAME"].iter().find_map(|name| std::env::var(name).ok());
    name.unwrap_or_default()
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
