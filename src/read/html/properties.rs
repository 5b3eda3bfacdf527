//! What a page says of itself: meta tags, metadata tables, and lines such as `发布日期：2020-01-31 来源：办公室`.
//!
//! Invariant: a line or table is taken only where all of it is name and value pairs with names that `sites.toml` knows; else it stays
//! content.

use super::sites::SITES;
use super::tree::Page;
use crate::document::{Grid, Origin, Property};

/// Longest value of a field in a line; what is longer is prose.
const MAX_VALUE: usize = 120;

/// What stands before the first field of a line.
const BARS: &[char] = &['【', '[', '|', '｜', '（', '(', ' ', '\u{3000}'];

/// Meta tags for browsers and search engines, which say nothing of the article.
const TECHNICAL: &[&str] = &[
    "viewport",
    "renderer",
    "robots",
    "format-detection",
    "generator",
    "theme-color",
    "referrer",
    "csrf-token",
];

/// The meta tags with a name and a content, names as printed.
pub(super) fn metas(page: &Page<'_>) -> Vec<Property> {
    let mut properties = Vec::new();
    for &index in &page.metas {
        let node = &page.nodes[index as usize];
        let name = node
            .attr("name")
            .or_else(|| node.attr("property"))
            .unwrap_or_default()
            .trim();
        let value = node.attr("content").unwrap_or_default().trim();
        let lower = name.to_ascii_lowercase();
        let technical =
            TECHNICAL.contains(&lower.as_str()) || lower.starts_with("apple-") || lower.starts_with("msapplication");
        if !name.is_empty() && !value.is_empty() && !technical {
            properties.push(Property {
                name: name.to_string(),
                value: value.to_string(),
                origin: Origin::Path(page.path(index)),
            });
        }
    }
    properties
}

/// The pairs of a line that is nothing but pairs. A value may be empty; a date that opens the line is the value of `日期`.
pub(super) fn pairs(line: &str) -> Option<Vec<(&str, &str)>> {
    let (date, rest) = line.split_at(leading_date(line));
    let rest = rest.trim_start_matches(BARS);
    // Cheap first: most lines have no colon near their beginning.
    let first = rest
        .char_indices()
        .take(14)
        .find(|(_, c)| is_colon(*c))
        .map(|(at, _)| at)?;
    if !SITES.is_property_name(&rest[..first]) {
        return None;
    }
    let mut pairs = Vec::new();
    if !date.is_empty() {
        pairs.push(("日期", date.trim()));
    }
    let (mut name, mut value) = (0..first, first);
    for (at, c) in rest.char_indices().filter(|(_, c)| is_colon(*c)) {
        if at <= first {
            value = at + c.len_utf8();
        } else if let Some(start) = name_before(&rest[value..at]) {
            pairs.push((rest[name].trim(), trimmed(&rest[value..value + start])));
            name = value + start..at;
            value = at + c.len_utf8();
        }
    }
    pairs.push((rest[name].trim(), trimmed(&rest[value..])));
    let is_field = |value: &str| value.chars().nth(MAX_VALUE).is_none() && !value.contains('。');
    pairs.iter().all(|(_, value)| is_field(value)).then_some(pairs)
}

/// A value without what leads over to the next field; brackets may be its own (`（2024）3号`).
fn trimmed(value: &str) -> &str {
    value
        .trim()
        .trim_end_matches(['【', '】', '[', '|', '｜', '（', '(', ' '])
}

/// How long the date at the beginning of a line is.
fn leading_date(line: &str) -> usize {
    let end = line
        .find(|c: char| !c.is_ascii_digit() && !"-/.: 年月日".contains(c))
        .unwrap_or(0);
    let digits = line[..end].bytes().filter(u8::is_ascii_digit).count();
    if (6..=14).contains(&digits) { end } else { 0 }
}

fn is_colon(c: char) -> bool {
    matches!(c, ':' | '：')
}

/// Where the longest known field name at the end of a text begins. The name may be spaced out (`索 引 号`).
fn name_before(text: &str) -> Option<usize> {
    let mut found = None;
    for (start, _) in text.char_indices().rev().take(12) {
        if SITES.is_property_name(&text[start..]) && !text[start..].starts_with(char::is_whitespace) {
            found = Some(start);
        }
    }
    found
}

/// The most cells of a metadata table that are no part of a pair.
const MAX_OTHERS: usize = 10;

/// The pairs of a metadata table; nothing if it is a table of content.
pub(super) fn of_grid(grid: &Grid) -> Option<Vec<Property>> {
    if grid.rows() > 40 || grid.cells().len() > 200 {
        return None;
    }
    let mut properties = Vec::new();
    let mut others = 0;
    let mut row = usize::MAX;
    let mut name: Option<&str> = None;
    for cell in grid.cells() {
        if cell.row != row {
            row = cell.row;
            name = None;
        }
        let text = cell.text.trim();
        let origin = || cell.origin.clone();
        // A cell with a name of its own is not the value of the name before it.
        let own = pairs(text).filter(|_| name.is_none() || leading_date(text) == 0);
        if SITES.is_property_name(text) {
            name = Some(text);
        } else if let Some(pairs) = own {
            name = None;
            for (key, value) in pairs {
                if value.is_empty() {
                    name = Some(key);
                } else {
                    properties.push(property(key, value, origin()));
                }
            }
        } else if let Some(name) = name.take() {
            properties.push(property(name, text, origin()));
        } else if !text.is_empty() {
            others += 1;
            if others > MAX_OTHERS {
                return None;
            }
        }
    }
    (properties.len() >= 2 && others * 4 <= properties.len()).then(|| {
        properties.retain(|property| !property.value.is_empty());
        properties
    })
}

/// A property; line breaks and the colon of the name taken off.
pub(super) fn property(name: &str, value: &str, origin: Origin) -> Property {
    Property {
        name: name.trim().trim_end_matches([':', '：']).trim_end().to_string(),
        value: value
            .split('\n')
            .map(str::trim)
            .collect::<Vec<_>>()
            .join(" ")
            .trim()
            .to_string(),
        origin,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_fields_is_split_at_its_names() {
        let line = "发布日期：2024-01-30 10:25来源：青禾县司法局 字体：[大 中 小]";
        assert_eq!(
            pairs(line).unwrap(),
            [
                ("发布日期", "2024-01-30 10:25"),
                ("来源", "青禾县司法局"),
                ("字体", "[大 中 小]")
            ]
        );
        let dated = "2024-01-30 10:25 | 来源：青禾县司法局 【字体：大 中 小】";
        assert_eq!(
            pairs(dated).unwrap(),
            [
                ("日期", "2024-01-30 10:25"),
                ("来源", "青禾县司法局"),
                ("字体", "大 中 小")
            ]
        );
        assert_eq!(pairs("索 引 号：ABC-1/2024").unwrap(), [("索 引 号", "ABC-1/2024")]);
    }

    #[test]
    fn a_sentence_with_a_colon_stays_a_sentence() {
        for line in [
            "来源：本报告所列数据来自各科室。",
            "现将情况公布如下：一、总体情况",
            "主动公开：36条",
        ] {
            assert!(pairs(line).is_none(), "{line}");
        }
    }
}
