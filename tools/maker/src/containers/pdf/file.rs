//! The objects of a PDF file.
//!
//! Invariant: fonts are named, not embedded, so that a file needs nothing from the machine that makes it; a reader must know
//! the predefined CMaps, as it must for the reports of older office programs.

use anyhow::{Result, bail};
use encoding_rs::GBK;

use crate::containers::paged::{HEIGHT, WIDTH};

/// How text becomes character codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Coding {
    /// GBK bytes, CMap `GBK-EUC-H`.
    Gbk,
    /// UTF-16, CMap `UniGB-UCS2-H`.
    Ucs2,
    /// GBK bytes in a simple TrueType font, as old drivers wrote them; a viewer that has the font shows the characters.
    Simple,
}

impl Coding {
    /// The font's own object.
    fn font(self, name: &str) -> String {
        let cmap = match self {
            Coding::Gbk => "GBK-EUC-H",
            Coding::Ucs2 => "UniGB-UCS2-H",
            Coding::Simple => {
                let widths = "500 ".repeat(256);
                return format!(
                    "<</Type/Font/Subtype/TrueType/BaseFont/{name}/Encoding/WinAnsiEncoding/FirstChar 0/LastChar 255\
                     /Widths[{widths}]/FontDescriptor 5 0 R>>"
                );
            }
        };
        format!("<</Type/Font/Subtype/Type0/BaseFont/{name}/Encoding/{cmap}/DescendantFonts[4 0 R]>>")
    }

    /// Text as a hexadecimal string.
    ///
    /// # Errors
    /// Where the coding does not have a character.
    pub fn hex(self, text: &str) -> Result<String> {
        let bytes: Vec<u8> = match self {
            Coding::Gbk | Coding::Simple => {
                let (bytes, _, lost) = GBK.encode(text);
                if lost {
                    bail!("not in GBK: {text}");
                }
                bytes.into_owned()
            }
            Coding::Ucs2 => text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
        };
        Ok(bytes.iter().map(|byte| format!("{byte:02X}")).collect())
    }
}

/// Puts pages of drawing operators together to a file; `pictures` are objects that each page may draw as `/P0`, `/P1`, ….
pub fn write(pages: &[String], pictures: &[String], coding: Coding, font: &str) -> Vec<u8> {
    let first = 6 + 2 * pages.len();
    let named: String = (0..pictures.len())
        .map(|at| format!("/P{at} {} 0 R", first + at))
        .collect();
    let drawn = if pictures.is_empty() {
        String::new()
    } else {
        format!("/XObject<<{named}>>")
    };
    let kids: Vec<String> = (0..pages.len()).map(|at| format!("{} 0 R", 6 + 2 * at)).collect();
    let mut objects = vec![
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        format!("<</Type/Pages/Kids[{}]/Count {}>>", kids.join(" "), pages.len()),
        coding.font(font),
        // Half-width forms stand in two places of Adobe-GB1: 1–95 and 814–939.
        format!(
            "<</Type/Font/Subtype/CIDFontType2/BaseFont/{font}/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>\
             /FontDescriptor 5 0 R/DW 1000/W[1 95 500 814 939 500]>>"
        ),
        format!(
            "<</Type/FontDescriptor/FontName/{font}/Flags 4/FontBBox[-8 -145 1000 859]/ItalicAngle 0/Ascent 859/Descent -141\
             /CapHeight 700/StemV 80>>"
        ),
    ];
    for (at, page) in pages.iter().enumerate() {
        objects.push(format!(
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 {WIDTH} {HEIGHT}]/Contents {} 0 R/Resources<</Font<</F1 3 0 R>>{drawn}>>>>",
            7 + 2 * at
        ));
        objects.push(format!("<</Length {}>>stream\n{page}\nendstream", page.len() + 1));
    }
    objects.extend_from_slice(pictures);
    let mut out = b"%PDF-1.5\n%\xE2\xE3\xCF\xD3\n".to_vec();
    let mut offsets = Vec::new();
    for (at, object) in objects.iter().enumerate() {
        offsets.push(out.len());
        out.extend(format!("{} 0 obj\n{object}\nendobj\n", at + 1).into_bytes());
    }
    let start = out.len();
    let mut tail = format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for offset in offsets {
        tail += &format!("{offset:010} 00000 n \n");
    }
    tail += &format!(
        "trailer<</Size {}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n",
        objects.len() + 1
    );
    out.extend(tail.into_bytes());
    out
}
