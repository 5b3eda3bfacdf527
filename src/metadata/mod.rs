//! What a report says of itself: title, agency, year, period, date of publication, numbers.
//!
//! Read from the text first, then from what the page carries about itself, then from the file name. Invariant: nothing is
//! guessed; what is not stated is null, and where the statement was found in an unusual place a diagnostic says so.

mod date;
mod title;

use regex::Regex;

use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::document::{Block, Document, GridKind};
use crate::forms;
use crate::read::Hints;
use crate::report::{Metadata, Period, Site};
use crate::text::label::{Label, OrdinalStyle, split_ordinal};
use crate::text::normalize::fold;
use title::Title;

/// No title.
pub const TITLE_MISSING: Code = Code {
    code: "metadata.title_missing",
    severity: Severity::Warning,
    english: "No title of a report was found in the text, in the page's own metadata or in the file name.",
    chinese: "正文、网页元数据和文件名中均未找到报告标题。",
};
/// The title is not in the text.
pub const TITLE_ELSEWHERE: Code = Code {
    code: "metadata.title_elsewhere",
    severity: Severity::Info,
    english: "The title does not stand in the text; it was taken from the page's metadata or from the file name.",
    chinese: "正文中没有标题，标题取自网页元数据或文件名。",
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
/// No year.
pub const YEAR_MISSING: Code = Code {
    code: "metadata.year_missing",
    severity: Severity::Warning,
    english: "No statement was found of which year the report is for.",
    chinese: "未找到报告年度。",
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
    AGENCY_MISSING,
    AGENCY_ELSEWHERE,
    YEAR_MISSING,
    YEAR_FROM_TEXT,
    YEAR_CONFLICT,
];

/// Paragraphs at the start that may hold title, dates and numbers.
const FRONT: usize = 40;
/// Paragraphs at the end that may hold the signature.
const BACK: usize = 6;
/// Longest paragraph that is looked at, in bytes: no sentence about a report is longer.
const LONGEST: usize = 16_000;

/// A regular expression that is part of the program; a test compiles them all.
fn regex(pattern: &str) -> Option<Regex> {
    Regex::new(pattern).ok()
}

/// Reads what a document says of itself.
pub fn metadata(document: &Document, hints: &Hints) -> (Metadata, Site, Vec<Diagnostic>) {
    let page = Page::new(document);
    let mut diagnostics = Vec::new();
    let found = page.titles(hints, &mut diagnostics);
    let stated = page.stated();
    let title_year = found
        .iter()
        .find_map(|title| title.year)
        .or(stated.as_ref().map(|stated| stated.1));
    let period = page.period(title_year);
    let period_year = period.as_ref().and_then(|period| period.start.get(..4)?.parse().ok());
    if let (Some(title), Some(period)) = (title_year, period_year)
        && title != period
    {
        let message = format!("title: {title}, period: {period}");
        diagnostics.push(YEAR_CONFLICT.at(None, message));
    }
    let year = title_year
        .or(period_year)
        .or_else(|| page.year_in_text(&mut diagnostics));
    if year.is_none() {
        diagnostics.push(YEAR_MISSING.at(None, "no year found"));
    }
    let agency = found.iter().find_map(|title| title.agency.clone());
    let agency = agency.or_else(|| page.agency(stated.and_then(|stated| stated.0), &mut diagnostics));
    let id_code = page.property(&["SiteIDCode"]);
    let metadata = Metadata {
        title: found.into_iter().next().map(|title| title.text),
        agency,
        region_code: id_code.as_deref().and_then(region_code),
        year,
        period,
        published: page.published(),
        index_number: page.labelled(&["索引号", "索引"]),
        document_number: page.document_number(),
    };
    let site = Site {
        name: page.property(&["SiteName"]),
        domain: page.property(&["SiteDomain"]),
        id_code,
    };
    (metadata, site, diagnostics)
}

/// The block where another report begins in the same file: a full title behind the first heading that names another public body
/// or another year.
pub fn other_report(document: &Document, metadata: &Metadata) -> Option<usize> {
    let (agency, year) = (fold(metadata.agency.as_ref()?), metadata.year?);
    let text = |index: usize| match document.blocks.get(index) {
        Some(Block::Paragraph(paragraph)) => paragraph.text.as_str(),
        _ => "",
    };
    let start = (0..document.blocks.len()).find(|index| is_first_heading(text(*index)))?;
    (start..document.blocks.len()).find(|index| {
        let title = title::at(text(*index), text(index + 1)).filter(Title::is_full);
        title.is_some_and(|title| {
            title.year != Some(year) || title.agency.map(|name| fold(&name)) != Some(agency.clone())
        })
    })
}

/// `一、…`, the first main heading of most reports, or the heading of a main section without a number.
fn is_first_heading(line: &str) -> bool {
    let (ordinal, _) = split_ordinal(line);
    let first = ordinal.is_some_and(|ordinal| ordinal.style == OrdinalStyle::Han && ordinal.value == 1);
    first || forms::is_section_heading(line)
}

fn region_code(id_code: &str) -> Option<String> {
    let code = id_code.get(..6)?;
    code.bytes().all(|byte| byte.is_ascii_digit()).then(|| code.to_owned())
}

/// The lines of a block: a paragraph, or what stands alone in a row of text, as the title does where a page's layout became a table.
fn lines(block: &Block) -> Vec<&str> {
    match block {
        Block::Paragraph(paragraph) => vec![paragraph.text.trim()],
        Block::Grid(grid) if grid.kind() == GridKind::Delimited => {
            let alone = |row: usize| {
                let mut texts = grid
                    .row(row)
                    .map(|cell| cell.text.trim())
                    .filter(|text| !text.is_empty());
                texts.next().filter(|_| texts.next().is_none())
            };
            (0..grid.rows()).filter_map(alone).collect()
        }
        Block::Grid(_) => Vec::new(),
    }
}

/// Whether a block is a table of the form; the one with the index number often stands before a title.
fn is_of_form(block: &Block) -> bool {
    let Block::Grid(grid) = block else { return false };
    grid.cells()
        .iter()
        .any(|cell| forms::is_column(&Label::parse(&cell.text)))
}

/// A document as this module looks at it.
struct Page<'a> {
    document: &'a Document,
    /// All lines of text.
    lines: Vec<&'a str>,
    /// Where the title ends among them.
    title_end: Option<(usize, Title)>,
    /// The same for a title behind the first heading, where there is none before it.
    later_title: Option<(usize, Title)>,
    labelled_lines: Vec<LabelledLine<'a>>,
}

impl<'a> Page<'a> {
    fn new(document: &'a Document) -> Self {
        let (blocks, lines): (Vec<usize>, Vec<&str>) = document
            .blocks
            .iter()
            .enumerate()
            .flat_map(|(index, block)| lines(block).into_iter().map(move |line| (index, line)))
            .filter(|(_, line)| line.len() <= LONGEST)
            .unzip();
        let front: Vec<&str> = lines.iter().take(FRONT).copied().collect();
        // Behind the first heading stand the titles of other reports, unless no other is to be found.
        let first_heading = front
            .iter()
            .position(|line| is_first_heading(line))
            .unwrap_or(front.len());
        let title_end = title::find(&front[..first_heading]);
        // Nor is it that of this report where tables stand before it.
        let after_tables = |end: usize| {
            let place = |line: usize| blocks.get(line).copied().unwrap_or_default();
            let between = document.blocks.get(place(first_heading)..place(end));
            between.is_some_and(|blocks| blocks.iter().any(is_of_form))
        };
        let later_title = title::find(&front).filter(|(end, _)| title_end.is_none() && !after_tables(*end));
        let labelled_lines = front.iter().filter_map(|line| LabelledLine::new(line)).collect();
        Page {
            document,
            lines,
            title_end,
            later_title,
            labelled_lines,
        }
    }

    fn front(&self) -> impl Iterator<Item = &'a str> {
        self.lines.iter().take(FRONT).copied()
    }

    /// Titles by trust: printed, in the page's metadata, in the file name.
    fn titles(&self, hints: &Hints, diagnostics: &mut Vec<Diagnostic>) -> Vec<Title> {
        let mut titles: Vec<Title> = self.title_end.iter().map(|(_, title)| title.clone()).collect();
        let named = self.property(&["ArticleTitle", "标题", "名称", "信息名称", "文件名称"]);
        let name = hints.name.as_deref().map(|name| {
            let name = name.rsplit(['/', '\\']).next().unwrap_or(name);
            name.rsplit_once('.').map_or(name, |(stem, _)| stem)
        });
        let others = [named.as_deref(), self.document.title.as_deref(), name];
        let others: Vec<Title> = others
            .into_iter()
            .flatten()
            .filter_map(title::parse_with_affixes)
            .collect();
        let (full, partial): (Vec<Title>, Vec<Title>) = others.into_iter().partition(Title::is_full);
        titles.extend(full);
        titles.extend(self.later_title.iter().map(|(_, title)| title.clone()));
        titles.extend(partial);
        if self.title_end.is_none() {
            diagnostics.push(match titles.first() {
                Some(title) if self.later_title.as_ref().is_some_and(|(_, later)| later == title) => {
                    TITLE_ELSEWHERE.at(None, format!("{:?} stands behind the first heading", title.text))
                }
                Some(title) => TITLE_ELSEWHERE.at(None, format!("{:?} is not in the text", title.text)),
                None => TITLE_MISSING.at(None, "no title found"),
            });
        }
        titles
    }

    /// Agency and year from a sentence that announces the report.
    fn stated(&self) -> Option<(Option<String>, i32)> {
        self.front()
            .filter(|line| line.contains("公开") && (line.contains("报告") || line.contains("年报")))
            .find_map(|line| title::stated(&date::squeeze(line)))
    }

    /// The period that a sentence on the figures states; elsewhere only a whole year counts as one.
    fn period(&self, year: Option<i32>) -> Option<Period> {
        self.lines.iter().find_map(|line| {
            let on_figures = ["统计", "統計", "起至", "列数据"]
                .iter()
                .any(|word| line.contains(word));
            if !on_figures && !line.contains("12月31") && !line.contains("十二月三十一") {
                return None;
            }
            let whole_year = |period: &Period| period.start.ends_with("01-01") && period.end.ends_with("12-31");
            date::period(&date::squeeze(line), year).filter(|period| on_figures || whole_year(period))
        })
    }

    /// The year that more than half of the mentions in the text name.
    fn year_in_text(&self, diagnostics: &mut Vec<Diagnostic>) -> Option<i32> {
        let mut counts: Vec<(i32, usize)> = Vec::new();
        for year in self.front().flat_map(crate::text::year::named) {
            match counts.iter_mut().find(|(other, _)| *other == year) {
                Some((_, count)) => *count += 1,
                None => counts.push((year, 1)),
            }
        }
        let all: usize = counts.iter().map(|(_, count)| count).sum();
        let (year, count) = counts.into_iter().max_by_key(|(_, count)| *count)?;
        if count * 2 <= all {
            return None;
        }
        diagnostics.push(YEAR_FROM_TEXT.at(None, format!("{count} of {all} years named in the text are {year}")));
        Some(year)
    }

    /// The agency where no title names it: near the title, in a sentence, in the page's metadata, in the signature.
    fn agency(&self, stated: Option<String>, diagnostics: &mut Vec<Diagnostic>) -> Option<String> {
        let organisation = |line: &str| Some(date::squeeze(line)).filter(|line| title::is_organisation(line));
        let near = self.title_end.as_ref().and_then(|(end, _)| {
            let before = end.checked_sub(1).and_then(|at| organisation(self.lines[at]));
            before.or_else(|| self.lines.get(end + 1).and_then(|line| organisation(line)))
        });
        let listed = || {
            self.labelled(&[
                "发布机构",
                "发文机关",
                "发布单位",
                "发文单位",
                "公开主体",
                "制发机关",
                "填报单位",
                "编制单位",
            ])
        };
        let signed = || {
            let back = &self.lines[self.lines.len().saturating_sub(BACK)..];
            back.windows(2)
                .find(|pair| date::is_alone(&date::squeeze(pair[1])))
                .and_then(|pair| organisation(pair[0]))
        };
        let listed = || listed().filter(|name| name.chars().count() >= 3 && name.chars().all(char::is_alphabetic));
        let source = || {
            self.labelled(&["ContentSource", "来源", "信息来源"])
                .filter(|name| title::is_organisation(name))
        };
        let agency = near.or(stated).or_else(signed).or_else(listed).or_else(source);
        diagnostics.push(match &agency {
            Some(agency) => AGENCY_ELSEWHERE.at(None, format!("{agency:?} is not named by a title")),
            None => AGENCY_MISSING.at(None, "no agency found"),
        });
        agency
    }

    fn published(&self) -> Option<String> {
        const LABELS: &[&str] = &[
            "PubDate",
            "发布日期",
            "发布时间",
            "公开日期",
            "公布日期",
            "信息提供日期",
            "提供日期",
            "公开时间",
            "发文日期",
            "时间",
            "日期",
        ];
        let dated = |line: &str| date::first(&date::squeeze(line));
        let alone = |line: &str| {
            Some(date::squeeze(line))
                .filter(|line| date::is_alone(line))
                .and_then(|line| date::first(&line))
        };
        let below = || {
            let start = self.title_end.as_ref()?.0 + 1;
            self.lines.iter().skip(start).take(3).find_map(|line| alone(line))
        };
        let signed = || self.lines.iter().rev().take(BACK).find_map(|line| alone(line));
        let listed = self.labelled(LABELS).and_then(|value| dated(&value));
        listed
            .or_else(below)
            .or_else(signed)
            .or_else(|| self.labelled(&["成文日期", "生成日期"]).and_then(|value| dated(&value)))
    }

    fn document_number(&self) -> Option<String> {
        let listed = self.labelled(&["文号", "发文字号", "文件编号", "发文文号"]);
        // Beside the title a line of its own is the number of this report; inside a sentence it is that of a law.
        listed.or_else(|| {
            let end = self.title_end.as_ref()?.0;
            let near = &self.lines[end.saturating_sub(3)..(end + 4).min(self.lines.len())];
            near.iter()
                .map(|line| date::squeeze(line))
                .find(|line| is_document_number(line))
        })
    }

    /// The value that stands behind one of the names, in a property or in a line at the start: `索 引 号：14/2018`.
    fn labelled(&self, names: &[&str]) -> Option<String> {
        self.property(names).or_else(|| {
            names
                .iter()
                .find_map(|name| self.labelled_lines.iter().find_map(|line| line.value(name)))
        })
    }

    fn property(&self, names: &[&str]) -> Option<String> {
        let plain = |name: &str| -> String { fold(name).trim_matches([':', '[', ']', '【', '】']).to_lowercase() };
        names.iter().find_map(|wanted| {
            let wanted = wanted.to_lowercase();
            let mut same = self
                .document
                .properties
                .iter()
                .filter(|property| plain(&property.name) == wanted);
            same.find_map(|property| substance(&property.value))
        })
    }
}

/// A value that says something: not empty and no placeholder.
fn substance(value: &str) -> Option<String> {
    let value = value.trim();
    let empty = value.is_empty() || ["无", "/", "-", "--", "—", "null", "暂无", "无文号"].contains(&value);
    (!empty).then(|| value.to_owned())
}

/// A line that may hold names and values, with what is compared: its characters without spaces, and where each stands.
struct LabelledLine<'a> {
    line: &'a str,
    chars: Vec<(usize, char)>,
}

impl<'a> LabelledLine<'a> {
    fn new(line: &'a str) -> Option<Self> {
        if !line.contains([':', '：']) || line.chars().count() > 160 {
            return None;
        }
        let simple = |c| match c {
            '號' => '号',
            '發' => '发',
            '佈' => '布',
            '機' => '机',
            '構' => '构',
            '關' => '关',
            '開' => '开',
            '時' => '时',
            '間' => '间',
            '：' => ':',
            c => c,
        };
        let chars = line
            .char_indices()
            .filter(|(_, c)| !c.is_whitespace())
            .map(|(at, c)| (at, simple(c)))
            .collect();
        Some(LabelledLine { line, chars })
    }

    /// What follows a name and a colon: the first word, unless that is the name of the next value.
    fn value(&self, name: &str) -> Option<String> {
        let wanted: Vec<char> = name.chars().chain([':']).collect();
        let start = self
            .chars
            .windows(wanted.len())
            .position(|window| window.iter().map(|(_, c)| c).eq(&wanted))?;
        // 日期 inside 成文日期 is another name; behind a digit or a space it is a name of its own.
        if let Some(before) = start.checked_sub(1).map(|at| self.chars[at]) {
            let glued = before.0 + before.1.len_utf8() >= self.chars[start].0;
            if glued && before.1.is_alphabetic() {
                return None;
            }
        }
        let colon = self.chars[start + wanted.len() - 1].0;
        let rest = self.line[colon..].trim_start_matches([':', '：']).trim_start();
        let word = rest.split(char::is_whitespace).next().unwrap_or("");
        (!word.contains('：') && !word.ends_with(':'))
            .then(|| substance(word))
            .flatten()
    }
}

/// A line such as 青政办〔2022〕3号.
fn is_document_number(squeezed: &str) -> bool {
    let bracket = squeezed.find(['〔', '[', '（', '(']);
    bracket.is_some_and(|at| {
        let (issuer, rest) = squeezed.split_at(at);
        let rest: String = rest.chars().filter(|c| !"〔〕[]（）()".contains(*c)).collect();
        !issuer.is_empty()
            && issuer.chars().count() <= 12
            && issuer.chars().all(char::is_alphabetic)
            && rest.ends_with('号')
            && rest.trim_end_matches('号').len() > 4
            && rest.trim_end_matches('号').bytes().all(|byte| byte.is_ascii_digit())
    })
}
