//! Characters of RTF: bytes in the code page of their font, and Unicode by number.
//!
//! Invariant: a double byte is decoded as one, however its halves are written (`\'d2\'bb`, `\'81@`).

use std::collections::HashMap;

use encoding_rs::{BIG5, EUC_KR, Encoding, GB18030, SHIFT_JIS, WINDOWS_1250, WINDOWS_1251, WINDOWS_1252};

/// Collects text until it can be decoded.
pub(super) struct Letters {
    /// Code page of the document (`\ansicpg`). Without one Chinese is taken for granted.
    page: &'static Encoding,
    /// Code pages of fonts that have one of their own.
    fonts: HashMap<i32, &'static Encoding>,
    bytes: Vec<u8>,
    /// Code page of `bytes`.
    of_bytes: &'static Encoding,
    units: Vec<u16>,
}

impl Letters {
    /// Nothing collected.
    pub(super) fn new() -> Self {
        Letters {
            page: GB18030,
            fonts: HashMap::new(),
            bytes: Vec::new(),
            of_bytes: GB18030,
            units: Vec::new(),
        }
    }

    /// Takes the code page of the document.
    pub(super) fn set_page(&mut self, page: i32) {
        self.page = match page {
            950 => BIG5,
            932 => SHIFT_JIS,
            949 => EUC_KR,
            1250 => WINDOWS_1250,
            1251 => WINDOWS_1251,
            1252 => WINDOWS_1252,
            _ => GB18030,
        };
    }

    /// Takes the character set of a font (`\fcharset`). Western fonts follow the page of the document: Chinese programs name
    /// them for Chinese text.
    pub(super) fn set_font(&mut self, font: i32, charset: i32) {
        let page = match charset {
            134 => GB18030,
            136 => BIG5,
            128 => SHIFT_JIS,
            129 => EUC_KR,
            204 => WINDOWS_1251,
            238 => WINDOWS_1250,
            _ => return,
        };
        self.fonts.insert(font, page);
    }

    /// Adds a byte in a font. The decoded text so far comes back where the code page changes.
    pub(super) fn byte(&mut self, byte: u8, font: i32) -> Option<String> {
        let page = self.fonts.get(&font).copied().unwrap_or(self.page);
        let before = (!self.units.is_empty() || page != self.of_bytes).then(|| self.flush());
        self.of_bytes = page;
        self.bytes.push(byte);
        before.filter(|text| !text.is_empty())
    }

    /// Adds a UTF-16 unit (`\u`).
    pub(super) fn unit(&mut self, number: i32) -> Option<String> {
        let before = (!self.bytes.is_empty()).then(|| self.flush());
        self.units.push(number as u16);
        before
    }

    /// The text that was collected.
    pub(super) fn flush(&mut self) -> String {
        let mut text = String::from_utf16_lossy(&std::mem::take(&mut self.units));
        if !self.bytes.is_empty() {
            text += &self.of_bytes.decode_without_bom_handling(&self.bytes).0;
            self.bytes.clear();
        }
        text
    }
}

/// The character that a control word stands for.
pub(super) fn named(word: &[u8]) -> Option<&'static str> {
    Some(match word {
        b"tab" => "\t",
        b"line" | b"page" | b"column" | b"lbr" => "\n",
        b"emdash" => "—",
        b"endash" => "–",
        b"lquote" => "‘",
        b"rquote" => "’",
        b"ldblquote" => "“",
        b"rdblquote" => "”",
        b"bullet" => "•",
        b"emspace" | b"enspace" | b"qmspace" => " ",
        _ => return None,
    })
}
