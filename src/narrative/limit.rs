//! To what a heading, a label or a clause limits the figures behind it: a field, a kind of information, one channel.
//!
//! 加大财政信息公开力度，全年公开信息683条 counts only what is on finance, and what stands below 政府网站公开 only what is there. Invariant: words
//! that are about all of disclosure limit nothing.

use super::lexicon::{Bodies, Others, lexicon};
use super::scope::{Reporter, ends_as_body, names, noun_at};
use super::time::{time_at, times};
use super::token::{Kind, tokens};
use crate::text::words::WordSet;

/// Words with which figures are given that are of several channels or fields: 通过网站、微信等渠道.
const SEVERAL: &[&str] = &["、", "等", "各", "和", "及", "与", "多"];
/// How points of a list begin.
const ORDINALS: &[&str] = &[
    "一是", "二是", "三是", "四是", "五是", "六是", "七是", "八是", "首先", "其次",
];
/// Longest clause that is only the name of a way of applying, in characters.
const LONGEST_WAY: usize = 10;
/// What parts the words of a clause.
const MARKS: &[char] = &['(', ')', '“', '”', '"', '、', ':', ' '];

/// To what figures are limited.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Limit {
    /// A field or a kind of information or a sample, whatever is counted.
    pub part: bool,
    /// A channel, where disclosures are counted.
    pub channel: bool,
    /// A way of applying, where applications are.
    pub way: bool,
}

impl Limit {
    pub const PART: Limit = Limit {
        part: true,
        channel: false,
        way: false,
    };

    /// Both together.
    pub fn and(self, other: Limit) -> Limit {
        Limit {
            part: self.part || other.part,
            channel: self.channel || other.channel,
            way: self.way || other.way,
        }
    }

    /// Whether a figure of this key is not of all.
    pub fn holds_for(self, key: &str) -> bool {
        let channel = self.channel && key.starts_with("disclosure.");
        let way = self.way && key.starts_with("applications.");
        let is_channel = key.starts_with("disclosure.channels.");
        let is_way = self.way && key.starts_with("requests.");
        !is_channel && !is_way && (self.part || channel || way)
    }

    /// Whether it limits anything.
    pub fn is_something(self) -> bool {
        self != Limit::default()
    }
}

/// To what a folded heading limits what is below it: whatever it counts, it is of what the heading names.
pub(super) fn heading_limits(heading: &str) -> Limit {
    let others = lexicon().others;
    let of_field = heading.ends_with("方面") && !others.topics.are_in(heading);
    let names_kind = ["信息", "公开", "公示"].iter().any(|word| names_kind(heading, word));
    let named = named_way(heading, others);
    let part = names_kind || of_field || heading.ends_with('类') || heading.contains("领域");
    Limit { part, ..named }
}

/// Whether a heading has a word that is not one of all of disclosure, of time or of the body itself: 整改情况, 第三方评估.
pub(super) fn names_another_matter(heading: &str, reporter: &Reporter) -> bool {
    let (words, bodies) = (&lexicon().others.heading_words, lexicon().bodies);
    let agency = reporter.agency.unwrap_or_default();
    // The name of the body, or the title of the report.
    if names(heading, agency) || ["报告", "年报", "总结"].iter().any(|end| heading.ends_with(end)) {
        return false;
    }
    let mut rest = heading;
    let mut unknown = 0;
    while let Some(c) = rest.chars().next() {
        let own = bodies.own.lengths(rest).chain(bodies.whole.lengths(rest)).max();
        let own = own
            .map(|own| own + noun_at(&rest[own..], bodies).0.len())
            .filter(|own| *own > c.len_utf8());
        let time = time_at(rest, reporter.year).map(|(_, length)| length);
        let known = words
            .lengths(rest)
            .max()
            .or(own)
            .or(time)
            .or_else(|| shared(rest, agency));
        unknown = if known.is_some() || !c.is_alphabetic() {
            0
        } else {
            unknown + 1
        };
        if unknown > 1 {
            return true;
        }
        rest = &rest[known.unwrap_or(c.len_utf8())..];
    }
    false
}

/// The length of the longest beginning of a text that stands in a name, if it has two characters or more.
fn shared(text: &str, name: &str) -> Option<usize> {
    let ends = text.char_indices().map(|(at, c)| at + c.len_utf8()).skip(1);
    ends.take_while(|end| name.contains(&text[..*end])).last()
}

/// To what a clause or a label limits what follows it; nothing where it says nothing of that. One that `counts` something itself says less.
pub(super) fn clause_limits(clause: &str, counts: bool) -> Option<Limit> {
    let Others {
        samples,
        fields,
        topics,
        focusing,
        focused,
        all_of,
        ..
    } = lexicon().others;
    let has = |words: &WordSet| words.are_in(clause);
    let of_field = fields.end(clause);
    let of_kind = clause.ends_with('的') && ["涉及", "关于", "属于"].iter().any(|word| clause.contains(word));
    let names_kind = || {
        ["信息公开", "领域公开", "类信息"]
            .iter()
            .any(|word| names_kind(clause, word))
            || has(focused)
    };
    let focuses = || focusing.begin(clause) && !has(topics) && !has(all_of);
    let part = has(samples)
        || of_kind
        || is_moment(clause)
        || !counts && is_example(clause)
        || counts && names_field(clause)
        || !counts && (names_kind() || focuses());
    let of_point = is_point(clause) && !has(topics);
    let part = part || of_point;
    let way = if counts { Limit::default() } else { leading_way(clause) };
    match () {
        () if part || way.is_something() => Some(Limit { part, ..way }),
        () if of_field => Some(if has(topics) { Limit::default() } else { Limit::PART }),
        () => None,
    }
}

/// To what a clause without a number limits what follows it like a heading: 一是用好微信公众号.
pub(super) fn point_limits(sentence: &str) -> Limit {
    let words = ORDINALS.iter().find_map(|word| sentence.strip_prefix(word));
    let words = words.map(|words| words.trim_start_matches([',', ';']).trim_end_matches('。'));
    words.map_or(Limit::default(), |words| named_way(words, lexicon().others))
}

/// To what a label before a colon limits what follows it, of which no word is known: 国土所：主动公开政府信息514条.
pub(super) fn label_limits(sentence: &str) -> Limit {
    let label = sentence.split_once(':').map_or("", |(label, _)| label);
    let words = tokens(label, None, lexicon());
    // 所 and 对 are words too.
    let small = ["because", "via", "and"].map(|name| lexicon().class(name));
    let is_unknown = |kind: &Kind| *kind == Kind::Unknown;
    let is_name = words.iter().any(|word| is_unknown(&word.kind))
        && words
            .iter()
            .all(|word| is_unknown(&word.kind) || small.contains(&word.class));
    match is_name && label.chars().count() <= LONGEST_WAY {
        true => Limit::PART,
        false => Limit::default(),
    }
}

/// 一是土地征收问题.
fn is_point(clause: &str) -> bool {
    clause.ends_with("问题") && ORDINALS.iter().any(|word| clause.starts_with(word))
}

/// 土地征收领域行政复议71件, 对涉及企业的12件申请.
fn names_field(clause: &str) -> bool {
    let of_some = ["对涉及", "对关于", "针对涉及", "涉及"]
        .iter()
        .any(|word| clause.starts_with(word));
    clause.contains("领域") && !clause.contains("各领域") || of_some && clause.contains("申请")
}

/// 如综合科, 以某镇为例, 在我局综合科, 据全市财政系统统计, 与市审计局相比, 会同市审计局, 每名工作人员.
fn is_example(clause: &str) -> bool {
    let Others {
        examples,
        not_examples,
        ends_of_means,
        ..
    } = lexicon().others;
    let behind = |words: &[&'static str]| words.iter().find_map(|word| clause.strip_prefix(word));
    let is_name = |name: &str| !name.is_empty() && times(name, None).is_empty();
    let between = |first: &[&'static str], last: &[&'static str]| {
        let inner = behind(first).and_then(|rest| last.iter().find_map(|word| rest.strip_suffix(word)));
        inner.is_some_and(|inner| is_name(inner) && !not_examples.are_in(inner))
    };
    let is_place = || {
        let rest = behind(&["在"]).filter(|rest| is_name(rest) && !ends_of_means.end(rest));
        let acts = |rest: &str| {
            let mut verbs = lexicon().bodies.verbs.iter().filter(|verb| verb.chars().count() > 1);
            verbs.any(|verb| rest.contains(verb.as_str()))
        };
        rest.is_some_and(|rest| !acts(rest))
    };
    let is_led = examples.begin(clause) && !not_examples.begin(clause);
    is_led
        || is_place()
        || between(&["以"], &["为例"])
        || between(&["据"], &["统计"])
        || between(&["受", "经"], &["委托", "指派", "授权", "交办"])
        || between(&["与", "同", "和"], &["相比", "比较", "对比"])
        || between(&["除"], &["外", "以外", "之外"]) && ends_as_body(clause.trim_end_matches(['外', '以', '之']), lexicon().bodies)
        // What a rule says is no figure: 《条例》规定，收到申请30件的….
        || clause.starts_with('《') && ["规定", "明确", "要求"].iter().any(|end| clause.ends_with(end))
}

/// 专项整治期间, 机构改革后, 开展“政务公开日”活动.
fn is_moment(clause: &str) -> bool {
    let year = ["年", "报告期", "统计期", "以来"]
        .iter()
        .any(|word| clause.contains(word));
    let is_time = !times(clause, None).is_empty();
    let acts = ["开展", "举办", "组织"].iter().any(|word| clause.starts_with(word));
    let of_topic = ["申请", "主动公开"].iter().any(|word| clause.contains(word));
    let ends = clause.ends_with("期间") || clause.ends_with('后') && clause.chars().count() > 3;
    !year && !is_time && !of_topic && (ends || acts && (clause.ends_with("活动") || clause.ends_with("行动")))
}

/// 在县政府信息公开平台上.
fn leading_way(clause: &str) -> Limit {
    let leads = ["在", "通过", "利用", "依托"]
        .iter()
        .any(|word| clause.starts_with(word));
    let is_one = !SEVERAL.iter().any(|word| clause.contains(word));
    let named = named_way(clause, lexicon().others);
    match () {
        () if leads && is_one => named,
        // 网上申请，收到….
        () if clause.chars().count() <= LONGEST_WAY => Limit {
            way: named.way,
            ..Limit::default()
        },
        () => Limit::default(),
    }
}

/// The one channel or way of applying that words name.
fn named_way(words: &str, others: &Others) -> Limit {
    let has = |list: &WordSet| list.are_in(words);
    let is_one = !SEVERAL.iter().any(|word| words.contains(word));
    Limit {
        part: false,
        channel: has(&others.posts) || is_one && has(&others.channels),
        way: is_one && has(&others.ways),
    }
}

/// Whether a kind of information, and not all of it, stands before a word in a text: 财政信息公开, and neither 政府信息公开 nor 加大信息公开力度.
fn names_kind(text: &str, word: &str) -> bool {
    let bodies = lexicon().bodies;
    let mut places = text.match_indices(word);
    places.any(|(at, _)| {
        let before = text[..at].rsplit(MARKS).next().unwrap_or_default();
        let kind = without_verbs(before.trim_end_matches('的'), bodies);
        let general = &lexicon().others.all_of;
        kind.chars().count() > 1 && !ends_as_body(kind, bodies) && !general.end(kind)
    })
}

/// Words behind the verbs with which they begin: 财政 of 进一步加大财政.
fn without_verbs<'a>(words: &'a str, bodies: &Bodies) -> &'a str {
    let mut rest = words;
    loop {
        let length = bodies.verbs.lengths(rest).chain(bodies.leading.lengths(rest)).max();
        // A verb that is not known has two characters.
        let unknown = || {
            let one = rest.chars().next().map(char::len_utf8);
            let begins = bodies.not_places.lengths(rest).next();
            (begins.is_some() && begins == one).then(|| rest.char_indices().nth(2).map_or(rest.len(), |(end, _)| end))
        };
        let Some(length) = length.or_else(unknown).filter(|length| *length > 0) else {
            return rest;
        };
        rest = &rest[length..];
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_about_a_kind_or_a_channel_limits_and_what_is_about_all_does_not() {
        for clause in [
            "加大财政资金信息公开力度",
            "做好扶贫信息公开",
            "围绕环境保护",
            "在“双公示”专栏",
            "在县政府信息公开平台上",
            "深化教育领域公开",
            "做好行政处罚信息公开",
            "土地征收类信息仍是热点",
        ] {
            assert!(
                clause_limits(clause, false).is_some_and(Limit::is_something),
                "{clause}"
            );
        }
        for clause in [
            "加大信息公开力度",
            "进一步推进政府信息公开工作",
            "规范信息公开",
            "围绕中心工作",
            "通过网站、微信等渠道",
            "通过政府网站、微信、公告栏等形式",
            "我局信息公开工作",
            "深化政务公开",
            "成立了楚门镇信息公开领导小组",
        ] {
            assert_eq!(clause_limits(clause, false), None, "{clause}");
        }
        for heading in [
            "通过网站公开",
            "政务微信公开",
            "党务公开情况",
            "财政预决算公开情况",
            "公告栏公开",
            "行政处罚领域",
            "发挥网站主渠道作用",
            "土地征收类",
            "信函申请",
        ] {
            assert!(heading_limits(heading).is_something(), "{heading}");
        }
        for heading in [
            "主动公开情况",
            "公开渠道",
            "通过网站、微信等渠道公开",
            "依申请公开情况",
            "深化政务公开",
            "加强组织领导",
        ] {
            assert!(!heading_limits(heading).is_something(), "{heading}");
        }
    }
}
