//! Several inputs read by worker processes: this program once more, each with a share of the inputs.
//!
//! Invariants: answers come in the order of the inputs, whatever the number of workers; an input that kills its worker (an
//! overflowing stack, no more memory) or takes too long costs itself only; no more than a few answers a worker are held in memory.

use std::collections::VecDeque;
use std::ffi::OsString;
use std::io::{self, BufRead, BufReader, Read};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::thread;
use std::time::Duration;

use super::Status;
use super::input::Input;

/// How workers are started.
pub struct Program {
    /// The executable.
    pub path: PathBuf,
    /// What stands before the inputs.
    pub arguments: Vec<OsString>,
    /// The longest that one input may take.
    pub longest: Duration,
}

/// What came of one input.
#[derive(Debug, PartialEq, Eq)]
pub enum Answer {
    /// One line, without its end.
    Line(Vec<u8>),
    /// Nothing; the worker has said why.
    Nothing,
    /// The end of the worker, and how it came.
    Died(String),
}

/// Workers and the inputs that are left for each.
pub struct Workers<'a> {
    program: Program,
    lanes: Vec<Lane<'a>>,
    next: usize,
    status: Status,
}

/// One worker at a time, and its share of the inputs.
struct Lane<'a> {
    left: VecDeque<&'a Input>,
    process: Option<Process>,
}

struct Process {
    child: Child,
    lines: Receiver<Vec<u8>>,
}

impl<'a> Workers<'a> {
    /// Deals the inputs to so many workers, which start when their first answer is asked for.
    pub fn new(program: Program, inputs: &'a [Input], workers: usize) -> Self {
        let count = workers.clamp(1, inputs.len().max(1));
        let lane = |first| Lane {
            left: inputs.iter().skip(first).step_by(count).collect(),
            process: None,
        };
        Workers {
            program,
            lanes: (0..count).map(lane).collect(),
            next: 0,
            status: Status::Good,
        }
    }

    /// The answer for the next input in order; nothing after the last.
    ///
    /// # Errors
    /// Where no worker can be started.
    pub fn next(&mut self) -> io::Result<Option<(&'a Input, Answer)>> {
        if self.next == 0 {
            // All begin at once, and not each when its turn to answer comes.
            for lane in &mut self.lanes {
                lane.start(&self.program)?;
            }
        }
        let count = self.lanes.len();
        let lane = &mut self.lanes[self.next % count];
        self.next += 1;
        let Some(input) = lane.left.front().copied() else {
            return Ok(None);
        };
        let answer = lane.answer(&self.program)?;
        lane.left.pop_front();
        if !matches!(answer, Answer::Line(_)) {
            self.status.worsen(Status::Unreadable);
        }
        if lane.left.is_empty() {
            self.status.worsen(lane.end()?);
        }
        Ok(Some((input, answer)))
    }

    /// The worst that a worker ended with.
    pub fn status(&self) -> Status {
        self.status
    }
}

impl Lane<'_> {
    fn start(&mut self, program: &Program) -> io::Result<()> {
        if self.process.is_none() && !self.left.is_empty() {
            self.process = Some(Process::start(program, &self.left)?);
        }
        Ok(())
    }

    fn answer(&mut self, program: &Program) -> io::Result<Answer> {
        self.start(program)?;
        let Some(process) = &mut self.process else {
            return Ok(Answer::Nothing);
        };
        // Standard input takes as long as whoever writes it.
        let line = if self.left.front() == Some(&&Input::Stdin) {
            process.lines.recv().map_err(|_| RecvTimeoutError::Disconnected)
        } else {
            process.lines.recv_timeout(program.longest)
        };
        let end = match line {
            Ok(line) if line.is_empty() => return Ok(Answer::Nothing),
            Ok(line) => return Ok(Answer::Line(line)),
            Err(RecvTimeoutError::Timeout) => {
                process.child.kill()?;
                process.child.wait()?;
                format!("took longer than {} s", program.longest.as_secs())
            }
            Err(RecvTimeoutError::Disconnected) => {
                let status = process.child.wait()?;
                format!("ended the process that was reading it ({status})")
            }
        };
        self.process = None;
        Ok(Answer::Died(end))
    }

    /// Waits for the worker after its last answer.
    fn end(&mut self) -> io::Result<Status> {
        let Some(mut process) = self.process.take() else {
            return Ok(Status::Good);
        };
        Ok(match process.child.wait()?.code() {
            Some(0) => Status::Good,
            Some(1) => Status::CheckFailed,
            _ => Status::Unreadable,
        })
    }
}

impl Process {
    fn start<'a>(program: &Program, inputs: impl IntoIterator<Item = &'a &'a Input>) -> io::Result<Self> {
        let mut command = Command::new(&program.path);
        command.args(&program.arguments).arg("--");
        command.stdin(Stdio::null()).stdout(Stdio::piped());
        for input in inputs {
            match input {
                Input::Stdin => command.arg("-").stdin(Stdio::inherit()),
                Input::File(path) => command.arg(path),
            };
        }
        let mut child = command.spawn()?;
        let stdout = child.stdout.take().ok_or(io::ErrorKind::BrokenPipe)?;
        let (sender, lines) = sync_channel(1);
        thread::spawn(move || forward(stdout, &sender));
        Ok(Process { child, lines })
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // Only a worker whose answers nobody wants any more is still there; it must not outlive the program.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Sends whole lines on; one that was cut off by the end of its writer is dropped.
fn forward(output: impl Read, lines: &SyncSender<Vec<u8>>) {
    let mut output = BufReader::new(output);
    loop {
        let mut line = Vec::new();
        match output.read_until(b'\n', &mut line) {
            Ok(_) if line.pop() == Some(b'\n') => {}
            _ => return,
        }
        if lines.send(line).is_err() {
            return;
        }
    }
}

#[cfg(all(test, unix))]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    /// A worker that answers with the name, says nothing for `no`, dies at `dies`, and sleeps at `hangs`.
    const SCRIPT: &str = r#"shift; for f; do case $f in
        dies) printf half; kill -9 $$;; hangs) exec sleep 9;; no) echo;; *) echo "$f";; esac; done"#;

    fn answers(inputs: &[&str], workers: usize) -> Vec<String> {
        let inputs: Vec<Input> = inputs.iter().map(|name| Input::File(name.into())).collect();
        let program = Program {
            path: "/bin/sh".into(),
            arguments: ["-c", SCRIPT, "sh"].map(Into::into).to_vec(),
            longest: Duration::from_secs(1),
        };
        let mut workers = Workers::new(program, &inputs, workers);
        let mut answers = Vec::new();
        while let Some((input, answer)) = workers.next().unwrap() {
            answers.push(match answer {
                Answer::Line(line) => {
                    assert_eq!(line, input.to_string().as_bytes());
                    input.to_string()
                }
                Answer::Nothing => "nothing".into(),
                Answer::Died(end) => end,
            });
        }
        answers
    }

    #[test]
    fn answers_come_in_order_and_a_death_costs_one_input() {
        for workers in 1..5 {
            let answers = answers(&["a", "dies", "no", "b", "hangs", "c"], workers);
            assert_eq!(answers.len(), 6, "{answers:?}");
            assert_eq!(
                [&answers[0], &answers[2], &answers[3], &answers[5]],
                ["a", "nothing", "b", "c"]
            );
            assert!(answers[1].contains("signal: 9"), "{answers:?}");
            assert_eq!(answers[4], "took longer than 1 s");
        }
    }
}
