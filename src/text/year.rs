//! Years as reports print them: `2023年`, `２０２３ 年度`, `二〇二三年`.

use std::borrow::Cow;

use super::normalize::is_ignorable;

/// The years that a text names, in order.
pub fn named(text: &str) -> Vec<i32> {
    if !text.contains('年') {
        return Vec::new();
    }
    let squeezed = squeeze(text);
    let before = squeezed.match_indices('年').map(|(at, _)| &squeezed[..at]);
    let digits = before.filter_map(|before| before.get(before.len().checked_sub(4)?..));
    let years = digits.filter_map(|digits| digits.parse().ok());
    years.filter(|year| (2003..2100).contains(year)).collect()
}

/// The years that a text names, but not those of days in it: 发布日期：2023年1月18日.
pub fn named_beside_days(text: &str) -> Vec<i32> {
    if !text.contains('日') {
        return named(text);
    }
    let squeezed = squeeze(text);
    let is_of_day = |part: &str| {
        let month = part.split_once('月');
        month.is_some_and(|(month, rest)| {
            let day = rest.split_once(['日', '号']).map_or("", |(day, _)| day);
            [month, day]
                .iter()
                .all(|part| (1..=2).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit()))
        })
    };
    // A day keeps its month: the year in front of it is left out.
    let mut rest = String::with_capacity(squeezed.len());
    for (index, part) in squeezed.split('年').enumerate() {
        if index > 0 && !is_of_day(part) {
            rest.push('年');
        }
        rest.push_str(part);
    }
    named(&rest)
}

/// Whether a text is a day and nothing else but brackets: it says when something was signed, not what it is about.
pub fn is_day(text: &str) -> bool {
    // No day has fewer characters than 2017-2-1, and each begins with its year.
    let begins = text.trim_start_matches(|c| is_ignorable(c) || matches!(c, '(' | '（' | '[' | '［'));
    if text.len() < 8 || !begins.starts_with(['2', '２', '二']) {
        return false;
    }
    let squeezed = squeeze(text);
    let inner = squeezed.trim_matches(['(', ')', '[', ']']);
    let mut groups = inner
        .split(|c: char| !c.is_ascii_digit())
        .filter(|group| !group.is_empty());
    let year = groups.next().unwrap_or_default();
    let is_written = inner.chars().all(|c| c.is_ascii_digit() || "年月日-/.".contains(c));
    let is_whole = match groups.count() {
        0 => year.len() == 8,
        2 => year.len() == 4,
        _ => false,
    };
    is_written && is_whole && year.starts_with("20")
}

/// Text as dates are looked for: no white space, ASCII digits, years and days in Chinese numerals turned into digits. A day of one digit
/// before white space gets a zero: what stands behind, an hour as in `2023/1/3 0:00`, is not its own.
pub fn squeeze(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut han = String::new();
    let plain = in_plain_numerals(text);
    // Where white space stood last.
    let mut gap = 0;
    for c in plain.chars() {
        if is_ignorable(c) {
            if han.is_empty() && ends_in_short_day(&out[gap..]) {
                out.insert(out.len() - 1, '0');
            }
            gap = out.len();
            continue;
        }
        match c {
            '〇' | '○' | '零' | '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十' => {
                han.push(c);
                continue;
            }
            // A zero of another kind between Chinese numerals: 二0二一年, 二O二一年.
            '0' | 'O' | 'o' | '０' | 'Ｏ' | 'О' if !han.is_empty() => {
                han.push(c);
                continue;
            }
            _ if han.is_empty() => {}
            '年' if digits(&han).len() == 4 && !han.contains('十') => out.push_str(&digits(&han)),
            '月' | '日' if small(&han).is_some() => out.push_str(&small(&han).unwrap_or_default().to_string()),
            _ => out.push_str(&han),
        }
        han.clear();
        out.push(match c {
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
            _ => c,
        });
    }
    out.push_str(&han);
    out
}

/// Whether a text ends in a date whose day has one digit, with marks between its numbers.
fn ends_in_short_day(text: &str) -> bool {
    let mut parts = text.rsplit(['-', '/', '.']);
    let ends = [1..=1, 1..=2].into_iter().all(|length| {
        let part = parts.next().unwrap_or_default();
        length.contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit())
    });
    let before = parts.next().unwrap_or_default().as_bytes();
    ends && before.len() >= 4 && before[before.len() - 4..].iter().all(u8::is_ascii_digit)
}

/// The first month and the twenties and thirties as they are written in dates by hand: 元月, 廿五日, 卅日.
fn in_plain_numerals(text: &str) -> Cow<'_, str> {
    match text.contains(['元', '廿', '卅']) {
        true => text
            .replace("元月", "一月")
            .replace('廿', "二十")
            .replace('卅', "三十")
            .into(),
        false => text.into(),
    }
}

fn digit(c: char) -> Option<u32> {
    match c {
        '〇' | '○' | '零' | '0' | 'O' | 'o' | '０' | 'Ｏ' | 'О' => Some(0),
        _ => "一二三四五六七八九".chars().position(|d| d == c).map(|d| d as u32 + 1),
    }
}

fn digits(han: &str) -> String {
    han.chars()
        .filter_map(digit)
        .filter_map(|d| char::from_digit(d, 10))
        .collect()
}

/// A number below 100: 十二, 三十一, 二十, 五.
fn small(han: &str) -> Option<u32> {
    match han.split_once('十') {
        None => han.chars().next().filter(|_| han.chars().count() == 1).and_then(digit),
        Some((tens, ones)) => {
            let part = |text: &str, none| match text.chars().count() {
                0 => Some(none),
                1 => text.chars().next().and_then(digit),
                _ => None,
            };
            Some(part(tens, 1)? * 10 + part(ones, 0)?)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_as_they_are_written_by_hand_are_read() {
        assert_eq!(squeeze("二〇二四年元月二十日"), "2024年1月20日");
        assert_eq!(squeeze("二零二四年一月廿五日"), "2024年1月25日");
        assert_eq!(squeeze("二〇二四年一月卅一日"), "2024年1月31日");
        assert_eq!(squeeze("3元"), "3元");
    }

    #[test]
    fn a_day_does_not_take_the_digits_behind_white_space() {
        for (text, squeezed) in [
            ("2023/1/3 0:00:00", "2023/1/030:00:00"),
            ("2023-1-2\u{a0}6次", "2023-1-026次"),
            ("２０２３.１.２ 9:05", "2023.1.029:05"),
            ("2023-01-18 1次", "2023-01-181次"),
            // A line whose characters stand apart.
            ("2 0 2 3 - 1 - 1 8", "2023-1-18"),
            ("2023 - 1 - 1 8", "2023-1-18"),
        ] {
            assert_eq!(squeeze(text), squeezed, "{text}");
        }
    }

    #[test]
    fn a_day_is_told_from_a_year_and_from_more_words() {
        for text in ["2017年2月11日", "（二〇一七年二月十一日）", "2017-02-11", "20170211"] {
            assert!(is_day(text), "{text}");
        }
        for text in [
            "2017年",
            "2017年度",
            "2017年2月",
            "2017年2月11日统计表",
            "2017",
            "1-2-3",
        ] {
            assert!(!is_day(text), "{text}");
        }
    }

    #[test]
    fn years_are_named_in_digits_of_any_width_and_in_words() {
        for (text, years) in [
            ("2023年度报告", &[2023][..]),
            ("２０２３ 年比二〇二二年", &[2023, 2022]),
            ("1998年起，12年间", &[]),
            ("申请2023件", &[]),
        ] {
            assert_eq!(named(text), years, "{text}");
        }
    }
}
