//! Saved pages made harmless, with a mark on each element that the report names.
//!
//! No script may run where a source is shown, so the marks are put in here: each element of a place gets the identity `nb-N`, which a
//! fragment of the address scrolls to and the style sheet colours, and a link that tells the server which place was clicked.
//! Invariant: after sanitising, a page holds text, tables and the marks; nothing in it runs, loads, submits, or leads anywhere else.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use ammonia::{Builder, UrlRelative};
use ego_tree::NodeId;
use maud::{DOCTYPE, PreEscaped, html};
use scraper::{Html, Node, node::Element};

use super::places::Places;
use crate::document::Origin;
use crate::read::shown::place::{elements, holders};

/// How often a page may stand as text in another.
const DEEPEST: usize = 3;

/// What of the look of a page is kept: how its tables are laid out, and what is hidden. Neither place nor picture nor animation.
const PROPERTIES: [&str; 24] = [
    "background-color",
    "border",
    "border-bottom",
    "border-collapse",
    "border-left",
    "border-right",
    "border-top",
    "color",
    "display",
    "font-size",
    "font-style",
    "font-weight",
    "height",
    "line-height",
    "margin-left",
    "padding",
    "text-align",
    "text-decoration",
    "text-indent",
    "vertical-align",
    "visibility",
    "white-space",
    "width",
    "writing-mode",
];

const TAGS: [&str; 56] = [
    "a",
    "address",
    "article",
    "b",
    "big",
    "blockquote",
    "br",
    "caption",
    "center",
    "col",
    "colgroup",
    "dd",
    "del",
    "div",
    "dl",
    "dt",
    "em",
    "font",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "i",
    "ins",
    "li",
    "main",
    "ol",
    "p",
    "pre",
    "rp",
    "rt",
    "ruby",
    "s",
    "section",
    "small",
    "span",
    "strike",
    "strong",
    "sub",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "u",
    "ul",
    "wbr",
    "bdo",
];

/// What goes with all that is in it.
const GONE: [&str; 12] = [
    "script", "style", "title", "template", "iframe", "object", "embed", "svg", "math", "select", "audio", "video",
];

const ATTRIBUTES: [&str; 13] = [
    "align",
    "valign",
    "width",
    "height",
    "colspan",
    "rowspan",
    "border",
    "cellpadding",
    "cellspacing",
    "span",
    "start",
    "dir",
    "hidden",
];

/// What cannot hold a link around all that is in it.
const NO_LINK: [&str; 14] = [
    "html", "body", "table", "tbody", "thead", "tfoot", "tr", "colgroup", "col", "ul", "ol", "dl", "ruby", "br",
];

const STYLE: &str = "\
:root{color-scheme:light}body{font:16px/1.6 system-ui,'Noto Sans CJK SC','Microsoft YaHei',sans-serif;margin:1rem;color:#111;background:#fff;overflow-wrap:anywhere}\
table{border-collapse:collapse}td,th{border:1px solid #999;padding:2px 6px}\
a[href]{color:inherit;text-decoration:none;display:block;min-height:1em}\
[id^=nb-]{outline:1px dotted #0a58ca;outline-offset:-1px}[id^=nb-]:hover{background:#e7f0ff}\
:target{outline:3px solid #9a3412!important;background:#ffef9e!important;scroll-margin:40vh 2rem}";

/// One page of all pages of a file, each behind what its paths begin with, sanitised, with the places marked.
pub(super) fn marked(pages: &[(String, String)], places: &Places, link: Option<&str>) -> String {
    let mut wanted: HashMap<&str, usize> = HashMap::new();
    for (number, place) in places.iter() {
        if let Origin::Path(path) = &place.origin {
            wanted.insert(path, number);
        }
    }
    let mut bodies = Vec::new();
    for (prefix, page) in pages {
        show(page, prefix, 0, &mut wanted, places, link, &mut bodies);
    }
    let page = html! {
        (DOCTYPE)
        html {
            head { meta charset="utf-8"; style { (PreEscaped(STYLE)) } }
            body { @for body in bodies { div { (PreEscaped(body)) } } }
        }
    };
    page.into_string()
}

/// Adds a page and the pages that stand as text in it.
fn show(
    markup: &str,
    prefix: &str,
    depth: usize,
    wanted: &mut HashMap<&str, usize>,
    places: &Places,
    link: Option<&str>,
    bodies: &mut Vec<String>,
) {
    let mut html = Html::parse_document(markup);
    let paths: HashSet<&str> = wanted.keys().copied().collect();
    let found: Vec<(NodeId, usize)> = elements(&html, prefix, &paths)
        .into_iter()
        .filter_map(|(id, path)| Some((id, wanted.remove(&*path)?)))
        .collect();
    let missing: HashSet<&str> = wanted.keys().copied().collect();
    let inner = if depth < DEEPEST && !missing.is_empty() {
        holders(&html, prefix, &missing)
    } else {
        Vec::new()
    };
    disarm(&mut html);
    mark(&mut html, &found, places, link);
    bodies.push(sanitised(&html.html(), link));
    for (path, text) in inner.iter().filter(|(_, text)| text.contains('<')) {
        show(text, path, depth + 1, wanted, places, link, bodies);
    }
}

/// Takes away what could be taken for a mark: identities, and links, which become plain text.
fn disarm(html: &mut Html) {
    for node in html.tree.values_mut() {
        if let Node::Element(element) = node {
            element
                .attrs
                .retain(|(name, _)| !matches!(&*name.local, "id" | "href" | "title"));
            if element.name() == "a" {
                element.name.local = "span".into();
            }
        }
    }
}

/// Gives the elements their identities and, where nothing else of them is marked inside, links.
fn mark(html: &mut Html, found: &[(NodeId, usize)], places: &Places, link: Option<&str>) {
    let outer: HashSet<NodeId> = found
        .iter()
        .filter_map(|(id, _)| html.tree.get(*id))
        .flat_map(|node| node.ancestors().map(|node| node.id()))
        .collect();
    let titles: HashMap<usize, String> = places
        .iter()
        .map(|(number, place)| (number, place.pointers.join(" ")))
        .collect();
    for &(id, number) in found {
        let Some(mut node) = html.tree.get_mut(id) else {
            continue;
        };
        let Node::Element(element) = node.value() else { continue };
        let title = titles.get(&number).cloned().unwrap_or_default();
        set(element, "id", &format!("nb-{number}"));
        set(element, "title", &title);
        let plain = !NO_LINK.contains(&element.name()) && !outer.contains(&id);
        if let Some(link) = link.filter(|_| plain) {
            let mut anchor = element.clone();
            anchor.name.local = "a".into();
            anchor.attrs.clear();
            set(&mut anchor, "href", &format!("{link}{number}"));
            let children: Vec<NodeId> = node.as_ref().children().map(|child| child.id()).collect();
            let mut anchor = node.append(Node::Element(anchor));
            for child in children {
                anchor.append_id(child);
            }
        }
    }
}

/// Adds an attribute of no namespace.
fn set(element: &mut Element, name: &str, value: &str) {
    let mut full = element.name.clone();
    full.prefix = None;
    full.ns = "".into();
    full.local = name.into();
    element.attrs.push((full, value.into()));
}

/// Markup that is only looked at.
fn sanitised(markup: &str, link: Option<&str>) -> String {
    let mut builder = Builder::empty();
    builder
        .tags(TAGS.into())
        .clean_content_tags(GONE.into())
        .generic_attributes(ATTRIBUTES.into_iter().chain(["id", "title", "style"]).collect())
        .tag_attributes(HashMap::from([("a", HashSet::from(["href"]))]))
        .url_relative(UrlRelative::PassThrough)
        .filter_style_properties(PROPERTIES.into())
        .link_rel(None)
        .strip_comments(true);
    let link = link.map(str::to_owned);
    builder.attribute_filter(move |_, name, value| match name {
        "id" => is_mark(value).then_some(value.into()),
        "href" => link
            .as_deref()
            .is_some_and(|link| value.starts_with(link))
            .then_some(value.into()),
        "style" => Some(style(value)),
        _ => Some(value.into()),
    });
    builder.clean(markup).to_string()
}

fn is_mark(id: &str) -> bool {
    id.strip_prefix("nb-")
        .is_some_and(|number| number.bytes().all(|byte| byte.is_ascii_digit()))
}

/// The declarations that hold nothing but words and numbers: no address, no function, no escape.
fn style(value: &str) -> Cow<'static, str> {
    let plain = |c: char| c.is_ascii_alphanumeric() || " -:#%.,!\t\n\r".contains(c);
    let kept: Vec<&str> = value
        .split(';')
        .filter(|declaration| declaration.chars().all(plain))
        .collect();
    kept.join(";").into()
}
