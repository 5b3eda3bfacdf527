//! Numbers as office programs count them: `一`, `①`, `IV`, `壹`.
//!
//! The names of the formats are those of Office Open XML (ECMA-376, `ST_NumberFormat`). Invariant: a format that is not known gives
//! Arabic digits, as programs do.

/// Digits of a way to write Chinese numbers, and its words for 10, 100, 1000 and 10000.
struct Numerals {
    digits: [char; 10],
    powers: [char; 4],
    /// Whether 10 is 十 and not 一十.
    short_ten: bool,
}

const COUNTING: Numerals = Numerals {
    digits: ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'],
    powers: ['十', '百', '千', '万'],
    short_ten: true,
};

const FINANCIAL: Numerals = Numerals {
    digits: ['零', '壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖'],
    powers: ['拾', '佰', '仟', '萬'],
    short_ten: false,
};

const FINANCIAL_TRADITIONAL: Numerals = Numerals {
    digits: ['零', '壹', '貳', '參', '肆', '伍', '陸', '柒', '捌', '玖'],
    powers: ['拾', '佰', '仟', '萬'],
    short_ten: false,
};

const STEMS: &str = "甲乙丙丁戊己庚辛壬癸";
const BRANCHES: &str = "子丑寅卯辰巳午未申酉戌亥";

/// A number in a format, such as 3 in `chineseCounting`: `三`.
pub(in crate::read) fn write(format: &str, number: i64) -> String {
    let digits = || number.to_string();
    match format {
        "none" | "bullet" => String::new(),
        "chineseCounting"
        | "chineseCountingThousand"
        | "taiwaneseCounting"
        | "taiwaneseCountingThousand"
        | "japaneseCounting" => chinese(&COUNTING, number),
        "chineseLegalSimplified" => chinese(&FINANCIAL, number),
        "ideographLegalTraditional" | "japaneseLegal" => chinese(&FINANCIAL_TRADITIONAL, number),
        "ideographDigital" | "japaneseDigitalTenThousand" | "taiwaneseDigital" => digits()
            .chars()
            .map(|digit| digit.to_digit(10).map_or(digit, |at| COUNTING.digits[at as usize]))
            .collect(),
        "ideographTraditional" => listed(STEMS, number),
        "ideographZodiac" => listed(BRANCHES, number),
        "ideographZodiacTraditional" => format!("{}{}", cyclic(STEMS, number), cyclic(BRANCHES, number)),
        "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" => ranged(0x2460, 20, number),
        "decimalEnclosedParen" => ranged(0x2474, 20, number),
        "decimalEnclosedFullstop" => ranged(0x2488, 20, number),
        "ideographEnclosedCircle" => ranged(0x3280, 10, number),
        "decimalFullWidth" | "decimalFullWidth2" => digits()
            .chars()
            .map(|digit| {
                digit
                    .to_digit(10)
                    .and_then(|at| char::from_u32(0xFF10 + at))
                    .unwrap_or(digit)
            })
            .collect(),
        "decimalZero" => format!("{number:02}"),
        "numberInDash" => format!("- {number} -"),
        "upperRoman" => roman(number),
        "lowerRoman" => roman(number).to_lowercase(),
        "upperLetter" => letters(number, b'A'),
        "lowerLetter" => letters(number, b'a'),
        _ => digits(),
    }
}

/// The format of a number code (`nfc`) of the binary format.
pub(in crate::read) fn of_code(code: u32) -> &'static str {
    match code {
        1 => "upperRoman",
        2 => "lowerRoman",
        3 => "upperLetter",
        4 => "lowerLetter",
        10 => "ideographDigital",
        11 => "japaneseCounting",
        14 | 19 => "decimalFullWidth",
        16 => "japaneseLegal",
        17 => "japaneseDigitalTenThousand",
        18 => "decimalEnclosedCircle",
        22 => "decimalZero",
        23 => "bullet",
        26 => "decimalEnclosedFullstop",
        27 => "decimalEnclosedParen",
        28 => "decimalEnclosedCircleChinese",
        29 => "ideographEnclosedCircle",
        30 => "ideographTraditional",
        31 => "ideographZodiac",
        32 => "ideographZodiacTraditional",
        33 => "taiwaneseCounting",
        34 => "ideographLegalTraditional",
        35 => "taiwaneseCountingThousand",
        36 => "taiwaneseDigital",
        37 => "chineseCounting",
        38 => "chineseLegalSimplified",
        39 => "chineseCountingThousand",
        40 => "ideographDigital",
        57 => "numberInDash",
        255 => "none",
        _ => "decimal",
    }
}

/// Chinese numbers up to 99,999,999: 十二, 二十, 一百〇五.
fn chinese(numerals: &Numerals, number: i64) -> String {
    if !(0..100_000_000).contains(&number) {
        return number.to_string();
    }
    if number == 0 {
        return numerals.digits[0].into();
    }
    let (high, low) = (number / 10_000, number % 10_000);
    let mut out = String::new();
    if high > 0 {
        out += &below_ten_thousand(numerals, high);
        out.push(numerals.powers[3]);
        if low > 0 && low < 1000 {
            out.push(numerals.digits[0]);
        }
    }
    out += &below_ten_thousand(numerals, low);
    let (one, ten) = (numerals.digits[1], numerals.powers[0]);
    match out.strip_prefix(one) {
        Some(rest) if numerals.short_ten && rest.starts_with(ten) => rest.into(),
        _ => out,
    }
}

fn below_ten_thousand(numerals: &Numerals, number: i64) -> String {
    let mut out = String::new();
    let mut gap = false;
    for (power, unit) in [(1000, Some(2)), (100, Some(1)), (10, Some(0)), (1, None)] {
        let digit = (number / power % 10) as usize;
        if digit == 0 {
            gap |= !out.is_empty();
            continue;
        }
        if gap {
            out.push(numerals.digits[0]);
            gap = false;
        }
        out.push(numerals.digits[digit]);
        out.extend(unit.map(|unit: usize| numerals.powers[unit]));
    }
    out
}

/// A character of a list; Arabic digits beyond its end.
fn listed(list: &str, number: i64) -> String {
    let at = usize::try_from(number - 1).ok();
    at.and_then(|at| list.chars().nth(at))
        .map_or_else(|| number.to_string(), String::from)
}

/// A character of a list that begins again at its end.
fn cyclic(list: &str, number: i64) -> String {
    let length = list.chars().count() as i64;
    listed(list, (number - 1).rem_euclid(length) + 1)
}

/// A character of a row of code points that begins with 1; Arabic digits beyond its end.
fn ranged(first: u32, count: i64, number: i64) -> String {
    let inside = (1..=count).contains(&number);
    let character = inside.then(|| char::from_u32(first + number as u32 - 1)).flatten();
    character.map_or_else(|| number.to_string(), String::from)
}

fn roman(number: i64) -> String {
    const PARTS: [(i64, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    if !(1..5000).contains(&number) {
        return number.to_string();
    }
    let mut rest = number;
    let mut out = String::new();
    for (value, letters) in PARTS {
        while rest >= value {
            out += letters;
            rest -= value;
        }
    }
    out
}

/// `a` … `z`, `aa`, `bb`, …
fn letters(number: i64, first: u8) -> String {
    if !(1..=26 * 20).contains(&number) {
        return number.to_string();
    }
    let (round, at) = ((number - 1) / 26, (number - 1) % 26);
    char::from(first + at as u8).to_string().repeat(round as usize + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_programs_write_them() {
        for (format, number, written) in [
            ("chineseCounting", 1, "一"),
            ("chineseCountingThousand", 10, "十"),
            ("chineseCountingThousand", 12, "十二"),
            ("chineseCountingThousand", 20, "二十"),
            ("chineseCountingThousand", 105, "一百〇五"),
            ("chineseCountingThousand", 110, "一百一十"),
            ("chineseCountingThousand", 100_500, "十万〇五百"),
            ("chineseLegalSimplified", 10, "壹拾"),
            ("ideographDigital", 10, "一〇"),
            ("ideographTraditional", 3, "丙"),
            ("decimalEnclosedCircle", 20, "⑳"),
            ("decimalEnclosedCircle", 21, "21"),
            ("decimalEnclosedParen", 1, "⑴"),
            ("decimalEnclosedFullstop", 2, "⒉"),
            ("decimalFullWidth", 12, "１２"),
            ("upperRoman", 14, "XIV"),
            ("lowerLetter", 28, "bb"),
            ("decimal", 7, "7"),
            ("aiueo", 7, "7"),
        ] {
            assert_eq!(write(format, number), written, "{format} {number}");
        }
    }
}
