//! A dataset from folders and archives: the same run as the program's, whole or in parts.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;

use crossbeam_channel::bounded;
use nianbao::batch::parts::{self, Part, Size};
use nianbao::batch::pool::Isolation;
use nianbao::batch::{Onto, Options, Progress, Summary, run};
use nianbao::isolate::{Limits, quietly};
use nianbao::overlay::Overlay;
use nianbao::write::Format;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::PyDict;

use super::{Interpreter, call, outcome, wait};

pyo3::import_exception!(nianbao._errors, BatchError);

/// What is asked for, as Python hands it over.
#[derive(FromPyObject)]
#[pyo3(from_item_all)]
pub struct Asked {
    inputs: Vec<PathBuf>,
    out: PathBuf,
    include: Vec<String>,
    exclude: Vec<String>,
    encoding: Option<String>,
    password: Option<String>,
    onto: String,
    jobs: usize,
    formats: Option<Vec<String>>,
    csv_bom: bool,
    overlay: Option<PathBuf>,
    interpreter: Interpreter,
}

impl Asked {
    fn options(self) -> PyResult<Options> {
        Ok(Options {
            inputs: self.inputs,
            dataset: self.out,
            include: self.include,
            exclude: self.exclude,
            encoding: self.encoding,
            recognition: nianbao::read::Recognition::installed(),
            password: self.password,
            jobs: self.jobs,
            formats: formats(self.formats)?,
            csv_bom: self.csv_bom,
            overlay: overlay(self.overlay.as_deref())?,
            onto: onto(&self.onto)?,
            isolation: Isolation::Processes(call(self.interpreter).worker(Limits::default())),
        })
    }
}

/// Reads the inputs and writes the dataset; gives what was done.
#[pyfunction]
pub fn batch(py: Python<'_>, asked: Asked) -> PyResult<Bound<'_, PyDict>> {
    let options = asked.options()?;
    summary(py, &watched(py, move |progress| run(&options, progress))?)
}

/// The parts of a run: size of its files, and the part for [`read_part`], as JSON. Its name comes first.
#[pyfunction]
pub fn plan(py: Python<'_>, asked: Asked, bytes: u64, files: usize) -> PyResult<Vec<(String, u64, String)>> {
    let options = asked.options()?;
    let parts = watched(py, move |_| parts::plan(&options, Size { bytes, files }))?;
    let row = |part: Part| {
        let json = serde_json::to_string(&part).map_err(outcome::io)?;
        Ok((part.id, part.bytes, json))
    };
    parts.into_iter().map(row).collect()
}

/// Reads one part; gives the number of documents that were read now.
#[pyfunction]
pub fn read_part(py: Python<'_>, asked: Asked, part: &str) -> PyResult<u64> {
    let options = asked.options()?;
    let part: Part = serde_json::from_str(part).map_err(outcome::io)?;
    watched(py, move |progress| parts::read(&options, &part, progress))
}

/// Writes the dataset from its parts, by their names; gives what was done.
#[pyfunction]
pub fn join(py: Python<'_>, asked: Asked, names: Vec<String>) -> PyResult<Bound<'_, PyDict>> {
    let options = asked.options()?;
    summary(
        py,
        &watched(py, move |progress| parts::join(&options, &names, progress))?,
    )
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

/// The overlay that was asked for. One that is not there was meant otherwise.
fn overlay(path: Option<&Path>) -> PyResult<Option<Arc<Overlay>>> {
    let Some(path) = path else { return Ok(None) };
    path.metadata()?;
    let wrong = |error| PyValueError::new_err(format!("{}: {error}", path.display()));
    Ok(Some(Arc::new(Overlay::open(path).map_err(wrong)?)))
}

fn onto(word: &str) -> PyResult<Onto> {
    match word {
        "same" => Ok(Onto::Same),
        "add" => Ok(Onto::Add),
        "replace" => Ok(Onto::Replace),
        _ => Err(PyValueError::new_err(format!("{word}: none of same, add, replace"))),
    }
}

/// Works in a thread of its own, so that Ctrl-C is heard; then it stops where it is, and what was read is kept.
fn watched<T: Send + 'static>(
    py: Python<'_>,
    work: impl FnOnce(&Progress) -> Result<T, nianbao::batch::BatchError> + Send + 'static,
) -> PyResult<T> {
    let progress = Arc::new(Progress::default());
    let (sender, result) = bounded(1);
    let shared = Arc::clone(&progress);
    let thread = thread::Builder::new().name("nianbao".into()).spawn(move || {
        let result = quietly(|| work(&shared));
        let _ = sender.send(result);
    })?;
    let result = wait::receive(py, &result).inspect_err(|_| {
        progress.stop();
        let _ = py.detach(|| thread.join());
    })?;
    match result {
        Ok(Ok(done)) => Ok(done),
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
