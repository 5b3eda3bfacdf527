//! Words of the page in Chinese and English.
//!
//! Both stand in the page, and the style sheet shows that of the page's language: so the page needs no server to change it.
//! Invariant: names of figures come from the forms, explanations of codes from the modules that define them; only words of the page
//! itself stand in here and beside their use.

use maud::{Markup, html};

use crate::report::State;

/// A word in both languages, of which one is shown.
pub(super) fn both(chinese: &str, english: &str) -> Markup {
    html! { span.zh lang="zh" { (chinese) } span.en lang="en" { (english) } }
}

/// Words of a dataset that people read, in Chinese: levels and fates.
const WORDS: [(&str, &str); 14] = [
    ("central", "中央"),
    ("province", "省级"),
    ("city", "市级"),
    ("county", "县级"),
    ("township", "乡级"),
    ("zone", "开发区"),
    ("annual_report", "年度报告"),
    ("duplicate", "重复文件"),
    ("scan", "扫描件"),
    ("list_page", "列表页"),
    ("attachment_only", "报告在附件中"),
    ("not_a_report", "不是年报"),
    ("no_reader", "无此格式的读取器"),
    ("unreadable", "无法读取"),
];

/// The Chinese of a word of a dataset; the word itself where it is no word of people, such as a code or a year.
pub(super) fn chinese(word: &str) -> &str {
    WORDS
        .iter()
        .find(|(known, _)| *known == word)
        .map_or(word, |(_, chinese)| chinese)
}

/// The language of a page for a browser: Chinese where its `Accept-Language` names Chinese before English.
pub(super) fn language(accepted: Option<&str>) -> &'static str {
    let wanted = accepted.unwrap_or_default().to_ascii_lowercase();
    let first = wanted
        .split([',', ';'])
        .map(str::trim)
        .find(|tag| tag.starts_with("zh") || tag.starts_with("en"));
    if first.is_some_and(|tag| tag.starts_with("zh")) {
        "zh"
    } else {
        "en"
    }
}

/// What the content of a cell was understood as: class, Chinese, English.
pub(super) fn state(state: State) -> (&'static str, &'static str, &'static str) {
    match state {
        State::Number => ("number", "数字", "number"),
        State::Zero => ("zero", "零", "zero"),
        State::Blank => ("blank", "空白", "blank"),
        State::Placeholder => ("placeholder", "占位符", "placeholder"),
        State::Text => ("text", "文字", "text"),
        State::Inferred => ("inferred", "推算", "inferred"),
        State::Absent => ("absent", "无此格", "no such cell"),
    }
}

/// All states, in the order of the legend.
pub(super) const STATES: [State; 7] = [
    State::Number,
    State::Zero,
    State::Blank,
    State::Placeholder,
    State::Text,
    State::Inferred,
    State::Absent,
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_gets_the_language_that_it_names_first() {
        for (accepted, expected) in [
            (Some("zh-CN,zh;q=0.9,en;q=0.8"), "zh"),
            (Some("en-GB,zh;q=0.5"), "en"),
            (Some("de, zh-Hans;q=0.7"), "zh"),
            (Some("de"), "en"),
            (None, "en"),
        ] {
            assert_eq!(language(accepted), expected, "{accepted:?}");
        }
    }
}
