//! The titles that a document carries, and which of them is that of the report.
//!
//! Invariant: of the titles above the text the one nearest to it is the report's; the others are heard as titles of other reports.

use super::above;
use super::fields::Fields;
use super::grammar::{self, Title};
use super::lines;
use super::page::Page;
use super::weigh::Place;
use crate::document::Origin;
use crate::read::Hints;

/// Names of the field that holds the title.
const TITLE_NAMES: &[&str] = &[
    "ArticleTitle",
    "标题",
    "名称",
    "信息名称",
    "文件名称",
    "公文名称",
    "题名",
];

/// A title and where it stands.
pub(super) struct Placed {
    pub title: Title,
    pub place: Place,
    pub origin: Option<Origin>,
}

/// The titles of a document, the most trusted first.
pub(super) struct Titles {
    pub all: Vec<Placed>,
    /// The first and last line of the title of the report, where it stands nearest to the text.
    pub lines: Option<(usize, usize)>,
    /// Those of the other titles that stand before the body.
    others: Vec<(usize, usize)>,
}

impl Titles {
    /// Those of the text, of the page and of the file name.
    pub fn of(page: &Page, fields: &Fields, hints: &Hints) -> Self {
        let placed = |title, place, origin| Placed { title, place, origin };
        let line = |at: usize| page.front().get(at).map(|line| line.text);
        let origin = |start: usize| Some(page.lines[start].origin.clone());
        let named = fields.all(TITLE_NAMES);
        let mut before = lines::titles(|at| line(at).filter(|_| at < page.before_heading)).collect();
        let mut printed = own_title(&mut before, page.before_sentence);
        if let Some(((.., title), _)) = &mut printed {
            title.complete(named.iter().map(|field| field.value.as_str()));
        }
        let completed = printed
            .as_ref()
            .and_then(|(found, _)| above::with_name_above(page, found));
        if let (Some(completed), Some((found, lines))) = (completed, &mut printed) {
            if *lines == (found.0, found.1) {
                lines.0 = completed.0;
            }
            *found = completed;
        }
        let of_text = |(start, _, title): &lines::Found, place| placed(title.clone(), place, origin(*start));
        let mut all: Vec<Placed> = printed.iter().map(|(found, _)| of_text(found, Place::Title)).collect();
        let mut others = Vec::new();
        for field in named {
            let title = grammar::parse_with_affixes(&field.value);
            others.extend(title.map(|title| placed(title, Place::PageTitle, Some(field.origin.clone()))));
        }
        let of_page = page.document.title.as_deref().and_then(grammar::parse_with_affixes);
        // A browser shows the title in the head of a page; that of a PDF or a Word file stands among its properties.
        let is_property = page.document.media_type.starts_with("application/");
        let place_of_page = if is_property { Place::Property } else { Place::PageTitle };
        others.extend(of_page.map(|title| placed(title, place_of_page, None)));
        let of_file = hints
            .name
            .as_deref()
            .and_then(|name| grammar::parse_with_affixes(stem(name)));
        others.extend(of_file.map(|title| placed(title, Place::FileName, None)));
        let (full, partial): (Vec<_>, Vec<_>) = others.into_iter().partition(|placed| placed.title.is_full());
        let is_named = printed.is_some() || !full.is_empty();
        all.extend(full);
        all.extend(before.iter().map(|found| of_text(found, Place::OtherTitle)));
        if !is_named {
            // Behind the first heading stand the titles of other reports, unless no other is to be found; nor is it that of this report
            // where tables stand before it.
            let later = lines::fullest(lines::titles(line)).filter(|(_, end, _)| !page.has_table_before(*end));
            all.extend(later.map(|found| of_text(&found, Place::LaterTitle)));
        }
        all.extend(partial);
        Titles {
            all,
            lines: printed.map(|(_, lines)| lines),
            others: before.iter().map(|(start, end, _)| (*start, *end)).collect(),
        }
    }

    /// Whether a line is part of a title that stands before the body.
    pub fn holds(&self, at: usize) -> bool {
        let mut lines = self.lines.iter().chain(&self.others);
        lines.any(|(start, end)| (*start..=*end).contains(&at))
    }
}

/// Takes the title of the report out of those before its body, and gives the lines where it stands last. It is the last one before the
/// text, for links to other reports stand above it, or the first full one that the last repeats with its year, where none names another
/// body; behind the first sentence it is the first.
fn own_title(titles: &mut Vec<lines::Found>, before_sentence: usize) -> Option<(lines::Found, (usize, usize))> {
    let above = titles.iter().take_while(|(_, end, _)| *end < before_sentence).count();
    let (own, (start, end, _)) = match titles[..above].last() {
        Some(last) => {
            let full = titles[..above].iter().filter(|(.., title)| title.is_full());
            let one_body = |title: &Title| full.clone().all(|(.., other)| title.may_be_of_one_body(other));
            let is_repeated = |(.., title): &lines::Found| {
                title.is_full() && title.year == last.2.year && title.may_be_one(&last.2) && one_body(title)
            };
            let own = titles[..above].iter().position(is_repeated);
            (own.unwrap_or(above - 1), last)
        }
        None => {
            let fullest = lines::fullest(titles.iter().cloned())?;
            let own = titles.iter().position(|found| *found == fullest)?;
            (own, &titles[own])
        }
    };
    let lines = (*start, *end);
    Some((titles.remove(own), lines))
}

/// A file name without its folders and its extension.
fn stem(name: &str) -> &str {
    let name = name.rsplit(['/', '\\']).next().unwrap_or(name);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}
