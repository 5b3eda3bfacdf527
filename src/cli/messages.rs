//! Messages to people, on standard error.
//!
//! Invariant: every message begins with the input that it is about, and a closed standard error is no reason to stop.

use std::borrow::Cow;
use std::fmt::Display;
use std::io::Write;
use std::sync::LazyLock;

use nianbao::batch::name;
use nianbao::diagnostic::{Diagnostic, Severity};
use nianbao::document::Origin;
use nianbao::explain::explain;
use nianbao::report::{Check, Report, Status};
use regex::Regex;
use serde::Deserialize;

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
                format_args!("{failed} [{}]: {}", check.code, told_of_check(check)),
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
                Some(origin) => self.error(
                    &about,
                    format_args!("{}: {severity} [{code}]: {message}", place(origin)),
                ),
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

/// The message of a finding; in Chinese, behind what its code means, in Chinese words.
pub fn told<'a>(code: &str, message: &'a str) -> Cow<'a, str> {
    match explain(code).filter(|_| spoken() == Language::Zh) {
        Some(explanation) => {
            let message = in_chinese(&PHRASES.findings, message);
            format!("{}（{message}）", explanation.chinese.trim_end_matches('。')).into()
        }
        None => message.into(),
    }
}

/// The message of a check; in Chinese, behind what the check means, in Chinese words.
pub fn told_of_check(check: &Check) -> Cow<'_, str> {
    match explain(&check.code).filter(|_| spoken() == Language::Zh) {
        Some(explanation) => {
            let message = in_chinese(&PHRASES.checks, &check.message);
            format!("{}（{message}）", explanation.chinese.trim_end_matches('。')).into()
        }
        None => check.message.as_str().into(),
    }
}

/// A place in a file, for people.
pub fn place(origin: &Origin) -> String {
    let place = origin.to_string();
    match spoken() {
        Language::Zh => in_chinese(&PHRASES.places, &place),
        Language::En => place,
    }
}

/// What a message says in English, and in Chinese.
#[derive(Deserialize)]
struct Phrase {
    english: String,
    chinese: String,
}

#[derive(Default, Deserialize)]
struct PhraseFile {
    checks: Vec<Phrase>,
    places: Vec<Phrase>,
    findings: Vec<Phrase>,
}

/// A pattern and what stands in its place.
type Replacement = (Regex, String);

#[derive(Default)]
struct Phrases {
    checks: Vec<Replacement>,
    places: Vec<Replacement>,
    findings: Vec<Replacement>,
}

/// The phrases of `messages.zh.toml`; a test makes sure that all of them are understood.
static PHRASES: LazyLock<Phrases> = LazyLock::new(|| {
    let file: PhraseFile = toml::from_str(include_str!("messages.zh.toml")).unwrap_or_default();
    let compiled = |phrases: Vec<Phrase>| {
        let pairs = phrases.into_iter();
        pairs
            .filter_map(|phrase| Some((Regex::new(&phrase.english).ok()?, phrase.chinese)))
            .collect()
    };
    Phrases {
        checks: compiled(file.checks),
        places: compiled(file.places),
        findings: compiled(file.findings),
    }
});

fn in_chinese(phrases: &[Replacement], message: &str) -> String {
    phrases.iter().fold(message.to_owned(), |message, (english, chinese)| {
        english.replace_all(&message, chinese.as_str()).into_owned()
    })
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_phrase_is_understood() {
        let file: PhraseFile = toml::from_str(include_str!("messages.zh.toml")).expect("TOML");
        assert_eq!(file.checks.len(), PHRASES.checks.len());
        assert_eq!(file.places.len(), PHRASES.places.len());
        assert_eq!(file.findings.len(), PHRASES.findings.len());
    }

    /// The texts between quotation marks in what a file of the program says outside its tests and comments, but for explanations of codes
    /// and patterns, each with something in the place of what is put into it.
    fn said_in(source: &str) -> Vec<String> {
        let regex = |pattern: &str| Regex::new(pattern).expect("a pattern");
        let code = source.split("#[cfg(test)]").next().unwrap_or_default();
        // Comments, characters, patterns, explanations and texts, whatever begins first.
        let parts = regex(
            r##"(?s)//[^\n]*|'(?:\\.|[^\\'])'|r"[^"]*"|r#".*?"#|english:\s*"(?:[^"\\]|\\.)*"|"((?:[^"\\]|\\.)*)""##,
        );
        let (line, shown, put_in) = (regex(r"\\\n\s*"), regex(r"\{[^}]*:\?\}"), regex(r"\{[^}]*\}"));
        let texts = parts.captures_iter(code).filter_map(|part| part.get(1));
        let texts = texts.map(|text| line.replace_all(text.as_str(), "").replace("\\\"", "\""));
        let filled = texts.map(|text| {
            put_in
                .replace_all(&shown.replace_all(&text, "\"某\""), "7")
                .into_owned()
        });
        filled.collect()
    }

    /// Texts of the sources that are said to nobody.
    const NO_MESSAGES: &[&str] = &["wingdings 2"];

    #[test]
    fn every_finding_that_the_program_can_have_is_said_in_chinese_words() {
        let mut folders = vec![std::path::PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/src"))];
        let (words, sentence) = ("[a-z]{2,} [a-z]|[a-z] [a-z]{2,}", "[a-z]{2,}");
        let (words, sentence) = (Regex::new(words).expect("one"), Regex::new(sentence).expect("one"));
        let mut seen = 0;
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).expect("a folder") {
                let path = entry.expect("an entry").path();
                if path.is_dir() {
                    let is_told_otherwise = ["cli", "review", "write", "check", "forms", "series", "isolate", "tests"];
                    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
                    folders.extend((!is_told_otherwise.contains(&name)).then_some(path));
                    continue;
                }
                let source = std::fs::read_to_string(&path).expect("a source");
                if path.ends_with("tests.rs") || !source.contains(".at(") {
                    continue;
                }
                for text in said_in(&source).iter().filter(|text| words.is_match(text)) {
                    let chinese = text.chars().filter(|c| ('\u{4e00}'..='\u{9fff}').contains(c)).count();
                    if chinese > 4 || NO_MESSAGES.contains(&text.as_str()) {
                        continue;
                    }
                    let chinese = in_chinese(&PHRASES.findings, text);
                    assert!(
                        !sentence.is_match(&chinese),
                        "{}: {text:?} is {chinese:?}",
                        path.display()
                    );
                    seen += 1;
                }
            }
        }
        assert!(seen > 100, "{seen}");
    }

    #[test]
    fn the_checks_of_the_samples_and_places_have_no_english_words_in_chinese() {
        let english = Regex::new("[a-z]{2}").expect("a pattern");
        let mut seen = 0;
        for sample in std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/samples")).expect("samples") {
            let path = sample.expect("sample").path();
            if path.extension().is_some_and(|end| end == "json") {
                let text = std::fs::read_to_string(&path).expect("JSON");
                let report: Report = serde_json::from_str(&text).expect("report");
                for check in &report.checks {
                    let message = in_chinese(&PHRASES.checks, &check.message);
                    assert!(!english.is_match(&message), "{message} of {}", check.message);
                    seen += 1;
                }
                for evidence in report.evidence.values() {
                    let place = evidence.origin.as_ref().map(ToString::to_string).unwrap_or_default();
                    let is_path_or_sheet = place.contains('/') || place.starts_with("sheet ");
                    let chinese = in_chinese(&PHRASES.places, &place);
                    assert!(is_path_or_sheet || !english.is_match(&chinese), "{chinese}");
                }
            }
        }
        assert!(seen > 1_000, "{seen}");
        for (message, chinese) in [
            (
                "the text says 31件, but the table has 新收 30; 新收 30 + 结转 2 = 32",
                "文字称 31件，但表中为 新收 30; 新收 30 + 结转 2 = 32",
            ),
            (
                "总计: （一）予以公开 is blank and 3 more have no figure",
                "总计: （一）予以公开 为空白，另有 3 项没有数字",
            ),
            (
                "三、本年度办理结果: not whole: 新收 总计 1.5",
                "三、本年度办理结果：不是整数：新收 总计 1.5",
            ),
            ("表一: negative: 新收 总计 -1", "表一：为负数：新收 总计 -1"),
        ] {
            assert_eq!(in_chinese(&PHRASES.checks, message), chinese);
        }
    }
}
