//! The figures of one sentence.
//!
//! Each number is looked at with the words of its clause, up to the numbers and commas beside it. A pattern of the lexicon says what
//! it counts; then the sentence says whose it is and of what time. Invariant: a number of which the sentence does not say that it counts
//! applications, replies or disputes about information counts nothing.

use rust_decimal::Decimal;

use super::heading::Headings;
use super::lexicon::{After, Class, Lexicon, NonePattern, Pattern, Topic, told};
use super::quantity::Quantity;
use super::scope::{Reporter, Subject, subject};
use super::time::Clock;
use super::time::Time;
use super::token::{Kind, Token, tokens};
use crate::report::{Basis, NarrativeFigure, Scope};

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

/// A figure of a sentence.
#[derive(Clone, Debug)]
pub(super) struct Found {
    pub key: &'static str,
    pub value: Decimal,
    pub unit: Option<&'static str>,
    pub scope: Option<Scope>,
    pub basis: Option<Basis>,
    pub approximate: bool,
    /// The figure of which it is an outcome.
    outcome_of: Option<&'static str>,
    territory: bool,
    at: usize,
    /// Its place in the list of tokens.
    place: usize,
    /// Whether its own words name its topic.
    named: bool,
    /// Whether the sentence names the year of the report before it.
    dated: bool,
}

/// What the figures of a sentence are, and the numbers that look like one but may count something else.
#[derive(Default)]
pub(super) struct Sentence {
    pub found: Vec<Found>,
    pub doubtful: Vec<(&'static str, String)>,
}

/// What is known before a sentence is read.
pub(super) struct Context<'a> {
    pub lexicon: &'static Lexicon,
    pub reporter: Reporter<'a>,
    pub headings: &'a Headings,
    /// What the paragraph said of the time before the sentence.
    pub said: Clock,
    /// Whether the heading or the sentences before it speak of another year.
    pub of_another_year: bool,
    /// The figures of the sentences before it.
    pub stated: &'a [NarrativeFigure],
    /// The folded sentence before it in the paragraph.
    pub earlier: &'a str,
}

/// Reads a folded sentence; its words of time go to `clock`.
pub(super) fn read(text: &str, context: &Context, clock: &mut Clock) -> Sentence {
    let tokens = tokens(text, context.reporter.year, context.lexicon);
    let mut reader = Reader {
        text,
        context,
        tokens: &tokens,
        clock: Clock::new(context.of_another_year),
        subject: Subject::Unnamed,
        bracketed: None,
        sentence: Sentence::default(),
        of_documents: false,
        among: false,
        business: false,
        businesses: false,
        other_disputes: false,
        earlier: None,
    };
    reader.of_documents = reader.counts_documents();
    reader.read();
    reader.look_behind_figures();
    *clock = reader.clock;
    let mut sentence = reader.sentence;
    parts_beside(&mut sentence.found, text);
    sentence.found.sort_by_key(|found| found.at);
    sentence
}

struct Reader<'a> {
    text: &'a str,
    context: &'a Context<'a>,
    tokens: &'a [Token],
    clock: Clock,
    /// Whom the sentence speaks of.
    subject: Subject,
    /// The subject before a bracket that the clause before ended with: 乡镇(街道)收到.
    bracketed: Option<Subject>,
    sentence: Sentence,
    /// Whether the sentence sorts documents by how they may be had: 主动公开150件，依申请公开40件，不予公开20件.
    of_documents: bool,
    /// Whether 其中 stands behind the last figure.
    among: bool,
    /// Whether the last number counts another business: 热线工单2310件.
    business: bool,
    /// Whether any number before does.
    businesses: bool,
    /// Whether the reviews or lawsuits that it speaks of are not on disclosure.
    other_disputes: bool,
    /// The clause before that says something: places in the list of tokens.
    earlier: Option<(usize, usize)>,
}

/// The words around a number: places in the list of tokens.
struct Window {
    start: usize,
    number: usize,
    end: usize,
    /// Whether it ends at another number.
    shared: bool,
}

/// A window, or a clause, as a text of classes; fillers are left out.
struct Classes {
    text: String,
    /// Byte in `text` and place in the list of tokens.
    places: Vec<(usize, usize)>,
}

impl Classes {
    fn new(tokens: &[Token], from: usize, to: usize) -> Self {
        let mut classes = Classes {
            text: String::new(),
            places: Vec::new(),
        };
        for (place, token) in tokens.iter().enumerate().take(to).skip(from) {
            let silent = matches!(&token.kind, Kind::Time(time) if !time.is_beside());
            if token.kind != Kind::Filler && !silent {
                classes.places.push((classes.text.len(), place));
                classes.text.push(token.class);
            }
        }
        classes
    }

    /// The place in the list of tokens of a byte.
    fn place(&self, byte: usize) -> Option<usize> {
        self.places.iter().find(|(at, _)| *at == byte).map(|(_, place)| *place)
    }
}

impl Reader<'_> {
    fn class(&self, name: &str) -> Class {
        self.context.lexicon.class(name)
    }

    fn read(&mut self) {
        let mut start = 0;
        while start < self.tokens.len() {
            let end = self.clause_end(start);
            let numbers: Vec<usize> = (start..end)
                .filter(|&place| matches!(self.tokens[place].kind, Kind::Number(_)))
                .collect();
            if numbers.is_empty() {
                self.hear(start, end);
                self.none(start, end);
            }
            let mut from = start;
            for (index, &number) in numbers.iter().enumerate() {
                let next = numbers.get(index + 1).copied();
                self.hear(from, number);
                let window = Window {
                    start: from,
                    number,
                    end: next.unwrap_or(end),
                    shared: next.is_some(),
                };
                self.number(&window);
                from = number + 1;
            }
            if !numbers.is_empty() {
                self.hear(from, end);
            }
            if self.says_something(start, end) {
                self.earlier = Some((start, end));
            }
            self.bracketed = match numbers.is_empty() {
                true => self.subject_before_bracket(start, end),
                false => None,
            };
            start = end + 1;
        }
    }

    /// A clause ends at a comma, and at 、 before words that begin another statement.
    fn clause_end(&self, start: usize) -> usize {
        let (sep, none) = (told::SEPARATOR, self.class("none"));
        let ends = |place: &usize| {
            let next = self.tokens.get(place + 1);
            self.tokens[*place].kind == Kind::End
                || self.tokens[*place].class == sep && next.is_some_and(|next| next.class == none)
        };
        (start..self.tokens.len()).find(ends).unwrap_or(self.tokens.len())
    }

    /// Hears what the words between two places say of time and parts.
    fn hear(&mut self, from: usize, to: usize) {
        let (among, relating) = (self.class("among"), [self.class("carry"), self.class("relative")]);
        let words = &self.tokens[from..to];
        // 上年结转2件 and 较去年增加 are of this year.
        let carries = words.iter().any(|token| relating.contains(&token.class));
        for (place, token) in words.iter().enumerate() {
            if let Kind::Time(time) = token.kind
                && !(carries && time.is_beside())
            {
                match self.joined_time(from + place) {
                    // 今年以来 is this year.
                    Some(Time::Now | Time::Part | Time::Period) if time == Time::Since => {}
                    // 2011年、2012年、2013年 and 去年和今年.
                    Some(joined) if joined.is_a_year() && time.is_a_year() && joined != time => {
                        self.clock.hear(Time::Period);
                    }
                    _ => self.clock.hear(time),
                }
            }
            self.among |= token.class == among;
        }
    }

    /// Whether a number is one of several that stand side by side for several things or years: 行政复议、行政诉讼分别为3件、5件.
    fn is_in_list(&self, number: usize) -> bool {
        let respectively = self.text[..self.tokens[number].start].contains("分别");
        let joining = |token: &Token| {
            token.class == told::SEPARATOR
                || token.class == self.class("and")
                || respectively && matches!(&self.text[token.start..token.end], "," | ";")
        };
        let silent = |token: &&Token| token.kind != Kind::Filler;
        let is_number = |token: &Token| matches!(token.kind, Kind::Number(_));
        let mut behind = self.tokens[number + 1..].iter().filter(silent);
        let next = behind.next().is_some_and(joining) && behind.next().is_some_and(is_number);
        let bare = behind
            .next()
            .is_none_or(|token| token.kind == Kind::End || joining(token));
        let mut before = self.tokens[..number].iter().rev().filter(silent);
        let last = before.next().is_some_and(joining) && before.next().is_some_and(is_number);
        next && bare || last
    }

    /// Whether a number counts what no figure does: 12个单位, one of two that stand together (231件5231条).
    fn counts_a_noun(&self, number: usize, quantity: &Quantity) -> bool {
        let next = self.tokens.get(number + 1);
        let unit = |token: Option<&Token>| match token.map(|token| &token.kind) {
            Some(Kind::Number(other)) => Some(other.unit),
            _ => None,
        };
        let before = number.checked_sub(1).and_then(|place| self.tokens.get(place));
        let noun = quantity.unit == "个" && next.is_some_and(|token| token.kind == Kind::Unknown);
        noun || unit(next).or(unit(before)).is_some_and(|other| other != quantity.unit)
    }

    /// Whether the words of a match or behind it say that its number is only a share: 申请中有12件, 主动公开31条行政处罚信息, 每个乡镇2名.
    fn is_a_share(&self, pattern: &Pattern, start: usize, window: &Window) -> bool {
        let share = |token: &Token| token.kind == Kind::Filler && &self.text[token.start..token.end] == "中";
        let kinds = [self.class("normative"), self.class("interpretation")];
        let of_a_kind = |token: &Token| token.kind == Kind::Unknown || kinds.contains(&token.class);
        let topic = pattern.figure.topic();
        let key = pattern.figure.key.as_str();
        let kind = topic == "disclosure" && self.tokens.get(window.number + 1).is_some_and(of_a_kind);
        let channel = pattern.topic.name == "opened" && key == "disclosure.total" && self.speaks_of_a_channel(start);
        let standing = key.starts_with("institution.") || key.starts_with("training.");
        let from = if standing { 0 } else { self.tokens[window.start].start };
        let before = &self.tokens[start.min(window.number)..window.number];
        before.iter().any(share) || kind || channel || self.is_of_many(from, window.number)
    }

    /// Whether 每个乡镇 stands before a number, and no word for the body behind it.
    fn is_of_many(&self, from: usize, number: usize) -> bool {
        let others = self.context.lexicon.others;
        let text = &self.text[from..self.tokens[number].start];
        let many = |(at, word): &(usize, &str)| {
            let rest = &text[at + word.len()..];
            !others.not_every.iter().any(|word| rest.starts_with(word.as_str()))
        };
        let every = others.every.iter().flat_map(|word| text.match_indices(word.as_str()));
        let last = every.filter(many).map(|(at, _)| from + at).max();
        last.is_some_and(|last| {
            let own = |token: &Token| token.start > last && token.class == told::OWN && token.kind == Kind::Word;
            !self.tokens[..number].iter().any(own)
        })
    }

    /// Whether a channel of which no figure is stated stands before a place: 官方微博粉丝31万人，公开信息2310条.
    fn speaks_of_a_channel(&self, to: usize) -> bool {
        let channels = ["website", "gazette", "weibo", "wechat"].map(|name| self.class(name));
        let from = self.sentence.found.last().map_or(0, |found| found.place);
        let mut before = self.tokens[from.min(to)..to].iter();
        before.any(|token| channels.contains(&token.class))
    }

    /// Whether a number of reviews or lawsuits is of those that the body decides, or of all its lawsuits: no word of the match says that
    /// they are on disclosure, and it handles them, stands behind such a number, or said before that there were none on disclosure.
    fn is_of_other_disputes(&self, pattern: &Pattern, matched: &str, quantity: &Quantity) -> bool {
        let key = pattern.figure.key.as_str();
        if !key.starts_with("review_litigation.") || self.is_named(pattern.topic, matched) {
            return false;
        }
        let denied = |figure: &NarrativeFigure| figure.key == key && figure.unit.is_none() && figure.value.0.is_zero();
        let handles = matched.contains(self.class("answer"));
        let contradicts = !quantity.value.is_zero() && self.context.stated.iter().any(denied);
        self.other_disputes || handles || contradicts
    }

    /// 各类申请 that are not said to be for information may be of any business.
    fn counts_any_application(&self, start: usize, number: usize) -> bool {
        let text = &self.text[self.tokens[start].start..self.tokens[number].end];
        text.contains("各类申请") || text.contains("各种申请")
    }

    /// Hears that a number that is no figure counts another business, if it is no part of a figure before it.
    fn hear_of_business(&mut self, window: &Window, quantity: &Quantity) {
        let noise = self.class("noise");
        let names = |token: &Token| match token.kind {
            Kind::Unknown => self.subject_of(token.start, token.end) == Subject::Other(None),
            _ => token.class == noise,
        };
        let text = &self.text[..self.tokens[window.number].start];
        let clause = &text[self.tokens[window.start].start..];
        let mut applicants = self.context.lexicon.others.applicants.iter();
        if !"件宗起条份封例".contains(quantity.unit)
            || !self.tokens[window.start..window.number].iter().any(names)
            || applicants.any(|word| clause.contains(word.as_str()))
        {
            return;
        }
        let inside = self.among || text.matches('(').count() > text.matches(')').count();
        let less = self.sentence.found.iter().any(|found| found.value >= quantity.value);
        if !(inside && less) {
            (self.business, self.businesses) = (true, true);
        }
    }

    /// The subject before a bracket that a clause ends with: 乡镇(街道)收到, 全县(不含乡镇)收到.
    fn subject_before_bracket(&self, start: usize, end: usize) -> Option<Subject> {
        let close = self.tokens.get(end)?;
        let clause = &self.tokens[start..end];
        let text = |token: &Token| &self.text[token.start..token.end];
        let open = clause.iter().position(|token| text(token) == "(")?;
        if text(close) != ")" {
            return None;
        }
        let names = |token: &&Token| !matches!(token.kind, Kind::Time(_) | Kind::Filler);
        let first = clause[..open].iter().find(names)?;
        let inside = &self.text[clause[open].end..close.start];
        let leaves_out = ["不含", "不包括", "不包含", "除"]
            .iter()
            .any(|word| inside.contains(word));
        match self.subject_of(first.start, clause[open].start) {
            Subject::Unnamed | Subject::Other(None) => None,
            Subject::Own(_) | Subject::Territory(_) if leaves_out => Some(Subject::Own(Scope::Part)),
            subject => Some(subject),
        }
    }

    /// Looks at what stands behind each figure: 行政复议120件，其中涉及政府信息公开的3件 counts more than reviews on disclosure, and
    /// 主动公开5231条，今年新增231条 more than this year's.
    fn look_behind_figures(&mut self) {
        let mut found = std::mem::take(&mut self.sentence.found);
        found.retain(|figure| figure.named || !self.counts_more_things(figure));
        for figure in &mut found {
            if figure.basis == Some(Basis::Year) && self.counts_more_years(figure) {
                figure.basis = None;
            }
        }
        self.sentence.found = found;
    }

    /// The next number behind a place.
    fn next_number(&self, place: usize) -> Option<usize> {
        (place + 1..self.tokens.len()).find(|&next| matches!(self.tokens[next].kind, Kind::Number(_)))
    }

    fn counts_more_things(&self, figure: &Found) -> bool {
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
    fn counts_more_years(&self, figure: &Found) -> bool {
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

    /// The word of time that stands before another or is joined to it: 去年和今年.
    fn joined_time(&self, place: usize) -> Option<Time> {
        let joining = [told::SEPARATOR, self.class("and")];
        let mut before = self.tokens[..place].iter().rev();
        let token = before.find(|token| !joining.contains(&token.class))?;
        match token.kind {
            Kind::Time(time) => Some(time),
            _ => None,
        }
    }

    fn number(&mut self, window: &Window) {
        let Kind::Number(quantity) = &self.tokens[window.number].kind else {
            return;
        };
        let lexicon = self.context.lexicon;
        let classes = Classes::new(self.tokens, window.start, window.end);
        let Some(at) = classes
            .places
            .iter()
            .find(|(_, place)| *place == window.number)
            .map(|(byte, _)| *byte)
        else {
            return;
        };
        let before = &classes.text[..at];
        if before.contains([self.class("none"), self.class("flawed"), self.class("relative")]) {
            return;
        }
        if self.is_in_list(window.number) || self.counts_a_noun(window.number, quantity) {
            return;
        }
        let own = self.own_subject(window.start, window.number);
        for index in lexicon.set.matches(&classes.text) {
            let pattern = &lexicon.patterns[index];
            let Some(found) = pattern.regex.find(&classes.text) else {
                continue;
            };
            let behind = found.end() > at + told::NUMBER.len_utf8();
            if !pattern.units.contains(quantity.unit) || behind && window.shared && !pattern.joined {
                continue;
            }
            if pattern.topic.restates && self.text[..self.tokens[window.number].start].ends_with('的') {
                continue;
            }
            let Some(start) = classes.place(found.start()) else {
                continue;
            };
            let subject = match pattern.figure.topic() {
                "disclosure" => self.discloser_before(window.start, start, own),
                _ => self.subject_before(window.start, start, own),
            };
            if pattern.alone && !self.stands_alone(window.start, start)
                || pattern.no_way && self.has_way(window.start, start)
            {
                continue;
            }
            if pattern
                .follows
                .is_some_and(|key| !self.follows(key, pattern.after, &subject, window))
            {
                continue;
            }
            if self.of_documents && !self.is_counted_beside_documents(pattern, found.as_str()) {
                continue;
            }
            if self.is_a_share(pattern, start, window) {
                return;
            }
            if self.is_of_other_disputes(pattern, found.as_str(), quantity) {
                self.other_disputes = true;
                return;
            }
            let neutral = !matches!(subject, Subject::Other(_)) && !self.counts_any_application(start, window.number);
            if !self.is_about(pattern.topic, found.as_str(), neutral) {
                if !pattern.figure.key.starts_with("applications.") {
                    return;
                }
                let printed = self.text[self.tokens[start].start..self.tokens[window.number].end].to_owned();
                self.sentence.doubtful.push((&pattern.figure.key, printed));
                return;
            }
            let named = self.is_named(pattern.topic, found.as_str());
            self.business &= !named;
            self.take(pattern, quantity.clone(), subject, window.number, named);
            return;
        }
        self.hear_of_business(window, quantity);
    }

    /// Whether a number counts what its pattern says though the sentence sorts documents: it says 收到, or names information.
    fn is_counted_beside_documents(&self, pattern: &Pattern, matched: &str) -> bool {
        match pattern.figure.topic() {
            "applications" => matched.contains(self.class("receive")),
            "disclosure" => matched.contains(self.class("information")),
            _ => true,
        }
    }

    fn take(&mut self, pattern: &Pattern, quantity: Quantity, subject: Subject, number: usize, named: bool) {
        let key = pattern.figure.key.as_str();
        if self.clock.is_of_another_year() && key != "applications.carried_over" {
            return;
        }
        if subject != Subject::Unnamed {
            self.subject = subject;
        }
        if pattern.after == Some(After::Parts) {
            self.subject = Subject::Territory(Scope::Whole);
        }
        let basis = match key.contains("carried") {
            true => Some(Basis::Year),
            false => self.clock.basis(&self.context.said),
        };
        // 收到申请30件，其中…收到20件: a part of what the sentence named before.
        let repeated = self.among
            && self
                .sentence
                .found
                .iter()
                .any(|found| found.key == key && found.basis == basis);
        let scope = if repeated {
            Some(Scope::Part)
        } else {
            self.subject.scope()
        };
        self.sentence.found.push(Found {
            key,
            value: quantity.value,
            unit: Some(quantity.unit),
            scope,
            basis,
            approximate: quantity.approximate,
            outcome_of: pattern.follows.filter(|_| pattern.after == Some(After::Outcome)),
            territory: matches!(self.subject, Subject::Territory(_)),
            at: self.tokens[number].start,
            place: number,
            named,
            dated: self.clock.is_dated(),
        });
    }

    /// The keys of which a clause says that there were none.
    fn none(&mut self, start: usize, end: usize) {
        let none = self.class("none");
        let clause = &self.tokens[start..end];
        if clause
            .iter()
            .filter(|token| token.class == none && token.kind == Kind::Word)
            .count()
            != 1
        {
            return;
        }
        let classes = Classes::new(self.tokens, start, end);
        let zeros = &self.context.lexicon.zeros;
        let Some((zero, found)) = zeros
            .iter()
            .find_map(|zero| Some((zero, zero.regex.find(&classes.text)?)))
        else {
            return;
        };
        let Some(place) = classes.place(found.start()) else {
            return;
        };
        let subject = self.subject_before(start, place, self.own_subject(start, place));
        let neutral = !matches!(subject, Subject::Other(_));
        if self.clock.is_of_another_year() || !self.is_about(zero.topic, found.as_str(), neutral) {
            return;
        }
        self.take_zeros(zero, found.as_str(), subject, place);
    }

    fn take_zeros(&mut self, zero: &NonePattern, matched: &str, subject: Subject, place: usize) {
        if subject != Subject::Unnamed {
            self.subject = subject;
        }
        let mut keys: Vec<&'static str> = Vec::new();
        for class in matched.chars() {
            let named = zero.zero.iter().find(|(named, _)| *named == class);
            keys.extend(named.map(|(_, key)| *key).filter(|key| !keys.contains(key)));
        }
        for key in keys {
            self.sentence.found.push(Found {
                key,
                value: Decimal::ZERO,
                unit: None,
                scope: self.subject.scope(),
                basis: self.clock.basis(&self.context.said),
                approximate: false,
                outcome_of: None,
                territory: false,
                at: self.tokens[place].start,
                place,
                named: self.is_named(zero.topic, matched),
                dated: self.clock.is_dated(),
            });
        }
    }

    /// 我局 or 全县 where it stands anywhere before a number.
    fn own_subject(&self, from: usize, to: usize) -> Option<Subject> {
        let own = told::OWN;
        let token = self.tokens[from..to]
            .iter()
            .rev()
            .find(|token| token.class == own && token.kind == Kind::Word)?;
        Some(self.subject_of(token.start, token.end))
    }

    fn subject_of(&self, start: usize, end: usize) -> Subject {
        subject(
            &self.text[start..end],
            &self.context.reporter,
            self.context.lexicon.bodies,
        )
    }

    /// The subject that the words before a match name.
    fn subject_before(&self, from: usize, to: usize, own: Option<Subject>) -> Subject {
        let silent = [self.class("among"), self.class("lead"), self.class("because")];
        let names =
            |token: &&Token| !matches!(token.kind, Kind::Time(_) | Kind::Filler) && !silent.contains(&token.class);
        let mut words = self.tokens[from..to].iter().filter(names);
        let Some(first) = words.next() else {
            return own.or(self.bracketed).unwrap_or(Subject::Unnamed);
        };
        let last = words.next_back().unwrap_or(first);
        // The body that stands next to the verb is the one that acts.
        if let Some(own) = own.filter(|_| last.class == told::OWN && last.kind == Kind::Word) {
            return own;
        }
        match self.subject_of(first.start, last.end) {
            Subject::Other(None) => own.unwrap_or(Subject::Other(None)),
            subject => subject,
        }
    }

    /// The subject before a match of which the words of ways name channels and no body: 省民政厅通过省政府网站的专栏.
    fn discloser_before(&self, from: usize, to: usize, own: Option<Subject>) -> Subject {
        let Some(way) = (from..to).find(|&place| self.is_way(place) && self.leads_to_channel(place, to)) else {
            return self.subject_before(from, to, own);
        };
        self.subject_before(from, way, own)
    }

    fn is_way(&self, place: usize) -> bool {
        self.tokens[place].class == self.class("via")
    }

    fn leads_to_channel(&self, from: usize, to: usize) -> bool {
        let channels = [
            "website",
            "gazette",
            "weibo",
            "wechat",
            "way_end",
            "way_other",
            "site_part",
        ];
        let channels = channels.map(|name| self.class(name));
        self.tokens[from..to]
            .iter()
            .any(|token| channels.contains(&token.class))
    }

    /// Whether a way stands before a match, behind the body that acts: 我局通过宣传栏.
    fn has_way(&self, from: usize, to: usize) -> bool {
        let own = told::OWN;
        let acts = |place: &usize| self.tokens[*place].class == own && (*place == from || !self.is_way(place - 1));
        let behind = (from..to).rev().find(acts).unwrap_or(from);
        (behind..to).any(|place| self.is_way(place))
    }

    /// Whether no word of a known class is joined to a match before it: 予以公开及部分公开 is not 部分公开.
    fn stands_alone(&self, from: usize, start: usize) -> bool {
        let mut before = self.tokens[from..start]
            .iter()
            .rev()
            .filter(|token| token.kind != Kind::Filler);
        let Some(last) = before.next() else { return true };
        let joining = [told::SEPARATOR, self.class("and")];
        let begins = joining.contains(&last.class) && before.next().is_none();
        let free = [told::OWN, self.class("among"), self.class("lead")];
        begins || matches!(last.kind, Kind::Time(_) | Kind::Unknown) || free.contains(&last.class)
    }

    fn follows(&self, key: &str, after: Option<After>, subject: &Subject, window: &Window) -> bool {
        let mut earlier = self.sentence.found.iter().filter(|found| found.key == key);
        let basis = self.clock.basis(&self.context.said);
        match after {
            // 收到信访件120件、政府信息公开申请31件，办结150件 adds up both.
            None => {
                let mixed = self.businesses && key == "applications.new";
                !mixed && !matches!(subject, Subject::Other(_)) && earlier.next().is_some()
            }
            Some(After::OtherBasis) => {
                let unlike = earlier.next().is_some_and(|found| found.basis != basis);
                self.among && unlike && !matches!(subject, Subject::Other(_))
            }
            Some(After::Outcome) => !matches!(subject, Subject::Other(_)) && self.tells_outcomes_of(key, window.number),
            Some(After::Parts) => {
                let words = &self.text[self.tokens[window.start].start..self.tokens[window.number].start];
                let adds = ["共计", "合计", "总计", "总共", "一共"]
                    .iter()
                    .any(|word| words.contains(word));
                let last = self.sentence.found.last().is_some_and(|found| found.key == key);
                adds && last && !self.among && earlier.filter(|found| found.scope != Some(Scope::Whole)).count() > 1
            }
        }
    }

    /// Whether the numbers before one end with this figure and outcomes of it. Where another of its topic stands before it
    /// (行政复议7件、行政诉讼3件，其中), the outcomes may be of both; behind a number that is no figure (其中涉及土地2件) they may be of that.
    fn tells_outcomes_of(&self, key: &str, number: usize) -> bool {
        let found = &self.sentence.found;
        let outcomes = found
            .iter()
            .rev()
            .take_while(|found| found.outcome_of == Some(key))
            .count();
        let Some(total) = found.len().checked_sub(outcomes + 1) else {
            return false;
        };
        let between = self.tokens[..number]
            .iter()
            .filter(|token| matches!(token.kind, Kind::Number(_)) && token.start > found[total].at);
        let topic = |key: &'static str| key.split('.').next();
        let beside = total.checked_sub(1).map(|before| &found[before]);
        found[total].key == key
            && between.count() == outcomes
            && !beside.is_some_and(|beside| beside.outcome_of.is_none() && topic(beside.key) == topic(found[total].key))
    }

    fn is_about(&self, topic: &Topic, matched: &str, neutral: bool) -> bool {
        let business = self.business && matches!(topic.name.as_str(), "applications" | "disputes");
        let neutral = neutral && !business;
        let earlier = || {
            let keys = self.sentence.found.iter().map(|found| found.key);
            keys.clone()
                .any(|key| topic.after.iter().any(|start| key.starts_with(start.as_str())))
        };
        self.is_named(topic, matched)
            || neutral && (self.is_headed(topic) || earlier() || topic.near && self.is_beside(topic))
    }

    /// Whether the words of a match name a topic.
    fn is_named(&self, topic: &Topic, matched: &str) -> bool {
        topic.words.iter().any(|name| matched.contains(self.class(name)))
    }

    /// Whether the clause before names a topic: 开展政府信息公开工作。为此，配备了2名兼职人员.
    fn is_beside(&self, topic: &Topic) -> bool {
        let classes: Vec<Class> = topic.words.iter().map(|name| self.class(name)).collect();
        let names = |tokens: &[Token]| tokens.iter().any(|token| classes.contains(&token.class));
        match self.earlier {
            Some((start, end)) => names(&self.tokens[start..end]),
            None => {
                let earlier = self.context.earlier.trim_end_matches(['。', '!', '?']);
                let last = earlier.rfind([',', ';']).map_or(earlier, |at| &earlier[at + 1..]);
                names(&tokens(last, self.context.reporter.year, self.context.lexicon))
            }
        }
    }

    /// Whether a clause has more than times and words that lead in.
    fn says_something(&self, start: usize, end: usize) -> bool {
        let lead = self.class("lead");
        self.tokens[start..end]
            .iter()
            .any(|token| !matches!(token.kind, Kind::Time(_) | Kind::Filler) && token.class != lead)
    }

    fn is_headed(&self, topic: &Topic) -> bool {
        let has = |heading: &str, words: &[String]| words.iter().any(|word| heading.contains(word.as_str()));
        self.context.headings.iter().any(|heading| {
            has(heading, &topic.headings)
                && (topic.beside.is_empty() || has(heading, &topic.beside))
                && !has(heading, &topic.never)
        })
    }

    /// Whether the sentence counts documents by whether they may be had.
    fn counts_documents(&self) -> bool {
        let words: Vec<Class> = self
            .tokens
            .iter()
            .filter(|token| token.kind != Kind::Filler)
            .map(|token| token.class)
            .collect();
        let counted = |name: &str| {
            let (class, number) = (self.class(name), told::NUMBER);
            let information = [self.class("information"), self.class("open")];
            let before = |at: usize| at == 0 || words[at - 1] != self.class("receive");
            (0..words.len()).any(|at| {
                let next = words[at + 1..].iter().find(|word| !information.contains(word));
                words[at] == class && before(at) && next == Some(&number)
            })
        };
        words.contains(&self.class("made")) || counted("disclose") && counted("on_application")
    }
}

/// 县政府25件，各乡镇20件: where bodies stand side by side and none is the sum of the others, each is a part.
fn parts_beside(found: &mut [Found], text: &str) {
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
