//! `README.md` of a dataset: what is in it, how it was made, how to read it.
//!
//! Invariant: it holds counts of this dataset and nothing of this machine or this day.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::table::Table;
use super::{Format, WriteError};

/// Most inputs that are named outside the tables.
pub const MOST_NAMED: usize = 100;

/// What became of the corrections that a dataset was written with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Corrections {
    /// Those that were taken.
    pub taken: u64,
    /// Those that no longer apply.
    pub left: u64,
}

/// What is counted while a dataset is written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Inputs by fate.
    pub fates: BTreeMap<String, u64>,
    /// Inputs that are not in the dataset, by fate and reason.
    pub reasons: BTreeMap<(String, String), u64>,
    /// The first inputs that could not be read, [`MOST_NAMED`] at most: name and why.
    pub unread: Vec<(String, String)>,
    /// Reports by year; those without one under nothing.
    pub years: BTreeMap<Option<i32>, u64>,
    /// Rows by table.
    pub rows: BTreeMap<String, u64>,
    /// Checks by status.
    pub checks: BTreeMap<&'static str, u64>,
    /// Reports of an agency and year that an earlier report has as well, where no figure that both have differs.
    pub agreeing: u64,
    /// The same with other figures.
    pub disagreeing: u64,
    /// The same, where no figure is in both.
    pub apart: u64,
    /// Corrections, where an overlay was given.
    pub corrections: Option<Corrections>,
}

impl Counts {
    /// Number of all inputs.
    pub fn inputs(&self) -> u64 {
        self.fates.values().sum()
    }

    /// Number of inputs that could not be read.
    pub fn unread(&self) -> u64 {
        self.fate("unreadable") + self.fate("no_reader")
    }

    /// Number of inputs of one fate.
    pub fn fate(&self, fate: &str) -> u64 {
        self.fates.get(fate).copied().unwrap_or(0)
    }
}

/// The text of the file.
///
/// # Errors
/// Never in practice: writing to a string cannot fail.
pub fn text(counts: &Counts, tables: &[Table], formats: &[Format]) -> Result<String, WriteError> {
    let mut out = String::new();
    compose(&mut out, counts, tables, formats).map_err(WriteError::format("README.md"))?;
    Ok(out)
}

fn compose(out: &mut String, counts: &Counts, tables: &[Table], formats: &[Format]) -> std::fmt::Result {
    let version = env!("CARGO_PKG_VERSION");
    writeln!(
        out,
        "# 政府信息公开工作年度报告 · annual reports on government information disclosure\n"
    )?;
    writeln!(
        out,
        "Read by nianbao {version} from {} inputs: {} reports. A figure is the number printed in the report, or no value; \
         nothing was guessed or corrected, and `figures` tells for each figure what stands in the cell and where.\n",
        counts.inputs(),
        counts.fate("annual_report"),
    )?;
    writeln!(
        out,
        "由 nianbao {version} 从 {} 个输入文件中读出 {} 份年度报告。每个数值都是报告中印出的数字，读不出的留空；未作任何猜测或更正。\n",
        counts.inputs(),
        counts.fate("annual_report"),
    )?;
    corrections(out, counts)?;
    inputs(out, counts)?;
    reports(out, counts)?;
    files(out, counts, tables, formats)?;
    out.push_str(HOW_TO_READ);
    Ok(())
}

fn corrections(out: &mut String, counts: &Counts) -> std::fmt::Result {
    let Some(Corrections { taken, left }) = counts.corrections else {
        return Ok(());
    };
    writeln!(
        out,
        "That holds for `figures`, `checks` and the reports whole. In `wide`, `harmonised` and `series_findings` {taken} corrections that people \
         made stand in the place of what was read, each marked in the column `corrected`; {left} more no longer apply. \
         `corrections` lists them all.\n"
    )?;
    writeln!(
        out,
        "以上所说适用于 `figures`、`checks` 和整份报告。`wide`、`harmonised` 和 `series_findings` 采用了 {taken} 处人工更正，均在 `corrected` 列中标明；另有 {left} 处已不再适用。全部更正见 `corrections` 表。\n"
    )
}

fn inputs(out: &mut String, counts: &Counts) -> std::fmt::Result {
    writeln!(
        out,
        "## Inputs · 输入文件\n\n| fate 处理结果 | inputs 数量 |\n| --- | ---: |"
    )?;
    for (fate, count) in &counts.fates {
        writeln!(out, "| {fate} | {count} |")?;
    }
    if !counts.reasons.is_empty() {
        writeln!(
            out,
            "\nThose that are not in the dataset, by reason · 未收入数据集的输入及原因:\n\n| fate 处理结果 | reason 原因 | inputs 数量 |\n| --- | --- | ---: |"
        )?;
        for ((fate, reason), count) in &counts.reasons {
            writeln!(out, "| {fate} | {reason} | {count} |")?;
        }
    }
    writeln!(out)
}

fn reports(out: &mut String, counts: &Counts) -> std::fmt::Result {
    writeln!(
        out,
        "## Reports · 报告\n\n| year 年度 | reports 报告数 |\n| --- | ---: |"
    )?;
    for (year, count) in &counts.years {
        match year {
            Some(year) => writeln!(out, "| {year} | {count} |")?,
            None => writeln!(out, "| not found 未能确定 | {count} |")?,
        }
    }
    let check = |status| counts.checks.get(status).copied().unwrap_or(0);
    writeln!(
        out,
        "\nChecks: {} hold, {} do not, {} lack a figure. A check that does not hold is a finding about the report or its \
         reading; no figure was changed for it.",
        check("pass"),
        check("fail"),
        check("unknown"),
    )?;
    writeln!(
        out,
        "\n{} reports are of an agency and year that an earlier one has as well: in {} the figures that both have are the same, in {} some are \
         others, and {} have no figure in common with it; see `same_report_as` and `agrees` in `reports`. To count each report once, take those \
         without `same_report_as`, which are the first by name and may be those before a correction (`says_corrected`).\n",
        counts.agreeing + counts.disagreeing + counts.apart,
        counts.agreeing,
        counts.disagreeing,
        counts.apart
    )
}

fn files(out: &mut String, counts: &Counts, tables: &[Table], formats: &[Format]) -> std::fmt::Result {
    writeln!(
        out,
        "## Tables · 数据表\n\n| table 表 | rows 行数 | what a row is 每行内容 |\n| --- | ---: | --- |"
    )?;
    for table in tables {
        let rows = counts.rows.get(table.name).copied().unwrap_or(0);
        writeln!(out, "| {} | {rows} | {} |", table.name, table.description)?;
    }
    writeln!(
        out,
        "\n`codebook.csv` names every figure in Chinese and English, with its unit and legal source; under the forms `narrative` and \
         `harmonised` the keys of those tables.\n"
    )?;
    writeln!(out, "## Files · 文件\n")?;
    for format in formats {
        writeln!(out, "- {}", about(*format))?;
    }
    writeln!(
        out,
        "- `datapackage.json`: types, keys and hashes of all of these, for programs\n"
    )
}

fn about(format: Format) -> &'static str {
    match format {
        Format::Csv => "`csv/`: a file a table, UTF-8",
        Format::Jsonl => "`jsonl/`: a file a table, and `documents.jsonl` with the reports whole",
        Format::Parquet => {
            "`parquet/`: a file a table, counts as INT64, amounts as DECIMAL(18, 6), places on a page as FLOAT"
        }
        Format::Sqlite => "`dataset.sqlite`: all tables, with views for common questions; opens in Datasette",
        Format::Xlsx => {
            "`dataset.xlsx`: the wide table and the codebook; below the keys stands a second header of Chinese names \
             (`pandas.read_excel(…, skiprows=[1])`)"
        }
    }
}

const HOW_TO_READ: &str = "\
## How to read it · 读法

- No value is never zero. `state` in `figures` tells why there is none: `blank` (an empty cell), `placeholder` (a dash, 无), \
`text` (something that is not one number), `absent` (no such cell). `inferred` marks a reading that only the sums of the table \
make unique.
- Numbers are exact. `value_text` has the digits as printed, also where a format has no type that could hold them: in Parquet a \
count that is no whole number and an amount of more than six decimals are null, never rounded. `value_int` has every whole number.
- In CSV a text that a spreadsheet would run as a formula has an apostrophe in front.
- Columns of `wide` that begin with `computed.` are no figures of the reports: they add up rows of which the form has no total, such as \
（三）不予公开, or are that total where a report has it in one row; there is none where one of the rows has no value.
- Units: 件 (items), 项 (items), 条, 次, 篇, 个, 人, 人次, 万元 (ten thousand yuan), as in the codebook.
";
