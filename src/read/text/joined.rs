//! The text of a whole page on one line, its pieces joined by a character, as programs that take text out of pages write it.
//!
//! Invariant: a line is cut only where several of its pieces are headings of a report's main sections, which no row of a table holds.

use crate::forms;

/// Characters that join pieces, and stand inside few of them.
const JOINTS: [char; 3] = ['|', '\t', ';'];
/// A page has at least so many pieces.
const FEWEST_PIECES: usize = 20;
/// So many of them at least are headings.
const FEWEST_HEADINGS: usize = 2;
/// A line of more bytes is no page.
const LONGEST: usize = 1 << 20;

/// The pieces of a line that is the text of a page, without the empty ones.
pub(super) fn pieces(line: &str) -> Option<Vec<&str>> {
    if line.len() > LONGEST {
        return None;
    }
    JOINTS.iter().find_map(|joint| {
        let pieces: Vec<&str> = line
            .split(*joint)
            .map(str::trim)
            .filter(|piece| !piece.is_empty())
            .collect();
        let headings = || {
            pieces
                .iter()
                .filter(|piece| forms::is_section_heading(piece))
                .take(FEWEST_HEADINGS)
                .count()
        };
        (pieces.len() >= FEWEST_PIECES && headings() == FEWEST_HEADINGS).then_some(pieces)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_on_one_line_is_cut_and_a_row_is_not() {
        let row = ["规章"; 20].join("|");
        assert_eq!(pieces(&row), None);
        let page = format!("二、主动公开政府信息情况| {row} ||三、收到和处理政府信息公开申请情况");
        assert_eq!(pieces(&page).map(|pieces| pieces.len()), Some(22));
        assert_eq!(
            pieces("二、主动公开政府信息情况|三、收到和处理政府信息公开申请情况"),
            None
        );
    }
}
