//! What can be noticed while pages are read from their pictures.

use crate::diagnostic::{Code, Severity};
use crate::read::page::Codes;

/// All of them.
pub static CODES: &[&Code] = &[
    &RECOGNISED,
    &DOUBTFUL,
    &UNREAD,
    &POOR,
    &REFUSED,
    &NO_TEXT,
    &TABLES_JOINED,
    &TABLE_CUT,
    &PICTURE_UNREAD,
    &PICTURE_LEFT,
];

/// Pages read from pictures.
pub static RECOGNISED: Code = Code {
    code: "scan.recognised",
    severity: Severity::Warning,
    english: "The page is a picture, and its text was recognised by a model. Places carry how likely the reading is (`confidence`). A digit that is not sure stands as U+FFFD, and no figure is read from it; a sure one can still be wrong, so compare what matters with the picture.",
    chinese: "该页是图片，文字由识别模型读出；origin 中的 confidence 表示可信程度。不确定的数字以 U+FFFD 表示，不读取为数值；确定的数字仍可能有误，重要数据请与图片核对。",
};
/// Readings that differ.
pub static DOUBTFUL: Code = Code {
    code: "scan.doubtful",
    severity: Severity::Warning,
    english: "A cell was read twice, freely and as a number, and the two readings differ, or a digit is not sure. The message names both; neither is taken as the figure.",
    chinese: "该单元格按自由文字和按数字各识别一次，两次结果不同，或某位数字不确定；消息中列出两种结果，均不作为数值采用。",
};
/// A character that gave no text.
pub static UNREAD: Code = Code {
    code: "scan.unread",
    severity: Severity::Warning,
    english: "A character of a text was not read: the model does not know it, as a rare one of a name, or is not sure of it. U+FFFD stands in its place, and no name or number with one is taken.",
    chinese: "文字中有一个字符未能识别：模型不含该字（如地名中的生僻字），或不能确定。该处以 U+FFFD 表示，含有它的名称和数字不予采用。",
};
/// A page that shows too little.
pub static POOR: Code = Code {
    code: "scan.poor",
    severity: Severity::Warning,
    english: "More than a quarter of the numbers on the page is doubtful: it is too small, blurred or worn. No figure was taken from it, not even where the two readings agree.",
    chinese: "该页超过四分之一的数字不确定（分辨率过低、模糊或破损），两次识别一致的数字也不采用，该页不读取任何数值。",
};
/// A picture that is not read.
pub static REFUSED: Code = Code {
    code: "scan.refused",
    severity: Severity::Error,
    english: "The picture is too large, shows more than a page of text can, or the recognition failed. Nothing on it was read.",
    chinese: "图片过大、内容超出一页文字的范围，或识别失败；该图片未读取任何内容。",
};
/// No text at all.
pub static NO_TEXT: Code = Code {
    code: "scan.no_text",
    severity: Severity::Warning,
    english: "No text was found on the picture.",
    chinese: "图片上没有找到文字。",
};
/// A table over a page break.
pub static TABLES_JOINED: Code = Code {
    code: "scan.table_joined",
    severity: Severity::Info,
    english: "Tables that a page break had cut were put together, because their columns agree and nothing stands between them.",
    chinese: "被分页截断的表格已合并：各列边界一致，且中间没有其他内容。",
};
/// A table that is too large.
pub static TABLE_CUT: Code = Code {
    code: "scan.table_cut",
    severity: Severity::Warning,
    english: "The table has more cells than a table may have; its last rows were left out.",
    chinese: "表格单元格数量超出上限，末尾若干行未读取。",
};

/// A picture among text that is not read.
pub static PICTURE_UNREAD: Code = Code {
    code: "picture.unread",
    severity: Severity::Warning,
    english: "A picture as large as a table stands among the text of a document that lacks one, and was not read. The message says which and why.",
    chinese: "文件缺少应有的表格，而正文中有一幅大小足以容纳表格的图片未能读取；提示中列出了该图片及原因。",
};
/// A picture among text that shows no table.
pub static PICTURE_LEFT: Code = Code {
    code: "picture.left",
    severity: Severity::Info,
    english: "A picture among the text shows no ruled table, or hardly any words, and nothing was taken from it. Photographs are such pictures.",
    chinese: "正文中的图片没有带框线的表格，或几乎没有文字（如照片），未从中读取任何内容。",
};

/// What each of them is for pages in general.
pub(super) static PAGES: Codes = Codes {
    scanned: &NO_TEXT,
    no_text: &NO_TEXT,
    hidden_text: &RECOGNISED,
    unmapped_text: &DOUBTFUL,
    page_unreadable: &REFUSED,
    watermark: &RECOGNISED,
    cut_by_edge: &DOUBTFUL,
    tables_joined: &TABLES_JOINED,
    table_cut: &TABLE_CUT,
};
