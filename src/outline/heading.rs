//! Takes a paragraph apart into number, heading and the text that a run-in heading is glued to.
//!
//! Only the form is judged here: numbering, length, marks. Whether a candidate is a heading of this report is decided from its
//! neighbours in [`super::lines`]. Invariant: number, heading and rest are slices of the paragraph as printed.

/// How a heading is numbered, from the outermost to the innermost.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Style {
    /// 第一部分, 第一章
    Part,
    /// 一、
    Han,
    /// （一）
    HanBracketed,
    /// 1.
    Digit,
    /// （1）
    DigitBracketed,
    /// ①
    Circled,
    /// No number.
    Plain,
}

/// A paragraph that has the form of a heading.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Head<'a> {
    pub style: Style,
    /// Number as printed, without its mark.
    pub number: Option<&'a str>,
    pub value: Option<u32>,
    pub heading: &'a str,
    /// What follows a run-in heading.
    pub rest: &'a str,
    /// Whether a mark of punctuation ends the heading.
    pub closed: bool,
    /// Whether 是 stands where the mark of the number should be (三是 for 三、).
    pub slip: bool,
}

/// Longest heading on a line of its own, in characters.
const LONGEST_LINE: usize = 45;
/// Longest heading that is closed by a mark or glued to its paragraph.
const LONGEST_RUN_IN: usize = 26;

/// The parts of a paragraph that has the form of a heading. `marked` says that the format itself marks it as one.
pub(super) fn parse(text: &str, marked: bool) -> Option<Head<'_>> {
    let numbered = number(text);
    let (style, number, value, body, slip) = match numbered {
        Some(found) => (
            found.style,
            Some(found.printed),
            Some(found.value),
            found.body,
            found.slip,
        ),
        None => (Style::Plain, None, None, text, false),
    };
    if style == Style::Plain && !marked && text.chars().take(LONGEST_LINE + 1).count() > LONGEST_LINE {
        return None;
    }
    if slip && !body.starts_with(|c: char| c.is_alphanumeric()) {
        return None;
    }
    let (heading, rest, closed) = split(body)?;
    let head = Head {
        style,
        number,
        value,
        heading,
        rest,
        closed,
        slip,
    };
    // A number alone is half of a heading; the next line may hold the other half.
    (heading.is_empty() && number.is_some() && rest.is_empty() || is_heading_like(&head)).then_some(head)
}

struct Number<'a> {
    style: Style,
    printed: &'a str,
    value: u32,
    body: &'a str,
    slip: bool,
}

fn number(text: &str) -> Option<Number<'_>> {
    let text = text.trim_start();
    let first = text.chars().next()?;
    let after = &text[first.len_utf8()..];
    let made = |style, printed, value, body: &'_ str, slip| {
        // A number in prose: 二、三级目录 is an enumeration, 1.5 a decimal.
        (!continues_enumeration(body)).then_some((style, printed, value, slip))
    };
    let (style, printed, value, body, slip) = match first {
        '第' => {
            let (numeral, rest) = numeral(after)?;
            let rest = ["部分", "章", "篇"].iter().find_map(|unit| rest.strip_prefix(unit))?;
            let printed = &text[..text.len() - rest.len()];
            (Style::Part, printed, value_of(numeral)?, trim_mark(rest), false)
        }
        '（' | '(' | '﹙' | '〔' | '【' => {
            let (numeral, rest) = numeral(after.trim_start())?;
            let rest = rest.trim_start().strip_prefix(['）', ')', '﹚', '〕', '】'])?;
            let style = if is_digit(numeral) {
                Style::DigitBracketed
            } else {
                Style::HanBracketed
            };
            (style, numeral, value_of(numeral)?, trim_mark(rest), false)
        }
        '①'..='⑳' => (
            Style::Circled,
            &text[..first.len_utf8()],
            first as u32 - '①' as u32 + 1,
            trim_mark(after),
            false,
        ),
        _ => {
            let (numeral, rest) = numeral(text)?;
            let value = value_of(numeral)?;
            let digit = is_digit(numeral);
            let mark = rest.trim_start().chars().next().unwrap_or('、');
            let body = rest.trim_start().strip_prefix(mark).unwrap_or("");
            match mark {
                '）' | ')' => {
                    let style = if digit {
                        Style::DigitBracketed
                    } else {
                        Style::HanBracketed
                    };
                    (style, numeral, value, trim_mark(body), false)
                }
                '、' | '.' | '．' | '﹑' | '､' | '：' | ':' | '・' | '·' => {
                    if digit && body.starts_with(|c: char| c.is_ascii_digit()) {
                        return None;
                    }
                    (
                        if digit { Style::Digit } else { Style::Han },
                        numeral,
                        value,
                        trim_mark(body),
                        false,
                    )
                }
                '，' | ',' | '。' if !digit => (Style::Han, numeral, value, trim_mark(body), false),
                '是' if !digit => (Style::Han, numeral, value, body, true),
                _ if !digit && rest.starts_with(char::is_whitespace) => {
                    (Style::Han, numeral, value, rest.trim_start(), false)
                }
                _ => return None,
            }
        }
    };
    let (style, printed, value, slip) = made(style, printed, value, body, slip)?;
    Some(Number {
        style,
        printed,
        value,
        body,
        slip,
    })
}

/// A leading run of numerals and what follows it.
fn numeral(text: &str) -> Option<(&str, &str)> {
    let end = text
        .find(|c: char| !(c.is_ascii_digit() || ('０'..='９').contains(&c) || "一二三四五六七八九十".contains(c)))
        .unwrap_or(text.len());
    (end > 0).then(|| text.split_at(end))
}

fn is_digit(numeral: &str) -> bool {
    numeral.starts_with(|c: char| c.is_ascii_digit() || ('０'..='９').contains(&c))
}

/// Value of an ordinal from 1 to 99.
pub(super) fn value_of(numeral: &str) -> Option<u32> {
    let mut tens = None;
    let mut value = 0;
    for c in numeral.chars() {
        let digit = match c {
            '0'..='9' => c as u32 - '0' as u32,
            '０'..='９' => c as u32 - '０' as u32,
            '十' if tens.is_none() => {
                tens = Some(if value == 0 { 1 } else { value });
                value = 0;
                continue;
            }
            _ => "一二三四五六七八九".chars().position(|d| d == c)? as u32 + 1,
        };
        value = if is_digit(numeral) {
            value * 10 + digit
        } else if value == 0 {
            digit
        } else {
            return None;
        };
        if value > 99 {
            return None;
        }
    }
    let value = tens.unwrap_or(0) * 10 + value;
    (1..100).contains(&value).then_some(value)
}

fn trim_mark(text: &str) -> &str {
    text.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '、' | '.' | '．' | '：' | ':'))
}

/// 二、三级目录…, 一、二季度…: the number goes on, so it numbers nothing.
fn continues_enumeration(body: &str) -> bool {
    let mut chars = body.chars();
    chars.next().is_some_and(|c| "一二三四五六七八九十".contains(c))
        && chars
            .next()
            .is_none_or(|c| "级类种项条个批次大轮季月是、，,层线期者".contains(c))
}

/// Heading, the rest of a run-in paragraph, and whether a mark ends the heading.
fn split(body: &str) -> Option<(&str, &str, bool)> {
    let body = trim_leader(body.trim());
    let mut depth = 0i32;
    for (at, c) in body.char_indices() {
        match c {
            '（' | '(' | '《' | '“' | '〔' => depth += 1,
            '）' | ')' | '》' | '”' | '〕' => depth -= 1,
            '；' | ';' | '！' | '？' if depth <= 0 => return None,
            '。' | '：' | ':' if depth <= 0 => {
                return Some((body[..at].trim(), body[at + c.len_utf8()..].trim(), true));
            }
            _ => {}
        }
        if at > LONGEST_LINE * 4 {
            break;
        }
    }
    // A heading and its paragraph with nothing but a space between them.
    if let Some((head, rest)) = body.split_once(char::is_whitespace) {
        let names_a_topic = ["情况", "方面", "事项", "措施", "工作"]
            .iter()
            .any(|end| head.ends_with(end));
        if names_a_topic && rest.chars().count() > LONGEST_LINE {
            return Some((head, rest.trim(), true));
        }
    }
    Some((body, "", false))
}

/// Cuts the leader and page number of a line in a list of contents: 总体情况……3.
fn trim_leader(body: &str) -> &str {
    let head = body.trim_end_matches(|c: char| c.is_ascii_digit());
    let text = head.trim_end_matches(['.', '…', '·', '．', '-', '—', ' ', '\t']);
    let leader = head[text.len()..].chars().count();
    let digits = body.len() - head.len();
    if (1..=3).contains(&digits) && (leader >= 2 || head.ends_with(['\t', '…'])) {
        text
    } else {
        body
    }
}

fn is_heading_like(head: &Head) -> bool {
    let heading = head.heading;
    let length = heading.chars().filter(|c| !c.is_whitespace()).count();
    let run_in = head.closed;
    let commas = heading.matches(['，', ',']).count();
    if length < 2 || length > if run_in { LONGEST_RUN_IN } else { LONGEST_LINE } {
        return false;
    }
    if commas > if run_in { 1 } else { 2 } || (run_in && commas == 1 && length > 20) {
        return false;
    }
    if head.style == Style::Plain && head.closed && !head.rest.is_empty() {
        return false;
    }
    !is_enumerated(heading)
        && !counts_something(heading)
        && heading.starts_with(|c: char| c.is_alphanumeric() || "“《（(\"'".contains(c))
}

/// 一是提高…, 三要加强…: an item of an enumeration in prose.
fn is_enumerated(heading: &str) -> bool {
    numeral(heading).is_some_and(|(_, rest)| rest.starts_with(['是', '要']))
        || heading.starts_with("首先")
        || heading.starts_with("其次")
}

/// A number with a unit makes a statement, not a heading: 公开信息20条. Years do not count.
fn counts_something(heading: &str) -> bool {
    let mut digits = false;
    for c in heading.chars() {
        match c {
            '0'..='9' | '０'..='９' => digits = true,
            c if c.is_whitespace() => {}
            '条' | '件' | '次' | '个' | '份' | '篇' | '期' | '宗' | '人' | '项' | '%' | '元' if digits => {
                return true;
            }
            _ => digits = false,
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(text: &str) -> Option<(Style, &str, u32, &str, &str)> {
        let head = parse(text, false)?;
        Some((
            head.style,
            head.number.unwrap_or(""),
            head.value.unwrap_or(0),
            head.heading,
            head.rest,
        ))
    }

    #[test]
    fn every_numbering_is_taken_apart() {
        use Style::*;
        for (text, style, number, value, heading, rest) in [
            ("一、总体情况", Han, "一", 1, "总体情况", ""),
            ("一.总体情况", Han, "一", 1, "总体情况", ""),
            ("一，总体情况", Han, "一", 1, "总体情况", ""),
            ("十二、其他", Han, "十二", 12, "其他", ""),
            ("（一） 主动公开情况", HanBracketed, "一", 1, "主动公开情况", ""),
            ("(二)依申请公开", HanBracketed, "二", 2, "依申请公开", ""),
            ("二）依申请公开", HanBracketed, "二", 2, "依申请公开", ""),
            ("1.组织领导", Digit, "1", 1, "组织领导", ""),
            ("１．组织领导", Digit, "１", 1, "组织领导", ""),
            ("3、组织领导", Digit, "3", 3, "组织领导", ""),
            ("（1）组织领导", DigitBracketed, "1", 1, "组织领导", ""),
            ("②组织领导", Circled, "②", 2, "组织领导", ""),
            ("第一部分 概述", Part, "第一部分", 1, "概述", ""),
            ("第三章、存在问题", Part, "第三章", 3, "存在问题", ""),
            (
                "（一）主动公开情况。2020年，公开20条。",
                HanBracketed,
                "一",
                1,
                "主动公开情况",
                "2020年，公开20条。",
            ),
            (
                "二、依申请公开情况：全年没有申请。",
                Han,
                "二",
                2,
                "依申请公开情况",
                "全年没有申请。",
            ),
            (
                "（二）专人专管，务求实效。",
                HanBracketed,
                "二",
                2,
                "专人专管，务求实效",
                "",
            ),
        ] {
            assert_eq!(parsed(text), Some((style, number, value, heading, rest)), "{text}");
        }
    }

    #[test]
    fn sentences_and_enumerations_have_not_the_form_of_a_heading() {
        for text in [
            "二、三级目录已经建成",
            "（一）2020年，我局共公开信息20条。",
            "1.5万元",
            "2020.1.1",
            "1.主动公开信息20条；",
            "（三）进一步完善政府信息公开的各项制度，明确公开的程序和责任，把信息公开落到实处。",
            "第二十条第（一）项",
        ] {
            assert!(
                parsed(text).is_none_or(|head| head.0 == Style::Plain && head.1.is_empty()),
                "{text}"
            );
        }
        assert_eq!(parse("三是提高解读效能。", true).filter(|head| !head.slip), None);
        assert_eq!(parse("一是加强领导", false).filter(|head| !head.slip), None);
    }
}
