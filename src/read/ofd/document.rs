//! One document of a file: its pages in the order of its own list, with the templates and resources that they draw upon.
//!
//! Invariant: a page is named by the document's list, never by the names of folders; one bad page costs no other page.

use std::collections::HashMap;
use std::rc::Rc;

use kurbo::Rect;

use super::codes::{OBJECT_UNREADABLE, PART_UNREADABLE};
use super::painter::{Drawn, POINTS, Painter};
use super::parts::Parts;
use super::resources::{Resources, Scope};
use super::values::{attribute, child, children, local, rect};
use crate::diagnostic::Diagnostic;
use crate::error::Error;
use crate::read::container::damaged;
use crate::read::container::xml::{Element, Tree};
use crate::read::page::{Content, Full};

/// Most resource parts of a document or a page.
const RESOURCES: usize = 8;
/// Templates that are kept while pages follow each other.
const KEPT: usize = 4;
/// A page whose size is not given or no size: A4, in millimetres.
const A4: Rect = Rect::new(0.0, 0.0, 210.0, 297.0);
/// Largest side of a page in millimetres.
const LARGEST: f64 = 20_000.0;

/// What one page shows.
pub(super) struct Page {
    /// What it draws; nothing where it is broken.
    pub content: Content,
    /// Pictures that it draws, as far as it says where their files are.
    #[cfg_attr(not(feature = "ocr"), allow(dead_code))]
    pub pictures: Vec<Drawn>,
    /// Width and height in points.
    pub size: (f64, f64),
    /// Why it could not be read.
    pub broken: Option<Error>,
}

/// A page of a document or a template: its part and the resources that it brings.
struct Sheet {
    tree: Tree,
    own: Resources,
}

/// One document.
pub(super) struct Document<'p, 'a> {
    parts: &'p Parts<'a>,
    /// Name of its main part.
    root: String,
    tree: Tree,
    common: Resources,
    /// Reference to the part of a template, and its order, by number.
    templates: HashMap<String, (String, Option<String>)>,
    kept: Vec<(String, Rc<Sheet>)>,
    shown: Rect,
}

impl<'p, 'a> Document<'p, 'a> {
    /// Opens the document whose main part a reference in `OFD.xml` means.
    ///
    /// # Errors
    /// Where the main part is missing, damaged or lists no pages.
    pub(super) fn open(parts: &'p Parts<'a>, entry: &str, reference: &str) -> Result<Self, Error> {
        let (root, tree) = parts.referenced(entry, entry, reference)?;
        if child(tree.root(), "Pages").is_none() {
            return Err(damaged(&root, "no list of pages"));
        }
        let common = child(tree.root(), "CommonData");
        let templates = common.into_iter().flat_map(|common| children(common, "TemplatePage"));
        let templates = templates.filter_map(|template| {
            let order = attribute(template, "ZOrder").map(str::to_owned);
            let reference = attribute(template, "BaseLoc")?.to_owned();
            Some((attribute(template, "ID")?.to_owned(), (reference, order)))
        });
        let templates = templates.collect();
        let shown = common
            .and_then(|common| shown(child(common, "PageArea")?))
            .unwrap_or(A4);
        Ok(Document {
            parts,
            root,
            common: Resources::default(),
            templates,
            kept: Vec::new(),
            shown,
            tree,
        })
    }

    /// Takes in the resources that the document names.
    pub(super) fn load(&mut self, notices: &mut Vec<Diagnostic>) {
        let Some(common) = child(self.tree.root(), "CommonData") else {
            return;
        };
        let mut loaded = Resources::default();
        for reference in common.children() {
            if matches!(local(reference), "PublicRes" | "DocumentRes") {
                self.resources(&self.root, &reference.text(), &mut loaded, notices);
            }
        }
        self.common = loaded;
    }

    fn resources(&self, base: &str, reference: &str, into: &mut Resources, notices: &mut Vec<Diagnostic>) {
        if into.count() >= RESOURCES {
            return;
        }
        match self.parts.referenced(base, &self.root, reference) {
            Ok((name, tree)) => into.add(&name, tree),
            Err(error) => notices.push(PART_UNREADABLE.at(None, error.to_string())),
        }
    }

    /// Name of its main part.
    pub(super) fn root(&self) -> &str {
        &self.root
    }

    /// References to the parts of the pages, in order.
    pub(super) fn pages(&self) -> Vec<Option<String>> {
        let list = child(self.tree.root(), "Pages");
        let pages = list.into_iter().flat_map(|list| children(list, "Page"));
        pages
            .map(|page| attribute(page, "BaseLoc").map(str::to_owned))
            .collect()
    }

    /// How many pages have annotations, as far as the list of them can be read.
    pub(super) fn annotated(&self) -> usize {
        let list = child(self.tree.root(), "Annotations").map(Element::text);
        let list = list.and_then(|list| self.parts.referenced(&self.root, &self.root, &list).ok());
        list.map_or(0, |(_, tree)| children(tree.root(), "Page").count())
    }

    /// What one page shows; `number` counts from 1 over the whole file.
    ///
    /// # Errors
    /// Where the file is encrypted: no page will be readable.
    pub(super) fn page(
        &mut self,
        reference: Option<&str>,
        number: usize,
        work: &mut usize,
        notices: &mut Vec<Diagnostic>,
    ) -> Result<Page, Error> {
        let broken = match self.sheet(reference, notices) {
            Ok(sheet) => match self.draw(&sheet, number, work, notices) {
                Ok(page) => return Ok(page),
                Err(Full(limit)) => Error::Limit(limit),
            },
            Err(Error::Locked) => return Err(Error::Locked),
            Err(error) => error,
        };
        Ok(Page {
            content: Content::default(),
            pictures: Vec::new(),
            size: size(self.shown),
            broken: Some(broken),
        })
    }

    /// A part that draws, with the resources that it brings.
    fn sheet(&self, reference: Option<&str>, notices: &mut Vec<Diagnostic>) -> Result<Sheet, Error> {
        let reference = reference.ok_or_else(|| damaged(&self.root, "a page that names no part"))?;
        let (name, tree) = self.parts.referenced(&self.root, &self.root, reference)?;
        let mut own = Resources::default();
        for resource in children(tree.root(), "PageRes") {
            self.resources(&name, &resource.text(), &mut own, notices);
        }
        Ok(Sheet { tree, own })
    }

    /// The templates of a page: those behind it, and those in front.
    fn templates(&mut self, page: Element, notices: &mut Vec<Diagnostic>) -> [Vec<Rc<Sheet>>; 2] {
        let mut found = [Vec::new(), Vec::new()];
        for used in children(page, "Template").take(RESOURCES) {
            let Some(id) = attribute(used, "TemplateID") else {
                continue;
            };
            let order = self.templates.get(id).and_then(|(_, order)| order.as_deref());
            let in_front = attribute(used, "ZOrder").or(order) == Some("Foreground");
            match self.template(id, notices) {
                Ok(sheet) => found[usize::from(in_front)].push(sheet),
                Err(error) => notices.push(PART_UNREADABLE.at(None, error.to_string())),
            }
        }
        found
    }

    fn template(&mut self, id: &str, notices: &mut Vec<Diagnostic>) -> Result<Rc<Sheet>, Error> {
        if let Some((_, kept)) = self.kept.iter().find(|(kept, _)| kept == id) {
            return Ok(kept.clone());
        }
        let missing = || damaged(&self.root, format_args!("template {id} is not listed"));
        let (reference, _) = self.templates.get(id).ok_or_else(missing)?;
        let sheet = Rc::new(self.sheet(Some(reference), notices)?);
        if self.kept.len() >= KEPT {
            self.kept.remove(0);
        }
        self.kept.push((id.to_owned(), sheet.clone()));
        Ok(sheet)
    }

    fn draw(
        &mut self,
        sheet: &Sheet,
        number: usize,
        work: &mut usize,
        notices: &mut Vec<Diagnostic>,
    ) -> Result<Page, Full> {
        let page = sheet.tree.root();
        let shown = child(page, "Area").and_then(shown).unwrap_or(self.shown);
        let [behind, in_front] = self.templates(page, notices);
        let mut painter = Painter::new(shown, work);
        for sheet in behind
            .iter()
            .map(Rc::as_ref)
            .chain([sheet])
            .chain(in_front.iter().map(Rc::as_ref))
        {
            let scope = Scope {
                own: &sheet.own,
                common: &self.common,
            };
            for layer in layers(sheet.tree.root()) {
                painter.layer(layer, scope)?;
            }
        }
        let (content, pictures, lost) = painter.finish();
        if lost > 0 {
            let message = format!("{lost} objects of page {number} cannot be drawn");
            notices.push(OBJECT_UNREADABLE.at(None, message));
        }
        Ok(Page {
            content,
            pictures,
            size: size(shown),
            broken: None,
        })
    }
}

/// The layers of a page from back to front.
fn layers(page: Element) -> Vec<Element> {
    let content = child(page, "Content");
    let mut layers: Vec<Element> = content
        .into_iter()
        .flat_map(|content| children(content, "Layer"))
        .collect();
    layers.sort_by_key(|layer| match attribute(*layer, "Type") {
        Some("Background") => 0,
        Some("Foreground") => 2,
        _ => 1,
    });
    layers
}

/// The box that a page shows, in millimetres, if it is one.
fn shown(area: Element) -> Option<Rect> {
    let named = ["PhysicalBox", "ApplicationBox"].into_iter();
    let mut boxes = named.filter_map(|name| rect(child(area, name)?.text().trim()));
    boxes.find(|shown| {
        let sides = [shown.width(), shown.height()];
        sides.iter().all(|side| (1.0..=LARGEST).contains(side))
    })
}

fn size(shown: Rect) -> (f64, f64) {
    (shown.width() * POINTS, shown.height() * POINTS)
}
