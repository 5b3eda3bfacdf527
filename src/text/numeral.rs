//! Numbers as the cells of reports write them.
//!
//! Invariant: a text becomes a number only where it can mean one number; anything else is kept as text and read as null.

use rust_decimal::Decimal;

use super::normalize::is_ignorable;
use super::year;
use crate::report::{Number, State};

/// What a cell says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// How the text was understood.
    pub state: State,
    /// The number, for [`State::Number`] and [`State::Zero`].
    pub value: Option<Number>,
    /// A unit written behind the number.
    pub unit: Option<Unit>,
}

/// A unit that changes what an amount means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// 元
    Yuan,
    /// 万元
    Wanyuan,
    /// 亿元
    Yiyuan,
    /// 千元, 百万元 and other multiples, in which no report is known to state its amounts: they are not converted.
    OtherYuan,
    /// Any measure word that counts ones: 件, 条, 个, 次, 项, 份, 人, 宗, 篇.
    Count,
    /// 万条, 千人次 and other multiples of a measure word: they are not converted.
    OtherCount,
}

impl Unit {
    /// The amount in 万元, exactly.
    pub fn to_wanyuan(self, value: Number) -> Option<Number> {
        match self {
            Unit::Yuan => value
                .0
                .checked_div(Decimal::from(10_000))
                .map(|v| Number(v.normalize())),
            Unit::Wanyuan => Some(value),
            Unit::Yiyuan => value
                .0
                .checked_mul(Decimal::from(10_000))
                .map(|v| Number(v.normalize())),
            Unit::OtherYuan | Unit::Count | Unit::OtherCount => None,
        }
    }

    /// The unit that a column header names: `采购总金额（单位：万元）`.
    pub fn in_header(folded: &str) -> Option<Unit> {
        if is_multiple_of_count(folded) {
            Some(Unit::OtherCount)
        } else if ["十元", "百元", "千元", "十万元", "百万元", "千万元"]
            .iter()
            .any(|unit| folded.contains(unit))
        {
            Some(Unit::OtherYuan)
        } else if folded.contains("亿元") {
            Some(Unit::Yiyuan)
        } else if folded.contains("万元") {
            Some(Unit::Wanyuan)
        } else {
            let ends = folded.contains("元)") || folded.contains(":元") || folded.ends_with('元');
            ends.then(|| {
                if is_times_yuan(folded) {
                    Unit::OtherYuan
                } else {
                    Unit::Yuan
                }
            })
        }
    }
}

/// Whether a text is, or has in a bracket or behind a colon, a multiple of a measure word: 万条, (百件), (单位:千人次). 第二十条 is none.
fn is_multiple_of_count(folded: &str) -> bool {
    let mut words = folded.split(['(', ')', ':', ',', '、']);
    words.any(|word| {
        let measure = word.trim_start_matches(['十', '百', '千', '万', '亿']);
        measure.len() < word.len() && MEASURES.contains(&measure)
    })
}

/// Measure words that count ones.
const MEASURES: [&str; 14] = [
    "件", "条", "個", "个", "次", "项", "份", "人", "宗", "篇", "件次", "人次", "起", "部",
];

/// Whether a text is a measure word that counts ones.
pub fn is_measure(text: &str) -> bool {
    MEASURES.contains(&text)
}

/// Characters that end the words before 元 which say nothing of how many: 单位元, 金额元, 人民币元, 单位为元.
const BEFORE_YUAN: &str = "位額额費费幣币計计金款数數为為是以按";

/// Whether a word before 元 says how many of them the unit is, and it is none that is known: 方元, which may be 万元 read wrong.
fn is_times_yuan(folded: &str) -> bool {
    let units = folded.match_indices('元').filter(|(at, unit)| {
        let behind = &folded[at + unit.len()..];
        behind.is_empty() || behind.starts_with(')')
    });
    let mut before = units.filter_map(|(at, _)| folded[..at].chars().next_back());
    before.any(|character| {
        character == char::REPLACEMENT_CHARACTER || character.is_alphanumeric() && !BEFORE_YUAN.contains(character)
    })
}

/// No figure has more digits before its point.
const LONGEST: usize = 15;

/// Marks for "no figure", without the spaces that a narrow cell puts into them.
const PLACEHOLDERS: [&str; 17] = [
    "/",
    "\\",
    "//",
    "_",
    "*",
    "无",
    "無",
    "不适用",
    "不適用",
    "N/A",
    "n/a",
    "NA",
    "NaN",
    "nan",
    "<NA>",
    "None",
    "null",
];

impl Reading {
    /// Whether the cell holds a value rather than words: a number, nothing, or a mark for nothing.
    pub fn is_value(&self) -> bool {
        self.state != State::Text
    }

    /// Reads the text of one cell.
    pub fn of(text: &str) -> Self {
        let plain = |state| Reading {
            state,
            value: None,
            unit: None,
        };
        if let Some(value) = digits_alone(text.trim()) {
            return Reading::number(value, None);
        }
        let text = compact(text);
        if text.is_empty() {
            return plain(State::Blank);
        }
        let mark = text.chars().filter(|c| !c.is_whitespace());
        let is_placeholder = |placeholder: &&str| placeholder.chars().eq(mark.clone());
        if PLACEHOLDERS.iter().any(is_placeholder) || mark.clone().all(|c| "-—–―─━－".contains(c)) {
            return plain(State::Placeholder);
        }
        match number(&text) {
            Some((value, unit)) => Reading::number(value, unit),
            None => plain(State::Text),
        }
    }

    fn number(value: Number, unit: Option<Unit>) -> Self {
        let state = if value.0.is_zero() { State::Zero } else { State::Number };
        Reading {
            state,
            value: Some(value),
            unit,
        }
    }
}

/// The number of a text that is nothing but digits, as most figures are.
fn digits_alone(text: &str) -> Option<Number> {
    let is_one = text.len() == 1 || !text.starts_with('0');
    let is_plain = is_one && (1..=LONGEST).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    let value: u64 = text.parse().ok().filter(|_| is_plain)?;
    Some(Number(value.into()))
}

/// Folds width and trims; a run of spaces inside becomes one space, a line break one `\n`.
fn compact(text: &str) -> String {
    let mut compact = String::with_capacity(text.len());
    let mut gap = None;
    for c in text.chars() {
        if is_ignorable(c) {
            if c.is_whitespace() {
                // Two spaces or a line break between digits are a wider gap than a space inside a number.
                gap = Some(if gap.is_some() || c == '\n' || c == '\t' {
                    '\n'
                } else {
                    ' '
                });
            }
            continue;
        }
        if let Some(gap) = gap.take()
            && !compact.is_empty()
        {
            compact.push(gap);
        }
        match c {
            '\u{ff01}'..='\u{ff5e}' => compact.extend(char::from_u32(c as u32 - 0xfee0)),
            '−' | '﹣' | '‐' | '‑' => compact.push('-'),
            c => compact.push(c),
        }
    }
    compact
}

/// A whole text as one number with sign, unit and bracketed remark.
fn number(text: &str) -> Option<(Number, Option<Unit>)> {
    let (negative, rest) = sign(text);
    let rest = rest.trim_start();
    let end = rest
        .find(|c: char| !(c.is_ascii_digit() || ",.，".contains(c) || c == ' '))
        .unwrap_or(rest.len());
    let (digits, tail) = rest.split_at(end);
    let mut value: Decimal = if digits.is_empty() && rest == "零" {
        Decimal::ZERO
    } else {
        digits_value(digits.trim_end())?
    };
    let unit = if rest == "零" {
        None
    } else {
        tail_unit(tail.trim_start())?
    };
    if negative {
        value.set_sign_negative(!value.is_zero());
    }
    Some((Number(value), unit))
}

fn sign(text: &str) -> (bool, &str) {
    for (prefix, negative) in [
        ("-", true),
        ("减少", true),
        ("減少", true),
        ("减", true),
        ("減", true),
        ("负", true),
        ("負", true),
        ("+", false),
        ("增加", false),
        ("增", false),
    ] {
        if let Some(rest) = text.strip_prefix(prefix) {
            return (negative, rest);
        }
    }
    (false, text)
}

/// Digits with thousands marks or single spaces, as an exact decimal.
fn digits_value(digits: &str) -> Option<Decimal> {
    let (whole, fraction) = match digits.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (digits, None),
    };
    let fraction_ok = fraction.is_none_or(|f| !f.is_empty() && f.bytes().all(|b| b.is_ascii_digit()));
    let groups: Vec<&str> = whole.split([',', '，']).map(str::trim).collect();
    let grouped = groups.len() > 1;
    let groups_ok = !grouped
        || ((1..=3).contains(&groups[0].len()) && groups[1..].iter().all(|g| g.len() == 3 && !g.contains(' ')));
    let plain: String = whole.chars().filter(char::is_ascii_digit).collect();
    // "0 0" are two cells in one, "00" a slip: neither is a number.
    let padded = plain.len() > 1 && plain.starts_with('0');
    if !fraction_ok || !groups_ok || padded || plain.is_empty() || plain.len() > LONGEST {
        return None;
    }
    match fraction {
        Some(fraction) if fraction.len() <= 10 => format!("{plain}.{fraction}").parse().ok(),
        Some(_) => None,
        None => plain.parse().ok(),
    }
}

/// The unit in what follows the digits: nothing, a unit, a bracketed remark, or both. `None` where it is anything else.
fn tail_unit(tail: &str) -> Option<Option<Unit>> {
    let (word, remark) = match tail.find(['(', '（']) {
        Some(at) => tail.split_at(at),
        None => (tail, ""),
    };
    if !remark.is_empty() && !is_one_bracket(remark) || is_other_value(remark) {
        return None;
    }
    let word: String = word.chars().filter(|c| !c.is_whitespace()).collect();
    if word.is_empty() && !remark.is_empty() {
        return unit_in_bracket(remark);
    }
    unit_named(&word)
}

/// The unit that a bracket behind a number names, if it names nothing else: （元）, （单位：万元）. `None` for one that is not converted.
fn unit_in_bracket(bracket: &str) -> Option<Option<Unit>> {
    let inside = inside(bracket);
    let inside: String = inside.chars().filter(|c| !c.is_whitespace()).collect();
    let named = inside.rsplit(':').next().unwrap_or_default();
    let named = ["单位", "人民币"]
        .iter()
        .fold(named, |named, word| named.trim_start_matches(word));
    match unit_named(named) {
        Some(unit) => Some(unit),
        None => {
            let is_multiple = named.chars().all(|c| "十百千万亿元".contains(c)) || is_multiple_of_count(named);
            (!is_multiple).then_some(None)
        }
    }
}

/// What a bracket holds.
fn inside(bracket: &str) -> &str {
    bracket.trim_matches(['(', '（', ')', '）']).trim()
}

/// The unit that a word is; `None` where it is another word.
fn unit_named(word: &str) -> Option<Option<Unit>> {
    Some(match word {
        "" => None,
        "元" | "元整" => Some(Unit::Yuan),
        "万元" | "萬元" | "万" | "萬" => Some(Unit::Wanyuan),
        "亿元" | "億元" => Some(Unit::Yiyuan),
        "條" | "項" => Some(Unit::Count),
        word if is_measure(word) => Some(Unit::Count),
        _ => return None,
    })
}

/// Whether a text is one pair of brackets and what stands in it.
fn is_one_bracket(text: &str) -> bool {
    let mut depth = 0usize;
    let closed = text.char_indices().find(|(_, c)| {
        match c {
            '(' | '（' => depth += 1,
            ')' | '）' => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth == 0
    });
    closed.is_some_and(|(at, c)| at + c.len_utf8() == text.len())
}

/// Whether a bracket makes another value of the number before it: 12（上年）, 12（减）, 12（应为21）.
fn is_other_value(bracket: &str) -> bool {
    let inside = inside(bracket);
    let corrects = [
        "应为", "應為", "更正", "订正", "訂正", "改为", "改為", "实为", "實為", "有误", "有誤",
    ];
    // A year stands there where it is another than the report's.
    let of_year = || {
        inside.contains("累计")
            || inside.contains("累計")
            || !year::named(inside).is_empty() && inside.find('年') == Some(4)
    };
    if corrects.iter().any(|word| inside.starts_with(word)) || of_year() {
        return true;
    }
    [
        "减",
        "減",
        "减少",
        "減少",
        "负",
        "負",
        "-",
        "上年",
        "上年度",
        "上一年",
        "去年",
        "上年数",
    ]
    .contains(&inside)
}

/// Whether a number has a space inside, so that it may be two numbers: `524 524`, `12 7007`, `7 730.28`. It is one where no group
/// behind a space can be a number by itself, as in `1 036`. Digits of both widths, too, may be two numbers that stand close: `180４１`.
pub fn may_be_two(text: &str) -> bool {
    if digits_alone(text).is_some() {
        return false;
    }
    let wide = |c: char| ('０'..='９').contains(&c);
    if text.contains(wide) && text.contains(|c: char| c.is_ascii_digit()) {
        return true;
    }
    let text = compact(text);
    let (_, digits) = sign(&text);
    let number = digits
        .trim_start()
        .split(|c: char| !(c.is_ascii_digit() || ",.，".contains(c) || c == ' '))
        .next()
        .unwrap_or_default();
    let mut groups = number.trim().split(' ');
    let first = groups.next().is_some_and(|group| group.len() <= 3);
    let is_rest = |group: &str| {
        let whole = group.split('.').next().unwrap_or_default();
        whole.len() == 3 && whole.starts_with('0')
    };
    let mut rest = groups.peekable();
    rest.peek().is_some() && !(first && rest.all(is_rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_of_a_number_reads_exactly() {
        for (text, value, unit) in [
            ("0", "0", None),
            (" 705 ", "705", None),
            ("１２３", "123", None),
            ("1,036", "1036", None),
            ("1，036", "1036", None),
            ("1 036", "1036", None),
            ("4068.208", "4068.208", None),
            ("2.3870", "2.3870", None),
            ("+1036", "1036", None),
            ("-8", "-8", None),
            ("−8", "-8", None),
            ("减3", "-3", None),
            ("減59", "-59", None),
            ("減少3件", "-3", Some(Unit::Count)),
            ("增 5", "5", None),
            ("22（其中修订 16 件）", "22", None),
            ("5件", "5", Some(Unit::Count)),
            ("251000元", "251000", Some(Unit::Yuan)),
            ("0.37万元", "0.37", Some(Unit::Wanyuan)),
            ("0.37萬元", "0.37", Some(Unit::Wanyuan)),
            ("52656万 元", "52656", Some(Unit::Wanyuan)),
            ("12万\n元", "12", Some(Unit::Wanyuan)),
            ("22\n（其中修订\n16件）", "22", None),
            ("1250000（元）", "1250000", Some(Unit::Yuan)),
            ("1.25（亿元）", "1.25", Some(Unit::Yiyuan)),
            ("125（人民币：万元）", "125", Some(Unit::Wanyuan)),
            ("5（单位：件）", "5", Some(Unit::Count)),
            ("22（其中罚款3万元）", "22", None),
            ("\u{200b}7\u{a0}", "7", None),
        ] {
            let reading = Reading::of(text);
            assert_eq!(reading.value.map(|v| v.to_string()).as_deref(), Some(value), "{text}");
            assert_eq!(reading.unit, unit, "{text}");
        }
    }

    #[test]
    fn what_is_not_one_number_is_no_number() {
        for text in [
            "0 0",
            "3\n5",
            "3  5",
            "1,23",
            "007",
            "约5",
            "12%",
            "2021年",
            "5-7",
            "1.2.3",
            "5.",
            "3/4",
            "1,2345",
            "见附件",
            "12 件 3 件",
            "12（上年）54（本年）",
            "12（上年）",
            "12（应为21）",
            "12（更正：21）",
            "1089（减）",
            "1.2（万件）",
            "125（千元）",
            "5607（2022年）",
            "98.5（2022年数据）",
            "5607（累计数）",
        ] {
            let reading = Reading::of(text);
            assert_eq!((reading.state, reading.value), (State::Text, None), "{text}");
        }
    }

    #[test]
    fn a_number_with_a_space_inside_may_be_two_unless_one_of_them_were_none() {
        for (text, two) in [
            ("1 036", false),
            ("1 036.5", false),
            ("-1 036", false),
            ("36", false),
            ("52656万 元", false),
            ("22（其中 16 件）", false),
            ("524 524", true),
            ("7 730.28", true),
            ("12 345 678件", true),
            ("12 7007", true),
            ("1 1", true),
            ("减1 1", true),
            ("+524 524", true),
            ("5 036 201", true),
            ("180４１", true),
            ("１８０", false),
        ] {
            assert_eq!(may_be_two(text), two, "{text}");
        }
    }

    #[test]
    fn the_unit_of_a_header_is_its_own_or_none_that_is_known() {
        for (text, unit) in [
            ("采购总金额(万元)", Some(Unit::Wanyuan)),
            ("金额(单位:元)", Some(Unit::Yuan)),
            ("金额(千元)", Some(Unit::OtherYuan)),
            ("金额(百万元)", Some(Unit::OtherYuan)),
            ("金额(单位方元)", Some(Unit::OtherYuan)),
            ("金额(单位:\u{FFFD}元)", Some(Unit::OtherYuan)),
            ("金额(元)", Some(Unit::Yuan)),
            ("金额(单位为元)", Some(Unit::Yuan)),
            ("金额(美元)", Some(Unit::OtherYuan)),
            ("多元化解(人民币元)", Some(Unit::Yuan)),
            ("本年收费金额", None),
            ("万条", Some(Unit::OtherCount)),
            ("统计数(百件)", Some(Unit::OtherCount)),
            ("单位:千人次", Some(Unit::OtherCount)),
            ("第二十条第(一)项", None),
            ("主动公开政府信息数(条)", None),
        ] {
            assert_eq!(Unit::in_header(text), unit, "{text}");
        }
    }

    #[test]
    fn nothing_and_marks_for_nothing_are_not_zero() {
        for text in ["", "\u{a0}", "　", "\u{200b}"] {
            assert_eq!(Reading::of(text).state, State::Blank);
        }
        for text in [
            "/",
            "-",
            "--",
            "—",
            "——",
            "无",
            "無",
            "不适用",
            "不适\n用",
            "／",
            "－",
            "- -",
        ] {
            assert_eq!(Reading::of(text).state, State::Placeholder, "{text}");
        }
        assert_eq!(Reading::of("0").state, State::Zero);
    }

    #[test]
    fn amounts_convert_to_wanyuan_exactly() {
        let wanyuan = |text: &str| {
            let reading = Reading::of(text);
            reading
                .unit
                .unwrap()
                .to_wanyuan(reading.value.unwrap())
                .unwrap()
                .to_string()
        };
        assert_eq!(wanyuan("251000元"), "25.1");
        assert_eq!(wanyuan("1元"), "0.0001");
        assert_eq!(wanyuan("0.37万元"), "0.37");
        assert_eq!(wanyuan("1.5亿元"), "15000");
    }
}
