//! A folded sentence cut into words of known classes, numbers, times and unknown words.

use super::lexicon::{Class, Lexicon, told};
use super::time::{Time, time_at};
use crate::text::label::split_ordinal;
use crate::text::quantity::{Quantity, digits_length, quantity_at};

/// A word of a sentence.
#[derive(Clone, Debug)]
pub(super) struct Token {
    pub class: Class,
    pub start: usize,
    pub end: usize,
    pub kind: Kind,
}

/// What a token is beside its class.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Kind {
    Word,
    /// Left out before patterns are matched.
    Filler,
    Unknown,
    Number(Quantity),
    Time(Time),
    /// A comma, a semicolon, a closing bracket.
    End,
}

/// Longest words between 向 and 提出.
const LONGEST_ADDRESS: usize = 30;

/// Cuts a folded sentence into tokens.
pub(super) fn tokens(text: &str, year: Option<i32>, lexicon: &Lexicon) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let (class, end, kind) = token_at(text, at, c, year, lexicon);
        match tokens.last_mut() {
            Some(last) if kind == Kind::Unknown && last.kind == Kind::Unknown => last.end = end,
            _ => tokens.push(Token {
                class,
                start: at,
                end,
                kind,
            }),
        }
        at = end;
    }
    tokens
}

fn token_at(text: &str, at: usize, c: char, year: Option<i32>, lexicon: &Lexicon) -> (Class, usize, Kind) {
    let next = at + c.len_utf8();
    // The number of an item.
    if at == 0
        && let (Some(_), rest) = split_ordinal(text)
    {
        return (told::UNKNOWN, text.len() - rest.len(), Kind::End);
    }
    // A point inside a number is part of it, and is not seen here.
    if matches!(c, ',' | ';' | '。' | '!' | '?' | ')' | '.' | '…') {
        return (told::UNKNOWN, next, Kind::End);
    }
    // 答复情况为:同意公开5件 begins a list; 政府网站公开:120条 only names its number.
    if c == ':' && !leads_to_number(&text[next..]) {
        return (told::UNKNOWN, next, Kind::End);
    }
    if c == '、' {
        return (told::SEPARATOR, next, Kind::Word);
    }
    // The rest of a number whose beginning is not known.
    if c.is_ascii_digit() && text[..at].ends_with('\u{fffd}') {
        return (told::UNKNOWN, at + digits_length(&text[at..]), Kind::Unknown);
    }
    if let Some(quantity) = quantity_at(text, at) {
        let end = quantity.end;
        // 12类1326条 has one number of what is counted.
        if quantity.unit == "类" && text[end..].starts_with(|c: char| c.is_ascii_digit()) {
            return (lexicon.filler, end, Kind::Filler);
        }
        return (told::NUMBER, end, Kind::Number(quantity));
    }
    if let Some((time, length)) = time_at(&text[at..], year) {
        let class = match time {
            Time::Now | Time::Year => told::NOW,
            Time::Last => told::LAST,
            Time::Next => told::NEXT,
            _ => told::TIME,
        };
        return (class, at + length, Kind::Time(time));
    }
    if let Some(end) = (c == '向').then(|| address_end(text, at)).flatten() {
        return (told::TOWARD, end, Kind::Word);
    }
    match lexicon.word_at(text, at) {
        Some((class, end)) if class == lexicon.filler => (class, end, Kind::Filler),
        Some((class, end)) => (class, end, Kind::Word),
        // The digits of a number that counts nothing stay together: 34.5件 holds no 5件.
        None => (told::UNKNOWN, next.max(at + digits_length(&text[at..])), Kind::Unknown),
    }
}

/// Whether a number stands behind a colon, with no more than words of sums before it.
fn leads_to_number(text: &str) -> bool {
    let rest = text.trim_start_matches(['共', '计', '合', '总', '为', '有', '达', '“', '"']);
    quantity_at(rest, 0).is_some()
}

/// Where 向…提出 ends.
fn address_end(text: &str, at: usize) -> Option<usize> {
    let rest = &text[at..];
    let end = rest
        .char_indices()
        .nth(LONGEST_ADDRESS)
        .map_or(rest.len(), |(end, _)| end);
    let near = &rest[..end];
    let verb = ["提出", "提交", "递交"]
        .iter()
        .filter_map(|verb| Some(near.find(verb)? + verb.len()))
        .min()?;
    let clean = !near[..verb].contains(|c: char| c.is_ascii_digit() || matches!(c, ',' | ';' | '。'));
    clean.then_some(at + verb)
}
