//! Pictures inside documents can be had for what reads scans: each file once, with the place where it stands.

#![allow(missing_docs, clippy::unwrap_used)]

use std::io::{Cursor, Write};

use nianbao::document::Origin;
use nianbao::read::{Hints, pictures};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// Name, bytes and place of each picture of a file.
fn found(bytes: &[u8], name: &str) -> Vec<(String, Vec<u8>, Origin)> {
    let hints = Hints {
        name: Some(name.into()),
        ..Hints::default()
    };
    let pictures = pictures(bytes, &hints).unwrap().unwrap();
    pictures
        .into_iter()
        .map(|picture| (picture.name, picture.bytes, picture.origin))
        .collect()
}

fn packed(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

#[test]
fn of_a_word_package() {
    let picture = |id: &str| {
        format!(
            r#"<w:p><w:r><w:drawing><a:blip xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" r:embed="{id}"/></w:drawing></w:r></w:p>"#
        )
    };
    let text = format!(
        r#"<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><w:body><w:p><w:r><w:t>扫描件</w:t></w:r></w:p>{}{}{}</w:body></w:document>"#,
        picture("b"),
        picture("gone"),
        picture("b")
    );
    let relations = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="b" Type="x/image" Target="media/image1.png"/><Relationship Id="gone" Type="x/image" Target="media/image2.png"/></Relationships>"#;
    let bytes = packed(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("word/document.xml", text.as_bytes()),
        ("word/_rels/document.xml.rels", relations.as_bytes()),
        ("word/media/image1.png", b"PNG 1"),
        ("word/media/unused.png", b"PNG 0"),
    ]);
    let place = Origin::paragraph(2);
    assert_eq!(
        found(&bytes, "a.docx"),
        [("word/media/image1.png".into(), b"PNG 1".to_vec(), place)]
    );
}

#[test]
fn of_a_web_archive() {
    let page = "<html><body><h1>2023年年度报告</h1><div class=\"TRS_Editor\"><p>一、总体情况</p><p>全文如下，共两页，均为扫描件，请查看图片。</p>\
        <p><img src=\"a.files/1.png\"></p><p><img src=\"cid:two@x\"></p><p><img src=\"http://a.cn/outside.png\"></p></div></body></html>";
    let parts = [
        (
            "Content-Type: text/html; charset=utf-8\r\nContent-Location: file:///C:/a.htm",
            page,
        ),
        (
            "Content-Type: image/png\r\nContent-Transfer-Encoding: base64\r\nContent-Location: file:///C:/a.files/1.png",
            "UE5HIDE=",
        ),
        (
            "Content-Type: image/png\r\nContent-Transfer-Encoding: base64\r\nContent-ID: <two@x>",
            "UE5HIDI=",
        ),
    ];
    let mut file = String::from("MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=\"b\"\r\n\r\n");
    for (head, body) in parts {
        file += &format!("--b\r\n{head}\r\n\r\n{body}\r\n");
    }
    file += "--b--\r\n";
    let found = found(file.as_bytes(), "a.mht");
    let files: Vec<(&str, &[u8])> = found
        .iter()
        .map(|(name, bytes, _)| (name.as_str(), bytes.as_slice()))
        .collect();
    assert_eq!(
        files,
        [("file:///C:/a.files/1.png", &b"PNG 1"[..]), ("cid:two@x", b"PNG 2")]
    );
    assert!(
        found.iter().all(|(.., origin)| matches!(origin, Origin::Path(_))),
        "{found:?}"
    );
}

#[test]
fn of_an_ofd_file() {
    let page = |resource: u32| {
        format!(
            r#"<Page><Content><Layer><ImageObject Boundary="0 0 210 297" ResourceID="{resource}"/></Layer></Content></Page>"#
        )
    };
    let resources = r#"<Res BaseLoc="Res"><MultiMedias><MultiMedia ID="7" Type="Image"><MediaFile>Scan.jpg</MediaFile></MultiMedia>
        <MultiMedia ID="8" Type="Image"><MediaFile>None.jpg</MediaFile></MultiMedia></MultiMedias></Res>"#;
    let document = r#"<Document><CommonData><PageArea><PhysicalBox>0 0 210 297</PhysicalBox></PageArea><DocumentRes>R.xml</DocumentRes></CommonData>
        <Pages><Page BaseLoc="P/8.xml"/><Page BaseLoc="P/7.xml"/><Page BaseLoc="P/7.xml"/></Pages></Document>"#;
    let (seven, eight) = (page(7), page(8));
    let bytes = packed(&[
        ("OFD.xml", b"<OFD><DocBody><DocRoot>D/D.xml</DocRoot></DocBody></OFD>"),
        ("D/D.xml", document.as_bytes()),
        ("D/R.xml", resources.as_bytes()),
        ("D/P/7.xml", seven.as_bytes()),
        ("D/P/8.xml", eight.as_bytes()),
        ("D/Res/Scan.jpg", b"JPEG"),
    ]);
    let found = found(&bytes, "a.ofd");
    let place = Origin::page(2, [0.0, 0.0, 595.28, 841.89]);
    assert_eq!(found, [("D/Res/Scan.jpg".into(), b"JPEG".to_vec(), place)]);
}

#[test]
fn a_format_without_parts_has_none_of_them() {
    assert_eq!(pictures("一、总体情况".as_bytes(), &Hints::default()), Ok(None));
}
