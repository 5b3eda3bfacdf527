//! From a report to the rows of the tables.
//!
//! Invariant: every row has a value, or null, for each column of its table, in the order of [`super::tables`].

use std::collections::HashMap;
use std::sync::{Arc, LazyLock};

use rust_decimal::Decimal;

use super::codebook;
use super::reasons;
use super::table::{Row, Value};
use super::tables::{
    CHECK_CELLS, CHECKS, DIAGNOSTIC_CELLS, DIAGNOSTICS, FIGURES, HARMONISED, INPUTS, NARRATIVE, ORIGIN_COLUMNS,
    REASONS, REPORTS, SECTIONS, WIDE, WIDE_HEAD, tables,
};
use super::totals::totals;
use crate::body::regions;
use crate::diagnostic::{Diagnostic, Severity};
use crate::document::Origin;
use crate::forms::TABLES;
use crate::metadata::is_corrected_version;
use crate::overlay::{Corrected, Entry, Subject};
use crate::report::{Basis, Metadata, Number, Report, Scope, Section, State, Status, pointer};
use crate::series::crosswalk::crosswalk;
use crate::series::harmonised;
use crate::series::{Agency, Between};

/// One line of the table of inputs.
#[derive(Clone, Debug)]
pub struct InputLine {
    /// Number, from 1.
    pub number: i64,
    /// Path and member.
    pub name: String,
    /// Address.
    pub url: Option<String>,
    /// When it was fetched.
    pub fetched: Option<String>,
    /// Size.
    pub bytes: Option<i64>,
    /// SHA-256.
    pub sha256: Option<String>,
    /// What became of it.
    pub fate: &'static str,
    /// Why, as a word.
    pub reason: Option<String>,
    /// Why, in words.
    pub detail: Option<String>,
    /// The report.
    pub report_id: Option<String>,
}

/// How a report stands to the others of the dataset, and what people corrected in it.
#[derive(Clone, Debug, Default)]
pub struct Links {
    /// An earlier report of the same agency and year.
    pub same_report_as: Option<String>,
    /// Whether all figures that both have are the same.
    pub agrees: Option<bool>,
    /// Findings about the two.
    pub diagnostics: Vec<Diagnostic>,
    /// The report with its corrections, if it has any.
    pub corrected: Option<Corrected>,
}

/// What is fixed about the figure of one form.
struct Fixed {
    line: &'static codebook::Line,
    row: &'static str,
    column: &'static str,
    pointer: String,
    /// Position in the wide table.
    wide: usize,
}

/// By table and key in `values`: the figure in each form that has it, oldest form first.
type Figures = HashMap<&'static str, HashMap<&'static str, Vec<Fixed>>>;

/// The figures, and the number of columns of the wide table.
static FIGURE_INDEX: LazyLock<(Figures, usize)> = LazyLock::new(|| {
    let mut places: HashMap<&str, usize> = HashMap::new();
    let mut figures = Figures::new();
    for line in codebook::lines() {
        let next = WIDE_HEAD + places.len();
        let wide = *places.entry(line.key.as_str()).or_insert(next);
        let cell = line
            .key
            .strip_prefix(line.table)
            .and_then(|rest| rest.strip_prefix('.'))
            .unwrap_or(&line.key);
        let fixed = Fixed {
            line,
            row: line.row,
            column: line.column,
            pointer: pointer::figure(line.table, cell),
            wide,
        };
        let forms = figures.entry(line.table).or_default().entry(cell).or_default();
        forms.push(fixed);
    }
    (figures, WIDE_HEAD + places.len())
});

/// The figure as the form of its table has it, or else as the newest form that has it.
fn fixed(table: &str, form: Option<&str>, key: &str) -> Option<&'static Fixed> {
    let forms = FIGURE_INDEX.0.get(table)?.get(key)?;
    let own = forms.iter().find(|fixed| form == Some(fixed.line.form));
    own.or(forms.last())
}

/// The line of the codebook for a figure, in the form of its table.
pub(super) fn line_of(table: &str, form: Option<&str>, key: &str) -> Option<&'static codebook::Line> {
    fixed(table, form, key).map(|fixed| fixed.line)
}

/// The identity of a report: the first digits of the SHA-256 of its file.
pub fn report_id(sha256: &str) -> String {
    sha256.chars().take(16).collect()
}

/// Something that the reports of a body say of each other over the years.
#[derive(Clone, Debug)]
pub struct FindingLine<'a> {
    /// The body.
    pub agency: &'a Agency,
    /// Year.
    pub year: i32,
    /// `gap`, `several`, `fail` or `unknown`.
    pub kind: &'static str,
    /// The rule between this year and the one before, for the latter two.
    pub between: Option<&'a Between>,
}

/// Adds the row of a finding over the years, which are numbered from 1.
pub fn add_finding(rows: &mut Vec<Row>, number: i64, finding: &FindingLine) {
    let between = finding.between;
    let check = between.map(|between| &between.check);
    let report = |at: usize| Value::from(between.map(|between| between.reports[at].as_str()));
    let side = |side: Option<Number>| Value::from(side.map(|number| number.0));
    rows.push(vec![
        number.into(),
        finding.agency.agency.as_str().into(),
        (&finding.agency.region_code).into(),
        i64::from(finding.year).into(),
        Value::fixed(finding.kind),
        check.map(|check| check.code.as_str()).into(),
        report(0),
        report(1),
        check.map(|check| check.message.as_str()).into(),
        side(check.and_then(|check| check.left)),
        side(check.and_then(|check| check.right)),
        side(check.and_then(|check| check.difference)),
        between.is_some_and(|between| between.corrected).into(),
    ]);
}

/// Adds the row of a correction, which are numbered from 1. `report` is the report that has its bytes, if the dataset has one.
pub fn add_correction(rows: &mut Vec<Row>, number: i64, entry: &Entry, report: Option<&str>, applies: bool) {
    let Subject::Correction { key, old, new } = &entry.subject else {
        return;
    };
    let digits =
        |number: &Option<String>| Value::from(number.as_deref().and_then(|digits| digits.parse::<Decimal>().ok()));
    let figure = pointer::figure_of(key).map(|(table, key)| format!("{table}.{key}"));
    rows.push(vec![
        number.into(),
        report.into(),
        entry.report.as_str().into(),
        (&entry.name).into(),
        key.as_str().into(),
        (&figure).into(),
        digits(old),
        digits(new),
        entry.who.as_str().into(),
        entry.when.as_str().into(),
        entry.why.as_str().into(),
        applies.into(),
    ]);
}

/// No rows of any table.
pub fn empty() -> Vec<Vec<Row>> {
    vec![Vec::new(); tables().len()]
}

/// Adds the row of an input.
pub fn add_input(rows: &mut [Vec<Row>], input: &InputLine) {
    rows[INPUTS].push(vec![
        input.number.into(),
        input.name.as_str().into(),
        (&input.url).into(),
        (&input.fetched).into(),
        input.bytes.into(),
        (&input.sha256).into(),
        input.fate.into(),
        (&input.reason).into(),
        (&input.detail).into(),
        (&input.report_id).into(),
    ]);
}

/// Adds the rows of a report.
pub fn add_report(rows: &mut [Vec<Row>], report: &Report, links: &Links) {
    let id: Arc<str> = report_id(&report.source.sha256).into();
    rows[REPORTS].push(report_row(&id, report, links));
    add_figures(&mut rows[FIGURES], &id, report);
    rows[WIDE].push(wide_row(&id, report, links.corrected.as_ref()));
    let mut number = 0;
    for section in &report.sections {
        add_section(&mut rows[SECTIONS], &id, section, None, &mut number);
    }
    for (number, check) in (1i64..).zip(&report.checks) {
        if check.status != Status::Pass {
            let cells = check.cells.iter().map(String::as_str);
            add_cells(&mut rows[CHECK_CELLS], &id, report, number, cells);
        }
        rows[CHECKS].push(vec![
            (&id).into(),
            number.into(),
            check.code.as_str().into(),
            Value::fixed(status_word(check.status)),
            check.message.as_str().into(),
            check.left.map(|number| number.0).into(),
            check.right.map(|number| number.0).into(),
            check.difference.map(|number| number.0).into(),
            check.cells.join(" ").into(),
        ]);
    }
    for (number, finding) in (1i64..).zip(report.diagnostics.iter().chain(&links.diagnostics)) {
        let mut row: Row = vec![
            (&id).into(),
            number.into(),
            finding.code.as_str().into(),
            Value::fixed(severity_word(finding.severity)),
            finding.message.as_str().into(),
        ];
        push_origin(&mut row, finding.origin.as_ref());
        rows[DIAGNOSTICS].push(row);
        add_cells(
            &mut rows[DIAGNOSTIC_CELLS],
            &id,
            report,
            number,
            figures_at(report, finding),
        );
    }
    for reason in reasons::of_report(report) {
        let finding = reason.finding.map(|at| (at as i64 + 1, &report.diagnostics[at].code));
        rows[REASONS].push(vec![
            (&id).into(),
            Value::fixed(&reason.line.key),
            Value::fixed(reason.line.form),
            Value::fixed(reason.word),
            finding.map(|(number, _)| number).into(),
            finding.map(|(_, code)| code.as_str()).into(),
        ]);
    }
    let mut sentence: Arc<str> = Arc::default();
    for (number, figure) in (1i64..).zip(&report.narrative_figures) {
        // A sentence often has several figures.
        if *sentence != *figure.text {
            sentence = figure.text.as_str().into();
        }
        let mut row: Row = vec![
            (&id).into(),
            number.into(),
            figure.key.as_str().into(),
            figure.value.0.into(),
            figure.value.to_string().into(),
            (&figure.unit).into(),
            figure
                .scope
                .map_or(Value::Null, |scope| Value::fixed(scope_word(scope))),
            figure
                .basis
                .map_or(Value::Null, |basis| Value::fixed(basis_word(basis))),
            figure.approximate.into(),
            (&sentence).into(),
        ];
        push_origin(&mut row, Some(&figure.origin));
        rows[NARRATIVE].push(row);
    }
    for point in harmonised::of_corrected(report, links.corrected.as_ref(), crosswalk()) {
        rows[HARMONISED].push(vec![
            (&id).into(),
            point.agency.into(),
            (&point.region_code).into(),
            i64::from(point.year).into(),
            point.indicator.into(),
            point.value.0.into(),
            point.value.to_string().into(),
            point.unit.into(),
            Value::fixed(point.source),
            (&point.form).into(),
            Value::fixed(point.basis),
            Value::fixed(point.link),
            point.corrected.into(),
            (&links.same_report_as).into(),
        ]);
    }
}

/// The figures that stand where a finding points.
fn figures_at<'a>(report: &'a Report, finding: &'a Diagnostic) -> impl Iterator<Item = &'a str> {
    let at = finding.origin.as_ref().into_iter().flat_map(|place| {
        let evidence = report.evidence.iter();
        evidence.filter(move |(_, evidence)| evidence.origin.as_ref() == Some(place))
    });
    at.map(|(pointer, _)| pointer.as_str())
        .filter(|pointer| pointer::figure_of(pointer).is_some())
}

/// Adds the cells of a check or a finding, by its number.
fn add_cells<'a>(rows: &mut Vec<Row>, id: &Arc<str>, report: &Report, of: i64, cells: impl Iterator<Item = &'a str>) {
    for (number, pointer) in (1i64..).zip(cells) {
        let figure = pointer::figure_of(pointer);
        let value = figure
            .as_ref()
            .and_then(|(table, key)| report.tables.get(table)?.values.get(key));
        rows.push(vec![
            id.into(),
            of.into(),
            number.into(),
            pointer.into(),
            figure.map(|(table, key)| format!("{table}.{key}")).as_deref().into(),
            value.map(|number| number.0).into(),
        ]);
    }
}

fn report_row(id: &Arc<str>, report: &Report, links: &Links) -> Row {
    let (source, said) = (&report.source, &report.report);
    let form = |key: &str| report.tables.get(key).and_then(|table| table.form.as_deref());
    let count = |status: Status| report.checks.iter().filter(|check| check.status == status).count() as i64;
    let [body, level, kind, region, province] = of_body(said);
    let mut row: Row = vec![
        id.into(),
        (&source.name).into(),
        (&source.url).into(),
        source.media_type.as_str().into(),
        (&source.encoding).into(),
        source.pages.into(),
        (&said.title).into(),
        (&said.agency).into(),
        body,
        level,
        kind,
        (&said.region_code).into(),
        region,
        province,
        said.year.into(),
        said.period.as_ref().map(|period| period.start.as_str()).into(),
        said.period.as_ref().map(|period| period.end.as_str()).into(),
        (&said.published).into(),
        (&said.index_number).into(),
        (&said.document_number).into(),
        (&source.site.name).into(),
        (&source.site.domain).into(),
        (&source.site.id_code).into(),
    ];
    row.extend(TABLES.map(|key| form(key).into()));
    row.extend([
        count(Status::Pass).into(),
        count(Status::Fail).into(),
        count(Status::Unknown).into(),
        (&links.same_report_as).into(),
        links.agrees.into(),
        is_corrected_version(said).into(),
        said.kind.map_or(Value::Null, |kind| Value::fixed(kind.word())),
    ]);
    row
}

/// Name, level and kind of the body that reports, and the names of its region and province.
fn of_body(said: &Metadata) -> [Value; 5] {
    let body = said.body.as_ref();
    let region = |code: &str| regions::in_year(code, said.year).map(|entry| entry.name);
    let code = said.region_code.as_deref();
    let province = code.and_then(|code| region(&format!("{}0000", code.get(..2)?)));
    [
        body.map(|body| body.name.as_str()).into(),
        body.and_then(|body| body.level)
            .map_or(Value::Null, |level| Value::fixed(level.word())),
        body.and_then(|body| body.kind.as_deref()).into(),
        code.and_then(region).into(),
        province.into(),
    ]
}

/// The row of the wide table, of the corrected figures if there are any, and with the columns that they change.
fn wide_row(id: &Arc<str>, report: &Report, corrected: Option<&Corrected>) -> Row {
    let mut row = wide_values(id, report);
    let mut changed = Value::Null;
    if let Some(corrected) = corrected {
        let read = std::mem::replace(&mut row, wide_values(id, &corrected.report));
        let columns = tables()[WIDE].columns.iter().zip(read.iter().zip(&row));
        let names: Vec<&str> = columns
            .filter(|(_, (old, new))| old != new)
            .map(|(column, _)| &*column.name)
            .collect();
        if !names.is_empty() {
            changed = names.join(" ").into();
        }
    }
    row.push(changed);
    row
}

/// The same without the mark of what was corrected.
fn wide_values(id: &Arc<str>, report: &Report) -> Row {
    let said = &report.report;
    let mut wide: Row = vec![Value::Null; FIGURE_INDEX.1];
    let [body, level, kind, region, province] = of_body(said);
    let head: [Value; WIDE_HEAD] = [
        id.into(),
        (&said.agency).into(),
        body,
        level,
        kind,
        (&said.region_code).into(),
        region,
        province,
        said.year.into(),
        (&said.title).into(),
        (&report.source.name).into(),
    ];
    wide[..WIDE_HEAD].clone_from_slice(&head);
    for (name, table) in report.tables.present() {
        for (cell, number) in &table.values.0 {
            if let (Some(fixed), Some(number)) = (fixed(name, table.form.as_deref(), cell), number) {
                wide[fixed.wide] = number.0.into();
            }
        }
    }
    wide.extend(totals().iter().map(|total| Value::from(total.of(report))));
    wide
}

fn add_figures(rows: &mut Vec<Row>, id: &Arc<str>, report: &Report) {
    for (name, table) in report.tables.present() {
        for (cell, number) in &table.values.0 {
            // A report can hold only the figures of the forms; a test compares the two.
            let Some(fixed) = fixed(name, table.form.as_deref(), cell) else {
                continue;
            };
            let evidence = report.evidence.get(&fixed.pointer);
            let value = Value::from(number.map(|number| number.0));
            let whole = value.whole();
            let mut row: Row = Vec::with_capacity(12 + ORIGIN_COLUMNS);
            row.extend([
                id.into(),
                Value::fixed(&fixed.line.key),
                Value::fixed(fixed.line.form),
                Value::fixed(name),
                Value::fixed(fixed.row),
                Value::fixed(fixed.column),
                value,
                number.map(|number| number.to_string()).into(),
                Value::fixed(fixed.line.unit),
                evidence.map_or(Value::Null, |evidence| Value::fixed(state_word(evidence.state))),
                evidence.and_then(|evidence| evidence.raw.as_deref()).into(),
            ]);
            push_origin(&mut row, evidence.and_then(|evidence| evidence.origin.as_ref()));
            row.push(whole.into());
            rows.push(row);
        }
    }
}

fn add_section(rows: &mut Vec<Row>, id: &Arc<str>, section: &Section, parent: Option<i64>, number: &mut i64) {
    *number += 1;
    let own = *number;
    let mut row: Row = vec![
        id.into(),
        own.into(),
        parent.into(),
        i64::from(section.level).into(),
        (&section.key).into(),
        section.also.join(" ").into(),
        (&section.number).into(),
        section.heading.as_str().into(),
        section.text.as_str().into(),
    ];
    push_origin(&mut row, Some(&section.origin));
    rows.push(row);
    for child in &section.children {
        add_section(rows, id, child, Some(own), number);
    }
}

// The words are those of the JSON; a test compares them.

fn status_word(status: Status) -> &'static str {
    match status {
        Status::Pass => "pass",
        Status::Fail => "fail",
        Status::Unknown => "unknown",
    }
}

fn severity_word(severity: Severity) -> &'static str {
    match severity {
        Severity::Info => "info",
        Severity::Warning => "warning",
        Severity::Error => "error",
    }
}

fn scope_word(scope: Scope) -> &'static str {
    match scope {
        Scope::Whole => "whole",
        Scope::Part => "part",
        Scope::Several => "several",
    }
}

fn basis_word(basis: Basis) -> &'static str {
    match basis {
        Basis::Year => "year",
        Basis::Cumulative => "cumulative",
        Basis::PartOfYear => "part_of_year",
        Basis::Period => "period",
    }
}

pub(super) fn state_word(state: State) -> &'static str {
    match state {
        State::Number => "number",
        State::Zero => "zero",
        State::Blank => "blank",
        State::Placeholder => "placeholder",
        State::Text => "text",
        State::Inferred => "inferred",
        State::Absent => "absent",
    }
}

/// The columns of an origin.
fn push_origin(row: &mut Row, origin: Option<&Origin>) {
    let begin = row.len();
    row.resize(begin + ORIGIN_COLUMNS, Value::Null);
    let place = match origin {
        Some(Origin::Picture {
            picture, bbox, place, ..
        }) => {
            row[begin + 14] = picture.as_str().into();
            push_box(&mut row[begin + 1..], bbox);
            Some(&**place)
        }
        origin => origin,
    };
    match place {
        Some(Origin::Page { page, bbox, .. }) => {
            row[begin] = (*page).into();
            push_box(&mut row[begin + 1..], bbox);
        }
        Some(Origin::Path(path)) => row[begin + 5] = path.as_str().into(),
        Some(Origin::Text { line, column }) => {
            row[begin + 6] = (*line).into();
            row[begin + 7] = (*column).into();
        }
        Some(Origin::Paragraph { paragraph }) => row[begin + 8] = (*paragraph).into(),
        Some(Origin::Table { table, row: line, cell }) => {
            row[begin + 9] = (*table).into();
            row[begin + 10] = line.map_or(Value::Null, Value::from);
            row[begin + 11] = cell.map_or(Value::Null, Value::from);
        }
        Some(Origin::Sheet { sheet, address }) => {
            row[begin + 12] = sheet.as_str().into();
            row[begin + 13] = address.as_deref().map_or(Value::Null, Value::from);
        }
        Some(Origin::Picture { .. }) | None => {}
    }
}

/// The edges of a box.
fn push_box(row: &mut [Value], bbox: &[f64; 4]) {
    for (place, edge) in row.iter_mut().zip(bbox) {
        // Rounded to hundredths when it was made; this only takes the noise of the double away.
        *place = Decimal::try_from(*edge)
            .ok()
            .map(|edge| edge.round_dp(2).normalize())
            .into();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::Hints;

    #[test]
    fn a_finding_has_the_figure_that_stands_where_it_points_and_one_about_a_heading_has_none() {
        let page = "<h1>霁川县水利局2022年政府信息公开工作年度报告</h1><p>二、主动公开政府信息情况</p><table>\
                    <tr><td colspan=4>第二十条第（一）项</td></tr>\
                    <tr><td>信息内容</td><td>本年制发件数</td><td>本年废止件数</td><td>现行有效件数</td></tr>\
                    <tr><td>规章</td><td>3</td><td>4</td><td>若干</td></tr>\
                    <tr><td>行政规范性文件</td><td>1</td><td>2</td><td>5</td></tr></table>";
        let report = crate::extract(page.as_bytes(), &Hints::default()).unwrap();
        let mut rows = empty();
        add_report(&mut rows, &report, &Links::default());
        let codes: Vec<&Value> = rows[DIAGNOSTICS].iter().map(|row| &row[2]).collect();
        // The last are one about a heading, and one about 若干.
        let expected = [
            "metadata.published_missing",
            "body.region_missing",
            "outline.number_skipped",
            "form.value_not_a_number",
        ];
        assert_eq!(codes, expected.map(Value::from).iter().collect::<Vec<_>>());
        let [cell] = &rows[DIAGNOSTIC_CELLS][..] else {
            panic!("{:?}", rows[DIAGNOSTIC_CELLS]);
        };
        assert_eq!(cell[1..3], [4i64.into(), 1i64.into()]);
        assert_eq!(
            cell[4..],
            ["proactive_disclosure.regulations.in_force".into(), Value::Null]
        );
    }

    #[test]
    fn the_cells_of_a_check_that_fails_stand_with_their_numbers() {
        let page = "<h1>霁川县水利局2022年政府信息公开工作年度报告</h1><p>四、行政复议和行政诉讼情况</p><table>\
                    <tr><td colspan=5>行政复议</td></tr>\
                    <tr><td>结果维持</td><td>结果纠正</td><td>其他结果</td><td>尚未审结</td><td>总计</td></tr>\
                    <tr><td>1</td><td>2</td><td>3</td><td>4</td><td>11</td></tr></table>";
        let report = crate::extract(page.as_bytes(), &Hints::default()).unwrap();
        let mut rows = empty();
        add_report(&mut rows, &report, &Links::default());
        for (table, rows) in tables().iter().zip(&rows) {
            let widths: Vec<usize> = rows
                .iter()
                .map(Vec::len)
                .filter(|width| *width != table.columns.len())
                .collect();
            assert_eq!(widths, [0; 0], "{}", table.name);
        }
        let failed = report
            .checks
            .iter()
            .position(|check| check.status == Status::Fail && check.left.is_some());
        let failed = Value::from(failed.unwrap() as i64 + 1);
        let cells: Vec<_> = rows[CHECK_CELLS]
            .iter()
            .filter(|row| row[1] == failed)
            .map(|row| (&row[4], &row[5]))
            .collect();
        let cell = |outcome: &str, value: i64| {
            let key = format!("review_litigation.review.{outcome}");
            (Value::from(key.as_str()), Value::from(Some(Decimal::from(value))))
        };
        // As the rule of the form has them: the total, then its parts.
        let expected = [
            cell("total", 11),
            cell("upheld", 1),
            cell("corrected", 2),
            cell("other", 3),
            cell("pending", 4),
        ];
        assert_eq!(
            cells,
            expected.iter().map(|(key, value)| (key, value)).collect::<Vec<_>>()
        );
    }

    #[test]
    fn words_are_those_of_the_json() {
        let json = |value: serde_json::Result<String>| value.unwrap().trim_matches('"').to_owned();
        for status in [Status::Pass, Status::Fail, Status::Unknown] {
            assert_eq!(status_word(status), json(serde_json::to_string(&status)));
        }
        for severity in [Severity::Info, Severity::Warning, Severity::Error] {
            assert_eq!(severity_word(severity), json(serde_json::to_string(&severity)));
        }
        let states = [
            State::Number,
            State::Zero,
            State::Blank,
            State::Placeholder,
            State::Text,
            State::Inferred,
            State::Absent,
        ];
        for state in states {
            assert_eq!(state_word(state), json(serde_json::to_string(&state)));
        }
    }
}
