//! Statements that there was none: 未收到政府信息公开申请, 无行政复议.

use rust_decimal::Decimal;

use super::{Classes, Found, Reader};
use crate::narrative::lexicon::NonePattern;
use crate::narrative::scope::Subject;
use crate::narrative::token::Kind;
use crate::report::{Basis, Scope};

impl Reader<'_> {
    /// The keys of which a clause says that there were none.
    pub(super) fn none(&mut self, start: usize, end: usize) {
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
        // 除网上申请2件外，未收到申请.
        if self.text[..self.tokens[start].start].contains('除') && self.text[..self.tokens[start].start].contains('外')
        {
            return;
        }
        if self.clock.is_of_another_year() || self.frame.planned || !self.is_about(zero.topic, found.as_str(), neutral)
        {
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
            let limited = self.frame.limited.holds_for(key);
            self.sentence.found.push(Found {
                key,
                value: Decimal::ZERO,
                unit: None,
                scope: self.scope().filter(|scope| !(limited && *scope == Scope::Whole)),
                // None so far are none in the year too.
                basis: match self.clock.may_be_of_all_years() {
                    true => Some(Basis::Year),
                    false => self.clock.basis(&self.context.said),
                },
                approximate: false,
                so_far: false,
                outcome_of: None,
                territory: false,
                at: self.tokens[place].start,
                place,
                named: self.is_named(zero.topic, matched),
                dated: self.clock.is_dated(),
            });
        }
    }
}
