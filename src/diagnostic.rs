//! What nianbao noticed while reading: codes with their explanation, and the findings themselves.
//!
//! Each module defines its own [`Code`]s beside the code that uses them and lists them in a `CODES` slice; `explain` reads the
//! same table. Invariant: a code, once published, keeps its meaning.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::document::Origin;

/// How much a diagnostic matters for who uses the figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing; nothing is missing.
    Info,
    /// Something is missing, or was read in an unusual way.
    Warning,
    /// A part of the file could not be read.
    Error,
}

/// The definition of a diagnostic: its code and what it means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Code {
    /// Stable name in `snake_case`, with the part of the program in front: `html.table_is_picture`.
    pub code: &'static str,
    /// How much it matters.
    pub severity: Severity,
    /// What it means and what to do, in English.
    pub english: &'static str,
    /// The same in Chinese.
    pub chinese: &'static str,
}

/// One thing noticed in one document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Diagnostic {
    /// Code; `nianbao explain CODE` tells more.
    pub code: String,
    /// How much it matters.
    pub severity: Severity,
    /// What was noticed here, in English, with the words of the source.
    pub message: String,
    /// Where, if there is a place.
    pub origin: Option<Origin>,
}

impl Code {
    /// A finding of this code.
    pub fn at(&self, origin: impl Into<Option<Origin>>, message: impl Into<String>) -> Diagnostic {
        Diagnostic {
            code: self.code.into(),
            severity: self.severity,
            message: message.into(),
            origin: origin.into(),
        }
    }
}
