//! Figures that only those before them in the sentence give a meaning: sums of parts, the rest of a total, outcomes.

use super::{Reader, Window};
use crate::narrative::lexicon::After;
use crate::narrative::scope::Subject;
use crate::narrative::token::Kind;
use crate::report::Scope;

impl Reader<'_> {
    pub(super) fn follows(&self, key: &str, after: Option<After>, subject: &Subject, window: &Window) -> bool {
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
            Some(After::Rest) => self.is_rest_of_total(window.number),
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

    /// Whether a number and what was carried over, which stands before it, are together the applications that stand before both.
    fn is_rest_of_total(&self, number: usize) -> bool {
        let Kind::Number(quantity) = &self.tokens[number].kind else {
            return false;
        };
        match &self.sentence.found[..] {
            [.., total, carried] => {
                let keys = (total.key, carried.key) == ("applications.new", "applications.carried_over");
                keys && carried.value.checked_add(quantity.value) == Some(total.value)
            }
            _ => false,
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
}
