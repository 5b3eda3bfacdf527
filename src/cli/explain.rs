//! `nianbao explain`: what a check or a diagnostic means, from the table that defines it.

use std::io::Write;

use nianbao::explain::{Explanation, Kind, explain, explanations, similar};

use super::language::say;
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
            let [first, second] = say([english, chinese], [chinese, english]);
            writeln!(session.out, "{code} ({})\n\n{first}\n\n{second}", kind_name(kind))?;
            Ok(Status::Good)
        }
        None => Err(Stop::Usage(unknown(code))),
    }
}

fn list(session: &mut Session) -> Result<Status, Stop> {
    let all = explanations();
    let width = all.iter().map(|explanation| explanation.code.len()).max().unwrap_or(0);
    for Explanation {
        code,
        kind,
        english,
        chinese,
    } in all
    {
        let first = first_sentence(say(english, chinese), say(". ", "。"));
        writeln!(session.out, "{code:width$}  {:7}  {first}", kind_name(kind))?;
    }
    Ok(Status::Good)
}

fn unknown(code: &str) -> String {
    match similar(code).as_slice() {
        [] => say(
            format!("there is no code '{code}'; `nianbao explain` lists all"),
            format!("没有代码 '{code}'；nianbao explain 列出全部代码"),
        ),
        near => say(
            format!("there is no code '{code}'; did you mean {}?", near.join(", ")),
            format!("没有代码 '{code}'；是否指 {}？", near.join("、")),
        ),
    }
}

fn kind_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Diagnostic(severity) => severity_name(severity),
        Kind::Check => "check",
    }
}

fn first_sentence<'a>(text: &'a str, end: &str) -> &'a str {
    text.split_inclusive(end).next().unwrap_or(text).trim_end()
}
