//! Messages to people, on standard error.
//!
//! Invariant: every message begins with the input that it is about, and a closed standard error is no reason to stop.

use std::borrow::Cow;
use std::fmt::Display;
use std::io::Write;

use nianbao::batch::name;
use nianbao::diagnostic::{Diagnostic, Severity};
use nianbao::explain::explain;
use nianbao::report::{Report, Status};

use super::colour::Colour;
use super::language::{Language, say, spoken};

/// How much is said.
#[derive(clap::Args)]
pub struct MessagesArgs {
    /// Say nothing but which inputs could not be read
    #[arg(short, long, global = true, conflicts_with = "verbose", display_order = 100)]
    quiet: bool,
    /// Say what was noticed while reading; twice: also what is only worth knowing
    #[arg(short, long, global = true, action = clap::ArgAction::Count, display_order = 100)]
    verbose: u8,
    /// Language of messages and help; without it, that of the environment
    // Taken from the arguments before they are parsed, since help and errors are in that language.
    #[arg(
        id = "lang",
        long = "lang",
        value_name = "LANG",
        global = true,
        value_enum,
        display_order = 100
    )]
    _language: Option<Language>,
    /// When to colour; without it, on a terminal unless NO_COLOR is set
    #[arg(
        id = "color",
        long = "color",
        value_name = "WHEN",
        global = true,
        value_enum,
        display_order = 100
    )]
    _colour: Option<Colour>,
}

/// Writes messages.
#[derive(Default)]
pub struct Messages {
    /// -1 quiet, 0 as usual, 1 warnings, 2 everything.
    level: i8,
}

impl Messages {
    /// As the user asked.
    pub fn new(args: &MessagesArgs) -> Self {
        let level = if args.quiet { -1 } else { args.verbose.min(2) as i8 };
        Messages { level }
    }

    /// An input could not be read.
    pub fn error(&self, about: impl Display, message: impl Display) {
        self.line(format_args!("nianbao: {about}: {message:#}"));
    }

    /// Something worth saying unless the user wants quiet.
    pub fn note(&self, about: impl Display, message: impl Display) {
        if self.level >= 0 {
            self.error(about, message);
        }
    }

    /// What was noticed in a report: each finding with its place where asked for, else how many there are.
    pub fn findings(&self, about: impl Display, report: &Report) {
        if self.level < 0 {
            return;
        }
        let failed: Vec<_> = report
            .checks
            .iter()
            .filter(|check| check.status == Status::Fail)
            .collect();
        if self.level == 0 {
            let errors = report
                .diagnostics
                .iter()
                .filter(|d| d.severity == Severity::Error)
                .count();
            let counts = [
                count(
                    failed.len(),
                    say(["check failed", "checks failed"], ["项核对不成立"; 2]),
                ),
                count(errors, say(["error", "errors"], ["个错误"; 2])),
            ];
            let counts: Vec<_> = counts.into_iter().flatten().collect();
            let more = say("(-v tells more)", "（-v 显示详情）");
            if !counts.is_empty() {
                self.error(about, format_args!("{} {more}", counts.join(", ")));
            }
            return;
        }
        self.diagnostics(&about, &report.diagnostics);
        for check in failed {
            let failed = say("failed", "不成立");
            self.error(
                &about,
                format_args!("{failed} [{}]: {}", check.code, told(&check.code, &check.message)),
            );
        }
    }

    /// What a reader noticed, as far as it was asked for.
    pub fn diagnostics(&self, about: impl Display, diagnostics: &[Diagnostic]) {
        let least = match self.level {
            ..=0 => Severity::Error,
            1 => Severity::Warning,
            _ => Severity::Info,
        };
        for Diagnostic {
            code,
            severity,
            message,
            origin,
        } in diagnostics
        {
            if self.level < 0 || *severity < least {
                continue;
            }
            let severity = severity_word(*severity);
            let message = told(code, message);
            match origin {
                Some(origin) => self.error(&about, format_args!("{}: {severity} [{code}]: {message}", origin)),
                None => self.error(&about, format_args!("{severity} [{code}]: {message}")),
            }
        }
    }

    fn line(&self, text: std::fmt::Arguments<'_>) {
        let _ = writeln!(std::io::stderr(), "{}", name::safe(&text.to_string()));
    }
}

/// `1 error`, `2 errors`, or nothing.
fn count(number: usize, [one, many]: [&str; 2]) -> Option<String> {
    (number > 0).then(|| format!("{number} {}", if number == 1 { one } else { many }))
}

/// The message of a finding; in Chinese behind what its code means, since the message itself is that of the JSON.
pub fn told<'a>(code: &str, message: &'a str) -> Cow<'a, str> {
    match explain(code).filter(|_| spoken() == Language::Zh) {
        Some(explanation) => format!("{}（{message}）", explanation.chinese.trim_end_matches('。')).into(),
        None => message.into(),
    }
}

/// The word for a severity, for people.
fn severity_word(severity: Severity) -> &'static str {
    let chinese = match severity {
        Severity::Info => "提示",
        Severity::Warning => "警告",
        Severity::Error => "错误",
    };
    say(severity_name(severity), chinese)
}

/// The word for a severity, as in the JSON.
pub fn severity_name(severity: Severity) -> &'static str {
    match severity {
        Severity::Info => "info",
        Severity::Warning => "warning",
        Severity::Error => "error",
    }
}
