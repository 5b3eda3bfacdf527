//! Numbers that Word counts: lists in place of the numbers that a text begins with.
//!
//! Invariant: the list prints the number that was taken from the text.

const NUMERALS: [&str; 11] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九", "十"];

/// What begins and ends a number, and its format.
const PATTERNS: [(&str, &str, &str); 5] = [
    ("", "、", "chineseCountingThousand"),
    ("（", "）", "chineseCounting"),
    ("", "、", "decimal"),
    ("", ".", "decimal"),
    ("（", "）", "decimal"),
];

/// The lists of a document.
#[derive(Default)]
pub struct Lists {
    /// Pattern and first number of each list.
    lists: Vec<(usize, i64)>,
    /// The list that counts with each pattern now, and its last number.
    now: [Option<(usize, i64)>; PATTERNS.len()],
}

impl Lists {
    /// Takes the number off a text: the list that prints it, and the rest.
    pub fn take<'t>(&mut self, text: &'t str) -> Option<(usize, &'t str)> {
        let (pattern, number, rest) = split(text)?;
        let list = match self.now[pattern] {
            Some((list, last)) if last + 1 == number => list,
            _ => {
                self.lists.push((pattern, number));
                self.lists.len()
            }
        };
        self.now[pattern] = Some((list, number));
        Some((list, rest))
    }

    /// What begins and ends the numbers of each definition, and their format.
    pub fn patterns() -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
        PATTERNS.into_iter()
    }

    /// Definition and first number of each list.
    pub fn all(&self) -> impl Iterator<Item = (usize, i64)> {
        self.lists.iter().copied()
    }

    /// The part that defines them.
    pub fn xml(&self) -> String {
        let mut out = String::new();
        for (at, (before, after, format)) in PATTERNS.iter().enumerate() {
            out += &format!(
                r#"<w:abstractNum w:abstractNumId="{at}"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="{format}"/><w:suff w:val="nothing"/><w:lvlText w:val="{before}%1{after}"/></w:lvl></w:abstractNum>"#
            );
        }
        for (at, (pattern, first)) in self.lists.iter().enumerate() {
            out += &format!(
                r#"<w:num w:numId="{}"><w:abstractNumId w:val="{pattern}"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="{first}"/></w:lvlOverride></w:num>"#,
                at + 1
            );
        }
        out
    }
}

/// Pattern, number and rest of a text that begins with a number.
fn split(text: &str) -> Option<(usize, i64, &str)> {
    PATTERNS.iter().enumerate().find_map(|(at, (before, after, format))| {
        let (number, rest) = text.strip_prefix(before)?.split_once(after)?;
        let value = if *format == "decimal" {
            let plain =
                number.len() <= 2 && number.bytes().all(|byte| byte.is_ascii_digit()) && !number.starts_with('0');
            number.parse().ok().filter(|_| plain)?
        } else {
            NUMERALS.iter().position(|numeral| *numeral == number)? as i64
        };
        (value > 0 && !rest.is_empty()).then_some((at, value, rest))
    })
}
