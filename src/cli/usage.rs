//! What is said of wrong use: clap's own words, or the same in Chinese.
//!
//! Invariant: help and version are shown as they are, and the exit status does not depend on the language.

use std::io::{self, Write};

use clap::Error;
use clap::error::{ContextKind, ContextValue, ErrorKind};

use super::language::{Language, spoken};

/// Prints what clap says of the arguments.
///
/// # Errors
/// Where nobody reads it.
pub fn print(error: &Error) -> io::Result<()> {
    match in_chinese(error).filter(|_| spoken() == Language::Zh) {
        Some(text) => write!(io::stderr(), "{text}"),
        None => error.print(),
    }
}

/// Prints what a command says of options that contradict each other.
///
/// # Errors
/// Where nobody reads it.
pub fn print_message(message: &str) -> io::Result<()> {
    let text = format!("{message}\n");
    match spoken() {
        Language::Zh => write!(io::stderr(), "错误：{text}"),
        Language::En => Error::raw(ErrorKind::ValueValidation, text).print(),
    }
}

/// The whole message; nothing for help and for what has no words here.
fn in_chinese(error: &Error) -> Option<String> {
    let about = said(error)?;
    let mut text = format!("错误：{about}\n");
    let hints = [
        (ContextKind::SuggestedArg, "相近的选项："),
        (ContextKind::SuggestedSubcommand, "相近的命令："),
        (ContextKind::SuggestedValue, "相近的值："),
        (ContextKind::ValidValue, "可用的值："),
        (ContextKind::ValidSubcommand, "可用的命令："),
    ];
    for (kind, words) in hints {
        if let Some(value) = context(error, kind) {
            text += &format!("\n  {words}{value}\n");
        }
    }
    if let Some(usage) = context(error, ContextKind::Usage) {
        text += &format!("\n{}\n", usage.replace("Usage: ", "用法："));
    }
    Some(text + "\n用 --help 查看详细说明。\n")
}

fn said(error: &Error) -> Option<String> {
    let of = |kind| context(error, kind).unwrap_or_default();
    let (argument, value) = (of(ContextKind::InvalidArg), of(ContextKind::InvalidValue));
    Some(match error.kind() {
        ErrorKind::UnknownArgument => format!("没有这个选项：{argument}"),
        ErrorKind::InvalidSubcommand => format!("没有这个命令：{}", of(ContextKind::InvalidSubcommand)),
        ErrorKind::MissingRequiredArgument => format!("缺少必需的参数：{argument}"),
        ErrorKind::MissingSubcommand => "缺少命令".to_owned(),
        ErrorKind::ArgumentConflict if of(ContextKind::PriorArg) == argument => format!("{argument} 只能给出一次"),
        ErrorKind::ArgumentConflict => format!("{argument} 与 {} 不能同时使用", of(ContextKind::PriorArg)),
        ErrorKind::InvalidValue if value.is_empty() => format!("{argument} 需要一个值"),
        ErrorKind::InvalidValue => format!("{argument} 没有这个值：{value}"),
        ErrorKind::ValueValidation => {
            let cause = std::error::Error::source(error).map(|cause| format!("（{cause}）"));
            format!("{argument} 的值无效：{value}{}", cause.unwrap_or_default())
        }
        ErrorKind::TooManyValues => format!("{argument} 的值过多：{value}"),
        ErrorKind::NoEquals | ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => {
            format!("{argument} 的值的个数不对")
        }
        ErrorKind::InvalidUtf8 => "参数不是有效的 UTF-8 文字".to_owned(),
        _ => return None,
    })
}

/// What clap knows of an error, as text.
fn context(error: &Error, kind: ContextKind) -> Option<String> {
    let text = match error.get(kind)? {
        ContextValue::String(text) => text.clone(),
        ContextValue::Strings(texts) => texts.join("、"),
        ContextValue::StyledStr(text) => text.to_string(),
        ContextValue::StyledStrs(texts) => texts.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"),
        ContextValue::Number(number) => number.to_string(),
        ContextValue::Bool(truth) => truth.to_string(),
        _ => return None,
    };
    (!text.is_empty()).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::super::help::command;
    use super::*;

    fn of(arguments: &[&str]) -> String {
        let words = ["nianbao"].iter().chain(arguments);
        let error = command(Language::Zh).try_get_matches_from(words).unwrap_err();
        in_chinese(&error).unwrap_or_default()
    }

    #[test]
    fn wrong_use_is_told_in_chinese() {
        for (arguments, words) in [
            (
                &["check", "--jason", "a"][..],
                ["没有这个选项：--jason", "相近的选项：--json"],
            ),
            (&["chek"], ["没有这个命令：chek", "、check"]),
            (&["series"], ["缺少必需的参数：<DATASET>", "用法：nianbao series"]),
            (
                &["extract", "--format", "xml", "a"],
                ["没有这个值：xml", "可用的值：json、jsonl、csv"],
            ),
            (
                &["batch", "a", "-o", "b", "--add", "--replace"],
                ["不能同时使用", "--replace"],
            ),
            (&["extract", "--max-memory", "1M", "a"], ["的值无效：1M", "256M"]),
            (&["extract", "--format"], ["需要一个值", "--format"]),
        ] {
            let text = of(arguments);
            for word in words {
                assert!(text.contains(word), "{arguments:?}: {word} is not in\n{text}");
            }
            for english in ["error", "Usage", "tip", "For more"] {
                assert!(!text.contains(english), "{arguments:?}: {english} is in\n{text}");
            }
        }
        assert_eq!(of(&["--help"]), "");
    }
}
