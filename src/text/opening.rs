//! How sentences begin that follow a heading without a mark between them: 依申请公开情况2012年，我局….

/// Words that begin a sentence and no part of a heading.
const STARTS: &[&str] = &[
    "我", "本", "全", "目前", "按照", "为", "今年", "截至", "未", "没有", "通过", "因", "(",
];

/// Whether a folded text begins as sentences do that follow a heading.
pub(crate) fn begins_sentence(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit()) || STARTS.iter().any(|start| text.starts_with(start))
}
