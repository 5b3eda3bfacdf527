//! Where something stands in the original file.
//!
//! Invariant: an origin is precise enough for a person to find the place again, and is the same for the same bytes.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How likely a text that was recognised from a picture has to be; what is less likely may be any other text.
const SURE: f64 = 0.85;

/// The place in the source that a block, cell or figure came from. What it holds depends on the format.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(from = "Fields", into = "Fields")]
#[schemars(with = "Fields")]
#[non_exhaustive]
pub enum Origin {
    /// A box on a page, for paged formats.
    #[non_exhaustive]
    Page {
        /// Page number, from 1.
        page: u32,
        /// `[x0, y0, x1, y1]` in PDF points from the top left corner of the page as displayed, rounded to 0.01.
        bbox: [f64; 4],
        /// How likely what stands there was read right, from 0 to 1, rounded to 0.001, where a model recognised it from a picture.
        confidence: Option<f64>,
    },
    /// A box on a picture that stands in the content.
    #[non_exhaustive]
    Picture {
        /// The picture, as the document calls it; of one that is written into the document itself how it begins.
        picture: String,
        /// `[x0, y0, x1, y1]` in pixels from the top left corner of the picture.
        bbox: [f64; 4],
        /// How likely what stands there was read right, as in [`Origin::Page`].
        confidence: Option<f64>,
        /// Where the picture stands in the document.
        place: Box<Origin>,
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
    /// A paragraph of a text document without pages.
    Paragraph {
        /// Number among the paragraphs outside of tables, from 1, empty ones counted.
        paragraph: u32,
    },
    /// A table of a text document without pages, or a row or cell of it.
    Table {
        /// Number of the table in the order of their beginnings, from 1, tables in tables counted.
        table: u32,
        /// Row of the table, from 1.
        row: Option<u32>,
        /// Number among the cells that the row holds, from 1, as the file lists them.
        cell: Option<u32>,
    },
    /// A sheet of a workbook, or a cell of it.
    Sheet {
        /// Name of the sheet.
        sheet: String,
        /// Address of the cell, such as `B7`; of merged cells the first.
        address: Option<String>,
    },
}

impl Origin {
    /// A box on a page, its corners rounded to 0.01 pt so that output does not depend on the last bits of a float.
    pub fn page(page: u32, bbox: [f64; 4]) -> Self {
        Origin::Page {
            page,
            bbox: bbox.map(|v| (v * 100.0).round() / 100.0),
            confidence: None,
        }
    }

    /// A box on a page, as [`Origin::page`], with text that was recognised from a picture.
    #[cfg(feature = "ocr")]
    pub(crate) fn recognised(page: u32, bbox: [f64; 4], likely: Option<f64>) -> Self {
        Origin::Page {
            page,
            bbox: bbox.map(|v| (v * 100.0).round() / 100.0),
            confidence: likely.map(|v| (v * 1000.0).round() / 1000.0),
        }
    }

    /// A box on a picture that stands somewhere in the content.
    #[cfg(feature = "ocr")]
    pub(crate) fn on_picture(picture: &str, bbox: [f64; 4], confidence: Option<f64>, place: &Origin) -> Self {
        Origin::Picture {
            picture: picture.into(),
            bbox: bbox.map(|v| (v * 10.0).round() / 10.0),
            confidence,
            place: Box::new(place.clone()),
        }
    }

    /// Whether the text that stands there was recognised from a picture by a model that is not sure of it.
    pub(crate) fn is_unsure(&self) -> bool {
        match self {
            Origin::Page { confidence, .. } | Origin::Picture { confidence, .. } => {
                confidence.is_some_and(|confidence| confidence < SURE)
            }
            _ => false,
        }
    }

    /// A place in a text file; both numbers count from 1.
    pub fn text(line: u32, column: u32) -> Self {
        Origin::Text { line, column }
    }

    /// A paragraph by its number, from 1.
    pub fn paragraph(paragraph: u32) -> Self {
        Origin::Paragraph { paragraph }
    }

    /// A table as a whole by its number, from 1.
    pub fn table(table: u32) -> Self {
        Origin::Table {
            table,
            row: None,
            cell: None,
        }
    }

    /// A cell of a table; all numbers from 1.
    pub fn table_cell(table: u32, row: u32, cell: u32) -> Self {
        Origin::Table {
            table,
            row: Some(row),
            cell: Some(cell),
        }
    }

    /// The name of the sheet that it stands in.
    pub fn sheet(&self) -> Option<&str> {
        match self {
            Origin::Sheet { sheet, .. } => Some(sheet),
            _ => None,
        }
    }

    /// A cell of a sheet; row and column from 0.
    pub fn sheet_cell(sheet: &str, row: usize, column: usize) -> Self {
        Origin::Sheet {
            sheet: sheet.into(),
            address: Some(format!("{}{}", column_letters(column), row + 1)),
        }
    }
}

/// A place for people: `line 3, column 5`, `page 2`, `table 1, row 4, cell 2`, or a path.
impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let part = |name: &str, number: &Option<u32>| number.map_or(String::new(), |n| format!(", {name} {n}"));
        match self {
            Origin::Page { page, .. } => write!(f, "page {page}"),
            Origin::Picture { picture, place, .. } => write!(f, "{place}, picture {picture}"),
            Origin::Path(path) => f.write_str(path),
            Origin::Text { line, column } => write!(f, "line {line}, column {column}"),
            Origin::Paragraph { paragraph } => write!(f, "paragraph {paragraph}"),
            Origin::Table { table, row, cell } => write!(f, "table {table}{}{}", part("row", row), part("cell", cell)),
            Origin::Sheet { sheet, address: None } => write!(f, "sheet {sheet}"),
            Origin::Sheet {
                sheet,
                address: Some(address),
            } => write!(f, "sheet {sheet}, cell {address}"),
        }
    }
}

/// The name of a column of a sheet: 0 is `A`, 26 is `AA`.
fn column_letters(column: usize) -> String {
    let mut letters = Vec::new();
    let mut rest = Some(column);
    while let Some(column) = rest {
        letters.insert(0, char::from(b'A' + (column % 26) as u8));
        rest = (column / 26).checked_sub(1);
    }
    letters.into_iter().collect()
}

/// The JSON form of an [`Origin`]: only the fields of its own kind are written.
#[derive(Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Fields {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    page: Option<u32>,
    #[serde(default, rename = "box", skip_serializing_if = "Option::is_none")]
    bbox: Option<[f64; 4]>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    confidence: Option<f64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    picture: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    path: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    line: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    column: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    paragraph: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    table: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    row: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    cell: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    sheet: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    address: Option<String>,
}

impl From<Origin> for Fields {
    fn from(origin: Origin) -> Self {
        let mut fields = Fields::default();
        match origin {
            Origin::Page { page, bbox, confidence } => {
                (fields.page, fields.bbox, fields.confidence) = (Some(page), Some(bbox), confidence);
            }
            Origin::Picture {
                picture,
                bbox,
                confidence,
                place,
            } => {
                fields = Fields::from(*place);
                (fields.picture, fields.bbox, fields.confidence) = (Some(picture), Some(bbox), confidence);
            }
            Origin::Path(path) => fields.path = Some(path),
            Origin::Text { line, column } => (fields.line, fields.column) = (Some(line), Some(column)),
            Origin::Paragraph { paragraph } => fields.paragraph = Some(paragraph),
            Origin::Table { table, row, cell } => (fields.table, fields.row, fields.cell) = (Some(table), row, cell),
            Origin::Sheet { sheet, address } => (fields.sheet, fields.address) = (Some(sheet), address),
        }
        fields
    }
}

impl From<Fields> for Origin {
    fn from(fields: Fields) -> Self {
        match fields {
            Fields {
                picture: Some(picture),
                bbox,
                confidence,
                ..
            } => Origin::Picture {
                picture,
                bbox: bbox.unwrap_or_default(),
                confidence,
                place: Box::new(Origin::from(Fields {
                    picture: None,
                    bbox: None,
                    confidence: None,
                    ..fields
                })),
            },
            Fields {
                page: Some(page),
                bbox,
                confidence,
                ..
            } => Origin::Page {
                page,
                bbox: bbox.unwrap_or_default(),
                confidence,
            },
            Fields { path: Some(path), .. } => Origin::Path(path),
            Fields {
                paragraph: Some(paragraph),
                ..
            } => Origin::Paragraph { paragraph },
            Fields {
                table: Some(table),
                row,
                cell,
                ..
            } => Origin::Table { table, row, cell },
            Fields {
                sheet: Some(sheet),
                address,
                ..
            } => Origin::Sheet { sheet, address },
            Fields { line, column, .. } => Origin::Text {
                line: line.unwrap_or(1),
                column: column.unwrap_or(1),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_of_a_sheet_are_named_as_programs_name_them() {
        for (column, name) in [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")] {
            assert_eq!(column_letters(column), name);
        }
    }

    #[test]
    fn every_kind_of_place_survives_its_json() {
        for (origin, json) in [
            (Origin::paragraph(3), r#"{"paragraph":3}"#),
            (Origin::table(2), r#"{"table":2}"#),
            (Origin::table_cell(2, 5, 1), r#"{"table":2,"row":5,"cell":1}"#),
            (Origin::sheet_cell("表", 6, 1), r#"{"sheet":"表","address":"B7"}"#),
            (
                Origin::Picture {
                    picture: "1.png".into(),
                    bbox: [0.0, 1.0, 2.0, 3.0],
                    confidence: Some(0.5),
                    place: Box::new(Origin::Path("/html/body/img[1]".into())),
                },
                r#"{"box":[0.0,1.0,2.0,3.0],"confidence":0.5,"picture":"1.png","path":"/html/body/img[1]"}"#,
            ),
        ] {
            assert_eq!(serde_json::to_string(&origin).unwrap(), json);
            assert_eq!(serde_json::from_str::<Origin>(json).unwrap(), origin);
        }
    }
}
