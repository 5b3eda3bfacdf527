//! Labels of rows and columns, taken apart for comparison: ordinal, wording, bracketed explanation.
//!
//! Invariant: two labels that differ only in spacing, width, script, punctuation, ordinal or a leading 其中 have the same wording.

use super::normalize::fold;

/// How an ordinal is written, which in a form tells the level.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OrdinalStyle {
    /// `一、`
    Han,
    /// `（一）`
    HanBracketed,
    /// `1.`
    Digit,
    /// `（1）` or `①`
    DigitBracketed,
}

/// A leading ordinal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ordinal {
    /// How it is written.
    pub style: OrdinalStyle,
    /// Its value.
    pub value: u32,
}

/// A label taken apart. All texts are folded and without punctuation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// Leading ordinal, if any.
    pub ordinal: Option<Ordinal>,
    /// Wording with bracketed parts.
    pub full: String,
    /// Wording without bracketed parts.
    pub bare: String,
}

impl Label {
    /// Takes a label apart.
    pub fn parse(text: &str) -> Self {
        Self::from_folded(&fold(text))
    }

    /// The same for text that is folded already.
    pub fn from_folded(folded: &str) -> Self {
        let (ordinal, rest) = split_ordinal(folded.strip_prefix("其中:").unwrap_or(folded));
        let mut label = Label {
            ordinal,
            full: String::with_capacity(rest.len()),
            bare: String::with_capacity(rest.len()),
        };
        let mut depth = 0usize;
        for c in rest.chars() {
            match c {
                '(' | '[' | '〔' | '【' => depth += 1,
                ')' | ']' | '〕' | '】' => depth = depth.saturating_sub(1),
                c if is_wording(c) => {
                    label.full.push(c);
                    if depth == 0 {
                        label.bare.push(c);
                    }
                }
                _ => {}
            }
        }
        label
    }

    /// Whether the label has no wording at all.
    pub fn is_empty(&self) -> bool {
        self.full.is_empty()
    }
}

/// Characters that a wording is made of.
pub fn is_wording(c: char) -> bool {
    match c {
        '\u{4e00}'..='\u{9fff}' | '+' | '\u{fffd}' => true,
        c => c.is_alphanumeric(),
    }
}

/// Splits a leading ordinal off folded text.
pub fn split_ordinal(folded: &str) -> (Option<Ordinal>, &str) {
    let (bracketed, inner) = match folded.strip_prefix('(') {
        Some(inner) => (true, inner),
        None => (false, folded),
    };
    let end = inner.find(|c: char| !is_numeral(c)).unwrap_or(inner.len());
    let (numeral, rest) = inner.split_at(end);
    let Some((value, han)) = ordinal_value(numeral) else {
        return (None, folded);
    };
    let rest = if bracketed {
        // A closing bracket lost or doubled in print still leaves an ordinal.
        match rest.strip_prefix(')') {
            Some(rest) => rest.trim_start_matches(['、', '.']),
            None => return (None, folded),
        }
    } else {
        match rest.strip_prefix(['、', '.', ',', ':', '。']) {
            // "1.5" is a number, not an ordinal; "1.2021年" is no number.
            Some(rest) if han || !rest.starts_with(|c: char| c.is_ascii_digit()) || begins_with_year(rest) => {
                rest.trim_start_matches(['、', '.'])
            }
            _ => return (None, folded),
        }
    };
    let style = match (han, bracketed) {
        (true, false) => OrdinalStyle::Han,
        (true, true) => OrdinalStyle::HanBracketed,
        (false, false) => OrdinalStyle::Digit,
        (false, true) => OrdinalStyle::DigitBracketed,
    };
    (Some(Ordinal { style, value }), rest)
}

/// Whether a text begins with a year, or years: `2021年`, `2020-2022年`.
fn begins_with_year(text: &str) -> bool {
    let behind = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = &text[..text.len() - behind.len()];
    digits.len() == 4
        && ["19", "20"].iter().any(|century| digits.starts_with(century))
        && behind.starts_with(['年', '-', '—', '–', '至', '到', '~'])
}

fn is_numeral(c: char) -> bool {
    matches!(
        c,
        '0'..='9' | '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十'
    )
}

/// Value of an ordinal up to 99, and whether it is written in Chinese.
fn ordinal_value(numeral: &str) -> Option<(u32, bool)> {
    if numeral.bytes().all(|b| b.is_ascii_digit()) {
        return numeral
            .parse()
            .ok()
            .filter(|value| (1..100).contains(value))
            .map(|value| (value, false));
    }
    let digit = |c: char| "一二三四五六七八九".chars().position(|d| d == c).map(|d| d as u32 + 1);
    let chars: Vec<char> = numeral.chars().collect();
    let value = match chars[..] {
        ['十'] => 10,
        ['十', b] => 10 + digit(b)?,
        [a, '十'] => digit(a)? * 10,
        [a, '十', b] => digit(a)? * 10 + digit(b)?,
        [a] => digit(a)?,
        _ => return None,
    };
    Some((value, true))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinals_are_told_from_wording() {
        use OrdinalStyle::*;
        for (text, ordinal, full, bare) in [
            ("一、本年新收", Some((Han, 1)), "本年新收", "本年新收"),
            ("（六）其他处理", Some((HanBracketed, 6)), "其他处理", "其他处理"),
            ("1、属于国家秘密", Some((Digit, 1)), "属于国家秘密", "属于国家秘密"),
            ("１．属于", Some((Digit, 1)), "属于", "属于"),
            (
                "(2)部分公开（区分处理的）",
                Some((DigitBracketed, 2)),
                "部分公开区分处理的",
                "部分公开",
            ),
            ("十二、附表", Some((Han, 12)), "附表", "附表"),
            ("2.3873", None, "23873", "23873"),
            ("3.2021年情况", Some((Digit, 3)), "2021年情况", "2021年情况"),
            (
                "3、2020—2022年情况",
                Some((Digit, 3)),
                "20202022年情况",
                "20202022年情况",
            ),
            ("3.2021万元", None, "32021万元", "32021万元"),
            ("二十条", None, "二十条", "二十条"),
            ("三安全一稳定", None, "三安全一稳定", "三安全一稳定"),
        ] {
            let label = Label::parse(text);
            assert_eq!(label.ordinal.map(|o| (o.style, o.value)), ordinal, "{text}");
            assert_eq!((label.full.as_str(), label.bare.as_str()), (full, bare), "{text}");
        }
    }
}
