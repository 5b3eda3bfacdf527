//! The words and patterns of `schema/prose.toml`, made ready to be matched.
//!
//! A class of words is one character, so that a clause becomes a short text of classes and a pattern becomes a regular expression
//! over them. Invariant: the file is part of the program; a test loads it and
//! compiles its patterns, so that neither can fail at run time.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::{LazyLock, OnceLock};

use regex::{Match, Regex, RegexSet};
use serde::Deserialize;

use crate::text::words::{WordList, WordSet};

const FILE: &str = include_str!("../../schema/prose.toml");

/// A class of words, as one character.
pub(super) type Class = char;

/// Classes that the program tells and no list of words.
pub(super) mod told {
    use super::Class;

    pub(in crate::narrative) const NUMBER: Class = '\u{100}';
    pub(in crate::narrative) const UNKNOWN: Class = '\u{101}';
    pub(in crate::narrative) const SEPARATOR: Class = '\u{102}';
    pub(in crate::narrative) const NOW: Class = '\u{103}';
    pub(in crate::narrative) const LAST: Class = '\u{104}';
    pub(in crate::narrative) const NEXT: Class = '\u{105}';
    pub(in crate::narrative) const TIME: Class = '\u{106}';
    pub(in crate::narrative) const OWN: Class = '\u{107}';
    pub(in crate::narrative) const TOWARD: Class = '\u{108}';

    /// Their names in patterns.
    pub(super) const NAMES: [(&str, Class); 9] = [
        ("N", NUMBER),
        ("unknown", UNKNOWN),
        ("sep", SEPARATOR),
        ("now", NOW),
        ("last", LAST),
        ("next", NEXT),
        ("time", TIME),
        ("own", OWN),
        ("toward", TOWARD),
    ];
    /// The first class of the lists of words.
    pub(super) const FIRST_LISTED: Class = '\u{109}';
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    words: BTreeMap<String, Vec<String>>,
    others: Others,
    bodies: Bodies,
    topics: Vec<Topic>,
    figures: Vec<Figure>,
    zeros: Vec<Zero>,
    parts: BTreeMap<String, String>,
}

/// Words of bodies.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Bodies {
    pub own: WordSet,
    pub whole: WordSet,
    /// Names that a body gives itself: 学校, 公司.
    pub selves: WordSet,
    /// What stands behind 我局 and is the same body: 我局机关; what such words end with: 我县政府信息公开办公室.
    pub same: WordSet,
    pub desks: WordSet,
    /// What the names of bodies end with.
    pub nouns: WordSet,
    /// What the names of territories end with.
    pub territories: WordSet,
    /// Words of several bodies: 各乡镇.
    pub groups: WordSet,
    /// What else the names of bodies inside the reporting one or beside it begin with: 局国库支付中心, 辖区企业.
    pub inside: WordSet,
    /// What names of bodies end with that begin with none of these: 黄集中学.
    pub free: WordSet,
    /// What the names of places end with.
    pub places: WordSet,
    /// What the names of places and offices below a body end with, where they are all that stands before a verb: 人民路社区.
    pub small: WordSet,
    /// Words that lead in something else than who acts: 向各单位.
    pub leading: WordSet,
    /// Words that no name begins with,
    pub not_places: WordSet,
    /// those of what a body does, before which its name has ended,
    pub verbs: WordSet,
    /// and those that begin like a noun of a body: 办理, 政府信息.
    pub not_nouns: WordSet,
    /// Who leads a body and speaks for it: 镇党委.
    pub heads: WordSet,
    /// What the names of bodies in headings and labels end with, and what headings say behind them or behind a year: 乡镇情况.
    pub ends: WordSet,
    pub told_of: WordSet,
    /// Headings and labels of other bodies: 部门, 局属单位; and what the names of units of a body end with: 监察大队.
    pub labels: WordSet,
    pub units: WordSet,
    /// Words that end like the name of a body and are none.
    pub not_bodies: WordSet,
}

/// Words of what is no business of a report, or not of the body alone.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Others {
    pub businesses: WordSet,
    pub applicants: WordSet,
    /// Words that make a number one of many: 每个乡镇2名,
    pub every: WordSet,
    /// unless one of these follows.
    pub not_every: WordSet,
    /// Words between another body and the reporting one by which that one hands its business over or acts on it.
    pub hands_over: WordSet,
    /// Words behind a number of disputes that are on another matter.
    pub unrelated: WordSet,
    /// Words of how disputes ended, which say nothing of what they were on.
    pub outcomes: WordSet,
    /// Words of remarks behind a number that make it count nothing, and those that lead in what else a remark says.
    pub voiding: WordSet,
    pub linking: WordSet,
    /// What only those who decide a dispute do with it: 县政府受理行政复议案件.
    pub decides: WordSet,
    /// Characters between a body and its verb that are no verbs: 我局于2012年收到.
    pub particles: WordSet,
    /// Words of several ways: 通过网络、信函等方式.
    pub many_ways: WordSet,
    /// Words of a field, a level or an action at the end of a clause, to which what follows is limited: 在扶贫领域,
    pub fields: WordSet,
    /// of a sample, 抽查5个单位,
    pub samples: WordSet,
    /// and of disclosure, beside which they limit nothing: 主动公开方面.
    pub topics: WordSet,
    /// Words at the start of a clause to what of which what follows is limited, 围绕环境保护, unless it is all of disclosure: 围绕中心工作;
    pub focusing: WordSet,
    pub all_of: WordSet,
    /// Words at the start of a clause that gives an example or another body, 如综合科, unless one of these stands in its place, 如下; what
    /// clauses with 在 end with that name none: 在县委的领导下;
    pub examples: WordSet,
    pub not_examples: WordSet,
    pub ends_of_means: WordSet,
    /// 申请最多的是土地征收;
    pub focused: WordSet,
    /// Words of headings that are about all of disclosure; other words limit what is below: 整改情况;
    pub heading_words: WordSet,
    /// names of channels, of places where only some information is, and of ways of applying;
    pub channels: WordSet,
    pub posts: WordSet,
    pub ways: WordSet,
    /// and words of how answers were given: 答复方式：邮寄33件.
    pub answer_ways: WordSet,
    /// Other businesses that a clause without a number speaks of before what follows counts theirs.
    pub matters: WordSet,
    /// Words of plans, and those of what was done.
    pub plans: WordSet,
    /// Words with which a body demands something of others, of whom what follows speaks.
    pub demands: WordSet,
    pub done: WordSet,
    /// Words of headings of plans, unless they also have one of those of reviews.
    pub heading_plans: WordSet,
    pub heading_reviews: WordSet,
    /// Words of headings below which figures are not those of the report: 更正前, 样例.
    pub voided: WordSet,
}

/// What a pattern is about, and how a sentence shows that it is.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Topic {
    pub name: String,
    /// Classes of which one stands in the match.
    pub words: Vec<String>,
    /// Or words of which one stands in a heading above the sentence,
    pub headings: Vec<String>,
    /// with one of these, if there are any, beside it, and none of those.
    pub beside: Vec<String>,
    pub never: Vec<String>,
    /// Or beginnings of keys of which a figure stands earlier in the sentence.
    pub after: Vec<String>,
    /// Or the clause before, which has one of the classes.
    #[serde(default)]
    pub near: bool,
    /// Whether a number behind 的 repeats a figure: 主动公开的42条信息中.
    #[serde(default)]
    pub restates: bool,
}

/// A figure that sentences state.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Figure {
    /// Its key.
    pub key: String,
    /// English name.
    pub english: String,
    /// Chinese name.
    pub chinese: String,
    topic: String,
    units: String,
    patterns: Vec<Words>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    words: String,
    topic: Option<String>,
    units: Option<String>,
    #[serde(default)]
    alone: bool,
    #[serde(default)]
    joined: bool,
    #[serde(default)]
    no_way: bool,
    follows: Option<String>,
    after: Option<After>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Zero {
    topic: String,
    words: String,
    zero: BTreeMap<String, String>,
}

/// What an earlier figure must be for a pattern that follows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum After {
    /// Of another time: 历年累计320件，其中2012年21件.
    OtherBasis,
    /// Of parts, which this number adds up: 各乡镇8件，各部门12件，全县共计20件.
    Parts,
    /// What is left of a total beside what was carried over: 收到36件，其中上年结转3件，新收33件.
    Rest,
    /// The one whose outcomes are told, and no other of its topic beside it: 行政复议7件，维持5件，纠正2件.
    Outcome,
}

/// A regular expression that is compiled when it is first asked for: a document has few of them.
pub(super) struct Lazy {
    source: String,
    regex: OnceLock<Regex>,
}

impl Lazy {
    fn new(source: &str) -> Self {
        Lazy {
            source: source.to_owned(),
            regex: OnceLock::new(),
        }
    }

    /// Where it matches first.
    pub fn find<'t>(&self, text: &'t str) -> Option<Match<'t>> {
        let compiled = || embedded(Regex::new(&self.source).map_err(|error| error.to_string()));
        self.regex.get_or_init(compiled).find(text)
    }
}

/// A pattern of a figure.
pub(super) struct Pattern {
    pub figure: &'static Figure,
    pub topic: &'static Topic,
    pub regex: Lazy,
    /// Measure words that its number may have.
    pub units: &'static str,
    pub alone: bool,
    /// Whether the words behind its number are its own though another number follows.
    pub joined: bool,
    /// Whether a way before it (通过宣传栏) makes it a part.
    pub no_way: bool,
    pub follows: Option<&'static str>,
    pub after: Option<After>,
}

/// A pattern of a statement that there was none.
pub(super) struct NonePattern {
    pub topic: &'static Topic,
    pub regex: Lazy,
    /// For each class the key that is zero.
    pub zero: Vec<(Class, &'static str)>,
}

/// Everything of the file.
pub(super) struct Lexicon {
    words: WordList,
    /// Class of each word.
    classes: Vec<Class>,
    names: HashMap<String, Class>,
    /// The class of words that are left out.
    pub filler: Class,
    pub patterns: Vec<Pattern>,
    pub set: RegexSet,
    pub zeros: Vec<NonePattern>,
    pub bodies: &'static Bodies,
    pub others: &'static Others,
}

static SOURCE: LazyLock<File> = LazyLock::new(|| embedded(toml::from_str(FILE).map_err(|error| error.to_string())));
static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| embedded(Lexicon::new(&SOURCE)));

#[allow(clippy::panic)]
fn embedded<T>(loaded: Result<T, String>) -> T {
    // Impossible in a released program: a test loads what it carries.
    loaded.unwrap_or_else(|error| panic!("schema/prose.toml: {error}"))
}

/// The lexicon.
pub(super) fn lexicon() -> &'static Lexicon {
    &LEXICON
}

/// The figures that sentences can state, in the order of the file.
pub fn figures() -> &'static [Figure] {
    &SOURCE.figures
}

impl Figure {
    /// The usual one of its measure words.
    pub fn unit(&self) -> &str {
        self.units.split_inclusive(|_| true).next().unwrap_or_default()
    }

    /// Name of its topic.
    pub(super) fn topic(&self) -> &str {
        &self.topic
    }
}

impl Lexicon {
    fn new(file: &'static File) -> Result<Self, String> {
        let listed = file.words.keys().map(String::as_str).zip(told::FIRST_LISTED..);
        let all = told::NAMES.into_iter().chain(listed);
        let names: HashMap<String, Class> = all.map(|(name, class)| (name.to_owned(), class)).collect();
        let (mut words, mut classes) = (Vec::new(), Vec::new());
        let mut known = HashSet::new();
        for (name, list) in &file.words {
            if let Some(twice) = list.iter().find(|word| !known.insert(*word)) {
                return Err(format!("{twice} is named twice"));
            }
            words.extend(list.iter().cloned());
            classes.extend(list.iter().map(|_| names[name]));
        }
        for word in own_words(&file.bodies) {
            words.push(word);
            classes.push(names["own"]);
        }
        let topic = |name: &str| {
            let mut topics = file.topics.iter();
            topics
                .find(|topic| topic.name == name)
                .ok_or(format!("no topic {name}"))
        };
        let compiler = Compiler {
            names: &names,
            parts: &file.parts,
        };
        let (mut patterns, mut sources) = (Vec::new(), Vec::new());
        for figure in &file.figures {
            for words in &figure.patterns {
                let source = compiler.regex(&words.words)?;
                patterns.push(Pattern {
                    figure,
                    topic: topic(words.topic.as_deref().unwrap_or(&figure.topic))?,
                    regex: Lazy::new(&source),
                    units: words.units.as_deref().unwrap_or(&figure.units),
                    alone: words.alone,
                    joined: words.joined,
                    no_way: words.no_way,
                    follows: words.follows.as_deref(),
                    after: words.after,
                });
                sources.push(source);
            }
        }
        let mut zeros = Vec::new();
        for zero in &file.zeros {
            let source = format!("(?:{})$", compiler.regex(&zero.words)?);
            let keys = zero
                .zero
                .iter()
                .map(|(name, key)| Some((*names.get(name)?, key.as_str())));
            zeros.push(NonePattern {
                topic: topic(&zero.topic)?,
                regex: Lazy::new(&source),
                zero: keys.collect::<Option<_>>().ok_or("a zero of no class")?,
            });
        }
        Ok(Lexicon {
            words: WordList::new(words),
            classes,
            filler: names["filler"],
            set: RegexSet::new(&sources).map_err(|error| error.to_string())?,
            names,
            patterns,
            zeros,
            bodies: &file.bodies,
            others: &file.others,
        })
    }

    /// The class of a name; names are those of the file and the few that the program tells.
    pub fn class(&self, name: &str) -> Class {
        self.names.get(name).copied().unwrap_or('?')
    }

    /// The longest word that a text begins with at a place: its class and where it ends.
    pub fn word_at(&self, text: &str, at: usize) -> Option<(Class, usize)> {
        let (word, length) = self.words.longest(&text[at..])?;
        Some((self.classes[word], at + length))
    }
}

/// 我局, 本单位, 全县: every word for the reporting body or its territory.
fn own_words(bodies: &Bodies) -> impl Iterator<Item = String> + '_ {
    let firsts = bodies.own.iter().chain(&bodies.whole);
    let nouns = || bodies.nouns.iter().chain(&bodies.territories);
    firsts.flat_map(move |first| nouns().map(move |noun| format!("{first}{noun}")))
}

/// Makes regular expressions of patterns of names.
struct Compiler<'a> {
    names: &'a HashMap<String, Class>,
    parts: &'a BTreeMap<String, String>,
}

impl Compiler<'_> {
    fn regex(&self, words: &str) -> Result<String, String> {
        let mut regex = String::new();
        let mut name = String::new();
        for c in words.chars().chain([' ']) {
            if c.is_ascii_alphabetic() || c == '_' {
                name.push(c);
                continue;
            }
            if !name.is_empty() {
                regex += &self.named(&name)?;
                name.clear();
            }
            match c {
                ' ' => {}
                '(' => regex += "(?:",
                c => regex.push(c),
            }
        }
        Ok(regex)
    }

    fn named(&self, name: &str) -> Result<String, String> {
        if let Some(part) = self.parts.get(name) {
            return Ok(format!("(?:{})", self.regex(part)?));
        }
        let class = self.names.get(name).ok_or(format!("no class {name}"))?;
        Ok(class.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pattern_is_one_and_needs_words() {
        let lexicon = lexicon();
        let patterns = lexicon.patterns.iter().map(|pattern| &pattern.regex);
        for regex in patterns.chain(lexicon.zeros.iter().map(|zero| &zero.regex)) {
            assert!(regex.find("").is_none(), "{}", regex.source);
        }
    }
}
