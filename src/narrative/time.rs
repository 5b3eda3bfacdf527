//! The time that a number in a sentence belongs to: the year of the report, another, a part of it, or all years so far.
//!
//! Invariant: a number is of the year only where nothing in the sentence says otherwise.

use std::sync::LazyLock;

use regex::Regex;

use crate::report::Basis;
use crate::text::set::CharSet;

/// What a word of time says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Time {
    /// The year of the report: 2022年, 今年.
    Now,
    /// The year that is spoken of, which is that of the report unless another was named: 全年, 当年.
    Year,
    /// The year before it: 去年, 上年.
    Last,
    /// The year after it: 下年.
    Next,
    /// Any other year.
    Other,
    /// A part of the year: 上半年, 第四季度, 1月至11月, 国庆期间.
    Part,
    /// From one date to another of different years, or of another year; several years: 2020年至2022年, 近三年, 三年来, “十二五”期间.
    Period,
    /// Until the end of a year, from nobody knows when: 截至2022年底.
    Until,
    /// Until another day: 截至11月底, 截止发稿时.
    UntilDay,
    /// All years so far: 历年, 自…以来.
    Ever,
    /// 以来 without its beginning: 系统运行以来.
    Since,
    /// 累计, which may be of the year or of all years.
    SoFar,
}

static PATTERN: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        r"^(?:",
        r"(?P<until>(?:截至到|截止到|截至|截止|到目前|目前为止|至今|迄今)(?:发稿时?|目前|(?:[0-9]{4}年)?(?:度)?(?:(?P<until_month>[0-9]{1,2})月)?(?:[0-9]{1,2}日)?(?:年底|年末|底|末)?)(?:为止|止)?)",
        r"|(?P<by_end>[到至](?:[0-9]{4}年度?(?:[0-9]{1,2}月)?(?:[0-9]{1,2}日)?(?:底|末|为止|止)|年底|年末)|(?:[0-9]{4}年)?(?:年底|年末|底)前)",
        r"|(?P<range>(?:自|从)?(?P<y1>[0-9]{4})年(?P<m1>[0-9]{1,2})月(?:(?P<d1>[0-9]{1,2})日)?(?:起)?(?:至|到|-|—|~|–)+(?:(?P<y2>[0-9]{4})年)?(?P<m2>[0-9]{1,2})月(?:(?P<d2>[0-9]{1,2})日)?(?:止)?)",
        r"|(?P<months>(?P<a>[0-9]{1,2})月?(?:份)?(?:至|到|-|—|~|–)+(?P<b>[0-9]{1,2})月(?:份)?)",
        r"|(?P<school>(?P<school_from>[0-9]{4})年?(?:-|—|~|–|至)+(?P<school_to>[0-9]{2,4})学年度?)",
        r"|(?P<years>(?:自|从)?(?P<first>[0-9]{4})(?:年度?)?(?:[0-9]{1,2}月)?(?:[0-9]{1,2}日)?(?:至|到|-|—|~|–)+(?P<final>[0-9]{4}|[0-9]{2})年(?P<year_of>度)?(?:[0-9]{1,2}月)?(?:[0-9]{1,2}日)?(?:底|末)?)",
        r"|(?P<begin_of>[0-9]{4})年初",
        r"|(?P<year>[0-9]{4})年度?",
        r"|(?P<part>上半年|下半年|前半年|第?[一二三四1-4]季度|前[一二三]季度|[0-9]{1,2}月份?(?:[0-9]{1,2}日)?|年初|当月|本月)",
        r"|(?P<last>去年度?|上一?年度?|前一年度?|上个年度|往年|以前年度|前年)",
        r"|(?P<next>下一?年度?|下个年度|次年度?|明年|来年)",
        r"|(?P<now>今年|本年度?|一年以?来)",
        r"|(?P<year_spoken_of>全年度?|当年|年内|年度)",
        r"|(?P<lately>(?:近|最近|过去)[两二三四五六七八九十几0-9]{1,2}年来?|近年来?|十[一二三四]五[\x22”」』]?(?:规划)?(?:期间|时期|以来)",
        r"|(?:[两二三四五六七八九十几多数][一二三四五六七八九十多]{0,2}|[2-9]|[1-9][0-9])年(?:以?来|间)|(?:本届|上届)[^,;。]{0,4}任期(?:内|以来)?)",
        r"|(?P<occasion>(?:国庆|春节|元旦|清明|五一|端午|中秋)节?(?:前夕|前|后)|(?:国庆|春节|元旦|清明|五一|端午|中秋|国庆节|清明节|五一节|端午节|中秋节|节日|节假日|假日|假期|两会|活动|宣传月|宣传周|汛期|疫情|自查|检查|整改|(?:政务|政府)?公开日|开放日)(?:期间|当天|当日|前后))",
        r"|(?P<ever>历年来?|(?:自|从)[^,;。]{0,30}?以来)",
        r"|(?P<since>以来)",
        r"|(?P<sofar>累计|目前|至此)",
        r")"
    ))
    .ok()
});

/// First characters of words of time, so that most places need no look.
static STARTS: CharSet = CharSet::new(
    "0123456789截到目至迄自从上下前第当本去往以次明来今全年历累近最过十一两二三四五六七八九几多数国春元清端中节假活宣汛疫检整公开政",
);

/// The word of time that a folded text begins with, and its length.
pub(super) fn time_at(text: &str, year: Option<i32>) -> Option<(Time, usize)> {
    if !text.starts_with(|c| STARTS.has(c)) {
        return None;
    }
    let found = PATTERN.as_ref()?.captures(text)?;
    let mut length = found.get(0)?.end();
    let number = |name: &str| found.name(name).and_then(|digits| digits.as_str().parse::<i32>().ok());
    let is = |name: &str| found.name(name).is_some();
    let of_year = |stated: i32| match year {
        _ if !(1990..2100).contains(&stated) => None,
        Some(year) if stated == year - 1 => Some(Time::Last),
        Some(year) if stated == year + 1 => Some(Time::Next),
        Some(year) if stated != year => Some(Time::Other),
        _ => Some(Time::Now),
    };
    let time = match () {
        () if is("until") => match number("until_month") {
            Some(12) => Time::Until,
            None if ["年底", "年末", "年"].iter().any(|end| text[..length].contains(end)) => Time::Until,
            _ => Time::UntilDay,
        },
        () if is("by_end") => Time::Until,
        () if is("range") => {
            let (from, to) = (number("y1")?, number("y2").or(number("y1"))?);
            let whole = number("m1") == Some(1) && number("m2") == Some(12);
            let days = number("d1").is_none_or(|day| day == 1) && number("d2").is_none_or(|day| day == 31);
            match from == to {
                true if whole && days => of_year(from)?,
                true if of_year(from)? == Time::Now => Time::Part,
                _ => Time::Period,
            }
        }
        () if is("months") => match (number("a")?, number("b")?) {
            (1, 12) => Time::Now,
            (a, b) if (1..=12).contains(&a) && (1..=12).contains(&b) => Time::Part,
            _ => return None,
        },
        // A report of 2022 is on the school year that begins or ends in it.
        () if is("school") => match (
            of_year(number("school_from")?)?,
            of_year(century(number("school_from")?, number("school_to")?))?,
        ) {
            (Time::Now, _) | (_, Time::Now) => Time::Now,
            (other, _) => other,
        },
        () if is("years") => {
            let (from, to) = (number("first")?, number("final")?);
            let to = century(from, to);
            match to - from {
                0 => of_year(from)?,
                // 2013-2014年度 is one school year.
                1 if is("year_of") => Time::Now,
                _ => Time::Period,
            }
        }
        () if is("lately") => Time::Period,
        () if is("begin_of") => {
            // 2022年初步统计.
            let is_year = text[length..].starts_with(['步', '审', '次', '级', '中', '衷']);
            if is_year {
                length -= '初'.len_utf8();
            }
            match of_year(number("begin_of")?)? {
                Time::Now if !is_year => Time::Part,
                time => time,
            }
        }
        () if is("year") => of_year(number("year")?)?,
        () if is("part") || is("occasion") => Time::Part,
        () if is("last") => Time::Last,
        () if is("next") => Time::Next,
        () if is("now") => Time::Now,
        () if is("year_spoken_of") => Time::Year,
        () if is("since") => Time::Since,
        () if is("ever") => Time::Ever,
        () => Time::SoFar,
    };
    Some((time, length))
}

/// A year that may have only its last two digits behind another: 2013-14.
fn century(from: i32, to: i32) -> i32 {
    if to < 100 { from / 100 * 100 + to } else { to }
}

impl Time {
    /// Whether it is a year beside the one reported on, which patterns name: 上年结转, 结转下年.
    pub fn is_beside(self) -> bool {
        matches!(self, Time::Last | Time::Next)
    }

    /// Whether it is a year that is not that of the report.
    pub fn is_another_year(self) -> bool {
        matches!(self, Time::Last | Time::Next | Time::Other)
    }

    /// Whether it is one year that is named, or years.
    pub fn is_a_year(self) -> bool {
        matches!(self, Time::Now | Time::Last | Time::Next | Time::Other | Time::Period)
    }
}

/// What the words of time of a sentence have said so far.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Clock {
    frame: Option<Time>,
    so_far: bool,
    /// Whether the clause names the year of the report.
    named_here: bool,
    /// The time that what stands before the sentence speaks of, if it is not the year of the report.
    era: Option<Time>,
    /// Whether a clause without a number has named the year of the report behind another time: what it says of what follows is open.
    open: bool,
}

impl Clock {
    /// A clock that has heard nothing in a sentence; `era` is the time that what stands before it speaks of.
    pub fn new(era: Option<Time>) -> Self {
        Clock {
            era,
            ..Clock::default()
        }
    }

    /// Hears the next word of time.
    pub fn hear(&mut self, time: Time) {
        match time {
            Time::SoFar => self.so_far = true,
            // 截止发稿时，今年已公开12条.
            Time::Now | Time::Year if self.frame == Some(Time::UntilDay) => {
                (self.frame, self.so_far) = (Some(Time::Part), false);
            }
            // 全年 is of the year that is spoken of; 上半年 behind another year is a part of that one.
            Time::Year | Time::Part if self.is_of_another_year() => self.so_far = false,
            time => {
                self.named_here = matches!(time, Time::Now | Time::Year);
                let frame = match time {
                    Time::Year => Time::Now,
                    Time::Since => Time::Ever,
                    time => time,
                };
                (self.frame, self.so_far, self.open) = (Some(frame), false, false);
            }
        }
    }

    /// Hears a word of time inside a clause without a number, where it may only say of which year a plan or a report is: 上半年，按照年度计划安排.
    pub fn hear_aside(&mut self, time: Time) {
        let is_apart = !matches!(self.frame, None | Some(Time::Now));
        match time {
            Time::Year if is_apart => {}
            Time::Now if is_apart => self.open = true,
            time => self.hear(time),
        }
    }

    /// Hears that a clause begins behind one that says something.
    pub fn begin_clause(&mut self) {
        self.named_here = false;
    }

    /// Whether 累计 may be of more than the year: its clause does not name it.
    pub fn may_be_of_all_years(&self) -> bool {
        self.so_far && !self.named_here
    }

    /// Whether the last year that was named is another than that of the report.
    pub fn is_of_another_year(&self) -> bool {
        self.frame.or(self.era).is_some_and(Time::is_another_year)
    }

    /// Whether the year of the report was named.
    pub fn is_dated(&self) -> bool {
        self.frame == Some(Time::Now)
    }

    /// The basis of a number here; none where the sentence leaves it open. `said` is what the paragraph said before the sentence.
    pub fn basis(&self, said: &Clock) -> Option<Basis> {
        match self.frame {
            _ if self.open => None,
            Some(Time::Part) => Some(Basis::PartOfYear),
            Some(Time::Period) => Some(Basis::Period),
            Some(Time::Ever) => Some(Basis::Cumulative),
            Some(Time::Until | Time::UntilDay) => self.so_far.then_some(Basis::Cumulative),
            None if self.era.is_some() => None,
            None if self.so_far => (said.frame == Some(Time::Now)).then_some(Basis::Year),
            _ => Some(Basis::Year),
        }
    }
}

/// How a sentence or a heading speaks of another year that it begins with.
const REVIEWING: &[&str] = &["回顾", "回首", "在"];
/// Words of sentences that only compare with another year, or count on from it.
const COMPARING: &[&str] = &["比", "较", "对照", "结转"];

/// What a sentence or heading says of the time of what follows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Spoken {
    /// The year of the report.
    OfTheYear,
    /// Another time.
    Of(Time),
}

impl Spoken {
    /// The time, where it is not the year of the report.
    pub fn time(self) -> Option<Time> {
        match self {
            Spoken::OfTheYear => None,
            Spoken::Of(time) => Some(time),
        }
    }
}

/// The time that a folded sentence or heading speaks of, if it speaks of any.
pub(super) fn time_spoken_of(text: &str, year: Option<i32>) -> Option<Spoken> {
    let text = text.strip_prefix("注:").unwrap_or(text);
    let text = text.trim_start_matches(['“', '"', '\'', '(', '〔']);
    let times = times(text, year);
    let part_behind = |index: usize| {
        let (at, _, length) = times[index];
        let next = times.get(index + 1);
        next.is_some_and(|(next, time, _)| *next == at + length && *time == Time::Part)
    };
    if (0..times.len()).any(|index| times[index].1 == Time::Now && !part_behind(index)) {
        return Some(Spoken::OfTheYear);
    }
    let first_clause = text.split([',', ';']).next().unwrap_or(text);
    // 党的二十大以来, 我局成立以来.
    if first_clause.ends_with("以来") && times.iter().all(|(_, time, _)| *time != Time::Now) {
        return Some(Spoken::Of(Time::Ever));
    }
    let word = REVIEWING.iter().find(|word| text.starts_with(**word));
    let begin = word.map_or(0, |word| word.len());
    let &(_, first, length) = times.first().filter(|(at, ..)| *at == begin)?;
    let rest = &text[begin + length..];
    let clause = rest.split([',', ';']).next().unwrap_or(rest);
    // 2008年《条例》施行以来.
    if times[1..]
        .iter()
        .any(|(at, time, _)| *time == Time::Since && *at < begin + length + clause.len())
    {
        return Some(Spoken::Of(Time::Ever));
    }
    if COMPARING.iter().any(|word| clause.contains(word)) {
        return None;
    }
    let time = if first == Time::Now { Time::Part } else { first };
    // 2011年5月 is when something happened.
    let dated = time.is_another_year() && time != Time::Next && rest.starts_with(|c: char| c.is_ascii_digit());
    let speaks = match time {
        Time::Last | Time::Next | Time::Part | Time::Period | Time::Ever | Time::Until | Time::UntilDay => true,
        Time::Other => word.is_some(),
        _ => false,
    };
    (speaks && !dated).then_some(Spoken::Of(time))
}

/// The time that a folded heading names: as a sentence does, or by a year alone before words of `told_of`: 2022年, 2022年数据.
pub(super) fn time_of_heading(heading: &str, told_of: &[String], year: Option<i32>) -> Option<Spoken> {
    let said = time_spoken_of(heading, year);
    said.or_else(|| {
        let (time, length) = time_at(heading, year)?;
        let rest = &heading[length..];
        let alone = rest.is_empty() || told_of.iter().any(|word| word == rest);
        // 2016年结转: what follows is of that year.
        let carried = rest == "结转" && time.is_another_year();
        (time == Time::Other && alone || carried).then_some(Spoken::Of(time))
    })
}

/// The part of a year, or the years, that a folded title names: 2023年上半年, 2021年至2023年.
pub(super) fn part_of_title(title: &str, year: Option<i32>) -> Option<Time> {
    let mut times = times(title, year).into_iter().map(|(_, time, _)| time);
    times.find_map(|time| match time {
        Time::Part | Time::UntilDay => Some(Time::Part),
        Time::Period => Some(Time::Period),
        _ => None,
    })
}

/// The words of time of a text: where, what, how long.
pub(super) fn times(text: &str, year: Option<i32>) -> Vec<(usize, Time, usize)> {
    let mut found: Vec<(usize, Time, usize)> = Vec::new();
    let mut end = 0;
    for (at, _) in text.char_indices() {
        if at >= end
            && let Some((time, length)) = time_at(&text[at..], year)
        {
            found.push((at, time, length));
            end = at + length;
        }
    }
    found
}
