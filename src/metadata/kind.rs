//! What a document is: an annual report, or one of the papers that speak of annual reports and look like them.
//!
//! Notices, forms, guides and lists use the words of reports, and a report may be cut short or stand on one line. Invariant: a figure in a
//! table makes a report, whatever its headline says, unless its title says that it is on a part of a year; a paper is told to be another only by its headline, by tables without a figure, or
//! by the titles of several reports that it lists.

use super::announcement;
use super::grammar;
use super::lines;
use super::page::Page;
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::document::Document;
use crate::report::{DocumentKind, Metadata, Report, Section};
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
    ("格式", DocumentKind::BlankForm),
    ("范本", DocumentKind::BlankForm),
    ("评估报告", DocumentKind::Other),
    ("自查报告", DocumentKind::Other),
    ("自查情况报告", DocumentKind::Other),
    ("自查情况的报告", DocumentKind::Other),
];
/// What papers begin with that show a report in pictures.
const PICTURES: &[&str] = &["一图读懂", "一张图读懂", "图解", "图说", "数说"];
/// Words of headlines beside the body, the year and what the paper is of: a headline of more words and not of disclosure is on another matter.
const COMMON_WORDS: &[&str] = &[
    "关于", "年度", "工作", "情况", "报告", "总结", "年报", "的", "本", "全年", "公告",
];

/// Main sections that other papers have too.
pub const COMMON_SECTIONS: [&str; 5] = ["overview", "problems", "other_matters", "preface", "closing"];
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
    let of_title = |title: &str| {
        let mut lines = page.front().iter().map(|line| line.text);
        // 图解： before a title was taken for its label.
        let line = lines.find(|line| line.contains(title)).unwrap_or(title);
        of_title(line, sections)
    };
    if let Some((kind, why)) = title.and_then(of_title) {
        return other(kind, format!("{title:?} {why}"));
    }
    if title.is_none() && is_before_year_ends(&report.report) {
        return other(DocumentKind::Other, "it was signed before its year ended".to_owned());
    }
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
    if title.is_none()
        && sections < LEAST_SECTIONS
        && let Some(line) = headline_of_another_matter(&page, report.report.agency.as_deref())
    {
        return other(DocumentKind::Other, format!("{line:?}"));
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
    let is_dated = said.year.is_some() && (said.period.is_some() || is_announced(&page));
    if sections >= LEAST_SECTIONS || named || is_dated || titled > 0 && text >= titled + LEAST_TEXT {
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

/// Whether a sentence above the text is the act of reporting on a year, whoever reports: 现公布2022年政府信息公开工作年度报告.
fn is_announced(page: &Page) -> bool {
    let lines = page.front().iter().map(|line| line.text);
    let mut stated = lines.flat_map(|line| line.split('。')).filter_map(announcement::stated);
    stated.any(|stated| stated.performs && stated.year.is_some())
}

/// What the line of the title of a report says of another paper about it: a blank form, a picture, the news that it was published.
fn of_title(title: &str, sections: usize) -> Option<(DocumentKind, &'static str)> {
    let (words, bracket) = parted_bracket(title);
    let is_form = ["模板", "模版", "样表", "格式", "范本", "样本"]
        .iter()
        .any(|word| bracket.contains(word));
    let is_news = sections == 0 && ["发布20", "公布20"].iter().any(|word| words.contains(word));
    match () {
        () if is_form => Some((DocumentKind::BlankForm, "is that of a form")),
        () if PICTURES.iter().any(|word| words.starts_with(word)) => {
            Some((DocumentKind::Other, "is that of a picture"))
        }
        () if is_news => Some((DocumentKind::Other, "says that a report was published")),
        () => None,
    }
}

/// A headline and the words in brackets at its end.
fn parted_bracket(headline: &str) -> (&str, &str) {
    let inner = headline.trim().trim_end_matches(['）', ')']);
    match inner.rsplit_once(['（', '(']) {
        Some((words, bracket)) if inner.len() < headline.trim().len() => (words, bracket),
        _ => (headline, ""),
    }
}

/// Whether a paper was signed within the year that it is on, before December, or in the second half of a year where it names none.
fn is_before_year_ends(said: &Metadata) -> bool {
    let Some(published) = said.published.as_deref() else {
        return false;
    };
    let month = published.get(5..7).and_then(|month| month.parse::<u8>().ok());
    month.is_some_and(|month| match said.year {
        Some(year) => published.starts_with(&year.to_string()) && month < 12,
        None => (6..12).contains(&month),
    })
}

/// The headline of a report of the body or the year that is not on disclosure: 青禾县水务局2022年法治政府建设年度报告.
fn headline_of_another_matter<'a>(page: &Page<'a>, agency: Option<&str>) -> Option<&'a str> {
    let lines = page.front().iter().take(page.before_heading).map(|line| line.text);
    let is_headline = |line: &&str| {
        let folded = fold(parted_bracket(line).0);
        let ends = ["报告", "总结", "年报"].iter().any(|end| folded.ends_with(end));
        let is_one = folded.chars().count() <= LONGEST && !folded.contains(['。', ',', ';', ':']);
        ends && is_one && !folded.contains("公开") && names_another_matter(&folded, agency)
    };
    lines.into_iter().find(is_headline)
}

/// Whether a headline names a body or a year, and more than that it is a report.
fn names_another_matter(headline: &str, agency: Option<&str>) -> bool {
    let agency = agency.map(fold).unwrap_or_default();
    let is_digit = |c: char| c.is_ascii_digit();
    let names = !agency.is_empty() && headline.contains(&agency) || headline.contains("20");
    let mut rest = match agency.is_empty() {
        true => headline.to_owned(),
        false => headline.replace(&agency, ""),
    };
    for word in COMMON_WORDS {
        rest = rest.replace(word, "");
    }
    names && rest.replace(is_digit, "").replace('年', "").chars().count() > 1
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
        .take(page.before_heading.max(2))
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
    let folded = fold(parted_bracket(words).0);
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
    let titles = page.front().iter().filter_map(|line| lines::at(line.text, ""));
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
    keys.retain(|key| !COMMON_SECTIONS.contains(key));
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
    fn what_says_its_period_is_a_report_and_what_was_signed_in_summer_or_is_on_another_matter_is_none() {
        let kind = |text: &str| {
            let report =
                crate::extract(text.as_bytes(), &crate::read::Hints::default()).expect("a text is always read");
            report.report.kind
        };
        let dated = "根据《条例》要求,现向社会公布2018年度青禾县民政局信息公开年度报告。本报告统计期限自2018年1月1日起至2018年12月31日止。\n\n\
                     一、政府信息公开情况\n\n2018年,我局主动公开政府信息59条。\n";
        assert_eq!(kind(dated), Some(DocumentKind::AnnualReport));
        let announced = "根据《条例》规定,现公布青禾县水务局2016年政府信息公开工作年度报告。\n\n一、基本情况\n\n扎实推进各项工作。\n\n\
                         二、主要做法\n\n一是加强领导。\n";
        assert_eq!(kind(announced), Some(DocumentKind::AnnualReport));
        let nobody = announced.replace("青禾县水务局", "");
        assert_eq!(kind(&nobody), Some(DocumentKind::AnnualReport));
        let summer = "青禾县水务局关于政府信息公开工作情况的汇报\n\n一、主动公开情况\n\n今年以来，主动公开政府信息199条。\n\n二、依申请公开情况\n\n\
                      收到政府信息公开申请63件。\n\n青禾县水务局\n\n2016年7月5日\n";
        assert_eq!(kind(summer), Some(DocumentKind::Other));
        let law = "青禾县水务局2016年法治政府建设年度报告\n\n2016年，青禾县水务局推进法治政府建设，现报告如下：\n\n一、主要举措\n\n\
                   全年主动公开政府信息621条，收到政府信息公开申请63件。\n\n二、存在的主要问题\n\n意识有待提高。\n\n青禾县水务局\n\n2017年1月7日\n";
        assert_eq!(kind(law), Some(DocumentKind::Other));
        let notice = "关于更正青禾县水务局2022年政府信息公开工作年度报告的公告\n\n因工作失误，现更正。\n";
        assert_eq!(kind(notice), Some(DocumentKind::Notice));
    }

    #[test]
    fn a_report_on_another_matter_names_it() {
        let of = |headline| names_another_matter(headline, Some("青禾县水务局"));
        assert!(of("青禾县水务局2022年法治政府建设年度报告") && of("2022年度依法行政工作报告"));
        assert!(!of("青禾县水务局2022年年度工作报告") && !of("2022年度报告") && !of("法治政府建设年度报告"));
    }

    #[test]
    fn a_title_tells_of_a_form_a_picture_or_news() {
        for (title, is_other) in [
            ("XX（单位）2022年政府信息公开工作年度报告（模板）", true),
            ("一图读懂青禾县水务局2022年政府信息公开工作年度报告", true),
            ("青禾县水务局发布2022年政府信息公开工作年度报告", true),
            ("青禾县水务局2022年政府信息公开工作年度报告（更正版）", false),
        ] {
            assert_eq!(of_title(title, 0).is_some(), is_other, "{title}");
        }
    }

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
            ("青禾县政府信息公开指南（2022年版）", Some(DocumentKind::Guide)),
            ("青禾县2022年政务公开第三方评估报告", Some(DocumentKind::Other)),
            ("青禾县防汛工作通知", None),
            ("根据要求，我局发布了政府信息公开工作通知", None),
        ] {
            assert_eq!(of_headline(words), kind, "{words}");
        }
    }
}
