//! How workers of this program are started.
//!
//! Invariant: nothing but the call and its limits decides how a worker runs.

use std::env;
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

/// The file that a name calls: a path, or else a name that is looked for as shells do.
fn called(name: OsString) -> Option<PathBuf> {
    let name = PathBuf::from(name);
    if name.components().count() > 1 {
        return std::path::absolute(name).ok().filter(|path| path.is_file());
    }
    let folders = env::var_os("PATH")?;
    env::split_paths(&folders)
        .map(|folder| folder.join(&name))
        .find(|path| path.is_file())
}

impl Call {
    /// The executable that is running.
    ///
    /// # Errors
    /// Where the system does not tell its path.
    pub fn itself() -> io::Result<Self> {
        // Without /proc, as in an empty root, there is still the name that it was called by.
        let path = env::current_exe().or_else(|error| env::args_os().next().and_then(called).ok_or(error))?;
        Ok(Call {
            path,
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_the_system_the_name_that_was_called_tells_the_file() {
        let own = env::current_exe().unwrap();
        assert_eq!(called(own.clone().into()), Some(own));
        assert!(called("sh".into()).is_some_and(|path| path.ends_with("sh") && path.is_absolute()));
        assert_eq!(called("/no/such/nianbao".into()), None);
        assert_eq!(called("no-such-nianbao".into()), None);
    }
}
