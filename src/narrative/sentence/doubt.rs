//! What the rest of a sentence says of the figures before it: that one counts more things, more years, or only a part.

use super::{Found, Reader};
use crate::narrative::lexicon::{Class, told};
use crate::narrative::time::Time;
use crate::narrative::token::{Kind, Token};
use crate::report::{Basis, Scope};

/// Classes of words with which a number counts the same things as the one before it.
const SAME_THINGS: &[&str] = &[
    "information",
    "open",
    "disclose",
    "application",
    "on_application",
    "receive",
    "thing",
    "made",
    "publish",
    "among",
];

impl Reader<'_> {
    /// Looks at what stands behind each figure: 行政复议120件，其中涉及政府信息公开的3件 counts more than reviews on disclosure, and
    /// 主动公开5231条，今年新增231条 more than this year's.
    pub(super) fn look_behind_figures(&mut self) {
        let mut found = std::mem::take(&mut self.sentence.found);
        let with_carried: Vec<usize> = (1..found.len())
            .filter(|next| self.includes_carried(&found[next - 1], &found[*next]))
            .map(|next| found[next - 1].at)
            .collect();
        found.retain(|figure| {
            let of_more = !figure.named && self.counts_more_things(figure);
            !of_more && !with_carried.contains(&figure.at) && !self.is_of_another_matter(figure)
        });
        for figure in &mut found {
            if figure.basis == Some(Basis::Year) && self.counts_more_years(figure) {
                figure.basis = None;
            }
        }
        self.sentence.found = found;
    }

    /// Whether applications are counted with those carried over, of which the next figure says how many they are:
    /// 收到36件，其中上年结转3件.
    fn includes_carried(&self, figure: &Found, next: &Found) -> bool {
        let keys = (figure.key, next.key) == ("applications.new", "applications.carried_over");
        let between = || &self.text[self.tokens[figure.place].end..self.tokens[next.place].start];
        keys && figure.place < next.place && ["其中", "含", "包括"].iter().any(|word| between().contains(word))
    }

    /// Whether a number of disputes is said to be of those on another matter: 行政复议2件，均与政府信息公开无关.
    fn is_of_another_matter(&self, figure: &Found) -> bool {
        let behind = &self.text[self.tokens[figure.place].end..];
        let mut words = self.context.lexicon.others.unrelated.iter();
        figure.key.starts_with("review_litigation.") && words.any(|word| behind.contains(word.as_str()))
    }

    /// The next number behind a place.
    pub(super) fn next_number(&self, place: usize) -> Option<usize> {
        (place + 1..self.tokens.len()).find(|&next| matches!(self.tokens[next].kind, Kind::Number(_)))
    }

    pub(super) fn counts_more_things(&self, figure: &Found) -> bool {
        let Some(next) = self.next_number(figure.place) else {
            return false;
        };
        let words = &self.tokens[figure.place + 1..next];
        let Some(among) = words.iter().position(|token| token.class == self.class("among")) else {
            return false;
        };
        let words = &words[among..];
        let has = |names: &[&str]| {
            let classes: Vec<Class> = names.iter().map(|name| self.class(name)).collect();
            words.iter().any(|token| classes.contains(&token.class))
        };
        if figure.key.starts_with("review_litigation.") {
            return has(&["information", "on_application"]);
        }
        let text = &self.text[words[0].start..self.tokens[next].start];
        let mut others = self.context.lexicon.others.businesses.iter();
        let known = !words.iter().any(|token| token.kind == Kind::Unknown);
        let of_topic = known && has(&["information"]) && has(&["application"]);
        figure.key == "applications.new" && (of_topic || others.any(|word| text.contains(word.as_str())))
    }

    /// Whether the next number is of the same things and of a year, or is compared with the end of a year.
    pub(super) fn counts_more_years(&self, figure: &Found) -> bool {
        let Some(next) = self.next_number(figure.place) else {
            return false;
        };
        let words = &self.tokens[figure.place + 1..next];
        let text = &self.text[self.tokens[figure.place].end..self.tokens[next].start];
        let has = |name: &str| words.iter().any(|token| token.class == self.class(name));
        if has("relative") {
            return text.contains("年末") || text.contains("年底");
        }
        let mut same: Vec<Class> = SAME_THINGS.iter().map(|name| self.class(name)).collect();
        same.push(told::SEPARATOR);
        let is_same = |token: &Token| same.contains(&token.class) || !matches!(token.kind, Kind::Word | Kind::Unknown);
        let last = words.iter().rev().find_map(|token| match token.kind {
            Kind::Time(time) => Some(time),
            _ => None,
        });
        let marked = has("among") || text.contains("新增") || !figure.dated;
        last.is_some_and(Time::is_a_year) && marked && words.iter().all(is_same)
    }
}

/// 县政府25件，各乡镇20件: where bodies stand side by side and none is the sum of the others, each is a part.
pub(super) fn parts_beside(found: &mut [Found], text: &str) {
    for index in 0..found.len() {
        let figure = &found[index];
        let beside = found.iter().any(|other| {
            let (from, to) = (figure.at.min(other.at), figure.at.max(other.at));
            other.key == figure.key
                && other.at != figure.at
                && other.basis == figure.basis
                && matches!(other.scope, Some(Scope::Part | Scope::Several))
                && !text[from..to].contains("其中")
        });
        if beside && figure.scope == Some(Scope::Whole) && !figure.territory {
            found[index].scope = Some(Scope::Part);
        }
    }
}
