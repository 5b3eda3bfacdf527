//! Who reports: titles, the lines around them, the signature, and fields of the page.
//!
//! Invariant: a name that sources contradict each other about is null; one that lost against another is said in a diagnostic.

use super::fields::Field;
use super::lines::is_in_menu;
use super::weigh::{Place, Statement, Verdict, weigh};
use super::{BACK, Reading, announcement, codes, date, map, name};
use crate::document::Origin;
use crate::report::State;

/// Names of the fields that hold who issued the report.
const ISSUERS: &[&str] = &[
    "发布机构",
    "发文机关",
    "发文机构",
    "发布单位",
    "发文单位",
    "公开主体",
    "公开单位",
    "制发机关",
    "填报单位",
    "编制单位",
];

/// Names of the fields that hold who gave the page its text.
const SOURCES: &[&str] = &["ContentSource", "来源", "信息来源", "文章来源", "稿件来源"];
/// What those are called that write and publish for others: the source of a page that they gave is not who reports.
const PRESS: &[&str] = &[
    "媒体",
    "报社",
    "新闻",
    "通讯社",
    "新华社",
    "广播",
    "电视",
    "宣传部",
    "数据中心",
    "信息中心",
    "网络中心",
    "网信",
];

impl Reading<'_> {
    /// The agency: as the titles name it; else as the lines around them, the sentences of the preface and the signature do; else as
    /// a field of the page does. A title outside the text is heard together with what the text says.
    pub(super) fn agency(&mut self, said: Vec<Statement<announcement::Announcement>>) {
        let titled = self.said_in_titles(|title| title.agency.clone());
        let is_printed = titled.iter().any(|statement| statement.place == Place::Title);
        let mut beside = self.beside_title();
        beside.extend(map(&said, |statement| statement.agency.clone()));
        beside.extend(self.signature());
        let same_body = |one: &Statement<String>, other: &Statement<String>| {
            let is_signature = one.place == Place::Signature || other.place == Place::Signature;
            name::may_be_one(&one.value, &other.value) || is_signature && name::signs_for(&one.value, &other.value)
        };
        let signed = self.signature();
        let mut tiers = match is_printed {
            true => vec![titled, beside],
            false => vec![titled.into_iter().chain(beside).collect()],
        };
        tiers.push(self.agency_fields(ISSUERS, |_| Place::Field, name::is_named));
        let is_source = |name: &str| name::is_organisation(name) && !is_of_press(name);
        tiers.push(self.agency_fields(SOURCES, place_of_source, is_source));
        let mut heard = Vec::new();
        for tier in tiers {
            heard.extend(tier);
            if let Verdict::Stands(best, others) = weigh(&heard, same_body) {
                // A signature that was not heard beside a title says what it says all the same.
                let unheard = |name: &&Statement<String>| {
                    !same_body(name, best) && !others.iter().any(|other| other.place == Place::Signature)
                };
                let signed = signed.iter().filter(unheard).take(1);
                let others: Vec<_> = others.iter().copied().chain(signed).collect();
                return self.agency_stands(best, &others);
            }
        }
        let (raw, noticed) = match weigh(&heard, same_body) {
            Verdict::Contradiction(one, other) => {
                let message = format!("{} in {:?}, {} in {:?}", one.value, one.raw, other.value, other.raw);
                (Some(one), codes::AGENCY_CONTRADICTION.at(one.origin.clone(), message))
            }
            Verdict::Stands(one, _) | Verdict::Unsupported(one) => {
                let message = format!(
                    "{} is named only in {:?}, which may be another body",
                    one.value, one.raw
                );
                (Some(one), codes::AGENCY_MISSING.at(one.origin.clone(), message))
            }
            Verdict::Silent => (None, codes::AGENCY_MISSING.at(None, "no agency found")),
        };
        let origin = raw.and_then(|raw| raw.origin.clone());
        self.prove("agency", raw.map(|raw| raw.raw.as_str()), State::Absent, origin);
        self.notice(noticed);
    }

    fn agency_stands(&mut self, best: &Statement<String>, others: &[&Statement<String>]) {
        let named_by_title = best.place.is_title() && best.place != Place::Property;
        let outside = |place: Place| matches!(place, Place::PageTitle | Place::Signature) || place.is_hidden();
        for other in others.iter().filter(|other| outside(other.place)) {
            let message = format!("{} in {:?}, {} in {:?}", best.value, best.raw, other.value, other.raw);
            self.notice(codes::AGENCY_OUTWEIGHED.at(other.origin.clone(), message));
        }
        if !named_by_title {
            let message = format!("{:?} is not named by a title", best.value);
            self.notice(codes::AGENCY_ELSEWHERE.at(best.origin.clone(), message));
        }
        let state = if named_by_title { State::Text } else { State::Inferred };
        self.prove("agency", Some(&best.raw), state, best.origin.clone());
        self.identity.metadata.agency = Some(best.value.clone());
    }

    /// A name on the line above or below the title.
    fn beside_title(&self) -> Vec<Statement<String>> {
        let Some((start, end)) = self.titles.lines else {
            return Vec::new();
        };
        let line = |at: usize| self.page.lines.get(at).map(|line| line.text);
        let above = start.checked_sub(1).filter(|at| !is_in_menu(*at, &line));
        let beside = [above, Some(end + 1)].into_iter().flatten();
        let lines = beside.filter_map(|at| self.page.lines.get(at));
        lines
            .filter_map(|line| {
                // 青禾县水务局 2023-01-08 阅读：22.
                let first = line
                    .text
                    .split_whitespace()
                    .next()
                    .filter(|_| byline(line.text).is_some());
                organisation(first.unwrap_or(line.text), line.origin, Place::BesideTitle)
            })
            .take(1)
            .collect()
    }

    /// The names above the date at the end, the nearest first; several may sign.
    fn signature(&self) -> Vec<Statement<String>> {
        let back = self.page.back(BACK);
        let names_above = |date: usize| -> Vec<Statement<String>> {
            // What stands in brackets alone is where the seal goes: （盖章）.
            let is_seal = |text: &str| text.trim().starts_with(['（', '(']) && text.contains('章');
            let above = back[..date].iter().rev().filter(|line| !is_seal(line.text));
            above
                .map_while(|line| organisation(line.text, line.origin, Place::Signature))
                .collect()
        };
        let dates = (1..back.len()).filter(|at| date::is_day_or_month(&date::squeeze(back[*at].text)));
        let above = dates.map(names_above).find(|names| !names.is_empty());
        // 青禾县水务局 2024年1月15日.
        let beside = || {
            let lines = back
                .iter()
                .rev()
                .filter_map(|line| Some((signed_with_day(line.text)?.0, line)));
            let named = lines.filter_map(|(name, line)| organisation(&name, line.origin, Place::Signature));
            named.take(1).collect()
        };
        above.unwrap_or_else(beside)
    }

    /// The values of fields that are names.
    fn agency_fields(
        &self,
        names: &[&str],
        place: fn(&str) -> Place,
        is_name: impl Fn(&str) -> bool,
    ) -> Vec<Statement<String>> {
        let said = |field: &&Field| Statement {
            value: field.value.clone(),
            raw: field.value.clone(),
            place: place(&field.value),
            origin: Some(field.origin.clone()),
        };
        let fields = self.fields.all(names);
        fields.iter().filter(|field| is_name(&field.value)).map(said).collect()
    }
}

fn is_of_press(name: &str) -> bool {
    PRESS.iter().any(|word| name.contains(word))
}

/// Where a name that stands as the source of a page belongs.
fn place_of_source(name: &str) -> Place {
    if crate::body::is_government(name) {
        Place::Host
    } else {
        Place::Field
    }
}

/// The name and the day of a signature on one line.
pub(super) fn signed_with_day(line: &str) -> Option<(String, String)> {
    let day = line.find(|c: char| c.is_numeric() || matches!(c, '〇' | '○' | '二'))?;
    let (name, day) = line.split_at(day);
    let name = name.trim_end_matches(|c: char| !c.is_alphabetic() && !matches!(c, ')' | '）'));
    let day = Some(date::squeeze(day)).filter(|day| date::is_alone(day))?;
    let is_name = name::is_organisation(&date::squeeze(without_seal(name)));
    Some((name.to_owned(), date::first(&day)?)).filter(|_| is_name)
}

/// The day that stands behind the first word of a line, which is the name of who wrote the page: 青禾县水务局 2023-01-08 阅读：22.
pub(super) fn byline(line: &str) -> Option<String> {
    let mut words = line.split_whitespace();
    words.next().filter(|name| name::is_organisation(name))?;
    let day = words.next().map(date::squeeze).filter(|day| date::is_alone(day))?;
    words.next()?;
    date::first(&day)
}

/// A name without the note behind it of where the seal goes: 青禾县水务局（盖章）.
fn without_seal(text: &str) -> &str {
    let text = text.trim();
    let note = text
        .strip_suffix(['）', ')'])
        .and_then(|rest| rest.rfind(['（', '(']).map(|at| (at, &rest[at..])));
    match note {
        Some((at, words)) if words.ends_with('章') => text[..at].trim_end(),
        _ => text,
    }
}

fn organisation(text: &str, origin: &Origin, place: Place) -> Option<Statement<String>> {
    let name = without_seal(text);
    let named = || Some(date::squeeze(name)).filter(|name| name::is_organisation(name));
    let value = name::joined(name).or_else(named)?;
    Some(Statement {
        value,
        raw: text.to_owned(),
        place,
        origin: Some(origin.clone()),
    })
}
