//! The years that running text names, and what is said of each.
//!
//! A report names more years than its own: the day of its signature, the law that it cites, the year before, the year to come.
//! Invariant: only a year of which something else is said may be that of the report; the others only make it doubtful.

use std::sync::LazyLock;

use regex::Regex;

use super::regex;
use crate::text::year::squeeze;

static YEAR: LazyLock<Option<Regex>> = LazyLock::new(|| regex(r"(20[0-9]{2})年([0-9]{1,2}月)?([0-9]{1,2}日)?"));

/// Longest line without a sentence that may be a signature or a field with a day.
const LINE: usize = 40;
/// Characters behind a year among which the words of a plan begin: `2024年，我局将…`.
const NEAR: usize = 14;

/// A year and whether the report may be on it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Mention {
    pub year: i32,
    pub may_be_own: bool,
}

/// The years that a line names, in order.
pub(super) fn mentions(line: &str) -> Vec<Mention> {
    if !line.contains('年') {
        return Vec::new();
    }
    let squeezed = squeeze(line);
    let is_sentence = squeezed.contains(['。', '；', '，']) || squeezed.chars().count() > LINE;
    squeezed
        .split(['。', '！', '；'])
        .flat_map(|sentence| of_sentence(sentence, is_sentence))
        .collect()
}

fn of_sentence(sentence: &str, is_sentence: bool) -> Vec<Mention> {
    let Some(pattern) = YEAR.as_ref() else {
        return Vec::new();
    };
    let mention = |found: regex::Captures| {
        let whole = found.get(0)?;
        let (before, behind) = (&sentence[..whole.start()], &sentence[whole.end()..]);
        let has_month = found.get(2).is_some();
        let is_day_of_line = has_month && !is_sentence;
        Some(Mention {
            year: found[1].parse().ok()?,
            may_be_own: !(is_day_of_line || is_cited(behind) || is_compared(before, behind) || is_planned(behind)),
        })
    };
    pattern.captures_iter(sentence).filter_map(mention).collect()
}

/// Whether a law was made then, or something has been done since: 2019年修订的《条例》, 自2008年以来.
fn is_cited(behind: &str) -> bool {
    let clause = behind.split(['，', '、', ',']).next().unwrap_or_default();
    let is_made = ["修订", "修正", "施行", "颁布", "通过的", "公布的", "发布的", "印发的"];
    is_made.iter().any(|word| clause.contains(word))
        || ["第", "以来", "以前", "之前", "以后", "之后"]
            .iter()
            .any(|word| behind.starts_with(word))
}

/// Whether another year is held against it: 较2022年增加.
fn is_compared(before: &str, behind: &str) -> bool {
    ["较", "比", "与", "同", "较于"]
        .iter()
        .any(|word| before.ends_with(word))
        || behind.starts_with("同期")
}

/// Whether somebody plans for it: 2024年，我局将进一步…, 2024年工作计划.
fn is_planned(behind: &str) -> bool {
    const PLANS: &[&str] = &[
        "工作计划",
        "工作打算",
        "工作思路",
        "工作安排",
        "工作重点",
        "工作目标",
        "计划",
        "下一步",
        "打算",
        "力争",
        "争取",
    ];
    /// What 将 stands before where it speaks of the time to come, and not of what is taken in hand (将公开工作列入日程).
    const WILL: &[&str] = &[
        "进一步",
        "继续",
        "着力",
        "着重",
        "重点",
        "主要",
        "从",
        "以",
        "认真",
        "不断",
        "努力",
        "切实",
        "严格",
        "按照",
        "加强",
        "加大",
        "加快",
        "围绕",
        "在",
        "全面",
        "深入",
        "积极",
        "持续",
        "做好",
        "坚持",
        "结合",
        "更加",
        "立足",
        "根据",
        "紧紧",
        "推进",
        "推动",
        "采取",
        "通过",
        "对",
        "完善",
        "提高",
        "强化",
        "抓好",
        "改进",
        "于",
    ];
    let near: String = behind.chars().take(NEAR).collect();
    let will = near.match_indices('将').any(|(at, _)| {
        let next = &near[at + '将'.len_utf8()..];
        next.is_empty() || WILL.iter().any(|word| next.starts_with(word))
    });
    will || PLANS.iter().any(|word| near.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn own(line: &str) -> Vec<i32> {
        let own = mentions(line).into_iter().filter(|mention| mention.may_be_own);
        own.map(|mention| mention.year).collect()
    }

    #[test]
    fn a_year_of_another_thing_is_not_that_of_the_report() {
        for line in [
            "2024年1月",
            "青禾县水务局2024年1月18日",
            "发布日期：2024年1月18日",
            "根据2019年4月3日修订、2019年5月15日施行的《条例》，编制本报告。",
            "自2008年5月1日条例施行以来，共公开信息300条。",
            "主动公开信息300条，较2022年增加20条。",
            "2024年，我局将进一步做好公开工作。",
            "四、2024年工作计划",
            "2024年第1号公告",
        ] {
            assert!(!mentions(line).is_empty(), "{line}");
            assert_eq!(own(line), [0; 0], "{line}");
        }
    }

    #[test]
    fn a_year_in_which_something_was_done_may_be_that_of_the_report() {
        for line in [
            "2023年，我局将公开工作列入重要日程。",
            "2023年共发布信息300条，印发文件3件。",
            "2023年5月召开会议，部署公开工作。",
            "一、2023年总体情况",
        ] {
            assert_eq!(own(line), [2023], "{line}");
        }
        assert_eq!(own("2023年公开300条，比2022年增加20条，2024年将继续。"), [2023]);
    }
}
