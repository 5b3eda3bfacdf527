//! The files that a run reads, in a stable order.
//!
//! Folders are walked as `ignore` does: hidden files and what `.gitignore` names are left out. A link to a file is read; one to a
//! folder is not followed, and told. Invariant: the order depends on the names only, and no dataset below a folder is an input.

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use globset::{Glob, GlobSet, GlobSetBuilder};
use ignore::WalkBuilder;

use super::mark::is_dataset;
use super::{BatchError, regular};

/// Patterns that choose documents by their names.
#[derive(Clone, Debug)]
pub struct Filter {
    include: Option<GlobSet>,
    exclude: GlobSet,
}

impl Filter {
    /// Reads the patterns; without an `include` everything is taken.
    ///
    /// # Errors
    /// Where a pattern is not one.
    pub fn new(include: &[String], exclude: &[String]) -> Result<Self, BatchError> {
        Ok(Filter {
            include: if include.is_empty() {
                None
            } else {
                Some(globs(include)?)
            },
            exclude: globs(exclude)?,
        })
    }

    /// Whether a document of this name is read.
    pub fn takes(&self, name: &str) -> bool {
        self.include.as_ref().is_none_or(|include| include.is_match(name)) && !self.excludes(name)
    }

    /// Whether a file is left out whatever is in it; archives are opened unless this holds.
    pub fn excludes(&self, name: &str) -> bool {
        self.exclude.is_match(name)
    }
}

fn globs(patterns: &[String]) -> Result<GlobSet, BatchError> {
    let mut set = GlobSetBuilder::new();
    for pattern in patterns {
        set.add(Glob::new(pattern).map_err(|error| BatchError::Usage(error.to_string()))?);
    }
    set.build().map_err(|error| BatchError::Usage(error.to_string()))
}

/// The paths in a list: one a line, in any encoding that the file system knows; empty lines are left out.
///
/// # Errors
/// Where the list cannot be read.
pub fn read_list(list: &Path) -> Result<Vec<PathBuf>, BatchError> {
    let mut bytes = Vec::new();
    let read = if list == Path::new("-") {
        io::stdin().lock().read_to_end(&mut bytes).map(|_| ())
    } else {
        regular::open(list).and_then(|(mut file, _)| file.read_to_end(&mut bytes).map(|_| ()))
    };
    read.map_err(|error| BatchError::Usage(format!("{}: {error}", list.display())))?;
    let text = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&bytes);
    let lines = text.split(|byte| *byte == b'\n');
    let lines = lines.map(|line| line.strip_suffix(b"\r").unwrap_or(line));
    Ok(lines
        .filter(|line| !line.trim_ascii().is_empty())
        .map(path_of)
        .collect())
}

#[cfg(unix)]
fn path_of(bytes: &[u8]) -> PathBuf {
    use std::os::unix::ffi::OsStrExt;
    PathBuf::from(std::ffi::OsStr::from_bytes(bytes))
}

#[cfg(not(unix))]
fn path_of(bytes: &[u8]) -> PathBuf {
    PathBuf::from(String::from_utf8_lossy(bytes).into_owned())
}

/// Calls `visit` for every file in and below the inputs, or with the error that hides some; ends early when it says no.
///
/// `dataset` is left out wherever it stands.
pub fn walk(inputs: &[PathBuf], dataset: &Path, visit: &mut dyn FnMut(PathBuf, Option<io::Error>) -> bool) {
    let dataset = fs::canonicalize(dataset).ok();
    for input in inputs {
        let is_folder = match fs::metadata(input) {
            Ok(meta) => meta.is_dir(),
            Err(error) => {
                if !visit(input.clone(), Some(error)) {
                    return;
                }
                continue;
            }
        };
        if !is_folder {
            if !visit(input.clone(), None) {
                return;
            }
            continue;
        }
        if !walk_folder(input, dataset.clone(), visit) {
            return;
        }
    }
}

fn walk_folder(
    folder: &Path,
    dataset: Option<PathBuf>,
    visit: &mut dyn FnMut(PathBuf, Option<io::Error>) -> bool,
) -> bool {
    let inside = move |path: &Path| {
        dataset.is_some() && path.is_dir() && fs::canonicalize(path).ok().as_deref() == dataset.as_deref()
    };
    let walker = WalkBuilder::new(folder)
        .sort_by_file_name(|one, other| one.cmp(other))
        // What .gitignore names is left out also where there is no repository.
        .require_git(false)
        .filter_entry(move |entry| !(inside(entry.path()) || entry.depth() > 0 && is_dataset(entry.path())))
        .build();
    for entry in walker {
        let go_on = match entry {
            Ok(entry) => match entry.file_type() {
                Some(kind) if kind.is_file() => visit(entry.into_path(), None),
                Some(kind) if kind.is_symlink() => {
                    let is_folder = fs::metadata(entry.path()).is_ok_and(|meta| meta.is_dir());
                    let error = is_folder.then(|| io::Error::other("a link to a folder, which is not followed"));
                    visit(entry.into_path(), error)
                }
                Some(kind) if kind.is_dir() => true,
                // Opening it says what it is.
                _ => visit(entry.into_path(), None),
            },
            Err(error) => {
                let path = error_path(&error).unwrap_or(folder).to_owned();
                visit(
                    path,
                    Some(
                        error
                            .into_io_error()
                            .unwrap_or_else(|| io::Error::other("cannot be walked")),
                    ),
                )
            }
        };
        if !go_on {
            return false;
        }
    }
    true
}

fn error_path(error: &ignore::Error) -> Option<&Path> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => error_path(err),
        _ => None,
    }
}
