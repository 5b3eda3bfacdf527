//! The figures of one sentence.
//!
//! Each number is looked at with the words of its clause, up to the numbers and commas beside it. A pattern of the lexicon says what
//! it counts; then the sentence says whose it is and of what time. Invariant: a number of which the sentence does not say that it counts
//! applications, replies or disputes about information counts nothing.

mod among;
mod doubt;
mod follows;
mod none;
mod share;
mod topic;
mod whose;
mod window;

use rust_decimal::Decimal;

use among::Parent;
use doubt::parts_beside;
use window::{Classes, Window, between};

use super::frame::{Frame, Handled};
use super::heading::Headings;
use super::lexicon::{After, Class, Lexicon, Pattern, told};
use super::limit::{Limit, clause_limits};
use super::scope::{Reporter, Subject};
use super::time::{Clock, Time};
use super::token::{Kind, Token, tokens};
use crate::report::{Basis, NarrativeFigure, Scope};
use crate::text::quantity::Quantity;

/// A figure of a sentence.
#[derive(Clone, Debug)]
pub(super) struct Found {
    pub key: &'static str,
    pub value: Decimal,
    pub unit: Option<&'static str>,
    pub scope: Option<Scope>,
    pub basis: Option<Basis>,
    pub approximate: bool,
    /// Whether 累计 stands before it, which may mean all years.
    pub so_far: bool,
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
    /// The figures of the sentences before it.
    pub stated: &'a [NarrativeFigure],
    /// Those of the sentence right before it, in the same paragraph.
    pub stated_before: &'a [NarrativeFigure],
    /// The folded sentence before it in the paragraph.
    pub earlier: &'a str,
}

/// Reads a folded sentence; its words of time go to `clock`, and what it says for the next one to `frame`.
pub(super) fn read(text: &str, context: &Context, clock: &mut Clock, frame: &mut Frame) -> Sentence {
    let tokens = tokens(text, context.reporter.year, context.lexicon);
    let mut reader = Reader {
        text,
        context,
        tokens: &tokens,
        clock: Clock::new(frame.time),
        frame: *frame,
        subject: Subject::Unnamed,
        sentence: Sentence::default(),
        of_documents: false,
        among: false,
        parent: None,
        businesses: false,
        other_disputes: false,
        limited: frame.limited,
        earlier: None,
    };
    reader.of_documents = reader.counts_documents();
    reader.read();
    reader.look_behind_figures();
    *clock = reader.clock;
    *frame = reader.frame_behind();
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
    /// What the text before the sentence, and the sentence so far, say of plans, of another body and of another business.
    frame: Frame,
    /// Whom the sentence speaks of.
    subject: Subject,
    sentence: Sentence,
    /// Whether the sentence sorts documents by how they may be had: 主动公开150件，依申请公开40件，不予公开20件.
    of_documents: bool,
    /// Whether 其中 stands behind the last figure.
    among: bool,
    /// What the last 其中 is of.
    parent: Option<Parent>,
    /// Whether any number before counts another business: 热线工单2310件.
    businesses: bool,
    /// Whether the reviews or lawsuits that it speaks of are not on disclosure.
    other_disputes: bool,
    /// To what a clause before limits what follows it: 在扶贫领域, 抽查5个单位.
    limited: Limit,
    /// The clause before that says something: places in the list of tokens.
    earlier: Option<(usize, usize)>,
}

/// A number that a pattern says the meaning of.
struct Taken {
    quantity: Quantity,
    subject: Subject,
    /// Its place in the list of tokens.
    number: usize,
    /// Whether its own words name its topic.
    named: bool,
    /// Whether it is of one kind of several that the sentence counts.
    of_kind: bool,
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
                self.hear_exception(start, end);
                self.hear(start, end, true, true);
                self.frame.hear_matter(between(self.text, &self.tokens[start..end]));
                self.none(start, end);
            }
            let mut from = start;
            for (index, &number) in numbers.iter().enumerate() {
                let next = numbers.get(index + 1).copied();
                self.hear(from, number, from == start, false);
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
                self.hear(from, end, false, false);
                if self.speaks_of_counted_bodies(start, numbers[0]) {
                    self.frame.speaker = Subject::Other(None);
                }
            }
            if let Some(limited) = clause_limits(between(self.text, &self.tokens[start..end]), !numbers.is_empty()) {
                self.limited = limited;
            }
            if self.says_something(start, end) {
                self.earlier = Some((start, end));
                self.clock.begin_clause();
            }
            // A bracket ends what stands in it.
            if self
                .tokens
                .get(end)
                .is_some_and(|token| self.text[token.start..].starts_with(')'))
            {
                self.parent = None;
            }
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

    /// Hears what the words between two places say of time and parts; `aside` says that they are a clause without a number.
    fn hear(&mut self, from: usize, to: usize, begins: bool, aside: bool) {
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
                    _ if aside && place > 0 => {
                        self.clock.hear_aside(time);
                    }
                    _ => self.clock.hear(time),
                }
            }
            if token.class == among {
                self.among = true;
                self.parent = self.parent_before(from + place);
            }
            self.frame.planned &= token.kind != Kind::Time(Time::Now);
        }
        if self
            .frame
            .hear(between(self.text, words), begins, &self.context.reporter)
        {
            self.subject = Subject::Unnamed;
        }
    }

    /// Hears that what follows leaves disclosure out: 除信息公开外，被提起行政诉讼56件.
    fn hear_exception(&mut self, start: usize, end: usize) {
        let clause = between(self.text, &self.tokens[start..end]);
        let leaves_out =
            clause.starts_with('除') && clause.contains("公开") && (clause.ends_with('外') || clause.ends_with("以外"));
        self.other_disputes |= leaves_out;
    }

    /// Whose a figure here is.
    fn scope(&self) -> Option<Scope> {
        match self.subject {
            Subject::Unnamed => self.frame.speaker.scope(),
            subject => subject.scope(),
        }
    }

    /// What holds behind the sentence.
    fn frame_behind(&self) -> Frame {
        let handled = match self.frame.handled {
            Handled::Business => Handled::Others,
            handled => handled,
        };
        Frame { handled, ..self.frame }
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
        if before.contains(["none", "flawed", "relative", "planned"].map(|name| self.class(name))) {
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
                "applications" => self.receiver_before(window.start, start, window.number, own),
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
            let named = self.is_named(pattern.topic, found.as_str());
            if self.is_of_other_disputes(pattern, found.as_str(), quantity) {
                self.other_disputes = true;
                self.hear_of_topic(pattern.topic, found.as_str(), window, quantity);
                return;
            }
            let neutral = !matches!(subject, Subject::Other(_)) && !self.counts_any_application(start, window.number);
            let about = self.is_about(pattern.topic, found.as_str(), neutral)
                && !(subject == Subject::Other(None) && self.leaves_verb_open(pattern, found.as_str()));
            self.hear_of_topic(pattern.topic, found.as_str(), window, quantity);
            if !about {
                if matches!(subject, Subject::Other(Some(_))) {
                    self.subject = subject;
                }
                if !pattern.figure.key.starts_with("applications.") {
                    return;
                }
                let printed = self.text[self.tokens[start].start..self.tokens[window.number].end].to_owned();
                self.sentence.doubtful.push((&pattern.figure.key, printed));
                return;
            }
            let words = &self.text[self.tokens[start].start..self.tokens[window.number].start];
            let subject = match self.may_decide(pattern, found.as_str(), words, quantity) {
                true => Subject::Other(None),
                false => subject,
            };
            let taken = Taken {
                quantity: quantity.clone(),
                subject,
                number: window.number,
                named,
                of_kind: self.is_one_of_fees(pattern, words, window.number),
            };
            self.take(pattern, taken);
            return;
        }
        self.hear_of_business(window, quantity);
    }

    fn take(&mut self, pattern: &Pattern, taken: Taken) {
        let Taken {
            quantity,
            subject,
            number,
            named,
            of_kind,
        } = taken;
        let key = pattern.figure.key.as_str();
        let of_another_year = self.clock.is_of_another_year() && key != "applications.carried_over";
        if of_another_year || self.frame.planned {
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
        // 收到申请30件，其中…收到20件: a part of what the sentence named before. So is 其中我镇公开156条 behind 县政府网站公开180条.
        let is_channel = |key: &str| key.starts_with("disclosure.channels.");
        let repeated = self.among
            && pattern.after != Some(After::Rest)
            && self.sentence.found.iter().any(|found| {
                (found.key == key || is_channel(found.key) && key == "disclosure.total") && found.basis == basis
            });
        // 全县101件。其中，县政府65件.
        let before = self.text.starts_with("其中")
            && self
                .context
                .stated_before
                .iter()
                .any(|figure| figure.key == key && figure.basis == basis);
        let of_part = self.is_of_part(key) && !matches!(subject, Subject::Own(_));
        if repeated || before {
            self.parent = Some(Parent {
                key: Some(key),
                part: true,
            });
        }
        // 全市4500条，其中我局45条: the body is a part of what is several, and whole itself.
        let own_of_several = matches!(self.subject, Subject::Own(Scope::Whole))
            && self
                .sentence
                .found
                .iter()
                .any(|found| found.key == key && found.territory && found.scope != Some(Scope::Whole));
        let scope = match repeated && !own_of_several {
            true => Some(Scope::Part),
            false if before && self.scope() == Some(Scope::Whole) => Some(Scope::Part),
            false => {
                let limited = of_kind || of_part || self.limited.holds_for(key);
                self.scope().filter(|scope| !(limited && *scope == Scope::Whole))
            }
        };
        let both = key == "review_litigation.review_and_litigation" && quantity.value.is_zero();
        let first = self.sentence.found.len();
        self.sentence.found.push(Found {
            key,
            value: quantity.value,
            unit: Some(quantity.unit),
            scope,
            basis,
            approximate: quantity.approximate || self.is_estimated(number),
            so_far: self.clock.may_be_of_all_years(),
            outcome_of: pattern.follows.filter(|_| pattern.after == Some(After::Outcome)),
            territory: matches!(self.subject, Subject::Territory(_)),
            at: self.tokens[number].start,
            place: number,
            named,
            dated: self.clock.is_dated(),
        });
        // 行政复议、行政诉讼均为0件.
        if let Some(none) = self.sentence.found.get(first).filter(|_| both).cloned() {
            let of_each = ["review_litigation.review", "review_litigation.litigation"];
            self.sentence
                .found
                .extend(of_each.map(|key| Found { key, ..none.clone() }));
        }
    }

    /// Whether the sentence says before a number that it was not counted out: 据不完全统计.
    fn is_estimated(&self, number: usize) -> bool {
        let before = &self.text[..self.tokens[number].start];
        ["不完全统计", "初步统计", "粗略统计", "估算"]
            .iter()
            .any(|word| before.contains(word))
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

    /// Whether a clause has more than times and words that lead in.
    fn says_something(&self, start: usize, end: usize) -> bool {
        let lead = self.class("lead");
        self.tokens[start..end]
            .iter()
            .any(|token| !matches!(token.kind, Kind::Time(_) | Kind::Filler) && token.class != lead)
    }
}
