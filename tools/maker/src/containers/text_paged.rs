//! Text taken from a paged file line by line: long labels broken over lines with the values above, between or below them, the
//! names of columns torn, groups on lines of their own, page numbers anywhere.

use std::cell::RefCell;

use super::text::{self, Marks};
use super::{Container, Family};
use crate::encode;
use crate::faults::Faults;
use crate::layout;
use crate::paper::Paper;
use crate::rng::Rng;

/// The container.
pub static CONTAINER: Container = Container {
    name: "text-paged",
    family: Family::Spaces,
    extension: "txt",
    lossy: false,
    counts: true,
    render,
};

/// A label of more characters is broken.
const LABEL: usize = 14;

/// A column name of more characters is broken.
const NAME: usize = 3;

fn render(paper: &Paper, faults: &Faults, rng: &mut Rng) -> anyhow::Result<Vec<u8>> {
    let shared = RefCell::new(rng);
    let page = text::page(paper, Marks::None, "\n", &|sheet| {
        let mut rng = shared.borrow_mut();
        let mut lines = Vec::new();
        for row in text::begun(&layout::whole(sheet, faults)) {
            let row: Vec<String> = row.into_iter().filter(|cell| !cell.is_empty()).collect();
            if rng.below(25) == 0 {
                lines.push(format!("- {} -", 1 + rng.below(9)));
            }
            let words = row.iter().take_while(|cell| !is_value(cell)).count();
            match row.split_at(words) {
                (names, []) => header(names, &mut lines),
                (labels, values) => values_and_label(labels, &values.join(" "), &mut rng, &mut lines),
            }
        }
        lines.join("\n")
    });
    Ok(encode::plain(&page, faults, shared.into_inner()))
}

fn is_value(cell: &str) -> bool {
    cell.starts_with(|c: char| c.is_ascii_digit())
        || !cell.chars().any(char::is_alphabetic)
        || matches!(cell, "无" | "暂无")
}

/// Column names on one line, or those that are too long on two.
fn header(names: &[String], lines: &mut Vec<String>) {
    let halves = |name: &String| {
        let chars: Vec<char> = name.chars().collect();
        let cut = if chars.len() > NAME {
            chars.len() / 2
        } else {
            chars.len()
        };
        (
            chars[..cut].iter().collect::<String>(),
            chars[cut..].iter().collect::<String>(),
        )
    };
    if names.len() < 4 {
        lines.push(names.join(" "));
        return;
    }
    let (first, second): (Vec<String>, Vec<String>) = names.iter().map(halves).unzip();
    lines.push(first.join(" "));
    let second: Vec<String> = second.into_iter().filter(|half| !half.is_empty()).collect();
    if !second.is_empty() {
        lines.push(second.join(" "));
    }
}

fn values_and_label(labels: &[String], values: &str, rng: &mut Rng, lines: &mut Vec<String>) {
    let Some((label, groups)) = labels.split_last() else {
        lines.push(values.to_owned());
        return;
    };
    let mut before = String::new();
    for group in groups {
        if rng.below(2) == 0 {
            lines.push(group.clone());
        } else {
            before = format!("{before}{group} ");
        }
    }
    let chars: Vec<char> = label.chars().collect();
    let half = |from: usize, to: usize| chars[from..to].iter().collect::<String>();
    let cut = if chars.len() > LABEL {
        chars.len() / 2
    } else {
        chars.len()
    };
    let (first, second) = (format!("{before}{}", half(0, cut)), half(cut, chars.len()));
    match (second.is_empty(), rng.below(4)) {
        (true, 0) => lines.extend([values.to_owned(), first]),
        (true, _) => lines.push(format!("{first} {values}")),
        (false, 0) => lines.extend([values.to_owned(), first, second]),
        (false, 1) => lines.extend([first, second, values.to_owned()]),
        (false, _) => lines.extend([first, values.to_owned(), second]),
    }
}
