//! What a number is about, by its own words, the headings above it, and what the sentence counted before it.

use super::{Reader, Window};
use crate::narrative::frame::Handled;
use crate::narrative::lexicon::{Class, Pattern, Topic, told};
use crate::narrative::scope::Subject;
use crate::narrative::token::{Kind, Token, tokens};
use crate::report::NarrativeFigure;
use crate::text::quantity::Quantity;

impl Reader<'_> {
    /// Whether a number of reviews or lawsuits is of those that the body decides, or of all its lawsuits: no word of the match says that
    /// they are on disclosure, and it handles them, stands behind such a number, or said before that there were none on disclosure.
    pub(super) fn is_of_other_disputes(&self, pattern: &Pattern, matched: &str, quantity: &Quantity) -> bool {
        let key = pattern.figure.key.as_str();
        if !key.starts_with("review_litigation.") || self.is_named(pattern.topic, matched) {
            return false;
        }
        let denied = |figure: &NarrativeFigure| figure.key == key && figure.unit.is_none() && figure.value.0.is_zero();
        let handles = matched.contains(self.class("answer"));
        let contradicts = !quantity.value.is_zero() && self.context.stated.iter().any(denied);
        self.other_disputes || handles || contradicts
    }

    /// Whether the words of a number of disputes say what only those do who decide them, so that it may count those of others:
    /// 县政府受理政府信息公开行政复议案件12件.
    pub(super) fn may_decide(&self, pattern: &Pattern, matched: &str, words: &str, quantity: &Quantity) -> bool {
        let is_dispute = pattern.figure.key.starts_with("review_litigation.") && pattern.after.is_none();
        let is_against = matched.contains(self.class("passive")) || quantity.value.is_zero();
        let mut decides = self.context.lexicon.others.decides.iter();
        is_dispute && !is_against && decides.any(|word| words.contains(word.as_str()))
    }

    /// Whether no word of a match that counts applications says what was done with them, so that an unknown word before it does:
    /// 审核政府信息公开申请12件.
    pub(super) fn leaves_verb_open(&self, pattern: &Pattern, matched: &str) -> bool {
        pattern.figure.key == "applications.new" && !matched.contains(self.class("receive"))
    }

    /// 各类申请 that are not said to be for information may be of any business.
    pub(super) fn counts_any_application(&self, start: usize, number: usize) -> bool {
        let text = &self.text[self.tokens[start].start..self.tokens[number].end];
        text.contains("各类申请") || text.contains("各种申请")
    }

    /// Hears that a number that is no figure counts another business, if it is no part of a figure before it.
    pub(super) fn hear_of_business(&mut self, window: &Window, quantity: &Quantity) {
        let noise = self.class("noise");
        let names = |token: &Token| match token.kind {
            Kind::Unknown => self.subject_of(token.start, token.end) == Subject::Other(None),
            _ => token.class == noise,
        };
        let text = &self.text[..self.tokens[window.number].start];
        let clause = &text[self.tokens[window.start].start..];
        let mut applicants = self.context.lexicon.others.applicants.iter();
        let handled = ["review", "litigation", "appeal", "complaint", "consult"].map(|name| self.class(name));
        let words = &self.tokens[window.start..window.number];
        if words.iter().any(|token| handled.contains(&token.class)) {
            if !self.is_part_of_figure(window, quantity) {
                self.frame.handled = Handled::Others;
            }
            return;
        }
        if !"件宗起条份封例".contains(quantity.unit)
            || !words.iter().any(names)
            || applicants.any(|word| clause.contains(word.as_str()))
        {
            return;
        }
        if !(self.among && self.is_less(quantity) || self.is_part_of_figure(window, quantity)) {
            (self.frame.handled, self.businesses) = (Handled::Business, true);
        }
    }

    fn is_less(&self, quantity: &Quantity) -> bool {
        self.sentence.found.iter().any(|found| found.value >= quantity.value)
    }

    /// Whether a number counts a part of a figure before it: 收到申请31件(其中电话咨询3件).
    fn is_part_of_figure(&self, window: &Window, quantity: &Quantity) -> bool {
        let text = &self.text[..self.tokens[window.number].start];
        let words = &self.tokens[window.start..window.number];
        let inside = text.matches('(').count() > text.matches(')').count();
        (inside || words.iter().any(|token| token.class == self.class("among"))) && self.is_less(quantity)
    }

    /// Hears what a number counts that a pattern names.
    pub(super) fn hear_of_topic(&mut self, topic: &Topic, matched: &str, window: &Window, quantity: &Quantity) {
        self.frame.handled = match topic.name.as_str() {
            "applications" if self.is_named(topic, matched) || self.is_of_applications(topic, matched) => {
                Handled::Applications
            }
            "disputes" | "consultation"
                if self.frame.handled == Handled::Applications && !self.is_part_of_figure(window, quantity) =>
            {
                Handled::Others
            }
            _ => self.frame.handled,
        };
    }

    /// Whether what the sentence counted last lets a match without a word of its topic be about it: the 办结5件 behind 举报投诉5件 are
    /// no applications.
    fn is_of_applications(&self, topic: &Topic, matched: &str) -> bool {
        match self.frame.handled {
            Handled::Applications => true,
            Handled::Others => {
                topic.name != "applications"
                    || matched.contains([self.class("application"), self.class("on_application")])
            }
            Handled::Business => !matches!(topic.name.as_str(), "applications" | "disputes" | "no_disputes"),
        }
    }

    /// Whether a number counts what its pattern says though the sentence sorts documents: it says 收到, or names information.
    pub(super) fn is_counted_beside_documents(&self, pattern: &Pattern, matched: &str) -> bool {
        match pattern.figure.topic() {
            "applications" => matched.contains(self.class("receive")),
            "disclosure" => matched.contains(self.class("information")),
            _ => true,
        }
    }

    pub(super) fn is_about(&self, topic: &Topic, matched: &str, neutral: bool) -> bool {
        let neutral = neutral && self.is_of_applications(topic, matched);
        let is_after = |key: &str| topic.after.iter().any(|start| key.starts_with(start.as_str()));
        let before =
            || self.text.starts_with("其中") && self.context.stated_before.iter().any(|figure| is_after(&figure.key));
        let earlier = || self.sentence.found.iter().any(|found| is_after(found.key)) || before();
        self.is_named(topic, matched)
            || neutral && (self.is_headed(topic) || earlier() || topic.near && self.is_beside(topic))
    }

    /// Whether the words of a match name a topic.
    pub(super) fn is_named(&self, topic: &Topic, matched: &str) -> bool {
        topic.words.iter().any(|name| matched.contains(self.class(name)))
    }

    /// Whether the clause before names a topic: 开展政府信息公开工作。为此，配备了2名兼职人员.
    pub(super) fn is_beside(&self, topic: &Topic) -> bool {
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

    pub(super) fn is_headed(&self, topic: &Topic) -> bool {
        let has = |heading: &str, words: &[String]| words.iter().any(|word| heading.contains(word.as_str()));
        self.context.headings.iter().any(|heading| {
            has(heading, &topic.headings)
                && (topic.beside.is_empty() || has(heading, &topic.beside))
                && !has(heading, &topic.never)
        })
    }

    /// Whether the sentence counts documents by whether they may be had.
    pub(super) fn counts_documents(&self) -> bool {
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
