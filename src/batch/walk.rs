//! The files that a run reads, in a stable order.
//!
//! Folders are walked as `ignore` does: hidden files and what `.gitignore` names are left out, links are not followed. Invariant:
//! the order depends on the names only, and the dataset itself is never an input.

use std::fs;
use std::io::{self, BufRead};
use std::path::{Path, PathBuf};

use globset::{Glob, GlobSet, GlobSetBuilder};
use ignore::WalkBuilder;

use super::BatchError;

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

/// The paths in a list: one a line, empty lines left out.
///
/// # Errors
/// Where the list cannot be read.
pub fn read_list(list: &Path) -> Result<Vec<PathBuf>, BatchError> {
    let cannot = |error: io::Error| BatchError::Usage(format!("{}: {error}", list.display()));
    let lines: Vec<String> = if list == Path::new("-") {
        io::stdin().lock().lines().collect::<Result<_, _>>().map_err(cannot)?
    } else {
        let text = fs::read_to_string(list).map_err(cannot)?;
        text.lines().map(Into::into).collect()
    };
    let lines = lines.iter().map(|line| line.trim_end_matches('\r'));
    Ok(lines.filter(|line| !line.is_empty()).map(PathBuf::from).collect())
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
        .filter_entry(move |entry| !inside(entry.path()))
        .build();
    for entry in walker {
        let go_on = match entry {
            Ok(entry) if entry.file_type().is_some_and(|kind| kind.is_file()) => visit(entry.into_path(), None),
            Ok(_) => true,
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
