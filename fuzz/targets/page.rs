//! What a page of a PDF file draws: text and ruling lines, in a file that is otherwise whole.
#![no_main]

use libfuzzer_sys::fuzz_target;
use nianbao_fuzz::{extract_twice, named};

const HEAD: &str = "%PDF-1.5
1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj
2 0 obj <</Type/Pages/Kids[3 0 R 3 0 R]/Count 2>> endobj
3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 6 0 R/Resources<</Font<</F1 4 0 R>>>>>> endobj
4 0 obj <</Type/Font/Subtype/Type0/BaseFont/FangSong_GB2312/Encoding/GBK-EUC-H/DescendantFonts[5 0 R]>> endobj
5 0 obj <</Type/Font/Subtype/CIDFontType2/BaseFont/FangSong_GB2312/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)\
/Supplement 2>>/DW 1000/W[1 95 500 814 939 500]>> endobj
";

fuzz_target!(init: nianbao_fuzz::leave_panics_of_others(), |content: &[u8]| {
    let stream = format!("6 0 obj <</Length {}>> stream\n", content.len());
    let tail = b"\nendstream endobj\ntrailer <</Root 1 0 R>>\n%%EOF\n";
    let file = [HEAD.as_bytes(), stream.as_bytes(), content, tail].concat();
    extract_twice(&file, &named("report.pdf"));
});
