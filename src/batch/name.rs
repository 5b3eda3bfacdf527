//! Names of files and members as text that can be shown, kept apart and looked for.
//!
//! Invariant: two names are never the same text, and no text of a name moves the cursor of a terminal or begins a line.

use std::borrow::Cow;
use std::fmt::Write;
use std::path::Path;

/// The name of a file.
#[cfg(unix)]
pub fn of_path(path: &Path) -> String {
    use std::os::unix::ffi::OsStrExt;
    of_bytes(path.as_os_str().as_bytes())
}

/// The name of a file, with `/` between its parts as everywhere else.
#[cfg(not(unix))]
pub fn of_path(path: &Path) -> String {
    safe(&path.to_string_lossy().replace('\\', "/")).into_owned()
}

/// A name from bytes that should be UTF-8; a byte that is not stands as `\xE4`.
pub fn of_bytes(bytes: &[u8]) -> String {
    let mut name = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        name += &of_text(chunk.valid());
        for byte in chunk.invalid() {
            let _ = write!(name, "\\x{byte:02X}");
        }
    }
    name
}

/// A name from text: a backslash is doubled, since it begins what stands for the characters that cannot be shown.
pub fn of_text(text: &str) -> String {
    safe(&text.replace('\\', "\\\\")).into_owned()
}

/// Text for a terminal: what would steer it, break the line or turn the direction of writing stands as `\u{1b}`.
pub fn safe(text: &str) -> Cow<'_, str> {
    if !text.contains(steers) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 8);
    for character in text.chars() {
        if steers(character) {
            shown.extend(character.escape_default());
        } else {
            shown.push(character);
        }
    }
    Cow::Owned(shown)
}

fn steers(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_shown_safely_and_stay_apart() {
        let names: [&[u8]; 9] = [
            b"a\x1b[2Jb",
            b"a\nb",
            b"a\\nb",
            b"a\\b",
            b"a/b",
            b"\xe4",
            b"\xe5",
            b"\\xE4",
            "年报\u{202e}".as_bytes(),
        ];
        let shown: Vec<String> = names.iter().map(|name| of_bytes(name)).collect();
        assert_eq!(
            shown,
            [
                "a\\u{1b}[2Jb",
                "a\\nb",
                "a\\\\nb",
                "a\\\\b",
                "a/b",
                "\\xE4",
                "\\xE5",
                "\\\\xE4",
                "年报\\u{202e}"
            ]
        );
    }
}
