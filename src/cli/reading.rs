//! Documents read in worker processes: this program once more.
//!
//! Invariants: answers come in the order of the inputs, whatever the number of workers; a document that needs too much memory or
//! time, or makes the program fail, costs itself only; no more than a few answers a worker are held in memory.

use std::io;
use std::sync::mpsc::{Receiver, sync_channel};
use std::sync::{Condvar, Mutex, MutexGuard, OnceLock, PoisonError};
use std::thread;
use std::time::Duration;

use anyhow::{anyhow, bail};
use nianbao::batch::document::{Fate, Verdict};
use nianbao::isolate::{Answer, Call, Limits, Program, Room, Worker, answers, serve};
use nianbao::report::Report;
use nianbao::task::{Judged, Task, perform};

use super::input::{Input, Inputs};
use super::{Status, Stop, fates};

/// How workers are started where this is no program of its own.
pub static CALL: OnceLock<Call> = OnceLock::new();
/// Least memory with which a worker can start and read a small report.
const LEAST_MEMORY: u64 = 256 << 20;

/// What a document may cost.
#[derive(clap::Args, Clone, Copy, Debug)]
pub struct LimitArgs {
    /// Most memory to read one document with, such as 512M or 2G; what needs more is given up
    #[arg(long, value_name = "SIZE", value_parser = size, default_value = "1G")]
    max_memory: u64,
}

impl Default for LimitArgs {
    fn default() -> Self {
        LimitArgs {
            max_memory: Limits::default().memory,
        }
    }
}

/// Bytes with an optional unit of 1024, 1024² or 1024³.
fn size(text: &str) -> Result<u64, String> {
    let text = text.trim();
    let (digits, shift) = match text.char_indices().last() {
        Some((end, 'K' | 'k')) => (&text[..end], 10),
        Some((end, 'M' | 'm')) => (&text[..end], 20),
        Some((end, 'G' | 'g')) => (&text[..end], 30),
        _ => (text, 0),
    };
    let number: u64 = digits.parse().map_err(|_| "not a size such as 512M or 2G".to_owned())?;
    let bytes = number.checked_mul(1 << shift).ok_or("too large")?;
    if bytes < LEAST_MEMORY {
        return Err(format!("at least {}M is needed", LEAST_MEMORY >> 20));
    }
    Ok(bytes)
}

/// What a worker process is told about its limits.
#[derive(clap::Args)]
pub struct WorkerArgs {
    #[arg(long)]
    memory: u64,
    #[arg(long)]
    seconds: u64,
}

/// The life of a worker process.
pub fn worker(args: &WorkerArgs) -> Result<Status, Stop> {
    // It gets ready while the first document is on its way.
    drop(thread::Builder::new().spawn(nianbao::warm_up));
    let limits = Limits {
        memory: args.memory,
        time: Duration::from_secs(args.seconds),
    };
    // Another process may be at the other end no longer; that is how a worker ends.
    let _ = answers().and_then(|output| serve(limits, io::stdin().lock(), output, perform));
    Ok(Status::Good)
}

impl LimitArgs {
    /// This program as a worker with these limits.
    pub fn program(self) -> io::Result<Program> {
        let limits = Limits {
            memory: self.max_memory,
            ..Limits::default()
        };
        let call = CALL.get().cloned().map_or_else(Call::itself, Ok)?;
        Ok(call.worker(limits))
    }
}

/// What came of one input.
pub struct Reading {
    /// What it is.
    pub verdict: Verdict,
    /// Its report.
    pub report: Report,
    /// The report as JSON in one line.
    pub json: Vec<u8>,
}

impl Reading {
    /// Why it is no annual report, if it is none.
    pub fn why_not(&self) -> Option<String> {
        (self.verdict.fate != Fate::AnnualReport).then(|| fates::in_words(&self.verdict))
    }
}

/// Most workers that answer questions at once: one slow document holds up no other.
const MOST: usize = 2;

/// The workers of a command: those that answer questions, or those that read a list.
#[derive(Debug)]
pub struct Readers {
    program: Program,
    room: Room,
    desk: Mutex<Desk>,
    returned: Condvar,
}

/// The workers that answer questions.
#[derive(Debug, Default)]
struct Desk {
    idle: Vec<Worker>,
    busy: usize,
}

impl Readers {
    /// Workers that start when they are needed.
    pub fn new(program: Program) -> Self {
        Readers {
            program,
            room: Room::default(),
            desk: Mutex::default(),
            returned: Condvar::new(),
        }
    }

    fn worker(&self) -> Worker {
        // One death is enough: nothing but a message comes of it.
        Worker::new(self.program.clone(), self.room.clone(), 1)
    }

    fn desk(&self) -> MutexGuard<'_, Desk> {
        self.desk.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What a task gives, from a worker that is idle.
    pub fn ask(&self, task: &Task, bytes: &[u8]) -> anyhow::Result<Vec<u8>> {
        let mut worker = self.idle();
        let answer = ask(&mut worker, task, bytes);
        let mut desk = self.desk();
        desk.busy -= 1;
        desk.idle.push(worker);
        self.returned.notify_one();
        answer
    }

    /// A worker that is idle, or a new one, waiting while there are enough that are not.
    fn idle(&self) -> Worker {
        let all_busy = |desk: &mut Desk| desk.busy == MOST;
        let desk = self.returned.wait_while(self.desk(), all_busy);
        let mut desk = desk.unwrap_or_else(PoisonError::into_inner);
        desk.busy += 1;
        desk.idle.pop().unwrap_or_else(|| self.worker())
    }

    /// Reads all inputs, so many at once, and hands each over in order until `take` says no.
    pub fn each(
        &self,
        inputs: &Inputs,
        jobs: usize,
        mut take: impl FnMut(&Input, anyhow::Result<Reading>) -> Result<(), Stop>,
    ) -> Result<(), Stop> {
        let lanes = jobs.clamp(1, inputs.list.len().max(1));
        thread::scope(|scope| {
            let lanes: Vec<Receiver<_>> = (0..lanes)
                .map(|lane| {
                    let (sender, receiver) = sync_channel(1);
                    scope.spawn(move || {
                        let mut worker = self.worker();
                        for input in inputs.list.iter().skip(lane).step_by(lanes) {
                            // Nobody receives any more when the command has ended early.
                            if sender.send(read(&mut worker, inputs, input)).is_err() {
                                break;
                            }
                        }
                    });
                    receiver
                })
                .collect();
            for (number, input) in inputs.list.iter().enumerate() {
                let reading = lanes[number % lanes.len()].recv();
                take(input, reading.unwrap_or_else(|_| Err(anyhow!("was not read"))))?;
            }
            Ok(())
        })
    }
}

/// Reads one input; the worker starts while the bytes are fetched.
fn read(worker: &mut Worker, inputs: &Inputs, input: &Input) -> anyhow::Result<Reading> {
    worker.start()?;
    let bytes = input.bytes()?;
    judged(&ask(worker, &Task::Report(inputs.hints(input, &bytes)), &bytes)?)
}

fn ask(worker: &mut Worker, task: &Task, bytes: &[u8]) -> anyhow::Result<Vec<u8>> {
    match worker.ask(&task.to_request()?, bytes)? {
        Answer::Made(answer) => Ok(answer),
        Answer::Ended(end) => bail!("{end}"),
    }
}

/// The report that a worker answered, or why there is none.
pub fn judged(answer: &[u8]) -> anyhow::Result<Reading> {
    let judged = Judged::of_answer(answer)?;
    match judged.report {
        Some(report) => Ok(Reading {
            verdict: judged.verdict,
            report,
            json: judged.json,
        }),
        None => bail!("{}", fates::in_words(&judged.verdict)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_have_units_and_a_least_value() {
        assert_eq!(size("512M"), Ok(512 << 20));
        assert_eq!(size("2g"), Ok(2 << 30));
        assert_eq!(size("1073741824"), Ok(1 << 30));
        for bad in ["", "M", "1T", "-1", "1.5G", "10M", "99999999999G"] {
            assert!(size(bad).is_err(), "{bad}");
        }
    }
}
