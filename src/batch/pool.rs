//! Who reads the documents of a run.

use super::BatchError;
use super::document::{Outcome, Request};
use super::reading::{encode, of_end, read_document};
use crate::isolate::{Answer, End, Limits, Program, Room, Worker};
use crate::task::Task;

/// Deaths of workers until a document is given up: what is seen once may be the fault of what was read before.
const DEATHS: u32 = 2;

/// How documents are read.
#[derive(Clone, Debug)]
pub enum Isolation {
    /// In this process: faster to start, and a document that overflows the stack ends the run.
    None,
    /// In processes that answer [`Task`]s.
    Processes(Program),
}

impl Isolation {
    /// What a document may cost, if that is limited.
    pub fn limits(&self) -> Option<Limits> {
        match self {
            Isolation::None => None,
            Isolation::Processes(program) => Some(program.limits),
        }
    }
}

/// One of those who read.
pub enum Reader {
    /// This process.
    This,
    /// A worker.
    Other(Box<Worker>),
}

/// The result of a document.
pub struct Reading {
    /// The result as it stands in the journal.
    pub payload: Vec<u8>,
    /// Whether the document itself gave this result, so that it would be the same another time.
    pub is_lasting: bool,
}

impl Reader {
    /// One that shares a room with others.
    pub fn new(isolation: &Isolation, room: &Room) -> Self {
        match isolation {
            Isolation::None => Reader::This,
            Isolation::Processes(program) => {
                Reader::Other(Box::new(Worker::new(program.clone(), room.clone(), DEATHS)))
            }
        }
    }

    /// Reads a document.
    ///
    /// # Errors
    /// Where no worker can be started.
    pub fn read(&mut self, bytes: &[u8], request: &Request) -> Result<Reading, BatchError> {
        let answer = match self {
            Reader::This => Answer::Made(encode(&read_document(bytes, request)).map_err(BatchError::Worker)?),
            Reader::Other(worker) => Task::outcome(request)
                .and_then(|task| worker.ask(&task, bytes))
                .map_err(BatchError::Worker)?,
        };
        match answer {
            Answer::Made(payload) => Ok(Reading {
                payload,
                is_lasting: true,
            }),
            Answer::Ended(end) => of_death(&end),
        }
    }
}

fn of_death(end: &End) -> Result<Reading, BatchError> {
    let outcome = Outcome {
        verdict: of_end(end),
        report: None,
    };
    Ok(Reading {
        payload: encode(&outcome).map_err(BatchError::Worker)?,
        is_lasting: end.is_own(),
    })
}
