//! Reads saved pages of Chinese government sites.
//!
//! decode → [`limit`] → parse once → [`tree`] (flat survey) → [`select`] (the article) → [`flow`] (blocks, properties, links). What a
//! site calls its parts is data: `schema/sites.toml`, compiled by [`sites`]. Invariant: when it is not clear whether something belongs
//! to the article, it is kept.

mod colour;
mod diagnose;
mod embedded;
mod flow;
mod length;
mod limit;
mod links;
mod look;
#[cfg(feature = "review")]
pub(crate) mod place;
mod properties;
mod select;
mod sheet;
mod sites;
mod style;
mod table;
#[cfg(test)]
mod tests;
mod text;
mod tree;

pub(crate) use diagnose::CODES;

use std::sync::LazyLock;

use regex::Regex;
use scraper::Html;

use super::{Hints, charset};
use crate::diagnostic::Diagnostic;
use crate::document::{Block, Document, Grid, Link, Property, Shown};
use crate::error::Error;

/// How often a page may be hidden in the text of another.
const MAX_EMBEDDING: usize = 3;
/// Pages in one file; what stands behind them is part of the last.
const MOST_PAGES: usize = 50;
/// Signals below this weigh nothing: the page shows no article.
const POOR: u32 = 100;

/// Reads an HTML page or a piece of one.
///
/// # Errors
/// Where the hint names no encoding; everything else is a document with diagnostics.
pub(crate) fn read(bytes: &[u8], hints: &Hints) -> Result<Document, Error> {
    let declared = charset::declaration(bytes);
    let decoded = charset::decode(bytes, hints, declared.as_deref())?;
    let part = pages(&decoded.text);
    let mut diagnostics = decoded.diagnostics;
    diagnostics.extend(part.diagnostics);
    diagnose::of_content(&part.blocks, &part.links, &part.pictures, &mut diagnostics);
    Ok(Document {
        media_type: "text/html".into(),
        encoding: Some(decoded.encoding.into()),
        pages: None,
        title: part.title.filter(|title| !title.is_empty()),
        properties: part.properties,
        blocks: part.blocks,
        links: part.links,
        pictures: part.pictures,
        diagnostics,
        ..Document::default()
    })
}

/// Reads the markup of one table that stands in a text.
pub(super) fn table(markup: &str) -> (Vec<Block>, Vec<Diagnostic>) {
    let part = extract(markup, "", 0, true);
    (part.blocks, part.diagnostics)
}

/// Reads a page, or several that were put one behind another; the paths of the second begin with `/html[2]`.
fn pages(markup: &str) -> Part {
    let mut whole = Part::default();
    for (index, page) in split(markup).into_iter().enumerate() {
        let mut part = extract(page, &prefix(index), 0, false);
        let title = part.title.take().filter(|title| !title.is_empty());
        whole.title = whole.title.or(title);
        whole.insert(whole.blocks.len(), part);
    }
    whole
}

/// What the paths of a page begin with, by its place in the file from 0.
fn prefix(index: usize) -> String {
    match index {
        0 => String::new(),
        _ => format!("/html[{}]/body", index + 1),
    }
}

/// The pages in a text: one begins where `<html` stands right behind `</html>`.
fn split(markup: &str) -> Vec<&str> {
    static BETWEEN: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"(?is)</html\s*>((?:\s|\x{feff}|<!doctype[^>]*>|<!--.{0,300}?-->)*<html[\s>])").ok()
    });
    let tags = markup.match_indices('<').map(|(at, _)| &markup.as_bytes()[at..]);
    let begins = |tag: &&[u8]| tag.get(..5).is_some_and(|name| name.eq_ignore_ascii_case(b"<html"));
    // Nearly every file is one page, which needs no pattern.
    if tags.filter(begins).take(2).count() < 2 {
        return vec![markup];
    }
    let mut pages = Vec::new();
    let mut start = 0;
    for found in BETWEEN
        .iter()
        .flat_map(|between| between.captures_iter(markup).take(MOST_PAGES - 1))
    {
        let next = found.get(1).map_or(start, |next| next.start());
        pages.push(&markup[start..next]);
        start = next;
    }
    pages.push(&markup[start..]);
    pages
}

/// The markup of each page as it is parsed, behind what its paths begin with: decoded, and without what would make parsing slow.
///
/// # Errors
/// As for [`read`].
#[cfg(feature = "review")]
pub(crate) fn markup(bytes: &[u8], hints: &Hints) -> Result<Vec<(String, String)>, Error> {
    let decoded = charset::decode(bytes, hints, charset::declaration(bytes).as_deref())?;
    let pages = split(&decoded.text).into_iter().enumerate();
    Ok(pages
        .map(|(index, page)| (prefix(index), limit::tame(page).0.into_owned()))
        .collect())
}

/// What one page, or a page inside a page, holds.
#[derive(Default)]
struct Part {
    title: Option<String>,
    properties: Vec<Property>,
    blocks: Vec<Block>,
    links: Vec<Link>,
    pictures: Vec<Shown>,
    diagnostics: Vec<Diagnostic>,
}

impl Part {
    /// Puts what an embedded page holds where it stands.
    fn insert(&mut self, at: usize, inner: Part) {
        let count = inner.blocks.len();
        for shown in self.pictures.iter_mut().filter(|shown| shown.before > at) {
            shown.before += count;
        }
        let links = self.links.len();
        self.pictures.extend(inner.pictures.into_iter().map(|shown| Shown {
            link: shown.link + links,
            before: shown.before + at,
            ..shown
        }));
        self.links.extend(inner.links);
        self.blocks.splice(at..at, inner.blocks);
        self.properties.extend(inner.properties);
        self.diagnostics.extend(inner.diagnostics);
    }
}

/// Reads markup. `prefix` is the path of the element that it stands in; with `whole`, all of it is article.
fn extract(markup: &str, prefix: &str, depth: usize, whole: bool) -> Part {
    let (markup, tamed) = limit::tame(markup);
    let html = Html::parse_document(&markup);
    let mut page = tree::Page::new(&html, prefix);
    if page.nodes.is_empty() {
        return Part::default();
    }
    let choice = select::choose(&mut page, whole);

    let mut part = Part {
        title: page.title.take(),
        properties: properties::metas(&page),
        ..Part::default()
    };
    if tamed || page.unruly {
        part.diagnostics.push(diagnose::too_complex());
    }
    if depth < MAX_EMBEDDING
        && let Some(text) = embedded::escaped(&page, choice.root, &choice.size)
    {
        let path = page.path(choice.root);
        part.diagnostics.push(diagnose::embedded(&path));
        part.insert(0, extract(&text, &path, depth + 1, false));
        return part;
    }

    let out = flow::run(&page, &choice);
    part.properties.extend(out.properties);
    part.blocks = out.blocks;
    part.links = out.links;
    part.pictures = out.pictures;
    diagnose::of_revealed(&page, choice.revealed, &mut part.diagnostics);
    diagnose::of_unseen(&page, choice.root, &mut part.diagnostics);
    diagnose::of_unsure(&page, choice.root, &mut part.diagnostics);
    diagnose::of_walk(out.cut, out.frames, out.overflow, &mut part.diagnostics);
    let is_report = |block: &Block| matches!(block, Block::Grid(grid) if sites::SITES.evidence(&words(grid)) >= 2);
    if depth < MAX_EMBEDDING && !part.blocks.iter().any(is_report) {
        // From the last to the first, so that the places before stay right.
        for (index, at) in out.embedded.into_iter().rev().take(64) {
            if let Some(text) = embedded::inside(&page, index) {
                let path = page.path(index);
                part.diagnostics.push(diagnose::embedded(&path));
                part.insert(at, extract(&text, &path, depth + 1, true));
            }
        }
        let has_grid = part.blocks.iter().any(|block| matches!(block, Block::Grid(_)));
        if choice.weight < POOR
            && !has_grid
            && let Some((index, text)) = embedded::largest(&page)
        {
            let path = page.path(index);
            part.diagnostics.push(diagnose::embedded(&path));
            part.insert(part.blocks.len(), extract(&text, &path, depth + 1, false));
        }
    }
    drop_repeated_title(&mut part);
    part
}

/// The text of a grid.
fn words(grid: &Grid) -> String {
    grid.cells().iter().map(|cell| cell.text.as_str()).collect()
}

/// The heading above the article goes where the article begins with the same words.
fn drop_repeated_title(part: &mut Part) {
    if let [Block::Paragraph(first), Block::Paragraph(second), ..] = part.blocks.as_mut_slice()
        && first.text == second.text
    {
        second.heading = second.heading.or(first.heading);
        part.blocks.remove(0);
        part.pictures
            .iter_mut()
            .for_each(|shown| shown.before = shown.before.saturating_sub(1));
    }
}
