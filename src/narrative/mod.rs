//! Figures that sentences state: 共收到政府信息公开申请749件, 未发生行政复议.
//!
//! A number is taken only where the words around it name one of the figures of the tables, and the sentence speaks of the
//! reported year and the reporting body. Invariant: every mention is kept, also where two of them disagree.

mod clause;
mod quantity;

use crate::document::{Block, Document};
use crate::report::NarrativeFigure;
use crate::text::normalize::fold;
use clause::Context;

/// Every key that a figure of a sentence can have.
pub const KEYS: &[&str] = &[
    "applications.new",
    "applications.carried_over",
    "applications.results_total",
    "applications.granted",
    "applications.partially_granted",
    "applications.granted_or_partially_granted",
    "applications.denied",
    "applications.unavailable",
    "applications.not_processed",
    "applications.other_handling",
    "applications.carried_forward",
    "review_litigation.review",
    "review_litigation.litigation",
    "review_litigation.review_and_litigation",
];

/// Words without which a paragraph states no figure that is looked for.
const SUBJECTS: &[&str] = &["申请", "复议", "诉讼", "申請", "復議", "訴訟"];

/// Longest sentence, in bytes; what is longer is no prose.
const LONGEST: usize = 6_000;

/// The figures that the sentences of a document state, in reading order. `claimed[i]` says that block `i` belongs to a table;
/// `year` is the year of the report, which tells figures of other years apart.
pub fn narrative_figures(document: &Document, claimed: &[bool], year: Option<i32>) -> Vec<NarrativeFigure> {
    let mut figures = Vec::new();
    for (index, block) in document.blocks.iter().enumerate() {
        let Block::Paragraph(paragraph) = block else { continue };
        if claimed.get(index).copied().unwrap_or(false) || !SUBJECTS.iter().any(|word| paragraph.text.contains(word)) {
            continue;
        }
        let mut about_disclosure = false;
        for printed in paragraph.text.split_inclusive(['。', '！', '？']) {
            let printed = printed.trim();
            if printed.len() > LONGEST {
                continue;
            }
            // A full-width comma ends a clause; a half-width one may stand inside a number.
            let folded = fold(&printed.replace('，', "；"));
            about_disclosure |= folded.contains("公开");
            for found in sentence(&folded, year) {
                let dispute = found.key.starts_with("review_litigation");
                if dispute && !about_disclosure && found.value > 0 {
                    continue;
                }
                figures.push(NarrativeFigure {
                    key: found.key.into(),
                    value: found.value.into(),
                    unit: found.unit.map(String::from),
                    text: printed.to_owned(),
                    origin: paragraph.origin.clone(),
                });
            }
        }
    }
    figures
}

struct Found {
    key: &'static str,
    value: i64,
    unit: Option<char>,
}

/// The figures of one folded sentence.
fn sentence(text: &str, year: Option<i32>) -> Vec<Found> {
    let quantities = quantity::quantities(text);
    let mut found: Vec<(usize, Found)> = Vec::new();
    for (index, quantity) in quantities.iter().enumerate() {
        let earlier = index.checked_sub(1).map_or(0, |before| quantities[before].end);
        let later = quantities.get(index + 1).map_or(text.len(), |next| next.start);
        let start = earlier.max(clause_start(text, quantity.start));
        let end = clause_end(text, quantity.end).min(later);
        let context = Context {
            before: &text[start..quantity.start],
            after: &text[quantity.end..end],
            after_is_shared: end == later && later < text.len(),
            unit: quantity.unit,
            after_received: found.iter().any(|(_, found)| found.key == "applications.new"),
            year,
        };
        if let Some(key) = clause::counted(&context)
            && (key.contains("carried") || of_this_year(&text[..quantity.start], year))
            && !(key == "applications.new" && is_part(text, start, &found))
        {
            found.push((
                quantity.start,
                Found {
                    key,
                    value: quantity.value,
                    unit: Some(quantity.unit),
                },
            ));
        }
    }
    let mut start = 0;
    for clause in text.split_inclusive(is_delimiter) {
        let counted = quantities
            .iter()
            .any(|quantity| (start..start + clause.len()).contains(&quantity.start));
        if !counted && of_this_year(&text[..start + clause.len()], year) {
            for key in clause::denied(clause.trim_end_matches(is_delimiter)) {
                found.push((
                    start,
                    Found {
                        key,
                        value: 0,
                        unit: None,
                    },
                ));
            }
        }
        start += clause.len();
    }
    found.sort_by_key(|(at, _)| *at);
    found.into_iter().map(|(_, found)| found).collect()
}

fn is_delimiter(c: char) -> bool {
    matches!(c, ',' | ';' | '。' | '!' | '?' | ')')
}

fn clause_start(text: &str, at: usize) -> usize {
    text[..at].rfind(is_delimiter).map_or(0, |delimiter| {
        delimiter + text[delimiter..].chars().next().map_or(0, char::len_utf8)
    })
}

fn clause_end(text: &str, at: usize) -> usize {
    text[at..]
        .find(is_delimiter)
        .map_or(text.len(), |delimiter| at + delimiter)
}

/// Whether a number of applications is a part of one that the sentence named before: 其中，县公安局受理20件.
fn is_part(text: &str, start: usize, found: &[(usize, Found)]) -> bool {
    let whole = found.iter().find(|(_, found)| found.key == "applications.new");
    whole.is_some_and(|(at, _)| text[*at..start].contains("其中"))
}

/// Whether the last year that was named before is the reported one. 较去年 compares and names no year.
fn of_this_year(before: &str, year: Option<i32>) -> bool {
    let mut last: Option<(usize, bool)> = None;
    for (at, _) in before.match_indices('年') {
        let front = &before[..at];
        let named = front
            .get(front.len().saturating_sub(4)..)
            .and_then(|digits| digits.parse::<i32>().ok());
        let relative = front.ends_with(['去', '上', '前']) || front.ends_with("上一");
        let compared = ["较去", "比去", "较上", "比上", "较上一", "比上一", "较前", "比前"]
            .iter()
            .any(|word| front.ends_with(word));
        let behind = before[at + '年'.len_utf8()..].trim_start_matches(['度', '的']);
        if let Some(named) = named.filter(|named| (1990..2100).contains(named)) {
            last = Some((at, year.is_none_or(|year| named == year)));
        } else if relative && !compared && !behind.starts_with("结转") && !behind.starts_with("同期") {
            last = Some((at, false));
        } else if front.ends_with(['今', '全', '本']) {
            last = Some((at, true));
        }
    }
    last.is_none_or(|(_, this)| this)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figures(text: &str) -> Vec<(&'static str, i64)> {
        let folded = fold(&text.replace('，', "；"));
        sentence(&folded, Some(2022))
            .into_iter()
            .map(|found| (found.key, found.value))
            .collect()
    }

    #[test]
    fn a_figure_has_the_key_of_what_it_counts() {
        for (text, expected) in [
            ("2022年，我局共收到政府信息公开申请5件。", vec![("applications.new", 5)]),
            ("全年受理政府信息公开申请 749 件", vec![("applications.new", 749)]),
            ("收到１份政府信息公开申请。", vec![("applications.new", 1)]),
            ("收到和处理信息公开申请共计165份", vec![("applications.new", 165)]),
            (
                "收到申请政府信息公开事项12件，已进行行政答复。",
                vec![("applications.new", 12)],
            ),
            ("共收到依申请公开申请三件", vec![("applications.new", 3)]),
            (
                "新收申请13件，上年结转申请2件，答复14件，结转下年度继续办理1件。",
                vec![
                    ("applications.new", 13),
                    ("applications.carried_over", 2),
                    ("applications.results_total", 14),
                    ("applications.carried_forward", 1),
                ],
            ),
            (
                "其中予以公开3件，部分公开2件，不予公开4件，无法提供6件，不予处理7件，其他处理0件",
                vec![
                    ("applications.granted", 3),
                    ("applications.partially_granted", 2),
                    ("applications.denied", 4),
                    ("applications.unavailable", 6),
                    ("applications.not_processed", 7),
                    ("applications.other_handling", 0),
                ],
            ),
            (
                "予以公开及部分公开258件",
                vec![("applications.granted_or_partially_granted", 258)],
            ),
            (
                "另有72件申请按照规定顺延到下年度答复",
                vec![("applications.carried_forward", 72)],
            ),
            (
                "信息公开行政复议7件，诉讼9件",
                vec![("review_litigation.review", 7), ("review_litigation.litigation", 9)],
            ),
            (
                "行政复议、行政诉讼和申诉案件2件",
                vec![("review_litigation.review_and_litigation", 2)],
            ),
            ("收到行政复议申请2件", vec![("review_litigation.review", 2)]),
        ] {
            assert_eq!(figures(text), expected, "{text}");
        }
    }

    #[test]
    fn a_statement_that_there_was_none_is_a_zero() {
        for (text, keys) in [
            ("2022年未收到依申请公开政府信息申请。", vec!["applications.new"]),
            ("没有接到群众要求公开政府信息的申请", vec!["applications.new"]),
            ("全年未收到依申请公开来信，无意见投诉情况。", vec!["applications.new"]),
            (
                "没有发生针对本单位信息公开事务的行政复议案、行政诉讼案",
                vec!["review_litigation.review", "review_litigation.litigation"],
            ),
            (
                "未发生因政府信息公开申请行政复议的情况",
                vec!["review_litigation.review"],
            ),
        ] {
            assert_eq!(
                figures(text),
                keys.into_iter().map(|key| (key, 0)).collect::<Vec<_>>(),
                "{text}"
            );
        }
    }

    #[test]
    fn numbers_of_other_things_years_and_bodies_are_not_taken() {
        for text in [
            "公开机构信息1条，政策文件信息3条",
            "办理建议提案23件，答复网民留言40件",
            "受理行政许可申请1200件",
            "2021年，我局收到政府信息公开申请8件。",
            "去年收到政府信息公开申请8件",
            "申请数量较去年增加3件",
            "发出收费通知0件",
            "自然人申请741件，法人申请8件",
            "未收到申请人投诉",
            "对未经行政复议直接起诉的",
            "收到政府信息公开申请100余件",
        ] {
            assert_eq!(figures(text), [], "{text}");
        }
        let parts = "全县收到政府信息公开申请30件，其中，县公安局收到政府信息公开申请20件";
        assert_eq!(figures(parts), [("applications.new", 30)]);
    }
}
