//! The Python package's way into nianbao: bytes and paths in, JSON and Arrow out.
//!
//! What a user sees (objects, exceptions, documentation) is written in Python, in `nianbao/`; this module is private to it. Invariants:
//! no panic crosses; the interpreter's lock is released while a document is read; whoever waits is woken by Ctrl-C.

mod arrow;
mod batch;
mod many;
mod outcome;
mod wait;

use std::ffi::OsString;
use std::path::PathBuf;

use nianbao::isolate::{Call, install_hook};
use nianbao::read::{Hints, Recognition};
use pyo3::prelude::*;

use outcome::Outcome;

/// A report is thousands of small texts; this allocator makes reading an eighth faster than the system's.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// How an interpreter is called so that it ends in [`main`]: its path, and its arguments.
type Interpreter = (PathBuf, Vec<OsString>);

fn call((path, arguments): Interpreter) -> Call {
    Call { path, arguments }
}

/// Reads one document in this process.
#[pyfunction]
fn read(
    py: Python<'_>,
    bytes: &[u8],
    name: Option<PathBuf>,
    encoding: Option<String>,
    password: Option<String>,
) -> PyResult<Outcome> {
    let hints = Hints {
        name: name.as_deref().map(nianbao::batch::name::of_path),
        encoding,
        password,
        recognition: Recognition::installed(),
        ..Hints::default()
    };
    Ok(Outcome::of(py.detach(|| nianbao::task::judge(bytes, &hints))?))
}

/// The command line, its name first; gives its exit status.
#[pyfunction]
fn main(py: Python<'_>, arguments: Vec<OsString>, interpreter: Interpreter) -> u8 {
    py.detach(|| nianbao::cli::main(arguments, Some(call(interpreter))))
}

/// The JSON of a report laid out over several lines, as the program prints it.
#[pyfunction]
fn pretty(json: &[u8]) -> PyResult<String> {
    let report: nianbao::Report = serde_json::from_slice(json).map_err(outcome::io)?;
    serde_json::to_string_pretty(&report).map_err(outcome::io)
}

/// The JSON Schema of a report, as JSON.
#[pyfunction]
fn schema() -> PyResult<String> {
    serde_json::to_string(&nianbao::schema()).map_err(outcome::io)
}

/// The codebook, as CSV.
#[pyfunction]
fn codebook() -> String {
    nianbao::write::codebook::to_csv()
}

/// What a code means: in English, in Chinese. Nothing for an unknown one.
#[pyfunction]
fn explain(code: &str) -> Option<(&'static str, &'static str)> {
    nianbao::explain(code).map(|explanation| (explanation.english, explanation.chinese))
}

/// Codes that look like a mistyped one, best first.
#[pyfunction]
fn similar(code: &str) -> Vec<&'static str> {
    nianbao::explain::similar(code)
}

/// The part of the package that is written in Rust.
#[pymodule]
fn _nianbao(module: &Bound<'_, PyModule>) -> PyResult<()> {
    install_hook();
    module.add("__version__", env!("CARGO_PKG_VERSION"))?;
    module.add_class::<arrow::ArrowTable>()?;
    module.add_class::<many::Many>()?;
    module.add_function(wrap_pyfunction!(batch::batch, module)?)?;
    module.add_function(wrap_pyfunction!(batch::join, module)?)?;
    module.add_function(wrap_pyfunction!(batch::plan, module)?)?;
    module.add_function(wrap_pyfunction!(batch::read_part, module)?)?;
    module.add_function(wrap_pyfunction!(codebook, module)?)?;
    module.add_function(wrap_pyfunction!(explain, module)?)?;
    module.add_function(wrap_pyfunction!(main, module)?)?;
    module.add_function(wrap_pyfunction!(pretty, module)?)?;
    module.add_function(wrap_pyfunction!(read, module)?)?;
    module.add_function(wrap_pyfunction!(schema, module)?)?;
    module.add_function(wrap_pyfunction!(similar, module)?)
}
