//! What this reader may notice.

use crate::diagnostic::{Code, Severity};
use crate::error::Error;
use crate::read::page::Codes;

/// Everything that this reader notices.
pub static CODES: &[&Code] = &[
    &SCANNED,
    &NO_TEXT,
    &HIDDEN_TEXT,
    &UNMAPPED_TEXT,
    &PAGE_UNREADABLE,
    &WATERMARK,
    &CUT_BY_EDGE,
    &TABLES_JOINED,
    &TABLE_CUT,
    &DOCUMENT_UNREADABLE,
    &VERSION_UNREADABLE,
    &PART_UNREADABLE,
    &OBJECT_UNREADABLE,
    &LEFT_OUT,
];

/// What each of them is for pages in general.
pub(super) static PAGES: Codes = Codes {
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

/// Pages that are pictures.
static SCANNED: Code = Code {
    code: "ofd.scanned",
    severity: Severity::Warning,
    english: "The page is a picture of a page, with no text behind it. Nothing on it was read; it needs character recognition.",
    chinese: "该页是扫描图片，没有文字层，未读取任何内容；需要先做文字识别（OCR）。",
};
/// No text at all.
static NO_TEXT: Code = Code {
    code: "ofd.no_text",
    severity: Severity::Warning,
    english: "The file shows no characters and no pictures. Its text may have been turned into outlines, which needs character recognition.",
    chinese: "文件中没有任何字符和图片；文字可能已转为轮廓曲线，需要文字识别（OCR）。",
};
/// Text behind a scan.
static HIDDEN_TEXT: Code = Code {
    code: "ofd.hidden_text",
    severity: Severity::Warning,
    english: "The page shows no text of its own; what was read is the invisible text that a recognition program put behind the picture. Its figures may be misread: compare them with the picture.",
    chinese: "该页没有可见文字，读取的是识别软件放在图片后面的隐藏文字；数字可能识别有误，请与图片核对。",
};
/// Characters without a name.
static UNMAPPED_TEXT: Code = Code {
    code: "ofd.unmapped_text",
    severity: Severity::Warning,
    english: "The text of the page names some of its characters only by private numbers of its fonts. They stand as U+FFFD in the text, and a figure that holds one is not read.",
    chinese: "该页文字中有些字符只有字体私有的编码；这些位置以 U+FFFD 表示，含有它的数字不予读取。",
};
/// A page that was given up.
pub(super) static PAGE_UNREADABLE: Code = Code {
    code: "ofd.page_unreadable",
    severity: Severity::Error,
    english: "The page is missing, damaged, or too large to be read, and was given up. Nothing on it was read.",
    chinese: "该页缺失、已损坏或过大而无法读取，已放弃；页面内容均未读取。",
};
/// Text set aslant.
static WATERMARK: Code = Code {
    code: "ofd.watermark",
    severity: Severity::Info,
    english: "Text set aslant over the page, as watermarks are, was left out.",
    chinese: "页面上倾斜排列的文字（如水印）未纳入正文。",
};
/// A number that is not all on the page.
static CUT_BY_EDGE: Code = Code {
    code: "ofd.cut_by_edge",
    severity: Severity::Warning,
    english: "Numbers run over the edge of the page, as where a table is wider than the paper. Their other digits may not be in the file; they stand as … in the text, and no figure is read.",
    chinese: "有数字超出页面边缘（如表格比纸张宽），其余数位可能不在文件中；文本中以“…”表示，不读取为数字。",
};
/// A table over a page break.
static TABLES_JOINED: Code = Code {
    code: "ofd.table_joined",
    severity: Severity::Info,
    english: "Tables that a page break had cut were put together, because their columns agree and nothing stands between them.",
    chinese: "被分页截断的表格已合并：各列边界一致，且中间没有其他内容。",
};
/// A table that is too large.
static TABLE_CUT: Code = Code {
    code: "ofd.table_cut",
    severity: Severity::Warning,
    english: "The table has more cells than a table may have; its last rows were left out.",
    chinese: "表格单元格数量超出上限，末尾若干行未读取。",
};
/// One of several documents.
pub(super) static DOCUMENT_UNREADABLE: Code = Code {
    code: "ofd.document_unreadable",
    severity: Severity::Error,
    english: "The file holds several documents, and one of them is damaged; its pages were not read.",
    chinese: "文件包含多个文档，其中一个已损坏，其页面未读取。",
};
/// A version that is missing.
pub(super) static VERSION_UNREADABLE: Code = Code {
    code: "ofd.version_unreadable",
    severity: Severity::Warning,
    english: "The file keeps versions of a document, and its current one is missing or damaged. The document was read as it was before its versions: text and figures may have changed since.",
    chinese: "文件含有文档的多个版本，而当前版本缺失或已损坏；读取的是最初的文档，文字和数字此后可能有改动。",
};
/// Something that pages draw upon.
pub(super) static PART_UNREADABLE: Code = Code {
    code: "ofd.part_unreadable",
    severity: Severity::Warning,
    english: "A part that the pages draw upon (resources or a template) is missing or damaged; what it adds to the pages is missing.",
    chinese: "页面所引用的资源或模板部分缺失或已损坏，其内容未能纳入页面。",
};
/// Text without a place.
pub(super) static OBJECT_UNREADABLE: Code = Code {
    code: "ofd.object_unreadable",
    severity: Severity::Warning,
    english: "Objects of the page say in no readable way where they stand or how large they are, and were left out.",
    chinese: "该页有些图元的位置或大小无法识别，已略去。",
};
/// What lies on the pages.
pub(super) static LEFT_OUT: Code = Code {
    code: "ofd.left_out",
    severity: Severity::Info,
    english: "Seals and annotations lie over the pages; they are no part of the text and were left out.",
    chinese: "页面上的签章和注释不属于正文，未予读取。",
};

/// Why a page was not read, as the end of a sentence about it.
pub(super) fn of_page(error: &Error) -> String {
    match error {
        Error::Limit(limit) => format!("exceeds the limit of {limit}"),
        Error::Damaged(cause) => format!("is damaged: {cause}"),
        error => format!("cannot be read: {error}"),
    }
}
