//! Why figures are null.
//!
//! Invariant: every null of the table of figures has a reason, and so has every figure of a table that the form of the year demands
//! and the report lacks.

use super::codebook::{self, Line};
use super::rows::{line_of, state_word};
use crate::forms::{self, TABLES};
use crate::read::IN_PICTURES;
use crate::report::{Evidence, Report, State, pointer};

/// Why one figure is null.
pub(super) struct Reason {
    /// The figure.
    pub line: &'static Line,
    /// Why, as a word.
    pub word: &'static str,
    /// The place of the finding that says more among the diagnostics of the report, from 0.
    pub finding: Option<usize>,
}

/// The reason of each null figure of a report, in the order of the tables.
pub(super) fn of_report(report: &Report) -> Vec<Reason> {
    TABLES.iter().flat_map(|key| of_table(report, key)).collect()
}

fn of_table(report: &Report, key: &'static str) -> Vec<Reason> {
    let Some(table) = report.tables.get(key) else {
        return of_missing_table(report, key);
    };
    let nulls = table.values.0.iter().filter(|(_, value)| value.is_none());
    let reason = |cell: &String| {
        let evidence = report.evidence.get(&pointer::figure(key, cell));
        Some(Reason {
            line: line_of(key, table.form.as_deref(), cell)?,
            word: state_word(evidence.map_or(State::Absent, |evidence| evidence.state)),
            finding: evidence.and_then(|evidence| finding_at(report, evidence)),
        })
    };
    nulls.filter_map(|(cell, _)| reason(cell)).collect()
}

/// The finding at the place of a cell.
fn finding_at(report: &Report, evidence: &Evidence) -> Option<usize> {
    let place = evidence.origin.as_ref()?;
    report
        .diagnostics
        .iter()
        .position(|finding| finding.origin.as_ref() == Some(place))
}

/// The figures of a table that the form of the year demands and the report lacks.
fn of_missing_table(report: &Report, key: &'static str) -> Vec<Reason> {
    let mut forms = report.report.year.into_iter().flat_map(forms::holding_in);
    let demanding = forms.find(|form| form.table(key).is_some_and(|table| !table.optional));
    let Some(form) = demanding else {
        return Vec::new();
    };
    let finding_of = |codes: &[&str]| {
        let mut findings = report.diagnostics.iter();
        findings.position(|finding| codes.contains(&finding.code.as_str()))
    };
    let (word, finding) = match (finding_of(&IN_PICTURES), finding_of(&["html.attachment_only"])) {
        (Some(picture), _) => ("table_is_picture", Some(picture)),
        (None, Some(attached)) => ("table_attached", Some(attached)),
        (None, None) => ("table_missing", None),
    };
    let lines = codebook::lines().iter();
    lines
        .filter(|line| line.table == key && line.form == form.id)
        .map(|line| Reason { line, word, finding })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::Hints;

    fn reasons(text: &str) -> Vec<(String, &'static str, Option<String>)> {
        let report = crate::extract(text.as_bytes(), &Hints::default()).unwrap();
        let code = |at: usize| report.diagnostics[at].code.clone();
        of_report(&report)
            .into_iter()
            .map(|reason| (reason.line.key.clone(), reason.word, reason.finding.map(code)))
            .collect()
    }

    const TITLE: &str = "<h1>霁川县水利局2022年政府信息公开工作年度报告</h1>";

    #[test]
    fn a_table_that_is_missing_gives_a_reason_for_each_of_its_figures() {
        let found = reasons(&format!("{TITLE}<p>一、总体情况</p><p>2022年，我局推进公开。</p>"));
        let applications = found.iter().filter(|(key, ..)| key.starts_with("applications."));
        // 26 rows, of six kinds of applicants and their total.
        assert_eq!(applications.count(), 26 * 7);
        assert!(found.iter().all(|(_, word, _)| *word == "table_missing"));
    }

    #[test]
    fn a_cell_that_holds_no_number_says_so_with_its_finding() {
        let page = format!(
            "{TITLE}<p>一、总体情况</p><p>二、主动公开政府信息情况</p><table>\
             <tr><td colspan=4>第二十条第（一）项</td></tr>\
             <tr><td>信息内容</td><td>本年制发件数</td><td>本年废止件数</td><td>现行有效件数</td></tr>\
             <tr><td>规章</td><td>3</td><td></td><td>若干</td></tr>\
             <tr><td>行政规范性文件</td><td>1</td><td>/</td><td>5</td></tr></table>"
        );
        let found = reasons(&page);
        let word = |key: &str| {
            found
                .iter()
                .find(|(other, ..)| other == key)
                .map(|(_, word, code)| (*word, code.as_deref()))
        };
        assert_eq!(word("proactive_disclosure.regulations.issued"), None);
        assert_eq!(word("proactive_disclosure.regulations.repealed"), Some(("blank", None)));
        assert_eq!(
            word("proactive_disclosure.regulations.in_force"),
            Some(("text", Some("form.value_not_a_number")))
        );
        assert_eq!(
            word("proactive_disclosure.normative_documents.repealed"),
            Some(("placeholder", None))
        );
    }
}
