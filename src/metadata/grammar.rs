//! The grammar of titles: public body, year and kind of document, in whatever order and with whatever words around them.
//!
//! One grammar reads the title line, the title of the page, its metadata, the file name and the sentence that announces the report.
//! Invariant: a line is a title only if it names a public body or a year and reads as no sentence; what is cited in 《》 is the title
//! of another paper.

use std::sync::LazyLock;

use regex::Regex;

use super::date::squeeze;
use super::name::{self, is_organisation};
use super::regex;

/// Longest title, in characters.
pub(super) const LONGEST: usize = 70;

/// The words that a title ends in.
const ENDS: [&str; 5] = ["报告", "報告", "年报", "年報", "总结"];

/// What is before 信息公开, what is between it and 报告, and what stands in brackets behind.
static TITLE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    regex(concat!(
        r"^(.*?)(?:政府信息|政务信息|政務信息|政务|政務|信息)公[开開](.{0,14}?)(?:报告|報告|年报|年報|总结)",
        r"(?:[(（](.*)[)）]|((?:19|20)[0-9]{2}年?度?)|(?:更正|修订|修改|修正|勘误)[版稿本]?)?$"
    ))
});
static YEAR: LazyLock<Option<Regex>> =
    LazyLock::new(|| regex(r"((?:19|20)[0-9]{2})([-—－～~/至](?:19|20)?[0-9]{2,4})?(学?年)?[度份]?"));
/// What follows the digits of a year that is part of a day, a month or the number of a notice; a span of months is a year's.
static IN_DATE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    regex(
        r"^(?:年第[0-9]+号|年?(?:发布|公布|印发)|[-/.][0-9]{1,2}[-/.][0-9]{1,2}|年[0-9]{1,2}月(?:[0-9]{1,2}日)?(?:[^0-9日起至到—－～~-]|$))",
    )
});
/// From a month of one year to one of another: 2008年5月至2009年12月.
static MONTHS_OF_YEARS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    regex(r"((?:19|20)[0-9]{2})年[0-9]{1,2}月(?:[0-9]{1,2}日)?起?[至到—－～~-]+((?:19|20)[0-9]{2})年[0-9]{1,2}月")
});
/// A month that a title is on, in place of its year: 2023年5月政府信息公开工作报告.
static MONTH: LazyLock<Option<Regex>> =
    LazyLock::new(|| regex(r"年[0-9]{1,2}月(?:政府|政务|政務|信息|依申请|主动公开|公开)"));
/// Words of a version that puts another right, where a title ends.
static CORRECTED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    regex(r"(?:[(（][^()（）]*(?:更正|修订|修改|修正|勘误)[^()（）]*[)）]|(?:更正|修订|修改|修正|勘误)[版稿本]?)$")
});
/// A time shorter than a year.
static PART_OF_YEAR: LazyLock<Option<Regex>> =
    LazyLock::new(|| regex(r"[上下]半年|半年|季度|[0-9]月份|[0-9]{1,2}月?份?[-—－～~至到][0-9]{1,2}月"));
static BARE_YEAR: LazyLock<Option<Regex>> = LazyLock::new(|| regex(r"^20[0-9]{2}年?度?$"));

/// A title and what it says.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Title {
    /// As printed.
    pub text: String,
    /// The public body that it names.
    pub agency: Option<String>,
    /// The year that it names.
    pub year: Option<i32>,
    /// Whether it names several, or a school year.
    pub names_several_years: bool,
}

impl Title {
    /// Whether it names both agency and year.
    pub fn is_full(&self) -> bool {
        self.weight() == 3
    }

    /// Puts before the words of a title that names nobody the name of a public body which stands in its place and begins it: a
    /// field `标题：青禾县水务局`, whose second line is the title.
    pub fn complete<'a>(&mut self, mut beginnings: impl Iterator<Item = &'a str>) {
        let whole = |beginning: &str| {
            let title = parse_whole(&[beginning.trim(), &self.text].concat())?;
            (is_organisation(beginning.trim()) && title.is_full()).then_some(title)
        };
        if self.agency.is_none()
            && let Some(title) = beginnings.find_map(whole)
        {
            *self = title;
        }
    }

    /// Whether two titles may be those of one report: neither names another public body or another year than the other.
    pub fn may_be_one(&self, other: &Title) -> bool {
        self.may_be_of_one_body(other) && (self.year == other.year || self.year.is_none() || other.year.is_none())
    }

    /// Whether neither of two titles names another public body than the other.
    pub fn may_be_of_one_body(&self, other: &Title) -> bool {
        match (&self.agency, &other.agency) {
            (Some(one), Some(other)) => name::may_be_one(one, other),
            _ => true,
        }
    }

    pub(super) fn weight(&self) -> u8 {
        u8::from(self.agency.is_some()) * 2 + u8::from(self.year.is_some())
    }
}

/// Reads a line as a title, with what a page puts before and behind it.
pub(super) fn parse(line: &str) -> Option<Title> {
    if !line.contains('公') {
        return None;
    }
    let line = without_label(line);
    let framed = || with_body_behind(line).or_else(|| with_plan_behind(line));
    if let Some(title) = framed().or_else(|| in_correction(line)) {
        return Some(title);
    }
    ends(line)
        .filter(|end| is_behind_a_title(&line[*end..]))
        .find_map(|end| parse_whole(&line[..end + bracketed(&line[end..])]))
        .map(without_path)
}

/// A title that names its body behind a dash: 政府信息公开工作年度报告——青禾县水务局（2022年）. What a page adds behind one dash is its site.
fn with_body_behind(line: &str) -> Option<Title> {
    let (words, behind) = line.split_once("——")?;
    let named = behind.trim_end_matches(['）', ')']);
    let (name, year) = named.split_once(['（', '(']).unwrap_or((named, ""));
    let name = Some(squeeze(name)).filter(|name| is_organisation(name))?;
    let (words, year) = (words.trim(), squeeze(year));
    let title = parse_whole(&format!("{name}{words}")).filter(|_| !words.contains('。'))?;
    let is_named_twice = title.agency.as_deref() != Some(&name);
    (!is_named_twice).then(|| Title {
        text: line.trim().to_owned(),
        agency: Some(name),
        year: title.year.or_else(|| only_year(&year)),
        names_several_years: title.names_several_years,
    })
}

/// What a title says behind its report of the plan for the next year: …工作总结和2023年工作计划.
static PLAN: LazyLock<Option<Regex>> = LazyLock::new(|| {
    regex(
        r"(?:[及和暨与])(?:(?:19|20)[0-9]{2}年度?|下一?年度?|下一?步)?(?:政府信息公开|政务公开)?工作?(?:计划|安排|打算|要点|思路)$",
    )
});

/// A title with the plan for the next year behind it.
fn with_plan_behind(line: &str) -> Option<Title> {
    let squeezed = squeeze(line);
    let plan = PLAN.as_ref()?.find(&squeezed)?;
    let head = &squeezed[..plan.start()];
    let title = match head.strip_suffix("情况") {
        Some(_) => parse_whole(&format!("{head}报告")),
        None => parse_whole(head),
    }?;
    Some(Title {
        text: line.trim().to_owned(),
        ..title
    })
}

/// A notice that a report was put right, above which or below which the report stands.
static CORRECTION: LazyLock<Option<Regex>> = LazyLock::new(|| {
    regex(
        r"^关于(?:更正|修正|修订|更新|重新发布|重新公布)《?(.*(?:报告|年报))(?:[(（][^()（）]*[)）])?》?(?:部分(?:内容|数据)?|有关(?:内容|数据)|数据|内容)?的(?:更正)?(?:公告|说明|通告|公示|声明)$",
    )
});

/// The title of a report in that of a notice that puts it right: 关于更正青禾县水务局2022年…年度报告的公告.
fn in_correction(line: &str) -> Option<Title> {
    let squeezed = squeeze(line);
    let found = CORRECTION.as_ref()?.captures(&squeezed)?;
    let title = parse_whole(found.get(1)?.as_str()).filter(Title::is_full)?;
    Some(Title {
        text: line.trim().to_owned(),
        ..title
    })
}

/// Whether a title is that of a notice that a report was put right, with or without the report.
pub(super) fn is_notice_of_correction(title: &str) -> bool {
    in_correction(without_label(title)).is_some()
}

/// A title without the path of the page that stands before it: `首页 政务公开 青禾县水务局2022年…`, `zwgk/80716_青禾县水务局2022年…`. What is
/// left names the same body and the same year.
fn without_path(title: Title) -> Title {
    // Two bodies with a space between them are no path.
    if title.agency.as_deref().is_some_and(|agency| agency.contains('、')) {
        return title;
    }
    let marks = |c: char| c.is_whitespace() || matches!(c, '/' | '_' | '>');
    let rests = title
        .text
        .match_indices(marks)
        .map(|(at, mark)| &title.text[at + mark.len()..]);
    let is_named = title.agency.as_deref().is_some_and(is_organisation);
    let is_same =
        |short: &Title| short.is_full() && short.year == title.year && (!is_named || short.agency == title.agency);
    let same = |rest: &str| parse_whole(rest).filter(is_same);
    rests.rev().find_map(same).unwrap_or(title)
}

/// Reads words that are a title and nothing else.
pub(super) fn parse_whole(text: &str) -> Option<Title> {
    let text = text.trim();
    if text.chars().take(LONGEST + 1).count() > LONGEST || !may_be_part(text) {
        return None;
    }
    let squeezed = name::joined(text).unwrap_or_else(|| squeeze(text));
    let bare = squeezed
        .trim_start_matches(['《', '〈', '“', '【'])
        .trim_end_matches(['》', '〉', '”', '】']);
    let found = TITLE.as_ref()?.captures(bare)?;
    let part = |group: usize| found.get(group).map_or("", |part| part.as_str());
    let of_another_kind = [
        "指南", "目录", "制度", "通知", "编制", "培训", "申请", "考核", "统计", "评估", "自查",
    ];
    if of_another_kind.iter().any(|word| part(2).contains(word)) {
        return None;
    }
    let (before, after) = YEAR
        .as_ref()?
        .find(part(1))
        .map_or((part(1), ""), |year| (&part(1)[..year.start()], &part(1)[year.end()..]));
    // 石桥镇人民政府信息公开: the word for the government is that of the information too.
    let completed = |name: String| {
        if name.ends_with("人民") {
            name + "政府"
        } else {
            name
        }
    };
    let words = [part(1), part(2), part(3), part(4)].concat();
    // （青禾县水务局）2022年…, …年度报告（青禾县水务局）.
    let before = match before.strip_prefix(['（', '(']) {
        Some(inner) => inner.trim_end_matches(['）', ')']),
        None => before,
    };
    let in_bracket = || Some(part(3).to_owned()).filter(|name| is_organisation(name));
    let agency = name::agency(before).or_else(|| name::agency(after)).map(completed);
    let title = Title {
        text: text.to_owned(),
        agency: agency.or_else(in_bracket),
        year: only_year(&words),
        names_several_years: only_year(&words).is_none() && years(&words).next().is_some(),
    };
    (title.weight() > 0).then_some(title)
}

/// The one year that the words name; none where they name two, or a school year.
pub(super) fn only_year(words: &str) -> Option<i32> {
    let months = MONTHS_OF_YEARS.as_ref().and_then(|months| months.captures(words));
    if months.is_some_and(|months| months[1] != months[2]) {
        return None;
    }
    let mut years = years(words);
    let first = years.next()?;
    let year = first[1].parse().ok();
    let spans_two = first.get(2).is_some() || first.get(3).is_some_and(|unit| unit.as_str() == "学年");
    let is_only = !spans_two && years.all(|other| other[1] == first[1]);
    year.filter(|_| is_only)
}

/// The years that the words name, those apart that are part of a date: （2024年1月发布）.
fn years(words: &str) -> impl Iterator<Item = regex::Captures<'_>> {
    let found = YEAR.as_ref().map(|year| year.captures_iter(words));
    found.into_iter().flatten().filter(|found| {
        let (before, behind) = found
            .get(1)
            .map_or(("", ""), |year| (&words[..year.start()], &words[year.end()..]));
        // 201204 is a folder, and no year.
        let is_digit = |c: char| c.is_ascii_digit();
        let is_in_number = before.ends_with(is_digit) || behind.starts_with(is_digit);
        !is_in_number && !IN_DATE.as_ref().is_some_and(|date| date.is_match(behind))
    })
}

/// Whether a title, of a report or of a table, is of a part of a year: 2023年上半年, 一季度, 1-6月.
pub fn is_on_part_of_year(title: &str) -> bool {
    let words = squeeze(title);
    let parts = PART_OF_YEAR.as_ref().map(|part| part.find_iter(&words));
    let is_whole = |part: &str| {
        part.starts_with('1') && !part[1..].starts_with(|c: char| c.is_ascii_digit()) && part.ends_with("12月")
    };
    // 2024年1月政府信息公开年度报告 is of the year before, and came out then.
    let month = MONTH.as_ref().and_then(|month| month.find(&words));
    let is_monthly = month.is_some_and(|month| {
        !["年度", "年报", "年報"]
            .iter()
            .any(|year| words[month.end()..].contains(year))
    });
    is_monthly || parts.into_iter().flatten().any(|part| !is_whole(part.as_str()))
}

/// Whether a title says that its report is a version that puts another right: …年度报告（更正版）, …年度报告修订稿.
pub(super) fn is_corrected_version(title: &str) -> bool {
    CORRECTED
        .as_ref()
        .is_some_and(|corrected| corrected.is_match(&squeeze(title)))
}

/// Whether the words of a title name several years.
pub(super) fn names_several_years(title: &str) -> bool {
    parse_whole(title).is_some_and(|title| title.names_several_years)
}

/// The places in a line where a title may end.
fn ends(line: &str) -> impl Iterator<Item = usize> {
    let last = |c: char| matches!(c, '告' | '报' | '報' | '结');
    let reach = line.char_indices().nth(2 * LONGEST).map_or(line.len(), |(at, _)| at);
    line[..reach]
        .char_indices()
        .filter(move |(_, c)| last(*c))
        .filter_map(move |(at, c)| {
            let end = at + c.len_utf8();
            let before = line[..at].trim_end().chars().next_back()?;
            ENDS.iter().any(|word| word.chars().eq([before, c])).then_some(end)
        })
}

/// The length of the brackets that directly follow a title.
fn bracketed(rest: &str) -> usize {
    let body = rest.trim_start();
    let close = |open: &str, close: char| body.strip_prefix(open).and_then(|inner| inner.find(close));
    let end = close("（", '）')
        .map(|at| at + 6)
        .or_else(|| close("(", ')').map(|at| at + 2));
    let quotes = || {
        let quote = body.chars().next().filter(|c| "》〉”】".contains(*c));
        quote.map(char::len_utf8)
    };
    // The year alone behind the title: 信息公开年度报告2023.
    let year = || Some(body.len()).filter(|_| BARE_YEAR.as_ref().is_some_and(|year| year.is_match(body)));
    let version = || {
        let words = CORRECTED.as_ref()?.find(body)?;
        (words.start() == 0).then_some(body.len())
    };
    end.or_else(quotes)
        .or_else(year)
        .or_else(version)
        .map_or(0, |end| rest.len() - body.len() + end)
}

/// Whether what follows leaves the words before it a title: nothing, the first sentence, or what a page puts beside a title.
fn is_behind_a_title(rest: &str) -> bool {
    const SENTENCES: &[&str] = &[
        "根据",
        "依据",
        "按照",
        "依照",
        "遵照",
        "為",
        "为",
        "现将",
        "本报告",
        "本年度报告",
        "一、",
        "（一）",
    ];
    const PAGE: &[&str] = &[
        "发布",
        "來源",
        "来源",
        "信息来源",
        "文章来源",
        "稿件来源",
        "时间",
        "日期",
        "字体",
        "字号",
        "作者",
        "浏览",
        "索引号",
        "打印",
        "点击",
        "阅读",
        "公开日期",
        "公开时间",
        "【",
        "[",
        "_",
        "|",
        "-",
        "—",
    ];
    let body = rest[bracketed(rest)..].trim_start();
    body.is_empty()
        || body.starts_with(|c: char| c.is_ascii_digit())
        || SENTENCES.iter().chain(PAGE).any(|start| body.starts_with(start))
}

/// A line without what stands before its title: a link home, 【字体：大 中 小】, `信息名称：`, `标 题`, or the name of any other field.
fn without_label(line: &str) -> &str {
    let line = without_title_label(line);
    match line.split_once(['：', ':']) {
        Some((label, rest)) if label.chars().count() <= 6 && !label.contains('，') => without_label(rest),
        _ => line,
    }
}

/// A line without what says that a title follows. 发布机构 says that something else does.
pub(super) fn without_title_label(line: &str) -> &str {
    const LABELS: &[&str] = &[
        "网站首页",
        "返回首页",
        "首页",
        "信息名称",
        "文件名称",
        "公文名称",
        "标题",
        "標題",
        "名称",
        "题名",
        "附件",
        "一图读懂",
        "一张图读懂",
        "图解",
    ];
    let line = line.trim();
    let bracket = line
        .strip_prefix(['【', '['])
        .and_then(|inner| inner.split_once(['】', ']']));
    if let Some((_, rest)) = bracket.filter(|(inner, rest)| !inner.contains("公开") && !rest.is_empty()) {
        return without_title_label(rest);
    }
    match LABELS.iter().find_map(|label| strip_spaced(line, label)) {
        Some(rest) => {
            let rest = behind_number(rest);
            without_title_label(rest.trim_start_matches(|c: char| !c.is_alphanumeric() && !"《（(【[".contains(c)))
        }
        None => line,
    }
}

/// What follows the number of an annex: 附件3.
fn behind_number(rest: &str) -> &str {
    let behind = rest.trim_start_matches(|c: char| c.is_ascii_digit());
    let is_number = (1..=2).contains(&(rest.len() - behind.len())) && !behind.starts_with('年');
    if is_number { behind } else { rest }
}

/// What follows a word at the start of a line, whose characters may be set apart.
fn strip_spaced<'a>(line: &'a str, word: &str) -> Option<&'a str> {
    word.chars().try_fold(line, |line, c| line.trim_start().strip_prefix(c))
}

/// Reads a title that a page or file name carries with other words around it: `…年度报告_青禾县人民政府`.
pub(super) fn parse_with_affixes(text: &str) -> Option<Title> {
    let separators = ['_', '|', '-', '—', '–', '>', '·'];
    let parts = text.split(separators).map(str::trim).filter(|part| !part.is_empty());
    let best = parts
        .filter_map(parse)
        .reduce(|best, title| if title.weight() > best.weight() { title } else { best });
    best.or_else(|| parse(text))
}

/// Whether a line is a year and the name of a public body, as in 2025年青禾区.
pub(super) fn is_dated_name(squeezed: &str) -> bool {
    let year = YEAR.as_ref().and_then(|year| year.find(squeezed));
    year.is_some_and(|year| year.start() == 0 && is_organisation(&squeezed[year.end()..]))
}

pub(super) fn may_be_part(text: &str) -> bool {
    !text.contains(['。', '，', ',', '；', '：', ':', '>', '›', '»', '！', '？'])
}

/// Whether a title may end in a line, near its beginning.
pub(super) fn may_end_title(line: &str) -> bool {
    let is_plan = || line.ends_with(['划', '排', '算', '点', '路']) && with_plan_behind(line).is_some();
    line.contains('公') && (ends(line).next().is_some() || is_plan()) || ends_like_title(line)
}

pub(super) fn ends_like_title(line: &str) -> bool {
    let line = line.trim_end_matches(|c: char| c.is_whitespace() || "》〉”】".contains(c));
    let line = match (line.ends_with([')', '）']), line.rfind(['(', '（'])) {
        (true, Some(open)) => line[..open].trim_end(),
        _ => line,
    };
    ENDS.iter().any(|end| line.ends_with(end))
}

#[cfg(test)]
mod tests;
