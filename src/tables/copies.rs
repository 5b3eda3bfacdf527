//! Copies of one table in one file: where each begins and ends, and which of them holds the report's own figures.
//!
//! Last year's table stands beside this year's, an empty sample before the filled one, a second version behind the first. Invariant:
//! a copy whose caption names another year is never preferred to one that does not.

use std::collections::BTreeSet;

use super::align::Candidates;
use super::prepare::Prepared;
use super::rows::{Row, RowCell, Source};
use super::{Input, OTHER_BODY, OTHER_YEAR, Reporter};
use crate::diagnostic::Diagnostic;
use crate::document::{Block, Origin};
use crate::forms::{self, TableSpec};
use crate::metadata;
use crate::text::year;

/// How many lines above a table can be its caption.
const CAPTION_LINES: usize = 3;
/// A table of which so many rows were met goes on; a copy of it does not begin in its middle.
const UNDER_WAY: usize = 3;
/// Copies have more rows in common than one of so many.
const FEW: usize = 4;
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

/// What the text around a table says of whose figures it holds, and of what year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Said {
    /// Of the year of the report.
    Own,
    /// Nothing, or several years.
    Unnamed,
    /// Of another time in one place, of the report's year in another.
    Disputed,
    /// Of another year, or of part of it; or that they are a sample.
    OtherYear,
    /// Of another body than the report's, or of several.
    OtherBody,
}

impl Said {
    /// What is said to be of the report's year is no more its own than what nothing is said of: 2023年各乡镇 may stand above the former.
    pub fn rank(self) -> Said {
        self.max(Said::Unnamed)
    }
}

/// Cuts the rows into copies of the table: a new one begins behind a gap, or where the rows start again. A row that stands twice
/// in one grid or text, or in a table that is well under way, between rows that continue in the form's order, starts nothing. Rows
/// with weak labels belong to the copy before them up to the gap, or as long as they go on in the form's order. Rows that the copy
/// before lacks belong to the new one where they lead to the row that stands again. Two in a row that have hardly a row in common are
/// one: a label that was taken for another began the second.
pub(super) fn instances(rows: &[Candidates]) -> Vec<Instance> {
    let mut whole: Vec<Instance> = Vec::new();
    for next in parts(rows) {
        match whole.last_mut().filter(|last| are_one(rows, last, &next)) {
            Some(last) => {
                last.end = next.end;
                last.strong = targets(rows, last).len();
            }
            None => whole.push(next),
        }
    }
    whole
}

/// The rows of the form that a copy surely has.
fn targets(rows: &[Candidates], copy: &Instance) -> BTreeSet<usize> {
    rows[copy.start..copy.end]
        .iter()
        .filter_map(Candidates::strong)
        .collect()
}

/// Whether two copies are the parts of one table: no gap is between them, and few rows stand in both.
fn are_one(rows: &[Candidates], one: &Instance, next: &Instance) -> bool {
    let first = (next.start..next.end).find(|row| rows[*row].strong().is_some());
    let is_parted = || (next.start..=first.unwrap_or(next.start)).any(|row| rows[row].gap);
    let (own, others) = (targets(rows, one), targets(rows, next));
    let both = own.intersection(&others).count();
    both * FEW <= own.len().min(others.len()) && !is_parted()
}

/// Cuts the rows where a row stands again, or behind a gap.
fn parts(rows: &[Candidates]) -> Vec<Instance> {
    let doubled = |index: usize, target: usize, (previous, reached): (usize, usize), seen: usize| {
        let next = rows[index + 1..]
            .iter()
            .take_while(|row| !row.gap)
            .find_map(Candidates::strong);
        let continues = target == reached || target < reached && next.is_some_and(|next| next > reached);
        let between = rows[previous + 1..index].iter().all(|row| row.matches.is_empty());
        // A table may stand in a grid for each row; then it has to be well under way.
        (rows[index].source == rows[previous].source || seen >= UNDER_WAY) && between && continues
    };
    let mut instances = Vec::new();
    // Where the rows of the copy that surely are the form's stand, and which they are.
    let mut seen: Vec<(usize, usize)> = Vec::new();
    let (mut start, mut last) = (0, None::<(usize, usize)>);
    let mut gap = None;
    for (index, row) in rows.iter().enumerate() {
        gap = gap.or(row.gap.then_some(index));
        let Some(target) = row.strong() else { continue };
        let again = seen.iter().any(|(_, seen)| *seen == target);
        if again && gap.is_none() && last.is_some_and(|last| doubled(index, target, last, seen.len())) {
            continue;
        }
        if let Some((previous, reached)) = last
            && (again || gap.is_some())
        {
            let goes_on = |row: &Candidates| row.matches.iter().any(|m| m.has_values && m.found.target > reached);
            let order = || {
                rows[previous + 1..index]
                    .iter()
                    .take_while(|row| row.matches.is_empty() || goes_on(row))
            };
            let leading = leading(&seen, target).filter(|_| gap.is_none());
            let end = gap.or(leading.map(|at| seen[at].0)).unwrap_or_else(|| {
                let more = order().enumerate().filter(|(_, row)| goes_on(row)).last();
                previous + 1 + more.map_or(0, |(weak, _)| weak + 1)
            });
            let next = seen.split_off(leading.unwrap_or(seen.len()));
            instances.push(Instance {
                start,
                end,
                strong: seen.len(),
            });
            start = end;
            seen = next;
        }
        gap = None;
        if seen.iter().all(|(_, seen)| *seen != target) {
            seen.push((index, target));
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

/// Marks the rows of the form that a caption of another time or body parts from those above them: 2022年情况.
pub(super) fn part_at_captions(input: &Input, rows: &mut [Candidates]) {
    let is_of_another = |said: Said| matches!(said, Said::OtherYear | Said::OtherBody);
    let mut last = None;
    for index in 0..rows.len() {
        if rows[index].matches.is_empty() {
            continue;
        }
        let Some(before) = last.replace(index) else { continue };
        let between = input.rows[before].row.blocks().end..input.rows[index].row.blocks().start;
        // A line of the form may speak of the year before: 二、上年结转.
        let is_other = |block: &usize| match &input.document.blocks[*block] {
            Block::Paragraph(line) => is_caption(&line.text) && is_of_another(of_text(&line.text, input.reporter.year)),
            Block::Grid(_) => false,
        };
        let caption = between.rev().find(is_other);
        let below = |row: &usize| caption.is_some_and(|caption| input.rows[*row].row.blocks().start > caption);
        let in_grid = input
            .above
            .nearest(index)
            .filter(|(row, said)| *row > before && is_of_another(*said));
        let first = (before + 1..=index).find(below).or(in_grid.map(|(row, _)| row));
        if let Some(first) = first {
            rows[first].gap = true;
        }
    }
}

/// Where the rows begin that lead in the form's order to a row that stands again, if they begin anew themselves.
fn leading(seen: &[(usize, usize)], again: usize) -> Option<usize> {
    let start = (1..seen.len()).rev().find(|at| seen[at - 1].1 > seen[*at].1)?;
    (seen.last()?.1 < again).then_some(start)
}

/// The copies to read of those that are no mere scraps beside the fullest: with figures, of the report's year. Where they are several,
/// nothing tells which is meant. `has_figures` and `said` say it of each. Their indices.
pub(super) fn main_instances(
    instances: &[Instance],
    has_figures: impl Fn(&Instance) -> bool,
    said: &[Said],
) -> Vec<usize> {
    let most = instances.iter().map(|instance| instance.strong).max().unwrap_or(0);
    let whole = (0..instances.len()).filter(|index| most > 0 && instances[*index].strong * 3 >= most);
    let rank = |index: usize| (!has_figures(&instances[index]), said[index].rank());
    let best = whole.clone().map(rank).min();
    whole.filter(|index| Some(rank(*index)) == best).collect()
}

/// What the nearest text above a row says of its year: the row's own words up to `label`, the rows above it in its grid from
/// `start` on, the lines above that, a title of a report behind the rows before `start`.
pub(super) fn said_above(input: &Input, start: usize, index: usize, label: usize) -> Said {
    let nearest = said_nearest(input, start, index, label);
    // In a grid 本年 is a word of the form.
    let in_grid =
        || words_above(input, start, index, label).any(|text| of_text(text, input.reporter.year) == Said::Own);
    let in_lines = || lines_above(input, start, index).any(|text| of_line(text, &input.reporter) == Said::Own);
    if nearest == Said::OtherYear && (in_grid() || in_lines()) {
        return Said::Disputed;
    }
    nearest
}

fn said_nearest(input: &Input, start: usize, index: usize, label: usize) -> Said {
    let own = input.rows[index].row.cells[..=label].iter();
    let above = || {
        input
            .above
            .nearest(index)
            .filter(|(row, _)| *row >= start)
            .map(|(_, year)| year)
    };
    if let Some(year) = of_cells(own, &input.reporter).or_else(above) {
        return year;
    }
    let line_names = |text: &&str| of_line(text, &input.reporter) != Said::Unnamed;
    let mut lines = lines_above(input, start, index).filter(line_names);
    match (lines.next(), lines.next()) {
        // Two captions side by side, one for each of two tables: which is whose cannot be told.
        (Some(one), Some(two)) if one != two && without_digits(one) == without_digits(two) => Said::Unnamed,
        (Some(one), _) => of_line(one, &input.reporter),
        _ => of_title(input, start, index),
    }
}

/// What the titles of reports between the rows before `start` and a row say of the year.
fn of_title(input: &Input, start: usize, index: usize) -> Said {
    let Some(before) = start.checked_sub(1) else {
        return Said::Unnamed;
    };
    let between = input.rows[before].row.blocks().end..input.rows[index].row.blocks().start;
    let blocks = input.document.blocks.get(between).unwrap_or_default().iter();
    let titles = blocks.rev().filter_map(|block| match block {
        Block::Paragraph(line) if is_caption(&line.text) && is_title(&line.text) => Some(&line.text),
        _ => None,
    });
    titles
        .map(|title| of_text(title, input.reporter.year))
        .find(|year| *year != Said::Unnamed)
        .unwrap_or(Said::Unnamed)
}

/// What the line right below a row says of the year.
fn said_below(input: &Input, index: usize) -> Said {
    match input.document.blocks.get(input.rows[index].row.blocks().end) {
        Some(Block::Paragraph(line)) if is_caption(&line.text) => of_line(&line.text, &input.reporter),
        _ => Said::Unnamed,
    }
}

/// What is said of several copies, given what is said above each and the last row of the last. Where the first has none above it and the last
/// has one below, captions stand below their tables.
pub(super) fn said_of_each(input: &Input, mut above: Vec<Said>, last: usize) -> Vec<Said> {
    let below = said_below(input, last);
    if above.len() > 1 && above[0] == Said::Unnamed && below != Said::Unnamed {
        above.remove(0);
        above.push(below);
    }
    above
}

/// The texts that can be captions of a row with its label in the given cell, the nearest first.
pub(super) fn captions<'a>(
    input: &'a Input,
    start: usize,
    (index, label): (usize, usize),
) -> impl Iterator<Item = &'a str> {
    words_above(input, start, index, label).chain(lines_above(input, start, index))
}

/// What the last of some cells that says anything of its year says.
fn of_cells<'a>(cells: impl DoubleEndedIterator<Item = &'a RowCell<'a>>, reporter: &Reporter) -> Option<Said> {
    let captions = cells.rev().filter(|cell| cell.is_text() && is_caption(cell.text));
    captions
        .map(|cell| of_text(cell.text, reporter.year))
        .find(|said| *said != Said::Unnamed)
}

/// The only words of a row, as those of a caption inside the grid are.
fn only_words<'a>(row: &'a Row) -> Option<&'a str> {
    let mut filled = row.cells.iter().filter(|cell| !cell.text.trim().is_empty());
    let only = filled
        .next()
        .filter(|cell| cell.own && cell.is_text() && is_caption(cell.text))?;
    filled.next().is_none().then_some(only.text)
}

/// What a row of a grid says of the rows below it.
fn of_row(row: &Row, reporter: &Reporter) -> Option<Said> {
    match only_words(row) {
        Some(words) if reporter.is_another(words) => Some(Said::OtherBody),
        Some(words) if metadata::is_on_part_of_year(words) => Some(Said::OtherYear),
        Some(_) => of_cells(row.cells.iter(), reporter),
        // A year in the name of one column is not that of the others.
        None => of_cells(row.cells.iter(), reporter).map(|said| match said {
            Said::OtherYear => Said::Disputed,
            said => said,
        }),
    }
}

/// What the rows above each row in its grid say, found once for all.
#[derive(Debug)]
pub(super) struct Above {
    /// The first row of the grid of each row.
    top: Vec<usize>,
    /// The nearest row of the grid, itself or above, that says something of its figures, and what.
    said: Vec<Option<(usize, Said)>>,
}

impl Above {
    /// Looks through all rows.
    pub(super) fn of(rows: &[Prepared], reporter: &Reporter) -> Self {
        let mut above = Above {
            top: Vec::with_capacity(rows.len()),
            said: Vec::with_capacity(rows.len()),
        };
        for (index, prepared) in rows.iter().enumerate() {
            let row = prepared.row;
            let goes_on = index > 0 && row.source != Source::Stream && rows[index - 1].row.source == row.source;
            let own = (row.source != Source::Stream).then(|| of_row(row, reporter)).flatten();
            let before = if goes_on { above.said[index - 1] } else { None };
            above.top.push(if goes_on { above.top[index - 1] } else { index });
            above.said.push(own.map(|said| (index, said)).or(before));
        }
        above
    }

    /// The nearest row above one in its grid that says something of its year, and what.
    fn nearest(&self, index: usize) -> Option<(usize, Said)> {
        let above = index.checked_sub(1).filter(|above| self.top[index] <= *above)?;
        self.said[above]
    }
}

/// The row's own words up to `label`, and those of the rows above it in its grid from `start` on.
fn words_above<'a>(input: &'a Input, start: usize, index: usize, label: usize) -> impl Iterator<Item = &'a str> {
    let own = input.rows[index].row.cells[..=label].iter().rev();
    let cells = own.chain(grid_above(input, start, index).flat_map(|row| row.cells.iter().rev()));
    cells
        .filter(|cell| cell.is_text())
        .map(|cell| cell.text)
        .filter(|text| is_caption(text))
}

/// The lines above a row, or above its grid.
pub(super) fn lines_above<'a>(input: &'a Input, start: usize, index: usize) -> impl Iterator<Item = &'a str> {
    let top = input.rows[input.above.top[index].max(start.min(index))].row;
    let before = input.document.blocks[..top.blocks().start]
        .iter()
        .rev()
        .take(CAPTION_LINES);
    let lines = before.map_while(|block| match block {
        Block::Paragraph(paragraph) => Some(caption(&paragraph.text)),
        Block::Grid(_) => None,
    });
    // What stands above the heading of the section belongs to another table.
    let mut heading = false;
    let section = lines.take_while(move |text| !std::mem::replace(&mut heading, forms::is_section_heading(text)));
    // The name of a sheet stands on its tab.
    let tab = top.cells.first().and_then(|cell| cell.origin.sheet());
    // A label in front of its row speaks of the form: 二、上年结转.
    section
        .chain(tab)
        .filter(|text| is_caption(text) && !super::is_row_label(text))
}

/// The last row of a copy that surely is one of the form, as an index of all rows.
pub(super) fn last_row(copy: &Instance, candidates: &[Candidates]) -> usize {
    let mut rows = copy.start..copy.end;
    rows.rfind(|row| candidates[*row].strong().is_some())
        .unwrap_or(copy.start)
}

/// The notes below the block of a row: 注：…, 说明：….
pub(super) fn notes_below<'a>(input: &'a Input, index: usize) -> impl Iterator<Item = &'a str> {
    let behind = input.document.blocks[input.rows[index].row.blocks().end..].iter();
    let lines = behind.take(CAPTION_LINES).map_while(|block| match block {
        Block::Paragraph(paragraph) => Some(paragraph.text.trim()),
        Block::Grid(_) => None,
    });
    let section = lines.take_while(|text| !forms::is_section_heading(text));
    section.filter(|text| ["注", "说明", "備註", "备注"].iter().any(|word| text.starts_with(word)))
}

/// Whether a note says that the figures above it are of another year.
pub(super) fn is_of_other_year(note: &str, reporter: &Reporter) -> bool {
    ["上表", "上述", "以上", "数据"].iter().any(|word| note.contains(word))
        && of_line(note, reporter) == Said::OtherYear
}

/// The rows above a row in its grid, from `start` on, the nearest first.
fn grid_above<'a>(input: &'a Input, start: usize, index: usize) -> impl Iterator<Item = &'a Row<'a>> {
    let source = input.rows[index].row.source;
    let above = input.rows[start..index].iter().rev().map(|above| above.row);
    above.take_while(move |above| source != Source::Stream && above.source == source)
}

/// The part of a line that speaks of what stands below it: behind sentences the last clause, where a colon ends it.
fn caption(line: &str) -> &str {
    let line = line.trim();
    let clauses = line.rsplit(['。', '；', '，', ',']);
    match line.contains('。') && line.ends_with(['：', ':']) {
        true => clauses.map(str::trim).next().unwrap_or(line),
        false => line,
    }
}

fn is_caption(text: &str) -> bool {
    text.chars().count() <= LONGEST_CAPTION && !text.contains('。')
}

/// Whether it may be the title of a report.
fn is_title(text: &str) -> bool {
    ["年度报告", "年报"].iter().any(|word| text.contains(word))
}

fn without_digits(text: &str) -> String {
    let digit = |c: char| c.is_numeric() || "〇一二三四五六七八九".contains(c);
    text.chars().filter(|c| !digit(*c)).collect()
}

/// A text without what stands in brackets.
fn outside_brackets(text: &str) -> String {
    let mut depth = 0usize;
    let outside = text.chars().filter(|c| {
        match c {
            '（' | '(' => depth += 1,
            '）' | ')' => depth = depth.saturating_sub(1),
            _ => return depth == 0,
        }
        false
    });
    outside.collect()
}

/// What a text says of the year of the figures that it stands with.
fn of_text(text: &str, report_year: Option<i32>) -> Said {
    let has = |words: &[&str]| words.iter().any(|word| text.contains(word));
    if has(&["示例", "样表", "样例", "范例", "样本", "模板", "虚拟"]) {
        return Said::OtherYear;
    }
    if year::is_day(text) {
        return Said::Unnamed;
    }
    // What stands in brackets is a remark: 2022年情况如下（2023年数据正在统计）.
    let outside = year::named_beside_days(&outside_brackets(text));
    let named = match outside.is_empty() {
        true => year::named_beside_days(text),
        false => outside,
    };
    match (named.first(), report_year) {
        (Some(first), Some(_)) if named.iter().any(|year| year != first) => Said::Unnamed,
        // The title of the report stands above all of its tables.
        (Some(first), Some(own)) if *first == own && is_title(text) => Said::Unnamed,
        (Some(first), Some(own)) if *first == own => Said::Own,
        (Some(_), Some(_)) => Said::OtherYear,
        _ => Said::Unnamed,
    }
}

/// The same for a line, which may name a body, and where 上年度 and 本年度 tell the year too. In a grid they are words of the form.
fn of_line(text: &str, reporter: &Reporter) -> Said {
    if reporter.is_another(text) {
        return Said::OtherBody;
    }
    if metadata::is_on_part_of_year(text) {
        return Said::OtherYear;
    }
    let has = |words: &[&str]| words.iter().any(|word| text.contains(word));
    match (
        of_text(text, reporter.year),
        has(&["上年", "上一年", "去年"]),
        has(&["本年", "今年", "当年"]),
    ) {
        (Said::Unnamed, true, false) => Said::OtherYear,
        (Said::Unnamed, false, true) => Said::Own,
        (year, _, _) => year,
    }
}

/// What to say of a table whose caption names another time than the report's year.
pub(super) fn of_other_year(place: &Origin, spec: &TableSpec) -> Diagnostic {
    let message = format!(
        "what stands around {} says that it is of another time, or a sample",
        spec.label
    );
    OTHER_YEAR.at(place.clone(), message)
}

/// Why a table of which this is said is not the report's.
pub(super) fn refusal(said: Said, place: &Origin, spec: &TableSpec) -> Option<Diagnostic> {
    match said {
        Said::OtherYear => Some(of_other_year(place, spec)),
        Said::OtherBody => Some(of_other_body(place, spec)),
        Said::Own | Said::Unnamed | Said::Disputed => None,
    }
}

/// What to say of a table whose caption names another body than the report's.
fn of_other_body(place: &Origin, spec: &TableSpec) -> Diagnostic {
    let message = format!("{} is captioned as that of another body, or of several", spec.label);
    OTHER_BODY.at(place.clone(), message)
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
        let main = |years: [Said; 2]| main_instances(&instances, |_| true, &years);
        assert_eq!(main([Said::Unnamed, Said::Unnamed]), [0, 1]);
        assert_eq!(main([Said::OtherYear, Said::Unnamed]), [1]);
        assert_eq!(main([Said::Unnamed, Said::Own]), [0, 1]);
        assert_eq!(main([Said::Unnamed, Said::OtherBody]), [0]);
    }

    #[test]
    fn a_second_copy_begins_with_the_rows_that_the_first_lacks() {
        let strong = rows(&[&[(1, 1.0)], &[(2, 1.0)], &[(0, 1.0)], &[(1, 1.0)], &[(2, 1.0)]]);
        let instances = instances(&strong);
        let bounds: Vec<(usize, usize, usize)> = instances.iter().map(|i| (i.start, i.end, i.strong)).collect();
        assert_eq!(bounds, [(0, 2, 2), (2, 5, 3)]);
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
