//! The register of regions: GB/T 2260 codes with their names, former ones too, from `schema/regions.csv`.
//!
//! Many names are shared (there are four 鼓楼区), and codes and names change over the years. Invariant: a name alone gives all the codes
//! that it may mean; which one is meant is never decided here.

use std::sync::LazyLock;

use foldhash::{HashMap, HashMapExt};

/// One line of the register: a code with a name that it has or had.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Six digits.
    pub code: &'static str,
    /// The name at that time.
    pub name: &'static str,
    /// First year that it is listed for; none where it is as old as the register.
    pub first: Option<i32>,
    /// Last year; none where it holds today.
    pub last: Option<i32>,
    /// The code of the same place today, where that can be told.
    pub today: Option<&'static str>,
    /// The name as government sites spell it: shuyang of shuyang.gov.cn.
    pub domain: &'static str,
}

/// What a code stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tier {
    /// 省, 自治区, 直辖市.
    Province,
    /// 地级市, 地区, 自治州, 盟.
    City,
    /// 县, 区, 旗, 县级市.
    County,
}

impl Entry {
    /// Whether the name held in a year; any year where none is known.
    pub fn holds_in(&self, year: Option<i32>) -> bool {
        // A source lists a change in the year after it was made, and a report of a year is written in the next.
        year.is_none_or(|year| {
            self.first.is_none_or(|first| first <= year + 1) && self.last.is_none_or(|last| year <= last + 1)
        })
    }

    /// What the code stands for.
    pub fn tier(&self) -> Tier {
        tier(self.code)
    }
}

/// What a code stands for.
pub fn tier(code: &str) -> Tier {
    match code.as_bytes() {
        [_, _, b'0', b'0', b'0', b'0'] => Tier::Province,
        [_, _, _, _, b'0', b'0'] => Tier::City,
        _ => Tier::County,
    }
}

/// Whether one code lies in the region of another, or is it.
pub fn lies_in(code: &str, outer: &str) -> bool {
    if outer == ILI.0 && ILI.1.iter().any(|inner| code.starts_with(inner)) {
        return true;
    }
    let shared = match tier(outer) {
        Tier::Province => 2,
        Tier::City => 4,
        Tier::County => 6,
    };
    code.as_bytes().get(..shared) == outer.as_bytes().get(..shared)
}

/// The one prefecture that two others are under, with the beginnings of their codes: 伊犁哈萨克自治州 with 塔城地区 and 阿勒泰地区.
const ILI: (&str, [&str; 2]) = ("654000", ["6542", "6543"]);

/// The peoples whom the names of autonomous prefectures, counties and banners name with the word 族.
const PEOPLES: &[&str] = &[
    "土家",
    "苗",
    "彝",
    "白",
    "傣",
    "景颇",
    "藏",
    "羌",
    "蒙古",
    "回",
    "朝鲜",
    "布依",
    "侗",
    "壮",
    "哈尼",
    "傈僳",
    "哈萨克",
    "满",
    "瑶",
    "黎",
    "仡佬",
    "普米",
    "拉祜",
    "佤",
    "布朗",
    "畲",
    "毛南",
    "仫佬",
    "水",
    "纳西",
    "裕固",
    "达斡尔",
    "独龙",
    "怒",
    "撒拉",
    "土",
    "保安",
    "东乡",
    "鄂温克",
    "各",
];

/// Those whom such a name names without it, at its end.
const BARE_PEOPLES: &[&str] = &["蒙古", "哈萨克", "柯尔克孜", "锡伯", "塔吉克", "鄂伦春"];

/// The short form of the name of an autonomous prefecture, county or banner, without its peoples: 恩施州, 江华县.
fn without_peoples(name: &str) -> Option<String> {
    let (named, word) = ["州", "县", "旗"].iter().find_map(|word| {
        let named = name.strip_suffix(word)?.strip_suffix("自治")?;
        Some((named, *word))
    })?;
    // 东乡族自治县 and 鄂伦春自治旗 are named by their people alone.
    let behind_place = |before: &&str| !before.is_empty();
    let bare = BARE_PEOPLES
        .iter()
        .find_map(|people| named.strip_suffix(people).filter(behind_place));
    let mut place = bare.unwrap_or(named);
    let people = |place: &str| {
        let before = place.strip_suffix("族")?;
        let names = PEOPLES
            .iter()
            .filter_map(|people| before.strip_suffix(people).filter(behind_place));
        names.map(str::len).min()
    };
    while let Some(end) = people(place) {
        place = &place[..end];
    }
    let place = place.strip_suffix('族').unwrap_or(place);
    Some(format!("{place}{word}"))
}

/// Names of autonomous regions that people shorten in the middle, with their full form.
const SHORTENED: &[(&str, &str)] = &[
    ("新疆自治区", "新疆维吾尔自治区"),
    ("广西自治区", "广西壮族自治区"),
    ("宁夏自治区", "宁夏回族自治区"),
];

struct Register {
    entries: Vec<Entry>,
    by_name: HashMap<&'static str, Vec<usize>>,
    /// Autonomous prefectures, counties and banners without their peoples: 恩施州.
    without_peoples: HashMap<String, Vec<usize>>,
    /// Provinces and cities without the word for what they are: 江苏, 南京.
    by_short: HashMap<&'static str, Vec<usize>>,
    by_code: HashMap<&'static str, Vec<usize>>,
}

static REGISTER: LazyLock<Register> = LazyLock::new(|| {
    let lines = include_str!("../../schema/regions.csv").lines().skip(1);
    let entries: Vec<Entry> = lines.filter_map(entry).collect();
    let mut register = Register {
        by_name: HashMap::with_capacity(entries.len()),
        without_peoples: HashMap::new(),
        by_short: HashMap::new(),
        by_code: HashMap::with_capacity(entries.len()),
        entries: Vec::new(),
    };
    for (index, entry) in entries.iter().enumerate() {
        register.by_name.entry(entry.name).or_default().push(index);
        register.by_code.entry(entry.code).or_default().push(index);
        if let Some(short) = without_peoples(entry.name) {
            register.without_peoples.entry(short).or_default().push(index);
        }
        if let Some(short) = short(entry) {
            register.by_short.entry(short).or_default().push(index);
        }
    }
    register.entries = entries;
    register
});

fn entry(line: &'static str) -> Option<Entry> {
    let mut parts = line.split(',');
    let mut next = || parts.next();
    Some(Entry {
        code: next()?,
        name: next()?,
        first: next()?.parse().ok(),
        last: next()?.parse().ok(),
        today: next().filter(|code| !code.is_empty()),
        domain: next()?,
    })
}

fn short(entry: &Entry) -> Option<&'static str> {
    const REGIONS: &[&str] = &["维吾尔自治区", "壮族自治区", "回族自治区", "自治区"];
    let of_province = || REGIONS.iter().find_map(|end| entry.name.strip_suffix(end));
    let short = match entry.tier() {
        Tier::Province => of_province().or_else(|| entry.name.strip_suffix(['省', '市'])),
        Tier::City => entry
            .name
            .strip_suffix("地区")
            .or_else(|| entry.name.strip_suffix(['市', '盟'])),
        Tier::County => None,
    };
    short.filter(|short| short.chars().count() >= 2)
}

/// The entries of a code, former names too; none where it is no code of GB/T 2260.
pub fn of_code(code: &str) -> impl Iterator<Item = &'static Entry> {
    let found = REGISTER.by_code.get(code).map(Vec::as_slice).unwrap_or_default();
    found.iter().map(|index| &REGISTER.entries[*index])
}

/// The entry of a code that held in a year; else today's.
pub fn in_year(code: &str, year: Option<i32>) -> Option<&'static Entry> {
    of_code(code)
        .find(|entry| entry.holds_in(year))
        .or_else(|| of_code(code).find(|entry| entry.last.is_none()))
        .or_else(|| of_code(code).last())
}

/// The entries that a name may mean.
pub fn named(name: &str) -> impl Iterator<Item = &'static Entry> {
    let full = SHORTENED
        .iter()
        .find(|(short, _)| *short == name)
        .map_or(name, |(_, full)| *full);
    let found = REGISTER.by_name.get(full).map(Vec::as_slice).unwrap_or_default();
    let short = REGISTER
        .without_peoples
        .get(full)
        .map(Vec::as_slice)
        .unwrap_or_default();
    found.iter().chain(short).map(|index| &REGISTER.entries[*index])
}

/// Whether words begin with the name of a region, in full or short: 北京出入境边防检查总站.
pub fn begin(words: &str) -> bool {
    let ends = words
        .char_indices()
        .take(LONGEST)
        .map(|(at, c)| &words[..at + c.len_utf8()]);
    ends.skip(1)
        .any(|word| named(word).next().is_some() || shortened(word).next().is_some())
}

/// The one region inside another that words name, in full or without the word for what it is: 九龙坡区, 九龙坡; none where several are
/// named so.
pub fn inside(words: &str, outer: &Entry, year: Option<i32>) -> Option<&'static Entry> {
    let is_named = |entry: &Entry| {
        let short = entry
            .name
            .strip_suffix("新区")
            .or_else(|| entry.name.strip_suffix(['市', '县', '区', '旗']));
        entry.name == words || short.is_some_and(|short| short == words && short.chars().count() >= 2)
    };
    let is_inside = |entry: &Entry| entry.code != outer.code && lies_in(entry.code, outer.code) && entry.holds_in(year);
    let mut found = all().iter().filter(|entry| is_inside(entry) && is_named(entry));
    let first = found.next()?;
    found.all(|other| other.code == first.code).then_some(first)
}

/// The provinces and cities that a shortened name may mean.
fn shortened(name: &str) -> impl Iterator<Item = &'static Entry> {
    let found = REGISTER.by_short.get(name).map(Vec::as_slice).unwrap_or_default();
    found.iter().map(|index| &REGISTER.entries[*index])
}

/// The one region, former ones too, that a part of a domain stands for; none where several are spelt so.
pub fn of_domain(part: &str) -> Option<&'static Entry> {
    let mut found = all().iter().filter(|entry| entry.domain == part);
    let first = found.next()?;
    found.all(|other| other.code == first.code).then_some(first)
}

/// All entries.
pub fn all() -> &'static [Entry] {
    &REGISTER.entries
}

/// Longest name of a region, in characters.
const LONGEST: usize = 15;

/// The region at the beginning of a name.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Found {
    /// What the words may mean, by code; several where the name is shared.
    pub entries: Vec<&'static Entry>,
    /// How many bytes of the name they take.
    pub bytes: usize,
}

/// The region that begins a name: 江苏省南京市鼓楼区, 南京鼓楼区 or 鼓楼区. What held in the year of the report counts first.
pub fn at_start(name: &str, year: Option<i32>) -> Found {
    let mut best = Found::default();
    descend(name, year, 0, None, &mut best);
    let held: Vec<&'static Entry> = best
        .entries
        .iter()
        .copied()
        .filter(|entry| entry.holds_in(year))
        .collect();
    if !held.is_empty() {
        best.entries = held;
    }
    best.entries.sort_by_key(|entry| entry.code);
    best.entries.dedup_by_key(|entry| entry.code);
    best
}

/// Follows a chain of regions, each inside the one before; the longest chain stands.
fn descend(name: &str, year: Option<i32>, from: usize, outer: Option<&'static Entry>, best: &mut Found) {
    // A name that came later is not meant; a former one may be.
    let is_known = |entry: &Entry| year.is_none_or(|year| entry.first.is_none_or(|first| first <= year + 1));
    let inside = |entry: &&'static Entry| {
        let is_inside = |outer: &Entry| entry.code != outer.code && lies_in(entry.code, outer.code);
        is_known(entry) && outer.is_none_or(is_inside)
    };
    let rest = &name[from..];
    for (at, c) in rest.char_indices().take(LONGEST) {
        let end = from + at + c.len_utf8();
        let word = &name[from..end];
        for entry in named(word).filter(inside) {
            if end > best.bytes {
                *best = Found::default();
                best.bytes = end;
            }
            if end == best.bytes && !best.entries.contains(&entry) {
                best.entries.push(entry);
            }
            descend(name, year, end, Some(entry), best);
        }
        // 南京鼓楼区: without its word a city counts only where a region of it follows.
        for entry in shortened(word).filter(inside) {
            descend(name, year, end, Some(entry), best);
        }
    }
}

/// The region around a region.
pub(super) fn outer(entry: &Entry, year: Option<i32>) -> Option<&'static Entry> {
    let around = |shared: usize| {
        let code = format!("{}{}", &entry.code[..shared], "0".repeat(6 - shared));
        in_year(&code, year).filter(|outer| outer.tier() < entry.tier())
    };
    around(4).or_else(|| around(2))
}

/// The regions around a region, the nearest first.
pub(super) fn outers(entry: &Entry, year: Option<i32>) -> impl Iterator<Item = &'static Entry> {
    let city = outer(entry, year);
    let province = city.and_then(|city| outer(city, year));
    city.into_iter().chain(province)
}

/// The names of the regions around a region that say which one it is.
pub(super) fn outer_names(entry: &Entry, year: Option<i32>) -> Vec<&'static str> {
    outers(entry, year).map(|entry| entry.name).collect()
}

/// A region with what it lies in: 江苏省南京市鼓楼区 (320106).
pub(super) fn path(entry: &Entry, year: Option<i32>) -> String {
    let mut names = outer_names(entry, year);
    names.reverse();
    format!("{}{} ({})", names.concat(), entry.name, entry.code)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(name: &str, year: Option<i32>) -> Vec<&'static str> {
        at_start(name, year).entries.iter().map(|entry| entry.code).collect()
    }

    #[test]
    fn a_name_is_found_with_what_it_lies_in_and_without() {
        assert_eq!(codes("江苏省南京市鼓楼区潮汐局", Some(2022)), ["320106"]);
        assert_eq!(codes("南京鼓楼区潮汐局", Some(2022)), ["320106"]);
        assert_eq!(codes("江苏省鼓楼区潮汐局", Some(2022)), ["320106", "320302"]);
        assert_eq!(
            codes("鼓楼区潮汐局", Some(2022)),
            ["320106", "320302", "350102", "410204"]
        );
        assert_eq!(codes("府谷县潮汐局", None), ["610822"]);
        assert_eq!(codes("潮汐局", None), [""; 0]);
        assert_eq!(codes("伊犁哈萨克自治州塔城地区行政公署", Some(2023)), ["654200"]);
    }

    #[test]
    fn autonomous_places_are_known_without_their_peoples() {
        for (name, code) in [
            ("湖北省恩施州巴东县", "422823"),
            ("恩施州", "422800"),
            ("凉山州", "513400"),
            ("青海省海西州格尔木市", "632801"),
            ("黔东南州凯里市", "522601"),
            ("阿坝州", "513200"),
            ("湖南省永州市江华县", "431129"),
            ("三都县", "522732"),
            ("昌江县", "469026"),
            ("积石山县", "622927"),
            ("东乡县", "622926"),
            ("长白县", "220623"),
            ("巴音郭楞州", "652800"),
            ("鄂温克旗", "150724"),
        ] {
            assert!(
                codes(name, Some(2023)).contains(&code),
                "{name}: {:?}",
                codes(name, Some(2023))
            );
        }
    }

    #[test]
    fn a_name_that_came_later_is_not_meant() {
        assert_eq!(codes("重庆市两江新区管理委员会", Some(2023)), ["500000"]);
        assert_eq!(codes("重庆市两江新区管理委员会", Some(2026)), ["500157"]);
    }

    #[test]
    fn a_former_name_is_known_in_its_years() {
        assert_eq!(codes("余杭区", Some(2015)), ["330110"]);
        assert_eq!(codes("沙县人民政府", Some(2019)), ["350427"]);
        let former = at_start("沙县", Some(2019)).entries[0];
        assert_eq!((former.last, former.today), (Some(2020), Some("350405")));
    }

    #[test]
    fn every_name_of_today_alone_gives_its_code_or_several() {
        let today = all().iter().filter(|entry| entry.last.is_none());
        for entry in today {
            let found = codes(entry.name, Some(2025));
            assert!(found.contains(&entry.code), "{} {}: {found:?}", entry.code, entry.name);
        }
    }

    #[test]
    fn a_part_of_a_domain_is_a_region_where_only_one_is_spelt_so() {
        let code = |part: &str| of_domain(part).map(|entry| entry.code);
        assert_eq!(code("shuyang"), Some("321322"));
        // 锦州市, 晋州市, 金州区.
        assert_eq!(code("jinzhou"), None);
        assert_eq!(code("sy"), None);
    }

    #[test]
    fn a_number_that_is_no_code_of_the_register_is_no_region() {
        assert!(of_code("359000").next().is_none());
        assert_eq!(in_year("610822", Some(2020)).map(|entry| entry.name), Some("府谷县"));
    }
}
