//! Where something stands in the original file.
//!
//! Invariant: an origin is precise enough for a person to find the place again, and is the same for the same bytes.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The place in the source that a block, cell or figure came from. What it holds depends on the format.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(from = "Fields", into = "Fields")]
#[schemars(with = "Fields")]
pub enum Origin {
    /// A box on a page, for paged formats.
    Page {
        /// Page number, from 1.
        page: u32,
        /// `[x0, y0, x1, y1]` in PDF points from the top left corner of the page as displayed, rounded to 0.01.
        bbox: [f64; 4],
    },
    /// A path in a DOM or XML tree, such as `/html/body/div[2]/table[1]/tr[3]/td[2]`; one whose outer part was too long begins with
    /// `//`.
    Path(String),
    /// A place in a text file.
    Text {
        /// Line number, from 1.
        line: u32,
        /// Column number in characters, from 1.
        column: u32,
    },
}

impl Origin {
    /// A box on a page, its corners rounded to 0.01 pt so that output does not depend on the last bits of a float.
    pub fn page(page: u32, bbox: [f64; 4]) -> Self {
        Origin::Page {
            page,
            bbox: bbox.map(|v| (v * 100.0).round() / 100.0),
        }
    }

    /// A place in a text file; both numbers count from 1.
    pub fn text(line: u32, column: u32) -> Self {
        Origin::Text { line, column }
    }
}

/// The JSON form of an [`Origin`]: only the fields of its own kind are written.
#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Fields {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    page: Option<u32>,
    #[serde(default, rename = "box", skip_serializing_if = "Option::is_none")]
    bbox: Option<[f64; 4]>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    path: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    line: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    column: Option<u32>,
}

impl From<Origin> for Fields {
    fn from(origin: Origin) -> Self {
        let mut fields = Fields {
            page: None,
            bbox: None,
            path: None,
            line: None,
            column: None,
        };
        match origin {
            Origin::Page { page, bbox } => (fields.page, fields.bbox) = (Some(page), Some(bbox)),
            Origin::Path(path) => fields.path = Some(path),
            Origin::Text { line, column } => (fields.line, fields.column) = (Some(line), Some(column)),
        }
        fields
    }
}

impl From<Fields> for Origin {
    fn from(fields: Fields) -> Self {
        match fields {
            Fields {
                page: Some(page), bbox, ..
            } => Origin::Page {
                page,
                bbox: bbox.unwrap_or_default(),
            },
            Fields { path: Some(path), .. } => Origin::Path(path),
            Fields { line, column, .. } => Origin::Text {
                line: line.unwrap_or(1),
                column: column.unwrap_or(1),
            },
        }
    }
}
