//! What a document is: an annual report, a page that links to some, a page with an attachment, a scan, or something else.
//!
//! Invariant: what has a figure in a statistical table of a form is a report, whatever its title says, and so is what the reading takes for
//! one, however short; what is told from words alone needs several signs at once, because every government page has 政府信息公开 somewhere.

use std::sync::LazyLock;

use regex::Regex;

use super::document::{Fate, Outcome, Verdict};
use crate::metadata::COMMON_SECTIONS;
use crate::read::IN_PICTURES;
use crate::report::{Basis, DocumentKind, Report, Section};
use crate::text::normalize::fold;

/// Codes of pictures among text, which other pages have too.
const AMONG_TEXT: [&str; 2] = ["html.table_is_picture", "picture.unread"];
/// Characters of text that a report without tables has at least.
const LEAST_TEXT: usize = 300;
/// Links to reports that make a page a list.
const LEAST_LINKS: usize = 3;
/// Characters of text that a page of links or an attachment page has at most.
const MOST_TEXT_OF_LINKS: usize = 1500;

static LINK: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"(?is)<a\s([^>]*)>(.*?)</a>").ok());
static TAG: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"(?s)<[^>]*>").ok());
static REPORT_NAME: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"信息公开.{0,12}(年度报告|年报|年度.{0,6}报告)|年.{0,4}信息公开.{0,8}报告").ok());
static ATTACHMENT: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?i)\.(pdf|docx?|wps|xlsx?|ofd|rtf|zip|rar)\b").ok());

/// Tells what a document is; only an annual report keeps its report.
pub fn tell(report: Report, bytes: &[u8]) -> Outcome {
    let verdict = verdict(&report, bytes);
    let report = (verdict.fate == Fate::AnnualReport).then_some(report);
    Outcome { verdict, report }
}

/// What a document is, by its report and its links.
pub fn verdict(report: &Report, bytes: &[u8]) -> Verdict {
    let is = |reason: &str| Verdict {
        fate: Fate::AnnualReport,
        reason: Some(reason.into()),
        detail: None,
    };
    if report
        .tables
        .present()
        .any(|(_, table)| table.values.0.values().any(Option::is_some))
    {
        return is("tables");
    }
    let told = report.report.kind;
    if let Some(kind) = told.filter(|kind| !matches!(kind, DocumentKind::AnnualReport | DocumentKind::Other)) {
        let fate = if kind == DocumentKind::IndexPage {
            Fate::ListPage
        } else {
            Fate::NotAReport
        };
        return Verdict::new(fate, kind.word(), why_not(report));
    }
    let text = text_length(&report.sections);
    let title = report.report.title.as_deref().map(fold).unwrap_or_default();
    let titled = matches(&REPORT_NAME, &title);
    let sections = main_sections(&report.sections);
    // What the reading takes for another paper is one.
    let may_be = told != Some(DocumentKind::Other);
    if may_be && (sections >= 3 || titled && (sections >= 1 && text >= LEAST_TEXT)) {
        return is("sections");
    }
    // A report of before 2019 is free prose: it says what days it covers, and figures or sections of its kind.
    let figures = report
        .narrative_figures
        .iter()
        .any(|figure| figure.basis == Some(Basis::Year));
    let dated = report.report.period.is_some();
    let is_prose =
        dated && (sections >= 1 || figures) || (titled || report.report.agency.is_some() && sections >= 1) && figures;
    if may_be && is_prose {
        return is("prose");
    }
    let end_missing = report
        .diagnostics
        .iter()
        .find(|diagnostic| diagnostic.code == "pdf.end_missing");
    if let Some(cut) = end_missing.filter(|_| text < LEAST_TEXT) {
        return Verdict::unreadable("damaged", cut.message.clone());
    }
    let noticed = |code: &str| report.diagnostics.iter().any(|diagnostic| diagnostic.code == code);
    let is_pictures = IN_PICTURES
        .iter()
        .any(|&code| noticed(code) && (titled || !AMONG_TEXT.contains(&code)));
    if is_pictures && text < LEAST_TEXT {
        let detail = format!("the pages are pictures; {}", crate::read::ADVICE);
        return Verdict::new(Fate::Scan, "no_text", detail);
    }
    if (noticed("pdf.no_text") || noticed("ofd.no_text")) && text < LEAST_TEXT {
        return Verdict::new(Fate::Scan, "no_text", "no text can be had from its pages");
    }
    let links = links(report, bytes);
    if text < MOST_TEXT_OF_LINKS && links.reports >= LEAST_LINKS {
        let detail = format!("links to {} reports", links.reports);
        return Verdict::new(Fate::ListPage, "links", detail);
    }
    if links.attachments > 0 && text < MOST_TEXT_OF_LINKS && (titled || noticed("html.attachment_only")) {
        let detail = format!("the report is in an attached file: {}", links.first_attachment);
        return Verdict::new(Fate::AttachmentOnly, "attachment", detail);
    }
    if told == Some(DocumentKind::AnnualReport) {
        return is("title");
    }
    let said = report.report.title.as_deref().unwrap_or("no title");
    Verdict::new(
        Fate::NotAReport,
        "other_document",
        format!("no table and no main section of a report: {said}"),
    )
}

/// What the reading says of a document that is no report.
fn why_not(report: &Report) -> String {
    let noticed = report
        .diagnostics
        .iter()
        .find(|noticed| noticed.code == "metadata.not_a_report");
    noticed.map(|noticed| noticed.message.clone()).unwrap_or_default()
}

fn matches(pattern: &LazyLock<Option<Regex>>, text: &str) -> bool {
    pattern.as_ref().is_some_and(|pattern| pattern.is_match(text))
}

/// Number of different main sections that only a report has.
fn main_sections(sections: &[Section]) -> usize {
    fn collect<'a>(sections: &'a [Section], keys: &mut Vec<&'a str>) {
        for section in sections {
            keys.extend(section.key.as_deref());
            keys.extend(section.also.iter().map(String::as_str));
            collect(&section.children, keys);
        }
    }
    let mut keys = Vec::new();
    collect(sections, &mut keys);
    keys.retain(|key| !COMMON_SECTIONS.contains(key));
    keys.sort_unstable();
    keys.dedup();
    keys.len()
}

fn text_length(sections: &[Section]) -> usize {
    let own = |section: &Section| section.text.chars().count() + section.heading.chars().count();
    sections
        .iter()
        .map(|section| own(section) + text_length(&section.children))
        .sum()
}

#[derive(Default)]
struct Links {
    reports: usize,
    attachments: usize,
    first_attachment: String,
}

/// The links of a page that lead to reports or files; a fragment of a page passes for text.
fn links(report: &Report, bytes: &[u8]) -> Links {
    let mut found = Links::default();
    let (Some(link), Some(tag)) = (LINK.as_ref(), TAG.as_ref()) else {
        return found;
    };
    let media_type = &report.source.media_type;
    if !media_type.contains("html") && !media_type.starts_with("text/") {
        return found;
    }
    let encoding = report
        .source
        .encoding
        .as_deref()
        .and_then(|label| encoding_rs::Encoding::for_label(label.as_bytes()));
    let (page, _, _) = encoding.unwrap_or(encoding_rs::UTF_8).decode(bytes);
    for capture in link.captures_iter(&page) {
        let words = format!("{} {}", &capture[1], tag.replace_all(&capture[2], ""));
        let words = fold(&words);
        if matches(&ATTACHMENT, &capture[1]) {
            if found.attachments == 0 {
                found.first_attachment = attribute(&capture[1], "href").unwrap_or_default();
            }
            found.attachments += 1;
        }
        found.reports += usize::from(matches(&REPORT_NAME, &words));
    }
    found
}

fn attribute(attributes: &str, name: &str) -> Option<String> {
    let rest = attributes
        .split_once(name)?
        .1
        .trim_start()
        .strip_prefix('=')?
        .trim_start();
    let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''));
    let value = match quote {
        Some(quote) => rest[1..].split(quote).next()?,
        None => rest.split_whitespace().next()?,
    };
    Some(value.to_owned())
}
