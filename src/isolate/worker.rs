//! The parent's side: a worker process, and what its death says of the request that it was busy with.
//!
//! Invariant: a death counts against a request only if it was seen in a fresh process, as often as the parent wants to see it,
//! and the last time with no other worker beside it. What ended the process from outside (the system that needed memory, a person
//! with `kill`) never counts, and the request is tried again.

use std::ffi::OsString;
use std::fmt;
use std::io::{self, BufReader, Read};
use std::path::PathBuf;
use std::process::{Child, ChildStderr, ChildStdin, ChildStdout, Command, ExitStatus, Stdio};
use std::sync::{Arc, PoisonError, RwLock};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use super::frame;
use super::limits::Limits;
use super::serve::EXIT_TIME;

/// How often a request is tried whose workers are ended from outside.
const MOST_TRIES: u32 = 64;
/// What is waited before such a request is tried again, times the number of tries.
const PAUSE: Duration = Duration::from_millis(5);
/// Bytes that are kept of what a worker said last.
const LAST_WORDS: usize = 4096;

/// How workers are started.
#[derive(Clone, Debug)]
pub struct Program {
    /// The executable.
    pub path: PathBuf,
    /// Arguments with which it ends in [`super::serve`], with these limits.
    pub arguments: Vec<OsString>,
    /// Variables of the environment that it needs besides those of this process.
    pub environment: Vec<(OsString, OsString)>,
    /// The limits that it takes.
    pub limits: Limits,
}

/// What came of a request.
#[derive(Debug)]
pub enum Answer {
    /// What the worker made.
    Made(Vec<u8>),
    /// Nothing.
    Ended(End),
}

/// How a worker ended before it answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum End {
    /// It used more processor time than it may.
    Time(Duration),
    /// It asked for more memory than it may.
    Memory(u64),
    /// The program failed.
    Crash(String),
    /// Somebody ended it from outside, again and again.
    Stopped(String),
}

impl fmt::Display for End {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            End::Time(time) => write!(f, "the file exceeds the limit of time ({} s)", time.as_secs()),
            End::Memory(bytes) => write!(f, "the file exceeds the limit of memory ({} MiB)", bytes >> 20),
            End::Crash(how) => write!(f, "the process that was reading it failed ({how})"),
            End::Stopped(how) => write!(f, "the process that was reading it was ended from outside ({how})"),
        }
    }
}

impl End {
    /// Whether the request itself was the cause, so that it would end so again.
    pub fn is_own(&self) -> bool {
        !matches!(self, End::Stopped(_))
    }
}

/// Where several workers run at once, and one alone where it must be.
#[derive(Clone, Debug, Default)]
pub struct Room(Arc<RwLock<()>>);

/// One worker.
#[derive(Debug)]
pub struct Worker {
    program: Program,
    room: Room,
    /// Deaths that count, until a request is given up.
    deaths: u32,
    running: Option<Running>,
}

#[derive(Debug)]
struct Running {
    child: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
    said: JoinHandle<Vec<u8>>,
    /// Whether it has answered no request yet.
    fresh: bool,
}

impl Worker {
    /// A worker whose process starts with its first request, and which gives a request up after so many deaths, at least one.
    pub fn new(program: Program, room: Room, deaths: u32) -> Self {
        Worker {
            program,
            room,
            deaths,
            running: None,
        }
    }

    /// Starts the process before there is a request, so that it gets ready meanwhile.
    ///
    /// # Errors
    /// Where no process can be started.
    pub fn start(&mut self) -> io::Result<()> {
        if self.running.is_none() {
            self.running = Some(Running::start(&self.program)?);
        }
        Ok(())
    }

    /// Sends a request with its bytes and waits for what comes of it.
    ///
    /// # Errors
    /// Where no process can be started.
    pub fn ask(&mut self, request: &[u8], bytes: &[u8]) -> io::Result<Answer> {
        let mut fresh = self.running.as_ref().is_none_or(|running| running.fresh);
        let mut deaths = 0;
        let mut end = End::Stopped("no try".into());
        for tries in 0..MOST_TRIES {
            match self.try_once(request, bytes, tries > 0)? {
                Ok(made) => return Ok(Answer::Made(made)),
                Err(died) => end = died,
            }
            deaths += u32::from(end.is_own());
            if fresh && end.is_own() && deaths >= self.deaths {
                break;
            }
            if !end.is_own() {
                thread::sleep(PAUSE * tries);
            }
            fresh = true;
        }
        Ok(Answer::Ended(end))
    }

    /// Asks once, with no other worker of the room beside it where `alone`.
    fn try_once(&mut self, request: &[u8], bytes: &[u8], alone: bool) -> io::Result<Result<Vec<u8>, End>> {
        let room = self.room.clone();
        let (_several, _one) = if alone {
            (None, Some(room.0.write().unwrap_or_else(PoisonError::into_inner)))
        } else {
            (Some(room.0.read().unwrap_or_else(PoisonError::into_inner)), None)
        };
        self.start()?;
        let Some(mut running) = self.running.take() else {
            return Err(io::ErrorKind::NotFound.into());
        };
        match running.ask(request, bytes) {
            Ok(Some(made)) => {
                running.fresh = false;
                self.running = Some(running);
                Ok(Ok(made))
            }
            Ok(None) | Err(_) => {
                let (status, said) = running.end()?;
                Ok(Err(of_death(status, &said, self.program.limits)))
            }
        }
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

impl Running {
    fn start(program: &Program) -> io::Result<Self> {
        let mut command = Command::new(&program.path);
        // With it the engine of the recognition prints its times where answers go; see [`super::answers`].
        #[cfg(not(unix))]
        command.env_remove("RTEN_TIMING");
        let mut child = command
            .args(&program.arguments)
            .envs(program.environment.iter().map(|(name, value)| (name, value)))
            // A long trace would push out the word that says why.
            .env("RUST_BACKTRACE", "0")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()?;
        let (Some(input), Some(output), Some(errors)) = (child.stdin.take(), child.stdout.take(), child.stderr.take())
        else {
            return Err(io::ErrorKind::BrokenPipe.into());
        };
        let said = thread::Builder::new().spawn(move || last_words(errors))?;
        Ok(Running {
            child,
            input,
            output: BufReader::new(output),
            said,
            fresh: true,
        })
    }

    fn ask(&mut self, request: &[u8], bytes: &[u8]) -> io::Result<Option<Vec<u8>>> {
        frame::write(&mut self.input, request)?;
        frame::write(&mut self.input, bytes)?;
        frame::read(&mut self.output)
    }

    /// Waits for its end, and gives what it said last.
    fn end(mut self) -> io::Result<(ExitStatus, Vec<u8>)> {
        drop(self.input);
        let status = self.child.wait()?;
        Ok((status, self.said.join().unwrap_or_default()))
    }
}

/// Reads to the end, so that the worker never waits for a reader, and keeps what came last.
fn last_words(mut errors: ChildStderr) -> Vec<u8> {
    let mut words = Vec::new();
    let mut buffer = [0; 1024];
    while let Ok(count @ 1..) = errors.read(&mut buffer) {
        words.extend_from_slice(&buffer[..count]);
        words.drain(..words.len().saturating_sub(LAST_WORDS));
    }
    words
}

fn of_death(status: ExitStatus, said: &[u8], limits: Limits) -> End {
    // What Rust's runtime says before it aborts.
    let out_of_memory = memchr::memmem::find(said, b"memory allocation of").is_some();
    match status.code() {
        Some(EXIT_TIME) => End::Time(limits.time),
        _ if out_of_memory && !status.success() => End::Memory(limits.memory),
        _ if is_from_outside(status) => End::Stopped(status.to_string()),
        _ => End::Crash(status.to_string()),
    }
}

/// Whether a process was ended by a signal that no fault of the program raises.
#[cfg(unix)]
fn is_from_outside(status: ExitStatus) -> bool {
    use rustix::process::Signal;
    use std::os::unix::process::ExitStatusExt;
    let outside = [Signal::KILL, Signal::TERM, Signal::INT, Signal::HUP, Signal::QUIT];
    status
        .signal()
        .is_some_and(|signal| outside.iter().any(|other| other.as_raw() == signal))
}

/// This system does not tell.
#[cfg(not(unix))]
fn is_from_outside(_status: ExitStatus) -> bool {
    false
}
