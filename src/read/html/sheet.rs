//! Style sheets of the page itself: which of their rules hold for an element.
//!
//! Invariant: only rules that can change what [`style`](super::style) reads are kept, and the work is bounded: a rule whose selector
//! needs more than a look at the element and those it stands in is left out.

use scraper::{ElementRef, Html, Selector};

use super::style;

/// Most comparisons of an element with a rule; rules beyond are left out.
const MAX_COMPARISONS: usize = 4_000_000;
/// A selector of more parts is left out.
const MAX_PARTS: usize = 4;

/// The rules that matter, weakest first.
#[derive(Default)]
pub(super) struct Sheet {
    rules: Vec<Rule>,
}

struct Rule {
    selector: Selector,
    /// Ids, classes and attributes, names: rules with more of them win.
    weight: (usize, usize, usize),
    declarations: String,
}

impl Sheet {
    /// Reads the `style` elements of a page.
    pub(super) fn of(html: &Html) -> Sheet {
        let mut sheet = Sheet::default();
        let Ok(styles) = Selector::parse("style") else {
            return sheet;
        };
        for element in html.select(&styles) {
            let print = element.attr("media").is_some_and(|media| !is_screen(media));
            if !print {
                let text: String = element.text().collect();
                if style::may_hide(&text) {
                    sheet.add(&without_comments(&text));
                }
            }
        }
        sheet.rules.sort_by_key(|rule| rule.weight);
        let most = MAX_COMPARISONS / html.tree.values().len().max(1);
        sheet.rules.truncate(most);
        sheet
    }

    fn add(&mut self, text: &str) {
        let mut rest = text;
        while let Some(open) = rest.find('{') {
            let head = rest[..open].trim_start_matches(|c: char| c == '}' || c.is_whitespace());
            let body = &rest[open + 1..];
            // Rules for the screen stand inside another pair of braces.
            if head.starts_with("@media") && is_screen(head) {
                rest = body;
                continue;
            }
            let end = if head.starts_with('@') {
                closing(body)
            } else {
                body.find('}').unwrap_or(body.len())
            };
            if !head.starts_with('@') && style::may_hide(&body[..end]) {
                self.add_rule(head, &body[..end]);
            }
            rest = body.get(end + 1..).unwrap_or_default();
        }
    }

    fn add_rule(&mut self, selectors: &str, declarations: &str) {
        for text in selectors.split(',').map(str::trim) {
            let parts = text.split([' ', '>', '+']).filter(|part| !part.is_empty());
            if text.contains([':', '~', '*']) || parts.clone().count() > MAX_PARTS {
                continue;
            }
            let Ok(selector) = Selector::parse(text) else { continue };
            let count = |marks: [char; 2]| text.matches(marks).count();
            let names = parts
                .filter(|part| part.starts_with(|c: char| c.is_ascii_alphabetic()))
                .count();
            self.rules.push(Rule {
                selector,
                weight: (count(['#', '#']), count(['.', '[']), names),
                declarations: declarations.to_string(),
            });
        }
    }

    /// The declarations that hold for an element, the strongest last.
    pub(super) fn declarations<'s>(&'s self, element: Option<ElementRef<'s>>) -> impl Iterator<Item = &'s str> {
        let rules = self
            .rules
            .iter()
            .filter(move |rule| element.is_some_and(|e| rule.selector.matches(&e)));
        rules.map(|rule| rule.declarations.as_str())
    }
}

/// Whether a list of media includes the screen.
fn is_screen(media: &str) -> bool {
    let media = media.to_ascii_lowercase();
    media.contains("screen") || media.contains("all") || !media.contains("print")
}

/// Where the brace that is open before a text is closed.
fn closing(text: &str) -> usize {
    let mut depth = 1usize;
    for (at, c) in text.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 1 => return at,
            '}' => depth -= 1,
            _ => {}
        }
    }
    text.len()
}

fn without_comments(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, comment)) = rest.split_once("/*") {
        plain.push_str(before);
        rest = comment.split_once("*/").map_or("", |(_, behind)| behind);
    }
    plain.push_str(rest);
    plain
        .replace("<!--", "")
        .replace("-->", "")
        .replace("<![CDATA[", "")
        .replace("]]>", "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rules_that_hold_come_weakest_first() {
        let html = Html::parse_document(
            "<style>#a {display:block} .b{display:none} @media print{p{display:none}} /* .b{color:red} */
             @media screen and (min-width:3px){ p.b {visibility:hidden} } p:hover{display:none} i,p{display:inline}</style>
             <p id=a class=b>x",
        );
        let sheet = Sheet::of(&html);
        let p = html.select(&Selector::parse("p").unwrap()).next();
        let declarations: Vec<&str> = sheet.declarations(p).collect();
        assert_eq!(
            declarations,
            ["display:inline", "display:none", "visibility:hidden", "display:block"]
        );
    }
}
