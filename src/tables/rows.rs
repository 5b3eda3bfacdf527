//! A document's grids and lines as one sequence of rows.
//!
//! A row of a grid is a row. Text that lost its grid is cut into rows where a run of values ends: the words before the values
//! are labels. Invariant: each row knows the block of every cell, and values keep their order.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::rc::Rc;

use rust_decimal::Decimal;

use super::beside;
use super::indexed;
use super::lexicon::{Word, word};
use super::list;
use super::run_on::{self, Piece};
use super::unruled;
use crate::document::{Block, Document, Grid, GridKind, Origin};
use crate::report::State;
use crate::text::numeral::Reading;

/// The most words that one row of a stream keeps in front of its values: a header and a label.
const STREAM_WORDS: usize = 48;
/// A row of a grid with more cells is no row of a report; the widest form has 15 columns.
const WIDEST: usize = 200;
/// Of so many rows of a grid one may stick out by a cell too many; where more do, the others are short.
const MANY_ROWS: usize = 5;
/// So many numbers 1, 2, 3 … below each other number rows.
const NUMBERED_ROWS: usize = 6;
/// So many rows that are labelled with names of columns are the columns of a table that lies on its side.
const NAMED_ROWS: usize = 4;
/// A line longer than this is prose.
const PROSE: usize = 160;

/// Where a row comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Source {
    /// A row of a grid: slots line up with the other rows of the same block.
    Grid {
        /// Index of the block.
        block: usize,
        /// Which it is of the tables that stand side by side in the block.
        half: usize,
        /// How the grid was found.
        kind: GridKind,
    },
    /// Words and values in a row, without slots.
    Stream,
}

impl Source {
    /// The grid that the row stands in: its block, and which it is of the tables side by side there.
    pub fn grid(self) -> Option<(usize, usize)> {
        match self {
            Source::Grid { block, half, .. } => Some((block, half)),
            Source::Stream => None,
        }
    }
}

/// A cell of a row.
#[derive(Clone, Debug)]
pub(super) struct RowCell<'a> {
    /// Text as printed.
    pub text: &'a str,
    /// The text as a value.
    pub reading: Reading,
    /// First slot in the grid; in a stream, the place in the row.
    pub start: usize,
    /// Slots covered.
    pub span: usize,
    /// Rows covered.
    pub rows: usize,
    /// Whether the cell begins in this row.
    pub own: bool,
    /// Where it stands.
    pub origin: &'a Origin,
    /// Index of its block.
    pub block: usize,
    /// Number of its line in the text or of its row in the grid: cells of one line stand side by side.
    pub line: usize,
    /// Whether nothing parts these digits from the label before them, so that they may be several numbers.
    pub glued: bool,
}

impl RowCell<'_> {
    /// A cell with words in it.
    pub fn is_text(&self) -> bool {
        self.reading.state == State::Text
    }

    /// A cell with a number or a mark for none.
    pub fn is_filled_value(&self) -> bool {
        self.reading.is_value() && self.reading.state != State::Blank
    }
}

/// One row.
#[derive(Clone, Debug)]
pub(super) struct Row<'a> {
    /// Where it comes from.
    pub source: Source,
    /// Its cells from left to right.
    pub cells: Vec<RowCell<'a>>,
    /// Whether it has a cell more than the rows around it, so that its values may have slipped.
    pub surplus: bool,
}

impl Row<'_> {
    /// The blocks that the row's cells come from.
    pub fn blocks(&self) -> Range<usize> {
        let first = self.cells.iter().map(|cell| cell.block).min().unwrap_or(0);
        first
            ..self
                .cells
                .iter()
                .map(|cell| cell.block)
                .max()
                .map_or(first, |last| last + 1)
    }
}

/// All rows in the blocks before `end`, in reading order, and the labels in the lines that are too long for rows or whose numbers no space
/// parts, each with its line's place: such a line can be a whole table without borders.
pub(super) fn rows(document: &Document, end: usize) -> (Vec<Row<'_>>, Vec<(&str, &Origin)>) {
    let mut rows = Vec::new();
    let mut stream = Stream::default();
    for (block, content) in document.blocks.iter().take(end).enumerate() {
        if let Block::Grid(grid) = content
            && let Some(lines) = unruled::lines(grid)
        {
            lines
                .into_iter()
                .for_each(|line| stream.unruled(block, line, &mut rows));
            continue;
        }
        match content {
            Block::Grid(grid) if grid.columns() > 1 => {
                stream.interrupt(&mut rows);
                grid_rows(block, grid, &mut rows);
            }
            Block::Grid(grid) => {
                if stream.whole {
                    stream.flush(&mut rows);
                }
                for cell in grid.cells() {
                    stream.line += 1;
                    stream.token(block, &cell.text, &cell.origin, true, &mut rows);
                }
            }
            Block::Paragraph(paragraph) => {
                match list::item(&document.blocks[..end.min(document.blocks.len())], block) {
                    Some((label, value)) => stream.item(block, (label, value), &paragraph.origin, &mut rows),
                    None => stream.line(block, &paragraph.text, &paragraph.origin, &mut rows),
                }
            }
        }
    }
    stream.flush(&mut rows);
    (rows, stream.labels_in_lines)
}

fn grid_rows<'a>(block: usize, grid: &'a Grid, rows: &mut Vec<Row<'a>>) {
    let source = Source::Grid {
        block,
        half: 0,
        kind: grid.kind(),
    };
    let mut own: Vec<Row<'a>> = Vec::new();
    for row in 0..grid.rows() {
        let cells: Vec<RowCell<'a>> = grid
            .row(row)
            .map(|cell| RowCell {
                text: &cell.text,
                reading: Reading::of(&cell.text),
                start: cell.column,
                span: cell.column_span,
                rows: cell.row_span,
                own: cell.row == row,
                origin: &cell.origin,
                block,
                line: row,
                glued: false,
            })
            .collect();
        if cells.is_empty() || cells.len() > WIDEST {
            continue;
        }
        // Numbers torn away from their label: a line of words alone, then a line of values alone.
        if grid.kind() == GridKind::Delimited
            && cells.iter().all(|cell| cell.reading.is_value())
            && cells.iter().any(RowCell::is_filled_value)
            && let Some(last) = own.last_mut()
            && is_torn_label(last)
        {
            let words = last.cells.len();
            last.source = Source::Stream;
            last.cells.extend(cells.into_iter().map(|cell| RowCell {
                start: cell.start + words,
                ..cell
            }));
            continue;
        }
        own.extend(each_line(Row {
            source,
            cells,
            surplus: false,
        }));
    }
    indexed::leave_out(&mut own);
    if grid.kind() == GridKind::Ruled {
        mark_surplus(&mut own);
    }
    merge_repeated(&mut own);
    own.iter_mut().for_each(groups_first);
    leave_out_numbers_of_rows(&mut own);
    if is_on_its_side(&own) {
        own = upright(&own);
    }
    rows.append(&mut beside::apart(own));
}

/// The rows that one row of a grid holds, where each cell has a line for each: two labels, and behind them two values in every cell.
fn each_line(row: Row<'_>) -> Vec<Row<'_>> {
    let has_labels = |cell: &RowCell| cell.text.contains('\n') && cell.text.lines().all(super::is_row_label);
    let Some(label) = row.cells.iter().position(has_labels) else {
        return vec![row];
    };
    let count = row.cells[label].text.lines().count();
    let fits = |cell: &RowCell| {
        let values = cell.text.lines().filter(|line| Reading::of(line).is_value()).count();
        cell.own && cell.rows == row.cells[label].rows && values == count && cell.text.lines().count() == count
    };
    if label + 1 == row.cells.len() || !row.cells[label + 1..].iter().all(fits) {
        return vec![row];
    }
    let part = |line: usize| {
        let mut part = row.clone();
        for cell in &mut part.cells[label..] {
            cell.text = cell.text.lines().nth(line).unwrap_or_default();
            cell.reading = Reading::of(cell.text);
        }
        part
    };
    (0..count).map(part).collect()
}

/// Marks rows that stick out of a grid by a cell of their own where nearly no other row does.
fn mark_surplus(rows: &mut [Row]) {
    let end = |row: &Row| {
        row.cells
            .iter()
            .filter(|cell| cell.own)
            .map(|cell| cell.start + cell.span)
            .max()
            .unwrap_or(0)
    };
    let mut ends: Vec<usize> = rows.iter().map(end).collect();
    ends.sort_unstable();
    let Some(usual) = ends.get(ends.len() / 2).copied() else {
        return;
    };
    let wide = ends.iter().filter(|end| **end > usual).count();
    if wide > 0 && wide * MANY_ROWS <= rows.len() {
        for row in rows.iter_mut().filter(|row| end(row) > usual) {
            row.surplus = row.cells.iter().any(RowCell::is_filled_value);
        }
    }
}

/// Takes out the cells of a column that numbers the rows: 1, 2, 3 … one below the other behind their labels, below no name of a column,
/// with cells for the values beside them.
fn leave_out_numbers_of_rows(rows: &mut [Row]) {
    let mut columns: BTreeMap<usize, Vec<Option<Decimal>>> = BTreeMap::new();
    let mut named: BTreeSet<usize> = BTreeSet::new();
    for row in rows.iter().filter(|row| row.source != Source::Stream) {
        named.extend(
            row.cells
                .iter()
                .filter(|cell| word(cell.text).is_column)
                .map(|cell| cell.start),
        );
        let behind: Vec<&RowCell> = row.cells.iter().skip_while(|cell| !cell.is_text()).collect();
        let alone = behind.iter().filter(|cell| cell.reading.is_value()).count() == 1;
        for cell in behind.into_iter().filter(|cell| cell.own && cell.is_filled_value()) {
            let number = cell.reading.value.map(|number| number.0).filter(|_| !alone);
            columns.entry(cell.start).or_default().push(number);
        }
    }
    let number_rows = |numbers: &[Option<Decimal>]| {
        numbers.len() >= NUMBERED_ROWS
            && (1u32..)
                .zip(numbers)
                .all(|(next, number)| *number == Some(Decimal::from(next)))
    };
    columns.retain(|start, numbers| number_rows(numbers) && !named.contains(start));
    for row in rows
        .iter_mut()
        .filter(|row| row.source != Source::Stream && !columns.is_empty())
    {
        row.cells
            .retain(|cell| !(cell.own && cell.is_filled_value() && columns.contains_key(&cell.start)));
    }
}

/// Makes one cell again of a merged cell whose text a converter wrote into each of its slots: of words beside the same words,
/// and of equal values below such words where every row below them has equal values there. What was not read is not the same.
fn merge_repeated(rows: &mut [Row]) {
    let is_known = |cell: &RowCell| !cell.text.contains(char::REPLACEMENT_CHARACTER);
    let is_header = |row: &Row| !row.cells.iter().any(RowCell::is_filled_value);
    for row in rows.iter_mut() {
        let own = row.source != Source::Stream;
        merge(row, |left, right| {
            own && left.is_text() && is_known(left) && left.text.trim() == right.text.trim()
        });
    }
    for header in 0..rows.len() {
        if rows[header].source == Source::Stream || !is_header(&rows[header]) {
            continue;
        }
        let end = (header + 1..rows.len())
            .find(|row| is_header(&rows[*row]))
            .unwrap_or(rows.len());
        let names: Vec<Range<usize>> = rows[header]
            .cells
            .iter()
            .filter(|cell| cell.is_text() && cell.span > 1)
            .map(|cell| cell.start..cell.start + cell.span)
            .collect();
        for name in names {
            let below = |row: &Row| -> Vec<usize> {
                let cells = row.cells.iter().enumerate();
                cells
                    .filter(|(_, cell)| name.contains(&cell.start))
                    .map(|(at, _)| at)
                    .collect()
            };
            let repeats = |row: &Row| {
                let cells = below(row);
                let first = cells.first().map(|at| &row.cells[*at]);
                let equal = |at: &usize| Some(row.cells[*at].text.trim()) == first.map(|first| first.text.trim());
                // On a page or picture each cell is drawn: equal values are the parts of a number, 3 and 3 of 33, and no copies.
                let is_copied = |first: &RowCell| first.reading.is_value() && !is_drawn(first.origin);
                first.is_some_and(is_copied) && cells.iter().all(equal)
            };
            if !rows[header + 1..end].iter().all(repeats) {
                continue;
            }
            for row in &mut rows[header + 1..end] {
                merge(row, |left, right| {
                    left.reading.is_value() && name.contains(&left.start) && name.contains(&right.start)
                });
            }
        }
    }
}

/// Puts the labels that reach down from rows above before those of the row itself: where a group is drawn a row too tall, the cells of the
/// next group stand behind the labels of its rows.
fn groups_first(row: &mut Row) {
    let labels = row.cells.iter().position(RowCell::is_filled_value).unwrap_or(0);
    let labels = row.cells[..labels].iter().take_while(|cell| cell.is_text()).count();
    row.cells[..labels].sort_by_key(|cell| cell.own);
}

/// Whether the rows of a grid are the columns of a form: all rows with values are labelled with names of columns, each different with the
/// groups that it stands in.
fn is_on_its_side(rows: &[Row]) -> bool {
    let mut names = BTreeSet::new();
    let mut with_values = rows.iter().filter(|row| row.cells.iter().any(RowCell::is_filled_value));
    let is_named = with_values.all(|row| {
        let labels = row.cells.iter().take_while(|cell| !cell.is_filled_value());
        let labels: Vec<Rc<Word>> = labels
            .filter(|cell| cell.is_text())
            .map(|cell| word(cell.text))
            .collect();
        let is_named = labels.last().is_some_and(|label| label.is_column);
        let path: Vec<String> = labels.iter().map(|label| label.label.full.clone()).collect();
        row.source != Source::Stream && is_named && names.insert(path)
    });
    is_named && names.len() >= NAMED_ROWS
}

/// The columns of a grid as rows.
fn upright<'a>(rows: &[Row<'a>]) -> Vec<Row<'a>> {
    let width = rows
        .iter()
        .flat_map(|row| &row.cells)
        .map(|cell| cell.start + cell.span)
        .max();
    let column = |slot: usize| -> Vec<RowCell<'a>> {
        let cells = rows.iter().enumerate().filter_map(|(at, row)| {
            let mut cells = row.cells.iter();
            let cell = cells.find(|cell| (cell.start..cell.start + cell.span).contains(&slot))?;
            cell.own.then(|| RowCell {
                start: at,
                span: cell.rows,
                rows: cell.span,
                own: cell.start == slot,
                line: slot,
                ..cell.clone()
            })
        });
        cells.collect()
    };
    let columns = (0..width.unwrap_or(0)).map(|slot| Row {
        source: rows[0].source,
        cells: column(slot),
        surplus: false,
    });
    columns.filter(|row| !row.cells.is_empty()).collect()
}

/// Whether a cell was drawn where it stands.
pub(super) fn is_drawn(origin: &Origin) -> bool {
    matches!(origin, Origin::Page { .. } | Origin::Picture { .. })
}

/// Makes one cell of each pair of neighbours that are the same cell.
fn merge(row: &mut Row, are_one: impl Fn(&RowCell, &RowCell) -> bool) {
    row.cells.dedup_by(|right, left| {
        let one = left.start + left.span == right.start && left.rows == right.rows && are_one(left, right);
        if one {
            left.span += right.span;
        }
        one
    });
}

/// Whether a row of a delimited grid holds one text and nothing else, not even empty cells.
fn is_torn_label(row: &Row) -> bool {
    row.cells.len() == 1 && row.cells[0].is_text()
}

/// Collects words and values into rows.
#[derive(Default)]
struct Stream<'a> {
    cells: Vec<RowCell<'a>>,
    /// Lines seen so far.
    line: usize,
    /// Whether the last line was a row: a label with values behind it.
    whole: bool,
    /// Whether it was a row without its label: values alone.
    values: bool,
    labels_in_lines: Vec<(&'a str, &'a Origin)>,
}

impl<'a> Stream<'a> {
    /// One line of text: words, values, or words with values behind them.
    fn line(&mut self, block: usize, text: &'a str, origin: &'a Origin, rows: &mut Vec<Row<'a>>) {
        self.line += 1;
        if self.whole {
            self.flush(rows);
        }
        if is_page_number(text) {
            return;
        }
        let long = is_long(text);
        let labels = run_on::labels(text);
        let label = label_before_marks(text).map(|label| (label, origin));
        self.labels_in_lines.extend(label);
        if long {
            let labels = labels.iter().map(|label| (&text[label.clone()], origin));
            self.labels_in_lines.extend(labels);
        }
        if let Some(pieces) = run_on::pieces(text, &labels, long) {
            self.flush(rows);
            for piece in pieces {
                self.piece(block, piece, origin, false, rows);
            }
            self.flush(rows);
            return;
        }
        if long {
            self.flush(rows);
            return;
        }
        if is_one_cell(text) {
            self.values = false;
            self.token(block, text.trim(), origin, false, rows);
            return;
        }
        let (label, values) = text.split_at(trailing_values(text));
        let alone = label.trim().is_empty();
        if alone && self.values {
            self.flush(rows);
        }
        // Behind a label, or as a line of short words, spaces part cells.
        let parted = !values.is_empty() || is_header_line(text);
        if !parted && let Some(label) = label_before_no_number(text) {
            self.labels_in_lines.push((label, origin));
        }
        let label = if parted { words(label) } else { vec![label.trim()] };
        for word in label.into_iter().filter(|word| !word.is_empty()) {
            self.token(block, word, origin, false, rows);
        }
        for text in words(values) {
            let glued = !Reading::of(text).is_value();
            self.piece(block, Piece { text, glued }, origin, false, rows);
        }
        self.whole = !alone && !values.is_empty();
        self.values = alone;
    }

    /// One item of a list: a label and its value.
    fn item(&mut self, block: usize, (label, value): (&'a str, &'a str), origin: &'a Origin, rows: &mut Vec<Row<'a>>) {
        self.line += 1;
        self.flush(rows);
        self.token(block, label, origin, false, rows);
        self.token(block, value, origin, false, rows);
        self.flush(rows);
    }

    /// One line of a grid whose columns were not seen.
    fn unruled(&mut self, block: usize, line: unruled::Line<'a>, rows: &mut Vec<Row<'a>>) {
        self.line += 1;
        let alone = line.words.is_empty();
        if self.whole || alone && self.values {
            self.flush(rows);
        }
        let has_values = !line.values.is_empty();
        for (text, origin) in line.words {
            self.token(block, text, origin, false, rows);
        }
        for (text, origin) in line.values {
            let glued = !Reading::of(text).is_value();
            self.piece(block, Piece { text, glued }, origin, false, rows);
        }
        self.whole = !alone && has_values;
        self.values = alone;
    }

    fn token(&mut self, block: usize, text: &'a str, origin: &'a Origin, cell: bool, rows: &mut Vec<Row<'a>>) {
        self.piece(block, Piece { text, glued: false }, origin, cell, rows);
    }

    /// Takes up one text. Digits that may be several numbers stand where values do, but say no number.
    fn piece(&mut self, block: usize, piece: Piece<'a>, origin: &'a Origin, cell: bool, rows: &mut Vec<Row<'a>>) {
        let reading = match piece.glued {
            true => Reading {
                state: State::Number,
                value: None,
                unit: None,
            },
            false => Reading::of(piece.text),
        };
        if begins_with_mark(piece.text) && self.cells.last().is_some_and(is_bare_ordinal) {
            self.cells.pop();
        }
        if !reading.is_value() && self.cells.last().is_some_and(|last| last.reading.is_value()) {
            // Empty cells behind words alone are the rest of a merged label or header.
            if self.cells.iter().any(RowCell::is_filled_value) || self.blanks() >= 3 {
                self.flush(rows);
            } else {
                self.cells.retain(RowCell::is_text);
            }
        }
        if reading.is_value() && !cell && reading.state == State::Blank {
            return;
        }
        if !reading.is_value() && self.cells.len() >= STREAM_WORDS {
            self.cells.remove(0);
        }
        let start = self.cells.len();
        self.cells.push(RowCell {
            text: piece.text,
            reading,
            start,
            span: 1,
            rows: 1,
            own: true,
            origin,
            block,
            line: self.line,
            glued: piece.glued,
        });
    }

    fn blanks(&self) -> usize {
        self.cells
            .iter()
            .rev()
            .take_while(|cell| cell.reading.state == State::Blank)
            .count()
    }

    /// Ends the row above a grid. Words of a header above it hold for the lines below it, too.
    fn interrupt(&mut self, rows: &mut Vec<Row<'a>>) {
        let words = self
            .cells
            .iter()
            .rev()
            .take_while(|cell| cell.is_text() && cell.line == self.line);
        let first = self.cells.len() - words.count();
        let header = (self.cells.len() - first > 1).then(|| self.cells.split_off(first));
        self.flush(rows);
        rows.extend(header.map(|cells| Row {
            source: Source::Stream,
            cells,
            surplus: false,
        }));
    }

    fn flush(&mut self, rows: &mut Vec<Row<'a>>) {
        (self.whole, self.values) = (false, false);
        let mut cells = std::mem::take(&mut self.cells);
        if !cells.last().is_some_and(|last| last.reading.is_value()) {
            return;
        }
        match cells.iter().position(RowCell::is_text) {
            Some(words) => drop(cells.drain(..words)),
            None => cells.insert(0, unlabelled(&cells[0])),
        }
        rows.push(Row {
            source: Source::Stream,
            cells,
            surplus: false,
        });
    }
}

/// Marks behind the number of a row.
const ORDINAL_MARKS: [char; 3] = ['.', '．', '、'];

/// Whether a text is a label behind the mark of its number: `.重复申请`.
fn begins_with_mark(text: &str) -> bool {
    let label = text.strip_prefix(ORDINAL_MARKS).unwrap_or_default();
    label.starts_with(char::is_alphabetic)
}

/// Whether a cell can be the number of a row whose mark stands in the text behind it: `2` above `.重复申请`.
fn is_bare_ordinal(cell: &RowCell) -> bool {
    (1..=2).contains(&cell.text.len()) && cell.text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Marks that part the cells of a row no more than its words.
const OTHER_MARKS: [char; 5] = ['：', ':', '；', ';', '、'];

/// The label before numbers that other marks than spaces part: 规章：3：0.
fn label_before_marks(text: &str) -> Option<&str> {
    let is_behind = |c: char| OTHER_MARKS.contains(&c) || c.is_ascii_digit() || " .,".contains(c);
    let label = text.trim_end_matches(is_behind);
    let behind = &text[label.len()..];
    let is_row = behind.starts_with(OTHER_MARKS) && has_digit(behind) && super::is_known_label(label);
    is_row.then(|| label.trim())
}

/// The label before words with digits that are no numbers: 行政许可 16[1].
fn label_before_no_number(text: &str) -> Option<&str> {
    let (label, behind) = text.trim().split_once(char::is_whitespace)?;
    (has_digit(behind) && super::is_known_label(label)).then_some(label)
}

/// Whether a line is too long for one row.
fn is_long(line: &str) -> bool {
    line.len() > PROSE * 3
}

/// `- 3 -`, as text taken from a paged file has it between its lines.
fn is_page_number(line: &str) -> bool {
    let dash = |c: char| "-—–－".contains(c);
    let inner = line.trim().strip_prefix(dash).and_then(|rest| rest.strip_suffix(dash));
    inner.is_some_and(|inner| {
        let number = inner.trim();
        !number.is_empty() && number.len() < 4 && number.bytes().all(|b| b.is_ascii_digit())
    })
}

/// The empty label of a row without words.
fn unlabelled<'a>(first: &RowCell<'a>) -> RowCell<'a> {
    RowCell {
        text: "",
        reading: Reading {
            state: State::Text,
            value: None,
            unit: None,
        },
        ..first.clone()
    }
}

/// A line that is never cut at its spaces: it reads as one value, or holds digits that are not all values of their own. Two
/// numbers alone on a line may be one with a space inside, so they are never placed as two.
fn is_one_cell(text: &str) -> bool {
    let parts = text.split_whitespace().count();
    if text.contains(char::is_alphabetic) {
        return Reading::of(text).is_value();
    }
    parts < 3 || text.split_whitespace().any(|part| !Reading::of(part).is_value())
}

/// A line of several short words, as a header without values has; what stands in brackets explains them.
fn is_header_line(text: &str) -> bool {
    let is_short = |word: &str| {
        word.split(['（', '('])
            .next()
            .is_some_and(|word| word.chars().count() <= 12)
    };
    let is_word = |word: &&str| word.contains(char::is_alphabetic) && is_short(word);
    let words = words(text);
    words.len() > 1 && words.iter().all(is_word)
}

/// Whether a word is digits with commas that part no thousands, as where a line's end has cut a number: `1,54`.
fn is_part_of_number(word: &str) -> bool {
    word.contains([',', '，']) && word.chars().all(|c| c.is_ascii_digit() || ",，".contains(c)) && has_digit(word)
}

/// Whether a word is a number with something else about it, or letters that look like digits: `64?`, `约21`, `1O`.
pub(super) fn is_damaged_number(word: &str) -> bool {
    has_digit(word) && word.chars().all(|c| !c.is_alphabetic() || "约近逾余多OolI".contains(c))
}

fn has_digit(word: &str) -> bool {
    word.contains(|c: char| c.is_ascii_digit())
}

/// Where the values begin that end a line: `规章 0 0 3` holds three; the line's length where there are none. A number that is cut or
/// stands damaged behind another is a value that nobody can read.
fn trailing_values(text: &str) -> usize {
    let words = words(text);
    let is_value = |word: &str| Reading::of(word).is_value();
    let mut start = text.len();
    for (index, word) in words.iter().enumerate().rev() {
        let behind_value = || index > 0 && is_value(words[index - 1]);
        if !(is_value(word) || is_part_of_number(word) || is_damaged_number(word) && behind_value()) {
            break;
        }
        start = word.as_ptr() as usize - text.as_ptr() as usize;
    }
    start
}

/// The words of a line; what stands in brackets belongs to the word that it explains: `3（其中修订 14 件）`.
fn words(text: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let (mut start, mut depth) = (0, 0usize);
    for (at, c) in text.char_indices() {
        match c {
            '（' | '(' => depth += 1,
            '）' | ')' => depth = depth.saturating_sub(1),
            c if c.is_whitespace() && depth == 0 => {
                words.push(&text[start..at]);
                start = at + c.len_utf8();
            }
            _ => {}
        }
    }
    words.push(&text[start..]);
    if depth > 0 {
        return text.split_whitespace().collect();
    }
    words.retain(|word| !word.is_empty());
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Cell, GridBuilder, Paragraph};

    fn texts(blocks: Vec<Block>) -> Vec<Vec<String>> {
        let document = Document {
            blocks,
            ..Document::default()
        };
        rows(&document, usize::MAX)
            .0
            .iter()
            .map(|row| row.cells.iter().map(|cell| cell.text.to_string()).collect())
            .collect()
    }

    #[test]
    fn equal_values_below_a_merged_name_are_copies_in_a_converted_file_and_parts_on_a_page() {
        let below = |origin: Origin| {
            let mut builder = GridBuilder::new(GridKind::Ruled, origin.clone());
            let mut cell = |row, column, column_span, text: &str| {
                builder.cell(Cell {
                    row,
                    column,
                    row_span: 1,
                    column_span,
                    text: text.into(),
                    origin: origin.clone(),
                });
            };
            cell(0, 0, 1, "信息内容");
            cell(0, 1, 2, "本年增/减");
            cell(1, 0, 1, "行政事业性收费");
            cell(1, 1, 1, "3");
            cell(1, 2, 1, "3");
            texts(vec![Block::Grid(builder.build().0)])[1].len()
        };
        assert_eq!(below(Origin::text(1, 1)), 2);
        assert_eq!(below(Origin::page(1, [0.0; 4])), 3);
        let on_picture = Origin::Picture {
            picture: "t3.png".into(),
            bbox: [0.0; 4],
            confidence: None,
            place: Box::new(Origin::text(1, 1)),
        };
        assert_eq!(below(on_picture), 3);
    }

    fn lines(lines: &[&str]) -> Vec<Block> {
        lines
            .iter()
            .map(|line| {
                Block::Paragraph(Paragraph {
                    text: (*line).into(),
                    heading: None,
                    strong: false,
                    origin: Origin::text(1, 1),
                })
            })
            .collect()
    }

    fn grid(rows: &[&[&str]]) -> Vec<Block> {
        let mut builder = GridBuilder::new(GridKind::Delimited, Origin::text(1, 1));
        for row in rows {
            builder.row(row.iter().map(|text| (*text, Origin::text(1, 1))));
        }
        vec![Block::Grid(builder.build().0)]
    }

    #[test]
    fn a_stream_of_lines_is_cut_behind_its_values() {
        assert_eq!(
            texts(lines(&[
                "信息内容",
                "本年制发件数",
                "规章",
                "1",
                "2",
                "行政",
                "许可",
                "3",
                "本年工作总结。"
            ])),
            [
                vec!["信息内容", "本年制发件数", "规章", "1", "2"],
                vec!["行政", "许可", "3"]
            ]
        );
        assert_eq!(
            texts(lines(&["重复申请", "11 0510", "3"])),
            [["重复申请", "11 0510", "3"]]
        );
        assert_eq!(
            texts(lines(&["规章", "22（其中修订 16 件）", "3"])),
            [["规章", "22（其中修订 16 件）", "3"]]
        );
        assert_eq!(
            texts(lines(&["规章 3（其中修订 14 件） 53 97"])),
            [["规章", "3（其中修订 14 件）", "53", "97"]]
        );
        assert_eq!(
            texts(lines(&["规章 1 2 3", "行政许可 4"])),
            [vec!["规章", "1", "2", "3"], vec!["行政许可", "4"]]
        );
        assert_eq!(texts(lines(&["规章", "3 5 0"])), [["规章", "3", "5", "0"]]);
        assert_eq!(
            texts(lines(&["政府集中采购", "387 390", "5.1"])),
            [["政府集中采购", "387 390", "5.1"]]
        );
        assert_eq!(
            texts(lines(&["三、本年度办理结果 （一）予以公开 3 5"])),
            [["三、本年度办理结果", "（一）予以公开", "3", "5"]]
        );
    }

    #[test]
    fn empty_cells_of_a_stream_count_as_values_behind_a_label() {
        assert_eq!(
            texts(grid(&[
                &["信息内容"],
                &[""],
                &["规章"],
                &[""],
                &["2"],
                &[""],
                &["许可"],
                &["7"]
            ])),
            [vec!["信息内容", "规章", "", "2", ""], vec!["许可", "7"]]
        );
    }

    #[test]
    fn numbers_torn_from_their_label_come_back_to_it() {
        assert_eq!(
            texts(grid(&[&["规章"], &["1", "2"], &["许可", ""], &["3", "4"]])),
            [vec!["规章", "1", "2"], vec!["许可", ""], vec!["3", "4"]]
        );
    }
}
