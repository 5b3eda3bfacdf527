//! `nianbao explain`: what a check or a diagnostic means, from the table that defines it.

use std::io::Write;

use nianbao::explain::{Explanation, Kind, explain, explanations, similar};

use super::messages::severity_name;
use super::{Session, Status, Stop};

/// Tell what the code of a check or diagnostic means, in English and Chinese
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  nianbao explain                        all codes
  nianbao explain applications.balance   one of them")]
pub struct Args {
    /// A code as it stands in the JSON; without it, all codes are listed
    code: Option<String>,
}

/// Prints one explanation or the list.
pub fn run(args: &Args, session: &mut Session) -> Result<Status, Stop> {
    let Some(code) = &args.code else {
        return list(session);
    };
    match explain(code) {
        Some(Explanation {
            code,
            kind,
            english,
            chinese,
        }) => {
            writeln!(session.out, "{code} ({})\n\n{english}\n\n{chinese}", kind_name(kind))?;
            Ok(Status::Good)
        }
        None => Err(Stop::Usage(unknown(code))),
    }
}

fn list(session: &mut Session) -> Result<Status, Stop> {
    let all = explanations();
    let width = all.iter().map(|explanation| explanation.code.len()).max().unwrap_or(0);
    for Explanation {
        code, kind, english, ..
    } in all
    {
        writeln!(
            session.out,
            "{code:width$}  {:7}  {}",
            kind_name(kind),
            first_sentence(english)
        )?;
    }
    Ok(Status::Good)
}

fn unknown(code: &str) -> String {
    match similar(code).as_slice() {
        [] => format!("there is no code '{code}'; `nianbao explain` lists all"),
        near => format!("there is no code '{code}'; did you mean {}?", near.join(", ")),
    }
}

fn kind_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Diagnostic(severity) => severity_name(severity),
        Kind::Check => "check",
    }
}

fn first_sentence(text: &str) -> &str {
    text.split_inclusive(". ").next().unwrap_or(text).trim_end()
}
