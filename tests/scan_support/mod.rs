//! Pictures that are no reports, and files with one picture.

use std::io::{Cursor, Write};

use flate2::Compression;
use flate2::write::ZlibEncoder;
use image::{GrayImage, ImageFormat, Luma};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// Sides of a page in 200 dots an inch.
const PAGE: (u32, u32) = (1654, 2339);

/// SplitMix64.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number from one up to another.
    fn range(&mut self, from: f64, to: f64) -> f64 {
        from + (to - from) * (self.next() >> 11) as f64 / (1u64 << 53) as f64
    }
}

/// A page without ink, of a scanner's paper.
pub fn blank() -> GrayImage {
    let mut random = Random(1);
    GrayImage::from_fn(PAGE.0, PAGE.1, |_, _| Luma([random.range(228.0, 242.0) as u8]))
}

/// Hills, discs and edges with grain, as a photograph has them.
pub fn photo() -> GrayImage {
    let mut random = Random(2);
    let mut waves = Vec::new();
    for _ in 0..40 {
        let length = random.range(12.0, 700.0);
        waves.push((random.range(0.0, 6.3), length, random.range(0.0, 6.3), length.sqrt()));
    }
    let mut discs = Vec::new();
    for _ in 0..80 {
        let place = (random.range(0.0, 1654.0), random.range(0.0, 2339.0));
        discs.push((place, random.range(5.0, 160.0), random.range(-60.0, 60.0)));
    }
    let mut grain = Random(3);
    GrayImage::from_fn(PAGE.0, PAGE.1, |x, y| {
        let (x, y) = (f64::from(x), f64::from(y));
        let wave = |(turn, length, phase, high): &(f64, f64, f64, f64)| {
            high * ((x * turn.cos() + y * turn.sin()) / length + phase).sin()
        };
        let mut tone = 120.0 + waves.iter().map(wave).sum::<f64>() * 0.8 + grain.range(-12.0, 12.0);
        for ((middle_x, middle_y), radius, change) in &discs {
            if (x - middle_x).hypot(y - middle_y) < *radius {
                tone += change;
            }
        }
        Luma([tone.clamp(0.0, 255.0) as u8])
    })
}

/// Lines of strokes of a pen that are no characters, on empty paper or in the cells of a ruled table.
pub fn handwriting(ruled: bool) -> GrayImage {
    let mut random = Random(4);
    let mut page = GrayImage::from_pixel(PAGE.0, PAGE.1, Luma([244]));
    let rows = (200..2200).step_by(90);
    if ruled {
        for y in rows.clone() {
            (100..1540).for_each(|x| page.put_pixel(x, y, Luma([90])));
        }
        for x in (100..=1540).step_by(180) {
            (200..=2180).for_each(|y| page.put_pixel(x, y, Luma([90])));
        }
    }
    for y in rows.take(22) {
        let mut x = 130.0;
        while x < 1480.0 {
            for _ in 0..4 {
                let mut point = || {
                    (
                        x + random.range(-16.0, 30.0),
                        f64::from(y) + 48.0 + random.range(-22.0, 22.0),
                    )
                };
                let points = [point(), point(), point()];
                stroke(&mut page, points);
            }
            x += random.range(34.0, 90.0);
        }
    }
    page
}

/// A curve from a point to another, bent to a third.
fn stroke(page: &mut GrayImage, [from, by, to]: [(f64, f64); 3]) {
    for step in 0..=120 {
        let part = f64::from(step) / 120.0;
        let at = |a: f64, b: f64, c: f64| (1.0 - part).powi(2) * a + 2.0 * part * (1.0 - part) * b + part.powi(2) * c;
        let (x, y) = (at(from.0, by.0, to.0) as u32, at(from.1, by.1, to.1) as u32);
        for (dx, dy) in [(0, 0), (1, 0), (0, 1), (1, 1), (2, 1)] {
            if let Some(pixel) = page.get_pixel_mut_checked(x + dx, y + dy) {
                pixel.0[0] = 40;
            }
        }
    }
}

/// A picture as a file.
pub fn encoded(picture: &GrayImage, format: ImageFormat) -> Vec<u8> {
    let mut file = Cursor::new(Vec::new());
    picture.write_to(&mut file, format).unwrap();
    file.into_inner()
}

/// So many white pixels on each side, black and white, as the lines of a PNG file or as they are.
fn white(side: usize, lines: bool) -> Vec<u8> {
    let mut row = vec![0xff; side.div_ceil(8)];
    if lines {
        row.insert(0, 0);
    }
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
    (0..side).for_each(|_| encoder.write_all(&row).unwrap());
    encoder.finish().unwrap()
}

/// A white square as PNG: a file of some thousand bytes.
pub fn large_png(side: u32) -> Vec<u8> {
    let mut file = b"\x89PNG\r\n\x1a\n".to_vec();
    let mut chunk = |kind: &[u8], content: &[u8]| {
        let body = [kind, content].concat();
        file.extend((content.len() as u32).to_be_bytes());
        file.extend(&body);
        file.extend(crc32fast::hash(&body).to_be_bytes());
    };
    let size = [side.to_be_bytes(), side.to_be_bytes()].concat();
    chunk(b"IHDR", &[size.as_slice(), &[1, 0, 0, 0, 0]].concat());
    chunk(b"IDAT", &white(side as usize, true));
    chunk(b"IEND", b"");
    file
}

/// A JPEG file whose head names sides that large.
pub fn large_jpeg(side: u16) -> Vec<u8> {
    let mut file = encoded(&GrayImage::new(16, 16), ImageFormat::Jpeg);
    let head = file.windows(2).position(|marker| marker == [0xff, 0xc0]).unwrap();
    let size = [side.to_be_bytes(), side.to_be_bytes()].concat();
    file[head + 5..head + 9].copy_from_slice(&size);
    file
}

/// A white square as TIFF, packed by Deflate.
pub fn large_tiff(side: u32) -> Vec<u8> {
    let pixels = white(side as usize, false);
    let entries: [(u16, u16, u32); 9] = [
        (256, 4, side),
        (257, 4, side),
        (258, 3, 1),
        (259, 3, 8),
        (262, 3, 1),
        (273, 4, 8),
        (277, 3, 1),
        (278, 4, side),
        (279, 4, pixels.len() as u32),
    ];
    let mut file = b"II*\0".to_vec();
    file.extend((8 + pixels.len() as u32).to_le_bytes());
    file.extend(&pixels);
    file.extend((entries.len() as u16).to_le_bytes());
    for (tag, kind, value) in entries {
        file.extend(tag.to_le_bytes());
        file.extend(kind.to_le_bytes());
        file.extend(1u32.to_le_bytes());
        file.extend(value.to_le_bytes());
    }
    file.extend([0; 4]);
    file
}

/// A PDF file with a white square on its only page.
pub fn large_pdf(side: u32) -> Vec<u8> {
    let pixels = white(side as usize, false);
    let content = "q 595 0 0 842 0 0 cm /P Do Q";
    let picture = format!(
        "<</Type/XObject/Subtype/Image/Width {side}/Height {side}/ColorSpace/DeviceGray/BitsPerComponent 1/Filter/FlateDecode/Length {}>>\nstream\n",
        pixels.len()
    );
    let objects = [
        b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>".to_vec(),
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</XObject<</P 5 0 R>>>>>>".to_vec(),
        format!("<</Length {}>>\nstream\n{content}\nendstream", content.len()).into_bytes(),
        [picture.as_bytes(), &pixels, b"\nendstream"].concat(),
    ];
    let mut file = b"%PDF-1.4\n".to_vec();
    for (number, object) in (1..).zip(&objects) {
        file.extend(format!("{number} 0 obj\n").bytes());
        file.extend(object);
        file.extend(b"\nendobj\n");
    }
    file.extend(b"trailer\n<</Size 6/Root 1 0 R>>\n%%EOF\n");
    file
}

/// A Word package that shows a picture below a title.
pub fn docx(picture: &[u8]) -> Vec<u8> {
    let text = r#"<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><w:body><w:p><w:r><w:t>2023年政府信息公开工作年度报告</w:t></w:r></w:p><w:p><w:r><w:drawing><a:blip xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" r:embed="b"/></w:drawing></w:r></w:p></w:body></w:document>"#;
    let relations = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="b" Type="x/image" Target="media/image1.png"/></Relationships>"#;
    let parts: [(&str, &[u8]); 4] = [
        ("[Content_Types].xml", b"<Types/>"),
        ("word/document.xml", text.as_bytes()),
        ("word/_rels/document.xml.rels", relations.as_bytes()),
        ("word/media/image1.png", picture),
    ];
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        writer.start_file(name, SimpleFileOptions::default()).unwrap();
        writer.write_all(content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}
