//! Tables of a Word document.
//!
//! Invariant: a cell's column is the sum of what stands before it in its row, as Word lays it out; deleted and hidden rows are none.

use crate::read::container::xml::Element;
use crate::read::office::body::{COLUMNS, Merge, Table, TableCell, merged};

use super::flow::Flow;
use super::styles::{is_on, is_shade, number, value};
use super::wrapped;

/// Reads `w:tbl`.
pub(super) fn read(flow: &mut Flow, element: Element) -> Table {
    let mut rows = Vec::new();
    let around = flow.shaded;
    let properties = element.child("w:tblPr");
    let has = |name: &str| properties.and_then(|p| p.child(name));
    let shaded =
        around || has("w:shd").is_some_and(is_shade) || !flow.is_plain_table(has("w:tblStyle").and_then(value));
    for row in wrapped(element, "w:tr") {
        let properties = row.child("w:trPr");
        let has = |name: &str| properties.and_then(|p| p.child(name));
        if has("w:del").is_some() || has("w:hidden").is_some_and(is_on) || is_deleted(properties) {
            continue;
        }
        rows.push(read_row(flow, row, number(has("w:gridBefore")).unwrap_or(0), shaded));
    }
    flow.shaded = around;
    Table {
        rows: merged(rows),
        sheet: None,
    }
}

/// Whether Word 2003 marks a row as deleted.
fn is_deleted(properties: Option<Element>) -> bool {
    let marks = properties.into_iter().flat_map(Element::children);
    marks
        .filter(|mark| mark.name() == "aml:annotation")
        .any(|mark| mark.attribute("w:type") == Some("Word.Deletion"))
}

/// Reads `w:tr`; `before`: columns that it leaves out, `shaded`: whether the table may have a ground of a colour.
fn read_row(flow: &mut Flow, row: Element, before: usize, shaded: bool) -> Vec<(Merge, TableCell)> {
    let mut cells: Vec<(Merge, TableCell)> = Vec::new();
    let mut column = before.min(COLUMNS);
    for (at, cell) in wrapped(row, "w:tc").enumerate() {
        let properties = cell.child("w:tcPr");
        let has = |name: &str| properties.and_then(|p| p.child(name));
        if has("w:cellDel").is_some() {
            continue;
        }
        let columns = number(has("w:gridSpan")).unwrap_or(1).clamp(1, COLUMNS);
        if column + columns > COLUMNS {
            break;
        }
        let merge = |name: &str| match has(name) {
            None => Merge::None,
            Some(merge) if value(merge) == Some("restart") => Merge::Begins,
            Some(_) => Merge::Continues,
        };
        flow.shaded = shaded || has("w:shd").is_some_and(is_shade);
        let items = flow.apart(cell);
        // An older way to merge sideways: what stands in the cells that continue is not shown.
        if (merge("w:hMerge") == Merge::Continues || merge("w:hmerge") == Merge::Continues)
            && let Some((_, before)) = cells
                .last_mut()
                .filter(|(_, cell)| cell.column + cell.columns == column)
        {
            before.columns += columns;
            column += columns;
            continue;
        }
        let down = match merge("w:vMerge") {
            Merge::None => merge("w:vmerge"),
            down => down,
        };
        cells.push((
            down,
            TableCell {
                column,
                columns,
                rows: 1,
                number: at as u32 + 1,
                items,
            },
        ));
        column += columns;
    }
    cells
}
