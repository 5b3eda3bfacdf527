//! When a report was published, and the numbers that it carries.
//!
//! Invariant: a page that gives two values of one field gives none; the day of a signature is not said to be that of publication.

use super::agency::{byline, signed_with_day};
use super::fields::Field;
use super::{BACK, Reading, codes, date};
use crate::document::Origin;
use crate::report::State;

/// A number that a report carries, with the names of its field.
#[derive(Clone, Copy)]
pub(super) struct Number {
    part: &'static str,
    names: &'static [&'static str],
    /// Whether a line of its own beside the title may be it.
    beside_title: bool,
}

pub(super) const INDEX_NUMBER: Number = Number {
    part: "index_number",
    names: &["索引号", "信息索引号", "索引"],
    beside_title: false,
};

pub(super) const DOCUMENT_NUMBER: Number = Number {
    part: "document_number",
    names: &["文号", "发文字号", "文件编号", "发文文号", "发文号"],
    beside_title: true,
};

impl Reading<'_> {
    pub(super) fn published(&mut self) {
        const PUBLISHED: &[&str] = &[
            "PubDate",
            "发布日期",
            "发布时间",
            "公开日期",
            "公布日期",
            "公开时间",
            "信息提供日期",
            "提供日期",
        ];
        let dates = |fields: Vec<&Field>| -> Vec<(String, String, Option<Origin>)> {
            let dated = |field: &Field| {
                let date = date::first(&date::squeeze(&field.value))?;
                Some((date, field.value.clone(), Some(field.origin.clone())))
            };
            fields.into_iter().filter_map(dated).collect()
        };
        let mut found = dates(self.fields.all(PUBLISHED));
        let mut elsewhere = false;
        if found.is_empty() {
            found = dates(self.fields.first_of(&["发文日期", "时间", "日期"]));
            found.extend(self.date_below_title());
            found.truncate(1);
        }
        if found.is_empty() {
            elsewhere = true;
            found.extend(self.date_of_signature());
            if found.is_empty() {
                found = dates(self.fields.first_of(&["成文日期", "生成日期", "成文时间", "生成时间"]));
            }
        }
        if found.is_empty() {
            self.notice(codes::PUBLISHED_MISSING.at(None, "no day of publication found"));
        }
        let state = if elsewhere { State::Inferred } else { State::Text };
        self.identity.metadata.published = self.one_of("published", found, state);
        if elsewhere && let Some(published) = self.identity.metadata.published.clone() {
            self.notice(
                codes::PUBLISHED_ELSEWHERE.at(None, format!("{published} is not said to be the day of publication")),
            );
        }
    }

    /// The one value of a field, with its evidence; null where the page gives two.
    fn one_of(&mut self, part: &str, found: Vec<(String, String, Option<Origin>)>, state: State) -> Option<String> {
        let Some((value, raw, origin)) = found.first().cloned() else {
            self.prove(part, None, State::Absent, None);
            return None;
        };
        if let Some((other, other_raw, _)) = found.iter().find(|(other, ..)| *other != value) {
            let message = format!("{part}: {value} in {raw:?}, {other} in {other_raw:?}");
            self.notice(codes::FIELD_CONTRADICTION.at(origin.clone(), message));
            self.prove(part, Some(&raw), State::Absent, origin);
            return None;
        }
        self.prove(part, Some(&raw), state, origin);
        Some(value)
    }

    fn date_below_title(&self) -> Option<(String, String, Option<Origin>)> {
        let start = self.titles.lines?.1 + 1;
        let mut below = self.page.lines.iter().skip(start).take(3);
        below.find_map(|line| {
            let beside = || Some((byline(line.text)?, line.text.to_owned(), Some(line.origin.clone())));
            dated_line(line.text, line.origin).or_else(beside)
        })
    }

    fn date_of_signature(&self) -> Option<(String, String, Option<Origin>)> {
        let mut back = self.page.back(BACK).iter().rev();
        back.find_map(|line| {
            let beside = || {
                Some((
                    signed_with_day(line.text)?.1,
                    line.text.to_owned(),
                    Some(line.origin.clone()),
                ))
            };
            dated_line(line.text, line.origin).or_else(beside)
        })
    }

    pub(super) fn number(&mut self, number: Number) -> Option<String> {
        let value = |field: &Field| {
            // undefined and 〔〕号 number nothing.
            let value = Some(number_in(&field.value)).filter(|number| number.chars().any(char::is_numeric))?;
            Some((value, field.value.clone(), Some(field.origin.clone())))
        };
        let fields = self.fields.first_of(number.names);
        let mut found: Vec<_> = fields.into_iter().filter_map(value).collect();
        if found.is_empty() && number.beside_title {
            found.extend(self.number_beside_title());
        }
        self.one_of(number.part, found, State::Text)
    }

    /// Beside the title a line of its own is the number of this report; inside a sentence it is that of a law.
    fn number_beside_title(&self) -> Option<(String, String, Option<Origin>)> {
        let (_, end) = self.titles.lines?;
        let near = &self.page.lines[end.saturating_sub(3)..(end + 4).min(self.page.lines.len())];
        near.iter().find_map(|line| {
            let squeezed = Some(date::squeeze(line.text)).filter(|squeezed| is_document_number(squeezed))?;
            Some((squeezed, line.text.to_owned(), Some(line.origin.clone())))
        })
    }
}

fn dated_line(text: &str, origin: &Origin) -> Option<(String, String, Option<Origin>)> {
    let squeezed = Some(date::squeeze(text)).filter(|line| date::opens(line))?;
    Some((date::first(&squeezed)?, text.to_owned(), Some(origin.clone())))
}

/// The number at the beginning of the value of a field: a document number whose parts stand apart, a word with the further parts of an index
/// behind it, or the first word.
fn number_in(value: &str) -> String {
    let words: Vec<&str> = value.split_whitespace().collect();
    let numbers = (2..=words.len()).map(|count| words[..count].concat());
    if let Some(number) = numbers
        .map(|number| date::squeeze(&number))
        .find(|number| is_document_number(number))
    {
        return number;
    }
    let mut number = words.first().copied().unwrap_or_default().to_owned();
    for word in words.iter().skip(1) {
        let is_open = number.ends_with(MARKS) || !number.contains(|c: char| c.is_ascii_digit());
        let is_part = word.chars().all(|c| c.is_ascii_alphanumeric() || MARKS.contains(&c));
        if !is_part || !(is_open || word.starts_with(MARKS)) || !number.is_ascii() {
            break;
        }
        number = format!("{number} {word}");
    }
    number
}

/// Marks between the parts of an index.
const MARKS: [char; 4] = ['-', '/', '_', '.'];

/// A line such as 青政办〔2022〕3号.
fn is_document_number(squeezed: &str) -> bool {
    let bracket = squeezed.find(['〔', '[', '（', '(']);
    bracket.is_some_and(|at| {
        let (issuer, rest) = squeezed.split_at(at);
        let rest: String = rest.chars().filter(|c| !"〔〕[]（）()".contains(*c)).collect();
        !issuer.is_empty()
            && issuer.chars().count() <= 12
            && issuer.chars().all(char::is_alphabetic)
            && rest.ends_with('号')
            && rest.trim_end_matches('号').len() > 4
            && rest.trim_end_matches('号').bytes().all(|byte| byte.is_ascii_digit())
    })
}
