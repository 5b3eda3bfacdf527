//! The section tree of a report.
//!
//! Paragraphs become headings by their numbering, their marks and the canonical wordings of the form; what belongs to a table
//! never does. Invariant: the numbering of the report is kept as printed, however odd; what is odd about it is said in a
//! diagnostic.

mod canonical;
mod ends;
mod heading;
mod lines;
mod running;
mod tree;
mod unroll;

use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::document::Document;
use crate::report::Section;
use heading::Style;
use lines::{Line, Role};
pub use running::{BULLETS, Running, running};
pub use unroll::unroll;

/// The sections of a report and what was odd about them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Outline {
    /// Main headings in order, each with what stands below it.
    pub sections: Vec<Section>,
    /// What stands before the first main heading, under the key `preface`.
    pub preface: Option<Section>,
    /// Signature, date and attachments at the end, under the key `closing`.
    pub closing: Option<Section>,
    /// Missing, repeated, restarted and skipped numbers, and headings left out.
    pub diagnostics: Vec<Diagnostic>,
}

/// The document has no main heading.
pub const NO_SECTIONS: Code = Code {
    code: "outline.no_sections",
    severity: Severity::Warning,
    english: "No main heading was found, so the report has no sections. The tables are read all the same.",
    chinese: "未找到任何一级标题，报告没有章节；表格照常读取。",
};
/// A main heading without number among numbered ones.
pub const NUMBER_MISSING: Code = Code {
    code: "outline.number_missing",
    severity: Severity::Info,
    english: "A main heading has no number while the others have one.",
    chinese: "其他一级标题有序号，此标题没有序号。",
};
/// Two main headings in a row with one number.
pub const NUMBER_REPEATED: Code = Code {
    code: "outline.number_repeated",
    severity: Severity::Info,
    english: "A main heading has the number of the heading before it.",
    chinese: "一级标题的序号与前一个标题重复。",
};
/// The numbering went back.
pub const NUMBER_RESTARTED: Code = Code {
    code: "outline.number_restarted",
    severity: Severity::Info,
    english: "The numbering of the main headings starts again or goes back.",
    chinese: "一级标题的序号重新开始或倒退。",
};
/// The numbering left a number out.
pub const NUMBER_SKIPPED: Code = Code {
    code: "outline.number_skipped",
    severity: Severity::Info,
    english: "The numbering of the main headings leaves a number out: a section may be missing.",
    chinese: "一级标题的序号有跳号，可能缺少章节。",
};
/// 三是 for 三、.
pub const NUMBER_SLIP: Code = Code {
    code: "outline.number_slip",
    severity: Severity::Info,
    english: "A main heading is written like an item of an enumeration (三是… for 三、…); it was read as a heading because its wording is canonical.",
    chinese: "一级标题误写成列举形式（“三是”应为“三、”）；因用语与规范标题一致，按标题读取。",
};
/// A heading printed twice with nothing below the first.
pub const HEADING_REPEATED: Code = Code {
    code: "outline.heading_repeated",
    severity: Severity::Info,
    english: "A main heading is printed twice and nothing stands below its first copy; the empty one was left out.",
    chinese: "一级标题重复出现且前一处无内容，已略去空的一处。",
};
/// A list of contents.
pub const CONTENTS_LIST: Code = Code {
    code: "outline.contents_list",
    severity: Severity::Info,
    english: "The report begins with a list of its headings; the list was left out of the sections.",
    chinese: "报告开头有目录，目录未计入章节。",
};

/// What this module can notice.
pub const CODES: &[Code] = &[
    NO_SECTIONS,
    NUMBER_MISSING,
    NUMBER_REPEATED,
    NUMBER_RESTARTED,
    NUMBER_SKIPPED,
    NUMBER_SLIP,
    HEADING_REPEATED,
    CONTENTS_LIST,
];

/// Finds the sections of a report.
///
/// `claimed[i]` says that block `i` belongs to a statistical table; `is_row_label` tells whether a line is a row label of one.
/// Neither becomes a heading or section text.
pub fn outline(document: &Document, claimed: &[bool], is_row_label: &dyn Fn(&str) -> bool) -> Outline {
    let (lines, style) = lines::classify(document, claimed, is_row_label);
    let mut diagnostics = Vec::new();
    let skip = leave_out(&lines, &mut diagnostics);
    let kept: Vec<&Line> = lines
        .iter()
        .zip(&skip)
        .filter(|(line, skip)| line.role == Role::Main && !**skip)
        .map(|(line, _)| line)
        .collect();
    if kept.is_empty() {
        diagnostics.push(NO_SECTIONS.at(None, "no main heading found"));
    }
    numbering(&kept, style, &mut diagnostics);
    let (body, end) = lines.split_at(ends::closing_start(&lines));
    Outline {
        preface: ends::preface(&lines, &skip),
        sections: tree::build(body, &skip),
        closing: ends::closing(end),
        diagnostics,
    }
}

/// Marks main headings that are only a list of contents or an empty first copy.
fn leave_out(lines: &[Line], diagnostics: &mut Vec<Diagnostic>) -> Vec<bool> {
    let mut skip = vec![false; lines.len()];
    let mains: Vec<usize> = (0..lines.len()).filter(|&i| lines[i].role == Role::Main).collect();
    let same = |a: usize, b: usize| {
        let (a, b) = (&lines[a], &lines[b]);
        a.value() == b.value() && canonical::wording(a.heading()) == canonical::wording(b.heading())
    };
    let bare = |line: &Line| line.head.as_ref().is_none_or(|head| head.rest.is_empty());
    let empty = |from: usize, to: usize, children: bool| {
        bare(&lines[from])
            && lines[from + 1..to].iter().all(|line| match line.role {
                Role::Joined => true,
                Role::Text => line.text.is_empty() || lines::is_title(line.text),
                Role::Child => children && bare(line),
                _ => false,
            })
    };
    let mut start = 0;
    if let Some(second) = (2..mains.len()).find(|&i| same(mains[i], mains[0]))
        && mains[..second].windows(2).all(|pair| empty(pair[0], pair[1], true))
    {
        mains[..second].iter().for_each(|&i| skip[i] = true);
        let message = format!("list of {second} headings at the start");
        diagnostics.push(CONTENTS_LIST.at(lines[mains[0]].origin.clone(), message));
        start = second;
    }
    for pair in mains[start..].windows(2) {
        if same(pair[0], pair[1]) && empty(pair[0], pair[1], false) {
            skip[pair[0]] = true;
            let line = &lines[pair[0]];
            diagnostics.push(HEADING_REPEATED.at(line.origin.clone(), format!("{:?} is printed twice", line.text)));
        }
    }
    skip
}

/// Compares the number of each main heading with the one before it.
fn numbering(mains: &[&Line], style: Option<Style>, diagnostics: &mut Vec<Diagnostic>) {
    let mut last = 0;
    for line in mains {
        let Some(head) = &line.head else { continue };
        if head.slip {
            diagnostics.push(NUMBER_SLIP.at(line.origin.clone(), format!("{:?} read as a heading", line.text)));
        }
        let Some(value) = head.value else {
            if style.is_some() {
                let message = format!("{:?} has no number", line.heading());
                diagnostics.push(NUMBER_MISSING.at(line.origin.clone(), message));
                // The heading takes the place of its number, so the next one skips nothing.
                last += 1;
            }
            continue;
        };
        let code = match value {
            _ if Some(head.style) != style => None,
            _ if value == last => Some(&NUMBER_REPEATED),
            _ if value < last => Some(&NUMBER_RESTARTED),
            _ if value > last + 1 => Some(&NUMBER_SKIPPED),
            _ => None,
        };
        if let Some(code) = code {
            let message = format!("{:?} follows number {last}", line.text);
            diagnostics.push(code.at(line.origin.clone(), message));
        }
        last = value;
    }
}
