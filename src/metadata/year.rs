//! Which year and period a report is on.
//!
//! Invariant: a title or period of several years gives no year, and neither does what the text only compares with.

use super::mentions::{self, Mention};
use super::weigh::{Place, Statement, Verdict, weigh};
use super::{Reading, announcement, codes, date, map};
use crate::document::Origin;
use crate::report::{Period, State, pointer};

impl Reading<'_> {
    pub(super) fn year(&mut self, said: &[Statement<announcement::Announcement>]) {
        let mut statements = self.said_in_titles(|title| title.year);
        let in_title = statements.first().map(|statement| statement.value);
        let said_years = |said: &[Statement<announcement::Announcement>]| map(said, |statement| statement.year);
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
            let text = announcement::without_citations(line.text).replace(period, "");
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
