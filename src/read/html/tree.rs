//! The page as a flat list of nodes in document order, with what the later steps ask of each node looked up once.
//!
//! Everything after this works on index ranges: the subtree of node `i` is `i..nodes[i].end`. Invariant: no function here or later
//! recurses over the tree, so nesting cannot overflow the stack.

use std::collections::BTreeMap;

use ego_tree::NodeRef;
use scraper::node::Element;
use scraper::{ElementRef, Html, Node as Dom};

use super::colour;
use super::look::Look;
use super::sheet::Sheet;
use super::sites::{Marks, SITES};
use super::style::{self, Drawn};

/// The longest path in bytes. Every cell and line has one: without a limit a page of some kilobytes could ask for gigabytes.
const LONGEST_PATH: usize = 500;

/// What a node is to the reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tag {
    Text,
    Inline,
    Block,
    Body,
    Heading(u8),
    Break,
    Preformatted,
    Table,
    Group,
    Foot,
    Row,
    Cell,
    Caption,
    Link,
    Image,
    Frame,
    Input,
    /// Holds text that may be markup: `textarea`, `xmp`, `noscript`, a template script.
    Embedded,
    /// A script that may hold data.
    Script,
    /// Never shown: not walked into.
    Skipped,
}

/// One node.
pub(super) struct Node<'a> {
    pub(super) tag: Tag,
    pub(super) marks: Marks,
    pub(super) hidden: bool,
    /// What of it is not plainly shown.
    pub(super) look: Look,
    /// How its text is drawn.
    pub(super) drawn: Drawn,
    /// How the text of the element is drawn that it stands in.
    pub(super) outer: Drawn,
    /// `role="presentation"`: a table that is none.
    pub(super) presentation: bool,
    /// Starts and ends a line.
    pub(super) block: bool,
    /// Sets or ends bold type.
    pub(super) bold: Option<bool>,
    /// Set after the survey: part of the page, not of the article.
    pub(super) furniture: bool,
    /// The only child of its name.
    alone: bool,
    pub(super) parent: u32,
    /// Index after the last descendant.
    pub(super) end: u32,
    /// Number among the children of its name, from 1.
    nth: u32,
    dom: &'a Dom,
}

impl<'a> Node<'a> {
    /// The element, if it is one.
    pub(super) fn element(&self) -> Option<&'a Element> {
        self.dom.as_element()
    }

    /// The text of a text node, else nothing.
    pub(super) fn text(&self) -> &'a str {
        match self.dom {
            Dom::Text(text) => text,
            _ => "",
        }
    }

    /// The value of an attribute.
    pub(super) fn attr(&self, name: &str) -> Option<&'a str> {
        self.element()?
            .attrs
            .iter()
            .find(|(key, _)| &*key.local == name)
            .map(|(_, value)| &**value)
    }
}

/// A page.
pub(super) struct Page<'a> {
    pub(super) nodes: Vec<Node<'a>>,
    /// Put in front of every path: where an embedded page stands in the outer one.
    prefix: String,
    /// Text of the first `title` element.
    pub(super) title: Option<String>,
    /// Indices of `meta` elements.
    pub(super) metas: Vec<u32>,
    /// Indices of elements that hold text which may be markup, and of scripts.
    pub(super) embedded: Vec<u32>,
    /// Indices of texts that are drawn so that nobody sees them, and are not read.
    pub(super) unseen: Vec<u32>,
    /// Whether rules of its style sheets had to be left out.
    pub(super) unruly: bool,
    /// Whether the page names a style sheet that is not in the file.
    styled: bool,
}

impl<'a> Page<'a> {
    /// Surveys a parsed page.
    pub(super) fn new(html: &'a Html, prefix: &str) -> Page<'a> {
        let mut page = Page {
            nodes: Vec::with_capacity(html.tree.values().len()),
            prefix: prefix.to_string(),
            title: None,
            metas: Vec::new(),
            embedded: Vec::new(),
            unseen: Vec::new(),
            unruly: false,
            styled: false,
        };
        let sheet = Sheet::of(html);
        page.styled = sheet.external;
        let mut open: Vec<(NodeRef<'a, Dom>, u32, Siblings<'a>)> = Vec::new();
        let mut names = Siblings::default();
        let mut next = html.tree.root().first_child();
        loop {
            if let Some(dom) = next {
                let parent = open.last().map_or(u32::MAX, |(_, index, _)| *index);
                let index = page.nodes.len() as u32;
                let known = page.add(dom, parent, &mut names, &sheet);
                match dom.first_child() {
                    Some(child) if known => {
                        open.push((dom, index, std::mem::take(&mut names)));
                        next = Some(child);
                    }
                    _ => next = dom.next_sibling(),
                }
            } else if let Some((dom, index, outer)) = open.pop() {
                page.nodes[index as usize].end = page.nodes.len() as u32;
                names = outer;
                next = dom.next_sibling();
            } else {
                page.unruly = sheet.is_exhausted();
                page.show_what_prevails();
                return page;
            }
        }
    }

    /// Shows unseen text again where it is most of the page: what is painted behind it is not in the file.
    fn show_what_prevails(&mut self) {
        let length = |node: &Node<'_>| node.text().trim().len();
        let all: usize = self.nodes.iter().filter(|node| !node.hidden).map(length).sum();
        let unseen: usize = self
            .unseen
            .iter()
            .map(|index| length(&self.nodes[*index as usize]))
            .sum();
        if unseen > all {
            for index in std::mem::take(&mut self.unseen) {
                self.nodes[index as usize].hidden = false;
            }
        }
    }

    /// Adds one node; false if its children are not to be walked.
    fn add(&mut self, dom: NodeRef<'a, Dom>, parent: u32, names: &mut Siblings<'a>, sheet: &Sheet) -> bool {
        let index = self.nodes.len() as u32;
        let outer = self
            .nodes
            .get(parent as usize)
            .map_or_else(Drawn::default, |node| node.drawn);
        let mut node = Node {
            tag: Tag::Inline,
            marks: Marks::default(),
            hidden: false,
            look: Look::default(),
            drawn: outer,
            outer,
            presentation: false,
            block: false,
            bold: None,
            furniture: false,
            alone: true,
            parent,
            end: index + 1,
            nth: 1,
            dom: dom.value(),
        };
        match dom.value() {
            Dom::Text(text) => {
                node.tag = Tag::Text;
                if (outer.tiny || outer.pale) && !text.trim().is_empty() {
                    node.hidden = true;
                    self.unseen.push(index);
                }
            }
            // The contents of a `template` hang below such a node.
            Dom::Fragment => {}
            Dom::Element(element) => {
                node.nth = names.count(element, index, &mut self.nodes);
                node.alone = node.nth == 1;
                describe(&mut node, element, sheet, dom);
                node.drawn.tiny = self.is_tiny(&node);
                node.drawn.pale = self.is_pale(&mut node);
                match element.name() {
                    "meta" => self.metas.push(index),
                    "title" if self.title.is_none() => self.title = Some(text_of(dom)),
                    _ => {}
                }
                if matches!(node.tag, Tag::Embedded | Tag::Script) {
                    self.embedded.push(index);
                }
            }
            _ => return false,
        }
        let walk = !matches!(node.tag, Tag::Text | Tag::Skipped | Tag::Frame);
        self.nodes.push(node);
        walk
    }

    /// Whether text of an element is too small to be seen. Where a style sheet that is not in the file may set the size of an element
    /// with a class, what holds for the block around it says nothing.
    fn is_tiny(&self, node: &Node<'_>) -> bool {
        if node.look.has(Look::SIZED) {
            return style::is_tiny(node.drawn.size);
        }
        node.outer.tiny && !(self.styled && node.attr("class").is_some())
    }

    /// Whether text of an element cannot be told from what is behind it. A style sheet that is not in the file may paint whole cells and
    /// blocks that have a class, but hardly a few characters in them.
    fn is_pale(&self, node: &mut Node<'_>) -> bool {
        if !node.look.has(Look::INKED) {
            return node.outer.pale;
        }
        let seen = colour::is_seen(node.drawn.ink, node.drawn.paper);
        if seen.is_none() {
            node.look.set(Look::UNSURE, true);
        }
        let part = matches!(node.tag, Tag::Inline | Tag::Link);
        let has_class = |node: &Node<'_>| node.attr("class").is_some();
        let outer = || self.ancestors(node.parent).map(|index| &self.nodes[index as usize]);
        let bare = node.drawn.paper == Some(colour::PAPER);
        let elsewhere = self.styled && !part && bare && (has_class(node) || outer().any(has_class));
        seen == Some(false) && !elsewhere
    }

    /// The text below a node as it stands in the source, scripts too.
    pub(super) fn raw_text(&self, index: u32) -> String {
        let node = &self.nodes[index as usize];
        let mut text = String::new();
        for inner in &self.nodes[index as usize..node.end as usize] {
            text.push_str(inner.text());
        }
        text
    }

    /// Index of the `body`; the first node where there is none.
    pub(super) fn body(&self) -> u32 {
        self.nodes.iter().position(|node| node.tag == Tag::Body).unwrap_or(0) as u32
    }

    /// The indices of the direct children of a node.
    pub(super) fn children(&self, index: u32) -> impl Iterator<Item = u32> + '_ {
        let end = self.nodes[index as usize].end;
        let mut next = index + 1;
        std::iter::from_fn(move || {
            (next < end).then(|| {
                let child = next;
                next = self.nodes[child as usize].end;
                child
            })
        })
    }

    /// Whether one node stands inside another, or is it.
    pub(super) fn holds(&self, outer: u32, inner: u32) -> bool {
        outer <= inner && inner < self.nodes[outer as usize].end
    }

    /// The nodes that a node stands in, itself first.
    pub(super) fn ancestors(&self, index: u32) -> impl Iterator<Item = u32> + '_ {
        let mut next = index;
        std::iter::from_fn(move || {
            let node = self.nodes.get(next as usize)?;
            Some(std::mem::replace(&mut next, node.parent))
        })
    }

    /// The path of a node, such as `/html/body/div[2]/table/tbody/tr[3]/td[2]`; that of its parent for text.
    pub(super) fn path(&self, index: u32) -> String {
        let chain: Vec<u32> = self.ancestors(index).collect();
        let mut path = self.prefix.clone();
        for &index in chain.iter().rev() {
            self.step(index, &mut path);
        }
        shortened(path)
    }

    /// Adds one node to the path of its parent.
    pub(super) fn step(&self, index: u32, path: &mut String) {
        let node = &self.nodes[index as usize];
        let Some(element) = node.element() else { return };
        // An embedded page has no html and body of its own; the parser made them.
        if !self.prefix.is_empty() && matches!(element.name(), "html" | "body") {
            return;
        }
        path.push('/');
        path.push_str(element.name());
        if !node.alone {
            path.push('[');
            push_number(node.nth, path);
            path.push(']');
        }
    }
}

/// Looks up what the name, the style sheet and the attributes of an element say.
fn describe(node: &mut Node<'_>, element: &Element, sheet: &Sheet, dom: NodeRef<'_, Dom>) {
    let name = element.name();
    (node.tag, node.block) = kind(name);
    node.bold = matches!(node.tag, Tag::Inline)
        .then(|| matches!(name, "b" | "strong").then_some(true))
        .flatten();
    node.marks = SITES.tag(name);
    node.hidden = name == "template" || name == "dialog" && element.attr("open").is_none();
    match name {
        "sup" | "rt" => node.look.set(Look::RAISED, true),
        "sub" => node.look.set(Look::LOWERED, true),
        "del" | "s" | "strike" => node.look.set(Look::STRUCK, true),
        // What it holds is shown to those who open it.
        "details" => node.look.set(Look::UNSURE, true),
        _ => {}
    }
    paint(node, element);
    let own = element.attr("style").map(style::folded);
    let mut styles = sheet.declarations(ElementRef::wrap(dom));
    styles.extend(own.as_deref());
    declare(node, sheet, &styles, false);
    if styles.iter().any(|style| style.contains('!')) {
        declare(node, sheet, &styles, true);
    }
    for (key, value) in &element.attrs {
        match &*key.local {
            "id" => node.marks.add(SITES.id(value)),
            "class" => node.marks.add(SITES.class(value)),
            "hidden" => node.look.set(Look::GONE, true),
            "dir" if name == "bdo" => node.look.set(Look::ODD, value.eq_ignore_ascii_case("rtl")),
            // A footnote's mark links to it.
            "href" if value.len() > 1 && value.starts_with('#') => node.look.set(Look::RAISED, true),
            "role" => role(node, value, element),
            "type"
                if node.tag == Tag::Script && ["template", "html", "text/plain"].iter().any(|t| value.contains(t)) =>
            {
                node.tag = Tag::Embedded;
            }
            "type" if node.tag == Tag::Input && value.eq_ignore_ascii_case("hidden") => node.hidden = true,
            _ => {}
        }
    }
    node.hidden |= node.look.hides();
}

/// Applies the declarations of styles, the strongest last: those that are important, or the others.
fn declare(node: &mut Node<'_>, sheet: &Sheet, styles: &[&str], important: bool) {
    for (property, value, mark) in styles.iter().flat_map(|style| style::declarations(style)) {
        if mark == important {
            match sheet.filled(value) {
                Some(value) => style::apply(property, &value, node),
                None => style::leave_open(property, node),
            }
        }
    }
}

/// Colours that attributes give; any style is stronger.
fn paint(node: &mut Node<'_>, element: &Element) {
    for (key, value) in &element.attrs {
        let property = match (&*key.local, element.name()) {
            ("color", "font" | "basefont") | ("text", "body") => "color",
            ("bgcolor", _) => "background",
            ("background", _) => {
                node.drawn.paper = None;
                continue;
            }
            _ => continue,
        };
        style::apply(property, &style::folded(value), node);
    }
}

fn role(node: &mut Node<'_>, role: &str, element: &Element) {
    match role {
        "table" | "grid" => node.marks.add(Marks::TABLE),
        "row" => node.marks.add(Marks::ROW),
        "cell" | "gridcell" | "columnheader" | "rowheader" => node.marks.add(Marks::CELL),
        "navigation" | "banner" | "contentinfo" | "search" | "complementary" => node.marks.add(Marks::FURNITURE),
        "main" | "article" => node.marks.add(Marks::LIKELY),
        "presentation" | "none" => node.presentation = true,
        "heading" => {
            let level = element
                .attr("aria-level")
                .and_then(|level| level.parse().ok())
                .unwrap_or(2);
            node.tag = Tag::Heading(level);
        }
        _ => {}
    }
}

/// What a tag name means, and whether it starts a line.
fn kind(name: &str) -> (Tag, bool) {
    match name.as_bytes() {
        b"p" | b"div" | b"li" | b"ul" | b"ol" | b"section" | b"article" | b"main" | b"header" | b"footer" | b"nav"
        | b"aside" | b"center" | b"blockquote" | b"dl" | b"dt" | b"dd" | b"form" | b"fieldset" | b"address"
        | b"figure" | b"figcaption" | b"html" | b"dir" | b"details" | b"summary" | b"legend" | b"hgroup" | b"menu"
        | b"template" | b"object" | b"dialog" | b"ucapcontent" => (Tag::Block, true),
        b"body" => (Tag::Body, true),
        b"td" | b"th" => (Tag::Cell, true),
        b"tr" => (Tag::Row, true),
        b"table" => (Tag::Table, true),
        b"tbody" | b"thead" => (Tag::Group, true),
        b"tfoot" => (Tag::Foot, true),
        b"caption" => (Tag::Caption, true),
        b"h1" => (Tag::Heading(1), true),
        b"h2" => (Tag::Heading(2), true),
        b"h3" => (Tag::Heading(3), true),
        b"h4" => (Tag::Heading(4), true),
        b"h5" => (Tag::Heading(5), true),
        b"h6" => (Tag::Heading(6), true),
        b"br" | b"hr" => (Tag::Break, false),
        b"pre" | b"listing" => (Tag::Preformatted, true),
        b"a" => (Tag::Link, false),
        b"img" | b"v:imagedata" => (Tag::Image, false),
        b"iframe" | b"frame" | b"embed" => (Tag::Frame, false),
        b"input" => (Tag::Input, false),
        b"textarea" | b"xmp" | b"noscript" | b"plaintext" => (Tag::Embedded, true),
        b"script" => (Tag::Script, false),
        b"style" | b"title" | b"meta" | b"link" | b"select" | b"option" | b"button" | b"xml" | b"svg" | b"math"
        | b"audio" | b"video" | b"canvas" | b"map" | b"col" | b"colgroup" | b"base" | b"noframes" | b"datalist"
        | b"rp" | b"marquee" => (Tag::Skipped, false),
        _ => (Tag::Inline, false),
    }
}

/// A path with its beginning left out where it is too long, as XPath writes it: `//div[2]/table/tbody/tr[3]`.
pub(super) fn shortened(path: String) -> String {
    if path.len() <= LONGEST_PATH {
        return path;
    }
    let end = &path[path.ceil_char_boundary(path.len() - LONGEST_PATH)..];
    format!("/{}", &end[end.find('/').unwrap_or(0)..])
}

/// Adds a number; paths are written often enough for the formatting machinery to show.
fn push_number(number: u32, text: &mut String) {
    if number >= 10 {
        push_number(number / 10, text);
    }
    text.push(char::from(b'0' + (number % 10) as u8));
}

/// All text below a node of the DOM, white space collapsed.
fn text_of(dom: NodeRef<'_, Dom>) -> String {
    let text: String = dom
        .descendants()
        .filter_map(|node| node.value().as_text())
        .map(|text| &**text)
        .collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Counts children by name: a list while the names are few, as they are on real pages.
#[derive(Default)]
struct Siblings<'a> {
    /// The name, the index of its first bearer, and the count.
    few: Vec<(&'a Element, u32, u32)>,
    many: BTreeMap<&'a str, (u32, u32)>,
}

/// How many names are looked through one by one.
const FEW: usize = 16;

impl<'a> Siblings<'a> {
    /// Counts one more child; its number among those of its name. The first learns that it is not alone.
    fn count(&mut self, element: &'a Element, index: u32, nodes: &mut [Node<'a>]) -> u32 {
        let seen = self
            .few
            .iter()
            .position(|(other, _, _)| other.name.local == element.name.local);
        let (first, count) = match seen {
            Some(seen) => {
                let (_, first, count) = &mut self.few[seen];
                (first, count)
            }
            None if self.few.len() < FEW => {
                self.few.push((element, index, 1));
                return 1;
            }
            None => {
                let (first, count) = self.many.entry(element.name()).or_insert((index, 0));
                if *count == 0 {
                    *count = 1;
                    return 1;
                }
                (first, count)
            }
        };
        *count += 1;
        nodes[*first as usize].alone = false;
        *count
    }
}
