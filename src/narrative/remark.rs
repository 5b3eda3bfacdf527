//! Remarks behind a number that say of what it is: 34件（上年）, 345条，均为市审计局办理, 以上数据为全市数据.
//!
//! Invariant: what a remark says of time and body holds in place of what was said before the number; a number that is planned, put
//! right or of another unit counts nothing.

use super::lexicon::{Bodies, Others, lexicon};
use super::scope::{Reporter, noun_at, subject};
use super::speaker::name_at_start;
use super::time::{Time, times};
use crate::report::{Basis, Scope};
use crate::text::quantity::holds_quantity;

/// What a remark says of a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Remark {
    /// Nothing.
    Silent,
    /// That it counts something else, or another year.
    Void,
    /// Of what time it is, where it is not of the year.
    Of(Option<Basis>),
    /// Whose it is, where it is not the body's.
    By(Option<Scope>),
}

/// What the folded words of a remark say.
pub(super) fn remark(words: &str, reporter: &Reporter) -> Remark {
    let lexicon = lexicon();
    let Others { voiding, linking, .. } = lexicon.others;
    let has = |list: &[String]| list.iter().any(|word| words.contains(word.as_str()));
    if has(voiding) {
        return Remark::Void;
    }
    if counts_own_among(words, lexicon.bodies) {
        return Remark::By(None);
    }
    if holds_quantity(words) {
        return Remark::Silent;
    }
    if words.ends_with('类') && linking.iter().any(|word| words.starts_with(word.as_str())) {
        return Remark::By(None);
    }
    let said = times(words, reporter.year);
    // 2008年以来累计, and not 今年以来.
    if words.contains("以来") && said.iter().all(|(_, time, _)| *time != Time::Now) {
        return Remark::Of(Some(Basis::Cumulative));
    }
    for (_, time, _) in said {
        match time {
            Time::Now | Time::Year | Time::Next => {}
            Time::Last | Time::Other => return Remark::Void,
            Time::Part | Time::UntilDay => return Remark::Of(Some(Basis::PartOfYear)),
            Time::Period => return Remark::Of(Some(Basis::Period)),
            Time::Since | Time::Ever => return Remark::Of(Some(Basis::Cumulative)),
            Time::Until | Time::SoFar => return Remark::Of(None),
        }
    }
    let mut name = words;
    while let Some(rest) = linking.iter().find_map(|word| name.strip_prefix(word.as_str())) {
        name = rest;
    }
    let includes = words.contains('含') || words.contains("包括");
    let ends = ["合计", "数据", "数", "总数", "汇总数", "总计"];
    let bare = ends.iter().find_map(|end| name.strip_suffix(end)).unwrap_or(name);
    let named = match name_at_start(bare, lexicon.bodies) {
        Some(name) => name,
        None => bare,
    };
    let is_own = ["我", "本"].iter().any(|own| named.starts_with(own));
    let does = ["由", "为"].iter().any(|by| words.starts_with(by))
        && ["完成", "公开", "办理", "承办", "发布", "提供"]
            .iter()
            .any(|verb| words.ends_with(verb));
    match subject(named, reporter, lexicon.bodies).scope() {
        // 由某科完成: whoever that is, it is not said to be the body.
        None if does => Remark::By(None),
        Some(Scope::Whole) | None => Remark::Silent,
        Some(_) if includes && !is_own => Remark::By(Some(Scope::Several)),
        scope => Remark::By(scope),
    }
}

/// Whether a remark counts what is the body's own among others: 其中我局20件.
pub(super) fn counts_own_among(words: &str, bodies: &Bodies) -> bool {
    let own = words.strip_prefix("其中").and_then(|rest| {
        let mut own = bodies.own.iter();
        own.find_map(|own| rest.strip_prefix(own.as_str()))
    });
    own.is_some_and(|rest| noun_at(rest, bodies).1.starts_with(|c: char| c.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_remark_says_of_what_time_and_whose_a_number_is() {
        let reporter = Reporter {
            agency: Some("砚浦市财政局"),
            year: Some(2022),
        };
        for (words, said) in [
            ("网络申请", Remark::Silent),
            ("2022年", Remark::Silent),
            ("2021年", Remark::Void),
            ("上年同期", Remark::Void),
            ("上年300条", Remark::Silent),
            ("上半年", Remark::Of(Some(Basis::PartOfYear))),
            ("截至6月底", Remark::Of(Some(Basis::PartOfYear))),
            ("累计", Remark::Of(None)),
            ("历年累计", Remark::Of(Some(Basis::Cumulative))),
            ("2021-2022年", Remark::Of(Some(Basis::Period))),
            ("全市合计", Remark::By(Some(Scope::Several))),
            ("含各县市区", Remark::By(Some(Scope::Several))),
            ("市审计局", Remark::By(Some(Scope::Part))),
            ("均为市审计局办理", Remark::By(Some(Scope::Part))),
            ("计划数", Remark::Void),
            ("应为36", Remark::Void),
            ("单位:万条", Remark::Void),
            ("为行政处罚类", Remark::By(None)),
            ("其中我局20", Remark::By(None)),
            ("其中本机关0", Remark::By(None)),
            ("其中我局网站20条", Remark::Silent),
        ] {
            assert_eq!(remark(words, &reporter), said, "{words}");
        }
    }
}
