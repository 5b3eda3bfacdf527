//! References of the article to what is not in the page: attachments, pictures, frames.

use super::tree::{Page, Tag};
use crate::document::{Link, LinkKind, Origin};

/// Endings of files that may hold the report.
const FILES: &[&str] = &[
    "pdf", "doc", "docx", "wps", "xls", "xlsx", "et", "zip", "rar", "7z", "ofd", "ceb", "rtf", "ppt", "pptx",
];
/// Pictures below this width or height, in pixels, hold no table.
const SMALL: u32 = 120;

/// Something that the article refers to.
pub(super) enum Reference {
    /// A file to download.
    File(Link),
    /// A picture that is large enough to hold text.
    Picture(Link),
    /// A page or viewer inside the page.
    Frame(String, Origin),
}

/// What an `a`, `img`, `iframe` or `embed` refers to; nothing for other pages and for icons.
pub(super) fn reference(page: &Page<'_>, index: u32) -> Option<Reference> {
    let node = &page.nodes[index as usize];
    let origin = || Origin::Path(page.path(index));
    let link = |kind, text: String, target: &str| Link {
        kind,
        text,
        target: shorten(target),
        origin: origin(),
    };
    match node.tag {
        Tag::Link => {
            let target = node.attr("href")?.trim();
            let text = page.raw_text(index).split_whitespace().collect::<Vec<_>>().join(" ");
            (is_file(target) || (is_address(target) && is_file(&text)))
                .then(|| Reference::File(link(LinkKind::Attachment, text, target)))
        }
        Tag::Image => {
            let target = address(page, index)?;
            let text = node
                .attr("alt")
                .filter(|alt| !alt.trim().is_empty())
                .or_else(|| node.attr("title"));
            let picture = || link(LinkKind::Picture, text.unwrap_or_default().trim().to_string(), target);
            (!target.is_empty() && !is_small(page, index, target)).then(|| Reference::Picture(picture()))
        }
        Tag::Frame => {
            let target = node.attr("src")?.trim();
            if is_file(target) {
                return Some(Reference::File(link(LinkKind::Attachment, String::new(), target)));
            }
            (is_address(target) && !target.starts_with("about:")).then(|| Reference::Frame(shorten(target), origin()))
        }
        _ => None,
    }
}

/// The address of a picture.
fn address<'a>(page: &Page<'a>, index: u32) -> Option<&'a str> {
    let node = &page.nodes[index as usize];
    let mut named = ["src", "data-src", "data-original", "_src"].iter();
    named.find_map(|name| node.attr(name)).map(str::trim)
}

/// The address of a picture that is written into the page.
pub(super) fn data(page: &Page<'_>, index: u32) -> Option<String> {
    let data = address(page, index).filter(|address| address.starts_with("data:image/"))?;
    Some(data.to_owned())
}

/// Whether an address or a file name names a file that may hold the report; also `download.jsp?file=report.pdf`.
pub(super) fn is_file(target: &str) -> bool {
    if target.len() > 4096 {
        return false;
    }
    target.split(['?', '&', '#']).any(|part| {
        let ending = part
            .trim_end()
            .rsplit_once('.')
            .map(|(_, ending)| ending)
            .unwrap_or_default();
        FILES.iter().any(|file| ending.eq_ignore_ascii_case(file))
    })
}

fn is_address(target: &str) -> bool {
    !target.is_empty() && !target.starts_with('#') && !target.starts_with("javascript:")
}

/// Icons, spacers, counters and emoticons.
fn is_small(page: &Page<'_>, index: u32, target: &str) -> bool {
    let node = &page.nodes[index as usize];
    let side = |name: &str| {
        node.attr(name)
            .and_then(|value| value.trim().trim_end_matches("px").parse::<u32>().ok())
    };
    [side("width"), side("height")]
        .into_iter()
        .flatten()
        .any(|pixels| pixels < SMALL)
        || ["icon", "fileTypeImages", "emotion", "blank.gif", "spacer"]
            .iter()
            .any(|part| target.contains(part))
}

/// A picture inside the page is an address of megabytes; its beginning names it well enough.
fn shorten(target: &str) -> String {
    match target.split_once(',') {
        Some((head, _)) if target.starts_with("data:") => format!("{head},…"),
        _ => target.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_known_by_its_ending_wherever_it_is_named() {
        for target in [
            "./P020240130.PDF",
            "/download?name=年报.docx&id=3",
            "a.wps#page=2",
            "附件：年报.xls",
        ] {
            assert!(is_file(target), "{target}");
        }
        for target in ["index.html", "http://www.example.gov.cn", "javascript:void(0)", ""] {
            assert!(!is_file(target), "{target}");
        }
    }
}
