//! The grammar of a name: a region, perhaps a town or a zone, and what the body is.

use super::kinds;
use super::regions::{self, Entry, Found, Tier};
use crate::report::BodyLevel;

/// The parts of a name.
pub(super) struct Name {
    pub(super) whole: String,
    /// The regions that its beginning may mean.
    pub(super) found: Found,
    /// What stands behind them, in full form: 水务局, 石桥镇人民政府.
    pub(super) rest: String,
    /// Whether the rest begins with a town, township or subdistrict.
    pub(super) township: Option<&'static str>,
    /// Whether it begins with a functional zone.
    pub(super) zone: bool,
    /// A system with branches in every region: 国家税务总局.
    pub(super) system: Option<&'static str>,
    /// The place of a branch inside the region, and the bureau that it is a branch of: 九龙坡区 and 公安局.
    pub(super) branch: Option<Branch>,
}

/// A branch of a bureau: 公安局·九龙坡区·分局.
pub(super) struct Branch {
    /// What it is a branch of, as it stands behind the region.
    pub(super) bureau: String,
    /// Its place; none where the register has no such place in the region.
    pub(super) place: Option<&'static Entry>,
}

impl Branch {
    /// That of the words behind a region. 第一分局, 直属分局 and those of a zone have no region of their own.
    fn read(rest: &str, outer: &Entry, year: Option<i32>) -> Option<Self> {
        const BUREAUS: &[&str] = &["局", "委员会", "委", "厅", "中心"];
        let (inner, is_branch) = match rest.strip_suffix("分局") {
            Some(inner) => (inner, true),
            None => (
                rest.strip_suffix("管理局").or_else(|| rest.strip_suffix("分中心"))?,
                false,
            ),
        };
        let ends = BUREAUS
            .iter()
            .filter_map(|end| inner.rfind(end).map(|at| at + end.len()));
        let (bureau, words) = inner.split_at(ends.max()?);
        let place = regions::inside(words, outer, year);
        let has_none =
            ["", "直属", "稽查"].contains(&words) || words.starts_with('第') || kinds::zone_end(words).is_some();
        // 城市管理局 is no branch.
        (place.is_some() || is_branch && !has_none).then(|| Branch {
            bureau: bureau.to_owned(),
            place,
        })
    }
}

impl Name {
    pub(super) fn read(whole: &str, year: Option<i32>) -> Self {
        let (system, local) = match kinds::branch(whole).filter(|_| !kinds::is_central(whole)) {
            Some((system, local)) => (Some(system), local),
            None => (None, whole),
        };
        let mut found = if kinds::is_central(whole) {
            Found::default()
        } else {
            regions::at_start(local, year)
        };
        // 东区街道 is a subdistrict of that name, and no part of a region 东区.
        if township_word(&local[found.bytes..]).is_some_and(|(stem, _)| stem == 0) {
            found = Found::default();
        }
        let rest = &local[found.bytes..];
        let township = township_word(rest).map(|(_, word)| word);
        let branch = match found.entries[..] {
            [outer] => Branch::read(rest, outer, year),
            _ => None,
        };
        Name {
            branch,
            zone: township.is_none() && kinds::zone_end(rest).is_some(),
            rest: full(rest, township, found.entries.first().map(|entry| entry.name)),
            township,
            whole: whole.to_owned(),
            found,
            system,
        }
    }

    pub(super) fn is_central(&self) -> bool {
        let of_country = ["国家", "国务院", "中国", "中华人民共和国", "全国", "最高人民"];
        kinds::is_central(&self.whole)
            || self.system.is_none()
                && !self.zone
                && self.found.entries.is_empty()
                && of_country.iter().any(|word| self.whole.starts_with(word))
    }

    /// The word for the level that a name without a known place begins with, or has behind its place: 县档案局, 霁川县水利局.
    pub(super) fn place_word(&self) -> Option<char> {
        let words = self.rest.char_indices().take(10);
        let is_word = |c: char| matches!(c, '省' | '市' | '县' | '区' | '旗');
        let mut found = None;
        for (at, c) in words.filter(|(_, c)| is_word(*c)) {
            // 市场监督管理局 and 城市管理局 have no place before them.
            let rest = &self.rest[at..];
            let before = &self.rest[..at];
            if !rest.starts_with("市场")
                && !rest.starts_with("市政")
                && !before.ends_with([
                    '城', '社', '小', '园', '灌', '库', '景', '林', '牧', '矿', '山', '军', '地', '护',
                ])
            {
                found = Some(c);
            }
        }
        found
    }

    /// Whether nothing stands before the word for the level: 县档案局.
    pub(super) fn is_relative(&self) -> bool {
        self.found.entries.is_empty() && self.place_word().is_some_and(|word| self.rest.starts_with(word))
    }

    pub(super) fn level(&self, entry: Option<&Entry>) -> Option<BodyLevel> {
        if self.is_central() {
            return Some(BodyLevel::Central);
        }
        if self.township.is_some() {
            return Some(BodyLevel::Township);
        }
        if self.zone {
            return Some(BodyLevel::Zone);
        }
        if self.unknown_place().is_some() {
            return match self.place_word().filter(|_| self.branch.is_none())? {
                '县' | '区' | '旗' => Some(BodyLevel::County),
                _ => None,
            };
        }
        let of_tier = |tier| match tier {
            Tier::Province => BodyLevel::Province,
            Tier::City => BodyLevel::City,
            Tier::County => BodyLevel::County,
        };
        let shared = self.found.entries.first().map(|entry| entry.tier());
        let shared = shared.filter(|tier| self.found.entries.iter().all(|entry| entry.tier() == *tier));
        entry
            .map(Entry::tier)
            .or(shared)
            .map(of_tier)
            .or_else(|| match self.place_word()? {
                '省' => Some(BodyLevel::Province),
                '县' | '区' | '旗' => Some(BodyLevel::County),
                _ => None,
            })
    }

    /// The words behind a known region that name a place which the register does not have there: 湖北省·某某县.
    pub(super) fn unknown_place(&self) -> Option<String> {
        let [entry] = self.found.entries[..] else { return None };
        if let Some(branch) = &self.branch {
            return branch.place.is_none().then(|| self.rest.clone());
        }
        // Below a county stand towns, which the register does not have.
        let word = self
            .place_word()
            .filter(|_| entry.tier() != Tier::County && self.township.is_none() && !self.zone)?;
        let at = self.rest.find(word)?;
        let (place, body) = self.rest.split_at(at + word.len_utf8());
        let is_named = (2..=10).contains(&place.chars().count()) && kinds::of(body).is_some();
        is_named.then(|| place.to_owned())
    }

    pub(super) fn kind(&self) -> Option<&'static str> {
        let own = kinds::of(&self.rest).map(|(kind, _)| kind);
        // 驻北京办事处 is no subdistrict.
        let own = own.map(|kind| {
            if kind == "subdistrict" && self.rest.contains('驻') {
                "office"
            } else {
                kind
            }
        });
        match (self.township, own) {
            (Some("镇"), Some("government")) => Some("town"),
            (Some("乡" | "苏木"), Some("government")) => Some("township"),
            _ if self.zone && own.is_none() => Some("zone_committee"),
            _ => own,
        }
    }

    /// The full name behind that of the region.
    pub(super) fn full(&self, entry: Option<&Entry>) -> String {
        let system = self.system.unwrap_or_default();
        let printed = &self.whole[system.len()..];
        // A branch is named behind the region of its bureau.
        let outer = self.branch.as_ref().and_then(|_| self.found.entries.first().copied());
        match outer.or(entry) {
            Some(entry) => {
                let rest = if self.is_relative() {
                    self.rest.trim_start_matches(['县', '区', '市', '旗', '省'])
                } else {
                    &self.rest
                };
                format!("{system}{}{rest}", entry.name)
            }
            None => format!("{system}{}{}", &printed[..self.found.bytes], self.rest),
        }
    }

    /// The body above: for a branch its system, for an office its government, for a government the one above it. Courts and
    /// procuratorates are under no government.
    pub(super) fn parent(&self, entry: Option<&Entry>, year: Option<i32>) -> Option<String> {
        if let Some(system) = self.system {
            return Some(system.to_owned());
        }
        if let (Some(branch), Some(outer)) = (&self.branch, self.found.entries.first()) {
            return Some(format!("{}{}", outer.name, branch.bureau));
        }
        let entry = entry.filter(|_| !matches!(self.kind(), Some("court" | "procuratorate")))?;
        let government = |entry: &Entry| format!("{}{}", entry.name, government_of(entry.name));
        let is_government = self.township.is_none() && !self.zone && self.kind() == Some("government");
        if !is_government {
            return Some(government(entry));
        }
        regions::outer(entry, year).map(government)
    }
}

/// The word for a town at the beginning of the words behind a region, and where it begins; none where the words are no town's.
fn township_word(rest: &str) -> Option<(usize, &'static str)> {
    const WORDS: &[&str] = &["街道", "镇", "乡", "苏木"];
    const BEHIND: &[&str] = &["人民政府", "政府", "办事处", "办", "党"];
    const ENDS: &[&str] = &["院", "中心", "站", "所", "学校", "小学", "中学", "大队"];
    let ends_so = |behind: &str| {
        behind.is_empty()
            || BEHIND.iter().any(|word| behind.starts_with(word))
            || ENDS.iter().any(|end| behind.ends_with(end))
    };
    WORDS
        .iter()
        .filter_map(|word| {
            let at = rest.find(word)?;
            // 住房和城乡建设中心 has no 乡 in it.
            let is_stem = !(*word == "乡" && rest[..at].ends_with('城')) && rest[..at].chars().count() <= 12;
            (is_stem && ends_so(&rest[at + word.len()..])).then_some((at, *word))
        })
        .min_by_key(|(at, _)| *at)
}

/// What governs a region: a prefecture that is no body of its own people has an office of its province.
fn government_of(region: &str) -> &'static str {
    if region.ends_with("地区") || region.ends_with('盟') {
        "行政公署"
    } else {
        "人民政府"
    }
}

/// The words behind a region in their full form.
fn full(rest: &str, township: Option<&str>, region: Option<&str>) -> String {
    let (behind_region, government) = (region.is_some(), government_of(region.unwrap_or_default()));
    if let Some(word) = township {
        let Some(at) = rest.find(word) else {
            return rest.to_owned();
        };
        let (stem, behind) = rest.split_at(at + word.len());
        let own = if word == "街道" { "办事处" } else { "人民政府" };
        return match behind {
            "" | "政府" | "人民政府" | "办" | "办事处" => format!("{stem}{own}"),
            _ => rest.to_owned(),
        };
    }
    match rest {
        "" if behind_region => government.to_owned(),
        "政府" => "人民政府".to_owned(),
        "行署" => "行政公署".to_owned(),
        "政府办" | "政府办公室" | "人民政府办" => "人民政府办公室".to_owned(),
        "政府办公厅" => "人民政府办公厅".to_owned(),
        _ => match rest.strip_suffix("政府办").or_else(|| rest.strip_suffix("政府办公室")) {
            Some(place) if !behind_region && !place.is_empty() => {
                format!("{}人民政府办公室", place.strip_suffix("人民").unwrap_or(place))
            }
            _ => kinds::full(rest),
        },
    }
}
