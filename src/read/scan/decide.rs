//! From what the model sees to text: what is sure stands as seen, and what is not becomes U+FFFD.
//!
//! Invariant: a digit that is not sure is no digit, so that no number with it is read.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::rare::Rare;
use super::recognise::{Decoded, Sight};
use crate::body::regions;
use crate::read::page::chars::UNKNOWN;

/// How likely a digit has to be.
pub(super) const SURE: f32 = 0.85;
/// How likely it has to be in the less sure of two looks that agree.
pub(super) const HALF_SURE: f32 = 0.5;
/// How likely the characters of a line outside of tables have to be on average; below, the ink is a picture.
const TEXT: f32 = 0.5;
/// How likely a character outside of tables has to be that no word confirms: names are read there.
const NAMED: f32 = 0.96;
/// How likely it has to be in the name of a region.
const IN_REGION: f32 = 0.6;
/// How likely the next likely character has to be that makes a word.
const RIVAL: f32 = 0.05;
/// What the ordinals of headings are written with.
const ORDINALS: &str = "一二三四五六七八九十";
/// Signs that the ticks of a pen look like.
const TICKS: &str = "<>/\\|√¥^~`_*=+";
/// What stands around numbers that are no figures, and between them.
const NO_SIGNS: &str = "()（）、/—";
/// Fewest and most characters of the name of a region.
const REGION: std::ops::RangeInclusive<usize> = 3..=12;
/// Words of all reports. One that is read whole confirms the characters in it of which the model is not sure.
pub(super) const WORDS: &[&str] = &[
    "人民政府",
    "政府信息公开",
    "政府信息",
    "信息公开",
    "工作年度报告",
    "年度报告",
    "年度",
    "报告",
    "工作",
    "总体情况",
    "情况",
    "主动公开",
    "公开",
    "申请",
    "行政机关",
    "行政复议",
    "行政诉讼",
    "行政",
    "提起",
    "收到",
    "处理",
    "存在",
    "主要",
    "问题",
    "改进",
    "其他",
    "需要",
    "事项",
    "机关",
    "部门",
    "管理",
    "监督",
    "保障",
    "平台",
    "建设",
    "规范性文件",
    "本机关",
    "国务院",
    "中华人民共和国",
    "条例",
    "根据",
    "按照",
    "要求",
    "行政许可",
    "行政处罚",
    "行政强制",
    "结果维持",
    "结果纠正",
    "其他结果",
    "尚未审结",
    "结果",
    "维持",
    "纠正",
    "尚未",
    "审结",
    "总计",
];
/// Characters that are taken for digits, or digits for them.
const CONFUSED: &str = "OoDQ〇○口。lIi|!丨[]Zz乙SsBgqb";

/// The text of a piece; empty where the ink is none.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Decision {
    /// The characters; U+FFFD stands for each that is not sure.
    pub text: Vec<char>,
    /// How likely the least likely character is, from 0 to 1.
    pub likely: f32,
    /// The two readings of a number, where they differ or one is not sure.
    pub doubt: Option<[String; 2]>,
}

/// What a piece that is no number shows: a label of the forms where it stands in a cell and is one.
pub(super) fn seen(sight: &Sight, in_cell: bool) -> &[Decoded] {
    sight.label.as_ref().filter(|_| in_cell).unwrap_or(&sight.free)
}

/// Decides on a piece that is no number of a table. The ordinal of a label stands as it was read, for the label says which row it is.
pub(super) fn decide(sight: &Sight, in_cell: bool, rare: &Rare) -> Decision {
    if !in_cell && mean(&sight.free) < TEXT {
        return Decision {
            text: Vec::new(),
            likely: least(&sight.free),
            doubt: None,
        };
    }
    let reading = seen(sight, in_cell);
    let mut text: Vec<char> = if in_cell {
        let words = reading.iter().take_while(|decoded| !is_han(decoded.character)).count();
        let ordinal = if sight.label.is_some() { words } else { 0 };
        let read = reading.iter().zip(confirmed(reading)).enumerate();
        read.map(|(index, (decoded, word))| match word {
            Some(character) => character,
            None if index < ordinal => decoded.character,
            None => sure(decoded),
        })
        .collect()
    } else {
        named(reading)
    };
    let printed: Vec<char> = characters(reading).collect();
    rare.places(&printed)
        .into_iter()
        .for_each(|place| text[place] = UNKNOWN);
    let doubt = (in_cell && text.contains(&UNKNOWN)).then(|| readings(sight));
    Decision {
        text,
        likely: least(reading),
        doubt,
    }
}

/// The characters of a text that may be a name: each is likely, in a word that was read whole, or in the name of a region.
fn named(reading: &[Decoded]) -> Vec<char> {
    let mut confirmed = confirmed(reading);
    for length in REGION {
        for (at, window) in reading
            .windows(length)
            .enumerate()
            .filter(|(_, window)| is_region(window))
        {
            let places = confirmed[at..at + length].iter_mut();
            places
                .zip(window)
                .for_each(|(place, decoded)| *place = Some(decoded.character));
        }
    }
    if let [ordinal, mark, ..] = reading
        && mark.character == '、'
        && is_ordinal(ordinal)
    {
        confirmed[0] = Some(ordinal.character);
    }
    let stands = |decoded: &Decoded| !is_han(decoded.character) || decoded.likely >= NAMED;
    let read = reading.iter().zip(confirmed);
    read.map(|(decoded, confirmed)| match confirmed {
        Some(character) => character,
        None if stands(decoded) => sure(decoded),
        None => UNKNOWN,
    })
    .collect()
}

/// Whether a character is the ordinal of a heading, and another one is not likely.
fn is_ordinal(decoded: &Decoded) -> bool {
    ORDINALS.contains(decoded.character)
        && decoded.likely >= IN_REGION
        && (decoded.rival.1 < RIVAL || !ORDINALS.contains(decoded.rival.0))
}

/// The characters of a reading that stand in a word that was read whole.
fn confirmed(reading: &[Decoded]) -> Vec<Option<char>> {
    let mut confirmed: Vec<Option<char>> = vec![None; reading.len()];
    for word in WORDS {
        let word: Vec<char> = word.chars().collect();
        for (at, window) in reading
            .windows(word.len())
            .enumerate()
            .filter(|(_, window)| says(window, &word))
        {
            let places = confirmed[at..at + window.len()].iter_mut();
            places
                .zip(&word)
                .for_each(|(place, character)| *place = Some(*character));
        }
    }
    confirmed
}

/// Whether a reading is a word: at most half of its characters are not sure, and the next likely ones are those of the word.
fn says(window: &[Decoded], word: &[char]) -> bool {
    let pairs = || window.iter().zip(word);
    let others = pairs().filter(|(decoded, character)| decoded.character != **character);
    let may_be = |decoded: &Decoded, character: char| {
        decoded.likely < NAMED && decoded.rival.0 == character && decoded.rival.1 >= RIVAL
    };
    others.clone().count() * 2 <= word.len() && others.clone().all(|(decoded, character)| may_be(decoded, *character))
}

/// Whether a reading is the name of a region, and would be none with another likely character.
fn is_region(window: &[Decoded]) -> bool {
    static NAMES: LazyLock<HashSet<&str>> = LazyLock::new(|| regions::all().iter().map(|region| region.name).collect());
    let name = |other: Option<usize>| -> String {
        let character = |(at, decoded): (usize, &Decoded)| {
            if other == Some(at) {
                decoded.rival.0
            } else {
                decoded.character
            }
        };
        window.iter().enumerate().map(character).collect()
    };
    window.iter().any(|decoded| decoded.likely < NAMED)
        && window.iter().all(|decoded| decoded.likely >= IN_REGION)
        && NAMES.contains(name(None).as_str())
        && !(0..window.len()).any(|at| window[at].likely < NAMED && NAMES.contains(name(Some(at)).as_str()))
}

/// Takes the ticks of a pen off the ends of a text outside of tables; `text` is what was made of a reading.
pub(super) fn without_ticks(mut text: Vec<char>, reading: &[Decoded]) -> Vec<char> {
    let is_tick = |decoded: &&Decoded| TICKS.contains(decoded.character);
    if !reading.is_empty() && reading.iter().all(|decoded| is_tick(&decoded)) {
        return Vec::new();
    }
    if reading.iter().filter(|decoded| is_han(decoded.character)).count() < 3 {
        return text;
    }
    for tick in reading.iter().rev().take_while(is_tick) {
        if text.last() == Some(&tick.character) {
            text.pop();
        }
    }
    let first = reading.iter().take_while(is_tick).zip(&text);
    let first = first
        .take_while(|(tick, character)| tick.character == **character)
        .count();
    text.drain(..first);
    text
}

/// Whether a character is a Chinese one.
pub(super) fn is_han(character: char) -> bool {
    matches!(character, '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}')
}

/// Whether a piece in a cell may be a number. Ink without a character may be one, and so may digits with a sign, as which a broken digit
/// is seen: +28 may be 428.
pub(super) fn is_number(sight: &Sight) -> bool {
    let has_digit = characters(&sight.free).any(|character| character.is_ascii_digit());
    let is_sign = |character: char| !character.is_alphanumeric() && !NO_SIGNS.contains(character);
    let may_be =
        |character: char| is_numeric(character) || CONFUSED.contains(character) || has_digit && is_sign(character);
    characters(&sight.free).all(may_be)
}

/// Decides on what may be a number by two looks: both readings of both have to name the same characters, each of them sure in one
/// look and likely in the other, and the sign has to be where the ink begins with a `dash`.
pub(super) fn number(first: &Sight, second: &Sight, dash: bool) -> Decision {
    let same = |reading: &[Decoded]| characters(reading).eq(characters(&first.free));
    if first.free.is_empty()
        || ![&first.number, &second.free, &second.number]
            .iter()
            .all(|reading| same(reading))
    {
        return unsure(first);
    }
    let looks = first.free.iter().zip(&second.free);
    let agreed = looks.map(|(one, other)| {
        match one.likely.min(other.likely) >= HALF_SURE && one.likely.max(other.likely) >= SURE {
            true => one.character,
            false => UNKNOWN,
        }
    });
    let text: Vec<char> = agreed.collect();
    if !is_plain(&text) || text.starts_with(&['-']) != dash {
        return unsure(first);
    }
    let doubt = text.contains(&UNKNOWN).then(|| readings(first));
    Decision {
        text,
        likely: least(&first.free).max(least(&second.free)),
        doubt,
    }
}

/// A number as it was read.
pub(super) fn plain(reading: &[Decoded]) -> Decision {
    Decision {
        text: characters(reading).collect(),
        likely: reading.iter().map(|decoded| decoded.likely).fold(1.0, f32::min),
        doubt: None,
    }
}

/// Whether marks stand where a count or an amount has them. Elsewhere they are specks.
fn is_plain(text: &[char]) -> bool {
    let is_digit = |character: &char| character.is_ascii_digit() || *character == UNKNOWN;
    let number = text.strip_suffix(&['%']).unwrap_or(text);
    let number = number.strip_prefix(&['-']).unwrap_or(number);
    let (whole, part) = match number.iter().position(|character| *character == '.') {
        Some(at) => (&number[..at], Some(&number[at + 1..])),
        None => (number, None),
    };
    let mut groups = whole.split(|character| ",，".contains(*character));
    let first = groups
        .next()
        .is_some_and(|group| !group.is_empty() && group.iter().all(is_digit));
    let grouped = groups.all(|group| group.len() == 3 && group.iter().all(is_digit));
    let ends = part.is_none_or(|part| !part.is_empty() && part.iter().all(is_digit));
    text == ['-'] || first && grouped && ends
}

/// A number of which nothing is sure.
pub(super) fn unsure(sight: &Sight) -> Decision {
    Decision {
        text: vec![UNKNOWN],
        likely: 0.0,
        doubt: Some(readings(sight)),
    }
}

fn characters(reading: &[Decoded]) -> impl Iterator<Item = char> {
    reading.iter().map(|decoded| decoded.character)
}

fn least(reading: &[Decoded]) -> f32 {
    reading.iter().map(|decoded| decoded.likely).fold(1.0, f32::min)
}

fn readings(sight: &Sight) -> [String; 2] {
    [&sight.free, &sight.number].map(|reading| reading.iter().map(|decoded| decoded.character).collect())
}

fn mean(reading: &[Decoded]) -> f32 {
    reading.iter().map(|decoded| decoded.likely).sum::<f32>() / reading.len().max(1) as f32
}

fn is_numeric(character: char) -> bool {
    character.is_ascii_digit() || ".,，%-".contains(character)
}

fn sure(decoded: &Decoded) -> char {
    if decoded.character.is_ascii_digit() && decoded.likely < SURE {
        UNKNOWN
    } else {
        decoded.character
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(text: &str, likely: f32) -> Vec<Decoded> {
        text.chars()
            .map(|character| Decoded {
                character,
                likely,
                rival: ('\0', 0.0),
                place: 0.0,
            })
            .collect()
    }

    fn sight(free: &str, number: &str, likely: f32) -> Sight {
        Sight {
            free: decoded(free, likely),
            number: decoded(number, likely),
            label: None,
        }
    }

    fn decision(first: &Sight, second: &Sight) -> (String, bool) {
        let decision = number(
            first,
            second,
            first.free.first().is_some_and(|first| first.character == '-'),
        );
        (decision.text.iter().collect(), decision.doubt.is_some())
    }

    #[test]
    fn a_number_on_which_all_readings_agree_stands() {
        let seen = sight("1207", "1207", 0.99);
        assert_eq!(decision(&seen, &seen), ("1207".into(), false));
        assert_eq!(
            decision(&sight("50", "50", 0.7), &sight("50", "50", 0.95)),
            ("50".into(), false)
        );
    }

    #[test]
    fn a_number_on_which_readings_or_looks_differ_has_no_digit() {
        let none = ("\u{FFFD}".to_owned(), true);
        assert_eq!(
            decision(&sight("12O7", "1207", 0.99), &sight("12O7", "1207", 0.99)),
            none
        );
        assert_eq!(decision(&sight("17", "17", 0.99), &sight("117", "117", 0.99)), none);
        assert_eq!(decision(&sight("50", "50", 0.99), &sight("90", "90", 0.99)), none);
        assert_eq!(decision(&sight("", "", 1.0), &sight("", "", 1.0)), none);
        assert_eq!(
            decision(&sight("+428", "+428", 0.99), &sight("+428", "+428", 0.99)),
            none
        );
    }

    #[test]
    fn a_digit_that_no_look_is_sure_of_or_one_thinks_unlikely_is_no_digit() {
        let none = ("\u{FFFD}\u{FFFD}".to_owned(), true);
        assert_eq!(decision(&sight("50", "50", 0.7), &sight("50", "50", 0.8)), none);
        assert_eq!(decision(&sight("50", "50", 0.99), &sight("50", "50", 0.3)), none);
    }

    #[test]
    fn marks_that_no_count_or_amount_has_are_specks() {
        let stands = |text: &str| is_plain(&text.chars().collect::<Vec<_>>());
        assert!(
            [
                "0",
                "-2692",
                "2692",
                "12.07",
                "1,207",
                "1,207.5",
                "50%",
                "-",
                "2\u{FFFD}9"
            ]
            .into_iter()
            .all(stands)
        );
        assert!(
            !["--2692", "740.", ".26", "12,07", "1.2.3", "9-", "%", ""]
                .into_iter()
                .any(stands)
        );
    }

    #[test]
    fn a_sign_that_the_ink_does_not_have_or_the_reading_lacks_makes_a_doubt() {
        let stands = |text: &str, dash| {
            number(&sight(text, text, 0.99), &sight(text, text, 0.99), dash)
                .doubt
                .is_none()
        };
        assert!(stands("-73", true) && stands("73", false) && stands("-", true));
        assert!(!stands("-73", false) && !stands("73", true));
    }

    #[test]
    fn ink_without_a_character_may_be_a_number_and_words_are_none() {
        assert!(is_number(&sight("", "", 1.0)) && is_number(&sight("l2", "2", 1.0)));
        assert!(is_number(&sight("+428", "4428", 1.0)) && !is_number(&sight("（1）", "1", 1.0)));
        assert!(!is_number(&sight("行政许可", "", 1.0)) && !is_number(&sight("/", "1", 1.0)));
    }

    #[test]
    fn a_picture_outside_of_tables_is_no_text() {
        assert!(
            decide(&sight("龘龘1", "1", 0.3), false, &Rare::default())
                .text
                .is_empty()
        );
        assert_eq!(
            decide(&sight("龘龘1", "1", 0.7), false, &Rare::default()).text,
            [UNKNOWN; 3]
        );
    }

    #[test]
    fn a_character_of_a_name_that_is_not_sure_is_none_and_one_in_a_word_stands() {
        let mut seen = sight("冷陵市人民政府", "", 0.99);
        (seen.free[0].likely, seen.free[5].likely) = (0.704, 0.6);
        let text: String = decide(&seen, false, &Rare::default()).text.iter().collect();
        assert_eq!(text, "\u{FFFD}陵市人民政府");
    }

    #[test]
    fn a_word_stands_where_the_next_likely_character_makes_it() {
        let mut seen = sight("被中请行政复议", "", 0.99);
        (seen.free[1].likely, seen.free[1].rival) = (0.67, ('申', 0.32));
        let text: String = decide(&seen, false, &Rare::default()).text.iter().collect();
        assert_eq!(text, "被申请行政复议");
        seen.free[1].likely = 0.99;
        let text: String = decide(&seen, false, &Rare::default()).text.iter().collect();
        assert_eq!(text, "被中请行政复议");
    }

    #[test]
    fn a_label_of_a_table_is_a_word_too_and_its_digits_stay() {
        let mut seen = sight("1.行政许词", "", 0.99);
        (seen.free[5].likely, seen.free[5].rival) = (0.67, ('可', 0.32));
        let text: String = decide(&seen, true, &Rare::default()).text.iter().collect();
        assert_eq!(text, "1.行政许可");
    }

    #[test]
    fn a_label_of_the_forms_stands_in_a_cell_with_its_ordinal_and_no_other_digit_that_is_not_sure() {
        let mut seen = sight("3.其做", "3", 0.5);
        seen.label = Some(decoded("3.其他", 0.5));
        let text = |seen: &Sight, in_cell| -> String { decide(seen, in_cell, &Rare::default()).text.iter().collect() };
        assert_eq!(text(&seen, true), "3.其他");
        assert!(!text(&seen, false).contains('他'));
        seen.label = Some(decoded("3.其他7", 0.5));
        assert_eq!(text(&seen, true), "3.其他\u{FFFD}");
        seen.label = None;
        assert_eq!(text(&seen, true), "\u{FFFD}.其做");
    }

    #[test]
    fn the_ordinal_of_a_heading_stands_unless_another_one_is_likely() {
        let read = |rival: (char, f32)| {
            let mut seen = sight("二、概述", "", 0.99);
            (seen.free[0].likely, seen.free[0].rival) = (0.7, rival);
            decide(&seen, false, &Rare::default()).text[0]
        };
        assert_eq!(
            [read(('二', 0.0)), read(('工', 0.2)), read(('三', 0.2))],
            ['二', '二', UNKNOWN]
        );
    }

    #[test]
    fn the_name_of_a_region_confirms_its_characters_unless_another_one_is_as_likely() {
        let read = |text: &str, likely: f32, rival: char| {
            let mut seen = sight(text, "", 0.99);
            (seen.free[0].likely, seen.free[0].rival) = (likely, (rival, 0.2));
            decide(&seen, false, &Rare::default()).text.iter().collect::<String>()
        };
        assert_eq!(read("洛阳市人民政府", 0.8, '落'), "洛阳市人民政府");
        assert_eq!(read("霁川市人民政府", 0.94, '雾'), "\u{FFFD}川市人民政府");
        assert_eq!(read("沈阳市人民政府", 0.8, '洛'), "\u{FFFD}阳市人民政府");
    }

    #[test]
    fn the_tick_of_a_pen_behind_a_heading_is_no_part_of_it() {
        let mut seen = sight("二、主动公开情况<", "", 0.99);
        seen.free[8].likely = 0.8;
        let text =
            |seen: &Sight| without_ticks(seen.free.iter().map(|decoded| decoded.character).collect(), &seen.free);
        assert_eq!(text(&seen).iter().collect::<String>(), "二、主动公开情况");
        assert!(text(&sight("</", "", 0.7)).is_empty());
        assert_eq!(text(&sight("<www.gov.cn>", "", 0.99)).len(), 12);
    }

    #[test]
    fn words_stand_as_seen() {
        assert_eq!(
            decide(&sight("行政许可", "", 0.7), true, &Rare::default()).text,
            ['行', '政', '许', '可']
        );
    }
}
