//! Numbers of which the words around them say that they count only a share, one of many, or no figure at all.

use super::{Reader, Window};
use crate::narrative::lexicon::{Pattern, told};
use crate::narrative::token::{Kind, Token};
use crate::text::quantity::Quantity;

impl Reader<'_> {
    /// Whether a number is one of several that stand side by side for several things or years: 行政复议、行政诉讼分别为3件、5件.
    pub(super) fn is_in_list(&self, number: usize) -> bool {
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
    pub(super) fn counts_a_noun(&self, number: usize, quantity: &Quantity) -> bool {
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
    pub(super) fn is_a_share(&self, pattern: &Pattern, start: usize, window: &Window) -> bool {
        let share = |token: &Token| token.kind == Kind::Filler && &self.text[token.start..token.end] == "中";
        let kinds = [self.class("normative"), self.class("interpretation")];
        let of_a_kind = |token: &Token| token.kind == Kind::Unknown || kinds.contains(&token.class);
        let topic = pattern.figure.topic();
        let key = pattern.figure.key.as_str();
        let kind = topic == "disclosure" && self.tokens.get(window.number + 1).is_some_and(of_a_kind);
        let channel = pattern.topic.name == "opened" && key == "disclosure.total" && self.speaks_of_a_channel(start);
        // 行政复议、行政诉讼分别为3件 is no number of both.
        let words = &self.text[self.tokens[start.min(window.number)].start..self.tokens[window.number].start];
        let respectively = key == "review_litigation.review_and_litigation" && words.contains("分别");
        let standing = key.starts_with("institution.") || key.starts_with("training.");
        let from = if standing { 0 } else { self.tokens[window.start].start };
        let before = &self.tokens[start.min(window.number)..window.number];
        before.iter().any(share) || kind || channel || respectively || self.is_of_many(from, window.number)
    }

    /// Whether a number is of one kind of fee and the sentence has more sums: 检索费200元、复制费1050元.
    pub(super) fn is_one_of_fees(&self, pattern: &Pattern, words: &str, number: usize) -> bool {
        const KINDS: &[&str] = &["检索", "复制", "复印", "打印", "邮寄", "递送", "工本", "资料费", "成本"];
        let is_sum = |(place, token): (usize, &Token)| {
            place != number && matches!(&token.kind, Kind::Number(quantity) if quantity.unit.ends_with('元'))
        };
        pattern.figure.topic() == "fees"
            && KINDS.iter().any(|kind| words.contains(kind))
            && !words.contains('等')
            && self.tokens.iter().enumerate().any(is_sum)
    }

    /// Whether 每个乡镇 stands before a number, and no word for the body behind it.
    pub(super) fn is_of_many(&self, from: usize, number: usize) -> bool {
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
    pub(super) fn speaks_of_a_channel(&self, to: usize) -> bool {
        let channels = ["website", "gazette", "weibo", "wechat"].map(|name| self.class(name));
        let from = self.sentence.found.last().map_or(0, |found| found.place);
        let mut before = self.tokens[from.min(to)..to].iter();
        before.any(|token| channels.contains(&token.class))
    }
}
