//! Reports as PDF files of our own writing.
//!
//! The containers differ in how the text is coded; the seed chooses how the lines are drawn.

mod draw;
mod file;

use std::io::Write;

use anyhow::Result;
use flate2::Compression;
use flate2::write::ZlibEncoder;
use image::GrayImage;

use self::draw::Rule;
use self::file::Coding;
use super::{Container, Family, paged};
use crate::faults::Faults;
use crate::paper::Paper;
use crate::rng::Rng;

/// Text in GBK, font not embedded.
pub static GBK: Container = Container {
    name: "pdf-gbk",
    family: Family::Pdf,
    extension: "pdf",
    lossy: false,
    counts: false,
    render: |paper, faults, rng| render(paper, faults, rng, Coding::Gbk),
};

/// Text in UTF-16, font not embedded.
pub static UCS2: Container = Container {
    name: "pdf-ucs2",
    family: Family::Pdf,
    extension: "pdf",
    lossy: false,
    counts: false,
    render: |paper, faults, rng| render(paper, faults, rng, Coding::Ucs2),
};

/// Text in GBK, in a simple TrueType font that is not embedded.
pub static SIMPLE: Container = Container {
    name: "pdf-simple-gbk",
    family: Family::Pdf,
    extension: "pdf",
    lossy: false,
    counts: false,
    render: |paper, faults, rng| render(paper, faults, rng, Coding::Simple),
};

fn render(paper: &Paper, faults: &Faults, rng: &mut Rng, coding: Coding) -> Result<Vec<u8>> {
    let rule = *rng.pick(&[Rule::Stroke, Rule::Filled, Rule::Double]);
    let pages = paged::pages(paper, faults, rng);
    let pages: Vec<String> = pages
        .iter()
        .map(|page| draw::page(page, coding, rule))
        .collect::<Result<_>>()?;
    let font = rng.pick(&["SimSun", "FangSong_GB2312", "STSong-Light"]);
    Ok(file::write(&pages, &[], coding, font))
}

/// A picture of tones with its place on a page, from its left and upper side to its right and lower one.
pub(crate) type Picture = ((f64, f64, f64, f64), GrayImage);

/// A file of pages that show text and pictures.
///
/// # Errors
/// Where the coding does not have a character, or a picture cannot be packed.
pub(crate) fn with_pictures(pages: &[(paged::Page, Vec<Picture>)]) -> Result<Vec<u8>> {
    let mut shown = Vec::new();
    let mut objects = Vec::new();
    for (text, pictures) in pages {
        let mut content = draw::page(text, Coding::Ucs2, Rule::Stroke)?;
        for ((x0, y0, x1, y1), picture) in pictures {
            let (across, down, low) = (x1 - x0, y1 - y0, paged::HEIGHT - y1);
            content += &format!(
                "q {across:.2} 0 0 {down:.2} {x0:.2} {low:.2} cm /P{} Do Q\n",
                objects.len()
            );
            objects.push(object(picture)?);
        }
        shown.push(content);
    }
    Ok(file::write(&shown, &objects, Coding::Ucs2, "SimSun"))
}

/// A picture as an object, its bytes as digits.
fn object(picture: &GrayImage) -> Result<String> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(picture.as_raw())?;
    let digits: String = encoder.finish()?.iter().map(|byte| format!("{byte:02X}")).collect();
    let (width, height) = picture.dimensions();
    Ok(format!(
        "<</Type/XObject/Subtype/Image/Width {width}/Height {height}/ColorSpace/DeviceGray/BitsPerComponent 8\
         /Filter[/ASCIIHexDecode/FlateDecode]/Length {}>>stream\n{digits}>\nendstream",
        digits.len() + 1
    ))
}
