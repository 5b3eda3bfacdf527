//! Keeps the parser linear: bounds nesting, attributes and the number of tags before the tree is built.
//!
//! An HTML parser looks through its stack of open elements for many tags, and re-opens unclosed formatting in every block; both are
//! quadratic on hostile input. Browsers cap the depth for the same reason. Invariant: text is never removed, only tags are, and a
//! page that a person could have written comes through untouched.

use std::borrow::Cow;

/// Deepest nesting that is kept.
const MAX_DEPTH: usize = 256;
/// Most formatting elements (`b`, `font`, …) that may be open at a time.
const MAX_FORMATTING: usize = 64;
/// Most attributes of one tag.
const MAX_ATTRIBUTES: usize = 200;
/// Most `html` and `body` tags, whose attributes the parser merges.
const MAX_BODIES: usize = 8;
/// Most elements that a page may come to, re-opened formatting included; the rest of the page is cut.
const MAX_ELEMENTS: usize = 600_000;

/// A tag name: its first seven bytes in lower case, and its length.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Name(u64);

impl Name {
    const fn new(name: &[u8]) -> Name {
        let mut packed = (name.len() & 0xFF) as u64;
        let mut i = 0;
        while i < name.len() && i < 7 {
            packed = packed << 8 | name[i].to_ascii_lowercase() as u64;
            i += 1;
        }
        Name(packed)
    }

    fn is_one_of(self, names: &[Name]) -> bool {
        names.contains(&self)
    }
}

macro_rules! names {
    ($($name:literal)*) => { &[$(Name::new($name)),*] };
}

const VOID: &[Name] = names![b"br" b"img" b"hr" b"meta" b"link" b"input" b"col" b"area" b"base" b"embed" b"param" b"source" b"wbr" b"track"];
const FORMATTING: &[Name] =
    names![b"a" b"b" b"big" b"code" b"em" b"font" b"i" b"nobr" b"s" b"small" b"strike" b"strong" b"tt" b"u"];
const RAW: &[Name] = names![b"script" b"style"];
const BODIES: &[Name] = names![b"html" b"body"];
const CELLS: &[Name] = names![b"td" b"th" b"caption"];
/// Elements whose start tag closes an open one of the same group, and what that does not reach across.
const SELF_CLOSING: &[(&[Name], &[Name])] = &[
    (names![b"p"], names![b"td" b"th" b"table" b"div" b"li"]),
    (names![b"li"], names![b"ul" b"ol" b"table"]),
    (names![b"dt" b"dd"], names![b"dl" b"table"]),
    (names![b"td" b"th"], names![b"table" b"tr"]),
    (names![b"tr"], names![b"table"]),
    (names![b"tbody" b"thead" b"tfoot"], names![b"table"]),
    (names![b"option"], names![b"select"]),
];
/// How far down the stack an end tag is looked for.
const REACH: usize = 64;

/// The page with what would make parsing slow taken out, and whether anything was.
pub(super) fn tame(text: &str) -> (Cow<'_, str>, bool) {
    let mut tamer = Tamer::new(text);
    tamer.run();
    match tamer.out {
        None => (Cow::Borrowed(text), false),
        Some(mut out) => {
            if !tamer.stopped {
                out.push_str(&text[tamer.copied..]);
            }
            (Cow::Owned(out), true)
        }
    }
}

struct Open {
    name: Name,
    /// Formatting that was open outside; a table cell goes back to it when it closes.
    formatting: usize,
}

struct Tamer<'a> {
    text: &'a str,
    bytes: &'a [u8],
    out: Option<String>,
    copied: usize,
    stopped: bool,
    stack: Vec<Open>,
    /// Open formatting: name, and hash of the whole tag, since the parser keeps at most three that are alike.
    formatting: Vec<(Name, u64)>,
    /// Names of dropped start tags, whose end tags are dropped too.
    dropped: Vec<(Name, usize)>,
    bodies: usize,
    elements: usize,
}

impl<'a> Tamer<'a> {
    fn new(text: &'a str) -> Self {
        Tamer {
            text,
            bytes: text.as_bytes(),
            out: None,
            copied: 0,
            stopped: false,
            stack: Vec::new(),
            formatting: Vec::new(),
            dropped: Vec::new(),
            bodies: 0,
            elements: 0,
        }
    }

    fn run(&mut self) {
        let mut at = 0;
        while let Some(start) = self.text[at..].find('<').map(|n| at + n) {
            at = start + 1;
            match self.bytes.get(at) {
                Some(b'!') if self.bytes[at..].starts_with(b"!--") => {
                    at = self.text[at..].find("-->").map_or(self.bytes.len(), |n| at + n + 3);
                }
                Some(b'/') if self.bytes.get(at + 1).is_some_and(u8::is_ascii_alphabetic) => {
                    let name = self.name(at + 1);
                    let end = self.find(at, b'>').map_or(self.bytes.len(), |n| n + 1);
                    if !self.close(name) {
                        self.drop(start, end);
                    }
                    at = end;
                }
                Some(byte) if byte.is_ascii_alphabetic() => {
                    let name = self.name(at);
                    let end = self.tag_end(at);
                    if !self.open(name, start, end) {
                        self.drop(start, end);
                    } else if name.is_one_of(RAW) {
                        at = self.raw_end(end, name);
                        continue;
                    }
                    at = end;
                    if self.elements > MAX_ELEMENTS {
                        self.drop(end, self.bytes.len());
                        self.stopped = true;
                        return;
                    }
                }
                _ => {}
            }
        }
    }

    fn find(&self, from: usize, byte: u8) -> Option<usize> {
        // Byte by byte: what is looked for in a tag is near.
        let rest = self.bytes.get(from..)?;
        rest.iter().position(|b| *b == byte).map(|n| from + n)
    }

    fn name(&self, at: usize) -> Name {
        let rest = &self.bytes[at..];
        let end = rest
            .iter()
            .take(64)
            .position(|b| b.is_ascii_whitespace() || matches!(b, b'>' | b'/'));
        Name::new(&rest[..end.unwrap_or(rest.len().min(64))])
    }

    /// The end of a start tag. Too many attributes are cut on the way.
    fn tag_end(&mut self, start: usize) -> usize {
        let mut at = start;
        let mut attributes = 0;
        let mut cut = None;
        let mut between = false;
        while let Some(&byte) = self.bytes.get(at) {
            match byte {
                b'>' => break,
                b'=' => {
                    at += 1;
                    while self.bytes.get(at).is_some_and(u8::is_ascii_whitespace) {
                        at += 1;
                    }
                    if let Some(&quote @ (b'"' | b'\'')) = self.bytes.get(at) {
                        at = self.find(at + 1, quote).map_or(self.bytes.len(), |n| n + 1);
                        between = true;
                        continue;
                    }
                    continue;
                }
                b'/' | b' ' | b'\t' | b'\n' | b'\r' | 0x0C => between = true,
                _ if between => {
                    between = false;
                    attributes += 1;
                    if attributes > MAX_ATTRIBUTES && cut.is_none() {
                        cut = Some(at);
                    }
                }
                _ => {}
            }
            at += 1;
        }
        if let Some(cut) = cut {
            self.drop(cut, at.min(self.bytes.len()));
        }
        (at + 1).min(self.bytes.len())
    }

    /// The place after the text of a script or style.
    fn raw_end(&self, from: usize, name: Name) -> usize {
        let mut at = from;
        while let Some(next) = self.find(at, b'<') {
            if self.bytes.get(next + 1) == Some(&b'/') && self.name(next + 2) == name {
                return next;
            }
            at = next + 1;
        }
        self.bytes.len()
    }

    /// Notes a start tag; false if it has to go.
    fn open(&mut self, name: Name, start: usize, end: usize) -> bool {
        self.elements += 1;
        if name.is_one_of(VOID) {
            return true;
        }
        if name.is_one_of(BODIES) {
            self.bodies += 1;
            return self.bodies <= MAX_BODIES;
        }
        if let Some((group, fence)) = SELF_CLOSING.iter().find(|(group, _)| name.is_one_of(group)) {
            let last = self.stack.iter().rev().take(REACH);
            let mut reached = last.take_while(|open| !open.name.is_one_of(fence));
            if let Some(depth) = reached.position(|open| open.name.is_one_of(group)) {
                self.pop(depth + 1);
            }
            self.elements += self.formatting.len();
        }
        let full = self.stack.len() >= MAX_DEPTH;
        let formatting = name.is_one_of(FORMATTING);
        if full || (formatting && self.formatting.len() >= MAX_FORMATTING) {
            match self.dropped.iter().position(|(dropped, _)| *dropped == name) {
                Some(known) => self.dropped[known].1 += 1,
                None if self.dropped.len() < REACH => self.dropped.push((name, 1)),
                None => {}
            }
            return false;
        }
        self.stack.push(Open {
            name,
            formatting: self.formatting.len(),
        });
        if formatting {
            let hash = hash(&self.bytes[start..end]);
            if self.formatting.iter().filter(|(_, other)| *other == hash).count() < 3 {
                self.formatting.push((name, hash));
            }
        }
        true
    }

    /// Notes an end tag; false if its start tag was dropped.
    fn close(&mut self, name: Name) -> bool {
        if let Some((_, count)) = self
            .dropped
            .iter_mut()
            .find(|(dropped, count)| *dropped == name && *count > 0)
        {
            *count -= 1;
            return false;
        }
        if let Some(depth) = self.stack.iter().rev().take(REACH).position(|open| open.name == name) {
            self.pop(depth + 1);
        }
        if name.is_one_of(FORMATTING)
            && let Some(last) = self.formatting.iter().rposition(|(open, _)| *open == name)
        {
            self.formatting.remove(last);
        }
        true
    }

    fn pop(&mut self, count: usize) {
        for open in self.stack.drain(self.stack.len() - count..).rev() {
            if open.name.is_one_of(CELLS) {
                self.formatting.truncate(open.formatting);
            }
        }
    }

    fn drop(&mut self, start: usize, end: usize) {
        let out = self.out.get_or_insert_default();
        out.push_str(&self.text[self.copied..start]);
        self.copied = end;
    }
}

fn hash(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_ordinary_page_is_not_touched() {
        let page = "<table><tr><td><p>一<p>二<td>三<tr><td>四</table><script>if(a<b)'<div>'</script>".repeat(300);
        assert!(matches!(tame(&page), (Cow::Borrowed(_), false)));
        let unclosed = "<p><font color=red>文字<p><span>文字".repeat(3000);
        assert!(!tame(&unclosed).1);
    }

    #[test]
    fn deep_nesting_is_flattened_and_the_text_stays() {
        let page = format!("{}文字{}尾", "<div>".repeat(100_000), "</div>".repeat(100_000));
        let (tamed, cut) = tame(&page);
        assert!(cut);
        assert_eq!(tamed.matches("<div>").count(), MAX_DEPTH);
        assert_eq!(tamed.matches("</div>").count(), MAX_DEPTH);
        assert!(tamed.ends_with("尾") && tamed.contains("文字"));
    }

    #[test]
    fn a_tag_keeps_its_first_attributes() {
        let page = format!(
            "<p {}>文</p>",
            (0..5000).map(|n| format!("a{n}='>' ")).collect::<String>()
        );
        let (tamed, cut) = tame(&page);
        assert!(cut && tamed.len() < 3000 && tamed.ends_with(">文</p>"), "{tamed}");
    }
}
