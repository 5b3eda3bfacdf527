//! Copies of one table in one file: where each begins and ends, and which of them holds the report's own figures.
//!
//! Last year's table stands beside this year's, an empty sample before the filled one, a second version behind the first. Invariant:
//! a copy whose caption names another year is never preferred to one that does not.

use super::align::Candidates;
use super::rows::Source;
use super::spec::TableSpec;
use super::{Input, OTHER_YEAR};
use crate::diagnostic::Diagnostic;
use crate::document::{Block, Origin};
use crate::text::year;

/// How many lines above a table can be its caption.
const CAPTION_LINES: usize = 3;
/// A longer text is no caption.
const LONGEST_CAPTION: usize = 60;

/// A run of rows that can be one copy of the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Instance {
    /// First row.
    pub start: usize,
    /// Behind the last row.
    pub end: usize,
    /// How many rows of the form it surely has.
    pub strong: usize,
}

/// What the text above a table says of the year that its figures are of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Year {
    /// The year of the report.
    Own,
    /// Nothing, or several years.
    Unnamed,
    /// Another year.
    Other,
}

/// Cuts the rows into copies of the table: a new one begins where a row comes that the copy has already, or behind a gap. Rows
/// with weak labels belong to the copy before them up to the gap, or as long as they go on in the form's order.
pub(super) fn instances(rows: &[Candidates]) -> Vec<Instance> {
    let mut instances = Vec::new();
    let mut seen: Vec<usize> = Vec::new();
    let (mut start, mut last) = (0, None::<(usize, usize)>);
    let mut gap = None;
    for (index, row) in rows.iter().enumerate() {
        gap = gap.or(row.gap.then_some(index));
        let Some(target) = row.strong() else { continue };
        let again = seen.contains(&target);
        if let Some((previous, reached)) = last
            && (again || gap.is_some())
        {
            let goes_on = |row: &Candidates| row.matches.iter().any(|m| m.has_values && m.found.target > reached);
            let order = || {
                rows[previous + 1..index]
                    .iter()
                    .take_while(|row| row.matches.is_empty() || goes_on(row))
            };
            let end = gap.unwrap_or_else(|| {
                let more = order().enumerate().filter(|(_, row)| goes_on(row)).last();
                previous + 1 + more.map_or(0, |(weak, _)| weak + 1)
            });
            instances.push(Instance {
                start,
                end,
                strong: seen.len(),
            });
            start = end;
            seen.clear();
        }
        gap = None;
        if !seen.contains(&target) {
            seen.push(target);
        }
        last = Some((index, target));
    }
    instances.push(Instance {
        start,
        end: rows.len(),
        strong: seen.len(),
    });
    instances
}

/// The copy to read of those that are no mere scraps beside the fullest: one with figures, of the report's year, the first.
/// `has_figures` and `year_of` say it of each.
pub(super) fn main_instance(
    instances: &[Instance],
    has_figures: impl Fn(&Instance) -> bool,
    year_of: impl Fn(&Instance) -> Year,
) -> Option<&Instance> {
    let counts = instances.iter().map(|instance| instance.strong);
    let most = counts.max().filter(|most| *most > 0)?;
    let whole = instances.iter().filter(|instance| instance.strong * 3 >= most);
    whole.min_by_key(|instance| (!has_figures(instance), year_of(instance)))
}

/// What the nearest text above a row says of its year: the row's own words before `label`, the rows above it in its grid from
/// `start` on, the lines above that.
pub(super) fn year_above(input: &Input, start: usize, index: usize, label: usize) -> Year {
    let rows = input.rows;
    let row = rows[index].row;
    let own = row.cells[..=label].iter().rev();
    let above = rows[start..index]
        .iter()
        .rev()
        .map(|above| above.row)
        .take_while(|above| row.source != Source::Stream && above.source == row.source);
    let first = above.clone().last().unwrap_or(row).blocks().start;
    let before = input.document.blocks[..first].iter().rev().take(CAPTION_LINES);
    let lines = before.map_while(|block| match block {
        Block::Paragraph(paragraph) => Some(paragraph.text.as_str()),
        Block::Grid(_) => None,
    });
    let cells = own.chain(above.flat_map(|above| above.cells.iter().rev()));
    let texts = cells.filter(|cell| cell.is_text()).map(|cell| cell.text).chain(lines);
    let captions = texts.filter(|text| text.chars().count() <= LONGEST_CAPTION && !text.contains('。'));
    let named = captions.map(|text| of_text(text, input.year));
    named
        .into_iter()
        .find(|year| *year != Year::Unnamed)
        .unwrap_or(Year::Unnamed)
}

/// What a text says of the year of the figures that it stands with.
pub(super) fn of_text(text: &str, report_year: Option<i32>) -> Year {
    let named = year::named(text);
    match (named.first(), report_year) {
        (Some(first), Some(_)) if named.iter().any(|year| year != first) => Year::Unnamed,
        (Some(first), Some(own)) if *first == own => Year::Own,
        (Some(_), Some(_)) => Year::Other,
        _ => Year::Unnamed,
    }
}

/// What to say of a table whose caption names another year than the report.
pub(super) fn of_other_year(place: &Origin, spec: &TableSpec) -> Diagnostic {
    OTHER_YEAR.at(
        place.clone(),
        format!("the year above {} is not the report's", spec.label),
    )
}

#[cfg(test)]
mod tests {
    use super::super::align::tests::rows;
    use super::*;

    #[test]
    fn a_second_copy_of_the_table_is_told_from_the_first() {
        let rows = rows(&[
            &[(0, 1.0)],
            &[(1, 1.0)],
            &[(2, 1.0)],
            &[(0, 1.0)],
            &[(1, 1.0)],
            &[(2, 1.0)],
        ]);
        let instances = instances(&rows);
        assert_eq!(
            instances.iter().map(|i| (i.start, i.end)).collect::<Vec<_>>(),
            [(0, 3), (3, 6)]
        );
        let main = main_instance(&instances, |_| true, |_| Year::Unnamed);
        assert_eq!(main, instances.first());
    }

    #[test]
    fn a_weak_last_row_belongs_to_the_copy_that_it_ends() {
        let bounds = |rows: &[Candidates]| {
            let instances = instances(rows);
            instances.iter().map(|i| (i.start, i.end)).collect::<Vec<_>>()
        };
        let mut rows = rows(&[&[(0, 1.0)], &[(1, 1.0)], &[(2, 0.75)], &[(0, 0.8)], &[(1, 1.0)]]);
        assert_eq!(bounds(&rows), [(0, 3), (3, 5)]);
        rows[2].gap = true;
        assert_eq!(bounds(&rows), [(0, 2), (2, 5)]);
    }
}
