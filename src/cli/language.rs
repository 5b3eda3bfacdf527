//! The language of what is said to people: what `--lang` asks for, else the environment.
//!
//! Invariant: JSON, tables and codes are the same in every language.

use std::env;
use std::ffi::OsString;
use std::sync::OnceLock;

use clap::ValueEnum;

/// A language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Language {
    /// English
    En,
    /// Chinese
    Zh,
}

/// That of this run.
static SPOKEN: OnceLock<Language> = OnceLock::new();

impl Language {
    /// What the arguments ask for, else `LC_ALL`, `LC_MESSAGES` or `LANG`, whichever is set first.
    fn asked(arguments: &[OsString], variable: impl Fn(&str) -> Option<String>) -> Language {
        if let Some(language) = early(arguments, "--lang") {
            return language;
        }
        let locale = ["LC_ALL", "LC_MESSAGES", "LANG"]
            .into_iter()
            .find_map(|name| variable(name).filter(|value| !value.is_empty()));
        match locale {
            Some(locale) if locale.starts_with("zh") => Language::Zh,
            _ => Language::En,
        }
    }
}

/// The value of an option that must be known before the arguments are parsed, since help and errors depend on it.
pub fn early<T: ValueEnum>(arguments: &[OsString], option: &str) -> Option<T> {
    let mut words = arguments.iter().filter_map(|argument| argument.to_str());
    while let Some(word) = words.next() {
        let value = match word.strip_prefix(option) {
            Some("") => words.next(),
            Some(rest) => rest.strip_prefix('='),
            None => None,
        };
        if let Some(value) = value.and_then(|value| T::from_str(value, true).ok()) {
            return Some(value);
        }
    }
    None
}

/// Chooses the language of this run.
pub fn choose(arguments: &[OsString]) -> Language {
    *SPOKEN.get_or_init(|| Language::asked(arguments, |name| env::var(name).ok()))
}

/// The language of this run.
pub fn spoken() -> Language {
    SPOKEN.get().copied().unwrap_or(Language::En)
}

/// The words in the language of this run.
pub fn say<T>(english: T, chinese: T) -> T {
    match spoken() {
        Language::En => english,
        Language::Zh => chinese,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_arguments_decide_before_the_environment() {
        let asked = |arguments: &[&str], set: &[(&str, &str)]| {
            let arguments: Vec<OsString> = arguments.iter().map(Into::into).collect();
            let variable = |name: &str| {
                set.iter()
                    .find(|(other, _)| *other == name)
                    .map(|(_, value)| (*value).to_owned())
            };
            Language::asked(&arguments, variable)
        };
        let chinese = [("LANG", "zh_CN.UTF-8")];
        assert_eq!(asked(&["nianbao"], &[]), Language::En);
        assert_eq!(asked(&["nianbao"], &chinese), Language::Zh);
        assert_eq!(asked(&["nianbao"], &[("LC_ALL", "C"), chinese[0]]), Language::En);
        assert_eq!(asked(&["nianbao"], &[("LC_ALL", ""), chinese[0]]), Language::Zh);
        assert_eq!(
            asked(&["nianbao", "check", "--lang", "zh", "a.html"], &[]),
            Language::Zh
        );
        assert_eq!(asked(&["nianbao", "--lang=en", "check"], &chinese), Language::En);
        assert_eq!(asked(&["nianbao", "--language"], &[]), Language::En);
    }
}
