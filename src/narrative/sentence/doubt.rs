//! What the rest of a sentence says of the figures before it: that one counts more things, more years, or only a part.

use rust_decimal::Decimal;

use super::{Found, Reader, between};
use crate::narrative::lexicon::{Class, told};
use crate::narrative::remark::{Remark, counts_own_among, remark};
use crate::narrative::scope::{Subject, ends_as_body};
use crate::narrative::time::Time;
use crate::narrative::token::{Kind, Token};
use crate::report::{Basis, Scope};
use crate::text::quantity::{holds_quantity, quantity_at};

/// Classes of words with which a number counts the same things as the one before it.
const SAME_THINGS: &[&str] = &[
    "information",
    "open",
    "disclose",
    "application",
    "on_application",
    "receive",
    "thing",
    "made",
    "publish",
    "among",
];

impl Reader<'_> {
    /// Looks at what stands behind each figure: 行政复议120件，其中涉及政府信息公开的3件 counts more than reviews on disclosure, and
    /// 主动公开5231条，今年新增231条 more than this year's.
    pub(super) fn look_behind_figures(&mut self) {
        let mut found = std::mem::take(&mut self.sentence.found);
        let is_unclear = |figure: &&Found| {
            let of_more = !figure.named && self.counts_more_things(figure);
            let nowhere = figure.key == "applications.carried_forward" && self.is_carried_nowhere(figure);
            of_more
                || nowhere
                || self.includes_carried(figure, &found)
                || self.counts_all_disputes(figure)
                || self.is_of_another_matter(figure)
                || self.is_an_answer(figure)
                || self.is_a_way_of_answering(figure)
        };
        let unclear: Vec<(usize, &str)> = found
            .iter()
            .filter(is_unclear)
            .map(|figure| (figure.at, figure.key))
            .collect();
        found.retain(|figure| !unclear.contains(&(figure.at, figure.key)));
        let stocks: Vec<usize> = found
            .iter()
            .filter(|figure| self.is_stock(figure, &found))
            .map(|figure| figure.place)
            .collect();
        for figure in &mut found {
            let of_more = self.counts_more_years(figure) || stocks.contains(&figure.place);
            if figure.basis == Some(Basis::Year) && of_more {
                figure.basis = None;
            }
        }
        found.retain_mut(|figure| self.remarks(figure).into_iter().all(|said| apply(said, figure)));
        for figure in &mut found {
            if figure.scope == Some(Scope::Whole)
                && (self.is_one_of_origins(figure) || self.stands_beside_bodies(figure))
            {
                figure.scope = None;
            }
        }
        self.sentence.found = found;
    }

    /// Whether a number is only of those from one origin and the next clause has those from another: 申请68件来自公民，7件来自企业.
    fn is_one_of_origins(&self, figure: &Found) -> bool {
        let behind = &self.text[self.tokens[figure.place].end..];
        let Some((origin, next)) = behind.split_once([',', ';', '、']) else {
            return false;
        };
        let unit = |at: usize| quantity_at(next, at).map(|quantity| quantity.unit);
        let names_origin = ["来自", "由", "属", "通过", "涉及", "系"]
            .iter()
            .any(|word| origin.starts_with(word));
        names_origin && !holds_quantity(origin) && figure.unit.is_some() && unit(0) == figure.unit
    }

    /// Whether numbers of other bodies stand right behind that of one, which is not their sum: 县政府公开89条，县直部门1908条，乡镇445条.
    fn stands_beside_bodies(&self, figure: &Found) -> bool {
        let own = self.own_subject(0, figure.place);
        if figure.territory || own.is_some_and(|own| matches!(own, Subject::Own(_))) {
            return false;
        }
        let (mut sum, mut place) = (Decimal::ZERO, figure.place);
        while let Some((number, value)) = self.number_of_body(place + 1, figure.unit) {
            (sum, place) = (sum + value, number);
        }
        place > figure.place && sum != figure.value
    }

    /// The number that a clause gives to the other body which it names, and nothing more.
    fn number_of_body(&self, comma: usize, unit: Option<&str>) -> Option<(usize, Decimal)> {
        let parts = |token: &Token| token.kind == Kind::End || token.class == told::SEPARATOR;
        self.tokens.get(comma).filter(|token| parts(token))?;
        let number = self.next_number(comma)?;
        let words = &self.tokens[comma + 1..number];
        let (first, last) = (words.first()?, words.last()?);
        let Kind::Number(quantity) = &self.tokens[number].kind else {
            return None;
        };
        let is_body = matches!(self.subject_of(first.start, last.end), Subject::Other(Some(_)))
            && ends_as_body(between(self.text, words), self.context.lexicon.bodies);
        (is_body && Some(quantity.unit) == unit && !words.iter().any(parts)).then_some((number, quantity.value))
    }

    /// 答复方式：邮寄33件.
    fn is_a_way_of_answering(&self, figure: &Found) -> bool {
        let before = &self.text[..self.tokens[figure.place].start];
        let is_way = figure.key.starts_with("requests.") && !figure.key.starts_with("requests.closed");
        let words = &self.context.lexicon.others.answer_ways;
        let says = |text: &str| words.iter().any(|word| text.contains(word.as_str()));
        is_way && (says(before) || self.context.headings.iter().any(says))
    }

    /// Whether a number is the sum of all years behind that of one: 新增主动公开政府信息586条，主动公开政府信息总数达6868条.
    fn is_stock(&self, figure: &Found, found: &[Found]) -> bool {
        let is_before =
            |other: &&Found| other.key == figure.key && other.place < figure.place && other.value < figure.value;
        let Some(last) = found.iter().filter(is_before).map(|other| other.place).max() else {
            return false;
        };
        let between = &self.text[self.tokens[last].end..self.tokens[figure.place].start];
        ["总数", "总量"].iter().any(|word| between.contains(word))
    }

    /// Whether a number of what was disclosed counts answers: 收到申请41件，其中主动公开5件，同意公开13件.
    fn is_an_answer(&self, figure: &Found) -> bool {
        let answers = [
            "granted",
            "partial",
            "denied",
            "unavailable",
            "does_not_exist",
            "not_this_agency",
            "exempt",
        ];
        let answers = answers.map(|name| self.class(name));
        let counts_answers = figure.unit.is_some_and(|unit| "件宗起".contains(unit));
        figure.key == "disclosure.total"
            && counts_answers
            && self.tokens.iter().any(|token| answers.contains(&token.class))
    }

    /// What is said of a figure right behind it: in brackets, 345条(全市), and in a clause of its own, 345条，均为市审计局办理.
    fn remarks(&self, figure: &Found) -> Vec<Remark> {
        const LEADING: &[&str] = &[
            "为",
            "均为",
            "均系",
            "均不",
            "系",
            "此数据",
            "该数据",
            "数据",
            "上述",
            "以上",
            "此为",
            "该为",
            "含",
            "包括",
            "由",
        ];
        let reporter = &self.context.reporter;
        if figure.unit.is_none() {
            return Vec::new();
        }
        let mut said = Vec::new();
        let mut behind = &self.text[self.tokens[figure.place].end..];
        // 345条/月, 345条每月, 30件×12.
        if behind.starts_with(['/', '每', '×']) || is_condition(behind) || is_put_right(behind) {
            said.push(Remark::Void);
        }
        if let Some((inside, rest)) = behind.strip_prefix('(').and_then(|rest| rest.split_once(')')) {
            let is_carried = inside.contains("结转") && figure.key == "applications.new";
            let is_about_carried = inside.contains("结转") && !is_carried;
            said.push(match remark(inside, reporter) {
                Remark::Void if is_about_carried => Remark::Silent,
                _ if is_carried => Remark::Void,
                said => said,
            });
            behind = rest;
        }
        let clause = behind.strip_prefix([',', ';']).map(|rest| {
            let end = rest.find([',', ';', '。', '(']).unwrap_or(rest.len());
            &rest[..end]
        });
        if let Some(clause) = clause {
            let leads = LEADING.iter().any(|word| clause.starts_with(word));
            if leads {
                said.push(remark(clause, reporter));
            } else if counts_own_among(clause, self.context.lexicon.bodies) {
                said.push(Remark::By(None));
            }
        }
        said
    }

    /// Whether applications are counted with those carried over: 收到36件，其中上年结转3件; 连同上年结转3件，共收到36件.
    fn includes_carried(&self, figure: &Found, found: &[Found]) -> bool {
        if figure.key != "applications.new" {
            return false;
        }
        let (start, end) = (self.tokens[figure.place].start, self.tokens[figure.place].end);
        let (before, behind) = (&self.text[..start], &self.text[end..]);
        let has = |text: &str, words: &[&str]| words.iter().any(|word| text.contains(word));
        let next = found
            .iter()
            .filter(|next| next.place > figure.place)
            .min_by_key(|next| next.place);
        let is_carried = |next: &&Found| match next.key {
            "applications.carried_over" => true,
            "applications.carried_forward" => self.is_carried_nowhere(next),
            _ => false,
        };
        let between = |next: &Found| &self.text[end..self.tokens[next.place].start];
        let counted = next
            .filter(is_carried)
            .is_some_and(|next| has(between(next), &["其中", "含", "包括"]));
        // 收到25件，其中2件为上年结转.
        let part = behind
            .trim_start_matches([',', ';', '('])
            .strip_prefix("其中")
            .unwrap_or_default();
        let part = part.split([',', ';', '。', ')']).next().unwrap_or(part);
        let told = has(part, &["上年", "上一年", "上个年度"]) && !has(part, &["同期", "较", "比"]);
        let joined = before.contains("结转") && has(before, &["连同", "加上", "含上年", "含上一年"]);
        !before.ends_with("新收") && (counted || told || joined)
    }

    /// Whether a number that was carried is not said to be carried to the next year, where the sentence speaks of parts or of this year: it may
    /// have come from the last.
    fn is_carried_nowhere(&self, figure: &Found) -> bool {
        let (from, to) = self.clause_around(figure.place);
        let clause = &self.tokens[from..to];
        let is = |wanted: Time| clause.iter().any(|token| token.kind == Kind::Time(wanted));
        let goes_on = is(Time::Next) || clause.iter().any(|token| token.class == self.class("pending"));
        let before = &self.text[..self.tokens[figure.place].start];
        let in_parts = ["其中", "含", "包括"].iter().any(|word| before.contains(word));
        !goes_on && (in_parts || is(Time::Now) || is(Time::Year))
    }

    /// The clause in which a token stands: places in the list of tokens.
    fn clause_around(&self, place: usize) -> (usize, usize) {
        let is_end = |token: &Token| token.kind == Kind::End;
        let from = self.tokens[..place].iter().rposition(is_end).map_or(0, |at| at + 1);
        let to = self.tokens[place..]
            .iter()
            .position(is_end)
            .map_or(self.tokens.len(), |at| place + at);
        (from, to)
    }

    /// Whether all disputes of a body are counted, of which the words behind say how many are on disclosure, or that they are on something
    /// else: 行政复议3件，涉及政府信息公开1件; 3件（均为工伤认定）.
    fn counts_all_disputes(&self, figure: &Found) -> bool {
        if figure.named
            || figure.unit.is_none()
            || figure.outcome_of.is_some()
            || !figure.key.starts_with("review_litigation.")
        {
            return false;
        }
        let behind = self.tokens[figure.place + 1..].iter();
        let other = ["review", "litigation", "appeal", "complaint"].map(|name| self.class(name));
        let words = behind.take_while(|token| !other.contains(&token.class)).count();
        let end = self
            .tokens
            .get(figure.place + 1 + words)
            .map_or(self.text.len(), |token| token.start);
        let text = self.text[self.tokens[figure.place].end..end].trim_start_matches([',', ';', '(']);
        let others = self.context.lexicon.others;
        let has = |words: &[String]| words.iter().any(|word| text.contains(word.as_str()));
        let all_of = ["均为", "均系", "都是", "全部为", "全部是"]
            .iter()
            .find_map(|word| text.strip_prefix(word));
        match all_of {
            Some(rest) => !rest.contains("信息公开") && !has(&others.outcomes),
            None if text.contains("信息公开") => true,
            None => {
                ["主要涉及", "涉及", "主要为", "主要是"]
                    .iter()
                    .any(|word| text.starts_with(word))
                    && !has(&others.outcomes)
            }
        }
    }

    /// Whether a number of disputes is said to be of those on another matter: 行政复议2件，均与政府信息公开无关.
    fn is_of_another_matter(&self, figure: &Found) -> bool {
        let behind = &self.text[self.tokens[figure.place].end..];
        let mut words = self.context.lexicon.others.unrelated.iter();
        figure.key.starts_with("review_litigation.") && words.any(|word| behind.contains(word.as_str()))
    }

    /// The next number behind a place.
    pub(super) fn next_number(&self, place: usize) -> Option<usize> {
        (place + 1..self.tokens.len()).find(|&next| matches!(self.tokens[next].kind, Kind::Number(_)))
    }

    pub(super) fn counts_more_things(&self, figure: &Found) -> bool {
        let Some(next) = self.next_number(figure.place) else {
            return false;
        };
        let words = &self.tokens[figure.place + 1..next];
        let Some(among) = words.iter().position(|token| token.class == self.class("among")) else {
            return false;
        };
        let words = &words[among..];
        let has = |names: &[&str]| {
            let classes: Vec<Class> = names.iter().map(|name| self.class(name)).collect();
            words.iter().any(|token| classes.contains(&token.class))
        };
        if figure.key.starts_with("review_litigation.") {
            return has(&["information", "on_application"]);
        }
        let text = &self.text[words[0].start..self.tokens[next].start];
        let mut others = self.context.lexicon.others.businesses.iter();
        let known = !words.iter().any(|token| token.kind == Kind::Unknown);
        let of_topic = known && has(&["information"]) && has(&["application"]);
        figure.key == "applications.new" && (of_topic || others.any(|word| text.contains(word.as_str())))
    }

    /// Whether the next number is of the same things and of a year, or is compared with the end of a year.
    pub(super) fn counts_more_years(&self, figure: &Found) -> bool {
        let Some(next) = self.next_number(figure.place) else {
            return false;
        };
        let words = &self.tokens[figure.place + 1..next];
        let text = &self.text[self.tokens[figure.place].end..self.tokens[next].start];
        let has = |name: &str| words.iter().any(|token| token.class == self.class(name));
        if has("relative") {
            return text.contains("年末") || text.contains("年底");
        }
        let mut same: Vec<Class> = SAME_THINGS.iter().map(|name| self.class(name)).collect();
        same.push(told::SEPARATOR);
        let is_same = |token: &Token| same.contains(&token.class) || !matches!(token.kind, Kind::Word | Kind::Unknown);
        let last = words.iter().rev().find_map(|token| match token.kind {
            Kind::Time(time) => Some(time),
            _ => None,
        });
        let marked = has("among") || text.contains("新增") || !figure.dated;
        last.is_some_and(Time::is_a_year) && marked && words.iter().all(is_same)
    }
}

/// Whether what stands behind a number makes it a case that may come, 收到30件的，须报备; 收到30件时，须报备; 收到1件计1分, a target,
/// 公开500条的目标, or another body's: 收到30件的为县自然资源局.
fn is_condition(behind: &str) -> bool {
    let ends = ["时,", "时;", "的,", "的;"].iter().any(|end| behind.starts_with(end));
    let demands = [
        "的应",
        "的须",
        "的需",
        "的要",
        "的可",
        "的视",
        "的予以",
        "的目标",
        "的任务",
        "的计划",
        "的指标",
        "的为",
        "的是",
        "的有",
        "的单位",
        "的部门",
        "的乡镇",
    ];
    let scores = ["计", "得", "加", "扣"]
        .iter()
        .find_map(|word| behind.strip_prefix(word));
    ends || demands.iter().any(|words| behind.starts_with(words))
        || scores.is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
}

/// Whether what stands behind a number puts another in its place: “收到申请5件”更正为“收到申请6件”.
fn is_put_right(behind: &str) -> bool {
    let rest = behind.trim_start_matches(['”', '"', '\'', '」', ')', ',']);
    let rest = ["的", "数据", "现", "应", "统一"]
        .iter()
        .fold(rest, |rest, word| rest.strip_prefix(word).unwrap_or(rest));
    [
        "更正",
        "改为",
        "修改为",
        "修正为",
        "调整为",
        "变更为",
        "更改为",
        "订正为",
        "勘误",
        "有误",
        "系笔误",
        "为笔误",
    ]
    .iter()
    .any(|word| rest.starts_with(word))
}

/// Gives a figure what a remark says of it. Whether it is one still.
fn apply(said: Remark, figure: &mut Found) -> bool {
    match said {
        Remark::Silent => {}
        Remark::Void => return false,
        Remark::Of(basis) => figure.basis = basis,
        Remark::By(scope) => figure.scope = scope,
    }
    true
}

/// 县政府25件，各乡镇20件: where bodies stand side by side and none is the sum of the others, each is a part. Beside a territory of which the
/// body is only one of many, 全市4500条，我局45条, it is no part of itself.
pub(super) fn parts_beside(found: &mut [Found], text: &str) {
    for index in 0..found.len() {
        let figure = &found[index];
        let beside = found.iter().any(|other| {
            let (from, to) = (figure.at.min(other.at), figure.at.max(other.at));
            other.key == figure.key
                && other.at != figure.at
                && other.basis == figure.basis
                && matches!(other.scope, Some(Scope::Part | Scope::Several))
                && !other.territory
                && !text[from..to].contains("其中")
        });
        if beside && figure.scope == Some(Scope::Whole) && !figure.territory {
            found[index].scope = Some(Scope::Part);
        }
    }
}
