//! Edits of a sound document, one in each of its tables, that keep its truth or change it in a known way.
//!
//! Invariant: what a careful human reads in the edited document is what the truth says. Where nobody can tell, the truth has no number;
//! where what stands in a cell can be read but the table contradicts itself, the cell is unclear.

use crate::containers::{Container, Family};
use crate::form::Kind;
use crate::paper::{Block, Paper};
use crate::rng::Rng;
use crate::sheet::{Band, Cell, Column, Row, Sheet, Which};
use crate::truth::TruthCell;

macro_rules! edits {
    ($($(#[doc = $doc:literal])* $variant:ident = $name:literal,)*) => {
        /// One way to edit.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Edit { $($(#[doc = $doc])* $variant,)* }

        impl Edit {
            /// All of them.
            pub const ALL: &[Edit] = &[$(Edit::$variant,)*];

            /// Name in the gate's messages.
            pub fn name(self) -> &'static str {
                match self { $(Edit::$variant => $name,)* }
            }
        }
    };
}

edits! {
    /// A row of last year, called so, beside that of this year.
    LastYearRow = "last-year-row",
    /// A row that the form does not have.
    ForeignRow = "foreign-row",
    /// A row that numbers the columns.
    NumberingRow = "numbering-row",
    /// A row gone.
    DropRow = "drop-row",
    /// A row twice.
    DoubleRow = "double-row",
    /// A row twice, with other numbers.
    DoubleRowOther = "double-row-other",
    /// Two rows change places.
    SwapRows = "swap-rows",
    /// Two rows change labels.
    SwapLabels = "swap-labels",
    /// A row has the label of another.
    RenameRow = "rename-row",
    /// A row's label says the opposite.
    DenyRow = "deny-row",
    /// A column gone.
    DropColumn = "drop-column",
    /// A column twice.
    DoubleColumn = "double-column",
    /// A column twice, with other numbers.
    DoubleColumnOther = "double-column-other",
    /// Two columns change places.
    SwapColumns = "swap-columns",
    /// Two columns change headers.
    SwapHeaders = "swap-headers",
    /// A column that the form does not have.
    ForeignColumn = "foreign-column",
    /// A cell gone, so that those behind it move up.
    DropCell = "drop-cell",
    /// A cell twice.
    DoubleCell = "double-cell",
    /// An empty cell in front of another.
    EmptyCell = "empty-cell",
    /// Two figures of a row change places.
    SwapCells = "swap-cells",
    /// A number over two lines.
    BreakNumber = "break-number",
    /// Two numbers in one cell as if they were one, the other cell empty.
    JoinNumbers = "join-numbers",
    /// A space in a number where no thousands end.
    SpaceNumber = "space-number",
    /// Digits in front of a number that are not shown.
    HidePart = "hide-part",
    /// A number struck out in front of another.
    StrikePart = "strike-part",
    /// The mark of a footnote behind a number.
    Footnote = "footnote",
    /// A second copy of a table, of another year.
    OldTable = "old-table",
}

impl Edit {
    /// Whether a container can carry the edit.
    pub fn fits(self, container: &Container) -> bool {
        let family = container.family;
        match self {
            // Word sets digits and marks in elements of their own; what is drawn with characters has no elements.
            Edit::HidePart | Edit::StrikePart | Edit::Footnote => {
                family == Family::Html && !["html-word", "mhtml", "text-drawn"].contains(&container.name)
            }
            // A cell too many is not told from one that was padded where borders are guessed or written in text.
            Edit::DoubleCell | Edit::EmptyCell
                if matches!(family, Family::Pdf | Family::Pipes | Family::Tabs)
                    || ["html-div-styles", "text-drawn"].contains(&container.name) =>
            {
                false
            }
            // Names and numbers of a row of the form stand in a grid of their own.
            Edit::RenameRow | Edit::DoubleRowOther => family != Family::Rows,
            // Where columns have no names of their own, or torn ones, nobody can say that they are others.
            Edit::DropColumn
            | Edit::DoubleColumn
            | Edit::DoubleColumnOther
            | Edit::SwapColumns
            | Edit::SwapHeaders
            | Edit::ForeignColumn => {
                !container.counts && !matches!(family, Family::Rows | Family::Lines | Family::Pipes)
            }
            Edit::BreakNumber => family.breaks_in_cells(),
            // An empty field between two spaces is no field.
            Edit::EmptyCell | Edit::JoinNumbers | Edit::SpaceNumber => family != Family::Spaces,
            _ => true,
        }
    }
}

/// What an edit makes of cells whose keys begin so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Doubt {
    start: String,
    /// Whether there is no number that could be read; else nobody can tell whether the one before the edit is meant.
    blank: bool,
}

/// Edits each sheet once where it has a place for the edit. What becomes of the truth besides what the sheets then say.
pub fn apply(edit: Edit, sheets: &mut [Sheet], rng: &mut Rng) -> Vec<Doubt> {
    sheets.iter_mut().flat_map(|sheet| one(edit, sheet, rng)).collect()
}

/// Takes into the truth what the sheets do not say; `before` is the truth before the edit.
pub fn doubt(cells: &mut Vec<TruthCell>, before: Vec<TruthCell>, doubts: &[Doubt]) {
    cells.retain(|cell| !cell.key.ends_with('.'));
    let is_meant = |cell: &TruthCell, blank: bool| {
        let mut doubts = doubts.iter().filter(|doubt| doubt.blank == blank);
        doubts.any(|doubt| cell.key.starts_with(&doubt.start))
    };
    cells
        .iter_mut()
        .filter(|cell| is_meant(cell, true))
        .for_each(|cell| cell.value = None);
    cells.retain(|cell| !is_meant(cell, false));
    let unclear = before.into_iter().filter(|cell| is_meant(cell, false));
    cells.extend(unclear.map(|cell| TruthCell { unclear: true, ..cell }));
}

/// Puts what belongs to the whole paper in: copies of its tables of other years.
pub fn paper(edit: Option<Edit>, paper: &mut Paper, rng: &mut Rng) {
    if edit != Some(Edit::OldTable) {
        return;
    }
    let caption = format!("附：{}年数据", paper.year - 1);
    let mut blocks = Vec::new();
    for block in std::mem::take(&mut paper.blocks) {
        let old = match &block {
            Block::Table(sheet) => Some(others(sheet, rng)),
            _ => None,
        };
        blocks.push(block);
        if let Some(old) = old {
            blocks.push(Block::Paragraph(caption.clone()));
            blocks.push(Block::Table(old));
        }
    }
    paper.blocks = blocks;
}

/// The sheet with other numbers.
fn others(sheet: &Sheet, rng: &mut Rng) -> Sheet {
    let mut old = sheet.clone();
    for cell in old.rows_mut().flat_map(|row| &mut row.cells) {
        *cell = other(cell, rng);
    }
    old
}

fn other(cell: &Cell, rng: &mut Rng) -> Cell {
    let whole = cell.whole().unwrap_or(0);
    Cell::plain(whole.saturating_abs() + rng.range(11, 97))
}

fn one(edit: Edit, sheet: &mut Sheet, rng: &mut Rng) -> Vec<Doubt> {
    let which = sheet.which;
    let count = sheet.bands.len();
    let Some(band) = sheet.bands.get_mut(rng.below(count)) else {
        return Vec::new();
    };
    let in_rows = match edit {
        _ if which == Which::Review => None,
        Edit::DropRow | Edit::DoubleRow | Edit::DoubleRowOther | Edit::SwapRows | Edit::SwapLabels => {
            twins(band, rng).map(|at| rows(edit, which, band, at, rng))
        }
        Edit::LastYearRow | Edit::ForeignRow | Edit::NumberingRow | Edit::RenameRow | Edit::DenyRow => {
            twins(band, rng).map(|at| labels(edit, which, band, at, rng))
        }
        _ => None,
    };
    in_rows.unwrap_or_else(|| match edit {
        Edit::DropColumn
        | Edit::DoubleColumn
        | Edit::DoubleColumnOther
        | Edit::SwapColumns
        | Edit::SwapHeaders
        | Edit::ForeignColumn => columns(edit, which, band, rng),
        Edit::DropCell | Edit::DoubleCell | Edit::EmptyCell | Edit::SwapCells => cells(edit, which, band, rng),
        _ => numbers(edit, which, band, rng),
    })
}

fn key(which: Which, row: &Row) -> String {
    format!("{}.{}.", which.key(), row.key.unwrap_or_default())
}

fn blank(start: String) -> Doubt {
    Doubt { start, blank: true }
}

fn unclear(start: String) -> Doubt {
    Doubt { start, blank: false }
}

/// A row and the one behind it, both below the same labels.
fn twins(band: &Band, rng: &mut Rng) -> Option<usize> {
    let same = |at: &usize| band.rows[*at].path == band.rows[at + 1].path;
    let places: Vec<usize> = (0..band.rows.len().saturating_sub(1)).filter(same).collect();
    (!places.is_empty()).then(|| *rng.pick(&places))
}

fn rows(edit: Edit, which: Which, band: &mut Band, at: usize, rng: &mut Rng) -> Vec<Doubt> {
    let mut copy = band.rows[at].clone();
    copy.key = None;
    match edit {
        Edit::DropRow => {
            band.rows.remove(at);
        }
        Edit::DoubleRow => band.rows.insert(at + 1, copy),
        Edit::DoubleRowOther => {
            copy.cells.iter_mut().for_each(|cell| *cell = other(cell, rng));
            band.rows.insert(at + 1, copy);
            return vec![blank(key(which, &band.rows[at]))];
        }
        Edit::SwapRows => band.rows.swap(at, at + 1),
        _ => {
            let (above, below) = band.rows.split_at_mut(at + 1);
            std::mem::swap(&mut above[at].cells, &mut below[0].cells);
        }
    }
    Vec::new()
}

fn labels(edit: Edit, which: Which, band: &mut Band, at: usize, rng: &mut Rng) -> Vec<Doubt> {
    let mut row = band.rows[at].clone();
    row.key = None;
    row.cells.iter_mut().for_each(|cell| *cell = other(cell, rng));
    match edit {
        Edit::LastYearRow => {
            row.shown += "（上年）";
            band.rows.insert(at + 1, row);
        }
        Edit::ForeignRow => {
            row.shown = (*rng.pick(&["内部掌握情况", "网上办理情况", "信息员培训人次"])).to_owned();
            band.rows.insert(at + 1, row);
        }
        Edit::NumberingRow => {
            row.shown = "栏次".to_owned();
            row.path = &[];
            row.shown_path.clear();
            row.cells = (1..=row.cells.len()).map(Cell::plain).collect();
            band.rows.insert(0, row);
        }
        Edit::RenameRow => {
            band.rows[at].shown = band.rows[at + 1].shown.clone();
            return [at, at + 1].map(|at| blank(key(which, &band.rows[at]))).into();
        }
        _ => {
            let shown = &band.rows[at].shown;
            let number = shown
                .find(['、', '）', '.'])
                .map_or(0, |mark| mark + shown[mark..].chars().next().map_or(0, char::len_utf8));
            let (number, name) = shown.split_at(number);
            band.rows[at].shown = format!("{number}未{name}");
            return vec![blank(key(which, &band.rows[at]))];
        }
    }
    Vec::new()
}

fn columns(edit: Edit, which: Which, band: &mut Band, rng: &mut Rng) -> Vec<Doubt> {
    let count = band.columns.len();
    // In table 3 the first column and the last stand apart, in table 4 the columns are those of each group.
    let (first, end) = if which == Which::Applications {
        (1, count - 1)
    } else {
        (0, count)
    };
    if which == Which::Review || end - first < 2 {
        return Vec::new();
    }
    let at = first + rng.below(end - first - 1);
    let doubts = |band: &Band| -> Vec<Doubt> {
        let column = band.columns[at].key;
        band.rows.iter().map(|row| blank(key(which, row) + column)).collect()
    };
    match edit {
        Edit::DropColumn => {
            band.columns.remove(at);
            band.rows.iter_mut().for_each(|row| drop(row.cells.remove(at)));
        }
        Edit::SwapColumns => {
            band.columns.swap(at, at + 1);
            band.rows.iter_mut().for_each(|row| row.cells.swap(at, at + 1));
        }
        Edit::SwapHeaders => band.columns.swap(at, at + 1),
        Edit::ForeignColumn => {
            let foreign = Column {
                key: "",
                label: "上年同期数",
                shown: "上年同期数".to_owned(),
                kind: Kind::Count,
            };
            add_column(band, at + 1, foreign, rng);
        }
        _ => {
            let column = Column {
                key: "",
                ..band.columns[at].clone()
            };
            add_column(band, at + 1, column, rng);
            if edit == Edit::DoubleColumnOther {
                return doubts(band);
            }
            band.rows
                .iter_mut()
                .for_each(|row| row.cells[at + 1] = row.cells[at].clone());
        }
    }
    Vec::new()
}

fn add_column(band: &mut Band, at: usize, column: Column, rng: &mut Rng) {
    band.columns.insert(at, column);
    for row in &mut band.rows {
        let cell = other(&row.cells[at - 1], rng);
        row.cells.insert(at, cell);
    }
}

fn cells(edit: Edit, which: Which, band: &mut Band, rng: &mut Rng) -> Vec<Doubt> {
    let at = rng.below(band.rows.len());
    let row = &mut band.rows[at];
    if row.cells.len() < 2 {
        return Vec::new();
    }
    let cell = rng.below(row.cells.len() - 1);
    match edit {
        // What then stands below each name is what is printed for it; in table 4 the groups would run into each other.
        Edit::DropCell if which == Which::Review => return Vec::new(),
        Edit::DropCell => {
            drop(row.cells.remove(cell));
            return Vec::new();
        }
        Edit::DoubleCell => row.cells.insert(cell, row.cells[cell].clone()),
        Edit::EmptyCell => row.cells.insert(cell, Cell::default()),
        _ => {
            row.cells.swap(cell, cell + 1);
            return Vec::new();
        }
    }
    let row_key = key(which, &band.rows[at]);
    let mut doubts: Vec<Doubt> = band.columns[cell..]
        .iter()
        .map(|column| unclear(format!("{row_key}{}", column.key)))
        .collect();
    if which == Which::Review {
        // The figures of all groups stand in one row.
        doubts.extend(band.rows[at + 1..].iter().map(|row| unclear(key(which, row))));
    }
    doubts
}

fn numbers(edit: Edit, which: Which, band: &mut Band, rng: &mut Rng) -> Vec<Doubt> {
    let long =
        |row: &Row, at: usize| row.cells[at].printed.len() >= 2 && row.cells[at].whole().is_some_and(|whole| whole > 9);
    let places: Vec<(usize, usize)> = band
        .rows
        .iter()
        .enumerate()
        .flat_map(|(at, row)| {
            (0..row.cells.len())
                .filter(|cell| long(row, *cell))
                .map(move |cell| (at, cell))
        })
        .collect();
    if places.is_empty() {
        return Vec::new();
    }
    let (at, cell) = *rng.pick(&places);
    let column = band.columns[cell].key;
    let row = &mut band.rows[at];
    let start = key(which, row);
    let figure = &mut row.cells[cell];
    let inside = 1 + rng.below(figure.printed.len() - 1);
    match edit {
        Edit::BreakNumber => figure.printed.insert(inside, '\n'),
        // Three digits behind the space would be thousands.
        Edit::SpaceNumber if figure.printed.len() - inside == 3 => return Vec::new(),
        Edit::SpaceNumber => figure.printed.insert(inside, ' '),
        Edit::HidePart => figure.printed = format!("{HIDDEN}{}{END}{}", rng.range(1, 9), figure.printed),
        Edit::StrikePart => figure.printed = format!("{STRUCK}{}{END}{}", rng.range(1, 9), figure.printed),
        Edit::Footnote => figure.printed += &format!("{RAISED}{}{END}", rng.range(1, 9)),
        Edit::JoinNumbers => {
            let Some(next) = row
                .cells
                .get(cell + 1)
                .map(|next| next.printed.clone())
                .filter(|next| !next.is_empty() && next.bytes().all(|byte| byte.is_ascii_digit()))
            else {
                return Vec::new();
            };
            let joined = row.cells[cell].printed.clone() + &next;
            let is_number = joined.bytes().all(|byte| byte.is_ascii_digit());
            row.cells[cell].value = is_number.then(|| joined.clone());
            row.cells[cell].printed = joined;
            row.cells[cell + 1] = Cell::default();
            return Vec::new();
        }
        _ => return Vec::new(),
    }
    match edit {
        Edit::BreakNumber | Edit::SpaceNumber => vec![unclear(start + column)],
        _ => Vec::new(),
    }
}

/// Marks in printed numbers that pages replace by elements; no number has such brackets.
const HIDDEN: &str = "{[";
const STRUCK: &str = "{(";
const RAISED: &str = "{^";
const END: &str = "]}";

/// Ways in which a page does not show a part.
const HIDING: [&str; 10] = [
    "<span style=\"display:none\">",
    "<span style='visibility:hidden'>",
    "<span style='font-size:1px'>",
    "<span style='color:#fff'>",
    "<span style='opacity:0'>",
    "<span style='position:absolute;left:-9999px'>",
    "<span style='color:var(--unknown)'>",
    "<span hidden>",
    "<span style='transform:scale(0.01);display:inline-block'>",
    "<span style='max-width:0;overflow:hidden;display:inline-block'>",
];
/// Ways in which a page strikes a part out.
const STRIKING: [&str; 4] = [
    "<span style='text-decoration:line-through'>",
    "<span style='text-decoration-line: line-through'>",
    "<span style='TEXT-DECORATION: underline line-through'>",
    "<span style='text-decoration:line-through red'>",
];

/// The bytes of a page with the marks of its numbers replaced by elements.
pub fn mark_up(bytes: Vec<u8>, variant: usize) -> Vec<u8> {
    let elements = [
        (HIDDEN, HIDING[variant % HIDING.len()]),
        (STRUCK, STRIKING[variant % STRIKING.len()]),
        (RAISED, "<span style='vertical-align:super'>"),
        (END, "</span>"),
    ];
    elements.iter().fold(bytes, |bytes, (mark, element)| {
        replaced(&bytes, mark.as_bytes(), element.as_bytes())
    })
}

fn replaced(bytes: &[u8], from: &[u8], to: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let Some(at) = rest.windows(from.len()).position(|window| window == from) {
        out.extend_from_slice(&rest[..at]);
        out.extend_from_slice(to);
        rest = &rest[at + from.len()..];
    }
    out.extend_from_slice(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Spec, containers, make};

    #[test]
    fn every_edit_changes_some_document_and_keeps_the_others() {
        for edit in Edit::ALL {
            let spec = |edit| Spec {
                container: containers::named("html-clean"),
                faults: Some(Vec::new()),
                edit,
                ..Spec::default()
            };
            let changed = (0..6).filter(|seed| {
                make(*seed, &spec(Some(*edit))).unwrap().bytes != make(*seed, &spec(None)).unwrap().bytes
            });
            assert!(changed.count() > 0, "{}", edit.name());
        }
    }

    #[test]
    fn the_truth_follows_the_print() {
        let made = |edit| {
            let spec = Spec {
                container: containers::named("html-clean"),
                faults: Some(Vec::new()),
                edit,
                ..Spec::default()
            };
            make(3, &spec).unwrap().truth.cells
        };
        let plain = made(None);
        let numbers = |cells: &[TruthCell]| cells.iter().filter(|cell| cell.value.is_some()).count();
        assert_eq!(made(Some(Edit::DoubleRow)), plain);
        assert!(numbers(&made(Some(Edit::DropRow))) < numbers(&plain));
        assert!(numbers(&made(Some(Edit::RenameRow))) < numbers(&plain));
        assert!(made(Some(Edit::SpaceNumber)).iter().any(|cell| cell.unclear));
    }
}
