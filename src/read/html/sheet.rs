//! Style sheets of the page itself: which of their rules hold for an element.
//!
//! Invariant: only rules that can change what [`style`](super::style) reads are kept, and the work is bounded: a rule whose selector
//! needs more than a look at the element and those it stands in is left out.

use scraper::{ElementRef, Html, Selector};

use super::style;

/// Most comparisons of an element with a rule; rules beyond are left out.
const MAX_COMPARISONS: usize = 4_000_000;
/// Rules nested deeper are left out.
const DEEPEST: usize = 4;
/// A selector of more parts is left out.
const MAX_PARTS: usize = 4;

/// The rules that matter, weakest first.
#[derive(Default)]
pub(super) struct Sheet {
    rules: Vec<Rule>,
    /// Whether some text may have the colour of paper, so that it matters what is painted behind it.
    pale: bool,
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
                    sheet.pale |= style::may_be_pale(&text);
                    sheet.add(&without_comments(&text), "", 0);
                }
            }
        }
        sheet.rules.sort_by_key(|rule| rule.weight);
        let most = MAX_COMPARISONS / html.tree.values().len().max(1);
        sheet.rules.truncate(most);
        sheet
    }

    /// Adds the rules of a style sheet, or of a block in one; `outer` is the selector that they are nested in.
    fn add(&mut self, text: &str, outer: &str, depth: usize) {
        let mut rest = text;
        while let Some(open) = rest.find('{') {
            // Declarations and statements before a rule end with a semicolon.
            let head = rest[..open].rsplit([';', '}']).next().unwrap_or_default().trim();
            let body = &rest[open + 1..];
            let end = closing(body);
            let inner = &body[..end];
            rest = body.get(end + 1..).unwrap_or_default();
            let shown = ["@media", "@supports", "@layer", "@container"]
                .iter()
                .any(|name| head.starts_with(name));
            if shown && is_screen(head) && depth < DEEPEST {
                self.add(inner, outer, depth + 1);
            } else if !head.starts_with('@') && (style::may_hide(inner) || self.pale && inner.contains("background")) {
                self.add_rule(head, outer, inner, depth);
            }
        }
    }

    fn add_rule(&mut self, selectors: &str, outer: &str, declarations: &str, depth: usize) {
        for text in split(selectors) {
            let text = match (outer.is_empty(), text.contains('&')) {
                (true, _) => text.to_owned(),
                (false, true) => text.replace('&', outer),
                (false, false) => format!("{outer} {text}"),
            };
            let nested = declarations.contains('{');
            if nested && depth < DEEPEST {
                self.add(declarations, &text, depth + 1);
            }
            let own = if nested {
                declarations.split('{').next().unwrap_or_default()
            } else {
                declarations
            };
            self.add_selector(&text, own);
        }
    }

    fn add_selector(&mut self, text: &str, declarations: &str) {
        let pseudo = ["::before", "::after", ":before", ":after"]
            .iter()
            .find_map(|name| text.strip_suffix(name));
        let text = match pseudo {
            // What is added changes a number only where it is a character of one.
            Some(_) if !adds_number(declarations) => return,
            Some(text) => text,
            None => text,
        };
        let parts = text.split([' ', '>', '+']).filter(|part| !part.is_empty());
        if text.contains('~') || has_state(text) || parts.clone().count() > MAX_PARTS {
            return;
        }
        let Ok(selector) = Selector::parse(text) else { return };
        let count = |marks: [char; 2]| text.matches(marks).count();
        let names = parts
            .filter(|part| part.starts_with(|c: char| c.is_ascii_alphabetic()))
            .count();
        self.rules.push(Rule {
            selector,
            weight: (count(['#', '#']), count(['.', '[']), names),
            declarations: if pseudo.is_some() {
                "unicode-bidi:override".to_owned()
            } else {
                declarations.to_owned()
            },
        });
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

/// Whether a selector asks for a state of the page or of an element, which a file does not have.
fn has_state(selector: &str) -> bool {
    const PLAIN: [&str; 8] = [
        "not(",
        "is(",
        "where(",
        "first-child",
        "last-child",
        "only-child",
        "nth-",
        "root",
    ];
    selector
        .split(':')
        .skip(1)
        .any(|part| !PLAIN.iter().any(|name| part.starts_with(name)))
}

/// Whether declarations add characters that numbers are made of.
fn adds_number(declarations: &str) -> bool {
    let content = declarations.split_once("content").map_or("", |(_, value)| value);
    let value = content.split(';').next().unwrap_or_default();
    value.contains(|c: char| c.is_ascii_digit()) || value.contains("attr(") || value.contains("counter")
}

/// Selectors between commas that stand in no bracket.
fn split(selectors: &str) -> Vec<&str> {
    let mut depth = 0usize;
    let parts = selectors.split(move |c| {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        c == ',' && depth == 0
    });
    parts.map(str::trim).filter(|part| !part.is_empty()).collect()
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
