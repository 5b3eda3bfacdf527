//! The headings above a sentence, as far as they say what it is about.

use super::frame::{Frame, Said};
use super::lexicon::lexicon;
use super::scope::{Reporter, noun_at};
use super::time::time_at;
use crate::text::label::{OrdinalStyle, split_ordinal};
use crate::text::opening::begins_sentence;
use crate::text::quantity::quantity_at;

/// How headings end.
const ENDS: &[&str] = &[
    "情况", "概述", "概况", "措施", "事项", "问题", "打算", "安排", "数量", "方式", "形式", "类别", "申请", "公开",
    "处理", "诉讼", "投诉", "内容",
];
/// How else headings end, and with what the sentences begin that run on behind them.
const RUN_IN_ENDS: &[&str] = &[
    "数据", "任务", "指标", "目标", "要点", "说明", "解释", "示例", "格式", "模板", "样表", "动态", "回顾", ")", "〕",
];
const COUNTING: &[&str] = &[
    "主动公开政府信息",
    "共主动公开",
    "收到政府信息公开申请",
    "共收到",
    "受理政府信息公开申请",
];
/// How lines begin that say what follows them is, and the words between that and what it is.
const LEADS: &[&str] = &["以下", "下列", "下面", "下述", "现将", "现就", "现对", "汇总"];
const LINKS: &[&str] = &["数据", "数字", "内容", "统计", "均为", "为", "均系", "系", "是"];
/// How labels end; only the first before a comma.
const LABEL_ENDS: &[&str] = &["方面", "情况", "概况"];
/// Longest heading in characters, and longest one without a number.
const LONGEST: usize = 60;
const LONGEST_LINE: usize = 20;

/// The headings above a place in a report, one a level.
#[derive(Clone, Debug, Default)]
pub(super) struct Headings {
    levels: [String; 3],
    /// The label of the paragraph.
    label: String,
    /// What they say, and what the line without a number says that stands below them.
    said: [Said; 4],
}

impl Headings {
    /// Reads the heading that a folded sentence begins with, if it does, and gives what stands behind it. `printed` is the sentence
    /// with its white space, which may part a heading from its text.
    pub fn take<'a>(&mut self, folded: &'a str, whole_line: bool, reporter: &Reporter) -> &'a str {
        let Some((level, rest)) = numbered(folded) else {
            return self.take_run_in(folded, reporter);
        };
        let length = if whole_line && rest.chars().count() <= LONGEST && !rest.contains(['。', ';', ',']) {
            rest.trim_end_matches(['。', ':', ';']).len()
        } else {
            match heading_end(rest) {
                Some(end) => end,
                None => return folded,
            }
        };
        self.levels[level] = rest[..length].to_owned();
        self.levels[level + 1..].iter_mut().for_each(String::clear);
        // A main section that names its topic is on all of that.
        let names_topic = level == 0 && lexicon().others.topics.are_in(&rest[..length]);
        self.said[level] = Said::by(&rest[..length], reporter, !names_topic);
        self.said[level + 1..].fill(Said::default());
        rest[length..].trim_start_matches(['。', ':', ';', ','])
    }

    /// Reads the label that a folded sentence without a number begins with, and gives what stands behind it; it holds in its paragraph:
    /// 主动公开情况:2017年…, 依申请公开方面,全年….
    pub fn take_label<'a>(&mut self, folded: &'a str) -> &'a str {
        let is_label = |(at, mark): &(usize, &str)| {
            let label = &folded[..*at];
            let ends = if *mark == ":" { LABEL_ENDS } else { &LABEL_ENDS[..1] };
            ends.iter().any(|end| label.ends_with(end)) && label.chars().count() <= LONGEST_LINE && !counts(label)
        };
        let first = folded.match_indices([':', ',', ';', '。']).next();
        let Some((at, _)) = first.filter(|first| numbered(folded).is_none() && is_label(first)) else {
            return folded;
        };
        folded[..at].clone_into(&mut self.label);
        &folded[at + 1..]
    }

    /// Reads the heading without a number or a mark behind it with which a sentence begins, where it limits what it counts:
    /// 历史数据主动公开345条.
    fn take_run_in<'a>(&mut self, folded: &'a str, reporter: &Reporter) -> &'a str {
        let counting = COUNTING.iter().filter_map(|word| folded.find(word)).min();
        let Some((heading, rest)) = counting.map(|at| folded.split_at(at)) else {
            return folded;
        };
        let bodies = lexicon().bodies;
        let is_plain = heading.chars().count() <= LONGEST_LINE && !heading.contains([',', ';', '。', ':']);
        let acts = bodies.verbs.begin(heading) || bodies.leading.begin(heading);
        let ends = ends_as_heading(heading);
        let said = Said::by(heading, reporter, ends);
        if is_plain && ends && !acts && !counts(heading) && said.is_something() {
            self.said[3] = said;
            return rest;
        }
        folded
    }

    /// Begins a paragraph, in which no label was read.
    pub fn begin_paragraph(&mut self) {
        self.label.clear();
    }

    /// Reads a paragraph that may be a heading without a number: 2022年工作回顾：, a bold 县财政局.
    /// Whether it is one.
    pub fn take_line(&mut self, folded: &str, marked: bool, reporter: &Reporter) -> bool {
        let stopped = folded.strip_suffix('。');
        let announced = announced(folded.trim_end_matches(['。', ':']));
        let folded = stopped.unwrap_or(folded);
        let short = folded.chars().count() <= LONGEST_LINE && !folded.contains(['。', ';', ',', '!', '?']);
        if !short || folded.is_empty() || counts(folded) {
            return false;
        }
        let said = match announced {
            Some(announced) => Said::by(announced, reporter, false),
            None => Said::by(folded, reporter, marked || ends_as_heading(folded)),
        };
        if stopped.is_some() && announced.is_none() {
            // A sentence of one clause is a heading only where it says so.
            let is_heading = ends_as_heading(folded) && said.is_something();
            if is_heading {
                self.said[3] = said;
            }
            return is_heading;
        }
        let is_label = LABEL_ENDS.iter().any(|end| folded.ends_with(end));
        let is_said = marked || folded.ends_with(':') || said.is_something();
        if is_said || is_label {
            self.said[3] = said;
        }
        is_said || is_label
    }

    /// What holds below them, in a report of which `base` holds.
    pub fn frame(&self, base: Frame) -> Frame {
        base.below(&self.said)
    }

    /// The headings, the main one first.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.levels
            .iter()
            .chain([&self.label])
            .map(String::as_str)
            .filter(|heading| !heading.is_empty())
    }
}

/// What a line says of the lines that it leads to: 全市汇总数据 of 以下为全市汇总数据, 上半年情况 of 现将我局上半年情况报告如下.
fn announced(line: &str) -> Option<&str> {
    let line = line.trim_matches(['(', ')']);
    let follow = line.strip_suffix("如下");
    let leads = LEADS.iter().find_map(|lead| line.strip_prefix(lead));
    let told = ["报告", "汇报", "总结", "公布", "公告", "说明", "通报", "公开"];
    let mut rest = follow.or(leads)?;
    rest = told.iter().find_map(|end| rest.strip_suffix(end)).unwrap_or(rest);
    rest = LEADS.iter().find_map(|lead| rest.strip_prefix(lead)).unwrap_or(rest);
    while let Some(behind) = LINKS.iter().find_map(|link| rest.strip_prefix(link)) {
        rest = behind;
    }
    let bodies = lexicon().bodies;
    let own = bodies.own.lengths(rest).max().filter(|_| follow.is_some());
    let own = own.map_or(0, |own| own + noun_at(&rest[own..], bodies).0.len());
    let time = time_at(&rest[own..], None);
    Some(if time.is_some() { &rest[own..] } else { rest })
}

/// Whether a line without a number ends as headings do.
fn ends_as_heading(line: &str) -> bool {
    let line = line.trim_end_matches(':');
    let denies = ["未", "没", "无"].iter().any(|word| line.contains(word));
    !denies && ENDS.iter().chain(RUN_IN_ENDS).any(|end| line.ends_with(end))
}

fn numbered(folded: &str) -> Option<(usize, &str)> {
    let (ordinal, rest) = split_ordinal(folded);
    let level = match ordinal?.style {
        OrdinalStyle::Han => 0,
        OrdinalStyle::HanBracketed => 1,
        OrdinalStyle::Digit | OrdinalStyle::DigitBracketed => 2,
    };
    Some((level, rest))
}

/// Where a heading ends that runs into its text: behind a full stop or a colon, or where a word that headings end with is followed by
/// what begins a sentence.
fn heading_end(rest: &str) -> Option<usize> {
    let near = rest.char_indices().nth(LONGEST).map_or(rest.len(), |(end, _)| end);
    let near = &rest[..near];
    let stop = near
        .find(['。', ':'])
        .filter(|at| !near[..*at].contains([',', ';']) && !counts(&near[..*at]));
    let run_in = ENDS
        .iter()
        .flat_map(|end| near.match_indices(end).map(|(at, end)| at + end.len()))
        .filter(|at| begins_sentence(&rest[*at..]) && quantity_at(rest, *at).is_none())
        .min();
    match (stop, run_in) {
        (Some(stop), Some(run_in)) => Some(stop.min(run_in)),
        (stop, run_in) => stop.or(run_in),
    }
}

/// Whether a text counts something, as no heading does.
fn counts(text: &str) -> bool {
    text.match_indices(|c: char| c.is_ascii_digit())
        .any(|(at, _)| quantity_at(text, at).is_some())
}
