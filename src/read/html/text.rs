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
}

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
        let mut visible = false;
        for c in text.chars() {
            match c {
                ' ' | '\t' | '\u{A0}' => {
                    self.gap.get_or_insert(false);
                }
                '\n' | '\r' | '\u{C}' => self.gap = Some(true),
                // Zero-width spaces, joiners and marks, soft hyphen, byte order mark.
                '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}' | '\u{AD}' | '\u{202A}'..='\u{202E}' => {}
                c => {
                    if let Some(broken) = self.gap.take()
                        && let Some(last) = self.text.chars().next_back()
                        // A line break of the source between two Chinese characters is none.
                        && !(broken && is_wide(last) && is_wide(c))
                    {
                        self.text.push(' ');
                    }
                    self.text.push(c);
                    visible = true;
                }
            }
        }
        if visible {
            self.start.get_or_insert(node);
            self.bold |= bold;
            self.plain |= !bold;
        }
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
