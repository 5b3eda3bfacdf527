//! Text as a browser shows it: white space collapsed, lines split at blocks and `<br>`.
//!
//! Invariant: no visible character is lost; what is removed is collapsed white space and characters of no width.

/// Collects the text of one line.
#[derive(Default)]
pub(super) struct Line {
    text: String,
    /// White space seen since the last character, and whether a line break of the source was in it.
    gap: Option<bool>,
    bold: bool,
    plain: bool,
    /// Node that the first character stood in.
    start: Option<u32>,
    /// What stands between the last character and the next.
    seam: Option<Seam>,
}

/// What may stand between two characters of a line that no white space parts.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Seam {
    /// An element begins or ends of which the file does not tell whether, or where, it is seen.
    Unsure,
    /// Something that is no text, such as a picture.
    Other,
}

/// Stands in a number for what is not known of it.
const UNKNOWN: &str = "\u{fffd}";

/// A finished line.
pub(super) struct Finished {
    pub(super) text: String,
    pub(super) strong: bool,
    /// Index of the text node that it begins in.
    pub(super) start: u32,
}

impl Line {
    /// Adds the text of a node.
    pub(super) fn push(&mut self, text: &str, node: u32, bold: bool) {
        let bytes = text.as_bytes();
        // Text is taken over in runs; only bytes that can begin a special character are looked at closely.
        let (mut run, mut at) = (0, 0);
        let mut visible = false;
        while let Some(&byte) = bytes.get(at) {
            let special = match byte {
                b'\n' | b'\r' | 0x0C => Special::Break,
                b' ' | b'\t' => Special::Space,
                0xC2 | 0xE2 | 0xEF => special(&bytes[at..]),
                _ => Special::None,
            };
            let length = match special {
                Special::None => {
                    at += 1;
                    continue;
                }
                Special::Break | Special::Space if byte < 0x80 => 1,
                _ if byte == 0xC2 => 2,
                _ => 3,
            };
            visible |= self.take(&text[run..at]);
            match special {
                Special::Space => _ = self.gap.get_or_insert(false),
                Special::Backwards => visible |= self.take(UNKNOWN),
                Special::Break => self.gap = Some(true),
                Special::Nothing | Special::None => {}
            }
            at += length;
            run = at;
        }
        visible |= self.take(&text[run..]);
        if visible {
            self.start.get_or_insert(node);
            self.bold |= bold;
            self.plain |= !bold;
        }
    }

    /// Parts what comes from what stands before it.
    pub(super) fn space(&mut self) {
        self.gap = Some(false);
    }

    /// Notes what stands between what came and what comes: where it is in a number, the number is not known.
    pub(super) fn seam(&mut self, seam: Seam) {
        if seam == Seam::Other && self.gap.is_none() && self.text.ends_with(is_numeric) {
            self.text.push_str(UNKNOWN);
        } else if self.seam != Some(Seam::Other) {
            self.seam = Some(seam);
        }
    }

    /// Whether a seam parts digits, so that no number may be read over it.
    fn is_torn(&self, first: char) -> bool {
        let before = || self.text.ends_with(is_numeric);
        match self.seam {
            Some(Seam::Unsure) => is_numeric(first) && before(),
            Some(Seam::Other) => is_numeric(first),
            None => false,
        }
    }

    /// Adds characters that are all shown as they are; false if there are none.
    fn take(&mut self, run: &str) -> bool {
        let Some(first) = run.chars().next() else { return false };
        if self.gap.is_none() && self.is_torn(first) {
            self.text.push_str(UNKNOWN);
        }
        self.seam = None;
        if let Some(broken) = self.gap.take()
            && let Some(last) = self.text.chars().next_back()
            // A line break of the source between two Chinese characters is none.
            && !(broken && is_wide(last) && is_wide(first))
        {
            self.text.push(' ');
        }
        self.text.push_str(run);
        true
    }

    /// Whether nothing visible has come yet.
    pub(super) fn is_empty(&self) -> bool {
        self.start.is_none()
    }

    /// Ends the line; nothing if it shows nothing.
    pub(super) fn finish(&mut self) -> Option<Finished> {
        let line = std::mem::take(self);
        let text = line.text.trim();
        if text.is_empty() {
            return None;
        }
        Some(Finished {
            text: if text.len() == line.text.len() {
                line.text
            } else {
                text.to_string()
            },
            strong: line.bold && !line.plain,
            start: line.start?,
        })
    }
}

/// Characters that numbers are made of.
fn is_numeric(c: char) -> bool {
    c.is_numeric() || matches!(c, '.' | ',' | '．' | '，' | '%' | '-' | '－')
}

/// What a character is that is not shown as it is.
#[derive(Clone, Copy)]
enum Special {
    None,
    Space,
    Break,
    /// From here on characters are shown from right to left: no number can be read.
    Backwards,
    /// Takes no room: zero-width spaces, joiners and marks, soft hyphen, byte order mark.
    Nothing,
}

/// What the character beyond ASCII is that bytes begin with.
fn special(bytes: &[u8]) -> Special {
    match bytes {
        [0xC2, 0xA0, ..] => Special::Space,
        [0xE2, 0x80, 0xAE, ..] => Special::Backwards,
        [0xC2, 0xAD, ..] | [0xE2, 0x80, 0x8B..=0x8F | 0xAA..=0xAE, ..] => Special::Nothing,
        [0xE2, 0x81, 0xA0, ..] | [0xEF, 0xBB, 0xBF, ..] => Special::Nothing,
        _ => Special::None,
    }
}

/// Characters between which Chinese text has no spaces: ideographs and full-width punctuation.
fn is_wide(c: char) -> bool {
    matches!(c, '\u{2E80}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{FE30}'..='\u{FE4F}' | '\u{FF00}'..='\u{FFEF}'
        | '\u{2018}'..='\u{201D}' | '\u{2026}' | '\u{2014}' | '\u{20000}'..='\u{3FFFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(parts: &[&str]) -> String {
        let mut line = Line::default();
        for part in parts {
            line.push(part, 1, false);
        }
        line.finish().map(|line| line.text).unwrap_or_default()
    }

    #[test]
    fn white_space_collapses_as_in_a_browser() {
        for (parts, shown) in [
            (&["  本年\n\t新收  ", " 申请 "][..], "本年新收 申请"),
            (&["总", "", "计"], "总计"),
            (&["1", "\n", "2"], "1 2"),
            (&["收到\u{A0}\u{A0}件", "\u{200B}数"], "收到 件数"),
            (&["\u{3000}\u{3000}一、总体情况\u{3000}"], "一、总体情况"),
            (&["\u{A0}", "\u{FEFF}"], ""),
        ] {
            assert_eq!(line(parts), shown, "{parts:?}");
        }
    }

    #[test]
    fn a_line_is_strong_only_as_a_whole() {
        let mut whole = Line::default();
        whole.push("一、", 1, true);
        whole.push(" ", 2, false);
        whole.push("总体情况", 3, true);
        assert!(whole.finish().unwrap().strong);
        let mut half = Line::default();
        half.push("（一）主动公开。", 1, true);
        half.push("全年公开", 2, false);
        assert!(!half.finish().unwrap().strong);
    }
}
