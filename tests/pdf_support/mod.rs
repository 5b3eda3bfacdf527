//! Writes small PDF files for tests: pages of text and lines, in coordinates from the top left.
//!
//! Fonts are never embedded: the Chinese ones are read by their predefined CMaps alone, as older office programs write them.

pub mod crypt;

use std::fmt::Write as _;

/// Page size in points.
pub const WIDTH: f64 = 595.0;
/// Page height in points.
pub const HEIGHT: f64 = 842.0;

/// How the text of a page is encoded.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Font {
    /// GBK-EUC-H.
    Gbk,
    /// UniGB-UCS2-H.
    Unicode,
    /// Helvetica.
    Latin,
}

/// The content of one page.
#[derive(Clone, Default)]
pub struct Page {
    content: String,
    /// Further entries of the page dictionary, such as `/Rotate 90`.
    pub extra: String,
}

impl Page {
    /// An empty page.
    pub fn new() -> Self {
        Page::default()
    }

    /// Text of 10 pt with its baseline 10 pt below `y`, encoded as GBK.
    pub fn text(self, x: f64, y: f64, text: &str) -> Self {
        self.set(Font::Gbk, 10.0, x, y, text)
    }

    /// Text with a font and a size.
    pub fn set(mut self, font: Font, size: f64, x: f64, y: f64, text: &str) -> Self {
        let (name, bytes) = match font {
            Font::Gbk => ("F1", encoding_rs::GBK.encode(text).0.into_owned()),
            Font::Unicode => ("F2", text.encode_utf16().flat_map(u16::to_be_bytes).collect()),
            Font::Latin => ("F3", text.as_bytes().to_vec()),
        };
        let hex = bytes.iter().fold(String::new(), |mut hex, byte| {
            let _ = write!(hex, "{byte:02X}");
            hex
        });
        let _ = writeln!(
            self.content,
            "BT /{name} {size} Tf 1 0 0 1 {x} {} Tm <{hex}> Tj ET",
            HEIGHT - y - size
        );
        self
    }

    /// A stroked line.
    pub fn line(mut self, x0: f64, y0: f64, x1: f64, y1: f64) -> Self {
        let _ = writeln!(self.content, "0.5 w {x0} {} m {x1} {} l S", HEIGHT - y0, HEIGHT - y1);
        self
    }

    /// A filled rectangle.
    pub fn bar(mut self, x: f64, y: f64, width: f64, height: f64) -> Self {
        let _ = writeln!(self.content, "{x} {} {width} {height} re f", HEIGHT - y - height);
        self
    }

    /// A full grid of lines.
    pub fn grid(mut self, xs: &[f64], ys: &[f64]) -> Self {
        for y in ys {
            self = self.line(xs[0], *y, xs[xs.len() - 1], *y);
        }
        for x in xs {
            self = self.line(*x, ys[0], *x, ys[ys.len() - 1]);
        }
        self
    }

    /// A grid with a text in each cell, rows 20 pt high.
    pub fn table(mut self, y: f64, xs: &[f64], rows: &[&[&str]]) -> Self {
        let ys: Vec<f64> = (0..=rows.len()).map(|row| y + 20.0 * row as f64).collect();
        self = self.grid(xs, &ys);
        for (row, texts) in rows.iter().enumerate() {
            for (column, text) in texts.iter().enumerate() {
                self = self.text(xs[column] + 5.0, ys[row] + 4.0, text);
            }
        }
        self
    }

    /// Content operators as they are.
    pub fn raw(mut self, operators: &str) -> Self {
        self.content.push_str(operators);
        self.content.push('\n');
        self
    }

    /// Further entries of the page dictionary.
    pub fn with(mut self, entries: &str) -> Self {
        self.extra.push_str(entries);
        self
    }
}

/// Objects 3, 4 and 5 of every file.
const FONTS: [&str; 3] = [
    "<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/GBK-EUC-H/DescendantFonts[<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>/DW 1000/W[1 95 500 814 907 500]/FontDescriptor<</Type/FontDescriptor/FontName/STSong-Light/Flags 4>>>>]>>",
    "<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>/DW 1000/W[1 95 500 814 907 500]/FontDescriptor<</Type/FontDescriptor/FontName/STSong-Light/Flags 4>>>>]>>",
    "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
];

/// The bytes of a file with these pages.
pub fn file(pages: &[Page]) -> Vec<u8> {
    write(pages, "", None)
}

/// The bytes of a file with an information dictionary, encrypted if a key is given.
pub fn write(pages: &[Page], info: &str, key: Option<&crypt::Key>) -> Vec<u8> {
    let mut objects: Vec<Vec<u8>> = vec![b"<</Type/Catalog/Pages 2 0 R>>".to_vec(), Vec::new()];
    objects.extend(FONTS.iter().map(|font| font.as_bytes().to_vec()));
    let mut kids = String::new();
    for page in pages {
        let number = objects.len() + 1;
        let _ = write!(kids, "{number} 0 R ");
        objects.push(
            format!(
                "<</Type/Page/Parent 2 0 R/MediaBox[0 0 {WIDTH} {HEIGHT}]/Contents {} 0 R/Resources<</Font<</F1 3 0 R/F2 4 0 R/F3 5 0 R>>>>{}>>",
                number + 1,
                page.extra
            )
            .into_bytes(),
        );
        let mut data = page.content.clone().into_bytes();
        if let Some(key) = key {
            data = key.encrypt(number as u32 + 1, &data);
        }
        let mut stream = format!("<</Length {}>>stream\n", data.len()).into_bytes();
        stream.extend(data);
        stream.extend(b"\nendstream");
        objects.push(stream);
    }
    objects[1] = format!("<</Type/Pages/Kids[{kids}]/Count {}>>", pages.len()).into_bytes();
    objects.push(format!("<<{info}>>").into_bytes());
    let trailer = key.map_or(String::new(), crypt::Key::trailer);
    assemble(&objects, &trailer)
}

/// Objects with a cross-reference table; the last one is the information dictionary.
pub fn assemble(objects: &[Vec<u8>], trailer: &str) -> Vec<u8> {
    let mut file = b"%PDF-1.5\n".to_vec();
    let mut table = String::new();
    for (index, object) in objects.iter().enumerate() {
        let _ = writeln!(table, "{:010} 00000 n ", file.len());
        file.extend(format!("{} 0 obj\n", index + 1).bytes());
        file.extend(object);
        file.extend(b"\nendobj\n");
    }
    let start = file.len();
    let size = objects.len() + 1;
    file.extend(format!("xref\n0 {size}\n0000000000 65535 f \n{table}").bytes());
    file.extend(
        format!(
            "trailer<</Size {size}/Root 1 0 R/Info {} 0 R{trailer}>>\nstartxref\n{start}\n%%EOF\n",
            size - 1
        )
        .bytes(),
    );
    file
}
