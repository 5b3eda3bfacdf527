//! What came of a document, as the Python side takes it.

use std::io;

use nianbao::batch::document::Verdict;
use nianbao::batch::reading::of_end;
use nianbao::isolate::{Answer, End};
use nianbao::task::Judged;
use pyo3::prelude::*;
use pyo3::types::PyBytes;

/// A verdict, and the JSON of the report if there is one.
#[derive(Debug)]
pub struct Outcome {
    verdict: Verdict,
    json: Vec<u8>,
}

impl Outcome {
    /// What reading gave.
    pub fn of(judged: Judged) -> Self {
        Outcome {
            verdict: judged.verdict,
            json: judged.json,
        }
    }

    /// What a worker answered.
    pub fn of_answer(answer: io::Result<Answer>) -> Self {
        match answer {
            Ok(Answer::Made(answer)) => Judged::parts(&answer).map_or_else(
                |error| Outcome::crash(&error),
                |(verdict, json)| Outcome {
                    verdict,
                    json: json.to_vec(),
                },
            ),
            Ok(Answer::Ended(end)) => Outcome::ended(&end),
            Err(error) => Outcome::crash(&error),
        }
    }

    /// A document whose file cannot be read.
    pub fn no_input(error: &io::Error) -> Self {
        Outcome::without(Verdict::unreadable("input", error.to_string()))
    }

    fn crash(error: &io::Error) -> Self {
        Outcome::without(Verdict::unreadable("crash", error.to_string()))
    }

    fn ended(end: &End) -> Self {
        Outcome::without(of_end(end))
    }

    fn without(verdict: Verdict) -> Self {
        Outcome {
            verdict,
            json: Vec::new(),
        }
    }
}

impl<'py> IntoPyObject<'py> for Outcome {
    type Target = pyo3::types::PyTuple;
    type Output = Bound<'py, Self::Target>;
    type Error = PyErr;

    /// Fate, reason, the verdict in words, JSON.
    fn into_pyobject(self, py: Python<'py>) -> PyResult<Self::Output> {
        let words = self.verdict.in_words();
        let json = (!self.json.is_empty()).then(|| PyBytes::new(py, &self.json));
        (self.verdict.fate.name(), self.verdict.reason, words, json).into_pyobject(py)
    }
}

/// A failure that is none of a document.
pub fn io(error: impl Into<io::Error>) -> PyErr {
    error.into().into()
}
