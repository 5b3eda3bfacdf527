//! Dates and years as reports print them: `2020-01-31`, `2020年1月31日`, `二〇二〇年一月三十一日`.
//!
//! Invariant: only a day that exists in the calendar becomes a date.

use std::sync::LazyLock;

use jiff::civil::Date;
use regex::{Captures, Regex};

use super::regex;
use crate::report::Period;
pub(super) use crate::text::year::squeeze;

static DATE: LazyLock<Option<Regex>> =
    LazyLock::new(|| regex(r"((?:19|20)[0-9]{2})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})"));
static COMPACT: LazyLock<Option<Regex>> =
    LazyLock::new(|| regex(r"^(20[0-9]{2})([01][0-9])([0-3][0-9])(?:[0-9]{6})?$"));
static PERIOD: LazyLock<Option<Regex>> = LazyLock::new(|| {
    regex(concat!(
        r"(?:((?:19|20)[0-9]{2})[年.])?([0-9]{1,2})[月.]([0-9]{1,2})日?[^0-9]{0,4}?(?:至|到|-|—|~|－)[^0-9]{0,2}",
        r"(?:((?:19|20)[0-9]{2})[年.])?([0-9]{1,2})[月.]([0-9]{1,2})"
    ))
});

/// The first date of a text that was squeezed, ISO 8601.
pub(super) fn first(squeezed: &str) -> Option<String> {
    let dashed = DATE.as_ref().and_then(|regex| regex.captures(squeezed));
    let found = dashed.or_else(|| COMPACT.as_ref().and_then(|regex| regex.captures(squeezed)))?;
    civil(part(&found, 1)?, part(&found, 2)?, part(&found, 3)?)
}

/// Whether a squeezed line holds a date and nothing else but brackets.
pub(super) fn is_alone(squeezed: &str) -> bool {
    let inner = squeezed.trim_matches(['(', ')', '（', '）', '[', ']']);
    inner.chars().count() <= 11
        && inner.starts_with(|c: char| c.is_ascii_digit())
        && inner.chars().all(|c| c.is_ascii_digit() || "年月日-/.".contains(c))
        && first(inner).is_some()
}

/// Whether a squeezed line holds a date, with its day or without, and nothing else but brackets.
pub(super) fn is_day_or_month(squeezed: &str) -> bool {
    let month = || squeezed.strip_suffix('月')?.split_once('年');
    is_alone(squeezed)
        || month().is_some_and(|(year, month)| {
            let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
            year.len() == 4 && (1..=2).contains(&month.len()) && digits(year) && digits(month)
        })
}

/// Whether a squeezed line is a date, or opens with one that belongs to the page: `2022年1月18日来源：…`, `2022-01-18 10:20`.
pub(super) fn opens(squeezed: &str) -> bool {
    let rest = squeezed.trim_start_matches(|c: char| c.is_ascii_digit() || "年月日-/.:：".contains(c));
    let of_page = [
        "发布",
        "公布",
        "来源",
        "來源",
        "作者",
        "浏览",
        "字体",
        "点击",
        "信息来源",
        "文章来源",
    ];
    is_alone(squeezed)
        || squeezed.starts_with("20")
            && squeezed.chars().count() <= 120
            && (rest.is_empty() || of_page.iter().any(|word| rest.starts_with(word)))
}

/// A stated span of days. The years may stand once or be those of the report.
pub(super) fn period(squeezed: &str, report_year: Option<i32>) -> Option<Period> {
    let found = PERIOD.as_ref()?.captures(squeezed)?;
    let start_year = part(&found, 1).or(report_year)?;
    let end_year = part(&found, 4).unwrap_or(start_year);
    let start = civil(start_year, part(&found, 2)?, part(&found, 3)?)?;
    let end = civil(end_year, part(&found, 5)?, part(&found, 6)?)?;
    (start <= end).then_some(Period { start, end })
}

fn part(found: &Captures, index: usize) -> Option<i32> {
    found.get(index)?.as_str().parse().ok()
}

fn civil(year: i32, month: i32, day: i32) -> Option<String> {
    let date = Date::new(year.try_into().ok()?, month.try_into().ok()?, day.try_into().ok()?).ok()?;
    Some(date.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_in_every_notation_and_only_if_they_exist() {
        for (text, date) in [
            ("2020-01-31 10:22:11", Some("2020-01-31")),
            ("2020/1/5", Some("2020-01-05")),
            ("2023/1/3 0:00:00", Some("2023-01-03")),
            ("2023-1-2 18:05", Some("2023-01-02")),
            ("发布日期：2020年1月31日", Some("2020-01-31")),
            ("二〇二三年十二月三十一日", Some("2023-12-31")),
            ("２０２１年２月３日", Some("2021-02-03")),
            ("20210204", Some("2021-02-04")),
            ("2021-02-30", None),
            ("2021年", None),
        ] {
            assert_eq!(first(&squeeze(text)).as_deref(), date, "{text}");
        }
    }

    #[test]
    fn a_period_takes_its_years_from_where_they_stand() {
        for (text, year, period_of) in [
            (
                "统计期限自2022年1月1日起至2022年12月31日止",
                None,
                Some(("2022-01-01", "2022-12-31")),
            ),
            (
                "统计期限从2019年1月1日到12月31日止",
                None,
                Some(("2019-01-01", "2019-12-31")),
            ),
            (
                "统计期限为1月1日至12月31日",
                Some(2021),
                Some(("2021-01-01", "2021-12-31")),
            ),
            ("统计期限为1月1日至12月31日", None, None),
            (
                "自二〇二三年一月一日至二〇二三年十二月三十一日",
                None,
                Some(("2023-01-01", "2023-12-31")),
            ),
            ("自2022年12月31日起至2022年1月1日止", None, None),
        ] {
            let found = period(&squeeze(text), year);
            assert_eq!(
                found.as_ref().map(|p| (p.start.as_str(), p.end.as_str())),
                period_of,
                "{text}"
            );
        }
    }
}
