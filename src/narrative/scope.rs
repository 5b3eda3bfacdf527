//! Whose figure a sentence states: the reporting body's, a part's, or several bodies'.

use super::lexicon::{Bodies, lexicon};
use super::time::time_at;
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
    /// 全县 in a report of the county.
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
    // Who acts for another reports itself: 市政府办公厅代表市政府.
    let text = text.split("代表").next().unwrap_or(text);
    let text = text.trim_matches(['、', '和', '及', '与']).trim_end_matches('于');
    if text.is_empty() {
        return Subject::Unnamed;
    }
    if let Some(rest) = behind(text, &bodies.own) {
        let territory = bodies.territories.iter().filter(|noun| rest.starts_with(noun.as_str()));
        return Subject::Own(match (of_own(rest, bodies), territory.max_by_key(|noun| noun.len())) {
            (Scope::Whole, Some(noun)) => of_own_territory(noun, &rest[noun.len()..], reporter, bodies),
            (scope, _) => scope,
        });
    }
    if let Some(rest) = behind(text, &bodies.whole) {
        return match bodies
            .territories
            .iter()
            .filter(|noun| rest.starts_with(noun.as_str()))
            .max_by_key(|noun| noun.len())
        {
            Some(noun) => Subject::Territory(of_territory(noun, &rest[noun.len()..], reporter, bodies)),
            None => Subject::Own(of_own(rest, bodies)),
        };
    }
    if bodies.selves.iter().any(|name| name == text) {
        return Subject::Own(Scope::Whole);
    }
    if reporter.agency.is_some_and(|agency| names(text, agency)) {
        return Subject::Own(Scope::Whole);
    }
    let grouped = bodies.groups.iter().any(|word| text.contains(word.as_str()));
    let ends = |words: &[String]| words.iter().any(|word| text.ends_with(word.as_str()));
    let is_body = (ends(&bodies.nouns) || ends(&bodies.territories)) && !ends(&bodies.not_bodies);
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

/// 我局 is the reporting body; 我局及各直属单位 are several. What stands behind 通过 names ways, not bodies.
fn of_own(rest: &str, bodies: &Bodies) -> Scope {
    let ways = ["通过", "利用", "依托", "在", "按照", "根据", "对"];
    let end = ways.iter().filter_map(|way| rest.find(way)).min().unwrap_or(rest.len());
    let rest = &rest[..end];
    let more = rest.contains(['及', '和', '、']) || bodies.groups.iter().any(|word| rest.contains(word.as_str()));
    if more { Scope::Several } else { Scope::Whole }
}

/// 我县 is what 全县 is; 我县财政局 is a part of it, unless it reports itself.
fn of_own_territory(noun: &str, rest: &str, reporter: &Reporter, bodies: &Bodies) -> Scope {
    let ends = |words: &[String]| words.iter().any(|word| rest.ends_with(word.as_str()));
    let office = (ends(&bodies.offices) || ends(&bodies.places)) && !ends(&bodies.not_bodies);
    match office {
        true if reporter.agency.is_some_and(|agency| names(rest, agency)) => Scope::Whole,
        true => Scope::Part,
        false => of_territory(noun, rest, reporter, bodies),
    }
}

/// 全县 is the reporting body where the county's government reports, and several bodies where one of its bureaus does.
fn of_territory(noun: &str, rest: &str, reporter: &Reporter, bodies: &Bodies) -> Scope {
    let Some(agency) = reporter.agency else {
        return Scope::Whole;
    };
    let levels = bodies.territories.iter();
    let last = levels.filter_map(|level| agency.rfind(level.as_str())).max();
    let same_level = last.is_some_and(|at| agency[at..].starts_with(noun) || noun.ends_with(&agency[at..]));
    let governs = agency.contains("政府")
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

/// Whether a subject is the agency by a name that is shorter or longer: 县政府 and 云岫县人民政府, 鲁城街道 and 鲁城街道办事处.
fn names(text: &str, agency: &str) -> bool {
    let plain = |name: &str| name.replace("人民政府", "政府").replace("管委会", "管理委员会");
    let (text, agency) = (plain(text), plain(agency));
    let shorter =
        text.chars().count() >= 2 && (agency.ends_with(&text) || text.chars().count() >= 3 && agency.contains(&text));
    shorter || text.ends_with(&agency) || is_kind_of(&text, &agency) || shortens(&text, &agency)
}

/// Bodies that act for a territory, at the end of their names.
const ACTING: &[&str] = &["管理委员会", "管委会", "办事处", "政府"];

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

/// Whether a text is the end of the agency's name with characters left out: 交警支队 and 交通警察支队, 高新区 and 高新技术产业开发区.
/// A name that begins with a territory (市政府) may be that of the body above it.
fn shortens(text: &str, agency: &str) -> bool {
    let territory = territory_of(agency);
    let mut rest = territory.chars().rev();
    let in_order = text.chars().rev().all(|c| rest.any(|other| other == c));
    text.chars().count() >= 3
        && !text.starts_with(['省', '市', '区', '县', '州', '盟', '旗', '镇', '乡'])
        && territory.chars().last() == text.chars().last()
        && in_order
}

/// Whether a clause begins with the reporting body (`true`) or another one (`false`); `None` where it begins with neither:
/// 我县推进公开, 黄花镇先行先试, 各乡镇积极行动.
pub(super) fn speaks_for_itself(clause: &str, reporter: &Reporter) -> Option<bool> {
    let bodies = lexicon().bodies;
    let mut text = clause;
    while let Some((_, length)) = time_at(text, reporter.year) {
        text = text[length..].trim_start_matches([',', ';', ':', '(', ')']);
    }
    let text = text.strip_prefix(['以', '据']).unwrap_or(text);
    // 全市第一名为城关区.
    let named = text
        .rsplit_once(['为', '是'])
        .is_some_and(|(_, name)| another_body(name, reporter).is_some());
    if named {
        return Some(false);
    }
    if let Some(first) = behind(text, &bodies.own).or_else(|| behind(text, &bodies.whole)) {
        let named = bodies.nouns.iter().chain(&bodies.territories);
        let named = named
            .filter(|noun| first.starts_with(noun.as_str()))
            .max_by_key(|noun| noun.len())?;
        let length = text.len() - first.len() + named.len();
        let own = subject(&text[..length], reporter, bodies).scope() == Some(Scope::Whole);
        return own.then_some(true);
    }
    if let Some(agency) = reporter.agency
        && text.starts_with(agency)
    {
        return Some(true);
    }
    let name = body_at_start(text, bodies)?;
    Some(reporter.agency.is_some_and(|agency| names(name, agency)))
}

/// Whose figures are where a heading or label is the name of another body: 县财政局, 各乡镇.
pub(super) fn another_body(name: &str, reporter: &Reporter) -> Option<Scope> {
    let bodies = lexicon().bodies;
    let leads = begins_a_name(name, bodies) || bodies.places.iter().any(|place| name.ends_with(place.as_str()));
    let ends = bodies.ends.iter().any(|end| name.ends_with(end.as_str()));
    match subject(name, reporter, bodies) {
        Subject::Other(scope) if leads && ends => scope,
        _ => None,
    }
}

fn begins_a_name(text: &str, bodies: &Bodies) -> bool {
    let mut firsts = bodies.territories.iter().chain(&bodies.groups);
    firsts.any(|first| text.starts_with(first.as_str()))
}

/// Longest name of a body at the start of a clause, in characters.
const LONGEST_NAME: usize = 14;
/// Longest name of a place: 黄花镇.
const LONGEST_PLACE: usize = 5;

/// The name of a body that a text begins with: 县财政局, 各乡镇, 黄花镇.
fn body_at_start<'a>(text: &'a str, bodies: &Bodies) -> Option<&'a str> {
    let near = text
        .char_indices()
        .nth(LONGEST_NAME)
        .map_or(text, |(end, _)| &text[..end]);
    let ends = |nouns: &[String]| {
        let ends = nouns
            .iter()
            .flat_map(|noun| near.match_indices(noun.as_str()).map(|(at, noun)| at + noun.len()));
        ends.filter(|end| near[..*end].chars().count() > 1).min()
    };
    let office = ends(&bodies.offices).filter(|_| begins_a_name(text, bodies));
    let place = ends(&bodies.places).filter(|end| {
        let name = &near[..*end];
        let verb = bodies.not_places.iter().any(|word| name.starts_with(word.as_str()));
        begins_a_name(text, bodies) || !verb && (3..=LONGEST_PLACE).contains(&name.chars().count())
    });
    let name = &near[..office.into_iter().chain(place).min()?];
    let word = bodies.not_bodies.iter().any(|word| name.ends_with(word.as_str()));
    (!word && !name.contains(['、', ':', '和', '与', '及'])).then_some(name)
}
