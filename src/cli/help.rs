//! The help in Chinese: `help.zh.toml` laid over the command line as the commands define it.
//!
//! Invariant: every command and every option that is shown has its text there; a test compares the two.

use std::collections::BTreeMap;

use clap::{Arg, Command, CommandFactory};
use serde::Deserialize;

use super::Args;
use super::language::Language;

const CHINESE: &str = include_str!("help.zh.toml");
const TEMPLATE: &str = "{before-help}{about-with-newline}\n用法：{usage}\n\n{all-args}{after-help}";

/// The texts of one command.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Texts {
    /// One line.
    about: String,
    /// More, for `--help`.
    #[serde(default)]
    long: Option<String>,
    /// Examples and what else stands at the end.
    #[serde(default)]
    after: Option<String>,
    /// By the name of the argument.
    #[serde(default)]
    arguments: BTreeMap<String, String>,
}

/// By the name of the command; those of the program itself hold for all.
type Book = BTreeMap<String, Texts>;

/// The command line with its help in a language.
pub fn command(language: Language) -> Command {
    let command = Args::command();
    match language {
        Language::En => command,
        // The texts are part of the program, and a test reads them.
        Language::Zh => match toml::from_str::<Book>(CHINESE) {
            Ok(book) => in_chinese(command, &book),
            Err(_) => command,
        },
    }
}

fn in_chinese(mut command: Command, book: &Book) -> Command {
    // What clap adds by itself, --help and `help`, is there only then.
    command.build();
    laid_over(command, book)
}

fn laid_over(mut command: Command, book: &Book) -> Command {
    if let Some(texts) = book.get(command.get_name()) {
        command = command.about(texts.about.clone());
        if let Some(long) = &texts.long {
            command = command.long_about(format!("{}\n\n{}", texts.about, long.trim_end()));
        }
        if let Some(after) = &texts.after {
            command = command.after_help(after.trim_end().to_owned());
        }
        command = command.mut_args(|argument| match text_of(book, texts, &argument) {
            Some(text) => with_text(argument, text),
            None => argument,
        });
    }
    command
        .help_template(TEMPLATE)
        .subcommand_help_heading("命令")
        .mut_subcommands(|inner| laid_over(inner, book))
}

fn text_of<'a>(book: &'a Book, texts: &'a Texts, argument: &Arg) -> Option<&'a String> {
    let name = argument.get_id().as_str();
    let of_all = || book.get("nianbao")?.arguments.get(name);
    texts.arguments.get(name).or_else(of_all)
}

/// Values and defaults are named in the text: what clap says of them is English.
fn with_text(argument: Arg, text: &str) -> Arg {
    let heading = if argument.is_positional() { "参数" } else { "选项" };
    argument
        .help(text.to_owned())
        .long_help(None)
        .help_heading(heading)
        .hide_possible_values(true)
        .hide_default_value(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_command_and_option_is_explained_in_chinese() {
        let book: Book = toml::from_str(CHINESE).unwrap();
        let mut program = Args::command();
        program.build();
        let shown = |command: &&Command| !command.is_hide_set();
        let commands = || program.get_subcommands().filter(shown);
        let inner = commands().filter(|command| command.get_name() != "help");
        let inner = inner.flat_map(|command| command.get_subcommands().filter(shown));
        let all: Vec<&Command> = commands().chain(inner).chain([&program]).collect();
        for command in &all {
            let texts = book
                .get(command.get_name())
                .unwrap_or_else(|| panic!("{}: no text", command.get_name()));
            for argument in command.get_arguments().filter(|argument| !argument.is_hide_set()) {
                let text = text_of(&book, texts, argument);
                assert!(text.is_some(), "{} {}: no text", command.get_name(), argument.get_id());
            }
            assert_eq!(
                texts.after.is_some(),
                command.get_after_help().is_some(),
                "{}",
                command.get_name()
            );
        }
        // A build without a feature lacks its command, not its text.
        if !cfg!(all(feature = "review", feature = "ocr")) {
            return;
        }
        let has = |command: &Command, name: &str| command.get_arguments().any(|argument| argument.get_id() == name);
        for (command, texts) in &book {
            for name in texts.arguments.keys() {
                let mut named = all
                    .iter()
                    .filter(|other| command == "nianbao" || command == other.get_name());
                assert!(
                    named.any(|command| has(command, name)),
                    "{command} {name}: no such argument"
                );
            }
        }
        for name in book.keys() {
            assert!(
                all.iter().any(|command| command.get_name() == name),
                "{name}: no such command"
            );
        }
    }

    #[test]
    fn the_chinese_help_has_no_english_headings() {
        let mut program = command(Language::Zh);
        let help = program.render_long_help().to_string();
        let batch = program
            .find_subcommand_mut("batch")
            .unwrap()
            .render_long_help()
            .to_string();
        for word in ["Usage", "Options:", "Arguments:", "Commands:", "Print", "default"] {
            assert!(!help.contains(word) && !batch.contains(word), "{word}\n{help}\n{batch}");
        }
        assert!(batch.contains("--max-memory"), "{batch}");
        command(Language::Zh).debug_assert();
    }
}
