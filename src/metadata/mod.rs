//! What a report says of itself: title, agency, year, period, date of publication, numbers.
//!
//! Every source that may name one of them is heard: the title line, the title and metadata of the page, the sentences of the preface,
//! the signature, the file name. One grammar ([`grammar`]) reads them, and they are weighed together ([`weigh`]). Invariant: nothing
//! is guessed; what nobody states, or what the sources contradict each other about, is null, with a diagnostic that says so.

mod caption;
mod codes;
mod date;
mod fields;
mod grammar;
mod kind;
mod mentions;
mod name;
mod page;
mod place;
mod titles;
mod weigh;

use regex::Regex;

pub use caption::is_of_another_body;
pub use codes::{CODES, OTHER_REPORT};
pub use grammar::is_on_part_of_year;
pub use kind::kind;
pub use name::{LEVELS, shortens};

use crate::diagnostic::Diagnostic;
use crate::document::{Document, Origin};
use crate::read::Hints;
use crate::report::{Basis, ByKey, Evidence, Metadata, Period, Site, State, pointer};
use crate::text::normalize::fold;
use fields::{Field, Fields};
use grammar::Title;
use mentions::Mention;
use page::Page;
use titles::{Placed, Titles};
use weigh::{Place, Statement, Verdict, weigh};

/// Lines at the end that may hold the signature.
const BACK: usize = 6;

/// A regular expression that is part of the program; a test compiles them all.
fn regex(pattern: &str) -> Option<Regex> {
    Regex::new(pattern).ok()
}

/// Who reports, on which year, and how that is known.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Identity {
    /// What the report says of itself.
    pub metadata: Metadata,
    /// The site that published it.
    pub site: Site,
    /// For each part of `metadata` what was printed and where, under its JSON Pointer: `/report/agency`.
    pub evidence: ByKey<Evidence>,
    /// What was noticed.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads what a document says of itself.
pub fn identify(document: &Document, hints: &Hints) -> Identity {
    let page = Page::new(document);
    let fields = Fields::of(&page);
    let titles = Titles::of(&page, &fields, hints);
    let mut reading = Reading {
        page: &page,
        fields: &fields,
        titles: &titles,
        identity: Identity::default(),
    };
    // The title stands first in the evidence, and is known last.
    reading.prove("title", None, State::Absent, None);
    reading.published();
    let said = reading.sentences(0..page.before_heading);
    reading.year(&said);
    reading.agency(said);
    reading.title();
    let numbers = [INDEX_NUMBER, DOCUMENT_NUMBER];
    let [index, document_number] = numbers.map(|field| reading.number(field));
    let mut identity = reading.identity;
    identity.metadata.index_number = index;
    identity.metadata.document_number = document_number;
    identity.site = site(&fields);
    place::body(&page, &fields, address(document, hints), &mut identity);
    identity
}

/// Where a document was found: what the caller knows, else what a crawler wrote above it.
pub fn address<'a>(document: &'a Document, hints: &'a Hints) -> Option<&'a str> {
    let written = document.properties.iter().find(|property| property.name == "url");
    hints
        .url
        .as_deref()
        .or_else(|| written.map(|property| property.value.as_str()))
}

/// The time that the figures of a report are of where it is not one year: a part of one, or several.
pub fn basis(metadata: &Metadata) -> Option<Basis> {
    let title = metadata.title.as_deref().unwrap_or_default();
    let is_long = metadata.period.as_ref().is_some_and(Period::is_longer_than_a_year);
    if grammar::is_on_part_of_year(title) {
        Some(Basis::PartOfYear)
    } else if is_long || metadata.year.is_none() && grammar::names_several_years(title) {
        Some(Basis::Period)
    } else {
        None
    }
}

/// Whether the title says that the report is a version that puts another right: …年度报告（更正版）.
pub fn is_corrected_version(metadata: &Metadata) -> bool {
    metadata.title.as_deref().is_some_and(grammar::is_corrected_version)
}

/// The block where another report begins in the same file: a full title behind the first heading that names another public body
/// or another year, and a report behind it.
pub fn other_report(document: &Document, metadata: &Metadata) -> Option<usize> {
    let (agency, year) = (fold(metadata.agency.as_ref()?), metadata.year?);
    page::other_title(document, |title| {
        title.year != Some(year) || title.agency.as_deref().map(fold) != Some(agency.clone())
    })
}

fn site(fields: &Fields) -> Site {
    let first = |name: &str| fields.all(&[name]).first().map(|field| field.value.clone());
    Site {
        name: first("SiteName"),
        domain: first("SiteDomain"),
        id_code: first("SiteIDCode"),
    }
}

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

/// A number that a report carries, with the names of its field.
#[derive(Clone, Copy)]
struct Number {
    part: &'static str,
    names: &'static [&'static str],
    /// Whether a line of its own beside the title may be it.
    beside_title: bool,
}

const INDEX_NUMBER: Number = Number {
    part: "index_number",
    names: &["索引号", "信息索引号", "索引"],
    beside_title: false,
};
const DOCUMENT_NUMBER: Number = Number {
    part: "document_number",
    names: &["文号", "发文字号", "文件编号", "发文文号", "发文号"],
    beside_title: true,
};

/// A document while its identity is read.
struct Reading<'a> {
    page: &'a Page<'a>,
    fields: &'a Fields,
    titles: &'a Titles,
    identity: Identity,
}

impl Reading<'_> {
    fn notice(&mut self, diagnostic: Diagnostic) {
        self.identity.diagnostics.push(diagnostic);
    }

    fn prove(&mut self, part: &str, raw: Option<&str>, state: State, origin: Option<Origin>) {
        let evidence = Evidence {
            raw: raw.filter(|raw| !raw.is_empty()).map(Into::into),
            state,
            origin,
        };
        self.identity.evidence.insert(pointer::identity(part), evidence);
    }

    fn title(&mut self) {
        let Some(first) = self.titles.all.first() else {
            self.notice(codes::TITLE_MISSING.at(None, "no title found"));
            return;
        };
        let mut of_text = self.titles.all.iter().filter(|placed| placed.place.is_before_text());
        let other = of_text.clone().find(|other| !other.title.may_be_one(&first.title));
        let own = match other {
            Some(_) => of_text.find(|placed| self.is_of_report(&placed.title)),
            None => Some(first),
        };
        let Some(Placed { title, place, origin }) = own else {
            self.prove("title", Some(&first.title.text), State::Absent, first.origin.clone());
            let others = other.map_or("", |other| &other.title.text);
            let message = format!("{:?} and {others:?}", first.title.text);
            self.notice(codes::TITLE_CONTRADICTION.at(first.origin.clone(), message));
            return;
        };
        let text = &title.text;
        if text.contains(char::REPLACEMENT_CHARACTER) {
            let message = format!("the title has a character that was not read: {text}");
            self.prove("title", Some(text), State::Absent, origin.clone());
            self.notice(codes::TITLE_MISSING.at(origin.clone(), message));
            return;
        }
        let printed = place.is_before_text();
        if !printed && !self.is_of_report(title) {
            self.prove("title", Some(text), State::Absent, origin.clone());
            let message = format!("{text:?} stands outside the text and names another body or year than the report");
            self.notice(codes::TITLE_MISSING.at(origin.clone(), message));
            return;
        }
        if !printed {
            let message = match place {
                Place::LaterTitle => format!("{text:?} stands behind the first heading"),
                _ => format!("{text:?} is not in the text"),
            };
            self.notice(codes::TITLE_ELSEWHERE.at(origin.clone(), message));
        }
        let state = if printed { State::Text } else { State::Inferred };
        self.prove("title", Some(text), state, origin.clone());
        self.identity.metadata.title = Some(text.clone());
    }

    /// Whether all that a title names is what was found of the report.
    fn is_of_report(&self, title: &Title) -> bool {
        let Metadata { year, agency, .. } = &self.identity.metadata;
        let of_body = |name: &String| agency.as_ref().is_some_and(|agency| name::may_be_one(name, agency));
        title.year.is_none_or(|named| Some(named) == *year) && title.agency.as_ref().is_none_or(of_body)
    }

    /// What the titles say, in the order of their trust.
    fn said_in_titles<T>(&self, part: impl Fn(&Title) -> Option<T>) -> Vec<Statement<T>> {
        let said = |placed: &Placed| {
            Some(Statement {
                value: part(&placed.title)?,
                raw: placed.title.text.clone(),
                place: placed.place,
                origin: placed.origin.clone(),
            })
        };
        self.titles.all.iter().filter_map(said).collect()
    }

    /// What sentences among some lines say of their own report.
    fn sentences(&self, lines: std::ops::Range<usize>) -> Vec<Statement<grammar::Statement>> {
        lines
            .filter(|at| !self.titles.holds(*at))
            .flat_map(|at| {
                let line = self.page.lines[at];
                let sentences = line
                    .text
                    .split_inclusive(['。', '！'])
                    .map(move |sentence| (sentence, line));
                sentences.filter(|(sentence, _)| {
                    sentence.contains("公开") && (sentence.contains("报告") || sentence.contains("年报"))
                        || sentence.contains("公開")
                        || sentence.contains("本报告") && sentence.contains('由')
                })
            })
            .filter_map(|(sentence, line)| {
                let value = grammar::stated(sentence)?;
                Some(Statement {
                    place: if value.performs {
                        Place::Announcement
                    } else {
                        Place::Sentence
                    },
                    value,
                    raw: sentence.trim().to_owned(),
                    origin: Some(line.origin.clone()),
                })
            })
            .collect()
    }

    fn year(&mut self, said: &[Statement<grammar::Statement>]) {
        let mut statements = self.said_in_titles(|title| title.year);
        let in_title = statements.first().map(|statement| statement.value);
        let said_years = |said: &[Statement<grammar::Statement>]| map(said, |statement| statement.year);
        let first_said = said.iter().find_map(|statement| statement.value.year);
        self.period(in_title.or(first_said));
        let period = self.identity.metadata.period.as_ref();
        if let Some(year) = period.and_then(|period| period.start.get(..4)?.parse().ok()) {
            let evidence = self.identity.evidence.get(&pointer::identity("period"));
            statements.push(Statement {
                value: year,
                raw: evidence.and_then(|evidence| evidence.raw.clone()).unwrap_or_default(),
                place: Place::Period,
                origin: evidence.and_then(|evidence| evidence.origin.clone()),
            });
        }
        statements.extend(said_years(said));
        let same = |a: &Statement<i32>, b: &Statement<i32>| a.value == b.value;
        let behind = self.sentences(self.page.before_heading..self.page.front().len());
        let performed: Vec<_> = behind.into_iter().filter(|said| said.value.performs).collect();
        statements.extend(said_years(&performed));
        let mentioned = self.mentioned();
        statements.extend(self.year_in_text(&mentioned));
        statements.extend(self.year_before_publication(&statements));
        let others: Vec<String> = mentioned.iter().map(|year| year.year.to_string()).collect();
        match self.several_years() {
            Some((raw, origin)) => {
                self.prove("year", Some(&raw), State::Absent, origin.clone());
                self.notice(codes::YEAR_MISSING.at(origin, format!("{raw:?} names several years")));
            }
            None => self.decide_year(weigh(&statements, same), &others.join(", ")),
        }
    }

    /// What says that the report is on several years: its title, where no period of one year is stated, or the period, where no title
    /// names one year.
    fn several_years(&self) -> Option<(String, Option<Origin>)> {
        let titles = &self.titles.all;
        let period = self.identity.metadata.period.as_ref();
        if period.is_some_and(Period::is_longer_than_a_year) {
            let evidence = self.identity.evidence.get(&pointer::identity("period"))?;
            let is_named = titles.iter().any(|placed| placed.title.year.is_some());
            let said = (evidence.raw.clone().unwrap_or_default(), evidence.origin.clone());
            return Some(said).filter(|_| !is_named);
        }
        let own = titles
            .first()
            .filter(|own| own.title.names_several_years && period.is_none())?;
        Some((own.title.text.clone(), own.origin.clone()))
    }

    fn decide_year(&mut self, verdict: Verdict<i32>, mentioned: &str) {
        match verdict {
            Verdict::Silent => {
                self.prove("year", None, State::Absent, None);
                let message = match mentioned {
                    "" => "no year found".to_owned(),
                    years => format!("no year found; {years} may be that of another thing"),
                };
                self.notice(codes::YEAR_MISSING.at(None, message));
            }
            Verdict::Unsupported(other) => {
                self.prove("year", Some(&other.raw), State::Absent, other.origin.clone());
                let message = format!(
                    "{} stands only in {:?}, which may be another report",
                    other.value, other.raw
                );
                self.notice(codes::YEAR_MISSING.at(other.origin.clone(), message));
            }
            Verdict::Contradiction(one, other) => {
                self.prove("year", Some(&one.raw), State::Absent, one.origin.clone());
                let message = format!("{} in {:?}, {} in {:?}", one.value, one.raw, other.value, other.raw);
                self.notice(codes::YEAR_CONTRADICTION.at(one.origin.clone(), message));
            }
            Verdict::Stands(best, others) => {
                let printed = !matches!(
                    best.place,
                    Place::Text
                        | Place::DividedText
                        | Place::Sentence
                        | Place::FileName
                        | Place::Property
                        | Place::LaterTitle
                );
                let state = if printed { State::Text } else { State::Inferred };
                if best.place == Place::Text {
                    self.notice(codes::YEAR_FROM_TEXT.at(best.origin.clone(), format!("{} is named most", best.raw)));
                }
                for other in others {
                    self.notice_outweighed(best, other);
                }
                self.notice_years_of_title(best);
                self.prove("year", Some(&best.raw), state, best.origin.clone());
                self.identity.metadata.year = Some(best.value);
                if self.year_published().is_some_and(|year| year <= best.value) {
                    let published = self.identity.metadata.published.as_deref().unwrap_or_default();
                    let message = format!("published {published}, on {}", best.value);
                    self.notice(codes::PUBLISHED_TOO_EARLY.at(best.origin.clone(), message));
                }
            }
        }
    }

    /// A title of several years, of which another source names one. School years are named so.
    fn notice_years_of_title(&mut self, best: &Statement<i32>) {
        let own = self.titles.all.first();
        let own = own.filter(|own| own.title.names_several_years && !own.title.text.contains("学年"));
        if let Some(own) = own {
            let message = format!(
                "{} in {:?}, several years in {:?}",
                best.value, best.raw, own.title.text
            );
            self.notice(codes::YEAR_OUTWEIGHED.at(own.origin.clone(), message));
        }
    }

    /// A year that lost against another. That the text speaks of other years is nothing to notice.
    fn notice_outweighed(&mut self, best: &Statement<i32>, other: &Statement<i32>) {
        let code = match other.place {
            Place::Text | Place::DividedText => return,
            Place::Period if best.place == Place::Title => codes::YEAR_CONFLICT,
            _ => codes::YEAR_OUTWEIGHED,
        };
        let message = format!("{} in {:?}, {} in {:?}", best.value, best.raw, other.value, other.raw);
        self.notice(code.at(other.origin.clone(), message));
    }

    /// The period that a sentence on the figures states; elsewhere only a whole year counts as one.
    fn period(&mut self, year: Option<i32>) {
        let found = self.page.lines.iter().find_map(|line| {
            let on_figures = ["统计", "統計", "起至", "列数据"]
                .iter()
                .any(|word| line.text.contains(word));
            if !on_figures && !line.text.contains("12月31") && !line.text.contains("十二月三十一") {
                return None;
            }
            let whole_year = |period: &Period| period.start.ends_with("01-01") && period.end.ends_with("12-31");
            let period = date::period(&date::squeeze(line.text), year);
            let period = period.filter(|period| on_figures || whole_year(period))?;
            let sentence = line.text.split_inclusive('。');
            let stated = |sentence: &&str| date::period(&date::squeeze(sentence), year).is_some();
            let raw = sentence.into_iter().find(stated).unwrap_or(line.text);
            Some((period, raw.trim(), line.origin.clone()))
        });
        match found {
            Some((period, raw, origin)) => {
                self.prove("period", Some(raw), State::Text, Some(origin));
                self.identity.metadata.period = Some(period);
            }
            None => self.prove("period", None, State::Absent, None),
        }
    }

    /// The years that the text names, each with how often it is said to be the report's and where. What the text cites is another paper,
    /// and the period has its own say.
    fn mentioned(&self) -> Vec<Mentioned<'_>> {
        let mut found: Vec<Mentioned> = Vec::new();
        let period = self.identity.evidence.get(&pointer::identity("period"));
        let period = period.and_then(|evidence| evidence.raw.as_deref()).unwrap_or("\n");
        let front = self.page.front().iter().enumerate();
        for (_, line) in front.filter(|(at, _)| !self.titles.holds(*at)) {
            let text = grammar::without_citations(line.text).replace(period, "");
            for Mention { year, may_be_own } in mentions::mentions(&text) {
                let at = found.iter().position(|other| other.year == year);
                let at = at.unwrap_or_else(|| {
                    found.push(Mentioned {
                        year,
                        count: 0,
                        own: 0,
                        origin: line.origin,
                    });
                    found.len() - 1
                });
                found[at].count += 1;
                found[at].own += usize::from(may_be_own);
            }
        }
        found
    }

    /// The year that more than half of the mentions in the text name as its own.
    fn year_in_text(&self, mentioned: &[Mentioned]) -> Option<Statement<i32>> {
        let all: usize = mentioned.iter().map(|year| year.count).sum();
        let best = mentioned.iter().max_by_key(|year| year.own)?;
        let place = if best.own * 3 >= all * 2 {
            Place::Text
        } else {
            Place::DividedText
        };
        (best.own * 2 > all).then(|| Statement {
            value: best.year,
            raw: format!("{}年", best.year),
            place,
            origin: Some(best.origin.clone()),
        })
    }

    fn year_published(&self) -> Option<i32> {
        self.identity.metadata.published.as_deref()?.get(..4)?.parse().ok()
    }

    /// The year before publication, which supports what another source says; alone it says nothing, for pages come late too.
    fn year_before_publication(&self, others: &[Statement<i32>]) -> Option<Statement<i32>> {
        let value = self.year_published()? - 1;
        others.iter().any(|other| other.value == value).then(|| Statement {
            value,
            raw: self.identity.metadata.published.clone().unwrap_or_default(),
            place: Place::Published,
            origin: None,
        })
    }

    /// The agency: as the titles name it; else as the lines around them, the sentences of the preface and the signature do; else as
    /// a field of the page does. A title outside the text is heard together with what the text says.
    fn agency(&mut self, said: Vec<Statement<grammar::Statement>>) {
        let titled = self.said_in_titles(|title| title.agency.clone());
        let is_printed = titled.iter().any(|statement| statement.place == Place::Title);
        let mut beside = self.beside_title();
        beside.extend(map(&said, |statement| statement.agency.clone()));
        beside.extend(self.signature());
        let mut tiers = match is_printed {
            true => vec![titled, beside],
            false => vec![titled.into_iter().chain(beside).collect()],
        };
        let signed = self.signature();
        tiers.push(self.agency_fields(ISSUERS, |_| Place::Field, name::is_named));
        tiers.push(self.agency_fields(SOURCES, place_of_source, name::is_organisation));
        let same_body = |one: &Statement<String>, other: &Statement<String>| {
            let is_signature = one.place == Place::Signature || other.place == Place::Signature;
            name::may_be_one(&one.value, &other.value) || is_signature && name::signs_for(&one.value, &other.value)
        };
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
        let beside = [start.checked_sub(1), Some(end + 1)].into_iter().flatten();
        let lines = beside.filter_map(|at| self.page.lines.get(at));
        lines
            .filter_map(|line| organisation(line.text, line.origin, Place::BesideTitle))
            .take(1)
            .collect()
    }

    /// The names above the date at the end, the nearest first; several may sign.
    fn signature(&self) -> Vec<Statement<String>> {
        let back = self.page.back(BACK);
        let names_above = |date: usize| -> Vec<Statement<String>> {
            let above = back[..date].iter().rev();
            above
                .map_while(|line| organisation(line.text, line.origin, Place::Signature))
                .collect()
        };
        let dates = (1..back.len()).filter(|at| date::is_day_or_month(&date::squeeze(back[*at].text)));
        dates
            .map(names_above)
            .find(|names| !names.is_empty())
            .unwrap_or_default()
    }

    /// The values of fields that are names.
    fn agency_fields(
        &self,
        names: &[&str],
        place: fn(&str) -> Place,
        is_name: fn(&str) -> bool,
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

    fn published(&mut self) {
        const PUBLISHED: &[&str] = &[
            "PubDate",
            "发布日期",
            "发布时间",
            "公开日期",
            "公布日期",
            "公开时间",
            "信息提供日期",
            "提供日期",
        ];
        let dates = |fields: Vec<&Field>| -> Vec<(String, String, Option<Origin>)> {
            let dated = |field: &Field| {
                let date = date::first(&date::squeeze(&field.value))?;
                Some((date, field.value.clone(), Some(field.origin.clone())))
            };
            fields.into_iter().filter_map(dated).collect()
        };
        let mut found = dates(self.fields.all(PUBLISHED));
        let mut elsewhere = false;
        if found.is_empty() {
            found = dates(self.fields.first_of(&["发文日期", "时间", "日期"]));
            found.extend(self.date_below_title());
            found.truncate(1);
        }
        if found.is_empty() {
            elsewhere = true;
            found.extend(self.date_of_signature());
            if found.is_empty() {
                found = dates(self.fields.first_of(&["成文日期", "生成日期", "成文时间", "生成时间"]));
            }
        }
        if found.is_empty() {
            self.notice(codes::PUBLISHED_MISSING.at(None, "no day of publication found"));
        }
        let state = if elsewhere { State::Inferred } else { State::Text };
        self.identity.metadata.published = self.one_of("published", found, state);
        if elsewhere && let Some(published) = self.identity.metadata.published.clone() {
            self.notice(
                codes::PUBLISHED_ELSEWHERE.at(None, format!("{published} is not said to be the day of publication")),
            );
        }
    }

    /// The one value of a field, with its evidence; null where the page gives two.
    fn one_of(&mut self, part: &str, found: Vec<(String, String, Option<Origin>)>, state: State) -> Option<String> {
        let Some((value, raw, origin)) = found.first().cloned() else {
            self.prove(part, None, State::Absent, None);
            return None;
        };
        if let Some((other, other_raw, _)) = found.iter().find(|(other, ..)| *other != value) {
            let message = format!("{part}: {value} in {raw:?}, {other} in {other_raw:?}");
            self.notice(codes::FIELD_CONTRADICTION.at(origin.clone(), message));
            self.prove(part, Some(&raw), State::Absent, origin);
            return None;
        }
        self.prove(part, Some(&raw), state, origin);
        Some(value)
    }

    fn date_below_title(&self) -> Option<(String, String, Option<Origin>)> {
        let start = self.titles.lines?.1 + 1;
        let below = self.page.lines.iter().skip(start).take(3);
        below.filter_map(|line| dated_line(line.text, line.origin)).next()
    }

    fn date_of_signature(&self) -> Option<(String, String, Option<Origin>)> {
        let back = self.page.back(BACK).iter().rev();
        back.filter_map(|line| dated_line(line.text, line.origin)).next()
    }

    fn number(&mut self, number: Number) -> Option<String> {
        let word = |field: &Field| {
            let word = field.value.split(char::is_whitespace).next().unwrap_or_default();
            (word.to_owned(), field.value.clone(), Some(field.origin.clone()))
        };
        let mut found: Vec<_> = self.fields.first_of(number.names).into_iter().map(word).collect();
        if found.is_empty() && number.beside_title {
            found.extend(self.number_beside_title());
        }
        self.one_of(number.part, found, State::Text)
    }

    /// Beside the title a line of its own is the number of this report; inside a sentence it is that of a law.
    fn number_beside_title(&self) -> Option<(String, String, Option<Origin>)> {
        let (_, end) = self.titles.lines?;
        let near = &self.page.lines[end.saturating_sub(3)..(end + 4).min(self.page.lines.len())];
        near.iter().find_map(|line| {
            let squeezed = Some(date::squeeze(line.text)).filter(|squeezed| is_document_number(squeezed))?;
            Some((squeezed, line.text.to_owned(), Some(line.origin.clone())))
        })
    }
}

/// A year that the text names.
struct Mentioned<'a> {
    year: i32,
    /// How often.
    count: usize,
    /// How often it may be that of the report.
    own: usize,
    origin: &'a Origin,
}

/// Where a name that stands as the source of a page belongs.
fn place_of_source(name: &str) -> Place {
    if crate::body::is_government(name) {
        Place::Host
    } else {
        Place::Field
    }
}

/// Statements of a part of what others state.
fn map<T, U>(statements: &[Statement<T>], part: impl Fn(&T) -> Option<U>) -> Vec<Statement<U>> {
    let mapped = |statement: &Statement<T>| {
        Some(Statement {
            value: part(&statement.value)?,
            raw: statement.raw.clone(),
            place: statement.place,
            origin: statement.origin.clone(),
        })
    };
    statements.iter().filter_map(mapped).collect()
}

fn organisation(text: &str, origin: &Origin, place: Place) -> Option<Statement<String>> {
    let value = Some(date::squeeze(text)).filter(|name| name::is_organisation(name))?;
    Some(Statement {
        value,
        raw: text.to_owned(),
        place,
        origin: Some(origin.clone()),
    })
}

fn dated_line(text: &str, origin: &Origin) -> Option<(String, String, Option<Origin>)> {
    let squeezed = Some(date::squeeze(text)).filter(|line| date::opens(line))?;
    Some((date::first(&squeezed)?, text.to_owned(), Some(origin.clone())))
}

/// A line such as 青政办〔2022〕3号.
fn is_document_number(squeezed: &str) -> bool {
    let bracket = squeezed.find(['〔', '[', '（', '(']);
    bracket.is_some_and(|at| {
        let (issuer, rest) = squeezed.split_at(at);
        let rest: String = rest.chars().filter(|c| !"〔〕[]（）()".contains(*c)).collect();
        !issuer.is_empty()
            && issuer.chars().count() <= 12
            && issuer.chars().all(char::is_alphabetic)
            && rest.ends_with('号')
            && rest.trim_end_matches('号').len() > 4
            && rest.trim_end_matches('号').bytes().all(|byte| byte.is_ascii_digit())
    })
}
