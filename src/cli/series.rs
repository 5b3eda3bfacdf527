//! `nianbao series`: a dataset over the years.

use std::io::{self, Write};
use std::path::PathBuf;

use nianbao::batch::BatchError;
use nianbao::report::Status as CheckStatus;
use nianbao::series::{self, Agency, Series};

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

The rules between years are plausible, not official: a failing one is a
finding. Agencies are never joined; those that look like one are listed.")]
pub struct Args {
    /// Folder of the dataset
    #[arg(value_name = "DATASET")]
    dataset: PathBuf,
    /// Print everything as JSON
    #[arg(long)]
    json: bool,
}

/// Prints the series.
pub fn run(args: &Args, session: &mut Session) -> Result<Status, Stop> {
    let series = match series::of_dataset(&args.dataset) {
        Ok(series) => series,
        Err(BatchError::Usage(message)) => return Err(Stop::Usage(message)),
        Err(error) => return Err(io::Error::other(error).into()),
    };
    if args.json {
        session.out.json(&series, session.out.is_terminal())?;
    } else {
        print(&series, &mut session.out.people())?;
    }
    Ok(Status::Good)
}

fn print(series: &Series, out: &mut impl Write) -> io::Result<()> {
    for agency in &series.agencies {
        print_agency(agency, out)?;
    }
    if !series.similar.is_empty() {
        writeln!(out, "\nAgencies that look like one:")?;
    }
    for pair in &series.similar {
        let years = match pair.common_years.as_slice() {
            [] => "no year in common".to_owned(),
            years => format!("both have {}", list(years)),
        };
        writeln!(out, "  {} | {}  ({}; {years})", pair.a, pair.b, pair.reason)?;
    }
    if !series.unplaced.is_empty() {
        writeln!(out, "\n{} reports without agency or year", series.unplaced.len())?;
    }
    Ok(())
}

fn print_agency(agency: &Agency, out: &mut impl Write) -> io::Result<()> {
    let mut years: Vec<i32> = agency.reports.iter().map(|report| report.year).collect();
    years.dedup();
    write!(out, "{}: {}", agency.agency, list(&years))?;
    if !agency.gaps.is_empty() {
        write!(out, "; no report of {}", list(&agency.gaps))?;
    }
    if !agency.duplicates.is_empty() {
        write!(out, "; several reports of {}", list(&agency.duplicates))?;
    }
    writeln!(out)?;
    if !agency.variants.is_empty() {
        writeln!(out, "  also written {}", agency.variants.join(", "))?;
    }
    for between in agency
        .checks
        .iter()
        .filter(|between| between.check.status == CheckStatus::Fail)
    {
        write!(out, "  FAIL [{}] {}", between.check.code, between.check.message)?;
        if !agency.duplicates.is_empty() {
            write!(out, " in {} and {}", between.reports[0], between.reports[1])?;
        }
        writeln!(out)?;
    }
    Ok(())
}

fn list(years: &[i32]) -> String {
    years.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}
