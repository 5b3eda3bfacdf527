//! The tables of a dataset: the one place that names their columns.
//!
//! Invariant: [`super::rows`] fills the columns in this order, and a test compares the two.

use std::borrow::Cow;
use std::collections::HashSet;
use std::sync::LazyLock;

use super::codebook;
use super::table::{Column, ForeignKey, Table, Type};
use super::totals::totals;
use crate::forms::TABLES;
use Type::{Boolean, Count, Decimal, Edge, Integer, Text};

/// Positions of the tables in [`tables`] and in a block.
pub const INPUTS: usize = 0;
/// See [`INPUTS`].
pub const REPORTS: usize = 1;
/// See [`INPUTS`].
pub const FIGURES: usize = 2;
/// See [`INPUTS`].
pub const WIDE: usize = 3;
/// See [`INPUTS`].
pub const SECTIONS: usize = 4;
/// See [`INPUTS`].
pub const CHECKS: usize = 5;
/// See [`INPUTS`].
pub const DIAGNOSTICS: usize = 6;
/// See [`INPUTS`].
pub const NARRATIVE: usize = 7;
/// Position of the table of harmonised indicators.
pub const HARMONISED: usize = 8;
/// Position of the table of what takes part in checks.
pub const CHECK_CELLS: usize = 9;
/// Position of the table of reasons.
pub const REASONS: usize = 10;
/// Position of the table of findings over the years.
pub const SERIES_FINDINGS: usize = 11;
/// Position of the table of corrections.
pub const CORRECTIONS: usize = 12;
/// Position of the table of what findings point at.
pub const DIAGNOSTIC_CELLS: usize = 13;

const OF_REPORT: &[ForeignKey] = &[ForeignKey {
    column: "report_id",
    table: "reports",
    target: "report_id",
}];

const SAME_REPORT: &[ForeignKey] = &[ForeignKey {
    column: "same_report_as",
    table: "reports",
    target: "report_id",
}];

const OF_REPORT_AND_FIRST: &[ForeignKey] = &[OF_REPORT[0], SAME_REPORT[0]];

const BOTH_REPORTS: &[ForeignKey] = &[
    ForeignKey {
        column: "report_before",
        table: "reports",
        target: "report_id",
    },
    ForeignKey {
        column: "report_id",
        table: "reports",
        target: "report_id",
    },
];

static ALL: LazyLock<Vec<Table>> = LazyLock::new(|| {
    vec![
        inputs(),
        reports(),
        figures(),
        wide(),
        sections(),
        checks(),
        diagnostics(),
        narrative(),
        harmonised(),
        check_cells(),
        reasons(),
        series_findings(),
        corrections(),
        diagnostic_cells(),
    ]
});

/// Every table, in the order of the positions above.
pub fn tables() -> &'static [Table] {
    &ALL
}

fn column(name: &'static str, kind: Type, description: &'static str) -> Column {
    Column {
        name: name.into(),
        kind,
        required: false,
        description: description.into(),
    }
}

fn required(name: &'static str, kind: Type, description: &'static str) -> Column {
    Column {
        required: true,
        ..column(name, kind, description)
    }
}

fn report_id() -> Column {
    required(
        "report_id",
        Text,
        "The report: the first 16 digits of the SHA-256 of its file",
    )
}

/// Number of the columns of a place.
pub(super) const ORIGIN_COLUMNS: usize = 15;

/// Where something stands in its file; the last columns of several tables.
fn origin() -> [Column; ORIGIN_COLUMNS] {
    [
        column("page", Integer, "Page, from 1"),
        column("x0", Edge, "Left edge on the page, in points"),
        column("y0", Edge, "Upper edge on the page, in points from the top"),
        column("x1", Edge, "Right edge on the page, in points"),
        column("y1", Edge, "Lower edge on the page, in points from the top"),
        column("path", Text, "Path in the DOM or XML tree"),
        column("line", Integer, "Line of the text, from 1"),
        column("character", Integer, "Character of the line, from 1"),
        column("paragraph", Integer, "Paragraph outside of tables, from 1"),
        column("table_number", Integer, "Table of the text document, from 1"),
        column("table_row", Integer, "Row of that table, from 1"),
        column("table_cell", Integer, "Number among the cells of that row, from 1"),
        column("sheet", Text, "Sheet of the workbook"),
        column("address", Text, "Address of the cell in the sheet, such as B7"),
        column(
            "picture",
            Text,
            "Picture in the document that the edges lie on, in its pixels",
        ),
    ]
}

fn inputs() -> Table {
    Table {
        name: "inputs",
        description: "One row for each input, in the order of the inputs, with what became of it",
        columns: vec![
            required("input", Integer, "Number of the input, from 1"),
            required(
                "name",
                Text,
                "Path; below it, after !, the member of an archive or the address in a web archive",
            ),
            column("url", Text, "Address that it was fetched from, from a web archive"),
            column("fetched", Text, "When it was fetched, ISO 8601, from a web archive"),
            column("bytes", Integer, "Size; of a body from a web archive after decoding"),
            column("sha256", Text, "SHA-256 of these bytes"),
            required(
                "fate",
                Text,
                "annual_report, duplicate, scan, list_page, attachment_only, not_a_report, no_reader or unreadable",
            ),
            column("reason", Text, "Why, as a word"),
            column("detail", Text, "Why, in words"),
            column(
                "report_id",
                Text,
                "The report that it gave, or that it has the same bytes as",
            ),
        ],
        primary_key: &["input"],
        foreign_keys: OF_REPORT,
    }
}

fn reports() -> Table {
    let mut columns = vec![
        report_id(),
        column("name", Text, "Name of the input"),
        column("url", Text, "Address that it was fetched from"),
        required("media_type", Text, "Media type of the file"),
        column("encoding", Text, "Character encoding that was used"),
        column("pages", Integer, "Number of pages"),
        column("title", Text, "Title as printed"),
        column("agency", Text, "The public body that reports"),
        column("body", Text, "The same body under one name for all its spellings"),
        column("level", Text, "central, province, city, county, township or zone"),
        column(
            "body_kind",
            Text,
            "What it is: government, general_office, bureau, town, …",
        ),
        column("region_code", Text, "GB/T 2260 code of its region in that year"),
        column("region_name", Text, "Name of that region"),
        column("province", Text, "Name of its province"),
        column("year", Integer, "The year reported on"),
        column("period_start", Text, "First day that the figures cover, ISO 8601"),
        column("period_end", Text, "Last day that the figures cover, ISO 8601"),
        column("published", Text, "Day of publication, ISO 8601"),
        column("index_number", Text, "索引号"),
        column("document_number", Text, "文号"),
        column("site_name", Text, "Name of the site"),
        column("site_domain", Text, "Domain of the site"),
        column("site_id_code", Text, "Identification code of the government site"),
    ];
    columns.extend(TABLES.map(|key| Column {
        name: format!("form_{key}").into(),
        kind: Text,
        required: false,
        description: format!("Form of the table {key}; nothing where nothing decides between forms").into(),
    }));
    columns.extend([
        required("checks_passed", Integer, "Number of checks that hold"),
        required("checks_failed", Integer, "Number of checks that do not hold"),
        required("checks_unknown", Integer, "Number of checks that lack a figure"),
        column("same_report_as", Text, "An earlier report of the same agency and year"),
        column("agrees", Boolean, "Whether every figure that both have, in tables and in sentences, is the same; nothing where they have none in common"),
        required(
            "says_corrected",
            Boolean,
            "Whether its title says that it is a version that puts another right (更正, 修订)",
        ),
        column(
            "kind",
            Text,
            "What the document is: annual_report; another word or nothing where it has figures of disclosure and is something else",
        ),
    ]);
    Table {
        name: "reports",
        description: "One row for each report",
        columns,
        primary_key: &["report_id"],
        foreign_keys: SAME_REPORT,
    }
}

fn figures() -> Table {
    let mut columns = vec![
        report_id(),
        required("key", Text, "Key of the figure in the codebook: table, row and column"),
        required(
            "form",
            Text,
            "Form that has the figure: with the key, its line in the codebook",
        ),
        required("table", Text, "Key of the table"),
        required(
            "row",
            Text,
            "Key of the row (the indicator), or of the group of columns",
        ),
        required("column", Text, "Key of the column"),
        column("value", Decimal, "The number, or nothing"),
        column("value_text", Text, "The number with the digits that were printed"),
        column("unit", Text, "Unit"),
        column(
            "state",
            Text,
            "number, zero, blank, placeholder, text, inferred or absent: why there is a value or none",
        ),
        column("raw", Text, "What stands in the cell"),
    ];
    columns.extend(origin());
    columns.push(column(
        "value_int",
        Integer,
        "The number where it is a whole one, as all counts are",
    ));
    Table {
        name: "figures",
        description: "One row for each figure of each report",
        columns,
        primary_key: &["report_id", "key"],
        foreign_keys: OF_REPORT,
    }
}

/// Columns of the wide table before the figures.
pub const WIDE_HEAD: usize = 11;

fn wide() -> Table {
    let mut columns = vec![
        report_id(),
        column("agency", Text, "The public body that reports"),
        column("body", Text, "The same body under one name for all its spellings"),
        column("level", Text, "central, province, city, county, township or zone"),
        column(
            "body_kind",
            Text,
            "What it is: government, general_office, bureau, town, …",
        ),
        column("region_code", Text, "GB/T 2260 code of its region in that year"),
        column("region_name", Text, "Name of that region"),
        column("province", Text, "Name of its province"),
        column("year", Integer, "The year reported on"),
        column("title", Text, "Title as printed"),
        column("name", Text, "Name of the input"),
    ];
    let mut seen = HashSet::new();
    // A figure that two forms have is one column.
    for line in codebook::lines().iter().filter(|line| seen.insert(&line.key)) {
        columns.push(Column {
            name: Cow::Borrowed(&line.key),
            kind: if line.counts() { Count } else { Decimal },
            required: false,
            description: format!("{} ({}; {})", line.english, line.chinese, line.unit).into(),
        });
    }
    columns.extend(totals().iter().map(|total| Column {
        name: Cow::Borrowed(&total.key),
        kind: Count,
        required: false,
        description: format!("{} ({}; {})", total.english, total.chinese, total.unit).into(),
    }));
    columns.push(column(
        "corrected",
        Text,
        "Columns of this row that a correction changed, separated by spaces; nothing where none did",
    ));
    Table {
        name: "wide",
        description: "One row for each report, one column for each figure, named as in the codebook, and totals that the forms lack, \
                      computed, as computed.…",
        columns,
        primary_key: &["report_id"],
        foreign_keys: OF_REPORT,
    }
}

/// The Chinese names of the columns of the wide table.
pub fn wide_labels() -> Vec<&'static str> {
    let mut labels = vec![
        "报告编号",
        "机关",
        "机关（统一名称）",
        "层级",
        "机关类型",
        "行政区划代码",
        "行政区划",
        "省份",
        "年度",
        "标题",
        "文件",
    ];
    let mut seen = HashSet::new();
    let figures = codebook::lines().iter().filter(|line| seen.insert(&line.key));
    labels.extend(figures.map(|line| line.chinese.as_str()));
    labels.extend(totals().iter().map(|total| total.chinese.as_str()));
    labels.push("更正过的指标");
    labels
}

fn sections() -> Table {
    let mut columns = vec![
        report_id(),
        required("section", Integer, "Number of the section in its report, from 1"),
        column("parent", Integer, "The section that it stands in"),
        required("level", Integer, "Depth, from 1"),
        column("key", Text, "Canonical key of a main section"),
        required(
            "also",
            Text,
            "Keys of further main sections that the heading names, separated by spaces",
        ),
        column("number", Text, "Number as printed"),
        required("heading", Text, "Heading as printed"),
        required("text", Text, "Text before the first section within"),
    ];
    columns.extend(origin());
    Table {
        name: "sections",
        description: "One row for each section of each report",
        columns,
        primary_key: &["report_id", "section"],
        foreign_keys: OF_REPORT,
    }
}

fn checks() -> Table {
    Table {
        name: "checks",
        description: "One row for each rule held against each report",
        columns: vec![
            report_id(),
            required("check", Integer, "Number of the check in its report, from 1"),
            required("code", Text, "Code; nianbao explain CODE tells more"),
            required("status", Text, "pass, fail or unknown"),
            required("message", Text, "The rule with the numbers of the report"),
            column("left", Decimal, "Left side"),
            column("right", Decimal, "Right side"),
            column("difference", Decimal, "Left less right"),
            required("cells", Text, "JSON Pointers to the figures, separated by spaces"),
        ],
        primary_key: &["report_id", "check"],
        foreign_keys: OF_REPORT,
    }
}

fn diagnostics() -> Table {
    let mut columns = vec![
        report_id(),
        required("diagnostic", Integer, "Number of the finding in its report, from 1"),
        required("code", Text, "Code; nianbao explain CODE tells more"),
        required("severity", Text, "info, warning or error"),
        required("message", Text, "What was noticed"),
    ];
    columns.extend(origin());
    Table {
        name: "diagnostics",
        description: "One row for each thing noticed while reading",
        columns,
        primary_key: &["report_id", "diagnostic"],
        foreign_keys: OF_REPORT,
    }
}

fn narrative() -> Table {
    let mut columns = vec![
        report_id(),
        required("figure", Integer, "Number of the figure in its report, from 1"),
        required("key", Text, "What it counts"),
        column("value", Decimal, "The number"),
        required("value_text", Text, "The number with the digits that were printed"),
        column("unit", Text, "Unit as printed"),
        column(
            "scope",
            Text,
            "Whose figure it is: whole (the body that reports), part, several (bodies); null where left open",
        ),
        column(
            "basis",
            Text,
            "Its time: year, cumulative, part_of_year, period; null where left open",
        ),
        required("approximate", Boolean, "Whether the sentence rounds it"),
        required("text", Text, "The sentence"),
    ];
    columns.extend(origin());
    Table {
        name: "narrative",
        description: "One row for each figure that a report states in a sentence",
        columns,
        primary_key: &["report_id", "figure"],
        foreign_keys: OF_REPORT,
    }
}

fn harmonised() -> Table {
    Table {
        name: "harmonised",
        description: "One row for each indicator of the crosswalk that a report has, one series over all forms",
        columns: vec![
            report_id(),
            required("agency", Text, "The body that reports, as its report names it"),
            column("region_code", Text, "GB/T 2260 code of its region"),
            required("year", Integer, "The year reported on"),
            required("indicator", Text, "Key of the indicator in schema/crosswalk.toml"),
            column("value", Decimal, "The value"),
            required("value_text", Text, "The value with the digits that were printed"),
            required("unit", Text, "Unit"),
            required("source", Text, "table or prose"),
            column("form", Text, "Form of the table"),
            required("basis", Text, "The time that it covers: year"),
            required(
                "link",
                Text,
                "How near the figure is to the indicator: = the same, ≈ nearly, Σ a sum, Σ≈ nearly a sum",
            ),
            required(
                "corrected",
                Boolean,
                "Whether the value is not the one that was read, but comes of a correction",
            ),
            column(
                "same_report_as",
                Text,
                "An earlier report of the same agency and year, as in reports",
            ),
        ],
        primary_key: &["report_id", "indicator"],
        foreign_keys: OF_REPORT_AND_FIRST,
    }
}

fn check_cells() -> Table {
    Table {
        name: "check_cells",
        description: "One row for each figure that takes part in a check that fails or lacks a figure",
        columns: vec![
            report_id(),
            required("check", Integer, "Number of the check in its report"),
            required("cell", Integer, "Number of the cell in its check, from 1"),
            required("pointer", Text, "JSON Pointer to what takes part"),
            column(
                "key",
                Text,
                "Key of the figure in the codebook; nothing for a section or a sentence",
            ),
            column("value", Decimal, "The number, or nothing"),
        ],
        primary_key: &["report_id", "check", "cell"],
        foreign_keys: OF_REPORT,
    }
}

fn diagnostic_cells() -> Table {
    Table {
        name: "diagnostic_cells",
        description: "One row for each figure that stands in the very place that a diagnostic points at; a diagnostic about a whole table, \
                      a row by its label, or the file has none",
        columns: vec![
            report_id(),
            required("diagnostic", Integer, "Number of the finding in its report"),
            required("cell", Integer, "Number of the figure in its finding, from 1"),
            required("pointer", Text, "JSON Pointer to the figure"),
            column("key", Text, "Key of the figure in the codebook"),
            column("value", Decimal, "The number, or nothing"),
        ],
        primary_key: &["report_id", "diagnostic", "cell"],
        foreign_keys: OF_REPORT,
    }
}

fn reasons() -> Table {
    Table {
        name: "reasons",
        description: "One row for each figure that is null, and for each figure of a table that the form of the year demands and the \
                      report lacks, with why",
        columns: vec![
            report_id(),
            required("key", Text, "Key of the figure in the codebook"),
            required("form", Text, "Form that has the figure"),
            required(
                "reason",
                Text,
                "blank, placeholder, text or absent as in the table of figures; table_missing, table_is_picture or table_attached \
                 where the whole table is lacking",
            ),
            column(
                "diagnostic",
                Integer,
                "Number of the finding of its report that says more",
            ),
            column("code", Text, "Code of that finding"),
        ],
        primary_key: &["report_id", "key"],
        foreign_keys: OF_REPORT,
    }
}

fn series_findings() -> Table {
    Table {
        name: "series_findings",
        description: "One row for each thing that the reports of one body say of each other over the years, as nianbao series shows it",
        columns: vec![
            required("finding", Integer, "Number of the finding, from 1"),
            required("agency", Text, "The body, as its first report names it"),
            column("region_code", Text, "GB/T 2260 code of its region today"),
            required("year", Integer, "The year; for a rule, the later one"),
            required(
                "kind",
                Text,
                "gap (no report of the year), several (reports of the year), fail (of a rule between two years) or unknown \
                 (the rule lacks a figure)",
            ),
            column("code", Text, "Code of the rule; nianbao explain CODE tells more"),
            column("report_before", Text, "The report of the year before"),
            column("report_id", Text, "The report of the year"),
            column("message", Text, "The rule with the numbers of the reports"),
            column("left", Decimal, "Left side"),
            column("right", Decimal, "Right side"),
            column("difference", Decimal, "Left less right"),
            required("corrected", Boolean, "Whether a corrected figure takes part"),
        ],
        primary_key: &["finding"],
        foreign_keys: BOTH_REPORTS,
    }
}

fn corrections() -> Table {
    Table {
        name: "corrections",
        description: "One row for each correction of a figure in the overlay that the dataset was written with: taken in wide, harmonised \
                      and series_findings where it applies, and nowhere else",
        columns: vec![
            required("correction", Integer, "Number of the correction in the overlay, from 1"),
            column(
                "report_id",
                Text,
                "The report; nothing where the dataset has no report of these bytes",
            ),
            required("sha256", Text, "SHA-256 of the file that was corrected"),
            column("name", Text, "Name of that file"),
            required("pointer", Text, "JSON Pointer to the figure"),
            column("key", Text, "Key of the figure in the codebook"),
            column("old", Decimal, "The number that was read when it was made, or nothing"),
            column("new", Decimal, "The number that stands in its place, or nothing"),
            required("who", Text, "Who made it"),
            required("made", Text, "When it was made, ISO 8601"),
            required("why", Text, "Why"),
            required(
                "applies",
                Boolean,
                "Whether it was taken; otherwise the report is gone or changed, or is read otherwise now",
            ),
        ],
        primary_key: &["correction"],
        foreign_keys: OF_REPORT,
    }
}
