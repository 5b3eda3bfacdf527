//! Whose figure a number is: what the words before it name.

use super::Reader;
use crate::narrative::lexicon::told;
use crate::narrative::scope::{Subject, names_a_body, subject};
use crate::narrative::token::{Kind, Token};
use crate::report::Scope;

impl Reader<'_> {
    /// The subject before a bracket that a clause ends with: 乡镇(街道)收到, 全县(不含乡镇)收到.
    pub(super) fn subject_before_bracket(&self, start: usize, end: usize) -> Option<Subject> {
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
            Subject::Own(_) | Subject::Territory(_) if leaves_out => Some(Subject::Own(Some(Scope::Part))),
            subject => Some(subject),
        }
    }

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
        self.subject_named(&self.text[start..end])
    }

    fn subject_named(&self, name: &str) -> Subject {
        subject(name, &self.context.reporter, self.context.lexicon.bodies)
    }

    /// The words from one place to before another without those of time and fillers, except a filler within unknown words: 大数据局.
    fn phrase(&self, from: usize, to: usize) -> String {
        let is_unknown = |place: Option<usize>| {
            let token = place.and_then(|place| self.tokens.get(place));
            token.is_some_and(|token| token.kind == Kind::Unknown)
        };
        let within = |place: usize| is_unknown(place.checked_sub(1)) && is_unknown(Some(place + 1));
        let speaks = |place: &usize| match self.tokens[*place].kind {
            Kind::Time(_) => false,
            Kind::Filler => within(*place),
            _ => true,
        };
        let texts = (from..to).filter(speaks).map(|place| &self.tokens[place]);
        texts.map(|token| &self.text[token.start..token.end]).collect()
    }

    /// The subject that the words before a match name.
    pub(super) fn subject_before(&self, from: usize, to: usize, own: Option<Subject>) -> Subject {
        let silent = [self.class("among"), self.class("lead"), self.class("because")];
        let names = |place: &usize| {
            let token = &self.tokens[*place];
            !matches!(token.kind, Kind::Time(_) | Kind::Filler) && !silent.contains(&token.class)
        };
        let mut places = (from..to).filter(names);
        let Some(first) = places.next() else {
            return own.or(self.bracketed).unwrap_or(Subject::Unnamed);
        };
        let last = places.next_back().unwrap_or(first);
        if let Some(several) = self.counted_bodies(from, first, last) {
            return several;
        }
        let acting = (first..=last).rev().find(|place| self.is_own(*place)).unwrap_or(first);
        let joining = [told::SEPARATOR, self.class("and")];
        // 县国土局与我局收到.
        if acting > first + 1 && joining.contains(&self.tokens[acting - 1].class) {
            return Subject::Own(Some(Scope::Several));
        }
        // The body that stands next to the verb is the one that acts.
        if let Some(own) = own.filter(|_| self.is_own(last)) {
            return own;
        }
        if self.acts_unknown(from, to) {
            return Subject::Other(None);
        }
        // 因本机关不掌握等原因 says why and not who.
        let says_why = self.is_own(first) && first > from && self.tokens[first - 1].class == self.class("because");
        if says_why {
            return own.unwrap_or(Subject::Unnamed);
        }
        match self.subject_named(&self.phrase(acting, last + 1)) {
            Subject::Other(None) => own.unwrap_or(Subject::Other(None)),
            subject => subject,
        }
    }

    /// Whether a token is a word for the reporting body.
    fn is_own(&self, place: usize) -> bool {
        let token = &self.tokens[place];
        token.class == told::OWN && token.kind == Kind::Word
    }

    /// The bodies that the number before a clause counts: 红星街道等3个街道收到.
    fn counted_bodies(&self, from: usize, first: usize, last: usize) -> Option<Subject> {
        let before = from.checked_sub(1).map(|place| &self.tokens[place].kind);
        let counts = matches!(before, Some(Kind::Number(quantity)) if matches!(quantity.unit, "个" | "家"));
        let body = counts && from == first && names_a_body(&self.phrase(first, last + 1));
        body.then_some(Subject::Other(Some(Scope::Several)))
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
