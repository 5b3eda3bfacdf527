//! What a document is: an annual report, or one of the papers that speak of annual reports and look like them.
//!
//! Notices, forms, guides and lists use the words of reports, and a report may be cut short or stand on one line. Invariant: a figure in a
//! table makes a report, whatever its headline says, unless its title says that it is on a part of a year; a paper is told to be another only by its headline, by tables without a figure, or
//! by the titles of several reports that it lists.

use super::grammar;
use super::page::Page;
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::document::Document;
use crate::report::{DocumentKind, Report, Section};
use crate::text::normalize::fold;

/// It is another paper.
pub const NOT_A_REPORT: Code = Code {
    code: "metadata.not_a_report",
    severity: Severity::Warning,
    english: "The document is no annual report but a paper about reports (a notice, a blank form, a guide, a list, a plan or rules), a report on a part of a year, or none of them.",
    chinese: "该文件不是年度报告，而是与年报有关的其他文件（通知、空白表、指南、列表、方案或制度）、半年度或季度等非全年的报告，或其他文件。",
};

/// What headlines of other papers end in.
const HEADLINES: &[(&str, DocumentKind)] = &[
    ("通知", DocumentKind::Notice),
    ("通报", DocumentKind::Notice),
    ("公告", DocumentKind::Notice),
    ("的函", DocumentKind::Notice),
    ("指南", DocumentKind::Guide),
    ("须知", DocumentKind::Guide),
    ("流程", DocumentKind::Guide),
    ("流程图", DocumentKind::Guide),
    ("目录", DocumentKind::IndexPage),
    ("清单", DocumentKind::IndexPage),
    ("制度", DocumentKind::Rules),
    ("办法", DocumentKind::Rules),
    ("规定", DocumentKind::Rules),
    ("细则", DocumentKind::Rules),
    ("规范", DocumentKind::Rules),
    ("条例", DocumentKind::Rules),
    ("方案", DocumentKind::Plan),
    ("要点", DocumentKind::Plan),
    ("计划", DocumentKind::Plan),
    ("意见", DocumentKind::Plan),
    ("统计表", DocumentKind::BlankForm),
    ("报表", DocumentKind::BlankForm),
    ("申请表", DocumentKind::BlankForm),
    ("模板", DocumentKind::BlankForm),
    ("模版", DocumentKind::BlankForm),
    ("样表", DocumentKind::BlankForm),
    ("参考格式", DocumentKind::BlankForm),
];

/// Main sections that other papers have too.
const COMMON: [&str; 4] = ["overview", "other_matters", "preface", "closing"];
/// Main sections of a report that make a document one without title and tables.
const LEAST_SECTIONS: usize = 2;
/// Main sections of a whole report below the notice that puts it right.
const LEAST_OF_WHOLE: usize = 3;
/// Characters of text that a report has at least, behind a title of its own.
const LEAST_TEXT: usize = 40;
/// Mentions of 公开 that a report without title and known headings has at least.
const LEAST_MENTIONS: usize = 8;
/// Titles of different reports that make a page a list of them.
const LEAST_TITLES: usize = 3;
/// Longest headline, in characters.
const LONGEST: usize = 80;

/// Tells what a document is, with a diagnostic where it is no report; nothing where that cannot be told.
pub fn kind(document: &Document, report: &Report) -> (Option<DocumentKind>, Option<Diagnostic>) {
    let page = Page::new(document);
    let has_figures = report
        .tables
        .present()
        .any(|(_, table)| table.values.0.values().any(Option::is_some));
    let sections = main_sections(&report.sections);
    let title = report.report.title.as_deref();
    if let Some(title) = title.filter(|title| grammar::is_on_part_of_year(title)) {
        let why = format!("other: {title:?} is on a part of a year");
        return (Some(DocumentKind::Other), Some(NOT_A_REPORT.at(None, why)));
    }
    if has_figures {
        return (Some(DocumentKind::AnnualReport), None);
    }
    let other = |kind: DocumentKind, why: String| {
        (
            Some(kind),
            Some(NOT_A_REPORT.at(None, format!("{}: {why}", kind.word()))),
        )
    };
    let titles = listed_titles(&page);
    if titles >= LEAST_TITLES && sections == 0 {
        return other(DocumentKind::IndexPage, format!("lists {titles} reports"));
    }
    if title.is_some_and(grammar::is_notice_of_correction) {
        // The notice alone, or the whole report below it.
        return match sections >= LEAST_OF_WHOLE {
            true => (Some(DocumentKind::AnnualReport), None),
            false => other(DocumentKind::Notice, format!("{:?}", title.unwrap_or_default())),
        };
    }
    if title.is_none()
        && let Some((kind, headline)) = headline(&page)
    {
        return other(kind, format!("{headline:?}"));
    }
    let is_blank = report.tables.present().next().is_some() && report.report.year.is_none();
    if is_blank {
        return other(
            DocumentKind::BlankForm,
            "its tables have no figure, and no year is named".to_owned(),
        );
    }
    if let Some(line) = page.front().iter().find(|line| is_salutation_of_notice(line.text)) {
        return other(DocumentKind::Notice, format!("{:?}", line.text));
    }
    let text: usize = page.lines.iter().map(|line| line.text.chars().count()).sum();
    let titled = report.report.title.as_deref().map_or(0, |title| title.chars().count());
    let said = &report.report;
    // Without a title, who reports and on which year may be said by a sentence; else the whole text must be that of a report.
    let named =
        said.year.is_some() && (said.agency.is_some() && has_section(&report.sections) || speaks_of_requests(&page));
    if sections >= LEAST_SECTIONS || named || titled > 0 && text >= titled + LEAST_TEXT {
        return (Some(DocumentKind::AnnualReport), None);
    }
    if titled > 0 {
        return (None, None);
    }
    other(
        DocumentKind::Other,
        "no title with a body or a year, no figure in a table, and no two main sections that only a report has"
            .to_owned(),
    )
}

/// The headline of another paper: in the head of the page, in its metadata, or among the first lines.
fn headline(page: &Page) -> Option<(DocumentKind, String)> {
    let properties = page.document.properties.iter();
    let titles = properties
        .filter(|property| ["ArticleTitle", "标题", "名称", "信息名称", "名 称"].contains(&property.name.as_str()));
    let titles = titles.map(|property| property.value.as_str());
    let parts = page
        .document
        .title
        .iter()
        .flat_map(|title| title.split(['_', '|', '-', '—', '–']));
    let lines: Vec<&str> = page
        .front()
        .iter()
        .take(page.before_heading.max(1))
        .map(|line| line.text)
        .collect();
    let joined = (0..lines.len()).flat_map(|start| (start..lines.len().min(start + 3)).map(move |end| (start, end)));
    let joined = joined.map(|(start, end)| lines[start..=end].concat());
    titles
        .chain(parts)
        .map(str::to_owned)
        .chain(joined)
        .find_map(|words| Some((of_headline(&words)?, words)))
}

fn of_headline(words: &str) -> Option<DocumentKind> {
    let folded = fold(words);
    let plain = folded.trim_end_matches(|c: char| !c.is_alphanumeric());
    let is_headline = plain.chars().count() <= LONGEST
        && (plain.contains("公开") || plain.contains("年报"))
        && !plain.contains(['。', '，', ',', '；', ';', '：', '>', '》']);
    let ending = HEADLINES.iter().filter(|(ending, _)| plain.ends_with(ending));
    ending
        .max_by_key(|(ending, _)| ending.len())
        .filter(|_| is_headline)
        .map(|(_, kind)| *kind)
}

/// Whether a line introduces what a notice orders.
fn is_salutation_of_notice(line: &str) -> bool {
    ["通知如下", "有关事项通知", "事项函告如下"]
        .iter()
        .any(|words| line.contains(words))
}

/// Whether a text tells of disclosure and of requests, as reports of every year do.
fn speaks_of_requests(page: &Page) -> bool {
    let count = |word: &str| {
        page.lines
            .iter()
            .map(|line| line.text.matches(word).count())
            .sum::<usize>()
    };
    count("公开") >= LEAST_MENTIONS && (count("主动公开") > 0 && count("申请") > 0)
}

/// How many different reports the lines of a page name, each alone on its line.
fn listed_titles(page: &Page) -> usize {
    let titles = page.front().iter().filter_map(|line| grammar::at(line.text, ""));
    let mut names: Vec<_> = titles
        .filter(grammar::Title::is_full)
        .map(|title| (title.agency, title.year))
        .collect();
    names.sort();
    names.dedup();
    names.len()
}

/// Whether a text has a heading of a report, be it one that other papers have too.
fn has_section(sections: &[Section]) -> bool {
    let keys = sections.iter().filter_map(|section| section.key.as_deref());
    keys.into_iter().any(|key| !matches!(key, "preface" | "closing"))
}

/// Number of different main sections that only a report has.
fn main_sections(sections: &[Section]) -> usize {
    let mut keys: Vec<&str> = sections.iter().filter_map(|section| section.key.as_deref()).collect();
    keys.retain(|key| !COMMON.contains(key));
    keys.sort_unstable();
    keys.dedup();
    keys.len()
}

/// Whether the words after a line show that it is no title but the beginning of a longer headline.
pub(super) fn goes_on_as_another_paper(next: &str) -> bool {
    let next = fold(next);
    // A line that breaks inside a citation is the beginning of a sentence: 根据《中华人民共和国政府信息公开条例.
    let cites = next.matches('《').count() > next.matches('》').count();
    next.chars().count() <= 30
        && !cites
        && HEADLINES.iter().any(|(ending, _)| next.ends_with(ending))
        && !next.contains(['。', '，', ','])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_headline_tells_what_a_paper_is() {
        for (words, kind) in [
            (
                "青禾县人民政府办公室关于做好2025年政府信息公开工作年度报告编制和发布工作的通知",
                Some(DocumentKind::Notice),
            ),
            ("青禾县政府信息公开指南", Some(DocumentKind::Guide)),
            ("青禾县政府信息公开统计制度", Some(DocumentKind::Rules)),
            ("青禾县2022年政务公开工作要点", Some(DocumentKind::Plan)),
            ("青禾县政府信息公开情况统计表", Some(DocumentKind::BlankForm)),
            ("青禾县2022年政府信息公开工作年度报告", None),
            ("青禾县防汛工作通知", None),
            ("根据要求，我局发布了政府信息公开工作通知", None),
        ] {
            assert_eq!(of_headline(words), kind, "{words}");
        }
    }
}
