//! Pictures of pages as a PDF file, a picture a page.

use std::io::Write;

use anyhow::Result;
use fax::encoder::Encoder;
use fax::{Color, VecWriter};
use flate2::Compression;
use flate2::write::ZlibEncoder;
use image::GrayImage;
use image::codecs::jpeg::JpegEncoder;
use image::imageops::{rotate90, rotate180, rotate270};

use super::{Laid, Wear};

/// The file of the pages.
///
/// # Errors
/// Where a picture cannot be packed.
pub fn write(pages: &[GrayImage], dpi: f64, wear: Wear, laid: Laid) -> Result<Vec<u8>> {
    let mut file = b"%PDF-1.4\n".to_vec();
    let mut offsets = Vec::new();
    let mut object = |file: &mut Vec<u8>, head: &str, stream: Option<&[u8]>| {
        offsets.push(file.len());
        file.extend(format!("{} 0 obj\n{head}\n", offsets.len()).bytes());
        if let Some(stream) = stream {
            file.extend(b"stream\n");
            file.extend(stream);
            file.extend(b"\nendstream\n");
        }
        file.extend(b"endobj\n");
    };
    object(&mut file, "<</Type/Catalog/Pages 2 0 R>>", None);
    let kids: String = (0..pages.len()).map(|page| format!("{} 0 R ", 3 + 3 * page)).collect();
    object(
        &mut file,
        &format!("<</Type/Pages/Count {}/Kids[{kids}]>>", pages.len()),
        None,
    );
    for (number, page) in pages.iter().enumerate() {
        let first = 3 + 3 * number;
        let turn = laid.turns.get(number % laid.turns.len().max(1)).copied().unwrap_or(0) % 4;
        let page = &turned(page, turn);
        let (width, height) = page.dimensions();
        let [across, down] = [width, height].map(|pixels| f64::from(pixels) * 72.0 / dpi);
        let head = format!(
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 {across:.2} {down:.2}]/Rotate {}/Contents {} 0 R/Resources<</XObject<</P {} 0 R>>>>>>",
            if laid.told { u32::from((4 - turn) % 4) * 90 } else { 0 },
            first + 1,
            first + 2
        );
        object(&mut file, &head, None);
        let content = format!("q {across:.2} 0 0 {down:.2} 0 0 cm /P Do Q");
        object(
            &mut file,
            &format!("<</Length {}>>", content.len()),
            Some(content.as_bytes()),
        );
        let (filter, parameters, bits, stream) = packed(page, wear)?;
        let head = format!(
            "<</Type/XObject/Subtype/Image/Width {width}/Height {height}/ColorSpace/DeviceGray/BitsPerComponent {bits}/Filter/{filter}{parameters}/Length {}>>",
            stream.len()
        );
        object(&mut file, &head, Some(&stream));
    }
    let start = file.len();
    file.extend(format!("xref\n0 {}\n0000000000 65535 f \n", offsets.len() + 1).bytes());
    offsets
        .iter()
        .for_each(|offset| file.extend(format!("{offset:010} 00000 n \n").bytes()));
    let size = offsets.len() + 1;
    file.extend(format!("trailer\n<</Size {size}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n").bytes());
    Ok(file)
}

/// A page turned by quarters to the right.
fn turned(page: &GrayImage, turn: u8) -> GrayImage {
    match turn {
        0 => page.clone(),
        1 => rotate90(page),
        2 => rotate180(page),
        _ => rotate270(page),
    }
}

/// Filter and its parameters, bits of a pixel and bytes of a picture.
fn packed(page: &GrayImage, wear: Wear) -> Result<(&'static str, String, u8, Vec<u8>)> {
    if !wear.is_bilevel() {
        let mut jpeg = Vec::new();
        JpegEncoder::new_with_quality(&mut jpeg, wear.quality()).encode_image(page)?;
        return Ok(("DCTDecode", String::new(), 8, jpeg));
    }
    if wear == Wear::Telefaxed {
        let (columns, rows) = page.dimensions();
        let parameters = format!("/DecodeParms<</K -1/Columns {columns}/Rows {rows}>>");
        return Ok(("CCITTFaxDecode", parameters, 1, telefaxed(page)?));
    }
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
    for row in page.rows() {
        let tones: Vec<u8> = row.map(|pixel| pixel.0[0]).collect();
        let bits = tones.chunks(8).map(|eight| {
            let bit = |(place, tone): (usize, &u8)| u8::from(*tone > 127) << (7 - place);
            eight.iter().enumerate().map(bit).sum::<u8>()
        });
        encoder.write_all(&bits.collect::<Vec<u8>>())?;
    }
    Ok(("FlateDecode", String::new(), 1, encoder.finish()?))
}

/// A page as fax machines of group 4 send it.
fn telefaxed(page: &GrayImage) -> Result<Vec<u8>> {
    let mut encoder = Encoder::new(VecWriter::new());
    let width = u16::try_from(page.width())?;
    for row in page.rows() {
        let colors = row.map(|pixel| if pixel.0[0] > 127 { Color::White } else { Color::Black });
        let Ok(()) = encoder.encode_line(colors, width);
    }
    let Ok(writer) = encoder.finish();
    Ok(writer.finish())
}
