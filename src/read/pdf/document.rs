//! The pages of a file to one document, and what was noticed on the way.
//!
//! Invariant: a page whose content cannot be trusted gives nothing but a diagnostic.

use hayro_syntax::Pdf;
use hayro_syntax::page::Page;

use super::guard::Stop;
use super::info;
use super::page::Reader;
use crate::diagnostic::{Code, Severity};
use crate::document::Document;
use crate::error::Error;
use crate::read::page::{Codes, Content, Reading};
use crate::read::recognition::{Pictures, Recognition};
use crate::read::scan::Scans;

/// Everything that this reader notices.
pub static CODES: &[&Code] = &[
    &SCANNED,
    &NO_TEXT,
    &END_MISSING,
    &HIDDEN_TEXT,
    &UNMAPPED_TEXT,
    &PAGE_UNREADABLE,
    &WATERMARK,
    &CUT_BY_EDGE,
    &TABLES_JOINED,
    &TABLE_CUT,
];

/// Pages that are pictures.
pub static SCANNED: Code = Code {
    code: "pdf.scanned",
    severity: Severity::Warning,
    english: "The page is a picture of a page, with no text behind it. Nothing on it was read: there is no recognition model (`nianbao ocr-model install`), or `--ocr never` was given.",
    chinese: "该页是扫描图片，没有文字层，未读取任何内容：尚未安装识别模型（nianbao ocr-model install），或使用了 --ocr never。",
};
/// No text at all.
pub static NO_TEXT: Code = Code {
    code: "pdf.no_text",
    severity: Severity::Warning,
    english: "The file shows no characters and no pictures. Its text may have been turned into outlines, which needs character recognition.",
    chinese: "文件中没有任何字符和图片；文字可能已转为轮廓曲线，需要文字识别（OCR）。",
};
/// A file that was cut.
pub static END_MISSING: Code = Code {
    code: "pdf.end_missing",
    severity: Severity::Warning,
    english: "The file does not end as a PDF file does, as after a download that broke off. Pages and parts of pages may be missing; fetch it again.",
    chinese: "文件没有 PDF 应有的结尾，可能下载中断；部分页面或页面内容可能缺失，请重新下载。",
};
/// Text behind a scan.
pub static HIDDEN_TEXT: Code = Code {
    code: "pdf.hidden_text",
    severity: Severity::Warning,
    english: "The page shows no text of its own; what was read is the invisible text that a recognition program put behind the picture. Its figures may be misread: compare them with the picture.",
    chinese: "该页没有可见文字，读取的是识别软件放在图片后面的隐藏文字；数字可能识别有误，请与图片核对。",
};
/// Characters without a name.
pub static UNMAPPED_TEXT: Code = Code {
    code: "pdf.unmapped_text",
    severity: Severity::Warning,
    english: "The fonts of the page do not say which characters some of its glyphs are. They stand as U+FFFD in the text, and a figure that holds one is not read.",
    chinese: "该页字体没有说明部分字形对应的字符；这些位置以 U+FFFD 表示，含有它的数字不予读取。",
};
/// A page that was given up.
pub static PAGE_UNREADABLE: Code = Code {
    code: "pdf.page_unreadable",
    severity: Severity::Error,
    english: "The page is damaged, or takes more work than a document may, and was given up. Nothing on it was read.",
    chinese: "该页已损坏，或所需处理量超出单份文件的上限，已放弃；页面内容均未读取。",
};
/// Text set aslant.
pub static WATERMARK: Code = Code {
    code: "pdf.watermark",
    severity: Severity::Info,
    english: "Text set aslant over the page, as watermarks are, was left out.",
    chinese: "页面上倾斜排列的文字（如水印）未纳入正文。",
};
/// A number that is not all on the page.
pub static CUT_BY_EDGE: Code = Code {
    code: "pdf.cut_by_edge",
    severity: Severity::Warning,
    english: "Numbers run over the edge of the page, as where a table is wider than the paper. Their other digits may not be in the file; they stand as … in the text, and no figure is read.",
    chinese: "有数字超出页面边缘（如表格比纸张宽），其余数位可能不在文件中；文本中以“…”表示，不读取为数字。",
};
/// A table over a page break.
pub static TABLES_JOINED: Code = Code {
    code: "pdf.table_joined",
    severity: Severity::Info,
    english: "Tables that a page break had cut were put together, because their columns agree and nothing stands between them.",
    chinese: "被分页截断的表格已合并：各列边界一致，且中间没有其他内容。",
};
/// A table that is too large.
pub static TABLE_CUT: Code = Code {
    code: "pdf.table_cut",
    severity: Severity::Warning,
    english: "The table has more cells than a table may have; its last rows were left out.",
    chinese: "表格单元格数量超出上限，末尾若干行未读取。",
};

/// What each of them is for pages in general.
static PAGES: Codes = Codes {
    scanned: &SCANNED,
    no_text: &NO_TEXT,
    hidden_text: &HIDDEN_TEXT,
    unmapped_text: &UNMAPPED_TEXT,
    page_unreadable: &PAGE_UNREADABLE,
    watermark: &WATERMARK,
    cut_by_edge: &CUT_BY_EDGE,
    tables_joined: &TABLES_JOINED,
    table_cut: &TABLE_CUT,
};

/// Reads all pages of an open file.
pub(super) fn read(pdf: &Pdf, recognition: &Recognition, pictures: Pictures) -> Result<Document, Error> {
    let pages = pdf.pages();
    if pages.is_empty() {
        return Err(Error::Damaged("no page can be found".into()));
    }
    let mut diagnostics = Vec::new();
    if !has_end(pdf.data().as_ref()) {
        diagnostics.push(END_MISSING.at(None, "the file has no end mark and may have been cut"));
    }
    let mut reader = Reader::new(pdf);
    let mut scans = Scans::new(recognition);
    let mut unread = None;
    let mut pictured = false;
    let mut reading = Reading::new(&PAGES, &mut diagnostics);
    for (number, page) in pages.iter().enumerate() {
        if reader.budget.is_spent() {
            unread = Some(format!(
                "pages {} to {} were not read: the limit for one document is reached",
                number + 1,
                pages.len()
            ));
            break;
        }
        let (mut shown, bounds, broken) = reader.content(page, number);
        let size = (bounds.width(), bounds.height());
        let mut broken = broken.map(|cause| match cause {
            Some(Stop(limit)) => format!("exceeds the limit of {limit}"),
            None => "is damaged".into(),
        });
        if broken.is_none() && scans.wants(&shown) {
            scans.load().map_err(Error::Model)?;
            match recognised(&reader, &mut scans, (page, number), &shown) {
                Ok(recognised) => shown = recognised,
                Err(why) => broken = Some(why),
            }
        } else if broken.is_none() && reader.shows_picture(&shown) {
            pictured = true;
            if pictures == Pictures::All {
                scans.load().map_err(Error::Model)?;
                add_pictures(&reader, &mut scans, (page, number), &mut shown);
            }
        }
        reading.page(shown, size, broken);
    }
    scans.again(&mut reading);
    let mut blocks = reading.finish();
    scans.finish(&mut blocks, &mut diagnostics);
    diagnostics.extend(unread.map(|message| PAGE_UNREADABLE.at(None, message)));
    Ok(Document {
        media_type: "application/pdf".into(),
        blocks,
        diagnostics,
        pages: u32::try_from(pages.len()).ok(),
        title: info::title(pdf),
        properties: info::properties(pdf),
        pictured,
        ..Document::default()
    })
}

/// The page as read from its picture.
#[cfg(feature = "ocr")]
fn recognised<'a>(
    reader: &Reader<'a>,
    scans: &mut Scans,
    (page, number): (&Page<'a>, usize),
    shown: &Content,
) -> Result<Content, String> {
    let (width, height) = page.render_dimensions();
    let size = (f64::from(width), f64::from(height));
    scans.page(number as u32 + 1, reader.picture(page, shown)?, size)
}

/// No page is read from its picture.
#[cfg(not(feature = "ocr"))]
fn recognised<'a>(_: &Reader<'a>, _: &mut Scans, _: (&Page<'a>, usize), _: &Content) -> Result<Content, String> {
    Err("is a picture".into())
}

/// Adds to a page with text what its pictures show.
#[cfg(feature = "ocr")]
fn add_pictures<'a>(reader: &Reader<'a>, scans: &mut Scans, (page, number): (&Page<'a>, usize), shown: &mut Content) {
    let (width, height) = page.render_dimensions();
    let size = (f64::from(width), f64::from(height));
    let number = number as u32 + 1;
    if !matches!(scans.recogniser(), Ok(Some(_))) {
        return scans.not_read(number, size, "shows a picture, which was not read");
    }
    match reader.among_text(page, shown) {
        Ok((picture, wanted)) => scans.add((number, size), picture, wanted, shown),
        Err(why) => scans.not_read(number, size, &why),
    }
}

/// No picture is read.
#[cfg(not(feature = "ocr"))]
fn add_pictures<'a>(_: &Reader<'a>, _: &mut Scans, _: (&Page<'a>, usize), _: &mut Content) {}

/// Whether the mark of the end stands near the end; some programs write a few lines more.
fn has_end(bytes: &[u8]) -> bool {
    const NEAR: usize = 2048;
    let padding = bytes
        .iter()
        .rev()
        .take_while(|byte| matches!(byte, 0 | b'\r' | b'\n' | b' '))
        .count();
    let bytes = &bytes[..bytes.len() - padding];
    let tail = &bytes[bytes.len().saturating_sub(NEAR)..];
    [&b"%%EOF"[..], b"startxref"]
        .iter()
        .any(|mark| tail.windows(mark.len()).any(|window| window == *mark))
}
