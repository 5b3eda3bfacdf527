//! Whose figure a sentence states: the reporting body's, a part's, or several bodies'.

use super::lexicon::{Bodies, lexicon};
use super::speaker::is_other_name;
use crate::metadata::{self, LEVELS};
use crate::report::Scope;

/// Who reports, as far as it is known.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Reporter<'a> {
    pub agency: Option<&'a str>,
    pub year: Option<i32>,
}

/// What the words before a figure say of the body that it belongs to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Subject {
    /// They name none.
    #[default]
    Unnamed,
    /// 我局, the name of the agency.
    Own(Scope),
    /// 全县, in a report of the county or of a bureau of it, and what else the reporting body is in or under.
    Territory(Scope),
    /// Another body, or words that name none and yet are unknown.
    Other(Option<Scope>),
}

impl Subject {
    pub fn scope(self) -> Option<Scope> {
        match self {
            Subject::Unnamed => Some(Scope::Whole),
            Subject::Own(scope) | Subject::Territory(scope) => Some(scope),
            Subject::Other(scope) => scope,
        }
    }
}

/// The subject that a text of no known words, times or fillers names.
pub(super) fn subject(text: &str, reporter: &Reporter, bodies: &Bodies) -> Subject {
    // Who acts for the government that it is an office of reports itself, 市政府办公厅代表市政府, and who acts for another does not.
    let governs = reporter.agency.is_some_and(|agency| agency.contains("政府"));
    let text = match text.split_once("代表") {
        Some((before, _)) if governs => before,
        Some(_) => return Subject::Other(None),
        None => text,
    };
    let text = text.trim_matches(['、', '和', '及', '与']).trim_end_matches('于');
    if text.is_empty() {
        return Subject::Unnamed;
    }
    if let Some(rest) = behind(text, &bodies.own) {
        return Subject::Own(of_own(rest, reporter, bodies));
    }
    if let Some(rest) = behind(text, &bodies.whole) {
        return of_whole(rest, reporter, bodies);
    }
    if bodies.selves.iter().any(|name| name == text) {
        return Subject::Own(Scope::Whole);
    }
    if reporter.agency.is_some_and(|agency| names(text, agency)) {
        return Subject::Own(Scope::Whole);
    }
    if reporter.agency.is_some_and(|agency| is_above(text, agency)) {
        return Subject::Territory(Scope::Part);
    }
    let grouped = bodies.groups.are_in(text);
    let is_body = ends_as_body(text, bodies);
    let joined = text.contains(['、', '及', '和']);
    Subject::Other(match () {
        () if !is_body && !grouped => None,
        () if joined && reporter.agency.is_some() => Some(Scope::Several),
        () if reporter.agency.is_some() => Some(Scope::Part),
        () => None,
    })
}

/// What follows the one of some words that a text begins with.
fn behind<'a>(text: &'a str, words: &[String]) -> Option<&'a str> {
    words.iter().find_map(|word| text.strip_prefix(word.as_str()))
}

/// Whose figures those of 我局 or 我县 are, by what stands behind 我. 我局 is the reporting body and 我局监察大队 a part of it; 我局及各直属单位
/// are several. What stands behind 通过 names ways, not bodies.
fn of_own(rest: &str, reporter: &Reporter, bodies: &Bodies) -> Scope {
    let ways = ["通过", "利用", "依托", "在", "按照", "根据", "对"];
    let end = ways.iter().filter_map(|way| rest.find(way)).min().unwrap_or(rest.len());
    let rest = &rest[..end];
    if rest.contains(['及', '和', '、']) || bodies.groups.are_in(rest) {
        return Scope::Several;
    }
    let (noun, name) = noun_at(rest, bodies);
    match () {
        () if is_part(noun, name, reporter, bodies) => Scope::Part,
        () if is_named(noun, name, reporter) || !is_territory(noun, bodies) => Scope::Whole,
        () => of_territory(noun, name, reporter, bodies),
    }
}

/// Whose figures those of 全县 or 全局 are.
fn of_whole(rest: &str, reporter: &Reporter, bodies: &Bodies) -> Subject {
    if rest.starts_with('国') {
        return Subject::Territory(Scope::Several);
    }
    let (noun, name) = noun_at(rest, bodies);
    if !is_territory(noun, bodies) {
        return Subject::Own(of_own(rest, reporter, bodies));
    }
    let grouped = bodies.groups.are_in(name);
    let is_part = !grouped && is_part(noun, name, reporter, bodies);
    Subject::Territory(match of_territory(noun, name, reporter, bodies) {
        Scope::Whole if is_part => Scope::Part,
        scope => scope,
    })
}

/// The word for a body or a territory that a text begins with, and what stands behind it.
pub(super) fn noun_at<'a>(text: &'a str, bodies: &Bodies) -> (&'a str, &'a str) {
    let length = bodies.nouns.lengths(text).chain(bodies.territories.lengths(text)).max();
    text.split_at(length.unwrap_or(0))
}

fn is_territory(noun: &str, bodies: &Bodies) -> bool {
    bodies.territories.iter().any(|territory| territory == noun)
}

/// Whether the words behind the noun of 我局 or 我县 name another body, which is a part of it: 我局监察大队, 我县人民法院.
pub(super) fn is_part(noun: &str, name: &str, reporter: &Reporter, bodies: &Bodies) -> bool {
    let is_same = bodies.desks.end(name) || bodies.same.iter().any(|same| same == name);
    ends_as_body(name, bodies) && !is_same && !is_named(noun, name, reporter)
}

/// Whether the words behind the noun of 我县 name the reporting body itself: 我县财政局, 我街道办.
fn is_named(noun: &str, name: &str, reporter: &Reporter) -> bool {
    let is_agency = |agency| names(name, agency) || names(&format!("{noun}{name}"), agency);
    !name.is_empty() && reporter.agency.is_some_and(is_agency)
}

/// Whether a text ends as the names of bodies do.
pub(super) fn ends_as_body(text: &str, bodies: &Bodies) -> bool {
    (bodies.nouns.end(text) || bodies.territories.end(text)) && !bodies.not_bodies.end(text)
}

/// 全县 is the reporting body where the county's government reports, and several bodies where one of its bureaus or its office does.
fn of_territory(noun: &str, rest: &str, reporter: &Reporter, bodies: &Bodies) -> Scope {
    let Some(agency) = reporter.agency else {
        return Scope::Whole;
    };
    let levels = bodies.territories.iter();
    let last = levels.filter_map(|level| agency.rfind(level.as_str())).max();
    let same_level = last.is_some_and(|at| agency[at..].starts_with(noun) || noun.ends_with(&agency[at..]));
    let is_office = agency.ends_with(['办', '室', '厅']) && agency.contains("政府");
    let governs = agency.contains("政府") && !is_office
        || agency.contains("管委会")
        || agency.contains("管理委员会")
        || agency.ends_with(noun)
        || agency.contains("街道办");
    let system = rest.contains("系统") && !agency.contains("系统");
    if same_level && governs && !system {
        Scope::Whole
    } else {
        Scope::Several
    }
}

/// What is left of the name of a body where a shorter one stops inside its last word: 街道办 of 街道办事处.
const CUT: &[&str] = &["事处", "公室", "公厅", "员会"];

/// Whether a subject is the agency by a name that is shorter or longer: 县政府 and 云岫县人民政府, 鲁城街道 and 鲁城街道办事处. What stands
/// before the agency's own name is the body above it: 东城区 is not 东城区红星街道办事处.
pub(super) fn names(text: &str, agency: &str) -> bool {
    let plain = |name: &str| {
        let full = crate::body::in_full(name);
        full.replace("人民政府", "政府").replace("管委会", "管理委员会")
    };
    // The name of a territory stands for who governs it: 谢塘镇 reports as 镇政府.
    let governor = match agency.chars().last() {
        Some('省' | '市' | '区' | '县' | '州' | '盟' | '旗' | '镇' | '乡') => "政府",
        _ if agency.ends_with("街道") => "办事处",
        _ => "",
    };
    let (text, agency) = (plain(text), plain(agency) + governor);
    let length = text.chars().count();
    let is_end = |name: &str| length >= 2 && name.ends_with(&text);
    let is_cut = || {
        let rest = agency.rfind(&text).map(|at| &agency[at + text.len()..]);
        length >= 3 && rest.is_some_and(|rest| CUT.contains(&rest) || rest.starts_with(['(', '、', '和', '与']))
    };
    let shorter = is_end(&agency) || is_end(territory_of(&agency)) || is_cut();
    shorter || is_placed(&text, &agency) || is_kind_of(&text, &agency) || shortens(&text, &agency)
}

/// Whether a name is that of the territory of an agency or of the body above it: 砚浦市 and 砚浦市财政局 are above 砚浦市云溪区财政局.
fn is_above(text: &str, agency: &str) -> bool {
    let inner = agency.find(text).map(|at| (at, &agency[at + text.len()..]));
    let is_inner = |inner: &str| inner.chars().count() > 1 && !ACTING.contains(&inner);
    let is_place = text.ends_with(LEVELS) || text.ends_with("街道");
    let begins = inner.is_some_and(|(at, inner)| is_inner(inner) && (at == 0 || is_place));
    let places = text.char_indices().filter(|(_, c)| LEVELS.contains(c));
    let mut places = places.map(|(at, c)| text.split_at(at + c.len_utf8()));
    let leaves_out = |(place, body): (&str, &str)| {
        let between = agency.strip_prefix(place).and_then(|rest| rest.strip_suffix(body));
        between.is_some_and(|between| between.ends_with(LEVELS)) && !body.is_empty()
    };
    text.chars().count() > 1 && (begins || places.any(leaves_out))
}

/// Bodies that act for a territory, at the end of their names.
const ACTING: &[&str] = &["管理委员会", "管委会", "办事处", "人民政府", "政府"];

/// An agency without what only says that it acts for a territory: 石桥街道 of 石桥街道办事处.
fn territory_of(agency: &str) -> &str {
    let mut acting = ACTING.iter();
    acting.find_map(|end| agency.strip_suffix(end)).unwrap_or(agency)
}

/// Whether a text says what kind of body the agency is, as which it speaks of itself: 街道, 镇机关.
fn is_kind_of(text: &str, agency: &str) -> bool {
    let kind = text.strip_suffix("机关").unwrap_or(text);
    let territory = territory_of(agency);
    matches!(kind, "街道" | "镇" | "乡" | "区" | "县" | "市") && territory != agency && territory.ends_with(kind)
}

/// Whether a text is a name behind that of a place: 云岫县水务局, and not 原云岫县水务局.
fn is_placed(text: &str, name: &str) -> bool {
    let place = text.strip_suffix(name);
    place.is_some_and(|place| !place.ends_with(['原', '小', '大', '老', '新']))
}

/// Whether a text is the end of the agency's name with characters left out: 交警支队 and 交通警察支队, 高新区 and 高新技术产业开发区.
fn shortens(text: &str, agency: &str) -> bool {
    !text.starts_with(LEVELS) && metadata::shortens(text, territory_of(agency))
}

/// Whose figures are where a heading or label is the name of another body: 县财政局, 各乡镇, ★县教育局, 省、市. `told_of` may stand behind it.
pub(super) fn another_body(heading: &str, reporter: &Reporter) -> Option<Scope> {
    let bodies = lexicon().bodies;
    let told = without_told_of(heading.trim_matches(|c: char| !c.is_alphanumeric()), &bodies.told_of);
    // 典型做法(县教育局), 村(社区).
    let (name, inside) = told.split_once('(').unwrap_or((told, ""));
    let names = || [name, inside].into_iter().filter(|name| !name.is_empty());
    names().find_map(|name| scope_of_heading(name, reporter, bodies))
}

/// A heading without the words that only say that it is about disclosure: 县教育局 of 县教育局信息公开情况.
fn without_told_of<'a>(heading: &'a str, told_of: &[String]) -> &'a str {
    let mut name = heading;
    while let Some(rest) = told_of.iter().find_map(|word| name.strip_suffix(word.as_str())) {
        name = rest;
    }
    name
}

fn scope_of_heading(name: &str, reporter: &Reporter, bodies: &Bodies) -> Option<Scope> {
    let leads = bodies.territories.begin(name) || bodies.groups.begin(name) || bodies.places.end(name);
    let is_label = bodies.labels.iter().any(|label| label == name) || bodies.units.end(name);
    let is_list = || {
        let mut parts = name.split('、');
        let is_body = |part| is_territory(part, bodies) || ends_as_body(part, bodies);
        name.contains('、') && parts.all(is_body)
    };
    let is_name = || is_other_name(name, reporter, bodies);
    match subject(name, reporter, bodies) {
        Subject::Other(scope) if leads && bodies.ends.end(name) || is_label || is_name() => scope.or(Some(Scope::Part)),
        Subject::Territory(scope) if scope != Scope::Whole && is_whole_territory(name, bodies) => Some(scope),
        // 全系统, 全县各单位, 我局下属单位.
        Subject::Own(Scope::Several) | Subject::Territory(Scope::Several)
            if bodies.groups.are_in(name) && ends_as_body(name, bodies) =>
        {
            Some(Scope::Several)
        }
        _ if is_list() => Some(Scope::Several),
        _ => None,
    }
}

/// 全市, 全省.
fn is_whole_territory(name: &str, bodies: &Bodies) -> bool {
    let level = behind(name, &bodies.whole).map(|level| level.strip_suffix("政府").unwrap_or(level));
    level.is_some_and(|level| is_territory(level, bodies))
}
