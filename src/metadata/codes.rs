//! What can be noticed about who reports, and on which year.

use crate::diagnostic::{Code, Severity};

/// No title.
pub const TITLE_MISSING: Code = Code {
    code: "metadata.title_missing",
    severity: Severity::Warning,
    english: "No title of a report was found in the text, in the page's own metadata or in the file name; or the only one stands outside the text and names another body or year than the report; or one of its characters was not read, and the message has it with U+FFFD in that place.",
    chinese: "正文、网页元数据和文件名中均未找到报告标题；或唯一的标题不在正文中，且所载单位或年度与报告不符；或标题中有未能识别的字符，此时消息列出标题，该字符以 U+FFFD 表示。",
};
/// The title is not in the text.
pub const TITLE_ELSEWHERE: Code = Code {
    code: "metadata.title_elsewhere",
    severity: Severity::Info,
    english: "The title does not stand in the text; it was taken from the page's metadata or from the file name.",
    chinese: "正文中没有标题，标题取自网页元数据或文件名。",
};
/// Titles of several reports.
pub const TITLE_CONTRADICTION: Code = Code {
    code: "metadata.title_contradiction",
    severity: Severity::Warning,
    english: "Titles of several reports stand before the text, and nothing tells which of them is that of this report; the title is null.",
    chinese: "正文之前有多份报告的标题，无法判定哪一个属于本报告，标题置空。",
};
/// No agency.
pub const AGENCY_MISSING: Code = Code {
    code: "metadata.agency_missing",
    severity: Severity::Warning,
    english: "No statement was found of which public body reports.",
    chinese: "未找到报告单位名称。",
};
/// The agency is not in the title.
pub const AGENCY_ELSEWHERE: Code = Code {
    code: "metadata.agency_elsewhere",
    severity: Severity::Info,
    english: "The title names no public body; its name was taken from the lines around it, a sentence, the signature or the page's metadata.",
    chinese: "标题中没有单位名称，名称取自标题附近、正文、落款或网页元数据。",
};
/// Two agencies.
pub const AGENCY_CONTRADICTION: Code = Code {
    code: "metadata.agency_contradiction",
    severity: Severity::Warning,
    english: "The sources name different public bodies, and none of them outweighs the others; the agency is null.",
    chinese: "各来源所载单位名称不一致，且无法判定以何者为准，单位名称置空。",
};
/// Sources disagree on the agency, and one outweighs.
pub const AGENCY_OUTWEIGHED: Code = Code {
    code: "metadata.agency_outweighed",
    severity: Severity::Warning,
    english: "The signature, or the title in the page's metadata, in the properties of the file or in its name, names another public body than the title of the report and what else speaks for it; the latter is given.",
    chinese: "落款，或网页元数据、文件属性、文件名中的标题，所载单位与报告标题及其他依据不一致，以后者为准。",
};
/// No year.
pub const YEAR_MISSING: Code = Code {
    code: "metadata.year_missing",
    severity: Severity::Warning,
    english: "No statement was found of which year the report is for, or it is for several. The day of signature, plans, laws that are cited and years that are only compared with say nothing of it.",
    chinese: "未找到报告年度，或报告涉及多个年度。落款日期、工作计划、所引法规以及仅用于对比的年份均不作为依据。",
};
/// The year comes from running text.
pub const YEAR_FROM_TEXT: Code = Code {
    code: "metadata.year_from_text",
    severity: Severity::Info,
    english: "Neither title nor period names the year; it is the one that the text names most.",
    chinese: "标题和统计期限均未写明年度，取正文中出现最多的年份。",
};
/// Title and period disagree.
pub const YEAR_CONFLICT: Code = Code {
    code: "metadata.year_conflict",
    severity: Severity::Warning,
    english: "The title names another year than the period that the figures cover; the year of the title is given.",
    chinese: "标题年度与统计期限不一致，以标题为准。",
};
/// Sources disagree, and one outweighs.
pub const YEAR_OUTWEIGHED: Code = Code {
    code: "metadata.year_outweighed",
    severity: Severity::Warning,
    english: "A source names another year than the one given, which more or stronger sources name.",
    chinese: "有来源所载年度与采用的年度不一致，采用的年度有更多或更可靠的依据。",
};
/// Two years.
pub const YEAR_CONTRADICTION: Code = Code {
    code: "metadata.year_contradiction",
    severity: Severity::Warning,
    english: "The sources name different years, and none of them outweighs the others; the year is null.",
    chinese: "各来源所载年度不一致，且无法判定以何者为准，年度置空。",
};
/// Out before the year was over.
pub const PUBLISHED_TOO_EARLY: Code = Code {
    code: "metadata.published_too_early",
    severity: Severity::Warning,
    english: "The page was published before the year that the report is about was over; one of the two may be wrong.",
    chinese: "发布日期早于报告年度结束之日，两者之一可能有误。",
};
/// Two values of one field.
pub const FIELD_CONTRADICTION: Code = Code {
    code: "metadata.field_contradiction",
    severity: Severity::Warning,
    english: "The page gives two different values for the same field (date of publication, index number or document number); it is null.",
    chinese: "页面对同一项（发布日期、索引号或文号）给出了不同的值，该项置空。",
};
/// The date is not one of publication.
pub const PUBLISHED_ELSEWHERE: Code = Code {
    code: "metadata.published_elsewhere",
    severity: Severity::Info,
    english: "The page does not say when it was published; the date was taken from the signature, or it is the one on which the report was written.",
    chinese: "页面未写明发布日期，日期取自落款或成文日期。",
};
/// No date of publication.
pub const PUBLISHED_MISSING: Code = Code {
    code: "metadata.published_missing",
    severity: Severity::Info,
    english: "Neither the page nor the lines around the title nor the signature gives a day of publication; it is null.",
    chinese: "网页信息、标题附近和落款均未写明发布日期，该项置空。",
};
/// Another report in the same file.
pub const OTHER_REPORT: Code = Code {
    code: "metadata.other_report",
    severity: Severity::Warning,
    english: "Another report begins in the same file; only the first one's tables were read, the others are in other_tables.",
    chinese: "同一文件中还有另一份报告；只读取第一份报告的表格，其余列入 other_tables。",
};
/// What this module can notice.
pub const CODES: &[Code] = &[
    OTHER_REPORT,
    TITLE_MISSING,
    TITLE_ELSEWHERE,
    TITLE_CONTRADICTION,
    AGENCY_MISSING,
    AGENCY_ELSEWHERE,
    AGENCY_CONTRADICTION,
    AGENCY_OUTWEIGHED,
    YEAR_MISSING,
    YEAR_FROM_TEXT,
    YEAR_CONFLICT,
    YEAR_OUTWEIGHED,
    YEAR_CONTRADICTION,
    PUBLISHED_TOO_EARLY,
    FIELD_CONTRADICTION,
    PUBLISHED_ELSEWHERE,
    PUBLISHED_MISSING,
    super::kind::NOT_A_REPORT,
];
