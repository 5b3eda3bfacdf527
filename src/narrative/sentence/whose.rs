//! Whose figure a number is: what the words before it name.

use super::Reader;
use crate::narrative::lexicon::told;
use crate::narrative::scope::{Subject, subject};
use crate::narrative::token::{Kind, Token};
use crate::report::Scope;

impl Reader<'_> {
    /// 我局 or 全县 where it stands anywhere before a number.
    pub(super) fn own_subject(&self, from: usize, to: usize) -> Option<Subject> {
        let own = told::OWN;
        let token = self.tokens[from..to]
            .iter()
            .rev()
            .find(|token| token.class == own && token.kind == Kind::Word)?;
        Some(self.subject_of(token.start, token.end))
    }

    pub(super) fn subject_of(&self, start: usize, end: usize) -> Subject {
        subject(
            &self.text[start..end],
            &self.context.reporter,
            self.context.lexicon.bodies,
        )
    }

    /// The subject that the words before a match name.
    pub(super) fn subject_before(&self, from: usize, to: usize, own: Option<Subject>) -> Subject {
        let silent = [self.class("among"), self.class("lead"), self.class("because")];
        let names =
            |token: &&Token| !matches!(token.kind, Kind::Time(_) | Kind::Filler) && !silent.contains(&token.class);
        let mut words = self.tokens[from..to].iter().filter(names);
        let Some(first) = words.next() else {
            return own.unwrap_or(Subject::Unnamed);
        };
        // 12个街道共主动公开3600条.
        if from.checked_sub(1).is_some_and(|before| self.counts_bodies(before)) {
            return Subject::Other(Some(Scope::Several));
        }
        let last = words.next_back().unwrap_or(first);
        // The body that stands next to the verb is the one that acts.
        if let Some(own) = own.filter(|_| last.class == told::OWN && last.kind == Kind::Word) {
            return if self.is_handed_over(from, to) {
                Subject::Other(None)
            } else {
                own
            };
        }
        if self.acts_unknown(from, to) {
            return Subject::Other(None);
        }
        match self.subject_of(first.start, last.end) {
            Subject::Other(None) => own.unwrap_or(Subject::Other(None)),
            subject if subject.scope() == Some(Scope::Whole) && self.has_stranger(from, to) => Subject::Other(None),
            subject => subject,
        }
    }

    /// Whether another body stands between the last word for the reporting body and a match:
    /// 我局办理以县政府为被申请人的行政复议3件.
    fn has_stranger(&self, from: usize, to: usize) -> bool {
        let is_own = |place: &usize| self.tokens[*place].class == told::OWN && self.tokens[*place].kind == Kind::Word;
        let Some(own) = (from..to).rev().find(is_own) else {
            return false;
        };
        let mut words = self.tokens[own + 1..to]
            .iter()
            .filter(|token| token.kind == Kind::Unknown);
        words.any(|word| {
            let is_body = matches!(self.subject_of(word.start, word.end), Subject::Other(Some(_)));
            is_body && self.subject_of(self.tokens[own].start, word.end).scope() != Some(Scope::Whole)
        })
    }

    /// Whether the token at a place is a number of bodies, whose name stands behind it.
    fn counts_bodies(&self, place: usize) -> bool {
        let next = self.tokens.get(place + 1);
        let next = next.map(|token| self.subject_of(token.start, token.end));
        let is_body = matches!(next, Some(Subject::Own(_) | Subject::Other(Some(_))));
        matches!(&self.tokens[place].kind, Kind::Number(quantity) if matches!(quantity.unit, "个" | "家")) && is_body
    }

    /// Whether a clause begins with a number of bodies, of which it speaks: 我镇15个村认真落实.
    pub(super) fn speaks_of_counted_bodies(&self, start: usize, number: usize) -> bool {
        let is_lead = |token: &Token| token.class == told::OWN || matches!(token.kind, Kind::Time(_) | Kind::Filler);
        let is_counted =
            matches!(&self.tokens[number].kind, Kind::Number(quantity) if matches!(quantity.unit, "个" | "家"));
        let behind = &self.text[self.tokens[number].end..];
        let mut names = self
            .context
            .lexicon
            .bodies
            .nouns
            .iter()
            .chain(&self.context.lexicon.bodies.territories);
        is_counted
            && self.tokens[start..number].iter().all(is_lead)
            && names.any(|name| behind.starts_with(name.as_str()))
    }

    /// Whether another body acts on the one that stands last before a match: 县政府办转交我局办理, 县政府考核我镇.
    fn is_handed_over(&self, from: usize, to: usize) -> bool {
        let is_own = |place: &usize| self.tokens[*place].class == told::OWN;
        let Some(own) = (from..to).rev().find(is_own) else {
            return false;
        };
        let before = &self.text[self.tokens[from].start..self.tokens[own].start];
        let follows_rule = ["按", "根据", "依据", "遵照"]
            .iter()
            .any(|word| before.starts_with(word));
        self.context.lexicon.others.hands_over.end(before) && !follows_rule
    }

    /// Whether a word that is not known, and names no body, stands between the last word for the reporting body and a match. It may be the
    /// verb, or make the number a part: 我县抽查政府信息公开申请7件, 我县围绕征地拆迁收到政府信息公开申请31件.
    fn acts_unknown(&self, from: usize, to: usize) -> bool {
        // 因本机关不掌握等原因 says why and not who.
        let acts = |place: &usize| {
            let (token, before) = (&self.tokens[*place], place.checked_sub(1));
            let own = token.class == told::OWN && token.kind == Kind::Word;
            own && before.is_none_or(|before| self.tokens[before].class != self.class("because"))
        };
        let behind = (from..to).rev().find(acts).map_or(to, |place| place + 1);
        let particles = &self.context.lexicon.others.particles;
        let unknown = |token: &&Token| {
            let text = &self.text[token.start..token.end];
            token.kind == Kind::Unknown && !particles.iter().any(|particle| particle == text)
        };
        let mut words = self.tokens[behind..to].iter().filter(unknown);
        words.any(|word| matches!(self.subject_of(word.start, word.end), Subject::Other(None)))
    }

    /// The subject before a match of which the words of ways name channels and no body: 省民政厅通过省政府网站的专栏.
    pub(super) fn discloser_before(&self, from: usize, to: usize, own: Option<Subject>) -> Subject {
        let Some(way) = (from..to).find(|&place| self.is_way(place) && self.leads_to_channel(place, to)) else {
            return self.subject_before(from, to, own);
        };
        self.subject_before(from, way, own)
    }

    /// Whether applications are the object of something else than an answer, which may be of a part of them:
    /// 对收到的政府信息公开申请4件进行了电话沟通.
    fn is_acted_upon(&self, from: usize, to: usize, number: usize) -> bool {
        let text = |token: &Token| &self.text[token.start..token.end];
        if !self.tokens[from..to]
            .iter()
            .any(|token| matches!(text(token), "对" | "针对" | "就"))
        {
            return false;
        }
        let answer = self.class("answer");
        let quiet = [
            "information",
            "open",
            "on_application",
            "application",
            "thing",
            "public",
        ]
        .map(|name| self.class(name));
        let speaks = |token: &&Token| {
            !matches!(token.kind, Kind::Time(_) | Kind::Filler | Kind::End) && !quiet.contains(&token.class)
        };
        let behind = &self.tokens[number + 1..];
        let Some(first) = behind.iter().position(|token| speaks(&token)) else {
            return true;
        };
        let clause = behind[first..].iter().take_while(|token| token.kind != Kind::End);
        !clause.into_iter().any(|token| token.class == answer)
    }

    /// The subject before a match that counts applications. Those that came one way are only a part: 我县通过政府网站收到.
    pub(super) fn receiver_before(&self, from: usize, to: usize, number: usize, own: Option<Subject>) -> Subject {
        if self.is_acted_upon(from, to, number) {
            return Subject::Other(None);
        }
        let ways = [
            "way_in_person",
            "way_fax",
            "way_online",
            "way_letter",
            "way_email",
            "way_other",
            "way_end",
            "website",
        ];
        let ways = ways.map(|name| self.class(name));
        let leads = |place: &usize| self.tokens[*place..to].iter().any(|token| ways.contains(&token.class));
        let Some(way) = (from..to).find(|place| self.is_way(*place) && leads(place)) else {
            return self.subject_before(from, to, own);
        };
        let text = &self.text[self.tokens[way].start..self.tokens[to].start];
        match self
            .context
            .lexicon
            .others
            .many_ways
            .iter()
            .any(|word| text.contains(word.as_str()))
        {
            true => self.subject_before(from, way, own),
            false => Subject::Other(None),
        }
    }

    pub(super) fn is_way(&self, place: usize) -> bool {
        self.tokens[place].class == self.class("via")
    }

    pub(super) fn leads_to_channel(&self, from: usize, to: usize) -> bool {
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
    pub(super) fn has_way(&self, from: usize, to: usize) -> bool {
        let own = told::OWN;
        let acts = |place: &usize| self.tokens[*place].class == own && (*place == from || !self.is_way(place - 1));
        let behind = (from..to).rev().find(acts).unwrap_or(from);
        (behind..to).any(|place| self.is_way(place))
    }
}
