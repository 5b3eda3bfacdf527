//! Counts in running text: a number with a measure word, as in 749件, 5宗, 三件, 近2.4万条.
//!
//! Invariant: a number that the sentence rounds (近, 约, 余, 多, 左右, 2.4万) is approximate, however exact its digits look.

use rust_decimal::Decimal;

/// A number with its measure word, in folded text.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Quantity {
    /// Byte range of number and measure word, with the words that round it.
    pub start: usize,
    pub end: usize,
    pub value: Decimal,
    pub unit: Unit,
    pub approximate: bool,
}

/// A measure word of one or two characters.
pub(crate) type Unit = &'static str;

/// The longer ones first.
const UNITS: &[&str] = &[
    "人次", "件次", "万元", "件", "宗", "条", "份", "次", "起", "例", "个", "项", "篇", "人", "名", "期", "场", "元",
    "处", "部", "批", "家", "类", "封", "种", "台",
];
/// Measure words that a Chinese numeral may stand before; 一个, 一次 and 一项 are words of prose.
const UNITS_OF_NUMERALS: &[&str] = &["件", "宗", "份", "起", "例"];
/// Those that one above a hundred may stand before.
const UNITS_OF_LARGE: &[&str] = &["件", "宗", "份", "起", "例", "条"];
/// Words before a number that round it.
const ROUNDING_BEFORE: &[&str] = &[
    "近",
    "约",
    "大约",
    "约为",
    "将近",
    "接近",
    "超过",
    "逾",
    "不少于",
    "至少",
    "超",
];
/// Words between the digits and the measure word, or behind it, that round it.
const ROUNDING_AFTER: &[&str] = &[
    "余",
    "多",
    "左右",
    "以上",
    "上下",
    "几",
    "有余",
    "以下",
    "以内",
    "不等",
    "开外",
    "(左右)",
    "(以上)",
    "(以内)",
    "(约)",
    "(余)",
    "(多)",
    "(不完全统计)",
];

/// The quantity that stands at a place of a folded text, if there is one.
pub(crate) fn quantity_at(text: &str, at: usize) -> Option<Quantity> {
    let (mut digits_at, mut approximate) = (at, false);
    if let Some(word) = longest(ROUNDING_BEFORE, &text[at..]) {
        (digits_at, approximate) = (at + word.len(), true);
    }
    let rest = &text[digits_at..];
    let first = rest.chars().next()?;
    let (length, value, units) = if first.is_ascii_digit() {
        let (length, value) = digits(rest);
        (length, value?, UNITS)
    } else if is_numeral(first) && !is_led(&text[..digits_at], first) {
        let length = rest.chars().take_while(|c| is_numeral(*c)).map(char::len_utf8).sum();
        let value = numeral(&rest[..length])?;
        // 二条 may be an article of a law.
        let units = if value > 100 { UNITS_OF_LARGE } else { UNITS_OF_NUMERALS };
        (length, value.into(), units)
    } else {
        return None;
    };
    let mut end = digits_at + length;
    let mut value = value;
    let take = |end: &mut usize, words: &'static [&'static str]| {
        let word = longest(words, &text[*end..]);
        *end += word.map_or(0, str::len);
        word
    };
    approximate |= take(&mut end, ROUNDING_AFTER).is_some();
    if units.contains(&"元") && !text[end..].starts_with("万元") && take(&mut end, &["万"]).is_some() {
        value = value.checked_mul(Decimal::from(10_000))?.normalize();
        approximate = true;
        take(&mut end, ROUNDING_AFTER);
    } else if !value.is_integer() && !text[end..].starts_with("万元") && !text[end..].starts_with('元') {
        return None;
    }
    let unit = take(&mut end, units)?;
    approximate |= take(&mut end, ROUNDING_AFTER).is_some();
    Some(Quantity {
        start: at,
        end,
        value,
        unit,
        approximate,
    })
}

/// Whether a quantity in digits stands in a text.
pub(crate) fn holds_quantity(text: &str) -> bool {
    let mut digits = text.match_indices(|c: char| c.is_ascii_digit());
    digits.any(|(at, _)| !text[..at].ends_with(|c: char| c.is_ascii_digit()) && quantity_at(text, at).is_some())
}

/// Bytes of the number in digits that a text begins with.
pub(crate) fn digits_length(text: &str) -> usize {
    if text.starts_with(|c: char| c.is_ascii_digit()) {
        digits(text).0
    } else {
        0
    }
}

fn longest(words: &[&'static str], text: &str) -> Option<&'static str> {
    words
        .iter()
        .copied()
        .filter(|word| text.starts_with(word))
        .max_by_key(|word| word.len())
}

/// Length and value of a run of digits, thousands commas and decimals.
fn digits(text: &str) -> (usize, Option<Decimal>) {
    let bytes = text.as_bytes();
    let run = |from: usize| bytes[from..].iter().take_while(|b| b.is_ascii_digit()).count();
    let mut length = run(0);
    let mut plain = text[..length].to_owned();
    while bytes.get(length) == Some(&b',') && length <= 15 && plain.len() <= 15 && run(length + 1) == 3 {
        plain.push_str(&text[length + 1..length + 4]);
        length += 4;
    }
    if bytes.get(length) == Some(&b'.') && run(length + 1) > 0 {
        let end = length + 1 + run(length + 1);
        plain.push_str(&text[length..end]);
        length = end;
    }
    (length, plain.parse().ok())
}

fn is_numeral(c: char) -> bool {
    matches!(
        c,
        '零' | '〇' | '一' | '二' | '两' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十' | '百' | '千'
    )
}

/// Whether what stands before a numeral makes it an ordinal, the rest of a number or a guess: 第三, 1万二千, 数十, 上百.
fn is_led(before: &str, first: char) -> bool {
    let guess = matches!(first, '十' | '百' | '千') && before.ends_with(['数', '几', '上']);
    guess
        || before
            .ends_with(|c: char| is_numeral(c) || c.is_ascii_digit() || matches!(c, '第' | '万' | '亿' | '点' | '.'))
}

/// Value of a Chinese numeral below 10,000. Two digits side by side are a guess (三四十, 七八) or digits one by one (二三一): no value.
fn numeral(text: &str) -> Option<i64> {
    let (mut total, mut digit, mut lowest, mut gap) = (0, None, 10_000, false);
    for c in text.chars() {
        let place = match c {
            '十' => 10,
            '百' => 100,
            '千' => 1000,
            '零' | '〇' if total > 0 && digit.is_none() && !gap => {
                gap = true;
                continue;
            }
            '零' | '〇' => return (text.chars().count() == 1).then_some(0),
            _ if digit.is_some() => return None,
            '两' => {
                digit = Some(2);
                continue;
            }
            _ => {
                digit = Some("一二三四五六七八九".chars().position(|d| d == c)? as i64 + 1);
                continue;
            }
        };
        if place >= lowest {
            return None;
        }
        (lowest, gap) = (place, false);
        total += digit.take().unwrap_or(1) * place;
    }
    // 一百二 may be 102 or 120.
    let short = digit.is_some() && lowest > 10 && total > 0 && !gap;
    (!short).then_some(total + digit.unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quantities(text: &str) -> Vec<(String, bool)> {
        let mut found = Vec::new();
        let mut at = 0;
        while let Some(c) = text[at..].chars().next() {
            match quantity_at(text, at) {
                Some(quantity) => {
                    at = quantity.end;
                    found.push((quantity.value.to_string() + quantity.unit, quantity.approximate));
                }
                None if c.is_ascii_digit() => at += digits(&text[at..]).0,
                None => at += c.len_utf8(),
            }
        }
        found
    }

    #[test]
    fn numbers_with_a_measure_word_are_quantities() {
        for (text, values) in [
            ("共受理申请749件", &["749件"][..]),
            ("收到1份申请;答复1,204件", &["1份", "1204件"]),
            ("2022年,12件", &["12件"]),
            ("三件和十二宗以及一百零五件", &["3件", "12宗", "105件"]),
            ("占34.9%,第一件大事,一个平台", &[]),
            (
                "三四十件,七八件,数十件,二三一件,一〇五件,几百件,三万二千件,3千件,一百二件",
                &[],
            ),
            (
                "零件,十二件,一百一十件,一千零三件,二百二十五件,二百一十五条,第二十条,二十条",
                &["0件", "12件", "110件", "1003件", "225件", "215条"],
            ),
            ("经费1.5万元", &["1.5万元"]),
        ] {
            let found: Vec<_> = quantities(text);
            assert!(found.iter().all(|(_, approximate)| !approximate), "{text}");
            let found: Vec<_> = found.into_iter().map(|(value, _)| value).collect();
            assert_eq!(found, values, "{text}");
        }
    }

    #[test]
    fn a_rounded_number_is_approximate() {
        for (text, value) in [
            ("128余条", "128条"),
            ("近1000条", "1000条"),
            ("30件左右", "30件"),
            ("近2.4万条", "24000条"),
            ("755多条", "755条"),
        ] {
            assert_eq!(quantities(text), [(value.to_owned(), true)], "{text}");
        }
    }
}
