//! The recognition model of a process, read from its file once.
//!
//! Invariant: one process holds one model.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use super::recognise::Recogniser;

static LOADED: Mutex<Option<(PathBuf, Arc<Recogniser>)>> = Mutex::new(None);

/// The model in a file.
///
/// # Errors
/// Where the file cannot be read or holds no recognition model.
pub(super) fn load(path: &Path) -> Result<Arc<Recogniser>, String> {
    let mut loaded = LOADED.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some((known, recogniser)) = &*loaded
        && known == path
    {
        return Ok(recogniser.clone());
    }
    let failed = |error: String| format!("recognition model {}: {error}", path.display());
    let bytes = std::fs::read(path).map_err(|error| failed(error.to_string()))?;
    let recogniser = Arc::new(Recogniser::new(bytes).map_err(failed)?);
    *loaded = Some((path.to_owned(), recogniser.clone()));
    Ok(recogniser)
}
