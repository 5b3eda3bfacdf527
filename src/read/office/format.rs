//! Numbers as a workbook shows them: number formats such as `#,##0.00` or `yyyy年m月d日`.
//!
//! A workbook stores binary floating point; programs show at most 15 digits of it. Invariant: no digit is shown that the program
//! would not show, and a format that is not known shows the number as `General` does.

use jiff::civil::date;
use rust_decimal::{Decimal, RoundingStrategy};

/// Digits that programs show.
const DIGITS: usize = 15;
/// Digits that `General` has room for beside a point.
const GENERAL: usize = 10;

/// A piece of a format.
#[derive(Clone, Debug, PartialEq)]
enum Piece {
    /// Text as it is.
    Text(String),
    /// Where the number stands.
    Number,
    /// Year, month, day, in so many letters.
    Date(char, usize),
}

/// One section of a format.
#[derive(Clone, Debug, Default)]
struct Section {
    pieces: Vec<Piece>,
    /// Least digits before the point.
    whole: usize,
    /// Places of digits before the point.
    places: usize,
    /// Text between those places, with how many of them stand before it.
    between: Vec<(usize, String)>,
    /// Least and most digits behind the point.
    least: usize,
    most: usize,
    thousands: bool,
    /// Thousands that the number is divided by.
    scale: u32,
    percents: u32,
    is_general: bool,
    is_date: bool,
    /// Whether something in it is not known here.
    is_strange: bool,
}

/// A number format.
#[derive(Clone, Debug)]
pub(super) struct Format {
    sections: Vec<Section>,
    is_1904: bool,
}

impl Format {
    /// A format by its code.
    pub(super) fn new(code: &str, is_1904: bool) -> Format {
        Format {
            sections: split(code).iter().take(3).map(|section| read(section)).collect(),
            is_1904,
        }
    }

    /// The format of cells without one.
    pub(super) fn general() -> Format {
        Format::new("General", false)
    }

    /// A stored number as shown.
    pub(super) fn show(&self, stored: &str) -> String {
        let Some(number) = stored.parse::<f64>().ok().filter(|number| number.is_finite()) else {
            return stored.into();
        };
        let general = rounded(number);
        let Ok(exact) = Decimal::from_str_exact(&general) else {
            return general;
        };
        let (section, magnitude) = match (&self.sections[..], exact.is_sign_negative() && !exact.is_zero()) {
            ([_, negative, ..], true) => (negative, exact.abs()),
            ([_, _, zero, ..], false) if exact.is_zero() => (zero, exact),
            ([first, ..], _) => (first, exact),
            ([], _) => return general,
        };
        if section.is_strange {
            return general;
        }
        if section.is_date {
            return self.date(section, number).unwrap_or(general);
        }
        section.number(magnitude)
    }

    /// A stored number as a cell shows it. One that is shown in thousands without a word for them is marked as not read, for what is seen is
    /// not what is meant.
    pub(super) fn cell_text(&self, stored: &str) -> String {
        let mut shown = self.show(stored);
        let says = shown.contains(char::is_alphabetic);
        if self.sections.iter().any(|section| section.scale > 0) && !says && stored.parse() != Ok(0.0) {
            shown.push(char::REPLACEMENT_CHARACTER);
        }
        shown
    }

    fn date(&self, section: &Section, number: f64) -> Option<String> {
        let first = if self.is_1904 {
            date(1904, 1, 1)
        } else {
            date(1899, 12, 30)
        };
        // Day 60 of the older count is a 29 February that never was; below it days are one later.
        let days = number.floor() as i64 + i64::from(!self.is_1904 && number < 60.0);
        let day = first.checked_add(jiff::Span::new().try_days(days).ok()?).ok()?;
        let mut out = String::new();
        for piece in &section.pieces {
            match piece {
                Piece::Text(text) => out += text,
                Piece::Number => {}
                Piece::Date('y', 1..=2) => out += &format!("{:02}", day.year() % 100),
                Piece::Date('y', _) => out += &day.year().to_string(),
                Piece::Date('m', length) => out += &padded(day.month(), *length),
                Piece::Date(_, length) => out += &padded(day.day(), *length),
            }
        }
        Some(out)
    }
}

fn padded(number: i8, length: usize) -> String {
    if length >= 2 {
        format!("{number:02}")
    } else {
        number.to_string()
    }
}

impl Section {
    fn number(&self, number: Decimal) -> String {
        let mut value = number;
        for _ in 0..self.percents {
            value = value.checked_mul(Decimal::ONE_HUNDRED).unwrap_or(value);
        }
        for _ in 0..self.scale {
            value /= Decimal::ONE_THOUSAND;
        }
        let digits = if self.is_general {
            let whole = value.trunc().abs().to_string().len();
            let behind = GENERAL.saturating_sub(whole) as u32;
            let value = value.round_dp_with_strategy(behind, RoundingStrategy::MidpointAwayFromZero);
            value.normalize().to_string()
        } else {
            self.digits(value)
        };
        let has_number = self.pieces.contains(&Piece::Number);
        let mut out = String::new();
        for piece in &self.pieces {
            match piece {
                Piece::Text(text) => out += text,
                Piece::Number => out += digits.trim_start_matches('-'),
                Piece::Date(..) => {}
            }
        }
        if has_number && digits.starts_with('-') {
            format!("-{out}")
        } else {
            out
        }
    }

    fn digits(&self, value: Decimal) -> String {
        let value = value.round_dp_with_strategy(self.most as u32, RoundingStrategy::MidpointAwayFromZero);
        let text = value.abs().normalize().to_string();
        let (whole, behind) = text.split_once('.').unwrap_or((&text, ""));
        let whole = if whole == "0" { "" } else { whole };
        let mut whole = format!("{}{whole}", "0".repeat(self.whole.saturating_sub(whole.len())));
        if self.thousands {
            let mut at = whole.len();
            while at > 3 {
                at -= 3;
                whole.insert(at, ',');
            }
        }
        for (before, text) in self.between.iter().rev() {
            let at = whole.len().saturating_sub(self.places - before);
            whole.insert_str(at, text);
        }
        let behind = format!("{behind}{}", "0".repeat(self.least.saturating_sub(behind.len())));
        let point = if behind.is_empty() { "" } else { "." };
        let sign = if value.is_sign_negative() && !value.is_zero() {
            "-"
        } else {
            ""
        };
        format!("{sign}{whole}{point}{behind}")
    }
}

/// A number with the digits that programs show.
fn rounded(number: f64) -> String {
    if number == 0.0 {
        return "0".into();
    }
    let magnitude = number.abs().log10().floor();
    if !(-10.0..15.0).contains(&magnitude) {
        return number.to_string();
    }
    let behind = (DIGITS as f64 - 1.0 - magnitude).max(0.0) as usize;
    let text = format!("{number:.behind$}");
    if text.contains('.') {
        text.trim_end_matches('0').trim_end_matches('.').into()
    } else {
        text
    }
}

/// The sections of a code: positive; negative; zero; text.
fn split(code: &str) -> Vec<String> {
    let mut sections = vec![String::new()];
    let mut characters = code.chars();
    let mut quoted = false;
    while let Some(character) = characters.next() {
        match character {
            ';' if !quoted => {
                sections.push(String::new());
                continue;
            }
            '"' => quoted = !quoted,
            _ => {}
        }
        if let Some(section) = sections.last_mut() {
            section.push(character);
            if matches!(character, '\\' | '!') {
                section.extend(characters.next());
            }
        }
    }
    sections
}

fn read(code: &str) -> Section {
    let mut section = Section::default();
    if code.trim().eq_ignore_ascii_case("general") || code == "@" {
        section.is_general = true;
        section.pieces.push(Piece::Number);
        return section;
    }
    let mut characters = code.chars().peekable();
    let mut behind = false;
    while let Some(character) = characters.next() {
        match character {
            '"' => {
                let text: String = characters.by_ref().take_while(|c| *c != '"').collect();
                section.text(&text);
            }
            '\\' | '!' => section.text(&characters.next().map(String::from).unwrap_or_default()),
            '_' => {
                characters.next();
                section.text(" ");
            }
            '*' => {
                characters.next();
            }
            '[' => {
                let inside: String = characters.by_ref().take_while(|c| *c != ']').collect();
                match inside.strip_prefix('$') {
                    Some(currency) => section.text(currency.split('-').next().unwrap_or_default()),
                    // A condition or a count of hours.
                    None => section.is_strange |= inside.starts_with(['<', '>', '=', 'h', 'm', 's']),
                }
            }
            '0' | '#' | '?' => {
                let digit = usize::from(character == '0');
                if behind {
                    section.placed();
                    section.least += digit;
                    section.most += 1;
                } else {
                    section.placed_whole();
                    section.whole += digit;
                    section.places += 1;
                }
            }
            '.' if !section.is_date => {
                behind = true;
                section.placed();
            }
            ',' if section.pieces.contains(&Piece::Number) => match characters.peek() {
                Some('0' | '#' | '?') => section.thousands = true,
                _ => section.scale += 1,
            },
            '%' => {
                section.percents += 1;
                section.text("%");
            }
            'y' | 'Y' | 'm' | 'M' | 'd' | 'D' => {
                let letter = character.to_ascii_lowercase();
                let mut length = 1;
                while characters.next_if(|c| c.eq_ignore_ascii_case(&letter)).is_some() {
                    length += 1;
                }
                // Names of months and days.
                section.is_strange |= letter != 'y' && length > 2;
                section.is_date = true;
                section.pieces.push(Piece::Date(letter, length));
            }
            // Hours, seconds, halves of the day, fractions, powers of ten, eras.
            'h' | 'H' | 's' | 'S' | 'A' | 'a' | 'E' | 'e' | 'g' | 'b' | 'B' | 'n' => section.is_strange = true,
            '/' if !section.is_date => section.is_strange = true,
            '@' => section.placed(),
            other => section.text(&other.to_string()),
        }
    }
    section
}

impl Section {
    fn text(&mut self, text: &str) {
        match self.pieces.last_mut() {
            Some(Piece::Text(before)) => before.push_str(text),
            _ => self.pieces.push(Piece::Text(text.into())),
        }
    }

    /// Marks where digits before the point stand: what stands between them is a part of the number.
    fn placed_whole(&mut self) {
        if let [.., Piece::Number, Piece::Text(text)] = &mut self.pieces[..] {
            self.between.push((self.places, std::mem::take(text)));
            self.pieces.pop();
        }
        self.is_strange |= self.thousands && !self.between.is_empty();
        self.placed();
    }

    /// Marks where the number stands. A second place means digits with text between them.
    fn placed(&mut self) {
        match self.pieces.last() {
            Some(Piece::Number) => {}
            _ if self.pieces.contains(&Piece::Number) => self.is_strange = true,
            _ => self.pieces.push(Piece::Number),
        }
    }
}

/// The code of a format that programs know by its number.
pub(super) fn built_in(id: u32) -> &'static str {
    match id {
        1 => "0",
        2 => "0.00",
        3 => "#,##0",
        4 => "#,##0.00",
        9 => "0%",
        10 => "0.00%",
        14 => "yyyy/m/d",
        27 | 36 | 50 | 57 => "yyyy\"年\"m\"月\"",
        28 | 29 | 51 | 53 | 54 | 58 => "m\"月\"d\"日\"",
        31 => "yyyy\"年\"m\"月\"d\"日\"",
        37 | 38 => "#,##0;-#,##0",
        39 | 40 => "#,##0.00;-#,##0.00",
        41 => "#,##0;-#,##0;\"-\"",
        43 => "#,##0.00;-#,##0.00;\"-\"",
        _ => "General",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_shown_as_programs_show_them() {
        for (code, stored, shown) in [
            ("General", "7.0000000000000009", "7"),
            ("General", "6435.6999999999998", "6435.7"),
            ("General", "0.1", "0.1"),
            ("General", "5.0000000000001", "5"),
            ("General", "1234567.891234", "1234567.891"),
            ("General", "-12", "-12"),
            ("General", "1E3", "1000"),
            ("General", "x", "x"),
            ("@", "12", "12"),
            ("0", "12.5", "13"),
            ("0_ ", "3", "3 "),
            ("0.00", "1", "1.00"),
            ("#,##0", "1234567", "1,234,567"),
            ("#,##0.0#", "0.5", "0.5"),
            ("#.##", "0.5", ".5"),
            ("0%", "0.125", "13%"),
            ("\"共\"0\"件\"", "5", "共5件"),
            ("0;\"负\"0;\"-\"", "0", "-"),
            ("0;\"负\"0;\"-\"", "-2", "负2"),
            ("#,##0,", "1234567", "1,235"),
            ("[Red]0", "-3", "-3"),
            ("[$¥-804]#,##0.00", "5", "¥5.00"),
            ("yyyy\"年\"m\"月\"d\"日\"", "45292", "2024年1月1日"),
            ("yyyy-mm-dd", "45292.5", "2024-01-01"),
            ("[>100]0.0", "5.25", "5.25"),
            ("# ?/?", "0.5", "0.5"),
            ("0.00E+00", "1200", "1200"),
            ("0!.0,\"万\"", "12345", "1.2万"),
            ("0!.0,\"万\"", "3", "0.0万"),
            ("000-0000", "1234567", "123-4567"),
            ("##\\-##", "12345", "123-45"),
        ] {
            assert_eq!(Format::new(code, false).show(stored), shown, "{code} {stored}");
        }
    }

    #[test]
    fn a_number_shown_in_thousands_that_no_word_names_is_not_one_that_was_read() {
        for (code, stored, text) in [
            ("#,##0,", "1234567", "1,235\u{fffd}"),
            ("0,", "3", "0\u{fffd}"),
            ("0,", "0", "0"),
            ("0!.0,\"万\"", "12345", "1.2万"),
            ("#,##0", "1234", "1,234"),
        ] {
            assert_eq!(Format::new(code, false).cell_text(stored), text, "{code} {stored}");
        }
    }
}
