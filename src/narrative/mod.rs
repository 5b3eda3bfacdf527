//! Figures that sentences state: 共收到政府信息公开申请749件, 未发生行政复议.
//!
//! One grammar over words reads them; its words and patterns are data (`schema/prose.toml`). A number is taken only where every word
//! that governs it is known. Invariant: every mention is kept, also where two of them disagree, and each says whose figure it is, of
//! what time, and whether it is rounded.

mod aside;
mod cut;
mod frame;
mod heading;
mod lexicon;
mod limit;
mod remark;
mod respectively;
mod scope;
mod sentence;
mod speaker;
mod time;
mod token;

use std::collections::{BTreeMap, HashMap};

use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::document::{Document, Origin};
use crate::outline::{BULLETS, Running, running};
use crate::report::{Basis, Metadata, NarrativeFigure, Number, Scope};
use crate::text::normalize::fold;
use aside::without_asides;
use cut::{begins_heading, sentences, with_clauses, without_gaps, without_marks};
use frame::Frame;
use heading::Headings;
use limit::{Limit, clause_limits, label_limits, names_another_matter, point_limits};
use remark::{Remark, remark};
use scope::Reporter;
use sentence::{Context, read};
use time::{Clock, Time};

pub use lexicon::{Figure, figures as stated_figures};

/// A number that may count something else.
pub const DOUBTFUL: Code = Code {
    code: "narrative.doubtful",
    severity: Severity::Info,
    english: "A sentence counts applications or cases and does not say that they are about information disclosure; no figure was taken.",
    chinese: "句中的申请或案件数量未说明与信息公开有关，未作为数据读取。",
};

/// Sentences that state different numbers of one figure.
pub const RIVALS: Code = Code {
    code: "narrative.rivals",
    severity: Severity::Info,
    english: "Sentences state different numbers of one figure for the same body and year; where the greatest is said twice or called a sum, whose the others are is left open.",
    chinese: "文中对同一单位、同一年度的同一数据有不同说法，最大值明确为总数或出现两次的，其余数据的统计范围存疑。",
};

/// What this module can notice.
pub const CODES: &[Code] = &[DOUBTFUL, RIVALS];

/// Words of the sum of a figure, and others that begin or end like them.
const SUMS: &[&str] = &["共", "总", "合计", "累计"];
const NO_SUMS: &[&str] = &[
    "公共",
    "共同",
    "共享",
    "共建",
    "共治",
    "共和",
    "共产",
    "总体",
    "总结",
    "总局",
    "总队",
    "总工",
    "总站",
    "总公司",
    "总部",
    "总书记",
];

/// Longest sentence, in bytes; what is longer is no prose.
const LONGEST: usize = 6_000;

/// Longest line that may be a heading without a number, in bytes.
const LONGEST_LINE: usize = 100;

/// The figures that the sentences of a document state, in reading order, and what was doubtful. `claimed[i]` says that block `i` belongs
/// to a table; `metadata` says who reports on what year.
pub fn narrative_figures(
    document: &Document,
    claimed: &[bool],
    metadata: &Metadata,
) -> (Vec<NarrativeFigure>, Vec<Diagnostic>) {
    let agency = metadata.agency.as_deref().map(fold);
    let mut prose = Prose {
        reporter: Reporter {
            agency: agency.as_deref(),
            year: metadata.year,
        },
        headings: Headings::default(),
        base: Frame::default(),
        era: None,
        figures: Vec::new(),
        so_far: Vec::new(),
        diagnostics: Vec::new(),
        last: None,
    };
    if let Some(title) = &metadata.title {
        prose.base = Frame::of_title(&fold(title), metadata.year);
    }
    for paragraph in running(document, claimed) {
        prose.paragraph(&paragraph);
    }
    prose.doubt_years();
    prose.doubt_rivals();
    (prose.figures, prose.diagnostics)
}

/// Where a sentence stands: as printed, in its paragraph, behind the folded sentence before it.
struct Place<'a> {
    printed: &'a str,
    origin: &'a Origin,
    earlier: &'a str,
    /// Number of the figures before those of that sentence.
    stated_from: usize,
}

struct Prose<'a> {
    reporter: Reporter<'a>,
    headings: Headings,
    /// What the title says of the whole report.
    base: Frame,
    /// All years so far, where the paragraph before speaks of them.
    era: Option<Time>,
    figures: Vec<NarrativeFigure>,
    /// Which of them stand behind 累计 alone.
    so_far: Vec<usize>,
    diagnostics: Vec<Diagnostic>,
    /// The sentence that was read last.
    last: Option<Last>,
}

/// A sentence that was read, and what held before it.
struct Last {
    folded: String,
    earlier: String,
    said: Clock,
    frame: Frame,
    /// Number of the figures before its own.
    first: usize,
}

impl Prose<'_> {
    /// 主动公开4511条，累计主动公开23120条: where another number is that of the year, 累计 may mean all years.
    fn doubt_years(&mut self) {
        let is_of_year = |figure: &NarrativeFigure| figure.basis == Some(Basis::Year);
        // Two values of a key and scope are enough to have one that is another.
        let mut of_year: HashMap<String, Vec<(Option<Scope>, Number)>> = HashMap::new();
        let mut so_far = self.so_far.iter().peekable();
        for (index, figure) in self.figures.iter().enumerate() {
            if so_far.next_if(|place| **place == index).is_none() && is_of_year(figure) {
                let values = of_year.entry(figure.key.clone()).or_default();
                let same = values.iter().filter(|(scope, _)| *scope == figure.scope).count();
                if same < 2 && !values.contains(&(figure.scope, figure.value)) {
                    values.push((figure.scope, figure.value));
                }
            }
        }
        for &index in &self.so_far {
            let stated = &mut self.figures[index];
            let mut rivals = of_year.get(&stated.key).into_iter().flatten();
            if is_of_year(stated) && rivals.any(|(scope, value)| *scope == stated.scope && *value != stated.value) {
                stated.basis = None;
            }
        }
    }

    /// 主动公开527条 under one heading and 431条 under another: where exact numbers of the body and the year disagree, the greatest is that of
    /// all where it is said twice or called a sum, and whose the others are is open.
    fn doubt_rivals(&mut self) {
        let mut places: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (index, figure) in self.figures.iter().enumerate() {
            if figure.is_of_the_report() {
                places.entry(&figure.key).or_default().push(index);
            }
        }
        let mut open = Vec::new();
        for (key, places) in places {
            let value = |index: &usize| self.figures[*index].value.0;
            let Some(greatest) = places.iter().map(value).max() else {
                continue;
            };
            let (sums, rivals): (Vec<usize>, Vec<usize>) = places.iter().partition(|index| value(index) == greatest);
            let is_sum = |index: &usize| is_called_sum(&self.figures[*index]);
            let Some(first) = rivals.first() else { continue };
            let origin = self.figures[*first].origin.clone();
            let (one, other) = (self.figures[*first].value, self.figures[sums[0]].value);
            self.diagnostics
                .push(RIVALS.at(origin, format!("{key}: {one} and {other}")));
            // Where none is, all stand against each other.
            if sums.len() > 1 || sums.iter().any(is_sum) {
                open.extend(rivals);
            }
        }
        for index in open {
            // What else the sentence counts is of the same body.
            let rival = self.figures[index].clone();
            let is_beside = |figure: &NarrativeFigure| {
                figure.key != rival.key && figure.text == rival.text && figure.origin == rival.origin
            };
            let beside = self.figures.iter_mut().filter(|figure| is_beside(figure));
            beside
                .filter(|figure| figure.scope == Some(Scope::Whole))
                .for_each(|figure| figure.scope = None);
            self.figures[index].scope = None;
        }
    }

    fn paragraph(&mut self, paragraph: &Running) {
        let mut said = Clock::default();
        let sentences = sentences(&paragraph.text);
        let mut earlier = String::new();
        self.headings.begin_paragraph();
        let paragraph_from = self.figures.len();
        let mut stated_from = paragraph_from;
        let mut unfinished = self.last.take().filter(|_| paragraph.may_continue);
        let mut is_heading = false;
        if let [(_, line)] = sentences.as_slice()
            && line.len() < LONGEST_LINE
        {
            is_heading = self.headings.take_line(&fold(line), paragraph.marked, &self.reporter);
        }
        let mut frame = self.headings.frame(self.base);
        if is_heading || begins_heading(paragraph.text.trim_start()) {
            self.era = None;
        }
        frame.time = frame.time.or(self.era);
        // Whether the sentence before, like a heading, limits the next one.
        let mut limits = Limit::default();
        for &(at, printed) in &sentences {
            if printed.is_empty() || printed.len() > LONGEST {
                continue;
            }
            // A full-width comma ends a clause; a half-width one may stand inside a number.
            let folded = fold(&without_gaps(&without_marks(&with_clauses(printed))));
            let folded = without_asides(folded.trim_start_matches(BULLETS), lexicon::lexicon().bodies);
            let folded = respectively::distributed(&folded).unwrap_or(folded);
            let whole_line = sentences.len() == 1;
            let mut rest = self.headings.take(&folded, whole_line, &self.reporter);
            if rest.len() < folded.len() {
                // A heading may run into the next one: 二、主动公开政府信息情况（一）数量.
                rest = self.headings.take(rest, false, &self.reporter);
                frame = self.headings.frame(self.base);
            }
            let labelled = self.headings.take_label(rest);
            let first = self.figures.len();
            self.hear_remark(rest, paragraph_from);
            self.last = Some(Last {
                folded: rest.to_owned(),
                earlier: earlier.clone(),
                said,
                frame,
                first,
            });
            if labelled.len() < rest.len() {
                let label = &rest[..rest.len() - labelled.len()];
                frame.hear(label, true, &self.reporter);
                frame.hear_matter(label);
                frame.hear_time(label, self.reporter.year);
                frame.hear_told(label, &self.reporter);
                let limit = clause_limits(label.trim_end_matches([':', ',', ';']), false);
                frame.limited = frame.limited.and(limit.unwrap_or_default());
                rest = labelled;
            }
            frame.hear_label(rest, &self.reporter);
            let below = frame.limited;
            frame.limited = frame.limited.and(label_limits(rest));
            frame.limited = frame.limited.and(limits);
            limits = like_a_heading(rest, &self.reporter);
            if worth_reading(rest) {
                let place = Place {
                    printed,
                    origin: paragraph.origin(at),
                    earlier: &earlier,
                    stated_from,
                };
                self.sentence(rest, &place, &mut said, &mut frame);
            } else {
                for clause in rest.split([',', ';']) {
                    frame.hear(clause, true, &self.reporter);
                    frame.hear_matter(clause);
                }
            }
            frame.limited = below;
            frame.hear_time(rest, self.reporter.year);
            rest.clone_into(&mut earlier);
            stated_from = first;
            if let Some(unfinished) = unfinished.take() {
                stated_from = self.doubt_halves(&unfinished, rest, first);
                if let Some(last) = &mut self.last {
                    last.first = stated_from;
                }
            }
        }
        self.era = frame.time.filter(|time| *time == Time::Ever);
        if is_heading {
            self.last = None;
        }
    }

    /// Hears a sentence that says of what the figures before it in the paragraph are: 以上数据为全市数据. One that makes them count nothing leaves
    /// their time open.
    fn hear_remark(&mut self, folded: &str, from: usize) {
        let folded = folded.trim_start_matches("注").trim_start_matches(':');
        let about = ["以上", "上述", "此", "该"]
            .iter()
            .find_map(|word| folded.strip_prefix(word));
        let is_about = about.is_some_and(|rest| {
            ["数据", "数字", "统计", "为", "均为"]
                .iter()
                .any(|word| rest.starts_with(word))
        });
        let clause = folded.split([',', ';', '。']).next().unwrap_or(folded);
        let said = if is_about {
            remark(clause, &self.reporter)
        } else {
            Remark::Silent
        };
        for figure in self.figures.get_mut(from..).into_iter().flatten() {
            match said {
                Remark::Silent => {}
                Remark::Void => figure.basis = None,
                Remark::Of(basis) => figure.basis = basis,
                Remark::By(scope) => figure.scope = scope,
            }
        }
    }

    /// Lines that may be the halves of one sentence: what their figures are not when both are read together is open, and figures that are
    /// none then are left out: `其中未` and `主动公开政府信息12条`. `first` is the number of figures before those of the second half, and so is
    /// what it gives back.
    fn doubt_halves(&mut self, half: &Last, rest: &str, first: usize) -> usize {
        let is_title = half.folded.ends_with("报告") || half.folded.ends_with("年报");
        if self.figures.len() == half.first || is_title || half.folded.len() + rest.len() > LONGEST {
            return first;
        }
        let context = Context {
            lexicon: lexicon::lexicon(),
            reporter: self.reporter,
            headings: &self.headings,
            said: half.said,
            earlier: &half.earlier,
            stated: &self.figures[..half.first],
            stated_before: &[],
        };
        let (mut said, mut frame) = (half.said, half.frame);
        let together = read(&[&half.folded, rest].concat(), &context, &mut said, &mut frame).found;
        let mut kept = Vec::new();
        for (index, mut figure) in self.figures.split_off(half.first).into_iter().enumerate() {
            let same = |found: &&sentence::Found| found.key == figure.key && Number(found.value) == figure.value;
            let Some(found) = together.iter().find(same) else {
                continue;
            };
            // Words between that are not known are no other body.
            figure.scope = figure
                .scope
                .filter(|scope| found.scope.is_none_or(|other| other == *scope));
            figure.basis = figure.basis.filter(|basis| found.basis == Some(*basis));
            figure.approximate |= found.approximate;
            kept.push(half.first + index);
            self.figures.push(figure);
        }
        let place = |index: usize| match index < half.first {
            true => Some(index),
            false => kept.iter().position(|kept| *kept == index).map(|at| half.first + at),
        };
        self.so_far = self.so_far.iter().filter_map(|index| place(*index)).collect();
        half.first + kept.iter().filter(|index| **index < first).count()
    }

    fn sentence(&mut self, folded: &str, place: &Place, said: &mut Clock, frame: &mut Frame) {
        let Place {
            printed,
            origin,
            earlier,
            stated_from,
        } = *place;
        let context = Context {
            lexicon: lexicon::lexicon(),
            reporter: self.reporter,
            headings: &self.headings,
            said: *said,
            earlier,
            stated: &self.figures,
            stated_before: &self.figures[stated_from..],
        };
        let sentence = read(folded, &context, said, frame);
        let first = self.figures.len();
        let so_far = sentence.found.iter().enumerate().filter(|(_, found)| found.so_far);
        self.so_far.extend(so_far.map(|(index, _)| first + index));
        self.figures
            .extend(sentence.found.into_iter().map(|found| NarrativeFigure {
                key: found.key.into(),
                value: Number(found.value),
                unit: found.unit.map(String::from),
                scope: found.scope,
                basis: found.basis,
                approximate: found.approximate,
                text: printed.to_owned(),
                origin: origin.clone(),
            }));
        let doubtful = sentence.doubtful.into_iter();
        self.diagnostics.extend(
            doubtful.map(|(key, words)| DOUBTFUL.at(origin.clone(), format!("{words:?} was not taken for {key}"))),
        );
    }
}

/// Whether the clause of a figure calls it a sum: 共主动公开700条, and not 依托公共资源交易，主动公开900条.
fn is_called_sum(figure: &NarrativeFigure) -> bool {
    let number = figure.value.to_string();
    let clauses = || figure.text.split([',', '，', ';', '；', '。']);
    let says = |clause: &str| {
        let plain = NO_SUMS
            .iter()
            .fold(clause.to_owned(), |clause, word| clause.replace(word, ""));
        SUMS.iter().any(|word| plain.contains(word))
    };
    match clauses().find(|clause| clause.contains(&number)) {
        Some(clause) => says(clause),
        None => says(&figure.text),
    }
}

/// To what a sentence of one clause limits the next one, like a heading: 一是推进征地拆迁信息公开。, 热点一：土地征收。
fn like_a_heading(sentence: &str, reporter: &Reporter) -> Limit {
    let clause = sentence.trim_end_matches('。');
    if clause.contains([',', ';']) {
        return Limit::default();
    }
    let named = clause
        .split_once(':')
        .filter(|_| clause.len() < LONGEST_LINE && !worth_reading(clause));
    let another = named.is_some_and(|(_, named)| names_another_matter(named, reporter));
    let named = if another { Limit::PART } else { Limit::default() };
    let limit = clause_limits(clause, false).unwrap_or_default();
    limit.and(point_limits(clause)).and(named)
}

/// Whether a sentence has a number or says that there was none; most have neither.
fn worth_reading(folded: &str) -> bool {
    folded.contains(|c: char| {
        c.is_ascii_digit() || matches!(c, '未' | '无' | '没' | '件' | '宗' | '份' | '起' | '例' | '百' | '千')
    }) || folded.contains("不收")
}

#[cfg(test)]
mod tests;
