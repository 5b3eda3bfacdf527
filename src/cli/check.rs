//! `nianbao check`: what does not add up in a report, for people.
//!
//! Takes documents as well as reports that `extract` wrote, alone, in an array or one a line.

use std::io::{self, Write};

use anyhow::Context;
use nianbao::batch::no_report;
use nianbao::report::pointer::narrative_figure_of;
use nianbao::report::{Check, Report, Status as CheckStatus};
use serde_json::json;

use super::input::{Input, InputArgs, Inputs};
use super::language::say;
use super::messages::{place, told, told_of_check};
use super::output::People;
use super::{Session, Status, Stop};

/// Check reports against their own arithmetic and text
///
/// Reads documents, or the JSON that `extract` wrote, whose figures are checked
/// again. Prints every check that fails, with the figures that take part, and
/// every check that cannot be decided.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  nianbao check report.html
  nianbao check reports.jsonl
  nianbao check --fail-on-check report.json && echo sound
  nianbao check --json *.html > checks.jsonl

A failing check is a finding about the report, not always a fault of reading:
published reports often contradict themselves. `unknown` means that a figure
which the rule needs is blank. `nianbao explain CODE` tells what a rule says.")]
pub struct Args {
    #[command(flatten)]
    inputs: InputArgs,
    /// Print all checks as JSON, one line a report
    #[arg(long)]
    json: bool,
    /// Exit with status 1 if a check of any report fails
    #[arg(long)]
    fail_on_check: bool,
}

/// What to do.
pub struct Options {
    inputs: Inputs,
    json: bool,
    fail_on_check: bool,
}

impl Args {
    /// Makes sure of the inputs.
    pub fn validate(self) -> Result<Options, Stop> {
        Ok(Options {
            inputs: self.inputs.validate()?,
            json: self.json,
            fail_on_check: self.fail_on_check,
        })
    }
}

/// Prints the checks of each report.
pub fn run(options: &Options, session: &mut Session) -> Result<Status, Stop> {
    let mut status = Status::Good;
    for input in &options.inputs.list {
        let reports = match reports(input, &options.inputs) {
            Ok(reports) => reports,
            Err(error) => {
                session.messages.error(input, error);
                status.worsen(Status::Unreadable);
                continue;
            }
        };
        for report in reports {
            if let Some(why_not) = report
                .diagnostics
                .iter()
                .find(|diagnostic| no_report::says_so(diagnostic))
            {
                session.messages.error(input, told(&why_not.code, &why_not.message));
                status.worsen(Status::Unreadable);
            }
            if options.fail_on_check && report.checks.iter().any(|check| check.status == CheckStatus::Fail) {
                status.worsen(Status::CheckFailed);
            }
            if options.json {
                let name = &report.source.name;
                let line = json!({ "source": name, "report": report.report, "checks": report.checks });
                session.out.json(&line, false)?;
            } else {
                print(&report, input, &mut session.out.people())?;
            }
        }
    }
    Ok(status)
}

/// The reports of an input: written ones where it is JSON, else the one read from the document.
pub(super) fn reports(input: &Input, inputs: &Inputs) -> anyhow::Result<Vec<Report>> {
    let bytes = input.bytes()?;
    let mut reports: Vec<Report> = match bytes.iter().find(|byte| !byte.is_ascii_whitespace()) {
        Some(b'{') => serde_json::Deserializer::from_slice(&bytes)
            .into_iter()
            .collect::<Result<_, _>>()
            .context(say("is not the JSON of a report", "不是报告的 JSON"))?,
        Some(b'[') => serde_json::from_slice(&bytes).context(say("is not a list of reports", "不是报告的列表"))?,
        _ => return Ok(vec![inputs.report_of(&bytes, input)?.report]),
    };
    // The rules may be newer than the file, and its figures may have been mended by hand.
    for report in &mut reports {
        report.checks = nianbao::check::check(report);
    }
    Ok(reports)
}

fn print(report: &Report, input: &Input, out: &mut People) -> io::Result<()> {
    let name = report.source.name.clone().unwrap_or_else(|| input.to_string());
    let title = report.report.title.as_deref().unwrap_or(say("no title", "无标题"));
    writeln!(out, "{name}: {title}")?;
    for check in &report.checks {
        if check.status == CheckStatus::Pass {
            continue;
        }
        write!(out, "  ")?;
        match check.status {
            CheckStatus::Fail => out.alarm(say("FAIL   ", "不成立  "))?,
            _ => write!(out, "{}", say("unknown", "无法判断"))?,
        }
        writeln!(out, " [{}] {}", check.code, told_of_check(check))?;
        // The message of an undecided check already names what is blank.
        if check.status == CheckStatus::Fail {
            for pointer in &check.cells {
                part(report, pointer, out)?;
            }
        }
    }
    writeln!(out, "  {}", summary(&report.checks))
}

/// A figure or a sentence that takes part: what was printed, and where.
fn part(report: &Report, pointer: &str, out: &mut impl Write) -> io::Result<()> {
    if let Some(evidence) = report.evidence.get(pointer) {
        let key = pointer
            .strip_prefix("/tables/")
            .unwrap_or(pointer)
            .replacen("/values/", "/", 1);
        let raw = evidence.raw.as_deref().unwrap_or(say("no such cell", "没有该单元格"));
        let at = evidence.origin.as_ref().map(place).unwrap_or_default();
        return writeln!(out, "          {key}: {raw}  {at}");
    }
    let sentence = narrative_figure_of(pointer);
    if let Some(figure) = sentence.and_then(|index| report.narrative_figures.get(index)) {
        return writeln!(out, "          “{}”  {}", figure.text, place(&figure.origin));
    }
    Ok(())
}

fn summary(checks: &[Check]) -> String {
    let count = |status| checks.iter().filter(|check| check.status == status).count();
    let all = checks.len();
    let [pass, fail, unknown] = [CheckStatus::Pass, CheckStatus::Fail, CheckStatus::Unknown].map(count);
    say(
        format!("{all} checks: {pass} pass, {fail} fail, {unknown} unknown"),
        format!("共 {all} 项核对：{pass} 项成立，{fail} 项不成立，{unknown} 项无法判断"),
    )
}
