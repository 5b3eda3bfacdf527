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
    /// 我局, the name of the agency; open where words that are not known follow.
    Own(Option<Scope>),
    /// 全县 in a report of the county.
    Territory(Scope),
    /// Another body, or words that name none and yet are unknown.
    Other(Option<Scope>),
}

impl Subject {
    pub fn scope(self) -> Option<Scope> {
        match self {
            Subject::Unnamed => Some(Scope::Whole),
            Subject::Territory(scope) => Some(scope),
            Subject::Own(scope) | Subject::Other(scope) => scope,
        }
    }
}

/// The subject that a text names of which words of time and fillers are left out.
pub(super) fn subject(text: &str, reporter: &Reporter, bodies: &Bodies) -> Subject {
    // Who acts for another reports itself: 市政府办公厅代表市政府.
    let text = text.split("代表").next().unwrap_or(text);
    let text = text.trim_matches(['、', '和', '及', '与']).trim_end_matches('于');
    if text.is_empty() {
        return Subject::Unnamed;
    }
    if let Some(rest) = behind(text, &bodies.own) {
        return Subject::Own(of_own(rest, reporter, bodies));
    }
    if let Some(rest) = behind(text, &bodies.whole) {
        return match starts_with_one(rest, &bodies.territories) {
            Some(noun) => match of_all(noun, &rest[noun.len()..], reporter, bodies) {
                Some(scope) => Subject::Territory(scope),
                None => Subject::Other(None),
            },
            None => Subject::Own(of_own(rest, reporter, bodies)),
        };
    }
    if bodies.selves.iter().any(|name| name == text) {
        return Subject::Own(Some(Scope::Whole));
    }
    if reporter.agency.is_some_and(|agency| names(text, agency)) {
        return Subject::Own(Some(Scope::Whole));
    }
    // 樊城区 in the report of 樊城区财政局.
    let ends = |words: &[String]| words.iter().any(|word| text.ends_with(word.as_str()));
    let named = text.chars().count() > 1 && ends(&bodies.territories);
    if named && reporter.agency.is_some_and(|agency| agency.contains(text)) {
        return Subject::Territory(Scope::Several);
    }
    let grouped = has_one(text, &bodies.groups);
    let joined = text.contains(['、', '及', '和']);
    Subject::Other(match () {
        () if !is_body(text, bodies) && !grouped => None,
        () if joined && reporter.agency.is_some() => Some(Scope::Several),
        () if reporter.agency.is_some() => Some(Scope::Part),
        () => None,
    })
}

/// Whether a text ends like the name of a body or of a place.
fn is_body(text: &str, bodies: &Bodies) -> bool {
    let ends = |words: &[String]| words.iter().any(|word| text.ends_with(word.as_str()));
    (ends(&bodies.nouns) || ends(&bodies.territories)) && !ends(&bodies.not_bodies)
}

/// Whether a text ends like the name of a body or place.
pub(super) fn names_a_body(text: &str) -> bool {
    is_body(text, lexicon().bodies)
}

/// What follows the one of some words that a text begins with.
fn behind<'a>(text: &'a str, words: &[String]) -> Option<&'a str> {
    words.iter().find_map(|word| text.strip_prefix(word.as_str()))
}

/// The longest of some words that a text begins with.
fn starts_with_one<'w>(text: &str, words: impl IntoIterator<Item = &'w String>) -> Option<&'w str> {
    let begins = words.into_iter().filter(|word| text.starts_with(word.as_str()));
    begins.max_by_key(|word| word.len()).map(String::as_str)
}

fn has_one(text: &str, words: &[String]) -> bool {
    words.iter().any(|word| text.contains(word.as_str()))
}

/// What stands behind 我局 or 全县 before the verb.
enum Rest<'a> {
    /// Words that name no other body: 机关, 本级.
    Nothing,
    /// Several bodies: 及各直属单位.
    More,
    /// One body: 监察大队.
    Body(&'a str),
    /// Words that are not known.
    Unknown,
}

/// What a text behind 我局 or 全县 names. What stands behind 通过 names ways, not bodies.
fn rest_of<'a>(text: &'a str, bodies: &Bodies) -> Rest<'a> {
    let end = bodies.ways.iter().filter_map(|way| text.find(way.as_str())).min();
    let named = &text[..end.unwrap_or(text.len())];
    let mut rest = named;
    while let Some(word) = starts_with_one(rest, &bodies.neutral) {
        rest = &rest[word.len()..];
    }
    match () {
        () if rest.is_empty() => Rest::Nothing,
        () if rest.contains(['及', '和', '、', '与']) || has_one(named, &bodies.groups) => Rest::More,
        () if is_body(named, bodies) => Rest::Body(named),
        () => Rest::Unknown,
    }
}

/// 我局 and 我局机关 are the reporting body, 我局及各直属单位 are several, and 我局监察大队 is a part. 我县 is what 全县 is; 我县财政局 is a
/// part of it, unless it reports itself. Behind any other words it is open whose a number is.
fn of_own(rest: &str, reporter: &Reporter, bodies: &Bodies) -> Option<Scope> {
    let noun = starts_with_one(rest, bodies.nouns.iter().chain(&bodies.territories)).unwrap_or("");
    let territory = bodies.territories.iter().any(|word| word == noun);
    match rest_of(&rest[noun.len()..], bodies) {
        Rest::Nothing if territory => Some(of_territory(noun, reporter, bodies)),
        Rest::Nothing => Some(Scope::Whole),
        Rest::More => Some(Scope::Several),
        Rest::Body(name) if territory && reporter.agency.is_some_and(|agency| names(name, agency)) => {
            Some(Scope::Whole)
        }
        // A bureau speaks through its office.
        Rest::Body("办公室") if !territory => Some(Scope::Whole),
        Rest::Body(_) => Some(Scope::Part),
        Rest::Unknown => None,
    }
}

/// 全县, 全县行政机关 and 全县各乡镇、各部门 are all of the county; 全县各乡镇 and 全县教育系统 are bodies of it.
fn of_all(noun: &str, rest: &str, reporter: &Reporter, bodies: &Bodies) -> Option<Scope> {
    match rest_of(rest, bodies) {
        Rest::Nothing => Some(of_territory(noun, reporter, bodies)),
        Rest::More if has_one(rest, &bodies.all) => Some(of_territory(noun, reporter, bodies)),
        Rest::More | Rest::Body(_) => Some(Scope::Several),
        Rest::Unknown => None,
    }
}

/// 全县 is the reporting body where the county's government reports, and several bodies where one of its bureaus does.
fn of_territory(noun: &str, reporter: &Reporter, bodies: &Bodies) -> Scope {
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
    match same_level && governs {
        true => Scope::Whole,
        false => Scope::Several,
    }
}

/// Whether a subject is the agency by a name that is shorter or longer: 县政府 and 云岫县人民政府, 鲁城街道 and 鲁城街道办事处. A name that
/// only begins as the agency's does, or leaves out the place or body below another, is that of the body above it.
fn names(text: &str, agency: &str) -> bool {
    let long_enough = text.chars().count() >= 2;
    let (text, agency) = (plain(text), plain(agency));
    let is_one = |form: &str| {
        let shorter = long_enough && form.ends_with(&text);
        shorter || is_placed(&text, form) || shortens(&text, form)
    };
    is_kind_of(&text, &agency) || forms(&agency).any(is_one)
}

/// A name with the short words for what it ends with.
fn plain(name: &str) -> String {
    let short = [
        ("人民政府", "政府"),
        ("管理委员会", "管委会"),
        ("委员会", "委"),
        ("办公室", "办"),
        ("办公厅", "办"),
        ("办事处", "办"),
    ];
    short
        .iter()
        .fold(name.to_owned(), |name, (long, short)| name.replace(long, short))
}

/// The names by which a body speaks of itself: a government's office as the government, and a body that acts for a territory as that.
fn forms(agency: &str) -> impl Iterator<Item = &str> {
    let government = agency.strip_suffix('办').filter(|rest| rest.ends_with("政府"));
    let territory = territory_of(government.unwrap_or(agency));
    [agency].into_iter().chain(government).chain([territory])
}

/// Bodies that act for a territory, at the end of their plain names.
const ACTING: &[&str] = &["管委会", "街道办", "政府"];

/// An agency without what only says that it acts for a territory: 石桥街道 of 石桥街道办事处.
fn territory_of(agency: &str) -> &str {
    let end = ACTING.iter().find(|end| agency.ends_with(**end));
    match end {
        Some(&"街道办") => agency.strip_suffix('办').unwrap_or(agency),
        Some(end) => agency.strip_suffix(end).unwrap_or(agency),
        None => agency,
    }
}

/// Whether a text says what kind of body the agency is, as which it speaks of itself: 街道, 镇机关.
fn is_kind_of(text: &str, agency: &str) -> bool {
    let kind = text.strip_suffix("机关").unwrap_or(text);
    let territory = territory_of(agency);
    matches!(kind, "街道" | "镇" | "乡" | "区" | "县" | "市") && territory.ends_with(kind)
}

/// What the names of territories end with.
const LEVELS: [char; 9] = ['省', '市', '区', '县', '州', '盟', '旗', '镇', '乡'];

/// Whether a text is a name behind that of a place: 云岫县黄花镇, and not 小黄花镇.
fn is_placed(text: &str, name: &str) -> bool {
    let place = text.strip_suffix(name);
    place.is_some_and(|place| place.ends_with(LEVELS) || matches!(place, "由" | "据" | "经"))
}

/// Whether a text is the end of a name with characters left out, none of which ends the name of a place or body: 交警支队 and 交通警察支队,
/// 高新区 and 高新技术产业开发区.
fn shortens(text: &str, name: &str) -> bool {
    let names_a_body = |c: char| LEVELS.contains(&c) || matches!(c, '局' | '厅' | '院' | '所' | '队' | '站' | '府');
    let mut rest = name.chars().rev();
    let mut wanted = text.chars().rev();
    let ends_alike = rest.next().is_some_and(|last| wanted.next() == Some(last));
    let in_order = |c: char| {
        rest.by_ref()
            .take_while(|other| !names_a_body(*other) || *other == c)
            .any(|other| other == c)
    };
    text.chars().count() >= 3 && ends_alike && wanted.all(in_order)
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
