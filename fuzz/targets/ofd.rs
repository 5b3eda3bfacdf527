//! A page of an OFD file, cut, torn and nested at will, which is also its template and its resources.
#![no_main]

use std::io::{Cursor, Write};

use libfuzzer_sys::fuzz_target;
use nianbao_fuzz::{named, read_twice};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const ENTRY: &[u8] = b"<OFD><DocBody><DocRoot>D.xml</DocRoot></DocBody></OFD>";
const DOCUMENT: &[u8] = b"<Document><CommonData><PublicRes>P.xml</PublicRes><TemplatePage ID=\"1\" BaseLoc=\"P.xml\"/></CommonData>\
    <Pages><Page BaseLoc=\"P.xml\"/><Page BaseLoc=\"P.xml\"/></Pages></Document>";

fuzz_target!(|bytes: &[u8]| {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in [("OFD.xml", ENTRY), ("D.xml", DOCUMENT), ("P.xml", bytes)] {
        writer.start_file(name, SimpleFileOptions::default()).expect("a part can be begun");
        writer.write_all(content).expect("a part can be written");
    }
    let file = writer.finish().expect("a package can be ended").into_inner();
    read_twice(&file, &named("report.ofd"));
});
