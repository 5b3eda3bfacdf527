//! From grids to figures: the official forms as data, and the matching of a document's grids to them.
//!
//! The rows of all grids and lines are matched by their labels under every form; the form that fits best is taken, table by table.
//! Invariant: what cannot be told apart stays null with a diagnostic; no figure is placed by likelihood.

mod align;
mod bands;
mod beside;
mod blocks;
mod columns;
mod contenders;
mod copies;
mod fill;
mod groups;
mod indexed;
mod labelled;
mod lexicon;
mod list;
mod loose;
mod meaning;
mod order;
mod prepare;
mod rests;
mod rows;
mod run_on;
mod runs;
mod shape;
mod shifted;
mod spaced;
mod times;
mod torn;
mod unparted;
mod unruled;

use std::collections::HashSet;
use std::sync::LazyLock;

use self::fill::Filled;
use self::lexicon::{TableAxes, Word, word};
use self::prepare::Prepared;
use self::rows::{RowCell, Source};
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::document::{Block, Document, Grid, Origin};
use crate::forms::{self, Form, TableSpec};
use crate::metadata;
use crate::report::{ByKey, Evidence, Metadata, OtherTable, Tables, pointer};
use crate::text::label::Label;

/// A cell of the table holds words where a number belongs.
pub const VALUE_NOT_A_NUMBER: Code = Code {
    code: "form.value_not_a_number",
    severity: Severity::Warning,
    english: "A cell of a table holds something that is not one number; the figure is null and the text is in the evidence.",
    chinese: "表格单元格的内容不是单一数字；该数值记为 null，原文见 evidence。",
};

/// A number with a space inside that is one number.
pub const NUMBER_PARTED: Code = Code {
    code: "form.number_parted",
    severity: Severity::Warning,
    english: "A number has a space inside, or continues in the line below; its digits were read as one number, which the sums of this \
              table bear out, or those of other numbers with a space in this document.",
    chinese: "数字中间有空格，或接续在下一行；按一个数读取，本表的合计关系（或本文件中其他带空格数字的合计关系）可以印证。",
};

/// A number with a space inside, or with digits of both widths, that may be two.
pub const NUMBER_AMBIGUOUS: Code = Code {
    code: "form.number_ambiguous",
    severity: Severity::Warning,
    english: "The digits of a cell have a space inside or are of both widths, or digits without a label stand below them; they may be one \
              number or two, and no sum of the table bears out either. The figure is null and the text is in the evidence.",
    chinese: "单元格中的数字之间有空格或全角半角混用，或其下一行还有不带行标题的数字，可能是一个数，也可能是两个数，表内合计关系无法印证；\
              该数值记为 null，原文见 evidence。",
};

/// An amount without a unit.
pub const UNIT_ASSUMED: Code = Code {
    code: "form.unit_assumed",
    severity: Severity::Warning,
    english: "Neither the cell nor the column header names the unit of an amount; it was taken as 万元, the unit of the form. \
              Some bodies write 元.",
    chinese: "单元格和表头均未注明金额单位，按表样单位“万元”读取；个别单位实际填写的是“元”。",
};

/// Columns told by counting.
pub const COLUMNS_BY_COUNT: Code = Code {
    code: "form.columns_by_count",
    severity: Severity::Info,
    english: "No column header fits the values of a row; since there are exactly as many values as the form has columns, they \
              were placed in the form's order.",
    chinese: "没有与该行数值对应的表头；因数值个数与表样列数完全一致，按表样顺序读取。",
};

/// A column that a table lacks.
pub const COLUMN_MISSING: Code = Code {
    code: "form.column_missing",
    severity: Severity::Warning,
    english: "A table lacks a column of the form, or several; the others were read by their headers, and the figures of the missing ones are \
              null.",
    chinese: "表格缺少表样中的一列或多列；其余各列按表头读取，缺少的列记为 null。",
};

/// A row placed between its neighbours.
pub const ROW_BY_POSITION: Code = Code {
    code: "form.row_by_position",
    severity: Severity::Warning,
    english: "The label of a row is damaged or stands on another line than its values; the row was placed because it stands in the \
              only gap between its neighbours.",
    chinese: "行标题残缺，或与数值不在同一行；因其恰好位于相邻两行之间唯一的空位，按位置读取。",
};

/// A row whose values cannot be told apart.
pub const ROW_UNCLEAR: Code = Code {
    code: "form.row_unclear",
    severity: Severity::Warning,
    english: "Which values of a row belong to which columns is not certain, for the reason given; its figures are null.",
    chinese: "该行数值与各列的对应关系不能确定，原因见说明；其数值记为 null。",
};

/// A row whose label matches nothing where something is missing.
pub const ROW_UNRECOGNIZED: Code = Code {
    code: "form.row_unrecognized",
    severity: Severity::Warning,
    english: "A row with figures has a label that is no row of the form, in a place where rows of the form are missing; it may be \
              one of them. It is in extra_rows, and the missing figures are null.",
    chinese: "某行数值的行标题与表样不符，而表样在此处缺少相应的行，可能就是其中之一；该行列入 extra_rows，缺少的数值记为 null。",
};

/// A group placed by order.
pub const GROUP_BY_POSITION: Code = Code {
    code: "form.group_by_position",
    severity: Severity::Info,
    english: "The names of the proceedings above the outcomes of table 4 are missing or incomplete; the order of the form was \
              taken.",
    chinese: "复议诉讼表中各类程序的表头缺失或不完整，按表样顺序读取。",
};

/// The table stands in the file more than once.
pub const TABLE_REPEATED: Code = Code {
    code: "form.table_repeated",
    severity: Severity::Warning,
    english: "A table stands in the file more than once; one that is not said to be of another year or body was read, the first that is \
              complete. The others are in other_tables.",
    chinese: "同一表格在文件中出现多次；读取未注明属于其他年度或其他机关的一份，有多份时读取首个完整的一份，其余列入 other_tables。",
};

/// A table of another year.
pub const OTHER_YEAR: Code = Code {
    code: "form.other_year",
    severity: Severity::Warning,
    english: "The text above a table, in its header or below it names another year than the report is about, or a part of a year, or calls \
              it a sample, and the file has no other such table. The table is null; where other text around it names the report's year, or \
              a note below it alone names another, it was read.",
    chinese: "表格标题、表头或下方附注注明的时间与报告年度不同，或注明为样表，且文件中没有其他同类表格；该表记为 null。\
              若其周围另有文字注明为报告年度，或仅有下方附注注明其他年度，则仍按此读取。",
};

/// A table of another body.
pub const OTHER_BODY: Code = Code {
    code: "form.other_body",
    severity: Severity::Warning,
    english: "The caption of a table names another body than the one that reports, or several bodies, and the file has no other such table; \
              the table is null.",
    chinese: "表格标题注明的是报告机关以外的其他机关，或多个机关的汇总，且文件中没有其他同类表格；该表记为 null。",
};

/// The labels of a table without its figures.
pub const FIGURES_MISSING: Code = Code {
    code: "form.figures_missing",
    severity: Severity::Warning,
    english: "The labels of a table's rows stand in the file, but no figures that belong to them, as where numbers were torn away \
              from their labels; the table is null.",
    chinese: "文件中有该表的行标题，但没有与之对应的数值（例如数值与行标题脱离），该表记为 null。",
};

/// Digits without borders that only one reading adds up.
pub const FIGURES_UNPARTED: Code = Code {
    code: "form.figures_unparted",
    severity: Severity::Warning,
    english: "No border shows where the numbers of a row begin and end; of all ways to part its digits exactly one satisfies the sums of \
              the form, and that one was read.",
    chinese: "某行数字之间没有分隔；在所有可能的拆分方式中只有一种满足表样的勾稽关系，按该方式读取。",
};

/// Bands of two forms in one table.
pub const FORMS_MIXED: Code = Code {
    code: "form.forms_mixed",
    severity: Severity::Info,
    english: "A table follows one form in some of its bands and another form in others; each band was read under its own form.",
    chinese: "同一表格中各部分采用了不同年度的表样；各部分分别按其所用表样读取。",
};

/// Two forms fit equally well.
pub const FORM_UNDECIDED: Code = Code {
    code: "form.undecided",
    severity: Severity::Warning,
    english: "The rows in which the forms differ are missing and the year of the report is unknown, so that the form of a table is null.",
    chinese: "区分表样的行缺失且报告年度不明，无法确定该表所用表样，form 记为 null。",
};

/// Several rows for one row of the form.
pub const ROWS_CONFLICT: Code = Code {
    code: "form.rows_conflict",
    severity: Severity::Warning,
    english: "Two rows of a table have the label of the same row of the form and hold different figures; the figures are null.",
    chinese: "表格中有两行的行标题对应表样的同一行而数值不同；该行数值记为 null。",
};

/// Several copies of one table that differ.
pub const COPIES_CONFLICT: Code = Code {
    code: "form.copies_conflict",
    severity: Severity::Warning,
    english: "Two copies of a table, neither of which is said to be of another year, hold different figures; the figures that differ, or that one of them does not show, are null.",
    chinese: "同一表格的两份均未注明属于其他年度而数值不同；不一致或其中一份未显示的数值记为 null。",
};

/// A part of a column's name with fewer characters can be part of anything.
const SHORTEST_PART: usize = 3;
/// Fewer labels of a table than this can be chance.
const FEWEST_LABELS: usize = 3;

/// Diagnostics of this module.
pub const CODES: &[Code] = &[
    VALUE_NOT_A_NUMBER,
    NUMBER_PARTED,
    NUMBER_AMBIGUOUS,
    UNIT_ASSUMED,
    COLUMNS_BY_COUNT,
    COLUMN_MISSING,
    ROW_BY_POSITION,
    ROW_UNCLEAR,
    ROW_UNRECOGNIZED,
    GROUP_BY_POSITION,
    TABLE_REPEATED,
    OTHER_YEAR,
    OTHER_BODY,
    FIGURES_MISSING,
    FIGURES_UNPARTED,
    FORMS_MIXED,
    FORM_UNDECIDED,
    ROWS_CONFLICT,
    COPIES_CONFLICT,
];

/// What the forms found in a document.
#[derive(Debug, Default)]
pub struct Found {
    /// The tables.
    pub tables: Tables,
    /// What was printed for each figure, by JSON Pointer.
    pub evidence: ByKey<Evidence>,
    /// Grids that fit no form.
    pub other_tables: Vec<OtherTable>,
    /// For each block of the document whether it belongs to a table.
    pub claimed: Vec<bool>,
    /// What was noticed.
    pub diagnostics: Vec<Diagnostic>,
}

/// Who reports, on what year, as far as they are known.
#[derive(Clone, Copy)]
struct Reporter<'a> {
    agency: Option<&'a str>,
    year: Option<i32>,
}

impl Reporter<'_> {
    /// Whether a caption is that of another body.
    fn is_another(&self, caption: &str) -> bool {
        self.agency
            .is_some_and(|agency| metadata::is_of_another_body(caption, agency))
    }
}

/// What tables are read from.
struct Input<'a> {
    document: &'a Document,
    /// All rows of grids and lines.
    rows: &'a [Prepared<'a>],
    /// Who reports, on what year.
    reporter: Reporter<'a>,
    /// What stands above each row in its grid.
    above: copies::Above,
}

/// A table of a form with its matcher.
struct Candidate {
    form: &'static Form,
    spec: &'static TableSpec,
    axes: &'static TableAxes,
}

impl Candidate {
    /// Whether a text is beyond doubt the label of one of its rows.
    fn has_row(&self, word: &Word) -> bool {
        let matches = self.axes.rows.matches(word, &[]);
        matches.iter().any(|m| m.score >= lexicon::STRONG)
    }
}

static CANDIDATES: LazyLock<Vec<Candidate>> = LazyLock::new(|| {
    let tables = forms::forms()
        .iter()
        .flat_map(|form| form.tables.iter().map(move |spec| (form, spec)));
    tables
        .zip(lexicon::tables())
        .map(|((form, spec), axes)| Candidate { form, spec, axes })
        .collect()
});

/// Finds the statistical tables in the blocks before `end`, which is where another report begins in the same file. `metadata` says
/// who reports on what year, if known; the year decides between forms that fit equally well, and both between copies of a table.
pub fn find(document: &Document, metadata: &Metadata, end: usize) -> Found {
    let reporter = Reporter {
        agency: metadata.agency.as_deref(),
        year: metadata.year,
    };
    let (rows, in_lines) = rows::rows(document, end);
    let rows = times::leave_out_others(rows, reporter.year);
    let prepared = prepare::prepare(document, &rows);
    let input = Input {
        document,
        rows: &prepared,
        reporter,
        above: copies::Above::of(&prepared, &reporter),
    };
    let mut found = Found {
        claimed: vec![false; document.blocks.len()],
        ..Found::default()
    };
    let mut copies = vec![false; document.blocks.len()];
    let mut tables: Vec<(&str, Filled)> = Vec::new();
    let words = contenders::words(&prepared);
    for key in forms::TABLES {
        let expected = reporter
            .year
            .and_then(|year| forms::form_in(key, year))
            .map(|form| form.id.as_str());
        let usual = tables.iter().find_map(|(_, filled)| filled.table.form.clone());
        let candidates = CANDIDATES.iter().filter(|candidate| candidate.spec.key == key);
        let contenders = contenders::contenders(&words, candidates.collect(), expected, usual.as_deref());
        let mut unclear = None;
        let mut seconds: Vec<(Filled, &TableSpec)> = Vec::new();
        let readings = contenders.into_iter().filter_map(|candidate| {
            let is_expected = expected == Some(candidate.form.id.as_str());
            let (filled, reason) = match read(&input, candidate) {
                Ok(mut filled) => match filled.is_second.take() {
                    None => (Some(filled), None),
                    Some(reason) => {
                        seconds.push((filled, candidate.spec));
                        (None, reason)
                    }
                },
                Err(reason) => (None, reason),
            };
            let Some(filled) = filled else {
                unclear = reason.filter(|_| is_expected || unclear.is_none()).or(unclear.take());
                return None;
            };
            Some(bands::Reading {
                form: &candidate.form.id,
                expected: is_expected,
                filled,
            })
        });
        let Some(mut filled) = bands::choose(readings.collect(), usual.as_deref()) else {
            let reason = unclear
                .map(|reason| *reason)
                .or_else(|| figures_missing(&prepared, &in_lines, key));
            found.diagnostics.extend(reason);
            continue;
        };
        for (second, spec) in &seconds {
            if second.blocks.is_disjoint(&filled.blocks) {
                filled.contradict(second, &spec.label);
            }
        }
        for block in &filled.blocks {
            found.claimed[*block] = true;
        }
        for block in &filled.copies {
            copies[*block] = true;
        }
        match filled.refused {
            Some(reason) => found.diagnostics.push(reason),
            None => tables.push((key, filled)),
        }
    }
    spaced::decide(tables.iter_mut().map(|(_, filled)| filled));
    for (key, filled) in tables {
        found.take(key, filled);
    }
    found.other_tables = document
        .blocks
        .iter()
        .enumerate()
        .filter_map(|(index, block)| match block {
            Block::Grid(grid) if !found.claimed[index] => Some(other_table(grid)),
            _ => None,
        })
        .collect();
    for (claimed, copy) in found.claimed.iter_mut().zip(copies) {
        *claimed |= copy;
    }
    found
}

/// Reads a table under one form. Where there is none, what to say of rows that may be its own.
fn read(input: &Input, candidate: &Candidate) -> Result<Filled, Option<Box<Diagnostic>>> {
    let Candidate { form, spec, axes } = candidate;
    if spec.bands.iter().any(|band| !band.groups.is_empty()) {
        return groups::read_groups(input, &form.id, spec, axes).ok_or(None);
    }
    let is_foreign = |word: &Word| {
        let others = CANDIDATES
            .iter()
            .filter(|other| other.spec.key == spec.key && other.form.id != form.id);
        let mut columns = others.flat_map(|other| &other.axes.columns);
        // A part of a name over two lines tells the form as well, if this form has no such part.
        let is_part =
            word.label.full.chars().count() >= SHORTEST_PART && !axes.columns.iter().any(|own| own.has_part(word));
        columns
            .any(|band| band.best(word).is_some_and(|m| m.score >= lexicon::STRONG) || is_part && band.has_part(word))
    };
    labelled::read_rows(input, &form.id, spec, axes, &is_foreign)
}

/// What to say of a table that was not read, if labels of its rows are there.
fn figures_missing(rows: &[Prepared], in_lines: &[(&str, &Origin)], key: &str) -> Option<Diagnostic> {
    let mut targets = HashSet::new();
    let candidates = || CANDIDATES.iter().filter(|candidate| candidate.spec.key == key);
    let is_label = |text: &str| {
        let word = word(text);
        candidates().find_map(|candidate| {
            let best = candidate.axes.rows.best(&word).filter(|m| m.score >= lexicon::STRONG)?;
            Some((&candidate.form.id, best.target))
        })
    };
    // In a text the words before the values of a row may be those of many.
    let has_values = |row: &Prepared, label: usize| {
        let behind = &row.row.cells[label + 1..];
        let first = behind.len().min(1);
        let is_text = row.row.source == Source::Stream;
        behind[..if is_text { first } else { behind.len() }]
            .iter()
            .any(RowCell::is_filled_value)
    };
    let cells = rows.iter().flat_map(|row| {
        let texts = row.row.cells.iter().enumerate().filter(|(_, cell)| cell.is_text());
        texts.map(|(at, cell)| (cell.text, cell.origin, has_values(row, at)))
    });
    let in_lines = in_lines.iter().map(|(text, origin)| (*text, *origin, false));
    let labels: Vec<(&Origin, bool)> = cells
        .chain(in_lines)
        .filter(|(text, ..)| is_label(text).is_some_and(|target| targets.insert(target)))
        .map(|(_, origin, has_values)| (origin, has_values))
        .collect();
    let (origin, _) = labels.get(FEWEST_LABELS - 1)?;
    let with_values = labels.iter().filter(|(_, has_values)| *has_values).count();
    let origin = (*origin).clone();
    if with_values * 2 > labels.len() {
        let message = format!("the labels of {key} are here with figures, but which of them is which cannot be told");
        return Some(ROW_UNCLEAR.at(origin, message));
    }
    Some(FIGURES_MISSING.at(origin, format!("the labels of {key} are here, but not its figures")))
}

impl Found {
    fn take(&mut self, key: &str, filled: Filled) {
        for (cell, evidence) in filled.evidence {
            self.evidence.insert(pointer::figure(key, &cell), evidence);
        }
        self.diagnostics.extend(filled.diagnostics);
        self.diagnostics
            .extend(filled.unclear.into_iter().map(|(_, unclear)| unclear));
        self.tables.set(key, Some(filled.table));
    }
}

fn other_table(grid: &Grid) -> OtherTable {
    let mut rows = vec![vec![String::new(); grid.columns()]; grid.rows()];
    for cell in grid.cells() {
        rows[cell.row][cell.column] = cell.text.clone();
    }
    OtherTable {
        rows,
        origin: grid.origin().clone(),
    }
}

/// Whether a text is the label of a row of some form.
fn is_known_label(text: &str) -> bool {
    let word = word(text);
    CANDIDATES.iter().any(|candidate| candidate.has_row(&word))
}

/// Whether a line is the label of a row or of a group of rows in some form: such a line is never a heading. The groups of tables that
/// no form demands are worded as sections are (主动公开情况), and tell nothing.
pub fn is_row_label(text: &str) -> bool {
    static GROUPS: LazyLock<HashSet<String>> = LazyLock::new(|| {
        let demanded = CANDIDATES.iter().filter(|candidate| !candidate.spec.optional);
        let paths = demanded
            .flat_map(|candidate| candidate.spec.rows())
            .flat_map(|row| &row.path);
        paths.map(|path| Label::parse(path).bare).collect()
    });
    let word = word(text);
    let mut demanded = CANDIDATES.iter().filter(|candidate| !candidate.spec.optional);
    GROUPS.contains(&word.label.bare) || demanded.any(|candidate| candidate.has_row(&word))
}

#[cfg(feature = "ocr")]
#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::{Hints, read};

    /// The figures of a row or group of the tables of a page, where the model that recognised it was as sure of a cell as is said.
    fn figures(page: &str, unsure: (&str, f64), table: &str, row: &str) -> String {
        let mut document = read(page.as_bytes(), &Hints::default()).unwrap();
        for block in &mut document.blocks {
            let Block::Grid(grid) = block else { continue };
            let texts: Vec<String> = grid.cells().iter().map(|cell| cell.text.clone()).collect();
            for (origin, text) in grid.origins_mut().skip(1).zip(texts) {
                if text == unsure.0 {
                    *origin = Origin::recognised(1, [0.0; 4], Some(unsure.1));
                }
            }
        }
        let metadata = Metadata {
            year: Some(2023),
            ..Metadata::default()
        };
        let found = find(&document, &metadata, document.blocks.len());
        let table = found.tables.get(table).unwrap();
        let of_row = table.values.0.iter().filter(|(key, _)| key.starts_with(row));
        let figures: Vec<String> = of_row
            .map(|(_, figure)| figure.map_or("·".into(), |figure| figure.to_string()))
            .collect();
        figures.join(" ")
    }

    #[test]
    fn the_name_of_an_outcome_that_was_not_read_clearly_is_told_by_its_place_and_a_clear_one_is_not() {
        let names = "<td>结果维持<td>结果纠正<td>其他结果<td>尚未审结<td>";
        let page = "<table><tr><td colspan=5>行政复议<td colspan=5>未经复议直接起诉<td colspan=5>复议后起诉<tr>"
            .to_string()
            + &format!("{names}总计{names}总计{names}et<tr>")
            + &"1 0 2 0 3 9 0 0 0 9 0 3 4 5 12"
                .split(' ')
                .map(|figure| format!("<td>{figure}"))
                .collect::<String>();
        let read = |likely| figures(&page, ("et", likely), "review_litigation", "litigation_after_review");
        assert_eq!([read(0.4), read(0.99)], ["0 3 4 5 12", "· · · · ·"]);
    }

    #[test]
    fn outcomes_of_a_group_that_were_not_read_clearly_are_told_by_their_places_beside_two_that_were() {
        let names = "<td>结果维持<td>结果纠正<td>其他结果<td>尚未审结<td>总计";
        let read = |damaged: &str| {
            let page = "<table><tr><td colspan=5>行政复议<td colspan=5>未经复议直接起诉<td colspan=5>复议后起诉<tr>"
                .to_string()
                + &format!("{names}{damaged}{names}<tr>")
                + &"1 0 2 0 3 9 0 0 0 9 0 3 4 5 12"
                    .split(' ')
                    .map(|figure| format!("<td>{figure}"))
                    .collect::<String>();
            figures(&page, ("et", 0.4), "review_litigation", "litigation_direct")
        };
        assert_eq!(read("<td>et<td>结果纠正<td>et<td>尚未审结<td>et"), "9 0 0 0 9");
        assert_eq!(read("<td>et<td>结果纠正<td>et<td>et<td>et"), "· · · · ·");
    }

    #[test]
    fn two_labels_that_were_not_read_clearly_are_told_by_the_gap_of_two_rows_between_their_neighbours() {
        let read = |rows: &[&str], likely| {
            let header = "项目 自然人 商业企业 科研机构 社会公益组织 法律服务机构 其他 总计";
            let row = |row: &&str| {
                let cells = row.split(' ').map(|cell| format!("<td>{cell}"));
                format!("<tr>{}", cells.collect::<String>())
            };
            let page: String = [&header].into_iter().chain(rows).map(row).collect();
            let page = format!("<table>{page}</table>");
            figures(&page, ("eit", likely), "applications", "partially_granted")
        };
        let rows = [
            "一、本年新收政府信息公开申请数量 11 1 2 3 4 5 26",
            "二、上年结转政府信息公开申请数量 6 0 0 0 0 7 13",
            "eit 8 1 0 0 0 0 9",
            "eit 2 0 0 0 0 1 3",
            "1.属于国家秘密 0 0 0 0 0 0 0",
        ];
        assert_eq!(
            [read(&rows, 0.4), read(&rows, 0.99)],
            ["2 0 0 0 0 1 3", "· · · · · · ·"]
        );
        let three = [&rows[..3], &rows[2..]].concat();
        assert_eq!(read(&three, 0.4), "· · · · · · ·");
    }

    #[test]
    fn a_label_that_was_not_read_clearly_is_told_by_the_only_gap_between_its_neighbours() {
        let header = "项目 自然人 商业企业 科研机构 社会公益组织 法律服务机构 其他 总计";
        let rows = [
            header,
            "一、本年新收政府信息公开申请数量 11 1 2 3 4 5 26",
            "二、上年结转政府信息公开申请数量 6 0 0 0 0 7 13",
            "eit 8 1 0 0 0 0 9",
            "（二）部分公开 2 0 0 0 0 1 3",
        ];
        let row = |row: &str| {
            format!(
                "<tr>{}",
                row.split(' ').map(|cell| format!("<td>{cell}")).collect::<String>()
            )
        };
        let page = format!("<table>{}</table>", rows.map(row).concat());
        let read = |likely| figures(&page, ("eit", likely), "applications", "granted");
        assert_eq!([read(0.4), read(0.99)], ["8 1 0 0 0 0 9", "· · · · · · ·"]);
    }
}
