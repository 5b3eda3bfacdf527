//! Public bodies: what the name of an agency says of its level, its kind and its region.
//!
//! A name is a chain of regions, perhaps a town or a zone, and what the body is: 江苏省·南京市·鼓楼区·水务局. A small grammar takes it
//! apart; the register of regions ([`regions`]) knows the places. Invariant: a name that several regions share is decided by what
//! the page says of itself, or its region is null and the candidates stand in a diagnostic.

mod kinds;
pub mod regions;

pub(crate) use kinds::ended_in_full as in_full;
pub use kinds::keys;

use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::report::{Body, BodyLevel, Region};
use crate::text::normalize::fold;
use regions::{Entry, Found, Tier};

/// A shared name.
pub const REGION_AMBIGUOUS: Code = Code {
    code: "body.region_ambiguous",
    severity: Severity::Warning,
    english: "Several regions have the name that the agency bears, and nothing on the page decides, or the agency is several bodies of different regions; the region is null.",
    chinese: "单位名称中的地名为多个行政区共有，页面信息无法判定，或单位为不同行政区的多个机关，行政区划置空。",
};
/// The site decided.
pub const REGION_FROM_PAGE: Code = Code {
    code: "body.region_from_page",
    severity: Severity::Info,
    english: "The name of the agency alone does not say its region; the site, its domain or the text of the page decided.",
    chinese: "仅凭单位名称无法确定行政区划，由网站标识码、网站名称、域名或正文判定。",
};
/// Name and site disagree.
pub const REGION_CONTRADICTION: Code = Code {
    code: "body.region_contradiction",
    severity: Severity::Warning,
    english: "The agency bears the name of one region and the site the code of another; the region is null.",
    chinese: "单位名称所示行政区与网站标识码所示行政区不一致，行政区划置空。",
};
/// A part of the name is no known place.
pub const REGION_UNKNOWN: Code = Code {
    code: "body.region_unknown",
    severity: Severity::Warning,
    english: "The name of the agency names a place inside its region that the register does not have there; the region is null.",
    chinese: "单位名称中含有区划表未收录的下级地名，行政区划置空。",
};
/// Nothing says the region.
pub const REGION_MISSING: Code = Code {
    code: "body.region_missing",
    severity: Severity::Info,
    english: "The name of the agency begins with no region of the register, and nothing on the page says its region; the region is null. Bodies of the whole country have none.",
    chinese: "单位名称开头没有区划表收录的地名，页面信息也未说明所属行政区，行政区划置空。全国性机关没有行政区划。",
};
/// What this module can notice.
pub const CODES: &[Code] = &[
    REGION_AMBIGUOUS,
    REGION_FROM_PAGE,
    REGION_CONTRADICTION,
    REGION_UNKNOWN,
    REGION_MISSING,
];

/// What a page says of the place that it belongs to.
#[derive(Clone, Debug, Default)]
pub struct Surroundings<'a> {
    /// Year of the report.
    pub year: Option<i32>,
    /// Identification code of the site.
    pub site_code: Option<&'a str>,
    /// The name of the site and other names that the page gives the body, the most telling first.
    pub names: Vec<&'a str>,
    /// The text near the title and the end.
    pub text: Vec<&'a str>,
    /// Where the page was found.
    pub url: Option<&'a str>,
}

impl<'a> Surroundings<'a> {
    /// What the domain of a government site names, the site itself first: gulou, nanjing of www.gulou.nanjing.gov.cn.
    fn domain(&self) -> Vec<&'a str> {
        let host = self.url.and_then(|url| url.split_once("://")).map(|(_, rest)| rest);
        let host = host.and_then(|rest| rest.split(['/', ':', '?', '#']).next());
        let parts = host.and_then(|host| host.strip_suffix(".gov.cn"));
        parts.map(|parts| parts.split('.').collect()).unwrap_or_default()
    }
}

/// How a region was told.
#[derive(Clone, Debug, PartialEq)]
pub enum Told {
    /// By the name itself.
    Name,
    /// By the code of the site.
    SiteCode(String),
    /// By other words of the page, or by its address.
    Words(String),
}

/// A body and how its region was told.
#[derive(Clone, Debug, PartialEq)]
pub struct Resolved {
    /// The body.
    pub body: Body,
    /// How its region was told; none where it is null.
    pub told: Option<Told>,
    /// What was noticed.
    pub diagnostics: Vec<Diagnostic>,
}

/// Takes the name of an agency apart.
pub fn resolve(agency: &str, around: &Surroundings) -> Resolved {
    let name = Name::read(&plain(agency), around.year);
    let mut diagnostics = Vec::new();
    let told = name.region(around, &mut diagnostics);
    let entry = told.as_ref().map(|(entry, _)| *entry);
    let body = Body {
        name: name.full(entry),
        level: name.level(entry),
        kind: name.kind().map(Into::into),
        region: entry.map(|entry| Region {
            code: entry.code.into(),
            name: entry.name.into(),
            code_today: entry.today.map(Into::into),
        }),
        parent: name.parent(entry, around.year),
    };
    Resolved {
        body,
        told: told.map(|(_, told)| told),
        diagnostics,
    }
}

/// What spellings of one body share: its name behind its region, and that region's code of today.
pub fn key(body: &Body) -> (String, Option<String>) {
    let Some(region) = &body.region else {
        return (body.name.clone(), None);
    };
    let own = body.name.strip_prefix(region.name.as_str()).unwrap_or(&body.name);
    let code = region.code_today.as_ref().unwrap_or(&region.code);
    (own.to_owned(), Some(code.clone()))
}

/// Whether the name of a body without a region may be that of many bodies: 城关镇人民政府, 财政局, 鼓楼区水务局.
pub fn is_shared(body: &Body) -> bool {
    if body.region.is_some() {
        return false;
    }
    let name = Name::read(&body.name, None);
    let has_place = name.place_word().is_some_and(|word| !name.rest.starts_with(word));
    let is_general = || {
        let of_government = matches!(name.kind(), Some("bureau" | "commission" | "department" | "office"));
        of_government && name.system.is_none() && (name.rest.chars().count() <= GENERAL || kinds::is_full(&name.rest))
    };
    match name.found.entries.len() {
        0 if name.is_central() => false,
        0 => name.is_relative() || !has_place && !name.zone && (name.township.is_some() || is_general()),
        1 => false,
        _ => true,
    }
}

/// Characters of the name of a bureau that says no place: 财政局, 市场监管局.
const GENERAL: usize = 5;

/// Whether a name is that of a government or of its office, on whose site the bodies below it publish too.
pub fn is_government(name: &str) -> bool {
    matches!(kinds::of(name), Some(("government" | "general_office", _)))
}

/// Whether a name is that of a body of the whole country: 财政部.
pub(crate) fn is_central(name: &str) -> bool {
    kinds::is_central(name)
}

/// Whether a text begins with the name of a body of the whole country and not with that of a branch: 财政部认真落实.
pub(crate) fn begins_central(text: &str) -> bool {
    kinds::begins_central(text)
}

/// The body of the whole country of which a name is that of a branch: 中国人民银行 of 中国人民银行荻浦中心支行.
pub(crate) fn system_of(name: &str) -> Option<&'static str> {
    kinds::branch(name).map(|(system, _)| system)
}

/// The six digits of a site's identification code, where they are a code of the register.
pub fn code_of_site(id_code: &str) -> Option<&str> {
    let code = id_code
        .get(..6)
        .filter(|code| code.bytes().all(|byte| byte.is_ascii_digit()))?;
    regions::of_code(code).next().map(|entry| entry.code)
}

/// A name folded, without what stands in brackets at its end.
fn plain(agency: &str) -> String {
    let folded = fold(agency).replace('与', "和");
    match folded.find('(').filter(|at| *at > 0 && folded.ends_with(')')) {
        Some(at) => folded[..at].to_owned(),
        None => folded,
    }
}

/// The parts of a name.
struct Name {
    whole: String,
    /// The regions that its beginning may mean.
    found: Found,
    /// What stands behind them, in full form: 水务局, 石桥镇人民政府.
    rest: String,
    /// Whether the rest begins with a town, township or subdistrict.
    township: Option<&'static str>,
    /// Whether it begins with a functional zone.
    zone: bool,
    /// A system with branches in every region: 国家税务总局.
    system: Option<&'static str>,
    /// The place of a branch inside the region, and the bureau that it is a branch of: 九龙坡区 and 公安局.
    branch: Option<Branch>,
}

/// A branch of a bureau: 公安局·九龙坡区·分局.
struct Branch {
    /// What it is a branch of, as it stands behind the region.
    bureau: String,
    /// Its place; none where the register has no such place in the region.
    place: Option<&'static Entry>,
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
    fn read(whole: &str, year: Option<i32>) -> Self {
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

    fn is_central(&self) -> bool {
        let of_country = ["国家", "国务院", "中国", "中华人民共和国", "全国", "最高人民"];
        kinds::is_central(&self.whole)
            || self.system.is_none()
                && !self.zone
                && self.found.entries.is_empty()
                && of_country.iter().any(|word| self.whole.starts_with(word))
    }

    /// The word for the level that a name without a known place begins with, or has behind its place: 县档案局, 霁川县水利局.
    fn place_word(&self) -> Option<char> {
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
    fn is_relative(&self) -> bool {
        self.found.entries.is_empty() && self.place_word().is_some_and(|word| self.rest.starts_with(word))
    }

    fn level(&self, entry: Option<&Entry>) -> Option<BodyLevel> {
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
    fn unknown_place(&self) -> Option<String> {
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

    /// The region of another body that stands beside the first one in the name: 平潭县、福清市.
    fn other_region(&self, own: &Entry, year: Option<i32>) -> Option<&'static Entry> {
        let mut beside = self.rest.split('、').skip(1);
        beside.find_map(|name| match regions::at_start(name, year).entries[..] {
            [other] if !regions::lies_in(other.code, own.code) && !regions::lies_in(own.code, other.code) => {
                Some(other)
            }
            _ => None,
        })
    }

    fn kind(&self) -> Option<&'static str> {
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

    fn region(&self, around: &Surroundings, diagnostics: &mut Vec<Diagnostic>) -> Option<(&'static Entry, Told)> {
        if self.is_central() {
            return None;
        }
        let site = around.site_code.and_then(code_of_site);
        match self.found.entries.as_slice() {
            [] => self.region_of_page(around, site, diagnostics),
            [outer] => {
                if let Some(other) = self.other_region(outer, around.year) {
                    let message = format!("{}: {} and {}", self.whole, outer.name, other.name);
                    diagnostics.push(REGION_AMBIGUOUS.at(None, message));
                    return None;
                }
                if let Some(place) = self.unknown_place() {
                    let message = format!("{}: {} has no {place}", self.whole, outer.name);
                    diagnostics.push(REGION_UNKNOWN.at(None, message));
                    return None;
                }
                let entry = self.branch.as_ref().and_then(|branch| branch.place).unwrap_or(outer);
                let on_one_chain =
                    |code: &str| regions::lies_in(entry.code, code) || regions::lies_in(code, entry.code);
                if let Some(code) = site.filter(|code| !on_one_chain(code)) {
                    let message = format!("{} is {}, the site is of {code}", entry.name, entry.code);
                    diagnostics.push(REGION_CONTRADICTION.at(None, message));
                    return None;
                }
                Some((entry, Told::Name))
            }
            shared => self.decide(shared, around, site, diagnostics),
        }
    }

    /// Decides between regions of one name by the code of the site, then by the names and the text of the page.
    fn decide(
        &self,
        shared: &[&'static Entry],
        around: &Surroundings,
        site: Option<&str>,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Option<(&'static Entry, Told)> {
        let only = |fits: &dyn Fn(&Entry) -> bool| {
            let mut fitting = shared.iter().copied().filter(|entry| fits(entry));
            fitting.next().filter(|_| fitting.next().is_none())
        };
        let by_code = site.and_then(|code| {
            let entry = only(&|entry| regions::lies_in(entry.code, code) || regions::lies_in(code, entry.code))?;
            Some((entry, Told::SiteCode(code.to_owned())))
        });
        // 江苏省徐州市鼓楼区 is in the city that it names, and not in another of the province.
        let in_city = |text: &str| {
            only(&|entry| {
                outers(entry, around.year)
                    .next()
                    .is_some_and(|outer| text.contains(outer.name))
            })
        };
        let in_any =
            |text: &str| only(&|entry| outer_names(entry, around.year).iter().any(|outer| text.contains(outer)));
        let fitting = |text: &str| in_city(text).or_else(|| in_any(text));
        let told = |entry, text: &str| Some((entry, Told::Words(text.to_owned())));
        let by_names = || around.names.iter().find_map(|name| told(fitting(name)?, name));
        // The text names places for many reasons: only what says where the body is is heard, and all of that must speak for one region.
        let by_text = || {
            let places = around.text.iter().filter(|text| says_where(text));
            let mut told = places.filter_map(|text| Some((fitting(text)?, text)));
            let (entry, text) = told.next()?;
            let agree = told.all(|(other, _)| other.code == entry.code);
            agree.then(|| (entry, Told::Words((*text).to_owned())))
        };
        let by_domain = || {
            let spelt = |part: &str| only(&|entry| outers(entry, around.year).any(|outer| outer.domain == part));
            told(around.domain().into_iter().find_map(spelt)?, around.url?)
        };
        let decided = by_code.or_else(by_names).or_else(by_text).or_else(by_domain);
        diagnostics.push(match &decided {
            Some((entry, told)) => from_page(entry, told),
            None => {
                let candidates: Vec<String> = shared.iter().map(|entry| path(entry, around.year)).collect();
                REGION_AMBIGUOUS.at(None, format!("{}: {}", self.whole, candidates.join(", ")))
            }
        });
        decided
    }

    /// The region of a name that has none: a town of the county whose site it is, 县档案局.
    fn region_of_page(
        &self,
        around: &Surroundings,
        site: Option<&str>,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Option<(&'static Entry, Told)> {
        let is_local = self.township.is_some() || self.is_relative();
        let fits = |entry: &Entry| match self.place_word().filter(|_| self.township.is_none()) {
            Some(word) => entry.name.ends_with(word),
            None => entry.tier() == Tier::County,
        };
        let by_code = || {
            let entry = site
                .and_then(|code| regions::in_year(code, around.year))
                .filter(|entry| fits(entry))?;
            Some((entry, Told::SiteCode(entry.code.to_owned())))
        };
        let by_name = || {
            let place = |name: &&str| {
                let found = regions::at_start(&fold(name), around.year);
                let [entry] = found.entries[..] else { return None };
                Some((entry, Told::Words((*name).to_owned()))).filter(|(entry, _)| fits(entry))
            };
            around.names.iter().find_map(place)
        };
        let by_domain = || {
            let named = around.domain().into_iter().find_map(regions::of_domain)?;
            let entry = regions::in_year(named.code, around.year).filter(|entry| fits(entry))?;
            Some((entry, Told::Words(around.url?.to_owned())))
        };
        let told = is_local
            .then(|| by_code().or_else(by_name).or_else(by_domain))
            .flatten();
        let Some((entry, told)) = told else {
            diagnostics.push(REGION_MISSING.at(None, self.whole.clone()));
            return None;
        };
        diagnostics.push(from_page(entry, &told));
        Some((entry, told))
    }

    /// The full name behind that of the region.
    fn full(&self, entry: Option<&Entry>) -> String {
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
    fn parent(&self, entry: Option<&Entry>, year: Option<i32>) -> Option<String> {
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
        outer(entry, year).map(government)
    }
}

/// What decided the region of a name that does not say it.
fn from_page(entry: &Entry, told: &Told) -> Diagnostic {
    let by = match told {
        Told::Name => "by the name".to_owned(),
        Told::SiteCode(code) => format!("by the code of the site, {code}"),
        Told::Words(words) => format!("by {words:?}"),
    };
    REGION_FROM_PAGE.at(None, format!("{} {}: {by}", entry.code, entry.name))
}

/// Whether a line says where a body is: its address, who holds the site, or a name and nothing else.
fn says_where(line: &str) -> bool {
    const WORDS: &[&str] = &[
        "地址",
        "邮编",
        "邮政编码",
        "主办",
        "承办",
        "版权",
        "备案",
        "来源",
        "发布机构",
    ];
    let is_name =
        || line.chars().count() <= 40 && !line.contains(['，', '。', '；', '、']) && kinds::of(line.trim()).is_some();
    WORDS.iter().any(|word| line.contains(word)) && !line.contains('。') || is_name()
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

/// The region around a region.
fn outer(entry: &Entry, year: Option<i32>) -> Option<&'static Entry> {
    let around = |shared: usize| {
        let code = format!("{}{}", &entry.code[..shared], "0".repeat(6 - shared));
        regions::in_year(&code, year).filter(|outer| outer.tier() < entry.tier())
    };
    around(4).or_else(|| around(2))
}

/// The regions around a region, the nearest first.
fn outers(entry: &Entry, year: Option<i32>) -> impl Iterator<Item = &'static Entry> {
    let city = outer(entry, year);
    let province = city.and_then(|city| outer(city, year));
    city.into_iter().chain(province)
}

/// The names of the regions around a region that say which one it is.
fn outer_names(entry: &Entry, year: Option<i32>) -> Vec<&'static str> {
    outers(entry, year).map(|entry| entry.name).collect()
}

/// A region with what it lies in: 江苏省南京市鼓楼区 (320106).
fn path(entry: &Entry, year: Option<i32>) -> String {
    let mut names = outer_names(entry, year);
    names.reverse();
    format!("{}{} ({})", names.concat(), entry.name, entry.code)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(agency: &str, around: &Surroundings) -> (Option<BodyLevel>, Option<String>, Option<String>) {
        let body = resolve(agency, around).body;
        (body.level, body.kind, body.region.map(|region| region.code))
    }

    fn alone(agency: &str) -> (Option<BodyLevel>, Option<String>, Option<String>) {
        read(
            agency,
            &Surroundings {
                year: Some(2022),
                ..Surroundings::default()
            },
        )
    }

    #[test]
    fn a_name_says_its_level_its_kind_and_its_region() {
        use BodyLevel::{Central, City, County, Province, Township, Zone};
        for (agency, level, kind, region) in [
            ("江苏省人民政府", Some(Province), Some("government"), Some("320000")),
            ("海南省民政厅", Some(Province), Some("department"), Some("460000")),
            ("湖州市气象局", Some(City), Some("bureau"), Some("330500")),
            ("深圳市福田区住房和建设局", Some(County), Some("bureau"), Some("440304")),
            ("府谷县政府办", Some(County), Some("general_office"), Some("610822")),
            ("义乌市义亭镇", Some(Township), Some("town"), Some("330782")),
            ("桃江县鲊埠回族乡", Some(Township), Some("township"), Some("430922")),
            (
                "福田区香蜜湖街道办事处",
                Some(Township),
                Some("subdistrict"),
                Some("440304"),
            ),
            (
                "曲阜市鲁城街道办事处",
                Some(Township),
                Some("subdistrict"),
                Some("370881"),
            ),
            ("太和县太和镇人民政府", Some(Township), Some("town"), Some("341222")),
            (
                "府谷县城乡建设服务中心",
                Some(County),
                Some("institution"),
                Some("610822"),
            ),
            ("嘉峪关市人民政府", Some(City), Some("government"), Some("620200")),
            ("西咸新区底张街道办事处", Some(Township), Some("subdistrict"), None),
            ("平潭综合实验区管委会", Some(Zone), Some("zone_committee"), None),
            ("国家统计局", Some(Central), Some("bureau"), None),
            ("国家税务总局府谷县税务局", Some(County), Some("bureau"), Some("610822")),
            ("新疆自治区地方税务局", Some(Province), Some("bureau"), Some("650000")),
            ("府谷县住房和城乡建设局", Some(County), Some("bureau"), Some("610822")),
            ("府谷县市场监督管理局", Some(County), Some("bureau"), Some("610822")),
            ("府谷县人民法院", Some(County), Some("court"), Some("610822")),
            ("霁川县水利局", Some(County), Some("bureau"), None),
            (
                "湖北省恩施州巴东县人民政府",
                Some(County),
                Some("government"),
                Some("422823"),
            ),
            ("四川省凉山州财政局", Some(City), Some("bureau"), Some("513400")),
            (
                "青海省海西州格尔木市人民政府",
                Some(County),
                Some("government"),
                Some("632801"),
            ),
            ("湖北省霁川县人民政府", Some(County), Some("government"), None),
            ("湖南省霁川市财政局", None, Some("bureau"), None),
            ("湖北省市场监督管理局", Some(Province), Some("bureau"), Some("420000")),
            (
                "安徽省淠史杭灌区管理总局",
                Some(Province),
                Some("bureau"),
                Some("340000"),
            ),
            (
                "伊犁哈萨克自治州塔城地区行政公署",
                Some(City),
                Some("government"),
                Some("654200"),
            ),
            ("重庆市公安局九龙坡区分局", Some(County), Some("bureau"), Some("500107")),
            (
                "安庆市生态环境局潜山市分局",
                Some(County),
                Some("bureau"),
                Some("340882"),
            ),
            (
                "北京市规划和自然资源委员会通州分局",
                Some(County),
                Some("bureau"),
                Some("110112"),
            ),
            (
                "深圳市生态环境局龙岗管理局",
                Some(County),
                Some("bureau"),
                Some("440307"),
            ),
            ("安庆市生态环境局霁川分局", None, Some("bureau"), None),
            ("安庆市生态环境局直属分局", Some(City), Some("bureau"), Some("340800")),
            ("深圳市城市管理局", Some(City), Some("bureau"), Some("440300")),
            ("重庆两江新区管理委员会", Some(Zone), Some("zone_committee"), None),
            (
                "中国(上海)自由贸易试验区管理委员会",
                Some(Zone),
                Some("zone_committee"),
                None,
            ),
            ("审计署驻武汉特派员办事处", None, Some("office"), None),
            (
                "江苏省人民政府驻北京办事处",
                Some(Province),
                Some("office"),
                Some("320000"),
            ),
            ("中国气象局上海台风研究所", None, Some("institution"), None),
            ("国家移民管理局北京出入境边防检查总站", None, Some("institution"), None),
            ("县档案局", Some(County), Some("bureau"), None),
        ] {
            assert_eq!(
                alone(agency),
                (level, kind.map(Into::into), region.map(Into::into)),
                "{agency}"
            );
        }
    }

    #[test]
    fn an_office_is_under_its_government_and_a_court_under_none() {
        let parent = |agency: &str| resolve(agency, &Surroundings::default()).body.parent;
        assert_eq!(parent("府谷县水利局").as_deref(), Some("府谷县人民政府"));
        assert_eq!(parent("府谷县人民政府").as_deref(), Some("榆林市人民政府"));
        assert_eq!(parent("府谷县人民法院"), None);
        assert_eq!(parent("昆山市人民检察院"), None);
        assert_eq!(parent("喀什地区疏附县人民政府").as_deref(), Some("喀什地区行政公署"));
        assert_eq!(parent("重庆市公安局九龙坡区分局").as_deref(), Some("重庆市公安局"));
        assert_eq!(parent("中国气象局上海台风研究所").as_deref(), Some("中国气象局"));
    }

    #[test]
    fn spellings_of_one_body_share_their_key_and_bodies_of_one_name_do_not() {
        let key = |agency: &str| key(&resolve(agency, &Surroundings::default()).body);
        let office = key("府谷县人民政府办公室");
        assert_eq!(office, ("人民政府办公室".into(), Some("610822".into())));
        for spelling in [
            "府谷县政府办",
            "府谷县政府办公室",
            "榆林市府谷县人民政府办公室",
            "陕西省府谷县政府办",
        ] {
            assert_eq!(key(spelling), office, "{spelling}");
        }
        assert_eq!(key("府谷县卫健局"), key("府谷县卫生健康局"));
        assert_eq!(key("义乌市义亭镇"), key("义乌市义亭镇人民政府"));
        assert_ne!(key("南京市鼓楼区人民政府"), key("徐州市鼓楼区人民政府"));
        let year = |agency: &str, year| {
            super::key(
                &resolve(
                    agency,
                    &Surroundings {
                        year: Some(year),
                        ..Surroundings::default()
                    },
                )
                .body,
            )
        };
        assert_eq!(year("沙县人民政府", 2019), year("沙县区人民政府", 2023));
    }

    #[test]
    fn a_name_without_its_place_may_be_that_of_many_bodies() {
        let is_shared = |agency: &str| super::is_shared(&resolve(agency, &Surroundings::default()).body);
        for name in [
            "城关镇人民政府",
            "财政局",
            "市财政局",
            "县档案局",
            "鼓楼区财政局",
            "发改委",
            "东街街道办事处",
        ] {
            assert!(is_shared(name), "{name}");
        }
        for name in [
            "府谷县财政局",
            "霁川县财政局",
            "霁川县城关镇人民政府",
            "霁川大学",
            "国家统计局",
            "国家税务总局霁川县税务局",
            "平潭综合实验区管委会",
        ] {
            assert!(!is_shared(name), "{name}");
        }
    }

    #[test]
    fn a_shared_name_is_decided_by_the_page_or_null_with_its_candidates() {
        let year = Some(2022);
        let none = resolve(
            "鼓楼区潮汐局",
            &Surroundings {
                year,
                ..Surroundings::default()
            },
        );
        assert_eq!(none.body.region, None);
        assert_eq!(none.body.level, Some(BodyLevel::County));
        assert!(
            none.diagnostics[0].message.contains("江苏省徐州市鼓楼区 (320302)"),
            "{:?}",
            none.diagnostics
        );
        let code = |around: Surroundings| read("鼓楼区潮汐局", &around).2;
        assert_eq!(
            code(Surroundings {
                year,
                site_code: Some("3203000012"),
                ..Surroundings::default()
            })
            .as_deref(),
            Some("320302")
        );
        assert_eq!(
            code(Surroundings {
                year,
                names: vec!["福州市鼓楼区人民政府"],
                ..Surroundings::default()
            })
            .as_deref(),
            Some("350102")
        );
        assert_eq!(
            code(Surroundings {
                year,
                text: vec!["地址：开封市北门大街"],
                ..Surroundings::default()
            })
            .as_deref(),
            Some("410204")
        );
        let by_line = |line| {
            code(Surroundings {
                year,
                text: vec![line],
                ..Surroundings::default()
            })
        };
        assert_eq!(
            by_line("联系地址：江苏省徐州市鼓楼区煤港路1号").as_deref(),
            Some("320302")
        );
        assert_eq!(by_line("我局与福州市鼓楼区潮汐局开展结对交流。"), None);
        assert_eq!(by_line("申请人户籍地为徐州市。"), None);
        assert_eq!(
            code(Surroundings {
                year,
                site_code: Some("3590000001"),
                ..Surroundings::default()
            }),
            None
        );
    }

    #[test]
    fn the_domain_of_a_government_site_decides_last() {
        let code = |agency: &str, url: &str| {
            let around = Surroundings {
                year: Some(2022),
                url: Some(url),
                ..Surroundings::default()
            };
            read(agency, &around).2
        };
        let xuzhou = Some("320302".to_owned());
        assert_eq!(code("鼓楼区潮汐局", "https://gulou.xuzhou.gov.cn/zwgk/1.html"), xuzhou);
        assert_eq!(code("鼓楼区潮汐局", "http://www.gulou.gov.cn/zwgk/1.html"), None);
        assert_eq!(code("鼓楼区潮汐局", "http://xuzhou.example.com/gov.cn/1.html"), None);
        let fugu = Some("610822".to_owned());
        assert_eq!(code("清水镇人民政府", "http://www.fugu.gov.cn/qsz/1.html"), fugu);
        // A city's site says nothing of the county.
        assert_eq!(code("清水镇人民政府", "http://www.yulin.gov.cn/1.html"), None);
        assert_eq!(code("霁川县水利局", "http://www.fugu.gov.cn/1.html"), None);
    }

    #[test]
    fn a_town_is_of_the_county_whose_site_it_is() {
        let around = Surroundings {
            year: Some(2022),
            site_code: Some("6108220003"),
            ..Surroundings::default()
        };
        let found = resolve("清水镇人民政府", &around);
        assert_eq!(found.body.name, "府谷县清水镇人民政府");
        assert_eq!(found.told, Some(Told::SiteCode("610822".into())));
        let city = Surroundings {
            site_code: Some("6108000003"),
            ..around.clone()
        };
        assert_eq!(resolve("清水镇人民政府", &city).body.region, None);
        assert_eq!(resolve("县档案局", &around).body.name, "府谷县档案局");
        let joint = resolve("平潭县、福清市", &around);
        assert_eq!(joint.body.region, None);
        assert_eq!(joint.diagnostics[0].code, "body.region_ambiguous");
        let other = Surroundings {
            site_code: Some("3201060001"),
            ..around
        };
        let contradicted = resolve("府谷县水利局", &other);
        assert_eq!(contradicted.body.region, None);
        assert_eq!(contradicted.diagnostics[0].code, "body.region_contradiction");
    }
}
