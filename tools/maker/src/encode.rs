//! Encodings and what a file says of its own.
//!
//! Invariant: a wrong or missing declaration leaves bytes that a human with a browser could still read: bytes that are not
//! valid in the encoding declared, or that are valid UTF-8.

use encoding_rs::{BIG5, Encoding, GB18030, GBK, UTF_8};

use crate::faults::{Fault, Faults};
use crate::rng::Rng;

/// How the text becomes bytes, and what the file says.
#[derive(Clone, Copy, Debug)]
pub struct Charset {
    /// The encoding.
    pub encoding: &'static Encoding,
    /// The label that the file declares.
    pub declared: Option<&'static str>,
}

impl Charset {
    /// For a page.
    pub fn html(faults: &Faults, rng: &mut Rng) -> Self {
        let old = if faults.traditional() { BIG5 } else { GBK };
        let charset = |encoding, declared| Charset { encoding, declared };
        if faults.has(Fault::WrongCharset) {
            return match rng.below(3) {
                0 => charset(UTF_8, Some("gb2312")),
                1 => charset(old, Some("utf-8")),
                _ => charset(UTF_8, Some("iso-8859-1")),
            };
        }
        if faults.has(Fault::NoCharset) {
            return charset(if rng.chance(50) { UTF_8 } else { GBK }, None);
        }
        if faults.has(Fault::KangxiRadicals) {
            return charset(UTF_8, Some("utf-8"));
        }
        match rng.below(8) {
            0 => charset(old, Some(if faults.traditional() { "big5" } else { "gb2312" })),
            1 => charset(GBK, Some("GBK")),
            2 => charset(GB18030, Some("gb18030")),
            3 => charset(UTF_8, Some("UTF-8")),
            _ => charset(UTF_8, Some("utf-8")),
        }
    }

    /// The `<meta>` element that declares it, old or new.
    pub fn meta(&self, old: bool) -> String {
        match self.declared {
            None => String::new(),
            Some(label) if old => format!(r#"<meta http-equiv="Content-Type" content="text/html; charset={label}">"#),
            Some(label) => format!(r#"<meta charset="{label}">"#),
        }
    }

    /// The text as bytes; what the encoding does not have becomes a character reference.
    pub fn encode(&self, text: &str) -> Vec<u8> {
        self.encoding.encode(text).0.into_owned()
    }
}

/// A text file: UTF-8 with or without a mark, or an old encoding where the fault asks for it.
pub fn plain(text: &str, faults: &Faults, rng: &mut Rng) -> Vec<u8> {
    if faults.has(Fault::NoCharset) {
        // GB18030 has every character, so nothing is lost to references that a text file cannot hold.
        return GB18030.encode(text).0.into_owned();
    }
    let mut bytes = if rng.chance(10) {
        vec![0xEF, 0xBB, 0xBF]
    } else {
        Vec::new()
    };
    let lines = if rng.chance(25) {
        text.replace('\n', "\r\n")
    } else {
        text.to_owned()
    };
    bytes.extend_from_slice(lines.as_bytes());
    bytes
}
