//! `nianbao compare`: two reports side by side.

use std::io::Write;
use std::path::PathBuf;

use nianbao::report::Report;
use nianbao::series::compare::{Comparison, Pair, compare};
use unicode_width::UnicodeWidthStr;

use super::input::{InputArgs, Inputs};
use super::language::say;
use super::{Session, Status, Stop, check};

/// Compare two reports, figure by figure and section by section
///
/// Reads documents, or the JSON that `extract` wrote.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  nianbao compare 2022.html 2023.pdf
  nianbao compare --all old.json new.json
  nianbao compare --json page.html file.pdf > differences.json

Prints what differs; a report that has no such figure or section has a dash.")]
pub struct Args {
    /// The first report
    #[arg(value_name = "A")]
    a: PathBuf,
    /// The second report
    #[arg(value_name = "B")]
    b: PathBuf,
    /// Print also what is the same
    #[arg(long)]
    all: bool,
    /// Print the whole comparison as JSON
    #[arg(long)]
    json: bool,
}

/// What to do.
pub struct Options {
    inputs: Inputs,
    all: bool,
    json: bool,
}

impl Args {
    /// Makes sure of the inputs.
    pub fn validate(self) -> Result<Options, Stop> {
        Ok(Options {
            inputs: InputArgs::of_files(vec![self.a, self.b]).validate()?,
            all: self.all,
            json: self.json,
        })
    }
}

/// Prints the comparison.
pub fn run(options: &Options, session: &mut Session) -> Result<Status, Stop> {
    let mut reports: Vec<Report> = Vec::new();
    for input in &options.inputs.list {
        match check::reports(input, &options.inputs) {
            Ok(mut found) if found.len() == 1 => {
                if found.iter().all(|report| report.tables.present().next().is_none()) {
                    session.messages.note(
                        input,
                        say("no table of an annual report was found in it", "其中没有年度报告的表格"),
                    );
                }
                reports.append(&mut found);
            }
            Ok(found) => {
                let number = found.len();
                let message = say(
                    format!("{number} reports; compare takes one from each input"),
                    format!("含有 {number} 份报告；compare 从每个输入只取一份"),
                );
                session.messages.error(input, message);
            }
            Err(error) => session.messages.error(input, error),
        }
    }
    let [a, b] = reports.as_slice() else {
        return Ok(Status::Unreadable);
    };
    let comparison = compare(a, b);
    if options.json {
        session.out.json(&comparison, session.out.is_terminal())?;
    } else {
        print(&comparison, options.all, session)?;
    }
    Ok(Status::Good)
}

fn print(comparison: &Comparison, all: bool, session: &mut Session) -> Result<(), Stop> {
    let out = &mut session.out.people();
    let shown = |same: bool| all || !same;
    for pair in comparison.metadata.iter().filter(|pair| shown(pair.same)) {
        writeln!(out, "{}: {}", field(&pair.key), sides(pair))?;
    }
    let width = |pair: &Pair<_>| UnicodeWidthStr::width(pair.key.as_str());
    let figures: Vec<_> = comparison.figures.iter().filter(|pair| shown(pair.same)).collect();
    let widest = figures.iter().map(|pair| width(pair)).max().unwrap_or(0);
    for pair in &figures {
        let difference = match pair.difference {
            Some(difference) if !pair.same => format!("  ({:+})", difference.0),
            _ => String::new(),
        };
        writeln!(out, "{:widest$}  {}{difference}", pair.key, sides(pair))?;
    }
    for pair in comparison.narrative_figures.iter().filter(|pair| shown(pair.same)) {
        writeln!(out, "{} {}: {}", say("sentences", "文字"), pair.key, sides(pair))?;
    }
    for pair in comparison.sections.iter().filter(|pair| shown(pair.same)) {
        let characters = |text: &Option<String>| text.as_ref().map(|text| text.chars().count());
        let words = match (characters(&pair.a), characters(&pair.b)) {
            (Some(_), Some(_)) if pair.same => say("the same text", "文字相同").to_owned(),
            (Some(a), Some(b)) => say(
                format!("other text ({a} and {b} characters)"),
                format!("文字不同（{a} 字和 {b} 字）"),
            ),
            (Some(_), None) => say("only in the first", "仅第一份有").to_owned(),
            _ => say("only in the second", "仅第二份有").to_owned(),
        };
        writeln!(out, "{} {}: {words}", say("section", "章节"), pair.key)?;
    }
    let same = comparison.figures.iter().filter(|pair| pair.same).count();
    let all = comparison.figures.len();
    let sum = say(
        format!("{same} of {all} figures are the same"),
        format!("{all} 项数字中 {same} 项相同"),
    );
    writeln!(out, "{sum}")?;
    let stated = comparison.narrative_figures.len();
    if stated > 0 {
        let same = comparison.narrative_figures.iter().filter(|pair| pair.same).count();
        let sum = say(
            format!("{same} of {stated} figures that sentences state are the same"),
            format!("文字所述 {stated} 项数字中 {same} 项相同"),
        );
        writeln!(out, "{sum}")?;
    }
    Ok(())
}

/// The name of a field, for people.
fn field(key: &str) -> &str {
    let chinese = match key {
        "title" => "标题",
        "agency" => "机关",
        "region_code" => "行政区划代码",
        "year" => "年度",
        "period" => "统计期限",
        "published" => "发布日期",
        "index_number" => "索引号",
        "document_number" => "文号",
        _ => key,
    };
    say(key, chinese)
}

fn sides<T: std::fmt::Display>(pair: &Pair<T>) -> String {
    let side = |value: &Option<T>| value.as_ref().map_or("-".to_owned(), ToString::to_string);
    if pair.same {
        side(&pair.a)
    } else {
        format!("{} | {}", side(&pair.a), side(&pair.b))
    }
}
