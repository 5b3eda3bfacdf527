//! Whether a line begins as headings and list items do.

use std::sync::LazyLock;

use regex::Regex;

/// An ordinal as headings and list items begin with.
static ORDINAL: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"^(第[一二三四五六七八九十]+(部分|章|节|[、：:])|[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]|[0-9０-９]{1,2}[、．]|[0-9０-９]{1,2}\.[^0-9]|[（(][0-9０-９]{1,2}[）)]|[①-⑳]|附[件表])").ok()
});

/// Whether a line begins like a heading or list item.
pub(super) fn begins_with_ordinal(text: &str) -> bool {
    ORDINAL.as_ref().is_some_and(|ordinal| ordinal.is_match(text))
}
