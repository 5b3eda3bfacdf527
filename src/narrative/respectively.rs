//! Lists whose numbers stand behind all of their names: 行政复议、行政诉讼分别为3件、5件.
//!
//! Invariant: numbers are given to names only where there are as many of them, and each is a count with its measure word.

use crate::text::quantity::quantity_at;

/// The word with which the numbers follow.
const RESPECTIVELY: &str = "分别";
/// Longest verb between the word and the first number, and longest name of a list, in characters.
const LONGEST_VERB: usize = 10;
const LONGEST_NAME: usize = 24;

/// A folded sentence with each number behind its name: 行政复议为3件,行政诉讼为5件. Nothing where it has no such list.
pub(super) fn distributed(folded: &str) -> Option<String> {
    let mut text = String::new();
    let mut done = 0;
    for (at, word) in folded.match_indices(RESPECTIVELY) {
        if at >= done
            && let Some(list) = List::around(folded, done, at, at + word.len())
        {
            text.push_str(&folded[done..list.start]);
            text.push_str(&list.written_out());
            done = list.end;
        }
    }
    (done > 0).then(|| text + &folded[done..])
}

/// A list: its names, what is said of them, their numbers, and where it stands.
struct List<'a> {
    names: Vec<&'a str>,
    verb: &'a str,
    numbers: Vec<&'a str>,
    start: usize,
    end: usize,
}

impl<'a> List<'a> {
    fn around(text: &'a str, from: usize, word: usize, behind: usize) -> Option<Self> {
        let before = &text[from..word];
        let open = before
            .rfind([',', ';', '。', ':', '(', ')'])
            .map_or(0, |at| at + before[at..].chars().next().map_or(0, char::len_utf8));
        let start = from + open;
        let names: Vec<&str> = text[start..word].split(['、', '和', '及', '与']).collect();
        let rest = &text[behind..];
        let verb = &rest[..rest.find(|c: char| c.is_ascii_digit())?];
        let plain = |text: &str, longest: usize| {
            !text.contains([',', ';', '。', '、', ':', '(', ')']) && text.chars().count() <= longest
        };
        let (numbers, length) = numbers(&rest[verb.len()..]);
        let fits = names.len() == numbers.len() && numbers.len() > 1;
        // 2021年、2022年分别收到3件、5件: the year of the report among others is not looked for.
        let of_years = names.iter().all(|name| name.starts_with(|c: char| c.is_ascii_digit()));
        let named = !of_years && names.iter().all(|name| !name.is_empty() && plain(name, LONGEST_NAME));
        (fits && named && plain(verb, LONGEST_VERB)).then_some(List {
            names,
            verb,
            numbers,
            start,
            end: behind + verb.len() + length,
        })
    }

    fn written_out(&self) -> String {
        let pairs = self.names.iter().zip(&self.numbers);
        let pairs: Vec<String> = pairs
            .map(|(name, number)| format!("{name}{}{number}", self.verb))
            .collect();
        pairs.join(",")
    }
}

/// The numbers that a text begins with, parted by 、, a comma or 和, and how long they are together.
fn numbers(text: &str) -> (Vec<&str>, usize) {
    let (mut found, mut end, mut at) = (Vec::new(), 0, 0);
    while let Some(quantity) = quantity_at(text, at).filter(|quantity| !quantity.approximate) {
        found.push(&text[quantity.start..quantity.end]);
        end = quantity.end;
        let rest = &text[end..];
        let next = rest.trim_start_matches(['、', ',', '和', '及', '与', ';']);
        at = text.len() - next.len();
    }
    (found, end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_number_goes_to_its_name_and_only_where_they_are_as_many() {
        for (text, written) in [
            (
                "行政复议、行政诉讼分别为2件、1件。",
                Some("行政复议为2件,行政诉讼为1件。"),
            ),
            (
                "收到申请16件,当面申请、网络申请、信函申请分别为3件、5件和8件,均已答复",
                Some("收到申请16件,当面申请为3件,网络申请为5件,信函申请为8件,均已答复"),
            ),
            ("2021年和2022年分别收到申请3件、5件", None),
            (
                "上年和本年分别收到申请3件、5件",
                Some("上年收到申请3件,本年收到申请5件"),
            ),
            ("行政复议、行政诉讼分别为2件", None),
            ("公民、法人和其他组织分别提出3件、5件", None),
            ("各单位分别公开12条", None),
            ("分别为2件、1件", None),
        ] {
            assert_eq!(distributed(text).as_deref(), written, "{text}");
        }
    }
}
