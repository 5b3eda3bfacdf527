//! `nianbao series`: a dataset over the years.

use std::io::{self, Write};
use std::path::PathBuf;

use nianbao::batch::BatchError;
use nianbao::report::Status as CheckStatus;
use nianbao::series::chart;
use nianbao::series::crosswalk::{self, Crosswalk, Indicator};
use nianbao::series::harmonised::Point;
use nianbao::series::{self, Agency, Series};
use nianbao::write::csv::write_row;
use nianbao::write::table::{Row, Value};

use super::language::say;
use super::messages::told_of_check;
use super::output::People;
use super::overlay::OverlayArgs;
use super::{Session, Status, Stop};

/// Show the reports of each agency over the years, and what does not follow
///
/// Reads a dataset that `batch` wrote: gaps and duplicates in each series,
/// what one year carries over to the next, and agencies that look like one.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  nianbao series dataset
  nianbao series --json dataset > series.json
  nianbao series --harmonised dataset > panel.csv
  nianbao series --chart 云岫县人民政府 dataset > chart.svg

The rules between years are plausible, not official: a failing one is a
finding. Agencies are never joined; those that look like one are listed.")]
pub struct Args {
    /// Folder of the dataset
    #[arg(value_name = "DATASET")]
    dataset: PathBuf,
    /// Print everything as JSON
    #[arg(long)]
    json: bool,
    /// Print one series over all forms as CSV: each indicator of the
    /// crosswalk by body and year, with its source and its breaks
    #[arg(long)]
    harmonised: bool,
    /// Take the indicators of this file in place of those of the same key
    #[arg(long, value_name = "FILE")]
    crosswalk: Option<PathBuf>,
    /// Print the harmonised series of this body as an SVG chart
    #[arg(long, value_name = "BODY", conflicts_with_all = ["json", "harmonised"])]
    chart: Option<String>,
    /// Draw these indicators of the crosswalk; the four that most readers ask
    /// for unless given
    #[arg(long = "indicator", value_name = "KEY", requires = "chart")]
    indicators: Vec<String>,
    #[command(flatten)]
    overlay: OverlayArgs,
}

/// Prints the series.
pub fn run(args: &Args, session: &mut Session) -> Result<Status, Stop> {
    if args.harmonised {
        return print_harmonised(args, session);
    }
    if let Some(body) = &args.chart {
        return print_chart(body, args, session);
    }
    if args.crosswalk.is_some() {
        return Err(Stop::Usage("--crosswalk needs --harmonised or --chart".into()));
    }
    let series = series::of_dataset(&args.dataset, args.overlay.open()?.as_ref()).map_err(stop)?;
    if args.json {
        session.out.json(&series, session.out.is_terminal())?;
    } else {
        print(&series, &mut session.out.people())?;
    }
    Ok(Status::Good)
}

fn stop(error: BatchError) -> Stop {
    match error {
        BatchError::Usage(message) => Stop::Usage(message),
        error => io::Error::other(error).into(),
    }
}

/// The program's crosswalk, overruled by that which was asked for.
fn the_crosswalk(args: &Args) -> Result<Crosswalk, Stop> {
    let crosswalk = crosswalk::crosswalk().clone();
    let Some(path) = &args.crosswalk else {
        return Ok(crosswalk);
    };
    let wrong = |error: &dyn std::fmt::Display| Stop::Usage(format!("{}: {error}", path.display()));
    let text = std::fs::read_to_string(path).map_err(|error| wrong(&error))?;
    Ok(crosswalk.overruled_by(Crosswalk::parse(&text).map_err(|error| wrong(&error))?))
}

/// The indicators of a chart unless others are asked for.
const MAIN: [&str; 4] = [
    "disclosure.total",
    "applications.received",
    "review.total",
    "litigation.total",
];

fn print_chart(body: &str, args: &Args, session: &mut Session) -> Result<Status, Stop> {
    let crosswalk = the_crosswalk(args)?;
    let asked: Vec<&str> = match args.indicators.as_slice() {
        [] => MAIN.to_vec(),
        asked => asked.iter().map(String::as_str).collect(),
    };
    let indicators: Vec<&Indicator> = asked
        .into_iter()
        .map(|key| {
            let found = crosswalk.indicators.iter().find(|indicator| indicator.key == key);
            found.ok_or_else(|| Stop::Usage(format!("{key}: no indicator of the crosswalk")))
        })
        .collect::<Result<_, _>>()?;
    let points =
        series::harmonised_of_dataset(&args.dataset, &crosswalk, args.overlay.open()?.as_ref()).map_err(stop)?;
    let Some(svg) = chart::svg(body, &points, &indicators) else {
        return Err(Stop::Usage(format!(
            "{body}: no value of these indicators in the dataset"
        )));
    };
    write!(session.out.people(), "{svg}")?;
    Ok(Status::Good)
}

fn print_harmonised(args: &Args, session: &mut Session) -> Result<Status, Stop> {
    let crosswalk = the_crosswalk(args)?;
    let points =
        series::harmonised_of_dataset(&args.dataset, &crosswalk, args.overlay.open()?.as_ref()).map_err(stop)?;
    if args.json {
        session.out.json(&points, session.out.is_terminal())?;
        return Ok(Status::Good);
    }
    let mut csv = csv::Writer::from_writer(session.out.people());
    csv.write_record(COLUMNS).map_err(of_output)?;
    for point in points {
        write_row(&mut csv, &row(point)).map_err(of_output)?;
    }
    csv.flush()?;
    Ok(Status::Good)
}

/// The error of the output below one of the CSV writer, by which a closed pipe is known.
fn of_output(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}

const COLUMNS: [&str; 14] = [
    "body",
    "region_code",
    "year",
    "indicator",
    "value",
    "unit",
    "source",
    "form",
    "basis",
    "link",
    "break",
    "report",
    "corrected",
    "same_report_as",
];

fn row(point: Point) -> Row {
    vec![
        point.body.into(),
        (&point.region_code).into(),
        i64::from(point.year).into(),
        point.indicator.into(),
        point.value.to_string().into(),
        point.unit.into(),
        Value::fixed(point.source),
        (&point.form).into(),
        Value::fixed(point.basis),
        Value::fixed(point.link),
        (&point.broken).into(),
        point.report.into(),
        point.corrected.into(),
        (&point.same_report_as).into(),
    ]
}

fn print(series: &Series, out: &mut People) -> io::Result<()> {
    for agency in &series.agencies {
        print_agency(agency, out)?;
    }
    if !series.similar.is_empty() {
        writeln!(out, "\n{}", say("Agencies that look like one:", "看似同一机关的名称："))?;
    }
    for pair in &series.similar {
        let years = match pair.common_years.as_slice() {
            [] => say("no year in common", "没有相同年度").to_owned(),
            years => format!("{} {}", say("both have", "都有"), list(years)),
        };
        writeln!(out, "  {} | {}  ({}; {years})", pair.a, pair.b, pair.reason)?;
    }
    if !series.unplaced.is_empty() {
        let words = say("reports without agency or year", "份报告没有机关或年度");
        writeln!(out, "\n{} {words}", series.unplaced.len())?;
    }
    Ok(())
}

fn print_agency(agency: &Agency, out: &mut People) -> io::Result<()> {
    let mut years: Vec<i32> = agency.reports.iter().map(|report| report.year).collect();
    years.dedup();
    write!(out, "{}: {}", agency.agency, list(&years))?;
    if !agency.gaps.is_empty() {
        write!(out, "; {} {}", say("no report of", "缺"), list(&agency.gaps))?;
    }
    if !agency.duplicates.is_empty() {
        write!(
            out,
            "; {} {}",
            say("several reports of", "有多份报告的年度："),
            list(&agency.duplicates)
        )?;
    }
    if agency.may_be_several {
        let words = say(
            "the name is that of many, these may be several bodies",
            "多个机关同名，可能并非同一机关",
        );
        write!(out, "; {words}")?;
    }
    writeln!(out)?;
    if !agency.variants.is_empty() {
        writeln!(
            out,
            "  {} {}",
            say("also written", "又写作"),
            agency.variants.join(", ")
        )?;
    }
    for between in agency
        .checks
        .iter()
        .filter(|between| between.check.status == CheckStatus::Fail)
    {
        let check = &between.check;
        write!(out, "  ")?;
        out.alarm(say("FAIL", "不成立"))?;
        write!(out, " [{}] {}", check.code, told_of_check(check))?;
        if !agency.duplicates.is_empty() {
            let [a, b] = &between.reports;
            write!(out, "{}", say(format!(" in {a} and {b}"), format!("：{a} 与 {b}")))?;
        }
        let corrected = say(" (with a corrected figure)", "（含更正后的数字）");
        writeln!(out, "{}", if between.corrected { corrected } else { "" })?;
    }
    Ok(())
}

fn list(years: &[i32]) -> String {
    years.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}
