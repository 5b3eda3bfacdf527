//! What a sentence has from the text before it: of what time that speaks, whether of plans, of another body, of another business.
//!
//! Headings, labels and sentences name a time or a body once, and what follows them does not repeat it. Invariant: what they say holds
//! until words say otherwise, so that no number below 县财政局 or 2024年工作计划 is the reporting body's own of the year.

use super::lexicon::lexicon;
use super::limit::{Limit, heading_limits, names_another_matter};
use super::scope::{Reporter, Subject, another_body};
use super::speaker::speaks_for_itself;
use super::time::{Spoken, Time, part_of_title, time_of_heading, time_spoken_of, times};
use crate::report::Scope;

/// What holds at a place of a report beside what its own words say.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Frame {
    /// A time other than the year of the report.
    pub time: Option<Time>,
    /// Whether plans are spoken of.
    pub planned: bool,
    /// Whom the text speaks of; another body where one was named last.
    pub speaker: Subject,
    /// What the last number counts.
    pub handled: Handled,
    /// To what a heading limits what is below it.
    pub limited: Limit,
}

/// What a number counts that may be answered, closed and carried over.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Handled {
    /// Applications for information, or nothing of the kind.
    #[default]
    Applications,
    /// Something else, until applications are named: reviews, inquiries, another business in a sentence before.
    Others,
    /// Another business, until applications for information are named.
    Business,
}

/// Longest label before a colon, in characters.
const LONGEST_LABEL: usize = 16;

/// What a heading says.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Said {
    /// The time that it names.
    time: Option<Spoken>,
    planned: bool,
    /// Whose figures below it are, where it is the name of another body.
    scope: Option<Scope>,
    /// To what it limits what is below it: 重点领域信息公开情况, 财政信息.
    limited: Limit,
}

impl Said {
    /// Whether it says anything.
    pub fn is_something(&self) -> bool {
        self.time.is_some() || self.planned || self.scope.is_some() || self.limited.is_something()
    }

    /// What a folded heading says; every word of one that `is_heading` for sure limits what is below it.
    pub fn by(heading: &str, reporter: &Reporter, is_heading: bool) -> Said {
        let (others, told_of) = (lexicon().others, &lexicon().bodies.told_of);
        let planned = others.heading_plans.are_in(heading) && !others.heading_reviews.are_in(heading);
        // 附：2022年数据.
        let heading = heading.trim_end_matches(':');
        let told = heading.split_once(':').map_or(heading, |(_, told)| told);
        let limited = heading_limits(told);
        Said {
            time: time_of_heading(told, told_of, reporter.year),
            planned,
            scope: another_body(told, reporter),
            limited: match others.voided.are_in(heading)
                || is_heading && (limited.is_something() || names_another_matter(told, reporter))
            {
                true => limited.and(Limit::PART),
                false => limited,
            },
        }
    }
}

impl Frame {
    /// What the folded title of a report says of all of it: that it is on half a year, or on several.
    pub fn of_title(title: &str, year: Option<i32>) -> Frame {
        Frame {
            time: part_of_title(title, year),
            ..Frame::default()
        }
    }

    /// The frame below headings, the main one first.
    pub fn below<'a>(self, headings: impl IntoIterator<Item = &'a Said>) -> Frame {
        headings.into_iter().fold(self, |frame, said| Frame {
            time: said.time.map_or(frame.time, Spoken::time),
            planned: said.planned || frame.planned && said.time != Some(Spoken::OfTheYear),
            speaker: said.scope.map_or(frame.speaker, |scope| Subject::Other(Some(scope))),
            handled: Handled::default(),
            limited: frame.limited.and(said.limited),
        })
    }

    /// Hears a sentence as to its time.
    pub fn hear_time(&mut self, sentence: &str, year: Option<i32>) {
        if let Some(spoken) = time_spoken_of(sentence, year) {
            self.planned &= spoken != Spoken::OfTheYear;
            self.time = spoken.time();
        }
    }

    /// Hears words of a clause, those that it `begins` with or others. Whether they name a body.
    pub fn hear(&mut self, words: &str, begins: bool, reporter: &Reporter) -> bool {
        let others = lexicon().others;
        self.planned = self.planned && !others.done.are_in(words) || others.plans.are_in(words);
        let itself = if begins {
            speaks_for_itself(words, reporter)
        } else {
            None
        };
        let itself = if others.demands.are_in(words) {
            Some(false)
        } else {
            itself
        };
        if let Some(itself) = itself {
            self.speaker = if itself { Subject::Unnamed } else { Subject::Other(None) };
        }
        itself.is_some()
    }

    /// Hears the name of another body before a colon: 县政府办公室：收到政府信息公开申请27件.
    pub fn hear_label(&mut self, sentence: &str, reporter: &Reporter) {
        let label = sentence.split_once(':').map(|(label, _)| label);
        let label = label.filter(|label| label.chars().count() <= LONGEST_LABEL && !label.contains([',', ';']));
        if let Some(scope) = label.and_then(|label| another_body(label, reporter)) {
            self.speaker = Subject::Other(Some(scope));
        }
        if let Some(label) = label {
            self.hear_told(label, reporter);
        }
    }

    /// Hears what a label says of plans, 年度任务：主动公开1200条, and of another year: 对比2015年的情况：主动公开1112条.
    pub fn hear_told(&mut self, label: &str, reporter: &Reporter) {
        let (others, label) = (lexicon().others, label.trim_end_matches(':'));
        let plans = others.heading_plans.end(label) || label.ends_with("任务");
        self.planned |= plans && !others.heading_reviews.are_in(label);
        let tells = ["情况", "数据"].iter().any(|end| label.ends_with(end));
        if let [(_, time, _)] = times(label, reporter.year)[..]
            && tells
            && time.is_another_year()
        {
            self.time = Some(time);
        }
    }

    /// Hears a clause without a number as to what it is about: 档案开放审核中，予以公开120件.
    pub fn hear_matter(&mut self, clause: &str) {
        let names_matter = lexicon().others.matters.are_in(clause);
        if self.handled == Handled::Applications && names_matter && !clause.contains("公开申请") {
            self.handled = Handled::Others;
        }
    }
}
