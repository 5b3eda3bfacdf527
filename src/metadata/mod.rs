//! What a report says of itself: title, agency, year, period, date of publication, numbers.
//!
//! Every source that may name one of them is heard: the title line, the title and metadata of the page, the sentences of the preface,
//! the signature, the file name. One grammar ([`grammar`]) reads them, and they are weighed together ([`weigh`]). Invariant: nothing
//! is guessed; what nobody states, or what the sources contradict each other about, is null, with a diagnostic that says so.

mod above;
mod agency;
mod announcement;
mod caption;
mod codes;
mod date;
mod fields;
mod grammar;
mod kind;
mod lines;
mod mentions;
mod name;
mod page;
mod place;
mod published;
mod titles;
mod weigh;
mod year;

use regex::Regex;

pub use caption::is_of_another_body;
pub use codes::{CODES, OTHER_REPORT};
pub use grammar::is_on_part_of_year;
pub use kind::{COMMON_SECTIONS, kind};
pub use name::{LEVELS, shortens};

use crate::diagnostic::Diagnostic;
use crate::document::{Document, Origin};
use crate::read::Hints;
use crate::report::{Basis, ByKey, Evidence, Metadata, Period, Site, State, pointer};
use crate::text::normalize::fold;
use fields::Fields;
use grammar::Title;
use page::Page;
use published::{DOCUMENT_NUMBER, INDEX_NUMBER};
use titles::{Placed, Titles};
use weigh::{Place, Statement};

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
    /// The block in which the title stands that names both agency and year: what stands before it is of the page.
    pub begins: usize,
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
    let own = titles
        .all
        .first()
        .filter(|own| own.place == Place::Title && own.title.is_full());
    let first = titles
        .lines
        .filter(|_| own.is_some() && identity.metadata.title.is_some());
    identity.begins = first.map_or(0, |(start, _)| page.lines[start].block);
    identity.metadata.index_number = index;
    identity.metadata.document_number = document_number;
    identity.site = site(&fields);
    place::body(&page, &fields, address(document, hints), &mut identity);
    identity
}

/// Whether the lines of two pages may be of one report: the second begins with no title of another body or year.
pub(crate) fn may_be_one_report(first: &[String], next: &[String]) -> bool {
    let own = |lines: &[String]| {
        let mut titles = lines::titles(|at| lines.get(at).map(String::as_str)).map(|(.., title)| title);
        titles.find(Title::is_full)
    };
    match (own(first), own(next)) {
        (Some(one), Some(other)) => one.may_be_one(&other),
        _ => true,
    }
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
    let period = metadata.period.as_ref();
    let is_long = period.is_some_and(Period::is_longer_than_a_year);
    let leaves_year = |period: &Period| {
        let year = metadata
            .year
            .map_or(period.start.chars().take(4).collect(), |year| year.to_string());
        !period.start.starts_with(&year) || !period.end.starts_with(&year)
    };
    if grammar::is_on_part_of_year(title) || period.is_some_and(Period::is_within_a_year) {
        Some(Basis::PartOfYear)
    } else if is_long
        || period.is_some_and(leaves_year) && !title.contains("学年")
        || metadata.year.is_none() && grammar::names_several_years(title)
    {
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
    fn sentences(&self, lines: std::ops::Range<usize>) -> Vec<Statement<announcement::Announcement>> {
        let of_report = |sentence: &str| {
            sentence.contains("公开") && (sentence.contains("报告") || sentence.contains("年报"))
                || sentence.contains("公開")
                || sentence.contains("本报告") && sentence.contains('由')
        };
        let is_title = |at: usize| self.titles.holds(at);
        let running = self.page.running(lines, is_title);
        let sentences = running.iter().flat_map(|(text, origin)| {
            let sentences = text.split_inclusive(['。', '！']);
            sentences.map(move |sentence| (sentence, *origin))
        });
        sentences
            .filter(|(sentence, _)| of_report(sentence))
            .filter_map(|(sentence, origin)| {
                let value = announcement::stated(sentence)?;
                Some(Statement {
                    place: if value.performs {
                        Place::Announcement
                    } else {
                        Place::Sentence
                    },
                    value,
                    raw: sentence.trim().to_owned(),
                    origin: Some(origin.clone()),
                })
            })
            .collect()
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
