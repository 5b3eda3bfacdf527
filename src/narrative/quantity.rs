//! Counts in running text: a number with a measure word, as in 749件, 5宗, 三件.
//!
//! Invariant: only an exact whole number is a quantity; 128余条 and 12.3% are not.

/// A number with its measure word, in folded text.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Quantity {
    /// Byte range of number and measure word.
    pub start: usize,
    pub end: usize,
    pub value: i64,
    pub unit: char,
}

const UNITS: &str = "件宗条份次起例个项";
/// Measure words that a Chinese numeral may stand before; 一个, 一次 and 一项 are words of prose.
const UNITS_OF_NUMERALS: &str = "件宗份起例";

/// All quantities of a folded text, from left to right.
pub(super) fn quantities(text: &str) -> Vec<Quantity> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let (length, value, units) = if c.is_ascii_digit() {
            let (length, value) = digits(&text[at..]);
            (length, value, UNITS)
        } else if is_numeral(c) {
            let length: usize = text[at..]
                .chars()
                .take_while(|c| is_numeral(*c))
                .map(char::len_utf8)
                .sum();
            let ordinal = text[..at].ends_with('第');
            (
                length,
                numeral(&text[at..at + length]).filter(|_| !ordinal),
                UNITS_OF_NUMERALS,
            )
        } else {
            at += c.len_utf8();
            continue;
        };
        let end = at + length;
        if let (Some(value), Some(unit)) = (value, text[end..].chars().next().filter(|c| units.contains(*c))) {
            found.push(Quantity {
                start: at,
                end: end + unit.len_utf8(),
                value,
                unit,
            });
        }
        at = end;
    }
    found
}

/// Length and value of a run of digits, thousands commas and decimals; no value where it is not a whole number.
fn digits(text: &str) -> (usize, Option<i64>) {
    let bytes = text.as_bytes();
    let run = |from: usize| bytes[from..].iter().take_while(|b| b.is_ascii_digit()).count();
    let mut length = run(0);
    let mut plain = text[..length].to_owned();
    while bytes.get(length) == Some(&b',') && length <= 15 && plain.len() <= 15 && run(length + 1) == 3 {
        plain.push_str(&text[length + 1..length + 4]);
        length += 4;
    }
    if bytes.get(length) == Some(&b'.') && run(length + 1) > 0 {
        return (length + 1 + run(length + 1), None);
    }
    (length, plain.parse().ok())
}

fn is_numeral(c: char) -> bool {
    matches!(
        c,
        '零' | '〇' | '一' | '二' | '两' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十' | '百' | '千'
    )
}

/// Value of a Chinese numeral below 10,000.
fn numeral(text: &str) -> Option<i64> {
    let mut total = 0;
    let mut digit = None;
    for c in text.chars() {
        let place = match c {
            '十' => 10,
            '百' => 100,
            '千' => 1000,
            '零' | '〇' => {
                digit = Some(0);
                continue;
            }
            '两' => {
                digit = Some(2);
                continue;
            }
            _ => {
                digit = Some("一二三四五六七八九".chars().position(|d| d == c)? as i64 + 1);
                continue;
            }
        };
        total += digit.take().filter(|digit| *digit > 0).unwrap_or(1) * place;
    }
    Some(total + digit.unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_with_a_measure_word_are_quantities() {
        for (text, values) in [
            ("共受理申请749件", vec![749]),
            ("收到1份申请;答复1,204件", vec![1, 1204]),
            ("2022年,12件", vec![12]),
            ("三件和十二宗以及一百零五件", vec![3, 12, 105]),
            ("占34.9%,第一件大事,一个平台,128余条", vec![]),
        ] {
            let found: Vec<_> = quantities(text).into_iter().map(|quantity| quantity.value).collect();
            assert_eq!(found, values, "{text}");
        }
    }
}
