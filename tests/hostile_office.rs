//! Files of office programs and packages of pages that nobody meant to be read: they end soon, with a report or a clear error that
//! names the part.
//!
//! `NIANBAO_MUTATIONS=2000 cargo test --test hostile_office` damages more of each container.

#![allow(clippy::expect_used, clippy::unwrap_used)]

mod hostile_support;

use std::io::{Cursor, Read, Write};
use std::time::Duration;

use cfb::CompoundFile;
use hostile_support::{Random, mutate, read_here};
use nianbao::read::Hints;
use nianbao_maker::containers::binary::compound;
use nianbao_maker::{Spec, containers, make};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

/// Containers of office programs and of pages in packages.
const CONTAINERS: &[&str] = &[
    "docx",
    "docx-flat",
    "doc",
    "wps",
    "rtf",
    "odt",
    "odt-flat",
    "ods",
    "mhtml",
    "xlsx",
    "xls",
    "ofd",
    "ofd-printed",
];

/// Streams of a compound file with one of them damaged.
fn with_damaged_stream(random: &mut Random, mut file: CompoundFile<Cursor<&[u8]>>) -> Vec<u8> {
    let names: Vec<String> = file.read_root_storage().map(|entry| entry.name().to_owned()).collect();
    let at = random.below(names.len());
    let mut streams = Vec::new();
    for (index, name) in names.iter().enumerate() {
        let mut content = Vec::new();
        file.open_stream(name).unwrap().read_to_end(&mut content).unwrap();
        if index == at {
            content = mutate(random, &content, &content);
        }
        streams.push((name.as_str(), content));
    }
    compound::file(&streams)
}

/// Parts of a package with one of them damaged; the bytes as they are where the file is no package.
fn damaged(random: &mut Random, bytes: &[u8]) -> Vec<u8> {
    if let Ok(file) = CompoundFile::open(Cursor::new(bytes)) {
        return with_damaged_stream(random, file);
    }
    let Ok(mut archive) = ZipArchive::new(Cursor::new(bytes)) else {
        return mutate(random, bytes, bytes);
    };
    let at = random.below(archive.len());
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..archive.len() {
        let mut member = archive.by_index(index).unwrap();
        let name = member.name().unwrap().into_owned();
        let mut content = Vec::new();
        member.read_to_end(&mut content).unwrap();
        if index == at {
            content = mutate(random, &content, bytes);
        }
        writer.start_file(name, SimpleFileOptions::default()).unwrap();
        writer.write_all(&content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

#[test]
fn mutated_files_end_in_time() {
    let count = std::env::var("NIANBAO_MUTATIONS")
        .ok()
        .and_then(|count| count.parse().ok());
    let mut random = Random(20_261_128);
    for name in CONTAINERS {
        let container = containers::named(name).expect("a container");
        let spec = Spec {
            container: Some(container),
            ..Spec::default()
        };
        let seeds: Vec<_> = (0..3).map(|seed| make(seed, &spec).unwrap()).collect();
        let mut slowest = Duration::ZERO;
        for index in 0..count.unwrap_or(100) {
            let made = &seeds[index % seeds.len()];
            let bytes = if index % 3 == 0 {
                mutate(&mut random, &made.bytes, &seeds[0].bytes)
            } else {
                damaged(&mut random, &made.bytes)
            };
            slowest = slowest.max(read_here(&bytes, &made.file_name));
        }
        assert!(slowest < Duration::from_secs(10), "{name}: {slowest:?}");
    }
}

fn packed(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// A Word package with this text part.
fn word(text: &[u8]) -> Vec<u8> {
    packed(&[("[Content_Types].xml", b"<Types/>"), ("word/document.xml", text)])
}

/// An OFD package whose pages are all one part, with a part of resources and a template.
fn pages(count: usize, page: &[u8], resources: &[u8], template: &[u8]) -> Vec<u8> {
    let entry = b"<OFD><DocBody><DocRoot>D.xml</DocRoot></DocBody></OFD>";
    let listed = r#"<Page BaseLoc="P.xml"/>"#.repeat(count);
    let document = format!(
        r#"<Document><CommonData><PublicRes>R.xml</PublicRes><TemplatePage ID="1" BaseLoc="T.xml"/></CommonData><Pages>{listed}</Pages></Document>"#
    );
    packed(&[
        ("OFD.xml", entry),
        ("D.xml", document.as_bytes()),
        ("P.xml", page),
        ("R.xml", resources),
        ("T.xml", template),
    ])
}

fn layer(objects: &str) -> Vec<u8> {
    format!("<Page><Content><Layer>{objects}</Layer></Content></Page>").into_bytes()
}

#[test]
fn bombs_in_pages_are_errors_that_name_their_part() {
    let mut spaces = b"<a>".to_vec();
    spaces.resize(100 << 20, b' ');
    for (what, page) in [
        ("unpacks to more", spaces),
        ("nested", "<a>".repeat(100_000).into_bytes()),
        (
            "elements",
            "<a>".bytes().chain("<b/>".repeat(2_000_000).bytes()).collect(),
        ),
    ] {
        let bytes = pages(1, &page, b"<Res/>", b"<Page/>");
        assert!(read_here(&bytes, "a.ofd") < Duration::from_secs(10), "{what}");
        let error = nianbao::extract(&bytes, &Hints::default()).unwrap_err().to_string();
        assert!(error.contains("P.xml") && error.contains(what), "{error}");
    }
}

#[test]
fn pages_that_draw_without_end_end_in_time() {
    let use_of = |unit: usize| format!(r#"<CompositeObject ResourceID="{unit}" Boundary="0 0 9 9"/>"#);
    let units: String = (1..40)
        .map(|unit| {
            let inside = use_of(unit + 1).repeat(10);
            format!(r#"<CompositeGraphicUnit ID="{unit}"><Content>{inside}</Content></CompositeGraphicUnit>"#)
        })
        .collect();
    let units = format!("<Res>{units}</Res>").into_bytes();
    let long: String = (0..200_000).map(|at| char::from(b'0' + (at % 10) as u8)).collect();
    let in_one_place = format!(
        r#"<TextObject Boundary="0 0 200 200" Size="3"><TextCode X="9" Y="9" DeltaX="g 4000000000 0">{long}</TextCode></TextObject>"#
    );
    let everywhere: String = (0..60_000)
        .map(|at| {
            let (x, y) = (at % 300, at / 300);
            format!(
                r#"<TextObject Boundary="{}.3 {}.3 9 9" Size="0.5"><TextCode X="0" Y="1">1甲</TextCode></TextObject>"#,
                x % 200,
                y
            )
        })
        .collect();
    let rules: String = (0..90_000)
        .map(|at| format!("M {} {} L {} {} ", at % 200, at % 290, at % 190 + 5, at % 290))
        .collect();
    let rules =
        format!(r#"<PathObject Boundary="0 0 210 297"><AbbreviatedData>{rules}</AbbreviatedData></PathObject>"#);
    let templated = r#"<Page><Template TemplateID="1"/></Page>"#.as_bytes();
    for (what, bytes) in [
        ("units", pages(1, &layer(&use_of(1)), &units, b"<Page/>")),
        ("text", pages(1, &layer(&in_one_place), b"<Res/>", b"<Page/>")),
        ("texts", pages(1, &layer(&everywhere), b"<Res/>", b"<Page/>")),
        ("rules", pages(1, &layer(&rules), b"<Res/>", b"<Page/>")),
        ("template", pages(9_000, templated, b"<Res/>", &layer(&in_one_place))),
        ("pages", pages(400_000, &layer(""), b"<Res/>", b"<Page/>")),
    ] {
        let took = read_here(&bytes, "a.ofd");
        println!("{what}: {took:?}");
        assert!(took < Duration::from_secs(20), "{what}: {took:?}");
    }
}

fn word_body(body: &str) -> Vec<u8> {
    let space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    word(format!(r#"<w:document xmlns:w="{space}"><w:body>{body}</w:body></w:document>"#).as_bytes())
}

#[test]
fn bombs_are_errors_that_name_their_part() {
    let entities = format!(
        r#"<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">{}]><a>&h;</a>"#,
        ('b'..='h')
            .zip('a'..)
            .map(|(this, last)| format!(r#"<!ENTITY {this} "{}">"#, format!("&{last};").repeat(1000)))
            .collect::<String>()
    );
    let mut spaces = b"<a>".to_vec();
    spaces.resize(100 << 20, b' ');
    let deep = "<a>".repeat(100_000);
    for (what, text) in [
        ("unpacks to more", spaces),
        ("nested", deep.into_bytes()),
        ("no text of a Word document", entities.into_bytes()),
        (
            "elements",
            "<a>".bytes().chain("<b/>".repeat(2_000_000).bytes()).collect(),
        ),
    ] {
        let bytes = word(&text);
        assert!(read_here(&bytes, "a.docx") < Duration::from_secs(10), "{what}");
        let error = nianbao::extract(&bytes, &Hints::default()).unwrap_err().to_string();
        assert!(error.contains("word/document.xml") && error.contains(what), "{error}");
    }
}

#[test]
fn tables_without_end_are_cut_and_end_in_time() {
    let cell = r#"<w:tc><w:tcPr><w:gridSpan w:val="2000000000"/><w:vMerge w:val="restart"/></w:tcPr><w:p/></w:tc>"#;
    let row = format!("<w:tr>{}</w:tr>", cell.repeat(20));
    let many = format!("<w:tbl>{}</w:tbl>", row.repeat(5_000));
    let small = format!("<w:tbl><w:tr>{cell}{cell}</w:tr></w:tbl>").repeat(50_000);
    let inside = "<w:tbl><w:tr><w:tc><w:p/></w:tc><w:tc>".repeat(60) + &"</w:tc></w:tr></w:tbl>".repeat(60);
    for body in [many, small, inside] {
        let bytes = word_body(&body);
        assert!(read_here(&bytes, "a.docx") < Duration::from_secs(10));
        assert!(nianbao::extract(&bytes, &Hints::default()).is_ok());
    }
}
