//! What a reader is told about pages that are only pictures.
//!
//! Invariant: without a model nothing of a picture is read, and whoever meets one is told how to get it.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// How to install the model, for messages.
pub(crate) const ADVICE: &str = "to read pictures, get the recognition model once: `pip download rapidocr==3.10.0 --no-deps --ignore-requires-python`, then `nianbao ocr-model install rapidocr-3.10.0-py3-none-any.whl`";

/// Which pages are recognised from their pictures.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum When {
    /// Pages that show a picture and no text. For others it costs nothing.
    #[default]
    Auto,
    /// All pages, whatever text the file holds.
    Always,
    /// None.
    Never,
}

/// Which pictures are read of a file that shows some on its pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Pictures {
    /// Those of pages without text.
    Pages,
    /// Those that show tables among text, too.
    All,
}

/// Recognition of characters on pictures.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recognition {
    /// Which pages are recognised.
    pub when: When,
    /// File of the model; without one no page is.
    pub model: Option<PathBuf>,
}

impl Recognition {
    /// The default, with the model that the environment names or that is installed, if there is one.
    pub fn installed() -> Self {
        #[cfg(feature = "ocr")]
        let model = crate::ocr_model::find(None);
        #[cfg(not(feature = "ocr"))]
        let model = None;
        Recognition {
            model,
            ..Recognition::default()
        }
    }

    /// Whether pages are recognised.
    pub(crate) fn is_on(&self) -> bool {
        self.model.is_some() && self.when != When::Never
    }

    /// What results depend on: which pages are recognised, and the checksum of the model, wherever its file is. Empty where none is
    /// recognised.
    pub(crate) fn fingerprint(&self) -> String {
        match (&self.model, self.when) {
            (None, _) | (_, When::Never) => String::new(),
            (Some(model), when) => {
                let named = |_| model.display().to_string();
                format!("{when:?} {}", checksum(model).unwrap_or_else(named))
            }
        }
    }
}

fn checksum(file: &Path) -> io::Result<String> {
    let sum = Sha256::digest(fs::read(file)?);
    Ok(sum.iter().map(|byte| format!("{byte:02x}")).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_depend_on_what_the_model_is_and_not_on_where() {
        let folder = tempfile::tempdir().unwrap();
        let model = |name: &str, bytes: &str| {
            std::fs::write(folder.path().join(name), bytes).unwrap();
            Some(folder.path().join(name))
        };
        let by = |when, model| Recognition { when, model }.fingerprint();
        let one = by(When::Auto, model("a", "one"));
        assert_eq!(one, by(When::Auto, model("b", "one")));
        assert_ne!(one, by(When::Auto, model("a", "two")));
        assert_ne!(one, by(When::Always, model("a", "one")));
        assert_eq!(by(When::Auto, None), by(When::Never, model("a", "one")));
    }
}
