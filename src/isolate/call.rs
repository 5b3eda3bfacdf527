//! How workers of this program are started.
//!
//! Invariant: nothing but the call and its limits decides how a worker runs.

use std::ffi::OsString;
use std::io;
use std::path::PathBuf;

use super::limits::Limits;
use super::worker::Program;

/// Name of the hidden command that a worker process runs.
pub const WORKER: &str = "worker";

/// How the command line of this program is called once more: by its own file, or by the interpreter that it is a module of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    /// The executable.
    pub path: PathBuf,
    /// Arguments before the command.
    pub arguments: Vec<OsString>,
}

impl Call {
    /// The executable that is running.
    ///
    /// # Errors
    /// Where the system does not tell its path.
    pub fn itself() -> io::Result<Self> {
        Ok(Call {
            path: std::env::current_exe()?,
            arguments: Vec::new(),
        })
    }

    /// The call of a worker with these limits.
    pub fn worker(self, limits: Limits) -> Program {
        let mut arguments = self.arguments;
        let (memory, seconds) = (limits.memory.to_string(), limits.time.as_secs().to_string());
        arguments.extend([WORKER, "--memory", &memory, "--seconds", &seconds].map(OsString::from));
        Program {
            path: self.path,
            arguments,
            // Our allocator else takes a gigabyte of address space at once, which would be all that a worker may have.
            environment: vec![("MIMALLOC_ARENA_RESERVE".into(), "64MiB".into())],
            limits,
        }
    }
}
