//! What is said in the report of a document that is no annual report.
//!
//! A batch keeps no such report; a command that was asked for one gives it with this diagnostic.

use super::document::{Fate, Verdict};
use crate::diagnostic::{Code, Diagnostic, Severity};

/// Pages that are pictures.
pub static SCAN: Code = Code {
    code: "document.scan",
    severity: Severity::Warning,
    english: "The pages of the file are pictures, and nothing of a report was read. It needs character recognition first.",
    chinese: "文件各页为图片，未读出任何报告内容，需要先做文字识别（OCR）。",
};
/// A page that links to reports.
pub static LIST_PAGE: Code = Code {
    code: "document.list_page",
    severity: Severity::Warning,
    english: "The page is a list of links to reports and holds none itself. Fetch the pages that it links to.",
    chinese: "该页面是年度报告的列表页，本身不含报告，请抓取其链接的页面。",
};
/// A page whose report is elsewhere.
pub static ATTACHMENT_ONLY: Code = Code {
    code: "document.attachment_only",
    severity: Severity::Warning,
    english: "The page names a report, which is in an attached file. Fetch that file.",
    chinese: "该页面只给出附件链接，报告在附件中，请抓取附件。",
};
/// Something else.
pub static NOT_A_REPORT: Code = Code {
    code: "document.not_a_report",
    severity: Severity::Warning,
    english: "Nothing in the file shows that it is an annual report on government information disclosure: no table of a form, and no main \
              section. Whatever was read of it says nothing about an agency.",
    chinese: "文件中没有政府信息公开工作年度报告的迹象：既无统计表，也无主要章节；读出的内容不代表任何机关的数据。",
};

/// All of them.
pub const CODES: &[Code] = &[SCAN, LIST_PAGE, ATTACHMENT_ONLY, NOT_A_REPORT];

/// What is said of a document that was read and is no annual report.
pub fn diagnostic(verdict: &Verdict) -> Option<Diagnostic> {
    let code = match verdict.fate {
        Fate::AnnualReport | Fate::Duplicate => return None,
        Fate::Scan => SCAN,
        Fate::ListPage => LIST_PAGE,
        Fate::AttachmentOnly => ATTACHMENT_ONLY,
        Fate::NotAReport | Fate::NoReader | Fate::Unreadable => NOT_A_REPORT,
    };
    Some(code.at(None, verdict.in_words()))
}

/// Whether a diagnostic says that its document is no annual report.
pub fn says_so(diagnostic: &Diagnostic) -> bool {
    CODES.iter().any(|code| code.code == diagnostic.code)
}
