//! Reads web archives of one page (MHTML, `.mht`), as browsers, Word and Excel save them.
//!
//! The parts are taken apart and unpacked; each page among them is read as a saved page. Invariant: the bytes of a page are decoded
//! by the rules for pages, not by those for mails: what a page says of its encoding counts.

use mail_parser::decoders::base64::base64_decode;
use mail_parser::decoders::quoted_printable::quoted_printable_decode;
use mail_parser::{Encoding, MessageParser, MessagePart, MimeHeaders, PartType};

use super::{Hints, html};
use crate::document::{Block, Document, Shown};
use crate::error::Error;

/// Most pages of an archive that are read: the page and its frames.
const PAGES: usize = 64;

/// Reads an archive. Frames stand behind the page where that holds no table itself.
///
/// # Errors
/// Where there is no page in it.
pub(super) fn read(bytes: &[u8], hints: &Hints) -> Result<Document, Error> {
    let damaged = || Error::Damaged("web archive: no page in it".into());
    let message = MessageParser::default().parse(bytes).ok_or_else(damaged)?;
    let is_page = |part: &&MessagePart| matches!(part.body, PartType::Html(_));
    let mut document: Option<Document> = None;
    for part in message.parts.iter().filter(is_page).take(PAGES) {
        let page = html::read(&content(bytes, part), &of_part(part, hints))?;
        match &mut document {
            None => document = Some(page),
            Some(first) if has_table(first) => break,
            Some(first) => append(first, page),
        }
    }
    let mut document = document.ok_or_else(damaged)?;
    document.media_type = "multipart/related".into();
    document.title = document
        .title
        .or_else(|| message.subject().map(|title| title.trim().to_owned()));
    Ok(document)
}

/// Calls `work` with what finds the files of the archive by the references of its page.
pub(super) fn with_files<T>(bytes: &[u8], work: impl FnOnce(&super::Files) -> T) -> T {
    let message = MessageParser::default().parse(bytes);
    let parts: Vec<(String, &MessagePart)> = message
        .iter()
        .flat_map(|message| &message.parts)
        .filter(|part| matches!(part.body, PartType::Binary(_) | PartType::InlineBinary(_)))
        .flat_map(|part| names(part).map(move |name| (name, part)))
        .collect();
    work(&|target| {
        let (_, part) = parts.iter().find(|(name, _)| is_meant(name, target))?;
        Some(content(bytes, part))
    })
}

/// What a page may call a part: its address, or its number in the archive.
fn names(part: &MessagePart) -> impl Iterator<Item = String> {
    let location = part.content_location().map(str::to_owned);
    location
        .into_iter()
        .chain(part.content_id().map(|id| format!("cid:{id}")))
}

/// Whether a reference in the page means a part: by its whole name, or as seen from the folder of the page.
fn is_meant(name: &str, target: &str) -> bool {
    let folder = name.strip_suffix(target.trim_start_matches("./"));
    !target.is_empty() && folder.is_some_and(|folder| folder.is_empty() || folder.ends_with('/'))
}

/// The markup of the page and of its frames, each behind what its paths begin with.
///
/// # Errors
/// As for [`read`].
#[cfg(feature = "review")]
pub(super) fn markup(bytes: &[u8], hints: &Hints) -> Result<Vec<(String, String)>, Error> {
    let message = MessageParser::default().parse(bytes);
    let parts = message.iter().flat_map(|message| &message.parts);
    let pages = parts.filter(|part| matches!(part.body, PartType::Html(_)));
    let markups = pages
        .take(PAGES)
        .map(|part| html::markup(&content(bytes, part), &of_part(part, hints)));
    Ok(markups.collect::<Result<Vec<_>, _>>()?.concat())
}

/// The bytes of a part, unpacked; those of a part that is packed wrongly as they are.
fn content(bytes: &[u8], part: &MessagePart) -> Vec<u8> {
    let raw = bytes
        .get(part.offset_body as usize..part.offset_end as usize)
        .unwrap_or_default();
    match part.encoding {
        Encoding::QuotedPrintable => quoted_printable_decode(raw),
        Encoding::Base64 => base64_decode(raw),
        Encoding::None => None,
    }
    .unwrap_or_else(|| raw.to_vec())
}

fn of_part(part: &MessagePart, hints: &Hints) -> Hints {
    let charset = part.content_type().and_then(|kind| kind.attribute("charset"));
    let location = part.content_location().filter(|location| location.starts_with("http"));
    Hints {
        url: hints.url.clone().or(location.map(str::to_owned)),
        http_encoding: charset.map(str::to_owned).or_else(|| hints.http_encoding.clone()),
        ..hints.clone()
    }
}

fn has_table(document: &Document) -> bool {
    document.blocks.iter().any(|block| matches!(block, Block::Grid(_)))
}

fn append(first: &mut Document, page: Document) {
    let (links, blocks) = (first.links.len(), first.blocks.len());
    first.pictures.extend(page.pictures.into_iter().map(|shown| Shown {
        link: shown.link + links,
        before: shown.before + blocks,
        ..shown
    }));
    first.blocks.extend(page.blocks);
    first.links.extend(page.links);
    first.properties.extend(page.properties);
    first.diagnostics.extend(page.diagnostics);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn archive(parts: &[(&str, &str)]) -> Vec<u8> {
        let mut out = String::from(
            "From: <Saved by Blink>\r\nSubject: =?utf-8?Q?t?=\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype=\"text/html\";\r\n\tboundary=\"--b\"\r\n\r\n",
        );
        for (head, body) in parts {
            out += &format!("----b\r\n{head}\r\n\r\n{body}\r\n");
        }
        (out + "----b--\r\n").into_bytes()
    }

    fn texts(bytes: &[u8]) -> Vec<String> {
        let document = read(bytes, &Hints::default()).unwrap();
        let text = |block: &Block| match block {
            Block::Paragraph(paragraph) => paragraph.text.clone(),
            Block::Grid(grid) => grid.cells().iter().map(|cell| cell.text.as_str()).collect(),
        };
        document.blocks.iter().map(text).collect()
    }

    #[test]
    fn a_page_is_unpacked_and_decoded_by_its_own_rules() {
        let page =
            "Content-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\nContent-Location: http://a.cn/x";
        let packed = "<meta charset=3Dgb2312><table><tr><td>=D2=BB<td>=\r\n12</table>";
        let picture = ("Content-Type: image/png\r\nContent-Transfer-Encoding: base64", "AAAA");
        assert_eq!(texts(&archive(&[picture, (page, packed)])), ["一12"]);
    }

    #[test]
    fn frames_are_read_where_the_page_has_no_table() {
        let frame = (
            "Content-Type: text/html; charset=utf-8",
            "<table><tr><td>1<td>2</table>",
        );
        assert_eq!(
            texts(&archive(&[
                ("Content-Type: text/html", "<p>words of the page</p>"),
                frame
            ]))
            .last()
            .unwrap(),
            "12"
        );
        assert_eq!(
            texts(&archive(&[
                frame,
                ("Content-Type: text/html", "<p>an advertisement</p>")
            ])),
            ["12"]
        );
    }

    #[test]
    fn an_archive_without_a_page_is_an_error() {
        let error = read(&archive(&[("Content-Type: image/png", "x")]), &Hints::default()).unwrap_err();
        assert!(error.to_string().contains("no page"), "{error}");
    }
}
