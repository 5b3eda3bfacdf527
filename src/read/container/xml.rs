//! An XML part as a tree: one flat list of nodes, names with the usual prefix of their name space.
//!
//! Entities are only the five of XML and characters by number: what a document type declares is never looked at, so there is
//! nothing to expand and nothing to fetch. Invariant: a tree is at most [`DEPTH`] deep and has at most [`NODES`] nodes.

use std::borrow::Cow;
use std::ops::Range;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use foldhash::{HashMap, HashMapExt};
use memchr::memmem::Finder;
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::{NamespaceResolver, QName, ResolveResult};
use quick_xml::{Reader, XmlVersion};

use super::{charset, damaged};
use crate::error::Error;

/// Deepest nesting of elements. Word files of tables in text boxes in tables stay below 100.
const DEPTH: usize = 320;
/// Most elements, pieces of text and attributes together; long reports have some 100,000.
const NODES: usize = 1_500_000;
/// Most different names.
const NAMES: usize = 20_000;

/// The name space that every file has.
const XML: &str = "http://www.w3.org/XML/1998/namespace";

/// A name space as address and the prefix that names of it get in a tree.
pub(in crate::read) type Space = (&'static str, &'static str);

enum Kind {
    Element { name: u32, attributes: Range<u32> },
    Text(Range<u32>),
}

struct Node {
    kind: Kind,
    /// Index behind the last node inside.
    end: u32,
}

/// A parsed part.
pub(in crate::read) struct Tree {
    nodes: Vec<Node>,
    /// Name and value of each attribute.
    attributes: Vec<(u32, Range<u32>)>,
    names: Vec<String>,
    /// Text and values of attributes, one behind the other.
    text: String,
}

impl Tree {
    /// Parses a part in whatever encoding it is. `spaces` are the name spaces that the reader knows; names of others get `?:` in
    /// front, so that they never pass for a known one.
    ///
    /// # Errors
    /// Where it is not well-formed or too large, with the name of the part.
    pub(in crate::read) fn parse(bytes: &[u8], part: &str, spaces: &[Space]) -> Result<Tree, Error> {
        Tree::parse_without(bytes, part, spaces, &[])
    }

    /// Parses a part, and leaves out elements of some names with all that stands in them, as if they were not there. Programs write
    /// many that a reader never asks for, and most of the time goes into the number of elements.
    ///
    /// # Errors
    /// As for [`Tree::parse`], but what is left out may be damaged.
    pub(in crate::read) fn parse_without(
        bytes: &[u8],
        part: &str,
        spaces: &[Space],
        unread: &[&str],
    ) -> Result<Tree, Error> {
        Builder::new(&decode(bytes), part, spaces, unread).run()
    }

    /// The outermost element.
    pub(in crate::read) fn root(&self) -> Element<'_> {
        Element { tree: self, index: 0 }
    }

    /// The element at an index that [`Element::index`] gave.
    pub(in crate::read) fn element(&self, index: usize) -> Element<'_> {
        Element { tree: self, index }
    }

    fn slice(&self, range: &Range<u32>) -> &str {
        &self.text[range.start as usize..range.end as usize]
    }
}

/// An element of a tree.
#[derive(Clone, Copy)]
pub(in crate::read) struct Element<'a> {
    tree: &'a Tree,
    index: usize,
}

/// What stands in an element.
pub(in crate::read) enum Inside<'a> {
    /// An element.
    Element(Element<'a>),
    /// A piece of text with its white space.
    Text(&'a str),
}

impl<'a> Element<'a> {
    /// Name with the usual prefix: `w:p`.
    pub(in crate::read) fn name(self) -> &'a str {
        match self.tree.nodes[self.index].kind {
            Kind::Element { name, .. } => &self.tree.names[name as usize],
            Kind::Text(_) => "",
        }
    }

    /// Its place in the tree.
    pub(in crate::read) fn index(self) -> usize {
        self.index
    }

    /// The value of an attribute. An attribute without a prefix is named without one.
    pub(in crate::read) fn attribute(self, name: &str) -> Option<&'a str> {
        let Kind::Element { attributes, .. } = &self.tree.nodes[self.index].kind else {
            return None;
        };
        self.tree.attributes[attributes.start as usize..attributes.end as usize]
            .iter()
            .find(|(key, _)| self.tree.names[*key as usize] == name)
            .map(|(_, value)| self.tree.slice(value))
    }

    /// Names and values of all attributes, in order.
    pub(in crate::read) fn attributes(self) -> impl Iterator<Item = (&'a str, &'a str)> {
        let tree = self.tree;
        let range = match &tree.nodes[self.index].kind {
            Kind::Element { attributes, .. } => attributes.start as usize..attributes.end as usize,
            Kind::Text(_) => 0..0,
        };
        tree.attributes[range]
            .iter()
            .map(move |(key, value)| (tree.names[*key as usize].as_str(), tree.slice(value)))
    }

    /// Elements and text directly inside, in order.
    pub(in crate::read) fn inside(self) -> impl Iterator<Item = Inside<'a>> {
        let tree = self.tree;
        let end = tree.nodes[self.index].end as usize;
        let mut next = self.index + 1;
        std::iter::from_fn(move || {
            let index = next;
            let node = tree.nodes.get(index).filter(|_| index < end)?;
            next = node.end as usize;
            Some(match &node.kind {
                Kind::Element { .. } => Inside::Element(Element { tree, index }),
                Kind::Text(range) => Inside::Text(tree.slice(range)),
            })
        })
    }

    /// Elements directly inside, in order.
    pub(in crate::read) fn children(self) -> impl Iterator<Item = Element<'a>> {
        self.inside().filter_map(|inside| match inside {
            Inside::Element(element) => Some(element),
            Inside::Text(_) => None,
        })
    }

    /// The first element directly inside of a name.
    pub(in crate::read) fn child(self, name: &str) -> Option<Element<'a>> {
        self.children().find(|child| child.name() == name)
    }

    /// All elements inside at any depth, in order.
    pub(in crate::read) fn descendants(self) -> impl Iterator<Item = Element<'a>> {
        let tree = self.tree;
        (self.index + 1..tree.nodes[self.index].end as usize)
            .filter(|index| matches!(tree.nodes[*index].kind, Kind::Element { .. }))
            .map(move |index| Element { tree, index })
    }

    /// All text inside at any depth.
    pub(in crate::read) fn text(self) -> String {
        let end = self.tree.nodes[self.index].end as usize;
        self.tree.nodes[self.index..end]
            .iter()
            .filter_map(|node| match &node.kind {
                Kind::Text(range) => Some(self.tree.slice(range)),
                Kind::Element { .. } => None,
            })
            .collect()
    }
}

/// The text of a part: by its mark, as UTF-8, or in the encoding that it names.
fn decode(bytes: &[u8]) -> Cow<'_, str> {
    let wide = match bytes {
        [b'<', 0, ..] => Some(UTF_16LE),
        [0, b'<', ..] => Some(UTF_16BE),
        _ => None,
    };
    if let Some(encoding) = Encoding::for_bom(bytes).map(|(encoding, _)| encoding).or(wide) {
        return encoding.decode(bytes).0;
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Cow::Borrowed(text);
    }
    let named = charset::declaration(bytes).and_then(|label| Encoding::for_label(label.as_bytes()));
    named.unwrap_or(UTF_8).decode_without_bom_handling(bytes).0
}

/// What names mean in an element that binds prefixes, and inside of it: their places among the names of the tree.
#[derive(Default)]
struct Scope {
    /// Of elements, and of attributes.
    names: [HashMap<String, u32>; 2],
}

/// An element that has not ended.
struct Open {
    index: usize,
    /// Whether it has a scope of its own.
    is_scope: bool,
}

struct Builder<'a> {
    source: &'a str,
    part: &'a str,
    spaces: &'a [Space],
    unread: &'a [&'a str],
    tree: Tree,
    /// Places of names, by name space as written and local name.
    known: HashMap<String, HashMap<String, u32>>,
    /// Whether elements of a name are left out, by its place.
    is_unread: Vec<bool>,
    resolver: NamespaceResolver,
    /// Where most names are found: by what is written, without its prefix being looked up.
    scopes: Vec<Scope>,
    bindings: Finder<'static>,
    open: Vec<Open>,
    /// Whether nothing but text has come since the last piece of text.
    in_text: bool,
}

impl<'a> Builder<'a> {
    fn new(source: &'a str, part: &'a str, spaces: &'a [Space], unread: &'a [&'a str]) -> Self {
        Builder {
            source,
            part,
            spaces,
            unread,
            tree: Tree {
                nodes: Vec::with_capacity(source.len() / 64),
                attributes: Vec::with_capacity(source.len() / 64),
                names: Vec::new(),
                text: String::with_capacity(source.len() / 8),
            },
            known: HashMap::new(),
            is_unread: Vec::new(),
            resolver: NamespaceResolver::default(),
            scopes: vec![Scope::default()],
            bindings: Finder::new("xmlns"),
            open: Vec::new(),
            in_text: false,
        }
    }

    fn run(mut self) -> Result<Tree, Error> {
        let mut reader = Reader::from_str(self.source);
        reader.config_mut().allow_dangling_amp = true;
        let (part, size) = (self.part, self.source.len());
        let broken = |error: quick_xml::Error, reader: &Reader<&[u8]>| {
            let place = size - reader.get_ref().len();
            damaged(part, format_args!("{error} at byte {place}"))
        };
        loop {
            let event = reader.read_event().map_err(|error| broken(error, &reader))?;
            match event {
                Event::Start(start) => {
                    if !self.start(&start)? {
                        let rest = *reader.get_ref();
                        *reader.get_mut() = &rest[plain(rest, start.name())..];
                        let end = reader.read_to_end(start.name());
                        end.map_err(|error| broken(error, &reader))?;
                    }
                }
                Event::Empty(start) => {
                    if self.start(&start)? {
                        self.end();
                    }
                }
                Event::End(_) => self.end(),
                Event::Text(text) => self.text(&text.xml10_content())?,
                Event::CData(text) => self.text(&text.xml10_content())?,
                Event::GeneralRef(reference) => {
                    let character = reference.resolve_char_ref().ok().flatten();
                    let name = reference.xml10_content();
                    match character
                        .map(String::from)
                        .or_else(|| predefined(&name).map(str::to_owned))
                    {
                        Some(text) => self.text(&text)?,
                        None => self.text(&format!("&{name};"))?,
                    }
                }
                Event::Eof => break,
                Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
            }
        }
        match (self.open.is_empty(), self.tree.nodes.is_empty()) {
            (true, false) => Ok(self.tree),
            (false, _) => Err(damaged(self.part, "the XML ends inside an element")),
            (true, true) => Err(damaged(self.part, "no XML element")),
        }
    }

    /// Takes in an element; whether it is one that is read.
    fn start(&mut self, start: &BytesStart) -> Result<bool, Error> {
        self.in_text = false;
        if self.open.len() >= DEPTH {
            return Err(damaged(
                self.part,
                format_args!("elements nested more than {DEPTH} deep"),
            ));
        }
        if self.open.is_empty() && !self.tree.nodes.is_empty() {
            return Err(damaged(self.part, "more than one outermost element"));
        }
        let is_scope = self.enter(start)?;
        let name = self.name(start.name(), false)?;
        if self.is_unread[name as usize] {
            self.leave(is_scope);
            return Ok(false);
        }
        let attributes = self.attributes(start)?;
        let index = self.tree.nodes.len();
        self.open.push(Open { index, is_scope });
        self.push(Kind::Element { name, attributes })?;
        Ok(true)
    }

    fn attributes(&mut self, start: &BytesStart) -> Result<Range<u32>, Error> {
        let first = self.tree.attributes.len() as u32;
        for attribute in start.attributes().with_checks(false) {
            let attribute = attribute.map_err(|error| damaged(self.part, error))?;
            if attribute.key.as_namespace_binding().is_some() {
                continue;
            }
            let key = self.name(attribute.key, true)?;
            let value = attribute
                .normalized_value(XmlVersion::Implicit1_0)
                .map_err(|error| damaged(self.part, error))?;
            let value = self.keep(&value);
            self.tree.attributes.push((key, value));
        }
        Ok(first..self.tree.attributes.len() as u32)
    }

    /// Opens a scope where an element binds prefixes; whether it does.
    fn enter(&mut self, start: &BytesStart) -> Result<bool, Error> {
        if self.bindings.find(start.attributes_raw().as_bytes()).is_none() {
            return Ok(false);
        }
        self.resolver.push(start).map_err(|error| damaged(self.part, error))?;
        self.scopes.push(Scope::default());
        Ok(true)
    }

    fn leave(&mut self, is_scope: bool) {
        if is_scope {
            self.resolver.pop();
            self.scopes.pop();
        }
    }

    fn end(&mut self) {
        self.in_text = false;
        if let Some(Open { index, is_scope }) = self.open.pop() {
            self.tree.nodes[index].end = self.tree.nodes.len() as u32;
            self.leave(is_scope);
        }
    }

    fn text(&mut self, text: &str) -> Result<(), Error> {
        if self.open.is_empty() || text.is_empty() {
            return Ok(());
        }
        let range = self.keep(text);
        // References part a text into several events. The last node may also be the text of an element that has ended.
        let is_inside = self.in_text;
        self.in_text = true;
        if let Some(Node {
            kind: Kind::Text(before),
            ..
        }) = self.tree.nodes.last_mut()
            && is_inside
        {
            before.end = range.end;
            return Ok(());
        }
        self.push(Kind::Text(range))
    }

    fn keep(&mut self, text: &str) -> Range<u32> {
        let start = self.tree.text.len() as u32;
        self.tree.text.push_str(text);
        start..self.tree.text.len() as u32
    }

    fn push(&mut self, kind: Kind) -> Result<(), Error> {
        if self.tree.nodes.len() + self.tree.attributes.len() >= NODES {
            return Err(damaged(
                self.part,
                format_args!("more than {NODES} elements, texts and attributes"),
            ));
        }
        let end = self.tree.nodes.len() as u32 + 1;
        self.tree.nodes.push(Node { kind, end });
        Ok(())
    }

    /// The place of a name among the names of the tree.
    fn name(&mut self, written: QName, is_attribute: bool) -> Result<u32, Error> {
        let scope = self.scopes.last().map(|scope| &scope.names[usize::from(is_attribute)]);
        if let Some(place) = scope.and_then(|names| names.get(written.0)) {
            return Ok(*place);
        }
        let place = self.resolved(written, is_attribute)?;
        if let Some(scope) = self.scopes.last_mut() {
            scope.names[usize::from(is_attribute)].insert(written.0.to_owned(), place);
        }
        Ok(place)
    }

    fn resolved(&mut self, written: QName, is_attribute: bool) -> Result<u32, Error> {
        let (space, local) = self.resolver.resolve(written, !is_attribute);
        let local = local.into_inner();
        let space = match &space {
            ResolveResult::Bound(space) => space.0,
            ResolveResult::Unbound => "",
            ResolveResult::Unknown(_) => "?",
        };
        if let Some(place) = self.known.get(space).and_then(|locals| locals.get(local)) {
            return Ok(*place);
        }
        if self.tree.names.len() >= NAMES {
            return Err(damaged(self.part, format_args!("more than {NAMES} different names")));
        }
        let name = match self.spaces.iter().find(|(address, _)| *address == space) {
            Some((_, prefix)) => format!("{prefix}:{local}"),
            None if space == XML => format!("xml:{local}"),
            None if space.is_empty() => local.to_owned(),
            None => format!("?:{local}"),
        };
        let place = self.tree.names.len() as u32;
        let locals = self.known.entry(space.to_owned()).or_default();
        locals.insert(local.to_owned(), place);
        self.is_unread.push(self.unread.contains(&name.as_str()));
        self.tree.names.push(name);
        Ok(place)
    }
}

/// How many bytes of what stands in an element can be passed over to its end, which no text or attribute can hold: all, unless
/// there is an element of its name or what need not be well-formed, a comment or the like.
fn plain(inside: &[u8], name: QName) -> usize {
    let end = memchr::memmem::find(inside, format!("</{}", name.0).as_bytes()).unwrap_or(0);
    let has = |what: &str| memchr::memmem::find(&inside[..end], what.as_bytes()).is_some();
    if has("<!") || has("<?") || has(&format!("<{}", name.0)) {
        return 0;
    }
    end
}

fn predefined(name: &str) -> Option<&'static str> {
    Some(match name {
        "amp" => "&",
        "lt" => "<",
        "gt" => ">",
        "quot" => "\"",
        "apos" => "'",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const SPACES: &[Space] = &[("urn:word", "w"), ("urn:strict", "w")];

    fn parse(text: &str) -> Result<Tree, Error> {
        Tree::parse(text.as_bytes(), "word/document.xml", SPACES)
    }

    #[test]
    fn names_have_the_usual_prefix_whatever_the_file_calls_it() {
        let tree =
            parse(r#"<x:p xmlns:x="urn:strict" x:id="1" id="2"><t xmlns="urn:other"/><x:t>a&#x4e00;&amp;</x:t></x:p>"#)
                .unwrap();
        let root = tree.root();
        assert_eq!(
            (root.name(), root.attribute("w:id"), root.attribute("id")),
            ("w:p", Some("1"), Some("2"))
        );
        assert_eq!(root.children().map(Element::name).collect::<Vec<_>>(), ["?:t", "w:t"]);
        assert_eq!(root.text(), "a一&");
    }

    #[test]
    fn text_behind_an_element_is_not_the_text_of_that_element() {
        let tree = parse("<p>a<b>1</b>2<c/>&amp;3</p>").unwrap();
        let inside: Vec<String> = tree
            .root()
            .inside()
            .map(|inside| match inside {
                Inside::Text(text) => text.to_owned(),
                Inside::Element(element) => format!("<{}>", element.text()),
            })
            .collect();
        assert_eq!(inside, ["a", "<1>", "2", "<>", "&3"]);
    }

    #[test]
    fn a_prefix_means_what_the_nearest_element_says() {
        let tree = parse(
            r#"<a:p xmlns:a="urn:word"><a:t/><a:t xmlns:a="urn:other"><a:t/></a:t><a:t/><t xmlns="urn:word" t="1"/><t/></a:p>"#,
        );
        let names: Vec<String> = tree
            .unwrap()
            .root()
            .descendants()
            .map(|t| t.name().to_owned())
            .collect();
        assert_eq!(names, ["w:t", "?:t", "?:t", "w:t", "w:t", "t"]);
    }

    #[test]
    fn elements_that_nobody_reads_are_left_out_with_all_that_is_in_them() {
        let text = r#"<p xmlns="urn:word">a<u b="1"/><u c=">" xmlns="urn:word"><u>1</u><t>2</t></u><u><!--</u>--><t>4</t><t/></u >b<u xmlns=""><t>3</t></u><u><uu></uu></u></p>"#;
        let tree = Tree::parse_without(text.as_bytes(), "a", SPACES, &["w:u"]).unwrap();
        assert_eq!(tree.root().text(), "ab3");
        assert_eq!(
            tree.root().descendants().map(Element::name).collect::<Vec<_>>(),
            ["u", "t"]
        );
        for broken in ["<p xmlns='urn:word'><u><!----><t></u></p>", "<p xmlns='urn:word'><u>"] {
            assert!(Tree::parse_without(broken.as_bytes(), "a", SPACES, &["w:u"]).is_err());
        }
    }

    #[test]
    fn declared_entities_are_neither_expanded_nor_fetched() {
        let text = r#"<!DOCTYPE a [<!ENTITY b "bbbbbbbb"><!ENTITY c "&b;&b;&b;"><!ENTITY d SYSTEM "file:///etc/passwd">]><a>1&c;&d;2</a>"#;
        assert_eq!(parse(text).unwrap().root().text(), "1&c;&d;2");
    }

    #[test]
    fn what_is_broken_or_too_deep_is_an_error_that_names_the_part() {
        let deep = "<a>".repeat(DEPTH + 1) + &"</a>".repeat(DEPTH + 1);
        for (text, what) in [
            ("<a><b></a>", "expected"),
            ("<a><b>", "ends inside"),
            ("", "no XML"),
            ("<a/><b/>", "outermost"),
            (&deep, "nested"),
        ] {
            let error = parse(text).err().unwrap().to_string();
            assert!(
                error.contains("word/document.xml") && error.contains(what),
                "{text:.20}: {error}"
            );
        }
    }

    #[test]
    fn parts_are_read_in_the_encoding_that_they_are_in() {
        let text = "<?xml version=\"1.0\" encoding=\"gb2312\"?><a>年报</a>";
        let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let gbk = encoding_rs::GBK.encode(text).0;
        for bytes in [text.as_bytes(), &wide, &gbk] {
            assert_eq!(Tree::parse(bytes, "a", &[]).unwrap().root().text(), "年报");
        }
    }
}
