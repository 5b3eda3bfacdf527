//! A paragraph cut into sentences, and each made ready to be folded: what stands between digits or parts clauses keeps its meaning there.

use std::borrow::Cow;

/// The sentences of a paragraph, each with the byte at which it begins. Where a report was saved on one line, a heading begins a sentence too.
pub(super) fn sentences(text: &str) -> Vec<(usize, &str)> {
    let mut cuts = vec![0];
    let (mut before, mut last) = (' ', ' ');
    for (at, c) in text.char_indices() {
        // 12条.我局: a full stop behind a Chinese character ends a sentence, one inside a number or an address does not.
        let is_stopped = matches!(before, '.' | '．') && is_chinese(last) && !c.is_ascii_alphanumeric();
        if matches!(before, '。' | '！' | '？' | '\n')
            || is_stopped
            || before.is_whitespace() && begins_heading(&text[at..])
        {
            cuts.push(at);
        }
        last = before;
        before = if c == ']' { ' ' } else { c };
    }
    cuts.push(text.len());
    cuts.dedup();
    let pairs = cuts.windows(2);
    pairs.map(|pair| (pair[0], text[pair[0]..pair[1]].trim())).collect()
}

/// A text whose clauses end with a semicolon where they end with a full-width comma, which stands inside a number too: １，２３４条.
pub(super) fn with_clauses(text: &str) -> String {
    let is_digit = |c: &char| c.is_ascii_digit() || matches!(c, '０'..='９');
    let mut parts = text.split('，');
    let mut joined = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let thousands = part.chars().take_while(is_digit).count() == 3;
        let before = joined.chars().rev().take_while(is_digit).count();
        let is_inside = thousands && (1..=3).contains(&before);
        joined.push(if is_inside { ',' } else { '；' });
        joined.push_str(part);
    }
    joined
}

/// A text in which raised digits, the marks of footnotes, join no number: 31¹件 is not 311件. A number that holds one counts nothing.
pub(super) fn without_marks(text: &str) -> String {
    text.replace(['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'], "\u{fffd}")
}

/// A text in which white space between digits joins no number where it may part two: 56 7件 is neither 567件 nor 7件. Digits that are all
/// set apart are one number (2 0 2 2年), and so are groups of three (1 234条).
pub(super) fn without_gaps(text: &str) -> Cow<'_, str> {
    let digit = |c: char| c.is_ascii_digit() || matches!(c, '０'..='９');
    let mut plain = String::new();
    let (mut done, mut at) = (0, 0);
    while let Some(start) = text[at..].find(digit).map(|start| at + start) {
        let run = &text[start..];
        let run = &run[..run.find(|c: char| !digit(c) && !c.is_whitespace()).unwrap_or(run.len())];
        at = start + run.len();
        let lengths: Vec<usize> = run.split_whitespace().map(|group| group.chars().count()).collect();
        let is_one = lengths.iter().all(|length| *length == 1) || lengths[1..].iter().all(|length| *length == 3);
        let is_date = text[at..].starts_with(['年', '月', '日', '-', '—', '～', '~', '/']);
        if lengths.len() > 1 && !is_one && !is_date {
            plain.push_str(&text[done..start]);
            plain.push_str(&run.split_whitespace().collect::<Vec<_>>().join("\u{fffd}"));
            done = at;
        }
    }
    match done {
        0 => text.into(),
        _ => (plain + &text[done..]).into(),
    }
}

fn is_chinese(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}' | ')' | '）')
}

/// 三、 and （二）, the numbers of headings in reports of running text.
pub(super) fn begins_heading(text: &str) -> bool {
    let inner = text.strip_prefix(['（', '(']).unwrap_or(text);
    let rest = inner.trim_start_matches(['一', '二', '三', '四', '五', '六', '七', '八', '九', '十']);
    rest.len() < inner.len() && rest.starts_with(['、', '）', ')'])
}
