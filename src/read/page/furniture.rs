//! Running heads, feet and page numbers: recognised over the pages of a document and left out of its text.
//!
//! Invariant: only lines at the very edge of a page are looked at, and a line that begins like a heading stays unless most pages
//! repeat it word for word.

use std::collections::HashMap;
use std::sync::LazyLock;

use regex::Regex;

use super::arrange::Page;
use super::item::{Item, Line};
use super::ordinal::begins_with_ordinal;
use crate::text::normalize::fold;

/// Share of the page height, from either edge, in which furniture stands.
const ZONE: f64 = 0.14;
/// Outermost lines at either edge that are looked at.
const DEPTH: usize = 3;
/// How far a repeated line may move up or down from page to page.
const DRIFT: f64 = 6.0;

/// A page number that says so: dashes around it, 第…页, 1/3.
static MARKED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        "^(?i:[-—–―─~·•]+[0-9]{1,4}[-—–―─~·•]+|第[0-9]{1,4}页(?:[,/]?共[0-9]{1,4}页)?|共[0-9]{1,4}页[,/]?第[0-9]{1,4}页|",
        "[0-9]{1,4}/[0-9]{1,4}|page[0-9]{1,4}(?:of[0-9]{1,4})?)$"
    ))
    .ok()
});
/// A bare number, arabic or roman.
static BARE: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new("^(?:[0-9]{1,4}|[ivxIVX]{1,6})$").ok());
/// What a browser prints at the edge of the page: date and time at the top, the address at the bottom.
static BROWSER: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        r"^(?:[0-9]{2,4}[/.\-年][0-9]{1,2}[/.\-月][0-9]{1,2}日?,*(?:上午|下午)?[0-9]{1,2}:[0-9]{2}.*|",
        r"(?:https?://|file://|about:|www\.)[!-~]*)$"
    ))
    .ok()
});

/// Whether a line, folded, is of a pattern.
fn matches(pattern: &LazyLock<Option<Regex>>, text: &str) -> bool {
    pattern.as_ref().is_some_and(|pattern| pattern.is_match(&fold(text)))
}

/// A line at an edge of a page.
struct Candidate {
    page: usize,
    index: usize,
    y: f64,
    /// Nothing but furniture can stand further out.
    outermost: bool,
    text: String,
}

/// Takes the furniture out of all pages.
pub(super) fn strip(pages: &mut [Page]) {
    let candidates: Vec<Candidate> = pages
        .iter()
        .enumerate()
        .flat_map(|(number, page)| candidates(page, number))
        .collect();
    let repeated = repeated(&candidates, pages.len());
    let numbered = numbered(&candidates, pages.len());
    let mut drop: Vec<Vec<usize>> = vec![Vec::new(); pages.len()];
    for (place, candidate) in candidates.iter().enumerate() {
        if matches(&MARKED, &candidate.text) || matches(&BROWSER, &candidate.text) || repeated[place] || numbered[place]
        {
            drop[candidate.page].push(candidate.index);
        }
    }
    for (page, drop) in pages.iter_mut().zip(drop) {
        let mut index = 0;
        page.items.retain(|_| {
            index += 1;
            !drop.contains(&(index - 1))
        });
    }
}

fn candidates(page: &Page, number: usize) -> Vec<Candidate> {
    let height = page.turned.height();
    let mut lines: Vec<(usize, &Line)> = Vec::new();
    let (mut first, mut last) = (f64::MAX, f64::MIN);
    for (index, item) in page.items.iter().enumerate() {
        match item {
            Item::Line(line) => lines.push((index, line)),
            Item::Table(table) => (first, last) = (first.min(table.bbox.y0), last.max(table.bbox.y1)),
        }
    }
    lines.sort_by(|a, b| a.1.bbox.y0.total_cmp(&b.1.bbox.y0));
    let candidate = |(index, line): &(usize, &Line), outermost| Candidate {
        page: number,
        index: *index,
        y: line.bbox.center().y,
        outermost,
        text: line.text.trim().to_string(),
    };
    let top = lines
        .iter()
        .take(DEPTH)
        .filter(|(_, line)| line.bbox.center().y < ZONE * height && line.bbox.center().y < first)
        .enumerate()
        .map(|(place, line)| candidate(line, place == 0));
    let bottom = lines
        .iter()
        .rev()
        .take(DEPTH)
        .filter(|(_, line)| line.bbox.center().y > (1.0 - ZONE) * height && line.bbox.center().y > last)
        .enumerate()
        .map(|(place, line)| candidate(line, place == 0));
    top.chain(bottom).collect()
}

/// Which lines stand at the same height, with the same words, on several pages. Digits may differ.
fn repeated(candidates: &[Candidate], pages: usize) -> Vec<bool> {
    let shape = |text: &str| -> String {
        text.chars()
            .filter(|character| !character.is_whitespace())
            .map(|character| if character.is_numeric() { '#' } else { character })
            .collect()
    };
    let mut groups: HashMap<String, Vec<usize>> = HashMap::new();
    for (place, candidate) in candidates.iter().enumerate() {
        if !matches(&BARE, &candidate.text) {
            groups.entry(shape(&candidate.text)).or_default().push(place);
        }
    }
    let mut repeated = vec![false; candidates.len()];
    for places in groups.values() {
        for &place in places {
            let same: Vec<&usize> = places
                .iter()
                .filter(|other| (candidates[**other].y - candidates[place].y).abs() < DRIFT)
                .collect();
            let count = same.len();
            let needed = if begins_with_ordinal(&candidates[place].text) {
                pages.max(3)
            } else {
                3.min(pages)
            };
            repeated[place] = count >= needed.max(2) && count * 3 >= pages;
        }
    }
    repeated
}

/// Which bare numbers count the pages: the outermost line, and in step with the page on at least two pages.
fn numbered(candidates: &[Candidate], pages: usize) -> Vec<bool> {
    let offset = |candidate: &Candidate| {
        let number = candidate.text.parse::<i64>().ok().or_else(|| roman(&candidate.text))?;
        (candidate.outermost && matches(&BARE, &candidate.text)).then(|| number - candidate.page as i64)
    };
    let mut counts: HashMap<i64, usize> = HashMap::new();
    for offset in candidates.iter().filter_map(offset) {
        *counts.entry(offset).or_default() += 1;
    }
    candidates
        .iter()
        .map(|candidate| offset(candidate).is_some_and(|offset| counts[&offset] >= 2 || pages == 1 && offset == 1))
        .collect()
}

fn roman(text: &str) -> Option<i64> {
    let digits: Vec<i64> = text
        .chars()
        .map(|letter| match letter.to_ascii_lowercase() {
            'i' => Some(1),
            'v' => Some(5),
            'x' => Some(10),
            _ => None,
        })
        .collect::<Option<_>>()?;
    let value = |(place, digit): (usize, &i64)| {
        if digits.get(place + 1).is_some_and(|next| next > digit) {
            -digit
        } else {
            *digit
        }
    };
    Some(digits.iter().enumerate().map(value).sum())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn candidate(page: usize, y: f64, text: &str) -> Candidate {
        Candidate {
            page,
            index: 0,
            y,
            outermost: true,
            text: text.into(),
        }
    }

    #[test]
    fn page_numbers_come_in_many_shapes() {
        for text in [
            "— 3 —",
            "- 3 -",
            "－3－",
            "1/3",
            "第3页",
            "第 3 页 共 12 页",
            "第3页，共12页",
            "Page 2 of 5",
        ] {
            assert!(matches(&MARKED, text), "{text}");
        }
        for text in ["3", "2023年", "一、总体情况", "0517-87222589"] {
            assert!(!matches(&MARKED, text), "{text}");
        }
    }

    #[test]
    fn browsers_print_the_date_and_the_address() {
        assert!(matches(&BROWSER, "2024/1/15 10:23 某某区政府信息公开年度报告"));
        assert!(matches(&BROWSER, "https://www.example.gov.cn/a/b.html 1/3"));
        assert!(!matches(&BROWSER, "2024年1月15日"));
    }

    #[test]
    fn a_running_head_is_known_by_its_repetition() {
        let lines = [
            candidate(0, 40.0, "某某区年报"),
            candidate(1, 41.0, "某某区年报"),
            candidate(2, 40.0, "某某区年报"),
        ];
        assert_eq!(repeated(&lines, 3), [true, true, true]);
        let headings = [candidate(0, 40.0, "一、总体情况"), candidate(1, 40.0, "二、主动公开")];
        assert_eq!(repeated(&headings, 2), [false, false]);
    }

    #[test]
    fn a_bare_number_is_a_page_number_only_in_step_with_the_pages() {
        let counting = [candidate(0, 800.0, "5"), candidate(1, 800.0, "6")];
        assert_eq!(numbered(&counting, 2), [true, true]);
        let figures = [candidate(0, 800.0, "12"), candidate(1, 800.0, "6")];
        assert_eq!(numbered(&figures, 2), [false, false]);
    }
}
