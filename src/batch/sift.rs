//! The cheap test: can these bytes be a report at all?
//!
//! Looks at bytes and parses nothing. Invariant: a report is never dropped here. A format with its text in the open must show
//! traces of the words that every report has, in some encoding; a format that compresses its text always passes.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, MatchKind};

use super::document::{Fate, Verdict};

/// Formats that hold no text, by their first bytes.
const PICTURES_AND_OTHERS: &[(&[u8], &str)] = &[
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG", "image/png"),
    (b"GIF8", "image/gif"),
    (b"BM", "image/bmp"),
    (b"II*\0", "image/tiff"),
    (b"MM\0*", "image/tiff"),
    (b"\0\0\x01\0", "image/x-icon"),
    (b"wOFF", "font/woff"),
    (b"wOF2", "font/woff2"),
    (b"OTTO", "font/otf"),
    (b"\0\x01\0\0", "font/ttf"),
    (b"ID3", "audio/mpeg"),
    (b"OggS", "audio/ogg"),
    (b"FLV", "video/x-flv"),
    (b"FWS", "application/x-shockwave-flash"),
    (b"CWS", "application/x-shockwave-flash"),
    (b"\x7fELF", "application/x-executable"),
    (b"MZ", "application/x-msdownload"),
    (b"SQLite format 3\0", "application/vnd.sqlite3"),
    (b"PAR1", "application/vnd.apache.parquet"),
];

/// Archives that could hold reports and that we do not open.
const CLOSED_ARCHIVES: &[(&[u8], &str)] = &[
    (b"Rar!", "application/vnd.rar"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"BZh", "application/x-bzip2"),
    (b"\xfd7zXZ\0", "application/x-xz"),
];

/// A report has one of the first (what it is about) and one of the second (that it is of a year).
const TOPIC: [&str; 2] = ["公开", "公開"];
const YEAR: [&str; 5] = ["年度", "年报", "年報", "报告", "報告"];

struct Words {
    automaton: AhoCorasick,
    /// The first patterns are of the topic.
    topics: usize,
}

static WORDS: LazyLock<Option<Words>> = LazyLock::new(|| {
    let topic: Vec<Vec<u8>> = TOPIC.iter().flat_map(|word| encodings(word)).collect();
    let year: Vec<Vec<u8>> = YEAR.iter().flat_map(|word| encodings(word)).collect();
    let automaton = AhoCorasick::builder()
        .ascii_case_insensitive(true)
        .match_kind(MatchKind::Standard)
        .build(topic.iter().chain(&year))
        .ok()?;
    Some(Words {
        automaton,
        topics: topic.len(),
    })
});

/// The verdict on bytes that cannot be a report; nothing where they can.
pub fn sift(bytes: &[u8]) -> Option<Verdict> {
    let not = |reason: &str, detail: &str| Some(Verdict::new(Fate::NotAReport, reason, detail));
    if bytes.is_empty() {
        return Some(Verdict::unreadable("empty", "the file is empty"));
    }
    if let Some((_, kind)) = CLOSED_ARCHIVES.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return Some(Verdict::new(
            Fate::NoReader,
            kind,
            format!("{kind}: no reader for this format"),
        ));
    }
    if let Some((_, kind)) = PICTURES_AND_OTHERS.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return not(kind, "a format without text");
    }
    if bytes.starts_with(b"RIFF") || bytes.get(4..8) == Some(b"ftyp") {
        return not("media", "a picture, sound or film");
    }
    if is_our_json(bytes) {
        return not(
            "nianbao_json",
            "JSON that nianbao wrote of a report, and no report itself",
        );
    }
    if compresses_its_text(bytes) {
        return None;
    }
    if !has_words(bytes) {
        return not("no_trace", "no trace of 信息公开 and 年度报告 in any encoding");
    }
    None
}

/// PDF, Office and OFD documents: their words cannot be seen from outside.
fn compresses_its_text(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(1024)];
    memchr::memmem::find(head, b"%PDF-").is_some()
        || bytes.starts_with(b"PK\x03\x04")
        || bytes.starts_with(b"\xd0\xcf\x11\xe0")
        || bytes.starts_with(b"{\\rtf")
        // MHTML and mails may hold their text in base64.
        || memchr::memmem::find(head, b"MIME-Version").is_some()
}

/// Whether it begins as the JSON of a report does: the version of its shape, then who wrote it.
fn is_our_json(bytes: &[u8]) -> bool {
    let head = bytes.trim_ascii_start();
    let head = head.strip_prefix(b"[").unwrap_or(head).trim_ascii_start();
    let head: Vec<u8> = head
        .iter()
        .take(200)
        .copied()
        .filter(|byte| !byte.is_ascii_whitespace())
        .collect();
    head.starts_with(br#"{"schema_version":"#)
        && memchr::memmem::find(&head, br#""generator":{"name":"nianbao""#).is_some()
}

fn has_words(bytes: &[u8]) -> bool {
    let Some(words) = WORDS.as_ref() else { return true };
    let (mut topic, mut year) = (false, false);
    for found in words.automaton.find_overlapping_iter(bytes) {
        if found.pattern().as_usize() < words.topics {
            topic = true;
        } else {
            year = true;
        }
        if topic && year {
            return true;
        }
    }
    false
}

/// A word as bytes in every encoding that a page may use.
fn encodings(word: &str) -> Vec<Vec<u8>> {
    let utf16: Vec<u16> = word.encode_utf16().collect();
    let joined = |write: &dyn Fn(u32) -> String| word.chars().map(|c| write(c.into())).collect::<String>().into_bytes();
    let mut forms = vec![
        word.as_bytes().to_vec(),
        utf16.iter().flat_map(|unit| unit.to_le_bytes()).collect(),
        utf16.iter().flat_map(|unit| unit.to_be_bytes()).collect(),
        joined(&|c| format!("&#{c};")),
        joined(&|c| format!("&#x{c:x};")),
        joined(&|c| format!("\\u{c:04x}")),
    ];
    for encoding in [encoding_rs::GB18030, encoding_rs::BIG5] {
        let (bytes, _, lost) = encoding.encode(word);
        if !lost {
            forms.push(bytes.into_owned());
        }
    }
    forms
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_passes_in_every_encoding() {
        let text = "<p>某市政府信息公开工作年度报告</p>";
        let traditional = "<p>政府資訊公開年度報告</p>";
        let (gbk, big5) = (encoding_rs::GBK.encode(text).0, encoding_rs::BIG5.encode(traditional).0);
        let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let entities: String = text.chars().map(|c| format!("&#X{:X};", c as u32)).collect();
        for bytes in [text.as_bytes(), &gbk, &big5, &utf16, entities.as_bytes()] {
            assert_eq!(sift(bytes), None);
        }
    }

    #[test]
    fn what_has_no_trace_of_the_words_is_named() {
        let reason = |bytes: &[u8]| sift(bytes).unwrap().reason.unwrap();
        assert_eq!(reason("<p>天气预报</p>".as_bytes()), "no_trace");
        assert_eq!(reason(b"\x89PNG\r\n"), "image/png");
        assert_eq!(reason(b""), "empty");
        assert_eq!(sift(b"Rar!\x1a").unwrap().fate, Fate::NoReader);
    }
}
