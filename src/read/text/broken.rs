//! Numbers that taking the text out of a page broke at their marks, because each run of markup became a line or a word.
//!
//! Invariant: pieces are put together only where a point or a mark of thousands stands alone between them; digits beside digits
//! stay two numbers.

use super::Line;

/// The ordinals of rows have a digit or two and a point.
const LONGEST_ORDINAL: usize = 3;
/// A number is broken over at most about this many lines.
const NUMBER_LINES: usize = 12;

/// A number or an ordinal that was broken over lines at its marks, as where `48`, `.` and `739` were set one by one; and how many
/// lines it takes. Digits with a point behind a line of words, `before`, may be the ordinal of those words: with the digits below they
/// stay two lines, which are no number.
pub(super) fn number(before: Option<&Line>, lines: &[Line]) -> Option<(String, usize)> {
    let text = |index: usize| lines.get(index).map_or("", |line| line.text.trim());
    let begins = |text: &str| text.starts_with(|c: char| c.is_ascii_digit());
    let is_number = |text: &str| begins(text) && text.chars().all(|c| c.is_ascii_digit() || ",，.．".contains(c));
    if !is_number(text(0)) {
        return None;
    }
    let is_ordinal = text(0).len() <= LONGEST_ORDINAL && text(0).ends_with('.');
    let names = |line: &Line| {
        line.text.contains(char::is_alphabetic) && !line.text.trim().ends_with(|c: char| c.is_ascii_digit())
    };
    if is_ordinal && before.is_some_and(names) && is_number(text(1)) {
        return Some((format!("{}\n{}", text(0), text(1)), 2));
    }
    let (mut number, mut count) = (text(0).to_owned(), 1);
    while count < NUMBER_LINES {
        let next = text(count);
        // A mark alone on its line belongs to the line behind it too.
        let (piece, lines) = match next {
            "." | "．" | "," | "，" => (format!("{next}{}", text(count + 1)), 2),
            _ => (next.to_owned(), 1),
        };
        if !goes_on(&number, &piece) {
            break;
        }
        number.push_str(&piece);
        count += lines;
        if !is_number(&number) {
            break;
        }
    }
    (count > 1).then_some((number, count))
}

/// Whether a piece is the rest of a number, from its point or a mark of thousands on, or the text behind an ordinal.
fn goes_on(number: &str, piece: &str) -> bool {
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let (mark, rest) = match number.strip_suffix(['.', '．', ',', '，']) {
        Some(whole) => (number[whole.len()..].chars().next(), piece),
        None => {
            let mut chars = piece.chars();
            (chars.next(), chars.as_str())
        }
    };
    match mark {
        Some('.' | '．') => {
            let is_ordinal = is_digits(number) && rest.starts_with(char::is_alphabetic);
            is_ordinal || is_digits(rest) && !number.trim_end_matches(['.', '．']).contains(['.', '．'])
        }
        Some(',' | '，') => {
            let (group, behind) = rest.split_at_checked(3).unwrap_or((rest, ""));
            is_digits(group) && group.len() == 3 && !behind.starts_with(|c: char| c.is_ascii_digit())
        }
        _ => false,
    }
}

/// A text in which no mark inside a number stands between spaces. Where commas also part other things, they part numbers too.
pub(super) fn without_gaps(text: &str) -> String {
    let text = joined(text, ".", |inside| inside);
    let commas = text.matches(" , ").count();
    let mut inside_numbers = 0;
    joined(&text, ",", |inside| {
        inside_numbers += usize::from(inside);
        false
    });
    joined(&text, ",", |inside| inside && inside_numbers == commas)
}

/// Takes the spaces around a mark away where `join` says so, which is told whether it stands inside a number.
fn joined(text: &str, mark: &str, mut join: impl FnMut(bool) -> bool) -> String {
    let gap = format!(" {mark} ");
    let mut parts = text.split(gap.as_str());
    let mut whole = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let next = part.split_whitespace().next().unwrap_or_default();
        let inside = whole.ends_with(|c: char| c.is_ascii_digit()) && goes_on("0", &format!("{mark}{next}"));
        whole.push_str(if join(inside) { mark } else { &gap });
        whole.push_str(part);
    }
    whole
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The lines of a text, numbers put together.
    fn lines(text: &str) -> Vec<String> {
        let lines: Vec<Line> = (1..)
            .zip(text.lines())
            .map(|(number, text)| Line { number, text })
            .collect();
        let mut whole = Vec::new();
        let mut at = 0;
        while at < lines.len() {
            let before = at.checked_sub(1).map(|before| &lines[before]);
            let (text, count) = number(before, &lines[at..]).unwrap_or((lines[at].text.into(), 1));
            whole.push(text);
            at += count;
        }
        whole
    }

    #[test]
    fn a_number_that_lines_broke_at_its_marks_is_whole() {
        for text in ["45\n48\n.\n739\n规章", "45\n48.\n739\n规章", "45\n48\n.739\n规章"] {
            assert_eq!(lines(text), ["45", "48.739", "规章"], "{text:?}");
        }
        for text in [
            "9\n74\n,\n112\n.5\n规章",
            "9\n74,\n112\n.\n5\n规章",
            "9\n74\n,112.5\n规章",
        ] {
            assert_eq!(lines(text), ["9", "74,112.5", "规章"], "{text:?}");
        }
        // An ordinal that a font of its own set behind its words, and the figure below; below a figure it is one.
        assert_eq!(lines("重复申请\n2.\n41\n7"), ["重复申请", "2.\n41", "7"]);
        assert_eq!(lines("政府集中采购\n9\n2.\n41"), ["政府集中采购", "9", "2.41"]);
        assert_eq!(lines("74\n112\n7\n,\n12"), ["74", "112", "7", ",", "12"]);
    }

    #[test]
    fn an_ordinal_goes_back_to_its_label_and_is_no_value_of_the_row_above() {
        assert_eq!(lines("4\n3\n.要求提供\n5"), ["4", "3.要求提供", "5"]);
        assert_eq!(lines("4\n3\n.\n要求提供\n5"), ["4", "3.要求提供", "5"]);
    }

    #[test]
    fn a_mark_between_spaces_is_put_back_but_commas_that_part_fields_part_numbers() {
        for (text, whole) in [
            ("采购  45  48 . 739", "采购  45  48.739"),
            ("许可  74 , 112  5 , 001", "许可  74,112  5,001"),
            ("规章 , 74 , 112 , 500", "规章 , 74 , 112 , 500"),
            ("3 . 要求提供", "3.要求提供"),
        ] {
            assert_eq!(without_gaps(text), whole);
        }
    }
}
