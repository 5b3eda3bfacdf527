//! Documents of office programs: text without pages, tables with merged cells, numbers that the program counts.
//!
//! Each format gives a list of [`body::Item`]; [`body`] makes blocks of it and gives out the places, the same for all formats.
//! Invariant: what the program shows is read, and nothing else: deleted and hidden text is left out, counted numbers are text.

mod binary;
mod body;
pub(super) mod doc;
pub(super) mod docx;
mod edges;
mod format;
mod ink;
mod levels;
mod numbering;
pub(super) mod odf;
mod ordinal;
pub(super) mod rtf;
mod sheet;
mod symbol;
pub(super) mod xls;
pub(super) mod xlsx;

use crate::diagnostic::{Code, Severity};

/// A part beside the text could not be read.
pub(super) static PART_UNREADABLE: Code = Code {
    code: "office.part_unreadable",
    severity: Severity::Warning,
    english: "A part of the file beside its main text is damaged and was left out; what it says (formats, numbers that the \
              program counts, notes) is missing.",
    chinese: "文件正文之外的某个部分已损坏而被略去；其中的样式、自动编号或注释因此缺失。",
};

/// A table is larger than any report's.
pub(super) static TABLE_CUT: Code = Code {
    code: "office.table_cut",
    severity: Severity::Error,
    english: "The tables of the file have more cells than any report; the rest was left out.",
    chinese: "文件中表格的单元格数量远超任何年报，其余部分未读取。",
};

/// The text is in pictures.
pub(super) static ONLY_PICTURES: Code = Code {
    code: "office.only_pictures",
    severity: Severity::Warning,
    english: "The file holds pictures and hardly any text: its pages were scanned. It needs character recognition first.",
    chinese: "文件中只有图片而几乎没有文字，应为扫描件；需先进行文字识别。",
};

/// The codes of all readers of office formats.
pub(super) static CODES: &[&Code] = &[&PART_UNREADABLE, &TABLE_CUT, &ONLY_PICTURES];
