//! Many documents, each read in a process that may die, the results in the order of the documents.
//!
//! Invariants: no more than a few documents a worker are under way, however many there are and however slow the reader of the
//! results is; dropping the iterator ends the workers when they have finished what they are at.

use std::collections::{HashMap, VecDeque};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::thread;

use crossbeam_channel::{Receiver, Sender, unbounded};
use nianbao::batch::{LARGEST, name, regular};
use nianbao::isolate::{Limits, Program, Room, Worker};
use nianbao::read::{Hints, Recognition};
use nianbao::task::Task;
use pyo3::prelude::*;
use pyo3::types::PyIterator;

use super::outcome::Outcome;
use super::{Interpreter, call, wait};

/// Documents a worker that are under way or done and not yet taken.
const AHEAD: usize = 4;
/// Deaths of workers until a document is given up.
const DEATHS: u32 = 2;

type Done = (usize, Outcome);

/// An iterator over the outcomes of documents: path and outcome.
#[pyclass(module = "nianbao._nianbao")]
pub struct Many {
    paths: Py<PyIterator>,
    /// Those that are under way, oldest first, by their numbers from `taken`.
    names: VecDeque<Py<PyAny>>,
    tasks: Option<Sender<(usize, PathBuf)>>,
    outcomes: Receiver<Done>,
    /// Outcomes that came before their turn.
    early: HashMap<usize, Outcome>,
    ahead: usize,
    given: usize,
    taken: usize,
}

#[pymethods]
impl Many {
    #[new]
    fn new(paths: Bound<'_, PyAny>, jobs: usize, interpreter: Interpreter) -> PyResult<Self> {
        let (tasks, waiting) = unbounded();
        let (done, outcomes) = unbounded();
        let program = call(interpreter).worker(Limits::default());
        let room = Room::default();
        for _ in 0..jobs {
            let lane = Lane {
                program: program.clone(),
                room: room.clone(),
                tasks: waiting.clone(),
                done: done.clone(),
            };
            thread::Builder::new()
                .name("nianbao".into())
                .spawn(move || lane.run())?;
        }
        Ok(Many {
            paths: paths.try_iter()?.unbind(),
            names: VecDeque::new(),
            tasks: Some(tasks),
            outcomes,
            early: HashMap::new(),
            ahead: jobs * AHEAD,
            given: 0,
            taken: 0,
        })
    }

    fn __iter__(this: PyRef<'_, Self>) -> PyRef<'_, Self> {
        this
    }

    fn __next__(&mut self, py: Python<'_>) -> PyResult<Option<(Py<PyAny>, Outcome)>> {
        self.give(py)?;
        let Some(name) = self.names.front().map(|name| name.clone_ref(py)) else {
            return Ok(None);
        };
        let outcome = self.outcome(py)?;
        self.names.pop_front();
        self.taken += 1;
        Ok(Some((name, outcome)))
    }
}

impl Many {
    /// Gives out documents until enough are under way.
    fn give(&mut self, py: Python<'_>) -> PyResult<()> {
        while self.given - self.taken < self.ahead
            && let Some(tasks) = &self.tasks
        {
            let Some(path) = self.paths.bind(py).clone().next().transpose()? else {
                self.tasks = None;
                return Ok(());
            };
            // Fails when no lane is left, which the next outcome tells.
            let _ = tasks.send((self.given, path.extract()?));
            self.names.push_back(path.unbind());
            self.given += 1;
        }
        Ok(())
    }

    /// The outcome whose turn it is.
    fn outcome(&mut self, py: Python<'_>) -> PyResult<Outcome> {
        loop {
            if let Some(outcome) = self.early.remove(&self.taken) {
                return Ok(outcome);
            }
            let (number, outcome) = wait::receive(py, &self.outcomes)?;
            self.early.insert(number, outcome);
        }
    }
}

/// A thread with a worker of its own.
struct Lane {
    program: Program,
    room: Room,
    tasks: Receiver<(usize, PathBuf)>,
    done: Sender<Done>,
}

impl Lane {
    fn run(self) {
        let mut worker = Worker::new(self.program, self.room, DEATHS);
        for (number, path) in self.tasks {
            // Nobody receives any more when the iterator was dropped.
            if self.done.send((number, read(&mut worker, &path))).is_err() {
                return;
            }
        }
    }
}

fn read(worker: &mut Worker, path: &Path) -> Outcome {
    let bytes = match bytes(path) {
        Ok(bytes) => bytes,
        Err(error) => return Outcome::no_input(&error),
    };
    let hints = Hints {
        name: Some(name::of_path(path)),
        recognition: Recognition::installed(),
        ..Hints::default()
    };
    let answer = Task::Report(hints)
        .to_request()
        .and_then(|request| worker.ask(&request, &bytes));
    Outcome::of_answer(answer)
}

fn bytes(path: &Path) -> io::Result<Vec<u8>> {
    let (file, meta) = regular::open(path)?;
    let mut bytes = Vec::with_capacity(usize::try_from(meta.len().min(LARGEST)).unwrap_or(0));
    file.take(LARGEST + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > LARGEST {
        return Err(io::Error::other(format!(
            "more than {LARGEST} bytes, which is the limit"
        )));
    }
    Ok(bytes)
}
