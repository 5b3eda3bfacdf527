//! The register of regions: GB/T 2260 codes with their names, former ones too, from `schema/regions.csv`.
//!
//! Many names are shared (there are four 鼓楼区), and codes and names change over the years. Invariant: a name alone gives all the codes
//! that it may mean; which one is meant is never decided here.

use std::collections::HashMap;
use std::sync::LazyLock;

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
    let shared = match tier(outer) {
        Tier::Province => 2,
        Tier::City => 4,
        Tier::County => 6,
    };
    code.as_bytes().get(..shared) == outer.as_bytes().get(..shared)
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
    /// Provinces and cities without the word for what they are: 江苏, 南京.
    by_short: HashMap<&'static str, Vec<usize>>,
    by_code: HashMap<&'static str, Vec<usize>>,
}

static REGISTER: LazyLock<Register> = LazyLock::new(|| {
    let lines = include_str!("../../schema/regions.csv").lines().skip(1);
    let entries: Vec<Entry> = lines.filter_map(entry).collect();
    let mut register = Register {
        by_name: HashMap::with_capacity(entries.len()),
        by_short: HashMap::new(),
        by_code: HashMap::with_capacity(entries.len()),
        entries: Vec::new(),
    };
    for (index, entry) in entries.iter().enumerate() {
        register.by_name.entry(entry.name).or_default().push(index);
        register.by_code.entry(entry.code).or_default().push(index);
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
    found.iter().map(|index| &REGISTER.entries[*index])
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
    descend(name, 0, None, &mut best);
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
fn descend(name: &str, from: usize, outer: Option<&'static Entry>, best: &mut Found) {
    let inside = |entry: &&'static Entry| {
        outer.is_none_or(|outer| entry.tier() > outer.tier() && lies_in(entry.code, outer.code))
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
            descend(name, end, Some(entry), best);
        }
        // 南京鼓楼区: without its word a city counts only where a region of it follows.
        for entry in shortened(word).filter(inside) {
            descend(name, end, Some(entry), best);
        }
    }
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
