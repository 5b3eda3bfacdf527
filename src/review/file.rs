//! The page of one report as one file: pictures, style sheet and script stand in it.
//!
//! Invariant: the file loads nothing. Its own policy says so to the browser, and lets only its one script run.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use maud::html;
use sha2::{Digest, Sha256};

use super::page::{Assets, ReportPage, SCRIPT, layout};
use super::picture::Picture;
use super::shelf::{Opened, Shelf};
use super::source::{MOST_PAGES, Source, View, WIDTHS};

/// The page of the document of a key.
///
/// # Errors
/// Why there is none, in words.
pub fn single_file(shelf: &Shelf, key: &str) -> Result<String, String> {
    let opened = shelf.open(key)?;
    let pictures = pictures(shelf, &opened);
    let picture = |page: usize, _: u32| pictures.get(page - 1).cloned().unwrap_or_default();
    let frame = match &opened.view {
        Ok(View::Markup(page)) => data("text/html;charset=utf-8", page.as_bytes()),
        _ => String::new(),
    };
    let source = opened.view.as_ref().map(|view| Source {
        view,
        places: &opened.places,
        picture: &picture,
        frame: &frame,
    });
    let page = ReportPage {
        report: &opened.report,
        places: &opened.places,
        source: source.map_err(String::as_str),
        points: None,
        links: html! {},
        decisions: None,
    };
    let hash = STANDARD.encode(Sha256::digest(SCRIPT));
    // A page in a `data:` address is held by the policy of the page around it.
    let policy = format!(
        "default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'sha256-{hash}'; frame-src data:; base-uri 'none'; form-action 'none'"
    );
    Ok(layout("zh", &page.title(), &Assets::Inside { policy }, &page.draw()).into_string())
}

/// Each page as a `data:` address; empty where it cannot be drawn.
fn pictures(shelf: &Shelf, opened: &Opened) -> Vec<String> {
    let pages = match &opened.view {
        Ok(View::Pages(sizes)) => sizes.len().min(MOST_PAGES),
        _ => 0,
    };
    let width = WIDTHS[1];
    let picture = |page| shelf.picture(opened, Picture { page, width });
    (1..=pages)
        .map(|page| picture(page).map_or(String::new(), |png| data("image/png", &png)))
        .collect()
}

fn data(kind: &str, bytes: &[u8]) -> String {
    format!("data:{kind};base64,{}", STANDARD.encode(bytes))
}
