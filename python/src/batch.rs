//! A dataset from folders and archives: the same run as the program's.

use std::path::PathBuf;
use std::sync::Arc;
use std::thread;

use crossbeam_channel::bounded;
use nianbao::batch::pool::Isolation;
use nianbao::batch::{Onto, Options, Progress, Summary, run};
use nianbao::isolate::{Limits, quietly};
use nianbao::write::Format;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::PyDict;

use super::{Interpreter, call, wait};

pyo3::import_exception!(nianbao._errors, BatchError);

/// Reads the inputs and writes the dataset; gives what was done.
#[pyfunction]
#[expect(clippy::too_many_arguments, reason = "they are the options of the program")]
pub fn batch<'py>(
    py: Python<'py>,
    inputs: Vec<PathBuf>,
    out: PathBuf,
    include: Vec<String>,
    exclude: Vec<String>,
    encoding: Option<String>,
    onto: &str,
    jobs: usize,
    formats: Option<Vec<String>>,
    csv_bom: bool,
    interpreter: Interpreter,
) -> PyResult<Bound<'py, PyDict>> {
    let options = Options {
        inputs,
        dataset: out,
        include,
        exclude,
        encoding,
        jobs,
        formats: self::formats(formats)?,
        csv_bom,
        onto: self::onto(onto)?,
        isolation: Isolation::Processes(call(interpreter).worker(Limits::default())),
    };
    summary(py, &watched(py, options)?)
}

fn formats(names: Option<Vec<String>>) -> PyResult<Vec<Format>> {
    let Some(names) = names else {
        return Ok(Format::ALL.to_vec());
    };
    let known =
        |name: &String| Format::of_name(name).ok_or_else(|| PyValueError::new_err(format!("{name}: no such format")));
    let mut formats = names.iter().map(known).collect::<PyResult<Vec<_>>>()?;
    formats.sort_unstable();
    formats.dedup();
    Ok(formats)
}

fn onto(word: &str) -> PyResult<Onto> {
    match word {
        "same" => Ok(Onto::Same),
        "add" => Ok(Onto::Add),
        "replace" => Ok(Onto::Replace),
        _ => Err(PyValueError::new_err(format!("{word}: none of same, add, replace"))),
    }
}

/// Runs in a thread of its own, so that Ctrl-C is heard; then the run stops where it is, and what was read is kept.
fn watched(py: Python<'_>, options: Options) -> PyResult<Summary> {
    let progress = Arc::new(Progress::default());
    let (sender, result) = bounded(1);
    let shared = Arc::clone(&progress);
    let thread = thread::Builder::new().name("nianbao".into()).spawn(move || {
        let result = quietly(|| run(&options, &shared));
        let _ = sender.send(result);
    })?;
    let result = wait::receive(py, &result).inspect_err(|_| {
        progress.stop();
        let _ = py.detach(|| thread.join());
    })?;
    match result {
        Ok(Ok(summary)) => Ok(summary),
        Ok(Err(nianbao::batch::BatchError::Usage(message))) => Err(PyValueError::new_err(message)),
        Ok(Err(error)) => Err(BatchError::new_err(error.to_string())),
        Err(fault) => Err(BatchError::new_err(fault.to_string())),
    }
}

fn summary<'py>(py: Python<'py>, summary: &Summary) -> PyResult<Bound<'py, PyDict>> {
    let dict = PyDict::new(py);
    let counts = &summary.counts;
    dict.set_item("inputs", counts.inputs())?;
    dict.set_item("reports", counts.fate("annual_report"))?;
    dict.set_item("read", summary.read)?;
    dict.set_item("known", summary.known)?;
    dict.set_item("damaged", summary.damaged)?;
    dict.set_item("fates", &counts.fates)?;
    dict.set_item("rows", &counts.rows)?;
    dict.set_item("unread", &counts.unread)?;
    dict.set_item("disagreeing", counts.disagreeing)?;
    Ok(dict)
}
