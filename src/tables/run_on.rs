//! Lines of text that hold several rows of a table, as where the text of a page was taken without its line ends.
//!
//! `规章 1 0 7 行政规范性文件 12 3 48` is cut where the labels of the forms stand. Where nothing parts a label from the digits behind it
//! (`规章107`), nothing says either where one number ends and the next begins: such digits are marked. Invariant: a label is cut out
//! only where it stands between marks, digits or other labels, never out of a longer word.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::lexicon::{self, word};
use crate::forms::{self, TableSpec};
use crate::text::label::{OrdinalStyle, is_wording, split_ordinal};
use crate::text::normalize::{fold, is_folded};
use crate::text::numeral::Reading;
use crate::text::words::WordList;

/// So many labels with values behind them are a table, whatever else stands in the line.
const PAIRS: usize = 3;
/// So many labels are a header, if values follow.
const LABELS: usize = 5;
/// So many labels right behind the first are a header, whatever word it is glued to.
const HEADER: usize = 3;
/// Bytes of the longest bracket that explains a label.
const LONGEST_BRACKET: usize = 120;

/// Marks inside numbers.
const NUMBER_MARKS: &str = ".,，．";
/// Characters that stand where a number could, or before one.
const EMPTY_MARKS: &str = "/／-—–－";

/// A part of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Piece<'a> {
    /// The text as printed.
    pub text: &'a str,
    /// Whether nothing parts these digits from the label before them.
    pub glued: bool,
}

static LABELS_OF_FORMS: LazyLock<WordList> = LazyLock::new(|| WordList::new(lexicon::wordings()));

/// An ordinal that ends a text, with the digits before it: `13` and `2.` of `132.`. A space may part its mark, as where a page has
/// them in elements of their own.
#[allow(clippy::unwrap_used)]
static ORDINAL: LazyLock<Regex> = LazyLock::new(|| {
    // Impossible in a released program: a test cuts lines.
    Regex::new(r"(?:[（(][一二三四五六七八九十]{1,3}[）)][、.．]?|[一二三四五六七八九十]{1,3}[、.．]|([0-9]+)\s?[、.．]|[①-⑳])\s*$").unwrap()
});

/// The parts of a line that holds rows of a table, with these [`labels`]; `None` for any other line. `long` says that the line is too
/// long for a row.
pub(super) fn pieces<'a>(line: &'a str, labels: &[Range<usize>], long: bool) -> Option<Vec<Piece<'a>>> {
    let mut pieces: Vec<Piece> = Vec::new();
    let (mut pairs, mut touching, mut end) = (0, 0, 0);
    let ends = labels.iter().skip(1).map(|next| next.start).chain([line.len()]);
    for (label, next) in labels.iter().zip(ends) {
        cut(&line[end..label.start], false, &mut pieces);
        let text = &line[label.clone()];
        pieces.push(Piece { text, glued: false });
        let (unit, behind) = line[label.end..next].split_at(unit_of_row(&line[label.end..next]));
        if !unit.is_empty() {
            let text = unit.trim();
            pieces.push(Piece { text, glued: false });
        }
        if cut(behind, true, &mut pieces) {
            pairs += 1;
            touching += usize::from(!line[label.end..].starts_with(char::is_whitespace));
        }
        end = next;
    }
    let is_table = pairs >= PAIRS || labels.len() >= LABELS && pairs > 0;
    // A short line that ends in values may be one row, whose header stands above it; before words that are no heading, the last number may
    // be theirs.
    let behind = pieces.iter().rposition(is_value).and_then(|last| pieces.get(last + 1));
    let is_above_heading = || behind.is_some_and(|piece| split_ordinal(&fold(piece.text)).0.is_some());
    let is_cut = match long {
        true => is_table,
        false => touching > 0 || is_table && is_above_heading(),
    };
    is_cut.then_some(pieces)
}

/// The units of all forms, the longest first.
static UNITS: LazyLock<Vec<&str>> = LazyLock::new(|| {
    let tables = forms::forms().iter().flat_map(|form| &form.tables);
    let mut units: Vec<&str> = tables.flat_map(TableSpec::cells).map(|cell| cell.unit()).collect();
    units.sort_by_key(|unit| (std::cmp::Reverse(unit.len()), *unit));
    units.dedup();
    units
});

/// Whether a text is the unit of a row and nothing else.
pub(super) fn is_unit(text: &str) -> bool {
    UNITS.contains(&text.trim())
}

/// The length of the unit that stands between a label and its values, with the space before it; 0 where none does.
fn unit_of_row(behind: &str) -> usize {
    let text = behind.trim_start();
    let unit = UNITS.iter().find(|unit| text.starts_with(**unit));
    let ends = |unit: &&&str| text[unit.len()..].starts_with(|c: char| is_digit(c) || c.is_whitespace());
    unit.filter(ends)
        .map_or(0, |unit| behind.len() - text.len() + unit.len())
}

/// Cuts what stands behind a label or before the first one, and tells whether it begins with values.
fn cut<'a>(text: &'a str, behind_label: bool, pieces: &mut Vec<Piece<'a>>) -> bool {
    let first = pieces.len();
    for part in text.split_whitespace() {
        let digits = part
            .find(|c: char| !is_digit(c) && !NUMBER_MARKS.contains(c))
            .unwrap_or(part.len());
        let is_next = |c: char| "一二三四五六七八九十（(第".contains(c);
        let whole = Reading::of(part).is_value() || !part[digits..].starts_with(is_next);
        let (value, rest) = part.split_at(if whole { part.len() } else { digits });
        let texts = [value, rest].into_iter().filter(|text| !text.is_empty());
        pieces.extend(texts.map(|text| Piece { text, glued: false }));
    }
    let values = pieces[first..].iter().take_while(|piece| is_value(piece)).count();
    if values == 1 {
        pieces[first].glued = behind_label && !text.starts_with(char::is_whitespace);
    }
    values > 0
}

fn is_value(piece: &Piece) -> bool {
    is_numbers(piece.text) || Reading::of(piece.text).is_value()
}

/// Whether a text is digits, with the marks that numbers have and that stand for none: `26,53222,269` are two without a border,
/// `100/60` two with an empty place between them.
fn is_numbers(text: &str) -> bool {
    let at_end = |c: char| is_digit(c) || EMPTY_MARKS.contains(c);
    let inside = |c: char| at_end(c) || NUMBER_MARKS.contains(c);
    text.contains(is_digit) && text.starts_with(at_end) && text.ends_with(at_end) && text.chars().all(inside)
}

/// Where labels of the forms stand in a line that has digits, too, each with its ordinal and its bracket; without digits it holds no rows.
pub(super) fn labels(line: &str) -> Vec<Range<usize>> {
    if !line.contains(is_digit) {
        return Vec::new();
    }
    let (wording, places) = wording_of(line);
    // For each wording its place with its ordinal, and whether it has one.
    let found: Vec<(Range<usize>, bool)> = LABELS_OF_FORMS
        .find(&wording)
        .map(|found| {
            let (start, last) = (places[found.start], places[found.end - 1]);
            let end = ceiling(line, last + 1);
            let begin = with_ordinal(line, start, end);
            (begin..with_bracket(line, end), begin < start)
        })
        .collect();
    let mut labels: Vec<Range<usize>> = Vec::new();
    for (index, (label, numbered)) in found.iter().enumerate() {
        let run = found[index..]
            .windows(2)
            .take_while(|pair| pair[0].0.end == pair[1].0.start);
        let before = *numbered
            || labels.last().is_some_and(|last| last.end == label.start)
            || run.take(HEADER).count() == HEADER
            || begins(&line[..label.start]);
        let behind = found.get(index + 1).is_some_and(|(next, _)| next.start == label.end)
            || ends(&line[label.end..])
            || unit_of_row(&line[label.end..]) > 0;
        if before && behind && labels.last().is_none_or(|last| last.end <= label.start) {
            labels.push(label.clone());
        }
    }
    labels
}

/// The characters of a line that labels are made of, and for each of their bytes where the character begins in the line.
fn wording_of(line: &str) -> (String, Vec<usize>) {
    let mut wording = String::with_capacity(line.len());
    let mut places = Vec::new();
    let mut buffer = [0; 4];
    for (at, c) in line.char_indices() {
        let mut take = |c: char| {
            if is_wording(c) {
                wording.push(c);
                places.extend(std::iter::repeat_n(at, c.len_utf8()));
            }
        };
        if is_folded(c) {
            take(c);
        } else {
            fold(c.encode_utf8(&mut buffer)).chars().for_each(take);
        }
    }
    (wording, places)
}

/// Where a label begins, its ordinal included. Of the digits before a mark those are the ordinal that the form has.
fn with_ordinal(line: &str, start: usize, end: usize) -> usize {
    let before = &line[..start];
    let Some(found) = ORDINAL.captures(&before[floor(before, 24)..]) else {
        return start;
    };
    let begin = start - found[0].len();
    let Some(digits) = found.get(1).map(|digits| digits.as_str()) else {
        return begin;
    };
    let glued = digits.len() > 2 || before[..begin].ends_with(|c: char| !c.is_whitespace() && !ends_label(c));
    if !glued && digits.len() == 1 {
        return begin;
    }
    let own = lexicon::ordinals(&word(&line[start..end]));
    let own = own
        .iter()
        .filter(|ordinal| ordinal.style == OrdinalStyle::Digit)
        .map(|ordinal| ordinal.value.to_string());
    own.filter(|own| digits.ends_with(own.as_str()))
        .map(|own| begin + digits.len() - own.len())
        .next()
        .unwrap_or(start)
}

/// The character boundary at most `bytes` before the end of a text.
fn floor(text: &str, bytes: usize) -> usize {
    ceiling(text, text.len().saturating_sub(bytes))
}

/// The first character boundary from a place on.
fn ceiling(text: &str, at: usize) -> usize {
    (at..text.len())
        .find(|at| text.is_char_boundary(*at))
        .unwrap_or(text.len())
}

/// Where a label ends: behind the marks that close it, and behind the bracket that explains it.
fn with_bracket(line: &str, end: usize) -> usize {
    let rest = &line[end..];
    let marks = rest.len() - rest.trim_start_matches(['”', '"', '》', '」', '）', ')']).len();
    let open = &rest[marks..];
    let is_ordinal = split_ordinal(&fold(&open[..ceiling(open, 24)])).0.is_some();
    let close = open.starts_with(['（', '(']).then(|| open.find(['）', ')'])).flatten();
    let bracket = close.filter(|close| *close < LONGEST_BRACKET && !is_ordinal);
    end + marks
        + bracket.map_or(0, |close| {
            close + open[close..].chars().next().map_or(0, char::len_utf8)
        })
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || ('０'..='９').contains(&c)
}

fn ends_label(c: char) -> bool {
    !c.is_alphanumeric()
}

/// Whether a word may begin behind a text: at its start, behind a space, a mark or a digit.
fn begins(before: &str) -> bool {
    before.chars().next_back().is_none_or(|c| is_digit(c) || ends_label(c))
}

/// Whether a word may end before a text.
fn ends(behind: &str) -> bool {
    behind
        .chars()
        .next()
        .is_none_or(|c| is_digit(c) || c.is_whitespace() || "|-—/".contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(line: &str) -> Vec<String> {
        let pieces = pieces(line, &labels(line), true).unwrap_or_default();
        pieces
            .iter()
            .map(|piece| format!("{}{}", if piece.glued { "~" } else { "" }, piece.text))
            .collect()
    }

    #[test]
    fn a_line_of_several_rows_is_cut_at_its_labels() {
        assert_eq!(
            cut("信息内容 本年制发件数 规章 1 0 7 行政规范性文件 12 3 48 行政许可 5三、收到"),
            [
                "信息内容",
                "本年制发件数",
                "规章",
                "1",
                "0",
                "7",
                "行政规范性文件",
                "12",
                "3",
                "48",
                "行政许可",
                "5",
                "三、收到"
            ]
        );
    }

    #[test]
    fn digits_that_nothing_parts_from_their_label_are_marked_and_lose_the_ordinal_of_the_next() {
        assert_eq!(
            cut(
                "（三）不予公开1.属于国家秘密900310132.其他法律行政法规禁止公开080770223.危及“三安全一稳定”832（七）总计44"
            ),
            [
                "（三）不予公开",
                "1.属于国家秘密",
                "~90031013",
                "2.其他法律行政法规禁止公开",
                "~08077022",
                "3.危及“三安全一稳定”",
                "~832",
                "（七）总计",
                "~44"
            ]
        );
    }

    #[test]
    fn a_unit_between_a_label_and_its_figures_belongs_to_neither() {
        assert_eq!(
            cut("行政复议数量 件 3 （一）维持具体行政行为数件2（二）被依法纠错数 件 1 行政诉讼数量 件 0"),
            [
                "行政复议数量",
                "件",
                "3",
                "（一）维持具体行政行为数",
                "件",
                "~2",
                "（二）被依法纠错数",
                "件",
                "1",
                "行政诉讼数量",
                "件",
                "0"
            ]
        );
    }

    #[test]
    fn a_heading_behind_the_values_of_a_short_line_does_not_hide_its_table() {
        let header = "结果维持 结果纠正 其他结果 尚未审结 总计";
        let cut = |line: &str| pieces(line, &labels(line), false).map(|pieces| pieces.len());
        assert_eq!(cut(&format!("{header} 1 2 3 4 10 （五）存在的主要问题")), Some(11));
        // One row, whose header may begin on the line above.
        assert_eq!(cut(&format!("{header} 1 2 3 4 10")), None);
        // 1 may be the number of a note.
        assert_eq!(cut(&format!("{header} 1 2 3 4 1 含上年结转案件")), None);
    }

    #[test]
    fn a_label_inside_a_longer_word_is_none() {
        assert!(cut("制定规章 3 不属于国家秘密 4 和其他 5 非行政许可 6").is_empty());
    }
}
