//! The workers of a run: each document in a process that may die.
//!
//! Invariant: a document that kills its worker costs that document only. It is tried a second time in a fresh worker, because
//! what a worker has left in memory from earlier documents is not the fault of this one; one that takes too long is not.

use std::io::{self, BufReader};
use std::path::PathBuf;
use std::process::{Child, ChildStdin, ChildStdout, Command, ExitStatus, Stdio};

use super::BatchError;
use super::document::{Outcome, Request, Verdict};
use super::worker::{EXIT_MEMORY, EXIT_TIME, LONGEST, MOST_MEMORY, answer, encode, read_document, send};

/// How documents are read.
#[derive(Clone, Debug)]
pub enum Isolation {
    /// In this process: faster to start, and a document that overflows the stack ends the run.
    None,
    /// In processes of this program, called with these arguments, which must end in [`super::worker::serve`].
    Processes(PathBuf, Vec<String>),
}

/// One worker.
pub struct Worker {
    isolation: Isolation,
    running: Option<Running>,
}

struct Running {
    child: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
}

impl Worker {
    /// A worker that starts with its first document.
    pub fn new(isolation: Isolation) -> Self {
        Worker {
            isolation,
            running: None,
        }
    }

    /// Reads a document and gives the result as it stands in the journal.
    ///
    /// # Errors
    /// Where no worker can be started.
    pub fn read(&mut self, bytes: &[u8], request: &Request) -> Result<Vec<u8>, BatchError> {
        let Isolation::Processes(program, arguments) = &self.isolation else {
            return encode(&read_document(bytes, request)).map_err(BatchError::Worker);
        };
        let mut verdict = None;
        for _ in 0..2 {
            let mut running = match self.running.take() {
                Some(running) => running,
                None => Running::start(program, arguments).map_err(BatchError::Worker)?,
            };
            let sent = send(&mut running.input, request, bytes);
            match sent.and_then(|()| answer(&mut running.output)) {
                Ok(payload) => {
                    self.running = Some(running);
                    return Ok(payload);
                }
                Err(_) => {
                    let status = running.end().map_err(BatchError::Worker)?;
                    verdict = Some(of_status(status));
                    if status.code() == Some(EXIT_TIME) {
                        break;
                    }
                }
            }
        }
        let verdict = verdict.unwrap_or_else(|| Verdict::unreadable("fault", "the worker ended"));
        encode(&Outcome { verdict, report: None }).map_err(BatchError::Worker)
    }
}

impl Running {
    fn start(program: &PathBuf, arguments: &[String]) -> io::Result<Self> {
        let mut child = Command::new(program)
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            // What a dying worker prints is of no use to who started the run; the verdict names the document.
            .stderr(Stdio::null())
            .spawn()?;
        let (Some(input), Some(output)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(io::ErrorKind::BrokenPipe.into());
        };
        Ok(Running {
            child,
            input,
            output: BufReader::new(output),
        })
    }

    fn end(mut self) -> io::Result<ExitStatus> {
        drop(self.input);
        self.child.wait()
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        // A worker ends when its input does.
        if let Some(running) = self.running.take() {
            let _ = running.end();
        }
    }
}

fn of_status(status: ExitStatus) -> Verdict {
    match status.code() {
        Some(EXIT_TIME) => Verdict::unreadable("time", format!("took longer than {} s", LONGEST.as_secs())),
        Some(EXIT_MEMORY) => Verdict::unreadable("memory", format!("needed more than {} MiB", MOST_MEMORY >> 20)),
        _ => Verdict::unreadable("crash", format!("its worker died ({status})")),
    }
}
