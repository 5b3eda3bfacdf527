//! Style sheets of the page itself: which of their rules hold for an element, and what their variables are.
//!
//! Invariant: only declarations that [`style`](super::style) reads are kept, and the work is bounded: a rule whose selector
//! needs more than a look at the element and those it stands in is left out.

use std::borrow::Cow;
use std::cell::Cell;
use std::collections::HashMap;

use foldhash::fast::RandomState;
use scraper::{ElementRef, Html, Selector};

use super::{length, style};

/// Most comparisons of an element with a rule.
const MAX_COMPARISONS: usize = 4_000_000;
/// Rules nested deeper are left out.
const DEEPEST: usize = 4;
/// A selector of more parts is left out.
const MAX_PARTS: usize = 8;
/// Most variables that a value is made of.
const MAX_VARIABLES: usize = 8;
/// A value that variables make longer is not read.
const LONGEST_VALUE: usize = 1000;

/// The rules that matter.
#[derive(Default)]
pub(super) struct Sheet {
    /// Weakest first.
    rules: Vec<Rule>,
    /// The rules by what their elements must have.
    index: HashMap<Key<'static>, Vec<u32>, RandomState>,
    /// Variables, without a value where several are set.
    variables: HashMap<String, Option<String>>,
    /// Whether the page names a style sheet that is not in the file.
    pub(super) external: bool,
    /// Whether some rule goes by what an element stands in.
    nested: bool,
    comparisons: Cell<usize>,
}

struct Rule {
    selector: Selector,
    key: Key<'static>,
    /// Ids, classes and attributes, names: rules with more of them win.
    weight: (usize, usize, usize),
    declarations: String,
}

/// What an element must have for a selector to match.
#[derive(Clone, PartialEq, Eq, Hash)]
enum Key<'k> {
    Id(Cow<'k, str>),
    Class(Cow<'k, str>),
    Name(Cow<'k, str>),
    /// To stand in an element with an id.
    InId(Cow<'k, str>),
    /// To stand in an element with a class.
    InClass(Cow<'k, str>),
    Any,
}

impl Sheet {
    /// Reads the `style` elements of a page.
    pub(super) fn of(html: &Html) -> Sheet {
        let mut sheet = Sheet::default();
        for node in html.tree.root().descendants() {
            let Some(element) = ElementRef::wrap(node) else {
                continue;
            };
            let attr = |name: &str| element.value().attr(name);
            match element.value().name() {
                "style" if attr("media").is_none_or(holds) => {
                    let text: String = element.text().collect();
                    sheet.add(&without_comments(&text), "", 0);
                }
                "link" => sheet.external |= attr("rel").is_some_and(|rel| rel.eq_ignore_ascii_case("stylesheet")),
                _ => {}
            }
            if let Some(style) = attr("style").filter(|style| style.contains("--")) {
                sheet.add_variables(&style::folded(style));
            }
        }
        sheet.rules.sort_by_key(|rule| rule.weight);
        for (number, rule) in sheet.rules.iter().enumerate() {
            sheet.nested |= matches!(rule.key, Key::InId(_) | Key::InClass(_));
            sheet.index.entry(rule.key.clone()).or_default().push(number as u32);
        }
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
                .find_map(|name| head.strip_prefix(name));
            match shown {
                Some(condition) if holds(condition) && depth < DEEPEST => self.add(inner, outer, depth + 1),
                None if !head.starts_with('@') => self.add_rule(head, outer, inner, depth),
                _ => {}
            }
        }
    }

    fn add_rule(&mut self, selectors: &str, outer: &str, body: &str, depth: usize) {
        let nested = body.contains('{');
        let own = if nested {
            body.split('{').next().unwrap_or_default()
        } else {
            body
        };
        let own = style::folded(own);
        self.add_variables(&own);
        let kept: Vec<&str> = own
            .split(';')
            .filter(|text| style::declarations(text).next().is_some())
            .collect();
        let kept = kept.join(";");
        for text in split(selectors) {
            let text = match (outer.is_empty(), text.contains('&')) {
                (true, _) => text.to_owned(),
                (false, true) => text.replace('&', outer),
                (false, false) => format!("{outer} {text}"),
            };
            if nested && depth < DEEPEST {
                self.add(body, &text, depth + 1);
            }
            if !kept.is_empty() || own.contains("content") {
                self.add_selector(&text, &own, kept.clone());
            }
        }
    }

    /// Notes the variables that declarations in small letters set.
    fn add_variables(&mut self, declarations: &str) {
        for declaration in declarations.split(';') {
            let Some((name, value)) = declaration.split_once(':') else {
                continue;
            };
            let (name, value) = (
                name.trim_ascii(),
                value.split('!').next().unwrap_or_default().trim_ascii(),
            );
            if name.starts_with("--") {
                let known = self
                    .variables
                    .entry(name.to_owned())
                    .or_insert_with(|| Some(value.to_owned()));
                if known.as_deref() != Some(value) {
                    *known = None;
                }
            }
        }
    }

    fn add_selector(&mut self, text: &str, own: &str, mut declarations: String) {
        let pseudo = PSEUDO.iter().find_map(|name| Some((*name, text.strip_suffix(name)?)));
        let text = match pseudo {
            // What is added changes a number only where it is a character of one; a first letter only where it is not seen.
            Some((name, _)) if !name.ends_with("letter") && !adds_number(own) => return,
            Some((name, _)) if name.ends_with("letter") && !style::may_hide(&declarations) => return,
            Some((_, text)) => {
                declarations = "unicode-bidi:override".to_owned();
                text
            }
            None => text,
        };
        let parts = text.split([' ', '>', '+']).filter(|part| !part.is_empty());
        if declarations.is_empty() || text.contains('~') || has_state(text) || parts.clone().count() > MAX_PARTS {
            return;
        }
        let Ok(selector) = Selector::parse(text) else { return };
        let count = |marks: [char; 2]| text.matches(marks).count();
        let names = parts
            .filter(|part| part.starts_with(|c: char| c.is_ascii_alphabetic()))
            .count();
        self.rules.push(Rule {
            selector,
            key: key(text),
            weight: (count(['#', '#']), count(['.', '[']), names),
            declarations,
        });
    }

    /// The declarations that hold for an element, the strongest last.
    pub(super) fn declarations(&self, element: Option<ElementRef<'_>>) -> Vec<&str> {
        let Some(element) = element.filter(|_| !self.rules.is_empty()) else {
            return Vec::new();
        };
        let value = element.value();
        let mut rules: Vec<u32> = Vec::new();
        let mut add = |key: Key| rules.extend(self.index.get(&key).into_iter().flatten());
        add(Key::Any);
        let name = value.name();
        add(Key::Name(match name.contains(|c: char| c.is_ascii_uppercase()) {
            true => name.to_ascii_lowercase().into(),
            false => name.into(),
        }));
        value.id().into_iter().for_each(|id| add(Key::Id(id.into())));
        value.classes().for_each(|class| add(Key::Class(class.into())));
        if self.nested {
            for outer in element.ancestors().filter_map(ElementRef::wrap) {
                let outer = outer.value();
                outer.id().into_iter().for_each(|id| add(Key::InId(id.into())));
                outer.classes().for_each(|class| add(Key::InClass(class.into())));
            }
        }
        rules.sort_unstable();
        rules.dedup();
        self.comparisons.set(self.comparisons.get() + rules.len());
        if self.is_exhausted() {
            return Vec::new();
        }
        let rules = rules.iter().map(|rule| &self.rules[*rule as usize]);
        rules
            .filter(|rule| rule.selector.matches(&element))
            .map(|rule| rule.declarations.as_str())
            .collect()
    }

    /// Whether there were too many comparisons to make them all.
    pub(super) fn is_exhausted(&self) -> bool {
        self.comparisons.get() > MAX_COMPARISONS
    }

    /// A value with its variables filled in; nothing where the file does not tell them.
    pub(super) fn filled<'v>(&self, value: &'v str) -> Option<Cow<'v, str>> {
        let mut filled = Cow::Borrowed(value);
        for _ in 0..=MAX_VARIABLES {
            let Some(at) = filled.find("var(") else {
                return Some(filled);
            };
            let inside = &filled[at + 4..];
            let end = inside.len() - bracket(inside).len();
            let (name, instead) = inside[..end]
                .split_once(',')
                .map_or((&inside[..end], None), |(n, v)| (n, Some(v)));
            let known = match self.variables.get(name.trim_ascii()) {
                Some(known) => known.as_deref()?,
                None if self.external => return None,
                None => instead?,
            };
            let rest = inside.get(end + 1..).unwrap_or_default();
            let longer = format!("{}{}{rest}", &filled[..at], known.trim_ascii());
            if longer.len() > LONGEST_VALUE {
                return None;
            }
            filled = Cow::Owned(longer);
        }
        None
    }
}

/// Parts of elements that rules may speak of.
const PSEUDO: [&str; 6] = [
    "::before",
    "::after",
    ":before",
    ":after",
    "::first-letter",
    ":first-letter",
];

/// A text from the bracket on that closes the one that is open before it.
fn bracket(text: &str) -> &str {
    let mut depth = 0usize;
    for (at, c) in text.char_indices() {
        match c {
            '(' => depth += 1,
            ')' if depth == 0 => return &text[at..],
            ')' => depth -= 1,
            _ => {}
        }
    }
    ""
}

/// What elements must have for a selector to match: of the last of its parts, the first id, else class; else those of a part that the
/// element stands in; else its name.
fn key(selector: &str) -> Key<'static> {
    if selector.contains('\\') {
        return Key::Any;
    }
    let (mut depth, mut parts) = (0usize, vec![String::new()]);
    for c in selector.chars() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            ' ' | '>' if depth == 0 => parts.push(String::new()),
            // What stands beside an element says nothing of what it stands in.
            '+' if depth == 0 => parts = vec![String::new()],
            _ => {}
        }
        if depth == 0 && !" >+)]".contains(c) {
            parts.last_mut().into_iter().for_each(|part| part.push(c));
        }
    }
    parts.retain(|part| !part.is_empty());
    let Some(last) = parts.pop() else { return Key::Any };
    let above = || {
        parts.iter().rev().find_map(|part| match own_key(part) {
            Key::Id(id) => Some(Key::InId(id)),
            Key::Class(class) => Some(Key::InClass(class)),
            _ => None,
        })
    };
    match own_key(&last) {
        Key::Name(name) => above().unwrap_or(Key::Name(name)),
        Key::Any => above().unwrap_or(Key::Any),
        own => own,
    }
}

/// The first id of one part of a selector, else its first class, else its name.
fn own_key(part: &str) -> Key<'static> {
    let name = |text: &str| -> String {
        text.chars()
            .take_while(|c| c.is_alphanumeric() || matches!(c, '-' | '_') || !c.is_ascii())
            .collect()
    };
    let behind = |mark: char| {
        part.split_once(mark)
            .map(|(_, rest)| name(rest))
            .filter(|name| !name.is_empty())
    };
    let own = name(part).to_ascii_lowercase();
    match (behind('#'), behind('.')) {
        (Some(id), _) => Key::Id(id.into()),
        (None, Some(class)) => Key::Class(class.into()),
        _ if own.is_empty() => Key::Any,
        _ => Key::Name(own.into()),
    }
}

/// Whether what a query of media or features asks for is there: a screen of a desk, in the light.
fn holds(query: &str) -> bool {
    let query = query.to_ascii_lowercase();
    query.trim().is_empty() || query.split(',').any(one_holds)
}

fn one_holds(query: &str) -> bool {
    let query = query.trim();
    let inner = query.strip_prefix("only ").unwrap_or(query);
    let (inner, denied) = inner.strip_prefix("not ").map_or((inner, false), |inner| (inner, true));
    let other = ["print", "speech", "tty", "braille", "handheld"]
        .iter()
        .any(|name| inner.starts_with(name));
    let features = inner.split(['(', ')']).map(str::trim);
    (!other && features.clone().all(feature_holds)) != denied
}

/// Whether a feature is there; those that nothing is known of are.
fn feature_holds(feature: &str) -> bool {
    let squeezed: String = feature.split_whitespace().collect();
    let absent = [
        "prefers-color-scheme:dark",
        "orientation:portrait",
        "hover:none",
        "pointer:coarse",
        "reduce",
        "forced-colors:active",
    ];
    let bound = |mark: &str| {
        let value = squeezed.strip_prefix(mark)?;
        length::pixels(value, length::TYPE)
    };
    let (width, height) = length::SCREEN;
    let too_wide = ["max-width:", "width<=", "width<", "max-device-width:"]
        .iter()
        .find_map(|mark| bound(mark));
    let too_narrow = ["min-width:", "width>=", "width>", "min-device-width:"]
        .iter()
        .find_map(|mark| bound(mark));
    let too_high = ["max-height:", "height<=", "height<"]
        .iter()
        .find_map(|mark| bound(mark));
    !absent.iter().any(|name| squeezed.contains(name))
        && too_wide.is_none_or(|most| width <= most)
        && too_narrow.is_none_or(|least| width >= least)
        && too_high.is_none_or(|most| height <= most)
}

/// Whether a selector asks for a state of the page or of an element, which a file does not have.
fn has_state(selector: &str) -> bool {
    const PLAIN: [&str; 12] = [
        "not(",
        "is(",
        "where(",
        "first-child",
        "last-child",
        "only-child",
        "first-of-type",
        "last-of-type",
        "only-of-type",
        "empty",
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
        let declarations = sheet.declarations(p);
        assert_eq!(
            declarations,
            ["display:inline", "display:none", "visibility:hidden", "display:block"]
        );
    }

    #[test]
    fn a_query_holds_for_a_screen_of_a_desk() {
        for (query, expected) in [
            ("", true),
            ("screen", true),
            ("print", false),
            ("not print", true),
            ("print, screen", true),
            ("(max-width: 768px)", false),
            ("screen and (min-width: 60em)", true),
            ("only screen and (min-width: 2000px)", false),
            ("(width <= 600px)", false),
            ("(prefers-color-scheme: dark)", false),
            ("not (display: grid)", false),
        ] {
            assert_eq!(holds(query), expected, "{query}");
        }
    }

    #[test]
    fn a_rule_is_found_by_the_rarest_thing_that_its_elements_must_have() {
        for (selector, expected) in [
            ("#a.b", Key::Id("a".into())),
            ("p.b:not(.c)", Key::Class("b".into())),
            (".a > .b p", Key::InClass("b".into())),
            (".a + p", Key::Name("p".into())),
            (":is(.a, .b)", Key::Any),
            ("#x *", Key::InId("x".into())),
            ("TD", Key::Name("td".into())),
            ("p:is(.a .b)", Key::Name("p".into())),
        ] {
            assert!(key(selector) == expected, "{selector}");
        }
    }

    #[test]
    fn variables_are_filled_in_where_the_file_sets_them_once() {
        let html = Html::parse_document("<style>:root{--a:#fff;--b:var(--a)} .x{--c:red} .y{--c:blue}</style>");
        let sheet = Sheet::of(&html);
        for (value, filled) in [
            ("var(--a)", Some("#fff")),
            ("1px var( --b ) x", Some("1px #fff x")),
            ("var(--c)", None),
            ("var(--d, var(--a))", Some("#fff")),
            ("var(--d)", None),
        ] {
            assert_eq!(sheet.filled(value).as_deref(), filled, "{value}");
        }
    }
}
