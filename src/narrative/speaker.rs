//! Which body a clause begins with, of which what follows it speaks: 黄花镇先行先试, 我局国库支付中心认真落实.
//!
//! A clause without a number has its own verb, so that the name at its start ends nowhere by itself. Invariant: a name is the longest
//! beginning that ends as names of bodies do and holds no word of what a body does.

use super::lexicon::{Bodies, lexicon};
use super::scope::{Reporter, another_body, ends_as_body, is_part, names, noun_at, subject};
use super::time::time_at;
use crate::report::Scope;
use crate::text::words::WordSet;

/// Longest name of a body at the start of a clause, in characters.
const LONGEST_NAME: usize = 16;
/// Shortest name that begins neither with a territory nor with 我局: 红旗村.
const SHORTEST_FREE: usize = 3;

/// Whether a clause begins with the reporting body (`true`) or another one (`false`); `None` where it begins with neither:
/// 我县推进公开, 黄花镇先行先试, 各乡镇积极行动.
pub(super) fn speaks_for_itself(clause: &str, reporter: &Reporter) -> Option<bool> {
    let bodies = lexicon().bodies;
    let mut text = clause;
    while let Some((_, length)) = time_at(text, reporter.year) {
        text = text[length..].trim_start_matches([',', ';', ':', '(', ')', '起']);
    }
    let text = text
        .trim_start_matches(['(', '“', '"'])
        .trim_end_matches(['。', ')', '”', '"']);
    let text = text.strip_prefix(['以', '据']).unwrap_or(text);
    // 以县财政局为例, 如县财政局, 在县财政局.
    let text = text.strip_suffix("为例").unwrap_or(text);
    let led = ["在", "如", "例如", "比如", "像"]
        .iter()
        .find_map(|word| text.strip_prefix(word));
    let text = led
        .filter(|rest| name_at_start(rest, bodies).is_some_and(|name| name == *rest))
        .unwrap_or(text);
    // 督促某区财政局认真落实.
    let urged = ["督促", "指导", "协助", "帮助", "责成"]
        .iter()
        .find_map(|verb| text.strip_prefix(verb));
    let urged = urged.and_then(|rest| name_at_start(rest, bodies));
    if urged.is_some_and(|name| !bodies.groups.are_in(name) && is_other_name(name, reporter, bodies)) {
        return Some(false);
    }
    // 全市第一名为城关区, 先进典型——县教育局, 部门公开情况.
    let label = bodies.told_of.iter().find_map(|word| text.strip_suffix(word.as_str()));
    let name = text.rsplit_once(['为', '是', '—']).map(|(_, name)| name).or(label);
    let named = name.is_some_and(|name| another_body(name, reporter).is_some());
    if named || is_described_body(text, reporter, bodies) {
        return Some(false);
    }
    // 该县财政局, 该镇.
    let is_that = text
        .strip_prefix('该')
        .is_some_and(|rest| !noun_at(rest, bodies).0.is_empty());
    if is_that {
        return Some(false);
    }
    let own = bodies.own.iter().chain(&bodies.whole);
    if let Some(own) = own.map(String::as_str).find(|own| text.starts_with(own)) {
        return of_own(text, own.len(), reporter, bodies);
    }
    if let Some(agency) = reporter.agency
        && let Some(rest) = text.strip_prefix(agency)
    {
        return Some(!names_a_part("", rest, reporter, bodies));
    }
    if crate::body::begins_central(text) && !reporter.agency.is_some_and(crate::body::is_central) {
        return Some(false);
    }
    let name = name_at_start(text, bodies)?;
    let is_neutral = || is_head(name, bodies) || leads_itself(name, reporter, bodies);
    match reporter.agency.is_some_and(|agency| names(name, agency)) {
        true => Some(true),
        false => (!is_neutral()).then_some(false),
    }
}

/// Whether the name of another body stands behind words that describe it: 对口支援的石花镇认真落实, 原市审计局, 市、县两级财政部门.
fn is_described_body(text: &str, reporter: &Reporter, bodies: &Bodies) -> bool {
    // 我局帮扶的石花镇.
    let own = bodies
        .own
        .lengths(text)
        .chain(bodies.whole.lengths(text))
        .max()
        .unwrap_or(0);
    let words = &text[..own + words_before_verb(&text[own..], bodies).len()];
    let described = words
        .rsplit_once('的')
        .map(|(before, name)| (!before.is_empty()).then_some(name));
    let former = words.strip_prefix('原').filter(|name| bodies.territories.begin(name));
    let levels = || {
        let (first, rest) = words.split_once('、')?;
        let is_level = bodies.territories.iter().any(|level| level == first);
        (is_level && bodies.territories.begin(rest)).then_some(rest)
    };
    let Some(name) = described.flatten().or(former).or_else(levels) else {
        return false;
    };
    is_other_name(name, reporter, bodies)
}

/// Whether words are nothing but the name of another body.
pub(super) fn is_other_name(name: &str, reporter: &Reporter, bodies: &Bodies) -> bool {
    let is_own = reporter.agency.is_some_and(|agency| names(name, agency)) || is_head(name, bodies);
    !is_own && name_at_start(name, bodies) == Some(name) && !leads_itself(name, reporter, bodies)
}

/// The words of a clause before the first of what a body does; 的 ends no description.
fn words_before_verb<'a>(text: &'a str, bodies: &Bodies) -> &'a str {
    let is_verb = |at: &usize| {
        let rest = &text[*at..];
        let is_particle = |length: usize| &rest[..length] == "的";
        rest.starts_with([',', ';', '。', ':']) || bodies.verbs.lengths(rest).any(|length| !is_particle(length))
    };
    let end = text.char_indices().map(|(at, _)| at).find(is_verb);
    &text[..end.unwrap_or(text.len())]
}

/// Whom a clause speaks of that begins with 我局 or 全县: the reporting body, its part that is named behind, or several bodies.
fn of_own(text: &str, first: usize, reporter: &Reporter, bodies: &Bodies) -> Option<bool> {
    let (noun, rest) = noun_at(&text[first..], bodies);
    if noun.is_empty() {
        return None;
    }
    if names_a_part(noun, rest, reporter, bodies) {
        return Some(false);
    }
    let own = subject(&text[..first + noun.len()], reporter, bodies).scope() == Some(Scope::Whole);
    // 我县工作取得成效 is what a bureau says of its work too; 全县 is all of them.
    (own || bodies.whole.begin(text)).then_some(own)
}

/// Whether what stands behind 我局 names a part of it, or several bodies: 我局国库支付中心, 我县各乡镇.
fn names_a_part(noun: &str, rest: &str, reporter: &Reporter, bodies: &Bodies) -> bool {
    if bodies.groups.begin(rest) {
        return true;
    }
    let name = longest_name(rest, &bodies.nouns, bodies).filter(|_| !bodies.not_places.begin(rest));
    name.is_some_and(|name| !is_head(name, bodies) && is_part(noun, name, reporter, bodies))
}

/// The name of a body that a text begins with: 县财政局, 各乡镇, 黄花镇, 黄集中学.
pub(super) fn name_at_start<'a>(text: &'a str, bodies: &Bodies) -> Option<&'a str> {
    let mut leads = bodies.territories.iter().chain(&bodies.groups).chain(&bodies.inside);
    let name = match leads.find(|lead| text.starts_with(lead.as_str())) {
        Some(lead) => longest_name(text, &bodies.nouns, bodies).filter(|name| name.len() > lead.len()),
        None => {
            let name = longest_name(text, &bodies.free, bodies).filter(|_| !bodies.not_places.begin(text));
            let name = name.or_else(|| name_before_verb(text, bodies));
            name.filter(|name| name.chars().count() >= SHORTEST_FREE)
        }
    };
    // 市审计局、我局 are both.
    let is_joined = |name: &&str| text[name.len()..].starts_with(['、', '和', '与', '及']);
    name.filter(|name| !(text[name.len()..].starts_with(':') || is_joined(name) && text.contains(['我', '本'])))
}

/// All words before a verb, where they end as the names of bodies and places do: 保康县积极行动, 人民路社区认真落实.
fn name_before_verb<'a>(text: &'a str, bodies: &Bodies) -> Option<&'a str> {
    let words = words_before_verb(text, bodies);
    let is_led = bodies.leading.begin(words);
    let is_name = words.len() < text.len()
        && words.chars().count() <= LONGEST_NAME
        && words.chars().all(char::is_alphabetic)
        && (bodies.free.end(words) || bodies.territories.end(words) || bodies.small.end(words));
    (is_name && !is_led).then_some(words)
}

/// The longest beginning of a text that ends in one of the nouns, or in a territory, before any word of what a body does.
fn longest_name<'a>(text: &'a str, nouns: &WordSet, bodies: &Bodies) -> Option<&'a str> {
    let near = text
        .char_indices()
        .nth(LONGEST_NAME)
        .map_or(text, |(end, _)| &text[..end]);
    let stop = |at: &usize| {
        let rest = &near[*at..];
        rest.starts_with(|c: char| !c.is_alphabetic()) || bodies.verbs.begin(rest)
    };
    let mut places = near.char_indices().map(|(at, _)| at);
    let end = places.find(stop).unwrap_or(near.len());
    let mut ends: Vec<usize> = Vec::new();
    for (at, _) in near[..end].char_indices() {
        let rest = &near[at..end];
        let mut found = nouns.lengths(rest).chain(bodies.territories.lengths(rest)).peekable();
        if found.peek().is_some() && !bodies.not_nouns.begin(&text[at..]) {
            ends.extend(found.map(|length| at + length));
        }
    }
    ends.sort_unstable();
    let is_name = |end: &&usize| near[..**end].chars().count() > 1 && ends_as_body(&near[..**end], bodies);
    ends.iter().rev().find(is_name).map(|end| &near[..*end])
}

/// Whether a name is that of who leads or keeps the records of a body, and speaks for it: 镇党委, 局办公室.
fn is_head(name: &str, bodies: &Bodies) -> bool {
    bodies.heads.end(name) || bodies.desks.end(name)
}

/// Whether a name is that of an office of the reporting body, or of what leads it: 县政府办公室 in the report of the county.
fn leads_itself(name: &str, reporter: &Reporter, bodies: &Bodies) -> bool {
    let offices = bodies.same.iter().filter_map(|same| name.strip_suffix(same.as_str()));
    let mut offices = offices.filter(|_| reporter.agency.is_some());
    let is_own = |stem: &str| reporter.agency.is_some_and(|agency| names(stem, agency));
    offices.any(|stem| stem.chars().count() < 2 || is_own(stem))
}
