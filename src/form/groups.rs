//! Reads a table of column groups without row labels (table 4), in all the ways that it is set.
//!
//! The outcomes (结果维持 … 总计) repeat once for each proceeding; the names above them tell which. Invariant: values are placed only
//! where the outcomes in front of them are complete and as many as the values.

use std::collections::BTreeSet;

use super::columns::{Header, Placement, Words, trim};
use super::fill::{Filled, Filler};
use super::labels::TableMatcher;
use super::prepare::Prepared;
use super::rows::{Row, RowCell, Source};
use super::spec::{Band, ColumnSpec, TableSpec};
use super::{GROUP_BY_POSITION, ROW_UNCLEAR};
use crate::document::{Block, Document, Origin};
use crate::report::State;
use crate::text::label::Label;
use crate::text::normalize::fold;

/// How many blocks before a grid are searched for the name of its group.
const CAPTION_BLOCKS: usize = 3;

/// Values that were found with the order of the outcomes above them.
struct Found {
    /// Index of the row.
    row: usize,
    /// Cells of the values.
    cells: Vec<usize>,
    /// Groups that they belong to, in order, where names tell.
    groups: Vec<Option<usize>>,
}

/// Reads the table under one form. `None` where the document has no such table.
pub(super) fn read_groups(
    document: &Document,
    prepared: &[Prepared],
    form: &str,
    spec: &TableSpec,
    matcher: &TableMatcher,
) -> Option<Filled> {
    let band = spec.bands.first()?;
    let names = GroupNames::new(band);
    let outcomes = &matcher.columns[0];
    let words = Words {
        is_name: &|label| outcomes.best(label).is_some(),
        is_part: &|_| false,
        is_foreign: &|_| false,
    };
    let mut filler = Filler::new(spec);
    let mut header = Header::default();
    let mut header_above = false;
    let mut grid = None;
    let mut seen_names: Vec<(usize, usize)> = Vec::new();
    let mut found: Vec<Found> = Vec::new();
    let mut unclear: Option<usize> = None;
    let mut blocks = BTreeSet::new();
    for (index, row) in prepared.iter().enumerate() {
        let row = row.row;
        if let Source::Grid { block, .. } = row.source {
            if grid != Some(block) {
                grid = Some(block);
                seen_names.clear();
                header_above = false;
            }
            if header.update(row, &words, header_above) {
                header_above = true;
            }
            let header_here = header.block == Some(block) && header.names_over(row).len() >= outcomes.len();
            let has_values = row.cells.iter().any(RowCell::is_filled_value);
            let all_blank = row.cells.iter().all(|cell| cell.reading.state == State::Blank);
            if !(has_values || header_here && all_blank) {
                seen_names.extend(names.in_cells(row));
                continue;
            }
            header_above = false;
            if !header_here {
                continue;
            }
        } else {
            grid = None;
            header = Header::default();
            header.update_from_words(&row.cells, &words);
            seen_names = names.in_cells(row);
        }
        let order: Vec<Option<usize>> = header
            .names_over(row)
            .iter()
            .map(|cell| outcomes.best(&cell.label).map(|m| m.target))
            .collect();
        let complete = !order.is_empty()
            && order.len().is_multiple_of(outcomes.len())
            && order
                .iter()
                .enumerate()
                .all(|(at, outcome)| *outcome == Some(at % outcomes.len()));
        let first = row
            .cells
            .iter()
            .rposition(RowCell::is_text)
            .map_or(0, |label| label + 1);
        let values: Vec<usize> = (first..row.cells.len()).collect();
        if !complete && row.source == Source::Stream && are_torn(row, &band.columns, band.groups.len(), values.len()) {
            found.push(Found {
                row: index,
                cells: values,
                groups: vec![None; band.groups.len()],
            });
            continue;
        }
        if values.is_empty() || order.iter().flatten().count() < outcomes.len() {
            continue;
        }
        let Some(cells) = fit(row, &values, &header).filter(|_| complete) else {
            if order.len() == outcomes.len() * band.groups.len() || !complete {
                let texts: Vec<&str> = row.cells.iter().map(|cell| cell.text.trim()).collect();
                let message = format!("{texts:?} does not fit {} columns", order.len());
                filler
                    .diagnostics
                    .push(ROW_UNCLEAR.at(row.cells[0].origin.clone(), message));
                unclear.get_or_insert(index);
            }
            continue;
        };
        let count = order.len() / outcomes.len();
        let own = names.of_row(row);
        let groups = if count == 1 {
            let named = if row.source == Source::Stream { None } else { own };
            let above = seen_names.iter().rev().map(|(_, group)| *group).next();
            vec![named.or(above).or_else(|| names.caption(document, row.blocks().start))]
        } else {
            named_in_order(&seen_names, count)
        };
        found.push(Found {
            row: index,
            cells,
            groups,
        });
    }
    let count = outcomes.len();
    let mut filled_groups: Vec<bool> = vec![false; band.groups.len()];
    let mut origin: Option<Origin> = None;
    for found in &found {
        let row = prepared[found.row].row;
        let by_order = found.groups.iter().any(Option::is_none);
        let Some(groups) = resolve(&found.groups, &filled_groups) else {
            continue;
        };
        if groups.iter().any(|group| filled_groups[*group]) {
            // Another copy, or a second row of values: the first one stands.
            continue;
        }
        if by_order {
            let message = "the proceedings were told by their order".to_string();
            filler
                .diagnostics
                .push(GROUP_BY_POSITION.at(row.cells[found.cells[0]].origin.clone(), message));
        }
        origin.get_or_insert_with(|| row.cells[0].origin.clone());
        for (at, group) in groups.iter().enumerate() {
            filled_groups[*group] = true;
            for (column, cell) in found.cells[at * count..(at + 1) * count].iter().enumerate() {
                filler.set(
                    &band.groups[*group],
                    &band.columns[column],
                    &row.cells[*cell],
                    None,
                    Placement::Header,
                );
            }
        }
        let label = row.cells.iter().rposition(RowCell::is_text).unwrap_or(0);
        blocks.extend(prepared[found.row].claimed(label));
    }
    if let Some(index) = unclear
        && origin.is_none()
    {
        // The table is there, but which number is which cannot be told.
        origin = Some(prepared[index].row.cells[0].origin.clone());
        let label = prepared[index]
            .row
            .cells
            .iter()
            .rposition(RowCell::is_text)
            .unwrap_or(0);
        blocks.extend(prepared[index].claimed(label));
    }
    let mut filled = filler.finish(form, origin?, Vec::new());
    filled.blocks = blocks;
    Some(filled)
}

/// Whether the words before a line of values are the outcomes of all groups, torn over lines but whole and in order, and the values
/// are as many.
fn are_torn(row: &Row, outcomes: &[ColumnSpec], groups: usize, values: usize) -> bool {
    let words = row.cells.iter().filter(|cell| cell.is_text());
    let text: String = words.map(|cell| fold(cell.text)).collect();
    let names: Vec<char> = outcomes.iter().flat_map(|outcome| outcome.label.chars()).collect();
    let count = |of: char| text.chars().filter(|c| *c == of).count();
    let whole = names.iter().all(|c| {
        let times = names.iter().filter(|name| *name == c).count();
        count(*c) >= groups * times
    });
    // The characters that only one name has tell the order.
    let telling = names
        .iter()
        .filter(|c| names.iter().filter(|name| name == c).count() == 1);
    let begins = |outcome: &ColumnSpec| {
        let own = telling.clone().filter(|c| outcome.label.contains(**c));
        own.filter_map(|c| text.find(*c)).min()
    };
    let line = |half: &[ColumnSpec]| half.iter().map(begins).is_sorted();
    values == groups * outcomes.len() && whole && line(&outcomes[..2]) && line(&outcomes[2..4])
}

/// The cells of the values: one below each outcome, or as many as there are outcomes.
fn fit(row: &Row, values: &[usize], header: &Header) -> Option<Vec<usize>> {
    let names = header.names_over(row);
    if header.shares_slots(row) {
        let below: Option<Vec<usize>> = names
            .iter()
            .map(|name| {
                row.cells
                    .iter()
                    .position(|cell| (cell.start, cell.span) == (name.start, name.span) && cell.own)
            })
            .collect();
        // A figure below no name is one too many: it may be the rest of the figure beside it.
        let spare = |below: &[usize]| {
            values
                .iter()
                .any(|v| row.cells[*v].is_filled_value() && !below.contains(v))
        };
        let whole = |below: &Vec<usize>| below.iter().all(|cell| row.cells[*cell].reading.is_value()) && !spare(below);
        if let Some(below) = below.filter(whole) {
            return Some(below);
        }
    }
    let kept = &values[trim(&row.cells[values[0]..], names.len())?];
    kept.iter()
        .all(|cell| row.cells[*cell].own && row.cells[*cell].rows == row.cells[kept[0]].rows)
        .then(|| kept.to_vec())
}

/// The groups named above several runs of outcomes, from left to right, if each is named once.
fn named_in_order(names: &[(usize, usize)], count: usize) -> Vec<Option<usize>> {
    let mut names = names.to_vec();
    names.sort();
    names.dedup_by_key(|(_, group)| *group);
    let mut groups: Vec<usize> = names.iter().map(|(_, group)| *group).collect();
    let distinct: BTreeSet<usize> = groups.iter().copied().collect();
    if distinct.len() == groups.len() && groups.len() == count {
        groups.drain(..).map(Some).collect()
    } else {
        vec![None; count]
    }
}

/// Names where they tell; without any name the order of the form, if it is the whole table or the next of three.
fn resolve(groups: &[Option<usize>], filled: &[bool]) -> Option<Vec<usize>> {
    if groups.iter().all(Option::is_some) {
        return Some(groups.iter().copied().flatten().collect());
    }
    if groups.len() == filled.len() {
        return Some((0..filled.len()).collect());
    }
    let next = filled.iter().position(|done| !done)?;
    (groups.len() == 1).then(|| vec![next])
}

/// The names of the groups, as they are found in headers and captions.
struct GroupNames {
    /// Wordings with their group.
    wordings: Vec<(String, usize)>,
    /// Names that stand above several groups, with the groups below them.
    parents: Vec<(String, Vec<usize>)>,
}

impl GroupNames {
    fn new(band: &Band) -> Self {
        let mut names = GroupNames {
            wordings: Vec::new(),
            parents: Vec::new(),
        };
        for (index, group) in band.groups.iter().enumerate() {
            let wordings = std::iter::once(&group.label)
                .chain(&group.aliases)
                .map(|text| Label::parse(text).full);
            names.wordings.extend(wordings.map(|wording| (wording, index)));
            for parent in &group.path {
                let parent = Label::parse(parent).full;
                match names.parents.iter_mut().find(|(name, _)| *name == parent) {
                    Some((_, groups)) => groups.push(index),
                    None => names.parents.push((parent, vec![index])),
                }
            }
        }
        names
    }

    /// The group that a text names: the longest wording in it, unless the text also names a group beside it.
    fn group(&self, text: &str) -> Option<usize> {
        let text = Label::from_folded(&fold(text)).full;
        let longest = self
            .wordings
            .iter()
            .filter(|(wording, _)| *wording == text || (wording.chars().count() > 2 && text.contains(wording.as_str())))
            .max_by_key(|(wording, _)| wording.len());
        let (_, group) = longest?;
        let other = self
            .parents
            .iter()
            .any(|(parent, groups)| text.contains(parent.as_str()) && !groups.contains(group));
        (!other).then_some(*group)
    }

    /// Groups named in the cells of a row that begin there: slot and group.
    fn in_cells(&self, row: &Row) -> Vec<(usize, usize)> {
        let names = row
            .cells
            .iter()
            .filter(|cell| cell.own && cell.is_text() && cell.text.chars().count() < 20);
        names
            .filter_map(|cell| Some((cell.start, self.group(cell.text)?)))
            .collect()
    }

    /// The group named by the words of a row of values.
    fn of_row(&self, row: &Row) -> Option<usize> {
        let words: String = row
            .cells
            .iter()
            .filter(|cell| cell.is_text())
            .map(|cell| cell.text)
            .collect();
        self.group(&words)
    }

    /// The group named by the lines right before a grid.
    fn caption(&self, document: &Document, block: usize) -> Option<usize> {
        let before = document.blocks[..block].iter().rev().take(CAPTION_BLOCKS);
        before
            .map_while(|block| match block {
                Block::Paragraph(paragraph) if paragraph.text.chars().count() < 40 => Some(&paragraph.text),
                _ => None,
            })
            .find_map(|text| self.group(text))
    }
}
