//! From bytes to text: which character encoding a file is in.
//!
//! The order is byte order mark, hint of the caller, the file's own declaration, the server's, valid UTF-8, detection. The two
//! declarations are believed only as far as the bytes bear them out: pages that say `gb2312` and are UTF-8 are common.
//! Invariant: whatever the bytes, there is a text; only an unknown hint is an error.

use std::borrow::Cow;
use std::str::Utf8Error;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{BIG5, Encoding, GB18030, GBK, UTF_8, UTF_16BE, UTF_16LE};

use super::Hints;
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::error::Error;
use crate::text::set::CharSet;

/// The page says one encoding and is in another.
pub static DECLARATION_WRONG: Code = Code {
    code: "charset.declaration_wrong",
    severity: Severity::Warning,
    english: "The file (or the server) names an encoding that its bytes do not bear out; it was read in the encoding that they \
              do. If the text looks wrong, name the encoding with --encoding.",
    chinese: "文件（或服务器）声明的字符编码与实际字节不符，已按实际编码读取。若文字异常，请用 --encoding 指定编码。",
};

/// Some bytes are no characters in the chosen encoding.
pub static UNDECODABLE: Code = Code {
    code: "charset.undecodable",
    severity: Severity::Warning,
    english: "Some bytes are no characters in the encoding that was used; each stands as U+FFFD in the text.",
    chinese: "部分字节在所用编码中不是有效字符，文中以 U+FFFD 代替。",
};

/// Nothing named the encoding.
pub static DETECTED: Code = Code {
    code: "charset.detected",
    severity: Severity::Info,
    english: "Neither the file nor the caller names an encoding, and the bytes are not UTF-8; the encoding was detected.",
    chinese: "文件和调用方都没有说明字符编码，且内容不是 UTF-8；编码由程序检测得出。",
};

/// All codes of this module.
pub static CODES: &[&Code] = &[&DECLARATION_WRONG, &UNDECODABLE, &DETECTED];

/// How much of a file is searched for its declaration; browsers look at 1024 bytes, real pages put scripts before it.
const DECLARATION_WINDOW: usize = 4096;

/// How many Chinese characters are looked at to tell text from mojibake.
const SAMPLE: usize = 4000;

/// Characters that any Chinese administrative text is full of, simplified and traditional.
static FREQUENT: CharSet = CharSet::new(
    "的一是在有和公开信息政府年行申请工作情况主动本及不为第条件数以依法规理项中对人会部发務開資訊請動條數項會發對為",
);

/// Text, and the encoding that it was in.
#[derive(Debug)]
pub(crate) struct Decoded {
    /// The text, without byte order mark.
    pub text: String,
    /// WHATWG name of the encoding.
    pub encoding: &'static str,
    /// What was noticed.
    pub diagnostics: Vec<Diagnostic>,
}

/// Decodes a file. `declared` is what the file says of itself: see [`declaration`].
///
/// # Errors
/// [`Error::UnknownEncoding`] where the hint names no encoding.
pub(crate) fn decode(bytes: &[u8], hints: &Hints, declared: Option<&str>) -> Result<Decoded, Error> {
    let hint = match &hints.encoding {
        Some(label) => Some(known(label).ok_or_else(|| Error::UnknownEncoding(label.clone()))?),
        None => None,
    };
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        return Ok(decoded(&bytes[length..], encoding, Vec::new()));
    }
    if let Some(encoding) = hint {
        return Ok(decoded(bytes, encoding, Vec::new()));
    }
    if let Some(encoding) = evident_utf16(bytes) {
        return Ok(decoded(bytes, encoding, Vec::new()));
    }
    let named = [declared, hints.http_encoding.as_deref()].into_iter().flatten().next();
    if let Ok(text) = std::str::from_utf8(bytes)
        && (bytes.is_ascii() || named.is_none_or(|label| known(label) == Some(UTF_8)))
    {
        return Ok(whole_utf8(text, Vec::new()));
    }

    let mut diagnostics = Vec::new();
    let labels = [declared, hints.http_encoding.as_deref()];
    for label in labels.into_iter().flatten() {
        // A declaration that could be read as ASCII is not in UTF-16, whatever it says.
        let named = known(label).map(|e| if e == UTF_16LE || e == UTF_16BE { UTF_8 } else { e });
        if let Some(encoding) = named
            && let Some((text, bad)) = borne_out(bytes, encoding)
        {
            return Ok(with_text(text, bad, encoding, diagnostics));
        }
        diagnostics.push(DECLARATION_WRONG.at(None, format!("declared as {label}")));
    }
    if let Some(text) = nearly_utf8(bytes) {
        finish_wrong(&mut diagnostics, UTF_8);
        return Ok(match text {
            Ok(text) => whole_utf8(text, diagnostics),
            Err(_) => decoded(bytes, UTF_8, diagnostics),
        });
    }
    let encoding = detect(bytes);
    if diagnostics.is_empty() {
        diagnostics.push(DETECTED.at(None, format!("detected as {}", encoding.name())));
    }
    finish_wrong(&mut diagnostics, encoding);
    Ok(decoded(bytes, encoding, diagnostics))
}

/// The encoding that a page or XML file names itself, as written: XML declaration, `<meta charset>`, `<meta http-equiv>`.
pub(crate) fn declaration(bytes: &[u8]) -> Option<String> {
    let mut window = bytes[..bytes.len().min(DECLARATION_WINDOW)].to_ascii_lowercase();
    for byte in window.iter_mut().filter(|byte| !byte.is_ascii()) {
        *byte = b'?';
    }
    let window = String::from_utf8(window).ok()?;
    let mut rest = window.trim_start();
    if rest.starts_with("<?xml")
        && let Some(label) = value_after(&rest[..rest.find("?>").unwrap_or(rest.len())], "encoding")
    {
        return Some(label);
    }
    while let Some(start) = rest.find('<') {
        rest = &rest[start..];
        if rest.starts_with("<!--") {
            rest = &rest[rest.find("-->")?..];
        } else if rest.starts_with("<meta") {
            let tag = &rest[..rest.find('>').unwrap_or(rest.len())];
            if let Some(label) = value_after(tag, "charset") {
                return Some(label);
            }
        }
        rest = &rest[1..];
    }
    None
}

/// The value of `name = value` in a tag, with or without quotes, also inside another value (`content="text/html; charset=gbk"`).
fn value_after(tag: &str, name: &str) -> Option<String> {
    let mut rest = tag;
    while let Some(start) = rest.find(name) {
        rest = &rest[start + name.len()..];
        if let Some(value) = rest.trim_start().strip_prefix('=') {
            let value = value.trim_start().trim_start_matches(['"', '\'']);
            let end = value
                .find(|c: char| c.is_whitespace() || "\"';>/?".contains(c))
                .unwrap_or(value.len());
            if end > 0 {
                return Some(value[..end].to_string());
            }
        }
    }
    None
}

/// The encoding of a label. GB 18030 holds all of GB 2312 and GBK, and files that name the older ones use it.
fn known(label: &str) -> Option<&'static Encoding> {
    Encoding::for_label(label.trim().as_bytes()).map(|e| if e == GBK { GB18030 } else { e })
}

fn decoded(bytes: &[u8], encoding: &'static Encoding, diagnostics: Vec<Diagnostic>) -> Decoded {
    let (text, bad) = encoding.decode_without_bom_handling(bytes);
    with_text(text, bad, encoding, diagnostics)
}

/// The same for bytes that are decoded already. `bad` says that some were no characters.
fn with_text(text: Cow<str>, bad: bool, encoding: &'static Encoding, mut diagnostics: Vec<Diagnostic>) -> Decoded {
    if bad {
        let count = text.matches('\u{FFFD}').count();
        let message = format!("{count} places are not valid {}", encoding.name());
        diagnostics.push(UNDECODABLE.at(None, message));
    }
    Decoded {
        text: text.into_owned(),
        encoding: encoding.name(),
        diagnostics,
    }
}

fn whole_utf8(text: &str, diagnostics: Vec<Diagnostic>) -> Decoded {
    Decoded {
        text: text.to_string(),
        encoding: UTF_8.name(),
        diagnostics,
    }
}

/// Completes the messages of the declarations that were not believed.
fn finish_wrong(diagnostics: &mut [Diagnostic], used: &'static Encoding) {
    for diagnostic in diagnostics.iter_mut().filter(|d| d.code == DECLARATION_WRONG.code) {
        diagnostic.message = format!("{}, read as {}", diagnostic.message, used.name());
    }
}

/// UTF-16 without a mark: markup, digits and line breaks leave a zero in every other byte, and one byte order reads well.
fn evident_utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    let window = &bytes[..bytes.len().min(DECLARATION_WINDOW) & !1];
    let zeros = window.iter().filter(|b| **b == 0).count();
    if zeros < (window.len() / 40).max(2) {
        return None;
    }
    // UTF-8 with some zeros in it; characters of several bytes do not come about by chance.
    if std::str::from_utf8(bytes).is_ok_and(|text| !text.is_ascii()) {
        return None;
    }
    let readable = |encoding: &'static Encoding| {
        let text = encoding.decode_without_bom_handling(window).0;
        let known = |c: &char| (c.is_ascii() && *c != '\0') || FREQUENT.has(*c);
        text.chars().filter(known).count()
    };
    let (little, big) = (readable(UTF_16LE), readable(UTF_16BE));
    let enough = window.len() / 2 / 5;
    match (little, big) {
        (little, big) if little >= enough && big * 2 < little => Some(UTF_16LE),
        (little, big) if big >= enough && little * 2 < big => Some(UTF_16BE),
        _ => None,
    }
}

/// Whether bytes may be UTF-8: wholly (also when cut inside the last character), or with so few errors that they were once.
/// The inner `Err` is for text that is not wholly valid.
fn nearly_utf8(bytes: &[u8]) -> Option<Result<&str, Utf8Error>> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Some(Ok(text)),
        Err(error) if error.error_len().is_none() && error.valid_up_to() > 0 => Some(Err(error)),
        Err(error) => {
            let (mut good, mut bad) = (0usize, 0usize);
            for chunk in bytes.utf8_chunks() {
                good += chunk.valid().bytes().filter(|b| *b >= 0xC0).count();
                bad += usize::from(!chunk.invalid().is_empty());
            }
            (good > bad * 50).then_some(Err(error))
        }
    }
}

/// The text of bytes in an encoding that was declared for them, if they read well in it, and whether some are no characters.
fn borne_out<'b>(bytes: &'b [u8], encoding: &'static Encoding) -> Option<(Cow<'b, str>, bool)> {
    if encoding == UTF_8 {
        return nearly_utf8(bytes).map(|_| encoding.decode_without_bom_handling(bytes));
    }
    // Chinese text in another encoding is hardly ever valid UTF-8 by chance.
    if std::str::from_utf8(bytes).is_ok() && bytes.iter().filter(|b| **b >= 0xC0).count() >= 4 {
        return None;
    }
    let (text, bad) = encoding.decode_without_bom_handling(bytes);
    let seen = Look::at(&text);
    let short =
        !bad && seen.chinese < 20 && seen.foreign * 4 <= seen.chinese && (encoding == GB18030 || encoding == BIG5);
    let readable = (seen.replaced * 100 <= seen.chinese) && (seen.foreign * 4 <= seen.chinese);
    let chinese = readable && seen.frequent * 10 >= seen.chinese && seen.chinese > 0;
    let better = || {
        let other = detect(bytes);
        other != encoding && Look::at(&other.decode_without_bom_handling(bytes).0).better_than(&seen)
    };
    (short || chinese || !better()).then_some((text, bad))
}

/// The encoding that bytes are most likely in, where they are not UTF-8.
fn detect(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    // Without the domain: on .cn it would call everything GBK.
    let guess = detector.guess(None, Utf8Detection::Allow);
    let guess = if guess == GBK { GB18030 } else { guess };
    let look = |encoding: &'static Encoding| Look::at(&encoding.decode_without_bom_handling(bytes).0);
    // One damaged byte rules the right encoding out for the detector; the text itself shows which one it was.
    let mut best = (guess, look(guess));
    for encoding in [GB18030, BIG5, UTF_8] {
        let seen = look(encoding);
        if encoding != guess && seen.better_than(&best.1) {
            best = (encoding, seen);
        }
    }
    best.0
}

/// What a decoded text looks like.
struct Look {
    chinese: usize,
    frequent: usize,
    replaced: usize,
    /// Neither Chinese nor its punctuation.
    foreign: usize,
}

impl Look {
    fn at(text: &str) -> Look {
        let mut look = Look {
            chinese: 0,
            frequent: 0,
            replaced: 0,
            foreign: 0,
        };
        for c in text.chars().filter(|c| !c.is_ascii()) {
            match c {
                '\u{FFFD}' => look.replaced += 1,
                '\u{4E00}'..='\u{9FFF}' => {
                    look.chinese += 1;
                    look.frequent += usize::from(FREQUENT.has(c));
                }
                '\u{2010}'..='\u{203F}' | '\u{3000}'..='\u{303F}' | '\u{FF00}'..='\u{FFEF}' | '\u{A0}' => {}
                _ => look.foreign += 1,
            }
            if look.chinese + look.foreign + look.replaced >= SAMPLE {
                break;
            }
        }
        look
    }

    /// Whether this is clearly the better reading: the share of frequent characters at least doubles, and no more is lost.
    fn better_than(&self, other: &Look) -> bool {
        let share =
            |look: &Look| look.frequent as f64 / (look.chinese + look.foreign + look.replaced * 5).max(1) as f64;
        self.frequent > 0 && share(self) > 2.0 * share(other)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const REPORT: &str =
        "青禾县农业农村局2023年政府信息公开工作年度报告。本年度主动公开政府信息36条，依申请公开件数为2件。";

    fn gb(text: &str) -> Vec<u8> {
        GB18030.encode(text).0.into_owned()
    }

    fn plain(bytes: &[u8], declared: Option<&str>) -> Decoded {
        decode(bytes, &Hints::default(), declared).unwrap()
    }

    fn codes(decoded: &Decoded) -> Vec<&str> {
        decoded.diagnostics.iter().map(|d| d.code.as_str()).collect()
    }

    #[test]
    fn the_declaration_is_found_in_every_usual_spelling() {
        for (page, label) in [
            ("<!DOCTYPE html><META CHARSET=GBK>", "gbk"),
            (
                "<meta http-equiv=Content-Type content='text/html; charset=gb2312'>",
                "gb2312",
            ),
            (
                "<meta content=\"text/html; charset = utf-8\" http-equiv=\"x\"/>",
                "utf-8",
            ),
            ("\n<?xml version='1.0' encoding='Big5'?><html>", "big5"),
            (
                "<!-- <meta charset=latin1> --><meta name=charset><meta charset=\"utf-8\">",
                "utf-8",
            ),
        ] {
            assert_eq!(declaration(page.as_bytes()).as_deref(), Some(label), "{page}");
        }
        assert_eq!(declaration("没有声明 charset=gbk <p>".as_bytes()), None);
    }

    #[test]
    fn a_label_of_the_gb_family_reads_as_gb18030() {
        for label in ["gb2312", "GBK", "gb18030", " x-gbk "] {
            let text = format!("{REPORT}㐂");
            let decoded = plain(&gb(&text), Some(label));
            assert_eq!((decoded.encoding, decoded.text.as_str()), ("gb18030", text.as_str()));
            assert!(decoded.diagnostics.is_empty(), "{:?}", decoded.diagnostics);
        }
    }

    #[test]
    fn utf8_declared_as_gbk_is_read_as_utf8_and_said_so() {
        let decoded = plain(REPORT.as_bytes(), Some("gb2312"));
        assert_eq!((decoded.encoding, decoded.text.as_str()), ("UTF-8", REPORT));
        assert_eq!(codes(&decoded), ["charset.declaration_wrong"]);
        assert_eq!(decoded.diagnostics[0].message, "declared as gb2312, read as UTF-8");
    }

    #[test]
    fn gbk_declared_as_utf8_or_latin_is_read_as_gb18030() {
        for label in ["utf-8", "iso-8859-1", "no-such-label"] {
            let decoded = plain(&gb(REPORT), Some(label));
            assert_eq!(
                (decoded.encoding, decoded.text.as_str()),
                ("gb18030", REPORT),
                "{label}"
            );
            assert_eq!(codes(&decoded), ["charset.declaration_wrong"], "{label}");
        }
    }

    #[test]
    fn big5_is_read_declared_undeclared_and_declared_as_gbk() {
        let text =
            "青禾縣農業局2023年政府資訊公開工作年度報告。本年度主動公開政府資訊三十六條,依申請公開的件數為二件。";
        let bytes = BIG5.encode(text).0.into_owned();
        for declared in [Some("big5"), None, Some("gbk")] {
            let decoded = plain(&bytes, declared);
            assert_eq!(
                (decoded.encoding, decoded.text.as_str()),
                ("Big5", text),
                "{declared:?}"
            );
        }
    }

    #[test]
    fn utf8_with_zeros_in_it_is_not_utf16() {
        let text = format!("第三 {}", "1\0".repeat(40));
        assert_eq!(plain(text.as_bytes(), None).text, text);
    }

    #[test]
    fn utf16_is_read_with_and_without_a_mark() {
        let units: Vec<u16> = format!("<html><p>{REPORT}</p>").encode_utf16().collect();
        let little: Vec<u8> = units.iter().flat_map(|u| u.to_le_bytes()).collect();
        let big: Vec<u8> = units.iter().flat_map(|u| u.to_be_bytes()).collect();
        assert_eq!(plain(&little, None).encoding, "UTF-16LE");
        assert_eq!(plain(&big, None).encoding, "UTF-16BE");
        let marked = [&[0xFF, 0xFE], little.as_slice()].concat();
        assert!(plain(&marked, Some("gbk")).text.starts_with("<html><p>青禾县"));
        // A page that can be read as ASCII is not in UTF-16, whatever it declares.
        assert_eq!(plain(REPORT.as_bytes(), Some("utf-16")).encoding, "UTF-8");
    }

    #[test]
    fn the_hint_holds_against_the_declaration_and_must_be_an_encoding() {
        let hint = |label: &str| Hints {
            encoding: Some(label.into()),
            ..Hints::default()
        };
        assert_eq!(decode(&gb(REPORT), &hint("gbk"), Some("utf-8")).unwrap().text, REPORT);
        let error = decode(b"a", &hint("klingon"), None).unwrap_err();
        assert_eq!(error, Error::UnknownEncoding("klingon".into()));
    }

    #[test]
    fn the_server_is_asked_after_the_page() {
        let hints = Hints {
            http_encoding: Some("gbk".into()),
            ..Hints::default()
        };
        assert_eq!(decode(&gb(REPORT), &hints, None).unwrap().text, REPORT);
        assert_eq!(decode(REPORT.as_bytes(), &hints, Some("utf-8")).unwrap().text, REPORT);
    }

    #[test]
    fn a_damaged_byte_does_not_change_the_encoding() {
        let mut bytes = gb(&REPORT.repeat(3));
        bytes.insert(30, 0xFF);
        let decoded = plain(&bytes, None);
        assert_eq!(decoded.encoding, "gb18030");
        assert!(codes(&decoded).contains(&"charset.undecodable"));
        let mut bytes = REPORT.repeat(3).into_bytes();
        bytes.insert(33, 0xFF);
        assert_eq!(plain(&bytes, None).encoding, "UTF-8");
        let cut = &REPORT.as_bytes()[..REPORT.len() - 1];
        assert_eq!(plain(cut, Some("utf-8")).encoding, "UTF-8");
    }

    #[test]
    fn undeclared_gbk_is_detected() {
        let decoded = plain(&gb(REPORT), None);
        assert_eq!((decoded.encoding, decoded.text.as_str()), ("gb18030", REPORT));
        assert_eq!(codes(&decoded), ["charset.detected"]);
    }
}
