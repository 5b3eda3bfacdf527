//! Reads a table of column groups without row labels (table 4), in all the ways that it is set.
//!
//! The outcomes (结果维持 … 总计) repeat once for each proceeding; the names above them tell which. Invariant: values are placed only
//! where the outcomes in front of them stand in the same order for each proceeding, with one lacking at most, and a name stands above each
//! value.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::rc::Rc;

use rust_decimal::Decimal;

use super::columns::{Header, HeaderCell, Placement, Words, trim};
use super::copies::{self, Said};
use super::fill::{Filled, Filler};
use super::labelled::unit_of_caption;
use super::lexicon::{Axis, STRONG, TableAxes, Word, word};
use super::meaning::{is_of_other_time, is_without_meaning};
use super::prepare::Prepared;
use super::rests::{self, Taken};
use super::rows::{Row, RowCell, Source};
use super::runs::{self, Run, Runs};
use super::unparted::{self, Unparted};
use super::{COLUMN_MISSING, COLUMNS_BY_COUNT, GROUP_BY_POSITION, Input, ROW_UNCLEAR, TABLE_REPEATED};
use crate::diagnostic::Diagnostic;
use crate::document::{Block, Document, GridKind, Origin};
use crate::forms::{Band, ColumnSpec, TableSpec};
use crate::report::State;
use crate::text::label::Label;
use crate::text::normalize::fold;
use crate::text::numeral::Unit;

/// How many blocks before a grid are searched for the name of its group.
const CAPTION_BLOCKS: usize = 3;
/// How far the name of an outcome that is damaged resembles it at least: with one character of four another. 部分纠正 is no 结果纠正.
const DAMAGED: f64 = 0.75;
/// How far a name that is damaged resembles one of the groups.
const ALIKE: f64 = 0.4;
/// Fewest outcomes of a group that are named in their places where others of it are damaged; of all groups more than half have to be.
const KNOWN: usize = 2;
/// Labels of a row that holds the figures of all rows.
const TOTALS: [&str; 5] = ["合计", "总计", "共计", "总数", "汇总"];
/// Labels of a row that say nothing of whose figures it holds.
const NAMELESS: [&str; 5] = ["", "数量", "件数", "案件数", "办理结果"];

/// Values that were found with the order of the outcomes above them.
struct Found {
    /// Index of the row.
    row: usize,
    /// Index of the row that names the outcomes.
    header: usize,
    /// Cells of the values, one for each outcome of the form and each of the groups; a single one holds all of them without borders.
    cells: Vec<Option<usize>>,
    /// Groups that they belong to, in order, where names tell.
    groups: Vec<Option<usize>>,
    /// Whether a name above them is damaged, and its place told the outcome.
    by_place: bool,
    /// Whether a name above them says that they are of another time than the year of the report.
    of_other_time: bool,
    /// Whether a line before their grid told the group.
    captioned: bool,
    /// Whether their row has a name of its own that is not the agency's.
    of_another: bool,
}

impl Found {
    /// The first cell with a value.
    fn first(&self) -> usize {
        self.values().next().unwrap_or_default()
    }

    fn values(&self) -> impl Iterator<Item = usize> {
        self.cells.iter().flatten().copied()
    }
}

/// Reads the table under one form. `None` where the document has no such table.
pub(super) fn read_groups(input: &Input, form: &str, spec: &TableSpec, axes: &TableAxes) -> Option<Filled> {
    let band = spec.bands.first()?;
    let mut filler = Filler::new(spec);
    let mut blocks = BTreeSet::new();
    let (found, unclear) = search(input, band, &axes.columns[0]);
    let (found, more_unclear) = choose(input, found, band.groups.len());
    let unclear: Vec<usize> = unclear.into_iter().chain(more_unclear).collect();
    for index in &unclear {
        filler.diagnostics.push(is_unclear(input.rows[*index].row));
    }
    let rows_found: HashSet<usize> = found.iter().map(|(_, found)| found.row).collect();
    let mut filled_groups: Vec<bool> = vec![false; band.groups.len()];
    let mut copies: Vec<Filled> = Vec::new();
    let first_said = found.first().map(|(said, _)| *said);
    let runs: usize = found.iter().map(|(_, found)| found.groups.len()).sum();
    let are_all = runs.is_multiple_of(band.groups.len());
    let mut runs_before = 0;
    let mut origin: Option<Origin> = None;
    let mut unresolved = None;
    for (said, found) in &found {
        let row = input.rows[found.row].row;
        let by_order = found.groups.iter().any(Option::is_none);
        let before = are_all.then_some(runs_before);
        runs_before += found.groups.len();
        let Some(groups) = resolve(&found.groups, &filled_groups, before) else {
            unresolved = unresolved.or(Some(row));
            continue;
        };
        let place = row.cells[found.first()].origin;
        let unit = copies::lines_above(input, 0, found.row).find_map(unit_of_caption);
        if groups.iter().any(|group| filled_groups[*group]) {
            let message = format!("another copy of {} was left out", spec.label);
            filler.diagnostics.push(TABLE_REPEATED.at(place.clone(), message));
            if Some(said.rank()) == first_said.map(Said::rank) && found.cells.len() > 1 {
                let mut copy = Filler::new(spec);
                set(&mut copy, band, &groups, (row, &found.cells), unit);
                copies.push(copy.finish(form, place.clone(), Vec::new()));
            }
            continue;
        }
        if by_order {
            let message = "the proceedings were told by their order".to_string();
            filler.diagnostics.push(GROUP_BY_POSITION.at(place.clone(), message));
        }
        if found.by_place {
            let message = "a name of the outcomes is not known; its place between the others told it".to_string();
            filler.diagnostics.push(COLUMNS_BY_COUNT.at(place.clone(), message));
        }
        if let Some(lacking) = lacking(band, found) {
            let message = format!("{} has no column for {lacking}", spec.label);
            filler.diagnostics.push(COLUMN_MISSING.at(place.clone(), message));
        }
        if *said == Said::Disputed && origin.is_none() {
            filler.diagnostics.push(copies::of_other_year(place, spec));
        }
        origin.get_or_insert_with(|| row.cells[0].origin.clone());
        for group in &groups {
            filled_groups[*group] = true;
        }
        blocks.extend(claimed(&input.rows[found.row]));
        if let [Some(cell)] = found.cells[..] {
            let key = |group: &usize, column: &ColumnSpec| format!("{}.{}", band.groups[*group].key, column.key);
            let keys = groups
                .iter()
                .flat_map(|group| band.columns.iter().map(move |column| key(group, column)))
                .collect();
            let tokens = vec![fold(row.cells[cell].text)];
            let first = groups.first().map(|group| band.groups[*group].key.clone());
            let unparted = Unparted {
                row: first.unwrap_or_default(),
                keys,
                tokens,
            };
            filler.set_unparted(unparted, row.cells[cell].clone(), is_unclear(row));
            continue;
        }
        let figures = set(&mut filler, band, &groups, (row, &found.cells), unit);
        let texts = Vec::new();
        let is_found = |index: &usize| rows_found.contains(index);
        let behind = (found.row + 1..input.rows.len()).take_while(|index| !is_found(index));
        let behind = behind.map(|index| (&input.rows[index], false));
        rests::doubt(Taken { row, figures, texts }, behind, &mut filler);
    }
    filler.part();
    if let Some(row) = unresolved.filter(|_| filled_groups.contains(&false)) {
        filler.diagnostics.push(is_unclear(row));
        origin.get_or_insert_with(|| row.cells[0].origin.clone());
    }
    if let Some(index) = unclear.first()
        && origin.is_none()
    {
        // The table is there, but which number is which cannot be told.
        origin = Some(input.rows[*index].row.cells[0].origin.clone());
        blocks.extend(claimed(&input.rows[*index]));
    }
    let mut filled = filler.finish(form, origin?, Vec::new());
    filled.blocks = blocks;
    filled.refused = first_said.and_then(|said| copies::refusal(said, &filled.table.origin, spec));
    for copy in &copies {
        filled.contradict(copy, &spec.label);
    }
    Some(filled)
}

/// The name of an outcome that no group has a value for.
fn lacking<'a>(band: &'a Band, found: &Found) -> Option<&'a str> {
    let mut outcomes = band.columns.iter().enumerate();
    let lacks = |outcome: usize| {
        found
            .cells
            .iter()
            .skip(outcome)
            .step_by(band.columns.len())
            .all(Option::is_none)
    };
    let lacking = outcomes.find(|(outcome, _)| found.cells.len() > 1 && lacks(*outcome))?;
    Some(&lacking.1.label)
}

/// Puts the cells of a row, whose caption names a unit, under the outcomes of the groups that they belong to. The key of each cell.
fn set(
    filler: &mut Filler,
    band: &Band,
    groups: &[usize],
    (row, cells): (&Row, &[Option<usize>]),
    unit: Option<Unit>,
) -> Vec<(usize, String)> {
    let columns = groups
        .iter()
        .flat_map(|group| band.columns.iter().map(move |column| (&band.groups[*group], column)));
    let mut figures = Vec::new();
    for (cell, (group, column)) in cells.iter().zip(columns) {
        let Some(cell) = *cell else { continue };
        filler.set(group, column, &row.cells[cell], unit, Placement::Header);
        figures.push((cell, column.key_in(&group.key)));
    }
    figures
}

fn claimed(row: &Prepared) -> Vec<usize> {
    row.claimed(row.row.cells.iter().rposition(RowCell::is_text).unwrap_or(0))
}

fn is_unclear(row: &Row) -> Diagnostic {
    let texts: Vec<&str> = row.cells.iter().map(|cell| cell.text.trim()).collect();
    ROW_UNCLEAR.at(
        row.cells[0].origin.clone(),
        format!("which of {texts:?} is which cannot be told"),
    )
}

/// All rows of values below outcomes, and the rows that do not fit the outcomes above them.
fn search(input: &Input, band: &Band, outcomes: &Axis) -> (Vec<Found>, Vec<usize>) {
    let names = GroupNames::new(band);
    let words = Words {
        word: &|text: &str| names.outcome(text),
        is_name: &|word| outcomes.best(word).is_some(),
        is_whole_name: &|word| outcomes.best(word).is_some_and(|m| m.score >= STRONG),
        is_part: &|_| false,
        is_foreign: &|_| false,
        is_among: &|_| false,
    };
    let names_outcome = |cell: &RowCell| cell.is_text() && (words.is_name)(&names.outcome(cell.text));
    let mut header = Header::default();
    let mut header_row = 0;
    let mut header_above = false;
    let mut grid = None;
    // The names of groups above, and those of the last row that has any.
    let mut seen_names: Vec<Name> = Vec::new();
    let mut last_names: Vec<Name> = Vec::new();
    // The names of the proceedings above.
    let mut proceedings: Vec<Name> = Vec::new();
    let mut found: Vec<Found> = Vec::new();
    let mut unclear = Vec::new();
    let mut of_other_time = false;
    // Whether values stand between the names above and what follows: names below them begin another part of the table.
    let mut names_are_done = false;
    // The first slots of names above that are no group's.
    let mut strange: Vec<usize> = Vec::new();
    for (index, row) in input.rows.iter().enumerate() {
        let row = row.row;
        let first = row
            .cells
            .iter()
            .rposition(RowCell::is_text)
            .map_or(0, |label| label + 1);
        let values: Vec<usize> = (first..row.cells.len()).collect();
        if let Some(here) = row.source.grid() {
            if grid != Some(here) {
                grid = Some(here);
                seen_names.clear();
                last_names.clear();
                proceedings.clear();
                header_above = false;
                of_other_time = false;
                names_are_done = false;
                strange.clear();
            }
            of_other_time |= names.are_of_other_time(row);
            if header.update(row, &words, header_above) {
                header_above = true;
                header_row = index;
            }
            let header_here = header.grid == Some(here) && header.names_over(row).len() >= outcomes.len();
            let has_values = row.cells.iter().any(RowCell::is_filled_value);
            let all_blank = row.cells.iter().all(|cell| cell.reading.state == State::Blank);
            if !(has_values || header_here && all_blank) {
                let named = names.in_cells(row);
                let others = row.cells.iter().filter(|cell| {
                    let above_runs = (2..=2 * outcomes.len()).contains(&cell.span);
                    cell.own && above_runs && cell.is_text() && !names_outcome(cell) && names.is_strange(cell.text)
                });
                strange.extend(others.map(|cell| cell.start));
                proceedings.extend(names.proceedings(row));
                if !named.is_empty() {
                    if std::mem::take(&mut names_are_done) {
                        seen_names.clear();
                        strange.clear();
                    }
                    seen_names.extend(&named);
                    last_names = named;
                }
                continue;
            }
            header_above = false;
            if !header_here {
                continue;
            }
            names_are_done = true;
        } else {
            grid = None;
            // A further row below the outcomes of the row before has a label of its own, or none.
            if let Some(above) = found.last()
                && above.row + 1 == index
                && input.rows[above.row].row.source == Source::Stream
                && above.cells.len() == values.len()
                && row.cells.iter().filter(|cell| names_outcome(cell)).count() < outcomes.len()
            {
                found.push(Found {
                    row: index,
                    cells: values.into_iter().map(Some).collect(),
                    groups: above.groups.clone(),
                    ..*above
                });
                continue;
            }
            header = Header::default();
            header.update_from_words(&row.cells, &words);
            header_row = index;
            seen_names = names.in_cells(row);
            last_names.clone_from(&seen_names);
            proceedings = names.proceedings(row);
            of_other_time = names.are_of_other_time(row);
        }
        let order: Vec<Option<usize>> = header
            .names_over(row)
            .iter()
            .map(|cell| outcomes.best(&cell.word).map(|m| m.target))
            .collect();
        let runs = runs_of(
            &order,
            header.names_over(row),
            &seen_names,
            (band, header.shares_slots(row)),
        );
        let complete = runs.as_ref().is_some_and(Runs::is_whole);
        let are_named = order.len() == outcomes.len() * band.groups.len() && order.iter().all(Option::is_some);
        if !complete && !are_named && row.source == Source::Stream && are_torn(row, band, &values) {
            found.push(Found {
                row: index,
                header: header_row,
                cells: values.into_iter().map(Some).collect(),
                groups: vec![None; band.groups.len()],
                by_place: false,
                of_other_time,
                captioned: false,
                of_another: false,
            });
            continue;
        }
        let is_one_table = order.len() < outcomes.len() * (band.groups.len() + 1);
        let placed = (!complete && is_one_table)
            .then(|| by_place(&input.rows[..index], row, outcomes, band))
            .flatten();
        if let Some(cells) = placed {
            let starts = cells.iter().step_by(outcomes.len());
            let starts: Vec<usize> = starts.map(|cell| row.cells[*cell].start).collect();
            if have_slipped(&seen_names, &starts) {
                unclear.push(index);
                continue;
            }
            found.push(Found {
                row: index,
                header: header_row,
                cells: cells.into_iter().map(Some).collect(),
                groups: named_in_order(&by_slot(&seen_names), band.groups.len()),
                by_place: true,
                of_other_time,
                captioned: false,
                of_another: false,
            });
            continue;
        }
        if order.iter().flatten().count() < outcomes.len() {
            continue;
        }
        let in_order = runs.as_ref().is_some_and(Runs::is_in_order);
        let unparted = || {
            let tokens = unparted::tokens(&row.cells[first..], order.len()).filter(|_| in_order);
            tokens.filter(|tokens| tokens.len() == 1)
        };
        let cells = fit(row, &values, &header);
        let (Some(runs), Some(cells)) = (&runs, cells.or_else(|| unparted().map(|_| values.clone()))) else {
            if !values.is_empty() {
                unclear.push(index);
            }
            continue;
        };
        let cells = match cells[..] {
            [one] => vec![Some(one)],
            _ => runs.in_order_of_form(&cells),
        };
        let count = runs.len();
        let mut captioned = false;
        let groups = if count == 1 {
            let named = names.of_row(row).filter(|_| row.source != Source::Stream);
            let last = header.names_over(row).last().filter(|_| header.shares_slots(row));
            let above = last_names
                .iter()
                .filter(|name| last.is_none_or(|last| name.slot <= last.start))
                .map(|name| name.group);
            let above: BTreeSet<usize> = above.collect();
            if named.is_none() && above.len() != 1 && !last_names.is_empty() {
                unclear.push(index);
                continue;
            }
            let own = named.or(above.first().copied());
            let caption = names
                .caption(input.document, row.blocks().start)
                .filter(|_| own.is_none());
            captioned = caption.is_some();
            let group = own.or(caption);
            // A row with another name (一审, 二审) has no place in the order.
            let is_name = |cell: &RowCell| {
                let label = Label::parse(cell.text).bare;
                cell.is_text()
                    && !names_outcome(cell)
                    && !NAMELESS.contains(&label.as_str())
                    && !TOTALS.contains(&label.as_str())
            };
            if group.is_none() && row.source != Source::Stream && row.cells.iter().any(is_name) {
                unclear.push(index);
                continue;
            }
            vec![group]
        } else if let Some(groups) = runs.groups() {
            groups
        } else {
            let over = header.names_over(row);
            let starts: Vec<usize> = runs.starts().map(|name| over[name].start).collect();
            let named = match header.shares_slots(row) {
                true => (!have_slipped(&seen_names, &starts)).then(|| by_slot(&seen_names)),
                false => names.by_line(&seen_names, &proceedings),
            };
            let groups = named.map(|named| named_in_order(&named, count));
            let are_others = |groups: &Vec<Option<usize>>| {
                header.shares_slots(row) && groups.contains(&None) && strange.iter().any(|slot| starts.contains(slot))
            };
            let Some(groups) = groups.filter(|groups| !are_others(groups)) else {
                unclear.push(index);
                continue;
            };
            groups
        };
        let before = cells.iter().flatten().next().copied().unwrap_or_default();
        let label = || row.cells[..before].iter().filter(|cell| cell.own && cell.is_text());
        let of_other_time =
            of_other_time || row.source != Source::Stream && label().any(|cell| is_of_other_time(cell.text));
        let is_another = |cell: &RowCell| {
            let name = fold(cell.text);
            let is_own = name.starts_with(['本', '我', '全'])
                || input.reporter.agency.is_some_and(|agency| agency.contains(&name));
            names.is_strange(cell.text) && !names_outcome(cell) && !TOTALS.contains(&name.as_str()) && !is_own
        };
        let of_another = row.source != Source::Stream && !of_other_time && label().any(is_another);
        found.push(Found {
            row: index,
            header: header_row,
            cells,
            groups,
            by_place: false,
            of_other_time,
            captioned,
            of_another,
        });
    }
    (found, unclear)
}

fn said_of(input: &Input, found: &Found) -> Said {
    if found.of_other_time {
        return Said::OtherYear;
    }
    copies::said_above(input, 0, found.row, found.first().saturating_sub(1))
}

/// The rows that hold the report's own figures: of its year, and of several below one header the total. The second list holds the
/// first row of those between which nothing decides.
fn choose(input: &Input, mut found: Vec<Found>, groups: usize) -> (Vec<(Said, Found)>, Vec<usize>) {
    let row = |found: &Found| input.rows[found.row].row;
    found.retain(|found| !is_numbering(row(found), found));
    leave_out_blank(input, &mut found);
    let mut unclear = leave_out_below_captions(&mut found);
    let Some(last) = found.last().map(|found| found.row) else {
        return (Vec::new(), unclear);
    };
    let above = found.iter().map(|found| said_of(input, found)).collect();
    let mut found: Vec<(Said, Found)> = copies::said_of_each(input, above, last)
        .into_iter()
        .zip(found)
        .collect();
    // Both what is said to be the report's and what nothing is said of.
    if let Some(least) = found.iter().map(|(said, _)| *said).min() {
        found.retain(|(said, _)| said.rank() <= least.rank());
    }
    if found.iter().all(|(_, found)| found.groups.iter().all(Option::is_some)) {
        found.sort_by_key(|(year, _)| *year);
    }
    let mut rivals: Vec<(Said, Vec<Found>)> = Vec::new();
    let mut places: HashMap<(usize, Vec<Option<usize>>), usize> = HashMap::new();
    for (year, one) in found {
        let named = one.groups.len() == groups || one.groups.iter().all(Option::is_some);
        let place = *places.entry((one.header, one.groups.clone())).or_insert(rivals.len());
        match rivals.get_mut(place).filter(|_| named) {
            Some((_, rows)) => rows.push(one),
            None => rivals.push((year, vec![one])),
        }
    }
    let mut chosen = Vec::new();
    for (year, rows) in rivals {
        let first = rows[0].row;
        match of_rivals(input, rows).filter(|found| !found.of_another) {
            Some(found) => chosen.push((year, found)),
            None => unclear.push(first),
        }
    }
    (chosen, unclear)
}

/// Leaves out an empty copy of the table, or of a group, of which another has figures.
fn leave_out_blank(input: &Input, found: &mut Vec<Found>) {
    let has_figures = |found: &Found| input.rows[found.row].row.cells.iter().any(RowCell::is_filled_value);
    // A whole table is one whatever its names tell; a group without a name may be any.
    let place = |found: &Found| match found.groups[..] {
        [group] => group.map(|group| (1, group)),
        _ => Some((found.groups.len(), 0)),
    };
    let filled: HashSet<(usize, usize)> = found
        .iter()
        .filter(|found| has_figures(found))
        .filter_map(place)
        .collect();
    found.retain(|found| has_figures(found) || place(found).is_none_or(|place| !filled.contains(&place)));
}

/// Takes out the groups that lines before their grids name, where the first grid has no such line: the lines may be captions below the
/// grids. Their rows.
fn leave_out_below_captions(found: &mut Vec<Found>) -> Vec<usize> {
    let is_nameless = |found: &Found| found.groups == [None];
    let first_is_nameless = found
        .iter()
        .find(|found| found.captioned || is_nameless(found))
        .is_some_and(is_nameless);
    if !first_is_nameless || !found.iter().any(|found| found.captioned) {
        return Vec::new();
    }
    let out = found.extract_if(.., |found| found.captioned || is_nameless(found));
    out.map(|found| found.row).collect()
}

/// Of several rows of values below one header the one with figures, or the total; any of them if they say the same.
fn of_rivals(input: &Input, mut rows: Vec<Found>) -> Option<Found> {
    let row = |found: &Found| input.rows[found.row].row;
    let has_figures = |found: &Found| row(found).cells.iter().any(RowCell::is_filled_value);
    if rows.iter().any(has_figures) {
        rows.retain(has_figures);
    }
    let is_total = |found: &Found| {
        let own = row(found).source != Source::Stream || found.row > found.header;
        let label = row(found).cells[..found.first()].iter().rfind(|cell| cell.is_text());
        own && label.is_some_and(|label| TOTALS.contains(&Label::parse(label.text).bare.as_str()))
    };
    let values = |found: &Found| -> Vec<&str> {
        let cells = &row(found).cells;
        found.values().map(|cell| cells[cell].text.trim()).collect()
    };
    if rows.iter().filter(|found| is_total(found)).count() == 1 {
        rows.retain(is_total);
    }
    let same = rows.windows(2).all(|pair| values(&pair[0]) == values(&pair[1]));
    rows.into_iter().next().filter(|_| same)
}

/// Whether the values only number the columns: 1 2 3 4 5. As figures they could never add up.
fn is_numbering(row: &Row, found: &Found) -> bool {
    let numbers = found.values().map(|cell| row.cells[cell].reading.value);
    let numbers: Option<Vec<Decimal>> = numbers.map(|number| Some(number?.0)).collect();
    numbers.is_some_and(|numbers| numbers.windows(2).all(|pair| pair[1] - pair[0] == Decimal::ONE))
}

/// Whether the words before some values are the outcomes of all groups, torn over lines but whole and in order, and the values are as
/// many.
fn are_torn(row: &Row, band: &Band, values: &[usize]) -> bool {
    let (outcomes, groups) = (&band.columns, band.groups.len());
    let words = row.cells.iter().filter(|cell| cell.is_text());
    let text: String = words.map(|cell| fold(cell.text)).collect();
    let names: Vec<char> = outcomes.iter().flat_map(|outcome| outcome.label.chars()).collect();
    let count = |of: char| text.chars().filter(|c| *c == of).count();
    let whole = names.iter().all(|c| {
        let times = names.iter().filter(|name| *name == c).count();
        count(*c) >= groups * times
    });
    // The characters that only one name has tell the order, but not those that the names of the groups have too.
    let proceedings = band
        .groups
        .iter()
        .flat_map(|group| group.path.iter().chain([&group.label]));
    let proceedings: String = proceedings.map(String::as_str).collect();
    let telling = names
        .iter()
        .filter(|c| names.iter().filter(|name| name == c).count() == 1 && !proceedings.contains(**c));
    let begins = |outcome: &ColumnSpec| {
        let own = telling.clone().filter(|c| outcome.label.contains(**c));
        own.filter_map(|c| text.find(*c)).min()
    };
    let line = |half: &[ColumnSpec]| half.iter().map(begins).is_sorted();
    let in_order = line(&outcomes[..2]) && line(&outcomes[2..4]);
    values.len() == groups * outcomes.len()
        && whole
        && in_order
        && !are_named_otherwise(&text, band)
        && are_even(row, values)
}

/// Whether a text names the proceedings, or the groups of one, in another order than the form's.
fn are_named_otherwise(text: &str, band: &Band) -> bool {
    let first = |name: &String| text.find(name.as_str());
    let proceedings = band
        .groups
        .iter()
        .map(|group| group.path.first().unwrap_or(&group.label));
    let labels = band
        .groups
        .iter()
        .filter(|group| !group.path.is_empty())
        .map(|group| &group.label);
    let proceedings: Vec<usize> = proceedings.filter_map(first).collect();
    let labels: Vec<usize> = labels.filter_map(first).collect();
    !proceedings.is_sorted() || !labels.is_sorted()
}

/// Whether values stand on one line, or each on its own. Else a number may stand above or below those that it belongs between.
fn are_even(row: &Row, values: &[usize]) -> bool {
    let lines: Vec<&[usize]> = values
        .chunk_by(|one, next| row.cells[*one].line == row.cells[*next].line)
        .collect();
    lines.iter().all(|line| line.len() == lines[0].len())
}

/// The last cells of a row of a grid, one for each outcome of all groups, where the names above them are in their places, and those
/// that are none are damaged ones of the outcomes there.
fn by_place(above: &[Prepared], row: &Row, outcomes: &Axis, band: &Band) -> Option<Vec<usize>> {
    let slots_are_places = matches!(row.source, Source::Grid { kind, .. } if kind != GridKind::Delimited);
    let first = row.cells.len().checked_sub(outcomes.len() * band.groups.len());
    let values: Vec<usize> = (first.filter(|_| slots_are_places)?..row.cells.len()).collect();
    let cells: Vec<&RowCell> = values.iter().map(|value| &row.cells[*value]).collect();
    let name = |value: &RowCell| {
        let rows = above.iter().rev().map(|above| above.row);
        let in_place = |cell: &&RowCell| (cell.start, cell.span) == (value.start, value.span) && cell.is_text();
        let mut rows = rows.take_while(|above| above.source == row.source);
        rows.find_map(|above| above.cells.iter().find(in_place))
    };
    let is_known = |(at, value): &(usize, &&RowCell)| {
        let best = name(value).and_then(|name| outcomes.best(&word(name.text)));
        best.is_some_and(|best| best.target == *at)
    };
    let is_damaged = |(at, value): (usize, &&RowCell)| {
        let resembles = |name: &RowCell| {
            let word = word(name.text);
            outcomes.best(&word).is_none()
                && (name.origin.is_unsure()
                    || name.text.contains(char::REPLACEMENT_CHARACTER)
                    || strsim::normalized_levenshtein(&word.label.full, &band.columns[at].label) >= DAMAGED)
        };
        name(value).is_some_and(resembles)
    };
    let known = |group: &[&RowCell]| group.iter().enumerate().filter(is_known).count();
    let fits = |group: &[&RowCell]| {
        let damaged = group.iter().enumerate().filter(|cell| is_damaged(*cell)).count();
        known(group) >= KNOWN && known(group) + damaged == group.len()
    };
    let groups = || cells.chunks(outcomes.len());
    let stands = cells.iter().all(|cell| cell.own && cell.rows == cells[0].rows)
        && cells.iter().filter(|cell| cell.reading.is_value()).count() * 2 > cells.len()
        && groups().map(known).sum::<usize>() * 2 > cells.len()
        && groups().all(fits);
    stands.then_some(values)
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
        // A figure below no name is one too many: it may be the rest of the figure beside it. So is a cell behind the last name where one
        // before it is blank: the row may have slipped aside by that blank cell.
        let blank = |cell: &usize| row.cells[*cell].reading.state == State::Blank;
        let spare = |below: &[usize]| {
            let last = below.iter().max();
            values
                .iter()
                .filter(|value| !below.contains(value) && !header.names_another(&row.cells[**value]))
                .any(|value| row.cells[*value].is_filled_value() || (Some(value) > last && below.iter().any(blank)))
        };
        // A cell that holds more than a number is null, the others stand.
        let whole = |below: &[usize]| {
            let numbers = below.iter().filter(|cell| row.cells[**cell].reading.is_value());
            numbers.count() * 2 > below.len()
        };
        match below {
            Some(below) if spare(&below) => return None,
            Some(below) if whole(&below) => return Some(below),
            _ => {}
        }
    }
    let kept = &values[trim(&row.cells[*values.first()?..], names.len())?];
    // A row with fewer cells than that of the names may have slipped by one that is blank.
    let blank = |cell: &usize| row.cells[*cell].reading.state == State::Blank;
    if header.is_wider(row) && kept.iter().any(blank) {
        return None;
    }
    if kept.len() < values.len() && header.stands_apart_over(row) {
        return None;
    }
    kept.iter()
        .all(|cell| row.cells[*cell].own && row.cells[*cell].rows == row.cells[kept[0]].rows)
        .then(|| kept.to_vec())
}

/// The name of a group in a header.
#[derive(Clone, Copy, Debug)]
struct Name {
    /// First slot.
    slot: usize,
    /// Slots covered.
    span: usize,
    group: usize,
    /// Number of its line.
    line: usize,
}

/// The runs of outcomes that names stand in, one after the other, or, where those are of other makes, below the names of the groups.
fn runs_of(
    order: &[Option<usize>],
    over: &[HeaderCell],
    groups: &[Name],
    (band, slots): (&Band, bool),
) -> Option<Runs> {
    let count = band.columns.len();
    let fits = |runs: &Runs| runs.len() <= band.groups.len();
    let equal = runs::equal(order, count).filter(fits);
    let whole = || runs::whole(order, count).filter(|runs| fits(runs) && (slots || stand_together(over, count)));
    equal.or_else(whole).or_else(|| {
        let below = |group: usize| {
            let mut named = groups.iter().filter(|name| name.group == group);
            let name = named.next().filter(|_| named.next().is_none())?;
            let is_below = |place: &usize| (name.slot..name.slot + name.span).contains(&over[*place].start);
            let places: Vec<usize> = (0..over.len()).filter(is_below).collect();
            Run::of(&places, order, count, Some(group)).filter(|_| places.len() == name.span)
        };
        let runs: Option<Vec<Run>> = (0..band.groups.len()).map(below).collect();
        runs.filter(|_| slots).map(Runs::of)
    })
}

/// Whether the names of each run stand on one line, or each name on its own: else their order may be that of torn lines.
fn stand_together(names: &[HeaderCell], outcomes: usize) -> bool {
    let is_on_one_line = |run: &[HeaderCell]| run.iter().all(|name| name.line == run[0].line);
    names.chunks(outcomes).all(is_on_one_line) || names.windows(2).all(|pair| pair[0].line != pair[1].line)
}

/// Whether names of groups stand in another order than the form's and not all above the `starts` of the runs of outcomes: they may have
/// slipped aside.
fn have_slipped(names: &[Name], starts: &[usize]) -> bool {
    let names = by_slot(names);
    let in_order = names.is_sorted_by_key(|name| name.group);
    !in_order && !names.iter().all(|name| starts.contains(&name.slot))
}

/// Whether two names stand on different lines, and not in the form's order: a line was broken between them, or the cell of one is higher,
/// and where a name stands on its line says nothing.
fn are_torn_apart(one: &Name, other: &Name) -> bool {
    let is_inverted = (one.slot < other.slot) != (one.group < other.group);
    one.line != other.line && one.group != other.group && is_inverted
}

/// Names from left to right.
fn by_slot(names: &[Name]) -> Vec<Name> {
    let mut names = names.to_vec();
    names.sort_unstable_by_key(|name| (name.slot, name.group));
    names
}

/// The groups named above several runs of outcomes, in the order of the names, if each is named once.
fn named_in_order(names: &[Name], count: usize) -> Vec<Option<usize>> {
    let mut groups: Vec<usize> = names.iter().map(|name| name.group).collect();
    groups.dedup();
    let distinct: BTreeSet<usize> = groups.iter().copied().collect();
    if distinct.len() == groups.len() && groups.len() == count {
        groups.drain(..).map(Some).collect()
    } else {
        vec![None; count]
    }
}

/// Names where they tell; without any name the order of the form, if it is the whole table or the next group, with all of those before it
/// read. `before` is how many groups stand before them, where all are there.
fn resolve(groups: &[Option<usize>], filled: &[bool], before: Option<usize>) -> Option<Vec<usize>> {
    if groups.iter().all(Option::is_some) {
        return Some(groups.iter().copied().flatten().collect());
    }
    if groups.len() == filled.len() {
        return Some((0..filled.len()).collect());
    }
    let next = filled.iter().position(|done| !done)?;
    (groups.len() == 1 && before == Some(next)).then(|| vec![next])
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

    /// Whether a cell of a row names a group in another time than the year of the report: 上年行政复议.
    fn are_of_other_time(&self, row: &Row) -> bool {
        let mut texts = row
            .cells
            .iter()
            .filter(|cell| cell.own && cell.is_text())
            .map(|cell| cell.text);
        let names_parent = |text: &str| self.parents.iter().any(|(parent, _)| text.contains(parent.as_str()));
        texts.any(|text| is_of_other_time(text) && (names_parent(text) || self.group(text).is_some()))
    }

    /// Whether words are none of the names, not even damaged, and not such as say nothing: 一审, 国家赔偿.
    fn is_strange(&self, text: &str) -> bool {
        let label = Label::parse(text).bare;
        let mut names = self
            .wordings
            .iter()
            .map(|(name, _)| name)
            .chain(self.parents.iter().map(|(name, _)| name));
        let is_han = label.chars().count() > 1 && label.chars().all(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
        is_han
            && !is_without_meaning(&label)
            && !names.any(|name| label.contains(name.as_str()) || strsim::normalized_levenshtein(&label, name) >= ALIKE)
    }

    /// What a text says of an outcome: in a header of one row the name of the group stands before it, 行政复议结果维持.
    fn outcome(&self, text: &str) -> Rc<Word> {
        let folded = fold(text);
        let names = self
            .wordings
            .iter()
            .filter(|(name, _)| folded.starts_with(name.as_str()));
        let name = names.max_by_key(|(name, _)| name.len());
        let rest = name
            .map(|(name, _)| &folded[name.len()..])
            .filter(|rest| !rest.is_empty());
        word(rest.unwrap_or(text))
    }

    /// Groups named in the cells of a row that begin there.
    fn in_cells(&self, row: &Row) -> Vec<Name> {
        let names = row
            .cells
            .iter()
            .filter(|cell| cell.own && cell.is_text() && cell.text.chars().count() < 20);
        names
            .filter_map(|cell| {
                let group = self.group(cell.text)?;
                let (slot, span) = (cell.start, cell.span);
                Some(Name {
                    slot,
                    span,
                    group,
                    line: cell.line,
                })
            })
            .collect()
    }

    /// The proceedings named in the cells of a row that begin there, each as the first of its groups.
    fn proceedings(&self, row: &Row) -> Vec<Name> {
        let cells = row.cells.iter().filter(|cell| cell.own && cell.is_text());
        let names = cells.filter_map(|cell| {
            let text = Label::parse(cell.text).full;
            let parent = self.parents.iter().find(|(name, _)| *name == text);
            let group = match parent {
                Some((_, groups)) => *groups.first()?,
                None => self
                    .group(cell.text)
                    .filter(|group| !self.parents.iter().any(|(_, groups)| groups.contains(group)))?,
            };
            Some(Name {
                slot: cell.start,
                span: cell.span,
                group,
                line: cell.line,
            })
        });
        names.collect()
    }

    /// The first group of the proceeding that a group belongs to.
    fn proceeding(&self, group: usize) -> usize {
        let parent = self.parents.iter().find(|(_, groups)| groups.contains(&group));
        parent.and_then(|(_, groups)| groups.first().copied()).unwrap_or(group)
    }

    /// Names on lines whose slots do not line up, in the order of the proceedings that stand above them and, below one, from left to right.
    /// `None` where lines do not tell the order.
    fn by_line(&self, names: &[Name], proceedings: &[Name]) -> Option<Vec<Name>> {
        let are_torn = |names: &[Name]| {
            let others = |one| names.iter().any(|other| are_torn_apart(one, other));
            names.iter().any(others)
        };
        // Which of the groups of a proceeding stand below which of its names is not known where another stands between these.
        let mut order: Vec<usize> = by_slot(proceedings).iter().map(|name| name.group).collect();
        order.dedup();
        if order.iter().collect::<BTreeSet<_>>().len() < order.len() {
            return None;
        }
        let mut above: Vec<Name> = Vec::new();
        for name in by_slot(proceedings).into_iter().rev() {
            if above.iter().all(|later| later.group != name.group) {
                above.insert(0, name);
            }
        }
        let mut below: BTreeMap<usize, Vec<Name>> = BTreeMap::new();
        for name in by_slot(names) {
            below.entry(self.proceeding(name.group)).or_default().push(name);
        }
        if are_torn(&above) || below.values().any(|names| are_torn(names)) {
            return None;
        }
        let are_all_named = below.keys().all(|first| above.iter().any(|name| name.group == *first));
        if !are_all_named {
            return Some(by_slot(names));
        }
        Some(
            above
                .iter()
                .filter_map(|name| below.remove(&name.group))
                .flatten()
                .collect(),
        )
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
