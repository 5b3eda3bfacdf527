//! Figures that sentences state: 共收到政府信息公开申请749件, 未发生行政复议.
//!
//! One grammar over words reads them; its words and patterns are data (`schema/prose.toml`). A number is taken only where every word
//! that governs it is known. Invariant: every mention is kept, also where two of them disagree, and each says whose figure it is, of
//! what time, and whether it is rounded.

mod frame;
mod heading;
mod lexicon;
mod lines;
mod quantity;
mod scope;
mod sentence;
mod time;
mod token;

use std::collections::HashMap;

use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::document::{Document, Origin};
use crate::report::{Basis, Metadata, NarrativeFigure, Number, Scope};
use crate::text::normalize::fold;
use frame::Frame;
use heading::Headings;
use lines::{Running, running};
use scope::Reporter;
use sentence::{Context, read};
use time::Clock;

pub use lexicon::{Figure, figures as stated_figures};

/// A number that may count something else.
pub const DOUBTFUL: Code = Code {
    code: "narrative.doubtful",
    severity: Severity::Info,
    english: "A sentence counts applications or cases and does not say that they are about information disclosure; no figure was taken.",
    chinese: "句中的申请或案件数量未说明与信息公开有关，未作为数据读取。",
};

/// What this module can notice.
pub const CODES: &[Code] = &[DOUBTFUL];

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
        figures: Vec::new(),
        so_far: Vec::new(),
        diagnostics: Vec::new(),
    };
    if let Some(title) = &metadata.title {
        prose.base = Frame::of_title(&fold(title), metadata.year);
    }
    for paragraph in running(document, claimed) {
        prose.paragraph(&paragraph);
    }
    prose.doubt_years();
    (prose.figures, prose.diagnostics)
}

/// Where a sentence stands: as printed, in its paragraph, behind the folded sentence before it.
struct Place<'a> {
    printed: &'a str,
    origin: &'a Origin,
    earlier: &'a str,
    /// Whether it may have begun on the line before.
    broken: bool,
}

struct Prose<'a> {
    reporter: Reporter<'a>,
    headings: Headings,
    /// What the title says of the whole report.
    base: Frame,
    figures: Vec<NarrativeFigure>,
    /// Which of them stand behind 累计 alone.
    so_far: Vec<usize>,
    diagnostics: Vec<Diagnostic>,
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

    fn paragraph(&mut self, paragraph: &Running) {
        let mut said = Clock::default();
        let sentences = sentences(&paragraph.text);
        let mut earlier = String::new();
        if let [(_, line)] = sentences.as_slice()
            && line.len() < LONGEST_LINE
        {
            self.headings.take_line(&fold(line), paragraph.marked, &self.reporter);
        }
        let mut frame = self.headings.frame(self.base);
        for &(at, printed) in &sentences {
            if printed.is_empty() || printed.len() > LONGEST {
                continue;
            }
            // A full-width comma ends a clause; a half-width one may stand inside a number.
            let folded = fold(&without_marks(&printed.replace('，', "；")));
            let whole_line = sentences.len() == 1;
            let mut rest = self.headings.take(&folded, whole_line, &self.reporter);
            if rest.len() < folded.len() {
                // A heading may run into the next one: 二、主动公开政府信息情况（一）数量.
                rest = self.headings.take(rest, false, &self.reporter);
                frame = self.headings.frame(self.base);
            }
            if worth_reading(rest) {
                let place = Place {
                    printed,
                    origin: paragraph.origin(at),
                    earlier: &earlier,
                    broken: paragraph.broken && at == 0,
                };
                self.sentence(rest, &place, &mut said, &mut frame);
            } else {
                for clause in rest.split([',', ';']) {
                    frame.hear(clause, &self.reporter);
                    frame.hear_matter(clause);
                }
            }
            frame.hear_time(rest, self.reporter.year);
            rest.clone_into(&mut earlier);
        }
    }

    fn sentence(&mut self, folded: &str, place: &Place, said: &mut Clock, frame: &mut Frame) {
        let Place {
            printed,
            origin,
            earlier,
            broken,
        } = *place;
        let context = Context {
            lexicon: lexicon::lexicon(),
            reporter: self.reporter,
            headings: &self.headings,
            said: *said,
            earlier,
            stated: &self.figures,
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
                scope: found.scope.filter(|scope| !(broken && *scope == Scope::Whole)),
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

/// A text in which raised digits, the marks of footnotes, join no number: 31¹件 is not 311件. A number that holds one counts nothing.
fn without_marks(text: &str) -> String {
    text.replace(['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'], "\u{fffd}")
}

/// The sentences of a paragraph, each with the byte at which it begins. Where a report was saved on one line, a heading begins a sentence too.
fn sentences(text: &str) -> Vec<(usize, &str)> {
    let mut cuts = vec![0];
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        if matches!(before, '。' | '！' | '？' | '\n') || before.is_whitespace() && begins_heading(&text[at..]) {
            cuts.push(at);
        }
        before = if c == ']' { ' ' } else { c };
    }
    cuts.push(text.len());
    cuts.dedup();
    let pairs = cuts.windows(2);
    pairs.map(|pair| (pair[0], text[pair[0]..pair[1]].trim())).collect()
}

/// 三、 and （二）, the numbers of headings in reports of running text.
fn begins_heading(text: &str) -> bool {
    let inner = text.strip_prefix(['（', '(']).unwrap_or(text);
    let rest = inner.trim_start_matches(['一', '二', '三', '四', '五', '六', '七', '八', '九', '十']);
    rest.len() < inner.len() && rest.starts_with(['、', '）', ')'])
}

/// Whether a sentence has a number or says that there was none; most have neither.
fn worth_reading(folded: &str) -> bool {
    folded.contains(|c: char| c.is_ascii_digit() || matches!(c, '未' | '无' | '没' | '件' | '宗' | '份' | '起' | '例'))
        || folded.contains("不收")
}

#[cfg(test)]
mod tests;
